"""The JSON-LD of a page: the node that describes the page's own article among those that describe other things."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from .pagetop import same_words

Node = Mapping[str, Any]

_ARTICLES = frozenset(("BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "Report", "Article"))
_PAGES = frozenset(("WebPage", "ItemPage"))
_HOLDERS = (
    "@graph",
    "mainEntity",
    "mainEntityOfPage",
)  # what a node holds in its other keys is not this page's article
_DEPTH = 8


def types(node: Node) -> frozenset[str]:
    """The schema.org types of a node, without their address."""
    named = node.get("@type")
    return frozenset(re.split(r"[/#:]", one)[-1] for one in (named if isinstance(named, list) else [named])
                     if isinstance(one, str))  # fmt: skip


def nodes(scripts: Iterable[str]) -> list[Node]:
    """The nodes of a page's JSON-LD scripts that may stand for the page. A broken script is passed over."""
    found: list[Node] = []
    for script in scripts:
        try:
            value = json.loads(re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", script), strict=False)
        except (ValueError, RecursionError):
            continue
        found.extend(_held(value))
    return found


def _held(value: object, depth: int = 0) -> Iterator[Node]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for one in value:
            yield from _held(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _HOLDERS:
            if isinstance(value.get(key), dict | list):
                yield from _held(value[key], depth + 1)


def is_article(node: Node) -> bool:
    """Whether the node stands for a piece of writing (`NewsArticle`, `BlogPosting`, `Report`)."""
    return any(one in _ARTICLES or one.endswith("Article") for one in types(node))


def own_nodes(found: Sequence[Node], urls: Sequence[str], titles: Sequence[str]) -> list[Node]:
    """The nodes of this page's article: more than one only where the page describes it twice.

    Those that name the page's address, else those that carry its title, else a single one that names no other page.
    Only a page without any article node is described by its WebPage nodes.
    """
    candidates = [node for node in found if is_article(node)] or [node for node in found if types(node) & _PAGES]
    addressed = [node for node in candidates if any(same_page(one, other) for one in addresses(node) for other in urls)]
    if addressed:
        return addressed
    titled = [node for node in candidates if any(same_words(text(node.get("headline") or node.get("name")), title)
                                                 for title in titles)]  # fmt: skip
    if titled:
        return titled
    if len(candidates) == 1 and not (urls and addresses(candidates[0])):
        return candidates
    return []


def addresses(node: Node) -> list[str]:
    """The addresses that a node gives for itself or for the page it is the matter of."""
    found = []
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and path(value):
            found.append(value)
    return found


def path(url: str) -> str:
    """The path of a web address without its outer slashes: "" for a front page and for what is no web address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.path.strip("/") if parts.scheme in ("http", "https") else ""


def same_page(one: str, other: str) -> bool:
    """Whether two addresses differ in nothing but scheme, `www.`, fragment, tracking and a last slash."""
    try:
        first, second = urlsplit(one), urlsplit(other)
    except ValueError:
        return False
    hosts = {(part.hostname or "").removeprefix("www.") for part in (first, second)}
    paths = {part.path.rstrip("/") for part in (first, second)}
    return len(hosts) == len(paths) == 1 and (not (first.query and second.query) or first.query == second.query)


def text(value: object) -> str:
    """A plain string of JSON-LD: itself, its `@value`, or its `name`; "" for anything else. Whitespace collapsed."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return " ".join(value.split()) if isinstance(value, str) else ""
