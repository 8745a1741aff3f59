"""CSV that opens in a spreadsheet without running anything an article says."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..serial import Record
from .words import clean, disputes, figure, files, joined, voices

COLUMNS = (
    "id", "date", "earliest", "latest", "time", "utc", "precision", "approximate", "status", "type", "title",
    "actors", "who", "whom", "place", "country", "lat", "lon", "places", "figures", "background", "sources", "files",
    "disputed",
)  # fmt: skip
PUBLICATIONS = ("file", "published", "outlet", "place", "timezone", "url")  # the columns of a context file

# Spreadsheets read a cell that begins with one of these as a formula (OWASP, CSV injection); the last four are
# their full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def spreadsheet(events: Iterable[Record], reprints: Mapping[str, str]) -> Iterator[str]:
    """A header and one row per event; lists are joined with `; `, and a text and its `reprints` are one source."""
    return rows(COLUMNS, (_row(event, reprints) for event in events))


def rows(columns: Sequence[str], records: Iterable[Record]) -> Iterator[str]:
    """A header and one line per record, a guard before each text that a spreadsheet would run."""
    yield _line(columns)
    for record in records:
        yield _line([cell(record[column]) for column in columns])


def publications(sources: Iterable[Record]) -> Iterator[str]:
    """A context file to fill in: what is known of each article, and an empty `published` for a person to write.

    What a context file has already said ("2019-08") stands, so that the new file does not take it back.
    """
    yield _line(PUBLICATIONS)
    for source in sources:
        said = source["published"] or "" if source["method"] == "context" else ""
        yield publication_row(source["file"], said, *(cell(source[column]) for column in PUBLICATIONS[2:]))


def publication_row(file: str, *cells: str) -> str:
    """A line of a context file, whose `file` a spreadsheet does not run and a build still finds.

    An apostrophe would make it the name of another file; "./" before it does not. Blanks at its ends, which no context
    file can hold, do not count there either. Control characters are left out: such a file must be renamed to get a row.
    """
    name = (clean(file) if _CONTROL.search(file) else file).strip()
    return _line([f"./{name}" if name.startswith(_FORMULA) else name, *cells])


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


def _row(event: Record, reprints: Mapping[str, str]) -> Record:
    spot: Record = next((place for place in event["places"] if place["name"] == event["place"]), {})
    return {
        **event,
        "country": spot.get("country"),
        "lat": spot.get("lat"),
        "lon": spot.get("lon"),
        "places": list(dict.fromkeys(place["name"] for place in event["places"])),
        "figures": [figure(record) for record in event["figures"]],
        "sources": voices(event, reprints),
        "files": files(event),
        "disputed": disputes(event),
    }


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
