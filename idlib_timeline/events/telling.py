"""Which triggers of a sentence tell an event of their own, and which only belong to another's telling."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import Actor, ActorMention, Frame, Phrase, Tie, TimeExpression
from .parties import Names
from .triggers import Trigger, kinds, means, rows, words

_HAPPENS_TO = {"strike", "battle", "offensive", "shootdown", "siege"}
_GAP = 80  # characters between two dates of one verb
_GAPPED = re.compile(r"\s*(?:[,;]|and\b)")  # what goes on without a verb of its own
_FOLLOW = {"follows", "followed", "preceded", "attended", "hosted"}
_AGENTLESS = {"ceasefire", "bombing", "protest", "battle", "coup", "election"}
_AGAINST_STATES = {"strike", "offensive", "battle", "sanctions"}
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
    for frame in frames:
        if not any(
            telling.frame.start == frame.start for telling in found
        ):  # a noun's second frame, if the first told nothing
            found += _tell(text, frame, names)
    return tuple(_pruned(found))


def _tell(text: str, frame: Frame, names: Names) -> Iterator[Telling]:
    word = " ".join(text[frame.start : frame.end].lower().split())
    for row in rows(word):
        if row.form == frame.form and _accepts(row, frame, word, names, text):
            who, whom = _parties(row, frame, names)
            if row.paired and len(who) + len(whom) < 2 and not _fits(("@leaders",), frame.who, names):
                break
            yield Telling(row, frame, _type(row, frame, text, word), who, whom, word, solid=_solid(row, frame, names))
            return
    if frame.form == "verb" and any(tie.kind == "own" for tie in frame.ties):
        who, whom = _parties(OTHER, frame, names)
        yield Telling(OTHER, frame, OTHER.type, who, whom, word, solid=_solid(OTHER, frame, names))
        return
    for phrase in frame.who:
        names.told.remember(phrase.head, names.of(phrase, frame.speaker, acting=True), not phrase.pronoun)


def _accepts(row: Trigger, frame: Frame, word: str, names: Names, text: str) -> bool:
    if row.form == "noun":
        return _noun_tells(row, frame, names, text)
    if word in row.strict and frame.particle not in row.strict[word]:
        return False
    if word in row.prepositions and not any(phrase.prep in row.prepositions[word] for phrase in frame.obliques):
        return False
    if row.unless_objects and _fits(row.unless_objects, frame.whom, names):
        return False
    if row.complement or row.oblique:
        complement = bool(frame.complement) and frame.complement in row.complement
        if not (complement or _oblique_fits(row, frame, names)) and not (
            row.objects and _fits(row.objects, frame.whom, names)
        ):
            return False
        return not row.subjects or _fits(row.subjects, (*frame.who, *frame.whom), names)
    subject = not row.subjects or _fits(row.subjects, frame.who, names, frame.speaker)
    if (
        frame.passive and not frame.who and not row.either
    ):  # "was halted": what it befell must be of the kind that does it
        subject = bool(row.objects) or not row.subjects or _fits(row.subjects, frame.whom, names)
    target = not row.objects or _fits(row.objects, frame.whom, names)
    if row.either:
        return bool(row.subjects and _fits(row.subjects, frame.who, names, frame.speaker) and not frame.whom) or _fits(
            row.objects, frame.whom, names
        )
    return subject and target


def _solid(row: Trigger, frame: Frame, names: Names) -> bool:
    """What the words themselves tie to a war: people hit, land taken, a truce or a known operation that the text takes up."""
    family = kinds()[row.type].family
    if row.form == "noun":
        begun = family in {"battle", "offensive"} and frame.governor in words("occur")
        known = frame.definite or begun or _fits(("@people",), frame.governor_whom, names)
        return family in _HAPPENS_TO | _PACTS and known
    if {"@pact", "@force"} & {*row.objects, *row.subjects}:
        return True
    if row is OTHER:
        return any(phrase.head in words("forces") for phrase in (*frame.whom, *frame.who))
    counted = any(phrase.head in words("people") for phrase in (*frame.whom, *frame.who))
    return counted or (family == "territory" and any(phrase.head in words("territory") for phrase in frame.whom))


def _oblique_fits(row: Trigger, frame: Frame, names: Names) -> bool:
    return any(
        phrase.prep == prep and _fits((wanted,), (phrase,), names)
        for prep, wanted in row.oblique
        for phrase in frame.obliques
    )


def _fits(wanted: Sequence[str], phrases: Sequence[Phrase], names: Names, speaker: Phrase | None = None) -> bool:
    return any(_is(term, phrase, names, speaker) for phrase in phrases for term in wanted)


def _is(term: str, phrase: Phrase, names: Names, speaker: Phrase | None) -> bool:
    """Whether `phrase` is of the class `term` (`@actor`, `@place`, `@LIST`) or has that head word."""
    if not term.startswith("@"):
        return phrase.head == term
    if term == "@actor":
        return bool(names.of(phrase, speaker, acting=True))
    if term == "@place":
        return any(place.end >= phrase.head_start for place in names.where(phrase.start, phrase.end)) or (
            phrase.head in words("territory") and bool(names.where(phrase.start, phrase.reach))
        )
    listed = words({"@force": "forces"}.get(term, term[1:]))
    if phrase.head in listed:
        return True
    return term == "@people" and (
        phrase.head[:1].isdigit()
        or any(mention.actor.kind == "group" for mention in names.within(phrase.start, phrase.reach))
    )


def _noun_tells(row: Trigger, frame: Frame, names: Names, text: str) -> bool:
    """A noun tells an event when a verb says that it happened, or its own date or doer does; else it is a topic."""
    governor, relation = frame.governor, frame.relation
    if row.governors:
        return governor in row.governors
    if set(row.unless_modifiers) & set(frame.modifiers):
        return False
    if frame.of and frame.of not in words("counting"):
        return row.type == "ceasefire" and frame.of in words("breach_noun") and bool(frame.ties)
    if governor in words("spoken") and (relation != "oblique" or frame.prep in {"about", "of", "on", "over"}):
        return False
    kinds_of_tie = {tie.kind for tie in frame.ties}
    doer = any(names.of(phrase, recall=False) for phrase in frame.who)
    if relation in {"object", "passive"} and governor in words("light"):
        return True
    if relation == "oblique" and governor in {"subjected", "subjecting"}:
        return True
    if relation in {"subject", "passive"} and governor in words("occur"):
        return words("occur")[governor] == "do" and not (frame.definite and not kinds_of_tie)
    if relation == "object" and governor in _FOLLOW:
        return bool(kinds_of_tie) or doer
    if row.type in _ABSTRACT:
        together = any(
            phrase.prep in {"between", "with"} and names.of(phrase, recall=False) for phrase in frame.obliques
        )
        if "own" in kinds_of_tie and not frame.definite and (doer or together):
            return True
        if row.type == "talks" and relation == "oblique" and frame.prep in {"at", "during", "in"}:
            return bool(kinds_of_tie & {"own", "clause"})
        if any(tie.kind == "own" and text[frame.end : tie.start].strip() in {"of", "of the"} for tie in frame.ties):
            return True  # "the memorandum of September 17": an old deal by its day
    elif "own" in kinds_of_tie:
        return True
    if doer and kinds_of_tie & {"clause", "shared"}:
        return True
    return (
        relation in {"oblique", "subject"}
        and row.type in {"talks"}
        and bool(kinds_of_tie & {"clause"})
        and not frame.definite
    )


def _type(row: Trigger, frame: Frame, text: str, word: str) -> str:
    if row.type == "ceasefire" and frame.of in words("breach_noun"):
        return "ceasefire_violation"
    violent = row.form == "noun" and kinds()[row.type].family in {"strike", "battle", "offensive"}
    if violent and frame.governor in words("stop") and frame.relation in {"subject", "passive", "object"}:
        return "ceasefire"
    if not row.refine:
        return row.type
    beside = [token for phrase in frame.who for token in text[phrase.start : phrase.reach].lower().split()]
    beside += [phrase.head for phrase in frame.obliques if phrase.prep in {"with", "by", "using"}]
    return means((*frame.modifiers, *beside, *word.split())) or row.type


# --- roles ----------------------------------------------------------------------------------------


def _parties(row: Trigger, frame: Frame, names: Names) -> tuple[tuple[ActorMention, ...], tuple[ActorMention, ...]]:
    who = _named(frame.who, frame, names, acting=True)
    whom = _named(frame.whom, frame, names)
    if not whom and kinds()[row.type].family in _AGAINST_STATES:
        whom = tuple(mention for phrase in frame.whom for mention in names.country(phrase))
    if frame.form == "noun":
        who, whom = _noun_parties(row, frame, names, who)
    if row.roles == "patient":
        who, whom = (), _merge(who, whom)
    elif row.roles == "cited":
        who, whom = whom, ()
    elif row.roles == "fall":
        who, whom = _by_prep(("to",), frame, names), ()
    if row.whom_prep and not whom:
        whom = tuple(
            m for m in _by_prep(row.whom_prep, frame, names) if m.actor.name not in {w.actor.name for w in who}
        )
    if row.parties:
        together = _by_prep(("between", "with", "alongside", "and"), frame, names)
        who = _merge(who, whom, together) if row.type in {"agreement", "talks", "ceasefire"} else _merge(who, together)
        whom = () if row.type in {"agreement", "talks", "ceasefire"} else whom
    who, whom = _deeds_only(who), _deeds_only(whom)
    if row.type in {"displacement", "return"} and not whom:
        whom = tuple(_civilians(phrase) for phrase in (*frame.whom, *frame.who) if _is("@people", phrase, names, None))[
            :1
        ]
    family = kinds()[row.type].family
    if row.parties and family in _PACTS:
        pact = any(phrase.head in words("pact") and phrase.definite for phrase in (*frame.who, *frame.whom))
        by_its_day = frame.form == "noun" and any(
            tie.kind == "own" for tie in frame.ties
        )  # "the truce of Aug. 31": any truce
        if not who and (pact or frame.definite) and not by_its_day:
            who = names.told.pact(family)
        names.told.remember_pact(family, who)
    names.told.remember_together(who, whom)
    return who, whom


def _deeds_only(mentions: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """Without those that report: monitors, agencies, newspapers."""
    return tuple(mention for mention in mentions if not mention.actor.speaker)


def _civilians(phrase: Phrase) -> ActorMention:
    """People who flee or return are civilians unless the words say otherwise."""
    return ActorMention(phrase.start, phrase.end, phrase.head, Actor("civilians", "group"), "generic")


def _noun_parties(
    row: Trigger, frame: Frame, names: Names, who: tuple[ActorMention, ...]
) -> tuple[tuple[ActorMention, ...], tuple[ActorMention, ...]]:
    by = tuple(m for preps in (row.who_prep,) for m in _by_prep(preps, frame, names))
    modifier = names.within(frame.left, frame.start)
    who = _merge(who, by) or _unique(modifier)
    light = frame.governor in words("light") and frame.relation in {"object", "passive"}
    light = (
        light or frame.relation == "oblique" and (frame.governor in {"subjected", "subjecting"} or row.type == "talks")
    )
    if not who and light or row.parties and light:
        who = _merge(_named(frame.governor_who, frame, names, acting=True), who)
    if row.governors:
        who = by
    if row.of_agent:
        who = who or _by_prep(("of",), frame, names)
    whom = _by_prep(row.whom_prep, frame, names)
    if not whom and (frame.relation == "subject" or frame.governor in {"subjected", "subjecting"}):
        whom = _named(frame.governor_whom, frame, names)
    return who, whom


def _named(phrases: Sequence[Phrase], frame: Frame, names: Names, acting: bool = False) -> tuple[ActorMention, ...]:
    found: tuple[ActorMention, ...] = ()
    for phrase in phrases:
        meant = names.of(phrase, frame.speaker, acting=acting)
        names.told.remember(phrase.head, meant, acting and not (phrase.pronoun and not meant))
        found = _merge(found, meant)
    return found


def _by_prep(preps: Sequence[str], frame: Frame, names: Names) -> tuple[ActorMention, ...]:
    return _merge(*(names.of(phrase, frame.speaker) for phrase in frame.obliques if phrase.prep in preps))


def _merge(*groups: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    return _unique(mention for group in groups for mention in group)


def _unique(mentions: Iterator[ActorMention] | Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    found: dict[str, ActorMention] = {}
    for mention in mentions:
        found.setdefault(mention.actor.name, mention)
    return tuple(found.values())


# --- one event, several triggers ------------------------------------------------------------------


def _pruned(found: list[Telling]) -> list[Telling]:
    kept = [telling for telling in found if telling.row is not OTHER or not _carried_by_another(telling, found)]
    for verb in [telling for telling in found if telling.frame.form == "verb"]:
        for noun in [telling for telling in found if telling.frame.form == "noun"]:
            if verb not in kept or noun not in kept:
                continue
            if noun.frame.governor_start == verb.frame.start or _tells_subject(verb, noun):
                kept = _settle(kept, verb, noun)
    for later in list(kept):
        if later.row.consequence and later in kept:
            kept = _as_consequence(kept, later)
    return kept


def _carried_by_another(other: Telling, found: Sequence[Telling]) -> bool:
    """Whether a verb unknown to the book only carries what a known trigger tells: the same date, or its speaker's own words."""
    dates = {tie.start for tie in other.frame.ties if tie.kind == "own"}
    for telling in found:
        if telling.row is OTHER:
            continue
        if telling.row.type == "statement":
            spoken = other.frame.speaker is not None and any(
                p.start == other.frame.speaker.start for p in telling.frame.who
            )
            if (
                spoken
                and other.who
                and telling.who
                and {m.actor.name for m in other.who} <= {m.actor.name for m in telling.who}
            ):
                return True
        elif any(tie.start in dates and tie.kind in {"own", "clause", "shared"} for tie in telling.frame.ties):
            return True
    return False


