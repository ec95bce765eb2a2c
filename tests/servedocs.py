"""What docs/serve.md shows of requests: `python -m tests.servedocs` asks a server and writes what it answers.

A block `sh` holds a command, the block `text` behind it what it prints, with the server at port 8000.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "serve.md"
ROOT = "http://127.0.0.1:8000/"
_FILE = re.compile(r'^```text title="(page.txt)"\n(.*?)^```$', re.DOTALL | re.MULTILINE)
_EXAMPLE = re.compile(r"^```sh\n(.*?)^```\n\n```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@contextmanager
def served() -> Iterator[str]:
    """The server of the page's own graph: where it listens."""
    with tempfile.TemporaryDirectory() as name:
        ((file, text),) = _FILE.findall(PAGE.read_text(encoding="utf-8"))
        (Path(name) / file).write_text(text, encoding="utf-8")
        kg = [sys.executable, "-m", "kg"]
        build = [*kg, "build", file, "--issued", "2024-03-05", "--out", "exports"]
        subprocess.run(build, cwd=name, check=True, capture_output=True)
        command = [*kg, "serve", "--port", "0"]
        with subprocess.Popen(command, cwd=name, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            server.stdout.readline()
            yield server.stdout.readline().split()[1]
            server.terminate()


def render() -> str:
    """The page with today's answers."""
    with served() as root:
        return _EXAMPLE.sub(lambda found: _example(found[1], root), PAGE.read_text(encoding="utf-8"))


def _example(command: str, root: str) -> str:
    done = subprocess.run(["bash", "-ec", command.replace(ROOT, root)], capture_output=True, text=True, check=True)
    return f"```sh\n{command}```\n\n```text\n{done.stdout.replace(root, ROOT)}```"


def snippets() -> list[str]:
    """The page's examples in Python."""
    return re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
