"""The pinned floors hold, and the scorer that measures them says what its first lines say."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import gate
import gate_times
import pytest

from tests import gate_wars
from tests.floors import fallen

SENTENCE = "Norland jets bombed the market of Tollen on Tuesday."


def entry(start: str, end: str = "", **more: Any) -> dict[str, Any]:
    return {
        "id": "g1", "file": "a.txt", "quote": "bombed the market", "start": start, "end": end or start, "core": True,
        "type": "air_strike", "actors": ["Norland"], "same_as": None, "status": "happened", "note": "",
    } | more  # fmt: skip


def event(earliest: str | None, latest: str | None = "same", **more: Any) -> dict[str, Any]:
    last = earliest if latest == "same" else latest
    return {
        "id": "e1", "date": earliest or "", "earliest": earliest, "latest": last, "type": "air_strike",
        "actors": ["Norland"], "status": "happened", "evidence": [{"file": "news/a.txt", "sentence": SENTENCE}],
    } | more  # fmt: skip


TWO = [{"file": "news/a.txt", "sentence": SENTENCE}] * 2
DEADLINE = "planned, a deadline: end 2019-08-20 is required"


@pytest.mark.parametrize(
    ("wanted", "told", "verdict"),
    [
        (entry("2019-08-20"), event("2019-08-20"), "exact"),
        (entry("2019-08-20"), event("2019-08-21"), "wrong"),
        (entry("2019-08-19", "2019-08-25"), event("2019-08-20"), "covers"),
        (entry("2019-08-19", "2019-08-25"), event("2019-08-20", evidence=TWO), "exact"),
        (entry("2019-08-20"), event("2019-08-18", "2019-08-21"), "covers"),  # four days for one
        (entry("2019-08-20"), event("2019-08-17", "2019-08-21"), "wrong"),  # five
        (entry("2019-08-15", "2019-08-20", note=DEADLINE), event("2019-08-01", "2019-08-20"), "exact"),
        (entry("2019-08-15", "2019-08-20"), event("2019-08-01", "2019-08-20"), "wrong"),
        (entry("2019-08-19", "2019-08-20", note="start 2019-08-19 is required"), event("2019-08-19"), "exact"),
        (entry("2019-08-19", "2019-08-20", note="start 2019-08-19 is required"), event("2019-08-20"), "covers"),
        (entry("2019-08-20"), event("2019-08-20", None), "exact"),
        (entry("2019-08-20"), event("2019-08-19", None), "wrong"),
        (entry("2019-08-20", core=False), event("2019-07-20", "2019-09-20"), "exact"),  # 31 days on either side
        (entry("2019-08-20", core=False), event("2019-07-19", "2019-09-20"), "wrong"),
        (entry("2019-08-20"), event(None, None, date="XXXX-08-20"), "incomplete"),
        (entry("2019-08-20"), event(None, None, date="XXXX-08-21"), "wrong"),
        (entry("2019-08-20"), event(None, None, date=""), "incomplete"),
        (entry("2019-08-20", quote="shelled the market"), event("2019-08-20"), "unseen"),
        (entry("2019-08-20", file="b.txt"), event("2019-08-20"), "unseen"),
    ],
)
def test_a_verdict(wanted: Mapping[str, Any], told: Mapping[str, Any], verdict: str) -> None:
    assert [v.word for v in gate.judge([wanted], [told])] == [verdict]


def test_quotes_are_found_through_markup_and_typography() -> None:
    told = event(
        "2019-08-20", evidence=[{"file": "a.txt", "sentence": 'It said: “The\n <a href="x">to</a>wn’s  Fallen”'}]
    )
    (verdict,) = gate.judge([entry("2019-08-20", quote='"the town\'s fallen"')], [told])
    assert verdict.word == "exact"


def test_the_owner_is_the_one_of_the_same_type_among_those_that_fit() -> None:
    told = [event("2019-08-20", id="e1", type="other"), event("2019-08-20", id="e2"), event("2019-08-21", id="e3")]
    (verdict,) = gate.judge([entry("2019-08-20")], told)
    assert verdict.owner["id"] == "e2"
    assert len(verdict.tellers) == 3


def test_figures_of_a_small_chronology() -> None:
    def gold(name: str, **more: Any) -> dict[str, Any]:
        return entry("2019-08-20", id=name, quote=name, **more)

    def told(name: str, *quotes: str, **more: Any) -> dict[str, Any]:
        return event("2019-08-20", id=name, evidence=[{"file": "a.txt", "sentence": q} for q in quotes], **more)

    entries = [
        gold("one", same_as="x"), gold("two", same_as="x"), gold("three"), gold("four", actors=["Suda"]),
        gold("five", core=False, status="planned"),
    ]  # fmt: skip
    events = [told("a", "one"), told("b", "two", "three"), told("c", "five")]
    found = gate.figures(entries, [{"a": "two", "b": "three"}, {"a": "one", "b": "three"}], events)
    # Told: one alone; two and three as one event though they are two; five alone. Precision (1 + 1/2 + 1/2 + 1) / 4,
    # recall (1/2 + 1/2 + 1 + 1) / 4, both three quarters.
    assert found == pytest.approx(
        {
            "core_exact": 3 / 4, "core_found": 3 / 4, "core_wrong": 0, "core_unseen": 1 / 4, "background_found": 1,
            "contradicted": 0, "actor_named": 1, "status_right": 3 / 4, "groups_merged": 0, "groups_b_cubed": 3 / 4,
            "near_misses_joined": 1 / 2,
        }
    )  # fmt: skip


def test_floors_only_rise() -> None:
    pinned = {"core_exact": 0.5, "core_wrong": 0.1}
    assert gate.fallen({"core_exact": 0.4999, "core_wrong": 0.1001}, pinned) != []
    assert gate.fallen({"core_exact": 0.5, "core_wrong": 0.1}, pinned) == []
    assert gate.fallen({"core_wrong": 0.1}, pinned) == ["core_exact is None, the floor 0.5"]
    assert gate.raised({"core_exact": 0.4, "core_wrong": 0.2}, pinned) == pinned
    assert gate.raised({"core_exact": 0.66666, "core_wrong": 0.03331}, pinned) == {
        "core_exact": 0.666,
        "core_wrong": 0.034,
    }


def test_seeds_hold_their_floors(seeds_store: Path) -> None:
    gold, near = gate.lines(gate.GOLD / "seeds-gold.jsonl"), gate.lines(gate.GOLD / "near-misses.jsonl")
    pinned = gate.floors("seeds")
    assert "core_exact" in pinned
    assert gate.fallen(gate.figures(gold, near, gate.records(seeds_store)), pinned) == []


def test_the_given_articles_hold_their_floors() -> None:
    if not gate.given_here():
        pytest.skip("the four given articles are not beside this checkout (../shared)")
    gold = gate.lines(gate.GIVEN_GOLD)
    assert gate.fallen(gate.figures(gold, [], gate.built(gate.GIVEN, gate.GIVEN_CONTEXT)), gate.floors("given")) == []
    assert gate.contradicted(gold, gate.built(gate.GIVEN)) == 0, "without publication dates: incomplete, never wrong"


def test_every_quote_and_pair_of_the_gold_exists() -> None:
    gold = gate.lines(gate.GOLD / "seeds-gold.jsonl")
    texts = {path.name: gate.fold(path.read_text(encoding="utf-8")) for path in (gate.ROOT / "seeds").iterdir()}
    assert [e["id"] for e in gold if texts[e["file"]].count(gate.fold(e["quote"])) != 1] == []
    names = {e["id"] for e in gold}
    assert len(names) == len(gold)
    pairs = gate.lines(gate.GOLD / "near-misses.jsonl")
    assert [pair for pair in pairs if not {pair["a"], pair["b"]} <= names] == []


@pytest.fixture(scope="module")
def tagged() -> Mapping[str, Mapping[str, float]]:
    """The figures of the temporal tagger on every set of texts that is here."""
    return gate_times.measured(gate_times.folder())


@pytest.mark.parametrize("name", json.loads(gate_times.FLOORS.read_text(encoding="utf-8")))
def test_the_floors_of_the_tagger_hold(name: str, tagged: Mapping[str, Mapping[str, float]]) -> None:
    if name not in tagged:
        pytest.skip("the corpora of others are not here: set TIMELINE_CORPORA to their folder")
    pinned = json.loads(gate_times.FLOORS.read_text(encoding="utf-8"))[name]
    assert fallen(tagged[name], pinned) == []


@pytest.mark.parametrize("half", ["seen", "unseen"])
def test_the_floors_of_other_wars_hold(half: str) -> None:
    pinned = json.loads(gate_wars.FLOORS.read_text(encoding="utf-8"))[half]
    assert fallen(gate_wars.figures(half), pinned) == []


def test_the_scorer_of_the_tagger() -> None:
    text = "He came on Tuesday and left two days later, in May."
    marks = [("Tuesday", "2019-08-20", "DATE"), ("two days later", "2019-08-25", "DATE"), ("May", "2019-05", "DATE")]
    timexes = [
        {"start": text.index(words), "end": text.index(words) + len(words), "value": value, "type": type_}
        for words, value, type_ in marks
    ]
    gold = {"dct": "2019-08-20", "style": "news", "text": text, "timexes": timexes}
    figures = gate_times.score([gold], gate_times.tagger())
    assert figures["relaxed F1"] == figures["strict F1"] == figures["type F1"] == 100.0
    assert figures["value F1"] == figures["calendar accuracy"] == 66.7  # the gold's second value is wrong on purpose


def test_gold_of_the_tagger_is_well_formed() -> None:
    for path in sorted(gate_times.OWN.glob("*.jsonl")):
        for document in gate_times.documents(path):
            reached = 0
            for mark in document["timexes"]:
                where = f"{path.name}: {document['id']}: {mark['text']}"
                assert document["text"][mark["start"] : mark["end"]] == mark["text"], where
                assert reached <= mark["start"] < mark["end"], where
                assert mark["type"] in ("DATE", "TIME", "DURATION", "SET"), where
                reached = mark["end"]
