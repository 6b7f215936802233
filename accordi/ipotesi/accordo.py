"""Unverified figures of the framework agreement: its length, its clauses, its courses of events."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from nido.accordi.ipotesi.assumed import Ipotesi, from_scenario
from nido.accordi.simulazione.orizzonte import first_month, length, month_number
from nido.data.lingua import text
from nido.scenari.base import Frozen
from nido.scenari.clausole import Clausole
from nido.scenari.named_figures import TEXT_UNIT, figure_words
from nido.scenari.schema import Scenario

ROOM = "accordo_quadro"
SHARE = "rapporto"
RATES = ("uscite_anno", "ingressi_anno", "cambi_anno", "disdetta")

# Field of a clause -> unit of its figure; a field that is not here is a choice, not a figure.
UNITS: Mapping[str, str] = {
    **dict.fromkeys(("mesi", "preavviso_mesi", "mesi_rivendita", "mensilita"), "mesi"),
    **dict.fromkeys(("quota", "credito", "variazione_annua"), SHARE),
    **dict.fromkeys(("volte", "mese", "massimo"), "numero"),
    "giorni": "giorni",
    "posti": "posti",
    "bambini": "bambini",
    "ore_mese": "ore/mese",
    "scaglioni": TEXT_UNIT,
}


def framework_figures(scenario: Scenario) -> Iterator[Ipotesi]:
    """List the figures of the framework agreement that no source verifies (docs/modello.md, section 15).

    Parameters
    ----------
    scenario
        The scenario.

    Yields
    ------
    Ipotesi
        Length beyond the plan, common clauses, exceptions, probabilities, rates.
    """
    framework = scenario.accordo_quadro
    last = scenario.stagioni[-1].fine
    if month_number(first_month(scenario)) + length(scenario) > month_number(f"{last:%Y-%m}") + 1:
        note = text(
            "gli anni dopo il piano hanno gli stessi bambini, con gli stessi orari",
            "the years after the plan have the same children, with the same hours",
        )
        yield from from_scenario(f"{ROOM}.durata_mesi", length(scenario), "mesi", nota=note)
    yield from _clauses(f"{ROOM}.clausole", framework.clausole)
    for number, other in enumerate(framework.eccezioni, start=1):
        yield from _clauses(f"{ROOM}.eccezioni[#{number}].clausole", other.clausole)
    for course in framework.percorsi:
        if course.probabilita > 0:
            yield from from_scenario(f"{ROOM}.percorsi.{course.id}.probabilita", course.probabilita, SHARE)
    if framework.percorsi_generati is not None:
        for rate in RATES:
            value = getattr(framework.percorsi_generati, rate)
            if value > 0:
                yield from from_scenario(f"{ROOM}.percorsi_generati.{rate}", value, SHARE)


def _clauses(key: str, clauses: Clausole) -> Iterator[Ipotesi]:
    for name, agreed in clauses:
        for field, value in agreed or ():
            if field not in UNITS or value is None:
                continue
            if isinstance(value, tuple):
                words = figure_words([step.model_dump(mode="json") for step in value])
                yield from from_scenario(f"{key}.{name}.{field}", words, UNITS[field])
            else:
                row = _row_of(agreed, field)
                yield from from_scenario(f"{key}.{name}.{field}", Decimal(value), UNITS[field], row)


def _row_of(agreed: Frozen, field: str) -> str | None:
    """Give the row of the tables from which a field takes its default."""
    extra = type(agreed).model_fields[field].json_schema_extra
    return str(extra["tabella"]) if isinstance(extra, dict) and "tabella" in extra else None
