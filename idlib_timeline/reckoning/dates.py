"""Calendar dates: days, months, years, seasons, quarters, with or without their year."""

import datetime as dt
from dataclasses import replace

from ..interval import UNKNOWN, DateInterval, day
from .values import (
    MONTHS,
    WEEKDAYS,
    Reading,
    Scene,
    Slots,
    month_span,
    months_span,
    one,
    part_of,
    safe_day,
    season_span,
    year_span,
)

_LONG_AGO, _SOON = 240, 120  # days: a yearless date in a clause without direction goes ahead when the past is this far off
_KNOWN_ENOUGH = 92  # days of a publication interval within which a date without a year is still told, not guessed


def full_year(value: int, digits: str, scene: Scene) -> int:
    """A year written with two digits: the one nearest the publication year (1950-2049 when that is unknown)."""
    if len(digits.strip("'")) != 2:
        return value
    if scene.anchor is None:
        return value + (2000 if value < 50 else 1900)
    near = scene.anchor.year
    return min((century + value for century in range(1000, 2200, 100)), key=lambda year: (abs(year - near), year))


def _year(slots: Slots, scene: Scene) -> int | None:
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
    """`Jan. 12`, `4 May 2011`, `Saturday, August 31`: the year from the words, the weekday, or the clause's direction."""
    month, number = int(slots["month"]), _day_number(slots)
    year = _year(slots, scene)
    weekday = slots.get("weekday")
    if year is not None:
        return _explicit_day(year, month, number, weekday, slots)
    if not any(safe_day(y, month, number) for y in (2019, 2020)):
        return None
    partial = f"XXXX-{month:02d}-{number:02d}"
    if "which" in slots:
        scene = replace(scene, ahead=int(slots["which"]) > 0, weak=False)
    chosen, doubt = nearest_day(month, number, weekday, scene)
    if chosen is None:
        return Reading(
            "DATE", partial, DateInterval(partial=partial), anchor="explicit", doubt=doubt,
            steps=(f"'{slots.words}' names no year", scene.anchor_step(), "so the year stays open"),
        )  # fmt: skip
    steps = (f"'{slots.words}' names no year", scene.direction_step(slots.words), scene.anchor_step(), f"so it is {chosen}")
    ahead = True if scene.today and not scene.narrative and chosen > scene.today else None
    return Reading("DATE", chosen.isoformat(), day(chosen), anchor=scene.anchor_name, steps=steps, doubt=doubt, ahead=ahead)


def _explicit_day(year: int, month: int, number: int, weekday: int | None, slots: Slots) -> Reading | None:
    value = safe_day(year, month, number)
    if value is None:
        return None
    doubt = ""
    if weekday is not None and value.weekday() != weekday:
        doubt = f"{value} was a {WEEKDAYS[value.weekday()]}, not a {WEEKDAYS[weekday]}"
    return Reading("DATE", value.isoformat(), day(value), anchor="explicit", steps=(f"'{slots.words}' is {value}",), doubt=doubt)


def nearest_day(month: int, number: int, weekday: int | None, scene: Scene) -> tuple[dt.date | None, str]:
    """The day in the year that fits the direction of the clause, and a doubt; None when nothing says the year."""
    if scene.narrative and scene.story.known:
        return _narrative_day(month, number, scene), ""
    anchor = _edge(scene)
    if anchor is None:
        return None, ""
    years = range(anchor.year - 8, anchor.year + 9)
    candidates = [d for y in years if 1 <= y <= 9999 and (d := safe_day(y, month, number))]
    fitting = [d for d in candidates if weekday is None or d.weekday() == weekday]
    best = _toward(candidates, anchor, scene.ahead)
    if scene.weak and not scene.ahead and best and (anchor - best).days > _LONG_AGO:
        coming = _toward(candidates, anchor, True)
        best = coming if coming and (coming - anchor).days < _SOON else best
    if weekday is None or best is None:
        return best, ""
    agreed = _toward([d for d in fitting if abs((d - anchor).days) < 3 * 366], anchor, scene.ahead)
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


