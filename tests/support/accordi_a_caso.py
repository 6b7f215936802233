"""Random plans, clauses, payers and courses of events, and the document that the simulator makes of them."""

import json
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from casi_verifica import azienda, bambino, fascia, finestra, gestore, scenario
from documenti_accordi import result_of
from pile_a_caso import TARIFF, random_payer

from nido.matching.checker import check_agreements
from nido.matching.verifica.caso import Case, build_case
from nido.matching.verifica.clausole.mesi import months
from nido.matching.verifica.clausole.patti import build_frame
from nido.matching.verifica.documento import read_plan
from nido.matching.verifica.finestre import requests
from nido.matching.verifica.presenze import bookable
from nido.matching.verifica.presenze import presence as there
from nido.report.accordi import Origin, play_agreements
from nido.scenari.load import canonical_json, load_canonical
from nido.scenari.schema import Scenario

Document = dict[str, Any]
EVERY = ["posto", "vuoto", "fascia", "ora", "pasto"]
# The tables say nothing of vouchers after it.
LAST_VOUCHERS = "2027-12"
COMPANIES = ["alfa", "beta", "gamma"]
HOURS = ["07:00-12:30", "08:00-11:00", "11:00-15:00", "12:00-16:00", "14:00-17:30", "09:00-13:00"]
DAYS = ["lun-ven", "lun-mer", "gio-ven", "mar"]
SEASONS = [
    [("anno", "2026-09-01", "2027-08-31")],
    [("autunno", "2026-09-01", "2026-12-31"), ("primavera", "2027-01-01", "2027-06-30")],
    [("autunno", "2026-10-01", "2026-11-30"), ("estate", "2027-06-01", "2027-07-31")],
    [
        ("autunno", "2026-09-01", "2026-12-31"),
        ("inverno", "2027-01-01", "2027-02-28"),
        ("primavera", "2027-03-01", "2027-09-30"),
    ],
]


def share(lot: Random) -> str:
    """Draw a share, often 0 or 1."""
    return lot.choice(["0", "1", "0.5", "0.25", f"0.{lot.randrange(1, 1000):03d}"])


def euro(lot: Random, most: int) -> str:
    """Draw an amount."""
    return lot.choice(["0", str(lot.randrange(most)), f"{lot.randrange(most)}.{lot.randrange(100):02d}"])


def one_of(lot: Random, names: Any) -> Any:
    """Choose one of some."""
    return lot.choice(list(names))


CLAUSES: Mapping[str, Callable[[Random, list[str]], dict[str, Any]]] = {
    "durata_minima": lambda lot, _: {"mesi": lot.randrange(1, 15)},
    "rinnovo": lambda lot, _: {
        "mesi": lot.randrange(1, 9),
        "volte": lot.randrange(5),
        "preavviso_mesi": lot.randrange(4),
    },
    "preavviso": lambda lot, _: {"giorni": lot.choice([0, 1, 30, 31, 60, 100])},
    "vuoto_per_pieno": lambda lot, _: {"quota": share(lot)},
    "sostituzione": lambda lot, _: {
        "giorni": lot.choice([0, 30, 45, 90]),
        **({"quota": share(lot)} if lot.random() < 0.6 else {}),
    },
    "rilascio_mercato": lambda lot, _: {"mesi_rivendita": lot.randrange(4), "credito": share(lot)},
    "rilascio_annuale": lambda lot, _: {"mese": lot.randrange(1, 9)},
    "trasferimento": lambda lot, _: {
        name: lot.random() < 0.6 for name in ("tra_dipendenti", "tra_gestori", "tra_aziende")
    },
    "posto_nuovo": lambda lot, _: {"modo": lot.choice(["garantito", "prioritario"])},
    "posti_minimi": lambda lot, _: {"posti": lot.randrange(1, 5)},
    "posti_massimi": lambda lot, _: {"posti": lot.randrange(1, 6)},
    "sconto_volume": lambda lot, _: {
        "conta": lot.choice(["accordo", "azienda", "gestore"]),
        "scaglioni": [{"posti": posti, "sconto": share(lot)} for posti in sorted(lot.sample(range(1, 7), 2))],
    },
    "indicizzazione": lambda lot, _: {
        "quota": share(lot),
        "variazione_annua": lot.choice(["0.02", "-0.05", "0.0137", "0"]),
    },
    "deposito": lambda lot, _: {"mensilita": lot.choice(["1", "0.5", "1.25"])},
    "solo_stagioni": lambda lot, seasons: {"stagioni": lot.sample(seasons, lot.randint(1, len(seasons)))},
    "prenotazioni_minime": lambda lot, _: {"fascia": "anticipo", "bambini": lot.randrange(1, 5)},
    "ore_minime": lambda lot, _: {"ore_mese": lot.randrange(1, 200)},
    "quota_residenti": lambda lot, _: {"quota": share(lot)},
    "rifiuto": lambda lot, _: {"massimo": lot.randrange(1, 3)},
}


