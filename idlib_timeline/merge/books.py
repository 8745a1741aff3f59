"""What the books say of two accounts: kinds that may be two names of one event, names that may be one party's."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

STATE_SIDE = frozenset(("government forces", "government", "security forces", "police", "pro-government forces"))
ARMED_SIDE = frozenset((
    "rebels", "militants", "armed groups", "opposition", "Syrian opposition", "militias", "fighters", "insurgents",
    "terrorists", "mercenaries", "gangs",
))  # fmt: skip
ALLIES = frozenset(("coalition", "peacekeepers"))
VICTIMS = frozenset((
    "civilians", "protesters", "prisoners", "hostages", "migrants", "refugees", "students", "workers", "farmers",
    "herders", "journalists", "settlers", "medics",
))  # fmt: skip
GENERIC = STATE_SIDE | ARMED_SIDE | ALLIES | VICTIMS  # common nouns: another account may know the name

KIN = {  # families that can be two names of one event, and what it costs to take them so
    frozenset(pair.split()): score
    for pair, score in {
        "strike battle": -1.0,
        "strike offensive": -1.0,
        "strike shootdown": -0.5,
        "battle offensive": -0.5,
        "battle territory": -1.0,
        "offensive territory": -0.5,
        "offensive deployment": -0.5,
        "territory deployment": -1.0,
        "agreement ceasefire": -1.0,
        "detention abduction": -0.5,
        "detention seizure": -1.0,
        "coup office": -0.5,
        "agreement election": -0.5,
    }.items()
}


class Books(NamedTuple):
    """What merging asks of the books: the family of an event type, the kind of a party ("" if unknown), the wholes
    that a party is a part of, whether a word names a party, and whether it names a person alone.
    """

    family: Callable[[str], str]
    kind: Callable[[str], str] = lambda _: ""
    wholes: Callable[[str], Iterable[str]] = lambda _: ()
    party: Callable[[str], bool] = lambda _: False
    person: Callable[[str], bool] = lambda _: False


OF_FORCE = frozenset((
    "strike", "battle", "offensive", "territory", "deployment", "withdrawal", "shootdown", "detention",
))  # fmt: skip


@cache
def circle(family: str) -> str:
    """The name of all families that chains of kinship join with this one: one of them, the same for all."""
    return min(_circle(family))


@cache
def party_circle(family: str) -> str:
    """The same of those that a shared party can join; deeds of force that differ in kind need a town or a name."""
    found = _circle(family)
    return family if found <= OF_FORCE else min(found)


def _circle(family: str) -> frozenset[str]:
    found = frozenset((family,))
    while True:
        more = found.union(*(pair for pair in KIN if pair & found))
        if more == found:
            return found
        found = more


def may_be(one: str, other: str, books: Books) -> bool:
    """Whether two names may mean one party: the same, a part of the other, or a common noun for it."""
    if one == other or other in books.wholes(one) or one in books.wholes(other):
        return True
    return _noun_for(one, other, books) or _noun_for(other, one, books)


def _noun_for(noun: str, name: str, books: Books) -> bool:
    kind = books.kind(name)
    if noun in STATE_SIDE:
        return name in STATE_SIDE or (name not in GENERIC and kind in {"state", "body", ""})
    if noun in ARMED_SIDE:
        return name in ARMED_SIDE or (name not in GENERIC and kind in {"armed_group", "group", ""})
    if noun in ALLIES:
        return name not in GENERIC and kind in {"state", "armed_group", "body", ""}
    return noun in VICTIMS and (name in VICTIMS or (name not in GENERIC and kind in {"group", ""}))


def shared(ones: Iterable[str], others: Iterable[str], books: Books) -> set[str]:
    """Those of `ones` that stand by name among `others`, as themselves or as a part or the whole of one of them."""
    rest = set(others)
    return {
        one
        for one in ones
        if one in rest or any(whole in rest for whole in books.wholes(one)) or any(one in books.wholes(o) for o in rest)
    }
