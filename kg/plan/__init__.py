"""The way from readings to a graph as keyed group-bys, for graphs that no memory holds and for many machines.

A stage is a function of one part of some bags of records; what it gives goes into parts of other bags, by the hash of
its key. Stages know nothing of who runs them, and every record is made by the functions that kg.assemble, kg.resolution
and kg.describe are made of, so that the graph is the same to the last triple. Two run them: kg.plan.local in one
process, through files in the output folder, and kg.plan.cluster on a Dask cluster.

    keeping   an article once, however many files it is in                          by text
    naming    names to candidates, candidates to what may be the same               by node, by key
    judging   judgements on what shares a key, namesakes                            by person, by group of keys
    merging   nodes to the entities of the graph, meetings to their series          by node, by entity, by series
    stating   claims to statements, figures, dates, labels, quotes                  by statement, by date, by label
"""

from __future__ import annotations
