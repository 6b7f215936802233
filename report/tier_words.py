"""The tiers of the objective in words, and their values in units that a reader knows."""

from collections.abc import Mapping
from typing import Any

from nido.data.lingua import text
from nido.report.numbers_local import euro, hours, integer, percent

EURO_TIERS = frozenset({"costo_totale", "valore_netto"})
TIER_NAMES = EURO_TIERS | {
    "copertura_piena",
    "minuti_coperti",
    "desideri_viaggio",
    "equita",
    "ordine_domanda",
}
# Cents of one unit of a tier of money, by the name of its unit.
CENTS = {"cent": 1, "10 cent": 10, "EUR": 100}
PER_MILLE = 1000


def tier_name(nome: str) -> str:
    """Name a tier; one without words here keeps its key."""
    words = {
        "copertura_piena": text("copertura piena", "full coverage"),
        "minuti_coperti": text("ore coperte, senza viaggio", "hours covered, no travel"),
        "costo_totale": text("costo di produzione", "cost of production"),
        "desideri_viaggio": text("desideri, viaggio", "wishes, travel"),
        "equita": text("equità, azienda peggiore", "fairness, worst company"),
        "ordine_domanda": text("ordine domande", "order of requests"),
        "valore_netto": text("valore netto", "net value"),
    }
    return words.get(nome, nome)


def tier_unit(nome: str, unita: str) -> str:
    """Name the unit in which `tier_number` writes a value; empty when the number says it itself."""
    if nome in EURO_TIERS:
        return "EUR"
    words = {
        "minuti_coperti": text("ore", "hours"),
        "desideri_viaggio": text("minuti", "minutes"),
        "equita": "",
        "ordine_domanda": text("punti", "points"),
    }
    return words.get(nome, unita)


def best_found(tier: Mapping[str, Any]) -> tuple[int | None, float | None]:
    """Give the best value found of a tier, and its gap from the bound.

    The plan shown may be better than what was found when the tier was solved: a tier that is not proven
    leaves room, and the next ones may happen to use it.
    """
    value, shown, bound = tier["valore"], tier["valore_piano"], tier["limite"]
    better = max if tier["verso"] == "max" else min
    if value is None or shown is None or bound is None or better(value, shown) == value:
        return value, tier["gap"]
    return shown, abs(shown - bound) / max(1, abs(shown))


def tier_number(nome: str, value: int | None, unit_cents: int) -> str:
    """Write a value or bound of a tier.

    Parameters
    ----------
    nome
        The tier.
    value
        As the result holds it; None when there is none.
    unit_cents
        Cents of one unit, for a tier of money.
    """
    if value is None:
        return "-"
    if nome in EURO_TIERS:
        return euro(value * unit_cents)
    if nome == "minuti_coperti":
        return hours(value)
    return percent(value, PER_MILLE) if nome == "equita" else integer(value)
