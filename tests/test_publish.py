"""The publication chain and the context file. Every text here was made for its test."""

import datetime as dt
from pathlib import Path

import pytest

from idlib_timeline.errors import InputError
from idlib_timeline.interval import UNKNOWN, day, parse_edtf
from idlib_timeline.model import Article, ArticleFile, Finding, Part, Publication
from idlib_timeline.publish import (
    ContextRow,
    find_context,
    load_context,
    publish,
)
from idlib_timeline.publish.printed import printed_dates
from idlib_timeline.publish.written import dates_in_name, stated_date
from idlib_timeline.read import discover, read

STORY = "Rebels took the port on Tuesday, witnesses said."
AUGUST_30 = day(dt.date(2019, 8, 30))


def article(text: str = STORY, name: str = "a.txt") -> Article:
    return read(ArticleFile("", "", name), Part("", "text", text.encode()))


def front(**values: str) -> Article:
    return article("---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + f"---\n{STORY}\n")


def said(publication: Publication) -> tuple[str, str]:
    return publication.date.edtf(), publication.method


def table(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# --- the chain ------------------------------------------------------------------------------------


def test_the_context_row_decides_and_gives_what_it_knows() -> None:
    row = ContextRow("a.txt", AUGUST_30, "Example Post", "Aden", "Asia/Aden", "http://x.org/1", "publications.csv", 3)
    assert publish(article(), row) == Publication(
        date=AUGUST_30,
        method="context",
        evidence="publications.csv line 3 says 2019-08-30",
        chain=(Finding(AUGUST_30, "context", "publications.csv line 3 says 2019-08-30"),),
        outlet="Example Post",
        place="Aden",
        timezone="Asia/Aden",
        url="http://x.org/1",
    )


def test_when_nothing_speaks_the_evidence_says_what_to_supply() -> None:
    found = publish(article())
    assert said(found) == ("", "none")
    assert found.evidence.endswith("add a row for it to publications.csv, or use --published")


def test_each_step_speaks_when_those_before_it_are_silent() -> None:
    row = ContextRow("a.txt", parse_edtf("2019-08-01"), line=2)
    text = "---\ndate: 2019-08-02\nurl: http://x.org/2019/08/03/a\n---\nADEN, Aug. 5, 2019 (Reuters) - Rebels left."
    name = "2019-08-04-a.txt"
    option = parse_edtf("2019-08-06")
    assert said(publish(article(text, name), row, option)) == ("2019-08-01", "context")
    assert said(publish(article(text, name), None, option)) == ("2019-08-02", "metadata")
    text = text.replace("date: 2019-08-02\n", "")
    assert said(publish(article(text, name), None, option)) == ("2019-08-03", "url")
    text = text.replace("2019/08/03/", "")
    assert said(publish(article(text, name), None, option)) == ("2019-08-04", "file_name")
    assert said(publish(article(text), None, option)) == ("2019-08-05", "printed")
    assert said(publish(article(), None, option)) == ("2019-08-06", "option")


def test_a_row_without_a_date_leaves_the_word_to_the_next() -> None:
    found = publish(front(date="2019-08-30"), ContextRow("a.txt", outlet="Example Post"))
    assert said(found) == ("2019-08-30", "metadata")
    assert found.outlet == "Example Post"


def test_contradictions_are_told_and_agreements_are_not() -> None:
    row = ContextRow("2019-08-30.txt", AUGUST_30, line=2)
    text = f"---\ndate: 2019-08-31\n---\nAugust 30, 2019\n\n{STORY}"
    found = publish(article(text, "2019-08-30.txt"), row, parse_edtf("1999"))
    assert found.conflicts == ("the front matter's date says 2019-08-31, but publications.csv line 2 says 2019-08-30",)
    month = ContextRow("2019-08-30.txt", parse_edtf("2019-08"), line=2)
    assert publish(article(STORY, "2019-08-30.txt"), month).conflicts == ()


@pytest.mark.parametrize(
    "key", ["date", "published", "publishedDate", "pubdate", "datePublished", "published_at", "Publication date"]
)
def test_front_matter_keys_that_date_an_article(key: str) -> None:
    found = publish(front(**{key: "2019-08-30"}))
    assert said(found) == ("2019-08-30", "metadata")
    assert found.evidence == f"the front matter's {key.lower()} says 2019-08-30"


@pytest.mark.parametrize("key", ["updated", "modified", "lastmod", "last_updated", "dateModified", "event_date"])
def test_front_matter_keys_that_do_not(key: str) -> None:
    assert publish(front(**{key: "2019-08-30"})).method == "none"


def test_a_key_that_names_publication_goes_before_a_bare_date() -> None:
    assert said(publish(front(date="2019-09-02", published="2019-08-30"))) == ("2019-08-30", "metadata")


def test_front_matter_names_outlet_place_and_url() -> None:
    found = publish(front(site_name="Example Post", location="Aden", canonical_url="http://x.org/1"))
    assert (found.outlet, found.place, found.url) == ("Example Post", "Aden", "http://x.org/1")


def test_the_url_of_the_context_row_is_read_too() -> None:
    row = ContextRow("a.txt", UNKNOWN, url="https://x.org/world/2019/aug/30/rebels")
    assert said(publish(article(), row)) == ("2019-08-30", "url")


# --- printed dates --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"August 30, 2019\n\n{STORY}",
        f"Rebels take the port\nBy Jane Doe\nFriday, 30 August 2019, 10:05 GMT\n\n{STORY}",
        f"Rebels take the port\nPublished August 30, 2019 | Updated August 31, 2019\n\n{STORY}",
        f"Rebels take the port\nLast updated: August 31, 2019\nFirst published: August 30, 2019\n\n{STORY}",
        f"MOSCOW, August 30, 2019. /TASS/. {STORY}",
        f"ADEN, 30 Aug. 2019 (Reuters) - {STORY}",
        f"Fri 30 Aug 2019 {STORY}",
    ],
)
def test_a_date_printed_at_the_top(text: str) -> None:
    found = publish(article(text))
    assert said(found) == ("2019-08-30", "printed")
    assert "2019-08-30" in found.evidence


