"""JSON-LD: one object a line for each subject, with a context that leaves plain keys and plain values."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any, TextIO

from rdflib import URIRef

from extractors.ontology import relation_types
from kg.block import (
    ALT_LABEL,
    NOTATION,
    OBJECT,
    PREDICATE,
    PREF_LABEL,
    REPLACED_BY,
    SUBJECT,
    TITLE,
    TYPE,
    Block,
    En,
    Node,
    Value,
    Zh,
    plain,
)  # fmt: skip
from kg.rdf import Rdf
from kg.vocab import NAMESPACE, kg, local, terms

# Keys for properties that are not ours; dcterms:issued keeps its prefix, because kg:issued is a relation.
KEYS = {
    PREF_LABEL: "prefLabel", ALT_LABEL: "altLabel", NOTATION: "notation", TITLE: "title", REPLACED_BY: "isReplacedBy",
    SUBJECT: "subject", PREDICATE: "predicate", OBJECT: "object",
}  # fmt: skip


def write(rdf: Rdf, out: TextIO) -> None:
    """Write the graph as JSON-LD."""
    writer = _Writer(rdf)
    lines = ",\n".join(f"  {_json(key)}: {_json(value)}" for key, value in writer.context.items())
    out.write(f'{{"@context": {{\n{lines}\n}},\n"@graph": [')
    separator = "\n"
    for block in rdf.blocks():
        out.write(separator + _json(writer.object(block)))
        separator = ",\n"
    out.write("\n]}\n")


class _Writer:
    def __init__(self, rdf: Rdf) -> None:
        self.base = rdf.base
        # A prefix must not stand in the way of a key: kg:unit is one.
        own = {term.name for term in terms()}
        spaces = {p: n for p, n in rdf.prefixes.items() if not n.startswith(rdf.base) and p not in own}
        self._by_namespace = {namespace: prefix for prefix, namespace in spaces.items()}
        self._coerced = self._coercions()
        self._keys = {TYPE: "type", **KEYS}
        self.context: dict[str, object] = {"@vocab": NAMESPACE, **spaces, "id": "@id", "type": "@type"}
        for predicate, key in KEYS.items():
            self.context[key] = {"@id": self._compact(predicate), **self._coerced.get(predicate, {})}
        for predicate, coercion in self._coerced.items():
            self.context.setdefault(self._key(predicate), {"@id": self._compact(predicate), **coercion})

    def _coercions(self) -> dict[URIRef, dict[str, str]]:
        """Property → what a plain value of it means."""
        node, words = {"@type": "@id"}, {"@language": "zh"}
        relations = [kg(local(relation.iri)) for relation in relation_types().values()]
        kinds = {"object": node, "words": words, "decimal": {"@type": "xsd:decimal"}}
        return {
            **dict.fromkeys((PREF_LABEL, ALT_LABEL, TITLE), words),
            **dict.fromkeys((SUBJECT, OBJECT, REPLACED_BY, *relations), node),
            **{kg(term.name): kinds[term.kind] for term in terms() if term.kind in kinds},
            PREDICATE: {"@type": "@vocab"},
        }

    def _key(self, predicate: URIRef) -> str:
        return self._keys.get(predicate) or self._keys.setdefault(predicate, self._short(predicate))

    def _short(self, iri: URIRef) -> str:
        """A name for where the vocabulary is understood: bare if it is ours."""
        return iri.removeprefix(NAMESPACE) if iri.startswith(NAMESPACE) else self._compact(iri)

    def _compact(self, iri: URIRef) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._by_namespace.get(iri[:cut])
        return f"{prefix}:{iri[cut:]}" if prefix else str(iri)

    def object(self, block: Block) -> dict[str, object]:
        """A subject with all that is said of it."""
        found: dict[str, object] = {"id": self.base + block.subject}
        for predicate, values in block.lines:
            plain_values = [self._plain(value, predicate) for value in values]
            found[self._key(predicate)] = plain_values[0] if len(plain_values) == 1 else plain_values
        return found

    def _plain(self, value: Value, predicate: URIRef) -> Any:
        """The value as the context makes it plain, or an object that says what it is."""
        if predicate is TYPE or predicate is PREDICATE:
            return self._short(value) if isinstance(value, URIRef) else value
        means = self._coerced.get(predicate, {})
        match value:
            case Node() | URIRef():
                name = self.base + value if isinstance(value, Node) else self._compact(value)
                return name if means.get("@type") == "@id" else {"id": name}
            case Zh() | En():
                language = "zh" if isinstance(value, Zh) else "en"
                return value if means.get("@language") == language else {"@value": value, "@language": language}
            case str():
                return {"@value": value} if means else value
            case Decimal():
                number = plain(value)
                return number if means.get("@type") == "xsd:decimal" else {"@value": number, "@type": "xsd:decimal"}
            case date():
                return {"@value": value.isoformat(), "@type": "xsd:date"}
            case int():
                return value
        raise TypeError("JSON-LD has no triples as terms")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
