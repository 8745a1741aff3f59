"""A parsed sentence as a tree of words, and the questions every room of the grammar asks of it.

Labels are those of the ClearNLP scheme that spaCy's English models use (nsubj, dobj, agent, relcl ...), tags those of
the Penn Treebank.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ..model import Phrase
from ..rules import load

SUBJECT = {"nsubj", "csubj", "expl"}
PASSIVE_SUBJECT = {"nsubjpass", "csubjpass"}
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


@dataclass(frozen=True, slots=True)
class Word:
    """A token: its place in the sentence, its span in the prose, Penn tag, dependency label and head."""

    index: int
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
        return self.tag.startswith("VB") and self.dep not in {"amod", "compound", "aux", "auxpass", "nmod"}

    @property
    def nominal(self) -> bool:
        """A noun, or a gerund used as one."""
        return self.tag.startswith("NN")


@dataclass(frozen=True)
class Parse:
    """The words of one sentence as a tree."""

    words: tuple[Word, ...]
    children: tuple[tuple[int, ...], ...] = field(init=False)

    def __post_init__(self) -> None:
        below: list[list[int]] = [[] for _ in self.words]
        for word in self.words:
            if word.head != word.index:
                below[word.head].append(word.index)
        object.__setattr__(self, "children", tuple(tuple(row) for row in below))

    def kids(self, word: Word, *deps: str) -> list[Word]:
        """Children of `word` with one of these labels (all when none is given), in order."""
        found = [self.words[i] for i in self.children[word.index]]
        return [kid for kid in found if kid.dep in deps] if deps else found

    def head(self, word: Word) -> Word | None:
        """The word above, None at the root."""
        return None if word.head == word.index else self.words[word.head]

    def above(self, word: Word) -> Iterator[Word]:
        """The words from the head of `word` up to the root."""
        seen = self.head(word)
        while seen is not None:
            yield seen
            seen = self.head(seen)

    def clause_of(self, word: Word) -> Word:
        """The verb that `word` serves: itself if it heads a clause, else the nearest such word above, else the root."""
        if word.verbal:
            return word
        last = word
        for last in self.above(word):
            if last.verbal or last.tag == "MD":
                return last
        return last

    def covering(self, start: int, end: int) -> Word | None:
        """The head word of the span: the one whose own head lies outside; None if no word is in it."""
        inside = [word for word in self.words if word.start < end and start < word.end]
        indexes = {word.index for word in inside}
        for word in inside:
            if word.head == word.index or word.head not in indexes:
                return word
        return None

    def subtree(self, word: Word, cut: frozenset[str] = frozenset()) -> list[Word]:
        """`word` and all below it, leaving out branches whose label is in `cut`; in sentence order."""
        found, queue = [word.index], [word.index]
        while queue:
            for child in self.children[queue.pop()]:
                if self.words[child].dep not in cut:
                    found.append(child)
                    queue.append(child)
        return [self.words[i] for i in sorted(found)]


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


def phrase(parse: Parse, head: Word) -> Phrase:
    """The noun phrase that `head` heads."""
    left = head
    kids = [kid for kid in parse.kids(head) if kid.index < head.index and kid.dep in _LEFT]
    if kids:
        left = min(
            (word for kid in kids for word in parse.subtree(kid, frozenset({"relcl"}))), key=lambda word: word.index
        )
    reach = head
    for prep in parse.kids(head, "prep"):
        if prep.lower in _REACH:
            reach = max(
                (word for word in parse.subtree(prep, frozenset({"relcl", "acl", "advcl", "appos"}))),
                key=lambda w: w.index,
            )
            break
    owners = parse.kids(head, "poss")
    return Phrase(
        left.start,
        head.end,
        max(reach.end, head.end),
        head.lower,
        head.start,
        pronoun=head.tag in {"PRP", "PRP$", "DT", "WP", "WDT"},
        proper=head.tag in {"NNP", "NNPS"},
        definite=any(kid.lower in {"the", "this", "that", "these", "those", "its", "their"} for kid in kids),
        possessor=owners[0].lower if owners else "",
    )
