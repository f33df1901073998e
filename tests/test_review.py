"""Questions to a person: asked, answered, obeyed by the next build, taken back."""

import json
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner

from kgraph.cli import main

NAMED = rdflib.Namespace("http://www.w3.org/2000/01/rdf-schema#").label


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


@pytest.fixture
def built(tmp_path):
    """Two stories of one council, whose Ann Other may be one or two; the graph built from them."""
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text(
        "Leader resigns\nPublished: 2024-05-09\n\nAnn Other, leader of Leeds City Council, has resigned.\n"
    )
    (articles / "b.txt").write_text(
        "Budget row\nPublished: 2024-06-09\n\nAnn Other, leader of Leeds City Council, criticised the budget.\n"
    )
    return Built(articles, tmp_path / "g.ttl")


class Built:
    def __init__(self, articles: Path, graph: Path):
        self.articles, self.graph = articles, graph
        self.workspace, self.judgements = graph.with_suffix(".workspace"), graph.with_suffix(".judgements.jsonl")
        self.build()

    def build(self):
        assert run("build", self.articles, "-o", self.graph).exit_code == 0

    def people(self):
        """How many there are by the name of Ann Other."""
        return len(set(rdflib.Graph().parse(self.graph).subjects(NAMED, rdflib.Literal("Ann Other"))))

    def review(self, *options):
        result = run("review", self.workspace, *options)
        assert result.exit_code == 0, result.output
        return result

    def listed(self, show, *options):
        lines = self.review("--show", show, "--format", "json", *options).stdout.splitlines()
        return [json.loads(line) for line in lines]

    def of_people(self, show):
        return [pair for pair in self.listed(show, "--name", "Ann Other") if pair["one"].get("type") == "person"]


def test_a_merge_is_shown_with_its_reason_and_sentences_parted_and_taken_back(built):
    assert built.people() == 1
    (pair,) = built.of_people("merged")
    assert "Leeds" in " ".join(pair["reasons"])
    assert "has resigned" in pair["one"]["sentences"][0] and "Budget row" in pair["other"]["where"]
    built.review("--reject", pair["id"], "--reason", "mother and daughter")
    built.build()
    assert built.people() == 2
    assert built.of_people("merged") == []
    (kept,) = [json.loads(line) for line in built.judgements.read_text().splitlines()]
    assert kept["verdict"] == "different" and kept["reason"] == "mother and daughter"
    assert {kept["one"]["document"], kept["other"]["document"]} == {"a.txt", "b.txt"}
    built.review("--undo", pair["id"])
    built.build()
    assert built.people() == 1 and built.judgements.read_text() == ""


def test_answers_come_from_a_file_too_and_outlast_the_workspace(built, tmp_path):
    answers = tmp_path / "answers.jsonl"
    (pair,) = built.of_people("merged")
    answers.write_text(json.dumps(pair) + "\n" + json.dumps({**pair, "verdict": "different"}) + "\n")
    assert "1 answer" in built.review("--from", answers).stderr
    for path in built.workspace.iterdir():
        path.unlink()
    built.build()
    assert built.people() == 2
    answers.write_text(json.dumps({**pair, "verdict": "undo"}))
    built.review("--from", answers)
    built.build()
    assert built.people() == 1


def test_a_doubt_is_asked_until_it_is_answered(built):
    (built.articles / "c.txt").write_text(
        "A new leader\nPublished: 2024-07-01\n\nAnn Other, leader of Sefton Council, has resigned.\n"
    )
    built.build()
    before = built.people()
    apart = built.of_people("doubtful") + built.of_people("refused")
    assert before == 2 and apart
    built.review(*(part for pair in apart for part in ("--accept", pair["id"])))
    built.build()
    assert built.people() == 1
    assert not built.of_people("doubtful")


def test_judgements_of_others_may_be_used(built, tmp_path):
    (pair,) = built.of_people("merged")
    theirs = tmp_path / "theirs.jsonl"
    built.review("--reject", pair["id"], "--judgements", theirs)
    built.build()
    assert built.people() == 1
    assert run("build", built.articles, "-o", built.graph, "--judgements", theirs).exit_code == 0
    assert built.people() == 2


def test_the_list_to_read_names_both_with_their_sentences(built):
    text = built.review("--show", "merged", "--name", "Other").stdout
    assert "Ann Other (person)" in text and "criticised the budget" in text and "Leader resigns, 2024-05-09" in text


@pytest.mark.parametrize(
    ("answer", "reason"),
    [("{", "line 1"), ('{"one": {}, "other": {}}', "line 1"), ('{"verdict": "same"}', "no answer")],
)
def test_a_faulty_answer_is_named_and_changes_nothing(built, tmp_path, answer, reason):
    (tmp_path / "answers.jsonl").write_text(answer)
    result = run("review", built.workspace, "--from", tmp_path / "answers.jsonl")
    assert result.exit_code == 1 and reason in result.stderr and len(result.stderr.splitlines()) == 1
    assert not built.judgements.exists()


def test_what_is_not_there_is_said(built, tmp_path):
    assert "no pair 'zzz'" in run("review", built.workspace, "--accept", "zzz").stderr
    missing = run("build", built.articles, "-o", built.graph, "--judgements", tmp_path / "none.jsonl")
    assert missing.exit_code == 1 and "none.jsonl" in missing.stderr
