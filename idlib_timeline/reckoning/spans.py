"""Durations, repeated times, and the periods of business news."""

import datetime as dt
import re
from dataclasses import replace
from typing import Any

from ..interval import DateInterval
from ..model import Shift
from .counting import RECENT, SYMBOLS, around, counted, duration_value, span_from
from .values import Reading, Scene, Slots, months_span, moved, part_of, week_of

_MONTH = 31  # days; a longer length says nothing of the days it fills
_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "quarter": 91, "year": 365, "decade": 3652}


def duration(slots: Slots, _scene: Scene) -> Reading | None:
    """`eight years`, `two-day`, `several weeks`, `more than a decade`: a length, no date of an event."""
    unit = slots["unit"]
    amount: Any = slots.get("number", "X")
    if unit == "quarter" and isinstance(amount, int) and amount > 1000:
        return None
    if "add" in slots and isinstance(amount, int):
        amount = amount + slots["add"]
    if "half" in slots:
        amount = 0.5 if "number" not in slots else amount + 0.5 if isinstance(amount, int) else amount
    if unit == "weekend":
        return None
    if isinstance(amount, float) and unit in ("minute", "hour") and amount == int(amount * 2) / 2 and amount % 1:
        return Reading(
            "DURATION", _halves(amount, unit), mod=slots.get("mod", ""), steps=("a length of time is no date",)
        )
    if isinstance(amount, float) and unit == "year" and amount % 1 == 0.5:
        return Reading(
            "DURATION", f"P{int(amount)}Y6M", mod=slots.get("mod", ""), steps=("a length of time is no date",)
        )
    days = round(amount * _DAYS[unit]) if isinstance(amount, int | float) and unit in _DAYS and amount < 1e6 else None
    value = duration_value(amount, unit)
    return Reading(
        "DURATION", value, mod=slots.get("mod", ""), steps=("a length of time is no date of an event",), days=days
    )


def duration_half(slots: Slots, _scene: Scene) -> Reading | None:
    """`a minute and a half`, `half an hour`, `5 1/2 hours`."""
    amount: Any = slots.get("number", 0)
    if isinstance(amount, str) or ("over" in slots and (slots["over"], slots["under"]) != (1, 2)):
        return None
    unit = slots["unit"]
    if unit == "year" and amount:
        value = f"P{amount}Y6M"
    else:
        value = _halves(amount + 0.5, unit) if unit in ("minute", "hour") else duration_value(amount + 0.5, unit)
    return Reading("DURATION", value, steps=("a length of time is no date of an event",))


def _halves(amount: float, unit: str) -> str:
    whole = int(amount)
    small = {"minute": "30S", "hour": "30M"}[unit]
    return f"PT{f'{whole}{SYMBOLS[unit][1]}' if whole else ''}{small}"


def long(slots: Slots, _scene: Scene) -> Reading | None:
    """`months-long`, `week-long`: many for a plural, else one."""
    plural = slots.text("unit").endswith("s") or slots.text("unit") == "centuries"
    return Reading(
        "DURATION",
        duration_value("X" if plural else 1, slots["unit"]),
        steps=("a length of time is no date of an event",),
    )


def stretch_of(slots: Slots, _scene: Scene) -> Reading | None:
    """`the first week of August`, `the last days of July`: some days from the edge of a month or year."""
    inner: Reading = slots["date"]
    first, last = inner.interval.earliest, inner.interval.latest
    size, number = int(slots["stretch"]), int(slots.get("ordinal", slots.get("final", 1)))
    if inner.mod or first is None or last is None or inner.interval.precision not in ("month", "year", "season"):
        return None
    start = moved(last, days=1 - size) if number < 0 else moved(first, days=size * (number - 1))
    rest = number < 0 or (slots.text("stretch") == "half" and number == 2)
    end = last if rest else moved(first, days=size * number - 1)
    if start is None or end is None or start > last:
        return None
    interval = DateInterval(max(start, first), min(end, last))
    if size == 1:
        day_meant = start.isoformat()
        return replace(
            inner, value=day_meant, interval=interval, steps=(*inner.steps, f"'{slots.words}' is {day_meant}")
        )
    mod = "END" if number < 0 else "START" if number == 1 else "MID"
    return replace(inner, interval=interval, mod=mod, steps=(*inner.steps, f"'{slots.words}' is {interval}"))


