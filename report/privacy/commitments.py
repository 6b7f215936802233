"""What a company commits to by reserving places: from the contract alone, never from who uses them.

A company plans with amounts by month and agreement; those of the plan depend on the months in which a place
is used, and beside its price would tell them. These do not: places x price, all used, and the part due for
them all empty. What it pays lies between the two, plus what the children use (fasce, hours, meals).
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from nido.accordi.components.iva import vat_rows
from nido.accordi.money import cents, half_up
from nido.accordi.pagatori import revealing
from nido.data import voce
from nido.report.privacy.company_part import own_cents, own_parts
from nido.report.privacy.scope import Row, Scope
from nido.report.privacy.sites import season_of
from nido.report.privacy.view import Commitment, EmptyShare, OwnPart
from nido.scenari.accordo_quadro import clauses_for
from nido.scenari.field_text import format_decimal
from nido.scenari.offerta import Gestore
from nido.scenari.regole import VoceRegistro


def commitment_rows(scope: Scope) -> tuple[Commitment, ...]:
    """Reckon the commitments of a company, month by month; nobody else reads them.

    Parameters
    ----------
    scope
        What is seen.

    Returns
    -------
    tuple of Commitment
        By agreement, then by month; none for a provider that has no price for a place.
    """
    if scope.audience != "azienda":
        return ()
    return tuple(one for row in scope.own("accordi") for one in _months(scope, row))


def _months(scope: Scope, row: Row) -> Iterator[Commitment]:
    scenario = scope.scenario
    provider = next(one for one in scenario.gestori if one.id == row["gestore"])
    season = next(one for one in scenario.stagioni if one.id == row["stagione"])
    if provider.prezzi.posto_mese:
        for month in season_of(season).mesi:
            yield _commitment(scope, row, provider, month)


def _commitment(scope: Scope, row: Row, provider: Gestore, month: str) -> Commitment:
    day = date.fromisoformat(f"{month}-01")
    company, places = row["azienda"], row["posti"]
    share, rate = _empty_share(scope, company, provider), _vat(scope, provider, day)
    price = cents(provider.prezzi.posto_mese)
    used, empty = (_parts(scope, company, component, day) for component in ("posto", "vuoto"))
    # A sum for a child is due once, and an empty place has none.
    shares, empty = (tuple(part for part in parts if not part.somma) for parts in (used, empty))
    nets = half_up(Decimal(places * price)), half_up(places * price * Decimal(share.valore))
    vats = tuple(half_up(net * rate) for net in nets)
    return Commitment(
        azienda=company,
        gestore=provider.id,
        stagione=row["stagione"],
        mese=month,
        posti=places,
        prezzo_cent=price,
        vuoto=share,
        iva=format_decimal(rate),
        parti_usati=used,
        parti_vuoti=empty,
        usati_cent=nets[0] + vats[0],
        vuoti_cent=nets[1] + vats[1],
        azienda_usati_cent=own_cents(used, nets[0], places) + own_cents(shares, vats[0]),
        azienda_vuoti_cent=own_cents(empty, nets[1]) + own_cents(empty, vats[1]),
    )


def _parts(scope: Scope, company: str, component: VoceRegistro, day: date) -> tuple[OwnPart, ...]:
    """Give the company's parts; where a family's income has a say, its share stands for a sum per child."""
    flat = any(component in payer.voci for payer in revealing(scope.scenario.pagatori))
    return own_parts(scope.scenario, company, component, day, flat=flat)


def _empty_share(scope: Scope, company: str, provider: Gestore) -> EmptyShare:
    """Give the clause's part where there is one, else the provider's own."""
    clause = clauses_for(scope.scenario.accordo_quadro, company, provider.id).vuoto_per_pieno
    if clause is None:
        share = format_decimal(provider.vuoto_per_pieno)
        return EmptyShare(f"gestori.{provider.id}.vuoto_per_pieno", share)
    return EmptyShare(f"clausole.{company}.{provider.id}.vuoto_per_pieno", format_decimal(clause.quota))


def _vat(scope: Scope, provider: Gestore, day: date) -> Decimal:
    row = vat_rows(scope.scenario).get(provider.id)
    return Decimal(0) if row is None else voce(row, day).numero / 100
