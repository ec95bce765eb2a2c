"""docs/vocabulary.md from kg/kg.ttl: `python -m tests.vocabdocs` writes it, test_site.py compares."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SDO, SKOS, XSD, Graph, URIRef

from extractors.ontology import relation_types
from kg.vocab import NAMESPACE, kg, local

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "vocabulary.md"
HEAD = """# The vocabulary · 词汇表

Generated from [`kg/kg.ttl`](../kg/kg.ttl), which `kg ontology` prints, by `make docs`; a test compares. What the words
mean in use is told, with pictures, under [concepts](concepts.md).

`kg:` is `https://w3id.org/policykg/ns#`. The right column names terms of public vocabularies that a term is a kind of;
files are typed with those too when they are written with `--align`.
"""
SECTIONS = (
    ("Things", "Each is of one of these types, some organisations of a kind as well."),
    ("Kinds of organisation", "A second type beside `kg:Organization`."),
    (
        "What holds it together",
        "Articles, the words in them, what they are evidence for, dates, figures and what these measure.",
    ),
    (
        "Relations",
        "From subject to object. What is asserted is a plain triple, and a `kg:Statement` with its evidence beside it.",
    ),
    ("Properties", "All other properties, by what they are said of."),
    ("Units", "Units and measure words that QUDT lacks. For all others `kg:unit` holds the IRI of QUDT."),
)
PREFIXES = {"qudt": "http://qudt.org/schema/qudt/", "event": "http://purl.org/NET/c4dm/event.owl#"}
LITERALS = {
    XSD.string: "text",
    RDF.langString: "Chinese",
    XSD.decimal: "decimal",
    XSD.integer: "integer",
    XSD.date: "date",
}


def render() -> str:
    """The page as Markdown."""
    rdf = Graph().parse(ROOT / "kg" / "kg.ttl")
    for prefix, namespace in PREFIXES.items():
        rdf.bind(prefix, namespace)
    classes = _sorted(rdf, OWL.Class)
    kinds = [c for c in classes if (c, RDFS.subClassOf, kg("Organization")) in rdf]
    relations = {kg(local(relation.iri)) for relation in relation_types().values()}
    held = ("Article", "Date", "Figure", "Metric", "Series", "Span", "Statement", "Thing", "Unit")
    support = [kg(name) for name in held]
    properties = sorted({*_sorted(rdf, OWL.ObjectProperty), *_sorted(rdf, OWL.DatatypeProperty)} - relations)
    tables = (
        _classes(rdf, [c for c in classes if c not in {*kinds, *support}]),
        _classes(rdf, kinds),
        _classes(rdf, support),
        _properties(rdf, sorted(relations)),
        _properties(rdf, sorted(properties, key=lambda p: (_ends(rdf, p, "domain"), p))),
        _units(rdf),
    )
    parts = [HEAD]
    for (heading, words), table in zip(SECTIONS, tables, strict=True):
        parts.append(f"## {heading}\n\n{words}\n\n{table}")
    return "\n".join(parts)


def _sorted(rdf: Graph, kind: URIRef) -> list[URIRef]:
    return sorted(node for node in rdf.subjects(RDF.type, kind) if isinstance(node, URIRef))


def _classes(rdf: Graph, nodes: Iterable[URIRef]) -> str:
    rows = [(f"{_term(node)}<br>{_label(rdf, node)}", _definition(rdf, node), _aligned(rdf, node)) for node in nodes]
    return _table(("class", "definition", "aligned to"), rows)


def _properties(rdf: Graph, nodes: Iterable[URIRef]) -> str:
    rows = [
        (
            f"{_term(node)}<br>{_label(rdf, node)}", f"{_ends(rdf, node, 'domain')} → {_ends(rdf, node, 'range')}",
            _definition(rdf, node), _aligned(rdf, node),
        )
        for node in nodes
    ]  # fmt: skip
    return _table(("property", "from → to", "definition", "aligned to"), rows)


def _units(rdf: Graph) -> str:
    rows = [
        (_term(node), _words(rdf, node, RDFS.label, "zh"), _words(rdf, node, RDFS.label, "en"))
        for node in _sorted(rdf, kg("Unit"))
    ]
    return _table(("unit", "as written", "in English"), rows)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in lines)


def _term(node: URIRef) -> str:
    name = node.removeprefix(NAMESPACE)
    return f'<a id="{name}"></a>`kg:{name}`'


def _link(rdf: Graph, node: URIRef) -> str:
    if not node.startswith(NAMESPACE):
        return LITERALS.get(node, _short(rdf, node))
    name = node.removeprefix(NAMESPACE)
    return f"[{name}](#{name})"


def _label(rdf: Graph, node: URIRef) -> str:
    return f"{_words(rdf, node, RDFS.label, 'zh')} · {_words(rdf, node, RDFS.label, 'en')}"


def _definition(rdf: Graph, node: URIRef) -> str:
    return f"{_words(rdf, node, SKOS.definition, 'zh')}<br>{_words(rdf, node, SKOS.definition, 'en')}".replace(
        "|", "\\|"
    )


def _words(rdf: Graph, node: URIRef, predicate: URIRef, language: str) -> str:
    found = sorted(str(word) for word in rdf.objects(node, predicate) if getattr(word, "language", "") == language)
    assert found, (node, predicate, language)
    return "、".join(found) if language == "zh" else "; ".join(found)


def _ends(rdf: Graph, node: URIRef, end: str) -> str:
    one, several = {"domain": (RDFS.domain, SDO.domainIncludes), "range": (RDFS.range, SDO.rangeIncludes)}[end]
    found = sorted({*rdf.objects(node, one), *rdf.objects(node, several)})
    things = {
        kg(name) for name in ("Event", "Organization", "Person", "Place", "Policy", "Product", "Programme", "Project")
    }
    if things <= set(found):
        found = [f for f in found if f not in {*things, kg("Work")}]
        return ", ".join(["[any thing](#things)", *(_link(rdf, f) for f in found if isinstance(f, URIRef))])
    return ", ".join(_link(rdf, f) for f in found if isinstance(f, URIRef)) or "–"


def _aligned(rdf: Graph, node: URIRef) -> str:
    found = {*rdf.objects(node, RDFS.subClassOf), *rdf.objects(node, RDFS.subPropertyOf)}
    return ", ".join(_short(rdf, f) for f in sorted(found) if isinstance(f, URIRef) and not f.startswith(NAMESPACE))


def _short(rdf: Graph, node: URIRef) -> str:
    """The term as prefix and name, linked to where its vocabulary describes it."""
    return f"[{rdf.namespace_manager.normalizeUri(node)}]({node})"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
