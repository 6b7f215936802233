"""Load and check the reference tables of figures."""

import csv
import difflib
import io
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import cast

from nido.data.lingua import text
from nido.data.problems import Problem
from nido.data.row import DataError, Stato, Voce, row_problems

HEADER = ("chiave", "valore", "unita", "valido_dal", "valido_al", "fonte", "stato", "nota")

TABLES = (
    "profili",
    "costi",
    "calibrazione",
    "rette",
    "trasferimenti",
    "inps",
    "calendario",
    "clausole",
    "indagine_2025",
    "aziende",
    "offerta",
    "spostamenti",
    "scelte",
)


def _voce(row: Mapping[str, str], tabella: str) -> Voce:
    def day(value: str) -> date | None:
        return date.fromisoformat(value) if value else None

    return Voce(
        chiave=row["chiave"],
        valore=row["valore"],
        unita=row["unita"],
        valido_dal=day(row["valido_dal"]),
        valido_al=day(row["valido_al"]),
        fonte=row["fonte"],
        stato=cast(Stato, row["stato"]),
        nota=row["nota"],
        tabella=tabella,
    )


def _overlap(one: Voce, other: Voce) -> bool:
    starts = max(one.valido_dal or date.min, other.valido_dal or date.min)
    ends = min(one.valido_al or date.max, other.valido_al or date.max)
    return starts <= ends


def read_rows(
    file: str, source: str, header: tuple[str, ...]
) -> tuple[list[tuple[int, dict[str, str]]], list[Problem]]:
    """Split a reference table into rows, without judging the values.

    Parameters
    ----------
    file
        File name for the problems.
    source
        Whole text of the table (comma separated).
    header
        The columns it must have, in this order.

    Returns
    -------
    tuple
        The well-formed rows with their line number, and the problems of the others.
    """
    rows: list[tuple[int, dict[str, str]]] = []
    problems: list[Problem] = []
    reader = csv.reader(io.StringIO(source), strict=True)
    try:
        records = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        return rows, [Problem(file, reader.line_num, 0, "", str(error))]
    if not records or tuple(records[0][1]) != header:
        columns = ",".join(header)
        expected = text("attesa l'intestazione {columns}", "expected the header {columns}", columns=columns)
        return rows, [Problem(file, 1, 0, "", expected)]
    for line, cells in records[1:]:
        if len(cells) != len(header):
            message = text(
                "{found} colonne, attese {wanted}",
                "{found} columns, expected {wanted}",
                found=len(cells),
                wanted=len(header),
            )
            problems.append(Problem(file, line, 0, "", message))
        else:
            rows.append((line, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}))
    return rows, problems


def raise_problems(problems: list[Problem]) -> None:
    """Raise one DataError with every problem, or do nothing when there is none."""
    if problems:
        ordered = tuple(sorted(problems))
        raise DataError("\n".join(str(problem) for problem in ordered), ordered)


def parse_table(tabella: str, source: str) -> tuple[Voce, ...]:
    """Read the text of one reference table.

    Parameters
    ----------
    tabella
        Name of the table, without extension.
    source
        Whole text of the table.

    Returns
    -------
    tuple of Voce
        The rows in file order.

    Raises
    ------
    DataError
        With all problems of the table at once: wrong header, wrong number of columns, value that
        does not fit its unit, missing source, two rows of one key valid on the same day.
    """
    file = f"{tabella}.csv"
    rows, problems = read_rows(file, source, HEADER)
    seen: dict[str, list[tuple[int, Voce]]] = {}
    for line, row in rows:
        found = row_problems(row)
        key = row["chiave"]
        problems += [Problem(file, line, 0, f"{key}.{column}", message) for column, message in found]
        if found:
            continue
        voce = _voce(row, tabella)
        for other_line, other in seen.setdefault(voce.chiave, []):
            if _overlap(voce, other):
                message = text(
                    "valida negli stessi giorni della riga {line}",
                    "valid on the same days as line {line}",
                    line=other_line,
                )
                problems.append(Problem(file, line, 0, voce.chiave, message))
        seen[voce.chiave].append((line, voce))
    raise_problems(problems)
    return tuple(voce for _, voce in sorted(pair for pairs in seen.values() for pair in pairs))


