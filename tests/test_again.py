"""What a change leads to when only what it touches is reckoned again: the same as when all is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chronicle import MARN, NORLAND, TOLLEN
from hypothesis import given, settings
from hypothesis import strategies as st
from test_merge import BOOKS, chronicles, says

from idlib_timeline.merge import Again, blocks, clusters, likely, span
from idlib_timeline.merge.features import THRESHOLD
from idlib_timeline.model import EventMention


class Told:
    """Accounts in memory, by number, as a store knows them."""

    def __init__(self, accounts: Mapping[int, EventMention], homes: Mapping[int, int]) -> None:
        self.accounts, self.homes = accounts, homes

    def mention(self, number: int) -> EventMention:
        return self.accounts[number]

    def near(self, block: str, first: int, last: int) -> Iterable[int]:
        for number, mention in self.accounts.items():
            begins, ends = span(mention)
            if block in blocks(mention, BOOKS) and begins <= last and ends >= first:
                yield number

    def home(self, number: int) -> int | None:
        return self.homes.get(number)

    def crew(self, home: int) -> Iterable[int]:
        return [number for number, other in self.homes.items() if other == home and number in self.accounts]


def homes(accounts: Mapping[int, EventMention]) -> dict[int, int]:
    """Account -> the first of its cluster, all reckoned at once."""
    return {number: cluster.home for cluster in clusters(accounts.items(), BOOKS) for number in cluster.numbers}


def after(old: Mapping[int, EventMention], new: Mapping[int, EventMention]) -> tuple[dict[int, int], set[int]]:
    """Homes when `old` becomes `new` step by step, and the homes that were touched."""
    former = homes(old)
    lost: dict[int, list[EventMention]] = {}
    for number in old.keys() - new.keys():
        lost.setdefault(former[number], []).append(old[number])
    again = Again(Told(new, former), BOOKS)
    again.place(sorted(new.keys() - old.keys()), lost)
    kept = {number: home for number, home in former.items() if number in new}
    return kept | dict(again.moved), again.touched


@settings(max_examples=400, deadline=None)
@given(chronicles(), st.data())
def test_a_change_leads_where_a_reckoning_of_all_leads(mentions: Sequence[EventMention], data: st.DataObject) -> None:
    accounts = dict(enumerate(mentions, 1))
    halves = st.sets(st.sampled_from(sorted(accounts)))
    old = {number: accounts[number] for number in data.draw(halves)}
    new = {number: accounts[number] for number in data.draw(halves)}
    step, touched = after(old, new)
    assert step == homes(new)
    for number in old.keys() & new.keys():
        assert step[number] == homes(old)[number] or step[number] in touched


@settings(max_examples=60, deadline=None)
@given(chronicles())
def test_accounts_that_can_be_one_share_a_block_and_a_day(mentions: Sequence[EventMention]) -> None:
    for one in mentions:
        for other in mentions:
            if one is not other and likely(one, other, BOOKS)[0] >= THRESHOLD:
                assert set(blocks(one, BOOKS)) & set(blocks(other, BOOKS))
                assert span(one)[0] <= span(other)[1]
                assert span(other)[0] <= span(one)[1]


def test_an_account_that_comes_between_moves_those_behind_it() -> None:
    """Which of two strikes a vague one means was clear; a third strike makes it doubtful, and its going clear again."""
    here = says("a.txt", "2019-08-05", place=TOLLEN)
    vague = says("c.txt", "2019-08", expression="in August", place=NORLAND, title="Jets bombed the north")
    there = says("b.txt", "2019-08-09", place=MARN)
    two, three = {1: here, 2: vague}, {1: here, 2: vague, 3: there}
    assert after({}, two)[0] == {1: 1, 2: 1}
    assert after(two, three)[0] == {1: 1, 2: 2, 3: 3}
    assert after(three, two)[0] == {1: 1, 2: 1}


def test_what_a_change_does_not_touch_is_not_reckoned() -> None:
    here, far = says("a.txt"), says("b.txt", "2018-01-01", place=MARN)
    step, touched = after({1: here, 2: far}, {1: here, 2: far, 3: says("c.txt")})
    assert step == {1: 1, 2: 2, 3: 1}
    assert touched == {1}


def test_a_cluster_is_built_up_again_as_it_was() -> None:
    told: dict[str, Any] = {"whom": ["Red League"]}
    accounts = dict(enumerate([says("a.txt"), says("b.txt", **told), says("c.txt", "2019-08", **told)], 1))
    (whole,) = clusters(accounts.items(), BOOKS)
    again = Again(Told(accounts, homes(accounts)), BOOKS).cluster(whole.home)
    assert (again.numbers, again.date, again.joined) == (whole.numbers, whole.date, whole.joined)
