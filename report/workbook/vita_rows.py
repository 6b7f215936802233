"""Rows of the life's months: the plan's for the district, those of the contracts for a company or gestore."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from nido.accordi.money import cents
from nido.accordi.simulazione.orizzonte import MONTHS_IN_YEAR
from nido.data.lingua import text
from nido.report.life_calendar import step_words
from nido.report.privacy.months import PlanMonth
from nido.report.privacy.pledge import Pledge
from nido.report.privacy.view import OwnPart, View
from nido.report.workbook.accounts_sheet import month_number
from nido.report.workbook.book import Column, Formula, Look, Value, cell, column_range, euro, half_up
from nido.report.workbook.vita_clauses import (
    CREDIT,
    DEPOSIT,
    SHARE,
    WIDE_NAME,
    WINDOW,
    ClauseTable,
    Further,
    Pair,
)

Row = list[Value]
Names = Mapping[str, str]
# Columns of a table of months: name -> heading in Italian, in English, look.
Headings = Mapping[str, tuple[str, str, Look]]
KEYS: Headings = {
    "azienda": ("azienda", "company", "text"),
    "gestore": ("gestore", "provider", "text"),
    "mese": ("mese", "month", "text"),
    "anno": ("anno", "year", "number"),
}
PLAN: Headings = {
    **KEYS,
    "stagione": ("stagione", "season", "text"),
    "riservati": ("riservati", "reserved", "number"),
    "residenti": ("ai residenti", "for residents", "number"),
    "usati": ("usati", "used", "number"),
    "vuoti": ("vuoti", "empty", "number"),
    "finestra": ("vuoti nella finestra", "empty, in the window", "number"),
    "rivenduti": ("vuoti rivenduti", "empty, resold", "number"),
    "prezzo": ("prezzo del posto EUR", "place price EUR", "euro"),
    "sconto": ("sconto", "discount", "share"),
    "usati_euro": ("posti usati EUR", "used places EUR", "euro"),
    "vuoti_euro": ("posti vuoti EUR", "empty places EUR", "euro"),
    "altro_euro": ("altre voci EUR", "other items EUR", "euro"),
    "totale_euro": ("in tutto EUR", "in all EUR", "euro"),
    "deposito": ("deposito tenuto EUR", "deposit held EUR", "euro"),
    "passi": ("che cosa succede", "what happens", "text"),
}
PLEDGE: Headings = {
    **KEYS,
    "posti": ("posti", "places", "number"),
    "prezzo": ("prezzo del posto EUR", "place price EUR", "euro"),
    "sconto": ("sconto", "discount", "share"),
    "usati_euro": ("tutti usati EUR", "all used EUR", "euro"),
    "vuoti_euro": ("tutti vuoti EUR", "all empty EUR", "euro"),
}
# Where every table of months has company, gestore and year.
KEY_COLUMNS = (0, 1, 3)
KINDS = ("vuoti", "finestra", "rivenduti")
NUMBER_WIDTH = 13
USED_PART, EMPTY_PART = range(2)


class Rows:
    """A table of months, without the columns that no month of it needs."""

    def __init__(self, headings: Headings, empty: Collection[str], names: Names) -> None:
        self._headings = {name: one for name, one in headings.items() if name not in empty}
        self._names = names
        self.at: Mapping[str, int] = {name: place for place, name in enumerate(self._headings)}

    def columns(self) -> list[Column]:
        """Give its headings."""
        widths = {"azienda": WIDE_NAME, "gestore": WIDE_NAME, "passi": WIDE_NAME}
        return [
            Column(text(italian, english), widths.get(name, NUMBER_WIDTH), look)
            for name, (italian, english, look) in self._headings.items()
        ]

    def _key(self, one: PlanMonth | Pledge) -> dict[str, Value]:
        return {
            "azienda": self._names.get(one.azienda, one.azienda),
            "gestore": self._names.get(one.gestore, one.gestore),
            "mese": month_number(one.mese),
            "anno": one.t // MONTHS_IN_YEAR + 1,
        }

    def _cell(self, row: int, name: str) -> str:
        return cell(row, self.at[name])

    def _price(self, row: int) -> str:
        """Give the price of a place with its discount."""
        price = self._cell(row, "prezzo")
        return f"{price}*(1-{self._cell(row, 'sconto')})" if "sconto" in self.at else price

    def _chosen(self, cells: Mapping[str, Value]) -> Row:
        return [cells[name] for name in self.at]


class PlanRows(Rows):
    """The plan's months."""

    def __init__(self, table: ClauseTable, months: Sequence[PlanMonth], names: Names) -> None:
        self._table, self._months = table, months
        self._prices = {one.pair: one.price for one in table.contracts}
        self._shares = {one.pair: one.share for one in table.contracts}
        self._kinds = [self._kinds_of(one) for one in months]
        clauses = table.clauses.values()
        needed = {
            "residenti": any(one.residenti for one in months),
            "finestra": any(kinds[1] for kinds in self._kinds),
            "rivenduti": any(kinds[2] for kinds in self._kinds),
            "sconto": any(one.sconto_volume is not None for one in clauses),
            "deposito": any(one.deposito is not None for one in clauses),
        }
        super().__init__(PLAN, [name for name, there in needed.items() if not there], names)

    def rows(self, first: int) -> list[Row]:
        """Give the rows, the first of them at a row of the sheet."""
        return [self._row(first, place) for place in range(len(self._months))]

    def _row(self, first: int, place: int) -> Row:
        one, row, kinds = self._months[place], first + place, self._kinds[place]
        pair = (one.azienda, one.gestore)
        whole = f"ROUND(SUM({self._cell(row, 'usati_euro')}:{self._cell(row, 'altro_euro')}),2)"
        used = half_up(f"{self._cell(row, 'usati')}*{self._price(row)}")
        cells: dict[str, Value] = {
            **self._key(one),
            "stagione": one.stagione,
            "riservati": one.riservati,
            "residenti": one.residenti,
            "usati": one.pagati,
            **dict(zip(KINDS, kinds, strict=True)),
            "prezzo": Formula(self._table.price(pair, one.t), one.listino),
            "sconto": self._discount(first, row, one),
            "usati_euro": Formula(used, euro(one.usati_cent)),
            "vuoti_euro": self._empty(row, one, kinds),
            "altro_euro": euro(one.altro_cent),
            "totale_euro": Formula(whole, euro(one.totale_cent)),
            "deposito": self._held(row, pair, one),
            "passi": "; ".join(step_words(step) for step in one.passi),
        }
        return self._chosen(cells)

    def _kinds_of(self, one: PlanMonth) -> tuple[int, int, int]:
        """Count the empty places by the share that they owe: usual, that of the window, resold."""
        agreed, usual = self._table.clauses[one.azienda, one.gestore], self._shares[one.azienda, one.gestore]
        market, window = agreed.rilascio_mercato, agreed.sostituzione
        counts = {share: places for share, places in one.vuoti}
        inside = window.quota if window is not None and window.quota is not None else usual
        resold = usual * (1 - market.credito) if market is not None else usual
        normal = counts.pop(usual, 0)
        in_window = counts.pop(inside, 0)
        return normal, in_window, counts.pop(resold, 0)

    def _empty(self, row: int, one: PlanMonth, kinds: tuple[int, int, int]) -> Value:
        at, pair = self._table.at, (one.azienda, one.gestore)
        usual = at(pair, SHARE)
        shares = (usual, at(pair, WINDOW), f"{usual}*(1-{at(pair, CREDIT)})")
        parts = [
            half_up(f"{self._cell(row, name)}*{self._price(row)}*{share}")
            for name, share, count in zip(KINDS, shares, kinds, strict=True)
            if count
        ]
        return Formula("+".join(parts), euro(one.vuoti_cent)) if parts else euro(one.vuoti_cent)

    def _discount(self, first: int, row: int, one: PlanMonth) -> Value:
        """Give the discount that the reserved places reach: of the contract, the company, the gestore."""
        if "sconto" not in self.at:
            return None
        last = first + len(self._months) - 1
        ranges = {
            name: column_range(None, first, last, self.at[name])
            for name in ("riservati", "mese", "azienda", "gestore")
        }
        same = f"{ranges['mese']},{self._cell(row, 'mese')}"
        counted = {"accordo": self._cell(row, "riservati")} | {
            name: f"SUMIFS({ranges['riservati']},{same},{ranges[name]},{self._cell(row, name)})"
            for name in ("azienda", "gestore")
        }
        steps = self._table.discount((one.azienda, one.gestore), counted)
        return one.sconto if steps is None else Formula(steps, one.sconto)

    def _held(self, row: int, pair: Pair, one: PlanMonth) -> Value:
        deposit = self._table.clauses[pair].deposito
        if deposit is None:
            return None
        held = cents(deposit.mensilita * self._prices[pair] * one.riservati)
        months, price = self._table.at(pair, DEPOSIT), self._table.first_price(pair)
        return Formula(half_up(f"{months}*{price}*{self._cell(row, 'riservati')}"), euro(held))


