"""HTML pages: the article's text by trafilatura, and what the page's markup says of it.

The page is parsed once; trafilatura reads a copy of the same tree. It is not asked for dates: it takes those of footers
and sidebars too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from ..errors import UnreadableArticle
from ..model import Document, Part, Stated
from . import pagedates, pagegraph, pagelayout, pagelines, pagetop
from .decoding import decode
from .fields import plain_key
from .pagetop import Element, around

if TYPE_CHECKING:
    from trafilatura.settings import Extractor

_HEADINGS = 10  # of a page; among more, its own is not found
_Metas = Mapping[str, Sequence[tuple[str, str]]]  # by plain key: (name as written, content)


def document(name: str, part: Part) -> Document:
    """The article of a page. Raises UnreadableArticle where there is no text of an article, or it cannot be decoded."""
    source = _decoded(name, part)
    tree = _parsed(name, source)
    if "wm-ipp" in source:
        _without_toolbar(tree)
    metas = _metas(tree)
    kept_urls = [*_urls(tree, metas, part.details.get("url", "")), *pagedates.saved_urls(source)]
    urls = [url for url in map(pagedates.original, kept_urls) if _is_address(url)]
    titles = [*filter(None, (_first(metas, "ogtitle"), *_words_of(tree, "title")))]
    scripts = [script.text or "" for script in tree.iter("script") if "ld+json" in script.get("type", "").lower()]
    graph = pagegraph.nodes(scripts)
    nodes = pagegraph.own_nodes(graph, [url for url in urls if pagegraph.path(url)], [*titles, *_words_of(tree, "h1")])
    outlet = _outlet(metas, nodes)
    headlines = [pagegraph.text(node.get("headline")) for node in nodes]
    heading, looks = _headline(tree, [*headlines, *titles], outlet)
    tells_event = not nodes and any("Event" in kind for node in graph for kind in pagegraph.types(node))
    details = _details(tree, metas, nodes, heading, outlet)
    language = details.get("language", "")
    lines, above = ([], ()) if tells_event else (pagetop.lines(tree, heading), looks.lines)
    top = pagedates.Top(pagedates.items(tree), metas, nodes, heading, lines, language)
    if urls:
        details["url"] = next((url for url in urls if pagegraph.path(url)), urls[0])
    elif site := _site(tree, [*titles, outlet]):
        details["site"] = site
    stated = (
        *pagedates.published(top),
        *part.stated,
        *(list(pagelines.printed(lines, language)) or pagelines.printed(above, language)),
        *pagedates.updated(top),
        *pagedates.saved(source, kept_urls),
    )
    return Document(_text(name, tree, looks), {**part.details, **details}, _once(stated))


def _headline(tree: Element, titles: Sequence[str], outlet: str) -> tuple[Element | None, pagelayout.Layout]:
    """The headline, by its heading or else by its looks. Around a layout of tables a heading may be the outlet's."""
    heading = pagetop.headline(tree, titles, outlet)
    if heading is not None and next(tree.iter("td"), None) is None:
        return heading, pagelayout.Layout()
    looks = pagelayout.layout(tree, titles, outlet)
    if heading is None or (looks.cell is not None and (looks.heading is not None or looks.cell not in around(heading))):
        return looks.heading, looks
    return heading, looks


def _words_of(tree: Element, tag: str) -> list[str]:
    return [words for words in map(pagetop.plain, islice(tree.iter(tag), _HEADINGS)) if words]


def _once(stated: Sequence[Stated]) -> tuple[Stated, ...]:
    """The dates without those that a place before them states in the same words."""
    known: dict[tuple[str, str], Stated] = {}
    for one in stated:
        known.setdefault((one.meaning, one.value), one)
    return tuple(known.values())


# --- bytes -> tree --------------------------------------------------------------------------------

_NAMED = re.compile(
    rb"""(?i)<(?:meta\b[^>]{0,300}?\bcharset\s{0,3}=|\?xml\b[^>]{0,100}?\bencoding\s{0,3}=)\s{0,3}["']?([\w.:-]{1,40})"""
)
_HEAD = 4_096  # bytes in which a page names its encoding
_DECLARATION = re.compile(r"\s{0,50}<\?xml[^>]{0,200}>")
_LARGEST = 100_000  # elements; no article's page comes near, and trafilatura's time grows with their square
_LONG_TAG = 100_000  # bytes
_EMBEDDED = re.compile(rb"data:[\w/+.;=-]{1,100},[A-Za-z0-9+/=%]{1000,}+")  # pictures; beyond 10 MB the parser gives up
_ATTRIBUTES = 10_000  # of one element
_TAG = re.compile(rb"""<[a-zA-Z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(rb""""[^"]*+"|'[^']*+'""")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")


