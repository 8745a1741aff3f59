"""What a reader may ask of the chronology: the filters of `timeline show`, checked and ready for the store."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .errors import QueryError
from .interval import DateInterval, parse_edtf

STATUSES = ("happened", "planned", "hypothetical", "denied")
FIELDS = ("text", "title", "published", "updated", "outlet", "author", "place", "language", "url")  # of a record


@dataclass(frozen=True, slots=True)
class Query:
    """Filters that must all hold. `actors` and `places` are canonical names: of each set in `actors` one must take
    part, of `places` (None: anywhere) one must be named. `since` and `until` are ISO days, "" for no bound.
    """

    actors: tuple[frozenset[str], ...] = ()
    places: frozenset[str] | None = None
    types: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    since: str = ""
    until: str = ""
    source: str = ""
    search: str = ""
    min_sources: int = 0
    background: bool = False
    limit: int | None = None
    reverse: bool = False


def conditions(query: Query) -> tuple[str, dict[str, Any]]:
    """The query as an SQL condition on the table `events` with the values of its named parameters."""
    parts, values = ["NOT hidden"], dict[str, Any]()

    def one_of(column: str, names: frozenset[str], label: str) -> str:
        keys = {f"{label}{number}": name for number, name in enumerate(sorted(names))}
        values.update(keys)
        return f"{column} IN ({', '.join(f':{key}' for key in keys)})"

    if not query.background:
        parts.append("NOT background")
    if query.since:
        parts.append("(latest >= :since OR latest IS NULL AND earliest IS NOT NULL)")
    if query.until:
        parts.append("(earliest <= :until OR earliest IS NULL AND latest IS NOT NULL)")
    if query.types:
        parts.append(one_of("type", query.types, "type"))
    if query.statuses:
        parts.append(one_of("status", query.statuses, "status"))
    for number, names in enumerate(query.actors):
        parts.append(_ACTORS.format(named=one_of("name", names, f"actor{number}_")))
    if query.places is not None:
        named = one_of("name", query.places, "place")
        parts.append(_PLACES.format(named=named, division=named.replace("name", "admin1", 1)))
    if query.source:
        parts.append(_SOURCE)
    if query.search:
        parts.append(_SEARCH)
    if query.min_sources > 1:
        parts.append(_VOICES)
    values |= {
        "since": query.since,
        "until": query.until,
        "source": folded(query.source),
        "search": folded(query.search),
        "min_sources": query.min_sources,
    }
    return " AND ".join(parts), values


_ACTORS = "id IN (SELECT event FROM event_actors WHERE {named})"

# A place stands for what lies in it: a division for its places, a country for all with its code.
_PLACES = """id IN (
    SELECT event FROM event_places WHERE {named} OR {division}
    OR country IN (SELECT country FROM event_places WHERE {named} AND kind = 'country' AND country != ''))"""

# A text and its reprints are one voice.
_VOICES = """(
    SELECT count(DISTINCT CASE articles.voice WHEN '' THEN articles.file ELSE articles.voice END)
    FROM event_mentions JOIN mentions ON mentions.id = mention JOIN articles ON articles.id = article
    WHERE event = events.id) >= :min_sources"""

_SOURCE = """id IN (
    SELECT event FROM event_mentions JOIN mentions ON mentions.id = mention JOIN articles ON articles.id = article
    WHERE has(articles.file, :source) OR has(articles.outlet, :source) OR has(articles.title, :source))"""

_SEARCH = """(has(title, :search)
    OR id IN (SELECT event FROM event_actors WHERE has(name, :search))
    OR id IN (SELECT event FROM event_places WHERE has(name, :search))
    OR id IN (SELECT event FROM event_mentions JOIN mentions ON mentions.id = mention WHERE has(sentence, :search)))"""


def folded(text: str) -> str:
    """Text for searching: no case, no accents, one blank between words."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(plain.casefold().split())


def calendar_date(text: str, option: str) -> DateInterval:
    """The ISO or EDTF date given to `option`; raises QueryError for anything else, and for a date of no known year."""
    try:
        date = parse_edtf(text)
    except ValueError:
        date = DateInterval()
    if not date.known:
        raise QueryError(f"{option}: {text!r} is not a date; write 2019, 2019-08, 2019-08-31 or 2019-08-19/2019-08-25")
    return date


def first_day(text: str, option: str) -> str:
    """The ISO day on which the date given to `option` begins; raises QueryError when it has no beginning."""
    date = calendar_date(text, option)
    if date.earliest is None:
        raise QueryError(f"{option}: {text!r} has no first day; write a date such as 2019-08-31")
    return date.earliest.isoformat()


def last_day(text: str, option: str) -> str:
    """The ISO day on which the date given to `option` ends; raises QueryError when it has no end."""
    date = calendar_date(text, option)
    if date.latest is None:
        raise QueryError(f"{option}: {text!r} has no last day; write a date such as 2019-08-31")
    return date.latest.isoformat()


def chosen_types(words: Iterable[str], types: Mapping[str, str]) -> frozenset[str]:
    """The event types meant: each word is a type or the group of several (`types`: type -> group).

    Raises QueryError with the choices for a word that is neither.
    """
    chosen: set[str] = set()
    for word in words:
        name = word.strip().lower().replace("-", "_").replace(" ", "_")
        members = {name} if name in types else {key for key, group in types.items() if group == name}
        if not members:
            raise QueryError(
                f"--type: {_unknown(word, [*types, *set(types.values())], 'event type')}{_by_group(types)}"
            )
        chosen |= members
    return frozenset(chosen)


def chosen_statuses(words: Iterable[str]) -> frozenset[str]:
    """The statuses meant; raises QueryError with the choices for an unknown one."""
    chosen = frozenset(word.strip().lower() for word in words)
    for word in sorted(chosen - set(STATUSES)):
        raise QueryError(f"--status: {_unknown(word, STATUSES, 'status')}choose from {', '.join(STATUSES)}")
    return chosen


def _unknown(word: str, known: Iterable[str], what: str) -> str:
    close = difflib.get_close_matches(word.lower(), sorted(known), 1)
    hint = f" (did you mean {close[0]}?)" if close else ""
    return f"no {what} is called {word!r}{hint}; "


def _by_group(types: Mapping[str, str]) -> str:
    groups: dict[str, list[str]] = {}
    for name, group in sorted(types.items()):
        groups.setdefault(group, []).append(name)
    return "choose a type or a group: " + "; ".join(f"{group}: {', '.join(names)}" for group, names in groups.items())


def field_names(pairs: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The pairs of `--field NAME=KEY`; raises QueryError for what is no pair and for an unknown NAME."""
    found = []
    for pair in pairs:
        name, mark, key = pair.partition("=")
        if not mark or not key or name not in FIELDS:
            raise QueryError(f"--field: {pair!r}: write NAME=KEY with NAME one of {', '.join(FIELDS)}")
        found.append((name, key))
    return tuple(found)
