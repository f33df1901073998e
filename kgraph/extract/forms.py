"""Forms: documents with a fixed layout, read by a description of the layout.

A description is a YAML file of the ontology's folder `forms/` with these keys:

    name        names the form in `Fact.extractor`
    define      pieces of patterns by name; a pattern refers to one as {name}
    recognise   `patterns`, all of which must occur within the first `within` characters
    fields      by name: `patterns` in order of preference; the value is the group `value`, or else the whole match
                `kind`    name, register (a name looked up there), date (the one at the value's place), grade or text
                `types`   entity types, of the name and of the register's entries
                `drop`    what to leave out of a name that no register holds, to look it up once more
                `within`  how far from the start to look; left out, as far as `recognise`; 0, to the end
    grades      the words of each grade, by the name that facts give to it
    ungraded    words that stand where a grade would, and say that there is none
    table       `rows`, each with `labels` (the wordings of its label) and any further keys; the rows stand within
                `within` characters after the first match of `after` (left out: after the start)
    facts       `relation`
                `arguments`  each a constant, {name, type} for an entity, $field, or $row.key and $row.grade;
                             a trailing "?" marks an argument that the fact can do without
                `each`       `row` for a fact a row
                `evidence`   the fields whose words it spans, or `row`

Patterns are Python's regular expressions, blind to letter case. In them a space stands for any white space, so that
lines may wrap anywhere, ' for any apostrophe and – for any hyphen or dash. What lies in page furniture is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import yaml

from kgraph.documents import Document, Span
from kgraph.facts import Entity, Fact, Value
from kgraph.registers import Entry, Registers
from kgraph.yamlfile import load_yaml

if TYPE_CHECKING:
    from kgraph.extract.reading import Reading

# A form states its facts outright; what remains is the chance that a text only looks like the form.
_CONFIDENCE = 0.98

# Words between two rows of one table: room for a row that the form does not know.
_MOST_WORDS_BETWEEN_ROWS = 30

# One word in so many of a row's label may be a slip of the pen.
_WORDS_PER_SLIP = 6

Kind = Literal["name", "register", "date", "grade", "text"]


@dataclass(frozen=True)
class Field:
    name: str
    patterns: tuple[re.Pattern[str], ...]
    kind: Kind
    types: tuple[str, ...]
    within: int
    drop: re.Pattern[str] | None


@dataclass(frozen=True)
class Row:
    labels: tuple[tuple[str, ...], ...]
    values: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    after: re.Pattern[str] | None
    within: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Template:
    """A fact that the form states."""

    relation: str
    arguments: Mapping[str, Any]
    evidence: tuple[str, ...]
    each_row: bool


@dataclass(frozen=True)
class Form:
    """A layout. `grades` maps the folded words of a grade to its name, or to None where they say that there is none."""

    name: str
    within: int
    recognise: tuple[re.Pattern[str], ...]
    grades: Mapping[tuple[str, ...], str | None]
    fields: tuple[Field, ...]
    table: Table | None
    templates: tuple[Template, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A value read from the text and the span of the words that say so."""

    value: Value
    span: Span


def forms(reading: Reading) -> Iterable[Fact]:
    """The facts that a document states by being an instance of a form."""
    document = reading.document
    described = load_forms(reading.ontology.folder / "forms")
    opening = _without_furniture(document, max((form.within for form in described), default=0))
    for form in described:
        if all(pattern.search(opening, 0, form.within) for pattern in form.recognise):
            yield from _read_form(form, reading)


@lru_cache(maxsize=8)
def load_forms(folder: Path) -> tuple[Form, ...]:
    """The forms described in a folder, by file name; none where there is no such folder.

    Raises ValueError naming the file that is not a description of a form.
    """
    loaded = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            loaded.append(_form(load_yaml(path)))
        except (yaml.YAMLError, re.error, KeyError, TypeError, ValueError, AttributeError) as error:
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            raise ValueError(f"{path}: not a form: {reason}") from error
    return tuple(loaded)


# --- descriptions ---


def _form(data: Mapping[str, Any]) -> Form:
    define: dict[str, str] = data.get("define", {})
    within: int = data["recognise"]["within"]
    grades: dict[tuple[str, ...], str | None] = {}
    for grade, wordings in data.get("grades", {}).items():
        grades.update((_words_of(wording), grade) for wording in wordings)
    grades.update((_words_of(wording), None) for wording in data.get("ungraded", ()))
    table = data.get("table")
    fields = tuple(
        Field(
            name=name,
            patterns=tuple(_pattern(pattern, define) for pattern in field["patterns"]),
            kind=field.get("kind", "text"),
            types=tuple(field.get("types", ())),
            within=field.get("within", within),
            drop=_pattern(field["drop"], define) if "drop" in field else None,
        )
        for name, field in data["fields"].items()
    )
    templates = tuple(
        Template(
            relation=fact["relation"],
            arguments=fact["arguments"],
            evidence=tuple(fact["evidence"]) if isinstance(fact["evidence"], list) else (fact["evidence"],),
            each_row=fact.get("each") == "row",
        )
        for fact in data["facts"]
    )
    known = {field.name for field in fields} | {"row"}
    for template in templates:
        references = [str(a).strip("$?").partition(".")[0] for a in template.arguments.values() if _is_reference(a)]
        if unknown := {*references, *template.evidence} - known:
            raise ValueError(f"no field named {', '.join(sorted(unknown))}")
    return Form(
        name=data["name"],
        within=within,
        recognise=tuple(_pattern(pattern, define) for pattern in data["recognise"]["patterns"]),
        grades=grades,
        fields=fields,
        table=_table(table, within, define) if table else None,
        templates=templates,
    )


