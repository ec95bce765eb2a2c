"""schema/*.toml as types. One type is one file; the file's name is the type's name in records."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


class SchemaError(ValueError):
    """A schema file that does not say what it must; the message names the file."""


@dataclass(frozen=True, slots=True)
class EntityType:
    """A type of thing: schema/entities/NAME.toml, where NAME is the local name of its class, as in Organization."""

    name: str
    label: str
    label_en: str
    definition: str
    definition_en: str
    iri: str
    colour: str
    aligned: tuple[str, ...]
    kinds: Mapping[str, str]  # second types: local name → label


@dataclass(frozen=True, slots=True)
class RelationType:
    """A relation: schema/relations/NAME.toml, where NAME is the relation's name in records, as in partner_of."""

    name: str
    label: str
    label_en: str
    definition: str
    definition_en: str
    iri: str
    source: tuple[str, ...]
    target: tuple[str, ...]  # entity types, or Date
    triggers: tuple[str, ...]  # verbs between source and target: A印发B, 由A印发的B
    theme: tuple[str, ...]  # verbs that stand after the things themselves: 大会在B开幕, A与B签订
    symmetric: bool
    aligned: tuple[str, ...]
    examples: tuple[Mapping[str, str], ...]  # text, source, target; source_type and target_type if not the first
    counterexamples: tuple[Mapping[str, str], ...]  # likewise: source and target do not stand in the relation


_ENTITY_KEYS = {"label", "label_en", "definition", "definition_en", "iri", "colour", "aligned", "kinds"}
_RELATION_KEYS = {
    "label", "label_en", "definition", "definition_en", "iri", "source", "target", "triggers", "theme",
    "symmetric", "aligned", "example", "counterexample",
}  # fmt: skip
_EXAMPLE_KEYS = {"text", "source", "target", "source_type", "target_type", "qualifier", "modality"}


def _read(kind: str, allowed: set[str]) -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = {}
    for path in sorted((files("extractors") / "schema" / kind).iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".toml"):
            continue
        where = f"schema/{kind}/{path.name}"
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise SchemaError(f"{where}: {error}") from None
        for key in table.keys() - allowed:
            raise SchemaError(f"{where}: unknown key {key}")
        for key in ("label", "label_en", "definition", "definition_en", "iri"):
            if key not in table:
                raise SchemaError(f"{where}: {key} is missing")
        tables[path.name.removesuffix(".toml")] = table
    return tables


@cache
def entity_types() -> Mapping[str, EntityType]:
    """All entity types by name, in the order of their file names."""
    return MappingProxyType({
        name: EntityType(
            name, t["label"], t["label_en"], t["definition"], t["definition_en"], t["iri"], t.get("colour", "#888888"),
            tuple(t.get("aligned", ())), MappingProxyType(dict(t.get("kinds", {}))),
        )
        for name, t in _read("entities", _ENTITY_KEYS).items()
    })  # fmt: skip


@cache
def relation_types() -> Mapping[str, RelationType]:
    """All relation types by name. An endpoint that names an unknown entity type is a SchemaError."""
    types: dict[str, RelationType] = {}
    for name, t in _read("relations", _RELATION_KEYS).items():
        where = f"schema/relations/{name}.toml"
        for end in (*t.get("source", ()), *t.get("target", ())):
            if end != "Date" and end not in entity_types():
                raise SchemaError(f"{where}: {end} is no entity type")
        for example in (*t.get("example", ()), *t.get("counterexample", ())):
            for key in example.keys() - _EXAMPLE_KEYS:
                raise SchemaError(f"{where}: unknown key {key} in an example")
            for key in ("text", "source", "target"):
                if key not in example:
                    raise SchemaError(f"{where}: {key} is missing in an example")
        types[name] = RelationType(
            name, t["label"], t["label_en"], t["definition"], t["definition_en"], t["iri"],
            tuple(t.get("source", ())), tuple(t.get("target", ())), tuple(t.get("triggers", ())),
            tuple(t.get("theme", ())), bool(t.get("symmetric", False)), tuple(t.get("aligned", ())),
            tuple(MappingProxyType(e) for e in t.get("example", ())),
            tuple(MappingProxyType(e) for e in t.get("counterexample", ())),
        )  # fmt: skip
    return MappingProxyType(types)
