"""`kgraph serve` as its clients meet it: second parties' SPARQL clients, and bare requests."""

from __future__ import annotations

import csv
import http.client
import http.server
import io
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pyoxigraph
import pytest
import rdflib
import SPARQLWrapper
import werkzeug.test
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kgraph.documents import Document
from kgraph.facts import Fact
from kgraph.fingerprint import Fingerprints
from kgraph.graph import assemble
from kgraph.ontology import load_ontology
from kgraph.query.server.answer import Limits, Question, confine
from kgraph.query.server.keeper import Keeper
from kgraph.query.server.protocol import Application
from kgraph.readers import Source
from kgraph.resolve.judgements import Judgement, Key
from kgraph.review import write_judgements
from kgraph.workspace import judgements_path, open_workspace
from tests.graph.hand_made import DANE, DOCUMENTS, FACTS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the server needs fork")

PEOPLE = "SELECT ?name WHERE { ?p a foaf:Person ; rdfs:label ?name } ORDER BY ?name"
FOAF = "PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS_ANSWER = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
JSON = "application/sparql-results+json"
TIMEOUT = 2.0
BASE = "https://data.example/id/"
READ = FACTS, DOCUMENTS


@dataclass(frozen=True)
class Answer:
    status: int
    type: str
    body: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Server:
    address: str
    pid: int

    @property
    def endpoint(self) -> str:
        return self.address + "sparql"

    def request(
        self, method: str = "GET", path: str = "/sparql", body: str | bytes | None = None, **headers: str
    ) -> Answer:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body.encode() if isinstance(body, str) else body, named)
        response = connection.getresponse()
        answer = Answer(
            response.status,
            (response.getheader("Content-Type") or "").split(";")[0],
            response.read().decode(),
            {name.lower(): value for name, value in response.getheaders()},
        )
        connection.close()
        return answer

    def ask(self, sparql: str, accept: str = JSON, **parameters: str) -> Answer:
        return self.request(path="/sparql?" + urlencode({"query": sparql, **parameters}), Accept=accept)


@contextmanager
def serving(path: Path, *options: str) -> Iterator[Server]:
    command = [
        sys.executable,
        "-m",
        "kgraph.cli",
        "serve",
        str(path),
        "--port",
        "0",
        "--timeout",
        str(TIMEOUT),
        *options,
    ]
    process = subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert address, said
        yield Server(address[0], process.pid)
    finally:
        process.terminate()  # a job in the background may have been told to ignore an interrupt
        assert process.wait(10) is not None
        process.stderr.close()


@pytest.fixture(scope="module")
def server(path: Path) -> Iterator[Server]:
    with serving(path) as server:
        yield server


