"""Relations by frames, with the readers of those arguments that are more than names, and judgements by their words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kgraph.extract.decisions import decision_readers, says_what
from kgraph.extract.frames import ArgumentReader, extract_frames, identity
from kgraph.extract.judgements import extract_judgements
from kgraph.extract.oversight import oversight_readers
from kgraph.extract.parts import PartReader
from kgraph.extract.reading import Reading
from kgraph.extract.role_reader import RoleReader, UnsaidRoleReader
from kgraph.extract.services import find_services, main_service
from kgraph.extract.unite import unite
from kgraph.facts import Fact


def extract_relations(reading: Reading) -> Iterable[Fact]:
    """Facts of every relation that has frames; what they and the patterns of judgements both find is one fact."""
    roles = RoleReader(reading)
    readers: dict[str, ArgumentReader] = {
        "role": roles,
        "leaves-role.role": UnsaidRoleReader(roles, addressed=True),
        "appoints.role": UnsaidRoleReader(roles),
        "part-of.part": PartReader(reading),
        **oversight_readers(reading),
        **decision_readers(reading),
    }
    keys = {name: relation.unite for name, relation in reading.ontology.relations.items() if relation.unite}
    found: list[Fact] = []
    for fact in extract_frames(reading, readers):
        found.append(fact)
        roles.learn(fact)  # who is told to be appointed may be told to leave further on
    found += _judgements(reading)
    if reading.doc.has_annotation("DEP"):
        found += roles.kin_facts()
    told = (f for f in found if not reading.document.is_furniture(f.evidence.start, f.evidence.end) and says_what(f))
    kept = unite(list(told), keys)
    return [_with_previous(f, kept, reading) if f.relation == "rates" else f for f in kept]


def _with_previous(fact: Fact, facts: Iterable[Fact], reading: Reading) -> Fact:
    """A judgement without a date, the text's news, with the one before it where the text dates that to an earlier year:
    of the same body and service, by the same inspector."""
    if "previous" in fact.arguments or "when" in fact.arguments or not fact.asserted or _is_dated(fact, reading):
        return fact
    this_year = (reading.document.published or "9999")[:4]
    earlier = [
        (str(f.arguments["when"]), f.arguments["judgement"])
        for f in facts
        if f.relation == "rates" and f.asserted and str(f.arguments.get("when", "9999"))[:4] < this_year
        if all(
            identity(f.arguments.get(name)) == identity(fact.arguments.get(name))
            for name in ("inspector", "body", "service", "aspect")
        )
    ]
    return replace(fact, arguments={**fact.arguments, "previous": max(earlier)[1]}) if earlier else fact


def _is_dated(fact: Fact, reading: Reading) -> bool:
    """Whether a sentence that a fact stands in has a date."""
    span = reading.doc.char_span(fact.evidence.start, fact.evidence.end, alignment_mode="expand")
    sentence = span.sent if span is not None else reading.doc[:]
    return any(sentence.start_char <= d.start < sentence.end_char for d in reading.dates)


def _judgements(reading: Reading) -> Iterable[Fact]:
    """Judgements by pattern, of the service that the document is about where they name none."""
    service = main_service(reading, find_services(reading))
    for fact in extract_judgements(reading):
        if service is None or "service" in fact.arguments:
            yield fact
        else:
            yield replace(fact, arguments={**fact.arguments, "service": service.name})
