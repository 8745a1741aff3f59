"""The temporal tagger against annotated corpora, where a folder of them is present: pinned floors that may only rise.

`python -m tests.gate_times [FOLDER]` prints the figures and exits 1 below a floor. FOLDER defaults to the variable
TIMELINE_CORPORA. The corpora are other people's and stay outside the project: without them this says so and exits 0.
Scoring is TempEval-3 task A: one-to-one matching of spans, exact ones first, then by overlap; value F1 is relaxed F1
times the share of matched expressions with the same value; calendar accuracy the share of gold dates of the form YYYY,
YYYY-MM or YYYY-MM-DD that some overlapping expression carries.
"""

import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from idlib_timeline import times
from idlib_timeline.interval import parse_edtf

FLOORS: dict[str, dict[str, float]] = {  # what was measured, rounded down; they only rise
    "timebank": {"value": 84.1, "calendar": 92.5, "relaxed": 94.5, "precision": 93.4},
    "aquaint": {"value": 76.9, "calendar": 87.9, "relaxed": 94.7, "precision": 91.5},
    "wars-dev": {"value": 86.8, "calendar": 94.3, "relaxed": 93.8, "precision": 97.9},
}
CALENDAR = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
Timex = Mapping[str, Any]


def folder() -> Path | None:
    """Where the corpora lie, None when they are absent."""
    named = os.environ.get("TIMELINE_CORPORA", "")
    path = Path(named) if named else None
    return path if path and path.is_dir() else None


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


def score(path: Path, style: str) -> dict[str, float]:
    """Percentages of one corpus."""
    wanted = given = matched = right = dates = dates_right = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        gold = document["timexes"]
        found = [
            {"start": e.start, "end": e.end, "value": e.value}
            for e in times.find(document["text"], parse_edtf(document["dct"]), style=style)
        ]
        wanted, given = wanted + len(gold), given + len(found)
        for i, j in matches(gold, found):
            matched += 1
            right += (gold[i]["value"] or "") == found[j]["value"]
        for a in gold:
            if a["type"] == "DATE" and CALENDAR.fullmatch(a["value"] or ""):
                beside = [b for b in found if min(a["end"], b["end"]) > max(a["start"], b["start"])]
                dates += 1
                dates_right += any(b["value"] == a["value"] for b in beside)
    relaxed = 200 * matched / (wanted + given)
    return {
        "relaxed": relaxed,
        "precision": 100 * matched / given,
        "value": relaxed * right / matched,
        "calendar": 100 * dates_right / dates,
    }


def style_of(name: str) -> str:
    """Histories of wars are narratives, the others news."""
    return "narrative" if name.startswith("wars") else "news"


@pytest.mark.parametrize("name", FLOORS)
def test_the_floor_holds(name: str) -> None:
    where = folder()
    if where is None or not (where / f"{name}.jsonl").is_file():
        pytest.skip("the annotated corpora are not here: set TIMELINE_CORPORA to their folder")
    figures = score(where / f"{name}.jsonl", style_of(name))
    below = {key: figures[key] for key, floor in FLOORS[name].items() if figures[key] < floor}
    assert not below, f"{name}: {below} below {FLOORS[name]}"


def main(arguments: Sequence[str]) -> int:
    """Prints one row a corpus; 1 when a figure lies below its floor."""
    where = Path(arguments[0]) if arguments else folder()
    if where is None or not where.is_dir():
        print("skipped: the annotated corpora are not here; name their folder or set TIMELINE_CORPORA")
        return 0
    fallen = 0
    for name, floors in FLOORS.items():
        if not (where / f"{name}.jsonl").is_file():
            print(f"{name}: skipped, no such file")
            continue
        figures = score(where / f"{name}.jsonl", style_of(name))
        fallen += any(figures[key] < floor for key, floor in floors.items())
        print(name, *(f"{key} {figures[key]:.1f} (floor {floor})" for key, floor in floors.items()), sep="  ")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
