"""Disputes: who rejects a claim, and whose claim it is where the text says so.

A claim is rejected by a verb ("denied that", "rejected Cllr Doe's claim", "that was challenged by"), by what it is
called ("described the accusations as “false”"), or by an answer that says it is not so ("That is simply not the
case"). Whose claim it is: the owner of the noun that stands for it, or, where it is only pointed at ("that", "the
claims", an answer), the other speaker whose statement stands before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kgraph.extract.clauses import clauses
from kgraph.extract.cues import Cues, load_cues
from kgraph.extract.reading import Mention, Reading
from kgraph.extract.stance import has, plain_words
from kgraph.extract.statements import Statement, find_statements, gist
from kgraph.facts import Entity, Fact

_POINTERS = frozenset({"that", "this", "it", "those", "these", "them"})
_REACH = 900  # how many characters back an answer finds what it answers
_DEFINITE = frozenset({"the", "that", "this", "those", "these", "such", "his", "her", "their"})
_SPEAKING = frozenset({"i", "we", "he", "she", "it", "they"})
_NUMBERS = frozenset({"figure", "figures", "number", "numbers", "statistic", "statistics", "total", "sum", "estimate"})
_OPENING = 14  # words in which an answer tells that it rejects
_BRIEF = 4  # words of an exclamation
_FAR = 16  # how many words of a rejection its "that" may stand behind
_NEAR = 8  # how many words behind a noun tell what is said of it
_LIGHT = frozenset("be have do say make get take go come give tell know think claim year month week people".split())
_FEELING = frozenset("know think expect feel see hear want understand believe like have decide receive".split())
_TAKING = frozenset({("accept",), ("recognise",), ("recognize",), ("agree",)})
_ALLEGING = frozenset("say suggest claim argue imply pretend insinuate describe".split())
_MANY = frozenset({"claims", "allegations", "accusations", "suggestions", "criticisms", "criticism"})


def extract_disputes(reading: Reading, found: Sequence[Statement] | None = None) -> Iterator[Fact]:
    """One `disputes` fact for each rejection of a claim. `found`: the document's statements, where already read."""
    found = find_statements(reading) if found is None else found
    if not found:
        return
    finder = _Finder(reading, found)
    seen: set[tuple[str, int]] = set()
    for number, statement in enumerate(found):
        if statement.speaker is None or (rejected := finder.rejected(number)) is None:
            continue
        claim, other = rejected
        key = (statement.speaker.text, statement.evidence.start)
        if key in seen:
            continue
        seen.add(key)
        yield reading.fact(
            "disputes",
            {"speaker": statement.speaker, "claim": claim, "other": other},
            statement.evidence.start,
            statement.evidence.end,
            extractor="disputes",
            confidence=0.8 if other is not None else 0.7,
        )


