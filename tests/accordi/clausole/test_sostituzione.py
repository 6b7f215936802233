"""sostituzione: the window in which an empty place stays with the company."""

from accordi_finti import due, months_of, plan_of, play

LEAVES = {"tipo": "esce", "mese": "2026-11", "bambino": "A1"}


def test_inside_the_window_its_own_part_is_due() -> None:
    """45 days are two months at the full price, then one half: 800.00, 800.00, 400.00..."""
    terms = {"clausole": {"sostituzione": {"giorni": 45, "quota": 1}}}
    found = due(play(plan_of({"A1": ("girasole", "giorno")}, None, terms), LEAVES), "vuoto")
    assert list(found.values()) == [800_00, 800_00] + [400_00] * 8


def test_without_a_part_of_its_own_the_empty_place_owes_the_usual() -> None:
    """One half of 800.00 from the first month on."""
    terms = {"clausole": {"sostituzione": {}}}
    found = due(play(plan_of({"A1": ("girasole", "giorno")}, None, terms), LEAVES), "vuoto")
    assert list(found.values()) == [400_00] * 10


def test_who_enters_inside_the_window_uses_the_place() -> None:
    """A place empty in November only: 400.00 once."""
    enters = {"tipo": "entra", "mese": "2026-12", "bambino": "A9", "azienda": "alfa", "gestore": "girasole"}
    terms = {"clausole": {"sostituzione": {}}}
    corsa = play(plan_of({"A1": ("girasole", "giorno")}, None, terms), LEAVES, enters | {"come": "A1"})
    assert due(corsa, "vuoto") == {"2026-11": 400_00}
    assert months_of(corsa)["2026-12"].riservati == 1
