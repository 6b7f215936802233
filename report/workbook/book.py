"""A workbook in memory: cells by kind, looks by name, the same bytes for the same content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from types import TracebackType
from typing import Any, Literal, Self

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

# Excel's own clock must not be in the file.
CREATED = datetime(2026, 1, 1)
CENTS_IN_EURO = 100
LONGEST_NAME = 31
LINE_HEIGHT = 15.0
# Paper formats by their numbers in Excel, and the characters beyond which A4 is too small to be read.
A3, A4 = 8, 9
WIDEST_ON_A4 = 150

Look = Literal[
    "text",
    "wrap",
    "euro",
    "cents",
    "number",
    "share",
    "date",
    "title",
    "notice",
    "head",
    "head_number",
    "input",
    "input_share",
    "total",
    "total_text",
    "code",
]

TOP: Mapping[str, Any] = {"valign": "top"}
HEAD: Mapping[str, Any] = {
    **TOP,
    "bold": True,
    "bg_color": "#1F3A5F",
    "font_color": "#FFFFFF",
    "text_wrap": True,
}
LOOKS: Mapping[Look, Mapping[str, Any]] = {
    "text": {**TOP, "indent": 1},
    "wrap": {**TOP, "indent": 1, "text_wrap": True},
    "euro": {**TOP, "num_format": "#,##0.00"},
    "cents": {**TOP, "num_format": "#,##0", "font_color": "#555555"},
    "number": {**TOP, "num_format": "#,##0.####"},
    "share": {**TOP, "num_format": "0.00%"},
    "date": {**TOP, "num_format": "dd/mm/yyyy", "align": "left", "indent": 1},
    "title": {"bold": True, "font_size": 14, "font_color": "#1F3A5F"},
    "notice": {"bold": True, "font_color": "#A61C00"},
    "head": {**HEAD, "indent": 1},
    "head_number": {**HEAD, "align": "right"},
    "input": {**TOP, "num_format": "#,##0.00", "bg_color": "#FFF2CC", "border": 1, "locked": False},
    "input_share": {**TOP, "num_format": "0.00%", "bg_color": "#FFF2CC", "border": 1, "locked": False},
    "total": {**TOP, "num_format": "#,##0.00", "bold": True, "top": 1},
    "total_text": {**TOP, "bold": True, "top": 1, "indent": 1},
    "code": {**TOP, "font_name": "Consolas", "font_size": 9, "font_color": "#555555", "indent": 1},
}


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the value that the engine gives it.

    Attributes
    ----------
    expression
        In Excel's own language: English names, commas.
    value
        Cents are given in euro (`Decimal`); a test recomputes them all.
    """

    expression: str
    value: Decimal | int | str


