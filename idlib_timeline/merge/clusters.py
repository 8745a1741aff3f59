"""Which accounts tell one event.

Each account goes to the best of the events that more precise ones have told before it, or begins one of its own. Where
it goes depends on those alone that come before it and share a block with it, so that `again` can follow what a new
article changes and leave all else as it is. Accounts bear numbers, by which the store knows them.
"""

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..interval import DateInterval
from ..model import EventMention
from .books import Books, circle, party_circle
from .days import moment
from .features import COMING, FORBIDDEN, SINGULAR, THRESHOLD, compare, face, most
from .titles import called, targets
from .where import REGION, elsewhere

_MANY = 8  # accounts of one event, from which those alike are sorted together
_BRIEF, _SHORT = 3, 62  # days: up to the one an interval is looked for day by day, up to the other month by month
_EVERY, _LONG = -1, -2  # in place of a day: all clusters, and those of long intervals
_MONTH, _VAGUE = 10_000_000, 20_000_000  # added to a month: all clusters of it, and those that are not brief
_NEVER, _ALWAYS = 0, 4_000_000  # ordinals before and after all days, for ends that are open

Order = tuple[object, ...]
Key = tuple[str, int]


@dataclass(eq=False, slots=True)
class Cluster:
    """The accounts of one event; `first` are the days of the first of them, `date` those that all allow.

    `joined` says of each but the first why it belongs here. Where there are many, `faces` holds of those that `compare`
    cannot tell apart the first two of different files, and `files` those of each file, by their places.
    """

    date: DateInterval
    first: DateInterval
    members: list[EventMention] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    faces: dict[Hashable, list[int]] = field(default_factory=dict)
    files: dict[str, list[int]] = field(default_factory=dict)

    @property
    def home(self) -> int:
        """The number of its first account, which names it."""
        return self.numbers[0]

    def add(self, number: int, mention: EventMention, why: Sequence[str] = ()) -> None:
        """Take up an account, for the reasons `why`; the days narrow to those it allows too."""
        if self.members:
            self.date = self.date.intersect(mention.date) or self.date
            self.joined.append(f"{mention.evidence.file}: {'; '.join(why)}")
        self.members.append(mention)
        self.numbers.append(number)
        if len(self.members) == _MANY:
            for place in range(_MANY):
                self._sort(place)
        elif len(self.members) > _MANY:
            self._sort(len(self.members) - 1)

    def _sort(self, place: int) -> None:
        """Put the member at this place to those it is like."""
        member = self.members[place]
        file = member.evidence.file
        self.files.setdefault(file, []).append(place)
        alike = self.faces.setdefault(face(member), [])
        if not alike or (len(alike) == 1 and self.members[alike[0]].evidence.file != file):
            alike.append(place)

    def against(self, file: str) -> Iterable[EventMention]:
        """The members that an account of `file` is compared with: of its own file all, of those alike one."""
        if len(self.members) < _MANY:
            return self.members
        own = self.files.get(file, [])
        others = (next((at for at in alike if at not in own), alike[0]) for alike in self.faces.values())
        return [self.members[at] for at in sorted({*own, *others})]


def begin(number: int, mention: EventMention) -> Cluster:
    """A cluster of one account."""
    cluster = Cluster(mention.date, moment(mention))
    cluster.add(number, mention)
    return cluster


Index = dict[Key, dict[Cluster, None]]  # clusters in the order they came


def clusters(accounts: Iterable[tuple[int, EventMention]], books: Books) -> list[Cluster]:
    """All events of the numbered accounts; the same whatever their order and numbers."""
    found: list[Cluster] = []
    index: Index = {}
    for number, mention in sorted(accounts, key=lambda account: order(account[1])):
        if alone(mention, books):
            found.append(begin(number, mention))
            continue
        near: dict[Cluster, None] = {}
        for key in _asked(mention, books):
            near |= index.get(key, {})
        home = place(number, mention, books, near)
        if home is None:
            home = begin(number, mention)
            found.append(home)
        _file(home, mention, books, index)
    return found


def order(mention: EventMention) -> Order:
    """Precise and certain accounts first, so that vague ones meet them; ties by identity, never by input order."""
    days = moment(mention).days
    wide = REGION.get(mention.place.kind, 3) if mention.place is not None else REGION["country"] + 1
    return (
        not mention.date.known,
        days is None,
        days or 0,
        wide,
        mention.background,
        mention.key,
        mention.evidence.file,
    )


def alone(mention: EventMention, books: Books) -> bool:
    """Whether nothing could ever be enough to make it one with another."""
    return most(mention, books) < THRESHOLD or not moment(mention).known


def place(number: int, mention: EventMention, books: Books, near: Iterable[Cluster]) -> Cluster | None:
    """The cluster that takes up the account, of those near it, or None: it begins one of its own."""
    told = moment(mention)
    scored = []
    for cluster in near:
        if cluster.first.overlaps(told) and not _elsewhere(mention, cluster):
            fit = fitting(mention, cluster, books)
            if fit is not None:
                scored.append((fit[0], cluster, fit[1]))
    if not scored:
        return None
    scored.sort(key=lambda row: (-row[0], order(row[1].members[0])))
    wide = mention.place is None or REGION.get(mention.place.kind, 3) >= REGION["admin1"]
    vague = (told.days or 10**6) > 10 or (wide and books.family(mention.type) not in SINGULAR)
    if vague and len(scored) > 1 and scored[0][0] - scored[1][0] < 1.0:
        return None  # it could be either: better two rows than a wrong one
    _, cluster, why = scored[0]
    cluster.add(number, mention, why)
    return cluster


