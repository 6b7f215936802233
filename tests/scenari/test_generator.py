"""Synthetic demand: stable, labelled, within the numbers that it was asked for."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nido.data.problems import InputError
from nido.scenari.generator import Child, children_of, generate
from nido.scenari.load import load_canonical, load_scenario
from nido.scenari.schema import Scenario
from nido.scenari.strict_yaml import parse
from nido.scenari.validation import validate

BASE = (Path(__file__).parent / "scenario_base.yaml").read_text(encoding="utf-8")
STATED = """\
domanda_generata:
  seme: 7
  figli_per_100_dipendenti: 5
  nati: {inizio: 2024-02-01, fine: 2026-12-31}
  aziende:
    - {azienda: alfa, dipendenti: 390, rotazioni: {giornata: 1, due: 3}}
    - {azienda: beta, dipendenti: 100, figli_per_100_dipendenti: 2.5, rotazioni: {giornata: 1}}
  quota_secondo_adulto: 0.5
  rotazioni_secondo_adulto: {giornata: 1}
  comuni_secondo_adulto: {Trento: 2, Pergine Valsugana: 1}
  comuni: [Pergine Valsugana, Tenna, Levico Terme]
  quota_fratelli: 0.2
  ferie:
    - {inizio: 2026-12-24, fine: 2026-12-31, quota: 0.5}
"""
COMPANIES = """\
aziende:
  - {id: beta, nome: Beta, sede: {comune: Levico Terme}}
