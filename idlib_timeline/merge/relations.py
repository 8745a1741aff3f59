"""What two events have to do with each other that are not one: a truce and its end, a claim and its denial, a quarrel.

A relation is a matter of two accounts alone, so that it does not change when others come or go.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..model import EventMention, Figure
from .books import GENERIC, Books, circle
from .clusters import blocks, span
from .features import FORBIDDEN, THRESHOLD, Judged, judged
from .titles import announces, begins
from .where import REGION

_WEEK = 7  # days: from announcement to start; of what lies in longer times, a claim and a denial need not mean the same
_WEEKS = 31  # days within which a truce is announced, begins and breaks
_TRUCES = {"ceasefire", "ceasefire_violation", "agreement"}  # families
_TRUCE_WORDS = {"armistice", "cease-fire", "ceasefire", "truce"}  # what an agreement on one names
_VIOLENT = {"strike", "battle"}  # families
_TOLL = 3  # from this number on two sources hardly count the same by chance


class Relation(NamedTuple):
    """How the first event goes with the other, how the other with the first, and why; `field` is what they dispute."""

    how: str
    back: str
    why: str
    field: str = ""

    def turned(self) -> "Relation":
        """The same from the side of the other."""
        return Relation(self.back, self.how, self.why, self.field)


def related(a: EventMention, b: EventMention, books: Books) -> Relation | None:
    """What the events of two accounts have to do with each other, or None."""
    kinds = books.family(a.type), books.family(b.type)
    if set(kinds) <= _TRUCES and "ceasefire" in kinds:
        return _truce(a, b, books) if _side_by_side(a, b) else None
    if kinds[0] == kinds[1] and a.evidence.file != b.evidence.file:
        return _denied(a, b, books) or _contested(a, b, kinds[0], books)
    return None


def asks(mention: EventMention, books: Books) -> bool:
    """Whether it can be the one of two related accounts from which their relation is found; one of them always is."""
    kind = books.family(mention.type)
    return kind == "ceasefire" or mention.status == "denied" or (kind in _VIOLENT and bool(_tolls(mention)))


def partners(mention: EventMention, books: Books) -> Iterator[tuple[str, int, int]]:
    """Where accounts lie that can be related to it: blocks, each with first and last day (ordinals)."""
    kind = books.family(mention.type)
    first, last = span(mention)
    own = f"{circle(kind)} "
    for block in blocks(mention, books):
        if kind in _TRUCES and block.startswith((f"{own}at ", f"{own}by ")):
            for other in sorted(set(map(circle, _TRUCES))):
                reach = _WEEK if f"{other} " == own else _WEEKS
                yield f"{other} {block.removeprefix(own)}", first - reach, last + reach
        else:
            yield block, first - 1, last + 1


# --- a truce, from its announcement to its end ----------------------------------------------------


def _truce(a: EventMention, b: EventMention, books: Books) -> Relation | None:
    """Announced or agreed on, in force, broken: three events of one truce."""
    found = _phase(a, b, books)
    if found is None:
        turned = _phase(b, a, books)
        found = turned and turned.turned()
    return found


def _phase(one: EventMention, truce: EventMention, books: Books) -> Relation | None:
    """What one account has to do with a truce that is told to be in force: it breaks it, or announces it."""
    after = _days_after(truce, one)
    if after is None or books.family(truce.type) != "ceasefire":
        return None
    if books.family(one.type) == "ceasefire_violation":
        return Relation("breaks", "broken by", _apart(after, "after")) if after >= 0 else None
    same_day = books.family(one.type) == "agreement" or begins(truce)  # else what is declared that day is the truce
    if -_WEEK <= after < same_day and _announced(one) and not _announced(truce):
        return Relation("announces", "announced by", _apart(-after, "before"))
    return None


def _announced(mention: EventMention) -> bool:
    """Whether it tells that a truce was declared or agreed on, not that it is in force."""
    words = set(re.findall(r"[a-z-]+", mention.title.lower()))
    if mention.status != "happened" or not words & _TRUCE_WORDS:
        return False
    return mention.type == "agreement" or (mention.type == "ceasefire" and announces(mention))


def _apart(days: int, side: str) -> str:
    return f"{days} day{'s' * (days != 1)} {side} the truce" if days else "on the day of the truce"


def _days_after(earlier: EventMention, later: EventMention) -> int | None:
    """Days from the beginning of one to that of the other; None where a beginning is open or they lie far apart."""
    if earlier.date.earliest is None or later.date.earliest is None:
        return None
    days = (later.date.earliest - earlier.date.earliest).days
    return days if abs(days) <= _WEEKS else None


def _side_by_side(a: EventMention, b: EventMention) -> bool:
    """Whether they name a party or a place smaller than a country in common."""
    if (set(a.actors) & set(b.actors)) - GENERIC:
        return True
    if a.place is None or b.place is None or a.place.name != b.place.name:
        return False
    return REGION.get(a.place.kind, 3) < REGION["country"]


# --- a quarrel ------------------------------------------------------------------------------------


def _denied(a: EventMention, b: EventMention, books: Books) -> Relation | None:
    """One says that it happened, the other that it did not; all else agrees."""
    if (a.status == "denied") == (b.status == "denied") or max(a.date.days or _WEEKS, b.date.days or _WEEKS) > _WEEK:
        return None
    said = dict(judged(a, b, books))
    if _forbidding(said) != ["standing"] or _rest(said) < THRESHOLD:
        return None
    if a.status == "denied":
        return Relation("denies", "denied by", said["standing"].why, "status")
    return Relation("denied by", "denies", said["standing"].why, "status")


def _contested(a: EventMention, b: EventMention, family: str, books: Books) -> Relation | None:
    """Two sources give the same toll, and all else agrees but one: the day, the doer or the place."""
    if family not in _VIOLENT or not _tolls(a) & _tolls(b):
        return None
    said = dict(judged(a, b, books))
    forbidding = _forbidding(said)
    if len(forbidding) != 1 or _rest(said) < THRESHOLD:
        return None
    field = {"dates": "date", "parties": "who", "places": "place"}.get(forbidding[0], "")
    if (field == "date" and not _next_day(a, b)) or (field == "who" and not _other_doer(a, b)):
        return None
    return Relation("disputed by", "disputed by", said[forbidding[0]].why, field) if field else None


def _forbidding(said: dict[str, Judged]) -> list[str]:
    return [name for name, one in said.items() if one.score == FORBIDDEN]


def _rest(said: dict[str, Judged]) -> float:
    return sum(one.score for one in said.values() if one.score != FORBIDDEN)


def _tolls(mention: EventMention) -> set[tuple[str, int]]:
    """Numbers that two sources hardly give by chance."""
    counts = {(figure.kind, _number(figure)) for figure in mention.figures if figure.since is None}
    return {(kind, number) for kind, number in counts if number >= _TOLL}


def _number(figure: Figure) -> int:
    return figure.best or figure.low or 0


def _other_doer(a: EventMention, b: EventMention) -> bool:
    """Whether it is the doers that differ, not those it was done to."""
    return bool(
        a.who and b.who and not set(a.who) & set(b.who) and (not a.whom or not b.whom or set(a.whom) & set(b.whom))
    )


def _next_day(a: EventMention, b: EventMention) -> bool:
    """Whether one tells a day or night beside that of the other."""
    if not (a.date.closed and b.date.closed) or max(a.date.days or 9, b.date.days or 9) > 2:
        return False
    (_, first), (second, _) = sorted((span(a), span(b)))
    return second - first == 1
