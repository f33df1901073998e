"""Finding names: register entries, people by title and by the shape and company of a name, bodies by their last word.

`find_mentions` returns linked mentions: what is found here as a `Name` is given its entity by
`kgraph.resolve.document`. Words are those of `kgraph.extract.words`; only sentence boundaries (and, where the
pipeline recognises names, `doc.ents`) are taken from spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from kgraph.documents import Document
from kgraph.extract.lexicon import ARTICLES, Lexicon, load_lexicon
from kgraph.extract.names import Name, NameKind
from kgraph.extract.words import Word, fold, words
from kgraph.ontology import Ontology

if TYPE_CHECKING:
    from kgraph.extract.reading import Mention
    from kgraph.registers import Entry

# Words that may begin a sentence with a capital: function words, never part of a name; others, never its first word.
_FUNCTION_WORDS = frozenset(
    """the a an this that these those he she it they we i you his her its their our your my who what when where why how
    and but or nor so yet if as at by for from in into of off on onto out over to up with without within under after
    before since until while although though because despite during about against among between through now then here
    there today yesterday tomorrow meanwhile however also another both each every some many most all few several
    such no not only even just still last next earlier later once back both one two three four five six seven eight nine
    ten according asked speaking more than less""".split()
)
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_OPENERS = frozenset(
    """new former other monday tuesday wednesday thursday friday saturday sunday responding writing announcing
    introducing rejecting having being image source caption picture photo read follow published updated
    related nearby neighbouring rival troubled failing embattled beleaguered outgoing incoming departing previous
    current longtime""".split()
).union(_FUNCTION_WORDS, _MONTHS)
# Verbs that people, rather than places or buildings, are the subjects of.
_PERSON_VERBS = frozenset(
    """said says say added adds told tells warned warns argued argues claimed claims insisted admitted admits denied
    denies described called praised criticised thanked welcomed explained confirmed stressed replied responded asked
    accused apologised retorted believes thinks feels wants became becomes resigned quit retired stepped stood joined
    defected led leads chaired chairs headed""".split()
)
_PARTICLES = frozenset("de la le van von der den del di da al ap ab bin ter".split())
_NAME_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’-]*[\w]\Z|[A-Z]\Z")
# What is "of" a body and no part of its name.
_PAPERS = frozenset(
    """minutes proceedings agenda report notes record meeting papers statement members decisions tenants residents staff
    parents workers employees customers leaders bosses directors trustees""".split()
)
_MAX_NAME = 4
_MAX_BODY = 12


def find_mentions(document: Document, doc: Doc, ontology: Ontology) -> tuple[Mention, ...]:
    """Every name and reference in a document that can be linked to an entity of it, by offset, without overlaps."""
    from kgraph.resolve.document import resolve
    from kgraph.resolve.metonymy import bodies_for_places
    from kgraph.resolve.nominals import resolve_nominals

    lexicon = load_lexicon(ontology.folder)
    lines = [words(document.text, s.start_char, s.end_char) for s in doc.sents]
    names = find_names(document, lines, lexicon, _entities(doc, lexicon))
    named = bodies_for_places(doc, resolve(document, lines, names, lexicon), lexicon)
    common = resolve_nominals(document, doc, [n for n in names if n.kind == "nominal"], named, lexicon)
    return tuple(sorted((*named, *common), key=lambda m: m.start))


def find_names(
    document: Document, lines: Sequence[Sequence[Word]], lexicon: Lexicon, entities: Iterable[Name] = ()
) -> list[Name]:
    """Everything in the lines that has the look of a name or reference, before it is known whom it means."""
    names: list[Name] = []
    known: list[Name] = []
    common = frozenset(w.text for line in lines for w in line if w.text.islower())
    for line in lines:
        found = _register_names(line, lexicon, document.published)
        found = _longest([*found, *_bodies(line, found, common, lexicon), *_organs(line, found, lexicon)])
        firms = _firms(line, found, lexicon)
        names += [*found, *firms]
        known += firms
    again = _named_again(lines, known)
    names, known = [*names, *again], [*known, *again]
    # "Grant Thornton" looks like a person, and is a firm: the register knows it, or the text says "auditors".
    known += [n for n in names if n.kind == "register"]
    entities = [e for e in entities if not any(n.start <= e.start and e.end <= n.end for n in known)]
    establishments = _establishments(lines, names, lexicon)
    recognised = [e for e in entities if e.kind == "person"]
    people = _people(lines, names, recognised, lexicon)
    unsure = _unsure(lines, [*people, *recognised], lexicon) | {e.text for e in entities if e.kind == "body"}
    # "Castle" is not the given name of what Castle Homes' text calls Castle Voice, nor Moss Pell LLP somebody
    wrong = {n.text.removesuffix(f" {form}") for n in names for form in lexicon.legal_forms if n.kind == "body"}
    wrong -= {n.text for n in names}
    wrong |= {n.text.split()[0] for n in (*establishments, *names)} & {text.split()[0] for text in unsure}
    people, entities = (
        [n for n in some if n.kind != "person" or n.text not in wrong or n.title] for some in (people, entities)
    )
    sure = [p for p in (*people, *recognised) if p.text not in unsure]
    short = _short_names(lines, [*establishments, *names], sure, lexicon)
    names = _longest([*establishments, *names, *short, *people, *(e for e in entities if e.type)])
    names = _called_bodies(lines, names, [e for e in entities if not e.type], unsure, lexicon)
    names += _territories(lines, names, lexicon)
    names += [n for line in lines for n in _nominals(line, names, lexicon)]
    return sorted(names, key=lambda n: n.start)


def _entities(doc: Doc, lexicon: Lexicon) -> list[Name]:
    """People, places and bodies that the pipeline's own recogniser found, these without a type. Of people full names
    only, as single words are mostly surnames, which need a full name to belong to."""
    found = []
    for e in doc.ents:
        text = e.text
        if "\n" in text or not all(t[0].isupper() or t in _SMALL for t in text.split()):
            continue
        if e.label_ in ("PERSON", "PER"):
            # "Commissioners Ann Other", "Long-serving Tory Tom Field": what comes before the name is no part of it
            start = e.start
            while start < e.end and _describes(doc[start].text, lexicon):
                start += 1
            end = e.end
            while end > start and doc[end - 1].text.isupper() and fold(doc[end - 1].text) in lexicon.honours:
                end -= 1  # "Ann Other MSP"
            span = doc[start:end]
            if len(span.text.split()) > 1 and not lexicon.parties.get(span.text) and not _says_body(span.text, lexicon):
                found.append(Name(span.start_char, span.end_char, "person", span.text, "person"))
        elif e.label_ in ("PLACE", "LOC", "GPE") and len(text) > 2 and not text.isupper():
            found.append(Name(e.start_char, e.end_char, "place", text, "place"))
        elif e.label_ == "ORG" and not lexicon.parties.get(text) and not _describes(text.split()[-1], lexicon):
            found.append(Name(e.start_char, e.end_char, "body", text, ""))
    return found


def _says_body(name: str, lexicon: Lexicon) -> bool:
    """Whether a name begins or ends as those of bodies do and of people do not: "Ann Other LLP", "Ysgol Glan Arian"."""
    line = words(name)
    _, types = lexicon.body_heads.longest(line, len(line) - 1)
    return bool(lexicon.body_openers.longest(line, 0)[0]) or bool(types and types[0] not in _SURNAMES)


_SURNAMES = frozenset(("place", "media"))  # types of the endings that are surnames as well: "Ann Hall", "Tom Post"


def _unsure(lines: Sequence[Sequence[Word]], people: Sequence[Name], lexicon: Lexicon) -> set[str]:
    """Names that look like people's, of which nothing in the text says so: firms are called so, too.

    Nothing: no given name that is known, no title, no surname alone, no office, age or "who" beside it.
    """
    sure = {p.text.split()[-1] for p in people if p.title or " " not in p.text}
    firsts = {p.text: p.text.split()[0].lower() for p in people}
    unsure = {text for text, w in firsts.items() if w not in lexicon.forenames and w not in lexicon.sexes}
    ends = {p.end for p in people}
    starts = {p.start for p in people}
    for line in lines:
        for at, word in enumerate(line):
            if word.start in starts and at and (_is_head(line[at - 1], lexicon) or _after_role(line, at, lexicon)):
                sure.add(next(p for p in people if p.start == word.start).text)
            if word.end in ends:
                after = [w.folded for w in line[at + 1 : at + 6]]
                personal = (
                    after[:1] in (["who"], ["("]) or after[:2] == [",", "who"] or (after[1:2] and after[1].isdigit())
                )
                if personal or (after[:1] == [","] and any(w in lexicon.role_heads for w in after)):
                    sure.add(next(p for p in people if p.end == word.end).text)
    return {text for text in unsure if text not in sure and text.split()[-1] not in sure}


def _called_bodies(
    lines: Sequence[Sequence[Word]],
    names: Sequence[Name],
    unknown: Sequence[Name],
    unsure: set[str],
    lexicon: Lexicon,
) -> list[Name]:
    """The names, and with them those of unknown kind that the text goes on to call "the firm", "the charity"; those
    that look like people's are then bodies'."""
    taken = [(n.start, n.end) for n in names if n.kind != "place" or n.entries]
    unknown = [u for u in unknown if not any(s < u.end and u.start < e for s, e in taken)]
    unknown = sorted([*unknown, *(n for n in names if n.kind == "person" and n.text in unsure)], key=lambda n: n.start)
    types: dict[str, str] = {}
    for number, line in enumerate(lines):
        for name in _nominals(line, names, lexicon) if unknown else ():
            noun = lexicon.nominals.get(name.text)[0]
            if not (noun.telling and name.title == "the"):
                continue
            behind = next((w for w in line if w.start >= name.end and w.text != ","), None)
            if behind is not None and behind.capitalised:
                types.update({u.text: noun.types[0] for u in unknown if u.start == behind.start})
                continue
            if any(n.start < name.start and n.type in noun.types for n in names):
                continue
            if any(u.start < name.start and types.get(u.text) in noun.types for u in unknown):
                continue
            for before in reversed(lines[max(0, number - _SENTENCES_BACK) : number + 1]):
                here = {
                    u.text for u in unknown if before and before[0].start <= u.start < min(before[-1].end, name.start)
                }
                if len(here) == 1:
                    types.setdefault(here.pop(), noun.types[0])
                if here:
                    break
    called = [Name(u.start, u.end, "body", u.text, types[u.text]) for u in unknown if u.text in types]
    return [n for n in names if not any(c.start < n.end and n.start < c.end for c in called)] + called


_SENTENCES_BACK = 2


def _describes(word: str, lexicon: Lexicon) -> bool:
    """Whether a word before a name is an office in the singular or plural, or a party, and not part of the name."""
    folded = fold(word)
    office = folded in lexicon.role_heads or (folded.endswith("s") and folded[:-1] in lexicon.role_heads)
    return (office and folded not in lexicon.titles) or bool(lexicon.parties.get(word))


def _territories(lines: Sequence[Sequence[Word]], names: Sequence[Name], lexicon: Lexicon) -> list[Name]:
    """Places that bodies of the document are called after, where they stand alone ("Northby" of Northby Council)."""
    from kgraph.resolve.territories import place_of

    places = {place_of(n.text, lexicon) for n in names if n.kind == "body" and n.type == lexicon.governs} - {()}
    taken = [(n.start, n.end) for n in names]
    found = []
    for line in lines:
        for at in range(len(line)):
            for place in places:
                run = line[at : at + len(place)]
                if tuple(w.folded for w in run) != place or not run[0].capitalised:
                    continue
                start, end = run[0].start, run[-1].end
                if not any(s < end and start < e for s, e in taken):
                    found.append(Name(start, end, "place", _text(line, at, at + len(place)), "place"))
    return found


def _longest(names: Iterable[Name]) -> list[Name]:
    """Names without overlaps: the longer wins, then people, then the earlier."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (-(n.end - n.start), n.kind != "person", n.start)):
        if not any(k.start < name.end and name.start < k.end for k in kept):
            kept.append(name)
    return sorted(kept, key=lambda n: n.start)


