"""The accounts: child by child, how a payer with a limit per month pays its part of an amount. In cents."""

from collections.abc import Iterator

from nido.accordi.conti import DIVIDING, Conto, Passo, Riparto, limited
from nido.accordi.inps import INSTALMENTS
from nido.data.lingua import text
from nido.report.workbook.book import Book, Column, Formula, Sheet, Value, address, cell, column_range
from nido.report.workbook.layout import (
    AMOUNT,
    CHILD,
    FIRST_PAYER,
    FIRST_ROW,
    HEAD_ROW,
    ITEM,
    MONTHS,
    SINCE,
    UNTIL,
    YEAR,
    Block,
    Layout,
    step_of,
    sums_of,
)
from nido.scenari.regole import Pagatore

HEADINGS = {
    "tetto": ("limite", "limit"),
    "usato": ("già usato", "used before"),
    "spazio": ("resta", "left"),
    "fino_a": ("se tutti fino a qui", "if all up to here"),
    "chiesto": ("da dividere", "to divide"),
    "soglia": ("soglia", "threshold"),
    "livello": ("a testa", "each"),
    "base": ("prima parte", "first part"),
    "preso": ("paga", "pays"),
    "parte": ("parte del bambino", "child's part"),
}


def month_number(month: str) -> int:
    """Write a month as a number that a sheet can compare: 202609."""
    return int(month.replace("-", ""))


def accounts_sheet(book: Book, notice: str, plan: Layout) -> Sheet:
    """Add the sheet; it is filled by `fill_accounts` once the ledger has its place."""
    sheet = book.sheet(text("Conti", "Accounts"))
    title = text(
        "Conti dei pagatori con un limite per bambino e mese (centesimi)",
        "Accounts of the payers with a limit per child and month (cents)",
    )
    sheet.heading(0, title)
    sheet.put(1, 0, notice, "notice")
    columns = [
        Column(text("voce", "item"), 7),
        Column(text("bambino", "child"), 10),
        Column(text("dal mese", "from month"), 9),
        Column(text("al mese", "to month"), 9),
        Column(text("anno", "year"), 6),
        Column(text("mesi", "months"), 6),
    ]
    for payer, name in plan.columns:
        columns.append(Column(f"{payer}: {text(*HEADINGS[name])}", 11, "cents"))
    sheet.widths(columns)
    sheet.table(HEAD_ROW, columns, [])
    sheet.freeze(FIRST_ROW, 2)
    return sheet


def fill_accounts(sheet: Sheet, ledger: Sheet, plan: Layout, names: frozenset[str]) -> None:
    """Write one row per child of every amount that some limit divides."""
    for place, block in plan.blocks.items():
        writer = _Writer(plan, ledger, place, block, names)
        for order, row in enumerate(range(block.first, block.last + 1)):
            for column, value in writer.fixed(order):
                sheet.put(row, column, value)
            for column, formula in writer.sums(order, row):
                sheet.put(row, column, formula, "cents")


