"""The commands: help, languages, exit codes, what is written where."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from nido.accordi.risultato import calcolo
from nido.cli import build
from nido.data.problems import NidoError
from nido.matching.process import SolverCrash
from nido.matching.solution import Notice
from nido.report import pipeline
from nido.report.files import OutputError
from nido.report.help_texts import COMMANDS
from nido.report.modelli import starter
from nido.scenari.load import shipped_path

Run = Callable[..., Result]
SHIPPED = shipped_path("minimo").parent


@pytest.fixture
def nido(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command line in Italian."""
    monkeypatch.delenv("NIDO_LANG", raising=False)

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(build(), [str(argument) for argument in arguments], prog_name="nido")

    return run


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """Return the starter scenario as a file."""
    path = tmp_path / "prova.yaml"
    path.write_bytes(starter())
    return path


@dataclass
class FakePipeline:
    """Stands for the engine: answers what it is told to, and counts the calls."""

    documento: dict[str, Any]
    violazioni: tuple[Notice, ...] = ()
    interrotto: bool = False
    error: Exception | None = None
    calls: int = 0

    def run(self, *arguments: object) -> calcolo.Outcome:
        """Answer."""
        self.calls += 1
        if self.error:
            raise self.error
        return calcolo.Outcome(self.documento, self.violazioni, self.interrotto, {"soluzione": 1.0})


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a result of the starter scenario, solved for good."""
    folder = tmp_path_factory.mktemp("solved")
    path = folder / "prova.yaml"
    path.write_bytes(starter())
    arguments = ["solve", str(path), "--out", str(folder / "piano"), "--senza-confronto", "--quiet"]
    result = CliRunner().invoke(build(), arguments)
    assert result.exit_code == 0, result.stderr
    return folder / "piano"


@pytest.fixture
def fake(solved: Path, monkeypatch: pytest.MonkeyPatch) -> FakePipeline:
    """Let a ready answer stand for the engine."""
    found = FakePipeline(json.loads((solved / "risultato.json").read_bytes()))
    monkeypatch.setattr(calcolo, "run", found.run)
    return found


# --- help and language -----------------------------------------------------------------------------------


def test_help_needs_nothing_heavy() -> None:
    """The help loads neither solver nor tables nor schema."""
    code = (
        "import sys\nfrom nido.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'ortools', 'pandas', 'numpy', 'pydantic', 'yaml', 'rich'} & set(sys.modules)))\n"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "[]"


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_in_both_languages(command: str, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command has help with an example, and no word of the other language."""
    monkeypatch.setenv("NIDO_LANG", lang)
    result = CliRunner().invoke(build(), [*command.split(), "--help"], prog_name="nido")
    assert result.exit_code == 0
    words = ("Uso:", "Opzioni", "Esempi") if lang == "it" else ("Usage:", "Options", "Example")
    others = (
        ("Usage", "Options", "Show this", "default:", "Example")
        if lang == "it"
        else ("Uso:", "Opzioni", "Esempi")
    )
    assert all(word in result.stdout for word in words)
    assert not any(word in result.stdout for word in others)
    assert f"nido {command}".rstrip() in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_every_command_has_its_help(nido: Run) -> None:
    """The commands that exist are those that have help, in that order."""
    group = build()
    assert list(group.commands) == list(COMMANDS)
    assert isinstance(group, click.Group)


