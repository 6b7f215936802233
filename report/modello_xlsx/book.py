"""Write the workbook of a scenario: the same scenario always gives the same bytes."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from pydantic import TypeAdapter

from nido.report.modello_xlsx import words
from nido.report.modello_xlsx.choices import accepted, towns
from nido.report.modello_xlsx.looks import Looks, width
from nido.scenari.load import canonical_json
from nido.scenari.schema import Scenario
from nido.scenari.validation import examine
from nido.scenari.workbook.keys import DEFAULT, MEANING
from nido.scenari.workbook.layout import HELP, KEY, LISTS, VALUE, Column, KeySheet, Table, layout
from nido.scenari.workbook.rows import Filled, filled_sheets
from nido.scenari.workbook.tree import read_workbook
from nido.scenari.workbook.values import NOTHING, UnwritableError, Written, not_written, write

# The clock has no place in a file that must be the same every time.
CREATED = datetime(2026, 1, 1)
# Rows below the last one that are ready to be filled.
SPARE_ROWS = 300
TITLE_ROW, MEANING_ROW, HEADER_ROW, FIRST_ROW = 0, 1, 2, 3
_TEXT_WIDTH = 100


def workbook_bytes(scenario: Scenario) -> bytes:
    """Write a scenario as a workbook.

    Parameters
    ----------
    scenario
        The scenario; it is written whole, reserved fields included, so the file belongs beside the input.

    Returns
    -------
    bytes
        An .xlsx that `nido.scenari.load.load_scenario` reads back to the same scenario. No text is a formula.

    Raises
    ------
    UnwritableError
        If a value of the scenario has no place in a cell.
    """
    filled = filled_sheets(scenario)
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as workbook:
        workbook.set_properties({"title": words.TITLE, "created": CREATED})
        _Book(workbook, filled, synthetic=scenario.dati_sintetici).write()
    _check(content.getvalue(), scenario)
    return content.getvalue()


def _check(content: bytes, scenario: Scenario) -> None:
    """Read the workbook back: one that says anything else than the scenario is not handed out."""
    document, reading = read_workbook(content, words.TITLE)
    again, problems = examine(document, Scenario, reading)
    if problems or canonical_json(again) != canonical_json(scenario):
        raise UnwritableError(not_written())


class _Book:
    """Writes one workbook."""

    def __init__(self, workbook: Any, filled: Sequence[Filled], *, synthetic: bool) -> None:
        self._workbook = workbook
        self._filled = filled
        self._synthetic = synthetic
        self._looks = Looks(workbook)
        self._ids = _ranges(filled)

    def write(self) -> None:
        """Write every sheet, the instructions first and the hidden lists last."""
        self._write_help(self._workbook.add_worksheet(HELP))
        for filled in self._filled:
            sheet = self._workbook.add_worksheet(filled.part.name)
            if isinstance(filled.part, Table):
                self._write_table(sheet, filled.part, filled.rows)
            else:
                self._write_keys(sheet, filled.part, filled.rows)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
        lists = self._workbook.add_worksheet(LISTS)
        for row, name in enumerate(towns()):
            lists.write_string(row, 0, name)
        lists.hide()

    def _write_help(self, sheet: Any) -> None:
        looks = self._looks
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, _TEXT_WIDTH)
        sheet.set_row(0, 27)
        sheet.write_string(0, 0, words.TITLE, looks.title)
        row = 1
        if self._synthetic:
            sheet.write_string(row, 0, words.SYNTHETIC_NOTE, looks.warning)
            row += 1
        for heading, sentences in words.INSTRUCTIONS:
            row += 1
            sheet.write_string(row, 0, heading, looks.heading)
            for sentence in sentences:
                row += 1
                sheet.set_row(row, 15.5 * (1 + len(sentence) // (_TEXT_WIDTH + 5)))
                sheet.write_string(row, 1, sentence, looks.prose)
        row += 2
        sheet.write_string(row, 0, words.CONTENTS, looks.heading)
        for filled in self._filled:
            row += 1
            meaning = words.SHEETS.get(filled.part.name, words.OTHER)
            sheet.set_row(row, 15.5 * (1 + len(meaning) // (_TEXT_WIDTH + 5)))
            sheet.write_string(row, 0, filled.part.name, looks.strong)
            sheet.write_string(row, 1, meaning, looks.prose)
        sheet.fit_to_pages(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)

    def _heading(self, name: str) -> str:
        note = f" {words.SYNTHETIC_NOTE}" if self._synthetic else ""
        return f"# {name}. {words.SHEETS.get(name, words.OTHER)}{note}"

    def _write_table(self, sheet: Any, table: Table, rows: Sequence[Sequence[Written]]) -> None:
        keys: tuple[tuple[str, Column | None], ...] = tuple((key, None) for key in table.keys)
        columns = (*keys, *((column.header, column) for column in table.columns))
        last = FIRST_ROW + len(rows) + SPARE_ROWS
        sheet.write_string(TITLE_ROW, 0, self._heading(table.name), self._looks.remark)
        meanings = [_meaning(header, column, table) for header, column in columns]
        lines = 1
        for number, (header, column) in enumerate(columns):
            wide = width(header, meanings[number], [row[number] for row in rows])
            lines = max(lines, 2 + len(meanings[number]) // wide)
            needed = _needed(column, table)
            sheet.set_column(number, number, wide, self._looks.cell(column))
            mark = "# " if number == 0 else ""
            sheet.write_string(MEANING_ROW, number, mark + meanings[number], self._looks.meaning)
            sheet.write_string(HEADER_ROW, number, header, self._looks.header(column, needed=needed))
            rule = accepted(header, column, meanings[number], self._ids)
            sheet.data_validation(FIRST_ROW, number, last, number, rule)
        sheet.set_row(MEANING_ROW, 12.5 * min(lines, 12))
        for row, cells in enumerate(rows, start=FIRST_ROW):
            for number, cell in enumerate(cells):
                self._put(sheet, row, number, cell, columns[number][1])
        sheet.freeze_panes(FIRST_ROW, max(1, len(table.keys)))
        sheet.repeat_rows(HEADER_ROW)
        sheet.autofilter(HEADER_ROW, 0, max(HEADER_ROW + 1, FIRST_ROW + len(rows) - 1), len(columns) - 1)

    def _write_keys(self, sheet: Any, part: KeySheet, rows: Sequence[Sequence[Written]]) -> None:
        looks = self._looks
        sheet.write_string(0, 0, self._heading(part.name), looks.remark)
        for number, header in enumerate((KEY, VALUE, DEFAULT, MEANING)):
            sheet.write_string(1, number, header, looks.header(None, needed=number < 2))
        for number, wide in enumerate((44, 34, 30, _TEXT_WIDTH)):
            sheet.set_column(number, number, wide)
        for row, (column, (value,)) in enumerate(zip(part.columns, rows, strict=True), start=2):
            meaning = (words.REQUIRED if column.required else "") + (column.info.description or "")
            sheet.set_row(row, 15.5 * (1 + len(meaning) // (_TEXT_WIDTH + 5)))
            sheet.write_string(row, 0, column.header, looks.strong)
            sheet.write_blank(row, 1, None, looks.boxed(column))
            self._put(sheet, row, 1, value, column, boxed=True)
            self._put_default(sheet, row, column)
            sheet.write_string(row, 3, meaning, looks.prose)
            sheet.data_validation(row, 1, row, 1, accepted(column.header, column, meaning, self._ids))
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(1)

    def _put_default(self, sheet: Any, row: int, column: Column) -> None:
        if column.required:
            sheet.write_string(row, 2, words.NOT_HERE, self._looks.faint(None))
            return
        if column.optional:
            sheet.write_string(row, 2, words.ABSENT, self._looks.faint(None))
            return
        value = _default(column)
        if value not in (None, NOTHING):
            self._write(sheet, row, 2, value, self._looks.faint(column))

    def _put(
        self, sheet: Any, row: int, number: int, value: Written, column: Column | None, *, boxed: bool = False
    ) -> None:
        look = self._looks.boxed(column) if boxed else self._looks.cell(column, of=value)
        self._write(sheet, row, number, value, look)

    def _write(self, sheet: Any, row: int, number: int, value: Written, look: Any) -> None:
        if value is None:
            return
        if isinstance(value, str):
            sheet.write_string(row, number, value, look)
        elif isinstance(value, date):
            sheet.write_datetime(row, number, value, look)
        else:
            sheet.write_number(row, number, value, look)


def _ranges(filled: Sequence[Filled]) -> Mapping[str, str]:
    """Give the range of the ids of every table that has them."""
    found: dict[str, str] = {}
    for part in layout().tables:
        rows = next((len(item.rows) for item in filled if item.part.name == part.name), 0)
        last = FIRST_ROW + rows + SPARE_ROWS
        found[part.name] = f"='{part.name}'!$A${FIRST_ROW + 1}:$A${last + 1}"
    return found


def _needed(column: Column | None, table: Table) -> bool:
    return len(table.homes) == 1 if column is None else column.required


def _meaning(header: str, column: Column | None, table: Table) -> str:
    before = words.REQUIRED if _needed(column, table) else ""
    if column is None:
        return before + words.KEYS.get(header, "")
    return before + (words.RESERVED if column.reserved else "") + (column.info.description or "")


def _default(column: Column) -> Written:
    """Give the default of a key as a cell shows it."""
    default = None if column.info.is_required() else column.info.get_default(call_default_factory=True)
    if default is None:
        return None
    adapter: TypeAdapter[Any] = TypeAdapter(column.info.rebuild_annotation())
    return write(adapter.dump_python(adapter.validate_python(default), mode="json"), column.leaf)
