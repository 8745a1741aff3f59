"""The errors this package raises on purpose; everything else is a defect.

Messages are lower case, name the file (and line or row) and the remedy. Only `cli.py` turns them
into output and exit codes.
"""


class TimelineError(Exception):
    """Base of every error a user can cause and mend."""


class InputError(TimelineError):
    """An article, context file or path that cannot be used."""


class UnreadableArticle(InputError):
    """One article file that is skipped; the build goes on, and fails only under `--strict`."""


class StoreError(TimelineError):
    """A store that is missing, foreign, newer than this program, or locked."""


class RulebookError(TimelineError):
    """A row of the rulebook that breaks the house rules: no example, unknown slot, unknown function."""


class QueryError(TimelineError):
    """A filter, event id or format that means nothing."""


class ModelError(TimelineError):
    """The parser's weights are missing or are not the ones this program was measured with."""
