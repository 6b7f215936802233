"""Report sections: who is not served and why, notices, and what the result rests on."""

from collections import Counter
from collections.abc import Mapping, Sequence

from nido.data.lingua import text
from nido.report.copertura import Document
from nido.report.numbers_local import figure_text, hours, integer
from nido.report.text_table import Column, Lines, number_column, section, table, text_column, wrap

ASSUMPTIONS_SHOWN = 10
# Beginnings of the figures' names, the ones on which most money depends first.
WEIGHTY = ("costi.", "pagatori.", "trasferimenti.", "rette.", "inps.", "gestori.", "aziende.")


def unserved(document: Document, width: int) -> Lines:
    """Write who is not served, and which rules stop it."""
    missed = document["non_assegnati"]
    if not missed:
        return []
    by_rule = Counter(
        rule for request in missed for rule in {reason["regola"] for reason in request["motivi"]}
    )
    counts = ", ".join(f"{rule} {integer(count)}" for rule, count in _most_first(by_rule))
    body = wrap(
        text(
            "Richieste fermate da ogni regola: {counts}.",
            "Requests stopped by each rule: {counts}.",
            counts=counts,
        ),
        width,
    )
    columns: list[Column] = [
        text_column(text("bambino", "child")),
        text_column(text("azienda", "company")),
        text_column(text("stagione", "season")),
        number_column(text("ore", "hours")),
        text_column(text("perché (numero di gestori)", "why (number of gestori)")),
    ]
    rows = [
        (
            *(request["bambino"], request["azienda"], request["stagione"]),
            *(hours(request["minuti_riferimento"]), _why(request["motivi"])),
        )
        for request in missed
    ]
    title = text("Non serviti: {count}", "Not served: {count}", count=integer(len(missed)))
    return section(title, [*(body if by_rule else []), *table(columns, rows, width, keys=4)])


def _most_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _why(reasons: Sequence[Mapping[str, str]]) -> str:
    words = {
        "impossibile_da_solo": text("impossibile da solo", "impossible on its own"),
        "posto_preso_da_altri": text("posto preso da altri", "place taken by others"),
        "altro_gestore": text("legato a un altro gestore", "tied to another gestore"),
    }
    parts: list[str] = []
    for kind, label in words.items():
        counts = Counter(reason["regola"] for reason in reasons if reason["tipo"] == kind)
        if counts:
            rules = ", ".join(f"{rule} {integer(count)}" for rule, count in _most_first(counts))
            parts.append(f"{label}: {rules}")
    return "; ".join(parts) or "-"


def notices(document: Document, width: int) -> Lines:
    """Write the limits that the scenario wants signalled."""
    body = [
        line
        for notice in document["avvisi"]
        for line in wrap(f"- {notice['regola']}, {notice['dove']}: {notice['dettaglio']}", width, indent="  ")
    ]
    return section(text("Avvisi: {count}", "Notices: {count}", count=integer(len(document["avvisi"]))), body)


def assumptions(document: Document, width: int) -> Lines:
    """Write how many unverified figures the result rests on, and the weightiest."""
    found = document["ipotesi"]
    if not found:
        return []
    intro = text(
        "Le più importanti qui sotto; tutte nel risultato e, con la fonte, in «nido params --scenario».",
        "The weightiest follow; all are in the result and, with their source, in “nido params --scenario”.",
    )
    body = wrap(intro, width)
    for row in sorted(found, key=_weight)[:ASSUMPTIONS_SHOWN]:
        value = figure_text(row["valore"], row["unita"])
        body += wrap(f"- {row['chiave']}: {value} ({row['stato']})", width, indent="  ")
    title = text(
        "Si regge su {count} cifre non verificate",
        "Rests on {count} unverified figures",
        count=integer(len(found)),
    )
    return section(title, body)


def _weight(row: Mapping[str, str]) -> int:
    """Rank a figure: what decides money first, then rules, then places and travel."""
    ranks = [rank for rank, start in enumerate(WEIGHTY) if row["chiave"].startswith(start)]
    return min(ranks, default=len(WEIGHTY))


def switched_off(document: Document, width: int) -> Lines:
    """Write the rules that are not in force."""
    names = document["regole_spente"]
    body = wrap(", ".join(names), width) if names else []
    return section(text("Regole spente", "Rules switched off"), body)
