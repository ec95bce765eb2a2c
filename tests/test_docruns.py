"""Sessions in docs/ show what the commands print."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docruns import pages, render


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_shown_sessions_are_real(page: Path) -> None:
    shown = page.read_text(encoding="utf-8")
    assert render(shown) == shown, "run: make docs"


def test_what_a_command_prints_is_put_in() -> None:
    page = '```text title="a.txt"\n一\n```\n\n```console\n$ cat \\\n  a.txt\nold\n$ true\n$ echo two\n```\n'
    assert render(page).endswith("```console\n$ cat \\\n  a.txt\n一\n$ true\n$ echo two\ntwo\n```\n")
