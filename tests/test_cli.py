"""The command line: options, exit codes, what goes to stdout and what to stderr."""

import csv
import io
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from chronicle import SPELLINGS, TYPES, article, war
from markdown_it import MarkdownIt
from typer.main import get_command
from typer.testing import CliRunner, Result

import idlib_timeline
from idlib_timeline import render
from idlib_timeline.cli import app
from idlib_timeline.context import load_context
from idlib_timeline.errors import InputError
from idlib_timeline.interval import UNKNOWN, day, parse_edtf
from idlib_timeline.model import TimeExpression
from idlib_timeline.names import fold
from idlib_timeline.render.listings import ACTORS, CONFLICTS, DATES, JUDGEMENTS, PLACES, SOURCES
from idlib_timeline.serial import event_record
from idlib_timeline.store import Store

COMMANDS = (
    "build", "show", "conflicts", "explain", "diff", "merge", "split", "fix", "hide", "note", "undo", "judgements",
    "sources", "dates", "actors", "places",
)  # fmt: skip


def fill(path: Path) -> None:
    readings, events = war()
    with Store.open(path, create=True) as store, store.transaction():
        for one in readings:
            store.put(one, "/news", "")
        spellings = [(kind, fold(spelling), name) for kind, spelling, name in SPELLINGS]
        store.replace_events(events, spellings, TYPES)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and none of the caller's settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("TIMELINE_STORE", "TIMELINE_FORMAT", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def built(here: Path) -> Path:
    fill(here / "timeline.db")
    return here


def run(*arguments: str, **more: Any) -> Result:
    return CliRunner().invoke(app, list(arguments), **more)


