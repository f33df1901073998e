"""Quantities: value, unit, hedge and rate, and what is no quantity."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.language.numbers import decimal_text, read_number
from kgraph.language.quantities import find_quantities

GOLD = Path(__file__).parents[2] / ".." / "shared" / "gold"
NLP = spacy.blank("en")
UNTIMED = settings(deadline=None)  # the first example compiles the rules


def read(text: str) -> list[tuple[str, str, str]]:
    return [(q.text, q.value, q.unit) for q in find_quantities(NLP(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a gap of £4.5m", ("£4.5m", "4500000", "GBP")),
        ("pays £160,000 a year", ("£160,000", "160000", "GBP")),
        ("some £1.2 billion more", ("£1.2 billion", "1200000000", "GBP")),
        ("a £300k grant", ("£300k", "300000", "GBP")),
        ("costs 50p", ("50p", "0.5", "GBP")),
        ("raised $2m", ("$2m", "2000000", "USD")),
        ("raised €3m", ("€3m", "3000000", "EUR")),
        ("two million pounds", ("two million pounds", "2000000", "GBP")),
        ("half a million pounds", ("half a million pounds", "500000", "GBP")),
        ("a quarter of a million pounds", ("a quarter of a million pounds", "250000", "GBP")),
        ("half a million residents", ("half a million", "500000", "count")),
        ("up by 13%", ("13%", "13", "percent")),
        ("62 per cent of staff", ("62 per cent", "62", "percent")),
        ("rose 9.5 percent", ("9.5 percent", "9.5", "percent")),
        ("three per cent", ("three per cent", "3", "percent")),
        ("Eighty-nine per cent of tenants", ("Eighty-nine per cent", "89", "percent")),
        ("up 3 percentage points", ("3 percentage points", "3", "percentage points")),
        ("a third of home visits", ("a third", "33.3", "percent")),
        ("two-thirds of them", ("two-thirds", "66.7", "percent")),
        ("half of them", ("half", "50", "percent")),
        ("one in five children", ("one in five", "20", "percent")),
        ("nine out of ten pupils", ("nine out of ten", "90", "percent")),
        ("judged good in seven areas", ("seven", "7", "count")),
        ("1,200 homes", ("1,200", "1200", "count")),
        ("three hundred and twelve pupils", ("three hundred and twelve", "312", "count")),
        ("sat only five times", ("five", "5", "count")),
        ("a three-week inspection", ("three-week", "3", "weeks")),
        ("five working days", ("five working days", "5", "working days")),
        ("scored two points", ("two points", "2", "points")),
        ("2.5 miles away", ("2.5 miles", "2.5", "miles")),
    ],
)
def test_one_quantity(text: str, expected: tuple[str, str, str]) -> None:
    assert read(text) == [expected]


def test_several_quantities() -> None:
    assert read("It holds 36 of its 47 seats.") == [("36", "36", "count"), ("47", "47", "count")]
    assert read("up from 13% to 35% since 2010") == [("13%", "13", "percent"), ("35%", "35", "percent")]
    assert read("between 5 and 7 per cent") == [("5", "5", "percent"), ("7 per cent", "7", "percent")]
    assert read("a bill of £4-5m") == [("£4", "4000000", "GBP"), ("5m", "5000000", "GBP")]


@pytest.mark.parametrize(
    "text",
    [
        "a Section 114 notice, section 151 officer, Article 4, Channel 4, Ofsted 2, page 12, Grade 2",
        "on 24 June 2021, in 2016, 06/07/2021, two years ago, at 10am, at 6.30pm, 19:30",
        "aged 63, a 63-year-old, 63 years old; Mary Jones, 63, said; he is 54 and married",
        "the 3rd, the third, the second half, the other half, a third inspection, the third quarter",
        "Call 01642 123456 or 0300 123 1234.",
        "one of them, the one that",
        "see [3] and (4), Covid-19, 24/7, a score of 8/10, TS1 2QQ, B12",
        "1. First item\n2) Second item\n\n17\n",
    ],
)
def test_no_quantity(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("nearly 23,000 people", "nearly"),
        ("up to £4m", "up to"),
        ("more than 5,500", "more than"),
        ("about 45 percent", "about"),
        ("at least 30 homes", "at least"),
        ("no more than five working days", "no more than"),
        ("some £13m", "some"),
        ("30 or so homes", "or so"),
        ("12 homes", None),
    ],
)
def test_hedge(text: str, hedge: str | None) -> None:
    (quantity,) = find_quantities(NLP(text))
    assert quantity.hedge == hedge


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("£160,000 a year", "year"),
        ("a £144,000-a-year job", "year"),
        ("£10,000 for every household", "household"),
        ("4.5 per 10,000 children", "10000"),
        ("£12 per hour", "hour"),
        ("£12 in all", None),
    ],
)
def test_rate(text: str, per: str | None) -> None:
    (quantity,) = find_quantities(NLP(text))
    assert quantity.per == per


@UNTIMED
@given(st.integers(0, 10**9), st.sampled_from(["£{:,} was spent", "a cost of £{}.", "(£{:,})"]))
def test_money_reads_back(amount: int, frame: str) -> None:
    assert [q[1:] for q in read(frame.format(amount))] == [(str(amount), "GBP")]


@UNTIMED
@given(st.decimals(0, 999, places=2), st.sampled_from([("m", 10**6), (" million", 10**6), ("bn", 10**9), ("k", 1000)]))
def test_scaled_money_reads_back(amount: Decimal, scale: tuple[str, int]) -> None:
    (found,) = read(f"It spent £{amount}{scale[0]} on roads.")
    assert Decimal(found[1]) == amount * scale[1]


ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(n: int) -> str:
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + (f"-{ONES[n % 10]}" if n % 10 else "")
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= size:
            rest = n % size
            joint = " and " if 0 < rest < 100 else " "
            return f"{in_words(n // size)} {name}" + (joint + in_words(rest) if rest else "")
    raise AssertionError


@UNTIMED
@given(st.integers(0, 999_999_999))
def test_numbers_in_words_read_back(n: int) -> None:
    assert read_number(in_words(n)) == n


@UNTIMED
@given(st.integers(2, 99_999))
def test_counts_in_words_read_back(n: int) -> None:
    assert read(f"There were {in_words(n)} people.") == [(in_words(n), str(n), "count")]


@UNTIMED
@given(st.fractions(min_value=0, max_value=10**6, max_denominator=10**6))
def test_decimal_text_is_exact_or_rounded(value: Fraction) -> None:
    written = Fraction(decimal_text(value))
    finite = 10**20 % value.denominator == 0
    assert written == value if finite else abs(written - value) <= Fraction(1, 20)


FRAGMENTS = st.sampled_from(
    "£ £4 4 5m -5m to and % per cent half a third of two-thirds one in five out of ten 1,000 , . ( ) [ ] 12.5 million "
    "pounds p a year per 10,000 twice nearly up to 2019 May weeks days - – \n ½ 0 007 hundred and twenty twelve".split(
        " "
    )
)


@UNTIMED
@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=3)), max_size=25))
def test_any_text_is_read_soundly(words: list[str]) -> None:
    doc = NLP.make_doc(" ".join(words))
    at = 0
    for q in find_quantities(doc):
        assert at <= q.start < q.end and doc.text[q.start : q.end] == q.text
        assert Decimal(q.value) >= 0
        at = q.end


@pytest.mark.skipif(not GOLD.is_dir(), reason="the development gold is not here")
def test_values_of_the_gold_are_found() -> None:
    """The numbers of `measures` and `funds` stand in their documents with exactly that value and unit."""
    missing, total = [], 0
    for path in sorted(GOLD.glob("d*.json")):
        found = {q[1:] for q in read(path.with_suffix(".txt").read_text(encoding="utf-8"))}
        for fact in json.loads(path.read_text(encoding="utf-8"))["facts"]:
            if fact["rel"] == "measures":
                wanted = (str(fact["value"]), fact.get("unit", "count"))
            elif fact["rel"] == "funds":
                value, unit = str(fact["amount"]).split()[:2]
                wanted = (value, unit)
            else:
                continue
            total += 1
            if wanted not in found:
                missing.append((path.stem, wanted))
    assert total > 50
    assert len(missing) <= total // 20, missing
