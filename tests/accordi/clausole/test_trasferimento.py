"""trasferimento: colleagues, other sites and other companies in the place of who leaves."""

from accordi_finti import due, months_of, plan_of, play

PAIR = {"azienda": "alfa", "gestore": "girasole"}
LEAVES = {"tipo": "esce", "mese": "2026-11", "bambino": "A1"}
ENTERS = {"tipo": "entra", "mese": "2026-12", "bambino": "A9", **PAIR, "come": "A2"}
TWO = {"A1": ("girasole", "giorno"), "A2": ("girasole", "giorno")}
WAIT = {"posto_nuovo": {"modo": "prioritario"}}


def clauses(**transfer: bool) -> dict[str, object]:
    """Agree a transfer, and that further children wait."""
    return {"durata_mesi": 18, "clausole": WAIT | {"trasferimento": transfer}}


def test_a_colleague_takes_the_place() -> None:
    """Empty in November only."""
    corsa = play(plan_of(TWO, None, clauses()), LEAVES, ENTERS)
    assert months_of(corsa)["2026-12"].ammessi == ("A2", "A9")
    assert due(corsa, "vuoto") == {"2026-11": 400_00}


def test_where_colleagues_may_not_the_place_is_blocked_until_september() -> None:
    """Two places, one blocked from November to August: A9 waits nine months, December to August."""
    corsa = play(plan_of(TWO, None, clauses(tra_dipendenti=False)), LEAVES, ENTERS)
    found = months_of(corsa)
    assert [found[month].bloccati for month in ("2026-10", "2026-11", "2027-08", "2027-09")] == [0, 1, 1, 0]
    assert corsa.mesi_attesa == 9
    assert found["2027-09"].ammessi == ("A2", "A9")


def test_only_the_places_that_really_become_empty_are_blocked() -> None:
    """Morning and evening share one place: who leaves frees none."""
    shifts = {"A1": ("girasole", "mattina"), "A2": ("girasole", "sera")}
    found = months_of(play(plan_of(shifts, None, clauses(tra_dipendenti=False)), LEAVES))
    assert (found["2026-11"].bloccati, found["2026-11"].usati) == (0, 1)


def test_a_blocked_place_can_be_given_up() -> None:
    """The place of who left is given up: the other child keeps its own."""
    gives_up = {"tipo": "disdice", "mese": "2027-01", "posti": 1, **PAIR}
    found = months_of(play(plan_of(TWO, None, clauses(tra_dipendenti=False)), LEAVES, gives_up))
    assert (found["2027-01"].bloccati, found["2027-01"].ammessi) == (0, ("A2",))


def test_a_waiting_child_is_a_guest_at_another_provider() -> None:
    """Girasole is full, papavero has one empty place: alfa pays it whole, 800.00 instead of 400.00."""
    children = {"A1": ("girasole", "giorno"), "A3": ("papavero", "giorno")}
    plan = plan_of(children, {("alfa", "papavero"): 2}, clauses(tra_gestori=True))
    corsa = play(plan, ENTERS | {"come": "A1"})
    month = months_of(corsa)["2026-12"]
    assert [(guest.bambino, guest.gestore) for guest in month.ospiti] == [("A9", "papavero")]
    assert month.in_attesa == ("A9",)
    lender = months_of(corsa, gestore="papavero")["2026-12"]
    assert (lender.prestati, lender.vuoti, lender.riservati) == (1, (), 2)
    assert due(corsa, "posto", gestore="papavero")["2026-12"] == 2 * 800_00
    assert due(corsa, "vuoto", gestore="papavero") == {f"2026-{month:02d}": 400_00 for month in (9, 10, 11)}


def test_a_waiting_child_is_a_guest_of_another_company() -> None:
    """Beta has an empty place at girasole: alfa pays it and the child's meals, 20 x 5.00 a month."""
    children = {"A1": ("girasole", "giorno"), "B1": ("girasole", "giorno")}
    plan = plan_of(children, {("beta", "girasole"): 2}, clauses(tra_aziende=True))
    corsa = play(plan, ENTERS | {"come": "A1"})
    assert [guest.azienda for guest in months_of(corsa)["2026-12"].ospiti] == ["beta"]
    assert months_of(corsa, "beta")["2026-12"].prestati == 1
    assert due(corsa, "posto")["2026-12"] == 2 * 800_00
    assert due(corsa, "posto", "beta")["2026-12"] == 800_00
    meals = [riga for riga in corsa.righe if riga.componente == "pasto" and riga.bambino == "A9"]
    # The season of autumn has one month of A9, spring six, summer two, then four of the second year and two.
    assert [riga.quantita for riga in meals] == ["20", "120", "40", "80", "40"]


def test_no_guest_where_one_of_the_two_companies_does_not_lend() -> None:
    """Beta has not agreed to it."""
    children = {"A1": ("girasole", "giorno"), "B1": ("girasole", "giorno")}
    terms = clauses(tra_aziende=True) | {"eccezioni": [{"azienda": "beta", "senza": ["trasferimento"]}]}
    corsa = play(plan_of(children, {("beta", "girasole"): 2}, terms), ENTERS | {"come": "A1"})
    assert months_of(corsa)["2026-12"].ospiti == ()
