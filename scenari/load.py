"""Load a scenario: strict reading, overrides, CSV and generated demand, checks, canonical form."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from nido.data.italian_csv import MAX_BYTES as MAX_CSV_BYTES
from nido.data.lingua import text
from nido.data.problems import InputError, NidoError, Problem
from nido.scenari import generator, semantica
from nido.scenari.csv_tree import CsvDocument
from nido.scenari.demand_csv import scan_demand
from nido.scenari.dotted import override
from nido.scenari.schema import SYNTHETIC, Scenario
from nido.scenari.semantica import Origin
from nido.scenari.sheet_places import sheet_and_row
from nido.scenari.source import read_bytes, read_document
from nido.scenari.travel_csv import official_leg, scan_travel
from nido.scenari.unread import where_read
from nido.scenari.validation import examine
from nido.scenari.yaml_tree import Document, Place

WARNING = "avvertenza"

Locate = Callable[[Place], tuple[str, int, int] | None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario that was read, resolved and checked.

    Attributes
    ----------
    scenario
        The scenario, complete in itself: children from CSV and generated ones stand among its children, and
        the travel matrix is inside it.
    travel_matrix
        Minutes by (from, to), exactly as stated; names of municipalities are the official ones.
    source
        File name as the user gave it.
    canonical
        The scenario as canonical JSON (see `canonical_json`).
    sha256
        Digest of `canonical`, in hexadecimal.
    locate
        Tells file, line and column of a key, given step by step; None for what no file holds. A scenario in
        canonical form has no places.
    files
        Names of the files that it was read from, the CSV files too; empty for a canonical form.
    """

    scenario: Scenario
    travel_matrix: Mapping[tuple[str, str], int]
    source: str
    canonical: bytes
    sha256: str
    locate: Locate | None = field(default=None, compare=False, repr=False)
    files: tuple[str, ...] = field(default=(), compare=False, repr=False)


def load_scenario(path: Path, overrides: Sequence[str] = ()) -> Loaded:
    """Read a scenario file and everything that it refers to.

    Parameters
    ----------
    path
        YAML file or workbook (.xlsx, .ods). CSV files that it names stand in its folder or below.
    overrides
        Texts ``key=value`` that replace single values, see `nido.scenari.dotted`.

    Returns
    -------
    Loaded
        The scenario.

    Raises
    ------
    InputError
        With every problem of the scenario and of its CSV files: form, types and limits, and what contradicts
        itself, as far as the values concerned could be read. What makes a file unreadable as a whole is told
        alone for that file.
    """
    document, reading = read_document(path)
    early, late = _split_overrides(document, overrides)
    document, problems = _overridden(document, early)
    stated, wrong = examine(document, Scenario, reading)
    problems += wrong
    sheets = _read_sheets(document, stated, path.parent)
    problems += sheets.problems + semantica.structure_problems(document, stated)
    generated = () if problems else generator.generate(stated)
    merged = _merged(document, sheets, generated)
    if not problems:
        merged, problems = _overridden(merged, late)
    # What is wrong by itself was told where it stands, before everything came together.
    scenario, wrong = (stated, []) if merged is document else examine(merged, Scenario, reading)
    problems = problems or wrong
    lost = stated.domanda_generata is not None and not generated
    origin = Origin(
        merged,
        len(_items(document.data, "bambini")),
        len(_items(document.data, "viaggio", "matrice")),
        sheets.demand,
        sheets.travel,
        complete=sheets.complete and not lost,
    )
    problems += semantica.demand_problems(origin, scenario)
    if problems:
        raise InputError(problems)
    files = [document, *([sheets.demand.document] if sheets.demand else [])]
    named = (stated.bambini_csv, stated.viaggio.matrice_csv)
    read_from = (str(path), *(str(path.parent / name) for name in named if name is not None))
    return replace(_loaded(_resolved(scenario), str(path)), locate=_locator(files), files=read_from)


