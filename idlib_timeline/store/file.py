"""The file behind a store: opened, closed, written in transactions; every SQLite failure names the file."""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from ..schema import connect, discard, failures

_SURROGATE = re.compile("[\ud800-\udfff]")


class File:
    """An open database file; a context manager that closes it. See `open`."""

    def __init__(self, connection: sqlite3.Connection, path: str, fresh: bool) -> None:
        self._connection = connection
        self._path = path
        self._fresh = fresh  # made by us and not yet filled by a complete build

    @classmethod
    def open(cls, path: str | os.PathLike[str], create: bool = False) -> Self:
        """The store at `path`, migrated to this program's schema; made when `create` and missing.

        Raises StoreError for a store that is missing, not one of ours, newer than this program, locked or unwritable.
        """
        path = os.fspath(path)
        connection, fresh = connect(path, create)
        return cls(connection, path, fresh)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a new one that no build has completed is taken away again."""
        if self._fresh:
            discard(self._connection, self._path)
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what is written inside is kept only when the block ends without an error."""
        with failures(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _run(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
        with failures(self._path):
            return self._connection.execute(sql, values)

    def _many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with failures(self._path):
            self._connection.executemany(sql, rows)

    def _each(self, sql: str, values: Any = ()) -> Iterator[Any]:
        with failures(self._path):
            yield from self._connection.execute(sql, values)

    def _all(self, sql: str, values: Any = ()) -> list[Any]:
        with failures(self._path):
            return self._connection.execute(sql, values).fetchall()


def stored_key(path: str) -> str | bytes:
    """A path as the store holds it."""
    # A file name that is not Unicode reaches Python as lone surrogates, which SQLite's text cannot hold.
    return os.fsencode(path) if _SURROGATE.search(path) else path


def sound(text: str) -> str:
    """Text that UTF-8 can carry: half a surrogate pair becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)
