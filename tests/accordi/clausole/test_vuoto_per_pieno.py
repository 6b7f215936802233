"""vuoto_per_pieno: the part of the price due for an empty place."""

from accordi_finti import due, plan_of, play


def test_the_agreed_part_replaces_the_provider_s() -> None:
    """One empty place of two at 80 %: 0.8 x 800.00 = 640.00 a month, 12 months."""
    terms = {"clausole": {"vuoto_per_pieno": {}}}
    corsa = play(plan_of({"A1": ("girasole", "giorno")}, {("alfa", "girasole"): 2}, terms))
    assert set(due(corsa, "vuoto").values()) == {640_00}
    assert len(due(corsa, "vuoto")) == 12


def test_an_exception_may_take_it_out() -> None:
    """For one provider the common clause does not hold: half of 800.00, as its price list says."""
    terms = {
        "clausole": {"vuoto_per_pieno": {"quota": 1}},
        "eccezioni": [{"gestore": "girasole", "senza": ["vuoto_per_pieno"]}],
    }
    corsa = play(plan_of({"A1": ("girasole", "giorno")}, {("alfa", "girasole"): 2}, terms))
    assert set(due(corsa, "vuoto").values()) == {400_00}
