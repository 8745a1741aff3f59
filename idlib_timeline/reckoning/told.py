"""What counts from a date or event told before: `two days later`, `the same day`, `the end of the year`."""

import datetime as dt
import re
from dataclasses import replace
from typing import Any

from ..interval import UNKNOWN, DateInterval, day
from ..model import Clock, Shift
from .counting import IN_DAYS, IN_MONTHS, RECENT, SYMBOLS, around, counted, year_before
from .relative import so_far
from .values import PARTS, WEEKDAYS, Reading, Scene, Slots, month_span, moved, part_of, safe_day, year_span


def year_earlier(slots: Slots, scene: Scene) -> Reading | None:
    """`year-earlier`, `the year-ago quarter`: the period told before, a year back; else the year before."""
    like = year_before(scene, int(slots.get("ordinal", 0)))
    if like or scene.anchor is None:
        return like
    unit = "quarter" if "quarter" in slots.words.lower() else "year"
    found = around(unit, scene.anchor, -5 if unit == "quarter" else -1)
    return (
        Reading("DATE", found[0], found[1], anchor=scene.anchor_name, steps=(scene.anchor_step(),)) if found else None
    )


def the_period(slots: Slots, scene: Scene) -> Reading | None:
    """`the year`, `the week` in news: the one of publication."""
    if scene.anchor is None:
        return None
    found = around(slots["unit"], scene.anchor, 0)
    return (
        Reading("DATE", found[0], found[1], steps=(scene.anchor_step(), f"so '{slots.words}' is {found[1]}"))
        if found
        else None
    )


def new_year(slots: Slots, scene: Scene) -> Reading | None:
    """`the new year`, `early in the new year`, `the turn of the year`: the year to come, or the one just begun."""
    if scene.anchor is None:
        return None
    turned = "turn" in slots.words.lower()
    year = scene.anchor.year + (scene.ahead or (scene.anchor.month > _NEW and not turned))
    mod = "START" if turned else slots.get("part", "")
    interval = part_of(year_span(year), mod)
    steps = (scene.anchor_step(), f"so '{slots.words}' is {interval}")
    return Reading("DATE", f"{year:04d}", interval, mod, anchor=scene.anchor_name, steps=steps)


def part_of_told(slots: Slots, scene: Scene) -> Reading | None:
    """`the end of the year`, `later in the month`, `year-end`: of the story's date, in news of P."""
    unit, mod = slots["unit"], slots["part"]
    base = scene.anchor
    found = around(unit, base, 0) if base else None
    if found is None:
        return None
    interval = part_of(found[1], mod)
    if slots.text("part") in ("earlier", "later") and not scene.narrative:
        interval = so_far(found[1], scene, slots)
    steps = (scene.anchor_step(), f"so '{slots.words}' is {interval}")
    return Reading("DATE", found[0], interval, mod, anchor=scene.anchor_name, steps=steps)


def later_in_day(slots: Slots, scene: Scene) -> Reading | None:
    """`later in the day`: the day told last, else of publication."""
    anchor, words = told_anchor(scene, "day")
    if words != "publication" and not scene.told_near and not scene.narrative and scene.today:
        anchor, words = day(scene.today), "publication"
    if anchor.precision != "day" or anchor.earliest is None:
        return None
    steps = (f"'{slots.words}' belongs to the last date told", f"that is '{words}', {anchor}")
    return Reading("DATE", anchor.earliest.isoformat(), anchor, slots["part"], anchor=words, steps=steps, shift=Shift())


def from_event(slots: Slots, _scene: Scene) -> Reading | None:
    """`two days after rebels took the base`: a length counted from the event told beside it."""
    amount: Any = slots.get("number", 1)
    unit, sign = slots.get("unit", "day"), int(slots["sign"])
    symbol = SYMBOLS[unit]
    value = f"PT{amount}{symbol[1]}" if symbol.startswith("T") else f"P{amount}{symbol}"
    step = f"'{slots.words}' counts from the event that follows"
    if isinstance(amount, str):
        days = RECENT.get(unit, 1)
        shift = Shift(0 if sign > 0 else -days, days, True)
    elif unit in IN_DAYS:
        shift = Shift(round(sign * amount * IN_DAYS[unit]))
    elif unit in IN_MONTHS and amount < 1000:
        days = round(sign * amount * IN_MONTHS[unit] * 30.44)
        shift = Shift(days - 15 * IN_MONTHS[unit], 30 * IN_MONTHS[unit], True)
    else:
        shift = Shift(0 if sign > 0 else -1, 1)
    return Reading("DURATION", value, UNKNOWN, slots.get("mod", ""), anchor="event", steps=(step,), shift=shift)


