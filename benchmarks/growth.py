"""How time and memory of merging grow, and what one more article costs a large store.

    python benchmarks/growth.py [MENTIONS ...]

For each number (default 10,000 30,000 100,000 300,000) a fresh process makes so many mentions, twenty to an article,
puts them into a store that is thrown away, and derives the events from them. A war of the size is drawn: the longer
it lasts the more it tells, ten days of it for each thousand mentions; towns and parties are few and some named far more
often; an event is told one to six times, now and then vaguely ("in May") or with another toll. Then one more article of
twenty mentions is put in and the events are derived again. Times are of the processor. The exponent is the slope of a
straight line through the logarithms of mentions and seconds.
"""

import argparse
import datetime as dt
import hashlib
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from idlib_timeline.derive import derive
from idlib_timeline.interval import DateInterval, day, month
from idlib_timeline.model import (
    Article,
    EventMention,
    Evidence,
    Figure,
    Place,
    PlaceMention,
    Prose,
    Publication,
    Reading,
)
from idlib_timeline.namebook import actor_book
from idlib_timeline.store import Store

SIZES = (10_000, 30_000, 100_000, 300_000)
ARTICLE = 20  # mentions
START = dt.date(2011, 3, 15)
TYPES = ("air_strike", "shelling", "attack", "battle", "territory", "agreement", "ceasefire", "statement", "deployment")
SYLLABLES = (
    "ba",
    "dor",
    "fen",
    "gal",
    "kir",
    "lum",
    "mar",
    "nev",
    "ostra",
    "pel",
    "rin",
    "sav",
    "tol",
    "ur",
    "vek",
    "zan",
)
NAMES = [f"{first}{second}".capitalize() for first in SYLLABLES for second in SYLLABLES]
NAMES += [f"{first}{second}ka".capitalize() for first in SYLLABLES for second in SYLLABLES]
PROVINCES = tuple(Place(f"{NAMES[n]}land", "admin1", "NX", f"{NAMES[n]}land", 30 + n, 40 + n, n) for n in range(12))
TOWNS = tuple(
    Place(
        NAMES[n + 12],
        "town",
        "NX",
        PROVINCES[n % 12].name,
        30 + n % 12 + n % 17 / 20,
        40 + n % 12 + n % 13 / 20,
        100 + n,
    )
    for n in range(400)
)
PARTIES = tuple(sorted(name for name, actor in actor_book().actors.items() if actor.kind == "state")[:40])


