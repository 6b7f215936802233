"""Shifts and care windows (docs/modello.md, section 3).

A window is a dictionary: day -> mask of the intervals in which nobody of the family is free. Days without
any interval are absent.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from nido.matching.verifica.caso import Case, days_between, remembered
from nido.matching.verifica.tempo import (
    DAY,
    base_mask,
    feasts,
    is_closed_for_all,
    mask,
    ordinary_days,
    request_days,
    season_days,
    touched,
)
from nido.matching.verifica.viaggio import minutes, site, work
from nido.scenari.domanda import (
    Adulto,
    Bambino,
    Rotazione,
    RotazioneDate,
    RotazioneFissa,
    RotazioneSettimanale,
)
from nido.scenari.fields import TimeRange
from nido.scenari.schema import closed_in

Window = Mapping[date, int]
Span = tuple[int, int]


def hours_on(rota: Rotazione, phase: int, day: date) -> tuple[TimeRange, ...]:
    """Shifts of a rota that begin on a day, holidays not considered."""
    if isinstance(rota, RotazioneFissa):
        return tuple(turno.orario for turno in rota.turni if day.weekday() in turno.giorni)
    if isinstance(rota, RotazioneDate):
        return tuple(turno.orario for turno in rota.turni if turno.data == day)
    if isinstance(rota, RotazioneSettimanale):
        start = rota.inizio_ciclo - timedelta(days=rota.inizio_ciclo.weekday())
        monday = day - timedelta(days=day.weekday())
        week = rota.settimane[((monday - start).days // 7 + phase) % len(rota.settimane)]
        return tuple(turno.orario for turno in week if day.weekday() in turno.giorni)
    wanted = rota.ciclo[((day - rota.inizio_ciclo).days + phase) % len(rota.ciclo)]
    return () if wanted == "riposo" else (wanted,)


def shifts_on(case: Case, adult: Adulto, day: date) -> Iterator[TimeRange]:
    """Shifts of an adult that begin on a day."""
    if adult.azienda is not None and closed_in(case.aziende[adult.azienda].chiusure, day):
        return
    for turno in adult.turni:
        rota = case.rotazioni[turno.rotazione]
        too_early = turno.dal is not None and day < turno.dal
        too_late = turno.al is not None and day > turno.al
        if too_early or too_late or (day in feasts(case) and not rota.lavora_festivi):
            continue
        yield from hours_on(rota, turno.fase, day)


@remembered
def shifts(case: Case, bambino: str, position: int) -> tuple[Span, ...]:
    """Shifts of one adult of a child, in minutes from the first midnight of the horizon."""
    adult = case.bambini[bambino].adulti[position]
    found: list[Span] = []
    for day in days_between(case.first_day - timedelta(days=1), case.last_day):
        midnight = (day - case.first_day).days * DAY
        found += [(midnight + hours.start, midnight + hours.end) for hours in shifts_on(case, adult, day)]
    return tuple(found)


def united(spans: Iterable[Span]) -> list[Span]:
    """Join spans that touch or overlap."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def common(one: list[Span], other: list[Span]) -> list[Span]:
    """Keep the minutes that two lists of separate spans share."""
    shared: list[Span] = []
    left = right = 0
    while left < len(one) and right < len(other):
        start, end = max(one[left][0], other[right][0]), min(one[left][1], other[right][1])
        if start < end:
            shared.append((start, end))
        if one[left][1] < other[right][1]:
            left += 1
        else:
            right += 1
    return shared


