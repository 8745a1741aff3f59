"""Containers and leaf forms other than plain text and HTML: what is read of them, and what is wrong with bad ones."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from idlib_timeline.errors import UnreadableArticle
from idlib_timeline.forms import feed, fragment, mail, office, pdf, records, squeezed, warc
from idlib_timeline.forms.faults import Fault
from idlib_timeline.model import Document, Part, Stated

MONDAY = "Shells fell on the market of the town on Monday, residents said."


def split(kind: str, content: bytes, **fields: str) -> list[Part | Fault]:
    return list(records.parts("file", io.BytesIO(content), kind, fields))


def read(kind: str, content: bytes | str | object, **fields: str) -> list[Document]:
    """The documents of a file of records; objects are written as JSON first."""
    if not isinstance(content, bytes | str):
        content = json.dumps(content)
    parts = split(kind, content if isinstance(content, bytes) else content.encode(), **fields)
    assert all(isinstance(part, Part) for part in parts), parts
    return [records.document(f"file#{part.name}", part, fields) for part in parts if isinstance(part, Part)]


def record(**values: object) -> Document:
    return read("json", values)[0]


def published(document: Document) -> list[tuple[str, str]]:
    return [(stated.where, stated.value) for stated in document.stated if stated.meaning == "published"]


def faults(parts: Iterable[Part | Fault]) -> list[tuple[str, str]]:
    return [(part.part, part.why.split(":")[0]) for part in parts if isinstance(part, Fault)]


# --- JSON Lines -----------------------------------------------------------------------------------


def test_lines_are_numbered_and_broken_ones_are_passed_over() -> None:
    content = b'\xef\xbb\xbf{"text": "one"}\nnot json\n\n["a list"]\r\n{"text": "two"}\n{"text": "cut o'
    parts = split("jsonl", content)
    assert [part.name for part in parts if isinstance(part, Part)] == ["1", "5"]
    assert faults(parts) == [(line, "is no JSON object") for line in ("2", "4", "6")]


def test_lines_are_read_one_by_one() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            line = b'{"text": "again"}\n' * 100
            buffer[: len(line)] = line
            return len(line)

    parts = records.parts("file", io.BufferedReader(Endless()), "jsonl")
    assert [getattr(next(parts), "name", None) for _ in range(300)][-1] == "300"


def test_a_line_beyond_the_limit_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MAX_BYTES", 100)
    parts = split("jsonl", b'{"text": "one"}\n' + b"x" * 350 + b'\n{"text": "two"}\n')
    assert faults(parts) == [("2", "is longer than 0 MB")]
    assert isinstance(parts[-1], Part)
    assert parts[-1].name == "3"


def test_json_in_a_file_of_lines_is_named() -> None:
    with pytest.raises(UnreadableArticle, match=r"^file: holds JSON over several lines.*name it \.json$"):
        split("jsonl", b'[\n{"text": "one"}\n]')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_records_in_other_encodings(encoding: str) -> None:
    line = '{"text": "The café was hit, and nobody was hurt in the blast."}\n'
    for kind in ("json", "jsonl"):
        assert "café" in read(kind, line.encode(encoding))[0].text


# --- JSON -----------------------------------------------------------------------------------------


def test_one_object_is_one_article_and_equal_objects_have_equal_bytes() -> None:
    (first,), (second,) = (
        split("json", b'{"text": "a", "title": "b"}'),
        split("json", b'{ "title":"b","text":"a" }\n\n'),
    )
    assert first == second == Part("", "record", b'{"text": "a", "title": "b"}')


@pytest.mark.parametrize(
    "value",
    [
        [{"text": MONDAY}],
        {"status": "ok", "articles": [{"content": MONDAY}]},
        {"response": {"status": "ok", "results": [{"webTitle": "t", "fields": {"bodyText": MONDAY}}]}},
        {"took": 1, "hits": {"total": 1, "hits": [{"_id": "x", "_source": {"body": MONDAY}}]}},
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "t",
            "description": "d",
            "items": [{"content_text": MONDAY}],
        },
        {"feed": {"entries": [{"summary": MONDAY}]}},
    ],
    ids=["list", "articles", "response.results", "hits.hits", "JSON feed", "feed.entries"],
)
def test_the_list_of_articles_is_found(value: object) -> None:
    (part,) = split("json", json.dumps(value).encode())
    assert isinstance(part, Part)
    assert part.name == "1"
    assert read("json", value)[0].text == MONDAY


def test_comments_below_an_article_are_no_articles() -> None:
    assert record(body=MONDAY, comments=[{"text": "first!"}]).text == MONDAY
    with pytest.raises(UnreadableArticle, match="has no text among comments, title: name its key by --field text=KEY"):
        record(title="t", comments=[{"text": "first!"}])


def test_json_ld_graphs_give_their_article_only() -> None:
    article = {"@type": "NewsArticle", "headline": "h", "articleBody": MONDAY, "datePublished": "2019-08-20",
               "publisher": {"@type": "Organization", "name": "The Post"}}  # fmt: skip
    (document,) = read("json", {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, article]})
    assert document.details == {"title": "h", "outlet": "The Post"}
    assert published(document) == [("the record's datePublished", "2019-08-20")]


def test_objects_by_key_are_articles() -> None:
    parts = split("json", json.dumps({"a1": {"text": "one"}, "a2": {"text": "two"}}).encode())
    assert [getattr(part, "name", "") for part in parts] == ["a1", "a2"]


def test_lines_under_the_name_of_json_are_read_as_lines() -> None:
    assert [document.text for document in read("json", b'{"text": "a"}\n\n{"text": "b"}\n')] == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no JSON from line 1, column 1 on: repair it"),
        (b'{"text":\n "cut o', "is no JSON from line 2, column 2 on: repair it"),
        (b"[" * 200_000, "is nested too deeply"),
        (b'{"text": ' + b"1" * 5_000 + b"}", "holds an endless number"),
        (b"\x00\x01\x02", "is binary"),
        (gzip.compress(b"{}"), "is a gzip file"),
    ],
)
def test_broken_json(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableArticle, match=f"^file: .*{message}"):
        split("json", content)


def test_json_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MAX_JSON", 1_000)
    with pytest.raises(UnreadableArticle, match="save it as JSONL"):
        split("json", b"[\n" + b'{"text": "a"},\n' * 100 + b"]")


def test_what_is_no_object_in_a_list_is_a_fault() -> None:
    assert faults(split("json", b'[{"text": "a"}, 3, null]')) == [
        ("2", "is no JSON object"),
        ("3", "is no JSON object"),
    ]


def test_half_a_surrogate_does_not_break_the_text() -> None:
    record(text="a \ud83d b").text.encode()


# --- CSV ------------------------------------------------------------------------------------------


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    content = f'Title,Text,Published\nA,"{MONDAY}\nMore, too.",2019-08-20\n\nB,b,\n'.encode()
    parts = split("csv", content)
    assert [getattr(part, "name", "") for part in parts] == ["2", "4"]
    first, second = read("csv", content)
    assert first.text == f"{MONDAY}\nMore, too."
    assert published(first) == [("the record's Published", "2019-08-20")]
    assert second.stated == ()


@pytest.mark.parametrize(
    "content", [b"a;body\nx;y, z\n", b"a\tbody\nx\ty, z\n", b"a|body\nx|y, z\n", b"sep=;\na;body\nx;y, z"]
)
def test_the_delimiter_is_read_off_the_header(content: bytes) -> None:
    assert [document.text for document in read("csv", content)] == ["y, z"]


def test_rows_of_another_width_are_faults() -> None:
    parts = split("csv", b"title,text,date\na,b\na,b,c,d\na,b,c,\n")
    assert faults(parts) == [
        ("2", "has 2 cells where the header has 3"),
        ("3", "has 4 cells where the header has 3"),
    ]


def test_a_table_without_a_column_of_text() -> None:
    with pytest.raises(
        UnreadableArticle, match="has no column of text among titre, corps: name it by --field text=COLUMN"
    ):
        split("csv", b"titre,corps\na,b\n")
    assert [document.text for document in read("csv", b"titre,corps\na,b\n", text="corps")] == ["b"]
    with pytest.raises(UnreadableArticle, match="has no column 'body' among titre"):
        split("csv", b"titre,corps\na,b\n", text="body")
    with pytest.raises(UnreadableArticle, match="among nothing"):
        split("csv", b"")


def test_an_endless_cell_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MAX_BYTES", 1_000)
    parts = split("csv", b'text\n"never closed ' + b"line\n" * 1_000)
    assert faults(parts)[0] == ("2", "has a cell larger than 0 MB")


# --- records --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "details"),
    [
        (
            {
                "source": {"id": None, "name": "The Post"},
                "author": "J. Doe",
                "title": "A &amp; B",
                "url": "https://e.org/a",
            },
            {"outlet": "The Post", "author": "J. Doe", "title": "A & B", "url": "https://e.org/a"},
        ),
        (
            {"headline": {"main": "Head"}, "byline": {"original": "By Ann"}, "web_url": "https://e.org/n"},
            {"title": "Head", "author": "By Ann", "url": "https://e.org/n"},
        ),
        ({"authors": [{"name": "A"}, {"name": "B"}], "language": "en"}, {"author": "A, B", "language": "en"}),
        (
            {"title": {"rendered": "It&#8217;s <i>over</i>"}, "link": "https://e.org"},
            {"title": "It’s over", "url": "https://e.org"},
        ),
        ({"fields": {"headline": "H", "byline": "Ann"}}, {"title": "H", "author": "Ann"}),
        ({"title": None, "author": [], "place": {"lat": 1.5}, "outlet": False}, {}),
    ],
)
def test_details_of_usual_records(values: dict[str, object], details: dict[str, str]) -> None:
    assert record(text=MONDAY, **values).details == details


@pytest.mark.parametrize(
    ("key", "value", "stated"),
    [
        ("publishedAt", "2019-08-20T10:00:00+03:00", "2019-08-20T10:00:00+03:00"),
        ("pubDate", "Tue, 20 Aug 2019 08:00:00 +0300", "Tue, 20 Aug 2019 08:00:00 +0300"),
        ("created", 1566289800, "2019-08-20T08:30:00Z"),
        ("published", 1566289800123, "2019-08-20T08:30:00Z"),
        ("posted", "1566289800.0", "2019-08-20T08:30:00Z"),
        ("date_publish", {"$date": {"$numberLong": "1566289800000"}}, "2019-08-20T08:30:00Z"),
        ("date", {"$date": "2019-08-20T08:30:00Z"}, "2019-08-20T08:30:00Z"),
        ("date", 20190820, "20190820"),
        ("date", 2019082014, "2019082014"),
        ("date", 1234, "1234"),
    ],
)
def test_dates_of_usual_records(key: str, value: object, stated: str) -> None:
    assert published(record(text=MONDAY, **{key: value})) == [(f"the record's {key}", stated)]


def test_dates_that_say_nothing() -> None:
    assert record(text=MONDAY, published=None, date="", created=[], issued=True).stated == ()


def test_fields_named_by_the_user_win_and_stand_alone() -> None:
    values = {"text": "no", "meta": {"body": MONDAY, "when": 1566289800}, "published": "2020-01-01", "title": "t"}
    (document,) = read("json", values, text="meta.body", published="meta.when", title="missing", outlet="title")
    assert document.text == MONDAY
    assert document.stated == (Stated("published", "the record's meta.when", "2019-08-20T08:30:00Z"),)
    assert document.details == {"outlet": "t"}
    with pytest.raises(UnreadableArticle, match="has no text under 'words', only meta, published, text, title"):
        read("json", values, text="words")


def test_the_whole_text_is_taken_before_teasers_and_cuts() -> None:
    assert record(description="A teaser.", content=MONDAY).text == MONDAY
    assert record(description="A teaser.", content="").text == "A teaser."
    assert record(text="A teaser.", body=MONDAY).text == MONDAY
    assert record(content="Shells fell on the mark\u2026 [+1234 chars]").text == "Shells fell on the mark"
    assert record(text=["One.", "Two."]).text == "One.\n\nTwo."


def test_html_in_a_record_becomes_paragraphs() -> None:
    html = "<p>Shells\nfell &amp; hit.<br>Twice.</p><script>no()</script><ul><li>one</li></ul>"
    assert record(content=html).text == "Shells fell & hit.\nTwice.\n\none"
    assert record(content="&lt;p&gt;Escaped.&lt;/p&gt;").text == "Escaped."
    assert record(text="First <b>line</b>\n\nsecond").text == "First line\n\nsecond"
    assert record(text="5 < 6 and <unknown> stay").text == "5 < 6 and <unknown> stay"


def test_a_whole_page_in_a_record_is_read_as_a_page() -> None:
    page = f"<html><head><title>t</title></head><body><article><h1>t</h1><p>{MONDAY}</p><p>{MONDAY}</p></article>"
    document = record(html=page, url="https://e.org/a", date="2019-08-20")
    assert MONDAY in document.text
    assert "<p>" not in document.text
    assert document.details["url"] == "https://e.org/a"
    assert published(document)[0] == ("the record's date", "2019-08-20")


@pytest.mark.parametrize("html", ["", "<p>", "<!-- only -->", "\x00<p>\x00</p>", "<div>" * 50_000 + "x", "<p" * 50_000])
def test_odd_fragments_neither_crash_nor_hang(html: str) -> None:
    assert "<div" not in fragment.paragraphs(html)


# --- feeds ----------------------------------------------------------------------------------------

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Post</title><language>en</language><lastBuildDate>Wed, 21 Aug 2019 09:00:00 GMT</lastBuildDate>
<item><title>Market hit</title><link>https://e.org/1</link><description>Teaser.</description>
<content:encoded><![CDATA[<p>Shells fell.</p><p>Two died.</p>]]></content:encoded>
<pubDate>Tue, 20 Aug 2019 08:00:00 +0300</pubDate><dc:creator>Ann Lee</dc:creator></item>
<item><title>Only a link</title><link>https://e.org/2</link></item>
<item><description>Changed.</description><dc:date>2019-08-22</dc:date></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Post</title><updated>2019-08-30T00:00:00Z</updated>
<entry><title type="html">Market &lt;b&gt;hit&lt;/b&gt;</title><published>2019-08-20T10:00:00+03:00</published>
<updated>2019-08-21T10:00:00Z</updated><link href="https://e.org/1"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Shells fell.</p></div></content></entry></feed>"""


