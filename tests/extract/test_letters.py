"""What a letter finds is said by whoever signs it."""

from __future__ import annotations

from kgraph.extract import extract
from kgraph.extract.letters import extract_letters
from tests.extract.parsed import reading

LETTER = """Visit to Leeds

Dear Ms Doe

Inspectors visited Leeds City Council in May.

What they saw

The leadership of the service is weak and far too slow to improve. Staff told inspectors that “nobody listens”.

You must publish a plan by June. I would like to thank your staff for their help.

{close}

John Roe
Inspector
"""


def stances(text: str) -> list[tuple[str, str]]:
    found = extract_letters(reading(text))
    return [(f.arguments["speaker"].text, str(f.arguments["stance"])) for f in found]  # type: ignore[union-attr]


def test_sentences_that_take_a_stance_are_the_signatorys() -> None:
    # not the plain fact, the heading, or what others have told
    assert stances(LETTER.format(close="Yours sincerely")) == [
        ("John Roe", "criticises"),
        ("John Roe", "calls-for"),
        ("John Roe", "welcomes"),
    ]


def test_without_greeting_or_close_nobody_has_signed() -> None:
    assert stances(LETTER.format(close="For the record")) == []
    assert stances(LETTER.format(close="Yours sincerely").replace("Dear Ms Doe", "To all")) == []


def test_plain_facts_of_a_letter_are_not_claims() -> None:
    text = LETTER.format(close="Yours faithfully").replace("Inspectors visited", "Ofsted inspected")
    found = [f for f in extract(reading(text)) if f.relation == "inspects"]
    assert found
    assert all(f.attributed_to is None for f in found)
