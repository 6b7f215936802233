"""Meals."""

from datetime import date
from typing import Any

from nido.accordi.components import pasto


def test_one_meal_for_each_day_of_presence(make: Any) -> None:
    """Days with a meal times the price, once a season."""
    child = make.served("B001", giorni=20, giorni_pasto=17)
    (found,) = pasto.amounts(make.scenario(), make.solution((child,)))
    # 17 × 5.25 = 89.25
    assert found.importo_cent == 8_925
    assert (found.data, found.unita, found.bambino) == (date(2026, 10, 1), "giorno", "B001")
