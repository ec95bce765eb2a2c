"""Training with HanLP, export and numpy decoding in one go; runs where the extra `hanlp` is installed."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("hanlp")

PEOPLE = ["魏承岳", "林知远", "许嘉禾", "沈怀瑾", "罗启航"]
PLACES = ["瓦岔河", "王坪镇", "妙岭镇", "绰勒河", "石盘沟"]


def _block(words: list[tuple[str, str]]) -> str:
    rows = list[str]()
    for word, kind in words:
        tags = [f"{'I' if k else 'B'}-{kind}" if kind else "O" for k in range(len(word))]
        rows += [f"{len(rows) + 1}\t{char}\t{tag}\t-\t-" for char, tag in zip(word, tags, strict=True)]
    return "\n".join(rows)


def _corpus(path: Path) -> list[str]:
    """Sentences of two shapes in the format of Universal NER."""
    sentences, blocks = [], []
    for person, place in itertools.product(PEOPLE, PLACES):
        for words in (
            [(person, "PER"), ("昨天来到", ""), (place, "LOC"), ("调研。", "")],
            [("大家在", ""), (place, "LOC"), ("见到了", ""), (person, "PER"), ("。", "")],
        ):
            sentences.append("".join(word for word, _ in words))
            blocks.append(_block(words))
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return sentences


def test_numpy_reads_what_hanlp_reads(tmp_path: Path) -> None:
    from extractors.ner.embedded import read
    from extractors.ner.symbols import symbols
    from extractors.ner.train import NameReader, main
    from extractors.ner.weights import load

    sentences = _corpus(tmp_path / "tiny.iob2")
    main([
        "--universal", str(tmp_path / "tiny.iob2"), "--work", str(tmp_path / "work"), "--out", str(tmp_path / "x.npz"),
        "--size", "8", "--hidden", "12", "--epochs", "12", "--batch", "8", "--rate", "0.02", "--threads", "1",
    ])  # fmt: skip
    reader = NameReader()
    reader.load(str(tmp_path / "work" / "model"))
    weights = load(tmp_path / "x.npz")
    theirs = reader.predict([list(symbols(sentence)) for sentence in sentences])
    ours = [[(p.type, p.start, p.end) for p in read(sentence, weights)] for sentence in sentences]
    assert ours == [[(kind, start, end) for _, kind, start, end in names] for names in theirs]
    assert sum(map(len, ours)) > len(sentences)
