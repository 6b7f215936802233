"""The clauses of a workbook's contracts, one row each: named cells, and the place price of every year."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nido.accordi.money import cents
from nido.accordi.simulazione.anni import Anno
from nido.data.lingua import text
from nido.report.workbook.book import Book, Column, Formula, Look, Sheet, Value, cell, euro, half_up
from nido.scenari.accordo_quadro import AccordoQuadro, clauses_for
from nido.scenari.clausole import Clausole, ScontoVolume

Pair = tuple[str, str]
Names = Mapping[str, str]
AZIENDA, GESTORE = 0, 1
WIDE_NAME = 34
SHARE, WINDOW, CREDIT, INDEX, CHANGE, DEPOSIT = range(2, 8)
FIRST_FURTHER = 8


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract of the sheet.

    Attributes
    ----------
    azienda, gestore
        Its two parties.
    price
        Place price of the first year, in euro.
    share
        Part due for an empty place outside the window.
    share_name
        The named cell of another sheet that holds it; empty where this sheet has it.
    """

    azienda: str
    gestore: str
    price: Decimal
    share: Decimal
    share_name: str

    @property
    def pair(self) -> Pair:
        """Its two parties."""
        return self.azienda, self.gestore


@dataclass(frozen=True, slots=True)
class Further:
    """A further column of the table: heading, end of the cells' names, value by contract.

    Where another sheet has the figure already, `links` names its cell.
    """

    heading: str
    name: str
    values: Mapping[Pair, Decimal]
    links: Mapping[Pair, str]


