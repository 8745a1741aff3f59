"""Actors and places: the books hold together, and sentences give the names a reader would give."""

import datetime as dt
import tomllib

import pytest

from idlib_timeline import names
from idlib_timeline.interval import UNKNOWN, DateInterval, day
from idlib_timeline.namebook import actor_book, place_at, place_book, text_of

SYRIA = "The Syrian government said on Monday that shells fell in Idlib, in Hama and in Aleppo. "


def actors(text: str, published: DateInterval = UNKNOWN) -> list[tuple[str, str]]:
    return [(mention.text, mention.actor.name) for mention in names.find(text, (), published)[0]]


def places(text: str) -> list[tuple[str, str]]:
    return [(mention.text, mention.place.name) for mention in names.find(text)[1]]


# --- the books ------------------------------------------------------------------------------------


def test_every_spelling_of_an_actor_is_its_own() -> None:
    shared = []
    for key, spellings in actor_book().spellings.items():
        for case in ("upper", "capital", "any"):
            plain = {s.actor for s in spellings if s.case == case and not s.local and s.via != "person"}
            if len(plain) > 1:
                shared.append((key, sorted(plain)))
    assert shared == []


def test_every_actor_is_found_by_its_name_and_lists_its_spellings() -> None:
    for name, entry in actor_book().actors.items():
        assert entry.name == name
        assert names.fold(name) in names.actor_spellings(name)
        assert all(parent in actor_book().actors for parent in entry.parents), name


def test_every_place_alias_finds_its_own_place_and_no_other_of_its_country() -> None:
    aliases = tomllib.loads(text_of("place_aliases.toml"))
    wrong = []
    for listed, table in aliases.items():
        country = "" if listed == "none" else listed
        rows = [(row[0], row[1:]) for row in table.get("divisions", {}).values()]
        rows += list(table.get("towns", {}).items())
        rows += [(name, row.get("also", [])) for name, row in table.get("added", {}).items()]
        for name, also in rows:
            for spelling in [name.split(" (")[0], *also]:
                found = hand_made(spelling, country)
                if found != {name.split(" (")[0]}:
                    wrong.append((country, spelling, name, found))
    assert wrong == []


def hand_made(spelling: str, country: str) -> set[str]:
    rows = [r for mark in ("", "~", "^", "?") for r in place_book().keys.get(mark + names.fold(spelling), ())]
    known = [place_at(row) for row in rows]
    return {
        place.name for place, flags in known if "h" in flags and place.country == country and place.kind != "country"
    }


def test_coordinates_are_on_the_globe_and_in_syria_for_syria() -> None:
    for row in range(len(place_book().lines)):
        place, _ = place_at(row)
        if place.lat is None or place.lon is None:
            continue
        assert abs(place.lat) <= 90
        assert abs(place.lon) <= 180
        if place.country == "SY" and place.kind in ("town", "site", "admin1"):
            assert 32 < place.lat < 37.5, place
            assert 35.5 < place.lon < 42.5, place


@pytest.mark.parametrize(
    "spellings",
    [
        ("Khan Sheikhoun", "Khan Sheikhun", "Khan Sheikun", "Khan Shaykhun", "KHAN SHEIKHOUN"),
        ("al-Qaeda", "Al Qaeda", "Qaeda", "el-Qaeda"),
        ("Maarat al-Numan", "Ma'arrat an-Numan", "Maarat Numan"),
        ("Cavusoglu", "Çavuşoğlu"),
        ("Syria's", "Syria"),
        ("U.N.", "UN"),
    ],
)
def test_folding_makes_spellings_one(spellings: tuple[str, ...]) -> None:
    assert len({names.fold(spelling) for spelling in spellings}) == 1


def test_folding_keeps_different_names_apart() -> None:
    assert len({names.fold(name) for name in ("Hama", "Homs", "Hamas", "Idlib", "SAA", "SA", "Mali", "Malta")}) == 8


@pytest.mark.parametrize("spelling", ["Turkey", "Ankara", "Turkish", "Erdogan", "Erdoğan", "Turks", "Türkiye"])
def test_any_way_of_naming_an_actor_is_canonical(spelling: str) -> None:
    assert names.canonical_actor(spelling) == "Turkey"
    assert names.fold(spelling) in names.actor_spellings("Turkey")


