"""The dates a page states: of publication in the order they are trusted, of later changes, and of being saved."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from ..model import Stated
from .pagegraph import Node, text
from .pagelines import CHANGED, ISSUED, in_line
from .pagetop import Element, Line, around, in_box, is_entry, moment, plain

# Names of meta tags without case and separators, the most trusted first. The plain `date` stands last: some sites keep
# the last change there.
_PUBLISHED = (
    *("articlepublishedtime", "ogarticlepublishedtime", "articlepublished", "ogpublishedtime", "articlepublisheddate"),
    *("datepublished", "parselypubdate", "sailthrudate", "btpubdate", "vrpublishedtime", "cxenseparserecspublishtime"),
    *("originalpublicationdate", "publicationdate", "publisheddate", "publishdate", "publishedtime", "publishtime"),
    *("pubdate", "pubtime", "firstpublished", "firstpublicationdate", "articledateoriginal", "articleorigdate"),
    *("dcdateissued", "dctermsissued", "dcissued", "dcdatepublished", "dctermsdateissued", "dateissued", "issued"),
    *("citationpublicationdate", "citationonlinedate", "citationdate", "displaydate", "articlecreated"),
    *("dcdatecreated", "dctermscreated", "dcdate", "dctermsdate", "date"),
)
_UPDATED = ("articlemodifiedtime", "ogupdatedtime", "articleupdatedtime", "articleupdated", "dcdatemodified",
            "dctermsmodified", "datemodified", "modifieddate", "lastmodified", "lastupdated", "revised")  # fmt: skip

_YEAR = re.compile(r"(?<!\d)(?:19[1-9]|20)\d\d(?!\d{2,})|(?<!\d)20\d{6}")
_EPOCH = re.compile(r"(?:0001|19(?:69-12-31|70-01-01))")  # what a program writes that knows no date
_LONGEST = 120  # characters; a longer line is prose
_MARKED = 20  # elements of an entry
_MARKS = frozenset(("entry-date", "published", "dt-published"))  # classes of a blog's entry (hAtom, h-entry)
_ITEM = re.compile(r"(?:Article|BlogPosting|Report|WebPage|CreativeWork)$")


@dataclass(frozen=True, slots=True)
class Top:
    """What the dates of a page are read from: elements with microdata, meta tags by plain key (the name as
    written and the content), its own JSON-LD nodes, its headline, the lines around that, and its language tag.
    """

    items: Sequence[Element]
    metas: Mapping[str, Sequence[tuple[str, str]]]
    nodes: Sequence[Node]
    heading: Element | None
    lines: Sequence[Line]
    language: str = ""


def items(tree: Element) -> list[Element]:
    """The elements of a page that carry a date of microdata or RDFa."""
    found: list[Element] = tree.xpath("//*[contains(@itemprop, 'date') or contains(@property, 'date')]")
    return found


def published(top: Top) -> Iterator[Stated]:
    """What the page's markup states as its publication, the most trusted first."""
    yield from _of_nodes(top, "datePublished", "published")
    for key in _PUBLISHED:
        values = {value[:10]: (name, value) for name, value in reversed(top.metas.get(key, ())) if _dated(value)}
        if len(values) == 1:
            ((name, value),) = values.values()
            yield Stated("published", f"the page's meta tag {name}", value)
        if key == "datepublished":
            yield from _of_items(top, "datePublished", "published")
    yield from _of_times(top, "published", ("published", ""))
    if all(label == "updated" for label, _ in _times(top)):
        yield from _of_entry(top)


def updated(top: Top) -> Iterator[Stated]:
    """What the page states as its last change."""
    yield from _of_nodes(top, "dateModified", "updated")
    for key in _UPDATED:
        for name, value in top.metas.get(key, ())[:1]:
            if _dated(value):
                yield Stated("updated", f"the page's meta tag {name}", value)
    yield from _of_items(top, "dateModified", "updated")
    yield from _of_times(top, "updated", ("updated",))


