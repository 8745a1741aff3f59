"""How well accounts of one event are brought together, against four wars told five times each (`tests/gold/merging`).

`python -m tests.gate_merging` builds the two halves of the gold, `seen` (read while rules were made) and `unseen` (only
scored), prints the figures and exits 1 below a floor; `--pin` moves the floors up, `--misses` lists the groups of the
seen half that are not one event, and all that is wrongly joined there. `seeds` are the dispatches of `seeds/`.

Each entry is given a mention of its sentence, the one that fits best as `tests/gate.py` judges it, and no two entries
the same; it belongs to the event of that mention. Entries that no mention tells, or only one of a wrong date, are left
out. In percent:

- told        entries that some mention tells with a right date
- precision   of the pairs of entries in one event: those that the gold has in one group
- recall      of the pairs of entries in one group of the gold: those in one event
- b_cubed     F1 (Bagga and Baldwin 1998) over all told
- repeated    the same over entries of groups of which two or more are told
- apart       near misses of which both are told: those that are two events

`pairs` are the two halves of `tests/gold/pairs`, short dispatches of which each two tell one event or two; their
figures are explained there.
"""

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path, PurePath

from idlib_timeline import pipeline
from idlib_timeline.store import Store
from tests import gate
from tests.floors import hold, line
from tests.gate import Entry, Event, Verdict

GOLD = gate.GOLD / "merging"
FLOORS = Path(__file__).with_suffix(".json")


