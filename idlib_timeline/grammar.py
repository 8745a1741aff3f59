"""The grammar of time expressions: every token of the text becomes one character, every row a regex over them.

A word of the rulebook (of a list or of a pattern) has a private-use character of its own, a number one for what it can
be (a day, a year, an hour ...), any other word is `OTHER`. So a slot is a character class, a row a short linear regex,
and looking around is cheap. An expression found becomes one character too, which is how rows build on rows.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from .errors import RulebookError
from .rules import Book, Row

OTHER = "_"
_PUNCTUATION = {c: c for c in ",.:;/-'"} | {"\u2013": "-", "\u2014": ";", "\u2019": "'", "\u2018": "'", "\u2212": "-"}
_PUNCTUATION |= {"(": "\u27e8", "[": "\u27e8", ")": "\u27e9", "]": "\u27e9"}  # brackets that mean nothing to a regex
_EXPRESSIONS = {name: chr(0xF700 + i) for i, name in enumerate(("date", "time", "duration", "set", "ref", "clock", "overnight"))}
_FIRST_WORD, _FIRST_NUMBER = 0xE000, 0xF000
_NUMBERS = ("n", "day", "year", "hour", "minute", "hhmm", "yy", "mm", "old", "figure", "nth", "dayth", "decade")
_PART = re.compile(r"\{([a-z_]+)(?::([a-z_0-9]+))?\}|([A-Za-z]+\.?(?:[a-z]\.)?)|(~)|(.)", re.DOTALL)
_TAIL = re.compile(r"(?:st|nd|rd|th|s)$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of the text with the values its lists give it."""

    start: int
    end: int
    text: str
    value: Any


@dataclass(frozen=True, slots=True)
class Found:
    """A row that matched `start:end` of the text; a slot holds a Token, or the expression it is built on."""

    row: "Rule"
    start: int
    end: int
    slots: Mapping[str, "Token | Found"]
    inner: tuple["Found", ...] = ()


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
class Tape:
    """A text as characters: `codes[i]` stands for `text[bounds[i]:bounds[i + 1]]`; `nodes` are the found ones by i."""

    text: str
    codes: str
    bounds: Sequence[int]
    nodes: Mapping[int, "Found | Token"]


Guard = Callable[[str, str, str], bool]


# --- compiling ------------------------------------------------------------------------------------


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
        r"\s+|\b(?:" + "|".join(dotted) + r")|[^\W\d_]+(?!\w)|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w)|\d+\.\d+(?!\w)"
        r"|\d+(?:st|nd|rd|th|s)?(?!\w)|\d+(?=[ap]m\b)|\w+|.",
        re.DOTALL,
    )
    words = "".join(codes[word] for word in lists["number"] if isinstance(lists["number"][word], int) and word not in ("a", "an", "couple", "dozen"))
    also = f"(?: {codes['and']})?" if "and" in codes else ""
    run = re.compile(f"[{words}](?:(?:-|{also} )[{words}])+")
    triggers = "".join(_EXPRESSIONS.values())
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
    shapes = [str(n) for n in range(0, 100)] + [f"{n:02d}" for n in range(10)]
    shapes += [str(n) for n in (100, 999, 1000, 2199, 2200, 9999, 12345, 2360, 1260)] + [f"{h:02d}{m:02d}" for h in range(25) for m in (0, 59, 60)]
    shapes += ["1,200", "2.5", "12th", "45th", "1990s", "90s", "15s", "1st", "2nd", "199"]
    seen = {frozenset(roles(shape)) for shape in shapes}
    seen |= {frozenset(("n", "word")), frozenset(("n", "word", "year"))}
    return {shape: chr(_FIRST_NUMBER + i) for i, shape in enumerate(sorted(seen, key=sorted))}


