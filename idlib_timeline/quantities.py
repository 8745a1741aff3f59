"""Prose -> the numbers in it that could count people or things, with UCDP's low, best and high.

Digits ("1,200", "2 000", "1.5m"), number words ("two hundred and fifty", "half a million"), vague words
("dozens"), ranges ("20 to 30") and qualifiers ("at least"). Ages, measures, money, years, dates, clock times and
labels are left out. The words are lists of `rulebook/figures.toml`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from .rules import load

_LARGEST = 10**10  # more than all people: not a count
_NEAR = 14  # characters before a number in which a label, month, "in" or currency sign stands
_LEFT = 45  # characters before a number in which its qualifiers stand
_WIDEST_JOINT = 5  # " and " between the words of one number
_MOST_WORDS = 12  # of one number
_SPACED = "\u00a0\u202f\u2009"  # blanks that group digits and nothing else
_DIGITS = rf"\d{{1,3}}(?:,\d{{3}}){{1,3}}(?!\d)|\d{{1,3}}(?:[{_SPACED} ]\d{{3}}){{1,3}}(?!\d)|\d{{1,9}}(?:\.\d{{1,3}})?"
_SHORT = {"": 1, "k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9}
_PREPOSITIONS = ("over", "above", "under")  # "complained over two raids" counts two, "over 200" more than 200
_SMALL = 10
_YEARS = range(1900, 2100)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_MONTH_BEFORE = re.compile(rf"\b(?:{_MONTHS}|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\.?\s+\Z", re.IGNORECASE)
_MONTH_AFTER = re.compile(rf"\s+(?:of\s+)?(?:{_MONTHS.title()}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b")
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|of|by|until|till|from|during|early|mid|late|year|and|to|for|\d\d?(?:st|nd|rd|th)?)[\s-]+$|,\s*\Z",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:\A|[.!?:][\"')\]]?)\s*\Z")  # a number that opens a sentence may be a year
_GLUED_LEFT = re.compile(r"(?:[\w$€£¥#%/:=@&.]|\w[-'’]|,\d{0,2}|\$\s|\bUS\s)\Z")
_GLUED_RIGHT = re.compile(r"[%°/:]|[.,]\d|[-–]\s?[A-Za-z\d]|\w|['’]\w")
_AGE = re.compile(r"(?:[A-Z][\w'’-]+|man|woman|boy|girl|son|daughter|child),\s\Z")
_NOT_ONE = re.compile(r"\b(?:no|any|every|each|which|this|that|the|only|as)\s+\Z", re.IGNORECASE)
_PART_LEFT = re.compile(
    r"\b(?:includ\w+(?:(?:\s[\w'’-]+){1,6}\s+and)?|among (?:them|whom|those)|(?:of|with) (?:them|whom))"
    r"(?:\s+(?:at\s+least|about|some|around|more\s+than))?[\s,]+\Z",
    re.IGNORECASE,
)
_PART_RIGHT = re.compile(
    r"\s+of\s+(?:them|whom|which)\b|\s+among\s+(?:them|the\s+dead|those)\b"
    r"|\s+of\s+(?:the|those)\s+(?:\w+\s+)?(?:dead|killed|slain|wounded|injured|missing)\b",
    re.IGNORECASE,
)
_OF_BASE = re.compile(r"\s+of\s+(?:the|its|their|his|those|these)\s+\Z", re.IGNORECASE)
_OF = re.compile(r"\s+of\b(?!\s+(?:them|whom|which|the|its|their|those|these|his)\b)", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+\Z", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+\Z", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-|–|\sto\s|\sor\s)\s*", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as told: `start:end` its words with qualifiers, `mask` these with determiners and a following "of".

    `part` marks a number told as a part of another ("including three"); `vague` a word such as "dozens".
    """

    start: int
    end: int
    mask: tuple[int, int]
    low: int | None = None
    best: int | None = None
    high: int | None = None
    part: bool = False
    vague: bool = False

    @property
    def value(self) -> int:
        """The stated number, whichever estimate it is."""
        return next((n for n in (self.best, self.low, self.high) if n is not None), 0)


@dataclass(frozen=True, slots=True)
class _Token:
    """A bare number: `factor` is its last scale word's value, for "two to three million"."""

    start: int
    end: int
    value: int
    vague: bool = False
    plain: bool = False  # digits without comma or scale word: may be a year or a day
    factor: int = 1


