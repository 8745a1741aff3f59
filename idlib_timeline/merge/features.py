"""What speaks for and against two mentions being one event: one table of features, each a score and a sentence why."""

import math
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import NamedTuple

from ..interval import DateInterval
from ..model import EventMention, Figure
from .books import GENERIC, KIN, OF_FORCE, VICTIMS, Books, may_be, shared
from .days import moment
from .titles import announces, begins, called, common_names, face_to_face, from_afar, likeness, matters, targets
from .where import NEAR_KM, REGION, TOWN, contains, contains_closely, elsewhere, kilometres

FORBIDDEN = -math.inf
THRESHOLD = 4.0  # the sum of scores from which two mentions are one event
SINGULAR = {"agreement", "ceasefire", "offensive"}  # one a day: two truces of one day are one, whoever is named
COMING = {"planned", "hypothetical"}
_PACTS = {"agreement", "ceasefire"}  # told with the place of the meeting or the place it is about: both are right
_ABOUT = {"agreement", "ceasefire", "election", "sanctions", "investigation", "aid"}  # a land may be what it is about
_BOUNDED = -2.0  # the score of days without a beginning or an end
_TOLD_BY_WORDS = {"statement", "other"}
_ALIKE = 60.0  # of 100, rapidfuzz's token_set_ratio: two outlets on one statement share its names and its matter
_RATHER_ALIKE = 45.0  # of 100: enough where the party and the town are the same
_UNKNOWN = -1.0  # what it costs that the book does not know the kind of one of them
_NAMED = 1.5  # a name that no book has, in both: a village, a hospital, a person
_RETOLD = {"strike", "battle", "agreement", "ceasefire", "offensive", "casualties", "displacement"}
_AT_HOME = {"coup", "office", "detention"}  # a state's soldiers do it to that state's people: both are "the state"
_ONES_OWN = {"sanctions", "deployment", "withdrawal", "aid"}  # families: nobody disputes who did it
_MEANS = {"air_strike", "shelling", "bombing", "chemical_attack"}  # of two means, one article tells two attacks
_OPPOSED = {frozenset({"happened", "denied"}), frozenset({"planned", "denied"}), frozenset({"hypothetical", "denied"})}


class Judged(NamedTuple):
    """What one feature says of two mentions: a score and a sentence why; `FORBIDDEN` keeps them apart."""

    score: float
    why: str


_SILENT = Judged(0.0, "")


class Pair(NamedTuple):
    """Two mentions, their families, the days that tell them from others, and the books."""

    a: EventMention
    b: EventMention
    one: str
    two: str
    first: DateInterval
    second: DateInterval
    books: Books

    @property
    def family(self) -> str:
        """The family of both, or "" if they differ."""
        return self.one if self.one == self.two else ""

    @property
    def brief(self) -> bool:
        """Whether the days of both are a day or a night."""
        return (self.first.days or 10) <= 2 and (self.second.days or 10) <= 2


def _dates(pair: Pair) -> Judged:
    return _agree(pair.first, pair.second)


@lru_cache(maxsize=1 << 18)  # a war has few days and many accounts of each
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


def _kinds(pair: Pair) -> Judged:
    a, b = pair.a, pair.b
    if a.type == b.type == "talks" and from_afar(a) != from_afar(b) and (face_to_face(a) or face_to_face(b)):
        return Judged(FORBIDDEN, "one is a call, the other a meeting")
    if a.type == b.type == "ceasefire" and ((announces(a) and begins(b)) or (announces(b) and begins(a))):
        return Judged(FORBIDDEN, "one is announced, the other begins")
    if a.type == b.type:
        return Judged(1.0, f"both {a.type}")
    if {a.type, b.type} == {"talks", "agreement"} and _other_circle(pair):
        return Judged(FORBIDDEN, "a meeting is not what others agreed")
    if pair.family:
        return Judged(0.0, f"{a.type} and {b.type} may be one")
    if "other" in (pair.one, pair.two):
        return _of_unknown_kind(pair)
    score = KIN.get(frozenset((pair.one, pair.two)))
    if score is None:
        return Judged(FORBIDDEN, f"{a.type} is not {b.type}")
    if {pair.one, pair.two} == {"strike", "offensive"} and "attack" not in (a.type, b.type):
        return Judged(FORBIDDEN, f"{a.type} is not {b.type}: bombs are no advance")
    if {pair.one, pair.two} <= OF_FORCE and not (_same_town(pair) or common_names(a, b, pair.books)):
        return Judged(FORBIDDEN, f"{a.type} is not {b.type}, unless of one town")
    if {pair.one, pair.two} == _PACTS and begins(a if pair.one == "ceasefire" else b):
        return Judged(FORBIDDEN, "one is agreed, the other begins")
    return Judged(score, f"{a.type} may be told as {b.type}")


