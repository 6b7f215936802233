"""Days, months, holidays, ages, opening days and the grid (docs/modello.md, sections 1, 4 and 5)."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from nido.data import voce
from nido.data.festivita import festivita
from nido.data.profili import Banda
from nido.matching.verifica.caso import Case, days_between, remembered
from nido.scenari.domanda import Bambino
from nido.scenari.fields import TimeRange
from nido.scenari.schema import closed_in

DAY = 1440


def month_of(day: date) -> str:
    """Name the calendar month of a day, such as ``2026-09``."""
    return f"{day.year:04d}-{day.month:02d}"


def months_of(days: Iterable[date]) -> tuple[str, ...]:
    """Name the calendar months that hold some of the days, in order."""
    return tuple(sorted({month_of(day) for day in days}))


@remembered
def season_days(case: Case, stagione: str) -> tuple[date, ...]:
    """List the days of a stagione."""
    season = case.stagioni[stagione]
    return days_between(season.inizio, season.fine)


@remembered
def season_months(case: Case, stagione: str) -> tuple[str, ...]:
    """Name the months of a stagione."""
    return months_of(season_days(case, stagione))


@remembered
def feasts(case: Case) -> frozenset[date]:
    """Days of national holiday, if the scenario takes them off, and of the patron, if it names one."""
    found: set[date] = set()
    settings = case.scenario.calendario
    # One year more on each side: shifts of the day before the horizon are asked about too.
    for year in range(case.first_day.year - 1, case.last_day.year + 2):
        national = festivita(year, None)
        if settings.festivita:
            found.update(national)
        if settings.patrono is not None:
            local = festivita(year, settings.patrono)
            # A patron on a national holiday joins its name: the day is the patron's all the same.
            found.update(day for day, name in local.items() if national.get(day) != name)
    return frozenset(found)


def is_closed_for_all(case: Case, day: date) -> bool:
    """Tell whether nobody opens on a day: holiday, patron, or a closure of the scenario's calendar."""
    return day in feasts(case) or closed_in(case.scenario.calendario.chiusure, day)


@remembered
def ordinary_days(case: Case, gestore: str, stagione: str) -> frozenset[date]:
    """Days of a stagione on which a provider keeps its base hours open."""
    provider = case.gestori[gestore]
    return frozenset(
        day
        for day in season_days(case, stagione)
        if day.weekday() in provider.base.giorni
        and not is_closed_for_all(case, day)
        and not closed_in(provider.chiusure, day)
    )


@remembered
def fascia_days(case: Case, gestore: str, fascia: str, stagione: str) -> frozenset[date]:
    """Days of a stagione on which a fascia works if it is open; none means that it does not exist."""
    provider, wanted = case.gestori[gestore], case.fascia(gestore, fascia)
    if wanted.stagioni and stagione not in wanted.stagioni:
        return frozenset()
    return frozenset(
        day
        for day in season_days(case, stagione)
        if day.weekday() in wanted.giorni
        and not is_closed_for_all(case, day)
        and closed_in(provider.chiusure, day) == wanted.in_chiusura
    )


@remembered
def fasce_of(case: Case, gestore: str, stagione: str) -> tuple[str, ...]:
    """Fasce of a provider that exist in a stagione, in the order of the scenario."""
    names = (item.id for item in case.gestori[gestore].fasce)
    return tuple(name for name in names if fascia_days(case, gestore, name, stagione))


def mask(case: Case, hours: TimeRange) -> int:
    """Intervals of the grid inside some hours of the day: bit k is the k-th interval from midnight."""
    first, last = -(-hours.start // case.step), hours.end // case.step
    return ((1 << last) - 1) & ~((1 << first) - 1)


def touched(case: Case, start: int, end: int) -> int:
    """Intervals of the grid of which at least one minute lies in ``[start, end)`` of the day."""
    if end <= start:
        return 0
    first, last = start // case.step, -(-end // case.step)
    return ((1 << last) - 1) & ~((1 << first) - 1)


def slots(bits: int) -> tuple[int, ...]:
    """List the intervals of a mask."""
    return tuple(number for number in range(bits.bit_length()) if bits >> number & 1)


@remembered
def base_mask(case: Case, gestore: str) -> int:
    """Intervals of a provider's base hours."""
    return mask(case, case.gestori[gestore].base.orario)


@remembered
def fascia_mask(case: Case, gestore: str, fascia: str) -> int:
    """Intervals of a fascia."""
    return mask(case, case.fascia(gestore, fascia).orario)


# --- ages and requests -------------------------------------------------------------------------------------


def add_months(day: date, months: int) -> date:
    """Tell on which day some months are completed: same number, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def leaving_day(child: Bambino) -> date:
    """First day without request: the stated one, or that of the entry to the scuola dell'infanzia."""
    if child.uscita is not None:
        return child.uscita
    born, rule = child.nascita, "calendario.infanzia"
    month, day = _month_day(voce(f"{rule}.ingresso").valore)
    turns = born.year + int(voce(f"{rule}.anni").numero)
    limit = voce(f"{rule}.nati_entro", date(turns - 1, month, day))
    before = (born.month, born.day) <= _month_day(limit.valore)
    return date(turns - 1 if before else turns, month, day)


def _month_day(written: str) -> tuple[int, int]:
    """Read a day of the year, such as ``09-01``."""
    month, _, day = written.partition("-")
    return int(month), int(day)


@remembered
def request_period(case: Case, bambino: str) -> tuple[date, date]:
    """First and last day of a child's request, whatever the stagione; empty when the first is later."""
    child = case.bambini[bambino]
    first = add_months(child.nascita, case.profile.eta_minima_mesi)
    if child.ingresso is not None:
        first = max(first, child.ingresso)
    return first, leaving_day(child) - timedelta(days=1)


@remembered
def request_days(case: Case, bambino: str, stagione: str) -> tuple[date, ...]:
    """Days of a stagione that belong to a child's request."""
    first, last = request_period(case, bambino)
    return tuple(day for day in season_days(case, stagione) if first <= day <= last)


@remembered
def request_months(case: Case, bambino: str, stagione: str) -> tuple[str, ...]:
    """Months of a stagione with at least one day of a child's request."""
    return months_of(request_days(case, bambino, stagione))


@remembered
def fascia_months(case: Case, bambino: str, gestore: str, fascia: str, stagione: str) -> tuple[str, ...]:
    """Months of a stagione with at least one day of the fascia inside a child's request."""
    asked = request_days(case, bambino, stagione)
    return months_of(day for day in fascia_days(case, gestore, fascia, stagione) if day in set(asked))


@remembered
def _band_starts(case: Case, bambino: str) -> tuple[tuple[date, Banda], ...]:
    born = case.bambini[bambino].nascita
    return tuple((add_months(born, band.da_mesi), band) for band in case.profile.bande)


def band_on(case: Case, bambino: str, day: date) -> str:
    """Age band of a child on a day: the last one begun; before the first, the first."""
    starts = _band_starts(case, bambino)
    begun = [band for start, band in starts if start <= day]
    return (begun[-1] if begun else starts[0][1]).id


def ratios(case: Case) -> Mapping[str, int]:
    """Children per educator, by age band, youngest first."""
    return {band.id: band.bambini_per_educatore for band in case.profile.bande}
