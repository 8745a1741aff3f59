"""The store's tables, as migrations in order: `PRAGMA user_version` counts those a store has had.

Articles and mentions are what was read; every `event*` table, `spellings` and `types` are derived and are
made anew by each build. Columns AS (...) VIRTUAL repeat parts of `record` for people with a SQLite
tool; programs read `record`. A released migration is never edited: a change is a new entry at the end.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import StoreError
from .query import folded

_WAIT = 5.0  # seconds a command waits for another one that holds the store
_CACHE = 65_536  # KiB of pages kept in memory in a first build
APPLICATION_ID = 0x544C4E45  # "TLNE" in the file's header says that the database is ours

_FIRST = """
CREATE TABLE articles (
    id          INTEGER PRIMARY KEY,
    key         NOT NULL UNIQUE,       -- the path it was read from; bytes when the path is not Unicode
    root        TEXT NOT NULL,         -- the PATH argument it was found under
    file        TEXT NOT NULL,         -- its name in all output
    title       TEXT NOT NULL,
    outlet      TEXT NOT NULL,
    published   TEXT NOT NULL,         -- EDTF, '' when unknown
    approximate INTEGER NOT NULL,
    earliest    TEXT,                  -- ISO days of the publication
    latest      TEXT,
    method      TEXT NOT NULL,
    evidence    TEXT NOT NULL,
    conflicts   TEXT NOT NULL,         -- JSON list of sentences
    place       TEXT NOT NULL,
    timezone    TEXT NOT NULL,
    url         TEXT NOT NULL,
    sha256      TEXT NOT NULL,         -- of the file's bytes
    context_key TEXT NOT NULL,         -- of the publication context it was read with
    text        TEXT NOT NULL          -- as decoded; offsets count its characters
);

CREATE TABLE mentions (
    id         INTEGER PRIMARY KEY,
    article    INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    key        TEXT NOT NULL,
    start      INTEGER NOT NULL,
    record     TEXT NOT NULL,
    date       TEXT AS (json_extract(record, '$.date')) VIRTUAL,
    type       TEXT AS (json_extract(record, '$.type')) VIRTUAL,
    status     TEXT AS (json_extract(record, '$.status')) VIRTUAL,
    title      TEXT AS (json_extract(record, '$.title')) VIRTUAL,
    expression TEXT AS (json_extract(record, '$.expression')) VIRTUAL,
    sentence   TEXT AS (json_extract(record, '$.sentence')) VIRTUAL,
    UNIQUE (article, start, key)
);

CREATE TABLE names (                   -- spellings of actors and places as the articles have them
    article  INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    kind     TEXT NOT NULL CHECK (kind IN ('actor', 'place')),
    name     TEXT NOT NULL,
    spelling TEXT NOT NULL,
    count    INTEGER NOT NULL
);
CREATE INDEX names_of_article ON names (article);

CREATE TABLE events (
    id         TEXT PRIMARY KEY,
    position   INTEGER NOT NULL UNIQUE, -- in the chronology, from 0
    sources    INTEGER NOT NULL,        -- articles that tell it
    joined     TEXT NOT NULL,           -- JSON list: why its mentions are one event
    record     TEXT NOT NULL,
    date       TEXT AS (json_extract(record, '$.date')) VIRTUAL,
    earliest   TEXT AS (json_extract(record, '$.earliest')) VIRTUAL,
    latest     TEXT AS (json_extract(record, '$.latest')) VIRTUAL,
    status     TEXT AS (json_extract(record, '$.status')) VIRTUAL,
    type       TEXT AS (json_extract(record, '$.type')) VIRTUAL,
    place      TEXT AS (json_extract(record, '$.place')) VIRTUAL,
    title      TEXT AS (json_extract(record, '$.title')) VIRTUAL,
    background INTEGER AS (json_extract(record, '$.background')) VIRTUAL
);

CREATE TABLE event_mentions (
    event   TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    mention INTEGER NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
    PRIMARY KEY (event, mention)
) WITHOUT ROWID;
CREATE INDEX events_of_mention ON event_mentions (mention);

CREATE TABLE event_actors (
    event TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    name  TEXT NOT NULL,
    PRIMARY KEY (event, name)
) WITHOUT ROWID;

