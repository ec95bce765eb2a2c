"""The graph of everything read, as plain records with their indexes, and the network of what is asserted.

The exporters and the checks work on this; what a person asks of a graph is in notebook.py, which holds one of these.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from extractors.ontology import entity_types, relation_types
from kg.aliases import full_names
from kg.kept import Kept, Page, pages
from kg.layout import positions
from kg.model import (
    About,
    ArticleNode,
    DateNode,
    Entity,
    Evidence,
    Judgement,
    Label,
    Observation,
    Problem,
    Statement,
    fold,
)

if TYPE_CHECKING:
    import networkx as nx

BASE_IRI = "urn:policykg:"
_ORDER = {name: chr(number) for number, name in enumerate((*entity_types(), "Date"))}

Node = Entity | DateNode | Label | ArticleNode


def _by_article(observations: Iterable[Observation]) -> Mapping[str, list[Observation]]:
    """Figures by article, of each in text order."""
    index: dict[str, list[Observation]] = defaultdict(list)
    for seen in observations:
        index[seen.evidence.article].append(seen)
    for some in index.values():
        some.sort(key=lambda seen: (seen.evidence.span.start, seen.id))
    return index


class GraphData:
    """Nodes by id, statements and observations, all sorted so that equal graphs look equal.

    `nx` holds the entities and the dates that some statement reaches; its edges are the statements that hold.
    """

    def __init__(
        self,
        articles: Iterable[ArticleNode] = (),
        entities: Iterable[Entity] = (),
        dates: Iterable[DateNode] = (),
        labels: Iterable[Label] = (),
        statements: Iterable[Statement] = (),
        observations: Iterable[Observation] = (),
        problems: Iterable[Problem] = (),
        base: str = BASE_IRI,
        about: About | None = None,
        judgements: Iterable[Judgement] = (),
    ) -> None:
        self.base = base
        self.about = about or About()
        # Keys are strings, parted by what no name holds: to compare tuples takes twice as long, and most are compared.
        self.articles = {a.id: a for a in sorted(articles, key=lambda a: f"{a.issued or ''}\0{a.title or ''}\0{a.id}")}
        self.entities = {e.id: e for e in sorted(entities, key=lambda e: f"{_ORDER[e.type]}{e.name}\0{e.id}")}
        self.dates = {d.id: d for d in sorted(dates, key=lambda d: d.edtf)}
        self.labels = {label.id: label for label in sorted(labels, key=lambda n: f"{n.type}\0{n.name}\0{n.id}")}
        self.statements = {s.id: s for s in sorted(statements, key=self._reading_order())}
        self._figures_in = _by_article(observations)
        order = {article: number for number, article in enumerate(self.by_day)}
        self.observations = {
            o.id: o for a in sorted(self._figures_in, key=order.__getitem__) for o in self._figures_in[a]
        }
        self.problems = list(problems)
        self.judgements = list(judgements)  # of the build; no file of a graph holds them, so a loaded one has none
        self.kept: Kept | None = None  # what a store keeps of what was made of them

    def _reading_order(self) -> Callable[[Statement], str]:
        names = {date.id: date.edtf for date in self.dates.values()}
        names |= {entity.id: entity.name for entity in self.entities.values()}

        def key(s: Statement) -> str:
            subject, target = names.get(s.subject), names.get(s.object)
            subject = self.name(s.subject) if subject is None else subject
            target = self.name(s.object) if target is None else target
            return f"{subject}\0{s.predicate}\0{target}\0{s.qualifier or ''}\0{s.modality}\0{s.id}"

        return key

    @cached_property
    def by_day(self) -> Sequence[str]:
        """The articles in the order of their figures and quotes."""
        return sorted(self.articles, key=lambda node: f"{self.articles[node].issued or ''}\0{node}")

    @cached_property
    def pages(self) -> Sequence[Page]:
        """The articles in this order, by the page."""
        return [*pages(self.by_day, lambda article: self.articles[article].length)]

    def node(self, node: str) -> Node | None:
        """Whatever has this id, or None."""
        return self.entities.get(node) or self.dates.get(node) or self.labels.get(node) or self.articles.get(node)

    def name(self, node: str | None) -> str:
        """What a person calls the node: its name, EDTF value or title; the id where nothing has it."""
        if not node:
            return ""
        if named := self.entities.get(node) or self.labels.get(node):
            return named.name
        if date := self.dates.get(node):
            return date.edtf
        if article := self.articles.get(node):
            return article.title or article.sources[0]
        return node

    def holds(self, statement: Statement) -> bool:
        """Whether the plain triple stands beside the statement: not for what is only planned or denied.

        Of a date the modality says it: 拟于2026年开工 has a start, and it is 2026.
        """
        return statement.modality == "asserted" or statement.object in self.dates

    def voices(self, articles: Iterable[str]) -> int:
        """How many independent sources articles are: those that reprint a story are one."""
        return len({self._reprints.get(article, article) for article in articles})

    @cached_property
    def _reprints(self) -> Mapping[str, str]:
        return {article.id: article.reprint_of for article in self.articles.values() if article.reprint_of}

    def held(self) -> Iterator[Statement]:
        """The statements that hold: the edges of `nx`."""
        return filter(self.holds, self.statements.values())

    def reached(self) -> Iterator[DateNode]:
        """The dates that some of them reaches, in the order in which they do."""
        for node in dict.fromkeys(s.object for s in self.held()):
            if date := self.dates.get(node):
                yield date

    @cached_property
    def nx(self) -> nx.MultiDiGraph[str]:
        """Nodes carry type, kind, name, aliases, articles; edges predicate, evidence, confidence, weight, …"""
        import networkx as nx  # a tenth of a second, and no file needs it

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(base=self.base)
        for entity in self.entities.values():
            graph.add_node(
                entity.id, type=entity.type, kind=entity.kind, name=entity.name, aliases=entity.aliases,
                within=entity.within, codes=entity.codes, mentioned_in=entity.mentioned_in,
            )  # fmt: skip
        for date in self.reached():
            graph.add_node(
                date.id, type="Date", kind=None, name=date.edtf, aliases=date.labels, mentioned_in=date.mentioned_in
            )
        for statement in self.held():
            graph.add_edge(
                statement.subject, statement.object, key=statement.id, predicate=statement.predicate,
                label=relation_types()[statement.predicate].label, evidence=statement.evidence,
                rules=statement.rules, confidence=statement.confidence, modality=statement.modality,
                qualifier=statement.qualifier, weight=self.voices(statement.articles),
            )  # fmt: skip
        return graph

    @cached_property
    def places(self) -> Mapping[str, tuple[float, float]]:
        """x and y of each node of `nx` in a drawing; computed once for all that draws it."""
        nodes = (*self.entities, *(date.id for date in self.reached()))
        return positions(nodes, ((s.subject, s.object) for s in self.held()), self.kept)

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[str, ...]]:
        names: dict[str, dict[str, None]] = defaultdict(dict)
        for entity in self.entities.values():
            for name in (entity.name, *entity.aliases):
                names[fold(name)][entity.id] = None
        for label in self.labels.values():
            names[fold(label.name)][label.id] = None
        for date in self.dates.values():
            names[fold(date.edtf)][date.id] = None
        for article in self.articles.values():
            names[fold(article.title or "")][article.id] = None
        return {name: tuple(ids) for name, ids in names.items() if name}

    def find(self, words: str) -> tuple[str, ...]:
        """Ids of all that is called so, by name or alias, or has this id, IRI or the 16 digits of one.

        A known short name finds the thing, too, in a graph whose articles do not use it.
        """
        local = words.removeprefix(self.base)
        for known in (self.entities, self.dates, self.labels, self.articles, self.statements, self.observations):
            if local in known:
                return (local,)
        if local in self._absorbed:
            return (self._absorbed[local],)
        if len(local) == 16 and (found := [i for i in self._all_ids() if i.endswith(f"/{local}")]):
            return tuple(found)
        called = self._by_name.get(fold(words), ())
        if any(node in self.entities for node in called):
            return called
        # No article of this graph says 工信部, but everybody knows what it is short for.
        meant = (node for name in full_names(words) for node in self._by_name.get(fold(name), ()))
        return tuple(dict.fromkeys((*(node for node in meant if node in self.entities), *called)))

    @cached_property
    def _absorbed(self) -> Mapping[str, str]:
        return {old: entity.id for entity in self.entities.values() for old in entity.absorbed}

    def _all_ids(self) -> Iterator[str]:
        for known in (self.entities, self.dates, self.labels, self.articles, self.statements, self.observations):
            yield from known

    @cached_property
    def _statements_of(self) -> Mapping[str, list[Statement]]:
        index: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.statements.values():
            for node in dict.fromkeys((statement.subject, statement.object)):
                index[node].append(statement)
            for article in statement.articles:
                index[article].append(statement)
        return index

    @cached_property
    def _observations_of(self) -> Mapping[str, list[Observation]]:
        index: dict[str, list[Observation]] = defaultdict(list)
        for seen in self.observations.values():
            for node in dict.fromkeys((seen.about, seen.metric, seen.time, seen.stated_by, seen.evidence.article)):
                if node:
                    index[node].append(seen)
        return index

    @cached_property
    def _said_in(self) -> Mapping[str, list[Evidence]]:
        index: dict[str, list[Evidence]] = defaultdict(list)
        for statement in self.statements.values():
            for evidence in statement.evidence:
                index[evidence.article].append(evidence)
        return index

    def figures_in(self, articles: Iterable[str]) -> list[Observation]:
        """The figures that these articles state, of each in text order."""
        return [seen for article in articles for seen in self._figures_in.get(article, ())]

    def said_in(self, articles: Iterable[str]) -> list[Evidence]:
        """The words of these articles that statements rest on, as often as they are named."""
        return [evidence for article in articles for evidence in self._said_in.get(article, ())]

    def spans_in(self, articles: Iterable[str]) -> list[Evidence]:
        """The words of these articles that something rests on, of each as `spans_of` has them."""
        return [evidence for article in articles for evidence in self.spans_of(article)]

    def spans_of(self, article: str) -> list[Evidence]:
        """The words of this article that something rests on, each span and rule once, in text order."""
        once = {evidence.id: evidence for evidence in self._said_in.get(article, ())}
        once |= {seen.evidence.id: seen.evidence for seen in self._figures_in.get(article, ())}
        return sorted(once.values(), key=lambda e: (e.span.start, e.span.end, e.id))

    def made_of(self, page: Page, kind: str, make: Callable[[], bytes]) -> bytes:
        """What is made of a page alone, as `kind` says; what is kept of it is not made again."""
        return self.kept.of(kind, page.seal, make) if self.kept and page.seal else make()

    def statements_of(self, node: str) -> list[Statement]:
        """Statements with this subject or object, or that this article makes."""
        return self._statements_of.get(node, [])

    def observations_of(self, node: str) -> list[Observation]:
        """Figures about this node, of this metric, for this date, stated by it, or in this article."""
        return self._observations_of.get(node, [])

    def counts(self) -> dict[str, dict[str, int]]:
        """How much of what: nodes by type, relations by type, figures by status."""
        return {
            "articles": {"Article": len(self.articles)},
            "entities": dict(sorted(Counter(e.type for e in self.entities.values()).items())),
            "relations": dict(sorted(Counter(s.predicate for s in self.statements.values()).items())),
            "figures": dict(sorted(Counter(o.status for o in self.observations.values()).items())),
            "dates": {
                "mentioned": sum(bool(d.mentioned_in) for d in self.dates.values()),
                "inferred": sum(not d.mentioned_in for d in self.dates.values()),
            },
        }
