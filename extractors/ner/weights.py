"""The embedded model as a file: what HanLP trained, rounded to whole numbers so that every sum of products is exact.

A state of the LSTM is a whole number of 1/1024, a weight a whole number of 1/2^k. Their products add up to less than
2^24 of these units, which float32 holds without rounding: whatever the order of summation, the number of threads or
the company in a batch, the sums are the same. What is added to them is added one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extractors.ner.symbols import UNKNOWN

Floats = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int16]

STATE = 1024  # units of a state: 1.0 is 1024
GATE = 256  # steps of a gate's argument: 1.0 is 256
HALF = 8 * GATE  # beyond ±8 a gate is open or shut
# What is added before the fraction is cut off: the middle of a table from -8 to 8, and a half to round.
MIDDLE = np.float32(HALF + 0.5)
IMPOSSIBLE = -1e4  # score of what IOBES forbids
_EXACT = 1 << 24  # whole numbers up to here are exact in float32
_FINEST = 12
FILE = "names.npz"


@dataclass(frozen=True, slots=True)
class Weights:
    """The model in float32. Gates stand in the order i, f, o, g, their arguments in steps of 1/256 from -8."""

    symbols: Mapping[str, int]  # 0 is the unknown symbol
    tags: tuple[str, ...]  # as tags_of gives them
    table: Floats  # (4, 2 symbols, units): what a symbol gives each gate, read forward and read backward
    recurrent: Floats  # (4, 2, units, units): from states in units of 1/1024
    output: Floats  # (2, units, tags): likewise
    bias: Floats  # (tags)
    transitions: Floats  # (tags + 1, tags + 1): the last row is the start, the last column the end


def tags_of(types: Sequence[str]) -> tuple[str, ...]:
    """IOBES tags in such an order that those after which a name may begin stand together, and those that may follow.

    >>> tags_of(["Person"])
    ('E-Person', 'O', 'S-Person', 'B-Person', 'I-Person')
    """
    return (
        *(f"E-{kind}" for kind in types), "O", *(f"S-{kind}" for kind in types),
        *(f"B-{kind}" for kind in types), *(f"I-{kind}" for kind in types),
    )  # fmt: skip


def rounded(matrix: Floats, largest: float) -> tuple[Whole, int]:
    """A matrix as whole numbers of 1/2^k: the finest k at which products with whole numbers up to `largest` are exact.

    >>> rounded(np.array([[0.5], [-0.25]], dtype=np.float32), 4)[0].tolist()
    [[2048], [-1024]]
    """
    for k in range(_FINEST, -1, -1):
        whole = np.rint(matrix.astype(np.float64) * 2**k)
        if np.abs(whole).max() < 2**15 and np.abs(whole).sum(axis=-2).max() * largest < _EXACT:
            return whole.astype(np.int16), k
    raise ValueError("weights are too large to be rounded")


def save(path: Path, symbols: Sequence[str], types: Sequence[str], arrays: Mapping[str, Floats]) -> None:
    """Write a model: vectors (symbols, size), input (2, size, 4 units), gates (2, 4 units), recurrent, output, bias
    and transitions as in Weights."""
    stored: dict[str, npt.NDArray[Any]] = {
        "symbols": np.array(list(symbols)),
        "types": np.array(list(types)),
        "gates": arrays["gates"].astype(np.float32),
        "bias": arrays["bias"].astype(np.float32),
        "transitions": arrays["transitions"].astype(np.float32),
    }
    vectors = np.clip(np.rint(arrays["vectors"] * 64), -512, 511).astype(np.int16)
    stored["vectors"] = vectors
    largest = {"input": float(np.abs(vectors).max()), "recurrent": STATE, "output": STATE}
    for name, most in largest.items():
        stored[name], step = rounded(arrays[name], most)
        stored[f"{name}_step"] = np.array(step)
    with path.open("wb") as out:
        np.savez_compressed(out, **stored)  # type: ignore[arg-type]


def load(path: Any) -> Weights:
    """Read a model that `save` wrote."""
    with path.open("rb") as file, np.load(file) as stored:
        part = {name: stored[name] for name in stored.files}

    def real(name: str, unit: int) -> Floats:
        whole: Floats = part[name].astype(np.float32)
        return whole * np.float32(2.0 ** -int(part[f"{name}_step"]) / unit)

    vectors = part["vectors"].astype(np.float32)
    table = (np.matmul(vectors, real("input", 64)) + part["gates"][:, None, :]) * np.float32(GATE) + MIDDLE
    gates = np.split(table.reshape(-1, table.shape[-1]), 4, axis=1)
    recurrent = np.split(real("recurrent", STATE) * np.float32(GATE), 4, axis=2)
    return Weights(
        {str(symbol): i for i, symbol in enumerate(part["symbols"])},
        tags_of([str(kind) for kind in part["types"]]),
        np.stack(gates),
        np.stack(recurrent),
        real("output", STATE),
        part["bias"],
        part["transitions"],
    )


@cache
def embedded() -> Weights:
    """The model that comes with the package."""
    return load(files("extractors") / "ner" / FILE)


def export(reader: Any, path: Path) -> None:
    """Write what HanLP's RNNNamedEntityRecognizer learnt, gates and tags in our order."""
    model = reader.model
    state = {name: value.detach().cpu().numpy() for name, value in model.state_dict().items()}
    vocab = reader.vocabs[reader.config.token_key]
    vectors = next(v for n, v in state.items() if n.startswith("embed") and n.endswith("weight"))
    known = [UNKNOWN, *(t for t in vocab.idx_to_token if len(t) == 1)]
    rows = [vocab.unk_idx, *(vocab.token_to_idx[t] for t in known[1:])]
    units = state["word_lstm.weight_hh_l0"].shape[1]
    order = np.concatenate([np.arange(g * units, (g + 1) * units) for g in (0, 1, 3, 2)])  # i, f, g, o → i, f, o, g

    def both(name: str) -> Floats:
        return np.stack([state[f"word_lstm.{name}_l0{side}"][order] for side in ("", "_reverse")])

    learnt = {tag: i for i, tag in enumerate(reader.vocabs["tag"].idx_to_token)}
    types = sorted({tag[2:] for tag in learnt} - {""})
    # A tag that training never saw (S-Event) never comes out.
    seen = [(i, learnt[tag]) for i, tag in enumerate(tags_of(types)) if tag in learnt]
    ours, theirs = np.array(seen).T
    tags = len(tags_of(types))
    steps = np.full((tags + 1, tags + 1), IMPOSSIBLE, dtype=np.float32)
    steps[np.ix_(ours, ours)] = state["crf.transitions"][np.ix_(theirs, theirs)]
    steps[-1, ours] = state["crf.start_transitions"][theirs]
    steps[ours, -1] = state["crf.end_transitions"][theirs]
    bias = np.full(tags, IMPOSSIBLE, dtype=np.float32)
    bias[ours] = state["out.bias"][theirs]
    output = np.zeros((2, units, tags), dtype=np.float32)
    output[:, :, ours] = np.stack(np.split(state["out.weight"].T, 2))[:, :, theirs]
    save(path, known, types, {
        "vectors": vectors[rows],
        "input": both("weight_ih").transpose(0, 2, 1),
        "gates": both("bias_ih") + both("bias_hh"),
        "recurrent": both("weight_hh").transpose(0, 2, 1),
        "output": output,
        "bias": bias,
        "transitions": steps,
    })  # fmt: skip
