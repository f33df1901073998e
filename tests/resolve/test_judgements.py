"""Judgements of people, as data."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.facts import Entity
from kgraph.resolve.judgements import Judgement, Key, dump, load

ANN = Key.of("a.txt", Entity("Ann Other", "person"))
ANNE = Key.of("b.txt", Entity("Anne Other", "person"))
SEFTON = Key.of("a.txt", Entity("Sefton", "council", "council/E08000014"))

words = st.text(min_size=1).filter(str.strip)
nothing = st.just("")
registered = st.builds(Key, id=words, document=nothing, type=nothing, name=nothing)
keys = registered | st.builds(Key, id=nothing, document=words, type=st.text(), name=words)
pairs = st.tuples(keys, keys).filter(lambda pair: pair[0] != pair[1])
verdicts = st.sampled_from(["same", "different", "unsure"])


def written(*judgements: Judgement) -> str:
    file = io.StringIO()
    dump(judgements, file)
    return file.getvalue()


@settings(deadline=None)  # a busy machine is no fault of the test
@given(st.dictionaries(pairs.map(lambda p: tuple(sorted(p))), st.tuples(verdicts, st.text())))
def test_what_is_written_is_read_back(judged: dict[tuple[Key, Key], tuple[str, str]]) -> None:
    judgements = [Judgement(*pair, verdict, reason) for pair, (verdict, reason) in judged.items()]  # type: ignore[arg-type]
    assert load(io.StringIO(written(*judgements))) == tuple(sorted(judgements))


def test_the_order_of_a_pair_and_of_judgements_makes_no_difference() -> None:
    one, other = Judgement(ANN, ANNE, "same", "a misprint"), Judgement(SEFTON, ANN, "different")
    turned = Judgement(ANNE, ANN, "same", "a misprint")
    assert turned == one
    assert written(one, other) == written(other, turned, one)


def test_an_entity_of_a_register_is_known_by_its_id_in_every_document() -> None:
    assert Key.of("b.txt", Entity("the borough", None, "council/E08000014")) == SEFTON


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no judgement"),
        ("[]", "no judgement"),
        ('{"one": {"id": "a/1"}, "other": {"id": "a/2"}, "verdict": "perhaps"}', "no verdict: 'perhaps'"),
        ('{"one": {"id": "a/1"}, "other": {"name": "ann"}, "verdict": "same"}', "expected an id, or document and name"),
        ('{"one": {"id": "a/1"}, "other": {"id": "a/1"}, "verdict": "same"}', "one entity alone"),
        ('{"one": {"id": "a/2"}, "other": {"id": "a/1"}, "verdict": "same"}', "same, but different in line 1"),
    ],
)
def test_what_is_no_judgement_is_refused_with_its_line(line: str, reason: str) -> None:
    first = '{"one": {"id": "a/1"}, "other": {"id": "a/2"}, "verdict": "different"}\n'
    with pytest.raises(ValueError, match="line 2") as raised:
        load(io.StringIO(first + line))
    assert reason in str(raised.value)
