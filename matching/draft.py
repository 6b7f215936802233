"""The model under construction: what every rule and tier is given."""

from collections.abc import Sequence
from dataclasses import dataclass

from nido.matching.instance import Instance
from nido.matching.linear import LinearModel, Term
from nido.matching.peaks import presence_rows
from nido.matching.plan import Completion, Plan
from nido.matching.staff import build_staff
from nido.matching.variables import StaffGroup, Variables, build_variables


@dataclass(frozen=True, slots=True)
class Draft:
    """Instance, linear model, variables and staff of one solve.

    Attributes
    ----------
    completions
        How each auxiliary variable follows from a plan: its smallest value.
    peaks
        Variables of monthly peaks already made, by their rows.
    staff_variables
        Variables that only count educators.
    """

    instance: Instance
    model: LinearModel
    variables: Variables
    staff: tuple[StaffGroup, ...]
    completions: dict[int, Completion]
    peaks: dict[object, int]
    staff_variables: frozenset[int]

    def helper(self, lower: int, upper: int, completion: Completion) -> int:
        """Add an auxiliary variable together with the value that a plan gives it."""
        variable = self.model.variable(lower, upper)
        self.completions[variable] = completion
        return variable

    def peak(self, site_index: int, company: int, month: str) -> list[Term]:
        """Express the places that a company uses at a site in a month.

        It is a plain sum when all its children are there together at some moment, else a variable; months
        with the same children share it.
        """
        site = self.instance.sites[site_index]
        families = [unit.month_peaks.get(month, ()) for unit in site.units]
        sets = presence_rows(
            self.instance, site, families, lambda pair: self.instance.company(pair) == company
        )
        rows = [self.variables.present(site, unit, members) for unit, members in sets]
        if len(rows) <= 1:
            return rows[0] if rows else []
        key = (site_index, company, tuple(tuple(row) for row in rows))
        if key not in self.peaks:
            used = self.helper(
                0, max(len(row) for row in rows), lambda plan: plan.peak(site_index, company, (month,))
            )
            for row in rows:
                self.model.add([*row, (used, -1)], high=0)
            self.model.add([(used, 1), (self.variables.places[company, site_index], -1)], high=0)
            self.peaks[key] = used
        return [(self.peaks[key], 1)]

    def plan(self, values: Sequence[int]) -> Plan:
        """Read a plan off the values of the variables."""
        served = (pair for pair, variable in enumerate(self.variables.serve) if values[variable])
        booked = (key for key, variable in self.variables.book.items() if values[variable])
        return Plan(self.instance, served, booked)

    def complete(self, plan: Plan, *, staff: bool = True) -> tuple[int, ...]:
        """Give every variable the value that follows from a plan: a full starting point for the solver.

        Without `staff` its variables stay 0, for whoever does not look at their rows.
        """
        values = [0] * len(self.model.lower)
        for pair in plan.served:
            values[self.variables.serve[pair]] = 1
        for key in plan.booked:
            values[self.variables.book[key]] = 1
        for key, variable in self.variables.open.items():
            values[variable] = int(key in plan.open_units)
        for site, part in enumerate(self.variables.part):
            if part is not None:
                values[part] = int(site in plan.by_site)
        for pair, full in enumerate(self.variables.full):
            if full is not None:
                values[full] = int(plan.attends(pair, 0) and plan.uncovered(pair) == 0)
        for (company, site), variable in self.variables.places.items():
            values[variable] = plan.places(site, company)
        skipped = frozenset() if staff else self.staff_variables
        for variable, completion in self.completions.items():
            if variable in skipped:
                continue
            values[variable] = completion(plan)
        return tuple(values)


def new_draft(instance: Instance) -> Draft:
    """Create the variables of an instance, with no rule posted yet."""
    model = LinearModel()
    variables = build_variables(instance, model)
    completions: dict[int, Completion] = {}
    staff = build_staff(instance, variables, model, completions)
    return Draft(instance, model, variables, staff, completions, {}, frozenset(completions))
