"""Unverified figures of the framework agreement, listed twice: by the costing room and by the checker."""

from typing import Any

import pytest
from accordi_finti import CLAUSES_WRITTEN, plan_of

from nido.accordi.clausole import CLAUSES
from nido.accordi.ipotesi.accordo import framework_figures
from nido.accordi.ipotesi.assumed import Ipotesi
from nido.matching.verifica.caso import build_case
from nido.matching.verifica.ipotesi_accordo import framework_figures as listed_again
from nido.scenari.clausole import Clausole

CHILD = {"A1": ("girasole", "giorno")}
FRAMEWORK: dict[str, Any] = {
    "durata_mesi": 36,
    "clausole": CLAUSES_WRITTEN,
    "eccezioni": [{"azienda": "beta", "clausole": {"preavviso": {"giorni": 90}}}],
    "percorsi": [{"id": "uno", "probabilita": 0.2}, {"id": "due"}],
    "percorsi_generati": {"uscite_anno": 0.1, "ingressi_anno": 0.2},
}


def figures(framework: dict[str, Any]) -> dict[str, Ipotesi]:
    """List the figures of a framework agreement, by key without its room."""
    found = framework_figures(plan_of(CHILD, None, framework).scenario)
    return {row.chiave.removeprefix("accordo_quadro."): row for row in found}


def test_every_clause_is_tried_here() -> None:
    """The registry, the scenario's keys and this test hold the same clauses."""
    assert {clause.nome for clause in CLAUSES} == set(Clausole.model_fields) == set(CLAUSES_WRITTEN)
    assert all(clause.fonte for clause in CLAUSES)


@pytest.mark.parametrize("framework", [{}, FRAMEWORK, {"durata_mesi": 12}, {"inizio": "2027-03"}])
def test_the_checker_lists_the_same(framework: dict[str, Any]) -> None:
    """Key by key: value, unit, source, state and, where it does not depend on the language, the note."""
    mine = figures(framework)
    again = {
        row.chiave.removeprefix("accordo_quadro."): row
        for row in listed_again(build_case(plan_of(CHILD, None, framework).scenario, {}))
    }
    assert mine.keys() == again.keys()
    for key, row in mine.items():
        other = again[key]
        assert (row.valore, row.unita, row.fonte, row.stato) == (
            other.valore,
            other.unita,
            other.fonte,
            other.stato,
        )
        assert other.nota in (None, row.nota)


def test_what_comes_from_a_table_has_its_source() -> None:
    """Sixty days of notice are the table's; the exception's ninety are the scenario's own."""
    found = figures(FRAMEWORK)
    assert found["clausole.preavviso.giorni"].fonte != "scenario"
    assert found["eccezioni[#1].clausole.preavviso.giorni"].fonte == "scenario"
    assert (found["clausole.vuoto_per_pieno.quota"].valore, found["durata_mesi"].valore) == ("0.6", "36")
    assert found["clausole.sconto_volume.scaglioni"].valore == "posti 3, sconto 0.05; posti 6, sconto 0.1"
    assert found["percorsi_generati.uscite_anno"].unita == "rapporto"


def test_choices_and_nothing_are_no_figures() -> None:
    """Who may use a place is a choice; a course without probability weighs nothing."""
    found = figures(FRAMEWORK)
    assert not any("trasferimento" in key or "solo_stagioni" in key for key in found)
    assert "percorsi.due.probabilita" not in found
    assert figures({}) == {}


def test_a_life_within_the_plan_is_no_assumption() -> None:
    """Twelve months are those of the plan itself."""
    assert figures({"durata_mesi": 12}) == {}