def gapped(telling: Telling, times: Sequence[TimeExpression], text: str, frames: Sequence[Frame]) -> Iterator[Telling]:
    """What the same verb, told once, says again with another day ("X fell on 3 May and Y on the 5th").

    The new telling hangs on the later date alone; its clause is what stands between the dates.
    """
    own = [time for time in times if any(tie.start == time.start and tie.kind == "own" for tie in telling.frame.ties)]
    if telling.frame.form != "verb" or not own or telling.frame.status not in {"happened", "planned"}:
        return
    last = min(own, key=lambda time: time.start)
    for later in (time for time in times if time.start > last.end):
        between = text[last.end : later.start]
        apart = last.interval.closed and later.interval.closed and not last.interval.overlaps(later.interval)
        other_verb = any(f.form == "verb" and f.start > last.end and f.start < later.end for f in frames)
        if not apart or other_verb or len(between) > _GAP or not _GAPPED.match(between):
            return
        start = last.end + len(between) - len(between.lstrip(" ,;"))
        ties = (Tie(later.start, "own", 0),)
        frame = replace(
            telling.frame, ties=ties, clause=(start, later.end), obliques=(), whom=(), speaker=telling.frame.speaker
        )
        yield replace(telling, frame=frame, whom=(), also=(), again=later.start)
        last = later


