"""Sums that somebody is given, told by the words of a clause alone.

A sum is often the word that a parse gets wrong ("£28m had been put aside"). Where no frame has taken one, a verb of
giving in its clause, or else the language model, still tells that it is paid; who pays, and to whom, is read only where
the parse says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kgraph.extract.clauses import AGENT, PATIENT, RECIPIENT, Clause, clauses
from kgraph.extract.cues import reporting_verbs
from kgraph.extract.decisions import decision_readers, headline_end
from kgraph.extract.figures import ASIDE, clause_around, is_told
from kgraph.extract.reading import Reading
from kgraph.facts import Entity, Fact, Value
from kgraph.language.wordscores import Scores, chances

_RELATION = "funds"
_GIVING = frozenset(
    "award grant contribute fund donate lend loan allocate earmark pledge fine refund reimburse compensate bankroll "
    "finance invest secure pencil".split()
)
_BY_OR_TO = re.compile(r"\b(?:by|from|to|than|at|against) (?:\w+ )?\Z")  # what a grant has risen by, a price
_CONFIDENCE = 0.6
_SENSED = 0.65  # the chance of stating a payment that does without a verb of giving
_RATHER = 0.9  # what is paid is often also said to measure something


def extract_sums(reading: Reading, others: Iterable[Fact]) -> Iterator[Fact]:
    """Facts of `funds` for sums that no other fact of their sentence has. `others` are the facts found so far."""
    relation = reading.ontology.relations.get(_RELATION)
    if relation is None or not reading.doc.has_annotation("DEP"):
        return
    text, headline = reading.document.text, headline_end(reading)
    sums = [q for q in reading.quantities if q.unit == "GBP" and q.per is None and q.start >= headline]
    if not sums:
        return
    taken = tuple(others)
    found = {c.token.i: c for c in clauses(reading.doc) if c.kind == "verb"}
    readers = decision_readers(reading)
    reporting = reporting_verbs(reading.ontology)
    paid, measured = chances(reading.doc, _RELATION), chances(reading.doc, "measures")
    for quantity in sums:
        span = reading.doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
        if span is None or _BY_OR_TO.search(text[max(0, quantity.start - 24) : quantity.start]):
            continue
        amount = float(quantity.value)
        if any(is_told(f, span.sent, amount) for f in taken):
            continue
        first, last = clause_around(span)
        verbs = [t for t in reading.doc[first:last] if t.pos_ == "VERB"]
        verb = next((t for t in verbs if t.lemma_.lower() in _GIVING), None)
        if verb is None and ASIDE.search(reading.doc[first:last].text):
            verb = next((t for t in verbs if t.lemma_.lower() in ("set", "put")), None)
        if verb is None and paid is not None and _is_sensed(span.root.i, paid, measured):
            over = (t for t in span.root.ancestors if t.pos_ == "VERB" and t.lemma_.lower() not in reporting)
            verb = next(over, None)
            if verb is not None and verb.lemma_.lower() == "spend":  # "spent £496m on roads" measures
                continue
        clause = found.get(verb.i) if verb is not None else None
        if clause is None:
            continue
        arguments: dict[str, Value | None] = {"amount": int(amount) if amount.is_integer() else amount}
        for name, tokens in _parties(clause).items():
            reader, parameter = readers[f"{_RELATION}.{name}"], relation.arguments[name]
            fillings = (reader.read(t, parameter) for t in tokens)
            value = next((f.value for f in fillings if f is not None), None)
            arguments[name] = value if name == "purpose" or isinstance(value, Entity) else None
        yield reading.fact(
            _RELATION,
            arguments,
            quantity.start,
            quantity.end,
            extractor="sums",
            confidence=_CONFIDENCE,
            polarity=clause.polarity,
            certainty=clause.certainty,
        )


def _is_sensed(i: int, paid: Scores, measured: Scores | None) -> bool:
    """Whether the language model takes a sum to be paid, and not much sooner to measure something."""
    return bool(paid[i] >= _SENSED and (measured is None or paid[i] > _RATHER * measured[i]))


def _parties(clause: Clause) -> dict[str, list[Token]]:
    """Where payer, payee and purpose stand. Who is fined pays."""
    agents, patients = [a.token for a in clause.all(AGENT)], [a.token for a in clause.all(RECIPIENT, PATIENT)]
    payer, payee = (patients, agents) if clause.lemma == "fine" else (agents, patients)
    to = [a.token for a in clause.all("to")]
    return {"payer": payer, "payee": [*to, *payee], "purpose": [a.token for a in clause.all("for", "towards")]}