Value = Formula | Decimal | int | str | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: heading, width in characters, look of its cells."""

    heading: str
    width: float
    look: Look = "text"


class Sheet:
    """A sheet that is written once, cell by cell.

    Parameters
    ----------
    worksheet
        The sheet.
    formats
        Looks by name.
    """

    def __init__(self, worksheet: Worksheet, formats: Mapping[Look, Format]) -> None:
        self._sheet, self._formats = worksheet, formats
        self.name: str = worksheet.get_name()

    def put(self, row: int, column: int, value: Value, look: Look = "text") -> None:
        """Write a cell; text is text whatever it begins with."""
        shape = self._formats[look]
        if value is None:
            self._sheet.write_blank(row, column, None, shape)
        elif isinstance(value, Formula):
            shown = value.value if isinstance(value.value, str) else float(value.value)
            self._sheet.write_formula(row, column, f"={value.expression}", shape, shown)
        elif isinstance(value, str):
            self._sheet.write_string(row, column, value, shape)
        elif isinstance(value, date):
            self._sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), shape)
        else:
            self._sheet.write_number(row, column, float(value), shape)

    def table(self, row: int, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> int:
        """Write headings and rows; the row after the last comes back."""
        for place, column in enumerate(columns):
            numbers = column.look in ("euro", "cents", "number", "share", "input")
            self.put(row, place, column.heading, "head_number" if numbers else "head")
            for below, cells in enumerate(rows, row + 1):
                self.put(below, place, cells[place], column.look)
        self._grow(row, [(column.heading, column.width) for column in columns])
        for below, cells in enumerate(rows, row + 1):
            pairs = zip(cells, columns, strict=False)
            self._grow(below, [(one, column.width) for one, column in pairs if column.look == "wrap"])
        return row + 1 + len(rows)

    def paragraph(self, row: int, words: str, width: float) -> None:
        """Write a sentence over as many lines as it needs."""
        self.put(row, 0, words, "wrap")
        self._grow(row, [(words, width)])

    def _grow(self, row: int, texts: Sequence[tuple[Value, float]]) -> None:
        """Make a row as high as its texts: only Excel does it by itself."""
        lines = [
            -(-len(words) // max(1, int(width) - 2))
            for words, width in texts
            if isinstance(words, str) and width
        ]
        if max(lines, default=1) > 1:
            self._sheet.set_row(row, LINE_HEIGHT * max(lines))

    def widths(self, columns: Sequence[Column]) -> None:
        """Set the widths of the first columns; a wide table is printed on a large sheet of paper."""
        for place, column in enumerate(columns):
            self._sheet.set_column(place, place, column.width)
        if sum(column.width for column in columns) > WIDEST_ON_A4:
            self._sheet.set_paper(A3)

    def freeze(self, row: int, column: int = 0) -> None:
        """Keep the rows above and the columns before in sight, and the headings on every printed page."""
        self._sheet.freeze_panes(row, column)
        self._sheet.repeat_rows(row - 1)

    def repeat(self, row: int) -> None:
        """Print a row of headings on every page."""
        self._sheet.repeat_rows(row)

    def filters(self, first: int, last: int, columns: int) -> None:
        """Offer filters over a table."""
        self._sheet.autofilter(first, 0, last, columns - 1)

    def heading(self, row: int, words: str) -> None:
        """Write the title of a part."""
        self.put(row, 0, words, "title")


def address(sheet: Sheet, row: int, column: int) -> str:
    """Give the fixed address of a cell, as other sheets name it."""
    return f"'{sheet.name}'!{xl_rowcol_to_cell(row, column, True, True)}"


def column_range(sheet: Sheet | None, first: int, last: int, column: int) -> str:
    """Give the fixed address of a part of a column; without a sheet, on the same one."""
    start = xl_rowcol_to_cell(first, column, True, True)
    end = xl_rowcol_to_cell(last, column, True, True)
    return f"{start}:{end}" if sheet is None else f"'{sheet.name}'!{start}:{end}"


def cell(row: int, column: int) -> str:
    """Give the address of a cell on the same sheet."""
    return str(xl_rowcol_to_cell(row, column))


def euro(cents: int) -> Decimal:
    """Turn cents into the euro of a cell."""
    return Decimal(cents) / CENTS_IN_EURO


def half_up(expression: str) -> str:
    """Round euro to cents half up as the engine does, whatever binary fractions do on the way."""
    return f"ROUND(ROUND(({expression})*100,6),0)/100"


def quoted(value: str | int) -> str:
    """Write a value as a formula does."""
    written = str(value).replace('"', '""')
    return written if isinstance(value, int) else f'"{written}"'


class Book:
    """A workbook being written; leaving the block makes `content`.

    Parameters
    ----------
    title
        Title in the file's properties.
    """

    def __init__(self, title: str) -> None:
        self._buffer = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._buffer, options)
        self._book.set_properties({"title": title, "created": CREATED})
        self._book.set_calc_mode("auto")
        self._formats: dict[Look, Format] = {
            name: self._book.add_format(dict(look)) for name, look in LOOKS.items()
        }
        self.content = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._book.close()
            self.content = self._buffer.getvalue()

    def sheet(self, name: str) -> Sheet:
        """Add a sheet, protected without a password: only the cells for input can be changed."""
        worksheet = self._book.add_worksheet(name[:LONGEST_NAME])
        worksheet.protect("", {"autofilter": True, "sort": True, "format_columns": True})
        worksheet.set_landscape()
        worksheet.set_paper(A4)
        worksheet.fit_to_pages(1, 0)
        worksheet.set_footer("&L&A&R&P / &N")
        worksheet.hide_gridlines(2)
        return Sheet(worksheet, self._formats)

    def name(self, name: str, sheet: Sheet, row: int, column: int) -> None:
        """Give a cell a name that formulas may use."""
        self._book.define_name(name, f"={address(sheet, row, column)}")
