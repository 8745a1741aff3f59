"""What changed between two chronologies: which events correspond, in what they differ, and how that is said."""

import io
import json
import os
import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from chronicle import TYPES, war
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from idlib_timeline import console, render
from idlib_timeline.changes import KINDS, Change, Changes, FieldChange, changes
from idlib_timeline.errors import InputError, QueryError, StoreError
from idlib_timeline.exported import events_of, read_events
from idlib_timeline.query import Query
from idlib_timeline.render import Look
from idlib_timeline.render.changes import FORMATS, difference, difference_format
from idlib_timeline.render.words import clean
from idlib_timeline.serial import Record, dumps, event_record
from idlib_timeline.store import Store


def name(number: int) -> str:
    """The id of the mention with this number, and of the event that it leads."""
    return f"{number:010x}"


def cited(number: int, **more: Any) -> Record:
    return {
        "file": f"n{number}.txt",
        "sentence": f"Sentence {number}.",
        "start": number,
        "end": number + 11,
        "expression": "Tuesday",
        "anchor": "publication",
        "rule": "weekday",
        "published": "2019-08-22",
        "attribution": None,
        **more,
    }


def told(*numbers: int, day: str = "2019-08-20", known: bool = True, **more: Any) -> Record:
    """An event told by the mentions with these numbers, led by the first; `known`: whether it says their ids."""
    record = {
        "id": name(numbers[0]),
        "date": day,
        "earliest": day or None,
        "latest": day or None,
        "time": None,
        "precision": "day",
        "approximate": False,
        "status": "happened",
        "type": "air_strike",
        "title": f"Event {numbers[0]}",
        "actors": ["Norland"],
        "background": False,
        "evidence": [cited(number) for number in numbers],
    }
    return {**record, **({"mention_ids": [name(number) for number in numbers]} if known else {}), **more}


def kinds(found: Changes) -> list[tuple[str, list[str], list[str]]]:
    return [(one.kind, [event["id"] for event in one.old], [event["id"] for event in one.new]) for one in found.found]


def fields(old: Record, new: Record) -> dict[str, FieldChange]:
    """How one event changed."""
    (change,) = changes([old], [new]).found
    assert (change.kind, change.old, change.new) == ("changed", (old,), (new,))
    return {one.field: one for one in change.fields}


# --- which events correspond ----------------------------------------------------------------------------


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ([], [[1, 2]], "added"),
        ([[1, 2]], [], "gone"),
        ([[1], [2, 3]], [[1, 2, 3]], "merged"),
        ([[1, 2, 3]], [[1], [2, 3]], "split"),
        ([[1, 2], [3]], [[1], [2, 3]], "regrouped"),
        ([[1, 2], [3, 4]], [[1, 3], [2, 4]], "regrouped"),
        ([[1], [2], [3, 4]], [[1, 2, 3], [4]], "regrouped"),
        ([[1, 2]], [[1, 5]], "changed"),
    ],
)
def test_every_regrouping_of_mentions_is_one_difference(
    old: list[list[int]], new: list[list[int]], kind: str, known: bool
) -> None:
    before, after = ([told(*event, known=known) for event in side] for side in (old, new))
    standing = told(9, known=known)
    (change,) = changes([*before, standing], [standing, *after]).found
    assert change.kind == kind
    assert (list(change.old), list(change.new)) == (before, after)


def test_separate_differences_are_not_thrown_together() -> None:
    old = [told(1), told(2), told(3), told(4, 5), told(6)]
    new = [told(1, 2), told(4), told(5), told(6, title="Other words"), told(7)]
    assert kinds(changes(old, new)) == [
        ("merged", [name(1), name(2)], [name(1)]),
        ("gone", [name(3)], []),
        ("split", [name(4, )], [name(4), name(5)]),
        ("changed", [name(6)], [name(6)]),
        ("added", [], [name(7)]),
    ]  # fmt: skip


@pytest.mark.parametrize("known", [(True, True), (True, False), (False, True), (False, False)])
def test_an_event_with_another_id_is_recognised(known: tuple[bool, bool]) -> None:
    old, new = told(2, 3, known=known[0]), told(1, 2, 3, known=known[1], title="Event 2")
    found = fields(old, new)
    assert found["id"] == FieldChange("id", name(2), name(1))
    assert found["evidence"].added == (cited(1),)
    assert set(found) - {"mention_ids"} == {"id", "evidence"}


