"""Formal judgements: "rated inadequate by X", "X judged the service to be good", "an 'inadequate' rating".

A grade is a word of a scale that the inspector named uses; with everyday words among the grades ("good", "poor"),
only the company of a judging verb or noun makes them a judgement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kgraph.extract.chunks import ORG, PLACE, SERVICE, WORD, Chunk, Row, entity_at, rows
from kgraph.extract.lexicon import Lexicon, load_lexicon
from kgraph.extract.parts import body, services
from kgraph.extract.reading import Reading
from kgraph.extract.roles import subjects_of, territories_of
from kgraph.extract.scales import Grade, Scales, load_scales
from kgraph.extract.words import Word
from kgraph.facts import Certainty, Entity, Fact
from kgraph.resolve.territories import Territories

EXTRACTOR = "judgements"
_CONFIDENCE = 0.85
GRADE, INSPECTOR = "J", "I"

_VERB = r"(?:rated|judged|graded|deemed|assessed|declared|branded|classed|labelled|ranked|marked|rates|judges)"
_NOUN = r"(?:rating|ratings|grade|grades|judgement|judgment|verdict|score|finding|mark|outcome|status|assessment)"
_GIVEN = (
    "(?:gave|give|gives|given|giving|handed|hands|awarded|awards|received|receives|receiving|got|gets|scored|scores|"
    "remains|remained|remain|retained|retains|kept|keeps|held|holds|regraded|confirmed|assigned|issued|achieved)"
)
_OBJ = r"(?:(?:[a-z'-]+|O|L|S|,) ){0,8}?"
_AFTER = "(?:in|at|by|for|on|after|when|overall|and|but|last|this|both) "
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # rated (as) J · judged to be J · judged the service to be J
        rf"(?P<v>{_VERB}) (?:overall )?(?:to be |as |as being |as an? |at )?(?P<j>J )",
        rf"(?P<v>{_VERB}) {_OBJ}(?:to be |as |as being )?(?P<j>J )(?:[.,;]|{_AFTER})",
        rf"(?P<v>found) (?:to be |{_OBJ}to be )?(?P<j>J )",
        # gave the council a J · was handed a J · remains at J: for grades that are no everyday words
        rf"(?P<w>{_GIVEN}) {_OBJ}(?:an? |its |the |their |at |on )?(?P<j>J )",
        # a rating of J · a J rating · rating ... J
        rf"{_NOUN} (?:of |as |: |was |is )(?P<j>J )",
        rf"(?P<j>J ){_NOUN} ",
        # from J to J
        r"from (?P<previous>J )(?:straight |directly |up |down )?to (?P<j>J )",
    )
)
_BOTH = re.compile(r"from (?P<previous>J )(?:straight |directly |up |down )?to (?P<j>J )")
_POSSIBLE = frozenset("could may might would if should whether risk risks face faces facing avoid fear fears".split())
_PLANNED = frozenset("will aims aim hopes hope wants want".split())
_NEGATIVE = frozenset("not never n't no without".split())


@dataclass(frozen=True, slots=True)
class Found:
    """A grade in a row with the chunks that the pattern covers, by index."""

    grade: Chunk
    previous: Chunk | None
    first: int
    last: int


def extract_judgements(reading: Reading) -> Iterator[Fact]:
    """Facts of `rates`."""
    scales = load_scales(reading.ontology.folder, reading.ontology.base_iri)
    if not scales:
        return
    lexicon = load_lexicon(reading.ontology.folder)
    only = _only_inspector(reading, scales)
    about = subjects_of(reading)
    for row in rows(reading):
        if not any(_grades(row.chunks, scales)):
            continue
        row = _marked(row, scales, lexicon)
        if row.chunks[0].text in ("no", "none"):
            continue
        for found in _found(row, lexicon):
            yield from _facts(reading, row, found, only, about.get(""), lexicon)


def _marked(row: Row, scales: Scales, lexicon: Lexicon) -> Row:
    """The row with grades, services and inspectors marked."""
    row = row.marked(services(row.chunks, lexicon))
    row = row.marked(_grades(row.chunks, scales))
    chunks = tuple(
        Chunk(INSPECTOR, c.start, c.end, c.text, c.value) if c.code == ORG and _inspects(c.value.entity, scales) else c
        for c in row.chunks
    )
    return Row(row.start, row.end, chunks)


def _inspects(entity: Entity, scales: Scales) -> bool:
    return entity.id in scales.users


def _grades(chunks: Sequence[Chunk], scales: Scales) -> Iterator[Chunk]:
    """Grades with the quotation marks around them; the value is what the words may mean."""
    line = [c.value if c.code == WORD else Word(c.start, c.end, c.code, c.code.lower()) for c in chunks]
    at = 0
    while at < len(line):
        length, grades = scales.grades.longest(line, at)
        if length:
            first, last = at, at + length - 1
            if _is_mark(chunks, at - 1) and _is_mark(chunks, at + length):
                first, last = at - 1, at + length
            label = " ".join(w.folded for w in line[at : at + length])
            text = f'"{label}"' if first < at else label
            yield Chunk(GRADE, chunks[first].start, chunks[last].end, text, tuple(grades))
        at += length or 1


def _is_mark(chunks: Sequence[Chunk], at: int) -> bool:
    return 0 <= at < len(chunks) and chunks[at].text in ('"', "'")


def _found(row: Row, lexicon: Lexicon) -> Iterator[Found]:
    done: set[int] = set()
    for pattern in (_BOTH, *_PATTERNS):
        for m, _ in row.find(pattern):
            grade = row.group(m, "j")[0]
            covered = row.group(m, 0)
            if grade.start in done:
                continue
            if m[0].startswith("found J") and not (_quoted(grade) or any(g.name == grade.text for g in grade.value)):
                continue
            if "w" in m.re.groupindex and not (_quoted(grade) or any(c.isdigit() for c in grade.text)):
                continue
            previous = row.group(m, "previous")[0] if "previous" in m.re.groupindex else None
            if previous is not None and not _MOVES.search(row.text[: m.start()]):
                continue
            done |= {grade.start} | ({previous.start} if previous is not None else set())
            first = row.chunks.index(covered[0])
            yield Found(grade, previous, first, row.chunks.index(covered[-1]))
            for at in _listed(row.chunks, row.chunks.index(grade)) if previous is None else ():
                done.add(row.chunks[at].start)
                yield Found(row.chunks[at], None, first, at)
    for at, chunk in enumerate(row.chunks):
        if chunk.code != GRADE or chunk.start in done or not _quoted(chunk):
            continue
        # 'inadequate' council · service 'requires improvement'
        follows = [c.value for c in row.chunks[at + 1 : at + 4] if c.code == WORD]
        if (follows and lexicon.nominals.longest(follows, 0)[0]) or (at and row.chunks[at - 1].code == SERVICE):
            yield Found(chunk, None, at, at)


def _listed(chunks: Sequence[Chunk], first: int) -> Iterator[int]:
    """Further grades of a list that begins with the one at an index: "inadequate at one thing, good in two others and
    outstanding for leadership"."""
    if first + 1 >= len(chunks) or chunks[first + 1].text not in _SUBJECT_OF:
        return
    for at in range(first + 2, len(chunks)):
        if chunks[at].text in (".", ";", ":", "who", "which", "that", "said"):
            return
        joined = chunks[at].code == GRADE and chunks[at - 1].text in _JOINING
        if joined and at + 1 < len(chunks) and chunks[at + 1].text in _SUBJECT_OF:
            yield at


