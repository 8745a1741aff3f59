"""Dates told from the publication date or where the story stands: weekdays, `last month`, `the weekend`."""

import datetime as dt
import re
from dataclasses import replace

from ..interval import UNKNOWN, DateInterval, day
from ..model import Clock
from .counting import around
from .values import PARTS, WEEKDAYS, Reading, Scene, Slots, moved, part_of, week_of, week_value

_UNFULFILLED = re.compile(r"^had\b|\bhave\b")  # "was to have begun on Monday": that Monday is over


def weekday(slots: Slots, scene: Scene) -> Reading | None:
    """`Tuesday`, `last Tuesday`, `next Tuesday`: semantics.md's weekday rows."""
    number, which = int(slots["weekday"]), slots.get("which", slots.get("told"))
    if scene.until:
        scene = scene._replace(ahead=True)
    beside = "told" in slots and scene.told_day.known
    anchor = scene.told_day.earliest if beside else scene.anchor
    if anchor is None:
        value = f"XXXX-WXX-{number + 1}"
        return Reading("DATE", value, UNKNOWN, steps=(scene.anchor_step(), "so the week stays open"))
    back = (anchor.weekday() - number) % 7
    forth = (number - anchor.weekday()) % 7
    either = which is None and scene.nearest and not _UNFULFILLED.search(scene.cue)
    if either:
        shift = forth if forth <= back else -back
    elif which is None:
        shift = forth if scene.ahead or scene.present or (scene.narrative and scene.story.known) else -back
    elif which == 0 and beside:
        shift = forth if forth <= back else -back
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
    name = scene.told_day_words if beside else scene.anchor_name
    ahead = value_day >= anchor if either else scene.until or None
    return Reading("DATE", value_day.isoformat(), day(value_day), anchor=name, steps=steps, ahead=ahead)


def before_last(slots: Slots, scene: Scene) -> Reading | None:
    """`the week before last`, `the Tuesday before last`, `the year after next`: two steps from P's own."""
    steps_off = 2 if slots.words.lower().endswith("next") else -2
    anchor = scene.anchor
    if anchor is None:
        return Reading("DATE", "XXXX", UNKNOWN, steps=(scene.anchor_step(),))
    if "night" in slots:
        value = moved(anchor, days=steps_off)
        after = moved(anchor, days=steps_off + 1)
        if value is None or after is None:
            return None
        steps = (scene.anchor_step(), f"so '{slots.words}' is that from {value}")
        night = Clock(part=PARTS["NI"])
        return Reading("TIME", f"{value}TNI", DateInterval(value, after), clock=night, steps=steps)
    if "weekday" in slots:
        number = int(slots["weekday"])
        near = (number - anchor.weekday()) % 7 or 7 if steps_off > 0 else -((anchor.weekday() - number) % 7 or 7)
        value = moved(anchor, days=near + (7 if steps_off > 0 else -7))
        found: tuple[str, DateInterval] | None = (value.isoformat(), day(value)) if value else None
    else:
        found = around(str(slots["unit"]), anchor, steps_off)
    if found is None:
        return None
    steps = (scene.anchor_step(), f"so '{slots.words}' is {found[1]}")
    return Reading("DATE", found[0], found[1], anchor=scene.anchor_name, steps=steps, ahead=steps_off > 0 or None)


def weekday_of_week(slots: Slots, scene: Scene) -> Reading | None:
    """`Tuesday last week`, `Friday of this week`, `Monday night last week`."""
    anchor = scene.anchor
    if anchor is None:
        return None
    monday = week_of(anchor, int(slots["which"])).earliest
    value = moved(monday, days=int(slots["weekday"])) if monday else None
    if value is None:
        return None
    steps = (scene.anchor_step(), f"so it is {value}")
    found = Reading("DATE", value.isoformat(), day(value), anchor=scene.anchor_name, steps=steps)
    part = slots.get("daypart")
    if part is None:
        return found
    interval = DateInterval(value, moved(value, days=1 if part == "NI" else 0))
    return replace(found, type="TIME", value=f"{value}T{part}", interval=interval, clock=Clock(part=PARTS[part]))


