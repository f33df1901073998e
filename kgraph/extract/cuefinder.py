"""Finding cues: the words of a sentence that report that something is said.

A cue is a verb of `statements.yaml` ("said", "called for", "described … as"), "according to", "in X's view", "X's case
is that", or a feeling said of somebody ("was pleased"). Verbs inside quotation marks, denied, or of what is yet to be
said report nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kgraph.extract.clauses import proviso
from kgraph.extract.cues import Cues, CueVerb
from kgraph.extract.speakers import Speakers
from kgraph.extract.tree import Node, tree

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
MARKS = frozenset({'"', "“", "”", "'", "‘", "’", "``", "''", "«", "»"})
_BE, _DO = frozenset({"be"}), frozenset({"do"})
_NEGATORS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "no", "nobody"})
_CONDITIONS = frozenset({"if", "unless"})
_NOT_YET = frozenset("will would could may might should must can shall wo ca 'll 'd".split())


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in a sentence: tokens [start, end), its verb, and how the content stands to it."""

    start: int
    end: int
    token: Token
    verb: CueVerb
    negated: bool = False
    kind: str = "verb"  # verb, passive, feeling, according, view, that, for, noun


@dataclass(frozen=True)
class CueFinder:
    """Finds the cues of one document. `quote_of`: the number of the quotation each token stands in, or -1."""

    doc: Doc
    cues: Cues
    speakers: Speakers
    quote_of: Sequence[int]

    def find(self, tokens: Sequence[Token]) -> Iterator[Hit]:
        """The cues of a sentence, in no particular order."""
        if (hit := self.clause_cue(tokens)) is not None:
            yield hit
        nodes = tree(self.doc)
        for token in tokens:
            word = nodes[token.i]
            found = self.noun_cue(token) if word.lower in ("according", "in") else None
            verbal = word.pos in ("VERB", "AUX") and word.tag.startswith("VB") and word.lemma in self.cues.verbs
            if found is None and verbal and self.quote_of[token.i] < 0:
                found = self.verb_cue(token)
            if found is None and word.pos == "NOUN" and word.lemma in self.cues.nouns and self.quote_of[token.i] < 0:
                found = self.report(word)
            if found is None and word.lower in self.cues.feelings:
                found = self.feeling(token)
            if found is not None:
                yield found

    def verb_cue(self, token: Token) -> Hit | None:
        doc = self.doc
        if token.text[0].isupper() and token.i > token.sent.start and token.tag_ == "VBG":
            return None  # a name: Reading, Barking
        if token.tag_ == "VBG" and token.dep_ == "acl" and token.head.lemma_.lower() in self.cues.nouns:
            return None  # "a motion calling for an inquiry": the noun reports it
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
                refused = bool(verb.negated) and token.dep_ == "xcomp" and token.head.lemma_ in ("refuse", "decline")
                negated = negated or refused
                infinitive = any(t.lower_ == "to" for t in auxiliaries)
                if (
                    infinitive
                    and not refused
                    and not (governed and token.head.lemma_.lower() in ("go", "continue", "keep", "write", "speak"))
                ):
                    continue
                if not infinitive and not lemmas & (_DO | {"would", "will"}):
                    continue
            if words & _NOT_YET and not (verb.stance in ("asks", "calls-for") and words & {"will", "would"}):
                continue
            if (negated and not verb.negated) or self.is_condition(token):
                continue
            return Hit(start, end + len(rest), token, verb, negated, "passive" if passive else "verb")
        return None

    @staticmethod
    def is_condition(token: Token) -> bool:
        """Whether a verb tells on what condition, or under which circumstance, and not what was said: "IF he says"."""
        return proviso(token) is not None or any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in token.children)

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

    def noun_cue(self, token: Token) -> Hit | None:
        """According to X; in X's view; X's case is that."""
        doc, word = self.doc, token.lower_
        if self.quote_of[token.i] >= 0:
            return None
        if word == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            return Hit(token.i, token.i + 2, token, CueVerb(("according",), "any"), kind="according")
        if word == "in" and token.tag_ == "IN":
            for i in range(token.i + 1, min(token.i + 9, token.sent.end)):
                if doc[i].lemma_.lower() in self.cues.views and i + 1 < len(doc) and i > token.i + 1:
                    own = doc[token.i + 1].tag_ == "PRP$" and i == token.i + 2
                    if own or doc[i - 1].tag_ == "POS" or doc[i - 1].lower_ in ("'", "’"):
                        return Hit(token.i, i + 1, token, CueVerb(("in", "view"), "any"), kind="view")
                if doc[i].is_punct and doc[i].text not in ("’", "'"):
                    break
        return None

    def report(self, noun: Node) -> Hit | None:
        """Labour's demand for an inquiry; a request from the clerk to …: unless there is none."""
        denied = any(c.lower in ("no", "any") for c in noun.children)
        if denied or self.speakers.mention_at(noun.token) is not None:
            return None
        verb = CueVerb((noun.lemma,), "any", self.cues.nouns[noun.lemma].stance)
        return Hit(noun.i, noun.i + 1, noun.token, verb, kind="noun")

    def clause_cue(self, tokens: Sequence[Token]) -> Hit | None:
        """For X, it was "…"; X's concern was that …: cues of a whole sentence."""
        doc, first = self.doc, tokens[0]
        named = any(self.speakers.mention_at(t) is not None for t in tokens[1:3])
        if first.lower_ == "for" and named and any(self.quote_of[t.i] >= 0 for t in tokens):
            return Hit(first.i, first.i + 1, first, CueVerb(("for",), "any"), kind="for")
        for token in tokens[:14]:
            if token.lemma_ == "be" and token.tag_ in ("VBD", "VBZ", "VBP") and token.i + 1 < tokens[-1].i:
                if doc[token.i + 1].lower_ != "that" or self.quote_of[token.i] >= 0:
                    return None
                noun = next((t for t in tokens if t.i < token.i and t.lemma_.lower() in self.cues.views), None)
                return Hit(token.i, token.i + 1, token, CueVerb(("be",), "any"), kind="that") if noun else None
        return None

    def feeling(self, token: Token) -> Hit | None:
        """Somebody is pleased: a copula or "feel" before the word, outside quotation marks."""
        kind = self.cues.feelings.get(token.lower_)
        if kind is None or token.tag_ not in ("JJ", "VBN", "VBD", "NN", "RB"):
            return None
        i = token.i - 1
        while i > token.sent.start and (
            self.doc[i].tag_ in ("RB", "CC", "JJ", "VBN") or self.doc[i].text in MARKS | {","}
        ):
            i -= 1
        copula = self.doc[i]
        if (
            copula.lemma_.lower() not in ("be", "feel")
            or copula.tag_ not in ("VBD", "VBZ", "VBP")
            or self.quote_of[i] >= 0
        ):
            return None
        verb = CueVerb((token.lower_,), "any", kind if kind != "states" else "")
        return Hit(i, i + 1, token, verb, kind="feeling")
