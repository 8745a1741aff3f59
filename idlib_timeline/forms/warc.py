"""Web archives (WARC, and WET) -> one part a page, text or PDF that was fetched."""

import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from email.message import Message
from itertools import count
from typing import TYPE_CHECKING, BinaryIO

from ..errors import UnreadableArticle
from ..model import Part, Stated
from .faults import Fault

if TYPE_CHECKING:
    from warcio.bufferedreaders import BufferedReader
    from warcio.limitreader import LimitReader
    from warcio.recordloader import ArcWarcRecord
    from warcio.statusandheaders import StatusAndHeaders

MAX_BYTES = 20_000_000
_FORMS = {"text/html": "page", "application/xhtml+xml": "page", "text/plain": "text", "application/pdf": "pdf"}
_NO_ARTICLES = ("/robots.txt", "/ads.txt", "/humans.txt")


def parts(name: str, stream: BinaryIO) -> Iterator[Part | Fault]:
    """What was fetched of the web, named by the place of its record in the file, from 1; the address as `url`.

    Read are pages, plain texts and PDFs of successful answers, and of resource and conversion records; pictures,
    scripts and the archive's own records are passed over. WARC-Date is when a page was saved. A broken record is a
    Fault, and the last one where the next cannot be found. Raises UnreadableArticle for what is no WARC.
    """
    from warcio.archiveiterator import WARCIterator

    records = WARCIterator(stream, no_record_parse=True)
    for number in count(1):
        try:
            with redirect_stderr(io.StringIO()):  # where warcio writes its remarks
                record = next(records, None)
                part = _part(str(number), record) if record else None
                if record and not _is_whole(record):
                    part = Fault(str(number), "is cut off: fetch the archive again")
        except UnreadableArticle:
            raise
        except Exception as error:  # besides its own errors, warcio lets those of Python out
            if number == 1:
                raise UnreadableArticle(f"{name}: is no readable WARC file: fetch it again") from error
            yield Fault(str(number), "is broken, and what follows it is not read: fetch the archive again")
            return
        if record is None:
            if number == 1:
                raise UnreadableArticle(f"{name}: is empty: fetch it again")
            return
        if part:
            yield part


def _is_whole(record: "ArcWarcRecord") -> bool:
    """Whether the record was as long as it says; it is read to its end. Raises ValueError if it does not say."""
    if record.length is None:
        raise ValueError("no length")
    while record.raw_stream.read(65_536):
        pass
    return bool(record.raw_stream.tell() == record.length)


def _part(name: str, record: "ArcWarcRecord") -> Part | Fault | None:
    """A record as a part, None where it holds no article; an error of warcio's or Python's where it is broken."""
    from warcio.statusandheaders import StatusAndHeadersParser

    if record.rec_type not in ("response", "resource", "conversion"):
        return None
    headers, block = record.rec_headers, record.raw_stream
    url = headers.get_header("WARC-Target-URI", "")
    http = StatusAndHeadersParser([], verify=False).parse(block) if record.rec_type == "response" else None
    if http is not None and http.get_statuscode() != "200":
        return None
    media, charset = _media((http or headers).get_header("Content-Type", ""))
    if media not in _FORMS or url.split("?")[0].endswith(_NO_ARTICLES):
        return None
    payload = _payload(block, http)
    if payload is None:
        return Fault(name, "is packed in a way that cannot be read: archive the page again")
    content = payload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return Fault(name, f"is larger than {MAX_BYTES // 1_000_000} MB: save its text")
    date = headers.get_header("WARC-Date", "")
    stated = (Stated("saved", "the archive's WARC-Date", date),) if date else ()
    details = {"url": url} if url.startswith(("http://", "https://")) else {}
    return Part(name, _FORMS[media], content, details, stated, charset)


def _media(written: str) -> tuple[str, str]:
    """The media type of a Content-Type header and its charset or ""."""
    header = Message()
    header["Content-Type"] = " ".join(written[:500].split())
    return header.get_content_type(), header.get_content_charset() or ""


def _payload(block: "LimitReader", http: "StatusAndHeaders | None") -> "LimitReader | BufferedReader | None":
    """The body of an answer without its chunks and its compression; None for a compression that is not known.

    In two steps, other than by `content_stream`: that unpacks a whole chunk at once, which may be a bomb.
    """
    from warcio.bufferedreaders import BufferedReader, ChunkedDataReader

    if http is None:
        return block
    packing = http.get_header("Content-Encoding", "").strip().lower().removeprefix("x-")
    whole = http.get_header("Transfer-Encoding", "").strip().lower() == "chunked"
    stream = ChunkedDataReader(block) if whole else block
    if packing in ("", "identity", "none"):
        return stream
    known = packing in BufferedReader.get_supported_decompressors()
    return BufferedReader(stream, decomp_type=packing) if known else None
