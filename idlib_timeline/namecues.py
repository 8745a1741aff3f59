"""What the words around a name make of it: a party that acts, a place, both or neither."""

from collections.abc import Sequence

from .namebook import actor_book, opens_known
from .namehits import Hit, Words, named_person, openers

_PREPOSITIONS = {
    "from": "place",
    "to": "place",
    "on": "",
    "with": "party",
    "for": "",
}  # and their use without a telling noun


def stances_of(words: Words, hits: Sequence[Hit]) -> list[frozenset[str]]:
    """For each hit the parts it can play, `party` and `place`; names joined by commas and "and" share their cue."""
    stances: list[frozenset[str]] = []
    index = 0
    while index < len(hits):
        group = [hits[index]]
        while index + len(group) < len(hits) and _coordinated(words, group[-1], hits[index + len(group)]):
            group.append(hits[index + len(group)])
        before, after = cue_before(words, group[0]), cue_after(words, group[-1])
        if len(group) > 1 and all(words.gap(hit.last) == "-" for hit in group[:-1]) and all(hit.state for hit in group):
            before = "party"
        if before == "party" and any(hit.rows and not hit.spellings for hit in group):
            before = ""
        stances += [_stance(words, hit, before or ("" if hit is group[-1] else after)) for hit in group]
        index += len(group)
    return stances


def _coordinated(words: Words, left: Hit, right: Hit) -> bool:
    if not (left.rows and right.rows) or right.first - left.last > 2:
        return False
    if right.first == left.last + 1:
        return words.gap(left.last).strip() in (",", "/", "&", "-")
    return words.word(left.last + 1) in ("and", "or") and words.gap(left.last + 1) == " "


def _stance(words: Words, hit: Hit, shared: str) -> frozenset[str]:
    state, lists = hit.state, actor_book().words
    if state is None or not hit.rows:
        return frozenset(("party",)) if hit.spellings else frozenset(("place",))
    if words.text[hit.start : hit.end].isupper() and words.opens(hit.first) and state.via == "capital":
        return frozenset(("place",))
    if hit.common and _part_of_a_name(words, hit):
        return frozenset()
    before = words.gap(hit.first - 1) if hit.first else "\n"
    if words.gap(hit.last) == "-" and words.word(hit.last + 1) in lists["tail"]:
        return frozenset()
    if before == "-" and words.word(hit.first - 1) in lists["prefix"]:
        return frozenset()
    following = lists["after_demonym"].get(words.word(hit.last + 1)) if not words.gap(hit.last).strip(" -") else None
    if following and state.via == "name" and not possessive(words, hit):
        acronym = len(words.keys[hit.first]) <= 3
        placed = cue_before(words, hit) == "place" and not acronym
        return frozenset(("party",) if following == "state" else ("place",) if placed else ())
    owner = cue_after(words, hit) if possessive(words, hit) else ""  # "to Lebanon's president" goes to the president
    cue = shared or owner or cue_before(words, hit) or cue_after(words, hit)
    if cue == "nothing":
        return frozenset()
    if cue:
        return frozenset((cue,))
    if state.via == "name" and len(words.keys[hit.first]) <= 3 and words.text[hit.start : hit.end].isupper():
        return frozenset(("party",))
    return frozenset(("place",)) if state.via == "capital" else frozenset(("party", "place"))


def _part_of_a_name(words: Words, hit: Hit) -> bool:
    """Whether a country that is also a person's name stands in one: "Michael Jordan", "Jordan Peterson"."""
    following = hit.last + 1
    goes_on = words.capital(following) and words.gap(hit.last) == " " and not possessive(words, hit)
    if goes_on and words.word(following) not in openers() and not opens_known(words.keys[following]):
        return True
    return named_person(words, hit.first)


def cue_before(words: Words, hit: Hit) -> str:
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
    if word == "against" and not (hit.state and hit.state.via == "capital"):
        return "party" if hit.state else ""
    if word in _PREPOSITIONS:
        return lists[f"noun_{word}"].get(noun, _PREPOSITIONS[word])
    return lists["before_name"].get(word, "")


def cue_after(words: Words, hit: Hit) -> str:
    lists = actor_book().words
    gap, word = words.gap(hit.last), words.word(hit.last + 1)
    if possessive(words, hit):
        if words.capital(hit.last + 1) and word not in lists["after_demonym"]:
            return "place" if opens_known(words.keys[hit.last + 1]) else "nothing"
        return {"state": "party", "none": "place", "land": "place"}.get(lists["after_demonym"].get(word, ""), "party")
    if gap.strip() == "," and word in ("which", "who", "whose"):
        return "party"
    if gap.strip():
        return ""
    if word in ("and", "along", "together") and {"its", "allies", "with"} & {
        words.word(hit.last + 2),
        words.word(hit.last + 3),
    }:
        return "party"
    if word in lists["deal"]:
        return "place" if hit.state is None or hit.state.via == "capital" else "party"
    if word in lists["rule"]:
        return "party"
    if word in lists["after_name"]:
        return lists["after_name"][word]
    if word.endswith("ed") and word not in lists["tail"] and not words.capital(hit.last + 1):
        return "party"
    return ""


def possessive(words: Words, hit: Hit) -> bool:
    """Whether a name is possessive; texts that lost their apostrophes count ("Syrias north")."""
    return words.written[hit.last].lower().endswith("'s") or any(s.written == f"{s.actor}s" for s in hit.spellings)


def follows_word(words: Words, hit: Hit) -> bool:
    """Whether a word of the book's lists stands before, which is no first name."""
    return words.word(hit.first - 1) in actor_book().words["before_name"] or words.word(hit.first - 1) in openers()
