"""The provider's view: cost, revenue and margin of an agreement, and how many children make it safe."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from nido.accordi.gestore.curva import FURTHEST, Curva, Parte, additional, curve, shares
from nido.accordi.gestore.voci_costo import RigaCosto, VoceCosto, cost_lines, whole_cost
from nido.accordi.gestore.voci_ricavo import revenue, whole_revenue
from nido.matching.instance import Instance
from nido.matching.money import (
    child_hour_cents,
    existing_children,
    fascia_of,
    half_up,
    hour_cost_cents,
    meal_cents,
)
from nido.matching.replay import Replay, Served, replay
from nido.scenari.regole import VoceRegistro
from nido.scenari.schema import Scenario

LUNCH = 12 * 60

Package = tuple[int, ...]


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
        How a fascia alone would pay; None for the base hours.
    """

    parte: str
    bambini: int
    costi: Mapping[VoceCosto, int]
    ricavi: Mapping[VoceRegistro, int]
    curva: Curva | None


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
        How children who all had this package, and nobody else, would pay.
    """

    fasce: tuple[str, ...]
    bambini: int
    costo_evitabile_cent: int
    ricavo_evitabile_cent: int
    curva: Curva


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
        How children who divided among the packages as in the plan would pay.
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
    scenario: Scenario, travel_matrix: Mapping[tuple[str, str], int], rows: Iterable[Served]
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
    return views_of(replay(scenario, travel_matrix, rows))


def views_of(replayed: Replay) -> tuple[VistaGestore, ...]:
    """Look at a plan made again as each provider does (see `provider_view`)."""
    costs = cost_lines(replayed)
    incomes = revenue(replayed, replayed.solution())
    return tuple(_view(replayed, site, costs, incomes) for site in sorted(replayed.plan.by_site))


def plain(views: Iterable[VistaGestore]) -> list[dict[str, Any]]:
    """Write the views as plain lists and dictionaries, as JSON would hold them."""
    return [_listed(asdict(view)) for view in views]


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(part) for key, part in value.items()}
    return [_listed(part) for part in value] if isinstance(value, tuple | list) else value


def _view(
    replayed: Replay,
    site_index: int,
    costs: Sequence[RigaCosto],
    incomes: Mapping[tuple[int, int, VoceRegistro], int],
) -> VistaGestore:
    instance, plan = replayed.draft.instance, replayed.plan
    site = instance.sites[site_index]
    by_unit: dict[int, dict[VoceCosto, int]] = defaultdict(dict)
    for line in costs:
        if line.site == site_index:
            by_unit[line.unit][line.voce] = line.importo_cent
    earned: dict[int, dict[VoceRegistro, int]] = defaultdict(dict)
    for (at, unit, component), cents in incomes.items():
        if at == site_index:
            earned[unit][component] = cents
    children = plan.by_site[site_index]
    packages = _packages(replayed, site_index)
    draw, alone = _Draw(instance, site_index), replayed.only(children)
    return VistaGestore(
        gestore=instance.scenario.gestori[site.provider].id,
        stagione=instance.scenario.stagioni[site.season].id,
        posti=site.places,
        bambini=len(children),
        costi=_summed(by_unit.values()),
        ricavi=_summed(earned.values()),
        parti=tuple(
            VistaParte(
                entry.fascia,
                sum(plan.attends(pair, unit) for pair in children),
                by_unit[unit],
                earned[unit],
                draw.curve({(unit,): 1}) if unit else None,
            )
            for unit, entry in enumerate(site.units)
        ),
        pacchetti=tuple(_package(alone, draw, *entry) for entry in packages.items()),
        curva=draw.curve({(0, *package): len(pairs) for package, pairs in packages.items()}),
    )


def _packages(replayed: Replay, site: int) -> dict[Package, list[int]]:
    found: dict[Package, list[int]] = defaultdict(list)
    for pair in replayed.plan.by_site[site]:
        units = replayed.draft.instance.pairs[pair].unit_minutes
        found[tuple(unit for unit in units if replayed.plan.attends(pair, unit))].append(pair)
    return dict(sorted(found.items()))


def _package(whole: Replay, draw: "_Draw", package: Package, pairs: Sequence[int]) -> VistaPacchetto:
    """Compare a provider's plan of a season with what it is without some children."""
    rest = whole.only(pair for pair in whole.plan.served if pair not in pairs)
    return VistaPacchetto(
        fasce=draw.names(package),
        bambini=len(pairs),
        costo_evitabile_cent=half_up(whole_cost(whole) - whole_cost(rest)),
        ricavo_evitabile_cent=whole_revenue(whole) - whole_revenue(rest),
        curva=draw.curve({(0, *package): 1}),
    )


