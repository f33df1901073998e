"""Questions to a person: which entities that may be one are one, with what the documents say of each.

A question is a decision of `kgraph.resolve` on a pair. Its answer is a `Judgement`, kept as plain data apart from graph
and workspace (`kgraph.resolve.judgements`), which every later build obeys.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from kgraph.documents import Document
from kgraph.export.files import replacing
from kgraph.facts import Entity, Fact
from kgraph.identifiers import digest
from kgraph.ontology import Ontology
from kgraph.registers import normalise
from kgraph.resolve.entities import Resolution
from kgraph.resolve.joining import Decision, Outcome
from kgraph.resolve.judgements import Judgement, Key, Verdict, dump, key_from_json, load

Answer = Literal["same", "different", "unsure", "undo"]
Pair = tuple[Key, Key]

_MOST_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One of a pair. `where` says which documents these are; `sentences` are of facts about it, at most two."""

    key: Key
    name: str
    type: str | None
    where: str
    sentences: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            **self.key.to_json(),
            "called": self.name,
            "where": self.where,
            "sentences": list(self.sentences),
        }


@dataclass(frozen=True, slots=True)
class Question:
    """A pair, what was made of it and why. `id` is of the pair alone, and so outlasts every build."""

    id: str
    one: Side
    other: Side
    outcome: Outcome
    reasons: tuple[str, ...]
    weight: int
    verdict: Verdict | None

    def to_json(self) -> dict[str, Any]:
        """An object that may be given back as an answer once its `verdict` is filled in (see `read_answer`)."""
        return {
            "id": self.id,
            "outcome": self.outcome,
            "reasons": list(self.reasons),
            "one": self.one.to_json(),
            "other": self.other.to_json(),
            "verdict": self.verdict,
            "reason": "",
        }


def pair_id(pair: Pair) -> str:
    """What a pair is called on a command line; the order of the two makes no difference."""
    return digest("pair", *(part for key in sorted(pair) for part in key))[:10]


def ask(
    resolution: Resolution,
    facts: Iterable[Fact],
    documents: Mapping[str, Document],
    ontology: Ontology,
    judgements: Iterable[Judgement] = (),
    *,
    outcome: Outcome = "doubtful",
    name: str | None = None,
) -> list[Question]:
    """The decisions of this outcome, those that would spoil most first.

    name        only those in which somebody or something has these words in its name
    judgements  pairs judged before are asked about again only where the outcome is not "doubtful"
    """
    judged = {judgement.pair: judgement.verdict for judgement in judgements}
    decisions = [
        decision
        for decision in resolution.decisions
        if decision.outcome == outcome
        and not (outcome == "doubtful" and (decision.one, decision.other) in judged)
        and (name is None or _is_named(decision, name, resolution))
    ]
    said = _said({key for decision in decisions for key in (decision.one, decision.other)}, facts)
    return [
        Question(
            pair_id((decision.one, decision.other)),
            _side(decision.one, said[decision.one], documents, ontology),
            _side(decision.other, said[decision.other], documents, ontology),
            decision.outcome,
            decision.reasons,
            decision.weight,
            judged.get((decision.one, decision.other)),
        )
        for decision in sorted(decisions, key=lambda decision: (-decision.weight, decision))
    ]


def answer(judgements: Iterable[Judgement], pair: Pair, said: Answer, reason: str = "") -> tuple[Judgement, ...]:
    """The judgements after an answer: it replaces what was said of the pair before."""
    pair = (min(pair), max(pair))
    others = [judgement for judgement in judgements if judgement.pair != pair]
    return tuple(sorted(others if said == "undo" else [*others, Judgement(*pair, said, reason)]))


def read_answer(data: Any) -> tuple[Pair, Answer | None, str]:
    """Pair, answer and reason of a judgement or a filled-in question, as JSON. Raises ValueError if it is neither."""
    try:
        pair = key_from_json(data["one"]), key_from_json(data["other"])
        verdict, reason = data.get("verdict"), data.get("reason") or ""
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no answer: expected an object with one, other and verdict") from error
    if verdict is not None and verdict not in get_args(Answer):
        raise ValueError(f"no verdict: {verdict!r} (one of {', '.join(get_args(Answer))})")
    return pair, verdict, str(reason)


def read_judgements(path: Path, *, needed: bool = False) -> tuple[Judgement, ...]:
    """The judgements of a file; none where there is no file, unless it is needed. Raises OSError or ValueError."""
    if not needed and not path.exists():
        return ()
    with path.open(encoding="utf-8") as file:
        return load(file)


def write_judgements(judgements: Iterable[Judgement], path: Path) -> None:
    """Replaces a file of judgements at once. Raises OSError."""
    text = io.StringIO()
    dump(judgements, text)
    with replacing() as put:
        put(path, lambda file: file.write(text.getvalue().encode()))


def _is_named(decision: Decision, name: str, resolution: Resolution) -> bool:
    entities = (resolution.of(key) for key in (decision.one, decision.other))
    return any(
        f" {normalise(name)} " in f" {normalise(text)} " for entity in entities for text in (entity.name, *entity.names)
    )


def _said(keys: set[Key], facts: Iterable[Fact]) -> dict[Key, list[tuple[Entity, Fact]]]:
    """What facts say of these, each with the name it goes by there."""
    found: dict[Key, list[tuple[Entity, Fact]]] = defaultdict(list)
    for fact in facts:
        entities = [value for value in fact.arguments.values() if isinstance(value, Entity)]
        for entity in [*entities, *([fact.attributed_to] if fact.attributed_to else [])]:
            key = Key.of(fact.document, entity)
            if key in keys:
                found[key].append((entity, fact))
    return found


def _side(key: Key, said: Sequence[tuple[Entity, Fact]], documents: Mapping[str, Document], ontology: Ontology) -> Side:
    entry = ontology.registers.entries.get(key.id)
    names = [entity.text for entity, _ in said]
    name = entry.name if entry else max(sorted(set(names)), key=names.count, default=key.name)
    spoken = sorted({fact.document for _, fact in said})
    titles = [
        ", ".join(filter(None, (documents[document].title or document, documents[document].published)))
        for document in spoken[:_MOST_SENTENCES]
    ]
    more = len(spoken) - len(titles)
    where = "; ".join(titles) + (f"; and {more} more" if more else "")
    facts = [fact for _, fact in sorted(said, key=_telling)]
    sentences = dict.fromkeys(" ".join(fact.evidence.text.split()) for fact in facts)
    return Side(key, name, entry.type if entry else key.type or None, where, tuple(sentences)[:_MOST_SENTENCES])


def _telling(said: tuple[Entity, Fact]) -> tuple[object, ...]:
    """What tells most comes first: what is so, where the name stands, what joins most, the longest sentence."""
    entity, fact = said
    text = fact.evidence.text
    return (
        not fact.asserted,
        entity.text not in text,
        -len(fact.arguments),
        -len(text),
        fact.document,
        fact.evidence.start,
    )
