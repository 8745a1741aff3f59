"""Stored text -> prose: the readable characters, each knowing where it is stored.

Every step rewrites the text into one of the same length: a character that is not read becomes DROP, one
that belongs to the character before it (the rest of an entity) becomes JOINED, a paragraph break made by markup
becomes BREAK. So no step can shift an offset, and the map is read off once, at the end.

The standard library's `html.parser` is not used: it is quadratic in unclosed comments and tags (40 kB of "<a " take
19 s), raises AssertionError on "<![", and changed its answers between patch releases, while here a few tags
inside plain text have to be skipped. Every pattern below stops at the next "<" or the end of the line, so each is
linear.
"""

import re
from html import unescape
from itertools import pairwise

from .capitals import restored
from .model import Prose

DROP, JOINED, BREAK, HEADING = "\x00", "\x01", "\x02", "\x03"  # control characters of the input become DROP first

_PLAIN = (
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u00b4\u02bc", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
    | dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n")
    | dict.fromkeys("\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " ")
)
_UNSEEN = (  # inclusive: controls, soft hyphen, zero-width and bidirectional marks, byte order mark, tag characters
    *((0x00, 0x08), (0x0D, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x034F, 0x034F), (0x061C, 0x061C)),
    *((0x180B, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)),
    *((0xFFF9, 0xFFFB), (0xE0000, 0xE007F)),
)
_TABLE = str.maketrans({chr(code): DROP for first, last in _UNSEEN for code in range(first, last + 1)} | _PLAIN)

_RAW = "script|style|template|iframe|noscript|svg|math|object"  # elements whose content is not the article's text
_BLOCK = (
    "address|article|aside|blockquote|body|br|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    "h1|h2|h3|h4|h5|h6|head|header|hgroup|hr|html|legend|li|main|menu|nav|ol|optgroup|option|p|pre|section|summary|"
    "table|tbody|tfoot|thead|title|tr|ul"
)
_CELL = "td|th"
_INLINE = (
    "a|abbr|acronym|audio|b|base|bdi|bdo|big|button|canvas|caption|cite|code|col|colgroup|data|datalist|del|dfn|em|embed|"
    "font|i|img|input|ins|kbd|label|link|map|mark|meta|meter|nobr|output|param|picture|progress|q|rp|rt|ruby|s|samp|"
    "select|small|source|span|strike|strong|sub|sup|textarea|time|track|tt|u|var|video|wbr|"
    "[a-z][a-z0-9]*[:-][a-z][a-z0-9:-]*"
)
# Attributes: quoted values may hold ">", nothing may hold "<"; possessive, so an attempt ends at the next "<".
_MARKUP = re.compile(
    rf"<(?:!--|[!?][^<>]*>|(?P<slash>/?)(?:(?P<raw>{_RAW})|(?P<block>{_BLOCK})|(?P<cell>{_CELL})|{_INLINE})(?=[\s/>\x00])"
    r"""(?:(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+>|[^<>]*+>)|https?://[^<>\s]*+>)""",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:amp;)?(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_DOUBLED = re.compile(r"``|''")  # typewriter and TeX quotation marks
_BLANKS = re.compile(r" [ \x00\x01]+")
_RUN = re.compile(r"([^\x00\x01]+)(\x01*)")

_LINK_END = r"(?:[^()\n]|\([^()\n]*+\))*+\)"  # one level of brackets, as in .../Tripoli_(Libya)
_LINK = re.compile(rf"(!?)\[([^\[\]\n]*)\]\((?=https?:|/|#|mailto:|www\.){_LINK_END}")
_LINK_MD = re.compile(rf"(!?)\[([^\[\]\n]*)\](?:\({_LINK_END}|\[[^\[\]\n]*\])")
_MD_LINE = re.compile(
    r"^ {0,3}(?:(?P<hash>#{1,6} +)(?P<text>[^\n]*?)(?P<tail>[ #]*)$"
    r"|(?P<rule>(?:[-=]{3,}|(?:\* ?){3,}|_{3,}|`{3,}[^\n`]*|~{3,}[^\n]*|\[[^\[\]\n]+\]:[^\n]*)[ ]*$)"
    r"|(?P<item>(?:>[ ]?|[-*+] +|\d{1,2}[.)] +)+))",
    re.MULTILINE,
)
_MD_MARK = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|(?<!\s)\*{1,3}|\*{1,3}(?!\s)|`+|~~"
    r"|(?<![A-Za-z0-9])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![A-Za-z0-9])"
)


def compose(text: str, body: int = 0, markdown: bool = False) -> tuple[Prose, frozenset[int]]:
    """The prose of `text` from `body` on, and the prose offsets at which a marked-up heading starts.

    In the prose a newline always ends a paragraph: lines that were only wrapped are joined with a blank. What is
    written in capitals is given small letters.
    """
    masked = DROP * body + _plain(text[body:])
    masked = _untagged(masked)
    masked = (_LINK_MD if markdown else _LINK).sub(_link, masked)
    if markdown:
        masked = _MD_MARK.sub(_mark, _MD_LINE.sub(_line, masked))
    masked = _ENTITY.sub(_decoded, masked)
    masked = _DOUBLED.sub('"' + JOINED, masked)
    masked = _unwrapped(restored(masked))
    return _squeezed(_BLANKS.sub(lambda match: " " + DROP * (len(match[0]) - 1), masked))


def _plain(text: str) -> str:
    return re.sub(r"\r(?!\n)", "\n", text).translate(_TABLE)


def _untagged(text: str) -> str:
    """`text` without markup; a comment or script that is never closed loses only its opening mark."""
    pieces: list[str] = []
    unclosed: set[re.Pattern[str]] = set()
    position = 0
    while match := _MARKUP.search(text, position):
        end = match.end()
        raw = (match["raw"] or "").lower() if match["slash"] != "/" else ""
        if match[0] == "<!--" or raw:
            closing = re.compile(rf"</{raw}\s*+>" if raw else "-->", re.IGNORECASE)
            found = None if closing in unclosed else closing.search(text, end)
            if found:
                end = found.end()
            else:
                unclosed.add(closing)  # looked for once only, else a file of openings is quadratic
        length = end - match.start()
        first = DROP
        if match["block"]:
            first = HEADING if re.fullmatch(r"<h\d.*", match[0], re.IGNORECASE | re.DOTALL) else BREAK
        elif match["cell"]:
            first = " "
        pieces += [text[position : match.start()], first, DROP * (length - 1)]
        position = end
    return "".join([*pieces, text[position:]])


def _link(match: re.Match[str]) -> str:
    if match[1]:  # an image: its alternative text is no sentence of the article
        return DROP * len(match[0])
    return DROP + match[2] + DROP * (len(match[0]) - len(match[2]) - 1)


def _line(match: re.Match[str]) -> str:
    whole = match[0]
    if match["hash"]:
        start = len(whole) - len(match["text"]) - len(match["tail"])
        return HEADING + DROP * (start - 1) + match["text"] + (BREAK + DROP * len(match["tail"]))[: len(match["tail"])]
    return BREAK + DROP * (len(whole) - 1)


def _mark(match: re.Match[str]) -> str:
    return DROP + match["escaped"] if match["escaped"] else DROP * len(match[0])


def _decoded(match: re.Match[str]) -> str:
    written = match[0]
    once = unescape(written)
    if once == written:
        return written
    read = unescape(once) if written.startswith("&amp;") else once
    read = re.sub(r"\s", " ", read).translate(_TABLE)
    return (read + (DROP if not read.strip(DROP) else JOINED) * len(written))[: len(written)]


# --- wrapped lines --------------------------------------------------------------------------------

_FINAL = (".", "!", "?", ":", ";", '"', "'", ")", "\u2026")
_ITEM = re.compile(r"(?:[-*\u2022\u2013\u2014\u25cf\u25aa]\s|\(?\d{1,2}[.)]\s|[\x02\x03>|#])")
_MAX_WIDTH = 130  # characters; nobody wraps by hand beyond it
_MIN_WIDTH = 35  # a shorter line is an entry of a list


def _unwrapped(text: str) -> str:
    """Newlines that only wrap a line become blanks.

    The shape of the lines decides. Where at least a third of the lines that follow another directly start with
    a small letter, the text is wrapped by hand, and a newline is kept only where the next word
    would still have fitted, or the next line is indented or a list item. Elsewhere every line is a paragraph, except
    that a line starting small goes on from a long line that has no end.
    """
    lines = text.split("\n")
    seen = [line.replace(DROP, "").replace(JOINED, "") for line in lines]
    pairs = [(left.rstrip(), right) for left, right in pairwise(seen) if left.strip() and right.strip()]
    if not pairs:
        return text
    widths = sorted(len(left) for left, _ in pairs)
    small = sum(right.lstrip()[:1].islower() for _, right in pairs)
    wrapped = small * 3 >= len(pairs) and widths[-1] <= _MAX_WIDTH and widths[len(widths) // 2] >= _MIN_WIDTH
    width = widths[-1] if wrapped else 0
    pieces = [lines[0]]
    for (left, right), line in zip(pairwise(seen), lines[1:], strict=True):
        pieces += [_joint(left, right, width), line]
    return "".join(pieces)


def _joint(left: str, right: str, width: int) -> str:
    """What a newline between two lines becomes: itself, a blank, or DROP after a hyphen. `width` 0: not wrapped."""
    word = right.strip().split(" ", 1)[0]
    before = left.strip()
    if not before or not word or before[-1] in BREAK + HEADING or _ITEM.match(right.lstrip()):
        return "\n"
    goes_on = word[0].islower() and not before.endswith(_FINAL)
    if width:
        indented = len(right) - len(right.lstrip()) - (len(left) - len(left.lstrip())) >= 2
        soft = not indented and (goes_on or len(before) + 1 + len(word) > width * 0.85)
    else:
        soft = goes_on and len(before) >= _MIN_WIDTH
    if not soft:
        return "\n"
    return DROP if re.search(r"\w-$", before) and word[0].islower() else " "


def _squeezed(masked: str) -> tuple[Prose, frozenset[int]]:
    pieces: list[str] = []
    starts, shifts = [0], [0]
    wide: dict[int, int] = {}
    headings: set[int] = set()
    length = 0
    for match in _RUN.finditer(masked):
        run = match[1]
        shift = match.start() - length
        if shift != shifts[-1]:
            if starts[-1] == length:
                starts.pop()
                shifts.pop()
            starts.append(length)
            shifts.append(shift)
        headings.update(length + mark.end() for mark in re.finditer(HEADING, run))
        pieces.append(run)
        length += len(run)
        if match[2]:
            wide[length - 1] = 1 + len(match[2])
    text = "".join(pieces).replace(BREAK, "\n").replace(HEADING, "\n")
    return Prose(text, tuple(starts), tuple(shifts), wide), frozenset(headings)
