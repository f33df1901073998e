"""Writing a graph to files: one module a format, all named in one table.

A file is written beside its place and then moved there, so that a failure leaves the old file whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kgraph.documents import Document
from kgraph.export import (
    cytoscape,
    followthemoney,
    gexf,
    graphml,
    html,
    jsonld,
    neo4j,
    popolo,
    rdf,
    tables,
    turtle,
    yed,
)
from kgraph.export import documents as texts
from kgraph.export.files import remove_leftovers, replacing
from kgraph.graph.model import Graph
from kgraph.ontology import Ontology, load_ontology

Writer = Callable[[Graph, BinaryIO], None]
OntologyWriter = Callable[[Graph, BinaryIO, Ontology], None]


@dataclass(frozen=True)
class Format:
    """A format of one file. `extension` is "" where a file's name does not tell it.

    Where it is the ontology that says how something is written, the writer is `write_by`, else `write`. `in_short` is
    whether nodes and edges are all that it writes.
    """

    name: str
    description: str
    extension: str = ""
    write: Writer | None = None
    write_by: OntologyWriter | None = None
    in_short: bool = False

    def __call__(self, graph: Graph, file: BinaryIO, ontology: Ontology | None = None) -> None:
        if self.write is not None:
            self.write(graph, file)
        elif self.write_by is not None:
            self.write_by(graph, file, ontology or load_ontology())


@dataclass(frozen=True)
class Folder:
    """A format of several files in a folder: the name of each, and what writes it."""

    name: str
    description: str
    files: Mapping[str, Writer] = field(default_factory=dict)
    in_short: bool = False


_ALL: tuple[Format | Folder, ...] = (
    Format("turtle", "RDF: Turtle", ".ttl", turtle.write),
    Format("ntriples", "RDF: N-Triples", ".nt", rdf.write_ntriples),
    Format("trig", "RDF: TriG", ".trig", rdf.write_trig),
    Format("nquads", "RDF: N-Quads", ".nq", rdf.write_nquads),
    Format("rdfxml", "RDF: RDF/XML", ".rdf", rdf.write_rdfxml),
    Format("jsonld", "RDF: JSON-LD", ".jsonld", jsonld.write),
    Format(
        "graphml", "GraphML for Gephi, Cytoscape, Neo4j, networkx, igraph …", ".graphml", graphml.write, in_short=True
    ),
    Format("yed", "GraphML with yEd's shapes, colours and labels", write=yed.write, in_short=True),
    Format("gexf", "GEXF 1.3 with time, for Gephi's timeline", ".gexf", gexf.write, in_short=True),
    Format("cyjs", "JSON of Cytoscape and cytoscape.js", ".cyjs", cytoscape.write_cyjs, in_short=True),
    Format("cx2", "JSON of Cytoscape and NDEx, with colours", ".cx2", cytoscape.write_cx2, in_short=True),
    Format("popolo", "JSON of persons, organisations, posts, memberships", write=popolo.write),
    Format("followthemoney", "JSON Lines for Aleph and OpenSanctions' tools", write_by=followthemoney.write),
    Format("html", "one page to explore, for any browser", ".html", write_by=html.write),
    Folder(
        "csv",
        "tables of nodes, edges and facts",
        {"nodes.csv": tables.write_nodes, "edges.csv": tables.write_edges, "facts.csv": tables.write_facts},
    ),
    Folder(
        "neo4j",
        "tables for Neo4j's importer, with scripts that load them",
        {
            "nodes.csv": neo4j.write_nodes,
            "relationships.csv": neo4j.write_relationships,
            "import.sh": neo4j.write_import,
            "load.cypher": neo4j.write_cypher,
        },
        in_short=True,
    ),
)
FORMATS: dict[str, Format | Folder] = {one.name: one for one in _ALL}
EXTENSIONS = tuple(one.extension for one in _ALL if isinstance(one, Format) and one.extension)


def format_of(path: Path) -> Format | None:
    """The format that a file's extension tells."""
    found = (one for one in FORMATS.values() if isinstance(one, Format) and one.extension)
    return next((one for one in found if one.extension == path.suffix.lower()), None)


def supports(path: Path) -> bool:
    """Whether the format of a file of this name is known."""
    return format_of(path) is not None


def write(graph: Graph, path: Path, name: str | None = None, ontology: Ontology | None = None) -> None:
    """Writes a graph in the format of this name, or that the extension says, replacing a file at once or not at all.

    A format of several files makes a folder of that name, and replaces only its own files there. The ontology is by
    default the one shipped. Raises ValueError for an unknown format, OSError where a file cannot be written.
    """
    with replacing() as put:
        for place, writer in _writers(path, name, ontology):
            put(place, partial(writer, graph))


def write_all(
    graph: Graph,
    paths: Iterable[Path],
    documents: Iterable[Document],
    documents_path: Path,
    ontology: Ontology | None = None,
) -> None:
    """Writes a graph to several files as their extensions say, and its texts (see `kgraph.export.documents`).

    All of them are replaced, or none; nobody else may be writing them. Raises as `write` does.
    """
    paths = list(paths)
    for path in (*paths, documents_path):
        remove_leftovers(path)
    with replacing() as put:
        for path in paths:
            for place, writer in _writers(path, None, ontology):
                put(place, partial(writer, graph))
        put(documents_path, lambda file: texts.write(documents, file))


def write_to(graph: Graph, file: BinaryIO, name: str, ontology: Ontology | None = None) -> None:
    """Writes a graph to an open file. Raises ValueError for a format that is none, or of several files."""
    format = FORMATS.get(name)
    if not isinstance(format, Format):
        raise ValueError(f"{name}: no format of one file")
    format(graph, file, ontology)


def _writers(path: Path, name: str | None, ontology: Ontology | None) -> list[tuple[Path, Writer]]:
    """The files of a format, and what writes each."""
    format = FORMATS.get(name) if name is not None else format_of(path)
    if format is None:
        raise ValueError(f"{path}: no such format; one of {', '.join(EXTENSIONS if name is None else FORMATS)}")
    if isinstance(format, Folder):
        return [(path / file_name, writer) for file_name, writer in format.files.items()]
    return [(path, lambda graph, file: format(graph, file, ontology))]