def _other_circle(pair: Pair) -> bool:
    """Whether two parties or more are named in both, and not two of them in common."""
    a, b = pair.a.actors, pair.b.actors
    return min(len(a), len(b)) >= _BOTH and len(shared(a, b, pair.books)) < _BOTH


def _of_unknown_kind(pair: Pair) -> Judged:
    """A deed in a verb that the book lacks is one of a known kind only of one day and town, with more alike."""
    a, b = pair.a, pair.b
    if "statement" in (pair.one, pair.two):
        return Judged(FORBIDDEN, f"{a.type} is not {b.type}")
    here, alike = _same_town(pair), likeness(a, b)
    party = bool(shared(set(a.actors) - GENERIC, set(b.actors) - GENERIC, pair.books))
    kept_apart = a.place is not None and b.place is not None and not here
    if pair.brief and (
        (party and alike >= _RATHER_ALIKE and not kept_apart)
        or (here and (party or alike >= _RATHER_ALIKE))
        or (alike >= _ALIKE and common_names(pair.a, pair.b, pair.books))
    ):
        return Judged(_UNKNOWN, f"{a.type} may be told as {b.type}")
    return Judged(FORBIDDEN, f"{a.type} is not {b.type}")


def _same_town(pair: Pair) -> bool:
    one, two = pair.a.place, pair.b.place
    if one is None or two is None or (one.name, one.country) != (two.name, two.country):
        return False
    return REGION.get(one.kind, 3) <= TOWN


def _parties(pair: Pair) -> Judged:
    a, b, books = pair.a, pair.b, pair.books
    one, two = _involved(a, b, pair), _involved(b, a, pair)
    if not one or not two:
        return Judged(0.0, "one names no party")
    if pair.family in _ONES_OWN and a.who and b.who and not _one_doer(a, b, books):
        return Judged(FORBIDDEN, f"{', '.join(a.who)} did the one, {', '.join(b.who)} the other")
    turned = shared(a.who, b.whom, books) | shared(b.who, a.whom, books)
    mutual = any(kind == "battle" and len(m.who) > 1 for kind, m in ((pair.one, a), (pair.two, b)))
    if (
        turned
        and not mutual
        and pair.family not in _AT_HOME
        and not (shared(a.who, b.who, books) or shared(a.whom, b.whom, books))
    ):
        return Judged(FORBIDDEN, f"{', '.join(sorted(turned))} acts in one and suffers in the other")
    targets = set(a.whom) - GENERIC, set(b.whom) - GENERIC
    struck = {pair.one, pair.two} <= {"strike", "battle"}
    if struck and all(targets) and not shared(*targets, books):
        return Judged(FORBIDDEN, f"{', '.join(sorted(targets[0]))} against {', '.join(sorted(targets[1]))} struck")
    common = shared(one, two, books) | shared(two, one, books)
    if common:
        alike = min(1.0, len(common) / min(len(one), len(two)))
        if alike < 0.5 and not common - GENERIC:
            return Judged(-0.5, "only a generic party is shared")
        if not common - GENERIC:
            return Judged(0.0 if common <= VICTIMS else 1.0, f"both name {', '.join(sorted(common))}")
        return Judged(1.0 + alike, f"both name {', '.join(sorted(common))}")
    return _strangers(pair, one, two)


def _one_doer(a: EventMention, b: EventMention, books: Books) -> bool:
    return any(may_be(one, two, books) for one in a.who for two in b.who)


def _strangers(pair: Pair, one: set[str], two: set[str]) -> Judged:
    """Accounts that share no party by name."""
    a, b = pair.a, pair.b
    sides = [(ones, others) for ones, others in ((a.who, b.who), (a.whom, b.whom)) if ones and others]
    if not sides:
        return Judged(-0.5, "one names who did it, the other whom it struck")
    if all(any(may_be(x, y, pair.books) for x in ones for y in others) for ones, others in sides):
        return Judged(0.0, "a generic party may be the other")
    hit = set(a.whom), set(b.whom)
    if not (a.who and b.who) and any(side and side <= VICTIMS for side in hit):
        return Judged(-1.5, f"{', '.join(sorted(hit[0]))} struck, or {', '.join(sorted(hit[1]))}")
    return Judged(FORBIDDEN, f"{', '.join(sorted(one))} against {', '.join(sorted(two))}")