def _toward(candidates: list[dt.date], anchor: dt.date, ahead: bool) -> dt.date | None:
    if ahead:
        return min((d for d in candidates if d >= anchor), default=None)
    return max((d for d in candidates if d <= anchor), default=None)


def _narrative_day(month: int, number: int, scene: Scene) -> dt.date | None:
    year = narrative_year(month, scene)
    return safe_day(year, month, number) or safe_day(year + 1, month, number) if year else None


def narrative_year(month: int, scene: Scene) -> int | None:
    """The year of a month without one: the year in which the story stands, or the next or last where the months say so.

    Counted on eleven histories of wars: a month that lies six or more before the one told belongs to the next year, one
    that lies seven or more after it to the year before (a look back); in between the story stays in its year.
    """
    first, last = scene.story.earliest, scene.story.latest
    if first is None or last is None:
        return None
    if (scene.story.days or 0) > 31 or first.year != last.year:
        return first.year
    if first.month - month >= 6:
        return first.year + 1
    return first.year - 1 if month - first.month >= 7 else first.year


def month_year(slots: Slots, scene: Scene) -> Reading | None:
    """`August 2011`, `late July 1959`, `in April`, `mid-November`: a month, or the early, middle or late part of it."""
    month, mod = int(slots["month"]), slots.get("part", "")
    year = _year(slots, scene)
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
    if scene.narrative and scene.story.known:
        return narrative_year(month, scene)
    anchor = _edge(scene)
    if anchor is None:
        return None
    if scene.ahead:
        return anchor.year if month >= anchor.month else anchor.year + 1
    if scene.weak and 0 < month - anchor.month <= 3:
        return anchor.year
    if scene.weak and month + 12 - anchor.month <= 3:
        return anchor.year + 1
    return anchor.year if month <= anchor.month else anchor.year - 1


def month_of_year(slots: Slots, scene: Scene) -> Reading | None:
    """`September last year`, `April this year`, `last April`, `next May`."""
    month, which, mod = int(slots["month"]), int(slots["which"]), slots.get("part", "")
    anchor = scene.today or _edge(scene)
    if anchor is None:
        partial = f"XXXX-{month:02d}"
        return Reading("DATE", partial, DateInterval(partial=partial), mod, anchor="publication")
    if "unit" in slots or "years" in slots:
        year = anchor.year + which
    elif which < 0:
        year = anchor.year if month < anchor.month else anchor.year - 1
    elif which > 0:
        year = anchor.year if month > anchor.month else anchor.year + 1
    else:
        year = anchor.year
    interval = part_of(month_span(year, month), mod)
    if not interval.known:
        return None
    steps = (f"the article appeared {anchor}", f"so '{slots.words}' is {year:04d}-{month:02d}")
    return Reading("DATE", f"{year:04d}-{month:02d}", interval, mod, steps=steps)


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
    return Reading("DATE", f"{number:04d}-{month:02d}", interval, slots.get("part", ""), anchor=scene.told_words, steps=steps)


def season_of_told_year(slots: Slots, scene: Scene) -> Reading | None:
    """`the spring of the following year`, `summer of last year`."""
    base = (scene.told.latest or scene.told.earliest) if "told" in slots else scene.anchor
    if base is None:
        return None
    number = base.year + int(slots.get("told", slots.get("which", 0)))
    interval = season_span(number, slots["season"])
    anchor = scene.told_words if "told" in slots else scene.anchor_name
    return Reading("DATE", f"{number:04d}-{slots['season']}", interval, anchor=anchor, steps=(f"so it is {interval}",)) if interval.known else None


