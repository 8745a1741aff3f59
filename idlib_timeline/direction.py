"""Which way a clause looks: to what has happened, or to what is to come.

The words that tell it are rows of `rulebook/directions.toml`. They are looked for in the sentence, nearest first,
before the expression and then after it. An infinitive tells nothing by itself ("forced to leave on Tuesday", "ordered
to appear on Feb. 10"): the clause is then `weak`, and a date without a year goes to the nearer side. A plan told in the
past ("were to have met on Nov. 20") says nothing of either side: the clause is past, and a date without a year is the
`nearest`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from . import rules
from .errors import RulebookError

BOOK = "directions"
_SHAPE = re.compile(r"<([a-z_]+)>")
_TO_COME = re.compile("due|scheduled|slated|planned|expected|set|forecast|billed|timed|pencilled in")
_BREAK = re.compile(
    r"[;\u2014]|\n\s*\n|[.!?][\"'\u201d]?\s+(?=[A-Z\"'\u201c])|,\s(?:but|although|though|while|whereas)\s"
)
_OPENED = re.compile(  # after it another verb must tell: "the Games, which open in July", "said a bus leaves Monday"
    r",\s(?:which|who|where|when)\s(?=\w)"
    r"|\b(?:say|said|saying|tells?|told|warn|warned|promised|announced|shows?|means?)\s"
    r"(?:[\w]+\s)?that\s(?=\w)|day,?\sand\s(?=[a-z]{3,}\s)(?!the\s|then\s|again\s|was\s|were\s|had\s|his\s|her\s|its\s)"
)
_ENCLOSED = re.compile(  # an aside between commas tells its own time: "delegates, who parted Thursday, meet again"
    r",\s(?:who|which|whose|where|when|having|unable|called|\w{3,}(?:ed|ing))\s(?=[^,;]*(?:day\b|\b(?:Jan|Feb|Mar|Apr|May"
    r"|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\d{4}))[^,;]{3,80},\s"
)
_SUBJECT = re.compile(r"\b(?:where|when|because)\s(?:on\s|in\s)?$")
_ATTACHED = re.compile(r"\b(?:since|after|of|from|to|through)\s(?:the\s|late\s|early\s)?$", re.IGNORECASE)
_TOLD = re.compile(r"[a-z]{3,}.*[a-z]{3,}", re.DOTALL)  # words enough for a clause: no dateline
_PREPOSITION = re.compile(
    r"\b(until|till|by|from|to|through|before|effective|starting|beginning)\s(?:the\s|late\s|early\s|on\s|next\s)?$",
    re.IGNORECASE,
)
_OPEN = frozenset(("until", "till", "by", "to", "through", "before"))  # "extended to Nov. 16": not itself past
_LASTED = re.compile(  # what went on until then, and so is over
    r"\b(?:last(?:ed|ing)|held|continu(?:ed|ing)|fought|raged|remain(?:ed|ing)|stayed|went on|ran|kept|clashed|waited"
    r"|surviv(?:ed|ing)|lived|worked|ruled|served|did not|didn't|had)\b[^.;]{0,60}$"
)
_OCCASION = re.compile(
    r"(?:'s|\sas\sthe)?\s(?:[a-z]+\s)?(?:deadline|elections?|vote|referendum|summit|hearing|runoff|ballot|expiry|expiration|return|delivery|contracts?|futures)\b"
)
_ARTICLE = re.compile(r"\b(?:the|a|an|this|that|its|their)\s$", re.IGNORECASE)
_AHEAD_OF = re.compile(r"\b(?:ahead\sof|in\stime\sfor)\s(?:the\s|an?\s|its\s|their\s)?$", re.IGNORECASE)
_NOUN = re.compile(
    r"\s(?!(?:and|or|in|at|on|to|by|for|with|when|as|but|is|was|were|will|has|had|of|from|after|before)\b)[a-z]{3,}"
)
_VERB = re.compile(r"(?:will|shall|won't|cannot|\w+'ll|is|are|would|may|can|could|should|must|might)\b")
_CLAUSE = re.compile(
    r",|\b(?:who|whose|which|that|after|when|as|because|and|but|where|since|if|while|before|sa(?:y|id))\b"
)
_BESIDE = re.compile(r"\s(?:(?:late|early|back|again|here|there)\s)?(?:(?:on|in|at|by|from|since)\s)?(?:the\s)?$")
_NOBODY = re.compile(r"\b(?:[Nn]either|[Nn]or|[Nn]one|[Nn]obody|[Nn]o)\b[^,;]*$")
_ANNOUNCED = re.compile(r"\b(?:announced|scheduled|planned|set|slated|called|billed)\sfor\s(?:late\s|early\s)?$")
_UNDONE = re.compile(r",?\s(?:was|were|has\sbeen|had\sbeen|did\snot|never|failed|collapsed)\b")
_ORDER = re.compile(
    r"(?:told|order|ask|urg|requir|forc|allow|summon|call|invit|command|instruct|direct|gave|given|offer|vot|decid|had|has"
    r"|have|was|were|been|made|said|approv|announc|extend|delay|postpon|schedul|propos|need|want|refus|fail|declin)"
)
_OBJECT = re.compile(r"\s(?:a|an|the|its|their|his|her|two|three|several|more|new|air|ground)\s[\w\s'-]{2,60}$")
_NOUN_WILL = re.compile(r"\s(?:[a-z]{3,}\s){1,2}(?:will|is\s(?:due|expected|scheduled|planned|set))\b")
_RESULT = re.compile(  # "a raid on Friday that killed ten"
    r",?\s(?:that|which)\s(?:killed|wounded|injured|left|destroyed|claimed|sparked|triggered|shook|struck|damaged|forced"
    r"|followed|caused|flattened|levelled|cut|drew)\b"
)
_DEED = re.compile(  # "the attack on Friday will be avenged"
    r"\b(?:attacks?|raids?|air\s?strikes?|bombings?|bombardment|blasts?|explosions?|shelling|killings?|assault|ambush"
    r"|massacre|clashes|fighting|shootings?|crash|incident|earthquake)\s(?:late\s|early\s)?(?:on\s|of\s)?(?:the\s)?$"
)
_PARTICIPLE = re.compile(  # may be a participle, a noun or an infinitive too, and so no verb of its own
    r"\w+ed|beat|bought|brought|built|caught|cut|dealt|found|held|hit|kept|laid|led|left|lost|made|met|paid|put|read|sent|set"
    r"|shot|sold|sought|swept|taught|won"
)
_REACH = 160  # characters of the sentence that are read on either side


_SAYS = frozenset(("ahead", "past", "perfect", "late", "weak", "mere"))


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words that tell a direction: what their row says, the words, where they stand, the row."""

    says: str
    words: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Book:
    """The rows as one pattern for the words before a date and one for those after it, and again with a group a row.

    The plain pattern finds the words, the one with groups says which row it was: groups keep `re` from giving up a row
    by its first letter.
    """

    before: tuple[re.Pattern[str], re.Pattern[str]]
    after: tuple[re.Pattern[str], re.Pattern[str]]
    rows: Mapping[str, tuple[str, str]]

    def cues(self, side: tuple[re.Pattern[str], re.Pattern[str]], text: str) -> list[_Cue]:
        """The cues of a text, in order."""
        plain, grouped = side
        found = []
        for match in plain.finditer(text):
            which = grouped.match(text, match.start())
            rule, says = self.rows[(which and which.lastgroup) or ""]
            found.append(_Cue(says, match[0], match.start(), match.end(), rule))
        return found


