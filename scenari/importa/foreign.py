"""A sheet of somebody else's: a header and rows, from a CSV or a workbook, each cell with its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nido.data.italian_csv import MAX_BYTES, Cell, scan_sheet
from nido.data.lingua import text
from nido.data.problems import InputError, Problem
from nido.scenari import csv_tree
from nido.scenari.source import WORKBOOKS, read_bytes
from nido.scenari.workbook.archive import MAX_BYTES as MAX_WORKBOOK_BYTES
from nido.scenari.workbook.cells import Book, Raw, Sheet, read_book
from nido.scenari.workbook.values import shown


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell: what it holds, and its place for messages."""

    value: Raw
    line: int
    column: int
    cell: str = ""

    @property
    def words(self) -> str:
        """What its reader sees, without outer spaces."""
        return csv_tree.clean(shown(self.value))


@dataclass(frozen=True, slots=True)
class Foreign:
    """A sheet with a header.

    Attributes
    ----------
    file
        Name for messages.
    header
        Names of the columns, by position; empty ones left out.
    rows
        Cells by position, with the number of the row that its reader sees.
    """

    file: str
    header: Mapping[int, Entry]
    rows: tuple[tuple[int, Mapping[int, Entry]], ...]

    def problem(self, entry: Entry, where: str, message: str, hint: str = "") -> Problem:
        """Tell of something wrong at a cell. The value is not shown: it may be anything."""
        return Problem(self.file, entry.line, entry.column, where, message, hint, cell=entry.cell)


def read_foreign(path: Path, sheet_name: str | None = None) -> Foreign:
    """Read a company's sheet.

    Parameters
    ----------
    path
        An .xlsx, an .ods or a CSV with semicolons.
    sheet_name
        Which sheet of a workbook; None when it has only one with something in it.

    Returns
    -------
    Foreign
        Header and rows.

    Raises
    ------
    InputError
        If it cannot be read, has no such sheet, several to choose from, or no row under its header.
    """
    if path.suffix.lower() in WORKBOOKS:
        book = read_book(str(path), read_bytes(path, MAX_WORKBOOK_BYTES))
        found = _from_sheet(book, _chosen(book, sheet_name))
    elif path.suffix.lower() in (".csv", ".txt"):
        found = _from_csv(str(path), read_bytes(path, MAX_BYTES))
    else:
        message = text("serve un file .xlsx, .ods o .csv", "an .xlsx, .ods or .csv file is needed")
        raise InputError([Problem(str(path), 0, 0, "", message)])
    if not found.header or not found.rows:
        message = text("nessuna riga sotto le intestazioni", "no row under the header")
        raise InputError([Problem(str(path), 0, 0, "", message)])
    return found


def _chosen(book: Book, name: str | None) -> Sheet:
    filled = [sheet for sheet in book.sheets if sheet.rows]
    if name is not None:
        filled = [sheet for sheet in filled if sheet.name == name]
    if len(filled) == 1:
        return filled[0]
    message = text(
        "i fogli con dei dati sono {count}: dì quale con --foglio",
        "{count} sheets hold data: say which with --foglio",
        count=len(filled),
    )
    if name is not None:
        message = text("nessun foglio pieno ha questo nome", "no filled sheet has this name")
    raise InputError([Problem(book.file, 0, 0, "", message)])


def _from_sheet(book: Book, sheet: Sheet) -> Foreign:
    problems: list[Problem] = []
    rows: list[tuple[int, Mapping[int, Entry]]] = []
    for number, cells in sheet.rows.items():
        entries: dict[int, Entry] = {}
        for column, cell in cells.items():
            if cell.trouble:
                message = text(
                    "cella non leggibile ({trouble})", "unreadable cell ({trouble})", trouble=cell.trouble
                )
                problems.append(book.problem(sheet, number, column, "", message))
            place = book.problem(sheet, number, column, "", "")
            entry = Entry(cell.value, place.line, place.column, place.cell)
            if entry.words:
                entries[column] = entry
        if entries:
            rows.append((number, entries))
    # A title in a single cell stands above many a table.
    while len(rows) > 1 and len(rows[0][1]) == 1 and len(rows[1][1]) > 1:
        rows.pop(0)
    if problems:
        raise InputError(problems)
    return Foreign(book.file, rows[0][1], tuple(rows[1:]))


def _from_csv(file: str, raw: bytes) -> Foreign:
    sheet, problems = scan_sheet(file, raw)
    if problems:
        raise InputError(problems)

    def entries(cells: tuple[Cell, ...]) -> dict[int, Entry]:
        pairs = enumerate(cells, start=1)
        return {n: Entry(cell.value, cell.line, cell.column) for n, cell in pairs if cell.value}

    return Foreign(
        file, entries(sheet.header), tuple((cells[0].line, entries(cells)) for cells in sheet.rows)
    )
