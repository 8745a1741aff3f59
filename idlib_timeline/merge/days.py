"""The days that tell an account from others."""

import datetime as dt
import re
from functools import lru_cache

from ..interval import DateInterval, day
from ..model import EventMention


def moment(mention: EventMention) -> DateInterval:
    """The days that tell this event from others: of a plan with a start and no end, the start; of a deadline, its day;
    of what has lasted since a day, that day.
    """
    date = mention.date
    if not mention.evidence.expression:
        return date
    if mention.status == "planned" and date.earliest and date.latest is None:
        return day(date.earliest, date.approximate)
    if mention.status in {"planned", "hypothetical"} and date.latest and date.earliest is None:
        return day(date.latest, date.approximate)
    if date.earliest and date.latest and (date.days or 0) > 2 and "since" in mention.evidence.sentence:
        return _start(date, mention.evidence.expression, mention.evidence.sentence)
    return date


_EXACT = re.compile(r"\b(?:\d{1,2}(?!\d)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)", re.IGNORECASE)


@lru_cache(maxsize=1 << 16)
def _start(date: DateInterval, expression: str, sentence: str) -> DateInterval:
    """ "Since late April" began in late April; other words than those behind "since" leave the days as they are."""
    behind = rf"\bsince\s+(?:the\s+)?{re.escape(expression)}"
    if not re.search(behind, " ".join(sentence.split())) or date.earliest is None or date.latest is None:
        return date
    if _EXACT.search(expression):
        return day(date.earliest, date.approximate)
    days = 9 if re.search(r"\b(?:early|mid|late)\b", expression) else 30
    if re.fullmatch(r"\d{4}", expression):
        return date
    return DateInterval(date.earliest, min(date.latest, date.earliest + dt.timedelta(days=days)), date.approximate)