class _Finder:
    def __init__(self, reading: Reading, found: Sequence[Statement]) -> None:
        self.reading = reading
        self.found = found
        self.cues: Cues = load_cues(reading.ontology)
        self.rejecting = self.cues.rejections | self.cues.contradictions
        self.polarity = {c.token.i: c.polarity for c in clauses(reading.doc)}
        self.said = [self.tokens(statement) for statement in found]
        self.contents = [self.content(tokens) for tokens in self.said]

    def tokens(self, statement: Statement) -> list[Token]:
        doc = self.reading.doc
        spans = [doc.char_span(c.start, c.end, alignment_mode="expand") for c in statement.content]
        return [t for span in spans if span is not None for t in span if not t.is_space]

    def rejected(self, number: int) -> tuple[str, Entity | None] | None:
        """The claim that a statement rejects and whose it is; None where it rejects none.

        What is insisted on, or not accepted, without a word for a claim is a dispute only where somebody has said it:
        "the council does not accept that the pool is lost" otherwise is only what the council says.
        """
        found = self.rejection(number)
        if found is None or found[1] is not None or self.rejected_noun(self.said[number][:_NEAR]) is not None:
            return found
        claimed = self.claimed(number)
        if claimed is not None:
            return found[0], claimed[1]
        return None if self.is_plain(number) else found

    def is_plain(self, number: int) -> bool:
        """Whether a rejection need not have a claim before it: by no verb for rejecting, and of no claim by name."""
        statement, tokens = self.found[number], self.said[number]
        verb = tuple(statement.verb.split())
        if verb in self.rejecting:
            return False
        return (
            self.rejected_noun(tokens[:_NEAR]) is None
            and self.called_untrue(number, tokens, plain_words(tokens)) is None
        )

    def claimed(self, number: int) -> tuple[str, Entity | None] | None:
        """What another has said before in the words that a statement denies."""
        statement, mine = self.found[number], self.contents[number].keys()
        best: tuple[int, Statement] | None = None
        for at in reversed(range(number)):
            other, theirs = self.found[at], self.contents[at].keys()
            if other.speaker is None or statement.speaker is None or other.speaker.text == statement.speaker.text:
                continue
            shared = len(mine & theirs)
            alike = shared >= 2 or (shared and 2 * shared >= min(len(mine), len(theirs)))
            if alike and (best is None or shared > best[0]):
                best = shared, other
        return (gist(self.reading, best[1]), best[1].speaker) if best is not None else None

    def rejection(self, number: int) -> tuple[str, Entity | None] | None:
        """The claim that a statement rejects, and whose it is where the words tell."""
        statement = self.found[number]
        tokens = self.said[number]
        words = plain_words(tokens)
        verb = tuple(statement.verb.split())
        rejects = verb in self.rejecting
        if rejects and statement.stance == "accepts":
            return None  # "did not contest the findings"
        if rejects or (statement.stance == "denies" and verb in _TAKING):
            return self.by_verb(number, tokens, words)
        return (
            self.called_untrue(number, tokens, words)
            or self.answer(number, tokens, words)
            or self.opposite(number)
            or self.insistence(number, tokens)
        )

    def by_verb(self, number: int, tokens: list[Token], words: list[str]) -> tuple[str, Entity | None] | None:
        """What a verb rejects: "denied that …", "rejected Cllr Doe's claim", "took issue with the report"."""
        statement = self.found[number]
        if not words:
            return None
        noun = self.rejected_noun(tokens[:8])
        clause = any(t.lower_ == "that" and t.tag_ == "IN" for t in tokens[1:_FAR])
        clause = clause or "that" in words[1:8] or any(t.tag_ in ("VBD", "VBZ", "VBP") for t in tokens[:12])
        deny = tuple(statement.verb.split()) in self.cues.contradictions or (statement.stance == "denies" and clause)
        bare = statement.content == (statement.cue,)  # "The department disagreed", "a charge that she rejected"
        pointing = (
            bare
            or words[0] in _POINTERS | {"what"}
            or (noun is not None and any(w in ("that", "this", "the", "those") for w in words[:2]))
        )
        if noun is None and not pointing and not deny and "that" not in words[:8]:
            return None  # "rejected the bid", "dismissed the director"
        other = self.owner(noun) if noun is not None else None
        if noun is not None and not clause:
            if other is not None and (said := self.last_of(number, other)) is not None:
                return gist(self.reading, said), other
            if pointing and (stated := self.stated(noun)) is not None:
                return stated
        before = self.before(number)
        beside = next((s for s in self.found if s is not statement and s.content == statement.content), None)
        if beside is not None:  # "…, he said, which the mayor denies"
            return self.plain(statement), beside.speaker
        if noun is not None and noun.lower_ in _NUMBERS:  # "did not recognise that figure"
            before = self.before(number, with_number=True) or before
        elif noun is not None and noun.lemma_.lower() in self.cues.documents and other is None and not clause:
            author = self.before(number, of_judge=True)  # "took issue with the report"
            return self.plain(statement), author.speaker if author is not None else None
        single = noun is not None and not clause and noun.lower_ not in _MANY
        if other is None and before is not None and (single or bare or words[0] in _POINTERS | {"the", "such"}):
            other = before.speaker
        if pointing and before is not None and not clause:
            return gist(self.reading, before), other
        return self.text(statement, noun), other

    def called_untrue(self, number: int, tokens: list[Token], words: list[str]) -> tuple[str, Entity | None] | None:
        """A claim that is said to be untrue: "called the accusations false", "said the claims were wide of the mark",
        "spoke of reckless claims", "accused him of misleading people".
        """
        statement = self.found[number]
        for i, token in enumerate(tokens):
            if self.claim_noun([token]) is None:
                continue
            if i and tokens[i - 1].tag_.startswith("JJ") and words[i - 1] in self.cues.untruths:
                return self.plain(statement), self.owner(token) or self.named(tokens[: i - 1])
            behind = words[i + 1 : i + 1 + _NEAR]
            if any(w in self.cues.untruths for w in behind) or self.denies(behind):
                before = self.before(number)
                if before is not None and "that" not in behind[:1] and any(w in _DEFINITE for w in words[:i]):
                    return gist(self.reading, before), self.owner(token) or before.speaker
                return self.text(statement, token), self.owner(token) or self.answered(number)
        if statement.verb != "accuse":
            return None
        deceives = any(t.lemma_.lower() in self.cues.deceptions and t.pos_ == "VERB" for t in tokens)
        if (deceives or self.denies(words)) and (other := self.named(tokens)) is not None:
            said = self.last_of(number, other)
            return (gist(self.reading, said), other) if said is not None else None
        return None

    def answer(self, number: int, tokens: list[Token], words: list[str]) -> tuple[str, Entity | None] | None:
        """What was said before, where a statement says that it is not so: "That is not the case", “Rubbish.”, "We
        reject this", "She was mistaken".
        """
        statement = self.found[number]
        pointing = any(w in _POINTERS for w in words[:4])
        alone = [w for w in words if w.isalpha()]
        first = alone[0] if alone else ""
        rejected = any(w in self.cues.untruths for w in (alone if len(alone) <= _BRIEF else [first]))
        rejected = rejected or (pointing and any(w in self.cues.untruths for w in words[:_NEAR]))
        denied = statement.cue is not None and self.denies(words[:_OPENING])
        denied = denied and statement.verb not in self.cues.feelings  # "was sad that the report does not reflect it"
        turned = any(self.is_rejection(t) or self.is_wrong(t, statement) for t in tokens)
        alleged = words[:1] == ["to"] and words[1:2] and words[1] in _ALLEGING  # “To say we were not warned is wrong”
        if alleged and any(w == "wrong" or w in self.cues.untruths for w in words[2:]):
            before = self.before(number)
            return self.plain(statement), before.speaker if before is not None else None
        rejected = rejected and (pointing or statement.quoted)  # "accused them of spreading untruths" exclaims nothing
        if not rejected and not denied and not turned:
            return None
        exclaims = rejected and (len(alone) <= _BRIEF or first in self.cues.untruths)
        pointing = pointing or exclaims or words[-1] in _POINTERS
        before = self.before(number)
        if turned and before is None:
            return self.reported(number)
        if words[0] == "it" and not turned:  # "it is untrue", not "it had gone better than was made out"
            near = words[: _BRIEF + 1]
            pointing = any(w in self.cues.untruths for w in near) or self.denies(near)
        claim = gist(self.reading, before) if (pointing or turned) and before is not None else self.plain(statement)
        return claim, before.speaker if before is not None else None

    def denies(self, words: Sequence[str]) -> bool:
        """Whether words deny as a whole: "not the case"."""
        return any(has(words, phrase) for phrase in self.cues.denials)

    def reported(self, number: int) -> tuple[str, Entity | None] | None:
        """What the speaker's own sentence reports of another: "said Doe had argued …, and that he rejected this"."""
        before, statement = self.found[number - 1], self.found[number]
        if number == 0 or before.evidence != statement.evidence or before.speaker != statement.speaker:
            return None
        for token in self.tokens(before):
            if token.lemma_.lower() in self.cues.verbs and token.pos_ == "VERB":
                subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
                mention = self.mention(subject) if subject is not None else None
                if mention is not None:
                    return gist(self.reading, before), _placed(mention)
        return None

    def is_rejection(self, token: Token) -> bool:
        """Whether a verb rejects on the speaker's part: "We reject this", "she disagreed with that"."""
        if token.pos_ != "VERB" or self.polarity.get(token.i) != "positive":
            return False
        rejecting = (token.lemma_.lower(),) in self.rejecting
        if not rejecting or not any(c.dep_ == "nsubj" and c.lower_ in _SPEAKING for c in token.children):
            return False
        behind = [t for t in token.subtree if t.i > token.i][:6]
        return any(t.lower_ in _POINTERS for t in behind) or self.claim_noun(behind) is not None

    def is_wrong(self, token: Token, statement: Statement) -> bool:
        """Whether a word says that another person errs: "he was wrong", "Cllr Doe is mistaken"."""
        if (
            token.lower_ not in ("wrong", "mistaken", "misinformed", "lying")
            or self.polarity.get(token.i) == "negative"
        ):
            return False
        subject = next((c for c in token.children if c.dep_.startswith("nsubj")), None)
        if subject is None:
            return False
        mention = self.mention(subject)
        named = mention is not None and mention.entity.type == "person"
        return (named and mention.entity.text != statement.speaker.text) or (  # type: ignore[union-attr]
            subject.lower_ in ("he", "she") and statement.cue is not None
        )

    def opposite(self, number: int) -> tuple[str, Entity | None] | None:
        """What another has said before with the same words, where this statement denies it."""
        statement = self.found[number]
        mine = self.contents[number]
        for at in reversed(range(number)):
            other, theirs = self.found[at], self.contents[at]
            if other.speaker is None or statement.speaker is None or other.speaker.text == statement.speaker.text:
                continue
            shared = mine.keys() & theirs.keys()
            alike = len(shared) >= 2 and len(shared) >= 0.4 * min(len(mine), len(theirs))
            if alike and any(mine[word] == "negative" for word in shared) and not self.is_denied(self.said[at]):
                return gist(self.reading, other), other.speaker
        return None

    def content(self, tokens: Sequence[Token]) -> dict[str, str]:
        """Lemmas of the words that carry content, each with its polarity where it is a predicate, else ""."""
        return {
            t.lemma_.lower(): self.polarity.get(t.i, "")
            for t in tokens
            if t.pos_ in ("NOUN", "VERB", "ADJ", "NUM") and t.lemma_.lower() not in _LIGHT
        }

    def insistence(self, number: int, tokens: list[Token]) -> tuple[str, Entity | None] | None:
        """What is insisted not to be so: "insisted that nobody had been misled", “I did not overrule the officers”."""
        statement = self.found[number]
        insists = self.leans(statement) and self.is_denied(tokens) and not any(t.tag_ == "MD" for t in tokens)
        defends = statement.stance == "denies" and any(self.is_own_denial(t, statement) for t in tokens)
        return (self.plain(statement), None) if insists or defends else None

    def leans(self, statement: Statement) -> bool:
        """Whether the reporting verb suggests a denial: "insisted", "maintained"."""
        verb = tuple(statement.verb.split())
        return any(v.words == verb and v.leans == "denies" for v in self.cues.verbs.get(verb[0] if verb else "", ()))

    def is_own_denial(self, token: Token, statement: Statement) -> bool:
        """Whether a verb tells what the speaker has not done: "I did not overrule them", "he had never said so"."""
        if self.polarity.get(token.i) != "negative" or token.pos_ != "VERB" or token.lemma_.lower() in _FEELING:
            return False
        own = {"i", "we"} if statement.quoted else {"he", "she", "it", "they"}
        subject = any(c.dep_ == "nsubj" and c.lower_ in own for c in token.children)
        past = any(c.dep_ == "aux" and c.lower_ in ("did", "have", "had", "'ve", "’ve") for c in token.children)
        return subject and past

    def is_denied(self, tokens: Sequence[Token]) -> bool:
        return any((word,) in self.cues.lexicon["negation"] for word in plain_words(tokens))

    def last_of(self, number: int, speaker: Entity) -> Statement | None:
        """The last statement of a speaker before one."""
        earlier = reversed(self.found[:number])
        return next((s for s in earlier if s.speaker is not None and s.speaker.text == speaker.text), None)

    def stated(self, noun: Token) -> tuple[str, Entity | None] | None:
        """What "that claim" points to: "heard claims that …" in the two sentences before, and whose it is there."""
        doc = noun.doc
        for i in range(noun.sent.start - 1, max(-1, noun.sent.start - 80), -1):
            if doc[i].lemma_ == noun.lemma_ and doc[i + 1].lower_ == "that":
                words = doc[i + 2 : doc[i].sent.end].text
                return " ".join(words.split()).rstrip("."), self.owner(doc[i])
        return None

    def rejected_noun(self, tokens: Sequence[Token]) -> Token | None:
        """The noun for a claim that a verb rejects, not one within the claim: "denied that the figures …"."""
        noun = self.claim_noun(tokens)
        if noun is None or (noun.dep_.startswith("nsubj") and noun.head in tokens):
            return None
        clause = [t for t in noun.ancestors if t in tokens and any(c.dep_.startswith("nsubj") for c in t.children)]
        return None if any(t.i < noun.i for t in clause) else noun

    def claim_noun(self, tokens: Sequence[Token]) -> Token | None:
        return next((t for t in tokens if t.lemma_.lower() in self.cues.claims and t.tag_.startswith("NN")), None)

    def text(self, statement: Statement, noun: Token | None) -> str:
        """What the claim says: the clause after "claims that", else the content."""
        words = self.plain(statement)
        if noun is not None and " that " in words:
            after = words.split(" that ", 1)
            if len(after[0].split()) <= 6:
                return after[1]
        return words

    def plain(self, statement: Statement) -> str:
        return gist(self.reading, statement)

    def owner(self, noun: Token) -> Entity | None:
        """Whose a claim is: "Cllr Doe's claim", "the accusations by the mayor", "a judge's recommendation"."""
        doc = noun.doc
        for token in reversed(list(doc[max(noun.sent.start, noun.i - 6) : noun.i])):
            mention = self.mention(token)
            if mention is not None and mention.entity.type not in self.cues.mute:
                return _placed(mention)
            if token.pos_ == "VERB" or token.text == ",":
                break
        for token in doc[noun.i + 1 : noun.i + 2]:
            if token.lower_ in ("by", "from", "of"):
                for near in doc[token.i + 1 : token.i + 5]:
                    mention = self.mention(near)
                    if mention is not None and mention.entity.type not in self.cues.mute:
                        return _placed(mention)
        return None

    def named(self, tokens: Sequence[Token]) -> Entity | None:
        """The last person or body that words name."""
        return next((_placed(m) for t in reversed(tokens) if (m := self.mention(t)) is not None), None)

    def mention(self, token: Token) -> Mention | None:
        return next((m for m in self.reading.mentions if m.start <= token.idx < m.end), None)

    def before(self, number: int, *, with_number: bool = False, of_judge: bool = False) -> Statement | None:
        """The last statement of another speaker before one: near it, or the last with a number in it or of a judge."""
        statement = self.found[number]
        for earlier in reversed(self.found[:number]):
            if not (with_number or of_judge) and statement.evidence.start - earlier.evidence.end > _REACH:
                return None
            if earlier.speaker is None or statement.speaker is None or earlier.mention:
                continue
            if earlier.speaker.text == statement.speaker.text:
                continue
            if earlier.stance == "asks":
                continue  # who asks whether it is so does not say so
            if with_number and not any(t.like_num for t in self.tokens(earlier)):
                continue
            if not of_judge or earlier.speaker.type in self.cues.judges:
                return earlier
        return None

    def answered(self, number: int) -> Entity | None:
        before = self.before(number)
        return before.speaker if before is not None else None


def _placed(mention: Mention) -> Entity:
    entity = mention.entity
    return Entity(entity.text, entity.type, entity.id, mention.start, mention.end)
