"""How good the chronology is against chronologies made by hand, and the floors it may not fall below.

`python tests/gate.py` builds, prints a table of figures and floors, and exits 1 when a figure is worse than its floor;
`--pin` moves the floors in gate.json up to what is reached, never down. The gold is `tests/gold/` for `seeds/`, and,
where a folder `shared` lies beside the checkout, that of the four given articles, which are other people's.

A gold entry is compared with the events that have evidence from its file in a sentence that contains its quote (markup,
typographic quotes and white space folded). The best verdict among them counts:

- exact       the event's interval is the gold one; or lies inside it because another mention was more precise; or ends
              on the same day where the gold note says "planned, a deadline"; or begins on the same day and ends inside
              where it says that the start is required; or shares the closed end when the other is open. For an entry
              that is not core: it lies inside the gold interval widened by 31 days.
- covers      the intervals overlap and the event's is at most 3 days longer.
- incomplete  the event's date has no place on the calendar (`XXXX-01-12`, unknown) and does not contradict the gold.
- wrong       another date.
- unseen      no event tells the sentence.
"""

import argparse
import datetime as dt
import json
import math
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, NamedTuple

Entry = Mapping[str, Any]
Event = Mapping[str, Any]

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
FLOORS = ROOT / "tests" / "gate.json"
SHARED = ROOT.parent / "shared"
GIVEN_GOLD = SHARED / "acceptance" / "seeds-gold.jsonl"
GIVEN_CONTEXT = SHARED / "acceptance" / "seeds-publications.csv"
GIVEN = SHARED / "seeds"

RANKS = {"exact": 4, "covers": 3, "incomplete": 2, "wrong": 1, "unseen": 0}
LOWER_IS_BETTER = {"core_wrong", "core_unseen", "near_misses_joined", "contradicted"}
WIDENED = dt.timedelta(days=31)
LOOSE_DAYS = 3


class Verdict(NamedTuple):
    """What became of a gold entry: a word, the event that tells it best ({} if none), all that tell its sentence."""

    entry: Entry
    word: str
    owner: Event
    tellers: tuple[Event, ...]