CREATE TABLE event_places (
    event     TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    country   TEXT NOT NULL,
    admin1    TEXT NOT NULL,
    lat       REAL,
    lon       REAL,
    geonameid INTEGER
);
CREATE INDEX places_of_event ON event_places (event);

CREATE TABLE spellings (               -- every spelling known of the names that occur, folded for comparison
    kind      TEXT NOT NULL,
    folded    TEXT NOT NULL,
    canonical TEXT NOT NULL,
    PRIMARY KEY (kind, folded, canonical)
) WITHOUT ROWID;

CREATE TABLE types (                   -- event types and the group each is shown in; filled by every complete build
    name       TEXT PRIMARY KEY,
    type_group TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE builds (                  -- one row once a build has been completed
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    events INTEGER NOT NULL
);

CREATE VIEW chronology AS
    SELECT events.date, events.type, events.status, events.title, events.place,
           (SELECT group_concat(name, '; ') FROM event_actors WHERE event = events.id) AS actors,
           events.sources, events.background, events.id
    FROM events ORDER BY events.position;

CREATE VIEW evidence AS
    SELECT event_mentions.event, mentions.date, articles.file, mentions.sentence, mentions.expression,
           json_extract(mentions.record, '$.rule') AS rule,
           json_extract(mentions.record, '$.attribution') AS attribution,
           articles.outlet, articles.published
    FROM mentions
    JOIN articles ON articles.id = mentions.article
    LEFT JOIN event_mentions ON event_mentions.mention = mentions.id
    ORDER BY articles.file, mentions.start;

CREATE VIEW sources AS
    SELECT articles.file, articles.title, articles.outlet, articles.published, articles.method, articles.evidence,
           (SELECT count(DISTINCT event_mentions.event)
            FROM mentions JOIN event_mentions ON event_mentions.mention = mentions.id
            WHERE mentions.article = articles.id) AS events
    FROM articles ORDER BY articles.file;
"""

_PARTS_AND_CHAINS = """
ALTER TABLE articles ADD COLUMN part TEXT NOT NULL DEFAULT '';      -- of a file with many articles
ALTER TABLE articles ADD COLUMN author TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN chain TEXT NOT NULL DEFAULT '[]';   -- JSON list: every finding about the publication
ALTER TABLE articles ADD COLUMN day_first INTEGER;                  -- what its numeric dates show of its order
ALTER TABLE articles ADD COLUMN two_days INTEGER NOT NULL DEFAULT 0; -- its printed date can be two days
ALTER TABLE articles ADD COLUMN possible TEXT NOT NULL DEFAULT '[]'; -- JSON list of spans: the days its text allows
ALTER TABLE articles ADD COLUMN lent TEXT NOT NULL DEFAULT '';      -- what other articles lent it
ALTER TABLE articles ADD COLUMN print BLOB NOT NULL DEFAULT x'';    -- of its sentences, to recognise a reprint
ALTER TABLE articles ADD COLUMN voice TEXT NOT NULL DEFAULT '';     -- the file whose text it repeats, derived
"""

_CLUSTERS = """
DROP VIEW chronology;
DROP VIEW evidence;
DROP VIEW sources;
DROP TABLE event_mentions;
DROP TABLE event_actors;
DROP TABLE event_places;
DROP TABLE events;
DELETE FROM builds;                    -- the events are made anew by the next build
ALTER TABLE builds ADD COLUMN made_by TEXT NOT NULL DEFAULT ''; -- the program's rules: with others all is merged anew

CREATE TABLE accounts (                -- the mentions, numbered for good
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice: a cluster is called by it
    article    INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    key        TEXT NOT NULL,
    start      INTEGER NOT NULL,
    name       TEXT NOT NULL,          -- the mention's id
    home       INTEGER,                -- the first mention of its cluster; NULL until it is merged
    record     TEXT NOT NULL,
    date       TEXT AS (json_extract(record, '$.date')) VIRTUAL,
    type       TEXT AS (json_extract(record, '$.type')) VIRTUAL,
    status     TEXT AS (json_extract(record, '$.status')) VIRTUAL,
    title      TEXT AS (json_extract(record, '$.title')) VIRTUAL,
    expression TEXT AS (json_extract(record, '$.expression')) VIRTUAL,
    sentence   TEXT AS (json_extract(record, '$.sentence')) VIRTUAL,
    UNIQUE (article, start, key)
);
INSERT INTO accounts (article, key, start, name, record)
    SELECT article, key, start, mention_id(key), record FROM mentions ORDER BY id;
DROP TABLE mentions;
ALTER TABLE accounts RENAME TO mentions;
CREATE INDEX mentions_by_name ON mentions (name);
CREATE INDEX mentions_by_home ON mentions (home);

CREATE TABLE blocks (                  -- what mentions that may be one event have in common, and on which days
    block   TEXT NOT NULL,
    first   INTEGER NOT NULL,          -- ordinals of days
    last    INTEGER NOT NULL,
    mention INTEGER NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
    PRIMARY KEY (block, first, last, mention)
) WITHOUT ROWID;
CREATE INDEX blocks_of_mention ON blocks (mention);

CREATE TABLE events (
    id         TEXT PRIMARY KEY,
    begins     TEXT NOT NULL,           -- what the chronology is ordered by, unknown ends last
    ends       TEXT NOT NULL,
    hidden     INTEGER NOT NULL,        -- by an analyst
    joined     TEXT NOT NULL,           -- JSON list: why its mentions are one event
    record     TEXT NOT NULL,
    date       TEXT AS (json_extract(record, '$.date')) VIRTUAL,
    earliest   TEXT AS (json_extract(record, '$.earliest')) VIRTUAL,
    latest     TEXT AS (json_extract(record, '$.latest')) VIRTUAL,
    status     TEXT AS (json_extract(record, '$.status')) VIRTUAL,
    type       TEXT AS (json_extract(record, '$.type')) VIRTUAL,
    place      TEXT AS (json_extract(record, '$.place')) VIRTUAL,
    title      TEXT AS (json_extract(record, '$.title')) VIRTUAL,
    background INTEGER AS (json_extract(record, '$.background')) VIRTUAL
);
CREATE INDEX events_in_order ON events (begins, ends, id);

CREATE TABLE event_mentions (
    event   TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    mention INTEGER NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
    PRIMARY KEY (event, mention)
) WITHOUT ROWID;
CREATE INDEX events_of_mention ON event_mentions (mention);

CREATE TABLE event_actors (
    event TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    name  TEXT NOT NULL,
    PRIMARY KEY (event, name)
) WITHOUT ROWID;
CREATE INDEX events_of_actor ON event_actors (name);

CREATE TABLE event_places (
    event     TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    country   TEXT NOT NULL,
    admin1    TEXT NOT NULL,
    lat       REAL,
    lon       REAL,
    geonameid INTEGER
);
CREATE INDEX places_of_event ON event_places (event);
CREATE INDEX events_of_place ON event_places (name);

CREATE TABLE relations (               -- between two events, from the side of the first
    event   TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    other   TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    how     TEXT NOT NULL,
    why     TEXT NOT NULL,
    dispute TEXT NOT NULL,             -- JSON: what the two dispute, or null
    PRIMARY KEY (event, other, how)
) WITHOUT ROWID;
CREATE INDEX relations_to ON relations (other);

CREATE TABLE judgements (              -- what an analyst decided, in order
    position INTEGER PRIMARY KEY,
    record   TEXT NOT NULL,
    fault    TEXT NOT NULL,            -- what of it cannot be followed
    verb     TEXT AS (json_extract(record, '$.verb')) VIRTUAL,
    event    TEXT AS (json_extract(record, '$.event')) VIRTUAL,
    reason   TEXT AS (json_extract(record, '$.reason')) VIRTUAL,
    author   TEXT AS (json_extract(record, '$.author')) VIRTUAL
);

CREATE VIEW chronology AS
    SELECT events.date, events.type, events.status, events.title, events.place,
           (SELECT group_concat(name, '; ') FROM event_actors WHERE event = events.id) AS actors,
           (SELECT count(DISTINCT CASE articles.voice WHEN '' THEN articles.file ELSE articles.voice END)
            FROM event_mentions JOIN mentions ON mentions.id = mention JOIN articles ON articles.id = article
            WHERE event = events.id) AS sources,
           events.background, events.id
    FROM events WHERE NOT hidden ORDER BY begins, ends, events.id;

CREATE VIEW evidence AS
    SELECT event_mentions.event, mentions.date, articles.file, mentions.sentence, mentions.expression,
           json_extract(mentions.record, '$.rule') AS rule,
           json_extract(mentions.record, '$.attribution') AS attribution,
           articles.outlet, articles.published, mentions.name AS mention
    FROM mentions
    JOIN articles ON articles.id = mentions.article
    LEFT JOIN event_mentions ON event_mentions.mention = mentions.id
    ORDER BY articles.file, mentions.start;

CREATE VIEW sources AS
    SELECT articles.file, articles.title, articles.outlet, articles.published, articles.method, articles.evidence,
           (SELECT count(DISTINCT event_mentions.event)
            FROM mentions JOIN event_mentions ON event_mentions.mention = mentions.id
            WHERE mentions.article = articles.id) AS events
    FROM articles ORDER BY articles.file;
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _PARTS_AND_CHAINS, _CLUSTERS)


