"""VAT on the other components."""

from decimal import Decimal
from typing import Any

import pytest

from nido.accordi.components import COMPONENTS
from nido.accordi.ledger import build_ledger


def plan(make: Any) -> Any:
    """Serve B001 in autumn with a fascia in October: one place used, one empty in November."""
    child = make.served("B001", fasce=("anticipo",), mesi_fascia={"anticipo": ("2026-10",)})
    return make.solution((child,), (make.agreement("alfa", "girasole", 1, {"2026-10": 1, "2026-11": 0}),))


def taxed(make: Any, regime: str) -> Any:
    """Write the case with a VAT scheme of girasole."""
    return make.scenario(gestori=make.edited("gestori", "girasole", regime_iva=regime))


def test_an_exempt_provider_charges_none(make: Any) -> None:
    """By default nothing changes."""
    assert not [row for row in build_ledger(make.scenario(), plan(make)).righe if row.componente == "iva"]


@pytest.mark.parametrize(
    ("regime", "rate", "expected"),
    [
        # 60,010 x 0.05 = 3,000.5 -> 3,001; empty 600.10 x 0.5 = 300.05 -> 30,005 x 0.05 = 1,500.25; 60 -> 3;
        # meals 20 x 5.25 = 105 -> 5.25
        ("cinque_percento", 5, [3_001, 1_500, 300, 525]),
        # 13,202.2; 6,601.1; 1,320; 2,310
        ("ventidue_percento", 22, [13_202, 6_601, 1_320, 2_310]),
    ],
)
def test_every_amount_has_its_vat_rounded_once(
    make: Any, regime: str, rate: int, expected: list[int]
) -> None:
    """Place, empty place, fascia and meals, in this order, each rounded once, with its own source."""
    found = list(COMPONENTS[-1].amounts(taxed(make, regime), plan(make)))
    found = [amount for amount in found if amount.importo_cent]
    assert [amount.importo_cent for amount in found] == expected
    assert {amount.prezzo for amount in found} == {Decimal(rate) / 100}
    assert [amount.tassata for amount in found] == ["posto", "vuoto", "fascia", "pasto"]
    assert found[0].fonte == "gestori.girasole.regime_iva × gestori.girasole.prezzi.posto_mese"
    assert (found[0].quantita, found[0].unita) == (Decimal("600.10"), "euro")


def test_vat_is_part_of_the_totals(make: Any) -> None:
    """The payers' parts sum to prices and VAT: 600.10 + 300.05 + 60 + 105 = 1,065.15, and 53.26 of VAT."""
    totals = build_ledger(taxed(make, "cinque_percento"), plan(make)).totali
    assert totals.totale_cent == 106_515 + 5_326
    assert sum(totals.per_pagatore.values()) == totals.totale_cent
