"""Which of the places that share a name is meant, with the reason in words.

By what stands beside the name, by the countries an article speaks of, by inhabitants, and by the sure places nearby.
"""

import math
from dataclasses import dataclass
from functools import cache, lru_cache

from .model import Place
from .namearound import LARGE, Area, Surroundings, inside
from .namebook import ARTICLES, actor_book, place_at
from .namehits import Hit, Words

_REGION = 1_000_000  # inhabitants a region made by hand counts as
_WORLD = 3_000_000  # inhabitants of a town that a text may name whatever countries it speaks of
# How much likelier a place is ...
_NAMED, _LEADING = 8.0, 24.0  # whose country the text names, or names more than all others
_BY_HAND = 20.0  # that is in the hand-made list, or a capital
_AS_WRITTEN = 4.0  # whose name has the very letters of the text ("Samarra", "Samara")
_ELSEWHERE = 0.1  # whose country the text does not name, when it names that of another place of this name
_NEAR_KM = ((60.0, 8.0), (250.0, 3.0))  # that has a sure place of the text so near
_RIVAL = 30.0  # a place so many times less likely than the first is none that nearness could help
# Countries whose towns have the Arabic article; elsewhere it is part of the name, as in Spanish.
_ARABIC = frozenset([
    "SY", "IQ", "LB", "YE", "LY", "JO", "SA", "EG", "SD", "SS", "AE", "OM", "KW", "QA", "BH", "PS", "IL", "MA", "DZ",
    "TN", "MR", "SO", "DJ", "ER", "TD",
])  # fmt: skip

Ranked = list[tuple[Place, str]]  # places and their flags, the likeliest first
Scored = tuple[float, tuple[Place, str]]
_NOWHERE: frozenset[Area] = frozenset()


@dataclass(frozen=True, slots=True)
class Name:
    """A name as far as the choice among its places goes: equal names in one text mean one place."""

    rows: tuple[int, ...]
    written: str
    article: bool
    country: str  # of the state it names or is the capital of
    capital: bool
    spelled: bool  # it is an actor's name too
    within: frozenset[Area]
    areas: frozenset[Area]


def ranked_places(words: Words, hit: Hit, around: Surroundings) -> tuple[Ranked, str, bool]:
    """The places of a hit, the likeliest first; the reason for the first; whether words beside the name tell it."""
    within, areas = around.within.get(hit.start, _NOWHERE), around.areas.get(hit.start, _NOWHERE)
    written = words.text[hit.start : hit.end].casefold()
    state, article = hit.state, words.articles[hit.first] >= 0
    country, capital = (actor_book().actors[state.actor].country, state.via == "capital") if state else ("", False)
    name = Name(hit.rows, written, article, country, capital, bool(hit.spellings), within, areas)
    return _ranked(name, around)


@lru_cache(maxsize=256)
def _ranked(name: Name, around: Surroundings) -> tuple[Ranked, str, bool]:
    places = _written_so(name)
    if name.areas and (meant := [i for i in places if _is_area(i[0], name.areas) and i[0].country != name.country]):
        return _first(meant, places), "a place in it is named before it", True
    lying = [item for item in places if inside(item[0], name.within)] if name.within else []
    if len(places) < 2:
        return places, "the only place of this name", bool(lying)
    scored = sorted(_scored(name, lying or places, around), key=lambda item: -item[0])
    ranked = [item for _, item in scored]
    if lying:
        return _first(ranked, places), f"said to lie in {_named(name.within, ranked[0][0])}", True
    if ranked[0][0].kind == "country" and (rival := _union_state(name, ranked, around)):
        return _first([rival], ranked), f"the text speaks of {_state('US')}", False
    return (*_nearest(name, scored, ranked, around), False)


