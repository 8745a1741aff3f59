"""What analysts decided, as a store keeps it: in order, each with what of it cannot be followed."""

import json
from collections.abc import Iterable, Sequence

from ..judgements import judgement_from_record, judgement_row
from ..model import Judgement
from ..serial import Record, dumps, judgement_record
from .file import File


class Judging(File):
    """The judgements of a store; its mentions and events are made by others."""

    def judged(self) -> tuple[Judgement, ...]:
        """Every judgement, in order."""
        rows = self._all("SELECT record FROM judgements ORDER BY position")
        return tuple(judgement_from_record(json.loads(record)) for (record,) in rows)

    def judgements(self) -> list[Record]:
        """Every judgement as `timeline judgements` lists it, in order."""
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
