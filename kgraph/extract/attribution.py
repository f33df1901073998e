"""Attribution within a sentence: cue, source and content.

The source is the verb's subject by the clause structure, or the words between a comma or quotation mark and the verb;
for "said Jane Doe" those after it. The content is what the cue's own clause leaves of the sentence: after the cue, or,
where the cue is an aside (", he said,"), on either side of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kgraph.extract.clauses import AGENT, CONTENT, PATIENT, THEME, Clause, clauses
from kgraph.extract.clauses import phrase as span_of
from kgraph.extract.cuefinder import FINITE, MARKS, CueFinder, Hit
from kgraph.extract.cues import Cues
from kgraph.extract.reading import Reading
from kgraph.extract.speakers import Phrase, Speakers, head_of
from kgraph.extract.tree import Node, tree
from kgraph.facts import Entity

_NOUN_PHRASE = frozenset(
    "DT PRP$ PRP JJ JJR JJS NN NNS NNP NNPS POS CD HYPH FW IN CC , : -LRB- -RRB- AFX TO RB VBN VBG".split()
)
_STARTS_PHRASE = frozenset("DT PRP$ PRP JJ JJR JJS NN NNS NNP NNPS CD WP".split())
_STOPS = frozenset(
    "that which who whom whose because as while after before if when where since although though until but so whether "
    "how what why than".split()
)
EDGE = MARKS | frozenset({",", ".", ";", ":", "–", "—", "-", "…", "!", "?"})

# Words that open what else happened while somebody spoke.
_MEANWHILE = frozenset({"as", "when", "while", "after", "before"})

_ANNOUNCED = 16  # words before a colon that name a speaker at most
_RELATIVE = 6  # words of "a claim that" and the like between comma and subject

# What belongs to a cue: the phrase for the speaker, the content, whom it is said to; ranges of tokens.
Found = tuple[Phrase | None, list[tuple[int, int]], tuple[int, int] | None]


@dataclass
class Draft:
    """An attribution as found in a sentence; ranges are of tokens.

    hit      its cue, None for a quotation that goes on
    phrase   the words for the speaker
    content  what is said, one range or two
    turn     statements of one turn of speech have the same number
    mention  whether the sentence only mentions that something was said
    """

    hit: Hit | None
    phrase: Phrase | None
    speaker: Entity | None
    content: list[tuple[int, int]]  # token ranges
    sentence: tuple[int, int]
    addressee: tuple[int, int] | None = None
    turn: int = 0
    mention: bool = False


class Attributions:
    """Finds the attributions of a document, sentence by sentence in order: pronouns are resolved to earlier speakers.

    quote_of  the number of the quotation each token stands in, or -1
    lead      the first token of the document's first sentence
    """

    def __init__(self, reading: Reading, cues: Cues, speakers: Speakers, quote_of: Sequence[int], lead: int) -> None:
        self.reading = reading
        self.doc: Doc = reading.doc
        self.cues = cues
        self.speakers = speakers
        self.quote_of = quote_of
        self.lead = lead
        self.clauses: dict[int, Clause] = {c.token.i: c for c in clauses(self.doc)}
        self.finder = CueFinder(self.doc, cues, speakers, quote_of)
        self.turns = 0

    def new_turn(self) -> int:
        self.turns += 1
        return self.turns

    def sentence(self, sentence: tuple[int, int]) -> Iterator[Draft]:
        start, end = sentence
        tokens = [t for t in self.doc[start:end] if not t.is_space]
        drafts: list[Draft] = []
        for hit in self.hits(tokens):
            if any(self.is_nested(hit, d) for d in drafts) and self.relative(hit, start) is None:
                continue
            draft = self.draft(hit, sentence, drafts)
            if draft is None:
                continue
            if draft.hit is not None and hit.token.tag_ != "VBG":
                # a cue found before, of an aside inside this one's content: "said the report had shown, as …, that"
                drafts = [
                    d for d in drafts if d.hit is None or not self.is_nested(d.hit, draft) or self.is_inside(hit, d)
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
        if not drafts and tokens and self.reading.document.text.find(":", tokens[0].idx, tokens[-1].idx) >= 0:
            drafts += self.announced(tokens, sentence)
        for draft in drafts:
            comma = self.relative(draft.hit, start) if draft.hit is not None else None
            for other in drafts if comma is not None else ():
                if other is not draft and any(a < comma < b for a, b in other.content):  # type: ignore[operator]
                    other.content = self.trim_end(other.content, comma)  # type: ignore[arg-type]
                    draft.content = list(other.content)
        subject = next((d.speaker for d in drafts if d.speaker), None)
        self.speakers.wrote(tokens, subject)
        yield from sorted(drafts, key=lambda d: d.content[-1][1] if d.content else 0)

    def announced(self, tokens: Sequence[Token], sentence: tuple[int, int]) -> Iterator[Draft]:
        """A quotation behind its speaker's name and a colon: "The leader, Jane Doe: “…”"."""
        colon = next((t.i for t in tokens if t.text == ":" or t.tag_ in FINITE or t.text in MARKS), None)
        if colon is None or self.doc[colon].text != ":" or colon + 1 >= sentence[1]:
            return
        if self.doc[colon + 1].text not in MARKS or colon - sentence[0] > _ANNOUNCED:
            return
        before = self.doc[sentence[0] : colon]
        heads = [t for t in before if t.lower_ in self.cues.spokespeople]
        heads += [t for t in before if (m := self.speakers.mention_at(t)) is not None and m.entity.type == "person"]
        if not heads:
            return
        phrase = Phrase(heads[0].i, colon, heads[0])
        speaker = self.speakers.resolve(phrase)
        if speaker is None:
            return
        self.speakers.spoke(heads[0].i, speaker, heads[0])
        yield Draft(None, phrase, speaker, [(colon + 1, sentence[1])], sentence, turn=self.new_turn())

    def relative(self, hit: Hit, start: int) -> int | None:
        """The comma before a relative clause that rejects all before it: "…, which the council denies", "…, a charge
        she denies"; None where a cue is no such verb.
        """
        verb = hit.token
        relative = verb.dep_.endswith("relcl") or any(c.tag_ == "WDT" for c in verb.lefts)
        if hit.verb.stance != "denies" or hit.kind != "verb" or not relative:
            return None
        subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.tag_ not in ("WDT", "WP")), None)
        if subject is None:
            return None
        first = subject.left_edge.i
        comma = next((i for i in range(first - 1, max(start, first - _RELATIVE), -1) if self.doc[i].text == ","), None)
        return comma

    @staticmethod
    def is_inside(hit: Hit, draft: Draft) -> bool:
        """Whether a cue stands in another's content: before an aside, or beside that cue ("said … but warned …")."""
        return any(a <= hit.token.i < b for a, b in draft.content)

    def trim_end(self, content: list[tuple[int, int]], limit: int) -> list[tuple[int, int]]:
        """Content up to a token, without the conjunction before that."""
        kept = []
        for a, b in content:
            if a < limit < b:
                b = limit
                while b > a and (
                    self.doc[b - 1].text in EDGE - MARKS or self.doc[b - 1].lower_ in ("and", "but", "while")
                ):
                    b -= 1
            if a < limit and b > a:
                kept.append((a, b))
        return kept

    def hits(self, tokens: Sequence[Token]) -> list[Hit]:
        # Participles last: "rejecting the claim, the mayor said …"; asides first: their content may hold other cues.
        # Relative clauses after all: their content is another's.
        found = self.finder.find(tokens)
        start = tokens[0].i if tokens else 0
        last = {h: h.kind == "verb" and (h.token.tag_ == "VBG" or self.relative(h, start) is not None) for h in found}
        return sorted(last, key=lambda h: (last[h], not self.is_aside(h), h.start))

    def is_aside(self, hit: Hit) -> bool:
        after = self.doc[hit.end] if hit.end < len(self.doc) else None
        return hit.kind == "verb" and (after is None or after.text in (",", ".") or self.is_inverted(hit))

    def is_inverted(self, hit: Hit) -> bool:
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
        if any(c.dep_ == "nsubj" and c.i < verb.i for c in verb.children):
            return False  # "The committee, which met on Monday, heard objections"
        before = doc[verb.i - 1]
        while before.is_space and before.i > 0:
            before = doc[before.i - 1]
        after = doc[hit.end] if hit.end < verb.sent.end else None
        if after is None or before.text not in EDGE or after.tag_ in ("PRP", "WP"):
            return False
        if after.tag_ not in _STARTS_PHRASE and self.speakers.mention_at(after) is None:
            return False
        # "Jane Doe, who leads the council, said the report was …": a verb after it makes it the content's subject
        end = self.phrase_end(hit.end, verb.sent.end)
        while end < verb.sent.end and self.doc[end].tag_ == "RB":
            end += 1
        if self.date_at(after) is not None:  # "…, said Thursday that"
            return False
        if end < verb.sent.end and doc[end].text in MARKS:
            predicate = next((t for t in doc[end + 1 : verb.sent.end] if t.tag_ != "RB"), None)
            if predicate is not None and predicate.tag_ in FINITE:
                return False  # "Jane Doe, who leads the council, said families “deserved better”"
        return end >= verb.sent.end or (doc[end].tag_ not in FINITE and doc[end].lower_ != "that")

    def is_nested(self, hit: Hit, draft: Draft) -> bool:
        """Whether a cue stands in the content of another and is not coordinated with it."""
        if draft.hit is None or not self.is_inside(hit, draft):
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

    def draft(self, hit: Hit, sentence: tuple[int, int], drafts: list[Draft]) -> Draft | None:
        if hit.kind == "that":
            found = self.of_view(hit, sentence)
        elif hit.kind in ("according", "view", "for"):
            found = self.of_noun(hit, sentence)
        elif hit.kind == "noun":
            found = self.of_report(tree(self.doc)[hit.token.i], sentence)
        elif hit.kind == "passive":
            found = self.of_passive(hit, sentence)
        elif self.is_inverted(hit):
            found = self.of_inverted(hit, sentence)
        else:
            found = self.of_plain(hit, sentence, bool(drafts))
        if found is None:
            return None
        phrase, content, addressee = found
        if phrase is not None:
            dash = [t.i for t in self.doc[phrase.start : phrase.head.i] if t.text in ("—", "–", "--")]
            if dash:  # "LONDON — Jane Doe said"
                phrase = Phrase(dash[-1] + 1, phrase.end, phrase.head)
        content = [c for c in (self.strip(a, b) for a, b in content) if c is not None]
        told = hit.verb.negated if hit.negated else hit.verb.stance
        if not content and hit.kind == "verb" and told in ("denies", "apologises"):
            content = [(hit.start, hit.end)]  # "The department disagreed", "She does not agree"
        # "She said:", "He added." after a quotation: the content stands beside
        last = self.doc[sentence[1] - 1].text
        bare = not content and hit.kind == "verb" and hit.verb.content == "clause" and last.endswith((":", ".", ","))
        if not bare and not self.is_content(hit, content, phrase):
            return None
        speaker = self.speakers.resolve(phrase) if phrase is not None else None
        speech = hit.kind == "verb" and hit.verb.words[0] in self.cues.speech
        if speaker is None and phrase is not None and speech and not any(self.is_inside(hit, d) for d in drafts):
            speaker = self.speakers.somebody(phrase)
        if phrase is None and drafts:
            speaker = drafts[-1].speaker
        if speaker is None:
            pronoun = phrase is not None and phrase.head.tag_ == "PRP"
            if phrase is None or not (pronoun or hit.verb.content == "clause" or hit.kind == "according"):
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
        return Draft(hit, phrase, speaker, content, sentence, addressee, self.new_turn(), mention)

    def of_noun(self, hit: Hit, sentence: tuple[int, int]) -> Found | None:
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

    def of_view(self, hit: Hit, sentence: tuple[int, int]) -> Found | None:
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

    def of_report(self, noun: Node, sentence: tuple[int, int]) -> Found | None:
        """Labour's demand for an inquiry; a call by the mayor to …; the minister issued an apology to …."""
        phrase = self.owner(noun, sentence)
        if phrase is None:
            return None
        followed = self.cues.nouns[noun.lemma].followed
        for child in noun.children:
            if child.i < max(noun.i, phrase.end - 1 if phrase.start > noun.i else 0):
                continue
            clause = child.label in ("acl", "ccomp", "advcl", "xcomp") and (
                child.tag == "VBG" or any(c.lower in ("to", "that") for c in child.children)
            )
            if clause or (child.base in ("nmod", "obl") and child.preposition in followed):
                first = child.token.left_edge.i
                if child.tag == "VBG" and (verbs := self.cues.verbs.get(child.lemma)):
                    # "a motion calling for an inquiry"
                    behind = [t.lower_ for t in self.doc[child.i + 1 : child.i + 4]]
                    words = next((v.words for v in verbs if list(v.words[1:]) == behind[: len(v.words) - 1]), ("",))
                    first = child.i + len(words)
                elif child.preposition and child.preposition != "to":
                    first += len(child.preposition.split())
                return phrase, [(first, min(sentence[1], child.token.right_edge.i + 1))], None
        return None

    def owner(self, noun: Node, sentence: tuple[int, int]) -> Phrase | None:
        """Whose a claim or demand is: "Labour's", "from residents", "tabled by the Greens", who makes or repeats it."""
        for child in noun.children:
            if child.label == "nmod:poss":
                return Phrase(child.token.left_edge.i, child.i + 1, child.token)
            signed = child.label == "acl" and child.tag == "VBN"
            for phrase in child.children if signed else (child,):
                if phrase.i > noun.i and phrase.preposition in ("by", "from") and phrase.base in ("nmod", "obl"):
                    start = phrase.token.left_edge.i + 1
                    end = self.phrase_end(start, sentence[1])
                    return Phrase(start, end, head_of(self.doc, start, end)) if end > start else None
        if noun.base == "obj" and noun.head.lemma in self.cues.makers:
            clause = self.clauses.get(noun.head.i)
            subject = clause.first(AGENT) if clause is not None and clause.polarity == "positive" else None
            if subject is not None and clause is not None and clause.certainty == "stated":
                start, end = subject.token.left_edge.i, subject.token.right_edge.i + 1
                return Phrase(start, end, subject.token)
        return None

    def of_passive(self, hit: Hit, sentence: tuple[int, int]) -> Found | None:
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
        content = [(sentence[0], hit.start)]
        if b < sentence[1] and self.doc[b].lower_ in ("for", "over", "as", "that", "because", "after", "to"):
            content.append((b, sentence[1]))  # "was criticised by X for …", not "… at a meeting"
        return Phrase(a, b, head_of(self.doc, a, b)), content, None

    def of_inverted(self, hit: Hit, sentence: tuple[int, int]) -> Found | None:
        start, end = sentence
        a, b = hit.end, self.phrase_end(hit.end, end)
        if b <= a:
            return None
        content = [(start, hit.start)]
        rest = b
        while rest < end and self.doc[rest].text in EDGE - MARKS:
            rest += 1
        if rest < end and (self.doc[rest].text in MARKS or self.doc[rest].lower_ in ("that", "and", "but")):
            content.append((rest, end))
        return Phrase(a, b, head_of(self.doc, a, b)), content, None

    def of_plain(self, hit: Hit, sentence: tuple[int, int], main: bool) -> Found | None:
        doc, (start, end) = self.doc, sentence
        if hit.token.dep_ == "acl:relcl" or (hit.token.tag_ == "VBG" and hit.token.dep_ == "acl"):
            # "The council, which asked for £2m, said …", "A letter from Jane Doe calling for an inquiry was ignored"
            end = min(end, hit.token.right_edge.i + 1)
        if hit.token.tag_ == "VBG" and main:
            # "Rejecting the claim, the mayor said …": by the main clause's speaker, up to its comma
            comma = next((t.i for t in self.doc[hit.end : end] if t.text == "," and self.quote_of[t.i] < 0), end)
            return None, [(hit.end, comma)], None
        phrase = self.subject(hit, sentence)
        before = self.relative(hit, start)
        if before is not None:
            return phrase, [(start, before)], None
        begin = min(hit.start, phrase.start) if phrase is not None else hit.start
        if begin > start and self.doc[begin - 1].lower_ == "as":
            begin -= 1
        addressee = self.addressee(hit, end)
        after = addressee[1] if addressee else hit.end
        if hit.verb.content != "predicate" and hit.kind != "feeling" and phrase is not None:
            stop = self.aside_end(after, end)
            left = [t for t in self.doc[start:begin] if not t.is_punct and not t.is_space]
            alone = (
                not any(not t.is_punct and not t.is_space for t in self.doc[stop:end]) if stop is not None else False
            )
            quoted = begin > 0 and doc[begin - 1].text in MARKS and self.resumption(hit.end, end) == end
            if (alone or quoted) and not left and hit.verb.content == "clause":
                return phrase, [], addressee  # “…” She said on Monday.
            if stop is None and left and doc[begin - 1].text in MARKS:
                stop = self.resumption(after, end)  # “…” Jane Doe told supporters at a rally. “…”
            if stop is not None and left and self.is_left_content(start, begin, stop, end):
                right = (stop, end)
                if any(not t.is_punct and not t.is_space for t in self.doc[stop:end]):
                    return phrase, [(start, begin), right], addressee
                return phrase, [(start, begin)], addressee
        if hit.kind == "feeling":
            return phrase, [(hit.end, end)], None
        if hit.verb.content == "clause":
            after = self.clause_start(after, end)
        return phrase, [(after, end)], addressee

    def clause_start(self, at: int, end: int) -> int:
        """Where a content clause begins behind adverbials: "said on Tuesday that …", "wrote in a letter: “…"."""
        for i in range(at, min(end, at + 10)):
            token = self.doc[i]
            if token.lower_ == "that" and token.tag_ in ("IN", "WDT", "DT") and i > at:
                return i
            if token.tag_ in FINITE | {"VB", "VBG", "TO", "PRP"} or token.text in MARKS | {",", "."}:
                break
            if i == at and token.tag_ not in ("IN", "RB", "NN", "NNP") and token.ent_type_ == "":
                break
        return at

    def resumption(self, at: int, end: int) -> int | None:
        """Where a quotation goes on behind its cue, or the sentence's end; None where a clause follows the cue."""
        for token in self.doc[at:end]:
            if token.text in MARKS:
                return int(token.i)
            if token.tag_ in FINITE or token.lower_ == "that":
                return None
        return end

    def is_left_content(self, start: int, begin: int, stop: int, end: int) -> bool:
        """Whether the words before an aside are what is said, and not an adverbial before it."""
        doc = self.doc
        before = doc[begin - 1]
        if before.text not in EDGE:
            return False
        left = [t for t in doc[start:begin] if not t.is_space]
        if any(self.quote_of[t.i] >= 0 for t in left):
            return True
        right = [t for t in doc[stop:end] if not t.is_punct and not t.is_space]
        opens = next((t for t in doc[stop:end] if not t.is_space and t.text not in {",", ":"}), None)
        if opens is not None and opens.text in MARKS and right and left[0].tag_ in ("IN", "RB", "VBG", "CC", "VBN"):
            return False
        if stop < len(doc) and doc[stop].text == ":":
            return False
        if len(left) <= 2 and left[0].tag_ in ("CC", "RB"):
            return bool(right)
        finite = any(t.tag_ in FINITE for t in left)
        return finite or bool(right)

    def aside_end(self, at: int, end: int) -> int | None:
        """Where the cue's own clause ends if no content follows it: at punctuation, after adverbials at most."""
        for i in range(at, min(end, at + 12)):
            token = self.doc[i]
            if i == at and token.lower_ in _MEANWHILE and token.head.dep_ == "advcl" and token.head.head.i == at - 1:
                return end  # "…, he said as he left"
            if token.text in (",", ".", ";", ":", "!", "?", "–", "—"):
                return i
            if token.text in MARKS or token.lower_ in _STOPS or token.tag_ in FINITE | {"TO", "VB", "VBG"}:
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

    def addressee(self, hit: Hit, end: int) -> tuple[int, int] | None:
        """Whom something is told: the phrase between "told" and the content."""
        if (
            hit.verb.words[0] not in ("tell", "assure", "inform", "remind", "warn", "advise", "reassure")
            or len(hit.verb.words) > 1
        ):
            return None
        stop = hit.end
        for token in self.doc[hit.end : min(end, hit.end + 16)]:
            if token.text in MARKS | {",", ".", ":", ";"} or token.lower_ in _STOPS or token.tag_ in FINITE | {"TO"}:
                break
            stop = token.i + 1
        else:
            return None
        tokens = list(self.doc[hit.end : stop])
        if not tokens:
            return None
        follow = self.doc[stop] if stop < end else None
        if follow is not None and follow.tag_ in FINITE:
            # "told the BBC she had rung": the subject of the content is its last phrase
            for token in reversed(tokens):
                if token.tag_ == "PRP" or token.tag_ in ("DT", "PRP$"):
                    stop = token.i
                    break
            else:
                return None
        return (hit.end, stop) if stop > hit.end else None

    def subject(self, hit: Hit, sentence: tuple[int, int]) -> Phrase | None:
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
            if mention is not None and mention.entity.type == "person" and hit.token.tag_ in FINITE:
                first = next(i for i in range(sentence[0], hit.start) if self.speakers.mention_at(doc[i]) == mention)
                if first > sentence[0] and doc[first - 1].text == ",":  # "The mayor, Jane Doe, said"
                    c, d = self.run_before(first - 1, sentence[0])
                    if d > c and doc[c].tag_ in _STARTS_PHRASE:
                        return Phrase(c, hit.start - 1, doc[hit.start - 2])
                if not any(
                    t.lower_ in ("who", "which", "of", "for", "with") for t in doc[max(sentence[0], first - 6) : first]
                ):
                    return Phrase(first, hit.start - 1, doc[hit.start - 2])
        for subject in parsed:  # "inspectors who visited the council said": what stands nearest is not who said it
            aside = next((c for c in subject.rights if c.dep_ == "acl:relcl" and c.left_edge.i <= a), None)
            if aside is not None and b - 1 <= aside.right_edge.i < hit.start:
                return Phrase(max(sentence[0], subject.left_edge.i), hit.start, subject)
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
                while last > token.i + 1 and doc[last - 1].text in EDGE:
                    last -= 1
                inner = doc[token.i : last]
                if any(t.tag_ in FINITE for t in inner) and not any(t.tag_ in ("WP", "WDT") for t in inner):
                    last = span_of(token)[1]
            else:
                last = max(t.i for t in token.subtree) + 1 if hit.token.tag_ == "VBG" else token.i + 1
            while first < token.i and (doc[first].text in EDGE or doc[first].lower_ in ("but", "and")):
                first += 1
            head = token if self.speakers.mention_at(token) else head_of(doc, first, last)
            return Phrase(first, last, head)
        if hit.start > sentence[0] and doc[hit.start - 1].text == "," and hit.token.tag_ in FINITE:
            first = sentence[0]
            while first < hit.start and (doc[first].text in EDGE or doc[first].tag_ in ("CC", "RB")):
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
            if (token.text in EDGE and token.text not in ("-", "'", "’")) or self.quote_of[i] >= 0 or token.is_space:
                break
            if (
                token.lower_ in _STOPS
                or token.tag_ in FINITE
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
                closing = next((j for j in range(i + 1, end) if doc[j].text in {",", ".", ";"} | MARKS), end)
                inner = doc[i + 1 : closing]
                if follow.lower_ not in ("who", "which") and any(t.tag_ in FINITE for t in inner):
                    break
                i = closing
                if i < end and doc[i].text == ",":
                    # a further comma ends the phrase unless another apposition follows
                    break
                continue
            if (
                token.text in MARKS - {"'", "’"}
                or token.text in {".", ";", ":", "–", "—", "!", "?"}
                or self.quote_of[i] >= 0
            ):
                break
            if token.tag_ in FINITE and not any(doc[j].tag_ in ("WP", "WDT") for j in range(at, i)):
                break
            stops = token.lower_ in ("that", "after", "as", "when", "while", "because", "if") and token.tag_ != "WDT"
            if stops or token.tag_ in ("VBG",):
                break
            i += 1
        while i > at and doc[i - 1].text in EDGE:
            i -= 1
        return i

    def strip(self, a: int, b: int) -> tuple[int, int] | None:
        """A content range without punctuation, conjunctions and "that" at its edges; quotation marks stay."""
        doc = self.doc
        edge = EDGE - MARKS
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

    def is_judged(self, hit: Hit) -> bool:
        """Whether a verb has an object and what it is called: "called the plan a disgrace"."""
        called = any(c.dep_ == "xcomp" and c.pos_ in ("NOUN", "ADJ") for c in hit.token.rights)
        return called and any(c.dep_ == "obj" for c in hit.token.rights)

    def is_deed(self, verb: Token) -> bool:
        """Whether a verb has for its object a thing that nobody claims: "rejected the application"."""
        clause = self.clauses.get(verb.i)
        patient = clause.first(PATIENT) if clause is not None else None
        return (
            patient is not None
            and patient.token.pos_ in ("NOUN", "PROPN")
            and patient.token.lemma_.lower() not in self.cues.claims | self.cues.conscience
        )

    def is_content(self, hit: Hit, content: list[tuple[int, int]], phrase: Phrase | None) -> bool:
        tokens = [t for a, b in content for t in self.doc[a:b]]
        quoted = any(self.quote_of[t.i] >= 0 for t in tokens)
        if not tokens:
            return False
        if hit.verb.documents and phrase is not None and phrase.head.lemma_.lower() not in self.cues.documents:
            speaker = self.speakers.resolve(phrase)
            pronoun = phrase.head.tag_ == "PRP" and speaker is not None and speaker.type != "person"
            if not pronoun and (speaker is None or speaker.type not in self.cues.judges):
                return False
        if hit.verb.content == "predicate":
            told = any(t.lower_ == "as" or t.lower_ in self.cues.untruths for t in tokens[:14])
            return quoted or told or self.is_judged(hit)
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
                return first.text in MARKS or (hit.end < len(self.doc) and self.doc[hit.end].lower_ == "that")
            return quoted or any(t.tag_ in FINITE for t in tokens)
        if hit.verb.words in self.cues.deeds and not quoted and self.is_deed(hit.token):
            return False
        # Not "has been asked for comment", "asked not to be named"
        invited = any(t.lower_ in ("comment", "response", "named", "identified", "anonymous") for t in tokens[-6:])
        return not (invited and hit.verb.stance in ("asks", "calls-for"))
