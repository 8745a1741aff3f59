"""The temporal tagger: text and publication date in, time expressions with their values and calendar intervals out.

A span follows TimeBank: no leading preposition, but "late", "the", "last" and "ago" belong to it. A phrase that names
one night by two words, "overnight and in the early hours of Tuesday", is ONE expression: the day before and Tuesday.
"""

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import ModuleType
from typing import Any

from . import direction, rules
from .errors import RulebookError
from .grammar import Grammar, Guard, compile_book
from .interval import UNKNOWN, DateInterval
from .model import TimeExpression
from .narrative import is_ancient, is_narrative, landmarks, looks_back
from .reckoning import clock, counting, dates, digits, feasts, guards, namesakes, relative, seasons, spans, told
from .reckoning.story import Stand, course
from .reckoning.values import Reading, Scene, Slots, astronomical_year, before_christ, calendar_year, of_our_era
from .tape import Found, read

BOOK = "times"
STYLES = ("news", "narrative", "auto")
_ROOMS: Mapping[str, ModuleType] = {
    "clock": clock, "counting": counting, "dates": dates, "digits": digits, "feasts": feasts, "relative": relative,
    "seasons": seasons, "spans": spans, "told": told,
}  # fmt: skip
_GUARDS = {name: guard for room in (guards, namesakes) for name, guard in vars(room).items() if name[0] != "_"}
_NEAR = 200  # characters on either side in which a sentence's ends are looked for
_SENTENCE_END = re.compile(r"[.!?](?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z]{2}\.)[\"')\]\u201d]*\s+|\n\s*\n")
_ROLES = {
    "since": "since", "until": "until", "till": "until", "through": "until", "by": "until", "from": "from",
    "starting": "from", "beginning": "from", "effective": "from",
}  # fmt: skip
_ROLE = re.compile(
    r"\b(since|until|till|(?<!all )(?<!right )through|by|from|starting|beginning|effective|before|after)\s+"
    r"(?:(?:on|in|at|the|about|as early as)\s+)?$",
    re.I,
)

Function = Callable[[Slots, Scene], Reading | None]


@dataclass(frozen=True, slots=True)
class _Book:
    """The compiled rulebook with its functions."""

    grammar: Grammar
    functions: Mapping[str, Function]
    guards: Mapping[str, Guard]


@cache
def _book() -> _Book:
    book = rules.load(BOOK)
    functions: dict[str, Function] = {}
    guarding: dict[str, Guard] = {}
    for row in book.rows:
        where = f"{BOOK}.toml: row {row.name}"
        room, _, name = str(row.fields.get("value", "")).partition(".")
        function = getattr(_ROOMS.get(room), name, None)
        if function is None:
            raise RulebookError(f"{where}: no function is called {row.fields.get('value')!r}")
        functions[row.fields["value"]] = function
        if guard := row.fields.get("guard", ""):
            if guard not in _GUARDS:
                raise RulebookError(f"{where}: no guard is called {guard!r}")
            guarding[guard] = _GUARDS[guard]
    return _Book(compile_book(book), functions, guarding)