def load_canonical(content: bytes, source: str) -> Loaded:
    """Read a scenario back from its canonical form, whatever its size.

    Parameters
    ----------
    content
        Bytes written by `canonical_json`.
    source
        File name for messages.

    Returns
    -------
    Loaded
        The scenario. Only types and limits are checked: the rest was checked before it was written.

    Raises
    ------
    InputError
        If it is not a scenario.
    """
    try:
        return _loaded(Scenario.model_validate_json(content), source)
    except ValidationError as error:
        # What pydantic says may hold values of reserved fields.
        message = text(
            "non è uno scenario in forma canonica (problemi: {count})",
            "not a scenario in canonical form (problems: {count})",
            count=error.error_count(),
        )
        raise InputError([Problem(source, 0, 0, "", message)]) from None


def canonical_json(scenario: Scenario) -> bytes:
    """Write a scenario so that equal scenarios give equal bytes.

    Parameters
    ----------
    scenario
        The scenario.

    Returns
    -------
    bytes
        JSON in UTF-8, keys sorted after the warning, one line end at the end. It holds the reserved fields:
        it belongs beside the input, never in a report.
    """
    dumped = scenario.model_dump(mode="json")
    # Who opens the file must meet the warning first.
    ordered = {WARNING: dumped.pop(WARNING), **_sorted(dumped)}
    written = json.dumps(ordered, ensure_ascii=False, indent=1)
    return f"{written}\n".encode()


def _sorted(value: Any) -> Any:
    """Sort the keys at every level."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(part) for part in value] if isinstance(value, list) else value


def shipped() -> tuple[str, ...]:
    """Give the names of the scenarios that come with nido, in alphabetical order."""
    folder = resources.files("nido.scenari")
    return tuple(
        sorted(item.name.removesuffix(".yaml") for item in folder.iterdir() if item.name.endswith(".yaml"))
    )


def shipped_path(name: str) -> Path:
    """Give the file of a shipped scenario.

    Raises
    ------
    NidoError
        If there is no such scenario.
    """
    if name not in shipped():
        message = text(
            "scenario sconosciuto: {name}; ci sono {names}",
            "unknown scenario: {name}; there are {names}",
            name=name,
            names=", ".join(shipped()),
        )
        raise NidoError(message)
    return Path(str(resources.files("nido.scenari").joinpath(f"{name}.yaml")))


def _loaded(scenario: Scenario, source: str) -> Loaded:
    matrix = {(leg.da, leg.a): leg.minuti for leg in scenario.viaggio.matrice}
    canonical = canonical_json(scenario)
    digest = hashlib.sha256(canonical).hexdigest()
    return Loaded(scenario, MappingProxyType(matrix), source, canonical, digest)


def _locator(documents: Sequence[Document]) -> Locate:
    """Look a key up in some files; a key that is not written stands where the nearest one around it does."""

    def locate(path: Place) -> tuple[str, int, int] | None:
        # One item of a list that is in no file has no place, although its list has.
        least = 1 if path[0] == "regole" else 2
        for length in range(len(path), least - 1, -1):
            for document in documents:
                if document.find(path[:length]) is not None:
                    if document.is_overridden(_positions(document.data, path)):
                        return None
                    return _place(document, *document.locate(path[:length], at_key=True))
        return None

    return locate


def _place(document: Document, line: int, column: int) -> tuple[str, int, int]:
    """Name a place: in a workbook by its sheet too, with the row of that sheet."""
    if not document.sheets:
        return document.source, line, column
    number, row = sheet_and_row(line)
    return f"{document.source}: {document.sheets[number]}", row, column


def _positions(data: Any, path: Place) -> Place:
    """Turn the ids of list items into their positions, as overrides are remembered."""
    found: list[str | int] = []
    for step in path:
        if isinstance(data, list):
            ids = [item.get("id") if isinstance(item, dict) else None for item in data]
            step = ids.index(step) if step in ids else step
        found.append(step)
        inside = isinstance(data, dict) or isinstance(step, int)
        data = (data.get(step) if isinstance(data, dict) else data[step]) if inside else None
    return tuple(found)


def _split_overrides(document: Document, overrides: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tell the overrides that need the children of CSV or generator from the others."""
    data = document.data if isinstance(document.data, dict) else {}
    if not any(data.get(key) for key in ("bambini_csv", "domanda_generata")):
        return list(overrides), []
    late = [item for item in overrides if item.lstrip().startswith(("bambini[", "bambini."))]
    return [item for item in overrides if item not in late], late