def entries(content: str | bytes) -> list[Part | Fault]:
    return list(feed.parts("feed.xml", io.BytesIO(content.encode() if isinstance(content, str) else content)))


def test_entries_of_rss() -> None:
    first, second, third = entries(RSS)
    assert isinstance(first, Part)
    assert isinstance(third, Part)
    document = records.document("feed.xml#1", first)
    assert document.text == "Shells fell.\n\nTwo died."
    assert document.details == {
        "title": "Market hit", "outlet": "The Post", "author": "Ann Lee", "language": "en", "url": "https://e.org/1",
    }  # fmt: skip
    assert document.stated == (Stated("published", "the feed's pubDate", "Tue, 20 Aug 2019 08:00:00 +0300"),)
    assert second == Fault("2", "has no text: fetch the page that it links to")
    assert records.document("feed.xml#3", third).stated == (Stated("published", "the feed's dc:date", "2019-08-22"),)


def test_entries_of_atom() -> None:
    (part,) = entries(ATOM)
    assert isinstance(part, Part)
    document = records.document("feed.xml#1", part)
    assert (document.text, document.details["title"]) == ("Shells fell.", "Market hit")
    assert document.stated == (
        Stated("published", "the feed's published", "2019-08-20T10:00:00+03:00"),
        Stated("updated", "the feed's updated", "2019-08-21T10:00:00Z"),
    )