def _table(data: Mapping[str, Any], within: int, define: Mapping[str, str]) -> Table:
    return Table(
        after=_pattern(data["after"], define) if "after" in data else None,
        within=data.get("within", within),
        rows=tuple(
            Row(
                labels=tuple(_words_of(label) for label in row["labels"]),
                values={key: value for key, value in row.items() if key != "labels"},
            )
            for row in data["rows"]
        ),
    )


# What a character of a pattern stands for, outside a character class and in one.
_LOOSE = {" ": (r"(?:\s+)", r"\s"), "'": ("['’‘ʼ]", "'’‘ʼ"), "–": (r"[\-‐‑‒–—−]", r"\-‐‑‒–—−")}
_UNIT = re.compile(r"\\.|\[\^?\]?|.", re.DOTALL)


def _pattern(pattern: str, define: Mapping[str, str]) -> re.Pattern[str]:
    """Compile a pattern as the head of this module describes it."""
    for _ in define:  # a definition may use others
        pattern = re.sub(r"\{([a-z ]+)\}", lambda m: f"(?:{define[m[1]]})", pattern)
    loose, in_class = [], False
    for unit in _UNIT.findall(pattern):
        loose.append(_LOOSE[unit][in_class] if unit in _LOOSE else unit)
        in_class = unit.startswith("[") or (in_class and unit != "]")
    return re.compile("".join(loose), re.IGNORECASE)


def _is_reference(argument: Any) -> bool:
    return isinstance(argument, str) and argument.startswith("$")


# --- reading ---


def _without_furniture(document: Document, length: int | None = None) -> str:
    """The text, or its start, with page furniture blanked out: offsets stay as they are."""
    text = document.text[:length]
    pieces, position = [], 0
    for span in sorted(document.furniture):
        start, end = max(span.start, position), min(span.end, len(text))
        if start < end:
            pieces += [text[position:start], " " * (end - start)]
            position = end
    return "".join([*pieces, text[position:]])


def _read_form(form: Form, reading: Reading) -> Iterator[Fact]:
    text = _without_furniture(reading.document)
    found: dict[str, Found] = {}
    on: str | None = None
    # Dates come first: who bears a name may depend on the day.
    for field in sorted(form.fields, key=lambda field: field.kind != "date"):
        value = _read_field(field, form, reading, text, on)
        if value is not None:
            found[field.name] = value
            if on is None and isinstance(value.value, str) and field.kind == "date":
                on = value.value
    rows = list(_read_table(form.table, form.grades, text)) if form.table else []
    for template in form.templates:
        for row in rows if template.each_row else [{}]:
            known = {**found, **row}
            arguments = _arguments(template, known, reading.ontology.registers)
            spans = [known[name].span for name in template.evidence if name in known]
            evidence = _evidence(reading.document, spans)
            if arguments is None or evidence is None:
                continue
            yield reading.fact(
                template.relation,
                arguments,
                evidence.start,
                evidence.end,
                extractor=f"form:{form.name}",
                confidence=_CONFIDENCE,
            )


def _evidence(document: Document, spans: Sequence[Span]) -> Span | None:
    """The longest stretch from the first to the last of these spans that no page furniture interrupts."""
    if not spans:
        return None
    start, last = min(span.start for span in spans), max(span.end for span in spans)
    stretches = []
    for furniture in [*(f for f in sorted(document.furniture) if f.overlaps(Span(start, last))), Span(last, last)]:
        text = document.text[start : furniture.start]
        if stripped := text.strip():
            first = start + len(text) - len(text.lstrip())
            stretches.append(Span(first, first + len(stripped)))
        start = max(start, furniture.end)
    return max(stretches, key=lambda span: span.end - span.start, default=None)


def _arguments(template: Template, known: Mapping[str, Found], registers: Registers) -> dict[str, Value | None] | None:
    """The arguments of a fact, or None where one is missing that it cannot do without."""
    arguments: dict[str, Value | None] = {}
    for name, argument in template.arguments.items():
        if isinstance(argument, Mapping):
            entries = registers.lookup(argument["name"], types=(argument["type"],))
            arguments[name] = Entity(argument["name"], argument["type"], entries[0].id if entries else None)
        elif not _is_reference(argument):
            arguments[name] = argument
        else:
            value = known.get(argument.strip("$?"))
            if value is None and not argument.endswith("?"):
                return None
            arguments[name] = value.value if value else None
    return arguments


