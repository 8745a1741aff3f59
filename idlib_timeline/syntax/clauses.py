"""The frame around one word of a parsed sentence: parties in their roles, tense, standing, speaker, dates."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import Frame, Phrase
from .standing import noun_status, speaker, verb_status
from .ties import ties
from .tree import Parse, Word, is_headline, is_passive, is_relative, joined, particle, phrase, subjects


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
    elif head.nominal or head.tag.startswith("VBG"):
        whole = next((up for up in (head, *parse.above(head)) if up.dep not in {"compound", "nmod"}), head)
        qualifying = [kid for kid in parse.kids(whole, "relcl", "acl") if kid.verbal]
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
        yield replace(
            found,
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
                )
            ),
        )


def _gerund(parse: Parse, word: Word) -> bool:
    """A verb's -ing form used as a noun: "the bombing of", "shelling by"."""
    if word.tag != "VBG" or parse.kids(word, "dobj", "nsubj", "aux"):
        return False
    return bool(parse.kids(word, "det", "amod", "poss")) or word.dep in {"nsubj", "nsubjpass", "csubj", "dobj", "pobj"}


def _undated(phrases: Sequence[Phrase], times: Sequence[tuple[int, int]]) -> tuple[Phrase, ...]:
    """Without those that are dates: the parser takes "by October 10" for a doer."""
    return tuple(p for p in phrases if not any(start <= p.head_start < end for start, end in times))


# --- verbs ----------------------------------------------------------------------------------------


def _verb_frame(parse: Parse, verb: Word) -> Frame:
    who, whom, passive = _roles(parse, verb)
    status, why = verb_status(parse, verb)
    return Frame(
        verb.start,
        verb.end,
        "verb",
        who=tuple(phrase(parse, word) for word in who),
        whom=tuple(phrase(parse, word) for word in whom),
        obliques=tuple(_obliques(parse, verb)),
        particle=particle(parse, verb),
        complement=next((kid.lower for kid in parse.kids(verb, "acomp", "attr", "oprd")), ""),
        embedded=_embedded(parse, verb),
        passive=passive,
        tense=_tense(parse, verb),
        status=status,
        why=why,
        speaker=speaker(parse, verb),
        clause=_clause(parse, verb),
    )


def _roles(parse: Parse, verb: Word) -> tuple[list[Word], list[Word], bool]:
    """Agents, patients, and whether the verb is passive."""
    passive = is_passive(parse, verb)
    told = subjects(parse, verb)
    objects = [word for word in parse.kids(verb, "dobj", "dative", "oprd") if not is_relative(word)]
    if verb.dep == "relcl" and any(kid.lower in {"which", "that", "whom"} for kid in parse.kids(verb, "dobj")):
        objects = [word for word in (parse.head(verb),) if word]
    if passive:
        agents = [inner for by in parse.kids(verb, "agent") for inner in parse.kids(by, "pobj")]
        return joined(parse, agents), joined(parse, told) + joined(parse, objects), True
    return joined(parse, told), joined(parse, objects), False


def _obliques(parse: Parse, head: Word) -> Iterator[Phrase]:
    for prep in parse.kids(head, "prep", "dative"):
        for word in joined(parse, parse.kids(prep, "pobj")):
            yield replace(phrase(parse, word), prep=prep.lower)
        for inner in parse.kids(prep, "prep"):
            for word in joined(parse, parse.kids(inner, "pobj")):
                yield replace(phrase(parse, word), prep=inner.lower)
    for word in parse.kids(head, "dobj", "nsubjpass", "nsubj"):
        for prep in parse.kids(word, "prep"):  # "agreed the truce with Russia": the parser hangs it on the truce
            if prep.lower in {"with", "between"}:
                for other in joined(parse, parse.kids(prep, "pobj")):
                    yield replace(phrase(parse, other), prep=prep.lower)


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
    while head.dep == "conj" and (up := parse.head(head)) is not None and up.nominal:
        head = up
    while head.dep in {"pobj"} and (of := parse.head(head)) is not None and of.lower == "of":
        counted = parse.head(of)
        if counted is None or not (counted.nominal or counted.tag in {"JJS", "JJ", "CD", "DT"}):
            break
        head, of_what = (
            counted,
            counted.lower,
        )  # "scores of air strikes", "a series of attacks": the verb governs the counting word
    verb, relation = governor(parse, head)
    if clause is not None:
        verb, relation = clause, "passive" if is_passive(parse, clause) else "subject"
    by_phrases = [by for word in {noun, head} for by in parse.kids(word, "prep", "agent") if by.lower == "by"]
    who = [inner for by in by_phrases for inner in parse.kids(by, "pobj")]
    who += parse.kids(noun, "poss")
    status, why = noun_status(parse, noun, verb, relation)
    above = _verb_frame(parse, verb) if verb is not None else None
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
    )


def governor(parse: Parse, noun: Word) -> tuple[Word | None, str]:
    """The verb a noun serves directly and how: `object`, `subject`, `passive`, `oblique` (through one preposition)."""
    head = parse.head(noun)
    if head is None:
        return None, ""
    if noun.dep in {"dobj", "dative", "oprd", "attr"} and head.verbal:
        return head, "object"
    if noun.dep in {"nsubj", "csubj"} and head.verbal:
        return head, "subject"
    if noun.dep == "nsubjpass" and head.verbal:
        return head, "passive"
    if noun.dep == "pobj":
        verb = parse.head(head)
        if verb is not None and verb.verbal:
            return verb, "agent" if head.dep == "agent" else "oblique"
    return None, ""


def _noun_clause(parse: Parse, noun: Word, above: Frame | None) -> tuple[int, int]:
    inside = parse.subtree(noun, frozenset({"relcl", "appos", "parataxis"}))
    first, last = inside[0].start, inside[-1].end
    if above is not None:
        return min(first, above.clause[0]), max(last, above.clause[1])
    return first, last


# --- the span that tells it -----------------------------------------------------------------------


_APART = frozenset({"parataxis", "punct", "cc"})


def _clause(parse: Parse, verb: Word) -> tuple[int, int]:
    """The span that tells the verb's clause: subject to complements, without the clauses told beside it."""
    inside = [
        word
        for kid in parse.kids(verb)
        if kid.dep not in _APART
        and not (kid.dep == "conj" and kid.verbal)
        and not (kid.dep in {"advcl", "ccomp"} and kid.index < verb.index)
        for word in parse.subtree(kid)
    ]
    words = [verb, *inside]
    if verb.dep in {"relcl", "acl", "xcomp", "conj", "advcl"}:
        words += [
            word
            for subject in _told_of(parse, verb)
            for word in parse.subtree(subject, frozenset({"relcl", "acl", "appos"}))
        ]
    return min(word.start for word in words), max(word.end for word in words)


def _told_of(parse: Parse, verb: Word) -> list[Word]:
    """What the clause is about beside its own words: its shared subject, and the place of a "where" clause."""
    head = parse.head(verb)
    where = verb.dep == "relcl" and head is not None and any(kid.lower == "where" for kid in parse.kids(verb, "advmod"))
    return [head] if where and head is not None else subjects(parse, verb)
