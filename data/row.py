"""One row of a reference table, and what makes it valid."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Literal, get_args

from nido.data.lingua import text
from nido.data.problems import EXIT_INVALID_INPUT, NidoError, Problem

Stato = Literal["verificato", "stimato", "ipotesi"]
STATI: tuple[str, ...] = get_args(Stato)

NUMERIC_UNITS = frozenset(
    {
        *("EUR", "EUR/anno", "EUR/mese", "EUR/giorno", "EUR/ora", "EUR/ora_bambino", "EUR/pasto"),
        *("percento", "indice", "rapporto", "numero", "km", "km/h", "mq/bambino"),
        *("mesi", "giorni", "minuti", "mesi/anno", "giorni/anno", "giorni/settimana"),
        *("ore/giorno", "ore/settimana", "ore/anno"),
        *("bambini", "bambini/educatore", "posti", "persone"),
    }
)

_KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_CHOICE = re.compile(r"[a-z0-9_]+")


class DataError(NidoError):
    """A reference table is not valid, or something was asked for that the tables do not hold.

    Parameters
    ----------
    message
        What the user reads.
    problems
        The single problems of a table, with file and line; empty for a question without an answer.
    """

    exit_code = EXIT_INVALID_INPUT

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        self.problems = problems
        super().__init__(message)

    def __reduce__(self) -> tuple[type["DataError"], tuple[str, tuple[Problem, ...]]]:
        return (type(self), (str(self), self.problems))


@dataclass(frozen=True, slots=True)
class Voce:
    """One row of a reference table.

    Attributes
    ----------
    chiave
        Dotted name, the same in every validity period.
    valore
        The value as written in the table; `numero` reads it as a number.
    unita
        Unit of the value, or ``testo``, ``scelta``, ``data``, ``mese-giorno``, ``orario``.
    valido_dal, valido_al
        First and last day of validity, both included; None when open.
    fonte
        Where the value comes from; never empty.
    stato
        ``verificato`` (a page that states it was read), ``stimato`` (derived, the note says how)
        or ``ipotesi`` (a choice waiting for the real figure).
    nota
        What a reader must know before using the value.
    tabella
        Name of the table, without extension.
    """

    chiave: str
    valore: str
    unita: str
    valido_dal: date | None
    valido_al: date | None
    fonte: str
    stato: Stato
    nota: str
    tabella: str

    @property
    def numero(self) -> Decimal:
        """The value as a number, in `unita`.

        Raises
        ------
        DataError
            If the unit of the row is not that of a number.
        """
        if self.unita not in NUMERIC_UNITS:
            message = text(
                "{chiave} non è un numero: {valore} ({unita})",
                "{chiave} is not a number: {valore} ({unita})",
                chiave=self.chiave,
                valore=self.valore,
                unita=self.unita,
            )
            raise DataError(message)
        return Decimal(self.valore)

    def vale(self, il: date) -> bool:
        """Tell whether the row is valid on a day (both ends of its period included)."""
        return (self.valido_dal is None or self.valido_dal <= il) and (
            self.valido_al is None or il <= self.valido_al
        )


def _is_time(value: str) -> bool:
    return re.fullmatch(r"\d\d:\d\d", value) is not None and _parses(time.fromisoformat, value)


def _is_month_day(value: str) -> bool:
    return re.fullmatch(r"\d\d-\d\d", value) is not None and _parses(date.fromisoformat, f"2001-{value}")


def _parses(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True


def _is_date(value: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None and _parses(date.fromisoformat, value)


TEXT_UNITS: Mapping[str, Callable[[str], bool]] = {
    "testo": lambda value: True,
    "scelta": lambda value: _CHOICE.fullmatch(value) is not None,
    "data": _is_date,
    "mese-giorno": _is_month_day,
    "orario": _is_time,
}


def state_problem(stato: str) -> list[tuple[str, str]]:
    """The problem of a wrong state, as a list that is empty when the state is right."""
    if stato in STATI:
        return []
    states = ", ".join(STATI)
    return [("stato", text("atteso uno fra {states}", "expected one of {states}", states=states))]


def row_problems(row: Mapping[str, str]) -> list[tuple[str, str]]:
    """Problems of one row as pairs (column, message)."""
    found: list[tuple[str, str]] = []
    if _KEY.fullmatch(row["chiave"]) is None:
        message = text("attesi nomi minuscoli uniti da punti", "expected dotted lower-case names")
        found.append(("chiave", message))
    if not row["valore"]:
        found.append(("valore", text("vuoto", "empty")))
    unit = row["unita"]
    if unit in NUMERIC_UNITS:
        if row["valore"] and _NUMBER.fullmatch(row["valore"]) is None:
            found.append(("valore", text("atteso un numero come 12.50", "expected a number like 12.50")))
    elif unit not in TEXT_UNITS:
        found.append(("unita", text("unità sconosciuta: {unit}", "unknown unit: {unit}", unit=unit)))
    elif row["valore"] and not TEXT_UNITS[unit](row["valore"]):
        message = text("non è valido per l'unità {unit}", "not valid for unit {unit}", unit=unit)
        found.append(("valore", message))
    for column in ("valido_dal", "valido_al"):
        if row[column] and not _is_date(row[column]):
            found.append((column, text("attesa una data AAAA-MM-GG", "expected a date YYYY-MM-DD")))
    if not found and row["valido_dal"] and row["valido_al"] and row["valido_dal"] > row["valido_al"]:
        found.append(("valido_al", text("prima di valido_dal", "before valido_dal")))
    if not row["fonte"]:
        found.append(("fonte", text("vuota: ogni cifra ha una fonte", "empty: every figure has a source")))
    return found + state_problem(row["stato"])
