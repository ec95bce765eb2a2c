"""The embedded reader's numpy decoding against plain formulas: LSTM, Viterbi, forward-backward."""

from __future__ import annotations

import itertools
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from extractors.ner.lattice import Belief, best, spans
from extractors.ner.lstm import Packed, emissions
from extractors.ner.symbols import UNKNOWN, pieces, symbols
from extractors.ner.weights import IMPOSSIBLE, Weights, load, rounded, save, tags_of

SIZE, UNITS = 5, 7
TYPES = ("Person", "Place")
KNOWN = (UNKNOWN, *"甲乙丙丁戊己庚辛")
PIECES = [[1, 2, 3, 4, 5, 6], [7, 8, 1, 0], [2, 2, 2], [5]]


def may_follow(left: str, right: str) -> bool:
    if left[0] in "BI":
        return right[0] in "IE" and left[1:] == right[1:]
    return right[0] in "OBS"


@pytest.fixture(scope="module")
def arrays() -> dict[str, np.ndarray]:
    draw = np.random.default_rng(7)
    tags = tags_of(TYPES)
    steps = draw.normal(size=(len(tags) + 1, len(tags) + 1))
    for i, left in enumerate(tags):
        for j, right in enumerate(tags):
            if not may_follow(left, right):
                steps[i, j] = IMPOSSIBLE
        if left[0] in "IE":
            steps[-1, i] = IMPOSSIBLE
        if left[0] in "BI":
            steps[i, -1] = IMPOSSIBLE
    shapes = {
        "vectors": (len(KNOWN), SIZE), "input": (2, SIZE, 4 * UNITS), "gates": (2, 4 * UNITS),
        "recurrent": (2, UNITS, 4 * UNITS), "output": (2, UNITS, len(tags)), "bias": (len(tags),),
    }  # fmt: skip
    return {"transitions": steps} | {name: draw.normal(size=shape) for name, shape in shapes.items()}


@pytest.fixture(scope="module")
def weights(arrays: dict[str, np.ndarray], tmp_path_factory: pytest.TempPathFactory) -> Weights:
    path = tmp_path_factory.mktemp("model") / "tiny.npz"
    save(path, KNOWN, TYPES, arrays)
    return load(path)


def plain_lstm(arrays: dict[str, np.ndarray], piece: list[int], side: int) -> list[np.ndarray]:
    """States after each symbol by the formula of the LSTM; gates stand in the order i, f, o, g."""
    state, cell, states = np.zeros(UNITS), np.zeros(UNITS), []
    for symbol in piece:
        z = arrays["vectors"][symbol] @ arrays["input"][side] + arrays["gates"][side]
        i, f, o, g = np.split(z + state @ arrays["recurrent"][side], 4)
        i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
        cell = f * cell + i * np.tanh(g)
        state = o * np.tanh(cell)
        states.append(state)
    return states


def test_the_lstm_is_the_formula_but_for_rounding(arrays: dict[str, np.ndarray], weights: Weights) -> None:
    packed = Packed.of([len(p) for p in PIECES])
    fits = emissions(weights, PIECES, packed)
    for b, piece in enumerate(PIECES):
        forward = plain_lstm(arrays, piece, 0)
        backward = plain_lstm(arrays, piece[::-1], 1)[::-1]
        for t, (left, right) in enumerate(zip(forward, backward, strict=True)):
            wanted = left @ arrays["output"][0] + right @ arrays["output"][1] + arrays["bias"]
            assert np.allclose(fits[packed.first[t] + b], wanted, atol=0.06)


def test_company_in_a_batch_changes_no_bit(weights: Weights) -> None:
    packed = Packed.of([len(p) for p in PIECES])
    together = emissions(weights, PIECES, packed)
    for b, piece in enumerate(PIECES):
        alone = emissions(weights, [piece], Packed.of([len(piece)]))
        assert np.array_equal(alone, together[packed.first[: len(piece)] + b])


def test_sums_of_rounded_weights_are_exact() -> None:
    draw = np.random.default_rng(3)
    whole, step = rounded(draw.normal(size=(2, 96, 384)).astype(np.float32), 1024)
    states = draw.integers(-1024, 1025, size=(2, 9, 96))
    exact = np.matmul(states, whole.astype(np.int64))
    assert step > 4
    assert np.array_equal(np.matmul(states.astype(np.float32), whole.astype(np.float32)), exact)
    with pytest.raises(ValueError, match="too large"):
        rounded(np.full((4, 4), 1e9), 1024)


