"""Totals of a ledger."""

from typing import Any

from nido.accordi.ledger import build_ledger
from nido.accordi.totali import AgreementTotal

USED = {"2026-10": 1, "2026-11": 1}


def test_totals_of_a_small_plan(make: Any) -> None:
    """Totals by payer, company, provider, agreement and month, with their arithmetic."""
    plan = make.solution(
        (make.served("B003", "gruppo", giorni_pasto=0), make.served("B001", minuti_scoperti=600)),
        (
            make.agreement("beta", "gruppo", 1, USED),
            make.agreement("alfa", "girasole", 1, USED),
            make.agreement("beta", "girasole", 0, {}, bambini=0),
        ),
    )
    totals = build_ledger(make.scenario(), plan).totali
    # alfa at girasole: 2 × 600.10 + meals 20 × 5.25 = 1305.20; beta at gruppo: 60 × 8.50 = 510.00
    assert totals.totale_cent == 130_520 + 51_000
    # alfa pays 2 × 300.05 = 600.10, beta 510 × 0.25 = 127.50, families the rest 1087.60
    assert totals.per_pagatore == {"azienda:alfa": 60_010, "azienda:beta": 12_750, "famiglia": 108_760}
    assert list(totals.per_pagatore) == ["azienda:alfa", "azienda:beta", "famiglia"]
    assert totals.per_azienda == {"alfa": 130_520, "beta": 51_000}
    assert totals.per_gestore == {"girasole": 130_520, "gruppo": 51_000}
    assert totals.per_accordo == (
        AgreementTotal("beta", "gruppo", "autunno", 51_000),
        AgreementTotal("alfa", "girasole", "autunno", 130_520),
        AgreementTotal("beta", "girasole", "autunno", 0),
    )
    # only what the companies pay; beta's hours have one line, in the first month
    assert totals.per_azienda_mese == {
        "alfa": {"2026-10": 30_005, "2026-11": 30_005},
        "beta": {"2026-10": 12_750},
    }
    assert totals.costo_produzione_cent == 123_456
    # covered: 3600 + 3000 = 6600 minutes = 110 hours; 1815.20 / 110 = 16.5018 -> 16.50
    assert totals.costo_per_ora_coperta_cent == 1_650
    # 2 places × 2 months = 4; 1815.20 / 4 = 453.80
    assert totals.costo_per_posto_cent == 45_380


def test_company_that_pays_nothing_has_no_months(make: Any) -> None:
    """A company whose share is zero is in the totals of its agreements but not among the payers."""
    scenario = make.scenario(aziende=make.edited("aziende", "alfa", quota=0))
    plan = make.solution((make.served("B001"),), (make.agreement("alfa", "girasole", 1, USED),))
    totals = build_ledger(scenario, plan).totali
    assert totals.per_azienda_mese == {}
    assert totals.per_pagatore == {"famiglia": 130_520}
    assert totals.per_azienda == {"alfa": 130_520}
