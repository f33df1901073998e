"""How many of the ways of saying a relation are read: the phrase banks of `tests/phrases`, relation by relation.

    python -m tests.benchmarks.phrases [RELATION…] [--second] [--errors]

`--second` reads the bank of a second writer, `tests/phrases/second`, made before that writer had seen a frame. Of it
only the first, third, fifth … phrases were looked at when frames were mended; the even ones tell what that is worth
elsewhere, so both are counted apart, and `--errors` shows the odd ones alone.

A phrase counts as a document of its own. Facts are compared as `kgraph evaluate` does.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from kgraph import language
from kgraph.documents import Document
from kgraph.evaluate import Count, Report, Rules, evaluate
from kgraph.extract import extract, read
from kgraph.ontology import load_ontology

FOLDER = Path(__file__).parents[1] / "phrases"
Item = Mapping[str, Any]


def main(arguments: list[str]) -> None:
    folder = FOLDER / "second" if "--second" in arguments else FOLDER
    names = [a for a in arguments if not a.startswith("-")] or sorted(path.stem for path in folder.glob("*.yaml"))
    ontology, nlp = load_ontology(), language.load()
    rules = Rules.load(ontology.folder / "evaluation.yaml")
    totals: dict[str, Count] = {}
    for name in names:
        items = yaml.safe_load((folder / f"{name}.yaml").read_text("utf-8"))
        halves = {"odd": items[::2], "even": items[1::2]} if "--second" in arguments else {"": items}
        for half, part in halves.items():
            predictions = []
            for number, item in enumerate(part):
                found = extract(read(Document(f"{number:02}.txt", item["text"], "-"), nlp, ontology))
                predictions += [fact.to_json() for fact in found if fact.relation == name]
            report = _compared(name, part, predictions, rules)
            totals[half] = totals.get(half, Count()) + report.relations[name]
            right, given = (sum(pair[i] for pair in report.optional.values()) for i in (0, 1))
            print(f"{name:12s} {half:4s} {_figures(report.relations[name])}, optional {right}/{given}")
            if "--errors" in arguments and half != "even":
                _print_errors(part, report)
    for half, count in totals.items():
        print(f"{'all':12s} {half:4s} {_figures(count)}")


def _compared(name: str, items: Sequence[Item], predictions: Sequence[Mapping[str, Any]], rules: Rules) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        for number, item in enumerate(items):
            gold = [{"rel": name, "evidence": item["text"], **fact} for fact in item["facts"]]
            Path(folder, f"{number:02}.json").write_text(json.dumps({"facts": gold}, default=str))
        return evaluate(Path(folder), predictions, rules)


def _figures(count: Count) -> str:
    return (
        f"P {count.precision:.2f} R {count.recall:.2f} F1 {count.f1:.2f} "
        f"(right {count.right}, false {count.false}, missed {count.missed})"
    )


def _print_errors(items: Sequence[Item], report: Report) -> None:
    for number, item in enumerate(items):
        key = f"{number:02}"
        missed = [{k: v for k, v in f.items() if k not in ("rel", "evidence")} for d, f in report.missed if d == key]
        false = [f["arguments"] for d, f in report.false if d == key]
        if missed or false:
            print(f"  {item['text']}")
            for fact in missed:
                print(f"     missed {fact}")
            for fact in false:
                print(f"     false  { {k: v['text'] if isinstance(v, dict) else v for k, v in fact.items()} }")


if __name__ == "__main__":
    main(sys.argv[1:])
