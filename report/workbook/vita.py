"""The sheet of the agreements' life: month by month, with the clauses that decide prices and amounts.

The district reads the plan's course; a company or a gestore what its contracts bind it to, with every place
used and with every place empty. Places are figures; amounts are live formulas over named cells.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from nido.accordi.money import cents
from nido.accordi.simulazione.anni import Anno
from nido.accordi.simulazione.orizzonte import MONTHS_IN_YEAR
from nido.data.lingua import text
from nido.report.life_calendar import month_words, step_words, year_words
from nido.report.privacy.life import Life
from nido.report.privacy.months import PlanMonth
from nido.report.privacy.pledge import Pledge
from nido.report.privacy.view import View
from nido.report.workbook.accounts_sheet import month_number
from nido.report.workbook.book import Book, Column, Formula, Sheet, Value, cell, column_range, euro, half_up
from nido.report.workbook.vita_clauses import (
    CREDIT,
    DEPOSIT,
    SHARE,
    WIDE_NAME,
    WINDOW,
    ClauseTable,
    Further,
    Pair,
    contracts_of,
)
from nido.scenari.accordo_quadro import AccordoQuadro
from nido.scenari.schema import Scenario

Row = list[Value]
Names = Mapping[str, str]
TITLE_ROW, NOTICE_ROW, ADVICE_ROW, FIRST_PART = 0, 1, 2, 4
# Columns that every table of months begins with.
AZIENDA, GESTORE, MONTH, YEAR = range(4)
# Columns of the plan's months after those.
SEASON, RESERVED, RESIDENTS, PAID, EMPTY, IN_WINDOW, RESOLD, PRICE, DISCOUNT = range(4, 13)
USED_EURO, EMPTY_EURO, PLACES_EURO, OTHER_EURO, TOTAL_EURO = range(13, 18)
# Columns of the pledges after those.
PLACES, P_PRICE, P_DISCOUNT, P_SHARE, P_USED, P_EMPTY = range(4, 10)
USED_PART, EMPTY_PART = range(2)


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
    row = table.write_steps(table.write(FIRST_PART, names) + 1, names) + 1
    first = row + 2 * (len(contracts) + 5) + 1
    for title, column, due in (
        (
            text("posti usati e vuoti", "used and empty places"),
            PLACES_EURO,
            [one.posti_cent for one in months],
        ),
        (text("con le altre voci", "with the other items"), TOTAL_EURO, [one.totale_cent for one in months]),
    ):
        totals = [(one.azienda, one.gestore, one.t, cents) for one, cents in zip(months, due, strict=True)]
        row = _totals(sheet, row, life.years, totals, names, (first, column), title) + 1
    sheet.heading(first - 2, text("Mese per mese", "Month by month"))
    writer = _PlanRows(table, first, len(months), names)
    sheet.table(first - 1, _plan_columns(), [writer.row(place, one) for place, one in enumerate(months)])
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
    parts = _parts(pledges) if view.audience == "azienda" else ()
    row = table.write(FIRST_PART, names, parts) + 1
    first = row + 2 * (len(contracts) + 5) + 2
    for title, column, due in (
        (text("tutti usati", "all used"), P_USED, [one.pieni_cent for one in pledges]),
        (text("tutti vuoti", "all empty"), P_EMPTY, [one.vuoti_cent for one in pledges]),
    ):
        totals = [(one.azienda, one.gestore, one.t, cents) for one, cents in zip(pledges, due, strict=True)]
        row = _totals(sheet, row, life.years, totals, names, (first, column), title) + 1
    sheet.heading(first - 2, text("Mese per mese", "Month by month"))
    writer = _PledgeRows(table, first, names, parts)
    rows = [writer.row(first + place, one) for place, one in enumerate(pledges)]
    sheet.table(first - 1, _pledge_columns(), rows)
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
    place: tuple[int, int],
    what: str = "",
) -> int:
    """Write the totals by contract and year, over a column of the months; the row after them comes back."""
    first, column = place
    last = first + len(due) - 1
    sheet.heading(row, f"{text('Totali per anno', 'Totals by year')}{what and f', {what}'}")
    amounts = [f"{year_words(one)} EUR" for one in years]
    amounts.append(text("in tutto EUR", "in all EUR"))
    columns = [Column(text("azienda", "company"), WIDE_NAME), Column(text("gestore", "provider"), WIDE_NAME)]
    columns += [Column(name, 13, "euro") for name in amounts]
    ranges = [column_range(None, first, last, one) for one in (column, AZIENDA, GESTORE, YEAR)]
    pairs = dict.fromkeys(one[:2] for one in due)
    rows: list[Row] = []
    for at, pair in enumerate(pairs, row + 2):
        sums = [_of_year(due, pair, place) for place, _ in enumerate(years)]
        cells: Row = [names.get(pair[0], pair[0]), names.get(pair[1], pair[1])]
        for year, amount in zip(years, sums, strict=True):
            tests = f"{ranges[1]},{cell(at, 0)},{ranges[2]},{cell(at, 1)},{ranges[3]},{year.numero}"
            cells.append(Formula(f"ROUND(SUMIFS({ranges[0]},{tests}),2)", euro(amount)))
        whole = f"ROUND(SUM({cell(at, 2)}:{cell(at, 1 + len(years))}),2)"
        rows.append([*cells, Formula(whole, euro(sum(sums)))])
    below = sheet.table(row + 1, columns, rows)
    sheet.put(below, 0, text("in tutto", "in all"), "total_text")
    sheet.put(below, 1, None, "total_text")
    for place_, at in enumerate(range(2, 3 + len(years))):
        chosen = [one for one in due if place_ == len(years) or one[2] // MONTHS_IN_YEAR == place_]
        summed = f"ROUND(SUM({column_range(None, row + 2, below - 1, at)}),2)"
        sheet.put(below, at, Formula(summed, euro(sum(one[3] for one in chosen))), "total")
    return below + 1


def _of_year(due: Sequence[tuple[str, str, int, int]], pair: Pair, year: int) -> int:
    return sum(one[3] for one in due if one[:2] == pair and one[2] // MONTHS_IN_YEAR == year)


def _plan_columns() -> tuple[Column, ...]:
    return (
        Column(text("azienda", "company"), WIDE_NAME),
        Column(text("gestore", "provider"), WIDE_NAME),
        Column(text("mese", "month"), 13),
        Column(text("anno", "year"), 13, "number"),
        Column(text("stagione", "season"), 13),
        Column(text("riservati", "reserved"), 13, "number"),
        Column(text("ai residenti", "for residents"), 13, "number"),
        Column(text("usati", "used"), 13, "number"),
        Column(text("vuoti", "empty"), 13, "number"),
        Column(text("vuoti nella finestra", "empty, in the window"), 13, "number"),
        Column(text("vuoti rivenduti", "empty, resold"), 13, "number"),
        Column(text("prezzo del posto EUR", "place price EUR"), 13, "euro"),
        Column(text("sconto", "discount"), 13, "share"),
        Column(text("posti usati EUR", "used places EUR"), 13, "euro"),
        Column(text("posti vuoti EUR", "empty places EUR"), 13, "euro"),
        Column(text("posti in tutto EUR", "places in all EUR"), 13, "euro"),
        Column(text("altre voci EUR", "other items EUR"), 13, "euro"),
        Column(text("in tutto EUR", "in all EUR"), 13, "euro"),
        Column(text("deposito tenuto EUR", "deposit held EUR"), 13, "euro"),
        Column(text("che cosa succede", "what happens"), 40),
    )


class _PlanRows:
    """Rows of the plan's months."""

    def __init__(self, table: ClauseTable, first: int, count: int, names: Names) -> None:
        self._table, self._first, self._last, self._names = table, first, first + count - 1, names
        self._prices = {one.pair: one.price for one in table.contracts}
        self._shares = {one.pair: one.share for one in table.contracts}

    def row(self, place: int, one: PlanMonth) -> Row:
        row, pair = self._first + place, (one.azienda, one.gestore)
        kinds = self._kinds(one)
        steps = self._table.discount(pair, self._counted(row, one))
        return [
            self._names.get(one.azienda, one.azienda),
            self._names.get(one.gestore, one.gestore),
            month_number(one.mese),
            one.t // MONTHS_IN_YEAR + 1,
            one.stagione,
            one.riservati,
            one.residenti,
            one.pagati,
            *kinds,
            Formula(self._table.price(pair, one.t), one.listino),
            one.sconto if steps is None else Formula(steps, one.sconto),
            Formula(half_up(f"{cell(row, PAID)}*{_price(row)}"), euro(one.usati_cent)),
            Formula(self._empty(row, pair, kinds), euro(one.vuoti_cent)),
            Formula(f"ROUND({cell(row, USED_EURO)}+{cell(row, EMPTY_EURO)},2)", euro(one.posti_cent)),
            euro(one.altro_cent),
            Formula(f"ROUND({cell(row, PLACES_EURO)}+{cell(row, OTHER_EURO)},2)", euro(one.totale_cent)),
            self._held(row, pair, one),
            "; ".join(step_words(step) for step in one.passi),
        ]

    def _kinds(self, one: PlanMonth) -> tuple[int, int, int]:
        """Count the empty places by the share that they owe: usual, that of the window, resold."""
        agreed, usual = self._table.clauses[one.azienda, one.gestore], self._shares[one.azienda, one.gestore]
        market, window = agreed.rilascio_mercato, agreed.sostituzione
        counts = {share: places for share, places in one.vuoti}
        inside = window.quota if window is not None and window.quota is not None else usual
        resold = usual * (1 - market.credito) if market is not None else usual
        normal = counts.pop(usual, 0)
        in_window = counts.pop(inside, 0)
        return normal, in_window, counts.pop(resold, 0)

    def _empty(self, row: int, pair: Pair, kinds: tuple[int, int, int]) -> str:
        at, usual = self._table.at, self._table.at(pair, SHARE)
        shares = (usual, at(pair, WINDOW), f"{usual}*(1-{at(pair, CREDIT)})")
        parts = [
            half_up(f"{cell(row, column)}*{_price(row)}*{share}")
            for column, share, count in zip((EMPTY, IN_WINDOW, RESOLD), shares, kinds, strict=True)
            if count or column == EMPTY
        ]
        return "+".join(parts)

    def _counted(self, row: int, one: PlanMonth) -> Mapping[str, str]:
        """Give the reserved places that a discount may count: of the contract, the company, the gestore."""
        reserved, month, azienda, gestore = (
            column_range(None, self._first, self._last, column)
            for column in (RESERVED, MONTH, AZIENDA, GESTORE)
        )
        same = f"{month},{cell(row, MONTH)}"
        return {
            "accordo": cell(row, RESERVED),
            "azienda": f"SUMIFS({reserved},{same},{azienda},{cell(row, AZIENDA)})",
            "gestore": f"SUMIFS({reserved},{same},{gestore},{cell(row, GESTORE)})",
        }

    def _held(self, row: int, pair: Pair, one: PlanMonth) -> Value:
        deposit = self._table.clauses[pair].deposito
        if deposit is None:
            return None
        held = cents(deposit.mensilita * self._prices[pair] * one.riservati)
        months, price = self._table.at(pair, DEPOSIT), self._table.first_price(pair)
        return Formula(half_up(f"{months}*{price}*{cell(row, RESERVED)}"), euro(held))


