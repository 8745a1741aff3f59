"""Which tellings are events that an analyst would keep."""

from collections.abc import Sequence

from ..model import Figure
from .dating import Dated
from .telling import OTHER, Telling

_MONTH = 31  # days
FATES = frozenset(("killed", "injured", "missing", "displaced", "detained", "abducted"))  # what befell people
_EMPTY = frozenset([  # verbs that by themselves tell nothing that was done
    "'re", "'s", "appeared", "are", "be", "been", "being", "believed", "did", "do", "does", "done", "expected",
    "felt", "had", "has", "have", "heard", "hoped", "is", "known", "meant", "needed", "planned", "put", "remained",
    "remains", "saw", "seemed", "seen", "thought", "wanted", "was", "were",
])  # fmt: skip


def kept(
    telling: Telling, dated: Dated, parties: tuple[Sequence[str], Sequence[str]], placed: bool, at_war: bool
) -> bool:
    """Whether an analyst would keep it: somebody did or suffered it, or a text about a war gives its very day."""
    frame, row = telling.frame, telling.row
    who, whom = parties
    if row.speech:
        return bool(who or (whom and frame.passive))
    if not dated.own and (frame.embedded or (frame.form == "noun" and frame.definite and frame.relation != "object")):
        return False  # what only qualifies a noun, or takes up again what was told before
    if row is OTHER and telling.word in _EMPTY and not (placed and (who or dated.ongoing)):
        return telling.solid and frame.status == "planned"
    precise = dated.own and dated.interval.days is not None and dated.interval.days <= _MONTH
    if at_war and precise and frame.status in {"happened", "planned"} and not (row is OTHER and frame.embedded):
        return True
    if row is OTHER:
        return telling.solid or (bool(who or whom or placed) and (bool(who) or not frame.embedded))
    verbal = any(part.form == "verb" for part in (frame, *telling.also))
    return bool(who or whom) or (placed and (dated.own or verbal)) or (dated.own and telling.solid)


def tolls(telling: Telling, figures: Sequence[Figure]) -> bool:
    """Whether it tells what befell people, and how many: news by itself."""
    happened = telling.frame.status == "happened" and telling.row is not OTHER
    return happened and not telling.row.speech and any(figure.kind in FATES for figure in figures)
