"""Publication dates that were found by reading, and how a claimed date is judged against them.

The files and their expected dates lie in `gold/publication/`; its README tells what the columns mean.
"""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from idlib_timeline.interval import DateInterval, parse_edtf

FOLDER = Path(__file__).resolve().parent / "gold" / "publication"
FILES = FOLDER / "files"

Expected = Mapping[str, Any]


def load() -> list[Expected]:
    """The expected publications, one for each article, in the order of the file."""
    lines = (FOLDER / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def judge(
    expected: Expected, published: str | None, earliest: dt.date | str | None, latest: dt.date | str | None
) -> str:
    """What a claim is worth: `right`, `wider`, `unknown` or `wrong`.

    The claim is an article's `published` (EDTF, None or "") with its bounds, both inclusive, None where open. It is
    measured against `published` and each of `accept`, which are all that the file proves:

    - right    it is one of them, as a string or as the same days. Where nobody can say (`published` is null) also if it
               claims nothing; if it says less than one of `accept`; or, where `accept` is empty, if an end is open.
    - wider    it holds every day of one of them and more: not wrong, but more could be said.
    - unknown  it claims nothing, or only a date that has no place on the calendar (`XXXX-08-19`), where something could
               be said.
    - wrong    it leaves out a day that is possible: another date, or one more precise than can be proved, above all a
               single day where nobody can say.

    Raises ValueError for a bound that is not an ISO day, or for bounds in the wrong order.
    """
    sayable = expected["published"] is not None
    proved = [expected["published"], *expected["accept"]] if sayable else list(expected["accept"])
    if published in proved:
        return "right"
    claim = DateInterval(_day(earliest), _day(latest))
    if not claim.known:
        return "unknown" if sayable else "right"
    intervals = [interval for interval in map(_interval, proved) if interval.known]
    if claim in intervals:
        return "right"
    if any(claim.contains(interval) for interval in intervals):
        return "wider" if sayable else "right"
    if not sayable and not intervals and not claim.closed:
        return "right"
    return "wrong"


def _day(bound: dt.date | str | None) -> dt.date | None:
    return dt.date.fromisoformat(bound) if isinstance(bound, str) and bound else bound or None


def _interval(edtf: str) -> DateInterval:
    """The days of an EDTF string; a set (`[A,B]`) counts from its first to its last day."""
    if edtf.startswith("["):
        days = [parse_edtf(part) for part in edtf.strip("[]").split(",")]
        return DateInterval(days[0].earliest, days[-1].latest)
    return parse_edtf(edtf)
