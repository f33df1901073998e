"""What is kept between builds: nothing is read twice, and the graph is that of a build from nothing."""

import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgraph import build as building
from kgraph.cli import main
from kgraph.documents import Document, Span
from kgraph.fingerprint import fingerprints
from kgraph.workspace import open_workspace, read_workspace

ROOT = Path(__file__).parents[1]
TOWNS = ["Leeds", "Sefton", "Kirklees", "Torbay", "Wigan"]


def story(town, name="Ann Other", day=9):
    return (
        f"{town} leader resigns\nPublished: 2024-05-{day:02d}\n\n"
        f"Cllr {name}, leader of {town} Council, has resigned. {name} said: “I am sorry.”\n"
    )


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for town in TOWNS:
        (folder / f"{town.lower()}.txt").write_text(story(town))
    records = [
        {"id": f"line-{n}", "text": story("Hull", name), "date": "2024-05-01"}
        for n, name in enumerate(["Bo Lee", "Jo Kay"])
    ]
    lines = [json.dumps(record) for record in records]
    (folder / "lines.jsonl").write_text("\n".join(lines) + "\n")
    return folder


@pytest.fixture
def extracted(monkeypatch):
    """The ids of documents as they are extracted."""
    ids = []
    extract = building.Extractor.extract

    def record(self, document):
        ids.append(document.id)
        return extract(self, document)

    monkeypatch.setattr(building.Extractor, "extract", record)
    return ids


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


def build(sources, folder, *options):
    """The bytes of all that a build writes, by name, after checking that it went well."""
    result = run("build", sources, "-o", folder / "g.ttl", "-o", folder / "g.graphml", *options)
    assert result.exit_code == 0, result.output
    return outputs(folder)


def outputs(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_document_survives_its_json():
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=30)
    @given(
        st.builds(
            Document,
            id=st.text(),
            text=st.text(st.characters(codec=None)),
            source=st.text(),
            title=st.none() | st.text(),
            pages=st.lists(st.integers(0, 99)).map(tuple),
            furniture=st.lists(st.integers(0, 99).map(lambda n: Span(n, n + 1))).map(tuple),
        )
    )
    def check(document):
        assert Document.from_json(json.loads(json.dumps(document.to_json()))) == document

    check()


def test_what_has_not_changed_is_not_read_again(articles, tmp_path, extracted):
    first = build(articles, tmp_path / "out")
    assert sorted(extracted) == sorted([*(f"{town.lower()}.txt" for town in TOWNS), "line-0", "line-1"])
    extracted.clear()
    assert build(articles, tmp_path / "out") == first
    assert extracted == []


def add_and_change(articles):
    (articles / "hull.txt").write_text(story("Hull"))
    (articles / "leeds.txt").write_text(story("Leeds", "Zoe Gray"))
    lines = articles / "lines.jsonl"
    lines.write_text(lines.read_text().replace("Jo Kay", "Al Kay"))
    return ["hull.txt", "leeds.txt", "line-1"]


