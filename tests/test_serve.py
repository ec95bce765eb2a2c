"""kg serve over HTTP: a real server process, and the clients that people use."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from rdflib import RDF, SKOS, VOID, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, TSV, URLENCODED, XML, SPARQLWrapper

import kg as library
from kg.assemble import assemble
from kg.export import write_rdf
from kg.serve.query import Limits
from kg.serve.sandbox import alone
from kg.vocab import KG
from tests import servedocs
from tests.sample import plan, posts
from tests.test_cli import kg

NAMES = "SELECT ?name { ?body a kg:Organization ; skos:prefLabel ?name } ORDER BY ?name"
BODIES = ["华光公司", "国家发展和改革委员会", "国家能源局", "科技局", "科技局"]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) = STR(?l)) }"
GREEDY = "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?g"
MANY = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@dataclass(frozen=True)
class Served:
    """A server process and where it listens."""

    process: subprocess.Popen[str]
    root: str

    @property
    def endpoint(self) -> str:
        return f"{self.root}sparql"

    def ask(self, query: str = "", accept: str = "*/*", body: bytes | None = None, **headers: str) -> tuple[int, str]:
        """Status and body of a request: GET, or POST of a body."""
        url = f"{self.endpoint}?{urlencode({'query': query})}" if query else self.endpoint
        return fetch(Request(url, body, {"Accept": accept, **{k.replace("_", "-"): v for k, v in headers.items()}}))


def fetch(request: Request) -> tuple[int, str]:
    try:
        with urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


@contextmanager
def server(place: Path, *options: object) -> Iterator[Served]:
    command = [sys.executable, "-m", "kg", "serve", str(place), "--port", "0", *map(str, options)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        line = process.stdout.readline()
        assert line.startswith("explorer http://"), process.stderr.read()
        yield Served(process, line.split()[1])
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("built")
    graph = assemble([plan().facts(), posts().facts()])
    list(write_rdf(graph, [place / "graph.ttl", place / "graph.trig"]))
    return place


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with server(folder, "--timeout", 3) as running:
        yield running


@pytest.fixture(scope="module")
def patient(folder: Path) -> Iterator[Served]:
    with server(folder, "--timeout", 600, "--rows", 1000, "--memory", 256) as running:
        yield running


@pytest.mark.parametrize(("method", "how"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_selects(served: Served, form: str, method: str, how: str) -> None:
    client = SPARQLWrapper(served.endpoint)
    client.setQuery(NAMES)
    client.setReturnFormat(form)
    client.setMethod(method)
    client.setRequestMethod(how)
    answer = client.queryAndConvert()
    if form == JSON:
        names = [row["name"]["value"] for row in answer["results"]["bindings"]]
        assert answer["results"]["bindings"][0]["name"]["xml:lang"] == "zh"
    elif form == XML:
        names = [node.firstChild.data for node in answer.getElementsByTagName("literal")]
    else:
        names = [line.removesuffix("@zh").strip('"') for line in answer.decode().split()[1:]]
    assert sorted(names) == sorted(BODIES)


@pytest.mark.parametrize("form", [JSON, XML])
def test_sparqlwrapper_asks(served: Served, form: str) -> None:
    client = SPARQLWrapper(served.endpoint, returnFormat=form)
    for label, truth in (("国家能源局", True), ("水利部", False)):
        client.setQuery(f'ASK {{ ?body skos:prefLabel "{label}"@zh }}')
        answer = client.queryAndConvert()
        found = (
            answer["boolean"] if form == JSON else answer.getElementsByTagName("boolean")[0].firstChild.data == "true"
        )
        assert found is truth


@pytest.mark.parametrize("form", [N3, JSONLD, XML])
def test_sparqlwrapper_constructs(served: Served, form: str) -> None:
    client = SPARQLWrapper(served.endpoint, returnFormat=form)
    client.setQuery("CONSTRUCT { ?body rdfs:label ?name } WHERE { ?body a kg:Organization ; skos:prefLabel ?name }")
    answer = client.queryAndConvert()
    found = answer if isinstance(answer, Graph) else Graph().parse(data=answer, format="turtle")
    assert sorted(str(label) for label in found.objects()) == sorted(BODIES)


def test_rdflib_as_a_client(served: Served, folder: Path) -> None:
    remote = Graph(SPARQLStore(served.endpoint))
    assert sorted(str(row[0]) for row in remote.query(NAMES)) == sorted(BODIES)  # type: ignore[index]
    (body,) = remote.subjects(SKOS.prefLabel, Literal("国家能源局", lang="zh"))
    assert (body, RDF.type, KG.Organization) in remote
    assert len(remote) == len(Graph().parse(folder / "graph.ttl"))


@pytest.mark.parametrize("name", library.named_queries())
def test_shipped_queries_give_the_rows_of_kg_query(served: Served, folder: Path, name: str) -> None:
    query = library.named_queries()[name]
    status, body = served.ask(query, "application/sparql-results+json")
    assert status == 200
    told = json.loads(body)
    rows = [tuple(row.get(n, {}).get("value") for n in told["head"]["vars"]) for row in told["results"]["bindings"]]
    assert sorted(map(str, rows)) == sorted(map(str, library.ask(folder, query).rows))


def test_it_tells_of_itself(served: Served, folder: Path) -> None:
    for accept, form in (("*/*", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")):
        status, body = served.ask(accept=accept)
        assert status == 200
        told = Graph().parse(data=body, format=form)
        sd = "http://www.w3.org/ns/sparql-service-description#"
        (service,) = told.subjects(RDF.type, URIRef(f"{sd}Service"))
        assert told.value(service, URIRef(f"{sd}endpoint")) == URIRef(served.endpoint)
        (count,) = told.objects(None, VOID.triples)
        assert int(str(count)) == len(Graph().parse(folder / "graph.ttl"))


def test_the_explorer_is_at_the_root(served: Served) -> None:
    status, body = fetch(Request(served.root))
    assert status == 200 and body.lower().startswith("<!doctype html>") and "国家能源局" in body
    assert fetch(Request(served.root, method="HEAD")) == (200, "")
    assert fetch(Request(f"{served.root}graph.ttl"))[0] == 404
    assert fetch(Request(f"{served.root}..%2f..%2fetc/passwd"))[0] == 404


# What is too much


def test_a_query_has_so_much_time(served: Served) -> None:
    status, body = served.ask(ENDLESS)
    assert status == 500 and "3 seconds" in body
    assert served.ask(NAMES)[0] == 200


@pytest.mark.parametrize(("query", "reason"), [(GREEDY, "256 MiB"), (MANY, "more than 1,000 rows")])
def test_too_much_is_an_error_and_not_a_shorter_answer(patient: Served, query: str, reason: str) -> None:
    status, body = patient.ask(query)
    assert status == 500 and reason in body
    assert patient.ask(NAMES)[0] == 200


def test_too_many_triples(patient: Served) -> None:
    status, body = patient.ask("CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }", "text/turtle")
    assert status == 500 and "more than 1,000 rows" in body


def test_a_long_query_keeps_nobody_waiting(patient: Served) -> None:
    (holder,) = children(patient.process.pid)
    with ExitStack() as clients:
        for _ in range(3):
            clients.enter_context(asking(patient, ENDLESS))
        eventually(lambda: len(children(holder)) == 3)
        assert patient.ask(NAMES)[0] == 200
        eventually(lambda: len(children(holder)) == 3)  # they are still at it, and who has answered goes
    eventually(lambda: not children(holder))


def test_a_query_ends_when_its_client_goes_away(patient: Served) -> None:
    (holder,) = children(patient.process.pid)
    with asking(patient, ENDLESS):
        eventually(lambda: len(children(holder)) == 1)
    eventually(lambda: not children(holder))


@contextmanager
def asking(running: Served, query: str) -> Iterator[None]:
    """Somebody asks, and goes away without an answer."""
    port = int(running.root.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as client:
        path = f"/sparql?{urlencode({'query': query})}"
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        yield


def children(process: int) -> list[int]:
    words = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(word) for word in words]


def eventually(true: Callable[[], bool]) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError


def test_others_wait_for_their_turn(folder: Path) -> None:
    with server(folder, "--timeout", 2, "--queries", 1) as running:
        statuses: list[int] = []
        asked = [ENDLESS, NAMES, NAMES]
        threads = [threading.Thread(target=lambda q=q: statuses.append(running.ask(q)[0])) for q in asked]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(statuses) == [200, 200, 500]


# What is not allowed


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"update=CLEAR+ALL", "application/x-www-form-urlencoded"),
        (b"CLEAR ALL", "application/sparql-update"),
        (b"INSERT DATA { <urn:a> <urn:b> <urn:c> }", "application/sparql-query"),
        (b"LOAD <file:///etc/passwd>", "application/sparql-query"),
    ],
)
def test_no_update(served: Served, body: bytes, kind: str) -> None:
    status, told = served.ask(body=body, Content_Type=kind)
    assert status == 400 and told.count("\n") == 1
    assert served.ask("ASK { ?s ?p ?o }") == (200, '{"head": {}, "boolean": true}')


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_no_other_methods(served: Served, method: str) -> None:
    assert fetch(Request(served.endpoint, b"", method=method))[0] == 405


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """A server on the same machine, and who has called it."""
    calls: list[str] = []

    class Trap(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_error(500)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    trap = ThreadingHTTPServer(("127.0.0.1", 0), Trap)
    threading.Thread(target=trap.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{trap.server_address[1]}/x", calls
    trap.shutdown()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { service silent <URL> { ?s ?p ?o } }",
        "SELECT * { BIND(<URL> AS ?u) SERVICE ?u { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { OPTIONAL { SERVICE <URL> { ?s ?p ?o } } } }",
        "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
        "SELECT * FROM <URL> { ?s ?p ?o }",
        "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH <URL> { ?s ?p ?o } }",
        "DESCRIBE <URL>",
    ],
)
def test_nothing_is_fetched(served: Served, elsewhere: tuple[str, list[str]], query: str) -> None:
    url, calls = elsewhere
    status, body = served.ask(query.replace("URL", url), "application/json")
    assert not calls
    if "service" in query.lower():
        assert status == 400 and "SERVICE is not allowed" in body
    else:
        told = json.loads(body)  # of DESCRIBE a list of triples
        assert status == 200 and not (told and told["results"]["bindings"])


def test_the_word_service_is_no_service(served: Served) -> None:
    assert served.ask('SELECT * { ?s ?p "SERVICE" } # SERVICE <urn:x> {}')[0] == 200


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
def test_graphs_of_the_request_are_names_only(
    served: Served, folder: Path, elsewhere: tuple[str, list[str]], parameter: str
) -> None:
    url, calls = elsewhere
    for name in (url, (folder / "graph.ttl").as_uri()):
        words = {"query": "SELECT * { ?s ?p ?o }", parameter: name}
        status, body = fetch(Request(f"{served.endpoint}?{urlencode(words)}"))
        assert status == 200 and json.loads(body)["results"]["bindings"] == []
    assert not calls


def test_a_fork_can_open_nothing() -> None:
    """Whatever a query might find to do: the kernel gives it neither file nor socket."""
    ours, theirs = socket.socketpair()
    if (child := os.fork()) == 0:
        told = []
        try:
            connection = alone(theirs.fileno(), Limits())
            for attempt in (lambda: Path("/etc/passwd").read_text(), socket.socket, os.pipe, lambda: os.dup(3)):
                try:
                    attempt()
                    told.append("done")
                except OSError:
                    told.append("no")
            connection.sendall(" ".join(told).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    with ours, theirs:
        assert ours.recv(100) == b"no no no no"


def test_pages_elsewhere_may_not_ask(served: Served, folder: Path) -> None:
    status, body = served.ask(NAMES, Origin="https://example.org")
    assert status == 403 and "--cors https://example.org" in body
    assert served.ask(NAMES, Origin="null")[0] == 403
    assert served.ask(NAMES, Origin=served.root.rstrip("/"))[0] == 200
    with server(folder, "--cors", "https://example.org") as running:
        request = Request(
            f"{running.endpoint}?{urlencode({'query': NAMES})}", headers={"Origin": "https://example.org"}
        )
        with urlopen(request) as answer:
            assert answer.headers["Access-Control-Allow-Origin"] == "https://example.org"
        assert running.ask(NAMES, Origin="https://example.com")[0] == 403
        with urlopen(f"{running.endpoint}?{urlencode({'query': NAMES})}") as answer:
            assert answer.headers["Access-Control-Allow-Origin"] is None


@pytest.mark.parametrize("origin", ["https://example.org/", "example.org", "https://", "https://a.org,https://b.org"])
def test_what_is_no_origin_is_one_line(folder: Path, origin: str) -> None:
    done = kg("serve", folder, "--port", 0, "--cors", origin)
    assert done.returncode == 2 and done.stderr.startswith(f"kg: --cors {origin}: no origin; write ")
    assert done.stderr.count("\n") == 1


def test_a_foreign_name_is_turned_away(served: Served) -> None:
    assert served.ask(NAMES, Host="rebound.example:80")[0] == 403
    assert served.ask(NAMES, Host="localhost:8000")[0] == 200


# What is wrong


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (400, b"SELECT * {", {"Content_Type": "application/sparql-query"}),
        (400, b"\xff", {"Content_Type": "application/sparql-query"}),
        (400, b"nothing=here", {"Content_Type": "application/x-www-form-urlencoded"}),
        (400, b"query=ASK+{}&query=ASK+{}", {"Content_Type": "application/x-www-form-urlencoded"}),
        (400, b"query=ASK+{}&default-graph-uri=no+iri", {"Content_Type": "application/x-www-form-urlencoded"}),
        (406, b"ASK {}", {"Content_Type": "application/sparql-query", "accept": "image/png"}),
        (413, b"#" * (1 << 21), {"Content_Type": "application/sparql-query"}),
        (415, b"ASK {}", {"Content_Type": "text/plain"}),
        (400, b"&a=" * 1000, {"Content_Type": "application/x-www-form-urlencoded"}),
    ],
)
def test_a_wrong_request_is_told_why(served: Served, status: int, body: bytes, headers: dict[str, str]) -> None:
    told, reason = served.ask(body=body, **headers)
    assert told == status and reason.strip()


def test_who_hangs_up_amid_a_question_is_no_error(folder: Path) -> None:
    with server(folder) as running:
        with socket.create_connection(("127.0.0.1", int(running.root.rstrip("/").rpartition(":")[2]))) as caller:
            caller.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n")
            caller.sendall(b"Content-Type: application/sparql-query\r\n\r\nSELECT")
            assert running.ask("ASK {}")[0] == 200  # so the first was taken
        assert running.ask("ASK {}")[0] == 200
        running.process.send_signal(signal.SIGINT)
        assert running.process.communicate(timeout=60)[1] == ""


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 100_000,
        "SELECT (" + "(" * 100_000 + "1",
        "SELECT * { ?s " + "/".join(["<urn:p>"] * 20_000) + " ?o }",
        "SELECT * { ?s ?p ?o FILTER(" + "||".join(["?o = 1"] * 20_000) + ") }",
        "SELECT ?x { BIND(" + "REPLACE(" * 300 + '"x"' + ', "x", "xxxxxxxx")' * 300 + " AS ?x) }",
        "SELECT * { ?s (" + "!<urn:p>|" * 5_000 + "<urn:p>)* ?o }",
    ],
    ids=["braces", "parentheses", "path", "filter", "growing", "closure"],
)
def test_the_server_survives(served: Served, query: str) -> None:
    status, _ = served.ask(body=query.encode(), Content_Type="application/sparql-query")
    assert status in (200, 400, 500)
    assert served.ask(NAMES)[0] == 200


# Graphs of their own, and the process


def test_named_graphs(folder: Path) -> None:
    with server(folder / "graph.trig") as running:
        each = json.loads(running.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s kg:partnerOf ?o } }")[1])["results"][
            "bindings"
        ]
        assert len(each) == 2
        name = each[0]["g"]["value"]
        of = {
            words: json.loads(fetch(Request(f"{running.endpoint}?{words}"))[1])["results"]["bindings"]
            for words in (
                urlencode({"query": "SELECT * { ?s kg:partnerOf ?o }"}),
                urlencode({"query": f"SELECT * FROM <{name}> {{ ?s kg:partnerOf ?o }}"}),
                urlencode({"query": "SELECT * { ?s kg:partnerOf ?o }", "default-graph-uri": name}),
                urlencode({"query": "SELECT * { GRAPH ?g { ?s kg:partnerOf ?o } }", "named-graph-uri": name}),
            )
        }
        everything, *one = of.values()
        assert len(everything) == 2 and all(len(rows) == 1 for rows in one)


def test_ctrl_c_ends_it_cleanly(folder: Path) -> None:
    with server(folder) as running, asking(running, ENDLESS):
        (holder,) = children(running.process.pid)
        eventually(lambda: bool(children(holder)))
        running.process.send_signal(signal.SIGINT)
        out, errors = running.process.communicate(timeout=30)
        assert (running.process.returncode, out) == (0, "")
        assert errors == ""
        eventually(lambda: not Path(f"/proc/{holder}").exists())


def test_a_taken_port_is_one_line(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = kg("serve", folder, "--port", taken.getsockname()[1])
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert "choose another with --port" in done.stderr


def test_no_graph_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("<urn:a> <urn:b> ", encoding="utf-8")
    done = kg("serve", tmp_path, "--port", 0)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "not a readable graph" in done.stderr


def test_a_missing_extra_is_one_line(folder: Path) -> None:
    hidden = "import sys; sys.modules['uvicorn'] = None; from kg.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", hidden, "serve", folder], capture_output=True, text=True)
    assert done.returncode == 2 and done.stderr == "kg: kg serve needs uvicorn: pip install 'policykg[serve]'\n"


# The page about it


def test_the_page_shows_what_is_answered() -> None:
    assert servedocs.PAGE.read_text(encoding="utf-8") == servedocs.render(), "run: make docs"


@pytest.mark.parametrize("snippet", servedocs.snippets())
def test_the_pages_python_runs(served: Served, snippet: str) -> None:
    names: dict[str, list[str]] = {}
    exec(snippet.replace(servedocs.ROOT, served.root), names)
    assert sorted(names["names"]) == sorted(BODIES)
