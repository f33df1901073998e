"""Facts of one document that tell of the same event, made one.

"Ofsted inspected the council in May … The inspection, its second, lasted three weeks": what a text says of an event in
several places is one fact with all of it, as long as nothing said in one place contradicts another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kgraph.facts import Entity, Fact, Value
from kgraph.ontology import Relation

_FIRM = 0.7

_KIND = "kind"  # the argument that says what kind of event a fact tells of
_ASPECT = "aspect"  # the one that says of what part of it: a fact of the whole is never one of a part


def unite(facts: Iterable[Fact], keys: Mapping[str, Sequence[str]]) -> list[Fact]:
    """Facts of relations that `keys` names: one for those whose key arguments agree and that do not contradict.

    Facts of other relations come through as they are. The evidence is that of the fact that says most. A fact of low
    confidence gives way where another says otherwise ("replaced", and elsewhere "dismissed").
    """
    done: list[Fact] = []
    ranked = sorted(facts, key=lambda f: (_weak(f), -len(f.arguments), f.evidence.start, f.evidence.end))
    for fact in ranked:
        key = keys.get(fact.relation)
        other = next((i for i, d in enumerate(done) if key and _agree(d, fact, key)), None)
        if other is None:
            done.append(fact)
        else:
            done[other] = _joined(done[other], fact)
    return done


def without_yielding(facts: Sequence[Fact], relations: Mapping[str, Relation]) -> list[Fact]:
    """Leaves out facts whose relation yields to another that the same sentence asserts ("X, the leader, resigned")."""
    kept = []
    for fact in facts:
        yields = relations[fact.relation].yields
        if not any(
            other.asserted
            and other.evidence.start <= fact.evidence.start
            and fact.evidence.end <= other.evidence.end
            and all(_same(fact.arguments.get(name), other.arguments.get(name)) for name in yields[other.relation])
            for other in facts
            if other.relation in yields
        ):
            kept.append(fact)
    return kept


def _same(one: Value | None, other: Value | None) -> bool:
    return one is not None and other is not None and _finer(one, other) is not None


def _weak(fact: Fact) -> bool:
    return fact.confidence < _FIRM


def _agree(one: Fact, other: Fact, key: Sequence[str]) -> bool:
    if (one.relation, one.polarity, one.certainty, one.attributed_to is None) != (
        other.relation,
        other.polarity,
        other.certainty,
        other.attributed_to is None,
    ):
        return False
    for name in {*one.arguments, *other.arguments}:
        a, b = one.arguments.get(name), other.arguments.get(name)
        if name in (*key, _ASPECT) and (a is None or b is None or _finer(a, b) is None):
            return False
        if a is None or b is None or _finer(a, b) is not None or (name == _KIND and _vague(a, b)):
            continue
        if not _weak(other):
            return False
    return True


def _vague(a: Value, b: Value) -> bool:
    """Whether two kinds are single words: "the visit" may be the "inspection" told of, but no "annual review" is."""
    return isinstance(a, str) and isinstance(b, str) and " " not in a and " " not in b


def _joined(one: Fact, other: Fact) -> Fact:
    arguments = dict(other.arguments)
    for name, value in one.arguments.items():
        finer = _finer(value, arguments[name]) if name in arguments else value
        if finer is None and isinstance(value, str) and isinstance(arguments[name], str):
            finer = max(value, str(arguments[name]), key=lambda v: " " in v)
        arguments[name] = value if finer is None else finer
    return replace(one, arguments=arguments)


def _finer(a: Value, b: Value) -> Value | None:
    """The one of two values that says more, where they may mean the same; else None."""
    if isinstance(a, Entity) and isinstance(b, Entity):
        return a if (a.id or a.text.lower()) == (b.id or b.text.lower()) else None
    if isinstance(a, Entity) or isinstance(b, Entity):
        return a if isinstance(a, Entity) else b
    if a == b:
        return a
    if isinstance(a, str) and isinstance(b, str):
        if a.startswith(f"{b}-") or b.startswith(f"{a}-"):
            return max(a, b, key=len)  # dates of different precision
        x, y = a.lower().split(), b.lower().split()
        # "visit" and "monitoring visit", "report" and "inspection report"
        if (x[-1] == y[-1] or x[0] == y[0]) and (set(x) <= set(y) or set(y) <= set(x)) and not a[:1].isdigit():
            return max(a, b, key=len)
    return None
