"""Documents, and the excerpts of them that facts were read from, as Web Annotation targets.

An excerpt has both selectors of https://www.w3.org/TR/annotation-model/: the position, in code points of the text whose
SHA-256 the document carries, and the quotation, which finds the place again in another copy.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from kgraph.documents import Document, Excerpt
from kgraph.graph import edtf
from kgraph.graph.terms import DC, DCTERMS, KG, OA, PROV, RDF, RDFS, SCHEMA, iri, number, text, typed
from kgraph.identifiers import digest, slug

_A = f"<{RDF}type>"


def document_iri(document: Document, base: str) -> str:
    """From the document's id and text: another version of the text is another document."""
    return _document_iri(document.id, document.sha256, base)


@functools.lru_cache(1024)
def _document_iri(id: str, sha256: str, base: str) -> str:
    return f"{base}document/{slug(id)}-{digest(id, sha256)[:8]}"


def excerpt_iri(document: Document, excerpt: Excerpt, base: str) -> str:
    return f"{base}excerpt/{digest(document.id, document.sha256, str(excerpt.start), str(excerpt.end))}"


def describe_document(document: Document, base: str) -> Iterator[str]:
    """Lines of N-Triples."""
    subject = document_iri(document, base)
    properties = [
        (RDF + "type", iri(KG + "Document")),
        (RDF + "type", iri(SCHEMA + "DigitalDocument")),
        (RDF + "type", iri(PROV + "Entity")),
        (RDFS + "label", text(document.title or document.id)),
        (DCTERMS + "identifier", text(document.id)),
        (SCHEMA + "encodingFormat", text(document.media_type)),
        (KG + "textSha256", text(document.sha256)),
    ]
    if document.title:
        properties.append((DCTERMS + "title", text(document.title)))
    if document.publisher:
        properties.append((DC + "publisher", text(document.publisher)))
    if document.published:
        properties.append((KG + "published", text(document.published)))
        limits = edtf.bounds(document.published)
        for name, day in (("publishedEarliest", limits.start_earliest), ("publishedLatest", limits.end_latest)):
            if day is not None:
                properties.append((KG + name, typed(day, "date")))
        if limits.start_earliest and limits.start_earliest == limits.end_latest:
            properties.append((SCHEMA + "datePublished", typed(limits.start_earliest, "date")))
    if document.url:
        properties.append((SCHEMA + "url", text(document.url)))
    return (f"<{subject}> <{predicate}> {term} ." for predicate, term in properties)


def describe_excerpt(document: Document, excerpt: Excerpt, base: str, subject: str) -> Iterator[str]:
    """Lines of N-Triples of an excerpt, whose IRI is `subject`."""
    position, quotation = f"<{subject}-position>", f"<{subject}-quotation>"
    yield f"<{subject}> {_A} <{OA}SpecificResource> ."
    yield f"<{subject}> {_A} <{PROV}Entity> ."
    yield f"<{subject}> <{OA}hasSource> {iri(document_iri(document, base))} ."
    yield f"<{subject}> <{OA}hasSelector> {position} ."
    yield f"<{subject}> <{OA}hasSelector> {quotation} ."
    yield f"{position} {_A} <{OA}TextPositionSelector> ."
    yield f"{position} <{OA}start> {number(excerpt.start)} ."
    yield f"{position} <{OA}end> {number(excerpt.end)} ."
    yield f"{quotation} {_A} <{OA}TextQuoteSelector> ."
    yield f"{quotation} <{OA}exact> {text(excerpt.text)} ."
    page = document.page(excerpt.start)
    if page is not None:
        yield f"<{subject}> <{KG}page> {number(page)} ."
