"""Why the mentions of an event are one, and why its nearest neighbour is another: what `timeline explain` adds."""

from collections.abc import Iterable

from . import merge
from .derive import BOOKS
from .model import EventMention, Judgement
from .serial import Record
from .store import Store

_AROUND = 31  # days before and after in which the nearest event is looked for


def reasons(store: Store, explained: Record) -> Record:
    """What the store explains, and of an event `pairs` and `apart`.

    `pairs` has for every mention but the first the one it fits best of those before it, with the scores of all features
    (null where one forbids); `apart` the event that comes nearest without being the same, or null.
    """
    if "chain" in explained:  # an article
        return explained
    mentions = [(number, store.mention(number)) for number in store.numbers(explained["id"])]
    mentions.sort(key=lambda pair: merge.order(pair[1]))
    own = [mention for _, mention in mentions]
    pairs = [_best(own[:place], mention) for place, mention in enumerate(own) if place]
    return {**explained, "enough": merge.THRESHOLD, "pairs": pairs, "apart": _apart(store, dict(mentions))}


def _best(earlier: Iterable[EventMention], mention: EventMention) -> Record:
    return max((_pair(mention, other) for other in earlier), key=lambda pair: (-pair["forbidden"], pair["score"]))


def _pair(mention: EventMention, other: EventMention) -> Record:
    """Two mentions with what each feature says of them; `score` sums those that do not forbid."""
    said = merge.judged(other, mention, BOOKS)
    allowed = [one.score for _, one in said if one.score != merge.FORBIDDEN]
    return {
        "mention": mention.id,
        "with": other.id,
        "score": sum(allowed),
        "forbidden": len(said) - len(allowed),
        "features": [
            {"feature": name, "score": None if one.score == merge.FORBIDDEN else one.score, "why": one.why}
            for name, one in said
        ],
    }


def _apart(store: Store, own: dict[int, EventMention]) -> Record | None:
    """The other event with a mention that comes nearest: the fewest features forbid, the others add up to most."""
    best: tuple[tuple[int, float, str], Record, int] | None = None
    for mention in own.values():
        first, last = merge.span(mention)
        blocks = merge.blocks(mention, BOOKS)
        near = {other for block in blocks for other in store.near(block, first - _AROUND, last + _AROUND)}
        for number in sorted(near - own.keys()):
            pair = _pair(mention, store.mention(number))
            rank = (-pair["forbidden"], pair["score"], pair["with"])
            if best is None or rank > best[0]:
                best = (rank, pair, number)
    if best is None:
        return None
    _, pair, number = best
    event = store.event(store.event_of(number))
    mention = next(mention for mention in own.values() if mention.id == pair["mention"])
    score, said = merge.likely(store.mention(number), mention, BOOKS)
    short = said[-1] if merge.FORBIDDEN < score < merge.THRESHOLD <= pair["score"] else ""
    why = _why(pair, store.judged()) if not short else f"the points alone would do, {short}"
    return {**{name: event[name] for name in ("id", "date", "type", "title")}, "why": why, **pair}


def _why(pair: Record, judgements: Iterable[Judgement]) -> str:
    two = {pair["mention"], pair["with"]}
    if any(one.verb == "split" and two & set(one.others) for one in judgements):
        return "an analyst keeps them apart"
    forbidding = [feature["why"] for feature in pair["features"] if feature["score"] is None]
    if forbidding:
        return "; ".join(forbidding)
    if pair["score"] < merge.THRESHOLD:
        return f"what speaks for it adds up to {pair['score']:g}, and {merge.THRESHOLD:g} are needed"
    return "another mention of the two excludes it, or more than one event would do as well"
