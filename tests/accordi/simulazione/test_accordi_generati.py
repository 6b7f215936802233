"""Generated agreements with every payer: the short slice of the long proof (tests/support/prove.py)."""

from collections import Counter

import pytest
from accordi_generati import generated, problems

from nido.accordi.pagatori import MODES

SEEDS = range(40)


@pytest.mark.parametrize("seed", SEEDS)
def test_sums_caps_and_benefits_hold(seed: int) -> None:
    """Payers sum to components, nobody pays below zero, caps hold, bonus and credit never together."""
    assert problems(seed) == []


def test_every_mode_is_among_them() -> None:
    """The slice has every mode, VAT, and payers with dates."""
    scenarios = [generated(seed)[0] for seed in SEEDS]
    modes = Counter(payer.modo for scenario in scenarios for payer in scenario.pagatori)
    assert set(modes) == set(MODES)
    assert any(gestore.regime_iva != "esente" for scenario in scenarios for gestore in scenario.gestori)
    assert any(payer.dal or payer.al for scenario in scenarios for payer in scenario.pagatori)
