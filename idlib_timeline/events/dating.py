"""Which time expression dates an event, and the day it gives."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..interval import UNKNOWN, DateInterval, parse_edtf
from ..model import Clock, EventMention, Frame, Publication, Tie, TimeExpression

_ORDER = {"own": 0, "measure": 1, "clause": 2, "shared": 3}
_STARTS = {"ceasefire", "deployment", "offensive", "sanctions", "withdrawal", "aid", "return", "siege", "territory"}

_NEAR = 3  # sentences: what "had" looks back from was told as lately
_TOLLS = {"casualties", "killing"}
_DEADLY = {"strike", "battle", "shootdown"}
_FRESH = dt.timedelta(days=31)  # what happened longer ago was itself looked back on, and is no "now" to look back from
_SPOKEN = {"statement", "accusation", "threat", "demand", "denial", "endorsement", "agreement", "talks"}


@dataclass(frozen=True, slots=True)
class Dated:
    """An event's day with what gave it; `own` tells whether the words date this event itself.

    `deed` is the attack told before whose toll it is.
    """

    interval: DateInterval = UNKNOWN
    clock: Clock | None = None
    expression: str = ""
    anchor: str = ""
    rule: str = ""
    steps: tuple[str, ...] = ()
    own: bool = False
    ongoing: bool = False
    deed: EventMention | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """An event told before in the same article, that later words may count from.

    `interval` is the event's day, or for what was only announced, the day of the announcement; `sentence` where it was
    told; `worded` whether words of its own date it; `mention` the event itself.
    """

    family: str
    words: str
    interval: DateInterval
    sentence: int = -1
    worded: bool = False
    mention: EventMention | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """What dating needs to know of a sentence: the prose, its expressions by start offset, the article's publication.

    `anchor` is the event that the sentence names as its measure ("the pact came on the same day"), `told` are those
    told before, `sentence` is the sentence's index; `lead` marks the one that opens the article without a date: its
    news is of the publication day or the day before.
    """

    text: str
    times: Mapping[int, TimeExpression]
    publication: Publication
    anchor: Anchor | None = None
    told: Sequence[Anchor] = ()
    sentence: int = 0
    lead: bool = False


def date(frame: Frame, type_: str, scene: Scene) -> Dated:
    """The day of the event that `frame` tells."""
    dated = _by_words(frame, type_, scene)
    if type_ in _TOLLS and not dated.own and frame.status == "happened" and frame.tense == "past":
        near = (anchor for anchor in reversed(scene.told) if anchor.sentence >= scene.sentence - 1 and anchor.worded)
        deed = next((anchor for anchor in near if anchor.family in _DEADLY), None)
        if deed and not frame.embedded:
            step = f"it tells what became of people right after '{deed.words}', {deed.interval}"
            return Dated(deed.interval, None, "", deed.words, "told-with", (step,), deed=deed.mention)
    return dated


def _by_words(frame: Frame, type_: str, scene: Scene) -> Dated:
    known = scene.publication.date.known
    usable = [tie for tie in frame.ties if _usable(scene.times[tie.start], type_, frame, known)]
    if frame.status == "happened" and type_ not in _STARTS:
        usable = [tie for tie in usable if tie.kind == "own" or not _to_come(scene.times[tie.start], scene.publication)]
    occasion = type_ == "talks" and frame.prep in {"at", "during"}  # "are to see each other in May at a summit"
    served = frame.relation in {"object", "passive", "subject"} or occasion
    if frame.form == "noun" and frame.status != "happened" and not served:
        usable = [tie for tie in usable if tie.kind == "own"]  # the clause's day is not that of an attack only feared
    usable = [
        t for t in usable if t.kind != "shared" or not scene.times[t.start].text.lower().endswith(("after", "before"))
    ]
    if frame.status == "planned":  # "agreed on Monday to leave": the leaving is not of that Monday
        usable = [t for t in usable if t.kind != "shared" or not _gone(scene.times[t.start], scene.publication)]
    if frame.status in {"denied", "hypothetical"}:  # what did not happen has no day but its own
        usable = [tie for tie in usable if tie.kind != "shared"]
    best = sorted(
        (tie for tie in usable if tie.kind in _ORDER),
        key=lambda tie: (_ORDER[tie.kind], _vague(scene.times[tie.start]), tie.distance),
    )
    for rank in range(len(best)):
        dated = _from_words(frame, best[rank:], scene)
        if dated.interval.known or dated.interval.partial:
            return _to_the_day(dated, scene)
    if best and not scene.publication.date.known:  # "on Tuesday", in an article of an unknown day: the words are kept
        return _from_words(frame, best, scene)
    bounds = (_bound(tie, scene.times[tie.start], frame, scene.publication) for tie in usable)
    return next((bound for bound in bounds if bound), None) or _undated(frame, scene)


_AGO = ("ago", "last year", "last month")
_A_MONTH = 28  # days


def _to_the_day(dated: Dated, scene: Scene) -> Dated:
    """What happened "a year ago" happened on the day of that year which the sentence names in full, if it names one."""
    if not dated.expression.lower().endswith(_AGO) or (dated.interval.days or 0) < _A_MONTH:
        return dated
    named = {time.interval: time for time in scene.times.values() if time.anchor == "explicit"}
    days = [day for day in named if (day.days or _A_MONTH) <= _DAYS and dated.interval.contains(day)]
    if len(days) != 1:
        return dated
    text = named[days[0]].text
    step = f"the sentence names a day in that time: '{text}', {days[0]}"
    return replace(dated, interval=days[0], expression=f"{dated.expression} ... {text}", steps=(*dated.steps, step))


_DAYS = 3


def _gone(expression: TimeExpression, publication: Publication) -> bool:
    """Whether the words name days before the article."""
    last, published = expression.interval.latest, publication.date.earliest
    return last is not None and published is not None and last < published


def _vague(expression: TimeExpression) -> int:
    """A date before what is counted from another event, and that before how long it lasted."""
    return 2 if expression.type == "DURATION" and expression.shift is None else int(expression.shift is not None)


def _to_come(expression: TimeExpression, publication: Publication) -> bool:
    """Whether the words name a day after the article: what has happened is not of that day."""
    first, published = expression.interval.earliest, publication.date.latest
    return first is not None and published is not None and first > published


def _usable(expression: TimeExpression, type_: str, frame: Frame, known: bool) -> bool:
    if expression.shift is not None:
        return True
    if expression.type == "SET" or (expression.type == "DURATION" and not expression.interval.known):
        return False
    if expression.value == "PAST_REF" and not expression.interval.known:
        return False
    if not (expression.interval.known or expression.interval.partial or not known):
        return False
    if expression.value in {"PRESENT_REF", "FUTURE_REF"}:
        return False
    if frame.status == "planned" or type_ in _STARTS:
        return True
    if expression.role == "from":
        return type_ not in _SPOKEN  # "agreed on a truce from Monday": the truce begins then, the agreeing does not
    return not (expression.ahead and expression.role == "until")


def _from_words(frame: Frame, ties: Sequence[Tie], scene: Scene) -> Dated:
    """The day that the best of `ties` gives, narrowed by others of the same rank."""
    first = scene.times[ties[0].start]
    interval, counted_from, steps = first.interval, first.anchor, list(first.steps)
    since = first.role == "since"
    qualified = (
        frame.form == "noun" or frame.tense == "past"
    )  # "since the 2003 invasion", "since Sunday, when they came"
    if since and qualified and first.end <= frame.start and first.interval.earliest:
        interval, since = _named_after(first), False
    if first.shift is not None:
        interval, counted_from, steps = _counted(frame, first, ties[0].kind == "measure", scene)
    elif (turned := _turned(frame, first, scene)) is not None:
        interval, why = turned
        steps.append(why)
    text = first.text
    for tie in ties[1:]:
        other = scene.times[tie.start]
        if tie.kind != ties[0].kind or other.shift is not None:
            continue
        if other.role == "until" and other.interval.earliest == interval.earliest and other.interval.contains(interval):
            interval, text = other.interval, f"{text} ... {other.text}"  # "between 12 and 25 December"
            steps.append(f"'{other.text}' ends the span: {interval}")
            continue
        joined = _join(interval, other.interval, _coordinated(first, other, scene.text))
        if joined is not None and joined != interval:
            interval = joined
            text = f"{text} ... {other.text}" if other.start > first.end else f"{other.text} ... {text}"
            steps.append(f"'{other.text}' belongs to it: {joined}")
    interval, steps = _by_role(first, interval, steps)
    clock = next((scene.times[t.start].clock for t in ties if scene.times[t.start].clock is not None), None)
    return Dated(interval, clock, text, counted_from, first.rule, tuple(steps), True, since)


def _turned(frame: Frame, expression: TimeExpression, scene: Scene) -> tuple[DateInterval, str] | None:
    """The other reading of a date without its year or week, when the clause's own verb looks the other way."""
    other, published = expression.turned, scene.publication.day
    first, last = expression.interval.earliest, expression.interval.latest
    if published is None or first is None or last is None or not other.closed or expression.role == "since":
        return None
    done = frame.status == "happened" and frame.tense in {"past", "pluperfect", "perfect"}
    coming = frame.status == "planned" and frame.tense in {"future", "present"}
    if done and first > published and expression.role != "from" and (other.latest or first) <= published:
        return other, f"but the clause tells what has happened, so it is {other}"
    if coming and last < published and (other.earliest or last) >= published:
        return other, f"but the clause tells what is to come, so it is {other}"
    return None


