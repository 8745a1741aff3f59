"""JSON, JSONL and CSV -> their records, one an article. What a record says is read by `record`."""

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import BinaryIO

from ..errors import UnreadableArticle
from ..model import Part
from .decoding import decode
from .faults import Fault
from .fields import TEASER, TEXT, plain_key
from .record import NO_FIELDS, document, has_text, listed

__all__ = ["document", "parts"]

MAX_BYTES = 20_000_000  # of one record
MAX_JSON = 100_000_000  # of a JSON file, which is read whole


def parts(name: str, stream: BinaryIO, kind: str, fields: Mapping[str, str] = NO_FIELDS) -> Iterator[Part | Fault]:
    """The records of a file; `kind` is `json`, `jsonl` or `csv`, `fields` as for `document`.

    A part's name is its line (JSONL), place in the list (JSON) or row (CSV; the header is row 1), counted from 1. The
    content is canonical JSON, so that equal records have equal bytes. JSONL and CSV are read as a stream.
    Raises UnreadableArticle for JSON that is broken or too large, and for CSV without a column of text.
    """
    if kind == "jsonl":
        return _from_lines(name, _lines(name, stream, MAX_BYTES))
    return _from_json(name, stream, fields) if kind == "json" else _from_rows(name, stream, fields)


# --- JSON and JSONL -------------------------------------------------------------------------------


def _lines(name: str, stream: BinaryIO, most: int) -> Iterator[bytes]:
    """The lines of a file; of one longer than `most` bytes the first `most + 1`, the rest is passed over."""
    line = stream.readline(most + 1)
    if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        stream = io.BytesIO(decode(name, line + stream.read(MAX_JSON)).encode("utf-8", "replace"))
        line = stream.readline(most + 1)
    while line:
        yield line
        while len(line) > most and not line.endswith(b"\n"):
            line = stream.readline(most + 1)
        line = stream.readline(most + 1)


