"""Recognition: where a text names a time, by the rules of `english.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from kgraph.language.numbers import NUMBER, NUMBER_WORDS

_GAP = "(?:[ \u00a0]|[ ]?\n[ ]?)"
_FIGURES = "0123456789'’½¼¾⅓⅔"
_WORD = re.compile(r"(?<![\w£$€#%])(?:['’](?=\d)|[½¼¾⅓⅔]|\d+|[A-Za-z]+(?:\d\b)?)")
_BEHIND = 40  # characters before an expression that its context patterns may look at
_AHEAD = 24


@dataclass(frozen=True, slots=True)
class Found:
    """An expression: where it stands, the reading that its rule names, and the rule's named groups."""

    start: int
    end: int
    reads: str
    groups: dict[str, str]


@dataclass(frozen=True)
class Grammar:
    """The rules, compiled. `words` is the vocabulary as the file gives it."""

    words: dict[str, Any]
    rules: tuple[dict[str, Any], ...]
    pattern: re.Pattern[str]
    starts: frozenset[str]  # words, in lower case, with which a match may begin
    names: tuple[tuple[tuple[str, str], ...], ...]  # for each rule: (name, name of the group in `pattern`)
    context: dict[str, re.Pattern[str]]
    future: re.Pattern[str]
    past: re.Pattern[str]


@cache
def grammar(vague: bool = False) -> Grammar:
    """The English rules, with those for vague references ("recently") or without."""
    data = tomllib.loads((resources.files(__package__) / "english.toml").read_text(encoding="utf-8"))
    macros = {name: _alternatives(words) for name, words in data["words"].items()}
    macros["number"] = f"(?i:{NUMBER})"
    for name, pattern in data["macros"].items():
        macros[name] = _expand(pattern, macros)
    rules = tuple(r for r in data["rules"] if vague or not r.get("vague"))
    branches, names = [], []
    for i, rule in enumerate(rules):
        pattern = _gaps(_expand(rule["pattern"], macros))
        groups = re.findall(r"\(\?P<(\w+)>", pattern)
        pattern = re.sub(r"\(\?P(<|=)(\w+)", rf"(?P\g<1>\g<2>_{i}", pattern)
        branches.append(f"(?P<rule_{i}>{pattern})")
        names.append(tuple((g, f"{g}_{i}") for g in groups))
    context = {k: _gaps(_expand(p, macros)) for k, p in data["context"].items()}
    before = ("preposition", "determiner", "counting", "amount", "age", "stretch", "owner", "nowadays", "statute", "on")
    return Grammar(
        words=data["words"],
        rules=rules,
        pattern=re.compile(r"(?<![\w£$€#%])(?<!\d[.,/:-])(?:" + "|".join(branches) + ")"),
        starts=frozenset(_first_words(data, vague)),
        names=tuple(names),
        context={
            k: re.compile(
                rf"(?:(?<!\w)(?:{p}))\Z" if k in before else p, 0 if k in ("amount", "statute") else re.IGNORECASE
            )
            for k, p in context.items()
        },
        future=re.compile(rf"(?<!\w)(?:{_gaps(data['tense']['future'])})(?!\w)"),
        past=re.compile(rf"(?<!\w)(?:{_gaps(data['tense']['past'])})(?!\w)"),
    )


def _first_words(data: dict[str, Any], vague: bool) -> Iterator[str]:
    yield from data["starts"]
    for words in [*data["words"].values(), NUMBER_WORDS, data["vague_starts"] if vague else []]:
        for word in words:
            yield re.split(r"[ '-]", word.lower())[0]


def recognise(text: str, vague: bool = False) -> tuple[Found, ...]:
    """Expressions of time in order, without overlap. Their groups are shared: not to be changed."""
    return _recognised(text, vague)


@lru_cache(maxsize=4)  # dates and quantities of one text ask one after the other
def _recognised(text: str, vague: bool) -> tuple[Found, ...]:
    return tuple(_recognise(text, vague))


def _recognise(text: str, vague: bool) -> Iterator[Found]:
    rules = grammar(vague)
    at = 0
    for word in _WORD.finditer(text):
        if word.start() < at or (word[0].lower() not in rules.starts and word[0][0] not in _FIGURES):
            continue
        match = rules.pattern.match(text, word.start())
        if match is None:
            continue
        assert match.lastgroup is not None
        number = int(match.lastgroup.rpartition("_")[2])
        rule = rules.rules[number]
        start, end = match.span()
        if _allowed(rule.get("needs"), rules, text, match, start, end):
            groups = {name: match[group] for name, group in rules.names[number] if match[group] is not None}
            if "value" in rule:
                groups["value"] = rule["value"]
            while text[end - 1].isspace():
                end -= 1
            while text[start].isspace():
                start += 1
            yield Found(start, end, rule["reads"], groups)
            at = match.end()