def quantities(text: str) -> Iterator[Quantity]:
    """The numbers of `text` that could be counts, in order, not overlapping."""
    tokens = list(_tokens(text))
    index = 0
    previous_end = 0
    while index < len(tokens):
        first = tokens[index]
        second = tokens[index + 1] if index + 1 < len(tokens) else None
        joined = _range(text, first, second) if second else None
        quantity = joined or _single(text, first)
        index += 2 if joined else 1
        if quantity is None:
            continue
        base = _OF_BASE.match(text, previous_end, quantity.start) if previous_end else None
        if base:
            quantity = replace(quantity, part=True, mask=(quantity.start, quantity.mask[1]))
        if quantity.mask[0] < previous_end:  # a determiner cannot belong to two numbers
            quantity = replace(quantity, start=max(quantity.start, previous_end), mask=(previous_end, quantity.mask[1]))
        previous_end = quantity.mask[1]
        yield quantity


# --- bare numbers ---------------------------------------------------------------------------------


def _tokens(text: str) -> Iterator[_Token]:
    """Digits and number words, with number words that belong together composed."""
    words = _words()
    pending: list[re.Match[str]] = []
    for match in words.number.finditer(text):
        near = 0 < len(pending) < _MOST_WORDS and match.start() - pending[-1].end() <= _WIDEST_JOINT
        if pending and not (near and _continues(text, pending, match)):
            yield from _composed(pending)
            pending = []
        pending.append(match)
    yield from _composed(pending)


def _continues(text: str, pending: list[re.Match[str]], match: re.Match[str]) -> bool:
    """Whether a number word goes on the number before it: "sixty-two", "two hundred and five", "3 million"."""
    gap = text[pending[-1].end() : match.start()].lower()
    last, now = _key(pending[-1]), _key(match)
    words = _words()
    if gap.strip() not in ("", "-", "and") or not gap:
        return False
    if now in words.scale:
        return gap.strip() != "and" and (last in words.lead or last not in words.vague)
    if now not in words.value or last in words.lead or last in words.vague:
        return False
    if last in words.scale:
        return words.value[now] < words.scale[last] and any(_key(one) in words.value for one in pending)
    return gap.strip() != "and" and words.value.get(last, 0) >= 20 and words.value[now] < 10


def _composed(matches: list[re.Match[str]]) -> Iterator[_Token]:
    if not matches:
        return
    if len(matches) == 1 and matches[0][0].isdigit():
        yield _Token(matches[0].start(), matches[0].end(), int(matches[0][0]), plain=True)
        return
    words = _words()
    total, current, factor, seen = 0.0, 0.0, 1, False
    for match in matches:
        key = _key(match)
        if key in words.vague:
            yield _Token(match.start(), match.end(), words.vague[key], vague=True)
            return
        if key in words.scale:
            factor = words.scale[key]
            if not seen:
                return  # a bare "million", "hundred" counts nothing
            current *= factor
            if factor >= 1000:
                total, current = total + current, 0.0
        else:
            seen = True
            current += _value(key)
    if _key(matches[-1]) in words.lead:
        return
    value = total + current
    if value == int(value) and value < _LARGEST:
        yield _Token(matches[0].start(), matches[-1].end(), int(value), factor=factor)


def _value(key: str) -> float:
    words = _words()
    known = words.lead.get(key, words.value.get(key))
    return _digits(key) if known is None else known


def _digits(text: str) -> float:
    compact = re.sub(rf"[,{_SPACED} ]", "", text)
    plain = compact.rstrip("mnbk")
    return float(plain) * _SHORT[compact[len(plain) :]]


def _key(match: re.Match[str]) -> str:
    return " ".join(match[0].lower().split())


# --- qualifiers and ranges ------------------------------------------------------------------------


def _range(text: str, first: _Token, second: _Token) -> Quantity | None:
    """ "20 to 30", "20-30", "two or three", "between 20 and 30"; not "from 20 to 30", which may be a rise."""
    between = text[first.end : second.start]
    if len(between) > 6 or first.vague or second.vague:
        return None
    left = text[max(0, first.start - _LEFT) : first.start]
    opener = _BETWEEN.search(left)
    if not (_AND.fullmatch(between) if opener else _TO.fullmatch(between)) or (not opener and _FROM.search(left)):
        return None
    low = first.value * (second.factor if first.factor == 1 and second.factor >= 1000 and first.value < 1000 else 1)
    start = first.start - len(left) + opener.start() if opener else first.start
    whole = _Token(start, second.end, second.value, plain=first.plain and second.plain)
    if low >= second.value or not _counts(text, whole):
        return None
    return _finished(text, whole, low, None, second.value)


def _single(text: str, token: _Token) -> Quantity | None:
    if not _counts(text, token):
        return None
    if token.vague:
        return _finished(text, token, token.value, None, None)
    return _finished(text, token, None, token.value, None)


