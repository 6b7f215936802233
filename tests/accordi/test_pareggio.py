"""Break-even of the opened fasce."""

from typing import Any

import pytest

from nido.accordi.pareggio import Pareggio, break_even, fascia_months
from nido.matching.solution import Opening


def opening(cost: int, bambini: int = 0, fascia: str = "anticipo") -> Opening:
    """Open a fascia of girasole in autumn."""
    return Opening("girasole", fascia, "autunno", bambini, giorni=43, costo_cent=cost)


@pytest.mark.parametrize(
    ("cost", "expected"),
    # each child brings 2 months × 60.00 = 120.00
    [(0, 0), (1, 1), (12_000, 1), (12_001, 2), (96_000, 8), (100_000, 9)],
)
def test_smallest_number_that_covers_the_cost(make: Any, cost: Any, expected: Any) -> None:
    """The number is the smallest whose price reaches the cost, equality included."""
    (found,) = break_even(make.scenario(), make.solution(aperture=(opening(cost),)))
    assert found.bambini_pareggio == expected


def test_income_of_the_plan(make: Any) -> None:
    """The income counts the months that each child of the plan really books."""
    plan = make.solution(
        (
            make.served("B001", fasce=("anticipo",), mesi_fascia={"anticipo": ("2026-10", "2026-11")}),
            make.served("B002", fasce=("anticipo",), mesi_fascia={"anticipo": ("2026-11",)}),
            make.served("B003", fasce=("sabato",), mesi_fascia={"sabato": ("2026-11",)}),
        ),
        aperture=(opening(100_000, 2),),
    )
    # 3 child-months × 60.00 = 180.00
    expected = Pareggio("girasole", "anticipo", "autunno", 2, 2, 100_000, 18_000, 9)
    assert break_even(make.scenario(), plan) == (expected,)


def test_fascia_without_price_never_breaks_even(make: Any) -> None:
    """No number of children pays for a fascia that has no price."""
    fasce = [{"id": "anticipo", "giorni": "lun-ven", "orario": "06:30-08:00"}]
    scenario = make.scenario(gestori=make.edited("gestori", "girasole", fasce=fasce))
    (found,) = break_even(scenario, make.solution(aperture=(opening(1_000),)))
    assert found.bambini_pareggio is None


@pytest.mark.parametrize(
    ("fascia", "expected"),
    [
        ({}, ("2026-10", "2026-11")),
        # 28-30 October is the provider's closure, Wednesday to Friday
        ({"in_chiusura": True}, ("2026-10",)),
        # the only Sunday outside the general closure is 4 October, a holiday since 2026
        ({"giorni": "dom"}, ()),
        ({"stagioni": ["inverno"]}, ()),
    ],
)
def test_months_in_which_a_fascia_runs(make: Any, fascia: Any, expected: Any) -> None:
    """A month counts when it has at least one day of the fascia."""
    values = {"id": "anticipo", "giorni": "lun-ven", "orario": "06:30-08:00"} | fascia
    sundays = ["2026-10-11", "2026-10-18", "2026-10-25", "2026-11-01", "2026-11-08"]
    sundays += ["2026-11-15", "2026-11-22", "2026-11-29"]
    closures = [{"inizio": "2026-10-28", "fine": "2026-10-30"}]
    scenario = make.scenario(
        calendario={"chiusure": [{"inizio": day, "fine": day} for day in sundays]},
        gestori=make.edited("gestori", "girasole", fasce=[values], chiusure=closures),
    )
    provider = scenario.gestori[0]
    assert fascia_months(scenario, provider, provider.fasce[0], scenario.stagioni[0]) == expected


def test_patron_saint_closes_the_fascia(make: Any) -> None:
    """The patron's day counts also when the national holidays do not."""
    season = [{"id": "patrono", "inizio": "2026-09-01", "fine": "2026-09-30"}]
    closures = [
        {"inizio": "2026-09-01", "fine": "2026-09-07"},
        {"inizio": "2026-09-09", "fine": "2026-09-30"},
    ]
    calendar = {"festivita": False, "chiusure": closures}
    for patron, expected in ((None, ("2026-09",)), ("Pergine Valsugana", ())):
        # 8 September 2026, the patron of Pergine, is a Tuesday
        scenario = make.scenario(stagioni=season, calendario=calendar | {"patrono": patron})
        provider = scenario.gestori[0]
        assert fascia_months(scenario, provider, provider.fasce[0], scenario.stagioni[0]) == expected
