"""The simulator and the independent half, each written from docs/clausole.md alone, agree on random cases."""

import pytest
from accordi_a_fronte import differences


@pytest.mark.parametrize("seed", range(24))
def test_the_independent_half_confirms_the_simulator(seed: int) -> None:
    """Months, lines, totals, deposits, cases and assumptions of every course, with real care windows."""
    assert differences(seed) == []
