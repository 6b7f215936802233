"""Cost and revenue of n children of a fascia or of a package, recomputed (docs/modello.md, section 17)."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

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


def package_curve(
    case: Case, gestore: str, stagione: str, packages: Mapping[tuple[str, ...], int]
) -> dict[str, Any]:
    """Draw cost and revenue of children who divide among packages in proportion to some numbers."""
    if not (paid_by_child_hour(case, gestore) or has_roster(case, gestore)):
        return _answer([], None, None, None, "personale_non_contato")
    places = offered(case, gestore, stagione)
    points = [_point(case, gestore, stagione, packages, n) for n in range(places + 1)]
    profits = {n: income - cost for n, cost, income in points if n}
    enough = [n for n, profit in profits.items() if profit >= 0]
    safe = [n for n in profits if all(profit >= 0 for m, profit in profits.items() if m >= n)]
    reason, beyond = None, None
    if not profits:
        reason = "senza_posti"
    elif not enough:
        reason = "oltre_i_posti" if points[-1][2] else "senza_ricavo"
    elif not safe:
        reason = "in_perdita_al_completo"
    if not enough:
        for n in range(places + 1, MOST + 1):
            _, cost, income = _point(case, gestore, stagione, packages, n)
            if income >= cost:
                beyond = n
                break
    return _answer(points, min(enough, default=None), min(safe, default=None), beyond, reason)


def _answer(
    points: Sequence[tuple[int, int, int]],
    first: int | None,
    safe: int | None,
    beyond: int | None,
    reason: str | None,
) -> dict[str, Any]:
    return {
        "punti": [{"bambini": n, "costo_cent": cost, "ricavo_cent": income} for n, cost, income in points],
        "pareggio": first,
        "minimo_sicuro": safe,
        "pareggio_oltre_i_posti": beyond,
        "motivo": reason,
    }


def _point(
    case: Case, gestore: str, stagione: str, packages: Mapping[tuple[str, ...], int], n: int
) -> tuple[int, int, int]:
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
    return n, half_up(cost), half_up(income)


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
