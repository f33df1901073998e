"""Is a lead inspector one person over all reports? Against a table of the reports made by somebody else.

    python -m tests.benchmarks.inspectors

Forms of the reports are read as documents; their facts are resolved together. Printed are the people that the graph
has, those that the table has by name (as corrected by hand where it is empty or wrong), and every difference.
"""

from __future__ import annotations

from collections import defaultdict

from kgraph.documents import Document
from kgraph.facts import Entity, Fact
from kgraph.ontology import load_ontology
from kgraph.readers import read
from kgraph.registers import normalise
from kgraph.resolve.entities import resolve
from tests.benchmarks.names import REPORTS
from tests.benchmarks.ofsted_forms import TABLE_ERRORS, _rows, facts_of_forms, table


def main() -> None:
    ontology = load_ontology()
    corrected = {row["file"]: row["report"] for row in _rows(TABLE_ERRORS) if row["column"] == "lead inspector"}
    facts: list[Fact] = []
    inspectors: dict[str, Entity] = {}
    expected: dict[str, str] = {}
    for row in table(REPORTS):
        expected[row.text] = normalise(corrected.get(row.text, row.values["lead inspector"]).replace(" -", "-"))
        for document in read([str(REPORTS / "text" / row.text)]):
            assert isinstance(document, Document), document
            found = facts_of_forms(document, ontology)
            facts += found
            for fact in found:
                if fact.relation == "holds-role" and isinstance(person := fact.arguments["person"], Entity):
                    inspectors[document.id] = person
    resolution = resolve(facts, ontology)
    people: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for document_id, person in inspectors.items():
        node = resolution(document_id, person).key
        people[node].add(expected[document_id])
        names[expected[document_id]].add(node)
    print(f"{len(expected)} reports; a lead inspector in {len(inspectors)} forms, {len(names)} names in the table")
    print(f"{len(people)} people in the graph; {sum(len(found) > 1 for found in names.values())} names are of several")
    for node, found in sorted(people.items()):
        if len(found) > 1:
            mine = [d for d in resolution.decisions if resolution.of(d.one).key == node]
            reasons = [", ".join(d.reasons) for d in mine if "of one name" in d.reasons[0]]
            print(f"one person: {', '.join(sorted(found))}: {'; '.join(reasons)}")
    for name, nodes in sorted(names.items()):
        if len(nodes) > 1:
            print(f"several people: {name}: {', '.join(sorted(nodes))}")
    for decision in resolution.decisions:
        if decision.outcome != "merged" and resolution.of(decision.one).type == "person":
            print(f"{decision.outcome}: {decision.one} | {decision.other}: {'; '.join(decision.reasons)}")


if __name__ == "__main__":
    main()