@pytest.mark.parametrize(
    "text",
    [
        f"Updated August 31, 2019\n\n{STORY}",
        f"August 30\n\n{STORY}",
        f"Thursday, August 30, 2019\n\n{STORY}",
        f"{STORY}\n\nAugust 30, 2019\n\n{STORY}",
        f"On August 30, 2019, rebels left. {STORY}",
        f"August 30, 2019: rebels left the port. {STORY}",
        f"ADEN, Aug. 30 (Reuters) - {STORY}",
        f"\u00a9 August 30, 2019\n\n{STORY}",
        f"The battle of August 30, 2019\n\n{STORY}",
        f"Copyright 2019\n\n{STORY}",
    ],
)
def test_what_is_no_printed_date(text: str) -> None:
    assert publish(article(text)).method == "none"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published on 30 Aug 2019 10:05 GMT", "2019-08-30"),
        ("Date: 30th of August 2019", "2019-08-30"),
        ("10:05, 30 August 2019", "2019-08-30"),
        ("Aug. 30, 2019 at 6:30 p.m. ET", "2019-08-30"),
        ("2019-08-30T23:30:00-08:00", "2019-08-30"),
        ("30/08/2019", "2019-08-30"),
        ("08.30.2019", "2019-08-30"),
        ("Mar 3, 2019 Updated Mar 4, 2019", "2019-03-03"),
        ("Modified 30 August 2019", None),
        ("Accessed 30 August 2019", None),
        ("31 June 2019", None),
        ("August 2019", None),
        ("yesterday", None),
        ("Friday", None),
        ("5 hours ago", None),
        ("20190830 people", None),
    ],
)
def test_printed_date(line: str, expected: str | None) -> None:
    found = [str(date.days[0]) for date in printed_dates(line)[:1]]
    assert (found[0] if found else None) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-08-30", "2019-08-30"),
        ("2019-08", "2019-08"),
        ("2019-08-30T23:30:00-08:00", "2019-08-30"),
        ("2019-08-30 23:30:00 -0800", "2019-08-30"),
        ("2019-08-30T01:30:00.000Z", "2019-08-30"),
        ("Fri, 30 Aug 2019 23:30:00 -0800", "2019-08-30"),
        ("20190830", "2019-08-30"),
        ("04/05/2019", None),
        ("soon", None),
        ("XXXX-08-30", None),
        ("", None),
    ],
)
def test_stated_date(value: str, expected: str | None) -> None:
    found = stated_date(value)
    assert (found.edtf() if found else None) == expected