_SUBJECT_OF = frozenset(("at", "in", "for", "on"))  # what a grade is for stands behind it, behind one of these
_JOINING = frozenset((",", "and", "but", "while", "with"))


def _quoted(grade: Chunk) -> bool:
    return grade.text.startswith('"')


_MOVES = re.compile(
    r"\b(?:rating|grade|gone|went|goes|risen|rose|moved|moves|moving|improved|improving|upgraded|downgraded|fell|fallen|"
    r"dropped|jumped|leapt|raised|lifted|up|down)\b"
)


def _only_inspector(reading: Reading, scales: Scales) -> Entity | None:
    named = {m.entity for m in reading.mentions if _inspects(m.entity, scales)}
    return next(iter(named)) if len(named) == 1 else None


def _facts(
    reading: Reading,
    row: Row,
    found: Found,
    only: Entity | None,
    about: Entity | None,
    lexicon: Lexicon,
) -> Iterator[Fact]:
    chunks = row.chunks
    at = chunks.index(found.grade)
    before = [c.text for c in chunks[max(0, found.first - 3) : at] if c.code == WORD]
    if any(w in _NEGATIVE or w.endswith("n't") for w in before) or "longer" in before:
        return
    if [c.text for c in chunks[at + 1 : at + 2]] == ["or"]:
        return  # "good or better": of several
    inspector = _nearest(chunks, at, lambda c: c.code == INSPECTOR)
    who = entity_at(inspector.value) if inspector is not None else only
    if who is None:
        return
    grade = _grade(found.grade, who)
    if grade is None:
        return
    subject = _judged(chunks, found, at, lexicon, territories_of(reading))
    establishment = any(c.text in lexicon.establishments for c in chunks[:at] if c.code == WORD)
    if establishment and (subject is None or _is_place(subject, row)):
        return
    if subject is None and (
        _of_rating(chunks, found) or inspector is not None or any(c.code == SERVICE for c in chunks)
    ):
        subject = about
    if subject is None or subject.id == who.id:
        return
    service = _nearest(chunks, at, lambda c: c.code == SERVICE)
    previous = _grade(found.previous, who) if found.previous is not None else None
    first = min(chunks[found.first].start, *(c.start for c in (inspector, service) if c is not None), found.grade.start)
    last = max(chunks[found.last].end, found.grade.end, *(c.end for c in (inspector, service) if c is not None))
    if subject.start is not None and subject.end is not None:
        first, last = min(first, subject.start), max(last, subject.end)
    dates: list[str | None] = [*_dates(reading, row, found.grade)]
    for when in dates or [None]:
        yield reading.fact(
            "rates",
            {
                "inspector": who,
                "body": subject,
                "judgement": grade.name,
                "service": service.text if service is not None else None,
                "previous": previous.name if previous is not None else None,
                "when": when,
            },
            first,
            last,
            extractor=EXTRACTOR,
            confidence=_CONFIDENCE,
            certainty=_certainty(before),
        )


