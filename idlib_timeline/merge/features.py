"""What speaks for and against two mentions being one event: one table of features, each a score and a sentence why."""

import math
from collections.abc import Callable, Hashable
from functools import cache, lru_cache
from typing import NamedTuple

from ..interval import DateInterval, day
from ..model import EventMention, Place

FORBIDDEN = -math.inf
_PACTS = {"agreement", "ceasefire"}  # told with the place of the meeting or the place it is about: both are right
_BOUNDED = -2.0  # the score of days without a beginning or an end
NEAR_KM = 25.0  # a town and its outskirts; two towns of one district lie further apart
_TOLD_BY_WORDS = {"statement", "other"}
_ALIKE = 60.0  # of 100, rapidfuzz's token_set_ratio: two outlets on one statement share its names and its matter
_RETOLD = {"strike", "battle", "agreement", "ceasefire", "offensive", "casualties", "displacement"}
GENERIC = {
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
REGION = {"country": 5, "admin1": 4, "admin2": 3, "area": 3, "town": 1, "site": 0}  # how wide a kind of place is


class Judged(NamedTuple):
    """What one feature says of two mentions: a score and a sentence why; `FORBIDDEN` keeps them apart."""

    score: float
    why: str


def moment(mention: EventMention) -> DateInterval:
    """The days that tell this event from others: of a plan with a start and no end, the start."""
    date = mention.date
    if mention.status == "planned" and mention.evidence.expression and date.earliest and date.latest is None:
        return day(date.earliest, date.approximate)
    return date


def _dates(a: EventMention, b: EventMention, family: str) -> Judged:
    return _agree(moment(a), moment(b))


@lru_cache(maxsize=1 << 12)  # a war has few days and many accounts of each
def _agree(one: DateInterval, two: DateInterval) -> Judged:
    if not (one.known and two.known):
        return Judged(FORBIDDEN, "a day is unknown")
    common = one.intersect(two)
    if common is None:
        return Judged(FORBIDDEN, f"{one} and {two} share no day")
    if not (one.closed and two.closed):
        return Judged(_BOUNDED, f"only bounded: {one if not one.closed else two}")
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
    targets = set(a.whom) - GENERIC, set(b.whom) - GENERIC
    if family in {"strike", "battle"} and all(targets) and not targets[0] & targets[1]:
        return Judged(FORBIDDEN, f"{', '.join(sorted(targets[0]))} against {', '.join(sorted(targets[1]))} struck")
    if shared:
        alike = len(shared) / min(len(one), len(two))
        if alike < 0.5 and not shared - GENERIC:
            return Judged(-0.5, "only a generic party is shared")
        return Judged(1.0 + alike, f"both name {', '.join(sorted(shared))}")
    if not (a.who and b.who) and not (a.whom and b.whom):
        return Judged(-0.5, "one names who did it, the other whom it struck")
    if one & GENERIC or two & GENERIC:
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
        return Judged(2.0 if REGION.get(one.kind, 3) <= 1 else 1.0, f"both at {one.name}")
    if _contains(one, two) or _contains(two, one):
        return Judged(0.5, f"{one.name} and {two.name} lie one in the other")
    regional = max(REGION.get(one.kind, 3), REGION.get(two.kind, 3)) > 1
    if family in _PACTS and regional and len(set(a.actors) & set(b.actors)) > 1:
        return Judged(0.0, f"made at {one.name} or about {two.name}")
    apart = _kilometres(one, two)
    if apart is not None and apart <= NEAR_KM and min(REGION.get(one.kind, 3), REGION.get(two.kind, 3)) > 0:
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


@cache
def _likeness() -> Callable[[str, str], float]:
    from rapidfuzz.fuzz import token_set_ratio

    return token_set_ratio


def _words(a: EventMention, b: EventMention, family: str) -> Judged:
    """Deeds whose kind says little are one only when they are told in like words."""
    if family not in _TOLD_BY_WORDS:
        return Judged(0.0, "")
    alike = _likeness()(a.title.lower(), b.title.lower())
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


Feature = Callable[[EventMention, EventMention, str], Judged]
FEATURES: tuple[Feature, ...] = (
    _dates,
    _kinds,
    _parties,
    _places,
    _standing,
    _tolls,
    _article,
    _words,
)


_QUICKEST = (_standing, _words, _places, _parties, _tolls, _article, _dates, _kinds)  # what is quick and strict first


def compare(a: EventMention, b: EventMention, family: str) -> tuple[float, tuple[str, ...]]:
    """The sum of all features and their sentences; `-inf` and the one sentence when one forbids it."""
    own = (_speakers,) if family == "statement" else ()
    judged: dict[Feature, Judged] = {}
    for feature in (*_QUICKEST, *own):
        found = judged[feature] = feature(a, b, family)
        if found.score == FORBIDDEN:
            return FORBIDDEN, (found.why,)
    told = [judged[feature] for feature in (*FEATURES, *own)]
    return sum(one.score for one in told), tuple(one.why for one in told if one.why)


def most(mention: EventMention, family: str, elsewhere: bool = False) -> float:
    """What `compare` can come to at most with this mention, or with one at a place of another name (`elsewhere`).

    Of days that are only bounded, few can reach what makes two mentions one; and they share a day with so many others
    that comparing them all would be most of the work.
    """
    return (
        (3.0 if moment(mention).closed else _BOUNDED)
        + 3.5  # one kind, the same parties, the same article
        + (0.5 if elsewhere else 2.0) * (mention.place is not None)
        + 1.0 * bool(mention.figures)
        + 1.0 * (family in _TOLD_BY_WORDS)
    )


def face(mention: EventMention) -> Hashable:
    """What `compare` sees of a mention beside one of another file: those of one face compare alike."""
    return (
        (mention.date, mention.type, mention.status, bool(mention.evidence.expression)),
        (mention.who, mention.whom, mention.actors, mention.evidence.attribution),
        (mention.place, mention.figures, mention.title),
    )


def judged(a: EventMention, b: EventMention, family: str) -> tuple[tuple[str, Judged], ...]:
    """What every feature says of two mentions, by name, also where one forbids; those that say nothing are left out."""
    own = (_speakers,) if family == "statement" else ()
    found = ((feature.__name__.lstrip("_"), feature(a, b, family)) for feature in (*FEATURES, *own))
    return tuple((name, said) for name, said in found if said.why)
