"""Every value that flows through the pipeline: frozen, without I/O.

Offsets count characters. A value made from an article's prose carries offsets into the prose;
`Article.stored_span` maps them to the stored text that evidence cites.
"""

import datetime as dt
import hashlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from .interval import UNKNOWN, DateInterval

# --- articles -------------------------------------------------------------------------------------


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


# --- time -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: `hour` 0-23 with `minute`, or only a `part` ("morning"); `offset` in minutes east of UTC."""

    hour: int | None = None
    minute: int | None = None
    part: str = ""
    offset: int | None = None
    utc: str = ""  # "HH:MM" when the text itself gives the UTC time beside the local one

    @property
    def text(self) -> str | None:
        """`06:00`, or the part of day, or None."""
        if self.hour is not None:
            return f"{self.hour:02d}:{self.minute or 0:02d}"
        return self.part or None


@dataclass(frozen=True, slots=True)
class Shift:
    """Counting from an anchor: the anchor's interval moved by `days`, then widened to end `until` days later.

    "the same day" is Shift(0, 0); "hours later" Shift(0, 1); "a day after" Shift(1, 0).
    """

    days: int = 0
    until: int = 0
    approximate: bool = False

    def apply(self, anchor: DateInterval) -> DateInterval:
        """The interval counted from `anchor`; raises ValueError never, unknown stays unknown."""
        moved = anchor.shift(self.days)
        if moved.latest is None:
            return moved
        try:
            latest = moved.latest + dt.timedelta(days=self.until)
        except OverflowError:
            return moved
        return DateInterval(moved.earliest, latest, moved.approximate or self.approximate)

    def back(self, later: DateInterval) -> DateInterval:
        """The anchor from which `later` was counted."""
        moved = later.shift(-self.days)
        if moved.earliest is None:
            return moved
        try:
            earliest = moved.earliest - dt.timedelta(days=self.until)
        except OverflowError:
            return moved
        return DateInterval(earliest, moved.latest, moved.approximate or self.approximate)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression of the prose with its TIMEX3 type and value and the calendar interval it means.

    `anchor`: `explicit`, `publication`, or the words it hangs on. `role` tells how the words bound an event:
    `at`, `since`, `until` (also a deadline), `from`. `shift` is set when the expression counts from an event or date
    told before, so that a later stage can count from another anchor. `steps` are plain sentences that
    replay the calculation; `doubt` is "" or why the value is doubtful; `turned` the interval if the clause looked the
    other way, for a stage that knows the clause better. `told`: "past" or "ahead" where the clause says so beyond
    doubt, as a bound for the day of writing needs it.
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    interval: DateInterval = UNKNOWN
    mod: str = ""
    role: str = "at"
    ahead: bool = False
    clock: Clock | None = None
    anchor: str = "publication"
    rule: str = ""
    steps: tuple[str, ...] = ()
    shift: Shift | None = None
    doubt: str = ""
    turned: DateInterval = UNKNOWN
    told: str = ""


