"""The sheets of a company's workbook: its commitment in live formulas, month by month, and the plan's totals.

The commitment of reserved places follows the parameters. What depends on use (empty months, fasce, hours,
meals) is one amount over the whole plan and all agreements, which does not: by month, or by price, it would
tell which months a place is used and how many children use what (docs/guida.md, Chi vede che cosa).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from nido.data.lingua import text
from nido.report.privacy.view import Commitment, OwnPart, View
from nido.report.state_words import COMPANY
from nido.report.workbook.accounts_sheet import month_number
from nido.report.workbook.book import (
    Book,
    Column,
    Formula,
    Sheet,
    Value,
    address,
    cell,
    column_range,
    euro,
    half_up,
    quoted,
)
from nido.report.workbook.layout import FIRST_ROW, HEAD_ROW
from nido.report.workbook.parameters import Parameter, PriceList

Row = Sequence[Value]
Amount = Literal["usati_cent", "azienda_usati_cent", "vuoti_cent", "azienda_vuoti_cent"]
# Columns of the ledger.
DATE, MONTH, GESTORE, STAGIONE, PLACES, USED, OWN_USED, EMPTY, OWN_EMPTY = range(9)
# Names of the parameters that belong to a provider; those of the company stand before them.
PLACE_PRICES = ("gestori.", "clausole.")
AMOUNTS: tuple[tuple[int, Amount], ...] = (
    (USED, "usati_cent"),
    (OWN_USED, "azienda_usati_cent"),
    (EMPTY, "vuoti_cent"),
    (OWN_EMPTY, "azienda_vuoti_cent"),
)


def about_company(view: View) -> tuple[str, ...]:
    """Say what moves with the parameters, and what stays as it is."""
    words = [
        text(
            "Le celle gialle del foglio Parametri si possono cambiare: il prezzo di un posto, la parte "
            "dell'azienda, la parte dovuta per un posto vuoto. Si ricalcolano Posti riservati, Registro e "
            "Totali: l'impegno per i posti riservati, mese per mese e per accordo, e il totale del piano.",
            "The yellow cells of the sheet Parameters may be changed: the price of a place, the company's "
            "part, the part due for an empty place. Reserved places, Ledger and Totals follow: the "
            "commitment for the reserved places, month by month and by agreement, and the total of the plan.",
        ),
        text(
            "L'impegno è quanto costano i posti riservati se sono tutti usati, e se sono tutti vuoti. La "
            "parte dell'azienda è calcolata prima di ciò che pagano altri e dei limiti per bambino.",
            "The commitment is what the reserved places cost if all are used, and if all are empty. The "
            "company's part is reckoned before what others pay and before limits per child.",
        ),
        text(
            "Resta fermo un importo solo, la «differenza secondo l'uso»: i mesi in cui un posto è vuoto, le "
            "fasce, le ore, i pasti, la loro IVA e ciò che altri pagano prima dell'azienda, in tutto il "
            "piano e ai prezzi del piano. Ricalcolarlo direbbe quanti bambini usano che cosa, e quando. "
            "Perciò, se si cambia una cella, il totale del piano si muove come se tutti i posti fossero "
            "usati, e la parte dovuta per un posto vuoto muove solo gli importi «se tutti vuoti». Con i "
            "prezzi del piano il totale è quello calcolato da nido, al centesimo; per prezzi molto diversi "
            "si chiede un piano nuovo al distretto.",
            "One amount alone stays as it is, the “difference by use”: the months in which a place is "
            "empty, fasce, hours, meals, their VAT and what others pay before the company, over the whole "
            "plan and at its prices. To reckon it again would tell how many children use what, and when. "
            "So, when a cell is changed, the total of the plan moves as if all places were used, and the "
            "part due for an empty place moves only the amounts “if all empty”. At the prices of the plan "
            "the total is the one that nido reckons, to the cent; for very different prices ask the "
            "district for a new plan.",
        ),
    ]
    if view.lines:
        words.append(
            text(
                "Il foglio Dettaglio porta gli importi del piano per gli accordi con abbastanza bambini: già "
                "calcolati, non seguono i parametri.",
                "The sheet Details holds the amounts of the plan for the agreements with enough children: "
                "reckoned already, they do not follow the parameters.",
            )
        )
    return tuple(words)


def parameters_advice() -> str:
    """Say what follows the parameters of a company."""
    return text(
        "Si cambiano solo le celle gialle: seguono Posti riservati, Registro, Totali e Vita. Che cosa resta "
        "fermo è scritto in Leggimi.",
        "Only the yellow cells change: Reserved places, Ledger, Totals and Life follow. What stays as it is, "
        "is written in Read me.",
    )


def company_parameters(view: View) -> Iterator[Parameter]:
    """List what the commitment is reckoned from."""
    names = {one.id: one.nome for one in view.companies} | {one.id: one.nome for one in view.providers}
    found: dict[str, Parameter] = {}
    for one in view.commitments:
        provider, company = names[one.gestore], names[one.azienda]
        price, empty = f"gestori.{one.gestore}.prezzi.posto_mese", one.vuoto
        words = text("posto al mese", "place per month")
        found[price] = Parameter(price, f"{provider}: {words}", euro(one.prezzo_cent), False)
        words = text("parte dovuta per un posto vuoto", "part due for an empty place")
        found[empty.chiave] = Parameter(empty.chiave, f"{provider}: {words}", Decimal(empty.valore), True)
        for part in (*one.parti_usati, *one.parti_vuoti):
            words = f"{company}: {_part_words(one, part)}"
            found[part.chiave] = Parameter(part.chiave, words, Decimal(part.valore), not part.somma)
    yield from sorted(found.values(), key=lambda one: one.name.startswith(PLACE_PRICES))


def _part_words(one: Commitment, part: OwnPart) -> str:
    if part.somma:
        return text("a suo carico per posto e mese", "paid by it per place and month")
    if part not in one.parti_usati:
        return text("sua parte di un posto vuoto", "its part of an empty place")
    return text("sua parte del prezzo", "its part of the price")


def other_prices(view: View) -> PriceList | None:
    """List the prices that nothing here is reckoned from."""
    rows: list[tuple[str, Decimal, str]] = []
    opened = {(row.gestore, row.fascia) for row in view.openings}
    for provider in view.providers:
        hourly, meal = provider.ora_bambino_cent, provider.pasto_giorno_cent
        if hourly:
            rows.append((provider.nome, euro(hourly), text("ora di un bambino", "hour of a child")))
        for band in provider.fasce:
            if (provider.id, band.id) in opened and band.prezzo_mese_cent:
                words = text("{band}, bambino e mese", "{band}, child and month", band=band.id)
                rows.append((provider.nome, euro(band.prezzo_mese_cent), words))
        if meal:
            rows.append((provider.nome, euro(meal), text("pasto", "meal")))
    if not rows:
        return None
    return PriceList(
        text("Altri prezzi: non si ricalcolano", "Other prices: nothing is reckoned from them"),
        text(
            "Fasce, ore e pasti dipendono dai bambini: un totale che li seguisse direbbe quanti li usano. "
            "Sono compresi nella «differenza secondo l'uso» dei Totali.",
            "Fasce, hours and meals depend on the children: a total that followed them would tell how many "
            "use them. They are within the “difference by use” of the Totals.",
        ),
        tuple(rows),
    )


def commitment_sheet(book: Book, view: View, own: str) -> Sheet:
    """Write the ledger: the commitment by month and agreement, and under it the plan's total.

    Parameters
    ----------
    book
        The workbook.
    view
        The view of a company.
    own
        Heading of what the company pays.
    """
    sheet = book.sheet(text("Registro", "Ledger"))
    columns = (
        Column(text("data", "date"), 12, "date"),
        Column(text("mese", "month"), 9),
        Column(text("gestore", "provider"), 36),
        Column(text("stagione", "season"), 24),
        Column(text("posti", "places"), 8, "number"),
        Column(text("se tutti usati: listino EUR", "if all used: list price EUR"), 16, "euro"),
        Column(text("se tutti usati: {own}", "if all used: {own}", own=own), 20, "euro"),
        Column(text("se tutti vuoti: listino EUR", "if all empty: list price EUR"), 16, "euro"),
        Column(text("se tutti vuoti: {own}", "if all empty: {own}", own=own), 20, "euro"),
    )
    sheet.widths(columns)
    title = text(
        "Registro: l'impegno per i posti riservati", "Ledger: the commitment for the reserved places"
    )
    sheet.heading(0, title)
    sheet.put(1, 0, view.notice, "notice")
    advice = text(
        "Segue i parametri e non dipende da chi usa i posti; IVA compresa. Sotto, il totale del piano.",
        "It follows the parameters and does not depend on who uses the places; VAT included. Below, the "
        "total of the plan.",
    )
    sheet.put(2, 0, advice)
    rows = [_commitment_row(view, one, FIRST_ROW + place) for place, one in enumerate(view.commitments)]
    below = sheet.table(HEAD_ROW, columns, rows)
    _plan_rows(sheet, view, below)
    sheet.freeze(FIRST_ROW)
    return sheet


def _commitment_row(view: View, one: Commitment, row: int) -> Row:
    provider = next(item.nome for item in view.providers if item.id == one.gestore)
    season = next(item for item in view.seasons if item.id == one.stagione)
    day, month = date.fromisoformat(f"{one.mese}-01"), month_number(one.mese)
    price = f"{cell(row, PLACES)}*gestori.{one.gestore}.prezzi.posto_mese"
    return (
        *(day, month, provider, season.nome or season.id, one.posti),
        *_pair(one, row, USED, price),
        *_pair(one, row, EMPTY, f"{price}*{one.vuoto.chiave}"),
    )


def _pair(one: Commitment, row: int, column: int, price: str) -> tuple[Formula, Formula]:
    """Write what the places cost with VAT, and beside it the company's part."""
    used = column == USED
    parts = one.parti_usati if used else one.parti_vuoti
    listed, own = (
        (one.usati_cent, one.azienda_usati_cent) if used else (one.vuoti_cent, one.azienda_vuoti_cent)
    )
    net, places = half_up(price), cell(row, PLACES)
    if one.iva == "0":
        found = _part_of(parts, cell(row, column), places)
        return Formula(net, euro(listed)), Formula(found, euro(own))
    vat = half_up(f"{net}*{one.iva}")
    shares = [part for part in parts if not part.somma]
    found = f"ROUND({_part_of(parts, net, places)}+{_part_of(shares, vat, places)},2)"
    return Formula(f"ROUND({net}+{vat},2)", euro(listed)), Formula(found, euro(own))


