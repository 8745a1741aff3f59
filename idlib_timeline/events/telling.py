"""Which triggers of a sentence tell an event, of what kind, and who is in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..model import ActorMention, Frame, Tie
from .parties import Names
from .roles import fits, merged, roles
from .triggers import Trigger, kinds, means, rows, words

HAPPENS_TO = {"strike", "battle", "offensive", "shootdown", "siege"}  # families of violence that befall somebody
MEANS = {"in", "by", "during"}  # "killed in an air strike": the strike is how it happened
_FOLLOW = {"follows", "followed", "preceded", "attended", "hosted"}
_NAME = 40  # characters that a party's name may go on for
_ARGUMENT = {"subject", "passive", "object"}
_PACTS = {"agreement", "talks", "ceasefire"}
_ABSTRACT = {"agreement", "talks", "sanctions", "investigation"}

# A dated deed of a named party, in a verb the book does not know: kept, in the source's words, under the kind "other".
OTHER = Trigger("other-verb", "other", "verb", (), needs="date")


@dataclass(frozen=True, slots=True)
class Telling:
    """One event as one trigger tells it, before its day is known."""

    row: Trigger
    frame: Frame
    type: str
    who: tuple[ActorMention, ...]
    whom: tuple[ActorMention, ...]
    word: str
    voice: tuple[ActorMention, ...] = ()  # who says so, as far as known where it is said
    also: tuple[Frame, ...] = ()  # triggers that told the same event beside this one
    again: int = 0  # where the later date stands, when one verb tells several days
    solid: bool = False  # an event even when no party and no place is named

    @property
    def family(self) -> str:
        """The family of its type."""
        return kinds()[self.type].family


def tellings(text: str, frames: Sequence[Frame], names: Names) -> tuple[Telling, ...]:
    """The events that the triggers of one sentence tell, in order."""
    found: list[Telling] = []
    for frame in (_taken_up(frame, text) for frame in frames):
        if frame.form == "noun" and text[frame.start].isupper() and _of_a_name(frame, names):
            continue  # "the National Liberation Front" liberates nobody
        before = next((telling for telling in found if telling.frame.start == frame.start), None)
        if before is None:  # else a noun's second frame, if the first told nothing or no day
            found += _tell(text, frame, names)
        elif any(tie.kind == "own" for tie in frame.ties) and not before.frame.ties:
            again = tuple(_tell(text, frame, names))
            found = [telling for telling in found if telling is not before or not again] + list(again)
    return tuple(_of_pact(telling, text, frames, names) for telling in found)


def _of_pact(telling: Telling, text: str, frames: Sequence[Frame], names: Names) -> Telling:
    """ "It was an accord that they signed on Monday": the parser does not see that the accord is what was signed."""
    signing = next((row for row in rows(telling.word) if row.type == "agreement" and "@pact" in row.objects), None)
    named = any(names.of(phrase, recall=False) for phrase in telling.frame.who)
    if telling.row is not OTHER or signing is None or not (telling.frame.embedded and named):
        return telling
    nouns = [f for f in frames if f.form == "noun" and f.governor_start == telling.frame.start]
    if not any(text[noun.start : noun.end].lower() in words("pact") for noun in nouns):
        return telling
    return replace(telling, row=signing, type=signing.type, who=merged(telling.who, telling.whom), whom=())


def _taken_up(frame: Frame, text: str) -> Frame:
    """A deed that the clause only takes up has the clause's day: "a panel studied the bombing of the mill on 4 May"."""
    object_ = frame.relation == "object" and frame.governor in words("retelling")
    begins = frame.relation == "oblique" and frame.prep == "with" and frame.governor in _BEGINS
    inside = not frame.governor and frame.prep in {"of", "in", "on", "into", "for"}  # "the dead of the raid on 4 May"
    if frame.form != "noun" or not frame.definite or frame.qualified or not (object_ or begins or inside):
        return frame

    def turned(tie: Tie) -> Tie:
        between = text[frame.end : tie.start]
        right_behind = 0 < len(between) < _PHRASE and not _PAUSE.search(between) and text[tie.start].isdigit()
        own = tie.kind == "clause" and (right_behind or not inside)
        return tie._replace(kind="own") if own else tie

    return frame._replace(ties=tuple(map(turned, frame.ties)))


_PHRASE = 60  # characters from a noun to the day behind its phrase
_PAUSE = re.compile(r"[,;:()\u2013\u2014]")
_BEGINS = frozenset(("began", "begun", "begin", "begins", "started", "opened", "ended"))


