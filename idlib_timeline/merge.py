"""Event mentions -> events: which accounts tell one event, why, and where they disagree.

Precision first: two mentions are one event only when nothing forbids it (dates that share no day, kinds that cannot be
one, parties or places that exclude each other) and the features below add up. The table `FEATURES` is the whole of the
weights; every feature gives a score and a sentence why.
"""

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from .interval import DateInterval, day
from .model import Dispute, Event, EventMention, Figure, Place

THRESHOLD = 4.0  # the sum of scores from which two mentions are one event
FORBIDDEN = -math.inf
_PACTS = {"agreement", "ceasefire"}  # told with the place of the meeting or the place it is about: both are right
NEAR_KM = 25.0  # a town and its outskirts; two towns of one district lie further apart
_SINGULAR = {"agreement", "ceasefire", "offensive"}  # one a day: two truces of one day are one, whoever is named
_TOLD_BY_WORDS = {"statement", "other"}
_ALIKE = 60.0  # of 100, rapidfuzz's token_set_ratio: two outlets on one statement share its names and its matter
_RETOLD = {"strike", "battle", "agreement", "ceasefire", "offensive", "casualties", "displacement"}
_GENERIC = {
    "rebels",
    "militants",
    "armed groups",
    "opposition",
    "Syrian opposition",
    "militias",
    "fighters",
    "insurgents",
}
_OPPOSED = {frozenset({"happened", "denied"}), frozenset({"planned", "denied"}), frozenset({"hypothetical", "denied"})}
_REGION = {"country": 5, "admin1": 4, "admin2": 3, "area": 3, "town": 1, "site": 0}


@dataclass(frozen=True, slots=True)
class Judged:
    """What one feature says of two mentions: a score and a sentence why; `FORBIDDEN` keeps them apart."""

    score: float
    why: str


Family = Callable[[str], str]


def _moment(mention: EventMention) -> DateInterval:
    """The days that tell this event from others: of a plan with a start and no end, the start."""
    date = mention.date
    if mention.status == "planned" and mention.evidence.expression and date.earliest and date.latest is None:
        return day(date.earliest, date.approximate)
    return date


def _dates(a: EventMention, b: EventMention, family: str) -> Judged:
    one, two = _moment(a), _moment(b)
    if not (one.known and two.known):
        return Judged(FORBIDDEN, "a day is unknown")
    common = one.intersect(two)
    if common is None:
        return Judged(FORBIDDEN, f"{one} and {two} share no day")
    if not (one.closed and two.closed):
        return Judged(-2.0, f"only bounded: {one if not one.closed else two}")
    longest = max(one.days or 1, two.days or 1)
    if longest <= 2:
        return Judged(3.0, f"the same day, {common}")
    if longest <= 10:
        return Judged(2.0, f"{one} and {two} agree on {common}")
    if longest <= 31:
        return Judged(1.5, f"{one} and {two} agree on {common}")
    return Judged(1.0, f"{one} allows {two}" if (two.days or 0) < (one.days or 0) else f"{two} allows {one}")


def _parties(a: EventMention, b: EventMention, family: str) -> Judged:
    one, two = _involved(a, b, family), _involved(b, a, family)
    if not one or not two:
        return Judged(0.0, "one names no party")
    shared = one & two
    turned = set(a.who) & set(b.whom) or set(b.who) & set(a.whom)
    if turned and not (set(a.who) & set(b.who) or set(a.whom) & set(b.whom)):
        return Judged(FORBIDDEN, f"{', '.join(sorted(turned))} acts in one and suffers in the other")
    targets = set(a.whom) - _GENERIC, set(b.whom) - _GENERIC
    if family in {"strike", "battle"} and all(targets) and not targets[0] & targets[1]:
        return Judged(FORBIDDEN, f"{', '.join(sorted(targets[0]))} against {', '.join(sorted(targets[1]))} struck")
    if shared:
        alike = len(shared) / min(len(one), len(two))
        if alike < 0.5 and not shared - _GENERIC:
            return Judged(-0.5, "only a generic party is shared")
        return Judged(1.0 + alike, f"both name {', '.join(sorted(shared))}")
    if not (a.who and b.who) and not (a.whom and b.whom):
        return Judged(-0.5, "one names who did it, the other whom it struck")
    if one & _GENERIC or two & _GENERIC:
        return Judged(-0.5, "a generic party may be the other")
    return Judged(FORBIDDEN, f"{', '.join(sorted(one))} against {', '.join(sorted(two))}")


