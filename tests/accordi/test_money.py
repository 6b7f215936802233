"""Exact money: rounding, division to the cent, amounts in messages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nido.accordi.money import cents, divide, euro_text, half_up


@pytest.mark.parametrize(("value", "expected"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.4999", 2), ("0", 0)])
def test_halves_go_up(value: str, expected: int) -> None:
    """A half goes up also where banker's rounding would go down."""
    assert half_up(Decimal(value)) == expected


def test_euro_become_cents() -> None:
    """Fractions of a cent are rounded once."""
    # 12.345 EUR = 1234.5 cents, half up = 1235
    assert cents(Decimal("12.345")) == 1235
    assert cents(Decimal("600.10")) == 60010


def test_division_gives_the_rest_to_the_first() -> None:
    """Ten cents among four are 3, 3, 2, 2."""
    # 10 = 4 × 2 + 2: the first two get one more
    assert divide(10, [None] * 4) == [3, 3, 2, 2]


def test_division_keeps_the_bounds() -> None:
    """What a part cannot take goes to the others."""
    # 100 among three: 34, 33, 33; the first stops at 10; 24 more among two: 12 each
    assert divide(100, [10, None, None]) == [10, 45, 45]


def test_division_stops_when_every_part_is_full() -> None:
    """Nothing is forced beyond the bounds."""
    assert divide(100, [10, 0, 20]) == [10, 0, 20]
    assert divide(5, []) == []


@given(st.integers(0, 10**9), st.lists(st.none() | st.integers(0, 10**7), max_size=8))
def test_division_loses_nothing(total: int, bounds: list[int | None]) -> None:
    """The parts sum to the total, or to the sum of the bounds when that is less."""
    parts = divide(total, bounds)
    limits = [total if bound is None else bound for bound in bounds]
    assert sum(parts) == min(total, sum(limits))
    assert all(0 <= part <= limit for part, limit in zip(parts, limits, strict=True))


def test_amounts_in_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The decimal mark follows the language."""
    monkeypatch.delenv("NIDO_LANG", raising=False)
    assert euro_text(123_405) == "1234,05 EUR"
    monkeypatch.setenv("NIDO_LANG", "en")
    assert euro_text(7) == "0.07 EUR"
