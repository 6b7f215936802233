"""Between the text of a scenario and its values: times, days, dates, amounts, names.

A refusal carries its sentence in both languages, so that it is chosen when it is shown. No sentence holds the
refused value, since only the schema knows whether it may be shown; a hint may, and is left out with it.
"""

import math
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticCustomError

from nido.scenari.meant_number import meant_number
from nido.scenari.yaml_tree import SourceFloat

MINUTES_IN_DAY = 1440
WEEKDAY_NAMES = ("lun", "mar", "mer", "gio", "ven", "sab", "dom")
BAMBINO_ID_PATTERN = r"[A-Z]{1,4}[0-9-]+"
IDENTIFIER_PATTERN = r"[a-z][a-z0-9_]*"
MONTH_PATTERN = r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])"
MAX_EURO = Decimal(1_000_000_000)
CENT = Decimal("0.01")
# More than any float of Python has: what is longer was not meant as a quantity.
MAX_DECIMALS = 20

_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")
_RANGE = re.compile(r"([0-9:.]+)\s*[-–]\s*([0-9:.]+)")
_DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ITALIAN_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_DATE_YEARS = (1900, 2100)
_TIME_HINT = (
    'scrivi l\'ora con i due punti, per esempio "7:30"',
    'write the time with a colon, for example "7:30"',
)


def refusal(
    kind: str, it: str, en: str, *, hint: tuple[str, str] = ("", ""), **values: object
) -> PydanticCustomError:
    """Build an error whose sentence is chosen when it is shown, not when it is raised.

    Parameters
    ----------
    kind
        Stable name of the error.
    it, en
        The sentence in both languages, with ``str.format`` fields.
    hint
        Suggestion in Italian and in English, with the same fields.
    values
        Values of the fields. Never a value that may be personal.

    Returns
    -------
    PydanticCustomError
        To be raised by a validator; `nido.scenari.validation` reads its context.
    """
    context: dict[str, Any] = {"it": it.format(**values), "en": en.format(**values)}
    context["hint_it"], context["hint_en"] = (sentence.format(**values) for sentence in hint)
    return PydanticCustomError(kind, "{en}", context)


def format_time(minutes: int) -> str:
    """Write minutes since midnight as ``HH:MM``; a moment of the next day shows its own clock time."""
    shown = minutes if minutes <= MINUTES_IN_DAY else minutes - MINUTES_IN_DAY
    return f"{shown // 60:02d}:{shown % 60:02d}"


def parse_time(value: object) -> int:
    """Read a time of day.

    Parameters
    ----------
    value
        Text ``H:MM``, ``HH:MM`` or ``H.MM``; ``24:00`` is the end of the day.

    Returns
    -------
    int
        Minutes since midnight, 0 to 1440.

    Raises
    ------
    PydanticCustomError
        If it is a number (``7.5`` and an unquoted ``7.30`` are the same kind of number, with two meanings) or
        not a time.
    """
    if isinstance(value, int | float):
        raise refusal(
            "nido_time_number",
            "un'ora non si scrive come numero",
            "a time is not a number",
            hint=_TIME_HINT,
        )
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise refusal(
            "nido_time_format",
            "serve un'ora tra 00:00 e 24:00",
            "a time from 00:00 to 24:00 is needed",
            hint=_TIME_HINT,
        )
    hours, minutes = int(match[1]), int(match[2])
    if minutes > 59 or hours * 60 + minutes > MINUTES_IN_DAY:
        raise refusal(
            "nido_time_bounds",
            "ora inesistente: da 00:00 a 24:00, minuti da 00 a 59",
            "no such time: 00:00 to 24:00, minutes 00 to 59",
        )
    return hours * 60 + minutes


def parse_bounds(value: object) -> tuple[int, int]:
    match = _RANGE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise refusal(
            "nido_range_format",
            'serve un intervallo come "06:30-20:00"',
            'a range such as "06:30-20:00" is needed',
        )
    return parse_time(match[1]), parse_time(match[2])


def _bad_weekday() -> PydanticCustomError:
    return refusal(
        "nido_weekday",
        "giorni ammessi: lun, mar, mer, gio, ven, sab, dom, tutti; per esempio lun-ven oppure lun,mer,ven",
        "days allowed: lun, mar, mer, gio, ven, sab, dom, tutti; for example lun-ven or lun,mer,ven",
    )