def _of_a_name(frame: Frame, names: Names) -> bool:
    return any(mention.start < frame.start < mention.end for mention in names.within(frame.left, frame.end + _NAME))


def _tell(text: str, frame: Frame, names: Names) -> Iterator[Telling]:
    word = " ".join(text[frame.start : frame.end].lower().split())
    for row in rows(word):
        if row.form == frame.form and _accepts(row, frame, word, names, text):
            who, whom = roles(row, frame, names)
            if row.paired and len(who) + len(whom) < 2 and not fits(("@leaders",), frame.who, names):
                break
            voice = names.of(frame.speaker) if frame.speaker else ()
            kind, solid = _type(row, frame, names, word), _solid(row, frame, names)
            yield Telling(row, frame, kind, who, whom, word, voice, solid=solid)
            return
    if frame.form == "verb" and word not in words("spoken") and any(tie.kind == "own" for tie in frame.ties):
        who, whom = roles(OTHER, frame, names)
        voice = names.of(frame.speaker) if frame.speaker else ()
        yield Telling(OTHER, frame, OTHER.type, who, whom, word, voice, solid=_solid(OTHER, frame, names))
        return
    for phrase in frame.who:
        names.told.remember(phrase.head, names.of(phrase, frame.speaker, acting=True), not phrase.pronoun)


def _accepts(row: Trigger, frame: Frame, word: str, names: Names, text: str) -> bool:
    if row.form == "noun":
        return _noun_tells(row, frame, names, text)
    if _refused(row, frame, word, names):
        return False
    if row.complement or row.oblique:
        complement = bool(frame.complement) and frame.complement in row.complement
        if not (complement or _obliquefits(row, frame, names)) and not (
            row.objects and fits(row.objects, frame.whom, names)
        ):
            return False
        return not row.subjects or fits(row.subjects, (*frame.who, *frame.whom), names)
    subject = not row.subjects or fits(row.subjects, frame.who, names, frame.speaker)
    if frame.passive and not frame.who and not row.either:  # "was halted": what it befell must be of the doers' kind
        subject = bool(row.objects) or not row.subjects or fits(row.subjects, frame.whom, names)
    target = not row.objects or fits(row.objects, frame.whom, names)
    if row.either:
        return bool(row.subjects and fits(row.subjects, frame.who, names, frame.speaker) and not frame.whom) or fits(
            row.objects, frame.whom, names
        )
    return subject and target


def _refused(row: Trigger, frame: Frame, word: str, names: Names) -> bool:
    """Whether something beside the verb shuts the row out, whoever the parties are."""
    return (
        bool(row.modal and frame.modal not in row.modal)
        or bool(row.governs and not _governs(row.governs, frame))
        or _governs(row.unless_governs, frame)
        or (word in row.strict and frame.particle not in row.strict[word])
        or (word in row.prepositions and not any(phrase.prep in row.prepositions[word] for phrase in frame.obliques))
        or bool(row.unless_objects and fits(row.unless_objects, frame.whom, names))
        or any(phrase.prep in row.unless_obliques for phrase in frame.obliques)
    )


def _governs(wanted: Sequence[str], frame: Frame) -> bool:
    """Whether the clause it governs has one of these verbs; a term opened by `@` is a word list."""
    listed = {word for term in wanted for word in (words(term[1:]) if term.startswith("@") else (term,))}
    return bool(frame.governed) and ("any" in listed or any(verb in listed for verb in frame.governed))


def _solid(row: Trigger, frame: Frame, names: Names) -> bool:
    """What the words themselves tie to a war: people hit, land taken, a truce or operation that the text takes up."""
    family = kinds()[row.type].family
    if row.form == "noun":
        begun = family in {"battle", "offensive"} and frame.governor in words("occur")
        known = frame.definite or begun or fits(("@people",), frame.governor_whom, names)
        return family in HAPPENS_TO | _PACTS and known
    if {"@pact", "@force"} & {*row.objects, *row.subjects}:
        return True
    if row is OTHER:
        return any(phrase.head in words("forces") for phrase in (*frame.whom, *frame.who))
    counted = any(phrase.head in words("people") for phrase in (*frame.whom, *frame.who))
    return counted or (family == "territory" and any(phrase.head in words("territory") for phrase in frame.whom))


def _obliquefits(row: Trigger, frame: Frame, names: Names) -> bool:
    return any(
        phrase.prep == prep and fits((wanted,), (phrase,), names)
        for prep, wanted in row.oblique
        for phrase in frame.obliques
    )