def _decoded(name: str, part: Part) -> str:
    """The characters of a page: by its byte order mark, as UTF-8, as the header or the page says, else as guessed.

    What is UTF-8 is not by chance: it is read so whatever is claimed. A claim that does not decode is no claim.
    """
    content = part.content
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return decode(name, content).removeprefix("\ufeff")
    named = _NAMED.search(content[:_HEAD])
    claims = [part.charset, named[1].decode("ascii") if named else ""]
    if b"\x00" not in content and not _STATEFUL.search(content[:100_000]):
        claims.insert(0, "utf-8-sig")
    for charset in filter(None, claims):
        try:
            return content.decode(_ENCODINGS.get(charset.lower(), charset))
        except (LookupError, ValueError):  # no such encoding, or not in it
            continue
    return decode(name, content)


# As browsers read them (WHATWG): pages that say Latin-1 mean windows-1252.
_ENCODINGS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
              "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-9": "cp1254", "shift_jis": "cp932", "x-sjis": "cp932",
              "ks_c_5601-1987": "cp949", "euc-kr": "cp949"}  # fmt: skip
_STATEFUL = re.compile(rb"\x1b[$(]")  # ISO-2022 looks like ASCII


def _parsed(name: str, source: str) -> Element:
    """The tree of a page, however broken. The parser leaves out comments and what lies deeper than 256 elements."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    clean = _DECLARATION.sub("", source, count=1).encode("utf-8", "replace").translate(None, _CONTROLS)
    if len(clean) > _LONG_TAG:
        clean = _EMBEDDED.sub(b"data:,", clean)
    if _is_bomb(clean):
        raise UnreadableArticle(f"{name}: is too large for an article: save the article's own page")
    try:
        tree = html.document_fromstring(clean, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableArticle(f"{name}: holds no article text: save the article's own page") from error
    if tree.xpath("count(//*)") > _LARGEST:
        raise UnreadableArticle(f"{name}: is too large for an article: save the article's own page")
    return tree


def _is_bomb(content: bytes) -> bool:
    """Whether the parser would take minutes or gigabytes: its time grows with the square of an element's attributes."""
    if content.count(b"<") > 4 * _LARGEST:
        return True
    if len(content) < _LONG_TAG:
        return False
    long = (match[0] for match in _TAG.finditer(content) if match.end() - match.start() > _LONG_TAG)
    return any(len(_QUOTED.sub(b" ", tag).split()) > _ATTRIBUTES for tag in long)


def _without_toolbar(tree: Element) -> None:
    """Takes the Wayback Machine's own bar out of the page: it prints dates."""
    for bar in tree.xpath("//*[@id='wm-ipp-base' or @id='wm-ipp-print' or @id='donato']"):
        bar.drop_tree()


# --- the text -------------------------------------------------------------------------------------

_LARGE = 20_000  # elements; beyond these trafilatura is asked for its quick way
_SENTENCE = re.compile(r"\w[\"'\u2019\u201d\u00bb)\]]?[.!?\u2026\u061f\u06d4\u3002\uff01\uff1f\u0964]")
_SHORTEST = 25  # characters of a sentence
_UNMARKED = 80  # letters that make a text in a script without full stops


def _text(name: str, tree: Element, looks: pagelayout.Layout) -> str:
    """The article's paragraphs, a blank line between them; where a page is laid out in tables, of its cell alone."""
    if looks.cell is not None:
        paragraphs = _extracted(pagelayout.page_of(looks.cell, looks.story))
        if _has_sentence(paragraphs):
            return "\n\n".join(paragraphs)
    paragraphs = _extracted(tree)
    if not _has_sentence(paragraphs) and not _unmarked(paragraphs, tree):
        raise UnreadableArticle(f"{name}: holds no article text: save the article's own page")
    return "\n\n".join(paragraphs)


def _extracted(tree: Element) -> list[str]:
    from trafilatura import bare_extraction

    found = bare_extraction(tree, options=_options(quick=tree.xpath("count(//*)") > _LARGE))
    return list(_paragraphs(found.body)) if found is not None and not isinstance(found, dict) else []


def _has_sentence(paragraphs: Sequence[str]) -> bool:
    return any(len(one) >= _SHORTEST and _SENTENCE.search(one) for one in paragraphs)


@cache
def _options(quick: bool) -> "Extractor":
    """What trafilatura is asked for: the text alone. It reads its settings from a file, once."""
    from trafilatura.settings import Extractor

    return Extractor(output_format="txt", comments=False, with_metadata=False, fast=quick)


def _unmarked(paragraphs: Sequence[str], tree: Element) -> bool:
    """Whether a text without any sentence mark is more than a list of links."""
    found = sum(map(str.isalpha, "".join(paragraphs)))
    linked = sum(map(str.isalpha, "".join(text for link in tree.iter("a") for text in link.itertext())))
    return found - linked >= _UNMARKED


