"""What a parser often gets wrong although the words leave no doubt, put right before anybody reads the tree.

"was elected leader": the verb before a bare noun is taken for its adjective, and the noun for what somebody was.
"re-elected": what a hyphen joins is taken for two verbs.
"The cabinet is due to meet": the infinitive is taken for a second subject.
"In a report Ann Other said": the name is taken for that of the report, and nobody said it.
"The order tells the council to pay": what stands between verb and infinitive is taken for a second subject.
"A review carried out by the union found": the participle is taken for what was found.
"said Ann Other, who was appointed clerk": the relative clause is taken to be of the speech, not of the name before it.
"A £12m hole": the sum is taken for a thing of its own beside the noun it describes.
"A report on Northby Homes, published by auditors": the participle is taken to be of the name, which nobody publishes.
"has axed free parking": the verb is taken for what the parking is like, and "has" for owning it.
"RESOLVED to object": the verb is taken for a noun.
"raised to level five": the noun is taken for a verb.
"was sent on Wednesday": the preposition is taken for a particle.
"cut jobs and closed Manor station": the second verb is taken for what the station is like.
"cut waits from 58 days to 16": where it ends is taken to be of where it began.
"was criticised after it took a year to mend a door": the infinitive is taken to be of what came of it.
"Council ordered to pay": a headline's participle is taken for what the council did.
"""

from __future__ import annotations

import calendar

from spacy.tokens import Doc, Token

# Passives that a bare noun or name may follow, as what somebody or something is made.
_MAKING = frozenset(
    """elect re-elect reelect appoint re-appoint reappoint name choose vote declare crown designate nominate promote
    confirm swear install instal ordain proclaim christen""".split()
)
# What is done to a text or an inquiry and never to whom it is about.
_ISSUING = frozenset("publish release issue commission write compile prepare undertake conduct carry leak".split())
# What nobody does without one to whom it is done before the infinitive.
_BIDDING = frozenset("order tell urge force instruct require compel oblige warn advise remind".split())
_SCALES = frozenset("k m mn bn b tn million billion trillion".split())
_RUNGS = frozenset({"level", "stage", "tier", "phase", "step", "band", "grade", "rung"})
_TIMES = frozenset((*calendar.day_name, *calendar.month_name[1:]))
_PREFIXES = frozenset({"re", "co", "pre", "mis"})
_SUBJECTS = {"nsubj": "nsubj:pass", "csubj": "csubj:pass", "cop": "aux:pass"}


def repair(doc: Doc) -> Doc:
    """The same document, its tree put right in place. Without a parse it is left alone."""
    if doc.has_annotation("DEP"):
        for token in doc:
            tag, lower = token.tag_, token.lower_  # each look at a token costs
            past = tag in ("VBN", "VBD")
            if tag == "$":
                _gather(token)
            if lower in _PREFIXES:
                _join(token)
            if tag == "VB" and token.dep_.startswith("csubj") and token.i > token.head.i and _has_subject(token):
                token.dep_ = "xcomp"
            if past and token.lemma_.lower() in _MAKING:
                _promote(token)
            if token.dep_ == "appos" and token.ent_type_ == "PERSON":
                _give_subject(token)
            if token.dep_ == "nsubj" and token.i > token.head.i:
                _make_object(token)
            if tag == "WP" and lower == "who":
                _relate(token)
            if tag == "VBD" and token.lemma_.lower() in _BIDDING:
                _make_passive(token)
            if past and token.dep_ == "amod":
                _perfect(token)
                _coordinate(token)
            if lower == "to" and token.dep_ == "case":
                _end_range(token)
            if tag == "VB" and token.dep_ == "advcl":
                _give_work(token)
            if lower in ("on", "in") and token.dep_ == "compound:prt":
                _place(token)
            if tag == "VB" and lower in _RUNGS:
                _make_rung(token)
            if tag == "TO" and token.dep_ == "case":
                _make_infinitive(token)
            if past:
                _reduce(token)
                _raise(token)
    return doc


