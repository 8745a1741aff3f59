"""A parsed sentence -> the frame around one word of it. Pure tree walking; the parser itself is in `syntax.py`.

Labels are those of the ClearNLP scheme that spaCy's English models use (nsubj, dobj, agent, relcl ...) and Penn Treebank tags.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from .model import Frame, Phrase, Tie
from .rules import load

_SUBJECT = {"nsubj", "csubj", "expl"}
_PASSIVE_SUBJECT = {"nsubjpass", "csubjpass"}
_LEFT = {"compound", "amod", "nmod", "poss", "nummod", "det", "quantmod", "case", "predet", "punct", "advmod", "npadvmod"}
_REACH = {"of", "at", "from", "in", "for"}
_CLAUSE = {"advcl", "relcl", "ccomp", "acl", "parataxis", "csubj"}
_SAME_MOMENT = {"as", "when", "while", "with"}
_RELATIVE = {"who", "which", "that", "whom", "whose"}
_SUBORDINATE = {"after": "after", "before": "before", "until": "before", "since": "after"}


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
def _list(name: str) -> dict[str, str]:
    return dict(load("clauses").lists[name])


def frame(parse: Parse, start: int, end: int, times: Sequence[tuple[int, int]]) -> Frame | None:
    """The frame of the trigger at `start:end`; None when its head word is neither a clause's verb nor a noun."""
    head = parse.covering(start, end)
    if head is None:
        return None
    if head.verbal and not (head.tag == "VBG" and parse.kids(head, "det") and not parse.kids(head, "dobj")):
        made = _verb_frame(parse, head)
    elif head.nominal or head.tag.startswith("VBG"):
        made = _noun_frame(parse, head)
    else:
        return None
    return replace(
        made,
        start=start,
        end=end,
        who=_undated(made.who, times),
        governor_who=_undated(made.governor_who, times),
        ties=tuple(_ties(parse, head, times)),
    )


def _undated(phrases: Sequence[Phrase], times: Sequence[tuple[int, int]]) -> tuple[Phrase, ...]:
    """Without those that are dates: the parser takes "by October 10" for a doer."""
    return tuple(p for p in phrases if not any(start < p.end and p.start < end for start, end in times))


# --- verbs ----------------------------------------------------------------------------------------


def _verb_frame(parse: Parse, verb: Word) -> Frame:
    who, whom, passive = _roles(parse, verb)
    status, why = _status(parse, verb)
    return Frame(
        verb.start,
        verb.end,
        "verb",
        who=tuple(phrase(parse, word) for word in who),
        whom=tuple(phrase(parse, word) for word in whom),
        obliques=tuple(_obliques(parse, verb)),
        particle=_particle(parse, verb),
        complement=next((kid.lower for kid in parse.kids(verb, "acomp", "attr", "oprd")), ""),
        embedded=_embedded(parse, verb),
        passive=passive,
        tense=_tense(parse, verb),
        status=status,
        why=why,
        speaker=_speaker(parse, verb),
        clause=_clause(parse, verb),
    )


def _roles(parse: Parse, verb: Word) -> tuple[list[Word], list[Word], bool]:
    """Agents, patients, and whether the verb is passive."""
    passive = _is_passive(parse, verb)
    subjects = _subjects(parse, verb)
    objects = [word for word in parse.kids(verb, "dobj", "dative", "oprd") if not _relative(word)]
    if verb.dep == "relcl" and any(kid.lower in {"which", "that", "whom"} for kid in parse.kids(verb, "dobj")):
        objects = [word for word in (parse.head(verb),) if word]
    if passive:
        agents = [inner for by in parse.kids(verb, "agent") for inner in parse.kids(by, "pobj")]
        return _joined(parse, agents), _joined(parse, subjects) + _joined(parse, objects), True
    return _joined(parse, subjects), _joined(parse, objects), False


def _is_passive(parse: Parse, verb: Word) -> bool:
    if parse.kids(verb, "auxpass", "nsubjpass", "agent"):
        return True
    if verb.tag != "VBN":
        return False
    if verb.dep == "acl":
        return True
    head = parse.head(verb)
    return verb.dep == "conj" and head is not None and not parse.kids(verb, "aux", "nsubj") and _is_passive(parse, head)


