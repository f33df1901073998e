"""The graph that a workspace stands for, as a file that follows the workspace."""

from __future__ import annotations

from pathlib import Path

from kgraph.ontology import Ontology
from kgraph.query.server.fresh import Fresh


class Assembled:
    """A file with the graph that `kgraph build` would write from what a workspace holds, and people have judged.

    `path` is the file. `renew` writes it, first and whenever the workspace or the judgements have changed since: during
    a build with what has been read so far. Raises WorkspaceError where there is no workspace.
    """

    def __init__(self, workspace: Path, judgements: Path, base_iri: str, ontology: Ontology, path: Path) -> None:
        from kgraph.workspace import database_path

        self.path, self._workspace, self._judgements = path, workspace, judgements
        self._base_iri, self._ontology = base_iri, ontology
        self._fresh = Fresh(database_path(workspace), self._write, beside=(judgements,))

    def renew(self) -> None:
        self._fresh.get()

    def _write(self, _database: Path) -> None:
        from kgraph import export
        from kgraph.graph import assemble
        from kgraph.review import read_judgements
        from kgraph.workspace import read_facts

        documents, facts = read_facts(self._workspace)
        judged = read_judgements(self._judgements)
        graph = assemble(facts, documents, self._ontology, base_iri=self._base_iri, judgements=judged)
        export.write(graph, self.path)
