"""The language pipeline: from text to a spaCy `Doc` with tags, lemmas, sentences, dependencies and names.

`load()` gives the pipeline that ships with kgraph; any other spaCy pipeline that `check_pipeline` accepts can take
its place.
"""

from __future__ import annotations

import os
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.util import get_package_path, is_package

__all__ = ["UnsuitablePipeline", "check_pipeline", "folder", "load"]

_SAMPLE = "The report was published by Jane Smith on Monday. She works for the University of Kent in Canterbury."
_NAMES = {"PERSON": ("PERSON", "PER"), "ORG": ("ORG",), "PLACE": ("PLACE", "GPE", "LOC")}


class UnsuitablePipeline(ValueError):
    """A pipeline that kgraph cannot read texts with; the message says what it lacks."""


def load(model: str | None = None) -> Language:
    """A pipeline to read English texts with.

    model   a folder that kgraph's training wrote, or the name or folder of another spaCy pipeline. None for the model
    in the
            folder that the environment variable KGRAPH_MODEL names, or else the one that ships with kgraph.

    Raises `UnsuitablePipeline` where the model cannot be found or lacks what kgraph needs (see `check_pipeline`).
    """
    place = folder(model)
    if model is None or (place / "model.onnx").is_file():
        return _encoder_pipeline(place)
    try:
        nlp = spacy.load(str(model))
    except (OSError, ValueError) as error:
        raise UnsuitablePipeline(f"{model}: spaCy cannot load this pipeline: {error}") from error
    check_pipeline(nlp)
    return nlp


def folder(model: str | None = None) -> Path:
    """Where the files of a pipeline are, named as for `load`. Raises `UnsuitablePipeline` where there is none."""
    path = Path(model or os.environ.get("KGRAPH_MODEL") or Path(__file__).parent / "model")
    if model is None or (path / "model.onnx").is_file() or (path / "meta.json").is_file():
        return path
    if is_package(model):
        return get_package_path(model)
    raise UnsuitablePipeline(f"{model}: no such spaCy pipeline is installed, and no folder holds one")


def _encoder_pipeline(folder: Path) -> Language:
    from kgraph.language import component  # registers the factory

    assert component.NAME_TYPES
    nlp = spacy.blank("en")
    try:
        nlp.add_pipe("kgraph_encoder", config={"model": str(folder)})
    except FileNotFoundError as error:
        raise UnsuitablePipeline(str(error)) from error
    return nlp


def check_pipeline(nlp: Language) -> None:
    """Raises `UnsuitablePipeline` unless the pipeline can stand in for kgraph's own.

    It must be for English and give sentences, Penn Treebank tags, lemmas, Universal Dependencies (v2, subtypes
    included, the root labelled ROOT) and names (PERSON, ORG and a place label: PLACE, GPE or LOC). Tried on two plain
    sentences.
    """
    name = f"{nlp.lang}_{nlp.meta.get('name') or 'pipeline'}"
    if nlp.lang != "en":
        raise UnsuitablePipeline(f"{name}: kgraph reads English, this pipeline is for '{nlp.lang}'")
    doc = nlp(_SAMPLE)
    lacking = []
    if not doc.has_annotation("SENT_START") or len(list(doc.sents)) != 2:
        lacking.append("sentences")
    if not doc.has_annotation("TAG") or doc[3].tag_ != "VBN":
        lacking.append("Penn Treebank tags")
    if not doc.has_annotation("LEMMA") or doc[3].lemma_ != "publish":
        lacking.append("lemmas")
    if not doc.has_annotation("DEP"):
        lacking.append("dependencies")
    elif doc[1].dep_ != "nsubj:pass" or doc[3].dep_ != "ROOT":
        lacking.append("Universal Dependencies labels (its parser has others, such as nsubjpass and pobj)")
    if not any(e.label_ in _NAMES["PERSON"] for e in doc.ents):
        lacking.append("names of people (PERSON)")
    if not any(e.label_ in _NAMES["ORG"] for e in doc.ents):
        lacking.append("names of organisations (ORG)")
    if lacking:
        raise UnsuitablePipeline(f"{name}: kgraph needs of a pipeline what this one lacks: {', '.join(lacking)}")
