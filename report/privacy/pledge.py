"""What a contract binds its parties to, month by month: places, price and shares, nobody's use of them.

The places of the plan stay reserved for the whole life: nobody gives any up, none is released or resold, and
no further child makes them more. For a company it is the most that it can be asked to pay for those places,
as if nobody paid before it; for a gestore it is the list price.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nido.accordi.amount import first_day
from nido.accordi.clausole.base import Reserved
from nido.accordi.money import half_up
from nido.accordi.pagatori import is_company, is_there
from nido.accordi.pagatori.cofinanziamento import refunded_share
from nido.accordi.simulazione.convenzione import Convenzione, Plan
from nido.accordi.simulazione.orizzonte import Mese
from nido.report.privacy.view import View
from nido.scenari.domanda import Azienda
from nido.scenari.regole import Componente, Pagatore

CENTS_IN_EURO = 100
# Modes of a company's payer whose part is a share of what is left.
SHARES = ("quota", "quota_azienda")


@dataclass(frozen=True, slots=True)
class Pledge:
    """A contract in a month.

    Attributes
    ----------
    t, mese, azienda, gestore
        Which.
    posti
        The company's reserved places, without those left to residents.
    listino, sconto
        Price of a place after indexation, in euro; the part taken off it by volume, as far as the audience's
        own places reach.
    vuoto
        Part of the price due for an empty place.
    finestra
        Whether that part is the one of the months after a place has become empty.
    parte_posto, parte_vuoto
        The part of the price of a used and of an empty place that the audience pays at most; 1 for a gestore,
        who takes it.
    """

    t: int
    mese: str
    azienda: str
    gestore: str
    posti: int
    listino: Decimal
    sconto: Decimal
    vuoto: Decimal
    finestra: bool
    parte_posto: Decimal
    parte_vuoto: Decimal

    @property
    def pieni_cent(self) -> int:
        """Due when every place is used."""
        return _part(self.posti * self.listino * (1 - self.sconto), self.parte_posto)

    @property
    def vuoti_cent(self) -> int:
        """Due when every place is empty."""
        return _part(self.posti * self.listino * (1 - self.sconto) * self.vuoto, self.parte_vuoto)


def _part(euro: Decimal, share: Decimal) -> int:
    """Round the whole price, then the part of it, as the ledger does."""
    return half_up(share * half_up(euro * CENTS_IN_EURO))


def pledges_of(view: View, plan: Plan) -> tuple[Pledge, ...]:
    """List what the contracts of a company or gestore bind it to.

    Parameters
    ----------
    view
        What it may see.
    plan
        The plan, laid out.

    Returns
    -------
    tuple of Pledge
        Contract by contract, month by month; no month in which nothing is reserved by place and month.
    """
    signed = {(row.azienda, row.gestore) for row in view.agreements}
    mine = [one for one in plan.convenzioni if one.key in signed]
    reserved = {
        (mese.t, one.posizione): _reserved(one, mese, len(plan.mesi)) for one in mine for mese in plan.mesi
    }
    together: Mapping[tuple[int, str], int] = _sums(mine, reserved)
    return tuple(pledge for one in mine for pledge in _pledges(view, plan, one, reserved, together))


def _reserved(one: Convenzione, mese: Mese, horizon: int) -> int:
    """Places of a month when nothing happens."""
    base, terms = one.places(mese), one.terms
    lives = mese.t < terms.end((), horizon) and base > 0 and mese.stagione is not None
    return terms.reserves(base) if lives and terms.lives(mese.stagione or "") else 0


def _sums(
    mine: Iterable[Convenzione], reserved: Mapping[tuple[int, int], int]
) -> Mapping[tuple[int, str], int]:
    """Add up the visible places by company and by gestore."""
    owners = {one.posizione: one.key for one in mine}
    found: dict[tuple[int, str], int] = defaultdict(int)
    for (t, position), places in reserved.items():
        azienda, gestore = owners[position]
        found[t, f"a {azienda}"] += places
        found[t, f"g {gestore}"] += places
    return found


def _pledges(
    view: View,
    plan: Plan,
    one: Convenzione,
    reserved: Mapping[tuple[int, int], int],
    together: Mapping[tuple[int, str], int],
) -> Iterator[Pledge]:
    terms, age = one.terms, 0
    (azienda, gestore), stack = one.key, plan.scenario.pagatori
    for mese in plan.mesi:
        places = reserved[mese.t, one.posizione]
        listed = terms.prices(mese.t).posto
        if not places or not listed:
            age = 0
            continue
        counts = Reserved(places, together[mese.t, f"a {azienda}"], together[mese.t, f"g {gestore}"])
        price, share = terms.place_price(mese.t, counts), terms.share(age, resold=False)
        whole = view.audience == "gestore"
        day = first_day(mese.mese)
        yield Pledge(
            t=mese.t,
            mese=mese.mese,
            azienda=azienda,
            gestore=gestore,
            posti=places - terms.residents(places),
            listino=listed,
            sconto=round(1 - price / listed, 12).normalize(),
            vuoto=share,
            finestra=share != terms.share(terms.window, resold=False),
            parte_posto=Decimal(1) if whole else company_part(stack, one.azienda, "posto", day),
            parte_vuoto=Decimal(1) if whole else company_part(stack, one.azienda, "vuoto", day),
        )
        age += 1


def company_part(stack: Iterable[Pagatore], azienda: Azienda, component: Componente, day: date) -> Decimal:
    """Give the part of a price that a company pays at most, as if nobody paid before it.

    Parameters
    ----------
    stack
        Payers, the first one first.
    azienda, component, day
        Who, of what, when.

    Returns
    -------
    Decimal
        From 0 to 1. A sum per child, or a price less the fee, counts as all that is left; what is co-financed
        is taken off.
    """
    parts: dict[str, Decimal] = {}
    for payer in stack:
        if component not in payer.voci or not is_there(payer, day):
            continue
        if is_company(payer):
            left = 1 - sum(parts.values(), Decimal(0))
            share = azienda.quota if payer.modo == "quota_azienda" else payer.quota
            parts[payer.id] = left * (share if payer.modo in SHARES else Decimal(1))
        elif payer.modo == "cofinanziamento" and payer.di in parts:
            parts[payer.di] *= 1 - refunded_share(payer, azienda)
    return sum(parts.values(), Decimal(0))
