"""The top of a page: which heading is the article's own, and the lines that stand around it before the story begins."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

Element = Any  # an lxml element; lxml carries no types

_BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "blockquote",
            "body",
            "center",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
            "footer",
        ),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li", "main", "ol", "p", "pre", "section"),
        *("summary", "table", "tbody", "td", "th", "thead", "tr", "ul", "br"),
    )
)
_GLUED = frozenset(("abbr", "b", "em", "font", "i", "sub", "sup", "u", "wbr"))  # they may split a word: 14<sup>th</sup>
_OTHERS = frozenset(
    (
        *(
            "aside",
            "audio",
            "button",
            "datalist",
            "dialog",
            "figure",
            "footer",
            "form",
            "iframe",
            "math",
            "nav",
        ),
        *("noscript", "object", "picture", "script", "select", "style", "svg", "template", "textarea", "video"),
    )
)
_BOX = re.compile(  # a class or id that names what stands beside an article
    r"(?i)(?:^|[\s_-])(?:related|recirc|sidebar|side|aside|comments?|disqus|repl(?:y|ies)|respond|footer|copyright"
    r"|most|popular|trending|latest|recent|recommend(?:ed|ations?)|promos?|teasers?|cards?|more|next|prev(?:ious)?|also"
    r"|outbrain|taboola|newsletter|subscribe|signup|nav|navbar|navigation|menu|breadcrumbs?|widgets?|caption|bio|profile"
    r"|events?|calendar|ticker|archives?|wm-ipp-base|advert(?:isement)?|banner|topbar|masthead|toolbar)(?:$|[\s_-])"
    r"|comment-?list|most-?(?:read|viewed|popular)|relatedstories|readmore|seealso"
)
_DECK = re.compile(
    r"(?i)standfirst|deck|dek\b|summary|subtitle|sub-?head|excerpt|tagline|description|teaser-?text|intro"
)
_SENTENCE_END = (".", "!", "?", "…", "\u201d", '"', "؟", "。", "।")
_HEADINGS = 50  # of a page that are looked at
_LINES = 60  # below the headline; the story of a page that has none by then is not found by its lines


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is seen. `block` is the element it stands in; `times` its elements with a moment, each with the
    offset in `text` where it begins; `links` counts the links in it and in the boxes before it.
    """

    text: str
    block: Element
    times: tuple[tuple[int, Element], ...] = ()
    links: int = 0


def same_words(one: str, other: str) -> bool:
    """Whether one heading is the other, or the other with something added ("... - Outlet")."""
    return same_letters(letters(one), letters(other))


def same_letters(one: str, other: str) -> bool:
    """The same for `letters` of headings."""
    short, long = sorted((one, other), key=len)
    return short == long != "" or (len(short) >= 12 and short in long)


def letters(text: str) -> str:
    """The letters and digits of a text, without case."""
    return re.sub(r"[\W_]+", "", text).casefold()


def plain(element: Element) -> str:
    """The characters of an element, whitespace collapsed."""
    return " ".join("".join(element.itertext()).split())


def around(element: Element | None) -> Iterator[Element]:
    """The element and what holds it, the innermost first; nothing around None."""
    if element is not None:
        yield element
        yield from element.iterancestors()


_MACHINE = re.compile(r"\s*\d{4}-?\d\d-?\d\d(?!\d)")


def moment(element: Element) -> str:
    """The day or moment that an element carries for programs, "" without one: of a <time>, of the <abbr> of a blog."""
    if element.tag in ("img", "a", "link", "iframe"):
        return ""
    values = (element.get(key) for key in ("datetime", "title", "value"))
    return next((value.strip() for value in values if value and _MACHINE.match(value)), "")


def is_entry(element: Element) -> bool:
    """Whether the element is an article, or the entry of a blog in the words of the microformats."""
    return element.tag == "article" or not _ENTRIES.isdisjoint(element.get("class", "").split())


_ENTRIES = frozenset(("hentry", "h-entry"))


def in_box(element: Element, own: Iterable[Element] = ()) -> bool:
    """Whether the element stands in a box beside the article: no box holds the article's headline, whose ancestors are
    `own`.
    """
    inside = frozenset(own)
    while element is not None and element not in inside:
        if _is_box(element):
            return True
        element = element.getparent()
    return False


def _is_box(element: Element) -> bool:
    if element.tag in _OTHERS:
        return True
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return element.tag not in ("html", "body") and len(named) > 1 and _BOX.search(named) is not None


