"""Event mentions -> events: which accounts tell one event, why, and where they disagree.

Precision first: two mentions are one event only when nothing forbids it (dates that share no day, kinds that cannot be
one, parties or places that exclude each other) and the features add up. The table in `features` and that of kinship in
`books` are the whole of the weights; `titles` compares words; `clusters` brings accounts together, `again` does so
after a change, and `accounts` makes one event of those that were joined.
"""

from collections.abc import Iterable

from ..model import Event, EventMention
from .accounts import common, event, ids, oldest
from .again import Again, Known
from .books import Books
from .clusters import Cluster, blocks, clusters, likely, order, span
from .decided import Outcome, named, regroup, rule
from .features import FORBIDDEN, THRESHOLD, compare, judged
from .relations import Relation, asks, partners, related

__all__ = [
    "FORBIDDEN", "THRESHOLD", "Again", "Books", "Cluster", "Known", "Outcome", "Relation", "asks", "blocks", "clusters",
    "common", "compare", "event", "ids", "judged", "likely", "merge", "named", "oldest", "order", "partners", "regroup",
    "related", "rule", "span",
]  # fmt: skip


def merge(mentions: Iterable[EventMention], books: Books) -> tuple[Event, ...]:
    """The events of all mentions, in the chronology's order; the same whatever the order of `mentions`."""
    found = clusters(enumerate(mentions), books)
    called = ids((number, told) for one in found for number, told in zip(one.numbers, one.members, strict=True))
    events = [
        event(one.members, one.date, one.joined, called[oldest(one.numbers, one.members)], books) for one in found
    ]
    return tuple(sorted(events, key=lambda made: (*made.date.sort_key, made.id)))
