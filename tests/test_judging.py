"""An analyst's word stands above the machine's, outlives every build, and can be taken back to the byte."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_determinism import content
from test_merge import chronicles, says

from idlib_timeline.derive import derive
from idlib_timeline.errors import InputError, QueryError
from idlib_timeline.interval import parse_edtf
from idlib_timeline.judgements import dump, parse
from idlib_timeline.judging import import_judgements, judge, undo
from idlib_timeline.model import Article, EventMention, Judgement, Prose, Publication, Reading
from idlib_timeline.query import Query
from idlib_timeline.serial import Record
from idlib_timeline.store import Store

STRIKE = says("a.txt", title="Norland jets bombed Tollen at dawn")
AGAIN = says("b.txt", title="A strike hit Tollen on Tuesday")
LATER = says("c.txt", "2019-08-22", title="Norland bombed Tollen once more", published="2019-08-23")


def put(store: Store, *mentions: EventMention) -> None:
    """Build: the articles of these mentions are read and the events derived."""
    with store.transaction():
        for file in sorted({mention.evidence.file for mention in mentions}):
            own = tuple(mention for mention in mentions if mention.evidence.file == file)
            digest = hashlib.sha256(file.encode()).hexdigest()
            article = Article(file, f"/news/{file}", "", Prose(""), (), {}, (), digest, file)
            published = own[0].evidence.published
            publication = Publication(parse_edtf(published), "context" if published else "none", "so it is")
            store.put(Reading(article, publication, own), "/news", "")
        derive(store)


def events(store: Store) -> list[Record]:
    return store.events(Query(background=True))


def told(store: Store) -> list[list[str]]:
    """The files of each event."""
    return sorted(sorted(evidence["file"] for evidence in event["evidence"]) for event in events(store))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "war.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, create=True) as opened:
        put(opened, STRIKE, AGAIN, LATER)
        yield opened


def test_the_machine_alone(store: Store) -> None:
    assert told(store) == [["a.txt", "b.txt"], ["c.txt"]]


# --- each judgement -------------------------------------------------------------------------------


def test_events_that_an_analyst_merges_are_one_whatever_forbids_it(store: Store) -> None:
    event = judge(store, Judgement("merge", STRIKE.id, (LATER.id,), reason="a misprint", author="A. Haddad"))
    (one,) = events(store)
    assert (one["id"], one["date"]) == (event, "2019-08-20/2019-08-22")
    assert one["disputed"] == [
        {
            "field": "date",
            "values": [
                {"value": "2019-08-20", "files": ["a.txt", "b.txt"]},
                {"value": "2019-08-22", "files": ["c.txt"]},
            ],
        }
    ]
    (record,) = one["judgements"]
    assert (record["verb"], record["reason"], record["author"]) == ("merge", "a misprint", "A. Haddad")
    assert store.event_called(LATER.id) == event  # the other's id still finds it


def test_mentions_that_an_analyst_splits_off_are_an_event_of_their_own(store: Store) -> None:
    judge(store, Judgement("split", STRIKE.id, (AGAIN.id,)))
    assert told(store) == [["a.txt"], ["b.txt"], ["c.txt"]]
    put(store, says("d.txt", title="Tollen was bombed"))  # goes to the one that the event was named by
    assert told(store) == [["a.txt", "d.txt"], ["b.txt"], ["c.txt"]]


def test_what_is_fixed(store: Store) -> None:
    changes = {"date": "2019-08-21", "type": "shelling", "place": "Goma", "status": "denied", "title": "Shells on Goma"}
    judge(store, Judgement("fix", STRIKE.id, changes=tuple(changes.items())))
    event = next(event for event in events(store) if event["judgements"])
    assert {key: event[key] for key in changes} == changes
    assert (event["earliest"], event["latest"]) == ("2019-08-21", "2019-08-21")
    assert event["places"][0]["country"] == "CD"
    assert [evidence["file"] for evidence in event["evidence"]] == ["a.txt", "b.txt"]  # what sources say stays


def test_what_is_hidden_is_not_shown_and_still_explained(store: Store) -> None:
    judge(store, Judgement("hide", LATER.id))
    assert told(store) == [["a.txt", "b.txt"]]
    assert store.explain(LATER.id)["judgements"][0]["verb"] == "hide"
    assert store.counts() == (1, 0)


def test_a_note_is_kept_with_the_event(store: Store) -> None:
    judge(store, Judgement("note", AGAIN.id, text="The court found otherwise."))
    (record,) = store.explain(STRIKE.id)["judgements"]
    assert record["text"] == "The court found otherwise."


def test_later_judgements_stand_above_earlier_ones(store: Store) -> None:
    for date in ("2019-08-18", "2019-08-19"):
        judge(store, Judgement("fix", LATER.id, changes=(("date", date),)))
    assert "2019-08-19" in [event["date"] for event in events(store)]
    judge(store, Judgement("merge", STRIKE.id, (LATER.id,)))
    judge(store, Judgement("split", STRIKE.id, (LATER.id,)))
    assert told(store) == [["a.txt", "b.txt"], ["c.txt"]]


# --- builds ---------------------------------------------------------------------------------------


def test_judgements_outlive_builds_and_are_taken_back_to_the_byte(store: Store, path: Path) -> None:
    before = content(path)
    judge(store, Judgement("merge", STRIKE.id, (LATER.id,)))
    judge(store, Judgement("hide", STRIKE.id))
    put(store, STRIKE, AGAIN, LATER)
    assert told(store) == []
    assert [undo(store).verb for _ in range(2)] == ["hide", "merge"]  # type: ignore[union-attr]
    assert undo(store) is None
    assert content(path) == before


def test_a_judgement_whose_event_is_gone_is_reported_and_holds_when_it_comes_back(store: Store) -> None:
    judge(store, Judgement("merge", STRIKE.id, (LATER.id,)))
    with store.transaction():
        store.remove("/news/c.txt")
        derive(store)
    assert told(store) == [["a.txt", "b.txt"]]
    assert store.judgements()[0]["fault"] == f"no mention is called {LATER.id}"
    put(store, LATER)
    assert told(store) == [["a.txt", "b.txt", "c.txt"]]
    assert [row["fault"] for row in store.judgements()] == [""]


def test_an_event_keeps_its_judgement_when_an_older_account_gives_it_another_id(store: Store) -> None:
    judge(store, Judgement("fix", STRIKE.id, changes=(("title", "The market strike"),)))
    older = says("0.txt", title="Jets struck Tollen", published="2019-08-20")
    put(store, older)
    (event,) = (event for event in events(store) if event["judgements"])
    assert (event["id"], event["title"]) == (older.id, "The market strike")
    assert store.event_called(STRIKE.id) == older.id


# --- what makes no sense --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("judgement", "why"),
    [
        (Judgement("merge", STRIKE.id, ("00000000aa",)), "no mention is called 00000000aa"),
        (Judgement("hide", "00000000aa"), "no mention is called 00000000aa"),
        (Judgement("merge", STRIKE.id, (AGAIN.id,)), "are one event already"),
        (Judgement("split", STRIKE.id, (LATER.id,)), "is not in the event of"),
    ],
)
def test_what_cannot_be_followed_changes_nothing(store: Store, path: Path, judgement: Judgement, why: str) -> None:
    before = content(path)
    with pytest.raises(QueryError, match=why):
        judge(store, judgement)
    assert (content(path), store.judged()) == (before, ())


def test_a_file_that_cannot_be_followed_changes_nothing(store: Store, path: Path) -> None:
    judge(store, Judgement("hide", LATER.id))
    before = content(path)
    cyclic = [Judgement("merge", STRIKE.id, (LATER.id,)), Judgement("merge", LATER.id, (STRIKE.id,))]
    for made, why in (
        (cyclic, "line 9: .* are one event already; nothing is imported"),
        ([Judgement("hide", "00000000aa")], "line 4: no event or mention has the id '00000000aa'"),
    ):
        with pytest.raises(InputError, match=rf"judgements.toml: {why}"):
            import_judgements(store, parse(dump(made), "judgements.toml"), "judgements.toml")
        assert content(path) == before


# --- whatever is judged ---------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chronicles(), st.data())
def test_step_by_step_or_at_once_gives_the_same(
    tmp_path_factory: pytest.TempPathFactory, mentions: Sequence[EventMention], data: st.DataObject
) -> None:
    """Articles that come one by one, with judgements between them, and all at once with the exported file."""
    home = tmp_path_factory.mktemp("judged")
    files = data.draw(st.permutations(sorted({mention.evidence.file for mention in mentions})))
    with Store.open(home / "steps.db", create=True) as store:
        for file in files:
            put(store, *(mention for mention in mentions if mention.evidence.file == file))
            ids = sorted({name for event in events(store) for name in event["mention_ids"]})
            verb = data.draw(st.sampled_from(["merge", "split", "hide", "fix", ""]))
            if verb and len(ids) > 1:
                one, *others = data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=3, unique=True))
                with suppress(QueryError):  # of two that are one event already, and the like
                    judge(store, _judgement(verb, one, others))
        kept = dump(store.judged())
    with Store.open(home / "whole.db", create=True) as store:
        put(store, *mentions)
        before = content(home / "whole.db")
        made = parse(kept, "judgements.toml")
        if all(row == "" for row in _faults(store, made)):
            assert content(home / "whole.db") == content(home / "steps.db")
        while undo(store):
            pass
        assert content(home / "whole.db") == before


def _judgement(verb: str, one: str, others: Sequence[str]) -> Judgement:
    if verb == "fix":
        return Judgement("fix", one, changes=(("title", "Fixed"),))
    return Judgement(verb, one, tuple(others) if verb in ("merge", "split") else ())


def _faults(store: Store, made: Sequence[tuple[int, Judgement]]) -> list[str]:
    with store.transaction():
        store.judge([judgement for _, judgement in made])
        derive(store)
    return [row["fault"] for row in store.judgements()]
