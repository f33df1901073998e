"""Roles, memberships and parts in single sentences. All people, and the towns that no register has, are invented."""

import pytest

from kgraph.extract import extract
from tests.extract.parsed import reading
from tests.sentences import facts, plain

S = "Sefton Council met. "  # so that there is one council that the text is about


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zed Quibble, leader of Leeds City Council, spoke.", ("Zed Quibble", "leader", "Leeds City Council", None)),
        (
            S + "The council's director of highways, Zed Quibble, spoke.",
            ("Zed Quibble", "director of highways", "Sefton Council", None),
        ),
        (S + "Council leader Zed Quibble spoke.", ("Zed Quibble", "leader", "Sefton Council", None)),
        ("Sefton Mayor, Zed Quibble, spoke.", ("Zed Quibble", "mayor", "Sefton Metropolitan Borough Council", None)),
        (
            "The Secretary of State for Health and Social Care Zed Quibble spoke.",
            ("Zed Quibble", "secretary of state for health and social care", None, None),
        ),
        (
            S + "Zed Quibble, cabinet member for housing, waste and leisure, spoke.",
            ("Zed Quibble", "cabinet member for housing, waste and leisure", "Sefton Council", None),
        ),
        (
            S + "Zed Quibble, the council's chief executive, spoke.",
            ("Zed Quibble", "chief executive", "Sefton Council", None),
        ),
        (
            S + "The former director of children's services, Zed Quibble, was there.",
            ("Zed Quibble", "director of children's services", "Sefton Council", "former"),
        ),
        (
            S + "Its interim director of finance, Zed Quibble, was there.",
            ("Zed Quibble", "director of finance", "Sefton Council", "interim"),
        ),
        (S + "Ex-leader Zed Quibble was there.", ("Zed Quibble", "leader", "Sefton Council", "former")),
        (S + "Zed Quibble, who was leader at the time, agreed.", ("Zed Quibble", "leader", "Sefton Council", "former")),
        (
            "The Cleveland Police and Crime Commissioner, Zed Quibble, agreed.",
            ("Zed Quibble", "police and crime commissioner", "Cleveland Police", None),
        ),
        ("Zed Quibble is the chair of Leeds City Council.", ("Zed Quibble", "chair", "Leeds City Council", None)),
        ("Zed Quibble, who leads Leeds City Council, agreed.", ("Zed Quibble", "leader", "Leeds City Council", None)),
        ("Labour's leader, Cllr Zed Quibble, agreed.", ("Zed Quibble", "leader", "Labour", None)),
        ("Labour Group leader Zed Quibble agreed.", ("Zed Quibble", "leader", "Labour Group", None)),
        (
            "Zed Quibble, the CQC’s deputy director of hospitals, agreed.",
            ("Zed Quibble", "deputy director of hospitals", "CQC", None),
        ),
        ("Cllr Zed Quibble of Sefton Council agreed.", ("Zed Quibble", "councillor", "Sefton Council", None)),
        (
            S + "Zed Quibble, councillor for Hill Top East, agreed.",
            ("Zed Quibble", "councillor", "Sefton Council", None),
        ),
        # offices of others than the council
        (S + "The chair of governors, Zed Quibble, agreed.", ("Zed Quibble", "chair of governors", None, None)),
        (S + "The registered manager, Zed Quibble, agreed.", ("Zed Quibble", "registered manager", None, None)),
        # topics that look like a place, or like a firm
        (
            "The Council met. The Council agreed. The Director of Place, Zed Quibble, was there.",
            ("Zed Quibble", "director of place", None, None),
        ),
        (
            S + "The director of Adults and Housing, Zed Quibble, agreed.",
            ("Zed Quibble", "director of adults and housing", "Sefton Council", None),
        ),
        ("Zed Quibble, the Housing Ombudsman, agreed.", ("Zed Quibble", "housing ombudsman", None, None)),
        ("The leader of Leeds City Council is Zed Quibble.", ("Zed Quibble", "leader", "Leeds City Council", None)),
    ],
)
def test_who_holds_which_role(text: str, expected: tuple[str, str, str | None, str | None]) -> None:
    found = [plain(f) for f in facts(text, "holds-role")]
    assert expected in [(f["person"], f["role"], f.get("org"), f.get("status")) for f in found]


def test_coordinated_roles_are_a_fact_each() -> None:
    text = S + "Zed Quibble, leader of the council and cabinet member for finance, agreed."
    assert {f["role"] for f in map(plain, facts(text, "holds-role"))} == {"leader", "cabinet member for finance"}


def test_cllrs_goes_on_through_a_list() -> None:
    text = S + "Cllrs Ann Other (Lab), Zed Quibble (Con) and Jo Bloggs (Ind) agreed."
    assert {f["person"] for f in map(plain, facts(text, "holds-role"))} == {"Ann Other", "Zed Quibble", "Jo Bloggs"}
    members = {(f["person"], f["group"]) for f in map(plain, facts(text, "member-of"))}
    assert members == {("Ann Other", "Labour"), ("Zed Quibble", "Conservatives"), ("Jo Bloggs", "Independents")}


