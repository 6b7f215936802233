"""Corrupted ledgers: lines, payers, totals."""

from typing import Any

import pytest
from documenti_verifica import Corruptions, Document, retotal

CORRUPTIONS = Corruptions()
corruption = CORRUPTIONS.register


def line(document: Document, componente: str, pagatore: str) -> dict[str, Any]:
    """Find a ledger line."""
    found: dict[str, Any] = next(
        row
        for row in document["registro"]["righe"]
        if (row["componente"], row["pagatore"]) == (componente, pagatore)
    )
    return found


@corruption("registro:2026-10-01/alfa/uno/autunno/posto")
def wrong_cent(document: Document) -> None:
    """Add a cent to a line, and to every total."""
    line(document, "posto", "azienda:alfa")["importo_cent"] += 1
    retotal(document)


@corruption("registro:totali/totale_cent")
def cent_in_the_lines_alone(document: Document) -> None:
    """Add a cent to a line and leave the totals."""
    line(document, "posto", "azienda:alfa")["importo_cent"] += 1


@corruption("registro:2026-11-01/alfa/uno/autunno/vuoto")
def line_dropped(document: Document) -> None:
    """Leave a line out of lines and totals."""
    document["registro"]["righe"].remove(line(document, "vuoto", "azienda:alfa"))
    retotal(document)


@corruption("registro:2026-10-01/alfa/uno/autunno/posto")
def line_twice(document: Document) -> None:
    """Repeat a line in lines and totals."""
    document["registro"]["righe"].append(dict(line(document, "posto", "azienda:alfa")))
    retotal(document)


@corruption("registro:2026-10-01/alfa/uno/autunno/posto/azienda:alfa")
def payer_swapped(document: Document) -> None:
    """Let the family pay the company's part."""
    line(document, "posto", "azienda:alfa")["pagatore"] = "famiglia"
    retotal(document)


@corruption("registro:righe[")
def unknown_payer(document: Document) -> None:
    """Name a payer that is not of the stack."""
    line(document, "posto", "azienda:alfa")["pagatore"] = "provincia"
    retotal(document)


@corruption("registro:2026-10-01/alfa/uno/autunno/posto/famiglia/B1")
def sibling_lines_uneven(document: Document) -> None:
    """Move ten euro from one child's part to the other's."""
    mine = [row for row in document["registro"]["righe"] if row["componente"] == "posto"]
    parts = {row["bambino"]: row for row in mine if row["data"] == "2026-10-01"}
    parts["B1"]["importo_cent"] -= 1_000
    parts["B2"]["importo_cent"] += 1_000


@corruption("registro:2026-10-01/beta/tata/autunno/ora")
def wrong_quantity(document: Document) -> None:
    """State other hours on a line whose amount is right."""
    line(document, "ora", "azienda:beta")["quantita"] = "345"


@corruption("registro:2026-10-01/alfa/uno/autunno/pasto")
def wrong_price(document: Document) -> None:
    """State another unit price on a line whose amount is right."""
    line(document, "pasto", "famiglia")["prezzo_cent"] = 501


@corruption("registro:2026-12-01/alfa/uno/autunno/posto")
def wrong_month(document: Document) -> None:
    """Date a line in a month that is not of the stagione."""
    line(document, "posto", "azienda:alfa")["data"] = "2026-12-01"
    retotal(document)


@corruption("registro:totali/per_pagatore/famiglia")
def total_off(document: Document) -> None:
    """State a payer's total one cent too low."""
    document["registro"]["totali"]["per_pagatore"]["famiglia"] -= 1


@corruption("registro:totali/per_azienda_mese/beta/2026-10")
def month_total_off(document: Document) -> None:
    """State a company's month one cent too high."""
    document["registro"]["totali"]["per_azienda_mese"]["beta"]["2026-10"] += 1


@corruption("registro:totali/costo_produzione_cent")
def production_cost_off(document: Document) -> None:
    """State a production cost one cent too low."""
    document["registro"]["totali"]["costo_produzione_cent"] -= 1


@corruption("forma:registro.righe[0].importo_cent")
def half_a_cent(document: Document) -> None:
    """State half a cent."""
    document["registro"]["righe"][0]["importo_cent"] += 0.5


@corruption("forma:registro.righe[0].importo_cent")
def negative_amount(document: Document) -> None:
    """State a negative amount."""
    document["registro"]["righe"][0]["importo_cent"] = -1


@corruption("forma:righe[0]")
def line_of_nobody(document: Document) -> None:
    """Name a child that does not exist on a line."""
    document["registro"]["righe"][0]["bambino"] = "B99"


@corruption("registro:2026-10-01/alfa/uno/autunno/vuoto")
def line_that_is_not_due(document: Document) -> None:
    """Charge an empty place in a month in which all are used."""
    extra = {**line(document, "vuoto", "azienda:alfa"), "data": "2026-10-01"}
    document["registro"]["righe"].append(extra)
    retotal(document)


@corruption("registro:2026-11-01/alfa/uno/autunno/vuoto")
def empty_place_at_another_price(document: Document) -> None:
    """State an empty place at the full price on a line whose amount is right."""
    line(document, "vuoto", "azienda:alfa")["prezzo_cent"] = 60_001


@corruption("registro:2026-10-01/alfa/uno/autunno/posto/fonte")
def other_source(document: Document) -> None:
    """Name another price as the source of a line."""
    line(document, "posto", "azienda:alfa")["fonte"] = "gestori.tata.prezzi.posto_mese"


@corruption("registro:2026-10-01/alfa/uno/autunno/fascia/B1/fonte")
def source_of_no_fascia(document: Document) -> None:
    """Name a fascia that was not booked as the source of a line."""
    line(document, "fascia", "azienda:alfa")["fonte"] = "gestori.uno.fasce.posticipo.prezzo_mese"


@corruption("registro:2026-10-01/beta/tata/autunno/ora/B3/unita")
def other_unit(document: Document) -> None:
    """Call hours days."""
    line(document, "ora", "azienda:beta")["unita"] = "giorno"


@corruption("registro:totali/costo_per_ora_coperta_cent")
def hour_cost_off(document: Document) -> None:
    """State a covered hour one cent cheaper."""
    document["registro"]["totali"]["costo_per_ora_coperta_cent"] -= 1


@corruption("registro:totali/costo_per_posto_cent")
def place_cost_off(document: Document) -> None:
    """State no cost of a place where there is one."""
    document["registro"]["totali"]["costo_per_posto_cent"] = None


@pytest.mark.parametrize("name", list(CORRUPTIONS.known))
def test_corrupted_document_is_refused(name: str) -> None:
    """The corruption is refused, and its place is among those named."""
    expected, found = CORRUPTIONS.refuse(name)
    assert any(place.startswith(expected) for place in found), found
