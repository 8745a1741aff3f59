"""Reads a text with the compiled grammar: the text becomes a tape of characters, rows are matched along it.

At each place the longest row wins, the earlier row at equal length; what is found becomes one character, and the
composing rows pass over the shortened tape.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from .grammar import EXPRESSIONS, OTHER, PUNCTUATION, TAIL, Grammar, Guard, Index, Near, Rule, roles


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

    rule: Rule
    start: int
    end: int
    slots: "Mapping[str, Token | Found]"
    inner: tuple["Found", ...] = ()


@dataclass(frozen=True, slots=True)
class Tape:
    """A text as characters: `codes[i]` stands for `text[bounds[i]:bounds[i + 1]]`; `nodes` are the found ones by i."""

    text: str
    codes: str
    bounds: Sequence[int]
    nodes: Mapping[int, Found | Token]


def read(
    text: str, grammar: Grammar, guards: Mapping[str, Guard], styles: Collection[str] = ("news",)
) -> tuple[Found, ...]:
    """The time expressions of `text`, outermost and longest, left to right, not overlapping."""
    tape = _number_runs(_tape(text, grammar), grammar)
    tape = _pass(tape, grammar, grammar.levels[0], guards, styles)
    for _ in range(3):  # an expression is built on at most three others: "hours after the night of the 3rd of May"
        if not grammar.trigger.search(tape.codes):
            break
        larger = _pass(tape, grammar, grammar.levels[1], guards, styles)
        if larger is tape:
            break
        tape = larger
    return tuple(node for _, node in sorted(tape.nodes.items()) if isinstance(node, Found))


class _Codes(dict[str, str]):
    """The characters of the tokens of one text; a token outside the rulebook is judged once."""

    def __init__(self, grammar: Grammar) -> None:
        super().__init__(grammar.codes)
        self.numerals = grammar.numerals

    def __missing__(self, token: str) -> str:
        self[token] = code = OTHER if token.isalpha() else self._shape(token)
        return code

    def _shape(self, token: str) -> str:
        first = token[0]
        if first.isspace():
            return "\n" if token.count("\n") > 1 else " "
        if "0" <= first <= "9":
            plain = token.isascii() and (token[-1].isdigit() or token[-1] == "Z" or TAIL.search(token))
            return self.numerals.get(frozenset(roles(token)), OTHER) if plain else OTHER
        return PUNCTUATION.get(token, OTHER)


def _tape(text: str, grammar: Grammar) -> Tape:
    tokens = grammar.token.findall(text)
    codes = "".join(map(_Codes(grammar).__getitem__, tokens))
    return Tape(text, codes, [0, *accumulate(map(len, tokens))], {})


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
        elif (part == 0 or part % 100 == 0 or (last >= 20 and last < 100)) and value < (
            10 if 20 <= last < 100 else 100
        ):
            part += value
        elif part == 0 and value in (100, 1000):
            part = value
        else:
            return None
        last = value
    return total + part


def _pass(tape: Tape, grammar: Grammar, index: Index, guards: Mapping[str, Guard], styles: Collection[str]) -> Tape:
    """One left-to-right pass: at each place the longest row wins, the earlier row at equal length."""
    found, reached = [], 0
    codes = tape.codes
    for start in index.start.finditer(codes):
        at = start.start()
        if at < reached or not index.gates[codes[at]].match(codes, at):
            continue
        best = _best(tape, at, index.rules[codes[at]], grammar, guards, styles)
        if best:
            rule, match, first = best
            end = match.end()
            node = _node(tape, rule, match, max(first, reached), grammar)
            found.append((max(first, reached), end, EXPRESSIONS[rule.kind], node))
            reached = end
    return _replace(tape, found) if found else tape


def _best(
    tape: Tape, at: int, rules: Sequence[Rule], grammar: Grammar, guards: Mapping[str, Guard], styles: Collection[str]
) -> tuple[Rule, re.Match[str], int] | None:
    best: tuple[Rule, re.Match[str], int] | None = None
    longest = at
    for rule in rules:
        match = rule.regex.match(tape.codes, at)
        if not match or match.end() <= longest or (rule.style and rule.style not in styles):
            continue
        first = at
        if rule.article:
            if at >= 2 and tape.codes[at - 1] == " " and tape.codes[at - 2] == grammar.the:
                first = at - 2
            elif rule.article == "needed":
                continue
        start, end = tape.bounds[first], tape.bounds[match.end()]
        if rule.guard:
            near = Near(tape.text[max(0, start - 60) : start], tape.text[start:end], tape.text[end : end + 60])
            if not guards[rule.guard](near):
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
        digits = TAIL.sub("", text).replace(",", "")
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
) -> Iterator[tuple[int, str, Found | Token | None]]:
    reached = 0
    for start, end, code, node in spans:
        if start > reached:
            yield reached, tape.codes[reached:start], None
        yield start, code, node
        reached = end
    if reached < len(tape.codes):
        yield reached, tape.codes[reached:], None
