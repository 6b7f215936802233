"""Section: what opens when, with how many educators, and what it costs."""

from collections.abc import Sequence

from nido.data.lingua import text
from nido.report.drawings.figure import Column, Table, number_columns, text_columns
from nido.report.drawings.gantt import gantt
from nido.report.html.blocks import Block, Drawn, Section, Tabled, Words
from nido.report.html.context import Context
from nido.report.html.day_classes import rows_of_season
from nido.report.html.wording import amount, count, figure, hours, joined, weekdays
from nido.report.numbers_local import euro, integer
from nido.report.privacy.view import OpeningRow

# The part of a day in which care is asked.
FIRST, LAST = 5 * 60, 23 * 60


def build(context: Context) -> Section | None:
    """Write the openings added, and draw every provider's day."""
    view = context.view
    blocks: list[Block] = []
    if view.agreements and not view.openings:
        blocks.append(Words(text("Nessuna fascia oltre l'orario base.", "No opening beyond the base hours.")))
    elif view.openings:
        blocks.append(Words(_intro()))
    for season in view.seasons:
        rows = rows_of_season(context, season.id)
        if rows:
            title = _figure_title(context, season.id, staffed=any(row.staff for row in rows))
            blocks.append(Drawn(gantt(f"giornata-{season.id}", title, rows, FIRST, LAST)))
    if view.openings:
        blocks.append(Tabled(_table(context)))
        if any(row.costo_cent is not None for row in view.openings):
            blocks.append(Words(_cost_words(), "note"))
        if any(row.aziende for row in view.openings):
            blocks.append(Tabled(_who(context), folded=True))
    if not blocks:
        return None
    title = text("Aperture e personale", "Openings and staff") if view.staff else text("Aperture", "Openings")
    return Section("aperture", title, tuple(blocks))


def _figure_title(context: Context, season: str, *, staffed: bool) -> str:
    name = context.season(season)
    if staffed:
        return text("Aperture e personale: {season}", "Openings and staff: {season}", season=name)
    return text("Aperture: {season}", "Openings: {season}", season=name)


def _by_season(context: Context) -> list[OpeningRow]:
    """Give the openings season by season, and in a season in the order of the view."""
    ranks = {name: place for place, name in enumerate(context.seasons)}
    return sorted(context.view.openings, key=lambda row: ranks.get(row.stagione, len(ranks)))


def _intro() -> str:
    return text(
        "Le fasce sono le aperture oltre l'orario base. Aprire alle 06:30 non serve un turno che comincia "
        "alle 06:00: "
        "ciò che resta scoperto è nella copertura.",
        "Fasce are openings beyond the base hours. To open at 06:30 does not serve a shift that starts at "
        "06:00: what "
        "stays uncovered is in the coverage.",
    )


def _cost_words() -> str:
    return text(
        "Costo di apertura: personale in più e costo fisso nella stagione, per il gestore, senza i pasti. Un "
        "altro: quanto costerebbe in più un altro bambino in tutta la fascia. Pareggio a personale "
        "invariato: con quanti bambini il solo prezzo della fascia paga il costo di apertura, con le "
        "educatrici del piano.",
        "Cost of opening: further staff and fixed cost in the season, for the gestore, without meals. One "
        "more: what a further child in the whole fascia would add. Break-even with the same staff: how many "
        "children at the price of the fascia alone pay the cost of opening, with the plan's educators.",
    )


def _table(context: Context) -> Table:
    rows = _by_season(context)
    costs = any(row.costo_cent is not None for row in rows)
    when = Column(text("quando", "when"), whole=True)
    heads = (*text_columns([text("stagione", "season"), "gestore", "fascia"]), when)
    numbers = [
        text("giorni", "days"),
        text("bambini", "children"),
        text("prezzo al mese EUR", "price a month EUR"),
    ]
    if costs:
        numbers += [
            text("costo di apertura EUR", "cost of opening EUR"),
            text("un altro EUR", "one more EUR"),
            text("pareggio a personale invariato", "break-even, same staff"),
        ]
    body = tuple(_row(context, row, costs) for row in rows)
    caption = text("Fasce aperte", "Fasce opened")
    return Table(caption, (*heads, *number_columns(numbers)), body, keys=3)


def _who(context: Context) -> Table:
    """Write whose children use each fascia."""
    heads = [text("stagione", "season"), "gestore", "fascia", text("aziende", "companies")]
    body = tuple(
        (
            *(context.season(row.stagione), context.provider(row.gestore), row.fascia),
            joined([context.company(name) for name in row.aziende]),
        )
        for row in _by_season(context)
    )
    caption = text("Le aziende dei bambini di ogni fascia", "The companies of the children of each fascia")
    return Table(caption, text_columns(heads), body, keys=3)


def _row(context: Context, row: OpeningRow, costs: bool) -> tuple[str, ...]:
    when = f"{weekdays(row.giorni_settimana)} {hours(row.inizio, row.fine)}"
    money: Sequence[str] = ()
    if costs:
        money = (amount(row.costo_cent), amount(row.costo_bambino_in_piu_cent), figure(row.bambini_pareggio))
    return (
        *(context.season(row.stagione), context.provider(row.gestore), row.fascia, when),
        *(integer(row.giorni), count(row.bambini), euro(row.prezzo_mese_cent)),
        *money,
    )