def test_without_ids_of_mentions_another_type_in_the_sentence_is_another_event() -> None:
    strike, flight = told(1, known=False), told(1, known=False, id="ffffffffff", type="displacement")
    assert kinds(changes([strike], [flight])) == [("gone", [name(1)], []), ("added", [], ["ffffffffff"])]


def test_with_ids_of_mentions_a_type_may_change() -> None:
    assert fields(told(1), told(1, type="shelling")) == {"type": FieldChange("type", "air_strike", "shelling")}


def test_without_ids_of_mentions_two_events_of_one_sentence_stay_apart() -> None:
    one, other = told(1, known=False), told(1, known=False, id="ffffffffff", title="Another strike")
    assert changes([one, other], [other, one]).found == ()
    assert kinds(changes([one, other], [other])) == [("gone", [name(1)], [])]
    assert kinds(changes([other], [one, other])) == [("added", [], [name(1)])]


def test_a_file_read_under_two_names_gives_the_same_ids_twice() -> None:
    first, copy = told(1), told(1, id=f"{name(1)}-2", evidence=[cited(1, file="copy.txt")])
    assert changes([first, copy], [copy, first]).found == ()
    assert kinds(changes([first, copy], [copy])) == [("gone", [name(1)], [])]
    moved = told(1, evidence=[cited(1, file="moved.txt")])
    assert set(fields(first, moved)) == {"evidence"}


@pytest.mark.parametrize("known", [True, False])
def test_a_sentence_outlives_an_edit_further_up_in_its_article(known: bool) -> None:
    old = told(1, known=known)
    new = told(1, known=known, id="ffffffffff", evidence=[cited(1, start=801, end=812)])
    new |= {"mention_ids": ["ffffffffff"]} if known else {}
    found = fields(old, new)
    assert set(found) == {"id", "evidence.start", "evidence.end"} | ({"mention_ids"} if known else set())
    where = {"file": "n1.txt", "sentence": "Sentence 1."}
    assert found["evidence.start"] == FieldChange(
        "evidence.start", gone=({**where, "start": 1},), added=({**where, "start": 801},)
    )


def test_an_id_outlives_the_renaming_of_its_file() -> None:
    old, new = told(1, known=False), told(1, known=False, evidence=[cited(1, file="renamed.txt")])
    assert fields(old, new)["evidence"] == FieldChange(
        "evidence", gone=(cited(1),), added=(cited(1, file="renamed.txt"),)
    )


def test_an_event_without_evidence_is_known_by_its_id() -> None:
    bare = told(1, evidence=[], mention_ids=[])
    assert changes([bare], [bare]).found == ()
    assert set(fields(bare, {**bare, "title": "Other words"})) == {"title"}


def test_differences_stand_in_the_order_of_the_chronology() -> None:
    days = ["", "2019-08-21", "2019-08-19"]
    old = [told(number, day=day) for number, day in enumerate(days, 1)]
    new = [told(4, day="2019-08-20"), told(1, day="2019-08-22")]
    assert kinds(changes(old, new)) == [
        ("gone", [name(3)], []),
        ("added", [], [name(4)]),
        ("gone", [name(2)], []),
        ("changed", [name(1)], [name(1)]),  # where it stands now
    ]
    open_end = told(1, day="2019-08-20", latest=None)
    assert kinds(changes([], [open_end, told(2), told(3)])) == [
        ("added", [], [name(number)]) for number in (2, 3, 1)
    ]  # fmt: skip


# --- in what they differ --------------------------------------------------------------------------------


def test_a_field_has_its_old_and_its_new_value() -> None:
    found = fields(told(1, place=None), told(1, day="2019-08-21", place="Tollen"))
    assert found == {
        "date": FieldChange("date", "2019-08-20", "2019-08-21"),
        "earliest": FieldChange("earliest", "2019-08-20", "2019-08-21"),
        "latest": FieldChange("latest", "2019-08-20", "2019-08-21"),
        "place": FieldChange("place", None, "Tollen"),
    }