def find(
    text: str,
    published: DateInterval = UNKNOWN,
    *,
    style: str = "news",
    sentences: Sequence[tuple[int, int]] = (),
    turned: bool = False,
) -> tuple[TimeExpression, ...]:
    """The time expressions of `text`, sorted, not overlapping; offsets into `text`.

    `published` may be unknown or longer than a day: then nothing is guessed. `style`: `news` hangs incomplete dates on
    the publication date, `narrative` on the last date told, `auto` decides by the dates of the text. `sentences` are
    spans in order; without them the text is split here. `turned`: say too what an expression would mean if its clause
    looked the other way. Raises ValueError for an unknown style.
    """
    if style not in STYLES:
        raise ValueError(f"no style is called {style!r}: one of {', '.join(STYLES)}")
    book = _book()
    narrative = style == "narrative" or (style == "auto" and is_narrative(text, published))
    ancient = narrative and is_ancient(text)
    styles = ("news",) if not narrative else ("narrative", "ancient") if ancient else ("narrative",)
    found = read(text, book.grammar, book.guards, styles)
    if not found:
        return ()
    spans_of = _Sentences(text, sentences)
    today = published.earliest if published.precision == "day" else None
    scene = Scene(published, today, narrative, turned=turned, day_first=_day_first(text))
    stands = [Stand()] * len(found)
    review = not narrative and today is not None and looks_back(text, today)
    if narrative or review:
        bare = Scene(narrative=True, day_first=scene.day_first)
        stands = list(course(landmarks(found, text, lambda node: _evaluate(node, text, bare, book), spans_of.around)))
    result: list[TimeExpression] = []
    for node, stand in zip(found, stands, strict=True):
        if narrative:
            scene = scene._replace(story_year=calendar_year(stand.year) if stand.year is not None else None)
        for part, plain, there in _readings(node, text, scene, spans_of, book):
            reading = _reviewed(part, plain, there, stand, text, book) if review else plain
            expression = _expression(part, reading, there, text)
            if result:
                expression = _span_end(result[-1], expression, text)
            result.append(expression)
            scene = _told(scene, expression, reading, there, stand)
    return tuple(result)


_WITHIN = 31  # days


def find_within(
    text: str,
    published: DateInterval,
    *,
    style: str = "news",
    sentences: Sequence[tuple[int, int]] = (),
    turned: bool = False,
) -> tuple[TimeExpression, ...]:
    """`find` for a publication day that is known to lie within up to a month: what holds on whichever day it was.

    An expression means the days from the earliest to the latest that it would mean; its value stays only where it is
    the same. A longer or unknown interval is read as `find` does.
    """
    plain = find(text, published, style=style, sentences=sentences, turned=turned)
    first, count = published.earliest, published.days or 0
    if first is None or not 1 < count <= _WITHIN:
        return plain
    days = [DateInterval(day, day) for day in (first + dt.timedelta(days=number) for number in range(count))]
    readings: dict[tuple[int, int], list[TimeExpression]] = {}
    for day in days:
        for found in find(text, day, style=style, sentences=sentences, turned=turned):
            readings.setdefault((found.start, found.end), []).append(found)
    return tuple(_whichever(found, readings.get((found.start, found.end), []), published, count) for found in plain)


def _whichever(
    plain: TimeExpression, readings: Sequence[TimeExpression], published: DateInterval, count: int
) -> TimeExpression:
    """One expression as read on each possible day of publication."""
    intervals = [found.interval for found in readings]
    if len(readings) < count or plain.interval == intervals[0] or not all(found.closed for found in intervals):
        return plain
    first = min(found.earliest for found in intervals if found.earliest)
    last = max(found.latest for found in intervals if found.latest)
    hull = DateInterval(first, last, any(found.approximate for found in intervals))
    values = {found.value for found in readings}
    step = f"the article appeared within {published}, so {'on whichever day' if len(values) == 1 else 'at most'} {hull}"
    return replace(
        readings[0],
        value=readings[0].value if len(values) == 1 else plain.value,
        interval=hull,
        clock=readings[0].clock,
        steps=(step,),
        turned=UNKNOWN,
        ahead=plain.ahead,
    )


_SLASHED = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(?:\d{4}|\d\d)(?![\d/])")


def _day_first(text: str) -> bool | None:
    """Whether the text writes 14/2/2016 rather than 2/14/2016, by a date that can only be the one; None if none is."""
    if "/" not in text:
        return None
    orders = {int(found[1]) > 12 for found in _SLASHED.finditer(text) if (int(found[1]) > 12) != (int(found[2]) > 12)}
    return orders.pop() if len(orders) == 1 else None


_TO = re.compile(r"\s*(?:-|\u2013|to|until|till|through|and)\s*(?:on\s|the\s)?", re.I)


