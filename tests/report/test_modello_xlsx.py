"""A scenario as a workbook and back: the same scenario, the same bytes, and a sheet that people can fill."""

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fogli import HEADER, as_ods, part, saved, scenario_of, starter
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import tiny_scenario

from nido.cli import main
from nido.data.problems import NidoError
from nido.report.modello_xlsx.book import workbook_bytes
from nido.report.new_scenario import new_scenario, yaml_bytes
from nido.scenari.accordo_quadro import AccordoQuadro
from nido.scenari.domanda import Bambino
from nido.scenari.load import canonical_json, load_canonical, load_scenario, shipped, shipped_path
from nido.scenari.schema import Scenario

WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), min_size=1, max_size=30
)
# Clauses whose figures all have a default are there or not: an empty group is not the same as none.
AGREEMENT = {
    "inizio": "2026-09",
    "durata_mesi": 24,
    "clausole": {
        "preavviso": {},
        "trasferimento": {},
        "sconto_volume": {"scaglioni": [{"posti": 3, "sconto": 0.05}, {"posti": 6, "sconto": "0.1"}]},
        "indicizzazione": {"variazione_annua": "0.020"},
    },
    "eccezioni": [
        {"azienda": "officina", "clausole": {"rilascio_annuale": {}}, "senza": ["preavviso"]},
        {
            "gestore": "nido_centro",
            "clausole": {"sconto_volume": {"conta": "gestore", "scaglioni": [{"posti": 2, "sconto": 1}]}},
        },
        {},
    ],
    "percorsi": [
        {
            "id": "uscita",
            "eventi": [
                {"tipo": "esce", "mese": "2026-10", "bambino": "B001"},
                {
                    "tipo": "assume",
                    "mese": "2026-11",
                    "azienda": "officina",
                    "gestore": "nido_centro",
                    "come": "B002",
                    "numero": 2,
                },
            ],
        },
        {"id": "calma", "probabilita": "0.5"},
    ],
}


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_scenario_comes_back_the_same(tmp_path: Path, name: str) -> None:
    """YAML to workbook and back, and from the canonical form to the same bytes."""
    loaded = load_scenario(shipped_path(name))
    content = workbook_bytes(loaded.scenario)
    again = load_scenario(saved(tmp_path, content))
    assert again.canonical == loaded.canonical
    assert again.travel_matrix == loaded.travel_matrix
    assert workbook_bytes(load_canonical(again.canonical, "").scenario) == content
    plain = tmp_path / "di-nuovo.yaml"
    plain.write_bytes(yaml_bytes(again.scenario))
    assert load_scenario(plain).canonical == loaded.canonical


@settings(derandomize=True, max_examples=6, deadline=None)
@given(st.integers(0, 10_000))
def test_a_random_scenario_comes_back_the_same(seed: int) -> None:
    """Whatever rules, rotas, closures and matrices it draws."""
    scenario = tiny_scenario(seed, wide=True)
    assert canonical_json(scenario_of(workbook_bytes(scenario))) == canonical_json(scenario)


@settings(derandomize=True, max_examples=6, deadline=None)
@given(WORDS, st.decimals("0.1", "130", places=17, allow_nan=False), st.floats(45, 47.5), st.integers(0, 20))
def test_texts_and_figures_come_back_to_the_last_sign(
    words: str, speed: Any, latitude: float, places: int
) -> None:
    """Texts with any sign, decimals with more digits than a cell keeps, coordinates as they are."""
    data = scenario_of(starter()).model_dump(mode="json")
    data["nome"] = words
    data["viaggio"]["velocita_km_h"] = str(speed)
    data["aziende"][0]["sede"] = {"latitudine": latitude, "longitudine": 11.25}
    data["aziende"][0]["posti_massimi"] = places
    scenario = Scenario.model_validate(data)
    assert canonical_json(scenario_of(workbook_bytes(scenario))) == canonical_json(scenario)


def test_agreements_come_back_the_same() -> None:
    """Clauses with defaults alone, exceptions by number, steps of both, courses of events."""
    agreement = AccordoQuadro.model_validate(AGREEMENT)
    scenario = scenario_of(starter()).model_copy(update={"accordo_quadro": agreement})
    again = scenario_of(workbook_bytes(scenario))
    assert again.accordo_quadro == agreement


def test_every_field_of_a_child_comes_back(tmp_path: Path) -> None:
    """Two rotas of one adult, windows, absences, wishes, what is pinned and what is reserved."""
    child = Bambino.model_validate(
        {
            "id": "B9-1",
            "azienda": "officina",
            "nascita": "2025-02-10",
            "comune": "Levico Terme",
            "casa": {"latitudine": 46.0123456789, "longitudine": 11.3},
            "adulti": [
                {"azienda": "officina", "turni": [{"rotazione": "mattina", "al": "2026-10-31"}]},
                {
                    "sede": {"comune": "Trento"},
                    "turni": [{"rotazione": "ufficio", "fase": 0}, {"rotazione": "mattina", "fase": 3}],
                },
            ],
            "finestre": [{"giorni": ["lun", "mer"], "orario": "07:00-15:00"}],
            "giorni": "lun,mar,ven",
            "assenze": [{"inizio": "2026-12-24", "fine": "2026-12-31", "motivo": "ferie"}],
            "desideri": ["nido_centro", "altro"],
            "esclusi": ["terzo"],
            "assegnato_a": [{"gestore": "nido_centro", "stagione": "autunno"}],
            "isee": "12345.67",
            "icef": "0.31",
            "peso": 3,
        }
    )
    scenario = scenario_of(starter()).model_copy(update={"bambini": (child,)})
    assert scenario_of(workbook_bytes(scenario)).bambini == (child,)


