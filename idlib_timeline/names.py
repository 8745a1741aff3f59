"""Text -> the actors and places it names.

Every run of words that the books (`namebook`) list is a hit (`namehits`); the words around it decide what it is
(`namecues`) and which place it means (`nameplaces`). What stays doubtful is left out.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from .interval import UNKNOWN, DateInterval
from .model import Actor, ActorMention, Place, PlaceMention
from .namearound import Support, surroundings_of
from .namebook import Spelling, actor_book, fold, keys_at, place_at, places_of, plain
from .namecues import stances_of
from .namehits import Hit, Words, hits_of, openers, words_of
from .nameplaces import main_country, place_of, plausible
from .seats import seats

__all__ = ["actor", "actor_spellings", "canonical_actor", "canonical_place", "find", "fold", "place", "place_spellings"]

_JOINING = frozenset(
    ("and", "or", "national", "special", "state", "federal", "armed")
)  # a demonym reaches across these


def find(
    text: str, sentences: Sequence[tuple[int, int]] = (), published: DateInterval = UNKNOWN
) -> tuple[tuple[ActorMention, ...], tuple[PlaceMention, ...]]:
    """The actors and places named in the prose `text`, in its order.

    `sentences` are the (start, end) offsets of its sentences, `published` bounds the terms of persons in office.
    """
    words = words_of(text, sentences)
    hits = hits_of(words, published)
    around = surroundings_of(words, hits)
    hits = [hit for hit in hits if plausible(words, hit, around)]
    support, stances = around.support, stances_of(words, hits)
    places: list[PlaceMention] = []
    divisions = set()  # starts of states of the union and the like that share a country's name
    for hit, stance in zip(hits, stances, strict=True):
        told = hit.start in around.within or hit.start in around.areas
        if (told or "place" in stance) and (found := place_of(words, hit, around)):
            place, why = found
            places.append(PlaceMention(hit.start, hit.end, text[hit.start : hit.end], place, why))
            if hit.state and hit.state.via == "name" and place.kind == "admin1":
                divisions.add(hit.start)
    main = main_country(places, support)
    actors: list[ActorMention] = []
    for index, (hit, stance) in enumerate(zip(hits, stances, strict=True)):
        if hit.start in divisions or "party" not in stance:
            continue
        if meant := _actor(words, hits, index, main, support):
            spelling, end = meant
            actors.append(ActorMention(hit.start, end, text[hit.start : end], actor(spelling.actor), spelling.via))
    capitals = tuple(seats(text, main, {mention.place for mention in places}))
    places = [p for p in places if not any(seat.start <= p.start < seat.end for seat in capitals)]
    return _the_coalition(actors), tuple(sorted((*places, *capitals), key=lambda mention: mention.start))


def _the_coalition(actors: list[ActorMention]) -> tuple[ActorMention, ...]:
    """The mentions, "the coalition" as the one that the text names in full, if it names one only."""
    named = {mention.actor for mention in actors if mention.actor.name.lower().endswith(" coalition")}
    if len(named) != 1:
        return tuple(actors)
    meant = next(iter(named))
    return tuple(replace(m, actor=meant) if m.actor.name == "coalition" else m for m in actors)


# --- which actor ----------------------------------------------------------------------------------
def _actor(words: Words, hits: Sequence[Hit], index: int, main: str, support: Support) -> tuple[Spelling, int] | None:
    """The spelling that holds for a hit and where its mention ends, or None."""
    hit = hits[index]
    lists = actor_book().words
    if hit.spellings[0].case == "any" and _inside_title(words, hit):
        return None
    fitting = _fitting(hit, main, support)
    if not fitting or len({s.actor for s in fitting}) > 1:
        return None
    spelling = fitting[0]
    if words.gap(hit.last) == "-" and words.word(hit.last + 1) in lists["tail"]:
        return None
    if hit.first and words.gap(hit.first - 1) == "-" and words.word(hit.first - 1) in lists["prefix"]:
        return None
    if spelling.case == "any" and not _noun_phrase(words, hit):
        return None
    if spelling.via in ("demonym", "people"):
        end = _demonym(words, hit, spelling.via)
        if end or spelling.via == "demonym":
            return (_as(spelling, "demonym"), end) if end else None
        return _people(words, hit, spelling)
    if spelling.state:
        return _state_noun(words, hits, index, spelling, main)
    return spelling, hit.end


def _fitting(hit: Hit, main: str, support: Support) -> list[Spelling]:
    """The spellings that an article allows: its main country's, else those of the one named most, else not local."""
    if not any(s.local for s in hit.spellings):
        return list(hit.spellings)
    of = {s: actor_book().actors[s.actor].country for s in hit.spellings}
    own = [s for s in of if main and of[s] == main]
    most = max(support[country] for country in of.values())
    return own or [s for s in of if most > 1 and support[of[s]] == most] or [s for s in of if not s.local]


