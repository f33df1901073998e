"""Terms of office from partial statements."""

from __future__ import annotations

import pytest

from kgraph.graph.edtf import extent
from kgraph.graph.tenures import Holding, Part, order, span, terms


def part(name: str, start: str | None = None, end: str | None = None, seen: str = "", over: str = "") -> Part:
    return Part(name, extent(start, end), (seen, seen) if seen else None, over or None)


def left(name: str, when: str) -> Part:
    return Part(name, extent(None, when), notice=True)


def names(*parts: Part) -> list[tuple[str, ...]]:
    return [term.statements for term in terms(parts)]


def test_the_start_of_one_document_and_the_end_of_another_are_one_term() -> None:
    (term,) = terms([part("a", start="2019-05"), part("b", end="2023-05-04"), part("c", seen="2021-03-01")])
    assert term.statements == ("a", "b", "c")
    assert (term.limits.start_earliest, term.limits.start_latest) == ("2019-05-01", "2019-05-31")
    assert (term.limits.end_earliest, term.limits.end_latest) == ("2023-05-04", "2023-05-04")


def test_a_year_and_a_day_within_it_are_one_start() -> None:
    (term,) = terms([part("a", start="2019"), part("b", start="2019-05-02")])
    assert term.limits.start_earliest == term.limits.start_latest == "2019-05-02"


def test_two_starts_are_two_terms() -> None:
    assert names(part("a", start="2015-05"), part("b", start="2021-05")) == [("a",), ("b",)]


def test_in_office_after_the_end_is_another_term() -> None:
    assert names(part("a", end="2018-05"), part("b", seen="2020-01-01")) == [("a",), ("b",)]


def test_in_office_and_then_no_longer_is_one_term_that_has_ended() -> None:
    (term,) = terms([part("a", seen="2020-01-01"), part("b", over="2022-06-01")])
    assert term.ended == "2022-06-01"
    assert term.certain == ("2020-01-01", "2020-01-01")


def test_what_has_no_time_belongs_to_the_only_term_and_to_none_of_two() -> None:
    assert names(part("a", start="2015"), part("x")) == [("a", "x")]
    assert names(part("a", start="2015"), part("b", start="2021"), part("x")) == [("a",), ("b",)]
    assert names(part("x"), part("y")) == [("x", "y")]


def test_who_gave_notice_may_stay_for_some_months_but_not_for_years() -> None:
    (term,) = terms([left("a", "2024-08"), part("b", seen="2024-10-17")])
    assert term.limits.end_latest is None
    assert term.ended is None
    assert names(left("a", "2019-08"), part("b", seen="2024-10-17")) == [("a",), ("b",)]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2019-05", "2023", "2019-05 – 2023"),
        ("2019-05-02", None, "2019-05-02 – ?"),
        (None, "2016-05/2016-06", "? – 2016-06"),
        (None, None, ""),
    ],
)
def test_a_time_in_words_is_no_more_precise_than_its_limits(start: str | None, end: str | None, words: str) -> None:
    assert span(extent(start, end)) == words


def test_the_order_of_statements_makes_no_difference() -> None:
    parts = [part("a", start="2015"), part("b", end="2017"), part("c", seen="2021-01-01"), part("d", start="2020-06")]
    assert terms(parts) == terms(parts[::-1])


def holding(person: str, *parts: Part) -> Holding:
    (term,) = terms(parts)
    return Holding(person, "post", "", term, iri=person)


def test_terms_of_a_post_follow_one_another() -> None:
    ann, bob = holding("ann", part("a", start="2015", end="2019-05")), holding("bob", part("b", start="2019-05"))
    cem = holding("cem", part("c", start="2023-05"))
    bob = holding("bob", part("b", start="2019-06", end="2023-04"))
    order([cem, ann, bob])
    assert (ann.follows, bob.follows, cem.follows) == ([], ["ann"], ["bob"])


def test_two_people_at_once_are_noticed_but_not_on_the_day_of_handing_over() -> None:
    ann = holding("ann", part("a", start="2019-05-01", end="2021-05-01"))
    bob = holding("bob", part("b", start="2020-01-01", end="2022-01-01"))
    cem = holding("cem", part("c", start="2022-01-01", end="2023-01-01"))
    order([ann, bob, cem])
    assert ann.at_once_with == ["bob"]
    assert cem.at_once_with == []


def test_replaced_in_the_month_in_which_the_next_begins() -> None:
    ann, bob = holding("ann", left("a", "2024-05")), holding("bob", part("b", start="2024-05"))
    order([bob, ann])
    assert (ann.follows, bob.follows) == ([], ["ann"])


def test_a_year_is_no_proof_of_two_at_once() -> None:
    ann, bob = holding("ann", part("a", start="2018", end="2020")), holding("bob", part("b", start="2020", end="2022"))
    order([ann, bob])
    assert ann.at_once_with == []
