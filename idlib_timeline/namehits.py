"""The words of a text and the runs of words that the books of names know.

Arabic articles are no words of their own here: a word remembers the article before it.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from .interval import DateInterval
from .namebook import ARTICLES, TOKEN, Spelling, actor_book, fold_word, known_keys, place_book

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

    @property
    def state(self) -> Spelling | None:
        """The spelling of a state by its name or capital."""
        return next((s for s in self.spellings if s.state_name), None)


def words_of(text: str, sentences: Sequence[tuple[int, int]]) -> Words:
    """The words of a text; sentence starts are found anew where none are given."""
    spans = [match.span() for match in TOKEN.finditer(text)]
    folded = [fold_word(text[start:end]) for start, end in spans]
    kept = [index for index, key in enumerate(folded) if key]
    articles = [-1] * len(kept)
    for place, index in enumerate(kept):
        if index and not folded[index - 1]:
            start, end = spans[index - 1]
            word, gap = text[start:end], text[end : spans[index][0]]
            if gap == "-" or (
                gap == " " and (word.lower() in ("al", "el") or (word[0].isupper() and word not in _ENGLISH))
            ):
                articles[place] = start
    starts, ends = [spans[index][0] for index in kept], [spans[index][1] for index in kept]
    written = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    keys = [folded[index] for index in kept]
    opened = [start for start, _ in sentences] or [0, *(match.end() for match in _END.finditer(text))]
    return Words(text, written, keys, starts, ends, articles, opened)


def hits_of(words: Words, published: DateInterval) -> list[Hit]:
    """The hits of a text in order, the longest run first, none overlapping."""
    return list(_runs(words, published))


def _runs(words: Words, published: DateInterval) -> Iterator[Hit]:
    known, keys = known_keys(), words.keys
    index, total = 0, len(keys)
    for first, key in enumerate(keys):
        if (
            first < index
            or not (longest := known.first.get(key))
            or not (key in known.lower or words.written[first][0].isupper())
        ):
            continue
        for last in range(min(first + longest, total) - 1, first - 1, -1):
            run = key if last == first else " ".join(keys[first : last + 1])
            if run not in known.all or (last > first and not _joined(words, first, last)):
                continue
            hit = _hit(words, first, last, run, published)
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


def _hit(words: Words, first: int, last: int, key: str, published: DateInterval) -> Hit | None:
    known = actor_book().spellings.get(key, ())
    spellings = tuple(s for s in known if _written_so(words, first, last, s, published))
    if any(s.case == "upper" for s in spellings):
        spellings = tuple(s for s in spellings if s.case == "upper")
    rows: tuple[int, ...] = ()
    common = False
    if words.capital(first) and (words.capital(last) or words.word(last) in actor_book().words["place_noun"]):
        book = place_book().keys
        rows = book.get(key, ())
        common = not rows
        rows += book.get(f"?{key}", ())
        if words.articles[first] >= 0:
            rows += book.get(f"~{key}", ())
            common = common and f"~{key}" not in book
        if f"^{key}" in book and words.written[first].replace(".", "").isupper():
            rows += book[f"^{key}"]
            common = False
    if not spellings and not rows:
        return None
    start = words.articles[first] if words.articles[first] >= 0 else words.starts[first]
    return Hit(first, last, start, _end(words, last), spellings, rows, common)


def _end(words: Words, last: int) -> int:
    """The end of a word without its possessive."""
    word = words.written[last]
    return words.ends[last] - (2 if word.lower().endswith("'s") else 0)


def _written_so(words: Words, first: int, last: int, spelling: Spelling, published: DateInterval) -> bool:
    if spelling.case == "upper" and not words.written[first].replace(".", "").removesuffix("'s").isupper():
        return False
    last_capital = spelling.written.split()[-1][0].isupper()
    if spelling.case == "capital" and not (words.capital(first) and (words.capital(last) or not last_capital)):
        return False
    if spelling.article and words.articles[first] < 0:
        return False
    if spelling.via in _ENGLISH_VIA and first == last and plain(words.written[first]) != plain(spelling.written):
        return False  # "They" is no Thai: what English fixed is spelled one way
    if spelling.via == "person" and published.known and spelling.term.known and not spelling.term.overlaps(published):
        return False
    return not (spelling.via == "person" and first == last and named_person(words, first))


def plain(word: str) -> str:
    """A word without case, accents, possessive and punctuation, and without any romanisation."""
    bare = unicodedata.normalize("NFKD", word.casefold().removesuffix("'s"))
    return "".join(char for char in bare if char.isalnum())


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