def _involved(mention: EventMention, other: EventMention, family: str) -> set[str]:
    """The parties; the speaker of a truce or deal is one of them, if the other account names it as a party."""
    speakers = set((mention.evidence.attribution or "").split(", ")) if family in _PACTS else set()
    return {*mention.actors, *(speakers & set(other.actors))}


def _speakers(a: EventMention, b: EventMention, family: str) -> Judged:
    if set(a.who) & set(b.who):
        return Judged(0.0, f"the same speaker, {', '.join(sorted(set(a.who) & set(b.who)))}")
    return Judged(FORBIDDEN, "different speakers")


def _places(a: EventMention, b: EventMention, family: str) -> Judged:
    one, two = a.place, b.place
    if one is None or two is None:
        return Judged(0.0, "one names no place")
    if one.name == two.name and one.country == two.country:
        return Judged(2.0 if _REGION.get(one.kind, 3) <= 1 else 1.0, f"both at {one.name}")
    if _contains(one, two) or _contains(two, one):
        return Judged(0.5, f"{one.name} and {two.name} lie one in the other")
    regional = max(_REGION.get(one.kind, 3), _REGION.get(two.kind, 3)) > 1
    if family in _PACTS and regional and len(set(a.actors) & set(b.actors)) > 1:
        return Judged(0.0, f"made at {one.name} or about {two.name}")
    apart = _kilometres(one, two)
    if apart is not None and apart <= NEAR_KM and min(_REGION.get(one.kind, 3), _REGION.get(two.kind, 3)) > 0:
        return Judged(0.0, f"{one.name} and {two.name} are {apart:.0f} km apart")
    return Judged(FORBIDDEN, f"{one.name} is not {two.name}")


def _contains(outer: Place, inner: Place) -> bool:
    if outer.kind == "country":
        return outer.country == inner.country
    return (
        outer.kind in {"admin1", "area"}
        and bool(inner.admin1)
        and inner.admin1 in {outer.name, outer.admin1}
        and outer.country == inner.country
    )


def _kilometres(one: Place, two: Place) -> float | None:
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    mean = math.radians((one.lat + two.lat) / 2)
    return 111.2 * math.hypot(one.lat - two.lat, (one.lon - two.lon) * math.cos(mean))


def _standing(a: EventMention, b: EventMention, family: str) -> Judged:
    if frozenset({a.status, b.status}) in _OPPOSED:
        return Judged(FORBIDDEN, "one says that it did not happen")
    if a.status != b.status:
        return Judged(-0.5, f"{a.status} here, {b.status} there")
    return Judged(0.0, f"both {a.status}")


def _tolls(a: EventMention, b: EventMention, family: str) -> Judged:
    another = _counts(a) != _counts(b) or (a.date.earliest, a.date.latest) != (b.date.earliest, b.date.latest)
    if a.figures and b.figures and (_counts(a) or _counts(b)) and another:
        return Judged(FORBIDDEN, "a toll over time is not the toll of another time, or of a day")
    same = {(f.kind, f.best or f.low) for f in a.figures} & {(f.kind, f.best or f.low) for f in b.figures}
    if same:
        return Judged(
            1.0, "the same figure, " + ", ".join(f"{number} {kind}" for kind, number in sorted(same, key=str))
        )
    return Judged(0.0, "")


def _counts(mention: EventMention) -> bool:
    """Whether its figures are counted over time."""
    return any(figure.since for figure in mention.figures)


