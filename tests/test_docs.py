"""The documentation says what is: its commands run and print what stands there, its links lead somewhere."""

import difflib
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import make_event_types
import pytest
import refresh_docs

import idlib_timeline
from idlib_timeline import times
from idlib_timeline.events import kinds
from idlib_timeline.interval import parse_edtf
from idlib_timeline.merge.features import FEATURES
from idlib_timeline.query import Query
from idlib_timeline.store import Store

ROOT = Path(__file__).parent.parent
PAGES = [*refresh_docs.pages(), ROOT / "CHANGELOG.md", ROOT / "tests" / "gold" / "README.md"]
STALE = "run python scripts/refresh_docs.py, and read what it changes"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
SETUP = re.compile(r"^```sh\n(python3 -m venv [^\n]*)\n```$", re.MULTILINE)
ROW = re.compile(r"^\| ([^|]*\*\*[^|]*\*\*[^|]*) \| `([^`|]*)` \|$", re.MULTILINE)


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", refresh_docs.pages(), ids=name)
def test_commands_print_what_the_page_says(page: Path) -> None:
    shown, printed = page.read_text(encoding="utf-8"), refresh_docs.refreshed(page)
    changes = list(difflib.unified_diff(shown.splitlines(), printed.splitlines(), "shown", "printed", n=0, lineterm=""))
    if changes:
        pytest.fail("\n".join([STALE, *changes[:20]]), pytrace=False)


def test_the_first_command_builds_and_shows(seeds_store: Path) -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    first, _ = SETUP.findall(page)
    prepare, install, *commands = first.split(" && ")
    assert (prepare, install) == ("python3 -m venv .venv", ".venv/bin/pip install -q .")
    assert commands == [".venv/bin/timeline build seeds/", ".venv/bin/timeline show"]
    assert "```console\n$ timeline build seeds/\n" in page  # which the test above has run
    show = [sys.executable, "-m", "idlib_timeline", "show", "--store", str(seeds_store)]
    answer = subprocess.run(show, capture_output=True, text=True)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("## ")


def test_the_second_command_is_what_ci_runs() -> None:
    _, second = SETUP.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert second == "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest"
    assert SETUP.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")) == [second]
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert {"dev", "test"} <= set(extras)
    assert "README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def links() -> Iterator[object]:
    for page in PAGES:
        text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        for target in LINK.findall(text):
            if "://" not in target:
                yield pytest.param(page, target, id=f"{name(page)}-{target}")


@pytest.mark.parametrize(("page", "target"), list(links()))
def test_a_link_leads_somewhere(page: Path, target: str) -> None:
    path, _, anchor = target.partition("#")
    goal = (page.parent / path).resolve() if path else page
    assert goal.exists()
    if anchor:
        headings = re.findall(r"^#+ (.+)$", goal.read_text(encoding="utf-8"), re.MULTILINE)
        assert anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_reached_from_the_index() -> None:
    linked = {(ROOT / "docs" / target).resolve() for target in LINK.findall((ROOT / "docs" / "index.md").read_text())}
    pages = set((ROOT / "docs").rglob("*.md")) - {ROOT / "docs" / "index.md"}
    assert {name(page) for page in pages if page.resolve() not in linked} == set()


def test_event_types_are_those_of_the_rulebook() -> None:
    page = make_event_types.PAGE.read_text(encoding="utf-8")
    if page != make_event_types.page():
        pytest.fail(STALE, pytrace=False)
    assert {kind for kind in kinds() if f"\n### {kind}\n" not in page} == set()


@pytest.mark.parametrize(
    ("sentence", "meaning"), ROW.findall((ROOT / "docs" / "semantics.md").read_text(encoding="utf-8"))
)
def test_words_mean_what_the_page_says(sentence: str, meaning: str) -> None:
    start = sentence.index("**")
    words, text = sentence.split("**")[1], sentence.replace("**", "")
    found = {(one.start, one.text): str(one.interval) for one in times.find(text, parse_edtf("2019-08-22"))}
    spans = {key: value for key, value in found.items() if key[0] in range(start, start + len(words))}
    assert set(spans.values()) == {meaning}, found


def test_the_table_of_meanings_is_read() -> None:
    assert len(ROW.findall((ROOT / "docs" / "semantics.md").read_text(encoding="utf-8"))) > 30


def test_what_explain_adds_is_documented(seeds_store: Path) -> None:
    page = (ROOT / "docs" / "data-model.md").read_text(encoding="utf-8")
    with Store.open(seeds_store) as store:
        event = store.events(Query(min_sources=2))[0]
        explained = store.explain(event["id"])
    assert explained["joined"]
    fields = {*explained, *explained["mentions"][0]}
    assert {field for field in fields if f"`{field}`" not in page} == set()


def test_the_changelog_has_what_is_unreleased() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    assert re.fullmatch(r"\d+\.\d+\.\d+", idlib_timeline.__version__)


def test_quality_shows_every_pinned_figure() -> None:
    floors = json.loads((ROOT / "tests" / "gate.json").read_text(encoding="utf-8"))
    assert set().union(*floors.values()) == set(refresh_docs.NAMES)
    assert all(f"(`{figure}`)" in (ROOT / "docs" / "quality.md").read_text() for figure in refresh_docs.NAMES)


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "decisions").iterdir()), ids=lambda page: page.name)
def test_a_decision_says_why_what_and_at_what_price(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# {int(page.name[:4])}. ")
    assert [part for part in ("**Why.**", "**So**", "**At the price**") if part not in text] == []


def test_every_feature_of_merging_is_described() -> None:
    page = (ROOT / "docs" / "merging.md").read_text(encoding="utf-8")
    assert [name for name in map(_feature, FEATURES) if f"| `{name}` |" not in page] == []


def _feature(function: Callable[..., object]) -> str:
    return function.__name__.lstrip("_")
