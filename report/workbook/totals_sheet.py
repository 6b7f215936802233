"""Totals with live formulas over the ledger: components, payers, companies, providers, months, agreements."""

from collections.abc import Sequence

from nido.accordi.components import COMPONENTS
from nido.accordi.pagatori import COMPANY, is_company
from nido.data.lingua import text
from nido.report.privacy.view import AgreementRow, View
from nido.report.workbook.accounts_sheet import month_number
from nido.report.workbook.book import Book, Column, Formula, Look, Sheet, Value, column_range, euro, quoted
from nido.report.workbook.layout import (
    AMOUNT,
    AZIENDA,
    COMPONENTE,
    FIRST_ROW,
    GESTORE,
    MONTH,
    STAGIONE,
    Layout,
)

Row = Sequence[Value]


def totals_sheet(book: Book, view: View, ledger: Sheet, plan: Layout) -> Sheet:
    """Write the totals; every value is that of the engine.

    Parameters
    ----------
    book
        The workbook.
    view
        The district's view, for the engine's totals.
    ledger
        The sheet that the formulas read.
    plan
        Where its columns are.
    """
    sheet = book.sheet(text("Totali", "Totals"))
    sheet.widths(
        (Column("", 34), Column("", 30), Column("", 16), Column("", 16), *(Column("", 14) for _ in range(14)))
    )
    sheet.heading(0, text("Totali", "Totals"))
    sheet.put(1, 0, view.notice, "notice")
    writer = _Totals(view, ledger, plan)
    row = 3
    for title, headings, rows, total in writer.parts():
        sheet.heading(row, title)
        columns = [
            Column(heading, 0, _look(place, len(headings), rows)) for place, heading in enumerate(headings)
        ]
        below = sheet.table(row + 1, columns, rows)
        row = _total(sheet, row + 2, below, len(headings) - 1, total) + 2
    _months(sheet, row, writer)
    return sheet


def _look(place: int, count: int, rows: Sequence[Row]) -> Look:
    """Choose how a column looks: money last, whole numbers as numbers, names before."""
    if place == count - 1:
        return "euro"
    return "number" if rows and isinstance(rows[0][place], int) else "text"


def _total(sheet: Sheet, first: int, below: int, column: int, cents: int) -> int:
    """Add up a table; the row after it comes back."""
    for place in range(column):
        sheet.put(below, place, text("in tutto", "in all") if place == 0 else None, "total_text")
    summed = f"ROUND(SUM({column_range(None, first, max(first, below - 1), column)}),2)"
    sheet.put(below, column, Formula(summed, euro(cents)), "total")
    return below + 1


