"""What is wrong with a workbook is told with sheet and cell, all at once, and nothing else comes out."""

import contextlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fogli import HEADER, cell, changed, part, saved, scenario_of, starter, with_parts
from hypothesis import given, settings
from hypothesis import strategies as st

from nido.data.problems import InputError, NidoError
from nido.scenari.load import load_scenario
from nido.scenari.workbook import archive, facts
from nido.scenari.workbook.tree import read_workbook

Change = Callable[[Any], None]


@pytest.fixture(autouse=True)
def italian(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the messages in Italian."""
    monkeypatch.setenv("NIDO_LANG", "it")


def told(folder: Path, content: bytes, name: str = "prova.xlsx") -> list[str]:
    """Load a workbook that is wrong, and give what is said of it without the name of the folder."""
    with pytest.raises(InputError) as caught:
        load_scenario(saved(folder, content, name))
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


def put(sheet: str, header: str, row: int, value: Any) -> Change:
    """Make the change of one cell of a table."""

    def change(book: Any) -> None:
        cell(book[sheet], header, row).value = value

    return change


def both(*changes: Change) -> Change:
    """Make several changes into one."""

    def change(book: Any) -> None:
        for one in changes:
            one(book)

    return change


# --- cells ---


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            put("Gestori", "posti", 1, "sei"),
            "prova.xlsx: Gestori!H4: gestori[nido_centro].posti: «sei» non va: serve un numero intero",
        ),
        (
            put("Gestori", "posti", 1, 6.5),
            "prova.xlsx: Gestori!H4: gestori[nido_centro].posti: «6,5» non va: serve un numero intero",
        ),
        (
            put("Gestori", "posti", 1, None),
            "prova.xlsx: Gestori!H4: gestori[nido_centro].posti: manca, ed è obbligatorio",
        ),
        (
            put("Stagioni", "inizio", 1, "31/09/2026"),
            "prova.xlsx: Stagioni!C4: stagioni[autunno].inizio: «31/09/2026» non va: questa data non esiste",
        ),
        (
            put("Aziende", "quota", 1, "quaranta"),
            "prova.xlsx: Aziende!F4: aziende[officina].quota: «quaranta» non va: serve un numero, senza "
            "unità di misura e con la virgola decimale, da 0 a 1 compresi",
        ),
        (
            put("Gestori", "esistenti", 1, "4 piccoli"),
            "prova.xlsx: Gestori!L4: esistenti: serve un elenco come «piccoli: 4, grandi: 14», ogni nome una "
            "volta",
        ),
        (
            put("Fasce", "in_chiusura", 1, "forse"),
            "prova.xlsx: Fasce!F4: gestori[nido_centro].fasce[anticipo].in_chiusura: «forse» non va: serve "
            "sì o no",
        ),
        (
            put("Fasce", "gestore", 1, "nido_centra"),
            "prova.xlsx: Fasce!A4: gestore: nessuna riga di «gestori» ha questo id",
        ),
        (put("Bambini", "id", 2, "B001"), "prova.xlsx: Bambini!A5: bambini[B001].id: sigla ripetuta"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path: Path, change: Change, said: str) -> None:
    """The problem names sheet, cell and field, and nothing else is said."""
    found = told(tmp_path, changed(change))
    if "ripetuta" in said:
        assert any(line.startswith("prova.xlsx: Bambini!A5: bambini[B001].id: ") for line in found)
    else:
        assert found == [said]


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    """A form, a missing value, a contradiction and a lost row, each once."""
    change = both(
        put("Stagioni", "fine", 1, "15/12/2026"),
        put("Gestori", "tipo", 1, "nidi"),
        put("Bambini", "comune", 3, "Caldonaso"),
        put("Adulti", "bambino", 5, "B999"),
    )
    found = told(tmp_path, changed(change))
    places = sorted(line.split(": ")[1] for line in found)
    assert places == ["Adulti!A8", "Bambini!D6", "Gestori!C4", "Stagioni!D4"]


def test_a_value_of_the_command_line_replaces_that_of_a_cell(tmp_path: Path) -> None:
    """`--set` works as with YAML, and its mistakes are its own."""
    path = saved(tmp_path, starter())
    assert load_scenario(path, ["gestori[nido_centro].posti=9"]).scenario.gestori[0].posti == 9
    with pytest.raises(InputError) as caught:
        load_scenario(path, ["gestori[nido_centro].posti=nove"])
    assert [problem.file for problem in caught.value.problems] == ["--set"]


def test_a_name_is_never_repeated(tmp_path: Path) -> None:
    """Whatever stands in the place of a child's code, of a sheet or of a column may be someone's name."""

    def change(book: Any) -> None:
        cell(book["Bambini"], "id", 1).value = "Rossi Mario"
        cell(book["Adulti"], "bambino", 1).value = "Rossi Mario"
        cell(book["Bambini"], "icef", 2).value = "zero virgola due"
        book["Bambini"].cell(HEADER, 21).value = "Bianchi Anna"
        book.create_sheet("Verdi Luca")

    found = "\n".join(told(tmp_path, changed(change)))
    for word in ("Rossi", "Bianchi", "Verdi", "virgola due"):
        assert word not in found
    assert "foglio n. " in found


# --- how people write ---


def test_values_as_people_write_them(tmp_path: Path) -> None:
    """Dates as text, decimal commas, per cent, code typed as number, yes and no: all are read."""
    change = both(
        put("Bambini", "nascita", 1, "10/02/2025"),
        put("Aziende", "budget_annuo", 1, "30.000,00"),
        put("Aziende", "quota", 1, "50 %"),
        put("Gestori", "posti", 1, "6"),
        put("Gestori", "nome", 1, 2026),
        put("Gestori", "accreditato", 1, True),
        put("Fasce", "gia_aperta", 1, "No"),
        put("Fasce", "giorni", 1, " lun-ven "),
    )
    read = load_scenario(saved(tmp_path, changed(change))).scenario
    plain = scenario_of(starter())
    assert read.bambini == plain.bambini
    assert read.aziende == plain.aziende
    assert read.gestori[0].nome == "2026"
    assert read.gestori[0].fasce == plain.gestori[0].fasce


def test_hidden_rows_count_like_the_others(tmp_path: Path) -> None:
    """A filter must not change the numbers."""

    def change(book: Any) -> None:
        book["Bambini"].row_dimensions[HEADER + 1].hidden = True
        book["Adulti"].sheet_state = "hidden"

    assert load_scenario(saved(tmp_path, changed(change))).scenario.bambini == scenario_of(starter()).bambini


def test_remarks_and_notes_are_left_out(tmp_path: Path) -> None:
    """A row that starts with # and a sheet whose name does are for people; columns may change places."""

    def change(book: Any) -> None:
        book["Bambini"].append(["# da chiedere a giugno"])
        book.create_sheet("#appunti")["A1"] = "Rossi Mario"
        book["Stagioni"].move_range("A3:A4", cols=6)

    assert load_scenario(saved(tmp_path, changed(change))).scenario == scenario_of(starter())


# --- sheets and columns ---


def test_a_sheet_with_a_wrong_name_is_told(tmp_path: Path) -> None:
    """The sheet that was meant is suggested, and what lacks because of it is told once."""

    def change(book: Any) -> None:
        book["Gestori"].title = "Gestore"

    with pytest.raises(InputError) as caught:
        load_scenario(saved(tmp_path, changed(change)))
    found = caught.value.problems
    assert "manca il foglio Gestori" in str(found[0])
    assert any("forse volevi Gestori?" in problem.hint for problem in found)
    assert len([problem for problem in found if "manca, ed" in problem.message]) == 0


def test_a_missing_column_is_told_once(tmp_path: Path) -> None:
    """Not again for every row."""

    def change(book: Any) -> None:
        book["Bambini"].delete_cols(3)

    found = told(tmp_path, changed(change))
    assert found == ["prova.xlsx: Bambini!A3: nascita: colonna mancante, ed è obbligatoria"]


def test_an_unknown_column_and_a_repeated_one_are_told(tmp_path: Path) -> None:
    """With the column that was meant."""

    def change(book: Any) -> None:
        book["Bambini"].cell(HEADER, 13).value = "pesi"
        book["Aziende"].cell(HEADER, 8).value = "quota"

    with pytest.raises(InputError) as caught:
        load_scenario(saved(tmp_path, changed(change)))
    first, second = caught.value.problems
    assert (first.cell, second.cell) == ("Aziende!H3", "Bambini!M3")
    assert "forse volevi peso?" in second.hint


def test_merged_cells_are_refused_once(tmp_path: Path) -> None:
    """A merged range has one value for several rows: what it means is not guessed."""

    def change(book: Any) -> None:
        book["Bambini"].merge_cells("B4:B6")

    found = told(tmp_path, changed(change))
    assert found == [
        "prova.xlsx: Bambini!B5: azienda: celle unite: ogni cella deve avere il suo valore",
    ]


def test_a_missing_week_is_told(tmp_path: Path) -> None:
    """A cycle with a week less is another cycle."""

    def change(book: Any) -> None:
        sheet = book["Turni"]
        for row in range(HEADER + 1, HEADER + 5):
            if sheet.cell(row, 2).value == 2:
                sheet.cell(row, 2).value = 3

    (found,) = told(tmp_path, changed(change))
    assert "settimana: i numeri vanno da 1 in poi senza salti" in found


def test_a_closure_belongs_to_one(tmp_path: Path) -> None:
    """Not to a company and a provider at once."""

    def change(book: Any) -> None:
        book["Chiusure"].append(["officina", "nido_centro", "01/10/2026", "02/10/2026"])

    assert told(tmp_path, changed(change)) == [
        "prova.xlsx: Chiusure!A4: azienda: riempi una sola fra azienda e gestore"
    ]


# --- formulas ---


def test_a_formula_without_value_is_refused(tmp_path: Path) -> None:
    """A program that writes a formula and does not compute it leaves nothing to read."""
    found = told(tmp_path, changed(put("Gestori", "posti", 1, "=3+3")))
    assert found == [
        "prova.xlsx: Gestori!H4: posti: formula senza valore: nessun programma l'ha ancora calcolata"
    ]


def test_a_cell_that_shows_an_error_is_refused(tmp_path: Path) -> None:
    """#DIV/0! is no number, and no empty cell either."""
    found = told(tmp_path, changed(put("Gestori", "capienza", 1, "#DIV/0!")))
    assert found == ["prova.xlsx: Gestori!K4: capienza: la cella mostra un errore"]


def test_a_formula_with_its_value_is_read(tmp_path: Path) -> None:
    """The value that the spreadsheet program stored counts."""
    name = "xl/worksheets/sheet7.xml"
    written = part(name)
    assert "<v>6</v>" in written
    formula = with_parts({name: written.replace("<v>6</v>", "<f>2*4</f><v>8</v>").encode()})
    assert load_scenario(saved(tmp_path, formula)).scenario.gestori[0].posti == 8


def test_a_computed_amount_is_what_its_reader_sees(tmp_path: Path) -> None:
    """3 * 1.1 is 3.3000000000000003 for the computer and 3.3 for the spreadsheet, and for a price."""
    content = changed(put("Fasce", "prezzo_mese", 1, 3 * 1.1))
    fascia = load_scenario(saved(tmp_path, content)).scenario.gestori[0].fasce[0]
    assert 3 * 1.1 != 3.3
    assert str(fascia.prezzo_mese) == "3.30"


def test_what_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    """A text that starts with = is written as text and comes back as the same text."""
    name = '=HYPERLINK("http://example.invalid";"x")'
    content = changed(lambda book: None)
    scenario = scenario_of(content)
    provider = scenario.gestori[0].model_copy(update={"nome": name})
    from nido.report.modello_xlsx.book import workbook_bytes

    written = workbook_bytes(scenario.model_copy(update={"gestori": (provider,)}))
    assert b"<f>" not in b"".join(
        zipfile.ZipFile(io.BytesIO(written)).read(n) for n in ["xl/worksheets/sheet7.xml"]
    )
    assert scenario_of(written).gestori[0].nome == name


# --- files that are not read ---


def packed(parts: dict[str, bytes]) -> bytes:
    """Make a zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: with_parts({"xl/vbaProject.bin": b"x"}), "contiene macro"),
        (lambda: with_parts({"xl/externalLinks/externalLink1.xml": b"<x/>"}), "collegamenti ad altri file"),
        (lambda: with_parts({"xl/media/x.xml": b"0" * 60_000_000}), "si espande oltre"),
        (
            lambda: packed({f"x{number}": b"" for number in range(archive.MAX_MEMBERS + 1)}),
            "si espande oltre",
        ),
        (lambda: b"\xd0\xcf\x11\xe0" + b"0" * 600, "protetto da una password"),
        (lambda: packed({"a.txt": b"ciao"}), "non è una cartella di lavoro"),
        (lambda: b"", "non è una cartella di lavoro"),
        (lambda: b"formato: nido-scenario/1", "non è una cartella di lavoro"),
        (lambda: with_parts({"xl/worksheets/sheet2.xml": None}), "non è una cartella di lavoro"),
        (
            lambda: with_parts(
                {
                    "xl/worksheets/sheet2.xml": b'<!DOCTYPE x [<!ENTITY a "aa">]><worksheet>&a;</worksheet>',
                }
            ),
            "non è una cartella di lavoro",
        ),
        (
            lambda: packed(
                {
                    "content.xml": b"<x/>",
                    "META-INF/manifest.xml": b"<manifest:encryption-data/>",
                }
            ),
            "protetto da una password",
        ),
    ],
)
def test_a_file_that_is_refused_says_why(tmp_path: Path, content: Callable[[], bytes], words: str) -> None:
    """One sentence, with no cell and no traceback."""
    (found,) = told(tmp_path, content())
    assert found.startswith("prova.xlsx: ")
    assert words in found


def test_a_cell_at_the_end_of_the_sheet_costs_no_memory(tmp_path: Path) -> None:
    """The reader would make room for seventeen thousand million cells."""
    name = "xl/worksheets/sheet3.xml"
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    (found,) = told(tmp_path, with_parts({name: part(name).replace("</sheetData>", far).encode()}))
    assert "riga 1048576, colonna 16384: è troppo" in found


def test_a_zip_that_lies_about_its_sizes_is_damaged(tmp_path: Path) -> None:
    """What unpacks to more than its table of contents says is not handed to the reader."""
    content = packed({"xl/workbook.xml": b"a" * 5000})
    lying = content.replace((5000).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    assert lying != content
    (found,) = told(tmp_path, lying)
    assert "non è una cartella di lavoro" in found


@pytest.mark.parametrize("name", ["vecchio.xls", "macro.xlsm", "binario.xlsb", "dati.csv"])
def test_other_kinds_of_file_are_refused_by_name(tmp_path: Path, name: str) -> None:
    """Before anything is read, with what to do."""
    (found,) = told(tmp_path, b"x", name)
    assert "uno scenario è un file YAML (.yaml) o una cartella di lavoro" in found


def test_a_workbook_under_another_name_is_told(tmp_path: Path) -> None:
    """A zip is not read as YAML."""
    (found,) = told(tmp_path, starter(), "prova.yaml")
    assert found == "prova.yaml: sembra una cartella di lavoro: il suo nome deve finire in .xlsx o .ods"


def test_a_workbook_of_something_else_is_no_scenario(tmp_path: Path) -> None:
    """The file of a company is for another command, and the hint says so."""

    def change(book: Any) -> None:
        for sheet in book.worksheets[1:]:
            del book[sheet.title]
        book.worksheets[0].title = "Dipendenti"

    with pytest.raises(InputError) as caught:
        load_scenario(saved(tmp_path, changed(change)))
    (problem,) = caught.value.problems
    assert "non è uno scenario" in problem.message
    assert "nido importa" in problem.hint


# --- anything at all ---


@settings(derandomize=True, max_examples=25, deadline=None)
@given(st.data())
def test_only_problems_come_out_of_a_mutated_file(data: st.DataObject) -> None:
    """Truncated or changed bytes of the zip: a scenario or problems, never another error."""
    content = bytearray(starter())
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content)))]
    for _ in range(data.draw(st.integers(0, 8))):
        if content:
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(NidoError):
        read_workbook(bytes(content), "prova.xlsx")


@settings(derandomize=True, max_examples=25, deadline=None)
@given(st.data())
def test_only_problems_come_out_of_a_mutated_sheet(data: st.DataObject) -> None:
    """The same for the XML inside, where the zip is sound."""
    name = data.draw(
        st.sampled_from(
            ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet9.xml")
        )
    )
    text = part(name)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        text = (
            text[:start] + data.draw(st.text(alphabet='<>/"=0159AbtsvcrE-.', max_size=6)) + text[start + 2 :]
        )
    with contextlib.suppress(NidoError):
        read_workbook(with_parts({name: text.encode()}), "prova.xlsx")


def test_a_reference_that_is_no_cell_is_refused() -> None:
    """The place of a cell is read from its name alone."""
    assert facts.corner("C7") == (7, 3)
    assert facts.corner("$AA$10") == (10, 27)
    with pytest.raises(facts.FactsError):
        facts.corner("C7:D8")


def test_an_encoding_that_nobody_knows_is_damaged(tmp_path: Path) -> None:
    """The XML may ask for one that Python has not."""
    name = "xl/worksheets/sheet3.xml"
    strange = part(name).replace('encoding="UTF-8"', 'encoding="UTF-9"')
    (found,) = told(tmp_path, with_parts({name: strange.encode()}))
    assert "non è una cartella di lavoro" in found