def _named_after(expression: TimeExpression) -> DateInterval:
    """The days the words alone name, without what "since" makes of them."""
    try:
        return parse_edtf(expression.value)
    except ValueError:
        return expression.interval


def _counted(
    frame: Frame, expression: TimeExpression, measured: bool, scene: Scene
) -> tuple[DateInterval, str, list[str]]:
    """Counting from another event: the one the sentence names, the dated clause beside it, or what was told before."""
    assert expression.shift is not None
    words, origin = "", UNKNOWN
    if scene.anchor is not None:
        words, origin = scene.anchor.words, scene.anchor.interval
    else:
        for tie in frame.ties:
            beside = scene.times[tie.start]
            if (
                tie.kind in {"after", "before", "after-that", "before-that"}
                and beside.shift is None
                and beside.interval.known
            ):
                words, origin = beside.text, beside.interval
    if measured:  # "A came a day after B": B lies a day before A
        if not words:
            return UNKNOWN, "", []
        interval = expression.shift.back(origin)
    elif words:
        interval = expression.shift.apply(origin)
    elif expression.text.lower().endswith(("after", "before")) and scene.text.startswith(",", expression.end):
        last = next((anchor for anchor in reversed(scene.told) if anchor.worded), None)  # "two days before, he refused"
        if last is None or last.sentence < scene.sentence - 1:
            return UNKNOWN, "", []
        words, origin = last.words, last.interval
        interval = expression.shift.apply(origin)
    elif expression.text.lower().endswith(("after", "before")):
        return UNKNOWN, "", []  # it counts from the clause that follows, whose day is not told
    else:
        return expression.interval, expression.anchor, list(expression.steps)
    return interval, words, [f"'{expression.text}' counts from '{words}', which is of {origin}", f"so it is {interval}"]


