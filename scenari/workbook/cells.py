"""The cells of a workbook, each with its place, whatever program wrote it."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from python_calamine import CalamineError, CalamineWorkbook

from nido.data.problems import Problem
from nido.scenari.sheet_places import cell_place, line_of
from nido.scenari.workbook.archive import damaged, refused, unpack
from nido.scenari.workbook.facts import FactsError, SheetFacts, facts_of

MAX_ROWS = 200_000
# Rows times columns of one sheet, which its reader keeps in memory at once.
MAX_AREA = 2_000_000
MAX_SHEETS = 100

Raw: TypeAlias = str | int | float | bool | date | datetime | time | timedelta

FORMULA = "formula"
ERROR = "errore"
MERGED = "unite"
COVERED = "coperta"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with something in it; row and column from 1.

    Attributes
    ----------
    value
        What it holds; an empty text where `trouble` says that it cannot be read.
    trouble
        Why it cannot be read: `FORMULA` (never computed), `ERROR` (it shows one), `MERGED` (the second of a
        merged range) or `COVERED` (a further one); empty if it can.
    """

    value: Raw
    row: int
    column: int
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its cells by row and column, empty ones left out."""

    name: str
    number: int
    rows: Mapping[int, Mapping[int, Cell]]

    def line(self, row: int) -> int:
        """Give the line of a row in the order of the whole workbook, from 1."""
        return line_of(self.number, row)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that was read."""

    file: str
    sheets: tuple[Sheet, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names of the sheets."""
        return tuple(sheet.name for sheet in self.sheets)

    def problem(
        self, sheet: Sheet, row: int, column: int, where: str, message: str, hint: str = ""
    ) -> Problem:
        """Tell of something wrong at a cell."""
        line = sheet.line(row)
        cell = cell_place(self.names, line, column)
        return Problem(self.file, line, column, where, message, hint, cell=cell)


def read_book(file: str, raw: bytes) -> Book:
    """Read every sheet of a workbook.

    Parameters
    ----------
    file
        Name for messages.
    raw
        Content of an .xlsx or .ods.

    Returns
    -------
    Book
        Its cells. Hidden sheets, rows and columns are read like the others.

    Raises
    ------
    InputError
        If it is none, is refused (see `nido.scenari.workbook.archive.unpack`), or is too large.
    """
    archive = unpack(file, raw)
    try:
        facts = facts_of(archive)
    except FactsError:
        raise damaged(file) from None
    _check_size(file, facts)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(archive.clean)) as workbook:
            sheets = [workbook.get_sheet_by_name(sheet.name) for sheet in facts]
            contents = [sheet.to_python(skip_empty_area=False) for sheet in sheets]
    except (CalamineError, ValueError, OSError, OverflowError):
        raise damaged(file) from None
    except BaseException as error:
        # A fault of the reader, which is not written in Python, is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(file) from None
    pairs = enumerate(zip(facts, contents, strict=True))
    return Book(file, tuple(_sheet(number, known, rows) for number, (known, rows) in pairs))


def _check_size(file: str, facts: list[SheetFacts]) -> None:
    if not facts or len(facts) > MAX_SHEETS:
        raise damaged(file)
    for sheet in facts:
        if sheet.rows > MAX_ROWS or sheet.rows * sheet.columns > MAX_AREA:
            raise refused(
                file,
                f"un foglio arriva alla riga {sheet.rows}, colonna {sheet.columns}: è troppo",
                f"a sheet reaches row {sheet.rows}, column {sheet.columns}: too far",
                (
                    "cancella le celle lontane dalla tabella (Ctrl+Fine mostra l'ultima)",
                    "delete the cells far from the table (Ctrl+End shows the last one)",
                ),
            )


def _sheet(number: int, facts: SheetFacts, rows: list[list[Raw]]) -> Sheet:
    found: dict[int, dict[int, Cell]] = {}
    for row, values in enumerate(rows, start=1):
        filled = {
            column: Cell(value, row, column) for column, value in enumerate(values, start=1) if value != ""
        }
        if filled:
            found[row] = filled
    for trouble, places in ((FORMULA, facts.unvalued), (ERROR, facts.errors)):
        for row, column in places:
            found.setdefault(row, {})[column] = Cell("", row, column, trouble)
    for cell in _covered(facts):
        if cell.row in found:
            found[cell.row].setdefault(cell.column, cell)
    return Sheet(facts.name, number, {row: found[row] for row in sorted(found)})


def _covered(facts: SheetFacts) -> Iterator[Cell]:
    """Give the cells that a merged range hides, as far as the sheet has rows and columns."""
    for (top, left), (bottom, right) in facts.merged:
        trouble = MERGED
        for row in range(top, min(bottom, facts.rows) + 1):
            for column in range(left, min(right, facts.columns) + 1):
                if (row, column) != (top, left):
                    yield Cell("", row, column, trouble)
                    trouble = COVERED
