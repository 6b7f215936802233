"""The scenarios that come with nido: valid, labelled, as rich as they claim; every key explained."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from nido.accordi.ipotesi.unverified import assumptions
from nido.data.problems import NidoError
from nido.scenari.domanda import Bambino, RotazioneGiorni, RotazioneSettimanale, last_day
from nido.scenari.load import Loaded, load_canonical, load_scenario, shipped, shipped_path
from nido.scenari.schema import Scenario
from nido.scenari.schema_docs import json_schema, markdown
from nido.scenari.semantica_contesto import completed_months
from nido.scenari.strict_yaml import parse

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("estate", "minimo", "pergine-2026", "turni-opposti")


def load(name: str) -> Loaded:
    """Return a shipped scenario."""
    return load_scenario(shipped_path(name))


@pytest.fixture(scope="module")
def pergine() -> Scenario:
    """Return the case of the district."""
    return load("pergine-2026").scenario


def test_names() -> None:
    """The shipped scenarios are these; another name is refused."""
    assert shipped() == NAMES
    with pytest.raises(NidoError, match="scenario sconosciuto: levico"):
        shipped_path("levico")


@pytest.mark.parametrize("name", NAMES)
def test_valid_and_labelled(name: str) -> None:
    """Every shipped scenario loads, says that its data are synthetic, and survives its canonical form."""
    loaded = load(name)
    assert loaded.scenario.dati_sintetici
    assert "DATI SINTETICI" in shipped_path(name).read_text(encoding="utf-8")
    assert load_canonical(loaded.canonical, loaded.source) == loaded
    assert all(azienda.ipotesi for azienda in loaded.scenario.aziende)
    assert all(gestore.ipotesi for gestore in loaded.scenario.gestori)


@pytest.mark.parametrize("name", NAMES)
def test_editors_accept_them(name: str) -> None:
    """The JSON Schema of draft 7 accepts what the loader accepts."""
    schema = json_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    document = parse(shipped_path(name).read_bytes(), name)
    assert not list(jsonschema.Draft7Validator(schema).iter_errors(document.data))


def test_pergine_is_the_case_of_the_district(pergine: Scenario) -> None:
    """Six companies, at least eight providers and three stagioni over the educational year."""
    assert {azienda.id for azienda in pergine.aziende} == {
        "lincotek",
        "apss",
        "sant_orsola",
        "amambiente",
        "inco",
        "fondazione_montel",
    }
    assert len(pergine.gestori) >= 8
    assert any(gestore.tipo == "tagesmutter" for gestore in pergine.gestori)
    assert (pergine.stagioni[0].inizio, pergine.stagioni[-1].fine) == (date(2026, 9, 1), date(2027, 8, 31))
    assert len(pergine.stagioni) == 3
    assert 50 <= len(pergine.bambini) <= 65
    assert min(Counter(child.azienda for child in pergine.bambini).values()) >= 3


def test_pergine_has_the_shifts_of_the_survey(pergine: Scenario) -> None:
    """Starts at 06:00 or before, ends at 22:00, cycles of weeks and of days, nights, summer closures."""
    weekly = [
        turno.orario
        for rotazione in pergine.rotazioni
        if isinstance(rotazione, RotazioneSettimanale)
        for week in rotazione.settimane
        for turno in week
    ]
    assert any(hours.start <= 6 * 60 for hours in weekly)
    assert any(hours.end == 22 * 60 for hours in weekly)
    assert any(hours.end > 24 * 60 for hours in weekly)
    assert {len(item.ciclo) for item in pergine.rotazioni if isinstance(item, RotazioneGiorni)} == {5, 6}
    fasce = [fascia for gestore in pergine.gestori for fascia in gestore.fasce]
    assert {"anticipo", "posticipo", "sera", "sabato", "agosto", "agosto_anticipo"} <= {
        item.id for item in fasce
    }
    assert any(fascia.in_chiusura for fascia in fasce)
    closed = [day for gestore in pergine.gestori for day in gestore.chiusure if day.inizio.month == 8]
    assert len(closed) == len(pergine.gestori)


def changes_band(child: Bambino, scenario: Scenario) -> bool:
    """Tell whether a child turns 19 months, where the Trentino band changes, while it attends."""
    first = max(child.ingresso or date.min, scenario.stagioni[0].inizio)
    last = min(last_day(child), scenario.stagioni[-1].fine)
    return completed_months(child.nascita, first) < 19 <= completed_months(child.nascita, last)


def test_pergine_families_are_varied(pergine: Scenario) -> None:
    """Entries, exits, band changes, two adults, siblings, wishes, pins, whole places, seasonal rotas."""
    children = pergine.bambini
    assert sum(child.ingresso is not None for child in children) >= 5
    assert sum(child.uscita is not None for child in children) >= 2
    assert sum(changes_band(child, pergine) for child in children) >= 10
    assert sum(len(child.adulti) == 2 for child in children) >= 20
    assert sum(len(child.adulti) == 1 for child in children) >= 5
    assert sum(child.fratello_di is not None for child in children) >= 3
    assert sum(bool(child.desideri) for child in children) >= 15
    assert any(child.assegnato_a for child in children)
    assert any(child.gia_iscritto for child in children)
    assert any(child.giorni for child in children)
    assert any(child.finestre for child in children)
    assert any(len(adulto.turni) > 1 for child in children for adulto in child.adulti)
    assert all(child.sintetico == child.id.startswith("SINT-") for child in children)


def test_pergine_money(pergine: Scenario) -> None:
    """Budgets, company shares from 0.3 to 0.6, half price for empty places, the family last."""
    assert sum(azienda.budget_annuo is not None for azienda in pergine.aziende) >= 3
    shares = [azienda.quota for azienda in pergine.aziende]
    assert (min(shares), max(shares)) == (Decimal("0.3"), Decimal("0.6"))
    assert {
        float(gestore.vuoto_per_pieno) for gestore in pergine.gestori if gestore.tipo != "tagesmutter"
    } == {0.5}
    assert [payer.id for payer in pergine.pagatori] == [
        "provincia",
        "azienda",
        "azienda_vuoti",
        "buoni",
        "inps",
        "famiglia",
    ]


# What says which thing is meant, not how much of it; and the capacities that are published (table offerta).
NO_FIGURE = {"id", "nome", "tipo", "comune", "ipotesi", "stagioni", "in_chiusura", "accreditato"}
PUBLISHED = {("micronido_mala", "capienza"), ("nido_caldonazzo", "capienza")}


def figures_of(owner: dict[str, Any]) -> set[str]:
    """Return every figure that a company or a provider states, as a dotted key; groups of bands are one."""
    found: set[str] = set()
    for key, value in owner.items():
        if key == "fasce":
            stated = ((item["id"], inner) for item in value for inner in item)
            found |= {f"fasce.{name}.{inner}" for name, inner in stated if inner not in NO_FIGURE}
        elif key in ("prezzi", "costi"):
            found |= {f"{key}.{inner}" for inner in value}
        elif key not in NO_FIGURE and (owner["id"], key) not in PUBLISHED:
            found.add(key)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_of_company_and_provider_is_named_as_assumed(name: str) -> None:
    """No number of a shipped company or provider passes for a public one: each is a row of the result."""
    listed = {row.chiave for row in assumptions(load(name).scenario)}
    data = parse(shipped_path(name).read_bytes(), name).data
    for room in ("aziende", "gestori"):
        for owner in data[room]:
            start = f"{room}.{owner['id']}"
            for key in figures_of(owner) - {"sede"}:
                of_all = ".".join(step for place, step in enumerate(key.split(".")) if place != 1)
                assert {f"{start}.{key}", f"{start}.{of_all}"} & listed, f"{start}.{key}"


def test_pergine_invents_no_provider_in_silence(pergine: Scenario) -> None:
    """Where no provider was found, the scenario's own says in its id and name that it is hypothetical."""
    unknown = ("Civezzano", "Baselga di Pinè", "Altopiano della Vigolana")
    for gestore in pergine.gestori:
        invented = gestore.comune in unknown
        assert (gestore.id.endswith("_ipotetico"), "(ipotetico)" in gestore.nome) == (invented, invented)


