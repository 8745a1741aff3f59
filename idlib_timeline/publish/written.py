"""Dates as pages, headers and file names write them -> days.

A full date is a day of a known year. `04/05/2019` can be two days; which one, the country's order tells, or nothing.
"""

import datetime as dt
import re
from calendar import month_name
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from ..interval import DateInterval, day, month, parse_edtf

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAME_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-_./])(?P<m>\d{1,2}|[A-Za-z]{3,9})(?P=s)(?P<d>\d{1,2})(?![\d])"
    r"|(?<![\dA-Za-z])(?P<d2>\d{1,2})(?P<s2>[-_./])(?P<m2>\d{1,2}|[A-Za-z]{3,9})(?P=s2)(?P<y2>(?:19|20)\d\d)(?!\d)"
    r"|(?<![\dA-Za-z])(?P<y3>(?:19|20)\d\d)(?P<m3>\d\d)(?P<d3>\d\d)(?=T\d|[^\dA-Za-z]|$)"
)
_CLOCK = r"\d{1,2}(?:[:.h]\d\d){1,2}(?:\.\d+)?(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?|\d{4}(?: ?[AP]M\b| ?hrs?\b)?"
_ZONE = r"(?: ?(?:\(?(?:GMT|UTC)?[+-]\d{1,2}:?(?:\d\d)?\)?|[A-Z]{1,5}\b|local time))?"
_TAIL = rf"(?:(?:,|T| at| -| \u2013| \u2014| /| \|)? ?(?:{_CLOCK}){_ZONE})?"
_LEAD = rf"(?:(?:{_CLOCK}){_ZONE},? (?:on )?)?(?:(?P<weekday>[A-Za-z]{{3,9}})\.?,? )?"
_NUMERIC = re.compile(
    _LEAD + r"(?:(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})(?P<s2>[-/.])(?P<b>\d{1,2})(?P=s2)(?P<y2>\d{4}|\d{2}))(?!\d)" + _TAIL
)
_COMPACT = re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:T?\d{4,6}Z?)?")
_WORDED = re.compile(
    _LEAD + r"(?:(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,?"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)?(?:[ -]| of )(?P<month2>[A-Za-z]{3,9})\.?,?)"
    r"[ -](?P<year>(?:19|20)\d\d)(?!\d)" + _TAIL
)
_FIRST, _LAST = 1900, 2099  # years of articles
_PIVOT = 69  # a year of two digits below it is of this century, as POSIX strptime reads %y


@dataclass(frozen=True, slots=True)
class Written:
    """A full date found in words: the days it can be (two when the order of day and month is open), in order.

    `day_first` is what a numeric date shows of its writer's order: True for 31/12, False for 12/31, None otherwise.
    """

    days: tuple[dt.date, ...]
    day_first: bool | None = None

    def settled(self, day_first: bool | None) -> "Written":
        """The one day it is when the writer's order is known: the first reading puts the day first."""
        return Written((self.days[0 if day_first else 1],)) if len(self.days) == 2 and day_first is not None else self


