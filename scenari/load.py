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
from nido.data.system_errors import reason
from nido.scenari import generator, semantica
from nido.scenari.csv_tree import CsvDocument
from nido.scenari.demand_csv import read_demand
from nido.scenari.dotted import override
from nido.scenari.schema import SYNTHETIC, Scenario
from nido.scenari.semantica import Origin
from nido.scenari.strict_yaml import MAX_BYTES, parse
from nido.scenari.travel_csv import official_leg, read_travel
from nido.scenari.validation import validate
from nido.scenari.yaml_tree import Document, Place

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
    """

    scenario: Scenario
    travel_matrix: Mapping[tuple[str, str], int]
    source: str
    canonical: bytes
    sha256: str
    locate: Locate | None = field(default=None, compare=False, repr=False)


def load_scenario(path: Path, overrides: Sequence[str] = ()) -> Loaded:
    """Read a scenario file and everything that it refers to.

    Parameters
    ----------
    path
        YAML file. CSV files that it names stand in its folder or below.
    overrides
        Texts ``key=value`` that replace single values, see `nido.scenari.dotted`.

    Returns
    -------
    Loaded
        The scenario.

    Raises
    ------
    InputError
        With every problem found at the first stage that finds any: form, then types and limits, then
        what contradicts itself across the scenario and its CSV files.
    """
    document = parse(_read(path, MAX_BYTES), str(path))
    early, late = _split_overrides(document, overrides)
    document = override(document, early)
    stated = validate(document, Scenario)
    sheets = _read_sheets(document, stated, path.parent)
    problems = sheets.problems + semantica.structure_problems(document, stated)
    generated = () if problems else generator.generate(stated)
    # An override of a child that is not there would hide why it is not there.
    document, scenario = _resolve(document, stated, sheets, generated, () if problems else late)
    origin = Origin(
        document,
        len(stated.bambini),
        len(stated.viaggio.matrice),
        sheets.demand,
        sheets.travel,
        complete=not problems,
    )
    problems += semantica.demand_problems(origin, scenario)
    if problems:
        raise InputError(problems)
    files = [document, *([sheets.demand.document] if sheets.demand else [])]
    return replace(_loaded(scenario, str(path)), locate=_locator(files))


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
        JSON in UTF-8, keys sorted, one line end at the end. It holds the reserved fields: it belongs beside
        the input, never in a report.
    """
    written = json.dumps(scenario.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True)
    return f"{written}\n".encode()


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
                    return (document.source, *document.locate(path[:length], at_key=True))
        return None

    return locate


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


def _read(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as stream:
            # One byte more than allowed: the reader of the content then says that it is too large.
            return stream.read(limit + 1)
    except OSError as error:
        message = text("non si può leggere: {reason}", "cannot be read: {reason}", reason=reason(error))
        raise InputError([Problem(str(path), 0, 0, "", message)]) from None


def _split_overrides(document: Document, overrides: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tell the overrides that need the children of CSV or generator from the others."""
    data = document.data if isinstance(document.data, dict) else {}
    if not any(data.get(key) for key in ("bambini_csv", "domanda_generata")):
        return list(overrides), []
    late = [item for item in overrides if item.lstrip().startswith(("bambini[", "bambini."))]
    return [item for item in overrides if item not in late], late


@dataclass(frozen=True, slots=True)
class _Sheets:
    """The CSV files of a scenario and what is wrong with them."""

    demand: CsvDocument | None
    travel: CsvDocument | None
    problems: list[Problem]


def _read_sheets(document: Document, stated: Scenario, folder: Path) -> _Sheets:
    problems: list[Problem] = []

    def read(name: str | None, key: Place, reader: Callable[[str, bytes], CsvDocument]) -> CsvDocument | None:
        if name is None:
            return None
        problems.extend(found := _path_problems(document, stated, key, folder, name))
        if found:
            return None
        path = folder / name
        try:
            return reader(str(path), _read(path, MAX_CSV_BYTES))
        except InputError as error:
            problems.extend(error.problems)
            return None

    demand = read(stated.bambini_csv, ("bambini_csv",), read_demand)
    travel = read(stated.viaggio.matrice_csv, ("viaggio", "matrice_csv"), read_travel)
    return _Sheets(demand, travel, problems)


def _path_problems(
    document: Document, stated: Scenario, key: Place, folder: Path, name: str
) -> list[Problem]:
    found = semantica.path_problems(document, stated, key, name)
    if found:
        return found
    # A link may lead out of the folder although its name does not.
    inside = (folder / name).resolve().is_relative_to(folder.resolve())
    return [] if inside else [semantica.outside_problem(document, stated, key)]


def _resolve(
    document: Document,
    stated: Scenario,
    sheets: _Sheets,
    generated: Sequence[Mapping[str, Any]],
    late: Sequence[str],
) -> tuple[Document, Scenario]:
    """Put children and travel times from outside into the scenario, so that it is complete in itself."""
    data = dict(document.data)
    if sheets.demand or generated:
        rows = sheets.demand.document.data["bambini"] if sheets.demand else []
        data["bambini"] = [*(data.get("bambini") or ()), *rows, *generated]
    viaggio = dict(data.get("viaggio") or {})
    legs = [*(viaggio.get("matrice") or ())]
    legs += sheets.travel.document.data["matrice"] if sheets.travel else []
    if legs:
        names = {item.id for item in stated.gestori} | {item.id for item in stated.aziende}
        data["viaggio"] = viaggio | {"matrice": [official_leg(leg, names) for leg in legs]}
    if data != document.data or late:
        document = override(replace(document, data=data), late)
        stated = validate(document, Scenario)
    resolved = stated.viaggio.model_copy(update={"matrice_csv": None})
    outside = {
        "avvertenza": SYNTHETIC if stated.dati_sintetici else "",
        "bambini_csv": None,
        "domanda_generata": None,
        # What the children were drawn from stays: a result rests on it.
        "generata_da": stated.domanda_generata or stated.generata_da,
        "viaggio": resolved,
    }
    return document, stated.model_copy(update=outside)
