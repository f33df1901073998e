"""The corpora, each read into documents of the same form.

Every reader takes the folder that holds the corpora. What is trained on and what is kept out is decided here, once:
GUM by its official split and by licence (`LICENCES`), every tenth article of wikigold and re3d's UK Government folder
for measuring names, PUD for measuring everything else.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Token

from kgraph.language.training.names import TYPES, Name, gum_names, outermost, trim

LICENCES = ("open", "open-sa")
"""Classes of GUM's manifest whose texts may be shipped in a model: CC BY, CC BY-SA and public domain."""

HELD_OUT_RE3D = "UK_Government"
RE3D_FOLDERS = ("Australian_Department_of_Foreign_Affairs", "CENTCOM", "US_State_Department", "Wikipedia")


Statement = tuple[int, int, str]
"""First word, end (exclusive), stance."""

Evidence = tuple[int, int, str]
"""First word, end (exclusive), relation."""


@dataclass(frozen=True)
class Sentence:
    """Annotated words. A layer that the corpus lacks is empty.

    heads       index of each word's head in this sentence, -1 for the root
    space       whether a space follows each word (raw text; empty where the corpus does not say)
    paragraph   whether the sentence opens a paragraph
    names       non-overlapping, in order; None where names are not annotated
    statements  first word, end (exclusive) and stance of what is said, in order; None where they are not annotated
    facts       the same of the evidence of facts, with their relation; it may overlap
    """

    words: tuple[str, ...]
    tags: tuple[str, ...] = ()
    upos: tuple[str, ...] = ()
    feats: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    relations: tuple[str, ...] = ()
    names: tuple[Name, ...] | None = None
    statements: tuple[Statement, ...] | None = None
    facts: tuple[Evidence, ...] | None = None
    space: tuple[bool, ...] = ()
    paragraph: bool = False


Article = list[Sentence]


def gum(corpora: Path, split: str) -> dict[str, Article]:
    """GUM documents of a split (`train`, `dev`, `test`) whose licence is in `LICENCES`, by name."""
    with (corpora / "ud_gum" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["split"] == split and r["licence_class"] in LICENCES]
    return {
        r["doc"]: list(conllu(corpora / "ud_gum" / "conllu" / f"{r['doc']}.conllu", names=True))
        for r in sorted(rows, key=lambda r: r["doc"])
    }


def pud(corpora: Path) -> Article:
    return list(conllu(corpora / "ud_pud" / "en_pud-ud-test.conllu", names=False))


