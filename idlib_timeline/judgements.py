"""What analysts decided, as a small text file that can live in git beside the articles: `judgements.toml`.

One table `[[judgement]]` each, in the order in which they were made. `flaws` knows what makes sense of a judgement,
wherever it comes from; a file that breaks a rule of it is refused with the line.
"""

import difflib
import re
import sys
import tomllib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import InputError, QueryError
from .interval import parse_edtf
from .model import Judgement
from .query import STATUSES
from .serial import Record

if TYPE_CHECKING:
    from tomlkit.items import Table

FIELDS = ("date", "type", "place", "status", "title")  # what `fix` can change
_OWN = {"merge": ("with",), "split": ("mentions",), "fix": FIELDS, "hide": (), "note": ("text",)}  # verb -> its keys
_COMMON = ("verb", "event", "reason", "author")
_LISTS = ("with", "mentions")  # of ids; every other key holds text
_KEYS = dict.fromkeys((*_COMMON, *(key for keys in _OWN.values() for key in keys)))

_TITLE = 120  # characters, as the contract has it
_HEAD = (
    "What analysts decided, in that order; it stands above what the program derives.",
    "Put it into a store with: timeline judgements --import FILE",
)

_ID = re.compile(r"[0-9a-f]{6,12}(?:-(?:[2-9]|[1-9][0-9]+))?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN = {"Cannot overwrite a value": "this key stands here for the second time; take one of them out"}
_NOT_PLAIN = "is more than keys, texts and lists of ids; take it out"
_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")  # how tomllib ends its messages


# --- what makes sense ---------------------------------------------------------------------------------


def check(judgement: Judgement, types: Collection[str] = ()) -> None:
    """Raises QueryError when the judgement makes no sense by itself; whether its ids exist is for the store to say.

    `types` are the event types there are; without them every type passes.
    """
    for _, why in flaws(judgement, types):
        raise QueryError(why)


def flaws(judgement: Judgement, types: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """What is wrong with a judgement: the key in which, as the text file calls it, and why, with the remedy."""
    if judgement.verb not in _OWN:
        yield "verb", f"no judgement is called {_quoted(judgement.verb)}; choose from {', '.join(_OWN)}"
        return
    yield from _name_flaws("event", (judgement.event,))
    if judgement.verb in ("merge", "split"):
        yield from _others_flaws(judgement, *_OWN[judgement.verb])
    if judgement.verb == "fix":
        yield from _change_flaws(judgement.changes, types)
    if judgement.verb == "note" and not judgement.text.strip():
        yield "text", "a note has words; write them, or take the note out"
    texts = {**dict(judgement.changes), "text": judgement.text, "reason": judgement.reason, "author": judgement.author}
    for key, text in texts.items():
        if _SURROGATE.search(text):
            yield key, f"{key}: holds half a character; write it in UTF-8"


def _name_flaws(key: str, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in ids:
        if not _ID.fullmatch(name):
            yield key, f"{_quoted(name)} is no id; write 6 to 12 of the digits 0-9 and a-f"


def _others_flaws(judgement: Judgement, key: str) -> Iterator[tuple[str, str]]:
    ids = judgement.others
    if not ids:
        yield key, f'a {judgement.verb} names what it is about; write {key} = ["ID"] with one id or more'
    yield from _name_flaws(key, ids)
    seen = {judgement.event}
    for name in ids:
        if name == judgement.event and judgement.verb == "split":
            yield key, f"{name} names the event; name the event by a mention that stays in it"
        elif name in seen:
            yield key, f"{_quoted(name)} stands twice; name it once"
        seen.add(name)


def _change_flaws(changes: tuple[tuple[str, str], ...], types: Collection[str]) -> Iterator[tuple[str, str]]:
    if not changes:
        yield "verb", f"this fix changes nothing; say one of {', '.join(FIELDS)}"
    left = set(FIELDS)
    for key, value in changes:
        if key not in left:
            yield key, f"{_quoted(key)} cannot be fixed, or stands twice; choose from {', '.join(FIELDS)}"
        left.discard(key)
        why = _value_flaw(key, value, types)
        if why:
            yield key, f"{key}: {why}"


def _value_flaw(key: str, value: str, types: Collection[str]) -> str:
    """Why a field cannot have this value, or "". An empty date or place says that none is known."""
    if key == "date" and not _is_date(value):
        return f"{_quoted(value)} is not a date; write 2019, 2019-08, 2019-08-31, 2019-08-19/2019-08-25 or nothing"
    if key == "status" and value not in STATUSES:
        return f"no status is called {_quoted(value)}; choose from {', '.join(STATUSES)}"
    if key == "type" and types and value not in types:
        return f"no event type is called {_quoted(value)}{_close(value, types)}; docs/event-types.md lists them"
    if key in ("type", "title") and not value.strip():
        return f"an event has a {key}; write one"
    if key == "title" and (len(value) > _TITLE or len(value.splitlines()) > 1):
        return f"write it in one line of at most {_TITLE} characters"
    return ""


def _is_date(text: str) -> bool:
    try:
        date = parse_edtf(text)
    except ValueError:
        return False
    return date.known or bool(date.partial) or not text.strip()


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}…")


def _close(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, sorted(known), 1)
    return f" (did you mean {near[0]}?)" if near else ""


# --- the text file ------------------------------------------------------------------------------------


class _Table(NamedTuple):
    """A table of the file: the line of its header, its values, and the line of each key."""

    line: int
    values: Mapping[str, Any]
    lines: Mapping[str, int]


def load(path: str, types: Collection[str] = ()) -> tuple[tuple[int, Judgement], ...]:
    """The judgements of the file at `path` (`-`: standard input), as `parse` gives them."""
    name = "stdin" if path == "-" else path
    content = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _mistake(name, line, "is not UTF-8; save the file as UTF-8") from error
    return parse(text, name, types)


def parse(text: str, name: str, types: Collection[str] = ()) -> tuple[tuple[int, Judgement], ...]:
    """The judgements of a text in order, each with the line on which its table begins, counted from 1.

    Raises InputError, with `name` and the line, for the first mistake. `types` as for `check`.
    """
    return tuple((table.line, _judgement(table, name, types)) for table in _tables(text.removeprefix("\ufeff"), name))


def _judgement(table: _Table, name: str, types: Collection[str]) -> Judgement:
    for key, why in _form_flaws(table.values):
        raise _mistake(name, table.lines.get(key, table.line), why)
    values = table.values
    judgement = Judgement(
        verb=values["verb"],
        event=values["event"],
        others=tuple(name for key in _LISTS for name in values.get(key, ())),
        changes=tuple((key, value) for key, value in values.items() if key in FIELDS),
        text=values.get("text", ""),
        reason=values.get("reason", ""),
        author=values.get("author", ""),
    )
    for key, why in flaws(judgement, types):
        raise _mistake(name, table.lines.get(key, table.line), why)
    return judgement


def _form_flaws(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Keys that are unknown, of the wrong kind, missing or out of place, in the order of the file."""
    for key, value in values.items():
        if key not in _KEYS:
            yield key, f"no key of a judgement is called {_quoted(key)}{_close(key, _KEYS)}; it has {', '.join(_KEYS)}"
        elif key in _LISTS and not (isinstance(value, list) and all(isinstance(name, str) for name in value)):
            yield key, f'{key}: is no list of ids; write {key} = ["3fa9c10b2d"], each id in quotes'
        elif key not in _LISTS and not isinstance(value, str):
            yield key, f'{key}: is no text; put it in quotes: {key} = "..."'
    for key in ("verb", "event"):
        if key not in values:
            yield key, f'{key}: is missing; write {key} = "{"fix" if key == "verb" else "3fa9c10b2d"}"'
    verb = values["verb"]
    for key in values:
        if verb in _OWN and key not in (*_COMMON, *_OWN[verb]):
            own = f"has {', '.join(_OWN[verb])}" if _OWN[verb] else "needs no more than its event"
            yield key, f"{key}: does not belong to {verb}, which {own}; take it out"


def _tables(text: str, name: str) -> Iterator[_Table]:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError
    from tomlkit.items import AoT

    values = _values(text, name)
    for key in values:
        if key != "judgement":
            why = f"nothing but tables [[judgement]] stands in this file; take {_quoted(key)} out"
            raise _mistake(name, _top_line(text, key), why)
    try:
        document = tomlkit.parse(text)
    except (TOMLKitError, RecursionError) as error:
        raise _mistake(name, getattr(error, "line", 1), _NOT_PLAIN) from error
    if not values:
        return
    tables = document.item("judgement")
    if not isinstance(tables, AoT):
        raise _mistake(name, _top_line(text, "judgement"), "is no list of tables; write [[judgement]] above each")
    heading = takewhile(lambda pair: pair[0] is None, document.body)
    line = 1 + sum(item.as_string().count("\n") for _, item in heading)
    for table, own in zip(tables.body, values["judgement"], strict=True):
        lines, end = _lines(table, line)
        yield _Table(line, own, lines)
        line = end


def _lines(table: "Table", line: int) -> tuple[dict[str, int], int]:
    """The line of each key of a table that begins on `line`, and the line after it.

    Counted over the items of tomlkit, which together are the text. What stands behind a key that is itself a table is
    not counted right, but no such key is allowed, and the first mistake is the one that is told.
    """
    lines = {}
    line += table.trivia.trail.count("\n")
    for key, item in table.value.body:
        if key is None:  # a comment or blank lines
            line += item.as_string().count("\n")
        else:
            lines[key.key] = line
            line += (item.as_string() + item.trivia.trail).count("\n")
    return lines, line


def _values(text: str, name: str) -> dict[str, Any]:
    """The text as TOML. Python's own parser reads it, which knows the line of a key that stands twice."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        why = _AT.sub("", str(error))
        why = _PLAIN.get(why, f"{why[:1].lower()}{why[1:]}; mend the TOML there")
        raise _mistake(name, _line(error, text), why) from error
    except (ValueError, RecursionError) as error:  # a number without end, brackets without end
        raise _mistake(name, _endless(text), _NOT_PLAIN) from error


def _line(error: tomllib.TOMLDecodeError, text: str) -> int:
    """The line that tomllib names; of the end of the document, the last that is not blank."""
    found = _AT.search(str(error))
    return int(found[1]) if found and found[1] else text.rstrip().count("\n") + 1


def _top_line(text: str, key: str) -> int:
    """The line on which `key` first stands outside all tables: where the parser stumbles when it is taken already."""
    import tomlkit

    try:
        tomllib.loads(tomlkit.dumps({key: 0}) + text)
    except tomllib.TOMLDecodeError as error:
        return max(1, _line(error, f"\n{text}") - 1)
    return 1


def _endless(text: str) -> int:
    """The line of what Python's parser refuses without saying where: the first that it cannot read up to."""
    lines = text.split("\n")
    return 1 + bisect_left(range(len(lines)), True, key=lambda last: _refused("\n".join(lines[: last + 1])))


def _refused(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    except (ValueError, RecursionError):
        return True
    return False


def _mistake(name: str, line: int, why: str) -> InputError:
    return InputError(f"{name}: line {line}: {why}")


def dump(judgements: Iterable[Judgement]) -> str:
    """The judgements as such a text, one after the other; `parse` gives back the same."""
    import tomlkit

    document = tomlkit.document()
    for line in _HEAD:
        document.add(tomlkit.comment(line))
    tables = tomlkit.aot()
    for judgement in judgements:
        table = tomlkit.table()
        for key, value in _written(judgement):
            table.add(key, value if isinstance(value, list) else tomlkit.string(value, multiline=_in_lines(value)))
        tables.append(table)
    if tables:
        document.add(tomlkit.nl())
        document.add("judgement", tables)
    return tomlkit.dumps(document)


def _written(judgement: Judgement) -> Iterator[tuple[str, str | list[str]]]:
    """The keys of a table and what stands behind them; what is empty is not written."""
    yield "verb", judgement.verb
    yield "event", judgement.event
    if judgement.others:
        yield _OWN[judgement.verb][0], list(judgement.others)
    yield from judgement.changes
    for key, value in (("text", judgement.text), ("reason", judgement.reason), ("author", judgement.author)):
        if value:
            yield key, value


def _in_lines(text: str) -> bool:
    """Whether a text is written over several lines: one whose line ends mean the same on every system."""
    return "\n" in text.strip("\n") and "\r" not in text and not text.startswith("\n")


# --- records ------------------------------------------------------------------------------------------


def judgement_from_record(record: Mapping[str, Any]) -> Judgement:
    """The judgement that `serial.judgement_record` or `judgement_row` was made from."""
    return Judgement(
        verb=record["verb"],
        event=record["event"],
        others=tuple(record.get("others") or ()),
        changes=tuple((key, value) for key, value in record.items() if key in FIELDS and value is not None),
        text=record.get("text") or "",
        reason=record["reason"],
        author=record["author"],
    )


def judgement_row(number: int, judgement: Judgement, fault: str) -> Record:
    """A judgement as `timeline judgements` lists it, all fields present: its number from 1, null for what it leaves as
    it is, and in `fault` what of it cannot be followed ("" when it holds).
    """
    changes = dict(judgement.changes)
    return {
        "number": number,
        "verb": judgement.verb,
        "event": judgement.event,
        "others": list(judgement.others),
        **{field: changes.get(field) for field in FIELDS},
        "text": judgement.text,
        "reason": judgement.reason,
        "author": judgement.author,
        "fault": fault,
    }
