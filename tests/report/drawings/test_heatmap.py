"""Heatmap: every count in its cell and in the table."""

from xml.etree import ElementTree

import pytest

from nido.report.drawings.heatmap import Cell, HeatPanel, HeatProvider, heatmap, shade
from nido.report.drawings.palette import HEAT

DAYS = ("lun", "mar")
ROWS: tuple[tuple[Cell, ...], ...] = ((None, None), (1, 2), (1, 2), (0, "n.d."), (7, None))


def providers() -> list[HeatProvider]:
    """Make one provider with one season, from 07:00 in half hours."""
    return [HeatProvider("Nido Uno", (HeatPanel("Autunno", "posti 8", DAYS, 420, 30, ROWS),))]


def test_every_number_is_in_its_cell() -> None:
    """Counts and hidden counts are written; nobody and closed are not."""
    root = ElementTree.fromstring(heatmap("h", "Presenze", providers()).drawings[-1].svg)
    words = [node.text for node in root.iter("text")]
    assert [one for one in words if one in {"0", "1", "2", "7", "n.d."}].count("1") == 2
    assert words.count("7") == words.count("n.d.") == 1
    assert "0" not in words


def test_half_hours_alike_share_a_row_of_the_table() -> None:
    """07:30-08:30 is one row; what is closed on every day is left out."""
    table = heatmap("h", "Presenze", providers()).table
    assert [row[2:] for row in table.rows] == [
        ("07:30-08:30", "1", "2"),
        ("08:30-09:00", "0", "n.d."),
        ("09:00-09:30", "7", "chiuso"),
    ]


def test_the_sentence_names_the_fullest_moment() -> None:
    """Seven together, on Monday at nine."""
    said = heatmap("h", "Presenze", providers()).summary
    assert said == "Il momento più pieno: 7 insieme da Nido Uno, Autunno, lun alle 09:00."


@pytest.mark.parametrize("most", [1, 2, 5, 6, 7, 40, 500])
def test_more_is_never_lighter(most: int) -> None:
    """Nobody is white, the largest count the darkest, and shades never go back."""
    steps = [HEAT.index(shade(count, most)) for count in range(most + 1)]
    assert steps[0] == 0
    assert steps[-1] == len(HEAT) - 1
    assert steps == sorted(steps)
    assert all(step > 0 for step in steps[1:])


def test_a_week_without_anybody() -> None:
    """Only zeros, or nothing at all: no division by zero, and a sentence."""
    empty = [HeatProvider("Nido", (HeatPanel("Autunno", "", DAYS, 420, 30, ((0, 0),)),))]
    for found in (empty, []):
        assert heatmap("h", "Presenze", found).summary == "Nessuna presenza da mostrare."
