"""The faces: they say all that the record says, fit the terminal, and let nothing from an article through."""

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from chronicle import TYPES, article, event, mention, war
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.cells import cell_len

from idlib_timeline.errors import QueryError
from idlib_timeline.interval import DateInterval, parse_edtf
from idlib_timeline.model import Clock, Dispute, Event, Figure, Judgement, Place
from idlib_timeline.render import Look, chronology, explanation, format_named, format_of_file, listing, publications
from idlib_timeline.render.layout import measure, wrap
from idlib_timeline.render.listings import ACTORS, CONFLICTS, DATES, PLACES, SOURCES
from idlib_timeline.render.markdown import escaped
from idlib_timeline.render.words import by_period, clean, date_words, event_date, figure, period
from idlib_timeline.serial import Record, event_record
from idlib_timeline.store import Store

SOURCE = {"a.txt": {"file": "a.txt", "title": "Market bombed", "outlet": "The Gazette", "published": "2019-08-22"}}


def in_order(events: Sequence[Event]) -> list[Record]:
    return [event_record(one) for one in sorted(events, key=lambda one: (*one.date.sort_key, one.id))]


@pytest.fixture
def records() -> list[Record]:
    return in_order(war()[1])


def show(records: Sequence[Record], form: str, width: int = 100, colour: bool = False) -> str:
    return "".join(chronology(records, form, SOURCE, Look(width, colour, TYPES)))


def made(title: str, file: str = "a.txt", **more: Any) -> Record:
    """An event whose title is any text at all."""
    source = article(file, "Something happened here.")
    return event_record(event(mention(source, "Something happened here.", "2019-08-20", title=title, **more)))


# --- dates as people write them -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "approximate", "words"),
    [
        ("2020-01-12", False, "12 Jan 2020"),
        ("2019-08", True, "c. Aug 2019"),
        ("2019-08~", False, "c. Aug 2019"),
        ("2011", False, "2011"),
        ("2019-08-19/2019-08-25", False, "19–25 Aug 2019"),
        ("2019-04-29/2019-05-03", False, "29 Apr – 3 May 2019"),
        ("2018-12-30/2019-01-02", False, "30 Dec 2018 – 2 Jan 2019"),
        ("2019-06/2019-08", False, "Jun–Aug 2019"),
        ("2018-12/2019-02", False, "Dec 2018 – Feb 2019"),
        ("2011/2013", False, "2011–2013"),
        ("2018-10-15/..", False, "from 15 Oct 2018"),
        ("../2019-08-20", False, "by 20 Aug 2019"),
        ("2018-10-15~/..", False, "from c. 15 Oct 2018"),
        ("XXXX-01-12", False, "12 Jan, year unknown"),
        ("XXXX-01", False, "Jan, year unknown"),
        ("199X", False, "1990s"),
        ("2019-XX-12", False, "2019-XX-12"),
        ("", False, "date unknown"),
    ],
)
def test_dates_in_words(edtf: str, approximate: bool, words: str) -> None:
    assert date_words(edtf, approximate) == words


@given(st.dates(), st.dates(), st.booleans())
def test_every_interval_has_words_with_its_years(first: Any, last: Any, approximate: bool) -> None:
    first, last = sorted((first, last))
    words = date_words(DateInterval(first, last, approximate).edtf())
    assert str(last.year) in words
    assert words.startswith("c. ") == approximate


def test_a_clock_time_stands_beside_its_day() -> None:
    assert event_date(made("x", clock=Clock(hour=6, minute=30))) == "20 Aug 2019, 06:30"
    assert event_date(made("x", clock=Clock(part="morning"))) == "20 Aug 2019, morning"


@pytest.mark.parametrize(
    ("earliest", "latest", "heading"),
    [
        ("2019-08-31", "2019-08-31", "August 2019"),
        ("2019-08-31", "2019-09-02", "August 2019"),
        ("2019-01-01", "2019-01-31", "January 2019"),
        ("2019-01-01", "2019-12-31", "2019"),
        ("2018-10-15", None, "October 2018"),
        (None, "2018-10-15", "October 2018"),
        (None, None, "Date unknown"),
    ],
)
def test_headings(earliest: str | None, latest: str | None, heading: str) -> None:
    assert period({"earliest": earliest, "latest": latest}) == heading


def test_a_year_stands_once_and_before_its_months() -> None:
    days = [("2019-01-01", "2019-01-01"), ("2019-01-01", "2019-12-31"), ("2019-01-05", "2019-01-05"), (None, None)]
    events = [{"earliest": first, "latest": last, "date": ""} for first, last in days]
    assert [heading for heading, _ in by_period(events)] == ["2019", "January 2019", "Date unknown"]
    backwards = [heading for heading, _ in by_period(events[::-1])]
    assert backwards == ["Date unknown", "January 2019", "2019"]
    assert by_period([]) == []


