"""Small scenarios solved once, and the command run on them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nido.cli import build
from nido.report.modelli import starter

Run = Callable[..., Result]


@pytest.fixture
def nido(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Return a function that runs a command line in Italian, with a cache of its own."""
    monkeypatch.delenv("NIDO_LANG", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(build(), [str(argument) for argument in arguments], prog_name="nido")

    return run


@pytest.fixture(scope="session")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the result of the starter scenario, with reserved values in it."""
    folder = tmp_path_factory.mktemp("plan")
    scenario = folder / "prova.yaml"
    scenario.write_bytes(starter())
    arguments = ["solve", str(scenario), "-q", "--senza-confronto", "--out", str(folder / "piano")]
    result = CliRunner().invoke(build(), arguments)
    assert result.exit_code == 0, result.output
    return folder / "piano" / "risultato.json"