def paths(fits: np.ndarray, steps: np.ndarray) -> list[tuple[float, tuple[int, ...]]]:
    """Every sequence of tags of a piece with its score."""
    scored = []
    for path in itertools.product(range(fits.shape[1]), repeat=len(fits)):
        score = steps[-1, path[0]] + steps[path[-1], -1] + sum(fits[t, tag] for t, tag in enumerate(path))
        scored.append((score + sum(steps[a, b] for a, b in itertools.pairwise(path)), path))
    return scored


def test_viterbi_and_belief_are_what_counting_every_path_gives(weights: Weights) -> None:
    pieces = [[1, 2, 3, 4], [7, 8, 1], [2, 2], [5]]
    packed = Packed.of([len(p) for p in pieces])
    fits = emissions(weights, pieces, packed)
    belief = Belief(fits, weights.transitions, packed)
    for b, path in enumerate(best(fits, weights.transitions, packed)):
        every = paths(fits[packed.first[: len(path)] + b].astype(float), weights.transitions.astype(float))
        top, wanted = max(every)
        assert tuple(path) == wanted
        total = sum(math.exp(score - top) for score, _ in every)
        for start, end in itertools.combinations(range(len(path) + 1), 2):
            same = sum(math.exp(score - top) for score, p in every if p[start:end] == tuple(path[start:end]))
            assert belief.of(b, start, path[start:end]) == pytest.approx(same / total, rel=1e-4)


def test_spans_of_tags() -> None:
    tags = tags_of(TYPES)
    row = {tag: i for i, tag in enumerate(tags)}
    path = [row[t] for t in ("O", "B-Place", "I-Place", "E-Place", "S-Person", "O")]
    assert list(spans(path, tags)) == [(1, 4, "Place"), (4, 5, "Person")]


def test_pieces_cover_what_is_chinese_and_are_short() -> None:
    long = "江苏、" * 300 + "。" + "连" * 500 + "\nMIT 2024\n北京。"
    found = list(pieces(long))
    assert all(0 < piece.end - piece.start <= 64 for piece in found)
    assert sum(piece.of(long).count("连") for piece in found) == 500
    assert not any("MIT" in piece.of(long) for piece in found)
    assert len(symbols(long)) == len(long)


@pytest.mark.parametrize("text", ["", "\n\n", "MIT 2024", "。", "的"])
def test_little_text(text: str) -> None:
    from extractors.ner.embedded import propose

    assert propose(text) == []


_SHOW = """
from extractors.ner.embedded import propose
text = ("白俄罗斯总理戈洛夫科夫在首都会见了魏承岳。魏承岳首先来到瓦岔河边的中澜产业园。" * 40)
print(propose(text))
"""


@pytest.mark.parametrize("threads", ["1", "2", "4"])
def test_threads_and_hashes_change_no_byte(threads: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    around = os.environ | dict.fromkeys(names, threads) | {"PYTHONHASHSEED": threads}
    shown = subprocess.run([sys.executable, "-c", _SHOW], env=around, capture_output=True, text=True, check=True)
    exec(_SHOW, {})
    assert shown.stdout == capsys.readouterr().out
    assert "Person" in shown.stdout


def test_the_model_is_small_and_has_a_card() -> None:
    import extractors.ner

    folder = Path(extractors.ner.__file__).parent
    assert (folder / "names.npz").stat().st_size <= 3_000_000
    card = (folder / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert all(word in card for word in ("CC BY-SA 4.0", "GSDSimp", "2026-11-20", "extractors.ner.train", "F1"))


def test_texts_read_together_are_read_as_alone() -> None:
    from extractors.ner.embedded import Embedded

    texts = [
        "魏承岳首先来到太原市的企业车间。",
        "",
        "洪水冲毁了瓦岔河上的一座小桥。" * 30,
        "【公安部交管局】部署冬季交通安全工作。",
    ]
    together, alone = Embedded(), Embedded()
    together.ahead(texts)
    assert [together(text) for text in texts] == [alone(text) for text in texts]
    assert together("白俄罗斯总理访华。") == alone("白俄罗斯总理访华。")
    assert any(alone(text) for text in texts)
