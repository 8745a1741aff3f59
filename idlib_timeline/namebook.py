"""The books of names: how spellings are folded into keys, and what is known under each key.

`rulebook/actors.toml`, `armed_groups.csv`, `countries.csv` and `persons.csv` are written by hand; `places.tsv` and
`places.keys` are made by `scripts/make_places.py` from GeoNames and `place_aliases.toml`.
"""

import csv
import re
import tomllib
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from .errors import RulebookError
from .interval import UNKNOWN, DateInterval, parse_edtf
from .model import Actor, Place

# Initials ("U.N.", "U.S"), else letters and digits joined by apostrophes ("Sana'a", "Turkey's").
TOKEN = re.compile(r"(?:[A-Z]\.){2,}|(?:[A-Z]\.)+[A-Z](?![^\W_])|[^\W_]+(?:['’‘`´ʻʼʾʿ][^\W_]+)*")

# Arabic articles as the press romanises them, sun letters included, and their French forms.
ARTICLES = frozenset([
    "al", "el", "as", "ash", "an", "ar", "at", "ad", "az", "es", "er", "et", "ez", "ed", "en", "il", "ul", "esh", "ech",
    "edh", "eth",
])  # fmt: skip

_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a", "þ": "th"}
)
_ROMAN = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("ey", "ei"), ("ay", "ei"), ("ai", "ei"), ("kh", "k"), ("gh", "g"),
          ("dh", "d"), ("dj", "j"), ("q", "k"))  # fmt: skip
_DOUBLED = re.compile(r"(.)\1")
_COLUMNS = (("name", "also"), ("demonym", "adjectives"), ("people", "people"), ("capital", "capitals"),
            ("government", "government"))  # fmt: skip  # how a mention names a state, and the column that lists it


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """The key of one word, "" for an article: no case, accents, apostrophes, possessive; one romanisation of Arabic."""
    plain = re.sub(r"['’]s$", "", word, flags=re.IGNORECASE)
    plain = unicodedata.normalize("NFKD", plain.casefold()).translate(_LETTERS)
    plain = "".join(char for char in plain if char.isalnum() and not unicodedata.combining(char))
    if plain in ARTICLES:
        return ""
    for written, kept in _ROMAN:
        plain = plain.replace(written, kept)
    if len(plain) > 4:  # acronyms keep their letters
        plain = _DOUBLED.sub(r"\1", plain)
    if len(plain) > 2 and plain[-1] == "h" and plain[-2] in "aeiou":
        plain = plain[:-1]
    return plain


def fold(text: str) -> str:
    """The comparison key of a name: words folded, articles and punctuation dropped, one blank between words."""
    return " ".join(filter(None, map(fold_word, TOKEN.findall(text)))) or text.casefold().strip()


def plain(word: str) -> str:
    """A word without case, accents, possessive and punctuation, and without any romanisation."""
    bare = unicodedata.normalize("NFKD", word.casefold().removesuffix("'s"))
    return "".join(char for char in bare if char.isalnum())


def has_article(spelling: str) -> bool:
    """Whether a spelling opens with an Arabic article that a reader must see too ("al-Bab", not "Bab")."""
    words = TOKEN.findall(spelling)
    return len(words) > 1 and words[0].casefold() in ARTICLES


@dataclass(frozen=True, slots=True)
class Spelling:
    """What one key means. `case`: `upper` (acronyms), `capital`, `any` (nouns); `term`: a person's time in office, the
    time since an armed group was founded.

    `state` marks common nouns ("the army") that belong to the state an article is about, `local` spellings that
    mean the actor only in articles about its country ("Observatory", "SNA").
    """

    actor: str
    via: str
    written: str
    article: bool = False
    case: str = "capital"
    term: DateInterval = UNKNOWN
    state: bool = False
    local: bool = False
    state_name: bool = False  # the name or the capital of a state

    @property
    def bare(self) -> str:
        """Its last word, plain: all of a single word but its article."""
        return plain(TOKEN.findall(self.written)[-1])

    @property
    def opens_small(self) -> bool:
        """Whether it opens with a small letter or a figure, whatever article before: "pro-Iranian militias"."""
        first = next((word for word in TOKEN.findall(self.written) if word.casefold() not in ARTICLES), self.written)
        return not first[0].isupper()

    @property
    def ends_small(self) -> bool:
        """Whether its last word has a small letter: "Zintan brigades"."""
        return not self.written.split()[-1][0].isupper()


@dataclass(frozen=True, slots=True)
class ActorBook:
    """Actors by canonical name, spellings by key, word lists of the demonym grammar, and ISO code by state."""

    actors: Mapping[str, Actor]
    spellings: Mapping[str, tuple[Spelling, ...]]
    words: Mapping[str, Mapping[str, str]]  # list -> word -> class
    states: Mapping[str, str]  # ISO code -> canonical state


