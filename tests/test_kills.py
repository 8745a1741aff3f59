"""A build that is killed at any moment leaves the store as it was before or as it is after, never in between."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from test_determinism import SEEDS, build, content

from idlib_timeline.errors import StoreError

KILLS = 50
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


def killed(work: Callable[[], object], after: float) -> bool:
    """Do the work in another process and kill it after so many seconds; whether it had ended before."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFEXITED(status)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two articles that tell one another's events, and a third that changes what they are merged to."""
    home = tmp_path_factory.mktemp("kills")
    few, more = home / "few", home / "more"
    for folder, names in ((few, ("002_", "009_")), (more, ("002_", "009_", "003_", "007_"))):
        folder.mkdir()
        for path in SEEDS.iterdir():
            if path.name.startswith((*names, "publications")):
                shutil.copy(path, folder)
    return few, more


def test_a_later_build_is_all_or_nothing(places: tuple[Path, Path], tmp_path: Path) -> None:
    few, more = places
    former = tmp_path / "former.db"
    before = build(former, few)
    shutil.copy(former, tmp_path / "whole.db")
    began = time.perf_counter()
    after = build(tmp_path / "whole.db", few, more)
    takes = time.perf_counter() - began
    assert before != after
    chance, seen = random.Random(20190831), set()
    for number in range(KILLS):
        store = tmp_path / f"{number}.db"
        shutil.copy(former, store)
        killed(lambda store=store: build(store, few, more), chance.uniform(0, 1.3 * takes))
        found = content(store)
        assert found in (before, after)
        seen.add(found)
        if number % 10 == 0:
            assert build(store, few, more) == after
    assert before in seen


def test_a_first_build_is_all_or_nothing(places: tuple[Path, Path], tmp_path: Path) -> None:
    _, more = places
    began = time.perf_counter()
    after = build(tmp_path / "whole.db", more)
    takes = time.perf_counter() - began
    chance, unbuilt = random.Random(20200112), 0
    for number in range(KILLS // 5):
        store = tmp_path / f"{number}.db"
        killed(lambda store=store: build(store, more), chance.uniform(0, 1.3 * takes))
        try:
            assert content(store) == after
        except StoreError:
            unbuilt += 1
        assert build(store, more) == after
    assert unbuilt
