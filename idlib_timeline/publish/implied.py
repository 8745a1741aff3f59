"""What a text implies of the day it appeared: constraints, each with its sentence, intersected.

Only what must hold is a constraint: what a text tells as past bounds it from below, what it announces from above. The
newest year that is named, or how news usually sounds, proves nothing.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..interval import UNKNOWN
from ..model import Article, Finding, Sentence, TimeExpression
from .days import ALL, Constraint, Days, between, not_after, not_before, united
from .offices import offices
from .written import stated_date

_YEAR = 366  # days; a date without its year lies less than a year away
_DAY = dt.timedelta(days=1)
_MOST = 3653  # days; a longer span is told as what is known, and dates nothing
_YEARS = range(1900, 2101)  # those in which a date without its year is looked for
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def implied(article: Article, times: Sequence[TimeExpression]) -> tuple[Finding | None, Days]:
    """What the text says of its day, and the days that it allows.

    `times` are its expressions read without a publication date. The finding is None when nothing bounds the day on both
    sides closely; its `reasons` are the constraints that mattered, in the order of the text. Constraints that leave no
    day at all contradict each other: then the text says nothing.
    """
    constraints = [
        *_stamps(article),
        *_dateline(article, times),
        *_of_times(article, times),
        *offices(article, times),
        *_wars(article, times),
    ]
    allowed = ALL
    for constraint in sorted(constraints, key=lambda found: len(found.days.spans)):
        allowed = allowed & constraint.days
    if not allowed or allowed == ALL:
        return None, ALL
    reasons = tuple(dict.fromkeys(found.why for found in _needed(constraints, allowed)))
    date = allowed.hull if allowed.bounded and (allowed.hull.days or _MOST) < _MOST else UNKNOWN
    return Finding(date, "text", f"the text allows only {allowed.words()}: {'; '.join(reasons)}", reasons), allowed


def _needed(constraints: Sequence[Constraint], allowed: Days) -> Iterator[Constraint]:
    """The constraints without which the text would allow more; of those that say the same, the first."""
    kept = list(constraints)
    for constraint in reversed(constraints):
        without = ALL
        for other in kept:
            if other is not constraint:
                without = without & other.days
        if without == allowed:
            kept.remove(constraint)
    yield from kept


# --- what the page's own stamps bound -------------------------------------------------------------


def _stamps(article: Article) -> Iterator[Constraint]:
    for stated in article.stated:
        date = stated_date(stated.value) if stated.meaning != "published" else None
        if date and date.latest:
            what = "changed" if stated.meaning == "updated" else "saved"
            yield Constraint(not_after(date.latest + _DAY), f"it was {what} on {date} ({stated.where})")


# --- the dateline ---------------------------------------------------------------------------------


def _dateline(article: Article, times: Sequence[TimeExpression]) -> Iterator[Constraint]:
    """ "BAMAKO, Jan 18 (Agency) -": that day of some year, or the next, when the dispatch is printed.

    A weekday in the lead is the dateline's own day or the day before.
    """
    opening = next((sentence for sentence in article.sentences if sentence.lead), None)
    inside = [time for time in times if opening and opening.start <= time.start < opening.end]
    dated = next((time for time in inside if opening and time.start < opening.start + opening.lead), None)
    if dated is None or not re.fullmatch(r"XXXX-\d\d-\d\d", dated.value):
        return
    named = [day for weekday in range(7) for day in _on_weekday(dated.value, weekday)]
    yield Constraint(united((day, day + 1) for day in named), f"its dateline says {dated.text!r}")
    for time in inside:
        weekday = re.fullmatch(r"XXXX-WXX-(\d)", time.value)
        if weekday and not time.ahead and time.role == "at":
            days = [day for n in (0, 1) for day in _on_weekday(dated.value, (int(weekday[1]) - 1 + n) % 7)]
            why = f"its dateline says {dated.text!r} and its first sentence {time.text!r}"
            yield Constraint(united((day, day + 1) for day in days), why)
            return


# --- dates of the text ----------------------------------------------------------------------------


def _of_times(article: Article, times: Sequence[TimeExpression]) -> Iterator[Constraint]:
    for number, time in enumerate(times):
        sentence = _sentence(article, time)
        if sentence is None or sentence.kind != "body":
            continue
        words = f"it says {_clause(article, sentence, time)!r}"
        if time.anchor == "explicit" and time.interval.known:
            if time.told == "past" and time.interval.earliest and _certain(article, sentence, time):
                yield Constraint(not_before(time.interval.earliest), f"{words} of something past")
            elif time.told == "ahead" and time.interval.latest and time.interval.precision in ("day", "month"):
                yield Constraint(not_after(time.interval.latest), f"{words} of something to come")
        weekday = re.search(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*day\b", time.text, re.IGNORECASE)
        past = time.told == "past" or time.role == "since"
        if weekday and re.match(r"XXXX-\d\d-\d\d", time.value) and (past or time.told):
            named = _on_weekday(time.value, _WEEKDAYS.index(weekday[1].lower()))
            spans = [(d, d + _YEAR) if past else (d - _YEAR, d) for d in named]
            yield Constraint(united(spans), f"{words}, a day of that weekday")
        if not _quoted(article.prose.text, sentence, time):
            yield from _today(article, times, number)
            yield from _earlier(time)
        yield from _same_start(article, times, number)


_FORESEEN = re.compile(
    r"\b(?:will|would|could|may|might|should|shall|plan(?:s|ned|ning)? (?:to|for)|planned|expect|predict|forecast"
    r"|project|estimat|target|propos|aim|seek|schedul|until|by the end|due|matur|expires|expiring)"
)


def _certain(article: Article, sentence: Sentence, time: TimeExpression) -> bool:
    """Whether nothing in a sentence looks ahead, so that a date told as past in it cannot be a plan's; no decade is."""
    foreseen = _FORESEEN.search(article.prose.text, sentence.start, sentence.end)
    if foreseen or (time.interval.days or _YEAR + 1) > _YEAR:
        return False
    # a bare year may be a credit's ("AFP 2018") or a number; a day is a day
    lead = article.prose.text[max(sentence.start, time.start - 12) : time.start]
    return time.interval.precision == "day" or re.search(r"(?i)\b(?:in|since|during)\s(?:\w+\s)?$", lead) is not None