def clauses(lot: Random, seasons: list[str], likely: float) -> dict[str, Any]:
    """Draw clauses."""
    # What stops every life, or every place, would leave little to compare.
    rare = {"solo_stagioni": 0.1, "quota_residenti": 0.15, "posti_massimi": 0.15, "rinnovo": 0.15}
    return {
        name: draw(lot, seasons)
        for name, draw in CLAUSES.items()
        if lot.random() < min(likely, rare.get(name, 1.0))
    }


def payers(lot: Random) -> list[dict[str, Any]]:
    """Draw a stack of any modes, without what a date in a season would forbid."""
    found: list[dict[str, Any]] = []
    for place in range(lot.randrange(1, 6)):
        found.append(random_payer(lot, f"p{place}", found))
    for payer in found:
        payer.pop("dal", None)
        payer.pop("al", None)
    if lot.random() < 0.7:
        found.append({"id": "famiglia", "modo": "residuo", "voci": EVERY})
    return found


def children_of(lot: Random) -> list[dict[str, Any]]:
    """Draw from three to eight children."""
    found = []
    for number in range(1, lot.randrange(3, 9) + 1):
        more: dict[str, Any] = {
            "azienda": lot.choice(COMPANIES),
            "nascita": lot.choice(["2025-06-10", "2026-01-20", "2024-09-05", "2023-12-01"]),
            "finestre": [finestra(lot.choice(HOURS), lot.choice(DAYS))],
        }
        if lot.random() < 0.6:
            more["icef"] = lot.choice(["0.05", "0.255", "0.9"])
        if number > 1 and lot.random() < 0.3:
            more["fratello_di"] = f"B{lot.randrange(1, number)}"
        more["nido_comunale"] = lot.choice(["disponibile", "escluso"])
        if lot.random() < 0.3:
            more["isee"] = lot.choice(["10000", "30000", "50000"])
        if lot.random() < 0.3:
            more["ingresso"] = lot.choice(["2026-10-15", "2027-01-01", "2027-06-20"])
        if lot.random() < 0.2:
            more["uscita"] = lot.choice(["2026-12-10", "2027-02-01", "2027-07-01"])
        found.append(bambino(f"B{number}", **more))
    return found


def providers_of(lot: Random, seasons: list[str]) -> list[dict[str, Any]]:
    """Draw two nidi and a Tagesmutter."""
    found = []
    for name in ("uno", "due", "tata"):
        hourly = name == "tata"
        more: dict[str, Any] = {
            "posti": lot.randrange(1, 9),
            "prezzi": {
                "posto_mese": "0" if hourly and lot.random() < 0.7 else euro(lot, 900),
                "ora_bambino": euro(lot, 10) if hourly else "0",
                "pasto_giorno": lot.choice(["0", "5", "4.35"]),
            },
            "vuoto_per_pieno": share(lot),
            "elenco_buoni": lot.random() < 0.7,
            "regime_iva": lot.choice(["esente", "esente", "cinque_percento", "ventidue_percento"]),
            "posti_minimi_accordo": lot.choice([0, 0, 0, 2]),
        }
        if lot.random() < 0.3:
            more["posti_stagione"] = {lot.choice(seasons): lot.randrange(1, 9)}
        if not hourly:
            where = lot.sample(seasons, lot.randint(1, len(seasons))) if lot.random() < 0.5 else []
            more["fasce"] = [
                fascia("anticipo", "07:00-08:00", stagioni=where, prezzo_mese=euro(lot, 90)),
                fascia("posticipo", "16:00-18:00", prezzo_mese=euro(lot, 90), gia_aperta=lot.random() < 0.3),
            ]
        found.append(gestore(name, tipo="tagesmutter" if hourly else "nido", **more))
    return found


