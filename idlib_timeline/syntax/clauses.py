"""The frame around one word of a parsed sentence: parties in their roles, tense, standing, speaker, dates."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..model import Frame, Phrase
from .governing import due, gap_is_object, governor, qualified
from .standing import noun_status, speaker, verb_status
from .ties import ties
from .tree import (
    PASSIVE_SUBJECT,
    SUBJECT,
    Parse,
    Word,
    is_headline,
    is_passive,
    is_relative,
    joined,
    listed,
    particle,
    phrase,
    subjects,
)


def frames(
    parse: Parse, start: int, end: int, times: Sequence[tuple[int, int]], nouns: frozenset[int] = frozenset()
) -> Iterator[Frame]:
    """The frames of the trigger at `start:end`: none when its head word is neither a clause's verb nor a noun.

    A noun that a clause qualifies has a second frame, with that clause's verb as its governor ("the truce declared last
    Thursday", "the shelling that began in April").
    """
    head = parse.covering(start, end)
    if head is None:
        return
    if head.verbal and not _gerund(parse, head):
        made = [(_verb_frame(parse, head), head)]
    elif (copula := _copula(parse, head)) is not None:
        made = [(_verb_frame(parse, copula, head), copula)]
    elif head.nominal or head.tag.startswith("VBG"):
        whole = next((up for up in (head, *parse.above(head)) if up.dep not in {"compound", "nmod"}), head)
        qualifying = [kid for kid in parse.kids(whole, "relcl", "acl") if kid.verbal]
        qualifying += _told_apart(parse, whole)
        qualifying += [  # "a truce which they say will begin on Saturday"
            inner
            for kid in qualifying
            for inner in parse.kids(kid, "ccomp")
            if any(is_relative(word) for word in parse.kids(inner, "nsubj", "nsubjpass"))
        ]
        made = [(_noun_frame(parse, head), head)]
        made += [(_noun_frame(parse, head, verb), verb) for verb in qualifying]
    else:
        return
    for found, dated in made:
        yield found._replace(
            start=start,
            end=end,
            who=_undated(found.who, times),
            governor_who=_undated(found.governor_who, times),
            obliques=_undated(found.obliques, times),
            ties=tuple(
                ties(
                    parse,
                    dated,
                    times,
                    nouns,
                    nominal=found.form == "noun" and dated.index == head.index and head.verbal,
                    clause=due(parse, parse.clause_of(head)) if found.form == "noun" and dated is head else None,
                )
            ),
        )


_SETS_IN = frozenset(("begun", "started"))
_INTO = frozenset(("came", "come", "went", "entered"))  # force, effect


def _told_apart(parse: Parse, noun: Word) -> list[Word]:
    """Clauses that say when the noun set in, though a place stands between: "a truce in Aden, which began Friday"."""
    places = [inner for prep in parse.kids(noun, "prep") for inner in parse.kids(prep, "pobj") if inner.tag == "NNP"]
    below = [clause for place in places for clause in parse.kids(place, "relcl")]
    into = [
        verb for verb in below if verb.lower in _INTO and any(kid.lower == "into" for kid in parse.kids(verb, "prep"))
    ]
    clauses = [verb for verb in below if verb.lower in _SETS_IN] + into
    return [clause for clause in clauses if any(kid.lower == "which" for kid in parse.kids(clause, *SUBJECT))]


def _gerund(parse: Parse, word: Word) -> bool:
    """A verb's -ing form used as a noun: "the bombing of", "shelling by"."""
    if word.tag != "VBG" or parse.kids(word, "dobj", "nsubj", "aux"):
        return False
    return bool(parse.kids(word, "det", "amod", "poss")) or word.dep in {"nsubj", "nsubjpass", "csubj", "dobj", "pobj"}


def _undated(phrases: Sequence[Phrase], times: Sequence[tuple[int, int]]) -> tuple[Phrase, ...]:
    """Without those that are dates: the parser takes "by October 10" for a doer."""
    if not times:
        return tuple(phrases)
    return tuple(p for p in phrases if not any(start <= p.head_start < end for start, end in times))


# --- verbs ----------------------------------------------------------------------------------------


def _copula(parse: Parse, word: Word) -> Word | None:
    """The verb that says an adjective of its subject: "is ready to", "are willing to"."""
    head = parse.head(word)
    said_of = word.tag.startswith("JJ") and word.dep == "acomp" and head is not None and head.lower in _COPULAS
    return head if said_of else None


