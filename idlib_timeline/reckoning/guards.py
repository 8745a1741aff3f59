"""Small questions about the words around a match, which decide whether it is a date at all.

Each takes the match with the 60 characters before and after it.
"""

import re

from ..grammar import Near

_COUNTED = "civilians|fighters|men|militants|people|persons|police|prisoners|rebels|refugees|residents|soldiers|troops"
_THINGS = re.compile(  # what a number before it counts
    r"\s*(?:%|percent|per cent|million|billion|thousand|hundred|dollars|pounds|euros|meters|metres|miles|kilometers"
    r"|kilometres|km|kg|tons|tonnes|feet|women|children|dead|deaths|wounded|families|homes|houses|points|shares|votes|jobs"
    r"|workers|officers|tanks|aircraft|rockets|bombs|vehicles|members|cases|copies|units|rounds|stations|GMT|UTC|hours|local"
    rf"|of (?:them|those|whom)|{_COUNTED}|[a-z]+ (?:{_COUNTED}))\b",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"(?:^|[(\[,;:/\u2013-]\s?|\b(?:in|since|until|till|by|from|to|of|late|early|mid|through|during|before|after|last|for|and|or|the|between|around|about|than|year|fiscal|summer|winter|spring|autumn|fall|season|throughout|that|circa|c\.|its|his|their|her|our|when|under|into|on|back|\w+'s)\s+)$",
    re.IGNORECASE,
)


def no_path(near: Near) -> bool:
    """Whether digits are a date, and no part of an address ("/2012/05/06/page.html")."""
    return not near.before.endswith("/") and not near.after.startswith("/")


_NUMBERED = re.compile(
    r"[$\u00a3\u20ac#]\s?$|\b(?:Resolution|Article|Section|Flight|Route|Highway|No\.|Law|number|page|room|channel|model"
    r"|Agenda|Battalion|Euro|Exhibit|Expo|Hill|Office|Operation|Plan|Protocol|sheet|Squadron|Unit|Vision|volume|Windows)\s$",
    re.IGNORECASE,
)
_GLUED_BEFORE = re.compile(r"(?<!\b\d{4})[.,:/-](?<=\d.)$|\w[.@]$")  # the tail of a longer number or name
_GLUED_AFTER = re.compile(r"[:/]\d|-\d{3}\b|-\d{5}|\.\d|\w")
_SINCE_ABOUT = re.compile(r"\b(?:in|since|until|by|from)\s+about\s+$", re.IGNORECASE)
_COUNTING = re.compile(r"\b(?:nearly|almost|some|approximately|least|exactly)\s+$", re.IGNORECASE)
_DATING = re.compile(r"\b(?:in|since|until|during|before)\s+$", re.IGNORECASE)


def bare_year(near: Near) -> bool:
    """Whether four digits are a year, and no count, price or name: the older the year, the more must speak for it."""
    if re.search(r"(?<![\w.,])\d{2,4} (?:\d{2,4} )?$", near.before):  # the end of a phone number
        return False
    if _NUMBERED.search(near.before) or _GLUED_BEFORE.search(near.before) or _GLUED_AFTER.match(near.after):
        return False
    number = int(near.match) if near.match.isdigit() else 1950  # a year in words: "nineteen ninety-six"
    recent = 1900 <= number <= 2059
    if near.before.endswith("\n") and near.after.startswith("\n"):
        return True  # a heading
    if _THINGS.match(near.after) and not (recent and _DATING.search(near.before)):
        return False
    if recent:
        return not _COUNTING.search(near.before)
    if 1500 <= number < 1900 and re.match(r"[-\u2013]\d{2,4}\b", near.after):
        return True
    doubtful = "than|about|to|or|on|for|over" + ("" if number >= 1500 else "|and|of|the|his|their|its|her|under")
    if _SINCE_ABOUT.search(near.before):
        return True
    return _YEAR_BEFORE.search(near.before) is not None and not re.search(rf"\b(?:{doubtful})\s+$", near.before)


def three_digits(near: Near) -> bool:
    """Whether a number of three digits after a month is a year, and counts nothing ("602 men")."""
    return re.search(r"(?<!\d)\d{3}$", near.match) is not None and _counts_nothing(near)


def bare_old_year(near: Near) -> bool:
    """Whether three digits alone are a year of a text that tells such years."""
    return re.search(r"(?<!\d)\d{3}$", near.match) is not None and _OLD_BEFORE.search(near.before) is not None and (
        _counts_nothing(near) and not _GLUED_AFTER.match(near.after)
    )  # fmt: skip


