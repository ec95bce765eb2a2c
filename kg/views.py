"""What a graph answers with: a node, a statement, a figure or a quote, with the graph it stands in behind it.

The records of model.py know each other by id only; a view follows the ids, and shows itself in a notebook.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol, TypeVar

from extractors.model import Modality, Span, Status
from extractors.ontology import relation_types
from kg import cards
from kg.graph import GraphData, Node
from kg.model import ArticleNode, DateNode, Entity, Evidence, Observation, Statement
from kg.wording import amount, figure_words, origin, statement_words, type_words


class Showable(Protocol):
    """What a notebook can show."""

    def _repr_html_(self) -> str: ...


V_co = TypeVar("V_co", bound=Showable, covariant=True)


class Views(tuple[V_co, ...]):
    """Several views; a notebook shows them one below the other."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return cards.column([view._repr_html_() for view in self[: cards.MANY]], len(self))


@dataclass(frozen=True, slots=True, repr=False)
class NodeView:
    """A thing, date, metric or article of the graph."""

    graph: GraphData = field(compare=False)
    id: str

    @property
    def record(self) -> Node:
        """The plain record."""
        found = self.graph.node(self.id)
        if found is None:
            raise KeyError(self.id)
        return found

    @property
    def iri(self) -> str:
        return self.graph.base + self.id

    @property
    def type(self) -> str:
        """Organization, Policy, …, Date, Metric, Thing or Article."""
        return self.id.partition("/")[0]

    @property
    def kind(self) -> str | None:
        """The second type of an organisation: Ministry, Company, …"""
        return self.record.kind if isinstance(self.record, Entity) else None

    @property
    def name(self) -> str:
        return self.graph.name(self.id)

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names seen; of a date the words that say it."""
        match self.record:
            case Entity(aliases=names) | DateNode(labels=names):
                return names
            case _:
                return ()

    @property
    def articles(self) -> Views[NodeView]:
        """The articles that mention it, the earliest first."""
        match self.record:
            case Entity(mentioned_in=articles) | DateNode(mentioned_in=articles):
                found = set(articles)
            case ArticleNode():
                found = {self.id}
            case _:
                found = {seen.evidence.article for seen in self.graph.observations_of(self.id)}
        known = self.graph.articles
        return Views(NodeView(self.graph, a) for a in sorted(found, key=lambda a: (known[a].issued or "", a)))

    @property
    def statements(self) -> Views[StatementView]:
        """The relations that it has part in, or that the article states."""
        return Views(StatementView(self.graph, s.id) for s in self.graph.statements_of(self.id))

    @property
    def figures(self) -> Views[FigureView]:
        """The figures about it, of the metric, for the date, or in the article."""
        return Views(FigureView(self.graph, o.id) for o in self.graph.observations_of(self.id))

    def __repr__(self) -> str:
        return f"{self.name} [{type_words(self.record, self.id)}]"

    def _repr_html_(self) -> str:
        return cards.node(self.graph, self.id)


@dataclass(frozen=True, slots=True, repr=False)
class StatementView:
    """A relation between two nodes, with all that says it."""

    graph: GraphData = field(compare=False)
    id: str

    @property
    def record(self) -> Statement:
        return self.graph.statements[self.id]

    @property
    def subject(self) -> NodeView:
        return NodeView(self.graph, self.record.subject)

    @property
    def predicate(self) -> str:
        """Name of the relation: issued, launched, …"""
        return self.record.predicate

    @property
    def label(self) -> str:
        """The relation in Chinese."""
        return relation_types()[self.predicate].label

    @property
    def object(self) -> NodeView:
        return NodeView(self.graph, self.record.object)

    @property
    def qualifier(self) -> str | None:
        """The post of holds_post, the award of recognised."""
        return self.record.qualifier

    @property
    def modality(self) -> Modality:
        return self.record.modality

    @property
    def confidence(self) -> Decimal:
        return self.record.confidence

    @property
    def evidence(self) -> Views[EvidenceView]:
        return quotes(self.graph, self.record.evidence)

    def __repr__(self) -> str:
        return statement_words(self.graph, self.record)

    def _repr_html_(self) -> str:
        return cards.statement(self.graph, self.record)


@dataclass(frozen=True, slots=True, repr=False)
class FigureView:
    """A number that an article states, with what it is about, what it measures and when."""

    graph: GraphData = field(compare=False)
    id: str

    @property
    def record(self) -> Observation:
        return self.graph.observations[self.id]

    def _node(self, node: str | None) -> NodeView | None:
        return NodeView(self.graph, node) if node else None

    @property
    def about(self) -> NodeView | None:
        return self._node(self.record.about)

    @property
    def metric(self) -> NodeView | None:
        return self._node(self.record.metric)

    @property
    def time(self) -> NodeView | None:
        return self._node(self.record.time)

    @property
    def value(self) -> Decimal:
        """In the unit as written, 万 and 亿 multiplied out."""
        return self.record.value

    @property
    def upper(self) -> Decimal | None:
        """The upper end of a range."""
        return self.record.upper

    @property
    def unit(self) -> str:
        return self.record.unit

    @property
    def status(self) -> Status:
        """actual, target or forecast."""
        return self.record.status

    @property
    def amount(self) -> str:
        """目标不低于30,000,000千瓦: the number in words."""
        return amount(self.record)

    @property
    def evidence(self) -> Views[EvidenceView]:
        return quotes(self.graph, [self.record.evidence])

    def __repr__(self) -> str:
        return figure_words(self.graph, self.record)

    def _repr_html_(self) -> str:
        return cards.figure(self.graph, self.record)


@dataclass(frozen=True, slots=True, repr=False)
class EvidenceView:
    """The words of an article that say something, in their place."""

    graph: GraphData = field(compare=False)
    record: Evidence

    @property
    def quote(self) -> str:
        return self.record.quote

    @property
    def before(self) -> str:
        """Some words in front of the quote."""
        return self.record.before

    @property
    def after(self) -> str:
        """Some words behind the quote."""
        return self.record.after

    @property
    def span(self) -> Span:
        """Code points of the article's repaired text, half-open."""
        return self.record.span

    @property
    def rule(self) -> str:
        """Which rule heard it."""
        return self.record.rule

    @property
    def article(self) -> NodeView:
        return NodeView(self.graph, self.record.article)

    def __repr__(self) -> str:
        article = self.graph.articles[self.record.article]
        return f"{self.before}【{self.quote}】{self.after} ({origin(article)})"

    def _repr_html_(self) -> str:
        return cards.evidence(self.graph, self.record)


View = NodeView | StatementView | FigureView


def view(graph: GraphData, identifier: str) -> View:
    """The view of an id that the graph has."""
    if identifier in graph.statements:
        return StatementView(graph, identifier)
    if identifier in graph.observations:
        return FigureView(graph, identifier)
    return NodeView(graph, identifier)


def quotes(graph: GraphData, evidence: Iterable[Evidence]) -> Views[EvidenceView]:
    """Views of quotes."""
    return Views(EvidenceView(graph, one) for one in evidence)