def _counts(text: str, token: _Token) -> bool:
    """Whether the number can count: not an age, measure, date, year, clock time, label, model or money."""
    left, words = text[max(0, token.start - _NEAR) : token.start], _words()
    if _GLUED_LEFT.search(left[-4:]) or _GLUED_RIGHT.match(text, token.end) or words.unit.match(text, token.end):
        return False
    if words.label.search(left):
        return False
    if text[token.start : token.end].lower() == "one":
        return not (_NOT_ONE.search(left) or re.match(r"\s+(?:of|another|day|or)\b", text[token.end : token.end + 12]))
    if token.value < 32 and (_MONTH_BEFORE.search(left) or _MONTH_AFTER.match(text, token.end)):
        return False
    if token.value < 110 and _AGE.search(left) and text[token.end : token.end + 1] in (",", ".", ")"):
        return False
    if token.plain and token.value in _YEARS:
        qualified = words.qualifier.search(text[max(0, token.start - _LEFT) : token.start])
        return bool(qualified) or not (_YEAR_BEFORE.search(left) or _MONTH_BEFORE.search(left) or _OPENS.search(left))
    return True


def _finished(text: str, token: _Token, low: int | None, best: int | None, high: int | None) -> Quantity | None:
    """The quantity with its qualifiers read; None where they leave no estimate ("up to hundreds")."""
    words = _words()
    begin = max(0, token.start - _LEFT)
    left = text[begin : token.start]
    before = words.qualifier.search(left)
    if before and " ".join(before[0].lower().split()) in _PREPOSITIONS and token.value < _SMALL:
        before = None
    start = begin + before.start() if before else token.start
    after = words.qualifier_after.match(text, token.end)
    end = after.end() if after else token.end
    roles = [words.role[" ".join(word.lower().split())] for word in words.one.findall(before[0])] if before else []
    roles += [words.role[" ".join(after[0].lower().split())]] if after else []
    if best is not None:
        low, best, high = _estimate(roles, best)
    elif low is not None and high is None and "high" in roles:
        return None
    part = bool(_PART_LEFT.search(text[max(0, start - _LEFT) : start]) or _PART_RIGHT.match(text, end))
    det = words.determiner.search(text[max(0, start - 20) : start])
    mask_start = start - (len(det[0]) if det else 0)
    of = _OF.match(text, end)
    return Quantity(start, end, (mask_start, of.end() if of else end), low, best, high, part, token.vague)


def _estimate(roles: Iterable[str], value: int) -> tuple[int | None, int | None, int | None]:
    given = set(roles)
    if "low" in given:
        return value, None, None
    if "high" in given:
        return None, None, value
    return None, value, None


# --- the words ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """The number lists of the rulebook, compiled."""

    value: Mapping[str, int]
    scale: Mapping[str, int]
    lead: Mapping[str, float]
    vague: Mapping[str, int]
    role: Mapping[str, str]
    number: re.Pattern[str]
    qualifier: re.Pattern[str]
    qualifier_after: re.Pattern[str]
    one: re.Pattern[str]
    determiner: re.Pattern[str]
    unit: re.Pattern[str]
    label: re.Pattern[str]


@cache
def _words() -> _Words:
    lists = load("figures").lists
    scale = _any(lists["scale"])
    lead = rf"(?:{_any(lists['scale_lead'], True)})(?=\s+(?:{scale})\b)"
    spelled = {**lists["number"], **lists["vague"], **lists["scale"]}
    words = _any(spelled, True)
    initials = "".join(sorted({word[0] + word[0].upper() for word in (*spelled, *lists["scale_lead"])}))
    qualifier, determiner = _any(lists["qualifier"], True), _any(lists["determiner"])
    return _Words(
        value=lists["number"],
        scale=lists["scale"],
        lead=lists["scale_lead"],
        vague=lists["vague"],
        role={**lists["qualifier"], **lists["qualifier_after"]},
        number=re.compile(rf"\b(?=[\d{initials}])(?:(?:{_DIGITS})(?:(?:mn?|bn|k)\b)?|{lead}|(?:{words})\b)"),
        qualifier=re.compile(rf"(?<![\w-])(?:(?:{qualifier})\s+){{1,3}}\Z"),
        qualifier_after=re.compile(rf"\s+(?:{_any(lists['qualifier_after'])})\b(?!\s+than\b)"),
        one=re.compile(qualifier),
        determiner=re.compile(rf"(?<![\w-])(?:{determiner})\s+\Z", re.IGNORECASE),
        unit=re.compile(rf"[\s-]*(?:{_any(lists['unit'])})(?![\w])", re.IGNORECASE),
        label=re.compile(rf"(?<![\w])(?:{_any(lists['label'])})\s+\Z", re.IGNORECASE),
    )


def _any(words: Mapping[str, Any], capital: bool = False) -> str:
    """An alternation, longest first; with `capital` the first letter may be upper case."""

    def spell(word: str) -> str:
        spelled = re.escape(word).replace(r"\ ", r"\s+")
        return f"[{word[0].upper()}{word[0]}]{spelled[1:]}" if capital and word[0].isalpha() else spelled

    return "|".join(spell(word) for word in sorted(words, key=lambda word: (-len(word), word)))