def _coordinated(one: TimeExpression, other: TimeExpression, text: str) -> bool:
    """Whether "and" or a comma alone stands between two expressions ("on Monday and Tuesday")."""
    first, second = sorted((one, other), key=lambda expression: expression.start)
    between = text[first.end : second.start].lower().replace(",", " ").split()
    return set(between) <= {"and", "or", "on", "in", "the", "then", "again"} and bool({"and", "or"} & set(between))


def _join(one: DateInterval, other: DateInterval, beside: bool) -> DateInterval | None:
    """Two expressions on one event: their common days, or, coordinated beside each other, the days of both."""
    if not (one.closed and other.closed):
        return None
    assert one.earliest
    assert one.latest
    assert other.earliest
    assert other.latest
    if beside and (one.days or 0) <= 3 and (other.days or 0) <= 3:
        return DateInterval(min(one.earliest, other.earliest), max(one.latest, other.latest), one.approximate)
    return one.intersect(other)


def _by_role(expression: TimeExpression, interval: DateInterval, steps: list[str]) -> tuple[DateInterval, list[str]]:
    if expression.role == "from" and expression.ahead and interval.earliest:
        return DateInterval(interval.earliest, None), [
            *steps,
            f"it starts then and no end is told: {interval.earliest}/..",
        ]
    return interval, steps


