"""A parsed sentence as a tree of words, and the questions every room of the grammar asks of it.

Labels are those of the ClearNLP scheme that spaCy's English models use (nsubj, dobj, agent, relcl ...), tags those of
the Penn Treebank.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ..model import Phrase
from ..rules import load

SUBJECT = frozenset(("nsubj", "csubj", "expl"))
PASSIVE_SUBJECT = frozenset(("nsubjpass", "csubjpass"))
_LEFT = {
    "compound",
    "amod",
    "nmod",
    "poss",
    "nummod",
    "det",
    "quantmod",
    "case",
    "predet",
    "punct",
    "advmod",
    "npadvmod",
}
_REACH = {"of", "at", "from", "in", "for"}
_FINITE = {"VBD", "VBZ", "VBP", "VBN"}  # VBN with its auxiliary; the tagger also takes it for VBD
_RELATIVE = frozenset(("relcl",))
_CLAUSES = frozenset(("relcl", "acl", "advcl", "appos"))


class Word(NamedTuple):
    """A token: its place in the sentence, its span in the prose, Penn tag, dependency label and head."""

    index: int  # type: ignore[assignment]  # in place of the tuple's method, which nobody asks a word for
    start: int
    end: int
    text: str
    lower: str
    tag: str
    dep: str
    head: int

    @property
    def verbal(self) -> bool:
        """Whether the word heads a clause, or can: a verb form that is no modifier."""
        return self.tag[:2] == "VB" and self.dep not in {"amod", "compound", "aux", "auxpass", "nmod"}

    @property
    def nominal(self) -> bool:
        """A noun, or a gerund used as one."""
        return self.tag[:2] == "NN"


class Parse:
    """The words of one sentence as a tree."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = tuple(words)
        self._children: list[list[Word]] = [[] for _ in self.words]
        for word in self.words:
            if word.head != word.index:
                self._children[word.head].append(word)
        self._starts = [word.start for word in self.words]
        self._ends = [word.end for word in self.words]
        self._edges: dict[tuple[int, frozenset[str]], tuple[Word, Word]] = {}

    def kids(self, word: Word, *deps: str) -> list[Word]:
        """Children of `word` with one of these labels (all when none is given), in order."""
        found = self._children[word.index]
        return [kid for kid in found if kid.dep in deps] if deps and found else found

    def head(self, word: Word) -> Word | None:
        """The word above, None at the root."""
        return None if word.head == word.index else self.words[word.head]

    def above(self, word: Word) -> Iterator[Word]:
        """The words from the head of `word` up to the root."""
        while word.head != word.index:
            word = self.words[word.head]
            yield word

    def clause_of(self, word: Word) -> Word:
        """The verb that `word` serves: itself if it heads a clause, else the nearest such word above, else the root."""
        if word.verbal:
            return word
        last = word
        for last in self.above(word):
            if last.verbal or last.tag == "MD":
                return last
        return last

    def beginning(self, start: int, end: int) -> Sequence[Word]:
        """The words that begin in the span."""
        return self.words[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def covering(self, start: int, end: int) -> Word | None:
        """The head word of the span: the one whose own head lies outside; None if no word is in it."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        for word in self.words[first:last]:
            if word.head == word.index or not first <= word.head < last:
                return word
        return None

    def subtree(self, word: Word) -> list[Word]:
        """`word` and all below it, in sentence order."""
        return sorted(self._below(word))

    def _below(self, word: Word, cut: frozenset[str] = frozenset()) -> list[Word]:
        found = [word]
        for above in found:  # it grows meanwhile
            kids = self._children[above.index]
            found += [kid for kid in kids if kid.dep not in cut] if cut and kids else kids
        return found

    def edges(self, word: Word, cut: frozenset[str] = frozenset()) -> tuple[Word, Word]:
        """The first and the last word of the subtree; kept, since all frames of a sentence ask for the same."""
        kids = self._children[word.index]
        if not kids:
            return word, word
        found = self._edges.get((word.index, cut))
        if found is None:
            below = self._below(word, cut)
            found = self._edges[word.index, cut] = min(below), max(below)
        return found


def parted(words: Sequence[Word], times: Sequence[tuple[int, int]]) -> Sequence[Word]:
    """The words with a subject parted from the date before it.

    The parser reads "On Tuesday rebels shot down a jet" as if there were Tuesday rebels, on whom somebody shot. Where a
    time expression ends just before the noun of a fronted phrase whose verb has no subject, the noun is the subject.
    """
    hung = {word.head for word in words if word.dep in SUBJECT | PASSIVE_SUBJECT}
    mended = list(words)
    for start, end in times:
        inside = [word for word in words if start <= word.start < end]
        if not inside or words[inside[-1].head].start < end:
            continue
        last, noun = inside[-1], words[inside[-1].head]
        prep = words[noun.head]
        verb = words[prep.head]
        fronted = noun.dep == "pobj" and prep.index + 1 == inside[0].index and noun.index < verb.index
        lacks = verb.tag in _FINITE and verb.index not in hung
        if fronted and lacks and last.dep in _LEFT - {"poss"}:
            subject = "nsubjpass" if any(w.head == verb.index and w.dep == "auxpass" for w in words) else "nsubj"
            mended[noun.index] = noun._replace(dep=subject, head=verb.index)
            mended[last.index] = last._replace(dep="pobj", head=prep.index)
    return mended


@cache
def listed(name: str) -> dict[str, str]:
    return dict(load("clauses").lists[name])


def subjects(parse: Parse, verb: Word) -> list[Word]:
    """The words that stand as the subject of `verb`, its own or the one its construction shares."""
    own = [word for word in parse.kids(verb, *SUBJECT, *PASSIVE_SUBJECT) if word.lower not in {"there", "it's"}]
    head = parse.head(verb)
    if own and not (all(is_relative(word) for word in own) and head is not None):
        return [word for word in own if not is_relative(word)] or own
    if head is None:
        return own
    if verb.dep in {"relcl", "acl"}:
        named = parse.head(head) if head.dep == "appos" else None  # "Ban, the secretary general, who met them"
        return [named] if named is not None else [head]
    if own:  # a relative pronoun under another label: its antecedent is not certain
        return []
    if verb.dep == "conj" and head.verbal:
        return subjects(parse, head)
    if verb.dep == "xcomp" and head.verbal:
        return parse.kids(head, "dobj") or subjects(parse, head)
    if verb.dep == "advcl" and head.verbal and verb.tag in {"VBG", "VBN", "VB"}:
        return [] if is_passive(parse, head) and verb.tag == "VB" else subjects(parse, head)
    if verb.dep == "pcomp":
        governor = parse.head(head)
        if governor is not None and governor.verbal:
            return (parse.kids(governor, "dobj") if head.lower in {"of", "as", "from"} else []) or subjects(
                parse, governor
            )
    return []


def is_passive(parse: Parse, verb: Word) -> bool:
    if parse.kids(verb, "auxpass", "nsubjpass", "agent"):
        return True
    if verb.tag != "VBN":
        return False
    if verb.dep == "acl":
        return not is_headline(parse, verb)
    head = parse.head(verb)
    return verb.dep == "conj" and head is not None and not parse.kids(verb, "aux", "nsubj") and is_passive(parse, head)


def is_headline(parse: Parse, verb: Word) -> bool:
    """A finite verb hung on its subject, which the parser took for the root ("Hundreds of civilians protested")."""
    head = parse.head(verb)
    return (
        verb.dep == "acl"
        and verb.tag in {"VBN", "VBD"}
        and head is not None
        and head.head == head.index
        and head.nominal
    )


def is_relative(word: Word) -> bool:
    return word.tag in {"WDT", "WP"} or (word.lower == "that" and word.tag == "IN" and word.dep in {"nsubj", "dobj"})


def joined(parse: Parse, words: Sequence[Word]) -> list[Word]:
    """The words with what is coordinated or in apposition to them ("Russia and Turkey", "the minister, Lavrov")."""
    found: list[Word] = []
    queue = list(words)
    while queue:
        word = queue.pop(0)
        if word in found:
            continue
        found.append(word)
        queue += [kid for kid in parse.kids(word, "conj", "appos") if not kid.verbal]
    return found


def particle(parse: Parse, verb: Word) -> str:
    """The particle of a phrasal verb ("shot down", "pulled back"), or ""."""
    for kid in parse.kids(verb, "prt", "advmod"):
        if kid.index == verb.index + 1 or (kid.dep == "prt"):
            return kid.lower
    for kid in parse.kids(verb, "prep"):
        if kid.index == verb.index + 1 and kid.lower in {"out", "off", "down", "back"}:  # "ruled out sending"
            return kid.lower
    return ""


@lru_cache(maxsize=256)
def phrase(parse: Parse, head: Word, prep: str = "") -> Phrase:
    """The noun phrase that `head` heads; `prep` is the preposition it hangs on."""
    below = parse.kids(head)
    kids = [kid for kid in below if kid.index < head.index and kid.dep in _LEFT]
    left = min([parse.edges(kid, _RELATIVE)[0] for kid in kids], default=head)
    of = next((kid for kid in below if kid.dep == "prep" and kid.lower in _REACH), None)
    reach = parse.edges(of, _CLAUSES)[1] if of is not None else head
    owners = [kid for kid in below if kid.dep == "poss"]
    return Phrase(
        left.start,
        head.end,
        max(reach.end, head.end),
        head.lower,
        head.start,
        pronoun=head.tag in {"PRP", "PRP$", "DT", "WP", "WDT"},
        proper=head.tag in {"NNP", "NNPS"},
        definite=any(kid.lower in {"the", "this", "that", "these", "those", "its", "their"} for kid in kids),
        prep=prep,
        possessor=owners[0].lower if owners else "",
    )
