"""A drawing with its words and its table: what it shows can be read without seeing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Shown = Literal["wide", "narrow", "always"]
# A narrow phone less its margins; and what a sheet of paper still shows with letters of 7 points.
WIDE, NARROW = 760, 340


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, whether it holds numbers, whether its cells stay on one line."""

    title: str
    number: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table in words.

    Attributes
    ----------
    caption
        What it holds.
    columns
        From the left.
    rows, footer
        One text per column; the footer holds the totals.
    keys
        How many columns at the left name the row.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    footer: tuple[tuple[str, ...], ...] = ()
    keys: int = 1


@dataclass(frozen=True, slots=True)
class Drawing:
    """One SVG, and on which pages it is shown: wide ones, narrow ones, always."""

    svg: str
    shown: Shown = "always"


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing, what it shows in a sentence, and the same in numbers.

    Attributes
    ----------
    key
        Prefix of its ids, unique in a page.
    title, summary
        What it is, and what it shows.
    drawings
        Several where it is made of panels, or where a narrow page has one of its own.
    table
        Every number drawn.
    note
        How to read it, where that needs saying.
    """

    key: str
    title: str
    summary: str
    drawings: tuple[Drawing, ...]
    table: Table
    note: str = ""


def text_columns(titles: Sequence[str]) -> tuple[Column, ...]:
    """Declare columns of words."""
    return tuple(Column(title) for title in titles)


def number_columns(titles: Sequence[str]) -> tuple[Column, ...]:
    """Declare columns of numbers."""
    return tuple(Column(title, number=True) for title in titles)
