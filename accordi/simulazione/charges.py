"""What a convention charges for the places of a month and for the stays of a child (docs/clausole.md, 9)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from nido.accordi.amount import Amount, first_day
from nido.accordi.clausole.base import Prices, Use
from nido.accordi.simulazione.convenzione import Convenzione, Plan
from nido.accordi.simulazione.orizzonte import Mese
from nido.matching.presence import MonthOfSite
from nido.scenari.regole import VoceRegistro

MINUTES_IN_HOUR = 60

# Component -> unit, and key of its price.
UNITS: Mapping[str, tuple[str, str]] = {
    "ora": ("ora_bambino", "ora_bambino"),
    "pasto": ("giorno", "pasto_giorno"),
}


class Places(NamedTuple):
    """All that decides what the places of a convention owe in a month, beside the two.

    Attributes
    ----------
    paid, price
        Places in use, and the price of one in euro.
    ammessi
        The children admitted.
    vuoti
        (part of the price due, places).
    lent
        (position of the lender, price of its places, guests in order).
    fonti
        Whose hours those have who stay there; only where a minimum is due.
    """

    paid: Decimal
    price: Decimal
    ammessi: tuple[str, ...]
    vuoti: tuple[tuple[Decimal, int], ...]
    lent: tuple[tuple[int, Decimal, tuple[str, ...]], ...]
    fonti: tuple[str, ...]


class Stay(NamedTuple):
    """A month that a child spends in a convention: its position, and whose hours the child has."""

    t: int
    fonte: str


class Charges:
    """What a convention charges; amounts of zero are among them.

    Parameters
    ----------
    plan
        The plan.
    convenzione
        The convention.
    """

    def __init__(self, plan: Plan, convenzione: Convenzione) -> None:
        self._plan, self._convenzione, self._gestore = plan, convenzione, convenzione.gestore
        self._source = f"gestori.{convenzione.gestore.id}"

    def of_places(self, mese: Mese, places: Places) -> Iterator[Amount]:
        """Charge the places in use, those of guests, the empty ones and the minimums of a month."""
        source = f"{self._source}.prezzi.posto_mese"
        yield self._of_month(mese, "posto", (places.paid, "posto_mese", places.price, source), places.ammessi)
        for _, price, guests in places.lent:
            yield self._of_month(mese, "posto", (Decimal(len(guests)), "posto_mese", price, source), guests)
        source = f"{source} × {self._source}.vuoto_per_pieno"
        for share, empty in places.vuoti:
            terms = (Decimal(empty), "posto_mese", places.price * share, source)
            yield self._of_month(mese, "vuoto", terms, places.ammessi)
        if self._convenzione.terms.has_minimum:
            for due in self._convenzione.terms.minimum(self._use(mese, places.fonti)):
                yield self._of_month(mese, "vuoto", (due.quantita, due.unita, due.prezzo, due.fonte), ())

    def of_stays(self, bambino: str, stays: Sequence[Stay]) -> Iterator[Amount]:
        """Charge fasce, hours and meals of a child in a period; `stays` are not empty."""
        yield from self._fasce(bambino, stays)
        yield from self._by_price(bambino, stays, "ora")
        yield from self._by_price(bambino, stays, "pasto")

    def _use(self, mese: Mese, fonti: Sequence[str]) -> Use:
        gestore = self._gestore
        site = self._plan.site(gestore.id, mese)
        opened = frozenset(
            fascia.id
            for fascia in gestore.fasce
            if (gestore.id, fascia.id, mese.stagione) in self._plan.aperte
            and mese.riferimento in self._plan.presence.fasce.get((gestore.id, fascia.id), ())
        )
        booked = Counter(fascia for fonte in fonti for fascia in self._booked(mese, fonte))
        minutes = sum(site.minutes[fonte] for fonte in fonti) if site is not None else 0
        return Use(gestore, self._convenzione.terms.prices(mese.t), opened, booked, minutes)

    def _booked(self, mese: Mese, fonte: str) -> Iterator[str]:
        assignment = self._plan.served[fonte, mese.stagione or ""]
        for fascia, months in assignment.mesi_fascia.items():
            if mese.riferimento in months:
                yield fascia

    def _fasce(self, bambino: str, stays: Sequence[Stay]) -> Iterator[Amount]:
        months = [(self._plan.mesi[stay.t], stay.fonte) for stay in stays]
        booked = [(mese, frozenset(self._booked(mese, fonte))) for mese, fonte in months]
        for fascia in self._gestore.fasce:
            source = f"{self._source}.fasce.{fascia.id}.prezzo_mese"
            for mese, names in booked:
                if fascia.id in names:
                    price = self._convenzione.terms.prices(mese.t).fasce[fascia.id]
                    terms = (Decimal(1), "bambino_mese", price, source)
                    yield self._of_month(mese, "fascia", terms, (bambino,), bambino, fascia.id)

    def _by_price(self, bambino: str, stays: Sequence[Stay], componente: VoceRegistro) -> Iterator[Amount]:
        """Charge hours or meals: one amount for each price of the period."""
        terms, (priced, quantity) = self._convenzione.terms, MEASURES[componente]
        if not priced(terms.prices(0)):
            return
        unit, key = UNITS[componente]
        period = self._plan.mesi[stays[0].t].periodo
        first: dict[Decimal, Mese] = {}
        for mese in self._plan.mesi:
            if mese.periodo == period:
                first.setdefault(priced(terms.prices(mese.t)), mese)
        grouped: dict[Decimal, list[Stay]] = defaultdict(list)
        for stay in stays:
            grouped[priced(terms.prices(stay.t))].append(stay)
        for price, mine in grouped.items():
            yield Amount(
                data=first_day(first[price].mese),
                azienda=self._convenzione.azienda.id,
                gestore=self._gestore.id,
                stagione=first[price].stagione or "",
                bambino=bambino,
                componente=componente,
                quantita=sum((quantity(self._site(stay), stay.fonte) for stay in mine), Decimal(0)),
                unita=unit,
                prezzo=price,
                fonte=f"{self._source}.prezzi.{key}",
                bambini=(bambino,),
                mesi=tuple(self._plan.mesi[stay.t].mese for stay in mine),
            )

    def _site(self, stay: Stay) -> MonthOfSite:
        site = self._plan.site(self._gestore.id, self._plan.mesi[stay.t])
        assert site is not None
        return site

    def _of_month(
        self,
        mese: Mese,
        componente: VoceRegistro,
        terms: tuple[Decimal, str, Decimal, str],
        bambini: tuple[str, ...],
        bambino: str | None = None,
        fascia: str | None = None,
    ) -> Amount:
        """Write an amount of a month; `terms` are quantity, unit, unit price and its source."""
        quantita, unita, prezzo, fonte = terms
        return Amount(
            data=first_day(mese.mese),
            azienda=self._convenzione.azienda.id,
            gestore=self._gestore.id,
            stagione=mese.stagione or "",
            bambino=bambino,
            componente=componente,
            quantita=quantita,
            unita=unita,
            prezzo=prezzo,
            fonte=fonte,
            bambini=bambini,
            mesi=(mese.mese,),
            fascia=fascia,
        )


def _minutes(site: MonthOfSite, fonte: str) -> Decimal:
    return Decimal(site.minutes[fonte]) / MINUTES_IN_HOUR


def _meals(site: MonthOfSite, fonte: str) -> Decimal:
    return Decimal(site.meals[fonte])


def _hour_price(prices: Prices) -> Decimal:
    return prices.ora


def _meal_price(prices: Prices) -> Decimal:
    return prices.pasto


# Component -> its price, and how much of it a child has in a month.
MEASURES: Mapping[str, tuple[Callable[[Prices], Decimal], Callable[[MonthOfSite, str], Decimal]]] = {
    "ora": (_hour_price, _minutes),
    "pasto": (_meal_price, _meals),
}