def test_an_event_with_a_last_day_only_stands_in_its_month_and_turns_nothing_round() -> None:
    days = [("2019-08-01", "2019-08-02"), ("2019-09-01", None), (None, "2018-01-31")]  # the contract's order
    events = [{"earliest": first, "latest": last, "date": "x"} for first, last in days]
    assert [heading for heading, _ in by_period(events)] == ["January 2018", "August 2019", "September 2019"]
    assert [heading for heading, _ in by_period(events[::-1])] == ["September 2019", "August 2019", "January 2018"]


def test_dates_of_no_year_run_through_the_year() -> None:
    dates = ["", "XXXX-12-01", "XXXX-01-12"]
    events = [{"earliest": None, "latest": None, "date": date} for date in dates]
    assert [event["date"] for event in by_period(events)[0][1]] == ["XXXX-01-12", "XXXX-12-01", ""]


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ({"low": 12}, "killed: at least 12"),
        ({"best": 400_000}, "killed: 400,000"),
        ({"low": 3, "high": 5}, "killed: 3–5"),
        ({"high": 5}, "killed: at most 5"),
        ({"low": 860, "since": "2019-04-21"}, "killed: at least 860 since 21 Apr 2019"),
        ({}, "killed: scores"),
    ],
)
def test_figures_in_words(bounds: dict[str, Any], words: str) -> None:
    record = {"kind": "killed", "low": None, "best": None, "high": None, "text": "scores", "since": None}
    assert figure({**record, **bounds}) == words


# --- nothing from an article is active ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("a\x1b[31mred\x1b[0m", "ared"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b]8;;http://x\x1b\\link", "alink"),
        ("a\x9b31mred", "ared"),
        ("a\x1bcb", "ab"),
        ("one\r\ntwo\tthree\u2028four\x85five", "one two three four five"),
        ("safe\u202etxt.exe\u2066", "safetxt.exe"),
        ("\ufeffa\u200bb\xadc\x00d\x7fe", "abcde"),
        ("می\u200cروم", "می\u200cروم"),
        ("half \ud800", "half \ufffd"),
        ("  plain  ", "plain"),
    ],
)
def test_clean(raw: str, safe: str) -> None:
    assert clean(raw) == safe


