"""Reasons of the requests left out, by hand."""

from typing import Any

from casi_verifica import LEVICO, bambino, case_of, gestore

from nido.matching.verifica.caso import Case
from nido.matching.verifica.motivi import check_reasons, refused_by, rules_of

B1 = ("B1", "autunno")


def reason(regola: str, tipo: str, gestore: str = "uno") -> dict[str, Any]:
    """Write a reason."""
    return {"gestore": gestore, "regola": regola, "dettaglio": "", "tipo": tipo}


def accepted(case: Case, regola: str, tipo: str) -> bool:
    """Tell whether a reason at the only provider holds."""
    return check_reasons(case, B1, [reason(regola, tipo)], "non_assegnati[0]") == []


def test_who_is_refused_by_itself() -> None:
    """Too few hours are `orari`, an exclusion is `idoneita`; who is never open comes before both."""
    assert refused_by(case_of(bambino("B1", "17:00-19:00")), B1, "uno") == "orari"
    # 08:00-16:00 covers 2 of 4 hours, and 80 % are needed.
    assert refused_by(case_of(bambino("B1", "14:00-18:00")), B1, "uno") == "orari"
    assert refused_by(case_of(bambino("B1", esclusi=["uno"])), B1, "uno") == "idoneita"
    assert refused_by(case_of(bambino("B1", "17:00-19:00", esclusi=["uno"])), B1, "uno") == "orari"
    assert refused_by(case_of(bambino("B1", "14:00-18:00", esclusi=["uno"])), B1, "uno") == "idoneita"
    assert refused_by(case_of(bambino("B1")), B1, "uno") is None


def test_rules_that_are_off_refuse_nobody() -> None:
    """With both rules off only a provider that covers nothing refuses."""
    off = {"idoneita": {"attiva": False}, "orari": {"attiva": False}}
    assert refused_by(case_of(bambino("B1", "14:00-18:00", esclusi=["uno"]), regole=off), B1, "uno") is None
    closed = case_of(bambino("B1", "17:00-19:00"), regole=off)
    assert refused_by(closed, B1, "uno") == "orari"
    assert accepted(closed, "orari", "impossibile_da_solo")
    assert "idoneita" not in rules_of(closed)


def test_a_refusal_is_told_as_such() -> None:
    """Who is too far is told so, and only so."""
    case = case_of(
        bambino("B1"), gestori=[gestore(comune=LEVICO)], regole={"idoneita": {"deviazione_massima_minuti": 1}}
    )
    assert accepted(case, "idoneita", "impossibile_da_solo")
    assert not accepted(case, "idoneita", "posto_preso_da_altri")
    assert not accepted(case, "orari", "impossibile_da_solo")
    assert not accepted(case, "capienza", "posto_preso_da_altri")


def test_who_may_be_there_is_not_refused_by_itself() -> None:
    """An admitted request is stopped by others, by another provider or by a tier."""
    case = case_of(bambino("B1"))
    assert accepted(case, "capienza", "posto_preso_da_altri")
    assert accepted(case, "posti_riservati", "impossibile_da_solo")
    assert accepted(case, "costo_totale", "posto_preso_da_altri")
    assert accepted(case, "obiettivo", "posto_preso_da_altri")
    assert accepted(case, "fratelli", "altro_gestore")
    assert not accepted(case, "idoneita", "impossibile_da_solo")
    assert not accepted(case, "orari", "impossibile_da_solo")
    assert not accepted(case, "capienza", "altro_gestore")
    assert not accepted(case, "costo_totale", "impossibile_da_solo")


def test_a_tier_that_is_not_of_the_scenario_is_no_reason() -> None:
    """Only the tiers that the scenario names can stop anybody."""
    case = case_of(bambino("B1"), obiettivo={"livelli": [{"nome": "copertura_piena"}]})
    assert accepted(case, "copertura_piena", "posto_preso_da_altri")
    assert not accepted(case, "costo_totale", "posto_preso_da_altri")


def test_no_reasons_or_one_for_each_provider() -> None:
    """Reasons may be missing altogether, when time is short, but not in part."""
    case = case_of(bambino("B1"), gestori=[gestore(), gestore("due")])
    one, two = (reason("capienza", "posto_preso_da_altri", name) for name in ("uno", "due"))
    assert check_reasons(case, B1, [], "") == check_reasons(case, B1, [one, two], "") == []
    assert [found.dove for found in check_reasons(case, B1, [one], "")] == ["B1/autunno"]
