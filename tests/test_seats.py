"""Capitals told by their land."""

import pytest

from idlib_timeline import names
from idlib_timeline.seats import seats


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They marched in the Egyptian capital on Friday.", [("Egyptian capital", "Cairo")]),
        ("In Mali's capital nothing moved.", [("Mali's capital", "Bamako")]),
        ("A convoy got to the capital of Tigray.", [("capital of Tigray", "Mekelle")]),
        ("Shells fell on the Chechen capital, Human Rights Watch said.", [("Chechen capital", "Grozny")]),
        ("They met in the Libyan capital, Tripoli.", []),
        ("The Egyptian capital market fell.", []),
        ("They marched on the capital.", []),
    ],
)
def test_a_land_tells_its_capital(text: str, told: list[tuple[str, str]]) -> None:
    assert [(found.text.removeprefix("In "), found.place.name) for found in seats(text)] == told


def test_the_capital_alone_is_that_of_the_country_told_of_if_it_is_named() -> None:
    tripoli = next(seats("They met in the Libyan capital.")).place
    assert [found.place for found in seats("They marched on the capital.", "LY", {tripoli})] == [tripoli]
    assert not list(seats("They fought south of the capital.", "LY", {tripoli}))
    assert not list(seats("They took the provincial capital, then marched on the capital.", "LY", {tripoli}))


def test_the_capital_stands_in_place_of_its_land() -> None:
    _, places = names.find("A convoy of the United Nations got to the capital of Tigray in Ethiopia.")
    assert "Mekelle" in {mention.place.name for mention in places}
    assert "Tigray" not in {mention.place.name for mention in places}
