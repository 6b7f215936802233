"""Unverified figures: as the ledger's half lists them, and by hand."""

from dataclasses import asdict
from typing import Any

import pytest
from casi_verifica import azienda, bambino, fascia, gestore, scenario

from nido.accordi.ipotesi.unverified import assumptions
from nido.data import voce
from nido.matching.checker import build_case
from nido.matching.verifica.ipotesi import check_figures, figures
from nido.scenari.schema import Scenario

POINT = {"latitudine": 46.06, "longitudine": 11.24}
EVERY = ["posto", "vuoto", "fascia", "ora", "pasto"]
ROTA = {"id": "presto", "tipo": "fissa", "turni": [{"giorni": "lun-ven", "orario": "06:00-14:00"}]}
NIGHT = {"giorni": "lun", "orario": "22:00-06:00"}
CYCLE = {"id": "ciclo", "tipo": "giorni", "inizio_ciclo": "2026-10-01"}
DRAWN = {
    "nati": {"inizio": "2024-02-01", "fine": "2026-01-31"},
    "aziende": [
        {"azienda": "alfa", "dipendenti": 50, "rotazioni": {"presto": 2}, "ipotesi": "Inventati."},
        {"azienda": "beta", "dipendenti": 9, "figli_per_100_dipendenti": "8.5", "rotazioni": {"presto": 1}},
    ],
    "quota_secondo_adulto": 0,
    "chilometri_casa": "6.50",
    "comuni": ["Pergine Valsugana", "Levico Terme"],
}
VARIANTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "rules stated": {
        "regole": {
            "rapporto": {"base": "presenti", "arrotondamento": "per_banda", "copresenza": 1},
            "ore_bambino": {"massimo_ore": 9},
            "capienza": {"base": "presenti"},
        }
    },
    "rules off": {"regole": {name: {"attiva": False} for name in ("rapporto", "ore_sede", "capienza")}},
    "own costs": {"gestori": [gestore(costi={"ora_educatrice": 25, "pasto_giorno": 4}, capienza=20)]},
    "child hours": {"gestori": [gestore("tata", tipo="tagesmutter", costi={}), gestore(costi={})]},
    "own child hour": {"gestori": [gestore(costi={"ora_bambino": 8})]},
    "price outside": {"alternativa": {"ora_bambino": "9.50", "uso": "se_conviene"}},
    "calendar": {"calendario": {"festivita": False, "patrono": "Pergine Valsugana"}},
    "patron of the table": {"calendario": {"patrono": "Trento"}},
    "travel": {"viaggio": {"velocita_km_h": "60.50", "fattore_strada": "1.44", "minuti_fissi": 5}},
    "points": {"gestori": [gestore(posizione=POINT)], "aziende": [azienda("alfa", sede=POINT)]},
    "payers": {
        "pagatori": [
            {"id": "buoni", "modo": "fisso_mese", "importo_mese": "250.50", "voci": EVERY},
            {"id": "inps", "modo": "inps", "voci": ["posto"]},
            {"id": "famiglia", "modo": "residuo", "massimo_mese": 400, "voci": EVERY},
        ]
    },
    "payers by the hour": {
        "stagioni": [
            {"id": "uno", "inizio": "2025-11-01", "fine": "2025-12-31"},
            {"id": "due", "inizio": "2026-01-01", "fine": "2026-02-28"},
            {"id": "tre", "inizio": "2026-03-01", "fine": "2026-03-31"},
        ],
        "gestori": [gestore(costi={"ora_educatrice": 25, "pasto_giorno": 4, "ora_bambino": 8})],
        "pagatori": [
            {
                "id": "p",
                "modo": "fisso_ora",
                "importo_tabella": "trasferimenti.tagesmutter.ora",
                "voci": ["ora"],
            },
            {"id": "c", "modo": "fisso_ora", "importo_ora": "1.50", "voci": ["ora"]},
            {"id": "famiglia", "modo": "residuo", "voci": EVERY},
        ],
    },
    "texts": {
        "aziende": [azienda("alfa", ipotesi="Quota inventata.")],
        "gestori": [gestore(ipotesi="Listino inventato.", fasce=[fascia("anticipo", "07:00-08:00")])],
    },
    "bolzano": {"profilo": "bolzano"},
    "rules of the scenario": {
        "regole": {
            "idoneita": {"deviazione_massima_minuti": 20},
            "orari": {"copertura_minima": "0.75"},
            "attivazione": {"soglia": 3, "costo_massimo_per_bambino": "120.50"},
            "ore_sede": {"massimo_ore": "12.5"},
            "residenti": {"quota": "0.1"},
        },
        "domanda": {"riposo_notte_minuti": 300},
        "obiettivo": {
            "livelli": [{"nome": "valore_netto"}],
            "valore_bambino_coperto": 900,
            "euro_minuto_viaggio": "0.50",
        },
        "rotazioni": [ROTA, {"id": "notte", "tipo": "fissa", "turni": [NIGHT]}],
        "gestori": [gestore(fasce=[fascia("anticipo", "07:00-08:00")])],
    },
    "night of a cycle": {"rotazioni": [ROTA, {**CYCLE, "ciclo": ["22:00-06:00", "riposo"]}]},
    "days of a cycle": {"rotazioni": [ROTA, {**CYCLE, "ciclo": ["16:00-24:00", "riposo"]}]},
    "patron of another town": {
        "calendario": {"patrono": "Pergine Valsugana"},
        "gestori": [gestore(), gestore("due", comune="Levico Terme")],
    },
    "terms": {
        "aziende": [azienda("alfa", quota="0.4"), azienda("beta", quota="0.35")],
        "gestori": [
            gestore(prezzi={"posto_mese": 700}),
            gestore("due", prezzi={"posto_mese": 700}, vuoto_per_pieno="0.5"),
        ],
    },
    "figures by name": {
        "aziende": [
            azienda("alfa", quota="0.4", budget_annuo=9000, ipotesi=[{"chiavi": ["quota", "budget_annuo"]}])
        ],
        "gestori": [
            gestore(
                posizione=POINT,
                esistenti={"piccoli": 3, "grandi": 14},
                fasce=[
                    fascia("anticipo", "07:00-08:00", prezzo_mese=65),
                    fascia("sera", "16:00-18:00", prezzo_mese="55.50", soglia_attivazione=2),
                ],
                chiusure=[{"inizio": "2026-10-05", "fine": "2026-10-06", "motivo": "ponte"}],
                ipotesi=[
                    {"chiavi": ["nome", "posti", "posizione", "esistenti", "chiusure"], "nota": "Inventati."},
                    {"chiavi": ["fasce.prezzo_mese", "fasce.sera.soglia_attivazione", "fasce.giorni"]},
                    {"chiavi": ["base", "fasce", "accreditato", "capienza", "vuoto_per_pieno"]},
                    {"nota": "Una frase."},
                    {"nota": "Un'altra."},
                ],
            )
        ],
    },
    "figures by name of fasce that are gone": {
        "gestori": [gestore(ipotesi=[{"chiavi": ["fasce.sera.costo_fisso", "fasce.prezzo_mese", "fasce"]}])]
    },
    "drawn": {"generata_da": DRAWN},
    "drawn with second adults": {
        "generata_da": {
            **DRAWN,
            "quota_secondo_adulto": "0.75",
            "rotazioni_secondo_adulto": {"presto": 2},
            "comuni_secondo_adulto": {"Trento": 3},
            "ferie": [{"inizio": "2026-10-05", "fine": "2026-10-06", "quota": "0.50"}],
        }
    },
}


