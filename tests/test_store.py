"""The store keeps what it is given, gives it back in the contract's order, and is never left half written."""

import json
import sqlite3
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from chronicle import FIRST, MARN, NORLAND, PELL, SPELLINGS, TOLLEN, TYPES, article, event, mention, reading, war
from hypothesis import given
from hypothesis import strategies as st

from idlib_timeline.derive import derive
from idlib_timeline.errors import QueryError, StoreError
from idlib_timeline.interval import DateInterval, parse_edtf
from idlib_timeline.model import (
    Clock,
    EventMention,
    Evidence,
    Figure,
    Finding,
    Place,
    PlaceMention,
    Publication,
    Reading,
)
from idlib_timeline.query import Query, chosen_statuses, chosen_types, first_day, last_day
from idlib_timeline.schema import MIGRATIONS
from idlib_timeline.serial import dumps, event_record, mention_from_record, mention_record
from idlib_timeline.store import Store

# The contract's table, in its order.
EVENT_FIELDS = [
    "id",
    "date",
    "earliest",
    "latest",
    "time",
    "utc",
    "precision",
    "approximate",
    "status",
    "type",
    "title",
    "actors",
    "who",
    "whom",
    "place",
    "places",
    "figures",
    "background",
    "evidence",
    "disputed",
]
OUR_FIELDS = ["mention_ids", "judgements"]  # fmt: skip
EVIDENCE_FIELDS = ["file", "sentence", "start", "end", "expression", "anchor", "rule", "published", "attribution"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "war.db"


@pytest.fixture
def store(path: Path):
    readings, events = war()
    with Store.open(path, create=True) as opened:
        with opened.transaction():
            for one in readings:
                opened.put(one, "/news", "context-1")
            opened.replace_events(events, SPELLINGS, TYPES)
        yield opened


def titles(store: Store, **query: object) -> list[str]:
    return [record["title"] for record in store.events(Query(**query))]  # type: ignore[arg-type]


# --- values there and back --------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMES = st.lists(WORDS, max_size=3).map(tuple)
DAYS = st.dates()
INTERVALS = st.one_of(
    st.builds(lambda a, b, c: DateInterval(min(a, b), max(a, b), c), DAYS, DAYS, st.booleans()),
    st.builds(lambda a, c: DateInterval(a, None, c), DAYS, st.booleans()),
    st.builds(lambda a, c: DateInterval(None, a, c), DAYS, st.booleans()),
    st.builds(lambda c, p: DateInterval(None, None, c, p), st.booleans(), st.sampled_from(["", "XXXX-01-12", "199X"])),
)
PLACES = st.builds(
    Place, WORDS, WORDS, WORDS, WORDS, st.none() | st.floats(-90, 90), st.none() | st.floats(-180, 180),
    st.none() | st.integers(0, 2**31), st.integers(0, 2**31),
)  # fmt: skip
COUNTS = st.none() | st.integers(0, 10**9)
MENTIONS = st.builds(
    EventMention,
    key=WORDS, date=INTERVALS, type=WORDS, status=WORDS, title=WORDS, who=NAMES, whom=NAMES, actors=NAMES,
    place=st.none() | PLACES,
    places=st.lists(st.builds(PlaceMention, st.integers(0), st.integers(0), WORDS, PLACES), max_size=2).map(tuple),
    figures=st.lists(st.builds(Figure, WORDS, WORDS, COUNTS, COUNTS, COUNTS, st.none() | DAYS), max_size=2).map(tuple),
    background=st.booleans(),
    evidence=st.builds(
        Evidence, WORDS, WORDS, st.integers(0), st.integers(0), WORDS, WORDS, WORDS, WORDS, st.none() | WORDS, WORDS,
        WORDS, NAMES,
    ),
    outlet=WORDS,
    clock=st.none()
    | st.builds(Clock, st.none() | st.integers(0, 23), st.none() | st.integers(0, 59), WORDS, COUNTS, WORDS),
    utc=st.none() | WORDS,
    land=WORDS,
)  # fmt: skip


@given(MENTIONS)
def test_a_mention_survives_json_whole(told: EventMention) -> None:
    record = json.loads(dumps(mention_record(told)))
    assert mention_from_record(record, told.evidence.file) == told


def test_the_strategy_fills_every_field() -> None:
    # A field added to the model must be added to the record too; the round trip proves it only if it is drawn.
    drawn = {"key", "date", "type", "status", "title", "who", "whom", "actors", "place", "places", "figures"}
    drawn |= {"background", "evidence", "outlet", "clock", "utc", "land"}
    assert {field.name for field in fields(EventMention)} == drawn
    assert len(fields(Evidence)) == 12
    assert len(fields(Place)) == 8
    assert len(fields(Figure)) == 6
    assert len(fields(Clock)) == 5


def test_an_event_has_the_contracts_fields_in_order() -> None:
    _, events = war()
    record = event_record(events[0])
    assert list(record) == EVENT_FIELDS + OUR_FIELDS
    assert [list(evidence) for evidence in record["evidence"]] == [EVIDENCE_FIELDS, EVIDENCE_FIELDS]
    assert record["date"] == record["earliest"] == record["latest"] == "2019-08-20"
    assert (record["time"], record["precision"], record["place"]) == ("06:00", "minute", "Tollen")
    assert record["places"][0] == {
        "name": "Tollen", "as_written": "TOLLEN", "country": "NX", "admin1": "Marn", "lat": 12.75, "lon": -3.5,
        "geonameid": 12,
    }  # fmt: skip
    assert record["figures"] == [
        {"kind": "killed", "low": 12, "best": None, "high": None, "text": "at least 12", "since": None}
    ]
    assert record["disputed"] == [
        {
            "field": "killed",
            "values": [{"value": "at least 12", "files": ["a.txt"]}, {"value": "15", "files": ["b/second.txt"]}],
        }
    ]


def test_open_and_unknown_dates_are_null() -> None:
    _, events = war()
    halt, hill, bridge = (event_record(events[number]) for number in (2, 5, 6))
    assert (halt["date"], halt["earliest"], halt["latest"]) == ("2019-09-01/..", "2019-09-01", None)
    assert (hill["date"], hill["earliest"], hill["latest"]) == ("XXXX-01-12", None, None)
    assert (bridge["date"], bridge["precision"]) == ("", "unknown")


# --- what a build writes ------------------------------------------------------------------------------


def test_known_articles_and_their_labels(store: Store) -> None:
    one, two = (made.article for made in war()[0])
    assert store.known() == {
        "/news/a.txt": (one.sha256, "context-1"),
        "/news/b/second.txt": (two.sha256, "context-1"),
    }
    assert store.labels() == {
        "/news/a.txt": ("/news", "a.txt", ""),
        "/news/b/second.txt": ("/news", "b/second.txt", ""),
    }


def test_mentions_come_back_in_order_whatever_the_order_they_went_in(tmp_path: Path) -> None:
    readings, _ = war()
    wanted = sorted(
        (told for one in readings for told in one.mentions), key=lambda m: (m.evidence.file, m.evidence.start, m.key)
    )
    for name, order in (("forth.db", readings), ("back.db", readings[::-1])):
        with Store.open(tmp_path / name, create=True) as store, store.transaction():
            for one in order:
                store.put(replace(one, mentions=one.mentions[::-1]), "/news", "")
            assert store.mentions() == tuple(wanted)


def test_putting_an_article_again_replaces_it(store: Store) -> None:
    again = article("a.txt", "Norland jets bombed a road.")
    with store.transaction():
        store.put(reading(again, mention(again, "Norland jets bombed a road.", "2019-08-23")), "/news", "context-2")
        store.replace_events([event(told) for told in store.mentions()], [], TYPES)
    assert store.known()["/news/a.txt"] == (again.sha256, "context-2")
    assert [told.title for told in store.mentions() if told.evidence.file == "a.txt"] == ["Norland jets bombed a road"]


def test_removing_an_article_takes_all_that_was_read_from_it(store: Store, path: Path) -> None:
    with store.transaction():
        store.remove("/news/a.txt")
    assert {told.evidence.file for told in store.mentions()} == {"b/second.txt"}
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT count(*) FROM names").fetchone() == (2,)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()


def test_a_new_label_shows_in_mentions_and_sources(store: Store) -> None:
    with store.transaction():
        store.relabel({"/news/a.txt": "news/a.txt"})
    assert {told.evidence.file for told in store.mentions()} == {"news/a.txt", "b/second.txt"}
    assert [row["file"] for row in store.sources()] == ["b/second.txt", "news/a.txt"]


def test_an_error_inside_leaves_the_store_as_it_was(store: Store) -> None:
    before = store.events()
    with pytest.raises(KeyboardInterrupt), store.transaction():
        store.remove("/news/a.txt")
        store.replace_events([])
        raise KeyboardInterrupt
    assert store.events() == before
    assert len(before) == 6


def test_a_killed_build_leaves_the_last_complete_store(store: Store, path: Path) -> None:
    before = store.events()
    store.close()
    killed = (
        "import os, sys\nfrom idlib_timeline.store import Store\nstore = Store.open(sys.argv[1])\n"
        "with store.transaction():\n    store.remove('/news/a.txt')\n    store.replace_events([])\n    os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", killed, path], check=False).returncode == 9
    with Store.open(path) as again:
        assert again.events() == before


