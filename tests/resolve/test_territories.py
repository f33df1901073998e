"""Places and the bodies that govern them."""

from kgraph.extract.lexicon import load_lexicon
from kgraph.facts import Entity
from kgraph.resolve.territories import Territories, place_of
from tests.sentences import ontology, reading

LEXICON = load_lexicon(ontology().folder)
HARROWMERE = Entity("Harrowmere Borough Council", "council")


def test_a_body_gives_its_name_to_its_place() -> None:
    assert place_of("Harrowmere Borough Council", LEXICON) == ("harrowmere",)
    assert place_of("Carrickmoyle and District Borough Council", LEXICON) == ("carrickmoyle",)
    assert place_of("Much Wendle District Council", LEXICON) == ("much", "wendle")


def test_a_place_is_governed_by_the_body_named_after_it() -> None:
    assert Territories([HARROWMERE], LEXICON).governing("Harrowmere") == HARROWMERE


def test_a_place_of_two_bodies_is_neithers() -> None:
    two = [HARROWMERE, Entity("Harrowmere County Council", "council")]
    assert Territories(two, LEXICON).governing("Harrowmere") is None


def test_a_place_that_owns_an_office_stands_for_its_body() -> None:
    assert Territories([], LEXICON).standing_for("Harrowmere") == Entity("Harrowmere", "council")
    assert Territories([], LEXICON).standing_for("Scotland") is None


def test_the_place_of_a_body_is_found_where_it_stands_alone() -> None:
    found = reading("Harrowmere Borough Council met on Monday. People in Harrowmere waited.").mentions
    assert [(m.text, m.entity.type) for m in found] == [
        ("Harrowmere Borough Council", "council"),
        ("Harrowmere", "place"),
    ]
