"""The checker: judges a result from the scenario and the saved document alone.

It shares no code with the model or the solver; both follow docs/modello.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nido.data.lingua import text
from nido.data.row import DataError
from nido.matching.verifica import broken_rules
from nido.matching.verifica.caso import Case, build_case
from nido.matching.verifica.clausole.documento import check_frame, check_paths
from nido.matching.verifica.clausole.forma import agreements_shape
from nido.matching.verifica.clausole.patti import Frame, build_frame
from nido.matching.verifica.completa import already_open, complete
from nido.matching.verifica.costi import rounding_bound
from nido.matching.verifica.documento import read_plan
from nido.matching.verifica.forma import WITH_PLAN, Table, shape
from nido.matching.verifica.ipotesi import check_figures
from nido.matching.verifica.livelli import positions_in, tier_values
from nido.matching.verifica.margini import margin_differences
from nido.matching.verifica.motivi import complete_reasons
from nido.matching.verifica.obiettivi import tiers
from nido.matching.verifica.parti import share_differences
from nido.matching.verifica.parziali import partly_served
from nido.matching.verifica.piano import Agreement, Opening, Plan, Request, Roster, StaffKey
from nido.matching.verifica.prospetti import agreements, assignments, capacity, not_served, openings, staff
from nido.matching.verifica.registro import check_lines, check_totals, known_payers, unpaid
from nido.matching.verifica.spiegazioni import explanations
from nido.matching.verifica.testata import header, notices, order, verdict
from nido.matching.verifica.violazione import Violation
from nido.scenari.schema import Scenario

__all__ = [
    "Case",
    "Evaluation",
    "Violation",
    "build_case",
    "check_agreements",
    "check_document",
    "check_margins",
    "check_shares",
    "evaluate_plan",
    "recompute",
]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A plan completed and judged.

    Attributes
    ----------
    violations
        What breaks a rule in force; empty for an admissible plan.
    tier_values
        Value of every tier of the scenario, in its order; costs in units.
    openings
        Open fasce as (gestore, fascia, stagione): those booked and those open anyway.
    staff
        Smallest staff: (gestore, stagione, fascia or ``base``, day or None) -> interval -> band -> educators.
    places
        Fewest places: (azienda, gestore, stagione) -> places.
    plan
        The completed plan.
    """

    violations: tuple[Violation, ...]
    tier_values: Mapping[str, int]
    openings: frozenset[Opening]
    staff: Mapping[StaffKey, Roster]
    places: Mapping[Agreement, int]
    plan: Plan


def _positions(case: Case, order_of_requests: Sequence[str] | Mapping[str, int] | None) -> Mapping[str, int]:
    if isinstance(order_of_requests, Mapping):
        return order_of_requests
    declared = case.scenario.obiettivo.ordine_domanda or tuple(case.bambini)
    return positions_in(case, declared if order_of_requests is None else order_of_requests)


def evaluate_plan(
    scenario: Scenario | Case,
    assignments: Mapping[Request, str | None],
    bookings: Mapping[Request, frozenset[str]],
    unit_cents: int = 1,
    *,
    order_of_requests: Sequence[str] | Mapping[str, int] | None = None,
    travel_matrix: Mapping[tuple[str, str], int] | None = None,
) -> Evaluation:
    """Complete a bare plan with the smallest staff and the fewest places, and judge it.

    Parameters
    ----------
    scenario
        The scenario, or the case that `build_case` made of it: to judge many plans of one scenario.
    assignments
        (bambino, stagione) -> gestore, or None for a request not served; requests left out are not served.
    bookings
        (bambino, stagione) -> fasce booked.
    unit_cents
        Unit of the costs: 1, 10 or 100 cents.
    order_of_requests
        Children in the order of the requests, or their positions from 0. By default the declared order; when
        the scenario leaves it to the lot, the order of the file.
    travel_matrix
        Loaded travel times in minutes; not used when a case is given.

    Returns
    -------
    Evaluation
        Violations and the value of every tier.

    Raises
    ------
    KeyError
        If a name is not in the scenario.
    """
    case = scenario if isinstance(scenario, Case) else build_case(scenario, travel_matrix)
    served = {request: gestore for request, gestore in assignments.items() if gestore is not None}
    plan = complete(case, served, bookings)
    return Evaluation(
        violations=tuple(broken_rules(plan)),
        tier_values=tier_values(plan, unit_cents, _positions(case, order_of_requests)),
        openings=plan.openings,
        staff=plan.staff,
        places=plan.places,
        plan=plan,
    )


