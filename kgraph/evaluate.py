"""Compares extracted facts with gold facts: precision, recall, F1, by relation, and the accuracy of optional arguments.

Gold is a folder of `ID.json` files: `{"id", "facts": [{"rel", …, "evidence"}], "entities": [{"name", "aliases"}]}`.
An extracted fact finds a gold fact of its document and relation when their key arguments are alike: names after folding
case, articles, titles and possessives, through the gold's aliases, by equality, containment or token F1 ≥ 0.67.
Matching is one to one, best first. Which arguments are keys, and which words a name may lack, is data of the ontology.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kgraph.yamlfile import load_yaml

Json = Mapping[str, Any]


class GoldError(ValueError):
    """A gold folder, or the rules of comparison, that cannot be used."""


@dataclass(frozen=True)
class Rules:
    """How facts are compared: `evaluation.yaml` of an ontology folder."""

    keys: Mapping[str, tuple[str, ...]]
    placed: frozenset[str]
    free_text: frozenset[str]
    numbers: frozenset[str]
    exact: frozenset[str]
    booleans: frozenset[str]
    stop_words: frozenset[str]
    titles: frozenset[str]

    @staticmethod
    def load(path: Path) -> Rules:
        """Raises GoldError naming the file where it is missing or not of this form."""
        try:
            data = load_yaml(path)
            keys = {relation: tuple(arguments) for relation, arguments in data.pop("keys").items()}
            return Rules(keys=keys, **{name: frozenset(words) for name, words in data.items()})
        except (OSError, yaml.YAMLError, AttributeError, KeyError, TypeError) as error:
            raise GoldError(f"{path}: not usable as rules of evaluation: {error}") from error


@dataclass
class Count:
    """Facts right, false and missed."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.false)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.false + self.missed)

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.false + other.false, self.missed + other.missed)


@dataclass
class Report:
    """What a comparison found. `optional` counts (right, given) of each optional argument over matched facts."""

    documents: int
    relations: dict[str, Count]
    optional: dict[str, tuple[int, int]]
    missed: list[tuple[str, Json]] = field(default_factory=list)
    false: list[tuple[str, Json]] = field(default_factory=list)
    without_gold: list[str] = field(default_factory=list)

    @property
    def total(self) -> Count:
        return sum(self.relations.values(), Count())

    @property
    def optional_accuracy(self) -> float:
        return sum(a for a, _ in self.optional.values()) / max(1, sum(n for _, n in self.optional.values()))


def evaluate(gold_folder: Path, facts: Iterable[Json], rules: Rules) -> Report:
    """Score facts, in the JSON form of `Fact.to_json`, against the gold of a folder. Raises GoldError without gold."""
    gold = {path.stem: _load_gold(path, rules) for path in sorted(gold_folder.glob("*.json")) if path.stem != "index"}
    if not gold:
        raise GoldError(f"{gold_folder}: no gold files (ID.json) here")
    predicted: dict[str, list[Json]] = defaultdict(list)
    for fact in facts:
        name = Path(fact["document"]).name
        if fact["relation"] in rules.keys:
            predicted[name if name in gold else Path(name).stem].append(fact)
    counts: dict[str, Count] = {relation: Count() for relation in rules.keys}
    optional: dict[str, tuple[int, int]] = {}
    report = Report(len(gold), counts, optional, without_gold=sorted(set(predicted) - set(gold)))
    for name, document in gold.items():
        candidates = predicted.get(name, [])
        matches = document.match(candidates)
        for i, fact in enumerate(document.facts):
            if i not in matches:
                counts[fact["rel"]].missed += 1
                report.missed.append((name, fact))
                continue
            counts[fact["rel"]].right += 1
            for argument, same in document.compare_optional(fact, candidates[matches[i]]):
                right, given = optional.get(argument, (0, 0))
                optional[argument] = (right + same, given + 1)
        matched = set(matches.values())
        for j, prediction in enumerate(candidates):
            if j not in matched:
                counts[prediction["relation"]].false += 1
                report.false.append((name, prediction))
    return report


def _load_gold(path: Path, rules: Rules) -> _GoldDocument:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        facts = [fact for fact in data["facts"] if fact["rel"] in rules.keys]
        return _GoldDocument(facts, data.get("entities", []), rules)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{path}: not a gold file: {error}") from error