def test_a_feed_that_is_cut_off_or_ill_formed_is_read_as_far_as_it_goes() -> None:
    assert len(entries(RSS[: RSS.index("<item><description>")])) == 2
    assert len(entries(RSS.replace("Teaser.", "&nbsp;&unknown; <b>"))) == 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is no RSS or Atom feed"),
        ("<html><p>x</p></html>", "is no RSS or Atom feed"),
        ("/etc/passwd", "is no RSS or Atom feed"),
        ("<rss version='2.0'><channel></channel></rss>", "has no entries"),
        ("<!DOCTYPE r [<!ENTITY a 'b'>]>" + RSS.split("?>\n")[1], "declares entities"),
        (
            ("<?xml version='1.0' encoding='utf-16'?><!DOCTYPE r [<!ENTITY a 'b'>]><rss/>").encode("utf-16"),
            "declares entities",
        ),
        ("<?xml version='1.0' encoding='utf-7'?>+ADwAIQ-DOCTYPE r [+ADwAIQ-ENTITY a 'b'>]><rss/>", "declares entities"),
    ],
)
def test_bad_feeds(content: str | bytes, message: str) -> None:
    with pytest.raises(UnreadableArticle, match=f"^feed.xml: {message}"):
        entries(content)


def test_a_feed_of_endless_tags_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MAX_TAGS", 10)
    with pytest.raises(UnreadableArticle, match="holds more than 10 tags"):
        entries(RSS)


