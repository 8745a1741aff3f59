"""Whether the writers of a country put the day or the month first in a numeric date."""

import re
from urllib.parse import urlsplit

# CLDR 45, date formats of English locales: month first in the United States, the Philippines and some islands; Canada
# writes either. Every other language and region that is written d/m/y here puts the day first.
_MONTH_FIRST = frozenset(("us", "ph", "pr", "gu", "as", "vi", "um", "mp", "mh", "pw"))
_EITHER = frozenset(("ca", "ke", "za"))  # both orders are in use
# Country domains that are sold all over the world say nothing of a country.
_SOLD = frozenset(
    [
        "ac",
        "ai",
        "am",
        "bz",
        "cc",
        "co",
        "fm",
        "gg",
        "gl",
        "io",
        "is",
        "la",
        "ly",
        "me",
        "mu",
        "nu",
        "sh",
        "st",
        "tk",
        "to",
        "tv",
        "vc",
        "ws",
    ]
)
_AMERICAN = frozenset(("gov", "mil"))


def day_first(url: str, language: str) -> bool | None:
    """True for 31/12/2019, False for 12/31/2019, None where the page's language and domain do not tell.

    A language tag with its region ("en-GB") speaks before the domain; a language other than English puts the day first.
    """
    tag = re.fullmatch(r"([a-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_]([A-Za-z]{2}))?(?:[.@-].*)?", language.strip())
    if tag and tag[2]:
        return _of_region(tag[2].lower())
    if tag and tag[1] != "en":
        return True
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return None
    ending = host.rsplit(".", 1)[-1]
    if ending in _AMERICAN:
        return False
    return _of_region(ending) if re.fullmatch(r"[a-z]{2}", ending) and ending not in _SOLD else None


def _of_region(region: str) -> bool | None:
    return None if region in _EITHER else region not in _MONTH_FIRST
