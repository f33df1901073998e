"""Part of a graph: the statements of a time, around an entity, of some relations, of several sources.

What is left is a graph like any other: the statements kept, with all they refer to (entities, posts, excerpts,
documents), their edges, and the plain triples between entities that these statements, or a register, bear out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from kgraph.graph.drawing import EDGE, ENTITY_TYPE, OF, RELATION, SOURCE, TARGET, draw
from kgraph.graph.model import Graph
from kgraph.graph.read_back import Statement, Terms, described, is_statement, read_statements
from kgraph.graph.terms import KG, ORG, RDF, RDFS, SKOS, WOULD, value
from kgraph.ontology import Ontology
from kgraph.registers import normalise


@dataclass(frozen=True)
class Selection:
    """Which statements to keep. Days are YYYY-MM-DD, both ends included; what is None or empty restricts nothing.

    since, until   what was so, or happened, at some time between these days
    as_of          what was so on this day, as far as is known, and what had happened by then
    entity, hops   what joins entities at most `hops` edges away from the one of this name or IRI
    relations      names of relations
    min_sources    documents with different texts that state it

    A statement without a date of its own counts from the publication of its documents, and for `since` and `until`
    to that day; one whose documents have no date either is left out where days are given.
    """

    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    entity: str | None = None
    hops: int = 1
    relations: frozenset[str] = frozenset()
    min_sources: int = 1

    @property
    def everything(self) -> bool:
        return self == Selection(hops=self.hops)


def select(graph: Graph, selection: Selection, ontology: Ontology) -> Graph:
    """The part of a graph that a selection leaves. The ontology says of which relations its plain triples are.

    Raises ValueError for a relation or an entity that the graph does not have.
    """
    if selection.everything:
        return graph
    subjects = described(graph.triples)
    statements = read_statements(subjects)
    unknown = selection.relations - {statement.relation for statement in statements}
    if unknown:
        known = ", ".join(sorted({statement.relation for statement in statements}))
        raise ValueError(f"no relation {', '.join(sorted(unknown))} in the graph; there are {known}")
    statements = [statement for statement in statements if _fits(statement, selection, subjects)]
    if selection.entity is not None:
        near = _neighbourhood(graph, find_entities(subjects, selection.entity), selection.hops)
        drawn: dict[str, bool] = {}  # statement → whether one of its edges lies in the neighbourhood
        for edge in graph.edges:
            iri = str(edge.attributes.get("iri", ""))
            drawn[iri] = drawn.get(iri, False) or (edge.source in near and edge.target in near)
        entities = {iri for iri, terms in subjects.items() if _is_entity(terms)}
        statements = [s for s in statements if drawn.get(s.iri, _joins(s, near, entities))]
    bearers: dict[str, set[str]] = defaultdict(set)  # property of plain triples → relations that bear them out
    for relation in ontology.relations.values():
        for edge_rule in relation.edges:
            if edge_rule.property is not None:
                bearers[edge_rule.property].add(relation.name)
    kept = {statement.iri for statement in statements}
    triples = tuple(sorted(_triples(subjects, kept, bearers)))
    nodes, edges = draw(triples)
    return Graph(triples, nodes, edges, graph.prefixes)


# --- which statements ----------------------------------------------------------------------------------------


def _fits(statement: Statement, selection: Selection, subjects: Mapping[str, Terms]) -> bool:
    if selection.relations and statement.relation not in selection.relations:
        return False
    if statement.sources < selection.min_sources:
        return False
    if selection.since is None and selection.until is None and selection.as_of is None:
        return True
    first, last, over = _time(statement, subjects)
    if not first and not last:
        first, published = _published(statement)
        if not first or first > (selection.as_of or "9999-12-31"):
            return False
        last = published if selection.as_of is None else ""
    if selection.as_of is not None and not _stood(statement, first, last, over, selection.as_of):
        return False
    return not (last and last < (selection.since or "")) and not (first and first > (selection.until or "9999-12-31"))


def _time(statement: Statement, subjects: Mapping[str, Terms]) -> tuple[str, str, str]:
    """First and last day on which it may have been so, and a day by which it was over; "" where unknown.

    What a fact does not say of a term of office, other facts of the same term may.
    """
    first, _, _, last = statement.bounds
    if ORG + "Membership" not in statement.classes:
        return first, last, ""
    term = {predicate: value(o) for predicate, o in subjects.get(statement.first(KG + "tenure"), ())}
    first, last = first or term.get(KG + "startEarliest", ""), last or term.get(KG + "endLatest", "")
    over = term.get(KG + "endedBy", "")
    return first, last, "" if over == last else over


def _published(statement: Statement) -> tuple[str, str]:
    earliest = [e.published_earliest for e in statement.excerpts if e.published_earliest]
    latest = [e.published_latest for e in statement.excerpts if e.published_latest]
    return min(earliest, default=""), max(latest, default="")


def _stood(statement: Statement, first: str, last: str, over: str, day: str) -> bool:
    if first > day:
        return False
    # What happens at a time has happened ever after; what lasts from a start to an end is over then.
    happens = statement.first(KG + "when") or statement.first(WOULD + "when")
    return bool(happens) or ((not last or last >= day) and (not over or over > day))


def find_entities(subjects: Mapping[str, Terms], name: str) -> set[str]:
    """IRIs of the entities of this name, or of the only one in whose name these words are."""
    if name in subjects:
        return {name}
    wanted = normalise(name)
    exact, partly = set(), set()
    labels: dict[str, str] = {}
    for iri, terms in subjects.items():
        if not _is_entity(terms):
            continue
        for predicate, term in terms:
            if predicate not in (RDFS + "label", SKOS + "altLabel"):
                continue
            words = normalise(value(term))
            if words == wanted:
                exact.add(iri)
            elif f" {wanted} " in f" {words} ":
                partly.add(iri)
                labels[iri] = value(term)
    if exact or len(partly) == 1:
        return exact or partly
    hint = "; ".join(sorted({labels[iri] for iri in partly})[:12])
    raise ValueError(f"nothing is named {name!r}" + (f"; did you mean {hint}?" if hint else ""))


def _neighbourhood(graph: Graph, start: Iterable[str], hops: int) -> set[str]:
    beside: dict[str, set[str]] = defaultdict(set)
    for edge in graph.edges:
        beside[edge.source].add(edge.target)
        beside[edge.target].add(edge.source)
    near = set(start)
    rim = near
    for _ in range(hops):
        rim = {other for iri in rim for other in beside.get(iri, ())} - near
        near = near | rim
    return near


def _joins(statement: Statement, near: set[str], entities: set[str]) -> bool:
    """Whether a statement that is not drawn is about entities of the neighbourhood only."""
    found = {v for values in statement.arguments.values() for v in values if v in entities}
    found |= {statement.speaker} - {""}
    return bool(found) and found <= near


# --- what they refer to --------------------------------------------------------------------------------------


def _triples(subjects: Mapping[str, Terms], kept: set[str], bearers: Mapping[str, Set[str]]) -> Iterable[str]:
    """Everything that describes these statements."""
    entities = {iri for iri, terms in subjects.items() if _is_entity(terms)}
    statements = {iri: _relation(terms) for iri, terms in subjects.items() if is_statement(terms)}
    tenures = {iri for iri, terms in subjects.items() if (RDF + "type", f"<{KG}Tenure>") in terms}
    reached: set[str] = set()
    waiting = list(kept)
    while waiting:
        iri = waiting.pop()
        if iri in reached or (iri in statements and iri not in kept):
            continue
        reached.add(iri)
        if iri not in entities:  # an entity is described; what else is known of it is not followed
            found = (value(o) for _, o in subjects[iri] if o.startswith("<") and value(o) in subjects)
            # Nor are other terms of office, which stand here only where a statement kept tells of them.
            waiting += [other for other in found if iri not in tenures or other not in tenures]
    said: dict[tuple[str, str], set[str]] = defaultdict(set)  # two things → relations of the statements joining them
    kept_said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for iri, relation in statements.items():
        if (RDF + "type", f"<{KG}Fact>") not in subjects[iri]:
            continue
        things = {value(o) for _, o in subjects[iri] if o.startswith("<") and value(o) in subjects}
        for one in things & entities:
            for other in things:
                said[one, other].add(relation)
                if iri in kept:
                    kept_said[one, other].add(relation)
    nothing: set[str] = set()
    for iri, terms in subjects.items():
        edge = (RDF + "type", f"<{EDGE}>") in terms
        if edge and not _shown(terms, kept, reached):
            continue
        if not edge and iri not in reached:
            continue
        for predicate, term in terms:
            target = value(term) if term.startswith("<") else ""
            if target in subjects and target not in reached:
                continue
            if target in subjects and iri in entities:
                pair, relations = (iri, target), bearers.get(predicate, nothing)
                if said.get(pair, nothing) & relations and not kept_said.get(pair, nothing) & relations:
                    continue
            yield f"<{iri}> <{predicate}> {term} ."


def _relation(terms: Terms) -> str:
    return next((value(o) for p, o in terms if p == RELATION), "")


def _shown(terms: Terms, kept: set[str], reached: set[str]) -> bool:
    """Whether an edge is of a statement kept, or between entities that are there where only a register has it."""
    facts = [value(o) for p, o in terms if p == OF]
    if facts:
        return any(fact in kept for fact in facts)
    return all(value(o) in reached for p, o in terms if p in (SOURCE, TARGET))


def _is_entity(terms: Terms) -> bool:
    return any(predicate == ENTITY_TYPE for predicate, _ in terms)
