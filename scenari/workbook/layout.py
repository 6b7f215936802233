"""Sheets and columns of a scenario's workbook, read off the schema: a new field finds its place by itself.

Single values of the whole scenario stand one per row in the sheets of keys. Every list of groups is a table,
one row per item; what belongs to an item of another table names it in its first columns. Items without an id
that hold a list of their own (the adults of a child) share its rows, told apart by a number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from nido.scenari.schema import Scenario
from nido.scenari.workbook.leaves import Leaf, Shape, field_leaf, unwrapped

Path = tuple[str, ...]

KEY, VALUE = "chiave", "valore"
HELP, LISTS = "Istruzioni", "Elenchi"
MAIN = "Scenario"
# Groups of single values with a sheet of their own.
_KEY_SHEETS: Mapping[str, str] = {
    "regole": "Regole",
    "obiettivo": "Obiettivo",
    "domanda_generata": "Domanda generata",
    "generata_da": "Generata da",
    "accordo_quadro": "Accordo quadro",
}
# Lists that share a sheet, or whose own name would not say what is in it.
_TABLES: Mapping[Path, str] = {
    ("calendario", "chiusure"): "Chiusure",
    ("aziende", "chiusure"): "Chiusure",
    ("gestori", "chiusure"): "Chiusure",
    ("aziende", "ipotesi"): "Ipotesi",
    ("gestori", "ipotesi"): "Ipotesi",
    ("gestori", "fasce"): "Fasce",
    ("rotazioni", "turni"): "Turni",
    ("rotazioni", "settimane"): "Turni",
    ("bambini", "adulti"): "Adulti",
    ("bambini", "finestre"): "Finestre",
    ("bambini", "assenze"): "Assenze",
    ("bambini", "assegnato_a"): "Assegnazioni",
    ("obiettivo", "livelli"): "Livelli",
    ("obiettivo", "ordine_domanda"): "Ordine",
    ("viaggio", "matrice"): "Matrice",
    ("accordo_quadro", "clausole", "sconto_volume", "scaglioni"): "Scaglioni",
    ("accordo_quadro", "eccezioni"): "Eccezioni",
    ("accordo_quadro", "eccezioni", "clausole", "sconto_volume", "scaglioni"): "Scaglioni",
    ("accordo_quadro", "firme"): "Firme",
    ("accordo_quadro", "percorsi"): "Percorsi",
    ("accordo_quadro", "percorsi", "eventi"): "Eventi",
}
# Lists of single values that no cell could be sure to hold: one per row.
_OWN_SHEET = frozenset({("obiettivo", "ordine_domanda")})
_ORDER = (
    *(MAIN, "Stagioni", "Rotazioni", "Turni", "Aziende", "Gestori", "Fasce", "Chiusure", "Bambini"),
    *("Adulti", "Finestre", "Assenze", "Assegnazioni", "Pagatori", "Regole", "Obiettivo", "Livelli"),
    *("Ordine", "Ipotesi", "Matrice", "Accordo quadro", "Eccezioni", "Scaglioni", "Firme", "Percorsi"),
    *("Eventi", "Tariffe"),
)
_ONE_OF: Mapping[str, str] = {
    "aziende": "azienda",
    "gestori": "gestore",
    "bambini": "bambino",
    "adulti": "adulto",
    "rotazioni": "rotazione",
    "settimane": "settimana",
    "stagioni": "stagione",
    "fasce": "fascia",
    "eccezioni": "eccezione",
    "percorsi": "percorso",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, or a row of a sheet of keys.

    Attributes
    ----------
    path
        Keys from the item (or the scenario) to the value; empty when the item is the value.
    header
        Name in the sheet.
    leaf
        What its cells hold.
    info
        The field of the schema.
    required
        Whether an empty cell is a mistake.
    reserved
        Whether its values are never shown in a message.
    optional
        Whether it belongs to a group that may be left out, so that a default says that the group is there.
    upper
        Whether it belongs to the numbered item around the row.
    """

    path: Path
    header: str
    leaf: Leaf
    info: FieldInfo
    required: bool
    reserved: bool = False
    optional: bool = False
    upper: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """From a group to an item of a list in it, named by a column of the row: by id or by number."""

    path: Path
    header: str
    numbered: bool
    # Whether the item is a list itself.
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """A list of the schema whose items are rows of a table.

    Attributes
    ----------
    schema_path
        Keys from the scenario to the list.
    steps
        From the scenario to the item that holds the list.
    path
        Keys from there to the list; empty when the item itself is the list, or the row.
    columns
        What a row holds beside the names of the steps.
    kinds
        Values of ``tipo`` of the holder for which the list exists; empty for all.
    scalar
        Whether an item is a single value.
    required
        Whether the list may not be left out.
    """

    schema_path: Path
    steps: tuple[Step, ...]
    path: Path
    columns: tuple[Column, ...]
    kinds: frozenset[str] = frozenset()
    scalar: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with one item per row."""

    name: str
    homes: tuple[Home, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Give the columns that name what a row belongs to."""
        return tuple(dict.fromkeys(step.header for home in self.homes for step in home.steps))

    @property
    def columns(self) -> tuple[Column, ...]:
        """Give the other columns; one that not every home has is not required."""
        first: dict[str, Column] = {}
        for home in self.homes:
            for column in home.columns:
                first.setdefault(column.header, column)
        everywhere = [{column.header for column in home.columns} for home in self.homes]
        return tuple(
            replace(column, required=column.required and all(header in names for names in everywhere))
            for header, column in first.items()
        )


