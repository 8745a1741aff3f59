"""Who acts and who is acted upon in what a trigger tells."""

import re
from collections.abc import Sequence

from ..model import Actor, ActorMention, Frame, Phrase
from .parties import Names, unique
from .triggers import Trigger, kinds, words

_AGAINST_STATES = {"strike", "offensive", "battle", "sanctions"}
_FORCE = {"violence", "control", "movement", "humanitarian"}
_UPON_PERSONS = {"killing", "abduction", "detention", "release", "casualties", "civilian_attack"}
_NEEDS_OBJECT = {"killing", "casualties", "detention", "abduction"}  # their verbs act on somebody
_PACTS = {"agreement", "talks", "ceasefire"}
Parties = tuple[ActorMention, ...]


def roles(row: Trigger, frame: Frame, names: Names) -> tuple[Parties, Parties]:
    """Who acts and who is acted upon, as the row reads the frame; each phrase is remembered for what comes after."""
    family = kinds()[row.type].family
    who = _named(frame.who, frame, names, acting=True)
    whom = _named(frame.whom, frame, names)
    if not whom and family in _AGAINST_STATES:
        whom = tuple(mention for phrase in frame.whom for mention in names.country(phrase))
    if frame.form == "noun":
        who, whom = _noun_parties(row, frame, names, who)
    who, whom = _as_the_row_says(row, frame, names, who, whom)
    if row.parties:
        who, whom = _together(row, frame, names, who, whom)
    who, whom = _deeds_only(who), _deeds_only(whom)
    if "@place" in row.objects or (kinds()[row.type].group in _FORCE and row.type not in _UPON_PERSONS):
        whom = tuple(mention for mention in whom if mention.via != "written")  # a village that no book knows
    nameless = not whom or (row.roles == "patient" and all(mention.via == "people" for mention in whom))
    if row.type in {"displacement", "return"} and nameless:
        people = (phrase for phrase in (*frame.whom, *frame.who) if is_of("@people", phrase, names, None))
        whom = tuple(_civilians(phrase) for phrase in people)[:1]
    names.told.remember_together(who, whom)
    return who, whom


def _as_the_row_says(row: Trigger, frame: Frame, names: Names, who: Parties, whom: Parties) -> tuple[Parties, Parties]:
    """The roles turned for verbs whose subject does not act, and the target that a preposition brings."""
    if row.roles == "patient":
        who, whom = (), merged(who, whom)
    elif frame.form == "verb" and row.type in _NEEDS_OBJECT and not (frame.passive or frame.whom):
        who, whom = (), who  # "Three soldiers killed in ambush": a headline leaves out "were"
    elif row.roles == "cited" or (row.roles == "holder" and not who):
        who, whom = whom, ()
    elif row.roles == "none":
        who, whom = (), ()
    elif row.roles == "moved" and frame.passive and not who:
        who, whom = whom, ()  # "French troops were sent": France sent them
    elif row.roles == "fall":
        who, whom = _taker(frame, names), ()
    elif row.roles == "lost":
        who, whom = _taker(frame, names), who
    elif row.roles == "held":
        who, whom = _by_prep(("in", "into", "under"), frame, names), ()
    if not whom:
        acting = {mention.actor.name for mention in who}
        addressed = merged(_by_prep(row.whom_prep, frame, names), _nested(row, frame, names))
        if not addressed and row.speech:
            towards = [phrase for phrase in frame.obliques if phrase.prep in row.whom_prep and phrase.prep in _TOWARDS]
            addressed = merged(*(names.country(phrase) for phrase in towards))  # "apologised to Brazil"
        whom = tuple(m for m in addressed if m.actor.name not in acting)
        whom = whom or _governed(row, frame, names, acting)
    return who, whom


def _taker(frame: Frame, names: Names) -> Parties:
    """To whom a place fell or was lost; a country counts as one."""
    to = [phrase for phrase in frame.obliques if phrase.prep == "to"]
    return merged(*(names.of(phrase, frame.speaker) or names.country(phrase) for phrase in to))


def _nested(row: Trigger, frame: Frame, names: Names) -> Parties:
    """The parties that hang on the object by a preposition of the row; a country counts as one."""
    hanging = [phrase for phrase in frame.nested if phrase.prep in row.whom_prep]
    return merged(*(names.called(phrase) or names.country(phrase) for phrase in hanging))


_TOWARDS = frozenset(("", "to", "for", "with", "against", "on", "toward", "towards", "by"))


def _governed(row: Trigger, frame: Frame, names: Names, acting: set[str]) -> Parties:
    """Whom the governed clause names: its subjects when they are asked to act, else the first party it tells of."""
    asked = merged(*(names.called(phrase) for phrase in frame.asked)) if row.whom_asked else ()
    found = tuple(mention for mention in asked if mention.actor.name not in acting)
    if found or not row.whom_content:
        return found
    for phrase in (*frame.asked, *frame.content):
        named = names.called(phrase) or (names.country(phrase) if phrase.prep in _TOWARDS else ())
        meant = tuple(mention for mention in named if mention.actor.name not in acting)
        if meant:
            return meant
    return ()


