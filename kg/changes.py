"""Records of what differs between two graphs, in words, in lines and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from kg.model import CannotRun

Value = str | tuple[str, ...] | None
GROUPS = ("articles", "entities", "relations", "figures")
SIGNS = {"gone": "-", "added": "+", "changed": "~"}


def groups(words: str) -> tuple[str, ...]:
    """The groups of a list with commas, in their order. A CannotRun when one is none."""
    asked = [word.strip() for word in words.split(",") if word.strip()]
    if wrong := [word for word in asked if word not in GROUPS]:
        raise CannotRun(f"--only {wrong[0]}: not one of {', '.join(GROUPS)}")
    return tuple(group for group in GROUPS if group in asked) or GROUPS


@dataclass(frozen=True, slots=True)
class Field:
    """What of a thing is different, before and after."""

    name: str
    old: Value
    new: Value

    def __str__(self) -> str:
        if isinstance(self.old, tuple) or isinstance(self.new, tuple):
            old, new = (value if isinstance(value, tuple) else () for value in (self.old, self.new))
            there = [f"+{word}" for word in new if word not in old]
            return " ".join([self.name, *there, *(f"-{word}" for word in old if word not in new)])
        return f"{self.name} {self.old or 'nothing'} → {self.new or 'nothing'}"


@dataclass(frozen=True, slots=True)
class Change:
    """A thing that only one graph has, or that both have with a difference."""

    group: str
    change: str  # gone, added or changed
    words: str  # as the first graph says it, or the second of what was added
    old: str | None  # its id in the first graph
    new: str | None  # and in the second
    fields: tuple[Field, ...] = ()

    def line(self, ids: bool = False) -> str:
        """- 甲 —印发、发布→ 乙, with its ids if they are wanted."""
        told = "; ".join([self.words, *map(str, self.fields)])
        known = dict.fromkeys(node for node in (self.old, self.new) if node)
        return f"{SIGNS[self.change]} {told}" + (f"  [{' → '.join(known)}]" if ids else "")


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs in the groups that were compared, and how many things of each are the same."""

    same: dict[str, int]
    changes: tuple[Change, ...]

    def counts(self) -> dict[str, dict[str, int]]:
        """Of each group how many are the same, added, gone and changed."""
        return {
            group: {"same": same}
            | {kind: sum(c.group == group and c.change == kind for c in self.changes) for kind in SIGNS}
            for group, same in self.same.items()
        }

    def lines(self, limit: int | None = None, ids: bool = False) -> Iterator[str]:
        """The counts, then a line for each change, of each group no more than `limit`."""
        for group, counts in self.counts().items():
            yield f"{group:10}" + ", ".join(f"{number:,} {what}" for what, number in counts.items())
        for group in self.same:
            found = [change for change in self.changes if change.group == group]
            if found:
                yield from ("", group)
            yield from (change.line(ids) for change in found[:limit])
            if limit is not None and len(found) > limit:
                yield f"… and {len(found) - limit:,} more"

    def as_json(self, limit: int | None = None) -> str:
        """Counts and changes, of each group no more than `limit`."""
        groups = ([c for c in self.changes if c.group == group][:limit] for group in self.same)
        told = {"counts": self.counts(), "changes": [asdict(change) for group in groups for change in group]}
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
