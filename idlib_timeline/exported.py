"""A chronology in a file, as `timeline show -f jsonl` or `-f json` wrote it, read back and checked."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Any

from .errors import InputError
from .interval import parse_edtf
from .serial import SCHEMA, Record, dumps

_REMEDY = "give a file that `timeline show --all -f jsonl` wrote"
_NO_JSON = object()
_DEEPEST = 20  # lists and objects in each other; our own records have four, and Python breaks off near a thousand


def _is_date(value: Any) -> bool:
    try:
        parse_edtf(value)
    except (ValueError, AttributeError):
        return False
    return True


def _is_shallow(value: Any, room: int = _DEEPEST) -> bool:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return room > 0 and all(_is_shallow(part, room - 1) for part in inside)


# What a record must be to be compared and shown: of a type, or what a test lets through; [a list of these]; an object
# with these keys, of which those with "?" may be absent. Keys not named here may hold anything.
_DAY, _NUMBER = str | None, int | None
_FIGURE = {"kind": str, "low": _NUMBER, "best": _NUMBER, "high": _NUMBER, "text": str}
_SHAPE: Mapping[str, Any] = {
    "id": str,
    "date": _is_date,
    "earliest": _DAY,
    "latest": _DAY,
    "time?": _DAY,
    "approximate": bool,
    "status": str,
    "type": str,
    "title": str,
    "places?": [{"name": str}],
    "figures?": [{**_FIGURE, "since": lambda value: value is None or _is_date(value)}],
    "evidence": [{"file": str, "start": int, "end": int, "sentence": str}],
    "disputed?": [{"field": str, "values": [{"value": _is_shallow}]}],
    "mention_ids?": [str],
}


def read_events(path: str | Path) -> list[Record]:
    """The events in a file that `timeline show` wrote, as `jsonl` or `json`.

    Raises InputError with the line (of `json`, the number of the event) for what is no such record.
    """
    try:
        return events_of(Path(path).read_bytes(), str(path))
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}: check the path") from error


def events_of(content: bytes, name: str) -> list[Record]:
    """The events in the bytes of such a file; errors call it `name`."""
    places: dict[str, str] = {}
    found = []
    for place, event in _records(content, name):
        try:
            _check(event, _SHAPE, "the event")
        except ValueError as error:
            raise InputError(f"{name}: {place}: {error}: {_REMEDY}") from error
        if event["id"] in places:
            raise InputError(f"{name}: {place}: has the id of {places[event['id']]}: take one of them out")
        places[event["id"]] = place
        found.append(event)
    return found


def _records(content: bytes, name: str) -> Iterator[tuple[str, Any]]:
    """What stands in a file and should be events, each with its place in words."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: is not UTF-8: {_REMEDY}") from error
    whole = _parsed(text)
    if isinstance(whole, dict) and "events" in whole:
        if whole.get("schema") != SCHEMA or not isinstance(whole["events"], list):
            raise InputError(f"{name}: is not a chronology of schema {SCHEMA}: {_REMEDY}")
        yield from ((f"event {number}", event) for number, event in enumerate(whole["events"], 1))
        return
    for number, line in enumerate(text.split("\n"), 1):  # splitlines() would part a sentence at its U+2028
        if line.strip():
            event = _parsed(line)
            if event is _NO_JSON:
                raise InputError(f"{name}: line {number}: is not JSON: {_REMEDY}")
            yield f"line {number}", event


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refused)
    except (ValueError, RecursionError):
        return _NO_JSON


def _refused(word: str) -> None:
    raise ValueError(word)  # NaN and Infinity: Python reads them, JSON has no such numbers


def _check(value: Any, shape: Any, name: str) -> None:
    """Raises ValueError, in words for a message, when a value has not this shape."""
    kind = list if isinstance(shape, list) else dict if isinstance(shape, Mapping) else shape
    if not (isinstance(value, kind) if isinstance(kind, type | UnionType) else kind(value)):
        raise ValueError(f"{name} cannot be {_shown(value)}")
    if isinstance(shape, list):
        for number, item in enumerate(value):
            _check(item, shape[0], f"{name}[{number}]")
    elif isinstance(shape, Mapping):
        for key in shape:
            if key not in value and not key.endswith("?"):
                raise ValueError(f"{name} lacks {key}")
        for key, part in value.items():
            _check(part, shape.get(key, shape.get(f"{key}?", _is_shallow)), key)


def _shown(value: Any) -> str:
    if isinstance(value, list | dict):
        return "such a list" if isinstance(value, list) else "such an object"
    return dumps(value)[:40]
