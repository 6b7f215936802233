"""Random tiny scenarios that together exercise every rule, small enough to enumerate every plan."""

import random
from typing import Any

from nido.scenari.schema import Scenario

MOST_PLANS = 2000
ROTAS: list[dict[str, Any]] = [
    {
        "id": "due",
        "tipo": "settimanale",
        "inizio_ciclo": "2026-08-31",
        "settimane": [
            [{"giorni": "lun-ven", "orario": "06:30-14:00"}],
            [{"giorni": "lun-ven", "orario": "12:00-19:00"}],
        ],
    },
    {
        "id": "quinta",
        "tipo": "giorni",
        "inizio_ciclo": "2026-09-01",
        "ciclo": ["07:00-14:00", "13:00-18:00", "21:00-07:00", "riposo", "riposo"],
    },
    {
        "id": "ufficio",
        "tipo": "fissa",
        "turni": [
            {"giorni": "lun-ven", "orario": "08:30-15:30"},
            {"giorni": "sab", "orario": "08:00-12:00"},
        ],
    },
    {
        "id": "date",
        "tipo": "date",
        "turni": [{"data": f"2026-10-{day:02d}", "orario": "09:00-17:00"} for day in (5, 6, 12, 19, 30)],
    },
]
TOWNS = ("Pergine Valsugana", "Levico Terme", "Civezzano")
HOURS = ("07:00-13:00", "08:00-12:00", "09:00-16:00", "10:00-18:30", "08:00-17:30")


SUNDAY = {"id": "domenica", "tipo": "fissa", "turni": [{"giorni": "ven-dom", "orario": "06:45-13:15"}]}


def tiny_scenario(seed: int, *, wide: bool = False) -> Scenario:
    """Draw a scenario of at most `MOST_PLANS` plans.

    A wide one also has Sundays, quarters of an hour or a travel matrix.
    """
    draw, more = random.Random(seed), random.Random(f"{seed} wide")
    while True:
        data = _scenario(draw)
        if wide:
            _widen(more, data)
        scenario = Scenario.model_validate(data)
        if plans_at_most(scenario) <= MOST_PLANS:
            return scenario


def plans_at_most(scenario: Scenario) -> int:
    """Bound the number of plans: one choice per child and season, each with every set of fasce."""
    choices = 1 + sum(2 ** len(provider.fasce) for provider in scenario.gestori)
    return int(choices ** (len(scenario.bambini) * len(scenario.stagioni)))


def _scenario(draw: random.Random) -> dict[str, Any]:
    seasons = draw.choice((1, 1, 2))
    children = draw.choice((2, 3) if seasons == 2 else (2, 3, 3, 4))
    data: dict[str, Any] = {
        "formato": "nido-scenario/1",
        "nome": "caso minuscolo",
        "dati_sintetici": True,
        "passo_minuti": 30,
        "calendario": {"patrono": draw.choice((None, "Pergine Valsugana"))},
        "stagioni": [
            {"id": "ottobre", "inizio": "2026-10-01", "fine": "2026-10-31"},
            {"id": "novembre", "inizio": "2026-11-01", "fine": "2026-11-30"},
        ][:seasons],
        "domanda": {"giorni": draw.choice(("lun-ven", "lun-sab")), "festivi": draw.random() < 0.2},
        "rotazioni": ROTAS,
        "aziende": [_company(draw, name) for name in ("alfa", "beta")],
        "gestori": [_provider(draw, name, seasons) for name in ("uno", "due")],
        "regole": _rules(draw, seasons),
        "obiettivo": _objective(draw, children),
    }
    data["bambini"] = [_child(draw, k, data) for k in range(children)]
    return data


