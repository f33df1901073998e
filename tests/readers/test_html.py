"""HTML: the story without the page around it, with title, date, site and address."""

from pathlib import Path

import pytest

from kgraph.documents import Document
from kgraph.readers import Failure, read

SENTENCES = [
    "The leader of the council resigned on Monday after a vote of members. " * 3,
    "She had led the council since 2019, and said that it was time for a change. " * 3,
]
PAGE = f"""<!DOCTYPE html><html><head><meta charset="{{charset}}"><title>Leader resigns - Town Paper</title>
<meta property="og:site_name" content="Town Paper"><link rel="canonical" href="https://example.org/news/1">
<meta property="article:published_time" content="2021-03-04T10:00:00Z">
<meta property="article:modified_time" content="2022-05-06T10:00:00Z"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Leader resigns</h1><p>{SENTENCES[0]}</p><p>{SENTENCES[1]} A café – £3m.</p>
<table><tr><th>Judgement</th><th>Grade</th></tr><tr><td>Leaders</td><td>Good</td></tr></table></article>
<section class="comments" id="comments"><p>I think the mayor should go too, says a reader.</p></section>
<footer><p>Follow us on Twitter. All rights reserved.</p></footer></body></html>"""


def read_html(path: Path, data: bytes) -> Document:
    path.write_bytes(data)
    (document,) = read([str(path)])
    assert isinstance(document, Document), document
    return document


def test_a_page(tmp_path: Path) -> None:
    document = read_html(tmp_path / "a.html", PAGE.format(charset="utf-8").encode())
    assert document.title == "Leader resigns"
    assert document.published == "2021-03-04"
    assert document.publisher == "Town Paper"
    assert document.url == "https://example.org/news/1"
    assert document.media_type == "text/html"
    paragraphs = document.text.split("\n\n")
    assert SENTENCES[0].strip() in paragraphs
    assert "Judgement\tGrade\nLeaders\tGood" in document.text
    for noise in ("Sport", "reader", "Follow us"):
        assert noise not in document.text


@pytest.mark.parametrize(("declared", "encoding"), [("utf-8", "cp1252"), ("iso-8859-1", "utf-8"), ("utf-8", "utf-16")])
def test_an_encoding_declared_wrongly(tmp_path: Path, declared: str, encoding: str) -> None:
    assert "A café – £3m." in read_html(tmp_path / "a.html", PAGE.format(charset=declared).encode(encoding)).text


def test_an_encoding_declared_rightly(tmp_path: Path) -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Совет принял решение.</p></body></html>'
    assert read_html(tmp_path / "a.html", page.encode("cp1251")).text == "Совет принял решение."


def test_a_date_in_the_prose_is_no_date_of_publication(tmp_path: Path) -> None:
    page = f"<html><body><article><p>On 5 May 2019 it began. {SENTENCES[0]}</p></article></body></html>"
    assert read_html(tmp_path / "a.html", page.encode()).published is None


def test_a_page_of_nested_elements_without_end(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<div>" * 100_000 + "x")
    (item,) = read([str(tmp_path / "a.html")])
    assert isinstance(item, Document | Failure)  # what matters is that it comes back


def test_a_page_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kgraph.readers.html.MAX_BYTES", 100)
    (tmp_path / "a.html").write_text(PAGE)
    (item,) = read([str(tmp_path / "a.html")])
    assert isinstance(item, Failure) and "more than" in item.reason
