"""Events against other people's annotations, with pinned floors that may only rise.

`python -m tests.gate_events [FOLDER]` prints the figures and exits 1 below a floor; `--pin` moves the floors up,
`--misses NAME` lists what a figure misses. The corpora lie outside the project: in FOLDER, by default the variable
TIMELINE_CORPORA, else `../shared/corpora`; without them this says so. What is judged are mentions, what one text says
by itself, before any merging.

plover.jsonl (sentences with event class, source and target actor; each a text of its own and without a date: all carry
2000-01-01, whatever year they are of): the mention is judged that fits best, class first, so that the three figures are
of one and the same row.

- class    its type's PLOVER class is the labelled one; a deed that is planned, or that its doer says it would do, is
           what `types.toml` says of a promise of it (AGREE or THREATEN)
- source   a labelled source is among its `who`; sentences without such a label are left out
- target   the same of the labelled target among `whom`, of deeds done together among the other parties, or where the
           words of the label name a place of the event: the corpus has "Darfur", "Baghdad", "Israel" as targets of what
           is done there, which is `place` here; "target a party" leaves places out

syria-fakes.jsonl (short articles, each read alone with its date):

- place    the labelled governorate holds a place of one of its events
- cause    the labelled cause of death fits the type of one of its events; texts labelled "unknown" are left out
- killed   civilians and others labelled as killed, added, or either of them, stand among its figures of killed

given (four articles, with their days of publication), against a reading by hand of every mention that they gave,
`tests/gold/given-reading.csv`; a mention that has changed since, or is new, was not read and counts as wrong:

- keep     an analyst would keep it
- parties  all of who and whom is right, or rightly empty
- date     the interval is right, neither wider nor narrower than the article allows
"""

import argparse
import csv
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pycountry

from idlib_timeline import names, pipeline, publish
from idlib_timeline.events import kinds
from idlib_timeline.model import EventMention
from idlib_timeline.namebook import actor_book, fold
from idlib_timeline.read import discover, parts, read
from tests.floors import hold, line
from tests.gate_times import documents, folder

FLOORS = Path(__file__).with_suffix(".json")
Row = Mapping[str, Any]
Verdict = Mapping[str, bool]

_STATE_SECTORS = {"", "GOV", "MIL", "COP", "LEG", "JUD", "SPY", "ELI", "***"}
_CAUSES = {
    "shelling": {"air_strike", "shelling", "attack", "bombing"},
    "explosion": {"bombing", "attack", "air_strike", "shelling"},
    "chemical and toxic gases": {"chemical_attack"},
    "shooting": {"battle", "attack", "killing", "offensive", "civilian_attack"},
    "execution": {"killing", "civilian_attack", "attack"},
}
_GOVERNORATES = {  # what the labels call them, and what the gazetteer does
    "damascus": {"Rif Dimashq"},
    "deir ezzor": {"Deir ez-Zor"},
    "hasakeh": {"Hasakah"},
    "lattakia": {"Latakia"},
    "tartous": {"Tartus"},
}


def mentions(rows: Sequence[Row], published: str) -> list[tuple[EventMention, ...]]:
    """For each row its mentions, read as an article of the day in the field `published` ("": of no known day)."""
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "corpus.jsonl"
        kept = ({"text": row["text"], "title": row.get("title", ""), "published": row.get(published)} for row in rows)
        path.write_text("".join(json.dumps(record) + "\n" for record in kept), encoding="utf-8")
        articles = [read(*named, {}) for file in discover([str(path)]) for named in parts(file, {})]
    return [pipeline.read_one(article, pipeline.dated(article, None)).mentions for article in articles]


# --- PLOVER ---------------------------------------------------------------------------------------


def plover_class(mention: EventMention) -> str:
    """The PLOVER event of a mention."""
    kind = kinds()[mention.type]
    own_word = (mention.evidence.attribution or "-") in mention.who  # "they said they would leave"
    promised = mention.status == "planned" or (mention.status == "hypothetical" and own_word)
    return (kind.promised if promised and kind.promised else kind.plover).split()[0]


