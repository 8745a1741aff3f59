"""The temporal tagger against texts annotated by hand, with pinned floors that may only rise.

`python -m tests.gate_times [FOLDER]` prints the figures and exits 1 below a floor; `--pin` moves the floors up. The
project's own texts (`tests/gold/times`) are always here: those that were read while rules were made (`seen`) and those
that were only scored (`unseen`). The corpora of other people lie outside the project: in FOLDER, by default the
variable TIMELINE_CORPORA, else `../shared/corpora`; without them this says so.

Scoring is TempEval-3 task A: one-to-one matching of spans, exact ones first, then by overlap. Value F1 and type F1 are
relaxed F1 times the share of matched expressions with the same value or type; calendar accuracy is the share of gold
dates of the form YYYY, YYYY-MM or YYYY-MM-DD that some overlapping expression carries.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from idlib_timeline import times
from idlib_timeline.interval import parse_edtf
from tests.floors import hold

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "tests" / "gold" / "times"
FLOORS = Path(__file__).with_suffix(".json")
OTHERS = {"timebank": "news", "aquaint": "news", "wars-dev": "narrative"}  # corpus -> the style it is written in
CALENDAR = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
Timex = Mapping[str, Any]
Document = Mapping[str, Any]


def folder(named: str = "") -> Path | None:
    """Where the corpora of others lie, None when they are absent."""
    path = Path(named or os.environ.get("TIMELINE_CORPORA", "") or ROOT.parent / "shared" / "corpora")
    return path if path.is_dir() else None


def documents(path: Path) -> list[Document]:
    """The annotated texts of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def matches(gold: Sequence[Timex], found: Sequence[Timex]) -> list[tuple[int, int]]:
    """Pairs of indexes, one to one."""
    pairs = []
    for i, a in enumerate(gold):
        for j, b in enumerate(found):
            overlap = min(a["end"], b["end"]) - max(a["start"], b["start"])
            if overlap > 0:
                exact = (a["start"], a["end"]) == (b["start"], b["end"])
                pairs.append((not exact, -overlap, a["start"], b["start"], i, j))
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    result = []
    for *_, i, j in sorted(pairs):
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            result.append((i, j))
    return result


Tagger = Callable[[Document], Sequence[Timex]]


def tagger(style: str = "") -> Tagger:
    """This project's tagger; `style` "" is the one each text says it has."""

    def tag(document: Document) -> list[Timex]:
        published = parse_edtf(document["dct"])
        return [
            {"start": e.start, "end": e.end, "value": e.value, "type": e.type}
            for e in times.find(document["text"], published, style=style or document["style"])
        ]

    return tag


def score(texts: Sequence[Document], tag: Tagger) -> dict[str, float]:
    """Percentages over annotated texts."""
    wanted = given = matched = exact = right = typed = dates = dates_right = 0
    for document in texts:
        gold, found = document["timexes"], tag(document)
        wanted, given = wanted + len(gold), given + len(found)
        for i, j in matches(gold, found):
            matched += 1
            exact += (gold[i]["start"], gold[i]["end"]) == (found[j]["start"], found[j]["end"])
            right += (gold[i]["value"] or "") == found[j]["value"]
            typed += gold[i]["type"] == found[j]["type"]
        for a in gold:
            if a["type"] == "DATE" and CALENDAR.fullmatch(a["value"] or ""):
                beside = [b for b in found if min(a["end"], b["end"]) > max(a["start"], b["start"])]
                dates += 1
                dates_right += any(b["value"] == a["value"] for b in beside)
    relaxed = 200 * matched / (wanted + given or 1)
    figures = {
        "value F1": relaxed * right / (matched or 1),
        "calendar accuracy": 100 * dates_right / (dates or 1),
        "relaxed F1": relaxed,
        "precision": 100 * matched / (given or 1),
        "strict F1": 200 * exact / (wanted + given or 1),
        "type F1": relaxed * typed / (matched or 1),
    }
    return {name: round(value, 1) for name, value in figures.items()}


def measured(corpora: Path | None) -> dict[str, dict[str, float]]:
    """The figures of every set of texts that is here."""
    own = [document for path in sorted(OWN.glob("*.jsonl")) for document in documents(path)]
    answers = {
        "own, seen": score([document for document in own if document["seen"]], tagger()),
        "own, unseen": score([document for document in own if not document["seen"]], tagger()),
    }
    for name, style in OTHERS.items():
        if corpora and (corpora / f"{name}.jsonl").is_file():
            texts = documents(corpora / f"{name}.jsonl")
            answers[name] = score(texts, tagger(style))
            answers[f"{name}, auto"] = score(texts, tagger("auto"))
    return answers


def main(arguments: Sequence[str]) -> int:
    """Prints one row a set of texts; 1 when a figure lies below its floor."""
    parser = argparse.ArgumentParser(description="figures of the temporal tagger, and their floors")
    parser.add_argument("corpora", nargs="?", default="", help="folder of the corpora of others")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is reached")
    options = parser.parse_args(arguments)
    where = folder(options.corpora)
    answers = measured(where)
    print(f"{'':16}", *(f"{name:>18}" for name in answers["own, seen"]), sep="")
    held = hold(
        FLOORS,
        answers,
        lambda name, reached: f"{name:16}" + "".join(f"{v:>18}" for v in reached.values()),
        pin=options.pin,
    )
    if where is None:
        print("the corpora of others are not beside this checkout: skipped")
    return int(not held)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
