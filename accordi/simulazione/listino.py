"""What the places of a course cost, month by month: discounts, and places shared among companies."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from nido.accordi.clausole.base import Reserved
from nido.accordi.condivisione import divide_places
from nido.accordi.simulazione.convenzione import Plan
from nido.accordi.simulazione.corsa import ConvenzioneMese

MonthKey = tuple[int, int]


class Listino:
    """Prices and quantities of the places of a course.

    Parameters
    ----------
    plan
        The plan.
    mesi
        Every convention and month in force.
    """

    def __init__(self, plan: Plan, mesi: Sequence[ConvenzioneMese]) -> None:
        self._plan = plan
        self._months = {(month.mese.t, month.convenzione): month for month in mesi}
        self._by_company: dict[tuple[int, str], int] = defaultdict(int)
        self._by_provider: dict[tuple[int, str], int] = defaultdict(int)
        for month in mesi:
            self._by_company[month.mese.t, month.azienda] += month.riservati
            self._by_provider[month.mese.t, month.gestore] += month.riservati
        self._prices: dict[MonthKey, Decimal] = {}
        shared = plan.scenario.regole.posti_riservati.condivisione_tra_aziende
        self._parts = _parts(mesi) if shared else None

    def price(self, t: int, convenzione: int) -> Decimal:
        """Give the price of a place in a month, with the discount of a convention, in euro, not rounded."""
        key = (t, convenzione)
        if key not in self._prices:
            month = self._months[key]
            reserved = Reserved(
                month.riservati,
                self._by_company[t, month.azienda],
                self._by_provider[t, month.gestore],
            )
            self._prices[key] = self._plan.convenzioni[convenzione].terms.place_price(t, reserved)
        return self._prices[key]

    def places(self, month: ConvenzioneMese) -> Decimal:
        """Give the places that a month pays: those in use, or the company's part of those used together."""
        if self._parts is None:
            return Decimal(month.usati)
        return self._parts[month.mese.t, month.convenzione]


def _parts(mesi: Sequence[ConvenzioneMese]) -> Mapping[MonthKey, Decimal]:
    """Divide the places used together at every provider, by the minutes of the whole period."""
    minutes: dict[tuple[int, int], int] = defaultdict(int)
    by_site: dict[tuple[int, str], list[ConvenzioneMese]] = defaultdict(list)
    for month in mesi:
        minutes[month.mese.periodo, month.convenzione] += month.minuti
        by_site[month.mese.t, month.gestore].append(month)
    found: dict[MonthKey, Decimal] = {}
    for (t, _), months in by_site.items():
        weights = [minutes[month.mese.periodo, month.convenzione] for month in months]
        parts = divide_places(months[0].insieme, [month.usati for month in months], weights)
        found |= {(t, month.convenzione): part for month, part in zip(months, parts, strict=True)}
    return found
