"""The income tax credit on what the family pays."""

import pytest
from pila import child, due, facts, paid, payer

FAMILY = payer("famiglia", "residuo")
CREDIT = payer("irpef", "irpef", di="famiglia")
KNOWN = facts([child()], beneficio="irpef")


def test_19_per_cent_of_at_most_632_a_year() -> None:
    """Expense 250, 500, 632: credit 47.50, 95.00, 120.08 in all; nothing after, and anew in January."""
    months = ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01"]
    found = paid([due("250", "B1", month=month) for month in months], (FAMILY, CREDIT), KNOWN)
    assert [row.get("irpef", 0) for row in found] == [4_750, 4_750, 2_508, 0, 4_750]
    assert all(sum(row.values()) == 25_000 for row in found)


def test_only_on_what_the_family_bears() -> None:
    """The company refunds half of 200: the credit is 19 % of 100."""
    stack = (payer("datore", "quota_azienda"), FAMILY, CREDIT)
    assert paid([due("200", "B1")], stack, KNOWN) == [
        {"azienda:alfa": 10_000, "irpef": 1_900, "famiglia": 8_100}
    ]


def test_the_rounding_is_that_of_the_whole_year() -> None:
    """Three expenses of 0.02: 19 % of 6 cents is 1.14, one cent in all (0.38, 0.76 -> 1, 1.14)."""
    found = paid([due("0.02", "B1") for _ in range(3)], (FAMILY, CREDIT), KNOWN)
    assert [row.get("irpef", 0) for row in found] == [0, 1, 0]


def test_hours_across_two_years_fill_both() -> None:
    """1,500 over December and January: 632 in each year, 2 x 120.08."""
    hours = due("1500", "B1", componente="ora", months=("2026-12", "2027-01"))
    assert paid([hours], (FAMILY, CREDIT), KNOWN) == [{"irpef": 24_016, "famiglia": 125_984}]


@pytest.mark.parametrize(("beneficio", "payer_of_it"), [("inps", "inps"), ("irpef", "irpef")])
def test_bonus_and_credit_never_together(beneficio: str, payer_of_it: str) -> None:
    """A child has the one that it states, and the other pays nothing."""
    stack = (FAMILY, payer("inps", "inps", di="famiglia"), CREDIT)
    (found,) = paid([due("100", "B1")], stack, facts([child(beneficio=beneficio)]))
    assert set(found) - {"famiglia"} == {payer_of_it}


def test_nobody_enrolled_no_credit() -> None:
    """An empty place in a month without children has no expense of a child."""
    assert paid([due("100", componente="vuoto")], (FAMILY, CREDIT), KNOWN) == [{"famiglia": 10_000}]
