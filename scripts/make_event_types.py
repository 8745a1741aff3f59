"""Write `docs/event-types.md` from `types.toml` and `events.toml` of the rulebook.

python scripts/make_event_types.py
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from idlib_timeline.rules import Book, load

PAGE = Path(__file__).resolve().parent.parent / "docs" / "event-types.md"
INTRODUCTION = """\
# Event types

<!-- Made by scripts/make_event_types.py from the rulebook. Change that, not this page. -->

What kinds of event there are, what each is called in [ACLED](https://acleddata.com) and in
[PLOVER](https://github.com/openeventdata/PLOVER), which words tell it, and sentences that do and do not. Every sentence
is a test. `timeline show --type` takes a type or a group.

- Kinds of one family may be two names of one event: one paper's "attack" is another's "air strike".
- A word tells an event only in the company that its row asks for; [how rows work](rules.md).
"""
FORMS = {"verb": "verbs", "noun": "nouns"}


def page() -> str:
    """The whole page."""
    kinds, book = load("types").tables["type"], load("events")
    groups = list(dict.fromkeys(kind["group"] for kind in kinds))
    kinds = sorted(kinds, key=lambda kind: groups.index(kind["group"]))
    parts = [INTRODUCTION, *_overview(kinds)]
    for group in groups:
        parts.append(f"\n## {group.capitalize()}\n")
        for kind in kinds:
            if kind["group"] == group:
                parts += _section(kind, book)
    return "\n".join(parts).rstrip() + "\n"


def _overview(kinds: Sequence[Mapping[str, str]]) -> Iterator[str]:
    yield "| type | group | family | ACLED sub-event | PLOVER event-mode |\n| --- | --- | --- | --- | --- |"
    for kind in kinds:
        name, group, family = kind["name"], kind["group"], kind["family"]
        yield f"| [`{name}`](#{name}) | {group} | {family} | {kind['acled']} | {kind['plover']} |"


def _section(kind: Mapping[str, str], book: Book) -> Iterator[str]:
    rows = [row for row in book.rows if row.fields["type"] == kind["name"]]
    yield f"### {kind['name']}\n"
    yield f"{kind['definition']}\n"
    for form, plural in FORMS.items():
        words = sorted({word for row in rows if row.fields["form"] == form for word in row.fields["words"]})
        if words:
            yield f"- {plural}: {', '.join(words)}"
    if kind.get("promised"):
        yield f"- while it is only planned: {kind['promised']} in PLOVER"
    means = [word for word, name in load("event_words").lists["instrument"].items() if name == kind["name"]]
    if means:
        yield f"- an attack whose means are told: {', '.join(sorted(means))}"
    if not rows and not means:
        yield "- no words of its own"
    yield from _sentences("Examples", _told(kind, book, "examples"))
    yield from _sentences("Not one", [sentence for row in rows for sentence in row.never])
    yield from _sentences("Missed so far", _told(kind, book, "gap"))
    yield ""


def _told(kind: Mapping[str, str], book: Book, key: str) -> list[str]:
    """Sentences of this kind; the means told in a sentence can make it of another kind than its row."""
    return [
        example["text"]
        for row in book.rows
        for example in getattr(row, key)
        if example.get("type", row.fields["type"]) == kind["name"]
    ]


def _sentences(title: str, sentences: Sequence[str]) -> Iterator[str]:
    if sentences:
        yield f"\n{title}:\n"
        yield from (f"- {sentence}" for sentence in sentences)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
