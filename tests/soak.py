"""Builds that are killed, again and again: python -m tests.soak [--kills N] [--seed S] [--long] [FOLDER].

A build is started, killed with SIGKILL after a random part of the time that it takes, all of its processes or the first
alone, and run to its end; its outputs must be those of a build that nobody disturbed. Now and then the store is cut off
or overwritten in between. `--long` texts make a graph so large that two processes write it.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.outputs import outputs

STORE = "store.sqlite"
LONG = 40  # times that a text is repeated
NEWS = """国务院国资委发布第{number}号通知

本报北京{month}月{day}日电　{day}日，{city}市科技局发布《{city}市科技计划管理办法（{number}）》，
计划到2027年研发经费投入达到{number}亿元，增长{day}%。
{city}市市长张{given}出席第{number}届{city}科技博览会开幕式。
"""
CITIES = ["南京", "苏州", "杭州", "宁波", "合肥", "武汉", "长沙", "成都", "西安", "青岛"]


def texts(folder: Path, count: int = 40, times: int = 4) -> Path:
    """A folder of articles, each different, and so many times as long as need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        city, given = CITIES[number % len(CITIES)], "伟国强明华"[number % 5]
        day = {"month": number % 12 + 1, "day": number % 28 + 1}
        words = (NEWS.format(number=number + 3 + 100 * n, city=city, given=given, **day) for n in range(times))
        (folder / f"{number:03}.txt").write_text("".join(words), encoding="utf-8")
    return folder


def command(folder: Path, out: Path, *options: str) -> list[str]:
    """A build."""
    return [sys.executable, "-m", "kg", "build", str(folder), "--out", str(out), "--check", "none", *options]


def finish(folder: Path, out: Path, *options: str) -> float:
    """Run a build to its end; how long it took. A CalledProcessError when it fails."""
    started = time.monotonic()
    subprocess.run(command(folder, out, *options), check=True, capture_output=True)
    return time.monotonic() - started


def kill(folder: Path, out: Path, delay: float, *options: str, sign: int = signal.SIGKILL, alone: bool = False) -> bool:
    """Kill a build and all of its processes, or the first `alone`, after a while; whether it was still at work."""
    child = subprocess.Popen(
        command(folder, out, *options), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        child.wait(delay)
    except subprocess.TimeoutExpired:
        (os.kill if alone else os.killpg)(child.pid, sign)
    return child.wait() != 0


def damage(store: Path, chance: random.Random) -> str:
    """Do to a store what a power cut may do; what was done."""
    if not store.exists():
        return "none"
    size = store.stat().st_size
    match chance.randrange(4):
        case 0:
            os.truncate(store, chance.randrange(size + 1))
            return "cut off"
        case 1:
            with store.open("r+b") as file:
                file.seek(chance.randrange(size))
                file.write(chance.randbytes(4096))
            return "overwritten"
        case 2:
            wal = store.with_name(f"{STORE}-wal")
            if wal.exists():
                os.truncate(wal, chance.randrange(wal.stat().st_size + 1))
                return "log cut off"
    return "none"


@contextmanager
def _place(named: Path | None, times: int) -> Iterator[tuple[Path, Path]]:
    with tempfile.TemporaryDirectory() as base:
        yield named or texts(Path(base) / "in", times=times), Path(base)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("folder", nargs="?", type=Path)
    options.add_argument("--kills", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--long", action="store_true")
    asked = options.parse_args()
    chance, killed, done = random.Random(asked.seed), 0, 0
    with _place(asked.folder, LONG if asked.long else 4) as (folder, base):
        takes = finish(folder, base / "undisturbed")
        expected = outputs(base / "undisturbed")
        while killed < asked.kills:
            out, jobs = base / "out", ("--jobs", str(chance.choice((1, 2))))
            if chance.random() < 0.5 and out.exists():
                for path in out.iterdir():
                    path.unlink()
            for _ in range(chance.randrange(1, 4)):
                killed += kill(folder, out, chance.uniform(0.1, takes), *jobs, alone=chance.random() < 0.5)
            harm = damage(out / STORE, chance) if chance.random() < 0.5 else "none"
            finish(folder, out, *jobs)
            if outputs(out) != expected:
                sys.exit(f"after {killed} kills (store {harm}): the outputs differ; seed {asked.seed}")
            done += 1
            print(f"\r{killed} kills, {done} builds finished, store {harm:12}", end="", flush=True)
    print(f"\n{killed} kills: {done} builds finished, all byte-identical to an undisturbed one")


if __name__ == "__main__":
    main()