def connect(path: str, create: bool) -> tuple[sqlite3.Connection, bool]:
    """The database at `path` with the present schema, and whether this call made it.

    Raises StoreError for one that is missing (unless `create`), foreign, newer than this program, locked or unwritable.
    """
    file = Path(path)
    if file.is_dir():
        raise StoreError(f"{path}: is a folder; --store takes the name of a file")
    fresh = not file.exists() or file.stat().st_size == 0
    if fresh and not create:
        raise StoreError(f"{path}: there is no store yet; run `timeline build PATH` first, or name one with --store")
    with failures(path):
        mode = "rwc" if create else "rw"  # an existing file that is write-protected is then opened for reading
        address = f"{file.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(address, timeout=_WAIT, isolation_level=None, uri=True)
        try:
            _prepare(connection, path, fresh)
        except BaseException:
            connection.close()
            if fresh and file.exists() and not file.stat().st_size:
                file.unlink()
            raise
    return connection, fresh


def _prepare(connection: sqlite3.Connection, path: str, fresh: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    if fresh:  # nobody has a former build to read, so that pages need not wait in memory for the commit
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    else:  # readers of the former build are kept out only while the new one is being committed
        connection.execute("PRAGMA cache_spill = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("CREATE TEMP TABLE lost (home INTEGER NOT NULL, record TEXT NOT NULL, file TEXT NOT NULL)")
    connection.create_function("has", 2, _has, deterministic=True)
    connection.create_function("mention_id", 1, _mention_id, deterministic=True)
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if not fresh and mark != APPLICATION_ID:
        raise StoreError(f"{path}: is a database of another program; name another file with --store")
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{path}: was written by a newer timeline (schema {version}, this one knows {len(MIGRATIONS)});"
            " update timeline, or build into another file with --store"
        )
    for number in range(version, len(MIGRATIONS)):
        _migrate(connection, number)


def _migrate(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] == number:  # else another process was faster
            for statement in _statements(MIGRATIONS[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    # executescript() would commit the transaction that the migration runs in.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def discard(connection: sqlite3.Connection, path: str) -> None:
    """Take away a database that no build has completed, unless another process is at work in it."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("BEGIN EXCLUSIVE")
        if not connection.execute("SELECT 1 FROM builds").fetchall():
            Path(path).unlink(missing_ok=True)
        connection.execute("ROLLBACK")


@contextmanager
def failures(path: str) -> Iterator[None]:
    """Turn SQLite's errors into a StoreError that names the file and the remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_remedy(str(error))}") from error


def _remedy(message: str) -> str:
    if "locked" in message or "busy" in message:
        return "another timeline is writing this store; wait until it is done and try again"
    if "not a database" in message:
        return "is not a timeline store; name another file with --store"
    if "unable to open" in message or "readonly" in message or "read-only" in message:
        return "cannot be written here; check the folder and its permissions, or name another file with --store"
    if "malformed" in message or "no such table" in message:
        return f"is damaged ({message}); delete it and run `timeline build PATH` again"
    return f"{message}; if this goes on, delete the file and run `timeline build PATH` again"


def _has(text: str | None, words: str) -> bool:
    return text is not None and words in folded(text)


def _mention_id(key: str) -> str:
    from .model import mention_id  # for a migration only: those who show need none of the model

    return mention_id(key)
