"""Marks of the map: one shape for each kind of place, with its letter or number inside."""

import math

from nido.data.lingua import text
from nido.report.drawings.palette import CATEGORIES, WHITE
from nido.report.drawings.svg import SMALL, Box, circle, polygon, rect, words_at

COMPANY, NURSERY, SMALL_NURSERY, CHILDMINDER = "azienda", "nido", "micronido", "tagesmutter"
HALF = 10
_COLOURS = {
    COMPANY: CATEGORIES[6],
    NURSERY: CATEGORIES[0],
    SMALL_NURSERY: CATEGORIES[2],
    CHILDMINDER: CATEGORIES[3],
}


def kinds_words(kind: str) -> str:
    """Name several places of a kind."""
    words = {
        COMPANY: text("aziende", "companies"),
        NURSERY: text("nidi", "nurseries"),
        SMALL_NURSERY: text("micronidi", "small nurseries"),
        CHILDMINDER: text("Tagesmutter", "childminders"),
    }
    return words.get(kind, kind)


def kind_words(kind: str) -> str:
    """Name a kind of place."""
    words = {
        COMPANY: text("azienda", "company"),
        NURSERY: text("nido", "nursery"),
        SMALL_NURSERY: text("micronido", "small nursery"),
        CHILDMINDER: text("Tagesmutter", "childminder"),
    }
    return words.get(kind, kind)


def mark(kind: str, code: str, x: float, y: float) -> str:
    """Draw the mark of a place: square, circle, hexagon or lozenge, as wide as `HALF` twice."""
    colour = _COLOURS.get(kind, CATEGORIES[0])
    if kind == COMPANY:
        shape = rect(Box(x - HALF, y - HALF, 2 * HALF, 2 * HALF), fill=colour, stroke=WHITE, radius=2)
    elif kind == SMALL_NURSERY:
        corners = (math.radians(60 * corner) for corner in range(6))
        shape = polygon(
            [(x + 1.1 * HALF * math.cos(turn), y + 1.1 * HALF * math.sin(turn)) for turn in corners],
            fill=colour,
            stroke=WHITE,
        )
    elif kind == CHILDMINDER:
        reach = 1.3 * HALF
        shape = polygon(
            [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)], fill=colour, stroke=WHITE
        )
    else:
        shape = circle(x, y, HALF, fill=colour, stroke=WHITE)
    return shape + words_at(x, y + 4, code, size=SMALL, anchor="middle", fill=WHITE, bold=True)
