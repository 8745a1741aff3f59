"""What the computing functions take and give: the scene in which words stand, and the reading they get."""

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta

from ..interval import UNKNOWN, DateInterval, day, month, month_end
from ..model import Clock, Shift

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS = {"MO": "morning", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "day", "MI": "midday"}
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


class Scene(NamedTuple):
    """Where words stand.

    `published`: the publication interval; `today`: its day if exact. `narrative`: incomplete dates hang on the story.
    `told`, `told_day`: the last date told before in the text, and the last that is a day or two, which ends at offset
    `told_day_end` and stands in the same sentence if `told_beside`, in that or the one before if `told_near`.
    `story`: the date at which a narrative has arrived, which asides do not move; `story_year`: the year of a date that
    names none. `period`: the TIMEX value of the last business quarter told. `day_first`: whether another date of the
    text shows that it writes 14/2/2016 or 2/14/2016. `turned`: the other way of each clause is asked for too.
    `ahead`, `past`: which way the clause looks, by the word `cue`; `weak`: no finite verb next to the words tells it;
    `deadline`: "by" or "until" stands before them; `until`: a near day after "until" is to come; `nearest`: a plan that
    is past, whose day may lie on either side; `present`: no word of the past stands in the clause, nor one to come.
    """

    published: DateInterval = UNKNOWN
    today: dt.date | None = None
    narrative: bool = False
    told: DateInterval = UNKNOWN
    told_words: str = ""
    story: DateInterval = UNKNOWN
    story_words: str = ""
    told_day: DateInterval = UNKNOWN
    told_day_words: str = ""
    told_day_end: int = -1
    told_beside: bool = False
    told_near: bool = False
    period: str = ""
    day_first: bool | None = None
    turned: bool = False
    ahead: bool = False
    past: bool = False
    weak: bool = False
    deadline: bool = False
    until: bool = False
    nearest: bool = False
    present: bool = False
    story_year: int | None = None
    cue: str = ""

    @property
    def anchor(self) -> dt.date | None:
        """The day from which an incomplete date is counted: publication, or where the story stands in a narrative."""
        if self.narrative and self.story.known:
            return self.story.latest or self.story.earliest
        return self.today

    @property
    def anchor_name(self) -> str:
        """`publication`, or the words told before."""
        return self.story_words if self.narrative and self.story.known else "publication"

    def anchor_step(self) -> str:
        """A sentence that names the anchor."""
        if self.narrative and self.story.known:
            return f"the story has arrived at '{self.story_words}', {self.story}"
        return (
            f"the article appeared {spoken(self.published)}"
            if self.published.known
            else "the publication date is unknown"
        )

    def direction_step(self, words: str) -> str:
        """A sentence that says which way the clause looks."""
        if self.ahead:
            return f"'{words}' stands in a clause that looks ahead" + (f" ('{self.cue}')" if self.cue else "")
        if self.weak:
            return f"nothing beside '{words}' says whether it is past or to come"
        return f"'{words}' stands in a clause about the past"


_BEFORE_CHRIST = 5000  # what is added to the years up to 1 BC (year 0), so that the calendar can count with them
_OLDEST, _LATEST = (
    3000,
    6500,
)  # the years that stand for such, and for what is counted on from them past the birth of Christ


def calendar_year(year: int) -> int | None:
    """The year by which the calendar counts: itself, or for one before Christ (0 is 1 BC) a year far ahead.

    No text tells a year after 3000, so `before_christ` knows it again. None before 2000 BC.
    """
    if year >= 1:
        return year
    return year + _BEFORE_CHRIST if year + _BEFORE_CHRIST > _OLDEST else None


def astronomical_year(year: int) -> int:
    """The year as ISO 8601 counts it (0 is 1 BC), from one by which the calendar counts."""
    return year - _BEFORE_CHRIST if _OLDEST < year <= _LATEST else year


def before_christ(value: str) -> str:
    """The TIMEX value of a value whose year stands for one before Christ: `4521-09` is `BC0480-09`."""
    head, dash, rest = value.partition("-")
    if not head[:2].isdigit():
        return value
    if len(head) == 2:
        return f"BC{(_BEFORE_CHRIST // 100 - 1) - int(head):02d}{dash}{rest}"
    year = astronomical_year(int(head))
    return f"BC{1 - year:04d}{dash}{rest}" if year < 1 else f"{year:04d}{dash}{rest}"


def of_our_era(interval: DateInterval) -> DateInterval:
    """The days for which an interval of such years stands, unknown before the year 1."""
    first, last = interval.earliest, interval.latest
    if first is None or last is None or astronomical_year(first.year) < 1:
        return UNKNOWN
    start = safe_day(astronomical_year(first.year), first.month, first.day)
    end = safe_day(astronomical_year(last.year), last.month, last.day)
    return DateInterval(start, end, interval.approximate) if start and end else UNKNOWN


