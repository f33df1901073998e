"""Relations by frames, with the readers of those arguments that are more than names, and judgements by their words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kgraph.extract.decisions import decision_readers
from kgraph.extract.frames import ArgumentReader, extract_frames
from kgraph.extract.judgements import extract_judgements
from kgraph.extract.oversight import oversight_readers
from kgraph.extract.parts import PartReader
from kgraph.extract.reading import Reading
from kgraph.extract.role_reader import RoleReader
from kgraph.extract.services import find_services, main_service
from kgraph.extract.unite import unite
from kgraph.facts import Fact


def extract_relations(reading: Reading) -> Iterable[Fact]:
    """Facts of every relation that has frames; what they and the patterns of judgements both find is one fact."""
    roles = RoleReader(reading)
    readers: dict[str, ArgumentReader] = {
        "role": roles,
        "part-of.part": PartReader(reading),
        **oversight_readers(reading),
        **decision_readers(reading),
    }
    keys = {name: relation.unite for name, relation in reading.ontology.relations.items() if relation.unite}
    found = [*extract_frames(reading, readers), *_judgements(reading)]
    if reading.doc.has_annotation("DEP"):
        found += roles.kin_facts()
    return unite([f for f in found if not reading.document.is_furniture(f.evidence.start, f.evidence.end)], keys)


def _judgements(reading: Reading) -> Iterable[Fact]:
    """Judgements by pattern, of the service that the document is about where they name none."""
    service = main_service(reading, find_services(reading))
    for fact in extract_judgements(reading):
        if service is None or "service" in fact.arguments:
            yield fact
        else:
            yield replace(fact, arguments={**fact.arguments, "service": service.name})
