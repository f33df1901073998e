"""An ontology folder is read, and what is wrong in one is said with file and key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import rdflib

from kgraph.ontology import OntologyError, default_folder, load_ontology, render

RELATIONS = """appoints decides disputes funds holds-role inspects intervenes leaves-role measures meets member-of
part-of publishes rates says""".split()


def test_the_shipped_ontology_has_the_fifteen_relations() -> None:
    ontology = load_ontology()
    assert sorted(ontology.relations) == RELATIONS
    assert ontology.is_a("council", "organisation")
    assert not ontology.is_a("person", "organisation")
    assert ontology.accepts(ontology.relations["holds-role"].arguments["org"], "council")
    assert not ontology.accepts(ontology.relations["holds-role"].arguments["person"], "council")


def test_classes_and_properties_used_are_described_in_the_vocabulary() -> None:
    ontology = load_ontology()
    vocabulary = rdflib.Graph().parse(ontology.folder / "kgraph.ttl")
    shapes = rdflib.Graph().parse(ontology.folder / "shapes.ttl")
    described = {str(subject) for subject in vocabulary.subjects()}
    paths = {str(o) for o in shapes.objects(None, rdflib.SH.path)} | {
        str(o) for o in shapes.objects(None, rdflib.SH.targetClass)
    }
    assert {iri for iri in paths if iri.startswith(ontology.namespace)} <= described


def test_every_class_and_property_has_a_label() -> None:
    vocabulary = rdflib.Graph().parse(load_ontology().folder / "kgraph.ttl")
    for kind in (rdflib.OWL.Class, rdflib.OWL.ObjectProperty, rdflib.OWL.DatatypeProperty):
        assert all(vocabulary.value(term, rdflib.RDFS.label) for term in vocabulary.subjects(rdflib.RDF.type, kind))


@pytest.mark.parametrize(
    ("template", "values", "text"),
    [
        ("{a}[ of {b}]", {"a": "leader", "b": "x"}, "leader of x"),
        ("{a}[ of {b}]", {"a": "leader"}, "leader"),
        ("[{s} ]{a}", {"a": "leader"}, "leader"),
        ("{a}", {"a": "{b} [of]"}, "{b} [of]"),
    ],
)
def test_templates(template: str, values: dict[str, str], text: str) -> None:
    assert render(template, values) == text


def broken(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of the shipped ontology with one change in one file."""
    copy = folder / "ontology"
    shutil.copytree(default_folder(), copy, ignore=shutil.ignore_patterns("registers"))
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "relations/meets.yaml",
            "kind: entity",
            "kind: thing",
            r"meets\.yaml: arguments\.body\.kind: 'thing' is none of",
        ),
        ("relations/meets.yaml", "[organisation]", "[guild]", r"meets\.yaml: arguments\.body\.types: no type 'guild'"),
        (
            "relations/meets.yaml",
            "kg:meetingBody",
            "kg:host",
            r"meets\.yaml: rdf\.properties\.body: kg:host is not described",
        ),
        (
            "relations/meets.yaml",
            "kg:meetingBody",
            "x:host",
            r"meets\.yaml: rdf\.properties\.body: 'x:host' is not prefix:name",
        ),
        ("relations/meets.yaml", "label: meets", "", r"meets\.yaml: label: missing"),
        ("relations/meets.yaml", "label: meets", "label: meets\ncolour: red", r"meets\.yaml: colour: unknown key"),
        (
            "relations/meets.yaml",
            "target: fact",
            "target: place",
            r"meets\.yaml: edges\[0\]\.target: no argument 'place'",
        ),
        ("relations/meets.yaml", "{body} met", "{host} met", r"meets\.yaml: rdf\.label: no argument 'host'"),
        ("relations/meets.yaml", "label: meets", "label: [", r"meets\.yaml: not YAML"),
        (
            "relations/rates.yaml",
            "relation: inspects",
            "relation: visits",
            r"rates\.yaml: rdf\.links: no relation 'visits'",
        ),
        (
            "relations/meets.yaml",
            "body: Northby Council, when",
            "host: Northby Council, when",
            r"meets\.yaml: examples\[\d+\]\.facts\[0\]\.facts: no arg",
        ),
        ("types.yaml", "is_a: agent}", "is_a: actor}", r"types\.yaml: types\.person\.is_a: no type 'actor'"),
        ("kgraph.ttl", "kg:Fact a owl:Class", "kg:Fact owl:Class", r"kgraph\.ttl: not Turtle"),
    ],
)
def test_errors_name_file_key_and_reason(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        load_ontology(broken(tmp_path, file, old, new))


def test_missing_files(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="no such folder"):
        load_ontology(tmp_path / "none")
    with pytest.raises(OntologyError, match=r"kgraph\.ttl"):
        load_ontology(tmp_path)


def test_examples_give_what_their_relation_requires() -> None:
    for relation in load_ontology().relations.values():
        assert relation.examples, relation.name
        for fact in (fact for example in relation.examples for fact in example.facts):
            for argument in relation.arguments.values():
                assert argument.name in fact or not argument.required, (relation.name, fact)
                if argument.values and argument.name in fact:
                    assert fact[argument.name] in argument.values
