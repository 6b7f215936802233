"""The objective tiers, one file each: an expression for the solver and a value for a plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType

from nido.matching.draft import Draft
from nido.matching.linear import Term
from nido.matching.objective import (
    copertura_piena,
    costo_totale,
    desideri_viaggio,
    equita,
    minuti_coperti,
    ordine_domanda,
    valore_netto,
)
from nido.matching.plan import Plan


@dataclass(frozen=True, slots=True)
class Tier:
    """An objective tier: direction, unit, expression over the variables, value of a plan."""

    name: str
    maximise: bool
    unit: Callable[[Draft], str]
    terms: Callable[[Draft], list[Term]]
    value: Callable[[Draft, Plan], int]


def _tier(module: ModuleType) -> Tier:
    return Tier(module.name, module.maximise, module.unit, module.terms, module.value)


TIERS: Mapping[str, Tier] = {
    module.name: _tier(module)
    for module in (
        copertura_piena,
        minuti_coperti,
        costo_totale,
        desideri_viaggio,
        equita,
        ordine_domanda,
        valore_netto,
    )
}
