"""Mentions and judgements -> events in the store: all of them, or those alone that a change has touched.

Both give the same events: which mentions belong together is reckoned by `merge.clusters` over all, or by `merge.Again`
over what came, what went, and whom that makes move.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from . import events, merge, names
from .interval import DateInterval
from .model import EventMention
from .store import Store

_FEW = 0.1  # of all mentions: when more have come or gone, reckoning all at once is quicker


def derive(store: Store, *, anew: bool = False) -> None:
    """Bring the events of the store up to date with its mentions and judgements, inside the caller's transaction.

    With `anew`, or where other rules made the former ones, all is reckoned from the mentions.
    """
    made_by = fingerprint()
    if anew or store.made_by() != made_by:
        store.unsettle()
    changed, all_ = store.changes()
    if changed > all_ * _FEW:
        _whole(store)
    else:
        _touched(store)
    for kind, spellings in (("actor", names.actor_spellings), ("place", names.place_spellings)):
        found = store.unspelled(kind)
        store.spell((kind, spelling, name) for name in found for spelling in spellings(name))
    store.complete({kind.name: kind.group for kind in events.kinds().values()}, made_by)


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions of one event with their numbers, the days all allow, and why they are one."""

    numbers: Sequence[int]
    members: Sequence[EventMention]
    date: DateInterval
    joined: Sequence[str]


def _whole(store: Store) -> None:
    store.unsettle()
    accounts = list(store.numbered())
    _file(store, accounts)
    found = merge.clusters(accounts, BOOKS)
    store.settle((cluster.home, number) for cluster in found for number in cluster.numbers)
    store.drop_all_events()
    _write(store, found)


def _touched(store: Store) -> None:
    fresh = dict(store.numbered(fresh=True))
    _file(store, fresh.items())
    again = merge.Again(store, BOOKS)
    again.place(fresh, store.lost())
    wanted, homes = list(again.touched), set[int]()
    while wanted:  # those that an analyst has joined with these, and copies, which are told apart by their names
        home = wanted.pop()
        if home not in homes:
            homes.add(home)
            wanted += store.kin(home)
    store.drop_events(homes)
    store.settle((home, number) for number, home in again.moved.items())
    _write(store, [again.cluster(home) for home in sorted(homes) if again.crew(home)])


def _file(store: Store, accounts: Iterable[tuple[int, EventMention]]) -> None:
    """File mentions under their blocks."""
    store.block(
        (block, *merge.span(mention), number) for number, mention in accounts for block in merge.blocks(mention, BOOKS)
    )


def _write(store: Store, clusters: Sequence[merge.Cluster]) -> None:
    groups = {one.home: Group(one.numbers, one.members, one.date, one.joined) for one in clusters}
    called = merge.names({home: group.members for home, group in groups.items()})
    store.add_events(
        (merge.event(group.members, group.date, group.joined, called[home]), group.numbers)
        for home, group in groups.items()
    )


def family(type_: str) -> str:
    """The family of an event type."""
    return events.kinds()[type_].family


BOOKS = merge.Books(family, names.kind, names.wholes, names.is_of_a_name)


@cache
def fingerprint() -> str:
    """What the answers depend on beside the articles: this package's code and rulebook."""
    digest = hashlib.sha256()
    home = resources.files(__package__)
    for path in sorted(Path(str(home)).rglob("*")):
        if path.suffix in {".py", ".toml", ".csv", ".tsv", ".gz"}:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
