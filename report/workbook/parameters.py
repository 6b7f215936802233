"""The figures that a reader may change: one named cell each, in a sheet of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nido.accordi.inps import INSTALMENTS, bonus_keys
from nido.accordi.pagatori.fisso_ora import hourly
from nido.data import voce
from nido.data.lingua import text
from nido.report.workbook.book import Book, Column, Sheet
from nido.scenari.offerta import Gestore
from nido.scenari.regole import Pagatore
from nido.scenari.schema import Scenario


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure with its name, which is its key in the scenario.

    Attributes
    ----------
    name
        Dotted key, as ``--set`` takes it, and name of the cell.
    words
        What it is.
    value
        Euro, or a share from 0 to 1.
    share
        True for a share.
    """

    name: str
    words: str
    value: Decimal
    share: bool


def parameters(scenario: Scenario) -> tuple[Parameter, ...]:
    """List the prices and shares of a scenario from which the ledger is reckoned."""
    # Two payers of the INPS bonus share its rows.
    return tuple({one.name: one for one in _listed(scenario)}.values())


def _listed(scenario: Scenario) -> Iterator[Parameter]:
    for azienda in scenario.aziende:
        words = text("{name}: parte del prezzo", "{name}: part of the price", name=azienda.nome)
        yield Parameter(f"aziende.{azienda.id}.quota", words, azienda.quota, True)
    for gestore in scenario.gestori:
        yield from _of_provider(gestore)
    for payer in scenario.pagatori:
        yield from _of_payer(scenario, payer)


def _of_provider(gestore: Gestore) -> Iterator[Parameter]:
    owner, name = f"gestori.{gestore.id}", gestore.nome
    prices = (
        ("posto_mese", text("posto al mese", "place per month"), gestore.prezzi.posto_mese),
        ("ora_bambino", text("ora di un bambino", "hour of a child"), gestore.prezzi.ora_bambino),
        ("pasto_giorno", text("pasto", "meal"), gestore.prezzi.pasto_giorno),
    )
    for key, words, price in prices:
        yield Parameter(f"{owner}.prezzi.{key}", f"{name}: {words}", price, False)
    words = text("parte dovuta per un posto vuoto", "part due for an empty place")
    yield Parameter(f"{owner}.vuoto_per_pieno", f"{name}: {words}", gestore.vuoto_per_pieno, True)
    for fascia in gestore.fasce:
        key = f"{owner}.fasce.{fascia.id}.prezzo_mese"
        words = text("{fascia} al mese", "{fascia} per month", fascia=fascia.id)
        yield Parameter(key, f"{name}: {words}", fascia.prezzo_mese, False)


def _of_payer(scenario: Scenario, payer: Pagatore) -> Iterator[Parameter]:
    owner = f"pagatori.{payer.id}"
    if payer.modo == "quota":
        words = text("parte di ciò che resta", "part of what is left")
        yield Parameter(f"{owner}.quota", f"{payer.id}: {words}", payer.quota, True)
    if payer.modo == "fisso_mese":
        words = text("per bambino e mese", "per child and month")
        yield Parameter(f"{owner}.importo_mese", f"{payer.id}: {words}", payer.importo_mese, False)
    if payer.modo == "fisso_ora":
        for season in scenario.stagioni:
            words = text("per ora di un bambino, {season}", "per hour of a child, {season}", season=season.id)
            price = hourly(payer, season.inizio)
            yield Parameter(f"{owner}.importo_ora.{season.id}", f"{payer.id}: {words}", price, False)
    if payer.modo == "inps":
        yield from _of_tables(scenario, payer)
    if payer.massimo_mese is not None:
        words = text("al massimo per bambino e mese", "at most per child and month")
        yield Parameter(f"{owner}.massimo_mese", f"{payer.id}: {words}", payer.massimo_mese, False)


def _of_tables(scenario: Scenario, payer: Pagatore) -> Iterator[Parameter]:
    """List the rows of the INPS bonus that hold one figure over the whole plan."""
    days = [season.inizio for season in scenario.stagioni] + [season.fine for season in scenario.stagioni]
    for key in bonus_keys():
        figures = {voce(key, day).valore for day in days}
        if (".mese_" in key or key == INSTALMENTS) and len(figures) == 1:
            words = text("mensilità in un anno", "instalments in a year")
            if key != INSTALMENTS:
                words = key.removeprefix("inps.bonus.").replace(".", ", ").replace("_", " ")
            yield Parameter(key, f"{payer.id}: {words}", Decimal(figures.pop()), False)


@dataclass(frozen=True, slots=True)
class PriceList:
    """Prices that are shown beside the parameters, and that nothing follows.

    Attributes
    ----------
    title, words
        What they are, and why nothing follows them.
    rows
        Whose, euro, for what.
    """

    title: str
    words: str
    rows: tuple[tuple[str, Decimal, str], ...]


def parameter_sheet(
    book: Book, notice: str, listed: tuple[Parameter, ...], advice: str, others: PriceList | None = None
) -> frozenset[str]:
    """Write the sheet of the parameters and name its cells.

    Parameters
    ----------
    book
        The workbook.
    notice
        ``DATI SINTETICI``, or nothing.
    listed
        The parameters.
    advice
        What follows them in this workbook, and what does not.
    others
        Prices shown under them.

    Returns
    -------
    frozenset of str
        The names.
    """
    sheet: Sheet = book.sheet(text("Parametri", "Parameters"))
    columns = (
        Column(text("Che cosa", "What"), 58),
        Column(text("Valore", "Value"), 14, "input"),
        Column(text("Chiave dello scenario", "Key of the scenario"), 58, "code"),
    )
    sheet.widths(columns)
    sheet.heading(0, text("Parametri", "Parameters"))
    sheet.put(1, 0, notice, "notice")
    sheet.put(2, 0, advice)
    sheet.table(4, columns, [])
    for row, parameter in enumerate(listed, 5):
        sheet.put(row, 0, parameter.words)
        sheet.put(row, 1, parameter.value, "input_share" if parameter.share else "input")
        sheet.put(row, 2, parameter.name, "code")
        book.name(parameter.name, sheet, row, 1)
    if others is not None:
        _price_list(sheet, 6 + len(listed), others)
    sheet.freeze(5)
    return frozenset(parameter.name for parameter in listed)


def _price_list(sheet: Sheet, row: int, others: PriceList) -> None:
    sheet.heading(row, others.title)
    sheet.put(row + 1, 0, others.words)
    columns = (
        Column(text("Gestore", "Provider"), 0),
        Column("EUR", 0, "euro"),
        Column(text("per", "per"), 0),
    )
    sheet.table(row + 2, columns, others.rows)
