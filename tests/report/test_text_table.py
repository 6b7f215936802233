"""Plain text tables: widths, wrapping, blocks."""

import pytest

from nido.report.text_table import number_column, section, table, text_column, wrap

COLUMNS = [text_column("azienda"), *(number_column(f"mese {month}") for month in range(1, 7))]
ROWS = [("officina_di_prova", *["1.234,56"] * 6), ("b", *["7,00"] * 6)]


def test_a_table_that_fits() -> None:
    """Text stands left, numbers right, totals under a second rule."""
    columns = [text_column("azienda"), number_column("costo EUR")]
    assert table(columns, [("alfa", "1.320,00"), ("beta", "5,00")], 40, footer=[("tutte", "1.325,00")]) == [
        "            costo",
        "azienda       EUR",
        "-------  --------",
        "alfa     1.320,00",
        "beta         5,00",
        "-------  --------",
        "tutte    1.325,00",
    ]


def test_months_that_do_not_fit_continue_below() -> None:
    """Columns that do not fit come in further blocks, each with the name of the row."""
    lines = table(COLUMNS, ROWS, 40)
    blocks = "\n".join(lines).split("\n\n")
    # officina_di_prova may break (9 + 2): 40 - 11 leaves three columns of 8 and their gaps (28).
    assert len(blocks) == 2
    assert all(block.splitlines()[0].startswith("azienda") for block in blocks)
    assert "mese 4" in blocks[1] and "mese 4" not in blocks[0]


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_asked(width: int) -> None:
    """Every line fits, and none ends with a blank."""
    lines = table(COLUMNS, ROWS, width, footer=[("tutte", *["9.999,99"] * 6)])
    assert max(map(len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)


def test_ids_break_at_underscores_and_sentences_at_blanks() -> None:
    """A text column that is too wide wraps; an id goes on after an underscore."""
    columns = [text_column("gestore"), text_column("perché")]
    lines = table(columns, [("nido_monte_cristallo", "un motivo piuttosto lungo")], 30)
    assert lines[2:] == ["nido_monte_     un motivo", "cristallo       piuttosto", "                lungo"]


def test_a_word_without_breaks_is_cut() -> None:
    """A word of a hundred letters does not push the numbers off the page."""
    lines = table([text_column("id"), number_column("n")], [("x" * 100, "1")], 40)
    assert max(map(len, lines)) <= 40
    assert "".join(line.split()[0] for line in lines[2:]) == "x" * 100


def test_sections_and_sentences() -> None:
    """A section without lines is left out; sentences wrap with an indent."""
    assert section("Avvisi", []) == []
    assert section("Avvisi", ["- uno"]) == ["AVVISI", "- uno"]
    assert wrap("- uno due tre", 9, indent="  ") == ["- uno due", "  tre"]
