"""Prose in capitals -> the same prose as a newspaper would print it: old wires know no small letters.

The answer has the length of the question, so that every offset holds; the stored text keeps its capitals. Small
letters are the rule. Capitals get the first words of sentences and the names: what the books of names list,
what stands behind a title, and what is no English word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from .english import Lexicon, lexicon
from .namebook import (
    ARTICLES,
    Marked,
    Spelling,
    actor_book,
    fold_word,
    keys_opened_by,
    longest_key,
    marked_places,
    place_at,
)
from .rules import load

_LEAST = 40  # letters of a paragraph that can be judged
_SHARE = 0.9  # of its letters are capitals: the rest is a clock's "p.m." or a name's "Mc"
_MOST = 0.7  # of an article's letters, from which on its shorter paragraphs are read alike
_HEADING = 120  # characters; a shorter paragraph without a full stop is a heading, and stays
_PARAGRAPH = 130  # characters; longer lines are not wrapped by hand, each is a paragraph

_LOOK = re.compile(r"[A-Z][^a-z]{24}")
_BLOCK = re.compile(r"[^\x02\x03\n][^\x02\x03\n]*(?:\n(?![ \r\x00\x02\x03]*\n)[^\x02\x03\n]+)*")
_STOP = re.compile(r"[.!?\u2026][\"')\]]*[\s\x00\x01]*$")
_TOKEN = re.compile(r"(?:[A-Z]\.){2,}(?:[A-Z](?![^\W_]))?|[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_DATELINE = re.compile(
    r"[ \x00]*(?P<place>[A-Z][A-Z'.]*(?:[ /-][A-Z][A-Z'.]*){0,4})(?P<rest>(?:,[^\n()]{1,40}?)?(?: ?\([^()\n]{1,30}\))?)"
    r"\s?(?P<mark>--|//|[-:_\u2013\u2014])(?:\s|$)"
)
_STAMP = re.compile(r"(?:[A-Z]+(?:-[A-Z0-9]+)+|[A-Z]{0,3}\d[\w-]*)(?: [A-Z0-9-]+){0,4}")  # "AM-SALVADOR", "B4021 INA"
_STAMPED = 60  # characters of such a line
_CONTINUES = frozenset(["S", "T", "D", "M", "LL", "RE", "VE"])  # what may follow an English apostrophe


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ABBREVIATED = _words(
    "gen col lt maj capt sgt cpl adm brig gov sen rep rev prof amb mr mrs ms dr st mt ft no vs jr sr inc co cmdr"
)
_TITLES = _words("gen col lt maj capt sgt cpl adm brig gov sen rep rev prof amb mr mrs ms dr cmdr pope sheik")
_TITLE_LEADS = _words("prime foreign defense defence interior vice deputy brigadier lieutenant field major")
_OPENERS = _words("the a an he she it they we but and this that these there after meanwhile")
_PLACED = _words("in at near outside from around toward towards above inside")
_GROUND = _words("province city town village district region governorate valley airport")
_PARTICLES = _words("de del der den von van bin ibn")
_RULERS = _words("president minister premier chancellor king queen prince senator sheikh colonel captain pope")
_LANDS = _words("island islands river sea gulf bay street avenue")  # capitalised behind a name
_MINISTRIES = _words("foreign interior defence defense finance")
_LONGEST = 9  # words of a name before its acronym
_UNITS = _words("am pm bn m mm cm km kg st nd rd th k s hrs")
_ARTICLES_OF_NAMES = _words("el la los las san santa al")
_MAKES = _words("su il mi tu an ka mig yak")  # of aircraft: "Su-24"
_PROPER = _words(  # English words that keep their capital and are in no book of names
    """islam islamic islamist islamists islamism muslim muslims christian christians jewish jew jews arab arabs arabic
    kurd kurds kurdish sunni sunnis shiite shiites shia druze alawite alawites catholic catholics orthodox protestant
    protestants hindu hindus sikh sikhs buddhist buddhists marxist marxists maoist maoists tuareg tuaregs bedouin nazi
    african africans asian asians european europeans latin balkan baltic caucasian mediterranean maghreb caucasus sahel
    koran quran qaeda qaida god allah spanish portuguese english hebrew persian slavic balkans"""
)
_SMALL = _words(  # what WordNet does not list
    """the a an and or but nor of to in on at by for with from into onto upon over under after before since until till
    against among between through during without within toward towards per via than as if that which who whom whose what
    when where while why how because although though unless whether he she it they we you i me him her them us its his
    their our my your this these those there here then not no is was were are be been being am has have had do does did
    will would shall should can could may might must ought said says also both each every either neither all any some
    such other another more most less least few many much own same so too very just only even still yet again once
    himself herself itself themselves ourselves myself yourself yourselves anyone everyone someone nobody nothing
    everything something anything around about across along behind beside besides beyond down off out up near despite
    except like unlike outside inside meanwhile however therefore thus else whatever whoever whichever amid amidst among
    aboard alongside one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
    first second third fourth fifth sixth seventh eighth ninth tenth ones isn't th st nd rd km kms mm cm lb lbs mph kph
    mid non pro anti ex pre others s"""
)
_DATED = _words("in from last since early late mid of until by during next this between and through to")


def restored(text: str) -> str:
    """`text` with small letters in the paragraphs that are written in capitals, character for character.

    Works on the masked text of `prose`, before wrapped lines are joined. Headings and credits in capitals stay, as
    does every text that has no run of capitals: one look tells.
    """
    if not _LOOK.search(text):
        return text
    blocks = [span for match in _BLOCK.finditer(text) for span in _paragraphs(text, *match.span())]
    small, great = _letters(text)
    whole = great > _MOST * (small + great)
    chosen = [span for span in blocks if _in_capitals(text[slice(*span)], whole)]
    if not chosen:
        return text
    pieces, position = [], 0
    acronyms = _acronyms(text)
    for start, end in chosen:
        pieces += [text[position:start], _Block(text[start:end], acronyms).restored()]
        position = end
    return "".join([*pieces, text[position:]])


def _letters(text: str) -> tuple[int, int]:
    """How many small letters and how many capitals."""
    return sum(map(str.islower, text)), sum(map(str.isupper, text))


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block of lines: as one paragraph when it is wrapped by hand, else its lines."""
    lines = text[start:end].split("\n")
    if max(map(len, lines)) <= _PARAGRAPH:
        yield start, end
        return
    for line in lines:
        yield start, start + len(line)
        start += len(line) + 1


