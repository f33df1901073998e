"""The command line as a user meets it: what it writes, what it says, how it ends."""

import html
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import networkx
import pytest
import rdflib
from click.testing import CliRunner
from reportlab.pdfgen import canvas

from kgraph.cli import main

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "kgraph" / "samples"
STORY = "Leader resigns\nPublished: 2024-05-09\n\nCllr Ann Other, leader of Leeds City Council, has resigned.\n"


def run(*arguments, input=None):
    return CliRunner().invoke(main, [str(a) for a in arguments], input=input, catch_exceptions=False)


def read_graph(path):
    return rdflib.Graph().parse(path)


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    folder = tmp_path_factory.mktemp("graph")
    result = run("build", SAMPLES, "-o", folder / "graph.ttl", "-o", folder / "graph.graphml")
    assert result.exit_code == 0, result.output
    return folder / "graph.ttl"


def test_build_writes_both_formats_with_the_same_entities(graph):
    turtle = read_graph(graph)
    drawn = networkx.read_graphml(graph.with_suffix(".graphml"))
    iris = {str(s) for s in turtle.subjects()}
    assert drawn.number_of_nodes() > 20
    assert {data["iri"] for _, data in drawn.nodes(data=True)} <= iris
    assert all(data["label"] for _, data in drawn.nodes(data=True))


def sample_text():
    """The samples' words, without what JSON and HTML escape."""
    for path in sorted(path for path in SAMPLES.iterdir() if path.suffix != ".png"):
        text = path.read_text("utf-8")
        if path.suffix == ".jsonl":
            yield from (json.loads(line)["text"] for line in text.splitlines())
        else:
            yield html.unescape(text)


def test_every_edge_carries_a_sentence_that_stands_in_its_document(graph):
    flat = " ".join(" ".join(sample_text()).split())
    drawn = networkx.read_graphml(graph.with_suffix(".graphml"))
    sentences = [data["sentence"] for _, _, data in drawn.edges(data=True) if "sentence" in data]
    assert sentences
    for sentence in sentences:
        assert " ".join(sentence.split()) in flat


def test_two_builds_are_byte_identical_also_with_two_workers(graph, tmp_path):
    files = [tmp_path / "a.ttl", tmp_path / "a.graphml"]
    command = [sys.executable, "-m", "kgraph.cli", "build", SAMPLES, "--workers", "2", "-o", files[0], "-o", files[1]]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "7"}, capture_output=True)
    for file in files:
        assert file.read_bytes() == graph.with_suffix(file.suffix).read_bytes()


def test_extract_writes_facts_whose_evidence_re_reads(tmp_path):
    file = tmp_path / "story.txt"
    file.write_text(STORY)
    result = run("extract", file)
    facts = [json.loads(line) for line in result.stdout.splitlines()]
    assert "holds-role" in {fact["relation"] for fact in facts}
    for fact in facts:
        evidence = fact["evidence"]
        assert STORY[evidence["start"] : evidence["end"]] == evidence["text"]


def test_standard_input_is_a_source(tmp_path):
    process = subprocess.run(
        [sys.executable, "-m", "kgraph.cli", "extract", "-"], input=STORY, capture_output=True, text=True, check=True
    )
    assert json.loads(process.stdout.splitlines()[0])["document"] == "-"


def test_validate_finds_nothing_wrong_with_the_sample_graph(graph):
    result = run("validate", graph)
    assert result.exit_code == 0
    assert "conforms" in result.output


def test_explain_gives_facts_with_sentences(graph):
    result = run("explain", graph, "Sandra Whitlock")
    assert result.exit_code == 0
    assert "Wexhaven" in result.output


def test_explain_of_a_name_that_is_not_there_says_so(graph):
    result = run("explain", graph, "Nobody Atall")
    assert result.exit_code == 1
    assert "Nobody Atall" in result.stderr


def test_query_answers_as_table_csv_and_json(graph):
    sparql = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    expected = str(len(read_graph(graph)))
    assert expected in run("query", graph, sparql).stdout
    assert run("query", graph, sparql, "--format", "csv").stdout.split() == ["n", expected]
    answer = json.loads(run("query", graph, sparql, "--format", "json").stdout)
    assert answer["results"]["bindings"][0]["n"]["value"] == expected


def test_a_construct_query_gives_turtle(graph):
    result = run("query", graph, "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }")
    assert len(rdflib.Graph().parse(data=result.stdout, format="turtle")) > 20