def _read_field(field: Field, form: Form, reading: Reading, text: str, on: str | None) -> Found | None:
    """The field's first acceptable value; of names, one that a register holds before any that none does."""
    unregistered: Found | None = None
    for pattern in field.patterns:
        match = pattern.search(text, 0, field.within or len(text))
        if match is None:
            continue
        start, end = match.span("value" if "value" in pattern.groupindex else 0)
        words = " ".join(text[start:end].split())
        value: Value | None
        span = Span(*match.span())
        match field.kind:
            case "date":
                mention = next((d for d in reading.dates if d.start < end and start < d.end), None)
                if mention is None or mention.kind != "date":
                    continue
                value = mention.value
                span = Span(min(span.start, mention.start), max(span.end, mention.end))
            case "grade":
                value = form.grades.get(_words_of(words))
            case "name":
                value = Entity(words, field.types[0] if field.types else None, None, start, end)
            case "register":
                entries = _entries(field, words, reading.ontology.registers, on)
                kind = entries[0].type if entries else field.types[0] if field.types else None
                value = Entity(words, kind, entries[0].id if len(entries) == 1 else None, start, end)
                if not entries:
                    unregistered = unregistered or Found(value, span)
                    continue
            case _:
                value = words
        if value is not None:
            return Found(value, span)
    return unregistered


def _entries(field: Field, name: str, registers: Registers, on: str | None) -> tuple[Entry, ...]:
    types = field.types or None
    entries = registers.lookup(name, on, types)
    if not entries and field.drop:
        entries = registers.lookup(" ".join(field.drop.sub(" ", name).split()), on, types)
    return entries


# --- tables ---

# A word that is broken by a hyphen at the end of a line is one word.
_WORD = re.compile(r"\w+(?:['’]\w+)*(?:[-‐]\s*\n\s*\w+)*")
_BROKEN = re.compile(r"[-‐]\s*\n\s*")


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    start: int
    end: int


def _words(text: str, start: int = 0, end: int | None = None) -> list[_Word]:
    """Words of a stretch of text, folded so that letter case, apostrophes and broken lines make no difference."""
    return [
        _Word(_BROKEN.sub("", m[0]).casefold().replace("’", "'"), *m.span())
        for m in _WORD.finditer(text, start, len(text) if end is None else end)
    ]


def _words_of(text: str) -> tuple[str, ...]:
    return tuple(word.folded for word in _words(text))


@dataclass(frozen=True, slots=True)
class _RowMatch:
    """A row found in a table: how far its words are from the label's, and where they end in the list of words."""

    slips: int
    end: int
    row: Row
    grade: str | None


def _read_table(table: Table, grades: Mapping[tuple[str, ...], str | None], text: str) -> Iterator[dict[str, Found]]:
    """Each row once, in the order of the text: its values, its grade (`row.grade`) and its span (`row`)."""
    heading = table.after.search(text) if table.after else None
    if table.after and heading is None:
        return
    start = heading.end() if heading else 0
    words = _words(text, start, start + table.within)
    rows = list(table.rows)
    position = end_of_last = 0
    while rows and position < len(words):
        match = _match_row(words, position, rows, grades)
        if match is None:
            position += 1
            if len(rows) < len(table.rows) and position - end_of_last > _MOST_WORDS_BETWEEN_ROWS:
                return
            continue
        rows.remove(match.row)
        if match.grade is not None:
            span = Span(words[position].start, max(word.end for word in words[position : match.end]))
            values = {f"row.{key}": Found(value, span) for key, value in match.row.values.items()}
            yield {"row": Found("", span), "row.grade": Found(match.grade, span), **values}
        position = end_of_last = match.end


def _match_row(
    words: Sequence[_Word], start: int, rows: Iterable[Row], grades: Mapping[tuple[str, ...], str | None]
) -> _RowMatch | None:
    """The row whose label and grade stand at `start`, with the fewest slips.

    Where both cells of a row wrap, a text may have their lines in turn ("the impact of leaders / requires improvement /
    on practice / to be good"): the label's words are found in their order, and what is left over must be a grade.
    """
    best: _RowMatch | None = None
    for row in rows:
        for label in row.labels:
            if words[start].folded != label[0]:
                continue
            most_slips = len(label) // _WORDS_PER_SLIP
            matched, rest = 0, []
            for end in range(start, len(words)):
                if matched < len(label) and words[end].folded == label[matched]:
                    matched += 1
                else:
                    rest.append(words[end].folded)
                slips = next((n for n in range(most_slips + 1) if _begins_grade(rest[n:], grades)), None)
                if slips is None:
                    break
                wording = tuple(rest[slips:])
                # The longest wording counts: "requires improvement to be good", not "requires improvement".
                if matched == len(label) and wording in grades and (best is None or slips <= best.slips):
                    best = _RowMatch(slips, end + 1, row, grades[wording])
    return best


def _begins_grade(words: Sequence[str], grades: Iterable[tuple[str, ...]]) -> bool:
    return any(wording[: len(words)] == tuple(words) for wording in grades)
