"""The curve through the plan: its own children, then copies of them (docs/modello.md, section 17)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from nido.accordi.gestore.curva import Curva, Punto, curve, missing
from nido.accordi.gestore.fila import Queue
from nido.matching.money import half_up

# The ledger rounds every line: up to a cent for each child is no loss.
TOLERANCE = 1


class PlanCurves:
    """Curves of one provider in one season through the plan's own point.

    Parameters
    ----------
    children
        The children's costs and revenues.
    queue
        Served pairs of the site in the order of applications.
    before
        (site, unit) -> exact cost of all the lines before, in cents.
    """

    def __init__(
        self, children: Queue, queue: Sequence[int], before: Mapping[tuple[int, int], Fraction]
    ) -> None:
        self._children = children
        self._queue = list(queue)
        self._before = before
        self._most = max(children.places, len(self._queue))

    def users(self, unit: int) -> list[int]:
        """Give the pairs that use a unit, in order."""
        return [pair for pair in self._queue if self._children.attends(pair, unit)]

    def season(self) -> Curva:
        """Draw all the children."""
        longer = _longer(self._queue, self._most)
        costs = self._from(0, self._children.costs(longer))
        return self._drawn(costs, self._children.incomes(longer), len(self._queue))

    def fascia(self, unit: int) -> Curva:
        """Draw the children of one fascia, and it alone."""
        users = self.users(unit)
        if not users and self._children.counted:
            return missing("nessun_bambino", TOLERANCE)
        longer = _longer(users, self._most)
        costs = self._from(unit, self._children.costs(longer, [unit]))
        return self._drawn(costs, self._children.earned(longer, unit), len(users))

    def package(self, pairs: Sequence[int]) -> Curva:
        """Draw what the children of a package add to all the others."""
        others = [pair for pair in self._queue if pair not in pairs]
        everybody = others + _longer(pairs, self._most - len(others))
        costs = self._children.costs(everybody)[len(others) :]
        incomes = self._children.incomes(everybody)[len(others) :]
        return self._drawn(
            [half_up(cost - costs[0]) for cost in costs],
            [income - incomes[0] for income in incomes],
            len(pairs),
        )

    def _from(self, unit: int, costs: Sequence[Fraction]) -> list[int]:
        """Round as the lines of the plan's cost are: each a difference of running totals."""
        start = self._before[self._children.site, unit]
        return [half_up(start + cost) - half_up(start) for cost in costs]

    def _drawn(self, costs: Sequence[int], incomes: Sequence[int], planned: int) -> Curva:
        if not self._children.counted:
            return missing("personale_non_contato", TOLERANCE)
        points = [Punto(n, *both) for n, both in enumerate(zip(costs, incomes, strict=True))]
        return curve(points, points[planned], TOLERANCE)


def _longer(queue: Sequence[int], length: int) -> list[int]:
    """Begin a queue again until it is long enough."""
    return [queue[place % len(queue)] for place in range(length)] if queue else []
