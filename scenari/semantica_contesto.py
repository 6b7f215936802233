"""What the checks across a scenario share: its calendar, its names, and how a contradiction is told."""

from calendar import monthrange
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from nido.data.festivita import festivita
from nido.data.profili import Profilo, profili, profilo
from nido.scenari import messages
from nido.scenari.base import Luogo
from nido.scenari.domanda import Bambino, Periodo, Rotazione, last_day
from nido.scenari.known_words import resembles
from nido.scenari.offerta import Gestore
from nido.scenari.schema import Scenario, Stagione, closed_in
from nido.scenari.unread import UNREAD, WHERE_READ, given, unless_unread, where_read
from nido.scenari.validation import SemanticProblems
from nido.scenari.yaml_tree import Place

MAX_YEARS = 3
FIRST_YEAR = 2001


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_Identified)


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
        First and last day of the horizon; unread when a stagione ends before it starts.
    days
        Every day of the horizon; empty when it is too long or too early.
    holidays
        National holidays and patron, with the day before the horizon.
    gestori, aziende, rotazioni, stagioni
        Names, in the order of the file.
    complete
        Whether all children are there; False when one of them, or its code, could not be read.
    """

    scenario: Scenario
    profilo: Profilo | None
    start: date
    end: date
    days: tuple[date, ...]
    holidays: AbstractSet[date]
    gestori: tuple[str, ...]
    aziende: tuple[str, ...]
    rotazioni: tuple[str, ...]
    stagioni: tuple[str, ...]
    complete: bool = True

    def season_of(self, day: date) -> Stagione | None:
        """Give the stagione that holds a day."""
        return next(
            (season for season in self.scenario.stagioni if season.inizio <= day <= season.fine), None
        )

    def rota(self, name: str) -> Rotazione | None:
        """Give a rota by name."""
        return _named(self.scenario.rotazioni, name)

    def gestore(self, name: str) -> Gestore | None:
        """Give a provider by name."""
        return _named(self.scenario.gestori, name)

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
    start = unless_unread(lambda: min(season.inizio for season in scenario.stagioni))
    end = unless_unread(lambda: max(season.fine for season in scenario.stagioni))
    if _backwards(scenario):
        # Which of the two dates is wrong is unknown, and so is the horizon.
        start = end = UNREAD
    return Context(
        scenario=scenario,
        profilo=unless_unread(
            lambda: profilo(scenario.profilo) if scenario.profilo in profili() else None,
        ),
        start=start,
        end=end,
        days=unless_unread(lambda: _days(start, end)),
        holidays=unless_unread(lambda: _holidays(scenario, start, end)),
        gestori=unless_unread(lambda: _names(scenario.gestori)),
        aziende=unless_unread(lambda: _names(scenario.aziende)),
        rotazioni=unless_unread(lambda: _names(scenario.rotazioni)),
        stagioni=unless_unread(lambda: _names(scenario.stagioni)),
        complete=complete and _all_named(scenario),
    )


@where_read
def _backwards(scenario: Scenario) -> bool:
    """Tell whether a stagione ends before it starts."""
    for season in scenario.stagioni:
        with WHERE_READ:
            if season.fine < season.inizio:
                return True
    return False


def _names(items: Iterable[_Identified]) -> tuple[str, ...]:
    """Give the names of list items; one that could not be read stands last, where it hides no other."""
    every = [item.id for item in items]
    read = [name for name in every if name is not UNREAD]
    return (*read, UNREAD) if len(read) < len(every) else tuple(read)


def _named(items: Iterable[Item], name: str) -> Item | None:
    for item in items:
        with WHERE_READ:
            if item.id == name:
                return item
    return None


@where_read
def _all_named(scenario: Scenario) -> bool:
    """Tell whether every child has a code that could be read."""
    return len({child.id for child in scenario.bambini}) <= len(scenario.bambini)


def _sound(start: date, end: date) -> bool:
    return start <= end and start.year >= FIRST_YEAR and end < add_months(start, 12 * MAX_YEARS)


def _days(start: date, end: date) -> tuple[date, ...]:
    if not _sound(start, end):
        return ()
    return tuple(start + timedelta(days=n) for n in range((end - start).days + 1))


def _holidays(scenario: Scenario, start: date, end: date) -> AbstractSet[date]:
    found: set[date] = set()
    patron = given(scenario.calendario.patrono)
    for year in range(start.year - 1, end.year + 1) if _sound(start, end) else ():
        if scenario.calendario.festivita:
            found |= set(festivita(year))
        if patron is not None:
            found |= set(festivita(year, patron)) - set(festivita(year))
    return frozenset(found)


def add_months(day: date, months: int) -> date:
    """Give the day on which some months are completed: the same number, or the last of the month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def completed_months(born: date, day: date) -> int:
    """Give the age in completed months."""
    months = (day.year - born.year) * 12 + day.month - born.month
    return months if day >= add_months(born, months) else months - 1


