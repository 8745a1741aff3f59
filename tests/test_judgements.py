"""Judgements: their text form and its mistakes, what they do to groups of mentions and to events, how they read."""

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
from idlib_timeline.interval import UNKNOWN, parse_edtf
from idlib_timeline.judgements import (
    FIELDS,
    check,
    dump,
    judgement_from_record,
    judgement_row,
    load,
    parse,
)
from idlib_timeline.merge.decided import Outcome, regroup, rule
from idlib_timeline.model import Clock, Event, Judgement, Place
from idlib_timeline.render import Look, listing
from idlib_timeline.render.judged import judged
from idlib_timeline.render.listings import JUDGEMENTS
from idlib_timeline.render.page import Page
from idlib_timeline.serial import Record, judgement_record

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


# --- groups of mentions -------------------------------------------------------------------------------

A, B, C, D, E, F = "aaaaaa", "bbbbbb", "cccccc", "dddddd", "eeeeee", "ffffff"
GROUPS = [[A, B], [C], [D, E, F]]


def merge(event: str, *others: str) -> Judgement:
    return Judgement("merge", event, others)


def split(event: str, *others: str) -> Judgement:
    return Judgement("split", event, others)


@pytest.mark.parametrize(
    ("made", "groups", "outcomes"),
    [
        ([], [[A, B], [C], [D, E, F]], []),
        ([merge(A, C)], [[A, B, C], [D, E, F]], [(True, "")]),
        ([merge(C, B)], [[A, B, C], [D, E, F]], [(True, "")]),
        ([merge(F, A, C)], [[A, B, C, D, E, F]], [(True, "")]),
        ([split(D, F)], [[A, B], [C], [D, E], [F]], [(True, "")]),
        ([split(D, E, F)], [[A, B], [C], [D], [E, F]], [(True, "")]),
        ([merge(A, C), split(C, A)], [[A], [B, C], [D, E, F]], [(True, ""), (True, "")]),
        ([split(D, F), merge(F, C)], [[A, B], [C, F], [D, E]], [(True, ""), (True, "")]),
        # needless, and cyclic
        ([merge(A, B)], GROUPS, [(False, f"{A} and {B} are one event already")]),
        (
            [merge(A, C), merge(C, D), merge(D, A)],
            [[A, B, C, D, E, F]],
            [(True, ""), (True, ""), (False, f"{D} and {A} are one event already")],
        ),
        ([merge(A, B, C)], [[A, B, C], [D, E, F]], [(True, "")]),
        ([merge(A, D, E)], [[A, B, D, E, F], [C]], [(True, "")]),
        # not there, not so
        ([merge(A, "99")], GROUPS, [(False, "no mention is called 99")]),
        ([merge("99", A)], GROUPS, [(False, "no mention is called 99")]),
        ([merge(A, "99", C)], [[A, B, C], [D, E, F]], [(True, "no mention is called 99")]),
        ([split("98", "99")], GROUPS, [(False, "no mention is called 98; no mention is called 99")]),
        ([split(A, D)], GROUPS, [(False, f"{D} is not in the event of {A}")]),
        ([split(D, A, F)], [[A, B], [C], [D, E], [F]], [(True, f"{A} is not in the event of {D}")]),
        ([split(D, D)], GROUPS, [(False, f"{D} names the event and stays in it")]),
        (
            [split(D, F), split(D, F)],
            [[A, B], [C], [D, E], [F]],
            [(True, ""), (False, f"{F} is not in the event of {D}")],
        ),
        ([Judgement("hide", A)], GROUPS, [(True, "")]),
        ([Judgement("note", "99", text="x")], GROUPS, [(False, "no mention is called 99")]),
    ],
)  # fmt: skip
def test_groups_after_merges_and_splits(
    made: list[Judgement], groups: list[list[str]], outcomes: list[tuple[bool, str]]
) -> None:
    after, found = regroup(GROUPS, made)
    assert [list(group) for group in after] == groups
    assert list(found) == [Outcome(*outcome) for outcome in outcomes]


def test_a_copy_has_an_id_of_its_own() -> None:
    after, found = regroup([[A, f"{A}-2"], [B]], [split(A, f"{A}-2"), merge(B, f"{A}-2")])
    assert after == ((A,), (f"{A}-2", B))
    assert all(outcome == (True, "") for outcome in found)


NAMES = [f"{number:06x}" for number in range(12)]


@st.composite
def grouped(draw: st.DrawFn) -> list[list[str]]:
    homes = draw(st.lists(st.integers(0, 5), min_size=len(NAMES), max_size=len(NAMES)))
    groups = [[name for name, home in zip(NAMES, homes, strict=True) if home == number] for number in range(6)]
    return [group for group in groups if group]


KNOWN = st.sampled_from(NAMES)
ANY = KNOWN | st.sampled_from(["fffff0", "fffff1"])


def partition(groups: Sequence[Sequence[str]]) -> set[frozenset[str]]:
    return {frozenset(group) for group in groups}


