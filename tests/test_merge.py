"""Which accounts are one event, which never are, and what the event keeps of them; the accounts are made by hand."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, permutations
from typing import Any

import pytest
from chronicle import MARN, NORLAND, PELL, TOLLEN
from hypothesis import given, settings
from hypothesis import strategies as st

from idlib_timeline.events import kinds
from idlib_timeline.interval import parse_edtf
from idlib_timeline.merge import Books, compare, merge
from idlib_timeline.merge.features import most
from idlib_timeline.model import Clock, Event, EventMention, Evidence, Figure, Place, PlaceMention

FARN = Place("Farn", "town", "NX", "Marn", 12.80, -3.60, 14, 3_000)  # 12 km from Tollen
BRACK = Place("Brack", "town", "NX", "Marn", 13.75, -3.50, 15, 9_000)  # 111 km north of Tollen
KINDS = {"Norland": "state", "Suda": "state", "Red League": "armed_group"}
BOOKS = Books(
    lambda type_: kinds()[type_].family,
    lambda name: KINDS.get(name, ""),
    lambda name: ("Norland",) if name == "Norland Guard" else (),
    lambda word: word in KINDS,
)
AT_LEAST_12 = Figure("killed", "at least 12 people", low=12)
TWELVE = Figure("killed", "12 people", best=12)
FIFTEEN = Figure("killed", "15 people", best=15)


def says(
    file: str,
    date: str = "2019-08-20",
    type: str = "air_strike",  # noqa: A002
    who: Sequence[str] = ("Norland",),
    whom: Sequence[str] = (),
    place: Place | None = TOLLEN,
    status: str = "happened",
    figures: Sequence[Figure] = (),
    *,
    title: str = "Norland jets bombed Tollen",
    expression: str = "Tuesday",
    published: str = "2019-08-21",
    attribution: str | None = None,
    background: bool = False,
    start: int = 0,
    rule: str = "",
    clock: Clock | None = None,
) -> EventMention:
    """What `file` says in the sentence at `start`: else a strike by Norland on Tollen on 20 August 2019."""
    digest = hashlib.sha256(file.encode()).hexdigest()
    evidence = Evidence(
        file, title, start, start + len(title), expression, "publication", "weekday", published, attribution,
        trigger=title.split()[-2], event_rule=rule or type,
    )  # fmt: skip
    return EventMention(
        key=f"{digest[:16]}:{start}:{type}",
        date=parse_edtf(date),
        type=type,
        status=status,
        title=title,
        who=tuple(who),
        whom=tuple(whom),
        actors=tuple(dict.fromkeys((*who, *whom))),
        place=place,
        places=(PlaceMention(0, 1, place.name, place),) if place else (),
        figures=tuple(figures),
        background=background,
        evidence=evidence,
        clock=clock,
    )


def merged(*mentions: EventMention) -> tuple[Event, ...]:
    return merge(mentions, BOOKS)


def groups(*mentions: EventMention) -> list[list[str]]:
    """The files of each event."""
    return sorted([mention.evidence.file for mention in event.mentions] for event in merged(*mentions))


# --- one event ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        says("b.txt"),
        says("b.txt", whom=["Red League"]),
        says("b.txt", type="attack", title="Norland hit Tollen"),
        says("b.txt", "2019-08-19/2019-08-20", expression="overnight"),
        says("b.txt", "2019-08-19/2019-08-25", expression="last week"),
        says("b.txt", "2019-08", expression="in August"),
        says("b.txt", place=None, whom=["Red League"], figures=[TWELVE]),
        says("b.txt", place=MARN),
        says("b.txt", place=NORLAND),
        says("b.txt", status="planned", expression="on Tuesday", published="2019-08-19"),
    ],
    ids=["word-for-word", "whom", "vaguer-kind", "overnight", "week", "month", "toll", "region", "country", "planned"],
)
def test_two_accounts_of_one_event_join(other: EventMention) -> None:
    first = says("a.txt", whom=["Red League"], figures=[TWELVE])
    (event,) = merged(first, other)
    assert {mention.evidence.file for mention in event.mentions} == {"a.txt", "b.txt"}
    assert (str(event.date), event.status, event.place) == ("2019-08-20", "happened", TOLLEN)
    (why,) = event.joined
    assert "2019-08-20" in why or "2019-08" in why


def test_an_attack_whose_doer_is_not_told_is_the_one_of_that_day_and_town() -> None:
    bare = says("b.txt", type="attack", who=(), title="Tollen was hit")
    assert groups(says("a.txt"), bare) == [["a.txt", "b.txt"]]


def test_outskirts_of_a_town_are_the_town_but_both_names_are_kept() -> None:
    (event,) = merged(says("a.txt", whom=["Red League"]), says("b.txt", place=FARN, whom=["Red League"]))
    (dispute,) = event.disputed
    assert (dispute.field, dispute.values) == ("place", (("Farn", ("b.txt",)), ("Tollen", ("a.txt",))))
    assert {place.place for place in event.places} == {TOLLEN, FARN}


def test_a_plan_and_the_report_of_its_start_are_one_event() -> None:
    planned = says("a.txt", "2019-08-31/..", "ceasefire", status="planned", place=MARN, published="2019-08-30")
    report = says("b.txt", "2019-08-31", "ceasefire", place=MARN, published="2019-09-01", expression="Saturday")
    (event,) = merged(planned, report)
    assert (str(event.date), event.status) == ("2019-08-31", "happened")


def test_a_plan_without_a_day_is_not_the_report() -> None:
    planned = says(
        "a.txt", "2019-08-30/..", "ceasefire", status="planned", place=MARN, published="2019-08-30", expression=""
    )  # fmt: skip
    report = says("b.txt", "2019-09-15", "ceasefire", place=MARN, published="2019-09-16")
    assert groups(planned, report) == [["a.txt"], ["b.txt"]]


def test_a_deal_is_told_with_the_city_of_the_talks_or_the_land_it_is_about() -> None:
    parties = ("Norland", "Suda")
    signed = says("a.txt", type="agreement", who=parties, place=PELL, title="Norland and Suda signed a deal")
    about = says("b.txt", type="agreement", who=parties, place=MARN, title="A deal on Marn was signed")
    assert groups(signed, about) == [["a.txt", "b.txt"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"type": "offensive"}, {"type": "territory", "title": "Norland troops took Tollen"}),
        ({"type": "deployment"}, {"type": "territory", "title": "Norland troops took Tollen"}),
        ({"type": "battle", "whom": ["Red League"]}, {"whom": ["Red League"]}),
        ({"type": "territory"}, {"type": "other", "title": "Norland raised its flag over Tollen"}),
        ({"type": "agreement", "who": ["Norland", "Suda"]}, {"type": "ceasefire", "who": ["Norland", "Suda"]}),
        ({"who": ["rebels"]}, {"who": ["Red League"]}),
        ({"who": ["government forces"]}, {"who": ["Norland"]}),
        ({"who": ["Norland"]}, {"who": ["Norland Guard"]}),
        ({"place": None, "title": "Jets hit the depot at Quarn"},
         {"place": None, "title": "Quarn was bombed", "who": []}),
        ({"place": None, "who": [], "title": "The strike on the academy killed cadets"},
         {"type": "shelling", "title": "A missile hit the military academy"}),
        ({"type": "demand", "title": "Norland demanded that Suda leave the strait"},
         {"type": "demand", "title": "Norland demanded a retreat of Suda from the strait"}),
        ({"type": "territory"}, {"type": "territory", "date": "2019-08-20/2019-09-10", "expression": "August 20",
                                 "title": "Tollen, held since August 20"}),
        ({"type": "withdrawal", "status": "planned", "who": [], "place": None},
         {"type": "withdrawal", "date": "../2019-08-20", "status": "planned", "who": [], "place": None}),
    ],
    ids=[
        "advance-capture", "entry-capture", "clash-raid", "unknown-kind", "deal-truce", "rebels", "the-army", "a-part",
        "a-village-no-book-has", "what-was-hit", "one-demand", "since", "deadline",
    ],
)  # fmt: skip
def test_accounts_in_other_words_join(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert groups(says("a.txt", **one), says("b.txt", **other)) == [["a.txt", "b.txt"]]


def test_what_each_account_adds_is_kept() -> None:
    first = says("a.txt", figures=[TWELVE], clock=Clock(hour=6))
    second = says("b.txt", whom=["Red League"], place=MARN)
    (event,) = merged(first, second)
    assert (event.who, event.whom, event.actors) == (("Norland",), ("Red League",), ("Norland", "Red League"))
    assert {place.place for place in event.places} == {TOLLEN, MARN}
    assert event.figures == (TWELVE,)
    assert event.clock == Clock(hour=6)


def test_three_accounts_narrow_each_other() -> None:
    (event,) = merged(
        says("a.txt", "2019-08-19/2019-08-25", expression="last week"),
        says("b.txt", "2019-08-24/2019-08-25", expression="at the weekend"),
        says("c.txt", "2019-08-25/2019-08-26", expression="overnight"),
    )
    assert str(event.date) == "2019-08-25"


# --- never one event ------------------------------------------------------------------------------

NEW_YEAR = dt.date(2019, 1, 1)
LONG_TOLL = Figure("killed", "more than 860 civilians", low=860, since=dt.date(2019, 4, 21))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"date": "2019-08-21"}),
        ({"date": "2019-08-12/2019-08-18"}, {"date": "2019-08-19/2019-08-25"}),
        ({"date": ""}, {"date": ""}),
        ({"date": "XXXX-08-20"}, {"date": "XXXX-08-20"}),
        ({"whom": ["Red League"]}, {"who": ["Red League"], "whom": ["Norland"]}),
        ({"who": ["Norland"]}, {"who": ["Suda"]}),
        ({"place": TOLLEN}, {"place": BRACK}),
        ({"place": TOLLEN}, {"place": PELL}),
        ({"place": MARN}, {"place": PELL}),
        ({}, {"status": "denied"}),
        ({"status": "planned"}, {"status": "denied"}),
        ({}, {"type": "protest"}),
        ({"type": "withdrawal"}, {"type": "deployment"}),
        ({"figures": [TWELVE]}, {"figures": [LONG_TOLL]}),
        (
            {"date": "2019-04-21/2019-08-20", "figures": [LONG_TOLL]},
            {"date": "2019-01-01/2019-08-20", "figures": [Figure("killed", "900 civilians", best=900, since=NEW_YEAR)]},
        ),
        ({"type": "statement", "who": ["Norland"]}, {"type": "statement", "who": ["Suda"]}),
        ({"who": ["rebels"]}, {"who": ["government forces"]}),
        ({"who": ["rebels"]}, {"who": ["Norland"]}),
        ({"type": "offensive"}, {"type": "withdrawal"}),
        ({"type": "offensive", "place": MARN}, {"type": "territory"}),
        ({"type": "statement", "title": "Norland said on Tuesday that it had shot down jets"},
         {"type": "statement", "title": "Norland said on Tuesday that talks were pointless"}),
        ({"type": "territory", "place": None}, {"type": "other", "place": None, "title": "Norland raised its flag"}),
        ({"type": "statement"}, {"type": "other"}),
        ({"type": "agreement", "who": ["Norland", "Suda"]},
         {"type": "ceasefire", "who": ["Norland", "Suda"], "title": "The truce took effect"}),
        ({"type": "territory", "place": None}, {"type": "territory", "date": "2019-08-19/2019-08-25"}),
        (
            {"type": "statement", "who": ["Norland"], "whom": ["Suda"], "place": None},
            {"type": "statement", "who": ["Suda"], "whom": ["Norland"], "place": None},
        ),
    ],
    ids=[
        "next-day", "next-week", "no-day", "no-year", "roles", "doers", "towns", "countries", "regions", "denied",
        "plan-denied", "kinds", "opposite-kinds", "tolls", "two-tolls", "speakers", "sides", "rebels-state",
        "advance-retreat", "campaign-capture", "two-words", "unknown-kind", "unknown-speech",
        "deal-its-start", "no-place-no-day", "answer",
    ],
)  # fmt: skip
def test_what_excludes_each_other_never_joins(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert groups(says("a.txt", **one), says("b.txt", **other)) == [["a.txt"], ["b.txt"]]


def test_a_speaker_repeated_by_two_papers_said_it_once() -> None:
    spoken = {"type": "statement", "who": ["Norland"], "whom": ["Suda"], "place": None}
    assert groups(says("a.txt", **spoken), says("b.txt", **spoken)) == [["a.txt", "b.txt"]]


def test_two_things_said_by_one_speaker_on_one_day_are_two() -> None:
    spoken = {"type": "statement", "place": None}
    one = says("a.txt", title="Norland said its aid convoys were ready", **spoken)
    two = says("b.txt", title="A spokesman announced elections", **spoken)
    assert groups(one, two) == [["a.txt"], ["b.txt"]]


def test_an_account_between_two_does_not_make_them_one() -> None:
    """A strike somewhere in the country may be either of two; the two stay two."""
    here, there = says("a.txt", place=TOLLEN), says("b.txt", place=BRACK)
    found = groups(here, there, says("c.txt", place=NORLAND))
    assert ["a.txt", "b.txt"] not in [[file for file in files if file != "c.txt"] for files in found]
    assert sorted(file for files in found for file in files) == ["a.txt", "b.txt", "c.txt"]


def test_one_article_tells_two_deeds_of_one_day_in_other_words() -> None:
    left = says("a.txt", type="withdrawal", title="Norland left Tollen", rule="leave")
    more = says("a.txt", type="withdrawal", title="Norland gave up Tollen", rule="give-up", start=80)
    assert groups(left, more) == [["a.txt"], ["a.txt"]]


def test_accounts_that_share_only_a_generic_party_stay_apart() -> None:
    one = says("a.txt", type="battle", who=["rebels"], whom=["Norland", "Suda"], place=None)
    two = says("b.txt", type="battle", who=["rebels"], whom=["Red League", "Ost Guard"], place=None)
    assert groups(one, two) == [["a.txt"], ["b.txt"]]


def test_two_targets_of_one_doer_are_two_events() -> None:
    one = says("a.txt", whom=["Red League"], place=None)
    two = says("b.txt", whom=["Suda"], place=None)
    assert groups(one, two) == [["a.txt"], ["b.txt"]]


# --- vague accounts -------------------------------------------------------------------------------


def test_a_vague_account_that_fits_two_stays_apart() -> None:
    early, late = says("a.txt", "2019-08-05"), says("b.txt", "2019-08-09")
    vague = says("c.txt", "2019-08", expression="in August")
    assert groups(early, late, vague) == [["a.txt"], ["b.txt"], ["c.txt"]]
    assert groups(early, vague) == [["a.txt", "c.txt"]]


def test_an_account_vague_in_place_that_fits_two_stays_apart() -> None:
    here, there = says("a.txt", place=TOLLEN), says("b.txt", place=BRACK)
    vague = says("c.txt", place=NORLAND, title="Jets bombed the north")
    assert groups(here, there, vague) == [["a.txt"], ["b.txt"], ["c.txt"]]


def test_a_vague_account_goes_to_the_one_that_says_as_much() -> None:
    early = says("a.txt", "2019-08-05", place=TOLLEN, whom=["Red League"], figures=[TWELVE])
    late = says("b.txt", "2019-08-09", place=None, whom=["Suda"])
    vague = says("c.txt", "2019-08", expression="in August", whom=["Red League"], figures=[TWELVE])
    assert groups(early, late, vague) == [["a.txt", "c.txt"], ["b.txt"]]


# --- disagreement ---------------------------------------------------------------------------------


def test_figures_that_disagree_are_shown_side_by_side() -> None:
    (event,) = merged(
        says("a.txt", figures=[TWELVE]), says("b.txt", figures=[FIFTEEN]), says("c.txt", figures=[TWELVE])
    )
    assert set(event.figures) == {TWELVE, FIFTEEN}
    (dispute,) = event.disputed
    assert dispute.field == "figures.killed"
    assert dispute.values == (("12 people", ("a.txt", "c.txt")), ("15 people", ("b.txt",)))


def test_a_bound_and_a_count_above_it_agree() -> None:
    (event,) = merged(says("a.txt", figures=[AT_LEAST_12]), says("b.txt", figures=[FIFTEEN]))
    assert set(event.figures) == {AT_LEAST_12, FIFTEEN}
    assert event.disputed == ()


def test_a_count_below_the_bound_disagrees() -> None:
    eleven = Figure("killed", "eleven people", best=11)
    (event,) = merged(says("a.txt", figures=[AT_LEAST_12]), says("b.txt", figures=[eleven]))
    assert [value for value, _ in event.disputed[0].values] == ["at least 12 people", "eleven people"]


def test_killed_and_injured_are_no_dispute() -> None:
    injured = Figure("injured", "30 people", best=30)
    (event,) = merged(says("a.txt", figures=[TWELVE]), says("b.txt", figures=[injured]))
    assert (set(event.figures), event.disputed) == ({TWELVE, injured}, ())


# --- what the event is called ---------------------------------------------------------------------


def test_type_and_title_are_those_of_the_fullest_account() -> None:
    bare = says("a.txt", type="attack", who=(), whom=["Red League"], title="Tollen was hit", published="2019-08-20")
    full = says("b.txt", whom=["Red League"], title="Norland jets bombed Tollen", published="2019-08-22")
    (event,) = merged(bare, full)
    assert (event.type, event.title) == ("air_strike", "Norland jets bombed Tollen")


def test_of_equal_accounts_the_first_printed_names_it() -> None:
    (event,) = merged(
        says("a.txt", title="Jets bombed Tollen again", published="2019-08-22"),
        says("b.txt", title="Norland jets bombed Tollen", published="2019-08-21"),
    )
    assert event.title == "Norland jets bombed Tollen"


def test_an_event_is_background_only_when_all_tell_it_so() -> None:
    standing, news = says("a.txt", background=True), says("b.txt")
    assert [event.background for event in merged(standing)] == [True]
    assert [event.background for event in merged(standing, news)] == [False]


@pytest.mark.parametrize(
    ("told", "status"),
    [(("planned", "happened"), "happened"), (("hypothetical", "planned"), "planned"), (("denied", "denied"), "denied")],
)
def test_the_standing_is_the_firmest_told(told: tuple[str, str], status: str) -> None:
    (event,) = merged(*(says(f"{number}.txt", status=standing) for number, standing in enumerate(told)))
    assert event.status == status


# --- identity and order ---------------------------------------------------------------------------


def test_ids_do_not_change_when_other_articles_come() -> None:
    first = says("a.txt", figures=[TWELVE])
    second = says("b.txt", "2019-08-25", place=PELL)
    before = {event.title + str(event.date): event.id for event in merged(first, second)}
    more = [
        says("c.txt", "2019-08-26", place=PELL),
        says("d.txt", "2018-01-01", type="protest", who=["Suda"]),
        says("0.txt", published="2019-09-30"),  # a later account of the first
    ]
    after = {event.title + str(event.date): event.id for event in merged(*more, second, first)}
    assert len(after) == 4
    assert before.items() <= after.items()


def test_a_copy_of_an_article_under_another_name_has_an_id_of_its_own() -> None:
    """Without a day nothing can join them, and both have the same key."""
    copy = says("a.txt", "")
    other = says("copies/a.txt", "")
    twin = EventMention(**{name: getattr(other, name) for name in other.__slots__} | {"key": copy.key})
    ids = [event.id for event in merged(copy, twin)]
    assert len(set(ids)) == 2
    assert ids == [event.id for event in merged(twin, copy)]


def test_the_chronology_is_in_order_with_unknown_dates_last() -> None:
    told = ["", "2019-08-20", "2018", "../2019-08-20", "2019-08-20/..", "XXXX-01-12", "2019-08-19/2019-08-20"]
    mentions = [says(f"{number}.txt", date, who=[f"Party {number}"]) for number, date in enumerate(told)]
    events = merged(*mentions)
    known = [str(event.date) for event in events if event.date.earliest]
    assert known == ["2018", "2019-08-19/2019-08-20", "2019-08-20", "2019-08-20/.."]
    assert str(events[4].date) == "../2019-08-20"
    assert {str(event.date) for event in events[5:]} == {"", "XXXX-01-12"}


def test_nothing_gives_nothing() -> None:
    assert merged() == ()


# --- whatever is told -----------------------------------------------------------------------------

ACCOUNTS = st.fixed_dictionaries(
    {
        "date": st.sampled_from(
            ["2019-08-20", "2019-08-21", "2019-08-20/2019-08-21", "2019-08-19/2019-08-25", "2019-08", "../2019-08-21",
             "2019-08-20/..", ""]
        ),
        "type": st.sampled_from(["air_strike", "attack", "statement", "ceasefire", "territory", "agreement", "other"]),
        "title": st.sampled_from(["Norland jets bombed Tollen", "They took Quarn", "Quarn was bombed", "It ended"]),
        "who": st.sampled_from([("Norland",), ("Suda",), ("rebels",), ("Norland", "Suda"), ()]),
        "whom": st.sampled_from([(), ("Red League",), ("Norland",)]),
        "place": st.sampled_from([None, TOLLEN, FARN, BRACK, MARN, PELL]),
        "status": st.sampled_from(["happened", "happened", "planned", "denied", "hypothetical"]),
        "figures": st.sampled_from([(), (TWELVE,), (FIFTEEN,), (LONG_TOLL,)]),
        "published": st.sampled_from(["2019-08-21", "2019-08-26", ""]),
        "background": st.booleans(),
    }
)  # fmt: skip


@st.composite
def chronicles(draw: st.DrawFn) -> list[EventMention]:
    accounts = draw(st.lists(st.tuples(st.sampled_from("abcd"), ACCOUNTS), min_size=1, max_size=9))
    return [says(f"{file}.txt", start=100 * number, **told) for number, (file, told) in enumerate(accounts)]


@settings(max_examples=80, deadline=None)
@given(chronicles(), st.randoms(use_true_random=False))
def test_the_order_of_the_accounts_changes_nothing(mentions: list[EventMention], random: Any) -> None:
    shuffled = list(mentions)
    random.shuffle(shuffled)
    assert merged(*shuffled) == merged(*mentions)


@settings(max_examples=80, deadline=None)
@given(chronicles())
def test_no_account_is_lost_and_no_event_contradicts_itself(mentions: list[EventMention]) -> None:
    events = merged(*mentions)
    assert sorted(m.key for event in events for m in event.mentions) == sorted(m.key for m in mentions)
    assert len({event.id for event in events}) == len(events)
    for event in events:
        assert {f for m in event.mentions for f in m.figures} == set(event.figures)
        assert {p.place for m in event.mentions for p in m.places} == {p.place for p in event.places}
        for one, two in combinations(event.mentions, 2):
            assert one.date.overlaps(two.date)
            assert {one.status, two.status} != {"happened", "denied"}
            assert {one.place, two.place} != {TOLLEN, BRACK}
            assert one.type == two.type or "statement" not in {one.type, two.type}


@settings(max_examples=80, deadline=None)
@given(chronicles())
def test_no_two_accounts_come_to_more_than_each_can(mentions: list[EventMention]) -> None:
    for one, two in permutations(mentions, 2):
        elsewhere = one.place is None or two.place is None or one.place.name != two.place.name
        assert compare(one, two, BOOKS)[0] <= min(most(one, BOOKS, elsewhere), most(two, BOOKS, elsewhere))


@settings(max_examples=40, deadline=None)
@given(chronicles())
def test_an_unrelated_article_leaves_all_else_as_it_was(mentions: list[EventMention]) -> None:
    stranger = says("z.txt", "1999-03-24", "election", ["Ost"], place=None, published="1999-03-25")
    events = merged(*mentions, stranger)
    assert tuple(event for event in events if event.mentions != (stranger,)) == merged(*mentions)


def test_sources_that_blame_different_sides_are_shown_side_by_side() -> None:
    shelled = {"type": "shelling", "whom": ["Red League"]}
    (event,) = merged(says("a.txt", **shelled), says("b.txt", who=["Suda"], **shelled))
    (dispute,) = event.disputed
    assert (dispute.field, dispute.values) == ("who", (("Norland", ("a.txt",)), ("Suda", ("b.txt",))))


def test_one_source_does_not_blame_two_sides_and_a_common_noun_blames_nobody_else() -> None:
    shelled = {"type": "shelling", "whom": ["Red League"]}
    for other in (
        says("a.txt", who=["Suda"], start=80, **shelled),
        says("b.txt", who=["government forces"], **shelled),
    ):
        assert [event.disputed for event in merged(says("a.txt", **shelled), other)] == [()]


def test_a_truce_announced_and_in_force_on_one_day_are_two_events() -> None:
    told = {"type": "ceasefire", "place": MARN, "who": ["Norland"]}
    declared = says("a.txt", title="Norland declared a truce in Marn", **told)
    begun = says("b.txt", title="A truce of Norland in Marn took effect at noon", **told)
    assert groups(declared, begun) == [["a.txt"], ["b.txt"]]
    assert groups(declared, says("c.txt", title="Norland announced a ceasefire for Marn", **told)) == [
        ["a.txt", "c.txt"]
    ]


def test_truces_of_one_day_in_two_wars_are_two() -> None:
    told = {"type": "ceasefire", "place": None, "who": [], "title": "A truce took hold"}
    here, there = says("a.txt", **told), says("b.txt", **told)
    assert groups(here, there) == [["a.txt", "b.txt"]]
    assert groups(replace(here, land="NX"), replace(there, land="SX")) == [["a.txt"], ["b.txt"]]
    assert groups(replace(here, land="NX"), replace(there, land="NX")) == [["a.txt", "b.txt"]]
