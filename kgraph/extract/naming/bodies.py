"""Names of bodies that no register knows: by their last or first word, by what the text calls them, by an owner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kgraph.extract.lexicon import ARTICLES, Lexicon
from kgraph.extract.names import Name
from kgraph.extract.naming.shape import (
    FUNCTION_WORDS,
    MAX_ADJECTIVES,
    MONTHS,
    NAME_WORD,
    NUMBERS,
    OPENERS,
    SMALL,
    goes_on,
    in_longer_name,
    is_name_word,
    name_of,
    text_of,
    words_inside,
)
from kgraph.extract.words import Word, words

# What is "of" a body and no part of its name.
_PAPERS = frozenset(
    """minutes proceedings agenda report notes record meeting papers statement members decisions tenants residents staff
    parents workers employees customers leaders bosses directors trustees""".split()
)

_MAX_BODY = 12

_JOINERS = frozenset("and of for & the".split())


def body_names(
    line: Sequence[Word], found: Sequence[Name], people: frozenset[int], common: frozenset[str], lexicon: Lexicon
) -> list[Name]:
    """Proper names of bodies: capitalised words that end in a word for a kind of body ("Audit Committee"). `people` are
    the offsets where names of people end."""
    owned = {i: n for n in found if n.kind == "register" and n.type != "party" for i in words_inside(line, n)}
    bodies = []
    for at, word in enumerate(line):
        length, opened = lexicon.body_openers.longest(line, at) if word.capitalised else (0, [])
        first = line[at + length] if length and at + length < len(line) else None
        # "NHS staff", "an NHS Trust" are no names that begin here
        if first is not None and first.folded not in lexicon.body_words and first.folded not in lexicon.role_heads:
            end = at + length
            while end < len(line) and (is_name_word(line[end]) or (line[end].text in SMALL and goes_on(line, end + 1))):
                end += 1
            if end > at + length and at not in owned:
                bodies.append(Name(word.start, line[end - 1].end, "body", text_of(line, at, end), opened[0]))
        plc = word.text in lexicon.legal_forms and at > 0 and is_name_word(line[at - 1])
        if (
            not word.capitalised
            and not plc
            and not (at and _party_before(line, at, found) and word.folded in lexicon.group_words)
        ):
            continue
        for n, types in lexicon.body_heads.all(line, at):
            start = _body_start(line, at, owned, people, common, lexicon)
            if not word.capitalised and not plc:
                # "Conservative group", whoever is named before it
                start = max(start, _party_start(line, at, found))
            longer = at > 0 and lexicon.body_heads.longest(line, at - 1)[0] > n
            if start < at and word.folded in lexicon.topics and _is_topic(line, start, at, lexicon):
                break
            if start < at and not longer and not lexicon.nominals.get(text_of(line, start, at + n)):
                name = name_of(line, start, at + n, "body", ())
                bodies.append(Name(name.start, name.end, "body", name.text, types[0]))
            break
    return bodies


def _is_topic(line: Sequence[Word], start: int, at: int, lexicon: Lexicon) -> bool:
    """Whether capitals are the topic of an office or a report: "Director of Adults and Housing", "Social Housing"."""
    others = lexicon.topics[line[at].folded]
    before = line[start - 1].folded if start else ""
    small = any(not line[i].text[0].isupper() or line[i].folded in others for i in range(start, at))
    office = any(line[i].folded in lexicon.role_heads for i in range(max(0, start - 3), start))
    behind = line[at + 1].folded if at + 1 < len(line) else ""
    goes_on = behind in ("and", "&") and at + 2 < len(line) and line[at + 2].capitalised
    return small or goes_on or before in ("and", "&") or (before in ("of", "for") and office)


def firm_names(line: Sequence[Word], found: Sequence[Name], lexicon: Lexicon) -> list[Name]:
    """Firms that go by names of people, beside a word for what many do together: "its auditors, Ann Other Smith",
    "Ann Other Smith, the auditors"."""
    firms = []
    for at, word in enumerate(line):
        if word.folded not in lexicon.firms:
            continue
        start = at + 2 if line[at + 1 : at + 2] and line[at + 1].text in (",", ":", "(", "from") else at + 1
        end = start
        while end < len(line) and (line[end].text == "&" or is_name_word(line[end])):
            end += 1
        if start == end:
            start, end = _before_article(line, at)
        free = start < end and not any(n.start < line[end - 1].end and line[start].start < n.end for n in found)
        if free and line[start].folded not in lexicon.titles and line[start].folded not in lexicon.role_heads:
            firms.append(Name(line[start].start, line[end - 1].end, "body", text_of(line, start, end), "company"))
    return firms


def named_again(lines: Sequence[Sequence[Word]], firms: Sequence[Name]) -> list[Name]:
    """The firms wherever else they are named."""
    known = {tuple(w.text for w in words(f.text)): f for f in firms}
    taken = {f.start for f in firms}
    return [
        replace(firm, start=line[at].start, end=line[at + len(parts) - 1].end)
        for line in (lines if known else ())
        for at, word in enumerate(line)
        for parts, firm in known.items()
        if word.text == parts[0] and word.start not in taken
        if tuple(w.text for w in line[at : at + len(parts)]) == parts
    ]


def _before_article(line: Sequence[Word], noun: int) -> tuple[int, int]:
    """The one name that "the" and a plural stand behind: "Ann Other Smith, the council's auditors". Two such names are
    those of people."""
    at = noun - 1
    while at > 0 and noun - at < MAX_ADJECTIVES + 2 and line[at].folded != "the" and line[at].text != ",":
        at -= 1
    if at < 2 or line[at].folded != "the" or line[at - 1].text != ",":
        return noun, noun
    start = end = at - 1
    while start and (line[start - 1].text == "&" or is_name_word(line[start - 1])):
        start -= 1
    listed = start and line[start - 1].text in (",", "and")
    return (noun, noun) if end - start < 2 or listed else (start, end)


def establishment_names(lines: Sequence[Sequence[Word]], found: Sequence[Name], lexicon: Lexicon) -> list[Name]:
    """Establishments that go by any name, where the text says what they are: "Northby Lodge care home", "Northby Lodge,
    a care home for …", "the home, Northby Lodge", "the care home Northby Lodge"; and wherever the name stands alone."""
    known: dict[str, str] = {}
    full: dict[str, Name] = {}  # by a company's name without its legal form
    for name in found:
        form = next((f for f in lexicon.legal_forms if name.text.endswith(f" {f}")), None)
        if form is not None and len(short := name.text.removesuffix(form).split()) > 1:
            full[" ".join(short)] = name
    for line in lines:
        for at, word in enumerate(line):
            if word.capitalised:
                continue
            length, types = lexicon.named_establishments.longest(line, at)
            # "nursing home manager": a home is meant by its whole phrase alone
            if not length or (at + length < len(line) and line[at + length].folded in lexicon.role_heads):
                continue
            for start, end in _named_beside(line, at, at + length):
                free = not any(
                    n.start < line[end - 1].end and line[start].start < n.end for n in found if n.kind != "place"
                )
                if free and line[start].folded not in lexicon.titles and line[start].folded not in lexicon.forenames:
                    known.setdefault(text_of(line, start, end), types[0])
    places = _where_it_happened(lines, found, lexicon)
    known |= {text: type_ for text, type_ in places.items() if type_ not in known.values()}
    known |= {text: type_ for text, type_ in _houses(lines, found, lexicon).items() if text not in known}
    known |= {short: name.type for short, name in full.items()}
    by_first: dict[str, list[str]] = {}
    for text in known:
        by_first.setdefault(words(text)[0].text, []).append(text)
    names = []
    for line in lines:
        for at, word in enumerate(line):
            for text in by_first.get(word.text, ()):
                end = at + len(words(text))
                if end <= len(line) and text_of(line, at, end) == text:
                    whole = full[text].text if text in full else text
                    names.append(Name(word.start, line[end - 1].end, "body", whole, known[text]))
    return names


