"""Services by name: "children's services", "adult social care", "SEND", "the maternity unit".

Which words name services is data (`registers/services.yaml` of an ontology): a service with its other names, and the
words that may end a name ("department"). A single everyday word ("housing") names a service only where something
says that a service is meant: such a last word, or the place it stands in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kgraph.extract.lexicon import Phrases
from kgraph.extract.reading import Reading, per_reading
from kgraph.extract.words import Word, words
from kgraph.yamlfile import load_yaml

# A service is what a document is about if it is named this much more than any other.
_MARGIN = 1.5


@dataclass(frozen=True, slots=True)
class Service:
    """A service's name in a text. `name` as the text has it, in lower case but for acronyms; `key` is one for all its
    names; `certain` where the words can mean nothing else."""

    start: int
    end: int
    name: str
    key: str
    certain: bool


@dataclass(frozen=True)
class ServiceNames:
    """Names of services with the key of each, and words about them.

    heads       words that end a name ("department")
    acronyms    names that are services only in capitals, in lower case
    stand_ins   nouns that stand for the body served ("the area")
    kind_words  adjectives that tell what kind of inspection, document or measure is meant ("unannounced")
    government  common nouns for an authority ("ministers") with the name it goes by
    ministries  common nouns for the authority that the document is about ("the department")
    offices     heads of the names of offices that act for a government ("Secretary of State for …")
    """

    names: Phrases[str]
    heads: frozenset[str]
    stand_ins: frozenset[str]
    kind_words: frozenset[str]
    acronyms: frozenset[str]
    government: Mapping[str, str]
    ministries: frozenset[str]
    offices: frozenset[str]


@lru_cache(maxsize=4)
def load_services(folder: Path) -> ServiceNames:
    """Reads `registers/services.yaml` below an ontology folder; without one no word is a service."""
    path = folder / "registers" / "services.yaml"
    data = load_yaml(path) if path.exists() else {}
    names = [(name, key) for key, others in data.get("services", {}).items() for name in (key, *(others or ()))]
    return ServiceNames(
        Phrases(names),
        heads=frozenset(data.get("service_heads", ())),
        stand_ins=frozenset(data.get("stand_ins", ())),
        kind_words=frozenset(data.get("kind_words", ())),
        acronyms=frozenset(name.lower() for name, _ in names if name.isupper()),
        government={noun: name for name, nouns in data.get("authorities", {}).items() for noun in nouns},
        ministries=frozenset(data.get("ministries", ())),
        offices=frozenset(data.get("offices", ())),
    )


@per_reading
def find_services(reading: Reading) -> list[Service]:
    """Every name of a service in a document, by offset."""
    known = load_services(reading.ontology.folder)
    found = []
    for sentence in reading.doc.sents:
        line = words(reading.document.text, sentence.start_char, sentence.end_char)
        at = 0
        while at < len(line):
            length, keys = known.names.longest(line, at)
            if length and not (line[at].folded in known.acronyms and not line[at].text.isupper()):
                found.append(_service(line, at, length, keys[0], known.heads))
            at += length or 1
    return found


def _service(line: Sequence[Word], at: int, length: int, key: str, heads: frozenset[str]) -> Service:
    end = at + length
    headed = line[end - 1].folded in heads
    if end < len(line) and line[end].folded in heads and line[end - 1].folded not in heads:
        end, headed = end + 1, True
    last = end  # "children's services department": the department is that of the services
    if end < len(line) and line[end].folded in heads:
        last = end + 1
    name = ""
    for before, word in zip([None, *line[at : end - 1]], line[at:end], strict=True):
        text = word.text if word.text.isupper() else word.folded
        name += (" " if before is not None and word.start > before.end else "") + text
    certain = headed or length > 1 or (line[at].text.isupper() and len(line[at].text) > 2)
    return Service(line[at].start, line[last - 1].end, name, key, certain)


def main_service(reading: Reading, services: Sequence[Service]) -> Service | None:
    """The service a document is about: named twice at least, and clearly more than any other. The headline counts."""
    votes = Counter(s.key for s in services if s.certain and not reading.document.is_furniture(s.start, s.end))
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] < _MARGIN * ranked[1][1]):
        return None
    return next(s for s in services if s.key == ranked[0][0] and s.certain)
