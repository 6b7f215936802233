"""Ranges: named, described, within the width, the expected amount marked."""

from xml.etree import ElementTree

from nido.report.drawings.figure import Table, text_columns
from nido.report.drawings.ranges import Range, ranges

TABLE = Table("numeri", text_columns(["parte"]), (("a",),))


def test_a_range_lies_between_its_amounts() -> None:
    """From 100 to 300, expected 200: the mark stands in the middle of the bar."""
    figure = ranges("k", "Titolo", "Sommario", [Range("a", 100, 200, 300, "1,00 – 3,00")], TABLE)
    assert [drawing.shown for drawing in figure.drawings] == ["wide", "narrow"]
    for drawing in figure.drawings:
        root = ElementTree.fromstring(drawing.svg)
        assert root.findtext("title") == "Titolo"
        assert root.findtext("desc") == "Sommario"
        (bar,) = [one for one in root.findall("rect") if one.get("fill", "").endswith("-p-range)")][-1:]
        (mark,) = root.findall("circle")
        left, width = float(bar.get("x", "")), float(bar.get("width", ""))
        assert abs(float(mark.get("cx", "")) - (left + width / 2)) < 0.2
        assert left + width <= float(root.get("width", ""))


def test_nothing_and_zero_are_drawn() -> None:
    """No range at all, and one of nothing but zeros."""
    for found in ([], [Range("a", 0, 0, 0, "0,00")]):
        for drawing in ranges("k", "t", "s", found, TABLE).drawings:
            ElementTree.fromstring(drawing.svg)