def test_canonical_names_of_places_and_unknown_names() -> None:
    assert names.canonical_place("Khan Shaykhun") == "Khan Sheikhoun"
    assert names.fold("Khan Shaykhun") in names.place_spellings("Khan Sheikhoun")
    assert names.canonical_place("Kafr Zayta") == "Kafr Zita"
    assert names.canonical_actor("Zzyzx Front") is None
    assert names.canonical_place("Zzyzx Heights") is None
    assert names.actor("Zzyzx Front").kind == "group"


# --- actors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Russian air force bombed a depot.", ["Russia"]),
        ("Syrian and Russian planes struck a bakery.", ["Syria", "Russia"]),
        ("A Turkish-Russian accord was signed.", ["Turkey", "Russia"]),
        ("The Turkey-Russia agreement held for a week.", ["Turkey", "Russia"]),
        ("Camps grew near the Turkish border.", []),
        ("It was the worst week of the Syrian war.", []),
        ("They crossed into Syrian territory.", []),
        ("Syrian rebels took the hill.", ["rebels"]),
        ("Dozens of Syrian refugees drowned.", ["civilians"]),
        ("Russian-backed militias took the hill.", ["militias"]),
        ("Iran-backed militias took the hill.", ["Iran-backed militias"]),
        ("Turkey-backed rebels took the hill.", ["rebels"]),
        ("The US-led coalition denied the strike.", ["US-led coalition"]),
        ("Syrian army defectors spoke to us.", []),
        ("A protest against pro-Iran parties was held.", []),
        ("They held the country's last rebel stronghold.", []),
        ("Rebel fighters said the rebels would stay.", ["rebels", "rebels"]),
        ("An Israeli raid on Syrian positions followed.", ["Israel", "Syria"]),
        ("He left for a Russian-held town.", []),
        ("The Security Council met.", ["United Nations Security Council"]),
        ("The IS flag flew, as he said it is.", ["Islamic State"]),
    ],
)
def test_who_is_named(text: str, expected: list[str]) -> None:
    assert [name for _, name in actors(text)] == expected


def test_the_span_of_a_demonym_runs_to_its_force() -> None:
    assert actors("The Ukrainian defence ministry said so.")[0] == ("Ukrainian defence ministry", "Ukraine")
    assert actors("The Syrian government spoke.") == [("Syrian government", "Syria")]
    assert actors("Turkish and Russian military units met.") == [("Turkish", "Turkey"), ("Russian military", "Russia")]


def test_common_nouns_belong_to_the_state_the_article_is_about() -> None:
    found = actors(SYRIA + "Government forces moved north. The army withdrew later.")
    assert found[-2:] == [("Government forces", "Syria"), ("army", "Syria")]
    assert actors("Government forces moved north.") == [("Government forces", "government forces")]
    for text in ("Turkey will send more troops.", "Ankara said its troops were hit.", "The rebel army withdrew."):
        assert "Syria" not in [name for _, name in actors(SYRIA + text)[1:]], text


def test_forces_stay_the_states_when_someone_else_acts_on_them() -> None:
    assert actors(SYRIA + "The Syrian opposition accused government forces of a raid.")[-1][1] == "Syria"


def test_a_surname_known_from_a_first_name_is_no_place() -> None:
    text = "The United States and American officials met in Houston. Attorney Janet Reno spoke. A letter went to Reno."
    assert places(text)[-1] == ("Houston", "Houston")


def test_persons_stand_for_their_state_while_in_office() -> None:
    text = "President Barack Obama spoke."
    assert actors(text, day(dt.date(2013, 9, 1))) == [("Barack Obama", "United States")]
    assert actors(text, day(dt.date(2019, 9, 1))) == []
    assert actors("Fatima Erdogan, a baker, spoke.") == []


def test_acronyms_need_capitals_and_local_names_their_country() -> None:
    assert actors("They told us who sna and is are.") == []
    assert actors("The Observatory in the hills was closed.") == []
    assert (actors(SYRIA + "The Observatory counted ten dead."))[-1][1] == "Syrian Observatory for Human Rights"


