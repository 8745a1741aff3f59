"""Dates told from the publication date or from the last date told: weekdays, `last month`, `two days later`."""

import datetime as dt
from typing import Any

from ..interval import UNKNOWN, DateInterval, day
from ..model import Clock, Shift
from .values import (
    WEEKDAYS,
    Reading,
    Scene,
    Slots,
    month_span,
    months_span,
    moved,
    part_of,
    week_of,
    week_value,
    year_span,
)

RECENT = {"day": 7, "week": 28, "month": 92, "year": 3 * 365, "decade": 30 * 365, "hour": 1}  # days; semantics, "recent"
_IN_DAYS = {"day": 1, "week": 7, "fortnight": 14, "night": 1}
_IN_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
SYMBOLS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "fortnight": "W", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "E", "century": "C", "weekend": "WE",
}  # fmt: skip


def weekday(slots: Slots, scene: Scene) -> Reading | None:
    """`Tuesday`, `last Tuesday`, `next Tuesday`: semantics.md's weekday rows."""
    number, which = int(slots["weekday"]), slots.get("which")
    anchor = scene.anchor
    if anchor is None:
        value = f"XXXX-WXX-{number + 1}"
        return Reading("DATE", value, UNKNOWN, steps=(scene.anchor_step(), "so the week stays open"))
    back = (anchor.weekday() - number) % 7
    forth = (number - anchor.weekday()) % 7
    if which is None:
        shift = forth if scene.ahead or (scene.narrative and scene.story.known) else -back
    elif which < 0:
        shift = -(back or 7)
    elif which > 0:
        shift = forth or 7
    else:
        shift = number - anchor.weekday()
    value_day = moved(anchor, days=shift)
    if value_day is None:
        return None
    first = scene.direction_step(slots.words) if which is None else f"'{slots.words}' is counted from the anchor"
    steps = (first, scene.anchor_step(), f"so it is {value_day}")
    return Reading("DATE", value_day.isoformat(), day(value_day), anchor=scene.anchor_name, steps=steps)


def weekday_of_week(slots: Slots, scene: Scene) -> Reading | None:
    """`Tuesday last week`, `Friday of this week`."""
    anchor = scene.anchor
    if anchor is None:
        return None
    monday = week_of(anchor, int(slots["which"])).earliest
    value = moved(monday, days=int(slots["weekday"])) if monday else None
    if value is None:
        return None
    return Reading("DATE", value.isoformat(), day(value), anchor=scene.anchor_name, steps=(scene.anchor_step(), f"so it is {value}"))


def near_day(slots: Slots, scene: Scene) -> Reading | None:
    """`today`, `yesterday`, `tomorrow`, also as told in a narrative's own time."""
    offset = int(slots["near"])
    if scene.today is None:
        return Reading("DATE", "PRESENT_REF" if offset == 0 else "XXXX-XX-XX", UNKNOWN, steps=(scene.anchor_step(),))
    value = moved(scene.today, days=offset)
    if value is None:
        return None
    steps = (f"the article appeared {WEEKDAYS[scene.today.weekday()]} {scene.today}", f"so '{slots.words}' is {value}")
    return Reading("DATE", value.isoformat(), day(value), slots.get("part", ""), steps=steps)


def reference(slots: Slots, scene: Scene) -> Reading | None:
    """`now`, `recently`, `soon`: PRESENT_REF, PAST_REF or FUTURE_REF; only "now" has a day."""
    value = str(slots["reference"])
    interval = scene.published if value == "PRESENT_REF" and not scene.narrative else UNKNOWN
    return Reading("DATE", value, interval, steps=(f"'{slots.words}' says no day",))