def _valid(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def dates_in_name(name: str) -> tuple[Written, ...]:
    """The different dates that a file name or URL carries (`/2019/08/20/`, `2019-aug-20`, `20190820`), in order.

    Years 1900 to 2099; the day must exist; `04-05-2019` can be two days.
    """
    found: dict[tuple[dt.date, ...], Written] = {}
    for match in _NAME_DATE.finditer(name):
        year = match["y"] or match["y2"] or match["y3"]
        month, number = match["m"] or match["m2"] or match["m3"], match["d"] or match["d2"] or match["d3"]
        if month.isdigit() and match["y2"]:
            written = _either(number, month, int(year))
        else:
            value = _valid(int(year), int(month) if month.isdigit() else _month(month), int(number))
            written = Written((value,) if value else ())
        if written.days:
            found.setdefault(written.days, written)
    return tuple(found.values())


def month_in_path(url: str) -> DateInterval | None:
    """The month that a path gives between slashes (`/2005/06/`, `/2005/jun/`), as archives of pages do; else None."""
    found = re.findall(r"/((?:19|20)\d\d)/(\d\d|[A-Za-z]{3,9})(?=/)", url)
    months = {(int(year), int(name) if name.isdigit() else _month(name)) for year, name in found}
    known = [(year, number) for year, number in months if 1 <= number <= _DECEMBER]
    return month(*known[0]) if len(known) == 1 else None


_DECEMBER = 12


def _month(word: str) -> int:
    """The number of an English month, written out or cut to three letters or more; 0 for another word."""
    low = word.lower()
    number = _MONTHS.index(low[:3]) + 1 if low[:3] in _MONTHS else 0
    return number if number and (month_name[number].lower().startswith(low) or low == "sept") else 0


def _either(first: str, second: str, year: int) -> Written:
    """The days of `31/12/2019`, `12/31/2019` or `4/5/2019`."""
    european, american = _valid(year, int(second), int(first)), _valid(year, int(first), int(second))
    days = tuple(found for found in (european, american) if found)
    if len(days) == 1:
        return Written(days, european is not None)
    return Written(days[:1] if len(set(days)) == 1 else days)


def stated_date(value: str, timezone: str = "") -> DateInterval | None:
    """The date that a field or header states: ISO, EDTF, RFC 822, or a full date in words.

    The local day as stated is kept; that of `timezone` (an IANA name) where it is given and the value names a zone.
    """
    value = value.strip()
    moment = instant(value)
    if moment and timezone:
        return day(moment.astimezone(ZoneInfo(timezone)).date())
    try:
        date = parse_edtf(value)
    except ValueError:
        return full_date(value) or (day(moment.date()) if moment else None)
    return date if date.known else None


def instant(value: str) -> dt.datetime | None:
    """The moment that an ISO or RFC 822 value states with its zone; None without a zone."""
    for parse in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(value.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if moment.tzinfo is not None and _FIRST < moment.year < _LAST:
            return moment
    return None


def full_date(text: str) -> DateInterval | None:
    """The day that a string is, when it is nothing but one full, unambiguous date (and perhaps a time), else None."""
    found = whole_date(text)
    return day(found.days[0]) if found and len(found.days) == 1 else None


def whole_date(text: str) -> Written | None:
    """The date that a string is, when it is nothing but one full date (and perhaps a time), else None."""
    text = " ".join(text.split())
    for pattern in (_NUMERIC, _COMPACT, _WORDED):
        match = pattern.fullmatch(text)
        if match:
            return _read(match)
    return None


def leading_date(text: str) -> tuple[Written, int] | None:
    """The full date that opens a text, and where it ends; None without one."""
    for pattern in (_NUMERIC, _WORDED):
        match = pattern.match(text)
        found = _read(match) if match else None
        if match and found:
            return found, match.end()
    return None


def _read(match: re.Match[str]) -> Written | None:
    parts = match.groupdict()
    if parts.get("year"):
        found = _worded(match)
    elif parts.get("y"):
        value = _valid(int(match["y"]), int(match["m"]), int(match["d"]))
        found = Written((value,)) if value else None
    else:
        year = (
            int(match["y2"])
            if len(match["y2"]) == 4
            else int(match["y2"]) + (2000 if int(match["y2"]) < _PIVOT else 1900)
        )
        found = _either(match["a"], match["b"], year)
    weekday = (parts.get("weekday") or "").lower()[:3]
    days = found.days if found else ()
    if weekday:  # a date that contradicts its own weekday is not trusted; one of two readings may agree with it
        days = tuple(value for value in days if weekday in _DAYS and _DAYS.index(weekday) == value.weekday())
    days = tuple(value for value in days if _FIRST <= value.year <= _LAST)
    return Written(days, found.day_first if found else None) if days else None


def _worded(match: re.Match[str]) -> Written | None:
    import dateparser

    clean = f"{match['day'] or match['day2']} {match['month'] or match['month2']} {match['year']}"
    parsed = dateparser.parse(
        clean,
        languages=["en"],
        settings={
            "STRICT_PARSING": True,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RELATIVE_BASE": dt.datetime(2000, 1, 1),  # noqa: DTZ001 - never used: the parts are required; it keeps the clock out
            "DATE_ORDER": "DMY",
        },
    )
    return Written((parsed.date(),)) if parsed else None
