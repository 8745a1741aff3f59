"""Pages that mark neither headline nor article, as those laid out in tables: where the story stands, and its headline.

The story is the smallest element that holds most of the page's long paragraphs. Its headline is the last line above it
that the page's title names, unless a menu lies between the two: then it is the outlet's name.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice

from .pagetop import Element, Line, around, letters, lines_of, plain, same_letters, tells

_MOST = 2 / 3  # of the characters of all long paragraphs
_ABOVE = 40  # lines between a headline and its story
_MENU = 4  # links; beside a headline there are fewer ("Print", "E-mail this story")
_IN_CELL = 8  # links of a cell above its story, which is none if it has more
_WITHIN = 300  # elements of a block in which the one that holds a line is looked for
_FOOT = 6  # lines
_NAME = 4  # words; a shorter first line is the outlet's name
_LAYOUT = frozenset(("table", "tbody", "thead", "tfoot", "tr", "td", "th"))


@dataclass(frozen=True, slots=True)
class Layout:
    """`heading` is the headline's element; `cell` the table cell that holds the whole article, None where the page is
    not laid out in tables; `lines` those between the start of that cell and the story; `story` what holds paragraphs.
    """

    heading: Element | None = None
    cell: Element | None = None
    lines: tuple[Line, ...] = ()
    story: frozenset[Element] = frozenset()


def layout(tree: Element, titles: Sequence[str], outlet: str) -> Layout:
    """Where headline and story stand by the looks of the page; `titles` are what the page calls itself."""
    lines = lines_of(tree)
    told = [(number, line) for number, line in enumerate(lines) if tells(line)]
    if not told:
        return Layout()
    story = _story(tree, [line for _, line in told])
    first = next(number for number, line in told if story in around(line.block))
    heading = _heading(lines, first, [letters(title) for title in titles], letters(outlet))
    above = lines[max(0, first - _ABOVE) : first]
    cell = _cell(story, heading, above)
    inside = [line for line in above if cell is not None and cell in around(line.block)]
    held = frozenset(one for _, line in told for one in around(line.block))
    return Layout(heading, cell, () if _links(inside) > _IN_CELL else tuple(inside), held)


def _story(tree: Element, paragraphs: Iterable[Line]) -> Element:
    held: Counter[Element] = Counter()
    for line in paragraphs:
        for element in around(line.block):
            held[element] += len(line.text)
    story, inner, most = tree, tree, _MOST * held[tree]
    while inner is not None:
        story, inner = inner, next((child for child in inner if held[child] >= most), None)
    return story


def _heading(lines: Sequence[Line], first: int, titles: Sequence[str], outlet: str) -> Element | None:
    """The element of the last line above the story's first paragraph that a title names."""
    foot = "".join(letters(line.text) for line in lines[first + 1 :][-_FOOT:])
    links = 0
    for number in range(first - 1, max(-1, first - _ABOVE), -1):
        line = lines[number]
        words = "" if number == 0 and line.text.count(" ") < _NAME else letters(line.text)
        if words not in ("", outlet) and words not in foot and any(same_letters(words, title) for title in titles):
            return next((one for one in islice(line.block.iter(), _WITHIN) if plain(one) == line.text), None)
        links += line.links
        if links >= _MENU:
            return None
    return None


def _cell(story: Element, heading: Element | None, above: Sequence[Line]) -> Element | None:
    """The innermost table cell around story and headline; without a headline, or where no cell holds both, the
    innermost around the story that has lines above it, unless a menu is among them.
    """
    cells = [one for one in around(story) if one.tag in ("td", "th")]
    both = frozenset(around(heading))
    for cell in cells:
        inside = [line for line in above if cell in around(line.block)]
        if cell in both or (inside and not both.intersection(cells) and _links(inside) < _MENU):
            return cell
    return cells[0] if cells else None


def _links(lines: Iterable[Line]) -> int:
    return sum(line.links for line in lines)


def page_of(cell: Element, story: frozenset[Element]) -> Element:
    """A page of nothing but the article's cell. Tables of the layout are taken apart; those without a story stay."""
    from lxml import html

    alone = deepcopy(cell)
    for was, element in zip(cell.iter(), alone.iter(), strict=True):
        if was is cell or (was in story and element.tag in _LAYOUT):
            element.tag = "div"
    alone.tail = None
    page = html.document_fromstring("<html><body></body></html>")
    page.body.append(alone)
    return page