def _parsed(name: str, content: bytes) -> object:
    """What JSON holds; raises ValueError if it is broken, and UnreadableArticle if it is binary."""
    try:
        return json.loads(decode(name, content).removeprefix("\ufeff"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _record_part(name: str, record: object) -> Part | Fault:
    if not isinstance(record, dict):
        return Fault(name, "is no JSON object: repair or delete it")
    try:
        content = json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    except RecursionError:
        return Fault(name, "is nested too deeply: delete it")
    if len(content) > MAX_BYTES:
        return Fault(name, f"is larger than {MAX_BYTES // 1_000_000} MB: delete it")
    return Part(name, "record", content)


def _from_lines(name: str, lines: Iterable[bytes]) -> Iterator[Part | Fault]:
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_BYTES:
            yield Fault(str(number), f"is longer than {MAX_BYTES // 1_000_000} MB: delete it")
        elif number == 1 and line.strip() in (b"[", b"{"):
            raise UnreadableArticle(f"{name}: holds JSON over several lines, not one object a line: name it .json")
        elif line.strip():
            try:
                record = _parsed(name, line)
            except (ValueError, UnreadableArticle):
                record = None
            yield _record_part(str(number), _unwrapped(record))


def _from_json(name: str, stream: BinaryIO, fields: Mapping[str, str]) -> Iterator[Part | Fault]:
    lines = _lines(name, stream, MAX_JSON)
    head = []
    for line in lines:
        head.append(line)
        if len(head) > 1 and line.strip():
            break
    if len(head) > 1 and head[-1].strip() and _is_object(name, head[0]):
        yield from _from_lines(name, chain(head, lines))  # many a .json is JSONL
        return
    value = _whole(name, chain(head, lines))
    found = _articles(value, fields)
    if found is None:
        yield _record_part("", value)
    else:
        for part, record in found:
            yield _record_part(part, _unwrapped(record))


def _whole(name: str, lines: Iterable[bytes]) -> object:
    """What a JSON file holds; raises UnreadableArticle if it is broken or too large."""
    content = bytearray()
    for line in lines:
        content += line
        if len(content) > MAX_JSON:
            raise UnreadableArticle(f"{name}: is larger than {MAX_JSON // 1_000_000} MB: save it as JSONL")
    try:
        return _parsed(name, bytes(content))
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise UnreadableArticle(f"{name}: is no JSON from {place} on: repair it") from error
    except ValueError as error:
        raise UnreadableArticle(f"{name}: is nested too deeply, or holds an endless number: repair it") from error


def _is_object(name: str, line: bytes) -> bool:
    try:
        return isinstance(_parsed(name, line), dict)
    except (ValueError, UnreadableArticle):
        return False


def _unwrapped(record: object) -> object:
    """The document inside a hit of a search engine."""
    inner = record.get("_source") if isinstance(record, dict) else None
    return inner if isinstance(inner, dict) else record


_ASIDE = {  # lists within one article, by plain key
    *("comments", "replies", "related", "relatedarticles", "images", "media", "photos", "videos", "tags", "entities"),
    *("blocks", "paragraphs", "sentences", "annotations", "keywords", "authors", "author", "links"),
}
_DEPTH = 4  # levels at which a list of articles is looked for: response.docs, hits.hits


def _articles(value: object, fields: Mapping[str, str]) -> list[tuple[str, object]] | None:
    """The articles of a JSON value with the names of their parts; None when it is one article itself."""
    if isinstance(value, list):
        return [(str(number), record) for number, record in enumerate(value, 1)]
    if not isinstance(value, dict) or has_text(value, fields, TEXT):
        return None
    level = [value]
    for _ in range(_DEPTH):
        inner = [(key, held) for holder in level for key, held in holder.items() if plain_key(key) not in _ASIDE]
        for key, held in inner:
            if isinstance(held, list) and any(_has_text(record, fields) for record in held):
                numbered = [(str(number), record) for number, record in enumerate(held, 1)]
                graph = key.startswith("@")  # of JSON-LD: pages and publishers stand beside the article
                return [pair for pair in numbered if not graph or _has_text(pair[1], fields)]
        level = [held for _, held in inner if isinstance(held, dict)]
    if value and all(isinstance(held, dict) for held in value.values()):
        return [*value.items()] if any(_has_text(held, fields) for held in value.values()) else None
    return None


def _has_text(record: object, fields: Mapping[str, str]) -> bool:
    inner = _unwrapped(record)
    return isinstance(inner, dict) and has_text(inner, fields, TEXT + TEASER)


# --- CSV ------------------------------------------------------------------------------------------


def _from_rows(name: str, stream: BinaryIO, fields: Mapping[str, str]) -> Iterator[Part | Fault]:
    lines = _text_lines(name, stream)
    first = next(lines, "").removeprefix("\ufeff")
    separator = re.fullmatch(r"sep=([,;\t|])\s*", first)  # Excel's own word for the delimiter
    if separator:
        first = next(lines, "")
    delimiter = separator[1] if separator else max(",;\t|", key=first.count)
    csv.field_size_limit(MAX_BYTES)
    rows = _rows(csv.reader(chain([first], lines), delimiter=delimiter))
    header = [column.strip() for column in next(rows, None) or []]
    _check(name, header, fields.get("text", ""))
    for number, row in enumerate(rows, 2):
        if row is None:
            yield Fault(str(number), f"has a cell larger than {MAX_BYTES // 1_000_000} MB: close its quotation marks")
        elif any(row[len(header) :]) or 0 < len(row) < len(header):
            yield Fault(str(number), f"has {len(row)} cells where the header has {len(header)}: quote its text")
        elif any(row):
            yield _record_part(str(number), {key: cell for key, cell in zip(header, row, strict=False) if key and cell})


def _text_lines(name: str, stream: BinaryIO) -> Iterator[str]:
    for number, line in enumerate(_lines(name, stream, MAX_BYTES), 1):
        if len(line) > MAX_BYTES:
            raise UnreadableArticle(f"{name}: line {number} is longer than {MAX_BYTES // 1_000_000} MB: delete it")
        try:
            yield decode(name, line) if number == 1 else line.decode("utf-8")
        except UnicodeDecodeError:
            yield decode(name, line)


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str] | None]:
    """Rows, None for one with a cell beyond the limit."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None


def _check(name: str, header: list[str], text: str) -> None:
    """Raises UnreadableArticle when no column holds texts; `text` is the column that the user names, or ""."""
    if text and text not in header:
        raise UnreadableArticle(f"{name}: has no column {text!r} among {listed(header)}: name another one")
    if not text and not {plain_key(column) for column in header} & {*TEXT, *TEASER}:
        raise UnreadableArticle(f"{name}: has no column of text among {listed(header)}: name it by --field text=COLUMN")
