"""A scenario and a plan made by hand, small enough to add up on paper."""

from pathlib import Path
from typing import Any

import pytest

from nido.accordi.ipotesi.unverified import Ipotesi
from nido.accordi.ledger import build_ledger
from nido.accordi.pareggio import break_even
from nido.accordi.risultato.documento import Costing, Manifest, result_document
from nido.matching.solution import (
    Agreement,
    Assignment,
    CapacityUse,
    Conflict,
    Explanation,
    Notice,
    Opening,
    PartlyServed,
    Reason,
    Remedy,
    Solution,
    StaffLine,
    Tier,
    Unserved,
)
from nido.scenari.load import Loaded, load_scenario

SCENARIO = """
formato: nido-scenario/1
nome: Caso di carta
dati_sintetici: true
passo_minuti: 30
stagioni:
  - {id: autunno, inizio: 2026-09-01, fine: 2026-10-31}
rotazioni:
  - {id: mattina, tipo: fissa, turni: [{giorni: lun-ven, orario: "06:00-14:00"}]}
aziende:
  - {id: alfa, nome: Alfa, sede: {comune: Pergine Valsugana}, quota: 0.5}
  - {id: beta, nome: Beta, sede: {comune: Pergine Valsugana}, quota: 0.4}
gestori:
  - id: nido_uno
    nome: Nido Uno
    tipo: nido
    comune: Pergine Valsugana
    posti: 2
    base: {giorni: lun-ven, orario: "07:30-16:30"}
    fasce: [{id: anticipo, giorni: lun-ven, orario: "06:00-07:30", prezzo_mese: 60}]
    prezzi: {posto_mese: 600}
bambini:
  - {id: A001, azienda: alfa, nascita: 2025-01-10, comune: Pergine Valsugana,
     adulti: [{azienda: alfa, turni: [{rotazione: mattina}]}]}
  - {id: A002, azienda: alfa, nascita: 2025-02-10, comune: Levico Terme,
     adulti: [{azienda: alfa, turni: [{rotazione: mattina}]}]}
  - {id: B001, azienda: beta, nascita: 2025-03-10, comune: Pergine Valsugana,
     adulti: [{azienda: beta, turni: [{rotazione: mattina}]}]}
obiettivo:
  livelli: [{nome: copertura_piena}, {nome: costo_totale, tolleranza: 0.01}, {nome: equita}]
"""

MONTHS = ("2026-09", "2026-10")
DAYS = {"2026-09": 22, "2026-10": 22}


def _tier(nome: str, verso: Any, valore: int | None, limite: int | None, gap: float | None) -> Tier:
    state: Any = "non_raggiunto" if valore is None else "dimostrato" if gap == 0 else "non_dimostrato"
    return Tier(nome, "U", verso, valore, valore, limite, gap, "0.01", state, nome == "equita")


def _served(bambino: str, azienda: str, uncovered: int, fasce: tuple[str, ...]) -> Assignment:
    months = {fascia: MONTHS for fascia in fasce}
    return Assignment(
        bambino, azienda, "nido_uno", "autunno", 20000, uncovered, fasce, 44, 44, 7, MONTHS, months, DAYS
    )


def _explanation() -> Explanation:
    changes = (Remedy("posti di nido_uno in autunno: da 2 a 3", "nido_uno", 12000),)
    return Explanation("A002", "autunno", "posto", changes, 4, True)


def _conflict() -> Conflict:
    return Conflict(
        gruppo=1,
        regola="fissati",
        dove="bambini[A001].assegnato_a",
        dettaglio="fissati: A001 a nido_uno in autunno",
        rimedio="togliere A001 a nido_uno",
        minimo=True,
        percorso=("bambini", "A001", "assegnato_a"),
        file="carta.yaml",
        riga=31,
        colonna=5,
    )


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    """Return the scenario, read from a file as a user's would be."""
    path = tmp_path / "carta.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return load_scenario(path)


@pytest.fixture
def solution() -> Solution:
    """Return a plan that serves one child fully, one in part and one not at all."""
    used = dict.fromkeys(MONTHS, 1)
    reasons = (
        Reason("nido_uno", "capienza", "manca 1 posto", "posto_preso_da_altri"),
        Reason("nido_due", "idoneita", "52 minuti di deviazione, il limite è 45", "impossibile_da_solo"),
    )
    return Solution(
        stato="interrotto",
        unita_costo_cent=10,
        arrotondamento_massimo_cent=4,
        livelli=(
            _tier("copertura_piena", "max", 1, 1, 0.0),
            _tier("costo_totale", "min", 123456, 120000, 0.027994427),
            _tier("equita", "max", None, None, None),
        ),
        assegnazioni=(_served("A001", "alfa", 0, ("anticipo",)), _served("B001", "beta", 5000, ())),
        non_assegnati=(Unserved("A002", "alfa", "autunno", 10000, reasons),),
        parziali=(PartlyServed("B001", "beta", "autunno", "nido_uno", 5000, reasons),),
        aperture=(Opening("nido_uno", "anticipo", "autunno", 1, 44, 50000, ("A001",), 182468, "piccoli"),),
        personale=(StaffLine("nido_uno", "autunno", "anticipo", None, 360, 450, "piccoli", 2, 0, 44),),
        accordi=(
            Agreement("alfa", "nido_uno", "autunno", 1, 1, used),
            Agreement("beta", "nido_uno", "autunno", 1, 1, used),
        ),
        capienza=(CapacityUse("nido_uno", "autunno", 2, 2, 2),),
        avvisi=(Notice("ore_sede", "nido_uno", "12 ore in un giorno, il limite è 11"),),
        ordine_domanda=("A001", "A002", "B001"),
        ordine_sorteggiato=True,
        costo_produzione_cent=1234560,
        stato_solutore=("OPTIMAL",),
        conflitti=(_conflict(),),
        spiegazioni=(_explanation(),),
    )


@pytest.fixture
def document(loaded: Loaded, solution: Solution) -> dict[str, Any]:
    """Return the plan as a result."""
    scenario = loaded.scenario
    figures = (
        Ipotesi("trentino.rapporto.base", "presenti", "scelta", "tabella", "ipotesi", ""),
        Ipotesi("costi.educatore.ora", "26.75", "EUR/ora", "contratto", "stimato", ""),
    )
    costing = Costing(build_ledger(scenario, solution), break_even(scenario, solution), figures)
    manifest = Manifest("0" * 64, 7, ("gestori[nido_uno].posti=2",), {"gap": 0.0})
    return result_document(scenario, solution, costing, manifest)
