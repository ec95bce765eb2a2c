"""Chinese policy news into a knowledge graph with evidence: the library in one import.

    import kg
    done = kg.build("seeds")            # files and folders → Build: graph, problems
    done.graph.nx                       # networkx MultiDiGraph
    done.graph.to_rdf()                 # rdflib Graph
    graph = kg.load("exports")          # a graph built earlier
    kg.ask("exports", kg.named_queries()["targets-due"])

Names are imported when they are first used: `kg --help` should not wait for rdflib.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

# The statistical reader of names that is asked when nobody says which: none, embedded or hanlp.
DEFAULT_NER: Final = "none"

if TYPE_CHECKING:
    from kg.graph import BASE_IRI, KnowledgeGraph
    from kg.model import CannotRun, Entity, Evidence, Observation, Problem, Statement
    from kg.pipeline import Build, build
    from kg.query import Table, ask, named_queries
    from kg.store import load

__all__ = [
    "BASE_IRI",
    "DEFAULT_NER",
    "Build",
    "CannotRun",
    "Entity",
    "Evidence",
    "KnowledgeGraph",
    "Observation",
    "Problem",
    "Statement",
    "Table",
    "ask",
    "build",
    "load",
    "named_queries",
]

_HOMES = {
    "graph": ("BASE_IRI", "KnowledgeGraph"),
    "model": ("CannotRun", "Entity", "Evidence", "Observation", "Problem", "Statement"),
    "pipeline": ("Build", "build"),
    "query": ("Table", "ask", "named_queries"),
    "store": ("load",),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"kg.{module}"), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
