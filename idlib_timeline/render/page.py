"""A page of labelled lines under headings, as `timeline explain` prints."""

from collections.abc import Iterator

from .layout import BOLD, DIM, Line, beside, wrap


class Page:
    """How wide and in what colours a page is written; `label` cells are for the names on the left."""

    def __init__(self, width: int, colour: bool, label: int) -> None:
        self._width, self._colour, self._label = width, colour, label

    def text(self, text: str, style: str = "") -> Iterator[str]:
        return beside([wrap([(text, style)], self._width - 1)], [self._width - 1], self._colour)

    def heading(self, text: str) -> Iterator[str]:
        yield "\n"
        yield from self.text(text, BOLD)

    def field(self, label: str, text: str, style: str = "") -> Iterator[str]:
        """A labelled line; nothing at all when there is nothing to say."""
        if text:
            room = self._width - self._label - 3
            name: Line = [(label, DIM)]
            yield from beside([[name], wrap([(text, style)], room)], [self._label, room], self._colour)