@cache
def _book() -> _Book:
    """The compiled book; raises RulebookError naming the row for a shape, a saying or a pattern that is none."""
    book = rules.load(BOOK)
    shapes: Mapping[str, str] = book.tables.get("shapes", {})
    sides: dict[str, list[tuple[str, str]]] = {"before": [], "after": []}
    rows: dict[str, tuple[str, str]] = {}
    for row in book.rows:
        where = f"{BOOK}.toml: row {row.name}"
        says, side, group = row.fields.get("says"), row.fields.get("where", ""), row.name.replace("-", "_")
        if says not in _SAYS or side not in ("", *sides):
            raise RulebookError(f"{where}: says {says!r} {side}: one of {', '.join(sorted(_SAYS))}, before or after")
        try:
            pattern = _SHAPE.sub(lambda shape: shapes[shape[1]], row.fields["pattern"])
            re.compile(pattern)
        except (KeyError, re.error) as error:
            raise RulebookError(f"{where}: the pattern is no regex: {error}") from error
        rows[group] = (row.name, str(says))
        for name, patterns in sides.items():
            if side in ("", name):
                patterns.append((group, pattern))
    return _Book(_both(sides["before"]), _both(sides["after"]), rows)


def _both(patterns: Sequence[tuple[str, str]]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    plain = "|".join(f"(?:{pattern})" for _, pattern in patterns)
    grouped = "|".join(f"(?P<{group}>{pattern})" for group, pattern in patterns)
    return re.compile(rf"(?<![\w-])(?:{plain})"), re.compile(grouped)


@dataclass(frozen=True, slots=True)
class Direction:
    """`ahead`, `past` or neither; `weak` when no finite verb stands next to the date; the deciding words."""

    ahead: bool = False
    past: bool = False
    weak: bool = False
    cue: str = ""
    preposition: str = ""
    nearest: bool = False  # a plan that is past or undone: either side, whichever is nearer
    until: bool = False  # "until", or a deadline's "by", stands before the date, and nothing says that it is over
    present: bool = False  # no word tells it, but nothing is past either
    rule: str = ""  # the row that found the cue


def clause(text: str, start: int, end: int, first: int, last: int) -> Direction:
    """The direction of the clause around `start:end` in the sentence `first:last`."""
    book = _book()
    left, right = text[max(first, start - _REACH) : start], text[end : min(last, end + _REACH)]
    breaks = [found.end() for found in _BREAK.finditer(left)]
    left = _ENCLOSED.sub(", ", (left[breaks[-1] :] if breaks else left).replace("\n", " "))
    opened = [found.end() for found in _OPENED.finditer(left)]
    if opened and not book.after[0].search(right):
        left = left[opened[-1] :]
    stop = _BREAK.search(right)
    right = right[: stop.start()] if stop else right
    near = _PREPOSITION.search(left)
    preposition = near[1].lower() if near else ""
    occasion = _OCCASION.match(right) is not None
    if _ARTICLE.search(left) and _NOUN_WILL.match(right):
        return Direction(weak=True, cue="will", preposition=preposition)
    if right.startswith("'s ") or (_ARTICLE.search(left) and _NOUN.match(right)):
        ahead = occasion and (right.startswith("'s ") or _AHEAD_OF.search(left) is not None)
        return Direction(ahead=ahead, weak=True, cue="", preposition=preposition)
    cues = [found for found in book.cues(book.before, left) if found.says != "mere"]
    before = _governing(left, cues)
    infinitive = bool(cues) and cues[-1].says == "weak" and not _purpose(left, before, cues[-1])
    weak = infinitive or (before is not None and before.says == "late") or preposition in _OPEN or occasion
    after = book.cues(book.after, right)
    if after and _SUBJECT.search(left):  # "a country where April was the bloodiest month"
        before = None
    cue = before or next((found for found in after if found.says != "weak"), None)
    by = preposition == "by" and bool(cues) and cues[-1].says == "weak"  # "told to leave by Friday"
    if cue is None:
        # no word of the past in the whole clause: its verb stands in the present, as news tells a timetable
        told = _TOLD.search(left) or (re.match(r"\s[A-Za-z]", right) and _TOLD.search(right))
        present = not cues and told is not None and not _ATTACHED.search(left)
        until = preposition in ("until", "till")
        return Direction(until, False, True, preposition, preposition, until=by, present=present)
    if cue.says == "ahead" and (_RESULT.match(right) or (before is None and _DEED.search(left))):
        return Direction(past=True, cue="a deed done", preposition=preposition)
    ahead = cue.says == "ahead"
    until = preposition in ("until", "till") and not _LASTED.search(left) and " had " not in right[:60]
    until |= by
    planned = ahead and _TO_COME.match(cue.words) is not None
    undone = _UNDONE.match(right) is not None and (planned or _ANNOUNCED.search(left) is not None)
    nearest = cue.says == "late" or undone
    words = " ".join(cue.words.split())
    return Direction(ahead, not ahead, weak and not ahead, words, preposition, nearest, until, rule=cue.rule)


def _governing(left: str, cues: Sequence[_Cue]) -> _Cue | None:
    """The last cue that is no infinitive, nor a participle of the clause's own object ("will buy preferred shares")."""
    finite = [found for found in cues if found.says != "weak" and not _negated(left, found)]
    if not finite:
        return None
    for at in range(len(finite) - 1, -1, -1):
        found = finite[at]
        if found.says == "ahead" and _VERB.match(found.words):
            return finite[-1] if _CLAUSE.search(left[found.end : finite[-1].start]) else found
        if found.says != "past" or not _PARTICIPLE.fullmatch(found.words) or _BESIDE.match(left[found.end :]):
            break
    return finite[-1]


def _purpose(left: str, governing: _Cue | None, infinitive: _Cue) -> bool:
    """Whether it says what a deed done was for ("opened a drive to retake the port"), and orders nobody to do it."""
    return (
        governing is not None
        and governing.says == "past"
        and infinitive.words.startswith("to ")
        and not _ORDER.match(governing.words)
        and _OBJECT.match(left[governing.end : infinitive.start]) is not None
    )


def _negated(left: str, cue: _Cue) -> bool:
    """Whether it is the "could" of "neither could be reached", which tells what did not happen."""
    return cue.words.startswith("could ") and _NOBODY.search(left[: cue.start]) is not None
