"""The sheet of the agreements' life: its figures are what a spreadsheet reckons, also after a change."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from leaks import Secret, leaks
from office import Cells, cells, converted, differences, tool
from openpyxl import load_workbook
from vite import CLAUSES, lived

from nido.report.privacy.audience import Audience
from nido.report.privacy.build_view import view_for
from nido.report.privacy.life import Life, life_for
from nido.report.workbook.district import district_workbook
from nido.report.workbook.subject import subject_workbook

VITA = "Vita"
FRAMEWORK: dict[str, Any] = {"durata_mesi": 26, "clausole": CLAUSES}


def book(framework: Mapping[str, Any], audience: Audience = "distretto", subject: str | None = None) -> bytes:
    """Write the workbook of an audience."""
    loaded, document, solution, played = lived(framework)
    view = view_for(loaded, document, audience, subject)
    life = life_for(view, played.plan, played.corse, played.casi)
    if audience == "distretto":
        return district_workbook(view, loaded.scenario, solution, life)
    return subject_workbook(view, loaded.scenario.accordo_quadro, life)


def life_of(framework: Mapping[str, Any]) -> Life:
    """Give the district's life."""
    loaded, document, _, played = lived(framework)
    return life_for(view_for(loaded, document), played.plan, played.corse, played.casi)


def reckoned(books: Mapping[str, bytes], folder: Path) -> dict[str, Cells]:
    """Let LibreOffice reckon some workbooks again."""
    paths = [folder / f"{name}.xlsx" for name in books]
    for path, content in zip(paths, books.values(), strict=True):
        path.write_bytes(content)
    return {path.stem: cells(path) for path in converted(paths, "xlsx", folder)}


def changed(content: bytes, values: Mapping[str, float]) -> bytes:
    """Type other figures into named cells, wherever they are."""
    opened = load_workbook(io.BytesIO(content))
    for name, value in values.items():
        sheet, _, place = opened.defined_names[name].attr_text.replace("$", "").rpartition("!")
        opened[sheet.strip("'")][place].value = value
    buffer = io.BytesIO()
    opened.save(buffer)
    return buffer.getvalue()


def of_sheet(found: Cells) -> Cells:
    """Keep the cells of the sheet."""
    return {key: value for key, value in found.items() if key[0] == VITA}


def of_places(found: Cells) -> Cells:
    """Keep what follows the clauses: not fasce and meals, whose prices the sheet does not have."""
    months = {
        place[1:] for (sheet, place), value in found.items() if sheet == VITA and _is_month(place, value)
    }
    columns = "KLMNQ"
    return {
        key: value for key, value in of_sheet(found).items() if key[1][0] in columns and key[1][1:] in months
    }


def _is_month(place: str, value: object) -> bool:
    return place[0] == "C" and isinstance(value, int) and value > 202600


def test_every_figure_of_the_life_is_what_a_spreadsheet_reckons(tmp_path: Path) -> None:
    """District, company and gestore, with every clause on the price of a place and without any."""
    tool("soffice", "libreoffice")
    books = {
        f"{name}{number}": book(framework, audience, subject)
        for number, framework in enumerate((FRAMEWORK, {"durata_mesi": 14}))
        for name, audience, subject in (
            ("d", "distretto", None),
            ("a", "azienda", "meccanica"),
            ("g", "gestore", "nido_due_turni"),
        )
    }
    for name, found in reckoned(books, tmp_path).items():
        stored = cells(tmp_path / f"{name}.xlsx")
        assert len(of_sheet(stored)) > 80
        assert differences(stored, found) == []


