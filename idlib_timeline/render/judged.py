"""What analysts decided of an event, in words."""

from collections.abc import Iterator, Sequence

from ..judgements import FIELDS
from ..serial import Record
from .page import Page
from .words import clean, date_words

_LABELS = {"merge": "merged", "split": "split", "fix": "fixed", "hide": "hidden", "note": "note"}


def judged(page: Page, judgements: Sequence[Record]) -> Iterator[str]:
    """A section of `timeline explain`: the judgements that shaped an event, in order, by whom and why."""
    if judgements:
        yield from page.heading("What an analyst decided")
    for record in judgements:
        yield from page.field(_LABELS[record["verb"]], clean(decision(record)))
        yield from page.field("", _origin(record))


def decision(record: Record) -> str:
    """What a judgement says: `3fa9c10b2d is an event of its own, apart from 7be2d40c11`, `place: Tollen`."""
    if record["verb"] == "merge":
        return f"{_series((record['event'], *record['others']))} are one event"
    if record["verb"] == "split":
        alone = "is an event of its own" if len(record["others"]) == 1 else "are one event of their own"
        return f"{_series(record['others'])} {alone}, apart from {record['event']}"
    if record["verb"] == "fix":
        return "; ".join(_change(key, record[key]) for key in record if key in FIELDS and record[key] is not None)
    return str(record["text"]) if record["verb"] == "note" else "left out of the chronology"


def _change(field: str, value: str) -> str:
    """A field that is fixed, as people write it: `date: 12 Jan 2020`, `place: none known`."""
    if not value.strip():
        return f"{field}: none known"
    if field == "date":
        return f"{field}: {date_words(value)}"
    return f"{field}: {value.replace('_', ' ') if field == 'type' else value}"


def _origin(record: Record) -> str:
    by = f"by {record['author']}" if record["author"] else ""
    return clean(": ".join(part for part in (by, record["reason"]) if part))


def _series(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else str(last)