_COPULAS = frozenset(("is", "are", "was", "were", "be", "been", "being", "'s", "'re", "remains", "remain", "remained"))


@lru_cache(maxsize=64)  # a noun's frame asks for that of its verb, which mostly is a trigger too
def _verb_frame(parse: Parse, verb: Word, adjective: Word | None = None) -> Frame:
    """The frame of a verb; with an `adjective` that it says of its subject, that governs what follows."""
    who, whom, passive = _roles(parse, verb)
    status, why = verb_status(parse, verb)
    governed = parse.kids(adjective or verb, "ccomp", "xcomp")
    asked = joined(parse, [word for clause in governed for word in parse.kids(clause, "nsubj", "nsubjpass")])
    return Frame(
        verb.start,
        verb.end,
        "verb",
        who=tuple(phrase(parse, word) for word in who),
        whom=tuple(phrase(parse, word) for word in whom),
        obliques=(*_obliques(parse, verb), *(_obliques(parse, adjective) if adjective else ())),
        nested=tuple(_nested(parse, verb)),
        asked=tuple(phrase(parse, word) for word in asked),
        content=tuple(_content(parse, governed, asked)) if verb.lower not in listed("saying") else (),
        governed=tuple(clause.lower for clause in governed),
        modal=next(
            (kid.lower for clause in governed for kid in parse.kids(clause, "aux") if kid.tag in {"MD", "TO"}), ""
        ),
        particle=particle(parse, verb),
        complement=next((kid.lower for kid in parse.kids(verb, "acomp", "attr", "oprd")), ""),
        embedded=_embedded(parse, verb),
        passive=passive,
        tense=_tense(parse, verb),
        status=status,
        why=why,
        speaker=speaker(parse, verb),
        clause=_clause(parse, verb),
        gap=_gap(parse, verb),
        joints=_joints(parse, verb),
    )


def _roles(parse: Parse, verb: Word) -> tuple[list[Word], list[Word], bool]:
    """Agents, patients, and whether the verb is passive."""
    passive = is_passive(parse, verb)
    told = subjects(parse, verb)
    objects = [word for word in parse.kids(verb, "dobj", "dative", "oprd") if not is_relative(word)]
    if verb.dep == "relcl" and gap_is_object(parse, verb):
        objects = [word for word in (parse.head(verb),) if word]
    if passive:
        agents = [inner for by in parse.kids(verb, "agent") for inner in parse.kids(by, "pobj")]
        return joined(parse, agents), joined(parse, told) + joined(parse, objects), True
    return joined(parse, told), joined(parse, objects), False


_BACK = frozenset(
    ("back", "out", "away", "down", "up", "deeper", "further", "farther", "north", "south", "east", "west")
)


def _obliques(parse: Parse, head: Word) -> Iterator[Phrase]:
    beside = [kid for kid in parse.kids(head, "advmod", "prt") if kid.lower in _BACK]  # "were back in Goma"
    for prep in (prep for word in (head, *beside) for prep in parse.kids(word, "prep", "dative")):
        for word in joined(parse, parse.kids(prep, "pobj")):
            yield phrase(parse, word, prep.lower)
        for inner in parse.kids(prep, "prep"):
            for word in joined(parse, parse.kids(inner, "pobj")):
                yield phrase(parse, word, inner.lower)
    for word in parse.kids(head, "dobj", "nsubjpass", "nsubj"):
        for prep in parse.kids(word, "prep"):  # "agreed the truce with Russia": the parser hangs it on the truce
            if prep.lower in {"with", "between"}:
                for other in joined(parse, parse.kids(prep, "pobj")):
                    yield phrase(parse, other, prep.lower)


def _nested(parse: Parse, verb: Word) -> Iterator[Phrase]:
    """What hangs on the object by a preposition: "rejected a plea by France", "imposed a ban on exports to Iran"."""
    queue = parse.kids(verb, "dobj", "nsubjpass")
    while queue:
        for prep in parse.kids(queue.pop(0), "prep", "agent"):
            inner = joined(parse, parse.kids(prep, "pobj"))
            yield from (phrase(parse, word, prep.lower) for word in inner)
            queue += inner  # "an offer of talks from Ethiopia"


