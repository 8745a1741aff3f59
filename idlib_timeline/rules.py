"""Loads and checks the rulebook: TOML rows, each with the examples that prove it.

A row has `name`, `pattern`, `value` (the function that computes the answer) or the fields its book
needs, at least one example, and optional `never` sentences and `gap` examples (known failures, run as strict expected
failures). Word lists under `[lists.NAME]` map spellings to values and fill `{NAME}` slots of patterns.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from .errors import RulebookError

_SLOT = re.compile(r"\{([a-z_]+)(?::([a-z_0-9]+))?\}")
_KEYS = {"name", "examples", "never", "gap"}


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: `fields` holds what the book's own stage reads (pattern, value, type ...)."""

    book: str
    name: str
    fields: Mapping[str, Any]
    examples: tuple[Mapping[str, Any], ...]
    never: tuple[str, ...]
    gap: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A rulebook file: its rows in order, its word lists (spelling -> value), and its other tables."""

    name: str
    rows: tuple[Row, ...]
    lists: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, Any]


@cache
def load(name: str) -> Book:
    """The book `rulebook/NAME.toml`; raises RulebookError naming file and row for a row without an example."""
    source = f"{name}.toml"
    try:
        tables = tomllib.loads(resources.files(__package__).joinpath("rulebook", source).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RulebookError(f"{source}: cannot be read: {error}") from error
    rows = tuple(_row(name, fields) for fields in tables.pop("rule", []))
    seen: set[str] = set()
    for row in rows:
        if row.name in seen:
            raise RulebookError(f"{source}: row {row.name}: the name stands twice")
        seen.add(row.name)
    return Book(name, rows, tables.pop("lists", {}), tables)


def _row(book: str, fields: dict[str, Any]) -> Row:
    name = fields.get("name", "")
    examples = tuple(fields.get("examples", ()))
    if not name or not examples:
        raise RulebookError(f"{book}.toml: row {name or fields!r}: has no name or no example")
    rest = {key: value for key, value in fields.items() if key not in _KEYS}
    return Row(book, name, rest, examples, tuple(fields.get("never", ())), tuple(fields.get("gap", ())))


def expand(pattern: str, lists: Mapping[str, Mapping[str, Any]], where: str) -> str:
    """`pattern` with `{list}` and `{list:group}` slots replaced by named groups of that list's spellings.

    A blank in the pattern stands for any run of white space. Longer spellings are tried first. Raises
    RulebookError for a slot that no list fills.
    """

    def fill(match: re.Match[str]) -> str:
        slot, group = match[1], match[2] or match[1]
        if slot not in lists:
            raise RulebookError(f"{where}: no list is called {slot}")
        words = sorted(lists[slot], key=lambda word: (-len(word), word))
        spelled = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
        return f"(?P<{group}>{spelled})"

    return _SLOT.sub(fill, pattern).replace(" ", r"\s+")
