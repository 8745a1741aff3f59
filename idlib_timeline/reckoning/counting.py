"""Units counted from a day: `three days ago`, `in the past 24 hours`, `the coming weeks`; and the units themselves."""

import datetime as dt
from typing import Any

from ..interval import UNKNOWN, DateInterval, day
from .values import (
    Reading,
    Scene,
    Slots,
    astronomical_year,
    calendar_year,
    month_span,
    months_span,
    moved,
    week_of,
    week_value,
    year_span,
)  # fmt: skip

RECENT = {
    "day": 7,
    "week": 28,
    "month": 92,
    "year": 3 * 365,
    "decade": 30 * 365,
    "hour": 1,
}  # days; semantics, "recent"
IN_DAYS = {"day": 1, "week": 7, "fortnight": 14, "night": 1}
IN_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
SYMBOLS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "fortnight": "W", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "E", "century": "C", "weekend": "WE",
}  # fmt: skip


def amount_text(amount: Any) -> str:
    """`3`, `2.5`, `X`."""
    return f"{amount:g}" if isinstance(amount, float) else str(amount)


def duration_value(amount: Any, unit: str) -> str:
    """`P3D`, `PT24H`, `PXY`; a fortnight is two weeks, three quarters are nine months."""
    if unit == "fortnight" and isinstance(amount, int | float):
        amount = 2 * amount
    if unit == "quarter" and isinstance(amount, int | float):
        return f"P{amount_text(3 * amount)}M"
    symbol = SYMBOLS[unit]
    return f"PT{amount_text(amount)}{symbol[1]}" if symbol.startswith("T") else f"P{amount_text(amount)}{symbol}"


def ahead_of(slots: Slots, scene: Scene) -> Reading | None:
    """`ten days from now`."""
    return ago(Slots(slots.words, {**slots.values, "sign": 1}, slots.texts), scene)


def around(unit: str, base: dt.date, which: int) -> tuple[str, DateInterval] | None:
    """TIMEX value and interval of the week, month ... `which` steps from the one that holds `base`."""
    if unit in ("day", "night"):
        value = moved(base, days=which)
        return (value.isoformat(), day(value)) if value else None
    if unit == "week":
        span = week_of(base, which)
        return (week_value(span.earliest), span) if span.earliest else None
    if unit == "weekend":
        span = week_of(base, which - (which <= 0 and base.weekday() < 5 and which == 0))
        if span.earliest is None or span.latest is None:
            return None
        return week_value(span.earliest) + "-WE", DateInterval(span.earliest + dt.timedelta(days=5), span.latest)
    if unit == "month":
        span = month_span(base.year, base.month + which)
        return (span.earliest.isoformat()[:7], span) if span.earliest else None
    if unit == "quarter":
        number = (base.month - 1) // 3 + which
        span = months_span(base.year, 3 * number + 1, 3)
        return (f"{base.year + number // 4:04d}-Q{number % 4 + 1}", span) if span.known else None
    if unit == "year":
        return _years(base.year + which, base.year + which, f"{base.year + which:04d}")
    if unit == "decade":
        if (told := astronomical_year(base.year)) < 1:  # the 480s BC are 489 to 480 BC
            number = (1 - told) // 10 - which
            first, last = calendar_year(-8 - 10 * number), calendar_year(1 - 10 * number)
            return _years(first, last, f"BC{number:03d}") if first and last and number >= 0 else None
        first = base.year - base.year % 10 + 10 * which
        return _years(first, first + 9, f"{first // 10:03d}")
    if unit == "century":
        first = (base.year - 1) // 100 * 100 + 1 + 100 * which
        return _years(first, first + 99, f"{(first - 1) // 100:02d}")
    return None


def _years(first: int, last: int, value: str) -> tuple[str, DateInterval] | None:
    span = year_span(first, last)
    return (value, span) if span.known else None


