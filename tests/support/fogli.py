"""Workbooks for the tests: a scenario's, changed cell by cell or part by part."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

from nido.report.new_scenario import new_scenario
from nido.scenari.schema import Scenario
from nido.scenari.validation import examine
from nido.scenari.workbook.layout import Table
from nido.scenari.workbook.rows import Filled, filled_sheets
from nido.scenari.workbook.tree import read_workbook

HEADER = 3
_SPACES = ("office", "table", "text")


@lru_cache(maxsize=1)
def starter() -> bytes:
    """Give the starter scenario as a workbook."""
    return new_scenario(workbook=True)


def changed(change: Callable[[Any], None], content: bytes | None = None) -> bytes:
    """Change a workbook (the starter) as a spreadsheet program does."""
    book = openpyxl.load_workbook(io.BytesIO(content or starter()))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def cell(sheet: Any, header: str, row: int) -> Any:
    """Find a cell by the name of its column, the row counted from the first one under the header."""
    names = [found.value for found in sheet[HEADER]]
    return sheet.cell(HEADER + row, names.index(header) + 1)


def with_parts(parts: Mapping[str, bytes | None], content: bytes | None = None) -> bytes:
    """Replace, add or (None) take away parts of the zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content or starter())) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def part(name: str, content: bytes | None = None) -> str:
    """Give the text of a part of the zip."""
    with zipfile.ZipFile(io.BytesIO(content or starter())) as archive:
        return archive.read(name).decode()


def as_ods(scenario: Scenario) -> bytes:
    """Write a scenario as an .ods with nothing but its cells."""
    written = "".join(_ods_table(filled) for filled in filled_sheets(scenario))
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _SPACES)
    body = f"<office:body><office:spreadsheet>{written}</office:spreadsheet></office:body>"
    content = f"<office:document-content {spaces}>{body}</office:document-content>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        new.writestr("META-INF/manifest.xml", "<manifest/>")
        new.writestr("content.xml", content)
    return packed.getvalue()


def _ods_table(filled: Filled) -> str:
    part = filled.part
    if isinstance(part, Table):
        rows: list[Any] = [(*part.keys, *(column.header for column in part.columns)), *filled.rows]
    else:
        pairs = zip(part.columns, filled.rows, strict=True)
        rows = [("chiave", "valore"), *((column.header, value) for column, (value,) in pairs)]
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    far = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    return f'<table:table table:name="{part.name}">{lines}{far}</table:table>'


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, float):
        return f'<table:table-cell office:value-type="float" office:value="{value!r}"/>'
    words = f"<text:p>{escape(value)}</text:p>"
    return f'<table:table-cell office:value-type="string">{words}</table:table-cell>'


def scenario_of(content: bytes) -> Scenario:
    """Read a workbook to a scenario, form alone."""
    document, reading = read_workbook(content, "prova.xlsx")
    scenario, problems = examine(document, Scenario, reading)
    assert problems == []
    return scenario


def saved(folder: Path, content: bytes, name: str = "prova.xlsx") -> Path:
    """Write a workbook into a folder."""
    path = folder / name
    path.write_bytes(content)
    return path
