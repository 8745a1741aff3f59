"""What analysts decided, as a store keeps it: in order, each with what of it cannot be followed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..serial import Record, dumps, judgement_record
from .file import File

if TYPE_CHECKING:
    from ..model import Judgement


class Judging(File):
    """The judgements of a store; its mentions and events are made by others."""

    def judged(self) -> tuple[Judgement, ...]:
        """Every judgement, in order."""
        from ..judgements import judgement_from_record  # those who only show need none of it

        rows = self._all("SELECT record FROM judgements ORDER BY position")
        return tuple(judgement_from_record(json.loads(record)) for (record,) in rows)

    def judgements(self) -> list[Record]:
        """Every judgement as `timeline judgements` lists it, in order."""
        from ..judgements import judgement_from_record, judgement_row

        rows = self._all("SELECT position, record, fault FROM judgements ORDER BY position")
        return [judgement_row(at, judgement_from_record(json.loads(record)), fault) for at, record, fault in rows]

    def judge(self, judgements: Sequence[Judgement]) -> None:
        """Put these in place of all judgements."""
        self._run("DELETE FROM judgements")
        rows = ((number, dumps(judgement_record(one)), "") for number, one in enumerate(judgements, 1))
        self._many("INSERT INTO judgements VALUES (?, ?, ?)", rows)

    def note_faults(self, faults: Iterable[str]) -> None:
        """Note of each judgement, in order, what of it cannot be followed."""
        rows = ((fault, number) for number, fault in enumerate(faults, 1))
        self._many("UPDATE judgements SET fault = ? WHERE position = ?", rows)
