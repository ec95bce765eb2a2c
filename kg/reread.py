"""The sources of a graph read again: which article of it stands where, which has changed, which is gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from extractors.model import Problem
from extractors.reading import Source, bytes_of, raw_text
from kg.facts import article_node
from kg.graph import GraphData
from kg.model import ArticleNode, clean_name
from kg.proof import Proof, first_change, prove, quotes_of
from kg.read import articles_of
from kg.wording import so_many

LOOKED_AT = 100  # articles of a file, for one that has changed


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as the graph or its report says: where (a file; of a fact its words), and what."""

    kind: Literal["file", "source", "fact"]
    where: str
    what: str
    id: str = ""  # of the article or the fact

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class Rereading:
    """Read every source once, then ask for the faults; `proofs` are of the articles that were found, by id.

    Only what is in doubt is kept: an article that the graph does not know, in a file that it does.
    """

    def __init__(self, graph: GraphData, problems: Iterable[Problem] = ()) -> None:
        self.graph = graph
        self.proofs: dict[str, Proof] = {}
        self.unknown = 0  # articles of the sources that the graph has not
        self._alike: dict[str, Proof] = {}  # the same text under another title or date
        self._by_text: dict[str, list[ArticleNode]] = defaultdict(list)
        for node in graph.articles.values():
            self._by_text[node.sha256].append(node)
        self._known = {name for node in graph.articles.values() for name in node.sources}
        self._read: set[str] = set()
        self._lost = {clean_name(p.where): p.message for p in problems if p.lost}
        self._held: set[tuple[str, str]] = set()  # a file, and an article in it
        self._strays: dict[str, dict[str | None, list[str]]] = defaultdict(lambda: defaultdict(list))  # title → texts

    def read(self, source: Source) -> None:
        """Read a source and hold the graph's articles in it against it."""
        data = bytes_of(source)
        source = source if data is None else replace(source, data=data)  # it may change between two looks
        name, raw = clean_name(source.name), ""
        self._read.add(name)
        for article in articles_of(source):
            if isinstance(article, Problem):
                if article.lost:
                    self._lost.setdefault(name, article.message)
                continue
            known = self.graph.articles.get(f"Article/{article.id}")
            nodes = [known] if known else self._by_text.get(article_node(article).sha256, [])
            if nodes and not raw:
                raw = str(raw_text(source))
            for node in nodes:
                self._held.add((name, node.id))
                self._keep(self.proofs if known else self._alike, node, prove(self.graph, node, article, raw))
            self.unknown += not nodes
            if not nodes and name in self._known:
                self._strays[name][article_node(article).title].append(article.text)

    @staticmethod
    def _keep(proofs: dict[str, Proof], node: ArticleNode, proof: Proof) -> None:
        """Of a text in two files the proof that succeeds: raw places are those of one of them."""
        best = proofs.get(node.id)
        if best is None or proof.faults < best.faults:
            proofs[node.id] = proof

    def faults(self) -> Iterator[Fault]:
        """What is wrong with sources and articles, one line each; a file that is gone is one line for all it held."""
        gone: dict[str, list[ArticleNode]] = defaultdict(list)
        for node in self.graph.articles.values():
            if node.id not in self.proofs and node.id in self._alike:
                self.proofs[node.id] = self._alike[node.id]
            proof = self.proofs.get(node.id)
            if proof and proof.article:
                yield Fault("source", proof.source, f"{_title(node)}: {'; '.join(proof.article)}", node.id)
            for name in node.sources:
                if (name, node.id) in self._held:
                    continue
                if name in self._lost or name not in self._read:
                    gone[name].append(node)
                else:
                    yield Fault("source", name, f"{_title(node)}: {self._changed(name, node, proof)}", node.id)
        for name, nodes in sorted(gone.items()):
            yield Fault("source", name, self._gone(name, nodes))

    def _gone(self, name: str, nodes: list[ArticleNode]) -> str:
        """Why a file could not be read, and what has become of its articles."""
        told = [self._lost.get(name, "not among the sources")]
        elsewhere = sorted({self.proofs[node.id].source for node in nodes if node.id in self.proofs})
        left = [node for node in nodes if node.id not in self.proofs]
        if elsewhere:
            told.append(f"{so_many(len(nodes) - len(left), 'article')} of it found in {', '.join(elsewhere)}")
        if left:
            told.append(f"{so_many(len(left), 'article')} of it not found, {self._unverified(*left)}")
        return "; ".join(told)

    def _changed(self, name: str, node: ArticleNode, proof: Proof | None) -> str:
        """What has become of an article that a file held."""
        if proof:
            return f"no longer there, but in {proof.source}"
        quotes = quotes_of(self.graph, node.id)
        strays = self._strays.get(name, {})
        # Under its title, or else wherever most of its quotes stand.
        texts = strays.get(node.title) or [text for texts in strays.values() for text in texts]
        found = [(sum(e.quote in text for e in quotes), text) for text in texts[:LOOKED_AT]]
        best, text = max(found, key=lambda pair: pair[0], default=(0, ""))
        if not best and node.title not in strays:
            return f"no longer there, {self._unverified(node)}"
        where = first_change(quotes, text) or "where nothing is quoted"
        return f"changed {where}; {self._unverified(node)}"

    def _unverified(self, *nodes: ArticleNode) -> str:
        """How many facts rest on these articles."""
        facts = {s.id for node in nodes for s in self.graph.statements_of(node.id)}
        facts |= {o.id for node in nodes for o in self.graph.observations_of(node.id) if o.evidence.article == node.id}
        return f"{so_many(len(facts), 'fact')} unverified"


def _title(node: ArticleNode) -> str:
    return f"《{node.title}》" if node.title else node.id
