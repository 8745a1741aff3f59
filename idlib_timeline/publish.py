"""Article -> when and where it appeared, with the evidence.

Each step of the chain reads one kind of evidence and answers a Finding or None; the first that speaks decides,
and those after it that say otherwise become conflicts. Neither the clock nor a file's times are ever asked.
"""

import datetime as dt
import re
from calendar import month_name
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .context import CONTEXT_FILE, Context, ContextRow, find_context, load_context
from .interval import UNKNOWN, DateInterval, day, parse_edtf
from .model import Article, Publication

__all__ = ["Context", "ContextRow", "Finding", "find_context", "load_context", "publish"]


# --- the chain ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """What one step found: the date, the contract's word for the method, and one plain sentence."""

    date: DateInterval
    method: str
    evidence: str


Step = Callable[[Article, ContextRow | None], Finding | None]


def publish(article: Article, row: ContextRow | None = None, option: DateInterval = UNKNOWN) -> Publication:
    """When and where `article` appeared; `row` is its context row, `option` the date for articles that have none."""
    findings = [finding for step in _STEPS if (finding := step(article, row))]
    if findings:
        decided = findings[0]
    elif option.known:
        decided = Finding(option, "option", f"--published says {option}")
    else:
        decided = Finding(
            UNKNOWN, "none", f"nothing says when it appeared: add a row for it to {CONTEXT_FILE}, or use --published"
        )
    conflicts = tuple(
        f"{other.evidence}, but {decided.evidence}" for other in findings[1:] if not other.date.overlaps(decided.date)
    )
    context = row or ContextRow(article.file)
    return Publication(
        date=decided.date,
        method=decided.method,
        evidence=decided.evidence,
        outlet=context.outlet or _named(article, _OUTLET_KEYS),
        place=context.place or _named(article, _PLACE_KEYS),
        timezone=context.timezone,
        url=context.url or _named(article, _URL_KEYS),
        conflicts=conflicts,
    )


_DATE_KEYS = (  # the plain `date` last: some writers keep the last change there
    *("published", "datepublished", "publisheddate", "publishedat", "publishedon", "publishedtime"),
    *("articlepublishedtime", "pubdate", "publishdate", "publicationdate", "publication", "firstpublished"),
    *("issued", "dateissued", "dcdateissued", "posted", "dateposted", "postedat", "dcdate", "date"),
)
_OUTLET_KEYS = ("outlet", "publisher", "source", "sitename", "site", "ogsitename", "newspaper", "agency", "publication")
_PLACE_KEYS = ("place", "location", "dateline")
_URL_KEYS = ("url", "link", "canonicalurl", "canonical", "sourceurl", "permalink", "ogurl", "originalurl")


def _metadata(article: Article) -> Mapping[str, tuple[str, str]]:
    """Front matter by key without separators: (key as written, value)."""
    return {re.sub(r"[\W_]", "", key): (key, value) for key, value in article.metadata.items()}


def _named(article: Article, keys: Sequence[str]) -> str:
    values = _metadata(article)
    found = [values[key][1] for key in keys if key in values and values[key][1]]
    return found[0] if found and not found[0].startswith("{") else ""


def _by_context(_article: Article, row: ContextRow | None) -> Finding | None:
    if row is None or not row.published.known:
        return None
    return Finding(row.published, "context", f"{row.source} line {row.line} says {row.published}")


def _by_metadata(article: Article, _row: ContextRow | None) -> Finding | None:
    values = _metadata(article)
    for key in _DATE_KEYS:
        if key in values:
            written, value = values[key]
            date = stated_date(value)
            if date:
                return Finding(date, "metadata", f"the front matter's {written} says {date}")
    return None


def _by_url(article: Article, row: ContextRow | None) -> Finding | None:
    for url in (row.url if row else "", _named(article, _URL_KEYS)):
        dates = dates_in_name(url)
        if len(dates) == 1:
            return Finding(day(dates[0]), "url", f"its URL carries {dates[0]}")
    return None


def _by_file_name(article: Article, _row: ContextRow | None) -> Finding | None:
    dates = dates_in_name(article.file)
    if len(dates) != 1:
        return None
    return Finding(day(dates[0]), "file_name", f"the file name carries {dates[0]}")


_TOP = 8  # lines; a date printed lower is not the article's own
_DATELINE_DATE = re.compile(r"(?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+\.?),? (?:19|20)\d\d")
_LABELLED = re.compile(
    r"(?i)^(?:(?:(?:first |originally )?(?:published|posted|issued|created)(?: on| at)?|(?:publication )?date)\b[: ]*)?"
    r"(?P<rest>[^|\u00b7\u2022]{6,60})"
)
_CHANGED = re.compile(r"(?i)\b(?:last )?(?:updated|modified|corrected|changed|edited|accessed|retrieved)\b")


def _by_print(article: Article, _row: ContextRow | None) -> Finding | None:
    """A full date in the dateline, or on a line of its own above the first sentence of the story."""
    for sentence in article.sentences[:_TOP]:
        line = article.prose.text[sentence.start : sentence.end]
        if sentence.lead:
            written = _DATELINE_DATE.search(line[: sentence.lead])
            date = written and full_date(written[0])
            if date:
                return Finding(date, "printed", f"the dateline {line[: sentence.lead].strip()!r} carries {date}")
        elif sentence.kind != "body":
            date = printed_date(line)
            if date:
                return Finding(date, "printed", f"the line {line!r} at the top says {date}")
        if sentence.kind == "body":
            return None
    return None


