"""rilascio_annuale: places empty in a month are given back for September."""

from accordi_finti import months_of, plan_of, play

PLAN = {"A1": ("girasole", "giorno")}, {("alfa", "girasole"): 3}


def test_empty_places_of_may_are_gone_in_september() -> None:
    """Two of three are empty at the end of May 2027 (t = 8): from September (t = 12) one is reserved."""
    terms = {"durata_mesi": 24, "clausole": {"rilascio_annuale": {}, "preavviso": {"giorni": 360}}}
    found = months_of(play(plan_of(*PLAN, terms)))
    assert [month.riservati for month in found.values()] == [3] * 12 + [1] * 12


def test_not_before_the_minimum_term() -> None:
    """Fourteen months of minimum: September 2027 is too early; that of 2028 (t = 24) counts."""
    terms = {"durata_mesi": 30, "clausole": {"rilascio_annuale": {}, "durata_minima": {"mesi": 14}}}
    found = months_of(play(plan_of(*PLAN, terms)))
    assert [month.riservati for month in found.values()] == [3] * 24 + [1] * 6


def test_a_place_that_fills_again_is_reserved_again() -> None:
    """A child who enters in June gets a place of its own in September, since it is guaranteed."""
    terms = {"durata_mesi": 24, "clausole": {"rilascio_annuale": {}}}
    enters = {"tipo": "entra", "mese": "2027-06", "bambino": "A9", "azienda": "alfa", "gestore": "girasole"}
    found = months_of(play(plan_of(*PLAN, terms), enters | {"come": "A1"}))
    assert (found["2027-09"].riservati, found["2027-09"].ammessi) == (2, ("A1", "A9"))
