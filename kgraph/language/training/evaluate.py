"""Measures a model: `python -m kgraph.language.training.evaluate MODEL_DIR CORPORA_DIR [--float32 MODEL_DIR]`.

Prints, in the order of the model card: annotation of GUM's test documents and of PUD with gold words and sentences
and from raw text, names, what quantisation costs, speed, memory and size, and whether processes and batches agree bit
for bit.
"""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
import numpy as np
import onnx
import onnxruntime
from spacy.language import Language
from spacy.tokens import Doc

from kgraph.language import load, wordscores
from kgraph.language.component import Encoder
from kgraph.language.model import WINDOW, Model
from kgraph.language.names import spans
from kgraph.language.training import corpora as read
from kgraph.language.training.corpora import Article, Sentence

Figures = dict[str, float]


def model_of(nlp: Language) -> Model:
    component = nlp.get_pipe("kgraph_encoder")
    assert isinstance(component, Encoder)
    return component.model


def f1(right: int, gold: int, found: int) -> float:
    return 2 * right / (gold + found) if gold + found else 0.0


def universal(relation: str) -> str:
    """A relation without its subtype, as the CoNLL shared tasks compare it."""
    return relation.partition(":")[0].lower()


def gold_words(model: Model, articles: Iterable[Article]) -> Figures:
    """Shares of words annotated rightly where words and sentences are given. `las` compares full labels."""
    right: Counter[str] = Counter()
    words = 0
    for article in articles:
        for group in _groups(model, article):
            starts = np.cumsum([0, *(len(s.words) for s in group)]).tolist()
            found = model.sentences([w for s in group for w in s.words], starts[:-1])
            for sentence, at in zip(group, starts, strict=False):
                for i, (word, lemma) in enumerate(zip(sentence.words, sentence.lemmas, strict=True)):
                    k = at + i
                    tag, upos = model.tags[found.tags[k]], model.upos[found.upos[k]]
                    head = -1 if found.heads[k] == k else int(found.heads[k]) - at
                    relation = model.relations[found.relations[k]]
                    attached = head == sentence.heads[i]
                    right["tag"] += tag == sentence.tags[i]
                    right["upos"] += upos == sentence.upos[i]
                    right["lemma"] += model.morphology.lemma(word, tag, upos) == lemma
                    right["uas"] += attached
                    right["las"] += attached and relation == sentence.relations[i]
                    right["las without subtypes"] += attached and universal(relation) == universal(
                        sentence.relations[i]
                    )
                words += len(sentence.words)
    return {k: right[k] / words for k in ("tag", "upos", "lemma", "uas", "las", "las without subtypes")}


def _groups(model: Model, article: Article) -> Iterable[list[Sentence]]:
    group: list[Sentence] = []
    size = 2
    for sentence in article:
        length = sum(len(model.pieces.split(w)[0]) for w in sentence.words)
        if group and size + length > WINDOW:
            yield group
            group, size = [], 2
        group.append(sentence)
        size += length
    yield group


def raw_text(nlp: Language, articles: Iterable[Article]) -> Figures:
    """F1 as in the CoNLL 2018 shared task (https://universaldependencies.org/conll18/evaluation.html): words match
    where they cover the same characters; sentences too; a head is right where it matches the gold head."""
    right: Counter[str] = Counter()
    gold_count = found_count = gold_sentences = found_sentences = 0
    for article in articles:
        text, offsets = read.raw_text(article)
        doc = nlp(text)
        gold: dict[tuple[int, int], tuple[str, str, str, tuple[int, int] | None, str]] = {}
        for sentence, places in zip(article, offsets, strict=True):
            for i, span in enumerate(places):
                head = None if sentence.heads[i] < 0 else places[sentence.heads[i]]
                gold[span] = sentence.tags[i], sentence.upos[i], sentence.lemmas[i], head, sentence.relations[i]
        gold_count += len(gold)
        gold_sentences += len(offsets)
        sentences = {(places[0][0], places[-1][1]) for places in offsets}
        for part in doc.sents:
            tokens = [t for t in part if not t.is_space]
            if tokens:
                found_sentences += 1
                right["sentences"] += (tokens[0].idx, tokens[-1].idx + len(tokens[-1])) in sentences
        for token in doc:
            if token.is_space:
                continue
            found_count += 1
            wanted = gold.get((token.idx, token.idx + len(token)))
            if wanted is None:
                continue
            tag, upos, lemma, head, relation = wanted
            at = (
                None
                if token.head is token or token.head == token
                else (token.head.idx, token.head.idx + len(token.head))
            )
            right["words"] += 1
            right["tag"] += token.tag_ == tag
            right["upos"] += token.pos_ == upos
            right["lemma"] += token.lemma_ == lemma
            right["uas"] += at == head
            right["las"] += at == head and universal(token.dep_) == universal(relation)
            right["las with subtypes"] += at == head and token.dep_.replace("ROOT", "root") == relation
    figures = {
        k: f1(right[k], gold_count, found_count)
        for k in ("words", "tag", "upos", "lemma", "uas", "las", "las with subtypes")
    }
    return {"sentences": f1(right["sentences"], gold_sentences, found_sentences)} | figures