# --- names and URLs -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("https://x.org/2019/08/20/rebels", ["2019-08-20"]),
        ("https://x.org/world/2019/aug/20/rebels", ["2019-08-20"]),
        ("2019-08-20-rebels.txt", ["2019-08-20"]),
        ("rebels_2019_8_5.txt", ["2019-08-05"]),
        ("20190820_rebels.txt", ["2019-08-20"]),
        ("20190820T1005.txt", ["2019-08-20"]),
        ("31.12.2019.txt", ["2019-12-31"]),
        ("20-sept-2019.txt", ["2019-09-20"]),
        ("2019-08-20/20190820.txt", ["2019-08-20"]),
        ("2019-08-20_2019-08-21.txt", ["2019-08-20", "2019-08-21"]),
        ("04-05-2019.txt", ["2019-05-04/2019-04-05"]),
        ("2019-02-30.txt", []),
        ("20191340.txt", []),
        ("000_ee20190820ab.txt", []),
        ("1234567820190820.txt", []),
        ("30190820.txt", []),
        ("2019-marvel-20.txt", []),
        ("2019-08.txt", []),
    ],
)
def test_dates_in_name(name: str, expected: list[str]) -> None:
    assert ["/".join(map(str, date.days)) for date in dates_in_name(name)] == expected


def test_a_name_with_two_dates_says_nothing() -> None:
    assert publish(article(STORY, "2019-08-20_2019-08-21.txt")).method == "none"


# --- the context file -----------------------------------------------------------------------------


def test_a_context_file_in_full(tmp_path: Path) -> None:
    path = table(
        tmp_path / "publications.csv",
        b"\xef\xbb\xbffile,published,outlet,place,timezone,url\r\n"
        b'a.txt,2019-08-30,"Post, The",Aden,Asia/Aden,http://x.org\r\n\r\n./deep/b.txt, 2018-09 ,,,,\r\nc.txt,\r\n',
    )
    rows = load_context(path)
    assert rows["a.txt"] == ContextRow(
        "a.txt", AUGUST_30, "Post, The", "Aden", "Asia/Aden", "http://x.org", "publications.csv", 2
    )
    assert (rows["deep/b.txt"].published.edtf(), rows["deep/b.txt"].line) == ("2018-09", 4)
    assert (rows["c.txt"].published, rows["c.txt"].line) == (UNKNOWN, 5)


def test_only_file_and_published_are_needed_in_any_order(tmp_path: Path) -> None:
    rows = load_context(table(tmp_path / "p.csv", "Published,File\n2019-08-30,a.txt\n"))
    assert rows["a.txt"].published == AUGUST_30


def test_a_line_is_counted_past_cells_of_several_lines(tmp_path: Path) -> None:
    path = table(tmp_path / "p.csv", 'file,published,place\na.txt,2019-08-30,"Aden\nport"\nb.txt,soon,\n')
    with pytest.raises(InputError, match="line 4: 'soon' is no date"):
        load_context(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty: its first line must be file,published"),
        ("file,date\n", "line 1: unknown column 'date': use file,published,outlet,place,timezone,url"),
        ("file;published\n", "line 1: unknown column 'file;published'"),
        ("file,outlet\n", "line 1: has no column published"),
        ("file,published,file\n", "line 1: column file stands twice"),
        ("file,published\na.txt,30/08/2019\n", "line 2: '30/08/2019' is no date: write it as 2019-08-30 or in EDTF"),
        ("file,published\na.txt,2019-02-30\n", "line 2: '2019-02-30' is no date"),
        ("file,published\na.txt,XXXX-08-30\n", "line 2: 'XXXX-08-30' has no year"),
        ("file,published\n\n,2019-08-30\n", "line 3: names no file"),
        ("file,published\na.txt,August 30, 2019\n", "line 2: has 1 cells too many: quote cells"),
        ("file,published,timezone\na.txt,,Mars/Base\n", "line 2: 'Mars/Base' is no time zone: use an IANA name"),
        ("file,published,timezone\na.txt,,../../etc\n", "line 2: '../../etc' is no time zone"),
        ("file,published,timezone\na.txt,,Europe\n", "line 2: 'Europe' is no time zone"),
        ('file,published\n"a.txt,2019\n', "line 2: is no CSV"),
        (b"file,published\n\xff,2019\n", "is not UTF-8: save it as UTF-8"),
        (
            "file,published\na.txt,2019-08-30\nb.txt,2019\n./a.txt,2019-08-31\n",
            "lines 2 and 4 disagree about a.txt: keep one of them",
        ),
    ],
)
def test_a_context_file_that_cannot_be_used(tmp_path: Path, text: str | bytes, message: str) -> None:
    path = table(tmp_path / "p.csv", text)
    with pytest.raises(InputError) as caught:
        load_context(path)
    assert str(caught.value).startswith(f"{path}: {message}")


