"""The provider's view recomputed: cost by component, revenue, margins (docs/modello.md, section 17)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from nido.data import voce
from nido.data.lingua import text
from nido.matching.verifica.caso import BASE, Case
from nido.matching.verifica.completa import complete
from nido.matching.verifica.costi import child_hour, educator_hour, fascia_fixed, meal, paid_by_child_hour
from nido.matching.verifica.curve import safe_curve
from nido.matching.verifica.curve_piano import Drawn
from nido.matching.verifica.finestre import window_minutes
from nido.matching.verifica.personale import additional, by_day, minimum_roster
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.posti import PriceItem, minimum_places, offered, price_items
from nido.matching.verifica.presenze import at_lunch, part_presence, working_days
from nido.matching.verifica.tempo import fasce_of, request_months
from nido.matching.verifica.violazione import Violation, cents, half_up

NAME = "margini"

Site = tuple[str, str]
Key = tuple[str, str, str, str]
Source = tuple[str, str, str, str, str | None]


def margin_differences(
    case: Case,
    rows: Iterable[Mapping[str, Any]],
    views: Iterable[Mapping[str, Any]],
    order: Sequence[str] = (),
) -> tuple[Violation, ...]:
    """Check every number of the provider's view.

    Parameters
    ----------
    case
        The scenario.
    rows
        `assegnazioni` of a result that the checker confirms: bambino, stagione, gestore, fasce.
    views
        The view as plain dictionaries and lists.
    order
        Children in the order of applications; those left out come last, in the order of the scenario.

    Returns
    -------
    tuple of Violation
        What does not follow from scenario and plan; empty when all is confirmed.
    """
    stated, rows = list(views), list(rows)
    assigned = {(row["bambino"], row["stagione"]): row["gestore"] for row in rows}
    booked = {(row["bambino"], row["stagione"]): frozenset(row["fasce"]) for row in rows}
    true = margin_table(complete(case, assigned, booked), order)
    return tuple(_differences("", stated, true))


def margin_table(plan: Plan, order: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Compute the view of every provider and season with at least one child."""
    costs, starts, incomes = *_rounded_costs(plan), _incomes(plan)
    found: list[dict[str, Any]] = []
    for site in plan.taking_part():
        served = set(plan.children_at(*site))
        row = [name for name in dict.fromkeys((*order, *plan.case.bambini)) if name in served]
        drawn = Drawn(plan, site, row, starts, _paid(incomes, site))
        found.append(_site(plan, site, costs, _summed_incomes(incomes), drawn))
    return found


def _site(
    plan: Plan, site: Site, costs: Mapping[Key, int], incomes: Mapping[Key, int], drawn: Drawn
) -> dict[str, Any]:
    case, (gestore, stagione) = plan.case, site
    children = plan.children_at(*site)
    parts = (BASE, *fasce_of(case, *site))
    packages = Counter(
        tuple(name for name in parts if name in plan.fasce(child, stagione)) for child in children
    )
    # Alone first, then by the positions of the fasce.
    ordered = sorted(packages, key=lambda package: [parts.index(name) for name in package])
    return {
        "gestore": gestore,
        "stagione": stagione,
        "posti": offered(case, *site),
        "bambini": len(children),
        "costi": _by_component(costs, site, parts),
        "ricavi": _by_component(incomes, site, parts),
        "parti": [
            {
                "parte": part,
                "bambini": len(plan.users(gestore, part, stagione)),
                "costi": _by_component(costs, site, (part,)),
                "ricavi": _by_component(incomes, site, (part,)),
                **_fascia_curves(plan, site, part, drawn),
            }
            for part in parts
        ],
        "pacchetti": [_package(plan, site, package, packages[package], drawn) for package in ordered],
        "curva": drawn.season(),
        "curva_sicura": safe_curve(
            case,
            gestore,
            stagione,
            {(BASE, *package): packages[package] for package in ordered},
            len(children),
        ),
    }


def _fascia_curves(plan: Plan, site: Site, part: str, drawn: Drawn) -> dict[str, Any]:
    if part == BASE:
        return {"curva": None, "curva_sicura": None}
    booking = len(plan.booking(site[0], part, site[1]))
    return {
        "curva": drawn.fascia(part),
        "curva_sicura": safe_curve(plan.case, *site, {(part,): 1}, booking),
    }