def names(model: Model, articles: Iterable[Article]) -> Figures:
    """F1 of names, exact in span and type, words given; by type as well."""
    counts: dict[str, list[int]] = {}
    for article in articles:
        words = [w for s in article for w in s.words]
        starts = np.cumsum([0, *(len(s.words) for s in article)]).tolist()
        breaks = [at for s, at in zip(article, starts, strict=False) if s.paragraph]
        labels = model.analyse(words, breaks).names
        gold = {(b + at, e + at, kind) for s, at in zip(article, starts, strict=False) for b, e, kind in s.names or ()}
        found = {(start, end, model.names[labels[start]][2:]) for start, end in spans(labels)}
        for kind in ("PERSON", "ORG", "PLACE"):
            a, b = ({s for s in some if s[2] == kind} for some in (gold, found))
            counts.setdefault(kind, [0, 0, 0])
            counts[kind] = [x + y for x, y in zip(counts[kind], (len(a & b), len(a), len(b)), strict=True)]
    total = [sum(column) for column in zip(*counts.values(), strict=True)]
    right, gold_total, found_total = total
    figures = {"f1": f1(right, gold_total, found_total), "precision": right / found_total, "recall": right / gold_total}
    return figures | {kind: f1(*count) for kind, count in counts.items()}


_TITLES = (
    "mr ",
    "mrs ",
    "ms ",
    "dr ",
    "cllr ",
    "councillor ",
    "sir ",
    "dame ",
    "lord ",
    "baroness ",
    "prof ",
    "professor ",
    "the ",
)


def entity_recall(nlp: Language, gold: Path) -> tuple[Figures, list[str]]:
    """Share of the gold's people and organisations that are found at least once under one of their names: as a name
    of the right type, and as a name of any type (a council that a text calls by its town only is a PLACE to the
    model). Titles and "the" aside.
    """
    right: Counter[str] = Counter()
    missed = []
    for path in sorted(gold.glob("*.json")):
        if path.name == "index.json":
            continue
        data = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        found: dict[str, set[str]] = {}
        for entity in nlp(text).ents:
            found.setdefault(_bare(entity.text), set()).add(entity.label_)
        for entity in data["entities"]:
            if entity["type"] == "place":
                continue
            kind = "PERSON" if entity["type"] == "person" else "ORG"
            variants = [v for v in (entity["name"], *entity["aliases"]) if v in text]
            if not variants:
                continue  # named by the annotator, not by the text
            labels = set().union(*(found.get(_bare(v), set()) for v in variants))
            right[f"{kind} total"] += 1
            right[f"{kind} right type"] += kind in labels
            right[f"{kind} any type"] += bool(labels)
            if kind not in labels:
                missed.append(f"{path.stem[:3]} {kind} {entity['name']} {sorted(labels)}")
    figures = {
        f"{k} {m}": right[f"{k} {m}"] / right[f"{k} total"]
        for k in ("PERSON", "ORG")
        for m in ("right type", "any type")
    }
    total = right["PERSON total"] + right["ORG total"]
    for m in ("right type", "any type"):
        figures[f"all {m}"] = (right[f"PERSON {m}"] + right[f"ORG {m}"]) / total
    return figures, missed


def _bare(name: str) -> str:
    name = " ".join(name.lower().replace("’", "'").split()).removesuffix("'s")
    while any(name.startswith(t) for t in _TITLES):
        name = name.split(" ", 1)[1]
    return name


def speed(nlp: Language, folder: Path, texts: Sequence[str]) -> Figures:
    """Words a second in one thread: the bare encoder on the very windows that the pipeline runs, and the pipeline
    from text."""
    model = model_of(nlp)
    seen: list[dict[str, np.ndarray]] = []
    session = model._session

    class Recorder:
        def run(self, outputs: object, inputs: dict[str, np.ndarray]) -> object:
            seen.append(inputs)
            return session.run(outputs, inputs)

        def get_outputs(self) -> object:
            return session.get_outputs()

    model._session = Recorder()
    words = sum(not t.is_space for doc in nlp.pipe(texts) for t in doc)
    model._session = session
    encoder = _bare_encoder(folder)
    times: dict[str, list[float]] = {"encoder": [], "pipeline": []}
    for _ in range(3):  # in turn, so that another process slows both alike
        began = time.process_time()
        for inputs in seen:
            encoder.run(None, {k: inputs[k] for k in ("pieces", "shapes")})
        times["encoder"].append(time.process_time() - began)
        began = time.process_time()
        for _doc in nlp.pipe(texts):
            pass
        times["pipeline"].append(time.process_time() - began)
    best = {k: min(v) for k, v in times.items()}
    return {
        "words": words,
        "encoder words/s": words / best["encoder"],
        "pipeline words/s": words / best["pipeline"],
        "share": best["encoder"] / best["pipeline"],
    }