def _involved(mention: EventMention, other: EventMention, pair: Pair) -> set[str]:
    """The parties; the speaker of a truce or deal is one of them, if the other account names it as a party."""
    pact = {pair.one, pair.two} <= _PACTS
    speakers = set((mention.evidence.attribution or "").split(", ")) if pact else set()
    return {*mention.actors, *(speakers & set(other.actors))}


def _speakers(pair: Pair) -> Judged:
    if pair.family != "statement":
        return _SILENT
    common = sorted(set(pair.a.who) & set(pair.b.who))
    return Judged(0.0, f"the same speaker, {', '.join(common)}") if common else Judged(FORBIDDEN, "different speakers")


def _places(pair: Pair) -> Judged:
    one, two = pair.a.place, pair.b.place
    if one is None or two is None:
        return _unplaced(pair)
    wide = REGION.get(one.kind, 3), REGION.get(two.kind, 3)
    if one.name == two.name and one.country == two.country:
        return Judged(2.0 if wide[0] <= TOWN else 0.5 if one.kind == "country" else 1.0, f"both at {one.name}")
    if contains(one, two) or contains(two, one):
        return Judged(0.5, f"{one.name} and {two.name} lie one in the other")
    if elsewhere(one, two):
        return Judged(FORBIDDEN, f"{one.name} is not {two.name}")
    parties = set(pair.a.actors) & set(pair.b.actors)
    about = {pair.one, pair.two} <= _ABOUT and len(parties) > ({pair.one, pair.two} <= _PACTS)
    if about and max(wide) > TOWN:
        return Judged(0.0, f"made at {one.name} or about {two.name}")
    apart = kilometres(one, two)
    if apart is not None and apart <= NEAR_KM and min(wide) > 0:
        return Judged(0.0, f"{one.name} and {two.name} are {apart:.0f} km apart")
    return Judged(FORBIDDEN, f"{one.name} is not {two.name}")


def _lands(pair: Pair) -> Judged:
    """What comes once a day comes so in one war: two articles on two countries, with no party in common, tell two."""
    a, b = pair.a, pair.b
    once = pair.one in SINGULAR and pair.two in SINGULAR
    if not once or not a.land or not b.land or a.land == b.land:
        return _SILENT
    if shared(a.actors, b.actors, pair.books) or (a.place is not None and a.place == b.place):
        return _SILENT
    return Judged(FORBIDDEN, f"told of {a.land}, and of {b.land}")


def _unplaced(pair: Pair) -> Judged:
    """Of the deeds of force that a party does in a week, a day alone, a name or a number picks out one."""
    if pair.brief or not {pair.one, pair.two} <= OF_FORCE or common_names(pair.a, pair.b, pair.books):
        return Judged(0.0, "one names no place")
    return Judged(-1.5, "one names no place, and no day either")


def _names(pair: Pair) -> Judged:
    one, two = pair.a.place, pair.b.place
    if one is not None and two is not None and one.name == two.name:
        return _SILENT
    common = common_names(pair.a, pair.b, pair.books)
    return Judged(_NAMED, f"both name {', '.join(sorted(common))}") if common else _SILENT


def _targets(pair: Pair) -> Judged:
    """What was hit, as a common noun: "the academy", "a bus"."""
    if pair.family != "strike":
        return _SILENT
    common = sorted(targets(pair.a) & targets(pair.b))
    return Judged(1.0, f"both tell of a {', '.join(common)}") if common else _SILENT


def _standing(pair: Pair) -> Judged:
    a, b = pair.a, pair.b
    if frozenset({a.status, b.status}) in _OPPOSED:
        return Judged(FORBIDDEN, "one says that it did not happen")
    if a.status != b.status:
        if "hypothetical" in (a.status, b.status) and "happened" in (a.status, b.status) and _one_file(a, b):
            return Judged(FORBIDDEN, "one article tells it as done, and as what may be")
        came = {a.status, b.status} == {"happened", "planned"}
        return Judged(0.0 if came and pair.brief else -0.5, f"{a.status} here, {b.status} there")
    return Judged(0.0, f"both {a.status}")


def _one_file(a: EventMention, b: EventMention) -> bool:
    return a.evidence.file == b.evidence.file


