"""DateInterval and EDTF: what goes in comes out, order, overlap, the ends of the calendar."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idlib_timeline.interval import UNKNOWN, DateInterval, day, month, month_end, parse_edtf

DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))


def between(first: str, last: str) -> DateInterval:
    return DateInterval(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2019-08-31", "2019-08-31", "2019-08-31", "day"),
        ("2019-02", "2019-02-01", "2019-02-28", "month"),
        ("2020-02", "2020-02-01", "2020-02-29", "month"),
        ("2019", "2019-01-01", "2019-12-31", "year"),
        ("2019-08-19/2019-08-25", "2019-08-19", "2019-08-25", "week"),
        ("2019-08-20/2019-08-26", "2019-08-20", "2019-08-26", "span"),
        ("2018-06/2018-08", "2018-06-01", "2018-08-31", "season"),
        ("2018-12/2019-02", "2018-12-01", "2019-02-28", "season"),
        ("2018-05/2018-07", "2018-05-01", "2018-07-31", "span"),
        ("2011-01/2011-04", "2011-01-01", "2011-04-30", "span"),
        ("2019-04-21/2019-08-20", "2019-04-21", "2019-08-20", "span"),
    ],
)
def test_edtf_is_read_and_written(text: str, first: str, last: str, precision: str) -> None:
    interval = parse_edtf(text)
    assert interval == between(first, last)
    assert interval.precision == precision
    assert interval.edtf() == text


def test_a_season_code_is_written_as_its_months() -> None:
    assert parse_edtf("2018-24").edtf() == "2018-12/2019-02"
    assert parse_edtf("2018-22") == between("2018-06-01", "2018-08-31")


def test_open_ends() -> None:
    assert parse_edtf("2018-10-15/..") == DateInterval(dt.date(2018, 10, 15), None)
    assert parse_edtf("../2018-10-15").edtf() == "../2018-10-15"
    assert parse_edtf("2018-10-15/..").days is None
    assert not parse_edtf("2018-10-15/..").closed


def test_approximate_keeps_its_mark() -> None:
    assert parse_edtf("2019-08~").approximate
    assert DateInterval(dt.date(2019, 7, 23), dt.date(2019, 8, 20), True).edtf() == "2019-07-23~/2019-08-20~"


def test_a_date_time_counts_as_its_day() -> None:
    assert parse_edtf("2019-08-31T06:00:00Z") == day(dt.date(2019, 8, 31))


@pytest.mark.parametrize("text", ["XXXX-01-12", "201X", "20XX", "XXXX-08"])
def test_unspecified_digits_have_no_bounds(text: str) -> None:
    interval = parse_edtf(text)
    assert interval.edtf() == text
    assert not interval.known
    assert interval.precision == "unknown"


@pytest.mark.parametrize("text", ["yesterday", "2019-02-30", "2019-13", "19", "2019-08-31x", "2019/2018"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_edtf(text)


def test_a_partial_date_excludes_bounds() -> None:
    with pytest.raises(ValueError, match="no bounds"):
        DateInterval(dt.date(2019, 1, 1), partial="XXXX-01-01")


@given(DAYS, DAYS)
def test_order_is_kept(first: dt.date, last: dt.date) -> None:
    if first > last:
        with pytest.raises(ValueError, match="is after"):
            DateInterval(first, last)
    else:
        assert DateInterval(first, last).days == (last - first).days + 1


@given(DAYS, DAYS)
def test_what_is_written_is_read_again(first: dt.date, last: dt.date) -> None:
    interval = DateInterval(min(first, last), max(first, last))
    assert parse_edtf(interval.edtf()) == interval


@given(DAYS, DAYS, DAYS, DAYS)
def test_overlap_is_a_common_day(a: dt.date, b: dt.date, c: dt.date, d: dt.date) -> None:
    left, right = DateInterval(min(a, b), max(a, b)), DateInterval(min(c, d), max(c, d))
    common = left.intersect(right)
    assert left.overlaps(right) == right.overlaps(left) == (common is not None)
    if common:
        assert left.contains(common)
        assert right.contains(common)


def test_nothing_overlaps_the_unknown() -> None:
    assert not UNKNOWN.overlaps(day(dt.date(2019, 1, 1)))
    assert not day(dt.date(2019, 1, 1)).contains(UNKNOWN)


def test_a_move_off_the_calendar_opens_the_end() -> None:
    assert day(dt.date(9999, 12, 31)).shift(1) == UNKNOWN
    assert DateInterval(dt.date(1, 1, 2), dt.date(1, 1, 9)).shift(-5) == DateInterval(None, dt.date(1, 1, 4))


def test_months_end_where_the_calendar_says() -> None:
    assert month(1900, 2).latest == dt.date(1900, 2, 28)
    assert month(2000, 2).latest == dt.date(2000, 2, 29)
    assert month_end(dt.date(2019, 12, 5)) == dt.date(2019, 12, 31)


def test_the_unknown_sorts_last() -> None:
    keys = [UNKNOWN.sort_key, parse_edtf("2019").sort_key, parse_edtf("2018-10-15/..").sort_key]
    assert sorted(keys) == [keys[2], keys[1], keys[0]]
