"""Text -> the actors and places it names.

Every run of words that the books list is a hit (`namehits`); the words around it decide what it is: a party, a
place, both or nothing. What stays doubtful is left out.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache

from .interval import UNKNOWN, DateInterval
from .model import Actor, ActorMention, Place, PlaceMention
from .namebook import Spelling, actor_book, fold, place_at, place_book
from .namehits import Hit, Words, hits_of, named_person, openers, words_of

__all__ = ["actor", "actor_spellings", "canonical_actor", "canonical_place", "find", "fold", "place_spellings"]

_TAILS = frozenset(  # "Russian-backed": the backer is not the party that acts
    """backed supported sponsored allied aligned funded trained made held controlled occupied based born speaking style
    brokered armed affiliated administered ruled owned installed linked run bound dominated language era friendly
    inspired supplied built mediated registered""".split()
)
_PREFIXES = frozenset("pro anti non ex post pre former".split())
_PREPOSITIONS = {"from": "place", "to": "place", "on": "", "with": "party", "for": ""}  # and their use without a telling noun
_LARGE, _HUGE = 100_000, 500_000  # inhabitants: a town known without context; known even against doubt

_Support = Counter[str]  # ISO code -> how often the text names the country or what is surely in it


def find(
    text: str, sentences: Sequence[tuple[int, int]] = (), published: DateInterval = UNKNOWN
) -> tuple[tuple[ActorMention, ...], tuple[PlaceMention, ...]]:
    """The actors and places named in the prose `text`, in its order.

    `sentences` are the (start, end) offsets of its sentences, `published` bounds the terms of persons in office.
    """
    words = words_of(text, sentences)
    hits = hits_of(words, published)
    support = _support(hits)
    stances = _stances(words, hits)
    places: list[PlaceMention] = []
    for hit, stance in zip(hits, stances, strict=True):
        if "place" in stance and (place := _place(words, hit, support)):
            places.append(PlaceMention(hit.start, hit.end, text[hit.start : hit.end], place))
    main = _main_country(places, support)
    actors: list[ActorMention] = []
    for index, (hit, stance) in enumerate(zip(hits, stances, strict=True)):
        if "party" in stance and (found := _actor(words, hits, index, main, support)):
            spelling, end = found
            actors.append(ActorMention(hit.start, end, text[hit.start : end], actor(spelling.actor), spelling.via))
    return tuple(actors), tuple(places)


# --- party or place -------------------------------------------------------------------------------


def _stances(words: Words, hits: Sequence[Hit]) -> list[frozenset[str]]:
    """For each hit the parts it can play, `party` and `place`; names joined by commas and "and" share their cue."""
    stances: list[frozenset[str]] = []
    index = 0
    while index < len(hits):
        group = [hits[index]]
        while index + len(group) < len(hits) and _coordinated(words, group[-1], hits[index + len(group)]):
            group.append(hits[index + len(group)])
        before, after = _cue_before(words, group[0]), _cue_after(words, group[-1])
        if len(group) > 1 and all(words.gap(hit.last) == "-" for hit in group[:-1]) and all(hit.state for hit in group):
            before = "party"
        if before == "party" and any(hit.rows and not hit.spellings for hit in group):
            before = ""
        for hit in group:
            stances.append(_stance(words, hit, before or ("" if hit is group[-1] else after)))
        index += len(group)
    return stances


def _coordinated(words: Words, left: Hit, right: Hit) -> bool:
    if not (left.rows and right.rows) or right.first - left.last > 2:
        return False
    if right.first == left.last + 1:
        return words.gap(left.last).strip() in (",", "/", "&", "-")
    return words.word(left.last + 1) in ("and", "or") and words.gap(left.last + 1) == " "


def _stance(words: Words, hit: Hit, shared: str) -> frozenset[str]:
    state = hit.state
    if state is None or not hit.rows:
        return frozenset(("party",)) if hit.spellings else frozenset(("place",))
    if words.text[hit.start : hit.end].isupper() and words.opens(hit.first) and state.via == "capital":
        return frozenset(("place",))
    before = words.gap(hit.first - 1) if hit.first else "\n"
    if words.gap(hit.last) == "-" and words.word(hit.last + 1) in _TAILS:
        return frozenset()
    if before == "-" and words.word(hit.first - 1) in _PREFIXES:
        return frozenset()
    following = actor_book().words["after_demonym"].get(words.word(hit.last + 1)) if not words.gap(hit.last).strip(" -") else None
    if following and state.via == "name" and not words.written[hit.last].lower().endswith("'s"):
        return frozenset(("party",) if following == "state" else ("place",) if _cue_before(words, hit) == "place" else ())
    cue = shared or _cue_before(words, hit) or _cue_after(words, hit)
    if cue == "nothing":
        return frozenset()
    if cue:
        return frozenset((cue,))
    if state.via == "name" and len(words.keys[hit.first]) <= 3 and words.text[hit.start : hit.end].isupper():
        return frozenset(("party",))
    return frozenset(("place",)) if state.via == "capital" else frozenset(("party", "place"))


def _cue_before(words: Words, hit: Hit) -> str:
    lists = actor_book().words
    index = hit.first - 1
    if index < 0 or words.gap(index).strip(" \n\"'") or words.opens(hit.first):
        return ""
    word = words.word(index)
    if word == "the":
        index -= 1
        word = words.word(index)
    noun = words.word(index - 1) if words.word(index - 1) != "the" else words.word(index - 2)
    if word == "of":
        return lists["noun_of"].get(noun, "")
    if word in _PREPOSITIONS:
        return lists[f"noun_{word}"].get(noun, _PREPOSITIONS[word])
    return lists["before_name"].get(word, "")


def _cue_after(words: Words, hit: Hit) -> str:
    lists = actor_book().words
    gap, word = words.gap(hit.last), words.word(hit.last + 1)
    possessive = words.written[hit.last].lower().endswith("'s")
    if possessive:
        if words.capital(hit.last + 1) and word not in lists["after_demonym"]:
            return "place"
        return {"state": "party", "none": "place", "land": "place"}.get(lists["after_demonym"].get(word, ""), "party")
    if gap.strip() == "," and word in ("which", "who", "whose"):
        return "party"
    if gap.strip():
        return ""
    if word in ("and", "along", "together") and {"its", "allies", "with"} & {words.word(hit.last + 2), words.word(hit.last + 3)}:
        return "party"
    if word in lists["deal"]:
        return "place" if hit.state is None or hit.state.via == "capital" else "party"
    if word in lists["after_name"]:
        return lists["after_name"][word]
    if word.endswith("ed") and word not in _TAILS and not words.capital(hit.last + 1):
        return "party"
    return ""


# --- which place ----------------------------------------------------------------------------------


def _support(hits: Sequence[Hit]) -> _Support:
    support: _Support = Counter()
    actors = actor_book().actors
    for hit in hits:
        countries = {actors[s.actor].country for s in hit.spellings if not s.state and not s.local}
        if not hit.spellings and not hit.common:
            places = [place_at(row) for row in hit.rows]
            countries = {place.country for place, flags in places if "h" in flags or place.population >= _LARGE}
        if len(countries) == 1:
            support.update(countries - {""})
    return support


def _weight(place: Place, flags: str, support: _Support) -> float:
    """How likely a name means this one of its places: inhabitants, eightfold where the text names the country."""
    weight = max(place.population, 500) * (8.0 if support[place.country] else 1.0) * (20.0 if "h" in flags else 1.0)
    return weight * 1000 if place.kind == "country" else weight


def _place(words: Words, hit: Hit, support: _Support) -> Place | None:
    """The place a hit means, or None when it may well be something else."""
    if not hit.rows:
        return None
    if hit.state is None and hit.spellings:
        return None
    cue = _placed(words, hit)
    if (named_person(words, hit.first) and not _title_case_place(words, hit)) or _names_more(words, hit, cue):
        return None
    ranked = sorted((place_at(row) for row in hit.rows), key=lambda item: -_weight(*item, support))
    for place, flags in ranked:
        if _believed(words, hit, place, flags, support, cue):
            return _division_or_town(words, hit, place, ranked)
    return None


def _believed(words: Words, hit: Hit, place: Place, flags: str, support: _Support, cue: bool) -> bool:
    if place.kind == "country" or hit.state is not None:
        return True
    own = 1 if not hit.spellings and not hit.common else 0
    supported, common, total = support[place.country] > own, hit.common, sum(support.values()) - own
    made = "h" in flags
    if made or place.population >= _LARGE:
        if common:
            return (supported or total < 3) and cue or supported and made and support[place.country] >= 0.3 * total
        if supported or place.population >= _HUGE and not _divides(place):
            return True
        return total < 3 and (made or cue)
    if not supported:
        return False
    leading = support[place.country] >= 0.3 * total
    if hit.last > hit.first:
        return leading or cue
    return cue and (leading or not common) or leading and not common and support[place.country] > 2 and not words.opens(hit.first)


def _divides(place: Place) -> bool:
    return place.kind == "admin1"


def _placed(words: Words, hit: Hit) -> bool:
    """Whether the words beside a name say that it is a place: "in X", "the town of X", "X province", "X, Syria"."""
    lists = actor_book().words
    if _cue_before(words, hit) == "place" and not words.opens(hit.first):
        return True
    return words.word(hit.last + 1) in lists["settlement"] and not words.gap(hit.last).strip()


def _title_case_place(words: Words, hit: Hit) -> bool:
    return words.word(hit.first - 1) in actor_book().words["before_name"] or words.word(hit.first - 1) in openers()


def _names_more(words: Words, hit: Hit, cue: bool) -> bool:
    """Whether the name goes on, so that it is a person's or an institution's: "Lincoln Chafee", "Geneva Conventions"."""
    following = hit.last + 1
    if not words.capital(following) or words.gap(hit.last) not in (" ", "-") or words.written[hit.last].lower().endswith("'s"):
        return False
    word = words.word(following)
    lists = actor_book().words
    if word in lists["institution"]:
        return True
    if hit.state and hit.state.via == "name" and not hit.common:
        return False
    return not cue and word not in openers() and words.keys[following] not in place_book().keys and not words.opens(hit.first)


def _division_or_town(words: Words, hit: Hit, place: Place, ranked: Sequence[tuple[Place, str]]) -> Place:
    """The division or the town where both have the name: by the word beside it, else as the gazetteer says."""
    rivals = {other.kind: (other, flags) for other, flags in reversed(ranked) if other.country == place.country and other.name == place.name}
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


# --- which actor ----------------------------------------------------------------------------------


def _main_country(places: Sequence[PlaceMention], support: _Support) -> str:
    """The ISO code of the country a text is about, or "": most of its places lie there and it is named besides."""
    lie = Counter(mention.place.country for mention in places if mention.place.country)
    for counts in (lie, support):
        if counts:
            country, count = counts.most_common(1)[0]
            if count >= 2 and count >= 0.6 * sum(counts.values()) and support[country]:
                return country
    return ""


def _actor(words: Words, hits: Sequence[Hit], index: int, main: str, support: _Support) -> tuple[Spelling, int] | None:
    """The spelling that holds for a hit and where its mention ends, or None."""
    hit = hits[index]
    actors = actor_book().actors
    if hit.spellings[0].case == "any" and _inside_title(words, hit):
        return None
    fitting = [s for s in hit.spellings if not s.local or actors[s.actor].country in (main, *(c for c in support if support[c] > 1))]
    fitting = [s for s in fitting if s.local] or fitting
    if not fitting or len({s.actor for s in fitting}) > 1:
        return None
    spelling = fitting[0]
    if words.gap(hit.last) == "-" and words.word(hit.last + 1) in _TAILS:
        return None
    if hit.first and words.gap(hit.first - 1) == "-" and words.word(hit.first - 1) in _PREFIXES:
        return None
    if spelling.case == "any" and not _noun_phrase(words, hit):
        return None
    if spelling.via in ("demonym", "people"):
        end = _demonym(words, hit, spelling.via)
        return (_as(spelling, "demonym"), end) if end else None
    if spelling.state:
        return _state_noun(words, hits, index, spelling, main)
    return spelling, hit.end


def _noun_phrase(words: Words, hit: Hit) -> bool:
    """Whether a common noun stands for a party: not "rebel stronghold", "military operations", "opposition to war"."""
    if hit.first != hit.last:
        return True
    lists, word, following = actor_book().words, words.word(hit.first).removesuffix("'s"), words.word(hit.last + 1)
    open_end = bool(words.gap(hit.last).strip(" -")) or hit.last + 1 >= len(words.keys)
    if word in lists["modifier"]:
        return not open_end and following in lists["modified"]
    if word == "opposition" and following == "to":
        return False
    if word in lists["definite"]:
        if words.word(hit.first - 1) not in ("the", "by") and not words.opens(hit.first):
            return False
        return open_end or words.written[hit.last].endswith("'s") or following.endswith("ed") or following in lists["function"] or lists["after_name"].get(following) == "party"
    return True


def _inside_title(words: Words, hit: Hit) -> bool:
    """Whether a capitalised common noun stands amid other capitalised words: "Falcons Rebels Brigade"."""
    beside = (hit.first - 1, hit.last + 1)
    near = (words.gap(hit.first - 1) if hit.first else "\n", words.gap(hit.last))
    return words.capital(hit.first) and near == (" ", " ") and all(words.capital(i) and words.word(i) not in openers() for i in beside)


def _as(spelling: Spelling, via: str) -> Spelling:
    return Spelling(spelling.actor, via, spelling.written)


def _demonym(words: Words, hit: Hit, via: str) -> int:
    """Where the mention of a state by its demonym ends; 0 when the demonym speaks of something else."""
    lists = actor_book().words
    after = lists["after_demonym"]
    with_the = words.word(hit.first - 1) == "the" and hit.first > 0
    index = hit.last + 1
    if via == "people":
        return hit.end if with_the else 0
    if with_the and (lists["after_name"].get(words.word(index)) == "party") and not words.gap(hit.last).strip():
        return hit.end
    unknown = 0
    while index < len(words.keys) and unknown < 4:
        gap, word = words.gap(index - 1), words.word(index).removesuffix("'s")
        if gap.strip(" -\n\"',/") or (gap == "-" and word in _TAILS):
            return 0
        if word in after:
            return _force_end(words, hit, index) if after[word] == "state" else 0
        if word not in ("and", "or") and not _is_demonym(words, index):
            unknown += 1
            if "," in gap or words.capital(index):
                return 0
        index += 1
    return 0


def _force_end(words: Words, hit: Hit, index: int) -> int:
    """The end of "Turkish Defence Ministry", "Syrian army"; 0 for "Syrian army defectors"."""
    end, following = hit.end, index
    while following < len(words.keys) and not words.gap(following - 1).strip(" -"):
        word = words.word(following)
        if word.removesuffix("'s") not in actor_book().words["force"]:
            return 0 if word in ("defectors", "deserters", "defector", "deserter") else end
        if following - index == following - hit.last - 1:
            end = words.ends[following] - (2 if word.endswith("'s") else 0)
        following += 1
    return end


def _is_demonym(words: Words, index: int) -> bool:
    return any(s.via == "demonym" for s in actor_book().spellings.get(words.keys[index], ()))


def _state_noun(words: Words, hits: Sequence[Hit], index: int, spelling: Spelling, main: str) -> tuple[Spelling, int] | None:
    """ "The army", "government forces": the state the text is about, unless the words give them to someone else."""
    hit = hits[index]
    before = words.word(hit.first - 1)
    if words.gap(hit.last) == "-":
        return None
    if hit.first and not words.opens(hit.first):
        if before in actor_book().words["not_own"] or words.gap(hit.first - 1) == "-" or before.endswith("'s") or words.capital(hit.first - 1) and before != "the":
            return None
    for earlier in hits[max(0, index - 2) : index]:
        if hit.first - earlier.last <= 3 and earlier.spellings and all(not words.gap(i).strip(" -") for i in range(earlier.last, hit.first)):
            between = [words.word(i) for i in range(earlier.last + 1, hit.first)]
            if all(word not in ("the", "by", "of", "said", "that") for word in between) and earlier.spellings[0].via in ("demonym", "name", "government"):
                return None
    if main and main in actor_book().states:
        return Spelling(actor_book().states[main], "generic", spelling.written), hit.end
    return spelling, hit.end


# --- canonical names ------------------------------------------------------------------------------


def actor(name: str) -> Actor:
    """The entry of a canonical name; a name no book lists is a group of that name."""
    return actor_book().actors.get(name) or Actor(name, "group")


def canonical_actor(text: str) -> str | None:
    """The canonical name for any spelling, demonym, capital or leader; None when no book lists it or two actors share it."""
    spellings = actor_book().spellings.get(fold(text), ())
    names = dict.fromkeys(s.actor for s in spellings)
    return next(iter(names)) if len(names) == 1 else None


def canonical_place(text: str) -> str | None:
    """The canonical name of the best known place of any spelling; None when the gazetteer has none."""
    key = fold(text)
    keys = place_book().keys
    rows = [row for opened in ("", "~", "^", "?") for row in keys.get(opened + key, ())]
    best = sorted((place_at(row) for row in rows), key=lambda item: ("h" not in item[1], item[0].kind != "country", -item[0].population))
    return best[0][0].name if best else None


@cache
def _keys_by_actor() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key, spellings in actor_book().spellings.items():
        for spelling in spellings:
            found.setdefault(spelling.actor, []).append(key)
    return {name: tuple(dict.fromkeys(keys)) for name, keys in found.items()}


def actor_spellings(name: str) -> tuple[str, ...]:
    """Every folded spelling of a canonical actor: names, demonyms, capitals, leaders; its own key at least."""
    return tuple(dict.fromkeys((fold(name), *_keys_by_actor().get(name, ()))))


def place_spellings(name: str) -> tuple[str, ...]:
    """Every folded spelling of the places with a canonical name; its own key at least."""
    keys, own = place_book(), fold(name)
    found = [own]
    for row in [row for opened in ("", "~", "^", "?") for row in keys.keys.get(opened + own, ())]:
        if place_at(row)[0].name == name:
            found += [key.lstrip("~^?") for key in keys.lines[row].rsplit("\t", 1)[1].split("|")]
    return tuple(dict.fromkeys(found))
