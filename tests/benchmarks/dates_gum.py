"""Recognition and values of dates on GUM: `python -m tests.benchmarks.dates_gum PATH_TO_UD_GUM [--split S] [--errors]`.

Gold are the TEI elements <date> of the documents whose text licence the manifest calls open, where they carry an ISO
value: `when`, or `from` and `to`. Elements with other attributes (notBefore, notAfter) are left out on both sides: a
date found there is neither right nor wrong. Recognition is relaxed: two spans match, one to one, where they overlap.
A stated interval ("from 1947 to 1960") counts as its two dates, as GUM annotates it. Values are right where they name
the same days with the same precision; a week or weekend, which EDTF cannot write, is compared by its TIMEX3 value; a
season by the month with which it begins, since GUM ends seasons now in their last month, now in the one after.

GUM leaves many dates without a tag (recurring ones, ones in titles), so that precision has a ceiling below 1. Rules
are developed on the train split; dev and test are only counted.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy

from kgraph.language.dates import DateMention, find_dates


@dataclass(frozen=True)
class Tag:
    start: int
    end: int
    attributes: dict[str, str]


def read_conllu(path: Path) -> tuple[str, list[Tag]]:
    """The running text of a GUM document, a blank line between paragraphs, and its date elements."""
    text = ""
    tags: list[Tag] = []
    open_tags: list[tuple[dict[str, str], int]] = []
    skip_until = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar") and not line.startswith("# newpar_"):
            text = text.rstrip() + "\n\n" if text else ""
        columns = line.split("\t")
        if len(columns) != 10 or "." in columns[0]:
            continue
        if "-" in columns[0]:  # a contraction: its form stands in the text, its words carry the markup
            high = int(columns[0].split("-")[1])
            skip_until, surface, last_misc = high, columns[1], columns[9]
            base = len(text)
            text += surface + ("" if "SpaceAfter=No" in last_misc else " ")
            cursor = base
        number = columns[0]
        if "-" in number:
            continue
        if int(number) <= skip_until:
            start = cursor
            end = min(start + len(columns[1]), base + len(surface))
            cursor = end
        else:
            skip_until = 0
            start, end = len(text), len(text) + len(columns[1])
            text += columns[1] + ("" if "SpaceAfter=No" in columns[9] else " ")
        if int(number) == skip_until:
            skip_until = 0
        xml = re.search(r"XML=([^|]*)", columns[9])
        for element in re.findall(r"<[^>]*>", xml[1].replace(":::", "=") if xml else ""):
            if element.startswith("<date"):
                open_tags.append((dict(re.findall(r'(\w+)="([^"]*)"', element)), start))
            elif element == "</date>" and open_tags:
                attributes, begin = open_tags.pop()
                tags.append(Tag(begin, end, attributes))
    return text, sorted(tags, key=lambda t: (t.start, t.end))


def has_iso_value(tag: Tag) -> bool:
    a = tag.attributes
    values = [a["when"]] if "when" in a else [a["from"], a["to"]] if "from" in a and "to" in a else []
    return bool(values) and all(re.fullmatch(r"-?-?\d[\d-]*(?:T[\d:]+)?", v) for v in values)


def gold_bounds(tag: Tag) -> tuple[str, str]:
    a = tag.attributes
    first, last = (a["when"], a["when"]) if "when" in a else (a["from"], a["to"])
    return _iso_edge(first, False), _iso_edge(last, True)


def _iso_edge(value: str, last: bool) -> str:
    """First or last day of an ISO value; "--09-30" has the year XXXX; the precision of a single value shows in both."""
    value = value.split("T")[0]
    if value.startswith("--"):
        value = "XXXX" + value[1:]
    before = value.startswith("-")
    year, *rest = value.lstrip("-").split("-")
    year = ("-" if before else "") + (year if year == "XXXX" else f"{int(year):04}")
    month = int(rest[0]) if rest else (12 if last else 1)
    day = int(rest[1]) if len(rest) > 1 else _last_day(year, month) if last else 1
    return f"{year}-{month:02}-{day:02}"


def _last_day(year: str, month: int) -> int:
    leap = 2001 if year == "XXXX" or not 1 <= int(year) <= 9998 else int(year)
    return (dt.date(leap + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day


def edtf_bounds(mention: DateMention) -> tuple[str, str]:
    week = re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", mention.timex3)
    if week:
        monday = dt.date.fromisocalendar(int(week[1]), int(week[2]), 1)
        first = monday + dt.timedelta(days=5 if week[3] else 0)
        return first.isoformat(), (monday + dt.timedelta(days=6)).isoformat()
    first, _, last = mention.value.replace("~", "").partition("/")
    return _edtf_edge(first, False), _edtf_edge(last or first, True)


def _edtf_edge(value: str, last: bool) -> str:
    if re.fullmatch(r"-?\d+X+", value):
        return _iso_edge(value.replace("X", "9" if last else "0"), last)
    part = re.fullmatch(r"(-?[\dX]{4})-(2[1-4]|3[3-6]|4[01])", value)
    if part:
        code = int(part[2])
        begin, length = (
            ((code - 20) * 3, 3) if code < 30 else ((code - 33) * 3 + 1, 3) if code < 40 else ((code - 40) * 6 + 1, 6)
        )
        year, month = part[1], begin
        if last:
            month = begin + length - 1
            if month > 12 and year != "XXXX":
                year = f"{int(year) + 1:04}"
            month = (month - 1) % 12 + 1
        return _iso_edge(f"{'--' if year == 'XXXX' else year + '-'}{month:02}", last)
    return _iso_edge(value.replace("XXXX", "-", 1) if value.startswith("XXXX-") else value, last)


def same_value(tag: Tag, mention: DateMention) -> bool:
    gold, found = gold_bounds(tag), edtf_bounds(mention)
    if re.fullmatch(r"-?[\dX]{4}-2[1-4]", mention.value):
        return gold[0] == found[0]
    return gold == found


def flat(mentions: tuple[DateMention, ...]) -> Iterator[DateMention]:
    for m in mentions:
        if m.kind == "date":
            yield from m.parts or (m,)


def match(
    tags: list[Tag], found: list[DateMention]
) -> tuple[list[tuple[Tag, DateMention]], list[Tag], list[DateMention]]:
    """One-to-one pairs by overlap, the longest overlap first; what is left on either side."""
    overlaps = [
        (min(t.end, m.end) - max(t.start, m.start), i, j) for i, t in enumerate(tags) for j, m in enumerate(found)
    ]
    pairs, used_tags, used_found = [], set(), set()
    for length, i, j in sorted(overlaps, key=lambda o: (-o[0], o[1], o[2])):
        if length > 0 and i not in used_tags and j not in used_found:
            pairs.append((tags[i], found[j]))
            used_tags.add(i)
            used_found.add(j)
    touching = {j for length, _, j in overlaps if length > 0}
    missed = [t for i, t in enumerate(tags) if i not in used_tags]
    return pairs, missed, [m for j, m in enumerate(found) if j not in used_found and j not in touching]


@dataclass(frozen=True)
class Figures:
    """Counts of one group of documents. `wrong` are recognised with another value."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    invented: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missed + other.missed,
            self.invented + other.invented,
        )

    @property
    def hit(self) -> int:
        return self.right + self.wrong

    @property
    def gold(self) -> int:
        return self.hit + self.missed

    @property
    def precision(self) -> float:
        return self.hit / max(1, self.hit + self.invented)

    @property
    def recall(self) -> float:
        return self.hit / max(1, self.gold)

    @property
    def f1(self) -> float:
        return 2 * self.hit / max(1, self.gold + self.hit + self.invented)

    @property
    def value(self) -> float:
        """Share of right values among what is recognised."""
        return self.right / max(1, self.hit)

    @property
    def value_f1(self) -> float:
        return self.f1 * self.value