@dataclass(frozen=True, slots=True)
class KeySheet:
    """A sheet with one value of the scenario per row."""

    name: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Every sheet of a workbook, in order."""

    sheets: tuple[KeySheet | Table, ...]

    @property
    def key_sheets(self) -> tuple[KeySheet, ...]:
        """Give the sheets of keys."""
        return tuple(sheet for sheet in self.sheets if isinstance(sheet, KeySheet))

    @property
    def tables(self) -> tuple[Table, ...]:
        """Give the tables."""
        return tuple(sheet for sheet in self.sheets if isinstance(sheet, Table))


@lru_cache(maxsize=4)
def layout(model: type[BaseModel] = Scenario) -> Layout:
    """Give the sheets of a scenario's workbook.

    Parameters
    ----------
    model
        The schema, for trying how a new field would be placed.
    """
    keys: dict[str, list[Column]] = {}
    tables: dict[str, list[Home]] = {}
    for part in _parts((model,), _Group()):
        if isinstance(part, Column) and part.path not in _OWN_SHEET:
            keys.setdefault(_KEY_SHEETS.get(part.path[0], MAIN), []).append(part)
        else:
            for home in _homes(part, (), ()):
                tables.setdefault(_table_name(home.schema_path), []).append(home)
    sheets: list[KeySheet | Table] = [KeySheet(name, tuple(columns)) for name, columns in keys.items()]
    sheets += [Table(name, tuple(homes)) for name, homes in tables.items()]
    order = {name: number for number, name in enumerate(_ORDER)}
    return Layout(tuple(sorted(sheets, key=lambda sheet: order.get(sheet.name, len(order)))))


@dataclass(frozen=True, slots=True)
class _Branch:
    """A list of groups, or of lists of them."""

    path: Path
    annotation: Any
    required: bool
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Group:
    """What is known of the group that fields stand in."""

    path: Path = ()
    needed: bool = True
    reserved: bool = False
    optional: bool = False


def _parts(members: tuple[type[BaseModel], ...], group: _Group) -> Iterator[Any]:
    """Give the columns and lists of some models, each path once."""
    found: dict[Path, Any] = {}
    for model in members:
        for part in _parts_of(model, group):
            if isinstance(part, _Branch) and len(members) > 1:
                part = replace(part, kinds=frozenset(get_args(model.model_fields["tipo"].annotation)))
            known = found.get(part.path)
            if known is None:
                found[part.path] = part
            elif isinstance(part, _Branch):
                either: Any = Union[known.annotation, part.annotation]  # noqa: UP007
                found[part.path] = replace(known, annotation=either, kinds=known.kinds | part.kinds)
            else:
                found[part.path] = _both(known, part)
    if len(members) > 1:
        held = [{part.path for part in _parts_of(model, group)} for model in members]
        for path, part in found.items():
            if isinstance(part, Column) and not all(path in paths for paths in held):
                found[path] = replace(part, required=False)
    yield from found.values()


def _parts_of(model: type[BaseModel], group: _Group) -> Iterator[Any]:
    for name, info in model.model_fields.items():
        path, required = (*group.path, name), group.needed and info.is_required()
        leaf = field_leaf(info)
        annotation, _ = unwrapped(info.annotation, [])
        extra = info.json_schema_extra
        hidden = group.reserved or (isinstance(extra, dict) and bool(extra.get("riservato")))
        if leaf is not None:
            yield Column(path, ".".join(path), leaf, info, required, hidden, group.optional)
        elif get_origin(annotation) is tuple:
            yield _Branch(path, get_args(annotation)[0], required)
        else:
            optional = group.optional or (not info.is_required() and info.default is None)
            yield from _parts((annotation,), _Group(path, required, hidden, optional))


def _both(one: Column, other: Column) -> Column:
    choices = tuple(dict.fromkeys((*one.leaf.choices, *other.leaf.choices)))
    return replace(one, leaf=replace(one.leaf, choices=choices), required=one.required and other.required)


def _homes(part: Any, steps: tuple[Step, ...], above: Path) -> Iterator[Home]:
    """Give the list itself as a home of rows, and those of the lists inside its items."""
    schema_path = (*above, *part.path)
    if isinstance(part, Column):
        leaf = replace(part.leaf, shape=Shape.SINGLE, said=False)
        only = replace(part, path=(), header=part.path[-1], leaf=leaf, required=True)
        yield Home(schema_path, steps, part.path, (only,), scalar=True)
        return
    annotation, _ = unwrapped(part.annotation, [])
    if get_origin(annotation) is tuple:
        step = Step(part.path, _one_of(part.path), True, listed=True)
        annotation, _ = unwrapped(get_args(annotation)[0], [])
        columns = tuple(item for item in _parts((annotation,), _Group()) if isinstance(item, Column))
        yield Home(schema_path, (*steps, step), (), columns, part.kinds)
        return
    members = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    inside = list(_parts(members, _Group()))
    columns = tuple(item for item in inside if isinstance(item, Column))
    lists = [item for item in inside if isinstance(item, _Branch)]
    named = any(column.path == ("id",) for column in columns)
    step = Step(part.path, _one_of(part.path), not named)
    merged = None if named else next((item for item in lists if item.required), None)
    upper = tuple(replace(column, upper=True) for column in columns)
    if named or not lists:
        yield Home(schema_path, steps, part.path, columns, part.kinds, required=part.required)
    elif merged is None:
        yield Home(schema_path, (*steps, step), (), upper, part.kinds)
    for branch in lists:
        for home in _homes(branch, (*steps, step), schema_path):
            if branch is merged and home.schema_path == (*schema_path, *branch.path):
                home = replace(home, columns=(*upper, *home.columns), schema_path=schema_path)
            yield home


def _one_of(path: Path) -> str:
    return _ONE_OF.get(path[-1], path[-1])


def _table_name(path: Path) -> str:
    words = " ".join(path).replace("_", " ")
    return _TABLES.get(path, words[:1].upper() + words[1:31])
