"""The figures of the framework agreement that no source verifies, listed again (docs/modello.md, 15)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from nido.matching.verifica.caso import Case
from nido.matching.verifica.ipotesi_scenario import FROM_SCENARIO, SUPPOSED, WORDS, Figure, compared, plain

# Clause -> its figures, each with unit and row of the tables.
FIGURES: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "durata_minima": (("mesi", "mesi", ""),),
    "rinnovo": (("mesi", "mesi", ""), ("volte", "numero", ""), ("preavviso_mesi", "mesi", "")),
    "preavviso": (("giorni", "giorni", "clausole.preavviso"),),
    "vuoto_per_pieno": (("quota", "rapporto", "clausole.vuoto_per_pieno"),),
    "sostituzione": (("giorni", "giorni", "clausole.sostituzione"), ("quota", "rapporto", "")),
    "rilascio_mercato": (("mesi_rivendita", "mesi", ""), ("credito", "rapporto", "")),
    "rilascio_annuale": (("mese", "numero", ""),),
    "posti_minimi": (("posti", "posti", ""),),
    "posti_massimi": (("posti", "posti", ""),),
    "sconto_volume": (("scaglioni", WORDS, ""),),
    "indicizzazione": (
        ("quota", "rapporto", "clausole.indicizzazione"),
        ("variazione_annua", "rapporto", ""),
    ),
    "deposito": (("mensilita", "mesi", ""),),
    "prenotazioni_minime": (("bambini", "bambini", ""),),
    "ore_minime": (("ore_mese", "ore/mese", ""),),
    "quota_residenti": (("quota", "rapporto", ""),),
    "rifiuto": (("massimo", "numero", ""),),
}


def framework_figures(case: Case) -> Iterator[Figure]:
    """List the figures of length, clauses, exceptions and courses of events."""
    scenario = case.scenario
    framework = scenario.accordo_quadro
    start, end = scenario.stagioni[0].inizio, scenario.stagioni[-1].fine
    begun = framework.inizio or f"{start:%Y-%m}"
    left = (end.year - int(begun[:4])) * 12 + end.month - int(begun[5:]) + 1
    if framework.durata_mesi is not None and framework.durata_mesi > left:
        yield _stated("durata_mesi", Decimal(framework.durata_mesi), "mesi", None)
    yield from _agreed("clausole", framework.clausole.model_dump())
    for place, other in enumerate(framework.eccezioni):
        yield from _agreed(f"eccezioni[#{place + 1}].clausole", other.clausole.model_dump())
    for course in framework.percorsi:
        if course.probabilita:
            yield _stated(f"percorsi.{course.id}.probabilita", course.probabilita, "rapporto")
    drawn = framework.percorsi_generati
    if drawn is not None:
        rates = {
            "uscite_anno": drawn.uscite_anno,
            "ingressi_anno": drawn.ingressi_anno,
            "cambi_anno": drawn.cambi_anno,
            "disdetta": drawn.disdetta,
        }
        for key, rate in rates.items():
            if rate:
                yield _stated(f"percorsi_generati.{key}", rate, "rapporto")


def _agreed(group: str, clauses: Mapping[str, Any]) -> Iterator[Figure]:
    for name, figures in FIGURES.items():
        agreed = clauses[name]
        for field, unit, row in figures if agreed is not None else ():
            key, value = f"{group}.{name}.{field}", agreed[field]
            if value is None:
                continue
            if unit == WORDS:
                steps = [f"posti {plain(Decimal(s['posti']))}, sconto {plain(s['sconto'])}" for s in value]
                yield Figure(f"accordo_quadro.{key}", "; ".join(steps), WORDS, FROM_SCENARIO, SUPPOSED, "")
            elif row:
                yield from compared(f"accordo_quadro.{key}", value, unit, row)
            else:
                yield _stated(key, Decimal(value), unit)


def _stated(key: str, value: Decimal, unit: str, note: str | None = "") -> Figure:
    return Figure(f"accordo_quadro.{key}", plain(value), unit, FROM_SCENARIO, SUPPOSED, note)
