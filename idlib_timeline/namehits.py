"""The words of a text and the runs of words that the books of names know.

Arabic articles are no words of their own here: a word remembers the article before it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from .interval import DateInterval
from .namebook import (
    ARTICLES,
    TOKEN,
    Spelling,
    actor_book,
    fold_word,
    keys_opened_by,
    longest_key,
    lower_openers,
    marked_places,
    plain,
)

_END = re.compile(r"[.!?][\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])|\n\s*\n")
_ENGLISH_VIA = frozenset(("demonym", "people", "name"))
_ENGLISH = frozenset(("As", "An", "At", "Ed", "Es"))  # opening words that look like articles


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text without Arabic articles: their characters, keys, and whether an article stood before."""

    text: str
    written: list[str]
    keys: list[str]
    starts: list[int]
    ends: list[int]
    articles: list[int]  # start of the article before the word, or -1
    sentences: list[int]  # starts of sentences

    def gap(self, index: int) -> str:
        """The characters between word `index` and the next one."""
        return self.text[self.ends[index] : self.starts[index + 1]] if index + 1 < len(self.keys) else "\n\n"

    def word(self, index: int) -> str:
        """The lower-case word at `index`, "" outside the text."""
        return self.written[index].lower() if 0 <= index < len(self.keys) else ""

    def capital(self, index: int) -> bool:
        return 0 <= index < len(self.keys) and self.written[index][0].isupper()

    def opens(self, index: int) -> bool:
        """Whether the word opens a sentence (quotes and brackets aside)."""
        start = self.starts[index] if self.articles[index] < 0 else self.articles[index]
        run = bisect_right(self.sentences, start) - 1
        return run >= 0 and not any(char.isalnum() for char in self.text[self.sentences[run] : start])


@dataclass(frozen=True, slots=True)
class Hit:
    """A run of words `first..last` that the books know: actor spellings and gazetteer rows."""

    first: int
    last: int
    start: int
    end: int
    spellings: tuple[Spelling, ...]
    rows: tuple[int, ...]
    common: bool = False  # the places' name is also an English word or a person's name
    state: Spelling | None = None  # the spelling of a state by its name or capital


def words_of(text: str, sentences: Sequence[tuple[int, int]]) -> Words:
    """The words of a text; sentence starts are found anew where none are given."""
    spans = [match.span() for match in TOKEN.finditer(text)]
    written = [text[start:end] for start, end in spans]
    keys = list(map(fold_word, written))
    dropped = [index for index, key in enumerate(keys) if not key]
    articles = [-1] * len(keys)
    for index in dropped:
        if index + 1 < len(keys) and keys[index + 1]:
            end, gap = spans[index][1], text[spans[index][1] : spans[index + 1][0]]
            word = text[spans[index][0] : end]
            if gap == "-" or (
                gap == " " and (word.lower() in ("al", "el") or (word[0].isupper() and word not in _ENGLISH))
            ):
                articles[index + 1] = spans[index][0]
    if dropped:
        kept = [index for index, key in enumerate(keys) if key]
        spans, articles = [spans[index] for index in kept], [articles[index] for index in kept]
        written, keys = [written[index] for index in kept], [keys[index] for index in kept]
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    opened = [start for start, _ in sentences] or [0, *(match.end() for match in _END.finditer(text))]
    return Words(text, written, keys, starts, ends, articles, opened)


def hits_of(words: Words, published: DateInterval) -> list[Hit]:
    """The hits of a text in order, the longest run first, none overlapping."""
    return list(_runs(words, published))


def _runs(words: Words, published: DateInterval) -> Iterator[Hit]:
    known, lower, keys = actor_book().spellings, lower_openers(), words.keys
    index, total = 0, len(keys)
    for first, (key, word) in enumerate(zip(keys, words.written, strict=True)):
        if capital := word[0].isupper():
            longest = longest_key(key)
        elif key in lower:
            longest = lower[key]
        else:
            continue
        if not longest or first < index:
            continue
        opened = keys_opened_by(key) if capital else {}
        for last in range(min(first + longest, total) - 1, first - 1, -1):
            run = key if last == first else " ".join(keys[first : last + 1])
            if (run not in known and run not in opened) or (last > first and not _joined(words, first, last)):
                continue
            hit = _hit(words, first, last, run, opened.get(run, ""), published)
            if hit:
                yield hit
                index = last + 1
                break