@given(grouped(), st.lists(judgements(ANY, "merge split hide"), max_size=8))
def test_the_groups_divide_the_same_ids(groups: list[list[str]], made: list[Judgement]) -> None:
    before = [list(group) for group in groups]
    after, outcomes = regroup(groups, made)
    assert sorted(name for group in after for name in group) == NAMES
    assert all(after)
    assert groups == before
    assert len(outcomes) == len(made)
    assert all(outcome.held or outcome.fault for outcome in outcomes)
    step: Sequence[Sequence[str]] = groups
    for judgement, outcome in zip(made, outcomes, strict=True):
        step, (alone,) = regroup(step, [judgement])
        assert alone == outcome
    assert partition(step) == partition(after)


@given(grouped(), st.lists(judgements(KNOWN, "merge split"), max_size=6))
def test_what_an_analyst_asked_for_last_is_so(groups: list[list[str]], made: list[Judgement]) -> None:
    if not made:
        return
    home = {name: number for number, group in enumerate(regroup(groups, made)[0]) for name in group}
    last = made[-1]
    if last.verb == "merge":
        assert {home[name] for name in last.others} == {home[last.event]}
    else:
        assert home[last.event] not in {home[name] for name in last.others}


@given(grouped(), st.permutations(NAMES), st.lists(judgements(KNOWN, "merge"), max_size=5), st.randoms())
def test_the_order_of_merges_and_of_groups_does_not_matter(
    groups: list[list[str]], names: list[str], made: list[Judgement], chance: object
) -> None:
    shuffled = sorted(
        ([name for name in names if name in group] for group in groups), key=lambda group: names.index(group[0])
    )
    assert partition(regroup(groups, made)[0]) == partition(regroup(shuffled, made[::-1])[0])


@given(grouped(), judgements(KNOWN, "merge split"), judgements(KNOWN, "merge split"))
def test_the_order_of_judgements_about_different_events_does_not_matter(
    groups: list[list[str]], one: Judgement, two: Judgement
) -> None:
    home = {name: number for number, group in enumerate(groups) for name in group}
    about = [{home[name] for name in (made.event, *made.others)} for made in (one, two)]
    if about[0].isdisjoint(about[1]):
        assert partition(regroup(groups, [one, two])[0]) == partition(regroup(groups, [two, one])[0])


def test_a_split_before_a_merge_is_another_thing_than_after_it() -> None:
    assert regroup([[A, B], [C]], [split(A, B), merge(B, C)])[0] == ((A,), (B, C))
    assert regroup([[A, B], [C]], [merge(B, C), split(A, B)])[0] == ((A, C), (B,))


@given(grouped(), KNOWN, KNOWN)
def test_a_split_takes_a_merge_back(groups: list[list[str]], one: str, two: str) -> None:
    home = {name: group for group in groups for name in group}
    if home[one] is not home[two]:
        after, outcomes = regroup(groups, [merge(one, two), split(one, *home[two])])
        assert partition(after) == partition(groups)
        assert [outcome.fault for outcome in outcomes] == ["", ""]


@given(grouped(), st.lists(judgements(KNOWN, "merge split"), max_size=5), judgements(KNOWN, "merge"))
def test_without_the_last_judgement_all_is_as_before(
    groups: list[list[str]], made: list[Judgement], last: Judgement
) -> None:
    before, outcomes = regroup(groups, made)
    after, more = regroup(groups, [*made, last])
    assert more[:-1] == outcomes
    assert regroup(groups, [*made, last][:-1]) == (before, outcomes)
    assert more[-1].held == (partition(after) != partition(before))


# --- events -------------------------------------------------------------------------------------------


def struck() -> Event:
    """The event of two mentions: an air strike in Tollen at 06:00 on 20 August 2019."""
    return replace(chronicle.war()[1][0], utc="2019-08-20T03:00:00Z")


def gazetteer(name: str) -> Place | None:
    return {"Pell": chronicle.PELL, "Tollen": chronicle.TOLLEN, "the town of Marn": chronicle.MARN}.get(name)


def fixed(**changes: str) -> Event:
    event = struck()
    return rule(event, [Judgement("fix", event.mentions[0].id, changes=tuple(changes.items()))], gazetteer)


def test_an_event_nobody_judged_is_left_alone() -> None:
    event = struck()
    assert rule(event, [Judgement("hide", "3fa9c10b2d"), merge("3fa9c10b2d", A)], gazetteer) is event


def test_a_fix_changes_what_it_says_and_nothing_else() -> None:
    event, after = struck(), fixed(type="advance", status="denied", title="A market burns")
    assert (after.type, after.status, after.title) == ("advance", "denied", "A market burns")
    assert replace(after, type=event.type, status=event.status, title=event.title, judgements=()) == event


@pytest.mark.parametrize(
    ("date", "clock"),
    [
        ("2019-08-20", True),
        ("2019-08-20~", True),
        ("2019-08-21", False),
        ("2019-08-20/2019-08-21", False),
        ("2019-08", False),
        ("2019-08-20/..", False),
        ("XXXX-08-20", False),
        ("", False),
    ],
)
def test_a_fixed_date_keeps_the_hour_only_of_the_same_day(date: str, clock: bool) -> None:
    after = fixed(date=date)
    assert after.date == parse_edtf(date)
    assert after.clock == (Clock(6, 0) if clock else None)
    assert after.utc == ("2019-08-20T03:00:00Z" if clock else None)