def _recompute(case: Case, document: Table) -> Evaluation:
    plan, violations = read_plan(case, document)
    wrong_order = order(case, document)
    positions = _positions(case, None if wrong_order else document["ordine_domanda"])
    return Evaluation(
        violations=(*violations, *wrong_order, *broken_rules(plan)),
        tier_values=tier_values(plan, document["unita_costo_cent"], positions),
        openings=plan.openings,
        staff=plan.staff,
        places=plan.places,
        plan=plan,
    )


def recompute(
    scenario: Scenario, document: object, travel_matrix: Mapping[tuple[str, str], int] | None = None
) -> Evaluation | None:
    """Read the plan of a document and judge it, its tables and ledger apart.

    Returns
    -------
    Evaluation
        With the staff and places that the document states; None when it has not the right shape or no plan.
    """
    if shape(document) or not isinstance(document, dict) or document["stato"] not in WITH_PLAN:
        return None
    return _recompute(build_case(scenario, travel_matrix), document)


def _rounding(plan: Plan, document: Table) -> list[Violation]:
    """Check the largest difference that rounding can make between the cost in units and the exact one."""
    stated = document["arrotondamento_massimo_cent"]
    true = rounding_bound(plan, document["unita_costo_cent"])
    if stated == true:
        return []
    sentence = text(
        "scritto {stated}, risulta {true}", "states {stated}, is {true}", stated=stated, true=true
    )
    return [Violation("forma", "arrotondamento_massimo_cent", sentence)]


def _ledger(plan: Plan, document: Table) -> list[Violation]:
    lines = document["registro"]["righe"]
    payers = known_payers(plan)
    found = [
        Violation("registro", f"righe[{place}]", text("pagatore sconosciuto", "unknown payer"))
        for place, row in enumerate(lines)
        if row["pagatore"] not in payers
    ]
    return [*found, *check_lines(plan, lines), *check_totals(plan, document["registro"])]


def _without_plan(case: Case, document: Table) -> list[Violation]:
    """Check what a document without a plan still states: who asks for what, and that nobody pays."""
    nothing = Plan(case, {}, {}, frozenset(), {}, {})
    return [
        *not_served(nothing, document["non_assegnati"]),
        *check_totals(nothing, document["registro"]),
        *notices(nothing, document, unpaid=False),
        *_rounding(nothing, document),
    ]


def check_document(
    scenario: Scenario,
    document: object,
    travel_matrix: Mapping[tuple[str, str], int] | None = None,
    *,
    saved: bool = False,
) -> tuple[Violation, ...]:
    """Check everything that a result states.

    Parameters
    ----------
    scenario
        The resolved scenario.
    document
        The result, as JSON holds it.
    travel_matrix
        Travel times loaded with the scenario, in minutes, by pair of place names.
    saved
        True for a document that was saved, which must hold its verdict.

    Returns
    -------
    tuple of Violation
        What does not hold; empty when the result is confirmed. A document of the wrong shape is only told
        what is wrong with its shape; one without a plan lists every request and holds no amount.
    """
    wrong_shape = shape(document, saved=saved)
    if wrong_shape or not isinstance(document, dict):
        return tuple(wrong_shape)
    case = build_case(scenario, travel_matrix)
    found = [*header(case, document), *check_figures(case, document["ipotesi"]), *complete_reasons(document)]
    if document["stato"] not in WITH_PLAN:
        return tuple(dict.fromkeys((*found, *order(case, document), *_without_plan(case, document))))
    judged = _recompute(case, document)
    plan = judged.plan
    found += judged.violations
    found += assignments(plan, document["assegnazioni"])
    found += not_served(plan, document["non_assegnati"])
    found += partly_served(plan, document["parziali"])
    found += explanations(plan, document)
    found += openings(plan, document["aperture"], already_open(case))
    found += staff(plan, document["personale"])
    found += agreements(plan, document["accordi"])
    found += capacity(plan, document["capienza"])
    found += _ledger(plan, document)
    found += tiers(scenario, document, judged.tier_values)
    found += _rounding(plan, document)
    found += notices(plan, document, unpaid(document["registro"]["righe"]))
    return tuple(dict.fromkeys(found))


