"""Checks of the calendar: stagioni, general closures, the grid, and rotas that work at some time."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from nido.data.festivita import festivita
from nido.data.profili import profili
from nido.scenari.domanda import (
    Rotazione,
    RotazioneDate,
    RotazioneFissa,
    RotazioneGiorni,
    RotazioneSettimanale,
    TurnoSettimanale,
)
from nido.scenari.fields import ShiftRange, TimeRange
from nido.scenari.schema import Stagione
from nido.scenari.semantica_contesto import (
    FIRST_YEAR,
    MAX_YEARS,
    Context,
    add_months,
    check_ids,
    check_known,
    check_order,
    check_periods,
)
from nido.scenari.unread import WHERE_READ, given, where_read
from nido.scenari.validation import SemanticProblems
from nido.scenari.yaml_tree import Place


@where_read
def check_stagioni(context: Context, problems: SemanticProblems) -> None:
    """Check that the stagioni are made of whole months, in order, apart, within three years."""
    check_ids(problems, ("stagioni",), [season.id for season in context.scenario.stagioni])
    previous: date | None = None
    for index, season in enumerate(context.scenario.stagioni):
        path = ("stagioni", index)
        _check_months(problems, path, season)
        with WHERE_READ:
            if previous is not None and season.inizio <= previous:
                problems.add(
                    (*path, "inizio"),
                    f"le stagioni vanno in ordine e separate: la precedente finisce il {previous}",
                    f"stagioni go in order and apart: the one before ends on {previous}",
                )
            previous = season.fine if previous is None else max(previous, season.fine)
    _check_horizon(context, problems)


def _check_months(problems: SemanticProblems, path: Place, season: Stagione) -> None:
    with WHERE_READ:
        if season.fine < season.inizio:
            check_order(problems, (*path, "fine"), season.inizio, season.fine)
            return
    with WHERE_READ:
        if season.inizio.day != 1:
            problems.add(
                (*path, "inizio"),
                f"una stagione comincia il primo giorno di un mese, non il {season.inizio.day}",
                f"a stagione starts on the first day of a month, not on day {season.inizio.day}",
            )
    with WHERE_READ:
        last = monthrange(season.fine.year, season.fine.month)[1]
        if season.fine.day != last:
            problems.add(
                (*path, "fine"),
                f"una stagione finisce l'ultimo giorno di un mese: il {last}, non il {season.fine.day}",
                f"a stagione ends on the last day of a month: {last}, not {season.fine.day}",
            )


def _check_horizon(context: Context, problems: SemanticProblems) -> None:
    with WHERE_READ:
        if context.start.year < FIRST_YEAR:
            problems.add(
                ("stagioni", 0, "inizio"),
                f"le festività sono note dal {FIRST_YEAR}",
                f"holidays are known from {FIRST_YEAR} on",
            )
    with WHERE_READ:
        if context.end >= add_months(context.start, 12 * MAX_YEARS):
            problems.add(
                ("stagioni", len(context.stagioni) - 1, "fine"),
                f"l'orizzonte è al più di {MAX_YEARS} anni, dal {context.start}",
                f"the horizon is at most {MAX_YEARS} years, from {context.start}",
            )


@where_read
def check_calendario(context: Context, problems: SemanticProblems) -> None:
    """Check closures, patron, profile and the hours that must lie on the grid."""
    scenario = context.scenario
    check_periods(problems, context, ("calendario", "chiusure"), scenario.calendario.chiusure)
    with WHERE_READ:
        patron = given(scenario.calendario.patrono)
        if patron is not None and not set(festivita(2027, patron)) - set(festivita(2027)):
            problems.add(
                ("calendario", "patrono"),
                f"il santo patrono di {patron} non è nelle tabelle",
                f"the patron saint of {patron} is not in the tables",
            )
    check_known(problems, ("profilo",), scenario.profilo, profili(), "profilo sconosciuto", "unknown profile")
    check_grid(context, problems, ("domanda", "finestra"), scenario.domanda.finestra)
    check_grid(context, problems, ("orario_standard",), scenario.orario_standard)


@where_read
def check_grid(context: Context, problems: SemanticProblems, path: Place, hours: TimeRange) -> None:
    """Check that hours fall on the grid."""
    step = context.scenario.passo_minuti
    if hours.start % step or hours.end % step:
        problems.add(
            path,
            f"{hours} non cade sulla griglia di {step} minuti",
            f"{hours} is not on the grid of {step} minutes",
        )


@where_read
def check_rotazioni(context: Context, problems: SemanticProblems) -> None:
    """Check that every rota works at some time and never twice at once."""
    check_ids(problems, ("rotazioni",), [rotazione.id for rotazione in context.scenario.rotazioni])
    for index, rotazione in enumerate(context.scenario.rotazioni):
        path = ("rotazioni", index)
        with WHERE_READ:
            if context.days and not _works(context, rotazione):
                problems.add(
                    path,
                    f"non lavora mai nell'orizzonte ({context.start} - {context.end})",
                    f"never works within the horizon ({context.start} - {context.end})",
                )
        _check_shifts(problems, path, rotazione)


@where_read
def _check_shifts(problems: SemanticProblems, path: Place, rotazione: Rotazione) -> None:
    if isinstance(rotazione, RotazioneFissa):
        _check_week(problems, (*path, "turni"), rotazione.turni)
    elif isinstance(rotazione, RotazioneSettimanale):
        for number, week in enumerate(rotazione.settimane):
            _check_week(problems, (*path, "settimane", number), week)
    elif isinstance(rotazione, RotazioneDate):
        dated = [(turno.data.toordinal(), turno.orario) for turno in rotazione.turni]
        _check_apart(problems, (*path, "turni"), enumerate(dated))


def cycle_length(rotazione: Rotazione) -> int:
    """Give the weeks or days after which a rota starts again; 1 where the phase means nothing."""
    if isinstance(rotazione, RotazioneSettimanale):
        return len(rotazione.settimane)
    return len(rotazione.ciclo) if isinstance(rotazione, RotazioneGiorni) else 1


def _works(context: Context, rotazione: Rotazione) -> bool:
    """Tell whether some phase of a rota has a shift in the horizon, the day before it included."""
    days = (context.start - timedelta(days=1), *context.days)
    at_work = [day for day in days if rotazione.lavora_festivi or day not in context.holidays]
    if isinstance(rotazione, RotazioneDate):
        return not {turno.data for turno in rotazione.turni}.isdisjoint(at_work)
    if isinstance(rotazione, RotazioneGiorni):
        return bool(at_work) and any(isinstance(hours, ShiftRange) for hours in rotazione.ciclo)
    weeks = (rotazione.turni,) if isinstance(rotazione, RotazioneFissa) else rotazione.settimane
    weekdays = {weekday for week in weeks for turno in week for weekday in turno.giorni}
    return any(day.weekday() in weekdays for day in at_work)


@where_read
def _check_week(problems: SemanticProblems, path: Place, turni: Iterable[TurnoSettimanale]) -> None:
    _check_apart(problems, path, _weekly(turni))


def _weekly(turni: Iterable[TurnoSettimanale]) -> Iterator[tuple[int, tuple[int, ShiftRange]]]:
    for index, turno in enumerate(turni):
        for weekday in turno.giorni:
            yield index, (weekday, turno.orario)


@where_read
def _check_apart(
    problems: SemanticProblems, path: Place, shifts: Iterable[tuple[int, tuple[int, ShiftRange]]]
) -> None:
    """Refuse shifts of one rota that overlap; each comes with its place in the list and its day."""
    taken: list[tuple[int, int, int]] = []
    told: set[int] = set()
    for index, (day, hours) in shifts:
        start, end = day * 1440 + hours.start, day * 1440 + hours.end
        overlapping = any(
            other != index and first < end and start < last for other, first, last in taken
        ) or any(other == index and first == start for other, first, _ in taken)
        if overlapping and index not in told:
            told.add(index)
            problems.add(
                (*path, index),
                f"il turno {hours} si sovrappone a un altro della stessa rotazione",
                f"the shift {hours} overlaps another of the same rota",
            )
        taken.append((index, start, end))
