"""How fast article pages are read on one core, what that costs beyond trafilatura, and whether the memory stays flat.

`python benchmarks/pages.py [PAGES]` makes so many small pages in memory (default 10,000), from a few templates with
words of its own, the same in every run. Each page is read by trafilatura alone and by `forms.page.document` in turn, so
that both meet the same machine. Our own share is what `document` takes beyond trafilatura, as a part of trafilatura's.
"""

import argparse
import json
import random
import resource
import time
from collections.abc import Iterator

from trafilatura import extract

from idlib_timeline.forms import page
from idlib_timeline.model import Part

WHO = ("The council", "A spokesman for the army", "The works office", "An aid group", "The governor", "A local doctor")
SAID = ("said on Tuesday that", "told reporters that", "wrote in a statement that", "confirmed on Monday that")
WHAT = (
    "the bridge in the north was hit by two shells",
    "three villages along the river have no water",
    "the road to the market is open again",
    "convoys wait at the crossing for a second day",
    "twelve families returned to their houses",
    "a depot near the old mill burned through the night",
)
WHY = (
    "after a night of rain",
    "since the truce ended",
    "while talks go on in the capital",
    "for the first time this year",
)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")


def paragraphs(chance: random.Random) -> str:
    """A story of five to twelve paragraphs."""

    def sentence() -> str:
        who, said, what, why = (chance.choice(words) for words in (WHO, SAID, WHAT, WHY))
        return f"{who} {said} {what} {why}, number {chance.randrange(9999)}."

    lengths = [chance.randrange(2, 5) for _ in range(chance.randrange(5, 13))]
    return "".join(f"<p>{' '.join(sentence() for _ in range(length))}</p>" for length in lengths)


def around(chance: random.Random) -> tuple[str, str]:
    """What stands before and after an article: a menu, other stories with dates of their own, a footer."""
    links = "".join(f'<li><a href="/s/{n}">Section {n}</a></li>' for n in range(12))
    cards = "".join(
        f'<div class="card"><a href="/n/{day}">{chance.choice(WHAT)}</a>'
        f'<time datetime="2020-01-{day}">{day} January 2020</time></div>'
        for day in range(10, 18)
    )
    menu = f"<header><nav><ul>{links}</ul></nav></header>"
    return menu, f'<aside class="sidebar"><h3>Most read</h3>{cards}</aside><footer>Copyright 2020 The Paper</footer>'


def pages(number: int) -> Iterator[bytes]:
    """So many pages: dated by JSON-LD, by meta tags, by <time>, by a printed line, or in a layout of tables."""
    chance = random.Random(20_190_820)
    for count in range(number):
        title = f"{chance.choice(WHAT).capitalize()} {chance.choice(WHY)} ({count})"
        day, month = chance.randrange(1, 28), chance.randrange(len(MONTHS))
        iso, written = f"2019-{month + 1:02}-{day:02}T08:30:00Z", f"{day} {MONTHS[month]} 2019"
        menu, rest = around(chance)
        node = {"@type": "NewsArticle", "headline": title, "datePublished": iso, "author": {"name": "Mara Lind"}}
        head, top = (
            (f'<script type="application/ld+json">{json.dumps(node)}</script>', ""),
            (f'<meta property="article:published_time" content="{iso}">', ""),
            ("", f'<time datetime="{iso}">{written}</time>'),
            ("", f"<p>Published {written}</p>"),
        )[count % 4]
        story = paragraphs(chance)
        if count % 5 == 4:
            inner = f"<table><tr><td>{menu}</td><td><h1>{title}</h1>{top}{story}</td></tr></table>{rest}"
        else:
            inner = f"{menu}<main><article><h1>{title}</h1>{top}{story}</article></main>{rest}"
        yield (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Paper</title>'
            f'<meta property="og:site_name" content="The Paper">{head}</head><body>{inner}</body></html>'
        ).encode()


def peak() -> float:
    """The most memory the process has held so far, in megabytes (Linux counts kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Prints pages a second, our own share, and how the peak of the memory grows over the run."""
    parser = argparse.ArgumentParser(description="how fast pages are read, beside trafilatura alone")
    parser.add_argument("pages", nargs="?", type=int, default=10_000)
    options = parser.parse_args()
    for content in pages(20):  # both load their libraries and warm up
        extract(content.decode(), include_comments=False)
        page.document("warm.html", Part("", "page", content))
    alone = ours = 0.0
    size = dated = 0
    marks = [peak()]
    for count, content in enumerate(pages(options.pages), start=1):
        size += len(content)
        begun = time.perf_counter()
        extract(content.decode(), include_comments=False, with_metadata=False)
        between = time.perf_counter()
        document = page.document(f"{count}.html", Part("", "page", content))
        ours += time.perf_counter() - between
        alone += between - begun
        dated += any(one.meaning == "published" for one in document.stated)
        if count % max(1, options.pages // 10) == 0:
            marks.append(peak())
    print(f"{options.pages} pages, {size / options.pages / 1000:.1f} kB each, {dated} with a date of publication")
    print(f"trafilatura alone       {options.pages / alone:.0f} pages/s")
    print(f"page.document           {options.pages / ours:.0f} pages/s")
    print(f"our own share           {(ours - alone) / alone:.0%} of trafilatura's time")
    print(f"peak memory             {' '.join(f'{mark:.0f}' for mark in marks)} MB, at each tenth of the run")


if __name__ == "__main__":
    main()
