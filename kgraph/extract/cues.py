"""The words of attribution: verbs, nouns and adjectives that report, kinds of speakers, from `statements.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from kgraph.ontology import Ontology, OntologyError
from kgraph.yamlfile import load_yaml

_FILE = "statements.yaml"
ContentKind = Literal["clause", "any", "predicate"]


@dataclass(frozen=True, slots=True)
class CueVerb:
    """A verb that reports what somebody says.

    words      the verb's lemma and the words that follow it ("call", "for")
    content    clause: only with a clause or quotation; any: also with a noun phrase; predicate: "called it a mess"
    stance     what the verb says of the stance, "" where the content decides
    negated    the stance when the verb is denied, "" where it then reports nothing
    leans      a stance that the verb suggests and the content may overrule
    documents  whether only documents and those who inspect are its speakers
    """

    words: tuple[str, ...]
    content: ContentKind
    stance: str = ""
    negated: str = ""
    leans: str = ""
    documents: bool = False


@dataclass(frozen=True, slots=True)
class CueNoun:
    """A noun that reports what it is followed by: `stance` as of a verb, `followed` the prepositions before that."""

    stance: str
    followed: frozenset[str]


@dataclass(frozen=True)
class Cues:
    """What `statements.yaml` of an ontology says."""

    verbs: Mapping[str, tuple[CueVerb, ...]]
    nouns: Mapping[str, CueNoun]
    makers: frozenset[str]
    feelings: Mapping[str, str]
    views: frozenset[str]
    spokespeople: frozenset[str]
    documents: frozenset[str]
    members: frozenset[str]
    people: frozenset[str]
    bodies: frozenset[str]
    speech: frozenset[str]
    things: frozenset[str]
    lexicon: Mapping[str, frozenset[tuple[str, ...]]]
    openers: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]  # by first word: groups of the lexicon, phrases
    weights: Mapping[str, Mapping[str, int]]
    carriers: frozenset[str]
    wishes: frozenset[str]
    reported: int  # hundredths that the language model's log-probability of a stance counts
    standing: Mapping[str, frozenset[str]]
    marks: Mapping[str, tuple[frozenset[str], ...]]  # of each of these sets one word has to stand beside the name
    mute: frozenset[str]
    judges: frozenset[str]
    sides: frozenset[str]
    claims: frozenset[str]
    deeds: frozenset[tuple[str, ...]]
    conscience: frozenset[str]
    rejections: frozenset[tuple[str, ...]]
    contradictions: frozenset[tuple[str, ...]]
    deceptions: frozenset[str]
    untruths: frozenset[str]
    denials: tuple[tuple[str, ...], ...]
    letters: Mapping[str, frozenset[str]]


@lru_cache(maxsize=4)
def has_cues(ontology: Ontology) -> bool:
    """Whether an ontology says how statements are reported."""
    return (Path(ontology.folder) / _FILE).is_file()


@lru_cache(maxsize=4)
def reporting_verbs(ontology: Ontology) -> frozenset[str]:
    """Lemmas of the verbs that by themselves report; none where an ontology says nothing of statements."""
    verbs = load_cues(ontology).verbs if has_cues(ontology) else {}
    return frozenset(lemma for lemma, found in verbs.items() if any(len(v.words) == 1 for v in found))


@lru_cache(maxsize=4)
def load_cues(ontology: Ontology) -> Cues:
    """Raises OntologyError naming the file where it is missing or not of this form."""
    path = Path(ontology.folder) / _FILE
    try:
        return _cues(load_yaml(path))
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise OntologyError(f"{path}: not usable: {error!r}") from error


def _cues(data: Mapping[str, Any]) -> Cues:
    verbs: dict[str, list[CueVerb]] = {}
    for row in data["verbs"]:
        for name in row["verbs"]:
            words = tuple(name.split())
            verb = CueVerb(
                words,
                row["content"],
                row.get("stance", ""),
                row.get("negated", ""),
                row.get("leans", ""),
                row.get("speakers") == "documents",
            )
            verbs.setdefault(words[0], []).append(verb)
    lexicon = {group: frozenset(_phrases(_parted(words))) for group, words in data["lexicon"].items()}
    openers: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for group, phrase in ((g, p) for g, phrases in lexicon.items() for p in phrases):
        openers.setdefault(phrase[0], []).append((group, phrase))
    return Cues(
        # The longest first: "call for" before "call"
        verbs={lemma: tuple(sorted(found, key=lambda v: -len(v.words))) for lemma, found in verbs.items()},
        nouns={
            noun: CueNoun(row["stance"], frozenset(row["followed"])) for row in data["nouns"] for noun in row["nouns"]
        },
        feelings={word: stance for stance, words in data["feelings"].items() for word in words},
        lexicon=lexicon,
        openers={first: tuple(sorted(begun)) for first, begun in openers.items()},
        weights=data["weights"],
        carriers=frozenset(data["carriers"]),
        wishes=frozenset(data["wishes"]),
        reported=data["reported"],
        standing={kind: frozenset(str(w) for w in words) for kind, words in data["standing"].items()},
        marks={mark: tuple(frozenset(words) for words in sets) for mark, sets in data["marks"].items()},
        deeds=frozenset(_phrases(data["deeds"])),
        rejections=frozenset(_phrases(data["rejections"])),
        contradictions=frozenset(_phrases(data["contradictions"])),
        denials=_phrases(data["denials"]),
        letters={part: frozenset(words) for part, words in data["letters"].items()},
        **{
            name: frozenset(str(w) for w in data[name])
            for name in (
                "makers",
                "views",
                "spokespeople",
                "documents",
                "members",
                "people",
                "bodies",
                "speech",
                "things",
                "mute",
                "judges",
                "sides",
                "claims",
                "conscience",
                "untruths",
                "deceptions",
            )
        },
    )


def _parted(words: Sequence[object]) -> list[str]:
    """Words as the tokeniser parts them: "cover-up" is three tokens."""
    return [str(w).replace("-", " - ") for w in words]


def _phrases(words: Sequence[object]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(w).split()) for w in words)
