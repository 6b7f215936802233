"""Value of every tier on a small case, by hand."""

from fractions import Fraction
from typing import Any

from casi_verifica import HOUR_CENTS, bambino, case_of, fascia, gestore, plan_of

from nido.matching.verifica.livelli import (
    fairness,
    full_coverage,
    minutes_covered,
    net_value,
    order_points,
    positions_in,
    slack,
    tier_values,
    wishes_and_travel,
)

# B1 asks 3 hours, B2 from 07:00 to 10:00 (one hour before the opening), B3 (beta) is not served.
CHILDREN: list[dict[str, Any]] = [
    bambino("B1", peso=3, desideri=["due", "uno"]),
    bambino("B2", "07:00-10:00"),
    bambino("B3", azienda="beta", peso=2),
]
MATRIX = {("B1", "uno"): 6, ("B2", "uno"): 4}


def small_case(**more: Any) -> Any:
    """Build the case of this file."""
    return case_of(*CHILDREN, gestori=[gestore(), gestore("due")], matrix=MATRIX, **more)


PLAN = {"B1": "uno", "B2": "uno"}


def test_full_coverage_counts_weight_of_the_fully_covered() -> None:
    """B1 (weight 3) is fully covered, B2 lacks an hour a day."""
    assert full_coverage(plan_of(small_case(), PLAN)) == 3


def test_minutes_are_the_reference_less_the_uncovered() -> None:
    """B1 22 x 180; B2 22 x 180 less 22 x 60."""
    assert minutes_covered(plan_of(small_case(), PLAN)) == 22 * 180 + 22 * 120


def test_travel_lengthens_the_window_but_not_the_reference() -> None:
    """A window by hand has no travel: requested and reference are the same; so the tier is at most these."""
    plan = plan_of(small_case(), {"B1": "uno"})
    assert minutes_covered(plan) == 22 * 180


def test_wishes_and_travel_by_day() -> None:
    """B1: 22 x (2 x 6 + 10 x 1); B2, with no wish: 22 x 2 x 4."""
    assert wishes_and_travel(plan_of(small_case(), PLAN)) == 22 * (12 + 10) + 22 * 8


def test_a_provider_that_nobody_wished_ranks_last() -> None:
    """With one wish, any other provider ranks 1: 22 days x 10 minutes."""
    case = case_of(bambino("B1", desideri=["due"]), gestori=[gestore(), gestore("due")])
    assert wishes_and_travel(plan_of(case, {"B1": "uno"})) == 220
    assert wishes_and_travel(plan_of(case, {"B1": "due"})) == 0


def test_fairness_is_the_worst_company_in_thousandths() -> None:
    """alfa 3 of 4 is 750, beta 0; with B3 alone beta is 1000 and alfa 0; all: 1000."""
    case = small_case()
    assert fairness(plan_of(case, PLAN)) == 0
    assert fairness(plan_of(case, {"B1": "uno", "B3": "uno"})) == 750
    assert fairness(plan_of(case, {"B2": "uno", "B3": "uno"})) == 250
    assert fairness(plan_of(case, {"B1": "uno", "B2": "uno", "B3": "uno"})) == 1000
    nobody_asks = case_of(bambino("B1", uscita="2026-10-01"))
    assert fairness(plan_of(nobody_asks, {})) == 1000


def test_fairness_rounds_down() -> None:
    """One of three is 333 thousandths."""
    case = case_of(*(bambino(f"B{number}") for number in range(3)))
    assert fairness(plan_of(case, {"B0": "uno"})) == 333


def test_order_points() -> None:
    """Order B3, B1, B2: positions 1 and 2 of three children give 2 + 1 points."""
    case = small_case(obiettivo={"ordine_domanda": ["B3", "B1", "B2"]})
    positions = positions_in(case, ["B3", "B1", "B2"])
    assert positions == {"B3": 0, "B1": 1, "B2": 2}
    assert order_points(plan_of(case, PLAN), positions) == 3


def test_equal_children_share_a_drawn_position() -> None:
    """In a drawn order B1 and B2, alike but for names, are both first; B3 comes third."""
    case = case_of(bambino("B1", azienda="beta"), bambino("B2"), bambino("B3", peso=2))
    assert positions_in(case, ["B1", "B2", "B3"]) == {"B1": 0, "B2": 0, "B3": 2}


def test_net_value_in_units() -> None:
    """Value 3 x 1000, staff 2 x 22 x 8 x 41.47, travel 0.05 EUR x (22 x 12 + 22 x 8): in cents."""
    aims = {
        "livelli": [{"nome": "valore_netto"}],
        "valore_bambino_coperto": 1000,
        "euro_minuto_viaggio": "0.05",
    }
    plan = plan_of(small_case(obiettivo=aims), PLAN)
    staff = 2 * 22 * 8 * HOUR_CENTS
    assert net_value(plan, 1) == 300_000 - staff - 5 * 22 * 12 - 5 * 22 * 8
    # In euro: travel 13.20 and 8.80 round to 13 and 9; an interval of staff is 456.
    assert net_value(plan, 100) == 3_000 - 16 * 2 * 456 - 13 - 9


def test_tiers_in_the_order_of_the_scenario() -> None:
    """Only the tiers of the scenario are valued, in its order."""
    case = small_case(obiettivo={"livelli": [{"nome": "equita"}, {"nome": "copertura_piena"}]})
    values = tier_values(plan_of(case, PLAN), 1, {})
    assert list(values.items()) == [("equita", 0), ("copertura_piena", 3)]


def test_slack_rounds_down() -> None:
    """One percent of 250 is 2.5: two units; of a negative value as much."""
    assert slack(250, Fraction("0.01")) == slack(-250, Fraction("0.01")) == 2


def test_a_booking_lifts_the_coverage() -> None:
    """With the early fascia B2 is fully covered: weight 3 + 1."""
    provider = gestore(fasce=[fascia("anticipo", "07:00-08:00")])
    case = case_of(*CHILDREN, gestori=[provider, gestore("due")])
    assert full_coverage(plan_of(case, PLAN, {"B2": ["anticipo"]})) == 4
