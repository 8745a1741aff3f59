"""Seasons, quarters and halves of a year."""

import datetime as dt

from ..interval import UNKNOWN
from .dates import written_year
from .values import Reading, Scene, Slots, months_span, part_of, season_span

_MONTH = 31  # days


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


def told_season(slots: Slots, scene: Scene) -> Reading | None:
    """`that summer`, `the following spring`: beside the last date told."""
    code, which = slots["season"], int(slots["told"])
    base = scene.told.latest if which >= 0 else scene.told.earliest
    first = f"the last date told before is '{scene.told_words}', {scene.told}"
    if base is None:
        return Reading("DATE", f"XXXX-{code}", UNKNOWN, anchor="event", steps=("no date is told before",))
    spans = [(year, season_span(year, code)) for year in range(base.year - 1, base.year + 3)]
    known = [(year, span, span.earliest, span.latest) for year, span in spans if span.earliest and span.latest]
    if which > 0:
        found = next(((year, span) for year, span, start, _ in known if start > base), None)
    elif which < 0:
        found = next(((year, span) for year, span, _, end in reversed(known) if end < base), None)
    else:
        near = sorted(known, key=lambda one: max((one[2] - base).days, (base - one[3]).days, 0))
        same_year = [one for one in known if one[0] == base.year] if (scene.told.days or 0) > _MONTH else near
        found = (same_year or near)[0][:2] if known else None
    if found is None:
        return None
    interval = part_of(found[1], slots.get("part", ""))
    steps = (first, f"so '{slots.words}' is {interval}")
    value = f"{found[0]:04d}-{code}"
    return Reading("DATE", value, interval, slots.get("part", ""), anchor=scene.told_words, steps=steps)


def season(slots: Slots, scene: Scene) -> Reading | None:
    """`the summer of 1998`, `last summer`, `this winter`, `in the spring`."""
    code, mod = slots["season"], slots.get("part", "")
    number = written_year(slots, scene)
    anchor = scene.anchor
    which = slots.get("which")
    if number is None and which is not None and "years" in slots and scene.today:
        number = scene.today.year + int(which)
    second = str(slots.get("next", ""))
    if number is not None and second and (code != "WI" or int(second) % 100 != (number + 1) % 100):
        return None
    if number is not None:
        interval = part_of(season_span(number, code), mod)
        return Reading(
            "DATE", f"{number:04d}-{code}", interval, mod, anchor="explicit", steps=(f"'{slots.words}' is {interval}",)
        )
    if anchor is None or (scene.narrative and scene.story_year is None and which is None):
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
        return scene.story_year or anchor.year
    if which == 1 or (which is None and scene.ahead) or (which == 0 and scene.ahead and not inside):
        return begun if inside and which != 1 else begun + 1
    if which == -1 and inside:
        return begun - 1
    coming = season_span(begun + 1, code)
    if which == 0 and not inside and current.latest and coming.earliest:  # "this winter", said in November, is to come
        return begun + ((anchor - current.latest) > (coming.earliest - anchor))
    return begun


def quarter(slots: Slots, scene: Scene) -> Reading | None:
    """`the third quarter of 1989`, `the third quarter`, `last year's fourth quarter`."""
    number = int(slots["ordinal"]) if "ordinal" in slots else 1 if slots["closing"] > 0 else 4
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
