"""Cells of a table as the page writes them: which head a row, and which head several."""

from dataclasses import dataclass

from nido.report.drawings.figure import Column, Table

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words, whether they head the row, over how many rows, and its looks."""

    words: str
    heads: bool
    rows: int
    looks: str


def body(table: Table) -> list[list[Cell]]:
    """Give the rows of a table; the first name of rows that follow each other is written once."""
    merges = table.keys > 1
    rows: list[list[Cell]] = []
    place = 0
    while place < len(table.rows):
        end = place + 1
        while merges and end < len(table.rows) and _same(table.rows[place], table.rows[end]):
            end += 1
        for number, row in enumerate(table.rows[place:end]):
            cells = _cells(table, row, end - place)
            rows.append(cells[1:] if number else cells)
        place = end
    return rows


def footer(table: Table) -> list[list[Cell]]:
    """Give the rows of the footer."""
    return [_cells(table, row, 1) for row in table.footer]


def _same(first: Row, other: Row) -> bool:
    return other[0] in (first[0], "")


def _cells(table: Table, row: Row, rows: int) -> list[Cell]:
    return [
        Cell(words, bool(words) and place < table.keys, 1 if place else rows, _looks(table.columns[place]))
        for place, words in enumerate(row)
    ]


def _looks(column: Column) -> str:
    return "n" if column.number else "w" if column.whole else ""
