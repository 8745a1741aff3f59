"""The sample dispatches, built once for all tests that only look at them."""

from pathlib import Path

import pytest

from idlib_timeline import pipeline
from idlib_timeline.store import Store

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def seeds_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of `seeds/`; not to be written to."""
    path = tmp_path_factory.mktemp("seeds") / "timeline.db"
    with Store.open(path, create=True) as store:
        pipeline.build([str(SEEDS)], store)
    return path
