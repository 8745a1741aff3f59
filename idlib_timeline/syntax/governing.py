"""Which verb a noun serves, and how."""

from .tree import Parse, Word, is_passive, is_relative


def governor(parse: Parse, noun: Word) -> tuple[Word | None, str]:
    """The verb a noun serves directly and how: `object`, `subject`, `passive`, `oblique` (through one preposition)."""
    head = parse.head(noun)
    if head is None:
        return None, ""
    if noun.dep in {"dobj", "dative", "oprd", "attr"} and head.verbal:
        return head, "object"
    if noun.dep in {"nsubj", "csubj", "nsubjpass"} and head.verbal and (coming := due(parse, head)) is not None:
        return coming, "passive" if is_passive(parse, coming) else "subject"
    if noun.dep in {"nsubj", "csubj"} and head.verbal:
        return head, "subject"
    if noun.dep == "nsubjpass" and head.verbal:
        return head, "passive"
    if noun.dep == "pobj":
        verb = parse.head(head)
        if verb is not None and verb.verbal:
            return verb, "agent" if head.dep == "agent" else "oblique"
    return None, ""


_TO_BE = frozenset(("is", "are", "was", "were"))
_DUE = frozenset(("due", "expected", "scheduled", "set", "slated"))


def due(parse: Parse, verb: Word) -> Word | None:
    """What is to come of the subject of `verb`: "begin" in "talks are to begin", "are due to begin"."""
    said = [verb] if verb.lower in _TO_BE | _DUE else []
    said += [kid for kid in parse.kids(verb, "acomp") if verb.lower in _TO_BE and kid.lower in _DUE]
    kids = [kid for word in said for kid in parse.kids(word, "xcomp") if kid.verbal]
    return next((kid for kid in kids if any(aux.lower == "to" for aux in parse.kids(kid, "aux"))), None)


def qualified(parse: Parse, clause: Word) -> str:
    """What a noun is in the clause that qualifies it: "the truce which Iran declared" is its object."""
    if is_passive(parse, clause):
        return "passive"
    own = any(not is_relative(word) for word in parse.kids(clause, "nsubj"))
    return "object" if own and gap_is_object(parse, clause) else "subject"


def gap_is_object(parse: Parse, clause: Word) -> bool:
    """Whether what the clause hangs on is its object: "the truce that they signed"; not "the day that they left"."""
    head = parse.head(clause)
    if head is None or head.lower in _WHEN or any(not is_relative(word) for word in parse.kids(clause, "dobj")):
        return False
    own = any(not is_relative(word) for word in parse.kids(clause, "nsubj"))
    marked = own and clause.dep == "relcl" and any(kid.lower == "that" for kid in parse.kids(clause, "mark", "dep"))
    subject = [word for word in parse.kids(clause, "nsubj") if not is_relative(word)]
    within = any(is_relative(kid) for word in subject for kid in parse.kids(word, "det"))  # "which Mr Guterres ordered"
    return marked or within or any(kid.lower in {"which", "that", "whom"} for kid in parse.kids(clause, "dobj"))


_WHEN = frozenset(("day", "days", "week", "month", "year", "time", "moment", "night", "morning", "evening", "hour"))
