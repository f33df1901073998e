"""Figures and what they measure, by sentences made up here and by the development gold."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph import readers
from kgraph.documents import Document
from kgraph.evaluate import Rules, evaluate
from kgraph.extract import extract, read
from kgraph.extract.decisions import read_votes
from kgraph.facts import Entity, Fact
from tests.extract.parsed import ontology, pipeline

SHARED = Path(__file__).parents[3] / "shared"


def measures(text: str, published: str | None = None) -> list[Fact]:
    facts = extract(read(Document("test", text, "-", published=published), pipeline(), ontology()))
    return [fact for fact in facts if fact.relation == "measures"]


def only(text: str, published: str | None = None) -> dict[str, object]:
    """The arguments of the one measure that a text states, entities by name."""
    (fact,) = measures(text, published)
    return {name: v.text if isinstance(v, Entity) else v for name, v in fact.arguments.items()}


@pytest.mark.parametrize(
    ("text", "measure", "value", "unit"),
    [
        ("Northby Council runs 38 libraries.", "libraries", 38, "count"),
        ("Northby Council has a budget gap of £4.7m.", "budget gap", 4700000, "GBP"),
        ("Northby Council holds £70,000 in reserves.", "reserves", 70000, "GBP"),
        ("Rent arrears at Northby Council stand at £5.6 million.", "rent arrears", 5600000, "GBP"),
        ("Northby Council has put council tax up by 4.9%.", "rise in council tax", 4.9, "percent"),
        ("Recycling at Northby Council has stalled at 41 per cent.", "recycling", 41, "percent"),
        ("Debts at Northby Council now top a little over £31m.", "debts", 31000000, "GBP"),
        ("At Northby Council some 93% opposed the move.", "share that opposed the move", 93, "percent"),
        ("Three of the six homes inspected at Northby Council were full.", "six homes inspected", 3, "count"),
        ("Some 3,100 people signed a petition to Northby Council.", "people that signed a petition to", 3100, "count"),
        ("A repair at Northby Council took 31 weeks.", "time taken for repair", 31, "weeks"),
        # told by the words of the clause alone
        ("Northby Council has to find £5.8m.", "amount to find", 5800000, "GBP"),
        ("Northby Council met. The branches open for 18 hours a week.", "branches open for … a week", 18, "hours"),
        ("Northby Council met. The tip was shut for seven weeks.", "time tip was shut", 7, "weeks"),
        ("Northby Council employs 640.", "staff", 640, "count"),
        ("The scheme has swallowed £71m, Northby Council says.", "scheme has swallowed …", 71000000, "GBP"),
        ("Northby Council said that bells rang for up to 26 minutes.", "bells rang for …", 26, "minutes"),
        ("Vacancies: 34. Northby Council met.", "vacancies", 34, "count"),
        ("The average age of Northby Council's fleet is 11 years.", "average age of fleet", 11, "years"),
        ("Northby Council is 37 midwives short.", "shortfall", 37, "count"),
        # a pair and a place in a row, where they tell how many
        ("Only two of the complaints against Northby Council were upheld.", "complaints", 2, "count"),
        ("It is the third such warning to Northby Council since 2021.", "such warning", 3, "count"),
        ("Northby Council qualified its accounts for the second year in a row.", "year", 2, "count"),
        ("Repairs at Northby Council should take no more than 20 days.", "time limit for repairs", 20, "days"),
    ],
)
def test_a_figure_is_read_with_what_it_measures(text: str, measure: str, value: float, unit: str) -> None:
    found = only(text)
    assert found["subject"] == "Northby Council"
    assert str(found["measure"]).startswith(measure)
    assert (found["value"], found["unit"]) == (value, unit)


def test_a_number_stands_for_what_was_named_before() -> None:
    found = only("Northby Council asked for comments in May. Seventeen were received.")
    assert (found["value"], found["measure"]) == (17, "… were received")


@pytest.mark.parametrize(
    "text",
    [
        "Northby Council is run by two commissioners.",
        "The location of the fourth to be settled is up to Northby Council.",
        "Northby Council met at a quarter to two.",
    ],
)
def test_pairs_places_and_times_of_day_are_no_statistics(text: str) -> None:
    assert measures(text) == []


@pytest.mark.parametrize(
    ("text", "value", "earlier", "since"),
    [
        ("The number of complaints to Northby Council rose from 310 to 402.", 402, 310, None),
        ("Northby Council has 27 cases for each worker, up from 19 in 2022.", 27, 19, "2022"),
        ("Sickness at Northby Council has fallen since 2010 from 13% to 9%.", 9, 13, "2010"),
    ],
)
def test_a_change_is_one_measure_with_the_earlier_value(
    text: str, value: float, earlier: float, since: str | None
) -> None:
    found = only(text)
    assert (found["value"], found["from"], found.get("since")) == (value, earlier, since)


def test_a_number_that_leaves_its_noun_out_counts_what_was_counted_before() -> None:
    text = "Labour has 21 seats, the Conservatives 14 and the Greens five."
    held = [(f.arguments["subject"], f.arguments["value"], f.arguments["measure"]) for f in measures(text)]
    assert [(s.text if isinstance(s, Entity) else s, v, m) for s, v, m in held] == [
        ("Labour", 21, "seats"),
        ("Conservatives", 14, "seats"),
        ("Greens", 5, "seats"),
    ]
    complaints = measures("Northby Council had 60 complaints. Of these, 40 were upheld.")
    assert [f.arguments["value"] for f in complaints] == [60, 40]


def test_a_home_that_the_text_speaks_of_most_is_whom_its_figures_are_of() -> None:
    text = (
        "The Care Quality Commission rated Northby House inadequate. The care home, Northby House, is near a harbour. "
        "Southby Council pays for the home. The number of residents fell to 31."
    )
    assert {f.arguments["subject"].text for f in measures(text)} == {"Northby House"}  # type: ignore[union-attr]


def test_of_two_sums_of_one_thing_both_are_told() -> None:
    found = measures("Two misstatements, of £1.2m and £340,000, were corrected by Northby Council.")
    assert {f.arguments["value"] for f in found if f.arguments["unit"] == "GBP"} == {1200000, 340000}


def test_who_is_aged_between_two_numbers_or_what_a_rate_is_of_is_no_figure() -> None:
    found = measures("Northby Council assumed 28 children for every 100 homes, aged between ten and 17.")
    assert [f.arguments["value"] for f in found] == [28]


def test_an_increase_by_is_no_earlier_value() -> None:
    assert "from" not in only("Council tax in Northby rose by 5%.")


def test_several_owners_each_have_the_measure() -> None:
    facts = measures(
        "She praised the eight meetings a year held by Northby Council, Southby Council and Westby Council."
    )
    assert {fact.arguments["value"] for fact in facts} == {8}
    owners = {v.text for fact in facts if isinstance(v := fact.arguments["subject"], Entity)}
    assert owners == {"Northby Council", "Southby Council", "Westby Council"}


@pytest.mark.parametrize(
    "text",
    [
        "Northby Council met for two days.",  # how long
        "The inspectors spent three weeks at Northby Council.",
        "Northby Council must reply within 28 days.",  # a deadline
        "The two hospitals are run by Northby Council.",  # which ones
        "Ann Other, 54, a father of three, leads Northby Council.",
        "The motion at Northby Council was carried by 26 votes to 20.",  # a vote
        "Northby Council gave the charity £30,000.",  # a payment
        "Northby Council looks after a boy, who is nine.",
        "Northby Council will be overseen by the government for 12 months.",
        "Ann Other was leader of Northby Council for six years.",
        "Northby Council wrote to Ann Other. Her son Tom is 14.",
        "Northby Council set up Channel 4 House under section 114.",  # names
    ],
)
def test_not_every_number_is_a_statistic(text: str) -> None:
    assert measures(text) == []


def test_the_headline_repeats_the_text_and_is_not_read() -> None:
    text = "Council loses £4m\n\nNorthby Council has lost £4.2m on its shops."
    document = Document("test", text, "-", title="Council loses £4m")
    facts = [f for f in extract(read(document, pipeline(), ontology())) if f.relation == "measures"]
    assert [fact.arguments["value"] for fact in facts] == [4200000]


@given(st.integers(3, 999), st.sampled_from(["libraries", "schools", "empty homes"]))
@settings(max_examples=15, deadline=None)
def test_any_number_of_things_owned_is_counted(number: int, things: str) -> None:
    found = only(f"Northby Council has {number} {things}.")
    assert (found["value"], found["measure"]) == (number, things)


@pytest.mark.parametrize(
    ("sentence", "votes"),
    [
        ("It was carried by 26 votes to 20.", "26-20"),
        ("Members voted 31-12 to close it.", "31-12"),
        ("The motion was backed by 29 councillors and opposed by 23, with one abstention.", "29-23, 1 abstention"),
        ("The plan fell by a single vote.", "majority of one"),
        ("Councillors voted unanimously.", "unanimous"),
        ("The accounts for 2019-20 were approved.", ""),
        ("Taxes rose by 3 per cent.", ""),
    ],
)
def test_votes(sentence: str, votes: str) -> None:
    assert read_votes(sentence) == votes


def test_the_development_gold() -> None:
    """The floor is below what the shipped model reaches (P 0.87, R 0.74), so that it tells a fall."""
    gold = SHARED / "gold"
    if not gold.is_dir():
        pytest.skip("no gold here")
    facts = []
    for path in sorted(gold.glob("*.txt")):
        document = next(iter(readers.read([str(path)])))
        facts += [f.to_json() for f in extract(read(document, pipeline(), ontology()))]
    rules = Rules.load(Path(__file__).parents[2] / "ontology" / "evaluation.yaml")
    count = evaluate(gold, facts, rules).relations["measures"]
    assert count.precision >= 0.75
    assert count.recall >= 0.65


def test_votes_in_a_contest_are_of_whoever_is_named_with_them() -> None:
    text = (
        "Northby held a by-election on Thursday. Ann Other (Liberal Democrat) 1,104; Tom Field (Labour) 812. "
        "Labour's Peter Amos got 640. Ruth Tell, 44, finished last, with 12."
    )
    votes = {f.arguments["subject"]: f.arguments["value"] for f in measures(text) if f.arguments["measure"] == "votes"}
    names = {s.text: v for s, v in votes.items() if isinstance(s, Entity)}
    assert names == {"Ann Other": 1104, "Tom Field": 812, "Peter Amos": 640, "Ruth Tell": 12}
