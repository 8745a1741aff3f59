"""Calendar dates: days, months, years, seasons, quarters, with or without their year."""

import datetime as dt
import re
from dataclasses import replace

from ..interval import UNKNOWN, DateInterval, day
from .values import (
    MONTHS,
    WEEKDAYS,
    Reading,
    Scene,
    Slots,
    calendar_year,
    month_span,
    part_of,
    safe_day,
    season_span,
    year_span,
)

_LONG_AGO, _SOON = (
    240,
    120,
)  # days: a yearless date in a clause without direction goes ahead when the past is this far off
_KNOWN_ENOUGH = 92  # days of a publication interval within which a date without a year is still told, not guessed


_SURE = re.compile(r"will|shall|won't|\w+'ll")


def full_year(value: int, digits: str, scene: Scene) -> int:
    """A year written with two digits: the one nearest the publication year (1950-2049 when that is unknown).

    A year more than ten ahead is not meant: in 2019, '44 is 1944.
    """
    if len(digits.strip("'")) != 2:
        return value
    if scene.anchor is None:
        return value + (2000 if value < 50 else 1900)
    near = scene.anchor.year
    years = [century + value for century in range(1000, 2200, 100) if century + value <= near + 10]
    return min(years, key=lambda year: (abs(year - near), year), default=value)


def written_year(slots: Slots, scene: Scene) -> int | None:
    for name in ("year", "yy"):
        if name in slots:
            return full_year(int(slots[name]), slots.text(name), scene)
    return None


def _day_number(slots: Slots) -> int:
    for name in ("day", "dayth", "ordinal"):
        if name in slots:
            return int(slots[name])
    return 0


def month_day(slots: Slots, scene: Scene) -> Reading | None:
    """`Jan. 12`, `4 May 2011`, `Saturday, August 31`: the year by the words, weekday or clause."""
    month, number = int(slots["month"]), _day_number(slots)
    year = written_year(slots, scene)
    weekday = slots.get("weekday")
    if year is not None:
        return _explicit_day(year, month, number, weekday, slots)
    if not any(safe_day(y, month, number) for y in (2019, 2020)):
        return None
    partial = f"XXXX-{month:02d}-{number:02d}"
    if "which" in slots:
        scene = scene._replace(ahead=int(slots["which"]) > 0, weak=False)
    chosen, doubt = nearest_day(month, number, weekday, scene)
    if chosen is None:
        return Reading(
            "DATE", partial, DateInterval(partial=partial), anchor="explicit", doubt=doubt,
            steps=(f"'{slots.words}' names no year", scene.anchor_step(), "so the year stays open"),
        )  # fmt: skip
    steps = (
        f"'{slots.words}' names no year",
        scene.direction_step(slots.words),
        scene.anchor_step(),
        f"so it is {chosen}",
    )
    ahead = True if scene.today and not scene.narrative and chosen > scene.today else None
    return Reading(
        "DATE", chosen.isoformat(), day(chosen), anchor=scene.anchor_name, steps=steps, doubt=doubt, ahead=ahead
    )


def month_ordinal(slots: Slots, scene: Scene) -> Reading | None:
    """`March thirty-first, nineteen sixty-two`, `July the fourth`: as spoken."""
    number = int(slots["ordinal"]) + int(slots.get("tens", 0))
    if number > 31 or ("tens" in slots and slots["ordinal"] > 9):
        return None
    if slots.text("ordinal") == "first" and "tens" not in slots and "year" not in slots and " the " not in slots.words:
        return None  # "in April first reports came"
    values = {name: value for name, value in slots.values.items() if name not in ("ordinal", "tens")}
    return month_day(Slots(slots.words, {**values, "day": number}, slots.texts), scene)


def _explicit_day(year: int, month: int, number: int, weekday: int | None, slots: Slots) -> Reading | None:
    value = safe_day(year, month, number)
    if value is None:
        return None
    doubt = ""
    if weekday is not None and value.weekday() != weekday:
        doubt = f"{value} was a {WEEKDAYS[value.weekday()]}, not a {WEEKDAYS[weekday]}"
    return Reading(
        "DATE", value.isoformat(), day(value), anchor="explicit", steps=(f"'{slots.words}' is {value}",), doubt=doubt
    )


