"""The few primitives that the drawings are made of: escaped text in, SVG text out.

A drawing has a fixed size in CSS pixels, so that its letters never shrink with the window: a page that is
narrow shows the narrow drawing, or lets a wide one scroll in its own box.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from nido.report.drawings.palette import INK, WHITE

SIZE = 12
SMALL = 11
LINE_HEIGHT = 14
ELLIPSIS = "…"

# What XML does not allow, and halves of characters that no file can hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Widths in thousandths of the letter size, of the widest common sans-serif (DejaVu Sans), rounded up.
_NARROW, _USUAL, _CAPITAL, _WIDE = 420, 640, 780, 1000
_NARROW_LETTERS = frozenset("ijlIt.,:;'’!|()[] fr-/")
_WIDE_LETTERS = frozenset("mwMW@%…—€")

Number = int | float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in pixels from the top left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def meets(self, other: "Box") -> bool:
        """Tell whether two rectangles share some area."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def clean(words: str) -> str:
    """Leave out what a page cannot hold."""
    return _FORBIDDEN.sub("", words)


def number(value: Number) -> str:
    """Write a coordinate with at most one decimal, the same on every machine."""
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


def element(name: str, attributes: str, *children: str) -> str:
    """Write an element whose attributes and children are written already."""
    inside = "".join(children)
    head = f"<{name} {attributes}" if attributes else f"<{name}"
    return f"{head}>{inside}</{name}>" if inside else f"{head}/>"


def attributes(**values: str | Number | None) -> str:
    """Write attributes; an underscore in a name stands for a hyphen, None leaves one out."""
    written = (
        f'{name.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for name, value in values.items()
        if value is not None
    )
    return " ".join(written)


def _value(value: str | Number) -> str:
    return escape(clean(value)) if isinstance(value, str) else number(value)


def group(children: Iterable[str], **values: str | Number | None) -> str:
    """Put elements together."""
    return element("g", attributes(**values), *children)


def hover(words: str, *children: str) -> str:
    """Put elements together under a text that a pointer shows."""
    return element("g", "", element("title", "", escape(clean(words))), *children)


def rect(
    box: Box,
    *,
    fill: str | None = None,
    stroke: str | None = None,
    radius: Number | None = None,
    opacity: str | None = None,
) -> str:
    """Draw a rectangle."""
    place = attributes(x=box.left, y=box.top, width=box.width, height=box.height, rx=radius)
    look = attributes(fill=fill, stroke=stroke, fill_opacity=opacity)
    return element("rect", f"{place} {look}".rstrip())


def circle(x: Number, y: Number, radius: Number, *, fill: str, stroke: str | None = None) -> str:
    """Draw a circle."""
    return element("circle", attributes(cx=x, cy=y, r=radius, fill=fill, stroke=stroke))


def line(x1: Number, y1: Number, x2: Number, y2: Number, *, stroke: str, dash: str | None = None) -> str:
    """Draw a straight line."""
    return element("line", attributes(x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_dasharray=dash))


def polygon(points: Sequence[tuple[Number, Number]], *, fill: str, stroke: str | None = None) -> str:
    """Draw a closed shape with straight sides."""
    written = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return element("polygon", attributes(points=written, fill=fill, stroke=stroke))


def path(shape: str, *, fill: str, stroke: str | None = None, thin: bool = False) -> str:
    """Draw a shape given as path data."""
    return element(
        "path", attributes(d=shape, fill=fill, stroke=stroke, stroke_width="0.6" if thin else None)
    )


def words_at(
    x: Number,
    y: Number,
    words: str,
    *,
    size: int = SIZE,
    anchor: str | None = None,
    bold: bool = False,
    fill: str | None = None,
    halo: bool = False,
) -> str:
    """Write one line of text; `y` is its base line. A halo keeps it legible over other shapes."""
    place = attributes(x=x, y=y, font_size=None if size == SIZE else size, text_anchor=anchor)
    look = attributes(font_weight="bold" if bold else None, fill=fill)
    ring = attributes(stroke=WHITE, stroke_width=4, stroke_linejoin="round", paint_order="stroke")
    parts = [place, look, ring if halo else ""]
    return element("text", " ".join(part for part in parts if part), escape(clean(words), quote=False))


def lines_at(
    x: Number,
    y: Number,
    lines: Sequence[str],
    *,
    size: int = SIZE,
    anchor: str | None = None,
    bold: bool = False,
    fill: str | None = None,
    halo: bool = False,
) -> str:
    """Write lines of text, one under the other; `y` is the base line of the first."""
    return "".join(
        words_at(x, y + place * LINE_HEIGHT, words, size=size, anchor=anchor, bold=bold, fill=fill, halo=halo)
        for place, words in enumerate(lines)
    )


def text_width(words: str, size: int = SIZE, *, bold: bool = False) -> float:
    """Estimate the width of a text in pixels; never too little with the usual fonts."""
    thousandths = sum(_letter(letter) for letter in words)
    return thousandths * size * (1.1 if bold else 1) / 1000


def _letter(letter: str) -> int:
    if letter in _NARROW_LETTERS:
        return _NARROW
    if letter in _WIDE_LETTERS or ord(letter) > 0x2E7F:
        return _WIDE
    return _CAPITAL if letter.isupper() else _USUAL


def cut(words: str, width: float, size: int = SIZE, *, bold: bool = False) -> str:
    """Shorten a text to a width; what is left out shows as an ellipsis."""
    if text_width(words, size, bold=bold) <= width:
        return words
    while words and text_width(words + ELLIPSIS, size, bold=bold) > width:
        words = words[:-1]
    return words.rstrip() + ELLIPSIS


def fold(words: str, width: float, most: int, size: int = SIZE, *, bold: bool = False) -> list[str]:
    """Break a text into at most `most` lines of a width; the last is cut where it is too long."""
    lines: list[str] = []
    rest = words.split()
    while rest and len(lines) < most - 1:
        count = 1
        while count < len(rest) and text_width(" ".join(rest[: count + 1]), size, bold=bold) <= width:
            count += 1
        lines.append(cut(" ".join(rest[:count]), width, size, bold=bold))
        rest = rest[count:]
    if rest:
        lines.append(cut(" ".join(rest), width, size, bold=bold))
    return lines or [""]


def picture(key: str, title: str, summary: str, width: Number, height: Number, parts: Iterable[str]) -> str:
    """Close a drawing: named and described for those who do not see it.

    Parameters
    ----------
    key
        Prefix of its ids, unique in a page.
    title, summary
        What it is, and what it shows in a sentence.
    width, height
        Size in pixels.
    parts
        Its elements; patterns first.
    """
    size = attributes(width=width, height=height, viewBox=f"0 0 {number(width)} {number(height)}")
    names = attributes(role="img", aria_labelledby=f"{key}-t {key}-d", fill=INK, font_size=SIZE)
    label = element("title", attributes(id=f"{key}-t"), escape(clean(title), quote=False))
    words = element("desc", attributes(id=f"{key}-d"), escape(clean(summary), quote=False))
    return element("svg", f"{size} {names}", label, words, *parts)
