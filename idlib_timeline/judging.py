"""An analyst judges: the judgement is kept, and the events it is about are made anew. All or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from . import merge
from .derive import derive
from .errors import InputError, QueryError
from .model import Judgement
from .store import Store


def judge(store: Store, judgement: Judgement) -> str:
    """Keep a judgement, whose ids are whole; answers the id that the event has now.

    Raises QueryError, and changes nothing, when it cannot be followed: an unknown id, a merge of what is one already.
    """
    with store.transaction():
        _put(store, [*store.judged(), judgement])
        fault = store.judgements()[-1]["fault"]
        if fault:
            raise QueryError(f"{judgement.verb}: {fault}; nothing is changed")
        return store.event_called(judgement.event)


def undo(store: Store) -> Judgement | None:
    """Take the last judgement back and answer it; None when there is none."""
    with store.transaction():
        former = store.judged()
        if not former:
            return None
        _put(store, former[:-1])
        return former[-1]


def import_judgements(store: Store, judgements: Iterable[tuple[int, Judgement]], name: str) -> int:
    """Put these in place of all judgements, each with the line of the file `name` it stands on; answers how many.

    Raises InputError, and changes nothing, for the first one that cannot be followed.
    """
    with store.transaction():
        read = []
        for line, judgement in judgements:
            try:
                others = tuple(map(store.mention_called, judgement.others))
                read.append((line, replace(judgement, event=store.mention_called(judgement.event), others=others)))
            except QueryError as error:
                raise InputError(f"{name}: line {line}: {error}; nothing is imported") from error
        _put(store, [judgement for _, judgement in read])
        for (line, _), kept in zip(read, store.judgements(), strict=True):
            if kept["fault"]:
                raise InputError(f"{name}: line {line}: {kept['fault']}; nothing is imported")
        return len(read)


def _put(store: Store, judgements: Sequence[Judgement]) -> None:
    about = {name for judgement in store.judged() for name in merge.named(judgement)}
    store.judge(judgements)
    derive(store, also=about)
