"""A workbook as the tree that a YAML file gives, each value with its sheet and cell.

So one schema and one set of checks serve both, and all that is wrong is told at once, in the same words.
"""

from collections.abc import Iterator
from typing import Any

from nido.data.lingua import text
from nido.data.problems import InputError, Problem
from nido.scenari import messages
from nido.scenari.workbook.cells import Book, Sheet, read_book
from nido.scenari.workbook.headed import REMARK, plain
from nido.scenari.workbook.keys import add_keys
from nido.scenari.workbook.layout import HELP, LISTS, Home, KeySheet, Layout, Table, layout
from nido.scenari.workbook.marks import Marks, is_blank
from nido.scenari.workbook.table_rows import add_table
from nido.scenari.yaml_tree import Document, Mapping, Node, Place, Reading, Scalar, Sequence


def read_workbook(content: bytes, source: str) -> tuple[Document, Reading]:
    """Read the workbook of a scenario, and go on after a cell that is refused.

    Parameters
    ----------
    content
        An .xlsx or .ods.
    source
        File name for messages.

    Returns
    -------
    tuple
        The document, without lines: a row may hold what is never shown, so there are no excerpts. And what
        was refused in it: sheets and columns unknown or missing, cells that cannot be read, rows that belong
        to nothing.

    Raises
    ------
    InputError
        When the rest means nothing, see `nido.scenari.workbook.cells.read_book`; or when no sheet is one of a
        scenario's.
    """
    book = read_book(source, content)
    marks = Marks(book)
    named = _named_sheets(book, marks, layout())
    root = Mapping(0, 0)
    for part in layout().sheets:
        sheet = named.get(part.name)
        if isinstance(part, KeySheet):
            if sheet is not None:
                add_keys(marks, root, sheet, layout())
        elif sheet is not None:
            add_table(marks, root, sheet, part)
        else:
            _miss(marks, part)
    spoiled = marks.spoiled | set(_unreadable(marks, root, ()))
    reading = Reading(problems=tuple(sorted(marks.problems)), spoiled=frozenset(spoiled))
    data = to_data(root)
    return Document(data, source, (), root, decimal_comma=True, sheets=book.names), reading


def _named_sheets(book: Book, marks: Marks, known: Layout) -> dict[str, Sheet]:
    """Find the sheets of the scenario, and tell of those that are none."""
    by_plain = {plain(part.name): part.name for part in known.sheets}
    ours = {plain(HELP), plain(LISTS)}
    found: dict[str, Sheet] = {}
    strangers: list[Problem] = []
    for sheet in book.sheets:
        name = plain(sheet.name)
        if name in by_plain and by_plain[name] not in found:
            found[by_plain[name]] = sheet
        elif name not in ours and not sheet.name.startswith(REMARK):
            strangers.append(_stranger(book, sheet, tuple(by_plain.values())))
    if not found:
        message = text(
            "non è uno scenario: nessuno dei suoi fogli è fra quelli di nido",
            "not a scenario: none of its sheets is one of nido's",
        )
        hint = text(
            "per cominciare: nido new --xlsx FILE; per i dati di un'azienda: nido importa",
            "to begin: nido new --xlsx FILE; for the data of a company: nido importa",
        )
        raise InputError([Problem(book.file, 0, 0, "", message, hint)])
    marks.problems += strangers
    return found


def _stranger(book: Book, sheet: Sheet, names: tuple[str, ...]) -> Problem:
    """Tell of a sheet that is none of ours; its name may be that of a person."""
    near = messages.closest(plain(sheet.name), names)
    message = text("foglio n. {number} sconosciuto", "sheet no. {number} is unknown", number=sheet.number + 1)
    hint = text(
        "un foglio di appunti ha un nome che comincia con #",
        "a sheet of notes has a name that starts with #",
    )
    if near is not None:
        hint = text("forse volevi {near}?", "did you mean {near}?", near=near)
    return Problem(book.file, sheet.line(1), 1, "", message, hint)


def _miss(marks: Marks, table: Table) -> None:
    """Tell of a sheet without which there is no scenario."""
    for home in table.homes:
        if home.required and not home.steps:
            message = text("manca il foglio {name}", "the sheet {name} is missing", name=table.name)
            marks.problems.append(Problem(marks.book.file, 0, 0, _list_name(home), message))
            marks.spoiled.add(home.path)


def _list_name(home: Home) -> str:
    return ".".join(home.schema_path)


def to_data(node: Node) -> Any:
    """Give the plain content of a tree, without what stands for an empty cell or an empty group."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [to_data(item) for item in node.items]
    kept: dict[str, Any] = {}
    for name, (_, value) in node.entries.items():
        if not is_blank(value):
            kept[name] = to_data(value)
    return kept


def _unreadable(marks: Marks, node: Node, path: Place) -> Iterator[Place]:
    """Give the places of the values whose cell could not be read."""
    if isinstance(node, Scalar):
        if (node.line, node.column) in marks.unreadable:
            yield path
        return
    pairs: Any = enumerate(node.items) if isinstance(node, Sequence) else ()
    if isinstance(node, Mapping):
        pairs = ((name, value) for name, (_, value) in node.entries.items())
    for step, inner in pairs:
        yield from _unreadable(marks, inner, (*path, step))
