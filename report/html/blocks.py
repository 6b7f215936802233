"""What a section of the page is made of: plain values that the template writes."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from nido.report.drawings.figure import Figure, Table

Tone = Literal["plain", "note", "warning", "lead"]


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    kind: ClassVar[str] = "words"
    words: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to know at a glance: what it is, how much, and a sentence or a few about it."""

    title: str
    value: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards side by side."""

    kind: ClassVar[str] = "cards"
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure; its table lies open where it is short."""

    kind: ClassVar[str] = "figure"
    figure: Figure
    open_table: bool = False


@dataclass(frozen=True, slots=True)
class Tabled:
    """A table in plain sight, or folded away where it is long."""

    kind: ClassVar[str] = "table"
    table: Table
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """Sentences in a list."""

    kind: ClassVar[str] = "list"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Words with their meaning."""

    kind: ClassVar[str] = "terms"
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    kind: ClassVar[str] = "heading"
    words: str


Block = Words | Cards | Drawn | Tabled | Listed | Terms | Heading


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page.

    Attributes
    ----------
    key
        Its anchor, unique in a page.
    title
        Its heading.
    blocks
        What it shows, in order.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
