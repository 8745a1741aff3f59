"""Mails (.eml) and web archives (MHTML): both are MIME messages."""

import re
from email import message_from_bytes, policy
from email.headerregistry import AddressHeader, BaseHeader, HeaderRegistry
from email.message import EmailMessage, Message

from ..errors import UnreadableArticle
from ..model import Document, Part, Stated
from . import fragment
from .decoding import decode

_LONGEST = 2_000  # characters of a header that are read: the standard library's parser of headers is quadratic
_FORWARDED = re.compile(r"\s*(?:fwd?|wg|tr|rv)\s*:\s*", re.IGNORECASE)  # in English, German, French, Spanish
_FORWARD_MARK = re.compile(r"^[->* ]*(?:Forwarded message|Original message|Begin forwarded message)\b", re.I | re.M)
_HEAD = 4_000  # characters of a mail within which it says that it forwards another


def document(name: str, part: Part) -> Document:
    """The body of a mail: its plain text, else its HTML; attachments are left out. Raises UnreadableArticle for none.

    The Date header is the date of publication, except where the mail forwards what appeared earlier.
    """
    message = _message(name, part.content)
    body = message.get_body(("plain", "html"))
    text = _body_text(name, body) if isinstance(body, EmailMessage) else ""
    if not text.strip():
        raise UnreadableArticle(f"{name}: has no text: save what is attached to it as a file of its own")
    subject, date = _header(message, "Subject"), _header(message, "Date")
    forwarded = _FORWARDED.match(subject) or _FORWARD_MARK.search(text[:_HEAD])
    details = {"title": _FORWARDED.sub("", subject), "author": "" if forwarded else _sender(message)}
    stated = (Stated("saved" if forwarded else "published", "the mail's Date header", date),) if date else ()
    known = {key: value for key, value in details.items() if value}
    return Document(text, {**part.details, **known}, (*stated, *part.stated))


def archive(name: str, part: Part) -> Document:
    """The page that an MHTML file keeps, read by `page` with its address; raises UnreadableArticle if there is none."""
    from . import page

    message = _message(name, part.content)
    address = _header(message, "Snapshot-Content-Location")
    pages = [piece for piece in message.walk() if piece.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise UnreadableArticle(f"{name}: holds no page: save the page again, as HTML")
    kept = next((piece for piece in pages if address and _header(piece, "Content-Location") == address), pages[0])
    url = address or _header(kept, "Content-Location")
    date = _header(message, "Date")
    stated = (Stated("saved", "the archive's Date header", date),) if date else ()
    details = {"url": url} if url.startswith(("http://", "https://")) else {}
    inner = Part(
        part.name, "page", _payload(kept), {**part.details, **details}, (*stated, *part.stated), _charset(kept)
    )
    return page.document(name, inner)


# --- messages -------------------------------------------------------------------------------------

_REGISTRY = HeaderRegistry()
_STUMBLES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)  # of its parser


def _short_header(name: str, value: str) -> BaseHeader:
    return _REGISTRY(name, value[:_LONGEST])


_POLICY = policy.default.clone(header_factory=_short_header)


def _message(name: str, content: bytes) -> EmailMessage:
    try:
        message = message_from_bytes(content, policy=_POLICY)
        for piece in message.walk():  # a header is parsed when it is asked for: here, where that may fail
            piece.get_content_type(), piece.get_content_disposition(), piece.get_content_charset()
    except _STUMBLES as error:
        raise UnreadableArticle(f"{name}: is no readable mail: save its text") from error
    if not message.keys():
        raise UnreadableArticle(f"{name}: is no mail, it has no headers: name it .txt")
    return message


def _header(message: Message, key: str) -> str:
    """A header decoded, on one line; "" if it is missing or the library stumbles over it."""
    try:
        value = str(message.get(key, ""))
    except _STUMBLES:
        return ""
    return _line(value)


def _line(value: str) -> str:
    """A decoded header on one line; bytes that are in no charset become question marks."""
    return " ".join(value.encode("utf-8", "replace").decode().split())


def _sender(message: EmailMessage) -> str:
    """The name of the sender, "" where there is only an address."""
    try:
        header = message.get("From")
        named = [address.display_name for address in header.addresses] if isinstance(header, AddressHeader) else []
    except _STUMBLES:
        return ""
    return ", ".join(_line(name) for name in named if name and "@" not in name)


def _payload(piece: Message) -> bytes:
    payload = piece.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(piece: Message) -> str:
    return piece.get_content_charset() or ""


def _body_text(name: str, body: EmailMessage) -> str:
    """The text of a body: in the charset that it names where that fits, else as a file without one."""
    content = _payload(body)
    try:
        text = content.decode(_charset(body) or "utf-8")
    except (UnicodeDecodeError, LookupError):
        text = decode(name, content)
    if body.get_content_type() != "text/html":
        return text.replace("\r\n", "\n").replace("\x00", "").strip("\n")
    from . import page

    try:
        return page.document(name, Part("", "page", text.encode("utf-8", "replace"), charset="utf-8")).text
    except UnreadableArticle:  # a few sentences in HTML are no page, and yet a mail
        return fragment.paragraphs(text)