def lines(path: Path) -> list[Any]:
    """The values of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def fold(text: str) -> str:
    """Text as quotes are compared: no markup, plain quotes, single blanks, lower case."""
    text = re.sub(r"<[^>]*>", "", text)
    for curly, plain in (("\u2019", "'"), ("\u2018", "'"), ("\u201c", '"'), ("\u201d", '"')):
        text = text.replace(curly, plain)
    return " ".join(text.split()).lower()


# --- one entry ------------------------------------------------------------------------------------


def fits(entry: Entry, event: Event) -> str:
    """The verdict on one event that tells the entry's sentence."""
    first, last = _day(entry["start"]), _day(entry["end"])
    assert first
    assert last
    begins, ends = _day(event["earliest"]), _day(event["latest"])
    if not begins and not ends:
        return "incomplete" if _possible(event["date"], first, last) else "wrong"
    if not begins or not ends:
        return "exact" if begins == first or ends == last else "wrong"
    if not entry["core"]:
        return "exact" if first - WIDENED <= begins and ends <= last + WIDENED else "wrong"
    note, inside = entry["note"], first <= begins and ends <= last
    if (
        (begins, ends) == (first, last)
        or (inside and len(event["evidence"]) > 1)
        or (note.startswith("planned, a deadline") and ends == last)
        or (re.search(r"start [-\d]+ is required", note) and begins == first and inside)
    ):
        return "exact"
    overlap = begins <= last and first <= ends
    return "covers" if overlap and (ends - begins).days - (last - first).days <= LOOSE_DAYS else "wrong"


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _possible(partial: str, first: dt.date, last: dt.date) -> bool:
    """Whether an EDTF date with unspecified digits can be a day of the interval; an empty one always can."""
    pattern = re.compile(partial.replace("X", r"\d"))
    days = (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
    return any(pattern.match(day.isoformat()) for day in days)


def judge(gold: Sequence[Entry], events: Sequence[Event]) -> list[Verdict]:
    """A verdict on each gold entry.

    Where several events fit equally well, the owner is one of the entry's type or family ("strike"), then one that
    names most of its actors.
    """
    told: dict[str, list[tuple[str, Event]]] = defaultdict(list)
    for event in events:
        for evidence in event["evidence"]:
            told[PurePath(evidence["file"]).name].append((fold(evidence["sentence"]), event))
    answers = []
    for entry in gold:
        quote = fold(entry["quote"])
        tellers = {event["id"]: event for sentence, event in told[entry["file"]] if quote in sentence}
        ranked = [(RANKS[fits(entry, event)], kinship(entry, event), event) for event in tellers.values()]
        best = max(ranked, key=lambda one: one[:2], default=(RANKS["unseen"], (False, 0), {}))
        word = next(word for word, rank in RANKS.items() if rank == best[0])
        answers.append(Verdict(entry, word, best[2], tuple(tellers.values())))
    return answers


def kinship(entry: Entry, event: Event) -> tuple[bool, int]:
    """Whether the event is of the entry's type or family of types, and how many of its actors it names."""
    from idlib_timeline.events import kinds

    kind = kinds()[event["type"]]
    return entry["type"] in {kind.name, kind.family}, sum(_named(actor, event) for actor in entry["actors"])


def _named(actor: str, event: Event) -> bool:
    name = actor.lower()
    return any(name in other.lower() or other.lower() in name for other in event["actors"])


# --- all entries ----------------------------------------------------------------------------------


def figures(gold: Sequence[Entry], near: Sequence[Entry], events: Sequence[Event]) -> dict[str, float]:
    """Shares between 0 and 1 by name; a figure whose denominator is empty is left out."""
    verdicts = judge(gold, events)
    core = [v.word for v in verdicts if v.entry["core"]]
    background = [v.word for v in verdicts if not v.entry["core"]]
    dated = [v for v in verdicts if v.word in ("exact", "covers")]
    with_actors = [v for v in dated if v.entry["core"] and v.entry["actors"]]
    with_status = [v for v in dated if "status" in v.entry]
    groups: dict[str, set[str]] = defaultdict(set)
    for v in verdicts:
        if v.entry["same_as"]:
            groups[v.entry["same_as"]].add(v.owner.get("id", ""))
    owners = {v.entry["id"]: v.owner["id"] for v in _clustered(verdicts)}
    standings: dict[str, set[str]] = defaultdict(set)  # of a plan that is told to have come about, both
    for v in with_status:
        standings[v.entry["same_as"] or v.entry["id"]].add(v.entry["status"])
    shares = {
        "core_exact": _share([word == "exact" for word in core]),
        "core_found": _share([word in ("exact", "covers") for word in core]),
        "core_wrong": _share([word in ("wrong", "incomplete") for word in core]),
        "core_unseen": _share([word == "unseen" for word in core]),
        "background_found": _share([word in ("exact", "covers") for word in background]),
        "contradicted": _share([v.word == "wrong" for v in verdicts]),
        "actor_named": _share([any(_named(a, e) for a in v.entry["actors"] for e in v.tellers) for v in with_actors]),
        "status_right": _share(
            [v.owner["status"] in standings[v.entry["same_as"] or v.entry["id"]] for v in with_status]
        ),
        "groups_merged": _share([len(ids) == 1 and "" not in ids for ids in groups.values()]),
        "groups_b_cubed": b_cubed(verdicts),
        "near_misses_joined": _share(
            [owners[pair["a"]] == owners[pair["b"]] for pair in near if pair["a"] in owners and pair["b"] in owners]
        ),
    }
    return {name: share for name, share in shares.items() if share is not None}


def _share(answers: Sequence[bool]) -> float | None:
    return sum(answers) / len(answers) if answers else None


def b_cubed(verdicts: Sequence[Verdict]) -> float | None:
    """B-cubed F1 (Bagga and Baldwin 1998) of the events as clusters of gold entries."""
    told = _clustered(verdicts)
    if not told:
        return None
    wanted: dict[str, set[str]] = defaultdict(set)
    given: dict[str, set[str]] = defaultdict(set)
    for v in told:
        wanted[v.entry["same_as"] or v.entry["id"]].add(v.entry["id"])
        given[v.owner["id"]].add(v.entry["id"])
    precision = recall = 0.0
    for v in told:
        mates, cluster = wanted[v.entry["same_as"] or v.entry["id"]], given[v.owner["id"]]
        precision += len(mates & cluster) / len(cluster) / len(told)
        recall += len(mates & cluster) / len(mates) / len(told)
    return 2 * precision * recall / (precision + recall)


def _clustered(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Those whose owner can be the event meant; one with a wrong date is often another one of the same sentence."""
    return [v for v in verdicts if v.word not in ("wrong", "unseen")]


# --- floors ---------------------------------------------------------------------------------------


def floors(name: str) -> dict[str, float]:
    """The pinned figures of one chronology."""
    pinned: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return pinned.get(name, {})


def fallen(reached: Mapping[str, float], pinned: Mapping[str, float]) -> list[str]:
    """One line for each figure that is worse than its floor, or is missing."""
    return [
        f"{name} is {reached.get(name)}, the floor {floor}"
        for name, floor in pinned.items()
        if name not in reached or _worse(name, reached[name], floor)
    ]


def raised(reached: Mapping[str, float], pinned: Mapping[str, float]) -> dict[str, float]:
    """The floors moved to what is reached, cut to three digits on the safe side; those that are better stay."""
    higher = dict(pinned)
    for name, value in reached.items():
        cut = (math.ceil if name in LOWER_IS_BETTER else math.floor)(value * 1000) / 1000
        if name not in pinned or _worse(name, pinned[name], cut):
            higher[name] = cut
    return higher


def _worse(name: str, value: float, floor: float) -> bool:
    return value > floor if name in LOWER_IS_BETTER else value < floor


# --- the chronologies -----------------------------------------------------------------------------


def records(store_file: Path) -> Sequence[Event]:
    """All events of a store, background too."""
    from idlib_timeline.query import Query
    from idlib_timeline.store import Store

    with Store.open(store_file) as store:
        return store.events(Query(background=True))


def built(articles: Path, context: Path | None = None) -> Sequence[Event]:
    """All events of a folder of articles."""
    from idlib_timeline import pipeline
    from idlib_timeline.store import Store

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "timeline.db"
        with Store.open(path, create=True) as store:
            pipeline.build([str(articles)], store, context=str(context) if context else None)
        return records(path)


def measured() -> dict[str, dict[str, float]]:
    """The figures of every chronology that is here."""
    gold, near = lines(GOLD / "seeds-gold.jsonl"), lines(GOLD / "near-misses.jsonl")
    answers = {"seeds": figures(gold, near, built(ROOT / "seeds"))}
    if given_here():
        given = lines(GIVEN_GOLD)
        answers["given"] = figures(given, [], built(GIVEN, GIVEN_CONTEXT))
        answers["given without dates"] = {"contradicted": contradicted(given, built(GIVEN))}
    return answers


def contradicted(gold: Sequence[Entry], events: Sequence[Event]) -> float:
    """The share of entries that are given a date which leaves out a day of the right one."""
    return _share([found.word == "wrong" and not _wide(found) for found in judge(gold, events)]) or 0.0


def _wide(verdict: Verdict) -> bool:
    """Whether an event's interval holds all of the gold one: less than could be said, and no contradiction."""
    begins, ends = _day(verdict.owner["earliest"]), _day(verdict.owner["latest"])
    first, last = _day(verdict.entry["start"]), _day(verdict.entry["end"])
    return bool(first and last and (begins is None or begins <= first) and (ends is None or last <= ends))


def given_here() -> bool:
    """Whether the four given articles and their gold lie beside the checkout."""
    return GIVEN.is_dir() and GIVEN_GOLD.is_file() and GIVEN_CONTEXT.is_file()


def main(arguments: Sequence[str]) -> int:
    """Prints the figures; 1 when one is worse than its floor."""
    parser = argparse.ArgumentParser(description="figures of the chronologies made by hand, and their floors")
    parser.add_argument("--pin", action="store_true", help="raise the floors in gate.json to what is reached")
    parser.add_argument("--misses", action="store_true", help="list the entries of seeds/ that are not found")
    options = parser.parse_args(arguments)
    pinned: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    bad = False
    for name, reached in measured().items():
        floor = pinned.get(name, {})
        print(f"{name:24} reached   floor")
        for figure, value in reached.items():
            print(f"  {figure:22} {value:7.3f} {floor.get(figure, '-'):>7}")
        low = fallen(reached, floor)
        bad = bad or bool(low)
        pinned[name] = raised(reached, floor)
    if not given_here():
        print("the four given articles are not beside this checkout: skipped")
    if options.misses:
        _print_misses()
    if options.pin:
        FLOORS.write_text(json.dumps(pinned, indent=2) + "\n", encoding="utf-8")
    return int(bad)


def _print_misses() -> None:
    for v in judge(lines(GOLD / "seeds-gold.jsonl"), built(ROOT / "seeds")):
        if v.word not in ("exact", "covers"):
            e, date = v.entry, v.owner.get("date", "")
            print(f"{v.word:10} {e['id']} {e['start']}/{e['end']} {date:22} {e['file'][:3]} {e['quote']}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
