"""A graph to ask: each module names what was read for it, as `READ = facts, documents`."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph import export
from kgraph.graph import assemble
from kgraph.ontology import Ontology, load_ontology


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def path(request: pytest.FixtureRequest, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the module's graph."""
    path = tmp_path_factory.mktemp("graph") / "graph.ttl"
    facts, documents = request.module.READ
    export.write(assemble(facts, documents, ontology, "https://data.example/id/"), path)
    return path