# --- mails and MHTML ------------------------------------------------------------------------------


def letter(headers: str, body: str | bytes = MONDAY) -> Document:
    content = headers.encode() + b"\n\n" + (body if isinstance(body, bytes) else body.encode())
    return mail.document("a.eml", Part("", "mail", content))


def test_a_mail() -> None:
    document = letter(
        "From: =?utf-8?q?J=C3=B6rg_Doe?= <a@e.org>\nSubject: Market\n hit\nDate: Tue, 20 Aug 2019 08:00:00 +0300"
    )
    assert document.text == MONDAY
    assert document.details == {"title": "Market hit", "author": "Jörg Doe"}
    assert document.stated == (Stated("published", "the mail's Date header", "Tue, 20 Aug 2019 08:00:00 +0300"),)


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Fwd: Market hit", MONDAY),
        ("FW: Market hit", MONDAY),
        ("Market hit", f"---------- Forwarded message ---------\n\n{MONDAY}"),
    ],
)
def test_the_date_of_forwarding_is_not_that_of_publication(subject: str, body: str) -> None:
    document = letter(f"From: Ann <a@e.org>\nSubject: {subject}\nDate: Tue, 20 Aug 2019 08:00:00 +0300", body)
    assert document.details == {"title": "Market hit"}
    assert [stated.meaning for stated in document.stated] == ["saved"]


