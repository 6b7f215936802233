"""Checks of a scenario that no single value can fail: each finding has its place and its name.

They run on what could be read, even when some values were refused: a check that needs one of those ends
without a word (see `nido.scenari.unread`), so that no finding follows from a mistake already told. The checks
stand in the files beside this one; here they are listed, run, and their findings brought to the file from
which a child or a travel time came.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from nido.data.problems import Problem
from nido.scenari.csv_tree import CsvDocument
from nido.scenari.demand_csv import DomandaCsv
from nido.scenari.schema import Scenario
from nido.scenari.semantica_accordo import check_accordo, check_eventi, check_percorsi
from nido.scenari.semantica_bambini import check_bambini
from nido.scenari.semantica_cifre import check_cifre, check_cifre_accordo
from nido.scenari.semantica_contesto import Context, context
from nido.scenari.semantica_offerta import check_aziende, check_gestori
from nido.scenari.semantica_pagatori import check_pagatori, check_tariffe
from nido.scenari.semantica_regole import check_generata, check_obiettivo, check_regole
from nido.scenari.semantica_scelte import (
    check_desideri,
    check_fissati,
    check_fratelli,
    check_matrice,
    check_ordine,
)
from nido.scenari.semantica_tempo import check_calendario, check_rotazioni, check_stagioni
from nido.scenari.travel_csv import MatriceCsv
from nido.scenari.unread import where_read
from nido.scenari.validation import SemanticEntry, SemanticProblems, place_entries
from nido.scenari.yaml_tree import Document, Place

Check = Callable[[Context, SemanticProblems], None]

# What can be told before the children of CSV files and generator are there.
STRUCTURE_CHECKS: tuple[Check, ...] = (
    check_stagioni,
    check_calendario,
    check_rotazioni,
    check_aziende,
    check_gestori,
    check_regole,
    check_obiettivo,
    check_tariffe,
    check_pagatori,
    check_generata,
    check_cifre,
    check_cifre_accordo,
    check_accordo,
    check_percorsi,
)
DEMAND_CHECKS: tuple[Check, ...] = (
    check_bambini,
    check_fratelli,
    check_desideri,
    check_fissati,
    check_ordine,
    check_matrice,
    check_eventi,
)

BAMBINI: Place = ("bambini",)
MATRICE: Place = ("viaggio", "matrice")
GENERATA: Place = ("domanda_generata",)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the children and travel times of a resolved scenario came from, in this order.

    Attributes
    ----------
    document
        The scenario file, with everything merged into its data.
    children, legs
        How many of them stand in the scenario file.
    demand, travel
        The CSV files that give the next ones; None when there is none.
    complete
        Whether all children are there.
    """

    document: Document
    children: int
    legs: int
    demand: CsvDocument | None = None
    travel: CsvDocument | None = None
    complete: bool = True


def structure_problems(document: Document, scenario: Scenario) -> list[Problem]:
    """Run the checks that need no children.

    Parameters
    ----------
    document
        The scenario file.
    scenario
        What was read from it.

    Returns
    -------
    list of Problem
        Everything found, in the order of the file.
    """
    return place_entries(document, Scenario, _run(STRUCTURE_CHECKS, context(scenario)))


def demand_problems(origin: Origin, scenario: Scenario) -> list[Problem]:
    """Run the checks of children and travel times.

    Parameters
    ----------
    origin
        Where they came from.
    scenario
        The scenario with all of them.

    Returns
    -------
    list of Problem
        Everything found, each in its own file.
    """
    found = _run(DEMAND_CHECKS, context(scenario, origin.complete))
    here: list[SemanticEntry] = []
    in_demand: list[SemanticEntry] = []
    in_travel: list[SemanticEntry] = []
    for entry in found:
        if origin.document.is_overridden(entry.path):
            here.append(entry)
        elif entry.path[:1] == BAMBINI and len(entry.path) > 1:
            target, moved = _moved(entry, BAMBINI, origin.children, origin.demand)
            (in_demand if target else here).append(moved)
        elif entry.path[:2] == MATRICE and len(entry.path) > 2:
            target, moved = _moved(entry, MATRICE, origin.legs, origin.travel)
            (in_travel if target else here).append(moved)
        else:
            here.append(entry)
    problems = place_entries(origin.document, Scenario, here)
    if origin.demand is not None:
        problems += origin.demand.with_columns(place_entries(origin.demand.document, DomandaCsv, in_demand))
    if origin.travel is not None:
        problems += origin.travel.with_columns(place_entries(origin.travel.document, MatriceCsv, in_travel))
    return problems


def path_problems(document: Document, key: Place, name: str) -> list[Problem]:
    """Check the name of a file that a scenario refers to.

    Parameters
    ----------
    document
        The scenario file.
    key
        Where the name stands.
    name
        File name, relative to the folder of the scenario.

    Returns
    -------
    list of Problem
        One problem if the name leads out of the folder, is absolute, or is a network path on any system.
    """
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    inside = not (posix.is_absolute() or windows.drive or windows.root or "\\" in name or "\0" in name)
    if name and inside and ".." not in posix.parts:
        return []
    return [outside_problem(document, key)]


def outside_problem(document: Document, key: Place) -> Problem:
    """Tell that a file is not in the folder of the scenario."""
    it = "il file deve stare nella cartella dello scenario o sotto di essa, scritto senza .. e con /"
    en = "the file must be in the folder of the scenario or below, written without .. and with /"
    return place_entries(document, Scenario, [SemanticEntry(key, it, en)])[0]


def _run(checks: Sequence[Check], derived: Context) -> tuple[SemanticEntry, ...]:
    found = SemanticProblems()
    for check in checks:
        where_read(check)(derived, found)
    return found.entries


def _moved(
    entry: SemanticEntry, base: Place, count: int, csv: CsvDocument | None
) -> tuple[bool, SemanticEntry]:
    """Bring a finding to the list that holds its item; True when that is the CSV."""
    index = entry.path[len(base)]
    if not isinstance(index, int) or index < count:
        return False, entry
    rest = entry.path[len(base) + 1 :]
    rows = len(csv.document.data[base[-1]]) if csv is not None else 0
    if index - count < rows:
        return True, SemanticEntry((base[-1], index - count, *rest), entry.it, entry.en, entry.hint)
    return False, SemanticEntry(GENERATA, entry.it, entry.en, entry.hint)
