"""Chinese policy news into a knowledge graph with evidence: the library in one import.

    import kg
    g = kg.build("seeds")               # files and folders into a graph
    g = kg.load("exports")              # a graph built earlier
    g.nx                                # networkx MultiDiGraph
    g.to_rdf()                          # rdflib Graph
    kg.ask("exports", kg.named_queries()["targets-due"])

Names are imported when they are first used: `kg --help` should not wait for rdflib.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

# The statistical reader of names that is asked when nobody says which: none, embedded or hanlp.
DEFAULT_NER: Final = "none"

if TYPE_CHECKING:
    from kg.graph import BASE_IRI, GraphData
    from kg.model import CannotRun, Entity, Evidence, Observation, Problem, Statement
    from kg.notebook import KnowledgeGraph, build, example, load
    from kg.pipeline import Build
    from kg.query import Table, ask, named_queries

__all__ = [
    "BASE_IRI",
    "DEFAULT_NER",
    "Build",
    "CannotRun",
    "Entity",
    "Evidence",
    "GraphData",
    "KnowledgeGraph",
    "Observation",
    "Problem",
    "Statement",
    "Table",
    "ask",
    "build",
    "example",
    "load",
    "named_queries",
]

_HOMES = {
    "graph": ("BASE_IRI", "GraphData"),
    "model": ("CannotRun", "Entity", "Evidence", "Observation", "Problem", "Statement"),
    "notebook": ("KnowledgeGraph", "build", "example", "load"),
    "pipeline": ("Build",),
    "query": ("Table", "ask", "named_queries"),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"kg.{module}"), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