def judged(row: Row, told: Sequence[EventMention]) -> Verdict:
    """The verdicts on the mention that fits a sentence's label best."""
    best: Verdict = dict.fromkeys(("class", "source", "target", "target a party"), False)
    for mention in told:
        acted_upon = mention.whom or _others(row, mention)
        found = {
            "class": plover_class(mention) == row["event"],
            "source": _names_one(row.get("source"), mention.who, mention),
            "target": _names_one(row.get("target"), acted_upon, mention, place=True),
            "target a party": _names_one(row.get("target"), acted_upon, mention),
        }
        best = max(best, found, key=_fit)
    labelled = {side for side in ("source", "target") if any(_actors(row.get(side)))}
    return {figure: right for figure, right in best.items() if figure == "class" or figure.split()[0] in labelled}


def _fit(verdict: Verdict) -> tuple[bool, int]:
    return verdict["class"], verdict["source"] + verdict["target"]


def _others(row: Row, mention: EventMention) -> tuple[str, ...]:
    """The parties of a deed done together that are not the labelled source."""
    if len(mention.who) < 2:
        return ()
    return tuple(name for name in mention.who if not _names_one(row.get("source"), (name,), mention))


def _actors(labels: Any) -> Iterator[tuple[str, str, str]]:
    """Text, code and sector of labelled actors; some labels of the corpus are malformed, and name nobody."""
    for label in labels if isinstance(labels, list) else []:
        if isinstance(label, dict):
            yield label.get("actorText", ""), label.get("code", ""), label.get("sector") or ""


def _names_one(labels: Any, found: Sequence[str], mention: EventMention, *, place: bool = False) -> bool:
    for text, code, sector in _actors(labels):
        if any(_is(name, text, code, sector) for name in found):
            return True
        if place and any(fold(there.text) in fold(text) for there in mention.places):
            return True
    return False


def _is(name: str, text: str, code: str, sector: str) -> bool:
    """Whether an actor of ours is the labelled one: the same name, or its state where the label is of the state."""
    if fold(name) in fold(text) or fold(text) in fold(name) or names.canonical_actor(text) == name:
        return True
    if any(mention.actor.name == name for mention in names.find(text)[0]):
        return True
    state = _state(code)
    return bool(state) and name == state and (sector in _STATE_SECTORS or sector.startswith("ELI"))


@cache
def _state(code: str) -> str:
    country = pycountry.countries.get(alpha_3=code)
    return actor_book().states.get(country.alpha_2, "") if country else ""


# --- FA-KES ---------------------------------------------------------------------------------------


def fits(row: Row, told: Sequence[EventMention]) -> Verdict:
    """The verdicts on one article; what its label leaves open is missing."""
    governorate = row["place"]
    wanted = {governorate, *_GOVERNORATES.get(governorate, ())}
    there = {fold(part) for mention in told for p in mention.places for part in (p.place.name, p.place.admin1)}
    verdict = {"place": bool({fold(name) for name in wanted} & there)}
    if row["cause_of_death"] in _CAUSES:
        verdict["cause"] = bool(_CAUSES[row["cause_of_death"]] & {mention.type for mention in told})
    civilians, others = (int(row["killed"][key] or 0) for key in ("civilians", "noncivilians"))
    if civilians + others:
        counted = {
            number
            for mention in told
            for figure in mention.figures
            if figure.kind == "killed"
            for number in (figure.low, figure.best, figure.high)
        }
        verdict["killed"] = bool({civilians + others, civilians, others} - {0} & counted)
    return verdict


# --- figures --------------------------------------------------------------------------------------

CORPORA = {
    "plover": (judged, "", ("class", "source", "target", "target a party")),
    "syria-fakes": (fits, "published", ("place", "cause", "killed")),
}


