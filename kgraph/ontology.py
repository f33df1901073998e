"""The ontology: a folder of data that says what a graph is about.

    types.yaml        namespace, base IRI, entity types and their classes
    identity.yaml     when names in different documents mean the same (see kgraph.resolve.naming)
    kgraph.ttl        classes and properties (OWL); its prefixes serve all the other files
    shapes.ttl        SHACL shapes
    relations/*.yaml  one file a relation: arguments, RDF pattern, edges, frames, examples
    queries/*.rq      named SPARQL queries
    registers/        known entities

The engine takes every name of the domain from here. A relation's file:

    label, description      in English
    arguments               name → {kind, types, required, values, description}
    rdf.class               class(es) of the node that is the fact; `rdf.class_where` gives others by argument value
    rdf.label               template of the fact as an English line: "{person} was {role}[ of {org}]"
    rdf.properties          argument → property
    rdf.time                {when: ARG} of an event, {start: ARG, end: ARG} of a state
    rdf.nodes               nodes that facts share, such as a post: {class, key, label, property, properties}
    rdf.links               facts of the same document to point to: {relation, property, same, agree}
    rdf.grades              arguments that are also concepts of registers/scales.ttl: {argument, by, property}
    rdf.tenure              what a fact says of a term of office, {of, node, start, end, kind, ended, none}: the holder,
                            the shared node that is the post, arguments that date its start and its end, and the one
                            that says how it was held, with the values that mean "no longer" and "not yet"
    rdf.belongs             argument → argument: who belongs to whom, where it is not said as a post ({lead: inspector})
    rdf.contradicts         facts that cannot both be so: {same, alike, differ}: arguments that are equal, equal or
                            lacking in both, and different; those of the time must overlap
    rdf.rejects             the statement that a rejection is of: {relation, said, property, content, claimant}: its
                            relation, what argument was said; own arguments: what is rejected and whose it is
    rdf.speaker             the argument that speaks, for relations that are statements
    edges                   {source, target, label, property, where, unless, without}; target `fact` is the fact's node
    frames                  the ways English says it, for extraction
    examples                {text, facts}: sentences with the facts they state, or none; a fact gives its arguments, and
                            attributed_to, polarity and certainty where they are not the usual ones

In a template a part in square brackets is left out where one of its arguments is missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args

import pyoxigraph
import yaml

from kgraph.yamlfile import load_yaml

if TYPE_CHECKING:
    from kgraph.registers import Registers

Kind = Literal["entity", "topic", "text", "date", "duration", "number", "boolean"]
Conditions = Mapping[str, tuple[str, ...]]


class OntologyError(ValueError):
    """An ontology folder that cannot be used; the message names file, key and reason."""


@dataclass(frozen=True, slots=True)
class EntityType:
    """A kind of entity. `context` says that two people of one name with the same such entity are one person."""

    name: str
    label: str
    classes: tuple[str, ...]
    is_a: str | None = None
    context: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """What may stand in one place of a relation.

    kind     entity: a name; topic: a name or text; text; date: EDTF; duration: ISO 8601; number; boolean
    types    entity types allowed (with the types below them); empty for any
    values   the only texts allowed; empty for any
    """

    name: str
    kind: Kind
    types: tuple[str, ...] = ()
    required: bool = False
    values: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class SharedNode:
    """A node that several facts share because the values of its key arguments are the same, such as a post."""

    name: str
    classes: tuple[str, ...]
    key: tuple[str, ...]
    label: str
    property: str
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rejects:
    """From a rejection to the statement of `relation` that it rejects.

    `content` and `claimant` name the rejection's arguments that say what is rejected, and whose claim it is; `said` the
    argument of `relation` with what was stated.
    """

    relation: str
    property: str
    content: str
    claimant: str
    said: str


@dataclass(frozen=True, slots=True)
class Link:
    """From a fact to the one fact of `relation` in its document whose `same` arguments are equal.

    `agree` names arguments that must not differ where both facts have them.
    """

    relation: str
    property: str
    same: tuple[str, ...]
    agree: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GradeOf:
    """From a fact to the concept that the words of `argument` stand for on the scale used by the entity `by`."""

    argument: str
    by: str
    property: str


@dataclass(frozen=True, slots=True)
class TenureOf:
    """What a fact says of a term of office.

    of, node     the argument that is the holder, and the shared node that is the post
    start, end   arguments that date the start and the end; the first that there is counts
    kind         the argument that says how the post was held; its values in `ended` mean that it no longer was, those
                 in `none` that it was not yet held
    """

    of: str
    node: str
    start: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    kind: str | None = None
    ended: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two facts of a relation cannot both be so: with the same values of some arguments, others in both or neither
    (`alike`), at the same time, they differ in `differ`."""

    same: tuple[str, ...]
    differ: str
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rdf:
    """How a fact becomes triples. What is not asserted would be of the first class."""

    classes: tuple[str, ...]
    label: str
    properties: Mapping[str, str]
    class_where: tuple[tuple[Conditions, tuple[str, ...]], ...] = ()
    time: Mapping[str, str] = field(default_factory=dict)
    nodes: tuple[SharedNode, ...] = ()
    links: tuple[Link, ...] = ()
    grades: tuple[GradeOf, ...] = ()
    tenure: TenureOf | None = None
    belongs: Mapping[str, str] = field(default_factory=dict)
    contradicts: tuple[Contradiction, ...] = ()
    rejects: Rejects | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """What an asserted fact says in short: an edge to draw if it has a label, a plain triple if it has a property."""

    source: str
    target: str
    label: str | None = None
    property: str | None = None
    where: Conditions = field(default_factory=dict)
    unless: Conditions = field(default_factory=dict)
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the facts of one relation that it states, each a mapping of argument names to plain values."""

    text: str
    facts: tuple[Mapping[str, str | int | float | bool], ...]


@dataclass(frozen=True)
class Relation:
    """One relation, as its file says.

    unite   arguments by which two facts of one document tell of the same event, unless others contradict
    yields  relation → arguments: no fact of its own where a sentence asserts one of that relation with the same ones
    """

    name: str
    label: str
    description: str
    arguments: Mapping[str, Argument]
    rdf: Rdf
    edges: tuple[Edge, ...]
    frames: tuple[Mapping[str, Any], ...] = ()
    examples: tuple[Example, ...] = ()
    unite: tuple[str, ...] = ()
    yields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Ontology:
    """A loaded ontology folder. All classes and properties in it are full IRIs."""

    folder: Path
    namespace: str
    base_iri: str
    prefixes: Mapping[str, str]
    types: Mapping[str, EntityType]
    relations: Mapping[str, Relation]

    def lineage(self, name: str | None) -> list[str]:
        """An entity type and the types above it, the nearest first; empty for an unknown type."""
        found: list[str] = []
        while name is not None and name in self.types and name not in found:
            found.append(name)
            name = self.types[name].is_a
        return found

    def is_a(self, name: str | None, ancestor: str) -> bool:
        """Whether an entity type is `ancestor` or lies below it."""
        return ancestor in self.lineage(name)

    def accepts(self, argument: Argument, type_name: str | None) -> bool:
        """Whether an entity of this type may stand in this argument; an unknown type may stand anywhere."""
        return not argument.types or type_name is None or any(self.is_a(type_name, t) for t in argument.types)

    @cached_property
    def speaker(self) -> Argument | None:
        """The argument in which relations that are statements tell who says something; None where there are none."""
        return next((r.arguments[r.rdf.speaker] for r in self.relations.values() if r.rdf.speaker is not None), None)

    @cached_property
    def registers(self) -> Registers:
        """The registers of this folder, read when first asked for."""
        from kgraph.registers import load_registers

        return load_registers(self.folder / "registers")


def default_folder() -> Path:
    """The ontology that comes with kgraph: inside the installed package, or at the top of the repository."""
    packaged = Path(__file__).parent / "_ontology"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "ontology"


def load_ontology(folder: Path | None = None) -> Ontology:
    """Reads and checks an ontology folder. Raises OntologyError naming file, key and reason."""
    folder = default_folder() if folder is None else Path(folder)
    if not folder.is_dir():
        raise OntologyError(f"{folder}: no such folder")
    prefixes, declared = _read_vocabulary(folder / "kgraph.ttl")
    top = _Section(folder / "types.yaml", _read_yaml(folder / "types.yaml"))
    namespace, base_iri = top.text("namespace"), top.text("base_iri")
    names = _Names(prefixes, declared, namespace)
    types = {
        name: EntityType(
            name=name,
            label=section.text("label", name.replace("-", " ")),
            classes=section.names("class", names),
            is_a=section.optional_text("is_a"),
            context=section.flag("context"),
        )
        for name, section in top.sections("types").items()
    }
    for entity_type in types.values():
        if entity_type.is_a is not None and entity_type.is_a not in types:
            top.fail(f"types.{entity_type.name}.is_a", f"no type {entity_type.is_a!r}")
    top.done()
    files = sorted((folder / "relations").glob("*.yaml"))
    if not files:
        raise OntologyError(f"{folder / 'relations'}: no relation files")
    relations = {path.stem: _relation(path, names, types) for path in files}
    for path, relation in zip(files, relations.values(), strict=True):
        for link in relation.rdf.links:
            if link.relation not in relations:
                raise OntologyError(f"{path}: rdf.links: no relation {link.relation!r}")
        rejects = relation.rdf.rejects
        if rejects is not None:
            stated = relations.get(rejects.relation)
            if stated is None or stated.rdf.speaker is None or rejects.said not in stated.arguments:
                raise OntologyError(f"{path}: rdf.rejects: {rejects.relation!r} states no {rejects.said!r}")
    return Ontology(
        folder, namespace, base_iri, MappingProxyType(prefixes), MappingProxyType(types), MappingProxyType(relations)
    )


def render(template: str, values: Mapping[str, str]) -> str:
    """Fills `{name}` in a template; leaves out parts in square brackets that name a missing value.

    >>> render("{person}, {role}[ of {org}]", {"person": "Ann Other", "role": "leader"})
    'Ann Other, leader'
    """
    kept = (
        values.get(words, "") if is_slot else words
        for needed, part in _parts(template)
        if all(name in values for name in needed)
        for is_slot, words in part
    )
    return "".join(kept).strip()


@lru_cache(maxsize=1024)
def _parts(template: str) -> list[tuple[list[str], list[tuple[bool, str]]]]:
    """A template's parts, each with the values it needs, as text and slots: (True, name) for `{name}`."""
    found = []
    for number, part in enumerate(re.split(r"\[([^\[\]]*)\]", template)):
        pieces = [(bool(n % 2), words) for n, words in enumerate(re.split(r"\{([\w-]+)\}", part)) if words]
        found.append((_slots(part) if number % 2 else [], pieces))
    return found


