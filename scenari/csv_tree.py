"""A CSV as the tree that a YAML file gives, each value with its place in the CSV.

So one model and one set of checks serve both kinds of file, and every problem names file, line and column.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from typing import TypeVar

from nido.data.italian_csv import Cell, Sheet, scan_sheet
from nido.data.lingua import text
from nido.data.problems import InputError, Problem
from nido.scenari import messages
from nido.scenari.base import Frozen
from nido.scenari.validation import examine, validate
from nido.scenari.yaml_tree import Document, Mapping, Node, Reading, Scalar, Sequence, to_data

_FORMULA = re.compile(r'="(.*)"')
_MIDNIGHT = re.compile(r"([0-9/-]{8,10})[ T]00:00(:00)?")
_WHOLE_WITH_ZEROS = re.compile(r"([0-9]+)[.,]0+")
_SEPARATOR_LINE = re.compile(rb"\A((?:\xef\xbb\xbf)?)sep=;[ \t]*(?=\r|\n|\Z)", re.IGNORECASE)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ACCENTS = str.maketrans("àèéìòù", "aeeiou")

Model = TypeVar("Model", bound=Frozen)


@dataclass(frozen=True, slots=True)
class CsvDocument:
    """The rows of a CSV as a document.

    Attributes
    ----------
    document
        The rows, as a list under one key, with their places in the CSV and without lines: a row may hold what
        is never shown, so there are no excerpts.
    columns
        Name of the column whose cell starts at a line and column, both from 1.
    problems
        Everything that is wrong with the file by itself, in its order.
    headed
        Whether every column is one that is known, once; otherwise what a row lacks means nothing.
    whole
        Whether every row is there.
    """

    document: Document
    columns: MappingOf[tuple[int, int], str]
    problems: tuple[Problem, ...] = ()
    headed: bool = True
    whole: bool = True

    def sound(self) -> "CsvDocument":
        """Give the same document if nothing is wrong with it.

        Raises
        ------
        InputError
            With every problem.
        """
        if self.problems:
            raise InputError(self.problems)
        return self

    def check(self, model: type[Model]) -> Model:
        """Give the rows as an instance of a model.

        Raises
        ------
        InputError
            If something is wrong with them, see `problems`.
        """
        return validate(self.sound().document, model)

    def with_columns(self, problems: Iterable[Problem]) -> list[Problem]:
        """Name problems by column, which is what an officer sees, instead of by key."""
        return [self._named(problem) for problem in problems]

    def _named(self, problem: Problem) -> Problem:
        column = self.columns.get((problem.line, problem.column))
        row = re.match(r"[a-z_]+\[[^\]]*\]", problem.where)
        if column is None or row is None:
            return problem
        return replace(problem, where=f"{row[0]}.{column}")


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV with plain column names in its header.

    Attributes
    ----------
    sheet
        Header and rows; an empty name stands for a column that is not read.
    of_header, of_rows
        What is wrong with the columns, and with the form of the rows that were left out.
    """

    sheet: Sheet
    of_header: tuple[Problem, ...]
    of_rows: tuple[Problem, ...]


def read_rows(
    file: str, raw: bytes, known: Callable[[str], bool], allowed: Collection[str], required: Iterable[str]
) -> Table:
    """Take apart a CSV and put plain column names into its header.

    Parameters
    ----------
    file
        Name for messages.
    raw
        Content: semicolons, UTF-8 or Windows-1252; a first line ``sep=;`` is skipped, and so are the lines
        that start with ``#`` above the names of the columns.
    known
        Whether a plain name is that of a column.
    allowed
        Column names to suggest.
    required
        Columns that must be there.

    Returns
    -------
    Table
        The rows, and what is wrong: columns that are unknown, repeated, missing, or have cells and no name;
        rows of a wrong form.

    Raises
    ------
    InputError
        If no row can be read, see `nido.data.italian_csv.scan_sheet`.
    """
    sheet, of_rows = scan_sheet(file, _without_headings(raw))
    header = [replace(cell, value=_plain(cell.value)) for cell in sheet.header]
    names = [cell.value for cell in header]
    problems: list[Problem] = []
    for index, cell in enumerate(header):
        if cell.value and not known(cell.value):
            hint = messages.did_you_mean(cell.value, allowed)
            # What stands there may be anything, a family's name included, when the first line is missing.
            near = messages.closest(cell.value, allowed) is not None
            message = text("colonna sconosciuta", "unknown column")
            problems.append(_in_header(file, cell, message, hint, shown=near))
        elif cell.value and cell.value in names[:index]:
            problems.append(_in_header(file, cell, text("colonna ripetuta", "repeated column")))
        elif not cell.value and any(row[index].value for row in sheet.rows):
            problems.append(_in_header(file, cell, text("colonna senza nome", "column without a name")))
        else:
            continue
        header[index] = replace(cell, value="")
    message = text("colonna mancante, ed è obbligatoria", "missing column, and it is required")
    problems += [Problem(file, header[0].line, 1, name, message) for name in required if name not in names]
    return Table(replace(sheet, header=tuple(header)), tuple(problems), tuple(of_rows))