def _of_rating(chunks: Sequence[Chunk], found: Found) -> bool:
    """Whether the text speaks of a rating, and not of whatever "was judged to be good"."""
    return found.previous is not None or not re.match(_VERB + "|found", chunks[found.first].text)


def _grade(chunk: Chunk | None, who: Entity) -> Grade | None:
    """What the words mean on a scale of this inspector, if they mean anything there."""
    if chunk is None:
        return None
    return next((g for g in chunk.value if who.id in g.users), None)


def _nearest(chunks: Sequence[Chunk], at: int, is_wanted: Callable[[Chunk], bool]) -> Chunk | None:
    wanted = [(abs(i - at), i) for i, c in enumerate(chunks) if is_wanted(c)]
    return chunks[min(wanted)[1]] if wanted else None


def _judged(
    chunks: Sequence[Chunk], found: Found, at: int, lexicon: Lexicon, territories: Territories
) -> Entity | None:
    """The body judged: named between verb and grade, else the nearest before, else the nearest after."""
    inside = range(found.first, at)
    before = range(found.first - 1, -1, -1)
    after = range(at + 1, len(chunks))
    for i in (*inside, *before, *after):
        chunk = chunks[i]
        if chunk.code == ORG and chunk.value.entity.type in lexicon.judged:
            return entity_at(chunk.value)
        if chunk.code == PLACE:
            beside = chunks[i - 1].text if i else ""
            owner = i + 1 < len(chunks) and chunks[i + 1].text == "'s"
            if i == 0 or beside in ("in", "at", "for", "against") or owner:
                return body(chunk, territories)
    return None


def _is_place(subject: Entity, row: Row) -> bool:
    """Whether the body is only meant by a place: "the home in Northby"."""
    return any(c.code == PLACE and c.start == subject.start for c in row.chunks)


def _dates(reading: Reading, row: Row, grade: Chunk) -> list[str]:
    """The date that stands close behind the grade; both of "in both 2016 and 2018"."""
    behind = [d for d in reading.dates if d.kind == "date" and grade.end <= d.start < min(row.end, grade.end + _NEAR)]
    text = reading.document.text
    if len(behind) == 2 and re.search(r"\bboth\b", text[grade.end : behind[0].start]):
        return [d.value for d in behind]
    return [behind[0].value] if behind else []


_NEAR = 30


def _certainty(before: Sequence[str]) -> Certainty:
    if any(w in _POSSIBLE for w in before):
        return "possible"
    return "planned" if any(w in _PLANNED for w in before) else "stated"