def _by_component(amounts: Mapping[Key, int], site: Site, parts: Iterable[str]) -> dict[str, int]:
    wanted, found = set(parts), Counter[str]()
    for (gestore, stagione, part, component), amount in amounts.items():
        if (gestore, stagione) == site and part in wanted:
            found[component] += amount
    return {component: amount for component, amount in found.items() if amount}


def _package(plan: Plan, site: Site, package: tuple[str, ...], count: int, drawn: Drawn) -> dict[str, Any]:
    case, (gestore, stagione) = plan.case, site
    members = {name for name in plan.children_at(*site) if plan.fasce(name, stagione) == frozenset(package)}
    rest = complete(
        case,
        {
            request: there
            for request, there in plan.assigned.items()
            if (there, request[1]) != site or request[0] not in members
        },
        plan.booked,
    )
    return {
        "fasce": list(package),
        "bambini": count,
        "costo_evitabile_cent": half_up(_whole_cost(plan, site) - _whole_cost(rest, site)),
        "ricavo_evitabile_cent": _billed(plan, site) - _billed(rest, site),
        "curva": drawn.package(members),
        "curva_sicura": safe_curve(case, gestore, stagione, {(BASE, *package): 1}, count),
    }


# --- cost ------------------------------------------------------------------------------------------------


def _costs(plan: Plan, site: Site) -> Iterator[tuple[str, str, Fraction]]:
    """Give part, component and exact cents of one provider in one season."""
    case, (gestore, stagione) = plan.case, site
    if not plan.children_at(*site):
        return
    costs = case.gestori[gestore].costi
    for part in (BASE, *fasce_of(case, *site)):
        users = plan.users(gestore, part, stagione)
        hours = _educator_hours(case, gestore, stagione, part, frozenset(users))
        for component, price in _hour(case, gestore).items() if hours else ():
            yield part, component, hours * price
        presences = [part_presence(case, child, gestore, stagione, part) for child in users]
        minutes = sum(window_minutes(case, present) for present in presences)
        yield part, "ore_bambino", Fraction(minutes, 60) * child_hour(case, gestore)
        yield part, "pasti", sum(at_lunch(case, one) for one in presences) * meal(case, gestore)
        if part == BASE:
            months = sum(len(request_months(case, child, stagione)) for child in users)
            yield part, "bambino_mese", months * cents(costs.bambino_mese)
            yield part, "partecipazione", cents(costs.partecipazione)
        else:
            yield part, "costo_fisso", fascia_fixed(plan, gestore, part, stagione)


def _educator_hours(case: Case, gestore: str, stagione: str, part: str, users: frozenset[str]) -> Fraction:
    """Hours of the additional educators in the whole season."""
    if paid_by_child_hour(case, gestore):
        return Fraction(0)
    intervals = sum(
        additional(case, gestore, part, educators)
        for roster in minimum_roster(case, gestore, stagione, part, users).values()
        for educators in roster.values()
    )
    days = 1 if by_day(case) else len(working_days(case, gestore, part, stagione))
    return Fraction(intervals * days * case.step, 60)


def _hour(case: Case, gestore: str) -> dict[str, Fraction]:
    """Divide an educator's hour, rounded to the cent; the overheads carry what the rounding moves."""

    def figure(key: str) -> Fraction:
        return Fraction(voce(key, case.first_day).numero)

    stated = case.gestori[gestore].costi.ora_educatrice
    pay = 100 * (figure("costi.educatore.ora") if stated is None else Fraction(stated))
    extra = pay * (figure("costi.ore_non_frontali.fattore") - 1)
    helpers = 100 * figure("costi.ausiliari_per_educatore") * figure("costi.ausiliario.ora")
    rest = educator_hour(case, gestore) - (pay + extra + helpers)
    return {"educatrici": pay, "non_frontali": extra, "ausiliarie": helpers, "generali": rest}


def _whole_cost(plan: Plan, site: Site) -> Fraction:
    return sum((amount for _, _, amount in _costs(plan, site)), Fraction(0))


