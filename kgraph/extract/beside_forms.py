"""What running text says beside a form: a document with a fixed layout states its own event there, and best.

In the text of an inspection report "the local authority was judged to be adequate" tells of an earlier inspection, or
says again what the form says. So a fact of a form's relation and body stands only if its date sets it apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kgraph.facts import Entity, Fact, Value
from kgraph.graph.edtf import bounds
from kgraph.ontology import Relation


def beside_forms(facts: Sequence[Fact], relations: Mapping[str, Relation]) -> list[Fact]:
    """The facts without those that forms of the document tell, or contradict."""
    forms = [f for f in facts if f.extractor.startswith("form")]
    return [f for f in facts if f in forms or not any(_told(f, form, relations[f.relation]) for form in forms)]


def _told(fact: Fact, form: Fact, relation: Relation) -> bool:
    if fact.relation != form.relation or not relation.edges:
        return False
    target, when = relation.edges[0].target, relation.rdf.time.get("when", "")
    return _same(fact.arguments.get(target), form.arguments.get(target)) and not _apart(
        fact.arguments.get(when), form.arguments.get(when)
    )


def _same(one: Value | None, other: Value | None) -> bool:
    if not isinstance(one, Entity) or not isinstance(other, Entity):
        return False
    return one.id == other.id if one.id and other.id else one.text.casefold() == other.text.casefold()


def _apart(one: Value | None, other: Value | None) -> bool:
    """Whether two dates have no day in common."""
    if not isinstance(one, str) or not isinstance(other, str):
        return False
    a, b = bounds(one), bounds(other)
    if not (a.start_earliest and a.end_latest and b.start_earliest and b.end_latest):
        return False
    return a.end_latest < b.start_earliest or b.end_latest < a.start_earliest
