"""Reference within a document. People and stories are invented; bodies are those of the registers."""

import re

from kgraph.documents import Document
from kgraph.extract.lexicon import load_lexicon
from kgraph.extract.reading import Mention
from kgraph.facts import Entity
from kgraph.resolve.document import subjects
from tests.sentences import ontology, reading


def links(text: str) -> dict[str, tuple[str, str]]:
    return {m.text: (m.entity.text, m.reason) for m in reading(text).mentions}


def test_a_surname_is_the_one_person_who_bears_it() -> None:
    found = links("Cllr Ann Other spoke. Cllr Other sat down.")
    assert found["Cllr Other"] == ("Ann Other", "title and surname")


def test_a_surname_that_two_people_bear_is_nobodys() -> None:
    assert "Cllr Other" not in links("Cllr Ann Other and Cllr Tom Other spoke. Cllr Other sat down.")


def test_a_person_known_by_surname_only_keeps_the_title() -> None:
    assert links("It went to Cllr Quibble.")["Cllr Quibble"][0] == "Cllr Quibble"


def test_a_title_of_honour_makes_nobody_new() -> None:
    found = links("Dame Ann Other spoke. Ann Other, who chairs it, sat down.")
    assert found["Ann Other"][0] == "Dame Ann Other"


def test_a_title_of_honour_and_a_surname_are_somebody_named_before() -> None:
    found = links("Baroness Ann Other chairs it. Lord Field left. Baroness Other and Lord Field met in May.")
    assert found["Baroness Other"][0] == "Baroness Ann Other"
    assert found["Lord Field"][0] == "Lord Field"


def test_a_given_name_is_the_one_person_who_bears_it() -> None:
    text = "Cllr Pauline Other met Dame Jane Doe. Staff thanked Pauline and Dame Jane. A letter came from Mr Pauline."
    found = links(text)
    assert found["Pauline"] == ("Pauline Other", "given name")
    assert found["Dame Jane"][0] == "Dame Jane Doe"
    assert found["Mr Pauline"][0] == "Mr Pauline"
    assert "Pauline" not in links("Cllr Pauline Other met Cllr Pauline Doe. Staff thanked Pauline.")


def test_an_acronym_is_what_the_text_says_it_is() -> None:
    found = links("Eastmoor Hospitals NHS Trust (EHT) replied. EHT said no.")
    assert found["EHT"] == ("Eastmoor Hospitals NHS Trust", "alias stated: Eastmoor Hospitals NHS Trust (EHT)")


def test_the_council_is_the_one_the_story_is_about() -> None:
    text = "Sefton Council met. A letter came from Leeds. The authority's leader said Sefton Council would reply."
    assert links(text)["The authority"] == ("Sefton Council", "nominal: the authority")


def test_the_council_is_nobody_where_two_are_named_alike() -> None:
    assert "The council" not in links("Sefton Council met Leeds City Council. The council replied.")


def test_a_story_may_open_with_a_council_and_name_it_later() -> None:
    text = "A council has been told to improve. Sefton Council said it would. Another letter reached a council."
    assert links(text)["A council"][0] == "Sefton Council"
    assert "a council" not in links(text)


def test_a_ward_stands_for_no_council() -> None:
    def about(told: str) -> str | None:
        text = f"Greens win Millfields\n\nHarrowmere has a new councillor. {told} They like it in Millfields."
        places = [
            Mention(m.start(), m.end(), m[0], Entity(m[0], "place"), "place")
            for m in re.finditer("Harrowmere|Millfields", text)
        ]
        found = subjects(Document("test", text, "-"), places, load_lexicon(ontology().folder)).get("council")
        return found.text if found else None

    assert about("It was a by-election in Millfields.") == about("Millfields ward voted today.") == "Harrowmere"
    assert about("Millfields voted today.") == "Millfields"


def test_the_watchdog_is_the_one_inspectorate_named() -> None:
    assert links("Ofsted came to Sefton Council. The watchdog left.")["The watchdog"][0] == "Ofsted"
    assert "The watchdog" not in links("Ofsted and the CQC came. The watchdog left.")


def test_another_council_is_not_the_council() -> None:
    assert "the neighbouring council" not in links("Sefton Council met. It wrote to the neighbouring council.")


def test_a_body_has_its_fullest_name_in_the_document() -> None:
    text = "Sefton Council met. Sefton Metropolitan Borough Council replied."
    assert links(text)["Sefton Council"][0] == "Sefton Metropolitan Borough Council"
    assert links("The Lib Dems met. Lib Dem councillor Ann Other spoke.")["Lib Dem"][0] == "Lib Dems"
