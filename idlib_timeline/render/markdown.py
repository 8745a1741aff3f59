"""The chronology as Markdown to paste into a report: dated lines, numbered sources, nothing an article says active."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ..serial import Record
from .words import by_period, clean, contested, date_words, event_date, files, judged

# What Markdown (CommonMark, GitHub's, Pandoc's) gives a meaning inside a line.
_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~$^@]|&(?=[#\w])|:(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_LEADING = re.compile(r"^(\d{1,9})([.)])|^([-+=:!])")


def escaped(text: str) -> str:
    """Text that shows in Markdown as it is, wherever in a line it stands."""
    text = _ACTIVE.sub(lambda match: "\\" + match[0], clean(text))
    return _LEADING.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}", text)


def markdown(events: Sequence[Record], sources: Mapping[str, Record]) -> Iterator[str]:
    """A heading for each month, a line for each event, and the list of the sources cited (`sources` by file)."""
    if not events:
        return
    numbers: dict[str, int] = {}
    for heading, members in by_period(events):
        yield f"## {heading}\n\n"
        for event in members:
            yield f"- {_line(event, numbers)}\n"
        yield "\n"
    yield "## Sources\n\n"
    for file, number in numbers.items():
        yield f"{number}. {_citation(file, sources.get(file, {}), numbers)}\n"


def _line(event: Record, numbers: dict[str, int]) -> str:
    def cite(names: Sequence[str]) -> str:
        return "".join(f"[{number}]" for number in sorted(numbers.setdefault(name, len(numbers) + 1) for name in names))

    marks = [event["status"]] if event["status"] != "happened" else []
    marks += ["background"] if event["background"] else []
    marks += ["judged by an analyst"] if judged(event) else []
    mark = f"*{', '.join(marks)}:* " if marks else ""
    place = f" ({escaped(event['place'])})" if event["place"] else ""
    date = re.sub(r"^(?!c\.)[a-z]", lambda first: first[0].upper(), event_date(event))
    line = f"**{date}** — {mark}{escaped(event['title'])}{place} {cite(files(event))}"
    for dispute in event["disputed"]:
        said = "; ".join(f"{escaped(str(value['value']))} {cite(value['files'])}" for value in dispute["values"])
        line += f" *The sources disagree on {escaped(contested(dispute['field']))}:* {said}."
    return line


def _citation(file: str, source: Record, numbers: Mapping[str, int]) -> str:
    date = date_words(source["published"]) if source.get("published") else "date unknown"
    parts = [escaped(source["outlet"])] if source.get("outlet") else []
    parts += [date, escaped(file)]
    title = f" — “{escaped(source['title'])}”" if source.get("title") else ""
    other = source.get("same_as")
    same = f" (same text as {f'[{numbers[other]}]' if other in numbers else escaped(other)})" if other else ""
    return ", ".join(parts) + title + same
