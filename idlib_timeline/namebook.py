"""The books of names: how spellings are folded into keys, and what is known under each key.

`rulebook/actors.toml`, `countries.csv` and `persons.csv` are written by hand; `places.tsv` is made by
`scripts/make_places.py` from GeoNames and `place_aliases.toml`.
"""

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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


def has_article(spelling: str) -> bool:
    """Whether a spelling opens with an Arabic article that a reader must see too ("al-Bab", not "Bab")."""
    words = TOKEN.findall(spelling)
    return len(words) > 1 and words[0].casefold() in ARTICLES


@dataclass(frozen=True, slots=True)
class Spelling:
    """What one key means. `case`: `upper` (acronyms), `capital`, `any` (nouns); `term`: a person's time in office.

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


@dataclass(frozen=True, slots=True)
class ActorBook:
    """Actors by canonical name, spellings by key, word lists of the demonym grammar, and ISO code by state."""

    actors: Mapping[str, Actor]
    spellings: Mapping[str, tuple[Spelling, ...]]
    words: Mapping[str, Mapping[str, str]]  # list -> word -> class
    states: Mapping[str, str]  # ISO code -> canonical state


@dataclass(frozen=True, slots=True)
class PlaceBook:
    """Unparsed rows of the gazetteer and for each key the rows it names; keys keep the marks of `make_places.py`."""

    lines: tuple[str, ...]
    keys: Mapping[str, tuple[int, ...]]


def text_of(name: str) -> str:
    """The text of a rulebook file; raises RulebookError when it is missing."""
    try:
        return resources.files(__package__).joinpath("rulebook", name).read_text(encoding="utf-8")
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
    name, group, armed = table["name"], table["kind"] == "group", table["kind"] == "armed_group"
    via = "generic" if group else "name"
    yield _spelling(name, via, name)
    for written in table.get("spellings", ()):
        acronym = armed and "country" in table and _case_of(written) == "upper"
        yield _spelling(name, via, written, local=acronym)
    for written in table.get("local", ()):
        yield _spelling(name, via, written, local=True)


def _person_spellings(actors: Mapping[str, Actor]) -> Iterator[Spelling]:
    for row in _rows("persons.csv"):
        if row["actor"] not in actors:
            raise RulebookError(
                f"persons.csv: {row['names']}: no actor is called {row['actor']}; add it to actors.toml"
            )
        for written in _many(row["names"]):
            yield _spelling(row["actor"], "person", written, term=parse_edtf(row["term"]))


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
    for table in tables["actor"]:
        parents, speaker = tuple(table.get("parents", ())), table.get("speaker", False)
        actors[table["name"]] = Actor(table["name"], table["kind"], table.get("country", ""), parents, speaker)
        spellings += _listed_spellings(table)
    for written, name in tables["state_words"].items():
        actors.setdefault(name, Actor(name, "group"))
        spellings.append(_spelling(name, "generic", written, state=True))
    spellings += _person_spellings(actors)
    found: dict[str, list[Spelling]] = {}
    for spelling in spellings:
        rest = found.setdefault(fold(spelling.written), [])
        if (spelling.actor, spelling.case, spelling.term) not in [(o.actor, o.case, o.term) for o in rest]:
            rest.append(spelling)
    states = {entry.country: name for name, entry in actors.items() if entry.kind == "state" and entry.country}
    return ActorBook(actors, {key: tuple(rest) for key, rest in found.items()}, _words_of(tables["words"]), states)


@cache
def place_book() -> PlaceBook:
    """The gazetteer, its rows unparsed: a row is read when a text names it."""
    lines = tuple(line for line in text_of("places.tsv").split("\n") if line and line[0] != "#")
    keys: dict[str, tuple[int, ...]] = {}
    for row, line in enumerate(lines):
        for key in line[line.rindex("\t") + 1 :].split("|"):
            rest = keys.get(key)
            keys[key] = (row,) if rest is None else (*rest, row)
    return PlaceBook(lines, keys)


@lru_cache(maxsize=1 << 14)
def place_at(row: int) -> tuple[Place, str]:
    """The place of a row and its flags: `h` made by hand, `b` a division its bare name means."""
    name, kind, country, admin1, lat, lon, number, population, flags, _ = place_book().lines[row].split("\t")
    place = Place(
        name, kind, country, admin1, float(lat) if lat else None, float(lon) if lon else None,
        int(number) if number else None, int(population),
    )  # fmt: skip
    return place, flags


@dataclass(frozen=True, slots=True)
class KnownKeys:
    """Every key without marks: `first` word -> most words of a key it opens, the `lower`-case openers, and `all`."""

    first: Mapping[str, int]
    lower: frozenset[str]
    all: frozenset[str]


@cache
def known_keys() -> KnownKeys:
    """The keys of both books, as the search for runs of words needs them."""
    actors, places = actor_book().spellings, place_book().keys
    first: dict[str, int] = {}
    keys = {key.lstrip("~^?") for key in places} | set(actors)
    for key in keys:
        opener, _, rest = key.partition(" ")
        count = 2 + rest.count(" ") if rest else 1
        if first.get(opener, 0) < count:
            first[opener] = count
    lower = frozenset(
        key.partition(" ")[0] for key, known in actors.items() if any(not s.written[0].isupper() for s in known)
    )
    return KnownKeys(first, lower, frozenset(keys))
