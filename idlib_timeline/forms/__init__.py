"""Files -> documents: every form an article is saved in, behind two functions.

A file is told by what it begins with, then by its suffix. Containers (JSON, CSV, feeds, WARC, gzip) are split into
parts, one an article; each part is read by the module of its form.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from ..errors import UnreadableArticle
from ..model import Document, Part
from . import plain
from .faults import Fault

__all__ = ["MAX_BYTES", "SUFFIXES", "Fault", "document", "form_of", "parts"]

MAX_BYTES = 20_000_000  # an article of 20 MB is none; a limit keeps one file from filling the memory
_HEAD = 4_096  # bytes that tell a form

_BY_SUFFIX = {
    "": "text", ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "page", ".htm": "page", ".xhtml": "page", ".shtml": "page", ".mhtml": "archive", ".mht": "archive",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv",
    ".eml": "mail", ".rss": "feed", ".atom": "feed", ".xml": "feed", ".pdf": "pdf", ".docx": "document",
    ".warc": "warc", ".gz": "gzip",
}  # fmt: skip
SUFFIXES = frozenset(_BY_SUFFIX)
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}\Z")  # "U.N. report" and "notes.2019" have none
_MAGIC = ((b"\x1f\x8b", "gzip"), (b"%PDF-", "pdf"), (b"PK\x03\x04", "document"), (b"WARC/1.", "warc"))
_PAGE = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}\?>\s*){0,5}<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
_ARCHIVE = re.compile(rb"(?:^|\n)content-type:\s*multipart/related|^from: <saved by", re.I)
_FEED = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*|<\?[^>]{0,200}\?>\s*){0,5}<(?:rss|feed|rdf:rdf)[\s>]", re.I | re.S)


def suffix(name: str) -> str:
    """The ending of a file name in lower case, "" where a full stop only belongs to the name."""
    match = _SUFFIX.search(name.rsplit("/", 1)[-1][1:])
    return match[0].lower() if match else ""


def form_of(name: str, head: bytes) -> str:
    """The form of a file by its first bytes, else by the ending of its name; an unknown ending is text."""
    for magic, form in _MAGIC:
        if head.startswith(magic):
            return form
    named = _BY_SUFFIX.get(suffix(name), "text")
    if named in ("text", "page", "archive", "feed"):
        bare = head.removeprefix(b"\xef\xbb\xbf")
        for pattern, form in ((_PAGE, "page"), (_FEED, "feed"), (_ARCHIVE, "archive")):
            if pattern.match(bare) if form != "archive" else named != "text" and pattern.search(bare):
                return form
    return named


def parts(name: str, stream: BinaryIO, form: str, fields: Mapping[str, str] | None = None) -> Iterator[Part | Fault]:
    """The articles of a file in order, and what of it is broken.

    `form` is that of `form_of`, `fields` as for `document`. Raises UnreadableArticle when the file cannot be read (any
    further), or an article is too large.
    """
    if form == "gzip":
        yield from _unpacked(name, stream, fields)
    elif form in ("json", "jsonl", "csv"):
        from . import records

        yield from records.parts(name, stream, form, fields or {})
    elif form == "feed":
        from . import feed

        yield from feed.parts(name, stream)
    elif form == "warc":
        from . import warc

        yield from warc.parts(name, stream)
    else:
        content = stream.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise UnreadableArticle(f"{name}: is larger than {MAX_BYTES // 1_000_000} MB: split it into articles")
        yield Part("", form, content)


def _unpacked(name: str, stream: BinaryIO, fields: Mapping[str, str] | None) -> Iterator[Part | Fault]:
    from . import squeezed

    inner = io.BufferedReader(squeezed.unpacked(name, stream), _HEAD)
    called = name[:-3] if suffix(name) == ".gz" else name
    form = form_of(called, inner.peek(_HEAD)[:_HEAD])
    if form == "gzip":
        raise UnreadableArticle(f"{name}: is packed twice: unpack it")
    yield from parts(name, inner, form, fields)


def document(name: str, part: Part, fields: Mapping[str, str]) -> Document:
    """The document of one part; `fields` maps our names to a record's keys. Raises UnreadableArticle."""
    return _reader(part.form, fields)(name, part)


def _reader(form: str, fields: Mapping[str, str]) -> Callable[[str, Part], Document]:
    """The function that reads a form; its module is loaded when the form is met."""
    if form in ("text", "markdown"):
        return plain.document
    if form == "record":
        from . import records

        return lambda name, part: records.document(name, part, fields)
    if form == "page":
        from . import page

        return page.document
    if form in ("mail", "archive"):
        from . import mail

        return mail.document if form == "mail" else mail.archive
    if form == "pdf":
        from . import pdf

        return pdf.document
    from . import office

    return office.document