def _tells_subject(verb: Telling, noun: Telling) -> bool:
    return any(phrase.start <= noun.frame.start < phrase.reach for phrase in verb.frame.who)


def _settle(kept: list[Telling], verb: Telling, noun: Telling) -> list[Telling]:
    """A verb and the event noun it governs tell one event: which of the two is it?"""
    if noun.family in _HAPPENS_TO and verb.family in {"strike", "casualties", "displacement"}:
        dated = any(tie.kind == "own" for tie in noun.frame.ties)
        if noun.frame.relation in {"subject", "agent"} or dated or _tells_subject(verb, noun):
            return _absorb(kept, noun, verb)
        return _absorb(kept, verb, noun)
    if verb.row.type == "statement" or verb.row.carrier:
        return _absorb(kept, noun, verb, whom=False)
    if verb.row.speech or verb.type in {"ceasefire", "ceasefire_violation"}:
        dated = any(tie.kind == "own" for tie in noun.frame.ties)  # "a truce of Jan. 12 had collapsed": two events
        if (
            noun.frame.relation == "oblique"
            or verb.type == "ceasefire_violation"
            and (noun.family in _HAPPENS_TO or dated)
        ):
            return kept
        return _absorb(kept, verb, noun, whom=False)
    if verb.type == "agreement" and noun.type in {"agreement", "talks", "ceasefire"}:
        if noun.type == "ceasefire" and (noun.frame.who or noun.frame.relation == "subject"):
            return kept
        return _absorb(kept, verb, noun, whom=False)
    return kept


