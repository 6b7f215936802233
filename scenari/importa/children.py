"""The rows of a company's sheet as the demand CSV of a scenario: codes in place of persons."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from nido.data.lingua import language, text
from nido.data.problems import InputError, Problem
from nido.scenari import messages
from nido.scenari.base import official_name
from nido.scenari.demand_csv import REQUIRED, scan_demand
from nido.scenari.field_text import BAMBINO_ID_PATTERN, IDENTIFIER_PATTERN, parse_date
from nido.scenari.importa.foreign import Entry, Foreign
from nido.scenari.workbook.leaves import Kind, Leaf
from nido.scenari.workbook.values import read_single

SHIFTS = ("adulto1_rotazione", "adulto2_rotazione")
DATES = ("nascita", "ingresso", "uscita")
TOWNS = ("comune", "adulto2_comune")
# Columns that a company's sheet may fill; what is reserved is never among them.
FIELDS = (
    *("id", "nascita", "comune", "ingresso", "uscita", "giorni", "desideri", "esclusi", "fratello_di"),
    *("gia_iscritto", "adulto1_rotazione", "adulto1_fase", "adulto2_comune", "adulto2_rotazione"),
)
# Beyond this a column does not hold shifts but something about each person.
MOST_SHIFTS = 30
_DATE = Leaf(Kind.DATE)
_TEXT = Leaf(Kind.TEXT)


@dataclass(frozen=True, slots=True)
class Demand:
    """The demand of a company, ready to be written.

    Attributes
    ----------
    content
        The CSV.
    count
        Children in it.
    codes
        Whether the codes are new ones, in the order of the rows.
    """

    content: bytes
    count: int
    codes: bool


def shift_names(sheet: Foreign, columns: Mapping[str, int]) -> tuple[str, ...]:
    """List the names of the shifts of a sheet, each once.

    Raises
    ------
    InputError
        If there are so many that the column holds something else.
    """
    found: dict[str, None] = {}
    for field in SHIFTS:
        for _, cells in sheet.rows:
            entry = cells.get(columns.get(field, 0))
            if entry is not None:
                found.setdefault(entry.words)
    if len(found) > MOST_SHIFTS:
        message = text(
            "la colonna dei turni ha {count} valori diversi: non sono turni",
            "the column of shifts has {count} different values: those are no shifts",
            count=len(found),
        )
        raise InputError([Problem(sheet.file, 0, 0, "", message)])
    return tuple(found)


def shift_of(name: str, known: Mapping[str, str], rotas: tuple[str, ...]) -> tuple[str, bool]:
    """Give the rotazione that a shift most likely is, and whether that is sure."""
    if name in known:
        return known[name], True
    written = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
    if written in rotas or (not rotas and re.fullmatch(IDENTIFIER_PATTERN, written)):
        return written, bool(rotas)
    return messages.closest(written, rotas) or "", False


def demand(
    sheet: Foreign,
    azienda: str,
    columns: Mapping[str, int],
    shifts: Mapping[str, str],
    prefix: str,
    out: str,
) -> Demand:
    """Make the demand CSV of a company.

    Parameters
    ----------
    sheet
        Its sheet.
    azienda
        Id of the company in the scenario.
    columns
        Position of the column of each field; fields of `FIELDS` alone.
    shifts
        Rotazione by name of shift.
    prefix
        Capitals that new codes of children start with.
    out
        Name of the CSV, for what only the demand itself shows to be wrong.

    Returns
    -------
    Demand
        One row per child. No name, no number of an employee, nothing that is not one of `FIELDS`.

    Raises
    ------
    InputError
        With every problem of the sheet, each at its cell; no value is shown.
    """
    problems = [
        Problem(sheet.file, 0, 0, field, text("nessuna colonna per questo campo", "no column for this field"))
        for field in ("nascita", "comune")
        if field not in columns
    ]
    own = "id" in columns and all(_is_code(cells.get(columns["id"])) for _, cells in sheet.rows)
    # Without codes of the company's own, no row can name another.
    fields = [name for name in FIELDS if name in columns and (own or name not in ("id", "fratello_di"))]
    rows: list[dict[str, str]] = []
    for place, (_, cells) in enumerate(sheet.rows, start=1):
        row = {"id": f"{prefix}{place:03d}", "azienda": azienda}
        for field in fields:
            entry = cells.get(columns[field])
            if entry is None:
                if field in REQUIRED:
                    first = next(iter(cells.values()))
                    message = text("manca, ed è obbligatorio", "missing, and it is required")
                    problems.append(sheet.problem(first, field, message))
                continue
            written, wrong = _value(sheet, field, entry, shifts)
            problems += wrong
            row[field] = written
        if "adulto1_rotazione" in row:
            row["adulto1_azienda"] = azienda
        rows.append(row)
    if problems:
        raise InputError(problems)
    content = _csv(rows)
    # What the scenario would refuse is not written.
    scan_demand(out, content).sound()
    return Demand(content, len(rows), not own)


def _is_code(entry: Entry | None) -> bool:
    return entry is not None and re.fullmatch(BAMBINO_ID_PATTERN, entry.words) is not None


def _value(sheet: Foreign, field: str, entry: Entry, shifts: Mapping[str, str]) -> tuple[str, list[Problem]]:
    try:
        if field in DATES:
            return parse_date(read_single(entry.value, _DATE)).strftime("%d/%m/%Y"), []
        if field in TOWNS:
            return official_name(entry.words), []
    except PydanticCustomError as error:
        told = error.context or {}
        sentence = str(told.get("en" if language() == "en" else "it", ""))
        return "", [sheet.problem(entry, field, sentence)]
    if field in SHIFTS:
        if entry.words in shifts:
            return shifts[entry.words], []
        message = text("turno senza rotazione", "shift without a rotazione")
        return "", [sheet.problem(entry, field, message, _how_to_say())]
    return str(read_single(entry.value, _TEXT)), []


def _how_to_say() -> str:
    return text('dilla con --turno "Turno=rotazione"', 'say it with --turno "Shift=rotazione"')


def _csv(rows: list[dict[str, str]]) -> bytes:
    order = ("id", "azienda", *FIELDS[1:10], "adulto1_azienda", *FIELDS[10:])
    used = [name for name in order if any(row.get(name) for row in rows)]
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(used)
    writer.writerows(_cells(row, used) for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _cells(row: Mapping[str, str], used: list[str]) -> Iterator[str]:
    for name in used:
        value = row.get(name, "")
        # A spreadsheet would take it for a formula; the reader of the demand takes the apostrophe away.
        yield f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
