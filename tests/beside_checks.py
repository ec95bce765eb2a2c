"""What tests/test_beside.py asserts of a second process, each in a process of its own."""

from __future__ import annotations

import errno
import multiprocessing.popen_fork  # while it can be read by who runs the tests
import os
import resource
import signal
import time
from pathlib import Path
from typing import BinaryIO

import pytest

import kg.export
import kg.gather
from kg.ahead import ahead
from kg.beside import beside
from kg.export import write_all
from kg.export.files import write_whole
from kg.facts import Facts
from kg.fingerprint import rules
from kg.pipeline import build
from kg.read import NO_READER, find_sources, read
from kg.readings import read_to_send
from kg.store import Store
from kg.written import Seal
from tests.soak import texts

ROOT = Path(__file__).parent.parent


def somebody_else_does_it(_: Path) -> None:
    with beside(os.getpid) as coming:
        other = coming.result()
    assert other != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


def asked_not_to_it_is_done_here(_: Path) -> None:
    with beside(os.getpid, really=False) as coming:
        assert coming.result() == os.getpid()


def an_error_is_raised_where_the_answer_is_awaited(_: Path) -> None:
    def work() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "graph.gexf")

    with beside(work) as coming, pytest.raises(OSError, match="No space") as caught:
        coming.result()
    assert caught.value.errno == errno.ENOSPC


def where_there_is_no_room_it_is_done_here(_: Path) -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NPROC)
    if os.geteuid() == 0:  # for whom the limit does not hold
        os.setuid(65534)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, hard))
    with beside(os.getpid) as coming:
        assert coming.result() == os.getpid()


def what_a_killed_process_did_not_do_is_done_here(_: Path) -> None:
    first = os.getpid()

    def work() -> int:
        if os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    with beside(work) as coming:
        assert coming.result() == first


def nobody_waits_for_work_that_is_no_longer_wanted(tmp_path: Path) -> None:
    place = tmp_path / "pid"

    def work() -> None:
        place.write_text(str(os.getpid()))
        time.sleep(600)

    with pytest.raises(KeyboardInterrupt), beside(work):
        while not place.exists() or not place.read_text():
            time.sleep(0.01)
        raise KeyboardInterrupt
    with pytest.raises(ProcessLookupError):
        os.kill(int(place.read_text()), 0)