def _noun_phrase(words: Words, hit: Hit) -> bool:
    """Whether a common noun stands for a party: not "rebel stronghold", "military operations", "opposition to war"."""
    lists, following = actor_book().words, words.word(hit.last + 1)
    word = " ".join(words.word(i) for i in range(hit.first, hit.last + 1)).removesuffix("'s")
    open_end = bool(words.gap(hit.last).strip(" -")) or hit.last + 1 >= len(words.keys)
    if word in lists["modifier"]:
        return not open_end and following in lists["modified"]
    if word == "opposition" and following == "to":
        return False
    if word in lists["definite"]:
        listed = hit.first > 0 and words.gap(hit.first - 1).strip() in (":", "–", "—")  # "5 May: army enters"
        if words.word(hit.first - 1) not in ("the", "by") and not words.opens(hit.first) and not listed:
            return False
        return (
            open_end
            or words.written[hit.last].endswith("'s")
            or following.endswith("ed")
            or following in lists["function"]
            or lists["after_name"].get(following) == "party"
        )
    return True


def _inside_title(words: Words, hit: Hit) -> bool:
    """Whether a capitalised common noun stands amid other capitalised words: "Falcons Rebels Brigade"."""
    beside = (hit.first - 1, hit.last + 1)
    near = (words.gap(hit.first - 1) if hit.first else "\n", words.gap(hit.last))
    return (
        words.capital(hit.first)
        and near == (" ", " ")
        and all(words.capital(i) and words.word(i) not in openers() for i in beside)
    )


def _as(spelling: Spelling, via: str, actor: str = "") -> Spelling:
    return Spelling(actor or spelling.actor, via, spelling.written)


def _demonym(words: Words, hit: Hit, via: str) -> int:
    """Where the mention of a state by its demonym ends; 0 when the demonym speaks of something else."""
    lists = actor_book().words
    after = lists["after_demonym"]
    with_the = words.word(hit.first - 1) == "the" and hit.first > 0
    index = hit.last + 1
    if via == "people":
        return hit.end if with_the else 0
    if with_the and _stands_alone(words, hit):
        return hit.end
    unknown = 0
    while index < len(words.keys) and unknown < 4:
        gap, word = words.gap(index - 1), words.word(index).removesuffix("'s")
        if gap.strip(" -\n\"',/") or (gap == "-" and word in lists["tail"]):
            return 0
        if word in after:
            return _force_end(words, hit, index) if after[word] == "state" else 0
        if word not in ("and", "or") and not _is_demonym(words, index):
            unknown += 1
            if "," in gap or words.capital(index):
                return 0
        index += 1
    return 0


def _people(words: Words, hit: Hit, spelling: Spelling) -> tuple[Spelling, int] | None:
    """People of a nation, as the text names them ("100 Palestinians"): not their state, and no more is told of them."""
    if words.gap(hit.last).startswith("-") or words.word(hit.first - 1) in ("non", "pro", "anti"):
        return None
    return _as(spelling, "people", spelling.written), hit.end


def _stands_alone(words: Words, hit: Hit) -> bool:
    """Whether "the French" are the people: a verb follows, or (for adjectives without a plural) no noun does."""
    lists, following = actor_book().words, words.word(hit.last + 1)
    if not words.gap(hit.last).strip():
        if lists["after_name"].get(following) == "party" or (
            following.endswith("ed") and following not in lists["tail"]
        ):
            return True
        if following not in lists["function"] or following in ("and", "or"):
            return False
    return words.gap(hit.last) != "-" and words.keys[hit.last].endswith(("sh", "ch", "ese", "swis"))


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


def _state_noun(
    words: Words, hits: Sequence[Hit], index: int, spelling: Spelling, main: str
) -> tuple[Spelling, int] | None:
    """ "The army", "government forces": the state the text is about, unless the words give them to someone else."""
    hit = hits[index]
    if words.gap(hit.last) == "-" or _owned(words, hit) or _described(words, hits, index):
        return None
    state = actor_book().states.get(main)
    return (_as(spelling, "generic", state) if state else spelling), hit.end


def _owned(words: Words, hit: Hit) -> bool:
    """Whether the words beside give the forces to someone: "its troops", "rebel army", "troops of the SPLM"."""
    if words.word(hit.last + 1) == "of" and words.gap(hit.last) == " " and hit.first == hit.last:
        owner = hit.last + 2 + (words.word(hit.last + 2) == "the")
        if words.capital(owner) or words.word(owner) in ("a", "an", "another"):
            return True
    if not hit.first or words.opens(hit.first):
        return False
    before = words.word(hit.first - 1)
    if before in actor_book().words["not_own"] or words.gap(hit.first - 1) == "-" or before.endswith("'s"):
        return True
    return words.capital(hit.first - 1) and before != "the" and before not in actor_book().words["title"]  # "Monday"