def _tolls(pair: Pair) -> Judged:
    a, b = pair.a, pair.b
    if not a.figures or not b.figures:
        return _SILENT
    another = _counts(a) != _counts(b) or (a.date.earliest, a.date.latest) != (b.date.earliest, b.date.latest)
    if (_counts(a) or _counts(b)) and another:
        return Judged(FORBIDDEN, "a toll over time is not the toll of another time, or of a day")
    same = {(f.kind, f.best or f.low) for f in a.figures} & {(f.kind, f.best or f.low) for f in b.figures}
    if same:
        return Judged(
            1.0, "the same figure, " + ", ".join(f"{number} {kind}" for kind, number in sorted(same, key=str))
        )
    if any(_nearly(one, two) for one in a.figures for two in b.figures):
        return Judged(0.5, "the one figure is the least that the other gives")
    return _SILENT


def _nearly(one: Figure, two: Figure) -> bool:
    """Whether one gives a least number ("more than 50") and the other a number hardly above it (53)."""
    least, exact = (one, two) if one.best is None else (two, one)
    if one.kind != two.kind or least.best is not None or least.low is None or exact.best is None:
        return False
    return least.low >= _MANY and least.low <= exact.best <= least.low * (1 + _HARDLY)


_MANY, _HARDLY = 10, 0.15


def _counts(mention: EventMention) -> bool:
    """Whether its figures are counted over time."""
    return any(figure.since for figure in mention.figures)


def _words(pair: Pair) -> Judged:
    """Deeds whose kind says little are one only when they are told in like words."""
    if pair.one not in _TOLD_BY_WORDS and pair.two not in _TOLD_BY_WORDS:
        return _SILENT
    alike = likeness(pair.a, pair.b)
    if alike >= _ALIKE:
        return Judged(1.0, f"told in like words ({alike:.0f} of 100)")
    party = bool(set(pair.a.actors) & set(pair.b.actors) - GENERIC)
    rather = alike >= _RATHER_ALIKE and party and (_same_town(pair) if pair.family == "other" else _one_deed(pair))
    if pair.family and not rather and not _one_matter(pair):
        return Judged(FORBIDDEN, f"told in other words ({alike:.0f} of 100 alike)")
    return Judged(0.0, f"told in other words ({alike:.0f} of 100 alike)")


def _one_deed(pair: Pair) -> bool:
    """Whether both tell one kind of deed of words of one day: a party denies or demands less often than it speaks."""
    elsewhere = pair.a.evidence.file != pair.b.evidence.file
    return pair.brief and elsewhere and pair.a.type == pair.b.type != "statement"


def _one_matter(pair: Pair) -> bool:
    """Whether a party asks one thing of the same side in both: a truce, a withdrawal, the release of prisoners."""
    a, b = pair.a, pair.b
    if a.type != b.type or a.type not in _ASKING or a.evidence.file == b.evidence.file:
        return False
    if not shared(set(a.who) - GENERIC, set(b.who) - GENERIC, pair.books):
        return False
    if a.type in _AGAINST:  # "accused", "blamed": the one it is aimed at tells as much as the words
        aimed = shared(set(a.whom) - GENERIC, set(b.whom) - GENERIC, pair.books)
        return pair.brief and bool(aimed) and likeness(a, b) >= _SOMEWHAT_ALIKE
    addressed = not (a.whom and b.whom) or any(may_be(x, y, pair.books) for x in a.whom for y in b.whom)
    return addressed and bool(matters(a) & matters(b)) and max(pair.first.days or 99, pair.second.days or 99) <= _WEEKS


_BOTH = 2  # parties
_AGAINST = {"accusation", "threat"}
_ASKING = {"demand", "promise", "denial"} | _AGAINST
_SOMEWHAT_ALIKE = 35.0  # of 100
_WEEKS = 14  # days


def _article(pair: Pair) -> Judged:
    """One article tells an attack or a deal again in other words; other deeds in other words are other deeds."""
    a, b = pair.a, pair.b
    if a.evidence.file != b.evidence.file:
        return _SILENT
    if _toll_of(a, b) or _toll_of(b, a):
        return Judged(0.5, "one tells the toll of the other")
    apart = a.evidence.event_rule != b.evidence.event_rule or pair.family in _TOLD_BY_WORDS
    again = pair.family in _RETOLD or (pair.family == "territory" and _same_town(pair))
    means = a.type != b.type and {a.type, b.type} <= _MEANS
    if not pair.family or means or (apart and not again and a.evidence.start != b.evidence.start):
        return Judged(FORBIDDEN, f"one article tells '{a.evidence.trigger}' and '{b.evidence.trigger}'")
    if a.evidence.start == b.evidence.start and a.type != b.type:
        return Judged(-0.5, "two kinds in one sentence")
    return Judged(0.5, "the same article goes on")


