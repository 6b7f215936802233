"""Plans written by hand, without a solve: two companies, a nido and a Tagesmutter, one educational year."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from nido.accordi.amount import season_months
from nido.accordi.simulazione.convenzione import Plan, lay_out
from nido.accordi.simulazione.corsa import ConvenzioneMese, Corsa, Corso
from nido.accordi.simulazione.play import simulate
from nido.matching.presence import MonthOfSite, Presence
from nido.matching.solution import Agreement, Assignment
from nido.matching.stored import StoredPlan
from nido.scenari.accordo_quadro import Percorso
from nido.scenari.schema import Scenario

# Presence at two moments of every day: both, the first, the second.
HOURS = {"giorno": (1, 1), "mattina": (1, 0), "sera": (0, 1), "mai": (0, 0)}
MINUTES_IN_MONTH = 6000
MEALS_IN_MONTH = 20

# A place costs 800.00, the early opening 60.00, an hour 8.00, a meal 5.00; an empty place owes one half.
CASE: dict[str, Any] = {
    "formato": "nido-scenario/1",
    "nome": "accordi di prova",
    "dati_sintetici": True,
    "stagioni": [
        {"id": "autunno", "inizio": "2026-09-01", "fine": "2026-12-31"},
        {"id": "primavera", "inizio": "2027-01-01", "fine": "2027-06-30"},
        {"id": "estate", "inizio": "2027-07-01", "fine": "2027-08-31"},
    ],
    "aziende": [
        {"id": "alfa", "nome": "Alfa", "sede": {"comune": "Pergine Valsugana"}, "quota": "0.5"},
        {"id": "beta", "nome": "Beta", "sede": {"comune": "Levico Terme"}, "quota": "0.25"},
    ],
    "gestori": [
        {
            "id": name,
            "nome": name.title(),
            "tipo": "nido",
            "comune": "Pergine Valsugana",
            "posti": 6,
            "base": {"giorni": "lun-ven", "orario": "08:00-16:00"},
            "fasce": [
                {"id": "anticipo", "giorni": "lun-ven", "orario": "06:30-08:00", "prezzo_mese": 60},
            ],
            "vuoto_per_pieno": "0.5",
            "prezzi": {"posto_mese": 800, "pasto_giorno": 5},
        }
        for name in ("girasole", "papavero")
    ]
    + [
        {
            "id": "tate",
            "nome": "Tate",
            "tipo": "tagesmutter",
            "comune": "Levico Terme",
            "posti": 5,
            "base": {"giorni": "lun-ven", "orario": "07:00-19:00"},
            "prezzi": {"ora_bambino": 8},
        }
    ],
    "pagatori": [
        {"id": "azienda", "modo": "quota_azienda", "voci": ["posto", "fascia", "ora"]},
        {"id": "azienda_vuoti", "modo": "quota", "quota": 1, "voci": ["vuoto"]},
        {"id": "famiglia", "modo": "residuo", "voci": ["posto", "fascia", "ora", "pasto"]},
    ],
}
SEASONS = tuple(season["id"] for season in CASE["stagioni"])
COMPANIES = {"A": "alfa", "B": "beta"}

# Every clause once.
CLAUSES_WRITTEN: dict[str, Any] = {
    "durata_minima": {"mesi": 12},
    "rinnovo": {"mesi": 12, "volte": 1, "preavviso_mesi": 3},
    "preavviso": {},
    "vuoto_per_pieno": {"quota": 0.6},
    "sostituzione": {"quota": 1},
    "rilascio_mercato": {"mesi_rivendita": 2},
    "rilascio_annuale": {},
    "trasferimento": {"tra_aziende": True},
    "posto_nuovo": {},
    "posti_minimi": {"posti": 1},
    "posti_massimi": {"posti": 4},
    "sconto_volume": {"scaglioni": [{"posti": 3, "sconto": 0.05}, {"posti": 6, "sconto": 0.1}]},
    "indicizzazione": {"variazione_annua": 0.02},
    "deposito": {"mensilita": 1},
    "solo_stagioni": {"stagioni": ["autunno"]},
    "prenotazioni_minime": {"fascia": "anticipo", "bambini": 2},
    "ore_minime": {"ore_mese": 100},
    "quota_residenti": {"quota": 0.1},
    "rifiuto": {"massimo": 2},
}

# Child -> provider, hours, seasons, fasce; the company is told by the first letter.
Child = tuple[str, str] | tuple[str, str, tuple[str, ...]] | tuple[str, str, tuple[str, ...], tuple[str, ...]]


def scenario_of(children: Mapping[str, Child], framework: Mapping[str, Any], **changes: Any) -> Scenario:
    """Write the scenario of some children and a framework agreement."""
    born = {"nascita": "2025-05-01", "comune": "Pergine Valsugana"}
    bambini = [{"id": name, "azienda": COMPANIES[name[0]], **born} for name in children]
    return Scenario.model_validate(CASE | {"bambini": bambini, "accordo_quadro": dict(framework)} | changes)


def plan_of(
    children: Mapping[str, Child],
    posti: Mapping[tuple[str, str], int] | None = None,
    framework: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Plan:
    """Lay out a plan: children at their providers, and the places reserved beyond their peak."""
    return plan_for(scenario_of(children, framework or {}, **changes), children, posti or {})


def plan_for(scenario: Scenario, children: Mapping[str, Child], posti: Mapping[tuple[str, str], int]) -> Plan:
    """Lay out the plan of a scenario."""
    months = {season.id: season_months(season) for season in scenario.stagioni}
    served: list[Assignment] = []
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for name, child in children.items():
        gestore, hours, seasons, fasce = (*child, SEASONS, ())[:4] if len(child) == 2 else (*child, ())[:4]
        for season in seasons:
            served.append(_assignment(name, gestore, season, months[season], fasce))
            for month in months[season]:
                rows.setdefault((gestore, month), {})[name] = np.array(HOURS[hours], dtype=np.int16)
    accordi = _agreements(scenario, served, rows, months, posti)
    fasce_months = {
        (gestore.id, fascia.id): frozenset(month for every in months.values() for month in every)
        for gestore in scenario.gestori
        for fascia in gestore.fasce
    }
    presence = Presence({key: _month(found) for key, found in rows.items()}, fasce_months)
    opened = frozenset((one.gestore, fascia, one.stagione) for one in served for fascia in one.fasce)
    return lay_out(scenario, StoredPlan(tuple(served), tuple(accordi), opened), presence)


def _month(rows: Mapping[str, Any]) -> MonthOfSite:
    there = {name: int(row.any()) for name, row in rows.items()}
    return MonthOfSite(
        rows=rows,
        minutes={name: MINUTES_IN_MONTH * present for name, present in there.items()},
        meals={name: MEALS_IN_MONTH * present for name, present in there.items()},
    )


def _assignment(
    name: str, gestore: str, season: str, months: tuple[str, ...], fasce: tuple[str, ...]
) -> Assignment:
    return Assignment(
        bambino=name,
        azienda=COMPANIES[name[0]],
        gestore=gestore,
        stagione=season,
        minuti_richiesti=MINUTES_IN_MONTH * len(months),
        minuti_scoperti=0,
        fasce=fasce,
        giorni=20 * len(months),
        giorni_pasto=MEALS_IN_MONTH * len(months),
        deviazione_minuti=0,
        mesi=months,
        mesi_fascia={fascia: months for fascia in fasce},
    )


def _agreements(
    scenario: Scenario,
    served: list[Assignment],
    rows: Mapping[tuple[str, str], Mapping[str, Any]],
    months: Mapping[str, tuple[str, ...]],
    posti: Mapping[tuple[str, str], int],
) -> list[Agreement]:
    found: list[Agreement] = []
    for azienda in scenario.aziende:
        for gestore in scenario.gestori:
            for season in scenario.stagioni:
                key = (azienda.id, gestore.id, season.id)
                mine = [one.bambino for one in served if (one.azienda, one.gestore, one.stagione) == key]
                if mine:
                    there = (rows[gestore.id, month] for month in months[season.id])
                    peaks = [int(sum(row[name] for name in mine).max()) for row in there]
                    least = posti.get((azienda.id, gestore.id), 0)
                    used = dict(zip(months[season.id], peaks, strict=True))
                    found.append(Agreement(*key, max(least, *peaks), len(mine), used))
    return found


def play(plan: Plan, *events: Mapping[str, Any], vuoto: bool = False) -> Corsa:
    """Play some events through a plan."""
    percorso = Percorso.model_validate({"id": "prova", "eventi": list(events)})
    return simulate(plan, Corso("prova", "", Fraction(1), percorso.eventi, vuoto))


def months_of(corsa: Corsa, azienda: str = "alfa", gestore: str = "girasole") -> dict[str, ConvenzioneMese]:
    """Give the months of a convention, by name."""
    found = (month for month in corsa.mesi if (month.azienda, month.gestore) == (azienda, gestore))
    return {month.mese.mese: month for month in found}


def due(corsa: Corsa, componente: str, azienda: str = "alfa", gestore: str = "girasole") -> dict[str, int]:
    """Give what a convention owes for a component, in cents by date."""
    found: dict[str, int] = {}
    for riga in corsa.righe:
        if (riga.componente, riga.azienda, riga.gestore) == (componente, azienda, gestore):
            found[f"{riga.data:%Y-%m}"] = found.get(f"{riga.data:%Y-%m}", 0) + riga.importo_cent
    return found