# --- registers -------------------------------------------------------------------------------------------


def _register_names(line: Sequence[Word], lexicon: Lexicon, published: str | None) -> list[Name]:
    found: list[Name] = []
    at = 0
    while at < len(line):
        length = 0
        for n, entries in lexicon.names.all(line, at):
            if lexicon.parties.get(_text(line, at, at + n)):
                break
            if not line[at].capitalised and at and line[at - 1].folded in ("'s", "'"):
                break  # "the council's education department"
            if kept := [e for name, e in entries if _same_case(name, line[at : at + n])]:
                found.append(_name(line, at, at + n, "register", _alive(kept, published)))
                length = n
                break
        if not length and (n := _party_length(line, at, lexicon)):
            found.append(Name(line[at].start, line[at + n - 1].end, "party", _text(line, at, at + n), "party"))
            length = n
        if not length:
            for n, entries in lexicon.places.all(line, at):
                if all(w.capitalised or not w.text.isalpha() or w.folded in _SMALL for w in line[at : at + n]):
                    found.append(_name(line, at, at + n, "place", _alive([e for _, e in entries], published)))
                    length = n
                    break
        if not length and line[at].capitalised and (n := lexicon.other_places.longest(line, at)[0]):
            found.append(_name(line, at, at + n, "place", ()))
            length = n
        at += length or 1
    return found


