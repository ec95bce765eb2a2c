"""From a folder to a running server."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

import uvicorn

from kg.export.html import page
from kg.loading import graph_file, load
from kg.model import CannotRun
from kg.serve.app import Site, application
from kg.serve.evaluator import Evaluator
from kg.serve.query import Limits
from kg.serve.sandbox import DELIVERY

CONNECTIONS = 256  # at a time; what comes then is told to come later
GRACE = 5  # seconds that answers have to be delivered when the server is to end


def serve(
    folder: Path, host: str, port: int, limits: Limits, origins: Sequence[str], tell: Callable[[str], None]
) -> None:
    """Serve until interrupted; `tell` gets lines for the person who started it. A CannotRun says what is missing."""
    path = graph_file(folder)
    for origin in origins:
        _check_origin(origin)
    with _listening(host, port) as listening:
        evaluator = Evaluator(path, limits)  # forks, so before there are threads
        try:
            at, port = _shown(host), listening.getsockname()[1]
            site = Site(evaluator, _explorer(path), _hosts(host), origins)
            server = _Server(
                uvicorn.Config(
                    application(site), log_level="warning", lifespan="off", server_header=False,
                    timeout_graceful_shutdown=GRACE, limit_concurrency=CONNECTIONS, ws="none",
                ),
                evaluator,
            )  # fmt: skip
            tell(f"{path}: {evaluator.triples:,} triples")
            tell(f"explorer http://{at}:{port}/   SPARQL http://{at}:{port}/sparql   Ctrl-C ends")
            with suppress(KeyboardInterrupt):  # which uvicorn raises again when it has tidied up
                server.run(sockets=[listening])
        finally:
            evaluator.close()


class _Server(uvicorn.Server):
    """A server that ends the queries when it is to end, and does not wait for them."""

    def __init__(self, config: uvicorn.Config, evaluator: Evaluator) -> None:
        super().__init__(config)
        self._evaluator = evaluator

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._evaluator.stop()
        await super().shutdown(sockets)


def _check_origin(origin: str) -> None:
    """A CannotRun unless it is what browsers send: with a slash behind it, it would never be met."""
    scheme, _, rest = origin.partition("://")
    if origin != "*" and (scheme not in ("http", "https") or not rest or not _NO_HOST.isdisjoint(rest)):
        raise CannotRun(f"--cors {origin}: no origin; write https://example.org, with its port if it has one, or *")


_NO_HOST = frozenset("/?#@, ")


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # ends a connection whose other side takes nothing any more
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(DELIVERY * 1000))
        listening.bind(address)
        listening.listen(128)
    except socket.gaierror as error:
        raise CannotRun(f"--host {host}: {error.strerror}") from None
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise CannotRun(f"--port {port} on {host}: {reason}; choose another with --port, or --port 0 for any") from None
    listening.set_inheritable(False)
    return listening


def _explorer(path: Path) -> bytes:
    """The page that the build wrote beside the graph, or one made now."""
    written = path.with_name("explorer.html")
    return written.read_bytes() if written.is_file() else page(load(path)).encode("utf-8", "replace")


def _hosts(host: str) -> frozenset[str]:
    """The names under which the server may be asked; any, where it listens to the world."""
    names = {host.lower(), "localhost", "127.0.0.1", "::1"}
    with suppress(ValueError):
        if ip_address(host).is_unspecified:
            names = set()
    return frozenset(names)


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
