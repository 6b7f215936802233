"""Colours: contrast as WCAG counts it, and every pair that is used passes."""

import itertools
from decimal import Decimal

import pytest

from nido.report.drawings.palette import (
    ACCENT,
    CATEGORIES,
    HEAT,
    INK,
    PAPER,
    SHAPE_CONTRAST,
    SOFT_INK,
    TEXT_CONTRAST,
    WARNING_INK,
    WARNING_PAPER,
    WHITE,
    contrast,
    ink_on,
    tint,
)
from nido.report.drawings.patterns import looks


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21; the grey #767676, the lightest that passes on white, is 4.54."""
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#ffffff", "#767676"), 2) == Decimal("4.54")
    assert contrast(INK, INK) == 1


TEXTS = [
    (INK, WHITE),
    (INK, PAPER),
    (SOFT_INK, WHITE),
    (SOFT_INK, PAPER),
    (ACCENT, WHITE),
    (WARNING_INK, WARNING_PAPER),
    *((ink_on(colour), colour) for colour in HEAT),
    # White letters in the marks of the map, dark ones on the tint of a bar.
    *((WHITE, CATEGORIES[place]) for place in (0, 2, 3, 6)),
    *((INK, tint(colour, 30)) for colour in CATEGORIES),
]


@pytest.mark.parametrize(("ink", "paper"), TEXTS)
def test_text_is_legible(ink: str, paper: str) -> None:
    """Every ink on its paper reaches 4.5 (WCAG 2.2, 1.4.3)."""
    assert contrast(ink, paper) >= TEXT_CONTRAST


@pytest.mark.parametrize("colour", CATEGORIES)
def test_shapes_stand_out(colour: str) -> None:
    """Every strong colour reaches 3 on white (WCAG 2.2, 1.4.11)."""
    assert contrast(colour, WHITE) >= SHAPE_CONTRAST


def test_heat_grows_darker() -> None:
    """Lightness alone gives the order: each step is darker than the one before."""
    steps = [contrast(colour, "#000000") for colour in HEAT]
    assert all(before > after for before, after in itertools.pairwise(steps))


def test_no_two_names_look_alike() -> None:
    """Fifty names get fifty different pairs of colour and pattern, neighbours of different pattern."""
    found = list(looks(f"nome {place}" for place in range(50)).values())
    assert len(set(found)) == 50
    assert all(before.pattern != after.pattern for before, after in itertools.pairwise(found))
