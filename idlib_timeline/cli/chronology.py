"""`timeline build`, `show`, `conflicts`, `explain` and `diff`: the chronology, why it is so, and what became of it."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from .. import render
from ..console import Settings, chosen_format, events_at, guarded, look, progress, say, write
from ..errors import QueryError
from ..query import Query, chosen_statuses, chosen_types, field_names, first_day, last_day
from ..render.words import counted
from .options import (
    Context,
    Fields,
    Format,
    Output,
    Paths,
    Published,
    Quiet,
    StoreFile,
    Verbose,
    When,
    app,
    examples,
    opened,
    option,
    published_on,
)

if TYPE_CHECKING:
    from ..pipeline import Summary
    from ..store import Store

_WARNINGS_SHOWN = 5  # without --verbose


@app.command(
    epilog=examples(
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
    strict: Annotated[bool, option("--strict", text="Fail (exit code 1) when any file cannot be read.")] = False,
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
        day, named = published_on(published), field_names(field or ())
        from .. import pipeline
        from ..store import Store

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
    epilog=examples(
        "timeline show --actor Ankara --actor Russia --since 2019-08 --until 2019-09",
        "timeline show --type violence --min-sources 2 -f csv > attacks.csv",
        "timeline show --search ceasefire --all -o ceasefires.md",
    )
)
def show(
    context: typer.Context,
    actor: Annotated[
        list[str] | None,
        option("--actor", metavar="A", text="Who took part, in any spelling; repeat it for events with all of them."),
    ] = None,
    place: Annotated[list[str] | None, option("--place", metavar="P", text="Where, or in which region.")] = None,
    type_: Annotated[list[str] | None, option("--type", metavar="T", text="What: a type, or a group of types.")] = None,
    status: Annotated[
        list[str] | None, option("--status", metavar="S", text="happened, planned, hypothetical or denied.")
    ] = None,
    since: Annotated[str | None, option("--since", metavar="D", text="From this ISO or EDTF date on.")] = None,
    until: Annotated[str | None, option("--until", metavar="D", text="Up to this ISO or EDTF date.")] = None,
    source: Annotated[
        str, option("--source", metavar="TEXT", text="Told by a file, outlet or title with this text.")
    ] = "",
    search: Annotated[str, option("--search", metavar="TEXT", text="With this text in a sentence or name.")] = "",
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
    everything: Annotated[bool, option("--all", text="Background statements and tolls too.")] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", metavar="N", min=0, help="The first N only.", show_default=False)
    ] = None,
    reverse: Annotated[bool, option("--reverse", text="Latest first.")] = False,
    form: Format = None,
    output: Output = None,
    store: StoreFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """Print the chronology, all of it or what the filters let through."""
    settings = context.obj.over(store, quiet, verbose, color)
    with guarded(), opened(settings) as kept:
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


@app.command(epilog=examples("timeline conflicts", "timeline conflicts -o conflicts.md", "timeline conflicts -f jsonl"))
def conflicts(
    context: typer.Context,
    form: Format = None,
    output: Output = None,
    store: StoreFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """List what the sources disagree on, side by side: days, tolls, doers, places, and what is denied."""
    settings = context.obj.over(store, quiet, verbose, color)
    with guarded(), opened(settings) as kept:
        from ..render.listings import CONFLICTS
        from ..render.listings import conflicts as disputed

        chosen = chosen_format(form, output)
        rows = disputed(kept.events(Query(background=True)), {row["file"]: row for row in kept.sources()})
        if not rows and not settings.quiet:
            say("timeline: the sources do not contradict each other")
        write(render.listing(CONFLICTS, rows, chosen, look(settings, output, {}, 0)), output)


@app.command(
    epilog=examples(
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
    with guarded(), opened(settings) as kept:
        from ..reasons import reasons

        chosen = render.explanation_format(form)
        write(render.explanation(reasons(kept, kept.explain(name)), chosen, look(settings, None, kept.types(), 0)))


@app.command(
    epilog=examples(
        "timeline diff old.db timeline.db",
        "timeline diff before.jsonl timeline.db -f markdown > changes.md",
        "timeline show --all -f jsonl | timeline diff before.jsonl -",
    )
)
def diff(
    context: typer.Context,
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help="A store, what `timeline show --all -f jsonl` wrote, or - for that on stdin."
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same of the later chronology.")],
    form: Annotated[
        str | None,
        option(
            "--format",
            "-f",
            metavar="FORMAT",
            text="text, markdown, json or jsonl (default: text on a terminal, else markdown; env TIMELINE_FORMAT).",
        ),
    ] = None,
    output: Output = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """Compare two chronologies: events added, gone, merged, split, and changed field by field.

    The exit code is 1 when there is any difference; -q prints nothing and leaves it at that.
    """
    settings = context.obj.over(None, quiet, verbose, color)
    with guarded():
        from ..changes import changes
        from ..render.changes import difference, difference_format

        chosen = difference_format(chosen_format(form, output))
        if old == new == "-":
            raise QueryError("diff: both chronologies are to come from stdin; give a file for one of them")
        found = changes(events_at(old), events_at(new))
        if output or not settings.quiet:
            write(difference(found, chosen, look(settings, output, {}, 0)), output)
        if found.found:
            raise typer.Exit(1)


def _names(kept: "Store", kind: str, spelling: str, settings: Settings) -> frozenset[str]:
    """Canonical names for a spelling; a note when the store knows none."""
    from ..names import fold

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
    for fault in summary.faults:
        say(f"timeline: {fault}; it is kept, and `timeline judgements` lists it")
    articles = [f"{summary.read:,} read"]
    articles += [f"{summary.unchanged:,} unchanged"] if summary.unchanged else []
    articles += [f"{summary.gone:,} gone"] if summary.gone else []
    articles += [f"{len(summary.skipped):,} skipped"] if summary.skipped else []
    undated = f", {summary.undated:,} without a publication date (see `timeline sources`)" if summary.undated else ""
    say(f"{counted(summary.articles, 'article')} ({', '.join(articles)}){undated}")
    say(f"{counted(summary.events, 'event')} and {summary.background:,} in the background, in {settings.store}")