# --- names ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Actor:
    """An entry of the actor book. `kind`: `state`, `body`, `armed_group`, `monitor`, `media`, `person`, `group`.

    `country` is an ISO 3166 alpha-2 code or "". `parents` are canonical names; `speaker` marks those that report
    rather than act (monitors, agencies, newspapers).
    """

    name: str
    kind: str
    country: str = ""
    parents: tuple[str, ...] = ()
    speaker: bool = False


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor in the prose; `via`: `name`, `demonym`, `people`, `capital`, `government`, `person`, `generic` or
    `written`.
    """

    start: int
    end: int
    text: str
    actor: Actor
    via: str = "name"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer. `kind`: `country`, `admin1`, `admin2`, `town`, `area`, `site`; degrees in WGS84."""

    name: str
    kind: str
    country: str
    admin1: str = ""
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    population: int = 0


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in the prose."""

    start: int
    end: int
    text: str
    place: Place
    why: str = field(default="", compare=False)  # why this place of those that share the name; not kept in the store


@dataclass(frozen=True, slots=True)
class FigureMention:
    """A count told in the prose; `start:end` are the words that count, `noun` what they count, `rule` the row."""

    start: int
    end: int
    text: str
    figure: "Figure"
    noun: str = ""
    cumulative: bool = False
    rule: str = ""


# --- grammar --------------------------------------------------------------------------------------


class Phrase(NamedTuple):
    """A noun phrase: `start:end` its core (left modifiers and head), `reach` the end with its of- and at-phrases.

    `head` is the head word in lower case at `head_start`; `prep` the preposition the phrase hangs on, or "".
    """

    start: int
    end: int
    reach: int
    head: str
    head_start: int
    pronoun: bool = False
    proper: bool = False
    definite: bool = False
    prep: str = ""
    possessor: str = ""


class Tie(NamedTuple):
    """How a time expression hangs on a trigger.

    `kind`, best first: `own` (it modifies the trigger itself), `clause` (the verb the trigger serves), `shared` (a verb
    beside or above it that tells the same moment), `after` / `before` (the clause that this one precedes or follows),
    `said` (the verb of saying above it), `near` (same sentence, no other claim).
    """

    start: int
    kind: str
    distance: int


class Frame(NamedTuple):
    """What the grammar says around one trigger: parties in their roles, standing, speaker, dates.

    `form` is `verb` or `noun`. `who` act and `whom` are acted upon, passives already turned; `obliques` hang on
    prepositions. For a noun `governor` is the verb it serves, `relation` how (`object`, `subject`, `passive`,
    `oblique`, `agent`), `governor_who` and `governor_whom` that verb's parties, `left` where its own modifiers begin,
    `prep` the preposition it hangs on, `of` the noun it is a part of ("the end of the truce"). `complement` is what a
    verb says of its subject ("operational"). An `embedded` clause only qualifies a noun ("the rebels fighting there").
    A noun is `qualified` where its governor is a clause that hangs on it ("the truce declared last week").
    `nested` hang on a verb's object by a preposition ("a plea by France"). Of the clause that a verb governs ("demanded
    that Iran leave") `asked` are the subjects, `content` its other phrases, `governed` its verbs, `modal` its modal.
    `clause` is the span that tells the event, `gap` what in it is told of another verb between the shared subject and
    this one, `joints` where it can be cut; `why` the word that made its `status`.
    """

    start: int
    end: int
    form: str
    who: tuple[Phrase, ...] = ()
    whom: tuple[Phrase, ...] = ()
    obliques: tuple[Phrase, ...] = ()
    particle: str = ""
    passive: bool = False
    governor: str = ""
    governor_start: int = -1
    governor_who: tuple[Phrase, ...] = ()
    governor_whom: tuple[Phrase, ...] = ()
    relation: str = ""
    prep: str = ""
    of: str = ""
    complement: str = ""
    nested: tuple[Phrase, ...] = ()
    asked: tuple[Phrase, ...] = ()
    content: tuple[Phrase, ...] = ()
    governed: tuple[str, ...] = ()
    qualified: bool = False
    modal: str = ""
    embedded: bool = False
    left: int = -1
    modifiers: tuple[str, ...] = ()
    definite: bool = False
    tense: str = ""
    status: str = "happened"
    why: str = ""
    speaker: Phrase | None = None
    clause: tuple[int, int] = (0, 0)
    gap: tuple[int, int] = (0, 0)
    joints: tuple[int, ...] = ()
    ties: tuple[Tie, ...] = ()


# --- events ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as UCDP keeps it: `low`, `best`, `high`, None where the words give none; `kind`: `killed`, `injured` ...

    `text` are the words; `since` is the day from which a cumulative figure counts.
    """

    kind: str
    text: str
    low: int | None = None
    best: int | None = None
    high: int | None = None
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one source says it: `sentence == article.text[start:end]` of `file`; offsets into the stored text.

    `expression` the words that gave the date, `anchor` what they hang on, `rule` the row that read them,
    `published` EDTF or "", `attribution` who says so or None, `trigger` the words that told the event,
    `steps` the calculation in plain sentences.
    """

    file: str
    sentence: str
    start: int
    end: int
    expression: str
    anchor: str
    rule: str
    published: str
    attribution: str | None
    trigger: str = ""
    event_rule: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventMention:
    """What one source says in one sentence. Names are canonical; `key` identifies it on any machine."""

    key: str
    date: DateInterval
    type: str
    status: str
    title: str
    who: tuple[str, ...]
    whom: tuple[str, ...]
    actors: tuple[str, ...]
    place: Place | None
    places: tuple[PlaceMention, ...]
    figures: tuple[Figure, ...]
    background: bool
    evidence: Evidence
    outlet: str = ""
    clock: Clock | None = None
    utc: str | None = None

    @property
    def id(self) -> str:
        """Ten hexadecimal digits made from `key`; an event bears the id of the mention that was printed first."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field in which the sources of one event disagree: each value with the files that say it."""

    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an analyst decided, which stands above what the program derives.

    `verb`: `merge` (`others` are the same event as `event`), `split` (the mentions `others` are an event of their own),
    `fix` (`changes`: field and value, as an analyst writes them), `hide`, `note` (`text`). Events are named by the id of
    one of their mentions, so that a judgement outlives an event whose id has changed. `reason` and `author` are "" where
    none was given.
    """

    verb: str
    event: str
    others: tuple[str, ...] = ()
    changes: tuple[tuple[str, str], ...] = ()
    text: str = ""
    reason: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One event, derived from its mentions; `mentions` in the order of file and offset.

    `joined` says in plain sentences why the mentions are one event; `judgements` are those that shaped it, in order.
    """

    id: str
    date: DateInterval
    type: str
    status: str
    title: str
    who: tuple[str, ...]
    whom: tuple[str, ...]
    actors: tuple[str, ...]
    place: Place | None
    places: tuple[PlaceMention, ...]
    figures: tuple[Figure, ...]
    background: bool
    mentions: tuple[EventMention, ...]
    disputed: tuple[Dispute, ...] = ()
    joined: tuple[str, ...] = ()
    clock: Clock | None = None
    utc: str | None = None
    judgements: tuple[Judgement, ...] = ()
    hidden: bool = False

    @property
    def precision(self) -> str:
        """The contract's precision: the clock's when the day is known, else the interval's."""
        if self.date.precision == "day" and self.clock:
            if self.clock.hour is not None:
                return "minute" if self.clock.minute is not None else "hour"
            return "part_of_day"
        return self.date.precision


@dataclass(frozen=True, slots=True)
class Source:
    """One article of the store as `timeline sources` shows it."""

    file: str
    title: str
    sha256: str
    publication: Publication
    events: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the stages took from one article: what the store keeps of it.

    `print` is of its sentences, to recognise a reprint.
    """

    article: Article
    publication: Publication
    mentions: tuple[EventMention, ...]
    actors: tuple[tuple[str, str, int], ...] = field(default=())  # canonical name, spelling, count
    places: tuple[tuple[str, str, int], ...] = field(default=())
    print: bytes = b""