def test_of_a_list_what_was_taken_away_and_what_came() -> None:
    figures = [{"kind": "killed", "best": number} for number in (3, 5, 7)]
    found = fields(
        told(1, actors=["Norland", "Suda"], figures=figures[:2]),
        told(1, actors=["Red League", "Norland"], figures=figures[1:]),
    )
    assert found == {
        "actors": FieldChange("actors", gone=("Suda",), added=("Red League",)),
        "figures": FieldChange("figures", gone=(figures[0],), added=(figures[2],)),
    }
    assert fields(told(1, actors=["Suda", "Suda"]), told(1, actors=["Suda"]))["actors"].gone == ("Suda",)


def test_the_order_of_a_list_is_no_difference() -> None:
    old, new = told(1, 2, actors=["Norland", "Suda"]), told(1, 2, actors=["Suda", "Norland"])
    new |= {"evidence": new["evidence"][::-1], "mention_ids": new["mention_ids"][::-1]}
    assert changes([old], [new]).found == ()


def test_a_field_that_one_side_does_not_know_is_not_compared() -> None:
    old = told(1, known=False)
    new = told(1, related=[{"event": name(2)}], judgements=[])
    new["evidence"] = [cited(1, certainty="sure")]
    assert changes([old], [new]).found == ()
    assert changes([new], [old]).found == ()
    assert set(fields(new, {**new, "related": []})) == {"related"}


def test_evidence_is_compared_by_sentence_and_then_in_what_is_said_of_it() -> None:
    old, new = told(1, 2), told(1, 3)
    new["evidence"][0] = cited(1, published="2019-08-23", rule="day")
    where = {"file": "n1.txt", "sentence": "Sentence 1."}
    assert fields(old, new) == {
        "evidence": FieldChange("evidence", gone=(cited(2),), added=(cited(3),)),
        "evidence.rule": FieldChange(
            "evidence.rule", gone=({**where, "rule": "weekday"},), added=({**where, "rule": "day"},)
        ),
        "evidence.published": FieldChange(
            "evidence.published",
            gone=({**where, "published": "2019-08-22"},),
            added=({**where, "published": "2019-08-23"},),
        ),
        "mention_ids": FieldChange("mention_ids", gone=(name(2),), added=(name(3),)),
    }


# --- what holds of any two chronologies -----------------------------------------------------------------


@st.composite
def chronologies(draw: st.DrawFn, copies: bool = False, types: bool = False) -> list[Record]:
    """Some of twelve mentions in up to five events, in any order.

    With `copies`, every id of a mention comes twice; with `types`, those that know the ids of mentions vary in type.
    """
    places = draw(st.lists(st.integers(-1, 4), min_size=12, max_size=12))  # of each mention: its event, or none
    known = draw(st.booleans())
    events, seen = [], set()
    for place in range(5):
        numbers = [number for number, event in enumerate(places) if event == place]
        if not numbers:
            continue
        ids = [name(number % 6 if copies else number) for number in numbers]
        identity = f"{ids[0]}-2" if ids[0] in seen else ids[0]
        seen.add(identity)
        kind = draw(st.sampled_from(["air_strike", "shelling"])) if known and types else "air_strike"
        actors = draw(st.lists(st.sampled_from("ABC"), max_size=3))
        day = draw(st.sampled_from(["2019-08-20", "2019-08-21", ""]))
        more = {"mention_ids": ids} if known else {}
        events.append(told(*numbers, day=day, known=False, id=identity, type=kind, actors=actors, **more))
    return draw(st.permutations(events))


ANY = chronologies(copies=True, types=True) | chronologies(types=True)


@given(ANY, st.randoms(use_true_random=False))
def test_a_chronology_does_not_differ_from_itself_in_any_order(events: list[Record], chance: Any) -> None:
    shuffled = json.loads(json.dumps(events))
    chance.shuffle(shuffled)
    assert changes(events, shuffled) == Changes((), len(events), len(events))


MIRRORED = {"added": "gone", "gone": "added", "merged": "split", "split": "merged"}


def essence(change: Change) -> tuple[Any, ...]:
    ids = [tuple(event["id"] for event in side) for side in (change.old, change.new)]
    differ = {(one.field, *map(dumps, (one.old, one.new, one.gone, one.added))) for one in change.fields}
    return change.kind, *ids, frozenset(differ)


def mirrored(change: Change) -> Change:
    back = tuple(FieldChange(one.field, one.new, one.old, one.added, one.gone) for one in change.fields)
    return Change(MIRRORED.get(change.kind, change.kind), change.new, change.old, back)


