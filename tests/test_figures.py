"""Figures: every row of the rulebook proves itself, and the numbers behave whatever the text."""

import time
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idlib_timeline.figures import find
from idlib_timeline.model import FigureMention
from idlib_timeline.rules import Row, load

BOOK = load("figures")
KINDS = {kind["name"] for kind in BOOK.tables["kind"]}


def told(mention: FigureMention) -> dict[str, Any]:
    figure = mention.figure
    return {
        "kind": figure.kind,
        "low": figure.low,
        "best": figure.best,
        "high": figure.high,
        "text": mention.text,
        "noun": mention.noun,
        "cumulative": mention.cumulative,
    }


def expected(example: Mapping[str, Any]) -> list[dict[str, Any]]:
    empty = {"low": None, "best": None, "high": None, "noun": "", "cumulative": False}
    return [{**empty, **figure} for figure in example["expect"]]


def cases(field: str) -> list[Any]:
    return [
        pytest.param(row, case, id=f"{row.name}-{number}")
        for row in BOOK.rows
        for number, case in enumerate(getattr(row, field))
    ]


def where(row: Row, sentence: str) -> str:
    return f"figures.toml: row {row.name}: {sentence}"


@pytest.mark.parametrize(("row", "example"), cases("examples"))
def test_example(row: Row, example: Mapping[str, Any]) -> None:
    found = find(example["text"])
    assert [told(mention) for mention in found] == expected(example), where(row, example["text"])


@pytest.mark.parametrize("row", BOOK.rows, ids=lambda row: row.name)
def test_every_row_reads_one_of_its_examples(row: Row) -> None:
    read = {mention.rule for example in row.examples for mention in find(example["text"])}
    assert row.name in read, f"figures.toml: row {row.name}: none of its examples needs it"


@pytest.mark.parametrize(("row", "sentence"), cases("never"))
def test_never(row: Row, sentence: str) -> None:
    assert [told(mention) for mention in find(sentence)] == [], where(row, sentence)


@pytest.mark.parametrize(("row", "example"), cases("gap"))
def test_gap_is_still_open(row: Row, example: Mapping[str, Any]) -> None:
    found = [told(mention) for mention in find(example["text"])]
    assert found != expected(example), f"{where(row, example['text'])}: mended, move it to the examples"


def test_every_kind_is_defined_and_used() -> None:
    used = {figure["kind"] for row in BOOK.rows for example in row.examples for figure in example["expect"]}
    assert used == KINDS


# --- how numbers are written ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "low", "best", "high"),
    [
        ("12", None, 12, None),
        ("1,200", None, 1200, None),
        ("2 000", None, 2000, None),
        ("2\u00a0000", None, 2000, None),
        ("1.5m", None, 1500000, None),
        ("1.2 million", None, 1200000, None),
        ("3 thousand", None, 3000, None),
        ("sixty-two", None, 62, None),
        ("Two hundred and fifty", None, 250, None),
        ("three thousand four hundred", None, 3400, None),
        ("a hundred", None, 100, None),
        ("half a million", None, 500000, None),
        ("a quarter of a million", None, 250000, None),
        ("two dozen", None, 24, None),
        ("about 400,000", None, 400000, None),
        ("an estimated 90", None, 90, None),
        ("some 90", None, 90, None),
        ("at least 12", 12, None, None),
        ("At least another 12", 12, None, None),
        ("more than 860", 860, None, None),
        ("300 or more", 300, None, None),
        ("up to 40", None, None, 40),
        ("no more than 40", None, None, 40),
        ("fewer than 20", None, None, 20),
        ("between 20 and 30", 20, None, 30),
        ("20 to 30", 20, None, 30),
        ("20-30", 20, None, 30),
        ("two or three", 2, None, 3),
        ("two to three million", 2000000, None, 3000000),
        ("dozens", 12, None, None),
        ("scores", 20, None, None),
        ("Hundreds", 100, None, None),
        ("several thousand", 1000, None, None),
        ("tens of thousands", 10000, None, None),
        ("hundreds of thousands", 100000, None, None),
    ],
)
def test_number(words: str, low: int | None, best: int | None, high: int | None) -> None:
    (mention,) = find(f"{words} were killed.")
    assert (mention.text, mention.figure.low, mention.figure.best, mention.figure.high) == (words, low, best, high)


@pytest.mark.parametrize(
    "words",
    ["2-1", "12th", "$12", "12%", "12 percent", "June 12", "In 2014", "12:30", "1.25", "MiG-29", "No. 12", "aged 12",
     "12 km", "12-year-olds", "million", "up to hundreds", "one of them"],
)  # fmt: skip
def test_not_a_count(words: str) -> None:
    assert find(f"{words} were killed.") == ()


# --- whatever the text ----------------------------------------------------------------------------

PIECES = (
    "12", "at least 40", "dozens of", "one", "between 5 and", "2016", "1,200,000", "of the", "and", ",", ".", "\n",
    "\ue000",
    "soldiers", "civilians", "people", "tanks", "killed", "were wounded", "who fled", "dead", "toll rose to",
    "including", "since March", "İstanbul", "IS", "airstrikes", "bodies of", "a", "the", "more than",
    "million", "hundred", "-", "to",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join) | st.text(max_size=200))
def test_mentions_quote_the_text_in_order(text: str) -> None:
    found = find(text)
    last = 0
    for mention in found:
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text == mention.figure.text
        assert mention.noun in mention.text
        assert mention.figure.kind in KINDS
        stated = [n for n in (mention.figure.low, mention.figure.best, mention.figure.high) if n is not None]
        assert stated
        assert stated == sorted(stated)
        last = mention.end


@given(st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join))
def test_a_sentence_reads_the_same_wherever_it_stands(sentence: str) -> None:
    before = "Nothing was said. "
    here = find(sentence, [(0, len(sentence))])
    there = find(before + sentence, [(0, len(before)), (len(before), len(before) + len(sentence))])
    assert [told(one) for one in here] == [told(one) for one in there]
    assert [one.start + len(before) for one in here] == [one.start for one in there]


def test_a_figure_does_not_cross_sentences() -> None:
    text = "They counted 12. Soldiers were killed."
    assert find(text, [(0, 16), (17, len(text))]) == ()


def test_a_determiner_of_another_sentence_is_left_there() -> None:
    text = "He spoke of the\n12 soldiers were killed."
    (mention,) = find(text, [(0, 15), (16, len(text))])
    assert (mention.start, mention.text) == (16, "12 soldiers")


@pytest.mark.parametrize(
    "hostile",
    ["12 ", "12 a ", "12 soldiers ", "killed 12, ", "1,111", "two hundred ", "12 killed; ", "toll rose ", "12 men and ",
     "between 1 and 2 ", "including a b ", "IS US 5 dead "],
)  # fmt: skip
def test_time_grows_with_the_length_only(hostile: str) -> None:
    text = hostile * (60_000 // len(hostile))
    began = time.process_time()
    find(text, [(0, len(text))])
    assert time.process_time() - began < 6  # a quadratic reading takes minutes
