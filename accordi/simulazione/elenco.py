"""The empty places of a convention, with their age, from month to month (docs/clausole.md, section 6)."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

SEPTEMBER = 9
# In the order in which places leave the list.
FREE, BLOCKED, RESOLD = range(3)


@dataclass(slots=True)
class _Place:
    age: int = 0
    state: int = FREE


class Elenco:
    """The empty places of one convention."""

    def __init__(self) -> None:
        self._places: list[_Place] = []

    @property
    def taken(self) -> int:
        """Places that no child may enter: blocked or resold."""
        return sum([place.state != FREE for place in self._places])

    @property
    def free(self) -> int:
        """Places that a child may enter."""
        return len(self._places) - self.taken

    def count(self, state: int) -> int:
        """Count the places in a state."""
        return sum([place.state == state for place in self._places])

    def clear(self) -> None:
        """Forget every place: the convention is not in force."""
        self._places = []

    def begin(self, del_anno: int, fewer: int) -> None:
        """Begin a month: places grow older, September gives them back, and some are given up.

        Parameters
        ----------
        del_anno
            Month of the year.
        fewer
            Places by which the company's have fallen since the month before.
        """
        for place in self._places:
            place.age += 1
            if del_anno == SEPTEMBER:
                place.age = 0 if place.state == RESOLD else place.age
                place.state = FREE
        self._remove(fewer)

    def resell(self, age: int) -> None:
        """Give every place of at least an age to another family."""
        for place in self._places:
            if place.age >= age:
                place.state = RESOLD

    def block(self, count: int) -> None:
        """Add places that no child may enter until September."""
        self._places += [_Place(state=BLOCKED) for _ in range(count)]

    def settle(self, empty: int) -> None:
        """Bring the list to the empty places of the month."""
        self._remove(len(self._places) - empty)
        self._places += [_Place() for _ in range(empty - len(self._places))]

    def lend(self) -> None:
        """Take out the oldest free place: a guest uses it."""
        self._remove(1)

    def by_share(self, share: Callable[[int, bool], Decimal]) -> tuple[tuple[Decimal, int], ...]:
        """Count the places by the part of the price that is due, the highest part first."""
        found: dict[Decimal, int] = {}
        for place in self._places:
            due = share(place.age, place.state == RESOLD)
            found[due] = found.get(due, 0) + 1
        return tuple(sorted(found.items(), reverse=True))

    def _remove(self, count: int) -> None:
        if count > 0:
            self._places.sort(key=lambda place: (place.state, -place.age))
            del self._places[:count]
