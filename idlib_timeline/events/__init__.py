"""Article, times, names, figures and frames -> event mentions: what one source says happened.

`spots` tells where the words of the event book stand, so that only those sentences are parsed; `extract` puts the
answers together. The rooms, in the order of the work: `triggers` (the book), `telling` (which triggers tell an event),
`roles` and `parties` (who), `joining` (which triggers tell one), `dating` (when), `keeping` (whether to
keep it), `title`, `mention` (the whole).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..model import Article, EventMention, Frame, Publication, Sentence
from .dating import Anchor, news
from .joining import gapped, settled
from .mention import Findings, Room
from .parties import Names
from .telling import Telling, tellings
from .triggers import kinds, rows, spot

__all__ = ["Findings", "extract", "kinds", "spots"]

_CLOSE = 20  # characters: an article and a modifier
_WARLIKE = 2  # deeds of war from which an article is about one: then what it dates belongs to it


def spots(article: Article) -> Mapping[int, tuple[tuple[int, int], ...]]:
    """By sentence index, the spans of the prose that may tell an event; sentences without any are left out."""
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for sentence in article.sentences:
        if sentence.kind == "body":
            spans = tuple(spot(article.prose.text, sentence.start + sentence.lead, sentence.end))
            if spans:
                found[sentence.index] = spans
    return found


def extract(article: Article, publication: Publication, findings: Findings) -> tuple[EventMention, ...]:
    """The event mentions of one article, in the order of the text."""
    names = Names(article.prose.text, findings.actors, findings.places)
    made: list[EventMention] = []
    anchors: list[Anchor] = []
    body = [sentence for sentence in article.sentences if sentence.kind == "body"]
    rooms: list[Room] = []
    for sentence in body:
        frames = findings.frames.get(sentence.index, ())
        names.told.sentence = sentence.index
        if not frames:
            _remember(sentence, names)
        times = findings.within(sentence)
        told = settled(tellings(article.prose.text, frames, names))
        told += tuple(again for telling in told for again in gapped(telling, times, article.prose.text, frames))
        rooms.append(Room(article, publication, findings, sentence, names, told, sentence is body[0]))
    at_war = sum(_warlike(telling) for room in rooms for telling in room.told) >= _WARLIKE
    for room in rooms:
        frames = findings.frames.get(room.sentence.index, ())
        for telling in room.told:
            anchor = _named_anchor(room, frames, telling, anchors)
            mention = room.mention(telling, anchor, _told(room, telling, anchors), at_war)
            if mention is None:
                continue
            made.append(mention)
            day = mention.date if mention.status == "happened" else news(publication)
            if day.closed:
                words = article.prose.text[telling.frame.start : telling.frame.end]
                worded = bool(mention.evidence.expression)
                anchors.append(Anchor(telling.family, words, day, room.sentence.index, worded, mention))
    return tuple(made)


def _warlike(telling: Telling) -> bool:
    """Whether it shows that the article tells of a war: force, land or troops, with somebody in it."""
    return bool(telling.who or telling.whom) and kinds()[telling.type].group in {"violence", "control", "movement"}


def _remember(sentence: Sentence, names: Names) -> None:
    for mention in names.within(sentence.start, sentence.end)[:1]:
        names.told.remember("", (mention,), True)


def _told(room: Room, telling: Telling, anchors: Sequence[Anchor]) -> Sequence[Anchor]:
    """The events told before that may date this one; of a toll that names its attack ("that strike killed 34") that."""
    named = [frame for frame in telling.also if frame.form == "noun" and frame.definite]
    if not named:
        return anchors
    nouns = (" ".join(room.article.prose.text[frame.start : frame.end].lower().split()) for frame in named)
    families = {kinds()[row.type].family for noun in nouns for row in rows(noun) if row.form == "noun"}
    meant = [anchor for anchor in anchors if anchor.family in families and anchor.worded]
    return [replace(anchor, sentence=room.sentence.index) for anchor in meant[-1:]]


def _named_anchor(room: Room, frames: Sequence[Frame], telling: Telling, anchors: Sequence[Anchor]) -> Anchor | None:
    """The event the sentence measures from: a definite event noun that was told before.

    It stands as the subject ("the pact came on the same day") or right behind the measure ("two days after the pact").
    """
    text = room.article.prose.text
    measures = [time.end for time in room.times.values() if time.text.lower().endswith(("after", "before"))]
    for frame in frames:
        if frame.form != "noun" or not frame.definite or frame.start == telling.frame.start:
            continue
        behind = any(0 < frame.start - end < _CLOSE for end in measures)
        if not behind and frame.relation not in {"subject", "passive"}:
            continue
        noun = " ".join(text[frame.start : frame.end].lower().split())
        families = {kinds()[row.type].family for row in rows(noun) if row.form == "noun"}
        told = [anchor for anchor in anchors if anchor.family in families]
        if told:  # the one the article opens with, at its most precise
            same = [anchor for anchor in told if anchor.interval.overlaps(told[0].interval)]
            best = min(same, key=lambda anchor: (anchor.interval.days or 0, same.index(anchor)))
            return replace(best, words=f"{text[frame.start : frame.end]} ({best.words})")
    return None