class _TwoWords(Exception):
    """It does not survive the way between processes."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} {other}")


def what_cannot_be_told_is_done_here(_: Path) -> None:
    def work() -> None:
        raise _TwoWords("real", "reason")

    with beside(work) as coming, pytest.raises(_TwoWords, match="real reason"):
        coming.result()
    with beside(lambda: os.getpid) as asked:  # a function goes through, and says who asks
        assert asked.result()() == os.getpid()
    with beside(lambda: lambda: os.getpid()) as asked:  # one without a name does not
        assert asked.result()() == os.getpid()


def _half_known(folder: Path) -> Path:
    """Texts of which a store has all but one."""
    texts(folder / "in", 3)
    with Store(folder / "out") as store:
        build(folder / "in", store=store, check="none")
    (folder / "in" / "new.txt").write_text("国务院总理李强3月5日在北京出席会议。", encoding="utf-8")
    return folder


def _reads(folder: Path) -> None:
    with Store(folder / "out") as store:
        done = build(folder / "in", store=store, check="none")
    (folder / "told").write_text(str(done.sources))


def others_read_what_is_new_and_only_that(folder: Path) -> None:
    _half_known(folder)
    sources, _ = find_sources([folder / "in"])
    with Store(folder / "out") as store:
        readings = kg.gather._readings(sources, 1, NO_READER, rules(NO_READER), store)
        by_others = {source.name: reading.done is None for source, reading in zip(sources, readings, strict=True)}
    assert by_others == {"000.txt": False, "001.txt": False, "002.txt": False, "new.txt": True}


def a_process_that_may_have_no_others_reads_by_itself(folder: Path) -> None:
    _half_known(folder)
    daemon = multiprocessing.get_context("fork").Process(target=_reads, args=(folder,), daemon=True)
    daemon.start()
    daemon.join()
    assert daemon.exitcode == 0 and (folder / "told").read_text() == "4"


def _readings_ahead(folder: Path, kill: bool = False) -> tuple[list[Facts], int | None]:
    """What a build reads that has begun a reader early, and the process of that reader."""
    sources, _ = find_sources([folder / "in"])
    with ahead(folder / "out", NO_READER) as first, Store(folder / "out") as store:
        others = [process.pid for process in multiprocessing.active_children()]
        if kill and others[0]:
            os.kill(others[0], signal.SIGKILL)
        done = [*kg.gather.read_all(sources, store=store, ahead=first)]
    assert not multiprocessing.active_children()
    return [facts for one in done for facts in one.facts], others[0] if others else None


def a_reader_is_begun_early_where_there_is_a_store(folder: Path) -> None:
    with ahead(folder / "out", NO_READER) as first:
        assert first is None and not multiprocessing.active_children()
    _half_known(folder)
    with ahead(folder / "out", NO_READER) as first:
        assert first and len(multiprocessing.active_children()) == 1
    assert not multiprocessing.active_children()  # nobody asked it


def a_reader_that_was_begun_early_reads_what_is_new(folder: Path) -> None:
    _half_known(folder)
    source = find_sources([folder / "in" / "new.txt"])[0]
    with ahead(folder / "out", NO_READER) as first:
        coming = first and first.ask(source, "rules")
        assert first and coming
        (reading,) = coming.result()
        assert reading.key == read_to_send(source[0], NO_READER, "rules").key
        assert first.ask(source * 9, "rules") is None  # too many for one
    expected = [facts for one in find_sources([folder / "in"])[0] for facts in read(one).facts]
    found, pid = _readings_ahead(folder)
    assert pid and [facts.article for facts in found] == [facts.article for facts in expected]
    assert [facts.claims for facts in found] == [facts.claims for facts in expected]


def what_a_killed_reader_did_not_read_is_read_here(folder: Path) -> None:
    _half_known(folder)
    found, pid = _readings_ahead(folder, kill=True)
    assert pid and len(found) == sum(len(read(one).facts) for one in find_sources([folder / "in"])[0])


def nobody_waits_for_a_killed_reader_to_listen(folder: Path) -> None:
    _half_known(folder)
    (source,), _ = find_sources([folder / "in" / "new.txt"], publisher="日报" * 200_000)  # more than a pipe holds
    with ahead(folder / "out", NO_READER) as first:
        (reader,) = multiprocessing.active_children()
        reader.kill()
        reader.join()
        coming = first and first.ask([source], "rules")
        assert coming and coming.result()[0].key


def much_is_not_read_by_one_reader(folder: Path) -> None:
    _half_known(folder)
    (folder / "in" / "new.txt").write_text("新闻\n" * 200_000, encoding="utf-8")
    sources, _ = find_sources([folder / "in" / "new.txt"])
    with ahead(folder / "out", NO_READER) as first:
        assert first and first.ask(sources, "rules") is None
        (reader,) = multiprocessing.active_children()
        reader.join()  # it has nothing to do


def processes_of_somebody_else_are_left_alone(folder: Path) -> None:
    _half_known(folder)
    other = multiprocessing.get_context("fork").Process(target=time.sleep, args=(600,), daemon=True)
    other.start()

    def stop(number: int, of: int, name: str) -> None:
        raise KeyboardInterrupt

    with Store(folder / "out") as store, pytest.raises(KeyboardInterrupt):
        build(folder / "in", store=store, check="none", progress=stop)
    assert other.is_alive()


def _fails(out: BinaryIO) -> None:
    out.write(b"half")
    raise OSError(errno.ENOSPC, "No space left on device")


def files_are_written_by_both_and_none_if_one_fails(tmp_path: Path) -> None:
    def tell(name: str) -> bytes:
        return (tmp_path / name).read_bytes()

    def pid(out: BinaryIO) -> int:
        return out.write(str(os.getpid()).encode())

    seals: dict[str, Seal] = {}
    told: dict[str, object] = {}
    files = {"a": pid, "b": pid, "last": lambda out: out.write(str(sorted(seals)).encode())}
    write_whole(tmp_path, files, seals, told, apart=["b"])
    assert tell("a") == str(os.getpid()).encode() != tell("b")
    assert tell("last") == b"['a', 'b']"
    assert told == {"a": len(tell("a")), "b": len(tell("b"))}
    before = {name: tell(name) for name in files}
    for apart in (["a"], ["b"]):
        with pytest.raises(OSError, match="No space") as caught:
            write_whole(tmp_path, {"a": pid, "b": _fails, "last": pid}, apart=apart)
        assert caught.value.filename == str(tmp_path / "b")
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def a_graph_is_the_same_whoever_writes_it(tmp_path: Path) -> None:
    done = build(ROOT / "seeds")
    for folder, large in (("one", 1 << 30), ("two", 0)):
        kg.export.LARGE = large
        write_all(done, tmp_path / folder, rdf_files=["graph.ttl", "graph.nt.gz"], drawings=["graph.graphml"])
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one.keys() == two.keys() and len(one) == 10
    assert [name for name in one if one[name] != two[name]] == ["report.json"]  # it knows the clock
