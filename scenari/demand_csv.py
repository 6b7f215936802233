"""Demand from an officer's CSV: one child per row, as Excel writes it in Italy."""

import re
from collections.abc import Mapping as MappingOf
from typing import Annotated

from pydantic import Field

from nido.data.italian_csv import Cell, Sheet
from nido.scenari import csv_tree
from nido.scenari.base import Frozen
from nido.scenari.csv_tree import CsvDocument, group, listing, scalar
from nido.scenari.domanda import Bambino
from nido.scenari.fields import Personal
from nido.scenari.yaml_tree import Mapping, Node

REQUIRED = ("id", "azienda", "nascita", "comune")
REPEATS = 4

# Column -> what an officer reads about it; the numbered groups stand for 1 to 4.
COLUMNS: MappingOf[str, str] = {
    "id": "Sigla del bambino, per esempio B001: mai un nome. Obbligatoria.",
    "azienda": "Azienda che chiede il posto. Obbligatoria.",
    "nascita": "Data di nascita, 15/03/2025 o 2025-03-15. Obbligatoria.",
    "comune": "Comune di residenza. Obbligatoria.",
    "ingresso": "Primo giorno chiesto; vuoto = da subito.",
    "uscita": "Primo giorno non più chiesto; vuoto = ingresso alla scuola dell'infanzia.",
    "giorni": "Posto intero: giorni in cui sta al nido per tutto l'orario base, senza adulti né finestre.",
    "desideri": "Gestori graditi, dal più gradito, separati da virgole.",
    "esclusi": "Gestori non accettati, separati da virgole.",
    "fratello_di": "Sigla di un altro bambino della stessa famiglia.",
    "peso": "Peso nell'obiettivo di copertura; vuoto = 1.",
    "priorita": "Classe di priorità; vuoto = 1.",
    "assegnato_a": "Gestore già deciso, per tutte le stagioni chieste.",
    "gia_iscritto": "Gestore che già frequenta.",
    "isee": "ISEE in euro, con la virgola decimale. Riservato.",
    "icef": "ICEF, con la virgola decimale, per rette e buoni di servizio. Riservato.",
    "tempo": "pieno o parziale, per il trasferimento provinciale; vuoto = pieno.",
    "beneficio": "inps o irpef; vuoto = quello che viene prima nella pila dei pagatori.",
    "nido_comunale": "disponibile, escluso o assente, per i buoni di servizio; vuoto = disponibile.",
    "adulto1_azienda": "Azienda dello scenario in cui lavora l'adulto (da adulto1 ad adulto4).",
    "adulto1_comune": "Comune di lavoro, se non è un'azienda dello scenario.",
    "adulto1_rotazione": "Rotazione che segue.",
    "adulto1_fase": "Di quante settimane (o giorni) è avanti nel ciclo; vuoto = 0.",
    "adulto1_dal": "Primo giorno in cui vale la rotazione; vuoto = da sempre.",
    "adulto1_al": "Ultimo giorno in cui vale la rotazione; vuoto = per sempre.",
    "finestra1_giorni": "Giorni di una finestra scritta a mano (da finestra1 a finestra4).",
    "finestra1_orario": "Orario della finestra, per esempio 07:00-15:00.",
    "assenza1_inizio": "Primo giorno in cui il posto non serve (da assenza1 ad assenza4).",
    "assenza1_fine": "Ultimo giorno in cui il posto non serve.",
}

_WHOLE = frozenset({"peso", "priorita", "fase"})
_DECIMAL = frozenset({"isee", "icef"})
_LISTS = frozenset({"desideri", "esclusi"})
_NUMBERED = re.compile(r"(adulto|finestra|assenza)([1-9])_([a-z]+)")
_PLURAL = {"adulto": "adulti", "finestra": "finestre", "assenza": "assenze"}
_NEEDED = frozenset({"rotazione", "giorni", "orario", "inizio", "fine"})


