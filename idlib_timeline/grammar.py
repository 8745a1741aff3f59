"""The grammar of time expressions: every token of the text becomes one character, every row a regex over them.

A word of the rulebook (of a list or of a pattern) has a private-use character of its own, a number one for what it can
be (a day, a year, an hour ...), any other word is `OTHER`. So a slot is a character class, a row a short linear regex,
and looking around is cheap. An expression found becomes one character too, which is how rows build on rows.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .errors import RulebookError
from .rules import Book, Row

OTHER = "_"
PUNCTUATION = {c: c for c in ",.:;/-'"} | {"\u2013": "-", "\u2014": ";", "\u2019": "'", "\u2018": "'", "\u2212": "-"}
PUNCTUATION |= {"(": "\u27e8", "[": "\u27e8", ")": "\u27e9", "]": "\u27e9"}  # brackets that mean nothing to a regex
EXPRESSIONS = {
    name: chr(0xF700 + i) for i, name in enumerate(("date", "time", "duration", "set", "ref", "clock", "overnight"))
}
_FIRST_WORD, _FIRST_NUMBER = 0xE000, 0xF000
_NUMBERS = (
    "n",
    "day",
    "year",
    "hour",
    "minute",
    "hmm",
    "hhmm",
    "yy",
    "mm",
    "old",
    "figure",
    "nth",
    "dayth",
    "decade",
    "old_decade",
    "dotted",
    "stamp",
)
_PART = re.compile(r"\{([a-z_]+)(?::([a-z_0-9]+))?\}|([A-Za-z]+\.?(?:[a-z]\.)?)|(~)|(.)", re.DOTALL)
TAIL = re.compile(r"(?:st|nd|rd|th|s)$")


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled row. `article`: "", `allowed` or `needed`: whether a "the" before the match belongs to it."""

    name: str
    regex: re.Pattern[str]
    value: str
    kind: str
    article: str
    guard: str
    first: frozenset[str]
    loose: str  # the pattern without group names
    slots: Mapping[str, str]  # group -> list
    composes: bool
    style: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """Rules by the character they can start with; `gates` say at once that none of them matches."""

    start: re.Pattern[str]
    rules: Mapping[str, tuple[Rule, ...]]
    gates: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The whole compiled book: `levels` of rules, the first over words, the second over words and expressions."""

    codes: Mapping[str, str]
    lists: Mapping[str, Mapping[str, Any]]
    token: re.Pattern[str]
    number_run: re.Pattern[str]
    trigger: re.Pattern[str]
    levels: tuple[Index, Index]
    numerals: Mapping[frozenset[str], str]
    the: str


@dataclass(frozen=True, slots=True)
class Near:
    """A match with the 60 characters before and after it, for the guards of rows."""

    before: str
    match: str
    after: str


Guard = Callable[[Near], bool]


def compile_book(book: Book) -> Grammar:
    """The grammar of a book; raises RulebookError naming the row for an unknown slot or a pattern that is no regex."""
    codes, lists = _spell(book)
    numerals = _numerals()
    classes = _classes(codes, lists, numerals)
    rules = [_rule(book, row, codes, classes) for row in book.rows]
    plain = _index([rule for rule in rules if not rule.composes])
    composed = _index([rule for rule in rules if rule.composes])
    forms = {form: code for word, code in codes.items() for form in _forms(word, book)}
    dotted = sorted((re.escape(form) for form in forms if form.endswith(".")), key=lambda form: (-len(form), form))
    token = re.compile(
        r"\s+|\b(?:"
        + "|".join(dotted)
        + r")|[^\W\d_]+(?!\w)|\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?(?!\w)"
        r"|\d{1,2}\.\d{1,2}\.\d{4}(?!\w)|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w)|\d+\.\d+(?!\w)(?!\s?[ap]\.?m\b)"
        r"|\d+(?:st|nd|rd|th|s)?(?!\w)|\d+(?=[ap]m\b)|\w+|.",
        re.DOTALL,
    )
    words = "".join(
        codes[word]
        for word in lists["number"]
        if isinstance(lists["number"][word], int) and word not in ("a", "an", "couple", "dozen")
    )
    also = f"(?: {codes['and']})?" if "and" in codes else ""
    run = re.compile(f"[{words}](?:(?:-|{also} )[{words}])+")
    triggers = "".join(EXPRESSIONS.values())
    return Grammar(forms, lists, token, run, re.compile(f"[{triggers}]"), (plain, composed), numerals, codes["the"])


def _spell(book: Book) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
    lists = {name: {word.lower(): value for word, value in words.items()} for name, words in book.lists.items()}
    spelled = {word for words in lists.values() for word in words} | {"the", "and"}
    for row in book.rows:
        spelled |= {match[3].lower() for match in _PART.finditer(_shaped(book, row)) if match[3]}
    return {word: chr(_FIRST_WORD + i) for i, word in enumerate(sorted(spelled))}, lists


def _shaped(book: Book, row: Row) -> str:
    """The row's pattern with every `<shape>` written out; raises RulebookError for a shape nobody defines."""
    shapes = book.tables.get("shapes", {})

    def fill(match: re.Match[str]) -> str:
        if match[1] not in shapes:
            raise RulebookError(f"{book.name}.toml: row {row.name}: no shape is called {match[1]}")
        return str(shapes[match[1]])

    return re.sub(r"<([a-z_]+)>", fill, row.fields["pattern"])


