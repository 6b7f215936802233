"""prenotazioni_minime: bookings of a fascia that are paid in any case."""

from accordi_finti import due, plan_of, play

EVERY = ("autunno", "primavera", "estate")
TERMS = {"clausole": {"prenotazioni_minime": {"fascia": "anticipo", "bambini": 3}}}


def test_missing_bookings_are_due() -> None:
    """One booking of three: 2 x 60.00 a month as empty places, whole to the company."""
    corsa = play(plan_of({"A1": ("girasole", "giorno", EVERY, ("anticipo",))}, None, TERMS))
    assert set(due(corsa, "vuoto").values()) == {120_00}
    line = next(riga for riga in corsa.righe if riga.componente == "vuoto")
    assert (line.quantita, line.unita, line.prezzo_cent) == ("2", "bambino_mese", 60_00)
    assert line.fonte == "accordo_quadro.clausole.prenotazioni_minime"
    assert (line.pagatore, line.bambino) == ("azienda:alfa", None)


def test_nothing_is_due_where_the_fascia_is_shut() -> None:
    """Nobody books it, so the plan does not open it."""
    assert due(play(plan_of({"A1": ("girasole", "giorno")}, None, TERMS)), "vuoto") == {}


def test_enough_bookings_owe_nothing() -> None:
    """Three bookings of three."""
    children = {f"A{k}": ("girasole", "giorno", EVERY, ("anticipo",)) for k in range(3)}
    assert due(play(plan_of(children, None, TERMS)), "vuoto") == {}


def test_who_leaves_leaves_a_booking_to_pay() -> None:
    """Three of three until October, two from November: 60.00 a month, beside the empty place at 400.00."""
    children = {f"A{k}": ("girasole", "giorno", EVERY, ("anticipo",)) for k in range(3)}
    leaves = {"tipo": "esce", "mese": "2026-11", "bambino": "A2"}
    found = due(play(plan_of(children, None, TERMS), leaves), "vuoto")
    assert (found.get("2026-10"), found["2026-11"]) == (None, 460_00)
