"""Times of day, and the days they belong to."""

import datetime as dt
import re
from dataclasses import replace

from ..interval import UNKNOWN, DateInterval
from ..model import Clock, Shift
from .told import told_anchor
from .values import PARTS, Reading, Scene, Slots, moved, one, part_of

_NEARBY = 10  # days from publication within which news goes on speaking of a day told


def _clock(slots: Slots) -> Clock | None:
    """The clock the slots spell; None when it is none."""
    if "hhmm" in slots or "hmm" in slots:
        digits = f"{slots.text('hhmm') or slots.text('hmm'):0>4}"
        hour, minute = int(digits[:2]), int(digits[2:])
    elif "hour" in slots:
        hour, minute = int(slots["hour"]), int(slots.get("minute", 0))
    else:
        hour, minute = int(slots["fixed"]), 0
    half = slots.get("half")
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + int(half)
    if "daypart" in slots and hour <= 12 and half is None:
        hour = hour % 12 + (12 if slots["daypart"] in ("AF", "EV") or (slots["daypart"] == "NI" and hour >= 6) else 0)
    if hour > 23 or minute > 59:
        return None
    zone = slots.get("zone")
    utc = ""
    if "utc_hhmm" in slots:
        digits = slots.text("utc_hhmm")
        utc = f"{digits[:2]}:{digits[2:]}"
    elif "utc_hour" in slots:
        utc = f"{int(slots['utc_hour']):02d}:{int(slots.get('utc_minute', 0)):02d}"
    return Clock(hour, minute, offset=int(zone) if zone is not None and not utc else None, utc=utc)


def clock(slots: Slots, scene: Scene) -> Reading | None:
    """`6am`, `10:35 p.m.`, `0300 GMT`, `6am [0300 GMT]`, `noon`: of the day told beside it, else of publication."""
    found = _clock(slots)
    if found is None:
        return None
    base, anchor, first = scene.anchor, scene.anchor_name, scene.anchor_step()
    if scene.told_day.precision == "day" and _tells_day(scene):
        base, anchor = scene.told_day.earliest, scene.told_day_words
        first = f"the last day told before is '{anchor}', {scene.told_day}"
    value = f"{base.isoformat() if base else 'XXXX-XX-XX'}T{found.text}"
    return Reading(
        "TIME", value, one(base), clock=found, anchor=anchor, steps=(first, f"'{slots.words}' is {found.text}")
    )


def _tells_day(scene: Scene) -> bool:
    """Whether a time of day is of the last day told: near publication or told a sentence before, and not to come."""
    told = scene.told_day.earliest
    if scene.narrative or scene.told_beside or scene.today is None or told is None:
        return True
    if told > scene.today and not scene.ahead:
        return False
    return scene.told_near or abs((scene.today - told).days) <= _NEARBY


def clock_beside(slots: Slots, _scene: Scene) -> Reading | None:
    """The `2 a.m.` of `between 2 a.m. and 4 a.m. on Sunday`: of the day told with the second."""
    first: Reading = slots["clock"]
    other: Reading = slots["other"]
    if first.clock is None or other.clock is None or other.clock.hour is None or other.interval.precision != "day":
        return None
    value = f"{other.value.partition('T')[0]}T{first.clock.text}"
    steps = (*other.steps, f"the time is {first.clock.text}")
    return replace(other, value=value, clock=first.clock, steps=steps)


def clock_words(slots: Slots, scene: Scene) -> Reading | None:
    """`ten past eleven in the morning`, `half past six`, `a quarter to nine`."""
    minutes, way = slots["minutes"], int(slots["pastto"])
    hour = slots.get("hour", slots.get("fixed"))
    if not isinstance(minutes, int) or not isinstance(hour, int) or not 1 <= minutes <= 30 or hour > 12:
        return None
    whole = (60 * hour + way * minutes) % (24 * 60 if "fixed" in slots else 12 * 60)
    hour, minute = divmod(whole, 60)
    values = {**slots.values, "hour": hour or ("fixed" not in slots and 12), "minute": minute}
    return clock(Slots(slots.words, values, slots.texts), scene)