def _forms(word: str, book: Book) -> set[str]:
    """The ways a word may be written: one that every list spells with a capital is a name and needs it."""
    written = {w for words in book.lists.values() for w in words if w.lower() == word}
    forms = {word.capitalize(), word.upper()}
    return forms if written and all(w[0].isupper() for w in written) else forms | {word}


def _numerals() -> dict[frozenset[str], str]:
    shapes = [str(n) for n in range(100)] + [f"{n:02d}" for n in range(10)]
    shapes += [str(n) for n in (100, 999, 1000, 2199, 2200, 9999, 12345, 2360, 1260)] + [
        f"{h:02d}{m:02d}" for h in range(25) for m in (0, 59, 60)
    ]
    shapes += ["115", "199", "1.2.1999", "1999-02-01T00:00Z"]
    shapes += ["1,200", "2.5", "12th", "45th", "1990s", "90s", "15s", "470s", "1st", "2nd", "199"]
    seen = {frozenset(roles(shape)) for shape in shapes}
    seen |= {frozenset(("n", "word")), frozenset(("n", "word", "year"))}
    return {shape: chr(_FIRST_NUMBER + i) for i, shape in enumerate(sorted(seen, key=sorted))}


def roles(token: str) -> set[str]:
    """What a written number can be: the numeral slots it fills."""
    if "T" in token:
        return {"stamp"}
    if token.count(".") == 2:
        return {"dotted"}
    if not token.isdigit():
        digits = TAIL.sub("", token)
        if not digits.isdigit():
            return {"figure", "n"}
        if token.endswith("s"):
            if digits.endswith("0") and len(digits) in (2, 4):
                return {"decade"}
            return {"old_decade"} if digits.endswith("0") and len(digits) == 3 else {"figure"}
        return {"nth", "dayth"} if 1 <= int(digits[:4]) <= 31 and len(digits) <= 2 else {"nth"}
    if len(token) > 9:
        return {"figure"}
    number, size = int(token), len(token)
    tests = {
        "n": True,
        "day": size <= 2 and 1 <= number <= 31,
        "mm": size <= 2 and 1 <= number <= 12,
        "year": size == 4 and 1000 <= number <= 2199,
        "hour": size <= 2 and number <= 24,
        "minute": size == 2 and number <= 59,
        "hhmm": size == 4 and number // 100 <= 24 and number % 100 <= 59,
        "hmm": size == 3 and number // 100 > 0 and number % 100 <= 59,
        "yy": size == 2,
        "old": size <= 4 and number > 0,
    }
    return {name for name, holds in tests.items() if holds}


