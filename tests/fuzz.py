"""Spoiled files and sentences, by the thousand, through reading, extraction and the exporters.

    python -m tests.fuzz --minutes 10                    everything, in turn
    python -m tests.fuzz --only dates --seed 7           one kind, other inputs
    python -m tests.fuzz --only dates --seed 7 --case 12 one input again, with its traceback

Inputs come from a seed and a number: the same pair gives the same input. They run in processes of their own, so that a
crash of a library in C, or a hang in one, is a finding like any other. A finding is made small and printed; the whole
input is kept in build/fuzz.
"""

from __future__ import annotations

import argparse
import random
import select
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "fuzz"
KINDS = ("reading", "numerals", "dates", "figures", "exports")
# Of a hundred inputs; a build costs as much as fifty rows of numerals.
_SHARES = {"reading": 34, "numerals": 20, "dates": 20, "figures": 20, "exports": 6}
# Processor seconds: twenty times what an input of 20 kB usually takes, and twenty times what each further byte does.
_BUDGET = {"reading": 10.0, "exports": 30.0}
_PER_BYTE = 2e-4
_SILENCE = 180.0  # seconds without a word after which a process is ended from outside


class Hang(BaseException):
    """An input takes more than its budget; no Exception, so that nothing on the way takes it for one of its own."""


@dataclass(frozen=True, slots=True)
class Case:
    """One input, by what makes it."""

    kind: str
    seed: int
    number: int

    def input(self) -> tuple[str, bytes]:
        from tests.fuzz_inputs import MAKERS

        return MAKERS[self.kind](random.Random(f"{self.seed}/{self.kind}/{self.number}"))

    def __str__(self) -> str:
        return f"--only {self.kind} --seed {self.seed} --case {self.number}"


def run(kind: str, name: str, data: bytes) -> str:
    """What is wrong with an input, as `Type at file:line`; nothing if all is well."""
    from tests.fuzz_checks import CHECKS

    def late(number: int, frame: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, _BUDGET.get(kind, 5.0) + _PER_BYTE * len(data))
    try:
        CHECKS[kind](name, data)
        return ""
    except (Exception, Hang) as error:
        frames = traceback.extract_tb(error.__traceback__)
        ours = [f for f in frames if Path(f.filename).is_relative_to(ROOT) and "site-packages" not in f.filename]
        at = ours[-1] if ours else frames[-1]
        return f"{type(error).__name__} at {Path(at.filename).name}:{at.lineno}: {error}".splitlines()[0][:300]
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def smaller(kind: str, name: str, data: bytes, wrong: str) -> bytes:
    """A part of the input with which the same goes wrong; found by leaving out ever smaller pieces."""
    same, tries = wrong.partition(": ")[0], 300
    step = len(data) // 2
    while step and tries:
        at = 0
        while at < len(data) and tries:
            fewer = data[:at] + data[at + step :]
            tries -= 1
            if fewer and run(kind, name, fewer).partition(": ")[0] == same:
                data = fewer
            else:
                at += step
        step //= 2
    return data


def cases(seed: int, kinds: tuple[str, ...], start: int) -> Iterator[Case]:
    """Inputs without end, the kinds in their shares."""
    number = start
    shares = [_SHARES[kind] for kind in kinds]
    while True:
        kind = random.Random(f"{seed}/{number}").choices(kinds, shares)[0]
        yield Case(kind, seed, number)
        number += 1


def work(seed: int, kinds: tuple[str, ...], start: int) -> None:
    """In a process of its own: say which input comes, and what went wrong."""
    for case in cases(seed, kinds, start):
        print(f"case {case.number} {case.kind}", flush=True)
        name, data = case.input()
        wrong = run(case.kind, name, data)
        if wrong:
            small = data if wrong.startswith("Hang") else smaller(case.kind, name, data, wrong)
            keep(case, name, data)
            shown = small.decode("utf-8", "backslashreplace")[:200]
            print(f"wrong {case.number} {case.kind} {wrong} | {shown!r}", flush=True)


def keep(case: Case, name: str, data: bytes) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{case.kind}-{case.seed}-{case.number}-{Path(name).name}").write_bytes(data)


@dataclass(slots=True)
class Told:
    """What a run came to."""

    fed: Counter[str] = field(default_factory=Counter)
    findings: dict[str, list[str]] = field(default_factory=dict)  # by what and where: each input that shows it

    def add(self, what: str, line: str) -> bool:
        """True for the first of its kind."""
        self.findings.setdefault(what, []).append(line)
        return len(self.findings[what]) == 1


def fuzz(
    seed: int,
    kinds: tuple[str, ...],
    enough: Callable[[int], bool],
    start: int = 0,
    tell: Callable[[str], None] = print,
) -> Told:
    """Feed inputs until there are enough; a process that dies or falls silent is a finding, and another goes on."""
    told = Told()
    number, done = start, 0
    while not enough(done):
        command = [sys.executable, "-m", "tests.fuzz", "--work", str(number), "--seed", str(seed), "--only", *kinds]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout
            last = "before the first input"
            how = ""
            while not how and not enough(done):
                if not select.select([process.stdout], [], [], _SILENCE)[0]:
                    how = "hangs"
                    break
                line = process.stdout.readline()
                word, _, rest = line.rstrip("\n").partition(" ")
                if word == "case":
                    last, done = rest, done + 1
                    told.fed[rest.partition(" ")[2]] += 1
                elif word == "wrong":
                    where, _, what = rest.partition(" ")
                    if told.add(what.partition(": ")[0], rest):
                        print(f"{what} (case {where})")
                else:
                    how = f"died with status {process.wait()}"
            process.kill()
        if how:
            told.add(f"{last.partition(' ')[2]} process {how}", last)
            print(f"the process {how} at {last}")
            number = int(last.partition(" ")[0]) + 1 if last[0].isdigit() else number + 1
    return told


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--minutes", type=float, default=10)
    arguments.add_argument("--cases", type=int, help="so many inputs, instead of minutes")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--only", nargs="+", choices=(*KINDS, "patterns"), default=(*KINDS, "patterns"))
    arguments.add_argument("--case", type=int, help="this input alone")
    arguments.add_argument("--work", type=int, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    kinds = tuple(kind for kind in KINDS if kind in asked.only)
    if asked.work is not None:
        work(asked.seed, kinds, asked.work)
    if asked.case is not None:
        return again(Case(kinds[0], asked.seed, asked.case))
    slow = 0
    started = time.monotonic()
    if "patterns" in asked.only:
        slow = subprocess.run([sys.executable, "-m", "tests.fuzz_patterns", "--starred"], cwd=ROOT).returncode
    if not kinds:
        return slow
    end = time.monotonic() + 60 * asked.minutes
    told = fuzz(asked.seed, kinds, lambda done: done >= asked.cases if asked.cases else time.monotonic() > end)
    minutes = (time.monotonic() - started) / 60
    fed = ", ".join(f"{count:,} {kind}" for kind, count in sorted(told.fed.items()))
    print(f"{minutes:.1f} minutes, {sum(told.fed.values()):,} inputs ({fed}), {len(told.findings)} findings")
    for what, lines in sorted(told.findings.items()):
        print(f"  {what}: {len(lines)} inputs, the first: case {lines[0][:200]}")
    return int(bool(told.findings) or slow)


def again(case: Case) -> int:
    """One input, with all that is raised on the way."""
    from tests.fuzz_checks import CHECKS

    name, data = case.input()
    keep(case, name, data)
    print(f"{name}: {data[:2000]!r}")
    CHECKS[case.kind](name, data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
