"""What texts and neighbours imply of a publication day, reprints, and the gold set. Texts were made for their tests."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idlib_timeline import pipeline
from idlib_timeline.model import Article, ArticleFile, Finding, Part
from idlib_timeline.publish.days import ALL, Days, between, united
from idlib_timeline.publish.offices import offices
from idlib_timeline.publish.regions import day_first
from idlib_timeline.read import read
from idlib_timeline.store import Store
from tests import gate_publication

PADDING = "The road is open and the market has bread."


def article(text: str, name: str = "a.txt") -> Article:
    return read(ArticleFile("", "", name), Part("", "text", text.encode()))


def dated(text: str) -> tuple[str, str]:
    found = pipeline.dated(article(text), None)
    return found.date.edtf(), found.method


def built(folder: Path) -> dict[str, dict[str, object]]:
    with Store.open(folder.parent / "timeline.db", create=True) as store:
        pipeline.build([str(folder)], store)
        return {str(source["file"]): source for source in store.sources()}


def put(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


# --- the gold set ---------------------------------------------------------------------------------


def test_the_gold_set_holds_its_floors_and_nothing_in_it_is_dated_wrongly() -> None:
    judged = [(expected["file"], word) for expected, word, _ in gate_publication.verdicts()]
    assert len(judged) >= 130
    assert [file for file, word in judged if word in ("wrong", "unread")] == []
    right = sum(word == "right" for _, word in judged) / len(judged)
    assert right >= gate_publication.floors()["own"]["right"]


def test_the_gate_sees_the_date_that_opens_a_text() -> None:
    assert gate_publication.printed("Wed 05 Apr 2017 Shells fall") == {"2017-04-05"}
    assert gate_publication.printed("Shells fall 04-05-2019") == {"2019-05-04", "2019-04-05"}
    assert gate_publication.printed("Shells fell on 31 June 2019") == set()
    assert gate_publication.fallen({"own": {"right": 0.5, "wrong": 0.1}}, {"own": {"right": 0.6, "wrong": 0.0}}) == [
        "own: right is 0.500, the floor 0.6", "own: wrong is 0.100, the floor 0.0",
    ]  # fmt: skip


# --- what a text implies --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The truce was signed on 3 May 2014. The council will vote on 9 June 2014.", "2014-05-03/2014-06-09"),
        ("Shells fell today, 11 March 2011, on the port.", "2011-03-11"),
        ("The raid began a week ago, on 11 January 2013, in the north.", "2013-01-18"),
        ("The bridge was hit yesterday, 4 July 2006, officials said.", "2006-07-05"),
        ("Eight years after the war began in 2011, the baker is back.", "2019/2020"),
        ("The war began in 2011. After eight years of war the baker is back.", "2019/2020"),
        ("It is the tenth anniversary of the massacre of 1994.", "2003-12/2005-01"),
        (
            "ADEN, March 2 (Agency) - The war began in 2014. After one year of war, bread is dear.",
            "2015-03-02/2016-03-03",
        ),
        (
            "Chancellor Helmut Kohl said on Monday he was worried. The wall fell on 9 November 1989.",
            "1989-11-09/1998-11-10",
        ),
        ("Prime Minister John Major has called for talks.", "1990-11-28/1997-05-02"),
    ],
)
def test_what_a_text_proves_of_its_day(text: str, date: str) -> None:
    assert dated(f"{text} {PADDING}") == (date, "text")


@pytest.mark.parametrize(
    "text",
    [
        "The truce was signed on 3 May 2014.",
        "He wrote that the war would end by 9 June 2014.",
        "A plan for 2030 was shown.",
        "In 2003 President George W. Bush said the war was over.",
        "Former president Bill Clinton said on Monday that he would come.",
        "Prime Minister Mayor said on Monday that he would come.",
        "“We met today, 11 March 2011,” he wrote in his diary.",
        "After nearly eight years of war, the baker is back. The war began in 2011.",
        "After eight years of war the baker is back.",
        "On Tuesday shells fell on the port.",
    ],
)
def test_what_proves_nothing(text: str) -> None:
    assert dated(f"{text} {PADDING}") == ("", "none")


def test_constraints_that_contradict_each_other_say_nothing() -> None:
    assert dated("It fell on 3 May 2014. The council will vote on 9 June 2012.") == ("", "none")


def test_a_weekday_beside_a_date_leaves_some_years_and_an_office_one() -> None:
    text = "UN chief Ban Ki-moon spoke on Monday. The siege was lifted on Saturday, August 31."
    found = pipeline.dated(article(text), None)
    assert found.date.edtf() == "2013-08-31/2014-09-01"
    assert "in office from 2007-01-01 to 2016-12-31" in found.evidence
    assert "a day of that weekday" in found.evidence


def test_what_starts_on_a_weekday_and_on_a_date_is_ahead() -> None:
    text = (
        "The army has announced a truce from Saturday morning. The truce, from 6am on August 31, follows talks. "
        "UN chief Kofi Annan welcomed it on Tuesday."
    )
    days = pipeline.dated(article(text), None).possible
    assert [dt.date.fromordinal(first).isoformat() for first, _ in days] == ["2002-08-26"]


def test_office_holders_count_with_their_office_and_in_full() -> None:
    def named(text: str) -> list[str]:
        return [found.why for found in offices(article(f"{text} {PADDING}"), ())]

    assert named("The paper quoted President Bill Clinton.")
    assert not named("The paper quoted Bill Clinton.")
    assert not named("The paper quoted President Clinton.")
    assert not named("The paper quoted Vice President Bill Clinton.")
    assert not named("The paper quoted Prime Minister Bill Clinton.")
    assert not named("Shadow defence secretary Liam Fox spoke.")
    assert not named("Alternate Prime Minister Yair Lapid spoke.")


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("President Jovenel Moise has promised bread.", [("2017-02-07", "2021-07-07")]),
        ("The assassination of Haitian President Jovenel Moise has left the land in fear.", [("2017-02-07", "")]),
        ("The fall of President Bashar al-Assad is not forgotten.", [("2000-07-17", "")]),
        ("He served under President Bill Clinton, is 70 and rich.", [("1993-01-20", "")]),
        ("Prime Minister Vladimir Putin says no.", [("1999-08-09", "2000-05-07"), ("2008-05-08", "2012-05-07")]),
        ("President George Bush says no.", [("1989-01-20", "1993-01-20"), ("2001-01-20", "2009-01-20")]),
        ("President Nelson Mandela says no.", [("1991-07-05", "1999-06-16")]),
    ],
)
def test_terms_of_office_bound_what_is_told_of_them(text: str, spans: list[tuple[str, str]]) -> None:
    found = [found.days for found in offices(article(f"{text} {PADDING}"), ())]
    last = dt.date.fromordinal(ALL.spans[-1][1]).isoformat()
    assert [
        (
            dt.date.fromordinal(first).isoformat(),
            "" if until == ALL.spans[-1][1] else dt.date.fromordinal(until).isoformat(),
        )
        for first, until in found[0].spans
    ] == spans, last


# --- days -----------------------------------------------------------------------------------------

SPANS = st.lists(st.tuples(st.integers(700_000, 700_060), st.integers(700_000, 700_060)), max_size=6)


@settings(max_examples=100, deadline=None)
@given(SPANS, SPANS)
def test_sets_of_days_intersect_as_sets_do(one: list[tuple[int, int]], two: list[tuple[int, int]]) -> None:
    first, second = united(one), united(two)
    assert set(first & second) == set(first) & set(second)
    assert list(first) == sorted(set(first))
    assert first.count == len(list(first))
    assert first & ALL == first


def test_days_in_words() -> None:
    two = united([(700_000, 700_003), (700_010, 700_010), (700_004, 700_004)])
    assert two.words() == "1917-07-15/1917-07-19 or 1917-07-25"  # the Rata Die of 15 July 1917 is 700,000
    assert Days(()).hull.edtf() == ""
    assert between(dt.date(2019, 1, 1), dt.date(2019, 1, 2)).hull.edtf() == "2019-01-01/2019-01-02"


@pytest.mark.parametrize(
    ("url", "language", "expected"),
    [
        ("https://paper.example.co.uk/a", "", True),
        ("https://paper.example.co.uk/a", "en-US", False),
        ("https://paper.example.com/a", "en-GB", True),
        ("https://paper.example.com/a", "en", None),
        ("https://paper.example.com/a", "fr", True),
        ("https://news.example.gov/a", "", False),
        ("https://site.example.io/a", "", None),
        ("https://site.example.ca/a", "", None),
        ("http://[broken", "", None),
    ],
)
def test_where_the_day_stands_first(url: str, language: str, expected: bool | None) -> None:
    assert day_first(url, language) is expected


# --- what neighbours lend -------------------------------------------------------------------------

TOLD = "Syrian troops captured Morek on 20 August 2019, a monitor said."


def test_a_capture_dated_by_another_report_dates_the_article(tmp_path: Path) -> None:
    folder = put(
        tmp_path / "news",
        full=f"Published 22 August 2019\n\n{TOLD}",
        bare="Syrian troops captured Morek on Tuesday, residents said.",
    )
    found = built(folder)["bare.txt"]
    assert (found["published"], found["method"]) == ("2019-08-20/2019-08-26", "corpus")
    assert "full.txt" in str(found["evidence"])


@pytest.mark.parametrize(
    ("full", "bare"),
    [
        (TOLD, "Rebels captured Morek on Tuesday, residents said."),  # another party
        (TOLD, "On Tuesday rebels captured Morek from Syrian troops."),  # from that party
        (TOLD, "Syrian troops captured Latamneh on Tuesday, residents said."),  # another place
        ("Syrian troops shelled Morek on 20 August 2019.", "Syrian troops shelled Morek on Tuesday."),  # not once
        (f"{TOLD} They captured Morek again on 5 May 2020.", "Syrian troops captured Morek on Tuesday."),  # twice
    ],
)
def test_likeness_short_of_certainty_dates_nothing(tmp_path: Path, full: str, bare: str) -> None:
    folder = put(tmp_path / "news", full=f"Published 22 August 2021\n\n{full}", bare=bare)
    assert built(folder)["bare.txt"]["published"] is None


def test_the_same_loan_whatever_the_order_of_builds(tmp_path: Path) -> None:
    folder = put(tmp_path / "news", bare="Syrian troops captured Morek on Tuesday, residents said.")
    with Store.open(tmp_path / "grown.db", create=True) as store:
        pipeline.build([str(folder)], store)
        assert [source["published"] for source in store.sources()] == [None]
        put(folder, full=f"Published 22 August 2019\n\n{TOLD}")
        pipeline.build([str(folder)], store)
        grown, events = list(store.sources()), store.events()
        (folder / "full.txt").unlink()
        pipeline.build([str(folder)], store)
        assert [source["published"] for source in store.sources()] == [None]
    put(folder, full=f"Published 22 August 2019\n\n{TOLD}")
    with Store.open(tmp_path / "fresh.db", create=True) as store:
        pipeline.build([str(folder)], store)
        assert (list(store.sources()), store.events()) == (grown, events)


def test_the_order_of_day_and_month_is_that_of_the_outlet(tmp_path: Path) -> None:
    rows = [("03/04/2011", "Gazette"), ("25/03/2011", "Gazette"), ("03/04/2011", "Herald"), ("03/25/2011", "Herald")]
    path = tmp_path / "dump.jsonl"
    path.write_text(
        "".join(json.dumps({"text": PADDING, "published": date, "outlet": outlet}) + "\n" for date, outlet in rows),
        encoding="utf-8",
    )
    found = built(path)
    assert [found[f"dump.jsonl#{number}"]["published"] for number in (1, 2, 3, 4)] == [
        "2011-04-03", "2011-03-25", "2011-03-04", "2011-03-25",
    ]  # fmt: skip


# --- reprints -------------------------------------------------------------------------------------

STORY = (
    "Syrian troops captured Morek on 20 August 2019, a monitor said. The town lies on the road from Hama to Aleppo. "
    "Rebels had held it for five years with little food. A convoy of buses left the town in the evening light."
)


def test_a_reprint_is_one_voice_and_both_are_cited(tmp_path: Path) -> None:
    other = "Syrian troops captured Morek on 20 August 2019, the army said. It was quiet in the town in the evening."
    folder = put(tmp_path / "news", first=STORY, mirror=f"Our partner reports:\n\n{STORY}", other=other)
    built(folder)
    with Store.open(tmp_path / "timeline.db") as store:
        assert dict(store.prints()).keys() == {"first.txt", "mirror.txt", "other.txt"}
        from idlib_timeline.query import Query

        (event,) = [event for event in store.events() if len(event["evidence"]) == 3]
        assert {evidence["file"] for evidence in event["evidence"]} == {"first.txt", "mirror.txt", "other.txt"}
        assert [found["id"] for found in store.events(Query(min_sources=2))] == [event["id"]]
        assert store.events(Query(min_sources=3)) == []


def test_the_chain_keeps_what_did_not_decide() -> None:
    found = pipeline.dated(article("August 31, 2019\n\nShells fell.", "2019-08-30.txt"), None)
    assert [finding.method for finding in found.chain] == ["file_name", "printed"]
    assert isinstance(found.chain[1], Finding)
    assert found.conflicts == (
        "the line 'August 31, 2019' at the top says 2019-08-31, but the file name carries 2019-08-30",
    )
