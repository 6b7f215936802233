"""Simulator and checker of the agreements follow the same page: equal on random plans and courses."""

import pytest
from accordi_a_caso import differences
from hypothesis import given, settings
from hypothesis import strategies as st


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_both_halves_agree(seed: int) -> None:
    """Months, lines, totals, deposits and cases of every path, to the cent."""
    assert differences(seed, declining=False) == []


@pytest.mark.parametrize("seed", range(8))
def test_both_halves_agree_on_refusals(seed: int) -> None:
    """Families who decline places, and lists that turn."""
    assert differences(seed) == []


def test_declining_what_is_not_offered_does_nothing() -> None:
    """No place for B1 at uno in November 2026, and an empty one at tata: B1 is a guest (page, 5 and 7)."""
    assert differences(2018) == []
