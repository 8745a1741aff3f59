"""Clusters once more after some accounts have come or gone, at the cost of what they touch.

Where an account goes depends only on earlier ones (in `clusters.order`) that share a block with it. So those that came
are placed; whenever one goes elsewhere than before, all later ones that fit either of the two clusters otherwise than
before are placed anew; and so on, in that order, until nothing changes. The outcome is that of `clusters` over all.
"""

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import Protocol

from ..model import EventMention
from .books import Books
from .clusters import Cluster, Order, alone, begin, blocks, fitting, likely, order, place, span
from .features import FORBIDDEN, THRESHOLD, face


class Known(Protocol):
    """What is known of the accounts: those of before, where they are, and the fresh ones, which have no home yet."""

    def mention(self, number: int) -> EventMention:
        """The account that bears this number."""

    def near(self, block: str, first: int, last: int) -> Iterable[int]:
        """The accounts of a block whose days overlap these, fresh ones included."""

    def home(self, number: int) -> int | None:
        """The number of the first account of its cluster before, None for a fresh one."""

    def crew(self, home: int) -> Iterable[int]:
        """The accounts, still there, of a cluster of before."""


class Again:
    """One reckoning: `place` all that came and went, then ask which clusters it touched."""

    def __init__(self, known: Known, books: Books) -> None:
        self._known = known
        self._books = books
        self._orders: dict[int, Order] = {}
        self._former: dict[int, int | None] = {}
        self._moved: dict[int, int] = {}
        self._crews: dict[int, set[int]] = {}
        self._waiting: list[tuple[Order, int]] = []
        self._seen: set[int] = set()
        self.touched: set[int] = set()  # homes of clusters that are not what they were

    @property
    def moved(self) -> Mapping[int, int]:
        """Account -> home, for those that have another home than before."""
        return self._moved

    def place(self, fresh: Iterable[int], lost: Mapping[int, Sequence[EventMention]]) -> None:
        """Place `fresh` accounts and all whom they or the `lost` ones (by the home they had) make move."""
        for home, gone in lost.items():
            self.touched.add(home)
            rest = [*gone, *self._mentions(self.crew(home))]
            for mention in gone:
                rest.remove(mention)
                self._disturb(mention, rest, order(mention))
            if home not in self.crew(home):  # the one that is gone was its first
                self._stir(self.crew(home))
        self._stir(fresh)
        while self._waiting:
            at, number = heappop(self._waiting)
            self._settle(number, at)

    def crew(self, home: int) -> set[int]:
        """The accounts of a cluster as it is now."""
        if home not in self._crews:
            self._crews[home] = set(self._known.crew(home))
        return self._crews[home]

    def home(self, number: int) -> int | None:
        """The home of an account as it is now."""
        if number in self._moved:
            return self._moved[number]
        if number not in self._former:
            self._former[number] = self._known.home(number)
        return self._former[number]

    def cluster(self, home: int) -> Cluster:
        """A cluster built up again from its accounts, with the reasons for each."""
        (_, first), *others = sorted((self._order(number), number) for number in self.crew(home))
        built = begin(first, self._known.mention(first))
        for _, number in others:
            mention = self._known.mention(number)
            fit = fitting(mention, built, self._books)
            built.add(number, mention, fit[1] if fit else ())
        return built

    # --- where an account goes --------------------------------------------------------------------

    def _settle(self, number: int, at: Order) -> None:
        mention, before = self._known.mention(number), self.home(number)
        chosen = number if alone(mention, self._books) else self._chosen(number, mention, at)
        if chosen == before:
            return
        if before is not None:
            self.touched.add(before)
            self.crew(before).discard(number)
            self._disturb(mention, self._mentions(self.crew(before)), at)
            if before == number:
                self._stir(self.crew(before))
        self.touched.add(chosen)
        self._moved[number] = chosen
        self._disturb(mention, self._mentions(self.crew(chosen) - {number}), at)
        self.crew(chosen).add(number)

    def _chosen(self, number: int, mention: EventMention, at: Order) -> int:
        homes: set[int] = set()
        for other in self._fitting(mention, self._near([mention])):
            if other != number and self._order(other) < at:
                home = self.home(other)
                if home is not None:
                    homes.add(home)
        taken = place(number, mention, self._books, [self._earlier(home, at) for home in sorted(homes)])
        return number if taken is None else taken.home

    def _earlier(self, home: int, before: Order) -> Cluster:
        """A cluster of those of its accounts that come before one in order, without reasons."""
        members = sorted(pair for pair in ((self._order(one), one) for one in self.crew(home)) if pair[0] < before)
        built = begin(members[0][1], self._known.mention(members[0][1]))
        for _, number in members[1:]:
            built.add(number, self._known.mention(number))
        return built

    def _fitting(self, mention: EventMention, numbers: Iterable[int]) -> Iterator[int]:
        """Those of the numbered accounts that could be one with it; those that are alike are compared once."""
        known: dict[Hashable, bool] = {}
        for number in numbers:
            other = self._known.mention(number)
            key = (other.evidence.file == mention.evidence.file and number, face(other))
            if key not in known:
                known[key] = likely(other, mention, self._books)[0] >= THRESHOLD
            if known[key]:
                yield number

    # --- whom it makes move -----------------------------------------------------------------------

    def _disturb(self, moved: EventMention, others: Sequence[EventMention], after: Order) -> None:
        """Place anew all later accounts that fit a cluster of `others` otherwise with the moved account in it."""
        ranked = sorted((order(other), place) for place, other in enumerate(others))
        for number in self._near([moved, *others]):
            at = self._order(number)
            if number not in self._seen and at > after:
                earlier = (others[place] for rank, place in ranked if rank < at)
                if self._matters(moved, earlier, self._known.mention(number)):
                    self._stir((number,))

    def _matters(self, moved: EventMention, others: Iterable[EventMention], mention: EventMention) -> bool:
        """Whether a mention fits a cluster otherwise when one account more is in it."""
        score = likely(moved, mention, self._books)[0]
        if score < THRESHOLD and score != FORBIDDEN:
            return False
        best = -math.inf
        for other in others:
            found = likely(other, mention, self._books)[0]
            if found == FORBIDDEN:
                return False  # with the one and without
            best = max(best, found)
        return best >= THRESHOLD if score == FORBIDDEN else score > best

    def _near(self, mentions: Iterable[EventMention]) -> set[int]:
        """The accounts that share a block and a day with any of these, or lie between two of them."""
        wanted: dict[str, tuple[int, int]] = {}
        for mention in mentions:
            first, last = span(mention)
            for block in blocks(mention, self._books):
                former = wanted.get(block, (first, last))
                wanted[block] = (min(first, former[0]), max(last, former[1]))
        return {number for block, days in wanted.items() for number in self._known.near(block, *days)}

    def _stir(self, numbers: Iterable[int]) -> None:
        for number in set(numbers) - self._seen:
            self._seen.add(number)
            heappush(self._waiting, (self._order(number), number))

    def _order(self, number: int) -> Order:
        if number not in self._orders:
            self._orders[number] = order(self._known.mention(number))
        return self._orders[number]

    def _mentions(self, numbers: Iterable[int]) -> list[EventMention]:
        return [self._known.mention(number) for number in sorted(numbers)]
