"""Seasons, quarters, halves of a year, and feasts."""

import datetime as dt

from ..interval import UNKNOWN, DateInterval
from .dates import day_toward, told_before_christ, written_year
from .values import Reading, Scene, Slots, months_span, moved, one, part_of, safe_day, season_span


def season_of_told_year(slots: Slots, scene: Scene) -> Reading | None:
    """`the spring of the following year`, `summer of last year`."""
    base = (scene.told.latest or scene.told.earliest) if "told" in slots else scene.anchor
    if base is None:
        return None
    number = base.year + int(slots.get("told", slots.get("which", 0)))
    interval = season_span(number, slots["season"])
    anchor = scene.told_words if "told" in slots else scene.anchor_name
    return (
        Reading("DATE", f"{number:04d}-{slots['season']}", interval, anchor=anchor, steps=(f"so it is {interval}",))
        if interval.known
        else None
    )


def season(slots: Slots, scene: Scene) -> Reading | None:
    """`the summer of 1998`, `last summer`, `this winter`, `in the spring`."""
    code, mod = slots["season"], slots.get("part", "")
    number = written_year(slots, scene)
    anchor = scene.anchor
    which = slots.get("which")
    if number is None and which is not None and "years" in slots and scene.today:
        number = scene.today.year + int(which)
    if number is not None:
        interval = part_of(season_span(number, code), mod)
        return Reading(
            "DATE", f"{number:04d}-{code}", interval, mod, anchor="explicit", steps=(f"'{slots.words}' is {interval}",)
        )
    if scene.before_christ and which is None:
        return told_before_christ(slots, scene)
    if anchor is None:
        return Reading("DATE", f"XXXX-{code}", UNKNOWN, mod, steps=(scene.anchor_step(),))
    number = _season_year(code, anchor, which, scene)
    interval = part_of(season_span(number, code), mod)
    steps = (scene.anchor_step(), f"so '{slots.words}' is {interval}")
    return Reading("DATE", f"{number:04d}-{code}", interval, mod, anchor=scene.anchor_name, steps=steps)


def _season_year(code: str, anchor: dt.date, which: int | None, scene: Scene) -> int:
    begun = anchor.year if (season_span(anchor.year, code).earliest or anchor) <= anchor else anchor.year - 1
    current = season_span(begun, code)
    inside = current.latest is not None and anchor <= current.latest
    if scene.narrative and which is None:
        return anchor.year
    if which == 1 or (which is None and scene.ahead) or (which == 0 and scene.ahead and not inside):
        return begun if inside and which != 1 else begun + 1
    if which == -1 and inside:
        return begun - 1
    return begun


def quarter(slots: Slots, scene: Scene) -> Reading | None:
    """`the third quarter of 1989`, `the third quarter`, `last year's fourth quarter`."""
    number = int(slots["ordinal"])
    if not 1 <= number <= 4:
        return None
    year_number = written_year(slots, scene)
    anchor = "explicit"
    if year_number is None:
        if scene.anchor is None:
            return Reading("DATE", f"XXXX-Q{number}", UNKNOWN)
        anchor = scene.anchor_name
        if "which" in slots:
            year_number = scene.anchor.year + int(slots["which"])
        else:
            year_number = _quarter_year(number, scene.anchor, scene.ahead)
    interval = months_span(year_number, 3 * number - 2, 3)
    steps = (f"'{slots.words}' is {interval}",)
    return Reading("DATE", f"{year_number:04d}-Q{number}", interval, slots.get("part", ""), anchor=anchor, steps=steps)


def _quarter_year(number: int, anchor: dt.date, ahead: bool) -> int:
    """The latest such quarter begun, or the coming one if the clause looks ahead and the last has long been over.

    Business news speaks of the quarter just over even where it looks ahead ("expects to report third-quarter net").
    """
    running = (anchor.month - 1) // 3 + 1
    back = (running - number) % 4
    year_number = anchor.year if number <= running else anchor.year - 1
    return year_number + 1 if ahead and back > 1 else year_number


def half(slots: Slots, scene: Scene) -> Reading | None:
    """`the first half of 1990`, `the second half`."""
    number = int(slots["ordinal"]) if "ordinal" in slots else 2 if slots["final"] < 0 else 1
    if number not in (1, 2):
        return None
    year_number = written_year(slots, scene)
    if year_number is None:
        if scene.anchor is None:
            return None
        year_number = scene.anchor.year + int(slots.get("which", 0))
    interval = months_span(year_number, 6 * number - 5, 6)
    return Reading("DATE", f"{year_number:04d}-H{number}", interval, steps=(f"'{slots.words}' is {interval}",))


