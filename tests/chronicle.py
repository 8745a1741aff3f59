"""A small invented war, built by hand, for the tests of store, faces and command line."""

import hashlib
from collections.abc import Sequence

from idlib_timeline.interval import UNKNOWN, DateInterval, parse_edtf
from idlib_timeline.model import (
    Article,
    Clock,
    Dispute,
    Event,
    EventMention,
    Evidence,
    Figure,
    Place,
    PlaceMention,
    Prose,
    Publication,
    Reading,
)

NORLAND = Place("Norland", "country", "NX")
MARN = Place("Marn", "admin1", "NX", "Marn", 12.5, -3.25, 11, 900_000)
TOLLEN = Place("Tollen", "town", "NX", "Marn", 12.75, -3.5, 12, 40_000)
PELL = Place("Pell", "town", "SX", "Ost", 1.0, 2.0, 13, 5_000)

TYPES = {
    "air_strike": "violence",
    "ceasefire": "diplomacy",
    "advance": "control",
    "displacement": "humanitarian",
    "statement": "speech",
    "deployment": "movement",
}
SPELLINGS = [
    ("actor", "norland", "Norland"),
    ("actor", "norlanders", "Norland"),
    ("actor", "tollen", "Norland"),
    ("actor", "suda", "Suda"),
    ("actor", "red league", "Red League"),
    ("actor", "league", "Red League"),
    ("actor", "league", "Trade League"),
    ("place", "norland", "Norland"),
    ("place", "marn", "Marn"),
    ("place", "tollen", "Tollen"),
    ("place", "pell", "Pell"),
]


def article(file: str, text: str, path: str | None = None, title: str = "") -> Article:
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(file, path if path is not None else f"/news/{file}", text, Prose(text), (), {}, (), sha256, title)


def mention(
    source: Article,
    sentence: str,
    date: str = "",
    type: str = "air_strike",  # noqa: A002
    status: str = "happened",
    who: Sequence[str] = (),
    whom: Sequence[str] = (),
    places: Sequence[Place] = (),
    figures: Sequence[Figure] = (),
    approximate: bool = False,
    background: bool = False,
    clock: Clock | None = None,
    title: str | None = None,
    expression: str = "",
    attribution: str | None = None,
) -> EventMention:
    start = source.text.index(sentence)
    interval = parse_edtf(date)
    if approximate:
        interval = DateInterval(interval.earliest, interval.latest, True, interval.partial)
    evidence = Evidence(
        file=source.file,
        sentence=sentence,
        start=start,
        end=start + len(sentence),
        expression=expression,
        anchor="publication" if expression else "",
        rule="weekday" if expression else "",
        published="2019-08-22",
        attribution=attribution,
        trigger=sentence.split()[1],
        event_rule=type,
        steps=("the article appeared on 2019-08-22", f"so the date is {date}") if expression else (),
    )
    key = hashlib.sha256(f"{source.sha256}{start}{type}".encode()).hexdigest()[:16]
    return EventMention(
        key=key,
        date=interval,
        type=type,
        status=status,
        title=sentence.rstrip(".") if title is None else title,
        who=tuple(who),
        whom=tuple(whom),
        actors=tuple(dict.fromkeys([*who, *whom])),
        place=places[0] if places else None,
        places=tuple(PlaceMention(0, len(place.name), place.name.upper(), place) for place in places),
        figures=tuple(figures),
        background=background,
        evidence=evidence,
        outlet="The Gazette",
        clock=clock,
    )


def event(*mentions: EventMention, disputed: Sequence[Dispute] = (), joined: Sequence[str] = ()) -> Event:
    first = mentions[0]
    return Event(
        id=hashlib.sha256("".join(told.key for told in mentions).encode()).hexdigest()[:12],
        date=first.date,
        type=first.type,
        status=first.status,
        title=first.title,
        who=first.who,
        whom=first.whom,
        actors=first.actors,
        place=first.place,
        places=first.places,
        figures=first.figures,
        background=first.background,
        mentions=mentions,
        disputed=tuple(disputed),
        joined=tuple(joined),
        clock=first.clock,
        utc=first.utc,
    )


