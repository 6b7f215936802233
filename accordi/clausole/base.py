"""What a clause may act on: one hook for each point at which an agreement's months and prices can differ."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from nido.scenari.offerta import Gestore

DAYS_IN_MONTH = 30


@dataclass(frozen=True, slots=True)
class Prices:
    """Unit prices of a convention in one of its years, in euro; `fasce` by id."""

    posto: Decimal
    ora: Decimal
    pasto: Decimal
    fasce: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Empty:
    """An empty place when its price is reckoned.

    Attributes
    ----------
    age
        Months since it became empty, 0 the first.
    resold
        Whether the provider has given it to another family.
    window
        Months in which it stays with the company.
    """

    age: int
    resold: bool
    window: int


@dataclass(frozen=True, slots=True)
class Reserved:
    """Reserved places of a month: of the agreement, of its company everywhere, of its provider for all."""

    accordo: int
    azienda: int
    gestore: int


@dataclass(frozen=True, slots=True)
class Use:
    """What a convention uses in a month.

    Attributes
    ----------
    gestore, prices
        Its provider and prices.
    open_fasce
        Fasce that are open in the season and have a day in the month.
    booked
        Bookings of each fascia.
    minutes
        Covered minutes.
    """

    gestore: Gestore
    prices: Prices
    open_fasce: frozenset[str]
    booked: Mapping[str, int]
    minutes: int


@dataclass(frozen=True, slots=True)
class Guarantee:
    """What is due for a minimum that was not used: quantity, unit, unit price in euro and its source."""

    quantita: Decimal
    unita: str
    prezzo: Decimal
    fonte: str


@dataclass(frozen=True, slots=True)
class Lending:
    """Where a waiting child may use a place lent by another convention."""

    tra_gestori: bool
    tra_aziende: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: where it comes from, and the hooks by which it acts. Every hook takes first what was agreed.

    Attributes
    ----------
    nome
        Its key in the scenario.
    fonte
        Who agrees such a clause (docs/clausole.md, last table).
    earliest
        -> first month in which notice may take effect.
    notice
        -> months between notice and effect.
    ends
        (first expiry or None, months of withdrawal in order) -> month from which the convention is over.
    lives
        (season) -> whether the convention holds in it.
    reserves
        (places) -> places.
    residents
        (places) -> those of them left to residents.
    window
        -> months in which an empty place stays with the company.
    resells
        -> months after the window after which an empty place is resold.
    share
        (empty place, part of its price due so far) -> part due.
    releases
        (month of the year, 1 to 12) -> months after which the empty places are given back, or None.
    blocks
        -> whether the place of who leaves stays empty.
    lends
        -> where a waiting child may be a guest.
    guarantees
        -> whether a further child has a right to a place.
    sends_back
        (places declined) -> whether the child goes to the end of the list.
    reprices
        (price in euro) -> price of the next year.
    discounts
        (reserved places) -> part taken off the price of a place.
    minimum
        (use of the month) -> what is due for what was not used.
    holds
        (price of a place in the first month, reserved places) -> deposit in cents.
    """

    nome: str
    fonte: str
    earliest: Callable[[Any], int] | None = None
    notice: Callable[[Any], int] | None = None
    ends: Callable[[Any, int | None, Sequence[int]], int] | None = None
    lives: Callable[[Any, str], bool] | None = None
    reserves: Callable[[Any, int], int] | None = None
    residents: Callable[[Any, int], int] | None = None
    window: Callable[[Any], int] | None = None
    resells: Callable[[Any], int] | None = None
    share: Callable[[Any, Empty, Decimal], Decimal] | None = None
    releases: Callable[[Any, int], int | None] | None = None
    blocks: Callable[[Any], bool] | None = None
    lends: Callable[[Any], Lending] | None = None
    guarantees: Callable[[Any], bool] | None = None
    sends_back: Callable[[Any, int], bool] | None = None
    reprices: Callable[[Any, Decimal], Decimal] | None = None
    discounts: Callable[[Any, Reserved], Decimal] | None = None
    minimum: Callable[[Any, Use], Iterable[Guarantee]] | None = None
    holds: Callable[[Any, Decimal, int], int] | None = None


def whole_months(days: int) -> int:
    """Give the months of a clause's days: thirty days each, rounded up."""
    return -(-days // DAYS_IN_MONTH)
