"""Mirrors and reprints: articles that are one text at two outlets speak with one voice.

Two articles are one text when most sentences of the shorter stand word for word in the longer. A broader likeness
(agency copy rewritten) is two voices: nobody can tell from words who checked what.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ..model import Article

_WORDS = 6  # a shorter sentence is common property
_COUNT = 3  # sentences that must be shared; two can be one quotation and its source
_SHARE = 0.7  # of the sentences of the shorter text
_COMMON = 50  # articles: a sentence in more of them is boilerplate
_SIZE = 8  # bytes of a sentence's hash: one collision in a billion sentences


def sentence_print(article: Article) -> bytes:
    """The hashes of an article's own sentences, letters and digits only, sorted and joined."""
    found = set()
    for sentence in article.sentences:
        words = re.findall(r"\w+", article.prose.text[sentence.start + sentence.lead : sentence.end].lower())
        if sentence.kind == "body" and len(words) >= _WORDS:
            found.add(hashlib.blake2b(" ".join(words).encode(), digest_size=_SIZE).digest())
    return b"".join(sorted(found))


def voices(prints: Sequence[tuple[str, bytes]]) -> Mapping[str, str]:
    """Article -> the article whose voice it repeats (the first by name of all that are one text), reprints only.

    `prints` are (name, `sentence_print`). Near linear: articles meet by their rare sentences only.
    """
    sentences = {name: [print_[at : at + _SIZE] for at in range(0, len(print_), _SIZE)] for name, print_ in prints}
    holders: dict[bytes, list[str]] = {}
    for name, hashes in sorted(sentences.items()):
        for value in hashes:
            holders.setdefault(value, []).append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        if 1 < len(names) <= _COMMON:
            shared.update((first, second) for at, first in enumerate(names) for second in names[at + 1 :])
    voice = {name: name for name in sentences}

    def speaker(name: str) -> str:
        while voice[name] != name:
            voice[name] = voice[voice[name]]
            name = voice[name]
        return name

    for (first, second), count in sorted(shared.items()):
        least = min(len(sentences[first]), len(sentences[second]))
        if count >= _COUNT and count >= _SHARE * least:
            one, other = sorted((speaker(first), speaker(second)))
            voice[other] = one
    return {name: speaker(name) for name in sentences if speaker(name) != name}
