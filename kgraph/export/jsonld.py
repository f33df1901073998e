"""JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/), compacted with the ontology's prefixes.

The context says of each property what its values are, so that they are plain strings, numbers and IRIs; a property
with values of several kinds writes them out. One object a line.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from typing import Any, BinaryIO

from kgraph.export.graphml import write_rows
from kgraph.graph.model import Graph
from kgraph.graph.read_back import Terms, described
from kgraph.graph.terms import RDF, XSD, value

_LOCAL = re.compile(r"\w[\w.-]*")
_TYPE = RDF + "type"


def write(graph: Graph, file: BinaryIO) -> None:
    subjects = described(graph.triples)
    kinds: dict[str, set[str]] = defaultdict(set)
    namer = _Namer(graph.prefixes)
    for terms in subjects.values():
        for predicate, term in terms:
            kinds[predicate].add(_kind(term))
            namer.compact(value(term) if predicate == _TYPE else predicate)
    coercions = {
        namer.compact(predicate): {"@type": "@id" if kind == "@id" else namer.compact(kind)}
        for predicate, found in sorted(kinds.items())
        if predicate != _TYPE and len(found) == 1 and (kind := next(iter(found))) not in ("", "@language")
    }
    for kind in sorted({kind for found in kinds.values() for kind in found if kind and kind[0] != "@"}):
        namer.compact(kind)
    single = {predicate for predicate, found in kinds.items() if len(found) == 1}
    objects = (_object(subject, terms, single, namer) for subject, terms in sorted(subjects.items()))
    used = {prefix: graph.prefixes[prefix] for prefix in sorted(namer.used)}
    context = json.dumps({**used, **coercions}, ensure_ascii=False)
    file.write(f'{{"@context": {context},\n"@graph": [\n'.encode())
    write_rows(_lines(objects), file)
    file.write(b"]}\n")


class _Namer:
    """Short names of IRIs, and which prefixes they took."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.namespaces = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self.used: set[str] = set()
        self.compact = lru_cache(None)(self._compact)

    def _compact(self, iri: str) -> str:
        for prefix, namespace in self.namespaces:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri


def _kind(term: str) -> str:
    """`@id`, a datatype's IRI, "" for a string, `@language` for one with a language."""
    if not term.startswith('"'):
        return "@id"
    after = term[term.rindex('"') + 1 :]
    return "@language" if after.startswith("@") else after[3:-1]


def _object(subject: str, terms: Terms, single: Set[str], namer: _Namer) -> dict[str, Any]:
    found: dict[str, Any] = {"@id": subject}
    types = [namer.compact(value(term)) for predicate, term in terms if predicate == _TYPE]
    if types:
        found["@type"] = types
    several: dict[str, list[Any]] = defaultdict(list)
    for predicate, term in terms:
        if predicate != _TYPE:
            several[namer.compact(predicate)].append(_value(term, predicate in single, namer))
    return found | {name: values[0] if len(values) == 1 else values for name, values in several.items()}


def _value(term: str, coerced: bool, namer: _Namer) -> Any:
    kind, words = _kind(term), value(term)
    if kind == "@language":
        return {"@value": words, "@language": term[term.rindex('"') + 2 :]}
    # Other numbers stay strings: JSON's would come back in another spelling.
    if kind == XSD + "integer" and str(int(words)) == words and abs(int(words)) < 2**53:
        return int(words)
    if kind == XSD + "boolean" and words in ("true", "false"):
        return words == "true"
    if coerced or not kind:
        return words
    return {"@id": words} if kind == "@id" else {"@value": words, "@type": namer.compact(kind)}


def _lines(objects: Iterator[dict[str, Any]]) -> Iterator[str]:
    comma = ""
    for one in objects:
        yield comma + json.dumps(one, ensure_ascii=False)
        comma = ",\n"
