"""Judgements: their text form and its mistakes."""

import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import chronicle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idlib_timeline.errors import InputError, QueryError
from idlib_timeline.judgements import (
    FIELDS,
    check,
    dump,
    judgement_from_record,
    judgement_row,
    load,
    parse,
)
from idlib_timeline.model import Judgement
from idlib_timeline.serial import judgement_record

FILE = "judgements.toml"

EXAMPLE = """\
# The two papers tell of one strike.
[[judgement]]
verb = "merge"
event = "3fa9c10b2d"
with = ["7be2d40c11", "0d11aa22bb-2"]
reason = "same market, same dead"
author = "A. Haddad"

[[judgement]]  # a new paragraph
verb = "split"
event = "3fa9c10b2d"
mentions = [
    "7be2d40c11",  # the later raid
]

[[judgement]]
verb = "fix"
event = "3fa9c1"
title = "Norland bombs Tollen"
date = "2019-08-20"

[[judgement]]
verb = "note"
event = "3fa9c10b2d"
text = \"\"\"
See the court's finding.

[[judgement]] is no table here.
\"\"\"

[[judgement]]
verb = "hide"
event = "3fa9c10b2d"
"""

MEANT = (
    (2, Judgement(
        "merge", "3fa9c10b2d", ("7be2d40c11", "0d11aa22bb-2"), reason="same market, same dead", author="A. Haddad"
    )),
    (9, Judgement("split", "3fa9c10b2d", ("7be2d40c11",))),
    (16, Judgement("fix", "3fa9c1", changes=(("title", "Norland bombs Tollen"), ("date", "2019-08-20")))),
    (22, Judgement("note", "3fa9c10b2d", text="See the court's finding.\n\n[[judgement]] is no table here.\n")),
    (31, Judgement("hide", "3fa9c10b2d")),
)  # fmt: skip


# --- the text form ------------------------------------------------------------------------------------


def test_a_file_gives_its_judgements_with_their_lines() -> None:
    assert parse(EXAMPLE, FILE) == MEANT


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("[[judgement]]\n", '  [[ "judgement" ]]\n').replace("is no table", "is no table"),
    ],
    ids=["windows", "byte order mark", "no last line end", "another spelling"],
)
def test_how_a_file_is_saved_does_not_matter(changed: Callable[[str], str]) -> None:
    assert parse(changed(EXAMPLE), FILE) == MEANT


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet", "# nothing yet\n\n# at all\n"])
def test_a_file_without_judgements_gives_none(text: str) -> None:
    assert parse(text, FILE) == ()


GOOD = '\n# one\n[[judgement]]\nverb = "hide"\nevent = "3fa9c10b2d"\n\n'  # what follows begins on line 7
HEAD = "[[judgement]]\n"
NAMED = 'event = "3fa9c10b2d"\n'

