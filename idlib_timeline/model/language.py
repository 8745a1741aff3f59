"""What is found in the prose: time expressions, names, counts, and the grammar around a trigger."""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from ..interval import UNKNOWN, DateInterval

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
class FigureMention:
    """A count told in the prose; `start:end` are the words that count, `noun` what they count, `rule` the row."""

    start: int
    end: int
    text: str
    figure: Figure
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
