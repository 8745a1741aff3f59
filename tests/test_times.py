"""The tagger as a whole: spans, unknown publication, roles, spans of two dates, properties, linear time."""

import datetime as dt
import re
import time
from dataclasses import replace

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from idlib_timeline import rules, times
from idlib_timeline.errors import RulebookError
from idlib_timeline.grammar import compile_book, first_characters
from idlib_timeline.interval import UNKNOWN, DateInterval, day, parse_edtf
from idlib_timeline.model import Shift, TimeExpression
from idlib_timeline.tape import number_words

TUESDAY = parse_edtf("2019-08-20")


def only(text: str, published: DateInterval = TUESDAY, style: str = "news") -> TimeExpression:
    found = times.find(text, published, style=style)
    assert len(found) == 1, [expression.text for expression in found]
    return found[0]


def test_offsets_point_at_the_words() -> None:
    text = "On Monday a convoy came.\n\nIt had left on August 3, 2018, and not before."
    found = times.find(text, TUESDAY)
    assert [text[e.start : e.end] for e in found] == ["Monday", "August 3, 2018"]
    assert [e.text for e in found] == ["Monday", "August 3, 2018"]


def test_raw_text_with_curly_quotes_and_hard_spaces() -> None:
    found = times.find("Tuesday\u2019s raid came on August\u00a012.", TUESDAY)
    assert [(e.text, e.value) for e in found] == [("Tuesday", "2019-08-20"), ("August\u00a012", "2019-08-12")]


@pytest.mark.parametrize(
    ("text", "value", "edtf"),
    [
        ("It happened on Jan. 12.", "XXXX-01-12", "XXXX-01-12"),
        ("It happened on Saturday, August 31.", "XXXX-08-31", "XXXX-08-31"),
        ("It happened in April.", "XXXX-04", "XXXX-04"),
        ("It happened on Tuesday.", "XXXX-WXX-2", ""),
        ("It happened on 3 March 2011.", "2011-03-03", "2011-03-03"),
    ],
)
def test_nothing_is_guessed_without_a_publication_date(text: str, value: str, edtf: str) -> None:
    found = only(text, UNKNOWN)
    assert (found.value, found.interval.edtf()) == (value, edtf)


@pytest.mark.parametrize("text", ["yesterday", "last week", "three days ago", "this morning", "overnight", "recently"])
def test_deictic_words_have_no_interval_without_a_publication_date(text: str) -> None:
    assert only(f"He left {text}.", UNKNOWN).interval == UNKNOWN


def test_a_publication_month_settles_the_year_before() -> None:
    assert only("It happened last year.", parse_edtf("2019-08")).value == "2018"
    assert only("It happened last week.", parse_edtf("2019-08")).interval == UNKNOWN


def test_a_publication_month_settles_a_month_and_day() -> None:
    assert only("It happened on August 12.", parse_edtf("2019-08")).value == "2019-08-12"


def test_a_publication_year_settles_no_month_and_day() -> None:
    assert only("It happened on August 12.", parse_edtf("2019")).value == "XXXX-08-12"


def test_the_steps_replay_the_calculation() -> None:
    steps = only("The mayor was shot on Monday.").steps
    assert steps == (
        "'Monday' stands in a clause about the past",
        "the article appeared on Tuesday 2019-08-20",
        "so it is 2019-08-19",
    )


def test_since_runs_to_publication() -> None:
    found = only("Bombs have fallen since late April.")
    assert (found.role, found.interval) == ("since", DateInterval(dt.date(2019, 4, 21), dt.date(2019, 8, 20)))


def test_a_planned_start_is_open() -> None:
    found = only("The zone will be open from October 15.")
    assert (found.role, found.ahead, found.interval) == ("from", True, DateInterval(dt.date(2019, 10, 15), None))


def test_a_deadline_ahead_is_its_day() -> None:
    found = only("The guns will be removed by October 10.")
    assert (found.role, found.ahead, found.interval) == ("until", True, day(dt.date(2019, 10, 10)))


def test_a_limit_in_the_past_is_open_before() -> None:
    found = only("Some 900 had been killed by early August.")
    assert (found.role, found.ahead, found.interval) == ("until", False, DateInterval(None, dt.date(2019, 8, 10)))


def test_local_and_universal_time_are_one_expression() -> None:
    found = only("The truce will begin at 6am [0300 GMT] on August 31.")
    assert found.clock is not None
    assert (found.type, found.value) == ("TIME", "2019-08-31T06:00")
    assert (found.clock.text, found.clock.utc) == ("06:00", "03:00")


