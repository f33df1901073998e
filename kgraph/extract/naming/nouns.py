"""Common nouns that refer: "the council", "the watchdog", "inspectors"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgraph.extract.lexicon import Lexicon
from kgraph.extract.names import Name
from kgraph.extract.naming.shape import MAX_ADJECTIVES, NUMBERS, text_of
from kgraph.extract.words import Word

_DETERMINERS = frozenset(("the", "this", "a", "an"))

_NOT_ADJECTIVES = frozenset(
    """other another different same previous former new next second third first old each every predecessor successor and
    or of to in on at by for from with as that who which is was were are be has had have said after before until since
    when where while if but than because over under into about against between during through within without whose
    whether""".split()
).union(NUMBERS)


def _may_describe(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word may stand between "the" and its noun without making it another's: "the debt-ridden council"."""
    if _RULED.fullmatch(word.text):
        return True
    measure = word.text[0].isdigit() and "-" in word.text  # "the 40-bed home"
    barred = word.folded in _NOT_ADJECTIVES or word.folded in _DETERMINERS or word.folded in lexicon.other_kinds
    return (word.text[0].islower() or measure) and not barred


def _describes(line: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether the word at a place may stand between "the" and its noun; of "1,140-pupil" any part."""
    if line[at].text.isdigit() or line[at].text == ",":
        return line[at].end == line[at + 1].start and line[at + 1].text[0] in ",0123456789"
    return _may_describe(line[at], lexicon)


HEADLINE = "headline"  # the title of a name that a headline has without an article


# "the Labour-run council", "the Reform UK-led authority"
_RULED = re.compile(r"[A-Z][\w’']*-(?:run|led|controlled|held|dominated|ruled|based)")


def common_nouns(line: Sequence[Word], names: Sequence[Name], lexicon: Lexicon) -> list[Name]:
    """References by a common noun: "the council", "the authority's", "inspectors"."""
    taken = [(n.start, n.end) for n in names if line and n.start < line[-1].end and line[0].start < n.end]
    found = []
    at = 0
    while at < len(line):
        length = 0
        for n, nouns in lexicon.nominals.all(line, at):
            start, end = line[at].start, line[at + n - 1].end
            if any(s < end and start < e for s, e in taken):
                continue
            begin = at - 1
            while begin > 0 and at - begin <= MAX_ADJECTIVES and _describes(line, begin, lexicon):
                begin -= 1
                if begin > 0 and _RULED.fullmatch(line[begin + 1].text) and line[begin].capitalised:
                    begin -= line[begin].folded not in _DETERMINERS  # "the Lib Dem-run council"
            first = line[begin] if begin >= 0 else None
            noun = text_of(line, at, at + n).lower()
            follower = line[at + n].folded if at + n < len(line) else ""
            if first is not None and first.folded in _DETERMINERS:
                found.append(Name(first.start, end, "nominal", noun, nouns[0].types[0], (), first.folded))
            elif (re.search("[^s]s$", noun) and not nouns[0].named) or (
                at and line[at - 1].folded == "full" and follower not in ("meeting", "meetings")
            ):
                # "inspectors", "will go before full council"
                found.append(Name(start, end, "nominal", noun, nouns[0].types[0]))
            elif not at and line[0].capitalised and follower in lexicon.role_heads:
                found.append(Name(start, end, "nominal", noun, nouns[0].types[0]))  # "Panel chair Ann Other said"
            elif not line[0].start:
                found.append(Name(start, end, "nominal", noun, nouns[0].types[0], (), HEADLINE))
            length = n
            break
        at += length or 1
    return found