def test_a_faulty_query_is_one_clear_line(graph):
    result = run("query", graph, "SELECT WHERE")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def make_bad_inputs(folder):
    """One file of each kind that cannot be read, by the reason expected for it."""
    (folder / "empty.txt").write_text("")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 50)
    page = canvas.Canvas(str(folder / "whole.pdf"))
    page.drawString(72, 700, "Cllr Ann Other, leader of Leeds City Council, has resigned. " * 3)
    page.save()
    data = (folder / "whole.pdf").read_bytes()
    (folder / "truncated.pdf").write_bytes(data[: len(data) // 2])
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(folder / "whole.pdf"))
    writer.encrypt("secret")
    writer.write(folder / "encrypted.pdf")
    (folder / "whole.pdf").unlink()
    (folder / "no-text.html").write_text("<html><body><script>var x = 1</script></body></html>")
    (folder / "lines.jsonl").write_text('{"text": "Ann Other is leader of Leeds City Council."}\n{"text": \n')
    (folder / 'a "name"\nwith <script>.txt').write_text("")
    (folder / "huge.txt").write_text("The council met. " * 3_000_000)
    return sorted(folder.iterdir())


def test_bad_inputs_are_one_line_each_and_the_others_are_built(tmp_path):
    bad = tmp_path / "bad"
    bad.mkdir()
    make_bad_inputs(bad)
    (tmp_path / "good.txt").write_text(STORY)
    (tmp_path / "latin1.txt").write_bytes(STORY.replace("Ann Other", "Zoë Other").encode("latin-1"))
    (tmp_path / "utf16.txt").write_bytes(STORY.encode("utf-16"))
    good = [tmp_path / name for name in ("good.txt", "latin1.txt", "utf16.txt")]
    result = run("build", *good, bad, tmp_path / "gone.txt", "-o", tmp_path / "graph.ttl")
    assert result.exit_code == 3
    failures = [line for line in result.stderr.splitlines() if line.startswith("kgraph: ")][:-1]
    for name in ("empty.txt", "binary.txt", "truncated.pdf", "encrypted.pdf", "no-text.html", "lines.jsonl", "<script>",
                 "huge.txt", "gone.txt"):  # fmt: skip
        assert sum(name in line for line in failures) == 1, name
    assert len(failures) == 9
    titles = {str(o) for o in read_graph(tmp_path / "graph.ttl").objects() if "Leader resigns" in str(o)}
    assert titles
    assert "Zoë Other" in (tmp_path / "graph.ttl").read_text("utf-8")


def test_of_two_documents_of_one_id_the_second_is_named(tmp_path):
    line = json.dumps({"id": "a", "text": "Cllr Ann Other, leader of Leeds City Council, has resigned."}) + "\n"
    (tmp_path / "a.jsonl").write_text(line * 2)
    result = run("build", tmp_path / "a.jsonl", "-o", tmp_path / "graph.ttl")
    assert result.exit_code == 3
    assert "'a'" in result.stderr


def test_the_texts_that_offsets_refer_to_lie_beside_the_graph(graph):
    texts = {}
    for line in graph.with_suffix(".documents.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        texts[record["id"]] = record["text"]
    answer = run("query", graph, "--format", "json", """
        SELECT ?id ?start ?end ?exact WHERE {
            ?e oa:hasSource ?d ; oa:hasSelector ?p , ?q . ?d dcterms:identifier ?id .
            ?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact }""")  # fmt: skip
    rows = json.loads(answer.stdout)["results"]["bindings"]
    assert len(rows) > 20
    for row in rows:
        start, end = int(row["start"]["value"]), int(row["end"]["value"])
        assert texts[row["id"]["value"]][start:end] == row["exact"]["value"]


def test_nothing_readable_leaves_the_old_graph_and_ends_with_1(tmp_path):
    (tmp_path / "graph.ttl").write_text("old")
    (tmp_path / "empty.txt").write_text("")
    result = run("build", tmp_path / "empty.txt", "-o", tmp_path / "graph.ttl")
    assert result.exit_code == 1
    assert (tmp_path / "graph.ttl").read_text() == "old"


def test_wrong_usage_ends_with_2(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    assert run("build").exit_code == 2
    assert run("build", tmp_path / "a.txt", "--date", "yesterday").exit_code == 2
    assert run("build", tmp_path / "a.txt", "-o", tmp_path / "graph.docx").exit_code == 2


def test_every_command_has_help():
    for command in main.commands:
        result = run(command, "--help")
        assert result.exit_code == 0
        assert len(result.output.splitlines()) > 4


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_the_completion_script_is_bash(tmp_path):
    script = tmp_path / "complete.sh"
    script.write_text(run("completion", "bash").output)
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
