"""PDF -> the text of its pages, in paragraphs as far as the lines' places tell them."""

import io
import logging
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from ..errors import UnreadableArticle
from ..model import Document, Part, Stated
from .fields import own_author, own_title

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 2_000
MAX_TEXT = 20_000_000  # characters
MAX_DRAWN = 30_000_000  # bytes of instructions on all pages together; a page of text has 10,000
_MAX_STREAM = 20_000_000  # bytes that one stream of the file may unpack to
_MAX_FORMS = 200  # drawings used by a page; a file of drawings within drawings would never end


def document(name: str, part: Part) -> Document:
    """The text of a PDF without what is printed on the edge of every page; raises UnreadableArticle.

    The file's CreationDate is when it was kept: a print-out is made after the article appeared.
    """
    try:
        with _quiet():
            reader = _opened(name, part.content)
            _weigh(name, reader)
            pages = [_lines(page) for page in reader.pages]
            details, stated = _described(reader)
    except UnreadableArticle:
        raise
    except Exception as error:  # pypdf names no errors for broken files: a dozen builtin ones come out
        raise UnreadableArticle(f"{name}: is no readable PDF: save it again, or save its text") from error
    pages, url = _without_edges(pages)
    text = _joined([line for page in pages for line in page])
    if not text:
        raise UnreadableArticle(f"{name}: has no text layer: run OCR over it")
    if len(text) > MAX_TEXT:
        raise UnreadableArticle(f"{name}: holds more than {MAX_TEXT // 1_000_000} MB of text: split it into articles")
    if url:
        details["url"] = url
    return Document(text, {**part.details, **details}, (*stated, *part.stated))


@contextmanager
def _quiet() -> Iterator[None]:
    """Without pypdf's remarks on files that it mends, and with narrow bounds on what it unpacks."""
    from pypdf import apply_configuration

    logger = logging.getLogger("pypdf")
    level = logger.level
    try:
        logger.setLevel(logging.CRITICAL)
        with (
            warnings.catch_warnings(action="ignore"),
            apply_configuration(
                zlib_maximum_output_length=_MAX_STREAM,
                lzw_maximum_output_length=_MAX_STREAM,
                run_length_maximum_output_length=_MAX_STREAM,
                array_based_stream_maximum_output_length=_MAX_STREAM,
                xform_maximum_invocations_per_extraction=_MAX_FORMS,
            ),
        ):
            yield
    finally:
        logger.setLevel(level)


def _opened(name: str, content: bytes) -> "PdfReader":
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(io.BytesIO(content))
    try:
        locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError:  # ciphers that pypdf leaves to another library
        locked = True
    if locked:
        raise UnreadableArticle(f"{name}: is protected by a password: save it without")
    if len(reader.pages) > MAX_PAGES:
        raise UnreadableArticle(f"{name}: has more than {MAX_PAGES:,} pages: split it into articles")
    return reader


def _weigh(name: str, reader: "PdfReader") -> None:
    """Raises UnreadableArticle when the pages draw more than can be read in a minute or two."""
    drawn = 0
    for page in reader.pages:
        contents = page.get_contents()
        drawn += len(contents.get_data()) if contents is not None else 0
        if drawn > MAX_DRAWN:
            raise UnreadableArticle(
                f"{name}: draws too much, a map or a scan: save its text, or split it into articles"
            )


def _described(reader: "PdfReader") -> tuple[dict[str, str], tuple[Stated, ...]]:
    """Title and author where they are more than a program's, and the date of creation."""
    metadata = reader.metadata
    if metadata is None:
        return {}, ()
    details = {"title": own_title(str(metadata.title or "")), "author": own_author(str(metadata.author or ""))}
    try:
        created = metadata.creation_date
    except ValueError:
        created = None
    stated = (Stated("saved", "the PDF's CreationDate", created.isoformat()),) if created else ()
    return {key: value for key, value in details.items() if value}, stated


# --- lines ----------------------------------------------------------------------------------------

