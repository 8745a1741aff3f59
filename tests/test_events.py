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
    refined = set(load("events").lists["instrument"].values())
    assert set(kinds()) == used | refined | {"other"}  # "other" is for verbs that no row knows
    assert all(kind.acled and kind.plover and kind.definition and kind.group for kind in kinds().values())
