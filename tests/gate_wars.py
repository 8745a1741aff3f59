"""What is told of other wars against a reading by hand (`tests/gold/wars`), with pinned floors that may only rise.

`python -m tests.gate_wars` prints the figures of the two halves of the gold, `seen` (read while rules were made) and
`unseen` (only scored), and exits 1 below a floor; `--pin` moves the floors up, `--misses` lists what is wrong in the
seen half alone. Judged are mentions, what one text says by itself, before any merging.

Each entry is compared with the mentions of its sentence (the one that holds its quote); the one that fits best counts.
`optional` entries count where they are told. In percent:

- told      entries told by some mention of the sentence whose type is acceptable
- dated     entries that the words themselves date (`core`), with exactly that interval or one of `also.dates`; an open
            end or beginning must share the other bound
- who, whom    of the entries told: the same parties, or some of them and no other, or rightly none
- place     of the entries told that have one: the same place, as named or as written
- figures   of the counts of entries told: with the same low, best and high
- status    of the entries told
- kept      mentions outside the background that some entry accounts for (its sentence and an acceptable type; where a
            sentence's entries are all optional, any type)
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from idlib_timeline import pipeline
from idlib_timeline.interval import parse_edtf
from idlib_timeline.model import ArticleFile, EventMention, Part, Publication
from idlib_timeline.namebook import fold
from idlib_timeline.read import read
from tests.floors import hold, line
from tests.gate_times import documents

GOLD = Path(__file__).resolve().parent / "gold" / "wars"
FLOORS = Path(__file__).with_suffix(".json")
Entry = Mapping[str, Any]
Pairs = Sequence[Sequence[str]]


class Judged(NamedTuple):
    """An entry, the mention that tells it best (None if none does), and the verdicts by figure."""

    entry: Entry
    mention: EventMention | None
    verdict: Mapping[str, bool]


def told(half: str) -> dict[str, tuple[EventMention, ...]]:
    """The mentions of every dispatch of a half."""
    with (GOLD / "publications.csv").open(encoding="utf-8") as file:
        published = {row["file"]: row["published"] for row in csv.DictReader(file)}
    answers = {}
    for name in json.loads((GOLD / "split.json").read_text(encoding="utf-8"))[half]:
        article = read(ArticleFile("", "", name), Part("", "text", (GOLD / "files" / name).read_bytes()))
        publication = Publication(parse_edtf(published[name]), "context", "publications.csv")
        answers[name] = pipeline.read_one(article, publication).mentions
    return answers


def judge(half: str, mentions: Mapping[str, Sequence[EventMention]]) -> list[Judged]:
    """Every entry of a half with its best mention."""
    equal = json.loads((GOLD / "equal_names.json").read_text(encoding="utf-8"))
    found = []
    for entry in documents(GOLD / "events.jsonl"):
        if entry["file"] in mentions:
            fitting = [m for m in mentions[entry["file"]] if _holds(m, entry["quote"]) and m.type in entry["types"]]
            verdicts = [(m, dict(_verdicts(entry, m, equal.get(entry["file"], ())))) for m in fitting]
            best = max(verdicts, key=lambda pair: (pair[1]["dated"], sum(pair[1].values())), default=(None, {}))
            if best[0] is not None or not entry["optional"]:
                found.append(Judged(entry, *best))
    return found


def _holds(mention: EventMention, quote: str) -> bool:
    return _plain(quote) in _plain(mention.evidence.sentence)


def _plain(text: str) -> str:
    for curly, plain in (("\u2019", "'"), ("\u2018", "'"), ("\u201c", '"'), ("\u201d", '"')):
        text = text.replace(curly, plain)
    return " ".join(text.split()).casefold()


def _verdicts(entry: Entry, mention: EventMention, equal: Pairs) -> Iterator[tuple[str, bool]]:
    yield "dated", _dated(entry, mention)
    for role, found in (("who", mention.who), ("whom", mention.whom)):
        yield role, _parties(entry[role], entry["also"].get(role, ()), found, equal)
    places = {entry["place"], *_many(entry["also"].get("place", ()))} - {""}
    if places:
        there = {fold(name) for p in mention.places for name in (p.place.name, p.text)}
        yield "place", bool({fold(name) for name in places} & there)
    for kind, (low, best, high) in entry["figures"].items():
        counts = {(f.low, f.best, f.high) for f in mention.figures if f.kind == kind}
        yield f"figures {kind}", (low, best, high) in counts
    yield "status", mention.status in {entry["status"], *_many(entry["also"].get("status", ()))}


def _many(value: Any) -> list[Any]:
    return [value] if isinstance(value, str) else list(value)


def _dated(entry: Entry, mention: EventMention) -> bool:
    first, last = mention.date.earliest, mention.date.latest
    for start, end in ((entry["start"], entry["end"]), *entry["also"].get("dates", ())):
        if first and last:
            deadline = entry["note"].startswith("planned, a deadline") and last.isoformat() == end
            if (first.isoformat(), last.isoformat()) == (start, end) or deadline:
                return True
        elif (first and first.isoformat() == start) or (last and last.isoformat() == end):
            return True
    return False


def _parties(wanted: Sequence[str], also: Sequence[str], found: Sequence[str], equal: Pairs) -> bool:
    if not found:
        return not wanted
    right = {fold(name) for name in (*wanted, *_many(also))}
    right |= {fold(one) for pair in equal for one in pair if {fold(name) for name in pair} & right}
    return all(fold(name) in right for name in found)


def figures(half: str) -> dict[str, float]:
    """The shares of a half, in percent."""
    mentions = told(half)
    judged = judge(half, mentions)
    shown = [judged_ for judged_ in judged if judged_.mention]
    core = [judged_ for judged_ in judged if judged_.entry["core"]]
    answers = {
        "told": _share([bool(j.mention) for j in judged]),
        "dated": _share([bool(j.verdict.get("dated")) for j in core]),
    }
    for figure in ("who", "whom", "place", "figures", "status"):
        answers[figure] = _share([right for j in shown for key, right in j.verdict.items() if key.split()[0] == figure])
    rows = [(name, mention) for name in mentions for mention in mentions[name] if not mention.background]
    entries = documents(GOLD / "events.jsonl")
    answers["kept"] = _share([_accounted(name, mention, entries) for name, mention in rows])
    return answers


def _accounted(name: str, mention: EventMention, entries: Sequence[Entry]) -> bool:
    here = [entry for entry in entries if entry["file"] == name and _holds(mention, entry["quote"])]
    return any(mention.type in entry["types"] for entry in here) or (
        bool(here) and all(entry["optional"] for entry in here)
    )


def _share(verdicts: Sequence[bool]) -> float:
    return round(100 * sum(verdicts) / (len(verdicts) or 1), 1)


def main(arguments: Sequence[str]) -> int:
    """Prints one row a half; 1 when a figure lies below its floor."""
    parser = argparse.ArgumentParser(description="figures of other wars, and their floors")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is reached")
    parser.add_argument("--misses", action="store_true", help="list what is wrong in the seen half")
    options = parser.parse_args(arguments)
    if options.misses:
        _list_misses()
        return 0
    answers = {half: figures(half) for half in ("seen", "unseen")}
    return int(not hold(FLOORS, answers, line, pin=options.pin))


def _list_misses() -> None:
    mentions = told("seen")
    for entry, mention, verdict in judge("seen", mentions):
        wrong = [figure for figure, right in verdict.items() if not right and (figure != "dated" or entry["core"])]
        if mention is None or wrong:
            print(f"\n{entry['id']} {'NOT TOLD' if mention is None else ' '.join(wrong)}: {entry['quote']}")
            print(
                f"  {entry['start']}..{entry['end']} {'/'.join(entry['types'])} {entry['status']}"
                f" {entry['who']} -> {entry['whom']} @ {entry['place']} {entry['figures']}"
            )
            for m in [mention] if mention else [m for m in mentions[entry["file"]] if _holds(m, entry["quote"])]:
                counts = [(f.kind, f.low, f.best, f.high) for f in m.figures]
                print(
                    f"  = {m.date} {m.type} {m.status} {list(m.who)} -> {list(m.whom)}"
                    f" @ {[p.place.name for p in m.places]} {counts} | {m.evidence.trigger} | {m.title}"
                )
    entries = documents(GOLD / "events.jsonl")
    for name, told_ in mentions.items():
        for m in told_:
            if not m.background and not _accounted(name, m, entries):
                parties = f"{list(m.who)} -> {list(m.whom)}"
                print(f"\nEXTRA {name}: {m.date} {m.type} {m.status} {parties} | {m.evidence.trigger} | {m.title}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
