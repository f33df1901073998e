"""Stance of content that no verb tells: how strongly words judge and whom, what is yet to come, who speaks."""

from __future__ import annotations

import pytest

from kgraph.extract.cues import load_cues
from kgraph.extract.stance import Manner, features, stance
from kgraph.extract.statements import find_statements
from tests.extract.parsed import ontology, pipeline, reading

OUTSIDER = Manner(kind="person", name="Jane Doe")


def marked(words: str, manner: Manner = OUTSIDER) -> frozenset[str]:
    return frozenset(features(load_cues(ontology()), list(pipeline()(words)), manner))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # How strongly a word judges
        ("Jane Doe said the volunteers had been magnificent.", "welcomes"),
        ("Jane Doe said the sale had been a fiasco.", "criticises"),
        # Words with hyphens are found though the tokeniser parts them
        ("Jane Doe said it was a witch-hunt.", "criticises"),
        # Fault is owned up to by whose it is, and found by others
        ("Jane Doe, the chief executive, said: “We fell short and there is no excuse.”", "accepts"),
        ("Jane Doe said that Bristol City Council had fallen short and had let people down.", "criticises"),
        # What the speaker will do for others, what they want done
        ("“We will refund every tenant,” said Jane Doe.", "promises"),
        ("“I want the fence mended,” said Jane Doe.", "calls-for"),
        ("“Publish the contract,” said Jane Doe.", "calls-for"),
        # Harm that is yet to come
        ("Jane Doe said patients would die.", "warns"),
    ],
)
def test_content_tells_the_stance(text: str, expected: str) -> None:
    (statement,) = find_statements(reading(text))
    assert statement.stance == expected


def test_what_stands_before_but_weighs_less() -> None:
    conceded = marked("The staff were wonderful but the food was dreadful.")
    assert {"sub praise", "scandal", "tone bad"} <= conceded
    assert "praise" not in conceded
    both = marked("The food was dreadful but the staff were wonderful.")
    assert {"sub scandal", "praise", "tone good"} <= both


def test_not_only_but_takes_nothing_back() -> None:
    assert {"praise", "virtue"} <= marked("The staff were not only brilliant but compassionate.")


def test_service_counts_where_it_is_to_come_or_was_not_done() -> None:
    assert "self service" in marked("We will repair the roof.", Manner(quoted=True, kind="council"))
    assert "not service" in marked("The landlord did not repair the roof.")
    done = marked("The landlord repaired the roof.")
    assert not any("service" in feature for feature in done)


def test_fault_of_a_named_other_is_no_admission() -> None:
    ours = marked("We fell short.", Manner(quoted=True, kind="person"))
    theirs = marked("Bristol City Council fell short.")
    assert "self admission" in ours or "admission" in ours
    assert "failure" in theirs and "admission" not in theirs


def test_who_speaks_weighs_for_people_in_charge_and_lookers_on_alike() -> None:
    words = list(pipeline()("The plans we write are poor."))
    charge = Manner(quoted=True, kind="person", standing="charge")
    assert "charge tone bad" in set(features(load_cues(ontology()), words, charge))
    assert stance(load_cues(ontology()), words, Manner(quoted=True, kind="person", standing="critic")) == "criticises"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("The Labour group leader, Jane Doe, said that the roof was leaking.", "group"),
        ("The council leader, Jane Doe, said that the roof was leaking.", "head"),
        ("Jane Doe, whose mother lives in the home, said that the roof was leaking.", "lay"),
        ("The former mayor, Jane Doe, said that the roof was leaking.", "former"),
    ],
)
def test_what_kind_of_person_speaks(text: str, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Manner] = []

    def spy(cues: object, content: object, manner: Manner) -> str:
        seen.append(manner)
        return "states"

    monkeypatch.setattr("kgraph.extract.statements.stance", spy)
    find_statements(reading(text))
    assert [mark in m.marks for m in seen] == [True]