def half_of(slots: Slots, _scene: Scene) -> Reading | None:
    """`the second half of the 1990s`, `the latter half of 2008`, `the early part of May`."""
    inner: Reading = slots["date"]
    first, last = inner.interval.earliest, inner.interval.latest
    number = int(
        slots.get("latter", slots.get("ordinal", slots.get("final", 0)) if "half" in slots.words.lower() else 0)
    )
    if inner.mod or first is None or last is None or inner.interval.precision == "day":
        return None
    if "half" not in slots.words.lower():
        mod = str(slots["ordinal"])
        interval = part_of(inner.interval, mod)
        return replace(inner, interval=interval, mod=mod, steps=(*inner.steps, f"'{slots.words}' is {interval}"))
    number = 2 if number == -1 else number
    if number not in (1, 2):
        return None
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months == 1:
        split = first.replace(day=16)
    elif months % 2 == 0 and first.day == 1:
        split = moved(first, months=months // 2) or last
    else:
        split = first + (last - first) // 2
    before = moved(split, days=-1)
    if before is None:
        return None
    interval = DateInterval(first, before) if number == 1 else DateInterval(split, last)
    steps = (*inner.steps, f"'{slots.words}' is {interval}")
    if inner.interval.precision == "year":
        return replace(inner, value=f"{inner.value}-H{number}", interval=interval, steps=steps)
    return replace(inner, interval=interval, mod="START" if number == 1 else "END", steps=steps)


def months_of(slots: Slots, _scene: Scene) -> Reading | None:
    """`the first three months of 2016`, `the last two weeks of July`: so many units from either edge."""
    inner: Reading = slots["date"]
    first, last = inner.interval.earliest, inner.interval.latest
    length = re.fullmatch(r"P(\d{1,3})([DWMY])", slots["duration"].value)
    if inner.mod or first is None or last is None or length is None or inner.interval.precision == "day":
        return None
    number, unit = int(length[1]), {"D": "day", "W": "week", "M": "month", "Y": "year"}[length[2]]
    if unit == "month" and number not in (3, 6):  # "the first nine months" of business is a length
        return None
    span = span_from(first if "ordinal" in slots else last, number if "ordinal" in slots else -number, unit)
    if span.earliest is None or span.latest is None:
        return None
    one = dt.timedelta(days=1)
    interval = DateInterval(first, span.latest - one) if "ordinal" in slots else DateInterval(span.earliest + one, last)
    if interval.earliest is None or interval.latest is None or interval.earliest < first or interval.latest > last:
        return None
    steps = (*inner.steps, f"'{slots.words}' is {interval}")
    name = {("ordinal", 3): "Q1", ("final", 3): "Q4", ("ordinal", 6): "H1", ("final", 6): "H2"}
    part = name.get(("ordinal" if "ordinal" in slots else "final", number)) if unit == "month" else None
    if part and inner.interval.precision == "year":
        return replace(inner, value=f"{inner.value}-{part}", interval=interval, steps=steps)
    return replace(inner, interval=interval, mod="START" if "ordinal" in slots else "END", steps=steps)


def every_nth(slots: Slots, _scene: Scene) -> Reading | None:
    """`every second day`, `every other week`."""
    value = duration_value(int(slots["ordinal"]), slots["unit"])
    return Reading("SET", value, steps=("a repeated time is no single date",))


def week_number(slots: Slots, _scene: Scene) -> Reading | None:
    """`week 34 of 2019`: by ISO 8601."""
    try:
        monday = dt.date.fromisocalendar(int(slots["year"]), int(slots["week"]), 1)
    except ValueError:
        return None
    interval = week_of(monday)
    value = f"{int(slots['year']):04d}-W{int(slots['week']):02d}"
    return Reading("DATE", value, interval, anchor="explicit", steps=(f"'{slots.words}' is {interval}",))


def duration_and(slots: Slots, _scene: Scene) -> Reading | None:
    """`two years and eight months`, `2 hours 30 minutes`: one length in falling units."""
    first, second = slots["first"].value, slots["second"].value
    order = "YMWD" if "T" not in first else "HMS"
    one, two = (re.fullmatch(rf"P{'T' if order == 'HMS' else ''}(\d+)([{order}])", value) for value in (first, second))
    if not one or not two or order.index(one[2]) >= order.index(two[2]):
        return None
    days = [slots[name].days for name in ("first", "second")]
    length = sum(days) if None not in days else None
    value = first + two[1] + two[2]
    one_length: Reading = slots["first"]
    return replace(one_length, value=value, days=length)


def repeated(slots: Slots, _scene: Scene) -> Reading | None:
    """`daily`, `every two weeks`, `each year`, `every morning`, `twice a day`."""
    if "daypart" in slots:
        return Reading("SET", f"XXXX-XX-XXT{slots['daypart']}", steps=("a repeated time is no single date",))
    unit = slots.get("unit") or slots["repeated"]
    return Reading("SET", duration_value(slots.get("number", 1), unit), steps=("a repeated time is no single date",))


def repeated_weekday(slots: Slots, _scene: Scene) -> Reading | None:
    """`every Friday`, `Tuesdays`."""
    value = f"XXXX-WXX-{int(slots['weekday']) + 1}" + (f"T{slots['daypart']}" if "daypart" in slots else "")
    return Reading("SET", value, steps=("a repeated time is no single date",))


def repeated_season(slots: Slots, _scene: Scene) -> Reading | None:
    """`every summer`, `each January`."""
    value = f"XXXX-{slots['season']}" if "season" in slots else f"XXXX-{int(slots['month']):02d}"
    return Reading("SET", value, steps=("a repeated time is no single date",))


def business_period(slots: Slots, scene: Scene) -> Reading | None:
    """`the quarter`, `the latest period`: the period told last, else the quarter before publication."""
    value = _closing_quarter(int(slots["closing"]), scene) if "closing" in slots else running_quarter(scene)
    return _quarter(value, f"the business period of which the text speaks is {value}") if value else None


def _closing_quarter(month: int, scene: Scene) -> str:
    """The quarter that ends in `month`, the latest before publication: the one that holds its middle month."""
    if scene.anchor is None:
        return ""
    year = scene.anchor.year if month <= scene.anchor.month else scene.anchor.year - 1
    middle = month - 1 or 12
    return f"{year - (month == 1):04d}-Q{(middle - 1) // 3 + 1}"


def quarter_a_year_ago(slots: Slots, scene: Scene) -> Reading | None:
    """`the quarter a year ago`, `the 1988 quarter`: the same quarter of another year."""
    value = running_quarter(scene)
    if not value:
        return None
    year = int(slots.get("year", int(value[:4]) - 1))
    return _quarter(f"{year:04d}{value[4:]}", f"the business period of which the text speaks is {value}")


def running_quarter(scene: Scene) -> str:
    """The TIMEX value of the quarter told last, else of the quarter before publication; "" when neither is known."""
    if "-Q" in scene.period:
        return scene.period
    found = around("quarter", scene.anchor, -1) if scene.anchor else None
    return found[0] if found else ""


def _quarter(value: str, step: str) -> Reading | None:
    interval = months_span(int(value[:4]), 3 * int(value[-1]) - 2, 3)
    return Reading("DATE", value, interval, steps=(step, f"so it is {value}")) if interval.known else None


def duration_one(slots: Slots, _scene: Scene) -> Reading | None:
    """`the year ended March 31`: one year, not a calendar year."""
    return Reading("DURATION", duration_value(1, slots["unit"]), steps=("a length of time is no date of an event",))


def counted_from(slots: Slots, _scene: Scene) -> Reading | None:
    """`two days after August 3`, `the day before last Tuesday`: a length counted from a date; weeks are exact."""
    inner: Reading = slots["date"]
    length: Reading | None = slots.get("duration")
    counting = re.fullmatch(r"P(T?)(\d+)([DWMYH])", length.value if length else "P1D")
    edge = {"START": -1, "END": 1}.get(
        inner.mod, int(slots["sign"])
    )  # "before the end of March" is before its last day
    base = inner.interval.earliest if edge < 0 else inner.interval.latest
    if (
        base is None
        or counting is None
        or len(counting[2]) > 5
        or (length is None and inner.interval.precision != "day")
    ):
        return None
    unit = {"D": "day", "W": "week", "M": "minute" if counting[1] else "month", "Y": "year", "H": "hour"}[counting[3]]
    found = counted(base, int(slots["sign"]) * int(counting[2]), unit)
    if found is None:
        return None
    value, interval = found
    if unit == "week":
        interval = inner.interval.shift(7 * int(slots["sign"]) * int(counting[2]))
    steps = (*inner.steps, f"'{slots.words}' counts from it, so it is {interval}")
    return Reading("DATE", value, interval, anchor=inner.anchor, steps=steps)


def week_of_date(slots: Slots, _scene: Scene) -> Reading | None:
    """`the week of March 6`, `the weekend of October 8`."""
    inner: Reading = slots["date"]
    if inner.interval.precision != "day" or inner.interval.earliest is None:
        return None
    unit = "weekend" if "weekend" in slots.words.lower() else "week"
    monday = moved(inner.interval.earliest, days=-inner.interval.earliest.weekday())
    found = around("week", inner.interval.earliest, 0)
    if unit == "weekend" and found and monday:
        saturday, sunday = moved(monday, days=5), moved(monday, days=6)
        found = (f"{found[0]}-WE", DateInterval(saturday, sunday)) if saturday and sunday else None
    return (
        Reading("DATE", found[0], found[1], anchor=inner.anchor, steps=(*inner.steps, f"its week is {found[1]}"))
        if found
        else None
    )


_FOR = re.compile(r"\bfor (?:the )?$", re.IGNORECASE)
_WITHIN = re.compile(r"\bwithin (?:the )?$", re.IGNORECASE)


def measured(length: Reading, scene: Scene, lead: str, ahead: bool) -> Reading:
    """A length that `lead` ties to the calendar: "for three days" back from P, "within days" on from the last day told.

    A length above a month, or an approximate one after "for", tells no days: "jailed for ten years".
    """
    unit = {"H": "hour", "D": "day", "W": "week", "M": "month"}.get(length.value[-1], "")
    days = length.days if length.days is not None else RECENT.get(unit) if "X" in length.value else None
    if "T" in length.value:
        hours = re.fullmatch(r"PT(\d{1,4})H", length.value)
        days = -(-int(hours[1]) // 24) if hours else 1
    if days is None or days > _MONTH:
        return length
    if _WITHIN.search(lead):
        base = scene.published if ahead or not scene.told_day.known else scene.told_day
        shift = Shift(0, days, True)
        if not base.known or (not ahead and not scene.told_day.known):
            return length
        interval = shift.apply(base)
        steps = (f"'within' counts from {base}", f"so it is {interval}")
        words = "publication" if ahead else scene.told_day_words
        return replace(length, interval=interval, anchor=words, steps=steps, shift=None if ahead else shift)
    if ahead or scene.narrative or scene.today is None or length.days is None or length.mod or not _FOR.search(lead):
        return length
    interval = span_from(scene.today, -days, "day")
    return replace(length, interval=interval, steps=(scene.anchor_step(), f"'for' counts back from it, so {interval}"))