def _elsewhere(mention: EventMention, cluster: Cluster) -> bool:
    """Whether its first account forbids the mention by its town: what `compare` would say, for a part of the cost."""
    first = cluster.members[0].place
    return mention.place is not None and first is not None and elsewhere(first, mention.place)


def fitting(mention: EventMention, cluster: Cluster, books: Books) -> tuple[float, tuple[str, ...]] | None:
    """The best score with a member and its reasons; None if it does not suffice or any member forbids it."""
    best: tuple[float, tuple[str, ...]] | None = None
    for member in cluster.against(mention.evidence.file):
        score, why = likely(member, mention, books)
        if score == FORBIDDEN:
            return None
        if best is None or score > best[0]:
            best = (score, why)
    return best if best is not None and best[0] >= THRESHOLD else None


def likely(a: EventMention, b: EventMention, books: Books) -> tuple[float, tuple[str, ...]]:
    """What `compare` says, but less than enough for two that share no block.

    Accounts are looked for by their blocks: with such a pair, a change would not lead where a reckoning of all does.
    """
    score, why = compare(a, b, books)
    if score >= THRESHOLD and not set(blocks(a, books)) & set(blocks(b, books)):
        return THRESHOLD - 0.5, (*why, "and they share too little")
    return score, why


def blocks(mention: EventMention, books: Books) -> list[str]:
    """What two accounts that may be one event have in common, one of these at least."""
    if alone(mention, books):
        return []
    family, told = books.family(mention.type), moment(mention)
    kinds, brief, names = circle(family), (told.days or _SHORT) <= 2, list[str]()
    if mention.place is not None:
        town = REGION.get(mention.place.kind, 3) <= REGION["town"]
        names.append(f"{kinds if town else party_circle(family)} at {mention.place.name}")
        if town and brief:
            names.append(f"at {mention.place.name}")  # one of an unknown kind, of that day
    if most(mention, books, elsewhere=True) < THRESHOLD:
        return names  # parties alone do not suffice
    names += [f"{party_circle(family)} by {actor}" for actor in sorted(_spread(mention.actors, books))]
    if family == "strike":
        names += [f"{kinds} on a {target}" for target in sorted(targets(mention))]
    names += [f"naming {name}" for name in sorted(called(mention, books))]
    if told.earliest is not None and brief and (family in SINGULAR or mention.status in COMING):
        days = (told.earliest + dt.timedelta(days=number) for number in range(told.days or 0))
        names += [f"{kinds} {'on' if family in SINGULAR else 'due'} {one}" for one in days]
    return names


def _spread(actors: Iterable[str], books: Books) -> set[str]:
    """The parties and what they are a part of."""
    return {name for actor in actors for name in (actor, *books.wholes(actor))}


def span(mention: EventMention) -> tuple[int, int]:
    """The days that tell the account from others, as ordinals; open ends lie before or after all days."""
    told = moment(mention)
    return (
        told.earliest.toordinal() if told.earliest else _NEVER,
        told.latest.toordinal() if told.latest else _ALWAYS,
    )


def _asked(mention: EventMention, books: Books) -> Iterator[Key]:
    """Where clusters lie that can share a day with the mention."""
    told = moment(mention)
    days, months = _days(told), _months(told)
    if days:
        cells = [*days, *(_VAGUE + month for month in months or ()), _LONG]
    else:
        cells = [*(_MONTH + month for month in months), _LONG] if months else [_EVERY]
    for name in blocks(mention, books):
        yield from ((name, cell) for cell in cells)


def _file(cluster: Cluster, mention: EventMention, books: Books, index: Index) -> None:
    """Put the cluster where its first mention's days are: who does not share one of them cannot join."""
    days, months = _days(cluster.first), _months(cluster.first)
    cells = [*(days or ()), *(_MONTH + month for month in months or ()), _EVERY]
    if not days:
        cells += [_VAGUE + month for month in months] if months else [_LONG]
    for name in blocks(mention, books):
        for cell in cells:
            index.setdefault((name, cell), {})[cluster] = None


def _days(told: DateInterval) -> range | None:
    """The days of a brief interval, as ordinals."""
    if told.earliest is None or told.latest is None or (told.latest - told.earliest).days >= _BRIEF:
        return None
    return range(told.earliest.toordinal(), told.latest.toordinal() + 1)


def _months(told: DateInterval) -> range | None:
    """The months, counted from the year 0, of a short interval."""
    if told.earliest is None or told.latest is None or (told.latest - told.earliest).days > _SHORT:
        return None
    return range(told.earliest.year * 12 + told.earliest.month, told.latest.year * 12 + told.latest.month + 1)