def _described(words: Words, hits: Sequence[Hit], index: int) -> bool:
    """Whether a state named up to two words before owns the forces: "Syrian government forces"."""
    hit = hits[index]
    for earlier in hits[max(0, index - 2) : index]:
        between = range(earlier.last, hit.first)
        if hit.first - earlier.last > 3 or any(words.gap(i).strip(" -") for i in between) or not earlier.spellings:
            continue
        apart = {words.word(i) for i in between[1:]} - _JOINING
        if not apart and earlier.spellings[0].via in ("demonym", "name", "government"):
            return True
    return False


# --- canonical names ------------------------------------------------------------------------------


def actor(name: str) -> Actor:
    """The entry of a canonical name; a name no book lists is a group of that name."""
    return actor_book().actors.get(name) or Actor(name, "group")


def kind(name: str) -> str:
    """The kind of an actor by its canonical name, "" where no book lists it."""
    entry = actor_book().actors.get(name)
    return entry.kind if entry is not None else ""


@cache
def wholes(name: str) -> tuple[str, ...]:
    """What an actor is a part of: its parents and theirs; of the people of a nation, their state; and its initials."""
    found = [s.actor for s in actor_book().spellings.get(fold(name), ()) if s.via == "people" and s.written == name]
    for whole in (name, *found):
        found += [parent for parent in actor(whole).parents if parent not in found]
    words = [word for word in name.split() if word[:1].isupper()]
    if len(words) > 2:  # "the RSF", of an article that never spells it out
        found.append("".join(word[0] for word in words))
    return tuple(found)


def is_of_a_name(word: str) -> bool:
    """Whether a word stands in the name of an actor."""
    return fold(word) in _words_of_names()


def is_of_a_person(word: str) -> bool:
    """Whether a word stands in the name of a leader, and in that of no other actor."""
    return fold(word) in _words_of_persons()


@cache
def _words_of_persons() -> frozenset[str]:
    book = actor_book().spellings
    others = {word for key, rest in book.items() if any(s.via != "person" for s in rest) for word in key.split()}
    return _words_of_names() - others


@cache
def _words_of_names() -> frozenset[str]:
    return frozenset(word for key in actor_book().spellings for word in key.split())


def canonical_actor(text: str) -> str | None:
    """The canonical name for any spelling, demonym, capital or leader; None when unknown or shared by two actors."""
    spellings = actor_book().spellings.get(fold(text), ())
    capitals = text.replace(".", "").isupper()
    spellings = tuple(s for s in spellings if (s.case == "upper") == capitals) or spellings
    spellings = tuple(s for s in spellings if plain(s.written) == plain(text)) or spellings  # UNMIS is not UNMISS
    names = dict.fromkeys(s.actor for s in spellings)
    return next(iter(names)) if len(names) == 1 else None


def canonical_place(text: str) -> str | None:
    """The canonical name of the best known place of any spelling; None when the gazetteer has none."""
    found = place(text)
    return found.name if found else None


def place(text: str) -> Place | None:
    """The best known place of any spelling, of a country or division where one follows it ("Tripoli, Lebanon")."""
    name, comma, inside = text.rpartition(",")
    found = [place_at(row) for row in places_of(fold(name if comma else text))]
    if comma:
        around = {(outer.country, outer.admin1) for outer, _ in map(place_at, places_of(fold(inside)))}
        regions = {code for code, admin1 in around if not admin1}
        found = [one for one in found if one[0].country in regions or (one[0].country, one[0].admin1) in around]
    best = sorted(found, key=lambda item: ("h" not in item[1], item[0].kind != "country", -item[0].population))
    return best[0][0] if best else None


@cache
def _keys_by_actor() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key, spellings in actor_book().spellings.items():
        for spelling in spellings:
            found.setdefault(spelling.actor, []).append(key)
    return {name: tuple(dict.fromkeys(keys)) for name, keys in found.items()}


def actor_spellings(name: str) -> tuple[str, ...]:
    """Every folded spelling of a canonical actor: names, demonyms, capitals, leaders; its own key at least.

    People of a nation are found by every spelling of their state, too, and a part of a body or an armed group by every
    spelling of the whole.
    """
    owners = [s.actor for s in actor_book().spellings.get(fold(name), ()) if s.via == "people" and s.written == name]
    for owner in (name, *owners):
        owners += [whole for whole in actor(owner).parents if actor(whole).kind != "state" and whole not in owners]
    keys = [key for owner in (name, *owners) for key in _keys_by_actor().get(owner, ())]
    return tuple(dict.fromkeys((fold(name), *keys)))


def place_spellings(name: str) -> tuple[str, ...]:
    """Every folded spelling of the places with a canonical name; its own key at least."""
    found = [fold(name)]
    for row in places_of(fold(name)):
        if place_at(row)[0].name == name:
            found += keys_at(row)
    return tuple(dict.fromkeys(found))