def clock_twice(slots: Slots, _scene: Scene) -> Reading | None:
    """`4:15 p.m. local time (9:15 a.m. ET)`: the first is the place's own."""
    first: Reading = slots["clock"]
    return replace(first, steps=(*first.steps, f"'{slots.words}' tells it"))


def clock_of_day(slots: Slots, _scene: Scene) -> Reading | None:
    """`6am on August 31`, `Thursday at noon`, `midnight Thursday` (which is Thursday and Friday)."""
    date: Reading = slots["date"]
    time: Reading = slots["clock"]
    if time.clock is None:
        return None
    interval, named = date.interval, date.value.partition("T")[0]
    if date.value.endswith("TNI") and interval.days == 2 and interval.earliest and interval.latest:  # "9 p.m. tonight"
        late = time.clock.hour is not None and (
            time.clock.hour >= 12 or (time.clock.hour > 5 and ":" not in slots.text("clock"))
        )
        interval = one(interval.earliest if late else interval.latest)
        named = str(interval)
    if interval.precision != "day" and not interval.partial:
        return None
    midnight = time.clock.hour == 0 and "midnight" in slots.words.lower()
    if midnight and interval.latest:
        interval = DateInterval(interval.earliest, moved(interval.latest, days=1) or interval.latest)
    told, part = time.clock, date.value.partition("T")[2]
    stated = re.search(r"\d[ap]\.?m|\b[ap]\.?m\b|\d{4}|hours|hrs|:", slots.text("clock"), re.IGNORECASE)
    if (
        told.hour is not None
        and not stated
        and told.hour < 12
        and (part in ("AF", "EV") or (part == "NI" and told.hour > 5))
    ):
        told = replace(told, hour=told.hour + 12)  # "eleven on the night of 31 May"
    steps = (*date.steps, f"the time is {told.text}")
    value = f"{named}T{told.text}"
    return replace(date, type="TIME", value=value, interval=interval, clock=told, steps=steps)


def part_of_day(slots: Slots, _scene: Scene) -> Reading | None:
    """`Tuesday night`, `Monday afternoon`, `the night of Tuesday`, `the early hours of Tuesday`."""
    date: Reading = slots["date"]
    part = slots.get("daypart", "MO")
    interval = date.interval
    if date.type != "DATE" or (
        interval.precision != "day" and not interval.partial and not date.value.startswith("XXXX-W")
    ):
        return None
    before = "before" in slots
    if part == "NI" and interval.earliest and interval.latest:
        first = moved(interval.earliest, days=-1) if before else interval.earliest
        last = interval.latest if before else moved(interval.latest, days=1)
        interval = DateInterval(first or interval.earliest, last or interval.latest)
    shift = date.shift if date.shift is None or part != "NI" else Shift(date.shift.days, date.shift.until + 1)
    steps = (*date.steps, f"'{slots.words}' is {interval}")
    mod = slots.get("part", "")
    return replace(
        date, type="TIME", value=f"{date.value}T{part}", interval=interval, mod=mod, clock=Clock(part=PARTS[part]),
        steps=steps, shift=shift,
    )  # fmt: skip


def near_part(slots: Slots, scene: Scene) -> Reading | None:
    """`this morning`, `last night`, `tonight`, `yesterday evening`, `tomorrow morning`, `overnight`."""
    part = slots.get("daypart", "NI")
    if "tonight" in slots:
        offset = 0
    elif "near" in slots:
        offset = int(slots["near"])
    else:
        offset = int(slots["which"])
    if scene.today is None:
        return Reading(
            "TIME", f"XXXX-XX-XXT{part}", UNKNOWN, clock=Clock(part=PARTS[part]), steps=(scene.anchor_step(),)
        )
    base = moved(scene.today, days=offset)
    after = moved(base, days=1 if part == "NI" else 0) if base else None
    if base is None or after is None:
        return None
    if part == "NI" and offset == -1:
        after = scene.today
    interval = DateInterval(base, after)
    steps = (scene.anchor_step(), f"so '{slots.words}' is {interval}")
    return Reading(
        "TIME", f"{base}T{part}", interval, slots.get("part", ""), clock=Clock(part=PARTS[part]), steps=steps
    )