@given(st.text())
def test_clean_text_is_one_printable_line(text: str) -> None:
    shown = clean(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert clean(shown) == shown


ATTACKS = [
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "1) item",
    "> quote",
    "    code",
    "```\ncode",
    "~~~",
    "***",
    "===",
    "---",
    "| a | b |",
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "<!-- gone",
    "&lt;b&gt; &#60;",
    "[link](http://example.org)",
    "[1]: http://example.org",
    "![image](http://example.org/x.png)",
    "<http://example.org>",
    "see http://example.org/a_b_c and www.example.org or a@example.org",
    "mailto:a@example.org",
    "*em* **strong** _em_ __strong__ `code` ~~gone~~",
    "\\*not\\* \\",
    "a  \nb",
    "$x$ ^note^ [^1] ~sub~",
    "\x1b[31m\u202e<i>",
]


def tokens(text: str) -> list[Token]:
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": True, "breaks": True})
    found = []
    for token in parser.parse(text):
        found += [token, *(token.children or [])]
    return found


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_an_article_says_shows_in_markdown_as_it_is(attack: str) -> None:
    assert "".join(token.content for token in tokens(escaped(attack)) if token.type == "text") == clean(attack)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_article_can_break_a_markdown_chronology(attack: str) -> None:
    place = Place(attack, "town", "NX")
    source = article(attack, "Something happened here.")
    told = mention(source, "Something happened here.", "2019-08-20", title=attack, places=[place])
    dispute = Dispute("place", ((attack, (attack,)), ("elsewhere", (attack,))))
    sources = {attack: {"file": attack, "title": attack, "outlet": attack, "published": "2019-08-20"}}
    text = "".join(chronology([event_record(event(told, disputed=[dispute]))], "markdown", sources, Look()))
    found = tokens(text)
    kinds = [token.type for token in found if token.type not in ("text", "softbreak")]
    line = ["list_item_open", "paragraph_open", "inline"]
    end = ["paragraph_close", "list_item_close"]
    head = ["heading_open", "inline", "heading_close"]
    assert kinds == [
        *head, "bullet_list_open", *line, "strong_open", "strong_close", "em_open", "em_close", *end,
        "bullet_list_close", *head, "ordered_list_open", *line, *end, "ordered_list_close",
    ]  # fmt: skip
    assert clean(attack) in "".join(token.content for token in found if token.type == "text")


@given(st.text(alphabet="\\`*_{}[]()<>#+-.!|~$&;:/@^=\"' \n\t1aw", max_size=30))
def test_any_text_shows_in_markdown_as_it_is(text: str) -> None:
    found = tokens(f"- {escaped(text)} end")
    assert {token.type for token in found} <= {
        "bullet_list_open", "list_item_open", "paragraph_open", "inline", "text", "paragraph_close", "list_item_close",
        "bullet_list_close",
    }  # fmt: skip
    shown = "".join(token.content for token in found if token.type == "text")
    assert shown == f"{clean(text)} end".lstrip()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\u200b=", "\x1b[1m=", "\uff1d"])
def test_a_spreadsheet_runs_nothing(start: str) -> None:
    title = f'{start}HYPERLINK("http://example.org","x")'
    (row,) = csv.DictReader(io.StringIO(show([made(title, file=f"{start}cmd.txt")], "csv")))
    assert row["title"] == "'" + clean(title)
    assert row["files"] == "'" + clean(f"{start}cmd.txt")


def test_numbers_of_ours_stay_numbers() -> None:
    (row,) = csv.DictReader(io.StringIO(show([made("x", places=[Place("Ys", "town", "NX", "", -3.5, -0.25)])], "csv")))
    assert (row["lat"], row["lon"], row["sources"]) == ("-3.5", "-0.25", "1")


@pytest.mark.parametrize("form", ["table", "markdown", "csv"])
@pytest.mark.parametrize("colour", [False, True])
def test_no_terminal_sequence_of_an_article_gets_through(form: str, colour: bool) -> None:
    evil = "\x1b[2J\x1b]0;owned\x07\u202e\x9b1mbang"
    place = Place(evil, "town", "NX", evil)
    source = article(evil, "Something happened here.")
    told = mention(
        source, "Something happened here.", "2019-08-20", evil, "planned", [evil], [evil], [place],
        [Figure("killed", evil)], title=evil,
    )  # fmt: skip
    record = event_record(event(told, disputed=[Dispute(evil, ((evil, (evil,)),))], joined=[evil]))
    pages = [show([record], form, width, colour) for width in (60, 100, 200)]
    more = {"joined": [evil], "mentions": [{**dict.fromkeys(MENTION, evil), "steps": [evil], "conflicts": [evil]}]}
    for number in ("start", "end"):
        more["mentions"][0][number] = 1  # type: ignore[index]
    more["mentions"][0]["published"] = None  # type: ignore[index]
    pair = {"mention": evil, "with": evil, "score": 1.0, "forbidden": 1, "features": [
        {"feature": "dates", "score": None, "why": evil}
    ]}  # fmt: skip
    more |= {
        "pairs": [pair], "enough": 4.0, "related": [{"id": evil, "how": "denies", "why": evil}],
        "apart": {**dict.fromkeys(("id", "type", "title", "why"), evil), "date": "2019", **pair},
    }  # fmt: skip
    pages.append("".join(explanation({**record, **more}, "text", Look(80, colour))))
    row = {"field": evil, "values": [{"value": evil, "files": [evil], "outlets": [evil]}]}
    rows = [{"events": [evil], **{name: record[name] for name in ("date", "earliest", "time", "approximate")}, **row}]
    rows[0] |= {"type": evil, "title": evil}
    pages += ["".join(listing(CONFLICTS, rows, face, Look(80, colour))) for face in ("table", "markdown", "csv")]
    for page in pages:
        ours = re.sub("\x1b\\[[0-9;]*m", "", page)  # colours
        assert "bang" in ours
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", ours)


MENTION = (
    "id", "file", "sentence", "trigger", "event_rule", "date", "expression", "anchor", "rule", "attribution", "method",
    "publication", "outlet", "article",
)  # fmt: skip


# --- each face ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "markdown", "table"])
def test_nothing_is_an_empty_result(form: str) -> None:
    header = show([], "csv")
    wanted = {"json": '{"schema": 1, "events": []}\n', "jsonl": "", "csv": header, "markdown": "", "table": ""}
    assert show([], form) == wanted[form]
    assert header.startswith("id,date,earliest,latest,")
    assert header.count("\n") == 1


def test_json_and_jsonl_are_the_records(records: list[Record]) -> None:
    assert json.loads(show(records, "json")) == {"schema": 1, "events": records}
    assert [json.loads(line) for line in show(records, "jsonl").splitlines()] == records


def test_csv_has_a_row_for_each_event(records: list[Record]) -> None:
    rows = list(csv.DictReader(io.StringIO(show(records, "csv"))))
    assert [row["id"] for row in rows] == [record["id"] for record in records]
    strike = next(row for row in rows if row["sources"] == "2")
    assert strike["actors"] == "Norland; Red League"
    assert strike["files"] == "a.txt; b/second.txt"
    assert strike["figures"] == "killed: at least 12"
    assert strike["disputed"] == "killed: at least 12 / 15"
    assert (strike["lat"], strike["approximate"], strike["utc"]) == ("12.75", "false", "")


def test_markdown_to_the_letter(records: list[Record]) -> None:
    year, left, strike, denied, halt, *unknown = records
    assert show([left, strike, denied, halt], "markdown") == (
        "## July 2019\n\n"
        "- **c. 24 Jul – 20 Aug 2019** — Thousands left Marn in recent weeks (Marn) [1]\n\n"
        "## August 2019\n\n"
        "- **20 Aug 2019, 06:00** — Norland jets bombed the market of Tollen on Tuesday, killing at least 12 people"
        " (Tollen) [1][2] *The sources disagree on killed:* at least 12 [1]; 15 [2].\n"
        "- **21 Aug 2019** — *denied:* The Red League denied that it had shelled Pell (Pell) [1]\n\n"
        "## September 2019\n\n"
        "- **From 1 Sep 2019** — *planned:* Norland and Suda will halt fire from September 1 [1]\n\n"
        "## Sources\n\n"
        "1. The Gazette, 22 Aug 2019, a.txt — “Market bombed”\n"
        "2. date unknown, b/second.txt\n"
    )
    assert "## 2011\n\n- **2011** — *background:* The war" in show([year], "markdown")
    last = show(unknown, "markdown")
    assert last.startswith("## Date unknown\n\n")
    assert "- **12 Jan, year unknown** — " in last


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("width", [40, 60, 80, 84, 100, 127, 128, 200, 300])
def test_the_table_fits_the_terminal_and_loses_nothing(records: list[Record], width: int, colour: bool) -> None:
    page = show(records, "table", width, colour)
    plain = re.sub("\x1b\\[[0-9;]*m", "", page)
    assert (plain != page) == colour
    lines = plain.splitlines()
    assert max(map(cell_len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)
    words = set(plain.replace("·", " ").split())
    for record in records:
        assert set(record["title"].split()) <= words
        assert record["id"][:6] in words
        assert {word for name in record["actors"] for word in name.split()} <= {word.rstrip(",") for word in words}
    for sign in ("[planned]", "[denied]", "[hypothetical]", "[background]", "c.", "≠"):
        assert sign in words


def test_a_table_of_wide_and_endless_words_fits_too() -> None:
    record = made("停火协议" * 30 + " " + "x" * 300, who=["ب" * 90], places=[Place("長" * 40, "town", "NX")])
    for width in (60, 100, 160):
        assert max(map(cell_len, show([record], "table", width).splitlines())) <= width


def test_kinds_of_event_differ_in_colour_and_in_words() -> None:
    strike, ceasefire = made("x"), {**made("y"), "type": "ceasefire"}
    page = show([strike, ceasefire], "table", 100, True)
    assert "\x1b[31mair strike\x1b[0m" in page
    assert "\x1b[32mceasefire\x1b[0m" in page


@given(
    st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf"])), st.just(""))), st.integers(4, 40)
)
def test_wrapping_keeps_every_letter_and_no_line_too_wide(spans: list[tuple[str, str]], width: int) -> None:
    lines = wrap(spans, width)
    assert all(line and measure(line) <= width for line in lines)
    kept = "".join(text for line in lines for text, _ in line)
    assert kept.replace(" ", "") == "".join(text for text, _ in spans).replace(" ", "")


def test_formats_have_names_and_endings() -> None:
    assert format_named("MD") == "markdown"
    assert format_of_file("out/chronology.JSONL") == "jsonl"
    with pytest.raises(
        QueryError, match="--format: no format is called 'pdf'; choose from table, markdown, json, jsonl, csv"
    ):
        format_named("pdf")
    with pytest.raises(QueryError, match=r"chronology\.doc: its ending names no format"):
        format_of_file("chronology.doc")


def test_explanation_replays_every_step(tmp_path: Any) -> None:
    readings, events = war()
    with Store.open(tmp_path / "war.db", create=True) as store, store.transaction():
        for one in readings:
            store.put(one, "/news", "")
        store.replace_events(events)
        told = store.explain(events[0].id)
    page = " ".join("".join(explanation(told, "text", Look(100, False, TYPES))).split())
    for part in (
        events[0].id,
        "20 Aug 2019, 06:00 (2019-08-20, precision: minute)",
        "air strike (violence)",
        "killed: at least 12 (a.txt); 15 (b/second.txt)",
        "[1] a.txt, The Gazette, 0-80",
        "“Norland jets bombed the market of Tollen on Tuesday, killing at least 12 people.”",
        "said by Marn Observatory",
        "“on Tuesday”, counted from the publication date, rule weekday",
        "steps 1. the article appeared on 2019-08-22 2. so the date is 2019-08-20",
        "22 Aug 2019; context: publications.csv says so but: its name says 2018-01-01",
        "[2] b/second.txt",
        "unknown; none: nothing in the file says when",
        "Why these are one event both tell of an air strike in Tollen on the same day",
    ):
        assert part in page
    assert json.loads("".join(explanation(told, "json", Look()))) == told


# --- how a publication date is known ------------------------------------------------------------------------

CHAIN = [
    {"date": "2019-08-01/2019-09-15", "method": "text", "evidence": "the text allows only 2019-08-01/2019-09-15: a; b",
     "reasons": ["a", "b"]},
    {"date": "2019-08-20", "method": "corpus", "evidence": "other articles allow only 2019-08-20: c", "reasons": ["c"]},
]  # fmt: skip
EXPLAINED = {
    "file": "b/it's 2.txt", "title": "A title", "outlet": "", "published": "2019-08-20", "earliest": "2019-08-20",
    "latest": "2019-08-20", "method": "corpus", "evidence": "x", "sha256": "0" * 64, "events": 3,
    "certainty": "inferred", "author": "", "language": "en", "url": "", "same_as": "a.txt", "conflicts": [],
    "place": "Pell", "timezone": "", "chain": CHAIN, "possible": ["2019-08-01/2019-09-15"],
    "repeated_by": ["y.txt", "z.txt"],
}  # fmt: skip


def explained(width: int = 100, **more: Any) -> str:
    """The page about an article on one line."""
    return " ".join("".join(explanation({**EXPLAINED, **more}, "text", Look(width))).split())


def said(date: str, method: str, evidence: str = "it says so") -> Record:
    return {"date": date, "method": method, "evidence": evidence, "reasons": []}


def test_an_inferred_date_is_told_step_by_step() -> None:
    page = explained()
    for part in (
        "b/it's 2.txt title A title place Pell language en published 20 Aug 2019 (2019-08-20)",
        "how sure inferred from other articles; nothing states it",
        """3 events: `timeline show --all --source 'b/it'"'"'s 2.txt'`""",
        "1 context file says nothing 2 metadata says nothing 3 saved URL says nothing 4 file name says nothing",
        "6 the text agrees, less exactly: the text allows only 1 Aug – 15 Sep 2019 – a – b",
        "7 other articles decides: other articles allow only 2019-08-20 – c",
        "(it agrees with what comes before it, and is more exact) 8 --published not given",
        "The same text elsewhere repeats a.txt repeated by y.txt z.txt They count as one source, and are all cited.",
        "What is missing The day is inferred; a person who knows the day should say it.",
        "file,published b/it's 2.txt,YYYY-MM-DD `timeline sources --missing -f csv` prints",
    ):
        assert part in page, page
    assert "contradicts" not in page
    assert json.loads("".join(explanation(EXPLAINED, "json", Look()))) == EXPLAINED


def test_a_sure_date_is_told_with_what_contradicts_it() -> None:
    chain = [said("2019-08-20", "metadata"), said("2019-08-20", "metadata"), said("2019-08-20", "url", "it agrees"),
             said("2018", "printed", "a footer says 2018")]  # fmt: skip
    sure = {"chain": chain, "certainty": "sure", "method": "metadata", "possible": [], "same_as": None}
    page = explained(**sure, conflicts=["a footer says 2018, but it says so"], repeated_by=[], events=0)
    assert (
        "2 metadata decides: it says so (the first of these that speaks decides) 3 saved URL agrees: it agrees" in page
    )
    assert "5 printed date contradicts: a footer says 2018 6 the text not asked: the day is known" in page
    assert "What contradicts it a footer says 2018, but it says so" in page
    assert "tells 0 events What was asked" in page
    assert "What is missing" not in page
    assert "The same text" not in page


def test_findings_that_date_an_article_together_all_decide() -> None:
    chain = [said("2019-08", "url"), said("2019-08-20/2019-09-09", "text"), said("2019", "option")]
    more = {"published": "2019-08-20/2019-08-31", "latest": "2019-08-31", "method": "text", "certainty": "inferred"}
    page = explained(chain=chain, **more)
    assert page.count("decides, with others: it says so") == 2
    assert page.count("(these are the days that all of them allow)") == 1
    assert "8 --published agrees, less exactly" in page
    assert "The time is inferred" in page


def test_what_decides_without_a_finding_of_its_own_is_told() -> None:
    two = said("2009-08-10/2009-10-08", "printed", "the line '10/08/2009' can mean 2009-08-10 or 2009-10-08")
    evidence = "the line '10/08/2009' can mean 2009-08-10 or 2009-10-08, and the text allows only 2009-10-08 of it"
    more = {"published": "2009-10-08", "earliest": "2009-10-08", "latest": "2009-10-08", "method": "text"}
    page = explained(chain=[two], evidence=evidence, **more)
    assert f"5 printed date decides, with others: {two['evidence']} ({evidence})" in page


def test_what_counts_for_more_than_what_was_asked_before_it_is_told() -> None:
    chain = [said("2019-08-20", "printed"), said("2021", "metadata")]
    page = explained(chain=chain, certainty="sure", method="printed", possible=[])
    assert "2 metadata contradicts" in page
    assert "5 printed date decides: it says so (it counts for more than what is said above)" in page


def test_an_unknown_date_says_what_the_text_leaves_open_and_how_to_supply_it() -> None:
    unknown = {"published": None, "earliest": None, "latest": None, "method": "none", "certainty": "unknown"}
    open_ = ["2019-08-26/2019-08-31", "2024-08-26/2024-08-31", "2030-08-26", "2041-08-26", "2047-08-26"]
    page = explained(**unknown, chain=[], possible=open_)
    assert "published unknown how sure unknown" in page
    assert "it allows these: 26–31 Aug 2019, 26–31 Aug 2024, 26 Aug 2030 and 2 more such times" in page
    assert "What is missing Nothing says when it appeared." in page
    assert "says nothing that bounds it" in explained(**unknown, chain=[], possible=[""])
    assert "it allows these: from 26 Aug 2019 7" in explained(**unknown, chain=[], possible=["2019-08-26/.."])
    undated = explained(**unknown, chain=[{**CHAIN[0], "date": ""}], possible=[])
    assert "gives no date: the text allows only 2019-08-01/2019-09-15 – a – b" in undated


def test_a_sure_interval_lacks_its_day() -> None:
    page = explained(published="2019-08", latest="2019-08-31", method="context", certainty="sure",
                     chain=[said("2019-08", "context"), said("2019-08-20", "metadata")])  # fmt: skip
    assert "1 context file decides" in page
    assert "2 metadata agrees: it says so" in page
    assert "The day is not known more closely." in page


@pytest.mark.parametrize("width", [40, 60, 100, 200])
def test_a_page_about_an_article_is_safe_and_fits(width: int) -> None:
    evil = "\x1b[2J\x1b]0;owned\x07\u202e\x9b1mbang " * 9
    texts = ("file", "title", "outlet", "author", "language", "url", "place", "same_as")
    chain = [{**CHAIN[0], "evidence": evil, "reasons": [evil]}]
    record = {**EXPLAINED, **dict.fromkeys(texts, evil), "chain": chain, "conflicts": [evil], "repeated_by": [evil]}
    for colour in (False, True):
        page = "".join(explanation(record, "text", Look(width, colour)))
        ours = re.sub("\x1b\\[[0-9;]*m", "", page)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", ours)
        assert max(map(cell_len, ours.splitlines())) <= max(width, 50)
        assert (ours != page) == colour


def test_an_event_says_that_a_publication_is_inferred(tmp_path: Any) -> None:
    readings, events = war()
    with Store.open(tmp_path / "war.db", create=True) as store, store.transaction():
        for one in readings:
            dated = replace(one.publication, date=parse_edtf("2019-08-22"), method="text", evidence="it tells of a day")
            store.put(replace(one, publication=dated), "/news", "")
        store.replace_events(events)
        page = " ".join("".join(explanation(store.explain(events[0].id), "text", Look())).split())
    assert "published 22 Aug 2019; inferred from the text: it tells of a day" in page


# --- reprints -----------------------------------------------------------------------------------------------


def test_a_reprint_is_cited_and_counted_apart(records: list[Record]) -> None:
    strike = next(record for record in records if len(record["evidence"]) == 2)
    others = {"b/second.txt": "a.txt"}
    for width, counted_as in ((60, "1 source (+1 reprint)"), (100, "  1  "), (200, "  1  ")):
        page = "".join(chronology([strike], "table", {}, Look(width, False, TYPES), others)).replace("\u00a0", " ")
        assert counted_as in page
        assert "+1" in page
        assert "a reprint, of the same text as another source" in " ".join(page.split())
        assert "reprint" not in show([strike], "table", width)
    (row,) = csv.DictReader(io.StringIO("".join(chronology([strike], "csv", {}, Look(), others))))
    assert (row["sources"], row["files"]) == ("1", "a.txt; b/second.txt")
    sources = {**SOURCE, "b/second.txt": {"file": "b/second.txt", "outlet": "Mirror", "same_as": "a.txt"}}
    text = "".join(chronology([strike], "markdown", sources, Look(), others))
    assert "(Tollen) [1][2]" in text
    assert "2. Mirror, date unknown, b/second.txt (same text as [1])\n" in text
    alone = {**strike, "evidence": strike["evidence"][1:], "disputed": []}
    sources["b/second.txt"]["same_as"] = "<a>.txt"
    assert "(same text as \\<a\\>.txt)" in "".join(chronology([alone], "markdown", sources, Look(), others))


# --- listings ---------------------------------------------------------------------------------------------

ROW = {
    "file": "a|b.txt", "title": "# Title", "outlet": "=Outlet", "published": None, "earliest": None, "latest": None,
    "method": "file_name", "evidence": "its name holds no year", "sha256": "0" * 64, "events": 1200,
    "certainty": "unknown", "author": "@author", "language": "en", "url": "http://example.org/a", "same_as": None,
    "conflicts": ["the text says 2018, but its name holds no year"], "place": "", "timezone": "",
}  # fmt: skip
DATED = {
    **ROW, "published": "2019-08-22", "earliest": "2019-08-22", "latest": "2019-08-22", "certainty": "sure",
}  # fmt: skip
SPAN = {**DATED, "published": "2019-08", "earliest": "2019-08-01", "latest": "2019-08-31"}
INFERRED = {**DATED, "certainty": "inferred", "method": "corpus"}


def test_sources_say_what_is_missing_and_how_to_supply_it() -> None:
    page = " ".join("".join(listing(SOURCES, [ROW], "table", Look(100))).split())
    for part in (
        "unknown",
        "1,200",
        "file name: its name holds no year; but: the text says 2018",
        "publications.csv",
        "--published",
    ):
        assert part in page
    dated = "".join(listing(SOURCES, [DATED], "table", Look(100)))
    assert "22 Aug 2019" in dated
    assert "--published" not in dated


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_sources_are_counted_by_how_sure_their_dates_are(form: str) -> None:
    def note(*rows: Record) -> str:
        return " ".join("".join(listing(SOURCES, rows, form, Look(100))).split()).replace("\\", "")

    assert note(DATED).endswith("1 article: 1 sure.")
    mixed = note(DATED, DATED, INFERRED, ROW)
    assert "4 articles: 2 sure, 1 inferred, 1 unknown. `timeline sources --missing -f csv > publications.csv`" in mixed
    assert "a table of the 2 articles whose day is not sure" in mixed
    assert "2 articles: 2 sure. `timeline sources --missing" in note(DATED, SPAN)  # sure, and still no day
    assert "a table of the 1 article whose day" in note(DATED, SPAN)


def test_how_sure_a_date_is_shows_in_words_and_in_colour() -> None:
    for width in (60, 100):
        page = "".join(listing(SOURCES, [DATED, INFERRED, ROW], "table", Look(width, True)))
        for painted in ("\x1b[32msure\x1b[0m", "\x1b[33minferred\x1b[0m", "\x1b[1;31munknown\x1b[0m"):
            assert painted in page
        assert "\x1b[1m22 Aug 2019\x1b[0m" in page


def test_long_evidence_is_cut_and_a_reprint_is_shown() -> None:
    row = {**INFERRED, "evidence": f"other articles allow only this: {'because ' * 60}end", "same_as": "c.txt"}
    page = " ".join("".join(listing(SOURCES, [row], "table", Look(200))).split())
    assert "because …" in page
    assert "end" not in page.split("…")[0]
    assert "`timeline explain FILE` shows how a date is known" in page
    assert "(same text as c.txt)" in "".join(listing(SOURCES, [row], "markdown", Look()))
    assert '"same_as": "c.txt"' in "".join(listing(SOURCES, [row], "jsonl", Look()))


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("b/a.txt", "b/a.txt"),
        ("two  blanks, and a comma.txt", "two  blanks, and a comma.txt"),
        ("مقال\u200f.txt", "مقال\u200f.txt"),
        ("dump.jsonl#17", "dump.jsonl#17"),
        ("=cmd|' /C calc'!A0.txt", "./=cmd|' /C calc'!A0.txt"),
        ("+1.txt", "./+1.txt"),
        ("-1.txt", "./-1.txt"),
        ("@a.txt", "./@a.txt"),
        ("＝a.txt", "./＝a.txt"),
        (" =a.txt", "./=a.txt"),
        ("\t=a.txt", "./=a.txt"),
        ("\x1b]0;owned\x07a.txt", "a.txt"),
    ],
)
def test_a_context_file_to_fill_in_is_safe_and_names_the_file(file: str, written: str) -> None:
    row = {**ROW, "file": file, "place": "Pell", "timezone": "Asia/Beirut", "url": "\x1b[2J@url"}
    text = "".join(publications([row]))
    assert text.startswith("file,published,outlet,place,timezone,url\n")
    (found,) = csv.DictReader(io.StringIO(text))
    assert found == {
        "file": written, "published": "", "outlet": "'=Outlet", "place": "Pell", "timezone": "Asia/Beirut",
        "url": "'@url",
    }  # fmt: skip
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


def test_what_is_inferred_is_left_for_a_person_to_confirm() -> None:
    rows = csv.DictReader(io.StringIO("".join(publications([INFERRED, SPAN, ROW]))))
    assert [row["published"] for row in rows] == ["", "", ""]


def test_listings_as_the_contract_has_them() -> None:
    (record,) = map(json.loads, listing(SOURCES, [ROW], "jsonl", Look()))
    assert list(record) == [
        "file", "title", "outlet", "published", "earliest", "latest", "method", "evidence", "sha256", "events",
        "certainty", "author", "language", "url", "same_as", "conflicts",
    ]  # fmt: skip
    assert DATES.fields == (
        "file", "start", "end", "text", "type", "value", "mod", "earliest", "latest", "anchor", "rule",
    )  # fmt: skip
    assert json.loads("".join(listing(SOURCES, [], "json", Look()))) == {"schema": 1, "sources": []}
    assert json.loads("".join(listing(SOURCES, [ROW, ROW], "json", Look()))) == {"schema": 1, "sources": [record] * 2}


def test_listings_are_safe_and_fit() -> None:
    (row,) = csv.DictReader(io.StringIO("".join(listing(SOURCES, [ROW], "csv", Look()))))
    assert row["outlet"] == "'=Outlet"
    found = tokens("".join(listing(SOURCES, [ROW], "markdown", Look())))
    assert sum(token.type == "td_open" for token in found) == 6
    assert {"heading_open", "link_open", "html_inline"}.isdisjoint(token.type for token in found)
    for kind, rows in ((SOURCES, [ROW]), (ACTORS, NAMES), (PLACES, NAMES), (DATES, TIMES)):
        assert "".join(listing(kind, [], "table", Look())) == ""
        assert "".join(listing(kind, [], "markdown", Look())) == ""
        for width in (40, 60, 100, 200):
            page = "".join(listing(kind, rows, "table", Look(width)))
            assert max(map(cell_len, page.splitlines())) <= width


NAMES = [
    {
        "name": "Norland", "country": "NX", "admin1": None, "lat": 1.5, "lon": -2.5, "geonameid": 7, "mentions": 1234,
        "events": 2, "spellings": {"Norland": 1200, "Norlanders": 34},
    }
]  # fmt: skip
TIMES = [
    {
        "file": "a.txt", "start": 10, "end": 20, "text": "last week", "type": "DATE", "value": "2019-W33", "mod": "",
        "earliest": "2019-08-12", "latest": "2019-08-18", "anchor": "publication", "rule": "last-week",
    }
]  # fmt: skip


def test_names_with_their_spellings() -> None:
    page = "".join(listing(ACTORS, NAMES, "table", Look(100)))
    assert "Norland (1,200); Norlanders (34)" in page
    (row,) = csv.DictReader(io.StringIO("".join(listing(PLACES, NAMES, "csv", Look()))))
    assert (row["lat"], row["lon"], row["spellings"]) == ("1.5", "-2.5", "Norland (1,200); Norlanders (34)")


def test_time_expressions_with_what_they_mean() -> None:
    page = "".join(listing(DATES, TIMES, "table", Look(140)))
    assert "2019-08-12 to 2019-08-18" in page
    assert "a.txt:10-20" in page


@pytest.mark.parametrize(("verb", "marked"), [("fix", True), ("merge", True), ("note", False)])
def test_what_an_analyst_decided_is_marked(verb: str, marked: bool) -> None:
    record = event_record(replace(war()[1][0], judgements=(Judgement(verb, "1b1294d56d", text="See the annex."),)))
    assert ("[judged] Norland jets" in " ".join(show([record], "table", 200).split())) == marked
    assert ("*judged by an analyst:* Norland jets" in show([record], "markdown")) == marked