def built(folders: Iterable[Path], context: Path) -> Sequence[Event]:
    """All events of some folders of articles."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "timeline.db"
        with Store.open(path, create=True) as store:
            pipeline.build([str(one) for one in folders], store, context=str(context))
        return gate.records(path)


def half(name: str) -> tuple[list[Entry], list[Entry], Sequence[Event]]:
    """Gold, near misses and events of a half."""
    wars = json.loads((GOLD / "split.json").read_text(encoding="utf-8"))[name]
    entries = [
        {**entry, "file": PurePath(entry["file"]).name}
        for entry in gate.lines(GOLD / "events.jsonl")
        if PurePath(entry["file"]).parts[0] in wars
    ]
    events = built([GOLD / "files" / war for war in wars], GOLD / "files" / "publications.csv")
    return entries, gate.lines(GOLD / "near-misses.jsonl"), events


def told(gold: Sequence[Entry], events: Sequence[Event]) -> list[Verdict]:
    """The entries that a mention tells with a right date, each with the event of that mention."""
    mentions: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        for evidence in event["evidence"]:
            mentions[PurePath(evidence["file"]).name, gate.fold(evidence["sentence"])].append(event)
    by_file: dict[str, list[tuple[str, list[Event]]]] = defaultdict(list)
    for (file, sentence), tellers in mentions.items():
        by_file[file].append((sentence, tellers))
    ranked = []
    for place, entry in enumerate(gold):
        quote = gate.fold(entry["quote"])
        for sentence, tellers in by_file[entry["file"]]:
            if quote in sentence:
                for number, event in enumerate(tellers):
                    rank = (gate.RANKS[gate.fits(entry, event)], *gate.kinship(entry, event))
                    ranked.append((rank, -place, (entry["file"], sentence, number), event))
    ranked.sort(key=lambda one: one[:2], reverse=True)
    given: dict[int, Verdict] = {}
    taken = set()
    for (rank, *_), place, mention, event in ranked:
        if -place not in given and mention not in taken and rank > gate.RANKS["wrong"]:
            word = next(word for word, number in gate.RANKS.items() if number == rank)
            given[-place] = Verdict(gold[-place], word, event, ())
            taken.add(mention)
    return [given[place] for place in sorted(given)]


def group(verdict: Verdict) -> str:
    """The key of the event that the gold says it is."""
    return str(verdict.entry["same_as"] or verdict.entry["id"])


def figures(gold: Sequence[Entry], near: Sequence[Entry], events: Sequence[Event]) -> dict[str, float]:
    """The shares of one chronology, in percent."""
    seen = told(gold, events)
    sizes: dict[str, int] = defaultdict(int)
    for verdict in seen:
        sizes[group(verdict)] += 1
    pairs = list(combinations(seen, 2))
    joined = [group(a) == group(b) for a, b in pairs if a.owner["id"] == b.owner["id"]]
    wanted = [a.owner["id"] == b.owner["id"] for a, b in pairs if group(a) == group(b)]
    owner = {verdict.entry["id"]: verdict.owner["id"] for verdict in seen}
    shares = {
        "told": len(seen) / len(gold),
        "precision": _share(joined),
        "recall": _share(wanted),
        "b_cubed": gate.b_cubed(seen),
        "repeated": gate.b_cubed([verdict for verdict in seen if sizes[group(verdict)] > 1]),
        "apart": _share([owner[p["a"]] != owner[p["b"]] for p in near if p["a"] in owner and p["b"] in owner]),
    }
    return {name: round(100 * share, 1) for name, share in shares.items() if share is not None}


def _share(answers: Sequence[bool]) -> float | None:
    return sum(answers) / len(answers) if answers else None


def pairs(half_name: str) -> dict[str, float]:
    """The figures of a half of the pairs, all its dispatches built as one chronology, in percent."""
    rows = [row for row in gate.lines(gate.GOLD / "pairs" / "pairs.jsonl") if row["half"] == half_name]
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "files"
        files.mkdir()
        context = ["file,published,outlet"]
        for row in rows:
            for side, outlet in (("a", "Wire"), ("b", "Post")):
                name = f"{row['id']}-{side}.txt"
                (files / name).write_text(row[side]["text"] + "\n", encoding="utf-8")
                context.append(f"{name},{row[side]['published']},{outlet}")
        publications = Path(folder) / "publications.csv"
        publications.write_text("\n".join(context) + "\n", encoding="utf-8")
        events = built([files], publications)
    tellers = {(row["id"], side): _tellers(row, side, events) for row in rows for side in "ab"}
    one = [(tellers[row["id"], "a"], tellers[row["id"], "b"]) for row in rows if row["same"]]
    two = [(tellers[row["id"], "a"], tellers[row["id"], "b"]) for row in rows if not row["same"]]
    sources = [{PurePath(evidence["file"]).stem for evidence in event["evidence"]} for event in events]
    shares = {
        "told": _share([bool(a and b) for a, b in one]),
        "joined": _share([bool(a & b) for a, b in one]),
        "apart": _share([not a & b for a, b in two if a and b]),
        "pure": _share([len({name[:-2] for name in names}) == 1 for names in sources if len(names) > 1]),
    }
    return {name: round(100 * share, 1) for name, share in shares.items() if share is not None}


def _tellers(row: Entry, side: str, events: Sequence[Event]) -> set[str]:
    """The ids of the events that have the quote of one side of a pair in their evidence."""
    file, quote = f"{row['id']}-{side}.txt", gate.fold(row[side]["quote"])
    return {
        event["id"]
        for event in events
        for evidence in event["evidence"]
        if PurePath(evidence["file"]).name == file and quote in gate.fold(evidence["sentence"])
    }


def measured() -> Mapping[str, Mapping[str, float]]:
    """The figures of both halves and of the seeds."""
    seeds = gate.lines(gate.GOLD / "seeds-gold.jsonl"), gate.lines(gate.GOLD / "near-misses.jsonl")
    return {
        "seeds": figures(*seeds, gate.built(gate.ROOT / "seeds")),
        "seen": figures(*half("seen")),
        "unseen": figures(*half("unseen")),
        "pairs seen": pairs("seen"),
        "pairs unseen": pairs("unseen"),
    }


def main(arguments: Sequence[str]) -> int:
    """Prints one row a half; 1 when a figure lies below its floor."""
    parser = argparse.ArgumentParser(description="figures of merging, and their floors")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is reached")
    parser.add_argument("--misses", action="store_true", help="list what is wrong in the seen half")
    options = parser.parse_args(arguments)
    if options.misses:
        _list_misses()
        return 0
    return int(not hold(FLOORS, measured(), line, pin=options.pin))


def _list_misses() -> None:
    gold, _, events = half("seen")
    seen = told(gold, events)
    by_group: dict[str, list[Verdict]] = defaultdict(list)
    by_event: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in seen:
        by_group[group(verdict)].append(verdict)
        by_event[verdict.owner["id"]].append(verdict)
    for name, verdicts in by_group.items():
        if len({verdict.owner["id"] for verdict in verdicts}) > 1:
            print(f"\nAPART {name}")
            _print(verdicts)
    for name, verdicts in by_event.items():
        if len({group(verdict) for verdict in verdicts}) > 1:
            print(f"\nJOINED {name}")
            _print(verdicts)
    found = {verdict.entry["id"] for verdict in seen}
    for entry in gold:
        if entry["id"] not in found:
            print(f"\nNOT TOLD {entry['id']} {entry['start']}/{entry['end']} {entry['type']}: {entry['quote']}")


def _print(verdicts: Sequence[Verdict]) -> None:
    for entry, word, owner, _ in verdicts:
        parties = f"{owner['who']} > {owner['whom']} @{owner['place']}"
        print(f"  {entry['id']} {entry['start']}/{entry['end']} {entry['type']} {entry['actors']} @{entry['place']}")
        print(f"    {word} {owner['id']} {owner['date']} {owner['type']} {parties}")
        print(f"    {entry['quote']}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