@pytest.mark.parametrize(
    "text",
    [
        S + "Nobody wants to be leader of the council.",
        S + "With Zed Quibble gone, a new leader had to be found.",
        S + "Ms Quibble spoke to the leader, and Tom Field spoke to residents.",
        S + "The role of a director of finance is hard, says Zed Quibble.",
        "Leeds United leader boards are up.",
    ],
)
def test_near_misses_are_no_roles(text: str) -> None:
    assert facts(text, "holds-role") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Labour councillor Zed Quibble agreed.", ("Zed Quibble", "Labour", None)),
        ("Conservative Zed Quibble agreed.", ("Zed Quibble", "Conservatives", None)),
        ("Labour’s Zed Quibble agreed.", ("Zed Quibble", "Labour", None)),
        ("Cllr Zed Quibble (Con, Hill Top) agreed.", ("Zed Quibble", "Conservatives", None)),
        ("Cllr Zed Quibble, leader of the Labour Group, agreed.", ("Zed Quibble", "Labour Group", None)),
        ("Zed Quibble, a Tory councillor, agreed.", ("Zed Quibble", "Conservatives", None)),
        ("Zed Quibble, an Independent councillor, agreed.", ("Zed Quibble", "Independents", None)),
        ("Another Conservative, Councillor Zed Quibble, agreed.", ("Zed Quibble", "Conservatives", None)),
        ("Former Labour councillor Zed Quibble agreed.", ("Zed Quibble", "Labour", "former")),
        ("Cllr Zed Quibble, who defected from the Conservatives, agreed.", ("Zed Quibble", "Conservatives", "former")),
    ],
)
def test_who_belongs_to_which_party_or_group(text: str, expected: tuple[str, str, str | None]) -> None:
    found = [plain(f) for f in facts(text, "member-of")]
    assert expected in [(f["person"], f["group"], f.get("status")) for f in found]


def test_party_words_beside_nobody_make_no_member() -> None:
    assert facts("Labour and the Conservatives met. Independent inspectors saw Zed Quibble's house.", "member-of") == []


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("The employment committee of Leeds City Council met.", "employment committee", "Leeds City Council"),
        ("Sefton Council's cabinet met.", "cabinet", "Sefton Council"),
        (S + "It went to the Land and Waste Scrutiny Panel.", "Land and Waste Scrutiny Panel", "Sefton Council"),
        ("Failings in children’s services at Sefton Council went on.", "children's services", "Sefton Council"),
    ],
)
def test_parts(text: str, part: str, whole: str) -> None:
    assert (part, whole) in [(f["part"], f["whole"]) for f in map(plain, facts(text, "part-of"))]


@pytest.mark.parametrize(
    "text",
    [S + "The Local Safeguarding Children Board met.", S + "The council's chief executive left.", "The cabinet met."],
)
def test_shared_boards_offices_and_unowned_organs_are_no_parts(text: str) -> None:
    assert facts(text, "part-of") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Other, a retired midwife, agreed.", [("Ann Other", "midwife", "former")]),
        ("Tom Field, 52, a bus driver, agreed.", [("Tom Field", "bus driver", None)]),
        ("The undertaker, Tom Field, agreed.", [("Tom Field", "undertaker", None)]),
        ("Bus driver Tom Field agreed.", [("Tom Field", "bus driver", None)]),
        ("Ann Other, who was a GP in the town, agreed.", [("Ann Other", "gp", "former")]),
        ("Heather Noone, a librarian for 24 years, agreed.", [("Heather Noone", "librarian", None)]),
        ("Ann Other is not a doctor.", []),
        ("Ann Other, a resident, agreed.", []),
        ("The bus driver met Ann Other.", []),
    ],
)
def test_a_calling_is_a_role_of_no_body(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    found = [f.arguments for f in extract(reading(text)) if f.relation == "holds-role"]
    assert [(a["person"].text, a["role"], a.get("status")) for a in found] == expected  # type: ignore[union-attr]


def test_a_title_in_the_plural_is_that_of_each() -> None:
    found = reading("Cllrs Tandy, Field (Lab) and Effiong voted against. Mr Tandy and Mrs Field left.")
    called = {m.text: m.entity.text for m in found.mentions if m.entity.type == "person"}
    assert called["Cllrs Tandy"] == called["Mr Tandy"] == "Cllr Tandy"
    assert (called["Field"], called["Effiong"], called["Mrs Field"]) == ("Cllr Field", "Cllr Effiong", "Cllr Field")


def test_a_party_heads_those_behind_it() -> None:
    found = extract(
        reading("Conservative: Ann Moss (Northby), Ben Nile and Carl Owen. Labour: Dora Pike and Eve Lane.")
    )
    groups = {f.arguments["person"].text: f.arguments["group"].text for f in found if f.relation == "member-of"}  # type: ignore[union-attr]
    assert groups["Ben Nile"] == groups["Carl Owen"] == "Conservatives"
    assert groups["Dora Pike"] == groups["Eve Lane"] == "Labour"


def test_who_is_called_on_is_to_do_it_and_that_is_a_claim() -> None:
    found = extract(reading("Ann Other called on Northby Council to pay the charity £30,000."))
    (paid,) = [f for f in found if f.relation == "funds"]
    assert (paid.arguments["payer"].text, paid.certainty) == ("Northby Council", "planned")  # type: ignore[union-attr]
    assert paid.attributed_to is not None and paid.attributed_to.text == "Ann Other"


def test_what_is_only_called_for_is_no_claim_of_it() -> None:
    found = extract(reading("Northby Council met. Ann Other called on ministers to appoint a commissioner."))
    assert "intervenes" not in {f.relation for f in found}