def _absorb(kept: list[Telling], winner: Telling, loser: Telling, whom: bool = True) -> list[Telling]:
    merged = replace(
        winner,
        who=_merge(winner.who, loser.who)
        if winner.row.parties and not loser.row.speech
        else winner.who or (() if whom else loser.who),
        whom=_merge(winner.whom, loser.whom) if whom else winner.whom,
        also=(*winner.also, loser.frame),
    )
    return [merged if telling is winner else telling for telling in kept if telling is not loser]


def _as_consequence(kept: list[Telling], later: Telling) -> list[Telling]:
    """ "..., killing 12": who was hit and how many belong to the attack told in the same breath."""
    attacks = [telling for telling in kept if telling is not later and telling.family in _HAPPENS_TO]
    for earlier in reversed(attacks):
        if earlier.frame.start > later.frame.start:
            continue
        by_subject = any(phrase.start <= earlier.frame.start < phrase.reach for phrase in later.frame.who)
        if by_subject or later.word.endswith("ing") and _follows_from(earlier, later):
            return _absorb(kept, earlier, later)
    if (
        not later.frame.ties
        and len(attacks) == 1
        and attacks[0].frame.form == "noun"
        and not attacks[0].row.consequence
    ):
        return _absorb(kept, attacks[0], later)  # "three were killed and 12 wounded in Monday's air strike"
    return kept


def _follows_from(earlier: Telling, later: Telling) -> bool:
    return (
        any(tie.kind == "shared" for tie in later.frame.ties)
        or not later.frame.ties
        or (earlier.frame.clause[0] <= later.frame.start < earlier.frame.clause[1])
    )
