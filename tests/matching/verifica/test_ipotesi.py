"""Unverified figures: as the ledger's half lists them, and by hand."""

from typing import Any

import pytest
from casi_verifica import azienda, bambino, fascia, gestore, scenario

from nido.accordi.ipotesi import assumptions
from nido.data import voce
from nido.matching.checker import build_case
from nido.matching.verifica.ipotesi import figures
from nido.scenari.schema import Scenario

POINT = {"latitudine": 46.06, "longitudine": 11.24}
EVERY = ["posto", "vuoto", "fascia", "ora", "pasto"]
ROTA = {"id": "presto", "tipo": "fissa", "turni": [{"giorni": "lun-ven", "orario": "06:00-14:00"}]}
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
    "texts": {
        "aziende": [azienda("alfa", ipotesi="Quota inventata.")],
        "gestori": [gestore(ipotesi="Listino inventato.", fasce=[fascia("anticipo", "07:00-08:00")])],
    },
    "bolzano": {"profilo": "bolzano"},
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
    return scenario(children, rotazioni=[ROTA], **VARIANTS[name])


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
