"""What changed between two chronologies: events added, gone, merged, split, and changed field by field.

Events correspond by what they were told by, not by their ids: an id changes when an earlier article turns up.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .serial import Record

KINDS = ("added", "gone", "merged", "split", "regrouped", "changed")

_LAST = "9999-99-99"  # an unknown day comes after all others
_SPAN = ("file", "start", "end", "sentence")
_CITED = ("file", "sentence")  # what makes two citations one; all else that is said of it may change


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field in which an event differs: its `old` and `new` value, or of a list what is `gone` and what was `added`.

    `evidence` holds sentences; what else is said of a sentence cited before and after is in `evidence.rule`,
    `evidence.published` and so on, as objects of `file`, `sentence` and the value.
    """

    field: str
    old: Any = None
    new: Any = None
    gone: tuple[Any, ...] = ()
    added: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `kind` is one of KINDS and follows from how many `old` events became how many `new` ones.

    none -> 1 `added`, 1 -> none `gone`, several -> 1 `merged`, 1 -> several `split`, several -> several `regrouped`,
    and 1 -> 1 `changed`, which alone has `fields`.
    """

    kind: str
    old: tuple[Record, ...]
    new: tuple[Record, ...]
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """The differences in the order of the chronology, between `old` and `new` events in number."""

    found: tuple[Change, ...]
    old: int
    new: int

    def of(self, kind: str) -> tuple[Change, ...]:
        """The differences of one kind."""
        return tuple(change for change in self.found if change.kind == kind)


def changes(old: Sequence[Record], new: Sequence[Record]) -> Changes:
    """What became of the `old` events in `new`. Ids are distinct within each; the order of the events does not matter.

    A field that only one side knows is not compared, nor the order of a list.
    """
    found = []
    for before, after in _groups(sorted(old, key=_order), sorted(new, key=_order)):
        fields = tuple(_fields(before[0], after[0])) if len(before) == len(after) == 1 else ()
        kind = _kind(len(before), len(after))
        if fields or kind != "changed":
            found.append(Change(kind, tuple(before), tuple(after), fields))
    return Changes(tuple(sorted(found, key=lambda change: _order((change.new or change.old)[0]))), len(old), len(new))


def _order(event: Record) -> tuple[str, str, str]:
    return event["earliest"] or _LAST, event["latest"] or _LAST, event["id"]


def _kind(old: int, new: int) -> str:
    if not (old and new):
        return "gone" if old else "added"
    if old > 1:
        return "regrouped" if new > 1 else "merged"
    return "split" if new > 1 else "changed"


# --- which events correspond --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """One mention of the event at `event` in its chronology; `mention` is its id, "" where that is not known."""

    event: int
    id: str
    type: str
    mention: str = ""
    file: str = ""
    start: int = 0
    end: int = 0
    sentence: str = ""


# How a mention is found again, the surest first: what one key has paired the next does not see, and an empty key pairs
# nothing. A file that was read under two names gives each id of a mention twice. Where ids are not known, a sentence
# can tell two events of one type, which their own ids tell apart. The sentence outlives an edit further up in its
# article; the event's id, which is that of a mention, outlives a renaming of the file.
_KEYS: tuple[Callable[[_Told], Hashable], ...] = (
    lambda told: told.mention and (told.mention, told.file),
    lambda told: told.mention,
    lambda told: told.file and (told.file, told.start, told.end, told.type, told.id),
    lambda told: told.file and (told.file, told.start, told.end, told.type),
    lambda told: told.file and (told.file, told.sentence, told.type),
    lambda told: told.id,
)


def _groups(old: Sequence[Record], new: Sequence[Record]) -> Iterable[tuple[list[Record], list[Record]]]:
    """Old events with the new ones that share a mention with any of them: each event in one group."""
    parent = list(range(len(old) + len(new)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for one, other in _links(_told(old), _told(new)):
        parent[root(one)] = root(len(old) + other)
    groups: dict[int, tuple[list[Record], list[Record]]] = defaultdict(lambda: ([], []))
    for number, event in enumerate((*old, *new)):
        groups[root(number)][number >= len(old)].append(event)
    return groups.values()


def _told(events: Sequence[Record]) -> list[_Told]:
    found = []
    for number, event in enumerate(events):
        evidence, names = event["evidence"], event.get("mention_ids") or ()
        if len(names) != len(evidence):
            names = [""] * len(evidence)
        cited = [(name, *(one[key] for key in _SPAN)) for name, one in zip(names, evidence, strict=True)]
        found += [_Told(number, event["id"], event["type"], *one) for one in cited or [()]]
    return found


def _links(old: list[_Told], new: list[_Told]) -> Iterator[tuple[int, int]]:
    for key in _KEYS:
        waiting: dict[Hashable, list[_Told]] = defaultdict(list)
        for told in reversed(old):
            waiting[key(told)].append(told)
        unknown = []
        for told in new:
            name = key(told)
            if name and waiting.get(name):
                yield waiting[name].pop().event, told.event
            else:
                unknown.append(told)
        left = {id(told) for rest in waiting.values() for told in rest}
        old, new = [told for told in old if id(told) in left], unknown


# --- in what they differ ------------------------------------------------------------------------------


def _citation(evidence: Record) -> Hashable:
    return tuple(evidence[key] for key in _CITED)


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _fields(old: Record, new: Record) -> Iterator[FieldChange]:
    for field in new:
        if field not in old or old[field] == new[field]:
            continue
        if field == "evidence":
            yield from _evidence(old[field], new[field])
        elif isinstance(old[field], list) and isinstance(new[field], list):
            yield from _items(field, old[field], new[field])
        else:
            yield FieldChange(field, old[field], new[field])


def _evidence(old: Sequence[Record], new: Sequence[Record]) -> Iterator[FieldChange]:
    yield from _items("evidence", old, new, _citation)
    both = {_citation(one) for one in old} & {_citation(one) for one in new}
    before, after = ([one for one in side if _citation(one) in both] for side in (old, new))
    for key in dict.fromkeys(key for one in after for key in one if key not in _CITED):
        said, says = _said(before, key), _said(after, key)
        if said and says:
            yield from _items(f"evidence.{key}", said, says)


def _said(evidence: Sequence[Record], key: str) -> list[Record]:
    return [{"file": one["file"], "sentence": one["sentence"], key: one[key]} for one in evidence if key in one]


def _items(
    field: str, old: Sequence[Any], new: Sequence[Any], key: Callable[[Any], Hashable] = _text
) -> Iterator[FieldChange]:
    gone, added = tuple(_without(old, new, key)), tuple(_without(new, old, key))
    if gone or added:
        yield FieldChange(field, gone=gone, added=added)


def _without(items: Sequence[Any], others: Sequence[Any], key: Callable[[Any], Hashable]) -> Iterator[Any]:
    """The items that the others lack; of one that comes oftener than there, the surplus."""
    count = Counter(map(key, others))
    for item in items:
        if count[key(item)]:
            count[key(item)] -= 1
        else:
            yield item
