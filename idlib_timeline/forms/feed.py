"""RSS and Atom -> one record an entry."""

import io
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from ..errors import UnreadableArticle
from ..model import Part, Stated
from .faults import Fault

MAX_BYTES = 20_000_000
MAX_TAGS = 1_000_000  # nested, they take feedparser ten seconds, and more than in proportion beyond


def parts(name: str, stream: BinaryIO) -> Iterator[Part | Fault]:
    """The entries of a feed, named by their place from 1; the content is JSON with our own keys.

    `content` is taken before `summary`; the dates are as written. An entry that only links is a Fault. Raises
    UnreadableArticle for what is no feed, has no entries, or declares entities, which can explode.
    """
    import feedparser
    from feedparser.encodings import convert_to_utf8

    content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableArticle(f"{name}: is larger than {MAX_BYTES // 1_000_000} MB: split it into smaller feeds")
    try:
        # In UTF-8 first, lest an odd encoding hide a declaration; and a stream, since bytes could name a file to open.
        plain = convert_to_utf8({}, content, {})
        if re.search(rb"<!ENTITY", plain, re.IGNORECASE):
            raise UnreadableArticle(f"{name}: declares entities: delete its <!DOCTYPE ...>")
        if plain.count(b"<") > MAX_TAGS:
            raise UnreadableArticle(f"{name}: holds more than {MAX_TAGS:,} tags: split it into smaller feeds")
        feed = feedparser.parse(io.BytesIO(plain), sanitize_html=False, resolve_relative_uris=False)
    except UnreadableArticle:
        raise
    except Exception as error:  # feedparser mends what it can; elsewhere errors of Python come out
        raise UnreadableArticle(f"{name}: is no readable feed: repair its XML") from error
    if not feed["entries"]:
        what = "has no entries: delete it" if feed["version"] else "is no RSS or Atom feed: save its articles instead"
        raise UnreadableArticle(f"{name}: {what}")
    is_rss = feed["version"].startswith("rss")
    published = "pubDate" if is_rss else "published"
    for number, entry in enumerate(feed["entries"], 1):
        record = _record(entry, feed["feed"])
        if "text" not in record:
            yield Fault(str(number), "has no text: fetch the page that it links to")
            continue
        if is_rss and "published" not in record and "updated" in record:
            # RSS knows no other date than the item's own, which the module Dublin Core calls dc:date.
            record["published"], published = record.pop("updated"), "dc:date"
        stated = [
            Stated(meaning, f"the feed's {where}", record[meaning])
            for meaning, where in (("published", published), ("updated", "updated"))
            if meaning in record
        ]
        content = json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
        yield Part(str(number), "record", content, {}, tuple(stated))


def _record(entry: dict[str, object], feed: dict[str, object]) -> dict[str, str]:
    """An entry under our own keys, without what is empty."""
    contents = [_said(held, "value") for held in _listed(entry, "content")]
    authors = [_said(author, "name") for author in _listed(entry, "authors")]
    values = {
        "text": max(contents, key=len, default="") or _said(entry, "summary"),
        "title": _said(entry, "title"),
        "url": _said(entry, "link"),
        "author": ", ".join(filter(None, authors)),
        "published": _said(entry, "published"),
        "updated": _said(entry, "updated"),
        "outlet": _said(dict.get(entry, "source"), "title") or _said(feed, "title"),
        "language": _said(feed, "language"),
    }
    return {key: value for key, value in values.items() if value}


# By `dict.get`, since feedparser's own `get` answers one key with another: `updated` with the date of publication.


def _said(held: object, key: str) -> str:
    value = dict.get(held, key) if isinstance(held, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _listed(entry: dict[str, object], key: str) -> list[object]:
    value = dict.get(entry, key)
    return value if isinstance(value, list) else []
