"""One event from its accounts: the best one leads, what they agree on narrows, what they disagree on is kept."""

import math
from collections.abc import Iterable, Iterator, Sequence

from ..interval import DateInterval
from ..model import Dispute, Event, EventMention, Figure
from .books import Books, may_be
from .where import REGION

_BLAMED = {"strike", "battle", "shootdown", "abduction"}  # families of deeds whose doer sources dispute


def event(
    accounts: Sequence[EventMention], date: DateInterval, joined: Sequence[str], name: str, books: Books
) -> Event:
    """The event that `accounts` tell, with the id `name`, on the days that all of them allow; `joined` says why."""
    members = sorted(accounts, key=lambda m: (m.evidence.file, m.evidence.start, m.key))
    status = _status(members)
    first = min(members, key=lambda member: (member.status != status, *_telling(member)))
    clock = next((m for m in (first, *members) if m.clock is not None and date.precision == "day"), None)
    place = min((m.place for m in members if m.place), key=lambda p: (REGION.get(p.kind, 6), p.name), default=None)
    who = tuple(dict.fromkeys(name for m in (first, *members) for name in m.who))
    whom = tuple(name for name in dict.fromkeys(name for m in (first, *members) for name in m.whom) if name not in who)
    return Event(
        id=name,
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
        disputed=tuple(_disputes(members, books)),
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


def ids(accounts: Iterable[tuple[int, EventMention]]) -> dict[int, str]:
    """The ids of numbered accounts. Copies of one file have the same: of these, the later by file get a suffix."""
    copies: dict[str, list[tuple[str, int, int]]] = {}
    for number, account in accounts:
        copies.setdefault(account.id, []).append((account.evidence.file, account.evidence.start, number))
    return {
        number: name if rank == 1 else f"{name}-{rank}"
        for name, found in copies.items()
        for rank, (_, _, number) in enumerate(sorted(found), 1)
    }


def oldest(numbers: Sequence[int], accounts: Sequence[EventMention]) -> int:
    """The number of the account that was printed first: the event bears its id; the others' are names of it too."""
    _, number = min(zip(map(_printed, accounts), numbers, strict=True))
    return number


def _printed(account: EventMention) -> tuple[str, str, str]:
    return (account.evidence.published or "9999", account.key, account.evidence.file)


def common(accounts: Sequence[EventMention]) -> DateInterval:
    """The days that all accounts allow; where there are none, as an analyst may join them, all that any allows."""
    known = [account.date for account in accounts if account.date.known]
    if not known:
        return accounts[0].date
    narrow: DateInterval | None = known[0]
    for date in known[1:]:
        narrow = narrow.intersect(date) if narrow is not None else None
    if narrow is not None:
        return narrow
    firsts, lasts = [date.earliest for date in known], [date.latest for date in known]
    return DateInterval(
        None if None in firsts else min(day for day in firsts if day),
        None if None in lasts else max(day for day in lasts if day),
        any(date.approximate for date in known),
    )


def _status(members: Sequence[EventMention]) -> str:
    told = {member.status for member in members}
    return next(status for status in ("happened", "planned", "denied", "hypothetical") if status in told)


def _figures(members: Sequence[EventMention]) -> tuple[Figure, ...]:
    found: dict[tuple[object, ...], Figure] = {}
    for member in sorted(members, key=lambda m: (m.evidence.published, m.key)):
        for figure in member.figures:
            found.setdefault((figure.kind, figure.low, figure.best, figure.high, figure.since), figure)
    return tuple(found.values())


def _disputes(members: Sequence[EventMention], books: Books) -> Iterator[Dispute]:
    for kind in sorted({figure.kind for member in members for figure in member.figures}):
        told = [(figure.text, m.evidence.file) for m in members for figure in m.figures if figure.kind == kind]
        numbers = [(m.evidence.file, f) for m in members for f in m.figures if f.kind == kind]
        if any(one != two and not _compatible(a, b) for one, a in numbers for two, b in numbers):
            yield Dispute(f"figures.{kind}", _values(told))
    towns = [(m.place.name, m.evidence.file) for m in members if m.place and REGION.get(m.place.kind, 3) <= 1]
    if len({name for name, _ in towns}) > 1:
        yield Dispute("place", _values(towns))
    doers = [(m.evidence.file, m.who) for m in members if m.who and books.family(m.type) in _BLAMED]
    if any(one != two and not _may_be_one(a, b, books) for one, a in doers for two, b in doers):
        yield Dispute("who", _values([(", ".join(sorted(who)), file) for file, who in doers]))
    dates = [m.date for m in members if m.date.known]  # what an analyst joins need not share a day
    if any(not one.overlaps(two) for one in dates for two in dates):
        yield Dispute("date", _values([(m.date.edtf(), m.evidence.file) for m in members if m.date.known]))
    standing = {member.status for member in members}
    if "denied" in standing and len(standing) > 1:
        yield Dispute("status", _values([(m.status, m.evidence.file) for m in members]))


def _may_be_one(ones: Iterable[str], others: Iterable[str], books: Books) -> bool:
    """Whether two sources may mean one doer, if only by a common noun."""
    return any(may_be(one, other, books) for one in ones for other in others)


def _values(told: Iterable[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is said -> the files that say it, each once, in order."""
    files: dict[str, set[str]] = {}
    for value, file in told:
        files.setdefault(value, set()).add(file)
    return tuple((value, tuple(sorted(files[value]))) for value in sorted(files))


def _compatible(a: Figure, b: Figure) -> bool:
    """Whether one number can satisfy both ("at least 12" and 15 can, 12 and 15 cannot)."""
    low = max(figure.low if figure.low is not None else (figure.best or 0) for figure in (a, b))
    high = min(
        figure.high if figure.high is not None else (figure.best if figure.best is not None else math.inf)
        for figure in (a, b)
    )
    return low <= high