def _counts_nothing(near: Near) -> bool:
    return not _THINGS.match(near.after) and not re.match(
        r"\s[a-z]+s\b(?<!\bwas)(?<!\bhis)(?<!\bits)|,\d|\.\d", near.after
    )


_OLD_BEFORE = re.compile(
    r"(?:^|\b(?:in|since|until|till|by|from|to|of|late|early|through|during|before|after|and|between|about|around|year)\s+"
    r"|[(\u2013-]\s?)$",
    re.IGNORECASE,
)


def clock_alone(near: Near) -> bool:
    """Whether `10:35` is a time: no score, verse or ratio."""
    if re.search(
        r"\b(?!At\b|By\b|From\b|Around\b|About\b|\w+day\b|(?:Jan|Feb|Ma[ry]|Apr|Ju[nl]|Aug|Sep|Oct|Nov|Dec))[A-Z][a-z]+\s$",
        near.before,
    ):
        return False
    return not re.match(r"\s*(?:%|percent|points?|votes?|majority|ratio)|[:.]\d|[\d/]", near.after) and not re.search(
        r"[\d:./$]$", near.before
    )


def plural_unit(near: Near) -> bool:
    """Whether bare `days`, `years` are a length: after a word that wants one."""
    if re.search(r"\b(?:first|last|final|opening|closing)\s+$", near.before, re.IGNORECASE) and re.match(
        r"\s+of\s+[A-Z\d]", near.after
    ):
        return False
    if re.search(r"\bmatter of\s+$", near.before):
        return False
    return re.search(
        r"\b(?:for|in|of|over|after|within|during|last|took|take|takes|lasted|lasting|spent|spend|many|through|by|throughout|almost|nearly|about|are|were|and|just|only|ten|until|the|before|following)\s+$",
        near.before,
        re.IGNORECASE,
    ) is not None and not re.match(r"\s+(?:ahead|apart|of age|old)\b", near.after)


def plain_number(near: Near) -> bool:
    """Whether a day's number stands alone ("the 20th"), naming nothing ("the 20th Division")."""
    if re.search(r"\b(?:on|by)\s+$", near.before, re.IGNORECASE) and re.match(
        r"\s+(?!(?:Air|Airborne|Amendment|Arm|Army|Avenue|Battalion|Brigade|Cavalry|Century|Company|Congress|Corps|District"
        r"|Division|Field|Fleet|Guards|Infantry|Marine|Militia|Mountain|Panzer|Parachute|Parallel|Platoon|Regiment|Rifle"
        r"|Squadron|SS|Street|Tank|Ward|Wing)\w*\b)[A-Z]", near.after,
    ):  # fmt: skip
        return True
    if re.search(r"\b(?:on|by|until|till|since|from|before|after)\s+$", near.before, re.IGNORECASE) and re.match(
        r"\s+(?!(?:anniversary|attempt|birthday|brigade|century|day|district|division|floor|hole|hour|minute|month|night"
        r"|page|parallel|place|round|second|session|straight|time|try|week|year)\b)[a-z]", near.after,
    ):  # fmt: skip
        return True
    return (
        not re.match(r"\s+[A-Za-z]", near.after)
        or re.match(
            r"\s+(?:of|and|to|when|as|the|at|a|in|for|with|he|they|it|his|their|after|but|by|were|was|had|while|General|President)\b",
            near.after,
        )
        is not None
    )


def length_of_time(near: Near) -> bool:
    """Whether it is a length: no rate ("$35 a night"), no fraction ("a quarter of"), no title, no ordinal "second"."""
    if re.match(r"\d{4} hours$", near.match) and (near.match[0] == "0" or re.search(r"\bat\s+$", near.before)):
        return False  # "at 0430 hours" is a time of day
    if re.match(r"\s(?:War|Republic)\b|s'\s[A-Z]", near.after):
        return False  # "the Six-Day War"
    if re.search(r"\bsecond$", near.match, re.IGNORECASE):
        return re.match(r"\s*(?:[.,;]|$|(?:later|ago|after|before|or|and)\b)", near.after) is not None
    if re.search(r"quarters?$", near.match, re.IGNORECASE):
        return (
            near.match.lower().endswith("quarters")
            and not re.match(r"\s+(?:of|full)\b", near.after)
            and "-" not in near.match
        )
    if re.match(r"an? \w+$", near.match, re.IGNORECASE) and (_RATE.search(near.before) or near.match.endswith("s")):
        return False
    return (
        not re.search(r"\b[A-Z\d]\w* [A-Z][a-z]+$", near.match)
        or re.match(r"[A-Z][a-z]+ [a-z]", near.match) is not None
    )


