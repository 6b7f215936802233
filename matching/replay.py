"""A plan made again from who is served where: what a saved result holds is enough."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from nido.matching.build import build_instance
from nido.matching.draft import Draft, new_draft
from nido.matching.extract import agreements, assignments, production_cents, staff_cents, together_use
from nido.matching.instance import Site
from nido.matching.plan import Plan
from nido.matching.rules import RULES, admit_all
from nido.matching.solution import Solution
from nido.scenari.schema import Scenario


class Served(Protocol):
    """A served request: a row of `assegnazioni`, of a solution or of a saved result."""

    @property
    def bambino(self) -> str: ...
    @property
    def stagione(self) -> str: ...
    @property
    def gestore(self) -> str: ...
    @property
    def fasce(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A row of `assegnazioni` of a saved result."""

    bambino: str
    stagione: str
    gestore: str
    fasce: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """A plan with the model that it belongs to; nothing is solved."""

    draft: Draft
    plan: Plan

    def only(self, pairs: Iterable[int]) -> "Replay":
        """Give the same plan with only some of its served pairs."""
        return Replay(self.draft, Plan(self.draft.instance, pairs, self.plan.booked))

    def staff_cents(self, site: int, unit: int) -> Fraction:
        """Give the exact cost of the additional staff of one unit, in cents."""
        return staff_cents(self.draft, self.plan, site, unit)

    def solution(self) -> Solution:
        """Give the plan in names, as far as the price list asks: no tier, reason or notice."""
        return Solution(
            stato="interrotto",
            unita_costo_cent=1,
            arrotondamento_massimo_cent=0,
            livelli=(),
            assegnazioni=assignments(self.plan),
            non_assegnati=(),
            aperture=(),
            personale=(),
            accordi=agreements(self.plan),
            capienza=(),
            avvisi=(),
            ordine_domanda=(),
            ordine_sorteggiato=False,
            costo_produzione_cent=production_cents(self.draft, self.plan),
            uso_insieme=together_use(self.plan),
            motivi_completi=False,
        )


def saved_rows(document: Mapping[str, object]) -> tuple[SavedRow, ...]:
    """Read who is served where from a saved result, of the right shape (``nido verify``)."""
    rows = document["assegnazioni"]
    assert isinstance(rows, list)
    return tuple(
        SavedRow(row["bambino"], row["stagione"], row["gestore"], tuple(row["fasce"])) for row in rows
    )


def replay(
    scenario: Scenario, travel_matrix: Mapping[tuple[str, str], int], rows: Iterable[Served]
) -> Replay:
    """Make a plan again.

    Parameters
    ----------
    scenario
        The scenario.
    travel_matrix
        Loaded travel minutes; may be empty.
    rows
        Who is served where, with which fasce.

    Raises
    ------
    ValueError
        If a row is no request that its provider may serve, or books a fascia that it cannot: such rows are
        refused by ``nido verify`` too.
    """
    rows = tuple(rows)
    only = {(row.bambino, row.stagione, row.gestore) for row in rows}
    instance = build_instance(scenario, travel_matrix, admit=admit_all(scenario, RULES), only=only)
    by_names: dict[tuple[str, str, str], int] = {}
    for index, pair in enumerate(instance.pairs):
        request, site = instance.requests[pair.request], instance.sites[pair.site]
        child, season = scenario.bambini[request.child].id, scenario.stagioni[request.season].id
        by_names[child, season, scenario.gestori[site.provider].id] = index
    served: list[int] = []
    booked: list[tuple[int, int]] = []
    for row in rows:
        index = by_names.get((row.bambino, row.stagione, row.gestore), -1)
        if index < 0 or index in served:
            raise ValueError(f"{row.gestore}/{row.stagione}: a request that cannot be served so")
        served.append(index)
        site = instance.sites[instance.pairs[index].site]
        booked += [(index, _unit(site, instance.pairs[index].unit_minutes, name)) for name in row.fasce]
    return Replay(new_draft(instance), Plan(instance, served, booked))


def _unit(site: Site, units: Iterable[int], fascia: str) -> int:
    for unit in units:
        if site.units[unit].fascia == fascia:
            return unit
    raise ValueError(f"{fascia}: a fascia that cannot be booked so")