@dataclass(frozen=True, slots=True)
class PlaceBook:
    """The gazetteer's two files, unparsed: a row is read when a text names it.

    `rows` has a line for each place; `keys` are the lines of the keys, in the order of their bytes: the key and the
    bytes at which its places begin in `rows`, in base 36, each with its mark.
    """

    rows: bytes
    keys: Sequence[str]

    def all_rows(self) -> Iterator[int]:
        """Where each place begins in `rows`."""
        begin = self.rows.index(b"\n") + 1  # after the line of credits
        while begin < len(self.rows):
            yield begin
            begin = self.rows.index(b"\n", begin) + 1


# The places of a key by the mark of the key: "" always, `?` also an English word or a person's name, `~` only after
# an article, `^` only in capitals.
Marked = Mapping[str, tuple[int, ...]]
_NO_KEYS: Mapping[str, str] = {}


def text_of(name: str) -> str:
    """The text of a rulebook file; raises RulebookError when it is missing."""
    try:
        return resources.files(__package__).joinpath("rulebook", name).read_text(encoding="utf-8")
    except OSError as error:
        raise RulebookError(f"{name}: cannot be read: {error}; reinstall the package") from error


def _bytes_of(name: str) -> bytes:
    try:
        return resources.files(__package__).joinpath("rulebook", name).read_bytes()
    except OSError as error:
        raise RulebookError(f"{name}: cannot be read: {error}; reinstall the package") from error


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(text_of(name).splitlines())


def _many(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


def _case_of(written: str) -> str:
    letters = "".join(char for char in written if char.isalpha())
    if letters.islower():
        return "any"
    return "upper" if letters.isupper() and len(letters) <= 6 else "capital"


def _spelling(actor: str, via: str, written: str, **marks: Any) -> Spelling:
    return Spelling(actor, via, written, has_article(written), _case_of(written), **marks)


def _state_spellings(row: Mapping[str, str]) -> Iterator[Spelling]:
    name = row["name"]
    yield _spelling(name, "name", name, state_name=True)
    if " " not in name and name[-1] != "s":
        yield _spelling(name, "name", f"{name}s", state_name=True)  # a possessive that lost its apostrophe
    for via, column in _COLUMNS:
        for written in _many(row[column]):
            yield _spelling(name, via, written, state_name=via in ("name", "capital"))


def _listed_spellings(table: Mapping[str, Any]) -> Iterator[Spelling]:
    name, armed = table["name"], table["kind"] == "armed_group"
    via, term = "generic" if table["kind"] == "group" else "name", _since(name, table.get("active", ""))
    yield _spelling(name, via, name, term=term)
    for written in table.get("spellings", ()):
        acronym = armed and bool(table.get("country")) and _case_of(written) == "upper"
        yield _spelling(name, via, written, local=acronym, term=term)
    for written in table.get("local", ()):
        yield _spelling(name, via, written, local=True, term=term)


def _since(name: str, active: str) -> DateInterval:
    """The time in which an article can name an actor: from its first year on, for articles tell of dissolved ones."""
    if not active:
        return UNKNOWN
    try:
        return replace(parse_edtf(active), latest=None)
    except ValueError as error:
        raise RulebookError(f"{name}: active = {active}: {error}; write EDTF years such as 1964/2016") from error


def _armed_groups() -> Iterator[dict[str, Any]]:
    """The rows of `armed_groups.csv`, each like a table of `actors.toml`."""
    for row in _rows("armed_groups.csv"):
        lists = {column: _many(row[column]) for column in ("parents", "spellings", "local")}
        yield {"name": row["name"], "kind": "armed_group", "country": row["country"], "active": row["active"], **lists}


def _person_spellings(actors: Mapping[str, Actor]) -> Iterator[Spelling]:
    for row in _rows("persons.csv"):
        if row["actor"] not in actors:
            raise RulebookError(f"persons.csv: {row['names']}: no actor is called {row['actor']}; add its row")
        for written in _many(row["names"]):
            yield _spelling(row["actor"], "person", written, term=parse_edtf(row["term"]))


def _told_apart(spelling: Spelling) -> tuple[str, str, DateInterval, tuple[bool, bool, bool], str]:
    """What makes spellings of one key differ in where they are found."""
    shape = spelling.article, spelling.opens_small, spelling.ends_small
    return spelling.actor, spelling.case, spelling.term, shape, spelling.bare


def _check_parents(actors: Mapping[str, Actor]) -> None:
    for entry in actors.values():
        for parent in entry.parents:
            if parent not in actors:
                raise RulebookError(f"{entry.name}: no actor is called {parent}; correct its parents or add a row")


def _words_of(tables: Mapping[str, Mapping[str, list[str]]]) -> dict[str, dict[str, str]]:
    return {name: {word: kind for kind, listed in table.items() for word in listed} for name, table in tables.items()}


@cache
def actor_book() -> ActorBook:
    """The actor book; raises RulebookError naming the file for a row that names an actor no row defines."""
    try:
        tables: dict[str, Any] = tomllib.loads(text_of("actors.toml"))
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"actors.toml: cannot be read: {error}") from error
    actors: dict[str, Actor] = {}
    spellings: list[Spelling] = []
    for row in _rows("countries.csv"):
        actors[row["name"]] = Actor(row["name"], "state", row["iso"])
        spellings += _state_spellings(row)
    for table in (*tables["actor"], *_armed_groups()):
        parents, speaker = tuple(table.get("parents", ())), table.get("speaker", False)
        actors[table["name"]] = Actor(table["name"], table["kind"], table.get("country", ""), parents, speaker)
        spellings += _listed_spellings(table)
    for written, name in tables["state_words"].items():
        actors.setdefault(name, Actor(name, "group"))
        spellings.append(_spelling(name, "generic", written, state=True))
    spellings += _person_spellings(actors)
    _check_parents(actors)
    found: dict[str, list[Spelling]] = {}
    for spelling in spellings:
        rest = found.setdefault(fold(spelling.written), [])
        if _told_apart(spelling) not in map(_told_apart, rest):
            rest.append(spelling)
    states = {entry.country: name for name, entry in actors.items() if entry.kind == "state" and entry.country}
    return ActorBook(actors, {key: tuple(rest) for key, rest in found.items()}, _words_of(tables["words"]), states)


