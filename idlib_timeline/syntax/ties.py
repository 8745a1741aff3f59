"""How the time expressions of a sentence hang on one of its words."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..model import Tie
from .tree import PASSIVE_SUBJECT, SUBJECT, Parse, Word, listed

_SAME_MOMENT = {"as", "when", "while", "with"}
_SUBORDINATE = {"after": "after", "before": "before", "until": "before", "since": "after"}
_MARKS = frozenset((*_SUBORDINATE, *_SAME_MOMENT, "because", "although", "if", "though"))


def ties(
    parse: Parse,
    trigger: Word,
    times: Sequence[tuple[int, int]],
    nouns: frozenset[int] = frozenset(),
    nominal: bool = False,
    clause: Word | None = None,
) -> Iterator[Tie]:
    """The ties of the time expressions `times` (spans) to `trigger`; `nominal` when it is a verb form used as a noun,
    `clause` the verb whose clause it is told in, where that is not the one above it ("talks are to begin on Friday").

    `nouns` are the offsets of event nouns: a date right before one ("the May 7 bombing") is of that noun alone.
    """
    above = parse.head(trigger) if nominal else None
    verb = clause or parse.clause_of(above if above is not None else trigger)
    for start, end in times:
        head = parse.covering(start, end)
        if head is None:
            continue
        kind = _tie(parse, trigger, verb, head, (start, end), nouns)
        if kind:
            yield Tie(start, kind, abs(head.index - trigger.index))


def dated_verbs(parse: Parse, times: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The verbs that the time expressions hang on, as spans."""
    for span in times:
        head = parse.covering(*span)
        host = next((word for word in parse.above(head) if word.verbal), None) if head is not None else None
        told = _rehung(parse, host, span) if host is not None else None
        for word in (told, *(_qualifying(parse, span) if head is not None else ())):
            if word is not None and word.verbal and not any(a <= word.start < b for a, b in times):
                yield word.start, word.end


def _tie(parse: Parse, trigger: Word, verb: Word, time: Word, span: tuple[int, int], nouns: frozenset[int]) -> str:
    if any(word.index == verb.index for word in _qualifying(parse, span)):
        return "own" if trigger.index == verb.index else "clause"
    below, host, noun_only = time, time, False
    for host in parse.above(time):
        if host.index == trigger.index and _rehung(parse, host, span).index == host.index:
            if _measures(parse, host, span):
                return "measure"
            return "" if _topic_of(parse, trigger, below) else "own"
        if host.verbal or host.tag == "MD":
            break
        if _dates_noun(parse, host, below, nouns):
            if below.lower != "of" or host.start in nouns or not _within_noun(parse, host):
                return ""
            noun_only = True  # "the raid on the mosque of 3 May": the parser gave the day to the mosque
        below = host
    return "" if noun_only else _of_clause(parse, trigger, verb, host, span)


def _of_clause(parse: Parse, trigger: Word, verb: Word, host: Word, span: tuple[int, int]) -> str:
    """The tie of a time expression that hangs on a clause: `host` is the last word looked at on the way up to it."""
    told = _rehung(parse, host if host.verbal else parse.clause_of(host), span)
    if told.index == verb.index:
        if _measures(parse, verb, span):
            return "measure"
        return "clause" if trigger.index != verb.index else "own"
    kind = _between(parse, verb, told)
    if kind in {"after", "before"} and _measures(parse, verb, span):
        return "measure"
    if kind in {"after-that", "before-that"} and _measures(parse, told, span):
        return "own"  # "a truce was declared a day after they fell": the declaring is counted from the fall
    return kind


@lru_cache(maxsize=64)  # all frames of a sentence ask for it
def _qualifying(parse: Parse, span: tuple[int, int]) -> list[Word]:
    """The verbs of clauses that qualify the expression itself: "on Monday, when they fell", "the same day that ..."."""
    return [
        kid
        for word in parse.beginning(*span)
        for kid in parse.kids(word, "relcl", "advcl", "acl")
        if kid.verbal and kid.start > span[1]
    ]


def _rehung(parse: Parse, told: Word, span: tuple[int, int]) -> Word:
    """The clause an expression dates, where the parser hung it on a lower one by its place in the sentence."""
    up = parse.head(told)
    if up is None:
        return told
    if _stands_before(
        parse, told, span
    ):  # "last week after they left": what stands before "after" is not of its clause
        return parse.clause_of(up)
    if _purpose(parse, told):  # "launched a campaign to retake it on Monday": the launch is of Monday
        return parse.clause_of(up)
    if told.dep in {"ccomp", "parataxis"} and up.verbal and up.lower in listed("saying") and up.end <= span[0]:
        subjects = parse.kids(told, *SUBJECT, *PASSIVE_SUBJECT)
        if subjects and all(span[1] <= parse.subtree(subject)[0].start for subject in subjects):
            return up  # "said on Tuesday they had left": the saying is of Tuesday
    return told


def _dates_noun(parse: Parse, host: Word, below: Word, nouns: frozenset[int]) -> bool:
    """Whether the expression dates a noun alone: "the May 7 bombing", "the memorandum of September 17"."""
    if not host.nominal:
        return False
    before = below.index < host.index and any(parse.words[i].start in nouns for i in _left_of(parse, host))
    return before or host.dep == "appos" or below.lower in {"of", "since"}