def test_changed_clauses_give_the_engine_s_figures(tmp_path: Path) -> None:
    """Index, its share, empty place, discount and deposit changed by hand: the places of a new run."""
    tool("soffice", "libreoffice")
    values = {
        "accordo_quadro.clausole.indicizzazione.quota": 0.5,
        "accordo_quadro.clausole.indicizzazione.variazione_annua": 0.031,
        "accordo_quadro.clausole.vuoto_per_pieno": 0.45,
        "accordo_quadro.clausole.sconto_volume.1.sconto": 0.085,
        "accordo_quadro.clausole.deposito.mensilita": 2,
    }
    other = CLAUSES | {
        "vuoto_per_pieno": {"quota": "0.45"},
        "indicizzazione": {"quota": "0.5", "variazione_annua": "0.031"},
        "sconto_volume": {"conta": "gestore", "scaglioni": [{"posti": 3, "sconto": "0.085"}]},
        "deposito": {"mensilita": "2"},
    }
    (tmp_path / "fresh.xlsx").write_bytes(book({"durata_mesi": 26, "clausole": other}))
    found = reckoned({"edited": changed(book(FRAMEWORK), values)}, tmp_path)["edited"]
    wanted = of_places(cells(tmp_path / "fresh.xlsx"))
    # Ten months of two contracts, five columns: price, discount, used, empty, deposit.
    assert len(wanted) == 20 * 5
    assert differences(wanted, found) == []
    (tmp_path / "before.xlsx").write_bytes(book(FRAMEWORK))
    assert len(differences(wanted, cells(tmp_path / "before.xlsx"))) > 80


def test_a_company_s_commitment_follows_its_parameters(tmp_path: Path) -> None:
    """Price 800.00 -> 900.00, index 1 % instead of 1.5 %, the company's part one fifth instead of one half.

    Two places: 2 x 900.00 x 0.2 = 360.00 a month in the first year; 909.00 in the second: 363.60; in the
    third 909.00 x 1.01 = 918.09: 367.24 (367.236). In all 4 x 360.00 + 4 x 363.60 + 2 x 367.24 = 3,628.88.
    """
    tool("soffice", "libreoffice")
    indexed = {"durata_mesi": 26, "clausole": {"indicizzazione": CLAUSES["indicizzazione"]}}
    values = {
        "gestori.nido_due_turni.prezzi.posto_mese": 900,
        "accordo_quadro.clausole.indicizzazione.variazione_annua": 0.04 / 3,
        "aziende.meccanica.quota": 0.2,
    }
    edited = changed(book(indexed, "azienda", "meccanica"), values)
    found = of_sheet(reckoned({"edited": edited}, tmp_path)["edited"])
    assert any(abs(float(value) - 3628.88) < 1e-7 for value in found.values() if isinstance(value, float))


def test_the_months_hold_all_that_the_engine_says_is_due() -> None:
    """Places, empty places and the rest make the total of the plan's course; the rest is no place."""
    life = life_of(FRAMEWORK)
    corsa = lived(FRAMEWORK)[3].corse[0]
    assert sum(one.totale_cent for one in life.months) == corsa.totali.totale_cent
    for name, cents in (("usati_cent", "posto"), ("vuoti_cent", "vuoto")):
        whole = sum(getattr(one, name) for one in life.months)
        assert whole == corsa.totali.per_componente.get(cents, 0)


def test_the_calendar_says_whose_year_it_shows() -> None:
    """The title names the plan's year, since the life is longer."""
    opened = load_workbook(io.BytesIO(book(FRAMEWORK)))
    assert opened["Calendario"]["A1"].value == "Calendario dell'anno del piano, dal 01/09/2026 al 31/12/2026"
    assert opened[VITA]["A1"].value == "Vita degli accordi: il piano mese per mese, 09/2026–10/2028"


def test_equal_lives_give_equal_bytes() -> None:
    """Nothing of the clock is in the file."""
    assert book(FRAMEWORK) == book(FRAMEWORK)


def test_a_company_s_sheet_holds_no_neighbour_and_no_child() -> None:
    """The neighbour's name and every child's id are nowhere in the file."""
    content = book(FRAMEWORK, "azienda", "meccanica")
    secrets = [Secret("neighbour", "conserve"), Secret("neighbour", "Conserve")]
    secrets += [Secret("child", one.id) for one in lived(FRAMEWORK)[0].scenario.bambini]
    assert leaks({"azienda.xlsx": content}, secrets) == []
