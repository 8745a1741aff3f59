"""Bytes -> text: the encodings articles are saved in."""

from ..errors import UnreadableArticle

_MAGIC = {b"%PDF-": "a PDF", b"PK\x03\x04": "a ZIP or Office file", b"\x1f\x8b": "a gzip file", b"{\\rtf": "RTF"}
_MARKS = (  # byte order marks, the longer first: UTF-32 begins as UTF-16 does
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\x0b\x0c\r\x1a\x1b")


def decode(name: str, content: bytes, charset: str = "") -> str:
    """The text of a file, its byte order mark kept: UTF-8, else UTF-16/32 by their mark, else the likeliest encoding.

    `charset` is what a header names; it is believed where the bytes are no UTF-8 and it can read them.

    Raises UnreadableArticle for binary content.
    """
    for magic, what in _MAGIC.items():
        if content.startswith(magic):
            raise UnreadableArticle(f"{name}: is {what}: save its text as UTF-8")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(name, content, encoding)
    if b"\x00" in content or len(content) - len(content.translate(None, _CONTROLS)) > len(content) / 100:
        raise UnreadableArticle(f"{name}: is binary: save its text as UTF-8")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode(charset) if charset else _guessed(name, content)
    except (UnicodeDecodeError, LookupError):
        return _guessed(name, content)


def _strict(name: str, content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableArticle(f"{name}: begins as {encoding} but is not: save it as UTF-8") from error
    if "\x00" in text:
        raise UnreadableArticle(f"{name}: is binary: save its text as UTF-8")
    return text


def _guessed(name: str, content: bytes) -> str:
    """Windows-1252 where the text is nearly all ASCII, else what charset-normalizer finds.

    The WHATWG encoding standard reads unlabelled western pages as windows-1252; charset-normalizer takes them
    for cp1250 or worse when only a few quotation marks and accents speak.
    """
    high = len(content) - len(content.translate(None, bytes(range(128, 256))))
    if high * 10 < len(content):
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    if best is None:
        raise UnreadableArticle(f"{name}: its encoding is not known: save it as UTF-8")
    return str(best)
