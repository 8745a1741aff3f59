"""Holders of offices named in a text: it is not older than their term, nor much younger when the deed is news.

The terms are rows of `rulebook/offices.csv`: facts, with days. A name counts with its office and in full only.
"""

import csv
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from ..errors import RulebookError
from ..interval import DateInterval
from ..model import Article, Sentence, TimeExpression
from .days import ALL, Constraint, not_before, united

_GRACE = dt.timedelta(days=14)  # a weekday told of an office-holder lies within a week; papers print a few days later

_OFFICES = (
    r"[Pp]resident|[Pp]rime [Mm]inister|[Ff]oreign [Mm]inister|[Dd]efen[cs]e [Mm]inister|[Dd]efen[cs]e [Ss]ecretary"
    r"|[Ss]ecretary of [Ss]tate|[Cc]hancellor|[Ss]ecretary[- ][Gg]eneral|[Ee]nvoy|UN chief|U\.N\. chief"
)
_TITLED = re.compile(
    rf"(?P<before>(?:[\w.'-]+\s){{0,2}})(?P<office>{_OFFICES})(?:\s(?:for|to)\s[A-Z]\w+)?,?\s"
    r"(?P<name>(?:[A-Z][\w.'\u2019-]+\s|de\s|al-?\s|el-?\s|ben\s|bin\s){1,4}(?:[ae]l-)?[A-Z][\w'\u2019-]+)"
)
_NO_LONGER = re.compile(
    r"(?i)(?:^|[\s-])(?:former|ex|then|late|future|incoming|outgoing|deposed|ousted|vice|deputy|one-time|assistant"
    r"|shadow|alternate|slain|murdered|assassinated|toppled|overthrown|exiled|jailed)[\s-]*$|ex-$"
)
# What ends a term, or lies in the past of who serves: "the fall of President ...", "those who overthrew President ...".
_ENDED = re.compile(
    r"(?i)\b(?:assassinat\w*|kill\w*|murder\w*|death|fall|downfall|oust\w*|overthr\w*|toppl\w*|depos\w*|unseat\w*"
    r"|remov\w*|succe\w*|replac\w*|execut\w*|memory|under)\s(?:of\s)?(?:[\w.'\u2019-]+\s){0,2}$"
)


@cache
def _holders() -> dict[str, list[tuple[str, DateInterval]]]:
    """Folded full name -> (office, term); from `rulebook/offices.csv`, terms with days, both ends inclusive."""
    found: dict[str, list[tuple[str, DateInterval]]] = {}
    text = resources.files(__package__).joinpath("..", "rulebook", "offices.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        try:
            until = dt.date.fromisoformat(row["until"]) if row["until"] else None
            term = DateInterval(dt.date.fromisoformat(row["since"]), until)
        except (ValueError, TypeError) as error:
            raise RulebookError(f"offices.csv: {row['name']}: {error}") from error
        for name in row["name"].split("|"):
            for office in row["office"].split("|"):
                found.setdefault(_folded(name), []).append((office, term))
    return found


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().replace("ı", "i").replace("-", " "))
    return re.sub(r"[^a-z ]", "", plain)


def offices(article: Article, times: Sequence[TimeExpression]) -> Iterator[Constraint]:
    """A holder of an office named with it: not before the term; where the deed hangs on the day, not long after it."""
    for sentence in article.sentences:
        line = article.prose.text[sentence.start : sentence.end]
        for match in _TITLED.finditer(line) if sentence.kind == "body" else ():
            terms = [] if _NO_LONGER.search(match["before"]) else _terms(match["office"], match["name"])
            if terms:
                who = f"{match['office']} {match['name']}"
                first = min(term.earliest for term in terms if term.earliest)
                last = max(term.latest or dt.date.max for term in terms)
                until = f" to {last}" if last != dt.date.max else ""
                ended = _ENDED.search(line, 0, match.start("office"))
                near = None if ended else _near(sentence, times)
                if not ended and re.match(r"\s(?:has|is|says|wants|hopes)\b(?!\sto\sbe)", line[match.end() :]):
                    spans = [_span(term, dt.timedelta(0)) for term in terms]
                    yield Constraint(united(spans), f"it speaks of {who} as in office, from {first}{until}")
                elif near:
                    why = f"it tells of {who} {near.text!r}, in office from {first}{until}"
                    yield Constraint(united(_span(term, _GRACE) for term in terms), why)
                else:
                    yield Constraint(not_before(first), f"it names {who}, in office since {first}")


def _near(sentence: Sentence, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """The words that put a sentence into the days before publication, when nothing in it lies further back."""
    inside = [time for time in times if sentence.start <= time.start < sentence.end]
    if any(time.anchor != "publication" or time.type == "DURATION" for time in inside):
        return None
    return next(
        (time for time in inside if time.rule in ("weekday", "part-of-day", "reference") and "WXX" in time.value), None
    )


def _span(term: DateInterval, grace: dt.timedelta) -> tuple[int, int]:
    first = term.earliest.toordinal() if term.earliest else ALL.spans[0][0]
    return first, (term.latest + grace).toordinal() if term.latest else ALL.spans[0][1]


def _terms(office: str, name: str) -> list[DateInterval]:
    title = (
        re.sub(r"(?i)u\.?n\.? chief", "secretary-general", office)
        .lower()
        .replace("secretary general", "secretary-general")
    )
    words = _folded(name).split()
    for count in range(len(words), 1, -1):
        found = _holders().get(" ".join(words[:count]), ())
        if found:
            return [term for held, term in found if held == title]
    return []