def titles(*arguments: str) -> list[str]:
    answer = run("show", "-f", "jsonl", *arguments)
    assert answer.exit_code == 0, answer.stderr
    return [json.loads(line)["title"] for line in answer.stdout.splitlines()]


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A pipeline that reads nothing: `calls` holds what it was asked, `summary` what it answers."""
    summary = SimpleNamespace(
        read=2, unchanged=1, gone=0, skipped=(), warnings=(), articles=3, undated=1, events=6, background=1,
        faults=("judgement 2, hide of 3fa9c10b2d: no mention is called 3fa9c10b2d",),
    )  # fmt: skip
    fake = SimpleNamespace(calls=[], summary=summary, tagged=[], fails=None)

    def build(paths: list[str], store: Store, **options: Any) -> SimpleNamespace:
        fake.calls.append((list(paths), options))
        if fake.fails:
            raise fake.fails
        readings, events = war()
        with store.transaction():
            for one in readings:
                store.put(one, "/news", "")
            store.replace_events(events, [], TYPES)
        return fake.summary

    def tag(paths: list[str], **options: Any) -> Iterator[Any]:
        fake.calls.append((list(paths), options))
        yield from fake.tagged

    fake.build, fake.tag = build, tag
    monkeypatch.setitem(sys.modules, "idlib_timeline.pipeline", fake)
    monkeypatch.setattr(idlib_timeline, "pipeline", fake, raising=False)
    return fake


# --- help and usage -----------------------------------------------------------------------------------


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_examples(here: Path, command: str, flag: str) -> None:
    answer = run(*command.split(), flag)
    assert answer.exit_code == 0
    assert f"Examples\n timeline {command}".rstrip() in "\n".join(line.rstrip() for line in answer.stdout.splitlines())


def test_version(here: Path) -> None:
    answer = run("--version")
    assert (answer.exit_code, answer.stdout) == (0, f"timeline {idlib_timeline.__version__}\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["shwo"], "shwo"),
        (["show", "--nonsense"], "--nonsense"),
        (["show", "-n", "many"], "many"),
        (["build"], "PATH"),
        (["explain"], "EVENT"),
        (["--color", "sometimes", "show"], "sometimes"),
        (["dates", "--style", "poem", "a.txt"], "poem"),
        (["show", "-f", "pdf"], "choose from table, markdown, json, jsonl, csv"),
        (["show", "-o", "war.doc"], "war.doc: its ending names no format"),
        (["show", "--since", "yesterday"], "--since: 'yesterday' is not a date"),
        (["show", "--until", "XXXX-01-12"], "--until: 'XXXX-01-12' is not a date"),
        (["show", "--type", "party"], "no event type is called 'party'"),
        (["show", "--status", "maybe"], "choose from happened, planned, hypothetical, denied"),
        (["explain", "zzzz"], "no event has the id 'zzzz', and no article a name that ends so"),
        (["explain", "a", "-f", "pdf"], "choose from text, json"),
        (["build", "--published", "soon", "a.txt"], "--published: 'soon' is not a date"),
        (["build", "-j", "0", "a.txt"], "0"),
    ],
)
def test_what_cannot_be_meant_exits_2_and_says_why(built: Path, arguments: list[str], said: str) -> None:
    answer = run(*arguments)
    assert answer.exit_code == 2
    assert said in " ".join(answer.stderr.replace("│", " ").split())
    assert answer.stdout == ""


@pytest.mark.parametrize("command", ["show", "explain x", "sources", "actors", "places"])
def test_without_a_store_the_remedy_is_named(here: Path, command: str) -> None:
    answer = run(*command.split())
    assert answer.exit_code == 2
    assert answer.stderr == (
        "timeline: timeline.db: there is no store yet; run `timeline build PATH` first, or name one with --store\n"
    )
    assert list(here.iterdir()) == []


# --- the store's name -----------------------------------------------------------------------------------


def test_the_store_is_named_before_or_after_the_command_or_by_the_environment(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(here / "war.db")
    assert run("--store", "war.db", "sources").exit_code == 0
    assert run("sources", "--store", "war.db").exit_code == 0
    assert run("--store", "no.db", "sources", "--store", "war.db").exit_code == 0  # the later one is nearer
    assert run("--store", "war.db", "sources", "--store", "no.db").exit_code == 2
    monkeypatch.setenv("TIMELINE_STORE", "war.db")
    assert run("sources").exit_code == 0
    assert run("sources", "--store", "no.db").exit_code == 2


# --- show -----------------------------------------------------------------------------------------------

STRIKE = "Norland jets bombed the market of Tollen on Tuesday, killing at least 12 people"
DENIED = "The Red League denied that it had shelled Pell"
HALT = "Norland and Suda will halt fire from September 1"
LEFT = "Thousands left Marn in recent weeks"
LONG = "The war has gone on since the spring of 2011"


def test_show_filters(built: Path) -> None:
    assert titles("--limit", "3") == [LEFT, STRIKE, DENIED]
    assert (
        titles("--actor", "Norland") == titles("--actor", "norlanders") == titles("--actor", "TOLLEN") == [STRIKE, HALT]
    )
    assert titles("--actor", "Norland", "--actor", "suda") == [HALT]
    assert titles("--place", "Marn") == [LEFT, STRIKE]
    assert titles("--place", "Pell", "--place", "Tollen") == [STRIKE, DENIED]
    assert titles("--type", "ceasefire") == titles("--type", "diplomacy") == [HALT]
    assert titles("--status", "planned", "--status", "denied") == [DENIED, HALT]
    assert titles("--since", "2019-08", "--until", "2019-08-19/2019-08-20") == [LEFT, STRIKE]
    assert titles("--min-sources", "2") == [STRIKE]
    assert titles("--source", "second", "--search", "dead") == [STRIKE]
    assert titles("--all", "-n", "1") == [LONG]
    assert titles("--reverse")[2:] == [HALT, DENIED, STRIKE, LEFT]


@pytest.mark.parametrize(
    ("form", "empty"), [("json", '{"schema": 1, "events": []}\n'), ("jsonl", ""), ("markdown", ""), ("table", "")]
)
def test_a_filter_that_matches_nothing(built: Path, form: str, empty: str) -> None:
    answer = run("show", "--search", "zeppelin", "-f", form)
    assert (answer.exit_code, answer.stdout) == (0, empty)
    assert "timeline: no event matches" in answer.stderr
    assert run("show", "--search", "zeppelin", "-f", form, "-q").stderr == ""


def test_an_unknown_name_matches_nothing_and_is_said_to_be_unknown(built: Path) -> None:
    answer = run("show", "--actor", "Atlantis", "-f", "csv")
    assert answer.exit_code == 0
    assert list(csv.DictReader(io.StringIO(answer.stdout))) == []
    assert answer.stdout.startswith("id,date,")
    assert "knows no actor called 'Atlantis'; `timeline actors` lists those it knows" in answer.stderr
    assert "timeline: no event matches" in answer.stderr


def test_the_format_is_chosen_by_option_then_ending_then_environment_then_terminal(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("show").stdout.startswith("## July 2019")  # a pipe
    assert run("show", "-f", "md").stdout == run("show").stdout
    monkeypatch.setenv("TIMELINE_FORMAT", "jsonl")
    assert run("show").stdout.startswith('{"id"')
    assert run("show", "-f", "json").stdout.startswith('{"schema": 1')
    assert run("show", "-o", "out.md").exit_code == 0
    assert (built / "out.md").read_text(encoding="utf-8").startswith("## July 2019")
    assert run("show", "-o", "out.md", "-f", "csv").exit_code == 0
    assert (built / "out.md").read_text(encoding="utf-8").startswith("id,date")
    monkeypatch.setenv("TIMELINE_FORMAT", "pdf")
    answer = run("show")
    assert (answer.exit_code, answer.stderr[:26]) == (2, "timeline: TIMELINE_FORMAT:")


def test_an_output_file_is_replaced_whole_or_not_at_all(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = built / "out.csv"
    target.write_text("before")
    target.chmod(0o640)

    def breaks(*_: Any) -> Iterator[str]:
        yield "half"
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("idlib_timeline.render.chronology", breaks)
        answer = run("show", "-o", "out.csv")
    assert answer.exit_code == 2
    assert "no space left on device" in answer.stderr
    assert target.read_text() == "before"
    assert run("show", "-o", "out.csv").exit_code == 0
    assert target.read_text().startswith("id,date")
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in built.iterdir()) == ["out.csv", "timeline.db"]
    for bad in ("no/folder/out.csv", "folder.csv"):
        (built / "folder.csv").mkdir(exist_ok=True)
        assert run("show", "-o", bad).exit_code == 2


def test_markdown_renders(built: Path) -> None:
    html = MarkdownIt("commonmark").render(run("show").stdout)
    assert html.count("<h2>") == 5
    assert html.count("<li>") == 6 + 2
    assert "<strong>21 Aug 2019</strong> — <em>denied:</em> The Red League denied" in html


def test_colour_by_option(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[31mair strike\x1b[0m" in run("show", "-f", "table", "--color", "always").stdout
    assert "\x1b[31mair strike\x1b[0m" in run("--color", "always", "show", "-f", "table").stdout
    assert "\x1b" not in run("show", "-f", "table").stdout
    assert "\x1b" not in run("show", "-f", "json", "--color", "always").stdout
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(len, run("show", "-f", "table").stdout.splitlines())) <= 60


# --- the other commands -----------------------------------------------------------------------------------


def test_explain_takes_the_beginning_of_an_id(built: Path) -> None:
    identity = war()[1][0].id
    answer = run("explain", identity[:6])
    assert answer.exit_code == 0
    assert "Told in 2 sentences of 2 articles" in answer.stdout
    assert json.loads(run("explain", identity, "-f", "json").stdout)["id"] == identity


def test_listings(built: Path) -> None:
    rows = [json.loads(line) for line in run("sources", "-f", "jsonl").stdout.splitlines()]
    assert [(row["file"], row["events"]) for row in rows] == [("a.txt", 5), ("b/second.txt", 3)]
    assert json.loads(run("actors", "-f", "json").stdout)["actors"][0]["name"] == "Red League"
    assert run("places", "-o", "places.csv").stdout == ""
    assert (built / "places.csv").read_text().splitlines()[1].startswith("Marn,NX,Marn,12.5,-3.25,11,1,2,")
    assert run("sources").stdout.startswith("| how sure | published | events |")


def test_explain_takes_an_article_too(built: Path) -> None:
    answer = run("explain", "b/second.txt")
    assert answer.exit_code == 0
    assert "1 context file" in answer.stdout
    assert json.loads(run("explain", "second.txt", "-f", "json").stdout)["file"] == "b/second.txt"
    answer = run("explain", ".txt")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "2 articles have names that end in '.txt': a.txt, b/second.txt; give more of it" in answer.stderr


def test_only_the_sources_whose_day_is_missing(built: Path) -> None:
    rows = [json.loads(line) for line in run("sources", "--missing", "-f", "jsonl").stdout.splitlines()]
    assert [row["file"] for row in rows] == ["b/second.txt"]
    assert "second.txt" in run("sources", "--missing", "-f", "table").stdout
    header = "file,published,outlet,place,timezone,url\n"
    assert run("sources", "--missing", "-f", "csv").stdout == f"{header}b/second.txt,,,,,\n"
    assert run("sources", "--missing", "-o", "to-fill-in.csv").exit_code == 0
    assert (built / "to-fill-in.csv").read_text() == f"{header}b/second.txt,,,,,\n"
    with Store.open(built / "timeline.db") as store, store.transaction():
        store.remove("/news/b/second.txt")
    answer = run("sources", "--missing", "-f", "csv")
    assert (answer.exit_code, answer.stdout) == (0, header)
    assert answer.stderr == "timeline: no article lacks its day of publication\n"
    assert run("sources", "--missing", "-q").stderr == ""


AWKWARD = (
    "=cmd.txt",
    "+1.txt",
    "-n.txt",
    "@home.txt",
    "two  blanks.txt",
    'comma, "quote".txt',
    " led.txt",
    "plain.txt",
)


@pytest.mark.parametrize("beside", [True, False])
def test_a_filled_in_table_of_what_is_missing_dates_every_article(here: Path, beside: bool) -> None:
    (here / "news" / "sub").mkdir(parents=True)
    for number, name in enumerate((*AWKWARD, "sub/other.txt")):
        (here / "news" / name).write_text(f"Nobody knows why bridge {number} fell into the river.\n")
    records = [
        {"title": f"Bridge {word}", "text": f"The bridge fell, said {word}.", "source": "@Wire"} for word in "ab"
    ]
    (here / "news" / "dump.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records))
    assert run("build", "news", "-j", "1").exit_code == 0
    table = here / ("news/publications.csv" if beside else "dates.csv")
    assert run("sources", "--missing", "-f", "csv", "-o", str(table)).exit_code == 0
    assert {row.published for row in load_context(table).values()} == {UNKNOWN}
    wanted = {*AWKWARD, "sub/other.txt", "dump.jsonl#1", "dump.jsonl#2"}
    assert set(load_context(table)) == {name.strip() for name in wanted}
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8"), newline="")))
    with table.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([rows[0], *([row[0], "2019-08-22", *row[2:]] for row in rows[1:])])
    again = run("build", "news", "-j", "1", *(() if beside else ("--context", "dates.csv")))
    assert (again.exit_code, "warning" in again.stderr, "without" in again.stderr) == (0, False, False)
    known = [json.loads(line) for line in run("sources", "-f", "jsonl").stdout.splitlines()]
    assert {row["file"] for row in known} == wanted
    assert {(row["published"], row["method"], row["certainty"]) for row in known} == {("2019-08-22", "context", "sure")}
    assert run("sources", "--missing", "-f", "jsonl").stdout == ""


def test_show_counts_a_reprint_apart(built: Path) -> None:
    with Store.open(built / "timeline.db") as store, store.transaction():
        store.voice({"b/second.txt": "a.txt"})
        store.replace_events(war()[1], [], TYPES)
    assert "a reprint" in " ".join(run("show", "-f", "table").stdout.split())
    assert "(same text as [1])" in run("show").stdout
    assert "(same text as a.txt)" in run("sources").stdout.replace("\\", "")


def test_dates_give_offsets_into_the_file(here: Path, pipeline: SimpleNamespace) -> None:
    source = article("a.txt", "They left\u00a0on Tuesday.")
    found = TimeExpression(
        13, 20, "Tuesday", "DATE", "2019-08-20", day(parse_edtf("2019-08-20").earliest), rule="weekday"
    )  # type: ignore[arg-type]
    pipeline.tagged = [(source, (found,))]
    answer = run("dates", "a.txt", "--published", "2019-08-22", "--style", "news", "--context", "c.csv", "-f", "jsonl")
    assert json.loads(answer.stdout) == {
        "file": "a.txt", "start": 13, "end": 20, "text": "Tuesday", "type": "DATE", "value": "2019-08-20", "mod": "",
        "earliest": "2019-08-20", "latest": "2019-08-20", "anchor": "publication", "rule": "weekday",
    }  # fmt: skip
    wanted = {"context": "c.csv", "published": parse_edtf("2019-08-22"), "fields": (), "style": "news"}
    assert pipeline.calls == [(["a.txt"], wanted)]
    assert not (here / "timeline.db").exists()


# --- build --------------------------------------------------------------------------------------------------


def test_build_sums_up_on_stderr(here: Path, pipeline: SimpleNamespace) -> None:
    answer = run("build", "news", "-", "-j", "3", "--context", "c.csv", "--published", "2019-08")
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert answer.stderr == (
        "timeline: judgement 2, hide of 3fa9c10b2d: no mention is called 3fa9c10b2d; it is kept, and"
        " `timeline judgements` lists it\n"
        "3 articles (2 read, 1 unchanged), 1 without a publication date (see `timeline sources`)\n"
        "6 events and 1 in the background, in timeline.db\n"
    )
    ((paths, options),) = pipeline.calls
    assert paths == ["news", "-"]
    assert options == {
        "context": "c.csv",
        "published": parse_edtf("2019-08"),
        "fields": (),
        "jobs": 3,
        "progress": None,
    }
    assert run("build", "news", "-q").stderr == ""
    assert pipeline.calls[1][1]["published"] == UNKNOWN
    assert pipeline.calls[1][1]["jobs"] >= 1
    assert run("show").exit_code == 0


def test_strict_makes_a_skipped_file_a_failure(here: Path, pipeline: SimpleNamespace) -> None:
    pipeline.summary.skipped = (("bad.txt", "bad\x1b[31m.txt: is no text"),)
    for arguments, code in (((), 0), (("--strict",), 1), (("--strict", "-q"), 1)):
        answer = run("build", "news", *arguments)
        assert answer.exit_code == code
        assert answer.stderr.startswith("timeline: skipped bad.txt: is no text\n")


def test_warnings_are_few_unless_all_are_asked_for(here: Path, pipeline: SimpleNamespace) -> None:
    pipeline.summary.warnings = tuple(f"warning {number}" for number in range(9))
    brief = run("build", "news").stderr
    assert "warning 4" in brief
    assert "warning 5" not in brief
    assert "4 more warnings; -v shows them all" in brief
    assert "warning 8" in run("build", "news", "-v").stderr
    assert "warning 8" in run("-v", "build", "news").stderr


def test_a_failed_first_build_leaves_nothing(here: Path, pipeline: SimpleNamespace) -> None:
    pipeline.fails = InputError("news: there is no such file or folder")
    answer = run("build", "news")
    assert (answer.exit_code, answer.stderr) == (2, "timeline: news: there is no such file or folder\n")
    assert list(here.iterdir()) == []


def test_an_interrupted_build_is_quiet_and_changes_nothing(built: Path, pipeline: SimpleNamespace) -> None:
    before = run("show").stdout
    pipeline.fails = KeyboardInterrupt()
    answer = run("build", "news")
    assert (answer.exit_code, answer.stdout, answer.stderr) == (130, "", "")
    assert run("show").stdout == before


def test_a_store_that_cannot_be_written_is_said(here: Path, pipeline: SimpleNamespace) -> None:
    answer = run("build", "news", "--store", "no/folder/t.db")
    assert answer.exit_code == 2
    assert "no/folder/t.db: cannot be written here" in answer.stderr
    assert pipeline.calls == []


# --- as a process --------------------------------------------------------------------------------------------

TIMELINE = [sys.executable, "-m", "idlib_timeline"]


def test_head_ends_it_quietly(built: Path) -> None:
    strike = war()[1][0]
    with Store.open(built / "timeline.db") as store, store.transaction():
        store.replace_events([replace(strike, id=f"{number:06}") for number in range(3000)], [], TYPES)
    with subprocess.Popen([*TIMELINE, "show"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"## August 2019\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_a_full_disk_is_said(built: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        answer = subprocess.run([*TIMELINE, "show"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert answer.returncode == 2
    assert answer.stderr == "timeline: no space left on device; check the file or folder and its permissions\n"


def test_the_output_is_the_same_in_every_locale_and_with_every_hash_seed(built: Path) -> None:
    answers = set()
    for seed, locale in (("0", "C"), ("1", "en_US.UTF-8"), ("2", "tr_TR.ISO8859-9")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
        answers.add(subprocess.run([*TIMELINE, "show"], stdout=subprocess.PIPE, env=env, check=True).stdout)
    (only,) = answers
    assert "– 20 Aug 2019" in only.decode("utf-8")


def on_a_terminal(arguments: list[str], columns: int, **env: str) -> str:
    """What a command prints on a terminal of its own."""
    keeper, terminal = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color", **env}
    process = subprocess.Popen(
        [*TIMELINE, *arguments], stdout=terminal, stderr=terminal, stdin=terminal, env=environment
    )
    os.close(terminal)
    page = b""
    while True:
        try:
            part = os.read(keeper, 65536)
        except OSError:  # how Linux says that the other end has closed
            break
        if not part:
            break
        page += part
    os.close(keeper)
    assert process.wait() == 0
    return page.decode("utf-8").replace("\r\n", "\n")


def test_a_terminal_gets_a_coloured_table_of_its_width(built: Path) -> None:
    page = on_a_terminal(["show"], 60)
    assert page.startswith(" \x1b[2mdate\x1b[0m")
    assert "\x1b[31mair strike\x1b[0m" in page
    assert "\x1b" not in on_a_terminal(["show"], 60, NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(["show"], 60, TERM="dumb")
    assert "\x1b" not in on_a_terminal(["show", "--color", "never"], 60)
    assert "\x1b[" in on_a_terminal(["show", "--color", "always"], 60, NO_COLOR="1")


def test_control_c_during_a_build_leaves_the_store(built: Path) -> None:
    before = run("show").stdout
    script = (
        "import sys, time, types, idlib_timeline\n"
        "def build(paths, store, **options):\n"
        "    with store.transaction():\n"
        "        store.replace_events([])\n"
        "        print('ready', flush=True)\n"
        "        time.sleep(30)\n"
        "fake = types.SimpleNamespace(build=build)\n"
        "sys.modules['idlib_timeline.pipeline'] = idlib_timeline.pipeline = fake\n"
        "sys.argv = ['timeline', 'build', 'news']\n"
        "from idlib_timeline.cli import run\nrun()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert process.stderr.read() == ""
    assert run("show").stdout == before


def test_help_and_show_start_soon(built: Path) -> None:
    def seconds(*arguments: str) -> float:
        start = time.perf_counter()
        subprocess.run([*TIMELINE, *arguments], capture_output=True, check=True)
        return time.perf_counter() - start

    # Several times what they need: what this must notice is a library of half a second on the way.
    for command in ("show", "--help"):
        assert min(seconds(command) for _ in range(3)) < 0.8


# --- judgements -------------------------------------------------------------------------------------------------


@pytest.fixture
def judged(here: Path, seeds_store: Path) -> tuple[str, str]:
    """A store of real articles, and the ids of two of its events."""
    shutil.copy(seeds_store, here / "timeline.db")
    rows = [json.loads(line) for line in run("show", "-f", "jsonl").stdout.splitlines()]
    one, two = [row["id"] for row in rows if row["type"] == "territory"][:2]
    return one, two


def test_what_is_merged_and_taken_back(judged: tuple[str, str]) -> None:
    one, two = judged
    before = run("show", "--all", "-f", "jsonl").stdout
    answer = run("merge", one[:6], two[:6], "--reason", "the same town", "--author", "A. Haddad")
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert "merged into one; `timeline undo` takes it back" in answer.stderr
    page = " ".join(run("explain", two).stdout.split())
    assert f"What an analyst decided merged {one} and {two} are one event by A. Haddad: the same town" in page
    (row,) = map(json.loads, run("judgements", "-f", "jsonl").stdout.splitlines())
    assert (row["verb"], row["others"], row["fault"]) == ("merge", [two], "")
    assert f"merge of {one} is taken back; none is left" in run("undo").stderr
    assert run("show", "--all", "-f", "jsonl").stdout == before
    assert "there is no judgement to take back" in run("undo").stderr


def test_judgements_go_out_and_come_in_as_a_file(judged: tuple[str, str], here: Path) -> None:
    one, two = judged
    for arguments in (
        ["fix", one, "--date", "2019-08-21", "--status", "planned"],
        ["note", one, "See the annex."],
        ["hide", two, "--reason", "about a film"],
    ):
        assert run(*arguments).exit_code == 0
    shown = run("show", "--all", "-f", "jsonl").stdout
    assert [json.loads(line)["date"] for line in shown.splitlines() if one in line] == ["2019-08-21"]
    assert two not in [json.loads(line)["id"] for line in shown.splitlines()]
    assert "3 judgements written to judgements.toml" in run("judgements", "--export", "judgements.toml").stderr
    for _ in range(3):
        run("undo")
    assert run("show", "--all", "-f", "jsonl").stdout != shown
    assert "3 judgements from judgements.toml" in run("judgements", "--import", "judgements.toml").stderr
    assert run("show", "--all", "-f", "jsonl").stdout == shown
    assert run("judgements", "--export", "-").stdout == (here / "judgements.toml").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["merge", "ONE", "ONE"], "stands twice; name it once"),
        (["merge", "ONE", "zzzz"], "no event or mention has the id 'zzzz'"),
        (["split", "ONE", "TWO"], "is not in the event of"),
        (["fix", "ONE"], "this fix changes nothing; say one of date, type, place, status, title"),
        (["fix", "ONE", "--date", "soon"], "date: 'soon' is not a date"),
        (["fix", "ONE", "--type", "teritory"], "(did you mean territory?)"),
        (["fix", "ONE", "--status", "maybe"], "choose from happened, planned, hypothetical, denied"),
        (["note", "ONE", " "], "a note has words"),
        (["judgements", "--import", "none.toml"], "none.toml: no such file"),
        (["judgements", "--import", "bad.toml"], "bad.toml: line 3: no judgement is called 'marge'"),
        (["judgements", "--import", "a.toml", "--export", "b.toml"], "give one of them"),
    ],
)
def test_a_judgement_that_makes_no_sense_changes_nothing(
    judged: tuple[str, str], here: Path, arguments: list[str], said: str
) -> None:
    (here / "bad.toml").write_text("# ours\n[[judgement]]\nverb = 'marge'\nevent = 'aaaaaaaaaa'\n")
    before = run("show", "--all", "-f", "jsonl").stdout
    names = dict(zip(("ONE", "TWO"), judged, strict=True))
    answer = run(*(names.get(word, word) for word in arguments))
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert said in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert run("judgements", "-f", "jsonl").stdout == ""
    assert run("show", "--all", "-f", "jsonl").stdout == before


def test_conflicts_stand_side_by_side(built: Path) -> None:
    answer = run("conflicts", "-f", "markdown")
    assert answer.exit_code == 0
    assert "| at least 12 (The Gazette) ≠ 15 (b/second.txt) |" in answer.stdout
    (row,) = map(json.loads, run("conflicts", "-f", "jsonl").stdout.splitlines())
    assert [value["files"] for value in row["values"]] == [["a.txt"], ["b/second.txt"]]


# --- diff -------------------------------------------------------------------------------------------------------


def test_diff_exits_1_when_there_is_a_difference(built: Path) -> None:
    whole = run("show", "--all", "-f", "jsonl").stdout
    (built / "same.jsonl").write_text(whole)
    (built / "less.jsonl").write_text("".join(whole.splitlines(keepends=True)[1:]))
    same = run("diff", "timeline.db", "same.jsonl")
    assert (same.exit_code, same.stdout) == (0, "## What changed\n\nNo difference; 7 events before, 7 now.\n")
    less = run("diff", "timeline.db", "less.jsonl", "-f", "text")
    assert less.exit_code == 1
    assert less.stdout.startswith(" gone       − 2011 — The war has gone on since the spring of 2011 ·")
    assert less.stdout.endswith("\n 1 gone; 7 events before, 6 now.\n")
    assert run("diff", "less.jsonl", "-", input=whole).exit_code == 1
    (line,) = run("diff", "less.jsonl", "timeline.db", "-f", "jsonl").stdout.splitlines()
    assert json.loads(line)["kind"] == "added"


def test_diff_says_nothing_but_its_exit_code_when_quiet(built: Path) -> None:
    (built / "none.jsonl").write_text("")
    answer = run("diff", "-q", "none.jsonl", "timeline.db")
    assert (answer.exit_code, answer.stdout, answer.stderr) == (1, "", "")
    answer = run("diff", "-q", "none.jsonl", "timeline.db", "-o", "changes.md")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert (built / "changes.md").read_text().startswith("## What changed\n\n7 added; 0 events before, 7 now.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no.db", "timeline.db"], "no.db: is missing; name a store, or a file that"),
        (["-", "-"], "both chronologies are to come from stdin; give a file for one of them"),
        (["timeline.db", "timeline.db", "-f", "csv"], "choose with --format from text, markdown, json, jsonl"),
        (["timeline.db", "-"], "stdin: line 1: is not JSON: give a file that `timeline show --all -f jsonl` wrote"),
    ],
)
def test_diff_says_what_it_cannot_compare(built: Path, arguments: list[str], said: str) -> None:
    answer = run("diff", *arguments, input="no chronology\n")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert said in answer.stderr
    assert answer.stderr.count("\n") == 1


# --- what is written about it ----------------------------------------------------------------------------------

DOCS = Path(__file__).parent.parent / "docs"


def test_every_command_and_option_is_documented() -> None:
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    group = get_command(app)
    commands = group.commands  # type: ignore[attr-defined]
    assert set(commands) == set(COMMANDS)
    for name, command in [("", group), *commands.items()]:
        assert f"`timeline {name}".rstrip() in page
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("-"):
                    assert f"`{option}" in page, f"{name}: {option}"
    for word in [*render.FORMATS, "TIMELINE_STORE", "TIMELINE_FORMAT", "NO_COLOR"]:
        assert f"`{word}`" in page


def test_every_field_is_documented() -> None:
    page = (DOCS / "data-model.md").read_text(encoding="utf-8")
    record = event_record(war()[1][0])
    fields = {*record, *record["evidence"][0], *record["places"][0], *record["figures"][0], *record["disputed"][0]}
    fields |= {key for kind in (SOURCES, ACTORS, PLACES, DATES, CONFLICTS, JUDGEMENTS) for key in kind.fields}
    assert not {field for field in fields if f"`{field}`" not in page}
