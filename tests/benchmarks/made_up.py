"""A graph of made-up people and bodies, of a size one asks for, with the shape that real ones have.

A few bodies are in many facts and most in one or two; people hold roles there; a handful of inspectors rate many
bodies; some statements are disputed; a tenth of all names stand in documents that share no name with others.
"""

from __future__ import annotations

import random

from kgraph.documents import Document
from kgraph.facts import Entity, Fact
from kgraph.graph import Graph, assemble
from kgraph.ontology import load_ontology

_GIVEN = "Ada Bram Cleo Dov Edda Finn Gwen Hugo Ines Jude Kofi Lena Musa Nora Omar Pia Quinn Rhys Sana Tom Uma Vik Wren"
_FIRST = "Ash Birch Cold Dun Elm Fern Glen Hart Iron Kings Lang Marl North Oak Pen Red Stan Thorn Up Wick Wex Yar"
_LAST = "bourne bridge bury by combe dale don field ford ham haven hurst leigh mere mouth sea stead ton wick worth"
_ROLES = ("councillor", "leader", "chief executive", "director of children's services", "cabinet member for housing")
_GRADES = ("inadequate", "requires improvement", "good", "outstanding")


def made_up_graph(entities: int, seed: int = 1) -> Graph:
    """A graph of about this many entities."""
    rng = random.Random(seed)
    places = _places(max(4, entities // 20))
    bodies = [Entity(f"{name} Council", "council", f"council/{i}") for i, name in enumerate(places)]
    bodies += [Entity(f"{name} Housing Trust", "charity", f"charity/{i}") for i, name in enumerate(places)]
    weights = [1 / rank for rank in range(1, len(bodies) + 1)]
    subjects = ("Schools", "Care", "Audit", "Homes")
    inspectors = [
        Entity(f"Inspectorate of {what}", "inspectorate", f"inspectorate/{what.lower()}") for what in subjects
    ]
    people = [Entity(name, "person") for name in _people(entities - len(bodies) - len(inspectors))]
    documents, facts = [], []
    for number in range(0, len(people), 4):
        about = people[number : number + 4]
        apart = rng.random() < 0.1
        body, other = rng.choices(bodies, weights, k=2)
        year = rng.randint(2008, 2024)
        statements: list[tuple[str, str, dict[str, Entity | str]]] = []
        for person in about:
            role = rng.choice(_ROLES)
            where = Entity(f"Friends of {about[0].text}", "charity") if apart else rng.choice((body, body, other))
            span: dict[str, Entity | str] = {"start": str(year - rng.randint(0, 5))} if rng.random() < 0.5 else {}
            sentence = f"{person.text} is {role} of {where.text}."
            statements.append((sentence, "holds-role", {"person": person, "role": role, "org": where, **span}))
        if not apart:
            grade, inspector = rng.choice(_GRADES), rng.choice(inspectors)
            sentence = f"{inspector.text} judged the services of {body.text} {grade}."
            rating = {
                "inspector": inspector,
                "body": body,
                "judgement": grade,
                "when": f"{year}-{rng.randint(1, 12):02}",
            }
            statements.append((sentence, "rates", rating))
            claim = f"{body.text} had known of the matter for {rng.randint(2, 30)} months"
            says = {"speaker": about[0], "stance": "criticises", "gist": claim, "about": body}
            statements.append((f"{about[0].text} said {claim}.", "says", says))
            if rng.random() < 0.2:
                no = {"speaker": about[-1], "claim": claim, "other": about[0]}
                statements.append((f"{about[-1].text} rejected that.", "disputes", no))
        document = Document(
            id=f"{number:06}.txt",
            source="made up",
            title=f"Story number {number // 4}",
            published=f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            text="\n".join(sentence for sentence, _, _ in statements),
        )
        documents.append(document)
        for sentence, relation, arguments in statements:
            at = document.text.index(sentence)
            evidence = document.excerpt(at, at + len(sentence))
            facts.append(Fact(document.id, relation, arguments, evidence, confidence=0.9, extractor="made up"))
    return assemble(facts, documents, load_ontology(), "https://data.example/id/")


def _places(count: int) -> list[str]:
    names = [first + last for last in _LAST.split() for first in _FIRST.split()]
    return [names[i % len(names)] + (f" {i // len(names) + 1}" if i >= len(names) else "") for i in range(count)]


def _people(count: int) -> list[str]:
    surnames = [first + last for first in _FIRST.split() for last in _LAST.split()]
    given = _GIVEN.split()
    names = len(surnames)
    return [
        f"{given[i // names % len(given)]} {chr(65 + i // names // len(given))}. {surnames[i * 5 % names]}"
        for i in range(count)
    ]
