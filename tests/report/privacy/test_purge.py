"""`nido purge` deletes what nido wrote and touches nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from nido.accordi.risultato.documento import dump
from nido.cli import build
from nido.report.pipeline import RESULT_FILE, SCENARIO_FILE
from nido.report.privacy.chiave import make_key
from nido.report.privacy.pseudonimi import table_bytes
from nido.scenari.load import Loaded


@pytest.fixture(autouse=True)
def italian(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak Italian."""
    monkeypatch.setenv("NIDO_LANG", "it")
    yield


@pytest.fixture
def folder(tmp_path: Path, loaded: Loaded, document: dict[str, Any]) -> Path:
    """Return a folder as `nido solve --out` writes it."""
    place = tmp_path / "out" / "carta"
    place.mkdir(parents=True)
    (place / RESULT_FILE).write_bytes(dump(document))
    (place / SCENARIO_FILE).write_bytes(loaded.canonical)
    (place / "accordi.csv").write_bytes(b"azienda;gestore\r\n")
    return place


def run(*arguments: object) -> tuple[int, str]:
    """Run ``nido purge``; give its exit code and all that it said."""
    found = CliRunner().invoke(build(), ["purge", *(str(one) for one in arguments)])
    return found.exit_code, found.output


def everything(place: Path) -> set[Path]:
    """Give all that is in a folder."""
    return set(place.rglob("*"))


def test_a_result_is_deleted_after_its_list_is_shown(folder: Path) -> None:
    """With --si every file and the folder go, the folder around it stays, and copies are spoken of."""
    code, said = run(folder, "--si")
    assert code == 0
    assert str(folder / SCENARIO_FILE) in said
    assert "Copie di sicurezza" in said
    assert not folder.exists()
    assert folder.parent.exists()


def test_without_consent_nothing_is_deleted(folder: Path) -> None:
    """Where nobody can answer, the list is shown and the exit code says that it was not done."""
    before = everything(folder)
    code, said = run(folder)
    assert code == 2
    assert "--si" in said
    assert everything(folder) == before


@pytest.mark.parametrize("name", ["appunti.docx", "bambini.csv", ".nascosto", "prova.yaml"])
def test_a_folder_with_anything_else_is_not_touched(folder: Path, name: str) -> None:
    """One file of somebody else saves the whole folder, and every other place named with it."""
    (folder / name).write_text("mio")
    before = everything(folder.parent)
    code, said = run(folder, "--si")
    assert code == 2
    assert name in said
    assert everything(folder.parent) == before


def test_a_folder_inside_is_not_touched(folder: Path) -> None:
    """A result's folder holds no folders."""
    (folder / "registro.csv").mkdir()
    assert run(folder, "--si")[0] == 2
    assert (folder / SCENARIO_FILE).exists()


def test_names_alone_are_not_enough(folder: Path) -> None:
    """CSV files with the same names, and JSON of something else, are not a result."""
    (folder / RESULT_FILE).write_text('{"formato": "altro"}')
    (folder / SCENARIO_FILE).write_text("{}")
    assert run(folder, "--si")[0] == 2
    assert (folder / "accordi.csv").exists()


def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    """Neither a link to a folder nor a link inside one leads to what is deleted."""
    link = tmp_path / "collegamento"
    link.symlink_to(folder, target_is_directory=True)
    assert run(link, "--si")[0] == 2
    mine = tmp_path / "mio.csv"
    mine.write_text("mio")
    (folder / "registro.csv").symlink_to(mine)
    assert run(folder, "--si")[0] == 2
    assert mine.exists()
    assert (folder / SCENARIO_FILE).exists()


def test_one_refused_place_saves_the_others(folder: Path, tmp_path: Path) -> None:
    """Nothing is deleted unless everything may be."""
    assert run(folder, tmp_path / "manca", "--si")[0] == 2
    assert (folder / SCENARIO_FILE).exists()


