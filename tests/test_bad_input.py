"""Bad input through the real `kg` process: one clear line each, nothing of the good file lost, the right exit."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.test_cli import TEXT, kg

SEEDS = Path(__file__).parent.parent / "seeds"
POSIX = os.name == "posix"
LIMITED = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]


def scanned() -> bytes:
    import pypdfium2

    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(200, 200)
    document.save(out)
    return out.getvalue()


def encrypted() -> bytes:
    """A PDF whose password nobody knows: the standard handler with keys that fit no password."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <" + b"5A" * 32 + b"> /U <" + b"A5" * 32 + b"> >>",
    ]
    data, offsets = b"%PDF-1.5\n", []
    for number, words in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, words)
    start, size = len(data), len(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % at for at in offsets)
    identity = b"<" + b"00" * 16 + b">"
    data += b"trailer << /Size %d /Root 1 0 R /Encrypt 4 0 R /ID [%s %s] >>\n" % (size, identity, identity)
    return data + b"startxref\n%d\n%%%%EOF\n" % start


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(300):
            part.write(bytes(1 << 20))
    return out.getvalue()


def no_word_file() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    return out.getvalue()


def pdf() -> bytes:
    return (SEEDS / "lunar-2024-06.pdf").read_bytes()


# name → bytes, and words of the line that has to say what is wrong.
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.txt": (lambda: b"", "empty"),
    "blank.txt": (lambda: "\n　\n".encode(), "empty"),
    "empty.html": (lambda: b"<html><body></body></html>", "no text"),
    "binary.txt": (lambda: bytes(range(256)) * 50, "binary"),
    "binary.html": (lambda: bytes(range(256)) * 50, "binary"),
    "undecodable.txt": (lambda: TEXT.encode() + b"\xff\xfe\xfd" * 90, f"byte {len(TEXT.encode())}: "),
    "truncated.pdf": (lambda: pdf()[: len(pdf()) // 2], "cut off"),
    "text.pdf": (lambda: b"no PDF", "damaged"),
    "scanned.pdf": (scanned, "no text layer"),
    "encrypted.pdf": (encrypted, "encrypted"),
    "bomb.docx": (bomb, "zip bomb"),
    "broken.docx": (lambda: b"PK\x03\x04 and no more", "damaged"),
    "other.docx": (no_word_file, "no Word file"),
}


def facts(folder: Path) -> set[str]:
    """What the tables say, without what differs between two builds of one good file among others."""
    tables = (folder / name for name in ("relations.csv", "figures.csv"))
    return {line for table in tables for line in table.read_text("utf-8-sig").split("\n")}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good")
    (folder / "good.txt").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def expected(good: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    out = tmp_path_factory.mktemp("expected")
    assert kg("build", good, "--out", out, "--issued", "2024-03-05").returncode == 0
    return facts(out)


def lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()


def test_all_in_one_folder(good: Path, expected: set[str], tmp_path: Path) -> None:
    folder = tmp_path / "in"
    shutil.copytree(good, folder)
    wanted = {}
    for name, (make, words) in FILES.items():
        (folder / name).write_bytes(make())
        wanted[name] = words
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(200 << 20)
    wanted["huge.txt"] = "more than 50, the limit"
    if POSIX:
        links = {"loop": folder, "self.txt": "self.txt", "lost.txt": "nowhere", "zero.txt": "/dev/zero"}
        for name, target in links.items():
            (folder / name).symlink_to(target)
        os.mkfifo(folder / "pipe.txt")
        wanted |= {"self.txt": "leads nowhere", "lost.txt": "leads nowhere", "zero.txt": "device", "pipe.txt": "pipe"}
    missing = tmp_path / "missing.txt"
    wanted[str(missing)] = "no such file"
    done = kg("build", folder, missing, "--out", tmp_path / "out", "--issued", "2024-03-05")
    told = [line for line in lines(done) if line.startswith("lost: ")]
    assert done.returncode == 1
    for name, words in wanted.items():
        assert len([line for line in told if line.startswith(f"lost: {name}: ") and words in line]) == 1, (name, told)
    assert len(told) == len(wanted)
    assert ("note: loop: " in done.stderr) == POSIX
    assert facts(tmp_path / "out") == expected


@pytest.mark.parametrize("name", FILES)
def test_alone_nothing_is_written(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name][0]())
    done = kg("build", path, "--out", tmp_path / "out")
    assert done.returncode == 2 and lines(done)[-1].startswith(f"kg: {name}: ") and FILES[name][1] in done.stderr
    assert not (tmp_path / "out").exists()
    assert kg("extract", path).returncode == 2


def test_the_older_graph_stays_when_nothing_can_be_read(good: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert kg("build", good, "--out", out).returncode == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).touch()
    done = kg("build", tmp_path / "one.txt", tmp_path / "two.txt", "--out", out)
    assert done.returncode == 2
    assert lines(done)[-3:] == [
        "lost: one.txt: the file is empty",
        "lost: two.txt: the file is empty",
        "kg: not one article could be read, so nothing was written",
    ]
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_folder_without_readable_files(tmp_path: Path) -> None:
    (tmp_path / "table.xlsx").touch()
    done = kg("build", tmp_path, "--out", tmp_path / "out")
    assert done.returncode == 2 and len(lines(done)) == 1 and str(tmp_path) in done.stderr


def test_outputs_are_no_inputs(good: Path, expected: set[str], tmp_path: Path) -> None:
    folder = tmp_path / "in"
    shutil.copytree(good, folder)
    (folder / "out").mkdir()
    (folder / "out" / "page.html").write_text(f"<p>{TEXT}</p>", encoding="utf-8")
    for _ in range(2):
        done = kg("build", folder, "--out", folder / "out", "--issued", "2024-03-05")
        assert done.returncode == 0 and lines(done) == ["read 1 file"]
        assert facts(folder / "out") == expected


def test_the_page_of_a_build_is_no_input_wherever_it_is(good: Path, expected: set[str], tmp_path: Path) -> None:
    folder = tmp_path / "in"
    shutil.copytree(good, folder)
    for out in (folder, folder, folder / "sub", tmp_path / "out"):  # the second and the last find what the others wrote
        done = kg("build", folder, "--out", out, "--issued", "2024-03-05")
        assert done.returncode == 0 and "read 1 file" in done.stderr.splitlines()
        assert facts(out) == expected
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "explorer.html").write_text(f"<p>{TEXT}</p>", encoding="utf-8")
    assert kg("build", tmp_path / "alone", "--out", tmp_path / "other").returncode == 0


