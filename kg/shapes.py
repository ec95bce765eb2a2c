"""shapes.ttl: what a graph must be like, in SHACL; its last part comes from the schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import TextIO

from rdflib import Graph

from extractors.ontology import RelationType, entity_types, relation_types
from kg.vocab import local

SHAPES = "https://w3id.org/policykg/shapes#"
MARK = "# ---- Generated from extractors/schema by `kg ontology --shapes`. Do not edit from here.\n"


def shipped() -> str:
    """The text of shapes.ttl."""
    return files("kg").joinpath("shapes.ttl").read_text(encoding="utf-8")


@cache
def shapes() -> Graph:
    """The shapes as RDF."""
    return Graph().parse(data=shipped(), format="turtle")


def write(out: TextIO) -> None:
    """Write shapes.ttl anew: its own words, then what the schema says today."""
    written, _, _ = shipped().partition(MARK)
    out.write(written)
    out.write(MARK)
    for part in _generated():
        out.write(f"\n{part}")


def _generated() -> Iterator[str]:
    entities = [f"kg:{local(entity.iri)}" for entity in entity_types().values()]
    relations = sorted(relation_types().values(), key=lambda relation: relation.iri)
    for shape in ("Named-prefLabel", "Named-altLabel", "Entity-within", "Entity-mentionedIn"):
        yield f"shape:{shape} sh:targetClass {', '.join(entities)} .\n"
    yield _holder([*entities, "kg:Thing"])
    yield (
        "shape:Statement-predicate a sh:PropertyShape ;\n    sh:targetClass kg:Statement ;\n"
        "    sh:path rdf:predicate ;\n"
        f"    sh:minCount 1 ; sh:maxCount 1 ; sh:in ( {' '.join(r.iri for r in relations)} ) ;\n"
        '    sh:message "陈述有一个词汇中的关系"@zh, "a statement has one relation of the vocabulary"@en .\n'
    )
    yield _bare(relations)
    for relation in relations:
        yield _end(relation, "From", relation.source)
        yield _end(relation, "To", relation.target)


def _of_class(classes: Sequence[str]) -> str:
    if len(classes) == 1:
        return f"sh:class {classes[0]}"
    return f"sh:or ( {' '.join(f'[ sh:class {name} ]' for name in classes)} )"


def _holder(classes: Sequence[str]) -> str:
    return f'''shape:FigureHolder a sh:SPARQLConstraint ;
    sh:prefixes <https://w3id.org/policykg/shapes> ;
    sh:message "数据的主体不是图中的实体或未名事物"@zh,
        "a figure is about what is no entity or thing of this graph"@en ;
    sh:select """
        SELECT $this (?figure AS ?value) (kg:about AS ?path) WHERE {{
            ?figure kg:about ?o .
            FILTER NOT EXISTS {{ ?o a ?class FILTER ( ?class IN ( {", ".join(classes)} ) ) }}
        }}""" .
'''


def _bare(relations: Iterable[RelationType]) -> str:
    # A constraint may not use VALUES, and IN would look at every triple of the graph.
    edges = " UNION\n            ".join(f"{{ ?s {r.iri} ?o BIND ( {r.iri} AS ?path ) }}" for r in relations)
    return f'''shape:BareEdge a sh:SPARQLConstraint ;
    sh:prefixes <https://w3id.org/policykg/shapes> ;
    sh:message "边没有陈述"@zh, "an edge has no statement"@en ;
    sh:select """
        SELECT $this (?s AS ?value) ?path WHERE {{
            {edges}
            FILTER NOT EXISTS {{ ?statement rdf:object ?o ; rdf:subject ?s ; rdf:predicate ?path }}
        }}""" .
'''


def _end(relation: RelationType, end: str, types: tuple[str, ...]) -> str:
    """What the subjects, or the objects, of a relation are."""
    target, noun, noun_en = {
        "From": ("sh:targetSubjectsOf", "主语", "subject"),
        "To": ("sh:targetObjectsOf", "宾语", "object"),
    }[end]
    labels, labels_en = zip(*map(_label, types), strict=True)
    return (
        f"shape:{local(relation.iri)}{end} a sh:NodeShape ;\n    {target} {relation.iri} ;\n"
        f"    {_of_class([f'kg:{name}' for name in types])} ;\n"
        f'    sh:message "“{relation.label}”的{noun}是{"或".join(labels)}"@zh,\n'
        f'        "the {noun_en} of “{relation.label_en}” is: {" or ".join(labels_en)}"@en .\n'
    )


def _label(name: str) -> tuple[str, str]:
    known = entity_types().get(name)
    return (known.label, known.label_en) if known else ("日期", "date")
