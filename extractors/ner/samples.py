"""Sentences to train the embedded model on: a corpus of named entities, texts with a key, and what our rules hear.

GSDSimp (Universal NER) marks people, organisations and places only; of the other types it says nothing, so that what
the rules hear of them is added. A key (shared/eval/README.md gives the format) lists names, which are laid over
the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.extraction import extract
from extractors.model import Article, Mention, Name, Problem, Span, longest_first
from extractors.ner.symbols import pieces
from extractors.ontology import entity_types
from extractors.reading import Source, read_source

_UNIVERSAL = {"PER": "Person", "ORG": "Organization", "LOC": "Place"}
# 该项目, 本届大会, 全国: forms in a key that point at a thing and do not name it.
_POINTING = ("该", "本", "此", "这", "我国", "全国", "全省", "全市")
# Optional in a key are slogans (乡村振兴) and classes (人形机器人): no examples of a programme or a product.
_ONLY_REQUIRED = frozenset({"Programme", "Product"})
_MAY_BE_SHORT = frozenset({"Person", "Place", "Organization"})


@dataclass(frozen=True, slots=True)
class Label:
    """Characters start..end of a sample are a name of this type."""

    start: int
    end: int
    type: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """A piece of text with its names, in order and without overlap."""

    text: str
    labels: tuple[Label, ...]

    def tags(self) -> list[str]:
        """One IOBES tag for each character.

        >>> Sample("由江苏省印发", (Label(1, 4, "Place"),)).tags()
        ['O', 'B-Place', 'I-Place', 'E-Place', 'O', 'O']
        """
        tags = ["O"] * len(self.text)
        for label in self.labels:
            tags[label.start : label.end] = [f"I-{label.type}"] * (label.end - label.start)
            tags[label.end - 1] = f"E-{label.type}"
            tags[label.start] = f"{'B' if label.end - label.start > 1 else 'S'}-{label.type}"
        return tags


def cut(text: str, mentions: Iterable[Mention]) -> Iterator[Sample]:
    """The pieces of a text with the names that lie within each."""
    found = sorted(mentions, key=lambda m: m.span)
    for piece in pieces(text):
        inside = [m for m in found if piece.contains(m.span)]
        labels = (Label(m.span.start - piece.start, m.span.end - piece.start, m.type, m.rule) for m in inside)
        yield Sample(piece.of(text), tuple(labels))


def heard(article: Article) -> list[Mention]:
    """The names that our rules hear."""
    return [m for m in extract(article).mentions if m.type in entity_types() and not m.name.anaphor]


def universal(path: Path) -> Iterator[Sample]:
    """Sentences of a Universal NER file (.iob2), with the other types as the rules hear them."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        text, found = "", list[Mention]()
        for row in rows:
            word, tag = row[1], row[2]
            kind = _UNIVERSAL.get(tag[2:])
            span = Span(len(text), len(text) + len(word))
            if kind and tag.startswith("I-") and found and found[-1].span.end == len(text):
                found[-1] = _named(Span(found[-1].span.start, span.end), kind)
            elif kind:
                found.append(_named(span, kind))
            text += word
        if text:
            others = [m for m in heard(Article("", "", None, text)) if m.type not in _UNIVERSAL.values()]
            yield from cut(text, longest_first([*found, *others]))


def _named(span: Span, kind: str) -> Mention:
    return Mention(span, kind, Name(""), "key")


def articles(paths: Iterable[Path]) -> Iterator[Article]:
    """The articles of some files."""
    for path in paths:
        for read in read_source(Source(path.name, path)):
            if not isinstance(read, Problem):
                yield read


def keyed(text: Path, key: Path) -> Iterator[Sample]:
    """A text with the names of its key wherever they stand."""
    forms: dict[str, str] = {}
    for entity in json.loads(key.read_text(encoding="utf-8"))["entities"]:
        kind = entity["type"]
        if kind not in entity_types() or (entity.get("optional") and kind in _ONLY_REQUIRED):
            continue
        for form in (entity["name"], *entity.get("aliases", ())):
            titled = kind == "Person" and form != entity["name"] and entity["name"] in form
            short = len(form) < (2 if kind in _MAY_BE_SHORT else 4)
            if not titled and not short and not form.startswith(_POINTING):
                forms.setdefault(form, kind)
    for article in articles([text]):
        found = [
            _named(Span(at, at + len(form)), kind) for form, kind in forms.items() for at in _places(article.text, form)
        ]
        yield from cut(article.text, longest_first(found))


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def silver(paths: Iterable[Path]) -> Iterator[Sample]:
    """Raw text with the names that our rules hear."""
    for article in articles(paths):
        yield from cut(article.text, heard(article))