def test_a_context_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: cannot be read: .*: check the path"):
        find_context([], tmp_path / "none.csv")


def test_rows_that_agree_are_one(tmp_path: Path) -> None:
    rows = load_context(table(tmp_path / "p.csv", "file,published\na.txt,2019-08-30\na.txt,2019-08-30\n"))
    assert rows["a.txt"].line == 2


# --- which row belongs to which article -----------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in ("a.txt", "deep/a.txt", "deep/b.txt", "deep/er/c.txt"):
        table(tmp_path / "home" / name, STORY)
    return tmp_path / "home"


def dates(home: Path, option: Path | None = None) -> dict[str, str]:
    return {name: row.published.edtf() for name, row in find_context(discover([str(home)]), option).rows.items()}


def test_the_nearest_context_file_with_a_row_speaks(home: Path) -> None:
    table(
        home / "publications.csv", "file,published\na.txt,2001\ndeep/a.txt,2002\ndeep/b.txt,2003\ndeep/er/c.txt,2004\n"
    )
    table(home / "deep" / "publications.csv", "file,published\na.txt,2012\ner/c.txt,2014\n")
    assert dates(home) == {"a.txt": "2001", "deep/a.txt": "2012", "deep/b.txt": "2003", "deep/er/c.txt": "2014"}


def test_nothing_above_the_folder_named_is_asked(home: Path) -> None:
    table(home / "publications.csv", "file,published\ndeep/a.txt,2002\n")
    assert dates(home / "deep") == {}
    assert find_context(discover([str(home / "a.txt")])).rows == {}


def test_a_file_named_itself_has_its_folder_s_context(home: Path) -> None:
    table(home / "publications.csv", "file,published\na.txt,2001\n")
    assert dates(home / "a.txt") == {"a.txt": "2001"}


def test_the_context_option_goes_before_the_files_beside(home: Path, tmp_path: Path) -> None:
    table(home / "publications.csv", "file,published\na.txt,2001\ndeep/b.txt,2003\n")
    option = table(tmp_path / "own.csv", "file,published\nhome/a.txt,2011\n")
    assert dates(home, option) == {"a.txt": "2011", "deep/b.txt": "2003"}


def test_bare_names_of_a_context_file_elsewhere_fit_where_they_are_unique(home: Path, tmp_path: Path) -> None:
    option = table(tmp_path / "else" / "where.csv", "file,published\nb.txt,2003\ndeep/a.txt,2002\nc.txt,2004\n")
    assert dates(home, option) == {"deep/b.txt": "2003", "deep/a.txt": "2002", "deep/er/c.txt": "2004"}


def test_a_bare_name_of_two_articles_fits_none_and_is_told(home: Path, tmp_path: Path) -> None:
    option = table(tmp_path / "else" / "where.csv", "file,published\na.txt,2001\nz.txt,2002\n")
    found = find_context(discover([str(home)]), option)
    assert found.rows == {}
    assert found.warnings == (
        f"{option}: line 2: a.txt fits several articles: give its folder too",
        f"{option}: line 3: z.txt is not there",
    )


def test_an_exact_path_leaves_the_bare_name_to_the_other(home: Path, tmp_path: Path) -> None:
    option = table(tmp_path / "own.csv", "file,published\na.txt,2001\nhome/deep/a.txt,2002\n")
    assert dates(home, option) == {"a.txt": "2001", "deep/a.txt": "2002"}


def test_two_rows_for_one_article_must_agree(home: Path, tmp_path: Path) -> None:
    option = table(tmp_path / "else" / "own.csv", "file,published\nb.txt,2001\ndeep/b.txt,2002\n")
    with pytest.raises(InputError, match=r"lines 2 and 3 disagree about deep/b\.txt: keep one of them"):
        find_context(discover([str(home)]), option)


def test_a_row_for_standard_input(tmp_path: Path) -> None:
    option = table(tmp_path / "own.csv", "file,published\nstdin,2001\n")
    assert find_context(discover(["-"]), option).rows["stdin"].published.edtf() == "2001"


def test_rows_whose_file_is_not_there_are_warned_of_once(home: Path) -> None:
    path = table(home / "publications.csv", "file,published\na.txt,2001\ngone.txt,2002\nnotes.pdf,2003\n")
    (home / "notes.pdf").touch()
    assert find_context(discover([str(home)])).warnings == (f"{path}: line 3: gone.txt is not there",)
