"""Statements: who says what, by which words, with what stance; quoted or not; and what is therefore not asserted.

An attribution has a source, a cue and a content (Pareti 2012, "A database of attribution relations"; Newell et al.
2018, PolNeAR). `kgraph.extract.attribution` finds them within a sentence; here they are put together over sentences and
paragraphs: quotations without a cue of their own go on with the turn of speech that they belong to, and so does free
indirect speech. Each statement becomes a `says` fact, and facts that stand in its content become its speaker's claims.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kgraph.documents import Span
from kgraph.extract.attribution import EDGE, Attributions, Draft
from kgraph.extract.cuefinder import FINITE, MARKS
from kgraph.extract.cues import Cues, has_cues, load_cues
from kgraph.extract.quotes import Quote, find_quotes, paragraphs
from kgraph.extract.reading import Reading, per_reading
from kgraph.extract.speakers import Speakers
from kgraph.extract.stance import STATES, Manner, stance
from kgraph.facts import Entity, Fact, Polarity
from kgraph.language.dates import DateMention

_MIN_QUOTED_SHARE = 0.6
_SHORT = 5  # words
_BOUNDS = frozenset({"since", "until", "till", "before", "after", "from"})


@dataclass(frozen=True)
class Statement:
    """One distinct thing that somebody says. Spans are offsets into the document's text.

    speaker    whom the source stands for; None where the text leaves it open, or what speaks is no person or body
    unnamed    then, the source by its own words, if there is one ("the figures")
    source     the words for the speaker; None where a quotation goes on without naming one
    cue        the reporting words
    content    what is said: one span, or two where the cue stands amid it; with its quotation marks
    evidence   the sentence or sentences that hold the content
    quoted     whether words of the content stand in quotation marks
    addressee  the words for whom it is said to ("told the BBC")
    turn       statements of one turn of speech, over sentences and paragraphs, have the same number
    verb       lemma of the cue ("say", "call for"), "" where there is none
    mention    whether this only mentions that something was said, which the text tells elsewhere: a lead about "a
               mayor", "that claim was refuted by the mayor"
    rejects    whether the content is what the speaker says is not so ("denied that", "rejected claims that")
    quotations the quotations that the content has, without their marks
    verbs      offsets of the finite verbs of the content
    about      the body or person that the content is first about, other than the speaker
    when       date of the saying as EDTF, where the cue's own clause gives one
    also       who says it together with the speaker ("A and B said")
    """

    speaker: Entity | None
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    evidence: Span
    quoted: bool
    stance: str
    addressee: Span | None = None
    turn: int = 0
    verb: str = ""
    mention: bool = False
    rejects: bool = False
    unnamed: Entity | None = None
    quotations: tuple[Span, ...] = ()
    verbs: tuple[int, ...] = ()
    about: Entity | None = None
    when: str | None = None
    also: tuple[Entity, ...] = ()

    def covers(self, start: int, end: int) -> bool:
        """Whether [start, end) lies in the content."""
        return any(c.start <= start and end <= c.end for c in self.content)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content of one report of what is said or thought, as corpora of attributions mark them."""

    source: Span | None
    cue: Span
    content: tuple[Span, ...]


def attributions(reading: Reading) -> tuple[Attribution, ...]:
    """One attribution for each cue, in text order. Its content is all that the cue reports within its paragraph, in
    the largest spans: also the further sentences of a quotation, which are statements of their own.
    """
    text = reading.document.text
    found: dict[Span, Statement] = {}
    content: dict[Span, list[Span]] = {}
    open_turns: dict[int, Span] = {}
    for statement in find_statements(reading):
        cue = statement.cue or (open_turns.get(statement.turn) if statement.quoted else None)
        if cue is None:
            continue
        if statement.cue is not None:
            found.setdefault(cue, statement)
            open_turns[statement.turn] = cue
        elif "\n\n" in text[min(cue.start, statement.evidence.start) : max(cue.end, statement.evidence.end)]:
            continue
        content.setdefault(cue, []).extend(statement.content)
    return tuple(
        Attribution(found[cue].source, cue, tuple(_joined(sorted(content[cue]), text))) for cue in sorted(found)
    )


