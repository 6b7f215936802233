"""The shorter listings, and what the doctor looks at."""

from pathlib import Path

import pytest

from nido.data import voci
from nido.data.indagine import load_survey
from nido.data.problems import NidoError
from nido.report import doctor, listings
from nido.report.doctor import Check
from nido.scenari.load import Loaded


def test_every_figure_has_source_and_state() -> None:
    """Each figure of the tables is listed with its state and its source; the last line counts them."""
    rows = voci("inps")
    shown = listings.figures(rows, 80)
    lines = shown.splitlines()
    assert sum(line.startswith("    fonte: ") for line in lines) == len(rows)
    assert max(map(len, lines)) <= 80
    assert lines[-1].startswith(f"{len(rows)} cifre: ")
    assert listings.figures((), 80) == "0 cifre\n"


def test_figures_of_a_scenario_are_unverified(tmp_path: Path, loaded: Loaded) -> None:
    """With a scenario only what is not verified is listed."""
    path = tmp_path / "carta.yaml"
    rows = listings.rows_of_scenario(path)
    assert rows
    assert {row.stato for row in rows} <= {"stimato", "ipotesi"}
    assert listings.rows_of_tables(None) == voci()


@pytest.mark.parametrize("width", [80, 120])
def test_survey(width: int) -> None:
    """The five needs of the published survey, with their shares."""
    shown = listings.survey(load_survey(), width)
    assert max(map(len, shown.splitlines())) <= width
    assert shown.startswith("Indagine 2025: 6 organizzazioni\n")
    for share in ("100", "66,7", "83,3"):
        assert share in shown


def test_valid_scenario_is_counted(loaded: Loaded) -> None:
    """A valid scenario says what is in it."""
    shown = listings.valid_scenario(loaded)
    assert shown.endswith(
        "carta.yaml: valido (2 aziende, 1 gestore, 3 bambini, 1 stagione; dal 01/09/2026 al 31/10/2026)\n"
    )


def test_one_figure_is_singular() -> None:
    """A single figure is not called figures, and its days are written as a reader writes them."""
    row = next(row for row in voci() if row.valido_dal is not None)
    assert row.valido_dal is not None
    shown = listings.figures((row,), 80)
    assert shown.splitlines()[-1] == f"1 cifra: {row.stato} 1"
    assert row.valido_dal.strftime("%d/%m/%Y") in shown


def test_examination_shows_advice_only_for_what_is_wrong() -> None:
    """What is well needs no advice."""
    checks = [Check("uno", True, "3.11", "installa"), Check("due", False, "manca", "installa")]
    assert listings.examination(checks) == "bene  uno: 3.11\nMALE  due: manca\n      installa\n"


def test_doctor_finds_this_installation_well() -> None:
    """Everything that the doctor looks at works here, the solver in its child process included."""
    checks = doctor.examine()
    assert [check for check in checks if not check.ok] == []
    assert {"Python", "ortools"} <= {check.name for check in checks}


def test_doctor_survives_what_it_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing package and a crashing solver are findings, not errors."""

    def crash() -> tuple[bool, str]:
        raise NidoError("il solutore è caduto")

    def surprise() -> tuple[bool, str]:
        raise RuntimeError("secret")

    monkeypatch.setattr(doctor, "PACKAGES", ("nido-diffuso", "no-such-package"))
    monkeypatch.setattr(doctor, "_trial", crash)
    monkeypatch.setattr(doctor, "_canary", surprise)
    wrong = [check for check in doctor.examine() if not check.ok]
    assert [check.detail for check in wrong] == ["manca", "il solutore è caduto", "RuntimeError"]
    assert all(check.advice for check in wrong)
