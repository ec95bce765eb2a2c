"""What a text says: read files into articles, find mentions, relate them. Knows nothing of graphs.

The whole line is extraction.extract; whoever only asks a built graph does not wait for its rules.
"""