def conllu(path: Path, *, names: bool) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file (https://universaldependencies.org/format.html). Empty nodes are left out.

    Words of a multiword token are written without space between them, as English contractions are.
    """
    paragraph = False
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows: list[list[str]] = []
        tight: set[int] = set()  # ids of words that no space follows
        for line in block.split("\n"):
            if line.startswith("# newpar") or line.startswith("# newdoc"):
                paragraph = True
            cells = line.split("\t")
            if len(cells) != 10 or "." in cells[0]:
                continue
            if "-" in cells[0]:
                first, last = map(int, cells[0].split("-"))
                tight.update(range(first, last))
                if "SpaceAfter=No" in cells[9]:
                    tight.add(last)
                continue
            if "SpaceAfter=No" in cells[9]:
                tight.add(int(cells[0]))
            rows.append(cells)
        if not rows:
            continue
        columns = list(zip(*rows, strict=True))
        heads = tuple(int(h) - 1 for h in columns[6])
        entities = [next((f[7:] for f in misc.split("|") if f.startswith("Entity=")), "") for misc in columns[9]]
        yield Sentence(
            words=columns[1],
            tags=columns[4],
            upos=columns[3],
            feats=columns[5],
            lemmas=columns[2],
            heads=heads,
            relations=columns[7],
            names=tuple(gum_names(columns[1], columns[4], columns[3], heads, columns[7], entities)) if names else None,
            space=tuple(i + 1 not in tight for i in range(len(rows))),
            paragraph=paragraph,
        )
        paragraph = False


def wikigold(corpora: Path) -> tuple[list[Article], list[Article]]:
    """Articles to train on, and every tenth article for measuring."""
    articles: list[Article] = [[]]
    text = (corpora / "ner_wikigold" / "wikigold.conll.txt").read_text(encoding="utf-8")
    for block in text.split("\n\n"):
        rows = [line.rsplit(" ", 1) for line in block.strip("\n").split("\n") if line.strip()]
        if rows and rows[-1][0] == "-DOCSTART-":
            rows.pop()
            if rows:
                articles[-1].append(_tagged(rows, {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}))
            articles.append([])
        elif rows:
            articles[-1].append(_tagged(rows, {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}))
    articles = [a for a in articles if a]
    return [a for i, a in enumerate(articles) if i % 10 != 9], [a for i, a in enumerate(articles) if i % 10 == 9]


def twitter(corpora: Path) -> list[Article]:
    """Broad Twitter Corpus without its test section f. Each tweet is an article of its own."""
    articles = []
    for section in "abegh":
        text = (corpora / "ner_btc" / f"{section}.conll").read_text(encoding="utf-8")
        for block in text.split("\n\n"):
            rows = [line.rsplit("\t", 1) for line in block.split("\n") if "\t" in line]
            if rows:
                articles.append([_tagged(rows, {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"})])
    return articles


def gmb(corpora: Path) -> list[Sentence]:
    """Groningen Meaning Bank: silver, and titles belong to its persons."""
    kinds = {"per": "PERSON", "org": "ORG", "geo": "PLACE", "gpe": "PLACE"}
    with zipfile.ZipFile(corpora / "ner_gmb" / "ner_dataset.csv.zip") as archive:
        text = archive.read(archive.namelist()[0]).decode("latin-1")
    sentences: list[list[list[str]]] = []
    for row in list(csv.reader(io.StringIO(text)))[1:]:
        if row[0]:
            sentences.append([])
        # "Iraqi" and "Iraqis" are gpe too: only the noun in the singular names the place.
        place = not (row[3].endswith("gpe") and row[2] != "NNP")
        if row[1].strip():
            sentences[-1].append([row[1], row[3] if place else "O"])
    return [_tagged(rows, kinds) for rows in sentences if rows]


def re3d(corpora: Path, folder: str) -> list[Article]:
    """Documents of one re3d folder in spaCy's words; each paragraph is given as one `Sentence`."""
    kinds = {"Person": "PERSON", "Organisation": "ORG", "Location": "PLACE"}
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for entity in _json_lines(corpora / "re3d" / folder / "entities.json"):
        if entity["type"] in kinds:
            spans.setdefault(entity["documentId"], []).append((entity["begin"], entity["end"], kinds[entity["type"]]))
    articles = []
    for document in _json_lines(corpora / "re3d" / folder / "documents.json"):
        words = spacy_words(document["text"])
        texts = [t.text for t in words]
        starts, ends = _edges(words)
        found = [
            trim(texts, starts[b], ends[e], kind)
            for b, e, kind in spans.get(document["_id"], [])
            if b in starts and e in ends
        ]
        names = outermost(n for n in found if n is not None)
        article, start = [], 0
        for i in range(1, len(words) + 1):
            if i == len(words) or "\n" in document["text"][words[i - 1].idx + len(words[i - 1]) : words[i].idx]:
                inside = tuple((b - start, e - start, kind) for b, e, kind in names if start <= b and e <= i)
                article.append(Sentence(tuple(texts[start:i]), names=inside, paragraph=True))
                start = i
        articles.append(article)
    return articles


def knowledgenet(corpora: Path, marked: Path) -> tuple[Article, Article]:
    """KnowledgeNet's passages in spaCy's words with all their names: those to train on, and those of about every tenth
    document for measuring.

    marked  a table of `documentId`, `passageStart` and, by type, the names of a passage, separated by "; "
    """
    passages = {
        (fact["documentId"], str(fact["passageStart"])): fact["passageText"]
        for fact in _json_lines(corpora / "knowledgenet" / "knowledgenet_train_from_html.jsonl")
    }
    trained: Article = []
    held_out: Article = []
    with marked.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            names = {name: kind for kind in TYPES for name in row[kind].split("; ") if name}
            sentence = _with_names(passages[row["documentId"], row["passageStart"]], names)
            (held_out if is_held_out(row["documentId"]) else trained).append(sentence)
    return trained, held_out


def _with_names(text: str, names: Mapping[str, str]) -> Sentence:
    """Text in spaCy's words; every occurrence of a name is marked, of overlapping ones the longest."""
    words = spacy_words(text)
    starts, ends = _edges(words)
    found = [
        (starts[match.start()], ends[match.end()], kind)
        for name, kind in names.items()
        for match in re.finditer(re.escape(name), text)
        if match.start() in starts and match.end() in ends
    ]
    return Sentence(tuple(t.text for t in words), names=tuple(outermost(found)), paragraph=True)


_MARKS = re.compile(r"(?P<open>[{\[])|\}(?P<stance>[a-z-]+)|\](?P<kind>[POL])")
_KINDS = {"P": "PERSON", "O": "ORG", "L": "PLACE"}


_QUOTES = str.maketrans("’‘“”", "''\"\"")
_NUMBER = re.compile(r"^# (\d+)\n", re.MULTILINE)


def written(folder: Path) -> dict[str, Article]:
    """Our own articles with names, `[Ann Ode]P`, and, in those that have a date, statements, `{she had not}denies`,
    marked; each paragraph is given as one `Sentence`. A line with "#" and a number opens each article of a file.
    `facts.tsv` beside them has the evidence of facts, word by word as it stands, by article and relation."""
    evidence: dict[str, list[tuple[str, str]]] = {}
    for row in (folder / "facts.tsv").read_text(encoding="utf-8").splitlines():
        article, relation, *_, words = row.split("\t")
        evidence.setdefault(article, []).append((relation, words.translate(_QUOTES)))
    articles = {}
    for path in sorted((folder / "articles").glob("*.txt")):
        _, *parts = _NUMBER.split(path.read_text(encoding="utf-8"))
        for number, text in zip(parts[::2], parts[1::2], strict=True):
            lines = [line for line in text.split("\n") if line.strip()]
            dated = [line for line in lines if line.startswith("Published: ")]
            name = f"{path.stem}/{number}"
            articles[name] = [
                _marked(line, statements=bool(dated), evidence=evidence.get(name))
                for line in lines
                if line not in dated
            ]
    return articles


def is_held_out(name: str) -> bool:
    """Whether an article, or a passage of a document, that we have marked is for measuring, as every tenth is."""
    return name.endswith("7")


def _marked(line: str, *, statements: bool, evidence: Sequence[tuple[str, str]] | None) -> Sentence:
    text = ""
    opened: dict[str, int] = {}
    spans: list[tuple[int, int, str]] = []
    at = 0
    for mark in _MARKS.finditer(line):
        text += line[at : mark.start()]
        at = mark.end()
        if mark["open"]:
            opened[mark["open"]] = len(text)
        else:
            spans.append((opened["{" if mark["stance"] else "["], len(text), mark["stance"] or _KINDS[mark["kind"]]))
    text += line[at:]
    words = spacy_words(text)
    plain = text.translate(_QUOTES)
    found = ((plain.find(quoted), quoted, relation) for relation, quoted in evidence or ())

    def placed(marks: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        inside = [
            (label, [i for i, t in enumerate(words) if t.idx < end and start < t.idx + len(t)])
            for start, end, label in marks
        ]
        return [(indices[0], indices[-1] + 1, label) for label, indices in inside if indices]

    return Sentence(
        tuple(t.text for t in words),
        names=tuple(outermost(placed(s for s in spans if s[2] in TYPES))),
        statements=tuple(placed(s for s in spans if s[2] not in TYPES)) if statements else None,
        facts=None if evidence is None else tuple(placed((b, b + len(q), r) for b, q, r in found if b >= 0)),
        paragraph=True,
    )


def raw_text(article: Article) -> tuple[str, list[list[tuple[int, int]]]]:
    """An article as running text, paragraphs separated by an empty line, and each word's offsets, by sentence."""
    text, offsets = "", []
    for sentence in article:
        if sentence.paragraph and text:
            text = text.rstrip() + "\n\n"
        spans = []
        for word, space in zip(sentence.words, sentence.space, strict=True):
            spans.append((len(text), len(text) + len(word)))
            text += word + (" " if space else "")
        offsets.append(spans)
    return text, offsets


@cache
def tokenizer() -> Language:
    """spaCy's English tokenizer, the one the runtime uses."""
    return spacy.blank("en")


def spacy_words(text: str) -> list[Token]:
    """The words of a text, without white space."""
    return [t for t in tokenizer()(text) if not t.is_space]


def _edges(words: Sequence[Token]) -> tuple[dict[int, int], dict[int, int]]:
    """Of the offsets where a word begins, its index; of those where one ends, the index behind it."""
    return {t.idx: i for i, t in enumerate(words)}, {t.idx + len(t): i + 1 for i, t in enumerate(words)}


def _tagged(rows: list[list[str]], kinds: dict[str, str]) -> Sentence:
    """A sentence from IO, IOB1 or IOB2 tags."""
    names: list[Name] = []
    before = "O"
    for i, (_, tag) in enumerate(rows):
        mark, _, kind = tag.partition("-")
        if kind in kinds:
            if names and mark != "B" and before[2:] == kind:
                names[-1] = (names[-1][0], i + 1, kinds[kind])
            else:
                names.append((i, i + 1, kinds[kind]))
        before = tag
    return Sentence(tuple(word for word, _ in rows), names=tuple(names))


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if line.strip():
            yield json.loads(line)
