"""What the words of a query say before it is run: SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#sparqlGrammar)."""

from __future__ import annotations

import re

# Tokens in which a word means nothing: IRIs, comments, strings, variables, and names after a prefix.
_NO_KEYWORD = re.compile(
    r"""
      <[^<>"{}|^`\x00-\x20]*>
    | \#[^\n\r]*
    | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
    | [?$]\w+
    | :(?:[\w:%.-]|\\.)*
    """,
    re.VERBOSE | re.DOTALL,
)


def refuse_federation(sparql: str) -> None:
    """Raises ValueError for a query that asks another endpoint (SERVICE): nothing here uses a network.

    This gives the user a clear answer. It is no wall: the server's queries run in processes that can open no socket.
    """
    if re.search(r"\bservice", _NO_KEYWORD.sub(" ", sparql), re.IGNORECASE):
        raise ValueError("SERVICE asks another endpoint; kgraph answers from the graph alone and uses no network")


def names_graphs(sparql: str) -> bool:
    """Whether the query says itself which graphs it is about (FROM, FROM NAMED)."""
    return re.search(r"\bfrom\b", _NO_KEYWORD.sub(" ", sparql), re.IGNORECASE) is not None
