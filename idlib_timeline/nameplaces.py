"""Which place of the gazetteer a name means, and whether it means one at all: by the countries an article speaks of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .model import Place, PlaceMention
from .namebook import actor_book, place_at, place_book
from .namecues import cue_before, possessive
from .namehits import Hit, Words, named_person, openers

_LARGE, _HUGE = 100_000, 500_000  # inhabitants: a town known without context; known even against doubt


Support = Counter[str]  # ISO code -> how often the text names the country or what is surely in it


def _support_of(hits: Sequence[Hit]) -> Support:
    support: Support = Counter()
    actors = actor_book().actors
    for hit in hits:
        countries = {actors[s.actor].country for s in hit.spellings if not s.state and not s.local}
        if not hit.spellings and not hit.common:
            places = [place_at(row) for row in hit.rows]
            countries = {place.country for place, flags in places if "h" in flags or place.population >= _LARGE}
        if len(countries) == 1:
            support.update(countries - {""})
    return support


def _weight(place: Place, flags: str, support: Support) -> float:
    """How likely a name means this one of its places: inhabitants, eightfold where the text names the country."""
    weight = max(place.population, 500) * (8.0 if support[place.country] else 1.0) * (20.0 if "h" in flags else 1.0)
    return weight * 1000 if place.kind == "country" else weight


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a text says around its names: countries it speaks of, surnames in it, last words of sure places."""

    support: Support
    surnames: frozenset[str]
    places: frozenset[int]


def surroundings_of(words: Words, hits: Sequence[Hit]) -> Surroundings:
    """The surroundings of a text's hits; a name that stands behind a first name once is a person throughout."""
    surnames = frozenset(
        words.keys[hit.first]
        for hit in hits
        if hit.first == hit.last
        and not hit.spellings
        and named_person(words, hit.first)
        and not _follows_word(words, hit)
    )
    sure = frozenset(hit.last for hit in hits if not hit.spellings and any("h" in place_at(row)[1] for row in hit.rows))
    return Surroundings(_support_of(hits), surnames, sure)


def place_of(words: Words, hit: Hit, around: Surroundings) -> Place | None:
    """The place a hit means, or None when it may well be something else."""
    if not hit.rows:
        return None
    if hit.state is None and hit.spellings:
        return None
    cue, support = _placed(words, hit), around.support
    listed = hit.first - 1 in around.places  # "Saraqib Sarmin": a list that lost its commas
    if (named_person(words, hit.first) and not listed and not _follows_word(words, hit)) or _names_more(
        words, hit, cue
    ):
        return None
    ranked = sorted((place_at(row) for row in hit.rows), key=lambda item: -_weight(item[0], item[1], support))
    place, flags = ranked[0]
    if "h" not in flags and hit.first == hit.last and words.keys[hit.first] in around.surnames:
        return None
    return _division_or_town(words, hit, place, ranked) if _believed(words, hit, place, flags, support, cue) else None


def _believed(words: Words, hit: Hit, place: Place, flags: str, support: Support, cue: bool) -> bool:
    if place.kind == "country" or hit.state is not None:
        return True
    counted = not hit.spellings and not hit.common and ("h" in flags or place.population >= _LARGE)
    own = 1 if counted else 0  # a name is no support for itself
    supported, common, total = support[place.country] > own, hit.common, sum(support.values()) - own
    made = "h" in flags
    if made or place.population >= _LARGE:
        if common:
            return ((supported or total < 3) and cue) or (supported and made and support[place.country] >= 0.3 * total)
        if supported or (place.population >= (_LARGE if made else _HUGE) and place.kind == "town"):
            return True
        return total < 3 and (made or cue)
    if not supported:
        return False
    leading = support[place.country] >= 0.3 * total
    if hit.last > hit.first:
        return leading or cue
    return (cue and (leading or not common)) or (
        leading and not common and support[place.country] > 2 and not words.opens(hit.first)
    )


def _placed(words: Words, hit: Hit) -> bool:
    """Whether the words beside a name say that it is a place: "in X", "the town of X", "X province", "X, Syria"."""
    lists = actor_book().words
    if cue_before(words, hit) == "place" and not words.opens(hit.first):
        return True
    return words.word(hit.last + 1) in lists["settlement"] and not words.gap(hit.last).strip()


def _follows_word(words: Words, hit: Hit) -> bool:
    return words.word(hit.first - 1) in actor_book().words["before_name"] or words.word(hit.first - 1) in openers()


def _names_more(words: Words, hit: Hit, cue: bool) -> bool:
    """Whether the name goes on and is a person's or an institution's: "Lincoln Chafee", "Geneva Conventions"."""
    following = hit.last + 1
    if not words.capital(following) or words.gap(hit.last) not in (" ", "-") or possessive(words, hit):
        return False
    word = words.word(following)
    lists = actor_book().words
    if word in lists["institution"]:
        return True
    if hit.state and hit.state.via == "name" and not hit.common:
        return False
    return (
        not cue
        and word not in openers()
        and words.keys[following] not in place_book().keys
        and not words.opens(hit.first)
    )


def _division_or_town(words: Words, hit: Hit, place: Place, ranked: Sequence[tuple[Place, str]]) -> Place:
    """The division or the town where both have the name: by the word beside it, else as the gazetteer says."""
    rivals = {
        other.kind: (other, flags)
        for other, flags in reversed(ranked)
        if other.country == place.country and other.name == place.name
    }
    if "admin1" not in rivals or "town" not in rivals:
        return place
    lists = actor_book().words
    following = words.word(hit.last + 1)
    noun = words.word(hit.first - 2) if words.word(hit.first - 1) == "of" else ""
    if "division" in (lists["division"].get(following), lists["division"].get(noun)):
        return rivals["admin1"][0]
    if following == "city" or noun in ("city", "town") or words.word(hit.first - 1) in ("city", "town"):
        return rivals["town"][0]
    return rivals["admin1"][0] if "b" in rivals["admin1"][1] else rivals["town"][0]


def main_country(places: Sequence[PlaceMention], support: Support) -> str:
    """The ISO code of the country a text is about, or "": most of its places lie there and it is named besides."""
    lie = Counter(mention.place.country for mention in places if mention.place.country)
    for counts in (lie, support):
        if counts:
            country, count = counts.most_common(1)[0]
            if count >= 2 and count >= 0.6 * sum(counts.values()) and support[country]:
                return country
    return ""
