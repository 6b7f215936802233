"""Report section: coverage of the plan beside the same scenario at standard hours."""

from collections.abc import Mapping

from nido.data.lingua import text
from nido.report.copertura import Comparison, Coverage, Document, coverage, total
from nido.report.numbers_local import euro_sign, integer, percent
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
    return section(title, [*body, *(_remarks(document, comparison, width) if comparison else [])])


def _rows(name: str, views: list[tuple[str, Coverage]]) -> list[Row]:
    return [_row(name if place == 0 else "", label, found) for place, (label, found) in enumerate(views)]


def _row(name: str, label: str, found: Coverage) -> Row:
    counts = (found.richieste, found.piene, found.parziali, found.non_servite)
    covered = percent(found.minuti_coperti, found.minuti_chiesti)
    return (name, label, *(integer(count) for count in counts), covered)


def _remarks(document: Document, comparison: Comparison, width: int) -> Lines:
    """Say what the plan costs beside the standard hours, and how good the comparison is."""
    other = comparison.documento
    lines: Lines = []
    if other["stato"] not in WITHOUT_PLAN:
        plan, standard = document["registro"]["totali"], other["registro"]["totali"]
        sentence = text(
            "A listino: il piano {plan}, {orario} {standard}. Di produzione: {cost} e {standard_cost}.",
            "At list prices: the plan {plan}, {orario} {standard}. To produce: {cost} and {standard_cost}.",
            orario=comparison.orario,
            plan=euro_sign(plan["totale_cent"]),
            standard=euro_sign(standard["totale_cent"]),
            cost=euro_sign(plan["costo_produzione_cent"]),
            standard_cost=euro_sign(standard["costo_produzione_cent"]),
        )
        lines += wrap(sentence, width)
    if other["stato"] != "ottimo":
        state = text(
            "Con l'orario {orario}: {stato}.",
            "With the hours {orario}: {stato}.",
            orario=comparison.orario,
            stato=stato_words(other["stato"]),
        )
        lines += wrap(state, width)
    return lines