def day_of_year(slots: Slots, scene: Scene) -> Reading | None:
    """`September 11 last year`."""
    if scene.today is None:
        return None
    value = safe_day(scene.today.year + int(slots["which"]), int(slots["month"]), _day_number(slots))
    if value is None:
        return None
    return Reading("DATE", value.isoformat(), day(value), steps=(f"the article appeared {scene.today}", f"so it is {value}"))


def year(slots: Slots, scene: Scene) -> Reading | None:
    """`2011`, `early 2011`, `the end of 1990`, `fiscal 1990`."""
    number, mod = _year(slots, scene), slots.get("part", "")
    if number is None or not 1 <= number <= 9999:
        return None
    interval = part_of(year_span(number), mod)
    return Reading("DATE", f"{number:04d}", interval, mod, anchor="explicit", steps=(f"'{slots.words}' is {interval}",))


def year_pair(slots: Slots, scene: Scene) -> Reading | None:
    """The second half of `1967-70` or `1967-1970`; the first stands by itself."""
    first, last = int(slots["first"]), int(slots["yy"])
    number = first - first % 100 + last
    if number <= first:
        return None
    return Reading("DATE", f"{number:04d}", year_span(number), anchor="explicit", steps=(f"'{slots.words}' is {number}",))


def decade(slots: Slots, scene: Scene) -> Reading | None:
    """`the 1980s`, `the late '90s`, `the seventies`: value of three digits."""
    first, mod = int(slots["decade"]), slots.get("part", "")
    if first < 100:
        first += 1900
    interval = part_of(year_span(first, first + 9), mod)
    return Reading("DATE", f"{first // 10:03d}", interval, mod, anchor="explicit", steps=(f"'{slots.words}' is {interval}",))


def century(slots: Slots, scene: Scene) -> Reading | None:
    """`the 20th century`: value of two digits."""
    number = int(slots["ordinal"])
    if not 1 <= number <= 99:
        return None
    mod = slots.get("part", "")
    interval = part_of(year_span((number - 1) * 100 + 1, number * 100), mod)
    return Reading("DATE", f"{number - 1:02d}", interval, mod, anchor="explicit", steps=(f"'{slots.words}' is {interval}",))


def before_christ(slots: Slots, scene: Scene) -> Reading | None:
    """`490 BC`: a value the calendar of this program does not reach, so no interval."""
    number = int(slots["old"])
    value = f"BC{number:04d}"
    if "month" in slots:
        value += f"-{int(slots['month']):02d}"
    return Reading("DATE", value, UNKNOWN, slots.get("part", ""), anchor="explicit", steps=(f"'{slots.words}' is before the year 1",))


def anno_domini(slots: Slots, scene: Scene) -> Reading | None:
    """`AD 70`."""
    number = int(slots["old"])
    if number > 9999:
        return None
    return Reading("DATE", f"{number:04d}", year_span(number), anchor="explicit", steps=(f"'{slots.words}' is the year {number}",))


def iso(slots: Slots, scene: Scene) -> Reading | None:
    """`2019-08-31`."""
    value = safe_day(int(slots["year"]), int(slots["mm"]), int(slots["day"]))
    return Reading("DATE", value.isoformat(), day(value), anchor="explicit", steps=(f"'{slots.words}' is {value}",)) if value else None


def slashed(slots: Slots, scene: Scene) -> Reading | None:
    """`11/09/1998`: the order is told by the numbers, by the publication date when one order lies ahead of it, else open."""
    first, second = int(slots["first"]), int(slots["second"])
    number = _year(slots, scene)
    if number is None:
        return None
    found = [d for d in (safe_day(number, first, second), safe_day(number, second, first)) if d]
    found = sorted(set(found), key=found.index)
    if len(found) == 2 and scene.today:
        found = [d for d in found if d <= scene.today] or found
    if not found:
        return None
    doubt = f"could also be {found[1]}" if len(found) > 1 else ""
    return Reading("DATE", found[0].isoformat(), day(found[0]), anchor="explicit", steps=(f"'{slots.words}' is {found[0]}",), doubt=doubt)


