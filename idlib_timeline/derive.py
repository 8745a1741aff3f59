"""Mentions and judgements -> events in the store: all of them, or those alone that a change has touched.

Both give the same events: which mentions belong together is reckoned by `merge.clusters` over all, or by `merge.Again`
over what came, what went, and whom that makes move.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from . import events, merge, names
from .interval import DateInterval
from .model import Event, EventMention, Judgement
from .serial import Record
from .store import Store

_FEW = 0.1  # of all mentions: when more have come or gone, reckoning all at once is quicker


def derive(store: Store, *, also: Iterable[str] = ()) -> None:
    """Bring the events of the store up to date with its mentions and judgements, inside the caller's transaction.

    Where other rules made the former ones, all is reckoned from the mentions. `also` are ids of mentions whose events
    are made anew in any case: those of a judgement that is taken back.
    """
    made_by = fingerprint()
    if store.made_by() != made_by:
        store.unsettle()
    changed, all_ = store.changes()
    if changed > all_ * _FEW:
        _whole(store)
    else:
        _touched(store, also)
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
    told = _write(store, found)
    store.remember(dict(accounts))
    _relate(store, told, whole=True)


def _touched(store: Store, also: Iterable[str]) -> None:
    fresh = dict(store.numbered(fresh=True))
    _file(store, fresh.items())
    again = merge.Again(store, BOOKS)
    again.place(fresh, store.lost())
    judged = {name for judgement in store.judged() for name in merge.named(judgement)}
    wanted, homes = [*again.touched], set[int]()
    wanted += [again.moved.get(number, home) for number, home in store.placed({*judged, *also})]
    while wanted:  # those that an analyst has joined with these, and copies, which are told apart by their names
        home = wanted.pop()
        if home not in homes:
            homes.add(home)
            wanted += [again.moved.get(number, former) for number, former in store.kin(again.crew(home))]
    store.drop_events(homes)
    store.settle((home, number) for number, home in again.moved.items())
    told = _write(store, [again.cluster(home) for home in sorted(homes) if again.crew(home)])
    _relate(store, told, whole=False)


def _file(store: Store, accounts: Iterable[tuple[int, EventMention]]) -> None:
    """File mentions under their blocks."""
    store.block(
        (block, *merge.span(mention), number) for number, mention in accounts for block in merge.blocks(mention, BOOKS)
    )


def _write(store: Store, clusters: Sequence[merge.Cluster]) -> dict[int, str]:
    """Put events into the store; answers mention -> event."""
    accounts = {n: told for one in clusters for n, told in zip(one.numbers, one.members, strict=True)}
    ids = merge.ids(accounts.items())
    judgements = store.judged()
    groups = [Group(one.numbers, one.members, one.date, one.joined) for one in clusters]
    ruled: list[Group] = []
    held: list[Judgement] = []
    if judgements:
        groups, ruled, outcomes = _judged(groups, accounts, ids, judgements)
        store.note_faults(outcome.fault for outcome in outcomes)
        held = [judgement for judgement, outcome in zip(judgements, outcomes, strict=True) if outcome.held]
    called = {id(one): ids[merge.oldest(one.numbers, one.members)] for one in (*groups, *ruled)}

    def made(one: Group) -> Event:
        return merge.event(one.members, one.date, one.joined, called[id(one)], BOOKS)

    store.add_events((made(one), one.numbers) for one in groups)
    for one in ruled:
        own = [ids[number] for number in one.numbers]
        store.add_events([(merge.rule(made(one), held, names.place, own), one.numbers)])
    return {number: called[id(one)] for one in (*groups, *ruled) for number in one.numbers}


def _judged(
    groups: Sequence[Group],
    accounts: Mapping[int, EventMention],
    ids: Mapping[int, str],
    judgements: Sequence[Judgement],
) -> tuple[list[Group], list[Group], Sequence[merge.Outcome]]:
    """The groups that nobody has judged, those that an analyst has, as they are then, and what became of judgements."""
    about = {name for judgement in judgements for name in merge.named(judgement)}
    theirs = [one for one in groups if not about.isdisjoint(ids[number] for number in one.numbers)]
    numbers = {ids[number]: number for one in theirs for number in one.numbers}
    found, outcomes = merge.regroup([[ids[number] for number in one.numbers] for one in theirs], judgements)
    former = {frozenset(one.numbers): one for one in theirs}
    ruled = []
    for names_ in found:
        own = sorted((numbers[name] for name in names_), key=lambda number: merge.order(accounts[number]))
        whole = former.get(frozenset(own))
        ruled.append(whole or _joined(own, [accounts[number] for number in own], former))
    judged = {id(one) for one in theirs}
    return [one for one in groups if id(one) not in judged], ruled, outcomes


def _joined(numbers: Sequence[int], members: Sequence[EventMention], former: Mapping[frozenset[int], Group]) -> Group:
    """A group as an analyst made it: its reasons are those of the groups that are whole in it."""
    own = set(numbers)
    reasons = [reason for part, group in former.items() if part <= own for reason in group.joined]
    return Group(numbers, members, merge.common(members), [*sorted(reasons), "an analyst decided so"])


def _relate(store: Store, told: Mapping[int, str], *, whole: bool) -> None:
    """Note what these events have to do with others. When they are all there are, it is asked from one side only."""
    found: dict[tuple[str, str, str], tuple[str, str]] = {}
    for number, event in told.items():
        mention = store.mention(number)
        if whole and not merge.asks(mention, BOOKS):
            continue
        near = {other for block, *days in merge.partners(mention, BOOKS) for other in store.near(block, *days)}
        for other in near:
            relation = _related(mention, store.mention(other))
            theirs = (told.get(other) or store.event_of(other)) if relation else event
            if relation and theirs != event:
                for key, value in (
                    ((event, theirs, relation.how), (relation.why, relation.field)),
                    ((theirs, event, relation.back), (relation.why, relation.field)),
                ):
                    found[key] = min(found.get(key, value), value)
    store.relate(
        (one, other, how, why, _dispute(store, field, one, other)) for (one, other, how), (why, field) in found.items()
    )


def _related(mention: EventMention, other: EventMention) -> merge.Relation | None:
    """What they have to do with each other, in the same words from whichever side it is asked."""
    if merge.order(mention) <= merge.order(other):
        return merge.related(mention, other, BOOKS)
    found = merge.related(other, mention, BOOKS)
    return found and found.turned()


def _dispute(store: Store, field: str, one: str, other: str) -> Record | None:
    """What two events dispute, as the contract writes a dispute."""
    if not field:
        return None
    values: dict[str, set[str]] = {}
    for record in map(store.event, (one, other)):
        said = ", ".join(record["who"]) if field == "who" else record[field]
        values.setdefault(said or "", set()).update(evidence["file"] for evidence in record["evidence"])
    return {"field": field, "values": [{"value": value, "files": sorted(values[value])} for value in sorted(values)]}


@cache
def family(type_: str) -> str:
    """The family of an event type: kinds of one family can be one event. A type of former rules stands by itself."""
    kind = events.kinds().get(type_)
    return kind.family if kind else type_


BOOKS = merge.Books(family, names.kind, names.wholes, names.is_of_a_name, names.is_of_a_person)


@cache
def fingerprint() -> str:
    """What the answers depend on beside the articles: this package's code and rulebook."""
    digest = hashlib.sha256()
    home = resources.files(__package__)
    for path in sorted(Path(str(home)).rglob("*")):
        if path.suffix in {".py", ".toml", ".csv", ".tsv", ".gz"}:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
