"""The mentions as merging knows them: numbered, filed under blocks, each with the home that names its cluster."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..serial import mention_from_record
from .file import File

if TYPE_CHECKING:
    from ..model import EventMention

_NUMBERED = (
    "SELECT mentions.id, mentions.record, articles.file FROM mentions JOIN articles ON articles.id = mentions.article"
)

_SHORT = 62  # days: what lasts longer is filed apart, so that the others can be asked for by their beginning
_LONG = "long: "


class Accounts(File):
    """The mentions of a store, what merging made of them, and what of it the last changes have undone.

    Numbers are given for good. A mention that was read, or whose article is called otherwise, since the last merging is
    fresh: it has no home yet.
    """

    def __init__(self, connection: sqlite3.Connection, path: str, fresh: bool) -> None:
        super().__init__(connection, path, fresh)
        self._met: dict[int, EventMention] = {}

    def mentions(self) -> tuple[EventMention, ...]:
        """Every mention, in the order of file, offset and key, whatever the order they were put in."""
        rows = self._each(f"{_NUMBERED} ORDER BY articles.file, mentions.start, mentions.key")
        return tuple(mention_from_record(json.loads(record), file) for _, record, file in rows)

    def numbered(self, fresh: bool = False) -> Iterator[tuple[int, EventMention]]:
        """Every mention with its number, or those only that are fresh."""
        for number, record, file in self._each(f"{_NUMBERED} WHERE home IS NULL" if fresh else _NUMBERED):
            yield number, mention_from_record(json.loads(record), file)

    def mention(self, number: int) -> EventMention:
        """The mention of this number; raises LookupError when there is none."""
        if number not in self._met:
            ((_, record, file),) = self._all(f"{_NUMBERED} WHERE mentions.id = ?", (number,)) or [(0, "", "")]
            if not record:
                raise LookupError(f"no mention has the number {number}")
            self._met[number] = mention_from_record(json.loads(record), file)
        return self._met[number]

    def remember(self, mentions: Mapping[int, EventMention]) -> None:
        """Mentions by number that need not be read again."""
        self._met.update(mentions)

    def near(self, block: str, first: int, last: int) -> list[int]:
        """The mentions of a block whose days (ordinals) overlap these."""
        rows = self._all(  # of the short ones, those only that begin soon enough before
            "SELECT mention FROM blocks WHERE block = :block AND first BETWEEN :soon AND :last AND last >= :first"
            " UNION ALL SELECT mention FROM blocks WHERE block = :long AND first <= :last AND last >= :first",
            {"block": block, "long": _LONG + block, "soon": first - _SHORT, "first": first, "last": last},
        )
        return [number for (number,) in rows]

    def home(self, number: int) -> int | None:
        """The number of the first mention of its cluster, None for a fresh one."""
        rows = self._all("SELECT home FROM mentions WHERE id = ?", (number,))
        return rows[0][0] if rows else None

    def crew(self, home: int) -> list[int]:
        """The mentions that have this home."""
        return [number for (number,) in self._all("SELECT id FROM mentions WHERE home = ?", (home,))]

    def placed(self, names: Iterable[str]) -> list[tuple[int, int]]:
        """(number, home) of every mention called by one of these ids; a copy's suffix does not count."""
        return [
            row
            for name in sorted({name.partition("-")[0] for name in names})
            for row in self._all("SELECT id, home FROM mentions WHERE name = ? AND home IS NOT NULL", (name,))
        ]

    def kin(self, numbers: Iterable[int]) -> list[tuple[int, int]]:
        """(number, home) of the mentions that are in one event with one of these, or are copies of one."""
        found: dict[int, int] = {}
        for number in numbers:
            found |= self._all(
                "SELECT others.id, others.home FROM event_mentions AS mine JOIN event_mentions AS theirs"
                " ON theirs.event = mine.event JOIN mentions AS others ON others.id = theirs.mention"
                " WHERE mine.mention = :number AND others.home IS NOT NULL"
                " UNION SELECT others.id, others.home FROM mentions JOIN mentions AS others USING (name)"
                " WHERE mentions.id = :number AND others.home IS NOT NULL",
                {"number": number},
            )
        return list(found.items())

    def lost(self) -> dict[int, list[EventMention]]:
        """The mentions that are no longer there, or are fresh now, by the home they had."""
        found: dict[int, list[EventMention]] = {}
        for home, record, file in self._all("SELECT home, record, file FROM temp.lost"):
            found.setdefault(home, []).append(mention_from_record(json.loads(record), file))
        return found

    def changes(self) -> tuple[int, int]:
        """How many mentions have come or gone since the last merging, and how many there are."""
        ((fresh,),) = self._all("SELECT count(*) FROM mentions WHERE home IS NULL")
        ((lost,),) = self._all("SELECT count(*) FROM temp.lost")
        ((all_,),) = self._all("SELECT count(*) FROM mentions")
        return fresh + lost, all_

    def block(self, rows: Iterable[tuple[str, int, int, int]]) -> None:
        """File mentions: (block, first day, last day, number)."""
        self._many(
            "INSERT OR IGNORE INTO blocks VALUES (?, ?, ?, ?)",
            ((_LONG + block if last - first > _SHORT else block, first, last, n) for block, first, last, n in rows),
        )

    def settle(self, homes: Iterable[tuple[int, int]]) -> None:
        """Note the homes of mentions: (home, number); nothing is fresh or lost any more."""
        self._many("UPDATE mentions SET home = ? WHERE id = ?", homes)
        self._run("DELETE FROM temp.lost")

    def unsettle(self) -> None:
        """Forget all that merging has noted: every mention is fresh."""
        self._run("DELETE FROM blocks")
        self._run("DELETE FROM temp.lost")
        self._run("UPDATE mentions SET home = NULL WHERE home IS NOT NULL")

    def _lose(self, condition: str, values: Sequence[object]) -> None:
        """Keep a copy of the mentions of some articles, with their homes, before they go or are called otherwise."""
        self._met.clear()
        self._run(
            "INSERT INTO temp.lost SELECT home, mentions.record, file FROM mentions JOIN articles"  # noqa: S608 - own
            f" ON articles.id = article WHERE home IS NOT NULL AND {condition}",
            values,
        )