def _relate(who: Token) -> None:
    """Gives a clause with "who" behind the comma after a person's name to that name."""
    verb, doc = who.head, who.doc
    if who.i < 2 or doc[who.i - 1].text != "," or doc[who.i - 2].ent_type_ != "PERSON" or not verb.i > who.i:
        return
    name = doc[who.i - 2]
    while name.dep_ in ("flat", "compound") and name.head.ent_type_ == "PERSON":
        name = name.head
    free = who.dep_.startswith("nsubj") and verb.dep_ in ("advcl:relcl", "acl:relcl", "advcl", "parataxis", "ccomp")
    if free and verb.head != name and not verb.is_ancestor(name):
        verb.head, verb.dep_ = name, "acl:relcl"


def _give_subject(name: Token) -> None:
    """Makes a name that follows a verb's oblique without a comma the subject of that verb, where it has no other."""
    oblique = name.head
    verb = oblique.head
    if oblique.dep_ != "obl" or not oblique.i < name.i < verb.i or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return
    between = name.doc[oblique.i + 1 : name.left_edge.i]
    has_subject = any(c.dep_.startswith(("nsubj", "csubj", "expl")) for c in verb.children)
    if verb.dep_ != "conj" and not has_subject and not any(t.is_punct for t in between):
        name.head, name.dep_ = verb, "nsubj"


def _make_object(noun: Token) -> None:
    """Of two subjects the one behind the verb and before an infinitive is its object."""
    siblings = list(noun.head.children)
    another = any(c.dep_.startswith("nsubj") and c.i < noun.head.i for c in siblings)
    if another and any(c.i > noun.i and c.tag_ == "VB" and c.dep_ in ("xcomp", "ccomp") for c in siblings):
        noun.dep_ = "obj"


def _perfect(participle: Token) -> None:
    """Makes a participle right behind "has" its verb, where the noun behind it has no article: "has axed parking"."""
    noun, have = participle.head, participle.nbor(-1) if participle.i else participle
    while have.tag_ == "RB" and have.i:
        have = have.nbor(-1)
    if have.lemma_.lower() != "have" or noun.head != have or noun.dep_ != "obj" or participle.i > noun.i:
        return
    if any(t.dep_ in ("det", "nmod:poss") for t in noun.children):
        return
    head = have.head
    participle.head, participle.dep_, participle.pos_ = (
        (head, have.dep_, "VERB") if head != have else (participle, "ROOT", "VERB")
    )
    for child in [c for c in have.children if c != participle]:
        child.head = participle
    have.head, have.dep_ = participle, "aux"


def _end_range(to: Token) -> None:
    """Puts the end of a range beside its beginning: "from 58 days to 16"."""
    end, start = to.head, to.head.head
    begins = any(c.dep_ == "case" and c.lower_ == "from" for c in start.children)
    if end.dep_ == "nmod" and start.dep_ == "obl" and begins and start.i < to.i:
        end.head, end.dep_ = start.head, "obl"


def _give_work(infinitive: Token) -> None:
    """Gives an infinitive right behind what "it took" to that verb."""
    to = next((c for c in infinitive.lefts if c.lower_ == "to"), None)
    if to is None or not to.i:
        return
    taken = to.nbor(-1)
    while taken.dep_ != "obj" and taken.head != taken and taken.head.i < to.i:
        taken = taken.head
    take = taken.head
    took = taken.dep_ == "obj" and take.lemma_ == "take" and any(c.lower_ == "it" for c in take.lefts)
    if took and infinitive.head != take and infinitive.head.is_ancestor(take):
        infinitive.head = take