def test_plain_text_is_preferred_and_attachments_are_left_out() -> None:
    body = (
        "--z\nContent-Type: text/html\n\n<p>No</p>\n--z\nContent-Type: text/plain\n\nYes.\n"
        "--z\nContent-Type: text/plain\nContent-Disposition: attachment; filename=x.txt\n\nAttached.\n--z--\n"
    )
    assert letter("Subject: s\nContent-Type: multipart/alternative; boundary=z", body).text == "Yes."


@pytest.mark.parametrize("charset", ["utf-8", "us-ascii", "nonsense", "windows-1252"])
def test_a_charset_that_lies_is_not_believed(charset: str) -> None:
    body = "The café on the square was hit by shells, and nobody was hurt.".encode("cp1252")
    assert "café" in letter(f"Subject: s\nContent-Type: text/plain; charset={charset}", body).text


def test_a_short_mail_in_html() -> None:
    assert (
        letter("Subject: s\nContent-Type: text/html", "<p>Shells fell.</p><p>Two died.</p>").text
        == "Shells fell.\n\nTwo died."
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no mail"),
        (b"no headers\n\nat all", "is no mail"),
        (b"Subject: s\n\n", "has no text"),
        (b"Subject: s\nContent-Type: application/pdf\n\nxx", "has no text"),
        (
            b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2_000)),
            "is no readable",
        ),
    ],
)
def test_bad_mails(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableArticle, match=rf"^a\.eml: {message}"):
        mail.document("a.eml", Part("", "mail", content))


@pytest.mark.parametrize(
    "header", ["From: " + "a," * 50_000, "From: " + "(" * 5_000, "Content-Type: text/plain" + ";a=b" * 50_000]
)
def test_endless_headers_do_not_hang(header: str) -> None:
    assert letter(header).text == MONDAY


@pytest.mark.parametrize("date", ["Tue, 20 Aug 2019 08:00:00 +99999999999999999999", "soon", "=?utf-8?q?=ff?="])
def test_an_odd_date_does_not_cost_the_mail(date: str) -> None:
    assert letter(f"Subject: s\nDate: {date}").text == MONDAY


def test_bytes_of_no_charset_in_headers() -> None:
    content = b"From: \xe7a <a@e.org>\nSubject: \xff\xfe hit\n\n" + MONDAY.encode()
    document = mail.document("a.eml", Part("", "mail", content))
    "".join(document.details.values()).encode()


MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://e.org/2019/market
Subject: Market hit
Date: Wed, 21 Aug 2019 08:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b"

--b
Content-Type: text/html
Content-Location: cid:frame

<html><body><p>An advertisement in a frame.</p></body></html>
--b
Content-Type: text/html; charset=windows-1252
Content-Transfer-Encoding: quoted-printable
Content-Location: https://e.org/2019/market

<html><head><title>Market hit</title></head><body><article><h1>Market hit</h1>
<p>{MONDAY}</p><p>The caf=E9 on the square was hit as well, and nobody was hurt.</p></article></body></html>
--b--
"""


def test_the_page_of_an_archive_is_read_with_its_address() -> None:
    document = mail.archive("a.mhtml", Part("", "archive", MHTML.encode()))
    assert MONDAY in document.text
    assert "café" in document.text
    assert "advertisement" not in document.text
    assert document.details["url"] == "https://e.org/2019/market"
    assert Stated("saved", "the archive's Date header", "Wed, 21 Aug 2019 08:00:00 -0000") in document.stated


def test_an_archive_without_a_page() -> None:
    with pytest.raises(UnreadableArticle, match=r"^a\.mhtml: holds no page"):
        mail.archive("a.mhtml", Part("", "archive", b"Subject: s\n\ntext"))


# --- PDF ------------------------------------------------------------------------------------------


def made_pdf(*pages: list[str], properties: str = "") -> bytes:
    """A PDF of lines set in Helvetica; an empty line leaves a gap."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects.append(f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for index, lines in enumerate(pages):
        drawn = " ".join(f"({line}) Tj T*" if line else "T*" for line in lines)
        stream = f"BT /F1 11 Tf 72 760 Td 14 TL {drawn} ET"
        resources = f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * index} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< {properties} >>")
    body, offsets = "%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{written}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode("latin-1")


