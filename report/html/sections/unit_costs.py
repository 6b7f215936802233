"""Section: what an hour and a place cost, and where the money goes."""

from nido.data.lingua import text
from nido.report.drawings.bars import Bar, bars
from nido.report.drawings.figure import Figure, Table, number_columns, text_columns
from nido.report.drawings.palette import CATEGORIES
from nido.report.drawings.patterns import Look
from nido.report.html.blocks import Block, Card, Cards, Drawn, Section
from nido.report.html.context import Context
from nido.report.html.wording import amount_sign
from nido.report.numbers_local import euro, euro_sign, percent

LOOK = Look(CATEGORIES[0], 1)


def build(context: Context) -> Section | None:
    """Write the unit costs, and draw the list price agreement by agreement or gestore by gestore."""
    view = context.view
    if not view.totals.listino_cent:
        return None
    costs = view.unit_costs
    cards = [
        Card(
            text("Prezzo di listino per ora coperta", "List price per covered hour"),
            amount_sign(costs.costo_per_ora_coperta_cent),
            (
                text(
                    "Un'ora di un bambino in cui c'è qualcuno con lui.", "An hour of one child, looked after."
                ),
            ),
        ),
        Card(
            text("Prezzo di listino per posto e mese", "List price per place and month"),
            amount_sign(costs.costo_per_posto_cent),
            (text("Un posto riservato, usato o no.", "A reserved place, used or not."),),
        ),
    ]
    if view.totals.costo_produzione_cent is not None:
        cards.append(
            Card(
                text("Costo di produzione", "Cost of production"),
                euro_sign(view.totals.costo_produzione_cent),
                (
                    text(
                        "Quanto costa ai gestori ciò che il piano aggiunge.",
                        "What the plan adds costs the gestori.",
                    ),
                ),
            )
        )
    blocks: list[Block] = [Cards(tuple(cards))]
    rows = _rows(context)
    if len(rows) > 1:
        blocks.append(Drawn(_figure(context, rows), open_table=False))
    return Section("costi", text("Costi unitari", "Unit costs"), tuple(blocks))


def _rows(context: Context) -> list[tuple[str, int]]:
    totals = context.view.totals
    if context.view.audience == "gestore":
        return [(context.company(one.nome), one.importo_cent) for one in totals.per_company]
    return [(context.provider(one.nome), one.importo_cent) for one in totals.per_provider]


def _figure(context: Context, rows: list[tuple[str, int]]) -> Figure:
    whole = sum(cents for _, cents in rows)
    by_company = context.view.audience == "gestore"
    title = (
        text("Prezzo di listino per azienda", "List price by company")
        if by_company
        else text("Prezzo di listino per gestore", "List price by gestore")
    )
    name, most = max(rows, key=lambda row: row[1])
    summary = text(
        "In tutto {whole}; la parte più grande è di {name}: {most} ({share}).",
        "In all {whole}; the largest part is that of {name}: {most} ({share}).",
        whole=euro_sign(whole),
        name=name,
        most=euro_sign(most),
        share=percent(most, whole),
    )
    found = [Bar(one, max(0, cents), euro_sign(cents), LOOK) for one, cents in rows]
    first = text("azienda", "company") if by_company else "gestore"
    columns = (*text_columns([first]), *number_columns(["EUR", text("parte", "share")]))
    body = tuple((one, euro(cents), percent(cents, whole)) for one, cents in rows)
    table = Table(title, columns, body, ((text("tutti", "all"), euro(whole), percent(whole, whole)),))
    return bars("listino", title, summary, found, table)
