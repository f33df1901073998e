"""Statements: who says what, by which words, with what stance; quoted or not; and what is therefore not asserted.

An attribution has a source, a cue and a content (Pareti 2012, "A database of attribution relations"; Newell et al.
2018, PolNeAR). A cue is a verb of `statements.yaml` ("said", "called for", "described … as"), "according to", "in X's
view", or a feeling said of somebody ("was pleased"). The source is the verb's subject by the clause structure, or the
words between a comma or quotation mark and the verb. The content is what the cue's own clause leaves of the sentence,
on either side of it; quotations without a cue of their own go on with the turn of speech that they belong to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kgraph.documents import Span
from kgraph.extract.clauses import AGENT, CONTENT, PATIENT, THEME, Clause, clauses
from kgraph.extract.clauses import phrase as span_of
from kgraph.extract.cues import Cues, CueVerb, load_cues
from kgraph.extract.quotes import Quote, find_quotes, paragraphs
from kgraph.extract.reading import Reading, per_reading
from kgraph.extract.speakers import Phrase, Speakers, head_of
from kgraph.extract.stance import Manner, stance
from kgraph.facts import Entity, Fact, Polarity

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOUN_PHRASE = frozenset(
    "DT PRP$ PRP JJ JJR JJS NN NNS NNP NNPS POS CD HYPH FW IN CC , : -LRB- -RRB- AFX TO RB VBN VBG".split()
)
_STARTS_PHRASE = frozenset("DT PRP$ PRP JJ JJR JJS NN NNS NNP NNPS CD WP".split())
_STOPS = frozenset(
    "that which who whom whose because as while after before if when where since although though until but so whether "
    "how what why than".split()
)
_MARKS = frozenset({'"', "“", "”", "'", "‘", "’", "``", "''", "«", "»"})
_EDGE = _MARKS | frozenset({",", ".", ";", ":", "–", "—", "-", "…", "!", "?"})
_HAVE, _BE, _DO = frozenset({"have"}), frozenset({"be"}), frozenset({"do"})
_NEGATORS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "no", "nobody"})
_NOT_YET = frozenset(
    {"will", "would", "could", "may", "might", "should", "must", "can", "shall", "wo", "ca", "'ll", "'d"}
)
_MIN_QUOTED_SHARE = 0.6
_SHORT = 7  # words


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
    about      the body or person that the content is first about, other than the speaker
    when       date of the saying as EDTF, where the cue's own clause gives one
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
    about: Entity | None = None
    when: str | None = None

    def covers(self, start: int, end: int) -> bool:
        """Whether [start, end) lies in the content."""
        return any(c.start <= start and end <= c.end for c in self.content)


# What belongs to a cue: the phrase for the speaker, the content, whom it is said to; ranges of tokens.
_Found = tuple[Phrase | None, list[tuple[int, int]], tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class _Hit:
    """A cue in a sentence: tokens [start, end), its verb, and how the content stands to it."""

    start: int
    end: int
    token: Token
    verb: CueVerb
    negated: bool = False
    kind: str = "verb"  # verb, passive, feeling, according, view


@dataclass
class _Draft:
    hit: _Hit | None
    phrase: Phrase | None
    speaker: Entity | None
    content: list[tuple[int, int]]  # token ranges
    sentence: tuple[int, int]
    addressee: tuple[int, int] | None = None
    turn: int = 0
    mention: bool = False


@per_reading
def statements(reading: Reading) -> tuple[Statement, ...]:
    """All statements of a document in text order. Needs a parse; without one there are none."""
    if not reading.doc.has_annotation("DEP"):
        return ()
    return tuple(_Reader(reading).read())


class _Reader:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.doc: Doc = reading.doc
        self.text = reading.document.text
        self.cues: Cues = load_cues(reading.ontology)
        self.speakers = Speakers(reading, self.cues)
        self.clauses: dict[int, Clause] = {c.token.i: c for c in clauses(self.doc)}
        self.quotes: tuple[Quote, ...] = find_quotes(self.text)
        self.quote_of = [-1] * len(self.doc)
        at = 0
        for token in self.doc:
            while at < len(self.quotes) and self.quotes[at].end <= token.idx:
                at += 1
            if at < len(self.quotes) and self.quotes[at].start <= token.idx < self.quotes[at].end:
                self.quote_of[token.i] = at
        self.turns = 0

    # The document

    def read(self) -> Iterator[Statement]:
        self.lead = next((block[0][0] for block in self.blocks()), -1)
        last: _Draft | None = None  # the last statement, for quotations that go on
        opening: _Draft | None = None  # a cue whose content follows: "She said:"
        last_block = open_block = -1
        for number, block in enumerate(self.blocks()):
            found: list[_Draft] = []
            waiting: list[tuple[int, int]] = []  # quoted sentences of whom the paragraph has not told yet
            if number > open_block + 1 and not self.is_item(block[0]):
                opening = None
            for sentence in block:
                if opening is not None and self.is_item(sentence):
                    found.append(self.opened(opening, sentence))
                    continue
                drafts = list(self.sentence(sentence))
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
                before = before or self.subject_before(block[0][0])
                if before is None:
                    self.turns += 1
                    before = _Draft(None, None, None, [], waiting[0], turn=self.turns)
                found += [self.going_on(s, before) for s in waiting]
            if any(d.speaker for d in found):
                last, last_block = found[-1], number
            yield from self.finish(found)

    def is_item(self, sentence: tuple[int, int]) -> bool:
        """Whether a sentence is an item of a list."""
        return self.doc[sentence[0]].text[0] in "•‣▪–—-*"

    @staticmethod
    def opened(cue: _Draft, sentence: tuple[int, int]) -> _Draft:
        return replace(cue, content=[sentence], sentence=sentence)

    def blocks(self) -> Iterator[list[tuple[int, int]]]:
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
                if words == document.title or (number == 0 and not words.rstrip("\"'”’").endswith((".", "!", "?"))):
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

    def is_reported_on(self, sentence: tuple[int, int], before: _Draft) -> bool:
        """Free indirect speech: "It was ambitious, he said. It meant to build on that": the same speaker's, by what it
        points back to and by its tense, in the paragraph of an indirect statement that ends just before it.
        """
        if before.sentence[1] > sentence[0] or (
            any(self.quote_of[i] >= 0 for i in range(*before.sentence)) and before.hit is None
        ):
            return False
        if (before.hit is None and before.turn == 0) or (before.hit is not None and before.hit.kind == "feeling"):
            return False
        first = self.doc[sentence[0]]
        finite = next((t for t in self.doc[slice(*sentence)] if t.tag_ in _FINITE), None)
        if finite is None or finite.tag_ not in ("VBD", "MD"):
            return False
        return first.lower_ in ("it", "they", "nor", "his", "her", "their", "its", "among", "these", "this")

    def going_on(self, sentence: tuple[int, int], before: _Draft) -> _Draft:
        question = any(t.text == "?" for t in self.doc[sentence[1] - 2 : sentence[1]])
        draft = _Draft(None, None, before.speaker, [sentence], sentence, turn=before.turn, mention=question)
        if before.speaker is not None:
            self.speakers.spoke(sentence[0], before.speaker, before.phrase.head if before.phrase else None)
        return draft

    def subject_before(self, at: int) -> _Draft | None:
        """The person that the sentence before a quotation is about: "The mayor wasn't in the mood. “One …"."""
        for i in range(at - 1, max(-1, at - 60), -1):
            token = self.doc[i]
            mention = self.speakers.mention_at(token)
            if mention is not None and mention.entity.type == "person" and token.dep_.startswith("nsubj"):
                self.turns += 1
                return _Draft(None, None, mention.entity, [], (i, i + 1), turn=self.turns)
        return None

    # A sentence

    def sentence(self, sentence: tuple[int, int]) -> Iterator[_Draft]:
        start, end = sentence
        tokens = [t for t in self.doc[start:end] if not t.is_space]
        drafts: list[_Draft] = []
        for hit in self.hits(tokens):
            if any(self.is_nested(hit, d) for d in drafts):
                continue
            draft = self.draft(hit, sentence, drafts)
            if draft is None:
                continue
            if draft.hit is not None and hit.token.tag_ != "VBG":
                # a cue found before, of an aside inside this one's content: "said the report had shown, as …, that"
                drafts = [
                    d for d in drafts if d.hit is None or not self.is_nested(d.hit, draft) or self.is_left(d, hit)
                ]
            for other in drafts:  # a coordinated cue ends the content of the one before it
                begin = draft.hit.start  # type: ignore[union-attr]
                if draft.phrase is not None and other.hit is not None and other.hit.start < draft.phrase.start < begin:
                    begin = draft.phrase.start
                cut = self.trim_end(other.content, begin)
                if other.hit is not None and other.hit.start < begin and cut:
                    other.content = cut
            drafts.append(draft)
            if draft.speaker is not None:
                head = draft.phrase.head if draft.phrase else None
                self.speakers.spoke(hit.token.i, draft.speaker, head)
        subject = next((d.speaker for d in drafts if d.speaker), None)
        self.speakers.wrote(tokens, subject)
        yield from sorted(drafts, key=lambda d: d.content[-1][1] if d.content else 0)

    def is_left(self, draft: _Draft, hit: _Hit) -> bool:
        """Whether a cue stands in the content that an aside follows."""
        return any(a <= hit.token.i < b for a, b in draft.content)

    def trim_end(self, content: list[tuple[int, int]], limit: int) -> list[tuple[int, int]]:
        """Content up to a token, without the conjunction before that."""
        kept = []
        for a, b in content:
            if a < limit < b:
                b = limit
                while b > a and (
                    self.doc[b - 1].text in _EDGE - _MARKS or self.doc[b - 1].lower_ in ("and", "but", "while")
                ):
                    b -= 1
            if a < limit and b > a:
                kept.append((a, b))
        return kept

    def hits(self, tokens: Sequence[Token]) -> Iterator[_Hit]:
        found: list[_Hit] = []
        if (hit := self.clause_cue(tokens)) is not None:
            found.append(hit)
        for token in tokens:
            if (hit := self.noun_cue(token)) is not None:
                found.append(hit)
                continue
            if self.quote_of[token.i] < 0 and token.tag_.startswith("VB") and token.pos_ in ("VERB", "AUX"):
                hit = self.verb_cue(token)
            else:
                hit = None
            hit = hit or self.feeling(token)
            if hit is not None:
                found.append(hit)
        # Parentheses first: their content may hold other cues.
        # Participles last: "rejecting the claim, the mayor said …".
        for hit in sorted(found, key=lambda h: (h.token.tag_ == "VBG", not self.is_aside(h), h.start)):
            yield hit

    def is_aside(self, hit: _Hit) -> bool:
        after = self.doc[hit.end] if hit.end < len(self.doc) else None
        return hit.kind == "verb" and (after is None or after.text in (",", ".") or self.is_inverted(hit))

    def verb_cue(self, token: Token) -> _Hit | None:
        doc = self.doc
        if token.text[0].isupper() and token.i > token.sent.start and token.tag_ == "VBG":
            return None  # a name: Reading, Barking
        for verb in self.cues.verbs.get(token.lemma_.lower(), ()):
            end = token.i + 1
            rest = verb.words[1:]
            if tuple(t.lower_ for t in doc[end : end + len(rest)]) != rest:
                continue
            start, auxiliaries, negated = self.auxiliaries(token)
            lemmas = {t.lemma_.lower() for t in auxiliaries}
            words = {t.lower_ for t in auxiliaries}
            passive = (token.tag_ in ("VBN", "VBD") and bool(lemmas & _BE) and "been" not in words | {""}) or (
                token.tag_ == "VBN" and bool(words & {"been", "being"})
            )
            if verb.stance == "asks" and (token.i == token.sent.start or doc[token.i - 1].text == ","):
                continue  # "Asked whether …, she said"
            if token.tag_ == "VBN" and not auxiliaries and doc[token.i - 1].tag_ != "CC":
                # "a report published …": a participle; "criticised by X" reports
                if not any(t.lower_ == "by" for t in doc[end : end + 1]):
                    continue
                passive = True
            if passive and verb.stance in ("", "accepts", "promises", "asks") and verb.content != "predicate":
                continue
            if token.tag_ == "VB":
                governed = token.dep_ in ("xcomp", "advcl", "acl", "ccomp")
                infinitive = any(t.lower_ == "to" for t in auxiliaries)
                if infinitive and not (
                    governed and token.head.lemma_.lower() in ("go", "continue", "keep", "write", "speak")
                ):
                    continue
                if not infinitive and not lemmas & (_DO | {"would", "will"}):
                    continue
            if words & _NOT_YET and not (verb.stance in ("asks", "calls-for") and words & {"will", "would"}):
                continue
            if negated and not verb.negated:
                continue
            return _Hit(start, end + len(rest), token, verb, negated, "passive" if passive else "verb")
        return None

    def auxiliaries(self, token: Token) -> tuple[int, list[Token], bool]:
        """Index of the first auxiliary or adverb of a verb group, its auxiliaries, and whether it is denied."""
        found: list[Token] = []
        negated = False
        i = token.i - 1
        while i >= token.sent.start:
            word = self.doc[i]
            if word.pos_ == "AUX" or word.tag_ == "MD" or (word.lower_ == "to" and word.tag_ == "TO"):
                found.append(word)
            elif word.lower_ in _NEGATORS and word.tag_ not in ("DT", "NN", "CC"):
                negated = True
                found.append(word) if word.lower_ in ("never",) else None
            elif word.tag_ != "RB" or self.quote_of[i] >= 0:
                break
            i -= 1
        return i + 1, found, negated

    def noun_cue(self, token: Token) -> _Hit | None:
        """According to X; in X's view; X's case is that."""
        doc, word = self.doc, token.lower_
        if self.quote_of[token.i] >= 0:
            return None
        if word == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            return _Hit(token.i, token.i + 2, token, CueVerb(("according",), "any"), kind="according")
        if word == "in" and token.tag_ == "IN":
            for i in range(token.i + 1, min(token.i + 9, token.sent.end)):
                if doc[i].lemma_.lower() in self.cues.views and i + 1 < len(doc) and i > token.i + 1:
                    own = doc[token.i + 1].tag_ == "PRP$" and i == token.i + 2
                    if own or doc[i - 1].tag_ == "POS" or doc[i - 1].lower_ in ("'", "’"):
                        return _Hit(token.i, i + 1, token, CueVerb(("in", "view"), "any"), kind="view")
                if doc[i].is_punct and doc[i].text not in ("’", "'"):
                    break
        return None

    def clause_cue(self, tokens: Sequence[Token]) -> _Hit | None:
        """For X, it was "…"; X's concern was that …: cues of a whole sentence."""
        doc, first = self.doc, tokens[0]
        named = any(self.speakers.mention_at(t) is not None for t in tokens[1:3])
        if first.lower_ == "for" and named and any(self.quote_of[t.i] >= 0 for t in tokens):
            return _Hit(first.i, first.i + 1, first, CueVerb(("for",), "any"), kind="for")
        for token in tokens[:14]:
            if token.lemma_ == "be" and token.tag_ in ("VBD", "VBZ", "VBP") and token.i + 1 < tokens[-1].i:
                if doc[token.i + 1].lower_ != "that" or self.quote_of[token.i] >= 0:
                    return None
                noun = next((t for t in tokens if t.i < token.i and t.lemma_.lower() in self.cues.views), None)
                return _Hit(token.i, token.i + 1, token, CueVerb(("be",), "any"), kind="that") if noun else None
        return None

    def feeling(self, token: Token) -> _Hit | None:
        """Somebody is pleased: a copula or "feel" before the word, outside quotation marks."""
        kind = self.cues.feelings.get(token.lower_)
        if kind is None or token.tag_ not in ("JJ", "VBN", "VBD", "NN", "RB"):
            return None
        i = token.i - 1
        while i > token.sent.start and (
            self.doc[i].tag_ in ("RB", "CC", "JJ", "VBN") or self.doc[i].text in _MARKS | {","}
        ):
            i -= 1
        copula = self.doc[i]
        if (
            copula.lemma_.lower() not in ("be", "feel")
            or copula.tag_ not in ("VBD", "VBZ", "VBP")
            or self.quote_of[i] >= 0
        ):
            return None
        verb = CueVerb((token.lower_,), "any", kind if kind != "states" else "", weight=6)
        return _Hit(i, i + 1, token, verb, kind="feeling")

    # Source and content of one cue

    def is_inverted(self, hit: _Hit) -> bool:
        """Whether the speaker follows the verb: “…,” said the leader."""
        doc, verb = self.doc, hit.token
        if (
            verb.tag_ not in ("VBD", "VBZ")
            or hit.start != verb.i
            or hit.verb.content != "clause"
            or verb.i == 0
            or verb.lemma_ == "tell"
        ):
            return False
        before = doc[verb.i - 1]
        while before.is_space and before.i > 0:
            before = doc[before.i - 1]
        after = doc[hit.end] if hit.end < verb.sent.end else None
        if after is None or before.text not in _EDGE or after.tag_ in ("PRP", "WP"):
            return False
        if after.tag_ not in _STARTS_PHRASE and self.speakers.mention_at(after) is None:
            return False
        # "Jane Doe, who leads the council, said the report was …": a verb after it makes it the content's subject
        end = self.phrase_end(hit.end, verb.sent.end)
        while end < verb.sent.end and self.doc[end].tag_ == "RB":
            end += 1
        return end >= verb.sent.end or self.doc[end].tag_ not in _FINITE

    def is_nested(self, hit: _Hit, draft: _Draft) -> bool:
        """Whether a cue stands in the content of another and is not coordinated with it."""
        if draft.hit is None or not any(a <= hit.token.i < b for a, b in draft.content):
            return False
        here, seen = hit.token, 0
        while here.head != here and seen < 60:
            if here.head == draft.hit.token:
                if hit.token.i > draft.hit.token.i and here.dep_ == "conj":
                    return False
                break
            here, seen = here.head, seen + 1
        # "and called for …": coordinated, although the tree does not say with what
        return self.doc[hit.start - 1].lower_ not in ("and", "but")

    def draft(self, hit: _Hit, sentence: tuple[int, int], drafts: list[_Draft]) -> _Draft | None:
        if hit.kind == "that":
            found = self.of_view(hit, sentence)
        elif hit.kind in ("according", "view", "for"):
            found = self.of_noun(hit, sentence)
        elif hit.kind == "passive":
            found = self.of_passive(hit, sentence)
        elif self.is_inverted(hit):
            found = self.of_inverted(hit, sentence)
        else:
            found = self.of_plain(hit, sentence, bool(drafts))
        if found is None:
            return None
        phrase, content, addressee = found
        content = [c for c in (self.strip(a, b) for a, b in content) if c is not None]
        if not content and hit.kind == "verb" and hit.verb.stance in ("denies", "apologises"):
            content = [(hit.start, hit.end)]  # "The department disagreed"
        # "She said:", "He added." after a quotation: the content stands beside
        last = self.doc[sentence[1] - 1].text
        bare = not content and hit.kind == "verb" and hit.verb.content == "clause" and last in (":", ".", ",")
        if not bare and not self.is_content(hit, content, phrase):
            return None
        speaker = self.speakers.resolve(phrase) if phrase is not None else None
        if phrase is None and drafts:
            speaker = drafts[-1].speaker
        if speaker is None and (phrase is None or (hit.verb.content != "clause" and hit.kind != "according")):
            return None
        quoted = any(self.quote_of[i] >= 0 for a, b in content for i in range(a, b))
        denies = hit.verb.stance == "denies"
        # "A mayor has rejected claims": a lead that sums up what is told below
        lead = phrase is not None and sentence[0] == self.lead and self.doc[phrase.start].lower_ in ("a", "an")
        sums_up = (
            lead
            and hit.kind != "feeling"
            and (denies or (not quoted and (speaker is None or speaker.type in (None, "person"))))
        )
        aside = hit.kind == "passive" or (phrase is None and hit.token.tag_ == "VBG")
        mention = sums_up or (denies and aside)
        self.turns += 1
        return _Draft(hit, phrase, speaker, content, sentence, addressee, self.turns, mention)

    def of_noun(self, hit: _Hit, sentence: tuple[int, int]) -> _Found | None:
        start, end = sentence
        if hit.kind == "view":
            a, b = hit.start + 1, hit.end - 1
            while b > a and (self.doc[b - 1].tag_ == "POS" or self.doc[b - 1].text in ("'", "’")):
                b -= 1
            after = hit.end
        else:
            a, b = hit.end, self.name_end(hit.end, end)
            after = b
        if b <= a:
            return None
        possessive = self.doc[a].tag_ == "PRP$" if hit.kind == "view" else False
        head = self.doc[a] if possessive else head_of(self.doc, a, b)
        left, right = (start, hit.start), (after, end)
        return Phrase(a, b, head), [c for c in (left, right) if c[1] > c[0]], None

    def name_end(self, at: int, end: int) -> int:
        """End of a phrase without a comma after it: "According to Cllr Kaiser nothing was altered"."""
        for i in range(at, min(at + 3, end)):
            mention = self.speakers.mention_at(self.doc[i])
            if mention is not None:
                last = max(t.i for t in self.doc[i : min(end, i + 20)] if self.speakers.mention_at(t) == mention) + 1
                follow = self.doc[last] if last < end else None
                plain = (
                    follow is not None
                    and follow.tag_ not in ("IN", "POS", "NN", "NNS", "NNP", "CC", "JJ", "VBN")
                    and follow.text not in (",", "(", "'", "’")
                )
                return last if plain else self.phrase_end(at, end)
        return self.phrase_end(at, end)

    def of_view(self, hit: _Hit, sentence: tuple[int, int]) -> _Found | None:
        """The opposition's case is that …; a worry for inspectors is that …; their concern was that …."""
        doc = self.doc
        noun = next(t.i for t in doc[sentence[0] : hit.start] if t.lemma_.lower() in self.cues.views)
        a, b = sentence[0], noun
        if noun + 1 < hit.start and doc[noun + 1].lower_ in ("for", "of", "among", "from"):
            a, b = noun + 2, self.phrase_end(noun + 2, hit.start)
        else:
            while b > a and (doc[b - 1].tag_ in ("POS", "JJ", "RB") or doc[b - 1].text in ("'", "’")):
                b -= 1
            while a < b and doc[a].tag_ in ("CC", "RB", ","):
                a += 1
        if b <= a:
            return None
        return Phrase(a, b, head_of(doc, a, b)), [(hit.end, sentence[1])], None

    def of_passive(self, hit: _Hit, sentence: tuple[int, int]) -> _Found | None:
        clause = self.clauses.get(hit.token.i)
        agent = clause.first(AGENT) if clause is not None else None
        a: int | None = None
        if agent is not None and agent.token.i > hit.token.i:
            a = agent.token.left_edge.i
        else:
            a = next((t.i for t in self.doc[hit.end : min(hit.end + 6, sentence[1])] if t.lower_ == "by"), None)
        if a is None:
            return None
        while a < sentence[1] and self.doc[a].lower_ == "by":
            a += 1
        b = self.phrase_end(a, sentence[1])
        if b <= a:
            return None
        return Phrase(a, b, head_of(self.doc, a, b)), [(sentence[0], hit.start), (b, sentence[1])], None

    def of_inverted(self, hit: _Hit, sentence: tuple[int, int]) -> _Found | None:
        start, end = sentence
        a, b = hit.end, self.phrase_end(hit.end, end)
        if b <= a:
            return None
        content = [(start, hit.start)]
        rest = b
        while rest < end and self.doc[rest].text in _EDGE - _MARKS:
            rest += 1
        if rest < end and (self.doc[rest].text in _MARKS or self.doc[rest].lower_ in ("that", "and", "but")):
            content.append((rest, end))
        return Phrase(a, b, head_of(self.doc, a, b)), content, None

    def of_plain(self, hit: _Hit, sentence: tuple[int, int], main: bool) -> _Found | None:
        start, end = sentence
        if hit.token.tag_ == "VBG" and main:
            # "Rejecting the claim, the mayor said …": by the main clause's speaker, up to its comma
            comma = next((t.i for t in self.doc[hit.end : end] if t.text == "," and self.quote_of[t.i] < 0), end)
            return None, [(hit.end, comma)], None
        phrase = self.subject(hit, sentence)
        begin = min(hit.start, phrase.start) if phrase is not None else hit.start
        if begin > start and self.doc[begin - 1].lower_ == "as":
            begin -= 1
        addressee = self.addressee(hit, end)
        after = addressee[1] if addressee else hit.end
        if hit.verb.content != "predicate" and hit.kind != "feeling" and phrase is not None:
            stop = self.aside_end(after, end)
            left = [t for t in self.doc[start:begin] if not t.is_punct and not t.is_space]
            if stop is not None and left and self.is_left_content(start, begin, stop, end):
                right = (stop, end)
                if any(not t.is_punct and not t.is_space for t in self.doc[stop:end]):
                    return phrase, [(start, begin), right], addressee
                return phrase, [(start, begin)], addressee
        if hit.kind == "feeling":
            return phrase, [(hit.end, end)], None
        return phrase, [(after, end)], addressee

    def is_left_content(self, start: int, begin: int, stop: int, end: int) -> bool:
        """Whether the words before an aside are what is said, and not an adverbial before it."""
        doc = self.doc
        before = doc[begin - 1]
        if before.text not in _EDGE:
            return False
        left = [t for t in doc[start:begin] if not t.is_space]
        if any(self.quote_of[t.i] >= 0 for t in left):
            return True
        right = [t for t in doc[stop:end] if not t.is_punct and not t.is_space]
        opens = next((t for t in doc[stop:end] if not t.is_space and t.text not in {",", ":"}), None)
        if opens is not None and opens.text in _MARKS and right and left[0].tag_ in ("IN", "RB", "VBG", "CC", "VBN"):
            return False
        if doc[stop].text == ":":
            return False
        if len(left) <= 2 and left[0].tag_ in ("CC", "RB"):
            return bool(right)
        finite = any(t.tag_ in _FINITE for t in left)
        return finite or bool(right)

    def aside_end(self, at: int, end: int) -> int | None:
        """Where the cue's own clause ends if no content follows it: at punctuation, after adverbials at most."""
        for i in range(at, min(end, at + 12)):
            token = self.doc[i]
            if token.text in (",", ".", ";", ":", "!", "?", "–", "—"):
                return i
            if token.text in _MARKS or token.lower_ in _STOPS or token.tag_ in _FINITE | {"TO", "VB", "VBG"}:
                return None
            if i == at and token.tag_ not in ("IN", "RB", "NN", "NNP", "DT", "JJ", "RP"):
                return None
            if (
                i == at
                and token.tag_ in ("DT", "NN", "NNP", "JJ")
                and token.ent_type_ == ""
                and self.date_at(token) is None
            ):
                return None
        return end if end - at <= 12 else None

    def date_at(self, token: Token) -> object | None:
        return next((d for d in self.reading.dates if d.start <= token.idx < d.end), None)

    def addressee(self, hit: _Hit, end: int) -> tuple[int, int] | None:
        """Whom something is told: the phrase between "told" and the content."""
        if (
            hit.verb.words[0] not in ("tell", "assure", "inform", "remind", "warn", "advise", "reassure")
            or len(hit.verb.words) > 1
        ):
            return None
        stop = hit.end
        for token in self.doc[hit.end : min(end, hit.end + 16)]:
            if token.text in _MARKS | {",", ".", ":", ";"} or token.lower_ in _STOPS or token.tag_ in _FINITE | {"TO"}:
                break
            stop = token.i + 1
        else:
            return None
        tokens = list(self.doc[hit.end : stop])
        if not tokens:
            return None
        follow = self.doc[stop] if stop < end else None
        if follow is not None and follow.tag_ in _FINITE:
            # "told the BBC she had rung": the subject of the content is its last phrase
            for token in reversed(tokens):
                if token.tag_ == "PRP" or token.tag_ in ("DT", "PRP$"):
                    stop = token.i
                    break
            else:
                return None
        return (hit.end, stop) if stop > hit.end else None

    def subject(self, hit: _Hit, sentence: tuple[int, int]) -> Phrase | None:
        """The phrase for the speaker before the verb."""
        doc = self.doc
        clause = self.clauses.get(hit.token.i)
        parsed = [a.token for a in clause.all(AGENT, THEME)] if clause is not None else []
        parsed = [t for t in parsed if self.quote_of[t.i] < 0 and sentence[0] <= t.i]
        a, b = self.run_before(hit.start, sentence[0])
        near = doc[hit.start - 1] if hit.start > sentence[0] else None
        if near is not None and near.tag_ == "PRP" and near.lower_ in ("he", "she", "they", "it"):
            return Phrase(near.i, hit.start, near)
        if near is not None and near.text == "," and hit.start - 2 >= sentence[0]:
            mention = self.speakers.mention_at(doc[hit.start - 2])
            if mention is not None and mention.entity.type == "person" and hit.token.tag_ in _FINITE:
                first = next(i for i in range(sentence[0], hit.start) if self.speakers.mention_at(doc[i]) == mention)
                if first > sentence[0] and doc[first - 1].text == ",":  # "The mayor, Jane Doe, said"
                    c, d = self.run_before(first - 1, sentence[0])
                    if d > c and doc[c].tag_ in _STARTS_PHRASE:
                        return Phrase(c, hit.start - 1, doc[hit.start - 2])
                if not any(
                    t.lower_ in ("who", "which", "of", "for", "with") for t in doc[max(sentence[0], first - 6) : first]
                ):
                    return Phrase(first, hit.start - 1, doc[hit.start - 2])
        if b > a:
            if doc[a].tag_ in _STARTS_PHRASE and (head := head_of(doc, a, b)).tag_[0] in "NPDWC":
                return Phrase(a, b, head)
            inside = [t for t in parsed if a <= t.i < b]
            if inside:
                first = max(a, inside[0].left_edge.i)
                return Phrase(first, b, head_of(doc, first, b))
            named = [t.i for t in doc[a:b] if self.speakers.mention_at(t) is not None]
            if named:
                mention = self.speakers.mention_at(doc[named[-1]])
                first = next(i for i in named if self.speakers.mention_at(doc[i]) == mention)
                return Phrase(first, b, head_of(doc, first, b))
        outside = [t for t in parsed if t.i < hit.start] or parsed
        if outside:
            token = outside[0]
            first = max(sentence[0], token.left_edge.i)
            last = token.i + 1
            if token.i < hit.start:
                last = hit.start
                while last > token.i + 1 and doc[last - 1].text in _EDGE:
                    last -= 1
                inner = doc[token.i : last]
                if any(t.tag_ in _FINITE for t in inner) and not any(t.tag_ in ("WP", "WDT") for t in inner):
                    last = span_of(token)[1]
            else:
                last = max(t.i for t in token.subtree) + 1 if hit.token.tag_ == "VBG" else token.i + 1
            while first < token.i and (doc[first].text in _EDGE or doc[first].lower_ in ("but", "and")):
                first += 1
            head = token if self.speakers.mention_at(token) else head_of(doc, first, last)
            return Phrase(first, last, head)
        if hit.start > sentence[0] and doc[hit.start - 1].text == "," and hit.token.tag_ in _FINITE:
            first = sentence[0]
            while first < hit.start and (doc[first].text in _EDGE or doc[first].tag_ in ("CC", "RB")):
                first += 1
            if first < hit.start - 1 and doc[first].tag_ in _STARTS_PHRASE:
                return Phrase(first, hit.start - 1, head_of(doc, first, hit.start - 1))
        return None

    def run_before(self, at: int, start: int) -> tuple[int, int]:
        """Token range of the words of a noun phrase that end at a token, back to punctuation, a verb or conjunction."""
        doc, i = self.doc, at - 1
        if i >= start and doc[i].tag_ == "CC":
            return at, at  # "… and called for": the subject stands before the first verb
        while i >= start and at - i <= 18:
            token = doc[i]
            if (token.text in _EDGE and token.text not in ("-", "'", "’")) or self.quote_of[i] >= 0 or token.is_space:
                break
            if (
                token.lower_ in _STOPS
                or token.tag_ in _FINITE
                or (token.tag_ not in _NOUN_PHRASE and token.pos_ != "PROPN")
            ):
                break
            i -= 1
        a = i + 1
        while a < at and (doc[a].tag_ == "CC" or (doc[a].tag_ == "RB" and not self.speakers.mention_at(doc[a]))):
            a += 1
        nominal = any(t.tag_[:2] in ("NN", "PR") or t.tag_ in ("DT", "CD") for t in doc[a:at])
        return (a, at) if nominal else (at, at)

    def phrase_end(self, at: int, end: int) -> int:
        """End of a noun phrase that begins at a token, with its appositions and relative clauses."""
        doc, i = self.doc, at
        while i < end:
            token = doc[i]
            if token.text == "," and i + 1 < end:
                follow = doc[i + 1]
                describes = follow.tag_ in ("DT", "NN", "JJ", "NNP", "PRP$") or follow.lower_ in (
                    "who",
                    "which",
                    "formerly",
                    "then",
                )
                if not describes or i == at:
                    break
                closing = next((j for j in range(i + 1, end) if doc[j].text in {",", ".", ";"} | _MARKS), end)
                inner = doc[i + 1 : closing]
                if follow.lower_ not in ("who", "which") and any(t.tag_ in _FINITE for t in inner):
                    break
                i = closing
                if i < end and doc[i].text == ",":
                    # a further comma ends the phrase unless another apposition follows
                    break
                continue
            if (
                token.text in _MARKS - {"'", "’"}
                or token.text in {".", ";", ":", "–", "—", "!", "?"}
                or self.quote_of[i] >= 0
            ):
                break
            if token.tag_ in _FINITE and not any(doc[j].tag_ in ("WP", "WDT") for j in range(at, i)):
                break
            stops = token.lower_ in ("that", "after", "as", "when", "while", "because", "if") and token.tag_ != "WDT"
            if stops or token.tag_ in ("VBG",):
                break
            i += 1
        while i > at and doc[i - 1].text in _EDGE:
            i -= 1
        return i

    # Content

    def strip(self, a: int, b: int) -> tuple[int, int] | None:
        """A content range without punctuation, conjunctions and "that" at its edges; quotation marks stay."""
        doc = self.doc
        edge = _EDGE - _MARKS
        while a < b and (doc[a].text in edge or doc[a].is_space or (doc[a].lower_ in ("but", "and") and b - a > 1)):
            a += 1
        while b > a and (doc[b - 1].text in edge or doc[b - 1].is_space):
            b -= 1
        if a < b and doc[a].lower_ == "that" and doc[a].tag_ == "IN":
            a += 1
        if a < b and doc[a].text in {"”", "’", "''"}:
            a += 1
        words = [t for t in doc[a:b] if not t.is_punct and not t.is_space]
        return (a, b) if words else None

    def is_content(self, hit: _Hit, content: list[tuple[int, int]], phrase: Phrase | None) -> bool:
        tokens = [t for a, b in content for t in self.doc[a:b]]
        quoted = any(self.quote_of[t.i] >= 0 for t in tokens)
        if not tokens:
            return False
        if hit.verb.documents and phrase is not None and phrase.head.lemma_.lower() not in self.cues.documents:
            speaker = self.speakers.resolve(phrase)
            pronoun = phrase.head.tag_ == "PRP" and speaker is not None and speaker.type != "person"
            if not pronoun and (speaker is None or speaker.type != "inspectorate"):
                return False
        if hit.verb.content == "predicate":
            return quoted or any(t.lower_ == "as" for t in tokens[:14])
        if hit.verb.content == "clause":
            if any(c[1] <= hit.start for c in content):
                return True
            first = tokens[0]
            clause = self.clauses.get(hit.token.i)
            if first.tag_ == "TO" and not quoted:
                return False
            if (
                clause is not None
                and clause.first(PATIENT)
                and not clause.first(CONTENT)
                and hit.verb.words[0] != "tell"
            ):
                return first.text in _MARKS or (hit.end < len(self.doc) and self.doc[hit.end].lower_ == "that")
            return quoted or any(t.tag_ in _FINITE for t in tokens)
        # Not "has been asked for comment"
        invited = any(t.lower_ in ("comment", "response") for t in tokens[-6:])
        return not (invited and hit.verb.stance in ("asks", "calls-for"))

    # From drafts to statements

    def merged(self, drafts: Sequence[_Draft]) -> Iterator[_Draft]:
        """Short sentences of one quotation belong with the one before: “Nobody listened. They never do.”"""
        kept: list[_Draft] = []
        for draft in drafts:
            before = kept[-1] if kept else None
            together = before is not None and draft.hit is None and before.turn == draft.turn
            if before is not None and together and self.is_direct(before) and self.is_direct(draft):
                short = min(self.length(before), self.length(draft)) <= _SHORT
                if short:
                    before.content = [*before.content, *draft.content]
                    before.sentence = (before.sentence[0], draft.sentence[1])
                    continue
            kept.append(draft)
        yield from kept

    def is_direct(self, draft: _Draft) -> bool:
        """Whether the content ends in quotation marks."""
        return self.quote_of[max(0, draft.content[-1][1] - 2)] >= 0

    def length(self, draft: _Draft) -> int:
        return sum(not t.is_punct and not t.is_space for a, b in draft.content for t in self.doc[a:b])

    def split(self, draft: _Draft) -> Iterator[_Draft]:
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
                    while end > begin and self.doc[end - 1].text in _EDGE - _MARKS:
                        end -= 1
                    parts[-1].append((begin, end))
                    parts.append([])
                    begin = i + 2
            parts[-1].append((begin, b))
        for part in parts:
            yield replace(draft, content=part)

    def finish(self, drafts: Sequence[_Draft]) -> Iterator[Statement]:
        for draft in (part for d in self.merged(drafts) for part in self.split(d)):
            content = tuple(self.span(a, b) for a, b in draft.content)
            tokens = [t for a, b in draft.content for t in self.doc[a:b] if not t.is_space]
            quoted = any(self.quote_of[t.i] >= 0 and not t.is_punct for t in tokens)
            hit = draft.hit
            manner = Manner(
                hit.verb if hit else None,
                bool(hit and hit.negated),
                self.is_own(draft, tokens),
                quoted,
                (draft.speaker.type or "") if draft.speaker else "",
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
                rejects=hit is not None and hit.verb.stance == "denies" and not hit.negated,
                about=self.about(draft, tokens, kind),
                when=self.when(draft),
            )

    def unnamed(self, draft: _Draft) -> Entity | None:
        if draft.phrase is None or draft.speaker is not None:
            return None
        words = self.span(draft.phrase.start, draft.phrase.end)
        return Entity(" ".join(self.text[words.start : words.end].split()), None, None, words.start, words.end)

    def about(self, draft: _Draft, tokens: Sequence[Token], kind: str) -> Entity | None:
        """Whom content is about: the first body or person in it. What an inspectorate says, and criticism that names
        nobody, is about the body that the text is about.
        """
        speaker = draft.speaker
        main = self.speakers.main_body()
        if main is not None and speaker is not None and main.text == speaker.text:
            main = None
        if speaker is not None and speaker.type == "inspectorate" and main is not None:
            return main
        for token in tokens:
            mention = self.speakers.mention_at(token) or self.speakers.pronoun_at(token)
            if mention is None or mention.entity.type in ("place", "department-of-council", None):
                continue
            if speaker is None or mention.entity.text != speaker.text:
                entity = mention.entity
                return Entity(entity.text, entity.type, entity.id, mention.start, mention.end)
        return main if kind == "criticises" else None

    def when(self, draft: _Draft) -> str | None:
        """A date in the sentence outside the content."""
        if draft.hit is None:
            return None
        sentence = self.span(*draft.sentence)
        spans = [self.span(a, b) for a, b in draft.content]
        for date in self.reading.dates:
            inside = sentence.start <= date.start and date.end <= sentence.end
            if inside and date.kind == "date" and not any(c.start <= date.start < c.end for c in spans):
                return date.value
        return None

    def is_own(self, draft: _Draft, tokens: Sequence[Token]) -> bool:
        """Whether the speaker speaks of their own side: "we", "he said he …", "the council said it …"."""
        inside = [t for t in tokens if self.quote_of[t.i] >= 0]
        if any(t.lower_ in ("we", "our", "us", "i", "my") for t in inside):
            return True
        for token in tokens[:4]:
            if token.lower_ in ("he", "she", "it", "they") and draft.hit is not None and token.dep_.startswith("nsubj"):
                return token.lower_ != "it" or (draft.speaker is not None and draft.speaker.type != "person")
            mention = self.speakers.mention_at(token)
            if mention is not None and draft.speaker is not None and mention.entity.text == draft.speaker.text:
                return True
        return False

    def span(self, a: int, b: int) -> Span:
        last = self.doc[b - 1]
        return Span(self.doc[a].idx, last.idx + len(last))


