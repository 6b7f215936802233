"""VAT on the items of a provider that is not exempt (docs/modello.md, section 10)."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from nido.data import voce
from nido.matching.verifica.caso import Case
from nido.matching.verifica.posti import PriceItem
from nido.matching.verifica.voce_da_pagare import VAT

RATES = {"cinque_percento": "costi.iva.cooperative_sociali", "ventidue_percento": "costi.iva.ludoteca"}


def vat_item(case: Case, gestore: str, item: PriceItem) -> PriceItem | None:
    """Give the VAT of an item: its amount in euro at so many cents for a euro; None where it is nothing."""
    row = RATES.get(case.gestori[gestore].regime_iva)
    if row is None:
        return None
    amount = item.due
    if amount == 0:
        return None
    found = item._replace(
        componente=VAT,
        quantity=Fraction(amount, 100),
        price=Fraction(voce(row, item.day).numero),
        unita="euro",
        fonte=f"gestori.{gestore}.regime_iva × {item.fonte}",
        taxed=item.componente,
    )
    return None if found.is_nothing else found


def with_vat(case: Case, gestore: str, items: Iterable[PriceItem]) -> Iterator[PriceItem]:
    """List items, and then the VAT of each."""
    listed = list(items)
    yield from listed
    for item in listed:
        tax = vat_item(case, gestore, item)
        if tax is not None:
            yield tax