MISTAKES = {
    # TOML
    "key twice": (HEAD + 'verb = "hide"\nverb = "note"\n' + NAMED, 9, "stands here for the second time"),
    "no value": (HEAD + "verb =\n" + NAMED, 8, "invalid value"),
    "no quotes": (HEAD + "verb = hide\n" + NAMED, 8, "invalid value"),
    "string without end": (HEAD + NAMED + 'reason = "because\n', 9, "illegal character"),
    "text without end": (HEAD + NAMED + 'reason = """because\nof this\n\n\n', 10, "unterminated"),
    "header without end": ("[[judgement]\n", 7, "expected"),
    "other line ends in a text": (HEAD + NAMED + "reason = 'a\u2028b\x85c'\nverb = \n", 10, "invalid value"),
    "number without end": (HEAD + NAMED + "text = " + "9" * 5000 + "\n\n[", 9, "more than keys"),
    "brackets without end": (HEAD + NAMED + "text = " + "[" * 5000, 9, "more than keys"),
    "brackets deep": (HEAD + NAMED + "text = " + "[" * 150 + "]" * 150, 9, "text"),
    # tables
    "another table": ("[other]\n", 7, "nothing but tables [[judgement]] stands in this file; take 'other' out"),
    "another table between": (HEAD + 'verb = "hide"\n' + NAMED + "[a.b]\n" + HEAD + NAMED, 10, "take 'a' out"),
    "odd name": (HEAD + 'verb = "hide"\n' + NAMED + '["\\u007f"]\n', 10, "take '\\x7f' out"),
    "a table in a judgement": (HEAD + 'verb = "hide"\n' + NAMED + "[judgement.place]\na = 1", 10, "place: is no text"),
    # keys
    "unknown key": (HEAD + '# what\n\nvrb = "hide"\n' + NAMED, 10, "'vrb' (did you mean verb?)"),
    "dotted key": (HEAD + 'verb = "hide"\nevent.id = "3fa9c10b2d"\n', 9, "event: is no text"),
    "a date of TOML": (HEAD + 'verb = "fix"\n' + NAMED + "date = 2019-08-31\n", 10, 'put it in quotes: date = "..."'),
    "a number": (HEAD + "verb = 1\n" + NAMED, 8, "verb: is no text"),
    "an id for a list": (HEAD + 'verb = "merge"\n' + NAMED + 'with = "7be2d40c11"\n', 10, "with: is no list of ids"),
    "a list of numbers": (HEAD + 'verb = "merge"\n' + NAMED + "with = [\n7,\n]\n", 10, "with: is no list of ids"),
    "no verb": (HEAD + NAMED, 7, "verb: is missing"),
    "no event": (HEAD + 'verb = "hide"\n', 7, "event: is missing"),
    "an empty table": (HEAD, 7, "verb: is missing"),
    "a key of another verb": (HEAD + 'verb = "hide"\n' + NAMED + 'text = "why"\n', 10, "text: does not belong to hide"),
    "mentions of a merge": (HEAD + 'verb = "merge"\n' + NAMED + 'mentions = []\n', 10, "which has with; take it out"),
    # values
    "unknown verb": (HEAD + 'verb = "delete"\n' + NAMED, 8, "choose from merge, split, fix, hide, note"),
    "short id": (HEAD + 'verb = "hide"\nevent = "3fa9c"\n', 9, "'3fa9c' is no id; write 6 to 12"),
    "long id": (HEAD + 'verb = "hide"\nevent = "3fa9c10b2d3fa"\n', 9, "is no id"),
    "no hexadecimal id": (HEAD + 'verb = "hide"\nevent = "3fa9c10b2g"\n', 9, "is no id"),
    "first copy": (HEAD + 'verb = "hide"\nevent = "3fa9c10b2d-1"\n', 9, "is no id"),
    "a line end in an id": (HEAD + 'verb = "hide"\nevent = "3fa9c10b2d\\n"\n', 9, "is no id"),
    "a bad id in a list": (HEAD + NAMED + 'verb = "merge"\nwith = ["7be2d40c11", "x"]\n', 10, "'x' is no id"),
    "merge with nothing": (HEAD + 'verb = "merge"\n' + NAMED, 7, 'write with = ["ID"]'),
    "merge with an empty list": (HEAD + 'verb = "merge"\n' + NAMED + "with = []\n", 10, 'write with = ["ID"]'),
    "merge with itself": (HEAD + 'verb = "merge"\n' + NAMED + 'with = ["3fa9c10b2d"]\n', 10, "stands twice"),
    "an id twice": (HEAD + 'verb = "split"\n' + NAMED + 'mentions = ["7be2d4", "7be2d4"]\n', 10, "stands twice"),
    "split of the namesake": (
        HEAD + 'verb = "split"\n' + NAMED + 'mentions = ["3fa9c10b2d"]\n', 10, "name the event by a mention that stays",
    ),
    "empty fix": (HEAD + 'verb = "fix"\n' + NAMED, 8, "changes nothing; say one of date, type, place, status, title"),
    "no date": (HEAD + 'verb = "fix"\n' + NAMED + 'date = "2019-02-30"\n', 10, "date: '2019-02-30' is not a date"),
    "no day at all": (HEAD + 'verb = "fix"\n' + NAMED + 'date = "../.."\n', 10, "is not a date"),
    "a date in words": (HEAD + 'verb = "fix"\n' + NAMED + 'date = "Tuesday"\n', 10, "write 2019, 2019-08"),
    "unknown status": (HEAD + 'verb = "fix"\n' + NAMED + 'status = "done"\n', 10, "from happened, planned, "),
    "unknown type": (HEAD + 'verb = "fix"\n' + NAMED + 'type = "airstrike"\n', 10, "(did you mean air_strike?)"),
    "empty title": (HEAD + 'verb = "fix"\n' + NAMED + 'title = " "\n', 10, "an event has a title"),
    "long title": (HEAD + 'verb = "fix"\n' + NAMED + f'title = "{"x" * 121}"\n', 10, "at most 120 characters"),
    "title of two lines": (HEAD + 'verb = "fix"\n' + NAMED + 'title = "a\\nb"\n', 10, "in one line"),
    "empty note": (HEAD + 'verb = "note"\n' + NAMED + 'text = """\n \n"""\n', 10, "a note has words"),
    "no text": (HEAD + 'verb = "note"\n' + NAMED, 7, "a note has words"),
    "half a character": (HEAD + 'verb = "hide"\n' + NAMED + "author = '\ud800'", 10, "author: holds half a character"),
}  # fmt: skip


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_one_line_that_names_its_line_and_the_remedy(case: str) -> None:
    text, line, why = MISTAKES[case]
    with pytest.raises(InputError) as caught:
        parse(GOOD + text, FILE, chronicle.TYPES)
    message = str(caught.value)
    assert message.startswith(f"{FILE}: line {line}: "), message
    assert why in message
    assert "\n" not in message
    assert message == message.encode("utf-8", "strict").decode()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[[judgement]]\nevent = "3fa9c10b2d"', "verb: is missing"),
        ("version = 1\n\n[[judgement]]", "take 'version' out"),
        ("version.x = 1", "take 'version' out"),
        ("judgement = 1", "write [[judgement]] above each"),
        ("judgement = []", "write [[judgement]] above each"),
        ('judgement = [{verb = "hide"}]', "write [[judgement]] above each"),
        ("[judgement]", "write [[judgement]] above each"),
        ("[judgement.x]", "write [[judgement]] above each"),
    ],
)
def test_the_first_line_is_line_one(text: str, why: str) -> None:
    with pytest.raises(InputError, match=f"^{FILE}: line 1: .*{re.escape(why)}"):
        parse(text, FILE)
    with pytest.raises(InputError, match=f"^{FILE}: line 3: .*{re.escape(why)}"):
        parse(f"# head\n\n{text}", FILE)


