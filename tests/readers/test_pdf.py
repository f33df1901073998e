"""PDF: paragraphs mended, pages kept, running lines gone; the reports' opening form stays readable."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen import canvas

from kgraph.documents import Document
from kgraph.readers import Failure, read
from kgraph.readers.reflow import reflow

REPORTS = Path(__file__).parents[2] / ".." / "shared" / "data" / "reports" / "ofsted_ilacs"


def pdf(path: Path, pages: list[list[str]], title: str | None = None, **options: object) -> Path:
    page = canvas.Canvas(str(path), **options)
    if title:
        page.setTitle(title)
    for lines in pages:
        for i, line in enumerate(lines):
            if line:
                page.drawString(60, 800 - 14 * i, line)
        page.showPage()
    page.save()
    return path


def read_pdf(path: Path) -> Document:
    (document,) = read([str(path)])
    assert isinstance(document, Document), document
    return document


def test_lines_become_paragraphs_across_pages_and_running_lines_go(tmp_path: Path) -> None:
    pages = [
        [
            "Report on Example",
            "",
            "The first sentence of this report goes over two lines, as most sentences do,",
            "and the paragraph is contin-",
        ],
        [
            "Report on Example",
            "ued on the next page, where it comes to its end.",
            "Findings",
            "",
            "A second paragraph, which says that continued supervision by the department",
        ],
        ["Report on Example", "is needed. It ends here."],
    ]
    for number, lines in enumerate(pages, 1):
        lines.append(f"Page {number} of 3")
    document = read_pdf(pdf(tmp_path / "a.pdf", pages))
    assert "Page" not in document.text
    assert document.text.count("Report on Example") == 1
    assert "goes over two lines, as most sentences do, and the paragraph is continued on the next page" in document.text
    assert "supervision by the department is needed." in document.text
    assert document.page(document.text.index("first sentence")) == 1
    assert document.page(document.text.index("Findings")) == 2
    assert document.page(document.text.index("is needed")) == 3
    assert document.title == "Report on Example"


def test_the_title_of_the_properties_counts_if_the_page_has_it_too(tmp_path: Path) -> None:
    lines = [["Inspection of Example", "Words that follow."]]
    assert read_pdf(pdf(tmp_path / "a.pdf", lines, "Inspection of Example")).title == "Inspection of Example"
    assert read_pdf(pdf(tmp_path / "b.pdf", lines, "Example - draft report")).title == "Inspection of Example"
    assert read_pdf(pdf(tmp_path / "b.pdf", lines)).published is None


def test_encrypted_without_a_password_is_read_and_with_one_refused(tmp_path: Path) -> None:
    pdf(tmp_path / "plain.pdf", [["Some words."]])
    for name, password in (("open.pdf", ""), ("locked.pdf", "secret")):
        writer = PdfWriter(clone_from=PdfReader(tmp_path / "plain.pdf"))
        writer.encrypt(password, "owner", algorithm="AES-256")
        writer.write(tmp_path / name)
    assert read_pdf(tmp_path / "open.pdf").text == "Some words."
    (refused,) = read([str(tmp_path / "locked.pdf")])
    assert isinstance(refused, Failure) and "password" in refused.reason


def test_a_pdf_cut_anywhere_is_one_failure_or_whole(tmp_path: Path) -> None:
    data = pdf(tmp_path / "a.pdf", [["Some words."], ["More words."]]).read_bytes()
    for length in range(10, len(data), 97):
        (tmp_path / "cut.pdf").write_bytes(data[:length])
        (item,) = read([str(tmp_path / "cut.pdf")])
        assert isinstance(item, Failure), length


def test_a_page_that_cannot_be_read_is_reported_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pdf(tmp_path / "a.pdf", [["First."], ["Second."], ["Third."]])
    extract = __import__("pypdf").PageObject.extract_text

    def extract_or_fail(page: object) -> str:
        text: str = extract(page)
        if "Second" in text:
            raise ValueError("bad font")
        return text

    monkeypatch.setattr("pypdf.PageObject.extract_text", extract_or_fail)
    document, failure = read([str(path)])
    assert isinstance(document, Document) and document.text.split() == ["First.", "Third."]
    assert document.page(document.text.index("Third")) == 3
    assert isinstance(failure, Failure) and failure.reason == "page 2 of 3 could not be read: ValueError: bad font"


def test_hyphens_are_kept_where_the_document_writes_them() -> None:
    lines = [
        "Long-term plans and the pre-proceedings protocol are read here by all who do long-",
        "term work, and informa-",
        "tion is shared, as information must be, in pre-",
        "proceedings.",
    ]
    text, _ = reflow([lines])
    assert "long-term work" in text and "information is shared" in text and "in pre-proceedings" in text


def test_short_lines_stay_lines_and_lists_stay_lists() -> None:
    prose = ["A long line of prose that fills the width of the page from side to side, as they do,"] * 6
    text, _ = reflow(
        [
            [
                "Judgement Grade",
                "The impact of leaders on practice with",
                "children and families",
                "Good",
                "",
                *prose,
                "1. A first item which is long enough to fill the line up to its very end, so that it goes",
                "on here.",
                "2. A second item.",
                "• A bullet",
            ]
        ]
    )
    assert text.startswith(
        "Judgement Grade\nThe impact of leaders on practice with children and families\nGood\n\nA long"
    )
    assert "goes on here.\n\n2. A second item.\n\n• A bullet" in text


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40), max_size=8), max_size=5))
def test_reflow_loses_nothing_but_hyphens_and_white_space(pages: list[list[str]]) -> None:
    text, starts = reflow(pages)
    assert len(starts) == len(pages) and list(starts) == sorted(starts) and all(0 <= s <= len(text) for s in starts)

    def bare(string: str) -> str:
        return "".join(c for c in string if c not in "-\xad‐" and not c.isspace())

    assert bare(text) == bare("".join("".join(page) for page in pages))


@pytest.mark.skipif(not REPORTS.exists(), reason="needs the development reports")
def test_a_report_has_the_words_of_its_text_and_an_opening_to_read() -> None:
    for stem, lead in (
        (
            "2637539_north_northamptonshire_children_s_services_inspection_07_july_2026",
            "David Cohen, His Majesty’s Inspector",
        ),
        ("80533_nottingham_children_s_services_inspection_05_september_2022", "Andy Waugh, Her Majesty’s Inspector"),
    ):
        document = read_pdf(REPORTS / "pdf" / f"{stem}.pdf")
        lines = document.text.split("\n")
        assert f"Lead inspector: {lead}" in lines
        assert "Judgement Grade" in lines
        assert "The experiences and progress of children who need help and protection" in lines
        # The sibling text is another reading of the same file: all its words are here, but for the running lines.
        theirs = (REPORTS / "text" / f"{stem}.txt").read_text().replace("-\n", "").split()
        missing = set(theirs) - set(document.text.split())
        assert len(missing) < 0.01 * len(set(theirs)), missing
        assert document.page(document.text.index("Judgement Grade")) == 1
        assert document.page(document.text.rindex("Crown copyright")) == len(document.pages)


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kgraph.readers.pdf.MAX_PAGES", 3)
    (item,) = read([str(pdf(tmp_path / "a.pdf", [["Words."]] * 4))])
    assert isinstance(item, Failure) and "4 pages" in item.reason
