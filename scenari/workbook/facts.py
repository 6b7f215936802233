"""What the cells alone do not tell: how far a sheet reaches, formulas without a value, errors, merged cells.

The XML is read as a stream, without entities, before the reader of the cells sees it: that one makes room for
the whole rectangle between the first and the last cell.
"""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.parsers import expat

from nido.scenari.workbook.archive import Archive

Corner: TypeAlias = tuple[int, int]

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


class FactsError(ValueError):
    """A part of a workbook cannot be read."""


@dataclass(slots=True)
class SheetFacts:
    """What is known of one sheet; rows and columns from 1.

    Attributes
    ----------
    name
        Name of the sheet.
    rows, columns
        Last row and last column with a value.
    unvalued, errors
        Cells with a formula that was never computed, and cells that show an error such as ``#N/D``.
    merged
        Merged ranges: first and last cell.
    """

    name: str
    rows: int = 0
    columns: int = 0
    unvalued: list[Corner] = field(default_factory=list)
    errors: list[Corner] = field(default_factory=list)
    merged: list[tuple[Corner, Corner]] = field(default_factory=list)

    def reach(self, row: int, column: int) -> None:
        """Remember that a cell has a value."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


def facts_of(archive: Archive) -> list[SheetFacts]:
    """Look through every sheet of a workbook, in its order.

    Raises
    ------
    FactsError
        If the XML is not well formed, declares entities, or a sheet is missing.
    """
    if archive.open_document:
        reader = _OpenSheets()
        _walk(archive.parts["content.xml"], reader.start, reader.end, reader.words)
        return reader.sheets
    return [_sheet(archive, name, path) for name, path in _sheet_paths(archive)]


def _walk(
    content: bytes,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None],
    words: Callable[[str], None],
) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise FactsError(type(error).__name__) from None


def _no_doctype(*_: object) -> None:
    # Entities can multiply without end, and no office program writes any.
    raise FactsError("doctype")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _nothing(*_: object) -> None:
    """Do nothing."""


def corner(reference: str) -> Corner:
    """Read ``C7`` as row and column, from 1.

    Raises
    ------
    FactsError
        If it is not the name of a cell.
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise FactsError("reference")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _sheet_paths(archive: Archive) -> list[tuple[str, str]]:
    names: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: Mapping[str, str]) -> None:
        if _local(name) == "sheet":
            ids = [value for key, value in attributes.items() if _local(key) == "id"]
            names.append((attributes.get("name", ""), ids[0] if ids else ""))

    def relation(name: str, attributes: Mapping[str, str]) -> None:
        if _local(name) == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            targets[attributes.get("Id", "")] = target.lstrip("/")

    _walk(archive.parts["xl/workbook.xml"], sheet, _nothing, _nothing)
    _walk(archive.parts.get("xl/_rels/workbook.xml.rels", b""), relation, _nothing, _nothing)
    return [(name, targets[identifier]) for name, identifier in names if identifier in targets]


def _sheet(archive: Archive, name: str, path: str) -> SheetFacts:
    if path not in archive.parts:
        raise FactsError("sheet")
    reader = _ExcelSheet(SheetFacts(name))
    _walk(archive.parts[path], reader.start, reader.end, reader.words)
    return reader.facts


class _ExcelSheet:
    """Reads one worksheet of an .xlsx."""

    def __init__(self, facts: SheetFacts) -> None:
        self.facts = facts
        self._place: Corner = (0, 0)
        self._kind = ""
        self._formula = self._filled = self._inside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = _local(name)
        if local == "row":
            number = attributes.get("r", "")
            self._place = (int(number) if number else self._place[0] + 1, 0)
        elif local == "c":
            written = attributes.get("r")
            self._place = corner(written) if written else (self._place[0], self._place[1] + 1)
            self._kind, self._formula, self._filled = attributes.get("t", ""), False, False
        elif local == "f":
            self._formula = True
        elif local in ("v", "is"):
            self._inside = True
        elif local == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self.facts.merged.append((corner(first), corner(last or first)))

    def words(self, written: str) -> None:
        self._filled = self._filled or (self._inside and bool(written))

    def end(self, name: str) -> None:
        local = _local(name)
        if local in ("v", "is"):
            self._inside = False
        elif local == "c":
            if self._filled or self._formula:
                self.facts.reach(*self._place)
            if self._kind == "e":
                self.facts.errors.append(self._place)
            elif self._formula and not self._filled and self._kind != "str":
                self.facts.unvalued.append(self._place)


class _OpenSheets:
    """Reads the sheets of an .ods: one part for all, rows and cells with a count of repetitions."""

    def __init__(self) -> None:
        self.sheets: list[SheetFacts] = []
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._cell: Mapping[str, str] | None = None
        self._filled = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = {_local(key): value for key, value in attributes.items()}
        kind = _local(name)
        if not name.startswith(f"{_OFFICE}table"):
            return
        if kind == "table":
            self.sheets.append(SheetFacts(local.get("name", "")))
            self._row = 0
        elif kind == "table-row":
            self._row, self._rows = self._row + 1, int(local.get("number-rows-repeated", "1"))
            self._column = 0
        elif kind in ("table-cell", "covered-table-cell"):
            self._column, self._columns = self._column + 1, int(local.get("number-columns-repeated", "1"))
            self._cell = local
            self._filled = "value-type" in local
            self._note(local)

    def words(self, written: str) -> None:
        """Take in text; what a cell holds is told by its attributes."""

    def end(self, name: str) -> None:
        if not name.startswith(f"{_OFFICE}table"):
            return
        kind = _local(name)
        if kind in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._column += self._columns - 1
            if self._filled or "formula" in self._cell:
                self.sheets[-1].reach(self._row + self._rows - 1, self._column)
            self._cell = None
        elif kind == "table-row":
            self._row += self._rows - 1

    def _note(self, cell: Mapping[str, str]) -> None:
        if not self.sheets:
            raise FactsError("cell")
        place, sheet = (self._row, self._column), self.sheets[-1]
        kind = cell.get("value-type", "")
        # `calcext:value-type` comes last and says error where the other one says text.
        if kind == "error":
            sheet.errors.append(place)
        elif "formula" in cell and not kind:
            sheet.unvalued.append(place)
        down, across = int(cell.get("number-rows-spanned", "1")), int(cell.get("number-columns-spanned", "1"))
        if down > 1 or across > 1:
            sheet.merged.append((place, (place[0] + down - 1, place[1] + across - 1)))
