"""The figures of payers, fees and VAT that no source verifies, listed again (docs/modello.md, section 15)."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from nido.data import voce
from nido.matching.verifica.caso import Case
from nido.matching.verifica.ipotesi_scenario import (
    FROM_SCENARIO,
    SUPPOSED,
    SURE,
    WORDS,
    Figure,
    compared,
    plain,
    said_of,
)
from nido.matching.verifica.iva import RATES
from nido.matching.verifica.rette import WITHOUT_DAYS
from nido.scenari.regole import Pagatore

SHARED = ("quota", "cofinanziamento")
MONTHLY = ("fisso_mese", "fisso_azienda", "differenza_azienda", "buoni")


def payer_figures(case: Case) -> Iterator[Figure]:
    """List what is assumed of payers, fees and VAT."""
    for payer in case.scenario.pagatori:
        yield from _stated(case, payer)
    for payer in case.scenario.pagatori:
        for season in case.scenario.stagioni:
            first = max(season.inizio, payer.dal or season.inizio)
            if first <= min(season.fine, payer.al or season.fine):
                yield from _rows(_keys(case, payer), first)
    for season in case.scenario.stagioni:
        schemes = [RATES.get(provider.regime_iva) for provider in case.gestori.values()]
        yield from _rows([row for row in schemes if row is not None], season.inizio)
    for fee in case.scenario.tariffe:
        group = fee.model_dump(mode="json", exclude={"id", "fonte"})
        yield Figure(f"tariffe.{fee.id}", said_of(group), WORDS, FROM_SCENARIO, SUPPOSED, fee.fonte)


def _stated(case: Case, payer: Pagatore) -> Iterator[Figure]:
    start = f"pagatori.{payer.id}"

    def own(key: str, value: Decimal, unit: str) -> Figure:
        return Figure(f"{start}.{key}", plain(value), unit, FROM_SCENARIO, SUPPOSED, "")

    if payer.modo in SHARED:
        yield own("quota", payer.quota, "rapporto")
    if payer.modo == "cofinanziamento":
        yield own("quota_certificata", payer.quota_certificata, "rapporto")
    if payer.modo in MONTHLY:
        yield own("importo_mese", payer.importo_mese, "EUR/mese")
    if payer.modo == "buoni":
        yield own("valore_buono", payer.valore_buono, "EUR")
        row = "buoni.numero_anno_sotto_3_anni"
        yield from compared(f"{start}.buoni_anno", payer.buoni_anno, "numero", row)
    if payer.importo_tabella is not None:
        yield _hourly_row(case, payer.id, payer.importo_tabella)
    elif payer.modo == "fisso_ora":
        yield own("importo_ora", payer.importo_ora, "EUR/ora_bambino")
    if payer.massimo_mese is not None:
        yield own("massimo_mese", payer.massimo_mese, "EUR/mese")
    if payer.massimo_quota is not None:
        yield own("massimo_quota", payer.massimo_quota, "rapporto")
    if payer.modo == "trasferimento":
        yield Figure(f"{start}.ammesso", said_of(payer.ammesso), "scelta", FROM_SCENARIO, SUPPOSED, "")


def _hourly_row(case: Case, payer: str, row: str) -> Figure:
    """Give the amount of a payer that names a row: published or not, that it pays this is assumed."""
    rows = [voce(row, season.inizio) for season in case.scenario.stagioni]
    said = dict.fromkeys(plain(found.numero) for found in rows)
    first, key = rows[0], f"pagatori.{payer}.importo_tabella"
    return Figure(key, ", ".join(said), first.unita, first.fonte, SUPPOSED, first.nota)


def _keys(case: Case, payer: Pagatore) -> list[str]:
    """Rows of the tables on which a payer rests."""
    if payer.modo == "trasferimento" and payer.ammesso:
        return ["trasferimenti.nido.tempo_pieno", "trasferimenti.nido.part_time_percento"]
    if payer.modo == "buoni":
        return ["buoni.icef_massimo", "buoni.quota_famiglia.eta_0_3_percento"]
    if payer.modo == "irpef":
        return ["fisco.detrazione_irpef.percento", "fisco.detrazione_irpef.spesa_massima"]
    written = {fee.id for fee in case.scenario.tariffe}
    if payer.modo not in ("retta", "differenza_azienda") or payer.tariffa in written:
        return []
    ends = ["icef_minimo", "icef_massimo", "riduzione_fratello", "riduzione_gemello"]
    if payer.tariffa == WITHOUT_DAYS:
        ends += ["tempo_pieno_minima", "tempo_pieno_massima"]
    else:
        ends += ["quota_fissa_minima", "quota_fissa_massima", "quota_giornaliera"]
    return [f"rette.{payer.tariffa}.{end}" for end in ends]


def _rows(keys: Iterable[str], day: date) -> Iterator[Figure]:
    for key in keys:
        found = voce(key, day)
        if found.stato != SURE:
            yield Figure(found.chiave, found.valore, found.unita, found.fonte, found.stato, found.nota)
