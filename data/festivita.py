"""Public holidays of a year: national ones, Easter and the local patron saint."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from nido.data.comuni import comune as find_comune
from nido.data.lingua import text
from nido.data.row import DataError
from nido.data.tabelle import voce, voci

# Before this year 2 June was not a holiday and the table would be incomplete (L. 336/2000).
FIRST_YEAR = 2001
LAST_YEAR = 2199


def easter(anno: int) -> date:
    """Day of Easter in the Gregorian calendar.

    Parameters
    ----------
    anno
        Year, from 1583 on.

    Returns
    -------
    date
        Easter Sunday, by the anonymous Gregorian algorithm (J. Meeus, Astronomical Algorithms,
        chapter 8).
    """
    golden = anno % 19
    century, in_century = divmod(anno, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30
    weekday = (32 + 2 * century_rest + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(anno, month, day + 1)


def _groups(prefix: str) -> Iterator[str]:
    """Keys of the groups under a prefix, in the order of the table."""
    names = (row.chiave.removeprefix(prefix) for row in voci("calendario") if row.chiave.startswith(prefix))
    return (f"{prefix}{name}" for name in dict.fromkeys(name.split(".")[0] for name in names))


def _fixed(anno: int) -> Iterator[tuple[date, str]]:
    for group in _groups("calendario.festa."):
        row = voce(f"{group}.giorno")
        day = date.fromisoformat(f"{anno}-{row.valore}")
        if row.vale(day):
            yield day, voce(f"{group}.nome", day).valore


def _patron(anno: int, comune: str) -> Iterator[tuple[date, str]]:
    nome = find_comune(comune).nome
    for group in _groups("calendario.patrono."):
        if voce(f"{group}.comune").valore == nome:
            day = date.fromisoformat(f"{anno}-{voce(f'{group}.giorno').valore}")
            yield day, voce(f"{group}.nome").valore


def festivita(anno: int, comune: str | None = None) -> Mapping[date, str]:
    """Public holidays of a calendar year.

    Parameters
    ----------
    anno
        Year, from 2001 to 2199.
    comune
        Municipality whose patron saint is added, whatever accents and case; None for none. A
        municipality whose patron is not in the table `calendario` adds nothing.

    Returns
    -------
    Mapping
        Day -> name, in order of date. Two feasts on one day share its name, joined by " - ".

    Raises
    ------
    DataError
        If the year is outside the table, or the municipality does not exist.
    """
    if not FIRST_YEAR <= anno <= LAST_YEAR:
        message = text(
            "anno {anno}: le festività vanno dal {first} al {last}",
            "year {anno}: holidays go from {first} to {last}",
            anno=anno,
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
        raise DataError(message)
    sunday = easter(anno)
    found = [
        *_fixed(anno),
        (sunday, voce("calendario.festa_mobile.pasqua.nome").valore),
        (sunday + timedelta(days=1), voce("calendario.festa_mobile.lunedi_angelo.nome").valore),
    ]
    if comune is not None:
        found += _patron(anno, comune)
    days: dict[date, str] = {}
    for day, nome in sorted(found):
        days[day] = f"{days[day]} - {nome}" if day in days else nome
    return MappingProxyType(days)
