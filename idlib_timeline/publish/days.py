"""Sets of days, as sorted spans that do not touch: what constraints on a publication day are intersected in."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..interval import UNKNOWN, DateInterval

Span = tuple[int, int]  # ordinals of the first and the last day
FIRST, LAST = dt.date(1800, 1, 1).toordinal(), dt.date(2199, 12, 31).toordinal()  # no article is older, or later


@dataclass(frozen=True, slots=True)
class Days:
    """A set of days. `ALL` is every day an article can have appeared on."""

    spans: tuple[Span, ...]

    def __and__(self, other: "Days") -> "Days":
        found: list[Span] = []
        mine, others = iter(self.spans), iter(other.spans)
        one, two = next(mine, None), next(others, None)
        while one and two:
            first, last = max(one[0], two[0]), min(one[1], two[1])
            if first <= last:
                found.append((first, last))
            if one[1] < two[1]:
                one = next(mine, None)
            else:
                two = next(others, None)
        return Days(tuple(found))

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __iter__(self) -> Iterator[dt.date]:
        for first, last in self.spans:
            yield from map(dt.date.fromordinal, range(first, last + 1))

    @property
    def count(self) -> int:
        """How many days it holds."""
        return sum(last - first + 1 for first, last in self.spans)

    @property
    def bounded(self) -> bool:
        """Whether it has a first and a last day of its own."""
        return bool(self.spans) and self.spans[0][0] > FIRST and self.spans[-1][1] < LAST

    @property
    def hull(self) -> DateInterval:
        """The interval from its first to its last day, open where it has no bound; unknown when it is empty."""
        if not self.spans:
            return UNKNOWN
        first, last = self.spans[0][0], self.spans[-1][1]
        return DateInterval(
            dt.date.fromordinal(first) if first > FIRST else None, dt.date.fromordinal(last) if last < LAST else None
        )

    def words(self, most: int = 4) -> str:
        """The spans as a reader writes them; of more than `most`, the first two and how many there are."""
        spans = [str(Days((span,)).hull) for span in self.spans]
        if len(spans) <= most:
            return " or ".join(spans)
        return f"{spans[0]}, {spans[1]} or one of {len(spans) - 2} more up to {spans[-1]}"


@dataclass(frozen=True, slots=True)
class Constraint:
    """The days that a sentence of a text allows for its publication, and why, in words."""

    days: Days
    why: str


ALL = Days(((FIRST, LAST),))


def united(spans: Iterable[Span]) -> Days:
    """The set of the days of all spans, in any order; spans that end before they begin are none."""
    found: list[Span] = []
    for first, last in sorted((max(first, FIRST), min(last, LAST)) for first, last in spans if first <= last):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        elif first <= last:
            found.append((first, last))
    return Days(tuple(found))


def not_before(value: dt.date) -> Days:
    """From a day on."""
    return united([(value.toordinal(), LAST)])


def not_after(value: dt.date) -> Days:
    """Up to a day."""
    return united([(FIRST, value.toordinal())])


def between(first: dt.date, last: dt.date) -> Days:
    """From a day to a day."""
    return united([(first.toordinal(), last.toordinal())])


def of_intervals(intervals: Iterable[DateInterval]) -> Days:
    """The days of closed and half-open intervals."""
    return united(
        (
            interval.earliest.toordinal() if interval.earliest else FIRST,
            interval.latest.toordinal() if interval.latest else LAST,
        )
        for interval in intervals
        if interval.known
    )