def _overridden(document: Document, overrides: Sequence[str]) -> tuple[Document, list[Problem]]:
    try:
        return override(document, overrides) if overrides else document, []
    except InputError as error:
        return document, list(error.problems)


@dataclass(frozen=True, slots=True)
class _Sheets:
    """The CSV files of a scenario, what is wrong with them, and whether every child of theirs is there."""

    demand: CsvDocument | None
    travel: CsvDocument | None
    problems: list[Problem]
    complete: bool


def _read_sheets(document: Document, stated: Scenario, folder: Path) -> _Sheets:
    problems: list[Problem] = []

    @where_read
    def sheet(name: str | None, key: Place, scan: Callable[[str, bytes], CsvDocument]) -> CsvDocument | None:
        if name is None:
            return None
        problems.extend(found := _path_problems(document, key, folder, name))
        if found:
            return None
        path = folder / name
        try:
            csv = scan(str(path), read_bytes(path, MAX_CSV_BYTES))
        except InputError as error:
            problems.extend(error.problems)
            return None
        problems.extend(csv.problems)
        # Under a wrong header a row may lack what it says elsewhere.
        return csv if csv.headed else None

    demand = sheet(stated.bambini_csv, ("bambini_csv",), scan_demand) or None
    travel = sheet(stated.viaggio.matrice_csv, ("viaggio", "matrice_csv"), scan_travel) or None
    complete = stated.bambini_csv is None or (demand is not None and demand.whole)
    return _Sheets(demand, travel, problems, complete)


def _path_problems(document: Document, key: Place, folder: Path, name: str) -> list[Problem]:
    found = semantica.path_problems(document, key, name)
    if found:
        return found
    # A link may lead out of the folder although its name does not.
    inside = (folder / name).resolve().is_relative_to(folder.resolve())
    return [] if inside else [semantica.outside_problem(document, key)]


def _merged(document: Document, sheets: _Sheets, generated: Sequence[Mapping[str, Any]]) -> Document:
    """Put children and travel times from outside beside those of the file."""
    if not isinstance(document.data, dict):
        return document
    data = dict(document.data)
    if sheets.demand or generated:
        rows = sheets.demand.document.data["bambini"] if sheets.demand else []
        data["bambini"] = [*_items(data, "bambini"), *rows, *generated]
    legs = _items(data, "viaggio", "matrice")
    legs += sheets.travel.document.data["matrice"] if sheets.travel else []
    if legs:
        names = {str(item.get("id")) for key in ("gestori", "aziende") for item in _groups(data, key)}
        official = [official_leg(leg, names) if isinstance(leg, dict) else leg for leg in legs]
        data["viaggio"] = {**(data.get("viaggio") or {}), "matrice": official}
    return document if data == document.data else replace(document, data=data)


def _items(data: Any, *keys: str) -> list[Any]:
    """Give the items of a list of the document; none where there is no list."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return list(data) if isinstance(data, list) else []


def _groups(data: Any, key: str) -> list[dict[str, Any]]:
    return [item for item in _items(data, key) if isinstance(item, dict)]


def _resolved(scenario: Scenario) -> Scenario:
    """Forget where children and travel times came from: the scenario holds them."""
    outside = {
        "avvertenza": SYNTHETIC if scenario.dati_sintetici else "",
        "bambini_csv": None,
        "domanda_generata": None,
        # What the children were drawn from stays: a result rests on it.
        "generata_da": scenario.domanda_generata or scenario.generata_da,
        "viaggio": scenario.viaggio.model_copy(update={"matrice_csv": None}),
    }
    return scenario.model_copy(update=outside)