def told_anchor(scene: Scene, unit: str = "") -> tuple[DateInterval, str]:
    """What `later`, `the next day` hang on: the last date told (for days and hours the last day), else publication."""
    days = ("day", "night", "hour", "minute", "second", "week", "fortnight")
    if unit in days and scene.told_day.known:
        first, today = scene.told_day.earliest, scene.today
        if scene.narrative or scene.ahead or scene.told_beside or today is None or first is None or first <= today:
            return scene.told_day, scene.told_day_words
        return scene.published, "publication"  # the day told is to come, and this clause is past
    if scene.told.known:
        return scene.told, scene.told_words
    return scene.published, "publication"


_NEW = 6  # a year is called new in its first half
_SEASON = 92  # days
_YEAR_BEFORE = re.compile(r"\byear[- ](?:ago|earlier)\b", re.IGNORECASE)


def later(slots: Slots, scene: Scene) -> Reading | None:
    """`two days later`, `a year earlier`, `hours later`: counted from the last date told.

    Days and weeks are exact: a week after 3 May is 10 May, though its TIMEX value is a week. Months and years name the
    calendar month or year in which they end, since nobody who says "a year later" means the very day.
    """
    amount: Any = slots.get("number", "X")
    unit, sign = slots.get("unit", "day"), int(slots.get("sign", 1))
    if "number" not in slots and slots.words.lower().startswith("the "):
        amount = 1
    if (
        amount == 1
        and unit in ("year", "quarter")
        and sign < 0
        and not scene.narrative
        and (like := year_before(scene))
    ):
        return like
    anchor, words = told_anchor(scene, unit)
    if amount == 1 and unit == "year" and sign < 0 and _YEAR_BEFORE.search(words) and not scene.narrative:
        year = (anchor.latest or dt.date.min).year  # figures are compared with the same year again
        again = (f"'{words}' is compared with again", f"so it is {year}")
        return Reading("DATE", f"{year:04d}", year_span(year), anchor=words, steps=again)
    if words == "publication" and sign > 0:
        return Reading(
            "DATE",
            "FUTURE_REF",
            UNKNOWN,
            anchor="event",
            steps=("no date is told before",),
            shift=_bare_shift(amount, unit),
        )
    first = (
        f"'{slots.words}' counts from the last date told"
        if words != "publication"
        else f"'{slots.words}' finds no date told before"
    )
    if isinstance(amount, str):
        return _vague_later(unit, sign, anchor, words, first)
    base = anchor.latest if anchor.latest and (sign > 0 or anchor.days == 1) else anchor.earliest
    if anchor.days == 2 or (unit not in IN_DAYS and (anchor.days or 999) <= _SEASON):
        base = anchor.earliest  # a night, a winter: by the day on which it begins
    if base is None:
        return Reading("DATE", "XXXX", UNKNOWN, steps=(first,))
    found = counted(base, sign * amount, unit)
    if found is None:
        return None
    value, interval = found
    if unit in IN_DAYS:  # "a week later" than a day is a day, whatever week its value names
        interval = anchor.shift(sign * round(amount * IN_DAYS[unit]))
        coarse = unit in ("day", "night") and not (anchor.days and anchor.days <= 3)
        value = value[:7] if coarse else value
    shift = Shift(round(sign * amount * IN_DAYS[unit])) if unit in IN_DAYS else _shift(base, interval, unit)
    steps = (first, f"that is '{words}', {anchor}", f"so it is {interval}")
    return Reading("DATE", value, interval, anchor=words, steps=steps, shift=shift)


def _shift(base: dt.date, interval: DateInterval, unit: str) -> Shift:
    if interval.earliest is None or interval.latest is None:
        return Shift()
    return Shift(
        (interval.earliest - base).days,
        (interval.latest - interval.earliest).days,
        unit not in ("hour", "minute", "second"),
    )


def _bare_shift(amount: Any, unit: str) -> Shift | None:
    """How far `amount` units lead ahead, when nothing says from where."""
    if isinstance(amount, str):
        return Shift(0, RECENT.get(unit, 1), True)
    if unit in IN_DAYS:
        return Shift(round(amount * IN_DAYS[unit]))
    return Shift(0, 1) if unit in ("hour", "minute", "second") else None


def _vague_later(unit: str, sign: int, anchor: DateInterval, words: str, first: str) -> Reading:
    days = RECENT.get(unit, 1) if unit != "hour" else 1
    shift = Shift(0 if sign > 0 else -days, days, unit != "hour")
    interval = shift.apply(anchor) if anchor.known else UNKNOWN
    value = "FUTURE_REF" if sign > 0 else "PAST_REF"
    if unit in ("hour", "minute", "second") and anchor.precision == "day" and anchor.earliest:
        value = anchor.earliest.isoformat()
    return Reading(
        "DATE",
        value,
        interval,
        anchor=words,
        steps=(first, f"that is '{words}', {anchor}", f"so it is {interval}"),
        shift=shift,
    )


