"""The fair shares checked: each is recomputed by its definition from the stated costs of the groups.

docs/modello.md, section 18. The cost of a group is confirmed where it is found, plan by plan; here the
division of those costs is. The Shapley value is the mean over every order in which the companies can come.
A point of the core is not searched again: it is enough that it pays for the plan and no group would leave.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import ceil
from typing import Any

from nido.data.lingua import text
from nido.matching.verifica.caso import Case
from nido.matching.verifica.completa import complete
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.presenze import covered_minutes
from nido.matching.verifica.violazione import Violation, cents

NAME = "condivisione"
MINUTES = 60

Group = frozenset[str]
Stated = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Served:
    """What the plan gives each company: children, requests, minutes covered."""

    heads: Counter[str]
    requests: Counter[str]
    minutes: Counter[str]


def _served(plan: Plan) -> _Served:
    case = plan.case
    company = {child: case.bambini[child].azienda for child, _ in plan.assigned}
    minutes = Counter[str]()
    for (child, stagione), gestore in plan.assigned.items():
        fasce = plan.fasce(child, stagione)
        minutes[company[child]] += covered_minutes(case, child, gestore, stagione, fasce)
    return _Served(Counter(company.values()), Counter(company[child] for child, _ in plan.assigned), minutes)


def share_differences(
    case: Case, rows: Iterable[Mapping[str, Any]], total_cent: int, shares: Stated
) -> tuple[Violation, ...]:
    """Check every number of the shares that follows from the plan and from the costs of the groups.

    Parameters
    ----------
    case
        The scenario.
    rows
        `assegnazioni` of a result that the checker confirms: bambino, stagione, gestore, fasce.
    total_cent
        Production cost of that result: what is divided.
    shares
        The shares as plain dictionaries and lists.

    Returns
    -------
    tuple of Violation
        What does not follow; empty when all is confirmed.
    """
    rows = list(rows)
    assigned = {(row["bambino"], row["stagione"]): row["gestore"] for row in rows}
    booked = {(row["bambino"], row["stagione"]): frozenset(row["fasce"]) for row in rows}
    served = _served(complete(case, assigned, booked))
    costs = {frozenset(row["aziende"]): row["costo_cent"] for row in shares["coalizioni"]}
    found = [
        *_differ("costo_piano_cent", shares["costo_piano_cent"], total_cent),
        *_groups(case, shares, costs, served),
        *_companies(shares, costs, served, total_cent),
    ]
    # What follows would only repeat that costs or parts are missing.
    return tuple(found or _divisions(shares, costs, served, total_cent))


def _differ(where: str, stated: Any, true: Any) -> Iterator[Violation]:
    if stated != true:
        sentence = text(
            "scritto {stated}, risulta {true}", "states {stated}, is {true}", stated=stated, true=true
        )
        yield Violation(NAME, where, sentence)


def _groups(case: Case, shares: Stated, costs: Mapping[Group, int], served: _Served) -> Iterator[Violation]:
    """Check that no group is missing, and what each pays outside."""
    players = set(served.heads)
    price = cents(case.scenario.alternativa.ora_bambino)
    yield from _differ("ora_alternativa_cent", shares["ora_alternativa_cent"], price)
    yield from _differ("uso_alternativa", shares["uso_alternativa"], case.scenario.alternativa.uso)
    yield from _differ("coalizioni", len(shares["coalizioni"]), len(costs))
    if shares["esatto"]:
        yield from _differ("coalizioni", len(costs), 2 ** len(players))
    for row in shares["coalizioni"]:
        where = f"coalizioni/{'+'.join(row['aziende'])}"
        yield from _differ(f"{where}/aziende", sorted(set(row["aziende"]) - players), [])
        yield from _differ(
            f"{where}/costo_cent", row["costo_cent"], row["produzione_cent"] + row["alternativa_cent"]
        )
        yield from _outside(row, where, served)
        # Each request bought outside is rounded once.
        if abs(row["alternativa_cent"] - row["minuti_fuori"] * price / MINUTES) > Fraction(row["fuori"], 2):
            yield from _differ(
                f"{where}/alternativa_cent", row["alternativa_cent"], row["minuti_fuori"] * price
            )
        if row["limite_cent"] is not None and row["limite_cent"] > row["costo_cent"]:
            yield from _differ(f"{where}/limite_cent", row["limite_cent"], row["costo_cent"])
    if shares["esatto"]:
        yield from _differ("costo_minimo_cent", shares["costo_minimo_cent"], costs.get(frozenset(players)))


def _outside(row: Stated, where: str, served: _Served) -> Iterator[Violation]:
    """Check that no group buys more outside than its companies have in the plan."""
    for key, held in (("fuori", served.requests), ("minuti_fuori", served.minutes)):
        most = sum(held[name] for name in row["aziende"])
        if not 0 <= row[key] <= most:
            yield from _differ(f"{where}/{key}", row[key], most)


def _companies(
    shares: Stated, costs: Mapping[Group, int], served: _Served, total: int
) -> Iterator[Violation]:
    """Check what each company has in the plan, what it costs alone and what it saves."""
    for row in shares["aziende"]:
        name = row["azienda"]
        where = f"aziende/{name}"
        alone = costs.get(frozenset({name})) if served.heads[name] else 0
        yield from _differ(f"{where}/bambini", row["bambini"], served.heads[name])
        yield from _differ(f"{where}/minuti", row["minuti"], served.minutes[name])
        yield from _differ(f"{where}/da_sola_cent", row["da_sola_cent"], alone)
        for method, part in row["parti_cent"].items():
            saved = row["risparmio_cent"].get(method)
            yield from _differ(f"{where}/risparmio_cent/{method}", saved, row["da_sola_cent"] - part)
            if not served.heads[name]:
                yield from _differ(f"{where}/parti_cent/{method}", part, 0)
    methods = {method for row in shares["aziende"] for method in row["parti_cent"]}
    for method in sorted(methods):
        paid = sum(row["parti_cent"].get(method, 0) for row in shares["aziende"])
        yield from _differ(f"parti_cent/{method}", paid, total)


def _divisions(
    shares: Stated, costs: Mapping[Group, int], served: _Served, total: int
) -> Iterator[Violation]:
    """Compute each division again, and count the groups that would leave."""
    players = [row["azienda"] for row in shares["aziende"] if served.heads[row["azienda"]]]
    game = {group: cost for group, cost in costs.items() if 0 < len(group) < len(players)}
    true = {
        "bambini": _in_proportion(players, served.heads, total),
        "ore": _in_proportion(players, served.minutes, total),
    }
    if shares["esatto"]:
        true["shapley"] = _mean_of_orders(players, {**game, frozenset(): 0, frozenset(players): total})
    stated = {row["azienda"]: row["parti_cent"] for row in shares["aziende"]}
    for method, exact in true.items():
        for name, part in exact.items():
            if abs(stated[name][method] - part) >= 1:
                yield from _differ(f"aziende/{name}/parti_cent/{method}", stated[name][method], round(part))
    for check in shares["metodi"]:
        method = check["metodo"]
        whole = {name: Fraction(parts[method]) for name, parts in stated.items() if method in parts}
        yield from _leaving(check, game, true.get(method), whole)
    yield from _core(shares, game, stated)


def _in_proportion(players: Sequence[str], weights: Counter[str], total: int) -> dict[str, Fraction]:
    whole = sum(weights[name] for name in players)
    return {
        name: Fraction(total * weights[name], whole) if whole else Fraction(total, len(players))
        for name in players
    }


def _mean_of_orders(players: Sequence[str], costs: Mapping[Group, int]) -> dict[str, Fraction]:
    """Average what each company adds to the cost over all orders (Shapley 1953)."""
    added, orders = Counter[str](), 0
    for order in permutations(players):
        orders += 1
        come: Group = frozenset()
        for name in order:
            after = come | {name}
            added[name] += costs[after] - costs[come]
            come = after
    return {name: Fraction(added[name], orders) for name in players}


def _excess(group: Group, cost: int, parts: Mapping[str, Fraction]) -> Fraction:
    return sum((parts[name] for name in group), Fraction(-cost))


def _leaving(
    check: Stated,
    game: Mapping[Group, int],
    exact: Mapping[str, Fraction] | None,
    whole: Mapping[str, Fraction],
) -> Iterator[Violation]:
    """Count who would leave; of shares known only in whole cents, who would leave or stay in any case."""
    where, stated = f"metodi/{check['metodo']}", check["gruppi"]
    if exact is not None:
        gains = [gain for group, cost in game.items() if (gain := _excess(group, cost, exact)) > 0]
        yield from _differ(f"{where}/gruppi", stated, len(gains))
        worst = None if check["peggiore"] is None else check["peggiore"]["guadagno_cent"]
        yield from _differ(f"{where}/peggiore", worst, ceil(max(gains)) if gains else None)
        return
    gain = Fraction(0) if check["peggiore"] is None else Fraction(check["peggiore"]["guadagno_cent"])
    most = max((_excess(group, cost, whole) for group, cost in game.items()), default=Fraction(0))
    # Parts in whole cents move the gain of a group by less than a cent for each of its companies.
    if abs(gain - max(most, Fraction(0))) > len(whole):
        yield from _differ(f"{where}/peggiore", int(gain), int(most))
    surely = sum(_excess(group, cost, whole) >= len(group) for group, cost in game.items())
    perhaps = sum(_excess(group, cost, whole) > -len(group) for group, cost in game.items())
    if not surely <= stated <= perhaps:
        yield from _differ(f"{where}/gruppi", stated, surely)


def _core(
    shares: Stated, game: Mapping[Group, int], stated: Mapping[str, Mapping[str, int]]
) -> Iterator[Violation]:
    """Check that the point keeps every group in, or that no group pays more than the stated excess."""
    if shares["nucleo"] is None or not game:
        return
    parts = {name: Fraction(one["nucleo"]) for name, one in stated.items()}
    allowed = max(shares["nucleo"]["eccesso_cent"], 0)
    most = max(_excess(group, cost, parts) for group, cost in game.items())
    # A part in whole cents is less than one cent away from its exact amount. Of an empty core the point is
    # the nucleolus, whose largest excess is the least that any shares have.
    if most > allowed + len(parts) or (shares["nucleo"]["vuoto"] and most < allowed - len(parts)):
        yield from _differ("nucleo/eccesso_cent", allowed, int(most))
    if shares["nucleo"]["vuoto"] != (shares["nucleo"]["eccesso_cent"] > 0):
        yield from _differ("nucleo/vuoto", shares["nucleo"]["vuoto"], not shares["nucleo"]["vuoto"])