def nearest_day(month: int, number: int, weekday: int | None, scene: Scene) -> tuple[dt.date | None, str]:
    """The day in the year that fits the direction of the clause, and a doubt; None when nothing says the year."""
    if scene.narrative:
        return _narrative_day(month, number, scene), ""
    anchor = _edge(scene)
    if anchor is None:
        return None, ""
    years = range(anchor.year - 8, anchor.year + 9)
    candidates = [d for y in years if 1 <= y <= 9999 and (d := safe_day(y, month, number))]
    fitting = [d for d in candidates if weekday is None or d.weekday() == weekday]
    best = day_toward(candidates, anchor, scene.ahead)
    if (scene.nearest or scene.present) and weekday is None:
        return min(candidates, key=lambda d: abs((d - anchor).days), default=None), ""
    best = not_too_far(best, candidates, anchor, scene)
    if scene.weak and not scene.ahead and best and (anchor - best).days > _LONG_AGO:
        coming = day_toward(candidates, anchor, True)
        best = coming if coming and (coming - anchor).days < _SOON else best
    if weekday is None or best is None:
        return best, ""
    agreed = day_toward([d for d in fitting if abs((d - anchor).days) < 3 * 366], anchor, scene.ahead)
    nearest = min(fitting, key=lambda d: abs((d - anchor).days), default=None)
    chosen = agreed if agreed is not None and abs((agreed - anchor).days) < 366 else nearest
    if chosen is None or abs((chosen - anchor).days) > 366:
        return best, f"{best} was a {WEEKDAYS[best.weekday()]}, not a {WEEKDAYS[weekday]}"
    return chosen, ""


def _edge(scene: Scene) -> dt.date | None:
    """The day an incomplete date is measured from; a publication interval serves when it is short."""
    if scene.today:
        return scene.today
    days = scene.published.days
    if days is None or days > _KNOWN_ENOUGH:
        return None
    return scene.published.earliest if scene.ahead else scene.published.latest


def not_too_far(best: dt.date | None, days: list[dt.date], anchor: dt.date, scene: Scene) -> dt.date | None:
    """A day ahead, or the one just over where the next is far off: "they agreed to stop shooting on June 18"."""
    if not scene.ahead or best is None or _SURE.match(scene.cue) or (best - anchor).days <= _LONG_AGO:
        return best
    over = day_toward(days, anchor, False)
    return over if over and (anchor - over).days < _SOON else best


def day_toward(candidates: list[dt.date], anchor: dt.date, ahead: bool) -> dt.date | None:
    if ahead:
        return min((d for d in candidates if d >= anchor), default=None)
    return max((d for d in candidates if d <= anchor), default=None)


def _narrative_day(month: int, number: int, scene: Scene) -> dt.date | None:
    year = scene.story_year
    return safe_day(year, month, number) or safe_day(year + 1, month, number) if year else None


def month_year(slots: Slots, scene: Scene) -> Reading | None:
    """`August 2011`, `late July 1959`, `in April`, `mid-November`: a month, or the early, middle or late part of it."""
    month, mod = int(slots["month"]), slots.get("part", "")
    year = written_year(slots, scene)
    steps: tuple[str, ...]
    if year is not None:
        anchor, steps = "explicit", (f"'{slots.words}' is {year:04d}-{month:02d}",)
    else:
        year = nearest_month_year(month, scene)
        if year is None:
            partial = f"XXXX-{month:02d}"
            steps = (f"'{slots.words}' names no year", scene.anchor_step(), "so the year stays open")
            return Reading("DATE", partial, DateInterval(partial=partial), mod, anchor="explicit", steps=steps)
        anchor = scene.anchor_name
        steps = (
            f"'{slots.words}' names no year", scene.direction_step(slots.words), scene.anchor_step(),
            f"so it is {MONTHS[month - 1]} {year}",
        )  # fmt: skip
    interval = part_of(month_span(year, month), mod)
    if not interval.known:
        return None
    if mod:
        steps = (*steps, f"'{slots.text('part')}' narrows it to {interval}")
    return Reading("DATE", f"{year:04d}-{month:02d}", interval, mod, anchor=anchor, steps=steps)


def nearest_month_year(month: int, scene: Scene) -> int | None:
    """The year of a month told without one; None when nothing says it."""
    if scene.narrative:
        return scene.story_year
    anchor = _edge(scene)
    if anchor is None:
        return None
    if scene.ahead:
        return anchor.year if month >= anchor.month else anchor.year + 1
    if scene.weak and (scene.cue or scene.deadline or scene.present) and (month - anchor.month) % 12 in (1, 2, 3, 4):
        return anchor.year if month > anchor.month else anchor.year + 1
    return anchor.year if month <= anchor.month else anchor.year - 1


