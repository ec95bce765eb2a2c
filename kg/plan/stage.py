"""What a stage is, and what runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from kg.graph import BASE_IRI
from kg.plan.bags import Emit


@dataclass(frozen=True, slots=True)
class Frame:
    """What all stages are told."""

    parts: int  # of every bag
    base: str = BASE_IRI
    align: bool = False
    rdf12: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A function of what all are told, the number of a part, and that part of each of its inputs.

    The same inputs give the same records: who runs it may run it again, for one part or for all.
    """

    work: Callable[..., Iterator[Emit]]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


class Runner(Protocol):
    """Who runs the stages."""

    def run(self, stage: Stage, told: object) -> None:
        """Run the stage for every part; what it gives is added to the bags."""

    def gather(self, bag: str) -> Iterator[Any]:
        """All records of a bag, part by part; for bags that stay small, or one by one."""

    def put(self, emitted: Iterable[Emit]) -> None:
        """Add records to bags."""

    def drop(self, *bags: str) -> None:
        """These bags are needed no longer."""
