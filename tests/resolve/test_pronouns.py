"""Who a pronoun means, and who an office: by the shipped pipeline; without it there is nothing to test."""

import pytest

from tests.extract.parsed import reading


def links(text: str) -> list[tuple[str, str]]:
    """Pronouns and offices of a text with whom each stands for, in order."""
    return [(m.text.lower(), m.entity.text) for m in reading(text).pronouns]


def links_behind_the_first_stop(text: str) -> list[tuple[str, str]]:
    return [(m.text.lower(), m.entity.text) for m in reading(text).pronouns if m.start > text.index(". ")]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Ann Other has resigned. She had led the team since 2015.", ("she", "Ann Other")),
        ("Tom Field met Ann Other. He thanked her.", ("he", "Tom Field")),
        ("Tom Field met Ann Other. She thanked him.", ("she", "Ann Other")),
        ("Ann Field is suspended. Her deputy, Imran Other, is in charge. She may respond.", ("she", "Ann Field")),
        ("Mary Field spoke. As for Ann Other, she will wait.", ("she", "Ann Other")),
        ("Tom Field told reporters that Mrs Quibble had announced her retirement.", ("her", "Mrs Quibble")),
        ("The Housing Ombudsman blamed Northby Council and ordered it to pay.", ("it", "Northby Council")),
        ("Northby Council has apologised. It said lessons had been learned.", ("it", "Northby Council")),
    ],
)
def test_a_reference_is_linked(text: str, link: tuple[str, str]) -> None:
    assert link in links(text)


def test_an_office_is_its_holder_wherever_it_is_spoken_of() -> None:
    text = "Ann Other, leader of Northby Council, was away. The leader will return in May."
    assert links_behind_the_first_stop(text) == [("leader", "Ann Other")]


@pytest.mark.parametrize(
    "text",
    [
        "It was raining. It is clear that it was time to go.",
        "Tom Field and Jack Stone met in May. He was late.",
        "Ann Other was leader of Northby Council. A new leader will be chosen.",
    ],
)
def test_what_is_open_is_left_open(text: str) -> None:
    assert links(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ann Other, deputy leader of Northby Council, spoke. The leader of the council was away.",
        "Ann Other, leader of Northby Council, met Jo Bloggs, leader of Southby Council. The leader was pleased.",
    ],
)
def test_an_office_of_two_or_of_another_is_left_open(text: str) -> None:
    assert links_behind_the_first_stop(text) == []


def test_an_office_opens_a_story_whose_holder_is_named_next() -> None:
    text = "The leader of Northby Council has resigned.\n\nAnn Other told colleagues that she would go in May."
    assert ("leader", "Ann Other") in links(text)


def test_mentions_of_pronouns_reread() -> None:
    text = "Ann Other has resigned. She had led the team since 2015."
    assert all(text[m.start : m.end] == m.text for m in reading(text).pronouns)
