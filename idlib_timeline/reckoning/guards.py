"""Small questions about the words around a match, which decide whether it is a date at all.

Each takes the 60 characters before the match, the match, and the 60 after it.
"""

import re

_MONTH_BEFORE = re.compile(
    r"(?:^|\b(?:in|since|until|till|by|from|to|of|late|early|mid|through|during|before|after|last|this|next|for|and|or|every|each|until|between|around|about|that|past|coming|following|previous|an?|the|its|their|his|begin|began|beginning|starting|ending|ended|is|was|effective|due|end)\s+|[-/(,]\s?)$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?:[$\u00a3\u20ac#]|\b(?:no\.?|nos\.?|number|resolution|article|section|page|pages|flight|chapter|verse|route|highway|room|ak|unit|model|channel|line|paragraph|rule|law|act|decree|case|about|than|nearly|almost|over|some|around|least|approximately|only|every|all|up to|to)\s?)$", re.IGNORECASE)
_THINGS = re.compile(
    r"\s*(?:%|percent|per cent|million|billion|thousand|hundred|dollars|pounds|euros|meters|metres|miles|kilometers|kilometres|km|kg|tons|tonnes|feet|people|persons|men|women|children|civilians|troops|soldiers|fighters|rebels|militants|dead|deaths|wounded|prisoners|refugees|families|homes|houses|points|shares|votes|jobs|workers|police|officers|tanks|aircraft|rockets|bombs|vehicles|members|cases|copies|units|rounds|stations|GMT|UTC|hours|local|of (?:them|those|whom)|[a-z]+ (?:people|civilians|troops|soldiers|fighters|men|rebels|militants|prisoners))\b",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"(?:^|[(\[,;:/\u2013-]\s?|\b(?:in|since|until|till|by|from|to|of|late|early|mid|through|during|before|after|last|for|and|or|the|between|around|about|than|year|fiscal|summer|winter|spring|autumn|fall|season|throughout|that|circa|c\.|its|his|their|her|our|when|under|into|on|back|\w+'s)\s+)$",
    re.IGNORECASE,
)


def bare_month(before: str, match: str, after: str) -> bool:
    """Whether a month's name is a date: May, March and the like need a word before them that wants a date."""
    if re.match(r"(?:may|march|mar|dec|sept?|jan|april|june|august)\b", match, re.IGNORECASE):
        if match[0].islower() or not _MONTH_BEFORE.search(before):
            return False
        if not before.strip() and not re.match(r"\s*[\d,.:(]", after):
            return False
        if re.match(r"\s+(?:[A-Z][a-z]+|have|be|not|also|well)\b", after) and not re.match(r"\s+(?:[A-Z][a-z]+'s)", after):
            return re.search(r"\b(?:in|since|until|by|during|late|early|last|of)\s+$", before, re.IGNORECASE) is not None
    return not re.search(r"\b(?:Mrs?\.?|Ms\.?|Miss|Black|Operation|General|President|Theresa|Brian)\s+$", before)


def bare_year(before: str, match: str, after: str) -> bool:
    """Whether four digits are a year, and no count, price or name."""
    if _THINGS.match(after) or re.search(r"[$\u00a3\u20ac#]\s?$|\b(?:Resolution|Article|Section|Flight|Route|Highway|No\.|Law|number|page|room|channel|model)\s$", before, re.IGNORECASE):
        return False
    if re.search(r"(?<!\b\d{4})[.,:/-](?<=\d.)$|\w[.@]$", before) or re.match(r"[:/]\d|-\d{3,}\b(?!\d)|\.\d|\w", after) and not re.match(r"-\d{4}\b", after):
        return False
    if 1900 <= int(match[-4:] if match[-4:].isdigit() else 1950) <= 2059:
        return not re.search(r"\b(?:about|nearly|almost|some|approximately|least|exactly)\s+$", before, re.IGNORECASE) or "about" in before
    return _YEAR_BEFORE.search(before) is not None and not re.search(r"\b(?:than|about|for|to|over|and|of|the|his|their|its|her|under|on|or)\s+$", before)


def weekday_name(before: str, match: str, after: str) -> bool:
    """Whether a weekday's name is a day, and no newspaper, team or nickname."""
    if re.match(r"(?:sun|sat|mon|wed|fri)\b(?!\.)", match, re.IGNORECASE) and not re.match(r"\s?,?\s*(?:\d|[A-Z][a-z]{2}\b)", after):
        return False
    if re.search(r"\b(?:Black|Bloody|Sheffield|Ruby|Good|Holy|Palm|Easter|Ash|Super)\s+$", before):
        return False
    return not re.match(r"\s+(?:Times|Telegraph|Herald|Mirror|Express|Independent|Mail|Post|Review)\b", after)


def clock_alone(before: str, match: str, after: str) -> bool:
    """Whether `10:35` is a time: no score, verse or ratio."""
    return not re.match(r"\s*(?:%|percent|points?|votes?|majority|ratio)|[:.\d/]", after) and not re.search(r"[\d:./$]$", before)


def plural_unit(before: str, match: str, after: str) -> bool:
    """Whether bare `days`, `years` are a length: after a word that wants one."""
    if re.search(r"\b(?:first|last|final|opening|closing)\s+$", before, re.IGNORECASE) and re.match(r"\s+of\s+[A-Z\d]", after):
        return False
    return re.search(r"\b(?:for|in|of|over|after|within|during|last|took|take|takes|lasted|lasting|spent|spend|many|through|by|throughout|almost|nearly|about|are|were|and|just|only|ten|until|the|before)\s+$", before, re.IGNORECASE) is not None and not re.match(r"\s+(?:ahead|of age|old)\b", after)


