"""Article -> when and where it appeared, with the evidence.

Each step of the chain reads one kind of evidence and answers clues or none; the first that speaks decides, and those
after it that say otherwise become conflicts. Neither the clock nor a file's times are ever asked.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..context import CONTEXT_FILE, Context, ContextRow, find_context, load_context
from ..interval import UNKNOWN, DateInterval, day
from ..model import Article, Finding, Publication
from .days import ALL, Days, of_intervals
from .implied import implied
from .neighbours import Circumstances, lend
from .printed import printed
from .regions import day_first
from .reprints import sentence_print, voices
from .written import Written, dates_in_name, instant, month_in_path, stated_date, whole_date

__all__ = [
    "ALL",
    "Circumstances",
    "Context",
    "ContextRow",
    "Days",
    "find_context",
    "implied",
    "lend",
    "load_context",
    "publish",
    "sentence_print",
    "voices",
]


@dataclass(frozen=True, slots=True)
class _Clue:
    """A finding before it is weighed: `written` when it is a date in writing, `moment` when it names a zone."""

    finding: Finding
    written: Written | None = None
    moment: dt.datetime | None = None

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days that a written date can be."""
        return self.written.days if self.written else ()


Step = Callable[[Article, ContextRow], Iterator[_Clue]]


def publish(
    article: Article,
    row: ContextRow | None = None,
    option: DateInterval = UNKNOWN,
    *,
    implied: Finding | None = None,
    corpus: Finding | None = None,
    order: bool | None = None,
    possible: Days | None = None,
) -> Publication:
    """When and where `article` appeared.

    `row` is its context row, `option` the date for articles that have none; `implied` is what its text implies,
    `corpus` what the other articles imply, `order` whether its neighbours write the day before the month, `possible`
    the days that the text allows.
    """
    row = row or ContextRow(article.file)
    clues = [clue for step in _STEPS for clue in step(article, row)]
    url = row.url or article.details.get("url", "")
    own = day_first(url or article.details.get("site", ""), article.details.get("language", ""))
    findings = [_settled(clue, own if own is not None else order) for clue in _local_days(clues)]
    shown = {clue.written.day_first for clue in clues if clue.written} - {None}
    findings += [finding for finding in (implied, corpus) if finding and finding.date.known]
    if option.known:
        findings.append(Finding(option, "option", f"--published says {option}"))
    decided = _decided(findings, possible or ALL, clues)
    conflicts = [
        f"{other.evidence}, but {decided.evidence}"
        for other in findings
        if other.method != "option" and not other.date.overlaps(decided.date)
    ]
    return Publication(
        date=decided.date,
        method=decided.method,
        evidence=decided.evidence,
        outlet=row.outlet or article.details.get("outlet", ""),
        place=row.place or article.details.get("place", ""),
        timezone=row.timezone,
        url=url,
        conflicts=(*dict.fromkeys(conflicts), *_too_late(article, decided)),
        author=article.details.get("author", ""),
        language=article.details.get("language", ""),
        chain=(*findings, *([implied] if implied and not implied.date.known else [])),
        order=next(iter(shown)) if len(shown) == 1 else None,
        possible=possible.spans if possible is not None else (),
        two_days=decided.method not in ("context", "corpus")
        and any(len(clue.days) == 2 for clue in clues)
        and own is None,
    )


_NARROWS = frozenset(("text", "corpus", "option"))


def _decided(findings: Sequence[Finding], possible: Days, clues: Sequence[_Clue]) -> Finding:
    """The first finding; while it is no single day, narrowed by what the text allows and by findings that agree."""
    if not findings:
        why = f"nothing says when it appeared: add a row for it to {CONTEXT_FILE}, or use --published"
        return Finding(UNKNOWN, "none", why)
    decided = findings[0]
    if decided.method in ("context", "option") or decided.date.precision == "day":
        return decided
    two = next((clue.days for clue in clues if len(clue.days) > 1 and clue.finding == decided), ())
    allowed = possible & (of_intervals(map(day, two)) if two else of_intervals([decided.date]))
    if allowed and allowed.hull != decided.date:
        decided = Finding(allowed.hull, "text", f"{decided.evidence}, and the text allows only {allowed.hull} of it")
    for finding in findings[1:]:
        both = decided.date.intersect(finding.date)
        if finding.method in _NARROWS and both is not None and both != decided.date:
            reasons = (*decided.reasons, *finding.reasons)
            decided = Finding(both, finding.method, f"{decided.evidence}, and {finding.evidence}", reasons)
    return decided


def _too_late(article: Article, decided: Finding) -> Iterator[str]:
    """Dates of a later change or copy that lie before the publication (a day's grace for zones)."""
    for stated in article.stated:
        date = stated_date(stated.value) if stated.meaning != "published" else None
        first = decided.date.earliest
        if date and date.latest and first and date.latest + dt.timedelta(days=1) < first:
            yield f"{stated.where} says {date}, but {decided.evidence}"


