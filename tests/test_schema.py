"""Every schema file says what it must, and its examples hold: data tested like code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files

import pytest

from extractors import ontology
from extractors.model import Article, Edtf, Mention, Name, Relation, Span
from extractors.ontology import RelationType, SchemaError, entity_types, relation_types
from extractors.relations import relate


def mention(text: str, words: str, kind: str) -> Mention:
    """The mention that an example means: its words, where they stand first."""
    start = text.index(words)
    value = Edtf(words) if kind == "Date" else Name(words)
    return Mention(Span(start, start + len(words)), kind, value, "example")


def heard(relation: RelationType, example: Mapping[str, str]) -> list[Relation]:
    """What is read between the two ends of an example, in the relation's direction (or either, if symmetric)."""
    text = example["text"]
    source = mention(text, example["source"], example.get("source_type", relation.source[0]))
    target = mention(text, example["target"], example.get("target_type", relation.target[0]))
    article = Article(id="example", source="example.txt", title=None, text=text, issued="2024-05-06")
    ends = [(source, target), (target, source)] if relation.symmetric else [(source, target)]
    found = relate(article, sorted((source, target), key=lambda m: m.span))
    return [r for r in found if r.type == relation.name and (r.source, r.target) in ends]


def cases(which: str) -> Iterator[tuple[RelationType, Mapping[str, str]]]:
    for relation in relation_types().values():
        for example in getattr(relation, which):
            yield relation, example


def named(value: object) -> str:
    return value["text"] if isinstance(value, Mapping) else getattr(value, "name", "")


@pytest.mark.parametrize(("relation", "example"), list(cases("examples")), ids=named)
def test_example_is_heard(relation: RelationType, example: Mapping[str, str]) -> None:
    found = heard(relation, example)
    assert found
    assert found[0].qualifier == example.get("qualifier")
    assert found[0].modality == example.get("modality", "asserted")
    assert found[0].evidence.of(example["text"]) in example["text"]


@pytest.mark.parametrize(("relation", "example"), list(cases("counterexamples")), ids=named)
def test_counterexample_is_not_asserted(relation: RelationType, example: Mapping[str, str]) -> None:
    assert [r for r in heard(relation, example) if r.modality == "asserted"] == []


@pytest.mark.parametrize("relation", list(relation_types().values()), ids=named)
def test_relation_file_is_complete(relation: RelationType) -> None:
    assert relation.source and relation.target
    assert len(relation.examples) >= 5 and len(relation.counterexamples) >= 5
    camel = re.sub(r"_([a-z])", lambda m: m[1].upper(), relation.name)
    assert relation.iri == f"kg:{camel}"
    assert len(relation.triggers) == len(set(relation.triggers))
    assert re.search("[\u4e00-\u9fff]", relation.definition) and relation.definition_en.isascii()


def test_entity_files_are_complete() -> None:
    assert len({e.iri for e in entity_types().values()}) == len(entity_types())
    assert all(re.fullmatch("#[0-9a-f]{6}", e.colour) for e in entity_types().values())


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ('colour = "red"', "relations/odd.toml: unknown key colour"),
        ('source = ["Ship"]', "relations/odd.toml: Ship is no entity type"),
        ("label = [", "relations/odd.toml"),
        ('[[example]]\ntext = "甲"', "relations/odd.toml: source is missing in an example"),
    ],
)
def test_error_names_the_file(
    lines: str, complaint: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path_factory.mktemp("package")
    (root / "schema" / "relations").mkdir(parents=True)
    (root / "schema" / "entities").symlink_to(str(files("extractors") / "schema" / "entities"))
    head = 'label = "怪"\nlabel_en = "odd"\ndefinition = "怪"\ndefinition_en = "odd"\niri = "kg:odd"\n'
    if lines.startswith("label"):
        head = head.replace('label = "怪"\n', "")
    (root / "schema" / "relations" / "odd.toml").write_text(head + lines, encoding="utf-8")
    monkeypatch.setattr(ontology, "files", lambda package: root)
    with pytest.raises(SchemaError, match=re.escape(complaint)):
        relation_types.__wrapped__()
