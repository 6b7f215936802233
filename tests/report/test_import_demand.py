"""A company's own sheet becomes the demand of a scenario: matched by name, confirmed once, nobody named."""

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from nido.cli import main
from nido.report.import_demand import PROFILE
from nido.scenari.demand_csv import read_demand
from nido.scenari.importa.suggest import suggest
from nido.scenari.load import load_scenario

HEADER = ("Matricola", "Cognome", "Data nascita figlio", "Residenza", "Turno", "Note")
ROWS = (
    ("7001", "Rossi", date(2024, 11, 12), "Pergine Valsugana", "Mattina", "x"),
    ("7002", "Bianchi", "03/05/2025", "pergine valsugana", "Mattina e pomeriggio", None),
)


@pytest.fixture(autouse=True)
def italian(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the messages in Italian."""
    monkeypatch.setenv("NIDO_LANG", "it")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a scenario and the sheet of its company."""
    assert run("new", str(tmp_path / "prova.yaml")) == 0
    write(tmp_path / "personale.xlsx", HEADER, *ROWS)
    return tmp_path


def write(path: Path, *rows: tuple[object, ...]) -> None:
    """Write a workbook with one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    path.write_bytes(saved.getvalue())


def run(*arguments: str) -> int:
    """Run a command and give its exit code."""
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return int(left.value.code or 0)


def importa(folder: Path, *more: str, file: str = "personale.xlsx") -> int:
    """Import the sheet of the company."""
    common = ("--azienda", "officina", "--scenario", str(folder / "prova.yaml"))
    return run("importa", str(folder / file), *common, "--out", str(folder / "bambini.csv"), *more)


def test_a_sheet_becomes_the_demand_of_the_scenario(folder: Path) -> None:
    """The CSV is read by the scenario as it is."""
    assert importa(folder, "--accetta") == 0
    scenario = (folder / "prova.yaml").read_text(encoding="utf-8")
    before, _, after = scenario.partition("bambini:\n")
    rest = after[after.index("# Le regole") :]
    (folder / "altra.yaml").write_text(f"{before}bambini_csv: bambini.csv\n{rest}", encoding="utf-8")
    first, second = load_scenario(folder / "altra.yaml").scenario.bambini
    assert (first.id, first.nascita, first.comune) == ("B001", date(2024, 11, 12), "Pergine Valsugana")
    assert second.adulti[0].turni[0].rotazione == "mattina_e_pomeriggio"
    assert second.adulti[0].azienda == "officina"


def test_no_person_is_carried(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither in the CSV, nor in the profile, nor on the screen."""
    assert importa(folder, "--accetta") == 0
    written = (folder / "bambini.csv").read_text(encoding="utf-8-sig")
    profile = (folder / PROFILE.format(name="officina")).read_text(encoding="utf-8")
    shown = capsys.readouterr()
    for word in ("Rossi", "Bianchi", "7001", "2024-11-12"):
        assert word not in written + profile + shown.out + shown.err
    assert "dato della persona: non si porta" in shown.err
    assert "non riconosciuta" in shown.err
    assert set(json.loads(profile)["colonne"].values()) == {"nascita", "comune", "adulto1_rotazione"}


def test_what_was_decided_is_not_asked_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same header is read in silence; a new column, or a new shift, is shown again."""
    assert importa(folder) == 2
    assert not (folder / "bambini.csv").exists()
    assert importa(folder, "--accetta") == 0
    capsys.readouterr()
    assert importa(folder, "--force") == 0
    assert "colonna" not in capsys.readouterr().err
    new_shift = (*ROWS[0][:4], "Ufficio", "")
    write(folder / "personale.xlsx", HEADER, *ROWS, new_shift)
    assert importa(folder, "--force") == 2
    write(folder / "personale.xlsx", (*HEADER, "Fase"), *ROWS)
    assert importa(folder, "--force") == 2


def test_the_profile_is_for_its_owner(folder: Path) -> None:
    """Mode 0600, and a broken one is told."""
    assert importa(folder, "--accetta") == 0
    profile = folder / PROFILE.format(name="officina")
    assert profile.stat().st_mode & 0o777 == 0o600
    profile.write_text('{"formato": "altro"}', encoding="utf-8")
    assert importa(folder, "--force", "--accetta") == 3


def test_columns_and_shifts_are_corrected(folder: Path) -> None:
    """What no name tells is said once, and remembered."""
    write(
        folder / "p.xlsx",
        ("Nascita", "Abita a", "Squadra di lavoro"),
        (date(2025, 1, 2), "Levico Terme", "A"),
    )
    options = ("--colonna", "Abita a=comune", "--colonna", "Squadra di lavoro=adulto1_rotazione")
    assert importa(folder, *options, "--turno", "A=mattina", "--accetta", file="p.xlsx") == 0
    assert importa(folder, "--force", file="p.xlsx") == 0
    found = read_demand("bambini.csv", (folder / "bambini.csv").read_bytes())
    child = found.document.data["bambini"][0]
    assert (child["comune"], child["adulti"][0]["turni"]) == ("Levico Terme", [{"rotazione": "mattina"}])


@pytest.mark.parametrize(
    "options",
    [
        ("--colonna", "Niente=comune"),
        ("--colonna", "Residenza=isee"),
        ("--turno", "Mattina=notte"),
        ("--turno", "Sera=mattina"),
        ("--prefisso", "b"),
    ],
)
def test_a_wrong_option_is_a_usage_error(folder: Path, options: tuple[str, ...]) -> None:
    """A column or shift that is not there, a field that no company may fill, a rotazione of no scenario."""
    assert importa(folder, *options, "--accetta") == 2


def test_every_wrong_cell_is_told_without_its_value(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With sheet and cell, all at once, and nothing is written."""
    rows = (
        ("1", "Rossi", "12 novembre", "via Rossi 5", "Mattina", ""),
        ("2", "Verdi", None, "Tenna", "Mattina", ""),
    )
    write(folder / "personale.xlsx", HEADER, *rows)
    assert importa(folder, "--accetta") == 3
    told = capsys.readouterr().err
    for place in ("Sheet!C2: nascita", "Sheet!D2: comune", "Sheet!A3: nascita"):
        assert place in told
    assert "via Rossi" not in told and "novembre" not in told
    assert not (folder / "bambini.csv").exists()


def test_a_file_without_header_shows_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its first row is a person."""
    write(folder / "personale.xlsx", *ROWS)
    assert importa(folder, "--accetta") == 3
    told = capsys.readouterr().err
    assert "nessuna colonna riconosciuta" in told
    assert "Rossi" not in told


def test_a_csv_is_read_too_and_codes_of_the_company_are_kept(folder: Path) -> None:
    """Windows-1252 and semicolons; codes that are well formed stay."""
    text = "Sigla;Nato il;Città;Turno;Fratello di\r\nE1;12/11/2024;Baselga di Piné;Mattina;\r\n"
    text += "E2;12/11/2024;Tenna;Mattina;E1\r\n"
    (folder / "p.csv").write_bytes(text.encode("cp1252"))
    assert importa(folder, "--accetta", file="p.csv") == 0
    found = read_demand("bambini.csv", (folder / "bambini.csv").read_bytes()).document.data["bambini"]
    assert [child["id"] for child in found] == ["E1", "E2"]
    assert found[1]["fratello_di"] == "E1"


def test_the_date_of_the_employee_is_not_the_child_s() -> None:
    """Close names are suggestions, and what is of the employee is none."""
    names = {1: "Data di nascita dipendente", 2: "Data nascita bimbo", 3: "Comune di residenzza", 4: "ISEE"}
    found = suggest(names, {})
    assert [found[n].field for n in names] == ["", "nascita", "comune", ""]
    assert found[3].how == "simile"
    assert found[4].how == "persona"