def _in_capitals(paragraph: str, whole: bool) -> bool:
    small, great = _letters(paragraph)
    if great < _SHARE * (small + great) or not great:
        return False
    ended = bool(_STOP.search(paragraph))
    return ended or len(paragraph) > _HEADING if whole else ended and great >= _LEAST


def _acronyms(text: str) -> frozenset[str]:
    """Short words that stand alone in brackets, as a new acronym does: "(FMLN)", "/TASS/"."""
    return frozenset(re.findall(r"[(/]([A-Z]{2,6})[)/]", text))


# --- one paragraph --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Token:
    """A word in capitals: where it stands, its small letters without "'s", its key in the books of names."""

    start: int
    end: int
    word: str
    key: str


class _Block:
    """A paragraph in capitals. `cased` holds the answer by token: small letters until something gives a capital."""

    def __init__(self, text: str, acronyms: frozenset[str]) -> None:
        self.text = text
        self.acronyms = acronyms
        self.tokens = [_token(match) for match in _TOKEN.finditer(text)]
        self.cased = [_lower(text[token.start : token.end]) for token in self.tokens]
        self.words = lexicon()

    def restored(self) -> str:
        head = self._head()
        first = next((index for index, token in enumerate(self.tokens) if token.start >= head), len(self.tokens))
        for index in range(first, len(self.tokens)):
            self._one(index)
        self._book(first)
        self._titles(first)
        self._ministries(first)
        self._spelled_out(first)
        self._neighbours(first)
        self._opening(first, head)
        pieces, position = [], head
        pieces.append(self._dateline(head))
        for token, cased in zip(self.tokens[first:], self.cased[first:], strict=True):
            pieces += [_lower(self.text[position : token.start]), cased]
            position = token.end
        return "".join([*pieces, _lower(self.text[position:])])

    # the opening of a paragraph

    def _head(self) -> int:
        """Where the sentences begin: behind the wire's own lines and the dateline."""
        start = 0
        for line in self.text.split("\n")[:8]:
            match = _DATELINE.match(self.text, start)
            if match and self._is_dateline(match):
                return match.end("mark")
            if len(line) > _STAMPED or not _STAMP.fullmatch(line.strip(" \x00")):
                break
            start += len(line) + 1
        return min(start, len(self.text))

    def _is_dateline(self, match: re.Match[str]) -> bool:
        words = re.split(r"[ /-]", match["place"])
        if match["mark"] == ":" and match["rest"]:
            return False
        if match["rest"] or match["mark"] == "--":
            return words[0].lower() not in _SMALL
        key = " ".join(filter(None, map(fold_word, words)))
        return key in actor_book().spellings or bool(_places(key))

    def _dateline(self, head: int) -> str:
        """The head as it stands, but for months: the town of a dateline is printed in capitals, an agency is too."""
        months = "|".join(month.rstrip(".") for month in load("times").lists["month"])
        return re.sub(rf"(?i)\b(?:{months})\b(?=\.? \d)", lambda match: match[0].title(), self.text[:head])

    # single words

    def _one(self, index: int) -> None:
        token = self.tokens[index]
        written = self.text[token.start : token.end]
        if "." in written:
            self.cased[index] = written.lower() if token.word in ("a.m.", "p.m.") else written
        elif self._is_acronym(index):
            self.cased[index] = written[: len(token.word)] + written[len(token.word) :].lower()
        elif self._is_proper(index):
            self._capital(index)

    def _is_proper(self, index: int) -> bool:
        token = self.tokens[index]
        number_before = self.text[max(0, token.start - 1) : token.start].isdigit()
        if token.word in _UNITS and number_before:
            return False
        if token.word == "no" or token.word in _MAKES:
            numbered = re.match(r"-\d" if token.word != "no" else r"\. ?\d", self.text[token.end : token.end + 3])
            return bool(numbered)
        return token.word in _PROPER or token.word == "i" or self._is_date(index) or not _common(token.word)

    def _capital(self, index: int) -> None:
        word = self.cased[index]
        if word[:1].islower():
            parts = re.split("(['\u2019])", word)
            if len(parts) > 1 and parts[2].upper() not in _CONTINUES:
                word = "".join(_upper(part[:1]) + part[1:] if len(parts[0]) < 3 else part for part in parts)  # O'Neill
            self.cased[index] = _upper(word[:1]) + word[1:]

    def _is_acronym(self, index: int) -> bool:
        token = self.tokens[index]
        written = token.word.upper()
        after = self.text[token.end : token.end + 2]
        before = self.text[max(0, token.start - 2) : token.start]
        if len(written) == 1:
            model = after[:1] == "-" and (written not in ("A", "I") or after[1:].isdigit())
            return before[-1:] not in ("'", "\u2019") and (model or after[:1] == ".")
        if len(written) <= 3 and after.strip("-")[:1].isdigit():
            return token.word not in _MAKES and not _common(token.word)  # F-16, AK-47
        if before[-1:].isdigit():
            return token.word not in _SMALL | _UNITS and len(written) <= 3
        if token.word == "us":
            return self._united_states(index)
        if token.word in _SMALL or token.word in ARTICLES:
            return False
        if written in self.acronyms or written in _agencies():
            return True
        if any(s.case == "upper" and s.written == written for s in actor_book().spellings.get(token.key, ())):
            return len(written) == 2 or (_parts(token.word) <= {"noun"} and not self.words.plural(token.word))
        return len(written) <= 6 and not set("AEIOUY") & set(written) and not _parts(token.word)

    def _united_states(self, index: int) -> bool:
        token = self.tokens[index]
        before, after = self._word(index - 1), self._word(index + 1)
        lists = actor_book().words
        if before == "the" or self.text[token.end : token.end + 1] == "-" or "'" in self.text[token.start : token.end]:
            return True
        return after in lists["after_demonym"] or after in lists["force"]

    def _is_date(self, index: int) -> bool:
        token = self.tokens[index]
        word = token.word
        if word not in _calendar():
            return False
        after = self.text[token.end : token.end + 4]
        numbered = bool(re.match(r"\.?\s\d", after)) or bool(
            re.search(r"\d(?:st|nd|rd|th)?\s$", self.text[max(0, token.start - 4) : token.start], re.IGNORECASE)
        )
        if len(word) <= 3 and word != "may":
            return numbered or (after[:1] == "." and word not in ("sun", "sat")) or word == "tet"
        if word in ("may", "march", "august"):
            return numbered or (
                self._word(index - 1) in _DATED and self._word(index + 1) not in ("be", "have", "not", "also")
            )
        return True

    def _word(self, index: int) -> str:
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""

    def _gap(self, index: int) -> str:
        """What stands between a token and the next one, ";" when there is none."""
        if not 0 <= index < len(self.tokens) - 1:
            return ";"
        return self.text[self.tokens[index].end : self.tokens[index + 1].start]

    # names of the books

    def _book(self, first: int) -> None:
        index = first
        while index < len(self.tokens):
            index += self._name_at(index) or 1

    def _name_at(self, index: int) -> int:
        """How many tokens from `index` on are a name of the books, which gets its capitals."""
        longest = longest_key(self.tokens[index].key)
        last, keys = index, [self.tokens[index].key]
        runs = [(last, keys[0])] if longest else []
        while len(keys) < longest and self._gap(last).strip(" \n\x00-") in ("", "."):
            if self._gap(last)[:1] == "." and len(self.tokens[last].word) > 2:
                break
            last += 1
            if self.tokens[last].key:
                keys.append(self.tokens[last].key)
                runs.append((last, " ".join(keys)))
        for last, key in reversed(runs):
            if self._cased_as_listed(index, last, key):
                return last - index + 1
        return 0

    def _cased_as_listed(self, first: int, last: int, key: str) -> bool:
        spellings = [s for s in actor_book().spellings.get(key, ()) if s.case != "upper"]
        if last == first:
            return self._single(first, key, spellings)
        if spellings:
            if any(s.case == "any" for s in spellings):
                return True  # a common noun: small letters
            for spelling in spellings:
                if self._as_written(first, last, spelling):
                    return True
        rows = [row for mark in ("", "~") for row in _places(key).get(mark, ())]
        if not spellings and not rows:
            return False
        words = [self.tokens[i].word for i in range(first, last + 1)]
        sure = spellings or self._word(first - 1) in _PLACED or any("h" in place_at(row)[1] for row in rows)
        if not sure and all(_common(word) for word in words):
            return False
        for i in range(first, last + 1):
            if self.tokens[i].word not in ("of", "the", "and", "on", "upon") and not self._is_article(i):
                self._capital(i)
        return True

    def _as_written(self, first: int, last: int, spelling: Spelling) -> bool:
        listed = re.findall(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*", spelling.written)
        if [word.casefold() for word in listed] != [self.tokens[i].word for i in range(first, last + 1)]:
            return False
        for i, word in zip(range(first, last + 1), listed, strict=True):
            self.cased[i] = word + self.cased[i][len(word) :]
        return True

    def _single(self, index: int, key: str, spellings: Sequence[Spelling]) -> bool:
        token = self.tokens[index]
        if token.word in _SMALL or token.word in ARTICLES or not self.cased[index].islower():
            return False
        parts = _parts(token.word)
        for spelling in spellings:
            if spelling.article and spelling.written.casefold() == f"{self._word(index - 1)} {token.word}":
                self._capital(index)  # "EL SALVADOR"
            if spelling.case == "any" or spelling.written.casefold() != token.word:
                continue
            if spelling.via in ("demonym", "people", "capital") or spelling.state_name:
                self._capital(index)
            elif spelling.via == "person":
                if not parts or self.words.name(token.word):
                    self._capital(index)
            elif parts <= {"noun"} and (not spelling.local or self._word(index - 1) == "the"):
                self._capital(index)
        if not spellings and self._is_place(index, key, parts):
            self._capital(index)
        return self.cased[index][0].isupper()

    def _is_place(self, index: int, key: str, parts: frozenset[str]) -> bool:
        """Whether a word of the gazetteer that English has too means the place here."""
        word, marks = self.tokens[index].word, _places(key)
        if "" in marks and parts <= {"noun"}:
            return self.words.name(word)
        if "" not in marks and "?" not in marks:
            return False
        if self.words.name(word):
            return self._word(index - 1) in _PLACED
        alone = self._gap(index).strip(" \n\x00") != "" or self._word(index + 1) in _SMALL
        if not (parts <= {"noun"} and word.title() in self.words.seen and self._word(index - 1) in _PLACED):
            return False
        return self._word(index + 1) in _GROUND or (alone and "" in marks)

    def _is_article(self, index: int) -> bool:
        return self.tokens[index].word in ARTICLES and self._gap(index) == "-"

    # titles and what is beside a name

    def _titles(self, first: int) -> None:
        """Titles before names: the word behind one is a name unless it can be no noun."""
        titles = _titles()
        for index in range(first, len(self.tokens) - 1):
            word = self.tokens[index].word
            if word not in titles or self._gap(index).strip(" \n\x00") not in ("", "."):
                continue
            short = word in _TITLES
            if (
                short
                and word not in ("mr", "mrs", "ms")
                and not (self._gap(index).startswith(".") or self.cased[index + 1][0].isupper())
            ):
                continue
            if self._named(index + 1, titles, short):
                self._capital(index)
                if self._word(index - 1) in _TITLE_LEADS and not self._gap(index - 1).strip(" \n\x00."):
                    self._capital(index - 1)

    def _ministries(self, first: int) -> None:
        for index in range(first, len(self.tokens) - 1):
            if self._word(index) in _MINISTRIES and self._word(index + 1) == "ministry":
                self._capital(index)
                self._capital(index + 1)

    def _spelled_out(self, first: int) -> None:
        """The words that an acronym in brackets behind them stands for: "Kosovo Liberation Army (KLA)"."""
        for index in range(first + 1, len(self.tokens)):
            word = self._word(index)
            if word.upper() not in self.acronyms or not self._gap(index - 1).endswith("("):
                continue
            for i in self._phrase(index - 1, first, word):
                self._capital(i)

    def _phrase(self, last: int, first: int, acronym: str) -> list[int]:
        """The words up to `last` that an acronym stands for: back to "the", or as far as it has their initials."""
        named: list[int] = []
        for at in range(last, max(first, last - _LONGEST) - 1, -1):
            word = self._word(at)
            if named and self._gap(at).strip(" \n\x00-"):
                break
            if word in ("the", "a") and self._word(at - 1) not in ("of", "for"):
                return named
            if word not in _SMALL:
                named.append(at)
        initials = "".join(self._word(at)[:1] for at in reversed(named))
        return named[: len(acronym)] if initials.endswith(acronym) else []

    def _named(self, index: int, titles: frozenset[str], short: bool) -> bool:
        word = self.tokens[index].word
        if self.cased[index][0].isupper():
            return word not in _calendar() and (short or not self._of_the_books(index))
        if word in titles or word in _SMALL or word in _calendar():
            return False
        person = any(s.via == "person" and s.written.casefold() == word for s in self._spellings(index))
        lemma = _parts(word) == {"noun"} and word in self.words.lemmas["noun"] and word.title() in self.words.seen
        if short or person or self.words.name(word) or (lemma and self._word(index - 1) in _RULERS):
            self._capital(index)
            return True
        return False

    def _spellings(self, index: int) -> tuple[Spelling, ...]:
        return actor_book().spellings.get(self.tokens[index].key, ())

    def _of_the_books(self, index: int) -> bool:
        """Whether a name is a state's or a people's: no person's, so no title leads to it."""
        return any(s.via in ("demonym", "people", "name", "capital", "government") for s in self._spellings(index))

    def _neighbours(self, first: int) -> None:
        """What beside a name belongs to it: "DAVID" before an unknown one, a surname, "EL", "ISLAND"."""
        for index in range(first, len(self.tokens)):
            if self.cased[index][0].isupper():
                if self._word(index) == "san" and index + 1 < len(self.tokens):
                    self._capital(index + 1)
            elif self._belongs(index):
                self._capital(index)

    def _belongs(self, index: int) -> bool:
        word, before, after = (self._word(index + step) for step in (0, -1, 1))
        leads = self._gap(index).strip("\n\x00") == " " and self.cased[index + 1][0].isupper()
        if word in _ARTICLES_OF_NAMES:
            return leads and after not in _calendar()
        if leads and before not in ("the", "a") and not _parts(after) and self.words.name(word):
            return after not in _SMALL
        follows = index > 0 and self._gap(index - 1).strip("\n\x00") == " " and self.cased[index - 1][0].isupper()
        if not follows or before in _calendar() or before in _PROPER or before in _SMALL:
            return False
        if word in _LANDS:
            return not any(s.via in ("demonym", "people") for s in self._spellings(index - 1))
        if self._word(index - 2) in _titles() and _parts(word) == {"noun"} and word.title() in self.words.seen:
            return word in self.words.lemmas["noun"] and self._gap(index - 2).strip(" \n\x00.") == ""
        given = _parts(before) <= {"noun"} and not self._of_the_books(index - 1) and before not in _titles()
        return given and "" not in _places(self.tokens[index - 1].key) and self.words.name(word)

    # sentences

    def _opening(self, first: int, head: int) -> None:
        for index in range(first, len(self.tokens)):
            if (
                self._opens(index)
                if index > first
                else not any(map(str.isdigit, self.text[head : self.tokens[first].start]))
            ):
                self._capital(index)

    def _opens(self, index: int) -> bool:
        gap = self.text[self.tokens[index - 1].end : self.tokens[index].start]
        if re.search(r"[,:]\s+\"$", gap):
            return True
        previous = self.tokens[index - 1].word
        dotted = previous.endswith(".")
        if not re.search(r"[.!?\u2026][\"')\]]*[\s\x00]+[\"'(\[]*$", "." + gap if dotted else gap):
            return False
        short = dotted or previous in _ABBREVIATED or len(previous) == 1 or previous in _short_dates()
        return (
            not short or not gap.startswith((".", " ")) or bool(re.search(r"\d", gap)) or self._word(index) in _OPENERS
        )


def _token(match: re.Match[str]) -> _Token:
    word = re.sub("['\u2019]s$", "", _lower(match[0]))
    return _Token(match.start(), match.end(), word, fold_word(word))


def _lower(text: str) -> str:
    """Small letters, as many as there were capitals ("\u0130" has two)."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _upper(letter: str) -> str:
    return letter.upper() if len(letter.upper()) == 1 else letter


@lru_cache(maxsize=1 << 16)
def _parts(word: str) -> frozenset[str]:
    known: Lexicon = lexicon()
    return known.parts(word)


def _places(key: str) -> Marked:
    """The places of a key by its marks."""
    return marked_places(keys_opened_by(key.partition(" ")[0]).get(key, ""))


@lru_cache(maxsize=1 << 16)
def _common(word: str) -> bool:
    """Whether it is an ordinary word of English, not rather a name."""
    if word in _SMALL or len(word) == 1 or re.search("['\u2019]", word):
        return word in _SMALL or bool(re.match(r"\w+['\u2019](?:t|d|m|ll|re|ve)$", word))
    if word in ARTICLES or word in _PARTICLES:
        return True
    parts = _parts(word)
    return bool(parts) and not ("" in _places(fold_word(word)) and lexicon().name(word))


@cache
def _calendar() -> frozenset[str]:
    """Months, weekdays and feasts in small letters."""
    lists = load("times").lists
    named = [word for name in ("month", "weekday", "weekdays", "feast", "eid") for word in lists[name]]
    return frozenset(word.rstrip(".").lower() for word in named if word[0].isupper())


@cache
def _titles() -> frozenset[str]:
    return (frozenset(actor_book().words["title"]) | _TITLES) - _calendar()


@cache
def _short_dates() -> frozenset[str]:
    lists = load("times").lists
    return frozenset(word[:-1].lower() for name in ("month", "weekday") for word in lists[name] if word.endswith("."))


@cache
def _agencies() -> frozenset[str]:
    """Acronyms of news agencies and of clocks."""
    zones = load("times").lists["zone"]
    return frozenset(word for word in (*load("lines").lists["agency"], *zones) if word.isupper() and 2 < len(word) < 6)
