"""Prose -> sentences: paragraphs, the cuts inside them, and which of them tell the story.

sentencex makes the cuts; rows of `rulebook/lines.toml` undo the wrong ones and add the missing ones, and name
datelines, credits and boilerplate. Paragraphs in another language tell nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from .english import foreign
from .model import Prose, Sentence
from .rules import Row, expand, load

_LONG_LINE = 5_000  # characters given to sentencex at once: it is quadratic in unclosed quotation marks
_LONG_SENTENCE = 500  # characters; a quotation longer than this is cut inside as well
_LINE_LENGTH = 200  # characters of a line that can hold a dateline or decide that it is no story
_CREDITS_LENGTH = 600
_HEADING_LENGTH, _HEADING_WORDS = 120, 20  # a longer line without a full stop is a sentence that lost it
_FINAL = (".", "!", "?", ":", ";", ",", "\u2026", '."', '!"', '?"', ".'", "!'", "?'", ".)", "!)", "?)", ',"', "...")
_ENTRY = re.compile(  # an entry of a list or of a chronology: a marker, or a day and what happened on it
    r"(?:[-*\u2022\u2013\u2014\u25cf\u25aa]\s|\(?\d{1,2}[.)]\s"
    r"|(?:\w+\.? \d{1,2}|\d{1,2} \w+)(?:,? \d{4})? ?[:\u2013\u2014-] )"
)
_BULLET = re.compile(r"[*\u2022\u2023\u25cf\u25aa\u25e6\u00b7]\s+")  # of a list: no word of the sentence behind it
_YEARS = re.compile(r"\d{3,4}(?: ?[-\u2013/] ?\d{2,4})?")  # a chapter of a chronicle
_QUOTES = " \"'()[]"
_BREATH = re.compile(r"[a-z]{4}[.!?][\"']? (?=[A-Z\"'])")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the line book, compiled. `right` is set for joins only, where `pattern` is the left side."""

    row: Row
    pattern: re.Pattern[str]
    right: re.Pattern[str] | None = None
    whole: bool = False


@cache
def lines_of(kind: str) -> tuple[Line, ...]:
    """The rows of one kind in the book's order."""
    return tuple(_compiled(row) for row in load("lines").rows if row.fields["kind"] == kind)


def _compiled(row: Row) -> Line:
    where, lists = f"lines.toml: row {row.name}", load("lines").lists
    if "left" in row.fields:
        left, right = (re.compile(expand(row.fields[side], lists, where)) for side in ("left", "right"))
        return Line(row, left, right)
    return Line(row, re.compile(expand(row.fields["pattern"], lists, where)), whole=bool(row.fields.get("whole")))


