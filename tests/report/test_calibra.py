"""The calibration on screen and in Markdown."""

import re

import pytest

from nido.accordi.calibrazione import calibrations, figures_used
from nido.report.calibra import markdown, render


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_too_wide(monkeypatch: pytest.MonkeyPatch, lang: str, width: int) -> None:
    """Every width and language keeps its lines."""
    monkeypatch.setenv("NIDO_LANG", lang)
    assert max(map(len, render(calibrations(), figures_used(), width).splitlines())) <= width


def test_every_table_is_a_table() -> None:
    """Every row of a Markdown table has as many cells as its heading."""
    tables = re.findall(r"(?:^\|.*\n)+", markdown(calibrations(), figures_used()), re.MULTILINE)
    assert len(tables) == 5
    for found in tables:
        assert len({line.count("|") for line in found.splitlines()}) == 1


def test_what_would_close_the_deviation() -> None:
    """In 2017 22,607 EUR are missing: 2.6 % of the educators, 879,770; 70.9 % of coordination, 31,874."""
    lines = markdown(calibrations(), figures_used()).splitlines()
    assert "| educatrici, ore con i bambini | 879.770 | 5.568 | 52,6 % | +2,6 % |" in lines
    assert "| coordinamento | 31.874 | 202 | 1,9 % | +70,9 % |" in lines


def test_every_figure_is_listed_with_its_state() -> None:
    """The last table has one row for each figure."""
    shown = markdown(calibrations(), figures_used())
    for row in figures_used():
        assert any(f"`{row.chiave}`" in line and row.stato in line for line in shown.splitlines())
