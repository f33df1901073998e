"""Page furniture: on the development gold no evidence lies in it, and what states false facts does."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.documents import Document, Span
from kgraph.readers import read
from kgraph.readers.furniture import Patterns, by_wording, merged, running_lines

ROOT = Path(__file__).parents[2]
SHARED = ROOT / ".." / "shared"
SHIPPED = Patterns.load(ROOT / "ontology" / "furniture.yaml")


def furniture(text: str, title: str | None = None) -> list[str]:
    return [text[s.start : s.end] for s in by_wording(text, SHIPPED, title)]


@pytest.mark.skipif(not SHARED.exists(), reason="needs the development texts")
@pytest.mark.parametrize("folder", ["gold", "seeds"])
def test_no_gold_evidence_lies_in_furniture(folder: str) -> None:
    checked = 0
    for document in read([str(SHARED / folder)]):
        assert isinstance(document, Document), document
        gold = json.loads(Path(document.source).with_suffix(".json").read_text())
        for fact in gold["facts"]:
            start = document.text.index(fact["evidence"])
            assert not document.is_furniture(start, start + len(fact["evidence"])), fact["evidence"]
            checked += 1
    assert checked > 50


@pytest.mark.skipif(not SHARED.exists(), reason="needs the development texts")
@pytest.mark.parametrize("part", ["text/8045*2025.txt", "pdf/80571*.pdf"])
def test_running_headers_of_reports_are_no_story(part: str) -> None:
    for document in read([str(SHARED / "data/reports/ofsted_ilacs" / part)]):
        assert isinstance(document, Document), document
        title = document.text.index("Inspection of")
        assert not document.is_furniture(title, title + 13)
        opening = document.text.index("Lead inspector")
        assert not document.is_furniture(opening, opening + 14)
        story = "".join(
            c for i, c in enumerate(document.text) if not any(s.start <= i < s.end for s in document.furniture)
        )
        assert story.count("Crown copyright") == 0
        assert story.count("local authority children’s services \n") <= 2


@pytest.mark.parametrize(
    "line",
    [
        "Image source, Getty Images",
        "Town HallImage source, PA Media",
        "Image caption,",
        "• Published",
        "Published 12 March 2021",
        "26.02.19",
        "By Jane Doe",
        "By Jane Doe, local democracy reporter",
        "Presentational grey line",
        "Follow BBC Radio Example on Facebook, external, X, external. Send your story ideas to us@example.org",
        "Share this",
        "Read more: Other council in trouble",
        "READ MORE: Mayor resigns",
        "LISTEN: The mayor on the radio",
        "Sign up to our newsletter",
        "We use cookies to improve your experience.",
        "The BBC is not responsible for the content of external sites.",
        "Advertisement",
        "(Image: Example Council)",
        "12 comments",
        "© Example News 2021",
    ],
)
def test_lines_of_the_page(line: str) -> None:
    assert furniture(f"The council met.\n\n{line}\n\nIt agreed the budget.") == [line]


@pytest.mark.parametrize(
    "line",
    [
        'The council said it was "time for a change" following the report',
        "Published on Monday, the report found serious failures.",
        "By 2021 the council had spent it all.",
        "Read the report, the mayor told members.",
        "Comments by the leader caused a row.",
        "Follow the money, the auditor said.",
        "Image is not everything, said the leader.",
        "More on spending was to come, councillors said.",
        "'Accepted responsibility'",
    ],
)
def test_lines_of_the_story(line: str) -> None:
    assert furniture(f"The council met.\n\n{line}\n\nIt agreed the budget.") == []


def test_of_a_caption_only_the_credit_is_furniture() -> None:
    text = "Intro.\n\nThe council was rated inadequate. Picture: Example Council\n\nLeader Jane Doe. (Image: LDRS)"
    assert furniture(text) == ["Picture: Example Council", "(Image: LDRS)"]


def test_the_headline_counts_once() -> None:
    text = (
        "Leader 'resigns'\nPublished: 2021-01-01\n\nLeader ‘resigns’\n\nLeader 'resigns' image\n\nThe leader resigned."
    )
    assert furniture(text, "Leader 'resigns'")[-2:] == ["Leader ‘resigns’", "Leader 'resigns' image"]


def test_after_the_links_nothing_is_story_but_a_letterhead_is_no_end() -> None:
    text = "The council met. " * 9 + "\n\nRelated internet links\n\nThe mayor resigned in another place."
    assert furniture(text) == [text[text.index("Related") :]]
    imprint = "The Office for Standards in Education, Children’s Services and Skills"
    assert furniture(imprint + "\n\n" + "The council met. " * 30) == []


def test_in_hard_wrapped_text_a_line_that_goes_on_is_story() -> None:
    assert furniture("Workers visit often and\nkeep in touch with them.\nHome visits are rare.") == []


def test_running_headers_are_found_without_page_marks() -> None:
    body = "".join(f"A line of prose on page {{0}}, number {i} of many that\n" for i in range(30))
    pages = [body.format(chr(97 + n)) + f"Report on Example\n12 May 2021 Page {n}\n" for n in range(1, 6)]
    text = "Report on Example\n" + "".join(pages)
    found = [text[s.start : s.end] for s in running_lines(text)]
    assert sorted(found) == sorted(["Report on Example"] * 5 + [f"12 May 2021 Page {n}" for n in range(1, 6)])


def test_numbered_recommendations_are_no_page_numbers() -> None:
    text = "".join(
        f"Recommendation {n}\n" + "A line of what is recommended.\n" * (5 + 40 * (n % 3)) for n in range(1, 8)
    )
    assert list(running_lines(text)) == []


@given(st.text(), st.text() | st.none())
def test_spans_lie_in_the_text_sorted_and_apart(text: str, title: str | None) -> None:
    spans = merged([*by_wording(text, SHIPPED, title), *running_lines(text)])
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end < b.start for a, b in itertools.pairwise(spans))


def test_spans_that_touch_are_one() -> None:
    assert merged([Span(5, 9), Span(0, 2), Span(2, 4), Span(6, 7), Span(3, 3)]) == (Span(0, 4), Span(5, 9))


def test_a_bad_pattern_is_named(tmp_path: Path) -> None:
    path = tmp_path / "furniture.yaml"
    path.write_text("lines: ['(']")
    with pytest.raises(ValueError, match="lines"):
        Patterns.load(path)