def _scored(name: Name, places: Ranked, around: Surroundings) -> list[Scored]:
    """The places with how likely the name means each: inhabitants, and what the table above says."""
    support, leading = around.support, around.leading
    own = around.named[name.rows] if name.spelled else 0  # a capital is no support for itself
    supported = any(support[place.country] for place, _ in places)
    capital = name.capital
    if capital and leading != name.country:
        capital = not any(place.country == leading and place.population >= LARGE for place, _ in places)
    scored = []
    for place, flags in places:
        made, people, country = "h" in flags, place.population, place.country
        if made and place.kind in ("area", "admin1"):
            people = max(people, _REGION)
        elif not made and place.kind in ("admin1", "admin2"):
            people = people // 4 if place.kind == "admin1" else 0  # alone, a second-level division's name is a town's
        weight = float(max(people, 500))
        if country == leading:
            weight *= _LEADING
        elif support[country] > own:
            weight *= _NAMED
        elif supported and not support[country] and people < (LARGE if made else _WORLD):
            weight *= _ELSEWHERE
        if made or (capital and country == name.country):
            weight *= _BY_HAND
        if place.name.casefold() == name.written:
            weight *= _AS_WRITTEN
        scored.append((weight * 1000 if place.kind == "country" else weight, (place, flags)))
    return scored


def _first(items: Ranked, rest: Ranked) -> Ranked:
    return [*items, *(item for item in rest if all(item is not other for other in items))]


def _written_so(name: Name) -> Ranked:
    """The places of a hit; after an article only those of countries that have it or with a name that opens with one."""
    places = [place_at(row) for row in name.rows]
    if not name.article:
        return places
    return [
        item
        for item in places
        if item[0].country in _ARABIC or item[0].name.replace("-", " ").split()[0].lower() in ARTICLES
    ]


def _is_area(place: Place, areas: frozenset[Area]) -> bool:
    return place.kind == "admin1" and (place.country, place.name) in areas


def _union_state(name: Name, ranked: Ranked, around: Surroundings) -> tuple[Place, str] | None:
    """The state of the union that has a country's name, where the text speaks of the union and never of the country."""
    country = ranked[0][0].country
    state = next((item for item in ranked if item[0].kind == "admin1" and item[0].country == "US"), None)
    if state and around.support["US"] > 1 and around.support[country] <= around.named[name.rows]:
        return state
    return None


def _nearest(name: Name, scored: list[Scored], ranked: Ranked, around: Surroundings) -> tuple[Ranked, str]:
    """The order with what lies near the sure places of the text moved up, and the reason for the first."""
    weight, (place, flags) = scored[0]
    if place.kind != "country" and scored[1][0] * _RIVAL >= weight and around.positions:
        rivals = [(other, item) for other, item in scored if other * _RIVAL >= weight]
        if all((item[0].country, item[0].admin1) == (place.country, place.admin1) for _, item in rivals):
            rivals = rivals[:1]  # the town and the division of one name
        _, best = max(rivals, key=lambda rival: rival[0] * _nearness(name, rival[1][0], around)[0])
        if best is not ranked[0]:
            return _first([best], ranked), _nearness(name, best[0], around)[1]
    others = any(other.country != place.country for other, _ in ranked)
    if others and around.support[place.country] > around.named[name.rows] * name.spelled:
        return ranked, f"the text speaks of {_state(place.country)}"
    return ranked, "the best known of this name" if "h" in flags else "the largest of this name"


def _nearness(name: Name, place: Place, around: Surroundings) -> tuple[float, str]:
    """How much likelier its sure neighbours make a place, and the reason."""
    if place.lat is None or place.lon is None:
        return 1.0, ""
    near = [
        (_km(place.lat, place.lon, lat, lon), other)
        for rows, (lat, lon, other) in around.positions.items()
        if rows != name.rows
    ]
    apart, other = min(near, default=(math.inf, ""))
    return next((more for limit, more in _NEAR_KM if apart <= limit), 1.0), f"{apart:.0f} km from {other}"


def _km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points, on a map flat at their latitude: good to a few per cent up to 500 km."""
    across = math.cos(math.radians((lat + other_lat) / 2)) * ((lon - other_lon + 180) % 360 - 180)
    return 111.2 * math.hypot(lat - other_lat, across)


def _named(within: frozenset[Area], place: Place) -> str:
    return next(name or _state(country) for country, name in sorted(within) if inside(place, [(country, name)]))


@cache
def _state(country: str) -> str:
    return actor_book().states.get(country, country)