@given(ANY, ANY)
def test_the_way_back_mirrors_the_way_there(old: list[Record], new: list[Record]) -> None:
    there, back = changes(old, new), changes(new, old)
    assert {essence(mirrored(change)) for change in back.found} == {essence(change) for change in there.found}
    assert len(back.found) == len(there.found)


@given(chronologies(), chronologies())
def test_each_event_is_accounted_for_once_and_is_gone_when_nobody_tells_it(
    old: list[Record], new: list[Record]
) -> None:
    found = changes(old, new)
    for side in (0, 1):
        shown = [event["id"] for change in found.found for event in (change.old, change.new)[side]]
        assert len(shown) == len(set(shown))
    sentences = [{cited["file"] for event in events for cited in event["evidence"]} for events in (old, new)]
    for events, others, kind in ((old, sentences[1], "gone"), (new, sentences[0], "added")):
        lonely = {event["id"] for event in events if others.isdisjoint(cited["file"] for cited in event["evidence"])}
        assert {event["id"] for change in found.of(kind) for event in (*change.old, *change.new)} == lonely


# --- chronologies in files ------------------------------------------------------------------------------


def content(events: list[Record], form: str = "jsonl") -> bytes:
    return "".join(render.chronology(events, form, {}, Look())).encode()


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_what_show_wrote_is_read_back(form: str, tmp_path: Path) -> None:
    events = [event_record(event) for event in war()[1]]
    events[0]["title"] = "Line\u2028separator,\x85next line"  # which JSON leaves as they are
    (tmp_path / "war").write_bytes(content(events, form))
    assert read_events(tmp_path / "war") == events
    (tmp_path / "war").write_bytes(b"\xef\xbb\xbf" + content(events, form).replace(b"\n", b"\r\n") + b"\r\n")
    assert read_events(tmp_path / "war") == events


