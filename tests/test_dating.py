"""The day that an article's words give an event, through whole small articles of many wars."""

import datetime as dt
from functools import cache

import pytest

from idlib_timeline import pipeline
from idlib_timeline.interval import parse_edtf
from idlib_timeline.model import ArticleFile, EventMention, Part, Publication
from idlib_timeline.read import read


@cache
def told(text: str, published: str) -> tuple[EventMention, ...]:
    """The mentions of a text that appeared on `published` (EDTF, "" when that is unknown)."""
    article = read(ArticleFile("", "", "example.txt"), Part("", "text", text.encode()))
    return pipeline.read_one(article, Publication(parse_edtf(published), "option", "a test")).mentions


def event(text: str, trigger: str, published: str) -> EventMention:
    """The mention that the word `trigger` tells; an assertion when no mention or more than one does."""
    (found,) = [mention for mention in told(text, published) if mention.evidence.trigger == trigger]
    return found


def dates(text: str, published: str) -> dict[str, str]:
    return {mention.evidence.trigger: str(mention.date) for mention in told(text, published)}


# --- an event's own words -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "text", "date"),
    [  # 14 June 2000 is a Wednesday
        ("2000-06-14", "Ethiopian jets bombed Asmara on Wednesday.", "2000-06-14"),
        ("2000-06-14", "Ethiopian jets bombed Asmara on Tuesday.", "2000-06-13"),
        ("2000-06-14", "Ethiopian jets bombed Asmara on Thursday.", "2000-06-08"),
        ("2000-06-14", "On Tuesday, Ethiopian jets bombed Asmara.", "2000-06-13"),
        ("2000-06-14", "Ethiopian jets bombed Asmara yesterday.", "2000-06-13"),
        ("2000-06-14", "Ethiopian jets bombed Asmara three days ago.", "2000-06-11"),
        ("2000-03-01", "Ethiopian jets bombed Asmara yesterday.", "2000-02-29"),
        ("2000-06-14", "Ethiopian jets bombed Asmara on 30 May.", "2000-05-30"),
        ("2000-01-09", "Ethiopian jets bombed Asmara on 25 December.", "1999-12-25"),
        ("2000-06-14", "Ethiopian jets bombed Asmara on 6 February 1999.", "1999-02-06"),
        ("2000-06-14", "Ethiopian jets bombed Asmara last week.", "2000-06-05/2000-06-11"),
        ("2000-06-14", "Ethiopian jets bombed Asmara in May.", "2000-05"),
        ("2000-06-14", "Ethiopian jets bombed Asmara in September.", "1999-09"),
        ("2000-06-14", "Ethiopian jets bombed Asmara overnight.", "2000-06-13/2000-06-14"),
        ("2000-06-14", "Ethiopian jets bombed Asmara in recent weeks.", "2000-05-17~/2000-06-14~"),
    ],
)
def test_an_event_has_the_day_of_its_own_words(published: str, text: str, date: str) -> None:
    found = event(text, "bombed", published)
    assert (str(found.date), found.status) == (date, "happened")


@pytest.mark.parametrize("words", ["on Monday and Tuesday", "on Monday and on Tuesday", "on 12 and 13 June"])
def test_two_days_told_together_are_one_span_or_two_events_and_not_both(words: str) -> None:
    found = [
        (m.place and m.place.name, str(m.date)) for m in told(f"Ethiopian jets bombed Asmara {words}.", "2000-06-14")
    ]
    one = [("Asmara", "2000-06-12/2000-06-13")]
    two = [("Asmara", "2000-06-12"), ("Asmara", "2000-06-13")]
    assert found in (one, two)


def test_a_verb_left_out_the_second_time() -> None:
    found = told("Israeli jets bombed Beirut on Friday and Tyre on Saturday.", "2006-08-16")
    assert [(m.place and m.place.name, str(m.date)) for m in found] == [
        ("Beirut", "2006-08-11"),
        ("Tyre", "2006-08-12"),
    ]