def test_a_first_build_that_fails_leaves_no_file(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Store.open(path, create=True) as store, store.transaction():
        store.put(war()[0][0], "/news", "")
        raise ZeroDivisionError
    assert not path.exists()


NOT_UTF8, ALSO_NOT = "/news/caf\udce9.txt", "/news/caf\udcea.txt"  # as Python reads names that are no UTF-8


def test_what_is_not_unicode_is_kept_apart_and_never_fails(path: Path) -> None:
    text = "It began \ud800 here."
    bad, other = article("caf\udce9.txt", text, NOT_UTF8), article("caf\udcea.txt", text, ALSO_NOT)
    with Store.open(path, create=True) as store, store.transaction():
        store.put(reading(bad, mention(bad, text, "2019")), "/news", "")
        store.put(reading(other), "/news", "")
        assert set(store.known()) == {NOT_UTF8, ALSO_NOT}
        (told,) = store.mentions()
        assert told.evidence.sentence == "It began \ufffd here."
        assert told.evidence.end - told.evidence.start == len(told.evidence.sentence)
        store.remove(NOT_UTF8)
        assert set(store.known()) == {ALSO_NOT}
        store.replace_events([])


def test_the_same_articles_give_the_same_answers_in_any_order(tmp_path: Path) -> None:
    readings, events = war()
    answers = []
    for name, step in (("forth.db", 1), ("back.db", -1)):
        with Store.open(tmp_path / name, create=True) as store, store.transaction():
            for one in readings[::step]:
                store.put(one, "/news", "")
            store.replace_events(events[::step], SPELLINGS[::step], TYPES)
            everything = store.events(Query(background=True))
            answers.append(dumps([everything, store.sources(), store.actors(), store.places()]))
    assert answers[0] == answers[1]


# --- what a reader asks -------------------------------------------------------------------------------

STRIKE = "Norland jets bombed the market of Tollen on Tuesday, killing at least 12 people"
DENIED = "The Red League denied that it had shelled Pell"
HALT = "Norland and Suda will halt fire from September 1"
LEFT = "Thousands left Marn in recent weeks"
LONG = "The war has gone on since the spring of 2011"
HILL = "The League took the hill on January 12"
BRIDGE = "Nobody knows when the bridge fell"


def test_order_is_earliest_then_latest_then_id_with_the_unknown_last(store: Store) -> None:
    told = store.events(Query(background=True))
    assert [record["title"] for record in told[:5]] == [LONG, LEFT, STRIKE, DENIED, HALT]
    unknown = told[5:]
    assert {record["title"] for record in unknown} == {HILL, BRIDGE}
    assert unknown[0]["id"] < unknown[1]["id"]


def test_background_is_hidden_unless_asked_for(store: Store) -> None:
    assert LONG not in titles(store)
    assert LONG in titles(store, background=True)


@pytest.mark.parametrize(
    ("since", "until", "wanted"),
    [
        ("2019-08-21", "", [DENIED, HALT]),  # an open end is after any day
        ("2019-08-20", "", [LEFT, STRIKE, DENIED, HALT]),  # the span of LEFT ends that day
        ("", "2019-08-19", [LEFT]),
        ("", "2019-07-23", []),
        ("2019-08-01", "2019-08-31", [LEFT, STRIKE, DENIED]),
        ("2030-01-01", "", [HALT]),
    ],
)
def test_since_and_until_take_what_can_lie_within_and_leave_out_the_unknown(
    store: Store, since: str, until: str, wanted: list[str]
) -> None:
    assert titles(store, since=since, until=until) == wanted


def test_actors_must_all_take_part_each_under_any_of_its_names(store: Store) -> None:
    norland, suda = frozenset({"Norland"}), frozenset({"Suda"})
    assert titles(store, actors=(norland,)) == [STRIKE, HALT]
    assert titles(store, actors=(norland, suda)) == [HALT]
    assert titles(store, actors=(norland | suda,)) == [STRIKE, HALT]
    assert titles(store, actors=(frozenset(),)) == []
    assert titles(store, actors=(frozenset({"Red League"}),))[:2] == [STRIKE, DENIED]  # as whom, as who


def test_a_place_stands_for_what_lies_in_it(store: Store) -> None:
    assert titles(store, places=frozenset({"Tollen"})) == [STRIKE]
    assert titles(store, places=frozenset({"Marn"})) == [LEFT, STRIKE]  # the province, and a town in it
    assert titles(store, places=frozenset()) == []


def test_a_country_stands_for_all_its_places(path: Path) -> None:
    source = article("c.txt", "Norland jets hit Tollen. Suda guns hit Pell. Norland mourned.")
    told = [
        mention(source, "Norland jets hit Tollen.", "2019-01-01", places=[TOLLEN]),
        mention(source, "Suda guns hit Pell.", "2019-01-02", places=[PELL]),
        mention(source, "Norland mourned.", "2019-01-03", places=[NORLAND]),
    ]
    with Store.open(path, create=True) as store, store.transaction():
        store.put(reading(source, *told), "/news", "")
        store.replace_events([event(one) for one in told])
        assert titles(store, places=frozenset({"Norland"})) == ["Norland jets hit Tollen", "Norland mourned"]


def test_other_filters(store: Store) -> None:
    assert titles(store, types=frozenset({"ceasefire", "displacement"})) == [LEFT, HALT]
    assert titles(store, statuses=frozenset({"denied"})) == [DENIED]
    assert titles(store, min_sources=2) == [STRIKE]
    assert titles(store, source="second", statuses=frozenset({"happened"})) == [STRIKE, HILL]
    assert titles(store, source="GAZETTE", limit=2) == [LEFT, STRIKE]
    assert titles(store, source="market BOMBED", statuses=frozenset({"planned"})) == [HALT]
    assert titles(store, search="leaving 15 dead") == [STRIKE]  # in a sentence that is not the title
    assert titles(store, search="SHÉLLED") == [DENIED]
    assert titles(store, search="sentence") == []  # a key of the record is no text of it
    assert titles(store, reverse=True, limit=3)[2] == HALT


def test_ids_are_shown_as_long_as_tells_them_apart(path: Path) -> None:
    source = article("c.txt", FIRST)
    told = mention(source, HALT + ".", "2019-09-01")
    with Store.open(path, create=True) as store, store.transaction():
        store.put(reading(source, told), "/news", "")
        store.replace_events([])
        assert store.id_length() == 6
        store.replace_events([replace(event(told), id=name) for name in ("aaaaaaaa1", "aaaaaaaa2", "b")])
        assert store.id_length() == 9


def test_explain_takes_the_beginning_of_an_id(store: Store) -> None:
    wanted = next(record for record in store.events() if record["title"] == STRIKE)
    explained = store.explain(wanted["id"][:7])
    assert {key: explained[key] for key in wanted} == wanted
    assert list(wanted) == [*EVENT_FIELDS, *OUR_FIELDS, "related"]
    assert explained["joined"] == ["both tell of an air strike in Tollen on the same day"]
    first, second = explained["mentions"]
    assert (first["file"], first["method"], first["conflicts"]) == ("a.txt", "context", ["its name says 2018-01-01"])
    assert first["steps"] == ["the article appeared on 2019-08-22", "so the date is 2019-08-20"]
    assert (second["published"], second["trigger"], second["event_rule"]) == (None, "struck", "air_strike")


def test_explain_says_what_to_do_about_an_id_it_cannot_take(path: Path) -> None:
    source = article("c.txt", FIRST)
    told = mention(source, HALT + ".", "2019-09-01")
    with Store.open(path, create=True) as store, store.transaction():
        store.put(reading(source, told), "/news", "")
        store.replace_events([replace(event(told), id=name) for name in ("abc", "abcd", "abce")])
        assert store.explain("abc")["id"] == "abc"  # whole, though it begins others
        with pytest.raises(QueryError, match="3 events have ids that begin with 'ab': abc, abcd, abce"):
            store.explain("ab")
        for unknown in ("zz", "", "a%", "abcde"):
            with pytest.raises(QueryError, match=r"no event has the id .*, and no article a name that ends so; "):
                store.explain(unknown)


def test_sources_as_the_contract_has_them(store: Store) -> None:
    one, two = store.sources()
    sha256 = war()[0][0].article.sha256
    assert one == {
        "file": "a.txt", "title": "Market bombed", "outlet": "The Gazette", "published": "2019-08-22",
        "earliest": "2019-08-22", "latest": "2019-08-22", "method": "context", "evidence": "publications.csv says so",
        "sha256": sha256, "events": 5, "certainty": "sure", "author": "", "language": "", "url": "", "same_as": None,
        "conflicts": ["its name says 2018-01-01"], "place": "", "timezone": "",
    }  # fmt: skip
    assert (two["published"], two["method"], two["events"]) == (None, "none", 3)
    assert (two["certainty"], two["same_as"]) == ("unknown", None)


FINDINGS = (
    Finding(parse_edtf("2019-08-01/2019-09-15"), "text", "the text allows only August: a; b", ("a", "b")),
    Finding(parse_edtf("2019-08-20"), "corpus", "other articles allow only 2019-08-20: c", ("c",)),
)


def dated(file: str, published: str, method: str, path: str | None = None, **more: Any) -> Reading:
    """An article that appeared then, known so."""
    source = article(file, f"Nothing happened in {file}.", path)
    return Reading(source, Publication(parse_edtf(published), method, f"{method} says so", **more), ())


@pytest.mark.parametrize(
    ("method", "published", "certainty", "missing"),
    [
        ("context", "2019-08-20", "sure", False),
        ("metadata", "2019-08-20", "sure", False),
        ("url", "2019-08-20", "sure", False),
        ("file_name", "2019-08-20", "sure", False),
        ("printed", "2019-08-10/2019-10-08", "sure", True),
        ("option", "2019-08-20", "sure", False),
        ("option", "2019-08", "sure", True),
        ("text", "2019-08-20", "inferred", True),
        ("corpus", "2019-08-20", "inferred", True),
        ("corpus", "../2019-08-20", "inferred", True),
        ("none", "", "unknown", True),
    ],
)
def test_how_sure_a_publication_is(path: Path, method: str, published: str, certainty: str, missing: bool) -> None:
    with Store.open(path, create=True) as store, store.transaction():
        store.put(dated("a.txt", published, method), "/news", "")
        store.replace_events([])
        (row,) = store.sources()
        assert row["certainty"] == certainty
        assert store.sources(missing=True) == ([row] if missing else [])


def test_a_reprint_names_the_text_it_repeats_and_is_no_source_of_its_own(store: Store) -> None:
    assert store.reprints() == {}
    with store.transaction():
        store.voice({"b/second.txt": "a.txt"})
        store.replace_events(war()[1], SPELLINGS, TYPES)
    assert store.reprints() == {"b/second.txt": "a.txt"}
    assert [row["same_as"] for row in store.sources()] == [None, "a.txt"]
    assert store.explain("a.txt")["repeated_by"] == ["b/second.txt"]
    assert store.explain("second.txt")["repeated_by"] == []
    assert titles(store, min_sources=2) == []


def test_explain_takes_an_article_by_its_name_or_the_end_of_it(path: Path, tmp_path: Path) -> None:
    names = ("second.txt", "b/second.txt", "b/deal-2019.txt", "c/deal-2019.txt", "dump.jsonl#1", "dump.jsonl#17")
    with Store.open(path, create=True) as store, store.transaction():
        for name in names:
            store.put(dated(name, "2019-08-20", "context"), "/news", "")
        apart = tmp_path / "own" / "apart.txt"
        store.put(dated("apart.txt", "2019", "context", str(apart)), str(apart.parent), "")
        store.replace_events([])
        for asked, wanted in (
            ("second.txt", "second.txt"),  # whole, though it ends another
            ("b/second.txt", "b/second.txt"),
            ("./second.txt", "second.txt"),
            ("b/deal-2019.txt", "b/deal-2019.txt"),
            ("c/deal-2019.txt", "c/deal-2019.txt"),
            ("dump.jsonl#1", "dump.jsonl#1"),
            ("#17", "dump.jsonl#17"),
            ("part.txt", "apart.txt"),
            ("own/apart.txt", "apart.txt"),  # where it lies
            (str(apart.parent / ".." / "own" / "apart.txt"), "apart.txt"),
        ):
            assert store.explain(asked)["file"] == wanted, asked
        with pytest.raises(
            QueryError, match=r"2 articles have names that end in 'deal-2019.txt': b/deal-2019.txt, c/deal-2019.txt; "
        ):
            store.explain("deal-2019.txt")
        with pytest.raises(QueryError, match=r"5 articles have names that end in 't': .*; give more of it"):
            store.explain("t")


def test_an_id_counts_more_than_a_name(path: Path) -> None:
    source = article("abc", FIRST)
    told = mention(source, HALT + ".", "2019-09-01")
    with Store.open(path, create=True) as store, store.transaction():
        store.put(reading(source, told), "/news", "")
        store.replace_events([replace(event(told), id="abcdef")])
        assert store.explain("abc")["id"] == "abcdef"
        assert store.explain("bc")["file"] == "abc"
        store.replace_events([replace(event(told), id=name) for name in ("abcdef", "abcdee")])
        with pytest.raises(QueryError, match="2 events have ids that begin with 'abc'"):
            store.explain("abc")


def test_an_explained_article_has_the_whole_chain(path: Path) -> None:
    span = (parse_edtf("2019-08-20").earliest, parse_edtf("2199-12-31").latest)
    possible = ((737297, 737302), tuple(day.toordinal() for day in span if day))
    known = {"chain": FINDINGS, "possible": possible, "place": "Marn", "author": "A. Reporter", "conflicts": ("but",)}
    with Store.open(path, create=True) as store, store.transaction():
        store.put(dated("a.txt", "2019-08-20", "corpus", **known), "/news", "")
        store.replace_events([])
        (source,) = store.sources()
        explained = store.explain("a.txt")
    assert {key: explained[key] for key in source} == source
    assert [found["method"] for found in explained["chain"]] == ["text", "corpus"]
    assert explained["chain"][0]["reasons"] == ["a", "b"]
    assert explained["possible"] == ["2019-08-26/2019-08-31", "2019-08-20/.."]
    assert (explained["certainty"], explained["author"], explained["place"]) == ("inferred", "A. Reporter", "Marn")


def test_actors_and_places_with_their_spellings(store: Store) -> None:
    assert store.actors() == [
        {"name": "Red League", "mentions": 2, "events": 3, "spellings": {"Red League": 1, "The League": 1}},
        {"name": "Norland", "mentions": 2, "events": 2, "spellings": {"Norland": 2}},
        {"name": "Suda", "mentions": 1, "events": 1, "spellings": {"Suda": 1}},
    ]
    marn, tollen, _ = store.places()
    assert (marn["name"], marn["events"], marn["lat"], marn["lon"]) == ("Marn", 2, MARN.lat, MARN.lon)
    assert (tollen["admin1"], tollen["country"], tollen["spellings"]) == ("Marn", "NX", {"Tollen": 2})


def test_spellings_can_mean_more_than_one(store: Store) -> None:
    assert store.canonical("actor", "league") == {"Red League", "Trade League"}
    assert store.canonical("actor", "marn") == frozenset()
    assert store.canonical("place", "marn") == {"Marn"}


def test_types_and_groups(store: Store) -> None:
    assert store.types() == TYPES
    assert chosen_types(["Air-Strike", "diplomacy"], TYPES) == {"air_strike", "ceasefire"}
    with pytest.raises(
        QueryError, match=r"no event type is called 'air_strik' \(did you mean air_strike\?\).*violence: air_"
    ):
        chosen_types(["air_strik"], TYPES)
    assert chosen_statuses(["Planned"]) == {"planned"}
    with pytest.raises(QueryError, match="choose from happened, planned, hypothetical, denied"):
        chosen_statuses(["maybe"])


def test_dates_of_a_query() -> None:
    assert first_day("2019-08", "--since") == "2019-08-01"
    assert last_day("2019-02", "--until") == "2019-02-28"
    assert last_day("2019-08-19/2019-08-25", "--until") == "2019-08-25"
    assert first_day("2019-08-19/..", "--since") == "2019-08-19"
    for text in ("yesterday", "", "XXXX-01-12", "2019-13", "../2019"):
        with pytest.raises(QueryError, match=r"^--since: "):
            first_day(text, "--since")


# --- stores that cannot be used -----------------------------------------------------------------------


def test_a_missing_store_is_said_to_need_a_build(path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store yet; run `timeline build PATH` first"):
        Store.open(path)
    assert not path.exists()


def test_a_store_without_a_complete_build_says_so(path: Path) -> None:
    with Store.open(path, create=True) as store:
        for ask in (store.events, store.sources, store.actors, store.places, lambda: store.explain("a")):
            with pytest.raises(StoreError, match="no build has been completed here"):
                ask()


def test_files_that_are_no_store(tmp_path: Path) -> None:
    text = tmp_path / "notes.db"
    text.write_text("These are notes, and they are long enough to be told from a database header." * 30)
    with pytest.raises(StoreError, match="is not a timeline store"):
        Store.open(text, create=True)
    assert text.read_text().startswith("These are notes")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as raw:
        raw.execute("CREATE TABLE mine (x)")
    raw.close()
    with pytest.raises(StoreError, match="database of another program"):
        Store.open(other, create=True)
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(tmp_path, create=True)
    with pytest.raises(StoreError, match="cannot be written here"):
        Store.open(tmp_path / "no" / "folder.db", create=True)


def test_a_newer_store_is_left_alone(store: Store, path: Path) -> None:
    store.close()
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    raw.close()
    with pytest.raises(
        StoreError, match=f"newer timeline .schema {len(MIGRATIONS) + 1}, this one knows {len(MIGRATIONS)}"
    ):
        Store.open(path)


def test_a_locked_store_says_who_holds_it(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("idlib_timeline.schema._WAIT", 0.01)
    with store.transaction(), Store.open(path) as second:
        store.remove("/news/a.txt")
        assert len(second.events()) == 6  # readers see the last complete build meanwhile
        with pytest.raises(StoreError, match="another timeline is writing this store; wait"), second.transaction():
            pytest.fail("two builds at once")


def test_an_interrupted_migration_leaves_no_trace(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("idlib_timeline.schema.MIGRATIONS", ("CREATE TABLE one (x);\nCREATE TABLE one (x);",))
    with pytest.raises(StoreError, match="already exists"):
        Store.open(path, create=True)
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (0,)
        assert raw.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    raw.close()


def test_older_stores_are_migrated_in_order(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readings, events = war()
    with Store.open(path, create=True) as store, store.transaction():
        store.put(readings[0], "/news", "")
        store.put(readings[1], "/news", "")
        store.replace_events(events)
    later = "CREATE TABLE later (event TEXT);"
    monkeypatch.setattr("idlib_timeline.schema.MIGRATIONS", (*MIGRATIONS, later))
    with Store.open(path) as store:
        assert len(store.events()) == 6
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
        assert raw.execute("SELECT count(*) FROM later").fetchone() == (0,)
    raw.close()


def test_any_sqlite_tool_can_read_it(store: Store, path: Path) -> None:
    with sqlite3.connect(path) as raw:
        rows = raw.execute("SELECT date, type, actors, sources FROM chronology WHERE title = ?", (STRIKE,)).fetchall()
        assert rows == [("2019-08-20", "air_strike", "Norland; Red League", 2)]
        (said,) = raw.execute("SELECT sentence, expression FROM evidence WHERE file = 'a.txt' LIMIT 1").fetchall()
        assert said == (STRIKE + ".", "on Tuesday")
        assert raw.execute("SELECT file, events FROM sources").fetchall() == [("a.txt", 5), ("b/second.txt", 3)]
    raw.close()


@pytest.mark.parametrize("words", ["'", '"', "%", "a' OR 1 --", "_", ";", "\x00", "name) OR (1"])
def test_a_filter_is_text_and_never_sql(store: Store, words: str) -> None:
    for query in (Query(search=words), Query(source=words), Query(actors=(frozenset({words}),)), Query(since=words)):
        assert len(store.events(query)) < 6
    assert store.canonical("actor", words) == frozenset()
    with pytest.raises(QueryError):
        store.explain(words)


def test_a_store_of_the_schema_before_clusters_keeps_what_was_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("idlib_timeline.schema.MIGRATIONS", MIGRATIONS[:2])
    Store.open(path, create=True)._connection.close()  # as a process leaves it that was stopped
    (told,) = war()[0][0].mentions[:1]
    with sqlite3.connect(path) as raw:
        columns = "key, root, file, title, outlet, published, approximate, method, evidence, conflicts, place, timezone"
        values = ", ".join(["'/news/a.txt'", "'/news'", "'a.txt'", *["''"] * 3, "0", *["''"] * 5])
        raw.execute(
            f"INSERT INTO articles ({columns}, url, sha256, context_key, text) VALUES ({values}, '', '', '', '')"
        )
        record = dumps(mention_record(told))
        raw.execute("INSERT INTO mentions (article, key, start, record) VALUES (1, ?, 0, ?)", (told.key, record))
        raw.execute("INSERT INTO events (id, position, sources, joined, record) VALUES ('abc', 0, 1, '[]', '{}')")
        raw.execute("INSERT INTO event_mentions VALUES ('abc', 1)")
        raw.execute("INSERT INTO builds VALUES (1, 1)")
    raw.close()
    monkeypatch.undo()
    with Store.open(path) as store:
        assert store.mentions() == (told,)
        with pytest.raises(StoreError, match="no build has been completed here; run `timeline build PATH` first"):
            store.events()
        with store.transaction():
            derive(store)
        (event,) = store.events()
        assert event["mention_ids"] == [told.id] == [event["id"]]