def _content(parse: Parse, clauses: Sequence[Word], asked: Sequence[Word]) -> Iterator[Phrase]:
    """The noun phrases of governed clauses in the order of the text, those asked to act left out."""
    for word in (word for clause in clauses for word in parse.subtree(clause)):
        if word.nominal and word.dep in _ARGUMENTS and word not in asked:
            yield phrase(parse, word, _preposition(parse, word))


_ARGUMENTS = frozenset(("dobj", "dative", "pobj", "nsubj", "nsubjpass", "conj", "appos", "attr"))


def _preposition(parse: Parse, word: Word) -> str:
    head = parse.head(word)
    return head.lower if head is not None and word.dep == "pobj" else ""


def _embedded(parse: Parse, word: Word) -> bool:
    return any(step.dep in {"relcl", "acl"} and not is_headline(parse, step) for step in (word, *parse.above(word)))


def _tense(parse: Parse, verb: Word) -> str:
    helpers = {kid.lower for kid in parse.kids(verb, "aux", "auxpass")}
    if helpers & {"will", "'ll", "shall", "wo"}:
        return "future"
    if helpers & {"had"}:
        return "pluperfect"
    if helpers & {"have", "has", "'ve"}:
        return "perfect"
    if verb.tag == "VBD" or helpers & {"was", "were", "did"}:
        return "past"
    if verb.tag in {"VBZ", "VBP"} or helpers & {"is", "are", "am", "do", "does"}:
        return "present"
    head = parse.head(verb)
    if head is not None and head.verbal and verb.dep in {"conj", "xcomp", "advcl"}:
        return _tense(parse, head)
    return "past" if verb.tag == "VBN" else ""


# --- nouns ----------------------------------------------------------------------------------------


def _noun_frame(parse: Parse, noun: Word, clause: Word | None = None) -> Frame:
    head, of_what = noun, ""
    while head.dep in {"compound", "nmod"} and (up := parse.head(head)) is not None and up.nominal:
        head = up  # "the truce announcement": the verb governs the longer name
    head = _first_joined(parse, head)
    while head.dep in {"pobj"} and (of := parse.head(head)) is not None and of.lower == "of":
        counted = parse.head(of)
        if counted is None or not (counted.nominal or counted.tag in {"JJS", "JJ", "CD", "DT"}):
            break
        head, of_what = counted, counted.lower  # "scores of air strikes": the verb governs the counting word
    head = _first_joined(parse, head)  # "an offensive and a wave of air strikes"
    verb, relation = governor(parse, head)
    if clause is not None:
        verb, relation = clause, qualified(parse, clause)
    by_phrases = [
        by for word in dict.fromkeys((noun, head)) for by in parse.kids(word, "prep", "agent") if by.lower == "by"
    ]
    who = [inner for by in by_phrases for inner in parse.kids(by, "pobj")]
    who += parse.kids(noun, "poss")
    status, why = noun_status(parse, noun, verb, relation)
    above = _verb_frame(parse, verb) if verb is not None else None
    said = [kid for kid in parse.kids(noun, "acl", "ccomp") if _told_by_that(parse, kid)]  # "a demand that Iran leave"
    asked = [word for kid in said for word in parse.kids(kid, "nsubj", "nsubjpass")]
    return Frame(
        noun.start,
        noun.end,
        "noun",
        who=tuple(phrase(parse, word) for word in joined(parse, who)),
        obliques=tuple(_obliques(parse, noun)) + (above.obliques if above else ()),
        passive=above.passive if above else False,
        governor=verb.lower if verb is not None else "",
        governor_start=verb.start if verb is not None else -1,
        governor_who=above.who if above else (),
        governor_whom=above.whom if above else (),
        relation=relation,
        of=of_what,
        prep=up.lower if (up := parse.head(head)) is not None and head.dep == "pobj" else "",
        embedded=_embedded(parse, noun),
        left=phrase(parse, noun).start,
        modifiers=tuple(kid.lower for kid in parse.kids(noun, "amod", "compound", "nmod", "det", "nummod")),
        definite=any(kid.lower in {"the", "this", "that", "these", "those"} for kid in parse.kids(head, "det")),
        tense=above.tense if above else "",
        status=status,
        why=why,
        speaker=above.speaker if above else None,
        clause=_noun_clause(parse, noun, above),
        gap=above.gap if above else (0, 0),
        joints=above.joints if above else (),
        qualified=clause is not None,
        asked=tuple(phrase(parse, word) for word in joined(parse, asked)),
    )


