"""The municipalities: look-up by name, counts and points."""

from math import asin, cos, radians, sin, sqrt

import pytest

from nido.data import DataError
from nido.data.comuni import HEADER, Comune, comune, comuni, parse_comuni

HEAD = ",".join(HEADER)
ROW = "022139,Pergine Valsugana,46.06014,11.22524,172,149,156,21572,una fonte,stimato,"

# The 15 municipalities of the Comunità Alta Valsugana e Bersntol.
ALTA_VALSUGANA = (
    "Altopiano della Vigolana",
    "Baselga di Pinè",
    "Bedollo",
    "Calceranica al Lago",
    "Caldonazzo",
    "Civezzano",
    "Fierozzo",
    "Fornace",
    "Frassilongo",
    "Levico Terme",
    "Palù del Fersina",
    "Pergine Valsugana",
    "Sant'Orsola Terme",
    "Tenna",
    "Vignola-Falesina",
)


def kilometres(one: Comune, other: Comune) -> float:
    """Great-circle distance (haversine, Earth radius 6371 km)."""
    lat1, lon1, lat2, lon2 = map(
        radians, (one.latitudine, one.longitudine, other.latitudine, other.longitudine)
    )
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * asin(sqrt(chord))


def test_all_municipalities_of_the_province_are_there() -> None:
    """Trentino has 166 municipalities, each with its own code of the province 022."""
    assert len(comuni()) == 166
    assert len({row.codice_istat for row in comuni().values()}) == 166
    assert all(row.codice_istat.startswith("022") for row in comuni().values())


def test_pergine_has_its_children() -> None:
    """172 + 149 + 156 = 477 children of 0, 1 and 2 years among 21,572 residents."""
    pergine = comuni()["Pergine Valsugana"]
    assert (pergine.bambini_0_2, pergine.residenti, pergine.codice_istat) == (477, 21572, "022139")


def test_the_valley_adds_up() -> None:
    """The valley's 15 municipalities have 1,247 children, near the 1,256 of ISPAT a year later."""
    assert sum(comuni()[nome].bambini_0_2 for nome in ALTA_VALSUGANA) == 1247


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("Pergine Valsugana", "Pergine Valsugana"),
        ("pergine valsugana", "Pergine Valsugana"),
        ("BASELGA DI PINE", "Baselga di Pinè"),
        ("Baselga di Piné", "Baselga di Pinè"),
        ("Palu del Fersina", "Palù del Fersina"),
        ("Sant’Orsola Terme", "Sant'Orsola Terme"),
        ("  Vignola   Falesina ", "Vignola-Falesina"),
        ("San Giovanni di Fassa-Sen Jan", "San Giovanni di Fassa-Sèn Jan"),
    ],
)
def test_accents_and_case_do_not_matter(written: str, official: str) -> None:
    """A name is found however it is accented, cased, hyphenated or quoted."""
    assert comune(written).nome == official


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [
        ("Pergine", "Pergine Valsugana"),
        ("Pergne Valsugana", "Pergine Valsugana"),
        ("Levico", "Levico Terme"),
    ],
)
def test_a_name_that_does_not_exist_suggests_the_closest(written: str, suggestion: str) -> None:
    """A short or misspelt name is refused with the official one."""
    with pytest.raises(DataError, match=f"comune sconosciuto: {written}; forse .*{suggestion}"):
        comune(written)


@pytest.mark.parametrize("written", ["Berlino", "", "?"])
def test_a_place_elsewhere_is_refused_without_suggestion(written: str) -> None:
    """A place that resembles nothing gets no misleading suggestion."""
    with pytest.raises(DataError, match=r"^comune sconosciuto: [^;]*$"):
        comune(written)


def test_the_points_of_the_valley_are_near_the_villages() -> None:
    """Levico is 7.4 km and Tenna 5.3 km from Pergine in a straight line: the points agree within 2 km."""
    pergine = comune("Pergine Valsugana")
    assert abs(kilometres(pergine, comune("Levico Terme")) - 7.4) < 2
    assert abs(kilometres(pergine, comune("Tenna")) - 5.3) < 2
    assert abs(kilometres(pergine, comune("Trento")) - 8.9) < 2
    assert abs(kilometres(pergine, comune("Baselga di Pinè")) - 8.0) < 2


@pytest.mark.parametrize("nome", [*ALTA_VALSUGANA, "Trento", "Borgo Valsugana"])
def test_the_points_of_the_valley_are_the_published_ones(nome: str) -> None:
    """Where a published point is known it is used, and the row names where it comes from."""
    assert "opendatasicilia/comuni-italiani" in comune(nome).fonte


def test_published_distances_from_pergine() -> None:
    """Straight lines from Pergine by hand: Trento 8.9, Caldonazzo 7.8, Civezzano 5.7, Levico 7.4 km."""
    pergine = comune("Pergine Valsugana")
    for nome, km in (("Trento", 8.9), ("Caldonazzo", 7.8), ("Civezzano", 5.7), ("Levico Terme", 7.4)):
        assert round(kilometres(pergine, comune(nome)), 1) == km


def test_a_good_row_becomes_a_comune() -> None:
    """The three ages are summed, the code keeps its leading zero."""
    (row,) = parse_comuni(f"{HEAD}\n{ROW}\n")
    assert row == Comune(
        "022139", "Pergine Valsugana", 46.06014, 11.22524, 477, 21572, "una fonte", "stimato"
    )


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("022139", "22139", "codice_istat"),
        ("46.06014", "11.22524", "latitudine"),
        ("11.22524", "nan", "longitudine"),
        ("172", "-1", "bambini_eta0"),
        ("21572", "21.572", "residenti"),
        ("una fonte", "", "fonte"),
        ("stimato", "certo", "stato"),
    ],
)
def test_a_bad_row_is_named_with_its_line(old: str, new: str, column: str) -> None:
    """Each kind of bad row gives one problem with line, municipality and column."""
    with pytest.raises(DataError) as caught:
        parse_comuni(f"{HEAD}\n{ROW.replace(old, new)}\n")
    assert str(caught.value).startswith(f"comuni.csv:2: Pergine Valsugana.{column}: ")


def test_two_names_that_look_alike_are_refused() -> None:
    """Two municipalities that a look-up could not tell apart are an error of the table."""
    with pytest.raises(DataError, match=r"comuni\.csv:3: PERGINE VALSUGANA: già alla riga 2"):
        parse_comuni(f"{HEAD}\n{ROW}\n{ROW.replace('Pergine Valsugana', 'PERGINE VALSUGANA')}\n")
