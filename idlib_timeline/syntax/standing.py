"""The standing of what a clause tells: happened, planned, hypothetical or denied; and on whose word."""

from ..model import Phrase
from .tree import PASSIVE_SUBJECT, SUBJECT, Parse, Word, listed, particle, phrase, subjects


def verb_status(parse: Parse, verb: Word) -> tuple[str, str]:
    """`happened`, `planned`, `hypothetical` or `denied`, with the word that makes it so."""
    status, why = _own_status(parse, verb)
    head = parse.head(verb)
    if status != "happened" or head is None:
        return status, why
    if verb.dep == "conj" and head.verbal and not parse.kids(verb, *SUBJECT, *PASSIVE_SUBJECT):
        status, why = verb_status(
            parse, head
        )  # "will land and stay"; "never held and collapsed" negates the first alone
        return ("happened", "") if status == "denied" else (status, why)
    if any(kid.lower == "to" and kid.dep == "aux" for kid in parse.kids(verb)):
        return _infinitive_status(parse, verb, head)
    if verb.dep == "advcl" and head.verbal and verb.tag == "VBG":
        return _own_status(parse, head)
    return _governed_status(parse, verb, head)


def _governed_status(parse: Parse, verb: Word, head: Word) -> tuple[str, str]:
    """What the words above make of a clause: doubted, planned or denied; whoever says it leaves it as it is."""
    if verb.dep in {"acl", "ccomp"} and head.nominal:  # "denied a claim that they had bombed it"
        denying = next((word.lower for word in parse.above(head) if word.verbal), "")
        if listed("status").get(denying) == "denied":
            return "denied", denying
    if verb.dep not in {"ccomp", "xcomp", "pcomp"}:
        return "happened", ""
    for word in parse.above(verb):
        if word.lower in listed("saying") and word.lower not in {"denied", "warned"}:
            break
        found = listed("status").get(word.lower, "")
        if word.lower == "ruled" and particle(parse, word) != "out":
            found = ""
        if found == "denied" or (found and word.verbal):
            return found, word.lower
        if word.verbal:
            break
    return "happened", ""


def _own_status(parse: Parse, verb: Word) -> tuple[str, str]:
    kids = parse.kids(verb)
    if any(kid.dep == "neg" or kid.lower in {"never", "not", "n't"} for kid in kids):
        return "denied", "not"
    for kid in kids:
        if kid.dep == "mark" and kid.lower in listed("condition"):
            return "hypothetical", kid.lower
    for kid in kids:
        if kid.dep == "aux" and (kid.tag == "MD" or kid.lower in {"will", "would"}):
            status = listed("modal").get(kid.lower, "")
            if status:
                return status, kid.lower
    subjects = parse.kids(verb, *SUBJECT, *PASSIVE_SUBJECT)
    if any(det.lower in {"no", "neither"} for word in subjects for det in parse.kids(word, "det")):
        return "denied", "no"
    return "happened", ""


def _infinitive_status(parse: Parse, verb: Word, head: Word) -> tuple[str, str]:
    """What "to" makes of a verb: "agreed to leave" is a plan, "forced to flee" happened, a purpose is hypothetical."""
    if verb.dep in {"xcomp", "acl", "ccomp", "relcl"}:
        if head.lower in {"is", "are", "was", "were", "be"}:
            return "planned", f"{head.lower} to"
        found = listed("status").get(head.lower, "") or listed("bidding").get(head.lower, "")
        if found:
            return found, f"{head.lower} to"
        if head.verbal and verb.dep != "relcl":
            return verb_status(parse, head)
    return "hypothetical", "to"


def speaker(parse: Parse, word: Word) -> Phrase | None:
    """Who says it: the subject of the verb of saying above, or the object of "according to"."""
    current = parse.clause_of(word)
    for prep in (kid for verb in (current, *parse.above(current)) for kid in parse.kids(verb, "prep")):
        if prep.lower == "according":
            for to in parse.kids(prep, "prep"):
                for named in parse.kids(to, "pobj"):
                    return phrase(parse, named)
    below = current
    for verb in parse.above(current):
        if verb.lower in listed("saying") and below.dep in {"ccomp", "parataxis", "advcl", "conj", "pcomp"}:
            cited = parse.kids(verb, "dobj") if verb.lower in {"cited", "quoted", "citing"} else []
            speakers = cited or subjects(parse, verb)
            if speakers and below.dep in {"ccomp", "parataxis"} | ({"pcomp"} if cited else set()):
                return phrase(parse, _proper(parse, speakers[0]))
        below = verb
    return None


def _proper(parse: Parse, word: Word) -> Word:
    """The name in apposition to a description ("the newspaper Al-Watan"), else the word itself."""
    names = [kid for kid in parse.kids(word, "appos") if kid.tag.startswith("NNP")]
    return names[0] if names and not word.tag.startswith("NNP") else word


def noun_status(parse: Parse, noun: Word, governor: Word | None, relation: str) -> tuple[str, str]:
    for kid in parse.kids(noun, "amod", "det", "compound"):
        status = listed("modifier").get(kid.lower, "")
        if status:
            return status, kid.lower
    for word in parse.above(noun):
        if word.verbal:
            break
        status = listed("status").get(word.lower, "") if word.nominal else ""
        if status:
            return status, word.lower
    if governor is None:
        anchor = parse.clause_of(noun)
        return verb_status(parse, anchor) if anchor.verbal and anchor.index != noun.index else ("happened", "")
    status = listed("status").get(governor.lower, "") if relation in {"object", "passive", "oblique"} else ""
    if governor.lower in {"set", "ordered", "called", "agreed", "allowed", "planned"} and relation != "oblique":
        status = "planned" if governor.lower == "planned" else ""
    if governor.lower == "ruled" and particle(parse, governor) != "out":
        status = ""
    return (status, governor.lower) if status else verb_status(parse, governor)
