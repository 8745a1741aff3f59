"""Which way a clause looks: to what has happened, or to what is to come.

Words that tell it are looked for in the sentence, nearest first, before the expression and then after it. An infinitive
tells nothing by itself ("forced to leave on Tuesday", "ordered to appear on Feb. 10"): the clause is then `weak`, and
a date without a year goes to the nearer side.
"""

import re
from dataclasses import dataclass

_ADVERBS = r"(?:\s(?:not|also|now|soon|still|then|be|have|\w{3,12}ly)){0,3}"
_PLAN = (
    r"plans?|planning|planned|scheduled?|due|set|slated|expect(?:s|ed)?|agree[ds]?|vow(?:s|ed)?|pledge[ds]?|promise[ds]?"
    r"|intend(?:s|ed)?|hop(?:e|es|ing)|is|are|about|ready|prepar(?:e|es|ing)|wants?|going|likely|supposed"
)
_SURE = (  # words that look ahead wherever they stand
    rf"(?:\b(?:will|shall|won't|cannot)|\w'll){_ADVERBS}\s\w{{2,15}}|\b(?:plans|intends|hopes|expects|is|are|is\sdue|are\sdue|is\sset|is\sscheduled|is\sexpected|are\sexpected)\sto{_ADVERBS}\s\w{{2,15}}"
    r"|\b(?:is|are)\s(?:due|scheduled|expected|slated|set|planned)\b|\b(?:effective|payable|upcoming|forthcoming|looming)\b"
    r"|\b(?:begins|starts|opens|expires|resumes|reconvenes|takes\s(?:effect|place))\b"
)
_BEFORE_ONLY = (  # words that look ahead to a date that follows them
    rf"\b(?:would|may|can|should|must|might){_ADVERBS}\s\w{{2,15}}|\b(?:{_PLAN})\sto{_ADVERBS}\s\w{{2,15}}|\bto\sbe\s\w{{2,15}}(?:ed|en|t|ld|ne)\b"
    r"|\b(?:due|scheduled|slated|planned|expected|set)\s(?:for|on|by|in|next|from|before|at)\b|\bdeadline\b"
    r"|\b(?:is|are)\s\w{2,12}ing\b(?!\ssince)"
    r"|\b(?:scheduled|planned|announced?|declared?|agree[ds]?|call(?:s|ed)?|proposed)\s(?:on\s)?(?:a|an|the)\s[\w\s'-]{3,80}\s(?:from|for|starting|beginning|until)\s(?:the\s)?$"
    r"|\b(?:scheduled|planned)\s(?:a|an|the)\s[\w\s'-]{3,60}$"
    r"|\b(?:postponed|delayed|extended|given|gave|adjourned|suspended|deferred|has|have|had)\s[\w\s'-]{0,60}\b(?:until|till)\s$"
    r"|\bas\s(?:early|soon)\sas\s$"
)
_PAST = (
    r"\b(?:was|were|had|has|have|did|didn't|wasn't|weren't|been|said|told|says|began|begun|came|went|fell|took|made|gave|left|met|held"
    r"|won|lost|struck|rose|hit|shot|broke|fought|sent|led|became|brought|flew|drove|spoke|wrote|saw|got|found|kept|laid|ran|sank"
    r"|stood|withdrew|retook|put|cut|fled|dealt|sought|drew|grew|threw|blew|beat|bought|built|caught|hid|paid|read|rode|sold|shook"
    r"|stole|swept|taught|thought|tore|woke|wore|(?!need\b|indeed\b|hundred\b|speed\b|exceed\b|proceed\b|seed\b|feed\b|succeed\b)[a-z]{2,16}ed)\b"
)
_WEAK = r"\b(?:to|could)\s(?:be\s)?[a-z]{2,15}\b"
_LEFT = re.compile(rf"(?P<ahead>{_SURE}|{_BEFORE_ONLY})|(?P<weak>{_WEAK})|(?P<past>{_PAST})")
_RIGHT = re.compile(rf"(?P<ahead>{_SURE})|(?P<weak>{_WEAK}|\b(?:would|may|can|should|must|might)\b)|(?P<past>{_PAST})")
_BREAK = re.compile(r"[;\u2014]|\n\s*\n|[.!?][\"'\u201d]?\s+(?=[A-Z\"'\u201c])|,\s(?:but|although|though|while|whereas)\s")
_PREPOSITION = re.compile(r"\b(until|till|by|from|before|effective|starting|beginning)\s(?:the\s|late\s|early\s|on\s|next\s)?$", re.IGNORECASE)
_REACH = 160  # characters of the sentence that are read on either side


@dataclass(frozen=True, slots=True)
class Direction:
    """`ahead`, `past`, or neither; `weak` when nothing finite stands next to the date; the deciding words; the preposition."""

    ahead: bool = False
    past: bool = False
    weak: bool = False
    cue: str = ""
    preposition: str = ""


def clause(text: str, start: int, end: int, first: int, last: int) -> Direction:
    """The direction of the clause around `start:end` in the sentence `first:last`."""
    left, right = text[max(first, start - _REACH) : start], text[end : min(last, end + _REACH)]
    breaks = [found.end() for found in _BREAK.finditer(left)]
    left = left[breaks[-1] :] if breaks else left
    stop = _BREAK.search(right)
    right = right[: stop.start()] if stop else right
    near = _PREPOSITION.search(left)
    preposition = near[1].lower() if near else ""
    cues = list(_LEFT.finditer(left))
    weak = not cues or cues[-1].lastgroup == "weak"
    before = [found for found in cues if found.lastgroup != "weak"]
    cue = before[-1] if before else next((found for found in _RIGHT.finditer(right) if found.lastgroup != "weak"), None)
    if cue is None:
        return Direction(preposition in ("until", "till"), False, True, preposition, preposition)
    ahead = cue.lastgroup == "ahead"
    return Direction(ahead, not ahead, weak and not ahead, " ".join(cue[0].split()), preposition)
