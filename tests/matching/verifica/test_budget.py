"""The rule `budget`: just satisfied and just violated."""

from typing import Any

from casi_verifica import azienda, bambino, broken, case_of, fascia, gestore, plan_of

PROVIDER = gestore(
    prezzi={"posto_mese": 600, "ora_bambino": "1.50", "pasto_giorno": 5},
    fasce=[fascia("anticipo", "07:00-08:00", prezzo_mese="60.01")],
    posti_minimi_accordo=2,
    vuoto_per_pieno="0.5",
)


def broken_with(regole: dict[str, Any] | None = None, **company: Any) -> list[str]:
    """Serve one child with the early fascia, and name the rules broken."""
    case = case_of(
        bambino("B1", "07:00-12:00"),
        aziende=[azienda("alfa", quota="0.5", **company)],
        gestori=[PROVIDER],
        regole={"attivazione": {"soglia": 1}, **(regole or {})},
    )
    return broken(plan_of(case, {"B1": "uno"}, {"B1": ["anticipo"]}))


def test_half_of_the_price_list_against_the_budget() -> None:
    """600 + 300 (empty) + 60.01 + 110 hours x 1.50 = 1,125.01 EUR; half is 562.505 EUR; no meals."""
    assert broken_with(budget_annuo="562.51") == []
    assert broken_with(budget_annuo="562.50") == ["budget"]
    assert broken_with({"budget": {"attiva": False}}, budget_annuo=0) == []


def test_most_places_of_a_company_in_a_stagione() -> None:
    """Two places are reserved: a company that may have two keeps the rule, with one it does not."""
    assert broken_with(posti_massimi=2) == []
    assert broken_with(posti_massimi=1) == ["budget"]


def test_places_add_up_over_providers() -> None:
    """One place at each of two providers are two."""
    for limit, kept in ((2, True), (1, False)):
        case = case_of(
            bambino("B1"),
            bambino("B2"),
            aziende=[azienda("alfa", posti_massimi=limit)],
            gestori=[gestore(), gestore("due")],
        )
        assert broken(plan_of(case, {"B1": "uno", "B2": "due"})) == ([] if kept else ["budget"])
