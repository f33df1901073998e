"""Formal judgements, and what only sounds like one."""

import pytest

from tests.sentences import facts, plain

S = "Ofsted has inspected Sefton Council. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sefton Council was rated inadequate by Ofsted.", {"judgement": "inadequate"}),
        ("Ofsted rated Sefton Council good.", {"judgement": "good"}),
        ("Ofsted judged Sefton Council's services to be outstanding.", {"judgement": "outstanding"}),
        (S + "Its children's services were judged to require improvement.", None),
        (S + "It was given a rating of “requires improvement” by the watchdog.", {"judgement": "requires improvement"}),
        (S + "The 'inadequate' council has a plan.", {"judgement": "inadequate"}),
        (S + "Its rating went from “good” to “inadequate”.", {"judgement": "inadequate", "previous": "good"}),
        (
            "Ofsted gave children's services at Sefton Council an “inadequate” rating in May 2016.",
            {"judgement": "inadequate", "service": "children's services", "when": "2016-05"},
        ),
        ("Sefton Council could be rated inadequate by Ofsted.", {"judgement": "inadequate", "certainty": "possible"}),
    ],
)
def test_judgements(text: str, expected: dict[str, str] | None) -> None:
    found = [plain(f) for f in facts(text, "rates")]
    if expected is None:
        assert found == []
    else:
        assert {"inspector": "Ofsted", "body": "Sefton Council", **expected} in found


@pytest.mark.parametrize(
    "text",
    [
        S + "It was a hair's breadth from good.",
        S + "Its services are not rated inadequate.",
        S + "It is no longer rated inadequate.",
        S + "Good practice was seen, and leaders are good at listening.",
        S + "Most schools were judged to be good or better.",
        "Sefton Council was rated inadequate.",  # by nobody that the text names
    ],
)
def test_what_is_no_judgement(text: str) -> None:
    assert facts(text, "rates") == []


def test_both_years_are_a_judgement_each() -> None:
    found = facts("Ofsted judged Sefton Council inadequate in both 2016 and 2018.", "rates")
    assert [f.arguments["when"] for f in found] == ["2016", "2018"]
