"""Sankey: exact sums, widths in proportion, a stable order."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nido.report.drawings.figure import Figure
from nido.report.drawings.sankey import TALL, Flow, sankey

HEADS = ("aziende", "pagatori", "gestori")
FLOWS = (
    Flow(("Alfa", "azienda", "Nido Uno"), 10001),
    Flow(("Alfa", "famiglia", "Nido Uno"), 20002),
    Flow(("Beta", "azienda", "Nido Due"), 30003),
    Flow(("Beta", "famiglia", "Nido Due"), 40004),
)
NAMES = st.sampled_from(["a", "b", "c"])
RANDOM = st.lists(
    st.builds(Flow, st.tuples(NAMES, st.sampled_from(["x", "y"]), NAMES), st.integers(0, 10**9)), max_size=12
)


def bars(figure: Figure) -> list[float]:
    """Give the heights of the names' bars in the wide drawing."""
    root = ElementTree.fromstring(figure.drawings[0].svg)
    return [float(node.attrib["height"]) for node in root.findall("rect") if node.attrib["width"] == "14"]


def test_the_table_holds_every_cent() -> None:
    """100.01 + 200.02 + 300.03 + 400.04 = 1,000.10 euro, row by row and in all."""
    figure = sankey("s", "Soldi", HEADS, FLOWS)
    assert [row[3] for row in figure.table.rows] == ["100,01", "200,02", "300,03", "400,04"]
    assert figure.table.footer[0][3] == "1.000,10"
    assert "1.000,10 EUR" in figure.summary
    # azienda: 10001 + 30003 = 40004 of 100010 cents, 40.0 %.
    assert "azienda 400,04 EUR (40,0 %)" in figure.summary


def test_bars_are_in_proportion() -> None:
    """Alfa has 300.03 of 1,000.10: three tenths of the height; the bars of a column make up the whole."""
    heights = bars(sankey("s", "Soldi", HEADS, FLOWS))
    assert heights[0] == pytest.approx(TALL * 0.3, abs=0.1)
    for column in range(3):
        assert sum(heights[2 * column : 2 * column + 2]) == pytest.approx(TALL, abs=0.2)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(RANDOM)
def test_every_ribbon_says_its_amount(flows: list[Flow]) -> None:
    """What the ribbons between two columns say adds up to the total, whatever the amounts."""
    total = sum(flow.cents for flow in flows)
    svg = sankey("s", "Soldi", HEADS, flows).drawings[0].svg
    said = re.findall(r"<title>[^<]*: ([\d.]+,\d\d) EUR</title>", svg)
    cents = sum(int(one.replace(".", "").replace(",", "")) for one in said)
    assert cents == 2 * total
    assert "nan" not in svg


def test_known_names_stand_in_their_order() -> None:
    """The order asked for wins over that of the amounts; unknown names follow."""
    figure = sankey("s", "Soldi", HEADS, FLOWS, ["Nido Due", "Beta"])
    words = [node.text for node in ElementTree.fromstring(figure.drawings[0].svg).iter("text")]
    assert words.index("Beta") < words.index("Alfa")
    assert words.index("Nido Due") < words.index("Nido Uno")


@pytest.mark.parametrize("flow", [Flow(("a", "b", "c"), -1), Flow(("a", "b"), 1)])
def test_what_cannot_be_drawn_is_refused(flow: Flow) -> None:
    """A negative amount has no width; a flow needs a name for each column."""
    with pytest.raises(ValueError, match="cents"):
        sankey("s", "Soldi", HEADS, [flow])


def test_nothing_is_drawn_of_nothing() -> None:
    """No amounts: a sentence says so."""
    assert sankey("s", "Soldi", HEADS, []).summary == "Nessun importo da mostrare."
