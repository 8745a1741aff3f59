"""Where a story stands: the way through its landmarks, and the landmarks of a text."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idlib_timeline import times
from idlib_timeline.interval import day, parse_edtf
from idlib_timeline.narrative import is_ancient, is_narrative
from idlib_timeline.reckoning.story import Landmark, Stand, course
from idlib_timeline.reckoning.values import astronomical_year, before_christ, calendar_year

WRITTEN = parse_edtf("2010-06-01")


def years(*marks: Landmark) -> list[int | None]:
    return [stand.year for stand in course(marks)]


def in_1950(month: int) -> Landmark:
    return Landmark(1950, month, aside=3.0)


def test_months_go_on_over_the_new_year() -> None:
    assert years(in_1950(9), Landmark(month=11), Landmark(month=1), Landmark(month=4)) == [1950, 1950, 1951, 1951]


def test_a_month_or_two_back_stays_in_the_year() -> None:
    assert years(in_1950(9), Landmark(month=8)) == [1950, 1950]


def test_what_follows_places_what_stands_before() -> None:
    alone = years(in_1950(11), Landmark(month=6))
    followed = years(in_1950(11), Landmark(month=6), Landmark(1951, 7, aside=3.0))
    assert (alone, followed) == ([1950, 1950], [1950, 1951, 1951])


def test_dates_before_the_first_year_belong_to_it() -> None:
    assert years(Landmark(month=3), Landmark(month=6), in_1950(9)) == [1950, 1950, 1950]


def test_an_aside_moves_nothing() -> None:
    stands = course([in_1950(3), Landmark(1889, aside=0.4), Landmark(month=4)])
    assert stands == (Stand(1950, True), Stand(1889), Stand(1950, True))


def test_a_month_right_behind_an_aside_belongs_to_it() -> None:
    marks = [
        in_1950(3),
        Landmark(1874, aside=0.4),
        Landmark(step=-12),
        Landmark(month=2, close=True),
        Landmark(month=5),
    ]
    assert years(*marks) == [1950, 1874, 1873, 1873, 1950]


def test_a_count_goes_on_from_the_story() -> None:
    assert years(in_1950(3), Landmark(step=24), Landmark(month=7)) == [1950, 1952, 1952]


def test_a_second_month_comes_after_the_first() -> None:
    assert years(in_1950(10), Landmark(month=3, onward="not before")) == [1950, 1951]
    assert years(in_1950(10), Landmark(month=10, onward="after")) == [1950, 1951]


def test_a_heading_begins_anew() -> None:
    stands = course([in_1950(11), Landmark(1948, aside=6.0, heading=True), Landmark(month=2)])
    assert [stand.year for stand in stands] == [1950, 1948, 1948]


def test_a_weekday_settles_the_year() -> None:
    sunday = Landmark(month=11, day=26, weekday=6)  # 26 November was a Sunday in 1939 and a Monday in 1934
    assert years(Landmark(1939, 10, aside=2.0), Landmark(1934, aside=1.0), sunday) == [1939, 1934, 1939]


def test_without_a_year_nothing_is_known() -> None:
    assert years(Landmark(month=3), Landmark(step=12), Landmark()) == [None, None, None]


MARKS = st.builds(
    Landmark,
    year=st.none() | st.integers(-600, 2100),
    month=st.none() | st.integers(1, 12),
    step=st.none() | st.integers(-1200, 1200),
    aside=st.floats(0, 6),
    onward=st.sampled_from(["", "not before", "after"]),
    day=st.none() | st.integers(1, 31),
    weekday=st.none() | st.integers(0, 6),
    close=st.booleans(),
    heading=st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(MARKS, max_size=40))
def test_every_landmark_gets_a_stand_and_a_year_told_is_kept(marks: list[Landmark]) -> None:
    stands = course(marks)
    assert len(stands) == len(marks)
    for mark, stand in zip(marks, stands, strict=True):
        if mark.year is not None and mark.step is None:
            assert stand.year == mark.year


@pytest.mark.parametrize(("year", "value"), [(-479, "BC0480"), (0, "BC0001"), (1, "0001"), (1950, "1950")])
def test_years_before_christ_come_back(year: int, value: str) -> None:
    counted = calendar_year(year)
    assert counted is not None
    assert astronomical_year(counted) == year
    assert before_christ(f"{counted:04d}-09") == f"{value}-09"


def test_years_too_old_for_the_calendar() -> None:
    assert calendar_year(-2500) is None


def told(text: str) -> dict[str, str]:
    return {one.text: one.value for one in times.find(text, WRITTEN, style="narrative")}


def test_a_history_of_two_fronts() -> None:
    text = (
        "The eastern front, 1915-16\n\nThe army crossed the river in November. It was at the fort by February.\n\n"
        "The mountains, 1915\n\nAt dawn on 3 June the first shells fell. The general, exiled in 1889, wept. "
        "Two weeks later the pass was taken; the railway was not to be rebuilt until 1954. On the 28th it snowed."
    )
    found = told(text)
    assert found["November"] == "1915-11"
    assert found["February"] == "1916-02"
    assert found["dawn on 3 June"] == "1915-06-03TMO"
    assert found["Two weeks later"] == "1915-W24"
    assert found["the 28th"] == "1915-06-28"


def test_before_christ_years_run_down() -> None:
    found = told("Lesbos rebelled in 428 BC. A year later it fell. In the next spring, in 426 BC, an army came.")
    assert (found["A year later"], found["the next spring"]) == ("BC0427", "BC0426-SP")


def test_a_count_over_the_birth_of_christ() -> None:
    assert told("He was crowned in 4 BC. Ten years later he was sent away.")["Ten years later"] == "0007"


def test_a_history_without_years_stays_incomplete() -> None:
    assert told("In March the rebels came. On April 5 they left.") == {"March": "XXXX-03", "April 5": "XXXX-04-05"}


def test_which_texts_are_histories() -> None:
    assert is_narrative(
        "In 1854 the fleet sailed; the harbour fell on 9 September 1855, and peace came in 1856.", WRITTEN
    )
    assert not is_narrative("The fleet sailed on Tuesday, a spokesman said. It had last sailed in 2003.", WRITTEN)
    assert not is_narrative("On Feb. 3, 2010 the fleet sailed.", WRITTEN)
    assert not is_narrative("", WRITTEN)


def test_which_texts_are_ancient() -> None:
    assert is_ancient("In May 614 the city fell, in 619 the port, and in 622 he marched.")
    assert not is_ancient("In May 500 men fell in 300 villages.")
    assert not is_ancient("In May 614 people fled; since 2011, 2013 and 2014 were the worst, by 320 dead.")


@settings(max_examples=40, deadline=None)
@given(st.dates(dt.date(1700, 1, 1), dt.date(2000, 1, 1)), st.dates(dt.date(2001, 1, 1), dt.date(2100, 1, 1)))
def test_a_history_does_not_hang_on_the_day_it_was_written(begun: dt.date, written: dt.date) -> None:
    text = f"The war began on {begun.day} {begun:%B} {begun.year}. Two days later the port fell. In March it snowed."
    one, two = (times.find(text, day(when), style="narrative") for when in (written, dt.date(2150, 1, 1)))
    assert [expression.value for expression in one] == [expression.value for expression in two]


def test_a_review_tells_of_the_year_under_discussion() -> None:
    text = "The siege of Harlan began on 3 March 2018. The mill burned on 20 March. On the 24th the town was taken."
    found = times.find(text, parse_edtf("2019-11-30"))
    assert [one.value for one in found] == ["2018-03-03", "2018-03-20", "2018-03-24"]


def test_news_that_names_an_old_day_tells_of_now() -> None:
    text = "The siege of Harlan began on 3 March 2018. The mayor said on Friday that the mill had burned on 20 March."
    found = times.find(text, parse_edtf("2019-11-30"))
    assert [one.value for one in found] == ["2018-03-03", "2019-11-29", "2019-03-20"]


def test_what_is_fresh_is_news_in_a_review_too() -> None:
    text = "The siege of Harlan began on 3 March 2018. A stone was laid on 20 November."
    assert times.find(text, parse_edtf("2019-11-30"))[1].value == "2019-11-20"
