"""Plain text tables that fit a given width; the same bytes on a terminal, in a pipe and in a file."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

GAP = 2
# A word longer than this may be broken: an id of a hundred letters must not push the numbers off the page.
LONGEST_WORD = 28

Row = Sequence[str]
Lines = list[str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and whether it holds numbers (right-aligned, never wrapped)."""

    title: str
    number: bool = False


def text_column(title: str) -> Column:
    """Declare a left-aligned column whose cells may wrap."""
    return Column(title)


def number_column(title: str) -> Column:
    """Declare a right-aligned column whose cells stay whole."""
    return Column(title, number=True)


def section(title: str, body: Lines) -> Lines:
    """Put a title over the lines of a section; a section without lines is left out."""
    return [title.upper(), *body] if body else []


def wrap(words: str, width: int, indent: str = "") -> list[str]:
    """Break a sentence into lines of at most `width` characters; later lines start with `indent`."""
    return textwrap.wrap(words, width, subsequent_indent=indent, break_on_hyphens=False) or [""]


def table(
    columns: Sequence[Column], rows: Sequence[Row], width: int, *, keys: int = 1, footer: Sequence[Row] = ()
) -> list[str]:
    """Draw a table.

    Parameters
    ----------
    columns
        The columns, from the left.
    rows
        One cell per column; an empty text leaves the cell empty.
    width
        Characters available. Text cells wrap; when the numbers alone do not fit, the table continues in
        further blocks that repeat the first `keys` columns.
    keys
        How many columns at the left name the row.
    footer
        Rows drawn under a second rule: the totals.

    Returns
    -------
    list[str]
        Lines without trailing blanks; blocks are set apart by an empty line.
    """
    every = [*rows, *footer]
    bounds = [_bounds(column, [row[index] for row in every]) for index, column in enumerate(columns)]
    lines: list[str] = []
    for chosen in _blocks([least for least, _ in bounds], width, keys):
        if lines:
            lines.append("")
        widths = _share([bounds[index] for index in chosen], width)
        part = [columns[index] for index in chosen]
        draw = [[row[index] for index in chosen] for row in rows]
        totals = [[row[index] for index in chosen] for row in footer]
        lines.extend(_block(part, draw, totals, widths))
    return lines


def _pieces(word: str) -> list[str]:
    """Split a word where it may be broken: after an underscore, since ids are joined by them."""
    return re.findall("[^_]+_*|_+", word)


def _longest_word(words: str) -> int:
    pieces = (piece for word in words.split() for piece in _pieces(word))
    return min(LONGEST_WORD, max((len(piece) for piece in pieces), default=0))


def _fill(cell: str, width: int) -> Lines:
    """Break a cell into lines of at most `width` characters."""
    lines: Lines = []
    for word in cell.split():
        glue = " "
        for piece in _pieces(word):
            rest = piece
            if lines and len(lines[-1]) + len(glue) + len(rest) <= width:
                lines[-1] += glue + rest
                rest = ""
            while rest:
                lines.append(rest[:width])
                rest = rest[width:]
            glue = ""
    return lines


def _bounds(column: Column, cells: Sequence[str]) -> tuple[int, int]:
    """Tell the least and the natural width of a column."""
    heading = _longest_word(column.title)
    longest = max((len(cell) for cell in cells), default=0)
    if column.number:
        whole = max(heading, longest)
        return whole, whole
    least = max([heading, *(_longest_word(cell) for cell in cells)])
    return least, max(least, longest, min(len(column.title), LONGEST_WORD))


def _blocks(least: Sequence[int], width: int, keys: int) -> list[list[int]]:
    """Choose which columns stand side by side; every block starts with the key columns."""
    head = list(range(keys))
    room = width - sum(least[index] + GAP for index in head)
    blocks: list[list[int]] = []
    current: list[int] = []
    used = 0
    for index in range(keys, len(least)):
        need = least[index] + (GAP if current else 0)
        if current and used + need > room:
            blocks.append(head + current)
            current, used, need = [], 0, least[index]
        current.append(index)
        used += need
    return [*blocks, head + current]


def _share(bounds: Sequence[tuple[int, int]], width: int) -> list[int]:
    """Give each column its natural width, or shrink the widest text columns until the block fits."""
    widths = [natural for _, natural in bounds]
    excess = sum(widths) + GAP * (len(widths) - 1) - width
    while excess > 0:
        spare = [
            (size - least, index) for index, (size, (least, _)) in enumerate(zip(widths, bounds, strict=True))
        ]
        most, index = max(spare, key=lambda item: (item[0], widths[item[1]], -item[1]))
        if most <= 0:
            break
        widths[index] -= 1
        excess -= 1
    return widths


def _block(
    columns: Sequence[Column], rows: Sequence[Row], footer: Sequence[Row], widths: Sequence[int]
) -> list[str]:
    rule = (" " * GAP).join("-" * width for width in widths)
    lines = [*_line([column.title for column in columns], columns, widths, bottom=True), rule]
    for row in rows:
        lines.extend(_line(row, columns, widths))
    if footer:
        lines.append(rule)
        for row in footer:
            lines.extend(_line(row, columns, widths))
    return lines


def _line(cells: Row, columns: Sequence[Column], widths: Sequence[int], *, bottom: bool = False) -> list[str]:
    """Draw one row, over as many lines as its longest cell needs."""
    pieces = [_fill(cell, width) for cell, width in zip(cells, widths, strict=True)]
    if bottom:
        height = max(len(piece) for piece in pieces)
        pieces = [[""] * (height - len(piece)) + piece for piece in pieces]
    lines: list[str] = []
    for parts in zip_longest(*pieces, fillvalue=""):
        drawn = [
            f"{part:>{width}}" if column.number else f"{part:<{width}}"
            for part, column, width in zip(parts, columns, widths, strict=True)
        ]
        lines.append((" " * GAP).join(drawn).rstrip())
    return lines
