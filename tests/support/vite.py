"""A small solved scenario with a framework agreement of one's own, its life played."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from nido.accordi.risultato import calcolo
from nido.accordi.risultato.documento import Document
from nido.matching.options import SolveOptions
from nido.matching.solution import Solution
from nido.matching.solve import solve
from nido.report.accordi import Origin, Played, play_agreements
from nido.scenari.accordo_quadro import AccordoQuadro
from nido.scenari.load import Loaded, load_scenario

SCENARIO = Path(__file__).resolve().parents[2] / "scenari" / "turni-opposti.yaml"

# Every clause that acts on the price of a place. Three places instead of the plan's two, so that one is
# empty: in the first month it owes the whole price, then 0.6 of it, from the third, resold, 0.6 x 0.25.
CLAUSES: Mapping[str, Any] = {
    "posti_minimi": {"posti": 3},
    "vuoto_per_pieno": {"quota": "0.6"},
    "sostituzione": {"giorni": 30, "quota": "1"},
    "rilascio_mercato": {"mesi_rivendita": 1, "credito": "0.75"},
    "indicizzazione": {"quota": "0.75", "variazione_annua": "0.02"},
    "sconto_volume": {"conta": "gestore", "scaglioni": [{"posti": 3, "sconto": "0.05"}]},
    "deposito": {"mensilita": "1.5"},
}


@cache
def solved() -> tuple[Loaded, Document, Solution]:
    """Solve the scenario once."""
    loaded = load_scenario(SCENARIO)
    found = solve(loaded.scenario, loaded.travel_matrix, SolveOptions())
    return loaded, calcolo.run(loaded, SolveOptions()).documento, found


def lived(framework: Mapping[str, Any]) -> tuple[Loaded, Document, Solution, Played]:
    """Play the life of a framework agreement on the plan: two companies, two places each, four months."""
    loaded, document, solution = solved()
    agreed = AccordoQuadro.model_validate(framework)
    # Room for more than the four places of the plan.
    gestori = tuple(one.model_copy(update={"posti": 8}) for one in loaded.scenario.gestori)
    scenario = loaded.scenario.model_copy(update={"accordo_quadro": agreed, "gestori": gestori})
    again = Loaded(
        scenario=scenario,
        travel_matrix=loaded.travel_matrix,
        source=loaded.source,
        canonical=loaded.canonical,
        sha256=loaded.sha256,
        files=loaded.files,
    )
    return again, document, solution, play_agreements(again, document, Origin("0" * 64, "0" * 64))
