"""What sources say happened, and what is made of it: mentions, events, judgements."""

import hashlib
from dataclasses import dataclass, field

from ..interval import DateInterval
from .articles import Article, Publication
from .language import Clock, Figure, Place, PlaceMention


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


def mention_id(key: str) -> str:
    """The id of the mention with this key: ten hexadecimal digits."""
    return hashlib.sha256(key.encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class EventMention:
    """What one source says in one sentence. Names are canonical; `key` identifies it on any machine.

    `land` is the country (ISO 3166 alpha-2) that its article is about, "" where no country stands out.
    """

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
    land: str = ""

    @property
    def id(self) -> str:
        """What people call it by; an event bears the id of the mention that was printed first."""
        return mention_id(self.key)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field in which the sources of one event disagree: each value with the files that say it."""

    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an analyst decided, which stands above what the program derives.

    `verb`: `merge` (`others` are the same event as `event`), `split` (the mentions `others` are an event of their own),
    `fix` (`changes`: field and value, as an analyst writes them), `hide`, `note` (`text`). Events are named by the id
    of one of their mentions, so that a judgement outlives an event whose id has changed. `reason` and `author` are ""
    where none was given.
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
