"""Plain text: encodings, the header, and that offsets are those of the file's own characters."""

import codecs
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.documents import Document
from kgraph.readers import read
from kgraph.readers.encoding import clean, decode
from kgraph.readers.source import UnreadableError
from kgraph.readers.text import edtf_date

WORDS = "The council’s £3m plan – “a café”, said Zoë Müller – was agreed. "


def read_text(path: Path, data: bytes | str) -> Document:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    (document,) = read([str(path)])
    assert isinstance(document, Document), document
    return document


@pytest.mark.parametrize(
    "data",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        WORDS.encode("utf-16"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        WORDS.encode("utf-16-le"),
        WORDS.encode("utf-16-be"),
        WORDS.encode("utf-32"),
        WORDS.encode("cp1252"),
    ],
)
def test_encodings_that_files_come_in(tmp_path: Path, data: bytes) -> None:
    assert read_text(tmp_path / "a.txt", data).text == WORDS


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Señor Müller paid £300 for crèche places.", "latin-1"),
        ("Zażółć gęślą jaźń w Łodzi i Gdańsku, powiedział burmistrz. " * 3, "cp1250"),
        ("Совет принял решение о бюджете на следующий год. " * 3, "cp1251"),
        ("市議会は来年度の予算を可決した。" * 5, "shift_jis"),
    ],
)
def test_encodings_that_must_be_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_utf8_with_a_damaged_byte_stays_utf8() -> None:
    assert decode(("café £ “x” " * 20).encode()[:-5] + b"\xff end").endswith("\ufffd end")
    assert "café" in decode(("café £ “x” " * 20).encode() + b"\xff")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1))
def test_whatever_is_utf8_reads_back(text: str) -> None:
    if text.lstrip("\ufeff")[:4] and not text.startswith(("\ufeff", "GIF8", "{\\rtf")):
        assert decode(text.encode()) == text


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1).map(lambda s: "A line.\n" + s))
def test_latin_text_reads_back_from_utf16_with_and_without_mark(text: str) -> None:
    assert decode(text.encode("utf-16")) == decode(text.encode("utf-16-le")) == decode(text.encode("utf-16-be")) == text


@given(st.binary())
def test_any_bytes_are_text_or_refused_with_a_reason(data: bytes) -> None:
    try:
        text = clean(decode(data))
    except UnreadableError as error:
        assert str(error)
    else:
        assert not set(text) & set("\0\r\f\x85\u2028\ufffe") and not any("\ud800" <= c <= "\udfff" for c in text)
        text.encode()


@given(st.text().filter(lambda s: "\r" not in s))
def test_cleaning_moves_no_offset_and_does_nothing_twice(text: str) -> None:
    assert len(clean(text)) == len(text)
    assert clean(clean(text)) == clean(text)


def test_newlines_are_one_character(tmp_path: Path) -> None:
    assert read_text(tmp_path / "a.txt", b"One.\r\nTwo.\rThree.\n").text == "One.\nTwo.\nThree.\n"


@pytest.mark.parametrize(
    ("text", "title", "published"),
    [
        ("A headline\nPublished: 2021-03-04\n\nText.", "A headline", "2021-03-04"),
        ("Published: 2021-03\n\nText.", None, "2021-03"),
        ("A headline\nPublished: 4 March 2021\n\nText.", "A headline", "2021-03-04"),
        ("A headline\nPublished: 2021-13-45\n\nText.", "A headline", None),
        ("A headline\n\nText that goes on.", "A headline", None),
        ("A first sentence, which is none.\n\nText.", None, None),
        ("A line that\nis broken\n\nText.", None, None),
        ("Only one line", None, None),
    ],
)
def test_the_header(tmp_path: Path, text: str, title: str | None, published: str | None) -> None:
    document = read_text(tmp_path / "a.txt", text)
    assert (document.text, document.title, document.published) == (text, title, published)
    if "Published" in text:
        assert document.is_furniture(text.index("Published"), text.index("\n\n"))


def test_form_feeds_begin_pages(tmp_path: Path) -> None:
    document = read_text(tmp_path / "a.txt", "One\r\nand\f\r\nTwo\fThree")
    assert [document.page(document.text.index(word)) for word in ("One", "and", "Two", "Three")] == [1, 1, 2, 3]
    assert "\f" not in document.text


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-02-29", "2024-02-29"),
        ("2023-02-29", None),
        ("2024-02", "2024-02"),
        ("2024", "2024"),
        ("2024-02-29T10:00:00Z", "2024-02-29"),
        ("1 May 2024", "2024-05-01"),
        ("01/05/2024", "2024-05-01"),
        ("soon", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert edtf_date(text) == date


def test_reading_takes_time_in_proportion_to_the_text(tmp_path: Path) -> None:
    def seconds(copies: int) -> float:
        start = time.process_time()
        document = read_text(tmp_path / "a.txt", ("A line of text, as many are.\nAnother one 7\n\n" * copies))
        assert len(document.text) == 44 * copies
        return time.process_time() - start

    seconds(1000)
    assert seconds(16_000) < 10 * max(seconds(4_000), 0.02)  # four times the text; a square would be sixteen
