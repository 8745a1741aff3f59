"""Months and weekdays in other languages than English, as dateparser's word lists know them."""

import datetime as dt
from functools import lru_cache

# A word is looked up in the page's own language and then in all of these, which must not contradict each other:
# "listopada" is November in Polish and October in Croatian. The months of the Levant are those of a locale.
_LANGUAGES = (
    *("fr", "es", "de", "pt", "it", "nl", "ca", "ro", "pl", "cs", "sk", "hr", "sl", "sr", "sr-Latn", "bs", "mk", "bg"),
    *("ru", "uk", "tr", "az", "ar", "ar-SY", "fa", "he", "el", "sq", "hu", "sv", "da", "nb", "fi", "id", "ka", "hy"),
    "en",
)
_BASE = dt.datetime(2000, 1, 3)  # noqa: DTZ001 - a Monday; the clock is never asked
_FULL = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "RELATIVE_BASE": _BASE, "DATE_ORDER": "DMY"}
_WEEK = {"RELATIVE_BASE": _BASE, "PREFER_DATES_FROM": "past"}


def iso_day(year: str, month: str, day: str, weekday: str, language: str) -> str:
    """The ISO date of a day, a month's name and a year, "" where that is none.

    `weekday` is the word before the date: where it names another day of the week, the date is not trusted.
    """
    months = _months(month, language)
    if len(set(months.values())) != 1:
        return ""
    value = iso(year, next(iter(months.values())), day)
    named = {number for known in months if weekday for number in [_weekday(weekday, known)] if number is not None}
    return value if value and (not named or dt.date.fromisoformat(value).weekday() in named) else ""


def iso(year: str, month: str | int, day: str) -> str:
    """The ISO date of three numbers, "" where the calendar has no such day."""
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _months(word: str, language: str) -> dict[str, int]:
    """By language, the number of the month that a word is there; the page's own language is asked first."""
    base = language.lower().partition("-")[0]
    own = _month(word, base) if base in _LANGUAGES and base != "en" else None
    if own:
        return {base: own}
    return {one: number for one in _LANGUAGES if (number := _month(word, one))}


@lru_cache(maxsize=4096)
def _month(word: str, language: str) -> int | None:
    """The month's number. The whole of a clean date is read, for words that only look like one: "3 h", "7 min"."""
    import dateparser

    languages, locales = (None, [language]) if language == "ar-SY" else ([language], None)
    parsed = dateparser.parse(f"2 {word} 1996", languages=languages, locales=locales, settings=_FULL)
    return parsed.month if parsed and (parsed.year, parsed.day) == (1996, 2) else None


@lru_cache(maxsize=1024)
def _weekday(word: str, language: str) -> int | None:
    """Monday is 0; None for a word that names no day."""
    import dateparser

    parsed = dateparser.parse(word, languages=[language.partition("-S")[0]], settings=_WEEK)
    return parsed.weekday() if parsed and 0 <= (_BASE - parsed).days <= 7 else None
