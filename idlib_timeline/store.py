"""The store: one SQLite file with articles, mentions and the events derived from them.

The caller owns the transaction: a build runs inside `with store.transaction():`, so that an interrupted
one leaves the last complete store. Every SQLite failure leaves here as a StoreError that names the file.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from .errors import QueryError, StoreError
from .interval import DateInterval
from .query import Query, conditions
from .schema import connect, discard, failures
from .serial import Record, dumps, event_record, finding_record, mention_from_record, mention_record

if TYPE_CHECKING:
    from .model import Event, EventMention, Reading

_SHORTEST_ID = 6  # characters of an event's id that are shown at least
_SOURCE = (
    "file", "title", "outlet", "published", "earliest", "latest", "method", "evidence", "sha256", "events", "author",
    "language", "url", "voice", "conflicts", "place", "timezone",
)  # fmt: skip
_INFERRED = ("text", "corpus")  # methods that conclude a date from texts; all others but `none` read it off something
_DAYS = (dt.date(1800, 1, 1), dt.date(2199, 12, 31))  # what an article can have appeared on, as far as it is reckoned
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

    def labels(self) -> dict[str, tuple[str, str, str]]:
        """Path key -> (root, file name in output, part of the file)."""
        rows = self._all("SELECT key, root, file, part FROM articles ORDER BY id")
        return {os.fsdecode(key): (root, file, part) for key, root, file, part in rows}

    def lent(self) -> dict[str, str]:
        """Path key -> what other articles lent it, for those that were lent something."""
        return {os.fsdecode(key): lent for key, lent in self._all("SELECT key, lent FROM articles WHERE lent != ''")}

    def circumstances(self) -> list[Record]:
        """What an article's neighbours may know of it, one record each, by file name."""
        rows = self._all(
            "SELECT key, file, part, outlet, day_first, two_days, published, method, possible"
            " FROM articles ORDER BY file"
        )
        return [
            {
                "key": os.fsdecode(key),
                "file": file,
                "whole": os.fsdecode(key).removesuffix(f"#{part}") if part else os.fsdecode(key),
                "outlet": outlet,
                "order": None if order is None else bool(order),
                "two_days": bool(two_days),
                "published": published,
                "method": method,
                "possible": json.loads(possible),
            }
            for key, file, part, outlet, order, two_days, published, method, possible in rows
        ]

    def prints(self) -> list[tuple[str, bytes]]:
        """(file name in output, print of its sentences) of every article, by name."""
        return self._all("SELECT file, print FROM articles ORDER BY file")

    def voice(self, voices: Mapping[str, str]) -> None:
        """Note whose text each reprint repeats: file name -> file name; all others speak for themselves."""
        self._run("UPDATE articles SET voice = file")
        self._many("UPDATE articles SET voice = ? WHERE file = ?", ((voice, file) for file, voice in voices.items()))

    def put(self, reading: Reading, root: str, context_key: str, part: str = "", lent: str = "") -> None:
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
            "part": _sound(part),
            "author": _sound(publication.author),
            "language": _sound(publication.language),
            "chain": dumps([finding_record(finding) for finding in publication.chain]),
            "day_first": publication.order,
            "two_days": publication.two_days,
            "possible": dumps([list(span) for span in publication.possible]),
            "lent": lent,
            "print": reading.print,
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
        with failures(self._path):
            rows = self._connection.execute(
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
        called = dict(self._all("SELECT file, json_group_array(id) FROM articles GROUP BY file"))
        ordered = sorted(events, key=lambda event: (*event.date.sort_key, event.id))
        voices = dict(self._all("SELECT file, voice FROM articles"))
        self._many(
            "INSERT INTO events VALUES (?, ?, ?, ?, ?)",
            (_event_row(n, event, voices) for n, event in enumerate(ordered)),
        )
        self._many(
            # One by one: the keys of all mentions at once would take more memory than the events.
            "INSERT INTO event_mentions VALUES (?, (SELECT max(id) FROM mentions WHERE start = ? AND key = ?"
            " AND article IN (SELECT value FROM json_each(?)))) ON CONFLICT DO NOTHING",
            (
                (event.id, mention.evidence.start, mention.key, called[_sound(mention.evidence.file)])
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

    def explain(self, name: str) -> Record:
        """One event by its id or the beginning of it, else one article by its name or the end of it, and all behind it.

        An event has beside the contract's fields `joined`, and `mentions`, each with its evidence, words, steps and
        publication; an article those of `sources`, `chain` (every finding), `possible` (EDTF: what its text leaves
        open), and `repeated_by` (its reprints). Raises QueryError when nothing or more than one thing is called so.
        """
        self._complete()
        event = self._event_called(name) if name else None
        if event:
            return self._explained_event(*event)
        number = self._article_called(name) if name else None
        if number is not None:
            return self._explained_article(number)
        raise QueryError(
            f"no event has the id {name!r}, and no article a name that ends so;"
            " `timeline show --all` gives each event's id in its last column, `timeline sources` each article's name"
        )

    def _event_called(self, prefix: str) -> tuple[str, str, str] | None:
        """Id, record and reasons of the event whose id begins so; a whole id counts more than the beginning of one."""
        rows = self._all(
            "SELECT id, record, joined FROM events WHERE substr(id, 1, length(:p)) = :p ORDER BY id",
            {"p": _sound(prefix)},
        )
        exact = [row for row in rows if row[0] == prefix]
        if len(rows) > 1 and not exact:
            ids = ", ".join(row[0] for row in rows[:5]) + (", ..." if len(rows) > 5 else "")
            raise QueryError(f"{len(rows)} events have ids that begin with {prefix!r}: {ids}; give more of the id")
        found: tuple[str, str, str] | None = (exact or rows or [None])[0]
        return found

    def _explained_event(self, identity: str, record: str, joined: str) -> Record:
        mentions = self._all(
            "SELECT mentions.record, articles.file, articles.title, outlet, published, method, evidence, conflicts"
            " FROM event_mentions JOIN mentions ON mentions.id = mention JOIN articles ON articles.id = article"
            " WHERE event = ? ORDER BY articles.file, mentions.start, mentions.key",
            (identity,),
        )
        return {**json.loads(record), "joined": json.loads(joined), "mentions": [_told(*row) for row in mentions]}

    def _article_called(self, name: str) -> int | None:
        """The number of the article that is called so or lies at this path, else of the one whose name ends so."""
        asked = unicodedata.normalize("NFC", _sound(name).removeprefix("./"))
        there = _sound(os.path.normpath(Path(name).absolute()))
        end = f"/{asked}"
        rows = self._all("SELECT id, file, key FROM articles ORDER BY file, id")
        articles: list[tuple[int, str, str]] = [(number, file, _sound(os.fsdecode(key))) for number, file, key in rows]
        for found in (
            [(number, file) for number, file, _ in articles if file == asked],
            [(number, file) for number, file, path in articles if path == there],
            [(number, file) for number, file, path in articles if f"/{file}".endswith(end) or path.endswith(end)],
            [(number, file) for number, file, _ in articles if file.endswith(asked)],
        ):
            if len(found) > 1:
                some = ", ".join(file for _, file in found[:5]) + (", ..." if len(found) > 5 else "")
                raise QueryError(f"{len(found)} articles have names that end in {name!r}: {some}; give more of it")
            if found:
                return found[0][0]
        return None

    def _explained_article(self, number: int) -> Record:
        (source,) = self._sources("WHERE articles.id = ?", number)
        ((chain, possible),) = self._all("SELECT chain, possible FROM articles WHERE id = ?", (number,))
        return {
            **source,
            "chain": json.loads(chain),
            "possible": [_span(first, last).edtf() for first, last in json.loads(possible)],
            "repeated_by": sorted(file for file, voice in self.reprints().items() if voice == source["file"]),
        }

    def sources(self, missing: bool = False) -> list[Record]:
        """One record per article as the contract has it, and `certainty`, `author`, `language`, `url`, `same_as` (the
        article whose text it repeats), `conflicts` (what else says another date), `place`, `timezone`.

        With `missing` those only whose day of publication is inferred, an interval or unknown.
        """
        self._complete()
        doubtful = "WHERE method IN ('text', 'corpus', 'none') OR earliest IS NULL OR earliest IS NOT latest"
        return self._sources(doubtful if missing else "")

    def _sources(self, where: str, *values: int) -> list[Record]:
        rows = self._all(
            f"SELECT {', '.join(_SOURCE)} FROM articles"  # noqa: S608 - own text
            " LEFT JOIN (SELECT article, count(DISTINCT event) AS events FROM mentions"
            " JOIN event_mentions ON mention = mentions.id GROUP BY article) AS told ON told.article = articles.id"
            f" {where} ORDER BY file",
            values,
        )
        return [_source(*row) for row in rows]

    def reprints(self) -> dict[str, str]:
        """Article -> the article whose text it repeats, for those that repeat one."""
        return dict(self._all("SELECT file, voice FROM articles WHERE voice NOT IN ('', file) ORDER BY file"))

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


def _event_row(position: int, event: Event, voices: Mapping[str, str]) -> tuple[Any, ...]:
    told = {_sound(mention.evidence.file) for mention in event.mentions}
    return (
        event.id,
        position,
        len({voices.get(file) or file for file in told}),
        dumps(list(event.joined)),
        dumps(event_record(event)),
    )


def _source(*values: Any) -> Record:
    row = dict(zip(_SOURCE, values, strict=True))
    published, voice = row["published"] or None, row.pop("voice")
    return {
        **{key: row[key] for key in _SOURCE[:9]},
        "published": published,
        "events": row["events"] or 0,
        "certainty": _certainty(row["method"], published),
        "author": row["author"],
        "language": row["language"],
        "url": row["url"],
        "same_as": voice if voice not in ("", row["file"]) else None,
        "conflicts": json.loads(row["conflicts"]),
        "place": row["place"],
        "timezone": row["timezone"],
    }


def _certainty(method: str, published: str | None) -> str:
    """How sure a publication date is: read off something (`sure`), concluded from texts (`inferred`), or `unknown`."""
    if method == "none" or not published:
        return "unknown"
    return "inferred" if method in _INFERRED else "sure"


def _span(first: int, last: int) -> DateInterval:
    """The interval of a span of ordinals, open where it reaches the end of the days that are reckoned with."""
    start, end = dt.date.fromordinal(first), dt.date.fromordinal(last)
    return DateInterval(start if start > _DAYS[0] else None, end if end < _DAYS[1] else None)


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
