"""Places in use."""

from datetime import date
from typing import Any

from nido.accordi.components import posto


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


def test_shared_places_are_charged_to_both_companies(make: Any) -> None:
    """With sharing allowed, each company still pays the whole price of its own peak."""
    scenario = make.scenario(
        regole={"posti_riservati": {"condivisione_tra_aziende": True}},
        gestori=make.edited("gestori", "girasole", posti=1),
    )
    used = {"2026-10": 1, "2026-11": 1}
    plan = make.solution(
        (make.served("B001"), make.served("B003")),
        (make.agreement("alfa", "girasole", 1, used), make.agreement("beta", "girasole", 1, used)),
    )
    # two companies × two months × 600.10
    assert sum(amount.importo_cent for amount in posto.amounts(scenario, plan)) == 240_040