def feast(slots: Slots, scene: Scene) -> Reading | None:
    """`Christmas Eve`, `New Year's Day`, `Good Friday`, `Thanksgiving`: in the year that fits the clause."""
    name = next((slots[kind] for kind in ("orthodox", "feast", "good", "palm", "ash") if kind in slots), "1-1")
    name, _, until = str(name).partition("..")
    shift = int(slots.get("feastday", 0))
    number, anchor, which = written_year(slots, scene), scene.anchor, slots.get("which")
    if number is not None:
        value = _shifted(feast_day(str(name), number), shift)
    elif anchor is None:
        return None
    else:
        years = range(max(1, anchor.year - 1), min(9999, anchor.year + 1) + 1)
        found = [d for year in years if (d := _shifted(feast_day(str(name), year), shift))]
        if which:
            found = [d for d in found if d != anchor]
        value = day_toward(found, anchor, int(which) > 0 if which else scene.ahead)
    if value is None:
        return None
    anchored = "explicit" if number else scene.anchor_name
    if until:  # the sun decides, so one of two days
        interval = DateInterval(value, value.replace(day=int(until)), approximate=True)
        step = (f"'{slots.words}' is {interval}",)
        return Reading("DATE", value.isoformat()[:7], interval, "APPROX", anchor=anchored, steps=step)
    return Reading("DATE", value.isoformat(), one(value), anchor=anchored, steps=(f"'{slots.words}' is {value}",))


def _shifted(value: dt.date | None, days: int) -> dt.date | None:
    return moved(value, days=days) if value and days else value


def islamic_feast(slots: Slots, scene: Scene) -> Reading | None:
    """`Eid al-Fitr`, `Eid al-Adha`, `Ramadan`: by the Umm al-Qura calendar, approximate: elsewhere the moon decides.

    None outside the years that calendar covers, 1924 to 2077.
    """
    name = next(str(slots[kind]) for kind in ("eid", "ramadan", "ashura") if kind in slots)
    month, _, start = name.partition("-")
    number, anchor, which = written_year(slots, scene), scene.anchor, slots.get("which")
    near = safe_day(number, 7, 1) if number else anchor
    if near is None:
        return None
    days = 3 if "eid" in slots else 30 if "ramadan" in slots else 1  # an Eid lasts three days, Ramadan a month
    found = [
        DateInterval(moved(first, days=-1), moved(first, days=days), approximate=True)
        for first in islamic_days(near, int(month), int(start or 1))
        if not number or first.year == number
    ]
    ahead = int(which) > 0 if which else scene.ahead
    interval = _nearest(found, near, ahead) if not number else next(iter(found), None)
    if interval is None or interval.earliest is None:
        return None
    value = (interval.earliest + dt.timedelta(days=1)).isoformat()[
        :7
    ]  # the calendar's own day: one is allowed before it
    return Reading(
        "DATE", value, interval, "APPROX", anchor=scene.anchor_name, steps=(f"'{slots.words}' is {interval}",)
    )


def islamic_days(near: dt.date, month: int, number: int) -> list[dt.date]:
    """The Gregorian days of a date of the Hijri calendar about the year of `near`; [] where it has no year."""
    from hijridate import Gregorian, Hijri

    found: list[dt.date] = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            hijri = Gregorian(year, 7, 1).to_hijri().year
            for islamic_year in (hijri - 1, hijri, hijri + 1):
                on = Hijri(islamic_year, month, number).to_gregorian()
                value = dt.date(on.year, on.month, on.day)
                if value not in found:
                    found.append(value)
        except (OverflowError, ValueError):
            continue
    return sorted(found)


def _nearest(found: list[DateInterval], near: dt.date, ahead: bool) -> DateInterval | None:
    if ahead:
        return next((span for span in found if span.latest and span.latest >= near), None)
    return next((span for span in reversed(found) if span.earliest and span.earliest <= near), None)


def feast_day(rule: str, year_number: int) -> dt.date | None:
    """The day of a feast: `12-25`, `11-4TH` (fourth Thursday of November as `11-3-4`), `easter+1`, `orthodox`."""
    if rule.startswith(("easter", "orthodox")):
        from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

        if rule == "orthodox":
            return easter(year_number, EASTER_ORTHODOX) if 1583 <= year_number <= 4099 else None
        return (
            easter(year_number, EASTER_WESTERN) + dt.timedelta(days=int(rule[6:] or 0))
            if 1583 <= year_number <= 4099
            else None
        )
    parts = [int(part) for part in rule.split("-")]
    if len(parts) == 2:
        return safe_day(year_number, parts[0], parts[1])
    month, weekday, nth = parts
    first = safe_day(year_number, month, 1)
    if first is None:
        return None
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