def _on_weekday(value: str, weekday: int) -> Iterator[int]:
    """The ordinals of the days with this month and day that fall on the weekday."""
    for year in _YEARS:
        try:
            found = dt.date(year, int(value[5:7]), int(value[8:10]))
        except ValueError:
            continue
        if found.weekday() == weekday:
            yield found.toordinal()


_AGO = re.compile(
    r"(?i)(?P<days>yesterday|today)"
    r"|(?P<count>an?|one|two|three|four|five|six|seven|ten|\d\d?) (?P<unit>day|week)s? ago"
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}


def _ago(words: str) -> int | None:
    """How many days ago "yesterday", "a week ago" is; None for other words."""
    found = _AGO.fullmatch(words)
    if not found:
        return None
    if found["days"]:
        return int(found["days"].lower() == "yesterday")
    count = found["count"].lower()
    return (_COUNTS.get(count) or int(count)) * (7 if found["unit"].lower() == "week" else 1)


_APPOSED = re.compile(r",?\s*(?:\(|,)?\s*(?:on\s)?(?:the\s)?")


def _today(article: Article, times: Sequence[TimeExpression], number: int) -> Iterator[Constraint]:
    """ "Today, 11 March 2011": the day itself. "Overnight and in the early hours of Tuesday": a Tuesday."""
    time, following = times[number], times[number + 1] if number + 1 < len(times) else None
    if following is None:
        return
    gap = article.prose.text[time.end : following.start]
    ago = _ago("today" if re.match(r"(?i)tonight|this (?:morning|afternoon|evening)", time.text) else time.text)
    day = following.interval.earliest
    if ago is not None and day and following.interval.precision == "day" and following.anchor == "explicit":
        if _APPOSED.fullmatch(gap):
            then = day + dt.timedelta(days=ago)
            yield Constraint(between(then, then), f"it says {time.text + gap + following.text!r}")
    elif time.rule == "overnight" and re.fullmatch(
        r"\s(?:and|to|into)\s(?:in\s|on\s)?(?:the\s)?(?:early\shours\sof\s)?", gap
    ):
        found = re.fullmatch(r"XXXX-WXX-(\d).*", following.value)
        if found:
            spans = ((d, d) for d in range(ALL.spans[0][0], ALL.spans[0][1]) if (d - 1) % 7 == int(found[1]) - 1)
            yield Constraint(
                united(spans), f"it says {time.text + gap + following.text!r}, so it appeared on that weekday"
            )


def _earlier(time: TimeExpression) -> Iterator[Constraint]:
    """ "Earlier this week": some of the week has gone by, so it is not Monday; nor the first of "this month"."""
    if re.fullmatch(r"(?i)earlier this week", time.text):
        mondays = range(ALL.spans[0][0] + (1 - ALL.spans[0][0]) % 7, ALL.spans[0][1], 7)
        yield Constraint(united((day + 1, day + 6) for day in mondays), f"it says {time.text!r}, so it was no Monday")
    elif re.fullmatch(r"(?i)earlier this month", time.text):
        firsts = [dt.date(year, month, 1).toordinal() for year in _YEARS for month in range(1, 13)]
        spans = ((day + 1, following - 1) for day, following in pairwise(firsts))
        yield Constraint(united(spans), f"it says {time.text!r}, so it was not the first of a month")


_THING = re.compile(r"\b[a-z]{5,}\b")
_NEXT_DAYS = 5  # the day after a Sunday nobody calls "Sunday" what is still six days off


