"""What analysts decided, applied to what the program derived: which mentions are one event, and what is said of it.

The machine is not asked for its reasons: an analyst's word stands above them, and a later word above an earlier one.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..interval import parse_edtf
from ..model import Event, Judgement, Place, PlaceMention


class Outcome(NamedTuple):
    """Whether a judgement took hold, in whole or in part, and what of it could not, in a plain sentence ("" if all
    could).
    """

    held: bool
    fault: str = ""


def named(judgement: Judgement) -> tuple[str, ...]:
    """The ids of all mentions that a judgement names."""
    return (judgement.event, *judgement.others)


# --- which mentions are one event ---------------------------------------------------------------------


def regroup(
    groups: Sequence[Sequence[str]], judgements: Iterable[Judgement]
) -> tuple[tuple[tuple[str, ...], ...], tuple[Outcome, ...]]:
    """The groups of mention ids after the merges and splits, each working on what the earlier ones left, and what
    became of each judgement.

    An id is in one group only. Groups and the ids in them keep the order in which the ids came. A judgement does what
    can be done of it: a merge of three events, one of which is gone, still unites the two.
    """
    events = _Events(groups)
    outcomes = tuple(events.apply(judgement) for judgement in judgements)
    return events.groups(), outcomes


class _Events:
    """Events as sets of mention ids, by number; `home` is the number of each id's event."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self._members = [set(group) for group in groups]
        self._home = {name: number for number, group in enumerate(groups) for name in group}

    def groups(self) -> tuple[tuple[str, ...], ...]:
        found: dict[int, list[str]] = {}
        for name, number in self._home.items():
            found.setdefault(number, []).append(name)
        return tuple(map(tuple, found.values()))

    def apply(self, judgement: Judgement) -> Outcome:
        gone = [name for name in named(judgement) if name not in self._home]
        faults = [f"no mention is called {name}" for name in gone]
        if judgement.event in gone:
            return Outcome(False, "; ".join(faults))
        others = [name for name in judgement.others if name in self._home]
        if judgement.verb == "merge":
            held, more = self._merge(judgement.event, others)
        elif judgement.verb == "split":
            held, more = self._split(judgement.event, others)
        else:
            held, more = True, []
        return Outcome(held, "; ".join((*faults, *more)))

    def _merge(self, event: str, others: Sequence[str]) -> tuple[bool, list[str]]:
        apart = [name for name in others if self._home[name] != self._home[event]]
        for name in apart:
            self._unite(self._home[event], self._home[name])
        return bool(apart), [] if apart else [f"{event} and {name} are one event already" for name in others]

    def _unite(self, one: int, two: int) -> None:
        if one != two:  # two of the events to unite may have been one
            few, many = sorted((one, two), key=lambda number: len(self._members[number]))
            self._move(self._members[few], many)

    def _split(self, event: str, others: Sequence[str]) -> tuple[bool, list[str]]:
        home, taken, faults = self._home[event], set[str](), []
        for name in others:
            if name == event:
                faults.append(f"{event} names the event and stays in it")
            elif self._home[name] != home:
                faults.append(f"{name} is not in the event of {event}")
            else:
                taken.add(name)
        if taken:
            self._members[home] -= taken
            self._members.append(set())
            self._move(taken, len(self._members) - 1)
        return bool(taken), faults

    def _move(self, names: set[str], home: int) -> None:
        self._members[home] |= names
        self._home.update(dict.fromkeys(names, home))


# --- what is said of an event -------------------------------------------------------------------------


def rule(
    event: Event,
    judgements: Iterable[Judgement],
    place: Callable[[str], Place | None],
    ids: Collection[str] | None = None,
) -> Event:
    """The event as analysts will have it: fixed, hidden, and with the judgements that shaped it, in order.

    `judgements` are those that held. `place` finds a place by a name; one that it does not know stands as it was
    written, without coordinates. `ids` are those of the event's mentions where they are longer than `EventMention.id`.
    """
    own = {mention.id for mention in event.mentions} if ids is None else set(ids)
    shaping = tuple(judgement for judgement in judgements if not own.isdisjoint(named(judgement)))
    if not shaping:
        return event
    changes: dict[str, str] = {}
    for judgement in shaping:
        if judgement.verb == "fix" and judgement.event in own:
            changes.update(judgement.changes)
    hidden = any(judgement.verb == "hide" and judgement.event in own for judgement in shaping)
    return replace(_fixed(event, changes, place), hidden=event.hidden or hidden, judgements=shaping)


def _fixed(event: Event, changes: Mapping[str, str], place: Callable[[str], Place | None]) -> Event:
    fixed = replace(
        event,
        type=changes.get("type", event.type),
        status=changes.get("status", event.status),
        title=changes.get("title", event.title),
    )
    if "date" in changes:
        fixed = _dated(fixed, changes["date"])
    if "place" in changes:
        fixed = _placed(fixed, changes["place"], place)
    return fixed


def _dated(event: Event, text: str) -> Event:
    """The event on another date; its time of day stays only with its day."""
    date = parse_edtf(text)
    if date.days == 1 and (date.earliest, date.latest) == (event.date.earliest, event.date.latest):
        return replace(event, date=date)
    return replace(event, date=date, clock=None, utc=None)


def _placed(event: Event, name: str, place: Callable[[str], Place | None]) -> Event:
    """The event at another place, which leads those that the sources name; at none if the name is empty."""
    if not name.strip():
        return replace(event, place=None)
    found = place(name) or Place(name, "site", "")
    others = tuple(mention for mention in event.places if mention.place != found)
    here = next((mention for mention in event.places if mention.place == found), None)
    return replace(event, place=found, places=(here or PlaceMention(0, 0, name, found), *others))
