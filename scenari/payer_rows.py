"""Rows of the tables on which the payers and the VAT of a scenario rest."""

from collections.abc import Iterator, Mapping
from datetime import date

from nido.scenari.offerta import VAT_ROWS
from nido.scenari.regole import ModoPagatore, Pagatore
from nido.scenari.schema import Scenario, Stagione
from nido.scenari.tariffe import TABULATED, fee_rows

ROWS: Mapping[ModoPagatore, tuple[str, ...]] = {
    "buoni": ("buoni.icef_massimo", "buoni.quota_famiglia.eta_0_3_percento"),
    "irpef": ("fisco.detrazione_irpef.percento", "fisco.detrazione_irpef.spesa_massima"),
}
TRANSFER = ("trasferimenti.nido.tempo_pieno", "trasferimenti.nido.part_time_percento")


def payer_keys(scenario: Scenario, payer: Pagatore) -> tuple[str, ...]:
    """Give the rows that a payer takes its figures from, the INPS bonus and ``importo_tabella`` apart.

    Parameters
    ----------
    scenario
        The scenario, whose own fees come before those of the tables.
    payer
        One of its payers.

    Returns
    -------
    tuple of str
        Keys of rows.
    """
    if payer.modo == "trasferimento":
        return TRANSFER if payer.ammesso else ()
    written = {tariffa.id for tariffa in scenario.tariffe}
    if payer.tariffa is not None and payer.tariffa in TABULATED and payer.tariffa not in written:
        return tuple(fee_rows(payer.tariffa).values())
    return ROWS.get(payer.modo, ())


def vat_keys(scenario: Scenario) -> tuple[str, ...]:
    """Give the rows of the VAT rates in use, each once."""
    schemes = dict.fromkeys(gestore.regime_iva for gestore in scenario.gestori)
    return tuple(VAT_ROWS[scheme] for scheme in schemes if scheme in VAT_ROWS)


def present_days(payer: Pagatore, seasons: tuple[Stagione, ...]) -> Iterator[date]:
    """Give the first day, in each season, on which a payer is there."""
    for season in seasons:
        first = max(season.inizio, payer.dal or season.inizio)
        if first <= min(season.fine, payer.al or season.fine):
            yield first
