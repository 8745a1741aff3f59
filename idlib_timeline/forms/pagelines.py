"""Dates printed at the top of a page: which line tells the day of publication, in whatever language it is written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ..model import Stated
from .pagemonths import iso, iso_day
from .pagetop import Line

CHANGED = re.compile(
    r"(?i)\b(?:updated?|modified|corrected|amended|edited|revised|changed|last (?:reviewed|saved)|mise? à jour|màj"
    r"|actuali[sz]ad[oa]|actualización|atualizad[oa]|atualização|aggiornat[oa]|aggiornamento|aktualisiert"
    r"|aktualisierung|stand:|geändert|bijgewerkt|gewijzigd|aktualizacja|ažurirano|изменено|обновлено|оновлено"
    r"|güncelleme|güncellendi|ενημέρωση|uppdaterad|oppdatert|opdateret|actualizat|تحديث|التحديث|به ?روزرسانی|עודכן)"
    r"(?!\w)"
)
ISSUED = re.compile(
    r"(?i)\b(?:published|posted|issued|filed|released|submitted|pubdate|entry-date|publiée?|parue?|mise? en ligne"
    r"|publicad[oa]|publicación|publicação|postado|pubblicat[oa]|veröffentlicht|erschienen|erstellt|gepubliceerd"
    r"|geplaatst|opublikowano|dodano|objavljeno|опубликовано|опубліковано|објављено|публикувано|yayınlanma|yayınlandı"
    r"|yayın tarihi|δημοσίευση|publicerad|publisert|udgivet|publicat|نشر|النشر|انتشار|פורסם)(?!\w)"
)
_OTHERS = re.compile(  # a line that tells the day of a visit, or of something else than the article
    r"(?i)^\W{0,5}(?:today|it is now|aujourd['\u2019]hui|nous sommes|hoy|hoje|oggi|heute|vandaag|сегодня|اليوم|bugün)\b"
    r"|\b(?:copyright|accessed|retrieved|archived|visited|printed (?:on|from)|events?|incident|deadline|expires|valid"
    r"|starts|begins|opens|born|died|founded|established|when:)(?!\w)|\u00a9|\(c\)"
)
_WITHIN_WORDS = re.compile(  # what a sentence or a heading has before a day of which it tells
    r"(?i)\b(?:of|on|since|in|until|till|from|to|before|after|the|and|between|during|for|du|depuis|del|desde|dal|seit|des)"
    r" (?:\w{3,12},? )?$"
)
_FEW = 7  # words beside a date that bears no label: an outlet, a place, a clock with its zone
_LONGEST = 120  # characters; a longer line is prose
_DATES = 3  # of a line that are looked at
_YEAR = r"(?:1[89]|20)\d\d"
_WORD = r"[^\W\d_]{2,12}(?: ال[^\W\d_]{3,6})?"  # a month; in the Levant two have a second word
_FULL = re.compile(  # what carries a day, a month and a year, in whatever order
    rf"(?i)(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:[ -]{{1,2}}|(?P<other>\. ?|(?:er|º|ª|°)? (?:de |d['\u2019])?))"
    rf"(?:of )?(?P<month>{_WORD})(?:/ ?{_WORD})?\.?,?(?: del?)?[ -]{{1,2}}(?P<year>{_YEAR})(?!\d)"
    rf"|\b(?P<month2>{_WORD})\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?(?P<other2> de)? ?(?P<year2>{_YEAR})(?!\d)"
    rf"|(?<!\d)(?P<year3>{_YEAR})(?P<other3>\. )(?P<month3>{_WORD}) (?P<day3>\d{{1,2}})(?!\d)"
    rf"|(?<!\d)(?P<year4>{_YEAR}) ?[年년] ?(?P<month4>\d{{1,2}}) ?[月월] ?(?P<day4>\d{{1,2}}) ?[日일]"
    r"|\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})\b"
    # two digits of a year, unless they are those of a clock
    r"|(?<![\d.:/-])\d{1,2}(?:/\d{1,2}/|\.(?:0?[1-9]|1[0-2])\.)(?:9\d|[0-3]\d)"
    r"(?![\d:/]|[.-]\d| ?(?:[ap]\.?m|h|hrs?|uhr)\b)"
)
_ENGLISH = re.compile(
    r"(?i)(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DIGITS = {ord(digit): str(number % 10) for number, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_WEEKDAY = re.compile(r"([^\W\d_]{4,12}(?:-feira)?)[.,]? {0,2}(?:(?:el|le|den|em|dia) )?$")


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a line: `value` is what the publishing step is to read, `labelled` whether the line says what it is."""

    date: str
    value: str
    labelled: bool


