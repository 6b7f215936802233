"""Break-even of the opened fasce: how many booking children pay for an opening."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nido.accordi.amount import season_months
from nido.accordi.money import cents
from nido.data.festivita import festivita
from nido.matching.solution import Opening, Solution
from nido.scenari.offerta import Fascia, Gestore
from nido.scenari.schema import Scenario, Stagione, closed_in


@dataclass(frozen=True, slots=True)
class Pareggio:
    """Cost and income of one opened fascia in one season.

    Attributes
    ----------
    gestore, fascia, stagione
        The opening.
    bambini
        Children who book it in the plan.
    mesi
        Months of the season in which it runs.
    costo_cent
        Additional staff plus fixed cost, in cents.
    ricavo_cent
        What the children of the plan are charged for it, in cents.
    bambini_pareggio
        Smallest number of booking children whose price covers the cost; None when the fascia has no price.
    """

    gestore: str
    fascia: str
    stagione: str
    bambini: int
    mesi: int
    costo_cent: int
    ricavo_cent: int
    bambini_pareggio: int | None


def break_even(scenario: Scenario, solution: Solution) -> tuple[Pareggio, ...]:
    """Find the break-even number of children of each opened fascia.

    It is the smallest ``n`` with ``n × prezzo_mese × mesi ≥ costo_cent``. Assumptions: every child books the
    fascia in all the months in which it runs; the cost is that of the plan's own staff, so that a number
    above `bambini` is a lower bound (more children may need another educator) and one below it may be too
    high; only the monthly price counts as income (neither place, hours nor meals), whoever pays it.

    Parameters
    ----------
    scenario
        The scenario.
    solution
        A plan of it.

    Returns
    -------
    tuple[Pareggio, ...]
        One per opening, in the order of the solution.
    """
    providers = {gestore.id: gestore for gestore in scenario.gestori}
    seasons = {stagione.id: stagione for stagione in scenario.stagioni}
    found: list[Pareggio] = []
    for opening in solution.aperture:
        gestore, stagione = providers[opening.gestore], seasons[opening.stagione]
        fascia = next(fascia for fascia in gestore.fasce if fascia.id == opening.fascia)
        price = cents(fascia.prezzo_mese)
        months = len(fascia_months(scenario, gestore, fascia, stagione))
        income = price * months
        found.append(
            Pareggio(
                gestore=opening.gestore,
                fascia=opening.fascia,
                stagione=opening.stagione,
                bambini=opening.bambini,
                mesi=months,
                costo_cent=opening.costo_cent,
                ricavo_cent=price * _booked_months(opening, solution),
                bambini_pareggio=-(-opening.costo_cent // income) if income else None,
            )
        )
    return tuple(found)


def fascia_months(
    scenario: Scenario, gestore: Gestore, fascia: Fascia, stagione: Stagione
) -> tuple[str, ...]:
    """Name the months of a season with at least one day of a fascia (docs/modello.md, section 5)."""
    days = _fascia_days(scenario, gestore, fascia, stagione)
    running = {f"{day:%Y-%m}" for day in days}
    return tuple(month for month in season_months(stagione) if month in running)


def _booked_months(opening: Opening, solution: Solution) -> int:
    return sum(
        len(served.mesi_fascia[opening.fascia])
        for served in solution.assegnazioni
        if (served.gestore, served.stagione) == (opening.gestore, opening.stagione)
        and opening.fascia in served.fasce
    )


def _fascia_days(scenario: Scenario, gestore: Gestore, fascia: Fascia, stagione: Stagione) -> Iterator[date]:
    if fascia.stagioni and stagione.id not in fascia.stagioni:
        return
    holidays = _holidays(scenario, stagione)
    for offset in range((stagione.fine - stagione.inizio).days + 1):
        day = stagione.inizio + timedelta(days=offset)
        shut = day in holidays or closed_in(scenario.calendario.chiusure, day)
        in_closure = closed_in(gestore.chiusure, day)
        if day.weekday() in fascia.giorni and not shut and in_closure == fascia.in_chiusura:
            yield day


def _holidays(scenario: Scenario, stagione: Stagione) -> frozenset[date]:
    patron = scenario.calendario.patrono
    found: set[date] = set()
    for year in range(stagione.inizio.year, stagione.fine.year + 1):
        national = set(festivita(year))
        if scenario.calendario.festivita:
            found |= national
        if patron is not None:
            found |= set(festivita(year, patron)) - national
    return frozenset(found)