def printed(*pages: list[str], properties: str = "") -> Document:
    return pdf.document("a.pdf", Part("", "pdf", made_pdf(*pages, properties=properties)))


def test_wrapped_lines_of_a_pdf_are_joined_and_gaps_part_paragraphs() -> None:
    document = printed(
        [
            *(
                "Market hit",
                "",
                "Shells fell on the market of the town in a bombard-",
                "ment that lasted all of Monday, said",
            ),
            *("Syrian officials. The rebel-", "held town had been quiet.", "", "The bombardment ended at night."),
        ]
    )
    assert document.text == (
        "Market hit\n\nShells fell on the market of the town in a bombardment that lasted all of Monday, said "
        "Syrian officials. The rebel-held town had been quiet.\n\nThe bombardment ended at night."
    )


def test_running_heads_are_left_out_and_a_sentence_goes_on_over_the_page() -> None:
    sentences = ("Shells fell on the market of", "the town on Monday.", "Two people died.")
    pages = [[f"The Post {page}", "", sentence, f"{page} of 3"] for page, sentence in enumerate(sentences, 1)]
    assert printed(*pages).text == "Shells fell on the market of the town on Monday.\n\nTwo people died."


def test_the_address_that_a_browser_prints_is_kept() -> None:
    document = printed([MONDAY, "", "https://e.org/2019/08/20/market 1/1"])
    assert (document.text, document.details) == (MONDAY, {"url": "https://e.org/2019/08/20/market"})


def test_properties_of_a_pdf() -> None:
    written = "/Title (Market hit) /Author (Ann Lee) /CreationDate (D:20190821103000+03'00')"
    document = printed([MONDAY], properties=written)
    assert document.details == {"title": "Market hit", "author": "Ann Lee"}
    assert document.stated == (Stated("saved", "the PDF's CreationDate", "2019-08-21T10:30:00+03:00"),)
    written = "/Title (Microsoft Word - market.doc) /Author (alee) /CreationDate (D:2019-99)"
    document = printed([MONDAY], properties=written)
    assert (document.details, document.stated) == ({}, ())


def locked(user: str, owner: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made_pdf([MONDAY])))
    writer.encrypt(user, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_that_only_restricts_printing_is_read() -> None:
    assert pdf.document("a.pdf", Part("", "pdf", locked("", "owner"))).text == MONDAY


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (locked("user", "owner"), "is protected by a password: save it without"),
        (made_pdf([]), "has no text layer: run OCR over it"),
        (b"", "is no readable PDF"),
        (b"%PDF-1.7\nnothing else", "is no readable PDF"),
        (made_pdf([MONDAY])[:300], "is no readable PDF"),
    ],
)
def test_bad_pdfs(content: bytes, message: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnreadableArticle, match=rf"^a\.pdf: {message}"):
        pdf.document("a.pdf", Part("", "pdf", content))
    assert capfd.readouterr() == ("", "")


def test_a_pdf_that_swells_is_refused() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made_pdf([MONDAY])))
    stream = pypdf.generic.StreamObject()
    stream.set_data(b" " * 30_000_000)
    writer.pages[0][pypdf.generic.NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(UnreadableArticle, match=r"^a\.pdf: is no readable PDF"):
        pdf.document("a.pdf", Part("", "pdf", out.getvalue()))


def test_a_pdf_that_draws_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_DRAWN", 150)
    assert printed([MONDAY]).text == MONDAY
    with pytest.raises(UnreadableArticle, match="draws too much"):
        printed([MONDAY], [MONDAY])


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(UnreadableArticle, match="has more than 2 pages"):
        printed([MONDAY], [MONDAY], [MONDAY])


# --- DOCX -----------------------------------------------------------------------------------------


def made_docx(fill: Callable[[Any], object]) -> bytes:
    word = docx.Document()
    fill(word)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def written(content: bytes) -> Document:
    return office.document("a.docx", Part("", "document", content))


def test_paragraphs_and_tables_in_order() -> None:
    def fill(word: Any) -> None:
        word.add_heading("Market hit", 1)
        word.add_paragraph(MONDAY)
        table = word.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "merged"
        table.cell(1, 1).text = "cell"
        word.add_paragraph("Two died.")

    assert written(made_docx(fill)).text == f"Market hit\n\n{MONDAY}\n\nmerged\n\ncell\n\nTwo died."


def test_text_under_review_and_in_controls_is_read_as_it_is_shown() -> None:
    def fill(word: Any) -> None:
        inserted = "<w:ins><w:r><w:t>inserted </w:t></w:r></w:ins>".replace("<w:t>", '<w:t xml:space="preserve">')
        deleted = "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
        controlled = "<w:sdt><w:sdtContent><w:r><w:t>controlled</w:t></w:r></w:sdtContent></w:sdt>"
        word.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inserted}{deleted}{controlled}</w:p>"))

    assert written(made_docx(fill)).text == "inserted controlled"