_RATE = re.compile(
    r"(?:\b(?:\d[\d,.]*|million|billion|thousand|hundred)\s[a-z]{3,}(?<!later)(?<!ago)(?<!for)(?<!after)(?<!within)|\d|[%]|\b(?:million|billion|thousand|hundred|percent|cents|dollars|hours|times|nights|days|months|flights|seats|units|barrels|tons|tonnes|meals|once|twice|jobs|people|much))\s+$"
)


def rate(near: Near) -> bool:
    """Whether "a day" tells how often or how much ("80 a day"), and no length or date."""
    if re.match(r"\s+(?:ago|earlier|later|after|before|and a half|or (?:so|two|more))\b", near.after):
        return False
    return _RATE.search(near.before) is not None


def told_clock(near: Near) -> bool:
    """Whether "ten past eleven", "8 in the morning" are times of day: after a word that wants one."""
    return "clock" in near.match.lower() or _CLOCK_BEFORE.search(near.before) is not None


def told_minutes(near: Near) -> bool:
    """Whether "ten to eleven" is a time of day, and no odds or range."""
    before = re.search(r"\b(at|by|until|till|around|about|after|before)\s+$", near.before, re.IGNORECASE)
    if before is None or re.search(r"\d", near.match):
        return False
    return " to " not in near.match or before[1].lower() != "by"


_CLOCK_BEFORE = re.compile(
    r"\b(?:at|by|until|till|since|from|before|after|around|about|nearly|almost|between|exactly)\s+(?:about\s|around\s)?$",
    re.IGNORECASE,
)


def no_title(near: Near) -> bool:
    """Whether "this week" is no programme or paper ("This Week"), and "the next year" counts from now, not the told."""
    if re.match(r"the next\b", near.match, re.IGNORECASE) and not _SPANNED.search(near.before):
        return False
    return not re.search(r"\b[A-Z][a-z]+ [A-Z][a-z]+$", near.match)


_SPANNED = re.compile(r"\b(?:over|in|for|within|during|throughout|of)\s+$", re.IGNORECASE)


def now_word(near: Near) -> bool:
    """Whether "now" means the present and no acronym, and "recently" is no measure ("as recently as 2011")."""
    return near.match != "NOW" and not (near.before.endswith("as ") and near.after.startswith(" as "))


def new_year(near: Near) -> bool:
    """Whether "the new year" is the coming one, and no feast or class."""
    return (
        "turn" in near.match.lower() or re.search(r"\bthe\s(?:$|new)", near.before[-5:] + near.match, re.I) is not None
    )


def weeks_on(near: Near) -> bool:
    """Whether "two weeks on Tuesday" is a day to come: after a word that looks ahead, or with "from" or a near day."""
    return " on " not in near.match or re.search(r"\b(?:is|are|falls?)\s$", near.before) is not None


def old_thing(near: Near) -> bool:
    """Whether "two-year-old" is how long something has lasted, and nobody's age."""
    return re.match(r"\s+(?:[a-z-]+\s+)?(?:" + _LASTING + r")\b", near.after) is not None


_LASTING = (
    "agreement|alliance|ban|blockade|boycott|bombardment|campaign|ceasefire|cease-fire|coalition|conflict|crackdown"
    "|crisis|curfew|deadlock|dispute|embargo|fight|fighting|government|insurgency|invasion|junta|mission|occupation|offensive"
    "|operation|peace|protest|rebellion|regime|revolt|siege|slump|standoff|stand-off|strike|struggle|treaty|truce|unrest"
    "|uprising|war"
)


def some_day(near: Near) -> bool:
    """Whether "one day" is a day to come ("will one day return"), and no length."""
    return re.search(r"\b(?:will|would|could|can|may|might|hope[sd]?)\s+$", near.before, re.IGNORECASE) is not None


def no_age(near: Near) -> bool:
    """Whether "the '30s" are years of a century, and nobody's age ("in his 30s")."""
    if re.search(r"[1-9]'s$", near.match):
        return False  # "1965's"
    return not re.search(r"\b(?:his|her|their|my|your|our)\s+(?:(?:early|mid|late)[- ])?$", near.before, re.IGNORECASE)


def no_rate(near: Near) -> bool:
    """Whether "per day" tells how often, and no speed ("miles per hour")."""
    return not re.match(r"per (?:second|minute|hour)s?$", near.match, re.IGNORECASE)


