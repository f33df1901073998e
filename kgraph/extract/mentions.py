"""Finding names and references: all ways of `kgraph.extract.naming` together, of overlapping names the best.

`find_mentions` returns linked mentions: what is found here as a `Name` is given its entity by
`kgraph.resolve.document`. Words are those of `kgraph.extract.words`; only sentence boundaries (and, where the
pipeline recognises names, `doc.ents`) are taken from spaCy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from kgraph.documents import Document
from kgraph.extract.lexicon import Lexicon, load_lexicon
from kgraph.extract.names import Name
from kgraph.extract.naming.bodies import (
    body_names,
    establishment_names,
    firm_names,
    named_again,
    organ_names,
    short_names,
)
from kgraph.extract.naming.nouns import common_nouns
from kgraph.extract.naming.people import after_role, people_names
from kgraph.extract.naming.registered import register_names
from kgraph.extract.naming.shape import MONTHS, SMALL, is_head, text_of
from kgraph.extract.words import Word, fold, words
from kgraph.ontology import Ontology

if TYPE_CHECKING:
    from kgraph.extract.reading import Mention


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
    entities = list(entities)
    ends = frozenset(e.end for e in entities if e.kind == "person")
    for line in lines:
        found = register_names(line, lexicon, document.published)
        found = _longest([*found, *body_names(line, found, ends, common, lexicon), *organ_names(line, found, lexicon)])
        firms = firm_names(line, found, lexicon)
        names += [*found, *firms]
        known += firms
    again = named_again(lines, known)
    names, known = [*names, *again], [*known, *again]
    # "Grant Thornton" looks like a person, and is a firm: the register knows it, or the text says "auditors".
    known += [n for n in names if n.kind == "register"]
    entities = [e for e in entities if not any(n.start <= e.start and e.end <= n.end for n in known)]
    establishments = establishment_names(lines, names, lexicon)
    recognised = [e for e in entities if e.kind == "person"]
    people = _shortened(people_names(lines, names, recognised, lexicon), recognised, lexicon)
    unsure = _unsure(lines, [*people, *recognised], lexicon) | {e.text for e in entities if e.kind == "body"}
    # "Castle" is not the given name of what Castle Homes' text calls Castle Voice, nor Moss Pell LLP somebody
    wrong = {n.text.removesuffix(f" {form}") for n in names for form in lexicon.legal_forms if n.kind == "body"}
    wrong -= {n.text for n in names}
    wrong |= {n.text.split()[0] for n in (*establishments, *names)} & {text.split()[0] for text in unsure}
    # nor is "Rowan Tree Lodge", a home
    wrong |= {e.text for e in establishments if len(e.text.split()) > 2 and _ends_as_house(e.text, lexicon)}
    people, entities = (
        [n for n in some if n.kind != "person" or n.text not in wrong or n.title] for some in (people, entities)
    )
    sure = [p for p in (*people, *recognised) if p.text not in unsure]
    short = short_names(lines, [*establishments, *names], sure, lexicon)
    names = _longest([*establishments, *names, *short, *people, *(e for e in entities if e.type)])
    names = _called_bodies(lines, names, [e for e in entities if not e.type], unsure, lexicon)
    names = _with_territories(lines, names, lexicon)
    names += [n for line in lines for n in common_nouns(line, names, lexicon)]
    return sorted(names, key=lambda n: n.start)


def _entities(doc: Doc, lexicon: Lexicon) -> list[Name]:
    """People, places and bodies that the pipeline's own recogniser found, these without a type. Of people full names
    only, as single words are mostly surnames, which need a full name to belong to."""
    found = []
    for e in doc.ents:
        text = e.text
        if "\n" in text or not all(t[0].isupper() or t in SMALL or t == "for" for t in text.split()):
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
        elif (
            e.label_ in ("PLACE", "LOC", "GPE") and len(text) > 2 and not text.isupper() and text.lower() not in MONTHS
        ):
            found.append(Name(e.start_char, e.end_char, "place", text, "place"))
        elif e.label_ == "ORG" and not lexicon.parties.get(text) and not _describes(text.split()[-1], lexicon):
            found.append(Name(e.start_char, e.end_char, "body", text, ""))
    return found


def _ends_as_house(name: str, lexicon: Lexicon) -> bool:
    return fold(name.split()[-1]) in lexicon.house_endings


def _says_body(name: str, lexicon: Lexicon) -> bool:
    """Whether a name begins or ends as those of bodies do and of people do not: "Ann Other LLP", "Ysgol Glan Arian"."""
    line = words(name)
    _, types = lexicon.body_heads.longest(line, len(line) - 1)
    return bool(lexicon.body_openers.longest(line, 0)[0]) or bool(types and types[0] not in _SURNAMES)


_SURNAMES = frozenset(("place", "media"))  # types of the endings that are surnames as well: "Ann Hall", "Tom Post"


def _shortened(people: Sequence[Name], recognised: Sequence[Name], lexicon: Lexicon) -> list[Name]:
    """The names of people without words of the sentence before them that the pipeline's recogniser leaves out:
    "Retired GP Tom Field", "Ask Ann Other". Given names, initials and titles stay."""
    full = {r.end: r for r in recognised}

    def shortened(name: Name) -> Name:
        shorter = full.get(name.end)
        if shorter is None or name.title or not name.text.endswith(f" {shorter.text}"):
            return name
        before = [w.folded for w in words(name.text.removesuffix(shorter.text))]
        known = (lexicon.forenames, lexicon.sexes, lexicon.titles)
        return name if any(len(w) < 2 or any(w in some for some in known) for w in before) else shorter

    return [shortened(name) for name in people]


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
            before = line[at - 2] if at > 1 and line[at - 1].text == "," else line[at - 1]
            if word.start in starts and at and (is_head(before, lexicon) or after_role(line, at, lexicon)):
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
        for name in common_nouns(line, names, lexicon) if unknown else ():
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
    whole = {text: [t for t in types if t.startswith(f"{text} ")] for text in types}  # "Ravenscar" of Ravenscar Care
    full = {text: longer[0] if len(longer) == 1 else text for text, longer in whole.items()}
    called = [Name(u.start, u.end, "body", full[u.text], types[u.text]) for u in unknown if u.text in types]
    return [n for n in names if not any(c.start < n.end and n.start < c.end for c in called)] + called


_SENTENCES_BACK = 2


def _describes(word: str, lexicon: Lexicon) -> bool:
    """Whether a word before a name is an office in the singular or plural, or a party, and not part of the name."""
    folded = fold(word)
    office = folded in lexicon.role_heads or (folded.endswith("s") and folded[:-1] in lexicon.role_heads)
    return (office and folded not in lexicon.titles) or bool(lexicon.parties.get(word))


def _with_territories(lines: Sequence[Sequence[Word]], names: Sequence[Name], lexicon: Lexicon) -> list[Name]:
    """The names, and with them the places that bodies of the document are called after, where they stand alone
    ("Northby" of Northby Council): they may look like people ("Ashby Vale") or like two places ("Orrell and Nene")."""
    from kgraph.resolve.territories import place_of

    places = {place_of(n.text, lexicon) for n in names if n.kind == "body" and n.type == lexicon.governs} - {()}
    kept = list(names)
    found: list[Name] = []
    for line in lines:
        for at in range(len(line)):
            for place in places:
                run = line[at : at + len(place)]
                if tuple(w.folded for w in run) != place or not run[0].capitalised:
                    continue
                start, end = run[0].start, run[-1].end
                taken = [n for n in (*kept, *found) if n.start < end and start < n.end]
                if all(len(place) > 1 and _is_part(n, start, end) for n in taken):
                    kept = [n for n in kept if n not in taken]
                    found.append(Name(start, end, "place", text_of(line, at, at + len(place)), "place"))
    return kept + found


def _is_part(name: Name, start: int, end: int) -> bool:
    """Whether what was taken for a place or a person is only part of, or the whole of, a longer place."""
    return start <= name.start and name.end <= end and name.kind in ("place", "person") and not name.title


def _longest(names: Iterable[Name]) -> list[Name]:
    """Names without overlaps: the longer wins, then people, then the earlier."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (-(n.end - n.start), n.kind != "person", n.start)):
        if not any(k.start < name.end and name.start < k.end for k in kept):
            kept.append(name)
    return sorted(kept, key=lambda n: n.start)
