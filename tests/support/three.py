"""Random scenarios of three companies and four children, in which alone some cannot be served."""

import random
from typing import Any

from nido.scenari.schema import Scenario

COMPANIES = ("alfa", "beta", "gamma")


def case_of(seed: int, uso: str) -> Scenario:
    """Draw four children of three companies, two providers with a fascia each that opens for two or three."""
    draw = random.Random(seed)
    sibling = {"fratello_di": "B0"} if draw.random() < 0.4 else {}
    pin = {"assegnato_a": [{"gestore": "uno"}]} if draw.random() < 0.2 else {}
    return Scenario.model_validate(
        {
            "formato": "nido-scenario/1",
            "nome": "caso minuscolo",
            "dati_sintetici": True,
            "passo_minuti": 30,
            "stagioni": [{"id": "ottobre", "inizio": "2026-10-01", "fine": "2026-10-31"}],
            "viaggio": {"minuti_fissi": 0, "velocita_km_h": 130},
            "aziende": [
                {"id": name, "nome": name, "sede": {"comune": "Pergine Valsugana"}, "quota": "0.5"}
                | ({"budget_annuo": draw.choice((300, 900))} if draw.random() < 0.2 else {})
                for name in COMPANIES
            ],
            "gestori": [_provider(draw, name) for name in ("uno", "due")],
            "bambini": [_child(draw, 0), _child(draw, 1, **sibling), _child(draw, 2, **pin), _child(draw, 3)],
            "regole": {
                "idoneita": {"deviazione_massima_minuti": None},
                "orari": {"copertura_minima": draw.choice(("0.5", "0.8", "1"))},
                "attivazione": {"soglia": draw.choice((2, 2, 3))},
                "rapporto": {
                    "copresenza": draw.choice((1, 2)),
                    "personale": draw.choice(("stagione", "giorno")),
                },
                "fratelli": {"modo": draw.choice(("insieme_o_nessuno", "insieme_se_serviti"))},
                "priorita": {"attiva": draw.random() < 0.3},
            },
            "obiettivo": {"ordine_domanda": ["B0", "B1", "B2", "B3"]},
            "alternativa": {"ora_bambino": draw.choice(("2.00", "8.10", "25.00")), "uso": uso},
        }
    )


def _provider(draw: random.Random, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "nome": name,
        "tipo": draw.choice(("nido", "nido", "tagesmutter")),
        "comune": "Pergine Valsugana",
        "posti": draw.choice((1, 2, 3)),
        "base": {"giorni": "lun-ven", "orario": "08:00-16:00"},
        "esistenti": {"grandi": draw.choice((0, 3, 8, 10))},
        "prezzi": {"posto_mese": 400},
        "costi": {"bambino_mese": draw.choice((0, 25)), "partecipazione": draw.choice((0, 300))},
        "fasce": [
            {
                "id": "anticipo",
                "giorni": "lun-ven",
                "orario": "06:30-08:00",
                "costo_fisso": draw.choice((0, 90)),
            }
        ],
    }


def _child(draw: random.Random, position: int, **more: Any) -> dict[str, Any]:
    hours = draw.choice(("06:30-13:00", "07:00-15:00", "08:00-15:30", "07:30-16:30"))
    return {
        "id": f"B{position}",
        "azienda": COMPANIES[position] if position < 3 else draw.choice(COMPANIES),
        "nascita": draw.choice(("2024-05-10", "2025-06-20")),
        "comune": "Pergine Valsugana",
        "priorita": draw.choice((1, 2)),
        "finestre": [{"giorni": draw.choice(("lun-ven", "mar,gio", "lun,mer,ven")), "orario": hours}],
        **more,
    }