def test_a_date_fixed_back_keeps_its_hour() -> None:
    event = struck()
    name = event.mentions[1].id
    made = [Judgement("fix", name, changes=(("date", date),)) for date in ("2018", "2019-08-20")]
    assert rule(event, made, gazetteer).clock == event.clock
    assert rule(event, made[::-1], gazetteer).date == parse_edtf("2018")


def test_a_fixed_place_leads_the_places_that_are_named() -> None:
    names = [named.place.name for named in struck().places]
    assert names == ["Tollen", "Marn"]
    moved = fixed(place="Pell")
    assert moved.place == chronicle.PELL
    assert [named.place.name for named in moved.places] == ["Pell", "Tollen", "Marn"]
    named = fixed(place="the town of Marn")
    assert named.place == chronicle.MARN
    assert [(one.place.name, one.text) for one in named.places] == [("Marn", "MARN"), ("Tollen", "TOLLEN")]


def test_a_place_no_gazetteer_knows_stands_as_written_and_an_empty_one_is_none() -> None:
    after = fixed(place="the old mill")
    assert after.place == Place("the old mill", "site", "")
    assert after.places[0].place.lat is None
    assert fixed(place="").place is None
    assert fixed(place="").places == struck().places


def test_the_later_word_counts_and_all_that_shaped_an_event_are_kept_in_order() -> None:
    event = struck()
    one, two = (mention.id for mention in event.mentions)
    made = [
        Judgement("fix", one, changes=(("title", "First"), ("status", "denied"))),
        Judgement("note", "3fa9c10b2d", text="of another event"),
        Judgement("note", two, text="Look again."),
        Judgement("fix", two, changes=(("title", "Second"),)),
        merge("3fa9c10b2d", two),
        split(one, "3fa9c10b2d"),
        Judgement("hide", one, author="A. Haddad"),
    ]
    after = rule(event, made, gazetteer)
    assert (after.title, after.status, after.hidden) == ("Second", "denied", True)
    assert after.judgements == (made[0], *made[2:])
    assert not rule(event, made[:-1], gazetteer).hidden


def test_ids_of_copies_are_given_by_those_who_know_them() -> None:
    event = struck()
    made = [Judgement("hide", f"{event.mentions[0].id}-2")]
    assert rule(event, made, gazetteer) is event
    assert rule(event, made, gazetteer, ids=[f"{mention.id}-2" for mention in event.mentions]).hidden


def test_an_unknown_date_is_unknown() -> None:
    assert fixed(date="").date == UNKNOWN


# --- how they read ------------------------------------------------------------------------------------

ROWS = [
    judgement_row(number, judgement, fault)
    for number, (judgement, fault) in enumerate(
        [
            (Judgement("merge", A, (B, C), reason="one strike", author="A. Haddad"), ""),
            (Judgement("split", A, (B,), author="A. Haddad"), f"no mention is called {B}"),
            (Judgement("fix", A, changes=(("date", "2019-08-20"), ("type", "air_strike"), ("place", ""))), ""),
            (Judgement("hide", A, reason="told twice"), ""),
            (Judgement("note", A, text="See\x1b[31m the\ncourt's finding."), ""),
        ],
        1,
    )
]


EXPLAINED = """
 What an analyst decided
 merged    aaaaaa, bbbbbb and cccccc are one event
           by A. Haddad: one strike
 split     bbbbbb is an event of its own, apart from aaaaaa
           by A. Haddad
 fixed     date: 20 Aug 2019; type: air strike; place: none
           known
 hidden    left out of the chronology
           told twice
 note      See the court's finding.
"""


@pytest.mark.parametrize("rows", [ROWS, [judgement_record(judgement_from_record(row)) for row in ROWS]])
def test_explain_shows_what_was_decided_by_whom_and_why(rows: list[Record]) -> None:
    assert "".join(judged(Page(60, colour=False, label=8), rows)) == EXPLAINED


def test_explain_says_nothing_where_nobody_judged() -> None:
    assert list(judged(Page(60, colour=False, label=8), [])) == []


def test_judgements_are_listed_in_every_format() -> None:
    shown = {
        form: "".join(listing(JUDGEMENTS, ROWS, form, Look(width=150))) for form in ("table", "markdown", "json", "csv")
    }
    assert "  no mention is called bbbbbb\n" in shown["table"]
    assert (
        "5 judgements, 1 of which cannot be followed as written. `timeline undo` takes the last one back."
        in shown["table"]
    )
    assert shown["markdown"].startswith("| no. | verb | event | what | why | by | holds |\n")
    assert json.loads(shown["json"])["judgements"] == ROWS
    assert shown["csv"].splitlines()[3] == "3,fix,aaaaaa,,2019-08-20,air_strike,,,,,,,"
