"""What the language model senses and no rule knows, with chances given by hand."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.tokens import Doc

from kgraph.documents import Document
from kgraph.extract import extract, read
from kgraph.facts import Entity, Fact
from kgraph.language import wordscores
from tests.extract.parsed import ontology, pipeline


class Sensing:
    """The shipped pipeline, told which words state a relation, and how likely."""

    def __init__(self, relation: str, words: str, chance: float) -> None:
        self.relation, self.words, self.chance = relation, words, chance

    def __call__(self, text: str) -> Doc:
        doc = pipeline()(text)
        doc.user_data.clear()
        at = text.index(self.words)
        chances = [[self.chance if at <= t.idx < at + len(self.words) else 0.01, 0.01] for t in doc]
        wordscores.keep(
            doc,
            "facts",
            [self.relation, "measures" if self.relation != "measures" else "rates"],
            np.array(chances, np.float32),
        )
        return doc


def sensed(text: str, relation: str, words: str, chance: float = 0.9) -> list[Fact]:
    reading = read(Document("test", text, "-"), Sensing(relation, words, chance), ontology())  # type: ignore[arg-type]
    return [fact for fact in extract(reading) if fact.relation == relation]


@pytest.mark.parametrize(("chance", "values"), [(0.95, [2]), (0.5, [])])
def test_a_figure_is_one_where_the_model_is_sure(chance: float, values: list[int]) -> None:
    text = "Northby Council met. It stores grit in two barns."
    assert [f.arguments["value"] for f in sensed(text, "measures", "two barns", chance)] == values


def test_a_time_within_which_is_no_figure() -> None:
    assert not sensed("Northby Council met. In two years it has stored grit.", "measures", "two years", 0.95)


def test_a_payment_without_a_verb_of_giving() -> None:
    text = "Northby Council met. It will splash £4m on the pool."
    (fact,) = sensed(text, "funds", "£4m on the pool")
    assert fact.arguments["amount"] == 4_000_000 and fact.certainty == "planned"


def test_who_tells_of_a_payment_does_not_pay() -> None:
    text = "Northby Council met. Ofsted said Northby Council had splashed £4m on the pool."
    (fact,) = sensed(text, "funds", "splashed £4m on the pool")
    payer = fact.arguments.get("payer")
    assert isinstance(payer, Entity) and payer.text == "Northby Council"


@pytest.mark.parametrize("figure", ["compared with 90", "in 90"])
def test_what_stands_beside_another_figure_is_no_figure_of_its_own(figure: str) -> None:
    text = f"Northby Council met. It stores grit in 40 barns, {figure} days."
    assert 90 not in [f.arguments["value"] for f in sensed(text, "measures", figure, 0.95)]