def random_case(seed: int) -> tuple[Scenario, Document]:
    """Draw a scenario and the result of a plan, which need not be good.

    Parameters
    ----------
    seed
        Of the lot.
    """
    lot = Random(seed)
    stated = lot.choice(SEASONS)
    seasons = [name for name, _, _ in stated]
    data: dict[str, Any] = {
        "stagioni": [{"id": name, "inizio": start, "fine": end} for name, start, end in stated],
        "aziende": [azienda(name, quota=share(lot), certificata=lot.random() < 0.5) for name in COMPANIES],
        "gestori": providers_of(lot, seasons),
        "pagatori": payers(lot),
        "tariffe": [TARIFF],
        "regole": {
            "attivazione": {"soglia": 1},
            "posti_riservati": {
                "attiva": lot.random() < 0.8,
                "condivisione_tra_aziende": lot.random() < 0.3,
            },
        },
    }
    children = children_of(lot)
    bare = build_case(scenario(children, **data))
    assigned, booked = _plan(lot, bare)
    if not assigned:
        return random_case(seed + 1_000_003)
    result = result_of(bare, assigned, booked)
    for row in result["accordi"]:
        row["posti"] += lot.choice([0, 0, 0, 1, 2])
    data["accordo_quadro"] = _framework(lot, bare, result, seasons)
    if months(build_case(scenario(children, **data)))[-1].name > LAST_VOUCHERS:
        for payer in data["pagatori"]:
            payer["modo"] = "fisso_mese" if payer["modo"] == "buoni" else payer["modo"]
    return scenario(children, **data), result


def _plan(lot: Random, case: Case) -> tuple[dict[Any, str], dict[Any, list[str]]]:
    assigned: dict[Any, str] = {}
    booked: dict[Any, list[str]] = {}
    usual = {child: lot.choice(["uno", "uno", "due", "tata"]) for child in case.bambini}
    for child, stagione in requests(case):
        provider = usual[child] if lot.random() < 0.85 else lot.choice(["uno", "due", "tata"])
        names = [name for name in bookable(case, child, provider, stagione) if lot.random() < 0.7]
        if lot.random() < 0.9 and there(case, child, provider, stagione, frozenset(names)):
            assigned[child, stagione] = provider
            booked[child, stagione] = names
    return assigned, booked


