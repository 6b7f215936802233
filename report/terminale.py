"""The report of a result as plain text: what an officer reads on the screen."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nido.data.lingua import text
from nido.report.copertura import Comparison, Document
from nido.report.numbers_local import percent, ratio_percent
from nido.report.sections_coverage import coverage_section
from nido.report.sections_explain import conflicts, explanations
from nido.report.sections_money import (
    agreements,
    capacity,
    openings,
    payers,
    payments,
    providers,
)
from nido.report.sections_notes import (
    assumptions,
    notices,
    partly_served,
    switched_off,
    unserved,
)
from nido.report.state_words import WITHOUT_PLAN, stato_words
from nido.report.text_table import Lines, Row, number_column, section, table, text_column, wrap
from nido.report.tier_words import best_found, tier_name, tier_number, tier_unit
from nido.scenari.generator import PREFIX as DRAWN
from nido.scenari.schema import SYNTHETIC

NARROWEST = 60

Section = Callable[[Document, int], Lines]


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
    tables: list[Section] = [
        _tiers,
        lambda found, room: coverage_section(found, room, comparison),
        openings,
        agreements,
        providers,
        payments,
        payers,
        capacity,
        unserved,
        partly_served,
        explanations,
    ]
    if document["stato"] in WITHOUT_PLAN:
        tables = [conflicts]
    notes: list[Section] = [notices, assumptions, switched_off]
    blocks = [
        _header(document, width),
        *(_labelled(document, part(document, width), width) for part in tables),
        *(part(document, width) for part in notes),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _labelled(document: Document, lines: Lines, width: int) -> Lines:
    """Mark the title of a table of synthetic data: it is copied without the head of the report."""
    if not lines or not document["dati_sintetici"]:
        return lines
    return [*wrap(f"{lines[0]} [{SYNTHETIC}]", width), *lines[1:]]


def _header(document: Document, width: int) -> Lines:
    lines = wrap(document["nome"], width)
    if document["dati_sintetici"]:
        note = text("la domanda è inventata", "the demand is invented")
        lines.append(f"*** {SYNTHETIC} *** {note}")
    if any(child.startswith(DRAWN) for child in document["ordine_domanda"]):
        drawn = text(
            "Le sigle {start}... sono bambini sorteggiati dal programma: non esistono.",
            "The codes {start}... are children drawn by the program: they do not exist.",
            start=DRAWN,
        )
        lines += wrap(drawn, width)
    lines.append(text("Uso interno del distretto.", "For internal use of the district."))
    stato = text("Stato: {stato}.", "State: {stato}.", stato=stato_words(document["stato"]))
    verdict = text(
        "Verifica indipendente: {verdict}.", "Independent check: {verdict}.", verdict=_verdict(document)
    )
    return [*lines, *wrap(stato, width), *wrap(verdict, width)]


def _verdict(document: Document) -> str:
    if document["verifica"]["esito"] != "confermata":
        return text("RIFIUTATA", "REFUSED")
    if document["stato"] in WITHOUT_PLAN:
        return text("nessun piano da verificare", "no plan to check")
    return text("confermata", "confirmed")


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
    tiers = document["obiettivi"]
    rows: list[Row] = []
    for tier in tiers:
        best_value, gap = best_found(tier)
        plan, best, bound = (
            tier_number(tier["nome"], value, document["unita_costo_cent"])
            for value in (tier["valore_piano"], best_value, tier["limite"])
        )
        rows.append((_tier_label(document, tier), plan, best, bound, _gap(gap), _tier_state(tier)))
    title = text("Obiettivo, un livello dopo l'altro", "Objective, tier by tier")
    return section(title, [*table(columns, rows, width), *_tier_notes(tiers, width)] if rows else [])


def _tier_label(document: Document, tier: Mapping[str, Any]) -> str:
    name, unit = tier_name(tier["nome"]), tier_unit(tier["nome"], str(tier["unita"]))
    if tier["nome"] == "copertura_piena":
        full = sum(served["minuti_scoperti"] == 0 for served in document["assegnazioni"])
        # The value counts weights: only where all are 1 it is the number of the requests.
        alike = tier["valore_piano"] == full
        unit = text("richieste", "requests") if alike else text("peso", "weight")
    return f"{name} ({unit})" if unit and tier["nome"] != "minuti_coperti" else name


def _gap(gap: float | None) -> str:
    if gap is None:
        return "-"
    return f"> {percent(1, 1, 0)}" if gap > 1 else ratio_percent(gap)


def _tier_notes(tiers: Sequence[Mapping[str, Any]], width: int) -> Lines:
    """Say what limit and gap are, and what makes a row differ from the plain case."""
    notes = [
        text(
            "Limite: nessun piano può fare di meglio. Gap 0: il migliore è al limite.",
            "Bound: no plan can do better. Gap 0: the best is at the bound.",
        )
    ]
    if any(tier["valore_piano"] != best_found(tier)[0] for tier in tiers if tier["valore"] is not None):
        notes.append(
            text(
                "Piano diverso dal migliore: cede qualcosa ai livelli seguenti, entro la tolleranza.",
                "Plan other than the best: it yields something to the next tiers, within the tolerance.",
            )
        )
    if any(map(_conditional, tiers)):
        notes.append(
            text(
                "Condizionato: vale a partire da un livello precedente non dimostrato.",
                "Conditional: it holds from an earlier tier that is not proven.",
            )
        )
    return [line for note in notes for line in wrap(note, width)]


def _tier_state(tier: Mapping[str, Any]) -> str:
    words = {
        "dimostrato": text("dimostrato", "proven"),
        "non_dimostrato": text("non dimostrato", "not proven"),
        "non_raggiunto": text("non raggiunto", "not reached"),
    }
    shown = words[tier["stato"]]
    return f"{shown}, {text('condizionato', 'conditional')}" if _conditional(tier) else shown


def _conditional(tier: Mapping[str, Any]) -> bool:
    """Tell whether what was found hangs on an earlier tier; of a tier not reached nothing was found."""
    return bool(tier["condizionato"]) and tier["stato"] != "non_raggiunto"
