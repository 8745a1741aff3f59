"""Whether a name means a place of the gazetteer at all, and which: the division or the town of one name."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from .model import Place, PlaceMention
from .namearound import LARGE, Support, Surroundings
from .namebook import ARTICLES, actor_book, place_at, well_known
from .namecues import cue_before, follows_word, possessive
from .namehits import Hit, Words, named_person, openers
from .namerank import Ranked, ranked_places

_HUGE = 500_000  # inhabitants of a town known even against doubt
_SMALL = 15_000  # below, newspapers of the countries that follow name the state with the town
_STATE_TOLD = frozenset(("US", "CA", "AU", "NZ"))
_PERSONS_TOO = frozenset([
    "MX", "GT", "SV", "HN", "NI", "CR", "PA", "CO", "VE", "EC", "PE", "BO", "PY", "UY", "AR", "CL", "BR", "CU", "DO",
    "PH",
])  # fmt: skip  # towns there bear the names of persons
_SAINTS = frozenset(("san", "santa", "santo", "ciudad", "puerto", "villa", "nuevo", "nueva"))  # but not these
_OFFICES = frozenset(("attorney", "attorneys", "court", "courts", "judge", "council", "police", "chief"))
_OPENERS = frozenset(("hit", "pale", "muse", "sake", "shire", "hue", "bath", "reading", "swat"))  # words first of all
_TOWN = frozenset(("city", "town", "village"))


@lru_cache(maxsize=1 << 14)
def _reach(rows: tuple[int, ...]) -> tuple[bool, frozenset[str], frozenset[str]]:
    """Whether one of the places is known anywhere; else the countries that must be named, and those where also a state
    or the word "county" must be."""
    places = [place_at(row) for row in rows]
    if any("h" in flags or (place.population >= LARGE and place.kind != "admin2") for place, flags in places):
        return True, frozenset(), frozenset()
    told = {p.country for p, _ in places if p.country in _STATE_TOLD and (p.population < _SMALL or p.kind == "admin2")}
    free = {p.country for p, _ in places if p.country not in _STATE_TOLD or p.population >= _SMALL}
    return False, frozenset(free), frozenset(told)


def plausible(words: Words, hit: Hit, around: Surroundings) -> bool:
    """Whether a hit may be something in this text: a quick look that spares most names of small towns the long one."""
    if hit.spellings or hit.start in around.within or hit.start in around.areas:
        return True
    known, free, told = _reach(hit.rows)
    if known or any(around.support[country] for country in free):
        return True
    kinds = actor_book().words["division"]
    beside = words.word(hit.last + 1) in kinds or words.word(hit.last) in kinds
    return beside and any(around.support[country] for country in told)


def place_of(words: Words, hit: Hit, around: Surroundings) -> tuple[Place, str] | None:
    """The place a hit means and why, or None when it may well be something else."""
    if not hit.rows:
        return None
    ranked, why, told = ranked_places(words, hit, around)
    if not ranked or (hit.state is None and hit.spellings and not told):
        return None
    cue = told or _placed(words, hit)
    listed = hit.first - 1 in around.places  # "Saraqib Sarmin": a list that lost its commas
    person = named_person(words, hit.first) and not listed and not follows_word(words, hit)
    if person or _names_more(words, hit, cue):
        return None
    place, flags = ranked[0]
    if "h" not in flags and hit.first == hit.last and words.keys[hit.first] in around.surnames and not told:
        return None
    division = _division_word(words, hit) if len(ranked) > 1 or place.kind != "town" else ""
    chosen, flags = _division_or_town(place, ranked, division)
    if not (told or _believed(words, hit, chosen, flags, around.support, cue)):
        return None
    by_word = division in ("division", "district") and chosen.kind in ("admin1", "admin2")
    return chosen, (f"{why}; {_kind_told(chosen, division)}" if by_word or chosen is not place else why)


def _believed(words: Words, hit: Hit, place: Place, flags: str, support: Support, cue: bool) -> bool:
    """Whether the text speaks enough of the country, and the words beside the name of a place, that it is one."""
    if place.kind == "country" or hit.state is not None:
        return True
    made, second = "h" in flags, place.kind == "admin2" and "h" not in flags
    counted = not hit.spellings and not hit.common and (made or place.population >= LARGE)
    own = 1 if counted else 0  # a name is no support for itself
    supported, total = support[place.country] > own, sum(support.values()) - own
    leading = supported and support[place.country] >= 0.3 * total
    if (made or place.population >= LARGE) and not second:
        if hit.common:
            verb = words.opens(hit.first) and words.word(hit.first) in _OPENERS
            return ((supported or total < 3) and cue) or (made and leading and not verb)
        if _may_be_a_person(words, hit, place) and not made and not cue:
            return False
        if supported or (place.population >= (LARGE if made else _HUGE) and place.kind == "town"):
            return True
        return total < 3 and (made or cue)
    if second and _division_word(words, hit) in ("division", "district"):
        return leading or (supported and cue)
    often = support[place.country] > 2
    return supported and _small(words, hit, place, made, (leading, often), cue)


def _small(words: Words, hit: Hit, place: Place, made: bool, named: tuple[bool, bool], cue: bool) -> bool:
    """Whether a little known place is meant; `named`: whether the text names its country above others, and often."""
    leading, often = named
    second = place.kind == "admin2" and not made
    if place.country in _STATE_TOLD and (second or place.population < _SMALL or not cue or not leading):
        return False
    if not made and _amid_a_name(words, hit):
        return False
    if hit.common:
        return leading and _settled(words, hit)
    if hit.last > hit.first and not second:
        return cue or (leading and (made or not _may_be_a_person(words, hit, place)))
    if cue and (leading or (place.population >= _SMALL and not second)):
        return True
    return leading and often and not second and not words.opens(hit.first)


def _may_be_a_person(words: Words, hit: Hit, place: Place) -> bool:
    """Whether a town's name of several words may as well be a person's: "Benito Juarez"."""
    return hit.last > hit.first and place.country in _PERSONS_TOO and words.word(hit.first) not in _SAINTS


def _settled(words: Words, hit: Hit) -> bool:
    """Whether a noun says that the name is a settlement's: "the town of X", "X village"."""
    settlement = actor_book().words["settlement"]
    if words.word(hit.first - 1) == "of" and words.word(hit.first - 2) in settlement:
        return True
    return words.word(hit.last + 1) in settlement and not words.gap(hit.last).strip()


