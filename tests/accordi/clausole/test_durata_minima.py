"""durata_minima: before the minimum term no notice takes effect."""

from accordi_finti import due, months_of, plan_of, play

ONE_OF_TWO = {"A1": ("girasole", "giorno")}, {("alfa", "girasole"): 2}
NOTICE = {"azienda": "alfa", "gestore": "girasole"}


def test_a_place_is_given_up_at_the_end_of_the_minimum_term() -> None:
    """Notice of October, minimum of twelve months: t = max(1, 12) = 12, September 2027."""
    terms = {"durata_mesi": 24, "clausole": {"durata_minima": {"mesi": 12}}}
    corsa = play(plan_of(*ONE_OF_TWO, terms), {"tipo": "disdice", "mese": "2026-10", "posti": 1, **NOTICE})
    reserved = {month: found.riservati for month, found in months_of(corsa).items()}
    assert reserved["2027-08"] == 2
    assert reserved["2027-09"] == 1
    # Twelve empty places at half of 800.00.
    assert sum(due(corsa, "vuoto").values()) == 12 * 400_00


def test_the_company_withdraws_at_the_end_of_the_minimum_term() -> None:
    """Withdrawal in October: the agreement lives for twelve months all the same."""
    terms = {"durata_mesi": 24, "clausole": {"durata_minima": {"mesi": 12}}}
    corsa = play(plan_of(*ONE_OF_TWO, terms), {"tipo": "recede", "mese": "2026-10", **NOTICE})
    assert list(months_of(corsa))[-1] == "2027-08"
    assert len(months_of(corsa)) == 12