def _rounded_costs(plan: Plan) -> tuple[dict[Key, int], dict[tuple[str, str, str], Fraction]]:
    """Round the running total, line after line; and tell where each part starts."""
    found: dict[Key, int] = {}
    starts: dict[tuple[str, str, str], Fraction] = {}
    running, stated = Fraction(0), 0
    for site in plan.taking_part():
        for part, component, amount in _costs(plan, site):
            starts.setdefault((*site, part), running)
            running += amount
            found[*site, part, component] = half_up(running) - stated
            stated = half_up(running)
    return found, starts


# --- revenue ---------------------------------------------------------------------------------------------


def _items(plan: Plan) -> Iterator[tuple[Site, PriceItem]]:
    for agreement in plan.agreements():
        for item in price_items(plan, agreement, minimum_places(plan, agreement)):
            yield (agreement[1], agreement[2]), item


def _billed(plan: Plan, site: Site) -> int:
    return sum(item.due for at, item in _items(plan) if at == site)


def _incomes(plan: Plan) -> dict[Source, int]:
    """Cents by provider, season, part, component and child; a place is of no child."""
    found = Counter[Source]()
    for site, item in _items(plan):
        if item.componente in ("ora", "pasto"):
            for part, amount in _divided(plan, site, item):
                found[*site, part, item.componente, item.bambino] += amount
        else:
            _, _, of_fascia = item.fonte.partition(f"gestori.{site[0]}.fasce.")
            part = of_fascia.partition(".")[0] or BASE
            found[*site, part, item.componente, item.bambino] += item.due
    return dict(found)


def _paid(incomes: Mapping[Source, int], site: Site) -> Counter[tuple[str, str]]:
    """Cents that each child of a provider pays in each part, places apart."""
    found = Counter[tuple[str, str]]()
    for (gestore, stagione, part, _, bambino), amount in incomes.items():
        if (gestore, stagione) == site and bambino is not None:
            found[bambino, part] += amount
    return found


def _summed_incomes(incomes: Mapping[Source, int]) -> dict[Key, int]:
    found = Counter[Key]()
    for (*where, _), amount in incomes.items():
        gestore, stagione, part, component = where
        found[gestore, stagione, part, component] += amount
    return dict(found)


def _divided(plan: Plan, site: Site, item: PriceItem) -> Iterator[tuple[str, int]]:
    """Divide a child's line among base hours and fasce, by minutes or by meals."""
    case, child = plan.case, str(item.bambino)
    whole, so_far, given = item.due, Fraction(0), 0
    parts = (BASE, *(name for name in fasce_of(case, *site) if name in plan.fasce(child, site[1])))
    shares: dict[str, int] = {}
    for part in parts:
        present = part_presence(case, child, *site, part)
        hours = item.componente == "ora"
        shares[part] = window_minutes(case, present) if hours else at_lunch(case, present)
    for part, share in shares.items():
        so_far += Fraction(share, sum(shares.values()))
        yield part, half_up(so_far * whole) - given
        given = half_up(so_far * whole)


# --- comparison ------------------------------------------------------------------------------------------


def _differences(where: str, stated: Any, true: Any) -> Iterator[Violation]:
    """Report the first level at which the stated value is another."""
    if isinstance(true, dict) and isinstance(stated, Mapping) and set(stated) == set(true):
        for key in true:
            yield from _differences(f"{where}/{key}", stated[key], true[key])
    elif isinstance(true, list) and isinstance(stated, list | tuple) and len(stated) == len(true):
        for place, (one, other) in enumerate(zip(stated, true, strict=True)):
            yield from _differences(f"{where}[{place}]", one, other)
    elif stated != true or type(stated) is not type(true):
        sentence = text(
            "scritto {stated}, risulta {true}",
            "states {stated}, is {true}",
            stated=_short(stated),
            true=_short(true),
        )
        yield Violation(NAME, where or "/", sentence)


def _short(value: Any) -> str:
    shown = text("nessuno", "none") if value is None else str(value)
    return shown if len(shown) <= 80 else shown[:77] + "..."
