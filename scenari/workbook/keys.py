"""The sheets of keys: one value of the scenario per row, by the name that `--set` uses."""

from nido.data.lingua import text
from nido.scenari import messages
from nido.scenari.workbook.cells import Sheet
from nido.scenari.workbook.headed import plain, take_apart
from nido.scenari.workbook.layout import KEY, VALUE, Layout
from nido.scenari.workbook.marks import Marks
from nido.scenari.workbook.values import shown
from nido.scenari.yaml_tree import Mapping, Scalar

# Columns for the reader of the sheet, which say nothing to nido.
DEFAULT, MEANING = "se vuoto", "significato"


def add_keys(marks: Marks, root: Mapping, sheet: Sheet, known: Layout) -> None:
    """Put the values of a sheet of keys into the document.

    Parameters
    ----------
    marks
        What is gathered.
    root
        The document so far.
    sheet
        The sheet.
    known
        Every key that there may be, whichever sheet it stands in.
    """
    columns = {column.header: column for part in known.key_sheets for column in part.columns}
    headed = take_apart(marks.book, sheet, (KEY, VALUE, plain(DEFAULT), MEANING), (KEY, VALUE))
    marks.problems += headed.problems
    if not {KEY, VALUE} <= headed.columns.keys():
        return
    for row in headed.rows:
        if KEY not in row.cells:
            continue
        name = plain(shown(row.cells[KEY].value))
        place = row.cells[KEY].column
        column = columns.get(name)
        if column is None:
            near = messages.closest(name, columns)
            hint = messages.did_you_mean(name, columns) if near is not None else ""
            message = text("chiave sconosciuta", "unknown key")
            problem = marks.book.problem(sheet, row.number, place, (near and name) or "", message, hint)
            marks.problems.append(problem)
            continue
        if _is_there(root, column.path):
            message = text("chiave scritta due volte", "key written twice")
            marks.problems.append(marks.book.problem(sheet, row.number, place, name, message))
            continue
        cell = row.cells.get(VALUE)
        node = (
            marks.scalar(sheet, row.number, headed.columns[VALUE])
            if cell is None
            else marks.value(sheet, cell, column.leaf, name)
        )
        marks.put(root, column.path, node)


def _is_there(root: Mapping, path: tuple[str, ...]) -> bool:
    group = root
    for step in path:
        entry = group.entries.get(step)
        if entry is None:
            return False
        if isinstance(entry[1], Mapping):
            group = entry[1]
        elif isinstance(entry[1], Scalar):
            return True
    return True