def _words(a: EventMention, b: EventMention, family: str) -> Judged:
    """Deeds whose kind says little are one only when they are told in like words."""
    if family not in _TOLD_BY_WORDS:
        return Judged(0.0, "")
    from rapidfuzz.fuzz import token_set_ratio

    alike = token_set_ratio(a.title.lower(), b.title.lower())
    if alike < _ALIKE:
        return Judged(FORBIDDEN, f"told in other words ({alike:.0f} of 100 alike)")
    return Judged(1.0, f"told in like words ({alike:.0f} of 100)")


def _kinds(a: EventMention, b: EventMention, family: str) -> Judged:
    if a.type == b.type:
        return Judged(1.0, f"both {a.type}")
    return Judged(0.0, f"{a.type} and {b.type} may be one")


def _article(a: EventMention, b: EventMention, family: str) -> Judged:
    """One article tells an attack or a deal again in other words; other deeds in other words are other deeds."""
    if a.evidence.file != b.evidence.file:
        return Judged(0.0, "")
    apart = a.evidence.event_rule != b.evidence.event_rule or family in _TOLD_BY_WORDS
    if apart and family not in _RETOLD and a.evidence.start != b.evidence.start:
        return Judged(FORBIDDEN, f"one article tells '{a.evidence.trigger}' and '{b.evidence.trigger}'")
    if a.evidence.start == b.evidence.start and a.type != b.type:
        return Judged(-0.5, "two kinds in one sentence")
    return Judged(0.5, "the same article goes on")


FEATURES: tuple[Callable[[EventMention, EventMention, str], Judged], ...] = (
    _dates,
    _kinds,
    _parties,
    _places,
    _standing,
    _tolls,
    _article,
    _words,
)


def compare(a: EventMention, b: EventMention, family: str) -> tuple[float, tuple[str, ...]]:
    """The sum of all features and their sentences; `-inf` when one forbids it."""
    total, why = 0.0, []
    for feature in (*FEATURES, _speakers) if family == "statement" else FEATURES:
        judged = feature(a, b, family)
        total += judged.score
        if judged.why:
            why.append(judged.why)
        if total == FORBIDDEN:
            break
    return total, tuple(why)


# --- clusters -------------------------------------------------------------------------------------


@dataclass
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
    events = [_event(cluster) for cluster in clusters]
    return tuple(sorted(_distinct(events), key=lambda event: (*event.date.sort_key, event.id)))


def _precision(mention: EventMention) -> tuple[object, ...]:
    """Precise and certain accounts first, so that vague ones meet them; ties by identity, never by input order."""
    days = _moment(mention).days
    wide = _REGION.get(mention.place.kind, 3) if mention.place is not None else _REGION["country"] + 1
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
    wide = mention.place is not None and _REGION.get(mention.place.kind, 3) >= _REGION["admin1"]
    vague = (_moment(mention).days or 10**6) > 10 or (wide and family not in _SINGULAR)
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
    moment = _moment(mention)
    if family in _SINGULAR and moment.earliest is not None and moment.days == 1:
        yield family, f"day:{moment.earliest}"


def _file(cluster: _Cluster, mention: EventMention, index: dict[tuple[str, str], list[_Cluster]]) -> None:
    for key in _keys(mention, cluster.family):
        row = index.setdefault(key, [])
        if cluster not in row:
            row.append(cluster)


# --- one event from its accounts ------------------------------------------------------------------


def _event(cluster: _Cluster) -> Event:
    members = sorted(cluster.members, key=lambda m: (m.evidence.file, m.evidence.start, m.key))
    status = _status(members)
    first = min(members, key=lambda member: (member.status != status, *_telling(member)))
    clock = next((m for m in (first, *members) if m.clock is not None and cluster.date.precision == "day"), None)
    place = min((m.place for m in members if m.place), key=lambda p: (_REGION.get(p.kind, 6), p.name), default=None)
    who = tuple(dict.fromkeys(name for m in (first, *members) for name in m.who))
    whom = tuple(name for name in dict.fromkeys(name for m in (first, *members) for name in m.whom) if name not in who)
    return Event(
        id=_identity(members),
        date=cluster.date,
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
        joined=tuple(cluster.joined),
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


def _distinct(events: Sequence[Event]) -> Iterator[Event]:
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
        if member.place is not None and _REGION.get(member.place.kind, 3) <= 1:
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
