"""`kgraph review`."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

import click

from kgraph.commands.ending import clear_errors, count
from kgraph.commands.options import JUDGEMENTS, ONTOLOGY, WORKSPACE

if TYPE_CHECKING:
    from kgraph.documents import Document
    from kgraph.facts import Fact
    from kgraph.ontology import Ontology
    from kgraph.resolve.entities import Resolution
    from kgraph.resolve.joining import Outcome
    from kgraph.review import Answer, Pair, Question


def _ids(name: str, help: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(f"--{name}", f"{name}_", multiple=True, metavar="ID", help=help)


@click.command()
@WORKSPACE
@_ids("accept", "The two are one.")
@_ids("reject", "They are not, and never will be merged.")
@_ids("unsure", "Nobody can tell: do not ask again.")
@_ids("undo", "Take back what was said.")
@click.option("--reason", default="", help="Why, kept with the answer.")
@click.option(
    "--from", "file", type=click.File("r", encoding="utf-8"), help="Answers from a file, as --format json gives them."
)
@JUDGEMENTS
@click.option(
    "--show",
    type=click.Choice(["doubtful", "merged", "refused"]),
    default="doubtful",
    show_default=True,
    help="What is to be listed: doubts not judged yet, or all that has been merged or kept apart.",
)
@click.option("--name", help="Only those with these words in a name.")
@click.option("--limit", default=20, show_default=True, help="List at most so many.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@ONTOLOGY
def review(
    workspace: Path,
    accept_: tuple[str, ...],
    reject_: tuple[str, ...],
    unsure_: tuple[str, ...],
    undo_: tuple[str, ...],
    reason: str,
    file: TextIO | None,
    judgements: Path | None,
    show: Literal["doubtful", "merged", "refused"],
    name: str | None,
    limit: int,
    format_: Literal["text", "json"],
    ontology: Path | None,
) -> None:
    """List who may be one and who may not, or answer. WORKSPACE: that of the build; default output/graph.workspace.

    \b
      kgraph review                                     what is worth a person's time, most spoken of first
      kgraph review --accept 3f2a91c04b --reject 77e0a1d2c5 --reason "the council's website"
      kgraph review --show merged --name "Ann Other"    why two were merged; --reject parts them
      kgraph review --format json > doubts.jsonl        then fill in each "verdict": same, different,
      kgraph review --from doubts.jsonl                 unsure or undo; null is no answer

    Answers are kept beside the workspace (graph.judgements.jsonl): sorted JSON Lines to keep under version control
    and to share. Every later build obeys them.
    """
    from kgraph import review as reviewing

    given: list[tuple[Answer, tuple[str, ...]]] = [
        ("same", accept_),
        ("different", reject_),
        ("unsure", unsure_),
        ("undo", undo_),
    ]
    with clear_errors():
        kept = _Kept(workspace, judgements, ontology)
        answers: list[tuple[Pair, Answer, str]] = []
        for said, ids in given:
            answers += ((kept.pair(id_), said, reason) for id_ in ids)
        if file is not None:
            answers += _read(file)
        if answers or file is not None:
            for pair, said_, why in answers:
                kept.judgements = reviewing.answer(kept.judgements, pair, said_, why)
            reviewing.write_judgements(kept.judgements, kept.path)
            click.echo(
                f"{count(len(answers), 'answer')}; {count(len(kept.judgements), 'judgement')} in {kept.path}. "
                "The next build obeys them.",
                err=True,
            )
            return
        questions = kept.questions(show, name)
        for question in questions[:limit]:
            click.echo(json.dumps(question.to_json(), ensure_ascii=False) if format_ == "json" else _text(question))
        more = len(questions) - limit
        click.echo(
            f"{count(len(questions), 'pair')} {show}{f', {more:,} of them not shown' if more > 0 else ''}", err=True
        )


class _Kept:
    """A workspace and its judgements. Who is who is found out when it is first asked for: that takes a while."""

    def __init__(self, workspace: Path, path: Path | None, ontology: Path | None) -> None:
        from kgraph.review import read_judgements
        from kgraph.workspace import judgements_path

        self.workspace, self.ontology = workspace, ontology
        self.path = path or judgements_path(workspace)
        self.judgements = read_judgements(self.path)

    @cached_property
    def resolved(self) -> tuple[list[Fact], Resolution, dict[str, Document], Ontology]:
        from kgraph.graph.assemble import resolve_facts
        from kgraph.ontology import load_ontology
        from kgraph.workspace import read_facts

        ontology = load_ontology(self.ontology)
        documents, facts = read_facts(self.workspace)
        by_id = {document.id: document for document in documents}
        return *resolve_facts(facts, by_id, ontology, self.judgements), by_id, ontology

    def questions(self, outcome: Outcome, name: str | None) -> list[Question]:
        from kgraph.review import ask

        facts, resolution, documents, ontology = self.resolved
        return ask(resolution, facts, documents, ontology, self.judgements, outcome=outcome, name=name)

    def pair(self, id_: str) -> Pair:
        """The pair that goes by this id: one judged before, or one of the resolution's. Raises ValueError."""
        from kgraph.review import pair_id

        judged = (judgement.pair for judgement in self.judgements)
        found = next((pair for pair in judged if pair_id(pair) == id_), None)
        if found is None:
            pairs = ((decision.one, decision.other) for decision in self.resolved[1].decisions)
            found = next((pair for pair in pairs if pair_id(pair) == id_), None)
        if found is None:
            raise ValueError(f"{self.workspace}: no pair {id_!r} (`kgraph review` lists them)")
        return found


def _read(file: TextIO) -> Iterator[tuple[Pair, Answer, str]]:
    from kgraph.review import read_answer

    for number, line in enumerate(file, 1):
        if line.strip():
            try:
                pair, said, reason = read_answer(json.loads(line))
            except ValueError as error:
                raise ValueError(f"{file.name}: line {number}: {error}") from error
            if said is not None:
                yield pair, said, reason


def _text(question: Question) -> str:
    judged = f" (judged {question.verdict})" if question.verdict else ""
    lines = [textwrap.fill(f"{question.id}  {question.outcome}{judged}: {'; '.join(question.reasons)}", _WIDTH)]
    for side in (question.one, question.other):
        kind = f" ({side.type})" if side.type else ""
        lines.append(_indented(f"- {side.name}{kind} in {side.where}", 2))
        lines += (_indented(f"“{sentence}”", 6) for sentence in side.sentences)
    return "\n".join(lines) + "\n"


def _indented(text: str, by: int) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=" " * by, subsequent_indent=" " * (by + 2))


_WIDTH = 100
