"""A sheet with a header: its columns by name, its rows cell by cell, and what is wrong with their form."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from nido.data.lingua import text
from nido.data.problems import Problem
from nido.scenari import messages
from nido.scenari.workbook.cells import COVERED, ERROR, FORMULA, MERGED, Book, Cell, Sheet
from nido.scenari.workbook.values import shown

REMARK = "#"
_ACCENTS = str.maketrans("àèéìòù", "aeeiou")


@dataclass(frozen=True, slots=True)
class Row:
    """A row under the header: its cells by the name of their column."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Headed:
    """A sheet taken apart.

    Attributes
    ----------
    sheet
        The sheet.
    header
        Row of the header; 1 when there is none.
    columns
        Column number of every known name that is there.
    rows
        Rows below, those that are empty or start with ``#`` left out.
    problems
        Unknown, repeated and nameless columns, required ones that are missing, cells that cannot be read.
    """

    sheet: Sheet
    header: int
    columns: Mapping[str, int]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def take_apart(book: Book, sheet: Sheet, names: Collection[str], required: Collection[str]) -> Headed:
    """Find header and rows of a sheet.

    Parameters
    ----------
    book
        The workbook, for messages.
    sheet
        The sheet. Rows above the header start with ``#``.
    names
        Every column that there may be.
    required
        Those that must be there.
    """
    numbers = iter(sheet.rows)
    header = next((number for number in numbers if not _is_remark(sheet.rows[number])), 0)
    if header == 0:
        return Headed(sheet, 1, {}, (), ())
    problems: list[Problem] = []
    columns = _columns(book, sheet, header, names, problems)
    for name in required:
        if name not in columns:
            message = text("colonna mancante, ed è obbligatoria", "missing column, and it is required")
            problems.append(book.problem(sheet, header, 1, name, message))
    by_number = {number: name for name, number in columns.items()}
    unnamed: set[int] = set()
    rows: list[Row] = []
    for number in numbers:
        if _is_remark(sheet.rows[number]):
            continue
        cells: dict[str, Cell] = {}
        for column, cell in sheet.rows[number].items():
            problems += _unreadable(book, sheet, cell, by_number.get(column, ""))
            if column in by_number:
                cells[by_number[column]] = cell
            elif column not in sheet.rows[header] and shown(cell.value).strip():
                unnamed.add(column)
        if any(cell.trouble or shown(cell.value).strip() for cell in cells.values()):
            rows.append(Row(number, cells))
    message = text("colonna senza nome", "column without a name")
    problems += [book.problem(sheet, header, column, "", message) for column in sorted(unnamed)]
    return Headed(sheet, header, columns, tuple(rows), tuple(problems))


def plain(name: str) -> str:
    """Write the name of a column as the schema does: small letters, no accents, no spaces."""
    return re.sub(r"[\s-]+", "_", name.strip("\ufeff\u00a0 *").casefold().translate(_ACCENTS))


def _is_remark(cells: Mapping[int, Cell]) -> bool:
    """Tell whether a row is empty or starts with ``#``."""
    if any(cell.trouble for cell in cells.values()):
        return False
    written = [shown(cell.value).strip() for cell in cells.values()]
    filled = [word for word in written if word]
    return not filled or filled[0].startswith(REMARK)


def _columns(
    book: Book, sheet: Sheet, header: int, names: Collection[str], problems: list[Problem]
) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, cell in sheet.rows[header].items():
        name = plain(shown(cell.value))
        problems += _unreadable(book, sheet, cell, "")
        if name in columns:
            message = text("colonna ripetuta", "repeated column")
            problems.append(book.problem(sheet, header, column, name, message))
        elif name in names:
            columns[name] = column
        elif name:
            near = messages.closest(name, names)
            message = text("colonna sconosciuta", "unknown column")
            # What stands there may be anything, a family's name included, when the header is missing.
            where = name if near is not None else ""
            hint = messages.did_you_mean(name, names)
            problems.append(book.problem(sheet, header, column, where, message, hint))
    return columns


def _unreadable(book: Book, sheet: Sheet, cell: Cell, where: str) -> Iterator[Problem]:
    if cell.trouble in ("", COVERED):
        return
    sentences = {
        FORMULA: text(
            "formula senza valore: nessun programma l'ha ancora calcolata",
            "formula without a value: no program has computed it yet",
        ),
        ERROR: text("la cella mostra un errore", "the cell shows an error"),
        MERGED: text(
            "celle unite: ogni cella deve avere il suo valore",
            "merged cells: every cell needs its own value",
        ),
    }
    hints = {
        FORMULA: text(
            "apri il file in Excel o LibreOffice e salvalo, o scrivi il valore",
            "open the file in Excel or LibreOffice and save it, or write the value",
        ),
        ERROR: text("scrivi il valore al posto della formula", "write the value in place of the formula"),
        MERGED: text("separale, poi riempile una per una", "split them, then fill each of them"),
    }
    yield book.problem(sheet, cell.row, cell.column, where, sentences[cell.trouble], hints[cell.trouble])
