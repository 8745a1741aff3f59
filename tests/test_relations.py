"""What events have to do with each other that are not one, and why mentions are one or are kept apart."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chronicle import MARN, TOLLEN
from hypothesis import given, settings
from hypothesis import strategies as st
from test_judging import events, put
from test_merge import BOOKS, BRACK, FIFTEEN, TWELVE, chronicles, says

from idlib_timeline.judging import judge
from idlib_timeline.merge import order, partners, related, span
from idlib_timeline.model import EventMention, Figure, Judgement
from idlib_timeline.reasons import reasons
from idlib_timeline.store import Store

TRUCE: dict[str, Any] = {"type": "ceasefire", "place": MARN, "who": ["Norland"]}
DECLARED = says("a.txt", "2019-08-30", title="Norland declared a truce in Marn", **TRUCE)
BEGUN = says("b.txt", "2019-08-31", title="The truce in Marn took effect at dawn", **TRUCE)
BREACH: dict[str, Any] = {**TRUCE, "type": "ceasefire_violation"}
BROKEN = says("c.txt", "2019-09-04", title="The truce in Marn collapsed", **BREACH)
FORTY = Figure("killed", "40 people", best=40)
STRUCK: dict[str, Any] = {"type": "air_strike", "figures": [FORTY], "title": "A strike on Tollen killed 40 people"}


@pytest.mark.parametrize(
    ("one", "other", "how", "back", "field"),
    [
        (DECLARED, BEGUN, "announces", "announced by", ""),
        (BROKEN, BEGUN, "breaks", "broken by", ""),
        (BEGUN, BROKEN, "broken by", "breaks", ""),
        (says("a.txt", **STRUCK), says("b.txt", "2019-08-21", **STRUCK), "disputed by", "disputed by", "date"),
        (says("a.txt", **STRUCK), says("b.txt", who=["Suda"], **STRUCK), "disputed by", "disputed by", "who"),
        (says("a.txt", **STRUCK), says("b.txt", place=BRACK, **STRUCK), "disputed by", "disputed by", "place"),
        (says("a.txt", status="denied", **STRUCK), says("b.txt", **STRUCK), "denies", "denied by", "status"),
    ],
    ids=["announced", "broken", "breaks", "day", "doer", "place", "denied"],
)
def test_how_two_events_go_together(one: EventMention, other: EventMention, how: str, back: str, field: str) -> None:
    found = related(one, other, BOOKS)
    assert found is not None
    assert (found.how, found.back, found.field) == (how, back, field)
    turned = related(other, one, BOOKS)
    assert turned is not None
    assert (turned.how, turned.back, turned.field) == (back, how, field)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BEGUN, says("b.txt", "2019-09-20", title="Another truce in Marn took effect", **TRUCE)),  # two truces
        (says("a.txt", "2019-08-01", title="Norland declared a truce in Marn", **TRUCE), BEGUN),  # a month before
        (says("c.txt", "2019-08-20", title="A truce in Marn collapsed", **BREACH), BEGUN),
        (says("a.txt"), says("b.txt", "2019-08-21")),  # no toll that says it is the same
        (says("a.txt", **STRUCK), says("a.txt", "2019-08-21", start=90, **STRUCK)),  # one source
        (says("a.txt", **STRUCK), says("b.txt", "2019-08-22", **STRUCK)),  # two days apart
        (says("a.txt", **STRUCK), says("b.txt", "2019-08-21", **{**STRUCK, "figures": [TWELVE]})),
        (says("a.txt", "2019-08", status="denied", **STRUCK), says("b.txt", **STRUCK)),  # no telling what is denied
    ],
    ids=["two-truces", "long-before", "before-it-began", "no-toll", "one-source", "two-days", "other-toll", "vague"],
)  # fmt: skip
def test_what_does_not_go_together(one: EventMention, other: EventMention) -> None:
    assert related(one, other, BOOKS) is None
    assert related(other, one, BOOKS) is None


@settings(max_examples=150, deadline=None)
@given(chronicles(), st.data())
def test_whatever_goes_together_is_found_from_either_side(mentions: list[EventMention], data: st.DataObject) -> None:
    one, other = data.draw(st.sampled_from(mentions)), data.draw(st.sampled_from(mentions))
    if related(one, other, BOOKS) and one is not other:
        for here, there in ((one, other), (other, one)):
            first, last = span(there)
            blocks = {block for block, *days in partners(here, BOOKS) if days[0] <= last and days[1] >= first}
            assert blocks & {block for block, *_ in partners(there, BOOKS)}
    assert sorted([one, other], key=order) == sorted([other, one], key=order)


# --- in a store -----------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "war.db", create=True) as opened:
        yield opened


def test_events_name_each_other_and_what_they_dispute(store: Store) -> None:
    put(store, says("a.txt", **STRUCK), says("b.txt", "2019-08-21", published="2019-08-22", **STRUCK))
    first, second = events(store)
    assert [(one["id"], one["how"]) for one in first["related"]] == [(second["id"], "disputed by")]
    dispute = {
        "field": "date",
        "values": [{"value": "2019-08-20", "files": ["a.txt"]}, {"value": "2019-08-21", "files": ["b.txt"]}],
    }
    assert first["disputed"] == second["disputed"] == [dispute]


def test_a_relation_goes_with_its_event_and_comes_back(store: Store) -> None:
    put(store, DECLARED, BEGUN)
    put(store, BROKEN)
    assert [[one["how"] for one in event["related"]] for event in events(store)] == [
        ["announces", "broken by"], ["announced by", "broken by"], ["breaks", "breaks"],
    ]  # fmt: skip
    judge(store, Judgement("merge", DECLARED.id, (BEGUN.id,)))
    assert [[one["how"] for one in event["related"]] for event in events(store)] == [["broken by"], ["breaks"]]


def test_reasons_for_what_is_one_and_for_what_is_not(store: Store) -> None:
    near = says("c.txt", place=BRACK, figures=[FIFTEEN])
    put(store, says("a.txt"), says("b.txt", figures=[TWELVE]), near)
    told = reasons(store, store.explain(says("a.txt").id))
    (pair,) = told["pairs"]
    assert pair["score"] >= told["enough"]
    scores = {one["feature"]: one["score"] for one in pair["features"]}
    assert (scores["dates"], scores["kinds"], scores["places"]) == (3.0, 1.0, 2.0)
    assert (told["apart"]["id"], told["apart"]["why"]) == (near.id, "Brack is not Tollen")
    assert [one["feature"] for one in told["apart"]["features"] if one["score"] is None] == ["places"]


def test_reasons_name_the_analyst_who_split(store: Store) -> None:
    here, there = says("a.txt"), says("b.txt", published="2019-08-22")
    put(store, here, there)
    judge(store, Judgement("split", here.id, (there.id,)))
    apart = reasons(store, store.explain(here.id))["apart"]
    assert (apart["id"], apart["why"]) == (there.id, "an analyst keeps them apart")


def test_an_event_alone_has_no_reasons(store: Store) -> None:
    put(store, says("a.txt", place=TOLLEN))
    told = reasons(store, store.explain(says("a.txt").id))
    assert (told["pairs"], told["apart"]) == ([], None)
