"""Run every command shown in the documentation, and put in what it prints now; a test does the same and compares.

    python scripts/refresh_docs.py

A fenced block marked `console` holds commands, each on a line that begins with `$ `, and below each what it prints, on
stdout and stderr, on a terminal of 100 columns without colour. All blocks of a page run in one temporary folder that
holds a copy of `seeds/`, in the order of the page. The tables of docs/quality.md are made from the pinned floors, and
docs/event-types.md from the rulebook.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import make_event_types as event_types

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PINNED = re.compile(r"(?<=<!-- pinned -->\n)(?:\|.*\n)*")
PUBLISHED = re.compile(r"(?<=<!-- pinned: publication -->\n)(?:\|.*\n)*")
TAGGED = re.compile(r"(?<=<!-- pinned: tagger -->\n)(?:\|.*\n)*")
EVENTS = re.compile(r"(?<=<!-- pinned: events -->\n)(?:\|.*\n)*")
WARS = re.compile(r"(?<=<!-- pinned: wars -->\n)(?:\|.*\n)*")
MERGING = re.compile(r"(?<=<!-- pinned: merging -->\n)(?:\|.*\n)*")
COLUMNS = "100"
NAMES = {
    "core_exact": "dated statements with exactly the right interval",
    "core_found": "... or one that covers it and is at most 3 days longer",
    "core_wrong": "... with another date",
    "core_unseen": "... not in the chronology",
    "background_found": "background statements within a month of the right interval",
    "contradicted": "all statements with a date that contradicts the right one",
    "actor_named": "events that name an actor of the statement",
    "status_right": "happened, planned, hypothetical, denied told apart",
    "groups_merged": "events told more than once that are one event",
    "groups_b_cubed": "grouping of statements into events, B-cubed F1",
    "near_misses_joined": "look-alikes that are wrongly one event",
}


def pages() -> list[Path]:
    """The pages that can hold commands."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def refreshed(page: Path) -> str:
    """The page's text with what its commands print now."""
    text = page.read_text(encoding="utf-8")
    if BLOCK.search(text):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "seeds", Path(folder) / "seeds")
            text = BLOCK.sub(lambda block: f"```console\n{_run(block[1], Path(folder))}```", text)
    tables = (
        (PINNED, pinned),
        (PUBLISHED, published),
        (TAGGED, tagged),
        (EVENTS, events),
        (WARS, wars),
        (MERGING, merging),
    )
    for place, table in tables:
        text = place.sub(lambda _, table=table: table(), text)  # type: ignore[misc]
    return text


def _run(block: str, folder: Path) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{_printed(command[2:], folder)}" for command in commands)


def _printed(command: str, folder: Path) -> str:
    """What a command prints in `folder`, where `timeline` is that of the running interpreter."""
    tools = folder / ".tools"
    tools.mkdir(exist_ok=True)
    program = tools / "timeline"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m idlib_timeline "$@"\n')
    program.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TIMELINE_", "PYTEST_"))}
    env = {**kept, "PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "COLUMNS": COLUMNS}
    env |= {"NO_COLOR": "1", "TIMELINE_FORMAT": "table"}
    answer = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    lines = answer.stdout.decode("utf-8").splitlines()
    if answer.returncode:
        raise RuntimeError("\n".join([f"exit code {answer.returncode}: {command}", *lines]))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def pinned() -> str:
    """The pinned floors as a Markdown table."""
    floors = json.loads((ROOT / "tests" / "gate.json").read_text(encoding="utf-8"))
    rows = ["| | `seeds/` | given articles |", "| --- | --- | --- |"]
    for name, meaning in NAMES.items():
        cells = [f"{floors[key][name]:.3f}" if name in floors[key] else "–" for key in ("seeds", "given")]
        rows.append(f"| {meaning} (`{name}`) | {' | '.join(cells)} |")
    return "".join(f"{row}\n" for row in rows)


def published() -> str:
    """The table of docs/quality.md on publication dates, from the pinned floors."""
    floors = json.loads((ROOT / "tests" / "gate_publication.json").read_text(encoding="utf-8"))
    own, corpus = floors["own"], floors["syria-fakes"]
    rows = [
        ("own: right (exactly what can be proved, or silence where nothing can)", own["right"]),
        ("own: wrong", own["wrong"]),
        ("syria-fakes: exactly the printed day, of the texts that print one", corpus["printed_exact"]),
        ("syria-fakes: a day or interval that leaves out the true day", corpus["wrong_interval"]),
        ("syria-fakes: read, of 804", corpus["read"]),
    ]
    return "| | share |\n| --- | --- |\n" + "".join(f"| {name} | {value:.3f} |\n" for name, value in rows)


def tagged() -> str:
    """The pinned floors of the temporal tagger as a Markdown table."""
    return _grid("gate_times", "texts")


def wars() -> str:
    """The pinned floors of the retellings of other wars as a Markdown table."""
    return _grid("gate_wars", "half")


def events() -> str:
    """The pinned floors of the events against other people's annotations as a Markdown table."""
    floors = json.loads((ROOT / "tests" / "gate_events.json").read_text(encoding="utf-8"))
    rows = [f"| {name} | {figure} | {value:.1f} |" for name, row in floors.items() for figure, value in row.items()]
    return "| texts | figure | right, % |\n| --- | --- | --- |\n" + "".join(f"{row}\n" for row in rows)


def merging() -> str:
    """The floors of merging as a Markdown table."""
    return _grid("gate_merging", "texts")


def _grid(gate: str, heading: str) -> str:
    """Pinned floors, a row for each set of texts and a column for each figure that one of them has."""
    floors = json.loads((ROOT / "tests" / f"{gate}.json").read_text(encoding="utf-8"))
    figures = list(dict.fromkeys(figure for floor in floors.values() for figure in floor))
    rows = [f"| {heading} | {' | '.join(figures)} |", "| --- " * (len(figures) + 1) + "|"]
    for name, floor in floors.items():
        told = (f"{floor[figure]:.1f}" if figure in floor else "" for figure in figures)
        rows.append(f"| {name} | {' | '.join(told)} |")
    return "".join(f"{row}\n" for row in rows)


def main() -> None:
    """Rewrites the pages in place, and names those that change."""
    for page in pages():
        text = event_types.page() if page == event_types.PAGE else refreshed(page)
        if text != page.read_text(encoding="utf-8"):
            page.write_text(text, encoding="utf-8")
            print(page.relative_to(ROOT))


if __name__ == "__main__":
    main()
