"""`timeline sources`, `actors`, `places` and `dates`: lists."""

from typing import Annotated

import typer

from .. import render
from ..console import Settings, Style, chosen_format, guarded, look, say, write
from ..query import field_names
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


@app.command(
    epilog=examples(
        "timeline sources",
        "timeline sources -f jsonl",
        "timeline sources --missing -f csv > publications.csv",
    )
)
def sources(
    context: typer.Context,
    missing: Annotated[
        bool,
        option(
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
    with guarded(), opened(settings) as kept:
        from ..render.listings import SOURCES

        chosen, rows = chosen_format(form, output), kept.sources(missing)
        if missing and not rows and not settings.quiet:
            say("timeline: no article lacks its day of publication")
        if missing and chosen == "csv":
            write(render.publications(rows), output)
        else:
            write(render.listing(SOURCES, rows, chosen, look(settings, output, {}, 0)), output)


@app.command(epilog=examples("timeline actors", "timeline actors -f csv"))
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


@app.command(epilog=examples("timeline places", "timeline places -f csv -o places.csv"))
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
    epilog=examples(
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
        chosen, day, named = chosen_format(form, output), published_on(published), field_names(field or ())
        from .. import pipeline
        from ..render.listings import DATES
        from ..serial import expression_record

        tagged = pipeline.tag(paths, context=articles, published=day, fields=named, style=style.value)
        rows = (expression_record(article, found) for article, expressions in tagged for found in expressions)
        write(render.listing(DATES, rows, chosen, look(settings, output, {}, 0)), output)


def _list(what: str, settings: Settings, form: str | None, output: str | None) -> None:
    with guarded(), opened(settings) as kept:
        from ..render import listings

        chosen = chosen_format(form, output)
        kind, rows = {
            "actors": (listings.ACTORS, kept.actors),
            "places": (listings.PLACES, kept.places),
        }[what]
        write(render.listing(kind, rows(), chosen, look(settings, output, {}, 0)), output)
