"""Additional production cost of a plan (docs/modello.md, section 9)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from nido.data import voce
from nido.matching.verifica.caso import BASE, Case, remembered
from nido.matching.verifica.finestre import window_minutes
from nido.matching.verifica.personale import additional, by_day, minimum_roster, parts_of
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.presenze import at_lunch, part_presence, working_days
from nido.matching.verifica.tempo import request_months
from nido.matching.verifica.violazione import cents, half_up


@dataclass(frozen=True, slots=True)
class CostItem:
    """One rounded coefficient of the model and how many times the plan takes it.

    Attributes
    ----------
    gestore, stagione, part
        Where the cost arises; `part` is a fascia, or ``base``.
    coefficient
        Exact cents.
    times
        Whole number of times.
    """

    gestore: str
    stagione: str
    part: str
    coefficient: Fraction
    times: int


def _table(case: Case, key: str) -> Fraction:
    return Fraction(voce(key, case.first_day).numero)


@remembered
def educator_hour(case: Case, gestore: str) -> int:
    """Cost of an educator's hour on duty in cents, non-contact hours, auxiliaries and overheads included."""
    stated = case.gestori[gestore].costi.ora_educatrice
    hour = _table(case, "costi.educatore.ora") if stated is None else Fraction(stated)
    hour *= _table(case, "costi.ore_non_frontali.fattore")
    hour += _table(case, "costi.ausiliari_per_educatore") * _table(case, "costi.ausiliario.ora")
    return half_up(hour * (1 + _table(case, "costi.generali.percento") / 100) * 100)


def paid_by_child_hour(case: Case, gestore: str) -> bool:
    """Tell whether a provider's cost is counted by child-hour instead of by staff."""
    provider = case.gestori[gestore]
    return provider.tipo == "tagesmutter" or provider.costi.ora_bambino is not None


@remembered
def child_hour(case: Case, gestore: str) -> Fraction:
    """Cost of a child-hour in cents; 0 where staff is counted."""
    if not paid_by_child_hour(case, gestore):
        return Fraction(0)
    stated = case.gestori[gestore].costi.ora_bambino
    return _table(case, "costi.tagesmutter.ora") * 100 if stated is None else cents(stated)


@remembered
def meal(case: Case, gestore: str) -> Fraction:
    """Cost of a meal in cents."""
    provider = case.gestori[gestore]
    if provider.costi.pasto_giorno is not None:
        return cents(provider.costi.pasto_giorno)
    return Fraction(0) if provider.tipo == "tagesmutter" else _table(case, "costi.pasto") * 100


def staff_items(
    case: Case, gestore: str, stagione: str, part: str, users: frozenset[str]
) -> Iterator[CostItem]:
    """Give the staff of a fascia, one item an interval; nothing where staff is not counted."""
    if paid_by_child_hour(case, gestore):
        return
    educator_step = Fraction(case.step * educator_hour(case, gestore), 60)
    days = 1 if by_day(case) else len(working_days(case, gestore, part, stagione))
    extra: Counter[int] = Counter()
    for roster in minimum_roster(case, gestore, stagione, part, users).values():
        for slot, educators in roster.items():
            extra[slot] += additional(case, gestore, part, educators)
    for times in extra.values():
        yield CostItem(gestore, stagione, part, educator_step * days, times)


def child_item(case: Case, bambino: str, gestore: str, stagione: str, part: str) -> CostItem:
    """Give what one child costs in the base hours (with its monthly costs) or in one fascia."""
    present = part_presence(case, bambino, gestore, stagione, part)
    amount = Fraction(window_minutes(case, present), 60) * child_hour(case, gestore)
    amount += at_lunch(case, present) * meal(case, gestore)
    if part == BASE:
        months = len(request_months(case, bambino, stagione))
        amount += months * cents(case.gestori[gestore].costi.bambino_mese)
    return CostItem(gestore, stagione, part, amount, 1)


def fascia_fixed(plan: Plan, gestore: str, fascia: str, stagione: str) -> Fraction:
    """Fixed cost of a fascia in cents: due when somebody books it."""
    if not plan.booking(gestore, fascia, stagione):
        return Fraction(0)
    return cents(plan.case.fascia(gestore, fascia).costo_fisso)


def cost_items(plan: Plan) -> Iterator[CostItem]:
    """Give everything that the plan costs."""
    case = plan.case
    for (bambino, stagione), gestore in plan.assigned.items():
        for part in (BASE, *sorted(plan.fasce(bambino, stagione))):
            yield child_item(case, bambino, gestore, stagione, part)
    for gestore, stagione in plan.taking_part():
        yield CostItem(gestore, stagione, BASE, cents(case.gestori[gestore].costi.partecipazione), 1)
        for part in parts_of(case, gestore):
            users = frozenset(plan.users(gestore, part, stagione))
            yield from staff_items(case, gestore, stagione, part, users)
            if part != BASE:
                yield CostItem(gestore, stagione, part, fascia_fixed(plan, gestore, part, stagione), 1)


def cost_in_units(plan: Plan, unit_cents: int) -> int:
    """Value of the tier: every coefficient rounded once, in units of 1, 10 or 100 cents."""
    return sum(half_up(item.coefficient / unit_cents) * item.times for item in cost_items(plan))


def exact_cost(plan: Plan) -> Fraction:
    """Exact cost in cents."""
    return sum((item.coefficient * item.times for item in cost_items(plan)), Fraction(0))


def rounding_bound(plan: Plan, unit_cents: int) -> int:
    """Largest difference in cents that rounding can make: half a unit for every coefficient taken."""
    case = plan.case
    openings = {
        (gestore, fascia, stagione)
        for (bambino, stagione), gestore in plan.assigned.items()
        for fascia in plan.fasce(bambino, stagione)
    }
    taken = len(plan.assigned) + len(plan.taking_part()) + len(openings)
    taken += sum(len(plan.fasce(*request)) for request in plan.assigned)
    for gestore, stagione in plan.taking_part():
        for part in parts_of(case, gestore):
            users = frozenset(plan.users(gestore, part, stagione))
            taken += sum(item.times for item in staff_items(case, gestore, stagione, part, users))
    return ceil(Fraction(taken * unit_cents, 2))


def fascia_cost(plan: Plan, gestore: str, fascia: str, stagione: str) -> Fraction:
    """Exact cost of a fascia in cents: additional staff and fixed cost."""
    users = frozenset(plan.booking(gestore, fascia, stagione))
    items = staff_items(plan.case, gestore, stagione, fascia, users)
    staff = sum((item.coefficient * item.times for item in items), Fraction(0))
    return staff + fascia_fixed(plan, gestore, fascia, stagione)
