"""From facts to a graph.

Every fact is a node of its own that carries its arguments, times, confidence and excerpts (W3C's n-ary relations
pattern, https://www.w3.org/TR/swbp-n-aryRelations/), so that provenance needs no reification. What a document does not
itself assert as so becomes a `kg:Proposition`, whose class and arguments stand apart from those of facts. There are no
blank nodes: every IRI comes from a register or from content.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kgraph.documents import Document
from kgraph.facts import Entity, Fact, Value
from kgraph.graph import edtf
from kgraph.graph.contradictions import contradictions
from kgraph.graph.drawing import draw
from kgraph.graph.model import Graph
from kgraph.graph.origins import origins
from kgraph.graph.provenance import describe_document, describe_excerpt, excerpt_iri
from kgraph.graph.scales import load_scales
from kgraph.graph.statement import Argument, Statement
from kgraph.graph.tenures import Holding, Part, order, span, terms
from kgraph.graph.terms import (
    DCTERMS,
    FOAF,
    KG,
    ORG,
    OWL,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    WIKIDATA,
    WOULD,
    boolean,
    iri,
    number,
    text,
    typed,
)
from kgraph.identifiers import digest, slug
from kgraph.ontology import Argument as Parameter
from kgraph.ontology import Ontology, Relation, SharedNode, render
from kgraph.resolve.entities import Resolution, Resolved, resolve, with_successors
from kgraph.resolve.judgements import Judgement
from kgraph.resolve.naming import Naming
from kgraph.resolve.rejections import Said, link_rejections


def assemble(
    facts: Iterable[Fact],
    documents: Iterable[Document],
    ontology: Ontology,
    base_iri: str,
    judgements: Iterable[Judgement] = (),
) -> Graph:
    """The graph of these facts, with the documents they come from, under the judgements of people.

    The order of facts and documents makes no difference. Raises ValueError for two documents of one id, and for a
    fact whose document, relation or argument is unknown.
    """
    by_id: dict[str, Document] = {}
    for document in documents:
        if by_id.setdefault(document.id, document) is not document:
            raise ValueError(
                f"{document.source}: the id {document.id!r} is already that of {by_id[document.id].source}"
            )
    checked, resolution = resolve_facts(facts, by_id, ontology, judgements)
    return _Assembly(checked, by_id, ontology, base_iri, resolution).graph()


def resolve_facts(
    facts: Iterable[Fact], documents: Mapping[str, Document], ontology: Ontology, judgements: Iterable[Judgement] = ()
) -> tuple[list[Fact], Resolution]:
    """The facts as they are assembled, sorted, and who is who in them; `documents` by their ids.

    Raises ValueError for a fact whose document, relation or argument is unknown.
    """
    checked = sorted((_checked(fact, ontology, documents) for fact in facts), key=_order)
    published = {document.id: document.published for document in documents.values()}
    return checked, resolve(checked, ontology, judgements=judgements, published=published)


def _order(fact: Fact) -> tuple[object, ...]:
    said = sorted(
        (name, f"{value.text} {value.type} {value.id} {value.start} {value.end}")
        if isinstance(value, Entity)
        else (name, repr(value))
        for name, value in fact.arguments.items()
    )
    return fact.document, fact.evidence.start, fact.evidence.end, fact.relation, said


def _checked(fact: Fact, ontology: Ontology, documents: Mapping[str, Document]) -> Fact:
    """The fact with names given as mere text made entities, and what has no type of the one type its argument takes.

    So what speaks is an agent, and never the place that a document calls by the same name.
    """
    relation = ontology.relations.get(fact.relation)
    if fact.document not in documents:
        raise ValueError(f"{fact.document}: a fact of a document that is not there")
    if relation is None:
        raise ValueError(f"{fact.document}: no relation {fact.relation!r} in {ontology.folder}")
    changed: dict[str, Value] = {}
    for name, value in fact.arguments.items():
        if name not in relation.arguments:
            raise ValueError(f"{fact.document}: {fact.relation} has no argument {name!r}")
        argument = relation.arguments[name]
        if isinstance(value, str) and argument.kind == "entity":
            value = Entity(value)
        if isinstance(value, Entity) and (known := _of_only_type(value, argument)) is not fact.arguments[name]:
            changed[name] = known
    source = fact.attributed_to
    if source is not None and ontology.speaker is not None:
        source = _of_only_type(source, ontology.speaker)
    if not changed and source is fact.attributed_to:
        return fact
    return replace(fact, arguments={**fact.arguments, **changed}, attributed_to=source)


def _of_only_type(entity: Entity, argument: Parameter) -> Entity:
    return entity if entity.type or entity.id or len(argument.types) != 1 else replace(entity, type=argument.types[0])


class _Assembly:
    def __init__(
        self,
        facts: Sequence[Fact],
        documents: Mapping[str, Document],
        ontology: Ontology,
        base_iri: str,
        resolution: Resolution,
    ) -> None:
        iri(base_iri)
        self.facts, self.documents, self.ontology, self.base = facts, documents, ontology, base_iri
        self.resolution = resolution
        self.origins = origins(documents.values())
        self.scales = load_scales(ontology.folder)
        self.triples: set[str] = set()
        self.excerpts: set[str] = set()  # those described
        self.labels: dict[str, str] = {}  # of shared nodes
        self.single_posts = Naming.load(ontology.folder).single_posts
        self.post_roles: dict[str, str] = {}  # of posts
        self.nodes: dict[str, dict[str, tuple[str, str]]] = {}  # of each statement: the nodes it shares
        self.types: dict[str, str | None] = {}  # entity key → its type, or the type its first argument asks for

    def add(self, subject: str, predicate: str, term: str) -> None:
        self.triples.add(f"<{subject}> <{predicate}> {term} .")

    def graph(self) -> Graph:
        statements = self.statements()
        for statement in statements:
            if statement.asserted:
                self.describe_fact(statement)
                self.shorten(statement)
            else:
                self.describe_proposition(statement)
        self.link(statements)
        self.link_rejections(statements)
        self.describe_tenures(statements)
        for one, other in contradictions(statements):
            self.contradict(one.iri, other.iri)
        self.describe_entities()
        self.describe_decisions()
        for document in self.documents.values():
            self.triples.update(describe_document(document, self.base))
        triples = tuple(sorted(self.triples))
        nodes, edges = draw(triples)
        return Graph(triples, nodes, edges, {**PREFIXES, **self.ontology.prefixes})

    # --- facts ---------------------------------------------------------------------------------------------

    def statements(self) -> list[Statement]:
        """Facts that state the same, joined."""
        found: dict[str, Statement] = {}
        for fact in self.facts:
            relation = self.ontology.relations[fact.relation]
            arguments = {name: self.argument(fact, relation, name, value) for name, value in fact.arguments.items()}
            kind = "fact" if fact.asserted else "proposition"
            speaker = "" if fact.asserted or not fact.attributed_to else self.entity_of(fact, fact.attributed_to).key
            content = [f"{name}={argument.key}" for name, argument in sorted(arguments.items())]
            scope = fact.document if _is_undated_event(relation, fact) else ""
            mark = digest(relation.name, *content, fact.polarity, fact.certainty, speaker, scope)
            address = f"{self.base}{kind}/{relation.name}-{mark}"
            if address in found:
                found[address].facts.append(fact)
                continue
            words = {name: argument.words for name, argument in arguments.items()}
            label = self.label(fact, render(relation.rdf.label, words))
            found[address] = Statement(relation, arguments, [fact], address, label)
        return [found[address] for address in sorted(found)]

    def label(self, fact: Fact, content: str) -> str:
        """The fact as an English line; for what is not asserted, one that says so."""
        if fact.polarity == "negative":
            content = f"not so: {content}"
        if fact.certainty != "stated":
            content = f"{fact.certainty}: {content}"
        if fact.attributed_to is not None:
            content = f"according to {self.entity_of(fact, fact.attributed_to).name}: {content}"
        return content

    def entity_of(self, fact: Fact, entity: Entity) -> Resolved:
        resolved = self.resolution(fact.document, entity)
        self.types.setdefault(resolved.key, resolved.type)
        return resolved

    def argument(self, fact: Fact, relation: Relation, name: str, value: Value) -> Argument:
        spec = relation.arguments[name]
        if isinstance(value, Entity):
            entity = self.entity_of(fact, value)
            if self.types[entity.key] is None and spec.types:
                self.types[entity.key] = spec.types[0]
            return Argument(entity.key, entity.name, iri(self.base + entity.key), entity)
        if isinstance(value, bool):
            return Argument(str(value), "yes" if value else "no", boolean(value), None)
        if isinstance(value, (int, float)):
            return Argument(repr(float(value)), f"{value:,}", number(value), None)
        return Argument(" ".join(value.casefold().split()), value, text(value), None)

    def classes(self, statement: Statement) -> tuple[str, ...]:
        for conditions, classes in statement.relation.rdf.class_where:
            if statement.meets(conditions):
                return classes
        return statement.relation.rdf.classes

    def describe_fact(self, statement: Statement) -> None:
        rdf, subject = statement.relation.rdf, statement.iri
        for cls in (KG + "Fact", *self.classes(statement)):
            self.add(subject, RDF + "type", iri(cls))
        for name, argument in statement.arguments.items():
            if name in rdf.properties:
                self.describe_argument(subject, rdf.properties[name], statement.relation, name, argument)
        self.describe_time(subject, statement, KG)
        for property_, node in self.shared(statement).values():
            self.add(subject, property_, iri(node))
        self.describe_grades(statement)
        texts = {self.documents[document].sha256 for document in statement.documents}
        self.add(subject, KG + "sources", number(len(texts)))
        publishers = {self.origins[document] for document in statement.documents}
        self.add(subject, KG + "publishers", number(len(publishers)))
        self.describe_provenance(statement)

    def describe_proposition(self, statement: Statement) -> None:
        subject, fact = statement.iri, statement.facts[0]
        self.add(subject, RDF + "type", iri(KG + "Proposition"))
        self.add(subject, KG + "wouldBe", iri(self.classes(statement)[0]))
        for name, argument in statement.arguments.items():
            self.describe_argument(subject, WOULD + name, statement.relation, name, argument)
        self.describe_time(subject, statement, WOULD)
        self.add(subject, KG + "polarity", text(fact.polarity))
        self.add(subject, KG + "certainty", text(fact.certainty))
        if fact.attributed_to is not None:
            speaker = self.entity_of(fact, fact.attributed_to)
            if self.types[speaker.key] is None and (spec := self.ontology.speaker) is not None and spec.types:
                self.types[speaker.key] = spec.types[0]  # what nobody says more of is at least what may speak
            self.add(subject, KG + "attributedTo", iri(self.base + speaker.key))
        self.describe_provenance(statement)

    def describe_argument(
        self, subject: str, property_: str, relation: Relation, name: str, argument: Argument
    ) -> None:
        kind = relation.arguments[name].kind
        if kind == "topic" and argument.entity is None:
            property_ += "Text"  # an object property must not have text for value
        self.add(subject, property_, argument.term)
        if kind == "date" and name not in relation.rdf.time.values():
            limits = edtf.bounds(argument.words)
            for suffix, day in (("Earliest", limits.start_earliest), ("Latest", limits.end_latest)):
                if day is not None:
                    self.add(subject, property_ + suffix, typed(day, "date"))

    def describe_time(self, subject: str, statement: Statement, namespace: str) -> None:
        times = statement.relation.rdf.time
        for name in times if namespace == KG else ():
            if times[name] in statement.arguments:  # also under the engine's own name, whatever the ontology's
                self.add(subject, KG + name, statement.arguments[times[name]].term)
        limits = statement.limits
        self.describe_limits(subject, limits, namespace)

    def describe_limits(self, subject: str, limits: edtf.Bounds, namespace: str) -> None:
        for name, day in (
            ("startEarliest", limits.start_earliest),
            ("startLatest", limits.start_latest),
            ("endEarliest", limits.end_earliest),
            ("endLatest", limits.end_latest),
        ):
            if day is not None:
                self.add(subject, namespace + name, typed(day, "date"))

    def describe_provenance(self, statement: Statement) -> None:
        subject = statement.iri
        self.add(subject, RDFS + "label", text(statement.label))
        self.add(subject, KG + "relation", text(statement.relation.name))
        self.add(subject, KG + "confidence", typed(max(fact.confidence for fact in statement.facts), "double"))
        for fact in statement.facts:
            if fact.extractor:
                self.add(subject, KG + "extractor", text(fact.extractor))
            document = self.documents[fact.document]
            excerpt = excerpt_iri(document, fact.evidence, self.base)
            if excerpt not in self.excerpts:
                self.excerpts.add(excerpt)
                self.triples.update(describe_excerpt(document, fact.evidence, self.base, excerpt))
            self.add(subject, PROV + "wasDerivedFrom", iri(excerpt))

    def describe_grades(self, statement: Statement) -> None:
        for spec in statement.relation.rdf.grades:
            judge, words = statement.arguments.get(spec.by), statement.arguments.get(spec.argument)
            if judge is None or judge.entity is None or words is None:
                continue
            day = statement.limits.end_latest
            if day is None:
                days = [edtf.bounds(self.documents[f.document].published or "").end_latest for f in statement.facts]
                day = min(filter(None, days), default=None)
            # The scales are of the ontology and name their users with its own base IRI, whatever the graph's.
            concept = self.scales.concept(words.words, self.ontology.base_iri + judge.entity.key, day)
            if concept is not None:
                self.add(statement.iri, spec.property, iri(concept))
                self.triples.update(self.scales.describe(concept))

    def shared(self, statement: Statement) -> dict[str, tuple[str, str]]:
        """The nodes this fact shares with others: name → (property from the fact, IRI)."""
        found = self.nodes.get(statement.iri)
        if found is None:
            found = self.nodes[statement.iri] = {}
            for spec in statement.relation.rdf.nodes:
                if all(name in statement.arguments for name in spec.key):
                    found[spec.name] = (spec.property, self.describe_shared(spec, statement, found))
        return found

    def describe_shared(self, spec: SharedNode, statement: Statement, others: Mapping[str, tuple[str, str]]) -> str:
        arguments = statement.arguments
        label = render(spec.label, {name: argument.words for name, argument in arguments.items()})
        mark = digest(spec.name, *(arguments[name].key for name in spec.key))[:8]
        subject = f"{self.base}{spec.name}/{slug(label)}-{mark}"
        for cls in spec.classes:
            self.add(subject, RDF + "type", iri(cls))
        # Spellings that count as the same, such as "Mayor" and "mayor", are one node: it shows the first.
        self.add(subject, RDFS + "label", text(self.labels.setdefault(subject, label)))
        for name, property_ in spec.properties.items():
            if name in others:
                self.add(subject, property_, iri(others[name][1]))
            elif name in arguments:
                self.add(subject, property_, arguments[name].term)
        return subject

    def link(self, statements: Sequence[Statement]) -> None:
        """Facts to the facts of the same document they belong to, and statements to what they state."""
        by_document: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        claimed: dict[tuple[str, str], list[tuple[Statement, Fact]]] = defaultdict(list)
        for statement in statements:
            for document in {fact.document for fact in statement.facts}:
                if statement.asserted:
                    by_document[document, statement.relation.name].append(statement)
            for fact in statement.facts:
                if fact.attributed_to is not None:
                    key = (fact.document, self.entity_of(fact, fact.attributed_to).key)
                    claimed[key].append((statement, fact))
        for statement in statements:
            if not statement.asserted:
                continue
            for link in statement.relation.rdf.links:
                for document in {fact.document for fact in statement.facts}:
                    fitting = [
                        other
                        for other in by_document[document, link.relation]
                        if other is not statement
                        and all(statement.same(name, other) is True for name in link.same)
                        and all(statement.same(name, other) is not False for name in link.agree)
                    ]
                    if len(fitting) == 1:  # of several the text does not say which
                        self.add(statement.iri, link.property, iri(fitting[0].iri))
            speaker = statement.arguments.get(statement.relation.rdf.speaker or "")
            if speaker is not None:
                for fact in statement.facts:
                    for other, content in claimed.get((fact.document, speaker.key), ()):
                        if content.evidence.span.overlaps(fact.evidence.span):
                            self.add(statement.iri, KG + "states", iri(other.iri))

    def link_rejections(self, statements: Sequence[Statement]) -> None:
        """Rejections to the statements that they reject, each with the reason why."""
        asserted = [statement for statement in statements if statement.asserted]
        for rejects in {s.relation.rdf.rejects for s in asserted if s.relation.rdf.rejects is not None}:
            rejections = [
                self.said(s, rejects.content, rejects.claimant) for s in asserted if s.relation.rdf.rejects == rejects
            ]
            stated = [self.said(s, rejects.said) for s in asserted if s.relation.name == rejects.relation]
            for link in link_rejections(filter(None, rejections), filter(None, stated)):
                self.add(link.rejection, rejects.property, iri(link.statement))
                self.add(link.rejection, rejects.property + "Because", text(link.reason))

    def said(self, statement: Statement, content: str, claimant: str = "") -> Said | None:
        """What a statement says or rejects; None where it has no speaker or no content."""
        arguments, speaker = statement.arguments, statement.relation.rdf.speaker or ""
        if content not in arguments or speaker not in arguments:
            return None
        return Said(
            statement.iri,
            arguments[speaker].key,
            arguments[content].words,
            frozenset(statement.documents),
            min(filter(None, (self.documents[d].published for d in statement.documents)), default=""),
            arguments[claimant].key if claimant in arguments else None,
        )

    def contradict(self, one: str, other: str) -> None:
        self.add(one, KG + "contradicts", iri(other))
        self.add(other, KG + "contradicts", iri(one))

    # --- terms of office ----------------------------------------------------------------------------------

    def describe_tenures(self, statements: Sequence[Statement]) -> None:
        """Terms of office, each joined from all the facts that tell of it."""
        parts: dict[tuple[str, str, str], list[Part]] = defaultdict(list)
        told: dict[tuple[str, str, str], Statement] = {}
        for statement in statements:
            found = self.tenure_part(statement) if statement.asserted else None
            if found is not None:
                who, part = found
                parts[who].append(part)
                told.setdefault(who, statement)
        posts: dict[str, list[Holding]] = defaultdict(list)
        for who in sorted(parts):
            person, post, kind = who
            found_terms = terms(parts[who])
            for term in found_terms:
                holding = Holding(person, post, kind, term)
                holding.iri = self.describe_tenure(holding, told[who], only=len(found_terms) == 1)
                posts[post].append(holding)
        for post in sorted(posts):
            if self.post_roles[post] in self.single_posts:
                order(posts[post])
                for holding in posts[post]:
                    for earlier in holding.follows:
                        self.add(holding.iri, KG + "follows", iri(earlier))
                    for other in holding.at_once_with:
                        self.contradict(holding.iri, other)

    def tenure_part(self, statement: Statement) -> tuple[tuple[str, str, str], Part] | None:
        """What a fact says of a term of office: whose, of what post, how held; and its times."""
        spec, arguments = statement.relation.rdf.tenure, statement.arguments
        shared = self.shared(statement)
        if spec is None or spec.of not in arguments or spec.node not in shared:
            return None
        kind = arguments[spec.kind].words if spec.kind is not None and spec.kind in arguments else ""
        if kind in spec.none:
            return None
        node = next(node for node in statement.relation.rdf.nodes if node.name == spec.node)
        post = shared[spec.node][1]
        self.post_roles.setdefault(post, " ".join(arguments[n].key for n in node.key if arguments[n].entity is None))
        start = next((arguments[name].words for name in spec.start if name in arguments), None)
        end = next((arguments[name].words for name in spec.end if name in arguments), None)
        days = [edtf.days(self.documents[document].published or "") for document in statement.documents]
        published = sorted(day[0] for day in days if day is not None and day[0] == day[1])
        over = kind in spec.ended or bool(spec.end and not spec.start)  # says that it is over, not only when it ends
        going_on = bool(published) and spec.kind is not None and not over and end is None
        part = Part(
            statement.iri,
            edtf.extent(start, end),
            (published[0], published[-1]) if going_on else None,
            published[0] if published and over else None,
            notice=spec.kind is None and bool(spec.end),
        )
        return (arguments[spec.of].key, post, "" if kind in spec.ended else kind), part

    def describe_tenure(self, holding: Holding, statement: Statement, *, only: bool) -> str:
        """One term. Its IRI is made from person, post and kind, and of several terms also from when each was."""
        spec, term, limits = statement.relation.rdf.tenure, holding.term, holding.term.limits
        assert spec is not None
        times = (
            limits.start_earliest,
            term.seen and term.seen[0],
            term.ended,
            limits.start_latest,
            limits.end_earliest,
        )
        begun = "" if only else " ".join(time or "?" for time in times)
        person, post = statement.arguments[spec.of], self.labels[holding.post]
        mark = digest("tenure", holding.person, holding.post, holding.kind, begun)[:8]
        subject = f"{self.base}tenure/{slug(f'{person.words} {post}')}-{mark}"
        when = span(limits, term.over)
        kind = f"{holding.kind} " if holding.kind else ""
        self.add(subject, RDF + "type", iri(KG + "Tenure"))
        self.add(subject, RDFS + "label", text(f"{person.words}: {kind}{post}{f', {when}' if when else ''}"))
        self.add(subject, ORG + "member", person.term)
        self.add(subject, KG + "post", iri(holding.post))
        if holding.kind:
            self.add(subject, KG + "status", text(holding.kind))
        self.describe_limits(subject, limits, KG)
        if term.ended is not None:
            self.add(subject, KG + "endedBy", typed(term.ended, "date"))
        if term.certain is not None:
            for name, day in zip(("inOfficeFrom", "inOfficeUntil"), term.certain, strict=True):
                self.add(subject, KG + name, typed(day, "date"))
        for fact in term.statements:
            self.add(fact, KG + "tenure", iri(subject))
        return subject

    # --- the graph in short --------------------------------------------------------------------------------

    def shorten(self, statement: Statement) -> None:
        """Plain triples and drawn edges of an asserted fact."""
        arguments = statement.arguments
        words = {name: argument.words for name, argument in arguments.items()}
        shared = self.shared(statement)
        for spec in statement.relation.edges:
            if not statement.meets(spec.where) or any(name in arguments for name in spec.without):
                continue
            if spec.unless and statement.meets(spec.unless):
                continue
            source, target = self.end(spec.source, statement, shared), self.end(spec.target, statement, shared)
            if source is None or target is None or source == target:
                continue
            if spec.property is not None:
                self.add(source, spec.property, iri(target))
            if spec.label is not None:
                self.draw_edge(source, target, render(spec.label, words), KG + "edgeOf", iri(statement.iri))

    def draw_edge(self, source: str, target: str, label: str, because: str, term: str) -> None:
        """`because` is `kg:edgeOf` with the fact, or `kg:relation` with a name where no document says so."""
        subject = f"{self.base}edge/{digest(source, target, label, term)}"
        self.add(subject, RDF + "type", iri(KG + "Edge"))
        self.add(subject, KG + "edgeSource", iri(source))
        self.add(subject, KG + "edgeTarget", iri(target))
        self.add(subject, KG + "edgeLabel", text(label))
        self.add(subject, because, term)

    def end(self, name: str, statement: Statement, shared: Mapping[str, tuple[str, str]]) -> str | None:
        if name == "fact":
            return statement.iri
        if name in shared:
            return shared[name][1]
        argument = statement.arguments.get(name)
        return self.base + argument.entity.key if argument is not None and argument.entity is not None else None

    # --- entities ------------------------------------------------------------------------------------------

    def describe_entities(self) -> None:
        entities = with_successors(self.resolution.entities(), self.ontology.registers)
        keys = {entity.key for entity in entities}
        for entity in entities:
            subject, type_name = self.base + entity.key, self.types.get(entity.key, entity.type)
            for cls in self.entity_classes(type_name):
                self.add(subject, RDF + "type", iri(cls))
            self.add(subject, RDFS + "label", text(entity.name))
            for name in entity.names:
                self.add(subject, SKOS + "altLabel", text(name))
            if entity.id:
                self.add(subject, DCTERMS + "identifier", text(entity.id))
            self.add(subject, KG + "entityType", text(type_name or "entity"))
            self.describe_entry(subject, entity, keys)

    def describe_decisions(self) -> None:
        """Why names are one entity, and why others are not."""
        for decision in self.resolution.decisions:
            one, other = self.resolution.of(decision.one), self.resolution.of(decision.other)
            where = " and ".join(sorted({key.document for key in (decision.one, decision.other) if key.document}))
            reasons = f"{'; '.join(decision.reasons)} ({where})"
            if one.key == other.key:
                if decision.outcome == "merged":
                    self.add(self.base + one.key, KG + "mergedBecause", text(reasons))
                continue
            property_ = KG + "keptApartFrom" if decision.outcome == "refused" else KG + "maybeSameAs"
            if decision.outcome == "refused" and decision.judged:
                property_ = OWL + "differentFrom"  # no evidence of texts makes it certain
            for subject, object_ in ((one, other), (other, one)):
                self.add(self.base + subject.key, property_, iri(self.base + object_.key))
                self.add(self.base + subject.key, KG + "keptApartBecause", text(f"{object_.name}: {reasons}"))

    def entity_classes(self, type_name: str | None) -> list[str]:
        lineage = self.ontology.lineage(type_name)
        return [cls for name in lineage for cls in self.ontology.types[name].classes] or [OWL + "Thing"]

    def describe_entry(self, subject: str, entity: Resolved, present: set[str]) -> None:
        """What the register knows of an entity, as far as the graph has the other end of it."""
        entry = entity.entry
        if entry is None:
            return
        if entry.wikidata:
            self.add(subject, OWL + "sameAs", iri(WIKIDATA + entry.wikidata))
        for other in entry.same_as:
            if other.startswith(("http://", "https://")):
                self.add(subject, SKOS + "exactMatch", iri(other))
            else:
                self.add(subject, DCTERMS + "identifier", text(other))
        if entry.homepage:
            self.add(subject, FOAF + "homepage", iri(entry.homepage))
        for name, value in (("foundingDate", entry.start), ("dissolutionDate", entry.end)):
            if value:
                self.add(subject, SCHEMA + name, typed(value, "date") if len(value) == 10 else text(value))
        relations = [("part of", ORG + "subOrganizationOf", entry.parent)] if entry.parent else []
        relations += [("replaced by", DCTERMS + "isReplacedBy", other) for other in entry.replaced_by]
        for label, property_, other in relations:
            if other in present:
                self.add(subject, property_, iri(self.base + other))
                self.draw_edge(subject, self.base + other, label, KG + "relation", text("register"))


def _is_undated_event(relation: Relation, fact: Fact) -> bool:
    """Whether this may be one of several like events: without a date, two documents may speak of two of them."""
    when = relation.rdf.time.get("when")
    return when is not None and edtf.bounds(str(fact.arguments.get(when, ""))).start_earliest is None