def test_a_limit_that_is_taken_away_is_said_by_a_word() -> None:
    """An empty cell stands for the default of the tables: no limit at all is written out."""
    data = scenario_of(starter()).model_dump(mode="json")
    data["regole"]["idoneita"]["deviazione_massima_minuti"] = None
    content = workbook_bytes(Scenario.model_validate(data))
    assert "nessuno" in part("xl/sharedStrings.xml", content)
    assert scenario_of(content).regole.idoneita.deviazione_massima_minuti is None


def test_a_value_without_a_place_is_refused() -> None:
    """A key with a comma would come back as two: the workbook is not written."""
    scenario = scenario_of(starter())
    note = scenario.aziende[0].ipotesi[0].model_copy(update={"chiavi": ("quota, budget_annuo",)})
    company = scenario.aziende[0].model_copy(update={"ipotesi": (note,)})
    with pytest.raises(NidoError, match="YAML"):
        workbook_bytes(scenario.model_copy(update={"aziende": (company,)}))


def test_an_ods_is_read_like_an_xlsx() -> None:
    """The other format, made by hand: repeated cells, dates, text in paragraphs."""
    scenario = scenario_of(starter())
    assert canonical_json(scenario_of(as_ods(scenario))) == canonical_json(scenario)


@pytest.mark.lento
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_ods_of_libreoffice_says_the_same(tmp_path: Path) -> None:
    """Saved by LibreOffice in its own format, the scenario is the same to the last figure."""
    path = saved(tmp_path, starter())
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "ods", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert load_scenario(path.with_suffix(".ods")).canonical == load_scenario(path).canonical


# --- what people see ---


@pytest.fixture(scope="module")
def book() -> Any:
    """Open the starter as a spreadsheet program would."""
    return openpyxl.load_workbook(io.BytesIO(starter()))


def test_the_workbook_opens_on_its_instructions(book: Any) -> None:
    """In Italian, with every sheet named; the lists of the choices are hidden."""
    assert book.sheetnames[0] == "Istruzioni" and book.active.title == "Istruzioni"
    assert book["Elenchi"].sheet_state == "hidden"
    told = [row[0].value for row in book["Istruzioni"].iter_rows() if row[0].value]
    assert set(book.sheetnames) - {"Istruzioni", "Elenchi"} <= set(told)
    assert any("DATI SINTETICI" in line for line in told)


def test_every_table_has_names_meanings_and_a_frozen_header(book: Any) -> None:
    """Over each name what to write; the first line warns of synthetic data."""
    for name in ("Aziende", "Gestori", "Fasce", "Bambini", "Adulti", "Pagatori", "Eventi"):
        sheet = book[name]
        assert sheet.freeze_panes.endswith(str(HEADER + 1))
        assert "DATI SINTETICI" in sheet["A1"].value
        for meaning, header in zip(sheet[2], sheet[HEADER], strict=True):
            assert header.value and meaning.value, (name, header.value)
            assert sheet.column_dimensions[header.column_letter].width >= 13


def test_closed_lists_and_ids_are_chosen(book: Any) -> None:
    """Kinds, yes and no, towns and the ids of other sheets are drop-down lists."""
    wanted = {
        ("Gestori", "tipo"): "nido,micronido,tagesmutter",
        ("Gestori", "accreditato"): "sì,no",
        ("Gestori", "comune"): "Elenchi",
        ("Fasce", "gestore"): "Gestori",
        ("Adulti", "rotazione"): "Rotazioni",
        ("Bambini", "azienda"): "Aziende",
    }
    for (name, header), source in wanted.items():
        sheet = book[name]
        letter = next(found.column_letter for found in sheet[HEADER] if found.value == header)
        place = f"{letter}{HEADER + 1}"
        rules = [rule for rule in sheet.data_validations.dataValidation if place in rule.sqref]
        assert any(rule.type == "list" and source in rule.formula1 for rule in rules), (name, header)


def test_the_same_scenario_gives_the_same_bytes() -> None:
    """No clock and no path in the file."""
    assert new_scenario(workbook=True) == starter()


# --- command line ---


def run(*arguments: str) -> int:
    """Run a command and give its exit code."""
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return int(left.value.code or 0)


def test_new_writes_a_workbook_that_check_accepts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`nido new --xlsx`, `nido check` with and without --set."""
    path = str(tmp_path / "prova.xlsx")
    assert run("new", "--xlsx", path) == 0
    assert run("check", path, "--set", "gestori[nido_centro].posti=9") == 0
    assert "5 bambini" in capsys.readouterr().out
    assert run("new", path) == 2
    assert run("new", path, "--force") == 0


def test_new_writes_a_scenario_in_the_other_form(tmp_path: Path) -> None:
    """With --da, YAML becomes a workbook and a workbook YAML; neither replaces its source."""
    source, book, plain = tmp_path / "a.yaml", tmp_path / "b.xlsx", tmp_path / "c.yaml"
    assert run("new", str(source)) == 0
    assert run("new", "--xlsx", str(book), "--da", str(source)) == 0
    assert run("new", str(plain), "--da", str(book)) == 0
    assert load_scenario(plain).canonical == load_scenario(source).canonical
    assert run("new", str(book), "--da", str(book), "--force") == 2


def test_new_refuses_what_it_does_not_write(tmp_path: Path) -> None:
    """A name that does not fit, and an .ods, are usage errors; a wrong source is invalid input."""
    assert run("new", "--xlsx", str(tmp_path / "prova.yaml")) == 2
    assert run("new", str(tmp_path / "prova.ods")) == 2
    wrong = tmp_path / "rotto.xlsx"
    wrong.write_bytes(b"PK")
    assert run("new", str(tmp_path / "prova.yaml"), "--da", str(wrong)) == 3
    assert not (tmp_path / "prova.yaml").exists()
