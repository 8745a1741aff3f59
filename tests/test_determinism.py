"""The same articles give the same bytes: in any order, with any number of processes, in one build or in many."""

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from idlib_timeline import pipeline
from idlib_timeline.query import Query
from idlib_timeline.serial import dumps
from idlib_timeline.store import Store

SEEDS = Path(__file__).parent.parent / "seeds"
TIMELINE = [sys.executable, "-m", "idlib_timeline"]


def articles(folder: Path = SEEDS) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in {".txt", ".md"})


def build(store: Path, *paths: Path, jobs: int = 1) -> str:
    """Build in this process; what `show --all -f jsonl` prints then, and all of `sources`."""
    with Store.open(store, create=True) as kept:
        pipeline.build([str(path) for path in paths], kept, jobs=jobs)
    return content(store)


def content(store: Path) -> str:
    with Store.open(store) as kept:
        return "\n".join(dumps(record) for record in [*kept.events(Query(background=True)), *kept.sources()])


@pytest.fixture(scope="module")
def expected(seeds_store: Path) -> str:
    """What a build of the whole folder gives."""
    answer = content(seeds_store)
    assert answer.count('"id"') > 100
    return answer


def test_show_prints_just_these_bytes(seeds_store: Path, expected: str) -> None:
    arguments = ["show", "--all", "-f", "jsonl", "--store", str(seeds_store)]
    printed = subprocess.run([*TIMELINE, *arguments], capture_output=True, check=True, text=True).stdout
    assert [json.loads(line) for line in printed.splitlines()] == [
        record for record in map(json.loads, expected.splitlines()) if "id" in record
    ]


def test_the_order_of_the_files_does_not_matter(tmp_path: Path, expected: str) -> None:
    paths = articles()
    random.Random(20190831).shuffle(paths)
    copy = tmp_path / "seeds"
    copy.mkdir()
    for path in paths:  # a new folder lists its files in another order on most file systems
        shutil.copy(path, copy)
    shutil.copy(SEEDS / "publications.csv", copy)
    assert build(tmp_path / "copied.db", copy) == expected
    assert build(tmp_path / "named.db", *(copy / path.name for path in paths)) == expected


def test_the_number_of_processes_does_not_matter(tmp_path: Path, expected: str) -> None:
    assert build(tmp_path / "two.db", SEEDS, jobs=2) == expected


def test_many_builds_give_what_one_gives(tmp_path: Path, expected: str) -> None:
    copy = tmp_path / "seeds"
    shutil.copytree(SEEDS, copy)
    away = tmp_path / "away"
    away.mkdir()
    late: Sequence[Path] = articles(copy)[::3]
    for path in late:
        path.rename(away / path.name)
    store = tmp_path / "timeline.db"
    assert build(store, copy) != expected
    for path in late:
        (away / path.name).rename(path)
    assert build(store, copy) == expected

    changed = articles(copy)[4]
    text = changed.read_bytes()
    changed.write_bytes(text + b"\nTurkish drones struck Ariha on Sunday.\n")
    assert build(store, copy) != expected
    changed.write_bytes(text)
    assert build(store, copy) == expected

    context = copy / "publications.csv"
    table = context.read_bytes()
    context.write_bytes(table.replace(b"2020-01-29", b"2020-01-30"))
    assert build(store, copy) != expected
    context.write_bytes(table)
    assert build(store, copy) == expected


def test_what_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    copy = tmp_path / "few"
    copy.mkdir()
    for path in articles()[:3]:
        shutil.copy(path, copy)
    with Store.open(tmp_path / "timeline.db", create=True) as store:
        first = pipeline.build([str(copy)], store)
        again = pipeline.build([str(copy)], store)
        articles(copy)[0].unlink()
        fewer = pipeline.build([str(copy)], store)
    assert [(s.read, s.unchanged, s.gone) for s in (first, again, fewer)] == [(3, 0, 0), (0, 3, 0), (0, 2, 1)]
