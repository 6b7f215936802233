"""Colours of the drawings and of the page: told apart without colour vision, and legible (WCAG 2.2, AA)."""

from decimal import Decimal
from functools import cache

WHITE = "#ffffff"
INK = "#17202a"
SOFT_INK = "#4a5562"
LINE = "#c3cad3"
GRID = "#e3e7ec"
PAPER = "#f5f7fa"
ACCENT = "#0b4f8a"
WARNING_PAPER = "#fff3cd"
WARNING_INK = "#5c3c00"

# Contrast that WCAG 2.2 asks: 1.4.3 for text, 1.4.11 for the parts of a drawing.
TEXT_CONTRAST = Decimal("4.5")
SHAPE_CONTRAST = Decimal(3)

# Strong colours for categories: neighbours differ in lightness too, and none goes without pattern or label.
CATEGORIES = ("#0b5fa5", "#c2570c", "#12684a", "#8a3d94", "#8f6a00", "#b3261e", "#3d4a58", "#0d7480")
# From nobody to full: steps of one hue, so that lightness alone gives the order.
HEAT = ("#ffffff", "#dcebf7", "#b4d4ee", "#82b6df", "#4a90ca", "#1c649f", "#0b3f6e")


@cache
def ink_on(paper: str) -> str:
    """Choose dark or white ink, whichever is read better on a colour."""
    return max((INK, WHITE), key=lambda ink: contrast(ink, paper))


def contrast(one: str, other: str) -> Decimal:
    """Tell the contrast of two colours (WCAG 2.2, "contrast ratio"), from 1 to 21.

    Parameters
    ----------
    one, other
        Colours as ``#rrggbb``.
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + Decimal("0.05")) / (dark + Decimal("0.05"))


def tint(colour: str, strength: int) -> str:
    """Mix a colour into white.

    Parameters
    ----------
    colour
        A colour as ``#rrggbb``.
    strength
        How much of it is left, in per cent.
    """
    parts = (255 - (255 - part) * strength // 100 for part in _parts(colour))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> Decimal:
    red, green, blue = (_linear(Decimal(part) / 255) for part in _parts(colour))
    return Decimal("0.2126") * red + Decimal("0.7152") * green + Decimal("0.0722") * blue


def _linear(part: Decimal) -> Decimal:
    if part <= Decimal("0.04045"):
        return part / Decimal("12.92")
    return ((part + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
