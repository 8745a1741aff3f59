"""Imports run downward only, stages never import each other, and what is heavy is imported where it is used."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "idlib_timeline"

# Rooms from the ground up; a module is named by its first part below the package. A room may import from lower
# floors, and from its own floor only where OWN_FLOOR says so.
FLOORS = (
    {"errors", "interval"},
    {"model"},
    {"rules"},
    {"serial", "query"},  # model <-> JSON; filters
    {"schema", "changes", "exported", "judgements"},
    {"store", "render"},
)
STAGES_KNOW = {"errors", "interval", "model", "rules"}
# Of store and render:
SERVANTS_KNOW = {"errors", "interval", "model", "serial", "query", "schema", "changes", "judgements"}
EDGE = {"cli", "console", "pipeline", "derive", "judging", "reasons", "__main__", "__init__"}
HEAVY = {
    "ahocorasick_rs", "bs4", "charset_normalizer", "dateparser", "docx", "en_core_web_sm", "feedparser", "frontmatter",
    "htmldate", "lxml", "numpy", "pypdf", "warcio",
    "pandas", "rapidfuzz", "requests", "sentencex", "spacy", "trafilatura",
}  # fmt: skip


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path, top_only: bool = False) -> Iterator[tuple[str, bool]]:
    """(module, whether it is one of this package's rooms) for each import; without those for type checkers only."""
    package = path.relative_to(PACKAGE).parts[:-1]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in _statements(tree, top_only):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")[0], False
        elif isinstance(node, ast.ImportFrom):
            if not node.level:
                yield (node.module or "").split(".")[0], False
                continue
            base = package[: len(package) - node.level + 1]
            parts = [*base, *(node.module or "").split(".")] if node.module else [*base]
            if parts and parts[0]:
                yield parts[0], True
            else:
                for alias in node.names:
                    yield alias.name, True


def _statements(tree: ast.AST, top_only: bool) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        inside = not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if inside or not top_only:
            yield from _statements(node, top_only)


def rooms_known(path: Path) -> set[str]:
    known = {name for name, ours in imports(path) if ours}
    return {name for name in known if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").exists()}


def test_the_reader_of_imports_sees_what_it_should(monkeypatch: pytest.MonkeyPatch) -> None:
    source = (
        "import spacy\nfrom . import names\nfrom .model import Event\nif TYPE_CHECKING:\n    import numpy\n"
        "def use():\n    from .store import Store\n    import yaml.loader\n"
    )
    path = PACKAGE / "example.py"
    monkeypatch.setattr(Path, "read_text", lambda self, **_: source)
    assert list(imports(path)) == [
        ("spacy", False), ("names", True), ("model", True), ("store", True), ("yaml", False),
    ]  # fmt: skip
    assert list(imports(path, top_only=True)) == [("spacy", False), ("names", True), ("model", True)]


@pytest.mark.parametrize("floor", range(len(FLOORS)))
def test_the_lower_rooms_know_only_what_is_below_them(floor: int) -> None:
    below = set().union(*FLOORS[:floor])
    for path in modules():
        name = room(path)
        if name in FLOORS[floor]:
            above = rooms_known(path) - below - {name}
            # errors and interval, serial and query stand side by side and know nothing of each other
            assert not above, f"{path.relative_to(PACKAGE)} imports {sorted(above)}"


@pytest.mark.parametrize("name", ["store", "render"])
def test_store_and_render_know_only_values(name: str) -> None:
    for path in modules():
        if room(path) == name:
            assert rooms_known(path) - {name} <= SERVANTS_KNOW, path


def test_only_the_edge_knows_store_pipeline_and_command_line() -> None:
    for path in modules():
        if room(path) not in EDGE | {"store", "render"}:
            assert not rooms_known(path) & {"store", "render", "pipeline", "cli", "console"}, path
    for name in ("pipeline", "derive"):
        assert not rooms_known(PACKAGE / f"{name}.py") & {"cli", "console", "render"}


def stages() -> set[str]:
    """What the pipeline hands values between."""
    values = set().union(*FLOORS)
    return (rooms_known(PACKAGE / "pipeline.py") | rooms_known(PACKAGE / "derive.py")) - values - EDGE


def reach(name: str) -> set[str]:
    """A room and every room it leads to that is no shared value."""
    shared, found, new = set().union(*FLOORS), {name}, {name}
    while new:
        known = {inner for path in modules() if room(path) in new for inner in rooms_known(path)}
        new = known - found - shared
        found |= new
    return found


def test_stages_never_import_each_other() -> None:
    names = stages()
    assert len(names) >= 6  # read, publish, times, names, syntax, events, merge ...
    for name in names:
        others = reach(name) & (names - {name})
        assert not others, f"{name} leads to {sorted(others)}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_heavy_libraries_are_imported_where_they_are_used(path: Path) -> None:
    assert not {name for name, ours in imports(path, top_only=True) if not ours} & HEAVY


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_fits_its_room(path: Path) -> None:
    # From 400 lines on a file asks to be two rooms; half as many again is no question any more.
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 600


def test_help_and_show_load_nothing_heavy() -> None:
    script = (
        "import sys, idlib_timeline.cli, idlib_timeline.store\n"
        "from idlib_timeline.render import listings, markdown, table\n"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(answer.stdout.split())
    assert "sqlite3" in loaded
    assert not loaded & (HEAVY | {"pydantic", "regex", "concurrent"})
