"""The district's workbook: every stored figure is what a spreadsheet reckons, also after a change."""

import io
import random
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from office import Cells, cells, converted, differences, tool
from openpyxl import load_workbook

from nido.accordi.ipotesi.unverified import assumptions
from nido.accordi.ledger import build_ledger
from nido.accordi.pareggio import break_even
from nido.accordi.risultato.documento import Costing, Manifest, result_document
from nido.data import Voce, voce
from nido.matching.options import SolveOptions
from nido.matching.solution import Solution
from nido.matching.solve import solve
from nido.report.privacy.build_view import view_for
from nido.report.workbook.book import Book
from nido.report.workbook.district import district_workbook
from nido.report.workbook.parameters import parameters
from nido.scenari.load import Loaded, load_scenario
from nido.scenari.regole import Pagatore

SCENARI = Path(__file__).resolve().parents[3] / "scenari"
EVERY = ("posto", "vuoto", "fascia", "ora", "pasto")
KINDS = ("quota", "quota_azienda", "fisso_mese", "fisso_ora")
PARAMETRI = "Parametri"


@cache
def solved(name: str) -> tuple[Loaded, Solution]:
    """Solve a shipped scenario once."""
    loaded = load_scenario(SCENARI / f"{name}.yaml")
    return loaded, solve(loaded.scenario, loaded.travel_matrix, SolveOptions())


def workbook(loaded: Loaded, solution: Solution) -> bytes:
    """Cost a plan and write its workbook."""
    scenario = loaded.scenario
    costing = Costing(build_ledger(scenario, solution), break_even(scenario, solution), assumptions(scenario))
    document = result_document(scenario, solution, costing, Manifest(loaded.sha256, 0, (), {}))
    return district_workbook(view_for(loaded, document), scenario, solution)


def with_payers(loaded: Loaded, stack: tuple[Pagatore, ...]) -> Loaded:
    """Give the same scenario with other payers."""
    return Loaded(
        scenario=loaded.scenario.model_copy(update={"pagatori": stack}),
        travel_matrix=loaded.travel_matrix,
        source=loaded.source,
        canonical=loaded.canonical,
        sha256=loaded.sha256,
        files=loaded.files,
    )


def drawn_stack(seed: int) -> tuple[Pagatore, ...]:
    """Draw payers with and without limits, then the bonus and the family, which may have a limit too."""
    draw = random.Random(seed)

    def payer(place: int, modo: str) -> Pagatore:
        values: dict[str, Any] = {
            "id": f"p{place}",
            "modo": modo,
            "voci": draw.sample(EVERY, draw.randint(2, 5)),
        }
        if modo == "quota":
            values["quota"] = str(draw.choice(["0.25", "0.333", "1"]))
        if modo == "fisso_mese":
            values["importo_mese"] = str(draw.choice(["49.99", "100", "333.35"]))
        if modo == "fisso_ora":
            values["importo_ora"] = "1.23"
        if draw.random() < 0.4:
            values["massimo_mese"] = str(draw.choice(["20.05", "75.5", "250"]))
        return Pagatore.model_validate(values)

    first = [payer(place, draw.choice(KINDS)) for place in range(draw.randint(1, 3))]
    last = [payer(10, "inps"), payer(11, "residuo")]
    return (*first, *last)


def reckoned(books: dict[str, bytes], folder: Path) -> dict[str, Cells]:
    """Let LibreOffice reckon some workbooks again."""
    paths = [folder / f"{name}.xlsx" for name in books]
    for path, content in zip(paths, books.values(), strict=True):
        path.write_bytes(content)
    return {path.stem: cells(path) for path in converted(paths, "xlsx", folder)}


def changed(content: bytes, values: dict[str, float]) -> bytes:
    """Type other figures into the cells of the parameters, as a reader would."""
    book = load_workbook(io.BytesIO(content))
    for name, value in values.items():
        place = book.defined_names[name].attr_text.replace("$", "").rpartition("!")[2]
        book[PARAMETRI][place].value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_every_figure_is_what_a_spreadsheet_reckons(tmp_path: Path) -> None:
    """Shipped scenarios: fixed shares, shared places, hours, meals, bonus."""
    tool("soffice", "libreoffice")
    books = {name: workbook(*solved(name)) for name in ("minimo", "turni-opposti", "estate")}
    for name, found in reckoned(books, tmp_path).items():
        stored = cells(tmp_path / f"{name}.xlsx")
        assert len(stored) > 500
        assert differences(stored, found) == []


