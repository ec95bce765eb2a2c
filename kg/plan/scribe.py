"""What a stage writes: triples as lines, rows of tables, and the count that the header is made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from extractors.ontology import entity_types
from kg.block import Block
from kg.describe import Describer
from kg.export.csv import entity_row
from kg.export.ntriples import lines
from kg.export.turtle import Terms
from kg.graph import GraphData
from kg.model import Statement
from kg.plan.bags import Emit, Made, Tally, sealed
from kg.plan.stage import Frame
from kg.rdf import Rdf

_ORDER = {name: number for number, name in enumerate(entity_types())}


class _Elsewhere(GraphData):
    """A graph of which nothing is in hand."""

    def holds(self, statement: Statement) -> bool:
        return statement.modality == "asserted" or statement.object.startswith("Date/")


class Scribe:
    """Writes for one part."""

    def __init__(self, frame: Frame, part: int) -> None:
        graph = _Elsewhere(base=frame.base)
        self.describe = Describer(graph, frame.align, frame.rdf12)
        self.tally = Tally()
        self._terms = Terms(Rdf(graph, frame.align, frame.rdf12), short=False)
        self._part = part
        self._numbers: dict[str, Counter[str]] = defaultdict(Counter)

    def block(self, block: Block, subject: bool = True) -> Emit:
        """A block as lines; without `subject` it adds to what is said of one that is written elsewhere."""
        self.tally.count.lines(block)
        if subject:
            self.tally.count.seen((block.subject,))
        return "triples", self._part, "".join(lines(block, self._terms))

    def number(self, what: str, kind: str) -> None:
        """Count something for the report."""
        self._numbers[what][kind] += 1

    def entity(self, made: Made) -> Iterator[Emit]:
        """All that is said of an entity but its relations."""
        entity, count = made.entity, self.tally.count
        yield self.block(self.describe.entity(entity))
        for block in self.describe.absorbed(entity):
            yield self.block(block)
        yield "entities", self._part, entity_row(entity, made.first, made.last)
        count.entities += 1
        count.example("entity", -len(entity.mentioned_in), _ORDER[entity.type], entity.name, entity.id)
        self.number("entities", entity.type)

    def counted(self) -> Emit:
        """What was counted, once all is written."""
        self.tally.numbers = {what: dict(numbers) for what, numbers in self._numbers.items()}
        return "tallies", 0, sealed(self.tally)
