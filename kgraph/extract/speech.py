"""Speech: which parts of a text are somebody's words, and whose, as far as quotation marks and reporting verbs tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kgraph.documents import Span
from kgraph.extract.chunks import entity_at
from kgraph.extract.reading import Reading, per_reading
from kgraph.facts import Entity, Fact

# Shorter quotations are mostly single words that a writer takes over ("inadequate", "too slow").
_MIN_WORDS = 7
_OPEN_CLOSE = {"“": "”", '"': '"'}
_REPORTS = (
    r"(?:said|says|added|adds|told|claimed|claims|insisted|argued|stressed|admitted|believes|thinks|explained|replied|"
    r"retorted|warned|conceded|acknowledged|stated|maintained|alleged|asserted|suggested)"
)
_REPORT = re.compile(rf"\b{_REPORTS}\b")


@dataclass(frozen=True, slots=True)
class Speech:
    """Words of somebody; `speaker` is None where the text leaves open whose."""

    span: Span
    speaker: Entity | None


@per_reading
def quotations(reading: Reading) -> list[Speech]:
    """Direct speech of some length. An opening mark without a closing one runs to the end of its paragraph."""
    text = reading.document.text
    found = []
    for paragraph in re.finditer(r"[^\n]+", text):
        spans = list(_quoted(paragraph.group(), paragraph.start()))
        long = [s for s in spans if len(text[s.start : s.end].split()) >= _MIN_WORDS]
        if not long:
            continue
        speakers = {
            m.entity: entity_at(m)
            for m in reading.mentions
            if paragraph.start() <= m.start < paragraph.end()
            and m.entity.type == "person"
            and not any(s.start <= m.start < s.end for s in spans)
        }
        speaker = next(iter(speakers.values())) if len(speakers) == 1 else None
        found += [Speech(span, speaker) for span in long]
    return found


def attribute(reading: Reading, facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts, those in direct speech as claims of its speaker; left out where the speaker is not clear."""
    speech = quotations(reading)
    for fact in facts:
        said = next((s for s in speech if s.span.start <= fact.evidence.start < s.span.end), None)
        if said is None or fact.attributed_to is not None:
            yield fact
        elif said.speaker is not None:
            yield replace(fact, attributed_to=said.speaker)


def _quoted(paragraph: str, offset: int) -> list[Span]:
    spans = []
    at = 0
    while at < len(paragraph):
        closing = _OPEN_CLOSE.get(paragraph[at])
        if closing is not None:
            end = paragraph.find(closing, at + 1)
            end = len(paragraph) if end < 0 else end + 1
            spans.append(Span(offset + at, offset + end))
            at = end
        else:
            at += 1
    return spans


def reports(words: str) -> bool:
    """Whether a stretch of words has a verb that reports what somebody says."""
    return _REPORT.search(words) is not None