@pytest.fixture(scope="module")
def truth(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(path)


@pytest.fixture(scope="module")
def people(truth: rdflib.Graph) -> list[str]:
    return sorted(str(row[0]) for row in truth.query(FOAF + PEOPLE))  # type: ignore[index]


# --- second parties' clients


@pytest.mark.parametrize("method", ["GET", "POST", "POSTDIRECTLY"])
def test_sparqlwrapper_reads_results_in_every_format(server: Server, people: list[str], method: str) -> None:
    client = SPARQLWrapper.SPARQLWrapper(server.endpoint)
    client.setQuery(FOAF + PEOPLE)
    client.setMethod("GET" if method == "GET" else "POST")
    client.setRequestMethod("postdirectly" if method == "POSTDIRECTLY" else "urlencoded")
    client.setReturnFormat(SPARQLWrapper.JSON)
    rows = client.queryAndConvert()["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == people
    client.setReturnFormat(SPARQLWrapper.XML)
    literals = client.queryAndConvert().getElementsByTagName("literal")
    assert [literal.firstChild.data for literal in literals] == people
    client.setReturnFormat(SPARQLWrapper.CSV)
    assert [row["name"] for row in csv.DictReader(io.StringIO(client.queryAndConvert().decode()))] == people
    client.setReturnFormat(SPARQLWrapper.TSV)
    assert client.queryAndConvert().decode().split("\n")[1:-1] == [f'"{name}"' for name in people]


def test_sparqlwrapper_reads_graphs(server: Server, truth: rdflib.Graph) -> None:
    client = SPARQLWrapper.SPARQLWrapper(server.endpoint)
    client.setQuery("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    client.setReturnFormat(SPARQLWrapper.TURTLE)
    assert set(rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")) == set(truth)
    client.setReturnFormat(SPARQLWrapper.N3)
    assert set(rdflib.Graph().parse(data=client.queryAndConvert(), format="n3")) == set(truth)
    client.setReturnFormat(SPARQLWrapper.RDFXML)
    assert set(client.queryAndConvert()) == set(truth)


def test_sparqlwrapper_is_told_of_a_malformed_query(server: Server) -> None:
    client = SPARQLWrapper.SPARQLWrapper(server.endpoint)
    client.setQuery("SELECT nonsense")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="the query: error at 1:"):
        client.query()


def test_rdflib_works_on_the_endpoint_as_on_a_graph(server: Server, truth: rdflib.Graph, people: list[str]) -> None:
    for method in ("GET", "POST", "POST_FORM"):
        graph = rdflib.Graph(SPARQLStore(server.endpoint, method=method))
        assert len(graph) == len(truth)
        assert sorted(str(row[0]) for row in graph.query(FOAF + PEOPLE)) == people  # type: ignore[index]
        person = next(truth.subjects(rdflib.RDF.type, rdflib.FOAF.Person))
        assert set(graph.triples((person, None, None))) == set(truth.triples((person, None, None)))
        assert bool(graph.query(f"ASK {{ <{person}> ?p ?o }}"))


# --- the protocol


def test_formats_are_negotiated(server: Server) -> None:
    for accept, given in [
        ("*/*", JSON),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/sparql-results+xml, application/sparql-results+json;q=0.9", "application/sparql-results+xml"),
        ("application/xml;q=0.2, text/csv;q=0.7, image/png", "text/csv"),
        ("text/turtle, application/json;q=0.1", "application/json"),
    ]:
        assert server.ask(PEOPLE, accept).type == given
    construct = "CONSTRUCT WHERE { ?p a foaf:Person }"
    for accept, given, format in [
        ("*/*", "text/turtle", "turtle"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("text/csv, application/n-triples;q=0.5, text/turtle", "text/turtle", "turtle"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
    ]:
        answer = server.ask(construct, accept)
        assert answer.type == given
        assert len(rdflib.Graph().parse(data=answer.body, format=format)) > 2
    for query, accept in [(PEOPLE, "text/turtle"), (construct, "text/csv"), (PEOPLE, "image/png")]:
        answer = server.ask(query, accept)
        assert answer.status == 406 and "this query can be answered in " in answer.body


def test_posts(server: Server, people: list[str]) -> None:
    form = "application/x-www-form-urlencoded"
    for body, type_ in [(PEOPLE, "application/sparql-query"), (urlencode({"query": PEOPLE}), form)]:
        answer = server.request("POST", body=body, Content_Type=type_, Accept="text/csv")
        assert answer.body.split("\r\n")[1:-1] == people or answer.body.split("\n")[1:-1] == people
    assert server.request("POST", body=PEOPLE, Content_Type="text/plain").status == 415
    assert server.request("POST", body=b"ASK { \xff }", Content_Type="application/sparql-query").status == 400
    assert server.request("POST", body="x=1", Content_Type=form).status == 400
    assert server.request("POST", body="query=ASK{}&query=ASK{}", Content_Type=form).status == 400


def test_it_is_read_only(server: Server, truth: rdflib.Graph) -> None:
    update = "DELETE WHERE { ?s ?p ?o }"
    form = "application/x-www-form-urlencoded"
    refused = server.request("POST", body=update, Content_Type="application/sparql-update")
    assert (refused.status, refused.body) == (403, "the graph is read-only: updates are refused\n")
    assert server.request("POST", body=urlencode({"update": update}), Content_Type=form).status == 403
    assert server.ask(update).status == 400
    for method in ("PUT", "DELETE", "PATCH"):
        answer = server.request(method)
        assert answer.status == 405 and "GET" in answer.headers["allow"]
    counted = server.ask("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "text/csv")
    assert int(counted.body.split()[1]) == len(truth)


def test_the_service_describes_itself(server: Server) -> None:
    answer = server.request()
    described = rdflib.Graph().parse(data=answer.body, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = described.value(predicate=rdflib.RDF.type, object=sd.Service)
    assert described.value(service, sd.endpoint) == rdflib.URIRef(server.endpoint)
    assert described.value(service, sd.supportedLanguage) == sd.SPARQL11Query
    assert server.request(Accept="application/rdf+xml").type == "application/rdf+xml"


def test_a_dataset_is_the_graphs_that_a_request_names(tmp_path: Path) -> None:
    path = tmp_path / "graphs.nq"
    path.write_text("<urn:a> <urn:p> 1 .\n".replace("1", '"0"') + "".join(
        f'<urn:a> <urn:p> "{n}" <urn:graph:{n}> .\n' for n in (1, 2)))  # fmt: skip
    values, named = "SELECT ?o { ?s ?p ?o } ORDER BY ?o", "SELECT ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?o"

    def ask(sparql: str, **parameters: str) -> list[str]:
        return server.ask(sparql, "text/csv", **parameters).body.split()[1:]

    with serving(path) as server:
        assert ask(values) == ["0", "1", "2"]
        assert ask(values.replace("{", "FROM <urn:graph:1> {", 1)) == ["1"]
        assert ask(named) == ["1", "2"]
        assert ask(values, **{"default-graph-uri": "urn:graph:2"}) == ["2"]
        assert ask(named, **{"default-graph-uri": "urn:graph:2"}) == []
        assert ask(named, **{"named-graph-uri": "urn:graph:2"}) == ["2"]
        refused = server.ask(values, **{"default-graph-uri": "urn:graph:3"})
        assert (refused.status, refused.body) == (400, "there is no graph <urn:graph:3> here\n")


# --- what must not do harm


def test_malformed_requests_are_refused_and_the_next_is_answered(server: Server) -> None:
    host = urlsplit(server.address).netloc.split(":")
    for sent in [b"\x00\x01\x02\r\n\r\n", b"GET /sparql\r\n\r\n", b"GET / HTTP/1.1\r\nHost: [\r\n\r\n",
                 b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                 b"GET /sparql?query=%ff%fe HTTP/1.1\r\nHost: localhost\r\n\r\n"]:  # fmt: skip
        with socket.create_connection((host[0], int(host[1])), timeout=10) as raw:
            raw.sendall(sent)
            raw.shutdown(socket.SHUT_WR)
            answer = raw.recv(100)
            assert not answer or answer.split()[1].startswith(b"4"), (sent, answer)
    for query in [
        "",
        "SELECT",
        "\x00",
        "SELECT * WHERE { ?s ?p \ud800 }".encode("utf-8", "replace").decode(),
        "💥" * 1000,
    ]:
        assert server.ask(query).status == 400
    assert server.ask("ASK {}").status == 200


def test_endless_queries_are_ended_and_others_answered_meanwhile(server: Server) -> None:
    begun = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        endless = [pool.submit(server.ask, query) for query in (ENDLESS, f"{ENDLESS_ANSWER} ORDER BY ?a")]
        time.sleep(0.3)
        assert server.ask("ASK {}").status == 200
        assert time.monotonic() - begun < TIMEOUT
        counting, sorting = (answer.result() for answer in endless)
        assert counting.status == 503
        assert counting.body == "the query took longer than 2 seconds and was ended\n"
        assert sorting.status in (500, 503)  # its memory or its time, whichever ends first on this machine
    assert time.monotonic() - begun < TIMEOUT + 5


def test_an_unfinished_answer_is_no_answer(server: Server) -> None:
    """An endless answer comes to its end as an error, not as a status of 200 before half a document."""
    assert server.ask(ENDLESS_ANSWER).status in (500, 503)


def test_a_query_has_only_so_much_memory_and_answer(path: Path) -> None:
    everything = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
    for limits, sparql, reason in [
        (Limits(seconds=60, memory=50 << 20), everything, "more memory than it may have (50 MiB)"),
        (Limits(seconds=60, answer=1000), "SELECT * { ?a ?b ?c }", "the answer has more than 1,000 bytes"),
    ]:
        keeper = Keeper(path, limits)
        outcome, file = keeper.ask(Question(sparql, None, None, JSON, "text/turtle"))
        assert outcome.status == 500 and reason in outcome.text
        assert file.read() == b""
        assert keeper.ask(Question("ASK {}", None, None, JSON, None))[0].status == 200
        keeper.close()


def test_huge_queries_are_refused_or_end_alone(server: Server) -> None:
    nested = "ASK {" + "{" * 200_000 + "}" * 200_000 + "}"
    crashed = server.request("POST", body=nested, Content_Type="application/sparql-query")
    assert crashed.status in (400, 500) and crashed.type == "text/plain"
    announced = server.request("POST", Content_Type="application/sparql-query", Content_Length="2000000")
    assert announced.status == 413  # before the body is sent
    assert server.request(path="/sparql?query=" + "a" * 2_000_000).status in (413, 414, 431)
    values = " ".join(f'"{n}"' for n in range(50_000))
    many = server.request("POST", body=f"SELECT (COUNT(*) AS ?n) {{ VALUES ?v {{ {values} }} }}",
                          Content_Type="application/sparql-query", Accept="text/csv")  # fmt: skip
    assert many.body.split() == ["n", "50000"]


def test_fifty_clients_lose_no_request(server: Server, truth: rdflib.Graph) -> None:
    """Each asks ten times, of another entity each time; all answers are complete and right."""
    label = "SELECT ?label WHERE { <%s> rdfs:label ?label } ORDER BY ?label"
    named = sorted({str(s) for s in truth.subjects(rdflib.RDFS.label)})[:500]
    expected = {iri: sorted(map(str, truth.objects(rdflib.URIRef(iri), rdflib.RDFS.label))) for iri in named}

    def client(number: int) -> list[tuple[str, Answer]]:
        mine = [named[(number * 10 + i) % len(named)] for i in range(10)]
        return [(iri, server.ask(label % iri, "text/csv")) for iri in mine]

    with ThreadPoolExecutor(51) as pool:
        endless = pool.submit(server.ask, ENDLESS)
        answers = [answer for answers in pool.map(client, range(50)) for answer in answers]
    assert endless.result().status == 503
    assert len(answers) == 500
    for iri, answer in answers:
        assert answer.status == 200
        assert sorted(row["label"] for row in csv.DictReader(io.StringIO(answer.body))) == expected[iri]


def test_no_query_reaches_the_network(server: Server) -> None:
    reached = []

    class Trap(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reached.append(self.path)
            self.send_error(500)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    trap = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Trap)
    threading.Thread(target=trap.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{trap.server_port}/"
    try:
        for query in (f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
                      f"SELECT * {{ ?s ?p 1sErViCe<{address}>{{ ?s ?p ?o }} }}",
                      f"SELECT * {{ ?s a ?o . SERVICE SILENT <{address}> {{ ?s ?p ?x }} }}",
                      f"PREFIX x: <{address}> SELECT * {{ FILTER(1<2)SERVICE#>\nx:{{ ?s ?p ?o }} }}"):  # fmt: skip
            answer = server.ask(query)
            assert not reached
            assert answer.status != 200 or '"bindings":[]' in answer.body
        refused = server.ask("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }")
        assert (refused.status, "uses no network" in refused.body) == (400, True)

        # The wall behind that check: the process that runs queries can open no socket. Without it, the trap is reached.
        federated = f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                store = pyoxigraph.Store()
                confine(Limits(seconds=20))
                list(store.query(federated))  # type: ignore[arg-type]
            except OSError:
                status = 0
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        assert not reached
        with pytest.raises((OSError, RuntimeError)):
            list(pyoxigraph.Store().query(federated))  # type: ignore[arg-type]
        assert reached
    finally:
        trap.shutdown()
        trap.server_close()


def test_only_this_machine_reads_answers(server: Server) -> None:
    assert "access-control-allow-origin" not in server.request(Origin="https://evil.example").headers
    assert "access-control-allow-origin" not in server.request(Origin="null").headers
    allowed = server.request("OPTIONS", Origin="http://localhost:8888", Access_Control_Request_Method="POST")
    assert allowed.status == 204
    assert allowed.headers["access-control-allow-origin"] == "http://localhost:8888"
    assert "POST" in allowed.headers["access-control-allow-methods"]
    for host in ("evil.example", f"evil.example:{urlsplit(server.address).port}"):
        assert server.request(path="/", Host=host).status == 421  # a name that was made to point here (DNS rebinding)
    assert server.request(path="/", Host="localhost").status == 200


# --- the file behind it


def test_the_page_shows_the_graph_as_it_now_is(path: Path, tmp_path: Path) -> None:
    ours = tmp_path / "ours.ttl"
    ours.write_bytes(path.read_bytes())
    with serving(ours) as server:
        page = server.request(path="/")
        assert (page.status, page.type) == (200, "text/html")
        assert "Marion Dane" in page.body
        assert server.request(path="/").body == page.body
        assert server.request("POST", path="/").status == 405
        ours.write_text(ours.read_text().replace("Marion Dane", "Marian Deane"))
        assert "Marian Deane" in server.request(path="/").body


def test_a_changed_file_is_read_again_and_a_broken_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "g.ttl"
    path.write_text("<urn:a> <urn:p> 1 .")
    with serving(path) as server:
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        assert server.ask(count, "text/csv").body.split()[1] == "1"
        path.write_text("<urn:a> <urn:p> 1, 2 .")
        assert server.ask(count, "text/csv").body.split()[1] == "2"
        path.write_text("this is no graph")
        assert server.ask(count, "text/csv").body.split()[1] == "2"
        path.unlink()
        assert server.ask(count, "text/csv").body.split()[1] == "2"
        path.write_text("<urn:a> <urn:p> 1, 2, 3 .")
        assert server.ask(count, "text/csv").body.split()[1] == "3"


def keep(workspace: Path, documents: Sequence[Document], facts: Sequence[Fact]) -> None:
    """What a build leaves when it has read these documents."""
    sources = [Source(str(workspace / document.id), document.id) for document in documents]
    with open_workspace(workspace, Fingerprints("reading", "extraction")) as kept:
        for document, source in zip(documents, sources, strict=True):
            kept.keep_documents(source, [document])
            kept.keep_facts(document, [fact for fact in facts if fact.document == document.id])
        kept.keep_only(sources)


def test_of_a_workspace_it_serves_the_graph_that_a_build_would_write(tmp_path: Path) -> None:
    workspace = tmp_path / "kept.workspace"
    keep(workspace, DOCUMENTS[:1], FACTS)
    with serving(workspace, "--base-iri", BASE) as server:

        def served() -> set[str]:
            answer = server.ask("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "application/n-triples")
            return set(answer.body.splitlines())

        first = [fact for fact in FACTS if fact.document == DOCUMENTS[0].id]
        assert served() == set(assemble(first, DOCUMENTS[:1], load_ontology(), BASE).triples)
        assert "kept.ttl" in server.request(path="/").body

        keep(workspace, DOCUMENTS, FACTS)
        whole = assemble(FACTS, DOCUMENTS, load_ontology(), BASE)
        assert served() == set(whole.triples)
        assert "Hester Vale" in server.request(path="/").body

        one, other = (Key.of(document.id, DANE) for document in DOCUMENTS)
        write_judgements([Judgement(one, other, "different")], judgements_path(workspace))
        danes = server.ask(
            FOAF + 'SELECT (COUNT(?p) AS ?n) { ?p a foaf:Person ; rdfs:label "Marion Dane" }', "text/csv"
        )
        assert danes.body.split() == ["n", "2"]


def test_what_cannot_be_served_is_said_in_one_line(tmp_path: Path, server: Server) -> None:
    (tmp_path / "bad.ttl").write_text("this is no graph")
    (tmp_path / "good.ttl").write_text("<urn:a> <urn:p> 1 .")
    port = str(urlsplit(server.address).port)
    for name, options, reason in [("bad.ttl", ["--port", "0"], "bad.ttl"), ("good.ttl", ["--port", port], "in use")]:
        command = [sys.executable, "-m", "kgraph.cli", "serve", str(tmp_path / name), *options]
        result = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert result.returncode == 1
        assert reason in result.stderr and len(result.stderr.splitlines()) == 1, result.stderr


def test_a_lost_keeper_is_replaced(path: Path) -> None:
    """The system may end the process that has the graph: it is the largest when memory is short."""
    application = Application(path, load_ontology(), Limits(), loopback=True)
    with application:
        client = werkzeug.test.Client(application)
        assert client.get("/sparql?query=ASK{}").status_code == 200
        pid = application._keeper.get()._process.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)
        assert client.get("/sparql?query=ASK{}").status_code == 200


def test_no_process_is_left_when_the_server_ends(path: Path) -> None:
    with serving(path) as server:
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
        if not children.exists():
            pytest.skip("needs /proc")
        keepers = children.read_text().split()
        assert keepers
        os.kill(server.pid, signal.SIGKILL)
        for _ in range(100):
            if not any(
                Path(f"/proc/{pid}").exists() and "spawn" in Path(f"/proc/{pid}/cmdline").read_text() for pid in keepers
            ):
                break
            time.sleep(0.1)
        else:
            pytest.fail("the keeper outlived its server")