@dataclass(frozen=True, slots=True)
class Reading:
    """TIMEX3 type, value and mod, the calendar interval, and how they were found. `fixed`: needs no context."""

    type: str
    value: str
    interval: DateInterval = UNKNOWN
    mod: str = ""
    clock: Clock | None = None
    anchor: str = "publication"
    steps: tuple[str, ...] = ()
    shift: Shift | None = None
    doubt: str = ""
    role: str = ""
    ahead: bool | None = None
    days: int | None = None  # a duration's length where it has one


@dataclass(frozen=True, slots=True)
class Slots:
    """The filled slots of a row: values of words, readings of expressions; `words` are the matched words."""

    words: str
    values: Mapping[str, Any]
    texts: Mapping[str, str]

    def get(self, name: str, default: Any = None) -> Any:
        """The value in a slot, or the default when it is empty."""
        return self.values.get(name, default)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        """The words in a slot, lower case; "" when it is empty."""
        return self.texts.get(name, "").lower()


def spoken(interval: DateInterval) -> str:
    """`on Tuesday 2019-08-20` for a day, the EDTF form for anything else."""
    if interval.precision == "day" and interval.earliest:
        return f"on {WEEKDAYS[interval.earliest.weekday()]} {interval.earliest.isoformat()}"
    return f"in {interval.edtf()}" if interval.known else "on an unknown date"


def moved(value: dt.date, *, years: int = 0, months: int = 0, days: int = 0) -> dt.date | None:
    """The date moved on the calendar, None where it leaves the years 1-9999."""
    try:
        if years or months:
            value = value + relativedelta(years=years, months=months)
        return value + dt.timedelta(days=days)
    except (OverflowError, ValueError):
        return None


def safe_day(year: int, number: int, of_month: int) -> dt.date | None:
    """The date, None when there is no such day."""
    try:
        return dt.date(year, number, of_month)
    except ValueError:
        return None


def year_span(first: int, last: int | None = None, approximate: bool = False) -> DateInterval:
    """Whole years; unknown outside the years 1-9999."""
    last = first if last is None else last
    if not (1 <= first <= 9999 and 1 <= last <= 9999):
        return UNKNOWN
    return DateInterval(dt.date(first, 1, 1), dt.date(last, 12, 31), approximate)


def month_span(year: int, number: int) -> DateInterval:
    """A month; unknown outside the years 1-9999. `number` may run over the year's end."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return month(year, number) if 1 <= year <= 9999 else UNKNOWN


def months_span(year: int, first: int, count: int) -> DateInterval:
    """`count` months from month `first`."""
    start, end = month_span(year, first), month_span(year, first + count - 1)
    return DateInterval(start.earliest, end.latest) if start.known and end.known else UNKNOWN


def season_span(year: int, code: str) -> DateInterval:
    """Three months; a winter carries the year in which it begins."""
    return months_span(year, SEASON_MONTHS[code], 3)


def week_of(value: dt.date, weeks: int = 0) -> DateInterval:
    """Monday to Sunday of the week `weeks` after the date's."""
    monday = moved(value, days=7 * weeks - value.weekday())
    sunday = moved(monday, days=6) if monday else None
    return DateInterval(monday, sunday) if monday and sunday else UNKNOWN


def week_value(value: dt.date) -> str:
    """`1998-W07`."""
    year, week, _ = value.isocalendar()
    return f"{year:04d}-W{week:02d}"


def part_of_month(year: int, number: int, mod: str) -> DateInterval:
    """1-10, 11-20 or 21-end."""
    whole = month_span(year, number)
    if not whole.known or whole.earliest is None or whole.latest is None:
        return whole
    first = whole.earliest
    if mod == "START":
        return DateInterval(first, first.replace(day=10))
    if mod == "MID":
        return DateInterval(first.replace(day=11), first.replace(day=20))
    return DateInterval(first.replace(day=21), whole.latest)


def part_of(interval: DateInterval, mod: str) -> DateInterval:
    """The early, middle or late third of a whole; of a month its days 1-10, 11-20 or 21 to the end."""
    first, last = interval.earliest, interval.latest
    if mod not in ("START", "MID", "END") or first is None or last is None or interval.precision == "day":
        return interval
    if interval.precision == "month":
        return part_of_month(first.year, first.month, mod)
    if first.day == 1 and last == month_end(last):
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        third = max(1, months // 3)
        if months >= 3:
            skip = {"START": 0, "MID": third, "END": months - third}[mod]
            size = months - 2 * third if mod == "MID" else third
            return months_span(first.year, first.month + skip, size)
    days = (last - first).days + 1
    third = max(1, -(-days // 3))
    if mod == "START":
        return DateInterval(first, first + dt.timedelta(days=third - 1))
    if mod == "END":
        return DateInterval(last - dt.timedelta(days=third - 1), last)
    middle = first + dt.timedelta(days=(days - third) // 2)
    return DateInterval(middle, middle + dt.timedelta(days=third - 1))


def days_in(year: int, number: int) -> int:
    """How many days the month has."""
    return monthrange(year, number)[1]


def one(value: dt.date | None) -> DateInterval:
    """One day, unknown for None."""
    return day(value) if value else UNKNOWN
