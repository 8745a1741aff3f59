"""Which actors a noun phrase stands for: named in it, or meant by it ("the two countries", "it", "the convoy")."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from ..model import Actor, ActorMention, Phrase, PlaceMention
from .triggers import words

_PERSONAL = {"he", "she", "him", "his", "her"}
_NEUTER = {"it", "its", "they", "them", "their"}
_KINDS = {
    "state": {"state"},
    "force": {"state", "armed_group", "group"},
    "group": {"armed_group", "group"},
    "body": {"body", "monitor"},
    "any": {"state", "armed_group", "group", "body", "person"},
    "one": {"state", "armed_group", "body"},  # "it"
    "person": {"person"},
}
# The capitalised words a phrase ends with, particles between them allowed ("Rami Abdel al-Rahman"), or an acronym.
_CAPITALS = re.compile(
    r"(?:[A-Z][\w'.-]+ (?:(?:al|el|de|van|von|bin|ben|da|di|du|la)[ -])?){1,4}[A-Z][\w'-]+$|[A-Z]{3,8}$"
)
_TITLES = re.compile(
    r"^(?:(?:The|President|Prime|Minister|Foreign|Defen[cs]e|General|Gen|Lt|Lieutenant|Colonel|Col|Major|Maj|Captain|Capt"
    r"|Brigadier|Brig|Admiral|Adm|Sgt|Sergeant|Corporal|Cpl|Lance|Private|Pte|Commander|Chief|Secretary|State|Senator|Sen|Rep|Governor|Gov|Ambassador|Mr|Mrs"
    r"|Ms|Dr|Sir|Sheikh|Sheik|King|Prince|Bishop|Archbishop|Pope|Father|Rev|Reverend|Cleric|Judge|Spokesman|Spokeswoman"
    r"|Spokesperson|Special|Envoy|Deputy|Vice|British|American|French|German|Russian|Turkish|Iranian|Israeli)\.? )+"
)
_ONE_GROUP = {"group", "movement", "militia", "faction", "organisation", "organization"}
_SEAT = re.compile(r"\sin\s[^,.;]{0,30}")  # what tells where an office sits
_AWAY = {"army", "military", "navy", "police", "air force"}  # where these are, their state need not be
_NEAR = 300  # characters, about two sentences
_OFTEN = 3  # places from which a land can be the one an article is about
_NEARLY_ALL = 0.7  # of them
_LONGEST_NAME = 400  # characters; no mention is longer
_MEMORY = 40  # phrases; what was told longer ago is not what "it" means

_Mention = TypeVar("_Mention", ActorMention, PlaceMention)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A phrase told before: its head word, its parties (none for things), whether it acted, its sentence."""

    head: str
    actors: tuple[ActorMention, ...]
    acting: bool
    sentence: int

    def fit(self, kind: str) -> tuple[ActorMention, ...]:
        """Its parties of that kind."""
        return tuple(m for m in self.actors if m.actor.kind in _KINDS[kind] or (kind == "person" and m.via == "person"))


