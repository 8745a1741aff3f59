"""Rows that are no events: sources, names, time expressions. One description of each serves every format."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..serial import Record, dumps
from .judged import decision
from .layout import BOLD, DIM, Line, Span, beside, measure, wrap
from .markdown import escaped
from .spreadsheet import rows as spreadsheet_rows
from .words import CERTAINTY, clean, contested, counted, date_words, event_date, spelled

_BETWEEN = ("disputed by", "denies", "denied by")  # how two events go together that dispute something
_TOLD = ("date", "earliest", "latest", "time", "approximate", "type", "title")  # of an event, beside its conflict
_GLANCE = 140  # characters of a source's evidence in its table


def _plain(_row: Record) -> str:
    return ""


def _strong(_row: Record) -> str:
    return BOLD


@dataclass(frozen=True, slots=True)
class Column:
    """A column for people: its title, what it says of a row, the cells it takes at least and at most, and its style."""

    title: str
    text: Callable[[Record], str]
    least: int = 6
    most: int = 200
    style: Callable[[Record], str] = _plain

    def span(self, row: Record) -> Span:
        """What it says of a row, safe to print, and in which style."""
        return clean(self.text(row)), self.style(row)


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
    spans = [[column.span(row) for column in listing.columns] for row in rows]
    widths = _widths(listing.columns, spans, max(width, 40))
    if widths:
        yield from beside([[[(column.title, DIM)]] for column in listing.columns], widths, colour)
        for row in spans:
            yield from beside([wrap([span], size) for span, size in zip(row, widths, strict=True)], widths, colour)
    else:
        for number, row in enumerate(spans):
            yield "\n" if number else ""
            yield from _block(listing.columns, row, max(width, 40), colour)
    note = clean(listing.note(rows))
    if note:
        yield "\n"
        yield from beside([wrap([(note, DIM)], max(width, 40) - 1)], [max(width, 40) - 1], colour)


def _widths(columns: Sequence[Column], spans: Sequence[Sequence[Span]], width: int) -> list[int]:
    """Cells for each column, or none when they do not fit: each gets what it needs, the longest give way."""
    needs = [
        min(column.most, max(measure([span]) for span in ((column.title, DIM), *cells)))
        for column, cells in zip(columns, zip(*spans, strict=True), strict=True)
    ]
    room = width - 1 - 2 * (len(columns) - 1)
    least = [min(need, column.least) for need, column in zip(needs, columns, strict=True)]
    if sum(least) > room:
        return []
    while sum(needs) > room:
        loose = [number for number, need in enumerate(needs) if need > least[number]]
        needs[max(loose, key=lambda number: (needs[number], number))] -= 1
    return needs


def _block(columns: Sequence[Column], row: Sequence[Span], width: int, colour: bool) -> Iterator[str]:
    label = max(len(column.title) for column in columns)
    for column, span in zip(columns, row, strict=True):
        name: Line = [(column.title, DIM)]
        if span[0]:
            yield from beside([[name], wrap([span], width - label - 3)], [label, width - label - 3], colour)


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
    return spreadsheet_rows(listing.fields, ({**row, "spellings": spelled(row), "values": said(row)} for row in rows))


def _piped(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _published(row: Record) -> str:
    return date_words(row["published"]) if row["published"] else "unknown"


def _how(row: Record) -> str:
    """The evidence, cut short when it is long: `timeline explain` has all of it."""
    evidence: str = row["evidence"]
    conflicts = "".join(f"; but: {conflict.removesuffix(f', but {evidence}')}" for conflict in row["conflicts"])
    if len(evidence) > _GLANCE:
        evidence = f"{evidence[:_GLANCE].rpartition(' ')[0] or evidence[:_GLANCE]} …"
    method = f"{row['method'].replace('_', ' ')}: " if row["method"] != "none" else ""
    return f"{method}{evidence}{conflicts}" if evidence else str(row["method"])


def _article(row: Record) -> str:
    title = f" — {row['title']}" if row["title"] else ""
    same = f" (same text as {row['same_as']})" if row["same_as"] else ""
    return f"{row['file']}{title}{same}"


def _certainties(rows: Sequence[Record]) -> str:
    """`12 articles: 8 sure, 3 inferred, 1 unknown`, and what to do about those that are not sure."""
    counts = Counter(row["certainty"] for row in rows)
    shares = ", ".join(f"{counts[word]:,} {word}" for word in CERTAINTY if counts[word])
    summary = f"{counted(len(rows), 'article')}: {shares}"
    missing = sum(1 for row in rows if row["certainty"] != "sure" or row["earliest"] != row["latest"])
    if not missing:
        return f"{summary}."
    return (
        f"{summary}. `timeline sources --missing -f csv > publications.csv` writes a table of the"
        f" {counted(missing, 'article')} whose day is not sure, to fill in: put it beside the articles or name it with"
        " build --context FILE, and build again;"
        " --published DATE dates all that have no date. `timeline explain FILE` shows how a date is known."
    )


def _meaning(row: Record) -> str:
    if row["earliest"] == row["latest"]:
        return row["earliest"] or "not known"
    return f"{row['earliest'] or '..'} to {row['latest'] or '..'}"


def _where(row: Record) -> str:
    return ", ".join(part for part in (row["admin1"], row["country"]) if part)


def conflicts(events: Iterable[Record], sources: Mapping[str, Record]) -> list[Record]:
    """A row for each thing that sources disagree on, in the order of the events; `sources` by file.

    What two events dispute is told of both, and stands here once, under the first of them.
    """
    found: dict[str, Record] = {}
    for event in events:
        for dispute in event["disputed"]:
            values = [
                {**value, "outlets": [sources[file]["outlet"] if file in sources else "" for file in value["files"]]}
                for value in dispute["values"]
            ]
            row = {"field": dispute["field"], "values": values}
            shared = any(one["how"] in _BETWEEN for one in event["related"])
            key = dumps(row) if shared else dumps([event["id"], row])
            first = {"events": [], **{name: event[name] for name in _TOLD}, **row}
            found.setdefault(key, first)["events"].append(event["id"])
    return list(found.values())


def said(row: Record) -> list[str]:
    """Each value of a conflict with who says it, `12 people (The Gazette)`; where no outlet is known, the file."""
    return [f"{one['value']} ({', '.join(_names(one))})" for one in row.get("values", ())]


def _names(value: Record) -> list[str]:
    outlets = zip(value["outlets"], value["files"], strict=True)
    return list(dict.fromkeys(outlet or file for outlet, file in outlets))


def _faults(rows: Sequence[Record]) -> str:
    faults = sum(1 for row in rows if row["fault"])
    doubt = f", {faults:,} of which cannot be followed as written" if faults else ""
    return f"{counted(len(rows), 'judgement')}{doubt}. `timeline undo` takes the last one back."


def _number(key: str) -> Callable[[Record], str]:
    return lambda row: f"{row[key]:,}"


SOURCES = Listing(
    "sources",
    (
        *("file", "title", "outlet", "published", "earliest", "latest", "method", "evidence", "sha256", "events"),
        *("certainty", "author", "language", "url", "same_as", "conflicts"),
    ),
    (
        Column("how sure", lambda row: str(row["certainty"]), 8, style=lambda row: CERTAINTY[row["certainty"]]),
        Column("published", _published, 11, 27, _strong),
        Column("events", _number("events"), 6),
        Column("outlet", lambda row: str(row["outlet"]), 8, 26),
        Column("article", _article, 18),
        Column("how the date is known", _how, 18),
    ),
    _certainties,
)
ACTORS = Listing(
    "actors",
    ("name", "mentions", "events", "spellings"),
    (
        Column("actor", lambda row: str(row["name"]), 14, style=_strong),
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
        Column("place", lambda row: str(row["name"]), 14, style=_strong),
        Column("in", _where, 4, 30),
        Column("events", _number("events"), 6),
        Column("named", _number("mentions"), 5),
        Column("spellings seen", lambda row: "; ".join(spelled(row)), 24),
    ),
    lambda rows: f"{counted(len(rows), 'place')}.",
)
CONFLICTS = Listing(
    "conflicts",
    ("events", "date", "type", "title", "field", "values"),
    (
        Column("date", event_date, 9, 22, _strong),
        Column("event", lambda row: str(row["title"]), 18),
        Column("they disagree on", lambda row: contested(row["field"]), 9, 18),
        Column("what each says", lambda row: " ≠ ".join(said(row)), 24),
        Column("id", lambda row: " ".join(name[:6] for name in row["events"]), 6, 20),
    ),
    lambda rows: f"{counted(len(rows), 'conflict')}. `timeline explain ID` shows the sentences behind an event.",
)
DATES = Listing(
    "dates",
    ("file", "start", "end", "text", "type", "value", "mod", "earliest", "latest", "anchor", "rule"),
    (
        Column("words", lambda row: str(row["text"]), 12, style=_strong),
        Column("means", _meaning, 10),
        Column("value", lambda row: f"{row['value']} {row['mod']}".strip(), 10),
        Column("type", lambda row: str(row["type"]), 4),
        Column("hangs on", lambda row: str(row["anchor"]), 11),
        Column("where", lambda row: f"{row['file']}:{row['start']}-{row['end']}", 14),
        Column("rule", lambda row: str(row["rule"]), 8),
    ),
    lambda rows: f"{counted(len(rows), 'time expression')}.",
)
JUDGEMENTS = Listing(
    "judgements",
    (
        *("number", "verb", "event", "others", "date", "type", "place", "status", "title"),
        *("text", "reason", "author", "fault"),
    ),
    (
        Column("no.", _number("number"), 3),
        Column("verb", lambda row: str(row["verb"]), 5, style=_strong),
        Column("event", lambda row: str(row["event"]), 10),
        Column("what", decision, 20),
        Column("why", lambda row: str(row["reason"]), 10),
        Column("by", lambda row: str(row["author"]), 4, 26),
        Column("holds", lambda row: str(row["fault"] or "yes"), 5, style=lambda row: "31" if row["fault"] else ""),
    ),
    _faults,
)
