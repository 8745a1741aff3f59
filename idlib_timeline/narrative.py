"""What makes a text a history, and which of its dates carry its story: the ground on which a narrative is read."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from .interval import UNKNOWN, DateInterval
from .reckoning.story import Landmark
from .reckoning.values import Reading, astronomical_year
from .tape import Found, Token

_YEAR = re.compile(r"\b[12]\d{3}\b")
_NEWSY = re.compile(  # words of the day on which news appears; a weekday beside its date is none
    r"\((?:AP|AFP|DPA|EFE|Reuters|TASS|UPI|Xinhua)\)"
    r"|\b(?:yesterday|today|tomorrow|(?:last|this) (?:week|month)|said|will"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day(?!,? (?:the )?\d|,? [A-Z][a-z]+ \d))\b",
    re.I,
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_OLD = re.compile(
    rf"\b(?:(?:{_MONTHS})(?: \d\d?,)?|spring|summer|autumn|winter)(?: of)? \d{{3}}\b(?![,.]?\d)"
    r"|\bAD \d{1,3}\b|\b\d{1,3} AD\b"
)
_BARE_OLD = re.compile(r"\b(?:[Ii]n|[Bb]y|of|until|since) \d{3}\b(?! [a-z]+s\b)(?![,.]?\d)(?! BCE?\b)")
_IN_FULL = re.compile(rf"\b(?P<month>{_MONTHS})(?: \d\d?,)? (?P<year>[12]\d{{3}})\b")
_NUMBERS = {month[:3].lower(): number for number, month in enumerate(_MONTHS.split("|"), 1)}
_PAST = 6  # months after which a day told with its year is looked back on
_VALUE = re.compile(r"(BC)?(\d{4}|XXXX)(?:-(\d\d|SP|SU|FA|WI)(?!\d)(?:-(\d\d))?)?")
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_STEPS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_BESIDE = re.compile(
    r"(?:\b(?:as early as|as late as|from|after|before|by|between|than|anniversary of|of the)\s+(?:\w+\s){0,2}"
    r"|\b(?:since|until|till|through)\s+(?:[\w'-]+\s+){0,7}|[(\u2013-]\s?"
    r"|,\s(?:who|whose|which|when|where)\s[^,.;]{0,50}|\bhad\s[^.;]{3,50}"
    r"|\b(?:will|would|to be|due|scheduled|planned)\b[^.;]{0,40})$",
    re.I,
)
_TO = re.compile(r"(?:\b(?:to|until|till|through|and)\s(?:the\s)?|[-\u2013]\s?)$", re.I)
_ATTRIBUTE = re.compile(  # "the treaty of 1866", "a history printed in 1832"
    r"\bof\s$|\b(?:printed|published|written|reprinted|revealed|disclosed|declassified|painted|built|restored|born|made\spublic)\s(?:\w+\s){0,2}(?:in|by)\s$"
)
_SINCE = re.compile(r"\b(?:since|until|till|through)\s+(?:[\w'-]+\s+){0,3}$", re.I)
_STOP = re.compile(r"[.!?;:\n]")
_CLOSE = 20  # characters between two expressions that belong together
_HAD = re.compile(r"\bhad\s[^.;,]{3,50}$")
_LOOKED_BACK = 1.0  # price of a month in the past perfect taken as an aside
_BY = re.compile(r"\b[Bb]y\s(?:the\s)?$")
_MANY = 5  # years told that make a history of a text which also speaks of a weekday or two
_ENOUGH = 3  # years of three digits that make a text tell of such years
_LINE = 80  # characters of a heading
_HEADING = 6.0  # price of taking a heading's year as an aside
_ONLY_YEAR, _MONTH, _EXACT, _OPENS, _CHEAP = 1.0, 2.0, 3.0, 1.0, 0.4  # prices of an aside
_OPENING = 30  # characters from the start of a sentence within which a date opens it


def is_narrative(text: str, published: DateInterval = UNKNOWN) -> bool:
    """Whether a text tells a history rather than news: the years it names lie long before publication, and it hardly
    speaks of weekdays, of today, or of what anybody said."""
    years = [int(found[0]) for found in _YEAR.finditer(text)]
    newsy = len(_NEWSY.findall(text))
    if is_ancient(text) and newsy < _ENOUGH:
        return True
    if not published.latest:
        return len(years) >= _MANY and len(years) > 3 * newsy
    old = sum(year < published.latest.year - 1 for year in years)
    if old == len(years) and old and not newsy:
        return True
    return old >= _MANY and old * 2 > len(years) and old > 2 * newsy


def looks_back(text: str, today: dt.date) -> bool:
    """Whether a text that appeared `today` reviews a time gone by: it gives the days or months of a year that is past
    in full, and more of these than words of the day on which news appears."""
    told = [(int(found["year"]), _NUMBERS[found["month"][:3].lower()]) for found in _IN_FULL.finditer(text)]
    months = [12 * (today.year - year) + today.month - month for year, month in told]
    return sum(past >= _PAST for past in months) > len(_NEWSY.findall(text))


def is_ancient(text: str) -> bool:
    """Whether a text tells of years of three digits: it dates something by a month, season or era and such a year."""
    told = len(_OLD.findall(text))
    every = told + len(_BARE_OLD.findall(text))
    return bool(told) and every >= _ENOUGH and every > len(_YEAR.findall(text))


Read = Callable[[Found], Reading | None]


def landmarks(
    found: Sequence[Found], text: str, read: Read, around: Callable[[int, int], tuple[int, int]]
) -> list[Landmark]:
    """A landmark for each expression; `read` reads one without any context, `around` gives its sentence."""
    result: list[Landmark] = []
    reached = headed = 0
    for node in found:
        first, _ = around(node.start, node.end)
        opens = node.start - first <= _OPENING
        mark = _landmark(node, read(node), opens, text[max(first, node.start - 60) : node.start])
        if mark.year is not None and (line := _heading(text, node)):
            mark = (
                replace(mark, aside=_HEADING, heading=True) if line > headed else Landmark()
            )  # "Faw and Basra, 1986-87" begins in 1986
            headed = line
        if mark.month and mark.year is None:
            if reached and _TO.fullmatch(text[reached : node.start].lstrip()):
                mark = replace(mark, onward="not before")
            elif _HAD.search(text[max(first, node.start - 60) : node.start]):
                mark = replace(mark, aside=_LOOKED_BACK)
            elif _SINCE.search(text[max(first, node.start - 60) : node.start]):
                mark = replace(mark, aside=_CHEAP)
            elif _BY.search(text[max(0, node.start - 20) : node.start]):
                mark = replace(mark, onward="not before", aside=_CHEAP)
        between = text[reached : node.start]
        result.append(replace(mark, close=len(between) <= _CLOSE and not _STOP.search(between)))
        reached = node.end
    return result


def _heading(text: str, node: Found) -> int:
    """Where the line ends in which the expression stands, if that line is a heading; else 0."""
    first = text.rfind("\n", max(0, node.start - _LINE), node.start) + 1
    last = text.find("\n", node.end, node.end + _LINE)
    if last < 0 or (not first and node.start > _LINE):
        return 0
    line = text[first:last].rstrip()
    return last if len(line) <= _LINE and not line.endswith((".", "!", "?", '"', ":", ";", ",")) else 0


def _landmark(node: Found, reading: Reading | None, opens: bool, lead: str) -> Landmark:
    step = _step(node)
    if step is not None:
        return Landmark(step=step)
    if reading is None or reading.type not in ("DATE", "TIME"):
        return Landmark()
    if reading.anchor == "explicit" and reading.interval.earliest:
        earliest, days = reading.interval.earliest, reading.interval.days or 0
        if days > 366:
            return Landmark()
        aside = (_ONLY_YEAR if days > 100 else _MONTH if days > 3 else _EXACT) + _OPENS * opens
        if days > 3 and _ATTRIBUTE.search(lead):
            aside = _CHEAP
        elif found := _BESIDE.search(lead):
            aside = _CHEAP if days > 31 or found[0][:5].lower() in ("since", "until", "till ", "throu") else 1.0
        month = None if days > 300 else earliest.month
        return Landmark(astronomical_year(earliest.year), month, aside=aside)
    match = _VALUE.match(reading.value)
    if match is None or match[2] != "XXXX" or not match[3] or match[3] == "XX":
        return Landmark()
    month = _SEASONS.get(match[3]) or int(match[3])
    told = node.slots.get("told")
    following = isinstance(told, Token) and told.value == 1
    day, weekday = match[4], _weekday(node)
    return Landmark(
        month=month if 1 <= month <= 12 else None, onward="after" if following else "", day=int(day) if day else None,
        weekday=weekday,
    )  # fmt: skip


def _weekday(node: Found) -> int | None:
    """The weekday named in an expression or in what it is built on."""
    weekday = node.slots.get("weekday")
    if isinstance(weekday, Token):
        return int(weekday.value)
    return next((found for inner in node.inner if (found := _weekday(inner)) is not None), None)


def _step(node: Found) -> int | None:
    """How many months a count leads from the date before ("two years later", "the following year"), or None."""
    slots = {name: token.value for name, token in node.slots.items() if isinstance(token, Token)}
    months = _STEPS.get(str(slots.get("unit")))
    if node.rule.value == "told.later" and months and isinstance(slots.get("number", 1), int):
        return int(slots.get("number", 1)) * months * int(slots.get("sign", 1))
    if node.rule.value == "told.same" and months:
        return int(slots["told"]) * months
    return None