def counted(base: dt.date, amount: float, unit: str) -> tuple[str, DateInterval] | None:
    """Value and interval of the day, week, month or year `amount` units from `base`, as coarse as the unit."""
    if unit in ("hour", "minute", "second"):
        hours = amount / {"hour": 1, "minute": 60, "second": 3600}[unit]
        if abs(hours) >= 24:
            return counted(base, int(hours / 24), "day")
        first = moved(base, days=-1 if amount < 0 else 0) or base
        last = moved(base, days=1 if amount > 0 else 0) or base
        return base.isoformat(), DateInterval(first, last)
    if unit in IN_DAYS:
        if abs(amount) > 4_000_000:
            return None
        value = moved(base, days=round(amount * IN_DAYS[unit]))
        if value is None:
            return None
        if unit in ("week", "fortnight"):
            span = DateInterval(moved(value, days=-3), moved(value, days=3)) if amount > 1 else week_of(value)
            return week_value(value), span if span.closed else day(value)
        return value.isoformat(), day(value)
    if unit not in IN_MONTHS or abs(amount) > 9999:
        return None
    months = round(amount * IN_MONTHS[unit])
    value = moved(base, months=months)
    if value is None:
        return None
    if unit == "month" or (unit == "year" and months % 12):
        return value.isoformat()[:7], month_span(value.year, value.month)
    if unit == "quarter":
        return around("quarter", value, 0)
    return around("year" if unit == "year" else unit, value, 0)


def ago(slots: Slots, scene: Scene) -> Reading | None:
    """`three days ago`, `a year ago`, `10 years from now`, `in two weeks`."""
    amount, unit, sign = slots["number"], slots["unit"], int(slots.get("sign", -1))
    if isinstance(amount, str):
        return Reading(
            "DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", _vaguely(unit, sign, scene), steps=(scene.anchor_step(),)
        )
    if amount == 1 and unit in ("year", "quarter") and sign < 0 and (like := year_before(scene)):
        return like
    if scene.today is None:
        return Reading("DATE", "XXXX", UNKNOWN, steps=(scene.anchor_step(),))
    found = counted(scene.today, sign * amount, unit)
    if found is None:
        return None
    value, interval = found
    mod = slots.get("mod", "")
    interval = DateInterval(interval.earliest, interval.latest, mod == "APPROX")
    steps = (f"the article appeared {scene.today}", f"'{slots.words}' counts from it, so it is {interval}")
    return Reading("DATE", value, interval, mod, steps=steps)


def half_ago(slots: Slots, scene: Scene) -> Reading | None:
    """`three and a half years ago`, `half a century ago`: the month or year reached, give or take a quarter."""
    amount, unit = slots.get("number", 0), slots["unit"]
    if isinstance(amount, str) or amount > 9999:
        return None
    if unit not in IN_MONTHS:
        return ago(Slots(slots.words, {**slots.values, "number": amount + 0.5}, slots.texts), scene)
    if scene.today is None:
        return Reading("DATE", "XXXX", UNKNOWN, steps=(scene.anchor_step(),))
    found = counted(scene.today, -(amount + 0.5), unit)
    if found is None:
        return None
    value, interval = found
    if unit == "year" and interval.earliest and interval.latest:
        first, last = moved(interval.earliest, months=-3), moved(interval.earliest, months=4, days=-1)
        interval = DateInterval(first, last, True) if first and last else UNKNOWN
    elif unit in ("decade", "century"):
        year = scene.today.year - round((amount + 0.5) * IN_MONTHS[unit] / 12)
        value, interval = f"{year:04d}", year_span(year, approximate=True)
    steps = (f"the article appeared {scene.today}", f"'{slots.words}' counts from it, so it is {interval}")
    return Reading("DATE", value, interval, steps=steps)


def from_day(slots: Slots, scene: Scene) -> Reading | None:
    """`a week from Thursday`, `a fortnight from today`, `Monday week`: counted from the next such day."""
    amount, unit, today = slots.get("number", 1), slots["unit"], scene.today
    if today is None or not isinstance(amount, int) or unit not in IN_DAYS or amount > 999:
        return None
    near = int(slots["near"]) if "near" in slots else (int(slots["weekday"]) - today.weekday()) % 7
    value = moved(today, days=near + amount * IN_DAYS[unit])
    if value is None:
        return None
    steps = (scene.anchor_step(), f"so '{slots.words}' is {value}")
    return Reading("DATE", value.isoformat(), day(value), steps=steps, ahead=True)


