"""Letters: what they find good or bad, or ask for, is said by whoever signs.

"Dear Ms Doe … The pace of change is too slow. … Yours sincerely, John Roe": each sentence between the greeting and the
close that takes a stance is a statement of the signatory, where the text does not tell of another who says it. Plain
facts of a letter stay facts: whoever signs it answers for them as a reporter does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span as Words

from kgraph.documents import Span
from kgraph.extract.cuefinder import FINITE
from kgraph.extract.cues import has_cues, load_cues
from kgraph.extract.reading import Mention, Reading
from kgraph.extract.stance import STATES, Manner, stance
from kgraph.extract.statements import Statement, find_statements
from kgraph.facts import Fact, Value

_SIGNED = 200  # characters after the close in which the signatory stands


def extract_letters(reading: Reading, found: Sequence[Statement] | None = None) -> Iterator[Fact]:
    """One `says` fact for each sentence of a letter that takes a stance. `found`: statements, where already read."""
    body = _body(reading) if has_cues(reading.ontology) and reading.doc.has_annotation("DEP") else None
    signatory = _signatory(reading, body.end) if body is not None else None
    if body is None or signatory is None:
        return
    cues = load_cues(reading.ontology)
    manner = Manner(kind="person", name=signatory.entity.text)
    told = [s.evidence for s in (find_statements(reading) if found is None else found)]
    for sentence in reading.doc.sents:
        span = Span(sentence.start_char, sentence.end_char)
        inside = body.start <= span.start and span.end <= body.end
        if not inside or not _tells(sentence) or any(t.overlaps(span) for t in told):
            continue
        kind = stance(cues, [t for t in sentence if not t.is_space], manner)
        if kind != STATES:
            words = " ".join(sentence.text.split()).rstrip(".")
            speaker = signatory.entity
            arguments: dict[str, Value | None] = {"speaker": speaker, "stance": kind, "gist": words, "quote": False}
            yield reading.fact("says", arguments, span.start, span.end, extractor="letters", confidence=0.6)


def _body(reading: Reading) -> Span | None:
    """A letter from its greeting to its close; None where the document is none."""
    letters = load_cues(reading.ontology).letters
    text, at, start = reading.document.text, 0, None
    for line in text.splitlines(keepends=True):
        said = line.strip().rstrip(",").lower()
        words = said.split()
        if start is None and words and words[0] in letters["greetings"] and len(words) <= 6:
            start = at + len(line)
        elif start is not None and said in letters["closes"]:
            return Span(start, at + len(line))
        at += len(line)
    return None


def _signatory(reading: Reading, at: int) -> Mention | None:
    people = (m for m in reading.mentions if m.entity.type == "person" and at <= m.start <= at + _SIGNED)
    return min(people, key=lambda m: m.start, default=None)


def _tells(sentence: Words) -> bool:
    """Whether words are a whole sentence, not a heading."""
    return any(t.tag_ in FINITE for t in sentence) and sentence.text.rstrip().endswith((".", "!"))
