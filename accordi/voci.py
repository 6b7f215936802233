"""What every convention owes in a course of events, before anybody pays (docs/clausole.md, section 9)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from nido.accordi.amount import Amount, first_day
from nido.accordi.clausole.base import Prices, Use
from nido.accordi.components.iva import vat_of
from nido.accordi.convenzione import Convenzione, Plan
from nido.accordi.corsa import ConvenzioneMese
from nido.accordi.listino import Listino
from nido.accordi.orizzonte import Mese, months_of
from nido.accordi.presenti import Presenti
from nido.matching.presence import MonthOfSite
from nido.scenari.regole import VoceRegistro

MINUTES_IN_HOUR = 60

PeriodKey = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Stay:
    """A child who is admitted, or a guest at its own provider, in a month."""

    month: ConvenzioneMese
    bambino: str
    fonte: str


class Voci:
    """The amounts of a course, by period and convention.

    Parameters
    ----------
    plan
        The plan.
    mesi
        Every convention and month in force.
    presenti
        The children of the course.
    """

    def __init__(self, plan: Plan, mesi: Sequence[ConvenzioneMese], presenti: Presenti) -> None:
        self._plan, self._presenti = plan, presenti
        self._listino = Listino(plan, mesi)
        self._months: dict[PeriodKey, list[ConvenzioneMese]] = defaultdict(list)
        # (month, convention whose company pays) -> position of the lender -> guests.
        self._guests: dict[PeriodKey, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        keys = {convenzione.key: convenzione.posizione for convenzione in plan.convenzioni}
        for month in mesi:
            self._months[month.mese.periodo, month.convenzione].append(month)
            for guest in month.ospiti:
                payer = keys[month.azienda, guest.gestore]
                self._guests[month.mese.t, payer][keys[guest.azienda, guest.gestore]].append(guest.bambino)
        self._periods: dict[int, list[Mese]] = defaultdict(list)
        for mese in months_of(plan.scenario):
            self._periods[mese.periodo].append(mese)

    def periods(self) -> Iterator[tuple[PeriodKey, list[Amount]]]:
        """Give the amounts of every period and convention, none of them zero.

        Yields
        ------
        tuple
            (period, convention) in this order, and its amounts in the order in which limits are used up.
        """
        for key in sorted(self._months):
            convenzione = self._plan.convenzioni[key[1]]
            stays = self._stays(self._months[key])
            parts: tuple[tuple[VoceRegistro, Any], ...] = (
                ("posto", self._places),
                ("vuoto", self._empty),
                ("fascia", self._fasce),
                ("ora", self._hours),
                ("pasto", self._meals),
            )
            owed = [(name, list(part(convenzione, self._months[key], stays))) for name, part in parts]
            vat = (amount for name, mine in owed for amount in vat_of(self._plan.scenario, name, mine))
            every = [*(amount for _, mine in owed for amount in mine), *vat]
            yield key, [amount for amount in every if amount.importo_cent]

    def _stays(self, months: Sequence[ConvenzioneMese]) -> list[_Stay]:
        """List who pays fasce, hours and meals: by child, then month."""
        found = [
            _Stay(month, bambino, month.fonti[bambino])
            for month in months
            for bambino in (
                *month.ammessi,
                *(guest.bambino for guest in month.ospiti if guest.gestore == month.gestore),
            )
        ]
        return sorted(found, key=lambda stay: (self._presenti.position(stay.bambino), stay.month.mese.t))

    def _places(
        self, convenzione: Convenzione, months: Sequence[ConvenzioneMese], stays: Sequence[_Stay]
    ) -> Iterator[Amount]:
        source = f"gestori.{convenzione.gestore.id}.prezzi.posto_mese"
        for month in months:
            t = month.mese.t
            own = self._listino.places(month)
            price = self._listino.price(t, convenzione.posizione)
            yield _of_month(month, "posto", (own, "posto_mese", price, source), month.ammessi)
            lent = self._guests.get((t, convenzione.posizione), {})
            for lender in sorted(lent):
                guests = tuple(sorted(lent[lender], key=self._presenti.position))
                price = self._listino.price(t, lender)
                count = Decimal(len(guests))
                yield _of_month(month, "posto", (count, "posto_mese", price, source), guests)

    def _empty(
        self, convenzione: Convenzione, months: Sequence[ConvenzioneMese], stays: Sequence[_Stay]
    ) -> Iterator[Amount]:
        owner = f"gestori.{convenzione.gestore.id}"
        source = f"{owner}.prezzi.posto_mese × {owner}.vuoto_per_pieno"
        for month in months:
            price = self._listino.price(month.mese.t, convenzione.posizione)
            for share, places in month.vuoti:
                terms = (Decimal(places), "posto_mese", price * share, source)
                yield _of_month(month, "vuoto", terms, month.ammessi)
            if convenzione.terms.has_minimum:
                use = self._use(convenzione, month, [stay for stay in stays if stay.month is month])
                for due in convenzione.terms.minimum(use):
                    yield _of_month(month, "vuoto", (due.quantita, due.unita, due.prezzo, due.fonte), ())

    def _use(self, convenzione: Convenzione, month: ConvenzioneMese, stays: Sequence[_Stay]) -> Use:
        gestore, reference = convenzione.gestore, month.mese.riferimento
        site = self._plan.site(gestore.id, month.mese)
        opened = frozenset(
            fascia.id
            for fascia in gestore.fasce
            if (gestore.id, fascia.id, month.stagione) in self._plan.aperte
            and reference in self._plan.presence.fasce.get((gestore.id, fascia.id), ())
        )
        booked = Counter(fascia for stay in stays for fascia in self._booked(stay))
        minutes = sum(site.minutes[stay.fonte] for stay in stays) if site is not None else 0
        return Use(gestore, convenzione.terms.prices(month.mese.t), opened, booked, minutes)

    def _booked(self, stay: _Stay) -> Iterator[str]:
        assignment = self._plan.served[stay.fonte, stay.month.stagione]
        for fascia, months in assignment.mesi_fascia.items():
            if stay.month.mese.riferimento in months:
                yield fascia

    def _fasce(
        self, convenzione: Convenzione, months: Sequence[ConvenzioneMese], stays: Sequence[_Stay]
    ) -> Iterator[Amount]:
        by_child: dict[str, list[_Stay]] = defaultdict(list)
        for stay in stays:
            by_child[stay.bambino].append(stay)
        for mine in by_child.values():
            for fascia in convenzione.gestore.fasce:
                source = f"gestori.{convenzione.gestore.id}.fasce.{fascia.id}.prezzo_mese"
                for stay in mine:
                    if fascia.id in self._booked(stay):
                        price = convenzione.terms.prices(stay.month.mese.t).fasce[fascia.id]
                        terms = (Decimal(1), "bambino_mese", price, source)
                        amount = _of_month(stay.month, "fascia", terms, (stay.bambino,), stay.bambino)
                        yield replace(amount, fascia=fascia.id)

    def _hours(
        self, convenzione: Convenzione, months: Sequence[ConvenzioneMese], stays: Sequence[_Stay]
    ) -> Iterator[Amount]:
        yield from self._by_period(
            convenzione,
            stays,
            "ora",
            lambda prices: prices.ora,
            lambda stay: Decimal(self._site(stay).minutes[stay.fonte]) / MINUTES_IN_HOUR,
        )

    def _meals(
        self, convenzione: Convenzione, months: Sequence[ConvenzioneMese], stays: Sequence[_Stay]
    ) -> Iterator[Amount]:
        yield from self._by_period(
            convenzione,
            stays,
            "pasto",
            lambda prices: prices.pasto,
            lambda stay: Decimal(self._site(stay).meals[stay.fonte]),
        )

    def _site(self, stay: _Stay) -> MonthOfSite:
        site = self._plan.site(stay.month.gestore, stay.month.mese)
        assert site is not None
        return site

    def _by_period(
        self,
        convenzione: Convenzione,
        stays: Sequence[_Stay],
        componente: VoceRegistro,
        priced: Callable[[Prices], Decimal],
        quantity: Callable[[_Stay], Decimal],
    ) -> Iterator[Amount]:
        """Give one amount for each child and price of a period."""
        if not stays or not priced(convenzione.terms.prices(0)):
            return
        unit, key = UNITS[componente]
        first: dict[Decimal, Mese] = {}
        for mese in self._periods[stays[0].month.mese.periodo]:
            first.setdefault(priced(convenzione.terms.prices(mese.t)), mese)
        grouped: dict[tuple[str, Decimal], list[_Stay]] = defaultdict(list)
        for stay in stays:
            grouped[stay.bambino, priced(convenzione.terms.prices(stay.month.mese.t))].append(stay)
        for (bambino, price), mine in grouped.items():
            yield Amount(
                data=first_day(first[price].mese),
                azienda=convenzione.azienda.id,
                gestore=convenzione.gestore.id,
                stagione=mine[0].month.stagione,
                bambino=bambino,
                componente=componente,
                quantita=sum((quantity(stay) for stay in mine), Decimal(0)),
                unita=unit,
                prezzo=price,
                fonte=f"gestori.{convenzione.gestore.id}.prezzi.{key}",
                bambini=(bambino,),
                mesi=tuple(stay.month.mese.mese for stay in mine),
            )


# Component -> unit, and key of its price.
UNITS: Mapping[str, tuple[str, str]] = {
    "ora": ("ora_bambino", "ora_bambino"),
    "pasto": ("giorno", "pasto_giorno"),
}


def _of_month(
    month: ConvenzioneMese,
    componente: VoceRegistro,
    terms: tuple[Decimal, str, Decimal, str],
    bambini: tuple[str, ...],
    bambino: str | None = None,
) -> Amount:
    """Write an amount of a month; `terms` are quantity, unit, unit price and its source."""
    quantita, unita, prezzo, fonte = terms
    return Amount(
        data=first_day(month.mese.mese),
        azienda=month.azienda,
        gestore=month.gestore,
        stagione=month.stagione,
        bambino=bambino,
        componente=componente,
        quantita=quantita,
        unita=unita,
        prezzo=prezzo,
        fonte=fonte,
        bambini=bambini,
        mesi=(month.mese.mese,),
    )
