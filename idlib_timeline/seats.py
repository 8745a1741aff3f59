"""The capital that a text means without naming it: "the Egyptian capital", "the capital of Tigray"."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from .model import Place, PlaceMention
from .namebook import actor_book, fold, place_at, places_of
from .rules import load

_NO_CITY = r"(?![\w-]| (?:punishment|crimes?|gains?|markets?|goods|flight|murder|letters?|spending|of))"
_NAME = r"[A-Z][\w-]*(?: [A-Z][\w-]*)?"
_BEFORE = re.compile(rf"\b(?P<land>{_NAME})(?:['’]s?)? capital(?: city)?{_NO_CITY}")
_OF = re.compile(rf"\bcapital(?: city)? of (?P<land>{_NAME})")
_BARE = re.compile(rf"\b[Tt]he capital(?: city)?{_NO_CITY}(?!,? [A-Z])")
_BESIDE = re.compile(
    r"\b(?:north|south|east|west|northeast|northwest|southeast|southwest|outside|miles|km|kilomet\w+) of $"
)
_OTHER = re.compile(r"\b(?:provincial|regional|state|district|rebel|former|old|new|de facto|cultural) capital\b")
_BACK = 20  # characters


def seats(text: str, main: str = "", named: Collection[Place] = ()) -> Iterator[PlaceMention]:
    """The capitals told by their land. Where the name follows ("the Libyan capital, Tripoli"), it tells more.

    "The capital" alone is that of the country `main` that the text is about, if it is among the places `named` and no
    other capital can be meant.
    """
    if "capital" not in text:
        return
    told = [(found, _seat(found["land"])) for pattern in (_BEFORE, _OF) for found in pattern.finditer(text)]
    for found, place in told:
        if place is not None and not text.startswith((f" {place.name}", f", {place.name}"), found.end()):
            yield _mention(found, place)
    own = _of_states().get(main)
    if own is None or own not in named or _OTHER.search(text) or any(land in text for land in _lands()):
        return
    if all(place in (None, own) for _, place in told):
        for found in _BARE.finditer(text):
            if not _BESIDE.search(text, max(0, found.start() - _BACK), found.start()):
                yield _mention(found, own)


def _mention(found: re.Match[str], place: Place) -> PlaceMention:
    return PlaceMention(found.start(), found.end(), found[0], place, "the capital of the land that is named")


def _seat(land: str) -> Place | None:
    """The capital of a land by its name or adjective; the last word alone where two are written ("In Mali")."""
    return _seats().get(land) or _seats().get(land.rpartition(" ")[2])


@cache
def _seats() -> Mapping[str, Place]:
    found: dict[str, Place] = {}
    for country, place in _of_states().items():
        name = actor_book().states[country]
        for written in (s for rest in actor_book().spellings.values() for s in rest if s.actor == name):
            if written.via in {"name", "demonym"}:
                found[written.written] = place
    for row in load("seats").tables["seat"]:
        town = _town(row["name"], row["country"])
        found |= dict.fromkeys(row["of"], town) if town else {}
    return found


@cache
def _lands() -> frozenset[str]:
    """The lands that are no states and have a capital: beside one of them "the capital" may be its own."""
    return frozenset(land for row in load("seats").tables["seat"] for land in row["of"])


@cache
def _of_states() -> Mapping[str, Place]:
    """ISO code -> capital, for states that have one: which of two is meant, only their names tell."""
    book, towns = actor_book(), dict[str, set[Place]]()
    for spelling in (s for rest in book.spellings.values() for s in rest if s.via == "capital"):
        country = book.actors[spelling.actor].country
        place = _town(spelling.written, country)
        if place is not None:
            towns.setdefault(country, set()).add(place)
    return {country: next(iter(found)) for country, found in towns.items() if len(found) == 1}


def _town(name: str, country: str) -> Place | None:
    """The largest town of that name in a country."""
    places = (place for place, _ in map(place_at, places_of(fold(name))))
    fit = [place for place in places if place.country == country and place.kind in {"town", "admin2"}]
    return max(fit, key=lambda place: (place.kind == "town", place.population), default=None)