def period(slots: Slots, scene: Scene) -> Reading | None:
    """`last week`, `this month`, `next year`, `the previous year`, `earlier this month`."""
    unit, which = slots["unit"], int(slots["which"])
    mod = slots.get("part", "")
    told = slots.text("which") in _TOLD_WORDS
    base = (scene.told.latest or scene.told.earliest) if told and scene.told.known else scene.anchor
    if base is None:
        return Reading("DATE", "XXXX", UNKNOWN, mod, steps=(scene.anchor_step(),))
    found = around(unit, base, which)
    if found is None:
        return None
    value, interval = found
    so_far = which == 0 and not told and scene.today is not None and not scene.narrative
    interval = _cut(interval, scene, slots) if so_far else part_of(interval, mod)
    anchor = scene.told_words if told and scene.told.known else scene.anchor_name
    start = f"the last date told before is '{scene.told_words}', {scene.told}" if anchor == scene.told_words else scene.anchor_step()
    return Reading("DATE", value, interval, mod, anchor=anchor, steps=(start, f"so '{slots.words}' is {interval}"))


def weekend(slots: Slots, scene: Scene) -> Reading | None:
    """`the weekend`: the one last begun, or the next when the clause looks ahead; in a story the one of the week told."""
    base = scene.anchor
    if base is None:
        return Reading("DATE", "XXXX-WXX-WE", UNKNOWN, steps=(scene.anchor_step(),))
    back = base.weekday() < 5 and not scene.ahead and not scene.narrative
    week = week_of(base, -1 if back else 0)
    if week.earliest is None or week.latest is None:
        return None
    interval = DateInterval(week.latest - dt.timedelta(days=1), week.latest)
    steps = (scene.direction_step(slots.words), scene.anchor_step(), f"so it is {interval}")
    return Reading("DATE", week_value(week.earliest) + "-WE", interval, anchor=scene.anchor_name, steps=steps)


def ahead_of(slots: Slots, scene: Scene) -> Reading | None:
    """`ten days from now`."""
    return ago(Slots(slots.words, {**slots.values, "sign": 1}, slots.texts), scene)


def year_earlier(slots: Slots, scene: Scene) -> Reading | None:
    """`year-earlier`, `the year-ago quarter`: the period told before, a year back; else the year before."""
    like = _year_before(scene, int(slots.get("ordinal", 0)))
    if like or scene.anchor is None:
        return like
    unit = "quarter" if "quarter" in slots.words.lower() else "year"
    found = around(unit, scene.anchor, -5 if unit == "quarter" else -1)
    return Reading("DATE", found[0], found[1], anchor=scene.anchor_name, steps=(scene.anchor_step(),)) if found else None


def the_period(slots: Slots, scene: Scene) -> Reading | None:
    """`the year`, `the week` in news: the one of publication."""
    if scene.anchor is None:
        return None
    found = around(slots["unit"], scene.anchor, 0)
    return Reading("DATE", found[0], found[1], steps=(scene.anchor_step(), f"so '{slots.words}' is {found[1]}")) if found else None


def part_of_told(slots: Slots, scene: Scene) -> Reading | None:
    """`the end of the year`, `later in the month`, `year-end`: of the date told last in a story, of publication in news."""
    unit, mod = slots["unit"], slots["part"]
    base = scene.anchor
    found = around(unit, base, 0) if base else None
    if found is None:
        return None
    interval = part_of(found[1], mod)
    if slots.text("part") in ("earlier", "later") and not scene.narrative:
        interval = _cut(found[1], scene, slots)
    steps = (scene.anchor_step(), f"so '{slots.words}' is {interval}")
    return Reading("DATE", found[0], interval, mod, anchor=scene.anchor_name, steps=steps)


def later_in_day(slots: Slots, scene: Scene) -> Reading | None:
    """`later in the day`: the day told last, else of publication."""
    anchor, words = told_anchor(scene, "day")
    if anchor.precision != "day" or anchor.earliest is None:
        return None
    steps = (f"'{slots.words}' belongs to the last date told", f"that is '{words}', {anchor}")
    return Reading("DATE", anchor.earliest.isoformat(), anchor, slots["part"], anchor=words, steps=steps, shift=Shift())


