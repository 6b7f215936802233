"""The unverified figures on which a run rests."""

from dataclasses import replace
from typing import Any

import pytest

from nido.accordi import ipotesi
from nido.accordi.ipotesi import assumptions
from nido.data import voce
from nido.scenari.schema import Scenario


def rows(scenario: Scenario) -> dict[str, Any]:
    """List the assumptions by key."""
    return {row.chiave: row for row in assumptions(scenario)}


def test_table_rows_keep_source_and_state(make: Any) -> None:
    """A row of the tables is shown as the tables have it."""
    found = rows(make.scenario())["costi.educatore.ora"]
    row = voce("costi.educatore.ora")
    assert (found.valore, found.unita, found.fonte) == (row.valore, row.unita, row.fonte)
    assert (found.stato, found.nota) == (row.stato, row.nota)


def test_nothing_verified_is_listed(make: Any) -> None:
    """Every row is estimated or assumed, has a source, and comes once."""
    found = assumptions(make.scenario(calendario={"patrono": "Pergine Valsugana"}))
    assert found
    assert {row.stato for row in found} <= {"stimato", "ipotesi"}
    assert all(row.fonte for row in found)
    assert len({row.chiave for row in found}) == len(found)


@pytest.mark.parametrize(
    ("key", "regole"),
    [
        ("trentino.rapporto.base", {"rapporto": {"base": "iscritti"}}),
        ("trentino.rapporto.base", {"rapporto": {"attiva": False}}),
        ("trentino.rapporto.arrotondamento_gruppi", {"rapporto": {"arrotondamento": "somma_mista"}}),
        ("trentino.rapporto.copresenza_minima", {"rapporto": {"copresenza": 1}}),
        ("trentino.orario.ore_massime_bambino", {"ore_bambino": {"massimo_ore": 9}}),
        ("trentino.orario.ore_massime_sede", {"ore_sede": {"attiva": False}}),
        ("trentino.capienza.base", {"capienza": {"base": "presenti"}}),
    ],
)
def test_profile_figure_replaced_by_the_scenario(make: Any, key: Any, regole: Any) -> None:
    """A figure of the profile is listed only while the scenario rests on it."""
    assert key in rows(make.scenario())
    assert key not in rows(make.scenario(regole=regole))


def test_over_enrolment_needs_a_capacity(make: Any) -> None:
    """The over-enrolment figure counts only where an authorised capacity is stated."""
    key = "trentino.capienza.sovraiscrizione_percento"
    assert key not in rows(make.scenario())
    assert key in rows(make.scenario(gestori=make.edited("gestori", "girasole", capienza=20)))


def test_costs_stated_by_the_providers(make: Any) -> None:
    """Wages, meals and hours of the tables are listed only where a provider lacks its own."""
    before = rows(make.scenario())
    assert {"costi.educatore.ora", "costi.pasto", "costi.tagesmutter.ora"} <= set(before)
    nido = make.edited("gestori", "girasole", costi={"ora_educatrice": 25, "pasto_giorno": 4})[0]
    group = make.edited("gestori", "gruppo", costi={"ora_bambino": 8})[1]
    after = rows(make.scenario(gestori=[nido, group]))
    assert not {"costi.educatore.ora", "costi.pasto", "costi.tagesmutter.ora"} & set(after)
    assert {"costi.generali.percento", "costi.ausiliario.ora"} <= set(after)


def test_providers_paid_by_the_hour_need_no_wages(make: Any) -> None:
    """Without a provider staffed by the hour no figure of staff cost is listed."""
    group = make.edited("gestori", "gruppo")[1]
    keys = rows(
        make.scenario(gestori=[group], bambini=make.scenario().model_dump(mode="json")["bambini"][2:])
    )
    assert not [key for key in keys if key.startswith(("costi.a", "costi.o", "costi.g", "costi.e"))]


def test_travel_figures(make: Any) -> None:
    """A travel figure equal to the tables' has their source, another one only the scenario."""
    found = rows(make.scenario(viaggio={"velocita_km_h": 60}))
    assert (found["viaggio.velocita_km_h"].valore, found["viaggio.velocita_km_h"].fonte) == ("60", "scenario")
    assert found["viaggio.minuti_fissi"].fonte == voce("spostamenti.minuti_fissi").fonte
    noted = rows(make.scenario(viaggio={"velocita_km_h": 60, "matrice_csv": "viaggi.csv"}))
    assert noted["viaggio.velocita_km_h"].nota


def test_points_of_municipalities_are_one_row(make: Any) -> None:
    """Municipalities are counted, never named: homes of children are not to be read from the list."""
    found = rows(make.scenario())["comuni"]
    # Pergine Valsugana and Levico Terme
    assert found.valore == "2"
    shown = " ".join((found.fonte, found.nota, found.valore))
    assert "Levico" not in shown


def test_scenario_that_states_its_points_and_holidays(make: Any) -> None:
    """With coordinates everywhere no municipality's point is used; holidays switched off rest on no table."""
    point = {"latitudine": 46.06, "longitudine": 11.24}
    base = make.scenario().model_dump(mode="json", exclude_none=True)
    scenario = make.scenario(
        aziende=[azienda | {"sede": point} for azienda in base["aziende"]],
        gestori=[gestore | {"posizione": point} for gestore in base["gestori"]],
        bambini=[
            child | {"casa": point, "adulti": [{"sede": point, "turni": [{"rotazione": "presto"}]}]}
            for child in base["bambini"]
        ],
        calendario={"festivita": False},
    )
    found = rows(scenario)
    assert "comuni" not in found
    assert not [key for key in found if key.startswith("calendario.")]


def test_amounts_of_the_payers(make: Any) -> None:
    """Monthly sums of the payers have no source but the scenario."""
    stack = [
        {"id": "buoni", "modo": "fisso_mese", "voci": ["posto"], "importo_mese": "250.00"},
        {"id": "famiglia", "modo": "residuo", "voci": ["posto"], "massimo_mese": 400},
    ]
    found = rows(make.scenario(pagatori=stack))
    assert found["pagatori.buoni.importo_mese"].valore == "250"
    assert found["pagatori.famiglia.massimo_mese"].unita == "EUR/mese"
    assert "pagatori.famiglia.importo_mese" not in found


def test_texts_of_the_scenario(make: Any) -> None:
    """What a company or a provider declares as assumed is listed in its own words."""
    scenario = make.scenario(
        aziende=make.edited("aziende", "beta", ipotesi="Quota inventata."),
        gestori=make.edited("gestori", "gruppo", ipotesi="Listino inventato."),
    )
    found = rows(scenario)
    assert found["aziende.beta.ipotesi"].valore == "Quota inventata."
    assert found["gestori.gruppo.ipotesi"].valore == "Listino inventato."
    assert "aziende.alfa.ipotesi" not in found


def test_unverified_bonus_rows_would_show(make: Any, monkeypatch: Any) -> None:
    """The rows of the bonus are looked at whenever the stack names it, and only then."""
    monkeypatch.setattr(ipotesi, "voce", lambda key, il=None: replace(voce(key, il), stato="stimato"))
    stack = [
        {"id": "inps", "modo": "inps", "voci": ["posto"]},
        {"id": "f", "modo": "residuo", "voci": ["posto"]},
    ]
    assert "inps.bonus.nati_dal_2024.mese_alto" in rows(make.scenario(pagatori=stack))
    assert "inps.bonus.nati_dal_2024.mese_alto" not in rows(make.scenario())