def _within_noun(parse: Parse, host: Word) -> bool:
    """Whether a noun hangs on another by a preposition, as where or to whom it was done: that may be what is dated."""
    link = parse.head(host)
    return host.dep == "pobj" and link is not None and link.lower in _PLACING


_PLACING = frozenset(("on", "in", "at", "near", "against", "outside"))


def _left_of(parse: Parse, noun: Word) -> list[int]:
    """The noun and its left modifiers: a trigger may begin with one ("air strike")."""
    return [noun.index, *(kid.index for kid in parse.kids(noun, "compound", "amod"))]


def _purpose(parse: Parse, clause: Word) -> bool:
    """An infinitive that tells what something is for; a plan with its day ("plans to leave on Friday") is none."""
    to = any(kid.lower == "to" and kid.dep == "aux" for kid in parse.kids(clause))
    head = parse.head(clause)
    return to and clause.dep in {"acl", "advcl"} and head is not None and head.lower not in listed("status")


def _measures(parse: Parse, clause: Word, span: tuple[int, int]) -> bool:
    """Whether the expression holds the clause's joining word: "a week after they fell" dates another event by it."""
    mark = _mark_word(parse, clause) if clause.verbal else None
    alone = mark is not None and parse.words[mark.index + 1].lower == ","  # "two days before, in Moscow, he refused"
    return mark is not None and span[0] < mark.end <= span[1] and not alone


def _topic_of(parse: Parse, noun: Word, below: Word) -> bool:
    """Whether the noun is only spoken of ("speaking about the deal Tuesday"): then the day is the speaking's."""
    head = parse.head(noun)
    bare = below.dep == "npadvmod" and noun.nominal and below.start > noun.end + 1
    return bare and noun.dep == "pobj" and head is not None and head.lower in {"about", "of", "on", "over"}


def _stands_before(parse: Parse, clause: Word, span: tuple[int, int]) -> bool:
    mark = _mark_word(parse, clause) if clause.verbal else None
    return mark is not None and span[1] <= mark.start


def _between(parse: Parse, verb: Word, told: Word) -> str:
    """How the clause of `verb` stands to the clause `told` that carries the date."""
    below = verb
    higher = any(word.index == told.index for word in parse.above(verb))
    for up in parse.above(verb) if higher else ():
        if not (up.verbal or up.index == told.index):
            continue
        kind = _downward(parse, below, up, told)
        if up.index == told.index:
            return kind
        if kind == "said":
            return "said"
        if kind != "shared":
            return ""
        below = up
    below = told
    for up in parse.above(told):
        if up.index == verb.index:
            return _upward(parse, below, verb)
        if up.verbal:
            return ""
    return ""


def _upward(parse: Parse, clause: Word, verb: Word) -> str:
    """The tie of a verb to a dated clause right below it."""
    mark = _mark(parse, clause)
    if clause.dep in {"ccomp", "xcomp", "pcomp"} or (
        clause.dep == "advcl" and (mark in _SAME_MOMENT or (not mark and clause.tag == "VBG"))
    ):
        return "shared"
    gapped = clause.tag in {"VBN", "VBD"} and not parse.kids(clause, "aux", "auxpass")
    if clause.dep == "conj" and gapped and parse.kids(verb, "auxpass"):
        return "shared"  # "12 were killed and 30 wounded on Monday"
    if mark == "since":
        return "since-that"
    return {"after": "after-that", "before": "before-that"}.get(mark, "")


def _downward(parse: Parse, clause: Word, up: Word, told: Word) -> str:
    """The tie of a clause to the clause `up` right above it, when `told` (here or further up) carries the date."""
    label = clause.dep
    if label in {"ccomp", "parataxis"}:
        return "said" if up.lower in listed("saying") else "shared"
    if label == "pcomp":
        prep = parse.head(clause)
        if prep is not None and prep.lower in _SUBORDINATE:
            return _SUBORDINATE[prep.lower]
        return "said" if up.lower in listed("accusing") else "shared"
    if label == "xcomp":
        return "shared"
    if label == "conj":
        return "shared" if _fronted(parse, told) else ""
    if label == "advcl":
        mark = _mark(parse, clause)
        if mark in _SUBORDINATE:
            return _SUBORDINATE[mark]
        if mark in _SAME_MOMENT or (not mark and clause.tag in {"VBG", "VBN"}):
            return "shared"
    return ""


def _fronted(parse: Parse, told: Word) -> bool:
    """Whether the date opens the sentence: "On Monday they came and took it" dates both verbs."""
    first = min((kid.index for kid in parse.kids(told, "prep", "npadvmod", "advmod")), default=told.index)
    return first < min((kid.index for kid in parse.kids(told, *SUBJECT, *PASSIVE_SUBJECT)), default=told.index)


def _mark_word(parse: Parse, clause: Word) -> Word | None:
    for kid in parse.kids(clause, "mark", "advmod", "prep"):
        if kid.index < clause.index and kid.lower in _MARKS:
            return kid
    return None


def _mark(parse: Parse, clause: Word) -> str:
    word = _mark_word(parse, clause)
    return word.lower if word is not None else ""