class DomandaCsv(Frozen):
    """The children of one CSV, as a document of their own."""

    bambini: Annotated[tuple[Bambino, ...], Personal()] = Field(max_length=20_000, description="Bambini.")


def read_demand(file: str, raw: bytes) -> CsvDocument:
    """Read children from the bytes of a CSV.

    Parameters
    ----------
    file
        Name for messages.
    raw
        Content: semicolons, decimal comma, UTF-8 or Windows-1252.

    Returns
    -------
    CsvDocument
        The children under the key ``bambini``, all valid by themselves; what they refer to is checked with
        the scenario.

    Raises
    ------
    InputError
        With every problem of the file.
    """
    return scan_demand(file, raw).sound()


def scan_demand(file: str, raw: bytes) -> CsvDocument:
    """Read children from the bytes of a CSV, and what is wrong with them.

    Parameters
    ----------
    file, raw
        As for `read_demand`.

    Returns
    -------
    CsvDocument
        The children that have the form of a row, and every problem: columns unknown, missing or repeated,
        rows longer or shorter than the header, cells that cannot be read.

    Raises
    ------
    InputError
        If no row can be read.
    """
    table = csv_tree.read_rows(file, raw, _known, COLUMNS, REQUIRED)
    rows: list[Node] = [_child(table.sheet, cells) for cells in table.sheet.rows]
    return csv_tree.document(table, "bambini", rows, DomandaCsv)


def _known(name: str) -> bool:
    numbered = _NUMBERED.fullmatch(name)
    if numbered:
        return int(numbered[2]) <= REPEATS and f"{numbered[1]}1_{numbered[3]}" in COLUMNS
    return name in COLUMNS


def _child(sheet: Sheet, cells: tuple[Cell, ...]) -> Mapping:
    """Build the tree of one child."""
    entries: dict[str, Node] = {}
    numbered: dict[tuple[str, str], dict[str, tuple[Cell, str]]] = {}
    for name, cell, value in csv_tree.by_column(sheet, cells):
        parts = _NUMBERED.fullmatch(name)
        if parts:
            numbered.setdefault((_PLURAL[parts[1]], parts[2]), {})[parts[3]] = (cell, value)
        elif value or name in REQUIRED:
            entries[name] = _value(name, cell, value)
    repeated: dict[str, list[Mapping]] = {}
    for (plural, _), fields in sorted(numbered.items()):
        filled = [cell for cell, value in fields.values() if value]
        if filled:
            # An empty cell of a group in use is a problem where it stands, not where the group starts.
            used = {name: pair for name, pair in fields.items() if pair[1] or name in _NEEDED}
            item = _adult(filled[0], used) if plural == "adulti" else _plain(filled[0], used)
            repeated.setdefault(plural, []).append(item)
    entries |= {plural: listing(cells[0], items) for plural, items in repeated.items()}
    return group(cells[0], entries)


def _value(name: str, cell: Cell, value: str) -> Node:
    if name in _LISTS:
        return listing(cell, [scalar(cell, part) for part in re.split(r"\s*[,|]\s*", value) if part])
    if name == "assegnato_a":
        return listing(cell, [group(cell, {"gestore": scalar(cell, value)})])
    if name in _WHOLE:
        return scalar(cell, csv_tree.whole(value))
    return scalar(cell, csv_tree.decimal(value) if name in _DECIMAL else value)


def _plain(start: Cell, fields: MappingOf[str, tuple[Cell, str]]) -> Mapping:
    return group(start, {name: scalar(cell, value) for name, (cell, value) in fields.items()})


def _adult(start: Cell, fields: MappingOf[str, tuple[Cell, str]]) -> Mapping:
    entries: dict[str, Node] = {}
    turno: dict[str, Node] = {}
    for name, (cell, value) in fields.items():
        if name == "azienda":
            entries["azienda"] = scalar(cell, value)
        elif name == "comune":
            entries["sede"] = group(cell, {"comune": scalar(cell, value)})
        else:
            turno[name] = _value(name, cell, value)
    entries["turni"] = listing(start, [group(start, turno)])
    return group(start, entries)
