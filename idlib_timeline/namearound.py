"""What a text says around its names: the countries it speaks of, sure places, and what a name is said to lie in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .model import Place
from .namebook import actor_book, place_at
from .namecues import follows_word, possessive
from .namehits import Hit, Words, named_person

LARGE = 100_000  # inhabitants of a town known without context
_BETWEEN = frozenset([
    "in", "the", "of", "city", "town", "village", "capital", "port", "suburb", "district", "region", "province", "area",
    "northern", "southern", "eastern", "western", "north", "south", "east", "west", "central", "northwestern",
    "northeastern", "southwestern", "southeastern", "border", "coastal", "state",
])  # fmt: skip  # may stand between a place and what it lies in
_APART = 5  # words from a place to what it lies in
_SETTLEMENT = frozenset(("city", "town", "village"))

Support = Counter[str]  # ISO code -> how often the text names the country or what is surely in it
Area = tuple[str, str]  # a country's ISO code, and the name of a first-level division in it or ""


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What a text says around its names.

    `leading`: the country that most of the support is of, or ""; `surnames`: keys of persons' names; `places`: last
    words of sure places; `positions`: by the rows of their names, latitude, longitude and name of sure places;
    `within`: by the start of a hit, the areas it is said to lie in; `areas`: by the start of a hit, those it stands
    for; `named`: how often the text names the same.
    """

    support: Support
    leading: str
    surnames: frozenset[str]
    places: frozenset[int]
    positions: Mapping[tuple[int, ...], tuple[float, float, str]]
    within: Mapping[int, frozenset[Area]]
    areas: Mapping[int, frozenset[Area]]
    named: Counter[tuple[int, ...]]


def surroundings_of(words: Words, hits: Sequence[Hit]) -> Surroundings:
    """The surroundings of a text's hits; a name that stands behind a first name once is a person throughout."""
    surnames = frozenset(
        words.keys[hit.first]
        for hit in hits
        if hit.first == hit.last
        and not hit.spellings
        and named_person(words, hit.first)
        and not follows_word(words, hit)
    )
    sure = frozenset(hit.last for hit in hits if not hit.spellings and any("h" in place_at(row)[1] for row in hit.rows))
    named = Counter(hit.rows for hit in hits if hit.rows)
    support = _support_of(hits)
    country, count = support.most_common(1)[0] if support else ("", 0)
    leading = country if count > 1 and 2 * count > support.total() else ""
    within: dict[int, frozenset[Area]] = {}
    areas: dict[int, frozenset[Area]] = {}
    for hit, whole, found in _lying(words, hits):
        within[hit.start] = found
        if whole:
            areas[whole.start] = found
    return Surroundings(support, leading, surnames, sure, dict(_positions(named)), within, areas, named)


def _support_of(hits: Sequence[Hit]) -> Support:
    support: Support = Counter()
    actors = actor_book().actors
    for hit in hits:
        shared = any(s.local for s in hit.spellings)  # what it means is what the support will tell
        countries = {actors[s.actor].country for s in hit.spellings if not s.state and not shared}
        if not hit.spellings and not hit.common:
            places = [place_at(row) for row in hit.rows]
            countries = {p.country for p, flags in places if "h" in flags or _large(p)}
        if len(countries) == 1:
            support.update(countries - {""})
    return support


def _large(place: Place) -> bool:
    return place.population >= LARGE and place.kind != "admin2"  # alone, such a division's name is a town's


def _positions(named: Iterable[tuple[int, ...]]) -> Iterator[tuple[tuple[int, ...], tuple[float, float, str]]]:
    """Where the places lie that only one place can be meant by."""
    for rows in named:
        known = [place for place, flags in map(place_at, rows) if "h" in flags and place.kind != "country"]
        if len(rows) == 1 and not known:
            known = [place for place, _ in map(place_at, rows) if _large(place)]
        if len({place.country for place in known}) == 1 and known[0].lat is not None and known[0].lon is not None:
            yield rows, (known[0].lat, known[0].lon, known[0].name)