def variant(name: str) -> Scenario:
    """Build the scenario of a variant: two towns, an adult who works in a third."""
    children = [
        bambino("B1"),
        bambino("B2", comune="Levico Terme"),
        bambino(
            "B3", casa=POINT, adulti=[{"sede": {"comune": "Trento"}, "turni": [{"rotazione": "presto"}]}]
        ),
    ]
    return scenario(children, **{"rotazioni": [ROTA], **VARIANTS[name]})


@pytest.mark.parametrize("name", list(VARIANTS))
def test_both_halves_list_the_same_figures(name: str) -> None:
    """Key by key the same value, unit, source and state; the note too where it is not a sentence of nido."""
    listed = {row.chiave: row for row in assumptions(variant(name))}
    found = figures(build_case(variant(name)))
    assert set(found) == set(listed)
    for key, figure in found.items():
        row = listed[key]
        assert (figure.valore, figure.unita, figure.fonte, figure.stato) == (
            row.valore,
            row.unita,
            row.fonte,
            row.stato,
        )
        assert figure.nota in (None, row.nota)


def test_figures_by_hand() -> None:
    """Three towns, a speed of the scenario's own, the wage of the tables; nothing that is verified."""
    found = figures(build_case(variant("travel")))
    assert found["comuni"].valore == "3"
    assert (found["viaggio.velocita_km_h"].valore, found["viaggio.velocita_km_h"].fonte) == (
        "60.5",
        "scenario",
    )
    assert found["viaggio.fattore_strada"].fonte == voce("spostamenti.fattore_deviazione").fonte
    assert found["costi.educatore.ora"].valore == "26.75"
    assert "trentino.capienza.sovraiscrizione_percento" not in found
    assert {figure.stato for figure in found.values()} <= {"stimato", "ipotesi"}


def test_a_list_that_leaves_out_what_children_were_drawn_from_is_refused() -> None:
    """A head count that is taken away, or changed, is a violation that names it."""
    case = build_case(variant("drawn"))
    table = [{**asdict(figure), "nota": figure.nota or ""} for figure in figures(case).values()]
    assert check_figures(case, table) == []
    key = "domanda_generata.aziende.alfa.dipendenti"
    assert [found.dove for found in check_figures(case, [row for row in table if row["chiave"] != key])] == [
        key
    ]
    more = [{**row, "valore": "60"} if row["chiave"] == key else row for row in table]
    assert [found.dove for found in check_figures(case, more)] == [f"{key}/valore"]


def test_figures_by_name_by_hand() -> None:
    """A group is keys and values, a key of all fasce one value each, a closure its first and last day."""
    found = {key: figure.valore for key, figure in figures(build_case(variant("figures by name"))).items()}
    assert found["gestori.uno.esistenti"] == "grandi 14, piccoli 3"
    assert found["gestori.uno.posizione"] == "latitudine 46.06, longitudine 11.24"
    assert found["gestori.uno.chiusure"] == "2026-10-05 - 2026-10-06"
    assert found["gestori.uno.fasce.prezzo_mese"] == "anticipo 65, sera 55.5"
    assert found["gestori.uno.ipotesi"] == "Una frase. Un'altra."
    assert "gestori.uno.capienza" not in found
