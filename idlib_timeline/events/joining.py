"""Several triggers of a sentence, one event; one trigger with several days, several events."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import Frame, Tie, TimeExpression
from .roles import merged
from .telling import HAPPENS_TO, MEANS, OTHER, Telling
from .triggers import words

_DATES = frozenset(("own", "clause"))  # ties of what is absorbed, that date the whole
_OF = 40  # characters from a noun to what it is of
_GAP = 80  # characters between two dates of one verb
_GAPPED = re.compile(r"\s*(?:[,;]|and\b)")  # what goes on without a verb of its own


def settled(found: Sequence[Telling]) -> tuple[Telling, ...]:
    """The tellings of a sentence, those that tell one event made one."""
    kept = [telling for telling in found if telling.row is not OTHER or not _carried_by_another(telling, found)]
    cited = {mention.actor.name for telling in kept if telling.row.roles == "cited" for mention in telling.who}
    kept = [t for t in kept if t.word != "saying" or not cited & {m.actor.name for m in t.who}]  # "was cited as saying"
    for verb in [telling for telling in found if telling.frame.form == "verb"]:
        for noun in [telling for telling in found if telling.frame.form == "noun"]:
            if verb not in kept or noun not in kept:
                continue
            if noun.row.speech and not verb.row.speech:
                continue  # "an ultimatum to halt the raids": what is asked for is another event
            if noun.frame.governor_start == verb.frame.start or _tells_subject(verb, noun):
                kept = _settle(kept, verb, noun)
    for part in list(kept):
        whole = next((t for t in kept if t.family in HAPPENS_TO and _is_of(part, t)), None)
        if whole is not None and part in kept and part.family in HAPPENS_TO:
            kept = _absorb(kept, part, whole)
    for later in list(kept):
        if later.row.consequence and later in kept:
            kept = _as_consequence(kept, later)
        elif later.family == "statement" and later in kept and _states_purpose(later):
            kept = _as_purpose(kept, later)
    return tuple(kept)


def _is_of(part: Telling, whole: Telling) -> bool:
    """ "A campaign of air strikes": the strikes say what the campaign was."""
    apart = part.frame.start - whole.frame.end
    return part.frame.form == whole.frame.form == "noun" and part.frame.of == whole.word and 0 < apart < _OF


def _states_purpose(telling: Telling) -> bool:
    """Whether it hangs on what is told before it: "to demand", "calling for"; without a day of its own."""
    hangs = telling.frame.status == "hypothetical" or telling.word.endswith("ing")
    return hangs and not any(tie.kind == "own" for tie in telling.frame.ties)


def _as_purpose(kept: list[Telling], later: Telling) -> list[Telling]:
    """ "Rallied to demand that the minister go": what a protest is for belongs to it."""
    for protest in kept:
        inside = protest.frame.clause[0] <= later.frame.start < protest.frame.clause[1]
        if protest.family == "protest" and protest.frame.start < later.frame.start and inside:
            return _absorb(kept, protest, later)
    return kept


def _carried_by_another(other: Telling, found: Sequence[Telling]) -> bool:
    """Whether an unknown verb only carries what a known trigger tells: the same date, or its speaker's own words."""
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
        elif any(tie.start in dates and tie.kind in {"own", "clause", "shared"} for tie in telling.frame.ties) and (
            telling.frame.governor_start == other.frame.start
            or _dates_within(telling, dates)
            or other.word in words("light")
            or other.word in words("occur")
        ):
            return True  # "began shelling on Monday", "a strike flattened it on Monday"
    return False


def _dates_within(noun: Telling, dates: set[int]) -> bool:
    """Whether a noun inside another phrase has the day: "verified the deaths in the raid on 4 May"."""
    own = any(tie.kind == "own" and tie.start in dates for tie in noun.frame.ties)
    return noun.frame.form == "noun" and not noun.frame.governor and own


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
        if set(re.findall(r"\w+", between.lower())) <= {"and", "or", "on", "in", "the", "then", "again"}:
            last = later  # "on Monday and Tuesday": one span of days, dated as such
            continue
        if not apart or other_verb or len(between) > _GAP or not _GAPPED.match(between):
            return
        start = last.end + len(between) - len(between.lstrip(" ,;"))
        ties = (Tie(later.start, "own", 0),)
        frame = telling.frame._replace(
            ties=ties, clause=(start, later.end), obliques=(), whom=(), speaker=telling.frame.speaker
        )
        yield replace(telling, frame=frame, whom=(), also=(), again=later.start)
        last = later


def _tells_subject(verb: Telling, noun: Telling) -> bool:
    return any(phrase.start <= noun.frame.start < phrase.reach for phrase in verb.frame.who)


