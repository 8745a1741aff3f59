"""Event mentions -> events: which accounts tell one event, why, and where they disagree.

Precision first: two mentions are one event only when nothing forbids it (dates that share no day, kinds that cannot be
one, parties or places that exclude each other) and the features add up. The table in `features` is the whole of the
weights; `accounts` makes one event of those that were joined.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from ..interval import DateInterval
from ..model import Event, EventMention
from .accounts import distinct, event
from .features import FORBIDDEN, REGION, compare, moment

__all__ = ["compare", "merge"]

THRESHOLD = 4.0  # the sum of scores from which two mentions are one event
SINGULAR = {"agreement", "ceasefire", "offensive"}  # one a day: two truces of one day are one, whoever is named

Family = Callable[[str], str]


@dataclass(eq=False)
class _Cluster:
    family: str
    date: DateInterval
    members: list[EventMention] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)


def merge(mentions: Iterable[EventMention], family: Family) -> tuple[Event, ...]:
    """The events of all mentions, in the chronology's order; the same whatever the order of `mentions`.

    `family` names the family of an event type: only kinds of one family can be one event.
    """
    clusters: list[_Cluster] = []
    index: dict[tuple[str, str], list[_Cluster]] = {}
    for mention in sorted(mentions, key=_precision):
        kind = family(mention.type)
        home = _home(mention, kind, index)
        if home is None:
            home = _Cluster(kind, mention.date, [mention])
            clusters.append(home)
        _file(home, mention, index)
    events = [event(cluster.members, cluster.date, cluster.joined) for cluster in clusters]
    return tuple(sorted(distinct(events), key=lambda made: (*made.date.sort_key, made.id)))


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


def _home(mention: EventMention, family: str, index: dict[tuple[str, str], list[_Cluster]]) -> _Cluster | None:
    near: dict[int, _Cluster] = {
        id(cluster): cluster for key in _keys(mention, family) for cluster in index.get(key, ())
    }
    scored = []
    for cluster in near.values():
        fit = _fit(mention, cluster)
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
    cluster.members.append(mention)
    cluster.joined.append(f"{mention.evidence.file}: {'; '.join(why)}")
    return cluster


def _fit(mention: EventMention, cluster: _Cluster) -> tuple[float, tuple[str, ...]] | None:
    best: tuple[float, tuple[str, ...]] | None = None
    for member in cluster.members:
        score, why = compare(member, mention, cluster.family)
        if score == FORBIDDEN:
            return None
        if best is None or score > best[0]:
            best = (score, why)
    return best if best is not None and best[0] >= THRESHOLD else None


def _keys(mention: EventMention, family: str) -> Iterator[tuple[str, str]]:
    for actor in mention.actors:
        yield family, f"actor:{actor}"
    if mention.place is not None:
        yield family, f"place:{mention.place.name}"
    told = moment(mention)
    if family in SINGULAR and told.earliest is not None and told.days == 1:
        yield family, f"day:{told.earliest}"


def _file(cluster: _Cluster, mention: EventMention, index: dict[tuple[str, str], list[_Cluster]]) -> None:
    for key in _keys(mention, cluster.family):
        row = index.setdefault(key, [])
        if cluster not in row:
            row.append(cluster)