def _paragraphs(body: Element) -> Iterator[str]:
    """The blocks of trafilatura's tree as plain lines; a line break counts where a sentence ends."""
    from lxml import etree

    pieces: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _TEXT_BLOCKS:
            yield from _lines("".join(pieces))
            pieces = []
        elif element.tag == "cell" and event == "end" and element.getnext() is not None:
            pieces.append(" | ")
        elif element.tag == "lb" and event == "start":
            pieces.append("\v")
        words = element.text if event == "start" else element.tail
        if words:
            pieces.append(re.sub(r"\n[ \t]*\n", "\v", words) if element.tag in ("quote", "code") else words)
    yield from _lines("".join(pieces))


_TEXT_BLOCKS = frozenset(("body", "div", "head", "item", "list", "p", "quote", "row", "table", "code"))
_BREAK = re.compile(r"(?<![.!?:…\u201d\"\s])[ \t\n]*\v[ \t\n]*(?=[a-z])")


def _lines(text: str) -> Iterator[str]:
    for line in _BREAK.sub(" ", text).split("\v") if "\v" in text else (text,):
        if plain := " ".join(line.split()):
            yield plain


# --- details --------------------------------------------------------------------------------------


def _metas(tree: Element) -> _Metas:
    """The page's meta tags by their plain key, each as (name as written, content), in order."""
    found: dict[str, list[tuple[str, str]]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("http-equiv")
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            found.setdefault(plain_key(name), []).append((name, content))
    return found


def _first(metas: _Metas, *keys: str) -> str:
    return next((metas[key][0][1] for key in keys if key in metas), "")


def _urls(tree: Element, metas: _Metas, known: str) -> list[str]:
    """The page's addresses, the canonical one first; `known` is what its container says."""
    links = [
        link.get("href", "").strip() for link in tree.iter("link") if "canonical" in link.get("rel", "").lower().split()
    ]
    found = [known, _first(metas, "ogurl")]
    try:
        canonical = [urljoin(next(filter(None, found), ""), link) for link in links[:1] if link]
    except ValueError:  # no address at all: "http://["
        canonical = []
    return [*canonical, *filter(None, found)]


def _site(tree: Element, names: Sequence[str]) -> str:
    """The outlet's front page, where the page links to a single host that bears the name of its outlet, else ""."""
    pieces = [pagetop.letters(piece).removeprefix("the") for name in names for piece in re.split(r"[-|:–—»]", name)]
    links = {link for element in tree.iter("a") if _is_address(link := element.get("href", "").strip())}
    fronts = {urlsplit(link).netloc.lower(): link for link in links if not pagegraph.path(link)}
    named = [link for host, link in fronts.items()
             if any(len(piece) >= _NAME and piece in pagetop.letters(host) for piece in pieces)]  # fmt: skip
    return named[0] if len(named) == 1 else ""


_NAME = 6  # letters; a shorter piece of a title is found in any address


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in url


def _outlet(metas: _Metas, nodes: Sequence[pagegraph.Node]) -> str:
    publishers = [pagegraph.text(node.get("publisher")) for node in nodes]
    return _first(metas, "ogsitename", "applicationname") or next(filter(None, publishers), "")


def _details(
    tree: Element, metas: _Metas, nodes: Sequence[pagegraph.Node], heading: Element | None, outlet: str
) -> dict[str, str]:
    """What the page says of its article, each where known."""
    headlines = [pagegraph.text(node.get("headline")) for node in nodes]
    headings = [pagetop.plain(heading)] if heading is not None else []
    titles = [*headlines, _first(metas, "ogtitle"), *headings, *map(pagetop.plain, tree.iter("title"))]
    title = next(filter(None, titles), "")
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang")
    found = {
        "title": _bare(title, outlet),
        "outlet": outlet,
        "author": _author(metas, nodes),
        "place": next(filter(None, (pagegraph.text(node.get("dateline")) for node in nodes)), ""),
        "language": (language or _first(metas, "oglocale", "contentlanguage")).replace("_", "-").strip(),
    }
    return {key: value for key, value in found.items() if value}


def _bare(title: str, outlet: str) -> str:
    """A title without the outlet's name behind it."""
    head, mark, tail = title.rpartition(" | ")
    if mark and len(tail.split()) <= 4:
        return head.strip()
    for mark in (" - ", " – ", " — ", " :: "):
        head, found, tail = title.rpartition(mark)
        if found and outlet and pagetop.same_words(tail, outlet):
            return head.strip()
    return title


def _author(metas: _Metas, nodes: Sequence[pagegraph.Node]) -> str:
    for node in nodes:
        authors = node.get("author") or node.get("creator")
        names = [pagegraph.text(one) for one in (authors if isinstance(authors, list) else [authors])]
        if any(names):
            return ", ".join(dict.fromkeys(filter(None, names)))
    keys = ("author", "parselyauthor", "sailthruauthor", "dccreator", "dctermscreator", "byl", "articleauthor")
    named = [content for key in keys for _, content in metas.get(key, ()) if not content.startswith(("http", "/"))]
    return named[0] if named else ""
