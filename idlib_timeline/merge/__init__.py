"""Event mentions -> events: which accounts tell one event, why, and where they disagree.

Precision first: two mentions are one event only when nothing forbids it (dates that share no day, kinds that cannot be
one, parties or places that exclude each other) and the features add up. The table in `features` and that of kinship in
`books` are the whole of the weights; `titles` compares words; `clusters` brings accounts together, `again` does so
after a change, and `accounts` makes one event of those that were joined.
"""

from collections.abc import Iterable

from ..model import Event, EventMention
from .accounts import common, event, names
from .again import Again, Known
from .books import Books
from .clusters import Cluster, blocks, clusters, span
from .features import compare

__all__ = [
    "Again", "Books", "Cluster", "Known", "blocks", "clusters", "common", "compare", "event", "merge", "names", "span",
]  # fmt: skip


def merge(mentions: Iterable[EventMention], books: Books) -> tuple[Event, ...]:
    """The events of all mentions, in the chronology's order; the same whatever the order of `mentions`."""
    found = {cluster.home: cluster for cluster in clusters(enumerate(mentions), books)}
    called = names({home: cluster.members for home, cluster in found.items()})
    events = [event(one.members, one.date, one.joined, called[home]) for home, one in found.items()]
    return tuple(sorted(events, key=lambda made: (*made.date.sort_key, made.id)))
