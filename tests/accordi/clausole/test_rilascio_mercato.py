"""rilascio_mercato: after the window a place is resold and the company credited."""

from accordi_finti import due, months_of, plan_of, play

LEAVES = {"tipo": "esce", "mese": "2026-11", "bambino": "A1"}
MARKET = {
    "sostituzione": {"giorni": 30, "quota": 1},
    "rilascio_mercato": {"mesi_rivendita": 2, "credito": 0.75},
}
CHILD = {"A1": ("girasole", "giorno")}
PAIR = {"azienda": "alfa", "gestore": "girasole"}


def test_the_example_of_the_page() -> None:
    """November 800.00 (age 0 < 1); December, January 400.00; from February (3 = 1 + 2) 400 x 0.25 = 100."""
    found = due(play(plan_of(CHILD, None, {"clausole": MARKET}), LEAVES), "vuoto")
    assert list(found.values()) == [800_00, 400_00, 400_00] + [100_00] * 7


def test_in_september_it_is_the_company_s_again() -> None:
    """Age 0 again: the full price in September 2027, one half in October and November, then resold."""
    terms = {"durata_mesi": 24, "clausole": MARKET}
    found = due(play(plan_of(CHILD, None, terms), LEAVES), "vuoto")
    assert [found[f"2027-{month:02d}"] for month in (8, 9, 10, 11, 12)] == [
        100_00,
        800_00,
        400_00,
        400_00,
        100_00,
    ]


def test_a_resold_place_takes_no_child() -> None:
    """Who enters in March waits, unless a further place is reserved."""
    enters = {"tipo": "entra", "mese": "2027-03", "bambino": "A9", **PAIR, "come": "A1"}
    waits = MARKET | {"posto_nuovo": {"modo": "prioritario"}}
    found = months_of(play(plan_of(CHILD, None, {"clausole": waits}), LEAVES, enters))
    assert (found["2027-03"].in_attesa, found["2027-03"].rivenduti) == (("A9",), 1)
    found = months_of(play(plan_of(CHILD, None, {"clausole": MARKET}), LEAVES, enters))
    assert (found["2027-03"].ammessi, found["2027-03"].riservati) == (("A9",), 2)


def test_a_resold_place_can_be_given_up() -> None:
    """Of two places one is resold; giving up one leaves the child in the other."""
    children = {"A1": ("girasole", "giorno"), "A2": ("girasole", "giorno")}
    gives_up = {"tipo": "disdice", "mese": "2027-04", "posti": 1, **PAIR}
    found = months_of(play(plan_of(children, None, {"clausole": MARKET}), LEAVES, gives_up))["2027-04"]
    assert (found.riservati, found.usati, found.rivenduti, found.ammessi) == (1, 1, 0, ("A2",))
