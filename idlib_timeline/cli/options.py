"""What the commands have in common: the application, options, and how a store is opened."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from .. import __version__, render
from ..console import Colour, Settings, prepare_streams
from ..query import calendar_date

if TYPE_CHECKING:
    from ..interval import DateInterval
    from ..store import Store

COMMON = "Common options"

app = typer.Typer(
    name="timeline",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def option(*names: str, text: str, metavar: str = "", panel: str | None = None, env: str | None = None) -> Any:
    """An option that tells no default."""
    return typer.Option(*names, metavar=metavar, help=text, show_default=False, rich_help_panel=panel, envvar=env)


def examples(*lines: str) -> str:
    """The end of a help page."""
    return "\n".join(["[bold]Examples[/bold]", *lines])


Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders with all in them, or - for stdin.")]
StoreFile = Annotated[
    str | None,
    option("--store", metavar="FILE", text="The store (default timeline.db; env TIMELINE_STORE).", panel=COMMON),
]
Quiet = Annotated[bool, option("--quiet", "-q", text="Say nothing but errors.", panel=COMMON)]
Verbose = Annotated[bool, option("--verbose", "-v", text="Say every warning.", panel=COMMON)]
When = Annotated[
    Colour | None,
    option("--color", metavar="WHEN", text="auto, always or never; NO_COLOR is honoured.", panel=COMMON),
]
Format = Annotated[
    str | None,
    option(
        "--format",
        "-f",
        metavar="FORMAT",
        text=f"One of {', '.join(render.FORMATS)} (default: table on a terminal, else markdown; env TIMELINE_FORMAT).",
    ),
]
Output = Annotated[
    str | None, option("--output", "-o", metavar="FILE", text="Write to this file, in the format of its ending.")
]
Context = Annotated[
    str | None,
    option("--context", metavar="FILE", text="CSV that says when each article appeared: file,published,outlet,..."),
]
Published = Annotated[
    str | None,
    option("--published", metavar="DATE", text="Publication date of the articles that have none of their own."),
]
Fields = Annotated[
    list[str] | None,
    option("--field", metavar="NAME=KEY", text="The KEY that holds NAME (text, title, published ...) in JSON and CSV."),
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"timeline {__version__}")
        raise typer.Exit


@app.callback(
    epilog=examples(
        "timeline build articles/",
        "timeline show --actor Turkey --since 2019-08",
        "timeline show -o chronology.md",
        "timeline sources",
        "timeline explain 3fa9c1",
    )
)
def main(
    context: typer.Context,
    store: Annotated[
        str, typer.Option("--store", metavar="FILE", envvar="TIMELINE_STORE", help="The store.")
    ] = "timeline.db",
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
    _wanted: Annotated[
        bool, typer.Option("--version", metavar="", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """One chronology, every source cited, from a folder of articles about a war."""
    prepare_streams()
    context.obj = Settings(store, quiet, verbose, color or Colour.auto)


def opened(settings: Settings) -> "Store":
    """The store, which must be there."""
    from ..store import Store

    return Store.open(settings.store)


def published_on(text: str | None) -> "DateInterval":
    """The date given to --published; unknown where none is."""
    from ..interval import UNKNOWN

    return calendar_date(text, "--published") if text else UNKNOWN