def _price(row: int) -> str:
    return f"{cell(row, PRICE)}*(1-{cell(row, DISCOUNT)})"


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


def _parts(pledges: Sequence[Pledge]) -> tuple[Further, ...]:
    """Give the company's parts of the first month of every contract."""
    used: dict[Pair, Decimal] = {}
    empty: dict[Pair, Decimal] = {}
    for one in pledges:
        used.setdefault((one.azienda, one.gestore), one.parte_posto)
        empty.setdefault((one.azienda, one.gestore), one.parte_vuoto)
    return (
        Further(text("azienda: parte del posto usato", "company: part of a used place"), "parte_posto", used),
        Further(
            text("azienda: parte del posto vuoto", "company: part of an empty place"), "parte_vuoto", empty
        ),
    )


def _pledge_columns() -> tuple[Column, ...]:
    return (
        Column(text("azienda", "company"), WIDE_NAME),
        Column(text("gestore", "provider"), WIDE_NAME),
        Column(text("mese", "month"), 13),
        Column(text("anno", "year"), 13, "number"),
        Column(text("posti", "places"), 13, "number"),
        Column(text("prezzo del posto EUR", "place price EUR"), 13, "euro"),
        Column(text("sconto", "discount"), 13, "share"),
        Column(text("parte dovuta se vuoto", "part due when empty"), 13, "share"),
        Column(text("tutti usati EUR", "all used EUR"), 13, "euro"),
        Column(text("tutti vuoti EUR", "all empty EUR"), 13, "euro"),
    )