def test_a_night_told_twice_is_one_expression() -> None:
    found = only("They withdrew overnight and in the early hours of Tuesday, a monitor said.")
    assert found.interval == DateInterval(dt.date(2019, 8, 19), dt.date(2019, 8, 20))


def test_the_second_date_of_a_span_covers_it() -> None:
    first, last = times.find("Shells fell from Saturday to Monday.", TUESDAY)
    assert first.value == "2019-08-17"
    assert last.interval == DateInterval(dt.date(2019, 8, 17), dt.date(2019, 8, 19))


@pytest.mark.parametrize("published", ["1900-05-01", "2150-05-01", "0001-01-01", "9999-12-31"])
def test_a_feast_outside_the_years_its_calendar_covers_is_left_out(published: str) -> None:
    assert times.find("The truce for Eid al-Fitr held.", parse_edtf(published)) == ()


def test_the_other_side_of_the_clause_is_kept() -> None:
    (found,) = times.find("The brigade set up a camp west of the lake on Friday.", TUESDAY, turned=True)
    assert (found.interval, found.turned) == (day(dt.date(2019, 8, 16)), day(dt.date(2019, 8, 23)))


def test_a_plan_undone_looks_to_the_nearer_side() -> None:
    past = only("A march planned for Sunday was called off.")
    coming = only("A march planned for Thursday was called off.")
    assert (past.interval, past.ahead) == (day(dt.date(2019, 8, 18)), False)
    assert (coming.interval, coming.ahead) == (day(dt.date(2019, 8, 22)), True)


def test_a_winter_told_by_two_years_is_one_winter() -> None:
    found = only("In the winter of 1942-43 the army froze.")
    assert found.text == "the winter of 1942-43"
    assert found.interval == DateInterval(dt.date(1942, 12, 1), dt.date(1943, 2, 28))


def test_a_shift_counts_again_from_another_anchor() -> None:
    later = times.find("The town fell on August 1. It was retaken two days later.", TUESDAY)[1]
    assert later.shift == Shift(2)
    assert later.shift.apply(day(dt.date(2018, 3, 4))) == day(dt.date(2018, 3, 6))


def test_a_weekday_that_contradicts_its_date_is_doubted() -> None:
    found = only("It happened on Monday, August 13, 2019.")
    assert found.value == "2019-08-13"
    assert found.doubt == "2019-08-13 was a Tuesday, not a Monday"


@pytest.mark.parametrize("text", ["February 30", "31 June 2011", "2019-02-29", "2019-13-01", "45/45/2019"])
def test_impossible_dates_are_no_dates(text: str) -> None:
    found = times.find(f"It happened on {text}, he said.", TUESDAY)
    assert not [e for e in found if e.interval.precision == "day"]


@pytest.mark.parametrize("year", [1, 2, 9998, 9999])
def test_the_ends_of_the_calendar(year: int) -> None:
    published = day(dt.date(year, 1 if year < 5000 else 12, 1 if year < 5000 else 31))
    text = "Last year, next year, a century ago, 50,000 days ago, 9999 years from now, last winter, overnight, Monday."
    for found in times.find(text, published):
        assert found.end > found.start


def test_auto_style_reads_a_history_as_a_narrative() -> None:
    text = "In 1936 war came. In July 1936 the coup failed. In 1937 Bilbao fell. In 1938 it snowed. In 1939 it ended. "
    assert times.is_narrative(text * 2, TUESDAY)
    assert not times.is_narrative("On Tuesday and yesterday it advanced, as it had last week and in 2011.", TUESDAY)
    assert times.find(text + "In March Madrid fell.", TUESDAY, style="auto")[-1].value == "1939-03"


def test_a_style_that_is_none() -> None:
    with pytest.raises(ValueError, match="no style is called 'poem'"):
        times.find("today", TUESDAY, style="poem")


def test_sentences_of_the_caller_bound_the_clause() -> None:
    text = "He will go\nFriday was quiet"
    assert only(text).value == "2019-08-23"
    assert times.find(text, TUESDAY, sentences=((0, 10), (11, 27)))[0].value == "2019-08-16"


BOOK = rules.load("times")
LISTED = {word for words in BOOK.lists.values() for word in words}
PLAIN = {word for row in BOOK.rows for word in re.findall(r"(?<![{:<])\b[A-Za-z]+\b(?![}:>])", row.fields["pattern"])}
NUMERALS = "12 31 5 2019 1,200 0300 99999 0 30 490 1990s 14th 6 am - \u2013 , . ' [ ] : / the\n\nhe will was said"
OTHERS = NUMERALS.split(" ")
WORDS = st.sampled_from(sorted(LISTED | PLAIN) + OTHERS * 3)
DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
SENTENCES = st.lists(WORDS, max_size=25).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(SENTENCES | st.text(max_size=80), st.none() | DAYS, st.sampled_from(times.STYLES))
def test_any_text_gives_ordered_spans(text: str, published: dt.date | None, style: str) -> None:
    found = times.find(text, day(published) if published else UNKNOWN, style=style)
    reached = 0
    for expression in found:
        assert reached <= expression.start < expression.end <= len(text)
        assert expression.text == text[expression.start : expression.end]
        first, last = expression.interval.earliest, expression.interval.latest
        assert first is None or last is None or first <= last
        reached = expression.end