def _of_nodes(top: Top, key: str, meaning: str) -> Iterator[Stated]:
    values = [value for node in top.nodes if _dated(value := text(node.get(key)))]
    if len({value[:10] for value in values}) == 1:
        yield Stated(meaning, f"the page's JSON-LD {key}", values[0])


def _of_items(top: Top, key: str, meaning: str) -> Iterator[Stated]:
    """Microdata of the article itself: not of a comment, a related story or anything else that is described."""
    own = frozenset(around(top.heading))
    found: dict[str, str] = {}
    for element in top.items:
        named = f"{element.get('itemprop', '')} {element.get('property', '')}".replace("schema:", "").split()
        value = element.get("content") or moment(element) or element.get("datetime") or plain(element)
        if key in named and _dated(value) and not in_box(element, own) and not _foreign(element, own):
            found.setdefault(value[:10], value)
    if len(found) == 1:
        yield Stated(meaning, f"the page's itemprop {key}", *found.values())


def _foreign(element: Element, own: frozenset[Element]) -> bool:
    """Whether the element belongs to another thing than the article: a card, a comment, an event."""
    for ancestor in element.iterancestors():
        scope = ancestor.get("itemtype") or ancestor.get("typeof")
        if own and ancestor not in own and (scope or ancestor.tag == "article"):
            return not (scope and _ITEM.search(scope)) or _several(ancestor)
        if scope:
            return not _ITEM.search(scope)
    return False


def _several(element: Element) -> bool:
    """Whether other elements beside this one describe the same sort of thing, as the cards of a list do."""
    parent = element.getparent()
    kind = element.get("itemtype")
    return parent is not None and sum(one.get("itemtype") == kind for one in parent) > 1


def _of_times(top: Top, meaning: str, labels: Sequence[str]) -> Iterator[Stated]:
    """The <time> elements and microformats at the top: of the first of `labels` that there is, the only day."""
    found = list(_times(top))
    for wanted in labels:
        values = {moment(element)[:10]: element for label, element in reversed(found) if label == wanted}
        if len(values) == 1:
            (element,) = values.values()
            yield Stated(meaning, f"the page's <{element.tag}> at the top", moment(element))
        if values:
            return


def _times(top: Top) -> Iterator[tuple[str, Element]]:
    return chain.from_iterable(map(_labelled, top.lines))


def _labelled(line: Line) -> Iterator[tuple[str, Element]]:
    """The elements of a line whose moment can be its article's, each with its label: `published`, `updated` or "".

    The last word before the element that is a label counts; the element's own class or title comes first.
    """
    if len(line.text) > _LONGEST:
        return
    for offset, element in line.times:
        if not _dated(moment(element)):
            continue
        if element.get("itemprop") not in (None, "", "datePublished"):
            continue
        named = " ".join(element.get(key, "") for key in ("class", "title", "itemprop", "id"))
        before = line.text[:offset]
        changed = max((match.end() for match in CHANGED.finditer(before)), default=-1)
        issued = max((match.end() for match in ISSUED.finditer(before)), default=-1)
        if ISSUED.search(named) or element.get("pubdate") is not None or "datePublished" in named:
            yield "published", element
        elif CHANGED.search(named) or changed > issued:
            yield "updated", element
        else:
            yield ("published" if issued >= 0 else ""), element


def _of_entry(top: Top) -> Iterator[Stated]:
    """What is marked as the entry's date in the entry that holds the headline, wherever it stands there."""
    entry = next(filter(is_entry, around(top.heading)), None)
    if entry is None:
        return
    moments: dict[str, Stated] = {}
    lines: dict[str, Stated] = {}
    for element in islice(_marked(entry), _MARKED):
        stamp = next(filter(_dated, map(moment, element.iter())), "")
        if stamp:
            moments.setdefault(stamp[:10], Stated("published", f"the page's <{element.tag}> of the entry", stamp))
        words = plain(element)
        for one in in_line(words, top.language):
            lines.setdefault(one.date, Stated("published", f"the line {words!r} of the entry", one.value, "printed"))
    if len(chosen := moments or lines) == 1:
        yield from chosen.values()