def test_properties_of_a_document() -> None:
    def fill(word: Any) -> None:
        import datetime as dt

        word.add_paragraph(MONDAY)
        word.core_properties.title, word.core_properties.author = "Market hit", "Ann Lee"
        word.core_properties.modified = dt.datetime(2019, 8, 20, 10, tzinfo=dt.UTC)

    document = written(made_docx(fill))
    assert document.details == {"title": "Market hit", "author": "Ann Lee"}
    assert document.stated == (Stated("updated", "the document's date of change", "2019-08-20T10:00:00Z"),)


def test_properties_that_are_not_the_documents_own() -> None:
    plain = made_docx(lambda word: word.add_paragraph(MONDAY))
    assert (written(plain).details, written(plain).stated) == ({}, ())
    without = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(without, "w") as target:
        for file in source.namelist():
            content = source.read(file)
            if file == "_rels/.rels":
                content = content.replace(b"metadata/core-properties", b"metadata/another-thing")
            if file != "docProps/core.xml":
                target.writestr(file, content)
            else:
                target.writestr(file, "<x/>")
    assert written(without.getvalue()).stated == ()


def zipped(**files: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for file, content in files.items():
            packed.writestr(file.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no readable Word document"),
        (b"PK\x03\x04 and no more", "is no readable Word document"),
        (made_docx(lambda word: word.add_paragraph("x"))[:-200], "is no readable Word document"),
        (zipped(word__document_dot_xml="<x/>"), "is no readable Word document"),
        (b"\xd0\xcf\x11\xe0 old", "is an old Word file or under a password: save it as .docx without"),
        (zipped(xl__workbook_dot_xml="x"), "is an Excel workbook: save its sheet as CSV"),
        (zipped(mimetype="x"), "is an OpenDocument or EPUB file"),
        (zipped(anything="x"), "is a ZIP file: unpack it"),
        (made_docx(lambda word: None), "has no text"),
    ],
)
def test_bad_documents(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableArticle, match=rf"^a\.docx: {message}"):
        written(content)


def test_a_document_that_swells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(UnreadableArticle, match="unpacks to more than 1 MB"):
        written(zipped(word__document_dot_xml=bytes(1_500_000)))


# --- WARC -----------------------------------------------------------------------------------------


def archived(kind: str, block: bytes, media: str = "text/plain", url: str = "https://e.org/a") -> bytes:
    headers = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-08-25T01:02:03Z\r\n"
    return f"{headers}Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def answer(
    body: bytes, media: str = "text/html", status: str = "200 OK", more: str = "", url: str = "https://e.org/a"
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n".encode() + body
    return archived("response", http, "application/http; msgtype=response", url)


INFO = archived("warcinfo", b"software: none\r\n", "application/warc-fields")
PAGE = f"<html><body><p>{MONDAY}</p></body></html>".encode()


def unpack(content: bytes) -> list[Part | Fault]:
    return list(warc.parts("a.warc", io.BytesIO(content)))


