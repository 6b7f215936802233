"""nido accordi: all documents or none, each in its place, and a sentence for whatever is wrong."""

import errno
import io
import json
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from docx import Document

from nido.matching.solution import Notice
from nido.report import files
from nido.report.dossier import build as dossier_build
from nido.report.dossier import second
from nido.report.dossier.names import Ours
from nido.report.word.modello import template

Run = Callable[..., Result]


def tree(folder: Path) -> dict[str, bytes]:
    """Read a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_every_reader_has_a_folder(plan: Path, nido: Run, tmp_path: Path) -> None:
    """District, companies and providers: page, workbook, draft, tables; the same bytes the second time."""
    first = nido("accordi", plan, "--out", tmp_path / "uno", "-q")
    assert first.exit_code == 0, first.output
    assert "PARTI EQUE" in first.stdout
    written = tree(tmp_path / "uno")
    groups = {name.split("/")[0] for name in written}
    assert groups == {"distretto", "aziende", "gestori"}
    assert all(name in Ours() for name in written)
    company = next(name.split("/")[1] for name in written if name.startswith("aziende/"))
    for kind in ("rapporto.html", "cartella.xlsx", "accordo-quadro.docx"):
        assert f"aziende/{company}/{company}-{kind}" in written
    agreements = json.loads(written["distretto/accordi.json"])
    assert agreements["verifica"]["esito"] == "confermata"
    again = nido("accordi", plan, "--out", tmp_path / "due", "-q")
    assert again.exit_code == 0
    assert tree(tmp_path / "due") == written


def test_without_fair_shares_nothing_is_solved(plan: Path, nido: Run, tmp_path: Path) -> None:
    """The groups of companies are left out when nobody asks for them."""
    result = nido("accordi", plan, "--out", tmp_path / "uno", "-q", "--senza-parti")
    assert result.exit_code == 0, result.output
    assert "CASI" in result.stdout
    assert "PARTI EQUE" not in result.stdout
    assert "distretto/distretto-parti.csv" not in tree(tmp_path / "uno")


def test_the_officer_s_own_template(plan: Path, nido: Run, tmp_path: Path) -> None:
    """The template that nido writes can be edited and handed back."""
    own = tmp_path / "mio.docx"
    assert nido("accordi", "--scrivi-modello", own).exit_code == 0
    word = Document(str(own))
    word.add_paragraph("Firmato a Pergine da {{ azienda }}.")
    word.save(str(own))
    result = nido("accordi", plan, "--out", tmp_path / "uno", "-q", "--senza-parti", "--modello", own)
    assert result.exit_code == 0, result.output
    name = next(name for name in tree(tmp_path / "uno") if name.endswith(".docx"))
    words = [paragraph.text for paragraph in Document(str(tmp_path / "uno" / name)).paragraphs]
    assert any(line.startswith("Firmato a Pergine da ") and "{" not in line for line in words)


def hostile_template(words: str) -> bytes:
    """Return a template with one more command."""
    word = Document(io.BytesIO(template()))
    word.add_paragraph(words)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (hostile_template("{{ prezzo_segreto }}"), "«prezzo_segreto»"),
        (hostile_template("{{ ''.__class__.__mro__ }}"), "non permessa"),
        (hostile_template("{ azienda }"), "graffe fuori posto: paragrafo"),
        (hostile_template("{% for i in range(999999999) %}x{% endfor %}"), "troppe volte"),
        (b"testo", "non è un documento Word"),
        (None, "non si può leggere"),
    ],
)
def test_a_bad_template_leaves_everything_as_it_was(
    plan: Path, nido: Run, tmp_path: Path, content: bytes | None, expected: str
) -> None:
    """Exit 3, the file named, and the documents of before untouched."""
    out, own = tmp_path / "uno", tmp_path / "mio.docx"
    assert nido("accordi", plan, "--out", out, "-q", "--senza-parti").exit_code == 0
    before = tree(out)
    if content is not None:
        own.write_bytes(content)
    result = nido("accordi", plan, "--out", out, "-q", "--senza-parti", "--force", "--modello", own)
    assert result.exit_code == 3
    assert "mio.docx" in result.stderr
    assert expected in result.stderr
    assert "Niente è stato scritto" in result.stderr
    assert tree(out) == before


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES])
def test_a_full_disk_or_an_open_workbook_leaves_the_old_documents(
    plan: Path, nido: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """Writing that fails half-way, as with a workbook open in Excel, ends in one sentence."""
    out = tmp_path / "uno"
    assert nido("accordi", plan, "--out", out, "-q", "--senza-parti").exit_code == 0
    before, fill, written = tree(out), files._fill, list[Path]()

    def failing(path: Path, content: bytes) -> None:
        written.append(path)
        if len(written) > 5:
            raise OSError(code, "x")
        fill(path, content)

    monkeypatch.setattr(files, "_fill", failing)
    result = nido("accordi", plan, "--out", out, "-q", "--senza-parti", "--force")
    assert result.exit_code == 1
    assert "non scritto" in result.stderr
    assert "chiudilo e riprova" in result.stderr
    assert "Traceback" not in result.stderr
    assert tree(out) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_with_something_else_is_not_replaced(plan: Path, nido: Run, tmp_path: Path) -> None:
    """A file that nido did not write, also deep inside, keeps the folder safe from --force."""
    out = tmp_path / "uno"
    assert nido("accordi", plan, "--out", out, "-q", "--senza-parti").exit_code == 0
    (out / "aziende" / "note.txt").write_text("mie", encoding="utf-8")
    result = nido("accordi", plan, "--out", out, "-q", "--senza-parti", "--force")
    assert result.exit_code == 2
    assert "aziende/note.txt" in result.stderr


def test_documents_are_not_written_over_the_result(plan: Path, nido: Run) -> None:
    """The folder of the result is not one for documents, even with force."""
    result = nido("accordi", plan, "--out", plan.parent, "-q", "--force")
    assert result.exit_code == 2
    assert plan.exists()


def test_a_tampered_result_gives_no_document(plan: Path, nido: Run, tmp_path: Path) -> None:
    """A result with one more cent is refused: exit 7, no folder."""
    document = json.loads(plan.read_bytes())
    document["registro"]["totali"]["totale_cent"] += 1
    (tmp_path / "risultato.json").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "scenario.json").write_bytes((plan.parent / "scenario.json").read_bytes())
    result = nido("accordi", tmp_path / "risultato.json", "--out", tmp_path / "uno", "-q")
    assert result.exit_code == 7
    assert "Rifiutato" in result.stderr
    assert not (tmp_path / "uno").exists()


class Dead:
    """Stands for a process that died."""

    def __init__(self, *settings: object) -> None:
        pass

    def submit(self, *question: object) -> "Dead":
        return self

    def cancel(self) -> bool:
        return False

    def result(self) -> None:
        raise BrokenProcessPool

    def shutdown(self, **settings: object) -> None:
        pass


class Unborn(Dead):
    """Stands for a process that could not be started."""

    def submit(self, *question: object) -> "Dead":
        raise BlockingIOError(11, "Resource temporarily unavailable")


def test_simulations_that_the_checker_refuses_are_not_written(
    plan: Path, nido: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the second half does not confirm reaches nobody."""

    def refusing(*question: Any) -> tuple[Notice, ...]:
        return (Notice("accordi", "percorsi[0]", "un centesimo di troppo"),)

    monkeypatch.setattr(second, "ProcessPoolExecutor", Unborn)
    monkeypatch.setattr(dossier_build, "of_agreements", refusing)
    result = nido("accordi", plan, "--out", tmp_path / "uno", "-q", "--senza-parti")
    assert result.exit_code == 7
    assert "un centesimo di troppo" in result.stderr
    assert not (tmp_path / "uno").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["accordi"], 2, "servono RISULTATO e --out"),
        (["accordi", "niente.json", "--out", "x"], 3, "niente.json"),
        (["accordi", "niente.json", "--out", "x", "--soglia", "2"], 2, "soglia"),
    ],
)
def test_wrong_requests_are_told(nido: Run, arguments: list[str], code: int, expected: str) -> None:
    """Missing arguments, missing files and a threshold below the legal floor."""
    result = nido(*arguments)
    assert result.exit_code == code
    assert expected in result.output


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("distretto/accordi.json", True),
        ("aziende/alfa/alfa-cartella.xlsx", True),
        ("aziende/alfa/beta-cartella.xlsx", False),
        ("gestori/uno/uno-margini.csv", True),
        ("aziende/../alfa-cartella.xlsx", False),
        ("risultato.json", False),
    ],
)
def test_only_names_of_documents_may_be_replaced(name: str, ours: bool) -> None:
    """A file of a company stands in that company's folder, and nothing climbs out of the folder."""
    assert (name in Ours()) is ours


