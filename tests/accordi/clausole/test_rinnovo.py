"""rinnovo: the agreement goes on by periods unless the company withdraws in time."""

from accordi_finti import months_of, plan_of, play

CHILD = {"A1": ("girasole", "giorno")}
TERMS = {
    "durata_mesi": 36,
    "clausole": {
        "durata_minima": {"mesi": 12},
        "rinnovo": {"mesi": 6, "volte": 2, "preavviso_mesi": 3},
    },
}


def withdrawn(*months: str) -> int:
    """Count the months of life when the company withdraws in some months."""
    events = [{"tipo": "recede", "mese": month, "azienda": "alfa", "gestore": "girasole"} for month in months]
    return len(months_of(play(plan_of(CHILD, None, TERMS), *events)))


def test_without_withdrawal_it_ends_after_the_last_renewal() -> None:
    """Expiries at 12, 18 and 24 months."""
    assert withdrawn() == 24


def test_withdrawal_in_time_ends_it_at_the_next_expiry() -> None:
    """May is t = 8, and 8 <= 12 - 3: it ends at 12."""
    assert withdrawn("2027-05") == 12


def test_withdrawal_too_late_waits_for_the_expiry_after() -> None:
    """July is t = 10: 10 > 12 - 3, but 10 <= 18 - 3: it ends at 18."""
    assert withdrawn("2027-07") == 18


def test_the_first_of_two_withdrawals_counts() -> None:
    """Having withdrawn in May, it says nothing new in July."""
    assert withdrawn("2027-05", "2027-07") == 12


def test_without_minimum_term_the_first_expiry_is_one_renewal() -> None:
    """Two renewals of six months after the first six: 18 months."""
    terms = {"durata_mesi": 36, "clausole": {"rinnovo": {"mesi": 6, "volte": 2}}}
    assert len(months_of(play(plan_of(CHILD, None, terms)))) == 18