def measure(
    corpus: Path, split: str | None = None, genre: str | None = None, errors: bool = False
) -> tuple[dict[str, Figures], float]:
    """Figures by genre, by split and for "all", and tokens read in a second of processor time."""
    nlp = spacy.blank("en")
    figures: dict[str, Figures] = defaultdict(Figures)
    words = seconds = 0.0
    with (corpus / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["licence_class"] in ("open", "open-sa")]
    for row in rows:
        if (split and row["split"] != split) or (genre and row["genre"] != genre):
            continue
        text, tags = read_conllu(corpus / "conllu" / f"{row['doc']}.conllu")
        doc = nlp(text)
        began = time.process_time()
        mentions = find_dates(doc, row["dateCreated"] or None)
        seconds += time.process_time() - began
        words += len(doc)
        other = [t for t in tags if not has_iso_value(t)]
        pairs, missed, invented = match([t for t in tags if has_iso_value(t)], list(flat(mentions)))
        invented = [m for m in invented if not any(t.start < m.end and m.start < t.end for t in other)]
        wrong = [(t, m) for t, m in pairs if not same_value(t, m)]
        counts = Figures(len(pairs) - len(wrong), len(wrong), len(missed), len(invented))
        for key in ("all", row["genre"], "split " + row["split"]):
            figures[key] += counts
        if errors:
            print(f"## {row['doc']} {row['dateCreated']}")
            for t in missed:
                print("  missed  ", repr(text[t.start : t.end]), t.attributes, "…", _around(text, t.start, t.end))
            for m in invented:
                print("  invented", repr(m.text), m.value, "…", _around(text, m.start, m.end))
            for t, m in wrong:
                print("  value   ", repr(m.text), m.value, t.attributes, "…", _around(text, m.start, m.end))
    return figures, words / seconds if seconds else 0.0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--split", help="train, dev or test; all without it")
    parser.add_argument("--genre")
    parser.add_argument("--errors", action="store_true", help="print what is missed, invented or has another value")
    options = parser.parse_args(arguments)
    figures, speed = measure(options.corpus, options.split, options.genre, options.errors)
    print(f"{'':14}{'gold':>6}{'P':>8}{'R':>8}{'F1':>8}{'value':>8}{'value F1':>10}")
    for key, f in sorted(figures.items()):
        print(f"{key:14}{f.gold:6}{f.precision:8.3f}{f.recall:8.3f}{f.f1:8.3f}{f.value:8.3f}{f.value_f1:10.3f}")
    print(f"{speed:.0f} tokens a second of processor time", file=sys.stderr)
    return 0


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 40) : end + 25].replace("\n", "¶")


if __name__ == "__main__":
    raise SystemExit(main())