def test_what_an_interrupted_run_left_goes_too(folder: Path) -> None:
    """A half-written folder beside it, of this name and with nothing but nido's files."""
    left = folder.with_name(".carta.ab12_cd3")
    left.mkdir()
    (left / SCENARIO_FILE).write_bytes((folder / SCENARIO_FILE).read_bytes())
    mine = folder.with_name(".carta.ab12_cd4")
    mine.mkdir()
    (mine / "mio.txt").write_text("mio")
    assert run(folder, "--si")[0] == 0
    assert not left.exists()
    assert (mine / "mio.txt").exists()


def test_single_files_of_nido_are_deleted(tmp_path: Path, loaded: Loaded, document: dict[str, Any]) -> None:
    """A result, a resolved scenario, a table of pseudonyms, and a key when it is asked for."""
    files = {
        "piano.json": dump(document),
        "copia.json": loaded.canonical,
        "tabella.csv": table_bytes({"A001": "P0"}),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    key = tmp_path / "chiave"
    make_key(key)
    assert run(*(tmp_path / name for name in files), "--si")[0] == 0
    assert not any((tmp_path / name).exists() for name in files)
    assert key.exists()
    (tmp_path / "copia.json").write_bytes(loaded.canonical)
    assert run(tmp_path / "copia.json", "--chiave", key, "--si")[0] == 0
    assert not key.exists()


def dossier(place: Path) -> Path:
    """Write a folder as `nido accordi` does."""
    for name in (
        "distretto/accordi.json",
        "distretto/distretto-rapporto.html",
        "aziende/alfa/alfa-accordo-quadro.docx",
        "gestori/nido_uno/nido_uno-cartella.xlsx",
    ):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text('{"formato": "nido-accordi/1"}')
    return place


def test_a_folder_of_documents_is_deleted(tmp_path: Path) -> None:
    """Documents of district, companies and providers go with their folders."""
    place = dossier(tmp_path / "documenti")
    assert run(place, "--si")[0] == 0
    assert not place.exists()


@pytest.mark.parametrize("name", ["aziende/alfa/beta-rapporto.html", "aziende/alfa/lettera.docx", "vuota/"])
def test_a_folder_of_documents_with_anything_else_is_not_touched(tmp_path: Path, name: str) -> None:
    """A letter beside the draft, the file of another company, an empty folder of somebody else."""
    place = dossier(tmp_path / "documenti")
    if name.endswith("/"):
        (place / name).mkdir()
    else:
        (place / name).write_text("mio")
    before = everything(place)
    assert run(place, "--si")[0] == 2
    assert everything(place) == before


def test_the_cache_goes_when_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nido keeps between runs, by its names; other files there are left."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "nido").mkdir()
    kept, mine = tmp_path / "nido" / f"coalizioni-{'0a' * 16}.json", tmp_path / "nido" / "mio.json"
    kept.write_text("{}")
    mine.write_text("{}")
    assert run("--cache", "--si")[0] == 0
    assert not kept.exists()
    assert mine.exists()


def test_nothing_named_is_a_mistake(tmp_path: Path) -> None:
    """Without a place there is nothing to delete."""
    assert run("--si")[0] == 2


@pytest.mark.parametrize("name", ["carta.yaml", "mio.json", "mio.csv"])
def test_a_file_of_somebody_else_is_refused(tmp_path: Path, loaded: Loaded, name: str) -> None:
    """A scenario that somebody wrote, other JSON and other CSV are not nido's."""
    path = tmp_path / name
    if name == "mio.json":
        # The same scenario, but not byte for byte as nido writes it: somebody edited it.
        path.write_bytes(loaded.canonical.replace(b"\n", b"\n\n", 1))
    elif name == "mio.csv":
        path.write_text("bambino;nome\n")
    assert run(path, "--si")[0] == 2
    assert path.exists()


def test_a_key_that_is_none_is_refused(folder: Path, tmp_path: Path) -> None:
    """--chiave deletes a key of nido and no other file."""
    mine = tmp_path / "lettera.txt"
    mine.write_text("una lettera")
    mine.chmod(0o600)
    assert run(folder, "--chiave", mine, "--si")[0] == 2
    assert mine.exists()
    assert (folder / SCENARIO_FILE).exists()
