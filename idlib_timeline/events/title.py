"""An event's title: its clause in the source's own words."""

import re
from collections.abc import Container

from ..model import Frame

TITLE = 120  # characters, of the contract
_LEAST = TITLE // 3  # a shorter piece of a clause says too little
_TRAILING = re.compile(r"[\s,;:–-]*(?:\b(?:and|or|but|who|which|that|as|while|when))?$")
_JOINING = re.compile(  # not "That" with a capital: it opens a sentence and points at something
    r"(?:(?:that|(?i:as|while|because|after|before|since|until|when|and|but|although|though|where))\s+)*"
)


def title(prose: str, frame: Frame, opening: int, dates: Container[int]) -> str:
    """The clause of `frame`, without the words that join it to others, at most `TITLE` characters.

    What is told of another verb in between is left out (" … "); a longer clause is cut where something is added to it.
    `opening` is where the sentence proper begins, `dates` where time expressions do: "Since January" keeps its "since".
    """
    start, end = max(frame.clause[0], opening), frame.clause[1]
    joining = _JOINING.match(prose, start, end)
    if joining and joining.end() not in dates:
        start = joining.end()

    def words(last: int) -> str:
        gap = frame.gap if start < frame.gap[0] < frame.gap[1] < last else (last, last)
        told = " ".join(prose[start : gap[0]].split()), " ".join(prose[gap[1] : last].split())
        return _TRAILING.sub("", " … ".join(filter(None, told)))

    whole = words(end)
    if len(whole) <= TITLE:
        return whole
    cuts = [joint for joint in frame.joints if frame.end < joint < end and len(words(joint)) < TITLE - 1]
    if cuts and len(words(cuts[-1])) > _LEAST:
        return words(cuts[-1]).rstrip(" ,;:-") + "…"
    if len(words(frame.end)) > TITLE:  # much stands before the verb: begin with the subject, if that helps
        subject = max((p.start for p in (*frame.who, *frame.whom) if start < p.start < frame.start), default=start)
        if subject > start and len(" ".join(prose[subject : frame.end].split())) < TITLE - 2:
            rest = title(prose, frame._replace(clause=(subject, end)), subject, dates)
            return "… " + (rest if len(rest) <= TITLE - 2 else _cut(rest, TITLE - 2))
        near = words(frame.end)[-(TITLE - 2) :]
        return "…" + near[near.find(" ") :]
    return _cut(whole, TITLE)


def _cut(words: str, length: int) -> str:
    return words[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:-…") + "…"
