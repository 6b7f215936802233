"""ore_minime: child-hours that are paid in any case."""

from accordi_finti import due, plan_of, play

TERMS = {"clausole": {"ore_minime": {"ore_mese": 150}}}


def test_missing_hours_are_due() -> None:
    """6000 minutes are 100 hours of 150: 50 x 8.00 = 400.00 a month."""
    corsa = play(plan_of({"A1": ("tate", "giorno")}, None, TERMS))
    assert set(due(corsa, "vuoto", gestore="tate").values()) == {400_00}
    line = next(riga for riga in corsa.righe if riga.componente == "vuoto")
    assert (line.quantita, line.unita, line.prezzo_cent) == ("50", "ora_bambino", 8_00)
    assert line.fonte == "accordo_quadro.clausole.ore_minime"


def test_two_children_reach_the_minimum() -> None:
    """200 hours of 150."""
    children = {"A1": ("tate", "giorno"), "A2": ("tate", "giorno")}
    assert due(play(plan_of(children, None, TERMS)), "vuoto", gestore="tate") == {}


def test_a_nido_sells_no_hours() -> None:
    """Girasole has no price by the hour: nothing is due."""
    assert due(play(plan_of({"A1": ("girasole", "giorno")}, None, TERMS)), "vuoto") == {}


def test_the_months_of_the_agreement_are_all_due_when_nobody_enters() -> None:
    """150 hours x 8.00 x 12 months = 14400.00."""
    corsa = play(plan_of({"A1": ("tate", "giorno")}, None, TERMS), vuoto=True)
    assert sum(due(corsa, "vuoto", gestore="tate").values()) == 12 * 1_200_00