def _told_by_that(parse: Parse, clause: Word) -> bool:
    return any(kid.lower == "that" for kid in parse.kids(clause, "mark"))


def _first_joined(parse: Parse, noun: Word) -> Word:
    """The first of the nouns that "and" joins with this one: the verb governs that."""
    while noun.dep == "conj" and (up := parse.head(noun)) is not None and up.nominal:
        noun = up
    return noun


_BESIDE = frozenset({"relcl", "appos", "parataxis"})


def _noun_clause(parse: Parse, noun: Word, above: Frame | None) -> tuple[int, int]:
    left, right = parse.edges(noun, _BESIDE)
    first, last = left.start, right.end
    if above is not None:
        return min(first, above.clause[0]), max(last, above.clause[1])
    return first, last


# --- the span that tells it -----------------------------------------------------------------------


_APART = frozenset({"parataxis", "punct", "cc"})
_QUALIFYING = frozenset({"relcl", "acl", "appos"})


def _clause(parse: Parse, verb: Word) -> tuple[int, int]:
    """The span that tells the verb's clause: subject to complements, without the clauses told beside it."""
    edges = [(verb, verb)]
    edges += [
        parse.edges(kid)
        for kid in parse.kids(verb)
        if kid.dep not in _APART
        and not (kid.dep == "conj" and kid.verbal)
        and not (kid.dep in {"advcl", "ccomp"} and kid.index < verb.index)
    ]
    if verb.dep in {"relcl", "acl", "xcomp", "conj", "advcl"}:
        edges += [parse.edges(subject, _QUALIFYING) for subject in _told_of(parse, verb)]
    return min(edges)[0].start, max(last for _, last in edges).end


def _gap(parse: Parse, verb: Word) -> tuple[int, int]:
    """What stands between a shared subject and the verb told second: "The deal [was never kept and] collapsed"."""
    if verb.dep != "conj" or parse.kids(verb, *SUBJECT, *PASSIVE_SUBJECT):
        return 0, 0
    own = [parse.edges(kid)[0] for kid in parse.kids(verb) if kid.dep not in _APART and kid.index < verb.index]
    first = min([verb, *own])
    told = [parse.edges(subject, _QUALIFYING)[1] for subject in _told_of(parse, verb)]
    last = max((word for word in told if word.index < first.index), default=None)
    return (last.end, first.start) if last is not None and first.index > last.index + 1 else (0, 0)


_ADJUNCTS = frozenset(("advcl", "relcl", "acl", "appos", "prep", "agent", "npadvmod"))
_JOINING = frozenset(("punct", "cc", "mark"))
_CLOSING = ("NN", "CD", "PRP", "RB", "RP")  # tags that the words before a cut end with: a name, a number, an adverb


def _joints(parse: Parse, verb: Word) -> tuple[int, ...]:
    """Where a clause can be cut and what stands before is still a clause: before what is added to it, but for "of"."""
    added = _added(parse)
    starts = {added[word.index] for word in parse.subtree(verb) if word.index in added} if added else ()
    return tuple(sorted(start for start in starts if start > verb.end))


@lru_cache(maxsize=8)  # all verbs of a sentence ask for it
def _added(parse: Parse) -> dict[int, int]:
    """Where what is added to a clause begins, by the index of its head word."""
    found = {}
    for word in parse.words:
        if word.lower == "of" or not (word.dep in _ADJUNCTS or (word.dep == "conj" and word.verbal)):
            continue
        head = parse.head(word)
        if head is not None and (head.dep in SUBJECT or head.dep in PASSIVE_SUBJECT):
            continue  # of a clause whose verb is still to come
        first = parse.edges(word)[0]
        before = next((w for w in reversed(parse.words[: first.index]) if w.dep not in _JOINING), None)
        if before is not None and before.tag.startswith(_CLOSING):
            found[word.index] = first.start
    return found


def _told_of(parse: Parse, verb: Word) -> list[Word]:
    """What the clause is about beside its own words: its shared subject, and the place of a "where" clause."""
    head = parse.head(verb)
    where = verb.dep == "relcl" and head is not None and any(kid.lower == "where" for kid in parse.kids(verb, "advmod"))
    return [head] if where and head is not None else subjects(parse, verb)