def _party_length(line: Sequence[Word], at: int, lexicon: Lexicon) -> int:
    """How many words at line[at] stand for a party: in capitals, or in lower case before a role ("independent
    councillor"); abbreviations in brackets only; everyday words ("Green") only before a role, group or name."""
    for n, _ in lexicon.parties.all(line, at):
        text = _text(line, at, at + n)
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
    if _is_name_word(after):
        return start == 0 or (before is not None and before.folded in ARTICLES)
    return before is not None and before.folded[0].isalnum() and not _is_name_word(before)


def _is_name_word(word: Word | None) -> bool:
    return word is not None and bool(_NAME_WORD.match(word.text)) and word.folded not in _OPENERS


_SMALL = frozenset("and of the upon on in le with under cum by".split())


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


def _name(line: Sequence[Word], start: int, end: int, kind: NameKind, entries: tuple[Entry, ...]) -> Name:
    type_ = entries[0].type if len({e.type for e in entries}) == 1 else ""
    return Name(line[start].start, line[end - 1].end, kind, _text(line, start, end), type_, entries)


def _text(line: Sequence[Word], start: int, end: int) -> str:
    """The words as they stand, with their own spacing made single."""
    parts = [line[start].text]
    for before, word in zip(line[start:end], line[start + 1 : end], strict=False):
        parts.append((" " if word.start > before.end else "") + word.text)
    return "".join(parts)