def _without_headings(raw: bytes) -> bytes:
    """Empty the lines that stand above the names of the columns, so that the others keep their numbers."""
    raw = _SEPARATOR_LINE.sub(rb"\1", raw)
    lines = raw.removeprefix(_BYTE_ORDER_MARK).splitlines(keepends=True)
    for number, line in enumerate(lines):
        words = line.strip(b" \t;\r\n")
        if words.startswith(b"#"):
            lines[number] = line[len(line.rstrip(b"\r\n")) :]
        elif words:
            break
    return b"".join(lines)


def by_column(sheet: Sheet, cells: tuple[Cell, ...]) -> Iterator[tuple[str, Cell, str]]:
    """Give name, cell and cleaned text of every cell of a row that stands under a name."""
    for head, cell in zip(sheet.header, cells, strict=True):
        if head.value:
            yield head.value, cell, clean(cell.value)


def document(table: Table, key: str, rows: list[Node], model: type[Model]) -> CsvDocument:
    """Make a document of rows and check it by itself.

    Parameters
    ----------
    table
        The table that the rows come from.
    key
        Name of the list.
    rows
        One tree per row.
    model
        The schema of the document.

    Returns
    -------
    CsvDocument
        The document, with its problems.
    """
    sheet = table.sheet
    root = Mapping(0, 0, {key: (scalar(sheet.header[0], key), Sequence(0, 0, rows))})
    columns = {
        (cell.line, cell.column): name for cells in sheet.rows for name, cell, _ in by_column(sheet, cells)
    }
    made = Document(to_data(root), sheet.file, (), root, decimal_comma=True)
    found = CsvDocument(made, columns, headed=not table.of_header, whole=not table.of_rows)
    _, wrong = examine(made, model, Reading(), unsaid=() if found.headed else ("missing",))
    told = sorted([*table.of_header, *table.of_rows, *found.with_columns(wrong)])
    return replace(found, problems=tuple(told))


def scalar(cell: Cell, value: str | int) -> Scalar:
    """Give a value that stands where a cell does."""
    line, column = cell.line - 1, cell.column - 1
    return Scalar(line, column, line, column + len(cell.value), value, str(value), True)


def group(cell: Cell, entries: MappingOf[str, Node]) -> Mapping:
    """Give a group of keys that stands where a cell does."""
    keys = {key: (scalar(cell, key), node) for key, node in entries.items()}
    return Mapping(cell.line - 1, cell.column - 1, keys)


def listing(cell: Cell, items: Iterable[Node]) -> Sequence:
    """Give a list that stands where a cell does."""
    return Sequence(cell.line - 1, cell.column - 1, list(items))


def clean(value: str) -> str:
    """Take away what Excel adds: ``="..."``, a leading apostrophe, hard spaces, midnight after a date."""
    value = value.replace("\u00a0", " ").strip()
    formula = _FORMULA.fullmatch(value)
    value = formula[1] if formula else value.removeprefix("'")
    midnight = _MIDNIGHT.fullmatch(value)
    return midnight[1] if midnight else value.strip()


def whole(value: str) -> str | int:
    """Read a whole number; what is none stays text, so that the model refuses it and says why."""
    zeros = _WHOLE_WITH_ZEROS.fullmatch(value)
    digits = zeros[1] if zeros else value
    return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else value


def decimal(value: str) -> str:
    """Turn the decimal comma into a point; points go only when a comma shows that they mark thousands."""
    number = value.removeprefix("€").removesuffix("€").strip()
    return number.replace(".", "").replace(",", ".") if "," in number else number


def _plain(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip("\ufeff\u00a0 ").casefold().translate(_ACCENTS))


def _in_header(file: str, cell: Cell, message: str, hint: str = "", shown: bool = True) -> Problem:
    return Problem(file, cell.line, cell.column, cell.value if shown else "", message, hint)
