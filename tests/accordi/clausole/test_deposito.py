"""deposito: cash for every reserved place, given back with the place."""

from accordi_finti import plan_of, play

PAIR = {"azienda": "alfa", "gestore": "girasole"}


def moves(corsa: object) -> list[tuple[str, int, int]]:
    """Give month, amount and balance of every movement."""
    return [(move.mese, move.importo_cent, move.saldo_cent) for move in corsa.deposito]  # type: ignore[attr-defined]


def test_it_is_paid_and_given_back() -> None:
    """Two places, 1.5 months: 1.5 x 800 x 2 = 2400.00; one given up in January; all back in the end."""
    terms = {"clausole": {"deposito": {"mensilita": 1.5}}}
    gives_up = {"tipo": "disdice", "mese": "2027-01", "posti": 1, **PAIR}
    corsa = play(plan_of({"A1": ("girasole", "giorno")}, {("alfa", "girasole"): 2}, terms), gives_up)
    assert moves(corsa) == [
        ("2026-09", 2_400_00, 2_400_00),
        ("2027-01", -1_200_00, 1_200_00),
        ("2027-09", -1_200_00, 0),
    ]


def test_it_is_no_cost() -> None:
    """The lines are those of the same agreement without a deposit."""
    child = {"A1": ("girasole", "giorno")}
    with_deposit = play(plan_of(child, None, {"clausole": {"deposito": {"mensilita": 3}}}))
    assert with_deposit.righe == play(plan_of(child)).righe


def test_prices_that_rise_do_not_move_it() -> None:
    """The price of the first month counts: 800.00 for three years."""
    terms = {
        "durata_mesi": 36,
        "clausole": {"deposito": {"mensilita": 1}, "indicizzazione": {"variazione_annua": 0.1}},
    }
    corsa = play(plan_of({"A1": ("girasole", "giorno")}, None, terms))
    assert moves(corsa) == [("2026-09", 800_00, 800_00), ("2029-09", -800_00, 0)]


def test_it_is_given_back_when_the_agreement_rests() -> None:
    """Summer only: paid in July, back in September, paid again the next July."""
    terms = {
        "durata_mesi": 24,
        "clausole": {"deposito": {"mensilita": 1}, "solo_stagioni": {"stagioni": ["estate"]}},
    }
    corsa = play(plan_of({"A1": ("girasole", "giorno")}, None, terms))
    assert [month for month, _, _ in moves(corsa)] == ["2027-07", "2027-09", "2028-07", "2028-09"]
