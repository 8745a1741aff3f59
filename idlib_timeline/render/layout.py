"""Lines of styled text in columns of a given width, for a terminal. Widths count terminal cells."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, chop_cells

# A style is the SGR code of a terminal ("1" bold, "2" dim, "31" red; "1;31" both), "" for none: the sixteen
# colours that every terminal has and its user has chosen.
Span = tuple[str, str]
Line = list[Span]
Cell = list[Line]

BOLD, DIM = "1", "2"
TIE = "\u00a0"  # a blank at which no line is broken; printed as a plain one (`clean` leaves none of an article's)


def wrap(spans: Sequence[Span], width: int) -> Cell:
    """The words of `spans` in lines of at most `width` cells; a longer word is cut. No words: no line."""
    lines: Cell = []
    line: Line = []
    used = 0
    for text, style in spans:
        for word in text.split(" "):
            for piece in _pieces(word, width):
                size = cell_len(piece)
                if line and used + 1 + size > width:
                    lines.append(line)
                    line, used = [], 0
                if line:
                    line.append((" ", style if line[-1][1] == style else ""))
                    used += 1
                line.append((piece, style))
                used += size
    return [*lines, line] if line else lines


def _pieces(word: str, width: int) -> list[str]:
    if not word:
        return []
    return [word] if cell_len(word) <= width else chop_cells(word, width)


def paint(line: Line, colour: bool) -> str:
    """A line as text, with colours or without."""
    merged: Line = []
    for text, style in line:
        if merged and merged[-1][1] == style:
            merged[-1] = (merged[-1][0] + text, style)
        else:
            merged.append((text, style))
    painted = (f"\x1b[{style}m{text}\x1b[0m" if style and colour and text.strip() else text for text, style in merged)
    return "".join(painted).replace(TIE, " ")


def beside(cells: Sequence[Cell], widths: Sequence[int], colour: bool, indent: int = 1, gap: int = 2) -> Iterator[str]:
    """The cells of one row next to each other, each padded to its column's width; no blanks at a line's end."""
    for number in range(max((len(cell) for cell in cells), default=0)):
        line: Line = [(" " * indent, "")]
        for cell, width in zip(cells, widths, strict=True):
            spans = cell[number] if number < len(cell) else []
            line += spans
            line.append((" " * (width - measure(spans) + gap), ""))
        yield paint(_trimmed(line), colour) + "\n"


def measure(line: Line) -> int:
    """Cells that a line takes."""
    return sum(cell_len(text) for text, _ in line)


def _trimmed(line: Line) -> Line:
    while line and not line[-1][0].strip():
        line.pop()
    return line