def _noun_tells(row: Trigger, frame: Frame, names: Names, text: str) -> bool:
    """A noun tells an event when a verb says that it happened, or its own date or doer does; else it is a topic."""
    if row.governors:
        return frame.governor in row.governors and (not row.parties or frame.relation in {"object", "passive"})
    if set(row.unless_modifiers) & set(frame.modifiers):
        return False
    if any(phrase.prep in row.unless_obliques for phrase in frame.obliques):
        return False
    if frame.of and frame.of not in words("counting"):
        return row.type == "ceasefire" and frame.of in words("breach_noun") and bool(frame.ties)
    if frame.governor in words("spoken") and (
        frame.relation != "oblique" or frame.prep in {"about", "of", "on", "over"}
    ):
        return False
    ties = {tie.kind for tie in frame.ties}
    doer = any(names.of(phrase, recall=False) for phrase in frame.who)
    if row.parties and row.type not in {
        *_ABSTRACT,
        "ceasefire",
    }:  # "a prisoner swap between Kenya and Somalia on Friday"
        doer = doer or any(p.prep == "between" and names.of(p, recall=False) for p in frame.obliques)
    by_verb = _by_verb(frame, bool(ties), doer)
    if by_verb is not None:
        return by_verb
    if frame.qualified and frame.governor in words("naming"):
        return False
    if row.type in _ABSTRACT:
        return _pact_by_date(row, frame, names, text, doer) or (doer and bool(ties & {"clause", "shared"}))
    return "own" in ties or (doer and bool(ties & {"clause", "shared"}))


def _by_verb(frame: Frame, dated: bool, doer: bool) -> bool | None:
    """Whether the governing verb says that the noun happened; None when it says nothing of it."""
    governor, relation = frame.governor, frame.relation
    if relation in {"object", "passive"} and governor in words("light"):
        return True
    if relation == "oblique" and governor in {"subjected", "subjecting"}:
        return True
    if (relation == "agent" or (relation == "oblique" and frame.prep in MEANS)) and governor in words("harm"):
        return True
    if relation in {"subject", "passive"} and governor in words("occur"):
        own = any(tie.kind == "own" for tie in frame.ties)
        if not words("occur")[governor] and own:
            return None  # "the blast of May 4 was the worst": its own day tells it
        return words("occur")[governor] == "do" and (dated or not frame.definite)
    if relation == "object" and governor in _FOLLOW:
        return dated or doer
    return None


def _pact_by_date(row: Trigger, frame: Frame, names: Names, text: str, doer: bool) -> bool:
    """Deals, talks and the like are mostly topics: their date counts with their parties, or as their name."""
    own = [tie for tie in frame.ties if tie.kind == "own"]
    together = any(p.prep in {"between", "with"} and names.of(p, recall=False) for p in frame.obliques)
    if own and not frame.definite and (doer or together):
        return True
    if row.type == "talks" and frame.relation == "oblique" and frame.prep in {"at", "during", "in"}:
        return any(tie.kind in {"own", "clause"} for tie in frame.ties)
    return any(text[frame.end : tie.start].strip() in {"of", "of the"} for tie in own)  # "the deal of September 17"


def _type(row: Trigger, frame: Frame, names: Names, word: str) -> str:
    if row.type == "ceasefire" and frame.of in words("breach_noun"):
        return "ceasefire_violation"
    violent = kinds()[row.type].family in {"strike", "battle", "offensive"}
    if violent and row.form == "noun" and frame.governor in words("stop") and frame.relation in _ARGUMENT:
        return "ceasefire"
    if violent and row.form == "verb" and _chemical(frame, names):
        return "chemical_attack"
    if not row.refine:
        return row.type
    doers = (*frame.who, *(frame.governor_who if frame.governor in words("light") else ()))  # "jets launched raids"
    beside = [token for phrase in doers for token in names.text[phrase.start : phrase.reach].lower().split()]
    beside += [phrase.head for phrase in frame.obliques if phrase.prep in {"with", "by", "using"}]
    return means((*frame.modifiers, *beside, *word.split())) or row.type


def _chemical(frame: Frame, names: Names) -> bool:
    """Whether what was fired or dropped is a poison, or is told to be filled with one."""
    by = [phrase for phrase in (*frame.whom, *frame.who, *frame.obliques) if phrase.prep in {"", "with", "using"}]
    return fits(("@chemical",), by, names) or bool(_load().search(names.text, *frame.clause))


@cache
def _load() -> re.Pattern[str]:
    """ "shells containing chlorine"."""
    poisons = "|".join(sorted(map(re.escape, words("chemical")), key=len, reverse=True))
    return re.compile(rf"\b(?:containing|carrying|(?:filled|loaded|laced) with) (?:{poisons})\b", re.IGNORECASE)
