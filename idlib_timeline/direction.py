"""Which way a clause looks: to what has happened, or to what is to come.

Words that tell it are looked for in the sentence, nearest first, before the expression and then after it. An infinitive
tells nothing by itself ("forced to leave on Tuesday", "ordered to appear on Feb. 10"): the clause is then `weak`, and
a date without a year goes to the nearer side. A plan told in the past ("were to have met on Nov. 20") says nothing of
either side: the clause is past, and a date without a year is the `nearest`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_ADVERBS = r"(?:\s(?:not|also|now|soon|still|then|be|have|\w{3,12}ly)){0,3}"
_PLAN = (
    r"plans?|planning|planned|scheduled?|due|set|slated|expect(?:s|ed)?|agree[ds]?|vow(?:s|ed)?|pledge[ds]?|promise[ds]?"
    r"|intend(?:s|ed)?|hop(?:e|es|ing)|is|are|about|ready|prepar(?:e|es|ing)|wants?|going|likely|supposed"
)
_TO_COME = "due|scheduled|slated|planned|expected|set|forecast|billed|timed|pencilled in"
_NOUN_NEXT = r"(?!\s(?:the|a|an|this|that|these|those|their|its|his|her|all|any|some|no)\b)"  # "agreed to the truce"
_SURE = (  # words that look ahead wherever they stand
    rf"(?:will|shall|won't|cannot|\w+'ll){_ADVERBS}\s\w{{2,15}}|(?:is|are)\s(?:now|still|also|all|both)\sto\s\w{{2,15}}"
    rf"|(?:plans|intends|hopes|expects|(?:is|are)(?:\s(?:{_TO_COME}))?)\sto{_ADVERBS}\s\w{{2,15}}"
    rf"|(?:is|are)\s(?:{_TO_COME})\b|(?:effective|payable|upcoming|forthcoming|looming)\b"
    r"|(?:holds|meets|convenes|sits|chooses|elects|decides|arrives|happens)\b(?=[^.;]{0,40}$)"
    r"|(?:begins|starts|opens|expires?|(?<!a\s)(?<!the\s)lapses?|matures?|resumes|reconvenes|takes\s(?:effect|place)"
    r"|(?:comes?|goes)\sinto\s(?:effect|force))\b"
    r"|\b(?:[Ww]e|they|I)\s(?:fly|leave|go|meet|march|move|return|start|begin|sail|open|close|lock|vote)\b"
    r"|\b(?:[Ll]et\sus|[Ll]et's)\s"
)
_BEFORE_ONLY = (  # words that look ahead to a date that follows them
    rf"(?:would|may|can|could(?!\snot)|should|must|might){_ADVERBS}\s\w{{2,15}}"
    rf"|(?:{_PLAN})\sto{_NOUN_NEXT}{_ADVERBS}\s\w{{2,15}}"
    r"|(?<!the\s)(?<!\sa\s)(?<!peace\s)plans?\s(?:a|an|another|new|more|further|fresh|mass|talks|protests|rallies"
    r"|strikes|marches|elections)\b"
    r"|(?<!not\s)(?<!n't\s)(?<!to\s)meet\b"
    r"|(?<![\d,]\s)(?<!of\s)(?<!million\s)(?:votes|elects?)\s(?:[\w\s'-]{1,40}\s)?(?:on|in)\s$"
    r"|(?:hopes?|waits?|waiting|calls|calling)\sfor\s(?:an?|the)\s[\w\s'-]{3,40}\s(?:on|by|in)\s$"
    r"|expect(?:s|ed|ing)?\s(?!to\b)[\w\s'-]{3,40}\s(?:on|by)\s$|looked\s(?:un)?likely\sto\s\w{2,15}"
    r"|(?:predict|forecast|foresee)(?:s|ed)?\s(?!that\b)[\w\s',-]{3,40}$|means?\sto\s\w{2,15}"
    r"|once\s[\w\s']{3,40}\s(?:has|have)\s\w{2,15}"
    r"|hoped\sto\s\w{2,15}|(?:payment|payments|bond|bonds|bill|bills|loan|debt|is|are|fall|falls)\sdue\s$"
    r"|(?:set|fixed|named)\s(?:[\w']{2,15}\s)?a\s(?:new\s)?date,\s$"
    r"|(?:ends|closes|concludes|lapses|falls|runs\sout)\s(?:(?:on|at|in|next|this|late|early)\s){0,2}$"
    r"|(?:pushed|put|moved|brought|shifted)\s(?:back|forward|off)\s(?:to|until|till)\s(?:late\s|early\s)?$"
    r"|(?:rescheduled|postponed|delayed|deferred|adjourned)\s(?:to|for|until)\s(?:late\s|early\s)?$"
    r"|to\sbe\s\w{2,15}(?:ed|en|t|ld|ne)\b"
    rf"|(?:{_TO_COME})\s(?:for|by)\b|(?:due|scheduled|slated|planned|expected)\s(?:on|in|next|from|before|at)\b"
    r"|deadline\b|(?:is|are)\s\w{2,12}ing\b(?=[\w\s]{0,40}$)"
    r"|(?:scheduled|planned|announced?|declared?|agree[ds]?|call(?:s|ed)?|proposed|imposed|ordered|offered|approved)\s"
    r"(?![^.]*\b(?:was|were|had|been)\b)[\w\s',\[\]-]{3,140}\b(?:from|starting|beginning|effective)\s(?:the\s|on\s)?$"
    r"|(?:scheduled|planned)\s(?:a|an|the)\s[\w\s'-]{3,60}$"
    r"|(?:the|a|an|its|his|her|their)\s(?:planned|scheduled|slated|proposed)\s\w{2,15}"
    r"|(?:postponed|delayed|extended|given|gave|adjourned|suspended|deferred|has|have|had)\s[\w\s'-]{0,60}\b"
    r"(?:until|till)\s$"
    r"|(?<=,\s)to\s(?:begin|come|go\sinto|last|open|run|start|take\s(?:effect|place))\b"
    r"|as\s(?:early|soon)\sas\s$|(?:is|are)\s(?:on|for)\s$|wants?\s(?:[\w'-]{1,20}\s){1,4}to\s\w{2,15}"
    r"|(?:called|announced|set|proposed|fixed|convened|declared)\s[\w\s',-]{2,80}\bfor\s(?:late\s|early\s)?$"
    r"|call(?:s|ed)?\sfor\s[\w\s'-]{0,40}\b(?:protests?|strikes?|rally|rallies|march|marches|demonstrations?|elections?)\s"
    r"(?:[\w\s'-]{1,40}\s)?(?:on\s|for\s)?$"
    r"|(?:travels|departs|convenes|flies|leaves\sfor|heads\s(?:to|for)|go(?:es)?\sto\sthe\spolls)\b"
)
_PERFECT = (  # "may have shot him": what happened, or did not
    r"(?:would|may|can|could|should|must|might)(?:\s(?:not|also|well|already))?\shave\s"
    r"(?!to\b|until\b|till\b|a\b|an\b|the\b|no\b|their\b|its\b)\w{2,15}"
)
_PAST = (
    r"(?<!-)(?:was|were|had|has|have|did|didn't|wasn't|weren't|been|said|told|says|began|begun|came|went|fell|took|made|gave"
    r"|left|met|held|won|lost|struck|rose|hit|shot|broke|fought|sent|led|became|brought|flew|drove|spoke|wrote|saw|got"
    r"|found|kept|laid|ran|sank|stood|withdrew|retook|put|cut|fled|dealt|sought|drew|grew|threw|blew|beat|bought|built"
    r"|caught|hid|paid|read|rode|sold|shook|stole|swept|taught|thought|tore|woke|wore"
    r"|set(?=\s(?:up|off|fire|out|ablaze|aside|foot|a|the|free|alight|sail)\b)"
    r"|(?!need\b|indeed\b|hundred\b|speed\b|exceed\b|proceed\b|seed\b|feed\b|succeed\b)[a-z]{2,16}ed)\b(?!-)"
)
_LATE = (  # a plan that is past: a past clause
    r"(?:was|were)\s(?:also\s|now\s|then\s|later\s|first\s)?to\s(?!have\b)\w{2,15}"
    r"|had\s(?:also\s|already\s)?(?:ordered|announced|declared|decreed)\s[\w\s',-]{3,80}\bfrom\s$"
    r"|would\shave\s(?:begun|started|ended|expired|lapsed|left|come|met|seen|run|taken|had)\b"
    rf"|had\sbeen\s(?:{_TO_COME})\s(?:to|for|on|by)\b(?:\s\w{{2,15}})?|(?:was|were)\sto\shave\s\w{{2,15}}"
    r"|had\s(?:also\s|earlier\s|previously\s|originally\s)?(?:planned|hoped|intended|expected|wanted)\sto\s\w{2,15}"
    r"|invit(?:ed|es)\s[\w\s',-]{3,80}\bto\s(?:a|an|the|attend|talks|join)\b"
)
_WEAK = r"(?:to|could\snot)\s(?:be\s)?[a-z]{2,15}\b"
_MERE = r"(?:a|an|the|its|their|his|her|still|newly)\s[a-z]{2,16}ed\s(?=[a-z])"  # "the wounded men": no verb
_LEFT = re.compile(
    rf"\b(?:(?P<late>{_LATE})|(?P<perfect>{_PERFECT})|(?P<ahead>{_SURE}|{_BEFORE_ONLY})|(?P<weak>{_WEAK})|(?P<mere>{_MERE})|(?P<past>{_PAST}))"
)
_RIGHT = re.compile(
    rf"\b(?:(?P<ahead>{_SURE})|(?P<weak>{_WEAK}|(?:would|may|can|should|must|might)\b)|(?P<past>{_PAST}))"
)
_BREAK = re.compile(
    r"[;\u2014]|\n\s*\n|[.!?][\"'\u201d]?\s+(?=[A-Z\"'\u201c])|,\s(?:but|although|though|while|whereas)\s"
)
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


def clause(text: str, start: int, end: int, first: int, last: int) -> Direction:
    """The direction of the clause around `start:end` in the sentence `first:last`."""
    left, right = text[max(first, start - _REACH) : start], text[end : min(last, end + _REACH)]
    breaks = [found.end() for found in _BREAK.finditer(left)]
    left = (left[breaks[-1] :] if breaks else left).replace("\n", " ")
    stop = _BREAK.search(right)
    right = right[: stop.start()] if stop else right
    near = _PREPOSITION.search(left)
    preposition = near[1].lower() if near else ""
    occasion = _OCCASION.match(right) is not None
    if _ARTICLE.search(left) and _NOUN_WILL.match(right):
        return Direction(weak=True, cue="will", preposition=preposition)
    if right.startswith("'s ") or (_ARTICLE.search(left) and _NOUN.match(right)):
        return Direction(ahead=occasion and right.startswith("'s "), weak=True, cue="", preposition=preposition)
    cues = [found for found in _LEFT.finditer(left) if found.lastgroup != "mere"]
    before = _governing(left, cues)
    infinitive = bool(cues) and cues[-1].lastgroup == "weak" and not _purpose(left, before, cues[-1])
    weak = infinitive or (before is not None and before.lastgroup == "late") or preposition in _OPEN or occasion
    cue = before or next((found for found in _RIGHT.finditer(right) if found.lastgroup != "weak"), None)
    by = preposition == "by" and bool(cues) and cues[-1].lastgroup == "weak"  # "told to leave by Friday"
    if cue is None:
        return Direction(preposition in ("until", "till"), False, True, preposition, preposition, until=by)
    if cue.lastgroup == "ahead" and (_RESULT.match(right) or (before is None and _DEED.search(left))):
        return Direction(past=True, cue="a deed done", preposition=preposition)
    ahead = cue.lastgroup == "ahead"
    until = preposition in ("until", "till") and not _LASTED.search(left) and " had " not in right[:60]
    until |= by
    planned = ahead and re.match(_TO_COME, cue[0]) is not None
    undone = _UNDONE.match(right) is not None and (planned or _ANNOUNCED.search(left) is not None)
    nearest = cue.lastgroup == "late" or undone
    return Direction(ahead, not ahead, weak and not ahead, " ".join(cue[0].split()), preposition, nearest, until)


def _governing(left: str, cues: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """The last cue that is no infinitive, nor a participle of the clause's own object ("will buy preferred shares")."""
    finite = [found for found in cues if found.lastgroup != "weak" and not _negated(left, found)]
    if not finite:
        return None
    for at in range(len(finite) - 1, -1, -1):
        found = finite[at]
        if found.lastgroup == "ahead" and _VERB.match(found[0]):
            return finite[-1] if _CLAUSE.search(left[found.end() : finite[-1].start()]) else found
        if found.lastgroup != "past" or not _PARTICIPLE.fullmatch(found[0]) or _BESIDE.match(left[found.end() :]):
            break
    return finite[-1]


def _purpose(left: str, governing: re.Match[str] | None, infinitive: re.Match[str]) -> bool:
    """Whether it says what a deed done was for ("opened a drive to retake the port"), and orders nobody to do it."""
    return (
        governing is not None
        and governing.lastgroup == "past"
        and infinitive[0].startswith("to ")
        and not _ORDER.match(governing[0])
        and _OBJECT.match(left[governing.end() : infinitive.start()]) is not None
    )


def _negated(left: str, cue: re.Match[str]) -> bool:
    """Whether it is the "could" of "neither could be reached", which tells what did not happen."""
    return cue[0].startswith("could ") and _NOBODY.search(left[: cue.start()]) is not None
