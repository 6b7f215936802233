"""The revenue of a plan at the price list, by provider, season, part and component."""

from collections import defaultdict
from collections.abc import Iterable

from nido.accordi.amount import Amount
from nido.accordi.components import TAXABLE
from nido.accordi.gestore.voci_costo import spread
from nido.matching.instance import Site
from nido.matching.replay import Replay
from nido.matching.solution import Solution
from nido.scenari.regole import VoceRegistro

Line = tuple[int, int, VoceRegistro, str | None, int]


def revenue_lines(replayed: Replay, solution: Solution) -> list[Line]:
    """List what is billed: site, unit, component, child or None, cents; places in unit 0, the base hours.

    A child's line of hours or meals is divided among base hours and fasce by minutes or meals
    (docs/modello.md, section 17), so that the sum is the ledger's.
    """
    instance = replayed.draft.instance
    scenario = instance.scenario
    position = {
        (scenario.gestori[site.provider].id, scenario.stagioni[site.season].id): index
        for index, site in enumerate(instance.sites)
    }
    weights = _weights(replayed)
    found: list[Line] = []
    for componente, amount in _amounts(solution, replayed):
        site = position[amount.gestore, amount.stagione]
        if componente in ("ora", "pasto"):
            units = weights[str(amount.bambino), amount.stagione]
            shares = [entry[1 + (componente == "pasto")] for entry in units]
            for (unit, *_), part in zip(units, spread(amount.importo_cent, shares), strict=True):
                found.append((site, unit, componente, amount.bambino, part))
        else:
            unit = _unit(instance.sites[site], amount)
            found.append((site, unit, componente, amount.bambino, amount.importo_cent))
    return [line for line in found if line[-1]]


def revenue(lines: Iterable[Line]) -> dict[tuple[int, int, VoceRegistro], int]:
    """Give the cents of every site, unit and component."""
    found: dict[tuple[int, int, VoceRegistro], int] = defaultdict(int)
    for site, unit, componente, _, cents in lines:
        found[site, unit, componente] += cents
    return dict(found)


def earned_at(replayed: Replay, lines: Iterable[Line], site: int) -> dict[int, dict[int, int]]:
    """Give the cents that each served pair of a site pays in each unit, places apart."""
    instance = replayed.draft.instance
    pairs = {
        instance.scenario.bambini[instance.requests[instance.pairs[pair].request].child].id: pair
        for pair in replayed.plan.by_site[site]
    }
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for at, unit, _, child, cents in lines:
        if at == site and child is not None:
            found[pairs[child]][unit] += cents
    return found


def _unit(site: Site, amount: Amount) -> int:
    """Find the fascia whose price an amount is; the base hours where it is none."""
    owner = f"gestori.{amount.gestore}.fasce."
    prices = {f"{owner}{entry.fascia}.": unit for unit, entry in enumerate(site.units)}
    return next((unit for start, unit in prices.items() if amount.fonte.startswith(start)), 0)


def whole_revenue(replayed: Replay) -> int:
    """Give all that is billed in a plan without VAT, in cents."""
    return sum(amount.importo_cent for _, amount in _amounts(replayed.solution(), replayed))


def _amounts(solution: Solution, replayed: Replay) -> Iterable[tuple[VoceRegistro, Amount]]:
    # VAT passes through the provider: it is no revenue.
    for componente, charged in TAXABLE:
        for amount in charged(replayed.draft.instance.scenario, solution):
            yield componente, amount


def _weights(replayed: Replay) -> dict[tuple[str, str], list[tuple[int, int, int]]]:
    """(child, season) -> (unit, minutes, meals) of base hours and booked fasce, in order."""
    instance = replayed.draft.instance
    scenario = instance.scenario
    found: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for index in replayed.plan.served:
        pair = instance.pairs[index]
        request = instance.requests[pair.request]
        units = [unit for unit in pair.unit_minutes if replayed.plan.attends(index, unit)]
        name = (scenario.bambini[request.child].id, scenario.stagioni[request.season].id)
        found[name] = [
            (unit, pair.unit_minutes[unit] if unit else pair.base, pair.meal_days.get(unit, 0))
            for unit in (0, *units)
        ]
    return found
