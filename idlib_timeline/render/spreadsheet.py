"""CSV that opens in a spreadsheet without running anything an article says."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..serial import Record
from .words import clean, disputes, figure, files, joined

COLUMNS = (
    "id", "date", "earliest", "latest", "time", "utc", "precision", "approximate", "status", "type", "title",
    "actors", "who", "whom", "place", "country", "lat", "lon", "places", "figures", "background", "sources", "files",
    "disputed",
)  # fmt: skip

# Spreadsheets read a cell that begins with one of these as a formula (OWASP, CSV injection); the last four are
# their full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def spreadsheet(events: Iterable[Record]) -> Iterator[str]:
    """A header and one row per event; lists are joined with `; `."""
    return rows(COLUMNS, (_row(event) for event in events))


def rows(columns: Sequence[str], records: Iterable[Record]) -> Iterator[str]:
    """A header and one line per record, a guard before each text that a spreadsheet would run."""
    yield _line(columns)
    for record in records:
        yield _line([cell(record[column]) for column in columns])


def cell(value: Any) -> str:
    """A value as a cell's text. Numbers are ours and stay as they are, minus sign and all."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = joined(value) if isinstance(value, list | tuple) else clean(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(event: Record) -> Record:
    spot: Record = next((place for place in event["places"] if place["name"] == event["place"]), {})
    return {
        **event,
        "country": spot.get("country"),
        "lat": spot.get("lat"),
        "lon": spot.get("lon"),
        "places": list(dict.fromkeys(place["name"] for place in event["places"])),
        "figures": [figure(record) for record in event["figures"]],
        "sources": len(files(event)),
        "files": files(event),
        "disputed": disputes(event),
    }


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