@settings(max_examples=60, deadline=None)
@given(SENTENCES, st.none() | DAYS, st.sampled_from(times.STYLES), st.dates(dt.date(1971, 1, 1), dt.date(2099, 1, 1)))
def test_the_day_of_the_reading_changes_nothing(text: str, published: dt.date | None, style: str, now: dt.date) -> None:
    context = day(published) if published else UNKNOWN
    text += " It fell last Easter, a year ago today, in the '30s, on Feb. 29, now, and next Eid al-Fitr."
    with time_machine.travel(now):
        then = times.find(text, context, style=style)
    assert then == times.find(text, context, style=style)


@settings(max_examples=60, deadline=None)
@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.integers(-500, 500),
    st.sampled_from(["He came on Friday.", "They will meet on Friday.", "He left last Monday.", "Go next Sunday."]),
)
def test_weekdays_move_with_publication_by_whole_weeks(published: dt.date, weeks: int, text: str) -> None:
    moved = published + dt.timedelta(weeks=weeks)
    before, after = only(text, day(published)).interval, only(text, day(moved)).interval
    assert after == before.shift(7 * weeks)


@settings(max_examples=60, deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.dates(dt.date(2004, 1, 1), dt.date(2004, 12, 31)))
def test_a_date_without_year_keeps_to_its_side(published: dt.date, named: dt.date) -> None:
    words = f"{named:%B} {named.day}"
    past = times.find(f"The town was shelled on {words}.", day(published))[0].interval.earliest
    ahead = times.find(f"The town will vote on {words}.", day(published))[0].interval.earliest
    assert past is not None
    assert ahead is not None
    assert past <= published <= ahead
    assert (past.month, past.day) == (ahead.month, ahead.day) == (named.month, named.day)


def book_with(**fields: str) -> rules.Book:
    row = rules.Row(
        "times", "bad", {"pattern": "{day} moons", "value": "dates.year", **fields}, ({"text": ""},), (), ()
    )
    return replace(BOOK, rows=(*BOOK.rows, row))


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("{moon} rises", "row bad: no list is called moon"),
        ("<moon> rises", "row bad: no shape is called moon"),
        ("(?:moon rises", "row bad: the pattern is no regex"),
    ],
)
def test_a_row_that_means_nothing_is_refused(pattern: str, complaint: str) -> None:
    with pytest.raises(RulebookError, match=re.escape(complaint)):
        compile_book(book_with(pattern=pattern))


@pytest.mark.parametrize(
    ("pattern", "first"),
    [("abc", "a"), ("a?bc", "ab"), ("(?:ab|c)?d", "acd"), ("(?<=x)[ab]c", "ab"), ("(?:(?<=x)|(?<=y))z", "z")],
)
def test_the_first_characters_of_a_pattern(pattern: str, first: str) -> None:
    assert first_characters(pattern) == frozenset(first)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("twenty four", 24),
        ("two hundred", 200),
        ("three hundred and forty two", 342),
        ("two thousand and four", 2004),
        ("nineteen ninety six", 1996),
        ("forty thousand", 40_000),
        ("two three", None),
    ],
)
def test_number_words(words: str, number: int | None) -> None:
    assert number_words(words.split(), BOOK.lists["number"]) == number


HOSTILE = [
    *("1", "the ", "May ", "Tuesday, ", "12 ", "in the ", "two days after ", "1,000,", "a.m. ", "2019-", "x'll "),
    *("480 BC ", "\n1916\n", "1/2/2003 ", "who said that ", ", who left, ", "2012-11-10T14:30:00Z "),
]


@pytest.mark.parametrize("style", ["news", "narrative"])
@pytest.mark.parametrize("unit", HOSTILE, ids=lambda unit: repr(unit.strip()))
def test_hostile_text_takes_linear_time(unit: str, style: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        times.find(text, TUESDAY, style=style)
        return time.process_time() - start

    seconds(1000)
    small = min(seconds(4_000) for _ in range(2))
    assert seconds(32_000) < 8 * 4 * max(small, 0.005)
