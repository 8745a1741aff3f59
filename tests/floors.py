"""Pinned floors of figures, in a file of JSON beside the gate that measures them. They may only rise."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

Figures = Mapping[str, float]


def fallen(reached: Figures, floor: Figures) -> list[str]:
    """The figures below their floor."""
    return [name for name, value in floor.items() if reached.get(name, 0.0) < value]


def hold(path: Path, answers: Mapping[str, Figures], show: Callable[[str, Figures], str], *, pin: bool = False) -> bool:
    """Prints a row for each set of figures, with what lies below the floors in `path`; `pin` raises these.

    Returns whether every floor holds.
    """
    floors: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    held = True
    for name, reached in answers.items():
        floor = floors.get(name, {})
        print(show(name, reached))
        for figure in fallen(reached, floor):
            held = False
            print(f"  below the floor: {figure} {reached[figure]} < {floor[figure]}")
        floors[name] = {figure: max(value, floor.get(figure, 0.0)) for figure, value in reached.items()}
    for name in [name for name in floors if name not in answers]:
        print(f"{name}: its texts are not here, skipped")
    if pin:
        path.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
    return held


def line(name: str, reached: Figures) -> str:
    """One set of figures on one line."""
    return "  ".join([f"{name:16}", *(f"{figure} {value:5.1f}" for figure, value in reached.items())])