def near_day(slots: Slots, scene: Scene) -> Reading | None:
    """`today`, `yesterday`, `tomorrow`; a history's `today` is the present, and no day."""
    offset = int(slots["near"])
    if scene.narrative and scene.story.known:
        step = "a history does not count from the day it appeared"
        return Reading("DATE", "PRESENT_REF" if offset == 0 else "XXXX-XX-XX", UNKNOWN, steps=(step,))
    if scene.today is None:
        return Reading("DATE", "PRESENT_REF" if offset == 0 else "XXXX-XX-XX", UNKNOWN, steps=(scene.anchor_step(),))
    value = moved(scene.today, days=offset)
    if value is None:
        return None
    steps = (f"the article appeared {WEEKDAYS[scene.today.weekday()]} {scene.today}", f"so '{slots.words}' is {value}")
    return Reading("DATE", value.isoformat(), day(value), slots.get("part", ""), steps=steps)


def two_days_off(slots: Slots, scene: Scene) -> Reading | None:
    """`the day before yesterday`, `the day after tomorrow`."""
    offset = int(slots["sign"]) + int(slots["near"])
    return near_day(Slots(slots.words, {"near": offset}, slots.texts), scene)


def reference(slots: Slots, scene: Scene) -> Reading | None:
    """`now`, `recently`, `soon`: PRESENT_REF, PAST_REF or FUTURE_REF; only "now" has a day."""
    value = str(slots["reference"])
    interval = scene.published if value == "PRESENT_REF" and not scene.narrative else UNKNOWN
    return Reading("DATE", value, interval, steps=(f"'{slots.words}' says no day",))


def period(slots: Slots, scene: Scene) -> Reading | None:
    """`last week`, `this month`, `next year`, `the previous year`, `earlier this month`."""
    unit, which = slots["unit"], int(slots["which"])
    mod = slots.get("part", "")
    if unit == "weekend" and which == 0:
        return weekend(slots, scene)
    found = around(unit, scene.anchor, which) if scene.anchor else _agreed(unit, which, scene.published)
    if found is None:
        return Reading("DATE", "XXXX", UNKNOWN, mod, steps=(scene.anchor_step(),))
    value, interval = found
    running = which == 0 and scene.today is not None and not scene.narrative
    interval = so_far(interval, scene, slots) if running else part_of(interval, mod)
    steps = (scene.anchor_step(), f"so '{slots.words}' is {interval}")
    return Reading("DATE", value, interval, mod, anchor=scene.anchor_name, steps=steps)


def _agreed(unit: str, which: int, published: DateInterval) -> tuple[str, DateInterval] | None:
    """The month or year that every day of a longer publication interval gives ("last year")."""
    if published.earliest is None or published.latest is None:
        return None
    first = around(unit, published.earliest, which)
    return first if first == around(unit, published.latest, which) else None


def weekend(slots: Slots, scene: Scene) -> Reading | None:
    """`the weekend`: the one last begun, the next when the clause looks ahead, or the story's."""
    base = scene.anchor
    if scene.until:
        scene = scene._replace(ahead=True)
    if base is None:
        return Reading("DATE", "XXXX-WXX-WE", UNKNOWN, steps=(scene.anchor_step(),))
    back = base.weekday() < 5 and not scene.ahead and not scene.narrative
    week = week_of(base, -1 if back else 0)
    if week.earliest is None or week.latest is None:
        return None
    interval = DateInterval(week.latest - dt.timedelta(days=1), week.latest)
    steps = (scene.direction_step(slots.words), scene.anchor_step(), f"so it is {interval}")
    return Reading("DATE", week_value(week.earliest) + "-WE", interval, anchor=scene.anchor_name, steps=steps)


def so_far(interval: DateInterval, scene: Scene, slots: Slots) -> DateInterval:
    """The part of the running week, month or year that the clause can mean."""
    today = scene.today
    if today is None or interval.earliest is None or interval.latest is None:
        return interval
    if not interval.earliest <= today <= interval.latest:
        return part_of(interval, slots.get("part", ""))
    word = slots.text("part")
    if word == "earlier":
        return DateInterval(interval.earliest, today)
    if word == "later":
        return DateInterval(today, interval.latest)
    if word:
        return part_of(interval, slots.get("part", ""))
    return DateInterval(today, interval.latest) if scene.ahead else DateInterval(interval.earliest, today)