def test_pergine_names_the_hourly_subsidy(pergine: Scenario) -> None:
    """5.20 EUR an hour come from the tables, and that they reach the bill is listed as assumed."""
    row = {row.chiave: row for row in assumptions(pergine)}["pagatori.provincia.importo_tabella"]
    assert (row.valore, row.unita, row.stato) == ("5.2", "EUR/ora_bambino", "ipotesi")
    assert "non è lo sconto della famiglia" in row.nota


def test_csv_files_say_that_they_are_synthetic() -> None:
    """The files that a shipped scenario reads carry the label in their first line."""
    files = sorted(shipped_path("minimo").parent.glob("*.csv"))
    assert len(files) == 2
    assert all(file.read_text(encoding="utf-8").startswith("# DATI SINTETICI\n") for file in files)


def test_opposite_shifts_have_fewer_places_than_children() -> None:
    """Nine children, four places, two opposite phases of one rota."""
    scenario = load("turni-opposti").scenario
    assert (len(scenario.bambini), scenario.gestori[0].posti) == (9, 4)
    phases = Counter(child.adulti[0].turni[0].fase for child in scenario.bambini[:8])
    assert phases == {0: 4, 1: 4}


def test_summer_has_closures_and_a_peak() -> None:
    """In August both nidi close, one may open again, and the fruit company works most from May on."""
    scenario = load("estate").scenario
    assert sum(bool(gestore.chiusure) for gestore in scenario.gestori) == 2
    assert any(fascia.in_chiusura for gestore in scenario.gestori for fascia in gestore.fasce)
    dated = [turno.dal for child in scenario.bambini for adulto in child.adulti for turno in adulto.turni]
    assert date(2027, 5, 1) in dated


def test_documentation_is_generated() -> None:
    """docs/scenario.md is what `nido.scenari.schema_docs.markdown` writes now."""
    written = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
    assert written == markdown(), "write it again from nido.scenari.schema_docs.markdown()"


def test_every_key_is_explained() -> None:
    """Every key of a scenario has a description, in the schema and in the tables."""
    for name, part in json_schema()["definitions"].items():
        for key, value in part.get("properties", {}).items():
            assert value.get("description"), f"{name}.{key}"


def test_schema_says_what_is_reserved() -> None:
    """The reserved fields carry their mark in the JSON Schema."""
    child = json_schema()["definitions"]["Bambino"]["properties"]
    assert {name for name, value in child.items() if value.get("riservato")} == {"casa", "isee", "icef"}