def _coordinate(participle: Token) -> None:
    """Makes a verb behind "and" a second one: "cut jobs and closed Manor station", where the station has no article."""
    noun, before = participle.head, participle.nbor(-1) if participle.i else participle
    verb = noun.head
    if before.dep_ != "cc" or before.head != noun or noun.dep_ not in ("obj", "conj") or verb.tag_ != "VBD":
        return
    if participle.i > noun.i or verb.i > before.i or any(t.dep_ in ("det", "nmod:poss") for t in noun.children):
        return
    if noun.dep_ == "obj" and not any(t.dep_ == "obj" and t.i < before.i for t in verb.children):
        return
    participle.head, participle.dep_, participle.tag_, participle.pos_ = verb, "conj", "VBD", "VERB"
    noun.head, noun.dep_ = participle, "obj"
    before.head = participle


def _make_rung(level: Token) -> None:
    """Makes a verb behind "to" and before a bare number the noun it is: "raised to LEVEL five"."""
    mark = next((c for c in level.children if c.lower_ == "to" and c.i == level.i - 1), None)
    number = level.nbor(1) if level.i + 1 < len(level.doc) else level
    if mark is None or number.tag_ != "CD" or number.head != level:
        return
    level.tag_, level.pos_, level.dep_ = "NN", "NOUN", "obl"
    mark.dep_, mark.tag_, mark.pos_ = "case", "IN", "ADP"
    number.dep_ = "nummod"


def _place(particle: Token) -> None:
    """Makes a particle right before a day, a month or a year its preposition: "was sent ON Wednesday"."""
    behind = particle.nbor(1) if particle.i + 1 < len(particle.doc) else particle
    if behind.text in _TIMES or (behind.tag_ == "CD" and behind.text.isdigit()):
        if behind.head == particle.head and behind.dep_ == "obl:unmarked":
            behind.dep_ = "obl"
        particle.head, particle.dep_, particle.tag_, particle.pos_ = behind, "case", "IN", "ADP"


def _make_infinitive(to: Token) -> None:
    """Makes a bare noun right behind "to", which stands there as the mark of an infinitive, a verb."""
    word = to.nbor(1) if to.i + 1 < len(to.doc) else to
    if to.head != word or word.tag_ != "NN" or word.head.pos_ != "VERB" or word.dep_ != "obl":
        return
    word.tag_, word.pos_, word.dep_ = "VB", "VERB", "xcomp"
    to.dep_ = "mark"
    for child in word.children:
        if child.dep_ == "nmod":
            child.dep_ = "obl"


def _reduce(participle: Token) -> None:
    """Makes a participle with its agent, between a subject and that subject's verb, the clause of the subject."""
    verb = participle.head
    if participle.dep_ not in ("ccomp", "advcl", "dep") or participle.i > verb.i or not verb.tag_.startswith("VB"):
        return
    children = list(participle.children)
    agent = any(c.dep_.startswith("obl") and any(m.lower_ == "by" for m in c.lefts) for c in children)
    subjects = [c for c in (*children, *verb.children) if c.dep_.startswith("nsubj") and c.i < verb.i]
    if not agent or len(subjects) != 1 or any(c.dep_ in ("aux", "aux:pass", "mark", "obj") for c in children):
        return
    (subject,) = subjects
    if subject.i < participle.i and not any(t.is_punct for t in participle.doc[subject.i : participle.i]):
        subject.head = verb
        participle.head, participle.dep_, participle.tag_ = subject, "acl", "VBN"


def _raise(participle: Token) -> None:
    """Gives a participle set off by a comma to the common noun whose phrase ends in the name before it."""
    noun = participle.head
    if participle.dep_ != "acl" or participle.lemma_.lower() not in _ISSUING or noun.pos_ != "PROPN":
        return
    if not any(t.text == "," for t in participle.doc[noun.i : participle.i]):
        return
    while noun.pos_ == "PROPN" and noun.dep_ in ("nmod", "nmod:poss", "flat", "compound", "appos"):
        noun = noun.head
    while noun.dep_ == "nmod" and noun.head.pos_ == "NOUN" and noun.head.i < noun.i:
        noun = noun.head
    if noun.pos_ == "NOUN":
        participle.head = noun


