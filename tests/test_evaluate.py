"""`kgraph evaluate` against the project's scorer, an independent program, where the shared folder is at hand."""

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kgraph.evaluate import GoldError, Rules, evaluate, format_report

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
RULES = Rules.load(ROOT / "ontology" / "evaluation.yaml")


def gold_as_predictions(folder, seed):
    """Gold facts, some spoilt, some left out, some doubled: a run with errors of every kind."""
    chance = random.Random(seed)
    for path in sorted(folder.glob("*.json")):
        if path.stem == "index":
            continue
        for fact in json.loads(path.read_text())["facts"]:
            arguments = {k: v for k, v in fact.items() if k not in ("rel", "evidence")}
            if chance.random() < 0.2:
                continue
            if chance.random() < 0.3:
                key = chance.choice(sorted(arguments))
                arguments[key] = chance.choice(["something else", str(arguments[key]).upper(), None])
            for _ in range(chance.choice([1, 1, 1, 2])):
                yield {"document": f"x/{path.stem}.txt", "relation": fact["rel"], "arguments": arguments,
                       "evidence": {"text": fact["evidence"]}}  # fmt: skip


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared folder")
@pytest.mark.parametrize("folder", ["gold", "seeds"])
@pytest.mark.parametrize("seed", range(3))
def test_gives_the_figures_of_the_scorer(folder, seed, tmp_path):
    facts = list(gold_as_predictions(SHARED / folder, seed))
    file = tmp_path / "facts.jsonl"
    file.write_text("".join(json.dumps(f) + "\n" for f in facts))
    scorer = subprocess.run(
        [sys.executable, SHARED / "score" / "score.py", SHARED / folder, file, "--by-relation"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert format_report(evaluate(SHARED / folder, facts, RULES)).splitlines() == scorer.stdout.splitlines()


def a_gold_folder(tmp_path):
    gold = {
        "id": "a",
        "facts": [
            {"rel": "holds-role", "person": "Ann Other", "role": "leader", "org": "Northby Council",
             "evidence": "Ann Other, leader of Northby Council"},
            {"rel": "measures", "subject": "Northby Council", "value": "1,200", "evidence": "1,200 homes were built"},
        ],
        "entities": [{"name": "Northby Council", "aliases": ["the authority"]}],
    }  # fmt: skip
    (tmp_path / "a.json").write_text(json.dumps(gold))
    return tmp_path


def prediction(relation, arguments, evidence):
    return {"document": "a.txt", "relation": relation, "arguments": arguments, "evidence": {"text": evidence}}


def test_titles_possessives_and_aliases_do_not_matter(tmp_path):
    facts = [prediction("holds-role", {"person": {"text": "Cllr Ann Other"}, "role": {"text": "the leader"},
                                       "org": {"text": "the authority"}}, "Ann Other leads it")]  # fmt: skip
    report = evaluate(a_gold_folder(tmp_path), facts, RULES)
    assert report.relations["holds-role"].right == 1
    assert report.optional == {"org": (1, 1)}


def test_a_number_must_be_the_same_and_stand_at_the_same_place(tmp_path):
    gold = a_gold_folder(tmp_path)
    assert evaluate(gold, [prediction("measures", {"value": 1200}, "1,200 homes were built")], RULES).total.right == 1
    assert evaluate(gold, [prediction("measures", {"value": 1201}, "1,200 homes were built")], RULES).total.right == 0
    assert evaluate(gold, [prediction("measures", {"value": 1200}, "somewhere else")], RULES).total.right == 0


def test_a_fact_is_found_once(tmp_path):
    fact = prediction("holds-role", {"person": "Ann Other", "role": "leader"}, "Ann Other, leader of Northby Council")
    count = evaluate(a_gold_folder(tmp_path), [fact, fact], RULES).relations["holds-role"]
    assert (count.right, count.false, count.missed) == (1, 1, 0)


def test_a_folder_without_gold_is_named(tmp_path):
    with pytest.raises(GoldError, match=re.escape(str(tmp_path))):
        evaluate(tmp_path, [], RULES)
    (tmp_path / "b.json").write_text("{")
    with pytest.raises(GoldError, match=r"b\.json"):
        evaluate(tmp_path, [], RULES)
