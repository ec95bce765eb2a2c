"""kg serve: a built graph on the web of one machine, as a read-only SPARQL endpoint and the explorer.

run.py        from a folder to a running server
app.py        the HTTP side: protocol, who may ask, what is too much
evaluator.py  the server's side of the process that holds the graph
sandbox.py    that process, and the forks that may do nothing but compute, and not for long
query.py      one query, and what of it is refused
answers.py    answers in the formats of the protocol, chosen by what the client accepts
"""