def _bound(tie: Tie, expression: TimeExpression, frame: Frame, publication: Publication) -> Dated | None:
    """What the date of another clause still tells: not later, or not earlier, than that."""
    interval = expression.interval
    words = (expression.text, expression.anchor, expression.rule)
    if tie.kind in {"said", "after", "before-that"} and interval.latest:
        if frame.status == "planned":
            ahead = DateInterval(interval.earliest, None)
            return Dated(ahead, None, *words, (*expression.steps, f"announced then, so not before: {ahead}"))
        if frame.status == "hypothetical":
            return None
        before = DateInterval(None, interval.latest)
        why = "told as past by what was said then" if tie.kind == "said" else "it came before that"
        return Dated(before, None, *words, (*expression.steps, f"{why}: not later than {interval.latest}"))
    if tie.kind in {"before", "after-that"} and interval.earliest and frame.status == "happened":
        end = publication.date.latest
        later = DateInterval(interval.earliest, end if end and end >= interval.earliest else None)
        return Dated(later, None, *words, (*expression.steps, f"it came after that: not before {interval.earliest}"))
    return None


_LOOSE = 32  # days: an article that appeared some time in them has no news of a day


def news(publication: Publication) -> DateInterval:
    """The days that the news of an article is of: its own day or the day before; unknown when its day is."""
    published = publication.date
    if published.earliest is None or (published.days or _LOOSE) >= _LOOSE:
        return UNKNOWN
    return DateInterval(published.earliest - dt.timedelta(days=1), published.latest, True)


def _undated(frame: Frame, scene: Scene) -> Dated:
    """What can be known of an event without a date of its own: not later than what it is told behind, or news."""
    publication, lead = scene.publication, scene.lead
    published = publication.date
    if not published.closed:
        if lead and frame.status == "happened" and frame.tense in {"perfect", "past"}:
            return Dated(rule="lead-news")  # the day is its article's, once that is known
        return Dated()
    assert published.earliest
    assert published.latest
    anchor = "publication"
    if frame.status in {"planned", "hypothetical"}:
        if frame.status == "hypothetical":
            return Dated()
        ahead = DateInterval(published.earliest, None)
        return Dated(
            ahead,
            None,
            "",
            anchor,
            "planned-undated",
            (f"planned, with no day told: after the article of {published}",),
        )
    recent = news(publication)
    if lead and frame.tense in {"perfect", "past"} and recent.known:
        step = "the article opens with it as news and names no day: its own day or the day before"
        return Dated(recent, None, "", anchor, "lead-news", (f"the article appeared on {published}", step))
    near = (anchor for anchor in reversed(scene.told) if anchor.sentence >= scene.sentence - _NEAR and anchor.worded)
    before = next(near, None)
    now = before.interval.latest if before else None
    if frame.tense == "pluperfect" and before and now and published.latest - _FRESH <= now < published.latest:
        past = DateInterval(None, now)
        step = f"told as already past ('had') beside '{before.words}', {before.interval}: not later"
        return Dated(past, None, "", before.words, "told-before", (step,))
    past = DateInterval(None, published.latest)
    return Dated(
        past, None, "", anchor, "told-past", (f"told as past in the article of {published}, with no day: not later",)
    )
