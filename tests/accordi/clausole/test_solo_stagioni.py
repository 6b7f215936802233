"""solo_stagioni: the agreement holds only in some seasons."""

from accordi_finti import due, months_of, plan_of, play

TERMS = {"durata_mesi": 24, "clausole": {"solo_stagioni": {"stagioni": ["estate"]}}}
PAIR = {"azienda": "alfa", "gestore": "girasole"}


def test_only_the_summers_are_lived_and_paid() -> None:
    """July and August of both years: 4 x 800.00."""
    corsa = play(plan_of({"A1": ("girasole", "giorno")}, None, TERMS))
    assert list(months_of(corsa)) == ["2027-07", "2027-08", "2028-07", "2028-08"]
    assert sum(due(corsa, "posto").values()) == 3_200_00


def test_notice_given_in_winter_takes_effect_in_summer() -> None:
    """Notice of November: the first month in force from then on is July."""
    gives_up = {"tipo": "disdice", "mese": "2026-11", "posti": 1, **PAIR}
    corsa = play(plan_of({"A1": ("girasole", "giorno")}, {("alfa", "girasole"): 3}, TERMS), gives_up)
    assert [month.riservati for month in months_of(corsa).values()] == [2, 2, 2, 2]


def test_nobody_waits_outside_it() -> None:
    """A child who enters in November asks for nothing before July."""
    enters = {"tipo": "entra", "mese": "2026-11", "bambino": "A9", **PAIR, "come": "A1"}
    corsa = play(plan_of({"A1": ("girasole", "giorno")}, None, TERMS), enters)
    assert corsa.mesi_attesa == 0
    assert months_of(corsa)["2027-07"].ammessi == ("A1", "A9")