def _gather(sign: Token) -> None:
    """Makes all of a sum modify the noun behind it, where its last word does: "a £12m hole"."""
    doc, at = sign.doc, sign.i + 1
    if at + 1 >= len(doc) or doc[at].tag_ != "CD":
        return
    last = doc[at + 1] if doc[at + 1].lower_ in _SCALES else doc[at]
    noun = last.head
    if (
        not last.i < noun.i <= last.i + 4
        or noun.pos_ != "NOUN"
        or last.dep_ not in ("compound", "nmod", "nummod", "amod")
    ):
        return
    if sign.head == noun or any(
        t.pos_ not in ("ADJ", "NOUN", "PROPN", "VERB", "PUNCT") for t in doc[last.i + 1 : noun.i]
    ):
        return
    if noun.head == sign:
        noun.head, noun.dep_ = (sign.head, sign.dep_) if sign.head != sign else (noun, "ROOT")
    elif sign.is_ancestor(noun):
        return
    for child in [c for c in sign.children if c.i < sign.i]:
        child.head = noun
    sign.head, sign.dep_ = noun, "compound"


def _has_subject(infinitive: Token) -> bool:
    """Whether what governs an infinitive has a subject already, other than the "it" that stands for it."""
    return any(c.dep_.startswith("nsubj") and c.lower_ != "it" for c in infinitive.head.children)


def _join(prefix: Token) -> None:
    doc, at = prefix.doc, prefix.i
    if at + 2 >= len(doc) or doc[at + 1].text != "-" or prefix.whitespace_ or doc[at + 1].whitespace_:
        return
    verb = doc[at + 2]
    if not verb.tag_.startswith("VB") or (verb.head != prefix and prefix.head != verb and verb.head != prefix.head):
        return
    if prefix.head == verb:
        prefix.head, prefix.dep_ = (verb.head, verb.dep_) if verb.head != verb else (prefix, "ROOT")
    prefix.lemma_, prefix.tag_, prefix.pos_ = f"{prefix.lower_}-{verb.lemma_.lower()}", verb.tag_, "VERB"
    for child in list(verb.children):
        if child != prefix:
            child.head = prefix
    verb.head, verb.dep_, verb.pos_ = prefix, "flat", "X"


def _make_passive(verb: Token) -> None:
    """Makes a passive of a verb that an infinitive follows at once, where it needs an object between the two."""
    follower = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    if subject is not None and follower is not None and follower.tag_ == "TO" and follower.head.head == verb:
        verb.tag_, subject.dep_ = "VBN", "nsubj:pass"


def _promote(verb: Token) -> None:
    """Makes a passive verb the head of the noun that follows it, where the parse has them the other way round."""
    noun = verb.head if verb.dep_ in ("amod", "acl") and verb.head.i > verb.i else None
    if noun is None:
        noun = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i), None)
    if noun is None or noun.pos_ not in ("NOUN", "PROPN"):
        return
    copula = next((c for c in noun.children if c.dep_ == "cop" and c.i < verb.i), None)
    between = verb.doc[copula.i + 1 : verb.i] if copula is not None else ()
    if copula is None or any(t.pos_ not in ("ADV", "PUNCT") and t.tag_ != "HYPH" for t in between):
        return
    moved = [c for c in noun.children if c.i < verb.i and c != verb]
    if noun.head != verb:
        verb.head, verb.dep_ = (noun.head, noun.dep_) if noun.head != noun else (verb, "ROOT")
        noun.head, noun.dep_ = verb, "xcomp"
    verb.tag_ = "VBN"
    for child in moved:
        child.head, child.dep_ = verb, _SUBJECTS.get(child.dep_, child.dep_)
    for child in [c for c in noun.children if c.dep_ == "punct" and c.i == c.sent.end - 1]:
        child.head = verb
