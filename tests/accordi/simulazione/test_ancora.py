"""Without clauses and events the simulation gives the plan's own ledger, line by line."""

from decimal import Decimal
from fractions import Fraction

import pytest
from oracle import solve_here, travel_of
from tiny import tiny_scenario

from nido.accordi.ledger import build_ledger
from nido.accordi.simulazione.convenzione import Plan, lay_out
from nido.accordi.simulazione.corsa import Corso
from nido.accordi.simulazione.play import simulate
from nido.matching.presence import presence
from nido.matching.solution import Solution
from nido.matching.stored import plan_of
from nido.scenari.accordo_quadro import AccordoQuadro
from nido.scenari.load import load_scenario, shipped_path
from nido.scenari.regole import Pagatore
from nido.scenari.schema import Scenario

AS_PLANNED = Corso("piano", "", Fraction(1))


def laid_out(scenario: Scenario, solution: Solution) -> Plan:
    """Lay out a solved plan, without clauses."""
    matrix = travel_of(scenario)
    bare = scenario.model_copy(update={"accordo_quadro": AccordoQuadro()})
    return lay_out(bare, plan_of(solution), presence(scenario, matrix, solution.assegnazioni))


def check(scenario: Scenario) -> None:
    """Solve a scenario and compare its ledger with the course of the plan."""
    solution = solve_here(scenario)
    ledger = build_ledger(scenario, solution)
    corsa = simulate(laid_out(scenario, solution), AS_PLANNED)
    assert corsa.righe == ledger.righe
    assert corsa.totali.totale_cent == ledger.totali.totale_cent
    assert corsa.totali.per_pagatore == ledger.totali.per_pagatore
    assert corsa.mesi_attesa == 0


@pytest.mark.parametrize("seed", range(700, 730))
def test_tiny_scenarios(seed: int) -> None:
    """Every rule takes part; some scenarios share places among companies."""
    check(tiny_scenario(seed, wide=seed % 2 == 1))


EVERY = ["posto", "vuoto", "fascia", "ora", "pasto"]
STACK = [
    {"id": "datore", "modo": "quota_azienda", "voci": ["posto", "ora"], "dal": "2026-11-01"},
    {"id": "ente", "modo": "cofinanziamento", "di": "datore", "quota": "0.5", "voci": EVERY},
    {"id": "buoni", "modo": "buoni", "importo_mese": 90, "valore_buono": 200, "voci": ["posto", "fascia"]},
    {"id": "famiglia", "modo": "retta", "tariffa": "primiero", "voci": EVERY},
    {"id": "irpef", "modo": "irpef", "di": "famiglia", "voci": EVERY},
    {"id": "asif", "modo": "residuo", "voci": EVERY, "massimo_quota": "0.9"},
]


@pytest.mark.parametrize("seed", range(700, 706))
def test_every_kind_of_payer_and_vat(seed: int) -> None:
    """Fees by days attended, vouchers, siblings, refunds and VAT come out the same in a course."""
    plain = tiny_scenario(seed)
    changes = {
        "pagatori": tuple(Pagatore.model_validate(one) for one in STACK),
        "gestori": tuple(
            one.model_copy(update={"regime_iva": "cinque_percento", "elenco_buoni": True})
            for one in plain.gestori
        ),
        "bambini": tuple(
            one.model_copy(update={"icef": Decimal(place) / 10, "nido_comunale": "escluso"})
            for place, one in enumerate(plain.bambini)
        ),
    }
    check(plain.model_copy(update=changes))


@pytest.mark.parametrize("name", ["minimo", "turni-opposti", "estate"])
def test_shipped_scenarios(name: str) -> None:
    """Those that are solved in a moment; that of the district is compared when it is solved anyway."""
    check(load_scenario(shipped_path(name)).scenario)
