"""A company's workbook: totals that follow its parameters, and nothing that tells who uses a place."""

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from html_checks import Node, check
from office import Cells, cells, converted, differences, tool
from openpyxl import load_workbook

from nido.accordi.ledger import build_ledger
from nido.accordi.pareggio import break_even
from nido.accordi.risultato.documento import Costing, Manifest, result_document
from nido.matching.solution import Agreement, Assignment, Solution
from nido.report.html.page import page_for
from nido.report.numbers_local import euro, percent
from nido.report.privacy.build_view import view_for
from nido.report.privacy.view import View
from nido.report.word.bozza import draft
from nido.report.word.modello import template
from nido.report.word.rendering import render
from nido.report.workbook.subject import subject_workbook
from nido.scenari.load import Loaded

BOTH = ("2026-09", "2026-10")
DIFFERENCE, PLAN = "differenza secondo l'uso (fissa)", "in tutto, nel piano"
# Payers with a share, a sum for each child, a part of it given back, and VAT to divide among them.
STACK = [
    {"id": "datore", "modo": "fisso_azienda", "importo_mese": "100.55", "voci": ["posto"]},
    {"id": "ente", "modo": "cofinanziamento", "di": "datore", "quota": "0.333", "voci": ["posto"]},
    {"id": "azienda", "modo": "quota_azienda", "voci": ["posto", "vuoto", "fascia"]},
    {"id": "famiglia", "modo": "residuo", "voci": ["posto", "vuoto", "fascia", "ora", "pasto"]},
]


def case(loaded: Loaded, **changed: Any) -> Loaded:
    """Give the scenario with meals, a childminder paid by the hour, and other changes."""
    plain = loaded.scenario.model_dump(mode="json")
    nido = plain["gestori"][0]
    nido["prezzi"]["pasto_giorno"] = "4.50"
    nido |= changed.pop("nido", {})
    paid = {"posto_mese": "0", "ora_bambino": "8.10", "pasto_giorno": "0"}
    home = nido | {"id": "tata", "nome": "Tata Due", "tipo": "tagesmutter", "fasce": [], "prezzi": paid}
    plain["gestori"] = [nido, home]
    scenario = type(loaded.scenario).model_validate(plain | changed)
    return replace(loaded, scenario=scenario)


def plan(solution: Solution, months: tuple[str, ...], meals: int, minutes: int) -> Solution:
    """Give a plan of alfa's two children: a place used in some months, and hours elsewhere."""
    used = {month: int(month in months) for month in BOTH}
    booked = {"anticipo": months}
    first = ("A001", "alfa", "nido_uno", "autunno", 20000, 0, ("anticipo",), meals, meals, 7, months, booked)
    second = ("A002", "alfa", "tata", "autunno", minutes, 0, (), 20, 0, 7, BOTH, {})
    return replace(
        solution,
        assegnazioni=(Assignment(*first), Assignment(*second)),
        non_assegnati=(),
        parziali=(),
        accordi=(
            Agreement("alfa", "nido_uno", "autunno", 1, 1, used),
            Agreement("alfa", "tata", "autunno", 1, 1, dict.fromkeys(BOTH, 1)),
        ),
    )


def view(loaded: Loaded, solution: Solution) -> View:
    """Cost a plan and give what alfa sees of it."""
    scenario = loaded.scenario
    costing = Costing(build_ledger(scenario, solution), break_even(scenario, solution), ())
    written = result_document(scenario, solution, costing, Manifest("0" * 64, 7, (), {}))
    return view_for(loaded, json.loads(json.dumps(written)), "azienda", "alfa")


def workbook(loaded: Loaded, solution: Solution) -> bytes:
    """Write alfa's workbook."""
    return subject_workbook(view(loaded, solution), loaded.scenario.accordo_quadro)


def edited(content: bytes, values: dict[str, float]) -> bytes:
    """Type other figures into the cells of the parameters, as a reader would."""
    book = load_workbook(io.BytesIO(content))
    for name, value in values.items():
        place = book.defined_names[name].attr_text.replace("$", "").rpartition("!")[2]
        book["Parametri"][place].value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def reckoned(books: dict[str, bytes], folder: Path) -> dict[str, Cells]:
    """Let LibreOffice reckon some workbooks again."""
    paths = [folder / f"{name}.xlsx" for name in books]
    for path, content in zip(paths, books.values(), strict=True):
        path.write_bytes(content)
    return {path.stem: cells(path) for path in converted(paths, "xlsx", folder)}


