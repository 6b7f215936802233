"""The unverified figures on which a run rests."""

from dataclasses import replace
from typing import Any

import pytest

from nido.accordi.ipotesi import unverified
from nido.accordi.ipotesi.unverified import assumptions
from nido.data import voce
from nido.scenari.schema import Scenario

NIGHT = {"id": "notte", "tipo": "giorni", "inizio_ciclo": "2026-10-01", "ciclo": ["21:00-07:00", "riposo"]}


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
    school = {f"calendario.infanzia.{end}" for end in ("ingresso", "anni")}
    assert {key for key in found if key.startswith("calendario.")} == school


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


def test_figures_of_every_payer(make: Any) -> None:
    """What a payer rests on is listed: its own figures, and the unverified rows of the tables in use."""
    stack = [
        {"id": "pat", "modo": "trasferimento", "ammesso": True, "voci": ["posto"]},
        {
            "id": "datore",
            "modo": "fisso_azienda",
            "importo_mese": 200,
            "voci": ["posto"],
            "massimo_quota": "0.5",
        },
        {"id": "ente", "modo": "cofinanziamento", "di": "datore", "quota": "0.5", "voci": ["posto"]},
        {"id": "buoni", "modo": "buoni", "importo_mese": 100, "valore_buono": 900, "voci": ["posto"]},
        {"id": "famiglia", "modo": "retta", "tariffa": "pergine", "voci": ["posto"]},
        {"id": "asif", "modo": "retta", "tariffa": "mia", "voci": ["posto"]},
    ]
    fee = {"id": "mia", "fonte": "a mano", "minima": 10, "massima": 90, "icef_minimo": 0, "icef_massimo": 1}
    gestori = make.edited("gestori", "girasole", regime_iva="ventidue_percento")
    found = rows(make.scenario(pagatori=stack, tariffe=[fee], gestori=gestori))
    stated = {key: found[key].valore for key in found if key.startswith(("pagatori.", "tariffe."))}
    assert stated == {
        "pagatori.pat.ammesso": "vero",
        "pagatori.datore.importo_mese": "200",
        "pagatori.datore.massimo_quota": "0.5",
        "pagatori.ente.quota": "0.5",
        "pagatori.ente.quota_certificata": "0",
        "pagatori.buoni.importo_mese": "100",
        "pagatori.buoni.valore_buono": "900",
        "pagatori.buoni.buoni_anno": "7",
        "tariffe.mia": "giornaliera 0, icef_massimo 1, icef_minimo 0, massima 90, minima 10, "
        "riduzione_fratello 0, riduzione_gemello 0",
    }
    assert found["tariffe.mia"].nota == "a mano"
    assert {
        "trasferimenti.nido.tempo_pieno",
        "buoni.quota_famiglia.eta_0_3_percento",
        "rette.pergine.quota_fissa_minima",
        "costi.iva.ludoteca",
    } <= set(found)
    before = rows(make.scenario())
    assert not [key for key in before if key.startswith(("trasferimenti", "buoni", "rette", "costi.iva"))]


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
    monkeypatch.setattr(unverified, "voce", lambda key, il=None: replace(voce(key, il), stato="stimato"))
    stack = [
        {"id": "inps", "modo": "inps", "voci": ["posto"]},
        {"id": "f", "modo": "residuo", "voci": ["posto"]},
    ]
    assert "inps.bonus.nati_dal_2024.mese_alto" in rows(make.scenario(pagatori=stack))
    assert "inps.bonus.nati_dal_2024.mese_alto" not in rows(make.scenario())


@pytest.mark.parametrize(
    ("key", "value", "listed", "silent"),
    [
        ("domanda.riposo_notte_minuti", "420", {"rotazioni": [NIGHT]}, {}),
        ("regole.idoneita.deviazione_massima_minuti", "45", {}, {"regole": {"idoneita": {"attiva": False}}}),
        ("regole.orari.copertura_minima", "0.8", {}, {"regole": {"orari": {"attiva": False}}}),
        ("regole.attivazione.soglia", "4", {}, {"regole": {"attivazione": {"attiva": False}}}),
        ("obiettivo.minuti_per_rango", "10", {}, {"obiettivo": {"livelli": [{"nome": "costo_totale"}]}}),
        ("regole.rapporto.copresenza", "1", {"regole": {"rapporto": {"copresenza": 1}}}, {}),
        ("regole.ore_sede.massimo_ore", "12.5", {"regole": {"ore_sede": {"massimo_ore": "12.50"}}}, {}),
        ("regole.residenti.quota", "0.25", {"regole": {"residenti": {"quota": "0.25"}}}, {}),
        ("calendario.patrono", "Pergine Valsugana", {"calendario": {"patrono": "Pergine Valsugana"}}, {}),
    ],
)
def test_numbers_in_use(make: Any, key: str, value: str, listed: Any, silent: Any) -> None:
    """A number of the scenario is listed while the result rests on it, and only then."""
    assert rows(make.scenario(**listed))[key].valore == value
    assert key not in rows(make.scenario(**silent))


def test_the_price_outside_the_plan(make: Any) -> None:
    """The price of an hour bought outside is listed while there are companies to share with."""
    key = "alternativa.ora_bambino"
    found = rows(make.scenario())[key]
    assert (found.valore, found.fonte) == ("8.1", voce("costi.tagesmutter.ora").fonte)
    assert rows(make.scenario(alternativa={"ora_bambino": "9.50"}))[key].fonte == "scenario"
    children = [
        child for child in make.scenario().model_dump(mode="json")["bambini"] if child["azienda"] == "alfa"
    ]
    companies = [
        azienda for azienda in make.scenario().model_dump(mode="json")["aziende"] if azienda["id"] == "alfa"
    ]
    assert key not in rows(make.scenario(aziende=companies, bambini=children))


