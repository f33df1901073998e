"""Minutes and repaired parses as a reader meets them: on texts of our own, through the whole extraction."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph import readers
from kgraph.documents import Document
from kgraph.extract import extract, read
from kgraph.facts import Entity, Fact
from kgraph.language import load
from kgraph.ontology import load_ontology

MINUTES = """Northby Council: Minutes of the Audit Committee, 4 June 2024

Present: Councillors A. Smith (Chair), B. Jones and Mrs C. Patel; Mr P. Obi (Director of Finance).

Apologies were received from Councillor Gough, for whom Councillor Hill substituted.

RESOLVED that the report be noted.
"""


def _facts(text: str, relation: str) -> list[Fact]:
    document = Document(id="x", text=text, source="-", published="2024-06-20")
    return [f for f in extract(read(document, load(), load_ontology())) if f.relation == relation]


def _names(facts: list[Fact], argument: str) -> set[str]:
    values = (f.arguments[argument] for f in facts)
    return {v.text for v in values if isinstance(v, Entity)}


def test_minutes_tell_who_met_and_when() -> None:
    (meeting,) = [f for f in _facts(MINUTES, "meets") if "when" in f.arguments]
    assert _names([meeting], "body") == {"Audit Committee"}
    assert meeting.arguments["when"] == "2024-06-04"


def test_councillors_present_or_excused_are_members_and_officers_and_substitutes_are_not() -> None:
    members = _names(_facts(MINUTES, "member-of"), "person")
    assert {"B. Jones", "C. Patel"} <= {name.removeprefix("Mrs ") for name in members}
    assert not any("Obi" in name or "Hill" in name for name in members)


def test_what_is_resolved_the_body_has_resolved() -> None:
    assert _names(_facts(MINUTES, "decides"), "body") == {"Audit Committee"}


def test_other_texts_record_no_meeting() -> None:
    assert _facts("The minutes ticked by. Northby Council said nothing.", "meets") == []


@pytest.mark.parametrize("verb", ["elected", "re-elected", "appointed"])
def test_to_be_elected_is_no_former_office(verb: str) -> None:
    text = f"Ann Other was {verb} leader of Northby Council in May 2023."
    assert [f.arguments["role"] for f in _facts(text, "appoints")] == ["leader"]
    assert not [f for f in _facts(text, "holds-role") if f.arguments.get("status") == "former"]


def test_a_title_counts_where_only_the_date_line_below_it_is_furniture(tmp_path: Path) -> None:
    file = tmp_path / "minutes.txt"
    file.write_text(
        "Minutes of the Audit Committee, Northby Council\nPublished: 2024-06-20\n\n"
        "Present: Councillors A. Smith (Chair) and B. Jones (substituting for Councillor Gough).\n\n"
        "RESOLVED that the report be noted.\n"
    )
    (document,) = readers.read([str(file)])
    facts = list(extract(read(document, load(), load_ontology())))
    assert _names([f for f in facts if f.relation == "decides"], "body") == {"Audit Committee"}
    assert _names([f for f in facts if f.relation == "member-of"], "person") == {"A. Smith"}


def test_each_item_of_a_list_of_resolutions_is_a_decision() -> None:
    text = """Audit Committee, Northby Council

Held on 4 June 2024 in Room 2.

The Director spoke.

RESOLVED (i) that the report be noted; (ii) that the Leader be invited to the next meeting; and (iii) that Tom Field
attend.

AGREED

(1) That the fees be reviewed.
"""
    decided = _facts(text, "decides")
    assert _names(decided, "body") == {"Audit Committee"}
    worded = [str(f.arguments["decision"]) for f in decided]
    assert len(worded) == 4
    assert worded[:2] == ["note report", "invite Leader to next meeting"]
    assert worded[3] == "review fees"