def _joined(words: Words, first: int, last: int) -> bool:
    for index in range(first, last):
        gap = words.gap(index)
        if gap in (" ", "-"):
            continue
        rest = gap.strip(" \n'-")
        if rest == "." and len(words.keys[index]) <= 2:
            continue
        if rest.lower() not in ARTICLES and rest:
            return False
        if "\n\n" in gap:
            return False
    return True


def _hit(words: Words, first: int, last: int, key: str, listed: str, published: DateInterval) -> Hit | None:
    known = actor_book().spellings.get(key, ())
    spellings = tuple([s for s in known if _written_so(words, first, last, s, published)]) if known else ()
    if any(s.case == "upper" for s in spellings):
        spellings = tuple(s for s in spellings if s.case == "upper")
    elif words.capital(first) and not words.opens(first):  # "the Allied forces" are not any allied forces
        spellings = tuple(s for s in spellings if s.case == "capital") or spellings
    rows: tuple[int, ...] = ()
    common = False
    if (
        listed
        and words.capital(first)
        and (words.capital(last) or words.word(last) in actor_book().words["place_noun"])
    ):
        marked = marked_places(listed)
        rows = marked.get("", ())
        common = not rows
        rows += marked.get("?", ())
        if words.articles[first] >= 0:
            rows += marked.get("~", ())
            common = common and "~" not in marked
        if "^" in marked and words.written[first].replace(".", "").isupper():
            rows += marked["^"]
            common = False
    if not spellings and not rows:
        return None
    start = words.articles[first] if words.articles[first] >= 0 else words.starts[first]
    state = next((s for s in spellings if s.state_name), None)
    return Hit(first, last, start, _end(words, last), spellings, rows, common, state)


def _end(words: Words, last: int) -> int:
    """The end of a word without its possessive."""
    word = words.written[last]
    return words.ends[last] - (2 if word.lower().endswith("'s") else 0)


def _written_so(words: Words, first: int, last: int, spelling: Spelling, published: DateInterval) -> bool:
    if spelling.case == "upper" and not words.written[first].replace(".", "").removesuffix("'s").isupper():
        return False
    if spelling.case == "capital" and not (
        (words.capital(first) or spelling.opens_small) and (words.capital(last) or spelling.ends_small)
    ):
        return False
    if spelling.article and words.articles[first] < 0:
        return False
    if spelling.via in _ENGLISH_VIA and first == last and plain(words.written[first]) != spelling.bare:
        return False  # "They" is no Thai: what English fixed is spelled one way
    if published.known and spelling.term.known and not spelling.term.overlaps(published):
        return False  # out of office, not yet founded
    return not (spelling.via == "person" and first == last and named_person(words, first))


def named_person(words: Words, index: int) -> bool:
    """Whether a capitalised word stands right before that is no title, state or opening word: "Fatima Assad"."""
    before = index - 1
    if before < 0 or not words.capital(before):
        return False
    start = words.starts[index] if words.articles[index] < 0 else words.articles[index]
    if words.text[words.ends[before] : start] not in (" ", "\n"):
        return False
    if words.word(before) in actor_book().words["title"] or (words.opens(before) and words.word(before) in openers()):
        return False
    known = actor_book().spellings.get(words.keys[before], ())
    return not any(s.via in ("demonym", "name", "capital", "government") for s in known)


@cache
def openers() -> frozenset[str]:
    """Lower-case words of the book's lists: what may open a sentence without being part of a name."""
    lists = actor_book().words
    return frozenset(word for name in lists for word in lists[name]) | frozenset(
        [
            "the",
            "a",
            "an",
            "and",
            "but",
            "when",
            "while",
            "as",
            "if",
            "after",
            "before",
            "since",
            "until",
            "because",
            "although",
            "though",
            "this",
            "that",
            "these",
            "those",
            "for",
            "on",
            "of",
        ]
    )
