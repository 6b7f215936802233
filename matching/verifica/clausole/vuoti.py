"""Empty places of a convention: their age, who may use them and what is due (docs/clausole.md, section 6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from nido.matching.verifica.clausole.mesi import SEPTEMBER, Month, months_of_days
from nido.scenari.clausole import Clausole


@dataclass(slots=True)
class Empty:
    """One empty place: months since it became empty, and whether it has been given to others or is kept."""

    age: int = 0
    resold: bool = False
    blocked: bool = False
    new: bool = False

    @property
    def free(self) -> bool:
        """Whether the company, or a guest, may use it."""
        return not self.resold and not self.blocked


def window(clauses: Clausole) -> int:
    """Months in which an empty place stays with the company whatever happens."""
    return months_of_days(clauses.sostituzione.giorni) if clauses.sostituzione else 0


def grow_old(empties: Iterable[Empty], month: Month) -> None:
    """Let a month pass for the places that were empty before it (point 1)."""
    for place in empties:
        place.age, place.new = place.age + 1, False
        if month.in_year == SEPTEMBER:
            if place.resold:
                place.age = 0
            place.resold = place.blocked = False


def take_away(empties: list[Empty], number: int) -> None:
    """Take places from a list as long as there are any: free, then blocked, then resold (points 2 and 6)."""
    for _ in range(min(number, len(empties))):
        free = [place for place in empties if place.free]
        blocked = [place for place in empties if place.blocked]
        leaving = oldest(free or blocked or empties)
        empties[:] = [place for place in empties if place is not leaving]


def oldest(empties: Iterable[Empty]) -> Empty | None:
    """Find the place with most age."""
    return max(empties, key=lambda place: place.age, default=None)


def block(empties: list[Empty], number: int) -> None:
    """Add the places that are blocked from this month on (point 3)."""
    empties += [Empty(blocked=True, new=True) for _ in range(number)]


def sell(empties: Iterable[Empty], clauses: Clausole) -> None:
    """Give to others the places that have been empty for long enough (point 4)."""
    market = clauses.rilascio_mercato
    for place in empties:
        if market is not None and not place.new and place.age >= window(clauses) + market.mesi_rivendita:
            place.resold, place.blocked = True, False


def match(empties: list[Empty], number: int) -> None:
    """Make the list as long as there are empty places (point 6)."""
    empties += [Empty() for _ in range(number - len(empties))]
    take_away(empties, len(empties) - number)


def taken(empties: Iterable[Empty]) -> int:
    """Count the places that no further child of the company may use."""
    return sum(not place.free for place in empties)


def due(place: Empty, clauses: Clausole, provider_share: Fraction) -> Fraction:
    """Part of the price that is due for an empty place."""
    own = clauses.vuoto_per_pieno
    whole = provider_share if own is None else Fraction(own.quota)
    replacing = clauses.sostituzione
    if replacing is not None and replacing.quota is not None and place.age < window(clauses):
        return Fraction(replacing.quota)
    if place.resold and clauses.rilascio_mercato is not None:
        return whole * (1 - Fraction(clauses.rilascio_mercato.credito))
    return whole
