"""The store: one SQLite file with articles, mentions and the events derived from them.

The caller owns the transaction: a build runs inside `with store.transaction():`, so that an interrupted
one leaves the last complete store. Every SQLite failure leaves here as a StoreError that names the file.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from .errors import QueryError, StoreError
from .query import Query, conditions
from .schema import connect, discard, failures
from .serial import Record, dumps, event_record, mention_from_record, mention_record

if TYPE_CHECKING:
    from .model import Event, EventMention, Reading

_SHORTEST_ID = 6  # characters of an event's id that are shown at least
_SURROGATE = re.compile("[\ud800-\udfff]")


class Store:
    """An open store; a context manager that closes it. See `open`."""

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

    # --- what a build writes --------------------------------------------------------------------------

    def known(self) -> dict[str, tuple[str, str]]:
        """Path key -> (sha256, context key) of every article in the store."""
        rows = self._all("SELECT key, sha256, context_key FROM articles ORDER BY id")
        return {os.fsdecode(key): (sha256, context) for key, sha256, context in rows}

    def labels(self) -> dict[str, tuple[str, str]]:
        """Path key -> (root, file name in output)."""
        return {os.fsdecode(key): (root, file) for key, root, file in self._all("SELECT key, root, file FROM articles")}

    def put(self, reading: Reading, root: str, context_key: str) -> None:
        """Keep what was read of one article, in place of what was kept of it before."""
        article, publication = reading.article, reading.publication
        self.remove(article.path)
        row = {
            "key": _key(article.path),
            "root": _sound(root),
            "file": _sound(article.file),
            "title": _sound(article.title),
            "outlet": _sound(publication.outlet),
            "published": publication.date.edtf(),
            "approximate": publication.date.approximate,
            "earliest": publication.date.earliest.isoformat() if publication.date.earliest else None,
            "latest": publication.date.latest.isoformat() if publication.date.latest else None,
            "method": publication.method,
            "evidence": _sound(publication.evidence),
            "conflicts": dumps(list(publication.conflicts)),
            "place": _sound(publication.place),
            "timezone": _sound(publication.timezone),
            "url": _sound(publication.url),
            "sha256": article.sha256,
            "context_key": context_key,
            "text": _sound(article.text),
        }
        columns, slots = ", ".join(row), ", ".join(f":{column}" for column in row)
        number = self._run(f"INSERT INTO articles ({columns}) VALUES ({slots})", row).lastrowid  # noqa: S608 - own names
        self._many(
            "INSERT INTO mentions (article, key, start, record) VALUES (?, ?, ?, ?)",
            ((number, m.key, m.evidence.start, dumps(mention_record(m))) for m in reading.mentions),
        )
        for kind, seen in (("actor", reading.actors), ("place", reading.places)):
            self._many(
                "INSERT INTO names VALUES (?, ?, ?, ?, ?)",
                ((number, kind, name, _sound(spelling), count) for name, spelling, count in seen),
            )

    def remove(self, key: str) -> None:
        """Forget the article with this path key, and all that was read from it."""
        self._run("DELETE FROM articles WHERE key = ?", (_key(key),))

    def reroot(self, roots: Mapping[str, str]) -> None:
        """Note the folders by which articles are named now: path key -> root."""
        self._many("UPDATE articles SET root = ? WHERE key = ?", ((_sound(r), _key(key)) for key, r in roots.items()))

    def relabel(self, files: Mapping[str, str]) -> None:
        """Give articles another name in output: path key -> name."""
        self._many("UPDATE articles SET file = ? WHERE key = ?", ((_sound(f), _key(key)) for key, f in files.items()))

    def mentions(self) -> tuple[EventMention, ...]:
        """Every mention, in the order of file, offset and key, whatever the order they were put in."""
        rows = self._all(
            "SELECT mentions.record, articles.file FROM mentions JOIN articles ON articles.id = mentions.article"
            " ORDER BY articles.file, mentions.start, mentions.key"
        )
        return tuple(mention_from_record(json.loads(record), file) for record, file in rows)

    def replace_events(
        self,
        events: Sequence[Event],
        spellings: Iterable[tuple[str, str, str]] = (),
        types: Mapping[str, str] | None = None,
    ) -> None:
        """Put these events in place of all former ones; this completes a build.

        `spellings` are (kind, folded, canonical) with kind `actor` or `place`; `types` maps type -> group.
        Every mention of an event must be in the store under the file name it cites.
        """
        for table in ("events", "spellings", "types", "builds"):
            self._run(f"DELETE FROM {table}")  # noqa: S608 - own names; the event tables follow by cascade
        numbers = {
            (file, start, key): number
            for number, file, start, key in self._all(
                "SELECT mentions.id, file, start, mentions.key FROM mentions JOIN articles ON articles.id = article"
            )
        }
        ordered = sorted(events, key=lambda event: (*event.date.sort_key, event.id))
        self._many(
            "INSERT INTO events VALUES (?, ?, ?, ?, ?)", (_event_row(n, event) for n, event in enumerate(ordered))
        )
        self._many(
            "INSERT OR IGNORE INTO event_mentions VALUES (?, ?)",
            (
                (event.id, numbers[_sound(mention.evidence.file), mention.evidence.start, mention.key])
                for event in ordered
                for mention in event.mentions
            ),
        )
        self._many(
            "INSERT INTO event_actors VALUES (?, ?)",
            ((event.id, name) for event in ordered for name in sorted({*event.actors, *event.who, *event.whom})),
        )
        self._many("INSERT INTO event_places VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _place_rows(ordered))
        self._many("INSERT OR IGNORE INTO spellings VALUES (?, ?, ?)", spellings)
        self._many("INSERT INTO types VALUES (?, ?)", sorted((types or {}).items()))
        self._run("INSERT INTO builds VALUES (1, ?)", (len(ordered),))

    # --- what a reader asks ---------------------------------------------------------------------------

    def events(self, query: Query | None = None) -> list[Record]:
        """The events a query lets through, as the contract's JSON records; by default all but the background."""
        self._complete()
        query = query or Query()
        where, values = conditions(query)
        order = "DESC" if query.reverse else "ASC"
        values["limit"] = -1 if query.limit is None else query.limit
        sql = f"SELECT record FROM events WHERE {where} ORDER BY position {order} LIMIT :limit"  # noqa: S608 - own text
        return [json.loads(record) for (record,) in self._all(sql, values)]

    def types(self) -> dict[str, str]:
        """Event type -> the group it is shown in."""
        return dict(self._all("SELECT name, type_group FROM types ORDER BY name"))

    def canonical(self, kind: str, folded: str) -> frozenset[str]:
        """The canonical names (`kind` is `actor` or `place`) that a folded spelling can mean; empty when unknown."""
        rows = self._all("SELECT canonical FROM spellings WHERE kind = ? AND folded = ?", (kind, folded))
        return frozenset(name for (name,) in rows)

    def id_length(self) -> int:
        """How many characters of an id tell every event from every other, at least six."""
        total, length = self._all("SELECT count(*), coalesce(max(length(id)), 0) FROM events")[0]
        longest: int = max(length, _SHORTEST_ID)
        for size in range(_SHORTEST_ID, longest):
            if self._all("SELECT count(DISTINCT substr(id, 1, ?)) FROM events", (size,))[0][0] == total:
                return size
        return longest

    def explain(self, prefix: str) -> Record:
        """One event by its id or the beginning of it, with all that led to it.

        Beside the contract's fields: `joined`, and `mentions`, each with its evidence, words, steps and publication.
        Raises QueryError when no event or more than one begins so.
        """
        self._complete()
        rows = self._all(
            "SELECT id, record, joined FROM events WHERE substr(id, 1, length(:p)) = :p ORDER BY id",
            {"p": _sound(prefix)},
        )
        exact = [row for row in rows if row[0] == prefix]
        if not rows or not prefix:
            raise QueryError(
                f"no event has the id {prefix!r}; `timeline show --all` gives each event's id in its last column"
            )
        if len(rows) > 1 and not exact:
            ids = ", ".join(row[0] for row in rows[:5]) + (", ..." if len(rows) > 5 else "")
            raise QueryError(f"{len(rows)} events have ids that begin with {prefix!r}: {ids}; give more of the id")
        identity, record, joined = exact[0] if exact else rows[0]
        mentions = self._all(
            "SELECT mentions.record, articles.file, articles.title, outlet, published, method, evidence, conflicts"
            " FROM event_mentions JOIN mentions ON mentions.id = mention JOIN articles ON articles.id = article"
            " WHERE event = ? ORDER BY articles.file, mentions.start, mentions.key",
            (identity,),
        )
        return {**json.loads(record), "joined": json.loads(joined), "mentions": [_told(*row) for row in mentions]}

    def sources(self) -> list[Record]:
        """One record per article as the contract has it, and `conflicts`: what else says another date."""
        self._complete()
        rows = self._all(
            "SELECT file, title, outlet, published, earliest, latest, method, evidence, sha256, events, conflicts"
            " FROM articles LEFT JOIN (SELECT article, count(DISTINCT event) AS events FROM mentions"
            " JOIN event_mentions ON mention = mentions.id GROUP BY article) AS told ON told.article = articles.id"
            " ORDER BY file"
        )
        keys = ("file", "title", "outlet", "published", "earliest", "latest", "method", "evidence", "sha256", "events")
        records = [dict(zip(keys, row, strict=False)) for row in rows]
        for record, row in zip(records, rows, strict=True):
            record.update(
                published=record["published"] or None, events=record["events"] or 0, conflicts=json.loads(row[10])
            )
        return records

    def actors(self) -> list[Record]:
        """Canonical actors with the spellings seen, how often, and the number of events; most events first."""
        events = dict(self._all("SELECT name, count(*) FROM event_actors GROUP BY name"))
        rows = [
            {"name": name, "mentions": sum(spellings.values()), "events": events.get(name, 0), "spellings": spellings}
            for name, spellings in self._seen("actor", events).items()
        ]
        return sorted(rows, key=_busiest)

    def places(self) -> list[Record]:
        """Canonical places likewise, with country, first-level division, coordinates in degrees and GeoNames id."""
        events = dict(self._all("SELECT name, count(DISTINCT event) FROM event_places GROUP BY name"))
        known = {
            name: {"country": country or None, "admin1": admin1 or None, "lat": lat, "lon": lon, "geonameid": number}
            for name, country, admin1, lat, lon, number in self._all(
                "SELECT name, country, admin1, lat, lon, geonameid FROM event_places ORDER BY name, geonameid, event"
            )
        }
        unknown = dict.fromkeys(("country", "admin1", "lat", "lon", "geonameid"))
        rows = [
            {
                "name": name,
                **known.get(name, unknown),
                "mentions": sum(spellings.values()),
                "events": events.get(name, 0),
                "spellings": spellings,
            }
            for name, spellings in self._seen("place", events).items()
        ]
        return sorted(rows, key=_busiest)

    def _seen(self, kind: str, names: Iterable[str]) -> dict[str, dict[str, int]]:
        self._complete()
        seen: dict[str, dict[str, int]] = {name: {} for name in names}
        rows = self._all(
            "SELECT name, spelling, sum(count) FROM names WHERE kind = ?"
            " GROUP BY name, spelling ORDER BY sum(count) DESC, spelling",
            (kind,),
        )
        for name, spelling, count in rows:
            seen.setdefault(name, {})[spelling] = count
        return seen

    def _complete(self) -> None:
        if not self._all("SELECT 1 FROM builds"):
            raise StoreError(f"{self._path}: no build has been completed here; run `timeline build PATH` first")

    def _run(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
        with failures(self._path):
            return self._connection.execute(sql, values)

    def _many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with failures(self._path):
            self._connection.executemany(sql, rows)

    def _all(self, sql: str, values: Any = ()) -> list[Any]:
        with failures(self._path):
            return self._connection.execute(sql, values).fetchall()


def _event_row(position: int, event: Event) -> tuple[Any, ...]:
    files = {mention.evidence.file for mention in event.mentions}
    return (event.id, position, len(files), dumps(list(event.joined)), dumps(event_record(event)))


def _place_rows(events: Iterable[Event]) -> Iterator[tuple[Any, ...]]:
    for event in events:
        places = [mention.place for mention in event.places]
        if event.place:
            places.insert(0, event.place)
        for place in dict.fromkeys(places):
            yield (event.id, place.name, place.kind, place.country, place.admin1, place.lat, place.lon, place.geonameid)


def _told(
    record: str, file: str, title: str, outlet: str, published: str, method: str, evidence: str, conflicts: str
) -> Record:
    mention = json.loads(record)
    return {
        "file": file,
        "sentence": mention["sentence"],
        "start": mention["start"],
        "end": mention["end"],
        "trigger": mention["trigger"],
        "event_rule": mention["event_rule"],
        "date": mention["date"],
        "expression": mention["expression"],
        "anchor": mention["anchor"],
        "rule": mention["rule"],
        "steps": mention["steps"],
        "attribution": mention["attribution"],
        "published": published or None,
        "method": method,
        "publication": evidence,
        "conflicts": json.loads(conflicts),
        "outlet": outlet,
        "article": title,
    }


def _busiest(row: Record) -> tuple[int, int, str]:
    return (-row["events"], -row["mentions"], row["name"])


def _key(path: str) -> str | bytes:
    # A file name that is not Unicode reaches Python as lone surrogates, which SQLite's text cannot hold.
    return os.fsencode(path) if _SURROGATE.search(path) else path


def _sound(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)