def test_no_events_are_a_chronology_too() -> None:
    assert events_of(b"", "x") == events_of(content([], "json"), "x") == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "is not JSON: give a file that `timeline show --all -f jsonl` wrote"),
        ("## August 2019", "is not JSON"),
        ('{"id": NaN}', "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "the event cannot be such a list: give a file that"),
        ("12", "the event cannot be 12"),
        (told(1, evidence=12), "evidence cannot be 12"),
        (told(1, evidence={}), "evidence cannot be such an object"),
        (told(1, evidence=["a"]), 'evidence[0] cannot be "a"'),
        (told(1, evidence=[cited(1), {"file": "a"}]), "evidence[1] lacks start"),
        (told(1, evidence=[cited(1, start="0")]), 'start cannot be "0"'),
        (told(1, id=None), "id cannot be null"),
        (told(1, date="2019-02-30"), 'date cannot be "2019-02-30"'),
        (told(1, date=2019), "date cannot be 2019"),
        (told(1, earliest=[]), "earliest cannot be such a list"),
        (told(1, mention_ids=[{"file": "a"}]), "mention_ids[0] cannot be such an object"),
        (told(1, figures=[{"kind": "killed"}]), "figures[0] lacks low"),
        (told(1, disputed=[{"field": "place", "values": ["here"]}]), 'values[0] cannot be "here"'),
        (told(1, related=json.loads("[" * 200 + "]" * 200)), "related cannot be such a list"),
        (told(9), "has the id of line 1: take one of them out"),
        *(({key: told(1)[key] for key in told(1) if key != lost}, f"the event lacks {lost}")
          for lost in ("id", "date", "earliest", "latest", "approximate", "status", "type", "title", "evidence")),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_with_its_fault(line: str | Record, said: str) -> None:
    text = line if isinstance(line, str) else dumps(line)
    with pytest.raises(InputError) as caught:
        events_of(f"{dumps(told(9))}\n\n{text}\n".encode(), "war.jsonl")
    assert str(caught.value).startswith(f"war.jsonl: line 3: {said}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'\xff{"id"', "x: is not UTF-8: give a file"),
        (b'{"schema": 2, "events": []}', "x: is not a chronology of schema 1: give a file"),
        (b'{"schema": 1, "events": 12}', "x: is not a chronology of schema 1"),
        (b'{"schema": 1, "events": [\n12]}', "x: event 1: the event cannot be 12"),
        (b'{"schema": 1, "events": [', "x: line 1: is not JSON"),
    ],
)
def test_a_bad_file_is_named_with_its_fault(raw: bytes, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        events_of(raw, "x")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no\.jsonl: no such file or directory: check the path"):
        read_events(tmp_path / "no.jsonl")


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
JUNK = st.recursive(
    SCALARS | st.sampled_from(["", "x", "2019-21", "XXXX-01-XX", "../.."]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["file", "value", "\x1b[2J"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.data())
def test_nothing_in_a_file_makes_the_program_fail(data: st.DataObject) -> None:
    figure = {"kind": "killed", "low": 1, "best": None, "high": None, "text": "x", "since": None}
    whole = told(1, places=[{"name": "Tollen"}], figures=[figure], disputed=[{"field": "x", "values": [{"value": 1}]}])
    sides = []
    for _ in "ab":
        event = json.loads(json.dumps(whole))
        inner = data.draw(st.sampled_from([event, *(event[key][0] for key in ("evidence", "places", "figures"))]))
        inner[data.draw(st.sampled_from([*inner, "more", "evidence.rule"]))] = data.draw(JUNK)
        try:
            sides.append(events_of(json.dumps(event).encode(), "x"))
        except InputError:
            sides.append([whole])
    found = changes(*sides)
    for form in FORMATS:
        assert "\x1b[2J" not in "".join(difference(found, form, Look()))


# --- where they come from -------------------------------------------------------------------------------


@pytest.fixture
def built(tmp_path: Path) -> Path:
    readings, events = war()
    with Store.open(tmp_path / "timeline.db", create=True) as store, store.transaction():
        for one in readings:
            store.put(one, "/news", "")
        store.replace_events(events, (), TYPES)
    return tmp_path


def test_a_store_and_what_it_shows_do_not_differ(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(built / "timeline.db")
    with Store.open(path) as store:
        events = store.events(Query(background=True))
    assert len(events) == 7
    (built / "named.db").write_bytes(content(events))  # what it is called does not matter
    (built / "named.jsonl").write_bytes((built / "timeline.db").read_bytes())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content(events, "json"))))
    for name_ in (path, str(built / "named.db"), str(built / "named.jsonl"), "-"):
        assert console.events_at(name_) == events


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_read_once(built: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, content([told(1)]))
    os.close(writing)
    try:
        assert console.events_at(f"/dev/fd/{reading}") == [told(1)]
    finally:
        os.close(reading)


@pytest.mark.parametrize(
    ("path", "error", "said"),
    [
        ("no.db", StoreError, "no.db: is missing; name a store, or a file that"),
        (".", InputError, "is a directory: check the path"),
        ("half.db", StoreError, "half.db: is damaged"),
        ("other.txt", InputError, "other.txt: line 1: is not JSON"),
    ],
)
def test_what_is_no_chronology(built: Path, path: str, error: type[Exception], said: str) -> None:
    (built / "half.db").write_bytes((built / "timeline.db").read_bytes()[:2000])
    (built / "other.txt").write_text("Norland jets bombed the market.\n")
    with pytest.raises(error, match=re.escape(said)):
        console.events_at(str(built / path))
    assert not (built / "no.db").exists()


# --- how it is said -------------------------------------------------------------------------------------

OLD = [
    told(1, day="2019-08-19"),
    told(2, 3, actors=["Norland", "Suda"], mention_ids=[name(2), name(3)], place=None),
    told(4, day="2019-08-21"),
    told(5, day="2019-08-21"),
    told(6, 7, day="2019-08-22", status="planned"),
]
NEW = [
    told(2, 8, day="", actors=["Norland"], mention_ids=[name(2), name(8)], place="Tollen"),
    told(4, 5, day="2019-08-21"),
    told(6, day="2019-08-22"),
    told(7, day="2019-08-22"),
    told(9, day="2019-08-23", time="06:00"),
]


def said(form: str, width: int = 100, colour: bool = False, old: list[Record] = OLD, new: list[Record] = NEW) -> str:
    return "".join(difference(changes(old, new), form, Look(width, colour)))


def test_text_to_the_letter() -> None:
    assert said("text") == (
        " gone       − 19 Aug 2019 — Event 1 · 0000000001\n"
        " merged     − 21 Aug 2019 — Event 4 · 0000000004\n"
        "            − 21 Aug 2019 — Event 5 · 0000000005\n"
        "            + 21 Aug 2019 — Event 4 · 0000000004\n"
        " split      − 22 Aug 2019 — [planned] Event 6 · 0000000006\n"
        "            + 22 Aug 2019 — Event 6 · 0000000006\n"
        "            + 22 Aug 2019 — Event 7 · 0000000007\n"
        " added      + 23 Aug 2019, 06:00 — Event 9 · 0000000009\n"
        " changed    date unknown — Event 2 · 0000000002\n"
        "            date: 20 Aug 2019 → date unknown\n"
        "            actors − Suda\n"
        "            evidence − n3.txt: “Sentence 3.”\n"
        "            evidence + n8.txt: “Sentence 8.”\n"
        "            place: none → Tollen\n"
        "\n"
        " 1 added, 1 gone, 1 merged, 1 split, 1 changed; 5 events before, 5 now.\n"
    )


def test_markdown_to_the_letter() -> None:
    assert said("markdown") == (
        "## What changed\n\n"
        "1 added, 1 gone, 1 merged, 1 split, 1 changed; 5 events before, 5 now.\n\n"
        "### Added\n\n"
        "- **23 Aug 2019, 06:00** — Event 9 (n9.txt; 0000000009)\n\n"
        "### Gone\n\n"
        "- **19 Aug 2019** — Event 1 (n1.txt; 0000000001)\n\n"
        "### Merged\n\n"
        "- 2 events became 1:\n"
        "  - before: **21 Aug 2019** — Event 4 (n4.txt; 0000000004)\n"
        "  - before: **21 Aug 2019** — Event 5 (n5.txt; 0000000005)\n"
        "  - now: **21 Aug 2019** — Event 4 (n4.txt; n5.txt; 0000000004)\n\n"
        "### Split\n\n"
        "- 1 event became 2:\n"
        "  - before: **22 Aug 2019** — \\[planned\\] Event 6 (n6.txt; n7.txt; 0000000006)\n"
        "  - now: **22 Aug 2019** — Event 6 (n6.txt; 0000000006)\n"
        "  - now: **22 Aug 2019** — Event 7 (n7.txt; 0000000007)\n\n"
        "### Changed\n\n"
        "- **date unknown** — Event 2 (n2.txt; n8.txt; 0000000002)\n"
        "  - date: 20 Aug 2019 → date unknown\n"
        "  - actors − Suda\n"
        "  - evidence − n3.txt: “Sentence 3.”\n"
        "  - evidence + n8.txt: “Sentence 8.”\n"
        "  - place: none → Tollen\n"
    )


def test_json_and_jsonl_hold_all_of_it() -> None:
    whole = json.loads(said("json"))
    assert [json.loads(line) for line in said("jsonl").splitlines()] == whole["changes"]
    assert (whole["schema"], [one["kind"] for one in whole["changes"]]) == (
        1, ["gone", "merged", "split", "added", "changed"],
    )  # fmt: skip
    assert whole["changes"][1] == {"kind": "merged", "old": OLD[2:4], "new": [NEW[1]], "fields": []}
    assert whole["changes"][-1]["fields"] == [
        {"field": "date", "old": "2019-08-20", "new": ""},
        {"field": "earliest", "old": "2019-08-20", "new": None},
        {"field": "latest", "old": "2019-08-20", "new": None},
        {"field": "actors", "gone": ["Suda"], "added": []},
        {"field": "evidence", "gone": [cited(3)], "added": [cited(8)]},
        {"field": "mention_ids", "gone": [name(3)], "added": [name(8)]},
        {"field": "place", "old": None, "new": "Tollen"},
    ]


def test_no_difference_is_said() -> None:
    assert said("text", old=NEW) == "\n No difference; 5 events before, 5 now.\n".lstrip("\n")
    assert said("markdown", old=NEW) == "## What changed\n\nNo difference; 5 events before, 5 now.\n"
    assert said("json", old=NEW) == '{"schema": 1, "changes": []}\n'
    assert said("jsonl", old=NEW) == ""


def test_values_in_words() -> None:
    figure = {"kind": "killed", "low": None, "best": None, "high": None, "text": "x", "since": None}
    place = {"name": "Tollen", "as_written": "Tollen", "geonameid": 12}
    old = told(
        1, type="air_strike", background=False, figures=[{**figure, "low": 12}], places=[place], who=["Norland"],
        utc=None, related=[{"event": "x"}], disputed=[],
    )  # fmt: skip
    new = told(
        1, type="shelling_of_towns", background=True, figures=[{**figure, "best": 15}],
        places=[{**place, "geonameid": 13}], who=["Suda"], actors=["Suda"], utc="2019-08-20T03:00Z", related=[],
        disputed=[{"field": "place", "values": [{"value": "Pell"}, {"value": "Ost"}]}],
        evidence=[cited(1, attribution="Observatory")],
    )  # fmt: skip
    assert said("text", 200, old=[old], new=[new]).splitlines()[1:-2] == [
        "            " + line
        for line in (
            "type: air strike → shelling of towns",
            "background: no → yes",
            "evidence attribution − n1.txt: none",
            "evidence attribution + n1.txt: Observatory",
            "figures − killed: at least 12",
            "figures + killed: 15",
            'places − {"name": "Tollen", "as_written": "Tollen", "geonameid": 12}',
            'places + {"name": "Tollen", "as_written": "Tollen", "geonameid": 13}',
            "who − Norland",
            "who + Suda",
            "utc: none → 2019-08-20T03:00Z",
            'related − {"event": "x"}',
            "disputed + place: Pell / Ost",
        )
    ]


@pytest.mark.parametrize("width", [20, 40, 60, 100, 200])
@pytest.mark.parametrize("colour", [False, True])
def test_text_fits_the_terminal_and_says_in_words_what_it_says_in_colour(width: int, colour: bool) -> None:
    page = said("text", width, colour, new=[*NEW, told(10, title="停火" * 60 + "x" * 90)])
    plain = re.sub("\x1b\\[[0-9;]*m", "", page)
    assert (plain != page) == colour
    assert max(map(cell_len, plain.splitlines())) <= max(width, 40)
    assert {"added", "gone", "merged", "split", "changed"} <= set(plain.split())
    assert ("\x1b[32madded\x1b[0m" in page) == colour


def test_every_kind_has_its_section_and_its_colour() -> None:
    found = Changes(tuple(Change(kind, (told(1),), (told(1),)) for kind in KINDS), 1, 1)
    page = "".join(difference(found, "markdown", Look()))
    assert re.findall("^### (.+)$", page, re.MULTILINE) == [kind.capitalize() for kind in KINDS]
    styles = re.findall("\x1b\\[([0-9;]+)m(\\w+)", "".join(difference(found, "text", Look(colour=True))))
    assert len({style for style, word in styles if word in KINDS}) == len(KINDS)


EVIL = [
    "\x1b[2J\x1b]0;owned\x07\u202e\x9b1mbang",
    "# bang",
    "- bang",
    "bang\n\n# heading",
    "[bang](http://example.org) <b>x</b> ![i](http://example.org/x.png)",
    "*bang* `code` | cell | \\",
]


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_from_outside_is_active(evil: str) -> None:
    old = [told(1, title=evil, id=evil, place=evil, time=evil, evidence=[cited(1, file=evil)]), told(2), told(3)]
    new = [
        told(1, title=evil + "!", id=evil + "!", place=None, actors=[evil], type=evil, status=evil),
        told(2, 3, title=evil),
        told(4, title=evil, time=evil),
    ]
    for record in (old[0], new[0]):
        record[evil] = record[f"evidence.{evil}"] = record["title"]  # the name of a field is from outside too
    for colour in (False, True):
        page = re.sub("\x1b\\[[0-9;]*m", "", said("text", 100, colour, old, new))
        assert "bang" in page
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", page)
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": True, "breaks": True})
    found = [
        inner
        for token in parser.parse(said("markdown", old=old, new=new))
        for inner in (token, *(token.children or []))
    ]
    assert {token.type for token in found} <= {
        "heading_open", "heading_close", "inline", "text", "paragraph_open", "paragraph_close", "bullet_list_open",
        "bullet_list_close", "list_item_open", "list_item_close", "strong_open", "strong_close",
    }  # fmt: skip
    assert clean(evil) in "".join(token.content for token in found if token.type == "text")


def test_a_difference_has_faces_of_its_own() -> None:
    assert [difference_format(form) for form in ("table", "markdown", "json", "jsonl")] == list(FORMATS)
    assert render.format_named("text") == "table"
    with pytest.raises(QueryError, match="not written as csv; choose with --format from text, markdown, json, jsonl"):
        difference_format("csv")