def test_an_empty_date_or_place_says_that_none_is_known() -> None:
    text = HEAD + 'verb = "fix"\n' + NAMED + 'date = ""\nplace = ""\n'
    assert parse(text, FILE) == ((1, Judgement("fix", "3fa9c10b2d", changes=(("date", ""), ("place", "")))),)


def test_without_a_list_of_types_every_type_passes() -> None:
    text = HEAD + 'verb = "fix"\n' + NAMED + 'type = "airstrike"\n'
    assert parse(text, FILE)[0][1].changes == (("type", "airstrike"),)


def test_a_file_is_read_from_a_path_or_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / FILE
    path.write_bytes(b"\xef\xbb\xbf" + EXAMPLE.replace("\n", "\r\n").encode())
    assert load(str(path)) == MEANT
    path.write_bytes(b"# one\n# two \xff\n")
    with pytest.raises(InputError, match=r"judgements\.toml: line 2: is not UTF-8; save the file as UTF-8$"):
        load(str(path))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"[other]")))
    with pytest.raises(InputError, match=r"^stdin: line 1: "):
        load("-")


def test_what_an_analyst_enters_is_held_to_the_same_rules() -> None:
    check(Judgement("hide", "3fa9c10b2d"))
    with pytest.raises(QueryError, match=r"date: '31\.8\.2019' is not a date"):
        check(Judgement("fix", "3fa9c10b2d", changes=(("date", "31.8.2019"),)))
    with pytest.raises(QueryError, match="'actors' cannot be fixed, or stands twice; choose from date"):
        check(Judgement("fix", "3fa9c10b2d", changes=(("actors", "Suda"),)))
    with pytest.raises(QueryError, match="no event type is called 'strike'"):
        check(Judgement("fix", "3fa9c10b2d", changes=(("type", "strike"),)), chronicle.TYPES)


def test_the_text_written_is_small_and_diffable() -> None:
    written = dump(
        [
            Judgement("merge", "3fa9c10b2d", ("7be2d40c11",), reason="one strike", author="A. Haddad"),
            Judgement("note", "3fa9c10b2d", text='He said "no".\nThen \\ nothing.\n'),
        ]
    )
    assert written == (
        "# What analysts decided, in that order; it stands above what the program derives.\n"
        "# Put it into a store with: timeline judgements --import FILE\n"
        "\n"
        "[[judgement]]\n"
        'verb = "merge"\n'
        'event = "3fa9c10b2d"\n'
        'with = ["7be2d40c11"]\n'
        'reason = "one strike"\n'
        'author = "A. Haddad"\n'
        "\n"
        "[[judgement]]\n"
        'verb = "note"\n'
        'event = "3fa9c10b2d"\n'
        'text = """He said "no".\n'
        "Then \\\\ nothing.\n"
        '"""\n'
    )
    assert dump([]).count("\n") == 2


# --- any text, any judgement --------------------------------------------------------------------------

