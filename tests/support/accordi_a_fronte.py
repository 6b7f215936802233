"""Random plans with real care windows, whose simulated agreements are judged by the independent half."""

import random
from types import MappingProxyType
from typing import Any

from accordi_casuali import (
    PROVIDERS,
    SEASONS,
    random_events,
    random_framework,
    random_payers,
    random_providers,
)
from accordi_finti import COMPANIES, scenario_of
from documenti_accordi import result_of

from nido.matching.checker import build_case, check_agreements
from nido.report.accordi import Origin, simulate_agreements
from nido.scenari.load import Loaded, canonical_json
from nido.scenari.schema import Scenario

HOURS = ("08:00-12:00", "12:00-16:00", "08:00-16:00", "10:00-14:30")
# The only hours for which the early opening is of use.
EARLY = "07:00-13:00"
DIGEST = "0" * 64


def differences(seed: int) -> list[str]:
    """Say what the independent half does not confirm of the agreements of a random case."""
    scenario, result = random_result(seed)
    document = simulate_agreements(loaded(scenario), result, Origin(DIGEST, DIGEST))
    found = check_agreements(scenario, result, document)
    return [f"{one.regola}:{one.dove}: {one.dettaglio}" for one in found]


def loaded(scenario: Scenario) -> Loaded:
    """Wrap a scenario as if it had been read from a file."""
    return Loaded(
        scenario=scenario,
        travel_matrix=MappingProxyType({}),
        canonical=canonical_json(scenario),
        sha256=DIGEST,
        source="prova",
    )


def random_result(seed: int) -> tuple[Scenario, dict[str, Any]]:
    """Draw a scenario with clauses and courses of events, and the result of a plan of it."""
    draw = random.Random(f"a fronte {seed}")
    children: dict[str, Any] = {}
    assigned: dict[tuple[str, str], str] = {}
    booked: dict[tuple[str, str], list[str]] = {}
    hours: dict[str, str] = {}
    for number in range(draw.randint(1, 8)):
        name, provider = f"{draw.choice('AB')}{number}", draw.choice((*PROVIDERS, "girasole", "girasole"))
        children[name] = (provider, "giorno")
        hours[name] = draw.choice((*HOURS, EARLY))
        moved = draw.choice(PROVIDERS) if draw.random() < 0.2 else provider
        for season in SEASONS:
            if draw.random() < 0.85 or season == SEASONS[0]:
                where = moved if season == SEASONS[-1] else provider
                assigned[name, season] = where
                if where != "tate" and hours[name] == EARLY and draw.random() < 0.7:
                    booked[name, season] = ["anticipo"]
    bambini = [_child(draw, name, hours[name]) for name in children]
    framework = random_framework(draw)
    if draw.random() < 0.4:
        lending = {"tra_dipendenti": draw.random() < 0.5, "tra_gestori": True, "tra_aziende": True}
        framework["clausole"] |= {"trasferimento": lending, "posto_nuovo": {"modo": "prioritario"}}
    events = random_events(draw, children, framework)
    framework["percorsi"] = [{"id": "strada", "probabilita": draw.choice((0, 0.3, 1)), "eventi": events}]
    if draw.random() < 0.4:
        rates = {key: draw.choice((0, 0.3, 0.6)) for key in ("uscite_anno", "ingressi_anno", "cambi_anno")}
        framework["percorsi_generati"] = {"numero": 2, "seme": seed, "disdetta": 0.5, **rates}
    rule = {"attiva": draw.random() < 0.9, "condivisione_tra_aziende": draw.random() < 0.3}
    scenario = scenario_of(
        children,
        framework,
        bambini=bambini,
        gestori=random_providers(draw, (4, 7, 9)),
        pagatori=random_payers(draw),
        regole={"posti_riservati": rule},
    )
    result = result_of(build_case(scenario), assigned, booked)
    for row in result["accordi"]:
        row["posti"] += draw.choice((0, 0, 1, 2))
    return scenario, result


def _child(draw: random.Random, name: str, hours: str) -> dict[str, Any]:
    child: dict[str, Any] = {
        "id": name,
        "azienda": COMPANIES[name[0]],
        "nascita": "2025-06-10",
        "comune": "Pergine Valsugana",
        "finestre": [{"giorni": "lun-ven", "orario": hours}],
    }
    if draw.random() < 0.3:
        child["ingresso"] = draw.choice(("2026-10-12", "2026-11-01"))
    if draw.random() < 0.2:
        child["assenze"] = [{"inizio": "2027-02-01", "fine": "2027-03-10"}]
    if draw.random() < 0.3:
        child["isee"] = draw.choice((9000, 35000))
    return child
