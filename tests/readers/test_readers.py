"""Sources, formats told by content, and bad inputs: each one line naming file and reason, and the others go on."""

import io
import json
import os
import pickle
import sys
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from kgraph.documents import Document
from kgraph.readers import Failure, Source, find, read, read_source


def failure(path: Path | str) -> str:
    """The one line said of a source that gives nothing else."""
    (item,) = read([str(path)])
    assert isinstance(item, Failure), item
    line = str(item)
    assert len(line.splitlines()) == 1
    return line


def pdf_bytes(*lines: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, **options)
    for i, line in enumerate(lines):
        page.drawString(72, 800 - 14 * i, line)
    page.showPage()
    page.save()
    return buffer.getvalue()


def test_a_folder_is_read_through_in_order_and_named_by_path_below_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/y.TXT", ".hidden/x.txt", "a/.x.txt", "notes.xyz", "data.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Some text.")
    assert [s.id for s in find([str(tmp_path)])] == ["a/b/y.TXT", "a/z.txt", "b.txt"]
    assert [d.id for d in read([str(tmp_path)])] == ["a/b/y.TXT", "a/z.txt", "b.txt"]


def test_a_file_is_called_by_its_name_and_read_once(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("Text.")
    found = find([str(path), str(tmp_path), str(tmp_path / "*.txt")])
    assert found == [Source(str(path), "one.txt")]
    assert pickle.loads(pickle.dumps(found)) == found


def test_files_of_one_name_are_told_apart_by_their_paths(tmp_path: Path) -> None:
    for folder in ("north", "south"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "minutes.txt").write_text(folder)
    ids = [d.id for d in read([str(tmp_path / "north"), str(tmp_path / "south")])]
    assert ids == [(tmp_path / f / "minutes.txt").as_posix() for f in ("north", "south")]


def test_a_glob_matches_in_order_and_a_file_with_such_a_name_is_itself(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "[1].txt"):
        (tmp_path / name).write_text(name)
    assert [d.id for d in read([str(tmp_path / "?.txt")])] == ["a.txt", "b.txt"]
    assert [d.id for d in read([str(tmp_path / "[1].txt")])] == ["[1].txt"]


def test_standard_input_is_told_by_content(monkeypatch: pytest.MonkeyPatch) -> None:
    def given(data: bytes) -> list[Document | Failure]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        return list(read(["-"]))

    assert [(d.id, d.text) for d in given(b"Plain words.")] == [("-", "Plain words.")]
    assert [(d.id, d.text) for d in given(b'{"text": "One."}\n{"text": "Two."}\n')] == [
        ("-#1", "One."),
        ("-#2", "Two."),
    ]
    (page,) = given(b"<!DOCTYPE html><html><body><p>A paragraph of a page.</p></body></html>")
    assert (page.media_type, page.text) == ("text/html", "A paragraph of a page.")
    (paper,) = given(pdf_bytes("A paper."))
    assert (paper.media_type, paper.text) == ("application/pdf", "A paper.")
    (nothing,) = given(b"")
    assert str(nothing) == "-: empty"


def test_content_goes_before_extension(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_bytes(pdf_bytes("A paper."))
    (tmp_path / "page.txt").write_text("<html><body><p>A page with words.</p></body></html>")
    (tmp_path / "lines.txt").write_text('{"text": "One."}\n')
    (tmp_path / "unknown").write_text("Words.")
    assert next(iter(read([str(tmp_path / "paper.txt")]))).media_type == "application/pdf"
    assert next(iter(read([str(tmp_path / "page.txt")]))).media_type == "text/html"
    assert next(iter(read([str(tmp_path / "lines.txt")]))).id == "lines.txt#1"
    assert next(iter(read([str(tmp_path / "unknown")]))).text == "Words."


def test_the_default_date_is_for_documents_without_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Title\nPublished: 2021-03-04\n\nText.")
    (tmp_path / "b.txt").write_text("Text.")
    assert [d.published for d in read([str(tmp_path)], default_date="2020-01-01")] == ["2021-03-04", "2020-01-01"]


def test_bad_inputs_are_one_line_each_and_the_others_are_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    good = pdf_bytes("A page of words.", "And more of them.")
    files = {
        "empty.txt": b"",
        "white.txt": b" \n\t\n",
        "binary.txt": os.urandom(64) + b"\0\1\2\0\0\3" + bytes(range(256)) * 4,
        "nul.txt": b"Words and \0 then more words.",
        "image.txt": b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        "cut.pdf": good[: len(good) // 2],
        "not.pdf": b"This is no PDF.",
        "empty.pdf": b"",
        "notext.html": b"<html><head><title>T</title></head><body><script>x()</script><img src=a></body></html>",
        "cut.docx": b"PK\x03\x04" + b"\x14\0" * 40,
        "not.docx": b"words",
        "old.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,
        "locked.pdf": pdf_bytes("Secret.", encrypt="password"),
        "blank.pdf": pdf_bytes(),
        "zz-good.txt": b"A good one.",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    items = list(read([str(tmp_path), str(tmp_path / "missing.txt"), str(tmp_path / "*.nothing")]))
    assert [d.id for d in items if isinstance(d, Document)] == ["zz-good.txt"]
    said = {Path(f.source).name: f.reason for f in items if isinstance(f, Failure)}
    assert set(said) == {*files, "broken.txt", "missing.txt", "*.nothing"} - {"zz-good.txt"}
    expected = {
        "empty.txt": "empty",
        "white.txt": "white space",
        "binary.txt": "not a text",
        "nul.txt": "NUL",
        "image.txt": "PNG",
        "cut.pdf": "truncated",
        "not.pdf": "not a PDF",
        "empty.pdf": "empty",
        "notext.html": "no text found",
        "cut.docx": "DOCX",
        "not.docx": "not a DOCX",
        "old.docx": "old binary Office file",
        "locked.pdf": "password",
        "blank.pdf": "no text",
        "broken.txt": "broken symbolic link",
        "missing.txt": "no such file",
        "*.nothing": "no file matches",
    }
    assert {name: said[name] for name, reason in expected.items() if reason not in said[name]} == {}
    assert capfd.readouterr() == ("", "")  # no library says a word of its own


def test_a_folder_without_documents_says_so(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"x")
    assert "without documents" in failure(tmp_path)


def test_a_file_that_vanishes_after_it_was_found(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Text.")
    (source,) = find([str(path)])
    path.unlink()
    (item,) = read_source(source)
    assert isinstance(item, Failure) and "no such file" in item.reason


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Text.")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)  # tests may run as root, who may read all
    assert failure(path).endswith(": permission denied")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a regular file" in failure(tmp_path / "pipe.txt")


@pytest.mark.parametrize(
    "name",
    [
        'a "quoted".txt',
        "two\nlines.txt",
        "<script>alert(1)</script".replace("/", "|"),
        "es\x1b[31mc.txt",
        "r\u202eltxt",
    ],
)
def test_whatever_a_file_is_called_its_failure_is_one_plain_line(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    line = failure(tmp_path / name)
    assert line.endswith(": empty") and line.isprintable()
    (tmp_path / name).write_text("Words.")
    (document,) = read([str(tmp_path / name)])
    assert document.id == name and document.text == "Words."


def test_a_name_that_is_no_utf8_gets_an_id_that_can_be_written(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("Words.")
    (document,) = read([str(tmp_path)])
    assert document.id == "caf\ufffd.txt"


def test_json_lines_go_on_after_a_malformed_one(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    record = {
        "text": "Words.",
        "title": "T",
        "date": "2021-03",
        "url": "https://example.org/1",
        "publisher": "P",
        "id": 7,
    }
    lines = [
        json.dumps(record),
        "{broken",
        "",
        "[1]",
        '{"title": "no text"}',
        '{"text": "x", "date": "soon"}',
        '{"text": "Last."}',
    ]
    path.write_text("\n".join(lines))
    items = list(read([str(path)]))
    documents = [d for d in items if isinstance(d, Document)]
    assert [d.id for d in documents] == ["7", "news.jsonl#7"]
    first = documents[0]
    assert (first.title, first.published, first.url, first.publisher) == ("T", "2021-03", "https://example.org/1", "P")
    assert [f.source.rpartition("#")[2] for f in items if isinstance(f, Failure)] == ["2", "4", "5", "6"]


def test_json_that_is_not_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"facts": []}, indent=1))
    assert "not JSON Lines" in failure(path)
