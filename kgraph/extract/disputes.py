"""Disputes: who rejects a claim, and whose claim it is where the text says so.

A claim is rejected by a verb ("denied that", "rejected Cllr Doe's claim", "that was challenged by"), by what it is
called ("described the accusations as “false”"), or by an answer that says it is not so ("That is simply not the
case"). Whose claim it is: the owner of the noun that stands for it, or, where it is only pointed at ("that", "the
claims", an answer), the other speaker whose statement stands before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kgraph.extract.cues import Cues, load_cues
from kgraph.extract.reading import Mention, Reading
from kgraph.extract.stance import has
from kgraph.extract.statements import Statement, find_statements, gist
from kgraph.facts import Entity, Fact

_POINTERS = frozenset({"that", "this", "it", "those", "these", "them"})
_REACH = 900  # how many characters back an answer finds what it answers
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

    def tokens(self, statement: Statement) -> list[Token]:
        doc = self.reading.doc
        spans = [doc.char_span(c.start, c.end, alignment_mode="expand") for c in statement.content]
        return [t for span in spans if span is not None for t in span if not t.is_space]

    def rejected(self, number: int) -> tuple[str, Entity | None] | None:
        """The claim that a statement rejects and whose it is; None where it rejects none."""
        statement = self.found[number]
        tokens = self.tokens(statement)
        words = [t.lower_.replace("’", "'") for t in tokens]
        verb = tuple(statement.verb.split())
        if verb in self.cues.rejections and statement.stance == "accepts":
            return None  # "did not contest the findings"
        if verb in self.cues.rejections or (statement.stance == "denies" and verb in (("accept",), ("recognise",))):
            return self.by_verb(number, tokens, words)
        noun = self.claim_noun(tokens[:12])
        if verb and noun is not None and verb[0] in ("describe", "call", "brand", "label", "dub", "find"):
            if any(w in self.cues.untruths for w in words):
                return self.text(statement, noun), self.owner(noun) or self.answered(number)
            return None
        for i, token in enumerate(tokens[:-1]):  # "were making reckless claims of a debt"
            described = token.tag_.startswith("JJ") and words[i] in self.cues.untruths
            noun = self.claim_noun(tokens[i + 1 : i + 2]) if described else None
            if noun is not None:
                named = next((m for t in reversed(tokens[:i]) if (m := self.mention(t)) is not None), None)
                return self.plain(statement), self.owner(noun) or (_placed(named) if named is not None else None)
        if (any(has(words, phrase) for phrase in self.cues.denials) and statement.cue is not None) or self.is_answer(
            words
        ):
            other = self.answered(number)
            before = self.before(number)
            pointing = any(w in _POINTERS for w in words[:4])
            return (gist(self.reading, before) if pointing and before is not None else self.plain(statement)), other
        return None

    def by_verb(self, number: int, tokens: list[Token], words: list[str]) -> tuple[str, Entity | None] | None:
        statement = self.found[number]
        if not words:
            return None
        noun = self.claim_noun(tokens[:8])
        clause = "that" in words[1:8] or any(t.tag_ in ("VBD", "VBZ", "VBP") for t in tokens[:12])
        deny = statement.verb in (
            "deny",
            "dispute",
            "refute",
            "rebut",
            "contradict",
            "disagree",
            "contest",
            "take issue",
            "take exception",
        )
        pointing = words[0] in _POINTERS or (
            noun is not None and any(w in ("that", "this", "the", "those") for w in words[:2])
        )
        if noun is None and not pointing and not deny and "that" not in words[:8]:
            return None  # "rejected the bid", "dismissed the director"
        other = self.owner(noun) if noun is not None else None
        if noun is not None and not clause:
            if other is not None and (said := self.last_of(number, other)) is not None:
                return gist(self.reading, said), other
            if pointing and (stated := self.stated(noun)) is not None:
                return stated
        bare = noun is not None and not clause
        before = self.before(number)
        if (
            other is None
            and (pointing or bare)
            and before is not None
            and noun is not None
            and noun.lower_ not in _MANY
        ):
            other = before.speaker
        if other is None and words[0] in _POINTERS and before is not None:
            other = before.speaker
        if (pointing or words[0] in _POINTERS) and before is not None and not clause:
            return gist(self.reading, before), other
        return self.text(statement, noun), other

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

    def mention(self, token: Token) -> Mention | None:
        return next((m for m in self.reading.mentions if m.start <= token.idx < m.end), None)

    def before(self, number: int) -> Statement | None:
        """The last statement of another speaker before one, if it stands near."""
        statement = self.found[number]
        for earlier in reversed(self.found[:number]):
            if statement.evidence.start - earlier.evidence.end > _REACH:
                return None
            known = earlier.speaker is not None and statement.speaker is not None and not earlier.mention
            if known and earlier.speaker.text != statement.speaker.text:  # type: ignore[union-attr]
                return earlier
        return None

    def answered(self, number: int) -> Entity | None:
        before = self.before(number)
        return before.speaker if before is not None else None

    def is_answer(self, words: Sequence[str]) -> bool:
        """Whether the content's first word rejects all before it: “Rubbish,” “Nonsense …”."""
        first = next((w for w in words if w.isalpha()), "")
        return first in self.cues.untruths


def _placed(mention: Mention) -> Entity:
    entity = mention.entity
    return Entity(entity.text, entity.type, entity.id, mention.start, mention.end)