_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: where it starts from the left and the bottom, and its size of type, all in points."""

    text: str
    left: float
    height: float
    size: float


def _lines(page: "PageObject") -> list[Line]:
    lines: list[Line] = []
    pieces: list[Line] = []

    def close() -> None:
        text = " ".join("".join(piece.text for piece in pieces).translate(_LIGATURES).split())
        if text:
            placed = [piece for piece in pieces if piece.text.strip()]
            size = max(placed, key=lambda piece: len(piece.text)).size
            lines.append(Line(text, placed[0].left, placed[0].height, size))
        pieces.clear()

    def visit(text: str, user: list[float], matrix: list[float], _font: object, size: float) -> None:
        left = matrix[4] * user[0] + matrix[5] * user[2] + user[4]
        height = matrix[4] * user[1] + matrix[5] * user[3] + user[5]
        for piece in text.splitlines(keepends=True):
            pieces.append(Line(piece, left, height, abs(size * matrix[3] * user[3])))
            if piece.endswith("\n"):
                close()

    page.extract_text(visitor_text=visit)
    close()
    return lines


_EDGE = 2  # lines at the top and at the bottom of a page
_PRINT_OUT = re.compile(r"(https?://\S+) \d+/\d+")  # browsers print the address and the page below every page


def _without_edges(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], str]:
    """The pages without running heads, and the address that a browser printed below them or "".

    A line of the edge goes when it stands on most pages, whatever its numbers.
    """
    edges = [{_numberless(line) for line in page[:_EDGE] + page[-_EDGE:]} for page in pages]
    counts = Counter(edge for page in edges for edge in page)
    often = {edge for edge, count in counts.items() if count > max(1, len(pages) / 2)}
    url = ""
    kept: list[list[Line]] = []
    for page in pages:
        lines = []
        for index, line in enumerate(page):
            print_out = _PRINT_OUT.fullmatch(line.text)
            if print_out and index >= len(page) - _EDGE:
                url = print_out[1]
            elif not (_EDGE <= index < len(page) - _EDGE) and _numberless(line) in often:
                continue
            else:
                lines.append(line)
        kept.append(lines)
    return kept, url


def _numberless(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


# --- paragraphs -----------------------------------------------------------------------------------

_GAP = 1.3  # times the usual distance of lines: more is the space between paragraphs
_FULL = 0.6  # of the longest line: a shorter one was ended on purpose
_ITEM = re.compile(r"[-*\u2022\u2013\u2014\u25cf\u25aa]\s|\(?\d{1,2}[.)]\s")
_FINAL = re.compile(r"[.!?:;\u2026][\"')\]\u201d\u2019]*$")


def _joined(lines: Sequence[Line]) -> str:
    """The text: a blank line where type or space says that a paragraph ends, wrapped lines joined within a sentence.

    Other line breaks are kept as they are: what they mean, the prose is asked later.
    """
    if not lines:
        return ""
    steps = [upper.height - lower.height for upper, lower in pairwise(lines) if upper.height > lower.height]
    usual = median(steps) if steps else 0.0
    longest = sorted(len(line.text) for line in lines)[len(lines) * 9 // 10]
    words = set(re.findall(r"[^\W\d_]+", " ".join(line.text for line in lines).lower()))
    pieces = [lines[0].text]
    for upper, lower in pairwise(lines):
        if _apart(upper, lower, usual):
            pieces += ["\n\n", lower.text]
        elif lower.text[0].islower() and re.search(r"\w[-\u00ad]$", upper.text):
            pieces[-1] = _unhyphenated(pieces[-1], lower.text, words)
            pieces.append(lower.text)
        elif len(upper.text) < longest * _FULL or _FINAL.search(upper.text) or _ITEM.match(lower.text):
            pieces += ["\n", lower.text]
        else:
            pieces += [" ", lower.text]
    return "".join(pieces)


def _apart(upper: Line, lower: Line, usual: float) -> bool:
    """Whether a paragraph ends between two lines that follow each other."""
    if abs(upper.size - lower.size) > 0.1 * max(upper.size, lower.size):
        return True
    ended = _FINAL.search(upper.text) is not None
    step = upper.height - lower.height
    if step <= 0:  # the next column or page: only the text can tell
        return ended
    return step > usual * _GAP or (ended and lower.left - upper.left > 0.8 * lower.size)


def _unhyphenated(upper: str, lower: str, words: set[str]) -> str:
    """`upper` without the hyphen at its end, where the file has the whole word elsewhere; "rebel-held" keeps it."""
    start, end = re.search(r"[^\W\d_]*.$", upper), re.match(r"[^\W\d_]*", lower)
    assert start
    assert end
    whole = start[0][:-1] + end[0]
    return upper[:-1] if upper.endswith("\u00ad") or whole.lower() in words else upper