def row_of(found: Cells, sheet: str, label: object) -> list[object]:
    """Give the figures of the first row of a sheet that begins with a label."""
    rows = [key[1][1:] for key, value in found.items() if key[0] == sheet and value == label]
    line = min(rows, key=int)
    return [found[sheet, f"{column}{line}"] for column in "CDEFGHI" if (sheet, f"{column}{line}") in found]


def test_every_figure_is_what_a_spreadsheet_reckons(
    loaded: Loaded, solution: Solution, tmp_path: Path
) -> None:
    """Shares, a sum for each child with a part given back, VAT: every stored cell is the formula's value."""
    tool("soffice", "libreoffice")
    taxed = case(loaded, nido={"regime_iva": "ventidue_percento"}, pagatori=STACK)
    books = {
        "plain": workbook(case(loaded), plan(solution, BOTH, 40, 12_345)),
        "taxed": workbook(taxed, plan(solution, BOTH[:1], 19, 12_345)),
    }
    for name, found in reckoned(books, tmp_path).items():
        stored = cells(tmp_path / f"{name}.xlsx")
        assert len(stored) > 100
        assert differences(stored, found) == []


def test_the_totals_follow_a_changed_price_quota_and_empty_share(
    loaded: Loaded, solution: Solution, tmp_path: Path
) -> None:
    """Ledger and totals move together, to the cent, by figures that a reader may add up by hand."""
    tool("soffice", "libreoffice")
    scenario = case(loaded)
    values = {
        "gestori.nido_uno.prezzi.posto_mese": 701.01,
        "aziende.alfa.quota": 0.415,
        "gestori.nido_uno.vuoto_per_pieno": 0.35,
    }
    before = view(scenario, plan(solution, BOTH, 40, 12_000))
    content = subject_workbook(before, scenario.scenario.accordo_quadro)
    found = reckoned({"edited": edited(content, values)}, tmp_path)["edited"]
    # A month: 701.01; 41.5 % of it 290.919..., 290.92; empty 35 % 245.3535, 245.35, all of it the company's.
    september = pytest.approx([701.01, 290.92, 245.35, 245.35])
    assert row_of(found, "Totali", "09/2026") == september
    assert row_of(found, "Registro", 202609)[3:] == september
    agreement = ["autunno", pytest.approx(1402.02), *map(pytest.approx, (581.84, 490.70, 490.70))]
    assert [found["Totali", f"{column}17"] for column in "BCDEF"] == agreement
    # The plan: 1200 for two used months, 120 for the fascia, 40 x 4.50 meals, 200 x 8.10 hours: 3120; alfa
    # pays half, no meals: 600 + 60 + 810 = 1470. Beyond the places stay 3120 - 1200 and 1470 - 600.
    own = next(one.importo_cent for one in before.totals.per_payer if one.nome == "azienda:alfa")
    assert (before.totals.listino_cent, own) == (312_000, 147_000)
    assert row_of(found, "Totali", DIFFERENCE) == pytest.approx([1920, 870, 1050])
    assert row_of(found, "Totali", PLAN) == pytest.approx([3322.02, 1451.84, 1870.18])
    assert row_of(found, "Registro", PLAN) == pytest.approx([3322.02, 1451.84])


def test_a_changed_price_gives_the_engine_s_total_where_every_place_is_used(
    loaded: Loaded, solution: Solution, tmp_path: Path
) -> None:
    """Price and quota changed by hand: with no fascia, hours or meals the total is that of a new run."""
    tool("soffice", "libreoffice")

    def priced(price: str, quota: str) -> Loaded:
        prices = {"posto_mese": price, "ora_bambino": "0", "pasto_giorno": "0"}
        companies = [one.model_dump(mode="json") for one in loaded.scenario.aziende]
        companies[0]["quota"] = quota
        return case(loaded, nido={"fasce": [], "prezzi": prices}, aziende=companies)

    used = plan(solution, BOTH, 40, 0)
    only = replace(
        used,
        assegnazioni=(replace(used.assegnazioni[0], fasce=(), mesi_fascia={}),),
        accordi=used.accordi[:1],
        aperture=(),
    )
    values = {"gestori.nido_uno.prezzi.posto_mese": 713.33, "aziende.alfa.quota": 0.333}
    fresh = workbook(priced("713.33", "0.333"), only)
    (tmp_path / "fresh.xlsx").write_bytes(fresh)
    found = reckoned({"edited": edited(workbook(priced("600", "0.5"), only), values)}, tmp_path)["edited"]
    wanted = {
        key: value
        for key, value in cells(tmp_path / "fresh.xlsx").items()
        if key[0] in ("Registro", "Totali")
    }
    assert len(wanted) > 50
    assert differences(wanted, found) == []


