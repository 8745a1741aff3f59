"""What titles say in words: the names in them that no book of parties has, and how alike two of them are."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from ..model import EventMention
from .books import Books

_LETTERS = re.compile(r"[^\W\d_]+")
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
    return _names_of(mention, books)[0]


_UPON_PERSONS = frozenset(("killing", "abduction", "detention", "release", "ruling", "office"))  # types


def _names_of(mention: EventMention, books: Books) -> tuple[frozenset[str], frozenset[str]]:
    """Who is killed or freed is told by name, be it one that the books know."""
    place = mention.place.name if mention.place else ""
    return _names_in(mention.title, place, books, mention.type in _UPON_PERSONS)


@lru_cache(maxsize=1 << 19)  # as many as a large store has mentions: each is compared with dozens
def _names_in(title: str, place: str, books: Books, persons: bool) -> tuple[frozenset[str], frozenset[str]]:
    """All, and those that do not open the title, where any word has a capital."""
    found = {
        match.start(): match[0]
        for match in _NAME.finditer(title)
        if match[0] not in _NO_NAME
        and match[0] not in place
        and (not books.party(match[0]) or (persons and books.person(match[0])))
    }
    return frozenset(found.values()), frozenset(name for at, name in found.items() if at > 1)


def common_names(a: EventMention, b: EventMention, books: Books) -> frozenset[str]:
    """The names in both titles; one that opens both may be any word with its capital."""
    (all_a, inner_a), (all_b, inner_b) = (_names_of(mention, books) for mention in (a, b))
    return (inner_a & all_b) | (all_a & inner_b)


_TARGETS = frozenset((
    "academy", "bakery", "barracks", "bridge", "bus", "cathedral", "church", "clinic", "college", "convoy", "dam",
    "depot", "embassy", "factory", "ferry", "funeral", "hospital", "hotel", "kindergarten", "library", "market",
    "mosque",
    "museum", "orphanage", "parade", "port", "prison", "refinery", "school", "stadium", "station", "supermarket",
    "tanker", "taxi", "temple", "theatre", "theater", "train", "university", "warehouse", "wedding",
))  # fmt: skip


def targets(mention: EventMention) -> frozenset[str]:
    """What its title names of what can be hit: a hospital, a bus."""
    return _targets_in(mention.title)


@lru_cache(maxsize=1 << 19)  # as many as a large store has mentions: each is compared with dozens
def _targets_in(title: str) -> frozenset[str]:
    words = _LETTERS.findall(title.lower())
    return frozenset(word for said in words for word in (said, said.removesuffix("s")) if word in _TARGETS)


_AFAR = frozenset(("telephone", "telephoned", "telephones", "phone", "phoned", "phones", "video", "call"))
_MET = frozenset(("met", "meet", "meets", "meeting", "summit", "visit", "visited", "received", "hosted", "flew"))


def from_afar(mention: EventMention) -> bool:
    """Whether it tells of a call."""
    return bool(_words_in(mention.title) & _AFAR)


def face_to_face(mention: EventMention) -> bool:
    """Whether it tells of a meeting."""
    return bool(_words_in(mention.title) & _MET)


_MATTERS = {
    word: matter
    for matter, said in {
        "truce": "ceasefire cease-fire truce truces hostilities fighting pause shooting halt",
        "withdrawal": "withdraw withdrawal pull pullout pullback leave retreat",
        "release": "release free freed hostages captives prisoners",
        "talks": "talks negotiations dialogue negotiate table",
        "inquiry": "investigation inquiry investigate probe tribunal",
        "aid": "aid humanitarian convoys corridor corridors access relief",
        "surrender": "surrender disarm disarmament extradite extradition weapons",
    }.items()
    for word in said.split()
}


def matters(mention: EventMention) -> frozenset[str]:
    """What its title asks for, as far as words of the trade tell it."""
    return frozenset(_MATTERS[word] for word in _words_in(mention.title) if word in _MATTERS)


@lru_cache(maxsize=1 << 14)
def _words_in(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+(?:-[a-z]+)?", title.lower()))


_SLACK = 5.0  # of 100: what the bare matter of two titles may be less alike than the whole


def likeness(a: EventMention, b: EventMention) -> float:
    """How alike the titles are, of 100 (rapidfuzz's token_set_ratio), whole and without what any sentence has."""
    ratio = _ratio()
    return min(
        ratio(a.title.lower(), b.title.lower()), ratio(_matter(a.title, a.who), _matter(b.title, b.who)) + _SLACK
    )


_FRAME = frozenset((
    "the", "a", "an", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "as", "that", "it", "its",
    "his", "her", "their", "they", "he", "she", "had", "has", "have", "was", "were", "is", "are", "be", "been",
    "said", "says", "say", "told", "will", "would", "late", "early", "this", "last",
))  # fmt: skip


@lru_cache(maxsize=1 << 19)  # as many as a large store has mentions: each is compared with dozens
def _matter(title: str, who: tuple[str, ...]) -> str:
    """The title without the words that any sentence has, without its day and who did it."""
    plain = {name.lower() for name in _NO_NAME if name.endswith("day")}
    plain |= {word for name in who for word in name.lower().split()}
    return " ".join(word for word in _LETTERS.findall(title.lower()) if word not in _FRAME and word not in plain)


@cache
def _ratio() -> Callable[[str, str], float]:
    from rapidfuzz.fuzz import token_set_ratio

    return token_set_ratio


_BEGINS = re.compile(
    r"\b(?:into (?:force|effect)|takes? effect|took effect|began|started|(?:to|will) (?:hold|begin|start))\b"
)
_ANNOUNCES = re.compile(r"\b(?:agreed|announce[ds]|brokered|declare[ds]|ordered|proclaim(?:ed|s)|signed)\b")


def begins(mention: EventMention) -> bool:
    """Whether a truce or a deal is told to come into force."""
    return bool(_BEGINS.search(mention.title))


def announces(mention: EventMention) -> bool:
    """Whether a truce or a deal is told as declared or agreed on, and not as in force."""
    return mention.status == "happened" and bool(_ANNOUNCES.search(mention.title)) and not begins(mention)