def nth_weekday(slots: Slots, scene: Scene) -> Reading | None:
    """`the first Sunday in July`, `the last Friday of June 2016`."""
    found = month_year(Slots(slots.words, {k: v for k, v in slots.values.items() if k != "part"}, slots.texts), scene)
    first, last = (found.interval.earliest, found.interval.latest) if found else (None, None)
    if found is None or first is None or last is None:
        return found
    number = int(slots.get("ordinal", slots.get("final", 1)))
    weekday = int(slots["weekday"])
    if number > 0:
        value = first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
    else:
        value = last - dt.timedelta(days=(last.weekday() - weekday) % 7)
    if value > last:
        return None
    steps = (*found.steps, f"so '{slots.words}' is {value}")
    return replace(found, value=value.isoformat(), interval=day(value), steps=steps)


def month_of_year(slots: Slots, scene: Scene) -> Reading | None:
    """`September last year`, `April this year`, `last April`, `next May`."""
    month, which, mod = int(slots["month"]), int(slots.get("which", slots.get("told", 0))), slots.get("part", "")
    beside = "told" in slots and scene.told.known
    anchor = scene.told.latest if beside else scene.today or _edge(scene)
    if anchor is None:
        partial = f"XXXX-{month:02d}"
        return Reading("DATE", partial, DateInterval(partial=partial), mod, anchor="publication")
    if "unit" in slots or "years" in slots:
        year = anchor.year + which
    elif which < 0:
        year = anchor.year if month < anchor.month - 1 else anchor.year - 1  # the one just over is "last month"
    elif which > 0:
        year = anchor.year if month > anchor.month else anchor.year + 1
    else:
        year = anchor.year
    interval = part_of(month_span(year, month), mod)
    if not interval.known:
        return None
    start = (
        f"the last date told before is '{scene.told_words}', {scene.told}"
        if beside
        else f"the article appeared {anchor}"
    )
    steps = (start, f"so '{slots.words}' is {year:04d}-{month:02d}")
    name = scene.told_words if beside else "publication"
    return Reading("DATE", f"{year:04d}-{month:02d}", interval, mod, anchor=name, steps=steps)


def date_of_told_year(slots: Slots, scene: Scene) -> Reading | None:
    """`August of that year`, `July 25 of the same year`: the year of the last date told."""
    base = scene.told.latest or scene.told.earliest
    if base is None:
        return None
    number, month, day_number = base.year + int(slots["told"]), int(slots["month"]), _day_number(slots)
    steps = (f"the last date told before is '{scene.told_words}', {scene.told}",)
    if day_number:
        value = safe_day(number, month, day_number)
        return Reading("DATE", value.isoformat(), day(value), anchor=scene.told_words, steps=steps) if value else None
    interval = part_of(month_span(number, month), slots.get("part", ""))
    if not interval.known:
        return None
    return Reading(
        "DATE", f"{number:04d}-{month:02d}", interval, slots.get("part", ""), anchor=scene.told_words, steps=steps
    )


def day_of_year(slots: Slots, scene: Scene) -> Reading | None:
    """`September 11 last year`."""
    if scene.today is None:
        return None
    value = safe_day(scene.today.year + int(slots["which"]), int(slots["month"]), _day_number(slots))
    if value is None:
        return None
    return Reading(
        "DATE", value.isoformat(), day(value), steps=(f"the article appeared {scene.today}", f"so it is {value}")
    )


def year(slots: Slots, scene: Scene) -> Reading | None:
    """`2011`, `early 2011`, `the end of 1990`, `fiscal 1990`."""
    number, mod = written_year(slots, scene), slots.get("part", "")
    if number is None or not 1 <= number <= 9999:
        return None
    interval = part_of(year_span(number), mod)
    return Reading("DATE", f"{number:04d}", interval, mod, anchor="explicit", steps=(f"'{slots.words}' is {interval}",))


def year_pair(slots: Slots, _scene: Scene) -> Reading | None:
    """The second half of `1967-70` or `1967-1970`; the first stands by itself."""
    first, last = int(slots["first"]), int(slots["yy"])
    number = first - first % 100 + last
    if number <= first:
        return None
    return Reading(
        "DATE", f"{number:04d}", year_span(number), anchor="explicit", steps=(f"'{slots.words}' is {number}",)
    )


