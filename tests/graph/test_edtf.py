"""The days a date leaves open."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.graph.edtf import Bounds, bounds, days, extent


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2019-05-06", "2019-05-06", "2019-05-06"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2016", "2016-01-01", "2016-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2016?", "2016-01-01", "2016-12-31"),
        ("2016-XX", "2016-01-01", "2016-12-31"),
        ("2019-24", "2019-12-01", "2020-02-29"),  # winter
        ("2019-34", "2019-04-01", "2019-06-30"),  # second quarter
    ],
)
def test_days(date: str, first: str, last: str) -> None:
    assert days(date) == (first, last)


@pytest.mark.parametrize(
    "date", ["XXXX-05", "XXXX-05-02", "..", "", "2019-13", "2019-02-30", "last May", "0000", "20190506"]
)
def test_no_precision_is_invented(date: str) -> None:
    assert days(date) is None


def test_an_event_known_to_the_month_may_begin_and_end_on_any_of_its_days() -> None:
    assert bounds("2018-06") == Bounds("2018-06-01", "2018-06-30", "2018-06-01", "2018-06-30")


def test_intervals() -> None:
    assert bounds("2019-05-06/2019-05-17") == Bounds("2019-05-06", "2019-05-06", "2019-05-17", "2019-05-17")
    assert bounds("2019/..") == Bounds("2019-01-01", "2019-12-31", None, None)
    assert bounds("2019/2018") == Bounds()


def test_a_state_without_end_has_no_end() -> None:
    assert extent("2015-05", None) == Bounds("2015-05-01", "2015-05-31", None, None)


@given(st.dates(min_value=datetime.date(1, 1, 1)), st.integers(0, 2))
def test_a_day_lies_within_every_coarser_date_that_names_it(day: datetime.date, cut: int) -> None:
    found = days(day.isoformat()[: (10, 7, 4)[cut]])
    assert found is not None
    assert found[0] <= day.isoformat() <= found[1]
    assert all(datetime.date.fromisoformat(one) for one in found)
