"""Where a story stands: the year of each date in a narrative that names none, by the cheapest way through all of them.

A history names a year now and then and goes on without it: "In March ... On April 11 ... In early 1952 ...". Each date
of the text is a landmark. A year told moves the story, or is an aside ("known since 1928"); a month without its year
goes on from where the story stands, forward rather than back, and rather within the year than over its end. Each of
these has a price, and the whole text takes the way that costs least (Viterbi 1967), so that a date is placed by what
follows it as well as by what stands before it.

Time is counted in months: 12 * year + month - 1, with the year 1 BC as year 0 (ISO 8601).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from typing import Literal

_KEPT = 24  # ways that are followed at a time; a text has few years to choose from
_ASIDE = 0.7  # price of a count ("a year earlier") that moves no story
_BESIDE_ASIDE = 0.4  # price of a month that belongs to an aside told before it
_APART = 1.0  # price of taking a month right behind an aside for one of the story
_FAR = 1.5  # price of a second month more than a year after the first
_PASSING = 0.5  # price of following a mere year that is far off
_DISAGREES = 2.5  # price of a weekday that does not fit


@dataclass(frozen=True, slots=True)
class Landmark:
    """A date of the text. `year` None: not named; `month` None: only the year; `step`: months from the date before.

    `aside`: the price of taking it as an aside, from 0 ("since 1928") to 3 (it opens a sentence). `onward`: after where
    the story stands ("the following spring"), or not before it (the second of "from October to March"). `weekday`, with
    `day`: what the text calls that day, which few years allow.
    """

    year: int | None = None
    month: int | None = None
    step: int | None = None
    aside: float = 1.6
    onward: Literal["", "not before", "after"] = ""
    day: int | None = None
    weekday: int | None = None
    close: bool = False  # right behind the date before
    heading: bool = False  # a section begins in this year, wherever the one before ended


@dataclass(frozen=True, slots=True)
class Stand:
    """The year given to a landmark (None: unknown), and whether the story moves there."""

    year: int | None = None
    moves: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """A way through the first landmarks: its price, where it stands (`exact` to the month), the stands on it."""

    price: float
    at: int
    exact: bool
    stand: Stand
    told: Stand  # the last stand that has a year
    fresh: bool  # whether `told` is an aside that names or counts its year, and nothing was told since
    before: "_Way | None"


def course(landmarks: Sequence[Landmark]) -> tuple[Stand, ...]:
    """A stand for each landmark. Years are only ever those the text names, or those reached from them."""
    years = sorted({mark.year for mark in landmarks if mark.year is not None})
    if not years:
        return (Stand(),) * len(landmarks)
    ways = [_Way(0.0, 12 * year, False, Stand(), Stand(), False, None) for year in years]
    started = False
    for mark in landmarks:
        following: dict[tuple[int, bool], _Way] = {}
        for way in ways:
            for onward in _onward(way, mark, started):
                known = following.get((onward.at, onward.exact))
                if known is None or onward.price < known.price:
                    following[onward.at, onward.exact] = onward
        ways = sorted(following.values(), key=lambda way: (way.price, way.at))[:_KEPT]
        started = started or mark.year is not None
    return _stands(min(ways, key=lambda way: (way.price, way.at)), len(landmarks))


def _stands(way: _Way | None, count: int) -> tuple[Stand, ...]:
    stands: list[Stand] = []
    while way is not None and len(stands) < count:
        stands.append(way.stand)
        way = way.before
    return tuple(reversed(stands))


def _onward(way: _Way, mark: Landmark, started: bool) -> list[_Way]:
    """The ways on from a way over a landmark."""

    def on(price: float, stand: Stand, at: int | None = None, exact: bool = False) -> _Way:
        told = stand if stand.year is not None else way.told
        fresh = at is None and stand.year is not None and (mark.year is not None or mark.step is not None)
        if at is None:  # the story stays where it is
            return _Way(way.price + price, way.at, way.exact, stand, told, fresh, way)
        return _Way(way.price + price, at, exact, stand, told, False, way)

    if mark.step is not None:
        if not way.told.moves and way.told.year is not None:  # counted from an aside
            return [on(0.0, Stand(way.told.year + mark.step // 12))]
        at, back = way.at + mark.step, mark.step < 0
        moved = on(_ASIDE * back, Stand(at // 12, True), at, way.exact and mark.step % 12 != 0)
        return [moved, on(_ASIDE * (not back), Stand(at // 12))]
    if mark.year is not None:
        at = 12 * mark.year + (mark.month or 1) - 1
        if mark.heading:
            return [on(0.0, Stand(mark.year, True), at, mark.month is not None), on(mark.aside, Stand(mark.year))]
        same = mark.month is None and way.at // 12 == mark.year
        exact = mark.month is not None or (same and way.exact)
        moved = on(_leap(way, at, mark.month is None), Stand(mark.year, True), way.at if same else at, exact)
        # the first year told is where the story begins
        return [moved, on(mark.aside, Stand(mark.year))] if started else [moved]
    if mark.month is None:
        return [on(0.0, Stand())]
    found, beside = [], mark.close and way.fresh
    for year in range(way.at // 12 - 1, way.at // 12 + 2):
        at = 12 * year + mark.month - 1
        if (mark.onward == "after" and at <= way.at) or (mark.onward and at < way.at):
            continue
        price = (_ahead(at - way.at) if mark.onward else _drift(way, at)) + _against(mark, year) + _APART * beside
        found.append(on(price, Stand(year, True), at, True))
        found.append(on(mark.aside + price / 4, Stand(year)))
    if way.fresh and way.told.year is not None:  # "seven years earlier, on 6 February"
        found.append(on(_BESIDE_ASIDE * (not beside) + _against(mark, way.told.year), Stand(way.told.year)))
    return found


def _ahead(months: int) -> float:
    """The price of the second of two months ("from October to March"): within a year almost none."""
    return 0.02 * months + _FAR * (months > 11)


def _leap(way: _Way, at: int, whole_year: bool) -> float:
    """The price of moving to a year that is named: little ahead, more back, more the farther."""
    months = at - way.at
    if way.at // 12 == at // 12 and (whole_year or not way.exact):
        return 0.0
    near, far = 0.02 * min(abs(months), 24), log2(max(1.0, abs(months) / 24))
    passing = _PASSING * (whole_year and abs(months) > 24)
    return passing + (near + 0.15 * far if months >= 0 else 0.8 + near + 0.35 * far)


def _drift(way: _Way, at: int) -> float:
    """The price of going on to a month whose year is not named."""
    months, years = at - way.at, at // 12 - way.at // 12
    if not way.exact:
        return (0.1, 1.0, 1.5)[years]  # this year, the next, the one before
    if years == 0:
        return 0.02 * months + 0.08 * max(0, months - 6) if months >= 0 else 0.1 - 0.15 * months
    return 0.15 * months if months > 0 else 0.4 - 0.1 * months


def _against(mark: Landmark, year: int) -> float:
    """The price of a year in which the day falls on another weekday than the text says."""
    if mark.weekday is None or mark.day is None or mark.month is None or not 1 <= year <= 9999:
        return 0.0
    try:
        agrees = dt.date(year, mark.month, mark.day).weekday() == mark.weekday
    except ValueError:
        return _DISAGREES
    return 0.0 if agrees else _DISAGREES
