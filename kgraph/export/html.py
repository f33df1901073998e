"""One HTML page that explores a graph: it opens from disk, needs no network, and shows the sentence behind every line.

All the page needs stands in it: the graph as JSON, its places computed here (`kgraph.export.layout`), style, script and
the drawing library sigma (https://www.sigmajs.org/, MIT; `page/vendor` holds its licences and how it was bundled). A
Content Security Policy (https://www.w3.org/TR/CSP3/) allows the scripts by their hashes and nothing else, so that no
text of a document can run, load or send anything; the page's own code puts texts into text nodes only.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template
from typing import BinaryIO

from kgraph.export.page_data import as_json, page_data
from kgraph.graph.model import Graph
from kgraph.ontology import Ontology

_FOLDER = Path(__file__).parent / "page"
# Classic scripts that share one scope, in the order in which they need each other.
_SCRIPTS = (
    "vendor/sigma.min.js",
    "dom.js",
    "dates.js",
    "model.js",
    "filters.js",
    "search.js",
    "statements.js",
    "chart.js",
    "picture.js",
    "panel.js",
    "views.js",
    "page.js",
)


def render(graph: Graph, ontology: Ontology | None = None, title: str = "Knowledge graph") -> Iterator[bytes]:
    """The page of a graph, in parts to be joined, as UTF-8. The same graph gives the same bytes.

    The ontology gives the labels of kinds and relations; without it their names serve.
    """
    labels: dict[str, str] = {}
    if ontology is not None:
        labels |= {kind.name: kind.label for kind in ontology.types.values()}
        labels |= {relation.name: relation.label for relation in ontology.relations.values()}
    style = _read("page.css")
    scripts = [_read(name) for name in _SCRIPTS]
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {_hash(style)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    values = {
        "title": escape(title),
        "policy": policy,
        "style": style,
        "licences": _read("vendor/LICENCES.txt"),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    before, _, after = _read("template.html").partition("$data")
    yield Template(before).substitute(values).encode()
    yield b"{"
    for i, (name, rows) in enumerate(as_json(page_data(graph, labels)).items()):
        yield f"{',' * bool(i)}{json.dumps(name)}:[".encode()
        for start in range(0, len(rows), 1000):
            yield (b"," if start else b"") + ",\n".join(map(_json, rows[start : start + 1000])).encode()
        yield b"]\n"
    yield b"}"
    yield Template(after).substitute(values).encode()


def write(graph: Graph, file: BinaryIO, ontology: Ontology) -> None:
    for part in render(graph, ontology):
        file.write(part)


def _json(row: object) -> str:
    """JSON that ends no script element: https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements."""
    words = json.dumps(row, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return words.encode("utf-8", "replace").decode()


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
