"""A graph of any size: one that was read, many times over, each time with names of its own."""

from __future__ import annotations

from dataclasses import replace

from kg.graph import GraphData
from kg.model import Evidence, make_id


def grown(graph: GraphData, times: int) -> GraphData:
    """The graph as often as asked for; no two copies share a node."""
    copies = [_Copy(graph, number) for number in range(times)]
    return GraphData(
        articles=[a for c in copies for a in c.articles],
        entities=[e for c in copies for e in c.entities],
        dates=[d for c in copies for d in c.dates],
        labels=[label for c in copies for label in c.labels],
        statements=[s for c in copies for s in c.statements],
        observations=[o for c in copies for o in c.observations],
    )


class _Copy:
    def __init__(self, graph: GraphData, number: int) -> None:
        self.number = number
        self.articles = [replace(a, id=self.name(a.id)) for a in graph.articles.values()]
        self.entities = [
            replace(e, id=self.name(e.id), mentioned_in=self.names(e.mentioned_in), absorbed=self.names(e.absorbed))
            for e in graph.entities.values()
        ]
        self.dates = [
            replace(d, id=self.name(d.id), mentioned_in=self.names(d.mentioned_in)) for d in graph.dates.values()
        ]
        self.labels = [replace(label, id=self.name(label.id)) for label in graph.labels.values()]
        self.statements = [
            replace(
                s, id=self.name(s.id), subject=self.name(s.subject), object=self.name(s.object),
                evidence=tuple(map(self.evidence, s.evidence)),
            )
            for s in graph.statements.values()
        ]  # fmt: skip
        self.observations = [
            replace(
                o, id=self.name(o.id), about=o.about and self.name(o.about), metric=o.metric and self.name(o.metric),
                time=o.time and self.name(o.time), stated_by=o.stated_by and self.name(o.stated_by),
                evidence=self.evidence(o.evidence),
            )
            for o in graph.observations.values()
        ]  # fmt: skip

    def name(self, node: str) -> str:
        return make_id(node.partition("/")[0], node, str(self.number))

    def names(self, nodes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self.name, nodes))

    def evidence(self, said: Evidence) -> Evidence:
        return replace(said, article=self.name(said.article))
