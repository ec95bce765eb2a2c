"""docs/cli.md from the commands' own --help: `python -m tests.clidocs` writes it, test_docs.py compares."""

from __future__ import annotations

from pathlib import Path

import typer.main
from typer.testing import CliRunner

from kg.cli import app

PAGE = Path(__file__).parent.parent / "docs" / "cli.md"
HEAD = """# The command `kg`

Generated from the commands' own `--help` by `make docs`; a test compares.
Exit codes: 0 built, 1 built but some input was lost, 2 could not run.
"""


def commands() -> list[str]:
    """Names of all commands, in the order in which `kg --help` lists them."""
    group = typer.main.get_command(app)
    return list(group.commands)  # type: ignore[attr-defined]


def render() -> str:
    runner = CliRunner()
    parts = [HEAD]
    for words in ([], *([name] for name in commands())):
        shown = runner.invoke(
            app, [*words, "--help"], prog_name="kg", env={"COLUMNS": "100", "TERM": "dumb"}, color=False
        )
        parts.append(f"## {' '.join(['kg', *words])}\n\n```text\n{shown.output.strip()}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