def segment(prose: Prose, marked: frozenset[int] = frozenset()) -> tuple[Sentence, ...]:
    """The sentences of a prose in order; `marked` holds offsets at which markup says that a heading starts."""
    text = prose.text
    paragraphs = [_trimmed(text, match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    paragraphs = [span for span in paragraphs if span[0] < span[1]]
    lines, sure = [text[start:end] for start, end in paragraphs], [start in marked for start, _ in paragraphs]
    kinds = _paragraph_kinds(lines, sure)
    for number, strange in enumerate(foreign(lines)):
        kinds[number] = "foreign" if strange and kinds[number] == "body" else kinds[number]
    sentences: list[Sentence] = []
    for number, ((begin, end), kind) in enumerate(zip(paragraphs, kinds, strict=True)):
        bullet = _BULLET.match(text, begin, end)
        start = bullet.end() if bullet and kind != "boilerplate" else begin
        lead = 0 if kind in {"byline", "boilerplate"} else _lead(text[start:end])
        cuts = [(start, end)] if kind == "heading" else list(_cuts(text, start + lead, end))
        for first, (left, right) in enumerate(cuts or [(start, end)]):
            here = start if first == 0 else left
            own = kind if kind != "body" else _sentence_kind(text[left:right])
            if first == 0 and right - here <= lead:
                own = "boilerplate"  # an outlet tag on a line of its own
            before = min(lead, right - here) if first == 0 else 0
            sentences.append(Sentence(len(sentences), here, right, number, own, before))
    return tuple(sentences)


def title(prose: Prose, sentences: Iterable[Sentence]) -> str:
    """The heading that stands first, or ""."""
    for sentence in sentences:
        return prose.text[sentence.start : sentence.end] if sentence.kind == "heading" else ""
    return ""


# --- paragraphs -----------------------------------------------------------------------------------


def _paragraph_kinds(lines: list[str], marked: list[bool]) -> list[str]:
    kinds = [_line_kind(line, sure, number == 0) for number, (line, sure) in enumerate(zip(lines, marked, strict=True))]
    last_body = max((number for number, kind in enumerate(kinds) if kind == "body"), default=-1)
    for start, end in _runs(kinds, "heading"):
        tail = start > last_body
        entries = start > 0 and end - start >= 3  # three lines on end are a list, not three headings
        for number in range(start, end):
            if (tail or entries) and not marked[number]:
                kinds[number] = "body"
    return kinds


def _line_kind(line: str, marked: bool, first: bool) -> str:
    if not any(char.isalnum() for char in line):
        return "boilerplate"  # a rule of dashes or stars
    for kind in ("byline", "boilerplate"):
        for rule in lines_of(kind):
            if rule.whole:
                if len(line) < _LINE_LENGTH and rule.pattern.fullmatch(line):
                    return kind
            elif kind == "boilerplate" and rule.pattern.search(line[:_LINE_LENGTH]):
                return kind
    if marked:
        return "heading"
    if len(line) > _HEADING_LENGTH or len(line.split()) > _HEADING_WORDS or _ENTRY.match(line):
        return "body"
    if not any(char.isalpha() for char in line):
        return "heading" if _YEARS.fullmatch(line) else "body"
    if line.endswith(_FINAL):
        return "heading" if first and line.endswith("?") else "body"
    return "body" if _lead(line) else "heading"


def _runs(kinds: list[str], kind: str) -> Iterator[Span]:
    start = 0
    for number in range(1, len(kinds) + 1):
        if number == len(kinds) or kinds[number] != kinds[start]:
            if kinds[start] == kind:
                yield start, number
            start = number


def _lead(line: str) -> int:
    head = line[:_LINE_LENGTH]
    return max((match.end() for rule in lines_of("lead") if (match := rule.pattern.match(head))), default=0)


def _sentence_kind(sentence: str) -> str:
    for kind, limit in (("boilerplate", _LINE_LENGTH), ("byline", _CREDITS_LENGTH)):
        if len(sentence) <= limit and any(rule.pattern.search(sentence) for rule in lines_of(kind) if not rule.whole):
            return kind
    return "body"


# --- sentences ------------------------------------------------------------------------------------


def _cuts(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of a paragraph, blanks trimmed."""
    pieces = [cut for left, right in _breaths(text, start, end) for cut in _sentencex(text[left:right], left)]
    for left, right in _joined(text, _between_quotes(text, pieces)):
        parts = [(left, right)]
        if right - left > _LONG_SENTENCE:
            bare = re.sub(r"[\"'()\[\]]", " ", text[left:right])
            parts = list(_joined(text, _between_quotes(text, _sentencex(bare, left))))
        for part in parts:
            for span in _split(text, *part):
                first, last = _trimmed(text, *span)
                if first < last:
                    yield first, last


def _sentencex(text: str, offset: int) -> list[Span]:
    from sentencex import get_sentence_boundaries

    return [(offset + cut["start_index"], offset + cut["end_index"]) for cut in get_sentence_boundaries("en", text)]


def _breaths(text: str, start: int, end: int) -> Iterator[Span]:
    """A very long paragraph in stretches that end with a sentence where one ends in time, else at a blank."""
    while end - start > _LONG_LINE:
        stretch = text[start : start + _LONG_LINE]
        stops = [match.end() for match in _BREATH.finditer(stretch)]
        cut = stops[-1] if stops else stretch.rfind(" ") + 1 or _LONG_LINE
        yield start, start + cut
        start += cut
    if start < end:
        yield start, end


def _joined(text: str, pieces: list[Span]) -> Iterator[Span]:
    if not pieces:
        return
    start, end = pieces[0]
    for left, right in pieces[1:]:
        before, after = text[max(start, end - 60) : end].rstrip(), text[left : min(right, left + 80)].lstrip()
        if any(rule.pattern.search(before) and rule.right and rule.right.match(after) for rule in lines_of("join")):
            end = right
        else:
            yield start, end
            start, end = left, right
    yield start, end


def _between_quotes(text: str, cuts: list[Span]) -> list[Span]:
    """Cuts moved to the blank between closing and opening quotation marks and brackets."""
    moved: list[Span] = []
    for start, end in cuts:
        first = start
        if moved:
            while first > max(moved[-1][0], start - 8) and text[first - 1] in _QUOTES:
                first -= 1
            blank = text.find(" ", first, end)
            first = blank if 0 <= blank <= start else start
            moved[-1] = (moved[-1][0], first)
        moved.append((first, end))
    return moved


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    points = {match.end() for rule in lines_of("split") for match in rule.pattern.finditer(text, start, end)}
    for point in sorted(points):
        if start < point < end:
            yield start, point
            start = point
    yield start, end


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return start, end
