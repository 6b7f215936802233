"""Value of every objective tier, recomputed from the plan (docs/modello.md, section 11)."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from nido.matching.verifica.caso import Case
from nido.matching.verifica.costi import cost_in_units
from nido.matching.verifica.finestre import reference_minutes, requests, window
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.presenze import covered_minutes, requested_minutes
from nido.matching.verifica.sorteggio import facts
from nido.matching.verifica.viaggio import detour
from nido.matching.verifica.violazione import cents, half_up

# Direction of every tier.
VERSO: Mapping[str, str] = {
    "copertura_piena": "max",
    "minuti_coperti": "max",
    "costo_totale": "min",
    "desideri_viaggio": "min",
    "equita": "max",
    "ordine_domanda": "max",
    "valore_netto": "max",
}
# Unit of every tier; None where it is the unit of the costs.
UNITA: Mapping[str, str | None] = {
    "copertura_piena": "peso",
    "minuti_coperti": "minuti",
    "costo_totale": None,
    "desideri_viaggio": "minuti",
    "equita": "per mille",
    "ordine_domanda": "punti",
    "valore_netto": None,
}
COST_UNITS: Mapping[int, str] = {1: "cent", 10: "10 cent", 100: "EUR"}


def uncovered(plan: Plan, bambino: str, stagione: str) -> int:
    """Minutes of the window of a served request that nobody covers."""
    case, gestore = plan.case, plan.assigned[bambino, stagione]
    covered = covered_minutes(case, bambino, gestore, stagione, plan.fasce(bambino, stagione))
    return requested_minutes(case, bambino, gestore, stagione) - covered


def window_days(case: Case, bambino: str, gestore: str, stagione: str) -> int:
    """Days of a stagione on which a child's window is not empty."""
    return len(window(case, bambino, gestore, stagione))


def month_days(case: Case, bambino: str, gestore: str, stagione: str) -> dict[str, int]:
    """Days of a stagione on which a child's window is not empty, by month."""
    return dict(Counter(f"{day:%Y-%m}" for day in window(case, bambino, gestore, stagione)))


def full_coverage(plan: Plan) -> int:
    """Weight of the requests served with no uncovered minute."""
    return sum(
        plan.case.bambini[bambino].peso
        for bambino, stagione in plan.assigned
        if uncovered(plan, bambino, stagione) == 0
    )


def minutes_covered(plan: Plan) -> int:
    """Reference minutes of the requests served, less their uncovered minutes."""
    return sum(
        reference_minutes(plan.case, bambino, stagione) - uncovered(plan, bambino, stagione)
        for bambino, stagione in plan.assigned
    )


def rank(case: Case, bambino: str, gestore: str) -> int:
    """Position of a provider among a child's wishes; their number if it is not there."""
    wishes = case.bambini[bambino].desideri
    return wishes.index(gestore) if gestore in wishes else len(wishes)


def wishes_and_travel(plan: Plan) -> int:
    """Minutes of detour, and those that a worse wish stands for, over the days of the windows."""
    case, per_rank = plan.case, plan.case.scenario.obiettivo.minuti_per_rango
    return sum(
        window_days(case, bambino, gestore, stagione)
        * (detour(case, bambino, gestore) + per_rank * rank(case, bambino, gestore))
        for (bambino, stagione), gestore in plan.assigned.items()
    )


def fairness(plan: Plan) -> int:
    """Largest share of weight served, per thousand, that every company with requests reaches."""
    asked: dict[str, int] = {}
    served: dict[str, int] = {}
    for bambino, stagione in requests(plan.case):
        child = plan.case.bambini[bambino]
        asked[child.azienda] = asked.get(child.azienda, 0) + child.peso
        if (bambino, stagione) in plan.assigned:
            served[child.azienda] = served.get(child.azienda, 0) + child.peso
    shares = (1000 * served.get(azienda, 0) // weight for azienda, weight in asked.items())
    return min((1000, *shares))


def order_points(plan: Plan, positions: Mapping[str, int]) -> int:
    """Points of the requests served: earlier in the order is worth more."""
    number = len(plan.case.bambini)
    return sum(number - positions[bambino] for bambino, _ in plan.assigned)


def net_value(plan: Plan, unit_cents: int) -> int:
    """Value of the children fully covered less cost and travel, in units."""
    case, aims = plan.case, plan.case.scenario.obiettivo
    total = -cost_in_units(plan, unit_cents)
    for (bambino, stagione), gestore in plan.assigned.items():
        if uncovered(plan, bambino, stagione) == 0:
            value = case.bambini[bambino].peso * cents(aims.valore_bambino_coperto)
            total += half_up(value / unit_cents)
        travelled = window_days(case, bambino, gestore, stagione) * detour(case, bambino, gestore)
        total -= half_up(travelled * cents(aims.euro_minuto_viaggio) / unit_cents)
    return total


def positions_in(case: Case, order: Sequence[str]) -> dict[str, int]:
    """Turn an order of children into positions.

    In a drawn order children who look the same to the lot share the position of the first of them.

    Parameters
    ----------
    case
        The scenario.
    order
        Every child once.
    """
    drawn = not case.scenario.obiettivo.ordine_domanda
    found: dict[str, int] = {}
    for position, bambino in enumerate(order):
        before = order[position - 1] if position else None
        if drawn and before is not None and facts(case, before) == facts(case, bambino):
            found[bambino] = found[before]
        else:
            found[bambino] = position
    return found


def tier_values(plan: Plan, unit_cents: int, positions: Mapping[str, int]) -> dict[str, int]:
    """Compute the value of every tier of the scenario, in its order.

    Parameters
    ----------
    plan
        The plan.
    unit_cents
        Unit of the costs: 1, 10 or 100 cents.
    positions
        Position of every child in the order of the requests, from 0.
    """
    formulas: Mapping[str, Callable[[], int]] = {
        "copertura_piena": lambda: full_coverage(plan),
        "minuti_coperti": lambda: minutes_covered(plan),
        "costo_totale": lambda: cost_in_units(plan, unit_cents),
        "desideri_viaggio": lambda: wishes_and_travel(plan),
        "equita": lambda: fairness(plan),
        "ordine_domanda": lambda: order_points(plan, positions),
        "valore_netto": lambda: net_value(plan, unit_cents),
    }
    return {tier.nome: formulas[tier.nome]() for tier in plan.case.scenario.obiettivo.livelli}


def slack(value: int, tolerance: Fraction) -> int:
    """How much worse than its value a tier may become for the sake of the next ones."""
    return int(tolerance * abs(value))
