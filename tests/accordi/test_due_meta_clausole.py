"""Simulator and checker of the agreements follow the same page: equal on random plans and courses."""

import pytest
from accordi_a_caso import agreements_document, random_case
from hypothesis import given, settings
from hypothesis import strategies as st

from nido.matching.checker import check_agreements


def differences(seed: int, *, declining: bool = True) -> list[str]:
    """Let the checker replay what the simulator has written of a random case."""
    plain, result = random_case(seed, declining=declining)
    document = agreements_document(plain, result)
    return [f"{found.dove}: {found.dettaglio}" for found in check_agreements(plain, result, document)]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_both_halves_agree(seed: int) -> None:
    """Months, lines, totals, deposits and cases of every path, to the cent."""
    assert differences(seed, declining=False) == []


@pytest.mark.parametrize("seed", range(8))
def test_both_halves_agree_on_refusals(seed: int) -> None:
    """Families who decline places, and lists that turn."""
    assert differences(seed) == []


@pytest.mark.xfail(strict=True, reason="the simulator lodges none who declined what was not offered")
def test_declining_what_is_not_offered_does_nothing() -> None:
    """No place for B1 at uno in November 2026, and an empty one at tata: B1 is a guest (page, 5 and 7)."""
    assert differences(2018) == []
