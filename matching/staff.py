"""Educators as variables: one number per band and staffing group, and the extra ones that cost money."""

from dataclasses import dataclass

from nido.matching.instance import Group, Instance
from nido.matching.linear import LinearModel
from nido.matching.money import child_hour_cents, existing_children, slot_cost
from nido.matching.plan import Completion, Plan
from nido.matching.seats import seat_limit
from nido.matching.variables import StaffGroup, Variables


@dataclass(frozen=True, slots=True)
class _Build:
    instance: Instance
    variables: Variables
    model: LinearModel
    completions: dict[int, Completion]

    def group(self, site: int, unit: int, group: Group, cost: int) -> StaffGroup:
        """Create the variables of one group, unless its need follows from the opening alone."""
        staffing = self.instance.staffing
        existing = existing_children(self.instance, self.instance.sites[site], unit)
        already = staffing.existing(existing)
        missing = max(0, staffing.copresence - already)
        bands_count = range(len(staffing.bands))
        seats = tuple(seat_limit(self.instance, self.instance.sites[site], unit, b) for b in bands_count)
        lows = staffing.least(existing)
        tops = _tops(self.instance, group, seats, existing)
        on = self._on(site, unit, group) if missing else None
        most = max(0, sum(tops) - already)
        if most <= missing:
            extra = ((on, missing),) if on is not None else ()
            return StaffGroup(site, unit, group, existing, already, (), on, extra, cost, seats)
        bands = tuple(self.model.variable(low, max(low, top)) for low, top in zip(lows, tops, strict=True))
        more = self.model.variable(0, most)
        entry = StaffGroup(site, unit, group, existing, already, bands, on, ((more, 1),), cost, seats)
        self.completions[more] = lambda plan: plan.extra(entry)
        for position, band in enumerate(bands):
            self.completions[band] = _educators_of(entry, position)
        return entry

    def _on(self, site: int, unit: int, group: Group) -> int | None:
        if self.instance.staffing.by_season:
            return self.variables.part[site] if unit == 0 else self.variables.open[site, unit]
        pairs = sorted({self.instance.sites[site].pairs[m] for members in group.sets for m, _ in members})
        present = [self.variables.attend(pair, unit) for pair in pairs]
        attend = sorted({variable for variable in present if variable is not None})
        if len(attend) == 1:
            return attend[0]
        on = self.model.variable()
        self.completions[on] = lambda plan: int(any(plan.attends(pair, unit) for pair in pairs))
        for variable in attend:
            self.model.implies(variable, on)
        return on


def build_staff(
    instance: Instance, variables: Variables, model: LinearModel, completions: dict[int, Completion]
) -> tuple[StaffGroup, ...]:
    """Create staff variables for every group whose need is not constant (docs/modello.md, section 8)."""
    if not instance.staffing.active:
        return ()
    model.label = "rapporto"
    build = _Build(instance, variables, model, completions)
    found: list[StaffGroup] = []
    for site_index, site in enumerate(instance.sites):
        provider = instance.scenario.gestori[site.provider]
        if not site.pairs or child_hour_cents(instance.scenario, provider) is not None:
            continue
        for unit_index, unit in enumerate(site.units):
            price = slot_cost(instance, site, unit_index)
            found += [build.group(site_index, unit_index, group, price * group.size) for group in unit.groups]
    return tuple(found)


def _tops(
    instance: Instance, group: Group, seats: tuple[int, ...], existing: tuple[int, ...]
) -> tuple[int, ...]:
    needs = [instance.staffing.least(existing)]
    for members in group.sets:
        count = [0] * len(existing)
        for _, band in members:
            count[band] += 1
        needs.append(
            instance.staffing.least(
                tuple(e + min(c, s) for e, c, s in zip(existing, count, seats, strict=True))
            )
        )
    return tuple(max(column) for column in zip(*needs, strict=True))


def _educators_of(entry: StaffGroup, position: int) -> Completion:
    def educators(plan: Plan) -> int:
        return plan.educators(entry)[position]

    return educators
