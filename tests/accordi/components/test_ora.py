"""Hours of care sold by the hour."""

from datetime import date
from decimal import Decimal
from typing import Any

from nido.accordi.components import ora


def test_only_covered_hours_are_charged(make: Any) -> None:
    """Uncovered minutes cost nothing; a quarter of an hour is exact."""
    child = make.served("B003", "gruppo", minuti_richiesti=1500, minuti_scoperti=45)
    (found,) = ora.amounts(make.scenario(), make.solution((child,)))
    # (1500 - 45) / 60 = 24.25 hours × 8.50 = 206.125 -> 206.13
    assert found.quantita == Decimal("24.25")
    assert found.importo_cent == 20_613
    assert found.data == date(2026, 10, 1)
    assert found.mesi == ("2026-10", "2026-11")
