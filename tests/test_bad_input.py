"""Bad input through the command: exit code 3, each mistake with its place, no traceback, nothing written."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from nido.cli import build
from nido.data.problems import EXIT_INVALID_INPUT

SCENARI = Path(__file__).parent / "scenari"
BASE = (SCENARI / "scenario_base.yaml").read_text(encoding="utf-8")
CASES = {
    name: case
    for file in ("casi_semantica.yaml", "casi_forma.yaml")
    for name, case in yaml.safe_load((SCENARI / file).read_text(encoding="utf-8")).items()
}
NAME = "caso.yaml"

# Whole files: content, and where the problem stands in the message.
FILES: dict[str, tuple[bytes, str]] = {
    "vuoto": (b"", f"{NAME}: il file è vuoto"),
    "latin1": ("nome: perché\n".encode("cp1252"), f"{NAME}:1:12: il file non è in UTF-8"),
    "utf16": ("nome: x\n".encode("utf-16"), f"{NAME}: il file è in UTF-16"),
    "grande": (b"#" * 50_000_000, f"{NAME}: il file supera i 5 MB: al più 5242880 byte"),
    "annidato": (b"[" * 60, "]: il file è troppo grande o troppo annidato: al più"),
    "bomba": (b"a: &a [x]\nb: &b [*a, *a]\n", f"{NAME}:2:8: b[]: richiamo (*) non ammesso"),
    "elenco": (b"- a\n", f"{NAME}:1:1: serve un gruppo di chiavi"),
    "non_chiuso": (b"nome: [a\n", f"{NAME}:"),
    "cerchio": (
        BASE.replace("    fratello_di: B001", "    fratello_di: B003")
        .replace("    giorni: lun-ven\nregole", "    giorni: lun-ven\n    fratello_di: B002\nregole")
        .encode(),
        f"{NAME}:82:18: bambini[B002].fratello_di: fratelli in cerchio: B002 → B003 → B002",
    ),
    "mai_nato": (
        BASE.replace("2026-", "2000-").replace("2027-", "2001-").encode(),
        f"{NAME}:10:27: stagioni[autunno].inizio",
    ),
}


def test_there_are_enough_kinds() -> None:
    """The cases of the real schema are many."""
    assert len(CASES) + len(FILES) >= 120


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Return everything in a folder: files with their content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def refused(folder: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    """Solve a bad scenario into an output folder; return what the command says."""
    monkeypatch.delenv("NIDO_LANG", raising=False)
    monkeypatch.chdir(folder)
    (folder / NAME).write_bytes(content)
    (folder / "out").mkdir()
    (folder / "out" / "risultato.json").write_text("di prima", encoding="utf-8")
    before = snapshot(folder)
    result = CliRunner().invoke(build(), ["solve", NAME, "--out", "out", "--json", "x.json", "--force"])
    assert result.exit_code == EXIT_INVALID_INPUT, result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert result.stdout == ""
    assert "Niente è stato scritto." in result.stderr
    assert snapshot(folder) == before
    return result.stderr


@pytest.mark.parametrize("name", CASES)
def test_bad_scenario_is_refused_whole(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kind of mistake ends with code 3, its file, line and column, and nothing written."""
    case = CASES[name]
    content = BASE.replace(case["togli"], case["metti"])
    line = content[: content.rindex(case["riga"])].count("\n") + 1
    told = refused(tmp_path, content.encode(), monkeypatch)
    (said,) = [row for row in told.splitlines() if case["dice"] in row]
    assert said.startswith(f"{NAME}:{line}:{case['colonna']}: ")


@pytest.mark.parametrize("name", FILES)
def test_bad_file_is_refused_whole(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is no scenario at all ends the same way."""
    content, said = FILES[name]
    assert said in refused(tmp_path, content, monkeypatch)
