"""How well publication dates are found, and the floors they may not fall below.

`python -m tests.gate_publication` prints the figures and exits 1 when one is worse than its floor in
gate_publication.json; `--pin` moves the floors towards what is reached, never away.

- own: the files of `tests/gold/publication`, each read alone or with its folder, judged by `publication_gold.judge`.
- syria-fakes: 804 news articles of another project (`../shared/corpora`), their field `published` left out. Most are
  saved as one line that opens with its date. That field is often not the day that the text prints, so a text is judged
  by the full date in its first 300 characters where there is one (`printed`), else by the field.
"""

import argparse
import datetime as dt
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from idlib_timeline import pipeline
from idlib_timeline.store import Store
from tests.publication_gold import FILES, judge, load

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "gate_publication.json"
CORPUS = HERE.parent.parent / "shared" / "corpora" / "syria-fakes.jsonl"
LESS_IS_BETTER = {"wrong", "wrong_interval"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDED = re.compile(
    r"\b(\d{1,2}) ([A-Z][a-z]{2})[a-z]*\.?,? ((?:19|20)\d\d)\b|\b([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}),? ((?:19|20)\d\d)\b"
)
_FIGURES = re.compile(r"(?<![\d.])(\d{1,2})[-.](\d{1,2})[-.]((?:19|20)\d\d)\b")


def figures() -> dict[str, dict[str, float]]:
    """All figures that can be measured here: shares of the articles of a set."""
    found = {"own": _own()}
    if CORPUS.is_file():
        found["syria-fakes"] = _syria_fakes()
    return found


def verdicts() -> Iterator[tuple[Mapping[str, Any], str, Mapping[str, Any] | None]]:
    """Each expected publication, what its claim is worth, and the claim (None: the article was not read)."""
    sources: dict[str, Mapping[str, Any]] = {}
    for folder in sorted(FILES.iterdir()):
        for path in sorted(folder.iterdir()) if folder.name == "alone" else [folder]:
            for source in _sources(path):
                sources[f"{folder.name}/{source['file']}"] = source
    for expected in load():
        claim = sources.get(expected["file"])
        word = judge(expected, claim["published"], claim["earliest"], claim["latest"]) if claim else "unread"
        yield expected, word, claim


def _sources(path: Path) -> list[Mapping[str, Any]]:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "timeline.db", create=True) as store:
        pipeline.build([str(path)], store)
        return list(store.sources())


def _own() -> dict[str, float]:
    words = Counter(word for _, word, _ in verdicts())
    return {word: words[word] / words.total() for word in ("right", "wider", "unknown", "wrong", "unread")}


def _syria_fakes() -> dict[str, float]:
    """Without the field: exact among the texts that print their date, and wrong intervals among all."""
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus.jsonl"
        kept = ("id", "title", "text", "outlet")
        path.write_text("".join(json.dumps({key: row[key] for key in kept}) + "\n" for row in rows), encoding="utf-8")
        claims = {int(source["file"].rpartition("#")[2]): source for source in _sources(path)}
    exact, prints, wrong = 0, 0, 0
    for number, row in enumerate(rows, 1):
        claim, days = claims[number], printed(row["text"])
        prints += bool(days)
        exact += claim["published"] in days
        first, last = claim["earliest"], claim["latest"]
        truth = days or {row["published"]}
        wrong += bool(first or last) and not any((first or "") <= day <= (last or "9") for day in truth)
    return {"printed_exact": exact / prints, "wrong_interval": wrong / len(rows), "read": len(claims) / len(rows)}


def printed(text: str) -> set[str]:
    """The days of the first full date in the opening of a text, ISO; two where figures can be either."""
    worded, numeric = _WORDED.search(text[:300]), _FIGURES.search(text[:300])
    found = min((match for match in (worded, numeric) if match), key=lambda match: match.start(), default=None)
    if found is None:
        return set()
    if found is numeric:
        first, second, year = map(int, found.groups())
        return {day for day in (_iso(year, second, first), _iso(year, first, second)) if day}
    day, month, year, other_month, other_day, other_year = found.groups()
    name = (month or other_month).lower()
    value = _iso(int(year or other_year), _MONTHS.index(name) + 1, int(day or other_day)) if name in _MONTHS else ""
    return {value} if value else set()


def _iso(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def floors() -> dict[str, dict[str, float]]:
    """The pinned figures."""
    return json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}


def fallen(reached: Mapping[str, Mapping[str, float]], pinned: Mapping[str, Mapping[str, float]]) -> list[str]:
    """What is worse than its floor, a sentence each."""
    return [
        f"{name}: {figure} is {reached[name][figure]:.3f}, the floor {floor}"
        for name, row in pinned.items()
        for figure, floor in row.items()
        if name in reached
        and (reached[name][figure] > floor if figure in LESS_IS_BETTER else reached[name][figure] < floor)
    ]


def main() -> int:
    """Prints the figures; exit code 1 when one has fallen."""
    parser = argparse.ArgumentParser(description="Score publication dates.")
    parser.add_argument("--pin", action="store_true", help="move the floors to what is reached, never back")
    parser.add_argument("--misses", action="store_true", help="print what is not right")
    options = parser.parse_args()
    if options.misses:
        for expected, word, claim in verdicts():
            if word != "right":
                told = f"{claim['published']} ({claim['method']})" if claim else "not read"
                print(f"{word:8} {expected['file']}: {expected['published']} expected, {told}; {expected['trap']}")
    reached, pinned = figures(), floors()
    for name, row in reached.items():
        print(f"{name:12} " + ", ".join(f"{figure} {value:.3f}" for figure, value in row.items()))
    if "syria-fakes" not in reached:
        print("syria-fakes is skipped: ../shared/corpora is not there")
    if options.pin:
        for name, row in reached.items():
            for figure, value in row.items():
                if figure in ("wider", "unknown", "unread"):
                    continue
                low = figure in LESS_IS_BETTER
                rounded = -(-value * 1000 // 1) / 1000 if low else value * 1000 // 1 / 1000
                before = pinned.setdefault(name, {}).get(figure, rounded)
                pinned[name][figure] = min(before, rounded) if low else max(before, rounded)
        FLOORS.write_text(json.dumps(pinned, indent=2) + "\n", encoding="utf-8")
    worse = fallen(reached, pinned)
    print(*worse, sep="\n", end="\n" if worse else "")
    return bool(worse)


if __name__ == "__main__":
    sys.exit(main())
