"""The ledger with live formulas: quantity times price, and what each payer takes of it."""

from collections.abc import Iterator

from nido.accordi.amount import Amount
from nido.accordi.conti import DIVIDING, Passo, Riparto, limited
from nido.accordi.money import CENTS_IN_EURO
from nido.data.lingua import text
from nido.report.workbook.accounts_sheet import month_number
from nido.report.workbook.book import Book, Column, Formula, Sheet, Value, cell, column_range, euro, half_up
from nido.report.workbook.layout import (
    AMOUNT,
    FIRST_PAYER,
    FIRST_ROW,
    HEAD_ROW,
    PRICE,
    QUANTITY,
    Layout,
    step_of,
)
from nido.scenari.regole import Pagatore

TIMES = " × "


def ledger_sheet(book: Book, notice: str, plan: Layout) -> Sheet:
    """Add the sheet with its headings; `fill_ledger` writes the rows."""
    sheet = book.sheet(text("Registro", "Ledger"))
    sheet.heading(0, text("Registro: ogni importo e chi lo paga", "Ledger: every amount and who pays it"))
    sheet.put(1, 0, notice, "notice")
    sheet.widths(columns_of(plan))
    sheet.table(HEAD_ROW, columns_of(plan), [])
    sheet.freeze(FIRST_ROW, 3)
    if plan.riparti:
        sheet.filters(HEAD_ROW, plan.last_row, len(columns_of(plan)))
    return sheet


def columns_of(plan: Layout) -> tuple[Column, ...]:
    """Give the columns of the ledger."""
    rest = text("scoperto", "no payer") if plan.complete else text("altri pagatori", "other payers")
    return (
        Column(text("voce", "item"), 6),
        Column(text("data", "date"), 11, "date"),
        Column(text("mese", "month"), 8),
        Column(text("azienda", "company"), 18),
        Column(text("gestore", "provider"), 24),
        Column(text("stagione", "season"), 12),
        Column(text("bambino", "child"), 9),
        Column(text("componente", "component"), 12),
        Column(text("quantità", "quantity"), 10, "number"),
        Column(text("unità", "unit"), 14),
        Column(text("prezzo EUR", "price EUR"), 11, "number"),
        Column(text("importo EUR", "amount EUR"), 12, "euro"),
        *(Column(payer.id, 12, "euro") for payer in plan.payers),
        Column(rest, 12, "euro"),
        Column(text("fonte del prezzo", "source of the price"), 60, "code"),
    )


def fill_ledger(sheet: Sheet, accounts: Sheet, plan: Layout, names: frozenset[str]) -> None:
    """Write one row per amount."""
    looks = [column.look for column in columns_of(plan)]
    taxed = {_key(riparto.voce, riparto.voce.fonte): place for place, riparto in enumerate(plan.riparti)}
    for place, riparto in enumerate(plan.riparti):
        row = plan.row(place)
        for column, value in enumerate(_cells(plan, accounts, place, riparto, names)):
            if column == QUANTITY and riparto.voce.tassata is not None:
                # The VAT of an amount follows it when a price is changed.
                source = riparto.voce.fonte.partition(TIMES)[2]
                origin = cell(plan.row(taxed[_key(riparto.voce, source)]), AMOUNT)
                value = Formula(origin, riparto.voce.quantita)
            sheet.put(row, column, value, looks[column])


def _key(voce: Amount, fonte: str) -> tuple[object, ...]:
    return (voce.agreement, voce.data, voce.bambino, fonte)


def _cells(
    plan: Layout, accounts: Sheet, place: int, riparto: Riparto, names: frozenset[str]
) -> Iterator[Value]:
    voce, row = riparto.voce, plan.row(place)
    yield from (place + 1, voce.data, month_number(f"{voce.data:%Y-%m}"))
    yield from (voce.azienda, voce.gestore, voce.stagione, voce.bambino, voce.componente)
    yield from (voce.quantita, voce.unita, _price(voce, names))
    yield Formula(half_up(f"{cell(row, QUANTITY)}*{cell(row, PRICE)}"), euro(voce.importo_cent))
    for payer in plan.payers:
        step = step_of(riparto, payer)
        yield None if step is None else Formula(_taken(plan, accounts, place, step, names), euro(step.preso))
    yield Formula(_rest(row, plan.rest_column), euro(riparto.scoperto))
    yield voce.fonte


def _price(voce: Amount, names: frozenset[str]) -> Value:
    keys = voce.fonte.split(TIMES)
    return Formula("*".join(keys), voce.prezzo) if names.issuperset(keys) else voce.prezzo


def _rest(row: int, column: int) -> str:
    """Give what the payers before a column left, in euro."""
    if column == FIRST_PAYER:
        return cell(row, AMOUNT)
    return f"ROUND({cell(row, AMOUNT)}-SUM({cell(row, FIRST_PAYER)}:{cell(row, column - 1)}),2)"


def _taken(plan: Layout, accounts: Sheet, place: int, step: Passo, names: frozenset[str]) -> str:
    payer, row, block = step.pagatore, plan.row(place), plan.blocks.get(place)
    rest = _rest(row, plan.payer_column(payer))
    if not limited(payer):
        return _asked(payer, plan.riparti[place].voce, row, rest, names)
    if not step.conti or block is None:
        return "0"
    if payer.modo in DIVIDING:
        paid = column_range(accounts, block.first, block.last, plan.columns[payer.id, "preso"])
        return f"SUM({paid})/{CENTS_IN_EURO}"
    room = column_range(accounts, block.first, block.last, plan.columns[payer.id, "spazio"])
    asked = _asked(payer, plan.riparti[place].voce, row, rest, names)
    return f"MIN({asked},SUM({room})/{CENTS_IN_EURO})"


def _asked(payer: Pagatore, voce: Amount, row: int, rest: str, names: frozenset[str]) -> str:
    """Give what a payer would pay without a limit."""
    if payer.modo == "quota":
        return half_up(f"{rest}*pagatori.{payer.id}.quota")
    if payer.modo == "quota_azienda":
        return half_up(f"{rest}*aziende.{voce.azienda}.quota")
    if payer.modo == "fisso_ora":
        hourly = half_up(f"{cell(row, QUANTITY)}*pagatori.{payer.id}.importo_ora.{voce.stagione}")
        return f"MIN({rest},{hourly})"
    return rest
