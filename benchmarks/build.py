"""How fast a whole build is, how much of it is the parser's, and whether memory and time stay in bounds.

    python benchmarks/build.py [ARTICLES] [--jobs N] [--articles FILE]

Makes so many different articles of some three thousand characters (default 200) out of the paragraphs of `seeds/`,
each with a sentence of its own and a day of publication, and builds them into a store that is thrown away. Times are of
the processor and leave the loading of the parser and the rulebooks out; with `--jobs` above 1 the processes load their
own and the clock counts. The parser's time is that inside spaCy's `pipe`. FILE is JSON lines with a `text` field: then
its texts are built in place of ours.
"""

import argparse
import contextlib
import csv
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from idlib_timeline import pipeline
from idlib_timeline.store import Store

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
LENGTH = 3_000  # characters
TOWNS = ("Ariha", "Saraqib", "Kafr Nabl", "Maarat al-Numan", "Khan Sheikhoun", "Morek", "Binnish", "Sarmin", "Harem")


def articles(number: int) -> Iterator[str]:
    """So many articles, no two alike: paragraphs of the seeds in an order of their own, up to the length."""
    chance = random.Random(20_190_820)
    paragraphs = [
        paragraph
        for path in sorted(SEEDS.iterdir())
        if path.suffix == ".txt"
        for paragraph in path.read_text(encoding="utf-8").split("\n\n")
        if len(paragraph) > 100
    ]
    for count in range(number):
        own = f"On Monday {count + 2} shells hit {chance.choice(TOWNS)}, residents said."
        text = [chance.choice(paragraphs), own]
        for paragraph in chance.sample(paragraphs, len(paragraphs)):
            if sum(map(len, text)) + len(paragraph) // 2 > LENGTH:
                break
            text.append(paragraph)
        yield "\n\n".join(text)


def write(texts: Iterable[str], folder: Path) -> int:
    """Files and their context, a day of publication each, over two years; answers the characters written."""
    chance, size = random.Random(2019), 0
    with (folder / "publications.csv").open("w", newline="") as context:
        rows = csv.writer(context)
        rows.writerow(("file", "published", "outlet"))
        for count, text in enumerate(texts):
            name = f"{count:06}.txt"
            (folder / name).write_text(text, encoding="utf-8")
            day = f"{2019 + chance.randrange(2)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
            rows.writerow((name, day, f"Paper {chance.randrange(40)}"))
            size += len(text)
    return size


@dataclass
class Watch:
    """Counts the processor's seconds inside spaCy's `pipe`, and the sentences and words it was given."""

    seconds: float = 0.0
    sentences: int = 0
    words: int = 0

    def begin(self) -> None:
        """Count from now on; spaCy is loaded already, as the program itself loads it."""
        from spacy.language import Language

        pipe = Language.pipe

        def watched(language: Language, texts: Iterable[str]) -> list[Any]:
            begun = time.process_time()
            docs = list(pipe(language, texts))
            self.seconds += time.process_time() - begun
            self.sentences += len(docs)
            self.words += sum(map(len, docs))
            return docs

        Language.pipe = watched  # type: ignore[assignment,method-assign]


def peak() -> float:
    """The most memory this process has held so far, in megabytes (Linux counts kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def build(folder: Path, store: Path, jobs: int, marks: list[tuple[float, float]]) -> pipeline.Summary:
    """One build; notes time and peak memory at each tenth of the files and at the end."""

    def progress(done: int, total: int) -> None:
        if done * 10 // total > len(marks):
            marks.append((time.process_time(), peak()))

    with contextlib.closing(Store.open(store, create=True)) as opened:
        summary = pipeline.build([str(folder)], opened, jobs=jobs, progress=progress)
    marks.append((time.process_time(), peak()))
    return summary


def main() -> None:
    """Prints articles a second, the share of the time outside the parser, and how time and memory grow."""
    parser = argparse.ArgumentParser(description="how fast a whole build is, and what of it the parser takes")
    parser.add_argument("number", nargs="?", type=int, default=200, help="how many articles")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--articles", type=Path, help="JSON lines with the texts to build in place of ours")
    options = parser.parse_args()
    texts: Iterable[str] = articles(options.number)
    if options.articles:
        lines = options.articles.read_text(encoding="utf-8").splitlines()[: options.number]
        texts = [json.loads(line)["text"] for line in lines]
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        for folder in ("warm", "many"):
            (home / folder).mkdir()
        write(list(articles(10)), home / "warm")
        size = write(texts, home / "many")
        build(home / "warm", home / "warm.db", 1, [])  # loads the parser and the rulebooks, and warms up
        watch = Watch()
        watch.begin()
        marks: list[tuple[float, float]] = []
        begun, clock = time.process_time(), time.perf_counter()
        summary = build(home / "many", home / "many.db", options.jobs, marks)
        taken, clock = time.process_time() - begun, time.perf_counter() - clock
        stored = (home / "many.db").stat().st_size
    count = summary.read
    print(f"{count} articles of {size / count:,.0f} characters, {summary.events + summary.background} events")
    print(f"{count / clock:.1f} articles/s by the clock, {options.jobs} process(es), {stored / 1e6:.0f} MB of store")
    if options.jobs == 1:
        print(f"{count / taken:.1f} articles/s of processor time, {taken / count * 1000:.1f} ms each")
        print(f"parser: {watch.seconds / count * 1000:.1f} ms, {watch.words / watch.seconds:,.0f} words/s;", end=" ")
        print(f"{watch.sentences / count:.1f} sentences, {watch.words / count:.0f} words of an article")
        print(f"outside the parser: {(taken - watch.seconds) / count * 1000:.1f} ms, {1 - watch.seconds / taken:.0%}")
        print("seconds at each tenth of the files and at the end:", *(f"{at - begun:.1f}" for at, _ in marks))
    print("peak memory there, MB:", *(f"{memory:.0f}" for _, memory in marks))


if __name__ == "__main__":
    main()
