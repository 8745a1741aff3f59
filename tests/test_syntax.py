"""What the grammar says around a trigger: roles, standing, speaker, and how dates hang on it."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idlib_timeline import syntax
from idlib_timeline.errors import ModelError
from idlib_timeline.model import Frame, Phrase


def query(text: str, triggers: Sequence[str], times: Sequence[str] = (), offset: int = 0) -> syntax.Query:
    """A question about the first place of each of these words; `offset` is where the sentence stands in its article."""

    def spans(words: Sequence[str]) -> tuple[tuple[int, int], ...]:
        return tuple((offset + text.index(word), offset + text.index(word) + len(word)) for word in words)

    return syntax.Query(text, offset, spans(triggers), spans(times))


@cache
def frames_of(text: str, trigger: str, times: tuple[str, ...] = ()) -> tuple[Frame, ...]:
    (found,) = syntax.frames([query(text, [trigger], times)])
    first = text.index(trigger)
    return tuple(frame for frame in found if (frame.start, frame.end) == (first, first + len(trigger)))


def frame_of(text: str, trigger: str, *times: str) -> Frame:
    """The frame of a trigger; of a noun that a clause qualifies, the one of the sentence it stands in."""
    return frames_of(text, trigger, times)[0]


def quotes(text: str, phrases: Sequence[Phrase]) -> list[str]:
    return [text[phrase.start : phrase.end] for phrase in phrases]


def tie_of(text: str, trigger: str, time: str) -> str:
    """How `time` hangs on the trigger, "" when it does not."""
    return next((tie.kind for tie in frame_of(text, trigger, time).ties if tie.start == text.index(time)), "")


# --- roles ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "trigger", "who", "whom"),
    [
        ("Ethiopian troops captured Mekelle.", "captured", ["Ethiopian troops"], ["Mekelle"]),
        ("Mekelle was captured by Ethiopian troops.", "captured", ["Ethiopian troops"], ["Mekelle"]),
        ("The convoy was attacked.", "attacked", [], ["The convoy"]),
        ("Azerbaijani drones have destroyed two tanks.", "destroyed", ["Azerbaijani drones"], ["two tanks"]),
        ("Dozens of villagers were killed by the militia.", "killed", ["the militia"], ["Dozens"]),
        ("Serb gunners shelled Sarajevo and Tuzla.", "shelled", ["Serb gunners"], ["Sarajevo", "Tuzla"]),
        ("Chad and Libya signed a truce.", "signed", ["Chad", "Libya"], ["a truce"]),
        ("Rebels attacked Goma and seized the airport.", "seized", ["Rebels"], ["the airport"]),
        ("The bridge was bombed and destroyed by Iraqi jets.", "destroyed", ["Iraqi jets"], ["The bridge"]),
        ("Rebels who captured Bunia burned the market.", "captured", ["Rebels"], ["Bunia"]),
        pytest.param(
            "Soldiers buried the men that the militia killed.",
            "killed",
            ["the militia"],
            ["the men"],
            marks=pytest.mark.xfail(
                strict=True, reason="the parser tags this 'that' as a conjunction, yet as an object"
            ),
        ),
        ("Soldiers buried the men whom the militia killed.", "killed", ["the militia"], ["the men"]),
        ("The rebels fled the town captured by government forces.", "captured", ["government forces"], ["the town"]),
        ("Houthi forces tried to capture Marib.", "capture", ["Houthi forces"], ["Marib"]),
        ("Saudi jets hit the port, killing six sailors.", "killing", ["Saudi jets"], ["six sailors"]),
        ("The army forced the rebels to leave Vukovar.", "leave", ["the rebels"], ["Vukovar"]),
        ("The army ordered that the guerrillas release the hostages.", "release", ["the guerrillas"], ["the hostages"]),
    ],
)
def test_who_does_what_to_whom(text: str, trigger: str, who: list[str], whom: list[str]) -> None:
    found = frame_of(text, trigger)
    assert (quotes(text, found.who), quotes(text, found.whom)) == (who, whom)


def test_an_apposition_belongs_to_the_party_it_explains() -> None:
    text = "The rebel leader, Foday Sankoh, attacked Freetown."
    assert quotes(text, frame_of(text, "attacked").who) == ["The rebel leader", "Foday Sankoh"]


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("Freetown was attacked by rebels.", True),
        ("Hostages have been released.", True),
        ("Rebels attacked Freetown.", False),
        ("Rebels had attacked Freetown.", False),
        ("The hostages released by the rebels flew home.", True),
    ],
)
def test_passives(text: str, passive: bool) -> None:
    trigger = "released" if "released" in text else "attacked"
    assert frame_of(text, trigger).passive is passive


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("The weapons will be removed by October 12.", "October 12"),
        ("The weapons will be removed by Friday.", "by Friday"),
        ("The garrison was evacuated by noon on 3 June 1992.", "noon on 3 June 1992"),
    ],
)
def test_a_deadline_is_no_doer(text: str, time: str) -> None:
    trigger = "removed" if "removed" in text else "evacuated"
    assert frame_of(text, trigger, time).who == ()


@pytest.mark.parametrize(
    ("text", "trigger", "form", "who"),
    [
        ("An attack by Tamil rebels killed two.", "attack", "noun", ["Tamil rebels"]),
        ("Iraq's invasion of Kuwait angered Egypt.", "invasion", "noun", ["Iraq"]),
        ("Shelling by Serb forces killed a child.", "Shelling", "noun", ["Serb forces"]),
        ("Serb forces shelled the market.", "shelled", "verb", ["Serb forces"]),
    ],
)
def test_verbs_and_event_nouns(text: str, trigger: str, form: str, who: list[str]) -> None:
    found = frame_of(text, trigger)
    assert (found.form, [quote.removesuffix("'s") for quote in quotes(text, found.who)]) == (form, who)


@pytest.mark.parametrize(
    ("text", "trigger", "governor", "relation"),
    [
        ("Eritrea launched an offensive.", "offensive", "launched", "object"),
        ("The offensive began in May.", "offensive", "began", "subject"),
        ("A ceasefire was declared.", "ceasefire", "declared", "passive"),
        ("Eritrea launched a series of attacks.", "attacks", "launched", "object"),
    ],
)
def test_the_verb_that_an_event_noun_serves(text: str, trigger: str, governor: str, relation: str) -> None:
    found = frame_of(text, trigger)
    assert (found.governor, found.relation) == (governor, relation)


def test_a_governing_verbs_parties_are_kept_apart_from_the_nouns_own() -> None:
    text = "Eritrea launched an offensive against Ethiopia."
    found = frame_of(text, "offensive")
    assert quotes(text, found.governor_who) == ["Eritrea"]
    assert found.who == ()
    assert [(phrase.prep, text[phrase.start : phrase.end]) for phrase in found.obliques] == [("against", "Ethiopia")]


def test_a_noun_that_a_clause_qualifies_has_a_frame_for_each() -> None:
    text = "Fighters broke the truce declared by Khartoum last week."
    governors = [frame.governor for frame in frames_of(text, "truce")]
    assert governors == ["broke", "declared"]


@pytest.mark.parametrize(
    ("text", "trigger", "particle"),
    [
        ("Separatists shot down a transport plane.", "shot", "down"),
        ("The plane was shot down by separatists.", "shot", "down"),
        ("The marines pulled out of Beirut.", "pulled", "out"),
        ("The marines pulled back from Beirut.", "pulled", "back"),
        ("The marines shot a looter.", "shot", ""),
    ],
)
def test_particles(text: str, trigger: str, particle: str) -> None:
    assert frame_of(text, trigger).particle == particle


@pytest.mark.parametrize(
    ("text", "trigger", "tense"),
    [
        ("Croatian troops entered Knin.", "entered", "past"),
        ("Knin was captured by Croatian troops.", "captured", "past"),
        ("Croatian troops have entered Knin.", "entered", "perfect"),
        ("Croatian troops had entered Knin.", "entered", "pluperfect"),
        ("Croatian troops will enter Knin.", "enter", "future"),
        ("Croatian troops are shelling Knin.", "shelling", "present"),
        ("Croatian troops shell Knin every day.", "shell", "present"),
        ("Croatian troops entered Knin and raised a flag.", "raised", "past"),
    ],
)
def test_tense(text: str, trigger: str, tense: str) -> None:
    assert frame_of(text, trigger).tense == tense


@pytest.mark.parametrize(
    ("text", "trigger", "embedded"),
    [
        ("The militia that burned the mosque fled.", "burned", True),
        ("The militia that burned the mosque fled.", "fled", False),
        ("The men accused of the attack were freed.", "attack", True),
        ("Hundreds of students marched in Khartoum.", "marched", False),
    ],
)
def test_a_clause_that_only_qualifies_a_noun_is_embedded(text: str, trigger: str, embedded: bool) -> None:
    assert frame_of(text, trigger).embedded is embedded


def test_the_clause_leaves_out_what_is_told_beside_it() -> None:
    text = "Rebels seized Bouake on Monday, and the army bombed the airport."
    seized, bombed = frame_of(text, "seized", "Monday"), frame_of(text, "bombed")
    assert text[slice(*seized.clause)].rstrip(", ") == "Rebels seized Bouake on Monday"
    assert text[slice(*bombed.clause)].rstrip(".") == "the army bombed the airport"


# --- standing and speaker -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("Angolan troops withdrew from Huambo.", "withdrew", "happened"),
        ("Angolan troops were forced to withdraw from Huambo.", "withdraw", "happened"),
        ("Angolan troops began to withdraw from Huambo.", "withdraw", "happened"),
        ("Angolan troops will withdraw from Huambo.", "withdraw", "planned"),
        ("Angolan troops agreed to withdraw from Huambo.", "withdraw", "planned"),
        ("Angolan troops are to withdraw from Huambo.", "withdraw", "planned"),
        ("Angolan troops must withdraw by 15 May.", "withdraw", "planned"),
        ("UNITA plans to attack Huambo.", "attack", "planned"),
        ("UNITA might attack Huambo.", "attack", "hypothetical"),
        ("UNITA could attack Huambo.", "attack", "hypothetical"),
        ("If UNITA attacks Huambo, the truce is over.", "attacks", "hypothetical"),
        ("Luanda called on UNITA to leave Huambo.", "leave", "hypothetical"),
        ("UNITA threatened to attack Huambo.", "attack", "hypothetical"),
        ("UNITA sent tanks to retake Huambo.", "retake", "hypothetical"),
        ("UNITA did not attack Huambo.", "attack", "denied"),
        ("UNITA never attacked Huambo.", "attacked", "denied"),
        ("UNITA denied attacking Huambo.", "attacking", "denied"),
        ("UNITA denied that it had attacked Huambo.", "attacked", "denied"),
        ("UNITA refused to leave Huambo.", "leave", "denied"),
        ("No soldiers were killed.", "killed", "denied"),
        ("The general ruled out attacking Huambo.", "attacking", "denied"),
        ("The court ruled that UNITA attacked Huambo.", "attacked", "happened"),
        ("UNITA was never disarmed and attacked Huambo.", "attacked", "happened"),
        ("Troops will land in Huambo and seize the airport.", "seize", "planned"),
    ],
)
def test_standing_of_verbs(text: str, trigger: str, status: str) -> None:
    assert frame_of(text, trigger).status == status


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("The army launched an offensive in Shaba.", "offensive", "happened"),
        ("The army announced a planned offensive in Shaba.", "offensive", "planned"),
        ("Residents fear a possible offensive in Shaba.", "offensive", "hypothetical"),
        ("The army will launch an offensive in Shaba.", "offensive", "planned"),
        ("The army denied the attack.", "attack", "denied"),
        ("The minister ruled out an offensive.", "offensive", "denied"),
        ("The minister warned of an attack.", "attack", "hypothetical"),
        ("There was no attack.", "attack", "denied"),
    ],
)
def test_standing_of_event_nouns(text: str, trigger: str, status: str) -> None:
    assert frame_of(text, trigger).status == status


@pytest.mark.parametrize(
    ("text", "trigger", "speaker"),
    [
        ("The Red Cross said that rebels attacked the clinic.", "attacked", "The Red Cross"),
        ("Rebels attacked the clinic, the Red Cross said.", "attacked", "the Red Cross"),
        ("According to the Red Cross, rebels attacked the clinic.", "attacked", "the Red Cross"),
        ("Rebels attacked the clinic, according to the Red Cross.", "attacked", "the Red Cross"),
        ("Rebels attacked the clinic on Monday, Colonel Diarra told reporters.", "attacked", "Colonel Diarra"),
        ("The agency quoted General Mladic as saying that rebels attacked the clinic.", "attacked", "General Mladic"),
        ("The newspaper El Watan said rebels attacked the clinic.", "attacked", "El Watan"),
        ("Rebels attacked the clinic.", "attacked", None),
        ("Rebels attacked the clinic after the army refused to leave.", "attacked", None),
    ],
)
def test_on_whose_word(text: str, trigger: str, speaker: str | None) -> None:
    said = frame_of(text, trigger).speaker
    assert (said and text[said.start : said.end]) == speaker


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "trigger", "time", "kind"),
    [
        ("Russian troops captured Vuhledar on Tuesday.", "captured", "Tuesday", "own"),
        ("On Tuesday, Russian troops captured Vuhledar.", "captured", "Tuesday", "own"),
        ("Vuhledar was captured Tuesday.", "captured", "Tuesday", "own"),
        ("Russia launched an attack on Kherson on Tuesday.", "attack", "Tuesday", "clause"),
        ("The attack on Tuesday killed five.", "attack", "Tuesday", "own"),
        ("Russia bombed Kherson on Tuesday, killing five people.", "killing", "Tuesday", "shared"),
        ("On Tuesday troops entered Kherson and raised a flag.", "raised", "Tuesday", "shared"),
        ("Kyiv said on Tuesday that troops had entered Kherson.", "entered", "Tuesday", "said"),
        ("Kyiv said on Tuesday that troops had entered Kherson.", "said", "Tuesday", "own"),
        ("Kyiv said Tuesday its troops had entered Kherson.", "entered", "Tuesday", "said"),
        ("Troops had left Kherson before shells hit the port on Tuesday.", "left", "Tuesday", "before-that"),
        ("Troops captured Kherson on Tuesday after they bombed the port.", "bombed", "Tuesday", "after"),
        ("Troops captured Kherson on Tuesday before they bombed the port.", "bombed", "Tuesday", "before"),
        ("The truce came a day after rebels shelled Goma.", "shelled", "a day after", "measure"),
        ("The memorandum of September 17 was rejected.", "rejected", "September 17", ""),
        ("The army launched a campaign to retake Marib on Monday.", "launched", "Monday", "own"),
        ("The rebels plan to leave Marib on Friday.", "leave", "Friday", "own"),
    ],
)
def test_how_a_date_hangs_on_a_trigger(text: str, trigger: str, time: str, kind: str) -> None:
    assert tie_of(text, trigger, time) == kind


def test_each_of_two_clauses_keeps_its_own_date() -> None:
    text = "Rebels entered Aden on Monday and withdrew from Taiz on Friday."
    entered = frame_of(text, "entered", "Monday", "Friday")
    withdrew = frame_of(text, "withdrew", "Monday", "Friday")
    assert [text[tie.start :][:6] for tie in entered.ties if tie.kind == "own"] == ["Monday"]
    assert [text[tie.start :][:6] for tie in withdrew.ties if tie.kind == "own"] == ["Friday"]


def test_a_verb_that_only_a_date_hangs_on_has_a_frame_too() -> None:
    text = "The parliament dissolved itself on Sunday."
    (found,) = syntax.frames([query(text, [], ["Sunday"])])
    assert [text[frame.start : frame.end] for frame in found] == ["dissolved"]
    (none,) = syntax.frames([query(text, [])])
    assert none == ()


def test_a_trigger_that_is_neither_verb_nor_noun_has_no_frame() -> None:
    text = "The bombed market stood empty near the front."
    assert frames_of(text, "near", ()) == ()


# --- the parser -----------------------------------------------------------------------------------

NEWS = (
    query("Iraqi troops invaded Kuwait on Thursday.", ["invaded"], ["Thursday"]),
    query("The Security Council, which met in New York, condemned the invasion.", ["condemned", "invasion"], []),
    query("Kuwaiti officials said that 200 people were killed by the invaders.", ["said", "killed"], []),
    query("Thousands have fled to Saudi Arabia, according to witnesses.", ["fled"], []),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from(range(len(NEWS))), min_size=1, max_size=6))
def test_what_stands_beside_a_sentence_does_not_change_its_frames(picked: list[int]) -> None:
    alone = [syntax.frames([NEWS[i]])[0] for i in picked]
    assert list(syntax.frames([NEWS[i] for i in picked])) == alone


def test_offsets_are_those_of_the_prose() -> None:
    text = "The shelling of Vukovar by the army killed nine."
    (here,) = syntax.frames([query(text, ["shelling"])])
    (there,) = syntax.frames([query(text, ["shelling"], offset=1000)])
    assert [(p.start, p.end) for p in there[0].who] == [(p.start + 1000, p.end + 1000) for p in here[0].who]
    assert there[0].clause == (here[0].clause[0] + 1000, here[0].clause[1] + 1000)
    assert there[0].start == here[0].start + 1000


def test_a_line_break_within_a_sentence_is_a_blank() -> None:
    whole = "Iraqi troops invaded Kuwait on Thursday."
    broken = whole.replace(" on", "\non")
    assert frames_of(broken, "invaded", ("Thursday",)) == frames_of(whole, "invaded", ("Thursday",))


def test_a_sentence_longer_than_any_prose_has_no_frames_and_leaves_the_others_theirs() -> None:
    long = query("Iraqi troops invaded Kuwait" + " and burned its wells" * 45 + ".", ["invaded"])  # 1,000 characters
    assert len(syntax.frames([long])[0]) == 1
    endless = query("Iraqi troops invaded Kuwait" + " and burned its wells" * 200 + ".", ["invaded"])
    (plain,) = syntax.frames([NEWS[0]])
    assert syntax.frames([endless, NEWS[0], endless]) == ((), plain, ())
    assert syntax.frames([endless]) == ((),)
    assert syntax.frames([]) == ()


@pytest.fixture
def unloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the parser were not loaded yet; the loaded one is back afterwards."""
    monkeypatch.setattr(syntax, "_parser", syntax._parser.__wrapped__)


@pytest.mark.usefixtures("unloaded")
@pytest.mark.parametrize("part", ["tok2vec/model", "tagger/model", "parser/model"])
def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    monkeypatch.setitem(syntax.WEIGHTS, part, "0" * 64)
    with pytest.raises(ModelError, match=rf"{Path(part)}: not the weights of .*: reinstall the package"):
        syntax.frames([NEWS[0]])


@pytest.mark.usefixtures("unloaded")
def test_a_missing_model_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syntax, "MODEL", "en_core_web_not_there")
    with pytest.raises(ModelError, match=r"model is missing: pip install en-core-web-not-there==3\.8\.0"):
        syntax.frames([NEWS[0]])


@pytest.mark.usefixtures("unloaded")
def test_the_parser_is_not_asked_for_when_there_is_nothing_to_parse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syntax, "MODEL", "en_core_web_not_there")
    assert syntax.frames([]) == ()
