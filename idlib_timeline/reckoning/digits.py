"""Dates written in digits only."""

import datetime as dt

from ..interval import day
from ..model import Clock
from .dates import written_year
from .values import Reading, Scene, Slots, safe_day


def iso(slots: Slots, _scene: Scene) -> Reading | None:
    """`2019-08-31`."""
    value = safe_day(int(slots["year"]), int(slots["mm"]), int(slots["day"]))
    return (
        Reading("DATE", value.isoformat(), day(value), anchor="explicit", steps=(f"'{slots.words}' is {value}",))
        if value
        else None
    )


def dotted(slots: Slots, _scene: Scene) -> Reading | None:
    """`31.08.2019`: day, month, year."""
    number, month, year_number = (int(part) for part in slots.text("dotted").split("."))
    value = safe_day(year_number, month, number)
    steps = (f"'{slots.words}' is {value}",)
    return Reading("DATE", value.isoformat(), day(value), anchor="explicit", steps=steps) if value else None


def stamp(slots: Slots, _scene: Scene) -> Reading | None:
    """`2012-11-10T14:30:00Z`: ISO 8601; the value keeps the stated local time."""
    try:
        moment = dt.datetime.fromisoformat(slots.text("stamp").upper())
    except ValueError:
        return None
    offset = moment.utcoffset()
    clock = Clock(moment.hour, moment.minute, offset=int(offset.total_seconds()) // 60 if offset is not None else None)
    value = f"{moment.date().isoformat()}T{clock.text}"
    return Reading(
        "TIME", value, day(moment.date()), clock=clock, anchor="explicit", steps=(f"'{slots.words}' is {value}",)
    )


def slashed(slots: Slots, scene: Scene) -> Reading | None:
    """`11/09/1998`: the numbers tell the order, or the others of the text, or publication when one lies ahead of it."""
    first, second = int(slots["first"]), int(slots["second"])
    number = written_year(slots, scene)
    if number is None:
        return None
    found = [d for d in (safe_day(number, first, second), safe_day(number, second, first)) if d]
    found = sorted(set(found), key=found.index)
    if len(found) == 2 and scene.day_first is not None:
        found = found[scene.day_first :][:1]
    if len(found) == 2 and scene.today:
        found = [d for d in found if d <= scene.today] or found
    if not found:
        return None
    doubt = f"could also be {found[1]}" if len(found) > 1 else ""
    return Reading(
        "DATE",
        found[0].isoformat(),
        day(found[0]),
        anchor="explicit",
        steps=(f"'{slots.words}' is {found[0]}",),
        doubt=doubt,
    )
