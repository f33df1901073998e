"""How many of the ways of saying a relation are read: the phrase bank of `tests/phrases`, relation by relation.

    python -m tests.benchmarks.phrases [RELATION…] [--errors]

A sentence counts as a document of its own. Facts are compared as `kgraph evaluate` does.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import yaml

from kgraph import language
from kgraph.documents import Document
from kgraph.evaluate import Rules, evaluate
from kgraph.extract import extract, read
from kgraph.ontology import load_ontology

FOLDER = Path(__file__).parents[1] / "phrases"


def main(arguments: list[str]) -> None:
    names = [a for a in arguments if not a.startswith("-")] or sorted(path.stem for path in FOLDER.glob("*.yaml"))
    ontology, nlp = load_ontology(), language.load()
    rules = Rules.load(ontology.folder / "evaluation.yaml")
    for name in names:
        items = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
        predictions = []
        with tempfile.TemporaryDirectory() as folder:
            for number, item in enumerate(items):
                gold = [{"rel": name, "evidence": item["text"], **fact} for fact in item["facts"]]
                Path(folder, f"{number:02}.json").write_text(json.dumps({"facts": gold}, default=str))
                document = Document(f"{number:02}.txt", item["text"], "-")
                found = extract(read(document, nlp, ontology))
                predictions += [fact.to_json() for fact in found if fact.relation == name]
            report = evaluate(Path(folder), predictions, rules)
        count = report.relations[name]
        right, given = (sum(pair[i] for pair in report.optional.values()) for i in (0, 1))
        print(
            f"{name:12s} P {count.precision:.2f} R {count.recall:.2f} F1 {count.f1:.2f} "
            f"(right {count.right}, false {count.false}, missed {count.missed}), optional {right}/{given}"
        )
        if "--errors" in arguments:
            for number, item in enumerate(items):
                key = f"{number:02}"
                missed = [
                    {k: v for k, v in f.items() if k not in ("rel", "evidence")} for d, f in report.missed if d == key
                ]
                false = [f["arguments"] for d, f in report.false if d == key]
                if missed or false:
                    print(f"  {item['text']}")
                    for fact in missed:
                        print(f"     missed {fact}")
                    for fact in false:
                        print(f"     false  { {k: v['text'] if isinstance(v, dict) else v for k, v in fact.items()} }")


if __name__ == "__main__":
    main(sys.argv[1:])
