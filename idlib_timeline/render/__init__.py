"""Events and listings in every format: values in, lines of text out; nothing is written here.

Each format is one module, imported when it is asked for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..errors import QueryError
from ..serial import SCHEMA, Record, dumps

if TYPE_CHECKING:
    from .listings import Listing

FORMATS = ("table", "markdown", "json", "jsonl", "csv")
_ALIASES = {"md": "markdown", "ndjson": "jsonl", "text": "table"}
_ENDINGS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".txt": "table",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a terminal can show: `width` in cells, `colour`; `groups` maps event type -> group, `id_length` characters
    of an id tell events apart.
    """

    width: int = 100
    colour: bool = False
    groups: Mapping[str, str] = field(default_factory=dict)
    id_length: int = 6


def format_named(name: str, origin: str = "--format") -> str:
    """The format a person named; raises QueryError with the choices. `origin` says where the name was given."""
    chosen = _ALIASES.get(name.strip().lower(), name.strip().lower())
    if chosen not in FORMATS:
        raise QueryError(f"{origin}: no format is called {name!r}; choose from {', '.join(FORMATS)} (or md)")
    return chosen


def format_of_file(path: str) -> str:
    """The format that the ending of a file's name says; raises QueryError with the choices."""
    ending = PurePath(path).suffix.lower()
    if ending not in _ENDINGS:
        raise QueryError(f"{path}: its ending names no format; end it in {', '.join(_ENDINGS)}, or say -f FORMAT")
    return _ENDINGS[ending]


def chronology(
    events: Sequence[Record],
    form: str,
    sources: Mapping[str, Record],
    look: Look,
    reprints: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[str]:
    """The events in the format `form`; `sources` are the records of the articles by file name.

    `reprints` maps an article to the one whose text it repeats: such two count as one source.
    """
    if form == "json":
        return json_document("events", events)
    if form == "jsonl":
        return json_lines(events)
    if form == "csv":
        from .spreadsheet import spreadsheet

        return spreadsheet(events, reprints)
    if form == "markdown":
        from .markdown import markdown

        return markdown(events, sources)
    from .table import table

    return table(events, look.groups, look.width, look.colour, look.id_length, reprints)


def listing(kind: "Listing", rows: Iterable[Record], form: str, look: Look) -> Iterator[str]:
    """Rows that are no events in the format `form`; `kind` is one of the listings of `render.listings`."""
    from . import listings as faces

    if form in ("json", "jsonl"):
        records = ({key: row[key] for key in kind.fields} for row in rows)
        return json_document(kind.name, records) if form == "json" else json_lines(records)
    if form == "csv":
        return faces.spreadsheet(kind, rows)
    if form == "markdown":
        return faces.markdown(kind, list(rows))
    return faces.table(kind, list(rows), look.width, look.colour)


def explanation_format(name: str) -> str:
    """The format of an explanation; raises QueryError with the choices."""
    if name not in ("text", "json"):
        raise QueryError(f"--format: no format of an explanation is called {name!r}; choose from text, json")
    return name


def explanation(explained: Record, form: str, look: Look) -> Iterator[str]:
    """One event, or one article's publication date, with all that led to it: `json`, or `text` for a person."""
    if form == "json":
        return iter((dumps(explained) + "\n",))
    if "chain" in explained:
        from .publication import publication

        return publication(explained, look.width, look.colour)
    from .explain import explanation as text

    return text(explained, look.groups, look.width, look.colour)


def publications(sources: Iterable[Record]) -> Iterator[str]:
    """A context file (`publications.csv`) of these articles for a person to fill in."""
    from .spreadsheet import publications as table

    return table(sources)


def json_document(name: str, records: Iterable[Record]) -> Iterator[str]:
    """One JSON object with the records under the key `name`, each on a line of its own."""
    yield f'{{"schema": {SCHEMA}, "{name}": ['
    end = "]}\n"
    for record in records:
        yield ("\n" if end == "]}\n" else ",\n") + dumps(record)
        end = "\n]}\n"
    yield end


def json_lines(records: Iterable[Record]) -> Iterator[str]:
    """One record a line."""
    for record in records:
        yield dumps(record) + "\n"
