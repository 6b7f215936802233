"""posti_minimi: places below which an agreement never falls."""

from accordi_finti import due, months_of, plan_of, play


def test_the_minimum_is_reserved_and_its_empty_places_are_due() -> None:
    """One child, three places: two empty, 2 x 400.00 a month."""
    terms = {"clausole": {"posti_minimi": {"posti": 3}}}
    corsa = play(plan_of({"A1": ("girasole", "giorno")}, None, terms))
    assert {month.riservati for month in months_of(corsa).values()} == {3}
    assert set(due(corsa, "vuoto").values()) == {800_00}


def test_notice_does_not_go_below_it() -> None:
    """Four places, three given up: three stay, since that is the minimum."""
    terms = {"clausole": {"posti_minimi": {"posti": 3}}}
    gives_up = {"tipo": "disdice", "mese": "2026-11", "azienda": "alfa", "gestore": "girasole", "posti": 3}
    corsa = play(plan_of({"A1": ("girasole", "giorno")}, {("alfa", "girasole"): 4}, terms), gives_up)
    assert [month.riservati for month in months_of(corsa).values()] == [4, 4] + [3] * 10