def _weekday_span(part: object) -> list[int]:
    if not isinstance(part, str):
        raise _bad_weekday()
    if part.strip() == "tutti":
        return list(range(7))
    names = [name.strip() for name in part.split("-")]
    if len(names) > 2 or not set(names) <= set(WEEKDAY_NAMES):
        raise _bad_weekday()
    first, last = WEEKDAY_NAMES.index(names[0]), WEEKDAY_NAMES.index(names[-1])
    if len(names) == 2 and last <= first:
        raise refusal(
            "nido_weekday_order",
            "l'intervallo di giorni va da un giorno a uno successivo della settimana (lun-ven)",
            "a span of days goes from a day to a later one of the week (lun-ven)",
        )
    return list(range(first, last + 1))


def parse_weekdays(value: object) -> tuple[int, ...]:
    """Read days of the week: ``lun-ven``, ``sab``, ``lun,mer,ven``, a list of them, or ``tutti``.

    Returns
    -------
    tuple[int, ...]
        Days in order, 0 = Monday to 6 = Sunday.

    Raises
    ------
    PydanticCustomError
        If a day does not exist, comes twice, or there is none.
    """
    if isinstance(value, tuple):
        if value and all(type(day) is int and 0 <= day < 7 for day in value):
            # Only Python code makes tuples of numbers: days already read.
            return tuple(sorted(set(value)))
        value = list(value)
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list) or not parts:
        raise _bad_weekday()
    days = [day for part in parts for day in _weekday_span(part)]
    if len(set(days)) < len(days):
        raise refusal(
            "nido_weekday_repeated", "lo stesso giorno è scritto due volte", "the same day comes twice"
        )
    return tuple(sorted(days))


def format_weekdays(days: Sequence[int]) -> str:
    """Write days of the week in the shortest form that `parse_weekdays` reads back."""
    if len(days) == len(WEEKDAY_NAMES):
        return "tutti"
    spans: list[list[int]] = []
    for day in days:
        if spans and day == spans[-1][-1] + 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    parts: list[str] = []
    for span in spans:
        names = [WEEKDAY_NAMES[day] for day in span]
        parts.extend([f"{names[0]}-{names[-1]}"] if len(names) > 2 else names)
    return ",".join(parts)


