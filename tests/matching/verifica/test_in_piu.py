"""What one more child would cost in a fascia, by hand; and what a largest rounding is."""

from typing import Any

import pytest
from casi_verifica import HOUR_CENTS, bambino, case_of, fascia, gestore, plan_of

from nido.matching.verifica.costi import cost_in_units, exact_cost, rounding_bound
from nido.matching.verifica.in_piu import further_child
from nido.matching.verifica.piano import Opening

EARLY: Opening = ("uno", "anticipo", "autunno")


def further(count: int, site: dict[str, Any] | None = None, **more: Any) -> tuple[int | None, str | None]:
    """Find the cost of one more child beside some children who come at 07:00, on 22 days of October."""
    provider = gestore(fasce=[fascia("anticipo", "07:00-08:00", **more.pop("fascia", {}))], **(site or {}))
    children = [bambino(f"B{number}", "07:00-12:00") for number in range(1, count + 1)]
    case = case_of(*(children or [bambino("B1")]), gestori=[provider], **more)
    booked = {child["id"]: ["anticipo"] for child in children}
    plan = plan_of(case, {child["id"]: "uno" for child in children}, booked)
    return further_child(plan, EARLY)


def rules(**ratio: Any) -> dict[str, Any]:
    """Set the ratio of educators, with a threshold of one child."""
    return {"attivazione": {"soglia": 1}, "rapporto": ratio}


def test_the_two_educators_of_the_law_have_room() -> None:
    """One older child, two educators who could have nine each (six small): one more costs nothing."""
    assert further(1) == (0, None)


def test_one_more_educator_when_the_ratio_has_no_room() -> None:
    """With one educator for nine older children the tenth asks for a second, and a small one always does."""
    alone = rules(copresenza=1)
    # One hour on 22 days.
    cost = 22 * HOUR_CENTS
    assert further(8, regole=alone) == (cost, "piccoli")
    assert further(9, regole=alone) == (cost, None)
    # Fractions: 8/9 + 1/6 > 1, so a small child asks for a second educator; 8/9 + 1/9 = 1 does not.
    assert further(8, regole=rules(copresenza=1, arrotondamento="somma_mista")) == (cost, "piccoli")


def test_only_the_intervals_that_lack_somebody_cost() -> None:
    """Twelve small children from 07:30, one of them from 07:00: one more asks for half an hour a day."""
    provider = gestore(fasce=[fascia("anticipo", "07:00-08:00")], posti=12)
    ids = [f"B{number}" for number in range(1, 13)]
    hours = {**dict.fromkeys(ids, "07:30-12:00"), "B1": "07:00-12:00"}
    # Born in March 2026, seven months old: six to an educator, and two educators are there anyway.
    children = [bambino(name, hours[name], nascita="2026-03-10") for name in ids]
    plan = plan_of(
        case_of(*children, gestori=[provider]),
        dict.fromkeys(ids, "uno"),
        {name: ["anticipo"] for name in ids},
    )
    # 22 x 0.5 x 41.47 = 456.17 euro, whichever the band.
    assert further_child(plan, EARLY) == (45_617, None)


def test_by_day_the_child_is_alone_where_nobody_comes() -> None:
    """With staff day by day the two educators of the law come on the other days too: 22 - 5 days."""
    provider = gestore(fasce=[fascia("anticipo", "07:00-08:00")])
    # October 2026 has four Mondays: 5, 12, 19, 26.
    child = bambino("B1", None, finestre=[{"giorni": "lun", "orario": "07:00-12:00"}])
    case = case_of(child, gestori=[provider], regole=rules(personale="giorno"))
    plan = plan_of(case, {"B1": "uno"}, {"B1": ["anticipo"]})
    assert further_child(plan, EARLY) == (18 * 2 * HOUR_CENTS, None)


def test_the_first_child_of_an_open_fascia_brings_its_fixed_cost() -> None:
    """An opening that nobody books has no staff: the first child brings two educators and 100 euro."""
    more = {"gia_aperta": True, "costo_fisso": 100}
    assert further(0, fascia=more) == (22 * 2 * HOUR_CENTS + 10_000, None)
    assert further(1, fascia=more) == (0, None)


def test_child_hours_and_meals_are_the_childs_own() -> None:
    """A Tagesmutter is paid by the child-hour; a meal is counted where the fascia is open at noon."""
    home = {"tipo": "tagesmutter", "costi": {"ora_bambino": 8}}
    assert further(1, home) == (22 * 800, None)
    # 11:00-13:00 on Saturdays: 3, 10, 17, 24 and 31 October; meals of 5 euro, two educators are enough.
    case = case_of(
        bambino("B1", None, finestre=[{"giorni": "sab", "orario": "11:00-13:00"}]),
        gestori=[gestore(fasce=[fascia("sabato", "11:00-13:00", "sab")], costi={"pasto_giorno": 5})],
    )
    plan = plan_of(case, {"B1": "uno"}, {"B1": ["sabato"]})
    assert further_child(plan, ("uno", "sabato", "autunno")) == (5 * 500, None)


def test_without_the_ratio_nothing_can_be_told() -> None:
    """With the rule off no educator is counted, so that zero would be no answer."""
    assert further(1, regole=rules(attiva=False)) == (None, None)
    assert further(1, {"costi": {"ora_bambino": 8}}, regole=rules(attiva=False)) == (22 * 800, None)


@pytest.mark.parametrize("unit", [1, 10, 100])
def test_the_largest_rounding_is_half_a_unit_for_each_coefficient(unit: int) -> None:
    """One child, one booking, one opening, one provider, and the educators interval by interval."""
    case = case_of(
        bambino("B1", "07:00-12:00"),
        gestori=[gestore(fasce=[fascia("anticipo", "07:00-08:00")])],
    )
    plan = plan_of(case, {"B1": "uno"}, {"B1": ["anticipo"]})
    # 2 educators in the 2 intervals of the fascia and the 16 of the base hours: 36; 36 + 4 = 40.
    assert rounding_bound(plan, unit) == 20 * unit
    assert abs(cost_in_units(plan, unit) * unit - exact_cost(plan)) <= rounding_bound(plan, unit)
