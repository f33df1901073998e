"""Mentions in short texts: people are invented, bodies are those of the registers."""

import pytest

from tests.extract.parsed import reading as parsed_reading
from tests.sentences import reading


def linked(text: str, published: str | None = None) -> dict[str, tuple[str, str | None]]:
    return {m.text: (m.entity.text, m.entity.type) for m in reading(text, published).mentions}


def test_every_mention_stands_where_it_says_and_none_overlap() -> None:
    r = reading(
        "Middlesbrough Mayor, Ann Other, met Cllr Jo Bloggs (Lab) and the Audit Committee of Middlesbrough Council.\n\n"
        "The council’s chief executive, Tom O'Field OBE, told Ofsted that Cllr Bloggs was right."
    )
    end = 0
    for m in r.mentions:
        assert r.document.text[m.start : m.end] == m.text
        assert m.start >= end and m.reason
        end = m.end


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("The town of Middlesbrough has a bridge.", "Middlesbrough", "place"),
        ("Middlesbrough mayor Ann Other opened it.", "Middlesbrough", "council"),
        ("Middlesbrough's director of finance said no.", "Middlesbrough", "council"),
        ("Middlesbrough Council has a plan.", "Middlesbrough Council", "council"),
        ("The Care Quality Commission came.", "Care Quality Commission", "inspectorate"),
        ("Work at Greater Manchester Police went on.", "Greater Manchester Police", "police-fire"),
        ("It went to the Housing and Land Scrutiny Panel.", "Housing and Land Scrutiny Panel", "committee"),
        ("It went to the Policy, Projects and Resources Board.", "Policy, Projects and Resources Board", "committee"),
        ("The Labour Group walked out.", "Labour Group", "group"),
        ("Eastmoor Residents Association won a seat.", "Eastmoor Residents Association", "group"),
        ("It went to the council's grants committee.", "grants committee", "committee"),
        ("The news pained East March District Council.", "East March District Council", "council"),
        ("The council's auditors, Hurst Bellamy, wrote it.", "Hurst Bellamy", "company"),
    ],
)
def test_bodies(text: str, name: str, type_: str) -> None:
    assert linked(text)[name][1] == type_


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        ("Cllr Jo Bloggs spoke.", "Cllr Jo Bloggs", "Jo Bloggs"),
        ("Dame Ann Other spoke.", "Dame Ann Other", "Dame Ann Other"),
        ("It was Zed Quibble, leader of the Labour Group.", "Zed Quibble", "Zed Quibble"),
        ("ZEDNA Quibble, who lives nearby, agreed.", "ZEDNA Quibble", "Zedna Quibble"),
        ("Ms J. Bloggs spoke.", "Ms J. Bloggs", "J. Bloggs"),
        ("The Secretary of State for Education Zed Quibble came.", "Zed Quibble", "Zed Quibble"),
        ("Zed de la Quibble said so.", "Zed de la Quibble", "Zed de la Quibble"),
        ("Cllrs Ann Other (Lab), Zed Quibble (Con) and Jo Bloggs (Ind) sat.", "Jo Bloggs", "Jo Bloggs"),
    ],
)
def test_people(text: str, name: str, full: str) -> None:
    assert linked(text)[name] == (full, "person")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Retired GP Tom Field agreed.", "Tom Field"),
        ("Ask Dolores Whitcombe how long she waited.", "Dolores Whitcombe"),
        ("Ebenezer John Smith came.", "Ebenezer John Smith"),
        ("Dame Ann Other came.", "Dame Ann Other"),
    ],
)
def test_a_name_begins_where_the_recogniser_sees_it(text: str, name: str) -> None:
    assert name in {m.text for m in parsed_reading(text).mentions}


def test_a_home_may_begin_with_a_given_name() -> None:
    found = parsed_reading("Rowan Tree Lodge was cold. The staff of the children's home left Rowan Tree Lodge.")
    assert {m.entity.type for m in found.mentions if m.text == "Rowan Tree Lodge"} == {"other-org"}


@pytest.mark.parametrize(
    "text",
    [
        "Town Hall staff went home.",
        "The Principal Social Worker saw each social worker.",
        "Independent Reviewing Officers see each child.",
        "Children's Commissioner staff came to High Street.",
        "The chief executive of a Northern Ireland council resigned.",
    ],
)
def test_what_is_no_person(text: str) -> None:
    assert [m.text for m in reading(text).mentions if m.entity.type == "person"] == []


def test_the_date_of_the_document_picks_among_namesakes() -> None:
    def council(published: str) -> str | None:
        text = "The Department of Education spoke."
        return next((m.entity.id for m in reading(text, published).mentions), None)

    from kgraph.registers import Registers

    registers: Registers = reading("x").ontology.registers
    for year in ("1999", "2015"):
        found = council(year)
        alive = {e.id for e in registers.lookup("Department of Education", year)}
        assert found is None or found in alive


def test_a_party_is_an_everyday_word_only_with_company() -> None:
    assert "Green" in linked("Green councillor Ann Other agreed.")
    assert "Green" not in linked("Green spaces matter.")
    assert "Con" not in linked("Con artists were about.")
    assert linked("Ann Other (Con) agreed.")["Con"][0] == "Conservatives"
    assert linked("Tory councillor Ann Other agreed.")["Tory"][0] == "Conservatives"


def test_a_firm_may_be_a_plc() -> None:
    found = reading("Halden Construction plc built the school. The council sacked Halden in May.").mentions
    assert [(m.text, m.entity.text) for m in found if m.entity.type == "company"] == [
        ("Halden Construction plc", "Halden Construction plc"),
        ("Halden", "Halden Construction plc"),
    ]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("A care home has been told to improve. Larch House was rated inadequate.", "other-org"),
        ("A care home has been told to improve. Families met near Larch House.", "place"),
        ("The council is to sell its offices. Larch House was built in 1971.", "place"),
    ],
)
def test_a_house_is_a_home_where_the_text_speaks_of_one(text: str, type_: str) -> None:
    assert linked(text)["Larch House"] == ("Larch House", type_)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Northby Council met. The plan was agreed by cabinet in May.", "cabinet"),
        ("Northby Council met. Cabinet will decide in May.", "Cabinet"),
        ("Northby Council met. The plan goes to cabinet.", "cabinet"),
    ],
)
def test_a_cabinet_goes_without_an_article(text: str, name: str) -> None:
    assert linked(text)[name][1] == "committee"


@pytest.mark.parametrize(
    "text",
    [
        "Northby Council met. Cabinet member Ann Other agreed.",
        "Northby Council met. It was put to cabinet members.",
        "Northby Council met. Cabinet papers were leaked.",
    ],
)
def test_a_cabinet_before_a_noun_only_says_which(text: str) -> None:
    assert "cabinet" not in {name.lower() for name in linked(text)}


def test_who_runs_a_council_says_which() -> None:
    found = linked("Northby Council met. The Lib Dem-run council agreed, and the Kent-based authority was glad.")
    assert found["The Lib Dem-run council"] == found["the Kent-based authority"] == ("Northby Council", "council")