def test_limits_of_every_kind_are_reckoned_alike(tmp_path: Path) -> None:
    """Random stacks: limits before and after the division, several children to a place, cents left over."""
    tool("soffice", "libreoffice")
    loaded, solution = solved("turni-opposti")
    books = {f"s{seed}": workbook(with_payers(loaded, drawn_stack(seed)), solution) for seed in range(4)}
    for name, found in reckoned(books, tmp_path).items():
        assert differences(cells(tmp_path / f"{name}.xlsx"), found) == []


def test_five_changed_parameters_give_the_engine_s_figures(tmp_path: Path) -> None:
    """A price, a fascia, a share, an empty place and a meal changed by hand: the totals of a new run."""
    tool("soffice", "libreoffice")
    loaded, solution = solved("minimo")
    scenario = loaded.scenario
    azienda, gestore = scenario.aziende[0], scenario.gestori[0]
    fascia = gestore.fasce[0]
    values = {
        f"gestori.{gestore.id}.prezzi.posto_mese": 777.77,
        f"gestori.{gestore.id}.fasce.{fascia.id}.prezzo_mese": 61.35,
        f"gestori.{gestore.id}.prezzi.pasto_giorno": 5.05,
        f"gestori.{gestore.id}.vuoto_per_pieno": 0.35,
        f"aziende.{azienda.id}.quota": 0.415,
    }
    overrides = tuple(f"{key}={value}" for key, value in values.items())
    again = load_scenario(SCENARI / "minimo.yaml", overrides)
    fresh = workbook(again, solution)
    (tmp_path / "fresh.xlsx").write_bytes(fresh)
    edited = reckoned({"edited": changed(workbook(loaded, solution), values)}, tmp_path)["edited"]
    wanted = {
        key: value
        for key, value in cells(tmp_path / "fresh.xlsx").items()
        if key[0] in ("Registro", "Totali")
    }
    assert len(wanted) > 100
    assert differences(wanted, edited) == []


def test_equal_results_give_equal_bytes() -> None:
    """Nothing of the clock is in the file."""
    assert workbook(*solved("minimo")) == workbook(*solved("minimo"))


def test_what_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    """A text from the scenario that begins with = + - @ is text: no formula, no link."""
    hostile = [
        '=HYPERLINK("http://x","y")',
        "+1+1",
        "-1",
        "@SUM(A1)",
        "http://example.org",
        "=cmd|' /C calc'!A0",
    ]
    with Book("prova") as book:
        sheet = book.sheet("Foglio")
        for row, words in enumerate(hostile):
            sheet.put(row, 0, words)
    path = tmp_path / "h.xlsx"
    path.write_bytes(book.content)
    opened = load_workbook(path)["Foglio"]
    assert [cell.data_type for (cell,) in opened.iter_rows()] == ["s"] * len(hostile)
    assert [cell.hyperlink for (cell,) in opened.iter_rows()] == [None] * len(hostile)


@pytest.mark.parametrize("name", ["minimo", "turni-opposti"])
def test_no_link_leaves_the_workbook(name: str) -> None:
    """No part of the file names another file or site."""
    with zipfile.ZipFile(io.BytesIO(workbook(*solved(name)))) as archive:
        for member in archive.namelist():
            content = archive.read(member)
            assert b"TargetMode" not in content
            assert "externalLink" not in member


def test_a_changed_bonus_gives_the_engine_s_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The amounts and the instalments of the tables are parameters, once also for two payers of the bonus."""
    tool("soffice", "libreoffice")
    loaded, solution = solved("turni-opposti")
    bonus = Pagatore.model_validate({"id": "prima", "modo": "inps", "massimo_mese": 50, "voci": ["posto"]})
    paid = with_payers(loaded, (bonus, *drawn_stack(1)))
    listed = [one.name for one in parameters(paid.scenario)]
    assert len(listed) == len(set(listed))
    figures = {
        "inps.bonus.mensilita": 2,
        "inps.bonus.nati_dal_2024.mese_base": 41.07,
        "inps.bonus.nati_prima_2024.mese_base": 41.07,
    }
    assert set(figures) <= set(listed)
    edited = reckoned({"edited": changed(workbook(paid, solution), figures)}, tmp_path)["edited"]

    def other(key: str, il: date | None = None) -> Voce:
        row = voce(key, il)
        return replace(row, valore=str(figures[key])) if key in figures else row

    for module in ("accordi.inps", "report.workbook.parameters"):
        monkeypatch.setattr(f"nido.{module}.voce", other)
    (tmp_path / "fresh.xlsx").write_bytes(workbook(paid, solution))
    fresh = cells(tmp_path / "fresh.xlsx")
    wanted = {key: value for key, value in fresh.items() if key[0] in ("Registro", "Conti", "Totali")}
    assert differences(wanted, edited) == []
