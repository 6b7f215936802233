"""The survey: the published shares of 2025 and the file of a new year."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nido.data import DataError, voce
from nido.data import indagine as module
from nido.data.indagine import COLUMNS, DOMANDE, Indagine, Risposta, load_survey, parse_survey, survey_rows
from nido.data.italian_csv import parse_sheet
from nido.data.problems import InputError

HEAD = ";".join(COLUMNS)
ROWS = (
    "2026;Azienda Uno;sì;sì;sì;no;sì",
    "2026;Azienda Due;Sì;no;si;SI;nd",
    "2026;Azienda Tre;no;no;sì;no;no",
)


def write(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    """Write an officer's file and return its path."""
    path = folder / "indagine.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def problems_of(folder: Path, *lines: str) -> list[str]:
    """Return the problems of an officer's file, without its folder."""
    with pytest.raises(InputError) as caught:
        load_survey(write(folder, *lines))
    assert caught.value.exit_code == 3
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]


def test_the_published_table_is_reproduced() -> None:
    """The five rows of the programme: 6, 4, 6, 5 and 4 of 6 organisations."""
    rows = survey_rows(load_survey())
    # 6/6 = 100; 4/6 = 66.67 -> 66.7; 5/6 = 83.33 -> 83.3
    assert [str(row.percento) for row in rows] == ["100", "66.7", "100", "83.3", "66.7"]
    assert [row.bisogno for row in rows] == [
        "Domanda effettiva",
        "Turni e orari",
        "Flessibilità estrema",
        "Continuità estiva",
        "Costi e convenzioni",
    ]
    assert [row.organizzazioni for row in rows] == ["6 su 6", "4 su 6", "6 su 6", "5 su 6", "4 su 6"]
    assert [row.conseguenza for row in rows] == [
        "Soluzioni di scala fra più aziende",
        "L'orario standard 08:30-16:30 non basta",
        "Orari personalizzati",
        "Il nido non chiude più in agosto",
        "Accordi quadro per posti aziendali riservati",
    ]
    assert all(row.evidenza for row in rows)


def test_the_published_survey_names_who_was_asked_only() -> None:
    """Six names and five sums: nothing links an organisation to an answer."""
    survey = load_survey()
    assert (survey.anno, len(survey.organizzazioni)) == (2025, 6)
    assert "Lincotek" in survey.organizzazioni
    assert set(Indagine.__slots__) == {"anno", "organizzazioni", "risposte", "fonte"}
    assert set(Risposta.__slots__) == {"domanda", "si", "risposte"}
    assert tuple(answer.domanda for answer in survey.risposte) == tuple(DOMANDE)


def test_shares_that_do_not_match_the_counts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """If a count and its published share disagree, there is no table at all."""
    monkeypatch.setattr(module, "SHIPPED", "indagine_2025")
    real = voce("indagine_2025.turni_orari.percento")

    def other(key: str) -> object:
        return voce("indagine_2025.continuita_estiva.percento") if key == real.chiave else voce(key)

    monkeypatch.setattr(module, "voce", other)
    with pytest.raises(DataError, match="turni_orari"):
        load_survey()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_new_year_is_summed(tmp_path: Path, encoding: str) -> None:
    """Two of three have children 0-3, and one of the two that answered asks for co-financing."""
    survey = load_survey(write(tmp_path, HEAD, *ROWS, "", ";;;;;;", encoding=encoding))
    assert (survey.anno, survey.organizzazioni) == (2026, ("Azienda Uno", "Azienda Due", "Azienda Tre"))
    assert [(answer.si, answer.risposte) for answer in survey.risposte] == [
        (2, 3),
        (1, 3),
        (3, 3),
        (1, 3),
        (1, 2),
    ]
    # 2/3 = 66.67 -> 66.7; 1/3 = 33.33 -> 33.3; 1/2 = 50
    assert [str(row.percento) for row in survey_rows(survey)] == ["66.7", "33.3", "100", "33.3", "50"]


def test_columns_may_come_in_any_order(tmp_path: Path) -> None:
    """The header decides which column is which, whatever its case."""
    lines = [HEAD, *ROWS]
    turned = [";".join(reversed(line.split(";"))) for line in lines]
    turned[0] = turned[0].upper()
    assert (
        load_survey(write(tmp_path, *turned)).risposte
        == parse_survey(parse_sheet("x", "\n".join(lines).encode())).risposte
    )


def test_a_share_is_rounded_half_up() -> None:
    """1/16 = 6.25 % becomes 6.3 %."""
    assert Risposta("x", 1, 16).percento == Decimal("6.3")


def test_all_problems_of_a_file_come_at_once(tmp_path: Path) -> None:
    """A bad answer, a repeated name, an empty name and a second year are told together, with columns."""
    found = problems_of(
        tmp_path,
        HEAD,
        "2026;Azienda Uno;forse;no;sì;no;sì",
        "2027;azienda uno;sì;no;sì;no;sì",
        "26;;sì;no;sì;no;100",
    )
    assert found == [
        "indagine.csv:2:18: figli_0_3: «forse»: atteso sì, no oppure nd (non risponde)",
        "indagine.csv:3:1: anno: «2027»: la prima riga dice 2026",
        "indagine.csv:3:6: organizzazione azienda uno: già alla riga 2",
        "indagine.csv:4:1: anno: «26»: atteso un anno fra 2000 e 2099",
        "indagine.csv:4:4: organizzazione: vuota",
        "indagine.csv:4:17: cofinanziamento: «100»: atteso sì, no oppure nd (non risponde)",
    ]


