"""The bottom-up cost of Pergine's public nidi, by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest

from nido.accordi.calibrazione import (
    YEARS,
    Calibrazione,
    calibrations,
    duty_hours,
    educators,
    figures_of,
    figures_used,
    yearly_cost,
)

FIGURES = figures_of(YEARS[0])


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        # 66: 22 small and 44 older: 4 + 5; 33: 11 and 22: 2 + 3; 26: 9 and 17: 2 + 2; 10: 3 and 7: 1 + 1
        (66, 9),
        (33, 5),
        (26, 4),
        (10, 2),
        # one educator would do, two are there; nobody needs nobody
        (1, 2),
        (0, 0),
    ],
)
def test_educators_of_a_nido(children: int, expected: int) -> None:
    """A third are small, one educator for six; of the older ones for nine; two at least."""
    assert educators(children, FIGURES) == expected


def test_hours_of_a_full_time_nido() -> None:
    """8 h x 9 educators for 66 children, 2 h x 5 for the 33 of the edge hours: 82."""
    assert duty_hours("il_bucaneve", 66, FIGURES) == 82


def test_hours_of_a_part_time_nido() -> None:
    """Of 26 children 10 stay: 6 h x 4, 2 h x 2, and 2 h x 2 for five of them: 32."""
    assert duty_hours("il_girasole", 26, FIGURES) == 32


def test_cost_by_component() -> None:
    """(82 + 82 + 32) x 218 = 42,728 educator-hours; 158 x 218 = 34,444 meals."""
    found = yearly_cost({"il_bucaneve": 66, "il_castello": 66, "il_girasole": 26}, FIGURES)
    assert found["educatrici"] == 42_728 * Fraction("20.59")
    assert found["non_frontali"] == 42_728 * Fraction("20.59") * Fraction("0.09")
    assert found["ausiliarie"] == 42_728 * Fraction("0.44") * Fraction("17.79")
    # three cooks, 7.6 h a day
    assert found["cuochi"] == 3 * 218 * Fraction("7.6") * Fraction("18.63")
    assert found["pasti"] == 34_444 * Fraction("3.80")
    assert found["coordinamento"] == 1548 * Fraction("20.59")
    direct = sum(amount for name, amount in found.items() if name != "generali")
    assert found["generali"] == direct * Fraction(8, 100)


def test_against_what_was_published() -> None:
    """1,672,667 EUR against 1,695,274 (158 children) and 13,069 a child against about 14,000."""
    first, last = calibrations()
    # 879,769.52 + 79,179.26 + 334,457.69 + 92,598.55 + 130,887.20 + 31,873.32 = 1,548,765.54; x 1.08
    assert (first.totale, first.pubblicato_totale, first.scarto) == (1_672_667, 1_695_274, -22_607)
    assert sum(first.bambini) == 158
    # 1,672,666.78 / 158 = 10,586.498; published 10,730
    assert (first.per_bambino, first.pubblicato_per_bambino) == (10_586, 10_730)
    assert (last.per_bambino, last.pubblicato_per_bambino, last.scarto) == (13_069, 14_000, -931)
    assert last.pubblicato_totale is None


@pytest.mark.parametrize("found", calibrations(), ids=lambda one: str(one.anno))
def test_components_sum_to_the_total(found: Calibrazione) -> None:
    """Whole euro that sum: each component is rounded as a running total."""
    assert sum(found.componenti.values()) == found.totale


def test_one_day_more_costs_what_a_day_costs() -> None:
    """Everything but coordination is in proportion to the days of opening."""
    children = {"il_bucaneve": 66}
    one = yearly_cost(children, replace(FIGURES, days=Fraction(1)))
    three = yearly_cost(children, replace(FIGURES, days=Fraction(3)))
    for name in ("educatrici", "ausiliarie", "cuochi", "pasti"):
        assert three[name] == 3 * one[name]
    assert three["coordinamento"] == one["coordinamento"]


def test_trials_hold_the_figure_as_it_is() -> None:
    """Pay, overheads and days move the cost both ways; whole educators need not."""
    for found in calibrations():
        ends = {trial.nome: (trial.per_bambino_basso, trial.per_bambino_alto) for trial in found.prove}
        assert set(ends) == {"paghe", "generali", "piccoli", "estreme", "giorni"}
        for name in ("paghe", "generali", "giorni", "estreme"):
            assert ends[name][0] < found.per_bambino < ends[name][1]


def test_pay_moves_all_but_meals() -> None:
    """7.5 % of pay: of 1,548,765.54 EUR all but 130,887.20 of meals, x 1.08 / 158 = 726.87 a child."""
    (pay,) = (trial for trial in calibrations()[0].prove if trial.nome == "paghe")
    # 10,586.498 -+ 726.87
    assert (pay.per_bambino_basso, pay.per_bambino_alto) == (9_860, 11_313)


def test_every_figure_has_its_row() -> None:
    """Each row stands once, with a source and a state; those of one year are of that year."""
    rows = figures_used()
    assert len(rows) == len(set(rows))
    assert {row.stato for row in rows} == {"verificato", "stimato", "ipotesi"}
    assert all(row.vale(YEARS[0]) or row.vale(YEARS[1]) for row in rows)