def clock_word(near: Near) -> bool:
    """Whether "noon" is a time of day, and no title or figure of speech ("High Noon")."""
    if near.match[0] == "N" and re.search(r"\b[A-Z][a-z]+\s$", near.before):
        return False  # a surname
    return not re.search(r"(?<!\bat )\bhigh\s+$", near.before, re.IGNORECASE)


def lost_apostrophe(near: Near) -> bool:
    """Whether "Mondays strike" is Monday's: no "on" before it and a noun after it."""
    if re.search(r"\b(?:on|every|most|some|many|of all)\s+$", near.before, re.IGNORECASE):
        return False
    after = re.match(r"\s+([a-z]+)\b", near.after)
    return after is not None and not _NO_NOUN.fullmatch(after[1])


_NO_NOUN = re.compile(
    r"(?:and|or|at|in|on|from|to|the|are|were|is|when|as|but|for|with|through|they|he|she|it|we|too|only"
    r"|(?:night|morning|evening|afternoon)s?)"
)


def current_word(near: Near) -> bool:
    """Whether "current" is an adjective of time ("current president"), not a stream."""
    return not re.search(r"\b(?:electric|ocean|river|direct|alternating)\s+$", near.before, re.IGNORECASE)


def told_unit(near: Near) -> bool:
    """Whether `that day`, `next year` count from what was told: "next" needs its article, "that" no clause.

    "Following weeks of shelling" follows the weeks; only "the following weeks" are themselves the ones that follow.
    """
    if re.match(r"following \w+s$", near.match, re.IGNORECASE) and re.match(r" of\b", near.after):
        return False
    if re.match(r"(?:(?:late|early|earlier|later)\s)?next\b", near.match, re.IGNORECASE):
        return False
    if re.match(r"the next (?!day|night)", near.match, re.IGNORECASE) and _SPANNED.search(near.before):
        return False
    return not re.search(r"\b(?:quarters|seconds?)$", near.match) and not re.match(
        r"that \w+s$", near.match, re.IGNORECASE
    )


_ALONE = (
    r"\s*(?:[.,;:)\]\"'!?\u201d\u2014-]|$)|\n\s*\n|\s+(?:and|but|in|on|by|at|as|with|when|while|because|for|to|from|that|was"
    r"|were|had|is|are|near|against|under|the two)\b"
)


_DATE = re.compile(
    r"\s+(?:on\s+)?(?:(?:the\s+)?\d|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?\s+\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|last\s)"
)


def counts_alone(near: Near) -> bool:
    """Whether "two days before" ends there, and so counts from what was told; "before the vote" does not."""
    if re.search(r"\b(?:later|earlier|previously|afterwards)$", near.match, re.IGNORECASE):
        return not re.match(r"\s+than\b", near.after)
    return re.match(_ALONE, near.after) is not None


def event_follows(near: Near) -> bool:
    """Whether the words after "two days after" tell the event from which it counts, and no date."""
    return (
        re.match(r"\s+[A-Za-z\"']", near.after) is not None
        and not re.match(_ALONE, near.after)
        and not re.match(_DATE, near.after)
    )


def no_noun_after(near: Near) -> bool:
    """Whether "the past", "the year" is the thing itself and does not describe another ("the past week")."""
    if re.search(r"\b(?:of|for)\s+$", near.before) and re.match(r"\s+of\b", near.after):
        return False
    if re.search(r"\bturn of\s+$", near.before):
        return False
    return (
        re.match(
            r"\s*(?:[.,;:)\]\"'!?\u201d\u2014-](?!\w)|$)|\s+(?:and|but|in|on|by|at|as|with|when|while|because|for|to|from|that|was|were|had|has|is|are|ended|ending|after|before|since|it|he|they|we|the|a|will|would|could)\b|'s\b",
            near.after,
        )
        is not None
    )


def told_part(near: Near) -> bool:
    """Whether "that night", "the next morning" are times told before; "that morning tea" is not."""
    if re.match(r"next\b", near.match, re.IGNORECASE):
        return False
    if near.match.lower().endswith((" before", " after", " earlier", " later")):
        return re.search(r"\bthe\s+$", near.before + near.match[:4], re.IGNORECASE) is not None and counts_alone(near)
    return not re.match(r"that\b", near.match, re.IGNORECASE) or no_noun_after(near)


def not_ordinal_before(near: Near) -> bool:
    """Whether "the quarter" is a business quarter, and not one of a town."""
    return not re.match(r"\s+(?:of (?!\d)|century|mile|hour|final|finals)", near.after)
