"""nido accordi after another delivery: what was shown then is remembered, and nothing new tells of a few."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nido.cli import build
from nido.report.dossier.earlier import FORMATO

Run = Callable[..., Result]
MEMORY = "distretto/pubblicati.json"


def planned(folder: Path, children: int) -> Path:
    """Solve a district with one company, one provider and so many children of the same town."""
    folder.mkdir()
    born = "nascita: 2025-01-10, comune: Pergine Valsugana"
    adults = "adulti: [{azienda: officine, turni: [{rotazione: mattina}]}]"
    rows = [f"  - {{id: A{n:03d}, azienda: officine, {born}, {adults}}}" for n in range(1, children + 1)]
    scenario = folder / "prova.yaml"
    scenario.write_text(SCENARIO + "\n".join(rows) + "\n", encoding="utf-8")
    arguments = ["solve", str(scenario), "-q", "--senza-confronto", "--out", str(folder / "piano")]
    result = CliRunner().invoke(build(), arguments)
    assert result.exit_code == 0, result.output
    return folder / "piano" / "risultato.json"


SCENARIO = """
formato: nido-scenario/1
nome: Due consegne
dati_sintetici: true
passo_minuti: 30
stagioni: [{id: autunno, inizio: 2026-09-01, fine: 2026-10-31}]
rotazioni:
  - {id: mattina, tipo: fissa, turni: [{giorni: lun-ven, orario: "08:00-14:00"}]}
aziende: [{id: officine, nome: Officine, sede: {comune: Pergine Valsugana}, quota: 0.5}]
gestori:
  - id: nido_uno
    nome: Nido Uno
    tipo: nido
    comune: Pergine Valsugana
    posti: 40
    base: {giorni: lun-ven, orario: "07:30-16:30"}
    prezzi: {posto_mese: 600}
bambini:
"""


@pytest.fixture(scope="module")
def seven(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a result with seven children."""
    return planned(tmp_path_factory.mktemp("sette") / "s", 7)


@pytest.fixture(scope="module")
def nine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a result with nine children."""
    return planned(tmp_path_factory.mktemp("nove") / "s", 9)


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a result with twelve children."""
    return planned(tmp_path_factory.mktemp("dodici") / "s", 12)


def counts(out: Path) -> dict[str, int]:
    """Return what the last delivery of a folder showed to the company."""
    deliveries = json.loads((out / MEMORY).read_bytes())["pubblicazioni"]
    found: dict[str, int] = deliveries[-1]["conteggi"]["azienda/officine"]
    return found


CHILDREN = "bambini/nido_uno/autunno"


def test_what_was_shown_is_written_down_for_the_district(nido: Run, tmp_path: Path, seven: Path) -> None:
    """Seven requests, seven children, all of one town: in the district's folder only, for its owner only."""
    out = tmp_path / "uno"
    assert nido("accordi", seven, "--out", out, "-q", "--senza-parti").exit_code == 0
    shown = counts(out)
    assert (shown["richieste"], shown[CHILDREN], shown["comuni/Pergine Valsugana"]) == (7, 7, 7)
    assert (out / MEMORY).stat().st_mode & 0o777 == 0o600
    assert [path.parent.name for path in out.rglob("pubblicati*")] == ["distretto"]
    memory = json.loads((out / MEMORY).read_bytes())
    assert memory["formato"] == FORMATO
    assert re.search(r"A00\d", (out / MEMORY).read_text(encoding="utf-8")) is None


