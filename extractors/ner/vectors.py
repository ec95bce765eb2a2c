"""Vectors of characters from raw text: what stands beside a character tells what it is (singular vectors of PPMI)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from extractors.ner.symbols import symbols

_AROUND = (-2, -1, 1, 2)
_NEIGHBOURS = 2000  # only the commonest characters count as company
_SEED = 20261120


def write_vectors(texts: Iterable[str], size: int, rarest: int, path: Path) -> None:
    """Vectors of `size` numbers for each character that stands at least `rarest` times, in word2vec's text format."""
    text = symbols("\n".join(texts))
    counts = Counter(text)
    known = sorted((c for c, n in counts.items() if n >= rarest and not c.isspace()), key=lambda c: (-counts[c], c))
    index = {c: i for i, c in enumerate(known)}
    ids = np.array([index.get(c, len(known)) for c in text], dtype=np.int64)
    width = min(_NEIGHBOURS, len(known))
    blocks = []
    for offset in _AROUND:
        here, there = (ids[:-offset], ids[offset:]) if offset > 0 else (ids[-offset:], ids[:offset])
        chosen = (here < len(known)) & (there < width)
        pairs = np.bincount(here[chosen] * width + there[chosen], minlength=len(known) * width)
        blocks.append(pairs.reshape(len(known), width).astype(np.float32))
    seen = np.hstack(blocks)
    expected = seen.sum(1, keepdims=True) * (seen.sum(0, keepdims=True) / seen.sum())
    ppmi = np.log(np.maximum(seen / np.maximum(expected, 1e-9), 1.0))
    sketch = ppmi @ np.random.default_rng(_SEED).standard_normal((ppmi.shape[1], 2 * size)).astype(np.float32)
    for _ in range(3):
        basis, _ = np.linalg.qr(ppmi @ (ppmi.T @ sketch))
        sketch = basis
    left, values, _ = np.linalg.svd(sketch.T @ ppmi, full_matrices=False)
    vectors = (sketch @ left)[:, :size] * np.sqrt(values[:size])
    with path.open("w", encoding="utf-8") as out:
        for char, vector in zip(known, vectors, strict=True):
            out.write(f"{char} {' '.join(f'{v:.4f}' for v in vector)}\n")
