"""What the checks across a scenario share: its calendar, its names, and how a contradiction is told."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from nido.data.festivita import festivita
from nido.data.profili import Profilo, profili, profilo
from nido.scenari import messages
from nido.scenari.base import Luogo
from nido.scenari.domanda import Bambino, Periodo, Rotazione, last_day
from nido.scenari.schema import Scenario, Stagione, closed_in
from nido.scenari.validation import SemanticProblems
from nido.scenari.yaml_tree import Place

MAX_YEARS = 3
FIRST_YEAR = 2001


@dataclass(frozen=True, slots=True)
class Context:
    """A scenario with what is derived from it once.

    Attributes
    ----------
    scenario
        The scenario.
    profilo
        Its profile; None when there is no such profile.
    start, end
        First and last day of the horizon.
    days
        Every day of the horizon; empty when the stagioni themselves are wrong.
    holidays
        National holidays and patron, with the day before the horizon.
    gestori, aziende, stagioni
        Names, in the order of the file.
    rotazioni
        Rotas by name.
    complete
        Whether all children are there; False when a CSV could not be read.
    """

    scenario: Scenario
    profilo: Profilo | None
    start: date
    end: date
    days: tuple[date, ...]
    holidays: AbstractSet[date]
    gestori: tuple[str, ...]
    aziende: tuple[str, ...]
    rotazioni: Mapping[str, Rotazione]
    stagioni: tuple[str, ...]
    complete: bool = True

    def season_of(self, day: date) -> Stagione | None:
        """Give the stagione that holds a day."""
        return next(
            (season for season in self.scenario.stagioni if season.inizio <= day <= season.fine), None
        )

    def free_day(self, day: date) -> bool:
        """Tell whether every provider is closed on a day: holiday, patron or general closure."""
        return day in self.holidays or closed_in(self.scenario.calendario.chiusure, day)

    def request(self, child: Bambino) -> tuple[date, date]:
        """Give first and last day on which a child asks for a place, by section 4 of docs/modello.md."""
        first = child.nascita
        if self.profilo is not None:
            first = add_months(child.nascita, self.profilo.eta_minima_mesi)
        if child.ingresso is not None:
            first = max(first, child.ingresso)
        return first, last_day(child) - timedelta(days=1)

    def requested(self, child: Bambino) -> tuple[Stagione, ...]:
        """Give the stagioni that the request of a child touches."""
        first, last = self.request(child)
        return tuple(
            season for season in self.scenario.stagioni if max(first, season.inizio) <= min(last, season.fine)
        )


def context(scenario: Scenario, complete: bool = True) -> Context:
    """Derive once what the checks need.

    Parameters
    ----------
    scenario
        A scenario that agrees with the schema.
    complete
        Whether all its children are there.

    Returns
    -------
    Context
        The context.
    """
    start = min(season.inizio for season in scenario.stagioni)
    end = max(season.fine for season in scenario.stagioni)
    sound = start <= end and start.year >= FIRST_YEAR and end < add_months(start, 12 * MAX_YEARS)
    days = tuple(start + timedelta(days=n) for n in range((end - start).days + 1)) if sound else ()
    holidays: set[date] = set()
    for year in range(start.year - 1, end.year + 1) if sound else ():
        if scenario.calendario.festivita:
            holidays |= set(festivita(year))
        if scenario.calendario.patrono is not None:
            holidays |= set(festivita(year, scenario.calendario.patrono)) - set(festivita(year))
    return Context(
        scenario=scenario,
        profilo=profilo(scenario.profilo) if scenario.profilo in profili() else None,
        start=start,
        end=end,
        days=days,
        holidays=frozenset(holidays),
        gestori=tuple(gestore.id for gestore in scenario.gestori),
        aziende=tuple(azienda.id for azienda in scenario.aziende),
        rotazioni={rotazione.id: rotazione for rotazione in scenario.rotazioni},
        stagioni=tuple(season.id for season in scenario.stagioni),
        complete=complete,
    )


def add_months(day: date, months: int) -> date:
    """Give the day on which some months are completed: the same number, or the last of the month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def completed_months(born: date, day: date) -> int:
    """Give the age in completed months."""
    months = (day.year - born.year) * 12 + day.month - born.month
    return months if day >= add_months(born, months) else months - 1


def check_known(
    problems: SemanticProblems, path: Place, name: str, allowed: Collection[str], it: str, en: str
) -> bool:
    """Refuse a name that stands for nothing, and suggest the closest one."""
    if name in allowed:
        return True
    problems.add(path, f"{it}: {name}", f"{en}: {name}", messages.did_you_mean(name, allowed))
    return False


def check_repeated(problems: SemanticProblems, path: Place, names: Iterable[str]) -> None:
    """Refuse a name that a list holds twice."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            problems.add((*path, index), f"{name} è scritto due volte", f"{name} comes twice")
        seen.add(name)


def check_ids(problems: SemanticProblems, path: Place, ids: Iterable[str]) -> None:
    """Refuse two items of a list with the same id."""
    seen: set[str] = set()
    for index, name in enumerate(ids):
        if name in seen:
            problems.add((*path, index, "id"), f"id ripetuto: {name}", f"repeated id: {name}")
        seen.add(name)


def check_luogo(problems: SemanticProblems, path: Place, luogo: Luogo | None) -> None:
    """Refuse a place that is neither a municipality nor a pair of coordinates, or is both."""
    if luogo is None:
        return
    coordinates = (luogo.latitudine is not None, luogo.longitudine is not None)
    if any(coordinates) and not all(coordinates):
        problems.add(
            path,
            "servono latitudine e longitudine, tutte e due",
            "latitude and longitude are needed, both",
        )
    elif all(coordinates) == (luogo.comune is not None):
        problems.add(
            path,
            "serve il comune oppure le coordinate, non tutti e due",
            "the municipality or the coordinates are needed, not both",
        )


def check_periods(
    problems: SemanticProblems, context: Context, path: Place, periods: Iterable[Periodo]
) -> None:
    """Refuse periods that end before they start or never touch the horizon."""
    for index, period in enumerate(periods):
        check_order(problems, (*path, index, "fine"), period.inizio, period.fine)
        outside = period.fine < context.start or period.inizio > context.end
        if period.inizio <= period.fine and outside:
            problems.add(
                (*path, index),
                f"il periodo è fuori dall'orizzonte ({context.start} - {context.end}) e non ha effetto",
                f"the period lies outside the horizon ({context.start} - {context.end}) and has no effect",
            )


def check_order(problems: SemanticProblems, path: Place, first: date | None, last: date | None) -> bool:
    """Refuse a last day before its first day."""
    if first is None or last is None or first <= last:
        return True
    problems.add(
        path,
        f"l'ultimo giorno ({last}) viene prima del primo ({first})",
        f"the last day ({last}) comes before the first ({first})",
    )
    return False


def no_effect(problems: SemanticProblems, path: Place, it: str, en: str) -> None:
    """Refuse a value that changes nothing: whoever wrote it expects it to."""
    problems.add(path, f"non ha effetto: {it}", f"has no effect: {en}")
