"""DOCX: paragraphs and tables in order."""

import zipfile
from pathlib import Path

import docx
import pytest

from kgraph.documents import Document
from kgraph.readers import Failure, read


def test_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_heading("Minutes of Cabinet", 0)
    paper.add_paragraph("The cabinet met.")
    table = paper.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Name", "Role", "Jane\nDoe", "Leader"), strict=True
    ):
        cell.text = text
    paper.add_paragraph("It agreed the budget.")
    paper.save(str(tmp_path / "a.docx"))
    (document,) = read([str(tmp_path / "a.docx")])
    assert isinstance(document, Document)
    assert (
        document.text
        == "Minutes of Cabinet\n\nThe cabinet met.\n\nName\tRole\nJane Doe\tLeader\n\nIt agreed the budget."
    )
    assert (document.title, document.published) == ("Minutes of Cabinet", None)


def test_a_document_without_text(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    (item,) = read([str(tmp_path / "a.docx")])
    assert isinstance(item, Failure) and "no text" in item.reason


def test_an_archive_that_unpacks_to_more_than_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kgraph.readers.docx.MAX_UNPACKED", 10_000)
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "x" * 20_000)
    (item,) = read([str(tmp_path / "a.docx")])
    assert isinstance(item, Failure) and "unpacks" in item.reason


@pytest.mark.parametrize(("member", "reason"), [("xl/workbook.xml", "other than DOCX"), ("notes.txt", "ZIP archive")])
def test_other_archives_are_named(tmp_path: Path, member: str, reason: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr(member, "x")
        if member.startswith("xl"):
            archive.writestr("[Content_Types].xml", "x")
    (item,) = read([str(tmp_path / "a.docx")])
    assert isinstance(item, Failure) and reason in item.reason
