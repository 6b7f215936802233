"""A travel matrix from CSV: columns ``da;a;minuti``."""

from collections.abc import Collection
from collections.abc import Mapping as MappingOf
from typing import Any

from nido.data.comuni import comune
from nido.data.italian_csv import Cell, Sheet
from nido.data.row import DataError
from nido.scenari import csv_tree
from nido.scenari.base import Frozen
from nido.scenari.csv_tree import CsvDocument, group, scalar
from nido.scenari.regole import Tratta
from nido.scenari.yaml_tree import Mapping, Node

COLUMNS = {
    "da": "Id di un gestore, di un'azienda o di un bambino, oppure un comune.",
    "a": "Id di un gestore, di un'azienda o di un bambino, oppure un comune.",
    "minuti": "Minuti di viaggio, interi; valgono anche per il ritorno, se il ritorno non ha una riga sua.",
}


class MatriceCsv(Frozen):
    """The travel times of one CSV, as a document of their own."""

    matrice: tuple[Tratta, ...]


def read_travel(file: str, raw: bytes) -> CsvDocument:
    """Read travel times from the bytes of a CSV.

    Parameters
    ----------
    file
        Name for messages.
    raw
        Content: semicolons, UTF-8 or Windows-1252.

    Returns
    -------
    CsvDocument
        The times under the key ``matrice``; the names of places are checked with the scenario.

    Raises
    ------
    InputError
        With every problem of the file.
    """
    return scan_travel(file, raw).sound()


def scan_travel(file: str, raw: bytes) -> CsvDocument:
    """Read travel times from the bytes of a CSV, and what is wrong with them.

    Parameters
    ----------
    file, raw
        As for `read_travel`.

    Returns
    -------
    CsvDocument
        The times that have the form of a row, and every problem.

    Raises
    ------
    InputError
        If no row can be read.
    """
    table = csv_tree.read_rows(file, raw, COLUMNS.__contains__, COLUMNS, COLUMNS)
    rows: list[Node] = [_row(table.sheet, cells) for cells in table.sheet.rows]
    return csv_tree.document(table, "matrice", rows, MatriceCsv)


def official_leg(leg: MappingOf[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Write the municipalities of a travel time by their official names.

    Parameters
    ----------
    leg
        ``da``, ``a`` and ``minuti`` as a file has them.
    names
        Ids of providers and companies, which come before municipalities.

    Returns
    -------
    dict
        The same leg; a name that stands for nothing is left as it is, for the checks to tell.
    """
    return dict(leg) | {key: _official(leg[key], names) for key in ("da", "a") if key in leg}


def _official(name: Any, names: Collection[str]) -> Any:
    if not isinstance(name, str) or name in names:
        return name
    try:
        return comune(name).nome
    except DataError:
        return name


def _row(sheet: Sheet, cells: tuple[Cell, ...]) -> Mapping:
    entries: dict[str, Node] = {
        name: scalar(cell, csv_tree.whole(value) if name == "minuti" else value)
        for name, cell, value in csv_tree.by_column(sheet, cells)
    }
    return group(cells[0], entries)