@dataclass
class Told:
    """What one article has told so far, newest last. Lives within one extraction."""

    seen: list[Mentioned] = field(default_factory=list)
    pacts: list[tuple[str, tuple[ActorMention, ...]]] = field(default_factory=list)
    sentence: int = 0

    def remember(self, head: str, actors: tuple[ActorMention, ...], acting: bool) -> None:
        """Keep that a phrase with this head word stood for `actors`."""
        if actors or acting:
            self.seen.append(Mentioned(head, actors, acting, self.sentence))
            del self.seen[:-_MEMORY]

    def remember_together(self, *groups: Sequence[ActorMention]) -> None:
        """Keep which parties one event brought together, for "the two countries"."""
        together = tuple(mention for group in groups for mention in group)
        if len(together) > 1:
            self.remember("", together, False)

    def remember_pact(self, family: str, parties: tuple[ActorMention, ...]) -> None:
        """Keep who agreed, for "the deal" and "the zone" told later."""
        if len(parties) > 1:
            self.pacts.append((family, parties))

    def pact(self, family: str) -> tuple[ActorMention, ...]:
        """The parties of the one deal or truce told; empty when the article told of several with other parties."""
        told = [parties for kind, parties in self.pacts if kind == family]
        same = {frozenset(mention.actor.name for mention in parties) for parties in told}
        return told[-1] if len(same) == 1 else ()

    def subject(self, kind: str) -> tuple[ActorMention, ...]:
        """The last subject, if it is one party of that kind and of this sentence or the one before it."""
        for mentioned in reversed(self.seen):
            if mentioned.acting and mentioned.sentence >= self.sentence - 1:
                fit = mentioned.fit(kind)
                return fit if len(fit) == 1 and len(mentioned.actors) == 1 else ()
        return ()

    def subjects(self) -> tuple[ActorMention, ...]:
        """The parties of the last subject in this sentence or the one before it, for "they"."""
        recent = (m for m in reversed(self.seen) if m.acting and m.sentence >= self.sentence - 1)
        return next((m.fit("any") for m in recent), ())

    def named(self, heads: Sequence[str]) -> tuple[ActorMention, ...]:
        """The party last told by one of these head words; empty if it was not one alone."""
        fit = next((m.fit("any") for m in reversed(self.seen) if m.head in heads and m.fit("any")), ())
        return fit if len(fit) == 1 else ()

    def last(self, kind: str) -> tuple[ActorMention, ...]:
        """For a description of groups ("the fighters"): those of the last phrase that told of any."""
        return next((m.fit(kind) for m in reversed(self.seen) if m.fit(kind)), ()) if kind == "group" else ()

    def only(self, kind: str) -> tuple[ActorMention, ...]:
        """The one party of that kind that has acted so far; empty when several have."""
        acted = [actor for mentioned in self.seen if mentioned.acting for actor in mentioned.fit(kind)]
        return unique(acted) if len({actor.actor.name for actor in acted}) == 1 else ()

    def pair(self, kind: str) -> tuple[ActorMention, ...]:
        """The last two parties of that kind that one event brought together; empty when none did."""
        for mentioned in reversed(self.seen):
            fit = mentioned.fit(kind)
            if len({actor.actor.name for actor in fit}) == 2:
                return fit
        return ()


def _between(mentions: tuple[_Mention, ...], starts: list[int], start: int, end: int) -> tuple[_Mention, ...]:
    """Those of the mentions, sorted by start, that lie in a span: asked for every phrase of a text, so by bisection."""
    first = bisect_left(starts, start - _LONGEST_NAME)
    last = bisect_left(starts, end, first)
    return tuple([mention for mention in mentions[first:last] if start < mention.end]) if first < last else ()


