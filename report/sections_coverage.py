"""Report section: coverage of the plan beside the same scenario at standard hours."""

from collections.abc import Mapping
from fractions import Fraction

from nido.data.lingua import text
from nido.report.copertura import Comparison, Coverage, Document, coverage, total
from nido.report.numbers_local import euro_sign, integer, percent, percent_text
from nido.report.state_words import WITHOUT_PLAN, stato_words
from nido.report.text_table import Lines, Row, number_column, section, table, text_column, wrap

ByCompany = Mapping[str, Coverage]


def coverage_section(document: Document, width: int, comparison: Comparison | None) -> Lines:
    """Write, company by company, what is served, and under it the same at standard hours."""
    columns = [
        text_column(text("azienda", "company")),
        text_column(text("orario", "hours")),
        number_column(text("richieste", "requests")),
        number_column(text("piene", "full")),
        number_column(text("parziali", "partial")),
        number_column(text("non servite", "not served")),
        number_column(text("ore coperte", "hours covered")),
    ]
    views = [(text("piano", "plan"), coverage(document))]
    if comparison and comparison.documento["stato"] not in WITHOUT_PLAN:
        views.append((comparison.orario, coverage(comparison.documento)))
    names = sorted({name for _, found in views for name in found})
    if not names:
        return []
    rows = [row for name in names for row in _rows(name, [(label, found[name]) for label, found in views])]
    footer = _rows(text("tutte", "all"), [(label, total(found)) for label, found in views])
    body = table(columns, rows, width, keys=2, footer=footer)
    title = text(
        "Copertura (una richiesta = un bambino in una stagione)",
        "Coverage (one request = one child in one season)",
    )
    remarks = [*_basis(document), *(_compared(document, comparison) if comparison else [])]
    return section(title, [*body, *(line for remark in remarks for line in wrap(remark, width))])


def _rows(name: str, views: list[tuple[str, Coverage]]) -> list[Row]:
    return [_row(name if place == 0 else "", label, found) for place, (label, found) in enumerate(views)]


def _row(name: str, label: str, found: Coverage) -> Row:
    counts = (found.richieste, found.piene, found.parziali, found.non_servite)
    covered = percent(found.minuti_coperti, found.minuti_chiesti)
    return (name, label, *(integer(count) for count in counts), covered)


def _basis(document: Document) -> list[str]:
    """Say of what the shares are shares, and from where a request counts as served."""
    found = [
        text(
            "Ore coperte: parte delle ore chieste (col viaggio, se il bambino è servito).",
            "Hours covered: share of the hours asked (with travel, if the child is served).",
        )
    ]
    # A result of an earlier version does not say it.
    least = document.get("copertura_minima")
    if least:
        share = percent_text(Fraction(least))
        found.append(
            text(
                "Copertura minima: {share} delle ore di una richiesta; sotto, non è servita.",
                "Least coverage: {share} of the hours of a request; below, it is not served.",
                share=share,
            )
        )
    return found


def _compared(document: Document, comparison: Comparison) -> list[str]:
    """Say what the plan costs beside the standard hours, and how good the comparison is."""
    other, hours = comparison.documento, comparison.orario
    found: list[str] = []
    if other["stato"] not in WITHOUT_PLAN:
        found.append(
            text(
                "{hours} è l'orario standard: ogni gestore aperto solo allora, senza fasce.",
                "{hours} are the standard hours: every gestore open only then, no fascia.",
                hours=hours,
            )
        )
        found += [
            text(
                "{kind}: piano {plan}, orario standard {standard}.",
                "{kind}: plan {plan}, standard hours {standard}.",
                kind=kind,
                plan=euro_sign(document["registro"]["totali"][key]),
                standard=euro_sign(other["registro"]["totali"][key]),
            )
            for kind, key in (
                (text("Prezzo di listino", "List price"), "totale_cent"),
                (text("Costo di produzione", "Cost of production"), "costo_produzione_cent"),
            )
        ]
    if other["stato"] != "ottimo":
        found.append(
            text(
                "Con l'orario standard {hours}: {stato}.",
                "With the standard hours {hours}: {stato}.",
                hours=hours,
                stato=stato_words(other["stato"]),
            )
        )
    return found