class _GoldDocument:
    def __init__(self, facts: list[Json], entities: Iterable[Json], rules: Rules) -> None:
        self.facts = facts
        self.rules = rules
        self.aliases: dict[str, set[str]] = defaultdict(set)
        for entity in entities:
            for name in (entity["name"], *entity.get("aliases", [])):
                self.aliases[" ".join(self.fold(name))].add(entity["name"])

    def match(self, predictions: list[Json]) -> dict[int, int]:
        """Pairs of gold and predicted facts, one to one, best first."""
        pairs = []
        for i, gold in enumerate(self.facts):
            for j, prediction in enumerate(predictions):
                if prediction["relation"] == gold["rel"]:
                    likeness = self.likeness(gold, prediction)
                    if likeness:
                        pairs.append((-likeness, i, j))
        matches: dict[int, int] = {}
        taken: set[int] = set()
        for _, i, j in sorted(pairs):
            if i not in matches and j not in taken:
                matches[i] = j
                taken.add(j)
        return matches

    def likeness(self, gold: Json, prediction: Json) -> float:
        """0 where a key argument differs; else higher for closer names, more optional arguments, the same place."""
        arguments, keys = prediction["arguments"], self.rules.keys[gold["rel"]]
        scores = []
        for key in keys:
            if key in gold:
                text = _text(arguments.get(key))
                score = self.same_number(gold[key], text) if key in self.rules.numbers else self.alike(gold[key], text)
                if not score:
                    return 0.0
                scores.append(score)
        near = self.same_place(gold["evidence"], _text(prediction.get("evidence")))
        if gold["rel"] in self.rules.placed and not near:
            return 0.0
        given = sum(1 for k in self.optional_arguments(gold) if _text(arguments.get(k) or prediction.get(k)))
        return (sum(scores) / len(scores) if scores else 1.0) + 0.01 * given + 0.05 * near

    def optional_arguments(self, gold: Json) -> list[str]:
        left_out = {"rel", "evidence", *self.rules.free_text, *self.rules.keys[gold["rel"]]}
        return [argument for argument in gold if argument not in left_out]

    def compare_optional(self, gold: Json, prediction: Json) -> Iterable[tuple[str, bool]]:
        for argument in self.optional_arguments(gold):
            value = prediction["arguments"].get(argument, prediction.get(argument))
            text = _text(value)
            if argument in self.rules.exact:
                yield argument, str(gold[argument]) == text
            elif argument in self.rules.booleans:
                yield argument, bool(gold[argument]) == (value is True or text.lower() == "true")
            else:
                yield argument, bool(text) and self.alike(gold[argument], text) > 0

    def alike(self, gold: object, text: str) -> float:
        """Likeness of two names in 0..1, the best over the gold's aliases of either."""
        if not text:
            return 0.0
        return max(self.token_likeness(a, b) for a in self.names(str(gold)) for b in self.names(text))

    def names(self, name: str) -> set[str]:
        return {name} | self.aliases.get(" ".join(self.fold(name)), set())

    def token_likeness(self, left: str, right: str) -> float:
        a, b = self.fold(left), self.fold(right)
        if not a or not b:
            return 0.0
        if a == b:
            return 1.0
        x, y = set(a), set(b)
        if not x & y:
            return 0.0
        if x <= y or y <= x:
            return 0.9
        f1 = 2 * len(x & y) / (len(x) + len(y))
        return f1 if f1 >= 0.67 else 0.0

    def fold(self, name: object) -> list[str]:
        """A name as the words that matter in comparing it."""
        text = str(name).lower().translate(_STRAIGHT_QUOTES)
        text = re.sub(r"'s\b|s'(?=\s|$)", "", text)
        text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
        tokens = [t for t in re.findall(r"[a-z0-9]+(?:\.[0-9]+)?", text) if t not in self.rules.stop_words]
        return [t for t in tokens if t not in self.rules.titles] or tokens

    def same_place(self, gold: str, predicted: str) -> bool:
        words, present = self.fold(gold), set(self.fold(predicted))
        return bool(words) and sum(w in present for w in words) / len(words) >= 0.5

    @staticmethod
    def same_number(gold: object, text: str) -> float:
        first = [re.findall(r"[\d.]+", str(v).replace(",", ""))[:1] for v in (gold, text)]
        return float(bool(text) and first[0] == first[1])


_STRAIGHT_QUOTES = str.maketrans("’‘“”", "''\"\"")


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return str(value.get("text", ""))
    return "" if value is None else str(value)


def format_report(report: Report, *, errors: int = 0) -> str:
    """The figures as lines of text, relation by relation, with up to `errors` misses and as many false facts."""
    lines = []
    for relation, count in report.relations.items():
        if count.right or count.false or count.missed:
            lines.append(
                f"{relation:12s} P {count.precision:.3f} R {count.recall:.3f} F1 {count.f1:.3f}  "
                f"(right {count.right}, false {count.false}, missed {count.missed})"
            )
    lines += [f"  {argument:14s} {right}/{given}" for argument, (right, given) in sorted(report.optional.items())]
    for label, rows in (("missed", report.missed), ("false", report.false)):
        lines += [f"{label} {name} {json.dumps(fact, ensure_ascii=False)[:400]}" for name, fact in rows[:errors]]
    total = report.total
    right, given = (sum(pair[i] for pair in report.optional.values()) for i in (0, 1))
    lines.append(
        f"documents {report.documents} gold {total.right + total.missed} predicted {total.right + total.false} "
        f"P {total.precision:.3f} R {total.recall:.3f} F1 {total.f1:.3f} "
        f"optional arguments {right}/{given} = {report.optional_accuracy:.3f}"
    )
    return "\n".join(lines)
