"""The clauses of one convention, ready to act."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from nido.accordi.clausole import CLAUSES
from nido.accordi.clausole.base import Clause, Empty, Guarantee, Lending, Prices, Reserved, Use
from nido.scenari.accordo_quadro import AccordoQuadro, clauses_for
from nido.scenari.offerta import Gestore

MONTHS_IN_YEAR = 12


class Terms:
    """What was agreed between a company and a provider (docs/clausole.md, sections 2 to 9).

    Parameters
    ----------
    framework
        Common clauses and exceptions.
    azienda, gestore
        The convention.
    """

    def __init__(self, framework: AccordoQuadro, azienda: str, gestore: Gestore) -> None:
        self.gestore = gestore
        clauses = clauses_for(framework, azienda, gestore.id)
        self.agreed: dict[str, Any] = {name: value for name, value in clauses if value is not None}
        self._hooks: dict[str, list[tuple[Any, Any]]] = {}
        for clause in CLAUSES:
            if clause.nome in self.agreed:
                for name in _hooks_of(clause):
                    self._hooks.setdefault(name, []).append((self.agreed[clause.nome], getattr(clause, name)))
        self._prices: list[Prices] = [_listed(gestore)]
        self.window: int = sum(hook(value) for value, hook in self._of("window"))
        self.resells: int | None = next((hook(value) for value, hook in self._of("resells")), None)
        self.guarantees: bool = all(hook(value) for value, hook in self._of("guarantees"))
        self.blocks: bool = any(hook(value) for value, hook in self._of("blocks"))
        lent: list[Lending] = [hook(value) for value, hook in self._of("lends")]
        self.lends = Lending(any(one.tra_gestori for one in lent), any(one.tra_aziende for one in lent))

    def _of(self, name: str) -> Sequence[tuple[Any, Any]]:
        return self._hooks.get(name, ())

    @property
    def earliest(self) -> int:
        """First month in which notice may take effect."""
        months: list[int] = [hook(value) for value, hook in self._of("earliest")]
        return max(months, default=0)

    def effect(self, month: int) -> int:
        """Give the first month in which notice of a month takes effect."""
        notice: int = sum(hook(value) for value, hook in self._of("notice"))
        return max(month + notice, self.earliest)

    def end(self, withdrawn: Sequence[int], horizon: int) -> int:
        """Give the month from which the convention is over.

        Parameters
        ----------
        withdrawn
            Months in which the company withdrew, in order.
        horizon
            Months of the simulation.
        """
        for value, hook in self._of("ends"):
            return int(hook(value, self.earliest or None, withdrawn))
        return min(horizon, *(self.effect(month) for month in withdrawn)) if withdrawn else horizon

    def lives(self, stagione: str) -> bool:
        """Tell whether the convention holds in a season."""
        return all(hook(value, stagione) for value, hook in self._of("lives"))

    def reserves(self, places: int) -> int:
        """Bring reserved places within what was agreed."""
        for value, hook in self._of("reserves"):
            places = hook(value, places)
        return places

    def residents(self, places: int) -> int:
        """Give the reserved places that are not the company's."""
        hooks = self._of("residents")
        return sum([hook(value, places) for value, hook in hooks]) if hooks else 0

    def share(self, age: int, resold: bool) -> Decimal:
        """Give the part of the price due for an empty place."""
        empty, due = Empty(age, resold, self.window), self.gestore.vuoto_per_pieno
        for value, hook in self._of("share"):
            due = hook(value, empty, due)
        return due

    def releases(self, month: int) -> int | None:
        """Give the months after which the empty places of a month of the year are given back, or None."""
        found = (hook(value, month) for value, hook in self._of("releases"))
        return next((months for months in found if months is not None), None)

    def sends_back(self, declined: int) -> bool:
        """Tell whether a family that declined so many places goes to the end of the list."""
        return any(hook(value, declined) for value, hook in self._of("sends_back"))

    def prices(self, month: int) -> Prices:
        """Give the prices of a month: those of the list, changed at every anniversary."""
        while len(self._prices) <= month // MONTHS_IN_YEAR:
            self._prices.append(self._next_year(self._prices[-1]))
        return self._prices[month // MONTHS_IN_YEAR]

    def _next_year(self, last: Prices) -> Prices:
        fasce = {name: self._repriced(price) for name, price in last.fasce.items()}
        return Prices(self._repriced(last.posto), self._repriced(last.ora), self._repriced(last.pasto), fasce)

    def _repriced(self, price: Decimal) -> Decimal:
        for value, hook in self._of("reprices"):
            price = hook(value, price)
        return price

    def place_price(self, month: int, reserved: Reserved) -> Decimal:
        """Give the price of a place in a month, discounts taken off, not rounded."""
        price = self.prices(month).posto
        for value, hook in self._of("discounts"):
            price *= 1 - hook(value, reserved)
        return price

    def minimum(self, use: Use) -> Iterator[Guarantee]:
        """Give what is due for the minimums that a month did not use."""
        for value, hook in self._of("minimum"):
            yield from hook(value, use)

    @property
    def has_minimum(self) -> bool:
        """Whether something is due for what is not used, beside empty places."""
        return bool(self._of("minimum"))

    def holds(self, places: int) -> int:
        """Give the deposit for some reserved places, in cents."""
        return sum(hook(value, self._prices[0].posto, places) for value, hook in self._of("holds"))


def _hooks_of(clause: Clause) -> Iterator[str]:
    for name in Clause.__slots__:
        if name not in ("nome", "fonte") and getattr(clause, name) is not None:
            yield name


def _listed(gestore: Gestore) -> Prices:
    fasce = {fascia.id: fascia.prezzo_mese for fascia in gestore.fasce}
    return Prices(gestore.prezzi.posto_mese, gestore.prezzi.ora_bambino, gestore.prezzi.pasto_giorno, fasce)
