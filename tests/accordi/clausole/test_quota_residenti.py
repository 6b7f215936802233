"""quota_residenti: a part of the reserved places is the residents'."""

from accordi_finti import due, months_of, plan_of, play

PAIR = {"azienda": "alfa", "gestore": "girasole"}
TERMS = {"clausole": {"quota_residenti": {"quota": 0.3}, "preavviso": {"giorni": 60}}}


def test_the_example_of_the_page() -> None:
    """Four places: floor(1.2) = 1 to residents. Two given up from March: floor(0.6) = 0."""
    gives_up = {"tipo": "disdice", "mese": "2027-01", "posti": 2, **PAIR}
    corsa = play(plan_of({"A1": ("girasole", "giorno")}, {("alfa", "girasole"): 4}, TERMS), gives_up)
    found = [(month.riservati, month.residenti) for month in months_of(corsa).values()]
    assert found == [(4, 1)] * 6 + [(2, 0)] * 6
    # Empty: 4 - 1 - 1 = 2 until February, 2 - 1 = 1 from March; residents' places are not the company's.
    assert [cents // 400_00 for cents in due(corsa, "vuoto").values()] == [2] * 6 + [1] * 6


def test_a_guaranteed_place_brings_the_residents_theirs() -> None:
    """Half to residents: two children need r = 3 (3 - floor(1.5) = 2), the third r = 5 (5 - 2 = 3)."""
    terms = {"clausole": {"quota_residenti": {"quota": 0.5}}}
    children = {"A1": ("girasole", "giorno"), "A2": ("girasole", "giorno"), "A3": ("girasole", "giorno")}
    found = months_of(play(plan_of(children, None, terms)))["2026-09"]
    assert (found.riservati, found.residenti, found.usati) == (5, 2, 3)


def test_all_to_residents_leaves_nobody_in() -> None:
    """However many places are reserved, none is the company's."""
    terms = {"clausole": {"quota_residenti": {"quota": 1}}}
    found = months_of(play(plan_of({"A1": ("girasole", "giorno")}, None, terms)))["2026-09"]
    assert (found.riservati, found.residenti, found.in_attesa) == (1, 1, ("A1",))
