"""A build opens no network connection."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.export import write_all
from kg.pipeline import build
from tests.test_cli import TEXT


def test_no_socket_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a build opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.html").write_text(f"<html><body><h1>标题</h1><p>{TEXT}</p></body></html>", encoding="utf-8")
    done = build(tmp_path / "a.txt", tmp_path / "b.html", issued=None)
    assert done.graph.articles
    assert write_all(done, tmp_path / "out")
    assert kg.load(tmp_path / "out").graph.entities.keys() == done.graph.entities.keys()


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs unshare")
def test_without_a_network(tmp_path: Path) -> None:
    if subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode:
        pytest.skip("no right to make a network namespace")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out")]
    assert subprocess.run(["unshare", "-n", *command], capture_output=True).returncode == 0
