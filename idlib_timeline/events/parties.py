"""Which actors a noun phrase stands for: named in it, or meant by it ("the two countries", "it", "the convoy")."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

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
    r"|Brigadier|Brig|Admiral|Adm|Sgt|Sergeant|Commander|Chief|Secretary|State|Senator|Sen|Rep|Governor|Gov|Ambassador|Mr|Mrs"
    r"|Ms|Dr|Sir|Sheikh|Sheik|King|Prince|Bishop|Archbishop|Pope|Father|Rev|Reverend|Cleric|Judge|Spokesman|Spokeswoman"
    r"|Spokesperson|Special|Envoy|Deputy|Vice|British|American|French|German|Russian|Turkish|Iranian|Israeli)\.? )+"
)
_NEAR = 300  # characters, about two sentences
_MEMORY = 40  # phrases; what was told longer ago is not what "it" means


@dataclass
class Told:
    """The parties told so far in one article, newest last: head word, names, their kind. Lives within one extraction."""

    seen: list[tuple[str, tuple[ActorMention, ...], bool]] = field(default_factory=list)
    pacts: list[tuple[str, tuple[ActorMention, ...]]] = field(default_factory=list)

    def remember(self, phrase: Phrase, actors: tuple[ActorMention, ...], acting: bool) -> None:
        """Keep that `phrase` stood for `actors`."""
        if actors:
            self.seen.append((phrase.head, actors, acting))
            del self.seen[:-_MEMORY]

    def remember_together(self, *groups: Sequence[ActorMention]) -> None:
        """Keep which parties one event brought together, for "the two countries"."""
        together = tuple(mention for group in groups for mention in group)
        if len(together) > 1:
            self.seen.append(("", together, False))

    def remember_pact(self, family: str, parties: tuple[ActorMention, ...]) -> None:
        """Keep who agreed, for "the deal" and "the zone" told later."""
        if len(parties) > 1:
            self.pacts.append((family, parties))

    def pact(self, family: str) -> tuple[ActorMention, ...]:
        """The parties of the one deal or truce told; empty when the article told of several with other parties."""
        told = [parties for kind, parties in self.pacts if kind == family]
        same = {frozenset(mention.actor.name for mention in parties) for parties in told}
        return told[-1] if len(same) == 1 else ()

    def newest(self, kind: str, heads: Sequence[str] = ()) -> tuple[ActorMention, ...]:
        """The last party of that kind that acted, or that was told by one of these head words; empty if it was not one alone."""
        for head, actors, acting in reversed(self.seen):
            fit = tuple(m for m in actors if m.actor.kind in _KINDS[kind] or (kind == "person" and m.via == "person"))
            if fit and (head in heads if heads else acting):
                return fit if len(fit) == 1 else ()
        return ()

    def only(self, kind: str) -> tuple[ActorMention, ...]:
        """The one party of that kind that has acted so far; empty when several have."""
        acted = [m for _, actors, acting in self.seen if acting for m in actors if m.actor.kind in _KINDS[kind]]
        return _unique(acted)[:1] if len({m.actor.name for m in acted}) == 1 else ()

    def pair(self, kind: str) -> tuple[ActorMention, ...]:
        """The last two parties of that kind that one event brought together; empty when none did."""
        for _, actors, _acting in reversed(self.seen):
            fit = [actor for actor in actors if actor.actor.kind in _KINDS[kind]]
            if len({actor.actor.name for actor in fit}) == 2:
                return tuple(fit)
        return ()


@dataclass(frozen=True)
class Names:
    """The actor and place mentions of one article, and what the article has told so far."""

    text: str
    actors: tuple[ActorMention, ...]
    places: tuple[PlaceMention, ...]
    told: Told = field(default_factory=Told)

    def within(self, start: int, end: int) -> tuple[ActorMention, ...]:
        """Actor mentions that lie in the span."""
        return tuple(mention for mention in self.actors if mention.start < end and start < mention.end)

    def where(self, start: int, end: int) -> tuple[PlaceMention, ...]:
        """Place mentions that lie in the span."""
        return tuple(mention for mention in self.places if mention.start < end and start < mention.end)

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

    def _as_written(self, phrase: Phrase) -> tuple[ActorMention, ...]:
        """A person or body that no book knows, under the name the text gives: two words in capitals, or an acronym."""
        if not phrase.proper or self.where(phrase.start, phrase.end) or phrase.head in words("no_party"):
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
        beyond = (
            []
            if phrase.head in geography
            else [m for m in self.within(phrase.end, phrase.reach) if m.via != "capital"][:2]
        )
        if core and all(mention.via == "generic" for mention in core):  # "gunmen from the Islamic State"
            core = [mention for mention in beyond if mention.actor.kind in {"armed_group", "state"}] or core
        return _unique(_not_backers(core, phrase) if core else beyond)

    def country(self, phrase: Phrase) -> tuple[ActorMention, ...]:
        """The state whose land `phrase` names ("invaded Kuwait"), as the party acted upon."""
        return tuple(
            ActorMention(place.start, place.end, place.text, Actor(place.place.name, "state", place.place.country))
            for place in self.where(phrase.start, phrase.end)
            if place.place.kind == "country" and place.end >= phrase.head_start
        )

    def _recalled(self, phrase: Phrase, speaker: Phrase | None, acting: bool) -> tuple[ActorMention, ...]:
        head = phrase.head
        if head in _PERSONAL | _NEUTER:
            if acting and speaker is not None and not speaker.pronoun:
                spoken = self.of(speaker)
                if spoken:
                    return spoken
            if acting and head == "they":
                return self.told.newest("any") or self.told.pair("any")
            if acting and head in {"he", "she"}:
                return self.told.newest("person")
            return self.told.newest("one") if acting and head == "it" else ()
        if phrase.possessor in _NEUTER | _PERSONAL and head in words("anaphor"):
            return self.of(speaker) if speaker is not None and not speaker.pronoun else self.told.newest("any")
        if head in {"government", "regime"} and phrase.end - phrase.start == len(head):
            return self._government()  # "government and Russian forces"
        if not phrase.definite:
            return ()
        if head in words("pair") and phrase.end - phrase.head_start < phrase.end - phrase.start:
            if words("pair")[head] == "any":
                return self._principals()
            return self.told.pair("state") or self._last_two(phrase.start)
        kind = words("anaphor").get(head)
        seat = self.where(phrase.end, phrase.reach)
        if kind == "state" and seat:  # "the defence ministry in Moscow"
            return _unique(
                m for m in self.actors if m.actor.kind == "state" and m.actor.country == seat[0].place.country
            )[:1]
        if not kind:
            return ()
        same = self.told.newest("any", (head,))
        return same or (self.told.only("state") if kind == "state" else self.told.newest(kind))

    def _principals(self) -> tuple[ActorMention, ...]:
        """The two sides: the two parties that the article names far more often than any third; empty if there are none."""
        counted = Counter(m.actor.name for m in self.actors if m.actor.kind in {"state", "armed_group"})
        ranked = counted.most_common(3)
        if len(ranked) < 2 or (len(ranked) == 3 and ranked[2][1] * 1.5 > ranked[1][1]):
            return ()
        first = {m.actor.name: m for m in reversed(self.actors)}
        return tuple(first[name] for name, _ in ranked[:2])

    def _government(self) -> tuple[ActorMention, ...]:
        """The one state that the article means by "government", when it means one."""
        meant = _unique(m for m in self.actors if m.actor.kind == "state" and m.text.lower().startswith("government"))
        return meant if len(meant) == 1 else ()

    def _last_two(self, before: int) -> tuple[ActorMention, ...]:
        """The two states just named, when they are exactly two."""
        near = [m for m in self.within(before - _NEAR, before) if m.actor.kind == "state" and m.end <= before]
        told = _unique(reversed(near))
        return told[::-1] if len(told) == 2 else ()


def _not_backers(mentions: Sequence[ActorMention], phrase: Phrase) -> list[ActorMention]:
    """A generic word beside a name belongs to the name ("Hamas militants"), when the name is an armed group's."""
    groups = [mention for mention in mentions if mention.actor.kind == "armed_group"]
    if groups and any(mention.actor.kind == "group" and mention.end >= phrase.head_start for mention in mentions):
        return groups
    return list(mentions)


def _unique(mentions: Iterable[ActorMention]) -> tuple[ActorMention, ...]:
    found: dict[str, ActorMention] = {}
    for mention in mentions:
        found.setdefault(mention.actor.name, mention)
    return tuple(found.values())
