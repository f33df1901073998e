"""Plain forms of verbs, against forms that any grammar of English gives."""

from __future__ import annotations

import pytest

from kgraph.extract.lemmas import mend_lemmas
from tests.extract.parsed import ontology, pipeline


@pytest.mark.parametrize(
    ("text", "form", "plain"),
    [
        ("Northby Council has axed the festival.", "axed", "axe"),
        ("Northby Council is axing the festival.", "axing", "axe"),
        ("Northby Council unveiled its budget.", "unveiled", "unveil"),
        ("The licence was revoked by Northby Council.", "revoked", "revoke"),
        ("Northby Council reconvened on Monday.", "reconvened", "reconvene"),
        ("Northby Council found the money.", "found", "find"),
    ],
)
def test_a_verb_form_has_the_plain_form_that_frames_ask_for(text: str, form: str, plain: str) -> None:
    doc = pipeline()(text)
    mend_lemmas(doc, ontology())
    assert [t.lemma_ for t in doc if t.text == form] == [plain]