def _toll_of(toll: EventMention, deed: EventMention) -> bool:
    """Whether an account is of the dead of the battle told right before it, whose day and place it was given."""
    told = toll.evidence.rule == "told-with" and toll.evidence.anchor == deed.evidence.trigger
    return told and deed.type == "battle" and (toll.date, toll.place) == (deed.date, deed.place)


Feature = Callable[[Pair], Judged]
FEATURES: tuple[Feature, ...] = (
    _dates,
    _kinds,
    _parties,
    _places,
    _lands,
    _names,
    _targets,
    _standing,
    _tolls,
    _article,
    _words,
    _speakers,
)


_QUICKEST = tuple(
    (FEATURES.index(feature), feature)  # what is quick and strict first
    for feature in (
        *(_standing, _article, _places, _lands, _dates, _kinds, _words, _parties, _tolls, _speakers, _names, _targets),
    )
)


def compare(a: EventMention, b: EventMention, books: Books) -> tuple[float, tuple[str, ...]]:
    """The sum of all features and their sentences; `-inf` and the one sentence when one forbids it."""
    pair = _pair(a, b, books)
    said: list[Judged] = [_SILENT] * len(FEATURES)
    for place, feature in _QUICKEST:
        found = said[place] = feature(pair)
        if found.score == FORBIDDEN:
            return FORBIDDEN, (found.why,)
    score, why = sum(one.score for one in said), tuple(one.why for one in said if one.why)
    if score >= THRESHOLD and not _something_shared(pair):
        return THRESHOLD - 0.5, (*why, "and they share no party, no place and no name")
    return score, why


def _pair(a: EventMention, b: EventMention, books: Books) -> Pair:
    return Pair(a, b, books.family(a.type), books.family(b.type), moment(a), moment(b), books)


def _something_shared(pair: Pair) -> bool:
    """Whether more than the day is the same; of deadlines, and of what comes once a day, that is enough."""
    a, b = pair.a, pair.b
    if a.place is not None and b.place is not None and a.place.name == b.place.name:
        return True
    if shared(a.actors, b.actors, pair.books) or common_names(a, b, pair.books):
        return True
    if pair.family == "strike" and (targets(a) & targets(b) or (_tolls(pair).score > 0 and _large(a))):
        return True
    if a.place is not None and b.place is not None and contains_closely(a.place, b.place):
        return True
    once = pair.one in SINGULAR, pair.two in SINGULAR
    due = {a.status, b.status} <= COMING and not any(once)
    return (all(once) or due) and pair.brief


def _large(mention: EventMention) -> bool:
    """Whether it gives a number that two attacks of a day hardly share."""
    return any((figure.best or figure.low or 0) >= _MANY for figure in mention.figures)


def most(mention: EventMention, books: Books, elsewhere: bool = False) -> float:
    """What `compare` can come to at most with this mention, or with one at a place of another name (`elsewhere`).

    Of days that are only bounded, few can reach what makes two mentions one; and they share a day with so many others
    that comparing them all would be most of the work.
    """
    placed, named = mention.place is not None, bool(called(mention, books))
    return (
        (3.0 if moment(mention).closed else _BOUNDED)
        + 1.5  # one kind, the same article
        + 2.0 * bool(mention.actors or mention.evidence.attribution)  # who speaks of a deal can be a party to it
        + max(0.0 if elsewhere else 2.0 * placed, 0.5 * placed + _NAMED * named)
        + 1.0 * bool(mention.figures)
        + 1.0 * bool(books.family(mention.type) == "strike" and targets(mention))
        + 1.0 * (books.family(mention.type) in _TOLD_BY_WORDS)
    )


def face(mention: EventMention) -> Hashable:
    """What `compare` sees of a mention beside one of another file: those of one face compare alike."""
    return (
        (mention.date, moment(mention), mention.type, mention.status, bool(mention.evidence.expression)),
        (mention.who, mention.whom, mention.actors, mention.evidence.attribution),
        (mention.place, mention.land, mention.figures, mention.title),
    )


def judged(a: EventMention, b: EventMention, books: Books) -> tuple[tuple[str, Judged], ...]:
    """What every feature says of two mentions, by name, also where one forbids; those that say nothing are left out."""
    pair = _pair(a, b, books)
    found = ((feature.__name__.lstrip("_"), feature(pair)) for feature in FEATURES)
    return tuple((name, said) for name, said in found if said.why)
