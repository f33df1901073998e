"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), queries only, as a WSGI application."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response
from werkzeug.wsgi import wrap_file

from kgraph.query.server.answer import GRAPHS, RESULTS, Limits, Question
from kgraph.query.server.description import describe
from kgraph.query.server.fresh import Fresh
from kgraph.query.server.keeper import Keeper
from kgraph.query.server.page import render
from kgraph.query.text import refuse_federation

if TYPE_CHECKING:
    from kgraph.ontology import Ontology

_FORM = "application/x-www-form-urlencoded"
_LARGEST_FORM = 1 << 20
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_METHODS = "GET, HEAD, POST, OPTIONS"


class _Refused(Exception):
    """A request that gets no answer: status, reason, and further headers."""

    def __init__(self, status: HTTPStatus, reason: str, **headers: str) -> None:
        super().__init__(reason)
        self.status, self.reason, self.headers = status, reason, headers


class Application:
    """A graph file behind `/` (the page) and `/sparql` (the endpoint), read again when the file changes.

    `renew` is called before the file is looked at, and may write it. A file that can no longer be read leaves the graph
    as it was. Raises ValueError for what is no graph at the start.

    On loopback, requests under another host's name are refused and only pages of this machine may read answers:
    otherwise any site open in the user's browser could read the graph.
    """

    def __init__(
        self,
        path: Path,
        ontology: Ontology,
        limits: Limits,
        loopback: bool,
        renew: Callable[[], None] = lambda: None,
    ) -> None:
        self._loopback, self._renew = loopback, renew
        # A keeper that is replaced ends when the last question that it was asked has its answer.
        self._keeper = Fresh(path, lambda path: Keeper(path, limits), Keeper.is_alive)
        self._page = Fresh(path, lambda path: render(path, ontology))
        renew()
        self._keeper.get()

    def __enter__(self) -> Application:
        return self

    def __exit__(self, *_: object) -> None:
        self._keeper.get().close()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ)
        request.max_content_length = request.max_form_memory_size = _LARGEST_FORM
        try:
            response = self._respond(request)
        except _Refused as refused:
            response = Response(f"{refused.reason}\n", refused.status, refused.headers, mimetype="text/plain")
        except HTTPException as error:  # what the library itself refuses: a body too large, a malformed host
            response = Response(f"{error.name}: {error.description}\n", error.code, mimetype="text/plain")
        except (ValueError, OSError) as error:  # a graph that was lost and cannot be read again
            response = Response(f"{error}\n", HTTPStatus.SERVICE_UNAVAILABLE, mimetype="text/plain")
        self._allow_reading(request, response)
        return response(environ, start_response)

    def _respond(self, request: Request) -> Response:
        if self._loopback and (urlsplit(f"//{request.host}").hostname or "") not in _LOOPBACK:
            raise _Refused(HTTPStatus.MISDIRECTED_REQUEST, f"this server is not {request.host}")
        self._renew()
        if request.path == "/sparql":
            return self._endpoint(request)
        if request.path == "/":
            if request.method not in ("GET", "HEAD"):
                raise _Refused(HTTPStatus.METHOD_NOT_ALLOWED, "the page can only be read", Allow="GET, HEAD")
            return Response(self._page.get(), mimetype="text/html")
        raise _Refused(HTTPStatus.NOT_FOUND, "here are / (the page) and /sparql (the endpoint)")

    def _endpoint(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status=HTTPStatus.NO_CONTENT, headers={"Allow": _METHODS})
        sparql, parameters = _read(request)
        accepted = request.accept_mimetypes  # without the header, everything is
        graph = accepted.best_match(GRAPHS) if accepted else next(iter(GRAPHS))
        results = accepted.best_match(RESULTS) if accepted else next(iter(RESULTS))
        if sparql is None:
            if graph is None:
                raise _Refused(HTTPStatus.NOT_ACCEPTABLE, f"the service is described in {', '.join(GRAPHS)}")
            return Response(describe(request.base_url, graph), mimetype=graph, headers={"Vary": "Accept"})
        try:
            refuse_federation(sparql)
        except ValueError as error:
            raise _Refused(HTTPStatus.BAD_REQUEST, str(error)) from error
        question = Question(
            sparql, _graphs(parameters, "default-graph-uri"), _graphs(parameters, "named-graph-uri"), results, graph
        )
        outcome, file = self._keeper.get().ask(question)
        if outcome.status != HTTPStatus.OK:
            raise _Refused(outcome.status, outcome.text)
        response = Response(
            wrap_file(request.environ, file),
            mimetype=outcome.text,
            headers={"Vary": "Accept", "X-Content-Type-Options": "nosniff"},
            direct_passthrough=True,
        )
        response.content_length = file.seek(0, 2)
        file.seek(0)
        return response

    def _allow_reading(self, request: Request, response: Response) -> None:
        """Cross-origin reading (https://fetch.spec.whatwg.org/#http-cors-protocol) for pages of this machine only."""
        response.vary.add("Origin")
        origin = request.headers.get("Origin", "")
        if urlsplit(origin).hostname in _LOOPBACK:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Methods"] = _METHODS
            response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"


def _read(request: Request) -> tuple[str | None, Mapping[str, list[str]]]:
    """The query and the parameters of a request; no query where the description of the service is asked for."""
    parameters = MultiDict(request.args)
    if request.method == "POST":
        if request.mimetype == _FORM:
            parameters.update(request.form)
        elif request.mimetype == "application/sparql-query":
            parameters.add("query", _decode(request.get_data()))
        elif request.mimetype == "application/sparql-update":
            parameters.add("update", "")
        else:
            kinds = f"{_FORM} or application/sparql-query"
            raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"a query comes as {kinds}", Accept=kinds)
    elif request.method not in ("GET", "HEAD"):
        raise _Refused(HTTPStatus.METHOD_NOT_ALLOWED, "queries come by GET or POST", Allow=_METHODS)
    if "update" in parameters:
        raise _Refused(HTTPStatus.FORBIDDEN, "the graph is read-only: updates are refused")
    queries = parameters.getlist("query")
    if len(queries) > 1 or (not queries and request.method == "POST"):
        raise _Refused(HTTPStatus.BAD_REQUEST, f"a request has one query, and this has {len(queries)}")
    return (queries[0] if queries else None), dict(parameters.lists())


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _Refused(HTTPStatus.BAD_REQUEST, f"the query is not UTF-8: {error}") from error


def _graphs(parameters: Mapping[str, list[str]], name: str) -> tuple[str, ...] | None:
    return tuple(parameters[name]) if name in parameters else None