def _marked(entry: Element) -> Iterator[Element]:
    """The elements that are marked as the date of an entry, not of one within it or of a box."""
    for element in entry.iter("time", "abbr", "span", "data", "p", "div"):
        if _MARKS.isdisjoint(element.get("class", "").split()) and element.get("pubdate") is None:
            continue
        if next(filter(is_entry, element.iterancestors())) is entry and not _commented(element, entry):
            yield element


def _commented(element: Element, article: Element) -> bool:
    """Whether a box other than the entry's own footer stands between the element and its article."""
    for ancestor in element.iterancestors():
        if ancestor is article:
            return False
        if ancestor.tag != "footer" and in_box(ancestor, (ancestor.getparent(),)):
            return True
    return False


def _dated(value: Any) -> bool:
    """Whether a value carries a year, and is not the first moment of a computer's clock."""
    return isinstance(value, str) and len(value) <= 60 and bool(_YEAR.search(value)) and not _EPOCH.match(value)


# --- saved pages ----------------------------------------------------------------------------------

_SINGLE_FILE = re.compile(
    r"<!--\s{0,20}Page saved with SingleFile\s{1,20}url: {0,5}(?P<url>\S{1,2000})"
    r"\s{1,20}saved date: {0,5}(?P<day>[^\n(]{1,80})"
)
_SAVED_FROM = re.compile(r"<!--\s{0,20}saved from url=\(\d{1,6}\)(?P<url>\S{1,2000})")
_MIRRORED = re.compile(  # HTTrack writes so, and others after it
    r"<!--\s{0,20}Mirrored from (?P<url>\S{1,2000}) by (?P<who>[^\n>,/\[]{1,60}+)[^\n>]{0,100}?,"
    r" (?P<day>(?:\w{3}, )?\d{1,2} \w{3} \d{4}[^\n>]{0,30}?) {0,5}-->"
)
_WAYBACK = re.compile(r"<!--\s{0,20}FILE ARCHIVED ON (?P<day>\d\d:\d\d:\d\d \w{3} \d\d?, \d{4})")
_CAPTURE = re.compile(r"https?://web\.archive\.org/web/(?P<moment>\d{14})(?:[a-z]{2}_)?/(?P<url>https?:/{1,2}\S+)")


def saved(source: str, urls: Sequence[str]) -> Iterator[Stated]:
    """When the page was kept, as the comments of browsers and archives and the capture in `urls` say."""
    for pattern, who in ((_SINGLE_FILE, "SingleFile"), (_MIRRORED, ""), (_WAYBACK, "the Wayback Machine")):
        match = pattern.search(source)
        if match:
            yield Stated("saved", f"the page's comment by {who or match['who'].strip()}", match["day"].strip())
    for url in urls:
        capture = _CAPTURE.match(url)
        if capture:
            year, month, day, *clock = re.findall(r"\d\d", capture["moment"][2:])
            moment = f"{capture['moment'][:2]}{year}-{month}-{day}T{':'.join(clock)}Z"
            yield Stated("saved", "the address of the Wayback Machine", moment)
            return


def saved_urls(source: str) -> list[str]:
    """The addresses that browsers and mirrors note in a comment when they save a page."""
    found = [match["url"] for pattern in (_SINGLE_FILE, _SAVED_FROM) for match in [pattern.search(source)] if match]
    mirrored = _MIRRORED.search(source)
    return [*found, f"http://{mirrored['url']}"] if mirrored else found


def original(url: str) -> str:
    """The address that was archived, without the Wayback Machine's own before it."""
    capture = _CAPTURE.match(url)
    return capture["url"] if capture else url