def from_event(slots: Slots, scene: Scene) -> Reading | None:
    """`two days after rebels took the base`: a length that counts from the event told beside it, so a Shift says how far."""
    amount: Any = slots.get("number", 1)
    unit, sign = slots.get("unit", "day"), int(slots["sign"])
    symbol = SYMBOLS[unit]
    value = f"PT{amount}{symbol[1]}" if symbol.startswith("T") else f"P{amount}{symbol}"
    step = f"'{slots.words}' counts from the event that follows"
    if isinstance(amount, str):
        days = RECENT.get(unit, 1)
        shift = Shift(0 if sign > 0 else -days, days, True)
    elif unit in _IN_DAYS:
        shift = Shift(round(sign * amount * _IN_DAYS[unit]))
    elif unit in _IN_MONTHS and amount < 1000:
        days = round(sign * amount * _IN_MONTHS[unit] * 30.44)
        shift = Shift(days - 15 * _IN_MONTHS[unit], 30 * _IN_MONTHS[unit], True)
    else:
        shift = Shift(0 if sign > 0 else -1, 1)
    return Reading("DURATION", value, UNKNOWN, slots.get("mod", ""), anchor="event", steps=(step,), shift=shift)


_TOLD_WORDS = frozenset(("previous", "preceding", "following", "same", "that"))


def _cut(interval: DateInterval, scene: Scene, slots: Slots) -> DateInterval:
    """The part of the running week, month or year that the clause can mean."""
    today = scene.today
    if today is None or interval.earliest is None or interval.latest is None:
        return interval
    word = slots.text("part")
    if word == "earlier":
        return DateInterval(interval.earliest, today)
    if word == "later":
        return DateInterval(today, interval.latest)
    if word:
        return part_of(interval, slots.get("part", ""))
    return DateInterval(today, interval.latest) if scene.ahead else DateInterval(interval.earliest, today)


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
    if unit in _IN_DAYS:
        if abs(amount) > 4_000_000:
            return None
        value = moved(base, days=round(amount * _IN_DAYS[unit]))
        if value is None:
            return None
        if unit in ("week", "fortnight"):
            span = DateInterval(moved(value, days=-3), moved(value, days=3)) if amount > 1 else week_of(value)
            return week_value(value), span if span.closed else day(value)
        return value.isoformat(), day(value)
    if unit not in _IN_MONTHS or abs(amount) > 9999:
        return None
    months = round(amount * _IN_MONTHS[unit])
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
        return Reading("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", _vaguely(unit, sign, scene), steps=(scene.anchor_step(),))
    if amount == 1 and unit in ("year", "quarter") and sign < 0 and (like := _year_before(scene)):
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


def _vaguely(unit: str, sign: int, scene: Scene) -> DateInterval:
    if scene.today is None or unit not in RECENT:
        return UNKNOWN
    other = moved(scene.today, days=sign * RECENT[unit])
    if other is None:
        return UNKNOWN
    return DateInterval(min(other, scene.today), max(other, scene.today), True)


def _year_before(scene: Scene, ordinal: int = 0) -> Reading | None:
    """`a year earlier` beside a quarter or a fiscal period means the same period of the year before."""
    if "-Q" not in scene.period:
        return None
    number, quarter = int(scene.period[:4]) - 1, ordinal or int(scene.period[-1])
    interval = months_span(number, 3 * quarter - 2, 3)
    return Reading("DATE", f"{number:04d}-Q{quarter}", interval, steps=(f"the period told before is {scene.period}", f"so it is {interval}"))


def told_anchor(scene: Scene, unit: str = "") -> tuple[DateInterval, str]:
    """What `later`, `the next day` hang on: the last date told, the last day told for days and hours, else publication."""
    if unit in ("day", "night", "hour", "minute", "second") and scene.told_day.known:
        return scene.told_day, scene.told_day_words
    if scene.told.known:
        return scene.told, scene.told_words
    return scene.published, "publication"


