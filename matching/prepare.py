"""Scenario to model: the finest unit of money that keeps every row within the solver's numeric limits."""

from collections.abc import Mapping
from dataclasses import replace

from nido.data.lingua import text
from nido.data.problems import NidoError
from nido.matching.build import build_instance
from nido.matching.draft import Draft, new_draft
from nido.matching.instance import Instance
from nido.matching.linear import RowTooLargeError
from nido.matching.objective import TIERS
from nido.matching.rules import RULES, Rule, admit_all, post_all
from nido.scenari.schema import Scenario

UNITS = (1, 10, 100)
STAFF_TIERS = frozenset({"costo_totale", "valore_netto"})


class TooLargeError(NidoError):
    """The amounts of a scenario pass the numeric limits of the solver even in whole euro (exit code 3)."""

    exit_code = 3


def prepare(
    scenario: Scenario,
    travel_matrix: Mapping[tuple[str, str], int],
    *,
    seed: int = 0,
    rules: tuple[Rule, ...] = RULES,
    compress: bool = True,
) -> Draft:
    """Build the model of a scenario with the finest unit of money that keeps every row below 2^31.

    Raises
    ------
    TooLargeError
        If even whole euro are too fine.
    """
    instance = build_instance(
        scenario, travel_matrix, admit=admit_all(scenario, rules), seed=seed, compress=compress
    )
    for unit in UNITS:
        try:
            return post_rules(replace(instance, unit=unit), rules)
        except RowTooLargeError as error:
            too_large = error
    message = text(
        "importi troppo grandi per il solutore, anche in euro interi ({label})",
        "amounts too large for the solver, even in whole euro ({label})",
        label=too_large.label,
    )
    raise TooLargeError(message)


def post_rules(instance: Instance, rules: tuple[Rule, ...]) -> Draft:
    """Build the model of an instance in its own unit of money.

    Raises
    ------
    RowTooLargeError
        If a row passes the numeric limits of the solver.
    """
    draft = new_draft(instance)
    post_all(draft, rules)
    for level in instance.scenario.obiettivo.livelli:
        if level.nome in STAFF_TIERS:
            draft.model.label = level.nome
            draft.model.check_size(TIERS[level.nome].terms(draft))
    return draft