def test_answers_are_numbered_by_record() -> None:
    request = archived("request", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request")
    parts = unpack(
        INFO + request + answer(PAGE, "text/html; charset=windows-1251") + answer(b"%PDF-1.4", "application/pdf")
    )
    saved = (Stated("saved", "the archive's WARC-Date", "2019-08-25T01:02:03Z"),)
    address = {"url": "https://e.org/a"}
    assert parts == [
        Part("3", "page", PAGE, address, saved, "windows-1251"),
        Part("4", "pdf", b"%PDF-1.4", address, saved),
    ]


def test_what_is_no_article_is_passed_over() -> None:
    others = [
        answer(b"gone", status="404 Not Found"),
        answer(b"", status="301 Moved"),
        answer(b"\x89PNG", "image/png"),
        answer(b"Disallow: /", "text/plain", url="https://e.org/robots.txt"),
        archived("metadata", b"x"),
        archived("revisit", b"HTTP/1.1 200 OK\r\n\r\n", "application/http"),
    ]
    assert unpack(INFO + b"".join(others)) == []


def test_resources_and_extracted_texts() -> None:
    parts = unpack(INFO + archived("conversion", MONDAY.encode()) + archived("resource", PAGE, "text/html"))
    assert [(part.form, part.content) for part in parts if isinstance(part, Part)] == [
        ("text", MONDAY.encode()),
        ("page", PAGE),
    ]


def test_packed_and_chunked_answers() -> None:
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    content = answer(gzip.compress(PAGE), more="Content-Encoding: gzip\r\n") + answer(
        chunked, more="Transfer-Encoding: chunked\r\n"
    )
    parts = unpack(content + answer(PAGE, more="Content-Encoding: gzip\r\n"))
    assert [part.content for part in parts if isinstance(part, Part)] == [PAGE] * 3
    (fault,) = unpack(answer(b"xx", more="Content-Encoding: unheard-of\r\n"))
    assert faults([fault]) == [("1", "is packed in a way that cannot be read")]


def test_an_answer_that_swells_is_a_fault_and_the_next_is_read() -> None:
    bomb = gzip.compress(bytes(30_000_000))
    parts = unpack(answer(bomb, more="Content-Encoding: gzip\r\n") + answer(PAGE))
    assert faults(parts) == [("1", "is larger than 20 MB")]
    assert isinstance(parts[1], Part)


@pytest.mark.parametrize(
    "packed", [lambda each: gzip.compress(b"".join(each)), lambda each: b"".join(map(gzip.compress, each))]
)
def test_packed_archives_whole_and_by_record(packed: Callable[[list[bytes]], bytes]) -> None:
    stream = io.BufferedReader(squeezed.unpacked("a.warc.gz", io.BytesIO(packed([INFO, answer(PAGE), answer(PAGE)]))))
    assert [getattr(part, "name", "") for part in warc.parts("a.warc.gz", stream)] == ["2", "3"]


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (answer(PAGE)[:-30], "is cut off"),
        (answer(PAGE)[:60], "is broken, and what follows it is not read"),
        (b"no record\r\n\r\n", "is broken, and what follows it is not read"),
        (answer(PAGE).replace(b"Content-Length: ", b"Content-Length: 9"), "is cut off"),
        (answer(PAGE).replace(b"Content-Length: ", b"Length: "), "is broken, and what follows it is not read"),
    ],
)
def test_broken_records(broken: bytes, why: str, capfd: pytest.CaptureFixture[str]) -> None:
    parts = unpack(INFO + answer(PAGE) + broken)
    assert isinstance(parts[0], Part)
    assert faults(parts) == [("3", why)]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("content", [b"", b"nothing of the kind\n", b"WARC/1.0\r\n"])
def test_what_is_no_archive(content: bytes) -> None:
    with pytest.raises(UnreadableArticle, match=r"^a\.warc: is "):
        unpack(content)


# --- gzip -----------------------------------------------------------------------------------------


def inside(content: bytes) -> bytes:
    return io.BufferedReader(squeezed.unpacked("a.gz", io.BytesIO(content))).read()


def test_gzip_in_one_or_more_members() -> None:
    packed = gzip.compress(MONDAY.encode())
    assert inside(packed) == MONDAY.encode()
    assert inside(packed + packed) == MONDAY.encode() * 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (gzip.compress(MONDAY.encode())[:-3], "is cut off"),
        (gzip.compress(MONDAY.encode())[:20], "is cut off"),
        (b"\x1f\x8b and no more of it than this", "is no readable gzip file"),
        (gzip.compress(bytes(40_000_000)), "swells to over 200 times its size: unpack it yourself"),
    ],
)
def test_bad_gzip(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableArticle, match=rf"^a\.gz: {message}"):
        inside(content)


def test_lines_before_a_cut_are_read() -> None:
    lines = b"".join(json.dumps({"text": f"{number} {hash(number)}"}).encode() + b"\n" for number in range(20_000))
    stream = io.BufferedReader(squeezed.unpacked("a.jsonl.gz", io.BytesIO(gzip.compress(lines)[:-5_000])))
    seen = 0
    with pytest.raises(UnreadableArticle, match="is cut off"):
        for _ in records.parts("a.jsonl.gz", stream, "jsonl"):
            seen += 1
    assert seen > 5_000
