"""What titles say in words: the names in them that no book of parties has, and how alike two of them are."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from ..model import EventMention
from .books import Books

_NAME = re.compile(r"(?<![\w-])[A-Z][a-z][\w-]{2,}")
_NO_NAME = frozenset((
    "January", "February", "March", "April", "June", "July", "August", "September", "October", "November", "December",
    "Sept", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "President", "Minister",
    "Prime", "Foreign", "Defence", "Defense", "General", "Colonel", "Captain", "Operation", "Government", "Ministry",
    "State", "King", "Prince", "Secretary", "Parliament", "Army", "Command", "Commander", "Observatory", "Human",
    "Rights", "City", "Province", "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western",
))  # fmt: skip


def called(mention: EventMention, books: Books) -> frozenset[str]:
    """The names in its title that are neither its parties nor its place: a village, a hospital, a person."""
    return _names_in(mention.title, mention.place.name if mention.place else "", books)[0]


@lru_cache(maxsize=1 << 14)
def _names_in(title: str, place: str, books: Books) -> tuple[frozenset[str], frozenset[str]]:
    """All, and those that do not open the title, where any word has a capital."""
    found = {
        match.start(): match[0]
        for match in _NAME.finditer(title)
        if match[0] not in _NO_NAME and match[0] not in place and not books.party(match[0])
    }
    return frozenset(found.values()), frozenset(name for at, name in found.items() if at > 1)


def common_names(a: EventMention, b: EventMention, books: Books) -> frozenset[str]:
    """The names in both titles; one that opens both may be any word with its capital."""
    (all_a, inner_a), (all_b, inner_b) = (
        _names_in(mention.title, mention.place.name if mention.place else "", books) for mention in (a, b)
    )
    return (inner_a & all_b) | (all_a & inner_b)


def likeness(a: EventMention, b: EventMention) -> float:
    """How alike the titles are, of 100 (rapidfuzz's token_set_ratio)."""
    return _ratio()(a.title.lower(), b.title.lower())


@cache
def _ratio() -> Callable[[str, str], float]:
    from rapidfuzz.fuzz import token_set_ratio

    return token_set_ratio