def _subjects(parse: Parse, verb: Word) -> list[Word]:
    """The words that stand as the subject of `verb`, its own or the one its construction shares."""
    own = [word for word in parse.kids(verb, *_SUBJECT, *_PASSIVE_SUBJECT) if word.lower not in {"there", "it's"}]
    head = parse.head(verb)
    if own and not (all(_relative(word) for word in own) and head is not None):
        return [word for word in own if not _relative(word)] or own
    if head is None:
        return own
    if verb.dep in {"relcl", "acl"}:
        return [head]
    if own:  # a relative pronoun under another label: its antecedent is not certain
        return []
    if verb.dep == "conj" and head.verbal:
        return _subjects(parse, head)
    if verb.dep == "xcomp" and head.verbal:
        return parse.kids(head, "dobj") or _subjects(parse, head)
    if verb.dep == "advcl" and head.verbal and verb.tag in {"VBG", "VBN", "VB"}:
        return [] if _is_passive(parse, head) and verb.tag == "VB" else _subjects(parse, head)
    if verb.dep == "pcomp":
        governor = parse.head(head)
        if governor is not None and governor.verbal:
            return (parse.kids(governor, "dobj") if head.lower in {"of", "as", "from"} else []) or _subjects(parse, governor)
    return []


def _relative(word: Word) -> bool:
    return word.tag in {"WDT", "WP"} or (word.lower in _RELATIVE and word.tag.startswith("W"))


def _joined(parse: Parse, words: Sequence[Word]) -> list[Word]:
    """The words with what is coordinated to them and stands in apposition ("Russia and Turkey", "the minister, Lavrov")."""
    found: list[Word] = []
    queue = list(words)
    while queue:
        word = queue.pop(0)
        if word in found:
            continue
        found.append(word)
        queue += [kid for kid in parse.kids(word, "conj", "appos") if not kid.verbal]
    return found


def _obliques(parse: Parse, head: Word) -> Iterator[Phrase]:
    for prep in parse.kids(head, "prep", "dative"):
        for word in _joined(parse, parse.kids(prep, "pobj")):
            yield replace(phrase(parse, word), prep=prep.lower)
        for inner in parse.kids(prep, "prep"):
            for word in _joined(parse, parse.kids(inner, "pobj")):
                yield replace(phrase(parse, word), prep=inner.lower)
    for word in parse.kids(head, "dobj", "nsubjpass", "nsubj"):
        for prep in parse.kids(word, "prep"):  # "agreed the truce with Russia": the parser hangs it on the truce
            if prep.lower in {"with", "between"}:
                for other in _joined(parse, parse.kids(prep, "pobj")):
                    yield replace(phrase(parse, other), prep=prep.lower)


def _embedded(parse: Parse, word: Word) -> bool:
    return any(step.dep in {"relcl", "acl"} for step in (word, *parse.above(word)))


def _particle(parse: Parse, verb: Word) -> str:
    """The particle of a phrasal verb ("shot down", "pulled back"), or ""."""
    for kid in parse.kids(verb, "prt", "advmod"):
        if kid.index == verb.index + 1 or (kid.dep == "prt"):
            return kid.lower
    return ""


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