def _settle(kept: list[Telling], verb: Telling, noun: Telling) -> list[Telling]:
    """A verb and the event noun it governs tell one event: which of the two is it?"""
    if noun.family in HAPPENS_TO and verb.family in {"strike", "casualties", "displacement"}:
        dated = any(tie.kind == "own" for tie in noun.frame.ties)
        means = noun.frame.relation == "oblique" and noun.frame.prep in MEANS
        if noun.frame.definite and not dated and verb.row.consequence:
            return _absorb(kept, verb, noun)  # "twelve died in the raid": the raid was told before, the dead were not
        if noun.frame.relation in {"subject", "agent"} or dated or means or _tells_subject(verb, noun):
            return _absorb(kept, noun, verb)
        return _absorb(kept, verb, noun)
    if (
        noun.type == "aid"
        and noun.frame.relation == "subject"
        and verb.type in {"deployment", "offensive", "territory"}
    ):
        return _absorb(kept, noun, verb, whom=False)  # "an aid convoy entered Aden": no troops
    if verb.row.type == "statement" or verb.row.carrier:
        return _absorb(kept, noun, verb, whom=False)
    if verb.row.speech or verb.type in {"ceasefire", "ceasefire_violation"}:
        dated = any(tie.kind == "own" for tie in noun.frame.ties)  # "a truce of Jan. 12 had collapsed": two events
        if verb.row.speech and dated and noun.family in HAPPENS_TO:
            return kept  # "the blast of 2 May was condemned": two events
        if noun.frame.relation == "oblique" or (
            verb.type == "ceasefire_violation" and (noun.family in HAPPENS_TO or dated)
        ):
            return kept
        return _absorb(kept, verb, noun, whom=False)
    if verb.type == "agreement" and noun.type in {"agreement", "talks", "ceasefire"}:
        if noun.type == "ceasefire" and (noun.frame.who or noun.frame.relation == "subject"):
            return kept
        return _absorb(kept, verb, noun, whom=False)
    return kept


def _absorb(kept: list[Telling], winner: Telling, loser: Telling, whom: bool = True) -> list[Telling]:
    """`kept` with the loser gone over to the winner; `whom` when both tell the deed, not one the other's object."""
    who, targets = winner.who, merged(winner.whom, loser.whom) if whom else winner.whom
    if winner.row.parties and not loser.row.speech and winner.type != "ceasefire_violation":
        who = merged(winner.who, loser.who)
    elif not whom and not winner.who and winner.type == "ceasefire_violation":
        targets = merged(targets, loser.who)  # the parties of a deal that broke down; who broke it is not told
    elif not whom:
        who = winner.who or loser.who
    ties = {tie.start for tie in winner.frame.ties}
    dates = tuple(
        tie._replace(kind="clause") for tie in loser.frame.ties if tie.start not in ties and tie.kind in _DATES
    )
    frame = winner.frame._replace(ties=(*winner.frame.ties, *dates))
    solid = winner.solid or loser.solid
    joint = replace(winner, frame=frame, who=who, whom=targets, also=(*winner.also, loser.frame), solid=solid)
    return [joint if telling is winner else telling for telling in kept if telling is not loser]


def _as_consequence(kept: list[Telling], later: Telling) -> list[Telling]:
    """ "..., killing 12": who was hit and how many belong to the attack told in the same breath."""
    attacks = [t for t in kept if t is not later and t.family in HAPPENS_TO and not t.row.lasting]
    for earlier in reversed(attacks):
        if earlier.frame.start > later.frame.start:
            continue
        by_subject = any(phrase.start <= earlier.frame.start < phrase.reach for phrase in later.frame.who)
        if by_subject or (later.word.endswith("ing") and _follows_from(earlier, later)):
            return _absorb(kept, earlier, later)
    if len(attacks) == 1 and not attacks[0].row.consequence and _same_day(attacks[0], later):
        return _absorb(kept, attacks[0], later)  # "three were killed and 12 wounded in Monday's air strike"
    return kept


def _same_day(attack: Telling, later: Telling) -> bool:
    """Whether nothing tells a day of its own for one of them, or the same words do for both."""
    days = {tie.start for tie in attack.frame.ties}
    means = attack.frame.relation == "oblique" and attack.frame.prep in MEANS  # "... and 12 injured in an air strike"
    undated = not days and means
    return attack.frame.form == "noun" and (undated or all(tie.start in days for tie in later.frame.ties))


def _follows_from(earlier: Telling, later: Telling) -> bool:
    return (
        any(tie.kind == "shared" for tie in later.frame.ties)
        or not later.frame.ties
        or (earlier.frame.clause[0] <= later.frame.start < earlier.frame.clause[1])
    )
