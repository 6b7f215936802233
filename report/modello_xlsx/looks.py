"""How the cells of a scenario's workbook look."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from nido.scenari.workbook.layout import Column
from nido.scenari.workbook.leaves import Kind, Shape
from nido.scenari.workbook.values import Written

NARROWEST, WIDEST = 13, 42
MEANING_LINES = 5
_WORDS = (Kind.TEXT, Kind.FREE, Kind.MONTH, Kind.YES_NO)
_DATE, _MONEY, _PLAIN, _TEXT = "dd/mm/yyyy", "#,##0.00", "General", "@"
_FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
_GREY, _PALE, _DARK, _BLUE, _RED = "#595959", "#F2F2F2", "#1F3864", "#8EA9DB", "#833C0B"


class Looks:
    """The formats of one workbook, each made once.

    Parameters
    ----------
    workbook
        The workbook of XlsxWriter.
    """

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.title = self._look(bold=True, font_size=18)
        self.heading = self._look(bold=True, font_size=13, font_color=_DARK)
        self.strong = self._look(bold=True)
        self.prose = self._look(text_wrap=True)
        self.warning = self._look(bold=True, font_color="#C00000")
        self.remark = self._look(bold=True, font_color=_DARK)
        self.meaning = self._look(
            text_wrap=True, font_size=9, font_color=_GREY, bg_color=_PALE, num_format=_TEXT
        )

    def header(self, column: Column | None, *, needed: bool) -> Any:
        """Give the look of a column's name: dark when it must be filled, red when it is reserved."""
        reserved = column is not None and column.reserved
        colour = _RED if reserved else _DARK if needed else _BLUE
        ink = "#000000" if colour == _BLUE else "#FFFFFF"
        return self._look(bold=True, bg_color=colour, font_color=ink, border=1, num_format=_TEXT)

    def cell(self, column: Column | None, of: Written = None) -> Any:
        """Give the look of a cell; text is text for the spreadsheet too, so that it does not rewrite it."""
        number_format = _TEXT if isinstance(of, str) else _number_format(column)
        left: dict[str, Any] = {"align": "left"} if number_format == _DATE or column is None else {}
        return self._look(num_format=number_format, **left)

    def boxed(self, column: Column | None) -> Any:
        """Give the look of a cell to be filled among explanations."""
        return self._look(num_format=_number_format(column), border=1, bg_color="#FFFBE6", align="left")

    def faint(self, column: Column | None) -> Any:
        """Give the look of what is only told."""
        return self._look(num_format=_number_format(column), font_color=_GREY, align="left", text_wrap=True)

    def _look(self, **settings: Any) -> Any:
        settings = _FONT | settings
        key = tuple(sorted(settings.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(settings)
        return self._made[key]


def _number_format(column: Column | None) -> str:
    if column is None:
        return _PLAIN
    if column.leaf.shape is not Shape.SINGLE or column.leaf.kind in _WORDS:
        return _TEXT
    if column.leaf.kind is Kind.DATE:
        return _DATE
    return _MONEY if column.leaf.kind is Kind.DECIMAL and not column.leaf.share else _PLAIN


def width(header: str, meaning: str, values: Sequence[Written]) -> int:
    """Choose the width of a column, in characters: for its name, its values and what is said of it."""
    lengths = [10 if isinstance(value, date) else len(str(value or "")) for value in values]
    wanted = (
        NARROWEST,
        len(header) + 4,
        len(meaning) // MEANING_LINES + 3,
        *(length + 2 for length in lengths),
    )
    return min(WIDEST, max(wanted))