@dataclass(frozen=True)
class Names:
    """The actor and place mentions of one article, and what the article has told so far."""

    text: str
    actors: tuple[ActorMention, ...]
    places: tuple[PlaceMention, ...]
    told: Told = field(default_factory=Told)

    def within(self, start: int, end: int) -> tuple[ActorMention, ...]:
        """Actor mentions that lie in the span."""
        return _between(self.actors, self._actor_starts, start, end)

    def where(self, start: int, end: int) -> tuple[PlaceMention, ...]:
        """Place mentions that lie in the span."""
        return _between(self.places, self._place_starts, start, end)

    @cached_property
    def _actor_starts(self) -> list[int]:
        return [mention.start for mention in self.actors]

    @cached_property
    def _place_starts(self) -> list[int]:
        return [mention.start for mention in self.places]

    def of(
        self, phrase: Phrase, speaker: Phrase | None = None, *, recall: bool = True, acting: bool = False
    ) -> tuple[ActorMention, ...]:
        """The actors `phrase` stands for; empty when that is not certain.

        `speaker` is whose words the clause is: "it" as the subject there is the speaker. With `recall` false only names
        count; a pronoun is traced back only where it acts, since what it stands for elsewhere is often no party.
        """
        named = self._named(phrase)
        if named or not recall:
            return named
        return self._as_written(phrase) or self._recalled(phrase, speaker, acting)

    def called(self, phrase: Phrase) -> tuple[ActorMention, ...]:
        """The actors `phrase` calls by name, be it one that no book knows."""
        return self._named(phrase) or self._as_written(phrase)

    def _as_written(self, phrase: Phrase) -> tuple[ActorMention, ...]:
        """A person or body that no book knows, under the name the text gives: two words in capitals, or an acronym."""
        if not phrase.proper or self.where(phrase.start, phrase.end) or phrase.head in words("no_party"):
            return ()
        if phrase.head in words("offices") or phrase.head in words("anaphor") or phrase.possessor:
            return ()
        found = _CAPITALS.search(self.text[phrase.start : phrase.end])
        name = _TITLES.sub("", found[0]) if found else ""
        if " " not in name and not (name.isupper() and len(name) > 2):
            return ()
        return (ActorMention(phrase.end - len(name), phrase.end, name, Actor(name, "person"), "written"),)

    def _named(self, phrase: Phrase) -> tuple[ActorMention, ...]:
        geography = words("geography")
        core = [
            m
            for m in self.within(phrase.start, phrase.end)
            if not (m.end <= phrase.head_start and phrase.head in geography)
        ]
        posted = phrase.head in words("envoy") and not self.text.startswith((" of ", " from "), phrase.end)
        beyond = (
            []
            if phrase.head in geography or posted
            else [m for m in self.within(phrase.end, phrase.reach) if m.via != "capital"][:2]
        )
        if core and all(mention.via == "generic" for mention in core):  # "gunmen from the Islamic State"
            core = [mention for mention in beyond if mention.actor.kind in {"armed_group", "state"}] or core
        return unique(_not_backers(core, phrase) if core else beyond)

    def country(self, phrase: Phrase) -> tuple[ActorMention, ...]:
        """The state whose land `phrase` names ("invaded Kuwait"), as the party acted upon."""
        return tuple(
            ActorMention(place.start, place.end, place.text, Actor(place.place.name, "state", place.place.country))
            for place in self.where(phrase.start, phrase.end)
            if place.place.kind == "country" and place.end >= phrase.head_start
        )

    def _recalled(self, phrase: Phrase, speaker: Phrase | None, acting: bool) -> tuple[ActorMention, ...]:
        """What a pronoun or description goes back to; nothing rather than the wrong party."""
        head, kinds = phrase.head, words("anaphor")
        if head in _PERSONAL | _NEUTER:
            return self._pronoun(head, speaker) if acting else ()
        if phrase.possessor in _NEUTER | _PERSONAL and (head in kinds or head in words("offices")):
            return self._owner(speaker)
        if head in words("offices") and (phrase.definite or phrase.end - phrase.start == len(head)):
            return self._office(phrase)  # "the army", "government and Russian forces"
        if not phrase.definite:
            return ()
        if head in words("pair") and phrase.start < phrase.head_start:
            if words("pair")[head] == "any":
                return self._principals()
            return self.told.pair("state") or self._last_two(phrase.start)
        if head not in kinds or self.text.startswith(" of ", phrase.end):  # "the soldiers of a West African force"
            return ()
        found = self.told.named((head,)) or self.told.only(kinds[head]) or self.told.last(kinds[head])
        return found or (self._only_group(phrase.start) if head in _ONE_GROUP else ())

    def _only_group(self, before: int) -> tuple[ActorMention, ...]:
        """The one armed group named a moment ago."""
        near = [m for m in self.within(max(0, before - _NEAR), before) if m.actor.kind == "armed_group"]
        found = unique(near)
        return found if len(found) == 1 else ()

    def _pronoun(self, head: str, speaker: Phrase | None) -> tuple[ActorMention, ...]:
        if speaker is not None and not speaker.pronoun:
            spoken = self.of(speaker)
            if spoken:
                return spoken
        if head == "they":
            return self.told.subjects()
        return self.told.subject("person" if head in {"he", "she"} else "one") if head in {"he", "she", "it"} else ()

    def _owner(self, speaker: Phrase | None) -> tuple[ActorMention, ...]:
        """Whose "its forces" are: the speaker's, or the subject's."""
        spoken = self.of(speaker) if speaker is not None and not speaker.pronoun else ()
        return spoken or self.told.subject("any")

    def _office(self, phrase: Phrase) -> tuple[ActorMention, ...]:
        """The state that "the army" or "the ministry" is of: that of its seat, else the one the article is about."""
        behind = _SEAT.match(self.text, phrase.end) if phrase.head not in _AWAY else None
        seat = self.where(phrase.end, max(phrase.reach, behind.end() if behind else 0))
        if seat:  # "the defence ministry in Moscow", "stormed the parliament in Yerevan"
            country = seat[0].place.country
            return unique(m for m in self.actors if m.actor.kind == "state" and m.actor.country == country)[:1]
        told = self.told.named((phrase.head,)) or self.told.only("state")
        land = self._government() if words("offices")[phrase.head] == "power" else ()
        if told and land and told[0].actor.name != land[0].actor.name:
            return ()  # an army was told of, but not that of the land: either may be meant
        return told or land

    def _principals(self) -> tuple[ActorMention, ...]:
        """The two sides: the two parties that the article names far more often than any third, if there are such."""
        counted = Counter(m.actor.name for m in self.actors if m.actor.kind in {"state", "armed_group"})
        ranked = counted.most_common(3)
        if len(ranked) < 2 or (len(ranked) == 3 and ranked[2][1] * 1.5 > ranked[1][1]):
            return ()
        first = {m.actor.name: m for m in reversed(self.actors)}
        return tuple(first[name] for name, _ in ranked[:2])

    def _government(self) -> tuple[ActorMention, ...]:
        """The state that the article means by "government", or else the one on whose land nearly all its places lie."""
        states = [mention for mention in self.actors if mention.actor.kind == "state"]
        meant = unique(mention for mention in states if mention.text.lower().startswith("government"))
        if len(meant) == 1:
            return meant
        lands = Counter(place.place.country for place in self.places if place.place.kind in {"town", "site", "area"})
        if sum(lands.values()) < _OFTEN:
            return ()
        country, count = lands.most_common(1)[0]
        owners = [mention for mention in states if mention.actor.country == country]
        if count < _NEARLY_ALL * sum(lands.values()) or len(owners) < 2:
            return ()
        return unique(owners[:1])

    def _last_two(self, before: int) -> tuple[ActorMention, ...]:
        """The two states just named, when they are exactly two."""
        near = [m for m in self.within(before - _NEAR, before) if m.actor.kind == "state" and m.end <= before]
        told = unique(reversed(near))
        return told[::-1] if len(told) == 2 else ()


def _not_backers(mentions: Sequence[ActorMention], phrase: Phrase) -> list[ActorMention]:
    """A generic word beside a name belongs to the name ("Hamas militants"), when the name is an armed group's."""
    groups = [mention for mention in mentions if mention.actor.kind == "armed_group"]
    if groups and any(mention.actor.kind == "group" and mention.end >= phrase.head_start for mention in mentions):
        return groups
    return list(mentions)


def unique(mentions: Iterable[ActorMention]) -> tuple[ActorMention, ...]:
    """The mentions, one for each actor, in order."""
    found: dict[str, ActorMention] = {}
    for mention in mentions:
        found.setdefault(mention.actor.name, mention)
    return tuple(found.values())