def same(slots: Slots, scene: Scene) -> Reading | None:
    """`the same day`, `that month`, `the next day`, `the following year`: beside the last date told."""
    unit, which = slots.get("unit", "day"), int(slots["told"])
    anchor, words = told_anchor(scene, unit)
    base = anchor.latest if which >= 0 else anchor.earliest
    first = f"'{slots.words}' counts from the last date told"
    if base is None:
        return Reading(
            "DATE", "XXXX", UNKNOWN, steps=(first, "which is unknown"), shift=Shift(which) if unit == "day" else None
        )
    found = around(unit, base, which)
    if found is None:
        return None
    value, interval = found
    shift = Shift(which) if unit in ("day", "night") else _shift(base, interval, unit)
    if unit in ("day", "night"):
        interval = anchor.shift(which)
        value = value if anchor.days == 1 else value[:7] if anchor.precision == "month" else value
    mod = slots.get("part", "")
    if slots.text("part") in ("earlier", "later"):
        mod, interval = "", _beside(interval, anchor, slots.text("part"))
    elif mod:
        interval = part_of(interval, mod)
    steps = (first, f"that is '{words}', {anchor}", f"so it is {interval}")
    return Reading("DATE", value, interval, mod, anchor=words, steps=steps, shift=None if mod else shift)


def _beside(interval: DateInterval, told: DateInterval, word: str) -> DateInterval:
    """The part of a month or year before or after the date told in it ("later that month")."""
    inside = interval.earliest and interval.latest and told.earliest and told.latest
    if not inside or interval.precision == "day" or not interval.contains(told):
        return interval
    return (
        DateInterval(interval.earliest, told.latest)
        if word == "earlier"
        else DateInterval(told.earliest, interval.latest)
    )


def same_part(slots: Slots, scene: Scene) -> Reading | None:
    """`the next morning`, `that night`, `the same evening`: beside the last day told."""
    which, part = int(slots["told"]), slots["daypart"]
    anchor, words = told_anchor(scene, "day")
    if anchor.days == 2 and anchor.latest and anchor.earliest:  # a night: the next morning is its second day's
        anchor = day(anchor.latest if which > 0 else anchor.earliest)
        which = min(which, 0)
    shift = Shift(which, 1 if part == "NI" else 0)
    base = anchor.latest
    first = f"'{slots.words}' counts from the last date told"
    if base is None or anchor.precision != "day":
        return Reading(
            "TIME",
            f"XXXX-XX-XXT{part}",
            shift.apply(anchor),
            clock=Clock(part=PARTS[part]),
            anchor=words,
            steps=(first,),
            shift=shift,
        )
    value = moved(base, days=which)
    if value is None:
        return None
    interval = shift.apply(anchor)
    steps = (first, f"that is '{words}', {anchor}", f"so it is {interval}")
    return Reading(
        "TIME", f"{value}T{part}", interval, clock=Clock(part=PARTS[part]), anchor=words, steps=steps, shift=shift
    )


def day_told(slots: Slots, scene: Scene) -> Reading | None:
    """`the 20th`: a day of the month told last in a narrative, of the latest fitting month in news."""
    number = int(slots["dayth"])
    if scene.narrative and scene.story.known:
        month = scene.story if (scene.story.days or 99) <= 31 else scene.told_day
        base = month.latest or month.earliest
        value = safe_day(base.year, base.month, number) if base else None
    elif scene.today:
        value = _nearest_of_month(number, scene.today, scene.ahead)
    else:
        value = None
    if value is None:
        return None
    return Reading(
        "DATE",
        value.isoformat(),
        day(value),
        anchor=scene.anchor_name,
        steps=(scene.anchor_step(), f"so it is {value}"),
    )


def weekday_day(slots: Slots, scene: Scene) -> Reading | None:
    """`Friday the 13th`: of the nearest month in the direction of the clause in which the two agree."""
    found = day_told(slots, scene)
    if found is None or scene.today is None:
        return found
    number = int(slots["dayth"])
    if scene.narrative and scene.story.known and found.interval.earliest:
        base = found.interval.earliest.replace(day=1)
        days = [safe_day(m.year, m.month, number) for step in (0, 1, 2, -1) if (m := moved(base, months=step))]
        agreeing = next((d for d in days if d and d.weekday() == slots["weekday"]), None)
        return replace(found, value=agreeing.isoformat(), interval=day(agreeing)) if agreeing else found
    value = _nearest_of_month(number, scene.today, scene.ahead, int(slots["weekday"])) or found.interval.earliest
    if value is None:
        return found
    doubt = "" if value.weekday() == slots["weekday"] else f"{value} was a {WEEKDAYS[value.weekday()]}"
    return replace(found, value=value.isoformat(), interval=day(value), doubt=doubt, steps=(f"so it is {value}",))


def _nearest_of_month(number: int, today: dt.date, ahead: bool, weekday: int | None = None) -> dt.date | None:
    for step in range(3):
        span = month_span(today.year, today.month + (step if ahead else -step))
        value = safe_day(span.earliest.year, span.earliest.month, number) if span.earliest else None
        if value and (value >= today if ahead else value <= today) and weekday in (None, value.weekday()):
            return value
    return None
