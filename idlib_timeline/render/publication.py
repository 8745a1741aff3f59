"""How one article's publication date is known: what was asked in which order, what each said, which decided and why."""

import shlex
from collections.abc import Iterator, Mapping, Sequence

from ..interval import parse_edtf
from ..serial import Record
from .layout import BOLD, DIM
from .page import Page
from .spreadsheet import publication_row
from .words import CERTAINTY, INFERRED, clean, counted, date_words

_LABEL = 16  # cells of the left column
_SHOWN = 3  # of the times that a text leaves open
_CONTRADICTS = "1;33"
_STEPS = (  # in the order in which they are asked: method, who is asked, what is told of it when it is silent
    ("context", "context file", "says nothing"),
    ("metadata", "metadata", "says nothing"),
    ("url", "saved URL", "says nothing"),
    ("file_name", "file name", "says nothing"),
    ("printed", "printed date", "says nothing"),
    ("text", "the text", "says nothing that bounds it"),
    ("corpus", "other articles", "say nothing"),
    ("option", "--published", "not given"),
)
_FIRST = "the first of these that speaks decides"
_STRONGER = "it counts for more than what is said above"
_NARROWER = "it agrees with what comes before it, and is more exact"
_TOGETHER = "these are the days that all of them allow"


def publication(article: Record, width: int, colour: bool) -> Iterator[str]:
    """The record of `Store.explain` of an article for a person to read."""
    page = Page(max(width, 50), colour, _LABEL)
    yield from page.text(clean(article["file"]), BOLD)
    yield "\n"
    yield from _facts(article, page)
    yield from page.heading("What was asked, in this order")
    yield from _chain(article, page)
    if article["conflicts"]:
        yield from page.heading("What contradicts it")
        for conflict in article["conflicts"]:
            yield from page.field("", clean(conflict), _CONTRADICTS)
    yield from _copies(article, page)
    yield from _missing(article, page)


def _facts(article: Record, page: Page) -> Iterator[str]:
    yield from page.field("title", clean(article["title"]))
    for key in ("outlet", "author", "place", "language", "url"):
        yield from page.field("URL" if key == "url" else key, clean(article[key]))
    published = article["published"]
    yield from page.field("published", f"{date_words(published)} ({published})" if published else "unknown", BOLD)
    sure = article["certainty"]
    how = {"sure": "sure", "inferred": INFERRED.get(article["method"], "inferred")}.get(sure, "unknown")
    yield from page.field("how sure", f"{how}; nothing states it" if sure == "inferred" else how, CERTAINTY[sure])
    told = counted(article["events"], "event")
    command = f"timeline show --all --source {shlex.quote(clean(article['file']))}"
    yield from page.field("tells", f"{told}: `{command}`" if article["events"] else told)


# --- the chain ------------------------------------------------------------------------------------


def _chain(article: Record, page: Page) -> Iterator[str]:
    chain = list({(found["method"], found["evidence"]): found for found in article["chain"]}.values())
    deciding, why = _deciding(chain, article)
    for number, (method, label, silence) in enumerate(_STEPS, 1):
        name = f"{number} {label}"
        said = [found for found in chain if found["method"] == method]
        if not said:
            yield from page.field(name, _silence(article, method, silence), DIM)
        for found in said:
            role, style = _role(found, article, deciding)
            yield from page.field(name, clean(f"{role}: {_evidence(found)}"), style)
            name = ""
            for reason in found["reasons"]:
                yield from page.field("", clean(f"– {reason}"))
            if deciding and found is deciding[-1]:
                yield from page.field("", clean(f"({why})"), DIM)


def _deciding(chain: Sequence[Record], article: Record) -> tuple[Sequence[Record], str]:
    """The findings that gave the date, and why they did: one alone, or several that leave nothing else together."""
    published, method = article["published"], article["method"]
    if not published:
        return (), ""
    dated = [found for found in chain if found["date"]]
    for found in dated:
        if found["method"] == method and found["date"] == published:
            if found is not dated[0]:
                return (found,), _NARROWER
            return (found,), _STRONGER if any(_rank(other) < _rank(found) for other in dated) else _FIRST
    allowing = [found for found in dated if _contains(found["date"], published)]
    last = next((number for number, found in enumerate(allowing, 1) if found["method"] == method), 0)
    return (allowing[:last], _TOGETHER) if last else (allowing[:1], article["evidence"])


def _rank(found: Record) -> int:
    """The step of a finding in the order of asking."""
    return next((number for number, step in enumerate(_STEPS) if step[0] == found["method"]), len(_STEPS))


def _role(found: Record, article: Record, deciding: Sequence[Record]) -> tuple[str, str]:
    """What a finding does to the date, in a word or two, and its style."""
    date, published = found["date"], article["published"]
    if any(found is one for one in deciding):
        return ("decides" if date == published else "decides, with others"), BOLD
    if not date or not published:
        return "gives no date", ""
    if not parse_edtf(date).overlaps(parse_edtf(published)):
        return "contradicts", _CONTRADICTS
    return ("agrees" if date == published or not _contains(date, published) else "agrees, less exactly"), ""


def _contains(date: str, published: str) -> bool:
    return bool(date) and parse_edtf(date).contains(parse_edtf(published))


def _evidence(found: Record) -> str:
    """Its sentence without the reasons, which follow line by line, and with its interval in words."""
    date: str = found["date"]
    evidence = str(found["evidence"]).removesuffix(f": {'; '.join(found['reasons'])}")
    return evidence.replace(date, date_words(date)) if "/" in date else evidence


def _silence(article: Record, method: str, silence: str) -> str:
    """What is told of a step that found nothing; of the text, the times that it leaves open."""
    possible: Sequence[str] = article["possible"]
    if method in ("text", "corpus") and article["chain"] and not possible:
        return "not asked: the day is known"
    if method == "text" and any(possible):
        times = [date_words(date) for date in possible[:_SHOWN]]
        more = f" and {len(possible) - _SHOWN:,} more such times" if len(possible) > _SHOWN else ""
        return f"gives no date; it allows these: {', '.join(times)}{more}"
    return silence


# --- what else ------------------------------------------------------------------------------------


def _copies(article: Record, page: Page) -> Iterator[str]:
    others = article["repeated_by"]
    if article["same_as"] or others:
        yield from page.heading("The same text elsewhere")
        if article["same_as"]:
            yield from page.field("repeats", clean(article["same_as"]))
        for number, other in enumerate(others):
            yield from page.field("" if number else "repeated by", clean(other))
        yield from page.field("", "They count as one source, and are all cited.")


def _missing(article: Record, page: Page) -> Iterator[str]:
    """What is not known, and the line that would supply it."""
    one_day = article["earliest"] and article["earliest"] == article["latest"]
    lacks: Mapping[str, str] = {
        "unknown": "Nothing says when it appeared.",
        "inferred": f"The {'day' if one_day else 'time'} is inferred; a person who knows the day should say it.",
        "sure": "" if one_day else "The day is not known more closely.",
    }
    lack = lacks[article["certainty"]]
    if lack:
        yield from page.heading("What is missing")
        yield from page.field("", lack)
        where = "in publications.csv beside the articles, or in the file that build --context names"
        yield from page.field("to supply it", f"put a line like the second of these {where}, and build again:")
        yield from page.field("", "file,published")
        yield from page.field("", clean(publication_row(article["file"], "YYYY-MM-DD")))
        yield from page.field("", "`timeline sources --missing -f csv` prints a table of all such articles to fill in.")
