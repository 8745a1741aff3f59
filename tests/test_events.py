"""Every example of the event book, and what the event stage promises beyond single sentences."""

import datetime as dt
from typing import Any

import pytest

from idlib_timeline import pipeline
from idlib_timeline.events import kinds
from idlib_timeline.interval import UNKNOWN, day
from idlib_timeline.model import ArticleFile, EventMention, Part, Publication
from idlib_timeline.read import read
from idlib_timeline.rules import load

PUBLISHED = "2020-01-15"  # a Wednesday; examples without a date of their own are read as of this day


def told(text: str, published: str = PUBLISHED) -> tuple[EventMention, ...]:
    """The mentions of a text that appeared on `published`."""
    article = read(ArticleFile("", "", "example.txt"), Part("", "text", text.encode()))
    date = day(dt.date.fromisoformat(published)) if published else UNKNOWN
    return pipeline.read_one(article, Publication(date, "option", "a test")).mentions


def _examples(key: str) -> list[Any]:
    return [
        pytest.param(row, example, id=f"events.toml-{row.name}-{number}")
        for row in load("events").rows
        for number, example in enumerate(getattr(row, key))
    ]


def _differences(row: Any, example: Any) -> list[str]:
    found = told(example["text"], example.get("published", PUBLISHED))
    mentions = [m for m in found if m.evidence.event_rule == row.name]
    if not mentions:
        return [f"row {row.name} tells nothing in: {example['text']}"]
    return min((_against(mention, row, example) for mention in mentions), key=len)


def _against(mention: EventMention, row: Any, example: Any) -> list[str]:
    found = {
        "type": mention.type,
        "who": list(mention.who),
        "whom": list(mention.whom),
        "place": mention.place.name if mention.place else None,
        "status": mention.status,
        "date": str(mention.date),
        "parties": list(mention.actors),
    }
    wanted = {"type": row.fields["type"], **{key: example[key] for key in found if key in example}}
    return [
        f"row {row.name}: {key} is {found[key]!r}, not {value!r}, in: {example['text']}"
        for key, value in wanted.items()
        if (sorted(found[key]) != sorted(value) if isinstance(value, list) else found[key] != value)
    ]


@pytest.mark.parametrize(("row", "example"), _examples("examples"))
def test_row_tells_its_example(row: Any, example: Any) -> None:
    assert _differences(row, example) == []


@pytest.mark.parametrize(("row", "sentence"), _examples("never"))
def test_row_is_silent_where_it_must_be(row: Any, sentence: str) -> None:
    assert [m.title for m in told(sentence) if m.evidence.event_rule == row.name] == []


@pytest.mark.parametrize(
    ("row", "example"),
    [pytest.param(*gap.values, id=gap.id, marks=pytest.mark.xfail(strict=True)) for gap in _examples("gap")],
)
def test_known_gap(row: Any, example: Any) -> None:
    assert _differences(row, example) == []


def test_every_kind_has_a_row_and_its_place_in_the_field() -> None:
    used = {row.fields["type"] for row in load("events").rows}
    refined = set(load("event_words").lists["instrument"].values())
    assert set(kinds()) == used | refined | {"other"}  # "other" is for verbs that no row knows
    assert all(kind.acled and kind.plover and kind.definition and kind.group for kind in kinds().values())


# --- beyond single rows ---------------------------------------------------------------------------


def rows(text: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...], str]]:
    """Type, who, whom and date of each mention."""
    return [(m.type, m.who, m.whom, str(m.date)) for m in told(text)]


def tolls(text: str) -> list[tuple[str, list[tuple[str, int | None, int | None]]]]:
    """Type and figures (kind, low, best) of each mention."""
    return [(m.type, [(f.kind, f.low, f.best) for f in m.figures]) for m in told(text)]


def test_a_figure_stands_with_the_event_of_its_own_clause() -> None:
    assert tolls("At least 70 villagers had been killed and about 4,000 displaced by early December, the UN said.") == [
        ("killing", [("killed", 70, None)]),
        ("displacement", [("displaced", None, 4000)]),
    ]


def test_what_a_war_has_cost_is_no_toll_of_its_first_day() -> None:
    assert tolls("More than 90,000 people have been killed in Syria since the war began in 2011.") == [
        ("killing", [("killed", 90000, None)]),
        ("battle", []),
    ]


def test_the_dead_and_the_wounded_of_one_strike_are_one_event() -> None:
    assert tolls("Nine people were killed and 30 injured in an air strike on Ariha on Jan. 13.") == [
        ("air_strike", [("killed", None, 9), ("injured", None, 30)])
    ]


def test_the_dead_of_an_attack_told_just_before_have_its_day_and_scene() -> None:
    attack, dead = told("Rockets hit the market of Ariha on Monday. Twelve people died.")
    assert (str(dead.date), dead.place, dead.evidence.rule) == (str(attack.date), attack.place, "told-with")
    assert str(attack.date) == "2020-01-13"


@pytest.mark.parametrize(
    "sentence",
    [
        "On Monday the army fired shells containing chlorine at Saraqib.",
        "Syrian helicopters dropped toxic gas on Saraqib on Monday.",
        "A barrel filled with chlorine gas was dropped on Saraqib on Monday.",
    ],
)
def test_a_poison_makes_an_attack_a_chemical_one_whatever_carries_it(sentence: str) -> None:
    assert [row[0::3] for row in rows(sentence)] == [("chemical_attack", "2020-01-13")]


def test_a_subject_behind_its_date_is_the_subject() -> None:
    sentence = "On Tuesday rebels shot down a Syrian army helicopter near Nairab, east of Idlib city."
    assert rows(sentence) == [("shootdown", ("rebels",), ("Syria",), "2020-01-14")]


def test_a_campaign_of_strikes_is_one_event() -> None:
    assert rows("Turkey stepped up a campaign of drone strikes in Idlib on Monday.") == [
        ("air_strike", ("Turkey",), (), "2020-01-13")
    ]


def test_two_deeds_of_one_verb_are_two_events() -> None:
    assert rows("Turkey launched an offensive and a wave of air strikes on Afrin on Monday.") == [
        ("offensive", ("Turkey",), (), "2020-01-13"),
        ("air_strike", ("Turkey",), (), "2020-01-13"),
    ]


def test_what_is_said_of_an_attack_later_does_not_date_it() -> None:
    dates = {row[0]: row[3] for row in rows("The raid on Homs, which Turkey condemned on Tuesday, killed 12 people.")}
    assert dates == {"accusation": "2020-01-14", "killing": "../2020-01-15"}


def test_an_envoy_does_not_speak_for_his_post() -> None:
    assert rows("Diplomats at the United Nations said on Monday that rebels would leave Homs.")[0][:2] == (
        "withdrawal",
        ("rebels",),
    )


def test_a_toll_since_the_beginning_of_a_war_is_background() -> None:
    (toll,) = told("Since March 2011 the war in Syria has cost about 384,000 lives.")
    assert (toll.type, toll.background, str(toll.date)) == ("casualties", True, "2011-03-01/2020-01-15")


def test_a_title_begins_with_the_subject_when_much_stands_before_it() -> None:
    (toll,) = told(
        "Since 2011, when a bloody crackdown on demonstrators led the first rebels to reach for the guns of their"
        " fathers, the war in Syria has cost more than 370,000 lives."
    )
    assert toll.title == "… the war in Syria has cost more than 370,000 lives"
