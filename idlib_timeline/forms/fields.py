"""Named values beside a text -> its details and the dates they state: one table for front matter, JSON, CSV, feeds."""

import re
from collections.abc import Mapping

from ..model import Stated

# Keys without case and separators, the most trusted first. The plain `date` stands last among the dates of publication:
# some writers keep the last change there.
PUBLISHED = (
    *(
        "published",
        "datepublished",
        "datepublish",
        "publisheddate",
        "publishedat",
        "publishedon",
        "publishedtime",
        "publishtime",
    ),
    *("articlepublishedtime", "pubdate", "publishdate", "publicationdate", "firstpublished", "firstpublicationdate"),
    *("issued", "dateissued", "dcdateissued", "posted", "dateposted", "postedat", "postdate", "webpublicationdate"),
    *("displaydate", "pubdateutc", "dcdate", "createdat", "created", "datetime", "date"),
)
UPDATED = (
    "updated",
    "updatedat",
    "datemodified",
    "datemodify",
    "modified",
    "lastmodified",
    "lastupdated",
    "articlemodifiedtime",
)
SAVED = ("saved", "timestamp", "savedat", "retrieved", "retrievedat", "accessed", "accessdate", "crawled", "crawledat",
         "scrapedat",
         "downloaddate", "datedownload", "fetchedat", "archived", "archivedat", "seendate",
         "indexeddate")  # fmt: skip
DETAILS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline", "webtitle", "name", "ogtitle", "subject"),
    "outlet": ("outlet", "publisher", "source", "sourcename", "sitename", "site", "ogsitename", "newspaper", "agency",
               "publication", "sourcedomain", "sourcetitle"),
    "author": ("author", "authors", "byline", "creator", "dccreator"),
    "place": ("place", "dateline", "location"),
    "language": ("language", "lang", "inlanguage", "sourcelanguage"),
    "url": ("url", "link", "canonicalurl", "canonical", "sourceurl", "permalink", "ogurl", "originalurl", "weburl",
            "articleurl", "uri", "mobileurl"),
}  # fmt: skip
TEXT = ("text", "body", "content", "articlebody", "fulltext", "bodytext", "maintext", "articletext", "contenttext",
        "bodyhtml", "contenthtml", "html", "rawhtml", "rawcontent", "story")  # fmt: skip
# Taken for the text only where nothing else is: most writers keep a teaser there.
TEASER = ("description", "leadparagraph", "summary", "abstract", "trailtext", "snippet", "excerpt")


def plain_key(key: str) -> str:
    """A key without case, blanks and separators: `dc:date.issued` and `dcDateIssued` are one."""
    return re.sub(r"[\W_]", "", key).lower()


def described(values: Mapping[str, str], where: str) -> tuple[dict[str, str], tuple[Stated, ...]]:
    """The details and stated dates of named values; `where` stands before the key in the evidence ("the record's")."""
    known = {plain_key(key): (key, value.strip()) for key, value in reversed([*values.items()]) if value.strip()}
    details = {}
    for detail, keys in DETAILS.items():
        found = [known[key][1] for key in keys if key in known]
        if found and not found[0].startswith(("{", "[")):
            details[detail] = found[0]
    stated = tuple(
        Stated(meaning, f"{where} {known[key][0]}", known[key][1])
        for meaning, keys in (("published", PUBLISHED), ("updated", UPDATED), ("saved", SAVED))
        for key in keys
        if key in known
    )
    return details, stated


_PROGRAM_TITLE = re.compile(
    r"(?i)(?:microsoft \w+ - .*|(?:untitled|document|word document|dokument|slide|presentation|pdf)[ \d]*"
    r"|.*\.(?:docx?|odt|rtf|pdf|indd|qxd|html?|txt|pages|tmp)|[^ ]*[_/\\][^ ]*)"
)


def own_title(title: str) -> str:
    """The title among a file's properties, "" where a program only put its file name there."""
    title = " ".join(title.split())
    return "" if _PROGRAM_TITLE.fullmatch(title) else title


def own_author(author: str) -> str:
    """The author among a file's properties, "" where it is no more than the account of a computer."""
    author = " ".join(author.split())
    return author if re.fullmatch(r"[^\W\d_][^@\\/_]* [^@\\/_]*", author) else ""
