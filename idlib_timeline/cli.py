"""The command line: parse, call, print, exit code. Everything else is elsewhere."""

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import __version__, render
from .console import Colour, Settings, Style, chosen_format, guarded, look, prepare_streams, progress, say, write
from .query import Query, calendar_date, chosen_statuses, chosen_types, field_names, first_day, last_day
from .render.words import counted

if TYPE_CHECKING:
    from .interval import DateInterval
    from .pipeline import Summary
    from .store import Store

_COMMON = "Common options"
_WARNINGS_SHOWN = 5  # without --verbose

app = typer.Typer(
    name="timeline",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def _option(*names: str, text: str, metavar: str = "", panel: str | None = None) -> Any:
    return typer.Option(*names, metavar=metavar, help=text, show_default=False, rich_help_panel=panel)


def _examples(*lines: str) -> str:
    return "\n".join(["[bold]Examples[/bold]", *lines])


Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders with all in them, or - for stdin.")]
StoreFile = Annotated[
    str | None,
    _option("--store", metavar="FILE", text="The store (default timeline.db; env TIMELINE_STORE).", panel=_COMMON),
]
Quiet = Annotated[bool, _option("--quiet", "-q", text="Say nothing but errors.", panel=_COMMON)]
Verbose = Annotated[bool, _option("--verbose", "-v", text="Say every warning.", panel=_COMMON)]
When = Annotated[
    Colour | None,
    _option("--color", metavar="WHEN", text="auto, always or never; NO_COLOR is honoured.", panel=_COMMON),
]
Format = Annotated[
    str | None,
    _option(
        "--format",
        "-f",
        metavar="FORMAT",
        text=f"One of {', '.join(render.FORMATS)} (default: table on a terminal, else markdown; env TIMELINE_FORMAT).",
    ),
]
Output = Annotated[
    str | None, _option("--output", "-o", metavar="FILE", text="Write to this file, in the format of its ending.")
]
Context = Annotated[
    str | None,
    _option("--context", metavar="FILE", text="CSV that says when each article appeared: file,published,outlet,..."),
]
Published = Annotated[
    str | None,
    _option("--published", metavar="DATE", text="Publication date of the articles that have none of their own."),
]
Fields = Annotated[
    list[str] | None,
    _option(
        "--field", metavar="NAME=KEY", text="The KEY that holds NAME (text, title, published ...) in JSON and CSV."
    ),
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"timeline {__version__}")
        raise typer.Exit


@app.callback(
    epilog=_examples(
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


@app.command(
    epilog=_examples(
        "timeline build articles/",
        "timeline build articles/ more.html --context dates.csv",
        "timeline build --published 2019-08-31 - < article.txt",
    )
)
def build(
    context: typer.Context,
    paths: Paths,
    dates: Context = None,
    published: Published = None,
    field: Fields = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes that read (default: one a processor)."),
    ] = None,
    strict: Annotated[bool, _option("--strict", text="Fail (exit code 1) when any file cannot be read.")] = False,
    store: StoreFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """Read articles, and keep their events in the store.

    Articles that have not changed since the last build are not read again; those that are gone are dropped.
    """
    settings = context.obj.over(store, quiet, verbose, color)
    with guarded():
        day, named = _published(published), field_names(field or ())
        from . import pipeline
        from .store import Store

        with Store.open(settings.store, create=True) as kept, progress(settings, "reading") as step:
            summary = pipeline.build(
                paths,
                kept,
                context=dates,
                published=day,
                fields=named,
                jobs=jobs or _processors(),
                progress=step,
            )
        _report(summary, settings)
        if strict and summary.skipped:
            raise typer.Exit(1)


@app.command(
    epilog=_examples(
        "timeline show --actor Ankara --actor Russia --since 2019-08 --until 2019-09",
        "timeline show --type violence --min-sources 2 -f csv > attacks.csv",
        "timeline show --search ceasefire --all -o ceasefires.md",
    )
)
def show(
    context: typer.Context,
    actor: Annotated[
        list[str] | None,
        _option("--actor", metavar="A", text="Who took part, in any spelling; repeat it for events with all of them."),
    ] = None,
    place: Annotated[list[str] | None, _option("--place", metavar="P", text="Where, or in which region.")] = None,
    type_: Annotated[
        list[str] | None, _option("--type", metavar="T", text="What: a type, or a group of types.")
    ] = None,
    status: Annotated[
        list[str] | None, _option("--status", metavar="S", text="happened, planned, hypothetical or denied.")
    ] = None,
    since: Annotated[str | None, _option("--since", metavar="D", text="From this ISO or EDTF date on.")] = None,
    until: Annotated[str | None, _option("--until", metavar="D", text="Up to this ISO or EDTF date.")] = None,
    source: Annotated[
        str, _option("--source", metavar="TEXT", text="Told by a file, outlet or title with this text.")
    ] = "",
    search: Annotated[str, _option("--search", metavar="TEXT", text="With this text in a sentence or name.")] = "",
    min_sources: Annotated[
        int,
        typer.Option(
            "--min-sources",
            metavar="N",
            min=0,
            help="Told by at least N sources; a text and its reprints are one.",
            show_default=False,
        ),
    ] = 0,
    everything: Annotated[bool, _option("--all", text="Background statements and tolls too.")] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", metavar="N", min=0, help="The first N only.", show_default=False)
    ] = None,
    reverse: Annotated[bool, _option("--reverse", text="Latest first.")] = False,
    form: Format = None,
    output: Output = None,
    store: StoreFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """Print the chronology, all of it or what the filters let through."""
    settings = context.obj.over(store, quiet, verbose, color)
    with guarded(), _opened(settings) as kept:
        chosen = chosen_format(form, output)
        query = Query(
            actors=tuple(_names(kept, "actor", name, settings) for name in actor or ()),
            places=frozenset().union(*(_names(kept, "place", name, settings) for name in place)) if place else None,
            types=chosen_types(type_ or (), kept.types()),
            statuses=chosen_statuses(status or ()),
            since=first_day(since, "--since") if since else "",
            until=last_day(until, "--until") if until else "",
            source=source,
            search=search,
            min_sources=min_sources,
            background=everything,
            limit=limit,
            reverse=reverse,
        )
        events = kept.events(query)
        if not events and not settings.quiet:
            say(
                "timeline: no event matches"
                + ("" if everything else "; --all shows background statements and tolls too")
            )
        cited = {row["file"]: row for row in kept.sources()} if chosen == "markdown" else {}
        face = look(settings, output, kept.types(), kept.id_length())
        write(render.chronology(events, chosen, cited, face, kept.reprints()), output)


@app.command(
    epilog=_examples(
        "timeline explain 3fa9c1",
        "timeline explain 002_report.txt",
        "timeline explain dump.jsonl#17 -f json",
    )
)
def explain(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="EVENT|FILE",
            help="An event's id or the beginning of it, or an article's name or the end of it.",
        ),
    ],
    form: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")] = "text",
    store: StoreFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """Show all that led to one event, or how one article's publication date is known.

    Of an event: sentences, words, rules, dates, publication, merging. Of an article: what was asked, in which order,
    what each said, which decided and why, and what is missing.
    """
    settings = context.obj.over(store, quiet, verbose, color)
    with guarded(), _opened(settings) as kept:
        chosen = render.explanation_format(form)
        write(render.explanation(kept.explain(name), chosen, look(settings, None, kept.types(), 0)))


@app.command(
    epilog=_examples(
        "timeline sources",
        "timeline sources -f jsonl",
        "timeline sources --missing -f csv > publications.csv",
    )
)
def sources(
    context: typer.Context,
    missing: Annotated[
        bool,
        _option(
            "--missing", text="Only those whose day is not sure; with -f csv, a publications.csv for you to fill in."
        ),
    ] = False,
    form: Format = None,
    output: Output = None,
    store: StoreFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """List the articles: when each appeared, how sure that is and how it is known, and how many events it tells."""
    settings = context.obj.over(store, quiet, verbose, color)
    with guarded(), _opened(settings) as kept:
        from .render.listings import SOURCES

        chosen, rows = chosen_format(form, output), kept.sources(missing)
        if missing and not rows and not settings.quiet:
            say("timeline: no article lacks its day of publication")
        if missing and chosen == "csv":
            write(render.publications(rows), output)
        else:
            write(render.listing(SOURCES, rows, chosen, look(settings, output, {}, 0)), output)


@app.command(epilog=_examples("timeline actors", "timeline actors -f csv"))
def actors(
    context: typer.Context,
    form: Format = None,
    output: Output = None,
    store: StoreFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """List the actors: canonical names, the spellings seen, and counts."""
    _list("actors", context.obj.over(store, quiet, verbose, color), form, output)


@app.command(epilog=_examples("timeline places", "timeline places -f csv -o places.csv"))
def places(
    context: typer.Context,
    form: Format = None,
    output: Output = None,
    store: StoreFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """List the places: canonical names, where they lie, the spellings seen, and counts."""
    _list("places", context.obj.over(store, quiet, verbose, color), form, output)


@app.command(
    epilog=_examples(
        "timeline dates articles/ --context dates.csv",
        'echo "They left on Tuesday." | timeline dates --published 2019-08-22 -f jsonl -',
    )
)
def dates(
    context: typer.Context,
    paths: Paths,
    articles: Context = None,
    published: Published = None,
    field: Fields = None,
    style: Annotated[
        Style, typer.Option("--style", help="What an incomplete date hangs on: publication, or the last full date.")
    ] = Style.auto,
    form: Format = None,
    output: Output = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """Find the time expressions of articles, and say what each means; needs no store."""
    settings = context.obj.over(None, quiet, verbose, color)
    with guarded():
        chosen, day, named = chosen_format(form, output), _published(published), field_names(field or ())
        from . import pipeline
        from .render.listings import DATES
        from .serial import expression_record

        tagged = pipeline.tag(paths, context=articles, published=day, fields=named, style=style.value)
        rows = (expression_record(article, found) for article, expressions in tagged for found in expressions)
        write(render.listing(DATES, rows, chosen, look(settings, output, {}, 0)), output)


def _list(what: str, settings: Settings, form: str | None, output: str | None) -> None:
    with guarded(), _opened(settings) as kept:
        from .render import listings

        chosen = chosen_format(form, output)
        kind, rows = {
            "actors": (listings.ACTORS, kept.actors),
            "places": (listings.PLACES, kept.places),
        }[what]
        write(render.listing(kind, rows(), chosen, look(settings, output, {}, 0)), output)


def _opened(settings: Settings) -> "Store":
    from .store import Store

    return Store.open(settings.store)


def _published(text: str | None) -> "DateInterval":
    from .interval import UNKNOWN

    return calendar_date(text, "--published") if text else UNKNOWN


def _names(kept: "Store", kind: str, spelling: str, settings: Settings) -> frozenset[str]:
    """Canonical names for a spelling; a note when the store knows none."""
    from .names import fold

    names = kept.canonical(kind, fold(spelling))
    if not names and not settings.quiet:
        say(f"timeline: this store knows no {kind} called {spelling!r}; `timeline {kind}s` lists those it knows")
    return names


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _report(summary: "Summary", settings: Settings) -> None:
    """What a build did, on stderr."""
    for _, why in summary.skipped:  # the reason begins with the file's name
        say(f"timeline: skipped {why}")
    if settings.quiet:
        return
    shown = summary.warnings if settings.verbose else summary.warnings[:_WARNINGS_SHOWN]
    for warning in shown:
        say(f"timeline: {warning}")
    if len(shown) < len(summary.warnings):
        say(f"timeline: {len(summary.warnings) - len(shown)} more warnings; -v shows them all")
    articles = [f"{summary.read:,} read"]
    articles += [f"{summary.unchanged:,} unchanged"] if summary.unchanged else []
    articles += [f"{summary.gone:,} gone"] if summary.gone else []
    articles += [f"{len(summary.skipped):,} skipped"] if summary.skipped else []
    undated = f", {summary.undated:,} without a publication date (see `timeline sources`)" if summary.undated else ""
    say(f"{counted(summary.articles, 'article')} ({', '.join(articles)}){undated}")
    say(f"{counted(summary.events, 'event')} and {summary.background:,} in the background, in {settings.store}")


def run() -> None:
    """The entry point of the console script."""
    app()
