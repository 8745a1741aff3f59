"""What a build keeps of each article."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..serial import Record, dumps, finding_record, mention_record
from .accounts import Accounts
from .file import sound, stored_key

if TYPE_CHECKING:
    from ..model import Reading


class Articles(Accounts):
    """The articles of a store, each with its publication and all that was read from it."""

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
            "key": stored_key(article.path),
            "root": sound(root),
            "file": sound(article.file),
            "title": sound(article.title),
            "outlet": sound(publication.outlet),
            "published": publication.date.edtf(),
            "approximate": publication.date.approximate,
            "earliest": publication.date.earliest.isoformat() if publication.date.earliest else None,
            "latest": publication.date.latest.isoformat() if publication.date.latest else None,
            "method": publication.method,
            "evidence": sound(publication.evidence),
            "conflicts": dumps(list(publication.conflicts)),
            "place": sound(publication.place),
            "timezone": sound(publication.timezone),
            "url": sound(publication.url),
            "sha256": article.sha256,
            "context_key": context_key,
            "text": sound(article.text),
            "part": sound(part),
            "author": sound(publication.author),
            "language": sound(publication.language),
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
            "INSERT INTO mentions (article, key, start, name, record) VALUES (?, ?, ?, ?, ?)",
            ((number, m.key, m.evidence.start, m.id, dumps(mention_record(m))) for m in reading.mentions),
        )
        for kind, seen in (("actor", reading.actors), ("place", reading.places)):
            self._many(
                "INSERT INTO names VALUES (?, ?, ?, ?, ?)",
                ((number, kind, name, sound(spelling), count) for name, spelling, count in seen),
            )

    def remove(self, key: str) -> None:
        """Forget the article with this path key, and all that was read from it."""
        self._lose("articles.key = ?", (stored_key(key),))
        self._run("DELETE FROM articles WHERE key = ?", (stored_key(key),))

    def reroot(self, roots: Mapping[str, str]) -> None:
        """Note the folders by which articles are named now: path key -> root."""
        self._many(
            "UPDATE articles SET root = ? WHERE key = ?", ((sound(r), stored_key(key)) for key, r in roots.items())
        )

    def relabel(self, files: Mapping[str, str]) -> None:
        """Give articles another name in output: path key -> name; their mentions are fresh then."""
        for key, file in files.items():
            changed = (stored_key(key), sound(file))
            self._lose("articles.key = ? AND file != ?", changed)
            self._run(
                "UPDATE mentions SET home = NULL WHERE home IS NOT NULL"
                " AND article = (SELECT id FROM articles WHERE key = ? AND file != ?)",
                changed,
            )
            self._run("UPDATE articles SET file = ?2 WHERE key = ?1 AND file != ?2", changed)