def _busy(case: Case, bambino: str, position: int, gestore: str | None) -> list[Span]:
    """When one adult cannot be with the child; without a provider there is no travel."""
    adult = case.bambini[bambino].adulti[position]
    going = coming = 0
    if gestore is not None:
        stop, job = site(case, gestore), work(case, adult)
        going, coming = minutes(case, stop, job), minutes(case, job, stop)
    rest = case.scenario.domanda.riposo_notte_minuti
    spans: list[Span] = []
    for start, end in shifts(case, bambino, position):
        # A shift of the night ends after the midnight of the day on which it began.
        night = end > (start // DAY + 1) * DAY
        spans.append((start - going, end + coming + (rest if night else 0)))
    return united(spans)


def _by_hand(case: Case, child: Bambino) -> list[Span]:
    spans: list[Span] = []
    for day in days_between(case.first_day, case.last_day):
        midnight = (day - case.first_day).days * DAY
        for item in child.finestre:
            too_early = item.dal is not None and day < item.dal
            too_late = item.al is not None and day > item.al
            if day.weekday() in item.giorni and not too_early and not too_late:
                spans.append((midnight + item.orario.start, midnight + item.orario.end))
    return united(spans)


def _unattended(case: Case, bambino: str, gestore: str | None) -> list[Span]:
    """When nobody of the family is free."""
    child = case.bambini[bambino]
    if child.finestre:
        return _by_hand(case, child)
    adults = [_busy(case, bambino, position, gestore) for position in range(len(child.adulti))]
    if not adults:
        return []
    together = adults[0]
    for other in adults[1:]:
        together = common(together, other)
    return together


def _on_grid(case: Case, spans: Iterable[Span]) -> dict[date, int]:
    """Cut spans at midnight and widen them to the grid."""
    found: dict[date, int] = {}
    for start, end in spans:
        for number in range(start // DAY, -(-end // DAY)):
            day = case.first_day + timedelta(days=number)
            midnight = number * DAY
            bits = touched(case, max(start - midnight, 0), min(end - midnight, DAY))
            found[day] = found.get(day, 0) | bits
    return found


@remembered
def asked_days(case: Case, bambino: str, stagione: str) -> frozenset[date]:
    """Days of a stagione that pass restrictions 1 to 3: request, days asked for, absences."""
    child, asked = case.bambini[bambino], case.scenario.domanda
    return frozenset(
        day
        for day in request_days(case, bambino, stagione)
        if day.weekday() in asked.giorni
        and (asked.festivi or day not in feasts(case))
        and not closed_in(child.assenze, day)
    )


@remembered
def _whole_horizon(case: Case, bambino: str, gestore: str | None) -> dict[date, int]:
    return _on_grid(case, _unattended(case, bambino, gestore))


def _restricted(case: Case, bambino: str, gestore: str | None, stagione: str) -> dict[date, int]:
    hours = mask(case, case.scenario.domanda.finestra)
    allowed = asked_days(case, bambino, stagione)
    windows = _whole_horizon(case, bambino, gestore)
    cut = {day: windows.get(day, 0) & hours for day in season_days(case, stagione) if day in allowed}
    return {day: bits for day, bits in cut.items() if bits}


@remembered
def window(case: Case, bambino: str, gestore: str, stagione: str) -> Window:
    """Care window of a child at a provider in a stagione.

    Returns
    -------
    Window
        Day -> intervals, in order of day; days with none are absent.
    """
    whole_days = case.bambini[bambino].giorni
    if whole_days is None:
        return _restricted(case, bambino, gestore, stagione)
    open_days = ordinary_days(case, gestore, stagione) & asked_days(case, bambino, stagione)
    bits = base_mask(case, gestore)
    return {day: bits for day in sorted(open_days) if day.weekday() in whole_days}


@remembered
def reference_minutes(case: Case, bambino: str, stagione: str) -> int:
    """Minutes asked for in a stagione with no travel between provider and work: the same everywhere."""
    whole_days = case.bambini[bambino].giorni
    if whole_days is None:
        return window_minutes(case, _restricted(case, bambino, None, stagione))
    days = [
        day
        for day in asked_days(case, bambino, stagione)
        if day.weekday() in whole_days and not is_closed_for_all(case, day)
    ]
    return len(days) * case.scenario.orario_standard.minutes


def window_minutes(case: Case, bits_by_day: Window) -> int:
    """Minutes of a window or of a presence."""
    return sum(bits.bit_count() for bits in bits_by_day.values()) * case.step


@remembered
def requests(case: Case) -> tuple[tuple[str, str], ...]:
    """Requests (bambino, stagione) of a scenario: some day of the stagione, and some minute to cover."""
    return tuple(
        (bambino, stagione)
        for bambino in case.bambini
        for stagione in case.stagioni
        if request_days(case, bambino, stagione) and reference_minutes(case, bambino, stagione) > 0
    )
