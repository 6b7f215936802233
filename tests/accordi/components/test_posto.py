"""Places in use."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nido.accordi.components import posto
from nido.matching.solution import TogetherUse


def test_peak_of_each_month_times_the_price(make: Any) -> None:
    """Each month is charged at its own peak, and knows the children enrolled in it."""
    plan = make.solution(
        (make.served("B002"), make.served("B001", mesi=("2026-10",))),
        (make.agreement("alfa", "girasole", 2, {"2026-10": 2, "2026-11": 1}),),
    )
    october, november = posto.amounts(make.scenario(), plan)
    # 2 × 600.10 = 1200.20; 1 × 600.10 = 600.10
    assert (october.importo_cent, november.importo_cent) == (120_020, 60_010)
    assert (october.data, november.data) == (date(2026, 10, 1), date(2026, 11, 1))
    assert october.bambini == ("B001", "B002")
    assert november.bambini == ("B002",)
    assert october.bambino is None
    assert october.fonte == "gestori.girasole.prezzi.posto_mese"


def test_month_without_children_costs_nothing(make: Any) -> None:
    """A month that the plan does not mention has no place in use."""
    plan = make.solution((), (make.agreement("alfa", "girasole", 1, {"2026-11": 1}),))
    assert [amount.importo_cent for amount in posto.amounts(make.scenario(), plan)] == [0, 60_010]


def test_a_shared_place_is_divided_by_hours(make: Any) -> None:
    """Two companies use one place at different hours: its price is divided in proportion to their hours."""
    scenario = make.scenario(
        regole={"posti_riservati": {"condivisione_tra_aziende": True}},
        gestori=make.edited("gestori", "girasole", posti=1),
    )
    used = {"2026-10": 1, "2026-11": 1}
    plan = make.solution(
        (make.served("B001"), make.served("B003", minuti_scoperti=2400)),
        (make.agreement("alfa", "girasole", 1, used), make.agreement("beta", "girasole", 1, used)),
    )
    with pytest.raises(ValueError, match="girasole/autunno"):
        list(posto.amounts(scenario, plan))
    plan = replace(plan, uso_insieme=(TogetherUse("girasole", "autunno", {"2026-10": 1, "2026-11": 2}),))
    found = [(a.azienda, a.data.month, a.quantita, a.importo_cent) for a in posto.amounts(scenario, plan)]
    assert found == [
        # October: one place; alfa 3600 of 4800 minutes, beta 1200: 0.75 and 0.25 of 600.10
        ("alfa", 10, Decimal("0.75"), 45_008),
        # November: two places together, so each its own
        ("alfa", 11, Decimal(1), 60_010),
        ("beta", 10, Decimal("0.25"), 15_003),
        ("beta", 11, Decimal(1), 60_010),
    ]