def _span_end(before: TimeExpression, expression: TimeExpression, text: str) -> TimeExpression:
    """The end of "from Saturday to Monday", "between 3 and 5 May": it covers the span from the first date on."""
    between = text[before.end : expression.start]
    if not _TO.fullmatch(between) or expression.type not in ("DATE", "TIME"):
        return expression
    lead = text[max(0, before.start - 12) : before.start]
    opened = (
        before.role == "from" or re.search(r"\bbetween\s+(?:the\s)?$", lead, re.I) or between.strip() in ("-", "\u2013")
    )
    if between.strip() in ("-", "\u2013") and before.value[4:] == "-WI" and _next_year(before.value, expression.value):
        return replace(expression, interval=before.interval)  # "the winter of 1942-43" is one winter
    first, last = before.interval.earliest, expression.interval.latest
    if (
        not opened
        or ("and" in between and not re.search(r"between", lead, re.I))
        or first is None
        or last is None
        or first > last
    ):
        return expression
    interval = DateInterval(first, last, before.interval.approximate or expression.interval.approximate)
    steps = (*expression.steps, f"it ends the span that '{before.text}' opens, so {interval}")
    return replace(expression, interval=interval, role="until", steps=steps)


def _next_year(value: str, following: str) -> bool:
    return value[:4].isdigit() and following == f"{int(value[:4]) + 1:04d}"


