"""spaCy's own small convolutional pipeline on the same treebank, to compare with:
`python -m kgraph.language.training.baseline CORPORA_DIR [--passes N]`.

Tagger, parser and names over one `HashEmbedCNN` of spaCy's defaults (width 96, depth 4), trained on the GUM documents
that the shipped model is trained on. Prints accuracy on GUM's test documents from raw text and words a second in one
thread.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import click
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example

from kgraph.language.training import corpora as read
from kgraph.language.training.corpora import Article
from kgraph.language.training.evaluate import raw_text, show


def gold_doc(nlp: Language, article: Article) -> Doc:
    """A document's gold annotation as spaCy has it."""
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    heads: list[int] = []
    relations: list[str] = []
    spans: list[tuple[int, int, str]] = []
    for sentence in article:
        at = len(words)
        words += sentence.words
        spaces += sentence.space
        tags += sentence.tags
        heads += [at + i if head < 0 else at + head for i, head in enumerate(sentence.heads)]
        relations += ["ROOT" if r == "root" else r for r in sentence.relations]
        spans += [(at + start, at + end, kind) for start, end, kind in sentence.names or ()]
    doc = Doc(nlp.vocab, words=words, spaces=spaces, tags=tags, heads=heads, deps=relations)
    doc.set_ents([Span(doc, start, end, label=kind) for start, end, kind in spans])
    return doc


@click.command()
@click.argument("corpora", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--passes", default=10, show_default=True)
def main(corpora: Path, passes: int) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
    for name in ("tagger", "parser", "ner"):
        nlp.add_pipe(name, config={"model": {"tok2vec": listener}})
    train = read.gum(corpora, "train")
    articles = [article[i : i + 12] for article in train.values() for i in range(0, len(article), 12)]
    examples = [
        Example(Doc(nlp.vocab, words=[t.text for t in d], spaces=[bool(t.whitespace_) for t in d]), d)
        for d in (gold_doc(nlp, a) for a in articles)
    ]
    optimiser = nlp.initialize(lambda: examples)
    rng = random.Random(0)
    for number in range(passes):
        began = time.monotonic()
        rng.shuffle(examples)
        for i in range(0, len(examples), 8):
            nlp.update(examples[i : i + 8], sgd=optimiser, drop=0.1)
        click.echo(f"pass {number + 1}: {time.monotonic() - began:.0f} s")
    test = read.gum(corpora, "test")
    show("GUM test, raw text", raw_text(nlp, test.values()))
    texts = [read.raw_text(a)[0] for a in test.values()]
    began = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    click.echo(f"{words / (time.process_time() - began):,.0f} words a second")


if __name__ == "__main__":
    main()
