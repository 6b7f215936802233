"""The provider's view: cost, revenue and margin of an agreement, and how many children make it safe."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from nido.accordi.gestore.curva import Curva
from nido.accordi.gestore.curva_piano import PlanCurves
from nido.accordi.gestore.fila import Queue
from nido.accordi.gestore.sicura import Package, SafeCurves
from nido.accordi.gestore.voci_costo import RigaCosto, VoceCosto, before, cost_lines, whole_cost
from nido.accordi.gestore.voci_ricavo import Line, earned_at, revenue, revenue_lines, whole_revenue
from nido.matching.money import half_up
from nido.matching.replay import Replay, Served, replay
from nido.matching.solution import Solution
from nido.scenari.regole import VoceRegistro
from nido.scenari.schema import Scenario


@dataclass(frozen=True, slots=True)
class VistaParte:
    """Base hours or a fascia of one provider in one season.

    Attributes
    ----------
    parte
        ``base`` or the id of the fascia.
    bambini
        Children of the plan who use it.
    costi, ricavi
        Cents by component, those that are not zero.
    curva
        How the fascia pays with the first of these children, copies of them after; None for the base hours.
    curva_sicura
        The same with children of the ages that ask for most staff, there all the hours.
    """

    parte: str
    bambini: int
    costi: Mapping[VoceCosto, int]
    ricavi: Mapping[VoceRegistro, int]
    curva: Curva | None
    curva_sicura: Curva | None


@dataclass(frozen=True, slots=True)
class VistaPacchetto:
    """A place with the fasce that some children of the plan have booked together.

    Attributes
    ----------
    fasce
        The booked fasce; none for the place alone.
    bambini
        Children of the plan with this package.
    costo_evitabile_cent, ricavo_evitabile_cent
        By how much cost and revenue would fall without these children, the rest of the plan being fixed.
    curva
        What the first of these children, copies of them after, add to all the others of the plan.
    curva_sicura
        How children who all had this package, and nobody else, would pay, whatever their ages.
    """

    fasce: tuple[str, ...]
    bambini: int
    costo_evitabile_cent: int
    ricavo_evitabile_cent: int
    curva: Curva
    curva_sicura: Curva


@dataclass(frozen=True, slots=True)
class VistaGestore:
    """One provider in one season: contribution margin of the agreements (docs/modello.md, section 17).

    Attributes
    ----------
    posti, bambini
        Places offered, and children of the plan.
    costi, ricavi
        Cents by component, those that are not zero.
    parti
        Base hours, then every fascia that it could open in the season.
    pacchetti
        By the order of the fasce.
    curva
        How the first of the plan's children, copies of them after, pay.
    curva_sicura
        How children who divided among the packages as in the plan would pay, whatever their ages.
    """

    gestore: str
    stagione: str
    posti: int
    bambini: int
    costi: Mapping[VoceCosto, int]
    ricavi: Mapping[VoceRegistro, int]
    parti: tuple[VistaParte, ...]
    pacchetti: tuple[VistaPacchetto, ...]
    curva: Curva
    curva_sicura: Curva

    @property
    def costo_cent(self) -> int:
        """Additional production cost."""
        return sum(self.costi.values())

    @property
    def ricavo_cent(self) -> int:
        """List price, whoever pays it."""
        return sum(self.ricavi.values())

    @property
    def margine_cent(self) -> int:
        """Contribution margin: revenue less additional cost."""
        return self.ricavo_cent - self.costo_cent


def provider_view(
    scenario: Scenario,
    travel_matrix: Mapping[tuple[str, str], int],
    rows: Iterable[Served],
    order: Sequence[str] = (),
) -> tuple[VistaGestore, ...]:
    """Look at a plan as each provider does.

    Parameters
    ----------
    scenario
        The scenario.
    travel_matrix
        Loaded travel minutes; may be empty.
    rows
        Who is served where: `Solution.assegnazioni`, or `saved_rows` of a saved result.
    order
        Children in the order of applications, `ordine_domanda` of the result; those left out come last, in
        the order of the scenario.

    Returns
    -------
    tuple[VistaGestore, ...]
        One per provider and season with at least one child, in the order of the scenario. The costs sum to
        the plan's `costo_produzione_cent`, the revenues to the `totale_cent` of its ledger.

    Raises
    ------
    ValueError
        If a row cannot stand in a plan of the scenario.
    """
    return views_of(replay(scenario, travel_matrix, rows), order)


def views_of(replayed: Replay, order: Sequence[str] = ()) -> tuple[VistaGestore, ...]:
    """Look at a plan made again as each provider does (see `provider_view`)."""
    solution = replayed.solution()
    whole = _Whole(
        replayed,
        solution,
        {child: place for place, child in enumerate(order)},
        cost_lines(replayed),
        before(replayed),
        revenue_lines(replayed, solution),
    )
    return tuple(_view(whole, site) for site in sorted(replayed.plan.by_site))


def plain(views: Iterable[VistaGestore]) -> list[dict[str, Any]]:
    """Write the views as plain lists and dictionaries, as JSON would hold them."""
    return [_listed(asdict(view)) for view in views]


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(part) for key, part in value.items()}
    return [_listed(part) for part in value] if isinstance(value, tuple | list) else value


@dataclass(frozen=True, slots=True)
class _Whole:
    """The plan and what is reckoned once for all providers."""

    replayed: Replay
    solution: Solution
    ranks: Mapping[str, int]
    costs: Sequence[RigaCosto]
    before: Mapping[tuple[int, int], Fraction]
    lines: Sequence[Line]

    def queue(self, site: int) -> list[int]:
        """Give the served pairs of a site in the order of applications."""
        instance = self.replayed.draft.instance

        def rank(pair: int) -> tuple[int, int]:
            child = instance.requests[instance.pairs[pair].request].child
            return self.ranks.get(instance.scenario.bambini[child].id, len(self.ranks)), child

        return sorted(self.replayed.plan.by_site[site], key=rank)


def _view(whole: _Whole, site_index: int) -> VistaGestore:
    replayed, queue = whole.replayed, whole.queue(site_index)
    instance = replayed.draft.instance
    site = instance.sites[site_index]
    by_unit: dict[int, dict[VoceCosto, int]] = defaultdict(dict)
    for line in whole.costs:
        if line.site == site_index:
            by_unit[line.unit][line.voce] = line.importo_cent
    earned: dict[int, dict[VoceRegistro, int]] = defaultdict(dict)
    for (at, unit, component), cents in revenue(whole.lines).items():
        if at == site_index:
            earned[unit][component] = cents
    packages = _packages(replayed, queue)
    safe = SafeCurves(instance, site_index)
    paid = earned_at(replayed, whole.lines, site_index)
    drawn = PlanCurves(Queue(replayed, whole.solution, site_index, paid), queue, whole.before)
    counts = {(0, *package): len(pairs) for package, pairs in packages.items()}
    return VistaGestore(
        gestore=instance.scenario.gestori[site.provider].id,
        stagione=instance.scenario.stagioni[site.season].id,
        posti=site.places,
        bambini=len(queue),
        costi=_summed(by_unit.values()),
        ricavi=_summed(earned.values()),
        parti=tuple(
            _part(drawn, safe, unit, entry.fascia, by_unit[unit], earned[unit])
            for unit, entry in enumerate(site.units)
        ),
        pacchetti=_package_views(replayed.only(queue), drawn, safe, packages),
        curva=drawn.season(),
        curva_sicura=safe.draw(counts, len(queue)),
    )


def _part(
    drawn: PlanCurves,
    safe: SafeCurves,
    unit: int,
    name: str,
    costs: Mapping[VoceCosto, int],
    incomes: Mapping[VoceRegistro, int],
) -> VistaParte:
    users = len(drawn.users(unit))
    if not unit:
        return VistaParte(name, users, costs, incomes, None, None)
    return VistaParte(name, users, costs, incomes, drawn.fascia(unit), safe.draw({(unit,): 1}, users))


def _packages(replayed: Replay, queue: Iterable[int]) -> dict[Package, list[int]]:
    found: dict[Package, list[int]] = defaultdict(list)
    for pair in queue:
        units = replayed.draft.instance.pairs[pair].unit_minutes
        found[tuple(unit for unit in units if replayed.plan.attends(pair, unit))].append(pair)
    return dict(sorted(found.items()))


def _package_views(
    whole: Replay, drawn: PlanCurves, safe: SafeCurves, packages: Mapping[Package, Sequence[int]]
) -> tuple[VistaPacchetto, ...]:
    """Compare a provider's plan of a season with what it is without the children of each package."""
    cost, income = whole_cost(whole), whole_revenue(whole)
    found: list[VistaPacchetto] = []
    for package, pairs in packages.items():
        rest = whole.only(pair for pair in whole.plan.served if pair not in pairs)
        found.append(
            VistaPacchetto(
                fasce=safe.names(package),
                bambini=len(pairs),
                costo_evitabile_cent=half_up(cost - whole_cost(rest)),
                ricavo_evitabile_cent=income - whole_revenue(rest),
                curva=drawn.package(pairs),
                curva_sicura=safe.draw({(0, *package): 1}, len(pairs)),
            )
        )
    return tuple(found)


def _summed(tables: Iterable[Mapping[Any, int]]) -> dict[Any, int]:
    found: Counter[Any] = Counter()
    for table in tables:
        found.update(table)
    return {key: value for key, value in found.items() if value}
