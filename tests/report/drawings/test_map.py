"""Map: nothing covers anything, and the scale is right."""

from itertools import combinations
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from nido.report.drawings.map import Site, Town, site_map
from nido.report.drawings.placing import place_beside, place_near
from nido.report.drawings.svg import Box

SITES = (
    Site("azienda", "Alfa", 46.06, 11.24),
    Site("nido", "Nido Uno", 46.06, 11.24),
    Site("tagesmutter", "Gruppo", 46.00, 11.30),
)
TOWNS = (Town("Pergine Valsugana", 46.06, 11.24, "29 bambini", 3), Town("Caldonazzo", 45.99, 11.26))


def test_companies_have_letters_and_providers_numbers() -> None:
    """A, 1, 2 in the order given; the table says which is which."""
    rows = site_map("m", "Mappa", SITES, TOWNS, "altri comuni: 7 bambini").table.rows
    assert [row[:3] for row in rows[:3]] == [
        ("A", "azienda", "Alfa"),
        ("1", "nido", "Nido Uno"),
        ("2", "Tagesmutter", "Gruppo"),
    ]
    assert rows[3][3] == "29 bambini"
    assert rows[-1][2:] == ("altri comuni", "altri comuni: 7 bambini")


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    """Two points 0.1 degrees of latitude apart are 11.057 km apart; the bar measures the same."""
    towns = [Town("Nord", 46.1, 11.2), Town("Sud", 46.0, 11.2)]
    root = ElementTree.fromstring(site_map("m", "Mappa", [], towns).drawings[0].svg)
    places = [float(node.attrib["cy"]) for node in root.findall("circle")]
    bar = next(
        float(node.attrib["x2"]) - float(node.attrib["x1"])
        for node in root.findall("line")
        if node.attrib["y1"] == node.attrib["y2"]
    )
    km = next(int(node.text.split()[0]) for node in root.findall("text") if (node.text or "").endswith(" km"))
    assert abs(abs(places[0] - places[1]) / 11.057 - bar / km) < 0.1


POINTS = st.lists(st.tuples(st.integers(60, 340), st.integers(60, 340)), min_size=2, max_size=25)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(POINTS)
def test_marks_and_names_never_meet(points: list[tuple[int, int]]) -> None:
    """However crowded, what is placed is free of what was placed before, and inside the frame."""
    frame = Box(0, 0, 400, 400)
    taken: list[Box] = []
    for x, y in points:
        mark = place_near(x, y, 20, 20, taken, frame)
        assert mark is not None
        taken.append(mark)
    for x, y in points[:5]:
        name = place_beside(x, y, 6, (70, 16), taken, frame)
        if name is not None:
            taken.append(name)
    assert not any(one.meets(other) for one, other in combinations(taken, 2))
    assert all(one.left >= 0 and one.right <= 400 and one.top >= 0 and one.bottom <= 400 for one in taken)


def test_one_place_and_none_are_drawn_too() -> None:
    """A single point has no extent; without any there is still a frame."""
    assert "Alfa" in site_map("m", "Mappa", SITES[:1], []).drawings[0].svg
    assert site_map("m", "Mappa", [], []).summary == "0 aziende e 0 gestori, in 0 comuni."
