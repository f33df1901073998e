"""A grade's words are a concept of the scale in use at the time."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.graph.scales import Scales, load_scales

TTL = """
@prefix kg: <https://w3id.org/kgraph/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <http://schema.org/> . @prefix x: <https://x.example/> .
x:old a skos:ConceptScheme ; kg:usedBy x:judge ; schema:endDate "2012" .
x:new a skos:ConceptScheme ; kg:usedBy x:judge ; schema:startDate "2013-01-01" .
x:old-good skos:inScheme x:old ; skos:prefLabel "Good"@en ; kg:rank 2 .
x:new-good skos:inScheme x:new ; skos:prefLabel "Good"@en ; skos:altLabel "Doing well" ; kg:rank 3 .
x:fair skos:inScheme x:old ; skos:prefLabel "Fair" ; kg:rank 1 .
"""


@pytest.fixture(scope="module")
def scales(tmp_path_factory: pytest.TempPathFactory) -> Scales:
    folder = tmp_path_factory.mktemp("ontology")
    (folder / "registers").mkdir()
    (folder / "registers" / "scales.ttl").write_text(TTL, encoding="utf-8")
    return load_scales(folder)


@pytest.mark.parametrize(
    ("words", "user", "day", "concept"),
    [
        ("good", "judge", "2012-12-31", "old-good"),
        ("good", "judge", "2013-01-01", "new-good"),
        ("doing well", "judge", "2020-05-06", "new-good"),
        ("Good", "judge", None, "new-good"),
        ("fair", "judge", None, "fair"),
        ("fair", "judge", "2020-01-01", None),
        ("good", "somebody", "2020-01-01", None),
    ],
)
def test_concepts(scales: Scales, words: str, user: str, day: str | None, concept: str | None) -> None:
    found = scales.concept(words, f"https://x.example/{user}", day)
    assert found == (concept and f"https://x.example/{concept}")


def test_a_concept_brings_its_rank_and_scheme(scales: Scales) -> None:
    lines = list(scales.describe("https://x.example/new-good"))
    assert any("ns#rank> " in line and '"3"' in line for line in lines)
    assert any(line.startswith("<https://x.example/new> ") for line in lines)


def test_an_ontology_may_have_no_scales(tmp_path: Path) -> None:
    assert load_scales(tmp_path).concept("good", "https://x.example/judge", None) is None
