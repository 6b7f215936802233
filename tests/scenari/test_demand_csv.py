"""Children from a CSV as offices write it, and every way in which such a file goes wrong."""

import json

import pytest

from nido.data.problems import InputError, render
from nido.scenari.demand_csv import COLUMNS, DomandaCsv, read_demand
from nido.scenari.domanda import Bambino
from nido.scenari.travel_csv import MatriceCsv, read_travel

HEADER = "id;azienda;nascita;comune"
ROW = "B001;alfa;12/11/2024;Baselga di Pinè"


def children(raw: bytes) -> tuple[Bambino, ...]:
    """Return the children of a CSV."""
    return read_demand("bambini.csv", raw).check(DomandaCsv).bambini


def problems(content: str, encoding: str = "utf-8") -> list[tuple[int, int, str, str]]:
    """Return line, column, name and message of everything that is wrong."""
    with pytest.raises(InputError) as caught:
        read_demand("bambini.csv", content.encode(encoding))
    return [(item.line, item.column, item.where, item.message) for item in caught.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings_of_offices(encoding: str) -> None:
    """UTF-8 with and without mark and Windows-1252 give the same child."""
    (child,) = children(f"{HEADER}\r\n{ROW}\r\n".encode(encoding))
    assert (child.comune, child.nascita.isoformat()) == ("Baselga di Pinè", "2024-11-12")


def test_what_excel_adds_is_taken_away() -> None:
    """A first line «sep=;», empty columns and rows, hard spaces, ="...", apostrophes, midnight, 1,0 for 1."""
    content = (
        "sep=;\r\nId;AZIENDA; Nascita ;Comune;Priorità;;\r\n"
        '"=""B001""";alfa;12/11/2024 00:00:00;\u00a0Tenna;2,0;;\r\n;;;;;;\r\n'
        "'B002;alfa;2024-11-12;Tenna;;;\r\n"
    )
    first, second = children(content.encode("cp1252"))
    assert (first.id, first.comune, first.priorita) == ("B001", "Tenna", 2)
    assert (second.id, second.priorita) == ("B002", 1)


@pytest.mark.parametrize(
    "heading", ["# DATI SINTETICI", "#", "\ufeff# DATI SINTETICI;;;", "sep=;\n# uno\n\n# due"]
)
def test_headings_over_the_columns_are_skipped(heading: str) -> None:
    """Lines that start with # above the names of the columns are no data; the others keep their numbers."""
    lines = f"{heading}\nid;azienda;nascita;comune\nB001;alfa;12/11/2024;Tenna\nb2;alfa;12/11/2024;Tenna\n"
    with pytest.raises(InputError) as caught:
        read_demand("bambini.csv", lines.encode())
    (problem,) = caught.value.problems
    assert problem.line == heading.count("\n") + 4
    (child,) = children(lines.rpartition("b2")[0].encode())
    assert child.id == "B001"


def test_every_column_is_read() -> None:
    """A row with all kinds of cells gives the child that a YAML file would give."""
    header = (
        "id;azienda;nascita;comune;ingresso;uscita;desideri;esclusi;fratello_di;peso;priorita;assegnato_a;"
        "gia_iscritto;isee;icef;adulto1_azienda;adulto1_rotazione;adulto1_fase;adulto1_dal;adulto1_al;"
        "adulto2_comune;adulto2_rotazione;assenza1_inizio;assenza1_fine"
    )
    row = (
        "B001;alfa;2024-11-12;Tenna;01/09/2026;2027-03-01;sole, luna;stella|cometa;B002;5;2;sole;"
        "sole;12.345,60;0,2134;alfa;due;1;01/09/2026;31/12/2026;Trento;giornata;24/12/2026;31/12/2026"
    )
    (child,) = children(f"{header}\n{row}\n".encode())
    assert json.loads(child.model_dump_json(exclude_defaults=True)) == {
        "id": "B001",
        "azienda": "alfa",
        "nascita": "2024-11-12",
        "comune": "Tenna",
        "ingresso": "2026-09-01",
        "uscita": "2027-03-01",
        "desideri": ["sole", "luna"],
        "esclusi": ["stella", "cometa"],
        "fratello_di": "B002",
        "peso": 5,
        "priorita": 2,
        "assegnato_a": [{"gestore": "sole"}],
        "gia_iscritto": "sole",
        "isee": "12345.60",
        "icef": "0.2134",
        "adulti": [
            {
                "azienda": "alfa",
                "turni": [{"rotazione": "due", "fase": 1, "dal": "2026-09-01", "al": "2026-12-31"}],
            },
            {"sede": {"comune": "Trento"}, "turni": [{"rotazione": "giornata"}]},
        ],
        "assenze": [{"inizio": "2026-12-24", "fine": "2026-12-31"}],
    }


def test_windows_and_whole_places() -> None:
    """Windows written by hand and whole places, one per row."""
    header = f"{HEADER};giorni;finestra1_giorni;finestra1_orario;finestra2_giorni;finestra2_orario"
    rows = f"{ROW};lun-ven;;;;\nB002;alfa;12/11/2024;Tenna;;lun,mer;8:00-12:00;ven;08.30-13.00\n"
    whole, windows = children(f"{header}\n{rows}".encode())
    assert whole.giorni == (0, 1, 2, 3, 4)
    assert [str(window.orario) for window in windows.finestre] == ["08:00-12:00", "08:30-13:00"]


def test_every_bad_cell_is_told_at_once() -> None:
    """Each problem has the line and column of its cell and the name of its column."""
    content = (
        f"{HEADER};peso;adulto1_azienda;adulto1_rotazione;adulto1_fase\n"
        "B001;alfa;31/02/2025;Tena;x;alfa;;due\n"
        "B002;Alfa Srl;;Tenna;0;;;\n"
    )
    found = problems(content)
    assert [(line, column, where) for line, column, where, _ in found] == [
        (2, 11, "bambini[B001].nascita"),
        (2, 22, "bambini[B001].comune"),
        (2, 27, "bambini[B001].peso"),
        (2, 34, "bambini[B001].adulto1_rotazione"),
        (2, 35, "bambini[B001].adulto1_fase"),
        (3, 6, "bambini[B002].azienda"),
        (3, 15, "bambini[B002].nascita"),
        (3, 22, "bambini[B002].peso"),
    ]
    assert found[0][3] == "«31/02/2025» non va: questa data non esiste"


def test_reserved_cells_and_names_are_never_shown() -> None:
    """Neither a wrong ISEE nor a person's name typed as a code appears anywhere, nor any row."""
    content = f"{HEADER};isee\nRossi Mario;alfa;12/11/2024;Tenna;12.345,678\n"
    with pytest.raises(InputError) as caught:
        read_demand("bambini.csv", content.encode())
    shown = "\n".join(render(problem) for problem in caught.value.problems)
    assert len(caught.value.problems) == 2
    assert "Rossi" not in shown
    assert "12" not in shown.replace("bambini.csv:2:", "").replace("B001", "")


@pytest.mark.parametrize(
    ("header", "column", "where", "message"),
    [
        ("id;azienda;nascita;residenza;comune", 20, "residenza", "colonna sconosciuta"),
        ("id;azienda;nascita;comune;id", 27, "id", "colonna ripetuta"),
        ("id;azienda;nascita", 1, "comune", "colonna mancante, ed è obbligatoria"),
        ("id;azienda;nascita;comune;adulto5_azienda", 27, "adulto5_azienda", "colonna sconosciuta"),
        ("id;azienda;nascita;comune;adulto1_nome", 27, "adulto1_nome", "colonna sconosciuta"),
    ],
)
def test_bad_headers(header: str, column: int, where: str, message: str) -> None:
    """A wrong header is told by column."""
    cells = ";".join("" for _ in header.split(";"))
    assert problems(f"{header}\n{cells}\n") == [(1, column, where, message)]


def test_unknown_column_gets_a_suggestion() -> None:
    """A mistyped column brings the closest name."""
    with pytest.raises(InputError) as caught:
        read_demand("bambini.csv", f"{HEADER};desiderii\n{ROW};\n".encode())
    assert caught.value.problems[0].hint == "forse volevi desideri?"


def test_column_without_a_name() -> None:
    """Cells under no name would be lost: they are refused."""
    assert problems(f"{HEADER};\n{ROW};nota\n") == [(1, 27, "", "colonna senza nome")]


def test_first_row_instead_of_a_header() -> None:
    """Without a header the first child's cells are not shown as column names."""
    found = problems("Mario Rossi 1;alfa;12/11/2024;Tenna\n")
    assert all("ossi" not in where + message for _, _, where, message in found)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "vuoto"),
        (b"id,azienda,nascita,comune\n", "una sola colonna"),
        (HEADER.encode("utf-16"), "codifica"),
        (f"{HEADER}\n{ROW};troppo\n".encode(), "5 celle, attese 4"),
        (f'{HEADER}\nB001;"alfa;12/11/2024;Tenna\n'.encode(), "virgolette"),
    ],
)
def test_files_that_are_no_table(raw: bytes, message: str) -> None:
    """What is no CSV with semicolons is refused as a whole."""
    with pytest.raises(InputError) as caught:
        read_demand("bambini.csv", raw)
    assert message in caught.value.problems[0].message


def test_columns_are_those_of_the_model() -> None:
    """Every plain column is a field of the child, so that documentation and model cannot drift apart."""
    plain = {name for name in COLUMNS if not name.startswith(("adulto1_", "finestra1_", "assenza1_"))}
    assert plain <= set(Bambino.model_fields)


def test_travel_times() -> None:
    """A matrix with accents in Windows-1252 is read row by row."""
    raw = "da;a;minuti\nBaselga di Pinè;nido_uno;25\nnido_uno;alfa;7,0\n".encode("cp1252")
    matrix = read_travel("viaggi.csv", raw).check(MatriceCsv).matrice
    assert [(leg.da, leg.minuti) for leg in matrix] == [("Baselga di Pinè", 25), ("nido_uno", 7)]


def test_travel_times_without_a_column() -> None:
    """A missing column is told by name."""
    with pytest.raises(InputError) as caught:
        read_travel("viaggi.csv", b"da;minuti\nx;1\n")
    assert [problem.where for problem in caught.value.problems] == ["a"]
