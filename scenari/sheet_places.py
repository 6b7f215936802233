"""Places in a workbook: the rows of all its sheets count on, so that they have one order."""

# More than any sheet has: line 2 * this + 7 is row 7 of the third sheet.
LINES_PER_SHEET = 1 << 21
_LETTERS = 26


def line_of(sheet: int, row: int) -> int:
    """Give the line of a row, counted from 1, of the sheet at a position, counted from 0."""
    return sheet * LINES_PER_SHEET + row


def sheet_and_row(line: int) -> tuple[int, int]:
    """Give back what `line_of` was made from."""
    return divmod(line, LINES_PER_SHEET)


def cell_name(row: int, column: int) -> str:
    """Write a cell as a spreadsheet does, row and column counted from 1: ``C7``."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def cell_place(sheets: tuple[str, ...], line: int, column: int) -> str:
    """Write the place of a line and column in a workbook: ``Bambini!C7``, ``'Due parole'!C7``.

    Parameters
    ----------
    sheets
        Names of the sheets, in the order of the file.
    line, column
        Both from 1, the line as `line_of` makes it.
    """
    number, row = sheet_and_row(line)
    name = sheets[min(number, len(sheets) - 1)]
    return f"{name if name.isalnum() else repr(name)}!{cell_name(max(row, 1), max(column, 1))}"