def test_a_default_has_the_source_of_its_row(make: Any) -> None:
    """A figure equal to the row of the tables has its source; another one is the scenario's own."""
    key = "regole.orari.copertura_minima"
    assert rows(make.scenario())[key].fonte == voce("scelte.copertura_minima").fonte
    assert rows(make.scenario(regole={"orari": {"copertura_minima": "0.7"}}))[key].fonte == "scenario"
    # 40 % of the tables is a share of 0.4; an empty place at 80 %, one of 0.8.
    company = rows(make.scenario(aziende=make.edited("aziende", "alfa", quota="0.4")))["aziende.alfa.quota"]
    assert (company.valore, company.fonte) == ("0.4", voce("clausole.quota_azienda").fonte)
    found = rows(make.scenario())
    assert (found["aziende.alfa.quota"].valore, found["aziende.alfa.quota"].fonte) == ("0.5", "scenario")
    assert found["gestori.girasole.vuoto_per_pieno"].valore == "0.5"
    assert "gestori.gruppo.vuoto_per_pieno" not in found


def test_shares_of_the_payers(make: Any) -> None:
    """The share of a payer is listed, the company's under the company."""
    stack = [
        {"id": "provincia", "modo": "quota", "quota": "0.30", "voci": ["posto"]},
        {"id": "azienda", "modo": "quota_azienda", "voci": ["posto"]},
    ]
    found = rows(make.scenario(pagatori=stack))
    assert (found["pagatori.provincia.quota"].valore, found["pagatori.provincia.quota"].unita) == (
        "0.3",
        "rapporto",
    )
    assert "pagatori.azienda.quota" not in found


def test_figures_that_a_provider_names(make: Any) -> None:
    """Every key named is a row with its value and its note; what is empty is none; a sentence stays one."""
    said = [
        {"chiavi": ["posti", "prezzi.posto_mese", "fasce.prezzo_mese", "posti_banda"], "nota": "Inventati."},
        {"chiavi": ["fasce.sabato.orario", "base", "vuoto_per_pieno"]},
        {"nota": "Esiste."},
    ]
    found = rows(make.scenario(gestori=make.edited("gestori", "girasole", ipotesi=said)))
    shown = {
        key.removeprefix("gestori.girasole."): (row.valore, row.unita, row.nota)
        for key, row in found.items()
        if key.startswith("gestori.girasole.")
    }
    assert shown == {
        "posti": ("10", "posti", "Inventati."),
        "prezzi.posto_mese": ("600.1", "EUR/mese", "Inventati."),
        "fasce.prezzo_mese": ("anticipo 60, sabato 25", "EUR/mese", "Inventati."),
        "fasce.sabato.orario": ("08:00-12:00", "testo", ""),
        "base": ("giorni lun-ven, orario 08:00-16:00", "testo", ""),
        "vuoto_per_pieno": ("0.5", "rapporto", ""),
        "ipotesi": ("Esiste.", "testo", ""),
    }


def test_numbers_that_children_were_drawn_from(make: Any) -> None:
    """Head counts, their sentences, children per 100 and shares are listed once the children are drawn."""
    drawn = {
        "nati": {"inizio": "2024-02-01", "fine": "2026-01-31"},
        "aziende": [
            {"azienda": "alfa", "dipendenti": 50, "rotazioni": {"presto": 2}, "ipotesi": "Inventati."},
            {
                "azienda": "beta",
                "dipendenti": 25,
                "figli_per_100_dipendenti": "8.50",
                "rotazioni": {"presto": 1},
            },
        ],
        "quota_secondo_adulto": 0,
        "comuni": ["Pergine Valsugana"],
        "ferie": [{"inizio": "2026-10-05", "fine": "2026-10-06", "quota": "0.5"}],
    }
    found = rows(make.scenario(generata_da=drawn))
    values = {key: row.valore for key, row in found.items() if key.startswith("domanda_generata.")}
    assert values == {
        "domanda_generata.figli_per_100_dipendenti": "4",
        "domanda_generata.aziende.alfa.dipendenti": "50",
        "domanda_generata.aziende.alfa.rotazioni": "presto 2",
        "domanda_generata.aziende.alfa.ipotesi": "Inventati.",
        "domanda_generata.aziende.beta.dipendenti": "25",
        "domanda_generata.aziende.beta.figli_per_100_dipendenti": "8.5",
        "domanda_generata.aziende.beta.rotazioni": "presto 1",
        "domanda_generata.quota_secondo_adulto": "0",
        "domanda_generata.chilometri_casa": "8",
        "domanda_generata.quota_ingressi_in_corso_anno": "0.15",
        "domanda_generata.quota_uscite_anticipate": "0.1",
        "domanda_generata.quota_fratelli": "0.08",
        "domanda_generata.desideri_massimi": "3",
        "domanda_generata.nati": "2024-02-01 - 2026-01-31",
        "domanda_generata.comuni": "Pergine Valsugana",
        "domanda_generata.eta_ingresso_mesi": "6, 7, 8, 9, 10, 11, 12",
        "domanda_generata.ferie": "2026-10-05 - 2026-10-06 0.5",
    }
    assert found["domanda_generata.chilometri_casa"].fonte == voce("scelte.generata.chilometri_casa").fonte