@cache
def place_book() -> PlaceBook:
    """The gazetteer."""
    return PlaceBook(_bytes_of("places.tsv"), text_of("places.keys").split("\n"))


@lru_cache(maxsize=1 << 14)
def keys_opened_by(word: str) -> Mapping[str, str]:
    """Every key of the gazetteer that opens with a folded word, and its places unread."""
    lines, opened = place_book().keys, (f"{word}\t", f"{word} ")
    found: dict[str, str] = {}
    index = bisect_left(lines, opened[0])
    while lines[index].startswith(opened):
        key, _, places = lines[index].partition("\t")
        found[key] = places
        index += 1
    return found or _NO_KEYS


@lru_cache(maxsize=1 << 14)
def marked_places(listed: str) -> Marked:
    """The places of a key as its line lists them."""
    marked: dict[str, list[int]] = {}
    for place in listed.split():
        mark = place[0] if place[0] in "?~^" else ""
        marked.setdefault(mark, []).append(int(place[len(mark) :], 36))
    return {mark: tuple(rows) for mark, rows in marked.items()}


def places_of(key: str) -> tuple[int, ...]:
    """Where the places of a key begin in the gazetteer, whatever the mark."""
    marked = marked_places(keys_opened_by(key.partition(" ")[0]).get(key, ""))
    return tuple(row for mark in ("", "~", "^", "?") for row in marked.get(mark, ()))


_KNOWN = 15_000  # inhabitants of a town that readers may know


@lru_cache(maxsize=1 << 14)
def well_known(key: str) -> bool:
    """Whether a key, be it of one word, names a place that readers may know and no word or person."""
    rows = marked_places(keys_opened_by(key).get(key, "")).get("", ())
    return any(
        "h" in flags or (place.kind == "town" and place.population >= _KNOWN) for place, flags in map(place_at, rows)
    )


@lru_cache(maxsize=1 << 14)
def opens_known(word: str) -> bool:
    """Whether a folded word opens the name of an actor or of a place that readers may know."""
    if word in _longest_actors():
        return True
    listed = keys_opened_by(word).values()
    rows = (row for places in listed for at in marked_places(places).values() for row in at)
    return any(
        "h" in flags or (place.kind == "town" and place.population >= _KNOWN) for place, flags in map(place_at, rows)
    )


@lru_cache(maxsize=1 << 14)
def place_at(row: int) -> tuple[Place, str]:
    """The place of a row and its flags: `h` made by hand, `b` a division its bare name means."""
    name, kind, country, admin1, lat, lon, number, population, flags, _ = _line(row).split("\t")
    place = Place(
        name, kind, country, admin1, float(lat) if lat else None, float(lon) if lon else None,
        int(number) if number else None, int(population),
    )  # fmt: skip
    return place, flags


def _line(row: int) -> str:
    lines = place_book().rows
    return lines[row : lines.index(b"\n", row)].decode()


def keys_at(row: int) -> tuple[str, ...]:
    """The keys of the place of a row, its name's own first."""
    name, *_, more = _line(row).split("\t")
    return (fold(name), *filter(None, more.split("|")))


@cache
def _longest_actors() -> Mapping[str, int]:
    longest: dict[str, int] = {}
    for key in actor_book().spellings:
        opener = key.partition(" ")[0]
        longest[opener] = max(longest.get(opener, 0), key.count(" ") + 1)
    return longest


@cache
def lower_openers() -> Mapping[str, int]:
    """The words that open an actor's key in lower case ("armed opposition"), and the most words of such a key."""
    spelled = actor_book().spellings.items()
    words = {key.partition(" ")[0] for key, known in spelled if any(not s.written[0].isupper() for s in known)}
    return {word: _longest_actors()[word] for word in words}


@lru_cache(maxsize=1 << 16)
def longest_key(word: str) -> int:
    """The most words of a key of either book that a folded word opens; 0 for a word that opens none."""
    placed = max((key.count(" ") + 1 for key in keys_opened_by(word)), default=0)
    return max(placed, _longest_actors().get(word, 0))
