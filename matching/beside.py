"""A plan with one request moved: what that breaks and costs, reckoned from what the move touches alone."""

from collections.abc import Collection
from dataclasses import replace

from nido.matching.draft import Draft
from nido.matching.objective import TIERS
from nido.matching.plan import Plan
from nido.matching.row_check import RowCheck

# The only tier that is not a sum over sites.
WHOLE = "equita"


class Beside:
    """A plan to which a pair is added, perhaps in the place of another one of the same request.

    Parameters
    ----------
    draft, rows
        The model and its rows.
    plan
        The plan.
    needs_staff
        True when the rows about staff count too.
    """

    def __init__(self, draft: Draft, rows: RowCheck, plan: Plan, needs_staff: bool) -> None:
        self.plan = plan
        self._draft, self._rows = draft, rows
        self._point = rows.at(draft.complete(plan, staff=needs_staff))
        self._staff = {
            site: tuple(entry for entry in draft.staff if entry.site == site)
            for site in range(len(draft.instance.sites))
        }
        self._values: dict[tuple[str, frozenset[int]], int] = {}

    def with_pair(self, pair: int, units: Collection[int], instead_of: int | None) -> Plan:
        """Give the plan with a pair in some fasce, in the place of another pair."""
        kept = [entry for entry in self.plan.served if entry != instead_of]
        left = (key for key in self.plan.booked if key[0] != instead_of)
        booked = frozenset((*left, *((pair, unit) for unit in units)))
        return Plan(self._draft.instance, (*kept, pair), booked)

    def broken(self, together: Plan, moved: Collection[int]) -> dict[int, int]:
        """Give the rows that a plan breaks when it differs from this one by some pairs, and by how much."""
        variables, pairs = self._draft.variables, self._draft.instance.pairs
        served = {variables.serve[pair]: int(together.attends(pair, 0)) for pair in moved}
        booked = {
            variables.book[pair, unit]: int(together.attends(pair, unit))
            for pair in moved
            for unit in pairs[pair].unit_minutes
        }
        return self._rows.broken(self._point, {**served, **booked})

    def loss(self, name: str, together: Plan, moved: Collection[int]) -> int:
        """Tell by how much a tier is worse in a plan that differs from this one by some pairs."""
        tier = TIERS[name]
        sites = frozenset(self._draft.instance.pairs[pair].site for pair in moved)
        if name == WHOLE:
            before, after = tier.value(self._draft, self.plan), tier.value(self._draft, together)
        else:
            key = (name, sites)
            if key not in self._values:
                self._values[key] = self._part(name, self.plan, sites)
            before, after = self._values[key], self._part(name, together, sites)
        return before - after if tier.maximise else after - before

    def _part(self, name: str, plan: Plan, sites: frozenset[int]) -> int:
        """Compute a tier on some sites alone."""
        here = [pair for site in sites for pair in plan.by_site.get(site, ())]
        chosen = Plan(self._draft.instance, here, plan.booked)
        staff = tuple(entry for site in sorted(sites) for entry in self._staff[site])
        return TIERS[name].value(replace(self._draft, staff=staff), chosen)
