"""What other articles lend one that does not state its day: their order of day and month, and the day of an event.

An event that an undated article tells of "Tuesday" and another one dates fully is the same event only when kind, place
and parties say so, when it is of a kind that does not come twice (or its toll is the same), and when no other account
of such an event contradicts it. Then "Tuesday" is that day, and the article appeared within the week after it.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..interval import UNKNOWN, DateInterval
from ..model import EventMention, Finding, Lent
from .days import ALL, Days, of_intervals, united

When = Callable[[str, bool, dt.date], DateInterval]  # words, whether they look ahead, a day of publication -> the date

_ROUNDS = 20  # each dates articles by those dated before; a chain of reports is not longer
_CLOSE = 62  # days: an account that is vaguer fixes nothing
_FEW = 800  # days an undated article can have appeared on, to be asked which of them fit
_BEFORE, _AFTER = 8, 35  # days around an event in which an article tells it by a weekday, "last week", "this month"
_MOST = 366  # days: a wider answer is none
# What happens once in a place, as a rule: by kind, the question that both accounts answer. An army takes the town that
# its enemy leaves, so both kinds are one question.
_ONCE = {
    "territory": "fell", "withdrawal": "fell", "agreement": "deal", "ceasefire": "deal", "talks": "talks",
    "election": "election", "coup": "coup", "assassination": "assassination", "shootdown": "shootdown",
}  # fmt: skip
_LEAD = "lead-news"  # what an article opens with is of its day or the day before
_WHERE = frozenset(("town", "site"))
_SHARED_TOLL = 3  # a toll from three on, equal and at one place, tells one attack from another
_TWO = 2  # parties that make a deal one deal


@dataclass(frozen=True, slots=True)
class Circumstances:
    """An article as its neighbours see it: `whole` is the file it lies in, `days` those it can have appeared on.

    `stated` is the day or interval that it states itself, unknown where `days` come from its text alone.
    """

    key: str
    file: str
    whole: str
    outlet: str = ""
    order: bool | None = None
    two_days: bool = False
    stated: DateInterval = UNKNOWN
    days: Days = ALL


def lend(articles: Sequence[Circumstances], mentions: Sequence[EventMention], when: When) -> Mapping[str, Lent]:
    """By key, what articles are lent; the same in whatever order they come."""
    ordered, dated = _orders(articles), _dates(articles, mentions, when)
    return {
        article.key: Lent(dated.get(article.key), ordered.get(article.key))
        for article in articles
        if article.key in dated or article.key in ordered
    }


# --- the order of day and month -------------------------------------------------------------------


def _orders(articles: Sequence[Circumstances]) -> Mapping[str, bool]:
    """The order for articles whose printed date can be two days.

    That of the articles of the same outlet, else of the same file, else of the same folder, when all that show one
    agree.
    """
    shown: dict[tuple[str, str], set[bool]] = {}
    for article in articles:
        if article.order is not None:
            for circle in _circles(article):
                shown.setdefault(circle, set()).add(article.order)
    lent = {}
    for article in articles:
        if article.two_days:
            found = next((shown[circle] for circle in _circles(article) if circle in shown), set())
            if len(found) == 1:
                lent[article.key] = next(iter(found))
    return lent


def _circles(article: Circumstances) -> Sequence[tuple[str, str]]:
    folder = article.whole.rpartition("/")[0]
    outlet = [("outlet", article.outlet.casefold())] if article.outlet else []
    return [*outlet, ("file", article.whole), ("folder", folder)]


# --- the day of an event --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Account:
    """What one article says of an event that happens once; `question` is what accounts of it must share."""

    mention: EventMention
    article: Circumstances
    question: tuple[str, ...]

    def told(self, days: Days, when: When) -> Mapping[dt.date, DateInterval]:
        """The date of the event for each day its article can have appeared on."""
        evidence = self.mention.evidence
        if evidence.rule == _LEAD:
            return {day: DateInterval(day - dt.timedelta(days=1), day) for day in days}
        return {day: when(evidence.expression, self.mention.status == "planned", day) for day in days}


def _dates(articles: Sequence[Circumstances], mentions: Sequence[EventMention], when: When) -> Mapping[str, Finding]:
    by_file = {article.file: article for article in articles}
    undated = {article.file for article in articles if not article.stated.known}
    if not undated:
        return {}
    groups: dict[tuple[str, ...], list[_Account]] = {}
    for mention in mentions:
        article = by_file[mention.evidence.file]
        for question in (
            _questions(mention)
            if article.file not in undated or mention.evidence.expression or mention.evidence.rule == _LEAD
            else ()
        ):
            groups.setdefault(question, []).append(_Account(mention, article, question))
    days = {article.file: article.days for article in articles}
    reasons: dict[str, dict[str, None]] = {}
    for _ in range(_ROUNDS):
        before = dict(days)
        for _, group in sorted(groups.items()):
            for account in group:
                if account.article.file in undated:
                    _fix(account, group, days, reasons, when)
        if days == before:
            break
    found = {}
    for article in articles:
        allowed = days[article.file]
        if article.file in undated and allowed != article.days and (allowed.hull.days or _MOST) < _MOST:
            why = tuple(reasons[article.file])
            found[article.key] = Finding(
                allowed.hull, "corpus", f"other articles allow only {allowed.hull}: {'; '.join(why)}", why
            )
    return found


def _questions(mention: EventMention) -> Iterator[tuple[str, ...]]:
    """What an account must share with another to be of one event; nothing for what can come twice."""
    if mention.status != "happened" or mention.background:
        return
    kind = _ONCE.get(mention.type)
    place = mention.place.name if mention.place and mention.place.kind in _WHERE else ""
    parties = sorted({*mention.who, *mention.whom})
    if kind == "fell" and place:
        yield kind, place
    elif kind == "deal" and len(parties) >= _TWO:
        yield (mention.type, *parties)
    elif kind and kind not in ("fell", "deal") and place and parties:
        yield (kind, place, *parties)
    for figure in mention.figures:
        if figure.kind == "killed" and place and (figure.best or figure.low or 0) >= _SHARED_TOLL and not figure.since:
            yield "toll", place, str(figure.best or figure.low)


def _fix(
    account: _Account,
    group: Sequence[_Account],
    days: dict[str, Days],
    reasons: dict[str, dict[str, None]],
    when: When,
) -> None:
    """Keep of an undated article's days those on which its words mean the day that the other accounts give."""
    mine = days[account.article.file]
    others = [other for other in group if other.article.file != account.article.file and _parties_agree(account, other)]
    spans = {other: _event_days(other, days[other.article.file], when) for other in others}
    known = {other: told for other, told in spans.items() if told and _near_enough(told)}
    if not known or not _one_event(list(known.values())):
        return
    for other, told in known.items():
        asked = mine & _around(told)
        if not asked or asked.count > _FEW:
            continue
        dates = account.told(asked, when)
        kept = united((day.toordinal(), day.toordinal()) for day, date in dates.items() if told & of_intervals([date]))
        if kept and kept != mine:
            mine = days[account.article.file] = kept
            both = told & of_intervals(dates[day] for day in kept)
            words = account.mention.evidence.expression or "in its first sentence"
            others_words = other.mention.evidence.expression or str(other.mention.date)
            reason = (
                f"it tells {account.mention.title!r} ({words}), and {other.mention.evidence.file} too ({others_words}),"
                f" which agree on {both.words(2)}"
            )
            reasons.setdefault(account.article.file, {})[reason] = None