def test_saved_agreements_are_checked_again(plan: Path, nido: Run, tmp_path: Path) -> None:
    """Months later: confirmed with their result, refused with one more cent, and never without the result."""
    assert nido("accordi", plan, "--out", tmp_path / "uno", "-q", "--senza-parti").exit_code == 0
    saved = tmp_path / "uno" / "distretto" / "accordi.json"
    assert nido("verify", saved, "--risultato", plan).exit_code == 0
    assert nido("verify", saved).exit_code == 2
    document = json.loads(saved.read_bytes())
    document["casi"][0]["massimo_cent"] += 1
    saved.write_text(json.dumps(document), encoding="utf-8")
    refused = nido("verify", saved, "--risultato", plan)
    assert refused.exit_code == 7
    assert "casi" in refused.stderr


@pytest.mark.parametrize("pool", [Unborn, Dead])
def test_a_check_whose_process_fails_is_done_again(
    plan: Path, nido: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pool: type
) -> None:
    """A process that dies, or cannot be started, costs time, never the check: what it refuses is refused."""

    def refuse(*question: Any) -> tuple[Notice, ...]:
        return (Notice("accordi", "casi[0]", "rifatto qui"),)

    monkeypatch.setattr(second, "ProcessPoolExecutor", pool)
    monkeypatch.setattr(dossier_build, "of_margins", refuse)
    result = nido("accordi", plan, "--out", tmp_path / "uno", "-q", "--senza-parti")
    assert result.exit_code == 7
    assert "rifatto qui" in result.stderr
    assert not (tmp_path / "uno").exists()


def test_what_breaks_on_a_wrong_result_is_told_by_the_checker(plan: Path, nido: Run, tmp_path: Path) -> None:
    """A result that cannot even be worked with is refused for what is wrong in it, not for what broke."""
    document = json.loads(plan.read_bytes())
    document["assegnazioni"][0]["gestore"] = "nessuno"
    (tmp_path / "risultato.json").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "scenario.json").write_bytes((plan.parent / "scenario.json").read_bytes())
    result = nido("accordi", tmp_path / "risultato.json", "--out", tmp_path / "uno", "-q", "--senza-parti")
    assert result.exit_code == 7
    assert "Rifiutato" in result.stderr
    assert not (tmp_path / "uno").exists()