def later(slots: Slots, scene: Scene) -> Reading | None:
    """`two days later`, `a year earlier`, `hours later`: counted from the last date told."""
    amount: Any = slots.get("number", "X")
    unit, sign = slots.get("unit", "day"), int(slots.get("sign", 1))
    if "number" not in slots and slots.words.lower().startswith("the "):
        amount = 1
    if amount == 1 and unit in ("year", "quarter") and sign < 0 and not scene.narrative and (like := _year_before(scene)):
        return like
    anchor, words = told_anchor(scene, unit)
    if words == "publication" and sign > 0:
        return Reading("DATE", "FUTURE_REF", UNKNOWN, anchor="event", steps=("no date is told before",), shift=_bare_shift(amount, unit))
    first = f"'{slots.words}' counts from the last date told" if words != "publication" else f"'{slots.words}' finds no date told before"
    if isinstance(amount, str):
        return _vague_later(unit, sign, anchor, words, first)
    base = anchor.latest if anchor.latest and (sign > 0 or anchor.days == 1) else anchor.earliest
    if base is None:
        return Reading("DATE", "XXXX", UNKNOWN, steps=(first,))
    found = counted(base, sign * amount, unit)
    if found is None:
        return None
    value, interval = found
    exact = anchor.precision == "day"
    if unit in ("day", "week", "night") and not exact:
        interval = anchor.shift(sign * round(amount * _IN_DAYS[unit]))
        value = value if anchor.days and anchor.days <= 3 else value[:7]
    shift = Shift(round(sign * amount * _IN_DAYS[unit])) if unit in _IN_DAYS else _shift(base, interval, unit)
    steps = (first, f"that is '{words}', {anchor}", f"so it is {interval}")
    return Reading("DATE", value, interval, anchor=words, steps=steps, shift=shift)


def _shift(base: dt.date, interval: DateInterval, unit: str) -> Shift:
    if interval.earliest is None or interval.latest is None:
        return Shift()
    return Shift((interval.earliest - base).days, (interval.latest - interval.earliest).days, unit not in ("hour", "minute", "second"))


def _bare_shift(amount: Any, unit: str) -> Shift | None:
    """How far `amount` units lead ahead, when nothing says from where."""
    if isinstance(amount, str):
        return Shift(0, RECENT.get(unit, 1), True)
    if unit in _IN_DAYS:
        return Shift(round(amount * _IN_DAYS[unit]))
    return Shift(0, 1) if unit in ("hour", "minute", "second") else None


def _vague_later(unit: str, sign: int, anchor: DateInterval, words: str, first: str) -> Reading:
    days = RECENT.get(unit, 1) if unit != "hour" else 1
    shift = Shift(0 if sign > 0 else -days, days, unit != "hour")
    interval = shift.apply(anchor) if anchor.known else UNKNOWN
    value = "FUTURE_REF" if sign > 0 else "PAST_REF"
    if unit in ("hour", "minute", "second") and anchor.precision == "day" and anchor.earliest:
        value = anchor.earliest.isoformat()
    return Reading("DATE", value, interval, anchor=words, steps=(first, f"that is '{words}', {anchor}", f"so it is {interval}"), shift=shift)


def same(slots: Slots, scene: Scene) -> Reading | None:
    """`the same day`, `that month`, `the next day`, `the following year`, `the previous week`: beside the last date told."""
    unit, which = slots.get("unit", "day"), int(slots["told"])
    anchor, words = told_anchor(scene, unit)
    base = anchor.latest if which >= 0 else anchor.earliest
    first = f"'{slots.words}' counts from the last date told"
    if base is None:
        return Reading("DATE", "XXXX", UNKNOWN, steps=(first, "which is unknown"), shift=Shift(which) if unit == "day" else None)
    found = around(unit, base, which)
    if found is None:
        return None
    value, interval = found
    shift = Shift(which) if unit in ("day", "night") else _shift(base, interval, unit)
    if unit in ("day", "night"):
        interval = anchor.shift(which)
        value = value if anchor.days == 1 else value[:7] if anchor.precision == "month" else value
    mod = slots.get("part", "")
    if mod:
        interval = part_of(interval, mod)
    steps = (first, f"that is '{words}', {anchor}", f"so it is {interval}")
    return Reading("DATE", value, interval, mod, anchor=words, steps=steps, shift=shift)