class ClauseTable:
    """Where the clauses of every contract stand, once they are written.

    Parameters
    ----------
    book, sheet
        Where.
    framework
        Clauses.
    contracts
        In the order of their rows.
    years
        Years of the life.
    known
        Names of cells that the workbook has already.
    """

    def __init__(
        self,
        book: Book,
        sheet: Sheet,
        framework: AccordoQuadro,
        contracts: Sequence[Contract],
        years: Sequence[Anno],
        known: frozenset[str],
    ) -> None:
        self._book, self._sheet, self._years, self._known = book, sheet, years, known
        self._common = framework.clausole
        # Name of a cell -> where it is, and what it holds: contracts with the same clause share it.
        self._named: dict[str, tuple[str, Decimal]] = {}
        self.contracts = contracts
        self.clauses: dict[Pair, Clausole] = {
            one.pair: clauses_for(framework, *one.pair) for one in contracts
        }
        self._rows: dict[Pair, int] = {}
        self._prices: dict[Pair, list[Decimal]] = {}
        self._further: tuple[Further, ...] = ()
        self._steps: dict[Pair, list[tuple[str, str]]] = {}

    def write(self, row: int, names: Names, further: Sequence[Further] = ()) -> int:
        """Write the table; the row after it comes back."""
        self._further = tuple(further)
        self._sheet.heading(row, text("Clausole e prezzi, contratto per contratto", "Clauses and prices"))
        headings = (
            text("posto vuoto: parte dovuta", "empty place: part due"),
            text("nella finestra di sostituzione", "in the replacement window"),
            text("credito se rivenduto", "credit when resold"),
            text("indicizzazione: parte", "indexation: part"),
            text("variazione annua supposta", "yearly change assumed"),
            text("deposito, mensilità", "deposit, months"),
            *(one.heading for one in further),
            *(text("prezzo, anno {n}", "price, year {n}", n=year.numero) for year in self._years),
        )
        columns = [
            Column(text("azienda", "company"), WIDE_NAME),
            Column(text("gestore", "provider"), WIDE_NAME),
        ]
        self._sheet.table(row + 1, [*columns, *(Column(name, 13, "euro") for name in headings)], [])
        for place, one in enumerate(self.contracts, row + 2):
            self._rows[one.pair] = place
            self._sheet.put(place, AZIENDA, names.get(one.azienda, one.azienda))
            self._sheet.put(place, GESTORE, names.get(one.gestore, one.gestore))
            self._clauses(place, one)
            self._prices_of(place, one)
        return row + 2 + len(self.contracts)

    def _clauses(self, row: int, one: Contract) -> None:
        agreed = self.clauses[one.pair]
        window, market = agreed.sostituzione, agreed.rilascio_mercato
        index, deposit = agreed.indicizzazione, agreed.deposito
        if one.share_name:
            self._sheet.put(row, SHARE, Formula(one.share_name, one.share), "share")
        else:
            self._input(row, SHARE, one, "vuoto_per_pieno", one.share, "input_share")
        cells: tuple[tuple[int, str, Decimal | None, Look], ...] = (
            (WINDOW, "sostituzione.quota", window.quota if window else None, "input_share"),
            (CREDIT, "rilascio_mercato.credito", market.credito if market else None, "input_share"),
            (INDEX, "indicizzazione.quota", index.quota if index else None, "input_share"),
            (
                CHANGE,
                "indicizzazione.variazione_annua",
                index.variazione_annua if index else None,
                "input_share",
            ),
            (DEPOSIT, "deposito.mensilita", deposit.mensilita if deposit else None, "input"),
        )
        for column, name, value, look in cells:
            if value is not None:
                self._input(row, column, one, name, value, look)
        for place, further in enumerate(self._further, FIRST_FURTHER):
            link = further.links.get(one.pair, "")
            if link in self._known:
                self._sheet.put(row, place, Formula(link, further.values[one.pair]), "share")
            elif one.pair in further.values:
                self._input(row, place, one, further.name, further.values[one.pair], "input_share")

    def _input(self, row: int, column: int, one: Contract, name: str, value: Decimal, look: Look) -> None:
        """Write a figure that may be changed: once for all contracts that have the same clause."""
        key = self._key(one, name)
        if key in self._named and self._named[key][1] != value:
            key = f"clausole.{one.azienda}.{one.gestore}.{name}"
        if key in self._named:
            shown: Look = "share" if look == "input_share" else "number"
            self._sheet.put(row, column, Formula(self._named[key][0], value), shown)
            return
        self._named[key] = (_fixed(row, column), value)
        self._sheet.put(row, column, value, look)
        self._book.name(key, self._sheet, row, column)

    def _key(self, one: Contract, name: str) -> str:
        """Name the cell of a figure: as the scenario does, where it is that of the common clauses."""
        clause = name.partition(".")[0]
        if any(further.name == name for further in self._further):
            return f"aziende.{one.azienda}.{name}"
        if getattr(self.clauses[one.pair], clause) == getattr(self._common, clause):
            return f"accordo_quadro.clausole.{name}"
        return f"clausole.{one.azienda}.{one.gestore}.{name}"

    def _prices_of(self, row: int, one: Contract) -> None:
        """Write the price of every year: each from the one before, to the cent."""
        price, agreed = one.price, self.clauses[one.pair].indicizzazione
        name = f"gestori.{one.gestore}.prezzi.posto_mese"
        self._prices[one.pair] = []
        for place, _ in enumerate(self._years):
            column = FIRST_FURTHER + len(self._further) + place
            before = cell(row, column - 1)
            if place == 0:
                written: Value = Formula(name, price) if name in self._known else price
            elif agreed is None:
                written = Formula(before, price)
            else:
                price = euro(cents(price * (1 + agreed.quota * agreed.variazione_annua)))
                step = f"{before}*(1+{cell(row, INDEX)}*{cell(row, CHANGE)})"
                written = Formula(half_up(step), price)
            self._sheet.put(row, column, written, "euro")
            self._prices[one.pair].append(price)

    def write_steps(self, row: int, names: Names) -> int:
        """Write the steps of the discounts, where there are any; the row after them comes back."""
        found = [(one, agreed) for one in self.contracts if (agreed := self.clauses[one.pair].sconto_volume)]
        if not found:
            return row
        self._sheet.heading(row, text("Sconti per volume", "Volume discounts"))
        columns = (
            Column(text("azienda", "company"), WIDE_NAME),
            Column(text("gestore", "provider"), WIDE_NAME),
            Column(text("da quanti posti", "from how many places"), 13, "input"),
            Column(text("sconto", "discount"), 13, "input"),
        )
        self._sheet.table(row + 1, columns, [])
        row += 2
        for one, discount in found:
            for number, step in enumerate(discount.scaglioni, 1):
                self._sheet.put(row, AZIENDA, names.get(one.azienda, one.azienda))
                self._sheet.put(row, GESTORE, names.get(one.gestore, one.gestore))
                self._input(row, 2, one, f"sconto_volume.{number}.posti", Decimal(step.posti), "input")
                self._input(row, 3, one, f"sconto_volume.{number}.sconto", step.sconto, "input_share")
                self._steps.setdefault(one.pair, []).append((_fixed(row, 2), _fixed(row, 3)))
                row += 1
        return row

    def discount(self, pair: Pair, counted: Mapping[str, str]) -> str | None:
        """Give the formula of the discount of a month; `counted` are the places of each kind of count."""
        clause: ScontoVolume | None = self.clauses[pair].sconto_volume
        if clause is None or pair not in self._steps:
            return None
        places, found = counted[clause.conta], "0"
        ranked = sorted(zip(clause.scaglioni, self._steps[pair], strict=True), key=lambda one: one[0].posti)
        for _, (least, share) in ranked:
            found = f"IF({places}>={least},{share},{found})"
        return found

    def price(self, pair: Pair, t: int) -> str:
        """Give the cell of the price of a month."""
        return self.at(pair, FIRST_FURTHER + len(self._further) + t // 12)

    def first_price(self, pair: Pair) -> str:
        """Give the cell of the price of the first month."""
        return self.price(pair, 0)

    def further(self, pair: Pair, place: int) -> str:
        """Give the cell of a further column."""
        return self.at(pair, FIRST_FURTHER + place)

    def at(self, pair: Pair, column: int) -> str:
        """Give the fixed address of a cell of a contract."""
        return _fixed(self._rows[pair], column)


def _fixed(row: int, column: int) -> str:
    letters = "".join(one for one in cell(row, column) if one.isalpha())
    return f"${letters}${row + 1}"


def contracts_of(
    framework: AccordoQuadro,
    pairs: Iterable[Pair],
    prices: Mapping[str, Decimal],
    shares: Mapping[str, Decimal],
    known: frozenset[str],
) -> Iterator[Contract]:
    """List the contracts of a sheet.

    Parameters
    ----------
    framework
        Clauses.
    pairs
        Ids of company and gestore.
    prices, shares
        Place price in euro, and the gestore's own part due for an empty place, by gestore.
    known
        Names of cells that the workbook has already.
    """
    for azienda, gestore in dict.fromkeys(pairs):
        clause = clauses_for(framework, azienda, gestore).vuoto_per_pieno
        name = f"gestori.{gestore}.vuoto_per_pieno"
        share = shares[gestore] if clause is None else clause.quota
        if clause is not None:
            name = f"clausole.{azienda}.{gestore}.vuoto_per_pieno"
        yield Contract(azienda, gestore, prices[gestore], share, name if name in known else "")