def test_each_event_of_a_sentence_keeps_its_own_day() -> None:
    text = "Syrian planes bombed Zahle on Monday, and Israeli troops withdrew from Tyre on Wednesday."
    assert dates(text, "1982-06-11") == {"bombed": "1982-06-07", "withdrew": "1982-06-09"}


def test_the_toll_has_the_day_of_the_attack() -> None:
    text = "Serb forces shelled Sarajevo on 5 February 1994, killing 68 people."
    assert {str(mention.date) for mention in told(text, "1994-02-07")} == {"1994-02-05"}


def test_the_evidence_names_the_words_and_replays_the_reckoning() -> None:
    evidence = event("Serb forces shelled Sarajevo on Saturday.", "shelled", "1994-02-07").evidence
    assert (evidence.expression, evidence.anchor, evidence.published) == ("Saturday", "publication", "1994-02-07")
    assert "1994-02-07" in " ".join(evidence.steps)


# --- no day of its own ----------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["have shelled", "shelled"])
def test_the_news_an_article_opens_with_is_of_its_day_or_the_day_before(verb: str) -> None:
    found = event(f"Serb forces {verb} Sarajevo.", "shelled", "1994-02-07")
    assert (found.date, found.date.approximate) == (parse_edtf("1994-02-06~/1994-02-07~"), True)
    assert (found.background, found.evidence.expression) == (False, "")


def test_the_news_is_of_the_days_the_article_may_have_appeared() -> None:
    assert str(event("Serb forces have shelled Sarajevo.", "shelled", "1994-02").date) == "1994-01-31~/1994-02-28~"
    assert str(event("Serb forces have shelled Sarajevo.", "shelled", "1994").date) == "../1994-12-31"


def test_what_had_happened_is_no_news() -> None:
    found = event("Serb forces had shelled Sarajevo.", "shelled", "1994-02-07")
    assert (str(found.date), found.background) == ("../1994-02-07", True)


def test_what_is_told_further_down_is_only_past() -> None:
    text = "Serb forces shelled Sarajevo on Saturday.\n\nNATO planes bombed Udbina."
    assert dates(text, "1994-02-07") == {"shelled": "1994-02-05", "bombed": "../1994-02-07"}


def test_a_plan_without_a_day_lies_ahead_of_the_article() -> None:
    text = "Serb forces shelled Sarajevo on Saturday.\n\nTurkey will send troops to Bosnia."
    found = event(text, "send", "1994-02-07")
    assert (str(found.date), found.status) == ("1994-02-07/..", "planned")


def test_what_only_might_be_has_no_day() -> None:
    text = "Serb forces shelled Sarajevo on Saturday.\n\nNATO planes could bomb Pale."
    found = event(text, "bomb", "1994-02-07")
    assert (str(found.date), found.status) == ("", "hypothetical")


# --- the day of what is said ----------------------------------------------------------------------


def test_the_day_of_the_saying_bounds_what_is_told_as_past() -> None:
    text = "Armenia said on Tuesday that Azerbaijan had shelled Goris."
    found = event(text, "shelled", "2022-09-14")
    assert str(found.date) == "../2022-09-13"
    assert found.evidence.attribution == "Armenia"


def test_the_day_of_the_saying_bounds_what_is_announced() -> None:
    text = "Serbia said on Monday that Serbian troops will withdraw from Vukovar."
    found = event(text, "withdraw", "1995-08-09")
    assert (str(found.date), found.status) == ("1995-08-07/..", "planned")


@pytest.mark.parametrize(
    ("text", "deed", "date"),
    [  # 16 January 2025 is a Thursday
        ("Sudan's army said Wednesday it recaptured Wad Madani on Saturday.", "recaptured", "2025-01-11"),
        ("Iraq said on Sunday its jets had bombed Tehran.", "bombed", "../2025-01-12"),
        ("Israel said on Monday it had withdrawn from Tyre on Friday.", "withdrawn", "2025-01-10"),
        ("The Houthis said on Tuesday they attacked a ship in the Red Sea on Sunday.", "attacked", "2025-01-12"),
        ("The Houthis said on Tuesday they had attacked a ship in the Red Sea.", "attacked", "../2025-01-14"),
    ],
)  # fmt: skip
def test_the_deed_does_not_take_the_day_of_the_saying(text: str, deed: str, date: str) -> None:
    assert str(event(text, deed, "2025-01-16").date) == date