def printed_date(line: str) -> DateInterval | None:
    """The date of a line that holds nothing else, bare or labelled as published; an update never counts."""
    for part in re.split(r"[|\u00b7\u2022]", _CHANGED.sub(r"|\g<0>", line)):
        match = _LABELLED.match(part.strip())
        if match and not _CHANGED.match(part.strip()):
            date = full_date(match["rest"].strip(" ,;-\u2013\u2014"))
            if date:
                return date
    return None


# A new kind of evidence is one more function here, at its place in the contract's order: after `_by_print` come what
# the text implies and what the other articles imply.
_STEPS: tuple[Step, ...] = (_by_context, _by_metadata, _by_url, _by_file_name, _by_print)


# --- dates as they are written --------------------------------------------------------------------

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAME_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-_./])(?P<m>\d{1,2}|[A-Za-z]{3,9})(?P=s)(?P<d>\d{1,2})(?![\d])"
    r"|(?<![\dA-Za-z])(?P<d2>\d{1,2})(?P<s2>[-_./])(?P<m2>\d{1,2}|[A-Za-z]{3,9})(?P=s2)(?P<y2>(?:19|20)\d\d)(?!\d)"
    r"|(?<![\dA-Za-z])(?P<y3>(?:19|20)\d\d)(?P<m3>\d\d)(?P<d3>\d\d)(?=T\d|[^\dA-Za-z]|$)"
)
_CLOCK = r"\d{1,2}(?:[:.h]\d\d){1,2}(?:\.\d+)?(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?"
_ZONE = r"(?: ?(?:[A-Z]{1,5}|\(?(?:GMT|UTC)?[+-]\d{1,2}:?(?:\d\d)?\)?|local time))?"
_TAIL = rf"(?:(?:,|T| at| -| \u2013| \u2014)? ?(?:{_CLOCK}){_ZONE})?"
_NUMERIC = re.compile(
    r"(?:(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})|(?P<a>\d{1,2})([-/.])(?P<b>\d{1,2})\6(?P<y2>\d{4}))" + _TAIL
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T\d{4,6}Z?)?")
_WORDED = re.compile(
    rf"(?:(?:{_CLOCK}){_ZONE},? (?:on )?)?(?:(?P<weekday>[A-Za-z]{{3,9}})\.?,? )?"
    r"(?:(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,?"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)?(?:[ -]| of )(?P<month2>[A-Za-z]{3,9})\.?,?)"
    r"[ -](?P<year>(?:19|20)\d\d)" + _TAIL
)


def _valid(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def dates_in_name(name: str) -> tuple[dt.date, ...]:
    """The different days that a file name or URL carries (`/2019/08/20/`, `2019-aug-20`, `20190820`), in order.

    Years 1900 to 2099; the day must exist; `04-05-2019` can be two days and is none.
    """
    found: dict[dt.date, None] = {}
    for match in _NAME_DATE.finditer(name):
        year = match["y"] or match["y2"] or match["y3"]
        month, number = match["m"] or match["m2"] or match["m3"], match["d"] or match["d2"] or match["d3"]
        if month.isdigit():
            value = _day_first(number, month, year) if match["y2"] else _valid(int(year), int(month), int(number))
        else:
            value = _valid(int(year), _month(month), int(number))
        if value:
            found[value] = None
    return tuple(found)


def _month(word: str) -> int:
    """The number of an English month, written out or cut to three letters or more; 0 for another word."""
    low = word.lower()
    number = _MONTHS.index(low[:3]) + 1 if low[:3] in _MONTHS else 0
    return number if number and (month_name[number].lower().startswith(low) or low == "sept") else 0


def _day_first(first: str, second: str, year: str) -> dt.date | None:
    """The day of `31/12/2019` or `12/31/2019`; None when both orders give a day, and they differ."""
    readings = {_valid(int(year), int(second), int(first)), _valid(int(year), int(first), int(second))} - {None}
    return readings.pop() if len(readings) == 1 else None


def stated_date(value: str) -> DateInterval | None:
    """The date that a value of front matter states: ISO or EDTF, or a full date in words. Its own local day is kept."""
    value = value.strip()
    try:
        date = parse_edtf(value)
    except ValueError:
        return full_date(value)
    return date if date.known else None


def full_date(text: str) -> DateInterval | None:
    """The day that a string is, when it is nothing but one full, unambiguous date (and perhaps a time), else None."""
    text = " ".join(text.split())
    numeric, compact, worded = _NUMERIC.fullmatch(text), _COMPACT.fullmatch(text), _WORDED.fullmatch(text)
    value: dt.date | None = None
    if numeric:
        if numeric["y"]:
            value = _valid(int(numeric["y"]), int(numeric["m"]), int(numeric["d"]))
        else:
            value = _day_first(numeric["a"], numeric["b"], numeric["y2"])
    elif compact:
        value = _valid(int(compact[1]), int(compact[2]), int(compact[3]))
    elif worded:
        value = _worded(worded)
    return day(value) if value and 1900 <= value.year <= 2099 else None


def _worded(match: re.Match[str]) -> dt.date | None:
    import dateparser

    clean = f"{match['day'] or match['day2']} {match['month'] or match['month2']} {match['year']}"
    parsed = dateparser.parse(
        clean,
        languages=["en"],
        settings={
            "STRICT_PARSING": True,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RELATIVE_BASE": dt.datetime(2000, 1, 1),  # noqa: DTZ001 - never used: the parts are required; it keeps the clock out
            "DATE_ORDER": "DMY",
        },
    )
    if parsed is None:
        return None
    weekday = (match["weekday"] or "").lower()[:3]
    if weekday and (weekday not in _DAYS or _DAYS.index(weekday) != parsed.weekday()):
        return None  # a date that contradicts its own weekday is not trusted
    return parsed.date()