def read_resource(name: str) -> str:
    """Text of a file shipped with the package, UTF-8."""
    return resources.files("nido.data").joinpath(name).read_text(encoding="utf-8")


@cache
def _table(tabella: str) -> tuple[Voce, ...]:
    return parse_table(tabella, read_resource(f"{tabella}.csv"))


def index_rows(rows: Iterable[Voce]) -> Mapping[str, tuple[Voce, ...]]:
    """Rows by key, the most recent period last.

    Raises
    ------
    DataError
        If a key has rows in two tables: a look-up would not know which one is meant.
    """
    index: dict[str, list[Voce]] = {}
    for row in rows:
        index.setdefault(row.chiave, []).append(row)
    raise_problems([_in_two_tables(same) for same in index.values() if same[0].tabella != same[-1].tabella])
    return {
        key: tuple(sorted(same, key=lambda row: row.valido_dal or date.min)) for key, same in index.items()
    }


def _in_two_tables(rows: list[Voce]) -> Problem:
    message = text("chiave già in {first}.csv", "key already in {first}.csv", first=rows[0].tabella)
    return Problem(f"{rows[-1].tabella}.csv", 0, 0, rows[-1].chiave, message)


@cache
def _by_key() -> Mapping[str, tuple[Voce, ...]]:
    return index_rows(voci())


def tables() -> tuple[str, ...]:
    """Names of the tables of figures, in the order in which they are listed to a user."""
    return TABLES


def voci(tabella: str | None = None) -> tuple[Voce, ...]:
    """Rows of one table, or of all of them.

    Parameters
    ----------
    tabella
        Name of a table (see `tables`); None for all.

    Raises
    ------
    DataError
        If the table does not exist or is not valid.
    """
    if tabella is None:
        return tuple(voce for name in TABLES for voce in _table(name))
    if tabella not in TABLES:
        raise DataError(unknown(text("tabella", "table"), tabella, TABLES))
    return _table(tabella)


def voce(chiave: str, il: date | None = None) -> Voce:
    """Find the row of a key.

    Parameters
    ----------
    chiave
        Dotted name, as in the table.
    il
        Day on which the row must be valid; None for the most recent period, whatever today is.

    Raises
    ------
    DataError
        If no table has the key (with a suggestion), or no row of it is valid on that day.
    """
    rows = _by_key().get(chiave)
    if rows is None:
        raise DataError(unknown(text("chiave", "key"), chiave, _by_key()))
    if il is None:
        return rows[-1]
    for row in rows:
        if row.vale(il):
            return row
    periods = ", ".join(f"{row.valido_dal or '...'} - {row.valido_al or '...'}" for row in rows)
    message = text(
        "{chiave} non ha un valore per il {il}; periodi presenti: {periods}",
        "{chiave} has no value on {il}; periods present: {periods}",
        chiave=chiave,
        il=il,
        periods=periods,
    )
    raise DataError(message)


def periods(chiave: str) -> tuple[tuple[date | None, date | None], ...]:
    """Give first and last day of each period for which a key has a value, both included; None is no limit.

    Parameters
    ----------
    chiave
        Dotted name, as in the table; an unknown one has no period.
    """
    return tuple((row.valido_dal, row.valido_al) for row in _by_key().get(chiave, ()))


def unknown(what: str, wanted: str, known: Iterable[str]) -> str:
    """Sentence for a name that does not exist, with the closest ones that do."""
    close = difflib.get_close_matches(wanted, list(known), n=3, cutoff=0.6)
    sentence = text("{what} inesistente: {wanted}", "no such {what}: {wanted}", what=what, wanted=wanted)
    if not close:
        return sentence
    return sentence + text("; forse {close}?", "; did you mean {close}?", close=", ".join(close))