def test_the_saying_does_not_take_the_day_of_the_deed() -> None:
    text = "Iraqi jets bombed Tehran on 29 February 1988, Iran said on 2 March."
    assert str(event(text, "bombed", "1988-03-03").date) == "1988-02-29"


# --- counted from another event -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("Two days later Croatian troops entered Knin.", "1995-08-06"),
        ("The next day Croatian troops entered Knin.", "1995-08-05"),
        ("The same day Croatian troops entered Knin.", "1995-08-04"),
        ("Hours later Croatian troops entered Knin.", "1995-08-04/1995-08-05"),
        ("Croatian troops entered Knin a day later.", "1995-08-05"),
    ],
)
def test_later_counts_from_the_last_date_told_not_from_publication(words: str, date: str) -> None:
    text = f"NATO planes bombed Udbina on 4 August.\n\n{words}"
    assert str(event(text, "entered", "1995-08-28").date) == date


def test_a_day_after_counts_back_to_the_clause_it_joins() -> None:
    text = "Serb forces shelled Sarajevo on Friday, a day after they attacked Tuzla."
    assert dates(text, "1995-08-09") == {"shelled": "1995-08-04", "attacked": "1995-08-03"}


def test_two_days_before_counts_on_to_the_clause_it_joins() -> None:
    text = "Israeli troops entered Tyre on Monday, two days before Syrian planes bombed Zahle."
    assert dates(text, "1982-06-11") == {"entered": "1982-06-07", "bombed": "1982-06-09"}


def test_a_day_before_counts_from_the_dated_clause() -> None:
    text = "Serb forces attacked Tuzla a day before NATO planes bombed Pale on 25 May."
    assert dates(text, "1995-05-30") == {"attacked": "1995-05-24", "bombed": "1995-05-25"}


@pytest.mark.parametrize(
    ("published", "text", "expected"),
    [
        (
            "1997-05-10",
            "The government and the rebels declared a ceasefire a day after the army shelled Bukavu on 3 May.",
            {"ceasefire": "1997-05-04", "shelled": "1997-05-03"},
        ),
        (
            "2006-07-16",
            "Israeli jets bombed Beirut three days after Hezbollah captured two soldiers on 12 July.",
            {"bombed": "2006-07-15", "captured": "2006-07-12"},
        ),
    ],
)
def test_a_day_after_counts_from_the_dated_clause(published: str, text: str, expected: dict[str, str]) -> None:
    assert dates(text, published) == expected


@pytest.mark.xfail(strict=True, reason="'two days after the ceasefire' does not look for the ceasefire told before")
def test_after_counts_from_the_event_it_names() -> None:
    text = (
        "A ceasefire between Bosnia and Serbia began on 12 June.\n\n"
        "Two days after the ceasefire, Serb forces shelled Sarajevo."
    )
    assert dates(text, "1994-06-20") == {"ceasefire": "1994-06-12", "shelled": "1994-06-14"}


def test_a_clause_that_explains_a_day_is_of_that_day() -> None:
    text = "Ukraine attacked Sevastopol on Monday, when Russian jets bombed Odesa."
    assert dates(text, "2025-01-16") == {"attacked": "2025-01-13", "bombed": "2025-01-13"}


def test_what_was_told_before_is_the_measure_of_something_else() -> None:
    text = "Iraq and Iran signed an agreement on Monday.\n\nThe agreement came a day after Iraqi jets bombed Tehran."
    assert dates(text, "1988-03-02") == {"signed": "1988-02-29", "bombed": "1988-02-28"}


def test_the_same_day_as_what_was_told_before() -> None:
    text = (
        "Iraq and Iran signed an agreement on Monday.\n\n"
        "The agreement came on the same day that Iraqi jets bombed Tehran."
    )
    assert dates(text, "1988-03-02") == {"signed": "1988-02-29", "bombed": "1988-02-29"}