@where_read
def check_known(
    problems: SemanticProblems, path: Place, name: str, allowed: Collection[str], it: str, en: str
) -> bool:
    """Refuse a name that stands for nothing, and suggest the closest one.

    A name is not called unknown when one of those allowed could not be read: it may be the one that is meant.
    """
    if name in allowed:
        return True
    # In what is about a child a text that is not close to any name may be that of a person.
    personal = path[0] == "bambini" or "eventi" in path
    shown = f": {name}" if not personal or resembles(name, allowed) else ""
    problems.add(path, f"{it}{shown}", f"{en}{shown}", messages.did_you_mean(name, allowed))
    return False


@where_read
def check_repeated(
    problems: SemanticProblems, path: Place, names: Iterable[str], known: Collection[str] | None = None
) -> None:
    """Refuse a name that a list holds twice; one that is not among those `known` is told elsewhere."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        with WHERE_READ:
            if name in seen and (known is None or name in known):
                problems.add((*path, index), f"{name} è scritto due volte", f"{name} comes twice")
            seen.add(name)


@where_read
def check_ids(problems: SemanticProblems, path: Place, ids: Iterable[str]) -> None:
    """Refuse two items of a list with the same id."""
    seen: set[str] = set()
    for index, name in enumerate(ids):
        with WHERE_READ:
            if name in seen:
                problems.add((*path, index, "id"), f"id ripetuto: {name}", f"repeated id: {name}")
            seen.add(name)


@where_read
def check_luogo(problems: SemanticProblems, path: Place, luogo: Luogo | None) -> None:
    """Refuse a place that is neither a municipality nor a pair of coordinates, or is both."""
    luogo = given(luogo)
    if luogo is None:
        return
    coordinates = (given(luogo.latitudine) is not None, given(luogo.longitudine) is not None)
    if any(coordinates) and not all(coordinates):
        problems.add(
            path,
            "servono latitudine e longitudine, tutte e due",
            "latitude and longitude are needed, both",
        )
    elif all(coordinates) == (given(luogo.comune) is not None):
        problems.add(
            path,
            "serve il comune oppure le coordinate, non tutti e due",
            "the municipality or the coordinates are needed, not both",
        )


@where_read
def check_periods(
    problems: SemanticProblems, context: Context, path: Place, periods: Iterable[Periodo]
) -> None:
    """Refuse periods that end before they start or never touch the horizon."""
    for index, period in enumerate(periods):
        check_order(problems, (*path, index, "fine"), period.inizio, period.fine)
        with WHERE_READ:
            start, end = context.start, context.end
            if period.inizio <= period.fine and (period.fine < start or period.inizio > end):
                problems.add(
                    (*path, index),
                    f"il periodo è fuori dall'orizzonte ({start} - {end}) e non ha effetto",
                    f"the period lies outside the horizon ({start} - {end}) and has no effect",
                )


@where_read
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
