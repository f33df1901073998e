"""The page at `/`."""

from __future__ import annotations

import html
from pathlib import Path

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{name}</title>
<h1>{name}</h1>
<form action="/sparql" method="post">
<p><label for="query">A SPARQL query</label>
<p><textarea id="query" name="query" rows="12" cols="80">
SELECT ?name WHERE {{ ?person a foaf:Person ; rdfs:label ?name }} LIMIT 20</textarea>
<p><button>Ask</button>
</form>
"""


class Page:
    """The page of a graph file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> str:
        """The page as HTML."""
        return _PAGE.format(name=html.escape(self._path.name))