# --- bodies ----------------------------------------------------------------------------------------------

_JOINERS = frozenset("and of for & the".split())


def _bodies(line: Sequence[Word], found: Sequence[Name], common: frozenset[str], lexicon: Lexicon) -> list[Name]:
    """Proper names of bodies: capitalised words that end in a word for a kind of body ("Audit Committee")."""
    owned = {i: n for n in found if n.kind == "register" and n.type != "party" for i in _inside(line, n)}
    bodies = []
    for at, word in enumerate(line):
        length, opened = lexicon.body_openers.longest(line, at) if word.capitalised else (0, [])
        first = line[at + length] if length and at + length < len(line) else None
        # "NHS staff", "an NHS Trust" are no names that begin here
        if first is not None and first.folded not in lexicon.body_words and first.folded not in lexicon.role_heads:
            end = at + length
            while end < len(line) and (
                _is_name_word(line[end]) or (line[end].text in _SMALL and _goes_on(line, end + 1))
            ):
                end += 1
            if end > at + length and at not in owned:
                bodies.append(Name(word.start, line[end - 1].end, "body", _text(line, at, end), opened[0]))
        plc = word.text in lexicon.legal_forms and at > 0 and _is_name_word(line[at - 1])
        if (
            not word.capitalised
            and not plc
            and not (at and _party_before(line, at, found) and word.folded in lexicon.group_words)
        ):
            continue
        for n, types in lexicon.body_heads.all(line, at):
            start = _body_start(line, at, owned, common, lexicon)
            if not word.capitalised:
                # "Conservative group", whoever is named before it
                start = max(start, _party_start(line, at, found))
            longer = at > 0 and lexicon.body_heads.longest(line, at - 1)[0] > n
            if start < at and not longer and not lexicon.nominals.get(_text(line, start, at + n)):
                name = _name(line, start, at + n, "body", ())
                bodies.append(Name(name.start, name.end, "body", name.text, types[0]))
            break
    return bodies


def _firms(line: Sequence[Word], found: Sequence[Name], lexicon: Lexicon) -> list[Name]:
    """Firms that go by names of people, beside a word for what many do together: "its auditors, Ann Other Smith",
    "Ann Other Smith, the auditors"."""
    firms = []
    for at, word in enumerate(line):
        if word.folded not in lexicon.firms:
            continue
        start = at + 2 if line[at + 1 : at + 2] and line[at + 1].text in (",", ":", "(", "from") else at + 1
        end = start
        while end < len(line) and (line[end].text == "&" or _is_name_word(line[end])):
            end += 1
        if start == end:
            start, end = _before_article(line, at)
        free = start < end and not any(n.start < line[end - 1].end and line[start].start < n.end for n in found)
        if free and line[start].folded not in lexicon.titles and line[start].folded not in lexicon.role_heads:
            firms.append(Name(line[start].start, line[end - 1].end, "body", _text(line, start, end), "company"))
    return firms


def _named_again(lines: Sequence[Sequence[Word]], firms: Sequence[Name]) -> list[Name]:
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
    while at > 0 and noun - at < _MAX_ADJECTIVES + 2 and line[at].folded != "the" and line[at].text != ",":
        at -= 1
    if at < 2 or line[at].folded != "the" or line[at - 1].text != ",":
        return noun, noun
    start = end = at - 1
    while start and (line[start - 1].text == "&" or _is_name_word(line[start - 1])):
        start -= 1
    listed = start and line[start - 1].text in (",", "and")
    return (noun, noun) if end - start < 2 or listed else (start, end)


def _establishments(lines: Sequence[Sequence[Word]], found: Sequence[Name], lexicon: Lexicon) -> list[Name]:
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
                    known.setdefault(_text(line, start, end), types[0])
    places = _where_it_happened(lines, found, lexicon)
    known |= {text: type_ for text, type_ in places.items() if type_ not in known.values()}
    known |= {short: name.type for short, name in full.items()}
    by_first: dict[str, list[str]] = {}
    for text in known:
        by_first.setdefault(words(text)[0].text, []).append(text)
    names = []
    for line in lines:
        for at, word in enumerate(line):
            for text in by_first.get(word.text, ()):
                end = at + len(words(text))
                if end <= len(line) and _text(line, at, end) == text:
                    whole = full[text].text if text in full else text
                    names.append(Name(word.start, line[end - 1].end, "body", whole, known[text]))
    return names