def _bare_encoder(folder: Path) -> onnxruntime.InferenceSession:
    """The model's graph up to the encoder's last layer, without the branch."""
    graph = onnx.load(folder / "model.onnx")
    nodes = list(graph.graph.node)  # in the order in which they run
    branch = next(i for i, n in enumerate(nodes) if any(name.startswith("branch.") for name in n.input))
    last = max(i for i, n in enumerate(nodes[:branch]) if n.op_type == "LayerNormalization")
    del graph.graph.node[last + 1 :]
    inputs = [i for i in graph.graph.input if i.name != "first"]
    del graph.graph.input[:], graph.graph.output[:]
    graph.graph.input.extend(inputs)
    result = onnx.helper.make_tensor_value_info(nodes[last].output[0], onnx.TensorProto.FLOAT, ["P", 384])
    graph.graph.output.append(result)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # it would list each constant that the cut leaves over
    return onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])


def digest(docs: Iterable[Doc]) -> str:
    """Hash of all annotations of some documents, in order."""
    state = hashlib.sha256()
    for doc in docs:
        rows = [
            (t.idx, t.tag_, t.pos_, str(t.morph), t.lemma_, t.head.i, t.dep_, t.is_sent_start, t.ent_iob_, t.ent_type_)
            for t in doc
        ]
        state.update(repr(rows).encode())
        for what in ("stances", "facts"):
            state.update(wordscores.kept(doc, what)[1].tobytes())
    return state.hexdigest()


def same_everywhere(nlp: Language, folder: Path, texts: Sequence[str]) -> dict[str, bool]:
    """Whether annotations are the same one by one, in batches, in another order, and in another process."""
    alone = digest(map(nlp, texts))
    backwards = list(nlp.pipe(list(reversed(texts)), batch_size=7))
    script = (
        "import json,sys; from kgraph.language import load; from kgraph.language.training.evaluate import digest\n"
        "print(digest(load(sys.argv[1]).pipe(json.load(sys.stdin), batch_size=3)))"
    )
    other = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        input=json.dumps(list(texts)),
        capture_output=True,
        text=True,
        check=True,
    )
    return {
        "in batches": digest(nlp.pipe(texts)) == alone,
        "in another order": digest(reversed(backwards)) == alone,
        "in another process": other.stdout.strip() == alone,
    }


def show(title: str, figures: Figures) -> None:
    click.echo(f"{title}: " + ", ".join(f"{k} {v:.4f}" if v <= 1 else f"{k} {v:,.0f}" for k, v in figures.items()))


@click.command()
@click.argument("model", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("corpora", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--float32", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The same model unquantised."
)
@click.option("--gold", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Articles with entities.")
@click.option("--split", default="test", show_default=True, help="Split of GUM to measure on.")
@click.option("--missed", is_flag=True, help="List the gold entities not found.")
def main(model: Path, corpora: Path, float32: Path | None, gold: Path | None, split: str, missed: bool) -> None:
    gum = read.gum(corpora, split)
    _, wikigold = read.wikigold(corpora)
    nlp = load(str(model))
    texts = [read.raw_text(article)[0] for article in gum.values()]
    if gold is not None:
        texts += [p.read_text(encoding="utf-8") for p in sorted(gold.glob("*.txt"))]
    for title, folder in (("quantised", model), ("float32", float32)):
        if folder is None:
            continue
        pipeline = nlp if folder == model else load(str(folder))
        net = model_of(pipeline)
        show(f"[1] {title}, GUM {split}, gold words", gold_words(net, gum.values()))
        show(f"[1] {title}, GUM {split}, raw text", raw_text(pipeline, gum.values()))
        show(f"[1] {title}, PUD, gold words", gold_words(net, [read.pud(corpora)]))
        pud = [[s] for s in read.pud(corpora)]  # sentences of PUD stand alone
        show(f"[1] {title}, PUD, raw text", raw_text(pipeline, pud))
        show(f"[2] {title}, wikigold held out", names(net, wikigold))
        show(f"[2] {title}, re3d {read.HELD_OUT_RE3D}", names(net, read.re3d(corpora, read.HELD_OUT_RE3D)))
        show(f"[2] {title}, GUM {split}", names(net, gum.values()))
        if gold is not None:
            figures, misses = entity_recall(pipeline, gold)
            show(f"[2] {title}, entities of the gold articles", figures)
            if missed and folder == model:
                click.echo("\n".join(misses))
    show("[4] speed, one thread", speed(nlp, model, texts))
    size = sum(f.stat().st_size for f in model.iterdir()) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    click.echo(
        f"[4] size {size:.1f} MB on disk; peak memory of this process {peak:.0f} MB; load {_load_time(model):.2f} s"
    )
    click.echo(f"[5] same annotations: {same_everywhere(nlp, model, texts)}")


def _load_time(model: Path) -> float:
    """Seconds to load the pipeline in a fresh process, imports aside."""
    script = (
        "import sys,time,spacy,kgraph.language as k\n"
        "t = time.perf_counter(); k.load(sys.argv[1]); print(time.perf_counter() - t)"
    )
    run = subprocess.run([sys.executable, "-c", script, str(model)], capture_output=True, text=True, check=True)
    return float(run.stdout)


if __name__ == "__main__":
    main()
