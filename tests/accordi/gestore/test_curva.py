"""Curves of cost and revenue, by hand; ratios of Trentino: 6 small or 9 older children to an educator."""

from fractions import Fraction

import pytest

from nido.accordi.gestore.curva import Curva, Punto, curve
from nido.accordi.gestore.sicura import Parte, additional, safe_curve, shares
from nido.matching.instance import Staffing

HOUR = 4147


def staffing(*, mixed: bool = False, copresence: int = 2, ratios: tuple[int, ...] = (6, 9)) -> Staffing:
    """Describe a ratio by season on who is present."""
    bands = tuple(f"banda{place}" for place in range(len(ratios)))
    return Staffing(bands, ratios, mixed, copresence, by_season=True, enrolled=False, active=True)


def early(price: int, places: int) -> Curva:
    """Draw a fascia of 06:30-08:00 on 22 days: 33 hours of each educator; the price is in cents a child."""
    part = Parte(
        additional(staffing(), (0, 0), 100), Fraction(33 * HOUR), Fraction(0), Fraction(0), Fraction(price)
    )
    return safe_curve(places, 3, lambda n: (part.costo(n), part.ricavo_bambino * n))


def test_educators_for_ages_that_ask_for_the_most() -> None:
    """Two are enough up to 7 children; 8 may be 7 small and 1 older: 2 + 1; 14 may be 13 and 1: 3 + 1."""
    assert additional(staffing(), (0, 0), 14) == (2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4)


def test_educators_beside_existing_children() -> None:
    """Eight older children have two educators; with 3 more, 1 small and 2 older: 1 + ceil(10/9) = 3."""
    # 9 more: 7 small and 2 older, 2 + 2 = 4, two more than are there.
    assert additional(staffing(), (0, 8), 9) == (0, 0, 0, 1, 1, 1, 1, 1, 1, 2)


def test_educators_when_fractions_are_summed() -> None:
    """All small is the worst: 8/9 + n/6 needs 2 from n = 1, 3 from n = 7 (8/9 + 7/6 = 2.06)."""
    assert additional(staffing(mixed=True, copresence=1), (0, 8), 7) == (0, 1, 1, 1, 1, 1, 1, 2)


@pytest.mark.parametrize(
    ("price", "in_attivo", "minimo", "oltre", "motivo"),
    [
        # Cost: 66 h x 41.47 = 2,737.02 EUR for 1 to 7 children, 99 h = 4,105.53 for 8 to 10.
        (42_000, ((7, 7), (10, 10)), 10, None, None),  # 7: 2,940; 9: 3,780; 10: 4,200
        (40_000, ((7, 7),), None, None, "in_perdita_al_completo"),  # 7: 2,800; 10: 4,000
        (60_000, ((5, 10),), 5, None, None),  # 4: 2,400; 5: 3,000; 7: 4,200; 8: 4,800
        # 49: 12,250.00 against 9 educators 12,316.59; 55: 13,750.00 against 10 educators 13,685.10
        (25_000, (), None, 55, "sempre_in_perdita"),
        (4_000, (), None, None, "sempre_in_perdita"),
        (0, (), None, None, "senza_ricavo"),
        # 10 x 410.55 = 4,105.50, three cents short; 10 x 410.56 = 4,105.60
        (41_055, ((7, 7),), None, None, "in_perdita_al_completo"),
        (41_056, ((7, 7), (10, 10)), 10, None, None),
    ],
)
def test_a_step_of_staff_undoes_a_number_that_pays(
    price: int, in_attivo: object, minimo: int | None, oltre: int | None, motivo: str | None
) -> None:
    """The smallest number from which on nothing is lost is beyond the last loss."""
    found = early(price, 10)
    assert (found.in_attivo, found.minimo) == (in_attivo, minimo)
    assert (found.oltre_i_posti, found.motivo) == (oltre, motivo)
    # Three children, as in the plan: two educators against three prices.
    assert found.piano == Punto(3, 273_702, 3 * price)


def test_points_from_nobody_to_the_places() -> None:
    """Nobody costs nothing; every further point is one child more."""
    found = early(42_000, 8)
    assert [(one.bambini, one.costo_cent, one.ricavo_cent) for one in found.punti[:2]] == [
        (0, 0, 0),
        (1, 273_702, 42_000),
    ]
    assert [one.margine_cent for one in found.punti[7:]] == [294_000 - 273_702, 336_000 - 410_553]


def test_each_child_against_the_published_slot() -> None:
    """06:30-08:00 costs 80.25 EUR a day at 26.75 EUR an hour: 80.25, 40.125, 20.0625, 13.375 a child."""
    slot = Parte(
        additional(staffing(), (0, 0), 6), Fraction(2675 * 3, 2), Fraction(0), Fraction(0), Fraction(0)
    )
    assert [slot.costo(n) / n for n in (1, 2, 4, 6)] == [Fraction(8025, n) for n in (1, 2, 4, 6)]


def test_a_nido_slot_against_a_tagesmutter() -> None:
    """At 8.10 EUR a child-hour seven children pay two educators for an hour (53.50), six do not."""
    hour = Parte(additional(staffing(), (0, 0), 7), Fraction(2675), Fraction(0), Fraction(0), Fraction(810))
    found = safe_curve(7, 1, lambda n: (hour.costo(n), hour.ricavo_bambino * n))
    # 6 x 8.10 = 48.60 < 53.50 <= 7 x 8.10 = 56.70
    assert found.minimo == 7


@pytest.mark.parametrize(("tolerance", "minimo"), [(0, None), (1, 1)])
def test_a_cent_for_each_child_is_rounding(tolerance: int, minimo: int | None) -> None:
    """Two children whose lines were rounded lose two cents: with one cent for each allowed, nothing."""
    points = [Punto(0, 0, 0), Punto(1, 100, 99), Punto(2, 200, 198)]
    assert curve(points, points[2], tolerance).minimo == minimo
    assert curve([*points, Punto(3, 300, 296)], points[2], tolerance).minimo is None


def test_the_plan_may_lie_beyond_the_places() -> None:
    """Nine children who share seven places: their point is given, the curve stops at seven."""
    found = safe_curve(7, 9, lambda n: (Fraction(10 * n), Fraction(11 * n)))
    assert (len(found.punti), found.piano) == (8, Punto(9, 90, 99))


def test_no_places() -> None:
    """With no place there is nothing to sell, and nothing is said to be safe."""
    found = safe_curve(0, 0, lambda n: (Fraction(5), Fraction(9 * n)))
    assert (found.minimo, found.motivo) == (None, "senza_posti")


@pytest.mark.parametrize(
    ("children", "counts", "expected"),
    [
        # 5 x 2/3 = 3.33, 5/3 = 1.67: the larger rest is the second's
        (5, [2, 1], [3, 2]),
        (3, [2, 1], [2, 1]),
        # equal rests: the first
        (1, [1, 1], [1, 0]),
        (0, [3, 4], [0, 0]),
    ],
)
def test_children_divide_as_in_the_plan(children: int, counts: list[int], expected: list[int]) -> None:
    """Whole children, in proportion to those of the plan."""
    assert shares(children, counts) == expected