def _joined(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """Spans with nothing but space between them as one."""
    start, end = spans[0].start, spans[0].end
    for span in spans[1:]:
        if text[end : span.start].strip():
            yield Span(start, end)
            start = span.start
        end = max(end, span.end)
    yield Span(start, end)


@per_reading
def find_statements(reading: Reading) -> tuple[Statement, ...]:
    """All statements of a document in text order. Without a parse, or an ontology's words for them, there are none."""
    if not reading.doc.has_annotation("DEP") or not has_cues(reading.ontology):
        return ()
    return tuple(_Reader(reading).read())


class _Reader:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.doc: Doc = reading.doc
        self.text = reading.document.text
        self.cues: Cues = load_cues(reading.ontology)
        self.quotes: tuple[Quote, ...] = find_quotes(self.text)
        self.quote_of = [-1] * len(self.doc)
        at = 0
        for token in self.doc:
            while at < len(self.quotes) and self.quotes[at].end <= token.idx:
                at += 1
            if at == len(self.quotes):
                break
            if self.quotes[at].start <= token.idx < self.quotes[at].end:
                self.quote_of[token.i] = at
        self.speakers = Speakers(reading, self.cues, self.quote_of)
        self.blocks = list(self.find_blocks())
        lead = self.blocks[0][0][0] if self.blocks else -1
        self.attributions = Attributions(reading, self.cues, self.speakers, self.quote_of, lead)

    def read(self) -> Iterator[Statement]:
        last: Draft | None = None  # the last statement, for quotations that go on
        opening: Draft | None = None  # a cue whose content follows: "She said:"
        last_block = open_block = -1
        for number, block in enumerate(self.blocks):
            found: list[Draft] = []
            waiting: list[tuple[int, int]] = []  # quoted sentences of whom the paragraph has not told yet
            if number > open_block + 1 and not self.is_item(block[0]):
                opening = None
            for sentence in block:
                if opening is not None and self.is_item(sentence):
                    found.append(self.opened(opening, sentence))
                    continue
                drafts = list(self.attributions.sentence(sentence))
                bare = next((d for d in drafts if not d.content), None)
                drafts = [d for d in drafts if d.content]
                if drafts:
                    # "A. B," he said: the words before the cue are the same speaker's
                    found += [self.going_on(s, drafts[0]) for s in waiting] + drafts
                    waiting = []
                elif bare is not None and waiting:
                    found += [self.opened(bare, s) for s in waiting]
                    waiting = []
                elif bare is not None:
                    opening, open_block = bare, number
                elif found and self.is_reported_on(sentence, found[-1]):
                    found.append(self.going_on(sentence, found[-1]))
                elif self.is_quoted(sentence):
                    if opening is not None:
                        found.append(self.opened(opening, sentence))
                        opening = None
                    elif found:
                        found.append(self.going_on(sentence, found[-1]))
                    else:
                        waiting.append(sentence)
            if waiting:
                before = last if last is not None and number - last_block <= 1 else None
                if waiting[0] != block[0]:  # "Doe was kinder. “We disagreed, …”"
                    before = self.subject_before(waiting[0][0], block[0][0]) or before
                before = before or self.subject_before(block[0][0])
                if before is None:
                    before = Draft(None, None, None, [], waiting[0], turn=self.attributions.new_turn())
                found += [self.going_on(s, before) for s in waiting]
            if any(d.speaker for d in found):
                last, last_block = found[-1], number
            yield from self.finish(found)

    def is_item(self, sentence: tuple[int, int]) -> bool:
        """Whether a sentence is an item of a list."""
        return self.doc[sentence[0]].text[0] in "•‣▪–—-*"

    @staticmethod
    def opened(cue: Draft, sentence: tuple[int, int]) -> Draft:
        return replace(cue, content=[sentence], sentence=sentence)

    def find_blocks(self) -> Iterator[list[tuple[int, int]]]:
        """Sentences by paragraph as token ranges, without furniture and headline."""
        spans = list(paragraphs(self.text))
        document = self.reading.document
        sentences = list(self.doc.sents)
        at = 0
        for number, block in enumerate(spans):
            found = []
            while at < len(sentences) and sentences[at].start_char < block.end:
                sent = sentences[at]
                at += 1
                start, end = sent.start, sent.end
                while start < end and self.doc[start].is_space:
                    start += 1
                while start < end and self.doc[end - 1].is_space:
                    end -= 1
                if start == end:
                    continue
                first, last = self.doc[start], self.doc[end - 1]
                words = self.text[first.idx : last.idx + len(last)]
                if document.is_furniture(first.idx, last.idx + len(last)):
                    continue
                headline = number == 0 and not self.text[block.start : block.end].rstrip("\"'”’").endswith(
                    (".", "!", "?")
                )
                if words == document.title or headline:
                    continue
                found.append((start, end))
            if found:
                yield found

    def is_quoted(self, sentence: tuple[int, int]) -> bool:
        """Whether a sentence is mostly words in quotation marks. A line of a few words without a stop is a heading."""
        tokens = [t for t in self.doc[slice(*sentence)] if not t.is_space]
        words = [t for t in tokens if not t.is_punct]
        if len(words) <= 5 and not any(t.text in (".", "!", "?", ",", "…") for t in tokens):
            return False
        inside = [t for t in words if self.quote_of[t.i] >= 0]
        return len(inside) >= 2 and len(inside) >= _MIN_QUOTED_SHARE * len(words)

    def is_reported_on(self, sentence: tuple[int, int], before: Draft) -> bool:
        """Free indirect speech: "It was ambitious, he said. It meant to build on that": the same speaker's, by what it
        points back to and by its tense, in the paragraph of an indirect statement that ends just before it.
        """
        if before.sentence[1] > sentence[0] or (
            any(self.quote_of[i] >= 0 for i in range(*before.sentence)) and before.hit is None
        ):
            return False
        if (before.hit is None and before.turn == 0) or (before.hit is not None and before.hit.kind == "feeling"):
            return False
        told = (t for a, b in before.content for t in self.doc[a:b])
        if before.hit is not None and before.hit.verb.content == "any" and not any(t.tag_ in FINITE for t in told):
            return False  # "proposed the motion. It was lost"
        first = self.doc[sentence[0]]
        finite = next((t for t in self.doc[slice(*sentence)] if t.tag_ in FINITE), None)
        if finite is None or finite.tag_ not in ("VBD", "MD"):
            return False
        return first.lower_ in ("it", "they", "nor", "his", "her", "their", "its", "among", "these", "this")

    def going_on(self, sentence: tuple[int, int], before: Draft) -> Draft:
        question = any(t.text == "?" for t in self.doc[sentence[1] - 2 : sentence[1]])
        draft = Draft(None, None, before.speaker, [sentence], sentence, turn=before.turn, mention=question)
        if before.speaker is not None:
            self.speakers.spoke(sentence[0], before.speaker, before.phrase.head if before.phrase else None)
        return draft

    def subject_before(self, at: int, start: int = 0) -> Draft | None:
        """The person that the sentence before a quotation is about: "The mayor wasn't in the mood. “One …"."""
        for i in range(at - 1, max(start - 1, at - 60), -1):
            token = self.doc[i]
            mention = self.speakers.mention_at(token)
            if mention is not None and mention.entity.type == "person" and token.dep_.startswith("nsubj"):
                return Draft(None, None, mention.entity, [], (i, i + 1), turn=self.attributions.new_turn())
        return None

    def merged(self, drafts: Sequence[Draft]) -> Iterator[Draft]:
        """Short sentences of one quotation belong with the one before: “Nobody listened. They never do.”"""
        kept: list[Draft] = []
        for draft in drafts:
            before = kept[-1] if kept else None
            if before is not None and (before.content, before.speaker) == (draft.content, draft.speaker):
                continue  # "denied knowing that …" is said once
            together = before is not None and draft.hit is None and before.turn == draft.turn
            if before is not None and together and self.is_direct(before) and self.is_direct(draft):
                short = min(self.length(before), self.length(draft)) <= _SHORT
                if short:
                    before.content = [*before.content, *draft.content]
                    before.sentence = (before.sentence[0], draft.sentence[1])
                    continue
            kept.append(draft)
        yield from kept

    def is_direct(self, draft: Draft) -> bool:
        """Whether the content ends in quotation marks."""
        return self.quote_of[max(0, draft.content[-1][1] - 2)] >= 0

    def length(self, draft: Draft) -> int:
        return sum(not t.is_punct and not t.is_space for a, b in draft.content for t in self.doc[a:b])

    def split(self, draft: Draft) -> Iterator[Draft]:
        """The parts of content that the text itself keeps apart: "that … and that …", "…, he said, and it …"."""
        if draft.hit is None or any(self.quote_of[draft.hit.token.i + d] >= 0 for d in (0,)):
            yield draft
            return
        parts: list[list[tuple[int, int]]] = [[]]
        for n, (a, b) in enumerate(draft.content):
            first = self.doc[a]
            opens = (
                n > 0
                and self.doc[a - 1].lower_ in ("and", "though")
                and first.tag_ == "PRP"
                and first.lower_ in ("he", "she", "it", "they")
            )
            if opens or (n > 0 and first.lower_ == "though" and self.doc[a + 1].tag_ == "PRP"):
                parts.append([])
            begin = a
            for i in range(a + 1, b - 2):
                if (
                    self.doc[i].lower_ == "and"
                    and self.doc[i + 1].lower_ == "that"
                    and self.quote_of[i] < 0
                    and self.doc[i + 1].tag_ == "IN"
                ):
                    end = i
                    while end > begin and self.doc[end - 1].text in EDGE - MARKS:
                        end -= 1
                    parts[-1].append((begin, end))
                    parts.append([])
                    begin = i + 2
            parts[-1].append((begin, b))
        for part in parts:
            yield replace(draft, content=part)

    def finish(self, drafts: Sequence[Draft]) -> Iterator[Statement]:
        for whole, draft in ((d, part) for d in self.merged(drafts) for part in self.split(d)):
            content = tuple(self.span(a, b) for a, b in draft.content)
            tokens = [t for a, b in draft.content for t in self.doc[a:b] if not t.is_space]
            quoted = any(self.quote_of[t.i] >= 0 and not t.is_punct for t in tokens)
            hit = draft.hit
            called = self.doc[draft.phrase.start : draft.phrase.end] if draft.phrase else ()
            manner = Manner(
                hit.verb if hit else None,
                bool(hit and hit.negated),
                quoted,
                (draft.speaker.type or "") if draft.speaker else "",
                draft.speaker.text if draft.speaker else "",
                self.speakers.standing(draft.speaker, called) if draft.speaker else "",
                self.speakers.marks(draft.speaker, called) if draft.speaker else frozenset(),
            )
            kind = stance(self.cues, tokens, manner)
            yield Statement(
                speaker=draft.speaker,
                source=self.span(draft.phrase.start, draft.phrase.end) if draft.phrase else None,
                cue=self.span(hit.start, hit.end) if hit else None,
                content=content,
                evidence=self.span(*draft.sentence),
                quoted=quoted,
                stance=kind,
                addressee=self.span(*draft.addressee) if draft.addressee else None,
                turn=draft.turn,
                verb=" ".join(hit.verb.words) if hit else "",
                mention=draft.mention,
                unnamed=self.unnamed(draft),
                quotations=tuple(q.span for q in self.quotes if any(q.span.overlaps(c) for c in content)),
                verbs=tuple(t.idx for t in tokens if t.tag_ in FINITE),
                rejects=hit is not None and hit.verb.stance == "denies" and not hit.negated,
                about=self.about(draft, tokens, kind),
                when=self.when(whole),
                also=tuple(self.speakers.beside(draft.phrase, draft.speaker)) if draft.phrase and draft.speaker else (),
            )

    def unnamed(self, draft: Draft) -> Entity | None:
        if draft.phrase is None or draft.speaker is not None:
            return None
        head = self.doc[draft.phrase.start : draft.phrase.end].root
        if head.pos_ not in ("NOUN", "PROPN", "PRON") or not head.is_alpha:
            return None  # "2014", "13": figures that stand before the verb, and nobody
        words = self.span(draft.phrase.start, draft.phrase.end)
        return Entity(" ".join(self.text[words.start : words.end].split()), None, None, words.start, words.end)

    def about(self, draft: Draft, tokens: Sequence[Token], kind: str) -> Entity | None:
        """Whom content is about: the first body or person in it. What an inspectorate says, and criticism that names
        nobody, is about the body that the text is about.
        """
        speaker = draft.speaker
        main = self.speakers.main_body()
        if main is not None and speaker is not None and main.text == speaker.text:
            main = None
        if speaker is not None and speaker.type in self.cues.judges and main is not None:
            return main
        for token in tokens:
            mention = self.speakers.mention_at(token) or self.speakers.pronoun_at(token)
            if mention is None or mention.entity.type in (*self.cues.mute, None):
                continue
            if speaker is None or mention.entity.text != speaker.text:
                entity = mention.entity
                return Entity(entity.text, entity.type, entity.id, mention.start, mention.end)
        return main if kind == "criticises" else None

    def when(self, draft: Draft) -> str | None:
        """A date in the sentence outside all that it says, unless it is of what else is told of the speaker: "Jane Doe,
        who joined in 2019, said", "a member until last summer, said"."""
        if draft.hit is None:
            return None
        sentence = self.span(*draft.sentence)
        spans = [self.span(a, b) for a, b in draft.content]
        for date in self.reading.dates:
            inside = sentence.start <= date.start and date.end <= sentence.end
            told = inside and date.kind == "date" and not any(c.start <= date.start < c.end for c in spans)
            if told and date.role not in _BOUNDS and not self.is_beside_speaker(draft, date):
                return date.value
        return None

    def is_beside_speaker(self, draft: Draft, date: DateMention) -> bool:
        """Whether a date stands in an apposition or a relative clause; that of a document says when it came out."""
        span = self.doc.char_span(date.start, date.end, alignment_mode="expand")
        here = span.root if span is not None else None
        while here is not None and here.head != here:
            if here.dep_ in ("acl:relcl", "appos") or (here.dep_ == "acl" and here.tag_ == "VBN"):
                named = self.speakers.mention_at(here.head)
                return named is not None and named.entity.type == "person"
            here = here.head
        return False

    def span(self, a: int, b: int) -> Span:
        last = self.doc[b - 1]
        return Span(self.doc[a].idx, last.idx + len(last))


def gist(reading: Reading, statement: Statement) -> str:
    """The content as text, without quotation marks around it and with white space made single."""
    parts = [reading.document.text[c.start : c.end] for c in statement.content]
    return " ".join(" ".join(parts).split()).strip("\"“”'‘’,.;: ")


def extract_statements(reading: Reading, found: Sequence[Statement] | None = None) -> Iterator[Fact]:
    """One `says` fact for each known speaker of a statement. `found`: the statements, where already read."""
    for statement in find_statements(reading) if found is None else found:
        if statement.speaker is None or statement.mention:
            continue
        for speaker in (statement.speaker, *statement.also):
            yield reading.fact(
                "says",
                {
                    "speaker": speaker,
                    "stance": statement.stance,
                    "gist": gist(reading, statement),
                    "about": statement.about,
                    "when": statement.when,
                    "quote": statement.quoted,
                },
                statement.evidence.start,
                statement.evidence.end,
                extractor="statements",
                confidence=0.8 if statement.cue is not None else 0.7,
            )


def attribute(fact: Fact, found: Sequence[Statement], wishes: Container[str] = ()) -> Fact | None:
    """A fact that stands in the content of a statement, as a claim of its speaker; any other as it is.

    None of relations that are only `wishes` where somebody calls for what they tell: "urged him to resign".

    What the speaker says is not so becomes negative. None where it stands in a quotation of nobody known. A fact stands
    in the content if its evidence does, or else its arguments: an office told beside the speaker's name is not claimed.
    """
    if fact.attributed_to is not None:
        return fact
    statement = next((s for s in found if _is_inside(fact, s)), None)
    if statement is None:
        return fact
    speaker = statement.speaker or statement.unnamed
    wished = statement.stance == _CALLS_FOR and fact.certainty != "stated" and fact.relation in wishes
    if speaker is None or wished:
        return None
    opposite: Polarity = "negative" if fact.polarity == "positive" else "positive"
    return replace(fact, attributed_to=speaker, polarity=opposite if statement.rejects else fact.polarity)


_CALLS_FOR = "calls-for"
_LONGEST_CARRIED = 150  # characters: who says more has said more than a figure


def without_carried(
    reading: Reading, found: Iterable[Statement], claims: Iterable[Fact | None], disputed: Container[object]
) -> list[Statement]:
    """The statements without those of which `claims` carry all there is: a figure that somebody states in other words
    than his own ("said that the cost was £3m") is his claim of the figure, and no second claim, unless by its words it
    is `disputed`."""
    carriers = load_cues(reading.ontology).carriers
    carrying = [c for c in claims if c is not None and c.relation in carriers and c.attributed_to is not None]

    def is_carried(statement: Statement) -> bool:
        return (
            statement.stance == STATES
            and not statement.quoted
            and statement.speaker is not None
            and sum(c.end - c.start for c in statement.content) <= _LONGEST_CARRIED
            and gist(reading, statement) not in disputed
            and any(
                c.attributed_to is not None
                and c.attributed_to.text == statement.speaker.text
                and statement.covers(c.evidence.start, c.evidence.end)
                for c in carrying
            )
        )

    return [s for s in found if not is_carried(s)]


def _is_inside(fact: Fact, statement: Statement) -> bool:
    start, end = fact.evidence.start, fact.evidence.end
    placed = [v for v in fact.arguments.values() if isinstance(v, Entity) and v.start is not None and v.end is not None]
    if statement.covers(start, end):
        # Two names that no verb of reported speech joins are the reporter's: "said that Jane Doe, the mayor of Bath, …"
        joined = any(start <= at < end for at in statement.verbs) or len(placed) < 2
        return joined or any(q.overlaps(Span(start, end)) for q in statement.quotations)
    if statement.cue is not None and start <= statement.cue.start < end:
        return False  # the saying is itself the fact: "turned down the request", "ordered the council to pay"
    if not any(c.start < end and start < c.end for c in statement.content):
        return False
    inside = [v for v in placed if start <= (v.start or 0) < end]
    if inside:
        return all(statement.covers(v.start or 0, v.end or 0) for v in inside)
    covered = sum(max(0, min(c.end, end) - max(c.start, start)) for c in statement.content)
    return 2 * covered > end - start
