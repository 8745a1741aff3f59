"""Feasts: the days that churches, states and the moon decide, as the `holidays` library keeps them for each country.

A feast of the rulebook says where its days are kept:

- `12-25`: a fixed day by its very meaning; `easter+49`, `orthodox-2`: so many days from Easter, of either church;
- `SA,TR: Eid al-Fitr`: what the public calendars of these countries list by that name. Where they disagree, because
  the moon decides, the feast takes in the days of all of them, is approximate, and its value is the first one's;
- `; 3 days` says how long it lasts.
"""

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from ..interval import DateInterval
from .dates import day_toward, not_too_far, written_year
from .values import Reading, Scene, Slots, moved, safe_day

_EASTERS: Mapping[str, Literal[2, 3]] = {"easter": EASTER_WESTERN, "orthodox": EASTER_ORTHODOX}
_EASTER_YEARS = range(1583, 4100)  # those that dateutil computes
_MONTH_LONG = 20  # days from which a feast is named by its month ("Ramadan"), not by its first day


def feast(slots: Slots, scene: Scene) -> Reading | None:
    """`Christmas Eve`, `Good Friday`, `Eid al-Fitr`, `Yom Kippur`, `Ramadan 2016`: of the year that fits the clause.

    None where no calendar keeps the feast: Islamic ones before 1901 or after 2077, and whatever lies outside the years
    of its country.
    """
    rule, _, length = str(slots.get("feast", "1-1")).partition(";")
    shift, days = int(slots.get("feastday", 0)), int(length.split()[0]) if length else 1
    number, anchor = written_year(slots, scene), scene.anchor
    if scene.narrative and scene.story_year:
        anchor = safe_day(scene.story_year, 7, 1)
    if number is None and anchor is None:
        return _of_unknown_year(rule, shift, slots)
    middle = number if number is not None else anchor.year if anchor else 0
    around = (middle,) if number is not None else (middle - 1, middle, middle + 1)
    firsts = {first: last for year in around for first, last in _begins(rule.strip(), year)}
    chosen = min(firsts, default=None) if number is not None else _fitting(firsts, days, slots, scene)
    if chosen is None:
        return None
    elsewhere = firsts[chosen]
    value = moved(chosen, days=shift)
    first = moved(min(chosen, elsewhere), days=shift)
    last = moved(max(chosen, elsewhere), days=shift + days - 1)
    if value is None or first is None or last is None:
        return None
    approximate = elsewhere != chosen or (":" in rule and days > 1)
    interval = DateInterval(first, last, approximate)
    steps = (f"'{slots.words}' is {interval}" + (", as the calendars of its countries keep it" if ":" in rule else ""),)
    named = value.isoformat()[: 7 if days > _MONTH_LONG else 10]
    anchored = "explicit" if number is not None else scene.anchor_name
    return Reading("DATE", named, interval, "APPROX" if approximate else "", anchor=anchored, steps=steps)


def _of_unknown_year(rule: str, shift: int, slots: Slots) -> Reading | None:
    """`XXXX-12-25` for a feast of a fixed day; None for one that moves."""
    fixed = re.fullmatch(r"(\d+)-(\d+)", rule.strip())
    value = moved(dt.date(2001, int(fixed[1]), int(fixed[2])), days=shift) if fixed else None
    if value is None:
        return None
    partial = f"XXXX-{value:%m-%d}"
    steps = (f"'{slots.words}' names no year", "so the year stays open")
    return Reading("DATE", partial, DateInterval(partial=partial), anchor="explicit", steps=steps)


def _fitting(firsts: Mapping[dt.date, dt.date], days: int, slots: Slots, scene: Scene) -> dt.date | None:
    """The feast begun last before the anchor, or the next one; in a narrative that of the story's year."""
    anchor, which = scene.anchor, slots.get("which")
    if anchor is None:
        return None
    if scene.narrative and scene.story_year and not which:
        return next((day for day in sorted(firsts) if day.year == scene.story_year), None)
    if scene.weak and not which and not scene.ahead:
        return min(firsts, key=lambda day: (abs((day - anchor).days), day), default=None)
    if not (int(which) > 0 if which else scene.ahead):
        return day_toward([day for day in firsts if not which or day != anchor], anchor, False)
    lasting = dt.timedelta(days=0 if which else days - 1)  # one that goes on is not over
    others = [day for day in firsts if not which or day != anchor]
    coming = day_toward(others, anchor - lasting, True)
    return coming if which else not_too_far(coming, others, anchor, scene)


def _begins(rule: str, year: int) -> list[tuple[dt.date, dt.date]]:
    """The first days of a feast in a year: the one that counts, and the latest or earliest one kept elsewhere."""
    if not 1 <= year <= 9999:
        return []
    if ":" in rule:
        return _kept_anywhere(rule, year)
    name, sign, number = rule.partition("+") if "+" in rule else rule.partition("-")
    if name not in _EASTERS:
        day = safe_day(year, int(name), int(number))
        return [(day, day)] if day else []
    if year not in _EASTER_YEARS:
        return []
    day = easter(year, _EASTERS[name]) + dt.timedelta(days=int(sign + number or 0))
    return [(day, day)]


def _kept_anywhere(rule: str, year: int) -> list[tuple[dt.date, dt.date]]:
    countries, _, name = rule.partition(": ")
    main, *others = [_kept(country, name, year) for country in countries.split(",")]
    found = []
    for day in main:
        near = [other for days in others for other in days if abs((other - day).days) <= 3]
        found.append((day, max((day, *near), key=lambda other: abs((other - day).days))))
    return found


@lru_cache(maxsize=512)
def _kept(country: str, name: str, year: int) -> tuple[dt.date, ...]:
    """The days on which a feast begins in a year of a country's calendar; () outside the years it covers."""
    from holidays import country_holidays

    kinds = country_holidays(country, years=year).supported_categories
    calendar = country_holidays(country, years=year, language="en_US", categories=kinds, observed=False)
    days = {
        day
        for day, names in calendar.items()
        for one in names.split("; ")
        if one.removesuffix(" (estimated)").removesuffix(" Holiday") == name
    }
    return tuple(sorted(day for day in days if day - dt.timedelta(days=1) not in days))