def _short_names(
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
                if tuple(w.text for w in line[at:end]) != parts or _in_longer_name(line, at, end):
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
    capitals = all(p[0].isupper() or p in _SMALL for p in parts) and parts[-1][0].isupper() and parts[0][0].isupper()
    if not capitals or text in people or lexicon.places.get(text) or lexicon.other_places.get(text):
        return False
    kinds = lexicon.body_words | lexicon.kinds | _OPENERS
    return len(text) > 3 and parts[-1].lower() not in kinds and parts[0].lower() not in _OPENERS | lexicon.forenames


def _named_beside(line: Sequence[Word], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The runs of two or more capitalised words that are the name of what the common noun at [start, end) says."""
    # "Northby Lodge care home" ("a Northby Lodge care home" is one in a place of that name)
    begin = start
    while begin and _is_name_word(line[begin - 1]):
        begin -= 1
    if start - begin > 1 and not (begin and line[begin - 1].folded in ("a", "an")):
        yield begin, start
    # "Northby Lodge, a 40-bed care home", "Northby Lodge, which is a nursing home"
    at = start - 1
    while (
        at > 0
        and start - at < _MAX_ADJECTIVES + 4
        and line[at].text not in (",", ".", ";")
        and not line[at].capitalised
    ):
        at -= 1
    if at > 1 and line[at].text == "," and line[at + 1].folded in (*ARTICLES, "another", "one", "which"):
        begin = at
        while begin and _is_name_word(line[begin - 1]):
            begin -= 1
        if at - begin > 1:
            yield begin, at
    # "the home, Northby Lodge", "another home run by the same company, Northby House", "at care home Northby Lodge"
    for first in (end, end + 1) if end < len(line) and line[end].text in (",", "(", ":", "called") else (end,):
        last = first
        while last < len(line) and (_is_name_word(line[last]) or (last > first and _joins(line, last))):
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
                while end < len(line) and (_is_name_word(line[end]) or (end > at + 1 and _joins(line, end))):
                    end += 1
                free = end - at > 2 and not any(n.start < line[end - 1].end and line[at].end < n.end for n in taken)
                if (
                    free
                    and line[end - 1].folded not in lexicon.body_words
                    and line[at + 1].folded not in lexicon.titles
                ):
                    (at_ if word.folded == "at" else in_).add(_text(line, at + 1, end))
    return dict.fromkeys(sorted(at_ - in_), nouns[0])


def _joins(line: Sequence[Word], at: int) -> bool:
    return line[at].text in _JOINING and _goes_on(line, at + 1)


_JOINING = frozenset(("of", "the", "and", "an", "na", "nan", "y", "yr", "a'"))
_SCENE = frozenset(("in", "near", "at", "on", "was", "is", "has"))


def _body_start(
    line: Sequence[Word], head: int, owned: dict[int, Name], common: frozenset[str], lexicon: Lexicon
) -> int:
    """Index of the first word of the name whose last word is at `head`."""
    start, at = head, head - 1
    while at >= 0 and head - at < _MAX_BODY and at not in owned:
        word = line[at]
        named = word.folded in lexicon.role_heads or _addresses(line, at, lexicon)
        if named and (of := _of_behind(line, at, start)) is not None:
            return of + 1  # "Chief Constable Ann Other of X Police", "Cllr Tom Field of X Council"
        named = word.folded not in _OPENERS or _is_month_of_name(line, at) or _counts_in_name(line, at, start)
        if _NAME_WORD.match(word.text) and named and not _addresses(line, at, lexicon):
            start = at
        elif word.text == ",":
            # A comma joins only within a list that ends in "and": "Policy, Projects and Resources Board".
            if start != at + 1 or not any(w.text in ("and", "&") for w in line[at:head]):
                break
        elif word.folded == "'s":
            owner = line[at - 1]
            if at - 1 in owned or owner.folded in lexicon.body_words or not _NAME_WORD.match(owner.text):
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
        elif word.folded == "of" and at and line[at - 1].folded in _PAPERS:
            break  # "Minutes of the Audit Committee"
        elif word.folded == "of" and at and line[at - 1].folded in common and not _is_kind(line[at - 1], lexicon):
            break  # "Inspection of X Council", where the text has "inspection" as a common noun
        at -= 1
    return start


def _of_behind(line: Sequence[Word], office: int, start: int) -> int | None:
    """Index of an "of" behind an office and the name of its holder, both taken for the start of a body's name."""
    if start != office + 1 or not _is_name_word(line[start]):
        return None
    return next((i for i in range(start + 1, min(start + 5, len(line))) if line[i].text == "of"), None)


def _is_month_of_name(line: Sequence[Word], at: int) -> bool:
    """The March of "East March District Council": a month's name behind another word of the name."""
    return line[at].folded in _MONTHS and at > 0 and _is_name_word(line[at - 1])


def _counts_in_name(line: Sequence[Word], at: int, start: int) -> bool:
    """The Four of "Four Shires Fire Service": a number right before a name in the singular is part of it."""
    return line[at].folded in _NUMBERS and start == at + 1


_NUMBERS = frozenset("two three four five six seven eight nine ten".split())


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
    return _inside(line, party)[0]


def _inside(line: Sequence[Word], name: Name) -> list[int]:
    return [i for i, w in enumerate(line) if name.start <= w.start and w.end <= name.end]


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


def _organs(line: Sequence[Word], found: Sequence[Name], lexicon: Lexicon) -> list[Name]:
    """A body's own organs, in lower case: "the council's employment committee", "the cabinet"."""
    organs = []
    for at, word in enumerate(line):
        if (type_ := lexicon.organ_types.get(word.folded)) is None or (at and line[at - 1].text == "-"):
            continue
        start = at
        while start > 0 and at - start < 5 and line[start - 1].text.isalpha() and line[start - 1].text.islower():
            if line[start - 1].folded in _ORGAN_LIMITS:
                break
            start -= 1
        while start < at and line[start].text == "and":
            start += 1
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
            if (definite or named) and start == at and not lexicon.role_at([word.folded, follower]):
                organs.append(Name(word.start, word.end, "organ", word.text, type_))
        elif (modified and definite) or (start < at and owned) or (owner and _is_bare(line, at, lexicon)):
            organs.append(Name(line[start].start, word.end, "organ", _text(line, start, at + 1), type_))
    return organs


def _owner_behind(line: Sequence[Word], at: int, found: Sequence[Name]) -> bool:
    """Whether the body that an organ belongs to is named behind it: "the board OF NORTHBY NHS TRUST"."""
    if at + 2 >= len(line) or line[at + 1].folded not in ("of", "at"):
        return False
    start = line[at + 3 if line[at + 2].folded == "the" and at + 3 < len(line) else at + 2].start
    return any(n.start == start and n.kind != "party" for n in found)


# --- people ----------------------------------------------------------------------------------------------


def _people(
    lines: Sequence[Sequence[Word]], names: Sequence[Name], recognised: Sequence[Name], lexicon: Lexicon
) -> list[Name]:
    """People by title, by a known forename, and by the company their name keeps; and wherever these, or those that the
    pipeline has `recognised`, are named again.

    A run of capitalised words is a person where something beside it says so: a title, a role in apposition, a party,
    a verb that only people are the subject of, or another person in the same list.
    """
    titled = [n for line in lines for n in _titled(line, names, lexicon)]
    surnames = {n.text.split()[-1].lower() for n in titled}
    people = list(titled)
    taken = [*names, *titled]
    common = {w.text for line in lines for w in line if w.text.islower()}
    for line in lines:
        runs = [r for r in _runs(line, taken, lexicon) if _may_be_name(line, *r, common, lexicon)]
        accepted = {r for r in runs if _is_person(line, *r, lexicon, names, surnames)}
        while more := {r for r in runs if r not in accepted and _listed(line, r, accepted, titled)}:
            accepted |= more
        people += [Name(line[i].start, line[j - 1].end, "person", _text(line, i, j), "person") for i, j in accepted]
    return [*people, *_again(lines, [*people, *recognised], names, lexicon)]


def _titled(line: Sequence[Word], names: Sequence[Name], lexicon: Lexicon) -> list[Name]:
    """Names after a title. Titles of honour ("Dame") belong to the name, the others do not."""
    found = []
    at = 0
    while at < len(line):
        first = at
        kept = None
        if not line[at].capitalised or line[at].folded not in lexicon.titles:
            at += 1
            continue
        if any(n.start <= line[at].start < n.end for n in names):
            at += 1
            continue
        while at < len(line) and line[at].capitalised and (title := lexicon.titles.get(line[at].folded)):
            if title.kept and kept is None:
                kept = at
            at += 1
            if at < len(line) and line[at].text == "." and line[at].start == line[at - 1].end:
                at += 1
        if at > first:
            end = _name_end(line, at, lexicon)
            if end > at:
                begin = at if kept is None else kept
                title_text = _text(line, first, at if kept is None else kept) if first < (begin) else ""
                found.append(
                    Name(
                        line[first].start,
                        line[end - 1].end,
                        "person",
                        _text(line, begin, end),
                        "person",
                        (),
                        title_text,
                    )
                )
                at = end
                continue
        at = max(at, first + 1)
    return found


def _name_end(line: Sequence[Word], at: int, lexicon: Lexicon) -> int:
    """End of the run of name words at line[at], with initials and particles."""
    end = at
    while end < len(line) and end - at < _MAX_NAME:
        word = line[end]
        initial = len(word.text) == 1 and end + 1 < len(line) and line[end + 1].text == "."
        plain = initial or word.folded not in _FUNCTION_WORDS
        if _NAME_WORD.match(word.text) and plain and not _is_head(word, lexicon):
            if word.text.isupper() and end > at and word.folded in lexicon.honours:
                break
            end += 1
            if len(word.text) == 1 and end < len(line) and line[end].text == ".":
                end += 1
        elif word.text in _PARTICLES and end > at and _goes_on(line, end + 1):
            end += 1
        else:
            break
    return end


def _is_head(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word is an office: "leader", "Ex-leader"."""
    return word.folded.split("-")[-1] in lexicon.role_heads


def _goes_on(line: Sequence[Word], at: int) -> bool:
    """Whether a name goes on behind a particle: with its next word, or with another particle ("de la")."""
    return at < len(line) and (line[at].text in _PARTICLES or _NAME_WORD.match(line[at].text) is not None)


def _runs(line: Sequence[Word], taken: Sequence[Name], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Runs of two to four name words that are nothing else yet. A place may be a surname: "Ann Lincoln"."""
    spans = [(n, _inside(line, n)) for n in taken if line and n.start < line[-1].end and line[0].start < n.end]
    blocked = {i for n, inside in spans if not (n.kind == "place" and len(inside) == 1) for i in inside}
    places = {i for n, inside in spans if n.kind == "place" for i in inside}
    runs = []
    at = 0
    while at < len(line):
        if at in blocked or at in places or line[at].folded in lexicon.titles or not _is_name_word(line[at]):
            at += 1
            continue
        end = min([_name_end(line, at, lexicon), *(b for b in blocked if b > at)])
        # "State for Education Jane Doe": the name begins at the forename.
        begin = next((i for i in range(at + 1, end - 1) if line[i].folded in lexicon.forenames), at)
        if line[at].folded not in lexicon.forenames:
            at = begin
        # "for Health and Social Care Jane Doe": unless a comma parts topic and name, the name is the last two words.
        if (
            end - at > 2
            and line[at].folded not in lexicon.forenames
            and _joined(line, at)
            and _after_role(line, at, lexicon)
        ):
            at = end - 2
        if end - at >= 2:
            runs.append((at, end))
        at = max(end, at + 1)
    return runs


def _may_be_name(line: Sequence[Word], start: int, end: int, common: set[str], lexicon: Lexicon) -> bool:
    """Whether a run could be a person at all: not "Social Worker", whose first word the text also has in lower
    case, and not a plural of an office."""
    first, last = line[start].folded, line[end - 1].folded
    if last in lexicon.body_words or last.removesuffix("s") in lexicon.role_heads:
        return False
    if first in lexicon.role_modifiers and first not in lexicon.forenames:
        return False  # "Head of Internal Audit"
    if lexicon.parties.get(_text(line, start, end)):
        return False  # "Cllr Ann Other, Lib Dem, …"
    return first in lexicon.forenames or first not in common


def _joined(line: Sequence[Word], at: int) -> bool:
    return at > 0 and line[at - 1].folded in ("of", "for", "and")


def _is_person(
    line: Sequence[Word],
    start: int,
    end: int,
    lexicon: Lexicon,
    names: Sequence[Name],
    surnames: set[str],
) -> bool:
    known = line[start].folded in lexicon.forenames
    if known or line[end - 1].text.lower() in surnames:
        return True
    before = line[start - 1] if start else None
    before_that = line[start - 2] if start > 1 else None
    if before is not None and before.folded == "of" and before_that is not None and _is_head(before_that, lexicon):
        return False  # "the mayor of Weir Valley said"
    if before is not None and before.text == "," and before_that is not None:
        before = before_that
    if before is not None and (_is_head(before, lexicon) or _party_ends(names, before)):
        return not _in_brackets(line, start)  # "(Lab, Northby South)"
    if _after_role(line, start, lexicon) or (
        before is not None and before.folded == "is" and any(w.folded in lexicon.role_heads for w in line[:start])
    ):
        return True
    if before is not None and before.folded == "'s" and before_that is not None and _party_ends(names, before_that):
        return True
    after = [w.folded for w in line[end : end + 3]]
    if after[:1] and (after[0] in _PERSON_VERBS or after[0] == "who"):
        return True
    if after[:2] == [",", "who"]:
        return True
    if (
        after[:1] == ["("]
        and len(after) > 1
        and any(n.type == "party" and n.start == line[end + 1].start for n in names)
    ):
        return True
    if after[:1] == [","] or after[:1] in (["is"], ["was"]):
        for word, follower in zip(line[end + 1 : end + 8], [*line[end + 2 : end + 9], None], strict=False):
            if word.text in (",", ".", ";"):
                break
            if word.folded in lexicon.role_heads:
                return follower is None or follower.folded not in ("'s", "'")  # "…, the clerk's work is done by"
    return False


def _in_brackets(line: Sequence[Word], at: int) -> bool:
    """Whether a bracket that opens before a word closes behind it only."""
    return next((w.text == "(" for w in reversed(line[:at]) if w.text in "()"), False)


_ROLE_LIMITS = frozenset("said says who has had is was were are be been that which when until by to from in on".split())


def _after_role(line: Sequence[Word], start: int, lexicon: Lexicon) -> bool:
    """Whether a role with its topic ends before line[start]: "director of children's services, Jane Doe"."""
    at = start - 1 - (start > 0 and line[start - 1].text == ",")
    if at >= 0 and line[at].folded in ARTICLES:
        return False
    while (
        at > 0
        and start - at < 12
        and line[at].folded not in _ROLE_LIMITS
        and line[at].text not in (".", ":", ";", '"', "“", "”")
    ):
        if line[at].folded in ("of", "for") and (head := lexicon.role_heads.get(line[at - 1].folded)):
            # "councillor for Northgate East" goes on with a place, unless a comma parts the two.
            return not head.representative or line[start - 1].text == ","
        at -= 1
    return False


def _party_ends(names: Sequence[Name], word: Word) -> bool:
    return any(n.type == "party" and n.end == word.end for n in names)


def _listed(
    line: Sequence[Word], run: tuple[int, int], accepted: Iterable[tuple[int, int]], titled: Sequence[Name]
) -> bool:
    """Whether the run stands beside a person in a list: "Sir Derek Myers, Stella Manzie and Mary Ney"."""
    starts = {line[i].start for i, _ in accepted} | {n.start for n in titled}
    ends = {line[j - 1].end for _, j in accepted} | {n.end for n in titled}
    start, end = run
    at = start - 1
    if at >= 0 and (line[at].text in (",", "and")):
        at -= 1 + (line[at].text == "and" and at > 0 and line[at - 1].text == ",")
        if at >= 2 and line[at].text == ")":
            at = next((i - 1 for i in range(at, -1, -1) if line[i].text == "("), at)
        if at >= 0 and line[at].end in ends:
            return True
    at = end
    if at < len(line) and line[at].text in (",", "and"):
        at += 1 + (line[at].text == "," and at + 1 < len(line) and line[at + 1].text == "and")
        if at < len(line) and line[at].start in starts:
            return True
    return False


def _again(
    lines: Sequence[Sequence[Word]], people: Sequence[Name], names: Sequence[Name], lexicon: Lexicon
) -> list[Name]:
    """Other places where people found are named in full, or by their surname or given name alone."""
    taken = {(p.start, p.end) for p in people}
    full: dict[tuple[str, ...], str] = {}
    for person in people:
        parts = tuple(w.folded for w in words(person.text))
        if len(parts) > 1:
            full.setdefault(parts, person.text)
    alone = {parts[-1] for parts in full}
    common = {w.text for line in lines for w in line if w.text.islower()} | _MONTHS
    alone |= {parts[0] for parts in full if len(parts[0]) > 2 and parts[0] not in common}
    found = []
    for line in lines:
        at = 0
        while at < len(line):
            length = 0
            if line[at].capitalised:
                for parts, text in full.items():
                    if tuple(w.folded for w in line[at : at + len(parts)]) == parts:
                        length = len(parts)
                        if (line[at].start, line[at + length - 1].end) not in taken:
                            found.append(Name(line[at].start, line[at + length - 1].end, "person", text, "person"))
                        break
                if (
                    not length
                    and line[at].folded in alone
                    and not _in_longer_name(line, at, at + 1)
                    and not (at + 1 < len(line) and line[at + 1].folded in ("family", "families"))
                    and not any(n.start <= line[at].start < n.end for n in names)
                ):
                    found.append(Name(line[at].start, line[at].end, "person", line[at].text, "person"))
            at += length or 1
    return found


def _in_longer_name(line: Sequence[Word], start: int, end: int) -> bool:
    """Whether the words are part of a longer run of capitals, and so perhaps of another name."""
    before = start > 0 and _is_name_word(line[start - 1])
    after = end < len(line) and _is_name_word(line[end])
    return before or after


# --- common nouns ----------------------------------------------------------------------------------------


_DETERMINERS = frozenset(("the", "this", "a", "an"))
_MAX_ADJECTIVES = 3
_NOT_ADJECTIVES = frozenset(
    """other another different same previous former new next second third first old each every predecessor successor and
    or of to in on at by for from with as that who which is was were are be has had have said""".split()
)


def _may_describe(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word may stand between "the" and its noun without making it another's: "the debt-ridden council"."""
    return word.text[0].islower() and word.folded not in _NOT_ADJECTIVES | _DETERMINERS | lexicon.other_kinds


def _nominals(line: Sequence[Word], names: Sequence[Name], lexicon: Lexicon) -> list[Name]:
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
            while begin > 0 and at - begin <= _MAX_ADJECTIVES and _may_describe(line[begin], lexicon):
                begin -= 1
            first = line[begin] if begin >= 0 else None
            noun = _text(line, at, at + n).lower()
            follower = line[at + n].folded if at + n < len(line) else ""
            if first is not None and first.folded in _DETERMINERS:
                found.append(Name(first.start, end, "nominal", noun, nouns[0].types[0], (), first.folded))
            elif (re.search("[^s]s$", noun) and not nouns[0].named) or (
                at and line[at - 1].folded == "full" and follower not in ("meeting", "meetings")
            ):
                # "inspectors", "will go before full council"
                found.append(Name(start, end, "nominal", noun, nouns[0].types[0]))
            length = n
            break
        at += length or 1
    return found
