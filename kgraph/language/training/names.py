"""Named people, organisations and places in corpora that annotate more than names.

GUM marks every noun phrase that refers ("the mayor of Philadelphia", "she"), re3d every reference of interest. What
is wanted here is the flat convention of CoNLL 2003 and wikigold: the longest proper name, without article, title or
description.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TYPES = ("PERSON", "ORG", "PLACE")
_INSTITUTIONS = frozenset(
    "Museum Hospital University College School Academy Library Theatre Theater Gallery Hotel Airport Club".split()
)
"""What GUM calls a place where one can go, and other corpora an organisation that acts."""

Name = tuple[int, int, str]
"""First word, end (exclusive), type."""

_GUM_TYPES = {"person": "PERSON", "organization": "ORG", "place": "PLACE"}
_JOINERS = frozenset({"of", "for", "and", "&", "the", "-", "–", "/", "'s", "’s", "'", "’"})
_PERSON_JOINERS = frozenset(
    {"-", "–", "'", "’", "de", "del", "da", "di", "van", "von", "der", "la", "le", "bin", "al", "el"}
)
_PRONOUNS = frozenset({"i", "you", "he", "she", "it", "we", "they", "my", "your", "his", "her", "its", "our", "their"})
_OUTSIDE = frozenset(
    {"det", "case", "appos", "nmod:desc", "punct", "cc", "acl", "acl:relcl", "advmod", "nmod:poss", "parataxis"}
)


@cache
def titles() -> frozenset[str]:
    """Titles that precede a person's name without being part of it, in lower case and without a full stop."""
    text = (Path(__file__).parent / "titles.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def is_title(word: str) -> bool:
    return word.lower().rstrip(".") in titles()


@dataclass(frozen=True, slots=True)
class Mention:
    """A GUM mention: words [start, end), entity type, Wikipedia title where GUM gives one."""

    start: int
    end: int
    type: str
    identity: str | None


def gum_mentions(cells: Sequence[str]) -> list[Mention]:
    """Mentions from the words' `Entity` values (empty where a word has none), in CoNLL 2012 brackets.

    Discontinuous parts ("1[1/2]") are read as they stand.
    """
    found: list[Mention] = []
    open_mentions: list[tuple[str, int, str, str | None]] = []
    for i, cell in enumerate(cells):
        for mark in re.finditer(r"\(([^()]+)(\))?|([^()]+)\)", cell):
            if mark[1]:
                parts = mark[1].split("-", 7)
                kind = parts[1] if len(parts) > 1 else ""
                identity = parts[7] if len(parts) > 7 else None
                if mark[2]:
                    found.append(Mention(i, i + 1, kind, identity))
                else:
                    open_mentions.append((parts[0], i, kind, identity))
            else:
                for k in range(len(open_mentions) - 1, -1, -1):
                    if open_mentions[k][0] == mark[3]:
                        _, start, kind, identity = open_mentions.pop(k)
                        found.append(Mention(start, i + 1, kind, identity))
                        break
    return found


def gum_names(
    words: Sequence[str],
    tags: Sequence[str],
    upos: Sequence[str],
    heads: Sequence[int],
    relations: Sequence[str],
    cells: Sequence[str],
) -> list[Name]:
    """The names of one sentence. `heads` are indices of words, -1 for the root.

    A mention is named if its head is a proper noun. Its name is the run of capitalised words around the head, over
    joiners such as "of" inside organisations and places, without what only describes it. Of nested names the
    outermost is kept.
    """
    mentions = gum_mentions(cells)
    other_heads = set()
    runs: list[Name] = []
    placed: list[tuple[Mention, int]] = []
    for mention in mentions:
        head = _head(mention, heads)
        if head is not None:
            placed.append((mention, head))
            if mention.type in _GUM_TYPES and relations[head] in ("conj", "appos"):
                other_heads.add(head)
    for mention, head in placed:
        kind = _GUM_TYPES.get(mention.type)
        if kind is None or upos[head] != "PROPN":
            continue
        if kind == "PERSON" and tags[head] == "NNPS":  # peoples ("the Thais"), which the convention does not count
            continue
        start, end = _run(mention, head, kind, words, upos, heads, relations, other_heads - {head})
        while kind == "PERSON" and end - start > 1 and is_title(words[start]):
            start += 1
        if kind == "PLACE" and end - start > 1 and words[end - 1] in _INSTITUTIONS:
            kind = "ORG"
        if not (end - start == 1 and is_title(words[start])):
            runs.append((start, end, kind))
    return outermost(runs)


def _head(mention: Mention, heads: Sequence[int]) -> int | None:
    tops = [i for i in range(mention.start, mention.end) if not mention.start <= heads[i] < mention.end]
    return tops[0] if len(tops) == 1 else None


def _run(
    mention: Mention,
    head: int,
    kind: str,
    words: Sequence[str],
    upos: Sequence[str],
    heads: Sequence[int],
    relations: Sequence[str],
    barred: set[int],
) -> tuple[int, int]:
    joiners = _PERSON_JOINERS if kind == "PERSON" else _JOINERS

    def belongs(i: int) -> bool:
        if i == head:
            return True
        if i in barred or (relations[i] in _OUTSIDE and not (kind == "PLACE" and relations[i] == "nmod:desc")):
            return False
        if kind == "PERSON" and relations[i].startswith("nmod"):
            return False
        return upos[i] == "PROPN" or (words[i][:1].isupper() and upos[i] in ("ADJ", "NOUN", "NUM", "VERB", "X"))

    def within(i: int) -> bool:
        while i != head and i >= 0:
            if i in barred:
                return False
            i = heads[i]
        return i == head

    start, end = head, head + 1
    for step, limit in ((-1, mention.start - 1), (1, mention.end)):
        i, last = head + step, head
        while i != limit:
            if belongs(i) and within(i):
                last = i
            elif words[i].lower() not in joiners or abs(i - last) > 3:
                break
            i += step
        if step < 0:
            start = last
        else:
            end = last + 1
    return start, end


def outermost(names: Iterable[Name]) -> list[Name]:
    """The names that overlap no longer one, in order. Of two of the same words the first given stays."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: n[0] - n[1]):
        if all(name[1] <= other[0] or other[1] <= name[0] for other in kept):
            kept.append(name)
    return sorted(kept)


_NO_NAMES = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday "
    "i the a an he she it we they his her its their in on at of for and but as by to from with this that "
    "these those after before when while during although since however there here one two three my our your who "
    "what which how why if not no yes sir".split()
)
_LINKS = frozenset("of and the in for de a to on at & : 's ’s - –".split())
_OPENING = frozenset(". ! ? : ; \" “ ‘ ' ( – — • * |".split())
_MOST_CAPITALS = 0.6
"""Share of a sentence's words with capitals above which capitals tell nothing."""

OTHER = ("B-OTHER", "I-OTHER")
OPEN = "?"


def other_kinds(words: Sequence[str], names: Iterable[Name]) -> list[str]:
    """Of each word that no name covers, whether it is part of a name of another kind: a work, an award, a ship, a
    people.

    Where all people, organisations and places are marked, capitals within a sentence tell: `OTHER` for the first and
    further words of such a name, "O" for a word in lower case, `OPEN` where a capital may be a sentence's or a title's.
    """
    covered = {i for start, end, _ in names for i in range(start, end)}
    alphabetic = [w for w in words if w[:1].isalpha()]
    capitals = sum(w[:1].isupper() for w in alphabetic)
    if not 0 < capitals <= _MOST_CAPITALS * len(alphabetic):
        return [OPEN] * len(words)

    def named(i: int) -> bool:
        word = words[i] if i < len(words) and i not in covered else ""
        return word[:1].isupper() and len(word) > 2 and word.lower() not in _NO_NAMES and not is_title(word)

    def links(i: int, end: int) -> bool:
        return end < len(words) and all(words[k] in _LINKS and k not in covered for k in range(i, end)) and named(end)

    found = [OPEN if word[:1].isupper() else "O" for word in words]
    i = 0
    while i < len(words):
        if i == 0 or words[i - 1] in _OPENING or not named(i):
            i += 1
            continue
        end = i + 1
        while end < len(words):
            if named(end) or (words[end].isdigit() and end not in covered):
                end += 1
            elif links(end, end + 1):
                end += 2
            elif links(end, end + 2):
                end += 3
            else:
                break
        found[i:end] = [OTHER[0], *[OTHER[1]] * (end - i - 1)]
        i = end
    return found


def trim(words: Sequence[str], start: int, end: int, kind: str) -> Name | None:
    """A span of annotated words as a name: no leading article, title or description; None where no name is left.

    For corpora without a parse: a name begins and ends with a capitalised word and all its words are capitalised or
    joiners.
    """
    while start < end and (words[start].lower() in ("the", "a", "an") or words[start] in "\"'“”‘’()"):
        start += 1
    while start < end and words[end - 1] in ("'s", "’s", "'", "’", ",", ".", '"', "”", ")"):
        end -= 1
    if kind == "PERSON":
        last_title = max((i for i in range(start, end) if is_title(words[i])), default=start - 1)
        start = last_title + 1
    span = words[start:end]
    if not span or (len(span) == 1 and span[0].lower() in _PRONOUNS):
        return None
    if not (span[0][:1].isupper() or span[0].lower().startswith("al-")) or not span[-1][:1].isupper():
        return None
    joiners = _PERSON_JOINERS if kind == "PERSON" else _JOINERS | {"in", ","}
    if any(
        not (w[:1].isupper() or w[:1].isdigit() or w.lower() in joiners or w.lower().startswith("al-")) for w in span
    ):
        return None
    return start, end, kind
