"""Articles and where they come from: files, parts, documents, prose, publications."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..interval import UNKNOWN, DateInterval


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file that holds an article: where it is read (`path`, "" for stdin), the folder named by the user that it
    was found in (`root`), and its `name` in all output. `part` tells an article of many in one file ("" for one alone);
    it stands behind "#" in the name.
    """

    path: str
    root: str
    name: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A date that a form states beside the text: a header, a tag, a field.

    `meaning`: `published`, or what can only be later: `updated`, `saved` (when a page was kept). `where` names the
    place for people ("the page's JSON-LD datePublished"), `value` is as written there. `method`: the contract's word.
    """

    meaning: str
    where: str
    value: str
    method: str = "metadata"


@dataclass(frozen=True, slots=True)
class Part:
    """One article of a file before it is read: its bytes, their form, and what the container says of it.

    `name` is "" when the file is one article, else what stands behind "#" in the article's name. `form`: `text`,
    `markdown`, `page`, `record`, `mail`, `archive` (MHTML), `pdf` or `document` (DOCX). `charset` is the encoding that
    a header around the bytes names, or "".
    """

    name: str
    form: str
    content: bytes
    details: Mapping[str, str] = field(default_factory=dict)
    stated: tuple[Stated, ...] = ()
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One article as its form gives it: the stored text, and what is said of it beside the text.

    `details` has `title`, `outlet`, `author`, `place`, `language`, `url`, `site` (the outlet's), each where known;
    `stated` the dates, the most trusted first. The article starts at `body` (front matter lies before it); `markdown`:
    how its marks are read.
    """

    text: str
    details: Mapping[str, str] = field(default_factory=dict)
    stated: tuple[Stated, ...] = ()
    body: int = 0
    markdown: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """The readable characters of a stored text: no markup, entities decoded, quotes and spaces plain.

    `starts[i]` is the prose offset at which run i begins and `shifts[i]` what must be added there to
    get the stored offset; between two starts the mapping is one to one. `wide` gives, by prose offset, the
    stored length of a character that stands for more than one (`&rdquo;`).
    """

    text: str
    starts: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)
    wide: Mapping[int, int] = field(default_factory=dict)

    def stored(self, offset: int) -> int:
        """The stored offset of the prose character at `offset`."""
        run = bisect_right(self.starts, offset) - 1
        return offset + self.shifts[run]

    def stored_end(self, offset: int) -> int:
        """The stored offset just after the prose character at `offset`, the whole of its entity included."""
        return self.stored(offset) + self.wide.get(offset, 1)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the prose; `kind`: `body`, `heading`, `byline`, `boilerplate`, `foreign`. `paragraph` counts
    from 0.

    `lead` is the length of a dateline or outlet tag that stands before the sentence proper ("BEIRUT: ").
    """

    index: int
    start: int
    end: int
    paragraph: int
    kind: str = "body"
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read. `file` is its name in all output, `path` where it was read ("" for stdin).

    `text` is the document's, nothing stripped; `details` and `stated` what its form says beside the text, as in
    Document; `sha256` of the article's bytes in hexadecimal.
    """

    file: str
    path: str
    text: str
    prose: Prose
    sentences: tuple[Sentence, ...]
    details: Mapping[str, str]
    stated: tuple[Stated, ...]
    sha256: str
    title: str = ""

    def stored_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into `text` for the prose span `start:end` (end exclusive)."""
        if end <= start:
            return self.prose.stored(start), self.prose.stored(start)
        return self.prose.stored(start), self.prose.stored_end(end - 1)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one kind of evidence says of a publication: date, the contract's word for the method, one plain sentence.

    `reasons` are the constraints behind it, a sentence each.
    """

    date: DateInterval
    method: str
    evidence: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """When and where an article appeared, and how that is known.

    `date` is an interval (one day when exact, unknown when nothing says); `method` is one of the
    contract's words; `evidence` one plain sentence; `conflicts` one sentence for each source that says otherwise;
    `chain` every finding. `order`: whether its numeric dates put the day first, `two_days`: whether the printed one can
    be two days; `possible`: the days its text allows, as spans of ordinals (empty: not asked, or no bounds).
    """

    date: DateInterval = UNKNOWN
    method: str = "none"
    evidence: str = ""
    outlet: str = ""
    place: str = ""
    timezone: str = ""
    url: str = ""
    conflicts: tuple[str, ...] = ()
    author: str = ""
    language: str = ""
    chain: tuple[Finding, ...] = ()
    order: bool | None = None
    two_days: bool = False
    possible: tuple[tuple[int, int], ...] = ()

    @property
    def day(self) -> dt.date | None:
        """The publication day when it is known exactly."""
        return self.date.earliest if self.date.precision == "day" else None


@dataclass(frozen=True, slots=True)
class Lent:
    """What the other articles lend one that does not state its day: a finding, and their order of day and month."""

    finding: Finding | None = None
    order: bool | None = None

    @property
    def key(self) -> str:
        """Tells two loans apart; "" when nothing is lent."""
        return "" if self == NOTHING_LENT else repr((self.finding, self.order))


NOTHING_LENT = Lent()
