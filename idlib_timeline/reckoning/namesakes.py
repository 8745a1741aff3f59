"""Guards against what only bears the name of a day, month, season or feast: persons, wars, bridges, papers.

Each takes the match with the 60 characters before and after it, and says whether it is a date all the same.
"""

import re

from ..grammar import Near

_MONTH_BEFORE = re.compile(
    r"(?:^|\b(?:in|since|until|till|by|from|to|of|late|early|mid|through|during|before|after|last|this|next"
    r"|for|and|or|possibly|perhaps|probably|maybe"
    r"|every|each|between|around|about|that|past|coming|following|previous|an?|the|its|their|his|begin|began|beginning"
    r"|starting|ending|ended|is|was|effective|due|end)\s+|[-/(,]\s?)$",
    re.IGNORECASE,
)


def names_nothing(near: Near) -> bool:
    """Whether it is a date, and not the name of a thing ("the 14 July Bridge")."""
    return not names_something(near)


def no_paper(near: Near) -> bool:
    """Whether "daily" tells how often, and no newspaper ("the daily Dawn", "a weekly called Punch")."""
    if re.match(r"\s+(?:[A-Z]|called\b|named\b|newspaper|paper\b|magazine|tabloid|broadsheet)", near.after):
        return False
    return not re.search(r"(?:\w's|\b(?:[Aa]|[Tt]he)(?:\s[A-Z]\w+)?)\s$", near.before) or not re.match(
        r"(?:\s(?:for|of|from|in|said|reported|quoted|wrote)\b|[,.;])", near.after
    )