# --- party or place -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "party", "place"),
    [
        ("Moscow said it would help.", ["Russia"], []),
        ("The talks in Moscow ended.", [], ["Moscow"]),
        ("Convoys were sent by Ankara.", ["Turkey"], []),
        ("It drew condemnation from Damascus.", ["Syria"], []),
        ("They fled from Syria to Turkey.", [], ["Syria", "Turkey"]),
        ("A truce was agreed with Turkey.", ["Turkey"], []),
        ("Villages on the border with Turkey were hit.", [], ["Turkey"]),
        ("BEIRUT: Shells fell.", [], ["Beirut"]),
        ("He reached the capital Damascus.", [], ["Damascus"]),
        ("Refugees live across Lebanon, Jordan and Iraq.", ["civilians"], ["Lebanon", "Jordan", "Iraq"]),
        ("Russia and Turkey have agreed.", ["Russia", "Turkey"], []),
        ("Russia and its allies halted flights.", ["Russia"], []),
        ("Syria's Idlib province was calm.", [], ["Syria", "Idlib"]),
        ("Syrias Idlib province was calm.", [], ["Syria", "Idlib"]),
    ],
)
def test_party_or_place(text: str, party: list[str], place: list[str]) -> None:
    assert ([name for _, name in actors(text)], [name for _, name in places(text)]) == (party, place)


# --- places ---------------------------------------------------------------------------------------


def test_press_spellings_are_one_place() -> None:
    for written in ("Khan Sheikhoun", "Khan Sheikhun", "Khan Shaykhun"):
        assert places(f"Shells fell in the town of {written}.") == [(written, "Khan Sheikhoun")]


def test_article_names_need_their_article() -> None:
    assert places(SYRIA + "Troops reached al-Bab.")[-1] == ("al-Bab", "al-Bab")
    assert all(name != "al-Bab" for _, name in places(SYRIA + "He knocked at Bab's door with Bab."))


def test_the_articles_countries_settle_shared_names() -> None:
    def country(text: str) -> str:
        return names.find(text)[1][-1].place.country

    assert country("Lebanon sent its army. The Lebanese government spoke. Shells fell in Tripoli.") in ("LB", "LY")
    assert country("The Iraqi government lost the town. Iraq sent troops to Sinjar.") == "IQ"
    assert country("Delegates met in Moscow.") == "RU"


def test_division_or_town_by_the_word_beside() -> None:
    def kind(text: str) -> str:
        return names.find(text)[1][0].place.kind

    assert kind("Fighting spread in Aleppo province.") == "admin1"
    assert kind("Fighting spread in the city of Idlib.") == "town"
    assert kind("Fighting spread in Idlib.") == "admin1"
    assert kind("Fighting spread in Aleppo.") == "town"


@pytest.mark.parametrize(
    "text",
    [
        "In March the Sun will rise of itself.",
        "Abdullah Ibrahim said Ibrahim had left.",
        "Colonel Mustafa Bakour, a commander, spoke.",
        "Amnesty International and Al-Watan reported it.",
        "The Geneva Conventions forbid it.",
        "The Washington Post reported it.",
        "Nice words, he said. Of course.",
        "Jordan Peterson and Michael Jordan played.",
    ],
)
def test_words_and_persons_are_no_places(text: str) -> None:
    assert places(text) == []


# --- spans ----------------------------------------------------------------------------------------


def test_mentions_quote_the_text_in_order() -> None:
    text = SYRIA + "On Tuesday Hay'at Tahrir al-Sham left Ma'arrat al-Nu'man, the U.N. said; Turkey's army stayed."
    found_actors, found_places = names.find(text)
    assert all(text[m.start : m.end] == m.text for m in found_actors)
    assert all(text[m.start : m.end] == m.text for m in found_places)
    assert [m.start for m in found_actors] == sorted(m.start for m in found_actors)
    assert [m.start for m in found_places] == sorted(m.start for m in found_places)
    assert ("Turkey", "Turkey") in [(m.text, m.actor.name) for m in found_actors]
    assert found_places[-1].text == "Ma'arrat al-Nu'man"


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "'", "the", "US", "İstanbul İ", "al-", "al-al-al", "- - -", "A" * 5000]
)
def test_odd_texts_do_no_harm(text: str) -> None:
    found_actors, found_places = names.find(text)
    assert all(text[m.start : m.end] == m.text for m in found_actors)
    assert all(text[m.start : m.end] == m.text for m in found_places)
