"""Which time expression dates an event, and the day it gives."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..interval import UNKNOWN, DateInterval
from ..model import Clock, Frame, Publication, Tie, TimeExpression

_ORDER = {"own": 0, "measure": 1, "clause": 2, "shared": 3}
_STARTS = {"ceasefire", "deployment", "offensive", "sanctions", "withdrawal", "aid", "return", "siege", "territory"}


@dataclass(frozen=True, slots=True)
class Dated:
    """An event's day with what gave it; `own` tells whether the words date this event itself."""

    interval: DateInterval = UNKNOWN
    clock: Clock | None = None
    expression: str = ""
    anchor: str = ""
    rule: str = ""
    steps: tuple[str, ...] = ()
    own: bool = False
    ongoing: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """An event told before in the same article, that later words may count from.

    `interval` is the event's day, or for what was only announced, the day of the announcement.
    """

    family: str
    words: str
    interval: DateInterval


def date(
    frame: Frame,
    type_: str,
    times: Mapping[int, TimeExpression],
    publication: Publication,
    anchor: Anchor | None,
    lead: bool,
) -> Dated:
    """The day of the event that `frame` tells. `times` are the sentence's expressions by start offset.

    `anchor` is the event that the sentence names as its measure ("the agreement came on the same day"); `lead` marks the
    sentence that opens the article, whose news is of the publication day or the day before.
    """
    usable = [tie for tie in frame.ties if _usable(times[tie.start], type_, frame)]
    if frame.form == "noun" and frame.status != "happened":
        usable = [
            tie for tie in usable if tie.kind == "own"
        ]  # the clause's day is not that of an offensive it only expects
    best = sorted((tie for tie in usable if tie.kind in _ORDER), key=lambda tie: (_ORDER[tie.kind], tie.distance))
    if best:
        same = [times[tie.start] for tie in best if tie.kind == best[0].kind]
        return _from_words(frame, times[best[0].start], same, anchor, publication, best[0].kind == "measure")
    for tie in usable:
        bound = _bound(tie, times[tie.start], frame)
        if bound:
            return bound
    return _undated(frame, publication, lead)


def _usable(expression: TimeExpression, type_: str, frame: Frame) -> bool:
    if expression.shift is not None:
        return True
    if expression.type == "SET" or not (expression.interval.known or expression.interval.partial):
        return False
    if expression.type == "DURATION" and expression.anchor == "":
        return False
    if expression.value in {"PRESENT_REF", "FUTURE_REF"}:
        return False
    starts = type_ in _STARTS or frame.status == "planned"
    return starts or not (expression.ahead and expression.role in {"from", "until"})


def _from_words(
    frame: Frame,
    first: TimeExpression,
    same: Sequence[TimeExpression],
    anchor: Anchor | None,
    publication: Publication,
    measured: bool,
) -> Dated:
    expression, interval, steps = first, first.interval, list(first.steps)
    counted_from = first.anchor
    if first.shift is not None:
        backwards = measured
        shift = replace(first.shift, days=-first.shift.days) if backwards else first.shift
        if anchor is not None:
            interval, counted_from = shift.apply(anchor.interval), anchor.words
            steps = [
                f"'{first.text}' counts from '{anchor.words}', which is of {anchor.interval}",
                f"so it is {interval}",
            ]
        elif backwards:
            interval = first.interval.shift(-2 * first.shift.days)
            steps.append(f"what stands after '{first.text}' lies before it: {interval}")
    text = expression.text
    for other in same[1:]:
        joined = _join(interval, other.interval, _together(first, other))
        if joined is not None and joined != interval:
            interval = joined
            text = f"{text} ... {other.text}" if other.start > first.end else f"{other.text} ... {text}"
            steps += [f"'{other.text}' belongs to it: {joined}"]
    if not (interval.known or interval.partial):
        return Dated()
    interval, steps, ongoing = _by_role(expression, interval, steps, frame, publication)
    clock = next((other.clock for other in (first, *same) if other.clock is not None), None)
    return Dated(interval, clock, text, counted_from, first.rule, tuple(steps), True, ongoing)


def _together(first: TimeExpression, other: TimeExpression) -> bool:
    return abs(max(first.start, other.start) - min(first.end, other.end)) <= 12


def _join(one: DateInterval, other: DateInterval, beside: bool) -> DateInterval | None:
    """Two expressions on one event: their common days, or, coordinated beside each other, the days of both."""
    if not (one.closed and other.closed):
        return None
    assert one.earliest and one.latest and other.earliest and other.latest
    if beside and (one.days or 0) <= 3 and (other.days or 0) <= 3:
        return DateInterval(min(one.earliest, other.earliest), max(one.latest, other.latest), one.approximate)
    return one.intersect(other)


def _by_role(
    expression: TimeExpression, interval: DateInterval, steps: list[str], frame: Frame, publication: Publication
) -> tuple[DateInterval, list[str], bool]:
    if expression.role == "from" and expression.ahead and interval.earliest:
        steps.append(f"it starts then and no end is told: {interval.earliest}/..")
        return DateInterval(interval.earliest, None), steps, False
    return interval, steps, expression.role == "since"


def _bound(tie: Tie, expression: TimeExpression, frame: Frame) -> Dated | None:
    """What the date of another clause still tells: not later, or not earlier, than that."""
    interval = expression.interval
    words = (expression.text, expression.anchor, expression.rule)
    if tie.kind in {"said", "after"} and interval.latest:
        if frame.status == "planned":
            ahead = DateInterval(interval.earliest, None)
            return Dated(ahead, None, *words, (*expression.steps, f"announced then, so not before: {ahead}"))
        if frame.status == "hypothetical":
            return None
        before = DateInterval(None, interval.latest)
        why = "told as past by what was said then" if tie.kind == "said" else "it came before that"
        return Dated(before, None, *words, (*expression.steps, f"{why}: not later than {interval.latest}"))
    if tie.kind in {"before", "after-that"} and interval.earliest and frame.status == "happened":
        later = DateInterval(interval.earliest, None)
        return Dated(later, None, *words, (*expression.steps, f"it came after that: not before {interval.earliest}"))
    return None


def news(publication: Publication) -> DateInterval:
    """The days that the news of an article is of: its own day or the day before; unknown when its day is."""
    published = publication.date
    if published.earliest is None or published.precision != "day":
        return UNKNOWN
    return DateInterval(published.earliest - dt.timedelta(days=1), published.latest, True)


def _undated(frame: Frame, publication: Publication, lead: bool) -> Dated:
    published = publication.date
    if not published.closed:
        return Dated()
    assert published.earliest and published.latest
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
    if lead and frame.tense in {"perfect", "past"} and published.precision == "day":
        recent = news(publication)
        step = "the article opens with it as news and names no day: its own day or the day before"
        return Dated(recent, None, "", anchor, "lead-news", (f"the article appeared on {published}", step))
    past = DateInterval(None, published.latest)
    return Dated(
        past, None, "", anchor, "told-past", (f"told as past in the article of {published}, with no day: not later",)
    )
