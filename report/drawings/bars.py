"""Bars: one amount for each name, longest to the right, with its number written beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from nido.report.drawings.figure import NARROW, WIDE, Drawing, Figure, Shown, Table
from nido.report.drawings.palette import LINE, SOFT_INK
from nido.report.drawings.patterns import Look, definitions, fill
from nido.report.drawings.svg import SMALL, Box, cut, line, picture, rect, text_width, words_at

ROW, BAR = 40, 16
WIDTHS: tuple[tuple[Shown, int], ...] = (("wide", WIDE), ("narrow", NARROW))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes
    ----------
    name
        What it is.
    size
        Its length, in whole units (cents, minutes); at least 0.
    words
        The number as it is written.
    look
        Its colour and pattern.
    """

    name: str
    size: int
    words: str
    look: Look


def bars(key: str, title: str, summary: str, found: Sequence[Bar], table: Table, note: str = "") -> Figure:
    """Draw bars from one zero line, names above them."""
    drawings = tuple(
        Drawing(_draw(f"{key}-{shown[0]}", title, summary, found, width), shown) for shown, width in WIDTHS
    )
    return Figure(key, title, summary, drawings, table, note)


def _draw(key: str, title: str, summary: str, found: Sequence[Bar], width: int) -> str:
    most = max((bar.size for bar in found), default=0)
    room = width - 8 - max((text_width(bar.words, bold=True) for bar in found), default=0) - 8
    parts = [definitions(key, [(place, bar.look) for place, bar in enumerate(found)])]
    for place, bar in enumerate(found):
        top = place * ROW + 4
        long = room * bar.size / most if most else 0
        parts.append(words_at(2, top + 11, cut(bar.name, width - 4), fill=SOFT_INK, size=SMALL))
        if bar.size:
            box = Box(2, top + 16, max(long, 1), BAR)
            parts.append(rect(box, fill=fill(key, place), stroke=bar.look.colour))
        parts.append(words_at(2 + long + 6, top + 16 + 12, bar.words, bold=True))
    height = ROW * len(found) + 4
    parts.append(line(2, 4, 2, height, stroke=LINE))
    return picture(key, title, summary, width, height, parts)
