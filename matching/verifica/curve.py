"""The two curves of a season, a fascia or a package, recomputed (docs/modello.md, section 17)."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from nido.matching.verifica.caso import BASE, Case, remembered
from nido.matching.verifica.costi import child_hour, educator_hour, meal, paid_by_child_hour
from nido.matching.verifica.personale import (
    existing_staff,
    has_roster,
    ratio_need,
    with_minimum,
)
from nido.matching.verifica.posti import offered
from nido.matching.verifica.presenze import LUNCH, working_days, working_mask
from nido.matching.verifica.tempo import months_of, ratios, season_months, slots
from nido.matching.verifica.violazione import cents, half_up

# Where no number within the places pays, this many children are tried.
MOST = 100


class Point(NamedTuple):
    """Children, cost and revenue in cents."""

    n: int
    cost: int
    income: int

    @property
    def shown(self) -> dict[str, int]:
        """The point as the view writes it."""
        return {"bambini": self.n, "costo_cent": self.cost, "ricavo_cent": self.income}


def is_counted(case: Case, gestore: str) -> bool:
    """Tell whether a provider's staff, or its child-hours, are counted: else there are no curves."""
    return paid_by_child_hour(case, gestore) or has_roster(case, gestore)


def without(reason: str, tolerance: int) -> dict[str, Any]:
    """Write a curve that does not exist."""
    return {
        "punti": [],
        "piano": None,
        "minimo": None,
        "oltre_i_posti": None,
        "tolleranza_cent": tolerance,
        "motivo": reason,
    }


def judged(points: Sequence[Point], plan: Point, tolerance: int, beyond: int | None = None) -> dict[str, Any]:
    """Write a curve with its smallest number of children from which on nothing is lost."""
    fine = {one.n: one.income + tolerance * one.n >= one.cost for one in points if one.n}
    least = len(points)
    while least > 1 and fine[least - 1]:
        least -= 1
    found = {
        **without("", tolerance),
        "punti": [one.shown for one in points],
        "piano": plan.shown,
        "minimo": least if least in fine else None,
        "oltre_i_posti": None if any(fine.values()) else beyond,
        "motivo": None,
    }
    if not fine:
        found["motivo"] = "senza_posti"
    elif least not in fine:
        lost = "in_perdita_al_completo" if any(fine.values()) else "sempre_in_perdita"
        found["motivo"] = lost if points[-1].income else "senza_ricavo"
    return found


def safe_curve(
    case: Case, gestore: str, stagione: str, packages: Mapping[tuple[str, ...], int], planned: int
) -> dict[str, Any]:
    """Draw children of any age, there all the time, who divide among packages in proportion to some numbers.

    Parameters
    ----------
    case, gestore, stagione
        The provider in the season.
    packages
        Sets of parts -> weight.
    planned
        Children of the plan.
    """
    if not is_counted(case, gestore):
        return without("personale_non_contato", 0)
    places = offered(case, gestore, stagione)
    points = [_point(case, gestore, stagione, packages, n) for n in range(places + 1)]
    plan = _point(case, gestore, stagione, packages, planned)
    beyond = None
    if all(one.income < one.cost for one in points[1:]):
        tried = (_point(case, gestore, stagione, packages, n) for n in range(places + 1, MOST + 1))
        beyond = next((one.n for one in tried if one.income >= one.cost), None)
    return judged(points, plan, 0, beyond)


def _point(case: Case, gestore: str, stagione: str, packages: Mapping[tuple[str, ...], int], n: int) -> Point:
    cost = income = Fraction(0)
    there: dict[str, int] = {}
    for package, number in zip(packages, _portions(n, list(packages.values())), strict=True):
        for part in package:
            there[part] = there.get(part, 0) + number
    for part, number in there.items():
        if number:
            own, fixed, price = _child(case, gestore, stagione, part)
            cost += number * own + fixed + _staff(case, gestore, stagione, part, number)
            income += number * price
    return Point(n, half_up(cost), half_up(income))


def _portions(n: int, weights: Sequence[int]) -> list[int]:
    """Divide n by the largest remainders; of equal remainders the first comes first."""
    exact = [Fraction(n * weight, sum(weights)) for weight in weights]
    down = [int(part) for part in exact]
    order = sorted(range(len(weights)), key=lambda place: (down[place] - exact[place], place))
    for place in order[: n - sum(down)]:
        down[place] += 1
    return down


@remembered
def _child(case: Case, gestore: str, stagione: str, part: str) -> tuple[Fraction, Fraction, Fraction]:
    """Own cost, fixed cost and price of a child who is there throughout the part, in cents."""
    provider = case.gestori[gestore]
    days, hours = working_days(case, gestore, part, stagione), list(slots(working_mask(case, gestore, part)))
    minutes = len(days) * len(hours) * case.step
    meals = len(days) if LUNCH // case.step in hours else 0
    own = Fraction(minutes, 60) * child_hour(case, gestore) + meals * meal(case, gestore)
    price = Fraction(minutes, 60) * cents(provider.prezzi.ora_bambino)
    price += meals * cents(provider.prezzi.pasto_giorno)
    if part == BASE:
        months = len(season_months(case, stagione))
        own += months * cents(provider.costi.bambino_mese)
        return own, cents(provider.costi.partecipazione), price + months * cents(provider.prezzi.posto_mese)
    fascia = case.fascia(gestore, part)
    price += len(months_of(days)) * cents(fascia.prezzo_mese)
    return own, cents(fascia.costo_fisso), price


def _staff(case: Case, gestore: str, stagione: str, part: str, number: int) -> Fraction:
    """Cost of the educators who come for some children, all of them there all the time."""
    if paid_by_child_hour(case, gestore):
        return Fraction(0)
    days, hours = working_days(case, gestore, part, stagione), list(slots(working_mask(case, gestore, part)))
    already = existing_staff(case, gestore) if part == BASE else 0
    more = max(0, _most_on_duty(case, gestore, part == BASE, number) - already)
    return more * Fraction(len(days) * len(hours) * case.step, 60) * educator_hour(case, gestore)


@remembered
def _most_on_duty(case: Case, gestore: str, base: bool, number: int) -> int:
    """Educators on duty, for the ages of the children that ask for the most."""
    existing = case.gestori[gestore].esistenti if base else {}
    needs = []
    for ages in _splits(number, len(ratios(case))):
        there = {band: existing.get(band, 0) + more for band, more in zip(ratios(case), ages, strict=True)}
        needs.append(sum(with_minimum(case, ratio_need(case, there)).values()))
    return max(needs)


def _splits(number: int, bands: int) -> Iterator[tuple[int, ...]]:
    """Give every way to divide a number among the bands."""
    if bands == 1:
        yield (number,)
        return
    for first in range(number + 1):
        for rest in _splits(number - first, bands - 1):
            yield (first, *rest)