def season(slots: Slots, scene: Scene) -> Reading | None:
    """`the summer of 1998`, `last summer`, `this winter`, `in the spring`."""
    code, mod = slots["season"], slots.get("part", "")
    number = _year(slots, scene)
    anchor = scene.anchor
    which = slots.get("which")
    if number is None and which is not None and "years" in slots and scene.today:
        number = scene.today.year + int(which)
    if number is not None:
        interval = part_of(season_span(number, code), mod)
        return Reading("DATE", f"{number:04d}-{code}", interval, mod, anchor="explicit", steps=(f"'{slots.words}' is {interval}",))
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
    year_number = _year(slots, scene)
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
    number = int(slots["ordinal"])
    if number not in (1, 2):
        return None
    year_number = _year(slots, scene)
    if year_number is None:
        if scene.anchor is None:
            return None
        year_number = scene.anchor.year + int(slots.get("which", 0))
    interval = months_span(year_number, 6 * number - 5, 6)
    return Reading("DATE", f"{year_number:04d}-H{number}", interval, steps=(f"'{slots.words}' is {interval}",))


def feast(slots: Slots, scene: Scene) -> Reading | None:
    """`Christmas`, `New Year's Day`, `Thanksgiving`: in the year that fits the clause."""
    rule = str(slots["feast"])
    number = _year(slots, scene)
    anchor = scene.anchor
    which = slots.get("which")
    if number is not None:
        value = feast_day(rule, number)
    elif anchor is None:
        return None
    else:
        found = [d for y in (anchor.year - 1, anchor.year, anchor.year + 1) if 1 <= y <= 9999 and (d := feast_day(rule, y))]
        if which:
            found = [d for d in found if d != anchor]
        value = _toward(found, anchor, scene.ahead if not which else int(which) > 0)
    if value is None:
        return None
    steps = (f"'{slots.words}' is {value}",)
    return Reading("DATE", value.isoformat(), one(value), anchor="explicit" if number else scene.anchor_name, steps=steps)


def feast_day(rule: str, year_number: int) -> dt.date | None:
    """The day of a feast: `12-25`, `11-4TH` (fourth Thursday of November as `11-3-4`), `easter+1`."""
    if rule.startswith("easter"):
        from dateutil.easter import easter

        return easter(year_number) + dt.timedelta(days=int(rule[6:] or 0)) if 1583 <= year_number <= 4099 else None
    parts = [int(part) for part in rule.split("-")]
    if len(parts) == 2:
        return safe_day(year_number, parts[0], parts[1])
    month, weekday, nth = parts
    first = safe_day(year_number, month, 1)
    if first is None:
        return None
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def day_beside(slots: Slots, scene: Scene) -> Reading | None:
    """The `7` of `April 6-7` and the `5` of `May 4 and 5`: the month stands before it."""
    return month_day(slots, scene)


def day_told(slots: Slots, scene: Scene) -> Reading | None:
    """`the 20th`: a day of the month told last in a narrative, of the latest fitting month in news."""
    number = _day_number(slots)
    if scene.narrative and scene.story.known:
        base = scene.story.latest or scene.story.earliest
        value = safe_day(base.year, base.month, number) if base else None
    elif scene.today:
        value = _nearest_of_month(number, scene.today, scene.ahead)
    else:
        value = None
    if value is None:
        return None
    return Reading("DATE", value.isoformat(), day(value), anchor=scene.anchor_name, steps=(scene.anchor_step(), f"so it is {value}"))


def _nearest_of_month(number: int, today: dt.date, ahead: bool) -> dt.date | None:
    for step in range(3):
        span = month_span(today.year, today.month + (step if ahead else -step))
        value = safe_day(span.earliest.year, span.earliest.month, number) if span.earliest else None
        if value and (value >= today if ahead else value <= today):
            return value
    return None