# --- what a name is said to lie in ----------------------------------------------------------------


def _lying(words: Words, hits: Sequence[Hit]) -> Iterator[tuple[Hit, Hit | None, frozenset[Area]]]:
    """Hits, the hit they are said to lie in (None for a state's abbreviation), and the areas both can mean by it.

    "Tripoli, Lebanon", "Hama in Syria", "the Lebanese city of Tripoli", "Lebanon's Tripoli", "Paris, Tex."
    """
    for index, hit in enumerate(hits):
        if not hit.rows:
            continue
        following = hits[index + 1] if index + 1 < len(hits) else None
        third = hits[index + 2] if index + 2 < len(hits) else None
        if state := _state_after(words, hit):
            yield hit, None, frozenset([("US", state)])
            continue
        if following and _lies_in(words, hit, following, third) and (found := _shared(hit, following, "name")):
            yield hit, following, found
            continue
        before = hits[index - 1] if index else None
        if before and _owned_by(words, before, hit) and (found := _shared(hit, before, "name", "demonym")):
            yield hit, before, found


def _state_after(words: Words, hit: Hit) -> str:
    """The state of the union whose abbreviation follows: "Paris, Tex."."""
    if words.gap(hit.last).strip() != "," or not words.capital(hit.last + 1):
        return ""
    return actor_book().words["abbreviated"].get(words.word(hit.last + 1).replace(".", ""), "")


def _lies_in(words: Words, hit: Hit, following: Hit, third: Hit | None) -> bool:
    """Whether the words between say that the first lies in the second: a comma that is no list's, or "in"."""
    if following.first - hit.last > _APART:
        return False
    between = [words.word(i) for i in range(hit.last + 1, following.first)]
    if any(words.gap(i).strip(" ,") for i in range(hit.last, following.first)):
        return False
    if between and between[0] == "in":
        return set(between) <= _BETWEEN
    if between and (len(between) > 1 or between[0] not in _SETTLEMENT):
        return False
    if words.gap(following.first - 1).strip() != ",":
        return False
    after, gap = words.word(following.last + 1), words.gap(following.last).strip()
    return not (
        (after in ("and", "or") and not gap) or (gap == "," and third is not None and third.first == following.last + 1)
    )


def _owned_by(words: Words, before: Hit, hit: Hit) -> bool:
    """Whether the name follows the possessive or the adjective of a country: "Lebanon's Tripoli"."""
    if hit.first - before.last > _APART or not before.spellings:
        return False
    between = [words.word(i) for i in range(before.last + 1, hit.first)]
    if any(words.gap(i).strip() for i in range(before.last, hit.first)):
        return False
    adjective = any(s.via == "demonym" for s in before.spellings) and bool(between)
    return (adjective or possessive(words, before)) and set(between) <= _BETWEEN


def _shared(hit: Hit, whole: Hit, *via: str) -> frozenset[Area]:
    """The areas that one hit can stand for, by some spellings of a state or as a division, and the other lies in."""
    places = [place_at(row)[0] for row in hit.rows]
    return frozenset(area for area in _areas(whole, via) if any(inside(place, {area}) for place in places))


def _areas(hit: Hit, via: tuple[str, ...]) -> Iterator[Area]:
    actors = actor_book().actors
    for spelling in hit.spellings:
        if spelling.via in via and actors[spelling.actor].kind == "state":
            yield actors[spelling.actor].country, ""
    for place, _ in map(place_at, hit.rows):
        if place.kind == "admin1" or (place.kind == "town" and place.name == place.admin1):
            yield place.country, place.admin1 or place.name


def inside(place: Place, areas: Iterable[Area]) -> bool:
    """Whether a place lies in one of the areas, and is not the area itself."""
    if place.kind == "country":
        return False
    return any(
        place.country == country and (not name or (place.admin1 == name and place.kind != "admin1"))
        for country, name in areas
    )