def _paths(frame: Frame, document: Table) -> list[Violation]:
    """Replay the paths; a month in which the tables lack a figure of a payer cannot be confirmed."""
    try:
        return check_paths(frame, document)
    except DataError as error:
        return [Violation("accordi", "percorsi", str(error))]


def check_agreements(
    scenario: Scenario,
    result_document: object,
    agreements_document: object,
    travel_matrix: Mapping[tuple[str, str], int] | None = None,
    *,
    saved: bool = False,
) -> tuple[Violation, ...]:
    """Check everything that a document of agreements states, by playing its paths again.

    Parameters
    ----------
    scenario
        The resolved scenario.
    result_document
        The result that holds the plan; `check_document` judges it.
    agreements_document
        The document of the agreements, as JSON holds it.
    travel_matrix
        Travel times loaded with the scenario, in minutes, by pair of place names.
    saved
        True for a document that was saved, which must hold its verdict.

    Returns
    -------
    tuple of Violation
        What does not hold; empty when the document is confirmed.
    """
    wrong_shape = agreements_shape(agreements_document, saved=saved)
    if wrong_shape or not isinstance(agreements_document, dict):
        return tuple(wrong_shape)
    if shape(result_document) or not isinstance(result_document, dict):
        sentence = text("il risultato non si può leggere", "the result cannot be read")
        return (Violation("accordi", "risultato", sentence),)
    if result_document["stato"] not in WITH_PLAN:
        return (Violation("accordi", "risultato", text("senza un piano", "has no plan")),)
    case = build_case(scenario, travel_matrix)
    plan, unread = read_plan(case, result_document)
    frame = build_frame(plan)
    found = [
        *unread,
        *verdict(agreements_document),
        *check_frame(frame, agreements_document),
        *_paths(frame, agreements_document),
        *check_figures(case, agreements_document["ipotesi"]),
    ]
    return tuple(dict.fromkeys(found))


def check_margins(
    scenario: Scenario,
    rows: Iterable[Mapping[str, Any]],
    views: Iterable[Mapping[str, Any]],
    travel_matrix: Mapping[tuple[str, str], int] | None = None,
    order: Sequence[str] = (),
) -> tuple[Violation, ...]:
    """Check the provider's view of a plan: split of the cost, revenue, curves and their numbers.

    Parameters
    ----------
    scenario
        The resolved scenario.
    rows
        `assegnazioni` of a result that `check_document` confirms.
    views
        The view, one dictionary for each provider and season, as JSON would hold it.
    travel_matrix
        Travel times loaded with the scenario, in minutes, by pair of place names.
    order
        `ordine_domanda` of the result: the order in which the curves let the children in.

    Returns
    -------
    tuple of Violation
        Every number that does not follow from scenario and plan; empty when the view is confirmed.
    """
    return margin_differences(build_case(scenario, travel_matrix), rows, views, order)


def check_shares(
    scenario: Scenario,
    document: Mapping[str, Any],
    shares: Mapping[str, Any],
    travel_matrix: Mapping[tuple[str, str], int] | None = None,
) -> tuple[Violation, ...]:
    """Check the fair shares of a plan's cost, given what every group of companies costs.

    Parameters
    ----------
    scenario
        The resolved scenario.
    document
        A result that `check_document` confirms.
    shares
        The shares, as JSON would hold them (docs/modello.md, section 18).
    travel_matrix
        Travel times loaded with the scenario, in minutes, by pair of place names.

    Returns
    -------
    tuple of Violation
        Every number that does not follow from the plan and from the costs of the groups.
    """
    total = document["registro"]["totali"]["costo_produzione_cent"]
    return share_differences(build_case(scenario, travel_matrix), document["assegnazioni"], total, shares)
