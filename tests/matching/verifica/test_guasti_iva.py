"""Corrupted results with VAT and with payers of families."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from casi_verifica import azienda, bambino, case_of, fascia, gestore
from documenti_verifica import Document, document_of, refused, retotal

from nido.matching.verifica.caso import Case

EVERY = ["posto", "vuoto", "fascia", "ora", "pasto"]
NOTICE = {"regola": "pagatori", "dove": "datore", "dettaglio": ""}


@cache
def taxed() -> Case:
    """Build a nido with 5 % of VAT, whose families pay by ICEF and whose company is reimbursed."""
    return case_of(
        bambino("B1", "07:00-12:00", icef="0.255"),
        bambino("B2", icef="0.07", fratello_di="B1", nascita="2025-03-01"),
        aziende=[azienda("alfa", quota="0.5")],
        gestori=[
            gestore(
                fasce=[fascia("anticipo", "07:00-08:00", prezzo_mese=60)],
                prezzi={"posto_mese": "600.10"},
                regime_iva="cinque_percento",
            )
        ],
        pagatori=[
            {"id": "famiglia", "modo": "retta", "tariffa": "trento", "voci": EVERY},
            {"id": "datore", "modo": "quota_azienda", "voci": EVERY},
            {"id": "comune", "modo": "cofinanziamento", "di": "datore", "quota": "0.5", "voci": EVERY},
            {"id": "resto", "modo": "residuo", "voci": EVERY},
        ],
        obiettivo={"ordine_domanda": ["B1", "B2"]},
    )


@cache
def _written() -> str:
    served = {("B1", "autunno"): "uno", ("B2", "autunno"): "uno"}
    document = document_of(taxed(), served, {("B1", "autunno"): frozenset({"anticipo"})})
    return json.dumps({**document, "avvisi": [NOTICE]})


def correct() -> Document:
    """Give a correct document, to be spoilt at will."""
    found: Document = json.loads(_written())
    return found


def tax(document: Document, payer: str, child: str | None = None) -> Any:
    """Find a line of VAT."""
    return next(
        row
        for row in document["registro"]["righe"]
        if (row["componente"], row["pagatore"], row["bambino"]) == ("iva", payer, child)
    )


def test_a_correct_document_is_confirmed() -> None:
    """Places 1200.20, VAT 60.01; fascia 60, VAT 3.00. The fees are 180 and half of 28."""
    document = correct()
    assert refused(taxed(), document) == []
    totals = document["registro"]["totali"]
    assert totals["totale_cent"] == 120_020 + 6_001 + 6_000 + 300
    # The fee is one sum for everything: 18000 and 1400.
    assert totals["per_pagatore"]["famiglia"] == 19_400
    # Left of the places 42010 and 58610, to the company 21005 and 29305, back to it 10503 and 14653. Fascia:
    # 3000, back 1500. VAT of the places 3001 and 3000: 1501 and 1500, back 751 and 750. Of the fascia: 150,
    # 75.
    assert totals["per_pagatore"]["comune"] == 10_503 + 14_653 + 1_500 + 751 + 750 + 75
    assert totals["per_pagatore"]["azienda:alfa"] == 10_502 + 14_652 + 1_500 + 750 + 750 + 75


Spoil = Callable[[Document], object]


def _swap(document: Document) -> None:
    tax(document, "comune", "B1")["pagatore"] = "resto"
    retotal(document)


def _drop(document: Document) -> None:
    document["registro"]["righe"].remove(tax(document, "comune", "B1"))
    retotal(document)


def _rate(document: Document) -> None:
    tax(document, "comune", "B1")["prezzo_cent"] = 22


def _untaxed(document: Document) -> None:
    tax(document, "comune", "B1")["fonte"] = "gestori.uno.regime_iva"


def _fee(document: Document) -> None:
    rows = [
        row
        for row in document["registro"]["righe"]
        if (row["componente"], row["bambino"], row["pagatore"])
        in (("posto", "B1", "famiglia"), ("posto", "B1", "resto"))
    ]
    rows[0]["importo_cent"] += 100
    rows[1]["importo_cent"] -= 100
    retotal(document)


def _notice(document: Document) -> None:
    document["avvisi"] = []


def _days(document: Document) -> None:
    document["assegnazioni"][0]["giorni_mese"]["2026-10"] -= 1


def _figure(document: Document) -> None:
    document["ipotesi"] = [row for row in document["ipotesi"] if not row["chiave"].startswith("rette.trento")]


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (_swap, "registro:2026-10-01/alfa/uno/autunno/iva/B1"),
        (_drop, "registro:2026-10-01/alfa/uno/autunno/iva/B1"),
        (_rate, "registro:2026-10-01/alfa/uno/autunno/iva/B1"),
        (_untaxed, "registro:2026-10-01/alfa/uno/autunno/iva/B1/fonte"),
        (_fee, "registro:2026-10-01/alfa/uno/autunno/posto"),
        (_notice, "forma:avvisi/pagatori/datore"),
        (_days, "assegnazioni:B1/uno/autunno/giorni_mese"),
        (_figure, "ipotesi:rette.trento"),
    ],
)
def test_corrupted_document_is_refused(spoil: Spoil, expected: str) -> None:
    """The corruption is refused, and its place is among those named."""
    document = correct()
    spoil(document)
    found = refused(taxed(), document)
    assert any(place.startswith(expected) for place in found), found
