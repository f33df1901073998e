"""Quotations: where direct speech begins and ends, over paragraphs, whatever marks a text uses.

English marks a quotation of several paragraphs by opening each of them and closing only the last. Many texts leave a
closing mark out; a quotation therefore never runs into a paragraph that does not open again, and ends at the latest
with its own paragraph. Single marks are told from apostrophes by what stands beside them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kgraph.documents import Span

_OPENING = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»", "``": "''"}
_MARK = re.compile("[" + "".join(mark for mark in _OPENING if len(mark) == 1) + "]")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation within one paragraph: the words between its marks.

    continues   whether the same speech goes on in the next paragraph (no closing mark here, an opening one there)
    """

    start: int
    end: int
    continues: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def paragraphs(text: str) -> Iterator[Span]:
    """Blocks of text between blank lines, without the white space around them."""
    position = 0
    for match in re.finditer(r"\n[ \t\r]*\n\s*|\Z", text):
        start, end = position, match.start()
        position = match.end()
        block = text[start:end]
        if block.strip():
            yield Span(start + len(block) - len(block.lstrip()), start + len(block.rstrip()))


@lru_cache(maxsize=2)  # several extractors ask for the quotations of one text after each other
def find_quotes(text: str) -> tuple[Quote, ...]:
    """All outermost quotations of a text, in order; never empty ones. A quotation lies within one paragraph."""
    found: list[Quote] = []
    blocks = list(paragraphs(text))
    for block, following in itertools.zip_longest(blocks, blocks[1:]):
        opens_again = text[following.start] if following is not None else ""
        found.extend(_quotes_in(text, block, opens_again))
    return tuple(found)


def _quotes_in(text: str, block: Span, next_mark: str) -> Iterator[Quote]:
    position = block.start
    while found := _MARK.search(text, position, block.end):
        position, mark = found.start(), found[0]
        if not _opens(text, position, block):
            position += 1
            continue
        closing = _closing(text, position, block)
        inside = position + 1
        if closing is not None:
            if text[inside:closing].strip():
                yield Quote(inside, closing)
            position = closing + 1
        elif mark in '“"«' or (next_mark == mark and position == block.start):
            # No closing mark: direct speech up to the end of the paragraph, going on where the next one opens again.
            if text[inside : block.end].strip():
                yield Quote(inside, block.end, continues=next_mark == mark)
            return
        else:
            position += 1


def _opens(text: str, at: int, block: Span) -> bool:
    """Whether the mark at a place can open a quotation: at a word's start, and for ' not where a letter is left out."""
    before = text[at - 1] if at > block.start else " "
    after = text[at + 1] if at + 1 < block.end else " "
    if text[at] in "“«":
        return not after.isspace()
    if after.isspace() or before.isalnum():
        return False
    # ’twas, ’90s, '90s: an apostrophe before a digit or a known contraction is no quotation mark
    return not (
        text[at] in "'‘" and re.match(r"['‘](?:\d0s|tis\b|twas\b|til\b|em\b|n\b)", text[at : at + 6], re.IGNORECASE)
    )


def _closing(text: str, opening: int, block: Span) -> int | None:
    """Offset of the mark that closes the quotation opened at `opening`, within the paragraph."""
    mark = text[opening]
    wanted = _OPENING[mark]
    depth = 0
    for i in range(opening + 1, block.end):
        character = text[i]
        if mark != wanted and character == mark and _opens(text, i, block):
            depth += 1
        elif character == wanted and _closes(text, i, block):
            if depth == 0:
                return i
            depth -= 1
    return None


def _closes(text: str, at: int, block: Span) -> bool:
    """Whether the mark at a place can close a quotation: after a word or its punctuation, and no apostrophe."""
    before = text[at - 1] if at > block.start else " "
    after = text[at + 1] if at + 1 < block.end else " "
    if text[at] in "”»":
        return True
    if before.isspace() or after.isalnum():
        return False
    if text[at] in "’'":
        # "the councils' budget": a plural possessive is followed by a word, a quotation's end mostly is too; only
        # punctuation before the mark, or none after it, tells them apart, so an s before and a word after is possessive
        return not (
            before == "s"
            and after == " "
            and at + 2 < block.end
            and text[at + 2].islower()
            and not _pending(text, at, block)
        )
    return True


def _pending(text: str, at: int, block: Span) -> bool:
    """Whether no later mark in the sentence could close the quotation instead of this one."""
    rest = re.split(r"[.!?]\s|\n", text[at + 1 : block.end], maxsplit=1)[0]
    return not re.search(r"\w[.,!?]?['’](?!\w)", rest)
