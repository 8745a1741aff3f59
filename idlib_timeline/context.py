"""The context file: what the user knows about when and where articles appeared.

A `publications.csv` beside the articles, or the file that `--context` names.
"""

import csv
import io
import posixpath
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .errors import InputError
from .interval import UNKNOWN, DateInterval, parse_edtf
from .model import ArticleFile

CONTEXT_FILE = "publications.csv"
_COLUMNS = ("file", "published", "outlet", "place", "timezone", "url")
_HEADER = ",".join(_COLUMNS)


@dataclass(frozen=True, slots=True)
class ContextRow:
    """One row of a context file: `source` and `line` say where it stands; `published` is unknown when left empty."""

    file: str
    published: DateInterval = UNKNOWN
    outlet: str = ""
    place: str = ""
    timezone: str = ""
    url: str = ""
    source: str = CONTEXT_FILE
    line: int = 0
    part: str = ""  # of the file, when the row is about one article of many


@dataclass(frozen=True, slots=True)
class Context:
    """The rows that belong to files, by the file's name; `warnings` are sentences about rows that belong to none.

    `parts` holds, by the file's name, the rows of single articles in it (`dump.jsonl#17`) by their part.
    """

    rows: Mapping[str, ContextRow] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    parts: Mapping[str, Mapping[str, ContextRow]] = field(default_factory=dict)

    def row(self, file: ArticleFile) -> ContextRow | None:
        """The row of an article: its own, else that of the whole file."""
        whole = file.name.removesuffix(f"#{file.part}") if file.part else file.name
        return self.parts.get(whole, {}).get(file.part) or self.rows.get(whole)


def load_context(path: Path) -> Mapping[str, ContextRow]:
    """The rows of a context file by `file`, a path with slashes relative to the CSV's folder.

    Raises InputError, with file and line, for a file that is no such table, an unknown column, a date or
    time zone that is none, and two rows of one file that disagree.
    """
    rows: dict[str, ContextRow] = {}
    for row in _rows(path):
        known = rows.setdefault(row.file, row)
        if _facts(known) != _facts(row):
            raise InputError(f"{path}: lines {known.line} and {row.line} disagree about {row.file}: keep one of them")
    return rows


def _facts(row: ContextRow) -> tuple[object, ...]:
    return row.published, row.outlet, row.place, row.timezone, row.url


def _rows(path: Path) -> Iterator[ContextRow]:
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    header: list[str] = []
    last = 0
    try:
        for cells in reader:
            line, last = last + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = _header(path, line, cells)
            elif len(cells) > len(header):
                surplus = len(cells) - len(header)
                raise InputError(f"{path}: line {line}: has {surplus} cells too many: quote cells that hold a comma")
            else:
                yield _row(path, line, dict(zip(header, (cell.strip() for cell in cells), strict=False)))
    except csv.Error as error:
        raise InputError(f"{path}: line {last + 1}: is no CSV: {error}: check its quotation marks") from error
    if not header:
        raise InputError(f"{path}: is empty: its first line must be {_HEADER}")


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8: save it as UTF-8") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}: check the path") from error


def _header(path: Path, line: int, cells: Sequence[str]) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    for name in header:
        if name not in _COLUMNS:
            raise InputError(f"{path}: line {line}: unknown column {name!r}: use {_HEADER}")
        if header.count(name) > 1:
            raise InputError(f"{path}: line {line}: column {name} stands twice: keep one")
    for name in ("file", "published"):
        if name not in header:
            raise InputError(f"{path}: line {line}: has no column {name}: use {_HEADER}")
    return header


def _row(path: Path, line: int, cells: Mapping[str, str]) -> ContextRow:
    file = _shown(cells.get("file", ""))
    if not file:
        raise InputError(f"{path}: line {line}: names no file: fill the column file")
    written = cells.get("published", "")
    try:
        published = parse_edtf(written)
    except ValueError as error:
        raise InputError(f"{path}: line {line}: {written!r} is no date: write it as 2019-08-30 or in EDTF") from error
    if published.partial:
        raise InputError(f"{path}: line {line}: {written!r} has no year: give the year or leave it empty")
    zone = cells.get("timezone", "")
    if zone and not _is_zone(zone):
        raise InputError(f"{path}: line {line}: {zone!r} is no time zone: use an IANA name such as Asia/Damascus")
    return ContextRow(
        file, published, cells.get("outlet", ""), cells.get("place", ""), zone, cells.get("url", ""), path.name, line
    )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _shown(path: str) -> str:
    """A path as articles are named: slashes, composed characters, no "./"."""
    text = unicodedata.normalize("NFC", path.strip().replace("\\", "/"))
    return posixpath.normpath(text) if text else ""


