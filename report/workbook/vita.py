"""The sheet of the agreements' life: month by month, with the clauses that decide prices and amounts.

The district reads the plan's course; a company or a gestore what its contracts bind it to, with every place
used and with every place empty. Places are figures; amounts are live formulas over named cells.
"""

from collections.abc import Sequence
from decimal import Decimal

from nido.accordi.simulazione.anni import Anno
from nido.accordi.simulazione.orizzonte import MONTHS_IN_YEAR
from nido.data.lingua import text
from nido.report.life_calendar import month_words, year_words
from nido.report.privacy.life import Life
from nido.report.privacy.view import View
from nido.report.workbook.book import (
    Book,
    Column,
    Formula,
    Sheet,
    cell,
    column_range,
    euro,
)
from nido.report.workbook.vita_clauses import (
    WIDE_NAME,
    ClauseTable,
    Pair,
    contracts_of,
)
from nido.report.workbook.vita_rows import KEY_COLUMNS, Names, PlanRows, PledgeRows, Row, parts_of
from nido.scenari.accordo_quadro import AccordoQuadro
from nido.scenari.schema import Scenario

TITLE_ROW, NOTICE_ROW, ADVICE_ROW, FIRST_PART = 0, 1, 2, 4


def plan_life_sheet(
    book: Book, view: View, scenario: Scenario, life: Life, known: frozenset[str]
) -> Sheet | None:
    """Write the plan's course over the whole life, for the district.

    Parameters
    ----------
    book
        The workbook.
    view, scenario
        The district's view, and the scenario with clauses and prices.
    life
        Years and months.
    known
        Names of the cells of the parameters.

    Returns
    -------
    Sheet or None
        None where no agreement is ever in force.
    """
    months = life.months
    if not months:
        return None
    title = text("Vita degli accordi: il piano mese per mese", "Life of the agreements: the plan by month")
    advice = text(
        "Le celle gialle, qui e nei Parametri, si possono cambiare: prezzi e importi dei posti seguono. Le "
        "«altre voci» (fasce, ore, pasti, ospiti, garanzie, IVA) restano quelle calcolate da nido.",
        "The yellow cells, here and in the Parameters, may be changed: prices and amounts of places follow. "
        "The other items (fasce, hours, meals, guests, minimums, VAT) stay as nido reckoned them.",
    )
    sheet, names = _begun(book, view, life, title, advice), _names(view)
    prices = {one.id: one.prezzi.posto_mese for one in scenario.gestori}
    shares = {one.id: one.vuoto_per_pieno for one in scenario.gestori}
    framework = scenario.accordo_quadro
    pairs = [(one.azienda, one.gestore) for one in months]
    contracts = tuple(contracts_of(framework, pairs, prices, shares, known))
    table = ClauseTable(book, sheet, framework, contracts, life.years, known)
    writer = PlanRows(table, months, names)
    row = table.write_steps(table.write(FIRST_PART, names) + 1, names) + 1
    first = row + 2 * (len(contracts) + 5) + 1
    for title, summed, due in (
        (
            text("posti usati e vuoti", "used and empty places"),
            ("usati_euro", "vuoti_euro"),
            [one.posti_cent for one in months],
        ),
        (
            text("con le altre voci", "with the other items"),
            ("totale_euro",),
            [one.totale_cent for one in months],
        ),
    ):
        totals = [(one.azienda, one.gestore, one.t, cents) for one, cents in zip(months, due, strict=True)]
        at = (first, [writer.at[name] for name in summed])
        row = _totals(sheet, row, life.years, totals, names, at, title) + 1
    sheet.heading(first - 2, text("Mese per mese", "Month by month"))
    sheet.table(first - 1, writer.columns(), writer.rows(first))
    sheet.repeat(first - 1)
    return sheet


def pledge_sheet(
    book: Book, view: View, framework: AccordoQuadro, life: Life, known: frozenset[str]
) -> Sheet | None:
    """Write what the contracts of a company or gestore bind it to over the whole life.

    Parameters
    ----------
    book
        The workbook.
    view, framework
        Its view, and the clauses.
    life
        Years and pledges.
    known
        Names of the cells of the parameters.

    Returns
    -------
    Sheet or None
        None where nothing is reserved by place and month.
    """
    pledges = life.pledges
    if not pledges:
        return None
    sheet = _begun(book, view, life, _pledge_title(view), _pledge_advice(view))
    names = _names(view)
    prices = {one.id: euro(one.posto_mese_cent) for one in view.providers}
    shares = {one.id: Decimal(one.vuoto_per_pieno) for one in view.providers}
    pairs = [(one.azienda, one.gestore) for one in pledges]
    contracts = tuple(contracts_of(framework, pairs, prices, shares, known))
    table = ClauseTable(book, sheet, framework, contracts, life.years, known)
    parts = parts_of(view, pledges) if view.audience == "azienda" else ()
    writer = PledgeRows(table, pledges, names, parts)
    row = table.write(FIRST_PART, names, parts) + 1
    first = row + 2 * (len(contracts) + 5) + 2
    for title, summed, due in (
        (text("tutti usati", "all used"), ("usati_euro",), [one.pieni_cent for one in pledges]),
        (text("tutti vuoti", "all empty"), ("vuoti_euro",), [one.vuoti_cent for one in pledges]),
    ):
        totals = [(one.azienda, one.gestore, one.t, cents) for one, cents in zip(pledges, due, strict=True)]
        at = (first, [writer.at[name] for name in summed])
        row = _totals(sheet, row, life.years, totals, names, at, title) + 1
    sheet.heading(first - 2, text("Mese per mese", "Month by month"))
    sheet.table(first - 1, writer.columns(), writer.rows(first))
    sheet.repeat(first - 1)
    return sheet