def test_version(nido: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The version is said in the language of the messages."""
    assert nido("--version").stdout.startswith("nido, versione ")
    monkeypatch.setenv("NIDO_LANG", "en")
    assert CliRunner().invoke(build(), ["--version"]).stdout.startswith("nido, version ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["sove"], "Il comando 'sove' non esiste. Forse 'solve'?"),
        (["solve"], "Manca l'argomento 'SCENARIO'."),
        (["verify"], "Manca l'argomento 'RISULTATO'."),
        (["check", "no.yaml", "--set"], "L'opzione '--set' vuole un valore."),
        (["solve", "x", "--sede", "1"], "L'opzione '--sede' non esiste."),
        (["solve", "x", "--seed", "uno"], "'uno' non è un numero ammesso qui."),
        (["solve", "x", "--gap", "2"], "2.0 è fuori dai limiti 0<=x<=1."),
        (["solve", "x", "--gap", "nan"], "serve un numero finito"),
        (["solve", "x", "--time-limit", "inf"], "serve un numero finito"),
        (["solve", "x", "--time-limit", "0"], "è fuori dai limiti"),
        (["solve", "x", "y"], "Argomento di troppo: y"),
        (["params", "--stato", "vero"], "'vero' non è fra 'verificato', 'stimato', 'ipotesi'."),
        (["solve", "x", "--out"], "L'opzione '--out' vuole un valore."),
    ],
)
def test_usage_errors_in_italian(nido: Run, arguments: list[str], message: str) -> None:
    """A command written wrongly gives exit code 2 and an Italian sentence on standard error."""
    result = nido(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Error:" not in result.stderr and "Usage" not in result.stderr
    assert result.stdout == ""


# --- solve -----------------------------------------------------------------------------------------------


def test_solve_verify_round_trip(solved: Path, nido: Run) -> None:
    """What solve saves, verify confirms; the folder holds every file, private and labelled."""
    names = {path.name for path in solved.iterdir()}
    assert pipeline.folder_names() - names <= {pipeline.STANDARD_FILE}
    assert nido("verify", solved / "risultato.json").exit_code == 0
    original = solved.parent / "prova.yaml"
    confirmed = nido("verify", solved / "risultato.json", "--scenario", original)
    assert confirmed.stdout.endswith(": confermato\n")
    for table in solved.glob("*.csv"):
        assert table.read_bytes().startswith("\ufeffDATI SINTETICI\r\n".encode())


def test_verify_refuses_a_corrupted_result(solved: Path, nido: Run, tmp_path: Path) -> None:
    """One cent more in one line is found: exit code 7 and a sentence."""
    document = json.loads((solved / "risultato.json").read_bytes())
    document["registro"]["righe"][0]["importo_cent"] += 1
    path = tmp_path / "risultato.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    result = nido("verify", path, "--scenario", solved / "scenario.json")
    assert result.exit_code == 7
    assert "Rifiutato dal controllore" in result.stderr
    assert nido("verify", tmp_path / "no.json").exit_code == 3


def test_same_seed_same_bytes(solved: Path, scenario: Path, nido: Run) -> None:
    """A second run gives the same result, byte by byte, on standard output as in the file."""
    result = nido("solve", scenario, "--json", "-", "--senza-confronto")
    assert result.exit_code == 0
    assert result.stdout_bytes == (solved / "risultato.json").read_bytes()


def test_report_shows_plan_beside_standard_hours(scenario: Path, nido: Run, fake: FakePipeline) -> None:
    """Without --senza-confronto the second solve is shown under the plan."""
    result = nido("solve", scenario, "--larghezza", "80", "--quiet")
    assert result.exit_code == 0
    assert fake.calls == 2
    assert "08:30-16:30" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "\x1b" not in result.output
    assert "08:30-16:30" not in nido("solve", scenario, "--senza-confronto").stdout


def test_progress_goes_to_standard_error(scenario: Path, nido: Run) -> None:
    """Progress is talk: it never stands between the bytes of the result."""
    loud = nido("solve", scenario, "--senza-confronto", "--json", "-")
    quiet = nido("solve", scenario, "--senza-confronto", "--json", "-", "--quiet")
    assert loud.stdout_bytes == quiet.stdout_bytes
    assert "livello 1/6" in loud.stderr
    assert quiet.stderr == ""


@pytest.mark.parametrize(
    ("stato", "code"),
    [("ottimo", 0), ("entro_gap", 0), ("interrotto", 5), ("infattibile", 4), ("nessuna_soluzione", 6)],
)
def test_exit_code_says_how_it_ended(
    scenario: Path, nido: Run, fake: FakePipeline, tmp_path: Path, stato: str, code: int
) -> None:
    """Each state has its exit code; only a run without any answer writes no file."""
    fake.documento["stato"] = stato
    out, file = tmp_path / "out", tmp_path / "r.json"
    result = nido("solve", scenario, "--out", out, "--json", file, "--senza-confronto")
    assert result.exit_code == code
    assert out.exists() is file.exists() is (code != 6)


def test_ctrl_c_keeps_the_best_plan(scenario: Path, nido: Run, fake: FakePipeline, tmp_path: Path) -> None:
    """An interrupted run saves and shows its plan, skips the comparison and gives 130."""
    fake.documento["stato"], fake.interrotto = "interrotto", True
    result = nido("solve", scenario, "--out", tmp_path / "out")
    assert result.exit_code == 130
    assert fake.calls == 1
    assert (tmp_path / "out" / "risultato.json").exists()


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (SolverCrash("il solutore è caduto"), 8, "Errore: il solutore è caduto"),
        (NidoError("non si può"), 1, "Errore: non si può"),
        (KeyboardInterrupt(), 130, "Interrotto."),
        (ValueError("ISEE 12345"), 1, "Errore inatteso (ValueError)"),
        (RecursionError(), 1, "Errore inatteso (RecursionError)"),
    ],
)
def test_errors_leave_the_old_folder_as_it_was(
    scenario: Path, nido: Run, fake: FakePipeline, tmp_path: Path, error: Exception, code: int, message: str
) -> None:
    """Whatever fails: a sentence, an exit code, no traceback, no value of the scenario, nothing written."""
    out = tmp_path / "out"
    assert nido("solve", scenario, "--out", out, "--senza-confronto").exit_code == 0
    before = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}
    fake.error = error
    result = nido("solve", scenario, "--out", out, "--force")
    assert result.exit_code == code
    assert message in result.stderr
    assert "Traceback" not in result.output and "12345" not in result.output
    assert {path.name: path.stat().st_mtime_ns for path in out.iterdir()} == before


def test_debug_shows_the_traceback(scenario: Path, nido: Run, fake: FakePipeline) -> None:
    """Only --debug shows where an unexpected error came from."""
    fake.error = ValueError("dettaglio")
    result = nido("solve", scenario, "--debug")
    assert result.exit_code == 1
    assert "Traceback" in result.stderr and "dettaglio" in result.stderr


def test_refused_plan_is_neither_written_nor_shown(
    scenario: Path, nido: Run, fake: FakePipeline, tmp_path: Path
) -> None:
    """When the checker refuses, its reasons are all that is seen."""
    fake.violazioni = (Notice("capienza", "nido_centro", "7 presenti, posti 6"),)
    result = nido("solve", scenario, "--out", tmp_path / "out", "--json", tmp_path / "r.json")
    assert result.exit_code == 7
    assert "- capienza, nido_centro: 7 presenti, posti 6" in result.stderr
    assert result.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["prova.yaml"]


def test_refused_comparison_is_left_out(
    scenario: Path, nido: Run, fake: FakePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comparison that the checker refuses is told and not shown; the plan stands."""
    compare = pipeline.compare

    def refused(*arguments: Any) -> Any:
        found = compare(*arguments)
        assert found is not None
        return found[0], replace(found[1], violazioni=(Notice("orari", "nido_centro", "chiuso"),))

    monkeypatch.setattr(pipeline, "compare", refused)
    result = nido("solve", scenario)
    assert result.exit_code == 0
    assert "Nessun confronto con l'orario standard: rifiutato." in result.stderr
    assert "08:30-16:30" not in result.stdout


def test_no_time_left_for_the_comparison(scenario: Path, nido: Run, fake: FakePipeline) -> None:
    """When the plan took the whole time limit, the report stands alone and says why."""
    result = nido("solve", scenario, "--time-limit", "1.5")
    assert result.exit_code == 0
    assert "Nessun confronto con l'orario standard: tempo finito." in result.stderr


def test_places_are_refused_before_solving(
    scenario: Path, nido: Run, fake: FakePipeline, tmp_path: Path
) -> None:
    """An existing folder, a folder for a file, a missing folder: exit code 2 before any work."""
    (tmp_path / "out").mkdir()
    for arguments in (
        ["--out", tmp_path / "out"],
        ["--json", tmp_path],
        ["--json", tmp_path / "no" / "r.json"],
    ):
        assert nido("solve", scenario, *arguments).exit_code == 2
    assert fake.calls == 0


def test_json_replaces_a_file_only_with_force(
    scenario: Path, nido: Run, fake: FakePipeline, tmp_path: Path
) -> None:
    """An existing file needs --force, as a folder does."""
    file = tmp_path / "r.json"
    file.write_text("mio", encoding="utf-8")
    refused = nido("solve", scenario, "--json", file, "--senza-confronto")
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert (file.read_text(encoding="utf-8"), fake.calls) == ("mio", 0)
    assert nido("solve", scenario, "--json", file, "--senza-confronto", "--force").exit_code == 0
    assert json.loads(file.read_bytes())["formato"] == "nido-risultato/1"


@pytest.mark.parametrize("option", ["--json", "--out"])
def test_the_scenario_is_never_replaced(nido: Run, fake: FakePipeline, tmp_path: Path, option: str) -> None:
    """Neither the scenario nor its CSV, by whatever name, not even with --force."""
    for name in ("minimo.yaml", "minimo-viaggi.csv"):
        (tmp_path / name).write_bytes((SHIPPED / name).read_bytes())
    (tmp_path / "link.json").symlink_to(tmp_path / "minimo.yaml")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for name in ("minimo.yaml", "minimo-viaggi.csv", "link.json", "."):
        result = nido("solve", tmp_path / "minimo.yaml", option, tmp_path / name, "--force")
        assert result.exit_code == 2
    assert fake.calls == 0
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_cannot_be_saved_is_shown_all_the_same(
    scenario: Path, nido: Run, fake: FakePipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up while the plan is saved: the report is on screen, the error on standard error."""

    def full(*arguments: object, **more: object) -> None:
        raise OutputError("disco pieno")

    monkeypatch.setattr("nido.report.files.write_folder", full)
    result = nido("solve", scenario, "--out", tmp_path / "out", "--senza-confronto")
    assert result.exit_code == 1
    assert "CHI PAGA" in result.stdout.upper()
    assert "Errore: disco pieno" in result.stderr
    assert "Salvato" not in result.stderr


def test_spiega_says_that_it_was_interrupted(scenario: Path, nido: Run, fake: FakePipeline) -> None:
    """After Ctrl-C nobody knows whether there was something to explain."""
    arguments = ["solve", scenario, "--spiega", "B001", "--quiet", "--senza-confronto"]
    fake.interrotto = True
    stopped = nido(*arguments)
    assert stopped.exit_code == 130
    assert "--spiega: interrotto" in stopped.stderr
    assert "niente da spiegare" not in stopped.stderr
    fake.interrotto = False
    assert "niente da spiegare" in nido(*arguments).stderr


def test_all_problems_are_shown_and_counted(scenario: Path, nido: Run, tmp_path: Path) -> None:
    """Every problem of the input, each with its line, then the count; exit code 3, nothing written."""
    content = scenario.read_text(encoding="utf-8").replace("posti: 6", "posti: -6").replace("B002", "Mario")
    scenario.write_text(content, encoding="utf-8")
    nothing = " Niente è stato scritto."
    for command, end in (
        (["check", scenario], ""),
        (["solve", scenario, "--out", tmp_path / "out"], nothing),
    ):
        result = nido(*command)
        assert result.exit_code == 3
        assert "Mario" not in result.output
        assert f"{scenario}:" in result.stderr
        assert result.stderr.endswith(f"2 problemi trovati.{end}\n")
        assert result.stdout == ""
    assert not (tmp_path / "out").exists()


PINNED_TWICE = """formato: nido-scenario/1
nome: Caso
dati_sintetici: true
passo_minuti: 30
stagioni: [{id: autunno, inizio: 2026-10-01, fine: 2026-10-31}]
aziende: [{id: alfa, nome: Alfa, sede: {comune: Pergine Valsugana}}]
gestori:
  - {id: uno, nome: Uno, tipo: nido, comune: Pergine Valsugana,
    posti: 1, base: {giorni: lun-ven, orario: "08:00-16:00"}}
bambini:
  - {id: B1, azienda: alfa, nascita: 2025-01-10, comune: Pergine Valsugana, peso: 2,
    finestre: [{giorni: lun-ven, orario: "09:00-12:00"}],
    assegnato_a: [{gestore: uno}]}
  - {id: B2, azienda: alfa, nascita: 2025-01-10, comune: Pergine Valsugana,
    finestre: [{giorni: lun-ven, orario: "09:00-12:00"}],
    assegnato_a: [{gestore: uno}]}
"""


@pytest.fixture
def two_pins(tmp_path: Path) -> Path:
    """Return a scenario with two children pinned on the only place."""
    path = tmp_path / "caso.yaml"
    path.write_text(PINNED_TWICE, encoding="utf-8")
    return path


def test_an_infeasible_scenario_names_what_conflicts(two_pins: Path, nido: Run, tmp_path: Path) -> None:
    """Exit code 4; the two pins and the place, each with its line, and what would settle them."""
    out = tmp_path / "out"
    result = nido("solve", two_pins, "--quiet", "--larghezza", "100", "--out", out, "--senza-confronto")
    assert result.exit_code == 4
    # Lines 13 and 16 hold the pins, line 9 begins with "posti".
    for place in (
        "(bambini[B1].assegnato_a, caso.yaml:13:5)",
        "(bambini[B2].assegnato_a, caso.yaml:16:5)",
        "(gestori[uno].posti, caso.yaml:9:5)",
        "- togliere B1 a uno",
        "- posti di uno in autunno: da 1 a 2",
    ):
        assert place in result.stdout
    saved = json.loads((out / "risultato.json").read_bytes())
    assert saved["stato"] == "infattibile"
    assert [(found["file"], found["riga"]) for found in saved["conflitti"]] == [
        ("caso.yaml", 13),
        ("caso.yaml", 16),
        ("caso.yaml", 9),
    ]
    assert nido("verify", out / "risultato.json").exit_code == 0


def test_the_change_that_settles_a_conflict(two_pins: Path, nido: Run) -> None:
    """The change that the report proposes does give a plan."""
    changed = nido("solve", two_pins, "--set", "gestori[uno].posti=2", "--quiet", "--senza-confronto")
    assert changed.exit_code == 0
    assert "ottimo" in changed.stdout


def test_what_would_serve_a_child(two_pins: Path, nido: Run) -> None:
    """A child left out: one more place serves it, in the report and in the result."""
    text = PINNED_TWICE.rstrip().removesuffix(",\n    assegnato_a: [{gestore: uno}]}") + "}\n"
    two_pins.write_text(text, encoding="utf-8")
    arguments = ["solve", two_pins, "--spiega", "B2", "--quiet", "--senza-confronto", "--larghezza", "100"]
    shown = nido(*arguments)
    assert shown.exit_code == 0
    assert "B2, autunno, per avere un posto:" in shown.stdout
    assert "- posti di uno in autunno: da 1 a 2 (a uno; " in shown.stdout
    (found,) = json.loads(nido(*arguments, "--json", "-").stdout)["spiegazioni"]
    assert found["modifiche"] == [
        {"modifica": "posti di uno in autunno: da 1 a 2", "gestore": "uno", "costo_aggiuntivo_cent": 0}
    ]
    assert (found["provate"], found["completa"]) == (1, True)
    served = nido("solve", two_pins, "--spiega", "B1", "--quiet", "--senza-confronto")
    assert "per avere un posto" not in served.stdout


def test_an_unknown_child_is_refused_before_solving(two_pins: Path, nido: Run, fake: FakePipeline) -> None:
    """The id may be a name: it is not repeated."""
    result = nido("solve", two_pins, "--spiega", "Mario")
    assert result.exit_code == 3
    assert "nessun bambino ha questo id" in result.stderr
    assert "Mario" not in result.output
    assert fake.calls == 0


# --- the other commands ----------------------------------------------------------------------------------


def test_new_scenario_is_valid_and_not_overwritten(nido: Run, tmp_path: Path) -> None:
    """The starter scenario passes check; an existing file needs --force."""
    path = tmp_path / "mio.yaml"
    assert nido("new", path).exit_code == 0
    assert nido("check", path).stdout.startswith(f"{path}: valido")
    path.write_text("mio", encoding="utf-8")
    refused = nido("new", path)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert path.read_text(encoding="utf-8") == "mio"
    assert nido("new", path, "--force").exit_code == 0
    assert path.read_bytes() == starter()


def test_check_takes_changed_values(nido: Run, scenario: Path) -> None:
    """--set changes a value for one run, and its own mistakes are input errors."""
    assert nido("check", scenario, "--set", "gestori[nido_centro].posti=8").exit_code == 0
    wrong = nido("check", scenario, "--set", "gestori[nido_centro].posti=-8")
    assert wrong.exit_code == 3
    assert "1 problema trovato." in wrong.stderr


def test_survey_figures_and_schemas(nido: Run, scenario: Path, tmp_path: Path) -> None:
    """The listings print on standard output; a survey file that is not valid is an input error."""
    assert "66,7" in nido("indagine").stdout
    assert nido("indagine", tmp_path / "no.csv").exit_code == 3
    everything = nido("params", "--larghezza", "80").stdout
    assumed = nido("params", "--stato", "ipotesi", "--tabella", "costi").stdout
    assert "[verificato]" in everything and "[verificato]" not in assumed
    assert "costi." in nido("params", "--scenario", scenario).stdout
    assert json.loads(nido("schema").stdout)["properties"]["gestori"]
    assert json.loads(nido("schema", "--risultato").stdout)["title"] == "nido-risultato/1"


def test_doctor_exit_code(nido: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor ends with 1 when something is wrong."""
    from nido.report import doctor

    monkeypatch.setattr(doctor, "examine", lambda: (doctor.Check("uno", True, "bene"),))
    assert nido("doctor").exit_code == 0
    monkeypatch.setattr(doctor, "examine", lambda: (doctor.Check("uno", False, "male"),))
    assert nido("doctor").exit_code == 1


def test_output_is_utf8_whatever_the_terminal_says(scenario: Path) -> None:
    """A stream that knows only ASCII does not stop the report."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "NIDO_LANG": "it"}
    command = [sys.executable, "-m", "nido", "indagine"]
    result = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert "Flessibilità".encode() in result.stdout