def short_names(
    lines: Sequence[Sequence[Word]], names: Sequence[Name], people: Sequence[Name], lexicon: Lexicon
) -> list[Name]:
    """Where a body is called by the first words of its name alone ("Northern Spire" of Northern Spire Learning Trust).

    Not where these may mean something else: a person, a place, or another body whose name they begin.
    """
    spoken = {part for p in people for part in (p.text, *p.text.split())}
    full: dict[tuple[str, ...], dict[str, Name]] = {}
    for name in names:
        parts = tuple(w.text for w in words(name.text))
        for end in range(1, len(parts)):
            if parts[end] not in ("'s", "’s") and _calls(parts[:end], spoken, lexicon):
                full.setdefault(parts[:end], {}).setdefault(name.text, name)
    known = {parts: next(iter(found.values())) for parts, found in full.items() if len(found) == 1}
    called = {
        parts: name
        for parts, name in known.items()
        if name.kind == "body"
        and name.type in lexicon.judged
        and (len(parts) > 1 if name.type in lexicon.subjects else True)
        and name.type != lexicon.governs
    }
    if not called:
        return []
    taken = [(n.start, n.end) for n in names if n.kind != "place" or n.entries]
    found: dict[tuple[str, ...], list[Name]] = {}
    places: set[tuple[str, ...]] = set()
    for line in lines:
        for at, word in enumerate(line):
            if not word.capitalised:
                continue
            for parts, name in called.items():
                end = at + len(parts)
                if tuple(w.text for w in line[at:end]) != parts or in_longer_name(line, at, end):
                    continue
                if not any(s < line[end - 1].end and word.start < e for s, e in taken):
                    if at and line[at - 1].folded in ("in", "near", "around", "across"):
                        places.add(parts)  # "in Northern Spire"
                    short = Name(word.start, line[end - 1].end, "short", name.text, name.type)
                    found.setdefault(parts, []).append(short)
    return [name for parts, some in found.items() if parts not in places for name in some]


