"""Section: who is served, beside the same case at standard hours."""

from nido.data.lingua import text
from nido.report.drawings.figure import Table, number_columns, text_columns
from nido.report.html.blocks import Block, Section, Tabled, Words
from nido.report.html.context import Context
from nido.report.html.wording import count
from nido.report.numbers_local import percent
from nido.report.privacy.view import HIDDEN_SIGN, CoverageRow, Served


def build(context: Context) -> Section | None:
    """Write the requests of each company."""
    view = context.view
    if not view.coverage:
        return None
    heads = text_columns([text("azienda", "company"), text("orario", "hours")])
    heard = [text("richieste", "requests"), text("per intero", "in full"), text("in parte", "in part")]
    # A gestore sees the requests served at its site, not those that nobody serves.
    everywhere = view.audience != "gestore"
    heard += [text("non servite", "not served")] if everywhere else []
    counts = number_columns([*heard, text("ore coperte", "hours covered")])
    title = text("Chi è servito", "Who is served")
    caption = text(
        "Richieste (un bambino in una stagione) per azienda", "Requests (one child in one season) by company"
    )
    rows = tuple(row for one in view.coverage for row in _rows(context, one, everywhere))
    blocks: list[Block] = [Tabled(Table(caption, (*heads, *counts), rows, keys=2))]
    if view.standard_hours and any(one.standard for one in view.coverage):
        blocks.insert(0, Words(_compared(view.standard_hours)))
    return Section("copertura", title, tuple(blocks))


def _compared(hours: str) -> str:
    return text(
        "Sotto ogni azienda, lo stesso caso con l'orario standard {hours}: ogni gestore aperto solo "
        "allora, senza "
        "fasce. La differenza è ciò che gli accordi aggiungono.",
        "Under each company, the same case at standard hours {hours}: every gestore open only then, no "
        "fascia. The "
        "difference is what the agreements add.",
        hours=hours,
    )


def _rows(context: Context, row: CoverageRow, everywhere: bool) -> list[tuple[str, ...]]:
    found = [(context.company(row.azienda), text("piano", "plan"), *_served(row.piano, everywhere))]
    if row.standard is not None:
        found.append(("", context.view.standard_hours or "", *_served(row.standard, everywhere)))
    return found


def _served(one: Served, everywhere: bool) -> tuple[str, ...]:
    counts = [one.richieste, one.piene, one.parziali] + ([one.non_servite] if everywhere else [])
    hidden = one.minuti_coperti is None or one.minuti_chiesti is None
    share = HIDDEN_SIGN if hidden else percent(one.minuti_coperti or 0, one.minuti_chiesti or 0)
    return (*map(count, counts), share)
