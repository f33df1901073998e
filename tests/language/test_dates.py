"""Dates and durations: what is recognised, and its value in EDTF and TIMEX3."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.language.dates import DateMention, find_dates, to_timex3
from tests.benchmarks.dates_gum import measure

SHARED = Path(__file__).parents[2] / ".." / "shared"
GUM = SHARED / "data" / "corpora" / "ud_gum"
NLP = spacy.blank("en")
UNTIMED = settings(deadline=None)  # the first example compiles the rules
PUBLISHED = "2022-03-16"  # a Wednesday


def read(text: str, published: str | None = PUBLISHED, *, vague: bool = False) -> list[tuple[str, str]]:
    return [(m.text, m.value) for m in find_dates(NLP(text), published, vague=vague)]


def values(text: str, published: str | None = PUBLISHED) -> list[str]:
    return [value for _, value in read(text, published)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # full dates
        ("It met on 24 June 2021.", "2021-06-24"),
        ("It met on the 24th of June 2021.", "2021-06-24"),
        ("It met on Thursday, June 24, 2021.", "2021-06-24"),
        ("It met on Thursday 24 June.", "2021-06-24"),
        ("Published 06/07/2021", "2021-07-06"),
        ("Published 6.7.2021", "2021-07-06"),
        ("Published 24/6/21", "2021-06-24"),
        ("Published 06/24/2021", "2021-06-24"),
        ("It closed on the third of May.", "2021-05-03"),
        # months, seasons, parts of years
        ("She left in October.", "2021-10"),
        ("She left last August.", "2021-08"),
        ("She will leave in October.", "2022-10"),
        ("She is to act as chair until December.", "2022-12"),
        ("She left in March last year.", "2021-03"),
        ("She left in early April 2019.", "2019-04"),
        ("suspended since the start of November", "2021-11"),
        ("It opened in summer 2020.", "2020-22"),
        ("It opened last autumn.", "2021-23"),
        ("in the first quarter of 2021", "2021-33"),
        ("figures for Q3 2020", "2020-35"),
        ("in the second half of 2016", "2016-41"),
        # years and longer
        ("She left in 2016.", "2016"),
        ("mid-2019 brought another", "2019"),
        ("founded c. 1818 by", "1818~"),
        ("the 1990s", "199X"),
        ("in the ’80s", "198X"),
        ("in the 19th century", "18XX"),
        ("in 508 BC", "-0507"),
        ("In 2023/24 it spent", "2023/2024"),
        ("the 2023 to 2024 financial year", "2023/2024"),
        ("the financial year 2023-24", "2023/2024"),
        # relative to publication
        ("It is out today.", "2022-03-16"),
        ("It came out yesterday.", "2022-03-15"),
        ("It was agreed on Monday.", "2022-03-14"),
        ("It will be agreed on Monday.", "2022-03-21"),
        ("It is to be held on Friday.", "2022-03-18"),
        ("It was agreed last Wednesday.", "2022-03-09"),
        ("It meets next Tuesday.", "2022-03-22"),
        ("He resigned last week.", "2022-03"),
        ("He resigned last month.", "2022-02"),
        ("He resigned last year.", "2021"),
        ("He resigned earlier this year.", "2022"),
        ("at the end of the month", "2022-03"),
        ("He will retire early next year.", "2023"),
        ("He resigned two years ago.", "2020"),
        ("He resigned four months ago.", "2021-11"),
        ("He resigned three days ago.", "2022-03-13"),
        # intervals
        ("from 11 to 22 May 2026", "2026-05-11/2026-05-22"),
        ("on 11-22 May 2026", "2026-05-11/2026-05-22"),
        ("25 April 2022 to 6 May 2022", "2022-04-25/2022-05-06"),
        ("between May and July 2020", "2020-05/2020-07"),
        ("in March and April 2020", "2020-03/2020-04"),
        ("It must do so by 5 May.", "2022-05-05"),
        ("It has been told to do so by 5 May.", "2022-05-05"),
        ("It will be lost if nobody attends by the 22nd.", "2022-03-22"),
        ("from November to March 2020", "2019-11/2020-03"),
        ("leader from 2010 to 2014", "2010/2014"),
        ("in 1887–91", "1887/1891"),
        # durations
        ("for a further 12 months", "P12M"),
        ("a three-week inspection", "P3W"),
        ("two-and-a-half years in the post", "P2.5Y"),
        ("two and a half years in the post", "P2.5Y"),
        ("over the past five years", "P5Y"),
        ("for a year and a half", "P1.5Y"),
        ("within a fortnight", "P2W"),
        ("a meeting lasting seven hours", "PT7H"),
        ("no more than five working days", "P5D"),
    ],
)
def test_value(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May said they may march on.",
        "Mrs April Jones met Sir August Smith.",
        "March on, he said; the second man sat in the sun.",
        "a 63-year-old man, aged 63, at the age of 63",
        "63 years old",
        "open every Monday and Monday to Friday, and on Saturday mornings",
        "It costs £2016 or 2,016 in Room 2014 (page 1999).",
        "over 2000 homes and 1500 people",
        "paid £160,000 a year for the eight meetings a year",
        "a good score of 2.5 on 3.2.1 and 10/10",
        "still in use today",
        "our last day here",
        "a duty under the Care Act 2014 and the Planning (Listed Buildings) Regulations 2012",
    ],
)
def test_no_date(text: str) -> None:
    assert read(text) == []


def test_a_date_of_which_nothing_is_known_is_not_returned() -> None:
    assert read("On Monday and last year, today.", None) == []


def test_what_the_text_leaves_open_stays_open() -> None:
    text = "In January the council met. On 3 May 2019 it fell. It met on Friday, November 10."
    assert values(text.split(". ")[0], None) == ["XXXX-01"]
    assert values(text.split(". ")[2], None) == ["XXXX-11-10"]


def test_dates_follow_the_story() -> None:
    text = "She joined in 2010. She resigned the next year. Two years later she returned. That year it closed."
    assert values(text, None) == ["2010", "2011", "2013", "2013"]
    text = "The plan was approved in November 2018. In December it was dropped, and in January it was back."
    assert values(text) == ["2018-11", "2018-12", "2019-01"]


def test_an_open_interval_does_not_end_in_its_first_year() -> None:
    assert values("He held the post from 2017 until May, when he lost his seat.") == ["2017/2021-05"]


def test_an_aside_is_a_story_of_its_own() -> None:
    assert values("Ann Other, who founded the club in 2009, left it in May.", "2021-07-05") == ["2009", "2021-05"]
    assert values("She founded the club in 2009 and left it in May.", "2021-07-05") == ["2009", "2009-05"]


def test_what_will_be_is_after_the_paper() -> None:
    assert values("She joined in 2009. She will leave in September.", "2021-07-05") == ["2009", "2021-09"]
    assert values("It opens in 2023. The last tenant will leave in September.", "2021-07-05") == ["2023", "2023-09"]


def test_a_paragraph_ends_the_story() -> None:
    assert values("The plan dates from 2018.\n\nIt was approved in November.") == ["2018", "2021-11"]


def test_neighbours_share_a_year() -> None:
    assert values("in January and March 2020") == ["2020-01", "2020-03"]


def test_an_interval_has_its_ends_as_parts() -> None:
    (mention,) = find_dates(NLP("leader from May 2010 until June 2014."), PUBLISHED)
    assert (mention.text, mention.role) == ("May 2010 until June 2014", "from")
    assert [(p.text, p.value) for p in mention.parts] == [("May 2010", "2010-05"), ("June 2014", "2014-06")]


def test_role_is_the_preposition() -> None:
    mentions = find_dates(NLP("Since 2017, until 31 March 2019, by the summer of 2020"), PUBLISHED)
    assert [m.role for m in mentions] == ["since", "until", "by"]


def test_weeks_are_kept_in_timex3() -> None:
    (mention,) = find_dates(NLP("She resigned last week."), "2022-03-03")
    assert (mention.value, mention.timex3) == ("2022-02", "2022-W08")
    (mention,) = find_dates(NLP("She resigned last week."), "2022-03-09")
    assert (mention.value, mention.timex3) == ("2022-02/2022-03", "2022-W09")


def test_vague_references_only_on_request() -> None:
    text = "It is now closed, and recently several months were lost."
    assert read(text) == []
    assert read(text, vague=True) == [("now", "PRESENT_REF"), ("recently", "PAST_REF"), ("several months", "PXM")]


@pytest.mark.parametrize(
    ("edtf", "timex3"),
    [
        ("2016-09-02", "2016-09-02"),
        ("2016-22", "2016-SU"),
        ("2023-33", "2023-Q1"),
        ("2016-40", "2016-H1"),
        ("199X", "199"),
        ("19XX", "19"),
        ("XXXX-01", "XXXX-01"),
        ("-0507", "BC0508"),
        ("1818~", "1818"),
    ],
)
def test_timex3(edtf: str, timex3: str) -> None:
    assert to_timex3(edtf) == timex3


@pytest.mark.parametrize("published", ["yesterday", "2022-13", "22-01-01", "2022-02-30", ""])
def test_published_must_be_a_date(published: str) -> None:
    with pytest.raises(ValueError, match="not a date of publication"):
        find_dates(NLP("today"), published)


@pytest.mark.parametrize("published", ["2022", "2022-03", None])
def test_published_may_be_coarse(published: str | None) -> None:
    text = "On Monday, in May, last month, last week, this winter, on 3 June, two weeks ago, today, next year"
    for _, value in read(text, published):
        assert not value[:4].isdigit() or value[:4] in ("2021", "2022", "2023")


# ── properties ────────────────────────────────────────────────────────────────

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
DATES = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))


def ordinal(n: int) -> str:
    return f"{n}" + ("th" if 10 < n % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th"))


FORMATS = [
    lambda d: d.isoformat(),
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{d.day:02} {MONTHS[d.month - 1][:3]} {d.year}",
    lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{MONTHS[d.month - 1].upper()} {d.day}, {d.year}",
    lambda d: f"{ordinal(d.day)} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"the {ordinal(d.day)} of {MONTHS[d.month - 1]}, {d.year}",
    lambda d: f"{WEEKDAYS[d.weekday()]} {d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{WEEKDAYS[d.weekday()]}, {MONTHS[d.month - 1]} {ordinal(d.day)}, {d.year}",
    lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
    lambda d: f"{d.day}.{d.month}.{d.year}",
]


@UNTIMED
@given(
    DATES, st.sampled_from(FORMATS), st.sampled_from(["{}", "It met on {}.", "({})", "Since {}, she", "line\n{}\nline"])
)
def test_a_written_date_reads_back(day: dt.date, form: object, frame: str) -> None:
    assert callable(form)
    assert values(frame.format(form(day)), None) == [day.isoformat()]


@UNTIMED
@given(DATES)
def test_a_month_and_year_read_back(day: dt.date) -> None:
    for text in (f"in {MONTHS[day.month - 1]} {day.year}", f"{MONTHS[day.month - 1]} of {day.year}"):
        assert values(text, None) == [f"{day.year}-{day.month:02}"]


@UNTIMED
@given(DATES, st.integers(0, 6))
def test_weekdays_lie_within_the_week_on_the_side_of_the_tense(published: dt.date, weekday: int) -> None:
    for text, low, high in (("It was agreed on {}.", -6, 0), ("It will be agreed on {}.", 0, 6)):
        (value,) = values(text.format(WEEKDAYS[weekday]), published.isoformat())
        day = dt.date.fromisoformat(value)
        assert day.weekday() == weekday
        assert low <= (day - published).days <= high


@UNTIMED
@given(DATES, st.sampled_from(MONTHS))
def test_a_month_lies_within_a_year_of_publication(published: dt.date, month: str) -> None:
    (value,) = values(f"The leader resigned in {month}.", published.isoformat())
    months = int(value[:4]) * 12 + int(value[5:]) - published.year * 12 - published.month
    assert value.endswith(f"-{MONTHS.index(month) + 1:02}")
    assert -10 <= months <= 1


def assert_sound(text: str, mentions: tuple[DateMention, ...]) -> None:
    at = 0
    for m in mentions:
        assert at <= m.start < m.end and text[m.start : m.end] == m.text and m.text == m.text.strip()
        assert m.value
        at = m.end
        for part in m.parts:
            assert m.start <= part.start < part.end <= m.end and text[part.start : part.end] == part.text


FRAGMENTS = st.sampled_from(
    "May march 2019 2023/24 the 1990s - – / to and between from 31 30th of February last next year week . , \n ( ) ' ’ "
    "£ two-and-a-half years ago later Monday 12 0 00 9/11 BC AD c. circa 99999 19 century quarter Q1 half a 1/2 ½ "
    "Christmas end start early mid- that following day month in since".split(" ")
)


@UNTIMED
@given(
    st.lists(st.one_of(FRAGMENTS, st.text(max_size=3)), max_size=25),
    st.sampled_from([None, "2022", "2022-03", PUBLISHED]),
)
def test_any_text_is_read_soundly(words: list[str], published: str | None) -> None:
    text = " ".join(words)
    doc = NLP.make_doc(text)
    assert_sound(doc.text, find_dates(doc, published, vague=True))


# ── real documents ────────────────────────────────────────────────────────────


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the development gold is not here")
def test_dates_of_the_gold_are_found() -> None:
    """Nine in ten of the dates that gold facts carry stand in their document with exactly that value."""
    found = total = 0
    for path in sorted((SHARED / "gold").glob("d*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        mentions = find_dates(NLP(text), gold.get("published"))
        assert_sound(text, mentions)
        known = {m.value for m in mentions} | {p.value for m in mentions for p in m.parts}
        stated = [fact[k] for fact in gold["facts"] for k in ("when", "start", "end", "since") if k in fact]
        total += len(stated)
        found += sum(s in known for s in stated)
    assert total > 50
    assert found / total >= 0.9


@pytest.mark.slow
@pytest.mark.skipif(not GUM.is_dir(), reason="GUM is not here")
def test_bars_on_gum() -> None:
    figures, _ = measure(GUM)
    assert figures["all"].gold > 1000
    assert figures["all"].f1 >= 0.90
    assert figures["all"].value >= 0.85