def _calls(parts: Sequence[str], people: set[str], lexicon: Lexicon) -> bool:
    """Whether the first words of a body's name may stand for it."""
    text = " ".join(parts)
    capitals = all(p[0].isupper() or p in SMALL for p in parts) and parts[-1][0].isupper() and parts[0][0].isupper()
    if not capitals or text in people or lexicon.places.get(text) or lexicon.other_places.get(text):
        return False
    first, last = parts[0].lower(), parts[-1].lower()
    kind = any(last in words for words in (lexicon.body_words, lexicon.kinds, OPENERS))
    return len(text) > 3 and not kind and first not in OPENERS and first not in lexicon.forenames


def _named_beside(line: Sequence[Word], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The runs of two or more capitalised words that are the name of what the common noun at [start, end) says."""
    # "Northby Lodge care home" ("a Northby Lodge care home" is one in a place of that name)
    begin = start
    while begin and is_name_word(line[begin - 1]):
        begin -= 1
    if start - begin > 1 and not (begin and line[begin - 1].folded in ("a", "an")):
        yield begin, start
    # "Northby Lodge, a 40-bed care home", "Northby Lodge, which is a nursing home"
    at = start - 1
    while (
        at > 0 and start - at < MAX_ADJECTIVES + 4 and line[at].text not in (",", ".", ";") and not line[at].capitalised
    ):
        at -= 1
    said = line[at + 1].folded in (*ARTICLES, "another", "one") or (
        line[at + 1].folded == "which" and line[at + 2].folded in ("is", "was")
    )
    if at > 1 and line[at].text == "," and said:
        begin = at
        while begin and is_name_word(line[begin - 1]):
            begin -= 1
        if at - begin > 1:
            yield begin, at
    # "the home, Northby Lodge", "another home run by the same company, Northby House", "at care home Northby Lodge"
    for first in (end, end + 1) if end < len(line) and line[end].text in (",", "(", ":", "called") else (end,):
        last = first
        while last < len(line) and (is_name_word(line[last]) or (last > first and _joins(line, last))):
            last += 1
        closed = first == end or last == len(line) or not line[last].text[0].isalnum() or line[last].folded in _SCENE
        if last - first > 1 and closed:
            yield first, last


def _where_it_happened(lines: Sequence[Sequence[Word]], found: Sequence[Name], lexicon: Lexicon) -> dict[str, str]:
    """Names of two words or more "at" which things are, and never "in": in a text about a care home those of homes."""
    nouns = [
        types[0]
        for line in lines
        for at, word in enumerate(line)
        if word.text.islower()
        for length, types in [lexicon.named_establishments.longest(line, at)]
        if length > 1 and word.folded != "the"
    ]
    if not nouns:
        return {}
    taken = [n for n in found if n.kind != "place" or n.entries]
    at_: set[str] = set()
    in_: set[str] = set()
    for line in lines:
        for at, word in enumerate(line):
            if word.folded in ("at", "in"):
                end = at + 1
                while end < len(line) and (is_name_word(line[end]) or (end > at + 1 and _joins(line, end))):
                    end += 1
                free = end - at > 2 and not any(n.start < line[end - 1].end and line[at].end < n.end for n in taken)
                if (
                    free
                    and line[end - 1].folded not in lexicon.body_words
                    and line[at + 1].folded not in lexicon.titles
                ):
                    (at_ if word.folded == "at" else in_).add(text_of(line, at + 1, end))
    return dict.fromkeys(sorted(at_ - in_), nouns[0])


def _houses(lines: Sequence[Sequence[Word]], found: Sequence[Name], lexicon: Lexicon) -> dict[str, str]:
    """Names that end as a house's in a text that speaks of homes for people; not where these only say where."""
    noun = next(
        (noun for line in lines for at in range(len(line)) for noun in lexicon.houses.longest(line, at)[1]), None
    )
    if noun is None:
        return {}
    type_ = lexicon.named_establishments.get(noun) or lexicon.named_establishments.get(noun.removesuffix("s"))
    taken = [n for n in found if n.type != "place" or n.entries]
    named: set[str] = set()
    for line in lines:
        for at, word in enumerate(line):
            if word.folded not in lexicon.house_endings or not word.capitalised:
                continue
            begin = at
            while begin and is_name_word(line[begin - 1]) and not _opens_no_name(line[begin - 1], lexicon):
                begin -= 1
            free = not any(n.start < word.end and line[begin].start < n.end for n in taken)
            placed = begin and line[begin - 1].folded in _SCENE | _WHERE
            civic = line[begin].folded in lexicon.territory_kinds or line[at - 1].folded in lexicon.territory_kinds
            if begin < at and free and not placed and not civic:
                named.add(text_of(line, begin, at + 1))
    return dict.fromkeys(sorted(named), type_[0]) if type_ else {}


def _opens_no_name(word: Word, lexicon: Lexicon) -> bool:
    return word.folded in OPENERS or word.folded in lexicon.titles


def _joins(line: Sequence[Word], at: int) -> bool:
    return line[at].text in _JOINING and goes_on(line, at + 1)


_JOINING = frozenset(("of", "the", "and", "an", "na", "nan", "y", "yr", "a'"))

_WHERE = frozenset(("outside", "from", "to", "inside", "beside", "behind"))
_SCENE = frozenset(("in", "near", "at", "on", "was", "is", "has"))


def _body_start(
    line: Sequence[Word],
    head: int,
    owned: dict[int, Name],
    people: frozenset[int],
    common: frozenset[str],
    lexicon: Lexicon,
) -> int:
    """Index of the first word of the name whose last word is at `head`."""
    start, at = head, head - 1
    while at >= 0 and head - at < _MAX_BODY and at not in owned:
        word = line[at]
        named = word.folded in lexicon.role_heads or _addresses(line, at, lexicon)
        if named and (of := _of_behind(line, at, start)) is not None:
            return of + 1  # "Chief Constable Ann Other of X Police", "Cllr Tom Field of X Council"
        named = word.folded not in OPENERS or _is_month_of_name(line, at) or _counts_in_name(line, at, start)
        if NAME_WORD.match(word.text) and named and not _addresses(line, at, lexicon):
            start = at
        elif word.text == ",":
            # A comma joins only within a list that ends in "and": "Policy, Projects and Resources Board".
            if start != at + 1 or not any(w.text in ("and", "&") for w in line[at:head]):
                break
            if at and _is_office(line[at - 1], lexicon):
                break  # "Leader, X and Y Council"
        elif word.folded == "'" and start == at + 1 and at and line[at - 1].text.endswith("s"):
            pass  # "Northby Residents' Association"
        elif word.folded == "'s":
            owner = line[at - 1]
            if at - 1 in owned or owner.folded in lexicon.body_words or not NAME_WORD.match(owner.text):
                break
        elif (
            word.text == ")"
            and start == at + 1
            and at > 2
            and line[at - 2].text == "("
            and (line[at - 1].text.isupper() or line[at + 1].text in lexicon.legal_forms)
        ):
            at -= 2  # "Northby Care (NI) Ltd"
            start = at
        elif word.text not in _JOINERS or start not in (at + 1, at + 2):
            break
        elif at and (_is_office(line[at - 1], lexicon) or line[at - 1].folded in lexicon.body_words):
            break  # "the leader and X Council", "Members of X Council", "X Council and Y Trust"
        elif word.folded == "of" and at and line[at - 1].end in people:
            break  # "Ann Other of X Council"
        elif word.folded == "of" and at and line[at - 1].folded in _PAPERS:
            break  # "Minutes of the Audit Committee"
        elif word.folded == "of" and at and line[at - 1].folded in common and not _is_kind(line[at - 1], lexicon):
            break  # "Inspection of X Council", where the text has "inspection" as a common noun
        at -= 1
    return start


def _of_behind(line: Sequence[Word], office: int, start: int) -> int | None:
    """Index of an "of" behind an office and the name of its holder, both taken for the start of a body's name."""
    if start != office + 1 or not is_name_word(line[start]):
        return None
    return next((i for i in range(start + 1, min(start + 5, len(line))) if line[i].text == "of"), None)


def _is_month_of_name(line: Sequence[Word], at: int) -> bool:
    """The March of "East March District Council": a month's name behind another word of the name."""
    return line[at].folded in MONTHS and at > 0 and is_name_word(line[at - 1])


def _counts_in_name(line: Sequence[Word], at: int, start: int) -> bool:
    """The Four of "Four Shires Fire Service": a number right before a name in the singular is part of it."""
    return line[at].folded in NUMBERS and start == at + 1


def _is_office(word: Word, lexicon: Lexicon) -> bool:
    return word.folded in lexicon.role_heads or word.folded.removesuffix("s") in lexicon.role_heads


def _is_kind(word: Word, lexicon: Lexicon) -> bool:
    return word.folded in lexicon.body_words or word.folded in lexicon.territory_kinds


def _addresses(line: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a form of address stands here; in the plural it may be part of a body's name."""
    return line[at].folded in lexicon.titles and not line[at].folded.endswith("s")


def _party_before(line: Sequence[Word], at: int, found: Sequence[Name]) -> bool:
    return any(n.type == "party" and n.end == line[at - 1].end for n in found)


def _party_start(line: Sequence[Word], at: int, found: Sequence[Name]) -> int:
    """Index of the first word of the party named right before a word."""
    party = next(n for n in found if n.type == "party" and n.end == line[at - 1].end)
    return words_inside(line, party)[0]


_ORGAN_LIMITS = frozenset(
    """own the a an its his her their our your this that these those every each any some no 's of to by in at on
    for with from said says say before after when which who it he she they told new same full whole first last
    next such former joint special public another via through whose""".split()
)


def _is_bare(line: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether an organ stands alone, with no noun behind it: "the trust's BOARD met", but not "its board papers"."""
    follower = line[at + 1].folded if at + 1 < len(line) else "."
    return line[at].folded in lexicon.owned_organs and (follower in _ORGAN_FOLLOWERS or not follower[0].isalnum())


_ORGAN_FOLLOWERS = frozenset(
    """has had have is was were will would must should could may might can did does met meets said says agreed voted
    decided approved accepted and or to of in on at by for from with when which who that after before until as
    but""".split()
)


def organ_names(line: Sequence[Word], found: Sequence[Name], lexicon: Lexicon) -> list[Name]:
    """A body's own organs, in lower case: "the council's employment committee", "the cabinet"."""
    organs = []
    for at, word in enumerate(line):
        if (type_ := lexicon.organ_types.get(word.folded)) is None or (at and line[at - 1].text == "-"):
            continue
        start = at
        while start > 0 and at - start < 5 and line[start - 1].text.isalpha() and line[start - 1].text.islower():
            if line[start - 1].folded in _ORGAN_LIMITS or line[start - 1].folded in NUMBERS:
                break
            start -= 1
        while start < at and (line[start].text == "and" or line[at - 1].text == "and"):
            start += 1  # "the authority and BOARD partners" are no authority and board
        if start < at and line[at - 1].folded in lexicon.no_organs:
            continue  # "on the drawing board"
        before = line[start - 1] if start else None
        owned = before is not None and (before.folded in ("'s", "'", "its") or any(n.end == before.end for n in found))
        definite = owned or (before is not None and before.folded in ("the", "a", "an"))
        alone = word.folded in lexicon.lone_organs
        owner = owned or (definite and _owner_behind(line, at, found))
        shared = any(w.folded in lexicon.shared_organs for w in line[start:at])
        named_the = before is not None and before.folded == "the"
        modified = start < at and not (word.folded in lexicon.owned_organs and shared and not named_the)
        if any(lexicon.role_at([w.folded for w in line[i : at + 1]]) for i in range(start, at + 1)):
            continue  # "chief executive"
        if alone:
            follower = line[at + 1].folded if at + 1 < len(line) else ""
            # "approved by Cabinet"
            named = word.capitalised and before is not None and before.folded in _ORGAN_LIMITS and before.text.islower()
            named = named or (_stands_alone(line, at) and not owned)
            if (definite or named) and start == at and not lexicon.role_at([word.folded, follower]):
                organs.append(Name(word.start, word.end, "organ", word.text, type_))
        elif (modified and definite) or (start < at and owned) or (owner and _is_bare(line, at, lexicon)):
            organs.append(Name(line[start].start, word.end, "organ", text_of(line, start, at + 1), type_))
    return organs


def _stands_alone(line: Sequence[Word], at: int) -> bool:
    """Whether an organ goes without its article as a name does: "approved by cabinet", "Cabinet will decide"."""
    follower = line[at + 1] if at + 1 < len(line) else None
    closed = follower is None or not follower.text[0].isalnum() or follower.folded in _AFTER_ORGAN
    if at == 0:
        return closed and follower is not None and follower.text[0].isalnum()
    if line[at - 1].folded not in _BEFORE_ORGAN:
        return False
    return closed or (follower is not None and (follower.folded in FUNCTION_WORDS or follower.capitalised))


_BEFORE_ORGAN = frozenset("by at to before through from".split())
_AFTER_ORGAN = frozenset(
    """will would has had have is was were could may should must can agreed approved decided voted backed rejected
    heard met meets discussed considered endorsed resolved noted accepted signed adopted on in next last""".split()
)


def _owner_behind(line: Sequence[Word], at: int, found: Sequence[Name]) -> bool:
    """Whether the body that an organ belongs to is named behind it: "the board OF NORTHBY NHS TRUST"."""
    if at + 2 >= len(line) or line[at + 1].folded not in ("of", "at"):
        return False
    start = line[at + 3 if line[at + 2].folded == "the" and at + 3 < len(line) else at + 2].start
    return any(n.start == start and n.kind != "party" for n in found)