def plain_number(before: str, match: str, after: str) -> bool:
    """Whether a day's number stands alone ("the 20th"), naming nothing ("the 20th Division")."""
    return not re.match(r"\s+[A-Za-z]", after) or re.match(
        r"\s+(?:of|and|to|when|as|the|at|a|in|for|with|he|they|it|his|their|after|but|by|were|was|had|while|General|President)\b", after
    ) is not None


def length_of_time(before: str, match: str, after: str) -> bool:
    """Whether it is a length: no rate ("$35 a night"), no fraction ("a quarter of"), no title, no ordinal "second"."""
    if re.search(r"\bsecond$", match, re.IGNORECASE):
        return re.match(r"\s*(?:[.,;]|$|(?:later|ago|after|before|or|and)\b)", after) is not None
    if re.search(r"quarters?$", match, re.IGNORECASE):
        return match.lower().endswith("quarters") and not re.match(r"\s+(?:of|full)\b", after) and "-" not in match
    if re.match(r"an? \w+$", match, re.IGNORECASE) and (_RATE.search(before) or match.endswith("s")):
        return False
    return not re.search(r"\b[A-Z\d]\w* [A-Z][a-z]+$", match) or re.match(r"[A-Z][a-z]+ [a-z]", match) is not None


_RATE = re.compile(
    r"(?:\d|[%]|\b(?:million|billion|thousand|hundred|percent|cents|dollars|hours|times|nights|days|months|flights|seats|units|barrels|tons|tonnes|meals|once|twice|jobs|people|much))\s+$"
)


def no_title(before: str, match: str, after: str) -> bool:
    """Whether "this week" is no name of a programme or paper ("This Week")."""
    return not re.search(r"\b[A-Z][a-z]+ [A-Z][a-z]+$", match)


def now_word(before: str, match: str, after: str) -> bool:
    """Whether "now" means the present, and no acronym."""
    return match != "NOW"


def current_word(before: str, match: str, after: str) -> bool:
    """Whether "current" is an adjective of time ("current president"), not a stream."""
    return not re.search(r"\b(?:electric|ocean|river|direct|alternating)\s+$", before, re.IGNORECASE)


def told_unit(before: str, match: str, after: str) -> bool:
    """Whether `that day`, `next year` count from what was told: "next" needs its article, "that" no clause."""
    if re.match(r"next\b", match, re.IGNORECASE):
        return False
    return not re.search(r"\b(?:quarter|second)s?$", match) and not re.match(r"that \w+s$", match, re.IGNORECASE)


_ALONE = r"\s*(?:[.,;:)\]\"'!?\u201d\u2014-]|$)|\n\s*\n|\s+(?:and|but|in|on|by|at|as|with|when|while|because|for|to|from|that|was|were|had|is|are|near|against|under|the two)\b"


_DATE = re.compile(
    r"\s+(?:on\s+)?(?:(?:the\s+)?\d|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?\s+\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|last\s)"
)


def counts_alone(before: str, match: str, after: str) -> bool:
    """Whether "two days before" ends there and so counts from what was told, or an event follows ("before the vote")."""
    if re.search(r"\b(?:later|earlier|previously|afterwards)$", match, re.IGNORECASE):
        return not re.match(r"\s+than\b", after)
    return re.match(_ALONE, after) is not None


def event_follows(before: str, match: str, after: str) -> bool:
    """Whether the words after "two days after" tell the event from which it counts, and no date."""
    return re.match(r"\s+[A-Za-z\"']", after) is not None and not re.match(_ALONE, after) and not re.match(_DATE, after)


def no_noun_after(before: str, match: str, after: str) -> bool:
    """Whether "the past", "the year" is the thing itself and does not describe another ("the past week")."""
    if re.search(r"\b(?:of|for)\s+$", before) and re.match(r"\s+of\b", after):
        return False
    return re.match(r"\s*(?:[.,;:)\]\"'!?\u201d\u2014-](?!\w)|$)|\s+(?:and|but|in|on|by|at|as|with|when|while|because|for|to|from|that|was|were|had|has|is|are|ended|ending|after|before|since|it|he|they|we|the|a|will|would|could)\b|'s\b", after) is not None


def bare_season(before: str, match: str, after: str) -> bool:
    """Whether a season without article or year is a time ("in winter"), and no verb or name ("fall", "spring up")."""
    if match[0].isupper() or re.search(r"\b(?:Arab|Prague)\s+$", before):
        return False
    if re.match(r"fall$", match):
        return re.search(r"\b(?:in|last|this|next|since|by|early|late)\s+$", before) is not None and not re.match(r"\s+(?:of|from|to|in)\b", after)
    return re.search(r"\b(?:in|by|during|since|until|before|after|early|late|that|same|this|every|of|and|or|a|their|its|his|main)\s+$", before) is not None


def not_ordinal_before(before: str, match: str, after: str) -> bool:
    """Whether "the quarter" is a business quarter, and not one of a town."""
    return not re.match(r"\s+(?:of (?!a\b|the year)|century|mile|hour|final|finals)", after)
