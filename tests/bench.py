"""Speed and memory of a build, against jieba.posseg on the same text in the same run: python -m tests.bench [FOLDER].

Seconds mean little across machines; the ratio is the figure to keep. The peer only tags words; the build reads,
extracts, relates, assembles and writes every output.
"""

from __future__ import annotations

import logging
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import jieba
import jieba.posseg

from extractors.reading import discover, raw_text


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "seeds"
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    texts = [raw_text(s) for s in discover([folder], sources_file=None) if hasattr(s, "path")]
    characters = sum(map(len, texts))

    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([sys.executable, "-m", "kg", "build", str(folder), "--out", out], stdout=subprocess.DEVNULL)
    ours = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024

    start = time.perf_counter()
    for text in texts:
        for _ in jieba.posseg.cut(text):
            pass
    peer = time.perf_counter() - start
    print(f"{len(texts)} files, {characters:,} characters")
    print(f"kg build      {ours:8.1f} s  {characters / ours:10,.0f} chars/s  peak {peak:,.0f} MiB")
    print(f"jieba.posseg  {peer:8.1f} s  {characters / peer:10,.0f} chars/s")
    print(f"ratio         {peer / ours:8.2f}  (speed of the build, peer = 1)")


if __name__ == "__main__":
    main()