def roles(token: str) -> set[str]:
    """What a written number can be: the numeral slots it fills."""
    if not token.isdigit():
        digits = _TAIL.sub("", token)
        if not digits.isdigit():
            return {"figure", "n"}
        if token.endswith("s"):
            return {"decade"} if digits.endswith("0") and len(digits) in (2, 4) else {"figure"}
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
    return classes | _EXPRESSIONS


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
        row.name, regex, fields["value"], fields.get("kind", "date"), fields.get("article", ""), fields.get("guard", ""),
        first_characters("".join(loose)), "".join(loose), slots, any(slot in _EXPRESSIONS for slot in slots.values()),
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


# --- reading --------------------------------------------------------------------------------------


def read(text: str, grammar: Grammar, guards: Mapping[str, Guard], style: str = "news") -> tuple[Found, ...]:
    """The time expressions of `text`, outermost and longest, left to right, not overlapping."""
    tape = _number_runs(_tape(text, grammar), grammar)
    tape = _pass(tape, grammar, grammar.levels[0], guards, style)
    for _ in range(3):  # an expression is built on at most three others: "hours after the night of the 3rd of May"
        if not grammar.trigger.search(tape.codes):
            break
        larger = _pass(tape, grammar, grammar.levels[1], guards, style)
        if larger is tape:
            break
        tape = larger
    return tuple(node for _, node in sorted(tape.nodes.items()) if isinstance(node, Found))


def _tape(text: str, grammar: Grammar) -> Tape:
    tokens = grammar.token.findall(text)
    get, digit = grammar.codes.get, _digits(grammar)
    codes = [get(token) or (_shape(token, digit)) for token in tokens]
    return Tape(text, "".join(codes), [0, *accumulate(map(len, tokens))], {})


def _digits(grammar: Grammar) -> Callable[[str], str]:
    numerals = grammar.numerals
    return lambda token: numerals.get(frozenset(roles(token)), OTHER)


def _shape(token: str, digit: Callable[[str], str]) -> str:
    first = token[0]
    if first.isspace():
        return "\n" if token.count("\n") > 1 else " "
    if "0" <= first <= "9":
        return digit(token) if token.isascii() and (token[-1].isdigit() or _TAIL.search(token)) else OTHER
    return _PUNCTUATION.get(token, OTHER)


def _number_runs(tape: Tape, grammar: Grammar) -> Tape:
    """Number words that belong together ("twenty-four", "nineteen ninety-six") become one token."""
    spans = []
    for match in grammar.number_run.finditer(tape.codes):
        start, end = match.span()
        first, last = tape.bounds[start], tape.bounds[end]
        value = number_words(re.split(r"[^a-z]+", tape.text[first:last].lower()), grammar.lists["number"])
        if value is not None:
            spans.append((start, end, Token(first, last, tape.text[first:last], value)))
    year = grammar.numerals[frozenset(("n", "word", "year"))]
    plain = grammar.numerals[frozenset(("n", "word"))]
    return _replace(tape, [(s, e, year if 1900 <= t.value <= 2100 else plain, t) for s, e, t in spans])


def number_words(words: Sequence[str], values: Mapping[str, Any]) -> int | None:
    """The number that number words spell; a year in two halves ("nineteen ninety-six") too; None for a mere list."""
    total, part, last = 0, 0, 0
    for word in words:
        if word in ("and", ""):
            continue
        value = values.get(word)
        if not isinstance(value, int):
            return None
        if value == 100 and 0 < part < 100:
            part *= 100
        elif value >= 1000 and part:
            total, part = total + part * value, 0
        elif part in range(13, 21) and 20 <= value < 100 and total == 0 and last == part:
            part = part * 100 + value
        elif (part == 0 or part % 100 == 0 or (last >= 20 and last < 100)) and value < (10 if 20 <= last < 100 else 100):
            part += value
        elif part == 0 and value in (100, 1000):
            part = value
        else:
            return None
        last = value
    return total + part