def _part_of(parts: Sequence[OwnPart], whole: str, places: str) -> str:
    """Write `nido.report.privacy.company_part.own_cents` as a formula."""
    taken, paid = list[str](), list[str]()
    for part in parts:
        rest = f"ROUND({'-'.join((whole, *taken))},2)" if taken else whole
        sums = f"MIN({rest},ROUND({part.chiave},2)*{places})"
        taken.append(sums if part.somma else half_up(f"{rest}*{part.chiave}"))
        net = taken[-1]
        for share in part.rimborsi:
            net = f"({net}-{half_up(f'{net}*{share}')})"
        paid.append(net)
    if not paid:
        return "0"
    return paid[0] if len(paid) == 1 else f"ROUND({'+'.join(paid)},2)"


def _plan_rows(sheet: Sheet, view: View, below: int) -> None:
    """Add the commitment up, and write under it what is fixed and the plan's total."""
    last = max(FIRST_ROW, below - 1)
    sums = {column: sum(getattr(one, name) for one in view.commitments) for column, name in AMOUNTS}
    sheet.put(below, 0, text("impegno in tutto", "commitment in all"), "total_text")
    for column, cents in sums.items():
        summed = f"ROUND(SUM({column_range(None, FIRST_ROW, last, column)}),2)"
        sheet.put(below, column, Formula(summed, euro(cents)), "total")
    sheet.put(below + 1, 0, _by_use())
    sheet.put(below + 2, 0, _in_plan(), "total_text")
    for column, whole in zip((USED, OWN_USED), plan_cents(view), strict=True):
        sheet.put(below + 1, column, euro(whole - sums[column]), "euro")
        both = f"ROUND({cell(below, column)}+{cell(below + 1, column)},2)"
        sheet.put(below + 2, column, Formula(both, euro(whole)), "total")


