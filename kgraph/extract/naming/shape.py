"""The shape of names: which words may be part of one, where one goes on, and what stands inside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgraph.extract.lexicon import Lexicon
from kgraph.extract.names import Name, NameKind
from kgraph.extract.words import Word
from kgraph.registers import Entry

NUMBERS = frozenset("two three four five six seven eight nine ten".split())
# Words that may begin a sentence with a capital: function words, never part of a name; others, never its first word.
FUNCTION_WORDS = frozenset(
    """the a an this that these those he she it they we i you his her its their our your my who what when where why how
    and but or nor so yet if as at by for from in into of off on onto out over to up with without within under after
    before since until while although though because despite during about against among between through now then here
    there today yesterday tomorrow meanwhile however also another both each every some many most all few several
    such no not only even just still last next earlier later once back both one according asked speaking more than
    less""".split()
).union(NUMBERS)
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = frozenset("january february march april may june july august september october november december".split())

OPENERS = frozenset(
    """new former other responding writing announcing introducing rejecting having being image source caption picture
    photo read follow published updated related nearby neighbouring rival troubled failing embattled beleaguered
    outgoing incoming departing previous current longtime""".split()
).union(FUNCTION_WORDS, MONTHS, WEEKDAYS)

PARTICLES = frozenset("de la le van von der den del di da al ap ab bin ter".split())

# As they stand in names in lower case.
SMALL = frozenset("and of the upon on in le with under cum by".split())
MAX_ADJECTIVES = 3  # between an article and its noun
NAME_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’-]*[\w]\Z|[A-Z]\Z")


def is_name_word(word: Word | None) -> bool:
    """Whether a word may begin or end a name: with a capital, and none that opens sentences."""
    return word is not None and bool(NAME_WORD.match(word.text)) and word.folded not in OPENERS


def name_of(line: Sequence[Word], start: int, end: int, kind: NameKind, entries: tuple[Entry, ...]) -> Name:
    """The words as a name of those entries of a register."""
    type_ = entries[0].type if len({e.type for e in entries}) == 1 else ""
    return Name(line[start].start, line[end - 1].end, kind, text_of(line, start, end), type_, entries)


def text_of(line: Sequence[Word], start: int, end: int) -> str:
    """The words as they stand, with their own spacing made single."""
    parts = [line[start].text]
    for before, word in zip(line[start:end], line[start + 1 : end], strict=False):
        parts.append((" " if word.start > before.end else "") + word.text)
    return "".join(parts)


def words_inside(line: Sequence[Word], name: Name) -> list[int]:
    """The places in a line of the words of a name."""
    return [i for i, w in enumerate(line) if name.start <= w.start and w.end <= name.end]


def is_head(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word is an office: "leader", "Ex-leader"."""
    return word.folded.split("-")[-1] in lexicon.role_heads


def goes_on(line: Sequence[Word], at: int) -> bool:
    """Whether a name goes on behind a particle: with its next word, or with another particle ("de la")."""
    return at < len(line) and (line[at].text in PARTICLES or NAME_WORD.match(line[at].text) is not None)


def in_longer_name(line: Sequence[Word], start: int, end: int) -> bool:
    """Whether the words are part of a longer run of capitals, and so perhaps of another name."""
    before = start > 0 and is_name_word(line[start - 1])
    after = end < len(line) and is_name_word(line[end])
    return before or after
