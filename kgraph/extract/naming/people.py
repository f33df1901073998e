"""Names of people: by title, by a known given name, and by the company that a name keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kgraph.extract.lexicon import ARTICLES, Lexicon
from kgraph.extract.names import Name
from kgraph.extract.naming.shape import (
    FUNCTION_WORDS,
    MONTHS,
    NAME_WORD,
    PARTICLES,
    goes_on,
    in_longer_name,
    is_head,
    is_name_word,
    text_of,
    words_inside,
)
from kgraph.extract.words import Word, words

# Verbs that people, rather than places or buildings, are the subjects of.
_PERSON_VERBS = frozenset(
    """said says say added adds told tells warned warns argued argues claimed claims insisted admitted admits denied
    denies described called praised criticised thanked welcomed explained confirmed stressed replied responded asked
    accused apologised retorted believes thinks feels wants became becomes resigned quit retired stepped stood joined
    defected led leads chaired chairs headed""".split()
)

_MAX_NAME = 4


def people_names(
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
        people += [Name(line[i].start, line[j - 1].end, "person", text_of(line, i, j), "person") for i, j in accepted]
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
                title_text = text_of(line, first, at if kept is None else kept) if first < (begin) else ""
                several = _is_plural(title_text, lexicon)
                title_text = title_text.removesuffix("s") if several else title_text
                for a, b, text in ((first, end, begin), *(_shared_title(line, end, names, lexicon) if several else ())):
                    name = text_of(line, text, b)
                    found.append(Name(line[a].start, line[b - 1].end, "person", name, "person", (), title_text))
                    at = b
                continue
        at = max(at, first + 1)
    return found


def _is_plural(title: str, lexicon: Lexicon) -> bool:
    """Whether a form of address is that of several: "Cllrs", but not "Mrs"."""
    known = lexicon.titles.get(title.lower())
    one = lexicon.titles.get(title.lower().removesuffix("s")) if title.endswith("s") else None
    return known is not None and one is not None and bool(known.role) and known.role == one.role


def _shared_title(line: Sequence[Word], at: int, names: Sequence[Name], lexicon: Lexicon) -> list[tuple[int, int, int]]:
    """Further names behind the first that shares its title with them, as (start, end, start): "Cllrs Other, Field (Lab)
    AND DOE". None where no "and" ends the list."""
    found: list[tuple[int, int, int]] = []
    while at < len(line):
        if line[at].text == "(":
            at = next((i + 1 for i in range(at, min(at + 5, len(line))) if line[i].text == ")"), len(line))
            continue
        start = at + 1
        joined = line[at].text in (",", "and", "&") and start < len(line) and is_name_word(line[start])
        if not joined or line[start].folded in lexicon.titles:
            return []
        if any(n.start <= line[start].start < n.end for n in names):
            return []
        end = _name_end(line, start, lexicon)
        if end == start:
            return []
        found.append((start, end, start))
        if line[at].text != ",":
            return found
        at = end
    return []


def _name_end(line: Sequence[Word], at: int, lexicon: Lexicon) -> int:
    """End of the run of name words at line[at], with initials and particles."""
    end = at
    while end < len(line) and end - at < _MAX_NAME:
        word = line[end]
        initial = len(word.text) == 1 and end + 1 < len(line) and line[end + 1].text == "."
        plain = initial or word.folded not in FUNCTION_WORDS
        if NAME_WORD.match(word.text) and plain and not is_head(word, lexicon):
            if word.text.isupper() and end > at and word.folded in lexicon.honours:
                break
            end += 1
            if len(word.text) == 1 and end < len(line) and line[end].text == ".":
                end += 1
        elif word.text in PARTICLES and end > at and goes_on(line, end + 1):
            end += 1
        else:
            break
    return end


def _runs(line: Sequence[Word], taken: Sequence[Name], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Runs of two to four name words that are nothing else yet. A place may be a surname: "Ann Lincoln"."""
    spans = [(n, words_inside(line, n)) for n in taken if line and n.start < line[-1].end and line[0].start < n.end]
    blocked = {i for n, inside in spans if not (n.kind == "place" and len(inside) == 1) for i in inside}
    places = {i for n, inside in spans if n.kind == "place" for i in inside}
    runs = []
    at = 0
    while at < len(line):
        if at in blocked or at in places or line[at].folded in lexicon.titles or not is_name_word(line[at]):
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
            and after_role(line, at, lexicon)
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
    if lexicon.parties.get(text_of(line, start, end)):
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
    if before is not None and before.folded == "of" and before_that is not None and is_head(before_that, lexicon):
        return False  # "the mayor of Weir Valley said"
    if before is not None and before.text == "," and before_that is not None:
        before = before_that
    if before is not None and (is_head(before, lexicon) or _party_ends(names, before)):
        return not _in_brackets(line, start)  # "(Lab, Northby South)"
    if after_role(line, start, lexicon) or (
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


def after_role(line: Sequence[Word], start: int, lexicon: Lexicon) -> bool:
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
    common = {w.text for line in lines for w in line if w.text.islower()} | MONTHS
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
                    and not in_longer_name(line, at, at + 1)
                    and not (at + 1 < len(line) and line[at + 1].folded in ("family", "families"))
                    and not any(n.start <= line[at].start < n.end for n in names)
                ):
                    found.append(Name(line[at].start, line[at].end, "person", line[at].text, "person"))
            at += length or 1
    return found