class _Totals:
    """Formulas of the totals."""

    def __init__(self, view: View, ledger: Sheet, plan: Layout) -> None:
        self.view, self._plan, self._ledger = view, plan, ledger
        self._names: dict[str, str] = {one.id: one.nome for one in view.companies}
        self._names |= {one.id: one.nome for one in view.providers}

    def parts(self) -> list[tuple[str, tuple[str, ...], list[Row], int]]:
        """Give every table: title, headings, rows, total in cents."""
        whole, totals = self.view.totals.listino_cent, self.view.totals
        amount = text("importo EUR", "amount EUR")
        components: dict[str, int] = {component.nome: 0 for component in COMPONENTS}
        for line in self.view.lines:
            components[line.componente] = components.get(line.componente, 0) + line.importo_cent
        return [
            (
                text("Per componente", "By component"),
                (text("componente", "component"), "", amount),
                [
                    (name, None, self._where(AMOUNT, cents, (COMPONENTE, name)))
                    for name, cents in components.items()
                ],
                whole,
            ),
            (text("Chi paga", "Who pays"), (text("pagatore", "payer"), "", amount), self._payers(), whole),
            (
                text("Per azienda, chiunque paghi", "By company, whoever pays"),
                (text("azienda", "company"), text("nome", "name"), amount),
                [
                    (
                        one.nome,
                        self._names[one.nome],
                        self._where(AMOUNT, one.importo_cent, (AZIENDA, one.nome)),
                    )
                    for one in totals.per_company
                ],
                whole,
            ),
            (
                text("Per gestore, chiunque paghi", "By provider, whoever pays"),
                (text("gestore", "provider"), text("nome", "name"), amount),
                [
                    (
                        one.nome,
                        self._names[one.nome],
                        self._where(AMOUNT, one.importo_cent, (GESTORE, one.nome)),
                    )
                    for one in totals.per_provider
                ],
                whole,
            ),
            (
                text("Per accordo", "By agreement"),
                (
                    text("azienda", "company"),
                    text("gestore", "provider"),
                    text("stagione", "season"),
                    text("posti", "places"),
                    amount,
                ),
                [self._agreement(row) for row in self.view.agreements],
                whole,
            ),
        ]

    def _agreement(self, row: AgreementRow) -> Row:
        keys = ((AZIENDA, row.azienda), (GESTORE, row.gestore), (STAGIONE, row.stagione))
        return (
            row.azienda,
            row.gestore,
            row.stagione,
            row.posti,
            self._where(AMOUNT, row.listino_cent or 0, *keys),
        )

    def _payers(self) -> list[Row]:
        """One row per company and other payer; those whom the sheet cannot follow are one."""
        found: list[Row] = []
        shown = self.view.totals.per_payer
        own = [payer for payer in self._plan.payers if is_company(payer)]
        others = [payer for payer in self._plan.payers if not is_company(payer)]
        ids = {payer.id for payer in others}
        for one in shown:
            kind, _, azienda = one.nome.partition(":")
            if azienda and kind == COMPANY:
                parts = [self._sum(self._plan.payer_column(payer), (AZIENDA, azienda)) for payer in own]
                found.append(
                    (one.nome, self._names.get(azienda, ""), Formula(_rounded(parts), euro(one.importo_cent)))
                )
            elif one.nome in ids:
                payer = next(payer for payer in others if payer.id == one.nome)
                whole = self._sum(self._plan.payer_column(payer))
                found.append((one.nome, None, Formula(_rounded([whole]), euro(one.importo_cent))))
        rest = sum(one.importo_cent for one in shown if ":" not in one.nome and one.nome not in ids)
        if rest or not self._plan.complete:
            name = (
                text("scoperto", "no payer")
                if self._plan.complete
                else text("altri pagatori", "other payers")
            )
            found.append((name, None, Formula(_rounded([self._sum(self._plan.rest_column)]), euro(rest))))
        return found

    def company_month(self, azienda: str, month: str) -> str:
        """Give the formula of what a company pays itself in a month."""
        own = [payer for payer in self._plan.payers if is_company(payer)]
        keys = ((AZIENDA, azienda), (MONTH, month_number(month)))
        return _rounded([self._sum(self._plan.payer_column(payer), *keys) for payer in own])

    def _where(self, column: int, cents: int, *keys: tuple[int, str | int]) -> Formula:
        return Formula(_rounded([self._sum(column, *keys)]), euro(cents))

    def _sum(self, column: int, *keys: tuple[int, str | int]) -> str:
        summed = self._range(column)
        if not keys:
            return f"SUM({summed})"
        tests = ",".join(f"{self._range(place)},{quoted(value)}" for place, value in keys)
        return f"SUMIFS({summed},{tests})"

    def _range(self, column: int) -> str:
        return column_range(self._ledger, FIRST_ROW, max(FIRST_ROW, self._plan.last_row), column)


def _months(sheet: Sheet, row: int, writer: _Totals) -> None:
    """Write what each company pays itself, month by month."""
    paid = writer.view.totals.per_company_month
    months = sorted({one.mese for one in paid})
    companies = list(dict.fromkeys(one.azienda for one in paid))
    amounts = {(one.azienda, one.mese): one.importo_cent for one in paid}
    sheet.heading(
        row, text("A carico di ogni azienda, mese per mese", "Paid by each company, month by month")
    )
    columns = [Column(text("azienda", "company"), 0), *(Column(month, 0, "euro") for month in months)]
    rows: list[Row] = [
        (
            azienda,
            *(
                Formula(writer.company_month(azienda, month), euro(amounts.get((azienda, month), 0)))
                for month in months
            ),
        )
        for azienda in companies
    ]
    sheet.table(row + 1, columns, rows)


def _rounded(parts: Sequence[str]) -> str:
    return f"ROUND({'+'.join(parts)},2)" if parts else "0"
