"""The revenue of a plan at the price list, by provider, season, part and component."""

from collections import defaultdict
from collections.abc import Iterable

from nido.accordi.amount import Amount
from nido.accordi.components import COMPONENTS
from nido.accordi.money import cents
from nido.accordi.voci_costo import spread
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
    found: dict[tuple[int, int, VoceRegistro], int] = defaultdict(int)
    for amount in _amounts(solution, replayed, ("posto", "vuoto")):
        found[position[amount.gestore, amount.stagione], 0, amount.componente] += amount.importo_cent
    _add_fasce(replayed, found)
    weights = _weights(replayed)
    for amount in _amounts(solution, replayed, ("ora", "pasto")):
        site = position[amount.gestore, amount.stagione]
        units = weights[str(amount.bambino), amount.stagione]
        parts = spread(amount.importo_cent, [entry[1 + (amount.componente == "pasto")] for entry in units])
        for (unit, *_), part in zip(units, parts, strict=True):
            found[site, unit, amount.componente] += part
    return {key: value for key, value in found.items() if value}


def whole_revenue(replayed: Replay) -> int:
    """Give all that is billed in a plan, in cents."""
    every = tuple(component.nome for component in COMPONENTS)
    return sum(amount.importo_cent for amount in _amounts(replayed.solution(), replayed, every))


def _amounts(solution: Solution, replayed: Replay, names: Iterable[VoceRegistro]) -> Iterable[Amount]:
    scenario, wanted = replayed.draft.instance.scenario, set(names)
    for component in COMPONENTS:
        if component.nome in wanted:
            yield from component.amounts(scenario, solution)


def _add_fasce(replayed: Replay, found: dict[tuple[int, int, VoceRegistro], int]) -> None:
    instance = replayed.draft.instance
    for pair, unit in replayed.plan.booked:
        site = instance.sites[instance.pairs[pair].site]
        gestore = instance.scenario.gestori[site.provider]
        fascia = next(one for one in gestore.fasce if one.id == site.units[unit].fascia)
        months = len(instance.pairs[pair].unit_months[unit])
        found[instance.pairs[pair].site, unit, "fascia"] += cents(fascia.prezzo_mese) * months


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