class _PledgeRows:
    """Rows of the pledges."""

    def __init__(self, table: ClauseTable, first: int, names: Names, parts: Sequence[Further]) -> None:
        self._table, self._first, self._names, self._parts = table, first, names, parts

    def row(self, row: int, one: Pledge) -> Row:
        pair = (one.azienda, one.gestore)
        share = self._table.at(pair, WINDOW if one.finestra else SHARE)
        whole = f"{cell(row, PLACES)}*{cell(row, P_PRICE)}*(1-{cell(row, P_DISCOUNT)})"
        used, empty = self._shares(pair, one)
        return [
            self._names.get(one.azienda, one.azienda),
            self._names.get(one.gestore, one.gestore),
            month_number(one.mese),
            one.t // MONTHS_IN_YEAR + 1,
            one.posti,
            Formula(self._table.price(pair, one.t), one.listino),
            one.sconto,
            Formula(share, one.vuoto),
            Formula(_share_of(half_up(whole), used), euro(one.pieni_cent)),
            Formula(_share_of(half_up(f"{whole}*{cell(row, P_SHARE)}"), empty), euro(one.vuoti_cent)),
        ]

    def _shares(self, pair: Pair, one: Pledge) -> Iterator[str]:
        """Give the parts of the month: the contract's cell, or the figure where a payer's dates change it."""
        for place, share in ((USED_PART, one.parte_posto), (EMPTY_PART, one.parte_vuoto)):
            if not self._parts:
                yield ""
            elif self._parts[place].values[pair] == share:
                yield self._table.further(pair, place)
            else:
                yield f"{share:f}"


def _share_of(whole: str, share: str) -> str:
    return half_up(f"{whole}*{share}") if share else whole
