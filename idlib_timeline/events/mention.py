"""One event as one sentence tells it: its place, figures, standing, title and evidence put together."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..model import (
    ActorMention,
    Article,
    EventMention,
    Evidence,
    Figure,
    FigureMention,
    Frame,
    PlaceMention,
    Publication,
    Sentence,
    Tie,
    TimeExpression,
)
from .dating import Anchor, Dated, Scene, date
from .parties import Names
from .telling import OTHER, Telling

TITLE = 120  # characters, of the contract
_OLD = dt.timedelta(days=365)  # an event told a year later and more is background to that article
_MONTH = 31  # days
_TRAILING = re.compile(r"[\s,;:–-]*\b(?:and|or|but|who|which|that|as|while|when)?$")
_BACK = re.compile(r"\bthe (?:city|town|village|settlement)\b(?! of\b)|\bthere\b(?! (?:is|are|was|were|will|has|have))")
_A_MOMENT = 400  # characters, about three sentences
_LOCATIVE = {
    "in",
    "at",
    "near",
    "on",
    "over",
    "into",
    "from",
    "to",
    "around",
    "outside",
    "inside",
    "across",
    "towards",
    "of",
}
_COPULAS = {"is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "'s", "'re", "remains", "remained"}
_JOINING = re.compile(
    r"(?:(?:that|as|while|because|after|before|since|until|when|and|but|although|though|where)\s+)*", re.IGNORECASE
)
_FINENESS = {"site": 0, "town": 1, "area": 2, "admin2": 3, "admin1": 4, "country": 5}
_TOLLS = {
    "killed": {"strike", "battle", "casualties", "offensive", "shootdown", "protest", "siege", "coup"},
    "injured": {"strike", "battle", "casualties", "offensive", "protest"},
    "missing": {"strike", "casualties", "battle"},
    "displaced": {"displacement", "offensive", "strike", "battle"},
    "returned": {"return"},
    "detained": {"detention", "protest", "coup"},
    "released": {"release"},
    "abducted": {"abduction"},
    "troops": {"deployment", "withdrawal", "battle"},
    "fighters": {"deployment", "withdrawal", "battle", "strike"},
    "aircraft": {"shootdown", "strike", "deployment"},
    "vehicles": {"deployment", "withdrawal", "strike", "aid"},
    "strikes": {"strike"},
    "facilities": {"strike", "damage"},
    "posts": {"deployment", "territory", "withdrawal"},
    "affected": {"siege", "displacement", "aid", "strike"},
}


@dataclass(frozen=True, slots=True)
class Findings:
    """What the stages before found in one article; `frames` by sentence index."""

    times: tuple[TimeExpression, ...]
    actors: tuple[ActorMention, ...]
    places: tuple[PlaceMention, ...]
    figures: tuple[FigureMention, ...]
    frames: Mapping[int, tuple[Frame, ...]]


@dataclass(frozen=True)
class Room:
    """One sentence with all that is known of it."""

    article: Article
    publication: Publication
    findings: Findings
    sentence: Sentence
    names: Names
    told: tuple[Telling, ...]
    first: bool

    def mention(self, telling: Telling, anchor: Anchor | None, at_war: bool) -> EventMention | None:
        """The event mention of one telling, None when it is not an event an analyst would keep."""
        frame, row = telling.frame, telling.row
        times = self.times
        if row.type == "statement":
            frame = replace(
                frame,
                ties=tuple(
                    tie for tie in frame.ties if tie.kind in {"own", "measure"} or tie.start not in self._claimed()
                ),
            )
        if self._takes_up(telling, times):
            return None
        label = self._label()
        if label is not None:
            frame = replace(frame, ties=(*frame.ties, Tie(label.start, "clause", 0)))
        scene = Scene(self.article.prose.text, times, self.publication, anchor, self.first and not times)
        dated = date(frame, telling.type, scene)
        if (row.needs == "date" and not dated.own) or (row.needs == "since" and not dated.ongoing):
            return None
        places = self._places(telling)
        place = _finest(places, telling)
        who = _names(telling.who)
        whom = tuple(name for name in _names(telling.whom) if name not in who)
        if not _kept(telling, dated, who, whom, place, at_war):
            return None
        figures = self._figures(telling, dated)
        status = self._status(telling, dated)
        evidence = self._evidence(telling, dated)
        return EventMention(
            key=f"{self.article.sha256[:16]}:{telling.again or frame.start}:{telling.type}",
            date=dated.interval,
            type=telling.type,
            status=status,
            title=self._title(frame),
            who=who,
            whom=whom,
            actors=tuple(dict.fromkeys((*who, *whom))),
            place=place.place if place else None,
            places=places,
            figures=figures,
            background=self._background(telling, dated, status),
            evidence=evidence,
            outlet=self.publication.outlet,
            clock=dated.clock,
            utc=_utc(dated),
        )

    def _takes_up(self, telling: Telling, times: Mapping[int, TimeExpression]) -> bool:
        """Whether a definite noun only takes up what was told before, as the measure of something else."""
        frame = telling.frame
        counted = [times[tie.start].shift is not None for tie in frame.ties]
        return (
            frame.form == "noun"
            and frame.definite
            and frame.relation in {"subject", "passive"}
            and bool(counted)
            and all(counted)
        )

    def _label(self) -> TimeExpression | None:
        """The date that heads the sentence as in a list of days ("27 February: rebels retake it")."""
        first = next(iter(self.times.values()), None)
        if first is None or self.article.prose.text[self.sentence.start : first.start].strip(" -*•"):
            return None
        return first if self.article.prose.text[first.end : first.end + 2].strip() in {":", "–", "-"} else None

    def _status(self, telling: Telling, dated: Dated) -> str:
        """The frame's standing; but a dated deed of words was done, and what lies after publication has yet to come."""
        status, published = telling.frame.status, self.publication.date.latest
        if telling.row.speech and status == "hypothetical" and dated.own:
            status = "happened"
        first = dated.interval.earliest
        if status == "happened" and dated.own and published and first and first > published:
            return "planned"
        return status

    def _claimed(self) -> set[int]:
        """Time expressions that date what is said: they do not date the saying."""
        spoken = [telling for telling in self.told if telling.row.type != "statement"]
        return {tie.start for telling in spoken for tie in telling.frame.ties if tie.kind in {"own", "clause"}}

    @property
    def times(self) -> dict[int, TimeExpression]:
        """The sentence's time expressions by start offset."""
        first, last = self.sentence.start, self.sentence.end
        return {time.start: time for time in self.findings.times if first <= time.start < last}

    def _places(self, telling: Telling) -> tuple[PlaceMention, ...]:
        """The places of the clause, else of the whole sentence when it tells one event only."""
        spans = [telling.frame.clause, *(frame.clause for frame in telling.also)]
        found = tuple(dict.fromkeys(place for start, end in spans for place in self.names.where(start, end)))
        if not found and len(self.told) == 1:
            found = self.names.where(self.sentence.start + self.sentence.lead, self.sentence.end)
        if not found:
            found = self._recalled(telling)
        speaker = [(phrase.start, phrase.reach) for phrase in telling.frame.who] if telling.row.speech else []
        return tuple(
            place
            for place in found
            if not self._qualifies(place) and not any(start <= place.start < end for start, end in speaker)
        )

    def _recalled(self, telling: Telling) -> tuple[PlaceMention, ...]:
        """The town that "the city", "there" goes back to: the last one named, if that was a moment ago."""
        start, end = telling.frame.clause
        if not _BACK.search(self.article.prose.text[start:end].lower()):
            return ()
        before = [place for place in self.names.where(start - _A_MOMENT, start) if place.place.kind == "town"]
        return tuple(before[-1:])

    def _qualifies(self, place: PlaceMention) -> bool:
        """A country that only qualifies another word ("Syria's north", "the Russia-Turkey deal") is no scene."""
        text = self.article.prose.text
        beside = text[place.end : place.end + 2], text[max(0, place.start - 1) : place.start]
        return place.place.kind == "country" and (beside[0] == "'s" or beside[0][:1] == "-" or beside[1] == "-")

    def _figures(self, telling: Telling, dated: Dated) -> tuple[Figure, ...]:
        found = []
        for mention in self.findings.figures:
            if not self.sentence.start <= mention.start < self.sentence.end:
                continue
            if telling is self._owner(mention):
                since = dated.interval.earliest if mention.cumulative and dated.ongoing else None
                found.append(replace(mention.figure, since=since))
        return tuple(found)

    def _owner(self, mention: FigureMention) -> Telling | None:
        """The event a figure belongs to: the nearest that can have such a toll, its own clause first."""
        fit = [telling for telling in self.told if telling.family in _TOLLS.get(mention.figure.kind, set())]
        inside = [t for t in fit if t.frame.clause[0] <= mention.start < t.frame.clause[1]]
        pool = inside or fit
        return min(pool, key=lambda t: min(abs(f.start - mention.start) for f in (t.frame, *t.also))) if pool else None

    def _cumulative(self, telling: Telling) -> bool:
        return any(
            m.cumulative and self._owner(m) is telling
            for m in self.findings.figures
            if self.sentence.start <= m.start < self.sentence.end
        )

    def _background(self, telling: Telling, dated: Dated, status: str) -> bool:
        published = self.publication.date.latest
        if telling.row.background or (self._cumulative(telling) and telling.family in {"casualties", "displacement"}):
            return True
        if self._cumulative(telling) and telling.type == "killing" and not telling.who:
            return True
        if published and dated.interval.latest and dated.own and published - dated.interval.latest > _OLD:
            return True
        if dated.own or dated.rule == "lead-news":
            return False
        if telling.row.speech or status in {"hypothetical", "denied"}:
            return True  # what is said without a day stands beside the chronology
        standing = telling.frame.tense in {"pluperfect", ""}
        return standing or (telling.frame.tense == "present" and not telling.frame.passive)

    def _title(self, frame: Frame) -> str:
        """The clause in the source's own words, without those that join it to others, at most `TITLE` characters."""
        prose = self.article.prose.text
        start, end = max(frame.clause[0], self.sentence.start + self.sentence.lead), frame.clause[1]
        start += len(_JOINING.match(prose[start:end])[0])  # type: ignore[index]  # it matches the empty string
        text = _TRAILING.sub("", " ".join(prose[start:end].split()))
        if len(text) <= TITLE:
            return text
        before = " ".join(prose[start : frame.end].split())
        if len(before) > TITLE:  # the subject alone fills the line: keep the words nearest to the verb
            near = before[-(TITLE - 2) :]
            return "…" + near[near.find(" ") :]
        return text[: TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"

    def _evidence(self, telling: Telling, dated: Dated) -> Evidence:
        start, end = self.article.stored_span(self.sentence.start, self.sentence.end)
        text = self.article.prose.text
        return Evidence(
            file=self.article.file,
            sentence=self.article.text[start:end],
            start=start,
            end=end,
            expression=dated.expression,
            anchor=dated.anchor,
            rule=dated.rule,
            published=self.publication.date.edtf(),
            attribution=self._attribution(telling),
            trigger=text[telling.frame.start : telling.frame.end],
            event_rule=telling.row.name,
            steps=dated.steps,
        )

    def _attribution(self, telling: Telling) -> str | None:
        speaker = telling.frame.speaker
        if speaker is None:
            return None
        named = self.names.of(speaker)
        if named:
            return ", ".join(_names(named))
        return None if speaker.pronoun else " ".join(self.article.prose.text[speaker.start : speaker.reach].split())


def _kept(
    telling: Telling,
    dated: Dated,
    who: Sequence[str],
    whom: Sequence[str],
    place: PlaceMention | None,
    at_war: bool,
) -> bool:
    """Whether an analyst would keep it: somebody did or suffered it, or a text about a war gives its very day."""
    frame, row = telling.frame, telling.row
    if row.speech:
        return bool(who)
    if not dated.own and (frame.embedded or (frame.form == "noun" and frame.definite and frame.relation != "object")):
        return False  # what only qualifies a noun, or takes up again what was told before
    if row is OTHER and telling.word in _COPULAS and not (place and (who or dated.ongoing)):
        return telling.solid and frame.status == "planned"
    precise = dated.own and dated.interval.days is not None and dated.interval.days <= _MONTH
    if at_war and precise and frame.status in {"happened", "planned"} and not (row is OTHER and frame.embedded):
        return True
    if row is OTHER:
        return telling.solid or (bool(who or whom or place) and (bool(who) or not frame.embedded))
    return bool(who or whom) or bool(place and (dated.own or frame.form == "verb")) or (dated.own and telling.solid)


def _names(mentions: Sequence[ActorMention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.actor.name for mention in mentions))


def _finest(places: Sequence[PlaceMention], telling: Telling) -> PlaceMention | None:
    """The scene: what the verb's own phrases name before what the rest of the clause does, then the most specific.

    A party's own country is no scene.
    """
    parties = {mention.start for mention in (*telling.who, *telling.whom)}
    own = [(p.start, p.reach) for p in telling.frame.obliques if p.prep in _LOCATIVE]
    own += [(p.start, p.reach) for p in telling.frame.whom if telling.family in {"territory", "strike"}]

    def rank(place: PlaceMention) -> tuple[bool, int, int]:
        apart = not any(start <= place.start < end for start, end in own)
        return apart, _FINENESS.get(place.place.kind, 6), abs(place.start - telling.frame.start)

    return min((place for place in places if place.start not in parties), key=rank, default=None)


def _utc(dated: Dated) -> str | None:
    """The UTC instant when the text states the zone: ISO 8601 with Z."""
    clock, day = dated.clock, dated.interval.earliest
    if clock is None or clock.hour is None or day is None or dated.interval.precision != "day":
        return None
    local = dt.datetime.combine(day, dt.time(clock.hour, clock.minute or 0))
    if clock.utc:
        hour, minute = (int(part) for part in clock.utc.split(":"))
        instant = dt.datetime.combine(day, dt.time(hour, minute))
        if instant - local > dt.timedelta(hours=14):
            instant -= dt.timedelta(days=1)
        elif local - instant > dt.timedelta(hours=14):
            instant += dt.timedelta(days=1)
    elif clock.offset is not None:
        instant = local - dt.timedelta(minutes=clock.offset)
    else:
        return None
    return instant.isoformat() + "Z"
