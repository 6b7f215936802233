"""A result beside the same case at standard hours, and the files of its folder. Nothing is written here."""

import hashlib
import os
import platform
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from nido.accordi.risultato import calcolo
from nido.accordi.risultato.calcolo import Listener, Outcome
from nido.accordi.risultato.documento import dump
from nido.matching.options import SolveOptions
from nido.report.copertura import Comparison
from nido.report.csv_it import file_names, tables
from nido.scenari.load import Loaded, canonical_json
from nido.scenari.schema import Scenario
from nido.scenari.variants import standard_hours

RESULT_FILE = "risultato.json"
SCENARIO_FILE = "scenario.json"
MEASURES_FILE = "misure.json"
STANDARD_FILE = "orario-standard.json"
# With less than this left of the time limit the comparison would only show what a second can find.
LEAST_SECONDS = 1.0


def compare(
    loaded: Loaded, options: SolveOptions, spent: float, listener: Listener | None = None
) -> tuple[Comparison, Outcome] | None:
    """Solve the same scenario at standard hours, with what is left of the time limit.

    Parameters
    ----------
    loaded
        The scenario and its travel minutes.
    options
        The options of the plan.
    spent
        Seconds of the time limit that the plan took.
    listener
        Called with each better value or bound.

    Returns
    -------
    tuple[Comparison, Outcome] or None
        The comparison and how it came about; None when no time is left.
    """
    left = None if options.time_limit is None else options.time_limit - spent
    if left is not None and left < LEAST_SECONDS:
        return None
    variant = at_standard_hours(loaded)
    outcome = calcolo.run(variant, replace(options, time_limit=left), (), listener, None, False)
    return Comparison(str(loaded.scenario.orario_standard), outcome.documento), outcome


def folder_files(
    loaded: Loaded, outcome: Outcome, measures: Mapping[str, Any], comparison: Comparison | None = None
) -> dict[str, bytes]:
    """Give every file of a result's folder, by name."""
    standard = {} if comparison is None else {STANDARD_FILE: dump(comparison.documento)}
    return {
        RESULT_FILE: dump(outcome.documento),
        SCENARIO_FILE: loaded.canonical,
        MEASURES_FILE: dump(measures),
        **standard,
        **tables(outcome.documento, comparison),
    }


def folder_names() -> frozenset[str]:
    """Give the names of the files that may stand in a result's folder."""
    return frozenset({RESULT_FILE, SCENARIO_FILE, MEASURES_FILE, STANDARD_FILE, *file_names()})


def measures(started: datetime, plan: Outcome, standard: Outcome | None) -> dict[str, Any]:
    """Give what differs from run to run and machine to machine, for ``misure.json``, under its label."""
    found = {"piano": plan.secondi, **({"orario_standard": standard.secondi} if standard else {})}
    return {
        "avvertenza": plan.documento["avvertenza"],
        "inizio": started.isoformat(timespec="seconds"),
        "secondi": {name: dict(laps) for name, laps in found.items()},
        "sistema": platform.platform(),
        "processori": os.cpu_count(),
    }


def now() -> datetime:
    """Give the present moment, for `measures`."""
    return datetime.now(UTC)


def at_standard_hours(loaded: Loaded) -> Loaded:
    """Give the same scenario with every provider open at standard hours only."""
    scenario: Scenario = standard_hours(loaded.scenario)
    canonical = canonical_json(scenario)
    digest = hashlib.sha256(canonical).hexdigest()
    return replace(loaded, scenario=scenario, canonical=canonical, sha256=digest)