"""


def stated(extra: str = STATED) -> str:
    """Return the base scenario with generated demand instead of its own children."""
    content = BASE[: BASE.index("bambini:")] + extra + BASE[BASE.index("regole:") :]
    content = content.replace("aziende:\n", COMPANIES, 1)
    return content.replace("  ordine_domanda: [B001, B002, B003]\n", "")


def generated(extra: str = STATED) -> tuple[Child, ...]:
    """Return the children that a scenario asks for."""
    return generate(validate(parse(stated(extra).encode(), "prova"), Scenario))


def test_head_counts_are_met() -> None:
    """390 × 5 % = 19.5 and 100 × 2.5 % = 2.5 are rounded half up: 20 and 3 children."""
    children = generated()
    assert [sum(child["azienda"] == name for child in children) for name in ("alfa", "beta")] == [20, 3]
    demand = validate(parse(stated().encode(), "prova"), Scenario).domanda_generata
    assert demand is not None
    assert [children_of(demand, company) for company in demand.aziende] == [20, 3]


def test_same_seed_same_children() -> None:
    """The draws are the same in every run and every release; another seed gives other children."""
    first = generated()
    assert first == generated()
    assert first != generated(STATED.replace("seme: 7", "seme: 8"))
    # Written down once: a change here changes every shipped scenario with generated demand.
    assert first[0] == {
        "id": "SINT-1-001",
        "azienda": "alfa",
        "sintetico": True,
        "comune": "Pergine Valsugana",
        "adulti": [{"azienda": "alfa", "turni": [{"rotazione": "due"}]}],
        "desideri": ["luna", "sole"],
        "nascita": "2026-01-12",
        "ingresso": "2026-11-01",
    }


def test_order_of_names_does_not_matter() -> None:
    """Weights written in another order give the same children."""
    other = STATED.replace("{giornata: 1, due: 3}", "{due: 3, giornata: 1}")
    other = other.replace("{Trento: 2, Pergine Valsugana: 1}", "{Pergine Valsugana: 1, Trento: 2}")
    assert generated(other) == generated()


def test_other_companies_stay_as_they_are() -> None:
    """More employees add children at the end of their company and change nobody else."""
    more = generated(STATED.replace("dipendenti: 390", "dipendenti: 450"))
    before = generated()
    assert len(more) == len(before) + 3
    assert [child for child in more if child in before] == list(before)


def test_children_are_labelled_and_within_bounds() -> None:
    """Every child says that it is synthetic, is born in the period, and stays inside the horizon."""
    for child in generated():
        assert child["sintetico"] is True
        assert child["id"].startswith("SINT-")
        assert "2024-02-01" <= child["nascita"] <= "2026-12-31"
        assert child["comune"] in ("Pergine Valsugana", "Tenna", "Levico Terme")
        entry = child.get("ingresso", "2026-09-01")
        assert entry.endswith("-01")
        assert "2026-09-01" <= entry < child.get("uscita", "2027-07-01")
        if "ingresso" in child and "uscita" in child:
            assert date.fromisoformat(child["ingresso"]) < date.fromisoformat(child["uscita"])


def test_siblings_share_the_family() -> None:
    """A sibling has the home, the adults and the holidays of the other child, and comes once per family."""
    children = {child["id"]: child for child in generated()}
    siblings = [child for child in children.values() if "fratello_di" in child]
    assert siblings
    for child in siblings:
        other = children[child["fratello_di"]]
        assert all(child.get(key) == other.get(key) for key in ("comune", "adulti", "assenze", "desideri"))
        assert "fratello_di" not in other
        assert child["azienda"] == other["azienda"]


@pytest.mark.parametrize(("share", "adults"), [(Decimal(0), {1}), (Decimal(1), {2})])
def test_second_adults(share: Decimal, adults: set[int]) -> None:
    """With a share of 0 or 1 nobody or everybody has a second adult, who works elsewhere."""
    children = generated(STATED.replace("quota_secondo_adulto: 0.5", f"quota_secondo_adulto: {share}"))
    assert {len(child["adulti"]) for child in children} == adults
    assert all("azienda" not in adult for child in children for adult in child["adulti"][1:])


def test_loaded_scenario_holds_the_children(tmp_path: Path) -> None:
    """Loading puts the children into the scenario, which then asks for no generation any more."""
    path = tmp_path / "scenario.yaml"
    path.write_text(stated(), encoding="utf-8")
    loaded = load_scenario(path, ["bambini[SINT-1-002].peso=4"])
    assert len(loaded.scenario.bambini) == 23
    assert all(child.sintetico for child in loaded.scenario.bambini)
    assert loaded.scenario.bambini[1].peso == 4
    assert loaded.scenario.domanda_generata is None
    assert load_canonical(loaded.canonical, loaded.source) == loaded


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ("azienda: beta", "azienda: bet", "domanda_generata.aziende[#2].azienda", "azienda sconosciuta"),
        ("azienda: beta", "azienda: alfa", "domanda_generata.aziende[#2].azienda", "scritta due volte"),
        ("due: 3", "tre: 3", "domanda_generata.aziende[#1].rotazioni.tre", "rotazione sconosciuta"),
        ("due: 3", "due: 0", "domanda_generata.aziende[#1].rotazioni.due", "da 1 a 1000"),
        ("Trento: 2", "Trento: -2", "domanda_generata.comuni_secondo_adulto.Trento", "da 1 a 1000"),
        ("rotazioni_secondo_adulto: {giornata: 1}", "", "domanda_generata.rotazioni_secondo_adulto", "serve"),
        (
            "fine: 2026-12-31}\n  az",
            "fine: 2023-12-31}\n  az",
            "domanda_generata.nati.fine",
            "prima del primo",
        ),
        ("Tenna, ", "Tenna, tenna, ", "domanda_generata.comuni[#3]", "due volte"),
        ("dipendenti: 390", "dipendenti: 0", "domanda_generata.aziende[#1].dipendenti", "almeno 1"),
        (
            "inizio: 2026-12-24, fine: 2026-12-31",
            "inizio: 2026-12-31, fine: 2026-12-24",
            "domanda_generata.ferie[#1].fine",
            "prima del primo",
        ),
        (
            "comuni: [Perg",
            "eta_ingresso_mesi: [40]\n  comuni: [Perg",
            "domanda_generata.eta_ingresso_mesi[#1]",
            "da 0 a 36 mesi",
        ),
        (
            "dipendenti: 390",
            "dipendenti: 100000, figli_per_100_dipendenti: 50",
            "domanda_generata",
            "più di 20000",
        ),
    ],
)
def test_numbers_that_make_no_sense(old: str, new: str, where: str, message: str, tmp_path: Path) -> None:
    """Wrong numbers are told where they stand, and nothing is generated from them."""
    assert STATED.count(old) == 1
    path = tmp_path / "scenario.yaml"
    path.write_text(stated(STATED.replace(old, new)), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert [(problem.where, message in problem.message) for problem in caught.value.problems] == [
        (where, True)
    ]


def test_what_children_were_drawn_from_stays(tmp_path: Path) -> None:
    """The resolved scenario keeps the numbers, draws nothing again, and says first that it is synthetic."""
    path = tmp_path / "scenario.yaml"
    path.write_text(stated(STATED), encoding="utf-8")
    loaded = load_scenario(path)
    drawn = loaded.scenario.generata_da
    assert drawn is not None
    assert loaded.scenario.domanda_generata is None
    assert loaded.canonical.startswith(b'{\n "avvertenza": "DATI SINTETICI",\n')
    again = tmp_path / "again.yaml"
    again.write_bytes(loaded.canonical)
    assert load_scenario(again).scenario == loaded.scenario


def test_demand_is_drawn_once(tmp_path: Path) -> None:
    """Numbers to draw from beside numbers already drawn from would give the same children twice."""
    path = tmp_path / "scenario.yaml"
    path.write_text(stated(STATED), encoding="utf-8")
    done = json.loads(load_scenario(path).canonical)
    path.write_text(json.dumps({**done, "domanda_generata": done["generata_da"]}), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert any("già nati da generata_da" in problem.message for problem in caught.value.problems)


def test_generated_demand_needs_the_label(tmp_path: Path) -> None:
    """A scenario that claims real data may not generate children."""
    path = tmp_path / "scenario.yaml"
    path.write_text(stated().replace("dati_sintetici: true", "dati_sintetici: false"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert [problem.where for problem in caught.value.problems] == ["dati_sintetici"]