def parts_of(view: View, pledges: Sequence[Pledge]) -> tuple[Further, ...]:
    """Give the company's parts of the first month of every contract, and the parameters that hold them."""
    used: dict[Pair, Decimal] = {}
    empty: dict[Pair, Decimal] = {}
    for one in pledges:
        used.setdefault((one.azienda, one.gestore), one.parte_posto)
        empty.setdefault((one.azienda, one.gestore), one.parte_vuoto)
    of_used = {(one.azienda, one.gestore): one.parti_usati for one in reversed(view.commitments)}
    of_empty = {(one.azienda, one.gestore): one.parti_vuoti for one in reversed(view.commitments)}
    heading = text("azienda: parte del posto usato", "company: part of a used place")
    heading_empty = text("azienda: parte del posto vuoto", "company: part of an empty place")
    return (
        Further(heading, "parte_posto", used, _linked(used, of_used)),
        Further(heading_empty, "parte_vuoto", empty, _linked(empty, of_empty)),
    )


def _linked(shares: Mapping[Pair, Decimal], parts: Mapping[Pair, Sequence[OwnPart]]) -> dict[Pair, str]:
    """Name the one parameter that a share is; one of several payers, or in euro, has its own cell."""
    found: dict[Pair, str] = {}
    for pair, share in shares.items():
        match parts.get(pair, ()):
            case [one] if not one.somma and not one.rimborsi and Decimal(one.valore) == share:
                found[pair] = one.chiave
    return found


