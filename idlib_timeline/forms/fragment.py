"""A piece of HTML, as records, feeds and mails hold it -> its paragraphs. Whole pages are `page`'s."""

import re

_BLOCKS = (
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption"),
    *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"),
    *("pre", "section", "table", "tr", "ul"),
)
_UNREAD = ("head", "iframe", "math", "noscript", "object", "script", "style", "svg", "template", "title")
_INLINE = ("a", "b", "br", "em", "font", "i", "img", "small", "span", "strong", "sub", "sup", "td", "th", "u")
_MARKUP = re.compile(rf"</?(?:{'|'.join(_BLOCKS + _UNREAD + _INLINE)})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_BREAKS = re.compile(rf"<(?:br|{'|'.join(_BLOCKS)})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def is_marked_up(text: str) -> bool:
    """Whether a text holds HTML tags; "a < b" and "<unknown>" are none."""
    return _MARKUP.search(text) is not None


def paragraphs(fragment: str) -> str:
    """The text of a fragment, a blank line between its blocks. Its own line breaks count only where no tag breaks."""
    from lxml import etree

    if not _BREAKS.search(fragment):
        fragment = fragment.replace("\n", "<br>")
    content = _CONTROLS.sub(" ", fragment).encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = etree.fromstring(content, parser) if content.strip() else None
    if root is None:
        return ""
    etree.strip_elements(root, *_UNREAD, with_tail=False)
    for element in root.iter():
        element.text, element.tail = _blanked(element.text), _blanked(element.tail)
    for element in root.iter(*_BLOCKS, "br", "td", "th"):
        mark = {"br": "\n", "td": " ", "th": " "}.get(element.tag, "\n\n")
        element.text = mark + element.text if element.tag != "br" else ""
        element.tail = mark + element.tail
    return joined("".join(root.itertext()))


def _blanked(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def joined(text: str) -> str:
    """`text` with one blank line between its paragraphs, and no blanks around its lines."""
    lines = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()
