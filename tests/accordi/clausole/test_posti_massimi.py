"""posti_massimi: places above which an agreement never rises."""

from accordi_finti import due, months_of, plan_of, play


def test_whoever_comes_beyond_the_maximum_waits() -> None:
    """One child, three hired, at most three places: one waits for ten months, each month since November."""
    terms = {"clausole": {"posti_massimi": {"posti": 3}}}
    hires = {"tipo": "assume", "mese": "2026-11", "azienda": "alfa", "gestore": "girasole", "come": "A1"}
    corsa = play(plan_of({"A1": ("girasole", "giorno")}, None, terms), hires | {"numero": 3})
    found = months_of(corsa)["2026-11"]
    assert (found.ammessi, found.in_attesa) == (("A1", "N1-1", "N1-2"), ("N1-3",))
    assert max(month.riservati for month in months_of(corsa).values()) == 3
    assert corsa.mesi_attesa == 10


def test_even_the_plan_is_cut() -> None:
    """Two children of the plan and one place: the second waits."""
    terms = {"clausole": {"posti_massimi": {"posti": 1}}}
    children = {"A1": ("girasole", "giorno"), "A2": ("girasole", "giorno")}
    corsa = play(plan_of(children, None, terms))
    assert due(corsa, "posto")["2026-09"] == 800_00
    assert months_of(corsa)["2026-09"].in_attesa == ("A2",)
