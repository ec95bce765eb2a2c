"""What the pages in docs/ show of commands: `python -m tests.docruns` runs them and writes what they print.

A block marked `console` is a session: lines that begin with `$ ` are run by a shell, one after the other, in a folder
of the page's own, in which the sample articles stand as `seeds`, and what follows each is what it prints. A block with
a title, as in ```text title="page.txt", is a file in that folder. test_docruns.py compares.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
_FILE = re.compile(r'^```\w+ title="([^"/]+)"\n(.*?)^```$', re.DOTALL | re.MULTILINE)
_SESSION = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"^\$ (?:.*\\\n)*.*", re.MULTILINE)  # a backslash at the end of a line continues it


def pages() -> list[Path]:
    """The pages that show sessions."""
    return [page for page in sorted(DOCS.rglob("*.md")) if _SESSION.search(page.read_text(encoding="utf-8"))]


def render(page: str) -> str:
    """The page with what its commands print today."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "seeds").symlink_to(DOCS.parent / "seeds")
        for file, text in _FILE.findall(page):
            (folder / file).write_text(text, encoding="utf-8")
        return _SESSION.sub(lambda session: f"```console\n{_run(session[1], folder)}```", page)


def _run(session: str, folder: Path) -> str:
    return "".join(f"{command}\n{_printed(command[2:], folder)}" for command in _COMMAND.findall(session))


def _printed(command: str, folder: Path) -> str:
    """What a command prints. A CalledProcessError where it fails."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8", "COLUMNS": "120"}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-ec", command], cwd=folder, env=environment, check=True, stdout=subprocess.PIPE
    )
    printed = done.stdout.decode().replace("\r\n", "\n")  # CSV of SPARQL answers has both
    return printed + "\n" * (printed != "" and not printed.endswith("\n"))


if __name__ == "__main__":
    for page in pages():
        page.write_text(render(page.read_text(encoding="utf-8")), encoding="utf-8")
