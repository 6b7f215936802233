"""The report of a result as plain text: what an officer reads on the screen."""

from collections.abc import Callable, Mapping
from typing import Any

from nido.data.lingua import text
from nido.report.copertura import Comparison, Document
from nido.report.csv_it import SYNTHETIC
from nido.report.numbers_local import euro, hours, integer, percent, ratio_percent
from nido.report.sections_coverage import coverage_section
from nido.report.sections_explain import conflicts, explanations
from nido.report.sections_money import agreements, capacity, openings, payers, payments
from nido.report.sections_notes import assumptions, notices, switched_off, unserved
from nido.report.state_words import WITHOUT_PLAN, stato_words
from nido.report.text_table import Lines, Row, number_column, section, table, text_column, wrap

NARROWEST = 60
_EURO_TIERS = frozenset({"costo_totale", "valore_netto"})


def render(document: Document, *, width: int, comparison: Comparison | None = None) -> str:
    """Write the report of a result.

    Parameters
    ----------
    document
        A result (docs/risultato.md), already confirmed or refused by the checker.
    width
        Characters per line; below 60 the report is written as for 60.
    comparison
        The same scenario at standard hours, shown line by line beside the plan.

    Returns
    -------
    str
        Plain text with no control codes and a line end at the end: the same wherever it goes.
    """
    width = max(width, NARROWEST)
    sections: list[Callable[[Document, int], Lines]] = [
        _tiers,
        lambda found, room: coverage_section(found, room, comparison),
        openings,
        agreements,
        payments,
        payers,
        capacity,
        unserved,
        explanations,
        notices,
        assumptions,
        switched_off,
    ]
    if document["stato"] in WITHOUT_PLAN:
        sections = [conflicts, notices, switched_off]
    blocks = [_header(document, width), *(section(document, width) for section in sections)]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def tier_name(nome: str) -> str:
    """Name an objective tier in the reader's language; a tier without words here keeps its key."""
    words = {
        "copertura_piena": text("copertura piena", "full coverage"),
        "minuti_coperti": text("copertura", "coverage"),
        "costo_totale": text("costo aggiuntivo", "additional cost"),
        "desideri_viaggio": text("desideri, viaggio", "wishes, travel"),
        "equita": text("equità", "fairness"),
        "ordine_domanda": text("ordine domande", "order of requests"),
        "valore_netto": text("valore netto", "net value"),
    }
    return words.get(nome, nome)


def _header(document: Document, width: int) -> Lines:
    lines = wrap(document["nome"], width)
    banner = f"*** {SYNTHETIC} ***" if document["dati_sintetici"] else ""
    if banner:
        note = text("la domanda è inventata", "the demand is invented")
        lines.append(f"{banner} {note}")
    lines.append(text("Uso interno del distretto.", "For internal use of the district."))
    stato = text("Stato: {stato}.", "State: {stato}.", stato=stato_words(document["stato"]))
    verdict = (
        text("Verifica indipendente: confermata.", "Independent check: confirmed.")
        if document["verifica"]["esito"] == "confermata"
        else text("Verifica indipendente: RIFIUTATA.", "Independent check: REFUSED.")
    )
    return [*lines, *wrap(stato, width), verdict]


# --- objective -------------------------------------------------------------------------------------------


def _tiers(document: Document, width: int) -> Lines:
    columns = [
        text_column(text("livello", "tier")),
        number_column(text("piano", "plan")),
        number_column(text("migliore", "best")),
        number_column(text("limite", "bound")),
        number_column("gap"),
        text_column(text("stato", "state")),
    ]
    rows: list[Row] = []
    for tier in document["obiettivi"]:
        plan, best, bound = (
            _tier_number(document, tier, tier[key]) for key in ("valore_piano", "valore", "limite")
        )
        gap = "-" if tier["gap"] is None else ratio_percent(tier["gap"])
        name = f"{tier_name(tier['nome'])} ({_tier_unit(tier)})"
        rows.append((name, plan, best, bound, gap, _tier_state(tier)))
    return section(
        text("Obiettivo, un livello dopo l'altro", "Objective, tier by tier"), table(columns, rows, width)
    )


def _tier_state(tier: Mapping[str, Any]) -> str:
    words = {
        "dimostrato": text("dimostrato", "proven"),
        "non_dimostrato": text("non dimostrato", "not proven"),
        "non_raggiunto": text("non raggiunto", "not reached"),
    }
    shown = words[tier["stato"]]
    return f"{shown}, {text('condizionato', 'conditional')}" if tier["condizionato"] else shown


def _tier_number(document: Document, tier: Mapping[str, Any], value: int | None) -> str:
    """Write a value or bound in the unit that `_tier_unit` names."""
    if value is None:
        return "-"
    nome = tier["nome"]
    if nome in _EURO_TIERS:
        return euro(value * document["unita_costo_cent"])
    if nome == "minuti_coperti":
        return hours(value)
    return percent(value, 1000) if nome == "equita" else integer(value)


def _tier_unit(tier: Mapping[str, Any]) -> str:
    """Name a unit that a reader knows."""
    if tier["nome"] in _EURO_TIERS:
        return "EUR"
    words = {
        "copertura_piena": text("peso", "weight"),
        "minuti_coperti": text("ore", "hours"),
        "desideri_viaggio": text("minuti", "minutes"),
        "equita": text("del chiesto", "of requests"),
        "ordine_domanda": text("punti", "points"),
    }
    return words.get(tier["nome"], str(tier["unita"]))
