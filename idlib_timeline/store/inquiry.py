"""What a reader asks of a store beside the chronology: why, from where, by what names."""

import datetime as dt
import json
import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..errors import QueryError
from ..interval import DateInterval
from ..serial import Record
from .chronology import Chronology, whole
from .file import sound

_SOURCE = (
    "file", "title", "outlet", "published", "earliest", "latest", "method", "evidence", "sha256", "events", "author",
    "language", "url", "voice", "conflicts", "place", "timezone",
)  # fmt: skip
_INFERRED = ("text", "corpus")  # methods that conclude a date from texts; all others but `none` read it off something
_DAYS = (dt.date(1800, 1, 1), dt.date(2199, 12, 31))  # what an article can have appeared on, as far as it is reckoned


class Inquiry(Chronology):
    """Explanations, sources, names."""

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

    def mention_called(self, prefix: str) -> str:
        """The id, in full, of the event or mention whose id begins so. Raises QueryError when there is none or many."""
        self._complete()
        name = sound(prefix)
        for found in (
            self._all("SELECT id FROM events WHERE id = ?", (name,)),
            self._all("SELECT id FROM events WHERE id >= ? AND id < ? ORDER BY id", (name, name + "~")),
            self._all(
                "SELECT DISTINCT name FROM mentions WHERE name >= ? AND name < ? ORDER BY name", (name, name + "~")
            ),
        ):
            if len(found) > 1 or (found and not name):
                some = ", ".join(one for (one,) in found[:5]) + (", ..." if len(found) > 5 else "")
                raise QueryError(f"{len(found)} ids begin with {prefix!r}: {some}; give more of it")
            if found:
                return str(found[0][0])
        raise QueryError(
            f"no event or mention has the id {prefix!r}; `timeline show --all` gives each event's id in its last"
            " column, `timeline explain ID` those of its mentions"
        )

    def event_called(self, name: str) -> str:
        """The id of the event that is called by the id of one of its mentions, or by its own."""
        found = self._event_called(name)
        if found is None:
            raise QueryError(f"no event has the id {name!r}")
        return found[0]

    def _event_called(self, prefix: str) -> tuple[str, str, str] | None:
        """Id, record and reasons of the event whose id begins so, or that tells the mention whose id begins so.

        A whole id counts more than the beginning of one, an event's id more than a mention's.
        """
        bounds = {"first": sound(prefix), "last": sound(prefix) + "~"}
        found = self._all("SELECT id FROM events WHERE id >= :first AND id < :last ORDER BY id", bounds)
        if not found:  # an event that was joined with an older one is still found by the id it had
            found = self._all(
                "SELECT DISTINCT event FROM mentions JOIN event_mentions ON mention = mentions.id"
                " WHERE name >= :first AND name < :last ORDER BY event",
                bounds,
            )
        ids = [prefix] if (prefix,) in found else [name for (name,) in found]
        if len(ids) > 1:
            some = ", ".join(ids[:5]) + (", ..." if len(ids) > 5 else "")
            raise QueryError(f"{len(ids)} events have ids that begin with {prefix!r}: {some}; give more of the id")
        return self._all("SELECT id, record, joined FROM events WHERE id = ?", ids)[0] if ids else None

    def _explained_event(self, identity: str, record: str, joined: str) -> Record:
        mentions = self._all(
            "SELECT name, mentions.record, file, articles.title, outlet, published, method, evidence, conflicts"
            " FROM event_mentions JOIN mentions ON mentions.id = mention JOIN articles ON articles.id = article"
            " WHERE event = ? ORDER BY articles.file, mentions.start, mentions.key",
            (identity,),
        )
        event = whole(record, self._related(identity).get(identity, ()))
        return {**event, "joined": json.loads(joined), "mentions": [_told(*row) for row in mentions]}

    def _article_called(self, name: str) -> int | None:
        """The number of the article that is called so or lies at this path, else of the one whose name ends so."""
        asked = unicodedata.normalize("NFC", sound(name).removeprefix("./"))
        there = sound(os.path.normpath(Path(name).absolute()))
        end = f"/{asked}"
        rows = self._all("SELECT id, file, key FROM articles ORDER BY file, id")
        articles: list[tuple[int, str, str]] = [(number, file, sound(os.fsdecode(key))) for number, file, key in rows]
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


def _told(
    name: str,
    record: str,
    file: str,
    title: str,
    outlet: str,
    published: str,
    method: str,
    evidence: str,
    conflicts: str,
) -> Record:
    mention = json.loads(record)
    return {
        "id": name,
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