class _Writer:
    """Formulas of one amount."""

    def __init__(self, plan: Layout, ledger: Sheet, place: int, block: Block, names: frozenset[str]) -> None:
        self._plan, self._ledger, self._place = plan, ledger, place
        self._block, self._names = block, names
        self._riparto: Riparto = plan.riparti[place]

    def fixed(self, order: int) -> Iterator[tuple[int, Value]]:
        """Give the cells that are no formulas."""
        voce = self._riparto.voce
        months = [month_number(month) for month in voce.mesi]
        yield ITEM, self._place + 1
        yield CHILD, voce.bambini[order]
        yield SINCE, months[0]
        yield UNTIL, months[-1]
        yield YEAR, months[0] // 100
        yield MONTHS, len(months)

    def sums(self, order: int, row: int) -> Iterator[tuple[int, Formula]]:
        """Give the formulas of every payer with a limit that takes part."""
        before: Pagatore | None = None
        for payer in self._plan.payers:
            step = step_of(self._riparto, payer)
            if step is None:
                continue
            if limited(payer) and step.conti:
                if payer.modo in DIVIDING:
                    yield from self._after(payer, step, order, row, before)
                else:
                    yield from self._before(payer, step, order, row)
            if payer.modo in DIVIDING:
                before = payer

    def _before(self, payer: Pagatore, step: Passo, order: int, row: int) -> Iterator[tuple[int, Formula]]:
        """Spread a sum over the limits: everybody the same, nobody more than its limit."""
        at = {name: cell(row, self._plan.columns[payer.id, name]) for name in sums_of(payer)}
        over = {name: self._range(payer, name) for name in sums_of(payer)}
        account, fill = step.conti[order], step.riempimento
        assert fill is not None
        room = [max(0, one.tetto - one.usato) for one in step.conti]
        most = room[order]
        base = min(most, fill.livello)
        asked = address(self._ledger, self._plan.row(self._place), self._plan.payer_column(payer))
        up_to_here = column_range(None, self._block.first, row, self._plan.columns[payer.id, "spazio"])
        found = {
            "tetto": Formula(self._cap(payer, account, row), account.tetto),
            "usato": Formula(self._used(payer, row), account.usato),
            "spazio": Formula(f"MAX(0,{at['tetto']}-{at['usato']})", most),
            "fino_a": Formula(
                f'SUMIF({over["spazio"]},"<="&{at["spazio"]})+{at["spazio"]}*COUNTIF({over["spazio"]},">"&{at["spazio"]})',
                sum(min(other, most) for other in room),
            ),
            "chiesto": Formula(f"ROUND({asked}*100,0)", fill.preso),
            "soglia": Formula(
                f"SUMPRODUCT(MAX(({over['fino_a']}<={at['chiesto']})*{over['spazio']}))", fill.soglia
            ),
            "livello": Formula(
                f'IF(COUNTIF({over["spazio"]},">"&{at["soglia"]})=0,{at["soglia"]},'
                f'INT(({at["chiesto"]}-SUMIF({over["spazio"]},"<="&{at["soglia"]}))'
                f'/COUNTIF({over["spazio"]},">"&{at["soglia"]})))',
                fill.livello,
            ),
            "base": Formula(f"MIN({at['spazio']},{at['livello']})", base),
            "preso": Formula(
                f"{at['base']}+IF(AND({at['spazio']}>{at['livello']},"
                f'COUNTIF({up_to_here},">"&{at["livello"]})<={at["chiesto"]}-SUM({over["base"]})),1,0)',
                account.preso,
            ),
        }
        yield from ((self._plan.columns[payer.id, name], formula) for name, formula in found.items())

    def _after(
        self, payer: Pagatore, step: Passo, order: int, row: int, before: Pagatore | None
    ) -> Iterator[tuple[int, Formula]]:
        """Pay out of the child's own part of what was left."""
        at = {name: cell(row, self._plan.columns[payer.id, name]) for name in sums_of(payer)}
        account = step.conti[order]
        found = {
            "parte": Formula(self._part(payer, order, row, before), account.parte or 0),
            "tetto": Formula(self._cap(payer, account, row), account.tetto),
            "usato": Formula(self._used(payer, row), account.usato),
            "preso": Formula(f"MIN({at['parte']},MAX(0,{at['tetto']}-{at['usato']}))", account.preso),
        }
        yield from ((self._plan.columns[payer.id, name], formula) for name, formula in found.items())

    def _part(self, payer: Pagatore, order: int, row: int, before: Pagatore | None) -> str:
        if before is not None and limited(before):
            columns = self._plan.columns
            return f"{cell(row, columns[before.id, 'parte'])}-{cell(row, columns[before.id, 'preso'])}"
        if before is not None:
            return "0"
        line, column = self._plan.row(self._place), self._plan.payer_column(payer)
        whole = rest_of(self._ledger, line, column)
        return f"INT({whole}/{self._block.size})+IF({order + 1}<=MOD({whole},{self._block.size}),1,0)"

    def _cap(self, payer: Pagatore, account: Conto, row: int) -> str:
        """Give the limit over the months of the amount, in cents."""
        limits = [f"ROUND({name}*100,0)" for name in self._limit_names(payer)]
        if payer.modo == "inps":
            limits.append(self._bonus(payer, account, row))
        monthly = limits[0] if len(limits) == 1 else f"MIN({','.join(limits)})"
        return f"{monthly}*{cell(row, MONTHS)}"

    def _limit_names(self, payer: Pagatore) -> list[str]:
        keys = (f"pagatori.{payer.id}.importo_mese", f"pagatori.{payer.id}.massimo_mese")
        return [key for key in keys if key in self._names]

    def _bonus(self, payer: Pagatore, account: Conto, row: int) -> str:
        """Give the bonus of the month, nothing once the instalments of the year are paid."""
        bonus, month = self._plan.bonus, self._riparto.voce.mesi[0]
        amount, most = str(bonus.cents(account.bambino, month)), str(bonus.instalments)
        named = bonus.row(account.bambino, month)
        if amount != "0" and named in self._names:
            amount = f"ROUND({named}*100,0)"
        if INSTALMENTS in self._names:
            most = INSTALMENTS
        column = self._plan.columns[payer.id, "preso"]
        above = [column_range(None, HEAD_ROW, row - 1, place) for place in (CHILD, YEAR, column)]
        paid = f'COUNTIFS({above[0]},{cell(row, CHILD)},{above[1]},{cell(row, YEAR)},{above[2]},">0")'
        return f"IF({paid}<{most},{amount},0)"

    def _used(self, payer: Pagatore, row: int) -> str:
        """Sum what the payer has paid before for the same child in the same months."""
        paid = column_range(None, HEAD_ROW, row - 1, self._plan.columns[payer.id, "preso"])
        child, since = (column_range(None, HEAD_ROW, row - 1, column) for column in (CHILD, SINCE))
        return (
            f'SUMIFS({paid},{child},{cell(row, CHILD)},{since},">="&{cell(row, SINCE)},'
            f'{since},"<="&{cell(row, UNTIL)})'
        )

    def _range(self, payer: Pagatore, name: str) -> str:
        return column_range(None, self._block.first, self._block.last, self._plan.columns[payer.id, name])


def rest_of(ledger: Sheet, line: int, column: int) -> str:
    """Give what the payers before a column left of an amount, in cents, as another sheet writes it."""
    amount = address(ledger, line, AMOUNT)
    if column == FIRST_PAYER:
        return f"ROUND({amount}*100,0)"
    paid = f"{address(ledger, line, FIRST_PAYER)}:{cell(line, column - 1)}"
    return f"ROUND(({amount}-SUM({paid}))*100,0)"