class _Sentences:
    """Finds the sentence around an offset: the caller's, or what lies between two sentence ends near it."""

    def __init__(self, text: str, given: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.starts = [start for start, _ in given]
        self.ends = [end for _, end in given]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The sentence's span; without the caller's, nothing beyond 200 characters is looked at."""
        at = bisect_right(self.starts, start) - 1
        if at >= 0:
            return self.starts[at], max(self.ends[at], end)
        first, last = max(0, start - _NEAR), min(len(self.text), end + _NEAR)
        ends = [found.end() for found in _SENTENCE_END.finditer(self.text, first, start)]
        stop = _SENTENCE_END.search(self.text, end, last)
        return (ends[-1] if ends else first), (stop.end() if stop else last)


@dataclass(frozen=True, slots=True)
class _There:
    """The words around an expression: the clause's direction and the role they give it."""

    way: direction.Direction
    role: str
    scene: Scene
    lead: str
    turned: DateInterval


def _readings(
    node: Found, text: str, scene: Scene, sentences: _Sentences, book: _Book
) -> list[tuple[Found, Reading, _There]]:
    first, last = sentences.around(node.start, node.end)
    way = direction.clause(text, node.start, node.end, first, last)
    lead = text[max(first, node.start - 80) : node.start]
    found = _ROLE.search(lead)
    role = _ROLES.get(found[1].lower(), "at") if found else "at"
    ahead = way.ahead and role != "since"
    here = scene._replace(
        ahead=ahead,
        past=way.past,
        weak=way.weak or role == "from",
        deadline=role == "until",
        until=way.until,
        nearest=way.nearest,
        present=way.present,
        told_beside=scene.told_day_end > first,
        told_near=scene.told_day_end > first - _NEAR,
        cue=way.cue,
    )
    reading = _evaluate(node, text, here, book)
    if reading is not None:
        other = _turned(node, text, here, book, reading) if scene.turned else UNKNOWN
        return [(node, reading, _There(way, role, here, lead, other))]
    parts = []
    for inner in node.inner:
        more = _readings(inner, text, scene, sentences, book)
        for part, value, there in more:
            scene = _told(scene, _expression(part, value, there, text), value, there, Stand())
        parts.extend(more)
    return parts


_FRESH = 31  # days: what lies no farther back may be the news that a review begins with


def _reviewed(node: Found, reading: Reading, there: _There, stand: Stand, text: str, book: _Book) -> Reading:
    """In a text that looks back, a date without its year is of the year under discussion, not of the one just past."""
    plain, today, scene = reading.interval, there.scene.today, there.scene
    numbered = node.rule.value == "told.day_told"  # "on the 14th": of the month that is told of
    if not plain.closed or today is None or (there.way.ahead and not numbered) or (plain.days or 0) > _FRESH:
        return reading
    if numbered:
        scene = scene._replace(narrative=True, story=scene.told, story_words=scene.told_words)
    elif reading.anchor == "publication" and stand.year and _names_month(node):
        scene = scene._replace(narrative=True, story_year=calendar_year(stand.year))
    else:
        return reading
    told = _evaluate(node, text, scene, book)
    first, last = (told.interval.earliest, told.interval.latest) if told is not None else (None, None)
    if told is None or not (first and last and plain.earliest and plain.latest) or last >= plain.earliest:
        return reading
    before = scene.told.latest
    goes_on = before is not None and (-_BACK if numbered else 0) <= (first - before).days <= _GOES_ON
    if not goes_on and (today - plain.latest).days <= _FRESH:
        return reading
    steps = (f"'{text[node.start : node.end]}' names no year", f"the text looks back on {first.year}: {told.interval}")
    return replace(told, anchor="story", steps=steps)


_GOES_ON = 45  # days: a date that near behind the last one told goes on from it
_BACK = 30  # days that a numbered day may lie before it


def _names_month(node: Found) -> bool:
    """Whether an expression, or one it is built on, names a month, and none a weekday, which settles the year."""
    nodes = (node, *node.inner)
    return any("month" in one.slots for one in nodes) and not any("weekday" in one.slots for one in nodes)


def _turned(node: Found, text: str, scene: Scene, book: _Book, reading: Reading) -> DateInterval:
    """What the expression would mean if its clause looked the other way; unknown when that changes nothing."""
    fixed = reading.anchor == "explicit" or reading.shift is not None
    if fixed or reading.type not in ("DATE", "TIME") or (reading.interval.days or 99) > 31:
        return UNKNOWN
    ahead = reading.interval.earliest is not None and (scene.today is None or reading.interval.earliest <= scene.today)
    other = _evaluate(
        node, text, scene._replace(ahead=ahead, past=not ahead, weak=False, deadline=False, nearest=False), book
    )
    return other.interval if other is not None and other.interval != reading.interval else UNKNOWN


def _evaluate(node: Found, text: str, scene: Scene, book: _Book) -> Reading | None:
    values: dict[str, object] = {}
    texts: dict[str, str] = {}
    for name, filler in node.slots.items():
        if isinstance(filler, Found):
            inner = _evaluate(filler, text, scene, book)
            if inner is None:
                return None
            values[name] = inner
            texts[name] = text[filler.start : filler.end]
        else:
            values[name] = filler.value
            texts[name] = filler.text
    slots = Slots(" ".join(text[node.start : node.end].split()), values, texts)
    return book.functions[node.rule.value](slots, scene)


def _expression(node: Found, reading: Reading, there: _There, text: str) -> TimeExpression:
    scene = there.scene
    role = reading.role or (there.role if reading.type in ("DATE", "TIME") else "at")
    ahead = scene.ahead if reading.ahead is None else reading.ahead
    interval, steps = reading.interval, reading.steps
    if reading.type == "DURATION" and not interval.known and reading.shift is None:
        reading = spans.measured(reading, scene, there.lead, ahead)
        interval, steps = reading.interval, reading.steps
    bounded = _bounded(interval, role, ahead, scene)
    if bounded != interval:
        steps = (*steps, f"'{role}' makes it {bounded}")
    value = reading.value
    if reading.anchor != "publication" and interval.earliest and _stands_for_another(interval.earliest.year):
        value, bounded = before_christ(value), of_our_era(interval)
        steps = (f"it hangs on '{reading.anchor}', before Christ" if value[:2] != "BC" else "it lies before Christ",)
    return TimeExpression(
        node.start, node.end, text[node.start : node.end], reading.type, value, bounded, reading.mod, role,
        ahead, reading.clock, reading.anchor, node.rule.name, steps, reading.shift, reading.doubt, there.turned,
        _beyond_doubt(there),
    )  # fmt: skip


_DATED = re.compile(
    r"(?:^|\W)(?:on|in|since|from|during|after|late|early|mid|at)\s(?:the\s)?$|[,(]\s?$|[a-z]\s$", re.IGNORECASE
)
_OF = re.compile(
    r"\b(?:of|for|by|to|until|till|through|before|beyond|about|between|and|than|the|a|an)\s$", re.IGNORECASE
)
_BESIDE = 16  # characters: more than the longest words of these two
_PLAIN_AHEAD = frozenset(("will", "is-to", "is-due"))  # "would" may be a future of the past


def _beyond_doubt(there: _There) -> str:
    """ "past" or "ahead" where a finite verb says it of this very date."""
    way = there.way
    beside = there.lead[-_BESIDE:]
    if way.nearest or way.weak or _OF.search(beside) or not _DATED.search(beside):
        return ""
    if way.past and way.rule == "past-verb":
        return "past"
    return "ahead" if way.ahead and way.rule in _PLAIN_AHEAD else ""


def _stands_for_another(year: int) -> bool:
    """Whether a year stands for one before Christ, or counted on from there."""
    return astronomical_year(year) != year


def _bounded(interval: DateInterval, role: str, ahead: bool, scene: Scene) -> DateInterval:
    """The interval the preposition makes: `since` runs up to P, `until` opens the start, a planned `from` the end."""
    if not interval.known:
        return interval
    if role == "since" and interval.earliest:
        upto = scene.published.latest if not scene.narrative else None
        if upto is None or upto < interval.earliest:
            return DateInterval(interval.earliest, None, interval.approximate)
        return DateInterval(interval.earliest, upto, interval.approximate)
    if role == "until" and not ahead:
        return DateInterval(None, interval.latest, interval.approximate)
    if role == "from" and ahead:
        return DateInterval(interval.earliest, None, interval.approximate)
    return interval


def _told(scene: Scene, expression: TimeExpression, reading: Reading, there: _There, stand: Stand) -> Scene:
    """The scene after an expression: a date on the calendar is what later words hang on."""
    told, words, period = reading.interval, expression.text, scene.period
    begun = not (scene.today and told.latest and told.latest > scene.today)
    if expression.rule in ("quarter", "business-period") and begun and told.known:
        period = reading.value
    elif period and _YEAR_TO_DATE.fullmatch(reading.value):
        period = ""  # "in the first nine months": a year earlier is no longer the quarter's
    if reading.type not in ("DATE", "TIME") or not told.closed or (told.days or 0) > 366 or reading.value in _REFS:
        return scene if period == scene.period else scene._replace(period=period)
    if scene.narrative and reading.anchor == "explicit" and stand.year is None:
        return scene  # "1984-87" over a section: nothing is counted from its end
    changes: dict[str, Any] = {"told": told, "told_words": words, "period": period}
    if (told.days or 0) <= 3:
        changes |= {"told_day": told, "told_day_words": words, "told_day_end": expression.end}
    if scene.narrative and (stand.moves or (stand.year is None and _leads(scene, reading, there))):
        changes |= {"story": told, "story_words": words}
    return scene._replace(**changes)


_YEAR_TO_DATE = re.compile(r"P[69]M")
_REFS = frozenset(("PRESENT_REF", "PAST_REF", "FUTURE_REF"))
_FAR = 400  # days a story moves by a count or a weekday


def _leads(scene: Scene, reading: Reading, there: _There) -> bool:
    """Whether a story goes on from a date that is no landmark of it ("two days later"): ahead, and not far."""
    first, arrived = reading.interval.earliest, scene.story.earliest
    if reading.anchor in ("explicit", "publication") or first is None or arrived is None or there.way.ahead:
        return False
    return 0 <= (first - arrived).days <= _FAR