def find_context(files: Sequence[ArticleFile], option: Path | None = None) -> Context:
    """The context row of each article: from `option` (`--context FILE`), else from the nearest `publications.csv`.

    The nearest is the one in the article's folder, then in those above up to the folder the user named. A row's
    `file` is a path from the CSV's folder; in `option` it may also be the end of an article's path (its bare
    name) where that fits one article only. Raises InputError as `load_context` does.
    """
    rows: dict[str, ContextRow] = {}
    parts: dict[str, dict[str, ContextRow]] = {}
    fitting, warnings = _from_option(files, option) if option is not None else ([], [])
    for name, row in fitting:
        (parts.setdefault(name, {}) if row.part else rows).setdefault(row.part or name, row)
    tables: dict[Path, Sequence[ContextRow]] = {}
    for file in files:
        place = _place(file.path)
        for folder in _folders(file):
            if folder not in tables:
                beside = folder / CONTEXT_FILE
                tables[folder] = _split(beside) if beside.is_file() else ()
            shown = _shown(place.relative_to(folder).as_posix())
            for row in tables[folder]:
                if row.file == shown:
                    (parts.setdefault(file.name, {}) if row.part else rows).setdefault(row.part or file.name, row)
    for folder, table in tables.items():
        warnings += [
            f"{folder / CONTEXT_FILE}: line {row.line}: {row.file} is not there"
            for row in table
            if not (folder / row.file).exists()
        ]
    return Context(rows, tuple(warnings), parts)


def _split(path: Path) -> Sequence[ContextRow]:
    """The rows of a context file, those of single articles (`dump.jsonl#17`) with their part set apart."""
    rows = []
    for row in load_context(path).values():
        whole, mark, part = row.file.rpartition("#")
        apart = mark and whole and not (path.parent / row.file).exists()
        rows.append(replace(row, file=whole, part=part) if apart else row)
    return rows


def _place(path: str) -> Path:
    """Where a file stands: its folder resolved, its own name kept, for a row names a link and not its target."""
    return Path(path).parent.resolve() / Path(path).name


def _folders(file: ArticleFile) -> Iterator[Path]:
    """The folders from the article's own up to the root that the user named; none for standard input."""
    if not file.path:
        return
    root, folder = Path(file.root).resolve(), _place(file.path).parent
    yield folder
    while folder != root and root in folder.parents:
        folder = folder.parent
        yield folder


def _from_option(files: Sequence[ArticleFile], option: Path) -> tuple[list[tuple[str, ContextRow]], list[str]]:
    """Rows with the name of their file: those whose path is the file's own, then those that fit the end of one."""
    home = option.parent.resolve()
    exact = {_place(file.path): file.name for file in files if file.path}
    ends: dict[str, list[str]] = {}
    for file in files:
        parts = _place(file.path).parts[1:] if file.path else (file.name,)
        for count in range(1, len(parts) + 1):
            ends.setdefault(_shown("/".join(parts[-count:])), []).append(file.name)
    found: list[tuple[str, ContextRow]] = []
    loose: list[ContextRow] = []
    for row in _split(option):
        name = exact.get(_place(str(home / row.file)))
        if name:
            found.append((name, row))
        else:
            loose.append(row)
    named = frozenset((name, row.part) for name, row in found)
    matched: dict[tuple[str, str], ContextRow] = {}
    warnings = []
    for row in loose:
        fits = [name for name in ends.get(row.file, ()) if (name, row.part) not in named]
        if len(fits) == 1:
            known = matched.setdefault((fits[0], row.part), row)
            if _facts(known) != _facts(row):
                raise InputError(
                    f"{option}: lines {known.line} and {row.line} disagree about {fits[0]}: keep one of them"
                )
        elif fits:
            warnings.append(f"{option}: line {row.line}: {row.file} fits several articles: give its folder too")
        elif not (home / row.file).exists():
            warnings.append(f"{option}: line {row.line}: {row.file} is not there")
    return [*found, *((name, row) for (name, _), row in matched.items())], warnings
