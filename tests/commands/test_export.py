"""`kgraph export` as a user meets it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import networkx
import pytest
import rdflib
from click.testing import CliRunner, Result

from kgraph import export
from kgraph.cli import main
from kgraph.graph import assemble
from kgraph.ontology import load_ontology
from tests.graph.hand_made import DOCUMENTS, FACTS


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built graph, with the files that building wrote beside it."""
    path = tmp_path_factory.mktemp("graph") / "graph.ttl"
    built = assemble(FACTS, DOCUMENTS, load_ontology(), "https://data.example/id/")
    for extension in export.EXTENSIONS:
        export.write(built, path.with_suffix(extension))
    return path


@pytest.mark.parametrize("extension", export.EXTENSIONS)
def test_a_built_graph_exports_to_the_very_file_that_building_writes(graph: Path, extension: str) -> None:
    format = export.format_of(Path(f"x{extension}"))
    assert format is not None
    result = run(graph, "--to", format.name)
    assert result.exit_code == 0
    assert result.stdout_bytes == graph.with_suffix(extension).read_bytes()
    assert "nodes" in result.stderr


def test_a_format_of_several_files_is_a_folder(graph: Path, tmp_path: Path) -> None:
    result = run(graph, "--to", "csv", "-o", tmp_path / "tables")
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == ["edges.csv", "facts.csv", "nodes.csv"]
    result = run(graph, "--to", "csv")
    assert result.exit_code == 2
    assert "give one with -o" in result.stderr


def test_filters(graph: Path) -> None:
    result = run(graph, "--to", "cyjs", "--entity", "Ofsted", "--relations", "rates", "--since", "2019-05")
    elements = json.loads(result.stdout)["elements"]
    assert {node["data"]["name"] for node in elements["nodes"]} == {"Ofsted", "Middlesbrough Borough Council"}
    assert [edge["data"]["interaction"] for edge in elements["edges"]] == ["rated inadequate"]
    result = run(graph, "--to", "graphml", "--as-of", "2010-01-01")
    assert networkx.read_graphml(io.BytesIO(result.stdout_bytes)).number_of_edges() == 0


def test_a_part_is_rdf_too(graph: Path) -> None:
    part = rdflib.Graph().parse(data=run(graph, "--to", "turtle", "--relations", "rates").stdout, format="turtle")
    names = {str(name) for name in part.objects(None, rdflib.URIRef("https://w3id.org/kgraph/ns#relation"))}
    assert names == {"rates"}


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        (["--to", "docx"], 2, "'docx' is none of turtle,"),
        (["--to", "turtle", "--as-of", "2019-05"], 2, "'2019-05' is no date of the form YYYY-MM-DD"),
        (["--to", "turtle", "--since", "May"], 2, "'May' is no date of the form YYYY, YYYY-MM or YYYY-MM-DD"),
        (["--to", "turtle", "--entity", "Nobody"], 1, "kgraph: nothing is named 'Nobody'"),
        (["--to", "turtle", "--relations", "rates,x"], 1, "kgraph: no relation x in the graph"),
    ],
)
def test_mistakes_are_told_in_a_line(graph: Path, options: list[str], status: int, said: str) -> None:
    result = run(graph, *options)
    assert result.exit_code == status
    assert said in result.stderr


def test_a_file_that_is_no_graph_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("Nothing of the kind")
    result = run(tmp_path / "broken.ttl", "--to", "graphml", "-o", tmp_path / "out.graphml")
    assert result.exit_code == 1
    assert "broken.ttl" in result.stderr
    assert not (tmp_path / "out.graphml").exists()


def test_help_names_every_format() -> None:
    text = run("--help").stdout
    assert all(f"  {name} " in text for name in export.FORMATS)


def test_what_is_left_empty_is_said(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.ttl").touch()
    assert "is it a graph of kgraph?" in run(tmp_path / "empty.ttl", "--to", "cyjs").stderr
    assert "nothing of it is left" in run(graph, "--to", "cyjs", "--until", "1066").stderr
    result = run(graph, "--to", "cyjs", "--since", "2024", "--until", "2020")
    assert (result.exit_code, "--since is after --until" in result.stderr) == (2, True)


@pytest.mark.parametrize("name", export.FORMATS)
def test_every_format_takes_an_empty_graph(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty.ttl").touch()
    result = run(tmp_path / "empty.ttl", "--to", name, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "out").exists()


def test_a_reader_that_has_had_enough_hears_no_complaint(graph: Path) -> None:
    command = f"{sys.executable} -m kgraph.cli export {graph} --to html | head -c 10"
    result = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert "rror" not in result.stderr and "pipe" not in result.stderr