def _widen(draw: random.Random, data: dict[str, Any]) -> None:
    if draw.random() < 0.5:
        data["passo_minuti"] = 15
    if draw.random() < 0.6:
        data["domanda"] |= {"giorni": "lun-dom", "festivi": draw.random() < 0.5}
        data["rotazioni"] = [*ROTAS, SUNDAY]
        for provider in data["gestori"]:
            provider["base"]["giorni"] = draw.choice(("lun-ven", "lun-dom"))
        for child in data["bambini"]:
            if "adulti" in child and draw.random() < 0.7:
                child["adulti"][0]["turni"] = [{"rotazione": "domenica", "fase": 0}]
    if draw.random() < 0.6:
        places = [entry["id"] for key in ("aziende", "gestori", "bambini") for entry in data[key]]
        legs = [(one, other) for one in (*places, *TOWNS) for other in places if one != other]
        chosen = draw.sample(legs, len(legs) // 3)
        data["viaggio"] = {
            "matrice": [{"da": one, "a": other, "minuti": draw.randint(0, 50)} for one, other in chosen]
        }


def _company(draw: random.Random, name: str) -> dict[str, Any]:
    company: dict[str, Any] = {"id": name, "nome": name, "sede": {"comune": draw.choice(TOWNS)}, "quota": 0.5}
    if draw.random() < 0.35:
        company["budget_annuo"] = draw.choice((300, 650, 1000, 1600))
    if draw.random() < 0.15:
        company["posti_massimi"] = draw.choice((0, 1, 2))
    if draw.random() < 0.2:
        company["chiusure"] = [{"inizio": "2026-10-12", "fine": "2026-10-16"}]
    return company


def _provider(draw: random.Random, name: str, seasons: int) -> dict[str, Any]:
    kind = draw.choice(("nido", "nido", "micronido", "tagesmutter"))
    provider: dict[str, Any] = {
        "id": name,
        "nome": name,
        "tipo": kind,
        "comune": draw.choice(TOWNS),
        "posti": draw.choice((0, 1, 1, 2, 2, 3, 4)),
        "base": {"giorni": "lun-ven", "orario": draw.choice(("08:00-16:00", "07:30-17:30"))},
        "vuoto_per_pieno": draw.choice((0, 0.5, 1)),
        "prezzi": {"posto_mese": draw.choice((0, 400, 600)), "ora_bambino": draw.choice((0, 8))},
        "costi": {"bambino_mese": draw.choice((0, 25)), "partecipazione": draw.choice((0, 300))},
        "fasce": [_fascia(draw, k, seasons) for k in range(draw.choice((0, 1, 1, 2)))],
    }
    optional: list[tuple[float, dict[str, Any]]] = [
        (0.4, {"esistenti": {"piccoli": draw.randint(0, 6), "grandi": draw.randint(0, 9)}}),
        (0.2, {"capienza": draw.choice((14, 15, 16, 17))}),
        (0.2, {"posti_banda": {draw.choice(("piccoli", "grandi")): draw.choice((0, 1))}}),
        (0.2, {"posti_minimi_accordo": draw.choice((1, 2))}),
        (0.15, {"eta_minima_mesi": draw.choice((9, 12))}),
        (0.1, {"accreditato": False}),
        (0.1, {"accreditato_dal": "2026-10-05"}),
        (0.3, {"chiusure": [{"inizio": "2026-10-19", "fine": "2026-10-23"}]}),
    ]
    for chance, fields in optional:
        if draw.random() < chance:
            provider |= fields
    if "capienza" in provider and sum(provider.get("esistenti", {}).values()) > provider["capienza"]:
        del provider["esistenti"]
    return provider


def _fascia(draw: random.Random, position: int, seasons: int) -> dict[str, Any]:
    early = {"id": "anticipo", "giorni": "lun-ven", "orario": draw.choice(("06:30-07:30", "06:00-07:30"))}
    others: list[dict[str, Any]] = [
        {"id": "posticipo", "giorni": "lun-ven", "orario": "17:30-19:30"},
        {"id": "sabato", "giorni": "sab", "orario": "08:00-13:00"},
        {"id": "chiuso", "giorni": "lun-ven", "orario": "08:00-16:00", "in_chiusura": True},
    ]
    fascia: dict[str, Any] = early if position == 0 else draw.choice(others)
    fascia["prezzo_mese"] = draw.choice((0, 40))
    fascia["costo_fisso"] = draw.choice((0, 100))
    if draw.random() < 0.3:
        fascia["soglia_attivazione"] = draw.choice((1, 2))
    if draw.random() < 0.1:
        fascia["gia_aperta"] = True
    if seasons == 2 and draw.random() < 0.2:
        fascia["stagioni"] = ["novembre"]
    return fascia


def _rules(draw: random.Random, seasons: int) -> dict[str, Any]:
    def off(chance: float = 0.12) -> dict[str, Any]:
        return {"attiva": False} if draw.random() < chance else {}

    free = ["novembre"] if seasons == 2 and draw.random() < 0.3 else []
    return {
        "idoneita": {
            "deviazione_massima_minuti": draw.choice((20, 30, 45, None)),
            "solo_desideri": draw.random() < 0.1,
            **off(),
        },
        "orari": {"copertura_minima": draw.choice((0, 0.5, 0.8, 1)), **off()},
        "capienza": {"base": draw.choice((None, "presenti", "iscritti")), **off()},
        "rapporto": {
            "base": draw.choice((None, None, "iscritti")),
            "arrotondamento": draw.choice((None, "somma_mista")),
            "copresenza": draw.choice((None, 0, 1, 3)),
            "personale": draw.choice(("stagione", "giorno")),
            **off(),
        },
        "ore_bambino": {
            "massimo_ore": draw.choice((None, 7, 9)),
            "modo": draw.choice(("vieta", "avvisa")),
            **off(),
        },
        "ore_sede": {
            "massimo_ore": draw.choice((None, 9.5)),
            "modo": draw.choice(("vieta", "avvisa")),
            **off(),
        },
        "attivazione": {
            "soglia": draw.choice((1, 2, 2)),
            "costo_massimo_per_bambino": draw.choice((None, None, 400, 1500)),
            **off(),
        },
        "posti_riservati": {"condivisione_tra_aziende": draw.random() < 0.3, **off()},
        "budget": off(),
        "residenti": {"quota": draw.choice((0, 0, 0.5)), **off()},
        "continuita": {
            "stagioni_libere": free,
            "gia_iscritti": draw.choice(("mantiene", "mantiene", "garantito")),
            **off(),
        },
        "fratelli": {"modo": draw.choice(("insieme_o_nessuno", "insieme_se_serviti")), **off()},
        "fissati": off(),
        "priorita": {"attiva": draw.random() < 0.3},
    }


def _objective(draw: random.Random, children: int) -> dict[str, Any]:
    order = [f"B{k}" for k in range(children)]
    draw.shuffle(order)
    objective: dict[str, Any] = {"ordine_domanda": order, "minuti_per_rango": draw.choice((0, 10))}
    if draw.random() < 0.15:
        return objective | {
            "livelli": [{"nome": "valore_netto"}],
            "valore_bambino_coperto": draw.choice((500, 3000)),
            "euro_minuto_viaggio": draw.choice((0, 0.25)),
        }
    if draw.random() < 0.5:
        names = [
            "copertura_piena",
            "minuti_coperti",
            "costo_totale",
            "desideri_viaggio",
            "equita",
            "ordine_domanda",
        ]
        draw.shuffle(names)
        objective["livelli"] = [
            {"nome": name, "tolleranza": draw.choice((0, 0, 0.01, 0.2))}
            for name in names[: draw.randint(2, 6)]
        ]
    return objective


def _child(draw: random.Random, position: int, data: dict[str, Any]) -> dict[str, Any]:
    months = draw.randint(2, 33)
    year, month = divmod(2026 * 12 + 9 - months, 12)
    providers = [provider["id"] for provider in data["gestori"]]
    child: dict[str, Any] = {
        "id": f"B{position}",
        "azienda": draw.choice(("alfa", "beta")),
        "nascita": f"{year}-{month + 1:02d}-{draw.randint(1, 28):02d}",
        "comune": draw.choice(TOWNS),
        "peso": draw.choice((1, 1, 2, 3)),
        "priorita": draw.choice((1, 1, 2)),
    }
    child |= _need(draw)
    optional: list[tuple[float, dict[str, Any]]] = [
        (0.2, {"ingresso": draw.choice(("2026-10-09", "2026-10-20"))}),
        (0.2, {"uscita": draw.choice(("2026-10-26", "2026-11-14"))}),
        (0.4, {"desideri": draw.sample(providers, draw.choice((1, 2)))}),
        (0.1, {"esclusi": [draw.choice(providers)]}),
        (0.1, {"gia_iscritto": draw.choice(providers)}),
        (0.08, {"assegnato_a": [{"gestore": draw.choice(providers), "stagione": "ottobre"}]}),
        (0.15, {"assenze": [{"inizio": "2026-10-05", "fine": "2026-10-07"}]}),
        (0.25 if position else 0, {"fratello_di": f"B{position - 1}"}),
    ]
    for chance, fields in optional:
        if draw.random() < chance:
            child |= fields
    return child


def _need(draw: random.Random) -> dict[str, Any]:
    kind = draw.random()
    if kind < 0.3:
        return {
            "finestre": [
                {"giorni": draw.choice(("lun-ven", "lun-sab", "mar,gio")), "orario": draw.choice(HOURS)}
            ]
        }
    if kind < 0.4:
        return {"giorni": draw.choice(("lun-ven", "lun,mer,ven"))}
    adults = [_adult(draw) for _ in range(draw.choice((1, 2)))]
    return {"adulti": adults}


def _adult(draw: random.Random) -> dict[str, Any]:
    rota = draw.choice(ROTAS)["id"]
    where = (
        {"azienda": draw.choice(("alfa", "beta"))} if draw.random() < 0.7 else {"sede": {"comune": "Trento"}}
    )
    phase = draw.randint(0, 4) if rota in ("due", "quinta") else 0
    return where | {"turni": [{"rotazione": rota, "fase": phase}]}