def parse_date(value: object) -> date:
    """Read a date written ``2026-09-01`` or ``01/09/2026``.

    Raises
    ------
    PydanticCustomError
        If it is written otherwise, does not exist, or lies outside 1900-2100.
    """
    if type(value) is date:
        return value
    source = value if isinstance(value, str) else ""
    if iso := _ISO_DATE.fullmatch(source):
        year, month, day = (int(part) for part in iso.groups())
    elif italian := _ITALIAN_DATE.fullmatch(source):
        day, month, year = (int(part) for part in italian.groups())
    else:
        raise refusal(
            "nido_date_format",
            "serve una data come 2026-09-01 oppure 01/09/2026",
            "a date such as 2026-09-01 or 01/09/2026 (day first) is needed",
        )
    if not _DATE_YEARS[0] <= year <= _DATE_YEARS[1]:
        raise refusal(
            "nido_date_year",
            "l'anno va da {first} a {last}",
            "years go from {first} to {last}",
            first=_DATE_YEARS[0],
            last=_DATE_YEARS[1],
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise refusal("nido_date_missing", "questa data non esiste", "there is no such date") from None


def _written_number(value: object) -> str:
    """Take the digits as they were written, so that no binary fraction comes between file and amount."""
    if isinstance(value, SourceFloat):
        return value.written
    if isinstance(value, float) and math.isfinite(value):
        return format(Decimal(repr(value)), "f")
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def parse_decimal(value: object, last: Decimal | None = None) -> Decimal:
    """Read a number with a decimal point, exactly as written.

    Parameters
    ----------
    value
        Text, or a number of the file.
    last
        Greatest number allowed after 0, for the message; None when the caller says nothing of it.

    Raises
    ------
    PydanticCustomError
        If it is not a finite number, or is written with a comma, a percent sign or a unit.
    """
    written = _written_number(value)
    try:
        if isinstance(value, SourceFloat) or _DECIMAL.fullmatch(written):
            return Decimal(written)
    except ArithmeticError:
        pass
    raise _not_a_number(written, last)


def _not_a_number(written: str, last: Decimal | None) -> PydanticCustomError:
    """Say which numbers are allowed; only a number that was meant is suggested."""
    point = meant_number(written, last)
    limits = ("", "") if last is None else (", da 0 a {last} compresi", ", 0 to {last} included")
    return refusal(
        "nido_number",
        "serve un numero, senza unità di misura e con il punto decimale" + limits[0],
        "a number is needed, with no unit and with a decimal point" + limits[1],
        hint=("scrivi {point}", "write {point}") if point else ("", ""),
        point=point,
        last="" if last is None else format(last, "f"),
    )


def bounded(value: object, last: Decimal) -> Decimal:
    """Read a number from 0 to `last`, both included.

    Raises
    ------
    PydanticCustomError
        If it is not a number, is out of bounds, or has more decimals than any quantity of a scenario.
    """
    number = parse_decimal(value, last)
    if not 0 <= number <= last:
        raise refusal(
            "nido_number_bounds", "da 0 a {last} compresi", "0 to {last} included", last=format(last, "f")
        )
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -MAX_DECIMALS:
        raise refusal(
            "nido_number_decimals", "al più {most} decimali", "at most {most} decimals", most=MAX_DECIMALS
        )
    return number


def parse_euro(value: object) -> Decimal:
    """Read an amount of euro.

    Returns
    -------
    Decimal
        Euro, not negative, with exactly two decimals.

    Raises
    ------
    PydanticCustomError
        If it is not a number, is out of bounds, has more than two decimals, or may be a thousand written with
        a point (``1.000``).
    """
    if _THOUSANDS.fullmatch(_written_number(value)):
        raise refusal(
            "nido_euro_thousands",
            "il punto separa i centesimi, non le migliaia: al più due decimali",
            "the point marks the cents, not the thousands: at most two decimals",
            hint=("per mille euro scrivi 1000", "for a thousand euro write 1000"),
        )
    amount = bounded(value, MAX_EURO)
    if amount != amount.quantize(CENT):
        raise refusal("nido_euro_decimals", "al più due decimali", "at most two decimals")
    return amount.quantize(CENT)


def format_euro(amount: Decimal) -> str:
    """Write an amount of euro with two decimals.

    Raises
    ------
    ValueError
        If it has more: nothing is rounded here.
    """
    if amount != amount.quantize(CENT):
        raise ValueError(f"not whole cents: {amount}")
    return f"{amount:.2f}"


def format_decimal(number: Decimal) -> str:
    """Write a number without exponent and without needless zeros, so that equal numbers look equal."""
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def parse_identifier(value: object) -> str:
    """Read the name of a thing: lower-case letters, digits and underscores, a letter first.

    Raises
    ------
    PydanticCustomError
        If it is written otherwise.
    """
    if isinstance(value, str) and re.fullmatch(IDENTIFIER_PATTERN, value):
        return value
    raise refusal(
        "nido_identifier",
        "servono lettere minuscole senza accento, cifre e trattini bassi, con una lettera all'inizio",
        "lower-case letters without accents, digits and underscores are needed, a letter first",
    )


def parse_month(value: object) -> str:
    """Read a month of a year.

    Raises
    ------
    PydanticCustomError
        If it is not written like ``2026-09``.
    """
    if isinstance(value, str) and re.fullmatch(MONTH_PATTERN, value):
        return value
    raise refusal(
        "nido_month",
        "serve un mese come 2026-09: anno, trattino, mese con due cifre",
        "a month such as 2026-09 is needed: year, hyphen, month with two digits",
    )


def parse_bambino_id(value: object) -> str:
    """Read the code of a child: one to four capitals, then digits and hyphens.

    Raises
    ------
    PydanticCustomError
        If it is written otherwise; the value may be a name and is nowhere in the error's text.
    """
    if isinstance(value, str) and re.fullmatch(BAMBINO_ID_PATTERN, value):
        return value
    raise refusal(
        "nido_bambino_id",
        "serve un codice come B001: da una a quattro maiuscole, poi cifre e trattini, mai un nome",
        "a code such as B001 is needed: one to four capitals, then digits and hyphens, never a name",
    )
