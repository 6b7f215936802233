"""Rotas unrolled into shifts, and the intervals in which an adult is not free."""

from collections.abc import Iterator
from datetime import date, timedelta

from nido.scenari.domanda import (
    Adulto,
    Rotazione,
    RotazioneDate,
    RotazioneFissa,
    RotazioneGiorni,
    RotazioneSettimanale,
    TurnoAdulto,
)
from nido.scenari.fields import ShiftRange

DAY_MINUTES = 1440
Interval = tuple[int, int]


def shifts_on(rota: Rotazione, phase: int, day: date) -> tuple[ShiftRange, ...]:
    """List the shifts of a rota that start on a day, holidays not considered.

    Parameters
    ----------
    rota
        The rota.
    phase
        Weeks (or days) by which the adult is ahead in the cycle.
    day
        Any day.

    Returns
    -------
    tuple of ShiftRange
        Shifts in the order in which the rota lists them.
    """
    if isinstance(rota, RotazioneFissa):
        return tuple(shift.orario for shift in rota.turni if day.weekday() in shift.giorni)
    if isinstance(rota, RotazioneSettimanale):
        weeks = (monday(day) - monday(rota.inizio_ciclo)).days // 7
        week = rota.settimane[(weeks + phase) % len(rota.settimane)]
        return tuple(shift.orario for shift in week if day.weekday() in shift.giorni)
    if isinstance(rota, RotazioneGiorni):
        entry = rota.ciclo[((day - rota.inizio_ciclo).days + phase) % len(rota.ciclo)]
        return () if isinstance(entry, str) else (entry,)
    return _dated(rota, day)


def _dated(rota: RotazioneDate, day: date) -> tuple[ShiftRange, ...]:
    return tuple(shift.orario for shift in rota.turni if shift.data == day)


def monday(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def applies_on(turn: TurnoAdulto, day: date) -> bool:
    """Tell whether an adult follows a rota on a day."""
    return (turn.dal is None or turn.dal <= day) and (turn.al is None or day <= turn.al)


def busy_intervals(
    adult: Adulto,
    rotas: dict[str, Rotazione],
    days: range,
    start: date,
    off: tuple[frozenset[int], frozenset[int]],
    way: tuple[int, int],
    night_rest: int,
) -> list[Interval]:
    """Unroll an adult's unavailability into merged intervals (docs/modello.md, section 3).

    Parameters
    ----------
    adult
        The adult.
    rotas
        Rotas by id.
    days
        Day indices on which shifts may start; the caller begins one day early.
    start
        Date of day 0.
    off
        Day indices closed by the company, and day indices of holidays.
    way
        Minutes from provider to work and back.
    night_rest
        Minutes of rest after a shift that passes midnight.

    Returns
    -------
    list of (start, end)
        Minutes from midnight of day 0, sorted and disjoint.
    """
    closed, holiday = off
    found: list[Interval] = []
    for turn in adult.turni:
        rota = rotas[turn.rotazione]
        for index in days:
            day = start + timedelta(days=index)
            if index in closed or not applies_on(turn, day):
                continue
            if index in holiday and not rota.lavora_festivi:
                continue
            for shift in shifts_on(rota, turn.fase, day):
                rest = night_rest if shift.end > DAY_MINUTES else 0
                base = index * DAY_MINUTES
                found.append((base + shift.start - way[0], base + shift.end + way[1] + rest))
    return list(_merged(sorted(found)))


def _merged(intervals: list[Interval]) -> Iterator[Interval]:
    current: Interval | None = None
    for begin, end in intervals:
        if current is not None and begin <= current[1]:
            current = (current[0], max(current[1], end))
            continue
        if current is not None:
            yield current
        current = (begin, end)
    if current is not None:
        yield current


def intersect(a: list[Interval], b: list[Interval]) -> list[Interval]:
    """Intersect two sorted lists of disjoint intervals."""
    found: list[Interval] = []
    i = j = 0
    while i < len(a) and j < len(b):
        begin, end = max(a[i][0], b[j][0]), min(a[i][1], b[j][1])
        if begin < end:
            found.append((begin, end))
        if a[i][1] < b[j][1]:
            i += 1
        else:
            j += 1
    return found