def _noun_frame(parse: Parse, noun: Word) -> Frame:
    head = noun
    while head.dep in {"compound", "nmod"} and (up := parse.head(head)) is not None and up.nominal:
        head = up  # "the truce announcement": the verb governs the longer name
    while head.dep == "conj" and (up := parse.head(head)) is not None and up.nominal:
        head = up
    while head.dep in {"pobj"} and (of := parse.head(head)) is not None and of.lower == "of":
        counted = parse.head(of)
        if counted is None or not counted.nominal:
            break
        head = counted  # "scores of air strikes", "a series of attacks": the verb governs the counting word
    governor, relation = _governor(parse, head)
    who = [inner for by in parse.kids(noun, "prep", "agent") if by.lower == "by" for inner in parse.kids(by, "pobj")]
    who += parse.kids(noun, "poss")
    status, why = _noun_status(parse, noun, governor, relation)
    above = _verb_frame(parse, governor) if governor is not None else None
    return Frame(
        noun.start,
        noun.end,
        "noun",
        who=tuple(phrase(parse, word) for word in _joined(parse, who)),
        obliques=tuple(_obliques(parse, noun)) + (above.obliques if above else ()),
        passive=above.passive if above else False,
        governor=governor.lower if governor is not None else "",
        governor_start=governor.start if governor is not None else -1,
        governor_who=above.who if above else (),
        governor_whom=above.whom if above else (),
        relation=relation,
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


def _governor(parse: Parse, noun: Word) -> tuple[Word | None, str]:
    """The verb a noun serves directly and how: `object`, `subject`, `passive`, `oblique` (through one preposition)."""
    head = parse.head(noun)
    if head is None:
        return None, ""
    if noun.dep in {"dobj", "dative", "oprd", "attr"} and head.verbal:
        return head, "object"
    if noun.dep == "nsubj" and head.verbal:
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


def _noun_status(parse: Parse, noun: Word, governor: Word | None, relation: str) -> tuple[str, str]:
    for kid in parse.kids(noun, "amod", "det", "compound"):
        status = _list("modifier").get(kid.lower, "")
        if status:
            return status, kid.lower
    for word in parse.above(noun):
        if word.verbal:
            break
        status = _list("status").get(word.lower, "") if word.nominal else ""
        if status:
            return status, word.lower
    if governor is None:
        anchor = parse.clause_of(noun)
        return _status(parse, anchor) if anchor.verbal and anchor.index != noun.index else ("happened", "")
    status = _list("status").get(governor.lower, "") if relation in {"object", "passive", "oblique"} else ""
    if governor.lower in {"set", "ordered", "called", "agreed", "allowed", "planned"} and relation != "oblique":
        status = "planned" if governor.lower == "planned" else ""
    if governor.lower == "ruled" and _particle(parse, governor) != "out":
        status = ""
    return (status, governor.lower) if status else _status(parse, governor)


# --- standing -------------------------------------------------------------------------------------


def _status(parse: Parse, verb: Word) -> tuple[str, str]:
    """`happened`, `planned`, `hypothetical` or `denied`, with the word that makes it so."""
    status, why = _own_status(parse, verb)
    if status != "happened":
        return status, why
    head = parse.head(verb)
    if head is None:
        return status, why
    if verb.dep == "conj" and head.verbal and not parse.kids(verb, *_SUBJECT, *_PASSIVE_SUBJECT):
        status, why = _status(parse, head)  # "will land and stay"; but "never held and collapsed" negates the first alone
        return ("happened", "") if status == "denied" else (status, why)
    infinitive = any(kid.lower == "to" and kid.dep == "aux" for kid in parse.kids(verb))
    if infinitive:
        return _infinitive_status(parse, verb, head)
    if verb.dep in {"ccomp", "xcomp", "pcomp"}:
        for word in parse.above(verb):
            if word.lower in _list("saying") and word.lower not in {"denied", "warned"}:
                break
            found = _list("status").get(word.lower, "")
            if word.lower == "ruled" and _particle(parse, word) != "out":
                found = ""
            if found == "denied" or (found and word.verbal):
                return found, word.lower
            if word.verbal:
                break
    if verb.dep == "advcl" and head.verbal and verb.tag == "VBG":
        return _own_status(parse, head)
    return status, why


def _own_status(parse: Parse, verb: Word) -> tuple[str, str]:
    kids = parse.kids(verb)
    if any(kid.dep == "neg" or kid.lower in {"never", "not", "n't"} for kid in kids):
        return "denied", "not"
    for kid in kids:
        if kid.dep == "mark" and kid.lower in _list("condition"):
            return "hypothetical", kid.lower
    for kid in kids:
        if kid.dep == "aux" and (kid.tag == "MD" or kid.lower in {"will", "would"}):
            status = _list("modal").get(kid.lower, "")
            if status:
                return status, kid.lower
    subjects = parse.kids(verb, *_SUBJECT, *_PASSIVE_SUBJECT)
    if any(det.lower in {"no", "neither"} for word in subjects for det in parse.kids(word, "det")):
        return "denied", "no"
    return "happened", ""


def _infinitive_status(parse: Parse, verb: Word, head: Word) -> tuple[str, str]:
    """"agreed to withdraw" is a plan, "was forced to flee" happened, "to retake the town" (a purpose) is hypothetical."""
    if verb.dep == "xcomp" and head.verbal or verb.dep in {"acl", "ccomp", "relcl"}:
        if head.lower in {"is", "are", "was", "were", "be"}:
            return "planned", f"{head.lower} to"
        found = _list("status").get(head.lower, "")
        if found:
            return found, f"{head.lower} to"
        if head.verbal and verb.dep != "relcl":
            return _status(parse, head)
    return "hypothetical", "to"


def _speaker(parse: Parse, word: Word) -> Phrase | None:
    """Who says it: the subject of the verb of saying above, or the object of "according to"."""
    current = parse.clause_of(word)
    for prep in (kid for verb in (current, *parse.above(current)) for kid in parse.kids(verb, "prep")):
        if prep.lower == "according":
            for to in parse.kids(prep, "prep"):
                for named in parse.kids(to, "pobj"):
                    return phrase(parse, named)
    below = current
    for verb in parse.above(current):
        if verb.lower in _list("saying") and below.dep in {"ccomp", "parataxis", "advcl", "conj", "pcomp"}:
            cited = parse.kids(verb, "dobj") if verb.lower in {"cited", "quoted", "citing"} else []
            speakers = cited or _subjects(parse, verb)
            if speakers and below.dep in {"ccomp", "parataxis"} | ({"pcomp"} if cited else set()):
                return phrase(parse, _proper(parse, speakers[0]))
        below = verb
    return None


def _proper(parse: Parse, word: Word) -> Word:
    """The name in apposition to a description ("the newspaper Al-Watan"), else the word itself."""
    names = [kid for kid in parse.kids(word, "appos") if kid.tag.startswith("NNP")]
    return names[0] if names and not word.tag.startswith("NNP") else word


# --- phrases and clauses --------------------------------------------------------------------------


def phrase(parse: Parse, head: Word) -> Phrase:
    """The noun phrase that `head` heads."""
    left = head
    kids = [kid for kid in parse.kids(head) if kid.index < head.index and kid.dep in _LEFT]
    if kids:
        left = min((word for kid in kids for word in parse.subtree(kid, frozenset({"relcl"}))), key=lambda word: word.index)
    reach = head
    for prep in parse.kids(head, "prep"):
        if prep.lower in _REACH:
            reach = max(
                (word for word in parse.subtree(prep, frozenset({"relcl", "acl", "advcl", "appos"}))), key=lambda w: w.index
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
        definite=any(kid.lower in {"the", "this", "that", "these", "those", "its", "their"} for kid in kids),
        possessor=owners[0].lower if owners else "",
    )


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
        words += [word for subject in _subjects(parse, verb) for word in parse.subtree(subject, frozenset({"relcl", "acl", "appos", "prep"}))]
    return min(word.start for word in words), max(word.end for word in words)


# --- time -----------------------------------------------------------------------------------------


def _ties(parse: Parse, trigger: Word, times: Sequence[tuple[int, int]]) -> Iterator[Tie]:
    verb = parse.clause_of(trigger)
    for start, end in times:
        head = parse.covering(start, end)
        if head is None:
            continue
        kind = _tie(parse, trigger, verb, head, (start, end))
        if kind:
            yield Tie(start, kind, abs(head.index - trigger.index))


def _tie(parse: Parse, trigger: Word, verb: Word, time: Word, span: tuple[int, int]) -> str:
    below, host = time, time
    for host in parse.above(time):
        if host.index == trigger.index and not _stands_before(parse, host, span):
            return "" if below.dep == "npadvmod" and trigger.nominal and not trigger.verbal and below.start > trigger.end + 1 and _topic(parse, trigger) else "own"
        if host.verbal or host.tag == "MD":
            break
        if host.dep == "appos":
            return ""
        below = host
    told = host if host.verbal else parse.clause_of(host)
    if _stands_before(parse, told, span) and (up := parse.head(told)) is not None:
        told = parse.clause_of(up)  # "last week after they left": what stands before "after" is not of its clause
    if told.index == verb.index:
        return "clause" if trigger.index != verb.index else "own"
    kind = _between(parse, verb, told)
    mark = _mark_word(parse, verb)
    if kind in {"after", "before"} and mark is not None and span[0] < mark.end <= span[1]:
        return "measure"
    return kind


def _stands_before(parse: Parse, clause: Word, span: tuple[int, int]) -> bool:
    mark = _mark_word(parse, clause) if clause.verbal else None
    return mark is not None and span[1] <= mark.start


def _topic(parse: Parse, noun: Word) -> bool:
    """Whether the noun is only spoken of ("speaking about the deal Tuesday"): then the day is the speaking's."""
    head = parse.head(noun)
    return noun.dep == "pobj" and head is not None and head.lower in {"about", "of", "on", "over"}


def _between(parse: Parse, verb: Word, told: Word) -> str:
    """How the clause of `verb` stands to the clause `told` that carries the date."""
    below = verb
    for up in parse.above(verb):
        if not (up.verbal or up.index == told.index):
            continue
        kind = _downward(parse, below, up, told)
        if up.index == told.index:
            return kind
        if kind == "said":
            return "said" if any(word.index == told.index for word in parse.above(up)) else ""
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
    if clause.dep in {"ccomp", "xcomp", "pcomp"} or (clause.dep == "advcl" and (mark in _SAME_MOMENT or (not mark and clause.tag == "VBG"))):
        return "shared"
    if clause.dep == "conj" and clause.tag == "VBN" and not parse.kids(clause, "aux", "auxpass"):
        return "shared"  # "12 were killed and 30 wounded on Monday"
    if mark == "since":
        return "since-that"
    return {"after": "after-that", "before": "before-that"}.get(mark, "")


def _downward(parse: Parse, clause: Word, up: Word, told: Word) -> str:
    """The tie of a clause to the clause `up` right above it, when `told` (here or further up) carries the date."""
    label = clause.dep
    if label in {"ccomp", "parataxis"}:
        return "said" if up.lower in _list("saying") else "shared"
    if label == "pcomp":
        prep = parse.head(clause)
        if prep is not None and prep.lower in _SUBORDINATE:
            return _SUBORDINATE[prep.lower]
        return "said" if up.lower in _list("accusing") else "shared"
    if label == "xcomp":
        return "shared"
    if label == "conj":
        return "shared" if _fronted(parse, up, told) else ""
    if label == "advcl":
        mark = _mark(parse, clause)
        if mark in _SUBORDINATE:
            return _SUBORDINATE[mark]
        if mark in _SAME_MOMENT or (not mark and clause.tag in {"VBG", "VBN"}):
            return "shared"
    return ""


def _fronted(parse: Parse, verb: Word, told: Word) -> bool:
    """Whether the dated clause's complements open the sentence ("On Monday they came and took it"): then both verbs are of that day."""
    first = min((kid.index for kid in parse.kids(told, "prep", "npadvmod", "advmod")), default=told.index)
    return first < min((kid.index for kid in parse.kids(told, *_SUBJECT, *_PASSIVE_SUBJECT)), default=told.index)


def _mark_word(parse: Parse, clause: Word) -> Word | None:
    for kid in parse.kids(clause, "mark", "advmod", "prep"):
        if kid.index < clause.index and kid.lower in {*_SUBORDINATE, *_SAME_MOMENT, "because", "although", "if", "though"}:
            return kid
    return None


def _mark(parse: Parse, clause: Word) -> str:
    word = _mark_word(parse, clause)
    return word.lower if word is not None else ""
