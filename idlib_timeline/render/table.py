"""The chronology on a terminal: fits any width, and says by words and signs all that it says by colour."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..serial import Record
from .layout import BOLD, DIM, TIE, Cell, Span, beside, measure, paint, wrap
from .words import by_period, clean, counted, disputes, event_date, files, judged, parties, voices

_COLOURS = {  # group of event types -> SGR
    "violence": "31",
    "control": "91",
    "movement": "33",
    "diplomacy": "32",
    "speech": "94",
    "humanitarian": "35",
    "politics": "36",
}
_STATUS = {"planned": "1;36", "hypothetical": "1;35", "denied": "1;33"}
_DISPUTED, _JUDGED = "1;33", "1;36"
_NARROW, _WIDE = 84, 128  # cells: below, one text column; from there, one column for each thing


@dataclass(frozen=True, slots=True)
class _Columns:
    titles: tuple[str, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """How many sources tell an event, and in how many articles."""

    sources: int
    articles: int

    @property
    def words(self) -> str:
        more = self.articles - self.sources
        return counted(self.sources, "source") + (f" (+{counted(more, 'reprint')})" if more else "")

    @property
    def cell(self) -> Cell:
        more = self.articles - self.sources
        lines: Cell = [[(f"{self.sources:>3}", "" if self.sources > 1 else DIM)]]
        return [*lines, [(f"{f'+{more}':>3}", DIM)]] if more else lines


def table(
    events: Sequence[Record],
    groups: Mapping[str, str],
    width: int,
    colour: bool,
    id_length: int,
    reprints: Mapping[str, str],
) -> Iterator[str]:
    """Lines of the chronology, `width` cells wide at most. `groups` maps event type -> group (its colour).

    A text and its `reprints` (file -> the file it repeats) count as one source.
    """
    if not events:
        return
    width = max(width, 40)
    columns = _columns(events, width, id_length)
    yield from beside([[[(title, DIM)]] for title in columns.titles], columns.widths, colour)
    for heading, members in by_period(events):
        rule = "─" * (width - len(heading) - 3)
        yield "\n" + paint([(" ", ""), (heading, BOLD), (" ", ""), (rule, DIM)], colour) + "\n"
        for number, event in enumerate(members):
            if number and len(columns.widths) < 7:
                yield "\n"
            told = _Told(voices(event, reprints), len(files(event)))
            yield from beside(_cells(event, told, columns, groups, id_length), columns.widths, colour)
    yield from _legend(events, reprints, width, colour)


def _columns(events: Sequence[Record], width: int, id_length: int) -> _Columns:
    room = width - 1
    dates = _widest([event_date(event) for event in events], 9, 13 if width < _NARROW else 16 if width < _WIDE else 27)
    if width < _NARROW:
        return _Columns(("date", "what"), (dates, room - dates - 2))
    kinds = _widest([_kind(event) for event in events], 4, 14 if width < _WIDE else 20)
    ends = (3, max(id_length, 2))
    if width < _WIDE:
        return _Columns(
            ("date", "type", "what", "src", "id"), (dates, kinds, room - dates - kinds - sum(ends) - 8, *ends)
        )
    rest = room - dates - kinds - sum(ends) - 12
    who = _widest([parties(event) for event in events], 11, rest * 3 // 10)
    place = _widest([clean(event["place"] or "") for event in events], 5, rest // 6)
    titles = ("date", "type", "who → whom", "place", "what", "src", "id")
    return _Columns(titles, (dates, kinds, who, place, rest - who - place, *ends))


def _widest(texts: Sequence[str], least: int, most: int) -> int:
    return max(least, min(most, max((measure([(text, "")]) for text in texts), default=0)))


def _cells(event: Record, told: _Told, columns: _Columns, groups: Mapping[str, str], id_length: int) -> list[Cell]:
    tint = _COLOURS.get(groups.get(event["type"], ""), "")
    date, kind, identity = event_date(event), _kind(event), clean(event["id"])[:id_length]
    if len(columns.widths) == 2:
        about = [parties(event), clean(event["place"] or ""), told.words.replace(" ", TIE), identity]
        what = _what(event, columns.widths[1])
        what += wrap([(kind, tint), *[(f"·{TIE}{part}", DIM) for part in about if part]], columns.widths[1])
        return [wrap([(date, BOLD)], columns.widths[0]), what]
    first = [wrap([(date, BOLD)], columns.widths[0]), wrap([(kind, tint)], columns.widths[1])]
    last = [told.cell, [[(identity, DIM)]]]
    if len(columns.widths) == 5:
        about = [part for part in (parties(event), clean(event["place"] or "")) if part]
        what = _what(event, columns.widths[2]) + wrap([(" · ".join(about), DIM)], columns.widths[2])
        return [*first, what, *last]
    who = wrap([(parties(event), "")], columns.widths[2])
    place = wrap([(clean(event["place"] or ""), "")], columns.widths[3])
    return [*first, who, place, _what(event, columns.widths[4]), *last]


def _what(event: Record, width: int) -> Cell:
    """The event in its source's words, its status before them and what is disputed below."""
    spans: list[Span] = []
    if event["status"] != "happened":
        spans.append((f"[{event['status']}]", _STATUS.get(event["status"], BOLD)))
    if event["background"]:
        spans.append(("[background]", DIM))
    if judged(event):
        spans.append(("[judged]", _JUDGED))
    spans.append((clean(event["title"]), DIM if event["background"] else ""))
    lines = wrap(spans, width)
    for dispute in disputes(event):
        lines += wrap([("≠", _DISPUTED), (dispute, DIM)], width)
    return lines


def _kind(event: Record) -> str:
    return clean(event["type"].replace("_", " "))


def _legend(events: Sequence[Record], reprints: Mapping[str, str], width: int, colour: bool) -> Iterator[str]:
    notes = [counted(len(events), "event")]
    if any(event["approximate"] for event in events):
        notes.append("c. about")
    marks = [f"[{status}]" for status in _STATUS if any(event["status"] == status for event in events)]
    if marks:
        notes.append(f"{', '.join(marks)}: not known to have happened")
    if any(map(judged, events)):
        notes.append("[judged]: as an analyst decided")
    if any(event["disputed"] for event in events):
        notes.append("≠ the sources disagree")
    if any(voices(event, reprints) < len(files(event)) for event in events):
        notes.append("+1 a reprint, of the same text as another source")
    notes.append("`timeline explain ID` shows the sentences behind an event")
    yield "\n"
    for line in wrap([(" · ".join(notes), DIM)], width - 1):
        yield " " + paint(line, colour) + "\n"