def _pass(tape: Tape, grammar: Grammar, index: Index, guards: Mapping[str, Guard], style: str) -> Tape:
    """One left-to-right pass: at each place the longest row wins, the earlier row at equal length."""
    found, reached = [], 0
    codes = tape.codes
    for start in index.start.finditer(codes):
        at = start.start()
        if at < reached or not index.gates[codes[at]].match(codes, at):
            continue
        best = _best(tape, at, index.rules[codes[at]], grammar, guards, style)
        if best:
            rule, match, first = best
            end = match.end()
            node = _node(tape, rule, match, max(first, reached), grammar)
            found.append((max(first, reached), end, _EXPRESSIONS[rule.kind], node))
            reached = end
    return _replace(tape, found) if found else tape


def _best(
    tape: Tape, at: int, rules: Sequence[Rule], grammar: Grammar, guards: Mapping[str, Guard], style: str
) -> "tuple[Rule, re.Match[str], int] | None":
    best: tuple[Rule, re.Match[str], int] | None = None
    longest = at
    for rule in rules:
        match = rule.regex.match(tape.codes, at)
        if not match or match.end() <= longest or (rule.style and rule.style != style):
            continue
        first = at
        if rule.article:
            if at >= 2 and tape.codes[at - 1] == " " and tape.codes[at - 2] == grammar.the:
                first = at - 2
            elif rule.article == "needed":
                continue
        start, end = tape.bounds[first], tape.bounds[match.end()]
        if rule.guard and not guards[rule.guard](tape.text[max(0, start - 60) : start], tape.text[start:end], tape.text[end : end + 60]):
            continue
        best, longest = (rule, match, first), match.end()
    return best


def _node(tape: Tape, rule: Rule, match: re.Match[str], first: int, grammar: Grammar) -> Found:
    slots: dict[str, Token | Found] = {}
    for group, name in rule.slots.items():
        at = match.start(group)
        if at >= 0:
            plain = group.rstrip("0123456789") or group
            slots[plain] = tape.nodes.get(at) or _token(tape, at, name, grammar)
    inner = tuple(node for at in range(first, match.end()) if isinstance(node := tape.nodes.get(at), Found))
    return Found(rule, tape.bounds[first], tape.bounds[match.end()], slots, inner)


def _token(tape: Tape, at: int, name: str, grammar: Grammar) -> Token:
    start, end = tape.bounds[at], tape.bounds[at + 1]
    text = tape.text[start:end]
    value: Any = grammar.lists.get(name, {}).get(text.lower())
    if value is None:
        digits = _TAIL.sub("", text).replace(",", "")
        value = int(digits) if digits.isdigit() else float(digits) if digits.replace(".", "", 1).isdigit() else text
    return Token(start, end, text, value)


def _replace(tape: Tape, spans: Sequence[tuple[int, int, str, Found | Token]]) -> Tape:
    """The tape with each span of characters made one."""
    if not spans:
        return tape
    codes: list[str] = []
    bounds: list[int] = []
    nodes: dict[int, Found | Token] = {}
    held = sorted(tape.nodes)
    for at, piece, node in _pieces(tape, spans):
        offset = len(bounds)
        codes.append(piece)
        if node is None:
            for old in held[bisect_left(held, at) : bisect_left(held, at + len(piece))]:
                nodes[offset + old - at] = tape.nodes[old]
            bounds.extend(tape.bounds[at : at + len(piece)])
        else:
            nodes[offset] = node
            bounds.append(tape.bounds[at])
    bounds.append(tape.bounds[-1])
    return Tape(tape.text, "".join(codes), bounds, nodes)


def _pieces(
    tape: Tape, spans: Sequence[tuple[int, int, str, Found | Token]]
) -> Iterator[tuple[int, str, "Found | Token | None"]]:
    reached = 0
    for start, end, code, node in spans:
        if start > reached:
            yield reached, tape.codes[reached:start], None
        yield start, code, node
        reached = end
    if reached < len(tape.codes):
        yield reached, tape.codes[reached:], None