def change_unseen_by_time_and_size(articles):
    """As unpacking an archive or `rsync --times` may do it."""
    path = articles / "leeds.txt"
    before = path.stat()
    path.write_text(story("Leeds", "Zoe Other"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    return ["leeds.txt"]


def remove_and_rename(articles):
    (articles / "leeds.txt").unlink()
    (articles / "wigan.txt").rename(articles / "york.txt")
    return ["york.txt"]


@pytest.mark.parametrize(
    "edit", [add_and_change, change_unseen_by_time_and_size, remove_and_rename], ids=lambda edit: edit.__name__
)
def test_a_change_reads_that_document_alone_and_gives_the_graph_of_a_build_from_nothing(
    edit, articles, tmp_path, extracted
):
    build(articles, tmp_path / "out")
    extracted.clear()
    touched = edit(articles)
    after = build(articles, tmp_path / "out")
    assert sorted(extracted) == touched
    assert after == build(articles, tmp_path / "anew" / "out")


def test_what_is_removed_leaves_no_trace_in_the_database(articles, tmp_path):
    (articles / "leeds.txt").write_text(story("Leeds", "Quentin Unforgettable"))
    build(articles, tmp_path / "out")
    (articles / "leeds.txt").unlink()
    build(articles, tmp_path / "out")
    for path in (tmp_path / "out" / "g.workspace").iterdir():
        assert b"Unforgettable" not in path.read_bytes(), path


def test_another_ontology_or_date_reads_again(articles, tmp_path, extracted):
    ontology = tmp_path / "ontology"
    shutil.copytree(ROOT / "ontology", ontology)
    (articles / "undated.txt").write_text("Cllr Ann Other, leader of Hull City Council, resigned on 3 May.")
    build(articles, tmp_path / "out", "--ontology", ontology)
    extracted.clear()
    (ontology / "queries" / "mine.rq").write_text("# A query\nSELECT ?s WHERE { ?s ?p ?o }\n")
    build(articles, tmp_path / "out", "--ontology", ontology)
    assert extracted == []
    after = build(articles, tmp_path / "out", "--ontology", ontology, "--date", "2023-06-01")
    assert extracted == ["undated.txt"]
    assert b"2023-05-03" in after["g.ttl"]
    extracted.clear()
    roles = ontology / "registers" / "roles.yaml"
    roles.write_text(roles.read_text() + "\n# nothing new\n")
    build(articles, tmp_path / "out", "--ontology", ontology)
    assert len(extracted) == 8


def test_sources_lists_what_is_in_and_what_failed(articles, tmp_path):
    (articles / "empty.txt").write_text("")
    (articles / "twice.jsonl").write_text(json.dumps({"id": "line-0", "text": story("Bury")}) + "\n")
    assert run("build", articles, "-o", tmp_path / "g.ttl").exit_code == 3
    listed = [
        json.loads(line) for line in run("sources", tmp_path / "g.workspace", "--format", "json").stdout.splitlines()
    ]
    names = [*(f"{town.lower()}.txt" for town in TOWNS), "line-0", "line-1", "empty.txt", "line-0"]
    assert sorted(Path(row["name"]).name for row in listed) == sorted(names)
    failures = {Path(row["source"]).name: row["failure"] for row in listed if row["failure"]}
    assert set(failures) == {"empty.txt", "twice.jsonl#1"}
    assert "empty" in failures["empty.txt"] and "line-0" in failures["twice.jsonl#1"]
    leeds = next(row for row in listed if row["name"] == "leeds.txt")
    assert leeds["facts"] > 0 and leeds["published"] == "2024-05-09" and leeds["source"] == str(articles / "leeds.txt")
    table = run("sources", tmp_path / "g.workspace", "--failures")
    assert "empty.txt: empty" in table.stdout and "leeds" not in table.stdout


def test_what_failed_is_tried_again(articles, tmp_path, monkeypatch):
    extract = building.extract
    monkeypatch.setattr(building, "extract", lambda reading: 1 / 0)
    assert run("build", articles / "leeds.txt", "-o", tmp_path / "g.ttl").exit_code == 1
    monkeypatch.setattr(building, "extract", extract)
    assert run("build", articles / "leeds.txt", "-o", tmp_path / "g.ttl").exit_code == 0


def test_a_typing_error_forgets_nothing(articles, tmp_path, extracted):
    build(articles, tmp_path / "out")
    extracted.clear()
    assert run("build", tmp_path / "artcles", "-o", tmp_path / "out" / "g.ttl").exit_code == 1
    build(articles, tmp_path / "out")
    assert extracted == []


# --- interrupted, in the way of another, without room --------------------------------------------------------


def start(sources, folder, *options, **how):
    command = [sys.executable, "-m", "kgraph.cli", "build", sources, "-o", folder / "g.ttl", "-o", folder / "g.graphml"]
    return subprocess.Popen(
        [*map(str, command), *options], cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **how
    )


def extractions(folder):
    """What is finished: hash of a document → when its facts were kept, and which row that is."""
    path = folder / "g.workspace" / "workspace.sqlite"
    if not path.exists():
        return {}
    with sqlite3.connect(path) as database:
        try:
            return dict(database.execute("SELECT document, rowid || read_at FROM extractions WHERE facts IS NOT NULL"))
        except sqlite3.OperationalError:  # not made yet
            return {}


def test_a_killed_build_goes_on_where_it_was(articles, tmp_path):
    for n in range(12):
        (articles / f"more-{n}.txt").write_text(story("Bury", f"Ann{'abcdefgh'[n % 8]} Other", n % 28 + 1) * 20)
    folder, finished = tmp_path / "out", {}
    for workers, more in [("1", 2), ("2", 3)]:
        process = start(articles, folder, "--workers", workers)
        wanted = len(finished) + more
        while process.poll() is None and len(extractions(folder)) < wanted:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        now = extractions(folder)
        assert finished.items() <= now.items()  # what was finished is as it was: not done again
        finished = now
    assert 0 < len(finished) < 19, "killed too early or too late to tell"
    resumed = build(articles, folder)
    assert finished.items() <= extractions(folder).items()
    assert resumed == build(articles, tmp_path / "anew" / "out")


def test_of_two_builds_at_once_the_second_waits_and_says_so(articles, tmp_path):
    folder = tmp_path / "out"
    with open_workspace(folder / "g.workspace", fingerprints(None, None, None)):
        second = start(articles / "leeds.txt", folder)
        assert "another build is using this workspace" in second.stderr.readline()
        time.sleep(0.2)
        assert second.poll() is None
    assert second.wait(60) == 0
    assert outputs(folder) == build(articles / "leeds.txt", tmp_path / "anew" / "out")


def test_a_workspace_of_a_later_kgraph_is_refused(articles, tmp_path):
    build(articles, tmp_path / "out")
    with sqlite3.connect(tmp_path / "out" / "g.workspace" / "workspace.sqlite") as database:
        database.execute("PRAGMA user_version = 99")
    result = run("build", articles, "-o", tmp_path / "out" / "g.ttl")
    assert result.exit_code == 1
    assert "format 99" in result.stderr and "update kgraph" in result.stderr
    assert run("sources", tmp_path / "out" / "g.workspace").exit_code == 1


def test_a_workspace_of_an_older_kgraph_is_made_anew(articles, tmp_path, extracted):
    first = build(articles, tmp_path / "out")
    with sqlite3.connect(tmp_path / "out" / "g.workspace" / "workspace.sqlite") as database:
        database.executescript(
            "PRAGMA user_version = 0; DROP TABLE extractions; ALTER TABLE documents RENAME COLUMN name TO label"
        )
    extracted.clear()
    result = run("build", articles, "-o", tmp_path / "out" / "g.ttl", "-o", tmp_path / "out" / "g.graphml")
    assert "older kgraph" in result.stderr and len(extracted) == 7
    assert outputs(tmp_path / "out") == first


@pytest.mark.parametrize("content", [b"not a database at all" * 99, None], ids=["no database", "another's database"])
def test_what_is_no_workspace_is_left_alone(articles, tmp_path, content):
    path = tmp_path / "kept" / "workspace.sqlite"
    path.parent.mkdir()
    if content is None:
        with sqlite3.connect(path) as database:
            database.execute("CREATE TABLE mine (a)")
        content = path.read_bytes()
    path.write_bytes(content)
    result = run("build", articles, "-o", tmp_path / "g.ttl", "--workspace", path.parent)
    assert result.exit_code == 1 and len(result.stderr.splitlines()) == 1 and str(path.parent) in result.stderr
    assert path.read_bytes() == content


def limit(size):
    """What a full disk is like: no file may grow beyond `size` bytes."""

    def set_limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return set_limit


@pytest.mark.parametrize("size", [1_000, 60_000], ids=["for the database", "for what is read"])
def test_where_there_is_no_room_the_old_graph_stays_and_the_reason_is_given(articles, tmp_path, size):
    folder = tmp_path / "out"
    before = build(articles / "leeds.txt", folder)
    (articles / "long.txt").write_text("Nothing happened. " * 10_000)
    assert_fails_in_one_line(start(articles, folder, preexec_fn=limit(size)), folder / "g.workspace")
    assert outputs(folder) == before
    (articles / "long.txt").unlink()
    assert build(articles, folder) == build(articles, tmp_path / "anew" / "out")


def test_where_there_is_no_room_for_the_graph_none_of_its_files_changes(articles, tmp_path):
    folder = tmp_path / "out"
    before = build(articles, folder)
    (articles / "leeds.txt").unlink()
    size = 40_000  # for the graph, but not for the database, which is written as it was
    assert len(before["g.ttl"]) > size + 5_000
    assert_fails_in_one_line(start(articles, folder, preexec_fn=limit(size)), folder / "g.ttl")
    assert outputs(folder) == before


def assert_fails_in_one_line(process, about):
    said = process.communicate()[1]
    assert process.returncode == 1
    assert len(said.splitlines()) == 1 and said.startswith("kgraph: ") and str(about) in said, said


@contextmanager
def nobody():
    """Without the rights of root, whom no folder is read-only to."""
    if os.getuid() == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if os.getuid() == 0:
            os.seteuid(0)


@pytest.mark.parametrize("writable", ["nothing", "workspace"])
def test_in_a_read_only_folder_the_old_graph_stays_and_the_reason_is_given(articles, writable):
    with tempfile.TemporaryDirectory() as name:  # not below pytest's, which nobody else may enter
        top = Path(name)
        top.chmod(0o755)
        sources = shutil.copytree(articles, top / "articles")
        before = build(sources / "leeds.txt", top / "out")
        for path in [*top.rglob("*"), top / "out"]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        if writable == "workspace":
            for path in [top / "out" / "g.workspace", *(top / "out" / "g.workspace").iterdir()]:
                path.chmod(0o777)
        with nobody():
            result = run("build", sources, "-o", top / "out" / "g.ttl", "-o", top / "out" / "g.graphml")
            listed = run("sources", top / "out" / "g.workspace")
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1 and str(top / "out") in result.stderr
        assert outputs(top / "out") == before
        assert listed.exit_code == 0 and "leeds.txt" in listed.stdout
        for path in [top / "out", *top.rglob("*")]:
            path.chmod(0o755)


def test_read_workspace_needs_one(tmp_path):
    with pytest.raises(ValueError, match="no workspace"):
        read_workspace(tmp_path)