IDS = st.from_regex(r"[0-9a-f]{6,12}(-([2-9]|[1-9][0-9]))?", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(
    "\n\r\t\"\\ 'ab#\x00\x7f\u2028", max_size=12
)
WORDS = TEXTS.filter(str.strip)
VALUES = {
    "date": st.sampled_from(
        ["2019", "2019-08-31", "2019-08-19/2019-08-25", "2018-10-15/..", "XXXX-01-12", "2019-08~", ""]
    ),
    "type": WORDS,
    "place": TEXTS,
    "status": st.sampled_from(["happened", "planned", "hypothetical", "denied"]),
    "title": WORDS.filter(lambda text: len(text.splitlines()) == 1),
}


@st.composite
def judgements(
    draw: st.DrawFn, ids: st.SearchStrategy[str] = IDS, verbs: str = "merge split fix hide note"
) -> Judgement:
    verb = draw(st.sampled_from(verbs.split()))
    event, *others = draw(st.lists(ids, min_size=2, max_size=4, unique=True))
    fields = draw(st.lists(st.sampled_from(FIELDS), min_size=1, unique=True))
    return Judgement(
        verb,
        event,
        others=tuple(others) if verb in ("merge", "split") else (),
        changes=tuple((key, draw(VALUES[key])) for key in fields) if verb == "fix" else (),
        text=draw(WORDS) if verb == "note" else "",
        reason=draw(TEXTS),
        author=draw(TEXTS),
    )


@given(st.lists(judgements(), max_size=5))
@settings(deadline=None)  # the first one waits for tomlkit
def test_what_is_written_reads_back_the_same(made: list[Judgement]) -> None:
    written = dump(made)
    read = parse(written, FILE)
    assert [judgement for _, judgement in read] == made
    assert [written.split("\n")[line - 1] for line, _ in read] == ["[[judgement]]"] * len(made)
    assert dump(judgement for _, judgement in read) == written
    assert [judgement for _, judgement in parse(written.replace("\n", "\r\n"), FILE)] == made


@given(judgements())
def test_a_record_gives_back_its_judgement(made: Judgement) -> None:
    assert judgement_from_record(json.loads(json.dumps(judgement_record(made)))) == made
    row = judgement_from_record(judgement_row(1, made, ""))
    assert (replace(row, changes=()), dict(row.changes)) == (replace(made, changes=()), dict(made.changes))


PIECES = (
    "[[judgement]]", "[judgement]", "[other]", "[judgement.x]", "[[judgement.with]]", "judgement", "verb", "event",
    "with", "mentions", "date", "type", "place", "status", "title", "text", "reason", "author", "x", " = ", ".", ",",
    "\n", "\n", '"hide"', '"merge"', '"note"', '"fix"', '"3fa9c10b2d"', '["7be2d40c11"]', "2019-08-31", "1e9", "0x1F",
    "true", "{", "}", "[", "]", '"', "'", '"""', "'''", "\\", "\\u0041", "#", "\r\n", "\r", "\t", "\x00", "\u2028",
    "\x85", "\ufeff", '[[judgement]]\nverb = "hide"\nevent = "3fa9c10b2d"\n',
)  # fmt: skip


@st.composite
def misspelt(draw: st.DrawFn) -> str:
    """The example with something taken out and something put in."""
    start = draw(st.integers(0, len(EXAMPLE)))
    return EXAMPLE[:start] + draw(st.sampled_from(PIECES)) + EXAMPLE[start + draw(st.integers(0, 40)) :]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | misspelt() | st.text(max_size=60))
@settings(max_examples=400, deadline=None)
def test_any_text_gives_judgements_or_one_line(text: str) -> None:
    try:
        found = parse(text, FILE)
    except InputError as error:
        message = str(error)
        place = re.match(rf"{FILE}: line (\d+): ", message)
        assert place, message
        assert 1 <= int(place[1]) <= text.count("\n") + 1
        assert "\n" not in message
    else:
        for line, judgement in found:
            check(judgement)
            assert "judgement" in text.split("\n")[line - 1]


BLANKS = st.sampled_from(["", "\n", "\t \n\n", "\r\n", "# [[judgement]]\n", "# a\u2028b\n"])
REASONS = st.sampled_from(["", "reason = '''\n\n[[judgement]]\n'''\n", '"reason" = "x" # y\n', "  'reason'='a\x85b'\n"])
AUTHORS = st.sampled_from(["", 'author = """a\\\n   b\n\n"""\n', 'author = "z"\r\n'])


@given(st.lists(st.tuples(BLANKS, REASONS, BLANKS, AUTHORS), max_size=6))
def test_lines_are_right_whatever_stands_between(fillers: Sequence[tuple[str, str, str, str]]) -> None:
    text, starts = "# head\n", []
    for first, reason, second, author in fillers:
        text += first
        starts.append(text.count("\n") + 1)
        text += f'  [[judgement]] # one\n{reason}verb = "hide"\n{second}{author}event = "3fa9c10b2d"\n\n'
    assert [line for line, _ in parse(text, FILE)] == starts
    with pytest.raises(InputError, match=f"line {text.count(chr(10)) + 3}: no key of a judgement is called 'oops'"):
        parse(f'{text}[[judgement]]\nverb = "hide"\noops = 1\n', FILE)