def _framework(lot: Random, case: Case, result: Document, seasons: list[str]) -> dict[str, Any]:
    likely = lot.choice([0.1, 0.3, 0.5])
    found: dict[str, Any] = {"clausole": clauses(lot, seasons, likely)}
    if lot.random() < 0.4:
        # Waiting children and lent places would be rare otherwise.
        found["clausole"] |= {
            "posto_nuovo": {"modo": "prioritario"},
            "trasferimento": {
                "tra_dipendenti": lot.random() < 0.5,
                "tra_gestori": lot.random() < 0.7,
                "tra_aziende": lot.random() < 0.7,
            },
        }
    if lot.random() < 0.3:
        found["inizio"] = lot.choice(["2026-07", "2026-11", "2027-02"])
        found["durata_mesi"] = lot.randrange(1, 30)
    elif lot.random() < 0.7:
        found["durata_mesi"] = lot.randrange(1, 40)
    found["eccezioni"] = [
        {
            **({"azienda": lot.choice(COMPANIES)} if lot.random() < 0.7 else {}),
            **({"gestore": lot.choice(["uno", "due", "tata"])} if lot.random() < 0.4 else {}),
            "clausole": clauses(lot, seasons, 0.1),
            "senza": [name for name in CLAUSES if lot.random() < 0.05],
        }
        for _ in range(lot.randrange(3))
    ]
    data = case.scenario.model_dump(mode="json")
    data["accordo_quadro"] = found
    framed = build_case(Scenario.model_validate(data))
    plan, _ = read_plan(framed, result)
    found["percorsi"] = [
        {"id": f"corso_{number}", "probabilita": f"0.{number}", "eventi": events(lot, build_frame(plan))}
        for number in range(1, lot.randrange(2, 5))
    ]
    if lot.random() < 0.3:
        found["percorsi_generati"] = {
            "numero": lot.randrange(1, 4),
            "seme": lot.randrange(1000),
            "uscite_anno": "0.3",
            "ingressi_anno": "0.3",
            "cambi_anno": "0.3",
            "disdetta": "0.5",
        }
    return found


def events(lot: Random, frame: Any) -> list[dict[str, Any]]:
    """Draw a course of events in order of month, none of which the plan cannot have."""
    plan, found = frame.plan, []
    homes: dict[str, set[str]] = {}
    for (child, _), provider in plan.assigned.items():
        homes.setdefault(child, set()).add(provider)
    served = {child: set(names) for child, names in homes.items()}
    drawn = sorted(lot.choice(frame.months).name for _ in range(lot.randrange(20)))
    gone: set[str] = set()
    for number, month in enumerate(drawn):
        kinds = ["esce", "esce", "entra", "entra", "cambia_turno", "assume", "disdice", "recede", "rifiuta"]
        kind = lot.choice([*kinds, "entra", "rifiuta", "disdice"])
        company, provider = one_of(lot, frame.clauses)
        event: dict[str, Any] = {"tipo": kind, "mese": month}
        if kind in ("esce", "cambia_turno", "rifiuta"):
            child = lot.choice([name for name in homes if name not in gone] or list(homes))
            event["bambino"] = child
            if kind == "esce":
                gone.add(child)
            if kind == "cambia_turno":
                event["come"] = lot.choice([name for name in served if served[name] & homes[child]])
        else:
            if kind == "recede" and lot.random() < 0.6:
                continue
            event |= {"azienda": company, "gestore": provider}
            like = [name for name in served if provider in served[name]]
            if kind == "disdice":
                event["posti"] = lot.randrange(1, 4)
            if kind in ("entra", "assume"):
                event["come"] = lot.choice(like or sorted(served))
            if kind == "entra":
                event["bambino"] = f"X{number}"
                homes[f"X{number}"] = {provider}
            if kind == "assume":
                event["numero"] = lot.randrange(1, 3)
        found.append(event)
    # A convention whose children are all somebody else's has nobody to be like.
    return [one for one in found if "come" not in one or _possible(one, served, homes)]


def _possible(
    event: Mapping[str, Any], served: Mapping[str, set[str]], homes: Mapping[str, set[str]]
) -> bool:
    where = {event["gestore"]} if "gestore" in event else homes[event["bambino"]]
    return bool(where & served[event["come"]])


# --- the document ------------------------------------------------------------------------------------------


def agreements_document(plain: Scenario, result: Document) -> Document:
    """Let the simulator play every course, and give its document as it is saved."""
    loaded = load_canonical(canonical_json(plain), "scenario.json")
    document = play_agreements(loaded, result, Origin("0" * 64, "0" * 64)).document
    found: Document = json.loads(json.dumps(document))
    return found


def differences(seed: int) -> list[str]:
    """Let the checker replay what the simulator has written of a random case."""
    plain, result = random_case(seed)
    document = agreements_document(plain, result)
    return [f"{found.dove}: {found.dettaglio}" for found in check_agreements(plain, result, document)]
