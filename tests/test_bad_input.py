"""What bad input gets, through the whole program: one line that names file and remedy, and the store as it was."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from idlib_timeline.cli import app

STORY = "Syrian jets bombed the town of Ariha on Tuesday, killing three people.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with one good article in `news` and a store of it."""
    monkeypatch.chdir(tmp_path)
    for name in ("TIMELINE_STORE", "TIMELINE_FORMAT"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "good.txt").write_text(STORY)
    (tmp_path / "news" / "publications.csv").write_text("file,published\ngood.txt,2020-01-15\n")
    assert run("build", "news", "-j", "1").exit_code == 0
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def shown(*arguments: str) -> str:
    return run("show", "--all", "-f", "jsonl", *arguments).stdout


def newer(path: Path) -> None:
    shutil.copy(path.parent / "timeline.db", path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


def foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.commit()
    connection.close()


def write(text: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_text(text)

    return make


@pytest.mark.parametrize(
    ("arguments", "name", "make", "said"),
    [
        (["build", "it"], "it", None, "no such file or folder: check the path"),
        (["build", "it"], "it", Path.mkdir, "holds no article: put .txt, .md, .html or other files there"),
        (["build", "news", "--store", "it"], "it", write("recipes"), "is not a timeline store; name another file"),
        (["show", "--store", "it"], "it", write("recipes"), "is not a timeline store; name another file"),
        (["build", "news", "--store", "it"], "it", foreign, "is a database of another program; name another file"),
        (["build", "news", "--store", "it"], "it", Path.mkdir, "is a folder; --store takes the name of a file"),
        (["build", "news", "--store", "it"], "it", newer, "update timeline, or build into another file"),
        (["show", "--store", "it"], "it", newer, "update timeline"),
        (["build", "news", "--context", "it"], "it", None, "check the path"),
        (["build", "news", "--context", "it"], "it", Path.mkdir, "check the path"),
        (["build", "news", "--context", "it"], "it", write("file,published,mood\n"), "line 1: unknown column 'mood'"),
        (["build", "news", "--context", "it"], "it", write("file,outlet\n"), "line 1: has no column published: use"),
        (
            ["build", "news", "--context", "it"],
            "it",
            write("file,published\ngood.txt,2020-02-30\n"),
            "line 2: '2020-02-30' is no date: write it as",
        ),
        (["explain", "zz"], "'zz'", None, "`timeline show --all` gives each event's id"),
        (["show", "-f", "it"], "'it'", None, "choose from table, markdown"),
        (["show", "-o", "it"], "it", None, "its ending names no format; end it in .md"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(
    here: Path, arguments: list[str], name: str, make: Callable[[Path], None] | None, said: str
) -> None:
    if make:
        make(here / "it")
    before = {path.name: path.read_bytes() for path in here.iterdir() if path.is_file()}
    answer = run(*arguments)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    (line,) = answer.stderr.splitlines()
    assert line.startswith("timeline: ")
    assert name in line
    assert said in line
    assert {path.name: path.read_bytes() for path in here.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x02\xff\xfe", "save its text as UTF-8"),
        (b"", "is empty: remove it or fill it"),
        (b"The army moved on. " * 2_700_000, "is larger than 20 MB: split it into articles"),  # 51 MB
    ],
    ids=["binary", "empty", "50 MB"],
)
def test_one_bad_article_never_stops_the_rest(here: Path, content: bytes, said: str) -> None:
    (here / "news" / "bad.txt").write_bytes(content)
    (here / "news" / "more.txt").write_text("Turkish troops entered Saraqib on 4 May 2019.\n")
    answer = run("build", "news", "-j", "1")
    assert answer.exit_code == 0
    (line,) = [line for line in answer.stderr.splitlines() if "bad.txt" in line]
    assert line.startswith("timeline: skipped bad.txt: ")
    assert line.endswith(said)
    assert "2 articles (1 read, 1 unchanged, 1 skipped)" in answer.stderr
    assert "good.txt" in shown()
    assert "more.txt" in shown()
    assert run("build", "news", "-j", "1", "--strict").exit_code == 1


def test_a_file_without_permission_is_skipped(here: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    locked = here / "news" / "locked.txt"
    locked.write_text(STORY)
    locked.chmod(0)
    answer = run("build", "news", "-j", "1")
    assert answer.exit_code == 0
    assert "timeline: skipped locked.txt: cannot be read: Permission denied: check its permissions\n" in answer.stderr


def test_a_named_pipe_is_skipped_and_not_waited_for(here: Path) -> None:
    os.mkfifo(here / "news" / "pipe.txt")
    answer = run("build", "news/pipe.txt", "news", "-j", "1", "--strict")
    assert answer.exit_code == 1
    assert "timeline: skipped pipe.txt: is no regular file: pipe its text in and name it -\n" in answer.stderr
    assert "good.txt" in shown()


def test_an_article_that_became_unreadable_leaves_the_chronology_and_comes_back(here: Path) -> None:
    before = shown()
    (here / "news" / "good.txt").write_bytes(b"\x00\x01\x02" * 50)
    assert "skipped good.txt" in run("build", "news", "-j", "1").stderr
    assert shown() == ""
    (here / "news" / "good.txt").write_text(STORY)
    assert run("build", "news", "-j", "1").exit_code == 0
    assert shown() == before


def test_a_row_for_a_file_that_is_not_there_is_only_a_warning(here: Path) -> None:
    (here / "dates.csv").write_text("file,published\ngood.txt,2020-01-15\nlost.txt,2020-01-16\n")
    answer = run("build", "news", "-j", "1", "--context", "dates.csv")
    assert answer.exit_code == 0
    assert "timeline: dates.csv: line 3: lost.txt is not there\n" in answer.stderr


def test_a_defect_met_in_one_article_is_told_without_a_traceback(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from idlib_timeline import pipeline

    whole = pipeline.read_one

    def breaks(article: object, publication: object) -> object:
        if getattr(article, "file", "") == "more.txt":
            raise ZeroDivisionError("division by zero")
        return whole(article, publication)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "read_one", breaks)
    (here / "news" / "more.txt").write_text(STORY)
    (here / "news" / "good.txt").write_text(STORY * 2)
    answer = run("build", "news", "-j", "1")
    assert answer.exit_code == 0
    (line,) = [line for line in answer.stderr.splitlines() if "skipped" in line and "more.txt" in line]
    assert "ZeroDivisionError" in line
    assert line.endswith("please report it")
    assert "Traceback" not in answer.stderr
    assert shown().count('"id"') == 1


@pytest.mark.parametrize("kind", ["actor", "place"])
def test_a_name_that_the_store_does_not_know_is_an_empty_answer(here: Path, kind: str) -> None:
    answer = run("show", f"--{kind}", "Atlantis", "-f", "jsonl")
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert f"`timeline {kind}s` lists those it knows" in answer.stderr


def test_hostile_text_reaches_neither_terminal_nor_page_as_code(here: Path) -> None:
    (here / "news" / "good.txt").write_text(
        "Syrian jets bombed the \x1b[31mtown\x1b[0m of Ariha on Tuesday ![x](http://x.example) <script>1</script>.\n"
    )
    assert run("build", "news", "-j", "1").exit_code == 0
    for form in ("table", "markdown", "csv"):
        page = run("show", "-f", form).stdout
        assert "Ariha" in page
        assert "\x1b" not in page
        assert "<script>" not in page
        assert form == "csv" or "![x](http" not in page
