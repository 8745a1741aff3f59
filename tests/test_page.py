"""Pages as they are saved: what is read from each, and what never becomes the day of publication."""

# ruff: noqa: E501
# A line of a page is shown as it stands there.

import contextlib
import json
import time
from collections.abc import Mapping

import pytest

from idlib_timeline.errors import UnreadableArticle
from idlib_timeline.forms import page
from idlib_timeline.model import Document, Part, Stated

STORY = (
    "<p>The council of the northern town said on Tuesday that the bridge over the river would stay closed to trucks "
    "until engineers have tested its pillars.</p>"
    "<p>Two of them were damaged by shelling in the spring, and a third has shown cracks since the last flood, said "
    "the head of the works office.</p>"
    "<p>Farmers now take their harvest to the market by a road that is forty kilometres longer, and ask for fuel.</p>"
)
URL = "https://paper.example/news/bridge-stays-closed"
HEADLINE = "Bridge in the north stays closed"


def html(*, head: str = "", top: str = "", after: str = "", before: str = "", title: str = HEADLINE) -> str:
    """A page with the story: `head` in its head, `top` below the headline, `before` and `after` around the article."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Paper</title>{head}</head>'
        f"<body>{before}<main><article><h1>{title}</h1>{top}{STORY}</article></main>{after}</body></html>"
    )


def read(source: str | bytes, charset: str = "", details: Mapping[str, str] | None = None) -> Document:
    content = source.encode() if isinstance(source, str) else source
    return page.document("a.html", Part("", "page", content, details or {}, charset=charset))


def stated(source: str | Document, meaning: str = "published") -> list[str]:
    document = read(source) if isinstance(source, str) else source
    return [one.value for one in document.stated if one.meaning == meaning]


def ld(*nodes: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)


def article(**values: object) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": HEADLINE, **values}


CANONICAL = f'<link rel="canonical" href="{URL}">'

# --- the text and what is said of it ---------------------------------------------------------------


def test_text_is_paragraphs_without_markup() -> None:
    document = read(
        html(before='<nav><a href="/">Home</a><a href="/war">War</a></nav>', after="<footer>© 2026</footer>")
    )
    paragraphs = document.text.split("\n\n")
    assert any(one.startswith("The council of the northern town") for one in paragraphs)
    assert paragraphs[-1].startswith("Farmers now take")
    assert "<" not in document.text
    assert "Home" not in document.text
    assert "2026" not in document.text


def test_lines_of_the_source_are_not_lines_of_the_text() -> None:
    document = read(html().replace("until engineers", "\n      until\n      engineers"))
    assert "closed to trucks until engineers have tested" in document.text


def test_breaks_part_paragraphs_where_a_sentence_ends() -> None:
    broken = html(
        top="<p>The first sentence stands here in full, as it must.<br>The second one goes on<br>to its end.</p>"
    )
    assert "as it must.\n\nThe second one goes on to its end." in read(broken).text


def test_rows_and_items_are_lines() -> None:
    rows = "<table><tr><td>North</td><td>12 trucks</td></tr><tr><td>South</td><td>9 trucks</td></tr></table>"
    text = read(html(top="<p>The office counted the trucks that passed on both sides of the river.</p>" + rows)).text
    assert "North | 12 trucks\n\nSouth | 9 trucks" in text


def test_details() -> None:
    head = (
        CANONICAL
        + '<meta property="og:site_name" content="The Paper"><meta property="og:title" content="Bridge closed | The Paper">'
        + '<meta name="author" content="Mara Lind">'
    )
    assert read(html(head=head)).details == {
        "title": "Bridge closed", "outlet": "The Paper", "author": "Mara Lind", "language": "en", "url": URL,
    }  # fmt: skip


def test_details_of_json_ld() -> None:
    node = article(
        author=[{"@type": "Person", "name": "Mara Lind"}, {"name": "Tom Berg"}],
        publisher={"@type": "Organization", "name": "The Paper"},
        dateline="NORTHTOWN",
    )
    details = read(html(head=ld(node))).details
    assert details["author"] == "Mara Lind, Tom Berg"
    assert details["outlet"] == "The Paper"
    assert details["place"] == "NORTHTOWN"
    assert details["title"] == HEADLINE


def test_what_the_container_says_is_taken_where_the_page_is_silent() -> None:
    known = {"outlet": "Wire", "title": "Other", "url": URL, "place": "Northtown"}
    details = read(html(), details=known).details
    assert (details["outlet"], details["title"], details["url"], details["place"]) == (
        "Wire",
        HEADLINE,
        URL,
        "Northtown",
    )
    assert read(html(head='<link rel="canonical" href="https://paper.example/b">'), details=known).details["url"] == (
        "https://paper.example/b"
    )


def test_a_fragment_is_read() -> None:
    assert read(STORY).text.count("\n\n") == 2
    assert "closed to trucks" in read(STORY.partition("</p>")[0] + "</p>").text


def test_xhtml() -> None:
    source = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en">'
    document = read(html().replace('<!DOCTYPE html><html lang="en">', source))
    assert "closed to trucks" in document.text
    assert document.details["language"] == "en"


# --- encodings ------------------------------------------------------------------------------------

CITY = "Şanlıurfa – “über”"
LATIN = "café à Genève"


@pytest.mark.parametrize("claim", ["iso-8859-1", "windows-1252", "utf-16", "nonsense", ""])
def test_utf_8_is_utf_8_whatever_is_claimed(claim: str) -> None:
    source = html(top=f"<p>The trucks now go by way of {CITY} to reach the market before noon.</p>")
    document = read(source.replace('charset="utf-8"', f'charset="{claim}"'), charset=claim)
    assert CITY in document.text


@pytest.mark.parametrize(
    ("charset", "header", "words"),
    [
        ("iso-8859-1", "", LATIN),
        ("iso-8859-1", "iso-8859-1", LATIN),
        ("windows-1251", "", "мост закрыт до весны"),
        ("windows-1256", "windows-1256", "الجسر مغلق"),
        ("shift_jis", "", "橋は閉鎖された"),
        ("iso-2022-jp", "", "橋は閉鎖された"),
    ],
)
def test_claimed_encodings(charset: str, header: str, words: str) -> None:
    source = html(top=f"<p>The sign at the bridge says {words} in letters that drivers see from afar.</p>")
    claimed = source.replace('charset="utf-8"', f'charset="{"utf-8" if header else charset}"')
    assert words in read(claimed.encode(charset), charset=header).text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks(encoding: str) -> None:
    assert "closed to trucks" in read(html().encode(encoding), charset="iso-8859-1").text


def test_utf_16_by_its_header() -> None:
    assert "closed to trucks" in read(html().encode("utf-16-le"), charset="utf-16-le").text


def test_a_lying_claim_is_no_claim() -> None:
    source = html(top=f"<p>The sign at the bridge says {LATIN} in letters that drivers see from afar.</p>")
    assert LATIN in read(source.encode("cp1252")).text


# --- the day of publication -----------------------------------------------------------------------

DAY = "2019-08-20T09:30:00+03:00"


@pytest.mark.parametrize(
    "graph",
    [
        article(datePublished=DAY),
        [article(datePublished=DAY)],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "datePublished": "2001-01-01"}, article(datePublished=DAY)]},
        {"@type": "WebPage", "datePublished": "2018-01-01", "mainEntity": article(datePublished=DAY)},
        {"@type": ["Article", "BlogPosting"], "headline": HEADLINE, "datePublished": DAY},
        {"@type": "http://schema.org/ReportageNewsArticle", "datePublished": DAY},
        {"@type": "WebPage", "name": HEADLINE, "datePublished": DAY},
        article(datePublished={"@type": "Date", "@value": DAY}),
    ],
)  # fmt: skip
def test_json_ld(graph: object) -> None:
    assert read(html(head=ld(graph))).stated == (Stated("published", "the page's JSON-LD datePublished", DAY),)


def test_json_ld_with_line_breaks_and_comment_marks() -> None:
    script = '<script type="application/ld+json"><!-- {"@type": "Article", "headline": "Bridge\n", "datePublished": "2019-08-20"} --></script>'
    assert stated(html(head=script)) == ["2019-08-20"]


@pytest.mark.parametrize(
    "broken", ["{", '{"@type": "NewsArticle", "datePublished": "2019', "[" * 100_000, "null", "3", ""]
)
def test_broken_json_ld_is_passed_over(broken: str) -> None:
    script = f'<script type="application/ld+json">{broken}</script>'
    assert stated(html(head=script + ld(article(datePublished=DAY)))) == [DAY]
    assert stated(html(head=script)) == []


def test_of_several_articles_the_one_with_the_page_s_address_counts() -> None:
    other = {"@type": "NewsArticle", "headline": "Mayor resigns", "url": "https://paper.example/news/mayor", "datePublished": "2019-07-01"}  # fmt: skip
    own = {"@type": "NewsArticle", "headline": "Closed", "mainEntityOfPage": {"@id": URL + "/"}, "datePublished": DAY}
    assert stated(html(head=CANONICAL + ld(other, own))) == [DAY]
    assert stated(html(head=CANONICAL + ld([own, other]))) == [DAY]


def test_of_several_articles_the_one_with_the_headline_counts() -> None:
    other = {"@type": "NewsArticle", "headline": "Mayor of the southern town resigns", "datePublished": "2019-07-01"}
    assert stated(html(head=ld(other, article(datePublished=DAY)))) == [DAY]


def test_articles_that_cannot_be_told_apart_say_nothing() -> None:
    first = {"@type": "NewsArticle", "headline": "Mayor of the southern town resigns", "datePublished": "2019-07-01"}
    second = {"@type": "NewsArticle", "headline": "Rain expected in the hills", "datePublished": "2019-07-02"}
    assert stated(html(head=ld(first, second))) == []


def test_an_article_of_another_address_is_another_article() -> None:
    other = {"@type": "NewsArticle", "headline": "Mayor resigns", "url": "https://paper.example/news/mayor", "datePublished": "2019-07-01"}  # fmt: skip
    assert stated(html(head=CANONICAL + ld(other))) == []


@pytest.mark.parametrize(
    "node",
    [
        {"@type": "ItemList", "itemListElement": [article(datePublished="2019-07-01", headline="Mayor resigns")]},
        {"@type": "VideoObject", "name": HEADLINE, "uploadDate": "2019-07-01", "datePublished": "2019-07-01"},
        {"@type": "Event", "name": HEADLINE, "startDate": "2019-07-01"},
        {"@type": "Organization", "foundingDate": "1988-07-01"},
        {"@type": "WebSite", "name": "The Paper", "datePublished": "2001-07-01"},
        {"@type": "Person", "name": "Mara Lind", "birthDate": "1971-05-12"},
        {"@type": "Comment", "text": "Well said", "datePublished": "2019-07-01"},
        article(comment=[{"@type": "Comment", "datePublished": "2019-07-01"}]),
        article(video={"@type": "VideoObject", "uploadDate": "2019-07-01"}),
        article(datePublished="1970-01-01T00:00:00Z"),
        article(datePublished="today"),
        article(dateCreated="2019-07-01", dateModified=DAY),
    ],
)
def test_json_ld_of_other_things_is_no_publication(node: object) -> None:
    assert stated(html(head=ld(node))) == []


@pytest.mark.parametrize(
    "tag",
    [
        'property="article:published_time"', 'property="og:article:published_time"', 'name="parsely-pub-date"',
        'name="sailthru.date"', 'name="dc.date.issued"', 'name="DC.date"', 'name="dcterms.date"', 'name="pubdate"',
        'name="publish-date"', 'name="publication_date"', 'name="citation_publication_date"', 'name="date"',
        'name="article.published"', 'name="OriginalPublicationDate"', 'itemprop="datePublished"',
    ],
)  # fmt: skip
def test_meta_tags(tag: str) -> None:
    assert stated(html(head=f'<meta {tag} content="{DAY}">')) == [DAY]


def test_json_ld_is_trusted_before_meta_tags_and_the_plain_date_last() -> None:
    head = f'<meta name="date" content="2019-08-23"><meta property="article:published_time" content="2019-08-21">{ld(article(datePublished=DAY))}'
    assert stated(html(head=head)) == [DAY, "2019-08-21", "2019-08-23"]


def test_a_meta_tag_that_contradicts_itself_says_nothing() -> None:
    head = "".join(f'<meta property="article:published_time" content="2019-08-2{n}T08:00:00Z">' for n in (1, 2))
    assert stated(html(head=head)) == []


@pytest.mark.parametrize(
    "top",
    [
        f'<span itemprop="datePublished" content="{DAY}">yesterday</span>',
        f'<time itemprop="datePublished" datetime="{DAY}">yesterday</time>',
        f'<time datetime="{DAY}">three hours ago</time>',
        f'<div class="meta">By Mara Lind <time datetime="{DAY}">20 August</time></div>',
        f'<p>Published: <time datetime="{DAY}">20 August</time> Updated: <time datetime="2019-08-22">22 August</time></p>',
        f'<p>Updated <time datetime="2019-08-22">22 August</time>, first published <time datetime="{DAY}">20 August</time></p>',
        f'<time class="entry-date published" datetime="{DAY}">20 August</time><time class="updated" datetime="2019-08-22">22 August</time>',
        f'<p class="standfirst">A long line that says what the story is about, set between the headline and the byline of it.</p><time datetime="{DAY}">20 August</time>',
    ],
)  # fmt: skip
def test_times_at_the_top(top: str) -> None:
    assert stated(html(top=top)) == [DAY]


def test_a_time_above_the_headline_in_its_article() -> None:
    source = html().replace("<h1>", f'<time datetime="{DAY}">20 August</time><h1>')
    assert stated(source) == [DAY]


def test_a_time_in_the_entry_s_own_footer() -> None:
    footer = f'<footer class="entry-meta">Posted on <time class="entry-date" datetime="{DAY}">20 August</time></footer>'
    assert stated(html().replace("</article>", footer + "</article>")) == [DAY]


@pytest.mark.parametrize(
    "line",
    [
        "Published 14 Aug 2019",
        "August 19, 2019 / 9:17 PM / Updated 37 minutes ago",
        "By Jane Doe | 19 August 2019, 14:05 GMT",
        "Tue 20 Aug 2019 17.02 BST",
        "2019-08-20",
        "20/08/2019",
        "Published at 09:12 GMT 20/08/99",
        "Submitted by desk on 20 August 2019 - 17:05",
        "20.08.19",
        "20.08.2019, 17:05 (Northtown)",
    ],
)
@pytest.mark.parametrize(
    "wrap", ["<p>{}</p>", '<div class="byline"><span>{}</span></div>', "<ul><li>{}</li></ul>", "{}"]
)
def test_printed_lines(line: str, wrap: str) -> None:
    (only,) = read(html(top=wrap.format(line))).stated
    assert only == Stated("published", f"the line {line!r} at the top", line, "printed")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("By Mara Lind 19 August 2019", "By Mara Lind | 19 August 2019"),
        ("19 August 2019 by Mara Lind", "19 August 2019 | by Mara Lind"),
        ("Published 19 August 2019, by Mara Lind", "Published 19 August 2019 | by Mara Lind"),
    ],
)
def test_a_byline_is_parted_from_its_date(line: str, value: str) -> None:
    assert read(html(top=f"<p>{line}</p>")).stated == (
        Stated("published", f"the line {line!r} at the top", value, "printed"),
    )


def test_words_of_a_printed_line_stay_whole() -> None:
    top = '<div class="date"><span>Published</span><span>14<sup>th</sup> Aug 2019</span></div>'
    assert stated(html(top=top)) == ["Published 14th Aug 2019"]


def test_an_old_page_of_tables() -> None:
    source = (
        f"<html><head><title>{HEADLINE}</title></head><body><table><tr><td><a href=a>Home</a></td><td>"
        f"<h2>{HEADLINE}</h2><font size=1>14 August 2019</font><br>{STORY}</td></tr></table></body></html>"
    )
    assert stated(source) == ["14 August 2019"]


PARAGRAPHS = STORY.replace("<p>", "").split("</p>")[:-1]
PLAIN = f"<b>{HEADLINE}</b><br>"
NAMED = "The Northern Chronicle"


def old_page(
    cell: str, *, title: str = f"{NAMED} - {HEADLINE}", masthead: str = f"<b>{NAMED}</b>", wrap: str = "{}"
) -> str:
    """A page laid out in tables: a menu and the day of the visit above, a column on either side, a line at the foot."""
    menu = "".join(f"<a href=/{name}>{name.upper()}</a> | " for name in ("front", "world", "business", "sport"))
    rows = (
        f"<tr><td colspan=3>{masthead}</td></tr><tr><td colspan=3>{menu} Tuesday, 9 March 2010, 11:05</td></tr>"
        f"<tr><td><b>SERVICES</b><br><a href=/m>Mail</a><br><a href=/h>Help</a></td><td width=450>{cell}</td>"
        "<td>Other stories<br><a href=/1>Mayor resigns after a long debate</a> 8 March 2010</td></tr>"
        f"<tr><td colspan=3>Copyright 1999-2010 {NAMED}, put online 1 May 1999</td></tr>"
    )
    return f"<html><head><title>{title}</title></head><body>{wrap.format(f'<table>{rows}</table>')}</body></html>"


CELLS = {
    "paragraphs": f"<font size=4>{PLAIN}</font><font size=1>14 August 2001</font><br>{STORY}",
    "line breaks": f"{PLAIN}14 August 2001<br><br>{'<br><br>'.join(PARAGRAPHS)}",
    "a row for each part": f"<table><tr><td>{PLAIN}</td></tr><tr><td>14 August 2001</td></tr><tr><td>{STORY}</td></tr></table>",
    "a row for each paragraph": f"<table><tr><td>{PLAIN}14 August 2001</td></tr>{''.join(f'<tr><td>{one}</td></tr>' for one in PARAGRAPHS)}</table>",
    "date above": f"14 August 2001<br>{PLAIN}{STORY}",
    "small heading": f"<h4>{HEADLINE}</h4>14 August 2001{STORY}",
    "links beside the headline": f"{PLAIN}<a href=/p>Printable version</a> <a href=/m>E-mail this</a><br>14 August 2001<br>{STORY}",
}  # fmt: skip


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("title", [f"{NAMED} - {HEADLINE}", f"{HEADLINE} | {NAMED}", NAMED, f"{NAMED}: World"])
@pytest.mark.parametrize("masthead", [f"<b>{NAMED}</b>", f"<h1>{NAMED}</h1>"])
@pytest.mark.parametrize("wrap", ["{}", "<form><center><table><tr><td>{}</td></tr></table></center></form>"])
def test_layouts_of_tables(cell: str, title: str, masthead: str, wrap: str) -> None:
    document = read(old_page(CELLS[cell], title=title, masthead=masthead, wrap=wrap))
    assert stated(document) == ["14 August 2001"]
    assert "closed to trucks until engineers have tested its pillars." in document.text
    assert not any(word in document.text for word in ("WORLD", "SERVICES", "Mayor", "Copyright", "2010", " |"))
    assert document.details["title"] == (HEADLINE if HEADLINE in title else title)


@pytest.mark.parametrize("title", [f"{NAMED} - {HEADLINE}", NAMED, f"{NAMED}: World"])
@pytest.mark.parametrize("masthead", [f"<b>{NAMED}</b>", f"<h1>{NAMED}</h1>"])
@pytest.mark.parametrize(
    "cell",
    [
        f"{PLAIN}{STORY}",
        f"{PLAIN}<i>A look back at the flood of 3 May 1999</i><br>{STORY}",
        f"<b>The flood of 3 May 1999</b><br>{STORY}",
    ],
)
def test_layouts_of_tables_without_a_date(cell: str, title: str, masthead: str) -> None:
    assert stated(old_page(cell, title=title, masthead=masthead)) == []


def test_a_table_of_figures_in_a_layout_of_tables() -> None:
    rows = "<table border=1><tr><td>North</td><td>12 trucks</td></tr><tr><td>South</td><td>9 trucks</td></tr></table>"
    assert "North | 12 trucks\n\nSouth | 9 trucks" in read(old_page(CELLS["paragraphs"] + rows)).text


def test_a_table_of_figures_beside_a_heading() -> None:
    top = f"<p>14 August 2019</p><div class='crumbs'>{HEADLINE}</div>"
    rows = "<table><tr><td>North</td><td>12 trucks</td></tr></table>"
    assert stated(html(top=top, after=rows)) == ["14 August 2019"]


def test_a_headline_without_a_heading() -> None:
    body = f'<div class="hd">{HEADLINE}</div><div class="dt">14 August 2019</div><div>{STORY}</div>'
    assert stated(f"<html><head><title>{HEADLINE} - {NAMED}</title></head><body>{body}</body></html>") == [
        "14 August 2019"
    ]
    menu = f'<div>{NAMED}</div><div class="menu">{"<a href=/>Section</a>" * 5}</div><div>20 November 2026</div>'
    assert stated(f"<html><head><title>{NAMED}</title></head><body>{menu}{STORY}</body></html>") == []


def test_the_outlet_s_front_page() -> None:
    link = "<a href='http://www.northernchronicle.example.co.uk/'>home</a><a href='http://adverts.example/'>ad</a>"
    assert read(old_page(CELLS["paragraphs"] + link)).details["site"] == "http://www.northernchronicle.example.co.uk/"
    assert "site" not in read(old_page(CELLS["paragraphs"])).details
    assert "site" not in read(html(head=CANONICAL, after=link)).details


# --- other languages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Publié le 20 août 2019 à 18h05 - Mis à jour le 22 août 2019 à 09h30", "2019-08-20"),
        ("Mis à jour le 22/08/2019 - Publié le 20/08/2019", "20/08/2019"),
        ("mardi 20 août 2019", "2019-08-20"),
        ("1er août 2019", "2019-08-01"),
        ("Martes, 20 de agosto de 2019", "2019-08-20"),
        ("agosto 20, 2019", "2019-08-20"),
        ("Terça-feira, 20 de agosto de 2019 | Atualizado 21/08/2019", "2019-08-20"),
        ("Veröffentlicht am 20. August 2019 um 14:05 Uhr", "2019-08-20"),
        ("20. August 2019", "2019-08-20"),
        ("20. März 2019", "2019-03-20"),
        ("martedì 20 agosto 2019", "2019-08-20"),
        ("Опубликовано: 20 августа 2019 г., 14:05", "2019-08-20"),
        ("20 Ağustos 2019 Salı", "2019-08-20"),
        ("20 sierpnia 2019", "2019-08-20"),
        ("20 أغسطس/ آب 2019", "2019-08-20"),
        ("٢٠ أغسطس ٢٠١٩", "2019-08-20"),
        ("20 كانون الثاني 2019", "2019-01-20"),
        ("2019. augusztus 20.", "2019-08-20"),
        ("2019年8月20日", "2019-08-20"),
        ("2019년 8월 20일", "2019-08-20"),
    ],
)
def test_lines_in_other_languages(line: str, value: str) -> None:
    assert read(html(top=f"<p>{line}</p>")).stated == (
        Stated("published", f"the line {line!r} at the top", value, "printed"),
    )


@pytest.mark.parametrize(
    "line",
    [
        "Mis à jour le 20 août 2019",
        "Actualizado: 20 de agosto de 2019",
        "Aktualisiert am 20. August 2019",
        "Обновлено 20 августа 2019",
        "Lunes, 20 de agosto de 2019",  # it was a Tuesday
        "31 juin 2019",
        "12 personnes 2019",
        "3 h 2019",
        "Aujourd'hui, 20 août 2019",
        "Les événements du 20 août 2019",
    ],
)
def test_lines_in_other_languages_that_say_nothing(line: str) -> None:
    assert stated(html(top=f"<p>{line}</p>")) == []


def test_a_month_that_two_languages_name_is_read_in_the_page_s_own() -> None:
    source = html(top="<p>20 listopada 2019</p>")
    assert stated(source) == []
    assert stated(source.replace('lang="en"', 'lang="hr"')) == ["2019-10-20"]
    assert stated(source.replace('lang="en"', 'lang="pl-PL"')) == ["2019-11-20"]


# --- lines that are no line of a date -------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Today is Tuesday, 20 August 2019",
        "Remembering the flood of 20 August 2019",
        "What the town did on 20 August 2019",
        "Date of the incident: 20 August 2019",
        "From 20 August 2019 to 22 August 2019",
        "Copyright 20 August 2019 The Paper",
        "Printed from the archive on 20 August 2019",
        "Length 10.05.30 h",
    ],
)
def test_lines_that_tell_another_day(line: str) -> None:
    assert stated(html(top=f"<p>{line}</p>")) == []


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Published: 19 Aug 2019, Updated: 21 Aug 2019", "19 Aug 2019"),
        ("Updated 21 Aug 2019, first published 19 Aug 2019", "19 Aug 2019"),
    ],
)
def test_of_two_dates_of_a_line_the_one_of_publication_counts(line: str, value: str) -> None:
    assert stated(html(top=f"<p>{line}</p>")) == [value]


# --- microformats ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "top",
    [
        f'<p>admin <abbr class="published" title="{DAY}">in the morning</abbr> <abbr class="updated" title="2019-09-01"></abbr></p>',
        f'<p><span class="entry-date" title="{DAY}">Tuesday</span></p>',
        f'<p>by desk <span class="dt-published"><data value="{DAY}">Tuesday</data></span></p>',
        f'<p>posted at <abbr itemprop="datePublished" title="{DAY}">09:30</abbr></p>',
    ],
)
def test_microformats_at_the_top(top: str) -> None:
    assert stated(html(top=top)) == [DAY]


def entry(below: str) -> str:
    return html().replace("<article>", '<div class="post hentry">').replace("</article>", f"{below}</div>")


def test_microformats_below_the_story() -> None:
    mark = f'<div class="meta"><abbr class="published" title="{DAY}">09:30</abbr></div>'
    assert stated(entry(mark)) == [DAY]
    assert stated(entry('<p>Posted <span class="entry-date">20 August 2019</span></p>')) == ["20 August 2019"]
    assert stated(entry(f'<div class="comments">{mark}</div>')) == []
    assert stated(entry(f'<div class="hentry">{mark}</div>')) == []
    assert stated(html(after=f'<div class="hentry">{mark}</div>')) == []


def test_an_update_in_a_microformat() -> None:
    source = html(top='<p>desk <abbr class="updated" title="2019-09-01">later</abbr></p>')
    assert stated(source) == []
    assert stated(source, "updated") == ["2019-09-01"]


def test_the_outlet_in_an_h1_is_no_headline() -> None:
    source = (
        f"<html><head><title>{HEADLINE} - The Northern Chronicle</title></head><body><header><h1>The Northern Chronicle"
        f"</h1><p>20 November 2026</p></header><div><h2>{HEADLINE}</h2><p>14 August 2019</p>{STORY}</div></body></html>"
    )
    assert stated(source) == ["14 August 2019"]


# --- what is no day of publication ----------------------------------------------------------------

CARD = '<article class="card"><h3><a href="/mayor">Mayor resigns</a></h3><time datetime="2019-07-01">1 July 2019</time></article>'

TRAPS = {
    "footer": html(after="<footer><p>Copyright 1 January 2026 The Paper</p><time datetime='2026-01-01'></time></footer>"),
    "div footer": html(after='<div id="footer">Last issue: 3 May 2026</div>'),
    "sidebar": html(after='<aside><h3>Latest</h3><time datetime="2019-07-01">1 July 2019</time></aside>'),
    "sidebar before": html(before='<div class="sidebar"><time datetime="2019-07-01">1 July 2019</time></div>'),
    "sidebar in the article": html(top='<div class="related-stories"><time datetime="2019-07-01">1 July 2019</time></div>'),
    "most read": html(top='<div class="most-read"><p>1 July 2019</p></div>'),
    "cards after": html(after=CARD * 3),
    "cards before": html(before=CARD),
    "card inside": html(top=CARD),
    "comments": html(after='<section class="comments"><p>Published 1 July 2019</p><time itemprop="datePublished" datetime="2019-07-01"></time></section>'),
    "comment item": html(top='<div itemscope itemtype="https://schema.org/Comment"><meta itemprop="datePublished" content="2019-07-01"></div>'),
    "event item": html(top='<div itemscope itemtype="https://schema.org/Event"><time itemprop="startDate" datetime="2019-07-01">1 July</time></div>'),
    "start of an event": html(top='<time itemprop="startDate" datetime="2019-07-01">1 July</time>'),
    "upload of a video": html(top='<meta itemprop="uploadDate" content="2019-07-01"><time itemprop="uploadDate" datetime="2019-07-01"></time>'),
    "updated": html(top='<p>Updated: <time datetime="2019-08-22">22 August 2019</time></p>'),
    "updated class": html(top='<time class="updated" datetime="2019-08-22">3 hours ago</time>'),
    "updated line": html(top="<p>Last updated on 22 August 2019</p>"),
    "length of a video": html(top='<time datetime="PT2M30S">2:30</time>'),
    "body": html(top="<p>The bridge was closed on 12 August 2019 after a night of rain, the works office said in a statement.</p>"),
    "body time": html(top='<p>The bridge was closed on <time datetime="2019-08-12">12 August</time> after a night of rain, the works office said in a statement, and no truck has crossed since.</p>'),
    "chronology": html(top="<h2>12 August 2019</h2><p>The bridge closes.</p><h2>14 August 2019</h2><p>It is tested.</p>"),
    "chronology of lines": html(top="<p>12 August 2019</p><p>The bridge closes.</p><p>14 August 2019</p><p>It is tested.</p>"),
    "caption": html(top="<figure><img src=a.jpg><figcaption>12 August 2019</figcaption></figure>"),
    "born": html(top='<div class="author-bio">Born <time datetime="1971-05-12">12 May 1971</time></div>'),
    "today on top of the site": html(before='<div class="today">Friday, 20 November 2026</div>'),
    "modified": html(head='<meta property="article:modified_time" content="2019-08-22"><meta property="og:updated_time" content="2019-08-22">'),
    "a site's launch": html(after="<p>The Paper has been online since 1 May 1999.</p>"),
}  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_traps(trap: str) -> None:
    assert stated(TRAPS[trap]) == []


@pytest.mark.parametrize("trap", TRAPS)
def test_traps_do_not_hide_the_true_day(trap: str) -> None:
    source = TRAPS[trap].replace("</head>", ld(article(datePublished=DAY)) + "</head>")
    assert stated(source)[0] == DAY
    assert set(stated(source)) == {DAY}


def test_the_page_of_an_event_is_not_dated_by_it() -> None:
    event = {"@type": "Event", "name": HEADLINE, "startDate": "2019-07-01"}
    assert stated(html(head=ld(event), top="<p>Date: 1 July 2019</p>")) == []


def test_later_dates_are_kept_as_what_they_are() -> None:
    head = ld(article(datePublished=DAY, dateModified="2019-08-22")) + (
        '<meta property="article:modified_time" content="2019-08-23"><meta property="og:updated_time" content="2019-08-24">'
    )
    assert stated(html(head=head), "updated") == ["2019-08-22", "2019-08-23", "2019-08-24"]


# --- saved pages ----------------------------------------------------------------------------------


def test_single_file() -> None:
    comment = f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: Fri Aug 23 2019 10:11:12 GMT+0200 (Central European Summer Time)\n-->"
    document = read(html(top="<p>Published 20 August 2019</p>").replace('lang="en">', f'lang="en">{comment}', 1))
    assert document.details["url"] == URL
    assert stated(document, "saved") == ["Fri Aug 23 2019 10:11:12 GMT+0200"]
    assert stated(document) == ["Published 20 August 2019"]


def test_pictures_kept_inside_the_page() -> None:
    picture = f'<img src="data:image/png;base64,{"QUJD" * 1_500_000}">'
    document = read(html(before=picture, top=picture + "<p>Published 20 August 2019</p>"))
    assert "closed to trucks" in document.text
    assert stated(document) == ["Published 20 August 2019"]


def test_save_as_complete() -> None:
    comment = f"<!-- saved from url=({len(URL):04})" + URL + " -->"
    document = read(
        html(top='<img src="./bridge_files/a.jpg">').replace("<!DOCTYPE html>", f"<!DOCTYPE html>\n{comment}\n")
    )
    assert document.details["url"] == URL
    assert document.stated == ()
    about = html().replace("<!DOCTYPE html>", "<!DOCTYPE html><!-- saved from url=(0014)about:internet -->")
    assert "url" not in read(about).details


def test_mirror() -> None:
    head = '<link rel="canonical" href="bridge.html"><link rel="stylesheet" href="../../css/a.css">'
    document = read(
        html(head=head, top=f'<time datetime="{DAY}">20 August</time>'), details={"url": "https://paper.example/2019/"}
    )
    assert document.details["url"] == "https://paper.example/2019/bridge.html"
    assert stated(document) == [DAY]
    assert "url" not in read(html(head=head)).details
    copied = "<!-- Mirrored from paper.example/news/bridge.html by HTTrack Website Copier/3.x [XR&CO'2014], Fri, 23 Aug 2019 10:11:12 GMT -->"
    document = read(html().replace("<head>", copied + "<head>"))
    assert document.details["url"] == "http://paper.example/news/bridge.html"
    assert stated(document, "saved") == ["Fri, 23 Aug 2019 10:11:12 GMT"]
    copied = "<!-- Mirrored from paper.example/bridge.html by a copier of pages, 23 Aug 2019 10:11:12 GMT -->"
    assert stated(html().replace("<head>", copied + "<head>"), "saved") == ["23 Aug 2019 10:11:12 GMT"]


def test_wayback_machine() -> None:
    bar = '<div id="wm-ipp-base"><p>21 Aug 2019</p><time datetime="2019-08-21"></time></div>'
    end = "<!--\n     FILE ARCHIVED ON 20:11:05 Aug 21, 2019 AND RETRIEVED FROM THE\n     INTERNET ARCHIVE ON 10:15:34 Mar 03, 2021.\n-->"
    head = f'<link rel="canonical" href="https://web.archive.org/web/20190821201105/{URL}">'
    document = read(html(head=head + ld(article(url=URL, datePublished=DAY)), before=bar) + end)
    assert document.details["url"] == URL
    assert stated(document) == [DAY]
    assert stated(document, "saved") == ["20:11:05 Aug 21, 2019", "2019-08-21T20:11:05Z"]
    assert "21 Aug" not in document.text


# --- hostile pages --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"   \n",
        b"<html></html>",
        b"<!DOCTYPE html><html><head><title>Nothing</title></head><body></body></html>",
        ("<html><body><nav>" + "".join(f"<li><a href=/{n}>Section {n}</a></li>" for n in range(40)) + "</nav></body></html>").encode(),
        ("<html><body><div>" + "".join(f"<a href=/{n}>News of section {n}</a> " for n in range(40)) + "</div></body></html>").encode(),
        b"<html><body><script>var words = 'no article here, only a script that would make one.';</script></body></html>",
        b"<" * 1_000_000,
        b"<a" * 500_000,
        b"<!--" * 250_000,
    ],
)  # fmt: skip
def test_without_an_article_text(source: bytes) -> None:
    with pytest.raises(UnreadableArticle, match=r"a\.html: .*: save the article's own page"):
        read(source)


def test_too_many_attributes() -> None:
    names = " ".join(f"a{number}=b" for number in range(100_000))
    with pytest.raises(UnreadableArticle, match="is too large for an article"):
        read(html(top=f"<p {names}>x</p>"))
    drawing = "L 1 2 " * 100_000
    assert "closed to trucks" in read(html(top=f'<svg><path d="{drawing}"/></svg>')).text


def test_binary() -> None:
    with pytest.raises(UnreadableArticle, match="is binary"):
        read(bytes(range(256)) * 100)


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "article", "blockquote"])
def test_deep_nesting(tag: str) -> None:
    started = time.perf_counter()
    with contextlib.suppress(UnreadableArticle):
        read(html(after=f"<{tag}>" * 100_000))
    with contextlib.suppress(UnreadableArticle):
        read(f"<html><body>{f'<{tag}>' * 100_000}{STORY}")
    assert time.perf_counter() - started < 20


def test_a_truncated_page() -> None:
    source = html(head=ld(article(datePublished=DAY)), top=f'<time datetime="{DAY}">20 August</time>')
    for end in range(0, len(source), 97):
        try:
            document = read(source[:end])
        except UnreadableArticle:
            continue
        assert set(stated(document)) <= {DAY}
    assert "closed to trucks" in read(source[: source.index("</article>")]).text


def test_invalid_utf_8() -> None:
    assert (
        "closed to trucks" in read(html(top="<p>A broken \udcff character</p>").encode("utf-8", "surrogateescape")).text
    )


def test_a_page_full_of_addresses_and_scripts() -> None:
    head = "".join(f'<meta name="a{n}" content="b">' for n in range(20_000)) + '<link rel="canonical" href="http://[">'
    assert "closed to trucks" in read(html(head=head + "<script>" + "x" * 1_000_000 + "</script>")).text


@pytest.mark.parametrize(
    "filler", ["<p>{n} trucks waited on the road to the bridge that day.</p>", "<div><a href='/{n}'>a</a>", "<td>{n}"]
)
def test_a_large_page_ends(filler: str) -> None:
    body = "".join(filler.format(n=n) for n in range(60_000))
    started = time.perf_counter()
    with contextlib.suppress(UnreadableArticle):
        read(html(after=body))
    assert time.perf_counter() - started < 60
