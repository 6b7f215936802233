"""Ranges: for each name a line from the least to the most, and a mark where the expected amount lies."""

from collections.abc import Sequence
from dataclasses import dataclass

from nido.data.lingua import text
from nido.report.drawings.figure import NARROW, WIDE, Drawing, Figure, Shown, Table
from nido.report.drawings.legend import legend
from nido.report.drawings.palette import CATEGORIES, LINE, SOFT_INK, WHITE
from nido.report.drawings.patterns import Look, definitions, fill
from nido.report.drawings.svg import SMALL, Box, circle, cut, line, picture, rect, text_width, words_at

ROW, ROW_NARROW, BAR = 26, 48, 12
LABELS = 256
WIDTHS: tuple[tuple[Shown, int], ...] = (("wide", WIDE), ("narrow", NARROW))
LOOK = Look(CATEGORIES[0], 1)


@dataclass(frozen=True, slots=True)
class Range:
    """One name and its three amounts, in whole units, with the words that stand beside them."""

    name: str
    least: int
    expected: int
    most: int
    words: str


def ranges(
    key: str, title: str, summary: str, found: Sequence[Range], table: Table, note: str = ""
) -> Figure:
    """Draw ranges from one zero line."""
    drawings = tuple(
        Drawing(_draw(f"{key}-{shown[0]}", title, summary, found, width), shown) for shown, width in WIDTHS
    )
    return Figure(key, title, summary, drawings, table, note)


def _draw(key: str, title: str, summary: str, found: Sequence[Range], width: int) -> str:
    beside = width >= WIDE
    entries = [
        (fill(key, "range"), text("dal minimo al massimo", "from least to most")),
        (CATEGORIES[1], text("atteso", "expected")),
    ]
    parts = [definitions(key, [("range", LOOK)])]
    shown, used = legend(entries, 2, 2, width - 4)
    parts += shown
    room = max((text_width(one.words, SMALL) for one in found), default=0) + 12 if beside else 0
    left, top = (LABELS if beside else 8), used + 8.0
    scale = (width - left - room - 10) / max(1, max((one.most for one in found), default=0))
    for one in found:
        parts += _row(key, one, (left, scale), top, width)
        top += ROW if beside else ROW_NARROW
    parts.append(line(left, used + 6, left, top, stroke=LINE))
    return picture(key, title, summary, width, top + 4, parts)


def _row(key: str, one: Range, track: tuple[float, float], top: float, width: int) -> list[str]:
    left, scale = track
    beside = width >= WIDE
    y = top + (6 if beside else 18)
    start, end = left + one.least * scale, left + one.most * scale
    words = (width - 2 - text_width(one.words, SMALL)) if beside else left
    return [
        words_at(
            2,
            top + (16 if beside else 12),
            cut(one.name, LABELS - 8 if beside else width - 4, SMALL),
            size=SMALL,
        ),
        rect(Box(start, y, max(end - start, 2), BAR), fill=fill(key, "range"), stroke=LOOK.colour),
        circle(left + one.expected * scale, y + BAR / 2, 5, fill=CATEGORIES[1], stroke=WHITE),
        words_at(words, top + (16 if beside else 42), one.words, size=SMALL, fill=SOFT_INK),
    ]