# --- the steps ------------------------------------------------------------------------------------


def _by_context(_article: Article, row: ContextRow) -> Iterator[_Clue]:
    if row.published.known:
        yield _Clue(Finding(row.published, "context", f"{row.source} line {row.line} says {row.published}"))


def _by_first_print(article: Article, _row: ContextRow) -> Iterator[_Clue]:
    """A page brought online later says when it was first published; its tags say when it came online."""
    for place, words, written in printed(article):
        if _FIRST.match(words) and len(written.days) == 1:
            yield _Clue(Finding(day(written.days[0]), "printed", f"{place} says {written.days[0]}"), written)


_FIRST = re.compile(r"(?i)(?:first|originally) (?:published|printed|appeared)\b")


def _by_metadata(article: Article, row: ContextRow) -> Iterator[_Clue]:
    seen = set()
    for stated in article.stated:
        if stated.meaning != "published" or stated.method != "metadata":
            continue
        date, written = stated_date(stated.value, row.timezone), whole_date(stated.value)
        if date and date not in seen:
            seen.add(date)
            zone = f" in {row.timezone}" if row.timezone and instant(stated.value) else ""
            finding = Finding(date, "metadata", f"{stated.where} says {date}{zone}")
            yield _Clue(finding, written, None if zone else instant(stated.value))
        elif written and not date:
            yield _clue(written, "metadata", f"{stated.where}, {stated.value!r}, can mean")


def _clue(written: Written, method: str, said: str) -> _Clue:
    """A date in writing; of two days it can be, the whole span, until their order is known."""
    first, last = min(written.days), max(written.days)
    days = " or ".join(map(str, sorted(written.days)))
    return _Clue(Finding(DateInterval(first, last), method, f"{said} {days}"), written)


def _by_url(article: Article, row: ContextRow) -> Iterator[_Clue]:
    for url in dict.fromkeys((row.url, article.details.get("url", ""))):
        yield from _by_name(url, "url", "its URL")


def _by_file_name(article: Article, _row: ContextRow) -> Iterator[_Clue]:
    if not _COPY.search(article.file):
        yield from _by_name(article.file, "file_name", "the file name")


def _by_name(name: str, method: str, what: str) -> Iterator[_Clue]:
    dates = dates_in_name(name)
    if len(dates) == 1:
        yield _clue(dates[0], method, f"{what} carries" if len(dates[0].days) == 1 else f"{what} carries what can mean")
    month = month_in_path(name) if method == "url" and not dates else None
    if month:
        yield _Clue(Finding(month, method, f"{what} carries the month {month}"))


# A name that says it is a scan, a picture or a copy carries the day of that.
_COPY = re.compile(
    r"(?i)(?:^|[/_\W])(?:scan|scanned|img|image|photo|pict?|dsc|screenshot|screen|capture|copy|saved|download|whatsapp)[\W_]"
)


def _by_print(article: Article, _row: ContextRow) -> Iterator[_Clue]:
    for place, words, written in printed(article):
        yield _clue(written, "printed", f"{place} says" if len(written.days) == 1 else f"{place}, {words!r}, can mean")


_STEPS: tuple[Step, ...] = (_by_context, _by_first_print, _by_metadata, _by_url, _by_file_name, _by_print)


# --- weighing -------------------------------------------------------------------------------------

_WEST, _EAST = dt.timedelta(hours=12), dt.timedelta(hours=14)  # how far local time lies from UTC


def _local_days(clues: Sequence[_Clue]) -> Iterator[_Clue]:
    """The clues; a moment given in UTC takes the local day that the page itself prints, where that can be its day."""
    days = {clue.days[0] for clue in clues if len(clue.days) == 1 and clue.finding.method == "printed"}
    for clue in clues:
        moment, stated = clue.moment, clue.finding.date.earliest
        if moment and moment.utcoffset() == dt.timedelta(0) and len(days) == 1 and stated not in days:
            local = next(iter(days))
            if (moment - _WEST).date() <= local <= (moment + _EAST).date():
                evidence = f"{clue.finding.evidence} in UTC, which is {local} where the page prints it"
                yield _Clue(Finding(day(local), clue.finding.method, evidence))
                continue
        yield clue


def _settled(clue: _Clue, day_first: bool | None) -> Finding:
    """The finding, of two days the one that its writer's order of day and month means."""
    if len(clue.days) != 2 or day_first is None:
        return clue.finding
    date = Written(clue.days).settled(day_first).days[0]
    why = f"{clue.finding.evidence}; {'the day' if day_first else 'the month'} stands first there, so {date}"
    return Finding(day(date), clue.finding.method, why)
