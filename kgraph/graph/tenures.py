"""Terms of office from what several statements say of them.

A statement may give a start, an end, or only that somebody held a post when the document was published. Statements of
one person, one post and one kind of holding (interim, acting) are one term unless their times cannot be one's: two
starts, two ends, in office after the end. So two documents' partial statements of a term become one, and two terms
stay two. Days are ISO 8601 texts and compare as such; None is unknown.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kgraph.graph import edtf
from kgraph.graph.edtf import Bounds

_EARLIEST, _LATEST = "0000", "9999-99"
_UNKNOWN = Bounds()
_NOTICE_DAYS = 400


@dataclass(frozen=True, slots=True)
class Part:
    """What one statement says of a term of office.

    statement   what says it
    limits      the days between which the term began and ended
    seen        the days on which documents say that it was going on: first and last
    over        the day by which it was over, where a document only says that it was
    notice      whether the end is that of a departure told of, which may be the day on which it was announced
    """

    statement: str
    limits: Bounds = _UNKNOWN
    seen: tuple[str, str] | None = None
    over: str | None = None
    notice: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office: all that its statements say of it. Fields as in `Part`."""

    statements: tuple[str, ...]
    limits: Bounds
    seen: tuple[str, str] | None
    over: str | None
    notice: bool = False

    @property
    def certain(self) -> tuple[str, str] | None:
        """The first and the last day on which somebody was in office for certain; None where no day is certain."""
        first = min(filter(None, (self.limits.start_latest, self.seen and self.seen[0])), default=None)
        last = max(filter(None, (self.limits.end_earliest, self.seen and self.seen[1])), default=None)
        if first is None or last is None:
            return (first or last or "",) * 2 if first or last else None
        return (first, last) if first <= last else None

    @property
    def ended(self) -> str | None:
        """The day by which it had ended, if it has."""
        return min(filter(None, (self.limits.end_latest, self.over)), default=None)


def terms(parts: Sequence[Part]) -> list[Term]:
    """The terms that these statements of one person, post and kind tell of, in the order of time.

    What fits several terms and has no time of its own tells of none in particular, and is left out.
    """
    found: list[Term] = []
    timed = sorted((part for part in parts if _time(part)), key=lambda part: (_time(part), part.statement))
    for part in timed:
        term = Term((part.statement,), part.limits, part.seen, part.over, part.notice)
        fitting = [n for n, other in enumerate(found) if _fits(other, term)]
        if fitting:
            found[fitting[-1]] = _unite(found[fitting[-1]], term)
        else:
            found.append(term)
    loose = tuple(part.statement for part in parts if not _time(part))
    if not found and loose:
        return [Term(tuple(sorted(loose)), _UNKNOWN, None, None)]
    if len(found) == 1:
        found[0] = replace(found[0], statements=tuple(sorted({*found[0].statements, *loose})))
    return sorted(found, key=lambda term: (_time(term), term.statements))


def _time(part: Part | Term) -> str:
    """A day that tells about when it was; "" where nothing does."""
    limits = part.limits
    days = (limits.start_earliest, part.seen and part.seen[0], limits.end_latest, part.over, limits.start_latest)
    return next(filter(None, (*days, limits.end_earliest)), "")


def _unite(one: Term, other: Term) -> Term:
    a, b = one.limits, other.limits
    days = [day for span in (one.seen, other.seen) if span for day in span]
    seen = (min(days), max(days)) if days else None
    end_earliest = max(filter(None, (a.end_earliest, b.end_earliest)), default=None)
    end_latest = min(filter(None, (a.end_latest, b.end_latest)), default=None)
    over = min(filter(None, (one.over, other.over)), default=None)
    notice = one.notice or other.notice
    if notice and seen is not None:
        if end_latest is not None and end_latest < seen[1] <= _later(end_latest):
            end_earliest, end_latest = seen[1], None
        if over is not None and over < seen[1] <= _later(over):
            over = None
    return Term(
        tuple(sorted({*one.statements, *other.statements})),
        Bounds(
            max(filter(None, (a.start_earliest, b.start_earliest)), default=None),
            min(filter(None, (a.start_latest, b.start_latest)), default=None),
            end_earliest,
            end_latest,
        ),
        seen,
        over,
        notice,
    )


def _later(day: str) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(_NOTICE_DAYS)).isoformat()


def _fits(one: Term, other: Term) -> bool:
    """Whether two accounts can be of one term."""
    both = _unite(one, other)
    limits = both.limits
    start = (limits.start_earliest or _EARLIEST, limits.start_latest or _LATEST)
    end = (limits.end_earliest or _EARLIEST, min(limits.end_latest or _LATEST, both.over or _LATEST))
    if start[0] > start[1] or end[0] > end[1] or start[0] > end[1]:
        return False
    return both.seen is None or (start[0] <= both.seen[0] and both.seen[1] <= end[1])


def span(limits: Bounds, over: str | None = None) -> str:
    """The time of a term in words, no more precise than its limits: "2019-05 – 2023", "? – by 2023-11-30"."""
    start = _date(limits.start_earliest, limits.start_latest)
    end = _date(limits.end_earliest, limits.end_latest) or (f"by {over}" if over else "")
    return f"{start or '?'} – {end or '?'}" if start or end else ""


def _date(first: str | None, last: str | None) -> str:
    """A day, a month, a year, or an interval in EDTF; open where one side is unknown."""
    for shown in (first, (first or "")[:7], (first or "")[:4]):
        if shown and edtf.days(shown) == (first, last):
            return shown
    return f"{first or '..'}/{last or '..'}" if first or last else ""


@dataclass(slots=True)
class Holding:
    """A term with who held what: what the graph has of it. `kind` is "" or how the post was held ("interim")."""

    person: str
    post: str
    kind: str
    term: Term
    iri: str = ""
    follows: list[str] = field(default_factory=list)
    at_once_with: list[str] = field(default_factory=list)


def order(holdings: Sequence[Holding]) -> None:
    """Notes for the holdings of one post that one person at a time has who follows whom, and who of two different
    people are both said to have had it on one day."""
    for number, one in enumerate(holdings):
        for other in holdings[number + 1 :]:
            if one.person != other.person and _at_once(one.term, other.term):
                one.at_once_with.append(other.iri)
                other.at_once_with.append(one.iri)
    for later in holdings:
        before = [one for one in holdings if one is not later and _before(one.term, later.term)]
        for one in before:
            between = any(_before(one.term, other.term) for other in before if other is not one)
            if not between:
                later.follows.append(one.iri)


def _at_once(one: Term, other: Term) -> bool:
    """Both for certain on one day; the day on which a post is handed over is no such day."""
    a, b = one.certain, other.certain
    return a is not None and b is not None and max(a[0], b[0]) < min(a[1], b[1])


def _before(one: Term, other: Term) -> bool:
    """Whether one ends before the other begins, as far as is said: also in the month in which it begins, unless it
    could as well be the other way round."""
    return _ends_by(one, other) and not _ends_by(other, one)


def _ends_by(one: Term, other: Term) -> bool:
    begun = other.limits.start_latest or (other.seen and other.seen[0])
    return one.ended is not None and begun is not None and one.ended <= begun