def _event_days(account: _Account, days: Days, when: When) -> Days | None:
    """The days the event can have been on, as this account's article has it; None where that is not known."""
    if account.article.stated.known:
        date = account.mention.date
        return of_intervals([date]) if date.closed else None
    if not days.spans or days.count > _FEW or days == ALL:
        return None
    return of_intervals(date for date in account.told(days, when).values() if date.closed)


def _near_enough(told: Days) -> bool:
    """Whether each of the occasions it can have been is told closely."""
    return all(last - first < _CLOSE for first, last in told.spans) and told.count <= _FEW


def _one_event(told: Sequence[Days]) -> bool:
    """Whether all accounts can be of one event."""
    together = told[0]
    for other in told[1:]:
        together = together & other
    return bool(together)


def _around(told: Days) -> Days:
    return united((first - _BEFORE, last + _AFTER) for first, last in told.spans)


def _parties_agree(one: _Account, other: _Account) -> bool:
    """Whether the two name a party in common on one side, or one of them took what the other left."""
    mine, others = one.mention, other.mention
    if set(mine.who) & set(others.whom) or set(mine.whom) & set(others.who):
        return False  # taken by it, and from it
    if mine.type != others.type and {mine.type, others.type} == {"territory", "withdrawal"}:
        return not set(mine.who) & set(others.who)
    return bool({*mine.who, *mine.whom} & {*others.who, *others.whom})
