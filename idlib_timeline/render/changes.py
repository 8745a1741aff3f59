"""What changed between two chronologies: for a terminal, for a report, for programs."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..changes import KINDS, Change, Changes, FieldChange
from ..errors import QueryError
from ..serial import Record, dumps
from . import Look, json_document, json_lines
from .layout import BOLD, DIM, TIE, beside, wrap
from .markdown import escaped
from .words import clean, counted, date_words, disputes, event_date, figure, files

FORMATS = ("text", "markdown", "json", "jsonl")
_STYLES = {"added": "32", "gone": "31", "merged": "36", "split": "35", "regrouped": "94", "changed": "33"}  # SGR
_LABEL = max(map(len, KINDS))  # cells of the left column

# Fields that need no line of their own where one of these differs, too; programs get them all.
_IMPLIED = {
    "earliest": {"date"},
    "latest": {"date"},
    "precision": {"date"},
    "actors": {"who", "whom"},
    "mention_ids": {"evidence"},
    "evidence.end": {"evidence.start"},
}

_VALUES: Mapping[str, Callable[[Any], str]] = {
    "date": date_words,
    "type": lambda name: str(name).replace("_", " "),
    "places": lambda place: str(place["name"]),
    "figures": figure,
    "evidence": lambda cited: f"{cited['file']}: “{cited['sentence']}”",
    "disputed": lambda dispute: disputes({"disputed": [dispute]})[0],
}


def difference_format(chosen: str) -> str:
    """The face of a difference for a format that `chosen_format` gives; raises QueryError with the choices."""
    form = "text" if chosen == "table" else chosen
    if form not in FORMATS:
        raise QueryError(f"a difference is not written as {chosen}; choose with --format from {', '.join(FORMATS)}")
    return form


def difference(changes: Changes, form: str, look: Look) -> Iterator[str]:
    """The differences in the format `form`, one of FORMATS."""
    if form == "json":
        return json_document("changes", map(_record, changes.found))
    if form == "jsonl":
        return json_lines(map(_record, changes.found))
    return _markdown(changes) if form == "markdown" else _text(changes, look)


def _record(change: Change) -> Record:
    return {
        "kind": change.kind,
        "old": list(change.old),
        "new": list(change.new),
        "fields": [_field_record(field) for field in change.fields],
    }


def _field_record(one: FieldChange) -> Record:
    if one.gone or one.added:
        return {"field": one.field, "gone": list(one.gone), "added": list(one.added)}
    return {"field": one.field, "old": one.old, "new": one.new}


def _text(changes: Changes, look: Look) -> Iterator[str]:
    room = max(look.width, 40) - _LABEL - 3
    for change in changes.found:
        cell = []
        for sign, event in _sides(change):
            date, name = clean(event_date(event)), clean(event["id"])
            cell += wrap([(sign, ""), (date, BOLD), ("—", DIM), (_title(event), ""), (f"·{TIE}{name}", DIM)], room)
        for line in _details(change):
            cell += wrap([(clean(line), "")], room)
        yield from beside([[[(change.kind, _STYLES[change.kind])]], cell], [_LABEL, room], look.colour)
    yield "\n" if changes.found else ""
    yield from beside([wrap([(_summary(changes), DIM)], room + _LABEL)], [room + _LABEL], look.colour)


def _markdown(changes: Changes) -> Iterator[str]:
    yield f"## What changed\n\n{_summary(changes)}\n"
    for kind in KINDS:
        if changes.of(kind):
            yield f"\n### {kind.capitalize()}\n\n"
        for change in changes.of(kind):
            yield from _item(change)


def _item(change: Change) -> Iterator[str]:
    sides = [(sign, f"**{escaped(event_date(event))}** — {_cited(event)}") for sign, event in _sides(change)]
    if len(sides) == 1:
        yield f"- {sides[0][1]}\n"
    else:
        yield f"- {counted(len(change.old), 'event')} became {len(change.new)}:\n"
        yield from (f"  - {'before' if sign == '−' else 'now'}: {event}\n" for sign, event in sides)
    yield from (f"  - {escaped(line)}\n" for line in _details(change))


def _cited(event: Record) -> str:
    return f"{escaped(_title(event))} ({escaped('; '.join([*files(event), event['id']]))})"


def _sides(change: Change) -> list[tuple[str, Record]]:
    """The events of a difference with a sign of what became of each; of one that only changed, as it is now."""
    if change.kind == "changed":
        return [("", change.new[0])]
    return [*(("−", event) for event in change.old), *(("+", event) for event in change.new)]


def _title(event: Record) -> str:
    status = f"[{event['status']}] " if event["status"] != "happened" else ""
    return clean(f"{status}{event['title']}")


def _details(change: Change) -> Iterator[str]:
    """A line for each field that differs, of a list for each item, as it was written: not yet safe to print."""
    told = {one.field for one in change.fields}
    for one in change.fields:
        name = one.field.replace("_", " ").replace(".", " ")
        if told & _IMPLIED.get(one.field, set()):
            continue
        if one.gone or one.added:
            say = _says_apart(one)
            yield from dict.fromkeys(f"{name} − {say(value)}" for value in one.gone)
            yield from dict.fromkeys(f"{name} + {say(value)}" for value in one.added)
        else:
            yield f"{name}: {_words(one.field, one.old)} → {_words(one.field, one.new)}"


def _says_apart(one: FieldChange) -> Callable[[Any], str]:
    """The words of a list's items, or all that they hold where words do not tell what is gone from what was added."""

    def say(value: Any) -> str:
        return _words(one.field, value)

    return say if {*map(say, one.gone)}.isdisjoint(map(say, one.added)) else dumps


def _words(field: str, value: Any) -> str:
    if field in _VALUES:
        return _VALUES[field](value)
    detail = field.removeprefix("evidence.")
    if detail != field and isinstance(value, dict) and {"file", detail} <= value.keys():
        return f"{value['file']}: {_plain(value[detail])}"
    return _plain(value)


def _plain(value: Any) -> str:
    if value is None or value == "":
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else dumps(value)


def _summary(changes: Changes) -> str:
    counts = [f"{len(changes.of(kind)):,} {kind}" for kind in KINDS if changes.of(kind)]
    return f"{', '.join(counts) or 'No difference'}; {counted(changes.old, 'event')} before, {changes.new:,} now."
