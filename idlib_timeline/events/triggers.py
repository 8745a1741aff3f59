"""The event book made ready, and where its words stand in a sentence."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ..errors import RulebookError
from ..rules import load

_WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class Kind:
    """An event type with its place in the field's schemes.

    `promised` is the PLOVER event of the deed while it is only planned: AGREE for a kindness, THREATEN for a harm.
    """

    name: str
    group: str
    family: str
    acled: str
    plover: str
    definition: str
    promised: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row of the event book; the first lines of `events.toml` say what each field asks for. Empty asks nothing."""

    name: str
    type: str
    form: str
    words: tuple[str, ...]
    objects: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    unless_objects: tuple[str, ...] = ()
    unless_modifiers: tuple[str, ...] = ()
    unless_obliques: tuple[str, ...] = ()
    either: bool = False
    oblique: tuple[tuple[str, str], ...] = ()
    complement: tuple[str, ...] = ()
    strict: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prepositions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    governs: tuple[str, ...] = ()
    unless_governs: tuple[str, ...] = ()
    modal: tuple[str, ...] = ()
    whom_prep: tuple[str, ...] = ()
    whom_asked: bool = False
    whom_content: bool = False
    who_prep: tuple[str, ...] = ("by",)
    governors: tuple[str, ...] = ()
    roles: str = ""
    parties: bool = False
    speech: bool = False
    consequence: bool = False
    refine: bool = False
    background: bool = False
    paired: bool = False  # takes two: with one party only it tells something else ("met resistance")
    of_agent: bool = False
    lasting: bool = (
        False  # goes on for long: a toll told in the same breath is of the whole of it, not of its first day
    )
    carrier: bool = False  # says only that its subject noun takes effect: the noun tells the kind
    needs: str = ""


@cache
def kinds() -> Mapping[str, Kind]:
    """The event types by name, in the order of the book."""
    return {row["name"]: Kind(**row) for row in load("types").tables["type"]}


@cache
def words(name: str) -> Mapping[str, str]:
    """A word list of the event book."""
    return dict(load("event_words").lists[name])


@cache
def _index() -> Mapping[str, tuple[Trigger, ...]]:
    found: dict[str, list[Trigger]] = {}
    for row in load("events").rows:
        trigger = _trigger(row.name, dict(row.fields))
        for word in trigger.words:
            found.setdefault(word, []).append(trigger)
    return {word: tuple(rows) for word, rows in found.items()}


def _trigger(name: str, fields: dict[str, Any]) -> Trigger:
    if fields.get("type") not in kinds():
        raise RulebookError(f"events.toml: row {name}: no type is called {fields.get('type')!r}")
    try:
        return Trigger(name=name, **{key: _frozen(value) for key, value in fields.items()})
    except TypeError as error:
        raise RulebookError(f"events.toml: row {name}: {error}") from error


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value


def rows(word: str) -> tuple[Trigger, ...]:
    """The rows that the words `word` (lower case) may stand for."""
    return _index().get(word, ())


@cache
def _longest() -> Mapping[str, int]:
    """First word -> how many words the longest trigger has that begins with it."""
    found: dict[str, int] = {}
    for trigger in _index():
        first, *rest = trigger.split()
        found[first] = max(found.get(first, 1), 1 + len(rest))
    return found


def spot(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans in `text[start:end]` that may tell an event, longest first at each place, not overlapping."""
    found = [(match.start(), match.end()) for match in _WORD.finditer(text, start, end)]
    index, longest = _index(), _longest()
    place = 0
    while place < len(found):
        first, last = found[place]
        most = longest.get(text[first:last].lower(), 0)
        for length in range(min(most, len(found) - place), 0, -1):
            last = found[place + length - 1][1]
            if " ".join(text[first:last].lower().split()) in index:
                yield first, last
                place += length
                break
        else:
            place += 1


def means(terms: tuple[str, ...]) -> str:
    """The kind of attack that the first telling word among `terms` gives, or ""."""
    instruments = words("instrument")
    return next((instruments[term] for term in terms if term in instruments), "")
