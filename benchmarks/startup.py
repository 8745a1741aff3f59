"""How soon the program answers, and how many articles a second it builds: medians of whole processes.

    python benchmarks/startup.py [--runs 15] [--articles 170]

`--help` and `show` are wanted in less than 0.4 s. The build reads copies of `seeds/`, each in a folder of its own with
its context file; its time includes the start of the program and of the parser.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
TIMELINE = (sys.executable, "-m", "idlib_timeline")


def seconds(folder: Path, *arguments: str) -> float:
    """Time on the clock of one run in `folder`."""
    start = time.perf_counter()
    subprocess.run([*TIMELINE, *arguments], cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def median(folder: Path, runs: int, *arguments: str) -> float:
    """The median of several runs, after one that warms the file cache."""
    seconds(folder, *arguments)
    return statistics.median(seconds(folder, *arguments) for _ in range(runs))


def main() -> None:
    """Prints the figures as rows of a Markdown table."""
    parser = argparse.ArgumentParser(description="how soon the program answers, and how fast it builds")
    parser.add_argument("--runs", type=int, default=15, help="runs of each command")
    parser.add_argument("--articles", type=int, default=170, help="articles of the large build, about")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(SEEDS, folder / "seeds")
        seconds(folder, "build", "seeds")
        for command in (["--help"], ["show"], ["show", "--actor", "Turkey"]):
            print(f"| `timeline {' '.join(command)}` | {median(folder, options.runs, *command):.2f} s |")
        dispatches = sum(path.suffix in {".txt", ".md"} for path in SEEDS.iterdir())
        copies = max(1, options.articles // dispatches)
        for number in range(copies):
            shutil.copytree(SEEDS, folder / "many" / str(number))
        taken = seconds(folder, "build", "many", "--store", "many.db")
        print(f"| `timeline build`, {copies * dispatches} articles | {copies * dispatches / taken:.0f} articles/s |")
        again = seconds(folder, "build", "many", "--store", "many.db")
        print(f"| `timeline build` once more, nothing changed | {again:.1f} s |")


if __name__ == "__main__":
    main()