def test_after_a_dated_clause_bounds_from_above() -> None:
    text = "Croatian troops entered Knin on Saturday after Serbian forces withdrew from Vukovar."
    assert dates(text, "1995-08-09") == {"entered": "1995-08-05", "withdrew": "../1995-08-05"}


def test_before_a_later_clause_bounds_from_both_sides() -> None:
    text = "Croatian troops entered Knin on Saturday before Serbian forces withdrew from Vukovar."
    assert dates(text, "1995-08-09") == {"entered": "1995-08-05", "withdrew": "1995-08-05/1995-08-09"}


def test_what_came_before_a_dated_clause_is_not_later_than_it() -> None:
    text = "Serbian forces had withdrawn from Vukovar before Croatian troops entered Knin on Saturday."
    assert dates(text, "1995-08-09") == {"withdrawn": "../1995-08-05", "entered": "1995-08-05"}


# --- spans, deadlines, plans ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "text", "trigger", "date"),
    [
        ("1990-12-02", "Iraqi troops must withdraw from Kuwait by January 15.", "withdraw", "1991-01-15"),
        ("2012-11-28", "Rebels will withdraw from Goma by Friday.", "withdraw", "2012-11-30"),
        ("2000-06-14", "Eritrea agreed to withdraw from Badme by Friday.", "withdraw", "2000-06-16"),
        ("2003-02-12", "Turkey will send troops to Kirkuk from 1 March.", "send", "2003-03-01/.."),
        ("2000-06-14", "A ceasefire between Ethiopia and Eritrea will take effect from Saturday.", "ceasefire",
         "2000-06-17/.."),
        ("1999-12-30", "Russian troops will withdraw from Grozny on 4 January.", "withdraw", "2000-01-04"),
    ],
)  # fmt: skip
def test_deadlines_and_plans_lie_ahead(published: str, text: str, trigger: str, date: str) -> None:
    found = event(text, trigger, published)
    assert (str(found.date), found.status) == (date, "planned")


def test_a_deadline_that_was_met_is_a_bound() -> None:
    found = event("Eritrean troops withdrew from Badme by Friday.", "withdrew", "2000-06-19")
    assert (str(found.date), found.status) == ("../2000-06-16", "happened")


def test_a_day_after_publication_is_a_plan_in_any_tense() -> None:
    assert event("Russian troops leave Grozny on 4 January 2000.", "leave", "1999-12-30").status == "planned"


def test_the_agreeing_does_not_take_the_day_agreed_on() -> None:
    found = event("Ethiopia and Eritrea agreed that a ceasefire will start on 18 June.", "agreed", "2000-06-14")
    assert found.date.latest is not None
    assert (found.status, found.date.latest <= dt.date(2000, 6, 14)) == ("happened", True)


@pytest.mark.parametrize(
    ("published", "words", "date"),
    [
        ("1999-12-09", "since Monday", "1999-12-06/1999-12-09"),
        ("2000-01-09", "since 25 December", "1999-12-25/2000-01-09"),
        ("2000-01-09", "since September", "1999-09-01/2000-01-09"),
    ],
)
def test_since_runs_from_its_start_to_the_article(published: str, words: str, date: str) -> None:
    found = event(f"Russian forces have shelled Grozny {words}.", "shelled", published)
    assert str(found.date) == date


def test_a_toll_since_a_day_counts_from_that_day() -> None:
    text = "Since 25 December, Russian forces have shelled Grozny, killing 300 civilians."
    (figure,) = event(text, "shelled", "2000-01-09").figures
    assert (figure.best, figure.since) == (300, dt.date(1999, 12, 25))


def test_between_two_days() -> None:
    text = "Rebels released ten hostages between Monday and Wednesday."
    assert str(event(text, "released", "1988-03-04").date) == "1988-02-29/1988-03-02"


# --- lists of days --------------------------------------------------------------------------------

DAYS = ("1988-02-27", "1988-03-01", "1988-03-03")


