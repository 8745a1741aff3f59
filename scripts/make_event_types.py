"""Write `docs/event-types.md` from `types.toml` and `events.toml` of the rulebook.

    python scripts/make_event_types.py
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from idlib_timeline.rules import Row, load

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
    parts = [INTRODUCTION, *_overview(kinds)]
    for group, members in groupby(kinds, key=lambda kind: kind["group"]):
        parts.append(f"\n## {group.capitalize()}\n")
        for kind in members:
            parts += _section(kind, [row for row in book.rows if row.fields["type"] == kind["name"]], book.lists)
    return "\n".join(parts).rstrip() + "\n"


def _overview(kinds: Sequence[Mapping[str, str]]) -> Iterator[str]:
    yield "| type | group | family | ACLED sub-event | PLOVER event-mode |\n| --- | --- | --- | --- | --- |"
    for kind in kinds:
        name, group, family = kind["name"], kind["group"], kind["family"]
        yield f"| [`{name}`](#{name}) | {group} | {family} | {kind['acled']} | {kind['plover']} |"


def _section(kind: Mapping[str, str], rows: Sequence[Row], lists: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield f"### {kind['name']}\n"
    yield f"{kind['definition']}\n"
    for form, plural in FORMS.items():
        words = sorted({word for row in rows if row.fields["form"] == form for word in row.fields["words"]})
        if words:
            yield f"- {plural}: {', '.join(words)}"
    means = [word for word, name in lists["instrument"].items() if name == kind["name"]]
    if means:
        yield f"- an attack whose means are told: {', '.join(sorted(means))}"
    if not rows and not means:
        yield "- no words of its own"
    yield from _sentences("Examples", [example["text"] for row in rows for example in row.examples])
    yield from _sentences("Not one", [sentence for row in rows for sentence in row.never])
    yield from _sentences("Missed so far", [example["text"] for row in rows for example in row.gap])
    yield ""


def _sentences(title: str, sentences: Sequence[str]) -> Iterator[str]:
    if sentences:
        yield f"\n{title}:\n"
        yield from (f"- {sentence}" for sentence in sentences)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
