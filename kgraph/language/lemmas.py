"""Lemmas and morphological features from a word's form and tags, by tables learned from a treebank.

A lemma is looked up by form and tag, first among the treebank's, then among the irregular forms of `irregular.txt`.
Any other form takes the suffix rule of the longest ending that it shares with forms of the treebank ("-ies" → "-y"
for NNS, Plisson et al. 2004); where that gives no known word ("faded": "fad"), the most frequent known word that the
regular endings allow. Features follow from the tags and, where they do not, from the form.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

LONGEST_SUFFIX = 5
T = TypeVar("T")


@dataclass(frozen=True)
class Morphology:
    """Tables of lemmas and features. Keys join tag and form, or the two tags, by a blank: JSON has no tuples.

    forms     "TAG form" → lemma, for lower-cased forms, where the rules would say something else
    rules     "TAG suffix" → [letters to cut, letters to add]
    features  "TAG UPOS form" or "TAG UPOS" → UD features, the shorter key for forms that are not listed
    ranks     English words by frequency, the lowest number first
    """

    forms: dict[str, str]
    rules: dict[str, tuple[int, str]]
    features: dict[str, str]
    ranks: Mapping[str, int] = field(default_factory=dict, repr=False)

    def lemma(self, form: str, tag: str, upos: str) -> str:
        """Names keep their case, as UD has it; all else is lower case."""
        if upos == "PROPN" or tag in ("NNP", "NNPS"):
            lower = form.lower()
            known = self.forms.get(f"{tag} {lower}")
            if known is not None:
                return known.upper() if form.isupper() and len(form) > 1 and known.lower() == lower else known
            return form
        lower = form.lower()
        known = self.forms.get(f"{tag} {lower}") or _irregular().get((tag, lower))
        if known is not None:
            return known
        by_rule = _apply(self.rules, lower, tag)
        if by_rule in self.ranks:
            return by_rule
        stems = [stem for stem in _stems(lower, tag) if stem in self.ranks]
        return min(stems, key=lambda stem: (self.ranks[stem], stem)) if stems else by_rule

    def feats(self, form: str, tag: str, upos: str) -> str:
        """Features as CoNLL-U writes them ("Number=Sing|Person=3"), empty where there are none."""
        known = self.features.get(f"{tag} {upos} {form.lower()}")
        return known if known is not None else self.features.get(f"{tag} {upos}", "")

    def save(self, path: Path) -> None:
        tables = {"forms": self.forms, "rules": self.rules, "features": self.features}
        path.write_text(json.dumps(tables, ensure_ascii=False, sort_keys=True, indent=0), encoding="utf-8")

    @staticmethod
    def load(path: Path, ranks: Mapping[str, int]) -> Morphology:
        tables = json.loads(path.read_text(encoding="utf-8"))
        rules = {k: (n, add) for k, (n, add) in tables["rules"].items()}
        return Morphology(tables["forms"], rules, tables["features"], ranks)


_ED = (("ied", ("y",)), ("ed", ("", "e")))
_ER = (("ier", ("y",)), ("er", ("", "e")))
_EST = (("iest", ("y",)), ("est", ("", "e")))
_S = (("ies", ("y",)), ("es", ("",)), ("s", ("",)))
_ENDINGS = {
    **dict.fromkeys(("VBD", "VBN"), _ED),
    "VBG": (("ing", ("", "e")),),
    **dict.fromkeys(("VBZ", "NNS"), _S),
    **dict.fromkeys(("JJR", "RBR"), _ER),
    **dict.fromkeys(("JJS", "RBS"), _EST),
}


def _stems(form: str, tag: str) -> list[str]:
    """What the regular endings leave of a form, with a doubled consonant made single ("stopped": "stop")."""
    found = []
    for ending, replacements in _ENDINGS.get(tag, ()):
        stem = form.removesuffix(ending)
        if stem == form or len(stem) < 2 or (ending == "es" and not stem.endswith(("s", "x", "z", "ch", "sh", "o"))):
            continue
        found += [stem + letters for letters in replacements]
        if ending != "s" and len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeiou":
            found.append(stem[:-1])
        if ending.startswith("i") and ending != "ing":
            break
    return found


@cache
def _irregular() -> dict[tuple[str, str], str]:
    table = {}
    for line in (Path(__file__).parent / "irregular.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            lemma, *forms = line.split()
            for tagged in forms:
                tag, form = tagged.split(":")
                table[tag, form] = lemma
    return table


def _apply(rules: dict[str, tuple[int, str]], form: str, tag: str) -> str:
    for length in range(min(LONGEST_SUFFIX, len(form)), -1, -1):
        rule = rules.get(f"{tag} {form[len(form) - length :]}")
        if rule is not None and rule[0] < len(form):
            return form[: len(form) - rule[0]] + rule[1]
    return form


def learn(words: Iterable[tuple[str, str, str, str, str]], ranks: Mapping[str, int]) -> Morphology:
    """Tables from (form, tag, UPOS, features, lemma) of a treebank's words; `ranks` as in `Morphology`."""
    lemmas: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    features: dict[str, Counter[str]] = defaultdict(Counter)
    for form, tag, upos, feats, lemma in words:
        lemmas[tag, form.lower()][lemma] += 1
        for key in (f"{tag} {upos}", f"{tag} {upos} {form.lower()}"):
            features[key][_lexical(feats)] += 1
    votes: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
    best = {key: _most_common(found) for key, found in sorted(lemmas.items())}
    for (tag, form), lemma in best.items():
        if tag in ("NN", "NNS") and lemma.istitle():  # a common noun inside a name ("the Council")
            best[tag, form] = lemma.lower()
    for (tag, form), lemma in best.items():
        if tag in ("NNP", "NNPS"):
            continue
        lemma = lemma if tag == "PRP" else lemma.lower()
        common = 0
        while common < min(len(form), len(lemma)) and form[common] == lemma[common]:
            common += 1
        rule = len(form) - common, lemma[common:]
        for length in range(min(LONGEST_SUFFIX, len(form)) + 1):
            if rule[0] <= length or length == min(LONGEST_SUFFIX, len(form)):
                votes[f"{tag} {form[len(form) - length :]}"][rule] += 1
    rules: dict[str, tuple[int, str]] = {}
    for key, found in sorted(votes.items(), key=lambda item: (len(item[0]), item[0])):
        tag, suffix = key.split(" ", 1)
        rule = _most_common(found)
        # A longer suffix is kept only where it says something else than the shorter one, on more than one word.
        if (found[rule] > 1 or not suffix) and _inherited(rules, tag, suffix) != rule:
            rules[key] = rule
    forms = {}
    bare = Morphology({}, rules, {}, ranks)
    for (tag, form), lemma in best.items():
        expected = None if tag in ("NNP", "NNPS") else bare.lemma(form, tag, "")
        if tag in ("NNP", "NNPS"):
            if lemma.lower() != form:
                forms[f"{tag} {form}"] = lemma
        elif expected != lemma:
            forms[f"{tag} {form}"] = lemma
    chosen = {key: _most_common(found) for key, found in sorted(features.items())}
    short = {key: value for key, value in chosen.items() if key.count(" ") == 1}
    listed = {k: v for k, v in chosen.items() if k.count(" ") > 1 and v != short[" ".join(k.split(" ")[:2])]}
    return Morphology(forms, rules, short | listed, ranks)


def _inherited(rules: dict[str, tuple[int, str]], tag: str, suffix: str) -> tuple[int, str] | None:
    for start in range(1, len(suffix) + 1):
        rule = rules.get(f"{tag} {suffix[start:]}")
        if rule is not None:
            return rule
    return None


def _most_common(counts: Counter[T]) -> T:
    """The most frequent, of equals the first in order."""
    return min(counts, key=lambda item: (-counts[item], str(item)))


def _lexical(feats: str) -> str:
    """Features without voice, which the sentence decides and the form does not show."""
    return "|".join(f for f in feats.split("|") if f != "_" and not f.startswith("Voice="))
