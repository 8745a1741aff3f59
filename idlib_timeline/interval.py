"""Calendar intervals and their EDTF (ISO 8601-2) form.

Every date in this program is an interval of whole days, both ends inclusive, never narrower than the
words that gave it. An end may be open (None). A date whose year is not known keeps its EDTF form
with unspecified digits (`XXXX-01-12`) and has no bounds.
"""

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass, replace

_DAY = r"\d{4}-\d\d-\d\d"
_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(~?)")
_PARTIAL = re.compile(r"(?:\d{4}|\d{3}X|\d\dXX|XXXX)(?:-(?:\d\d|XX)(?:-(?:\d\d|XX))?)?")
_SEASONS = {3: 21, 6: 22, 9: 23, 12: 24}  # first month of a northern season -> EDTF level 1 code


@dataclass(frozen=True, slots=True)
class DateInterval:
    """Days from `earliest` to `latest`, both inclusive; None is open.

    `partial` is an EDTF string with unspecified digits for a date that cannot be placed on the
    calendar; it excludes bounds. Raises ValueError when the bounds are in the wrong order.
    """

    earliest: dt.date | None = None
    latest: dt.date | None = None
    approximate: bool = False
    partial: str = ""

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"{self.earliest} is after {self.latest}")
        if self.partial and (self.earliest or self.latest):
            raise ValueError("a partial date has no bounds")

    @property
    def known(self) -> bool:
        """Whether at least one end is on the calendar."""
        return self.earliest is not None or self.latest is not None

    @property
    def closed(self) -> bool:
        """Whether both ends are on the calendar."""
        return self.earliest is not None and self.latest is not None

    @property
    def days(self) -> int | None:
        """Length in days, None when an end is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1

    @property
    def precision(self) -> str:
        """`day`, `week`, `month`, `season`, `year`, `span` or `unknown` (a clock time is finer, and not ours)."""
        if not self.known:
            return "unknown"
        if self.earliest is None or self.latest is None:
            return "span"
        first, last = self.earliest, self.latest
        if first == last:
            return "day"
        if first.weekday() == 0 and self.days == 7:
            return "week"
        if first.day == 1 and last == month_end(last):
            months = (last.year - first.year) * 12 + last.month - first.month + 1
            if months == 1:
                return "month"
            if months == 12 and first.month == 1:
                return "year"
            if months == 3 and first.month in _SEASONS:
                return "season"
        return "span"

    @property
    def sort_key(self) -> tuple[str, str]:
        """ISO strings that sort as the chronology does: earliest, then latest, an unknown end last."""
        return tuple(bound.isoformat() if bound else "9999-99-99" for bound in (self.earliest, self.latest))  # type: ignore[return-value]

    def overlaps(self, other: "DateInterval") -> bool:
        """Whether a day can lie in both; an unknown interval overlaps nothing."""
        if not (self.known and other.known):
            return False
        return (self.earliest is None or other.latest is None or self.earliest <= other.latest) and (
            other.earliest is None or self.latest is None or other.earliest <= self.latest
        )

    def contains(self, other: "DateInterval") -> bool:
        """Whether every day of `other` lies in this interval."""
        if not (self.known and other.known):
            return False
        return (self.earliest is None or (other.earliest is not None and self.earliest <= other.earliest)) and (
            self.latest is None or (other.latest is not None and other.latest <= self.latest)
        )

    def intersect(self, other: "DateInterval") -> "DateInterval | None":
        """The days in both, or None; approximate only if both are."""
        if not self.overlaps(other):
            return None
        firsts = [d for d in (self.earliest, other.earliest) if d]
        lasts = [d for d in (self.latest, other.latest) if d]
        return DateInterval(
            max(firsts) if firsts else None, min(lasts) if lasts else None, self.approximate and other.approximate
        )

    def shift(self, days: int) -> "DateInterval":
        """The interval moved by whole days; bounds that leave the calendar become open."""
        return replace(self, earliest=_moved(self.earliest, days), latest=_moved(self.latest, days))

    def edtf(self) -> str:
        """EDTF text; `""` when nothing is known. A season is written as its months, which no reader can mistake."""
        if self.partial:
            return self.partial
        if not self.known:
            return ""
        mark = "~" if self.approximate else ""
        if self.earliest is None or self.latest is None:
            left = f"{self.earliest.isoformat()}{mark}" if self.earliest else ".."
            right = f"{self.latest.isoformat()}{mark}" if self.latest else ".."
            return f"{left}/{right}"
        first, last = self.earliest, self.latest
        precision = self.precision
        if precision == "day":
            return f"{first.isoformat()}{mark}"
        if precision == "month":
            return f"{first.isoformat()[:7]}{mark}"
        if precision == "year":
            return f"{first.isoformat()[:4]}{mark}"
        if first.day == 1 and last == month_end(last):
            cut = 4 if first.month == 1 and last.month == 12 else 7
            return f"{first.isoformat()[:cut]}{mark}/{last.isoformat()[:cut]}{mark}"
        return f"{first.isoformat()}{mark}/{last.isoformat()}{mark}"

    def __str__(self) -> str:
        return self.edtf()


UNKNOWN = DateInterval()


def parse_edtf(text: str) -> DateInterval:
    """The interval of an ISO or EDTF string: `2019`, `2019-08`, `2019-08-31`, `2019-21`, `A/B`, `A/..`, `~`, `XXXX-01`.

    An ISO date-time counts as its day. Raises ValueError for anything else.
    """
    text = text.strip()
    if not text:
        return UNKNOWN
    if "/" in text:
        left, _, right = text.partition("/")
        first = UNKNOWN if left == ".." else _parse_point(left)
        last = UNKNOWN if right == ".." else _parse_point(right)
        return DateInterval(first.earliest, last.latest, first.approximate or last.approximate)
    return _parse_point(text)


def _parse_point(text: str) -> DateInterval:
    if re.fullmatch(_DAY + r"[T ].+", text):
        return day(dt.datetime.fromisoformat(text.replace("Z", "+00:00")).date())
    match = _POINT.fullmatch(text)
    if not match:
        if "X" in text and _PARTIAL.fullmatch(text):
            return DateInterval(partial=text)
        raise ValueError(f"not an ISO or EDTF date: {text!r}")
    year, approximate = int(match[1]), bool(match[4])
    if match[3]:
        return day(dt.date(year, int(match[2]), int(match[3])), approximate)
    if match[2]:
        season = {code: start for start, code in _SEASONS.items()}.get(int(match[2]))
        if season:
            first = dt.date(year, season, 1)
            last = dt.date(year + (season == 12), (season + 2 - 1) % 12 + 1, 1)
            return DateInterval(first, month_end(last), approximate)
        return month(year, int(match[2]), approximate)
    return DateInterval(dt.date(year, 1, 1), dt.date(year, 12, 31), approximate)


def _moved(value: dt.date | None, days: int) -> dt.date | None:
    if value is None:
        return None
    try:
        return value + dt.timedelta(days=days)
    except OverflowError:
        return None


def day(value: dt.date, approximate: bool = False) -> DateInterval:
    """One day."""
    return DateInterval(value, value, approximate)


def month(year: int, number: int, approximate: bool = False) -> DateInterval:
    """One calendar month; raises ValueError for a month that is none."""
    first = dt.date(year, number, 1)
    return DateInterval(first, month_end(first), approximate)


def month_end(value: dt.date) -> dt.date:
    """The last day of the month of `value`."""
    return value.replace(day=monthrange(value.year, value.month)[1])