def reading(source: Article, *mentions: EventMention, published: str = "", outlet: str = "", **more: object) -> Reading:
    date = parse_edtf(published) if published else UNKNOWN
    method, why = ("context", "publications.csv says so") if published else ("none", "nothing in the file says when")
    publication = Publication(date, method, why, outlet, conflicts=("its name says 2018-01-01",) if outlet else ())
    return Reading(source, publication, mentions, **more)  # type: ignore[arg-type]


FIRST = (
    "Norland jets bombed the market of Tollen on Tuesday, killing at least 12 people. "
    "The Red League denied that it had shelled Pell. "
    "Norland and Suda will halt fire from September 1. "
    "Thousands left Marn in recent weeks. "
    "The war has gone on since the spring of 2011."
)
SECOND = (
    "Warplanes struck Tollen overnight between Monday and Tuesday, leaving 15 dead. "
    "The League took the hill on January 12. "
    "Nobody knows when the bridge fell."
)


def war() -> tuple[list[Reading], list[Event]]:
    """Two articles, seven events: one told by both, in dispute; each status; approximate, open, partial, no date."""
    one = article("a.txt", FIRST, title="Market bombed")
    two = article("b/second.txt", SECOND)
    struck = mention(
        one,
        "Norland jets bombed the market of Tollen on Tuesday, killing at least 12 people.",
        "2019-08-20",
        who=["Norland"],
        whom=["Red League"],
        places=[TOLLEN, MARN],
        figures=[Figure("killed", "at least 12", low=12)],
        clock=Clock(hour=6, minute=0),
        expression="on Tuesday",
        attribution="Marn Observatory",
    )
    again = mention(
        two,
        "Warplanes struck Tollen overnight between Monday and Tuesday, leaving 15 dead.",
        "2019-08-19/2019-08-20",
        places=[TOLLEN],
        figures=[Figure("killed", "15", best=15)],
        expression="overnight",
    )
    denied = mention(
        one, "The Red League denied that it had shelled Pell.", "2019-08-21", status="denied",
        who=["Red League"], places=[PELL],
    )  # fmt: skip
    halt = mention(
        one, "Norland and Suda will halt fire from September 1.", "2019-09-01/..", "ceasefire", "planned",
        who=["Norland", "Suda"],
    )  # fmt: skip
    left = mention(
        one, "Thousands left Marn in recent weeks.", "2019-07-24/2019-08-20", "displacement",
        places=[MARN], approximate=True, figures=[Figure("displaced", "Thousands", low=2000)],
    )  # fmt: skip
    long = mention(one, "The war has gone on since the spring of 2011.", "2011", "statement", background=True)
    hill = mention(two, "The League took the hill on January 12.", "XXXX-01-12", "advance", who=["Red League"])
    bridge = mention(two, "Nobody knows when the bridge fell.", "", "air_strike", "hypothetical")
    readings = [
        reading(
            one, struck, denied, halt, left, long, published="2019-08-22", outlet="The Gazette",
            actors=(("Norland", "Norland", 2), ("Suda", "Suda", 1), ("Red League", "Red League", 1)),
            places=(("Tollen", "Tollen", 1), ("Marn", "Marn", 1), ("Pell", "Pell", 1)),
        ),
        reading(
            two, again, hill, bridge,
            actors=(("Red League", "The League", 1),), places=(("Tollen", "Tollen", 1),),
        ),
    ]  # fmt: skip
    dispute = Dispute("killed", (("at least 12", ("a.txt",)), ("15", ("b/second.txt",))))
    events = [
        event(struck, again, disputed=[dispute], joined=["both tell of an air strike in Tollen on the same day"]),
        *(event(one_told) for one_told in (denied, halt, left, long, hill, bridge)),
    ]
    return readings, events