def test_a_file_named_twice_is_read_once(good: Path, expected: set[str], tmp_path: Path) -> None:
    page = good / "good.txt"
    done = kg("build", good, page, page, "--out", tmp_path / "out", "--issued", "2024-03-05")
    assert done.returncode == 0 and lines(done) == ["read 1 file"]
    assert facts(tmp_path / "out") == expected


@pytest.mark.parametrize(
    ("listing", "words"),
    [
        ("[broken", "cannot be read"),
        ('["good.txt"]\nissued = "2023-02-30"', "no date"),
        ('["good.txt"]\nisued = "2023"', "unknown key isued"),
        ('["good.txt"]\npublisher = 3', "publisher"),
        ('["absent.txt"]\nissued = "2023"', "no such file"),
        ("good = 1", "a table"),
        ("a = " + "[" * 5000, "cannot be read"),
    ],
)
def test_a_wrong_sources_toml_costs_what_it_says_and_no_more(
    good: Path, expected: set[str], tmp_path: Path, listing: str, words: str
) -> None:
    folder = tmp_path / "in"
    shutil.copytree(good, folder)
    (folder / "sources.toml").write_text(listing, encoding="utf-8")
    done = kg("build", folder, "--out", tmp_path / "out", "--issued", "2024-03-05")
    told = [line for line in lines(done) if "sources.toml" in line]
    assert len(told) == 1 and words in told[0]
    assert done.returncode == (0 if told[0].startswith("note: ") else 1)
    assert facts(tmp_path / "out") == expected


@pytest.mark.parametrize("data", [b"", bytes(range(256)) * 50], ids=["empty", "binary"])
def test_standard_input(tmp_path: Path, data: bytes) -> None:
    done = kg("build", "-", "--out", tmp_path / "out", stdin=data)
    assert done.returncode == 2 and lines(done)[-1].startswith("kg: -: the file is ")


@pytest.mark.skipif(not POSIX, reason="other systems have no such names")
def test_a_file_name_that_is_no_text(expected: set[str], tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    page = os.fsdecode(os.fsencode(folder) + b"/a\xff\n\x1b[2J.txt")
    Path(page).write_text(TEXT, encoding="utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/b\xff\n.txt")).touch()
    done = kg("build", folder, "--out", tmp_path / "out", "--issued", "2024-03-05")
    assert done.returncode == 1
    assert lines(done) == ["read 2 files", "lost: b\\udcff\\n.txt: the file is empty"]
    assert "\x1b" not in done.stderr + done.stdout
    json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert kg("query", "evidence", "--graph", tmp_path / "out", "--format", "csv").stdout == "relations,figures\n0,0\n"
    assert len(facts(tmp_path / "out")) == len(expected)


