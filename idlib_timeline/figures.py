"""Prose -> the counts of people and things that news of conflict tells, with what happened to them.

A number is a figure only when a row of `rulebook/figures.toml` finds the words that say what happened to whom.
Each number is replaced by a sign of equal length in the lower-case sentence, so the rows see shapes ("killed N
soldiers") and every offset stays true.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

from .errors import RulebookError
from .model import Figure, FigureMention
from .quantities import Quantity, quantities
from .rules import Book, Row, expand, load

# Private-use characters: a number, a number that is part of another, a figure, a figure found by coordination.
_NUMBER, _PART, _FOUND, _JOINED = "\ue000", "\ue001", "\ue002", "\ue003"
_OURS = str.maketrans(dict.fromkeys((_NUMBER, _PART, _FOUND, _JOINED), "\ufffd"))  # where a text has them itself
_SIGNS = {
    "sign": _NUMBER,
    "n": f"(?P<n>{_NUMBER}++)",
    "subset": f"{_PART}++",
    "f": f"(?P<f>{_FOUND}++)",
    "g": f"(?P<f>{_JOINED}++)",
    "fg": f"(?P<f>[{_FOUND}{_JOINED}]++)",
}
_ENDS = re.compile(r"""[.!?]["'”’)]*\s+(?=["'“‘(]?[A-Z0-9])|\n""")
_ACRONYMS = ("IS", "US", "WHO")  # lower-case they would be a verb and pronouns
_WORD = re.compile(r"[a-z]+|:")
_SLOT = re.compile(r"\{([a-z_]+)\}")
_PERSONS = ("people", "civilians", "fighters", "troops")
_VIOLENT = ("killed", "injured", "abducted")
_FATES = ("active", "passive", "state", "intransitive")  # their words end a noun phrase too
_LONGEST_CHAIN = 8  # "3 boys, 2 girls, 4 women and 12 men": one pass joins one more


@dataclass(frozen=True, slots=True)
class _Rule:
    """A row ready to run: its expression and the fields that turn a match into a figure.

    `needs` has, for each list of the pattern, the first words of its spellings: a sentence that shares none
    of them cannot match, which is quicker to see than by matching.
    """

    row: Row
    expression: re.Pattern[str]
    kind: str
    kinds: Mapping[str, Any]
    slot: str
    classes: tuple[str, ...]
    noun: bool
    cumulative: bool
    joins: bool
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure in a sentence: `start:end` offsets into the prose, `mask` the span its number's sign covers there."""

    start: int
    end: int
    mask: tuple[int, int]
    kind: str
    quantity: Quantity
    noun: str
    cumulative: bool
    joined: bool
    rule: str


def find(text: str, sentences: Sequence[tuple[int, int]] = ()) -> tuple[FigureMention, ...]:
    """The figures told in `text`, sorted and not overlapping; offsets count characters of `text`.

    `sentences` are (start, end) spans in order; without them the text is cut at full stops and line ends.
    """
    spans = tuple(sentences) or tuple(_split(text))
    starts = [start for start, _ in spans]
    grouped: dict[int, list[Quantity]] = {}
    for quantity in quantities(text):
        index = bisect_right(starts, quantity.start) - 1
        if index >= 0 and quantity.end <= spans[index][1]:
            grouped.setdefault(index, []).append(quantity)
    return tuple(mention for index, found in grouped.items() for mention in _sentence(text, *spans[index], found))


def _split(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _ENDS.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


# --- one sentence ---------------------------------------------------------------------------------


def _sentence(text: str, start: int, end: int, numbers: list[Quantity]) -> Iterator[FigureMention]:
    lowered = _lower(text[start:end].translate(_OURS))
    shape = list(lowered)
    by_offset: dict[int, Quantity] = {}
    for told in numbers:
        number = replace(told, mask=(max(told.mask[0], start), min(told.mask[1], end)))
        first, last = number.mask[0] - start, number.mask[1] - start
        shape[first:last] = (_PART if number.part else _NUMBER) * (last - first)
        if not number.part:
            by_offset[first] = number
    if not by_offset:
        return
    found = _apply(_rules()["fate"], text, start, "".join(shape), by_offset)
    for _ in range(_LONGEST_CHAIN):
        if not found or len(found) == len(by_offset):
            break
        more = _apply(_rules()["coordination"], text, start, _mark(shape, found, start), by_offset, found)
        if not more:
            break
        found |= more
    found |= _apply(_rules()["things"], text, start, _mark(shape, found, start), by_offset, found)
    if found:
        yield from _mentions(text, start, lowered, sorted(found.values(), key=lambda one: one.start))


def _apply(
    rules: tuple[_Rule, ...],
    text: str,
    origin: int,
    shape: str,
    numbers: Mapping[int, Quantity],
    known: Mapping[int, _Found] | None = None,
) -> dict[int, _Found]:
    """New figures by the offset of their number's sign, the first rule that takes a number keeping it."""
    found: dict[int, _Found] = {}
    known = known or {}
    words = frozenset(_WORD.findall(shape))
    for rule in rules:
        if any(map(words.isdisjoint, rule.needs)):
            continue
        for match in rule.expression.finditer(shape):
            offset = match.start("n")
            if offset in found or offset in known:
                continue
            figure = _figure(rule, match, text, origin, numbers[offset], known)
            if figure:
                found[offset] = figure
    return found


def _figure(
    rule: _Rule, match: re.Match[str], text: str, origin: int, number: Quantity, known: Mapping[int, _Found]
) -> _Found | None:
    """The figure a match tells; None where its noun is of the wrong class."""
    span, of_class = _noun(match)
    if (span is None and rule.noun) or (of_class and of_class not in rule.classes):
        return None
    kind = of_class if rule.kind == "noun" else rule.kind
    if rule.slot:
        kind = str(rule.kinds[" ".join(match[rule.slot].split())])
    if rule.joins:
        kind = known[match.start("f")].kind
    if not kind or (rule.kind == "noun" and number.value < 2) or _rate().match(match.string, match.end()):
        return None
    noun, end = "", number.end
    if span:
        noun = text[origin + span[0] : origin + span[1]]
        if match.groupdict().get("open") and not _is_people(noun, kind):
            return None
        end = max(end, origin + span[1])
    return _Found(number.start, end, number.mask, kind, number, noun, rule.cumulative, rule.joins, rule.row.name)


def _noun(match: re.Match[str]) -> tuple[tuple[int, int] | None, str]:
    """The span of what is counted and its class, both empty where the match has none."""
    groups = match.groupdict()
    if groups.get("noun"):
        return match.span("noun"), _nouns()[" ".join(groups["noun_words"].split())]
    if groups.get("open"):
        return match.span("open"), "people"
    return None, ""


def _is_people(noun: str, kind: str) -> bool:
    """Whether a noun that is in no list can be people: a name ("Rohingya"), or the plural object of violence."""
    last = noun.rsplit(maxsplit=1)[-1]
    return last[0].isupper() or (last.endswith("s") and kind in _VIOLENT)


def _mark(shape: list[str], found: Mapping[int, _Found], origin: int) -> str:
    """The sentence's shape with the signs of figures over the words of those found; their first sign stays in place."""
    marked = shape.copy()
    for one in found.values():
        first, last = one.mask[0] - origin, max(one.end, one.mask[1]) - origin
        marked[first:last] = (_JOINED if one.joined else _FOUND) * (last - first)
    return "".join(marked)


def _mentions(text: str, origin: int, lowered: str, found: list[_Found]) -> Iterator[FigureMention]:
    clauses = _clauses(lowered)
    for one in found:
        told, number = text[one.start : one.end], one.quantity
        first = one.start - origin
        cumulative = one.cumulative or clauses[bisect_right(clauses, (first, True)) - 1][1]
        figure = Figure(one.kind, told, number.low, number.best, number.high)
        yield FigureMention(one.start, one.end, told, figure, one.noun, cumulative, one.rule)


def _clauses(lowered: str) -> list[tuple[int, bool]]:
    """Clauses of a sentence as (start, whether its words count over a long time), in order."""
    cut, cue, unless = _cumulative()
    edges = [0, *(match.start() for match in cut.finditer(lowered)), len(lowered)]
    return [
        (first, bool(cue.search(lowered, first, last)) and not unless.search(lowered, first, last))
        for first, last in pairwise(edges)
    ]


def _lower(text: str) -> str:
    """Lower case of the same length (a few capital letters have a longer small form), "IS fighters" kept from "is"."""
    letters = [low if len(low := letter.lower()) == 1 else letter for letter in text] if not text.isascii() else None
    lowered = "".join(letters) if letters else text.lower()
    if not text.isupper():
        for word in _ACRONYMS:
            if word in text:
                lowered = _restored(lowered, text, word)
    return lowered


def _restored(lowered: str, text: str, word: str) -> str:
    pieces, last = [], 0
    for match in re.finditer(rf"\b{word}\b", text):
        pieces += [lowered[last : match.start()], word]
        last = match.end()
    return "".join([*pieces, lowered[last:]])


# --- the rulebook ---------------------------------------------------------------------------------


def _book() -> Book:
    return load("figures")


@cache
def _cumulative() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = _book().tables["cumulative"]
    return re.compile(table["cut"]), re.compile("|".join(table["cue"])), re.compile(table["unless"])


@cache
def _rate() -> re.Pattern[str]:
    return re.compile(_book().tables["words"]["rate"])


@cache
def _rules() -> Mapping[str, tuple[_Rule, ...]]:
    """The rows by stage: `fate`, `coordination`, `things`; each stage sees only numbers that those before it left."""
    stages: dict[str, list[_Rule]] = {"fate": [], "coordination": [], "things": []}
    for row in _book().rows:
        stage = row.fields.get("stage", "fate")
        if stage not in stages:
            raise RulebookError(f"figures.toml: row {row.name}: no stage is called {stage}; use {', '.join(stages)}")
        stages[stage].append(_rule(row, stage))
    return {stage: tuple(rules) for stage, rules in stages.items()}


def _rule(row: Row, stage: str) -> _Rule:
    where, fields, lists = f"figures.toml: row {row.name}", row.fields, _book().lists
    slot = fields.get("kind_from", "")
    if slot and slot not in lists:
        raise RulebookError(f"{where}: no list is called {slot}")
    if not (slot or fields.get("kind") or stage == "coordination"):
        raise RulebookError(f"{where}: has neither kind nor kind_from")
    try:
        expression = re.compile(expand(_filled(fields["pattern"]), lists, where))
    except (re.error, KeyError) as error:
        raise RulebookError(f"{where}: the pattern cannot be read: {error}") from error
    return _Rule(
        row,
        expression,
        fields.get("kind", ""),
        lists.get(slot, {}),
        slot,
        tuple(fields.get("classes", _PERSONS)),
        fields.get("noun", False),
        fields.get("cumulative", False),
        stage == "coordination",
        _needs(row),
    )


def _needs(row: Row) -> tuple[frozenset[str], ...]:
    lists = _book().lists
    slots = [name for name in _SLOT.findall(row.fields["pattern"]) if name in lists]
    needs = [frozenset(_WORD.findall(spelled)[0] for spelled in lists[name]) for name in slots]
    if row.fields.get("noun"):
        classes = row.fields.get("classes", _PERSONS)
        nouns = (spelled for spelled, of_class in _nouns().items() if of_class in classes)
        needs.append(frozenset(_WORD.findall(spelled)[-1] for spelled in nouns))
    return tuple(needs)


@cache
def _nouns() -> Mapping[str, str]:
    """Head nouns and their classes, the singular of each regular plural among them ("one peacekeeper")."""
    listed: Mapping[str, str] = _book().lists["noun_words"]
    singulars = {word[:-1]: of_class for word, of_class in listed.items() if word.endswith("s")}
    return {**singulars, **listed}


@cache
def _parts() -> Mapping[str, str]:
    """Named pieces of patterns: those of the rulebook, and those made of its word lists."""
    book = _book()
    fates = {word for name in _FATES for word in book.lists[name] if word.isalpha()}
    stop = _by_initial(fates.union(book.tables["words"]["stop"].split()))
    things = _by_initial([*book.lists["other_noun"], *book.lists["unit"]])
    plain = [word for word in book.lists["noun_words"] if word not in book.tables["words"]["attributive"].split()]
    singular = [word for word in _nouns() if word not in plain]
    modifier = rf"(?:(?!(?:{stop})\b)[\w'’.-]+ )"
    made = {
        "noun_words": f"(?P<noun_words>{_by_initial(plain)}|(?:{_by_initial(singular)})(?! (?!(?:{stop})\\b)[a-z]))",
        "stop": stop,
        "fate_words": f"(?:{_by_initial(book.lists['passive'])})",
        "mods": modifier + "{0,4}?",
        "mods2": modifier + "{0,2}?",
        "thing": rf"(?:{things})\b",
        "plural": rf"(?!(?:{stop}|{things})\b)[\w'’-]{{2,}}s\b",
        "unknown": rf"(?!(?:{stop}|{things})\b)[\w'’-]{{3,}}\b",
    }
    return {**book.tables["parts"], **made, **_SIGNS}


def _by_initial(words: Iterable[str]) -> str:
    """An alternation that branches on the first letter: several times faster than a flat one of many words."""
    grouped: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        grouped.setdefault(word[0], []).append(re.escape(word[1:]).replace(r"\ ", " "))
    return "|".join(f"{re.escape(initial)}(?:{'|'.join(rests)})" for initial, rests in sorted(grouped.items()))


def _filled(pattern: str) -> str:
    """`pattern` with its parts put in, parts of parts included."""
    for _ in range(4):
        for name, part in _parts().items():
            pattern = pattern.replace(f"{{{name}}}", part)
    return pattern