def _summed(tables: Iterable[Mapping[Any, int]]) -> dict[Any, int]:
    found: Counter[Any] = Counter()
    for table in tables:
        found.update(table)
    return {key: value for key, value in found.items() if value}


class _Draw:
    """Curves of one provider in one season."""

    def __init__(self, instance: Instance, site: int) -> None:
        self._instance = instance
        self._site = instance.sites[site]
        self._gestore = instance.scenario.gestori[self._site.provider]
        self._hourly = child_hour_cents(instance.scenario, self._gestore)
        counted = self._hourly is not None or instance.staffing.active
        self._parts = [self._part(unit) for unit in range(len(self._site.units))] if counted else []

    def names(self, package: Package) -> tuple[str, ...]:
        """Name the fasce of a package."""
        return tuple(self._site.units[unit].fascia for unit in package)

    def curve(self, counts: Mapping[Package, int]) -> Curva:
        """Draw children who divide among sets of units in proportion to some counts."""
        sets, weights = list(counts), list(counts.values())
        used = sorted({unit for units in sets for unit in units})

        def point(children: int) -> tuple[Fraction, Fraction]:
            by_set = shares(children, weights)
            cost, income = Fraction(0), Fraction(0)
            for unit in used:
                there = sum(count for units, count in zip(sets, by_set, strict=True) if unit in units)
                cost += self._parts[unit].costo(there)
                income += self._parts[unit].ricavo_bambino * there
            return cost, income

        return curve(self._site.places, bool(self._parts), point)

    def _part(self, unit: int) -> Parte:
        instance, gestore, entry = self._instance, self._gestore, self._site.units[unit]
        scenario = instance.scenario
        hours = Fraction(len(entry.days) * (entry.last_slot - entry.first_slot) * scenario.passo_minuti, 60)
        lunch = entry.first_slot <= LUNCH // scenario.passo_minuti < entry.last_slot
        meals = len(entry.days) * lunch
        cost = (self._hourly or Fraction(0)) * hours + meal_cents(scenario, gestore) * meals
        income = Fraction(gestore.prezzi.ora_bambino) * 100 * hours
        income += Fraction(gestore.prezzi.pasto_giorno) * 100 * meals
        if unit == 0:
            months = len(self._site.months)
            cost += Fraction(gestore.costi.bambino_mese) * 100 * months
            income += Fraction(gestore.prezzi.posto_mese) * 100 * months
            fixed = gestore.costi.partecipazione
        else:
            fascia = fascia_of(instance, self._site, unit)
            running = {f"{instance.calendar.day(day):%Y-%m}" for day in entry.days}
            income += Fraction(fascia.prezzo_mese) * 100 * len(running)
            fixed = fascia.costo_fisso
        educators: tuple[int, ...] = ()
        duty = Fraction(0)
        if self._hourly is None:
            existing = existing_children(instance, self._site, unit)
            educators = additional(instance.staffing, existing, max(self._site.places, FURTHEST))
            duty = hours * hour_cost_cents(scenario, gestore)
        return Parte(educators, duty, Fraction(fixed) * 100, cost, income)
