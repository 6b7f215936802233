"""What a company reads where its part would give away the fee of a family."""

import json
from dataclasses import replace
from typing import Any

import pytest

from nido.accordi.ledger import build_ledger
from nido.accordi.pareggio import break_even
from nido.accordi.risultato.documento import Costing, Manifest, result_document
from nido.matching.solution import Solution
from nido.report.privacy.build_view import view_for
from nido.scenari.load import Loaded
from nido.scenari.regole import Pagatore

EVERY = ["posto", "vuoto", "fascia", "ora", "pasto"]
FAMILY = {"id": "famiglia", "modo": "residuo", "voci": EVERY}
FEE = {"id": "madre", "modo": "retta", "tariffa": "trento", "voci": ["posto"]}
FLORENCE = {"modo": "differenza_azienda", "importo_mese": 600, "tariffa": "trento", "voci": ["posto"]}
GRANT = {"id": "ente", "modo": "cofinanziamento", "di": "datore", "quota": "0.5", "voci": ["posto"]}


def company_cents(loaded: Loaded, solution: Solution, stack: list[dict[str, Any]], icef: str) -> list[int]:
    """Give what alfa reads that it pays in all, and with both months used, when its child has an ICEF."""
    plain = loaded.scenario.model_dump(mode="json")
    plain["bambini"][0]["icef"] = icef
    payers = tuple(Pagatore.model_validate(one) for one in stack)
    scenario = type(loaded.scenario).model_validate(plain).model_copy(update={"pagatori": payers})
    costing = Costing(build_ledger(scenario, solution), break_even(scenario, solution), ())
    written = result_document(scenario, solution, costing, Manifest("0" * 64, 7, (), {}))
    document = json.loads(json.dumps(written))
    shown = view_for(replace(loaded, scenario=scenario), document, "azienda", "alfa")
    paid = [one.importo_cent for one in shown.totals.per_payer if one.nome == "azienda:alfa"]
    return [*paid, sum(one.azienda_usati_cent for one in shown.commitments)]


@pytest.mark.parametrize(
    ("stack", "expected"),
    [
        # half of 600 in each of two months, whatever the fee
        ([{"id": "datore", **FLORENCE}, FAMILY], 60_000),
        ([FEE, {"id": "datore", "modo": "quota_azienda", "voci": ["posto"]}, FAMILY], 60_000),
        # half of it again is co-financed
        ([{"id": "datore", **FLORENCE}, GRANT, FAMILY], 30_000),
    ],
)
def test_a_company_reads_its_flat_share(
    loaded: Loaded, solution: Solution, stack: list[dict[str, Any]], expected: int
) -> None:
    """Two ICEF values give the company the same figures."""
    poor, rich = (company_cents(loaded, solution, stack, icef) for icef in ("0.05", "0.40"))
    assert poor == rich == [expected, expected]
