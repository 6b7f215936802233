"""Gantt: bars where the hours are, educators as numbers."""

from xml.etree import ElementTree

from nido.report.drawings.gantt import GanttRow, Span, Staff, gantt

BASE = Span(450, 1050, "base", False)
ROW = GanttRow(
    "Nido Uno",
    "lun-ven",
    (Span(390, 450, "anticipo", True), BASE),
    (Staff(390, 450, 2, 0), Staff(450, 1050, 3, 3)),
)


def test_bars_stand_at_their_hours() -> None:
    """From 05:00 to 23:00 the track is 18 hours wide: base hours of ten take ten eighteenths of it."""
    root = ElementTree.fromstring(gantt("g", "Aperture", [ROW], 300, 1380).drawings[0].svg)
    bars = [node for node in root.findall("rect") if node.attrib["fill"] == "url(#g-w-p-base)"]
    shown = next(node for node in bars if float(node.attrib["width"]) > 20)
    grid = [float(node.attrib["x1"]) for node in root.findall("g/line")]
    track = max(grid) - min(grid)
    assert abs(float(shown.attrib["width"]) - track * 10 / 18) < 0.2
    assert abs(float(shown.attrib["x"]) - (min(grid) + track * 2.5 / 18)) < 0.2


def test_every_name_is_somewhere() -> None:
    """A fascia too short for its name has it beside the bar, or under the provider's name."""
    figure = gantt("g", "Aperture", [ROW], 300, 1380)
    for drawing in figure.drawings:
        words = [node.text or "" for node in ElementTree.fromstring(drawing.svg).iter("text")]
        assert any("anticipo" in one for one in words)
        assert {"2", "3"} <= set(words)


def test_the_table_lists_openings_and_staff() -> None:
    """Two openings and two stretches of staff, with how many are there already."""
    rows = gantt("g", "Aperture", [ROW], 300, 1380).table.rows
    assert [row[2:] for row in rows] == [
        ("aperto: anticipo", "06:30-07:30", "", ""),
        ("aperto: base", "07:30-17:30", "", ""),
        ("personale", "06:30-07:30", "2", "0"),
        ("personale", "07:30-17:30", "3", "3"),
    ]


def test_without_staff_nothing_is_said_of_it() -> None:
    """Whoever may not see the staff reads no key and no note about it."""
    figure = gantt("g", "Aperture", [GanttRow("Nido Uno", "lun-ven", (BASE,), ())], 300, 1380)
    assert figure.note == ""
    assert "educatrici" not in figure.drawings[0].svg
