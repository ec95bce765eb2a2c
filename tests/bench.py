"""Speed and memory of a build, against jieba.posseg on the same text in the same run: python -m tests.bench [FOLDER].

Seconds mean little across machines; the ratio is the figure to keep. The peer only tags words; the build reads,
extracts, relates, assembles and writes every output. What is compared is seconds of CPU, which others on the machine
disturb less than the clock: of the whole child process for the build, its start included, and of the tagging alone for
the peer, whose dictionary is loaded before. The peer is run before, between and after the builds, for its mean.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import jieba
import jieba.posseg

from extractors.reading import Source, discover, raw_text

READERS = ("none", "embedded")  # the statistical readers of names that need nothing but what is installed


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU and of the clock; memory at its peak in MiB where it is known."""

    cpu: float
    wall: float
    peak: float = 0.0


def build(folder: Path, out: Path, *options: str) -> Cost:
    """A build in a process of its own; memory is that of its largest process. A CalledProcessError when it fails."""
    command = [sys.executable, "-m", "kg", "build", str(folder), "--out", str(out), *options]
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if child.returncode > 1:  # 1: built, though some input was lost
        raise subprocess.CalledProcessError(child.returncode, command)
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def texts_of(folder: Path) -> list[str]:
    """What stands in the files of a folder."""
    return [
        t for s in discover([folder], sources_file=None) if isinstance(s, Source) and isinstance(t := raw_text(s), str)
    ]


def tag(texts: list[str]) -> Cost:
    """The peer on the same texts."""
    return _timed(lambda: [sum(1 for _ in jieba.posseg.cut(text)) for text in texts])


def _timed(work: Callable[[], object]) -> Cost:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "seeds"
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    texts = texts_of(folder)
    characters = sum(map(len, texts))
    print(f"{len(texts)} files, {characters:,} characters")

    peers = [tag(texts)]
    costs: dict[str, Cost] = {}
    for reader in READERS:
        with tempfile.TemporaryDirectory() as out:
            costs[f"kg build --ner {reader}"] = build(folder, Path(out), "--ner", reader)
        peers.append(tag(texts))
    peer = Cost(*(sum(getattr(p, kind) for p in peers) / len(peers) for kind in ("cpu", "wall")))
    for name, cost in {**costs, "jieba.posseg": peer}.items():
        memory = f"  peak {cost.peak:,.0f} MiB" if cost.peak else ""
        speed = f"{characters / cost.cpu:10,.0f} chars/s of CPU"
        ratio = f"  ratio {peer.cpu / cost.cpu:.2f}" if cost is not peer else ""
        print(f"{name:24}{cost.cpu:8.1f} s CPU{cost.wall:8.1f} s wall{speed}{ratio}{memory}")


if __name__ == "__main__":
    main()