def test_what_is_yellow_is_live_and_the_rest_says_so(loaded: Loaded, solution: Solution) -> None:
    """Every parameter stands in some formula; fascia, meal and hour are listed apart: no parameters."""
    book = load_workbook(io.BytesIO(workbook(case(loaded), plan(solution, BOTH, 40, 12_000))))
    formulas = " ".join(
        str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
        if cell.data_type == "f"
    )  # fmt: skip
    names = list(book.defined_names)
    assert set(names) == {
        "aziende.alfa.quota",
        "pagatori.azienda_vuoti.quota",
        "gestori.nido_uno.prezzi.posto_mese",
        "gestori.nido_uno.vuoto_per_pieno",
    }
    assert all(name in formulas for name in names)
    unlocked = [
        cell.value for row in book["Parametri"].iter_rows() for cell in row if not cell.protection.locked
    ]
    assert len(unlocked) == len(names)
    written = [cell.value for row in book["Parametri"].iter_rows() for cell in row]
    assert {60, 4.5, 8.1} <= set(written)
    assert any("non si ricalcolano" in str(value) for value in written)


def test_who_uses_a_place_changes_only_the_plan_s_totals(
    loaded: Loaded, solution: Solution, tmp_path: Path
) -> None:
    """A place used in one month or in two, 19 meals or 40, 100 hours or 200: same figures, but the totals."""
    scenario = case(loaded)
    views = [view(scenario, plan(solution, *use)) for use in ((BOTH, 40, 12_000), (BOTH[:1], 19, 6_000))]
    assert views[0].totals.listino_cent != views[1].totals.listino_cent
    totals = set[str]().union(*map(plan_totals, views))
    drafts = render(template(), [draft(one, scenario.scenario) for one in views], "modello")
    for words in ([page_figures(page_for(one)) for one in views], [*map(word_figures, drafts)]):
        assert {*(words[0] - words[1]), *(words[1] - words[0])} <= totals
    books: list[Cells] = []
    for place, one in enumerate(views):
        path = tmp_path / f"{place}.xlsx"
        path.write_bytes(subject_workbook(one, scenario.scenario.accordo_quadro))
        books.append(cells(path))
    labels = {(sheet, where[1:]): value for (sheet, where), value in books[0].items() if where[0] == "A"}
    changed = {key for key in books[0] | books[1] if books[0].get(key) != books[1].get(key)}
    assert changed
    assert {labels.get((sheet, where[1:])) for sheet, where in changed} <= {DIFFERENCE, PLAN}


def figures(words: str) -> Counter[str]:
    """Count the numbers of a text."""
    return Counter(re.findall(r"[0-9][0-9.]*(?:,[0-9]+)?", words))


def page_figures(content: bytes) -> Counter[str]:
    """Count the numbers of a page, cell by cell."""
    return figures("\n".join(words_in(check(content))))


def words_in(node: Node) -> Iterator[str]:
    """Go through the words of every element apart."""
    yield node.words
    for child in node.children:
        yield from words_in(child)


def word_figures(content: bytes) -> Counter[str]:
    """Count the numbers of a Word document."""
    word = Document(io.BytesIO(content))
    written = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return figures("\n".join([*(paragraph.text for paragraph in word.paragraphs), *written]))


def plan_totals(shown: View) -> set[str]:
    """Give the few sums over the whole plan that depend on use, in all and per place."""
    whole = shown.totals.listino_cent
    own = sum(one.importo_cent for one in shown.totals.per_payer if one.nome == "azienda:alfa")
    used = sum(one.usati_cent for one in shown.commitments)
    part = sum(one.azienda_usati_cent for one in shown.commitments)
    place = shown.unit_costs.costo_per_posto_cent or 0
    amounts = (whole, own, whole - own, whole - used, own - part, whole - used - own + part, place)
    shares = (percent(own, whole), percent(whole - own, whole))
    return {euro(cents) for cents in amounts} | {share.split()[0] for share in shares}