def plan_cents(view: View) -> tuple[int, int]:
    """Give the whole list price of the plan, and what the company pays of it."""
    own = sum(one.importo_cent for one in view.totals.per_payer if one.nome.startswith(COMPANY))
    return view.totals.listino_cent, own


def _by_use() -> str:
    return text("differenza secondo l'uso (fissa)", "difference by use (fixed)")


def _in_plan() -> str:
    return text("in tutto, nel piano", "in all, in the plan")


def company_totals(book: Book, view: View, ledger: Sheet, own: str) -> None:
    """Write the plan's total, and the commitment by month and by agreement, in formulas over the ledger."""
    sheet = book.sheet(text("Totali", "Totals"))
    sheet.widths([Column("", width) for width in (40, 24, 22, 24, 22, 24)])
    sheet.heading(0, text("Totali", "Totals"))
    sheet.put(1, 0, view.notice, "notice")
    row = _plan_table(sheet, view, ledger, own)
    for title, head, groups in (
        (
            text("Impegno mese per mese", "Commitment month by month"),
            (text("mese", "month"), ""),
            _months(view),
        ),
        (
            text("Impegno per accordo", "Commitment by agreement"),
            (text("gestore", "provider"), text("stagione", "season")),
            _agreements(view),
        ),
    ):
        sheet.heading(row, title)
        columns = (*(Column(name, 0) for name in head), *_amount_columns(own))
        written = [(one.first, one.second, *_summed(view, ledger, one.tests, one.rows)) for one in groups]
        row = sheet.table(row + 1, columns, written) + 1