def war(number: int, chance: random.Random) -> Iterator[tuple[dt.date, EventMention]]:
    """So many mentions of the events of a war, each with the day its article appears."""
    length = max(30, number // 100)
    told = 0
    while told < number:
        when = START + dt.timedelta(days=chance.randrange(length))
        kind = chance.choice(TYPES)
        town = TOWNS[int(len(TOWNS) * chance.random() ** 3)]
        who, whom = (PARTIES[int(len(PARTIES) * chance.random() ** 2)] for _ in range(2))
        toll = chance.randrange(2, 60)
        for _ in range(min(chance.choice((1, 1, 1, 2, 2, 3, 6)), number - told)):
            told += 1
            yield account(chance, when, kind, town, who, whom, toll)


def account(
    chance: random.Random, when: dt.date, kind: str, town: Place, who: str, whom: str, toll: int
) -> tuple[dt.date, EventMention]:
    """One way to tell an event: precisely or vaguely, with or without doer, place and toll."""
    vague, late = chance.random(), chance.choice((0, 0, 1, 1, 2, 7, 30))
    date: DateInterval = day(when)
    if vague < 0.05:
        date = month(when.year, when.month)
    elif vague < 0.15:
        date = DateInterval(when - dt.timedelta(days=when.weekday()), when + dt.timedelta(days=6 - when.weekday()))
    place = chance.choice((town, town, town, None, next(p for p in PROVINCES if p.name == town.admin1)))
    counted = toll + chance.choice((0, 0, 0, 1))
    figures = (Figure("killed", f"{counted} people", best=counted),) if chance.random() < 0.4 else ()
    actors = (who, whom) if chance.random() < 0.7 else (who,)
    title = f"{who} in {kind.replace('_', ' ')} near {town.name}, {counted} counted"
    evidence = Evidence(
        "", f"On that day {title}, residents said.", 0, 0, "that day", "publication", "day", "", None, kind, kind
    )
    return when + dt.timedelta(days=late), EventMention(
        "", date, kind, "happened", title, (who,), actors[1:], actors, place,
        (PlaceMention(0, 1, place.name, place),) if place else (), figures, False, evidence,
    )  # fmt: skip


def readings(number: int, seed: int) -> Iterator[Reading]:
    """Articles of twenty mentions, as a build reads them."""
    told = sorted(war(number, random.Random(seed)), key=lambda pair: (pair[0], repr(pair[1].title)))
    for at in range(0, len(told), ARTICLE):
        name, published = f"{seed}-{at // ARTICLE:06}.txt", told[at][0]
        sha = hashlib.sha256(name.encode()).hexdigest()
        mentions = []
        for place, (_, mention) in enumerate(told[at : at + ARTICLE]):
            evidence = replace(
                mention.evidence, file=name, start=100 * place, end=100 * place + len(mention.evidence.sentence),
                published=published.isoformat(),
            )  # fmt: skip
            mentions.append(replace(mention, key=f"{sha[:16]}:{100 * place}:{mention.type}", evidence=evidence))
        article = Article(name, f"/war/{name}", "", Prose(""), (), {}, (), sha, name)
        publication = Publication(day(published), "context", "publications.csv", f"Paper {at % 40}")
        yield Reading(article, publication, tuple(mentions))


def measure(number: int) -> dict[str, float]:
    """Seconds to derive all events of a store of so many mentions, then of one article more; peak megabytes."""
    with tempfile.TemporaryDirectory() as folder, closing(Store.open(Path(folder) / "war.db", create=True)) as store:
        derive_nothing(Path(folder) / "empty.db")
        with store.transaction():
            for reading in readings(number, 1):
                store.put(reading, "/war", "")
            begun = time.process_time()
            derive(store)
            whole = time.process_time() - begun
        events = sum(store.counts())
        begun = time.process_time()
        with store.transaction():
            for reading in readings(ARTICLE, 2):
                store.put(reading, "/war", "")
            derive(store)
        more = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"mentions": number, "events": events, "whole": whole, "more": more, "peak": peak}


def derive_nothing(path: Path) -> None:
    """Load the rulebooks, which is no part of what is measured."""
    with closing(Store.open(path, create=True)) as store, store.transaction():
        for reading in readings(ARTICLE, 3):
            store.put(reading, "/war", "")
        derive(store)


def slope(points: list[tuple[float, float]]) -> float:
    """The exponent of growth: least squares over the logarithms."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mean_x, mean_y = (sum(values) / len(values) for values in zip(*logs, strict=True))
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)


def main() -> None:
    """Prints a row for each size, and the exponents."""
    parser = argparse.ArgumentParser(description="how time and memory of merging grow")
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="MENTIONS")
    parser.add_argument("--one", action="store_true", help="measure one size in this process, and print JSON")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.sizes[0])))
        return
    print(f"{'mentions':>9} {'events':>9} {'all, s':>8} {'one article more, s':>20} {'peak, MB':>9}")
    rows = []
    for size in options.sizes:
        command = [sys.executable, __file__, "--one", str(size)]
        row = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        rows.append(row)
        print(
            f"{size:>9,} {row['events']:>9,} {row['whole']:>8.1f} {row['more']:>20.2f} {row['peak']:>9,.0f}", flush=True
        )
    if len(rows) > 1:
        print(f"time grows with exponent {slope([(row['mentions'], row['whole']) for row in rows]):.2f}")


if __name__ == "__main__":
    main()