def ago_beside(slots: Slots, scene: Scene) -> Reading | None:
    """`three weeks ago today`, `a year ago this week`, `a week ago Tuesday`: the day or period, so many units back."""
    amount, unit = slots["number"], slots["unit"]
    today = scene.today
    if today is None or isinstance(amount, str | float) or amount > 9999:
        return None
    beside = int(slots.get("near", 0))
    if "weekday" in slots:
        beside = -((today.weekday() - int(slots["weekday"])) % 7)
    base = moved(today, days=beside)
    if base is None or (unit not in IN_DAYS and unit not in IN_MONTHS):
        return None
    days, months = round(amount * IN_DAYS.get(unit, 0)), round(amount * IN_MONTHS.get(unit, 0))
    value = moved(base, months=-months, days=-days)
    if value is None:
        return None
    found = around(slots["calendar"], value, int(slots["which"])) if "calendar" in slots else (f"{value}", day(value))
    if found is None:
        return None
    steps = (f"the article appeared {today}", f"'{slots.words}' counts from it, so it is {found[1]}")
    return Reading("DATE", found[0], found[1], steps=steps)


def _vaguely(unit: str, sign: int, scene: Scene) -> DateInterval:
    if scene.today is None or unit not in RECENT:
        return UNKNOWN
    other = moved(scene.today, days=sign * RECENT[unit])
    if other is None:
        return UNKNOWN
    return DateInterval(min(other, scene.today), max(other, scene.today), True)


def year_before(scene: Scene, ordinal: int = 0) -> Reading | None:
    """`a year earlier` beside a quarter or a fiscal period means the same period of the year before."""
    if "-Q" not in scene.period:
        return None
    number, quarter = int(scene.period[:4]) - 1, ordinal or int(scene.period[-1])
    interval = months_span(number, 3 * quarter - 2, 3)
    return Reading(
        "DATE",
        f"{number:04d}-Q{quarter}",
        interval,
        steps=(f"the period told before is {scene.period}", f"so it is {interval}"),
    )


def recent(slots: Slots, scene: Scene) -> Reading | None:
    """`in recent weeks`, `in the past few months`: up to P, approximate."""
    unit = slots["unit"]
    interval = _vaguely(unit, -1, scene)
    steps = (scene.anchor_step(), f"'{slots.words}' means about {RECENT.get(unit, 0)} days, so {interval}")
    value = (
        "PAST_REF"
        if unit in ("year", "quarter", "decade", "century")
        else f"P{'T' * SYMBOLS[unit].startswith('T')}X{SYMBOLS[unit].lstrip('T')}"
    )
    return Reading("DATE" if value == "PAST_REF" else "DURATION", value, interval, steps=steps)


def coming(slots: Slots, scene: Scene) -> Reading | None:
    """`in the coming weeks`, `the weeks ahead`: from P on, approximate."""
    interval = _vaguely(slots["unit"], 1, scene)
    steps = (scene.anchor_step(), f"so '{slots.words}' is {interval}")
    if slots["unit"] in ("day", "week"):
        return Reading("DURATION", f"PX{SYMBOLS[slots['unit']]}", interval, steps=steps, ahead=True)
    return Reading("DATE", "FUTURE_REF", interval, steps=steps, ahead=True)


def past_span(slots: Slots, scene: Scene) -> Reading | None:
    """`the past 24 hours`, `the last three days`, `the next two weeks`: counted from P, or from the last date told."""
    amount, unit, which = slots["number"], slots["unit"], int(slots["which"])
    value = duration_value(amount, unit)
    interval = _vaguely(unit, which, scene) if isinstance(amount, str) else span_from(scene.today, which * amount, unit)
    return Reading("DURATION", value, interval, steps=(scene.anchor_step(), f"so '{slots.words}' is {interval}"))


def span_from(base: dt.date | None, amount: float, unit: str) -> DateInterval:
    """The days from `base` over `amount` units, back for a negative amount; both ends belong to it."""
    if base is None:
        return UNKNOWN
    if unit in ("hour", "minute", "second"):
        hours = amount / {"hour": 1, "minute": 60, "second": 3600}[unit]
        days = -(-abs(hours) // 24)
        other = moved(base, days=int(days if amount > 0 else -days)) if days < 4_000_000 else None
    elif unit in IN_DAYS:
        other = moved(base, days=round(amount * IN_DAYS[unit])) if abs(amount) < 500_000 else None
    elif unit in IN_MONTHS:
        other = moved(base, months=round(amount * IN_MONTHS[unit])) if abs(amount) < 9999 else None
    else:
        return UNKNOWN
    return DateInterval(min(base, other), max(base, other)) if other else UNKNOWN