def _classes(
    codes: Mapping[str, str], lists: Mapping[str, Mapping[str, Any]], numerals: Mapping[frozenset[str], str]
) -> dict[str, str]:
    classes = {name: "".join(sorted({codes[word] for word in words})) for name, words in lists.items()}
    for role in _NUMBERS:
        classes[role] = classes.get(role, "") + "".join(c for shape, c in numerals.items() if role in shape)
    classes["number"] += classes["n"]
    classes["ordinal"] += classes["nth"]
    return classes | EXPRESSIONS


def _rule(book: Book, row: Row, codes: Mapping[str, str], classes: Mapping[str, str]) -> Rule:
    where = f"{book.name}.toml: row {row.name}"
    named, loose, slots = [], [], {}
    for match in _PART.finditer(_shaped(book, row)):
        slot, group, word, dash, other = match.groups()
        if slot:
            if slot not in classes:
                raise RulebookError(f"{where}: no list is called {slot}")
            slots[group or slot] = slot
            named.append(f"(?P<{group or slot}>[{classes[slot]}])")
            loose.append(f"[{classes[slot]}]")
        else:
            text = codes[word.lower()] if word else "[- ]" if dash else other
            named.append(text)
            loose.append(text)
    try:
        regex = re.compile("".join(named))
    except re.error as error:
        raise RulebookError(f"{where}: the pattern is no regex: {error}") from error
    fields = row.fields
    return Rule(
        row.name, regex, fields["value"], fields.get("kind", "date"), fields.get("article", ""),
        fields.get("guard", ""),
        first_characters("".join(loose)), "".join(loose), slots, any(slot in EXPRESSIONS for slot in slots.values()),
        fields.get("style", ""),
    )  # fmt: skip


def first_characters(pattern: str) -> frozenset[str]:
    """The characters a match of `pattern` can start with (groups, classes, `?`, `|` and looking around are known)."""
    found: set[str] = set()
    for branch in _branches(pattern):
        at = 0
        while at < len(branch):
            end = _closing(branch, at)
            atom = branch[at:end]
            optional = branch[end : end + 1] == "?"
            at = end + optional
            if atom.startswith(("(?=", "(?!", "(?<")):
                continue
            if atom.startswith("("):
                inner = first_characters(atom[3:-1] if atom.startswith("(?:") else atom[1:-1])
                found |= inner
                optional |= not inner  # nothing but looks around
            else:
                found |= set(atom[1:-1] if atom.startswith("[") else atom[-1])
            if not optional:
                break
    return frozenset(found)


def _branches(pattern: str) -> list[str]:
    """The top-level alternatives."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(pattern):
        depth += (char in "([") - (char in ")]")
        if char == "|" and depth == 0:
            parts.append(pattern[start:at])
            start = at + 1
    return [*parts, pattern[start:]]


def _closing(pattern: str, at: int) -> int:
    """Where the atom that starts at `at` ends."""
    if pattern[at] == "\\":
        return at + 2
    if pattern[at] not in "([":
        return at + 1
    depth = 0
    for end in range(at, len(pattern)):
        depth += (pattern[end] in "([") - (pattern[end] in ")]")
        if depth == 0:
            return end + 1
    return len(pattern)


def _index(rules: Sequence[Rule]) -> Index:
    by_first: dict[str, list[Rule]] = {}
    for rule in rules:
        for char in rule.first:
            by_first.setdefault(char, []).append(rule)
    gates = {c: re.compile("|".join(f"(?:{rule.loose})" for rule in found)) for c, found in by_first.items()}
    start = re.compile("[" + "".join(re.escape(c) for c in sorted(by_first)) + "]") if by_first else re.compile("(?!)")
    return Index(start, {char: tuple(found) for char, found in by_first.items()}, gates)
