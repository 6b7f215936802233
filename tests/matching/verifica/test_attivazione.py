"""The rule `attivazione`: just satisfied and just violated."""

from typing import Any

import pytest
from casi_verifica import HOUR_CENTS, bambino, broken, case_of, fascia, gestore, plan_of


def broken_with(item: dict[str, Any], children: int, **rule: Any) -> list[str]:
    """Let some children book an early hour, and name the rules broken."""
    early = fascia("anticipo", "07:00-08:00", **item)
    group = [bambino(f"B{number}", "07:00-12:00") for number in range(children)]
    case = case_of(*group, gestori=[gestore(fasce=[early])], regole={"attivazione": rule})
    names = [child["id"] for child in group]
    return broken(plan_of(case, dict.fromkeys(names, "uno"), {child: ["anticipo"] for child in names}))


@pytest.mark.parametrize(
    ("item", "children", "rule", "kept"),
    [
        # The default threshold is four.
        ({}, 4, {}, True),
        ({}, 3, {}, False),
        ({"soglia_attivazione": 2}, 2, {}, True),
        ({"soglia_attivazione": 5}, 4, {"soglia": 1}, False),
        ({"gia_aperta": True}, 1, {}, True),
        ({}, 1, {"attiva": False}, True),
    ],
)
def test_threshold(item: dict[str, Any], children: int, rule: dict[str, Any], kept: bool) -> None:
    """A fascia opens for as many as its own threshold, or that of the rule; one open anyway for anybody."""
    assert broken_with(item, children, **rule) == ([] if kept else ["attivazione"])


def test_largest_cost_for_a_child_month() -> None:
    """22 hours of 2 educators and 10.02 EUR are 1,834.70 EUR: for 2 child-months 917.35 EUR each."""
    assert 22 * 2 * HOUR_CENTS + 1_002 == 183_470
    item = {"costo_fisso": "10.02"}
    assert broken_with(item, 2, soglia=1, costo_massimo_per_bambino="917.35") == []
    assert broken_with(item, 2, soglia=1, costo_massimo_per_bambino="917.34") == ["attivazione"]


def test_an_unused_opening_is_refused_without_the_rule_too() -> None:
    """Somebody must book a fascia that is opened, whatever the rule."""
    case = case_of(
        bambino("B1"),
        gestori=[gestore(fasce=[fascia("anticipo", "07:00-08:00")])],
        regole={"attivazione": {"attiva": False}},
    )
    plan = plan_of(case, {"B1": "uno"})
    forced = type(plan)(
        case, plan.assigned, plan.booked, frozenset({("uno", "anticipo", "autunno")}), plan.staff, plan.places
    )
    assert broken(plan) == []
    assert broken(forced) == ["decisioni"]
