"""Dates printed at the top of an article: a dateline, a line of its own, or the words that open a text run together."""

import re
from collections.abc import Iterator

from ..model import Article
from .written import Written, leading_date, whole_date

_TOP = 8  # lines; a date printed lower is not the article's own
_OPENING = 600  # characters of a text run together in which its headline and date stand
_DATELINE_DATE = re.compile(r"(?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+\.?),? (?:19|20)\d\d")
_LABEL = (
    r"(?:(?:(?:first |originally )?(?:published|posted|issued|created|added|written)(?: on| at)?"
    r"|(?:publication )?date(?: of publication| published)?|story|time of publication)\b[: ]*)"
)
_LABELLED = re.compile(rf"(?i)^{_LABEL}?(?P<rest>[^|\u00b7\u2022]{{6,60}})")
_BYLINE = re.compile(r"(?i)^by .{2,80}?(?:,|\s-|\s\u2013|\s\u2014|\son)\s+(?=\w{3,9}\.?,? ?\d|\d)")
_CHANGED = re.compile(r"(?i)\b(?:last |first )?(?:updated|modified|corrected|changed|edited|accessed|retrieved)\b")
_PIECES = re.compile(r"\s*[|\u00b7\u2022]\s*|\s+/\s+")
_AGENCY = re.compile(  # what stands between a headline and its date where a page was saved as one line
    r"\b(?:AFP|AP|Reuters|REUTERS|DPA|dpa|EFE|ANSA|TASS|Xinhua|SANA|UPI|PTI|Interfax|Agencies|Middle East)\s+"
    r"|\b[A-Z]{3,}\s+(?=(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? \d)"
)
_SPACE = re.compile(r"[\s.:|-]*")
_SECTION = re.compile(r"[\s.:|-]*(?:[A-Z][\w&'-]*\s|-\s){1,8}")  # outlet, photographer, rubric behind a headline
_NEXT = re.compile(  # what a text goes on with after its date: a new sentence, a number, the page's furniture
    r"\s*(?:$|[A-Z\"'\u201c\u2018(|]|\d|by\s[A-Z]"
    r"|(?:at least|[a-z]+(?:teen|ty)|one|two|three|four|five|six|seven|eight|nine|ten)\b)"
)
_END = 3  # sentences
_CLOSING = re.compile(r"(?i)[(\[]?(?:filed|published|first published|posted|issued|transmitted|date of publication)\b")
_CLOSING_LENGTH, _AFTER_DATE = 120, 20  # characters: a longer line tells a story
_DIGITS = re.compile(r"(?<!\d)\d{1,2}(?!\d)|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d")
_ON = re.compile(r"(?i)\b(?:on|of|since|in|by|until|from|to|before|after|the|and|dated|till)\s+$")


def printed(article: Article) -> Iterator[tuple[str, str, Written]]:
    """Where a full date is printed (for people), the words, and the date; first what the page's layout shows."""
    for stated in article.stated:
        if stated.meaning == "published" and stated.method == "printed":
            for found in (printed_dates(stated.value) or _inside(stated.value))[:1]:
                yield stated.where, stated.value, found
    yield from _in_text(article)


def _in_text(article: Article) -> Iterator[tuple[str, str, Written]]:
    """A full date in the dateline, on a line of its own above the first sentence of the story, or in its opening."""
    for sentence in article.sentences[:_TOP]:
        line = article.prose.text[sentence.start : sentence.end]
        if sentence.lead:
            lead = line[: sentence.lead].strip()
            written = _DATELINE_DATE.search(lead)
            found = whole_date(written[0]) if written else None
            if found:
                yield f"the dateline {lead!r}", lead, found
                return
        elif sentence.kind != "body":
            dates = printed_dates(line)
            if dates:
                yield f"the line {line!r} at the top", line, dates[0]
                return
        if sentence.kind == "body":
            break
    opening = list(_opening(article.prose.text[:_OPENING].split("\n\n")[0], article.title))
    yield from opening or _at_the_end(article)


def _at_the_end(article: Article) -> Iterator[tuple[str, str, Written]]:
    """The date of a closing line that says it is that of publication: "(Filed by the bureau, 30 December 1994)"."""
    for sentence in article.sentences[-_END:]:
        line = article.prose.text[sentence.start : sentence.end]
        label = _CLOSING.match(line)
        if label and len(line) < _CLOSING_LENGTH:
            for match in _DIGITS.finditer(line, label.end()):
                found = leading_date(line[match.start() :])
                if found and len(line) - match.start() - found[1] <= _AFTER_DATE:
                    yield f"the line {line!r} at the end", line, found[0]
                    return


def _opening(text: str, title: str) -> Iterator[tuple[str, str, Written]]:
    """The date of "Wed 05 Apr 2017 Headline ..." or "Headline AFP Friday 24 Oct 2014 Ten people ..."."""
    text = " ".join(text.split())
    labelled = re.match(rf"(?i){_LABEL}", text)
    labels = [labelled.end()] if labelled else []
    starts = [0, *labels]
    title = " ".join(title.split())
    if title and text.startswith(title):
        behind = text[len(title) :]
        starts += [len(title) + found.end() for found in (_SPACE.match(behind), _SECTION.match(behind)) if found]
    starts += [match.end() for match in _AGENCY.finditer(text)]
    for start in starts:
        found = leading_date(text[start:])
        if found and _NEXT.match(text[start + found[1] :]) and (start in labels or not _ON.search(text[:start])):
            words = text[start : start + found[1]]
            yield f"{words!r} in the opening", words, found[0]
            return


def _inside(line: str) -> list[Written]:
    """The dates anywhere in a line whose place on the page says that it tells the date; an update never counts."""
    found = []
    for piece in re.split(_CHANGED, line)[:1] if _CHANGED.search(line) else [line]:
        for match in _STARTS.finditer(piece):
            date = leading_date(piece[match.start() :])
            if date:
                found.append(date[0])
                break
    return found


_STARTS = re.compile(r"(?<![\w/.-])(?:\d|[A-Z][a-z]{2})")


def printed_dates(line: str) -> list[Written]:
    """The dates of a line that holds nothing else, bare or labelled as published; an update never counts."""
    found = []
    for piece in _PIECES.split(_CHANGED.sub(r"|\g<0>", line)):
        part = _BYLINE.sub("", piece.strip())
        match = _LABELLED.match(part)
        if match and not _CHANGED.match(part):
            date = whole_date(match["rest"].strip(" ,;-\u2013\u2014"))
            if date:
                found.append(date)
    return found
