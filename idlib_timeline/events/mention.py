"""One event as one sentence tells it: its place, figures, standing, title and evidence put together."""

import datetime as dt
import re
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

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
from .keeping import FATES, kept, tolls
from .parties import Names
from .telling import Telling
from .title import title
from .triggers import kinds

_OLD = dt.timedelta(days=365)  # an event told a year later and more is background to that article
_WEEK = 7  # days
_BACK = re.compile(
    r"\bthe (?:[a-z]+ )?(?:city|town|village|settlement|centre|center|camp|compound|site|garrison|district|suburbs?"
    r"|quarter|neighbou?rhood|hospital|mosque|market|school|prison|airport|barracks|square|building)\b(?! of\b)"
    r"|\bthere\b(?! (?:is|are|was|were|will|has|have))"
)
_OPENING = re.compile(r"[\s*•(\d–-]*")  # what may stand before the date at the head of an entry ("5-8 February: ...")
_COLON = re.compile(r"\)?\s?(?::|[–—-]\s)")
_SETTLED = {"town", "site"}
_AT_HAND = {"violence", "control", "politics"}
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
_MOST = 0.6  # of the places of an article lie in the country that it is about
_FINENESS = {"site": 0, "town": 1, "area": 2, "admin2": 3, "admin1": 4, "country": 5}
_TOLLS = {
    "killed": {"strike", "battle", "offensive", "shootdown", "protest", "siege", "coup"},
    "injured": {"strike", "battle", "offensive", "protest"},
    "missing": {"strike", "battle"},
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


@dataclass(frozen=True)
class Findings:
    """What the stages before found in one article; `frames` by sentence index."""

    times: tuple[TimeExpression, ...]
    actors: tuple[ActorMention, ...]
    places: tuple[PlaceMention, ...]
    figures: tuple[FigureMention, ...]
    frames: Mapping[int, tuple[Frame, ...]]

    @cached_property
    def land(self) -> str:
        """The country that most of the places named lie in, "" where none stands out."""
        lie = Counter(mention.place.country for mention in self.places if mention.place.country)
        country, count = next(iter(lie.most_common(1)), ("", 0))
        return country if count >= 2 and count >= _MOST * lie.total() else ""

    def within(self, sentence: Sentence) -> tuple[TimeExpression, ...]:
        """The time expressions of a sentence; those of the article are sorted."""
        first, last = (bisect_left(self.times, at, key=_start) for at in (sentence.start, sentence.end))
        return self.times[first:last]


def _start(time: TimeExpression) -> int:
    return time.start


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

    def mention(
        self, telling: Telling, anchor: Anchor | None, anchors: Sequence[Anchor], at_war: bool
    ) -> EventMention | None:
        """The event mention of one telling, None when it is not an event an analyst would keep.

        `anchor` is the event that it counts from, `anchors` are those told before.
        """
        frame, row = telling.frame, telling.row
        times = self.times
        if row.type == "statement":
            frame = frame._replace(
                ties=tuple(
                    tie for tie in frame.ties if tie.kind in {"own", "measure"} or tie.start not in self._claimed()
                ),
            )
        if self._takes_up(telling, times):
            return None
        label = self._label()
        if label is not None:
            frame = frame._replace(ties=(*frame.ties, Tie(label.start, "clause", 0)))
            times = {label.start: label, **times}
        scene = Scene(
            self.article.prose.text,
            times,
            self.publication,
            anchor,
            anchors,
            self.sentence.index,
            self.first and not times,
        )
        dated = date(frame, telling.type, scene)
        if (row.needs == "date" and not dated.own) or (row.needs == "since" and not dated.ongoing):
            return None
        places = self._places(telling)
        place = _finest(places, telling)
        who = _names(telling.who)
        whom = tuple(name for name in _names(telling.whom) if name not in who)
        if dated.deed:  # the dead of an attack told just before: its scene is theirs
            places = places or dated.deed.places
            place = place or next((p for p in places if p.place == dated.deed.place), None)
        figures = self._figures(telling, dated)
        if not kept(telling, dated, (who, whom), place is not None, at_war) and not tolls(telling, figures):
            return None
        status = self._status(telling, dated)
        evidence = self._evidence(telling, dated)
        return EventMention(
            key=f"{self.article.sha256[:16]}:{telling.again or frame.start}:{telling.type}",
            date=dated.interval,
            type=telling.type,
            status=status,
            title=title(self.article.prose.text, frame, self.sentence.start + self.sentence.lead, self.times),
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
            land=self.findings.land,
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
        """The date at the head of the sentence, or of its paragraph: an entry of a chronicle ("5-8 May: ...")."""
        opening = self.sentence
        while not self.times and opening.index and self._before(opening).paragraph == opening.paragraph:
            opening = self._before(opening)
        text = self.article.prose.text
        for time in self.findings.within(opening):
            if _OPENING.fullmatch(text, opening.start, time.start) and _COLON.match(text, time.end):
                return time
        return None

    def _before(self, sentence: Sentence) -> Sentence:
        return self.article.sentences[sentence.index - 1]

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

    @cached_property
    def times(self) -> dict[int, TimeExpression]:
        """The sentence's time expressions by start offset."""
        return {time.start: time for time in self.findings.within(self.sentence)}

    def _places(self, telling: Telling) -> tuple[PlaceMention, ...]:
        """The places of the clause, else of the whole sentence when it tells one event only."""
        if self._takes_it(telling) and (back := self._recalled(telling)):
            return back
        spans = [telling.frame.clause, *(frame.clause for frame in telling.also)]
        if telling.family == "territory":  # "Goma, which they took": what was taken stands before the clause
            spans = [*((phrase.start, phrase.reach) for phrase in telling.frame.whom), *spans]
        found = tuple(dict.fromkeys(place for start, end in spans for place in self.names.where(start, end)))
        if not found and len(self.told) == 1:
            found = self.names.where(self.sentence.start + self.sentence.lead, self.sentence.end)
        if not found:
            found = self._recalled(telling) or self._beside(telling)
        speaker = [(phrase.start, phrase.reach) for phrase in telling.frame.who] if telling.row.speech else []
        return tuple(
            place
            for place in found
            if not self._qualifies(place)
            and not self._homely(place, telling)
            and not any(start <= place.start < end for start, end in speaker)
        )

    def _takes_it(self, telling: Telling) -> bool:
        """Whether it tells that "it" changed hands: a place named before."""
        return (
            telling.family == "territory"
            and not telling.row.background
            and any(phrase.head == "it" for phrase in telling.frame.whom)
        )

    def _recalled(self, telling: Telling) -> tuple[PlaceMention, ...]:
        """The town that "the city", "there", the "it" of "took it" goes back to: the last named, if a moment ago."""
        start, end = telling.frame.clause
        if not self._takes_it(telling) and not _BACK.search(self.article.prose.text[start:end].lower()):
            return ()
        above = (one.start for one in self.article.sentences if one.kind == "heading" and one.start < start)
        since = max(start - _A_MOMENT, *above, 0)  # not beyond a heading
        before = [p for p in self.names.where(since, start) if p.place.kind in _SETTLED and "capital" not in p.text]
        return tuple(before[-1:])

    def _beside(self, telling: Telling) -> tuple[PlaceMention, ...]:
        """The one town of the deeds told beside it in the sentence ("rallied in Kyiv, and dozens were detained")."""
        if telling.row.speech or kinds()[telling.type].group not in _AT_HAND:
            return ()
        clauses = [t.frame.clause for t in self.told if t is not telling and not t.row.speech]
        near = [place for clause in clauses for place in self.names.where(*clause) if place.place.kind in _SETTLED]
        return tuple(near[:1]) if len({place.place for place in near}) == 1 else ()

    def _qualifies(self, place: PlaceMention) -> bool:
        """A country that only qualifies another word ("Syria's north", "the Russia-Turkey deal") is no scene."""
        text = self.article.prose.text
        beside = text[place.end : place.end + 2], text[max(0, place.start - 1) : place.start]
        return place.place.kind == "country" and (beside[0] == "'s" or beside[0][:1] == "-" or beside[1] == "-")

    def _homely(self, place: PlaceMention, telling: Telling) -> bool:
        """Where those who act come from ("militants from Somalia"), or at whose wish they do, is no scene."""
        before = self.article.prose.text[max(0, place.start - 20) : place.start]
        doers = ((phrase.start, phrase.reach) for phrase in telling.frame.who if not phrase.proper)
        from_there = before.endswith(" from ") and any(start < place.start < end for start, end in doers)
        return from_there or before.endswith((" request of ", " behalf of ", " invitation of "))

    def _figures(self, telling: Telling, dated: Dated) -> tuple[Figure, ...]:
        found = []
        for mention in self.findings.figures:
            if not self.sentence.start <= mention.start < self.sentence.end:
                continue
            inside = telling.frame.clause[0] <= mention.start < telling.frame.clause[1]
            if telling is self._owner(mention) and (inside or mention.figure.kind in FATES):
                since = dated.interval.earliest if mention.cumulative and dated.ongoing else None
                found.append(replace(mention.figure, since=since))
        return tuple(found)

    def _owner(self, mention: FigureMention) -> Telling | None:
        """The event a figure belongs to: of those that can have such a toll, the closest clause around it."""
        fit = [telling for telling in self.told if telling.family in _TOLLS.get(mention.figure.kind, set())]

        def near(telling: Telling) -> tuple[int, int]:
            frames = (telling.frame, *telling.also)
            around = [end - start for start, end in (f.clause for f in frames) if start <= mention.start < end]
            return min(around, default=sys.maxsize), min(abs(frame.start - mention.start) for frame in frames)

        return min(fit, key=near, default=None)

    def _cumulative(self, telling: Telling) -> bool:
        return any(
            m.cumulative and self._owner(m) is telling
            for m in self.findings.figures
            if self.sentence.start <= m.start < self.sentence.end
        )

    def _background(self, telling: Telling, dated: Dated, status: str) -> bool:
        published = self.publication.date.latest
        toll = telling.type == "casualties" or telling.family == "displacement"
        adds_up = self._cumulative(telling)
        if telling.row.background or (adds_up and (toll or (telling.type == "killing" and not telling.who))):
            return True
        if toll and dated.ongoing and (dated.interval.days or 0) > _WEEK:
            return True  # "since 2011 the war has cost": a state of affairs
        if published and dated.interval.latest and dated.own and published - dated.interval.latest > _OLD:
            return True
        if dated.own or dated.rule == "lead-news":
            return False
        if telling.row.speech or status in {"hypothetical", "denied"}:
            return True  # what is said without a day stands beside the chronology
        standing = telling.frame.tense in {"pluperfect", ""}
        return standing or (telling.frame.tense == "present" and not telling.frame.passive)

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
        if telling.voice:
            return ", ".join(_names(telling.voice))
        return None if speaker.pronoun else " ".join(self.article.prose.text[speaker.start : speaker.reach].split())


def _names(mentions: Sequence[ActorMention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.actor.name for mention in mentions))


def _finest(places: Sequence[PlaceMention], telling: Telling) -> PlaceMention | None:
    """The scene: what the verb's own phrases name before what the rest of the clause does, then the most specific.

    A party's own country is no scene.
    """
    parties = {mention.start for mention in (*telling.who, *telling.whom)}
    own = [(p.start, p.reach) for p in telling.frame.obliques if p.prep in _LOCATIVE]
    own += [(p.start, p.reach) for p in telling.frame.whom if telling.family in {"territory", "strike"}]
    if telling.row.roles in {"fall", "held"}:  # "Goma fell to Rwanda"
        own = [(p.start, p.reach) for p in telling.frame.who] or own

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
