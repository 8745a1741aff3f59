"""Event mentions -> events: which accounts tell one event, why, and where they disagree.

Precision first: two mentions are one event only when nothing forbids it (dates that share no day, kinds that cannot be
one, parties or places that exclude each other) and the features add up. The table in `features` is the whole of the
weights; `accounts` makes one event of those that were joined.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field

from ..interval import DateInterval
from ..model import Event, EventMention
from .accounts import distinct, event
from .features import FORBIDDEN, REGION, compare, face, moment, most

__all__ = ["compare", "merge"]

THRESHOLD = 4.0  # the sum of scores from which two mentions are one event
SINGULAR = {"agreement", "ceasefire", "offensive"}  # one a day: two truces of one day are one, whoever is named

_MANY = 8  # accounts of one event, from which those alike are sorted together
_SHORT = 62  # days: a longer interval is not looked for month by month
_EVERY, _LONG = -1, -2  # in place of a month: all clusters, and those of long intervals

Family = Callable[[str], str]
Key = tuple[str, str, int]


@dataclass(eq=False, slots=True)
class _Cluster:
    """The accounts of one event; `first` are the days of the first of them, `date` those that all allow.

    Where there are many, `faces` holds of those that `compare` cannot tell apart the first two of different files, and
    `files` those of each file, by their places.
    """

    family: str
    date: DateInterval
    first: DateInterval
    members: list[EventMention] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    faces: dict[Hashable, list[int]] = field(default_factory=dict)
    files: dict[str, list[int]] = field(default_factory=dict)

    def add(self, mention: EventMention) -> None:
        self.members.append(mention)
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


Index = dict[Key, dict[_Cluster, None]]  # clusters in the order they came


def merge(mentions: Iterable[EventMention], family: Family) -> tuple[Event, ...]:
    """The events of all mentions, in the chronology's order; the same whatever the order of `mentions`.

    `family` names the family of an event type: only kinds of one family can be one event.
    """
    clusters, events = _clusters(mentions, family)[::-1], []
    while clusters:  # each is let go once its event is made: a large store has tens of thousands
        cluster = clusters.pop()
        events.append(event(cluster.members, cluster.date, cluster.joined))
    return tuple(sorted(distinct(events), key=lambda made: (*made.date.sort_key, made.id)))


def _clusters(mentions: Iterable[EventMention], family: Family) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    index: Index = {}
    for mention in sorted(mentions, key=_precision):
        kind = family(mention.type)
        alone = most(mention, kind) < THRESHOLD
        home = None if alone else _home(mention, kind, index)
        if home is None:
            home = _Cluster(kind, mention.date, moment(mention))
            home.add(mention)
            clusters.append(home)
        if not alone:
            _file(home, mention, index)
    return clusters


def _precision(mention: EventMention) -> tuple[object, ...]:
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


def _home(mention: EventMention, family: str, index: Index) -> _Cluster | None:
    near: dict[_Cluster, None] = {}
    for key in _asked(mention, family):
        near |= index.get(key, {})
    scored = []
    told = moment(mention)
    for cluster in near:
        fit = _fit(mention, cluster) if cluster.first.overlaps(told) else None
        if fit is not None:
            scored.append((fit[0], cluster, fit[1]))
    if not scored:
        return None
    scored.sort(key=lambda row: (-row[0], _precision(row[1].members[0])))
    wide = mention.place is not None and REGION.get(mention.place.kind, 3) >= REGION["admin1"]
    vague = (moment(mention).days or 10**6) > 10 or (wide and family not in SINGULAR)
    if vague and len(scored) > 1 and scored[0][0] - scored[1][0] < 1.0:
        return None  # it could be either: better two rows than a wrong one
    _, cluster, why = scored[0]
    cluster.date = cluster.date.intersect(mention.date) or cluster.date
    cluster.add(mention)
    cluster.joined.append(f"{mention.evidence.file}: {'; '.join(why)}")
    return cluster


def _fit(mention: EventMention, cluster: _Cluster) -> tuple[float, tuple[str, ...]] | None:
    best: tuple[float, tuple[str, ...]] | None = None
    for member in cluster.against(mention.evidence.file):
        score, why = compare(member, mention, cluster.family)
        if score == FORBIDDEN:
            return None
        if best is None or score > best[0]:
            best = (score, why)
    return best if best is not None and best[0] >= THRESHOLD else None


def _keys(mention: EventMention, family: str) -> Iterator[tuple[str, str]]:
    """What two mentions that may be one event have in common, one of these at least."""
    if mention.place is not None:
        yield family, f"place:{mention.place.name}"
    if most(mention, family, elsewhere=True) < THRESHOLD:
        return  # parties alone do not suffice
    for actor in mention.actors:
        yield family, f"actor:{actor}"
    told = moment(mention)
    if family in SINGULAR and told.earliest is not None and told.days == 1:
        yield family, f"day:{told.earliest}"


def _asked(mention: EventMention, family: str) -> Iterator[Key]:
    """Where clusters lie that can share a day with the mention."""
    told = moment(mention)
    if not told.known:
        return
    months = _months(told)
    for key in _keys(mention, family):
        yield from ((*key, month) for month in ((*months, _LONG) if months else (_EVERY,)))


def _file(cluster: _Cluster, mention: EventMention, index: Index) -> None:
    """Put the cluster where its first mention's days are: who does not share one of them cannot join."""
    if not cluster.first.known:
        return
    for key in _keys(mention, cluster.family):
        for month in (*(_months(cluster.first) or (_LONG,)), _EVERY):
            index.setdefault((*key, month), {})[cluster] = None


def _months(told: DateInterval) -> range | None:
    """The months, counted from the year 0, of a short interval."""
    if told.earliest is None or told.latest is None or (told.latest - told.earliest).days > _SHORT:
        return None
    return range(told.earliest.year * 12 + told.earliest.month, told.latest.year * 12 + told.latest.month + 1)
