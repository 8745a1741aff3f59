"""One event from its accounts: the best one leads, what they agree on narrows, what they disagree on is kept."""

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..interval import DateInterval
from ..model import Dispute, Event, EventMention, Figure
from .features import REGION


def event(accounts: Sequence[EventMention], date: DateInterval, joined: Sequence[str]) -> Event:
    """The event that `accounts` tell, on the days that all of them allow; `joined` says why they are one."""
    members = sorted(accounts, key=lambda m: (m.evidence.file, m.evidence.start, m.key))
    status = _status(members)
    first = min(members, key=lambda member: (member.status != status, *_telling(member)))
    clock = next((m for m in (first, *members) if m.clock is not None and date.precision == "day"), None)
    place = min((m.place for m in members if m.place), key=lambda p: (REGION.get(p.kind, 6), p.name), default=None)
    who = tuple(dict.fromkeys(name for m in (first, *members) for name in m.who))
    whom = tuple(name for name in dict.fromkeys(name for m in (first, *members) for name in m.whom) if name not in who)
    return Event(
        id=_identity(members),
        date=date,
        type=first.type,
        status=status,
        title=first.title,
        who=who,
        whom=whom,
        actors=tuple(dict.fromkeys((*who, *whom))),
        place=place,
        places=tuple({p.place.name: p for m in reversed(members) for p in reversed(m.places)}.values())[::-1],
        figures=_figures(members),
        background=all(m.background for m in members),
        mentions=tuple(members),
        disputed=tuple(_disputes(members)),
        joined=tuple(joined),
        clock=clock.clock if clock else None,
        utc=clock.utc if clock else None,
    )


def _telling(mention: EventMention) -> tuple[object, ...]:
    """The best account first: its own day, a doer, a place, the precise one, the earliest printed."""
    return (
        mention.background,
        not mention.evidence.expression,
        not mention.who,
        mention.place is None,
        mention.date.days or 10**6,
        mention.evidence.published or "9999",
        mention.key,
        mention.evidence.file,
    )


def _identity(members: Sequence[EventMention]) -> str:
    oldest = min(members, key=lambda m: (m.evidence.published or "9999", m.key))
    return hashlib.sha256(oldest.key.encode()).hexdigest()[:10]


def distinct(events: Sequence[Event]) -> Iterator[Event]:
    """Copies of one file give the same key twice: the later ones, by file name, get a suffix."""
    seen: dict[str, int] = {}
    for event in sorted(events, key=lambda e: (e.id, e.mentions[0].evidence.file, e.mentions[0].evidence.start)):
        count = seen[event.id] = seen.get(event.id, 0) + 1
        yield event if count == 1 else replace(event, id=f"{event.id}-{count}")


def _status(members: Sequence[EventMention]) -> str:
    told = {member.status for member in members}
    return next(status for status in ("happened", "planned", "denied", "hypothetical") if status in told)


def _figures(members: Sequence[EventMention]) -> tuple[Figure, ...]:
    found: dict[tuple[object, ...], Figure] = {}
    for member in sorted(members, key=lambda m: (m.evidence.published, m.key)):
        for figure in member.figures:
            found.setdefault((figure.kind, figure.low, figure.best, figure.high, figure.since), figure)
    return tuple(found.values())


def _disputes(members: Sequence[EventMention]) -> Iterator[Dispute]:
    kinds = sorted({figure.kind for member in members for figure in member.figures})
    for kind in kinds:
        told: dict[str, list[str]] = {}
        for member in members:
            for figure in member.figures:
                if figure.kind == kind:
                    told.setdefault(figure.text, []).append(member.evidence.file)
        numbers = [(m.evidence.file, f) for m in members for f in m.figures if f.kind == kind]
        if any(one != two and not _compatible(a, b) for one, a in numbers for two, b in numbers):
            yield Dispute(f"figures.{kind}", _values(told))
    places: dict[str, list[str]] = {}
    for member in members:
        if member.place is not None and REGION.get(member.place.kind, 3) <= 1:
            places.setdefault(member.place.name, []).append(member.evidence.file)
    if len(places) > 1:
        yield Dispute("place", _values(places))


def _values(told: dict[str, list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((value, tuple(sorted(set(files)))) for value, files in sorted(told.items()))


def _compatible(a: Figure, b: Figure) -> bool:
    """Whether one number can satisfy both ("at least 12" and 15 can, 12 and 15 cannot)."""
    low = max(figure.low if figure.low is not None else (figure.best or 0) for figure in (a, b))
    high = min(
        figure.high if figure.high is not None else (figure.best if figure.best is not None else math.inf)
        for figure in (a, b)
    )
    return low <= high