def headline(tree: Element, titles: Sequence[str], outlet: str) -> Element | None:
    """The element of the article's headline: the one that `titles` name, else the only h1, not the outlet's name.

    A title often starts with the headline and ends with the outlet, which may be an h1 too.
    """
    masthead, named = letters(outlet), [letters(title) for title in titles]
    headings = islice(tree.iter("h1", "h2", "h3"), _HEADINGS)
    worded = [(letters(plain(heading)), heading) for heading in headings if not _closely_boxed(heading)]
    worded = [(words, heading) for words, heading in worded if words and words != masthead]
    found = [
        (any(title.startswith(words) for title in named), heading.tag == "h1", len(words), heading)
        for words, heading in worded
        if any(same_letters(words, title) for title in named)
    ]
    if found:
        return max(found, key=lambda one: one[:3])[3]
    main = [heading for _, heading in worded if heading.tag == "h1"]
    return main[0] if len(main) == 1 else None


def _closely_boxed(heading: Element) -> bool:
    """Whether the heading's own surroundings are a box; farther out a class may name the layout of the whole page."""
    return any(element.tag in ("aside", "nav", "footer") for element in islice(heading.iterancestors(), 3))


def lines(tree: Element, heading: Element | None) -> list[Line]:
    """The lines around the headline, from the start of its article to the first paragraph of the story.

    Without a headline: from the start of the page's only article element. Boxes beside the article are left out, and so
    is the headline itself.
    """
    start, own = _start(tree, heading)
    if start is None:
        return []
    found: list[Line] = []
    below = heading is None
    words = "" if heading is None else plain(heading)
    for line in _seen(start, tree, own):
        if heading is not None and (
            line.block is heading or line.text == words or heading in line.block.iterancestors()
        ):
            below = True
            continue
        if below and (tells(line) or len(found) > _LINES):
            break
        found.append(line)
    return found if below else []


def lines_of(tree: Element) -> list[Line]:
    """All lines of a page, without boxes; no table and no form is one, as they may hold a whole page."""
    body = tree.find("body")
    return list(_seen(tree if body is None else body, tree, frozenset(tree.iter("body", "center", "form", "table"))))


def _start(tree: Element, heading: Element | None) -> tuple[Element | None, frozenset[Element]]:
    """The element the article starts with, and the elements that cannot be boxes beside it."""
    if heading is None:
        articles = list(tree.iter("article")) or list(tree.iter("main"))
        alone = articles[0] if len(articles) == 1 else None
        return alone, frozenset() if alone is None else frozenset((alone, *alone.iterancestors()))
    own = frozenset((heading, *heading.iterancestors()))
    for element in heading.iterancestors():
        if is_entry(element) or "Article" in element.get("itemtype", ""):
            return element, own
    return heading, own


def _seen(start: Element, tree: Element, own: frozenset[Element]) -> Iterator[Line]:
    """The lines from `start` to the end of the page, without boxes."""
    from lxml import etree

    begun, text, links = False, "", 0
    times, blocks = [], []  # type: list[tuple[int, Element]], list[Element]
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        begun = begun or element is start
        if event == "start" and element not in own and _is_box(element):
            walk.skip_subtree()
            links += sum(1 for _ in element.iter("a")) if begun else 0
            continue
        if not begun:
            continue
        if tag in _BLOCKS:
            if text.strip():
                bare = element if event == "end" else element.getparent()
                yield Line(" ".join(text.split()), blocks[-1] if blocks else bare, tuple(times), links)
                links = 0
            text, times = "", []
        elif tag not in _GLUED:
            text += " "
        if event == "start":
            if tag in _BLOCKS:
                blocks.append(element)
            if moment(element):
                times.append((len(" ".join(text.split())), element))
            links += tag == "a"
            text += element.text or ""
        else:
            if blocks and blocks[-1] is element:
                blocks.pop()
            text += element.tail or ""


def tells(line: Line) -> bool:
    """Whether the line is a paragraph of the story, not a deck, a byline or a heading."""
    long = len(line.text) >= 120 or (len(line.text) >= 60 and line.text.endswith(_SENTENCE_END))
    if not long or line.block.tag in ("h1", "h2", "h3", "h4"):
        return False
    surroundings = (line.block, *islice(line.block.iterancestors(), 2))
    return not any(element.tag == "header" or _DECK.search(element.get("class", "")) for element in surroundings)
