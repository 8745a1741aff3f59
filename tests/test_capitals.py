"""Dispatches in capitals, as old wires sent them. Every text here was made for its test."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idlib_timeline import pipeline
from idlib_timeline.capitals import restored
from idlib_timeline.interval import parse_edtf
from idlib_timeline.model import Article, ArticleFile, EventMention, Part, Publication
from idlib_timeline.read import read

# Each was printed in both cases; the text in capitals is its `upper()`.
PRINTED = """
MANAGUA, Jan. 27, 1988 - Contra rebels attacked a bridge near Matagalpa on Monday, killing four soldiers, the army
said. President Daniel Ortega blamed the U.S. government.

BEIRUT, Feb. 6, 1984 (AP) - Gunmen of the Amal militia seized west Beirut on Monday. President Amin Gemayel asked U.S.
Marines to stay. Israel denied that its jets had bombed the Bekaa.

The PLO and Syrian troops agreed on a cease-fire at 6 a.m. Thursday in Tripoli. Yasser Arafat said he would leave by
Nov. 20.

Iraqi warplanes bombed Kharg Island on Sunday. Iran's Foreign Minister Ali Akbar Velayati told the U.N. Security
Council that 12 sailors had died.

Soviet tanks entered Kabul in December 1979. In May 1988 they began to leave, and in February 1989 the last of them
crossed the bridge at Termez.

He said the rebels may march on the capital in March. The troops that may come in May are from France.

"We will not go," said Gen. Michel Aoun. The Lebanese Red Cross said, "There are 30 wounded in the hospital."

U.N. officials said NATO jets had flown over Sarajevo. The United Nations asked the Bosnian Serbs for a truce.

The National Union for the Total Independence of Angola (UNITA) shelled Cuito on Wednesday. UNITA denied it.

American F-16 and A-10 planes bombed a column south of Basra, the Pentagon said Tuesday, Jan. 29.

Army troops drove the guerrillas out of San Miguel. In El Salvador and Nicaragua the war goes on.

Mr. Robert Mackenzie, a British aid worker, was freed in Peshawar after 11 months, his family said in London.

It was a nice day in the mobile camp, and the reading of the names began. The bombs hit in the night.

Three car bombs killed 40 people in Algiers. The Islamic Salvation Front (FIS) said it had no part in it. The U.S.
embassy told us to stay inside.
"""
DISPATCHES = [" ".join(text.split()) for text in PRINTED.split("\n\n")]


def mentions(text: str, published: str = "1989-11-14") -> tuple[EventMention, ...]:
    return pipeline.read_one(article(text), Publication(parse_edtf(published), "context", "a.txt")).mentions


def article(text: str) -> Article:
    return read(ArticleFile("", "", "a.txt"), Part("", "text", text.encode()))


@pytest.mark.parametrize("printed", DISPATCHES, ids=lambda text: text[:20])
def test_a_dispatch_in_capitals_reads_like_print(printed: str) -> None:
    assert restored(printed.upper()) == printed


@pytest.mark.parametrize("printed", DISPATCHES[:4], ids=lambda text: text[:20])
def test_it_tells_the_same_events(printed: str) -> None:
    def told(text: str) -> list[tuple[object, ...]]:
        return [(m.date, m.type, m.status, m.who, m.whom, m.places, m.figures, m.title) for m in mentions(text)]

    assert told(printed.upper()) == told(printed)
    assert told(printed)


def test_the_stored_text_and_every_quote_keep_their_capitals() -> None:
    wire = DISPATCHES[0].upper()
    found = article(wire)
    assert found.text == wire
    assert found.prose.text == DISPATCHES[0]
    for mention in mentions(wire):
        evidence = mention.evidence
        assert evidence.sentence in wire


def test_lines_wrapped_by_hand_are_joined() -> None:
    wire = """REBELS SHELLED THE BARRACKS OF THE FIRST BRIGADE IN THE CAPITAL ON
TUESDAY, KILLING NINE SOLDIERS. THE ARMY ANSWERED WITH AIR STRIKES ON
THE NORTHERN SUBURBS, WITNESSES SAID.
"""
    found = article(wire)
    assert [found.prose.text[sentence.start : sentence.end] for sentence in found.sentences] == [
        "Rebels shelled the barracks of the first brigade in the capital on Tuesday, killing nine soldiers.",
        "The army answered with air strikes on the northern suburbs, witnesses said.",
    ]


def test_headings_credits_and_a_wire_s_own_lines_stay() -> None:
    head = "B2011 XNA INTL R\nAM-ANGOLA-1STLD\nREBELS NEAR CUITO\n\nBY JANE DOE\n\nLUANDA - "
    assert restored(head + "REBELS SHELLED CUITO ON MONDAY.\n") == head + "Rebels shelled Cuito on Monday.\n"


def test_capitals_inside_ordinary_print_stay() -> None:
    text = (
        "REBELS TAKE THE PORT AS GOVERNMENT TROOPS FLEE TO THE NORTH\n\nBY JANE DOE IN ADEN\n\n"
        "Rebels of the SDF took the port on Tuesday, NATO and the UN said.\n"
    )
    assert restored(text) == text


def test_one_paragraph_in_capitals_is_read() -> None:
    text = "Rebels took the port.\n\nTHE GOVERNMENT SENT TROOPS TO ALEPPO ON MONDAY TO STOP THEM.\n\nIt is calm.\n"
    assert restored(text).split("\n\n")[1] == "The government sent troops to Aleppo on Monday to stop them."


@given(st.text(alphabet="AB DEÉİßÑ.'-\n(\"U1", max_size=300))
def test_the_length_never_changes(text: str) -> None:
    wire = "THE ARMY SHELLED THE REBELS IN THE NORTH OF THE COUNTRY ON MONDAY. " + text + "."
    answer = restored(wire)
    assert len(answer) == len(wire)
    assert all(new in (old, old.lower()) for old, new in zip(wire, answer, strict=True))


@pytest.mark.parametrize(
    "unit",
    ["A", "A ", "A.", "U.S. ", "AL-", "DEIR AL-ZOR ", "O'N' ", "(AB) ", "THE ARMY WENT\n", '" ', "AB-CD\n", "(AB AB) "],
)
def test_the_work_grows_with_the_text(unit: str) -> None:
    def took(size: int) -> float:
        text = unit * (size // len(unit)) + "THE ARMY WENT TO THE NORTH OF THE COUNTRY AND STAYED."
        start = time.perf_counter()
        restored(text)
        return time.perf_counter() - start

    took(2_000)
    assert took(80_000) < max(40 * took(10_000), 1.0)