def _same_start(article: Article, times: Sequence[TimeExpression], number: int) -> Iterator[Constraint]:
    """ "A truce from Saturday ... the truce, from 6am on August 31": one start, told by its weekday and by its date."""
    text, weekday = article.prose.text, times[number]
    named = re.fullmatch(r"XXXX-WXX-(\d).*", weekday.value)
    if not named or weekday.role != "from":
        return
    for dated in times[number + 1 : number + 4]:
        if dated.role == "from" and re.match(r"XXXX-\d\d-\d\d", dated.value) and dated.start - weekday.end < 300:
            things = [set(_THING.findall(text[max(0, time.start - 120) : time.start])) for time in (weekday, dated)]
            if things[0] & things[1] & _STARTS:
                days = _on_weekday(dated.value, int(named[1]) - 1)
                why = f"what starts {weekday.text!r} starts on {dated.text!r}, so that day is ahead and of that weekday"
                yield Constraint(united((day - _NEXT_DAYS, day) for day in days), why)


# what is announced to start on a day
_STARTS = frozenset(
    ["ceasefire", "truce", "curfew", "evacuation", "withdrawal", "pullout", "election", "elections", "talks", "strike"]
)


# --- wars and anniversaries -----------------------------------------------------------------------

_WAR = r"(?:civil\s|brutal\s|bloody\s|devastating\s)?(?:war|conflict|fighting|insurgency|occupation|siege|uprising)\b"
_AFTER = re.compile(rf"(?i)\s(?:of\s{_WAR}|after\s)|-?(?:old|long)?\s{_WAR}")
_BEGAN = re.compile(
    r"(?i)\b(?:(?:war|conflict|fighting|insurgency|uprising|revolt|rebellion)\s(?:began|begun|started|erupted|broke\sout)"
    r"|(?:began|start|outbreak)\sof\sthe\s(?:\w+\s)?(?:war|conflict|fighting|insurgency|uprising)|took\s(?:up\s)?arms)\b"
)
_SAME_SENTENCE = re.compile(r"(?:\safter)?\s[^.;!?]{0,60}")
_ROUGH = re.compile(
    r"(?i)\b(?:more than|over|nearly|almost|about|some|around|at least|close to|past|last|next|for)\s+$"
)
_ANNIVERSARY = re.compile(r"(?i)\b(\w+)\sanniversary\sof\b[^.;]{0,60}$")
_ORDINALS = {
    **{
        word: count
        for count, word in enumerate(
            ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"], 1
        )
    },
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "fifteenth": 15,
    "twentieth": 20,
    "thirtieth": 30,
}


def _wars(article: Article, times: Sequence[TimeExpression]) -> Iterator[Constraint]:
    """ "After eight years of war" that began in a year told; "eight years after 2011"; "the tenth anniversary"."""
    text = article.prose.text
    years = [time for time in times if re.fullmatch(r"[12]\d{3}", time.value) and time.anchor == "explicit"]
    began = {int(time.value) for time in years if _began(article, time)}
    for number, time in enumerate(times):
        counted = re.fullmatch(r"P(\d{1,3})Y", time.value)
        after = _AFTER.match(text, time.end - len(" after") * time.text.lower().endswith(" after")) if counted else None
        if not counted or not after or time.mod or _ROUGH.search(text[max(0, time.start - 12) : time.start]):
            continue
        following = times[number + 1] if number + 1 < len(times) else None
        gap = text[time.end : following.start] if following else ""
        from_year = time.text.lower().endswith("after") or "after" in after[0].lower()
        direct = following in years and from_year and _SAME_SENTENCE.fullmatch(gap) is not None
        starts = {int(following.value)} if direct and following else set() if from_year else began
        if len(starts) == 1:
            year = next(iter(starts)) + int(counted[1])
            loose = 1 if text[time.end : time.end + 1] == "-" or "-" in time.text else 0  # "six-year war": begun years
            why = f"it counts {time.text} from {next(iter(starts))}"
            yield Constraint(between(dt.date(year - loose, 1, 1), dt.date(year + 1, 12, 31)), why)
    for time in years:
        named = _ANNIVERSARY.search(text[max(0, time.start - 80) : time.start])
        count = _ordinal(named[1]) if named else None
        if count:
            year = int(time.value) + count
            yield Constraint(
                between(dt.date(year - 1, 12, 1), dt.date(year + 1, 1, 31)),
                f"it is the {named and named[1]} anniversary of {time.value}",
            )


def _ordinal(word: str) -> int | None:
    digits = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", word)
    return int(digits[1]) if digits else _ORDINALS.get(word.lower())


def _began(article: Article, time: TimeExpression) -> bool:
    sentence = _sentence(article, time)
    return (
        sentence is not None
        and time.told == "past"
        and _BEGAN.search(article.prose.text[sentence.start : sentence.end]) is not None
    )


# --- words ----------------------------------------------------------------------------------------


def _sentence(article: Article, time: TimeExpression) -> Sentence | None:
    return next((found for found in article.sentences if found.start <= time.start < found.end), None)


def _clause(article: Article, sentence: Sentence, time: TimeExpression) -> str:
    """Some words around an expression, to quote."""
    text = article.prose.text
    first = max(
        sentence.start + sentence.lead, text.rfind(" ", sentence.start, max(sentence.start, time.start - 30)) + 1
    )
    last = text.find(" ", time.end + 8)
    return " ".join(text[first : min(last if last > 0 else len(text), sentence.end)].split())


def _quoted(text: str, sentence: Sentence, time: TimeExpression) -> bool:
    return text.count('"', sentence.start, time.start) % 2 == 1
