"""The events of a store: written by what derives them, asked for by who reads them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import StoreError
from ..query import Query, conditions
from ..serial import Record, dumps, event_record
from .file import File, sound

if TYPE_CHECKING:
    from ..model import Event

Spelling = tuple[str, str, str]  # kind (`actor` or `place`), folded, canonical
Relation = tuple[str, str, str, str, Record | None]  # event, other event, how, why, what they dispute

_SHORTEST_ID = 6  # characters of an event's id that are shown at least


class Chronology(File):
    """The events, and what filters need to know of them."""

    # --- what derives them writes -----------------------------------------------------------------------

    def replace_events(
        self, events: Sequence[Event], spellings: Iterable[Spelling] = (), types: Mapping[str, str] | None = None
    ) -> None:
        """Put these events in place of all former ones; this completes a build.

        `types` maps type -> group. Every mention of an event must be in the store under the file name it cites.
        """
        self.drop_all_events()
        self.add_events((event, self._numbers(event)) for event in events)
        self.spell(spellings)
        self.complete(types or {})

    def drop_all_events(self) -> None:
        """Forget every event, and what goes with them."""
        self._run("DELETE FROM events")  # the other tables of events follow by cascade
        self._run("DELETE FROM spellings")

    def drop_events(self, homes: Iterable[int]) -> None:
        """Forget the events that tell a mention of these homes, and those whose mentions are all gone."""
        self._many(
            "DELETE FROM events WHERE id IN (SELECT event FROM event_mentions"
            " JOIN mentions ON mentions.id = mention WHERE home = ?)",
            ((home,) for home in homes),
        )
        self._run("DELETE FROM events WHERE id NOT IN (SELECT event FROM event_mentions)")

    def add_events(self, events: Iterable[tuple[Event, Sequence[int]]]) -> None:
        """Add events, each with the numbers of its mentions."""
        for event, numbers in events:
            begins, ends = event.date.sort_key
            row = (event.id, begins, ends, event.hidden, dumps(list(event.joined)), dumps(event_record(event)))
            self._run("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)", row)
            self._many("INSERT INTO event_mentions VALUES (?, ?)", ((event.id, number) for number in numbers))
            names = sorted({*event.actors, *event.who, *event.whom})
            self._many("INSERT INTO event_actors VALUES (?, ?)", ((event.id, name) for name in names))
            self._many("INSERT INTO event_places VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _place_rows(event))

    def relate(self, relations: Iterable[Relation]) -> None:
        """Note what events have to do with each other."""
        self._many(
            "INSERT OR REPLACE INTO relations VALUES (?, ?, ?, ?, ?)",
            ((*ends, how, why, dumps(dispute)) for *ends, how, why, dispute in relations),
        )

    def unspelled(self, kind: str) -> list[str]:
        """The names of actors or places of which no spelling is known yet; forgets those that no event has any more."""
        table = f"event_{kind}s"
        self._run(f"DELETE FROM spellings WHERE kind = ? AND canonical NOT IN (SELECT name FROM {table})", (kind,))  # noqa: S608
        rows = self._all(
            f"SELECT DISTINCT name FROM {table} WHERE name NOT IN (SELECT canonical FROM spellings WHERE kind = ?)"  # noqa: S608
            " ORDER BY name",
            (kind,),
        )
        return [name for (name,) in rows]

    def spell(self, spellings: Iterable[Spelling]) -> None:
        """Note spellings by which a filter finds names."""
        self._many("INSERT OR IGNORE INTO spellings VALUES (?, ?, ?)", spellings)

    def complete(self, types: Mapping[str, str], made_by: str = "") -> None:
        """A build is complete: note the types and their groups, and by which rules it was made."""
        self._run("DELETE FROM types")
        self._many("INSERT INTO types VALUES (?, ?)", sorted(types.items()))
        self._run("INSERT OR REPLACE INTO builds SELECT 1, count(*), ? FROM events", (made_by,))

    def made_by(self) -> str | None:
        """The rules by which the last complete build was made; None when there is none."""
        rows = self._all("SELECT made_by FROM builds")
        return rows[0][0] if rows else None

    def _numbers(self, event: Event) -> list[int]:
        found = dict[int, None]()
        for mention in event.mentions:
            evidence = mention.evidence
            rows = self._all(
                "SELECT max(mentions.id) FROM mentions JOIN articles ON articles.id = article"
                " WHERE mentions.start = ? AND mentions.key = ? AND file = ?",
                (evidence.start, mention.key, sound(evidence.file)),
            )
            found[rows[0][0]] = None
        return list(found)

    # --- what a reader asks -----------------------------------------------------------------------------

    def events(self, query: Query | None = None) -> list[Record]:
        """The events a query lets through, as the contract's JSON records; by default all but the background."""
        self._complete()
        query = query or Query()
        where, values = conditions(query)
        order = "begins DESC, ends DESC, id DESC" if query.reverse else "begins, ends, id"
        values["limit"] = -1 if query.limit is None else query.limit
        rows = self._all(f"SELECT id, record FROM events WHERE {where} ORDER BY {order} LIMIT :limit", values)  # noqa: S608
        related = self._related()
        return [whole(record, related.get(name, ())) for name, record in rows]

    def event(self, name: str) -> Record:
        """The record of one event by its whole id, without what it has to do with others."""
        ((record,),) = self._all("SELECT record FROM events WHERE id = ?", (name,))
        event: Record = json.loads(record)
        return event

    def numbers(self, name: str) -> list[int]:
        """The numbers of the mentions that an event tells."""
        return [number for (number,) in self._all("SELECT mention FROM event_mentions WHERE event = ?", (name,))]

    def event_of(self, number: int) -> str:
        """The id of the event that tells the mention of this number."""
        ((name,),) = self._all("SELECT event FROM event_mentions WHERE mention = ?", (number,))
        return str(name)

    def counts(self) -> tuple[int, int]:
        """How many events the chronology shows, and how many stand in the background."""
        count = dict(self._all("SELECT background, count(*) FROM events WHERE NOT hidden GROUP BY background"))
        return count.get(0, 0), count.get(1, 0)

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

    def _related(self, event: str = "") -> Mapping[str, list[tuple[str, str, str, str]]]:
        """Event -> (other, how, why, JSON of what they dispute), of one event or of all."""
        found = defaultdict(list)
        where = "WHERE event = ?" if event else ""
        rows = self._all(
            f"SELECT event, other, how, why, dispute FROM relations {where} ORDER BY event, how, other",  # noqa: S608
            (event,) if event else (),
        )
        for name, *rest in rows:
            found[name].append(tuple(rest))
        return found

    def _complete(self) -> None:
        if not self._all("SELECT 1 FROM builds"):
            raise StoreError(f"{self._path}: no build has been completed here; run `timeline build PATH` first")


def whole(record: str, related: Iterable[tuple[str, str, str, str]]) -> Record:
    """An event's record with what it has to do with others."""
    event: Record = json.loads(record)
    event["related"] = []
    for other, how, why, dispute in related:
        event["related"].append({"id": other, "how": how, "why": why})
        disputed = json.loads(dispute)
        if disputed is not None and disputed not in event["disputed"]:
            event["disputed"].append(disputed)
    return event


def _place_rows(event: Event) -> Iterator[tuple[Any, ...]]:
    places = [mention.place for mention in event.places]
    if event.place:
        places.insert(0, event.place)
    for place in dict.fromkeys(places):
        yield (event.id, place.name, place.kind, place.country, place.admin1, place.lat, place.lon, place.geonameid)