def same_part(slots: Slots, scene: Scene) -> Reading | None:
    """`the next morning`, `that night`, `the same evening`: beside the last day told."""
    which, part = int(slots["told"]), slots["daypart"]
    anchor, words = told_anchor(scene, "day")
    shift = Shift(which, 1 if part == "NI" else 0)
    base = anchor.latest
    first = f"'{slots.words}' counts from the last date told"
    if base is None or anchor.precision != "day":
        return Reading("TIME", f"XXXX-XX-XXT{part}", shift.apply(anchor), clock=Clock(part=_PARTS[part]), anchor=words, steps=(first,), shift=shift)
    value = moved(base, days=which)
    if value is None:
        return None
    interval = shift.apply(anchor)
    steps = (first, f"that is '{words}', {anchor}", f"so it is {interval}")
    return Reading("TIME", f"{value}T{part}", interval, clock=Clock(part=_PARTS[part]), anchor=words, steps=steps, shift=shift)


_PARTS = {"MO": "morning", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "day", "MI": "midday"}


def recent(slots: Slots, scene: Scene) -> Reading | None:
    """`in recent weeks`, `in the past few months`: up to P, approximate."""
    unit = slots["unit"]
    interval = _vaguely(unit, -1, scene)
    steps = (scene.anchor_step(), f"'{slots.words}' means about {RECENT.get(unit, 0)} days, so {interval}")
    return Reading("DATE", "PAST_REF", interval, steps=steps)


def coming(slots: Slots, scene: Scene) -> Reading | None:
    """`in the coming weeks`, `the weeks ahead`: from P on, approximate."""
    interval = _vaguely(slots["unit"], 1, scene)
    return Reading("DATE", "FUTURE_REF", interval, steps=(scene.anchor_step(), f"so '{slots.words}' is {interval}"), ahead=True)


def past_span(slots: Slots, scene: Scene) -> Reading | None:
    """`the past 24 hours`, `the last three days`, `the next two weeks`: counted from P, or from the last date told."""
    amount, unit, which = slots["number"], slots["unit"], int(slots["which"])
    value = f"P{'T' * SYMBOLS[unit].startswith('T')}{amount if not isinstance(amount, float) else f'{amount:g}'}{SYMBOLS[unit].lstrip('T')}"
    if SYMBOLS[unit] == "Q" and isinstance(amount, int):
        value = f"P{3 * amount}M"
    if isinstance(amount, str):
        interval = _vaguely(unit, which, scene)
    else:
        interval = span_from(scene.today, which * amount, unit)
    return Reading("DURATION", value, interval, steps=(scene.anchor_step(), f"so '{slots.words}' is {interval}"))


def span_from(base: dt.date | None, amount: float, unit: str) -> DateInterval:
    """The days from `base` over `amount` units, back for a negative amount; both ends belong to it."""
    if base is None:
        return UNKNOWN
    if unit in ("hour", "minute", "second"):
        hours = amount / {"hour": 1, "minute": 60, "second": 3600}[unit]
        days = -(-abs(hours) // 24)
        other = moved(base, days=int(days if amount > 0 else -days)) if days < 4_000_000 else None
    elif unit in _IN_DAYS:
        other = moved(base, days=round(amount * _IN_DAYS[unit])) if abs(amount) < 500_000 else None
    elif unit in _IN_MONTHS:
        other = moved(base, months=round(amount * _IN_MONTHS[unit])) if abs(amount) < 9999 else None
    else:
        return UNKNOWN
    return DateInterval(min(base, other), max(base, other)) if other else UNKNOWN