def _begun(book: Book, view: View, life: Life, title: str, advice: str) -> Sheet:
    sheet = book.sheet(text("Vita", "Life"))
    sheet.widths([Column("", width) for width in (WIDE_NAME, WIDE_NAME, *(13 for _ in range(17)), 40)])
    first, last = (month_words(month) for month in (life.years[0].primo, life.years[-1].ultimo))
    sheet.heading(TITLE_ROW, f"{title}, {first}–{last}")
    sheet.put(NOTICE_ROW, 0, view.notice, "notice")
    sheet.put(ADVICE_ROW, 0, advice)
    return sheet


def _names(view: View) -> Names:
    return {one.id: one.nome for one in view.companies} | {one.id: one.nome for one in view.providers}


def _totals(
    sheet: Sheet,
    row: int,
    years: Sequence[Anno],
    due: Sequence[tuple[str, str, int, int]],
    names: Names,
    place: tuple[int, Sequence[int]],
    what: str = "",
) -> int:
    """Write the totals by contract and year, over columns of the months; the row after them comes back."""
    first, summed = place
    last = first + len(due) - 1
    sheet.heading(row, f"{text('Totali per anno', 'Totals by year')}{what and f', {what}'}")
    amounts = [f"{year_words(one)} EUR" for one in years]
    amounts.append(text("in tutto EUR", "in all EUR"))
    columns = [Column(text("azienda", "company"), WIDE_NAME), Column(text("gestore", "provider"), WIDE_NAME)]
    columns += [Column(name, 13, "euro") for name in amounts]
    keys = [column_range(None, first, last, one) for one in KEY_COLUMNS]
    amounts_at = [column_range(None, first, last, one) for one in summed]
    pairs = dict.fromkeys(one[:2] for one in due)
    rows: list[Row] = []
    for at, pair in enumerate(pairs, row + 2):
        sums = [_of_year(due, pair, place) for place, _ in enumerate(years)]
        cells: Row = [names.get(pair[0], pair[0]), names.get(pair[1], pair[1])]
        for year, amount in zip(years, sums, strict=True):
            tests = f"{keys[0]},{cell(at, 0)},{keys[1]},{cell(at, 1)},{keys[2]},{year.numero}"
            parts = "+".join(f"SUMIFS({one},{tests})" for one in amounts_at)
            cells.append(Formula(f"ROUND({parts},2)", euro(amount)))
        whole = f"ROUND(SUM({cell(at, 2)}:{cell(at, 1 + len(years))}),2)"
        rows.append([*cells, Formula(whole, euro(sum(sums)))])
    below = sheet.table(row + 1, columns, rows)
    sheet.put(below, 0, text("in tutto", "in all"), "total_text")
    sheet.put(below, 1, None, "total_text")
    for place_, at in enumerate(range(2, 3 + len(years))):
        chosen = [one for one in due if place_ == len(years) or one[2] // MONTHS_IN_YEAR == place_]
        added = f"ROUND(SUM({column_range(None, row + 2, below - 1, at)}),2)"
        sheet.put(below, at, Formula(added, euro(sum(one[3] for one in chosen))), "total")
    return below + 1


def _of_year(due: Sequence[tuple[str, str, int, int]], pair: Pair, year: int) -> int:
    return sum(one[3] for one in due if one[:2] == pair and one[2] // MONTHS_IN_YEAR == year)


def _pledge_title(view: View) -> str:
    if view.audience == "gestore":
        return text("Posti riservati per tutta la durata, a listino", "Reserved places over the whole life")
    return text("Impegno per i posti riservati, per tutta la durata", "Commitment over the whole life")


def _pledge_advice(view: View) -> str:
    if view.audience == "gestore":
        return text(
            "I posti del piano, senza disdette né rilasci, al prezzo di listino indicizzato, chiunque paghi. "
            "Fasce, ore, pasti, garanzie e IVA si aggiungono.",
            "The plan's places, none given up or released, at the indexed list price, whoever pays. Fasce, "
            "hours, meals, minimums and VAT come on top.",
        )
    return text(
        "I posti del piano, senza disdette né rilasci, al prezzo indicizzato: la parte dell'azienda, al più. "
        "Fasce, ore, pasti, garanzie, IVA e posti in più si aggiungono.",
        "The plan's places, none given up or released, at the indexed price: the company's part, at most. "
        "Fasce, hours, meals, minimums, VAT and further places come on top.",
    )
