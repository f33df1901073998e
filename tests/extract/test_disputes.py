"""Who rejects which claim, and whose it is, by sentences made up here."""

from __future__ import annotations

import pytest

from kgraph.extract.disputes import extract_disputes
from kgraph.facts import Entity
from tests.extract.parsed import reading


def disputes(text: str) -> list[tuple[str, str | None]]:
    """Who disputes, and whose claim."""
    found = []
    for fact in extract_disputes(reading(text)):
        speaker, other = fact.arguments["speaker"], fact.arguments.get("other")
        assert isinstance(speaker, Entity)
        found.append((speaker.text, other.text if isinstance(other, Entity) else None))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Doe denied that money had gone missing.", ("Jane Doe", None)),
        ("Jane Doe rejected claims that money had gone missing.", ("Jane Doe", None)),
        (
            "John Roe spoke first. Jane Doe rejected John Roe's claim that money had gone missing.",
            ("Jane Doe", "John Roe"),
        ),
        ("John Roe said money had gone missing. That was challenged by Jane Doe.", ("Jane Doe", "John Roe")),
        ("John Roe said money had gone missing. “That is not the case,” said Jane Doe.", ("Jane Doe", "John Roe")),
        ("John Roe said money had gone missing. “Nonsense,” said Jane Doe.", ("Jane Doe", "John Roe")),
        ("Jane Doe described the allegations as “baseless”.", ("Jane Doe", None)),
        ("Jane Doe did not accept the claim that money had gone missing.", ("Jane Doe", None)),
        (
            "John Roe said money had gone missing. Jane Doe denied that money had gone missing.",
            ("Jane Doe", "John Roe"),
        ),
    ],
)
def test_rejections(text: str, expected: tuple[str, str | None]) -> None:
    assert disputes(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe rejected the planning application.",
        "The board dismissed Jane Doe.",
        "Jane Doe said that money had gone missing.",
        "Jane Doe did not contest the findings.",
        "Jane Doe described the report as “fair”.",
        "Jane Doe insisted that no money had gone missing.",  # nobody has said so
        "Jane Doe does not accept that money has gone missing.",
        "John Roe asked whether money had gone missing. Jane Doe said that was not so.",
        "John Roe said money had gone missing. Jane Doe was sad that the report does not reflect the work of staff.",
    ],
)
def test_no_rejection_of_a_claim(text: str) -> None:
    assert disputes(text) == []


def test_the_claim_is_what_was_said_before() -> None:
    text = "John Roe said money had gone missing. “That is simply not the case,” said Jane Doe."
    (fact,) = extract_disputes(reading(text))
    assert fact.arguments["claim"] == "money had gone missing"
    assert fact.evidence.text == "“That is simply not the case,” said Jane Doe."


@pytest.mark.parametrize(
    "answer",
    [
        "Jane Doe hit back at the criticism.",
        "Jane Doe, however, disagreed.",
        "Jane Doe does not agree.",
        "Jane Doe begs to differ.",
        "Jane Doe sees it differently.",
        "Jane Doe gave a different account.",
        "Jane Doe cast doubt on John Roe's version of events.",
        "Jane Doe refuses to accept that the bridge was closed without warning.",
        "Jane Doe branded the claims nonsense.",
        "Jane Doe called it a lie.",
        "Jane Doe accused John Roe of making it up.",
        "Jane Doe said the opposite was true.",
        "Jane Doe said the claims did not stand up to scrutiny.",
        "Jane Doe said John Roe's version was “a fairy tale”.",
        "It was a charge that Jane Doe rejected.",
    ],
)
def test_ways_to_disagree(answer: str) -> None:
    said = "John Roe said the bridge had been closed without any warning. "
    assert disputes(said + answer) == [("Jane Doe", "John Roe")]
