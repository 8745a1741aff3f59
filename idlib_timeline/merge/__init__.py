"""Event mentions -> events: which accounts tell one event, why, and where they disagree.

Precision first: two mentions are one event only when nothing forbids it (dates that share no day, kinds that cannot be
one, parties or places that exclude each other) and the features add up. The table in `features` is the whole of the
weights; `clusters` brings accounts together, `again` does so after a change, and `accounts` makes one event of those
that were joined.
"""

from collections.abc import Iterable

from ..model import Event, EventMention
from .accounts import distinct, event
from .again import Again, Known
from .clusters import Cluster, Family, blocks, clusters, span
from .features import compare

__all__ = ["Again", "Cluster", "Family", "Known", "blocks", "clusters", "compare", "distinct", "event", "merge", "span"]


def merge(mentions: Iterable[EventMention], family: Family) -> tuple[Event, ...]:
    """The events of all mentions, in the chronology's order; the same whatever the order of `mentions`.

    `family` names the family of an event type: only kinds of one family can be one event.
    """
    found, events = clusters(enumerate(mentions), family)[::-1], []
    while found:  # each is let go once its event is made: a large store has tens of thousands
        cluster = found.pop()
        events.append(event(cluster.members, cluster.date, cluster.joined))
    return tuple(sorted(distinct(events), key=lambda made: (*made.date.sort_key, made.id)))
