"""The curve through the plan, recomputed: its children, then the same again (docs/modello.md, section 17)."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, cycle, islice
from typing import Any

from nido.matching.verifica.caso import BASE
from nido.matching.verifica.curve import Point, is_counted, judged, without
from nido.matching.verifica.fila import part_costs, place_incomes
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.posti import offered
from nido.matching.verifica.tempo import fasce_of
from nido.matching.verifica.violazione import half_up

# Lines are rounded one by one: this much for each child is no loss.
TOLERANCE = 1


class Drawn:
    """Curves of a provider in a season.

    Parameters
    ----------
    plan, site
        The plan, and the provider in the season.
    row
        Its children in the order of applications.
    starts
        (gestore, stagione, part) -> exact cents of all the lines of cost before it.
    paid
        (bambino, part) -> cents of fascia, hours and meals.
    """

    def __init__(
        self,
        plan: Plan,
        site: tuple[str, str],
        row: Sequence[str],
        starts: Mapping[tuple[str, str, str], Fraction],
        paid: Mapping[tuple[str, str], int],
    ) -> None:
        self._plan, self._site, self._row, self._starts = plan, site, row, starts
        self._parts = (BASE, *fasce_of(plan.case, *site))
        self._most = max(offered(plan.case, *site), len(row))
        self._paid = paid

    def season(self) -> dict[str, Any]:
        """All the children, from what comes before them in the row of costs."""
        row = self._again(self._row, self._most)
        start = self._starts[*self._site, BASE]
        costs = [half_up(start + cost) - half_up(start) for cost in self._costs(row)]
        return self._judged(costs, self._incomes(row), len(self._row))

    def fascia(self, part: str) -> dict[str, Any]:
        """Those who booked a fascia, and it alone."""
        users = [name for name in self._row if part in self._plan.fasce(name, self._site[1])]
        if not users and is_counted(self._plan.case, self._site[0]):
            return without("nessun_bambino", TOLERANCE)
        row = self._again(users, self._most)
        start = self._starts[*self._site, part]
        exact = part_costs(self._plan, *self._site, part, row)
        costs = [half_up(start + cost) - half_up(start) for cost in exact]
        incomes = [*accumulate((self._paid.get((name, part), 0) for name in row), initial=0)]
        return self._judged(costs, incomes, len(users))

    def package(self, members: Collection[str]) -> dict[str, Any]:
        """What those with a package add to the others."""
        others = [name for name in self._row if name not in members]
        mine = [name for name in self._row if name in members]
        row = [*others, *self._again(mine, self._most - len(others))]
        costs, incomes = self._costs(row), self._incomes(row)
        alone = len(others)
        return self._judged(
            [half_up(cost - costs[alone]) for cost in costs[alone:]],
            [income - incomes[alone] for income in incomes[alone:]],
            len(mine),
        )

    def _again(self, row: Sequence[str], length: int) -> list[str]:
        """Repeat a row from its start up to a length."""
        return list(islice(cycle(row), length))

    def _costs(self, row: Sequence[str]) -> list[Fraction]:
        by_part = [part_costs(self._plan, *self._site, part, row) for part in self._parts]
        return [sum(column, Fraction(0)) for column in zip(*by_part, strict=True)]

    def _incomes(self, row: Sequence[str]) -> list[int]:
        own = accumulate(
            (sum(self._paid.get((name, part), 0) for part in self._parts) for name in row), initial=0
        )
        places = place_incomes(self._plan, *self._site, row)
        return [one + other for one, other in zip(own, places, strict=True)]

    def _judged(self, costs: Sequence[int], incomes: Sequence[int], planned: int) -> dict[str, Any]:
        if not is_counted(self._plan.case, self._site[0]):
            return without("personale_non_contato", TOLERANCE)
        points = [Point(n, *both) for n, both in enumerate(zip(costs, incomes, strict=True))]
        return judged(points, points[planned], TOLERANCE)
