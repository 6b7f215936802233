"""Production cost of the check halves, by hand."""

from fractions import Fraction
from typing import Any

from casi_verifica import HOUR_CENTS, bambino, case_of, fascia, gestore, plan_of

from nido.matching.verifica.costi import (
    child_hour,
    cost_in_units,
    educator_hour,
    exact_cost,
    fascia_cost,
    meal,
)


def test_hour_of_an_educator() -> None:
    """Tables give 41.4693 EUR, rounded once to 41.47; 25.50 EUR of its own give 39.9978, so 40.00."""
    own = gestore("due", costi={"ora_educatrice": "25.50"})
    case = case_of(bambino("B1"), gestori=[gestore(), own])
    assert educator_hour(case, "uno") == HOUR_CENTS
    assert educator_hour(case, "due") == 4000


def test_table_figures_for_what_is_not_stated() -> None:
    """A meal costs 3.80 EUR and a child-hour of a Tagesmutter 8.10 EUR in the tables; her meal is free."""
    case = case_of(
        bambino("B1"),
        gestori=[gestore(costi={}), gestore("tata", tipo="tagesmutter", costi={}), gestore("tre")],
    )
    assert [int(meal(case, name)) for name in ("uno", "tata", "tre")] == [380, 0, 0]
    assert [int(child_hour(case, name)) for name in ("uno", "tata")] == [0, 810]


def test_cost_of_one_child_all_day() -> None:
    """Two educators for 22 days of 8 hours: 2 x 22 x 8 x 41.47 = 14,597.44 EUR."""
    plan = plan_of(case_of(bambino("B1")), {"B1": "uno"})
    assert exact_cost(plan) == 2 * 22 * 8 * HOUR_CENTS == 1_459_744
    # An interval is round(22 x 30 x 4147 / 60) = 45,617 cents; 16 intervals, 2 educators.
    assert cost_in_units(plan, 1) == 16 * 2 * 45_617 == 1_459_744


def test_rounding_is_once_for_each_interval_and_educator() -> None:
    """In units of one euro an interval is 456.17, so 456: 16 x 2 x 456 = 14,592 instead of 14,597.44."""
    plan = plan_of(case_of(bambino("B1")), {"B1": "uno"})
    assert cost_in_units(plan, 100) == 16 * 2 * 456
    # In units of ten cents: 4,561.7 -> 4,562.
    assert cost_in_units(plan, 10) == 16 * 2 * 4_562


def test_cost_by_day() -> None:
    """By day: 4 Mondays x 6 intervals x 2 educators, each half hour 2,073.5 cents, rounded up to 2,074."""
    case = case_of(
        bambino("B1", finestre=[{"giorni": "lun", "orario": "09:00-12:00"}]),
        regole={"rapporto": {"personale": "giorno"}},
    )
    plan = plan_of(case, {"B1": "uno"})
    assert exact_cost(plan) == Fraction(4 * 6 * 2 * 4147, 2) == 99_528
    assert cost_in_units(plan, 1) == 4 * 6 * 2 * 2_074


def test_existing_service_is_not_paid_again() -> None:
    """Where two educators are there anyway one child more costs no staff."""
    plan = plan_of(case_of(bambino("B1"), gestori=[gestore(esistenti={"grandi": 8})]), {"B1": "uno"})
    assert exact_cost(plan) == 0


def fascia_provider(**more: Any) -> dict[str, Any]:
    """Describe a provider with two educators in the base hours and an early fascia of one hour."""
    early = fascia("anticipo", "07:00-08:00", costo_fisso=100, **more)
    return gestore(esistenti={"grandi": 1}, fasce=[early])


def test_fascia_costs_its_staff_and_its_fixed_part() -> None:
    """22 hours of two educators, 1,824.68 EUR, and 100 EUR: 1,924.68 EUR."""
    case = case_of(bambino("B1", "07:00-12:00"), gestori=[fascia_provider()])
    plan = plan_of(case, {"B1": "uno"}, {"B1": ["anticipo"]})
    assert fascia_cost(plan, "uno", "anticipo", "autunno") == 22 * 2 * HOUR_CENTS + 10_000 == 192_468
    assert exact_cost(plan) == 192_468


def test_a_fascia_open_anyway_costs_only_if_booked() -> None:
    """Nobody books it: no staff, no fixed cost; somebody does: both."""
    case = case_of(bambino("B1", "07:00-12:00"), gestori=[fascia_provider(gia_aperta=True)])
    idle, used = plan_of(case, {"B1": "uno"}), plan_of(case, {"B1": "uno"}, {"B1": ["anticipo"]})
    assert idle.openings == used.openings
    assert exact_cost(idle) == 0
    assert exact_cost(used) == 192_468


def test_tagesmutter_by_the_hour() -> None:
    """22 days of 3 hours at 8.10 EUR are 534.60 EUR; no staff."""
    case = case_of(bambino("B1"), gestori=[gestore(tipo="tagesmutter", costi={})])
    plan = plan_of(case, {"B1": "uno"})
    assert exact_cost(plan) == 22 * 3 * 810 == 53_460
    assert cost_in_units(plan, 100) == 535


def test_a_nido_paid_by_the_hour_has_no_staff_cost() -> None:
    """With its own child-hour of 10 EUR a nido costs 22 x 3 x 10 = 660 EUR and no staff."""
    case = case_of(bambino("B1"), gestori=[gestore(costi={"ora_bambino": 10, "pasto_giorno": 0})])
    assert exact_cost(plan_of(case, {"B1": "uno"})) == 66_000


def test_meals_months_and_taking_part() -> None:
    """22 meals at 4 EUR, one month at 50 EUR and 200 EUR for taking part: 338 EUR above the staff."""
    costs = {"pasto_giorno": 4, "bambino_mese": 50, "partecipazione": 200, "ora_bambino": 0}
    children = (bambino("B1", "09:00-13:00"), bambino("B2", "09:00-13:00"))
    case = case_of(*children, gestori=[gestore(costi=costs), gestore("due", costi=costs)])
    assert exact_cost(plan_of(case, {"B1": "uno"})) == 22 * 400 + 5_000 + 20_000 == 33_800
    # A second child of the same provider takes part once: 33,800 + 8,800 + 5,000.
    assert exact_cost(plan_of(case, {"B1": "uno", "B2": "uno"})) == 47_600
    assert exact_cost(plan_of(case, {"B1": "uno", "B2": "due"})) == 67_600


def test_two_fasce_of_one_closing_day_are_one_meal() -> None:
    """A day with two closing fasce has the one meal of the fascia that is open at noon."""
    provider = gestore(
        chiusure=[{"inizio": "2026-10-01", "fine": "2026-10-31"}],
        fasce=[
            fascia("mattino", "08:00-12:00", in_chiusura=True),
            fascia("pomeriggio", "12:00-16:00", in_chiusura=True),
        ],
        costi={"pasto_giorno": 4, "ora_bambino": 0},
    )
    case = case_of(bambino("B1", "09:00-15:00"), gestori=[provider])
    plan = plan_of(case, {"B1": "uno"}, {"B1": ["mattino", "pomeriggio"]})
    assert exact_cost(plan) == 22 * 400
    assert cost_in_units(plan, 1) == 22 * 400