def _slots(template: str) -> list[str]:
    return re.findall(r"\{([\w-]+)\}", template)


# --- reading files ---------------------------------------------------------------------------------------


def _read_yaml(path: Path) -> object:
    try:
        return load_yaml(path)
    except OSError as error:
        raise OntologyError(f"{path}: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: not YAML: {' '.join(str(error).split())}") from error


def _read_vocabulary(path: Path) -> tuple[dict[str, str], frozenset[str]]:
    """Prefixes of a Turtle file, and the IRIs it describes."""
    try:
        parser = pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
        described = frozenset(quad.subject.value for quad in parser if isinstance(quad.subject, pyoxigraph.NamedNode))
    except OSError as error:
        raise OntologyError(f"{path}: {error.strerror or error}") from error
    except SyntaxError as error:
        raise OntologyError(f"{path}: not Turtle: {error}") from error
    return dict(sorted(parser.prefixes.items())), described


@dataclass(frozen=True, slots=True)
class _Names:
    """Turns `prefix:name` into an IRI, and knows which names of its own namespace the vocabulary describes."""

    prefixes: Mapping[str, str]
    declared: frozenset[str]
    namespace: str

    def expand(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        if not colon or prefix not in self.prefixes:
            raise ValueError(f"{name!r} is not prefix:name with a prefix of kgraph.ttl")
        iri = self.prefixes[prefix] + local
        if iri.startswith(self.namespace) and iri not in self.declared:
            raise ValueError(f"{name} is not described in kgraph.ttl")
        return iri


class _Section:
    """A mapping of a YAML file whose keys are taken one by one; what is left over is an error."""

    def __init__(self, path: Path, value: object, where: str = "") -> None:
        self.path, self.where = path, where
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise OntologyError(f"{path}: {where.rstrip('.') or 'top'}: expected keys and values")
        self.rest: dict[str, object] = dict(value)

    def fail(self, key: str, reason: str) -> None:
        raise OntologyError(f"{self.path}: {self.where}{key}: {reason}")

    def done(self) -> None:
        if self.rest:
            self.fail(sorted(self.rest)[0], "unknown key")

    def optional_text(self, key: str) -> str | None:
        value = self.rest.pop(key, None)
        if value is not None and not isinstance(value, str):
            self.fail(key, f"expected text, found {value!r} (quote it)")
        return " ".join(value.split()) if isinstance(value, str) else None

    def text(self, key: str, default: str | None = None) -> str:
        value = self.optional_text(key) or default
        if value is None:
            raise OntologyError(f"{self.path}: {self.where}{key}: missing")
        return value

    def flag(self, key: str) -> bool:
        value = self.rest.pop(key, False)
        if not isinstance(value, bool):
            self.fail(key, "expected true or false")
        return value is True

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.rest.pop(key, [])
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise OntologyError(f"{self.path}: {self.where}{key}: expected a list of texts (quote yes, no and numbers)")
        return tuple(items)

    def name(self, key: str, names: _Names) -> str:
        try:
            return names.expand(self.text(key))
        except ValueError as error:
            raise OntologyError(f"{self.path}: {self.where}{key}: {error}") from error

    def names(self, key: str, names: _Names) -> tuple[str, ...]:
        try:
            return tuple(names.expand(name) for name in self.texts(key))
        except ValueError as error:
            raise OntologyError(f"{self.path}: {self.where}{key}: {error}") from error

    def section(self, key: str) -> _Section:
        value = self.rest.pop(key, None)
        return _Section(self.path, {} if value is None else value, f"{self.where}{key}.")

    def sections(self, key: str) -> dict[str, _Section]:
        inner = self.section(key)
        return {name: _Section(self.path, value or {}, f"{inner.where}{name}.") for name, value in inner.rest.items()}

    def items(self, key: str) -> list[_Section]:
        value = self.rest.pop(key, None) or []
        if not isinstance(value, list):
            raise OntologyError(f"{self.path}: {self.where}{key}: expected a list")
        return [_Section(self.path, item, f"{self.where}{key}[{i}].") for i, item in enumerate(value)]

    def conditions(self, key: str) -> Conditions:
        section = self.section(key)
        return MappingProxyType({name: section.texts(name) for name in list(section.rest)})


def _relation(path: Path, names: _Names, types: Mapping[str, EntityType]) -> Relation:
    top = _Section(path, _read_yaml(path))
    label, description = top.text("label"), top.text("description")
    arguments = {name: _argument(name, section, types) for name, section in top.sections("arguments").items()}
    if not arguments:
        top.fail("arguments", "missing")
    rdf = _rdf(top.section("rdf"), names, arguments)
    places = {*arguments, *(node.name for node in rdf.nodes), "fact"}
    edges = tuple(_edge(section, names, places, arguments) for section in top.items("edges"))
    frames = tuple(MappingProxyType(section.rest) for section in top.items("frames"))
    examples = tuple(_example(section, arguments) for section in top.items("examples"))
    unite = top.texts("unite")
    _known(top, "unite", unite, arguments)
    yielding = top.section("yields")
    yields = {relation: yielding.texts(relation) for relation in tuple(yielding.rest)}
    for same in yields.values():
        _known(top, "yields", same, arguments)
    top.done()
    return Relation(
        path.stem, label, description, MappingProxyType(arguments), rdf, edges, frames, examples, unite, yields
    )


def _example(section: _Section, arguments: Mapping[str, Argument]) -> Example:
    known = {*arguments, "attributed_to", "polarity", "certainty"}
    facts = []
    for item in section.items("facts"):
        _known(item, "facts", item.rest, known)
        # YAML reads 2021-05-03 as a date; here dates are EDTF, that is text
        facts.append({name: v if isinstance(v, str | int | float) else str(v) for name, v in item.rest.items()})
    example = Example(section.text("text"), tuple(facts))
    section.done()
    return example


def _argument(name: str, section: _Section, types: Mapping[str, EntityType]) -> Argument:
    kind = section.text("kind")
    kinds: tuple[Kind, ...] = get_args(Kind)
    matching = [k for k in kinds if k == kind]
    if not matching:
        section.fail("kind", f"{kind!r} is none of {', '.join(kinds)}")
    argument = Argument(
        name=name,
        kind=matching[0],
        types=section.texts("types"),
        required=section.flag("required"),
        values=section.texts("values"),
        description=section.text("description", ""),
    )
    for type_name in argument.types:
        if type_name not in types:
            section.fail("types", f"no type {type_name!r} in types.yaml")
    section.done()
    return argument


def _rdf(section: _Section, names: _Names, arguments: Mapping[str, Argument]) -> Rdf:
    properties = _properties(section.section("properties"), names, arguments)
    _check_derived(section, properties, names, arguments)
    time_section = section.section("time")
    time: dict[str, str] = {key: time_section.text(key) for key in ("when", "start", "end") if key in time_section.rest}
    time_section.done()
    _known(section, "time", time.values(), arguments)
    class_where = []
    for item in section.items("class_where"):
        conditions = item.conditions("where")
        _known(item, "where", conditions, arguments)
        class_where.append((conditions, item.names("class", names)))
        item.done()
    nodes: list[SharedNode] = []
    for name, inner in section.sections("nodes").items():
        node = SharedNode(
            name=name,
            classes=inner.names("class", names),
            key=inner.texts("key"),
            label=inner.text("label"),
            property=inner.name("property", names),
            properties=_properties(inner.section("properties"), names, {**arguments, **{n.name: n for n in nodes}}),
        )
        _known(inner, "key", node.key, arguments)
        _known(inner, "label", _slots(node.label), arguments)
        inner.done()
        nodes.append(node)
    links = []
    for item in section.items("links"):
        link = Link(item.text("relation"), item.name("property", names), item.texts("same"), item.texts("agree"))
        _known(item, "same", (*link.same, *link.agree), arguments)
        item.done()
        links.append(link)
    grades: list[GradeOf] = []
    for item in section.items("grades"):
        grade = GradeOf(item.text("argument"), item.text("by"), item.name("property", names))
        _known(item, "argument", (grade.argument, grade.by), arguments)
        item.done()
        grades.append(grade)
    tenure = _tenure(section, arguments, {node.name for node in nodes})
    belongs_section = section.section("belongs")
    belongs = {name: belongs_section.text(name) for name in list(belongs_section.rest)}
    _known(section, "belongs", (*belongs, *belongs.values()), arguments)
    contradicts = []
    for item in section.items("contradicts"):
        clash = Contradiction(item.texts("same"), item.text("differ"), item.texts("alike"))
        _known(item, "same", (*clash.same, *clash.alike, clash.differ), arguments)
        item.done()
        contradicts.append(clash)
    speaker = section.optional_text("speaker")
    _known(section, "speaker", [speaker] if speaker else [], arguments)
    rdf = Rdf(
        classes=section.names("class", names),
        label=section.text("label"),
        properties=properties,
        class_where=tuple(class_where),
        time=MappingProxyType(time),
        nodes=tuple(nodes),
        links=tuple(links),
        grades=tuple(grades),
        tenure=tenure,
        belongs=MappingProxyType(belongs),
        contradicts=tuple(contradicts),
        rejects=_rejects(section, arguments, names),
        speaker=speaker,
    )
    _known(section, "label", _slots(rdf.label), arguments)
    if not rdf.classes:
        section.fail("class", "missing")
    section.done()
    return rdf


def _tenure(section: _Section, arguments: Mapping[str, Argument], nodes: set[str]) -> TenureOf | None:
    if "tenure" not in section.rest:
        return None
    item = section.section("tenure")
    tenure = TenureOf(
        of=item.text("of"),
        node=item.text("node"),
        start=item.texts("start"),
        end=item.texts("end"),
        kind=item.optional_text("kind"),
        ended=item.texts("ended"),
        none=item.texts("none"),
    )
    named = [tenure.of, *tenure.start, *tenure.end, *([tenure.kind] if tenure.kind else [])]
    _known(item, "of", named, arguments)
    _known(item, "node", [tenure.node], nodes)
    item.done()
    return tenure


def _rejects(section: _Section, arguments: Mapping[str, Argument], names: _Names) -> Rejects | None:
    if "rejects" not in section.rest:
        return None
    item = section.section("rejects")
    rejects = Rejects(
        relation=item.text("relation"),
        property=item.name("property", names),
        content=item.text("content"),
        claimant=item.text("claimant"),
        said=item.text("said"),
    )
    _known(item, "content", [rejects.content, rejects.claimant], arguments)
    item.done()
    return rejects


def _check_derived(
    section: _Section, properties: Mapping[str, str], names: _Names, arguments: Mapping[str, Argument]
) -> None:
    """A topic given in words takes the property's name with `Text`; that too must be described."""
    for name, property_ in properties.items():
        derived = property_ + "Text"
        if arguments[name].kind == "topic" and derived not in names.declared:
            section.fail(f"properties.{name}", f"{derived} is not described in kgraph.ttl")


def _edge(section: _Section, names: _Names, places: set[str], arguments: Mapping[str, Argument]) -> Edge:
    edge = Edge(
        source=section.text("source"),
        target=section.text("target"),
        label=section.optional_text("label"),
        property=section.name("property", names) if "property" in section.rest else None,
        where=section.conditions("where"),
        unless=section.conditions("unless"),
        without=section.texts("without"),
    )
    _known(section, "source", [edge.source], places)
    _known(section, "target", [edge.target], places)
    _known(section, "label", _slots(edge.label or ""), arguments)
    for key in (edge.where, edge.unless, edge.without):
        _known(section, "where", key, arguments)
    section.done()
    return edge


def _properties(section: _Section, names: _Names, known: Mapping[str, object]) -> Mapping[str, str]:
    _known(section, "properties", section.rest, known)
    return MappingProxyType({name: section.name(name, names) for name in list(section.rest)})


def _known(
    section: _Section, key: str, used: Sequence[str] | Mapping[str, Any] | Any, known: Mapping[str, Any] | set[str]
) -> None:
    for name in used:
        if name not in known:
            section.fail(key, f"no argument {name!r}")
