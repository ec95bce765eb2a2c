"""The Python sessions of docs/ with what Python answers now: `python -m tests.docsessions` writes it, a test compares.

A session is a block of python in which lines begin with >>> or ...; all sessions of a page are one conversation.
"""

from __future__ import annotations

import doctest
import io
import re
from contextlib import redirect_stdout
from pathlib import Path

from kg import frames

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "docs" / "notebooks.md",)
_COLUMNS = re.compile(
    r"(?<=<!-- columns: written by python -m tests.docsessions -->\n\n).*?(?=\n<!-- end of columns)", re.DOTALL
)
_SESSION = re.compile(r"(?<=```python\n)>>> .*?(?=```)", re.DOTALL)


def answered(page: str) -> str:
    """The page with the answers of today."""
    names: dict[str, object] = {}
    page = _COLUMNS.sub(lambda _: columns(), page)
    return _SESSION.sub(lambda found: _replay(found[0], names), page)


def columns() -> str:
    """What each table holds, as Markdown."""
    tables = ("entities", "relations", "figures", "articles", "problems", "timeline", "targets")
    rows = [
        f"| `{name}` | {', '.join(f'{column} ({kind})' for column, kind in getattr(frames, name.upper()).items())} |"
        for name in tables
    ]
    return "\n".join(("| table | columns |", "|---|---|", *rows)) + "\n"


def _replay(session: str, names: dict[str, object]) -> str:
    lines: list[str] = []
    for part in doctest.DocTestParser().parse(session):
        if isinstance(part, str):
            lines += ["", *part.strip("\n").splitlines()] if part.strip() else [""] * (part.count("\n") > 0)
            continue
        first, *more = part.source.rstrip("\n").split("\n")
        lines += [f">>> {first}", *(f"... {line}".rstrip() for line in more)]
        said = io.StringIO()
        with redirect_stdout(said):
            exec(compile(part.source, "<session>", "single"), names)
        lines += [line.rstrip() for line in said.getvalue().rstrip("\n").split("\n") if said.getvalue()]
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(answered(page.read_text(encoding="utf-8")), encoding="utf-8")
