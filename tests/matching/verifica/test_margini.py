"""The checker's own reckoning of margins and curves, by hand; October 2026 has 22 ordinary days."""

from typing import Any

import pytest
from casi_verifica import HOUR_CENTS, bambino, case_of, fascia, gestore, plan_of

from nido.matching.verifica.curve import safe_curve
from nido.matching.verifica.fila import Layers
from nido.matching.verifica.margini import margin_table


def early(**more: Any) -> dict[str, Any]:
    """Describe a nido with a fascia 06:30-08:00 and places at 400 EUR."""
    one = fascia("anticipo", "06:30-08:00", prezzo_mese=more.pop("prezzo_mese", 60), costo_fisso=100)
    return gestore(fasce=[one], prezzi={"posto_mese": 400}, **more)


def numbers(curve: dict[str, Any]) -> tuple[Any, ...]:
    """Give the two numbers of a curve and the reason."""
    keys = ("minimo", "oltre_i_posti", "motivo")
    return tuple(curve[key] for key in keys)


def test_margin_of_one_child_who_comes_early() -> None:
    """352 h in the base hours and 66 h in the fascia of 41.47 EUR, 100 EUR fixed; 400 and 60 EUR."""
    case = case_of(bambino("B1", "06:30-13:00"), gestori=[early()])
    (view,) = margin_table(plan_of(case, {"B1": "uno"}, {"B1": ["anticipo"]}))
    base, fascia_part = view["parti"]
    assert sum(base["costi"].values()) == 352 * HOUR_CENTS
    assert sum(fascia_part["costi"].values()) == 66 * HOUR_CENTS + 10_000
    # 80.25 EUR a day
    assert fascia_part["costi"]["educatrici"] == 22 * 8_025
    assert view["ricavi"] == {"posto": 40_000, "fascia": 6_000}


def test_what_a_package_would_take_away() -> None:
    """Without the early child the fascia closes and a place is free; without both nobody works."""
    case = case_of(bambino("B1", "06:30-13:00"), bambino("B2"), gestori=[early()])
    (view,) = margin_table(plan_of(case, {"B1": "uno", "B2": "uno"}, {"B1": ["anticipo"]}))
    alone, together = view["pacchetti"]
    assert (alone["fasce"], alone["costo_evitabile_cent"], alone["ricavo_evitabile_cent"]) == ([], 0, 40_000)
    assert together["fasce"] == ["anticipo"]
    assert together["costo_evitabile_cent"] == 66 * HOUR_CENTS + 10_000


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        # Two educators and 100 EUR: 2,837.02 up to 7 children; three: 4,205.53 for 8 to 10.
        (421, (10, None, None)),  # 7: 2,947; 9: 3,789; 10: 4,210
        (410, (None, None, "in_perdita_al_completo")),  # 7: 2,870; 10: 4,100
        (1, (None, None, "sempre_in_perdita")),
        (0, (None, None, "senza_ricavo")),
    ],
)
def test_numbers_of_a_fascia(price: int, expected: tuple[Any, ...]) -> None:
    """The step at eight children undoes a break-even that only just holds."""
    case = case_of(bambino("B1", "06:30-13:00"), gestori=[early(prezzo_mese=price)])
    assert numbers(safe_curve(case, "uno", "autunno", {("anticipo",): 1}, 1)) == expected


def test_a_season_divides_as_the_plan() -> None:
    """Two of three children come early: of four, 8/3 and 4/3, three and one; 4 x 400 + 3 x 60."""
    case = case_of(bambino("B1", "06:30-13:00"), gestori=[early()])
    mix = {("base",): 1, ("base", "anticipo"): 2}
    assert safe_curve(case, "uno", "autunno", mix, 3)["punti"][4]["ricavo_cent"] == 178_000


def test_existing_children_lend_their_educators() -> None:
    """Beside eight older children two more cost nothing; the third may ask for one: 176 h x 41.47."""
    case = case_of(bambino("B1"), gestori=[early(esistenti={"grandi": 8})])
    points = safe_curve(case, "uno", "autunno", {("base",): 1}, 1)["punti"]
    assert [point["costo_cent"] for point in points[:4]] == [0, 0, 0, 176 * HOUR_CENTS]


def test_without_the_ratio_there_is_no_curve() -> None:
    """The rule is off: no educator is counted."""
    case = case_of(bambino("B1"), gestori=[early()], regole={"rapporto": {"attiva": False}})
    found = safe_curve(case, "uno", "autunno", {("base",): 1}, 1)
    assert numbers(found) == (None, None, "personale_non_contato")


def test_children_in_layers() -> None:
    """Present in intervals 0-1, 1-2, twice in 1: one in 0 and 2, four in 1."""
    layers = Layers()
    for present, times in ((0b011, 1), (0b110, 1), (0b010, 2)):
        layers.add(present, times)
    assert [layers.at_least(number) for number in range(1, 6)] == [0b111, 0b010, 0b010, 0b010, 0]


@pytest.mark.parametrize(("order", "first"), [(("B1", "B2"), 66), (("B2", "B1"), 88)])
def test_the_first_of_the_row_are_those_who_asked_first(order: tuple[str, ...], first: int) -> None:
    """Beside 18 older children one more asks for a third educator while it is there.

    B1 is there 3 hours a day, B2 4: 66 and 88 h of 41.47 EUR in 22 days; together 6 hours, 132 h.
    """
    children = bambino("B1", "09:00-12:00"), bambino("B2", "11:00-15:00")
    case = case_of(*children, gestori=[early(esistenti={"grandi": 18})])
    (view,) = margin_table(plan_of(case, {"B1": "uno", "B2": "uno"}, {}), order)
    costs = [point["costo_cent"] for point in view["curva"]["punti"][:3]]
    assert costs == [0, first * HOUR_CENTS, 132 * HOUR_CENTS]
    assert view["curva"]["piano"]["ricavo_cent"] == 80_000