def printed(lines: Sequence[Line], language: str) -> Iterator[Stated]:
    """The line at the top of the page that carries a full date; `language` is the page's own tag, or "".

    Labelled lines alone where there are any. Lines that differ in their dates and bear no label say nothing.
    """
    seen = (line.text for line in lines if line.block.tag not in ("h2", "h3", "h4", "h5", "h6", "figcaption"))
    found = [(text, one) for text in seen for one in in_line(text, language)]
    chosen = [(text, one) for text, one in found if one.labelled] or found
    if len({one.date for _, one in chosen}) == 1:
        yield Stated("published", f"the line {chosen[0][0]!r} at the top", chosen[0][1].value, "printed")


def in_line(line: str, language: str) -> list[Found]:
    """The dates of a line that no word before them makes those of a change.

    One in English or in digits is passed on with the words around it, unless another stands there, too; one in another
    language as an ISO date.
    """
    if len(line) > _LONGEST or _OTHERS.search(line):
        return []
    found = []
    line = line.translate(_DIGITS)
    matches = list(islice(_FULL.finditer(line), _DATES))
    for match in matches:
        before = line[: match.start()]
        issued = _last(ISSUED, before)
        if _last(CHANGED, before) > issued or not (date := _date(match, before, language)):
            continue
        labelled = issued >= 0 or (len(matches) == 1 and ISSUED.search(line) is not None)
        if not labelled and _is_of_a_sentence(line, match):
            continue
        alone = date == match[0] and len(matches) == 1
        value = _parted(line, match.start()) if alone else date
        found.append(Found(date.lower(), value, labelled))
    return found


def _date(match: re.Match[str], before: str, language: str) -> str:
    """The date as printed where it is in English or in digits, else as ISO, or "" where it is none."""
    parts = match.groupdict()
    if parts["year4"]:
        return iso(parts["year4"], parts["month4"], parts["day4"])
    year, month, day, other = (
        next(filter(None, (parts[key + number] for number in ("", "2", "3"))), "")
        for key in ("year", "month", "day", "other")
    )
    if not month or (_ENGLISH.fullmatch(month) and not other.strip()):
        return match[0]
    weekday = _WEEKDAY.search(before)
    return iso_day(year, month, day, weekday[1] if weekday else "", language)


def _is_of_a_sentence(line: str, match: re.Match[str]) -> bool:
    """Whether a date without a label stands among words that tell something, not in a line of its own or a byline."""
    if re.match(r"(?i)(?:by|par|por|von|di)\s", line):
        return False
    beside = f"{line[: match.start()]} {line[match.end() :]}"
    return _WITHIN_WORDS.search(line[: match.start()]) is not None or len(re.findall(r"[^\W\d_]{2,}", beside)) > _FEW


def _last(label: re.Pattern[str], text: str) -> int:
    """Where the last of some labels stands in a text; -1 without one."""
    return max((match.start() for match in label.finditer(text)), default=-1)


def _parted(line: str, start: int) -> str:
    """A line with a bar between its byline and the date at `start`, which the page sets apart by looks alone."""
    if re.match(r"(?i)by\s", line) and not ISSUED.search(line[:start]) and "|" not in line[:start]:
        line = f"{line[:start].rstrip(' ,')} | {line[start:]}"
    return re.sub(r"(?i)(?<=\d)[ ,]{1,3}(?=by\s)", " | ", line)
