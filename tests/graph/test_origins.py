"""Reprints count once."""

from __future__ import annotations

import random

from kgraph.documents import Document
from kgraph.graph.origins import origins

WORDS = [f"{a}{b}" for a in "bdfglmnprstv" for b in ("aba", "eno", "iru", "oka", "umi", "ast", "ell", "ont")]


def story(seed: int, length: int = 300) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(length))


def document(name: str, text: str, **more: str) -> Document:
    return Document(name, text, name, **more)  # type: ignore[arg-type]


def count(*documents: Document) -> int:
    return len(set(origins(documents).values()))


def test_an_agency_story_in_five_papers_is_one_source() -> None:
    text = story(1)
    papers = [document(f"p{n:02}", text, publisher=f"Paper {n}") for n in range(5)]
    assert count(*papers) == 1
    assert count(*papers, *(document(f"q{n:02}", text, publisher=f"Weekly {n}") for n in range(50))) == 1


def test_cut_and_introduced_anew_it_is_still_one() -> None:
    words = story(1).split()
    cut = "Our reporter writes: " + " ".join(words[:200])
    assert count(document("a", " ".join(words)), document("b", cut)) == 1


def test_two_stories_are_two_sources_of_two_publishers() -> None:
    assert count(document("a", story(1)), document("b", story(2))) == 2


def test_a_shared_quotation_is_no_reprint() -> None:
    quote = story(3, 60)
    assert count(document("a", story(1) + quote), document("b", story(2) + quote)) == 2


def test_one_publisher_is_one_source() -> None:
    assert count(*(document(str(n), story(n), publisher="The Northby Gazette") for n in range(3))) == 1
    assert count(*(document(str(n), story(n), url=f"https://www.gazette.example/{n}") for n in range(3))) == 1


def test_short_texts_are_compared_whole() -> None:
    text = story(5, 40)
    assert count(document("a", text), document("b", text + " again"), document("c", story(6, 40))) == 2