def gist(reading: Reading, statement: Statement) -> str:
    """The content as text, without quotation marks around it and with white space made single."""
    parts = [reading.document.text[c.start : c.end] for c in statement.content]
    return " ".join(" ".join(parts).split()).strip("\"“”'‘’,.;: ")


def extract_statements(reading: Reading, found: Sequence[Statement] | None = None) -> Iterator[Fact]:
    """One `says` fact for each statement whose speaker is known. `found`: the statements, where already read."""
    for statement in statements(reading) if found is None else found:
        if statement.speaker is None or statement.mention:
            continue
        yield reading.fact(
            "says",
            {
                "speaker": statement.speaker,
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


def attribute(fact: Fact, found: Sequence[Statement]) -> Fact | None:
    """A fact that stands in the content of a statement, as a claim of its speaker; any other as it is.

    What the speaker says is not so becomes negative. None where it stands in a quotation of nobody known. A fact stands
    in the content if its evidence does, or else its arguments: an office told beside the speaker's name is not claimed.
    """
    if fact.attributed_to is not None:
        return fact
    statement = next((s for s in found if _is_inside(fact, s)), None)
    if statement is None:
        return fact
    speaker = statement.speaker or statement.unnamed
    if speaker is None:
        return None
    opposite: Polarity = "negative" if fact.polarity == "positive" else "positive"
    return replace(fact, attributed_to=speaker, polarity=opposite if statement.rejects else fact.polarity)


def _is_inside(fact: Fact, statement: Statement) -> bool:
    start, end = fact.evidence.start, fact.evidence.end
    if statement.covers(start, end):
        return True
    if not any(c.start < end and start < c.end for c in statement.content):
        return False
    placed = [v for v in fact.arguments.values() if isinstance(v, Entity) and v.start is not None and v.end is not None]
    inside = [v for v in placed if start <= (v.start or 0) < end]
    if inside:
        return all(statement.covers(v.start or 0, v.end or 0) for v in inside)
    covered = sum(max(0, min(c.end, end) - max(c.start, start)) for c in statement.content)
    return 2 * covered > end - start