def company_words(out: Path) -> str:
    """Return the page of the company."""
    return (out / "aziende/officine/officine-rapporto.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("how", ["result", "folder", "replaced"])
def test_nine_after_seven_are_hidden(nido: Run, tmp_path: Path, seven: Path, nine: Path, how: str) -> None:
    """9 - 7 = 2 < 5: no count of the second delivery is shown, however the first one is named."""
    first, out = tmp_path / "prima", tmp_path / "dopo"
    assert nido("accordi", seven, "--out", first, "-q", "--senza-parti").exit_code == 0
    options: list[object] = {
        "result": ["--out", out, "--pubblicato", seven],
        "folder": ["--out", out, "--pubblicato", first],
        "replaced": ["--out", first, "--force"],
    }[how]
    result = nido("accordi", nine, *options, "-q", "--senza-parti")
    assert result.exit_code == 0, result.output
    written = first if how == "replaced" else out
    shown = counts(written)
    # Places and zeros are all that is left: requests, children, used places and homes, 9 each, are hidden.
    assert {name for name, count in shown.items() if count} == {"posti/nido_uno/autunno"}
    assert "numero già consegnato" in company_words(written)
    assert len(json.loads((written / MEMORY).read_bytes())["pubblicazioni"]) == 2


def test_twelve_after_seven_are_shown(nido: Run, tmp_path: Path, seven: Path, twelve: Path) -> None:
    """12 - 7 = 5: enough; and the same result a second time changes no byte."""
    out = tmp_path / "uno"
    assert nido("accordi", seven, "--out", out, "-q", "--senza-parti").exit_code == 0
    assert nido("accordi", twelve, "--out", out, "-q", "--senza-parti", "--force").exit_code == 0
    assert (counts(out)["richieste"], counts(out)[CHILDREN]) == (12, 12)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert nido("accordi", twelve, "--out", out, "-q", "--senza-parti", "--force").exit_code == 0
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_every_earlier_delivery_counts(
    nido: Run, tmp_path: Path, seven: Path, nine: Path, twelve: Path
) -> None:
    """12 after 7 may be shown, not after a 9 that was shown elsewhere: 12 - 9 = 3."""
    out, named = tmp_path / "uno", ["--pubblicato", seven, "--pubblicato", nine]
    assert nido("accordi", twelve, "--out", out, "-q", "--senza-parti", *named).exit_code == 0
    assert "richieste" not in counts(out)


def altered(source: Path, folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """Copy a result after a change, its scenario beside."""
    document = json.loads(source.read_bytes())
    change(document)
    folder.mkdir()
    (folder / "risultato.json").write_text(json.dumps(document), encoding="utf-8")
    (folder / "scenario.json").write_bytes((source.parent / "scenario.json").read_bytes())
    return folder / "risultato.json"


def test_an_earlier_result_is_checked(nido: Run, tmp_path: Path, seven: Path, nine: Path) -> None:
    """One more cent in the earlier result: refused, its file named, nothing written."""

    def spoil(document: dict[str, Any]) -> None:
        document["registro"]["totali"]["totale_cent"] += 1

    wrong = altered(seven, tmp_path / "altro", spoil)
    result = nido("accordi", nine, "--out", tmp_path / "uno", "-q", "--pubblicato", wrong)
    assert result.exit_code == 7
    assert str(wrong) in result.stderr
    assert not (tmp_path / "uno").exists()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "pubblicati.json"),
        (b"{}", "non è un elenco di conteggi pubblicati"),
        (b'{"formato": "nido-pubblicati/1", "pubblicazioni": [{"soglia": 5}]}', "indica con --pubblicato"),
        (b"{", "JSON non leggibile"),
    ],
)
def test_an_earlier_folder_that_says_nothing_is_told(
    nido: Run, tmp_path: Path, nine: Path, content: bytes | None, expected: str
) -> None:
    """No list of what was published, or one that nido did not write: exit 3, a sentence, nothing written."""
    earlier = tmp_path / "prima"
    (earlier / "distretto").mkdir(parents=True)
    if content is not None:
        (earlier / MEMORY).write_bytes(content)
    result = nido("accordi", nine, "--out", tmp_path / "uno", "-q", "--pubblicato", earlier)
    assert result.exit_code == 3
    assert expected in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "uno").exists()


def test_an_earlier_result_that_is_not_there_is_told(nido: Run, tmp_path: Path, nine: Path) -> None:
    """A wrong name, as with the result itself."""
    result = nido("accordi", nine, "--out", tmp_path / "uno", "-q", "--pubblicato", tmp_path / "no.json")
    assert result.exit_code == 3
    assert "no.json" in result.stderr
