"""Rows that are no events: sources, names, time expressions. One description of each serves every format."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..serial import Record
from .layout import BOLD, DIM, Line, beside, measure, wrap
from .markdown import escaped
from .spreadsheet import rows as spreadsheet_rows
from .words import clean, counted, date_words, spelled


@dataclass(frozen=True, slots=True)
class Column:
    """A column for people: its title, what it says of a row, and the cells it takes at least and at most."""

    title: str
    text: Callable[[Record], str]
    least: int = 6
    most: int = 200


@dataclass(frozen=True, slots=True)
class Listing:
    """`name` is the plural of what is listed; `fields` go to JSON and CSV, `columns` to people, `note` below them."""

    name: str
    fields: tuple[str, ...]
    columns: tuple[Column, ...]
    note: Callable[[Sequence[Record]], str]


def table(listing: Listing, rows: Sequence[Record], width: int, colour: bool) -> Iterator[str]:
    """The rows side by side, or as one small block each when the terminal is too narrow for that."""
    if not rows:
        return
    texts = [[clean(column.text(row)) for column in listing.columns] for row in rows]
    widths = _widths(listing.columns, texts, max(width, 40))
    if widths:
        yield from beside([[[(column.title, DIM)]] for column in listing.columns], widths, colour)
        for row in texts:
            cells = [
                wrap([(text, BOLD if n == 0 else "")], size)
                for n, (text, size) in enumerate(zip(row, widths, strict=True))
            ]
            yield from beside(cells, widths, colour)
    else:
        for number, row in enumerate(texts):
            yield "\n" if number else ""
            yield from _block(listing.columns, row, max(width, 40), colour)
    note = clean(listing.note(rows))
    if note:
        yield "\n"
        yield from beside([wrap([(note, DIM)], max(width, 40) - 1)], [max(width, 40) - 1], colour)


def _widths(columns: Sequence[Column], texts: Sequence[Sequence[str]], width: int) -> list[int]:
    """Cells for each column, or none when they do not fit: each gets what it needs, the longest give way."""
    needs = [
        min(column.most, max(measure([(text, "")]) for text in (column.title, *cells)))
        for column, cells in zip(columns, zip(*texts, strict=True), strict=True)
    ]
    room = width - 1 - 2 * (len(columns) - 1)
    least = [min(need, column.least) for need, column in zip(needs, columns, strict=True)]
    if sum(least) > room:
        return []
    while sum(needs) > room:
        loose = [number for number, need in enumerate(needs) if need > least[number]]
        needs[max(loose, key=lambda number: (needs[number], number))] -= 1
    return needs


def _block(columns: Sequence[Column], texts: Sequence[str], width: int, colour: bool) -> Iterator[str]:
    label = max(len(column.title) for column in columns)
    for number, (column, text) in enumerate(zip(columns, texts, strict=True)):
        name: Line = [(column.title, DIM)]
        if text:
            cell = wrap([(text, BOLD if number == 0 else "")], width - label - 3)
            yield from beside([[name], cell], [label, width - label - 3], colour)


def markdown(listing: Listing, rows: Sequence[Record]) -> Iterator[str]:
    """The rows as a Markdown table, safe as the chronology is."""
    if not rows:
        return
    yield _piped(column.title for column in listing.columns)
    yield _piped("---" for _ in listing.columns)
    for row in rows:
        yield _piped(escaped(column.text(row)) for column in listing.columns)
    note = clean(listing.note(rows))
    if note:
        yield f"\n{escaped(note)}\n"


def spreadsheet(listing: Listing, rows: Iterable[Record]) -> Iterator[str]:
    """The rows as CSV."""
    return spreadsheet_rows(listing.fields, ({**row, "spellings": spelled(row)} for row in rows))


def _piped(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _published(row: Record) -> str:
    return date_words(row["published"]) if row["published"] else "unknown"


def _how(row: Record) -> str:
    conflicts = "".join(f"; but: {conflict}" for conflict in row.get("conflicts", ()))
    return f"{row['method'].replace('_', ' ')}: {row['evidence']}{conflicts}" if row["evidence"] else row["method"]


def _article(row: Record) -> str:
    return f"{row['file']} — {row['title']}" if row["title"] else str(row["file"])


def _undated(rows: Sequence[Record]) -> str:
    missing = sum(1 for row in rows if not row["published"])
    total = counted(len(rows), "article")
    if not missing:
        return f"{total}, all with a publication date."
    return (
        f"{total}, {missing} without a publication date. To supply it, put a file publications.csv beside the articles"
        " (header: file,published; a line for each article, such as a.txt,2019-08-31), or give build --context FILE"
        " or --published DATE, and build again."
    )


def _meaning(row: Record) -> str:
    if row["earliest"] == row["latest"]:
        return row["earliest"] or "not known"
    return f"{row['earliest'] or '..'} to {row['latest'] or '..'}"


def _where(row: Record) -> str:
    return ", ".join(part for part in (row["admin1"], row["country"]) if part)


def _number(key: str) -> Callable[[Record], str]:
    return lambda row: f"{row[key]:,}"


SOURCES = Listing(
    "sources",
    ("file", "title", "outlet", "published", "earliest", "latest", "method", "evidence", "sha256", "events"),
    (
        Column("published", _published, 11, 27),
        Column("events", _number("events"), 6),
        Column("outlet", lambda row: str(row["outlet"]), 8, 26),
        Column("article", _article, 22),
        Column("how the date is known", _how, 24),
    ),
    _undated,
)
ACTORS = Listing(
    "actors",
    ("name", "mentions", "events", "spellings"),
    (
        Column("actor", lambda row: str(row["name"]), 14),
        Column("events", _number("events"), 6),
        Column("named", _number("mentions"), 5),
        Column("spellings seen", lambda row: "; ".join(spelled(row)), 24),
    ),
    lambda rows: f"{counted(len(rows), 'actor')}.",
)
PLACES = Listing(
    "places",
    ("name", "country", "admin1", "lat", "lon", "geonameid", "mentions", "events", "spellings"),
    (
        Column("place", lambda row: str(row["name"]), 14),
        Column("in", _where, 4, 30),
        Column("events", _number("events"), 6),
        Column("named", _number("mentions"), 5),
        Column("spellings seen", lambda row: "; ".join(spelled(row)), 24),
    ),
    lambda rows: f"{counted(len(rows), 'place')}.",
)
DATES = Listing(
    "dates",
    ("file", "start", "end", "text", "type", "value", "mod", "earliest", "latest", "anchor", "rule"),
    (
        Column("words", lambda row: str(row["text"]), 12),
        Column("means", _meaning, 10),
        Column("value", lambda row: f"{row['value']} {row['mod']}".strip(), 10),
        Column("type", lambda row: str(row["type"]), 4),
        Column("hangs on", lambda row: str(row["anchor"]), 11),
        Column("where", lambda row: f"{row['file']}:{row['start']}-{row['end']}", 14),
        Column("rule", lambda row: str(row["rule"]), 8),
    ),
    lambda rows: f"{counted(len(rows), 'time expression')}.",
)
