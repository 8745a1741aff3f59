"""Standard output and error, colour, width and format: how the command line meets its surroundings."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import typer

from . import render
from .errors import QueryError, StoreError, TimelineError
from .query import Query
from .render.words import clean
from .serial import Record

_DATABASE = b"SQLite format 3\0"  # how every SQLite file begins
_PIPE_WIDTH = 100  # cells of a table that goes to a pipe or file


class Colour(StrEnum):
    """When to colour."""

    auto = "auto"
    always = "always"
    never = "never"


class Style(StrEnum):
    """How an article tells time: news counts from its publication, a narrative from the last full date."""

    news = "news"
    narrative = "narrative"
    auto = "auto"


@dataclass(frozen=True, slots=True)
class Settings:
    """The options common to all commands."""

    store: str = "timeline.db"
    quiet: bool = False
    verbose: bool = False
    colour: Colour = Colour.auto

    def over(self, store: str | None, quiet: bool, verbose: bool, colour: Colour | None) -> "Settings":
        """The settings given before the command, overruled by those given after it."""
        return Settings(store or self.store, quiet or self.quiet, verbose or self.verbose, colour or self.colour)


def say(message: str) -> None:
    """A line on stderr; what articles and file names smuggle into it is taken out."""
    with suppress(OSError, ValueError):  # a closed stderr is no reason to fail
        print(clean(message), file=sys.stderr)


@contextmanager
def guarded() -> Iterator[None]:
    """The edge of the program: errors become one line on stderr and the contract's code."""
    try:
        yield
        sys.stdout.flush()
    except TimelineError as error:
        say(f"timeline: {error}")
        raise typer.Exit(2) from error
    except BrokenPipeError as error:  # the reader, such as head, has seen enough
        _abandon(sys.stdout)
        raise typer.Exit(0) from error
    except OSError as error:
        _abandon(sys.stdout)
        name = f"{error.filename}: " if error.filename else ""
        say(f"timeline: {name}{(error.strerror or str(error)).lower()}; check the file or folder and its permissions")
        raise typer.Exit(2) from error
    except KeyboardInterrupt as error:
        raise typer.Exit(130) from error


def _abandon(stream: TextIO) -> None:
    # What is still buffered would raise once more when Python closes the stream.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def prepare_streams() -> None:
    """Make stdout UTF-8 with plain line ends, whatever the locale."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    if isinstance(sys.stderr, TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")


def look(settings: Settings, output: str | None, groups: dict[str, str], id_length: int) -> render.Look:
    """How wide and in what colour to print: as the terminal is, or plainly into a pipe or file."""
    terminal = output is None and sys.stdout.isatty()
    width = shutil.get_terminal_size((_PIPE_WIDTH, 24)).columns if output is None else _PIPE_WIDTH
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    colour = settings.colour is Colour.always or (settings.colour is Colour.auto and terminal and not plain)
    return render.Look(width, colour, groups, id_length)


def chosen_format(name: str | None, output: str | None) -> str:
    """The format asked for, else the ending of the file, else TIMELINE_FORMAT, else what suits stdout."""
    if name:
        return render.format_named(name)
    if output:
        return render.format_of_file(output)
    preset = os.environ.get("TIMELINE_FORMAT")
    if preset:
        return render.format_named(preset, "TIMELINE_FORMAT")
    return "table" if sys.stdout.isatty() else "markdown"


def write(lines: Iterable[str], output: str | None = None) -> None:
    """Print the lines, or put them in a file, which is replaced only when all is written."""
    if output is None:
        for line in lines:
            sys.stdout.write(line)
        return
    target = Path(output)
    if target.exists() and not target.is_file():  # a device or named pipe is written as it is
        if target.is_dir():
            raise QueryError(f"{output}: is a folder; -o takes the name of a file")
        with target.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(lines)
        return
    target = target.resolve()
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", errors="replace", newline="\n", dir=target.parent, prefix=".timeline-", delete=False
    ) as stream:
        try:
            stream.writelines(lines)
            stream.close()
            Path(stream.name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            Path(stream.name).replace(target)
        except BaseException:
            Path(stream.name).unlink(missing_ok=True)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def events_at(path: str) -> list[Record]:
    """All events, with the background, of a store or of a file that `timeline show` wrote; `-` is such a file on stdin.

    Raises StoreError or InputError.
    """
    from .exported import events_of, read_events

    if path == "-":
        return events_of(sys.stdin.buffer.read(), "stdin")
    file = Path(path)
    if not file.exists():
        raise StoreError(f"{path}: is missing; name a store, or a file that `timeline show --all -f jsonl` wrote")
    if not file.is_file():  # a pipe can be read once only, and holds no store
        return read_events(path)
    with file.open("rb") as stream:
        if stream.read(len(_DATABASE)) != _DATABASE:
            return read_events(path)
    from .store import Store

    with Store.open(path) as kept:
        return kept.events(Query(background=True))


@contextmanager
def progress(settings: Settings, label: str) -> Iterator[Callable[[int, int], None] | None]:
    """A function to call with (done, of) that draws a bar, or None when nobody watches stderr."""
    if settings.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    plain = settings.colour is Colour.never
    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True, no_color=plain or None)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