def _together(row: Trigger, frame: Frame, names: Names, who: Parties, whom: Parties) -> tuple[Parties, Parties]:
    """The parties of a deed done with others; those of "the deal" told of again are its parties told before."""
    others = _by_prep(("between", "with", "alongside", "and"), frame, names)
    if row.type == "ceasefire_violation" and frame.who and all(p.head in words("pact") for p in frame.who):
        return (), merged(who, whom, others)  # "the truce between them collapsed": nobody is said to have broken it
    if row.type not in _PACTS:
        return merged(who, others), whom
    who = merged(who, whom, others)
    family = kinds()[row.type].family
    taken_up = frame.definite or any(p.head in words("pact") and p.definite for p in (*frame.who, *frame.whom))
    by_its_day = frame.form == "noun" and any(tie.kind == "own" for tie in frame.ties)  # "the truce of Aug. 31"
    if not who and taken_up and not by_its_day:
        who = names.told.pact(family)
    names.told.remember_pact(family, who)
    return who, ()


def _deeds_only(mentions: Sequence[ActorMention]) -> Parties:
    """Without those that report: monitors, agencies, newspapers."""
    return tuple(mention for mention in mentions if not mention.actor.speaker)


def _civilians(phrase: Phrase) -> ActorMention:
    """People who flee or return are civilians unless the words say otherwise."""
    return ActorMention(phrase.start, phrase.end, phrase.head, Actor("civilians", "group"), "generic")


def _noun_parties(row: Trigger, frame: Frame, names: Names, who: Parties) -> tuple[Parties, Parties]:
    by = _by_prep(row.who_prep, frame, names)
    modifier = names.within(frame.left, frame.start)
    who = merged(who, by) or unique(modifier)
    subjected = frame.governor in {"subjected", "subjecting"}
    if frame.relation == "oblique":
        light = subjected or row.type == "talks"
    else:
        light = frame.governor in {*words("light"), *row.governors} and frame.relation in {"object", "passive"}
    if (not who and light) or (row.parties and light):
        who = merged(_named(frame.governor_who, frame, names, acting=True), who)
    if row.governors and not row.parties:
        who = by
    if row.of_agent:
        who = who or _by_prep(("of",), frame, names)
    whom = _by_prep(row.whom_prep, frame, names)
    violent = kinds()[row.type].group in {"violence", "control"}
    if not whom and violent and (frame.relation == "subject" or subjected):
        whom = _named(frame.governor_whom, frame, names)
    return who, whom


def _named(phrases: Sequence[Phrase], frame: Frame, names: Names, acting: bool = False) -> Parties:
    found: Parties = ()
    for phrase in phrases:
        meant = names.of(phrase, frame.speaker, acting=acting)
        names.told.remember(phrase.head, meant, acting and not (phrase.pronoun and not meant))
        found = merged(found, meant)
    return found


def _by_prep(preps: Sequence[str], frame: Frame, names: Names) -> Parties:
    return merged(*(names.of(phrase, frame.speaker) for phrase in frame.obliques if phrase.prep in preps))


def merged(*groups: Sequence[ActorMention]) -> Parties:
    """The mentions of all groups, one for each actor, in order."""
    return unique(mention for group in groups for mention in group)


# --- classes of phrases ----------------------------------------------------------------------------


def fits(wanted: Sequence[str], phrases: Sequence[Phrase], names: Names, speaker: Phrase | None = None) -> bool:
    """Whether one of the phrases is of one of the classes `wanted` (see `is_of`)."""
    return any(is_of(term, phrase, names, speaker) for phrase in phrases for term in wanted)


def is_of(term: str, phrase: Phrase, names: Names, speaker: Phrase | None) -> bool:
    """Whether `phrase` is of the class `term` (`@actor`, `@state`, `@place`, `@LIST`) or has that head word."""
    if not term.startswith("@"):
        return phrase.head == term
    if term == "@actor":
        return bool(names.of(phrase, speaker, acting=True))
    if term == "@state":
        return any(mention.actor.kind in {"state", "body"} for mention in names.of(phrase, speaker, acting=True))
    if term == "@proper":  # a name that is no party's: a village that no gazetteer has
        return phrase.proper and phrase.head not in words("no_party") and not names.within(phrase.start, phrase.end)
    if term == "@place":
        return any(place.end >= phrase.head_start for place in names.where(phrase.start, phrase.end)) or (
            phrase.head in words("territory") and bool(names.where(phrase.start, phrase.reach))
        )
    if term == "@operation":  # "Operation Iron Fist"
        return bool(_OPERATION.search(names.text, phrase.start, phrase.end))
    if term == "@chemical":
        return names.text[phrase.start : phrase.end].lower().endswith(tuple(words("chemical")))
    listed = words({"@force": "forces"}.get(term, term[1:]))
    if phrase.head in listed or (phrase.head in words("counting") and _counted(phrase, names) in listed):
        return True
    return term == "@people" and (
        phrase.head[:1].isdigit()
        or any(mention.actor.kind == "group" for mention in names.within(phrase.start, phrase.reach))
    )


_OPERATION = re.compile(r"\bOperation [A-Z]")
_COUNTED = re.compile(r"\bof\s(?:[\w'.-]+\s){0,4}?([a-z][\w-]*)$")


def _counted(phrase: Phrase, names: Names) -> str:
    """What a counting word counts: "jets" in "one of its Su-25 jets", "peacekeepers" in "hundreds of peacekeepers"."""
    found = _COUNTED.search(names.text[phrase.start : phrase.reach])
    return found[1] if found else ""