def overnight(slots: Slots, scene: Scene) -> Reading | None:
    """`overnight`: the day before and P; `overnight Monday` and `overnight and early Tuesday`: Monday and Tuesday."""
    into = "into" in slots
    date: Reading | None = slots.get("into") or slots.get("date")
    if date is not None and date.interval.precision != "day":
        return None
    if date is None:
        told = scene.narrative and scene.told.precision == "day"
        base = scene.told.latest if told else scene.today
        first, last = _around(base, follows=told)
        which = "the night that follows it" if told else "the day before and that day"
        steps: tuple[str, ...] = (scene.anchor_step(), f"'overnight' is {which}")
    else:
        base = date.interval.earliest
        first, last = _around(base, follows=not into)
        steps = (
            *date.steps,
            f"'{slots.words}' is the night " + ("before and that day" if into else "from that day to the next"),
        )
    if first is None or last is None:
        return Reading("TIME", "XXXX-XX-XXTNI", UNKNOWN, clock=Clock(part="night"), steps=steps)
    anchor = date.anchor if date else scene.anchor_name
    return Reading(
        "TIME", f"{first}TNI", DateInterval(first, last), clock=Clock(part="night"), anchor=anchor, steps=steps
    )


def _around(base: dt.date | None, *, follows: bool) -> tuple[dt.date | None, dt.date | None]:
    """The two days of the night before a day, or of the one that follows it."""
    if base is None:
        return None, None
    return (base, moved(base, days=1)) if follows else (moved(base, days=-1), base)


def edge_of_day(slots: Slots, _scene: Scene) -> Reading | None:
    """`late Tuesday`, `early on Monday`, `late on Jan. 12`: the day; of a longer date its early or late part."""
    date: Reading = slots["date"]
    mod = slots["part"]
    if date.type != "DATE" or not (date.interval.known or date.interval.partial) or date.mod:
        return None
    if date.interval.precision == "day" and mod == "MID":
        return None
    interval = part_of(date.interval, mod)
    clock_part = Clock(part={"START": "morning", "END": "evening"}[mod]) if date.interval.precision == "day" else None
    return replace(
        date, mod=mod, interval=interval, clock=clock_part, steps=(*date.steps, f"'{slots.words}' is {interval}")
    )


def about(slots: Slots, _scene: Scene) -> Reading | None:
    """`around Nov. 1`, `about 3 p.m.`: the same, approximate."""
    inner: Reading = slots.get("date") or slots["clock"]
    mod = slots.get("mod", "APPROX")
    interval = inner.interval
    if interval.known and inner.clock is None:
        interval = DateInterval(interval.earliest, interval.latest, approximate=mod == "APPROX")
    return replace(inner, mod=mod, interval=interval)


def bare_part(slots: Slots, scene: Scene) -> Reading | None:
    """`in the morning`, `at night`, `in the evening`: of the day told last, else of publication."""
    part = slots["daypart"]
    anchor, words = told_anchor(scene, "day")
    if scene.narrative and part == "NI":  # "they travelled at night": no night of its own
        return Reading("TIME", f"XXXX-XX-XXT{part}", UNKNOWN, clock=Clock(part=PARTS[part]), anchor=words)
    if anchor.days == 2 and anchor.earliest and anchor.latest:  # after a night
        anchor = one(anchor.latest if part == "MO" else anchor.earliest)
    if anchor.precision != "day" or anchor.latest is None:
        return Reading("TIME", f"XXXX-XX-XXT{part}", UNKNOWN, clock=Clock(part=PARTS[part]), anchor=words)
    shift = Shift(0, 1 if part == "NI" else 0)
    steps = (f"'{slots.words}' belongs to the last date told", f"that is '{words}', {anchor}")
    return Reading(
        "TIME",
        f"{anchor.latest}T{part}",
        shift.apply(anchor),
        clock=Clock(part=PARTS[part]),
        anchor=words,
        steps=steps,
        shift=shift,
    )