@pytest.mark.skipif(not (POSIX and shutil.which("setpriv")), reason="needs a way to drop root's rights")
def test_what_may_not_be_read(good: Path, expected: set[str], tmp_path: Path) -> None:
    folder = tmp_path / "in"
    shutil.copytree(good, folder)
    (folder / "closed.txt").write_text(TEXT, encoding="utf-8")
    (folder / "sub").mkdir()
    for path in (folder / "closed.txt", folder / "sub"):
        path.chmod(0)
    command = f"{sys.executable} -m kg build {folder} --out {tmp_path / 'out'} --issued 2024-03-05".split()
    limit = LIMITED if os.geteuid() == 0 else []
    done = subprocess.run([*limit, *command], capture_output=True, text=True)
    if done.returncode == 127 or "setpriv: " in done.stderr:
        pytest.skip("no right to drop rights")
    (folder / "sub").chmod(0o700)
    assert done.returncode == 1 and facts(tmp_path / "out") == expected
    told = [line for line in lines(done) if line.startswith("lost: ")]
    assert len(told) == 2 and all("Permission denied" in line for line in told)
    assert any("closed.txt" in line for line in told) and any("sub" in line for line in told)


@pytest.mark.skipif(not (POSIX and shutil.which("setpriv")), reason="needs a way to drop root's rights")
def test_what_may_not_be_written(good: Path, tmp_path: Path) -> None:
    place = tmp_path / "closed"
    place.mkdir(mode=0o500)
    command = f"{sys.executable} -m kg build {good} --out {place} --issued 2024-03-05".split()
    limit = LIMITED if os.geteuid() == 0 else []
    done = subprocess.run([*limit, *command], capture_output=True, text=True)
    if done.returncode == 127 or "setpriv: " in done.stderr:
        pytest.skip("no right to drop rights")
    assert done.returncode == 2 and list(place.iterdir()) == []
    assert [str(place) in line and "Permission denied" in line for line in lines(done)] == [True]


@pytest.mark.skipif(not POSIX, reason="signals")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_is_one_line_and_leaves_no_half_of_a_graph(tmp_path: Path, jobs: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(4000):
        (folder / f"{number}.txt").write_text(TEXT.replace("3000", str(number)) * 8, encoding="utf-8")
    command = f"{sys.executable} -m kg build {folder} --out {tmp_path / 'out'} --jobs {jobs}".split()
    pipe = subprocess.PIPE
    # What a shell starts in the background ignores interrupts, and so would its children.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command, stdout=pipe, stderr=pipe, start_new_session=True, preexec_fn=heard)
    while process.poll() is None and not (tmp_path / "out" / "store.sqlite").exists():  # it has begun to read
        time.sleep(0.01)
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    errors = process.communicate(timeout=30)[1]
    assert (process.returncode, errors) == (130, b"kg: interrupted\n")
    out = tmp_path / "out"  # it may have been too early for what was read
    assert not out.exists() or {path.name for path in out.iterdir()} == {"store.sqlite"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", [["extract", "good.txt"], ["ontology"], ["build", "good.txt", "--out", "out"]])
def test_full_output(good: Path, tmp_path: Path, command: list[str]) -> None:
    shutil.copy(good / "good.txt", tmp_path)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", *command], stdout=full, stderr=subprocess.PIPE, text=True, cwd=tmp_path
        )
    assert done.returncode == 2 and lines(done)[-1] == "kg: standard output: No space left on device"


@pytest.mark.skipif(not POSIX, reason="needs a shell")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_closed_stream_is_no_error(good: Path, tmp_path: Path, closed: str) -> None:
    command = f"{sys.executable} -m kg build {good} --out {tmp_path / 'out'} --issued 2024-03-05 {closed}"
    assert subprocess.run(["bash", "-c", command], capture_output=True).returncode == 0
    assert (tmp_path / "out" / "graph.ttl").exists()


def test_what_stays_open_is_no_bad_input(tmp_path: Path) -> None:
    """Undated words among control characters: exit 0, nothing lost, and a report that any reader of JSON takes."""
    page = tmp_path / "page.txt"
    page.write_text(
        "港口动态\n\n本\x02周，港口扩建。上周，码头完工，设备已经全部安装到位，正在调试。国庆假期不停工。\n" * 3,
        encoding="utf-8",
    )
    done = kg("build", page, "--out", tmp_path / "out")
    assert done.returncode == 0 and not [line for line in lines(done) if line.startswith("lost: ")]
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["input_lost"] is False
    (article,) = report["undecided"]["articles"]
    assert {"上周", "国庆假期"} <= {left["quote"] for left in article["undated"]}
