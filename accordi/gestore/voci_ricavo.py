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


def revenue(replayed: Replay, solution: Solution) -> dict[tuple[int, int, VoceRegistro], int]:
    """Give the cents of every site, unit and component; places belong to the base hours (unit 0).

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
    found: dict[tuple[int, int, VoceRegistro], int] = defaultdict(int)
    for componente, amount in _amounts(solution, replayed):
        site = position[amount.gestore, amount.stagione]
        if componente in ("ora", "pasto"):
            units = weights[str(amount.bambino), amount.stagione]
            shares = [entry[1 + (componente == "pasto")] for entry in units]
            for (unit, *_), part in zip(units, spread(amount.importo_cent, shares), strict=True):
                found[site, unit, componente] += part
        else:
            found[site, _unit(instance.sites[site], amount), componente] += amount.importo_cent
    return {key: value for key, value in found.items() if value}


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