def test_a_problem_shows_the_place(tmp_path: Path) -> None:
    """The excerpt has the line before, the line and the line after, with a caret under the cell."""
    with pytest.raises(InputError) as caught:
        load_survey(write(tmp_path, HEAD, "2026;A;x;no;sì;no;sì", ROWS[1]))
    lines = caught.value.problems[0].excerpt.splitlines()
    assert len(lines) == 4
    assert lines[2].index("^") == lines[1].index(";x;") + 1


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (HEAD.replace("figli_0_3", "figli03"), "indagine.csv:1:21: figli03: colonna sconosciuta"),
        (HEAD + ";anno", f"indagine.csv:1:{len(HEAD) + 2}: anno: colonna ripetuta"),
        (HEAD.replace(";cofinanziamento", ""), "indagine.csv:1:1: cofinanziamento: colonna mancante"),
    ],
)
def test_a_wrong_header_is_told(tmp_path: Path, header: str, problem: str) -> None:
    """An unknown, repeated or missing column is named with its place."""
    row = ";".join(["2026", "Azienda Uno", *["sì"] * (header.count(";") - 1)])
    assert problem in problems_of(tmp_path, header, row)


def test_another_file_is_told_once(tmp_path: Path) -> None:
    """Of a saved table, with a title above its columns, only that and the columns expected are told."""
    lines = ["DATI SINTETICI", "data;azienda;gestore", *["2026-09-01;alfa;sole"] * 50]
    with pytest.raises(InputError) as caught:
        load_survey(write(tmp_path, *lines))
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (1, 1)
    assert problem.message.startswith("non è il file di un'indagine")
    assert problem.hint == f"colonne attese: {HEAD}"


def test_a_wrong_header_hides_the_length_of_rows(tmp_path: Path) -> None:
    """A column too few in the header is told once, not on every row."""
    found = problems_of(tmp_path, HEAD.replace(";cofinanziamento", ""), *ROWS)
    assert found == ["indagine.csv:1:1: cofinanziamento: colonna mancante"]


def test_a_misspelt_column_gets_a_hint(tmp_path: Path) -> None:
    """The column that was probably meant is suggested."""
    with pytest.raises(InputError) as caught:
        load_survey(write(tmp_path, HEAD.replace("figli_0_3", "figli03"), ROWS[0]))
    assert "figli_0_3" in {problem.hint for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([HEAD], "indagine.csv:1:1: organizzazione: nessuna organizzazione"),
        ([HEAD, ROWS[0] + ";sì"], "indagine.csv:2:33: 8 celle, attese 7"),
        ([HEAD, ROWS[0][:-3]], "indagine.csv:2:27: 6 celle, attese 7"),
        ([HEAD, '2026;"Azienda Uno;sì;sì;sì;no;sì'], "indagine.csv:2:6: virgolette"),
        ([HEAD, ROWS[0].replace("sì", "nd")], "indagine.csv:2:18: figli_0_3: nessuna risposta"),
        ([HEAD.replace(";", ",")], "indagine.csv:1:1: una sola colonna"),
        ([""], "indagine.csv: il file è vuoto"),
    ],
)
def test_a_broken_file_is_told(tmp_path: Path, lines: list[str], problem: str) -> None:
    """No row, ragged rows, open quotes, nobody answering, commas and an empty file are each told."""
    assert problems_of(tmp_path, *lines)[0].startswith(problem)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A missing file and a folder are problems, not crashes."""
    for path in (tmp_path / "manca.csv", tmp_path):
        with pytest.raises(InputError, match="non si può leggere"):
            load_survey(path)


def test_other_encodings_are_told(tmp_path: Path) -> None:
    """UTF-16, zero bytes and bytes of no encoding are refused, with the line where known."""
    with pytest.raises(InputError, match="UTF-8 né Windows-1252"):
        load_survey(write(tmp_path, HEAD, *ROWS, encoding="utf-16"))
    with pytest.raises(InputError, match=r"x\.csv:2: carattere non leggibile"):
        parse_sheet("x.csv", b"anno;\n\xff\x81;")


def test_a_huge_file_is_refused() -> None:
    """More than one megabyte is not a survey."""
    with pytest.raises(InputError, match="più grande di 1000000 byte"):
        parse_sheet("x.csv", b"a" * 1_000_001)


def test_quoted_cells_keep_their_columns() -> None:
    """A semicolon or a doubled quote inside quotes does not start a new cell."""
    sheet = parse_sheet("x.csv", b'a;"b;""c""";d"e;f\n')
    assert [(cell.value, cell.column) for cell in sheet.header] == [
        ("a", 1),
        ('b;"c"', 3),
        ('d"e', 13),
        ("f", 17),
    ]


def test_english_messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With NIDO_LANG=en the same problem is told in English."""
    monkeypatch.setenv("NIDO_LANG", "en")
    (found,) = problems_of(tmp_path, HEAD, ROWS[0], ROWS[1].replace(";nd", ";?"))
    assert found == "indagine.csv:3:30: cofinanziamento: '?': expected sì, no or nd (no answer)"


@given(
    st.binary(max_size=200) | st.text(alphabet=';"\r\n,sìnod2026 aà\x0b\u2028', max_size=80).map(str.encode)
)
@example(b'a"b;c')
@example(b'"')
@example(b'""";')
def test_no_bytes_crash_the_reader(raw: bytes) -> None:
    """Whatever the bytes, the reader answers with a survey or with its own error."""
    for content in (raw, HEAD.encode() + b"\n" + raw):
        try:
            parse_survey(parse_sheet("x.csv", content))
        except InputError as error:
            assert error.problems