def _amid_a_name(words: Words, hit: Hit) -> bool:
    """Whether what would be a small town is part of a longer name or no name of a town: "Operation X", "the X"."""
    before, after = words.word(hit.first - 1), words.gap(hit.last).strip(" -").lower()
    settlement = actor_book().words["settlement"]
    if after in ARTICLES and words.capital(hit.last + 1) and " " in words.gap(hit.last):
        return True  # "Deir al-Adas", whose second half is unknown
    if before == "the":
        return words.word(hit.last + 1) not in settlement
    apart = words.gap(hit.first - 1) if hit.first else "\n"
    return (
        words.capital(hit.first - 1)
        and apart == " "
        and not words.opens(hit.first - 1)
        and before not in settlement
        and before not in actor_book().words["before_name"]
        and not words.written[hit.first - 1].endswith("'s")
        and not well_known(words.keys[hit.first - 1])
        and not words.written[hit.first - 1].isupper()
    )


def _placed(words: Words, hit: Hit) -> bool:
    """Whether the words beside a name say that it is a place: "in X", "the town of X", "X province", "X, Syria"."""
    lists = actor_book().words
    if cue_before(words, hit) == "place" and not words.opens(hit.first):
        return True
    return words.word(hit.last + 1) in lists["settlement"] and not words.gap(hit.last).strip()


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
    return not cue and word not in openers() and not well_known(words.keys[following]) and not words.opens(hit.first)


def _division_word(words: Words, hit: Hit) -> str:
    """What the word beside a name says it is: `division`, `district`, `town` or nothing."""
    kinds, following = actor_book().words["division"], words.word(hit.last + 1)
    noun = words.word(hit.first - 2) if words.word(hit.first - 1) == "of" else ""
    after = kinds.get(following, "") if not words.gap(hit.last).strip(" -") else ""
    if words.word(hit.last + 2) in _OFFICES:
        after = ""  # "the Erie district attorney"
    own = kinds.get(words.word(hit.last), "") if hit.last > hit.first else ""
    beside = words.word(hit.first - 1) if hit.first and not words.gap(hit.first - 1).strip() else ""
    if following == "city" or (not after and (noun in _TOWN or beside in _TOWN)):
        return "town"
    told = kinds.get(noun, "")
    if told == "district" and words.word(hit.first - 3) not in ("the", "a"):
        told = ""  # "the Salhiya district of Hasakah" is a part of a town
    return after or told or own


def _kind_told(chosen: Place, division: str) -> str:
    return f"the {division} by the word beside it" if division else f"the name alone means the {chosen.kind}"


def _division_or_town(place: Place, ranked: Ranked, division: str) -> tuple[Place, str]:
    """The division or the town where both have the name: by the word beside it, else as the gazetteer says."""
    rivals: dict[str, tuple[Place, str]] = {}
    for other, flags in reversed(ranked):
        if other.country == place.country and (other.name == place.name or "h" not in flags):
            rivals[other.kind] = (other, flags)
    first = rivals[place.kind] = next(item for item in ranked if item[0] is place)
    if division == "district" and "admin2" in rivals and place.kind == "town":
        return rivals["admin2"]
    if "admin1" not in rivals or "town" not in rivals:
        return first
    region, town = rivals["admin1"], rivals["town"]
    if division == "division":
        return region
    if division == "town":
        return town
    if place.kind not in ("admin1", "town") or (
        town[0].admin1 != region[0].name and town[0].population < LARGE  # a village far off with a province's name
    ):
        return first
    return region if "b" in region[1] else town


def main_country(places: Sequence[PlaceMention], support: Support) -> str:
    """The ISO code of the country a text is about, or "": most of its places lie there and it is named besides."""
    lie = Counter(mention.place.country for mention in places if mention.place.country)
    for counts in (lie, support):
        if counts:
            country, count = counts.most_common(1)[0]
            if count >= 2 and count >= 0.6 * sum(counts.values()) and support[country]:
                return country
    return ""
