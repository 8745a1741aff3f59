"""One record (a JSON object, a row of a table, an entry of a feed) -> its text, details and dates."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from types import MappingProxyType

from ..errors import UnreadableArticle
from ..model import Document, Part, Stated
from . import fragment
from .fields import DETAILS, PUBLISHED, SAVED, TEASER, TEXT, UPDATED, described, plain_key

NO_FIELDS: Mapping[str, str] = MappingProxyType({})

Record = Mapping[str, object]

_WHERE = "the record's"
_DATES = {*PUBLISHED, *UPDATED, *SAVED}
_MEANINGS = ("published", "updated", "saved")


def document(name: str, part: Part, fields: Mapping[str, str] = NO_FIELDS) -> Document:
    """The article of a record; raises UnreadableArticle if it has no text.

    `fields` maps our names (`text`, `title`, `published`, `outlet`, `url`, `author`, `place`, `language`, `updated`) to
    keys, dots reaching into nested objects; a name that is mapped is read there or nowhere. Without it the tables of
    `fields` decide. What the container states of a date outranks the record.
    """
    record = json.loads(part.content)
    details, stated = _described(record, fields)
    found = _text(name, part, record, fields)
    if found is None:
        named = f"under {fields['text']!r}, only" if "text" in fields else "among"
        raise UnreadableArticle(f"{name}: has no text {named} {listed(record)}: name its key by --field text=KEY")
    return Document(
        found.text,
        {**found.details, **part.details, **details},
        (*(part.stated or stated), *found.stated),
    )


def listed(keys: Iterable[str]) -> str:
    """Keys for a message, no more than fit a line."""
    shown = [" ".join(key.split())[:30] for key in keys]
    return ", ".join(shown[:12]) + (", ..." if len(shown) > 12 else "") if shown else "nothing"


# --- the values of a record -----------------------------------------------------------------------

_SPOKEN = (  # where a nested object keeps what it says: names, Mongo's and XML's wrappers, WordPress, NYT, Feedly
    *("name", "main", "rendered", "original", "title", "text", "content", "value", "@value", "#text", "_text"),
    *("$date", "$numberLong", "date", "iso", "url", "href"),
)
_WRAPPERS = {"fields", "attributes", "article", "newsarticle", "post", "meta", "metadata", "properties"}
_NESTED = 6  # levels of objects within a value


def _plain(value: object, between: str = ", ", level: int = 0) -> str:
    """A value as text: a nested object by what it is called, a list joined; "" for what says nothing."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None or level > _NESTED:
        return ""
    if isinstance(value, list):
        return between.join(filter(None, (_plain(item, between, level + 1) for item in value)))
    if isinstance(value, dict):
        spoken = (_plain(value[key], between, level + 1) for key in _SPOKEN if key in value)
        return next(filter(None, spoken), "")
    return str(value)


def _opened(record: Record) -> dict[str, object]:
    """The record with what its wrappers hold (`fields`, `attributes`, ...) beside its own keys, which win."""
    inner: dict[str, object] = {}
    for key, value in record.items():
        if isinstance(value, dict) and plain_key(key) in _WRAPPERS:
            inner.update({held: part for held, part in value.items() if held not in record})
    return {**record, **inner}


def _at(record: Record, path: str) -> object:
    """The value under a key, or under a path of keys joined by dots."""
    if path in record:
        return record[path]
    first, _, rest = path.partition(".")
    held = record.get(first)
    return _at(held, rest) if rest and isinstance(held, dict) else None


def _described(record: Record, fields: Mapping[str, str]) -> tuple[dict[str, str], tuple[Stated, ...]]:
    values = {key: _plain(value) for key, value in _opened(record).items()}
    dated = {key: _moment(value) if plain_key(key) in _DATES else value for key, value in values.items()}
    details, stated = described(dated, _WHERE)
    details |= {name: _plain(_at(record, path)) for name, path in fields.items() if name in DETAILS}
    mapped = tuple(
        Stated(meaning, f"{_WHERE} {fields[meaning]}", value)
        for meaning in _MEANINGS
        if meaning in fields and (value := _moment(_plain(_at(record, fields[meaning]))))
    )
    kept = tuple(date for date in stated if date.meaning not in fields)
    return {name: value for name, raw in details.items() if (value := _line(raw))}, (*mapped, *kept)


def _line(value: str) -> str:
    """A title or name on one line, without markup."""
    if fragment.is_marked_up(value):
        value = fragment.paragraphs(value)
    return " ".join(unescape(value).split())


_EARLIEST, _LATEST = 631_152_000, 4_102_444_800  # 1990 and 2100 in seconds since 1970


def _moment(value: str) -> str:
    """Seconds or milliseconds since 1970 as ISO in UTC; everything else as it is.

    Ten digits that also read as year, month, day and hour (2019082014) are left alone, and so mean nothing.
    """
    match = re.fullmatch(r"(\d{9,10})(\d{3})?(?:\.\d*)?", value)
    if not match or re.fullmatch(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])", value):
        return value
    seconds = int(match[1])
    if not _EARLIEST <= seconds < _LATEST:
        return value
    return f"{dt.datetime.fromtimestamp(seconds, dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


# --- its text -------------------------------------------------------------------------------------

_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body)\b|[^<]{0,200}<\?xml\b", re.IGNORECASE)


def has_text(record: Record, fields: Mapping[str, str], keys: Iterable[str]) -> bool:
    """Whether a record holds a text under one of `keys` (plain ones), or where `fields` says."""
    return next(_texts(record, fields, keys), None) is not None


def _texts(record: Record, fields: Mapping[str, str], keys: Iterable[str]) -> Iterator[str]:
    """The texts of a record as written, the most trusted key first."""
    if "text" in fields:
        found = [_at(record, fields["text"])]
    else:
        known = {plain_key(key): value for key, value in reversed(_opened(record).items())}
        found = [known[key] for key in keys if key in known]
    return filter(None, (_plain(value, "\n\n") for value in found if not isinstance(value, int | float)))


def _text(name: str, part: Part, record: Record, fields: Mapping[str, str]) -> Document | None:
    """The text of a record, as a document since a whole page within it says more than its text.

    The first text of the table is taken, unless another one is more than twice as long: some keep a teaser under `text`
    and the article under `content`. Whole pages and teasers come last.
    """
    for keys in (TEXT, TEASER):
        written = list(_texts(record, fields, keys))
        texts = list(filter(None, (_read(text) for text in written if not _PAGE.match(text))))
        if texts:
            longest = max(map(len, texts))
            return Document(next(text for text in texts if len(text) * 2 >= longest))
        if written and _PAGE.match(written[0]):
            from . import page

            return page.document(name, Part(part.name, "page", written[0].encode(), charset="utf-8"))
    return None


def _read(text: str) -> str:
    """A text without markup and without the mark that it was cut ("... [+1234 chars]")."""
    if not fragment.is_marked_up(text) and fragment.is_marked_up(unescape(text)):
        text = unescape(text)
    if fragment.is_marked_up(text):
        text = fragment.paragraphs(text)
    head, mark, tail = text.rpartition("[+")
    if mark and re.fullmatch(r"\d+ chars\]\s*", tail):
        text = head.rstrip(" \u2026.\n")
    return text.replace("\r\n", "\n").replace("\x00", "").strip()
