"""Facts that cannot both be so: all are kept, and linked.

What contradicts what, a relation's file says (`rdf.contradicts`). Besides, a fact and its denial contradict each other.
Compared are only facts that share the arguments named there, and facts of different documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from kgraph.graph.statement import Statement
from kgraph.ontology import Contradiction

# Of facts that share all the arguments compared, at most so many are compared each with each.
_MOST = 50


def contradictions(statements: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Pairs of facts, or of a fact and a proposition that denies it."""
    yield from _denials(statements)
    blocks: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    clashes: dict[tuple[object, ...], Contradiction] = {}
    for statement in statements:
        if not statement.asserted:
            continue
        for number, clash in enumerate(statement.relation.rdf.contradicts):
            if clash.differ in statement.arguments and all(name in statement.arguments for name in clash.same):
                shared = [statement.arguments[name].key for name in clash.same]
                alike = [a.key if (a := statement.arguments.get(name)) else None for name in clash.alike]
                block: tuple[object, ...] = (statement.relation.name, number, *shared, *alike)
                blocks[block].append(statement)
                clashes[block] = clash
    for where, found in blocks.items():
        for one, other in combinations(found[:_MOST], 2):
            if not one.same(clashes[where].differ, other) and _at_once(one, other) and _of_two(one, other):
                yield one, other


def _denials(statements: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    facts: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.asserted:
            facts[_content(statement)].append(statement)
    for statement in statements:
        denial = statement.facts[0]
        if denial.polarity == "negative" and denial.certainty == "stated":
            for fact in facts.get(_content(statement), ())[:_MOST]:
                if _of_two(fact, statement):
                    yield fact, statement


def _content(statement: Statement) -> tuple[object, ...]:
    return (statement.relation.name, *((name, a.key) for name, a in sorted(statement.arguments.items())))


def _at_once(one: Statement, other: Statement) -> bool:
    """Whether both have a time, and the two may be the same."""
    a, b = one.limits, other.limits
    if not (a.start_earliest and a.end_latest and b.start_earliest and b.end_latest):
        return False
    return a.start_earliest <= b.end_latest and b.start_earliest <= a.end_latest


def _of_two(one: Statement, other: Statement) -> bool:
    """Whether two documents state them; what one document says twice is for its reader to sort out."""
    return len(one.documents | other.documents) > 1
