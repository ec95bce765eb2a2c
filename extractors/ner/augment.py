"""Samples with other names in the same places, so that the model learns what stands around names and not a list.

Each name of a sample may give way to another of its type: one heard elsewhere, a surname with given characters that
people bear, an invented short name of a firm.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator

from extractors.lexicon import lexicon
from extractors.ner.samples import Label, Sample

_LONGEST_FIRM = 3


class Pool:
    """Names by type, to draw from. `seed` makes the draws the same each time."""

    def __init__(self, samples: Iterable[Sample], seed: int) -> None:
        self._draw = random.Random(seed)
        names: dict[str, set[str]] = defaultdict(set)
        given: list[str] = []
        for sample in samples:
            for label in sample.labels:
                name = sample.text[label.start : label.end]
                names[label.type].add(name)
                if label.type == "Person" and 2 <= len(name) <= 3 and name[0] in lexicon("common_surnames"):
                    given += name[1:]
        self._names = {kind: sorted(found) for kind, found in names.items()}
        self._given = sorted(given) or ["明"]
        self._surnames = sorted(lexicon("common_surnames"))
        self._brands = sorted({c for word in lexicon("companies") for c in word[:2] if "一" <= c <= "龥"})

    def other(self, label: Label, name: str) -> str:
        """Another name of this type; the name itself when no other is known."""
        draw = self._draw
        if label.type == "Person" and len(name) <= 3:
            return draw.choice(self._surnames) + "".join(draw.choices(self._given, k=draw.choice((1, 2, 2, 2))))
        if label.type == "Organization" and name in lexicon("companies"):
            return "".join(draw.choices(self._brands, k=draw.randint(2, _LONGEST_FIRM)))
        return draw.choice(self._names.get(label.type, [name]))

    def varied(self, samples: Iterable[Sample], share: float) -> Iterator[Sample]:
        """The samples with about this share of their names exchanged."""
        for sample in samples:
            text, labels, last = "", list[Label](), 0
            for label in sample.labels:
                name = sample.text[label.start : label.end]
                new = self.other(label, name) if self._draw.random() < share else name
                text += sample.text[last : label.start]
                labels.append(Label(len(text), len(text) + len(new), label.type))
                text += new
                last = label.end
            yield Sample(text + sample.text[last:], tuple(labels))