@pytest.mark.parametrize(
    ("published", "labels"),
    [
        ("1988-03-10", ("27 February:", "1 March:", "3 March:")),
        ("1988-03-10", ("- 27 February:", "- 1 March:", "- 3 March:")),
        ("", ("Feb. 27, 1988:", "March 1, 1988:", "March 3, 1988:")),
    ],
)
def test_a_list_of_days_dates_its_lines(published: str, labels: tuple[str, str, str]) -> None:
    deeds = ("Iraqi jets bombed Tehran.", "Iraqi troops withdrew from Basra.", "Iran released 40 prisoners.")
    text = "\n\n".join(f"{label} {deed}" for label, deed in zip(labels, deeds, strict=True))
    assert dates(text, published) == dict(zip(("bombed", "withdrew", "released"), DAYS, strict=True))


def test_a_label_before_a_hyphen_leaves_the_doer_alone() -> None:
    text = "27 February - Iraqi jets bombed Tehran.\n\n1 March - Iranian jets bombed Baghdad."
    assert [(str(m.date), m.who) for m in told(text, "1988-03-10")] == [(DAYS[0], ("Iraq",)), (DAYS[1], ("Iran",))]


# --- an unknown or a distant publication ----------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("on Tuesday", ""),
        ("last week", ""),
        ("yesterday", ""),
        ("on 5 March", "XXXX-03-05"),
        ("in April", "XXXX-04"),
        ("on 5 March 1988", "1988-03-05"),
    ],
)
def test_without_a_publication_day_the_words_are_kept_and_no_more_is_said(words: str, date: str) -> None:
    found = event(f"Iraqi jets bombed Tehran {words}.", "bombed", "")
    assert str(found.date) == date
    assert found.evidence.expression in words
    assert found.evidence.expression


def test_without_a_publication_day_nothing_is_news() -> None:
    text = "Iraqi jets have bombed Tehran.\n\nTurkey will send troops to Kirkuk."
    assert [(str(m.date), m.status, m.evidence.expression) for m in told(text, "")] == [
        ("", "happened", ""),
        ("", "planned", ""),
    ]


def test_a_full_date_carries_what_hangs_on_it_without_a_publication_day() -> None:
    text = "Iraqi jets bombed Tehran on 5 March 1988.\n\nThe next day Iranian jets bombed Baghdad."
    assert [str(mention.date) for mention in told(text, "")] == ["1988-03-05", "1988-03-06"]


@pytest.mark.parametrize(
    ("dateline", "words", "date"),
    [
        ("BAGHDAD, March 1 -", "today", "1988-03-01"),
        ("BAGHDAD, March 1 -", "yesterday", "1988-02-29"),
        ("BAGHDAD, March 1 (AP) -", "today", "1988-03-01"),
        pytest.param(
            "Baghdad, March 1 -", "today", "1988-03-01",
            marks=pytest.mark.xfail(strict=True, reason="a dateline in small letters is not set apart"),
        ),
        ("BAGHDAD, Feb. 1 -", "today", "1988-03-02"),  # a month old: not when this was written
        ("BAGHDAD, March 9 -", "today", "1988-03-02"),  # nothing is written after it appeared
        ("BAGHDAD (AP) -", "today", "1988-03-02"),
    ],
)  # fmt: skip
def test_today_is_the_datelines_day_when_a_paper_prints_it_later(dateline: str, words: str, date: str) -> None:
    assert str(event(f"{dateline} Iraqi jets bombed Tehran {words}.", "bombed", "1988-03-02").date) == date


def test_the_evidence_still_gives_the_day_the_paper_appeared() -> None:
    text = "BAGHDAD, March 1 - Iraqi jets bombed Tehran today."
    assert event(text, "bombed", "1988-03-02").evidence.published == "1988-03-02"


def test_what_is_told_more_than_a_year_later_is_background() -> None:
    found = event("NATO jets bombed Belgrade on 3 April 1999.", "bombed", "2012-03-29")
    assert (str(found.date), found.background) == ("1999-04-03", True)
    assert not event("NATO jets bombed Belgrade on 3 April 1999.", "bombed", "1999-04-05").background