def _allowed(needs: str | None, rules: Grammar, text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether the words around an expression allow it: "March" the month or the verb, "2000" the year or the count."""
    behind = text[max(0, start - _BEHIND) : start]
    ahead = text[end : end + _AHEAD]
    context = rules.context
    if context["amount"].search(behind):
        return False
    if needs == "year" and context["statute"].search(behind):
        return False
    if needs == "preposition":
        return bool(context["preposition"].search(behind))
    if needs == "day_of_month":
        return bool(context["on"].search(behind))
    if needs == "free":
        return not context["owner"].search(behind)
    if needs == "day":
        return not match.group().lower().endswith("today") or not context["nowadays"].search(behind)
    if needs == "feast":
        return not re.search(r"(?:the|[A-Z][a-z]+)[ ]\Z", behind) or bool(re.search(r"[.!?][ ]\w+[ ]\Z", behind))
    if needs == "month":
        return _month_allowed(match.group(), behind, ahead, context)
    if needs == "year":
        return _year_allowed(match.group(), behind, ahead, context)
    if needs in ("duration", "stretch"):
        if context["age_after"].match(ahead) or (context["age"].search(behind) and not re.match(r"\s", ahead)):
            return False
        return needs == "duration" or bool(context["stretch"].search(behind))
    return True


_NAMES = ("May", "March", "April", "June", "August")  # months that are also verbs, surnames or forenames


def _month_allowed(words: str, behind: str, ahead: str, context: dict[str, re.Pattern[str]]) -> bool:
    month = words.split()[-1].title()
    if month not in _NAMES or " " in words:
        return True
    if re.search(r"[a-z]\W{1,2}\Z", behind) and context["preposition"].search(behind):
        return not re.match(r"[ ][A-Z][a-z]+", ahead) or month not in ("May", "March")
    if month in ("May", "March"):
        return bool(re.match(r"['’]s[ ][a-z]", ahead)) and not re.search(r"[A-Z]\w+[ ]\Z", behind)
    # "April Jones", "Mrs June Smith": a name beside it makes it a name.
    return not re.match(r"[ ][A-Z]", ahead) and not re.search(r"[A-Z][\w.]*[ ]\Z", behind)


def _year_allowed(words: str, behind: str, ahead: str, context: dict[str, re.Pattern[str]]) -> bool:
    if re.search(r"[^\W\d]{4}", words):  # "the year 2030", "early 2020": the words say so
        return not context["counted"].match(_space(ahead))
    words = re.findall(r"\d{4}", words)[0]
    if context["counted"].match(_space(ahead)) or context["counting"].search(behind):
        return bool(re.search(r"(?:in|since)[ ]\Z", behind)) and not context["counted"].match(_space(ahead))
    if re.match(
        r"[ ](?!was|has|is|his|its|as|this|plus|less|series|census|business|news|process)[a-z]+s\b(?!['’])", ahead
    ):
        return bool(context["determiner"].search(behind))
    year = int(words)
    if year < 1500 or year > 2100:
        return bool(re.search(r"\b(?:in|since|by|until|from|after|before)[ ]\Z|\(\Z", behind, re.I)) and bool(
            re.match(r"[,.;:)\n]|[ ](?:and|to|it|he|she|the|a|in|was|when)\b|\Z", ahead)
        )
    return True


def _space(ahead: str) -> str:
    return ahead.replace("\n", " ")


def _alternatives(words: Any) -> str:
    """An alternation of words, longest first; capitalised ones also in capitals throughout."""
    forms = {w for word in words for w in ((word, word.upper()) if word[0].isupper() else (word,))}
    escaped = (re.escape(f).replace(r"\ ", "_").replace("'", "['’]") for f in sorted(forms, key=lambda f: (-len(f), f)))
    return "|".join(escaped)


def _expand(pattern: str, macros: dict[str, str]) -> str:
    return re.sub(r"\{([a-z]\w*)\}", lambda m: macros[m[1]], pattern)


def _gaps(pattern: str) -> str:
    # Within a character class a gap is its single characters.
    pattern = re.sub(r"\[([^\]_]*)_([^\]_]*)\]", "[\\1 \u00a0\n\\2]", pattern)
    return pattern.replace("_", _GAP)
