"""The command line: parse, call, print, exit code. Everything else is elsewhere."""

from . import chronology, judging, listings  # noqa: F401 - each adds its commands, in this order
from .options import app


def run() -> None:
    """The entry point of the console script."""
    app()
