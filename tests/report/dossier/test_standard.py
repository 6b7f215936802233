"""The documents beside the case at standard hours: what the openings bring, for whoever may read it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nido.cli import build
from nido.report.modelli import starter
from nido.report.pipeline import STANDARD_FILE

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Solve the starter scenario, standard hours too."""
    place = tmp_path_factory.mktemp("confronto")
    (place / "prova.yaml").write_bytes(starter())
    arguments = ["solve", str(place / "prova.yaml"), "-q", "--out", str(place / "piano")]
    result = CliRunner().invoke(build(), arguments)
    assert result.exit_code == 0, result.output
    return place / "piano"


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> Path:
    """Return a copy of the folder that a test may spoil."""
    return Path(shutil.copytree(folder, tmp_path / "piano"))


def documents(nido: Run, folder: Path, out: Path) -> Result:
    """Make the documents of a folder."""
    return nido("accordi", folder / "risultato.json", "--out", out, "-q", "--senza-parti")


def test_the_district_reads_the_comparison(nido: Run, folder: Path, tmp_path: Path) -> None:
    """The page has the coverage at 08:30-16:30 under that of the plan; without the file it has not."""
    assert documents(nido, folder, tmp_path / "con").exit_code == 0
    page = (tmp_path / "con" / "distretto" / "distretto-rapporto.html").read_text("utf-8")
    assert "08:30-16:30" in page
    bare = Path(shutil.copytree(folder, tmp_path / "nudo"))
    (bare / STANDARD_FILE).unlink()
    assert documents(nido, bare, tmp_path / "senza").exit_code == 0
    without = (tmp_path / "senza" / "distretto" / "distretto-rapporto.html").read_text("utf-8")
    assert page.count("08:30-16:30") > without.count("08:30-16:30")


def test_a_changed_comparison_is_refused(nido: Run, own: Path, tmp_path: Path) -> None:
    """It is checked like the result: one cent more, and nothing is written."""
    document = json.loads((own / STANDARD_FILE).read_bytes())
    document["registro"]["totali"]["totale_cent"] += 1
    (own / STANDARD_FILE).write_text(json.dumps(document), encoding="utf-8")
    result = documents(nido, own, tmp_path / "uno")
    assert result.exit_code == 7
    assert not (tmp_path / "uno").exists()


def test_the_comparison_of_another_case_is_refused(nido: Run, own: Path, tmp_path: Path) -> None:
    """The result of the plan itself is not the case at standard hours."""
    shutil.copy(own / "risultato.json", own / STANDARD_FILE)
    result = documents(nido, own, tmp_path / "uno")
    assert result.exit_code == 3
    assert STANDARD_FILE in result.stderr
    assert "orario standard" in result.stderr
    assert not (tmp_path / "uno").exists()
