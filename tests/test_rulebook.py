"""Every example of every row of the rulebook is a test; a failure names file, row and sentence.

Another book joins by an entry in `CHECKS`: a function that runs one example and one that runs one `never` sentence,
each returning a list of complaints.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from idlib_timeline import direction, rules, times
from idlib_timeline.interval import parse_edtf
from idlib_timeline.model import TimeExpression

Complaints = list[str]
Example = Mapping[str, Any]


def _found(book: rules.Book, example: Example) -> tuple[TimeExpression, ...]:
    published = parse_edtf(example.get("published", book.tables["defaults"]["published"]))
    return times.find(example["text"], published, style=example.get("style", "news"))


def _time_fields(expression: TimeExpression) -> dict[str, Any]:
    interval, clock = expression.interval, expression.clock
    return {
        "value": expression.value,
        "type": expression.type,
        "mod": expression.mod,
        "role": expression.role,
        "ahead": expression.ahead,
        "anchor": expression.anchor,
        "doubt": bool(expression.doubt),
        "earliest": interval.earliest.isoformat() if interval.earliest else "",
        "latest": interval.latest.isoformat() if interval.latest else "",
        "edtf": interval.edtf(),
        "time": clock.text if clock else "",
        "utc": clock.utc if clock else "",
        "shift": [expression.shift.days, expression.shift.until] if expression.shift else [],
    }


def _time_example(book: rules.Book, row: rules.Row, example: Example) -> Complaints:
    """The expression `match` is found by this row, with every field the example names."""
    found = _found(book, example)
    matching = [expression for expression in found if expression.text == example["match"]]
    if not matching:
        return [f"{example['match']!r} is not found, but {[expression.text for expression in found]}"]
    fields = _time_fields(matching[example.get("nth", 0)])
    wanted = {name: example[name] for name in fields if name in example}
    complaints = [
        f"{name} is {fields[name]!r}, not {value!r}" for name, value in wanted.items() if fields[name] != value
    ]
    if not wanted:
        complaints.append("the example expects nothing")
    rule = matching[example.get("nth", 0)].rule
    return complaints + ([f"row {rule} found it"] if rule != row.name else [])


def _time_never(book: rules.Book, row: rules.Row, sentence: str) -> Complaints:
    found = _found(book, {"text": sentence})
    return [f"it fires on {expression.text!r}" for expression in found if expression.rule == row.name]


def _direction(text: str) -> direction.Direction:
    start, end = text.index("["), text.index("]") - 1
    return direction.clause(text.replace("[", "").replace("]", ""), start, end, 0, len(text) - 2)


def _direction_example(_book: rules.Book, row: rules.Row, example: Example) -> Complaints:
    """The row decides (or for one that decides nothing, the rest of the clause), and the clause looks that way."""
    found = _direction(example["text"])
    way = (
        "nearest" if found.nearest else "ahead" if found.ahead else "past" if found.past and not found.weak else "weak"
    )
    complaints = [f"it looks {way!r}, not {example['way']!r}"] if way != example["way"] else []
    decides = row.fields["says"] not in ("weak", "mere")
    return complaints + ([f"row {found.rule or 'none'} decides"] if decides and found.rule != row.name else [])


def _direction_never(_book: rules.Book, row: rules.Row, sentence: str) -> Complaints:
    return ["it decides"] if _direction(sentence).rule == row.name else []


Check = Callable[[rules.Book, rules.Row, Example], Complaints]
Never = Callable[[rules.Book, rules.Row, str], Complaints]
CHECKS: dict[str, tuple[Check, Never]] = {
    "times": (_time_example, _time_never),
    "directions": (_direction_example, _direction_never),
}


def _cases() -> Iterator[Any]:
    for name, (check, never) in CHECKS.items():
        book = rules.load(name)
        for row in book.rows:
            for number, example in enumerate(row.examples):
                yield pytest.param(book, row, check, example, id=f"{name}-{row.name}-{number}")
            for number, sentence in enumerate(row.never):
                yield pytest.param(book, row, never, sentence, id=f"{name}-{row.name}-never-{number}")
            for number, example in enumerate(row.gap):
                mark = pytest.mark.xfail(strict=True, reason="a known gap")
                yield pytest.param(book, row, check, example, id=f"{name}-{row.name}-gap-{number}", marks=mark)


@pytest.mark.parametrize(("book", "row", "check", "case"), list(_cases()))
def test_example(book: rules.Book, row: rules.Row, check: Callable[..., Complaints], case: Example | str) -> None:
    complaints = check(book, row, case)
    sentence = case if isinstance(case, str) else case["text"]
    assert not complaints, f"{book.name}.toml: row {row.name}: {sentence!r}: " + "; ".join(complaints)