class PledgeRows(Rows):
    """The months of the pledges."""

    def __init__(
        self, table: ClauseTable, pledges: Sequence[Pledge], names: Names, parts: Sequence[Further]
    ) -> None:
        self._table, self._pledges, self._parts = table, pledges, parts
        super().__init__(PLEDGE, () if any(one.sconto for one in pledges) else ("sconto",), names)

    def rows(self, first: int) -> list[Row]:
        """Give the rows, the first of them at a row of the sheet."""
        return [self._row(row, one) for row, one in enumerate(self._pledges, first)]

    def _row(self, row: int, one: Pledge) -> Row:
        pair = (one.azienda, one.gestore)
        share = self._table.at(pair, WINDOW if one.finestra else SHARE)
        whole = f"{self._cell(row, 'posti')}*{self._price(row)}"
        used, empty = self._shares(pair, one)
        cells: dict[str, Value] = {
            **self._key(one),
            "posti": one.posti,
            "prezzo": Formula(self._table.price(pair, one.t), one.listino),
            "sconto": one.sconto,
            "usati_euro": Formula(_share_of(half_up(whole), used), euro(one.pieni_cent)),
            "vuoti_euro": Formula(_share_of(half_up(f"{whole}*{share}"), empty), euro(one.vuoti_cent)),
        }
        return self._chosen(cells)

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
