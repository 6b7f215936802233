"""Patterns that go with the colours: hatching, dots and lines, so that no reading depends on colour alone."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from nido.report.drawings.palette import CATEGORIES, GRID, PAPER, SOFT_INK, tint
from nido.report.drawings.svg import attributes, element

SIDE = 8
CLOSED = "chiuso"


@dataclass(frozen=True, slots=True)
class Look:
    """How a category looks: a colour, and the number of its pattern."""

    colour: str
    pattern: int


def looks(names: Iterable[str]) -> Mapping[str, Look]:
    """Give every name a colour and a pattern of its own, in order.

    After eight colours the patterns shift, so that the pair stays its own up to 56 names.
    """
    ordered = list(dict.fromkeys(names))
    size = len(CATEGORIES)
    return {
        name: Look(CATEGORIES[place % size], (place + place // size) % len(_STROKES))
        for place, name in enumerate(ordered)
    }


def pattern_id(key: str, name: str | int) -> str:
    """Name a pattern inside a drawing."""
    return f"{key}-p-{name}"


def fill(key: str, name: str | int) -> str:
    """Refer to a pattern of the same drawing."""
    return f"url(#{pattern_id(key, name)})"


def definitions(key: str, wanted: Iterable[tuple[str | int, Look]], strength: int = 30) -> str:
    """Define patterns: a tint of the colour under strokes of the colour itself."""
    return element("defs", "", *(_pattern(pattern_id(key, name), look, strength) for name, look in wanted))


def closed(key: str) -> str:
    """Define the pattern of what is closed: grey hatching."""
    marks = _stroke("M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4", GRID)
    return element("defs", "", _tile(pattern_id(key, CLOSED), PAPER, marks))


def swatch_look(colour: str = SOFT_INK) -> Look:
    """Give the look of something without a category."""
    return Look(colour, 0)


def _pattern(name: str, look: Look, strength: int) -> str:
    return _tile(name, tint(look.colour, strength), _STROKES[look.pattern](look.colour))


def _tile(name: str, paper: str, marks: str) -> str:
    size = attributes(id=name, width=SIDE, height=SIDE, patternUnits="userSpaceOnUse")
    ground = element("rect", attributes(width=SIDE, height=SIDE, fill=paper))
    return element("pattern", size, ground, marks)


def _stroke(shape: str, colour: str) -> str:
    return element("path", attributes(d=shape, stroke=colour, stroke_width=1.5, fill="none"))


def _dots(colour: str) -> str:
    spots = ((2, 2), (6, 6))
    return "".join(element("circle", attributes(cx=x, cy=y, r=1.3, fill=colour)) for x, y in spots)


_STROKES: tuple[Callable[[str], str], ...] = (
    lambda colour: "",
    lambda colour: _stroke("M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4", colour),
    _dots,
    lambda colour: _stroke("M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4", colour),
    lambda colour: _stroke("M0,4 h8", colour),
    lambda colour: _stroke("M4,0 v8", colour),
    lambda colour: _stroke("M0,4 h8 M4,0 v8", colour),
)