_ABBREVIATED = re.compile(r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$", re.IGNORECASE)
_WANTED = re.compile(r"\b(?:in|since|until|till|during|late|early|mid|last|next|this|by)[\s-]+$", re.IGNORECASE)


def bare_month(near: Near) -> bool:
    """Whether a month's name is a date: May, March and the like need a word before them that wants a date."""
    if re.match(r"\s\d\d?(?:st|nd|rd|th)?\b(?!,\d)", near.after) or re.search(
        r"(?<!\d)\d\d?(?:st|nd|rd|th)?\s$", near.before
    ):
        return False  # with its day it was no date either
    if names_something(near) or (_ABBREVIATED.match(near.match) and not _WANTED.search(near.before)):
        return False
    if near.match[0].isupper() and re.match(r"\s+(?:was|is) (?:the|an?|also|one)\b", near.after):
        return re.search(r"\b(?:where|when|that|but|and|if)\s+$", near.before) is not None
    if re.match(r"(?:may|march|mar|dec|sept?|jan|april|june|august)\b", near.match, re.IGNORECASE):
        if near.match[0].islower() or not _MONTH_BEFORE.search(near.before):
            return False
        if not near.before.strip() and not re.match(r"\s*[\d,.:(]", near.after):
            return False
        if re.search(r"\b(?:and|or)\s$", near.before) and not _LISTED.search(near.before):
            return False
        if re.search(r",\s(?:and|or)\s$", near.before) and re.match(r"\s[a-z]+ed\b", near.after):
            return False
        if near.before.endswith(", ") and not re.match(r"\s*(?:[,.;:)\d]|and\b|or\b|$)", near.after):
            return False
        if re.match(r"\s+(?:[A-Z][a-z]+|have|be|not|also|well)\b", near.after) and not re.match(
            r"\s+(?:[A-Z][a-z]+'s)", near.after
        ):
            return re.search(r"\b(?:in|since|until|during|late|early|last)\s+$", near.before, re.IGNORECASE) is not None
    return not re.search(r"\b(?:Mrs?\.?|Ms\.?|Miss|Black|Operation|General|President|Theresa|Brian)\s+$", near.before)


_LISTED = re.compile(  # "in March and April", "between 3 March and April": a list of months
    r"\b(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?|late|early|\d{4}|month|spring|summer|autumn|winter)"
    r",?\s(?:and|or)\s$",
    re.IGNORECASE,
)


def weekday_name(near: Near) -> bool:
    """Whether a weekday's name is a day, and no newspaper, team or nickname."""
    if re.match(r"(?:sun|sat|mon|wed|fri)\b(?!\.)", near.match, re.IGNORECASE) and not re.match(
        r"\s?,?\s*(?:\d|[A-Z][a-z]{2}\b)", near.after
    ):
        return False
    if names_something(near) or _named_so(near):
        return False
    if re.search(r"\b(?:Black|Bloody|Sheffield|Ruby|Good|Holy|Palm|Easter|Ash|Super)\s+$", near.before):
        return False
    return not re.match(r"\s+(?:Times|Telegraph|Herald|Mirror|Express|Independent|Mail|Post|Review)\b", near.after)


def _named_so(near: Near) -> bool:
    """Whether somebody bears the weekday's name: "Sunday Okafor sold", "Cody Friday, of Hinesville"."""
    if near.match.endswith(".") and re.search(r"\b(?:the|an?)\s$", near.before, re.IGNORECASE):
        return True
    if re.search(r"\b(?:call|nam)ed\s(?:him|her|them|it)\s$", near.before):
        return True
    if re.search(r"\b[A-Z][a-z]+\s$", near.before):
        return re.match(r",\s(?:who\b|of\s[A-Z]|an?\s[a-z]|\d\d,)", near.after) is not None
    if re.search(r"(?:^|[.!?][\"'\u201d]?\s|\n|\u2014\s|--\s)$", near.before):
        return (
            re.match(r"\s[A-Z][a-z]+\s(?:and|had|has|was|who|said|sold|told|ran|fled|lost|left)\b", near.after)
            is not None
        )
    return near.before.endswith(", ") and re.match(r"\s[A-Z][a-z]+,\san?\s", near.after) is not None


_SEASON_BEFORE = re.compile(
    r"\b(?:in|by|during|since|until|before|after|early|late|that|same|this|every|of|and|or|a|their|its|his|main)\s+$",
    re.IGNORECASE,
)
_FALL_BEFORE = re.compile(r"\b(?:in|last|this|next|since|by|early|late)\s+$", re.IGNORECASE)


def told_season(near: Near) -> bool:
    """Whether "that summer", "the next spring" count from what was told; a bare "next spring" counts from P."""
    return not re.match(r"next\b", near.match, re.IGNORECASE) and season_name(near)


def bare_season(near: Near) -> bool:
    """Whether a season without article or year is a time ("in winter"), and no verb or name ("fall", "spring up")."""
    if near.match[0].isupper() or re.search(r"\b(?:Arab|Prague)\s+$", near.before) or names_something(near):
        return False
    if near.match.endswith("fall"):
        return _FALL_BEFORE.search(near.before) is not None and not re.match(r"\s+(?:of|from|to|in)\b", near.after)
    if re.search(r"\ba\s+$", near.before):
        return (
            re.match(r"\s(?:offensive|campaign|counter|push|assault|drive|truce|night|day|morning|evening)", near.after)
            is not None
        )
    return _SEASON_BEFORE.search(near.before) is not None


def season_name(near: Near) -> bool:
    """Whether "the fall" is a season, and not the fall of a town or part of a name ("the Winter War")."""
    if names_something(near):
        return False
    if not re.search(r"\bfall$", near.match):
        return True
    other = r"\s+(?:of|from|in)\b" if near.match.lower().startswith("the") else r"\s+(?:of|from)\b"
    return not re.match(other, near.after)


def feast_day(near: Near) -> bool:
    """Whether it is the feast, and not what is named after it ("the Yom Kippur War", "the Tet Offensive")."""
    if re.search(r"\b(?:White|Father|Operation)\s+$", near.before) or names_something(near):
        return False
    if near.match == "Tet" and not re.search(r"\b(?:at|during|for|before|after|on|until|since)\s+$", near.before):
        return False
    named = r"(?<![.,;:!?])(?<!Muslim)(?<!Orthodox)(?<!Catholic)(?<!Jewish)\s$"
    person = re.search(r"\b[A-Z][a-z]+\s$", near.before) and re.search(named, near.before)
    return not (
        near.match.startswith("Rama") and (person or re.match(r"\s+(?:[A-Z][a-z]+|(?:may|said|was)\s)", near.after))
    )


_NAMED = (  # what bears the name of a day, month, season or feast
    "Accords?|Agreement|Airport|Alliance|Award|Barracks|Base|Battalion|Bloc|Bombers|Boulevard|Bridge|Brigades?|Camp"
    "|Caucus|City|Coalition|Coup|Committee|Dam|Declaration|Division|Foundation|Front|Generation|Group|Hospital|Intifada|Island"
    "|Martyrs?|Massacre|Movement|Museum|Offensive|Organi[sz]ation|Pact|Palace|Park|Party|Plot|Prison|Rebellion|Regiment"
    "|Republic|Revolt|Revolution|Rising|School|Square|Stadium|Street|Truce|Tunnel|University|Uprising|War|Works"
)


def names_something(near: Near) -> bool:
    """Whether the words only name a thing: "the 14 July Bridge", "the October War", "the March 14 alliance"."""
    if re.match(rf"(?:\s\d\d?)?\s+(?:[A-Z][\w'-]+\s)?(?:{_NAMED})\b", near.after):
        return True
    dated = re.search(r"\d\D{0,2}$|^\D{0,4}\d+(?:st|nd|rd|th)?\s", near.match)
    return dated is not None and re.match(
        r"\s+(?:alliance|bloc|brigades?|bridge|camp|coalition|district|group|movement|neighbou?rhood|part(?:y|ies)|square|street"
        r"|quarter|hospital|mosque|university|airport)\b(?! of\b)", near.after,
    ) is not None  # fmt: skip
