"""The plan's course month by month, one row for each agreement: only the district's documents read it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from nido.accordi.money import cents
from nido.accordi.simulazione.convenzione import Convenzione, Plan
from nido.accordi.simulazione.corsa import ConvenzioneMese, Corsa
from nido.accordi.simulazione.listino import Listino
from nido.accordi.simulazione.orizzonte import MONTHS_IN_YEAR
from nido.scenari.clausole import Rinnovo

DIGITS = 12
Step = Literal["prezzi", "recesso", "rinnovo", "rilascio", "fine"]


@dataclass(frozen=True, slots=True)
class PlanMonth:
    """A convention in a month of the plan's course.

    Attributes
    ----------
    t, mese, azienda, gestore, stagione
        Which: its position in the life, its name, the agreement.
    riservati, residenti, usati, prestati
        Places, as in accordi.json.
    pagati
        Places that it pays as used: those in use, or its part of those shared.
    vuoti
        (part of the price due, places), the highest first.
    rivenduti
        How many of the empty ones are resold.
    listino, sconto
        Price of a place after indexation, in euro; the part taken off it.
    usati_cent, vuoti_cent, altro_cent
        Whole price of used and of empty places, whoever pays it; everything else due with that date: fasce,
        hours, meals, guests, minimums, VAT.
    passi
        What falls into the month by contract.
    """

    t: int
    mese: str
    azienda: str
    gestore: str
    stagione: str
    riservati: int
    residenti: int
    usati: int
    prestati: int
    pagati: Decimal
    vuoti: tuple[tuple[Decimal, int], ...]
    rivenduti: int
    listino: Decimal
    sconto: Decimal
    usati_cent: int
    vuoti_cent: int
    altro_cent: int
    passi: tuple[Step, ...]

    @property
    def posti_cent(self) -> int:
        """Due for its places."""
        return self.usati_cent + self.vuoti_cent

    @property
    def totale_cent(self) -> int:
        """Everything due with that date."""
        return self.posti_cent + self.altro_cent


def plan_months(plan: Plan, corsa: Corsa) -> tuple[PlanMonth, ...]:
    """Lay out the plan's course, convention by convention, month by month.

    Parameters
    ----------
    plan
        The plan.
    corsa
        Its course without events, with months and lines.
    """
    due: dict[tuple[str, str, str], int] = defaultdict(int)
    for riga in corsa.righe:
        due[f"{riga.data:%Y-%m}", riga.azienda, riga.gestore] += riga.importo_cent
    listino = Listino(plan, corsa.mesi)
    last = {month.convenzione: month.mese.t for month in corsa.mesi}
    ordered = sorted(corsa.mesi, key=lambda month: (month.convenzione, month.mese.t))
    return tuple(
        _month(plan, listino, month, due[month.mese.mese, month.azienda, month.gestore], last)
        for month in ordered
    )


def _month(plan: Plan, listino: Listino, month: ConvenzioneMese, due: int, last: dict[int, int]) -> PlanMonth:
    convenzione, t = plan.convenzioni[month.convenzione], month.mese.t
    listed, price = convenzione.terms.prices(t).posto, listino.price(t, month.convenzione)
    paid = listino.places(month)
    used = cents(paid * price)
    empty = sum(cents(Decimal(places) * price * share) for share, places in month.vuoti)
    return PlanMonth(
        t=t,
        mese=month.mese.mese,
        azienda=month.azienda,
        gestore=month.gestore,
        stagione=month.stagione,
        riservati=month.riservati,
        residenti=month.residenti,
        usati=month.usati,
        prestati=month.prestati,
        pagati=paid,
        vuoti=month.vuoti,
        rivenduti=month.rivenduti,
        listino=listed,
        sconto=_discount(listed, price),
        usati_cent=used,
        vuoti_cent=empty,
        altro_cent=due - used - empty,
        passi=tuple(_steps(convenzione, month, t == last[month.convenzione])),
    )


def _discount(listed: Decimal, price: Decimal) -> Decimal:
    """Give the part taken off a price; the division may leave a last digit that no clause has."""
    return round(1 - price / listed, DIGITS).normalize() if listed else Decimal(0)


def _steps(convenzione: Convenzione, month: ConvenzioneMese, ends: bool) -> Iterator[Step]:
    """Give what the clauses put into a month."""
    terms, t = convenzione.terms, month.mese.t
    if t and t % MONTHS_IN_YEAR == 0 and "indicizzazione" in terms.agreed:
        yield "prezzi"
    renewal = terms.agreed.get("rinnovo")
    if isinstance(renewal, Rinnovo):
        first = terms.earliest or renewal.mesi
        expiries = [first + step * renewal.mesi for step in range(renewal.volte + 1)]
        if t in (expiry - renewal.preavviso_mesi for expiry in expiries[:-1]):
            yield "recesso"
        if t in expiries[:-1]:
            yield "rinnovo"
    if terms.releases(month.mese.del_anno) is not None:
        yield "rilascio"
    if ends:
        yield "fine"
