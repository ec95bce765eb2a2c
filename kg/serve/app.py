"""The HTTP side of kg serve: the SPARQL 1.1 protocol for queries, the explorer, and who may ask at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
from rdflib import RDF, VOID
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.serve import answers
from kg.serve.evaluator import Answer, Evaluator
from kg.serve.query import Job, Refused
from kg.serve.sandbox import DELIVERY

LARGEST = 1 << 20  # bytes of a request
FIELDS = 100  # parameters of a request
PIECE = 1 << 16
SD = "http://www.w3.org/ns/sparql-service-description#"
PRIVATE = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
READ_ONLY = "this endpoint is read-only: it takes no update"


@dataclass(frozen=True, slots=True)
class Site:
    """What is served, and to whom."""

    evaluator: Evaluator
    explorer: bytes
    hosts: frozenset[str]  # names that the server may be called by; empty: any
    origins: Sequence[str] = ()  # pages elsewhere that may ask; "*": all


def application(site: Site) -> Starlette:
    """The explorer at /, the endpoint at /sparql."""

    async def explorer(request: Request) -> Response:
        headers = {**PRIVATE, "Content-Length": str(len(site.explorer))}
        return StreamingResponse(_pieces(site.explorer), media_type="text/html", headers=headers)

    async def sparql(request: Request) -> Response:
        try:
            job = await _job(request)
            return _described(request, site) if job is None else await _answered(request, site.evaluator, job)
        except Refused as error:
            return PlainTextResponse(f"{error}\n", error.status, PRIVATE)
        except ClientDisconnect:  # in the middle of its question
            return Response(status_code=499)  # to nobody

    cors = Middleware(CORSMiddleware, allow_origins=list(site.origins), allow_methods=["GET", "POST"])
    return Starlette(
        routes=[Route("/", explorer), Route("/sparql", sparql, methods=["GET", "POST"])],
        middleware=[Middleware(Guard, site=site), *([cors] if site.origins else [])],
    )


async def _pieces(page: bytes) -> AsyncIterator[bytes]:
    """The page a bit at a time: whole, each slow reader would hold a copy of it in memory."""
    for start in range(0, len(page), PIECE):
        yield page[start : start + PIECE]


class Guard:
    """Turns away who calls the server by a foreign name, and pages elsewhere that nobody allowed.

    A page on the web can make a browser ask a server on the reader's own machine. It does not get to see the answer
    without CORS; but it could under a name of its own that leads to 127.0.0.1, and its questions would cost time.
    """

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (reason := self._wrong(Headers(scope=scope))):
            await PlainTextResponse(f"{reason}\n", 403, PRIVATE)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _wrong(self, headers: Headers) -> str | None:
        host, origin = headers.get("host", ""), headers.get("origin")
        if self.site.hosts and _name(host) not in self.site.hosts:
            return "this server goes by another name; start it with --host to give it one"
        if origin is None or {origin, "*"} & set(self.site.origins) or urlsplit(origin).netloc == host:
            return None
        return f"{origin} may not ask; start the server with --cors {origin} to let it"


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


async def _job(request: Request) -> Job | None:
    """What is asked. None when nothing is: then the service tells of itself."""
    given = _fields(request.url.query)
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/sparql-update":
            raise Refused(400, READ_ONLY)
        if kind not in ("application/sparql-query", "application/x-www-form-urlencoded"):
            raise Refused(415, "POST application/sparql-query or application/x-www-form-urlencoded")
        try:
            body = (await _body(request)).decode()
        except UnicodeDecodeError:
            raise Refused(400, "the query is not in UTF-8") from None
        if kind == "application/sparql-query":
            given["query"] = [body]
        else:
            given |= _fields(body)
    if "update" in given:
        raise Refused(400, READ_ONLY)
    queries = given.get("query", [])
    if not queries and request.method != "POST":
        return None
    if len(queries) != 1:
        raise Refused(400, "give one query")
    graphs = (tuple(given.get(f"{kind}-graph-uri", ())) for kind in ("default", "named"))
    return Job(queries[0], request.headers.get("accept", ""), *graphs)


def _fields(words: str) -> dict[str, list[str]]:
    try:
        return parse_qs(words, keep_blank_values=True, errors="replace", max_num_fields=FIELDS)
    except ValueError:
        raise Refused(400, f"a request has at most {FIELDS} parameters") from None


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise Refused(413, f"a query has at most {LARGEST:,} bytes")
    return bytes(body)


async def _answered(request: Request, evaluator: Evaluator, job: Job) -> Response:
    """The answer, or nothing where the client goes away before."""
    asked = asyncio.ensure_future(evaluator.ask(job))
    gone = asyncio.ensure_future(_hung_up(request))
    try:
        await asyncio.wait((asked, gone), return_when=asyncio.FIRST_COMPLETED)
        return Delivery(asked.result()) if asked.done() else Response(status_code=499)  # to nobody
    finally:
        gone.cancel()
        if not asked.done():
            asked.cancel()


class Delivery(StreamingResponse):
    """An answer on its way; when it is delivered or given up, it is the next one's turn.

    Who takes it too slowly gets no more: a connection that ends before the length that it announced is an error to all
    clients, and four readers who never read would else keep everybody waiting.
    """

    def __init__(self, answer: Answer) -> None:
        headers = {**PRIVATE, "Content-Type": answer.media, "Content-Length": str(answer.length), "Vary": "Accept"}
        super().__init__(answer.body(), answer.status, headers)
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(DELIVERY):
                await super().__call__(scope, receive, send)
        except TimeoutError:
            pass
        finally:
            self._answer.close()


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _described(request: Request, site: Site) -> Response:
    """The service description: what this is, what it speaks, how much there is."""
    form = answers.choose(request.headers.get("accept", ""), answers.TRIPLES)
    if form is None:
        raise Refused(406, f"the service description can be had as {', '.join(answers.TRIPLES)}")
    here = str(request.url.replace(query="", fragment=""))
    try:
        node, data, graph = (ox.NamedNode(f"{here}#{name}") for name in ("service", "data", "graph"))
    except ValueError:
        raise Refused(400, "the name of the host is none") from None
    said: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (node, str(RDF.type), _sd("Service")),
        (node, SD + "endpoint", ox.NamedNode(here)),
        (node, SD + "supportedLanguage", _sd("SPARQL11Query")),
        *((node, SD + "resultFormat", ox.NamedNode(f"http://www.w3.org/ns/formats/{name}")) for name in FORMATS),
        (node, SD + "defaultDataset", data),
        (data, str(RDF.type), _sd("Dataset")),
        (data, SD + "defaultGraph", graph),
        (graph, str(RDF.type), _sd("Graph")),
        (graph, str(VOID.triples), ox.Literal(site.evaluator.triples)),
    ]
    triples = [ox.Triple(subject, ox.NamedNode(predicate), value) for subject, predicate, value in said]
    body = answers.triples(triples, form, {"sd": SD, "void": str(VOID)})
    return Response(body, headers={**PRIVATE, "Content-Type": form, "Vary": "Accept"})


FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples",
    "JSON-LD", "RDF_XML",
)  # fmt: skip


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
