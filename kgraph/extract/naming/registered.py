"""Names that the registers know: bodies, places, parties, services."""

from __future__ import annotations

from collections.abc import Sequence

from kgraph.extract.lexicon import ARTICLES, Lexicon
from kgraph.extract.names import Name
from kgraph.extract.naming.shape import SMALL, is_name_word, name_of, text_of
from kgraph.extract.words import Word, words
from kgraph.registers import Entry


def register_names(line: Sequence[Word], lexicon: Lexicon, published: str | None) -> list[Name]:
    """Bodies, parties and places of the registers in a line; of namesakes those that existed when it was published."""
    found: list[Name] = []
    at = 0
    while at < len(line):
        length = 0
        for n, entries in lexicon.names.all(line, at):
            if lexicon.parties.get(text_of(line, at, at + n)):
                break
            if not line[at].capitalised and at and line[at - 1].folded in ("'s", "'"):
                break  # "the council's education department"
            if kept := [e for name, e in entries if _same_case(name, line[at : at + n])]:
                found.append(name_of(line, at, at + n, "register", _alive(kept, published)))
                length = n
                break
        if not length and (n := _party_length(line, at, lexicon)):
            found.append(Name(line[at].start, line[at + n - 1].end, "party", text_of(line, at, at + n), "party"))
            length = n
        if not length:
            for n, entries in lexicon.places.all(line, at):
                if all(w.capitalised or not w.text.isalpha() or w.folded in SMALL for w in line[at : at + n]):
                    found.append(name_of(line, at, at + n, "place", _alive([e for _, e in entries], published)))
                    length = n
                    break
        if not length and line[at].capitalised and (n := lexicon.other_places.longest(line, at)[0]):
            found.append(name_of(line, at, at + n, "place", ()))
            length = n
        at += length or 1
    return found


def _party_length(line: Sequence[Word], at: int, lexicon: Lexicon) -> int:
    """How many words at line[at] stand for a party: in capitals, or in lower case before a role ("independent
    councillor"); abbreviations in brackets only; everyday words ("Green") only before a role, group or name."""
    for n, _ in lexicon.parties.all(line, at):
        text = text_of(line, at, at + n)
        rest = [w.folded for w in line[at + n : at + n + 5] if w.folded != "'s"]
        before_role = lexicon.role_at(rest) or rest[:1] in [[w] for w in lexicon.group_words]
        bracketed = at > 0 and line[at - 1].text == "(" and at + n < len(line) and line[at + n].text in (")", ",", ";")
        if text in lexicon.party_abbreviations:
            closed = at + n < len(line) and line[at + n].text in (")", "]")
            if at > 0 and (line[at - 1].text in ("(", "[") or (closed and line[at - 1].text in (",", "-", "–"))):
                return n  # "(Lab)", "(Con, Hill Top)", "(Hill Top, Lab)"
        elif bracketed and line[at].capitalised:
            return n
        elif not line[at].capitalised and _sits_as(line, at, n):
            return n
        elif not line[at].capitalised:
            # "independent councillor", but "independent chair"
            head = next((h for w in rest if (h := lexicon.role_heads.get(w)) is not None), None)
            if before_role and (head is None or head.representative or head.needs):
                return n
        elif text.lower() not in lexicon.everyday_parties or before_role or _is_proper(line, at, at + n):
            return n
    return 0


def _sits_as(line: Sequence[Word], at: int, length: int) -> bool:
    """Whether somebody is "an independent", or does something "as an independent", with no noun behind it."""
    before = [w.folded for w in line[max(0, at - 2) : at]]
    after = line[at + length : at + length + 1]
    ended = not after or not after[0].text[0].isalnum() or after[0].folded in _AFTER_STANDING
    return (before in (["as", "a"], ["an", "as"]) or before[-1:] == ["an"]) and ended


_AFTER_STANDING = frozenset(
    """in on since after for from at and until but when before because over following again instead with to who last
    this while or rather like is was councillor member candidate""".split()
)


def _is_proper(line: Sequence[Word], start: int, end: int) -> bool:
    """Whether an everyday word stands as a name of its own: with its capital inside a sentence and no others beside it,
    or before a person's name."""
    before, after = line[start - 1] if start else None, line[end] if end < len(line) else None
    if is_name_word(after):
        return start == 0 or (before is not None and before.folded in ARTICLES)
    return before is not None and before.folded[0].isalnum() and not is_name_word(before)


def _same_case(name: str, found: Sequence[Word]) -> bool:
    """Whether the text writes a register's name as a name: capitals where the register has them.

    Later words may be in lower case ("Cheshire police"), and a whole name of several words may ("the housing
    ombudsman"); headlines and first words may be in capitals. Acronyms are as they are.
    """
    for i, (given, word) in enumerate(zip(words(name), found, strict=True)):
        if given.text == word.text or not given.capitalised:
            continue
        if len(given.text) > 1 and given.text.isupper():
            return False
        if not word.capitalised and i == 0 and any(w.capitalised for w in found):
            return False
        if not word.capitalised and len(found) == 1:
            return False
    return True


def _alive(entries: Sequence[Entry], published: str | None) -> tuple[Entry, ...]:
    """Of namesakes, those that existed when the document appeared, or all where none did or no date is known."""
    unique = list({e.id: e for e in entries}.values())
    if published is not None and len(unique) > 1:
        unique = [e for e in unique if e.alive(published)] or unique
    return tuple(unique)
