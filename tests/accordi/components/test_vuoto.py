"""Reserved places that stay empty."""

from typing import Any

import pytest

from nido.accordi.components import vuoto


def test_empty_places_pay_their_share(make: Any) -> None:
    """Only the places that the month leaves empty count, at the take-or-pay share."""
    plan = make.solution((), (make.agreement("alfa", "girasole", 3, {"2026-10": 3, "2026-11": 1}),))
    october, november = vuoto.amounts(make.scenario(), plan)
    # October: 3 - 3 = 0 empty. November: 3 - 1 = 2 × 600.10 × 0.5 = 600.10
    assert october.importo_cent == 0
    assert (november.quantita, november.importo_cent) == (2, 60_010)


def test_amount_is_rounded_once(make: Any) -> None:
    """The amount rests on the exact price, not on the price rounded to the cent."""
    scenario = make.scenario(gestori=make.edited("gestori", "girasole", vuoto_per_pieno="0.333"))
    plan = make.solution((), (make.agreement("alfa", "girasole", 3, {"2026-10": 0, "2026-11": 3}),))
    october, _ = vuoto.amounts(scenario, plan)
    # 3 × 600.10 × 0.333 = 599.4999 -> 599.50; from the rounded price 199.83 it would be 599.49
    assert october.importo_cent == 59_950


def test_more_used_than_reserved_is_refused(make: Any) -> None:
    """A plan that uses places it has not reserved is not costed."""
    plan = make.solution((), (make.agreement("alfa", "girasole", 1, {"2026-10": 2}),))
    with pytest.raises(ValueError, match="alfa/girasole/autunno"):
        list(vuoto.amounts(make.scenario(), plan))
