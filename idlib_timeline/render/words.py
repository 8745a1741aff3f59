"""How dates, statuses and counts read to a person, and how text from articles is made safe to print."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..interval import DateInterval, month_end, parse_edtf
from ..serial import Record

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FULL = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

DATE_UNKNOWN = "Date unknown"
CERTAINTY = {"sure": "32", "inferred": "33", "unknown": "1;31"}  # of a publication date -> SGR
INFERRED = {"text": "inferred from the text", "corpus": "inferred from other articles"}  # method -> in words

# Terminal sequences first, whole (CSI and OSC, by ESC or by their one-byte forms), so that no "[31m" is left behind.
_ESCAPES = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b\\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)?|\x1b.?"
)
_BLANKS = re.compile(r"\s+")
# Controls, soft hyphen, marks that steer the writing direction, invisible operators, interlinear marks and tags.
# The joiners U+200C and U+200D stay: Persian and Indic spelling needs them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Text from outside as one printable line: no terminal sequences, control characters or direction overrides."""
    text = _INVISIBLE.sub("", _ESCAPES.sub("", text))
    return _SURROGATE.sub("\ufffd", _BLANKS.sub(" ", text).strip())


def event_date(event: Record, clock: bool = True) -> str:
    """An event's date as people write it: `12 Jan 2020`, `19–25 Aug 2019`, `c. Aug 2019`, `from 15 Oct 2018`."""
    text = date_words(event["date"], event["approximate"])
    time = event.get("time") if clock else None
    return f"{text}, {time}" if time and event["earliest"] else text


def date_words(edtf: str, approximate: bool = False) -> str:
    """An EDTF date as people write it; `date unknown` for the empty string."""
    date = parse_edtf(edtf)
    about = "c. " if approximate or date.approximate else ""
    if date.partial:
        return about + _partial(date.partial)
    if date.earliest is None or date.latest is None:
        if not date.known:
            return "date unknown"
        return f"from {about}{_day(date.earliest)}" if date.earliest else f"by {about}{_day(_end(date))}"
    return about + _closed(date.earliest, date.latest)


def _end(date: DateInterval) -> dt.date:
    assert date.latest is not None
    return date.latest


def _closed(first: dt.date, last: dt.date) -> str:
    if first == last:
        return _day(first)
    whole_months = first.day == 1 and last == month_end(last)
    if whole_months and first.month == 1 and last.month == 12:
        return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    if whole_months:
        if (first.year, first.month) == (last.year, last.month):
            return _month(first)
        if first.year == last.year:
            return f"{MONTHS[first.month - 1]}–{_month(last)}"
        return f"{_month(first)} – {_month(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {_day(last)}"
    return f"{_day(first)} – {_day(last)}"


def _day(value: dt.date) -> str:
    return f"{value.day} {_month(value)}"


def _month(value: dt.date) -> str:
    return f"{MONTHS[value.month - 1]} {value.year}"


def _partial(text: str) -> str:
    """`XXXX-01-12` -> `12 Jan, year unknown`; a form without a usual reading stays as it is."""
    year, month, day = [*text.split("-"), "", ""][:3]
    if year == "XXXX" and month.isdigit() and 1 <= int(month) <= 12:
        number = f"{int(day)} " if day.isdigit() else ""
        return f"{number}{MONTHS[int(month) - 1]}, year unknown"
    if re.fullmatch(r"\d{3}X", text):
        return f"{text[:3]}0s"
    return text


def period(event: Record) -> str:
    """The heading an event stands under: its month (`August 2019`), the year when its date says no more, or unknown."""
    start = event["earliest"] or event["latest"]
    if not start:
        return DATE_UNKNOWN
    first = dt.date.fromisoformat(start)
    if event["earliest"] and event["latest"]:
        last = dt.date.fromisoformat(event["latest"])
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return str(first.year)
    return f"{_FULL[first.month - 1]} {first.year}"


def by_period(events: Sequence[Record]) -> list[tuple[str, list[Record]]]:
    """Events under their headings, each heading once, in the direction the events run; a year before its months."""
    groups: dict[str, list[Record]] = {}
    for event in events:
        groups.setdefault(period(event), []).append(event)
    backwards = bool(events) and _bounds(events[0]) > _bounds(events[-1])
    if DATE_UNKNOWN in groups:  # 10 January of some year before 12 January, what has no date at all last
        groups[DATE_UNKNOWN].sort(key=lambda event: event["date"] or "~", reverse=backwards)
    return sorted(groups.items(), key=lambda group: _place_in_time(group[0], group[1][0]), reverse=backwards)


def _bounds(event: Record) -> tuple[str, str]:
    return event["earliest"] or "9999", event["latest"] or "9999"


def _place_in_time(heading: str, event: Record) -> str:
    if heading == DATE_UNKNOWN:
        return "9999-99"
    day: str = event["earliest"] or event["latest"]
    return day[:4] if heading.isdigit() else day[:7]


def files(event: Record) -> list[str]:
    """The articles that tell an event, each once, in order."""
    return list(dict.fromkeys(evidence["file"] for evidence in event["evidence"]))


def voices(event: Record, reprints: Mapping[str, str]) -> int:
    """How many sources tell an event; a text and those that repeat it (`reprints`: file -> file) are one."""
    return len({reprints.get(file, file) for file in files(event)})


def parties(event: Record, arrow: str = " → ") -> str:
    """`who -> whom`; all actors when nobody is known to act or to be acted upon."""
    who, whom = ", ".join(event["who"]), ", ".join(event["whom"])
    if not (who or whom):
        return clean(", ".join(event["actors"]))
    return clean(f"{who}{arrow}{whom}" if whom else who).strip()


def judged(event: Record) -> bool:
    """Whether an analyst has made the event what it is; a note changes nothing."""
    return any(judgement["verb"] != "note" for judgement in event.get("judgements", ()))


def contested(field: str) -> str:
    """What sources disagree on, for people: `figures.killed` is `killed`."""
    return field.removeprefix("figures.").replace("_", " ")


def disputes(event: Record) -> list[str]:
    """`killed: 12 / 15` for each field in which the sources disagree."""
    return [
        clean(f"{contested(dispute['field'])}: {' / '.join(str(said['value']) for said in dispute['values'])}")
        for dispute in event["disputed"]
    ]


def figure(record: Record) -> str:
    """A figure as `killed: at least 12`, from its bounds; its words when it has no number."""
    low, best, high, kind = record["low"], record["best"], record["high"], record["kind"].replace("_", " ")
    if best is not None:
        text = f"{best:,}"
    elif low is not None and high is not None:
        text = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    elif low is not None:
        text = f"at least {low:,}"
    elif high is not None:
        text = f"at most {high:,}"
    else:
        text = record["text"]
    since = f" since {date_words(record['since'])}" if record["since"] else ""
    return clean(f"{kind}: {text}{since}")


def spelled(row: Record) -> list[str]:
    """The spellings of a name with how often each was seen, `Ankara (3)`."""
    return [f"{clean(spelling)} ({count:,})" for spelling, count in row.get("spellings", {}).items()]


def counted(number: int, singular: str, plural: str = "") -> str:
    """`1 event`, `2 events`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def joined(values: Sequence[Any]) -> str:
    """A list in one cell."""
    return "; ".join(clean(str(value)) for value in values)
