"""The part of an amount that its company pays, as if nobody else had paid before: for every family alike."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from nido.accordi.money import cents, half_up
from nido.accordi.pagatori import is_company, is_there
from nido.accordi.pagatori.cofinanziamento import refunded_share
from nido.report.privacy.view import OwnPart
from nido.scenari.domanda import Azienda
from nido.scenari.field_text import format_decimal
from nido.scenari.regole import Pagatore
from nido.scenari.schema import Scenario


def own_parts(
    scenario: Scenario, azienda: str, component: str, day: date, *, flat: bool
) -> tuple[OwnPart, ...]:
    """List the parts that a company pays of a component, in the order of the stack.

    Parameters
    ----------
    scenario
        The resolved scenario.
    azienda
        The company of the agreement.
    component
        Component of the amount; for VAT, the one on which it is due.
    day
        A payer takes part on the days on which it pays.
    flat
        True to put the company's own share in the place of a sum per child; a price less a family's fee has
        it there in any case.

    Returns
    -------
    tuple of OwnPart
        Each of what those before it have left; what is co-financed is given back.
    """
    company = next(item for item in scenario.aziende if item.id == azienda)
    found: dict[str, OwnPart] = {}
    for payer in scenario.pagatori:
        if component not in payer.voci or not is_there(payer, day):
            continue
        if is_company(payer):
            found[payer.id] = _part(payer, company, flat=flat)
        elif payer.modo == "cofinanziamento" and payer.di in found:
            part = found[payer.di]
            share = format_decimal(refunded_share(payer, company))
            found[payer.di] = OwnPart(part.chiave, part.valore, part.somma, (*part.rimborsi, share))
    return tuple(found.values())


def _part(payer: Pagatore, company: Azienda, *, flat: bool) -> OwnPart:
    if payer.modo == "quota":
        return OwnPart(f"pagatori.{payer.id}.quota", format_decimal(payer.quota))
    if payer.modo == "fisso_azienda" and not flat:
        if company.importo_mese is None:
            return OwnPart(f"pagatori.{payer.id}.importo_mese", format_decimal(payer.importo_mese), True)
        return OwnPart(f"aziende.{company.id}.importo_mese", format_decimal(company.importo_mese), True)
    return OwnPart(f"aziende.{company.id}.quota", format_decimal(company.quota))


def own_cents(parts: Sequence[OwnPart], whole: int, places: int = 0) -> int:
    """Reckon what a company pays of an amount, in cents.

    Parameters
    ----------
    parts
        Its parts, the first one first.
    whole
        The amount, in cents.
    places
        Places that it stands for, where a part is a sum for each of them.

    Returns
    -------
    int
        Every part rounded half up, less what is given back.
    """
    found = paid = 0
    for part in parts:
        value = Decimal(part.valore)
        taken = min(whole - found, cents(value) * places) if part.somma else half_up(value * (whole - found))
        found += taken
        for share in part.rimborsi:
            taken -= half_up(Decimal(share) * taken)
        paid += taken
    return paid
