"""`timeline merge`, `split`, `fix`, `hide`, `note`, `undo` and `judgements`: what analysts decide."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .. import render
from ..console import Settings, chosen_format, guarded, look, say, write
from ..errors import QueryError
from ..render.words import counted
from .options import Format, Output, Quiet, StoreFile, Verbose, When, app, examples, opened, option

if TYPE_CHECKING:
    from ..store import Store

Reason = Annotated[str, option("--reason", metavar="TEXT", text="Why; kept with the judgement.")]
Author = Annotated[str, option("--author", metavar="NAME", text="Who says so.", env="TIMELINE_AUTHOR")]
EventId = Annotated[str, typer.Argument(metavar="EVENT", help="The event's id or the beginning of it.")]


@app.command(
    epilog=examples(
        "timeline merge 3fa9c1 7be2d4",
        'timeline merge 3fa9c1 7be2d4 0d11aa --reason "the same strike, told a day later" --author "A. Haddad"',
    )
)
def merge(
    context: typer.Context,
    event: Annotated[str, typer.Argument(metavar="A", help="An event's id or the beginning of it.")],
    others: Annotated[list[str], typer.Argument(metavar="B...", help="The events that are the same as A.")],
    reason: Reason = "",
    author: Author = "",
    store: StoreFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """Say that events are one. The decision survives every build; `timeline undo` takes it back."""
    settings = context.obj.over(store, quiet, verbose, color)
    _enter(settings, "merged into one", "merge", event, others, reason=reason, author=author)


@app.command(
    epilog=examples(
        "timeline split 3fa9c1 7be2d40c11",
        'timeline split 3fa9c1 7be2d40c11 0d11aa22bb --reason "the raid of the next morning"',
    )
)
def split(
    context: typer.Context,
    event: EventId,
    mentions: Annotated[
        list[str],
        typer.Argument(metavar="MENTION...", help="Mentions that tell another event, as `explain` shows them."),
    ],
    reason: Reason = "",
    author: Author = "",
    store: StoreFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """Say that mentions of an event are one event of their own."""
    settings = context.obj.over(store, quiet, verbose, color)
    _enter(settings, "split", "split", event, mentions, reason=reason, author=author)


@app.command(
    epilog=examples(
        "timeline fix 3fa9c1 --date 2019-08-20 --place Tollen",
        'timeline fix 3fa9c1 --status denied --reason "the ministry took it back on 3 September"',
        'timeline fix 3fa9c1 --date ""',
    )
)
def fix(
    context: typer.Context,
    event: EventId,
    date: Annotated[str | None, option("--date", metavar="D", text="ISO or EDTF; empty if not known.")] = None,
    type_: Annotated[str | None, option("--type", metavar="T", text="One of the event types.")] = None,
    place: Annotated[str | None, option("--place", metavar="P", text="By any name of it; empty if not known.")] = None,
    status: Annotated[
        str | None, option("--status", metavar="S", text="happened, planned, hypothetical or denied.")
    ] = None,
    title: Annotated[str | None, option("--title", metavar="TEXT", text="At most 120 characters.")] = None,
    reason: Reason = "",
    author: Author = "",
    store: StoreFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """Correct what an event says of itself. What the sources say stays below it, in `explain`."""
    settings = context.obj.over(store, quiet, verbose, color)
    said = {"date": date, "type": type_, "place": place, "status": status, "title": title}
    changes = tuple((key, value) for key, value in said.items() if value is not None)
    _enter(settings, "fixed", "fix", event, changes=changes, reason=reason, author=author)


@app.command(epilog=examples('timeline hide 3fa9c1 --reason "about a film"'))
def hide(
    context: typer.Context,
    event: EventId,
    reason: Reason = "",
    author: Author = "",
    store: StoreFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """Leave an event out of the chronology."""
    settings = context.obj.over(store, quiet, verbose, color)
    _enter(settings, "hidden", "hide", event, reason=reason, author=author)


@app.command(epilog=examples('timeline note 3fa9c1 "The court found otherwise in 2021."'))
def note(
    context: typer.Context,
    event: EventId,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to keep with the event.")],
    reason: Reason = "",
    author: Author = "",
    store: StoreFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """Keep a note with an event; `explain` shows it."""
    settings = context.obj.over(store, quiet, verbose, color)
    _enter(settings, "noted", "note", event, text=text, reason=reason, author=author)


@app.command(epilog=examples("timeline undo"))
def undo(
    context: typer.Context,
    store: StoreFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """Take the last judgement back."""
    settings = context.obj.over(store, quiet, verbose, color)
    with guarded(), opened(settings) as kept:
        from ..judging import undo as take_back

        gone = take_back(kept)
        if settings.quiet:
            return
        if gone is None:
            say("timeline: there is no judgement to take back")
        else:
            say(f"{gone.verb} of {gone.event} is taken back; {_left(len(kept.judgements()))}")


@app.command(
    epilog=examples(
        "timeline judgements",
        "timeline judgements --export articles/judgements.toml",
        "timeline judgements --import articles/judgements.toml",
    )
)
def judgements(
    context: typer.Context,
    target: Annotated[
        str | None, option("--export", metavar="FILE", text="Write them as a text file (- for stdout).")
    ] = None,
    source: Annotated[
        str | None,
        option("--import", metavar="FILE", text="Put those of a text file (- for stdin) in place of all there are."),
    ] = None,
    form: Format = None,
    output: Output = None,
    store: StoreFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: When = None,
) -> None:
    """List what analysts decided, in order, and whether it still holds; write it to a text file, or read one."""
    settings = context.obj.over(store, quiet, verbose, color)
    with guarded(), opened(settings) as kept:
        if source is not None and target is not None:
            raise QueryError("--import: does not go with --export; give one of them")
        if source is not None:
            _import(kept, source, settings)
        elif target is not None:
            _export(kept, target, settings)
        else:
            from ..render.listings import JUDGEMENTS

            rows = kept.judgements()
            chosen = chosen_format(form, output)
            if not rows and not settings.quiet:
                say("timeline: nobody has judged yet; `timeline merge -h` and its like say how")
            write(render.listing(JUDGEMENTS, rows, chosen, look(settings, output, {}, 0)), output)


def _enter(settings: Settings, done: str, verb: str, event: str, others: Sequence[str] = (), **said: Any) -> None:
    """Keep a judgement, its ids in full, and say which event it made."""
    with guarded(), opened(settings) as kept:
        from ..judgements import check
        from ..judging import judge
        from ..model import Judgement

        judgement = Judgement(verb, kept.mention_called(event), tuple(map(kept.mention_called, others)), **said)
        check(judgement, kept.types())
        name = judge(kept, judgement)
        if not settings.quiet:
            say(f"{name}: {done}; `timeline undo` takes it back, `timeline explain {name}` shows it")


def _export(kept: "Store", target: str, settings: Settings) -> None:
    from ..judgements import dump

    made = kept.judged()
    write([dump(made)], None if target == "-" else target)
    if target != "-" and not settings.quiet:
        say(f"{counted(len(made), 'judgement')} written to {target}; `timeline judgements --import` reads them back")


def _import(kept: "Store", source: str, settings: Settings) -> None:
    from ..judgements import load
    from ..judging import import_judgements

    before = len(kept.judgements())
    read = load(source, kept.types())
    number = import_judgements(kept, read, "stdin" if source == "-" else source)
    if not settings.quiet:
        say(
            f"{counted(number, 'judgement')} from {source} in place of the {before:,} before;"
            " the file exported before them takes that back"
        )


def _left(number: int) -> str:
    return f"{counted(number, 'judgement')} left" if number else "none is left"