@dataclass(frozen=True, slots=True)
class _Group:
    """Commitments added up in one row: its two first cells, how they are found, and what they are."""

    first: str
    second: str | None
    tests: tuple[tuple[int, str | int], ...]
    rows: tuple[Commitment, ...]


def _months(view: View) -> list[_Group]:
    found: list[_Group] = []
    for month in sorted({one.mese for one in view.commitments}):
        rows = tuple(one for one in view.commitments if one.mese == month)
        found.append(_Group(f"{month[5:]}/{month[:4]}", None, ((MONTH, month_number(month)),), rows))
    return found


def _agreements(view: View) -> list[_Group]:
    names = {one.id: one.nome for one in view.providers}
    seasons = {one.id: one.nome or one.id for one in view.seasons}
    found: list[_Group] = []
    for one in view.agreements:
        name, season = names[one.gestore], seasons[one.stagione]
        key = one.gestore, one.stagione
        rows = tuple(item for item in view.commitments if (item.gestore, item.stagione) == key)
        found.append(_Group(name, season, ((GESTORE, name), (STAGIONE, season)), rows))
    return found


def _amount_columns(own: str) -> tuple[Column, ...]:
    return (
        Column(text("se tutti usati: listino EUR", "if all used: list price EUR"), 18, "euro"),
        Column(text("se tutti usati: {own}", "if all used: {own}", own=own), 20, "euro"),
        Column(text("se tutti vuoti: listino EUR", "if all empty: list price EUR"), 18, "euro"),
        Column(text("se tutti vuoti: {own}", "if all empty: {own}", own=own), 20, "euro"),
    )


def _plan_table(sheet: Sheet, view: View, ledger: Sheet, own: str) -> int:
    """Write the plan's total: commitment, difference by use, and both; the row after it comes back."""
    sheet.heading(3, text("Il piano, in tutto", "The plan, in all"))
    columns = (
        *(Column(text("voce", "item"), 40), Column("", 24)),
        Column(text("listino EUR", "list price EUR"), 18, "euro"),
        Column(own, 20, "euro"),
        Column(text("altri pagatori EUR", "other payers EUR"), 18, "euro"),
    )
    used = sum(one.usati_cent for one in view.commitments)
    part = sum(one.azienda_usati_cent for one in view.commitments)
    whole, paid = plan_cents(view)
    below = FIRST_ROW + len(view.commitments)
    items = (
        (text("posti riservati, se tutti usati", "reserved places, if all used"), used, part),
        (_by_use(), whole - used, paid - part),
        (_in_plan(), whole, paid),
    )
    rows: list[Row] = []
    for place, (words, listed, mine) in enumerate(items):
        row, source = 5 + place, below + place
        rest = Formula(f"ROUND({cell(row, 2)}-{cell(row, 3)},2)", euro(listed - mine))
        taken = (
            Formula(address(ledger, source, column), euro(cents))
            for column, cents in ((USED, listed), (OWN_USED, mine))
        )
        rows.append((words, None, *taken, rest))
    below = sheet.table(4, columns, rows)
    for column, value in enumerate(rows[-1]):
        sheet.put(below - 1, column, value, "total" if column > 1 else "total_text")
    return below + 1


def _summed(
    view: View, ledger: Sheet, tests: Sequence[tuple[int, str | int]], rows: Sequence[Commitment]
) -> Iterator[Formula]:
    last = FIRST_ROW + max(1, len(view.commitments)) - 1
    wanted = ",".join(
        f"{column_range(ledger, FIRST_ROW, last, place)},{quoted(value)}" for place, value in tests
    )
    for column, name in AMOUNTS:
        summed = f"ROUND(SUMIFS({column_range(ledger, FIRST_ROW, last, column)},{wanted}),2)"
        yield Formula(summed, euro(sum(getattr(one, name) for one in rows)))