def decade(slots: Slots, _scene: Scene) -> Reading | None:
    """`the 1980s`, `the late '90s`, `the seventies`: value of three digits."""
    first = int(next(slots[name] for name in ("decade", "decades", "whole") if name in slots))
    mod = slots.get("part", "")
    if first % 10:
        return None
    if first < 100:
        first += 1900
    interval = part_of(year_span(first, first + 9), mod)
    return Reading(
        "DATE", f"{first // 10:03d}", interval, mod, anchor="explicit", steps=(f"'{slots.words}' is {interval}",)
    )


def century(slots: Slots, _scene: Scene) -> Reading | None:
    """`the 20th century`: value of two digits."""
    number = int(slots["ordinal"])
    if not 1 <= number <= 99:
        return None
    mod = slots.get("part", "")
    if slots.get("era") == -1:
        first, last = calendar_year(1 - 100 * number), calendar_year(-100 * (number - 1))
        span = part_of(year_span(first, last), mod) if first and last else UNKNOWN
        steps = (f"'{slots.words}' is before the year 1",)
        return Reading("DATE", f"BC{number - 1:02d}", span, mod, anchor="explicit", steps=steps)
    interval = part_of(year_span((number - 1) * 100 + 1, number * 100), mod)
    return Reading(
        "DATE", f"{number - 1:02d}", interval, mod, anchor="explicit", steps=(f"'{slots.words}' is {interval}",)
    )


def before_christ(slots: Slots, _scene: Scene) -> Reading | None:
    """`490 BC`, `September 480 BC`, `the 470s BC`: by years the calendar can count with, named again in the end."""
    steps = (f"'{slots.words}' is before the year 1",)
    mod = slots.get("part", "")
    if "decade" in slots:
        number = int(slots["decade"])
        first, last = calendar_year(-8 - number), calendar_year(1 - number)
        interval = part_of(year_span(first, last), mod) if first and last else UNKNOWN
        return Reading("DATE", f"BC{number // 10:03d}", interval, mod, anchor="explicit", steps=steps)
    year = calendar_year(1 - int(slots["old"]))
    if year is None:
        value = f"BC{int(slots['old']):04d}"
        return Reading("DATE", value, UNKNOWN, mod, anchor="explicit", steps=steps)
    if "season" in slots:
        interval, value = season_span(year, slots["season"]), f"{year}-{slots['season']}"
    elif number := _day_number(slots):
        day_named = safe_day(year, int(slots["month"]), number)
        if day_named is None:
            return None
        interval, value = day(day_named), day_named.isoformat()
    elif "month" in slots:
        interval, value = month_span(year, int(slots["month"])), f"{year}-{int(slots['month']):02d}"
    else:
        interval, value = year_span(year), f"{year}"
    return Reading("DATE", value, part_of(interval, mod), mod, anchor="explicit", steps=steps)


def old_month(slots: Slots, scene: Scene) -> Reading | None:
    """`May 614`, `the autumn of 602`, in a history of the first millennium."""
    if "month" in slots:
        return month_year(slots, scene)
    number, code, mod = int(slots["year"]), slots["season"], slots.get("part", "")
    interval = part_of(season_span(number, code), mod)
    steps = (f"'{slots.words}' is {interval}",)
    return Reading("DATE", f"{number:04d}-{code}", interval, mod, anchor="explicit", steps=steps)


def anno_domini(slots: Slots, _scene: Scene) -> Reading | None:
    """`AD 70`."""
    number = int(slots["old"])
    if number > 9999:
        return None
    return Reading(
        "DATE", f"{number:04d}", year_span(number), anchor="explicit", steps=(f"'{slots.words}' is the year {number}",)
    )


def day_beside(slots: Slots, scene: Scene) -> Reading | None:
    """The `7` of `April 6-7` and the `5` of `May 4 and 5`: the month stands before it, and gives the year too."""
    told = scene.told_day.earliest
    beside = told is not None and told.month == slots["month"] and scene.told_beside
    value = (
        safe_day(told.year, told.month, _day_number(slots))
        if told and beside and written_year(slots, scene) is None
        else None
    )
    if value is None:
        return month_day(slots, scene)
    steps = (f"it stands beside '{scene.told_day_words}', {told}", f"so it is {value}")
    return Reading("DATE", value.isoformat(), day(value), anchor=scene.told_day_words, steps=steps)