def verdicts(name: str, corpora: Path) -> list[tuple[Row, Sequence[EventMention], Verdict]]:
    """Every text of a corpus with what was found and how it was judged."""
    judge, published, _ = CORPORA[name]
    rows = documents(corpora / f"{name}.jsonl")
    return [(row, told, judge(row, told)) for row, told in zip(rows, mentions(rows, published), strict=True)]


def measured(corpora: Path) -> dict[str, dict[str, float]]:
    """The shares of right answers, in percent."""
    answers = {}
    for name, (_, _, figures) in CORPORA.items():
        found = [verdict for _, _, verdict in verdicts(name, corpora)]
        shares = {}
        for figure in figures:
            asked = [verdict[figure] for verdict in found if figure in verdict]
            shares[figure] = round(100 * sum(asked) / len(asked), 1)
        answers[name] = shares
    read_by_hand = given(corpora)
    if read_by_hand:
        answers["given"] = read_by_hand
    return answers


# --- the given articles ---------------------------------------------------------------------------

GIVEN = Path(__file__).resolve().parent / "gold" / "given-reading.csv"


def given(corpora: Path) -> dict[str, float]:
    """The shares of the mentions of the given articles that were read and found right, in percent; {} without them."""
    articles, context = corpora.parent / "seeds", corpora.parent / "acceptance" / "seeds-publications.csv"
    if not articles.is_dir() or not context.is_file():
        return {}
    with GIVEN.open(encoding="utf-8", newline="") as file:
        verdicts = {tuple(row.values())[:7]: row for row in csv.DictReader(file)}
    files = discover([str(articles)])
    days = publish.find_context(files, context)
    told = []
    for file in files:
        for named, part in parts(file, {}):
            article = read(named, part, {})
            told += pipeline.read_one(article, pipeline.dated(article, days.row(named))).mentions
    found = [verdicts.get(_key(mention), {}) for mention in told]
    wanted = {"keep": "yes", "parties": "right", "date": "right"}
    return {
        figure: round(100 * sum(row.get(figure) == word for row in found) / len(found), 1)
        for figure, word in wanted.items()
    }


def _key(mention: EventMention) -> tuple[str, ...]:
    """The columns that say what was read."""
    said = mention.evidence
    parties = "; ".join(mention.who), "; ".join(mention.whom)
    return Path(said.file).name, str(said.start), said.trigger, mention.type, *parties, str(mention.date)


def main(arguments: Sequence[str]) -> int:
    """Prints one row a corpus; 1 when a figure lies below its floor."""
    parser = argparse.ArgumentParser(description="figures of the events, and their floors")
    parser.add_argument("corpora", nargs="?", default="", help="folder of the corpora of others")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is reached")
    parser.add_argument("--misses", default="", metavar="NAME", help="list the texts of a corpus judged wrong")
    options = parser.parse_args(arguments)
    where = folder(options.corpora)
    if where is None:
        print("the corpora of others are not beside this checkout: skipped")
        return 0
    if options.misses:
        _list_misses(options.misses, where)
        return 0
    return int(not hold(FLOORS, measured(where), line, pin=options.pin))


def _list_misses(name: str, where: Path) -> None:
    for row, told, verdict in verdicts(name, where):
        wrong = [figure for figure, right in verdict.items() if not right]
        if wrong:
            label = {
                key: row[key]
                for key in ("event", "source", "target", "place", "cause_of_death", "killed")
                if key in row
            }
            print(f"\n{' '.join(wrong)}: {json.dumps(label)}\n  {row['text'][:1500]}")
            for m in told:
                figures = ", ".join(f"{f.kind} {f.low}/{f.best}/{f.high}" for f in m.figures)
                there = ", ".join(p.place.name for p in m.places)
                print(f"  - {m.type} [{m.status}] {list(m.who)} -> {list(m.whom)} @ {there} {figures} | {m.title}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
